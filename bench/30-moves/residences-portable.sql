-- Residences without byudv, by gaps and islands, as PostgreSQL and DuckDB both
-- read it. The same rows as residences.sql.
--
-- Periods that overlap with others of their person, a tenth of all, are cut at
-- every day on which one begins or ends, and on each stretch the latest record
-- rules; the rest is as it should be. Then stretches that touch are numbered.
WITH period AS (
    SELECT person_id, dwelling_id, from_date, coalesce(to_date, DATE '9999-12-31') AS to_date
      FROM bench_address
     WHERE from_date IS NOT NULL AND (to_date IS NULL OR to_date > from_date)),
marked AS (
    SELECT *, coalesce(max(to_date) OVER (PARTITION BY person_id ORDER BY from_date, to_date
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > from_date, false)
              OR coalesce(lead(from_date) OVER (PARTITION BY person_id ORDER BY from_date, to_date) < to_date, false) AS crowded
      FROM period),
crowd AS (SELECT person_id, dwelling_id, from_date, to_date FROM marked WHERE crowded),
edge AS (SELECT person_id, from_date AS day FROM crowd UNION SELECT person_id, to_date FROM crowd),
slot AS (SELECT person_id, day, lead(day) OVER (PARTITION BY person_id ORDER BY day) AS until FROM edge),
stretch AS (
    (SELECT DISTINCT ON (s.person_id, s.day) s.person_id, c.dwelling_id, s.day AS from_date, s.until AS to_date
       FROM slot s JOIN crowd c ON c.person_id = s.person_id AND c.from_date <= s.day AND c.to_date > s.day
      ORDER BY s.person_id, s.day, c.from_date DESC, c.to_date DESC, c.dwelling_id NULLS FIRST)
    UNION ALL
    SELECT person_id, dwelling_id, from_date, to_date FROM marked WHERE NOT crowded),
step AS (
    SELECT *, CASE WHEN lag(to_date) OVER history = from_date AND lag(dwelling_id) OVER history IS NOT DISTINCT FROM dwelling_id
                   THEN 0 ELSE 1 END AS begins
      FROM stretch WINDOW history AS (PARTITION BY person_id ORDER BY from_date)),
island AS (
    SELECT *, sum(begins) OVER (PARTITION BY person_id ORDER BY from_date ROWS UNBOUNDED PRECEDING) AS island
      FROM step)
SELECT person_id, dwelling_id, min(from_date) AS from_date, nullif(max(to_date), DATE '9999-12-31') AS to_date
  FROM island
 GROUP BY person_id, island, dwelling_id
