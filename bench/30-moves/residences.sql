-- Residences without byudv, for PostgreSQL: from each period of a person,
-- those of later records are taken away; what is left of the periods at one
-- address is put together again.
--
-- It is meant as a fair opponent: of three ways that give the rows of
-- byudv.residences(), this was the quickest in PostgreSQL. It leaves out
-- `records`, and knows no max_gap.
SELECT person_id, dwelling_id, lower(stay) AS from_date, upper(stay) AS to_date
  FROM (SELECT person_id, dwelling_id, unnest(range_agg(stay)) AS stay
          FROM (SELECT person_id, dwelling_id,
                       unnest(datemultirange(daterange(from_date, to_date))
                              - coalesce(range_agg(daterange(from_date, to_date))
                                         OVER (PARTITION BY person_id ORDER BY from_date DESC, to_date DESC, dwelling_id NULLS FIRST
                                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}')) AS stay
                  FROM bench_address
                 WHERE from_date IS NOT NULL AND (to_date IS NULL OR to_date > from_date)) AS left_over
         GROUP BY person_id, dwelling_id) AS put_together
