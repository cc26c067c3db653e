-- Occupancies, vacancy flows and chains without byudv, as PostgreSQL and
-- DuckDB both read it, from bench_residence and bench_dwelling; the window of
-- study and the numbers of days are those of bench.pl. In steps, as an analyst
-- does it who wants the planner to know how large things are; each ends with a
-- semicolon at the end of a line. ANALYZE is for PostgreSQL only.
--
-- That the latest end so far is the running maximum over all residences before
-- is no approximation: who opens an occupancy outlasts them all.

-- Each residence with its occupancy, and where its person came from.
CREATE TABLE peer_stay AS
WITH swept AS (
    SELECT *, max(to_date) OVER (PARTITION BY dwelling_id ORDER BY from_date, to_date, person_id
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
      FROM (SELECT person_id, dwelling_id, from_date, coalesce(to_date, DATE '9999-12-31') AS to_date
              FROM bench_residence WHERE dwelling_id IS NOT NULL) AS here),
numbered AS (
    SELECT person_id, dwelling_id, from_date, to_date,
           sum(CASE WHEN taken_until IS NULL OR (taken_until - from_date <= 30 AND to_date > taken_until) THEN 1 ELSE 0 END)
           OVER (PARTITION BY dwelling_id ORDER BY from_date, to_date, person_id ROWS UNBOUNDED PRECEDING) AS occupancy
      FROM swept),
ended AS (
    SELECT *, min(from_date) OVER household AS taken_on, max(to_date) OVER household AS left_on
      FROM numbered WINDOW household AS (PARTITION BY dwelling_id, occupancy)),
everywhere AS (
    SELECT person_id, dwelling_id, occupancy, from_date, to_date, taken_on, left_on, to_date >= left_on - 90 AS leaves_last FROM ended
    UNION ALL
    SELECT person_id, NULL, NULL, from_date, to_date, NULL, NULL, false FROM bench_residence WHERE dwelling_id IS NULL)
SELECT *, lag(dwelling_id) OVER life AS origin_dwelling_id, lag(occupancy) OVER life AS origin_occupancy, lag(to_date) OVER life AS moved_out_on,
       lag(left_on) OVER life AS origin_left_on, lag(leaves_last) OVER life AS left_last
  FROM everywhere WINDOW life AS (PARTITION BY person_id ORDER BY from_date);

ANALYZE peer_stay;

CREATE TABLE peer_occupancy AS
SELECT dwelling_id, occupancy, min(from_date) AS from_date, nullif(max(to_date), DATE '9999-12-31') AS to_date,
       count(*) AS residents, count(CASE WHEN leaves_last THEN 1 END) AS last_leavers
  FROM peer_stay
 WHERE dwelling_id IS NOT NULL
 GROUP BY dwelling_id, occupancy;

ANALYZE peer_occupancy;

CREATE TABLE peer_vacancy AS
WITH turn AS (
    SELECT dwelling_id, occupancy, to_date AS vacated_on, last_leavers, false AS is_new,
           lead(from_date) OVER (PARTITION BY dwelling_id ORDER BY occupancy) AS next_from
      FROM peer_occupancy
    UNION ALL
    SELECT d.dwelling_id, 0, d.available_from, 0, true, o.from_date
      FROM bench_dwelling d LEFT JOIN peer_occupancy o ON o.dwelling_id = d.dwelling_id AND o.occupancy = 1
     WHERE o.from_date IS NULL OR o.from_date >= d.available_from - 365)
SELECT row_number() OVER (ORDER BY t.dwelling_id, t.occupancy) AS vacancy_id, t.dwelling_id, t.occupancy, t.vacated_on, t.last_leavers, t.is_new,
       CASE WHEN t.next_from < DATE '2020-01-01' THEN t.next_from END AS filled_on,
       CASE WHEN t.next_from < DATE '2020-01-01' THEN CASE WHEN t.next_from - t.vacated_on > 365 THEN 'expired' END
            WHEN d.demolished_on < DATE '2020-01-01' THEN 'demolished'
            WHEN DATE '2020-01-01' - t.vacated_on <= 365 THEN 'open'
            ELSE 'expired' END AS ends
  FROM turn t LEFT JOIN bench_dwelling d ON d.dwelling_id = t.dwelling_id
 WHERE t.vacated_on >= DATE '2001-01-01' AND t.vacated_on < DATE '2020-01-01';

ANALYZE peer_vacancy;

CREATE TABLE peer_flow AS
SELECT vacancy_id, min(dwelling_id) AS dwelling_id, min(vacated_on) AS vacated_on, min(filled_on) AS filled_on, outcome,
       origin_dwelling_id, origin_vacancy_id, count(*) AS movers,
       CASE WHEN outcome = 'vacated' THEN count(*)::float8 / min(last_leavers) ELSE 0 END AS share, bool_or(is_new) AS is_new
  FROM (SELECT vacancy_id, dwelling_id, vacated_on, filled_on, is_new, outcome, last_leavers,
               CASE WHEN outcome <> 'from_outside' THEN origin_dwelling_id END AS origin_dwelling_id,
               CASE WHEN outcome = 'vacated' THEN origin_vacancy_id END AS origin_vacancy_id
          FROM (SELECT v.vacancy_id, v.dwelling_id, v.vacated_on, v.filled_on, v.is_new,
                       s.origin_dwelling_id, o.vacancy_id AS origin_vacancy_id, o.last_leavers,
                       CASE WHEN s.origin_dwelling_id IS NULL OR s.from_date - s.moved_out_on > 90 THEN 'from_outside'
                            WHEN s.origin_dwelling_id = s.dwelling_id THEN 'returned'
                            WHEN s.left_last AND o.vacancy_id IS NOT NULL THEN 'vacated'
                            WHEN s.left_last AND s.origin_left_on < DATE '9999-12-31' THEN 'out_of_window'
                            ELSE 'origin_occupied' END AS outcome
                  FROM peer_vacancy v
                  JOIN peer_stay s ON s.dwelling_id = v.dwelling_id AND s.occupancy = v.occupancy + 1
                  LEFT JOIN peer_vacancy o ON o.dwelling_id = s.origin_dwelling_id AND o.occupancy = s.origin_occupancy
                 WHERE v.ends IS NULL AND s.from_date < s.taken_on + 30) AS mover) AS told
 GROUP BY vacancy_id, outcome, origin_dwelling_id, origin_vacancy_id
UNION ALL
SELECT vacancy_id, dwelling_id, vacated_on, filled_on, ends, NULL, NULL, 0, 0, is_new FROM peer_vacancy WHERE ends IS NOT NULL;

ANALYZE peer_flow;

CREATE TABLE peer_chain AS
WITH RECURSIVE way AS (
    SELECT vacancy_id AS chain_id, 0 AS round, vacancy_id, 1::float8 AS weight, NULL::bigint AS parent_vacancy_id, ARRAY[vacancy_id] AS passed
      FROM peer_vacancy WHERE is_new
    UNION ALL
    SELECT w.chain_id, w.round + 1, f.origin_vacancy_id, w.weight * f.share, w.vacancy_id, w.passed || ARRAY[f.origin_vacancy_id]
      FROM way w JOIN peer_flow f ON f.vacancy_id = w.vacancy_id AND f.outcome = 'vacated'
     WHERE w.round < 50 AND w.weight * f.share >= 1e-6 AND NOT f.origin_vacancy_id = ANY (w.passed))
SELECT w.chain_id, w.round, w.vacancy_id, v.dwelling_id, v.vacated_on, w.weight, w.parent_vacancy_id
  FROM way w JOIN peer_vacancy v ON v.vacancy_id = w.vacancy_id;
