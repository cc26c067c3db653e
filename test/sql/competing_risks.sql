-- Competing risks: values worked out by hand. Columns named "right" compare with what stands in the query; all must be t.
CREATE SCHEMA t_competing_risks;
CREATE FUNCTION t_competing_risks.near(got float8, want float8, tolerance float8 DEFAULT 1e-13) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN got IS NULL OR want IS NULL THEN got IS NULL AND want IS NULL
        ELSE pg_catalog.abs(got - want) <= tolerance * greatest(pg_catalog.abs(got), pg_catalog.abs(want)) END $$;
-- Without delayed entry. 10 at risk; at 2 one leaves by cause 1; at 3 two by cause 2, one censored; at 5 (6 at risk) one by each, at 7 (4 at risk) one censored, at 8 (3 at risk) one by cause 1; two censored at 9.
-- S: 9/10, 9/10 * 7/9 = 7/10, 7/10 * 4/6 = 7/15, 7/15 * 2/3 = 14/45
-- F1: 1/10, 1/10, 1/10 + 7/10/6 = 13/60, then + 7/15/3 = 67/180; F2: 0, 9/10 * 2/9 = 1/5, 1/5 + 7/60 = 19/60
CREATE TABLE t_competing_risks.observation (entry int, exit int, cause int);
INSERT INTO t_competing_risks.observation VALUES (0, 2, 1), (0, 3, 2), (0, 3, 2), (0, 3, 0), (0, 5, 1), (0, 5, 2), (0, 7, 0), (0, 8, 1), (0, 9, 0), (0, 9, 0);
CREATE VIEW t_competing_risks.summary AS SELECT byudv.competing_risks_agg(exit, cause) AS c FROM t_competing_risks.observation;
SELECT c, c::text = 'c1 2x1:1 3c1x2:2 5x1:1x2:1 7c1 8x1:1 9c2' AS right FROM t_competing_risks.summary;
SELECT i.time, i.cause, i.at_risk, i.events, round(i.incidence::numeric, 9) AS incidence, (i.at_risk, i.events) = (h.n, h.d) AND t_competing_risks.near(i.incidence, h.f) AS right
FROM t_competing_risks.summary, byudv.cumulative_incidence(c) i FULL JOIN (VALUES (2, 1, 10, 1, 1 / 10.0), (2, 2, 10, 0, 0), (3, 1, 9, 0, 1 / 10.0), (3, 2, 9, 2, 1 / 5.0), (5, 1, 6, 1, 13 / 60.0), (5, 2, 6, 1, 19 / 60.0),
    (7, 1, 4, 0, 13 / 60.0), (7, 2, 4, 0, 19 / 60.0), (8, 1, 3, 1, 67 / 180.0), (8, 2, 3, 0, 19 / 60.0), (9, 1, 2, 0, 67 / 180.0), (9, 2, 2, 0, 19 / 60.0)) h ("time", cause, n, d, f) USING ("time", cause) ORDER BY i.time, i.cause;
-- The variance by its formula: sum of (F - F_i)^2 a + b - 2 (F - F_i) c with a = d / (n (n - d)), b = S^2 (n - d_k) d_k / n^3, c = S d_k / n^2; S before the time
CREATE TABLE t_competing_risks.moment (cause int, t int, n float8, d float8, dk float8, s float8, f float8);
INSERT INTO t_competing_risks.moment VALUES (1, 2, 10, 1, 1, 1, 1 / 10.0), (1, 3, 9, 2, 0, 9 / 10.0, 1 / 10.0), (1, 5, 6, 2, 1, 7 / 10.0, 13 / 60.0), (1, 8, 3, 1, 1, 7 / 15.0, 67 / 180.0),
    (2, 2, 10, 1, 0, 1, 0), (2, 3, 9, 2, 2, 9 / 10.0, 1 / 5.0), (2, 5, 6, 2, 1, 7 / 10.0, 19 / 60.0), (2, 8, 3, 1, 0, 7 / 15.0, 19 / 60.0);
CREATE VIEW t_competing_risks.variance AS
    SELECT m.cause, m.t, m.f, sum((m.f - i.f) ^ 2 * i.d / (i.n * (i.n - i.d)) + i.s ^ 2 * (i.n - i.dk) * i.dk / i.n ^ 3 - 2 * (m.f - i.f) * i.s * i.dk / i.n ^ 2) AS v
    FROM t_competing_risks.moment m JOIN t_competing_risks.moment i ON i.cause = m.cause AND i.t <= m.t GROUP BY m.cause, m.t, m.f;
SELECT t, cause, round(i.std_error::numeric, 9) AS std_error, round(i.lower::numeric, 6) AS lower, round(i.upper::numeric, 6) AS upper, t_competing_risks.near(i.std_error, sqrt(v), 1e-12)
    AND t_competing_risks.near(i.lower, CASE WHEN f > 0 THEN f * exp(-1.959963984540054 * sqrt(v) / f) END, 1e-12) AND t_competing_risks.near(i.upper, CASE WHEN f > 0 THEN least(1, f * exp(1.959963984540054 * sqrt(v) / f)) END, 1e-12) AS right
FROM t_competing_risks.summary, t_competing_risks.variance h JOIN byudv.cumulative_incidence((SELECT c FROM t_competing_risks.summary)) i USING (cause) WHERE i.time = t ORDER BY t, cause;
-- before the first censoring the share itself, with variance F (1 - F) / n: 1/10 of 10
SELECT i.cause, i.incidence, t_competing_risks.near(i.std_error, sqrt(0.1 * 0.9 / 10)) AS right FROM t_competing_risks.summary, byudv.incidence_at(c, 2) i WHERE i.cause = 1;
-- at single times: 0 before the first, as the last row between, unknown beyond the last
SELECT t, i.cause, round(i.incidence::numeric, 9) AS incidence, i.lower IS NULL AS no_limits, t_competing_risks.near(i.incidence, h.f[i.cause]) AS right
FROM t_competing_risks.summary, (VALUES (0, '{0,0}'::float8[]), (1, '{0,0}'), (2, '{0.1,0}'), (4, '{0.1,0.2}'), (9, ARRAY[67 / 180.0, 19 / 60.0]), (10, '{NULL,NULL}'), (2147483647, '{NULL,NULL}')) h (t, f), byudv.incidence_at(c, t) i ORDER BY t, i.cause;
-- other confidence
SELECT round(i.lower::numeric, 6) AS lower, t_competing_risks.near(i.lower, 0.2 * exp(-1.6448536269514722 * i.std_error / 0.2)) AND t_competing_risks.near(i.upper, 0.2 * exp(1.6448536269514722 * i.std_error / 0.2)) AS right
FROM t_competing_risks.summary, byudv.incidence_at(c, 3, 0.9) i WHERE i.cause = 2;
-- the causes and those still there add up to 1
SELECT i.time, t_competing_risks.near(sum(i.incidence) + max(k.survival), 1) AS right FROM t_competing_risks.summary, byudv.cumulative_incidence(c) i JOIN byudv.survival_curve((SELECT byudv.any_cause(c) FROM t_competing_risks.summary)) k ON k.time = i.time
GROUP BY i.time ORDER BY i.time;
-- any cause, and one with the others censored
SELECT byudv.any_cause(c) AS any, byudv.any_cause(c)::text = 's1 2x1 3c1x2 5x2 7c1 8x1 9c2' AS right, byudv.cause_specific(c, 2) AS two, byudv.cause_specific(c, 2)::text = 's1 2c1 3c1x2 5c1x1 7c1 8c1 9c2' AS two_right,
    byudv.cause_specific(c, 3)::text = 's1 2c1 3c3 5c2 7c1 8c1 9c2' AS three_right FROM t_competing_risks.summary;
SELECT byudv.any_cause('c1 o3 2e4 5c1x1:1x64:2') AS any, byudv.cause_specific('c1 o3 2e4 5c1x1:1x64:2', 64) AS cause_64, byudv.any_cause('c1') AS empty, byudv.any_cause(NULL) AS nothing, byudv.cause_specific('c1 5x1:1', NULL) AS no_cause;

-- With delayed entry and ties: at 4 two at risk, the one who enters at 4 is not; at 6 three: one of cause 2 and one of cause 1; at 9 one of cause 2
SELECT c, i.time, i.cause, i.at_risk, i.events, round(i.incidence::numeric, 9) AS incidence, (i.at_risk, i.events) = (h.n, h.d) AND t_competing_risks.near(i.incidence, h.f) AS right
FROM (SELECT byudv.competing_risks_agg(entry, exit, cause) AS c FROM (VALUES (0, 4, 1), (1, 6, 1), (4, 6, 2), (4, 9, 2)) v (entry, exit, cause)) x, byudv.cumulative_incidence(c) i
FULL JOIN (VALUES (4, 1, 2, 1, 1 / 2.0), (4, 2, 2, 0, 0), (6, 1, 3, 1, 2 / 3.0), (6, 2, 3, 1, 1 / 6.0), (9, 1, 1, 0, 2 / 3.0), (9, 2, 1, 1, 1 / 3.0)) h ("time", cause, n, d, f) USING ("time", cause) ORDER BY i.time, i.cause;
-- nobody is left: known for all time
SELECT i.cause, round(i.incidence::numeric, 9) AS incidence FROM byudv.incidence_at('c1 1e1 4e2x1:1 6x1:1x2:1 9x2:1', 1000) i ORDER BY i.cause;
-- of those there at 5: 1/3 and 1/3, then 1/3 more of cause 2; the summary of them says the same
SELECT i.time, i.cause, i.at_risk, round(i.incidence::numeric, 9) AS incidence, t_competing_risks.near(i.incidence, CASE WHEN i.time = 6 OR i.cause = 1 THEN 1 / 3.0 ELSE 2 / 3.0 END) AS right
FROM byudv.cumulative_incidence('c1 1e1 4e2x1:1 6x1:1x2:1 9x2:1', start_time => 5) i ORDER BY i.time, i.cause;
SELECT t, byudv.conditional_incidence('c1 o1 1e1 4e2x1:1 6x1:1x2:1 9x2:1', t) AS c, byudv.conditional_incidence('c1 o1 1e1 4e2x1:1 6x1:1x2:1 9x2:1', t)::text = want AS right
FROM (VALUES (0, 'c1 o1 1e1 4e2x1:1 6x1:1x2:1 9x2:1'), (1, 'c1 o1 1e1 4e2x1:1 6x1:1x2:1 9x2:1'), (4, 'c1 o1 3e2 4e2x1:1 6x1:1x2:1 9x2:1'), (5, 'c1 o1 4e3 6x1:1x2:1 9x2:1'), (7, 'c1 o1 6e1 9x2:1'), (10, 'c1 o1')) h (t, want) ORDER BY t;
SELECT count(*) AS differences FROM generate_series(0, 10) t, LATERAL (
    (SELECT cause, "time", at_risk, events, incidence, std_error FROM byudv.cumulative_incidence('c1 1e1 4e2x1:1 6x1:1x2:1 9x1:1', start_time => t) EXCEPT
    SELECT cause, "time", at_risk, events, incidence, std_error FROM byudv.cumulative_incidence(byudv.conditional_incidence('c1 1e1 4e2x1:1 6x1:1x2:1 9x1:1', t)))) d WHERE d.events > 0;

-- One cause: the rest of the survival curve, with its standard error
SELECT i.time, t_competing_risks.near(i.incidence, 1 - k.survival) AND t_competing_risks.near(i.std_error, k.std_error) AS right
FROM byudv.cumulative_incidence('c1 2x1:1 3c1 5x1:2 8x1:1 9c5') i JOIN byudv.survival_curve('s1 2x1 3c1 5x2 8x1 9c5') k ON k.time = i.time ORDER BY i.time;
-- all censored: no cause, no rows; the empty summary; NULL
SELECT (SELECT count(*) FROM byudv.cumulative_incidence('c1 5c3')) AS censored, (SELECT count(*) FROM byudv.incidence_at('c1 5c3', 1)) AS censored_at, (SELECT count(*) FROM byudv.cumulative_incidence('c1')) AS empty,
    (SELECT count(*) FROM byudv.incidence_at('c1 o2', 0)) AS left_out, (SELECT count(*) FROM byudv.cumulative_incidence(NULL)) AS nothing, byudv.conditional_incidence(NULL, 1) AS conditional, byudv.conditional_incidence('c1 o2', 1) AS conditional_empty;
-- all 64 causes at once, and the first and last
SELECT count(*) AS causes, min(i.cause) AS first, max(i.cause) AS last, bool_and(i.events = 1 AND t_competing_risks.near(i.incidence, 1 / 128.0)) AS right
FROM (SELECT byudv.competing_risks_agg(7, k % 65) AS c FROM generate_series(1, 64) k) x, byudv.cumulative_incidence(byudv.competing_risks_combine(c, 'c1 7c64')) i;
-- an exit at 0, and the greatest time
SELECT byudv.competing_risks_agg(t, k) AS c, byudv.competing_risks_agg(t, k)::text = 'c1 0c1x3:1 2147483647x3:1' AS right FROM (VALUES (0, 3), (0, 0), (2147483647, 3)) v (t, k);
SELECT i.time, round(i.incidence::numeric, 9) AS incidence, t_competing_risks.near(i.incidence, CASE i.time WHEN 0 THEN 1 / 3.0 ELSE 1 END) AS right FROM byudv.cumulative_incidence('c1 0c1x3:1 2147483647x3:1') i ORDER BY i.time;
-- counted rows, NULLs, and none
SELECT byudv.competing_risks_agg(entry, exit, cause, n) AS counted, byudv.competing_risks_agg(entry, exit, cause) AS rows, byudv.competing_risks_agg(exit, cause) AS without_entry
FROM (VALUES (2, 5, 1, 3::bigint), (2, 6, 2, 0), (NULL, 7, 1, 1), (2, NULL, 1, 1), (2, 9, NULL, 1), (2, 11, 1, NULL)) v (entry, exit, cause, n);
SELECT byudv.competing_risks_agg(5, 1) IS NULL AS no_row, byudv.rollup(NULL::byudv.competing_risks) IS NULL AS nothing_to_merge FROM t_competing_risks.observation WHERE false;
SELECT byudv.rollup(c::byudv.competing_risks) AS c FROM unnest('{c1 5x1:1,NULL,c1 o1 5x2:1x64:1,c1 2e1 5c1}'::text[]) c;

SET client_min_messages = warning;
DROP SCHEMA t_competing_risks CASCADE;
