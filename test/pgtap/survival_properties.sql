-- What must hold for any observations: of seeded random data, small and large, with ties, delayed entry and repetitions.
BEGIN;
SELECT plan(32);
SELECT setseed(0.7);
SET LOCAL timezone = 'UTC';
-- 12 data sets: few or many times, from none to nearly all entering late; the last ones large
CREATE TEMPORARY TABLE observation AS
    SELECT i AS id, set, entry, entry + CASE WHEN entry > 0 OR random() < 0.99 THEN 1 ELSE 0 END + floor(random() * days * random())::int AS exit, random() < 0.6 AS event, floor(random() * 4)::int AS cause, floor(random() * 6)::int AS grp, random() AS place
    FROM (SELECT i, set, (ARRAY[5, 50, 5000, 1000000])[1 + set % 4] AS days, CASE WHEN random() < (set % 3) * 0.45 THEN floor(random() * (ARRAY[5, 50, 5000, 1000000])[1 + set % 4])::int ELSE 0 END AS entry
        FROM generate_series(0, 11) set, generate_series(1, CASE WHEN set < 8 THEN 400 ELSE 12000 END) i OFFSET 0) o;
CREATE TEMPORARY TABLE summary AS SELECT set, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM observation GROUP BY set;
SELECT is((SELECT count(*) FROM summary), 12::bigint, '12 sets');
SELECT ok(bool_and(c.observations = o.n AND c.events = o.d AND c.late_entries = o.late AND c.last_time = o.last AND c.first_time = o.first), 'they count what went in')
FROM summary, byudv.survival_counts(s) c, LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE event) AS d, count(*) FILTER (WHERE entry > 0) AS late, max(exit) AS last, min(exit) AS first FROM observation o WHERE o.set = summary.set) o;

-- Order and split do not show, to the bit
CREATE TEMPORARY VIEW variant AS
    SELECT set, 'shuffled' AS way, byudv.survival_agg(entry, exit, event ORDER BY place) AS s, byudv.competing_risks_agg(entry, exit, cause ORDER BY place) AS c FROM observation GROUP BY set
    UNION ALL SELECT set, 'sorted upwards', byudv.survival_agg(entry, exit, event ORDER BY exit, id), byudv.competing_risks_agg(entry, exit, cause ORDER BY exit, id) FROM observation GROUP BY set
    UNION ALL SELECT set, 'sorted downwards', byudv.survival_agg(entry, exit, event ORDER BY entry DESC, exit DESC, id), byudv.competing_risks_agg(entry, exit, cause ORDER BY entry DESC, exit DESC, id) FROM observation GROUP BY set
    UNION ALL SELECT set, 'split at random', byudv.rollup(s ORDER BY part), byudv.rollup(c ORDER BY part)
        FROM (SELECT set, floor(place * 37)::int AS part, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM observation GROUP BY 1, 2) p GROUP BY set
    UNION ALL SELECT set, 'one and the rest', byudv.rollup(s ORDER BY part), byudv.rollup(c ORDER BY part DESC)
        FROM (SELECT set, id = 7 AS part, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM observation GROUP BY 1, 2) p GROUP BY set
    UNION ALL SELECT set, 'each by itself', byudv.rollup(s ORDER BY place), byudv.rollup(c ORDER BY place)
        FROM (SELECT set, place, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM observation GROUP BY 1, 2, id) p GROUP BY set
    UNION ALL SELECT set, 'counted before', byudv.survival_agg(entry, exit, event, n), byudv.competing_risks_agg(entry, exit, cause, n)
        FROM (SELECT set, entry, exit, event, cause, count(*) AS n FROM observation GROUP BY 1, 2, 3, 4, 5) p GROUP BY set
    UNION ALL SELECT set, 'as text', s::text::byudv.survival, c::text::byudv.competing_risks FROM summary;
SELECT is((SELECT string_agg(DISTINCT set::text, ' ') FROM variant v JOIN summary a USING (set) WHERE v.way = w.way
    AND (v.s OPERATOR(byudv.<>) a.s OR v.c OPERATOR(byudv.<>) a.c OR byudv.survival_send(v.s) <> byudv.survival_send(a.s) OR byudv.competing_risks_send(v.c) <> byudv.competing_risks_send(a.c) OR v.s IS NULL OR v.c IS NULL)), NULL, 'the same: ' || w.way)
FROM (VALUES ('shuffled'), ('sorted upwards'), ('sorted downwards'), ('split at random'), ('one and the rest'), ('each by itself'), ('counted before'), ('as text')) w (way);
-- nor do workers: a table that they can read
CREATE SCHEMA properties;
CREATE TABLE properties.observation AS SELECT * FROM observation;
ALTER TABLE properties.observation SET (parallel_workers = 4);
ANALYZE properties.observation;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.with_workers(n int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan text;
    wrong int;
BEGIN
    PERFORM set_config('max_parallel_workers_per_gather', n::text, true);
    EXECUTE 'EXPLAIN (FORMAT json) SELECT set, byudv.survival_agg(entry, exit, event), byudv.competing_risks_agg(entry, exit, cause) FROM properties.observation GROUP BY set' INTO plan;
    CREATE TEMPORARY TABLE answer ON COMMIT DROP AS SELECT set, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM properties.observation GROUP BY set;
    SELECT count(*) INTO wrong FROM answer v FULL JOIN summary a USING (set) WHERE v.s::text IS DISTINCT FROM a.s::text OR v.c::text IS DISTINCT FROM a.c::text;
    DROP TABLE answer;
    RETURN CASE WHEN plan LIKE '%"Partial Mode": "Finalize"%' THEN 'merged' ELSE 'at once' END || ', ' || wrong || ' wrong';
END
$$;
SELECT is(pg_temp.with_workers(n), CASE WHEN n = 0 THEN 'at once' ELSE 'merged' END || ', 0 wrong', n || ' workers') FROM generate_series(0, 4) n;
SET LOCAL max_parallel_workers_per_gather = 0;

-- The curve by definition, at each time: everybody is looked at
CREATE TEMPORARY TABLE by_definition AS
    SELECT set, t, n, d, exp(sum(ln(nullif(1 - d / n::float8, 0))) OVER w) AS s, coalesce(bool_or(n = d) OVER w, false) AS over, sum(d / n::float8) OVER w AS h, sqrt(sum(CASE WHEN n > d THEN d / (n * (n - d)::float8) ELSE 0 END) OVER w) AS sigma
    FROM (SELECT t.set, t.t, count(*) FILTER (WHERE (o.entry < t.t OR o.entry = 0) AND t.t <= o.exit) AS n, count(*) FILTER (WHERE o.exit = t.t AND o.event) AS d
        FROM (SELECT DISTINCT set, exit AS t FROM observation WHERE set < 8) t JOIN observation o USING (set) GROUP BY t.set, t.t) x WINDOW w AS (PARTITION BY set ORDER BY t);
SELECT is((SELECT count(*) FROM (SELECT set, k.* FROM summary, byudv.survival_curve(s) k WHERE set < 8) k FULL JOIN by_definition b ON b.set = k.set AND b.t = k.time
    WHERE (k.at_risk, k.events) IS DISTINCT FROM (n, d) OR (abs(k.cumulative_hazard - h) <= 1e-12 * h AND CASE WHEN over THEN k.survival = 0 ELSE abs(k.survival - b.s) <= 1e-12 * b.s AND abs(k.std_error - b.s * sigma) <= 1e-12 * b.s * sigma END) IS NOT TRUE), 0::bigint, 'curve by definition');
SELECT cmp_ok(count(*), '>', 200::bigint, 'at many times') FROM by_definition WHERE NOT over;
SELECT is((SELECT count(*) FROM summary, LATERAL (SELECT *, lag(at_risk - events - censored) OVER (ORDER BY k.time) AS before, lag(k.survival) OVER (ORDER BY k.time) AS higher FROM byudv.survival_curve(s) k) k
    WHERE at_risk <> coalesce(before, 0) + entered OR events + censored < 1 OR events + censored > at_risk OR k.survival > coalesce(higher, 1) OR k.lower > k.survival OR k.upper < k.survival OR k.lower < 0 OR k.upper > 1), 0::bigint, 'rows of each curve add up, and it falls');
-- Exposure: the time at risk
SELECT is((SELECT count(*) FROM summary JOIN (SELECT set, sum(exit - entry)::float8 AS days FROM observation GROUP BY set) o USING (set), byudv.turnover_rate(s, 1) r WHERE r.exposure <> days), 0::bigint, 'days at risk are those of the observations');
-- Conditional curve: the ratio of survivals
CREATE TEMPORARY TABLE conditional AS SELECT set, q, s, start, byudv.conditional_survival(s, start) AS later, byudv.survival_at(s, greatest(start - 1, 0)) AS there
    FROM summary, (VALUES (0.05), (0.2), (0.4)) v (q), LATERAL (SELECT (SELECT k.time FROM byudv.survival_curve(s) k WHERE k.survival < 1 - q ORDER BY k.time LIMIT 1) + 1 AS start) x WHERE start > 0;
SELECT cmp_ok(count(*), '>', 1000::bigint, 'conditional curves with many times') FROM conditional, byudv.survival_curve(later) k WHERE there > 0;
SELECT is((SELECT count(*) FROM conditional, LATERAL (SELECT k.survival AS later, w.survival AS whole FROM byudv.survival_curve(later) k LEFT JOIN byudv.survival_curve(s) w ON w.time = k.time) k
    WHERE there > 0 AND (abs(k.later - k.whole / there) <= 1e-12 * k.later) IS NOT TRUE), 0::bigint, 'are the ratio of survivals');

-- Log-rank: the order of groups does not matter, nor does one that is empty
CREATE TEMPORARY TABLE comparison AS SELECT set, way, l.* FROM (SELECT set, array_agg(s ORDER BY grp) AS up, array_agg(s ORDER BY grp DESC) AS down, array_agg(s ORDER BY (grp * 5 + set) % 7) AS mixed,
    NULL || array_agg(s ORDER BY grp) || 's1'::byudv.survival AS more FROM (SELECT set, grp, byudv.survival_agg(entry, exit, event) AS s FROM observation GROUP BY set, grp) g GROUP BY set) g,
    LATERAL (VALUES ('up', up), ('down', down), ('mixed', mixed), ('more', more)) v (way, groups), byudv.log_rank(VARIADIC groups) l;
SELECT is((SELECT count(*) FROM comparison a JOIN comparison b USING (set) WHERE a.df IS DISTINCT FROM b.df OR a.df <> 5 OR (abs(a.chi_square - b.chi_square) <= 1e-10 * a.chi_square AND abs(a.p_value - b.p_value) <= 1e-10) IS NOT TRUE), 0::bigint, 'log-rank does not depend on the order of groups');
SELECT is((SELECT count(*) FROM (SELECT set, sum(g.observed - g.expected) AS rest, sum(g.observed) AS events, sum(g.observations) AS n FROM (SELECT set, array_agg(s ORDER BY grp) AS groups FROM (SELECT set, grp, byudv.survival_agg(entry, exit, event) AS s
    FROM observation GROUP BY set, grp) p GROUP BY set) p, byudv.log_rank_groups(VARIADIC groups) g GROUP BY set) x JOIN summary USING (set), byudv.survival_counts(s) c WHERE (abs(rest) <= 1e-8) IS NOT TRUE OR x.events <> c.events OR x.n <> c.observations), 0::bigint, 'as many are expected as observed in all');

-- Competing risks: with one cause 1 - survival; with several they and survival add up to 1
SELECT is((SELECT count(*) FROM (SELECT set, byudv.competing_risks_agg(entry, exit, event::int) AS c FROM observation GROUP BY set) x JOIN summary USING (set), byudv.cumulative_incidence(x.c) i, byudv.survival_estimate(s, i.time) k
    WHERE set < 8 AND (abs(i.incidence - (1 - k.survival)) <= 1e-12) IS NOT TRUE), 0::bigint, 'one cause: 1 - survival');
SELECT is((SELECT count(*) FROM (SELECT set, i.time, sum(i.incidence) AS all_causes FROM summary, byudv.cumulative_incidence(c) i WHERE set < 8 GROUP BY set, i.time) i JOIN summary USING (set)
    WHERE (abs(all_causes + byudv.survival_at(byudv.any_cause(c), i.time) - 1) <= 1e-12) IS NOT TRUE), 0::bigint, 'all causes and survival add up to 1');
SELECT is((SELECT count(*) FROM summary JOIN (SELECT set, byudv.survival_agg(entry, exit, cause > 0) AS any, byudv.survival_agg(entry, exit, cause = 2) AS two FROM observation GROUP BY set) o USING (set)
    WHERE byudv.any_cause(c)::text <> o.any::text OR byudv.cause_specific(c, 2)::text <> o.two::text), 0::bigint, 'any cause and one cause are those summaries');

-- Stays and their pieces
CREATE TEMPORARY TABLE stay AS SELECT i, from_date, CASE WHEN random() < 0.8 THEN from_date + floor(random() * random() * 9000)::int END AS to_date
    FROM (SELECT i, date '1990-01-01' + floor(random() * 12000)::int AS from_date FROM generate_series(1, 5000) i OFFSET 0) x;
CREATE TEMPORARY TABLE piece AS SELECT i, from_date, to_date, o.entry, o.exit, o.event, year, band_from, band_to, piece_from, piece_to, p.entry AS piece_entry, p.exit AS piece_exit, p.days, p.event AS piece_event
    FROM stay, LATERAL (SELECT * FROM byudv.observation(from_date, to_date, '2000-01-01', '2020-02-29')) o LEFT JOIN LATERAL byudv.exposure(from_date, to_date, '2000-01-01', '2020-02-29', '{31,365,1826}') p ON true;
SELECT cmp_ok(count(*), '>', 10000::bigint, 'many pieces') FROM piece;
SELECT is((SELECT count(*) FROM (SELECT i FROM piece GROUP BY i, entry, exit, event HAVING coalesce(sum(days), 0) <> coalesce(exit - entry, 0) OR min(piece_entry) IS DISTINCT FROM entry OR max(piece_exit) IS DISTINCT FROM exit
    OR count(*) FILTER (WHERE piece_event) <> coalesce(event, false)::int OR (exit IS NULL) <> (count(year) = 0)) x), 0::bigint, 'pieces add up to the observation');
SELECT is((SELECT count(*) FROM piece WHERE piece_to - piece_from <> days OR piece_exit - piece_entry <> days OR piece_from - from_date <> piece_entry OR extract(year FROM piece_from) <> year OR piece_to > make_date(year + 1, 1, 1) OR piece_entry < band_from OR piece_exit > band_to
    OR band_from NOT IN (0, 31, 365, 1826)), 0::bigint, 'each piece lies in one year and band');
SELECT is((SELECT byudv.survival_agg(from_date, to_date, '2000-01-01', '2020-02-29')::text FROM (SELECT DISTINCT i, from_date, to_date FROM piece) x), (SELECT byudv.survival_agg(entry, exit, event)::text FROM (SELECT DISTINCT i, entry, exit, event FROM piece) x), 'the aggregate by dates is the one by observations');

-- Memory: 200,000 groups of three observations, two of them with delayed entry, in hash aggregation without a spill
CREATE TABLE properties.many AS SELECT i % 200000 AS grp, (i / 200000) * 5 AS entry, (i / 200000) * 5 + 1 + i % 4001 AS exit, i % 2 = 0 AS event, i % 3 AS cause FROM generate_series(0, 599999) i;
ANALYZE properties.many;
CREATE FUNCTION pg_temp.bytes_per_group(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
    node jsonb;
BEGIN
    EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) ' || query INTO plan;
    SELECT n INTO node FROM jsonb_path_query(plan, 'strict $.**') n WHERE jsonb_typeof(n) = 'object' AND n->>'Node Type' = 'Aggregate';
    RETURN CASE WHEN node->>'Strategy' = 'Hashed' AND node->>'HashAgg Batches' IN ('0', '1') AND node->>'Actual Rows' ~ '^200000(\.0*)?$' THEN round((node->>'Peak Memory Usage')::numeric * 1024 / 200000, 1) END;
END
$$;
SET LOCAL work_mem = '2GB';
SET LOCAL enable_sort = off;
SELECT cmp_ok(pg_temp.bytes_per_group('SELECT grp, byudv.survival_agg(entry, exit, event) FROM properties.many GROUP BY grp'), '<=', 400::numeric, 'survival: at most 400 bytes a group of three');
SELECT cmp_ok(pg_temp.bytes_per_group('SELECT grp, byudv.competing_risks_agg(entry, exit, cause) FROM properties.many GROUP BY grp'), '<=', 400::numeric, 'competing risks: at most 400 bytes a group of three');
SELECT * FROM finish();
ROLLBACK;
