-- Data for the survival bench: bench_observation (one row an observation, as
-- byudv.observation() gives them) and bench_small (three observations a group).
--
-- psql variables: rows, groups (of bench_small).
--
-- Everything is derived from hashint8extended(row number, seed): the same rows
-- on every run and every major version of PostgreSQL. Neighbouring rows have
-- nothing in common, so the tables are shuffled as they are.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET search_path = public;

DROP TABLE IF EXISTS bench_observation, bench_small;

-- A number from 0 to n - 1, evenly spread.
CREATE FUNCTION pg_temp.pick(i bigint, seed int, n int) RETURNS int
LANGUAGE sql IMMUTABLE AS
$$ SELECT ((hashint8extended(i, seed) & 9223372036854775807) % n)::int $$;

-- A number from 0 to n - 1, small ones more often.
CREATE FUNCTION pg_temp.pick_skewed(i bigint, seed int, n int) RETURNS int
LANGUAGE sql IMMUTABLE AS
$$ SELECT trunc(n * power((hashint8extended(i, seed) & 4294967295) / 4294967296.0::float8, 2))::int $$;

-- Half are observed from their start, half enter on one of the days after it;
-- 60 % end by one of three causes, 40 % are censored; 7305 days are 20 years.
-- exit is greater than entry, which survfit() of R requires.
CREATE UNLOGGED TABLE bench_observation AS
SELECT 1 + pg_temp.pick(i, 1, 1000) AS grp,
       o.entry,
       o.entry + 1 + pg_temp.pick_skewed(i, 2, 7305 - o.entry) AS exit,
       o.cause > 0 AS event,
       o.cause
  FROM generate_series(1, :rows) AS i,
       LATERAL (SELECT CASE WHEN pg_temp.pick(i, 3, 2) = 0 THEN 0 ELSE 1 + pg_temp.pick_skewed(i, 4, 7000) END AS entry,
                       CASE WHEN pg_temp.pick(i, 5, 10) < 4 THEN 0 ELSE 1 + pg_temp.pick_skewed(i, 6, 3) END AS cause
                OFFSET 0) AS o;

-- The same kind of rows, each group three times, far from each other.
CREATE UNLOGGED TABLE bench_small AS
SELECT i % :groups AS grp,
       o.entry,
       o.entry + 1 + pg_temp.pick_skewed(i, 12, 7305 - o.entry) AS exit,
       pg_temp.pick(i, 15, 10) >= 4 AS event
  FROM generate_series(0, 3 * :groups - 1) AS i,
       LATERAL (SELECT CASE WHEN pg_temp.pick(i, 13, 2) = 0 THEN 0 ELSE 1 + pg_temp.pick_skewed(i, 14, 7000) END AS entry
                OFFSET 0) AS o
 ORDER BY hashint8extended(i, 11);

-- The planner would take grp and exit for independent of the number of rows.
CREATE STATISTICS bench_observation_exit (ndistinct) ON grp, exit FROM bench_observation;
CREATE STATISTICS bench_observation_entry (ndistinct) ON grp, entry FROM bench_observation;

VACUUM (FREEZE, ANALYZE) bench_observation;
VACUUM (FREEZE, ANALYZE) bench_small;
