-- Durations: values worked out by hand or published. Columns named "right" compare with the expectation that stands in the query; all must be t.
CREATE SCHEMA t_survival;
-- equal within a relative error, and NULL only where NULL is expected
CREATE FUNCTION t_survival.near(got float8, want float8, tolerance float8 DEFAULT 1e-13) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN got IS NULL OR want IS NULL THEN got IS NULL AND want IS NULL
        ELSE pg_catalog.abs(got - want) <= tolerance * greatest(pg_catalog.abs(got), pg_catalog.abs(want)) END $$;
CREATE TABLE t_survival.observation (set text NOT NULL, entry int, exit int, event boolean, n bigint DEFAULT 1);

-- Freireich et al. 1963, weeks of remission: 6-MP 6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+; placebo without censoring
INSERT INTO t_survival.observation (set, entry, exit, event)
    SELECT '6-MP', 0, abs(w), w > 0 FROM unnest('{6,6,6,-6,7,-9,10,-10,-11,13,16,-17,-19,-20,22,23,-25,-32,-32,-34,-35}'::int[]) w
    UNION ALL SELECT 'placebo', 0, w, true FROM unnest('{1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23}'::int[]) w;
CREATE VIEW t_survival.freireich AS
    SELECT set, byudv.survival_agg(exit, event) AS s FROM t_survival.observation WHERE set IN ('6-MP', 'placebo') GROUP BY set;
SELECT set, s FROM t_survival.freireich ORDER BY set COLLATE "C";
SELECT set, c.* FROM t_survival.freireich, byudv.survival_counts(s) c ORDER BY set COLLATE "C";
-- published: S and its standard error (Greenwood), Nelson-Aalen hazard, 95 % limits of R
SELECT c.time, c.at_risk, c.events, c.censored, c.entered, round(c.survival::numeric, 4) AS survival, round(c.std_error::numeric, 4) AS std_error,
    round(c.cumulative_hazard::numeric, 4) AS hazard, round(c.lower::numeric, 3) AS lower, round(c.upper::numeric, 3) AS upper,
    p.time IS NULL = (c.events = 0) AND (p.time IS NULL OR (p.survival, p.std_error, p.hazard, p.lower, p.upper)
        = (round(c.survival::numeric, 4), round(c.std_error::numeric, 4), round(c.cumulative_hazard::numeric, 4), round(c.lower::numeric, 3), round(c.upper::numeric, 3))) AS right
FROM (SELECT k.* FROM t_survival.freireich, byudv.survival_curve(s) k WHERE set = '6-MP') c FULL JOIN (VALUES
    (6, 0.8571, 0.0764, 0.1429, 0.720, 1.000), (7, 0.8067, 0.0869, 0.2017, 0.653, 0.996), (10, 0.7529, 0.0963, 0.2683, 0.586, 0.968),
    (13, 0.6902, 0.1068, 0.3517, 0.510, 0.935), (16, 0.6275, 0.1141, 0.4426, 0.439, 0.896), (22, 0.5378, 0.1282, 0.5854, 0.337, 0.858),
    (23, 0.4482, 0.1346, 0.7521, 0.249, 0.807)) p ("time", survival, std_error, hazard, lower, upper) ON p.time = c.time ORDER BY c.time;
-- without censoring the curve is the share that is left, and its variance S (1 - S) / n
SELECT count(*) AS times, bool_and(t_survival.near(c.survival, o.n_left / 21.0) AND o.n_left + c.events = c.at_risk
    AND CASE WHEN o.n_left = 0 THEN c.std_error IS NULL AND c.lower IS NULL AND c.upper IS NULL
        ELSE t_survival.near(c.std_error, sqrt(o.n_left / 21.0 * (1 - o.n_left / 21.0) / 21)) END) AS right
FROM t_survival.freireich f, byudv.survival_curve(s) c, LATERAL (SELECT count(*) AS n_left FROM t_survival.observation WHERE set = 'placebo' AND exit > c.time) o
WHERE f.set = 'placebo';
-- medians 23 (16 to none) and 8 (4 to 12)
SELECT set, m.*, m.estimate = CASE set WHEN '6-MP' THEN 23 ELSE 8 END AND m.lower = CASE set WHEN '6-MP' THEN 16 ELSE 4 END
    AND m.upper IS NOT DISTINCT FROM CASE set WHEN '6-MP' THEN NULL ELSE 12 END AS right
FROM t_survival.freireich, byudv.survival_median(s) m ORDER BY set COLLATE "C";
-- 9 in 359 weeks, 21 in 182; Garwood's limits for 9 are 4.1154 and 17.0848
SELECT set, r.events, r.exposure, round(r.rate::numeric, 5) AS rate, round((r.lower * r.exposure)::numeric, 4) AS lower_events,
    round((r.upper * r.exposure)::numeric, 4) AS upper_events
FROM t_survival.freireich, byudv.turnover_rate(s, 1) r ORDER BY set COLLATE "C";
-- log-rank 16.79 with 1 degree of freedom, p 0.00004; 9 observed and 19.25 expected, 21 and 10.75
SELECT round(chi_square::numeric, 2) AS chi_square, df, round(p_value::numeric, 6) AS p_value, round(chi_square::numeric, 2) = 16.79 AS right
FROM byudv.log_rank(VARIADIC ARRAY(SELECT s FROM t_survival.freireich ORDER BY set COLLATE "C"));
SELECT group_number, observations, observed, round(expected::numeric, 2) AS expected, round(expected::numeric, 2) = (ARRAY[19.25, 10.75])[group_number] AS right
FROM byudv.log_rank_groups(VARIADIC ARRAY(SELECT s FROM t_survival.freireich ORDER BY set COLLATE "C")) ORDER BY group_number;

-- Ties and delayed entry. At 5 four are at risk: the two who enter at 5 are not, and who is censored at 5 still is. At 12, f, g and e.
INSERT INTO t_survival.observation (set, entry, exit, event) VALUES ('late', 0, 5, true), ('late', 0, 5, false), ('late', 3, 8, true), ('late', 5, 8, false),
    ('late', 5, 12, true), ('late', 0, 12, false), ('late', 8, 20, true);
CREATE VIEW t_survival.late AS SELECT byudv.survival_agg(entry, exit, event) AS s FROM t_survival.observation WHERE set = 'late';
SELECT s, s::text = 's1 3e1 5e2c1x1 8e1c1x1 12c1x1 20x1' AS right FROM t_survival.late;
SELECT c.time, c.at_risk, c.events, c.censored, c.entered, c.survival, (c.at_risk, c.events, c.censored, c.entered) = (h.n, h.d, h.c, h.e) AND t_survival.near(c.survival, h.s)
    AND t_survival.near(c.std_error, h.s * sqrt(nullif(h.v, 0))) AND t_survival.near(c.cumulative_hazard, h.h) AS right
FROM t_survival.late, byudv.survival_curve(s) c FULL JOIN (VALUES (5, 4, 1, 1, 4, 3 / 4.0, 1 / 12.0, 1 / 4.0), (8, 4, 1, 1, 2, 9 / 16.0, 1 / 6.0, 1 / 2.0),
    (12, 3, 1, 1, 1, 3 / 8.0, 1 / 3.0, 5 / 6.0), (20, 1, 1, 0, 0, 0, 0, 11 / 6.0)) h ("time", n, d, c, e, s, v, h) ON h.time = c.time ORDER BY c.time;
SELECT c.*, ROW(c.*)::text = '(7,4,3,4,0,5,20,4)' AS right FROM t_survival.late, byudv.survival_counts(s) c;
-- limits by their formulas, S = 9/16 with Greenwood's sum 1/6; z = 1.959963984540054 and, for 90 %, 1.6448536269514722
SELECT k.conf_type, k.confidence, round(e.lower::numeric, 6) AS lower, round(e.upper::numeric, 6) AS upper, e.at_risk,
    t_survival.near(e.survival, 9 / 16.0) AND t_survival.near(e.lower, h.lower) AND t_survival.near(e.upper, h.upper) AND e.at_risk = 4 AS right
FROM t_survival.late, (VALUES ('log', 0.95, 1.959963984540054), ('log-log', 0.95, 1.959963984540054), ('plain', 0.95, 1.959963984540054),
    ('log', 0.9, 1.6448536269514722), ('log-log', 0.9, 1.6448536269514722), ('plain', 0.9, 1.6448536269514722)) k (conf_type, confidence, z),
    byudv.survival_estimate(s, 8, k.confidence, k.conf_type) e,
    LATERAL (SELECT 9 / 16.0::float8 AS s, k.z * sqrt(1 / 6.0::float8) AS spread) x,
    LATERAL (SELECT CASE k.conf_type WHEN 'log' THEN x.s * exp(-x.spread) WHEN 'plain' THEN x.s - x.s * x.spread ELSE exp(-exp(ln(-ln(x.s)) - x.spread / ln(x.s))) END AS lower,
        CASE k.conf_type WHEN 'log' THEN least(1, x.s * exp(x.spread)) WHEN 'plain' THEN least(1, x.s + x.s * x.spread)
        ELSE exp(-exp(ln(-ln(x.s)) + x.spread / ln(x.s))) END AS upper) h
ORDER BY k.confidence DESC, k.conf_type COLLATE "C";
-- between the times, before the first and beyond the last
SELECT t, byudv.survival_at(s, t), e.survival, e.at_risk, (byudv.survival_at(s, t), e.survival, e.at_risk) = (h.y, h.y, h.n) AS right
FROM t_survival.late, (VALUES (0, 1::float8, 3), (3, 1, 3), (4, 1, 4), (5, 0.75, 4), (6, 0.75, 4), (8, 0.5625, 4), (9, 0.5625, 3), (12, 0.375, 3), (13, 0.375, 1), (20, 0, 1),
    (21, 0, 0), (2147483647, 0, 0)) h (t, y, n), byudv.survival_estimate(s, t) e ORDER BY t;
-- quantiles: S is 3/4 on [5, 8), 9/16 on [8, 12), 3/8 on [12, 20): in the middle of such a stretch where it is just 1 - q, else at its end
SELECT q, k.estimate, k.estimate = h.want AS right FROM t_survival.late, (VALUES (0.001, 5), (0.2, 5), (0.25, 6.5), (0.3, 8), (0.4375, 10), (0.5, 12), (0.6, 12), (0.625, 16), (0.7, 20),
    (0.999, 20)) h (q, want), byudv.survival_quantile(s, q) k ORDER BY q;
-- restricted mean, areas under the curve: 5; 5 + 3 * 3/4; and so on; it stays when the curve has reached 0
SELECT tau, m.estimate, round(m.std_error::numeric, 6) AS std_error, t_survival.near(m.estimate, h.mean) AND t_survival.near(m.std_error, sqrt(h.variance))
    AND t_survival.near(m.lower, h.mean - 1.959963984540054 * sqrt(h.variance)) AND t_survival.near(m.upper, h.mean + 1.959963984540054 * sqrt(h.variance)) AS right
FROM t_survival.late, (VALUES (0, 0, 0), (3, 3, 0), (5, 5, 0), (6, 5.75, 0.75 ^ 2 / 12), (8, 7.25, 2.25 ^ 2 / 12), (12, 9.5, 4.5 ^ 2 / 12 + 2.25 ^ 2 / 12),
    (20, 12.5, 7.5 ^ 2 / 12 + 5.25 ^ 2 / 12 + 3.0 ^ 2 / 6), (2147483647, 12.5, 7.5 ^ 2 / 12 + 5.25 ^ 2 / 12 + 3.0 ^ 2 / 6)) h (tau, mean, variance), byudv.restricted_mean(s, tau) m ORDER BY tau;
SELECT round(m.lower::numeric, 6) AS lower, round(m.upper::numeric, 6) AS upper, t_survival.near(m.upper - m.lower, 2 * 0.6744897501960817 * sqrt(2.109375)) AS right
FROM t_survival.late, byudv.restricted_mean(s, 12, 0.5) m;
-- 4 events in 5 + 5 + 5 + 3 + 7 + 12 + 12 = 49 days
SELECT r.events, r.exposure * 365.25 AS days, (r.events, r.exposure * 365.25) = (4, 49) AND t_survival.near(r.rate, 4 * 365.25 / 49) AS right FROM t_survival.late, byudv.turnover_rate(s) r;

-- Where to begin, and the curve of those still there
SELECT n, byudv.survival_start(s, n), byudv.survival_start(s, n) IS NOT DISTINCT FROM want AS right FROM t_survival.late, (VALUES (1, 5), (4, 5), (5, NULL), (2147483647, NULL)) h (n, want) ORDER BY n;
SELECT n, byudv.survival_start('s1 1x1 3e4 5x1 6e1 8c4', n), byudv.survival_start('s1 1x1 3e4 5x1 6e1 8c4', n) = want AS right FROM (VALUES (1, 1), (2, 5), (4, 5)) h (n, want) ORDER BY n;
-- who is at risk at the start enters the day before it; who left before is gone, the number left out stays
SELECT t, byudv.conditional_survival(('s1 o2' || substr(s::text, 3))::byudv.survival, t) AS summary,
    byudv.conditional_survival(('s1 o2' || substr(s::text, 3))::byudv.survival, t)::text = want AS right
FROM t_survival.late, (VALUES (0, 's1 o2 3e1 5e2c1x1 8e1c1x1 12c1x1 20x1'), (1, 's1 o2 3e1 5e2c1x1 8e1c1x1 12c1x1 20x1'), (2, 's1 o2 1e3 3e1 5e2c1x1 8e1c1x1 12c1x1 20x1'),
    (4, 's1 o2 3e4 5e2c1x1 8e1c1x1 12c1x1 20x1'), (5, 's1 o2 4e4 5e2c1x1 8e1c1x1 12c1x1 20x1'), (6, 's1 o2 5e4 8e1c1x1 12c1x1 20x1'), (8, 's1 o2 7e4 8e1c1x1 12c1x1 20x1'),
    (9, 's1 o2 8e3 12c1x1 20x1'), (20, 's1 o2 19e1 20x1'), (21, 's1 o2'), (2147483647, 's1 o2')) h (t, want) ORDER BY t;
SELECT byudv.conditional_survival('s1 0c1x2 7x1', 0) AS from_0, byudv.conditional_survival('s1 0c1x2 7x1', 1) AS from_1, byudv.conditional_survival('s1 0c1x2 7x1', 2) AS from_2;
-- from 8 on: 3/4, 3/4 * 2/3 = 1/2, 0; the same asked of either
SELECT c.time, c.at_risk, c.entered, c.survival, c.survival = h.s AND c.at_risk = h.n AND c.entered = h.e AND t_survival.near(c.std_error, h.s * sqrt(nullif(h.v, 0))) AS right
FROM t_survival.late, byudv.survival_curve(s, start_time => 8) c FULL JOIN (VALUES (8, 4, 4, 0.75, 1 / 12.0), (12, 3, 1, 0.5, 1 / 4.0), (20, 1, 0, 0, 0)) h ("time", n, e, s, v) ON h.time = c.time
ORDER BY c.time;
SELECT count(*) AS differences FROM t_survival.late, generate_series(0, 22) t, LATERAL ((
    (SELECT * FROM byudv.survival_curve(s, 0.9, 'plain', t) EXCEPT SELECT * FROM byudv.survival_curve(byudv.conditional_survival(s, t), 0.9, 'plain')) UNION ALL
    (SELECT * FROM byudv.survival_curve(byudv.conditional_survival(s, t), 0.9, 'plain') EXCEPT SELECT * FROM byudv.survival_curve(s, 0.9, 'plain', t)))) d;

-- Exit at 0, and the greatest time
SELECT byudv.survival_agg(0, true) AS event, byudv.survival_agg(0, 0, false) AS censored, byudv.survival_agg(2147483647, true) AS last, byudv.survival_agg(2147483646, 2147483647, true) AS late;
-- 4 at 0: 1 - 1/4 at once, (3/4) * (1/2) at the end
SELECT c.time, c.at_risk, c.events, c.censored, c.entered, c.survival, c.survival = h.s AND c.at_risk = h.n AS right
FROM (SELECT byudv.survival_agg(exit, event) AS s FROM (VALUES (0, true), (0, false), (2147483647, true), (2147483647, false)) v (exit, event)) x, byudv.survival_curve(s) c
FULL JOIN (VALUES (0, 4, 0.75), (2147483647, 2, 0.375)) h ("time", n, s) ON h.time = c.time ORDER BY c.time;
SELECT byudv.survival_at('s1 0c1x1 2147483647c1x1', 0) AS at_0, byudv.survival_at('s1 0c1x1 2147483647c1x1', 2147483646) AS before, byudv.survival_at('s1 0c1x1 2147483647c1x1', 2147483647) AS at_end;
SELECT m.estimate, m.estimate = 2147483647 * 0.75 AS right FROM byudv.restricted_mean('s1 0c1x1 2147483647c1x1', 2147483647) m;
SELECT q.*, q.estimate = 2147483647 AS right FROM byudv.survival_quantile('s1 2147483647x1', 0.5) q;
-- only the day 0: nothing to divide by
SELECT * FROM byudv.turnover_rate('s1 0x3');
SELECT * FROM byudv.restricted_mean('s1 0x3', 7);
SELECT * FROM byudv.survival_median('s1 0x3');

-- Counted rows: n = 0 counts nothing, n is n rows
SELECT byudv.survival_agg(0, 5, true, 0) IS NULL AS nothing, byudv.survival_agg(2, 5, true, 3) AS three, byudv.survival_agg(2, 5, true, 3)::text = 's1 2e3 5x3' AS right;
SELECT byudv.survival_agg(entry, exit, event, n) AS s, byudv.survival_agg(entry, exit, event, n)::text = 's1 5c9x1' AS right
FROM (VALUES (0, 5, true, 1::bigint), (3, 9, true, 0), (0, 5, false, 9)) v (entry, exit, event, n);
-- 2^63 - 1, in one row and in several; digits of counts at their edges
SELECT byudv.survival_agg(3, 10, false, 9223372036854775807) AS all_in_one, byudv.survival_agg(3, 10, false, 9223372036854775807)::text = 's1 3e9223372036854775807 10c9223372036854775807' AS right;
SELECT count(*) AS counts, count(*) FILTER (WHERE s::text <> format('s1 1e%s 2x%s', n, n)) AS wrong
FROM (SELECT n, byudv.survival_agg(1, 2, true, n) AS s FROM (SELECT DISTINCT (2::numeric ^ k + d)::bigint AS n FROM generate_series(1, 62) k, generate_series(-1, 1) d) v GROUP BY n) x;
SELECT s, s::text = 's1 5x1 10c9223372036854775806' AS right, byudv.survival_at(s, 10) = 1 AS survives, round(c.std_error::numeric * 1e19, 6) AS std_error_e19, round(c.cumulative_hazard::numeric * 1e19, 6) AS hazard_e19
FROM (SELECT byudv.survival_agg(entry, exit, event, n) AS s FROM (VALUES (0, 5, true, 1::bigint), (0, 10, false, 9223372036854775806)) v (entry, exit, event, n)) x,
    byudv.survival_curve(s) c WHERE c.time = 5;
-- half of them: exactly 1/2, and 2^63 - 2 times 10 days
SELECT byudv.survival_at('s1 10c4611686018427387903x4611686018427387903', 10), r.events, t_survival.near(r.exposure, 92233720368547758060) AS exposure, t_survival.near(r.rate, 0.05) AS rate,
    r.lower < 0.05 AND r.upper > 0.05 AND t_survival.near(r.upper - r.lower, 2 * 1.959963984540054 * sqrt(4611686018427387903) / 92233720368547758060, 1e-3) AS limits
FROM byudv.turnover_rate('s1 10c4611686018427387903x4611686018427387903', 1) r;

-- A NULL skips the row, whichever it is; no row counted gives NULL
SELECT byudv.survival_agg(exit, event) AS s, byudv.survival_agg(entry, exit, event) AS late, byudv.survival_agg(entry, exit, event, n) AS counted
FROM (VALUES (2, 5, true, 1::bigint), (NULL, 7, true, 1), (2, NULL, true, 1), (2, 11, NULL, 1), (2, 13, true, NULL)) v (entry, exit, event, n);
-- right: 5, 7, 13 without entry; 5, 13 with it; 5 with all. A skipped row is not looked at further.
SELECT byudv.survival_agg(-1, NULL::boolean) AS skipped, byudv.survival_agg(NULL, -1, true) AS no_entry, byudv.survival_agg(9, 5, NULL) AS no_event, byudv.survival_agg(9, 5, true, NULL) AS no_n;
SELECT byudv.survival_agg(1, true) IS NULL AS no_row, byudv.rollup(NULL::byudv.survival) IS NULL AS nothing_to_merge FROM t_survival.observation WHERE false;
SELECT set, byudv.survival_agg(exit, event) FILTER (WHERE exit > 24) AS s FROM t_survival.observation GROUP BY set ORDER BY set COLLATE "C";
SELECT (SELECT count(*) FROM byudv.survival_curve(NULL)) AS curve, byudv.survival_at(NULL, 1) AS at, byudv.survival_start(NULL, 1) AS start, byudv.conditional_survival(NULL, 1) AS conditional,
    byudv.survival_median(NULL) IS NULL AS median, byudv.restricted_mean(NULL, 1) IS NULL AS mean, byudv.turnover_rate(NULL) IS NULL AS rate, byudv.survival_counts(NULL) IS NULL AS counts,
    byudv.survival_estimate(NULL, 1) IS NULL AS estimate, byudv.log_rank(VARIADIC NULL) IS NULL AS log_rank, (SELECT count(*) FROM byudv.log_rank_groups(VARIADIC NULL)) AS groups;
SELECT byudv.survival_at('s1 5x1', NULL) AS at, (SELECT count(*) FROM byudv.survival_curve('s1 5x1', NULL)) AS curve, byudv.survival_quantile('s1 5x1', NULL) IS NULL AS quantile,
    byudv.turnover_rate('s1 5x1', NULL) IS NULL AS rate;

-- The empty summary
SELECT (SELECT count(*) FROM byudv.survival_curve('s1')) AS curve, byudv.survival_at('s1', 0) AS at, byudv.survival_start('s1', 1) AS start, byudv.conditional_survival('s1', 7) AS conditional;
SELECT * FROM byudv.survival_counts('s1');
SELECT * FROM byudv.survival_counts('s1 o7');
SELECT * FROM byudv.survival_estimate('s1', 0);
SELECT * FROM byudv.survival_median('s1');
SELECT * FROM byudv.restricted_mean('s1', 100);
SELECT * FROM byudv.turnover_rate('s1');

-- All censored: S is 1 all along; limits 1 and 1, and none on the log-log scale
SELECT k.conf_type, c.time, c.at_risk, c.events, c.survival, c.std_error, c.lower, c.upper, c.cumulative_hazard
FROM unnest('{log,log-log,plain}'::text[]) k (conf_type), byudv.survival_curve('s1 4c1 9c2', 0.95, k.conf_type) c ORDER BY k.conf_type COLLATE "C", c.time;
SELECT byudv.survival_at('s1 4c1 9c2', 9) AS at_9, byudv.survival_at('s1 4c1 9c2', 10) AS at_10, byudv.survival_median('s1 4c1 9c2') AS median, byudv.restricted_mean('s1 4c1 9c2', 9) AS mean;
SELECT * FROM byudv.survival_estimate('s1 4c1 9c2', 10);
-- no events: the upper limit is ln(2 / 0.05), or ln(2 / 0.1) for 90 %, by 22 days
SELECT r.events, r.exposure, r.rate, r.lower, round(r.upper::numeric, 6) AS upper, t_survival.near(r.upper, ln(2 / (1 - k)) / 22) AS right
FROM unnest(ARRAY[0.95, 0.9]::float8[]) k, byudv.turnover_rate('s1 4c1 9c2', 1, k) r ORDER BY k DESC;
-- A single event: 0 at once
SELECT c.time, c.at_risk, c.events, c.survival, c.std_error, c.lower, c.upper, c.cumulative_hazard FROM byudv.survival_curve('s1 4x1') c;
SELECT byudv.survival_at('s1 4x1', 3) AS at_3, byudv.survival_at('s1 4x1', 4) AS at_4, byudv.survival_at('s1 4x1', 5) AS at_5, byudv.survival_median('s1 4x1') AS median, byudv.restricted_mean('s1 4x1', 9) AS mean;
-- tables of Garwood's limits, 95 %
SELECT n, round((r.lower * n)::numeric, 3) AS lower, round((r.upper * n)::numeric, 3) AS upper, (round((r.lower * n)::numeric, 3), round((r.upper * n)::numeric, 3)) = (l, u) AS right
FROM (VALUES (1, 0.025, 5.572), (2, 0.242, 7.225), (3, 0.619, 8.767), (5, 1.623, 11.668), (10, 4.795, 18.390), (20, 12.217, 30.888), (50, 37.111, 65.919), (100, 81.364, 121.627)) h (n, l, u),
    byudv.turnover_rate(('s1 1x' || n)::byudv.survival, 1) r ORDER BY n;
SELECT per, r.events, r.exposure, round(r.rate::numeric, 9) AS rate, t_survival.near(r.exposure, 1461 / per) AND t_survival.near(r.rate, 8 * per / 1461) AS right
FROM unnest(ARRAY[1, 365.25, 30.4375]::float8[]) per, byudv.turnover_rate('s1 100x8 661c1', per) r ORDER BY per;

-- S reaches 0, and others enter later: it stays 0, their hazard counts
SELECT c.time, c.at_risk, c.events, c.censored, c.entered, c.survival, c.std_error, c.lower, c.upper, c.cumulative_hazard, c.cumulative_hazard = h.h AS right
FROM byudv.survival_curve('s1 3x1 4e2 9c1x1') c FULL JOIN (VALUES (3, 1), (9, 1.5)) h ("time", h) ON h.time = c.time ORDER BY c.time;
SELECT byudv.survival_at('s1 3x1 4e2 9c1x1', 4) AS at_4, byudv.survival_at('s1 3x1 4e2 9c1x1', 10) AS at_10, byudv.survival_start('s1 3x1 4e2 9c1x1', 2) AS start;
SELECT estimate, std_error, lower, upper FROM byudv.restricted_mean('s1 3x1 4e2 9c1x1', 100);
-- of those there at 4: one half
SELECT c.time, c.at_risk, c.entered, c.survival FROM byudv.survival_curve('s1 3x1 4e2 9c1x1', start_time => 4) c;
-- a start in between, where nobody is there
SELECT c.time, c.at_risk, c.entered, c.survival FROM byudv.survival_curve('s1 3x1 7e2 9c1x1', start_time => 5) c;

-- Median on a flat stretch: S is 1/2 from 4 to 6, or to the end of observation
SELECT m.estimate, m.estimate = 5 AS right FROM byudv.survival_median('s1 2x1 4x1 6x1 8x1') m;
SELECT m.estimate, m.estimate = 6.5 AS right FROM byudv.survival_median('s1 2x1 4x1 9c2') m;
SELECT m.estimate, m.estimate IS NULL AS right FROM byudv.survival_median('s1 2x1 4x1 9c3') m;
-- 1/3 cannot be written exactly: 1 - 1/3 - 1/3 is 1/3 all the same
SELECT q.estimate, q.estimate = 4.5 AS right FROM byudv.survival_quantile('s1 2x1 4x1 5x1', 2 / 3.0::float8) q;
-- a limit that is not reached
SELECT conf_type, q.* FROM unnest('{log,log-log,plain}'::text[]) conf_type, byudv.survival_quantile('s1 2x1 4x1 6x1 8x1', 0.9, 0.5, conf_type) q ORDER BY conf_type COLLATE "C";

-- Log-rank: nothing to compare
SELECT n, l.* FROM (VALUES (1, ARRAY['s1 5x3']), (2, ARRAY['s1 5x3', NULL]), (3, ARRAY['s1 5x3', 's1']), (4, ARRAY[NULL, NULL]), (5, '{}'), (6, ARRAY['s1 5c3', 's1 7c1']), (7, ARRAY['s1 5x3', 's1 5e1 9x1'])) v (n, g),
    byudv.log_rank(VARIADIC g::byudv.survival[]) l ORDER BY n;
SELECT count(*) FROM byudv.log_rank_groups(VARIADIC '{}');
-- one with 1 and 2 and one with 3: expected 1/3 and 1/2, of 1, at 1 and 2: (2/3 + 1/2 less 2)^2 = 25/36 by 2/9 + 1/4 = 17/36
SELECT round(l.chi_square::numeric, 9) AS chi_square, l.df, round(l.p_value::numeric, 9) AS p_value, t_survival.near(l.chi_square, 25 / 17.0) AND l.df = 1 AS right FROM byudv.log_rank('s1 1x1 2x1', 's1 3x1') l;
-- three with one event each, at 1, 2, 3: chi-square 2.6 with 2 degrees of freedom, p = exp(-1.3)
SELECT round(l.chi_square::numeric, 9) AS chi_square, l.df, round(l.p_value::numeric, 9) AS p_value, t_survival.near(l.chi_square, 2.6) AND l.df = 2 AND t_survival.near(l.p_value, exp(-1.3)) AS right
FROM byudv.log_rank('s1 1x1', 's1 2x1', 's1 3x1') l;
SELECT g.group_number, g.observations, g.observed, round(g.expected::numeric, 9) AS expected, t_survival.near(g.expected, (ARRAY[1 / 3.0, 5 / 6.0, 11 / 6.0])[g.group_number]) AS right
FROM byudv.log_rank_groups('s1 1x1', 's1 2x1', 's1 3x1') g ORDER BY g.group_number;
-- the same with groups that never are at risk with another: NULL, empty, only left out, and one that enters when all have left
SELECT round(l.chi_square::numeric, 9) AS chi_square, l.df, t_survival.near(l.chi_square, 2.6) AND l.df = 2 AS right FROM byudv.log_rank(NULL, 's1 1x1', 's1', 's1 2x1', 's1 o4', 's1 3x1', 's1 3e2 9x1 10c1') l;
SELECT g.group_number, g.observations, g.observed, round(g.expected::numeric, 9) AS expected
FROM byudv.log_rank_groups(NULL, 's1 1x1', 's1', 's1 2x1', 's1 o4', 's1 3x1', 's1 3e2 9x1 10c1') g ORDER BY g.group_number;
-- equal groups do not differ
SELECT * FROM byudv.log_rank('s1 1x5 2c2 3x5', 's1 1x5 2c2 3x5');
-- delayed entry changes who is at risk: at 5, 2 and 2 with 1 event; at 8, 1 and 3 with 1: (1/2 + 1/4 - 1)^2 by 1/4 + 3/16
SELECT round(l.chi_square::numeric, 9) AS chi_square, t_survival.near(l.chi_square, 0.0625 / (1 / 4.0 + 3 / 16.0)) AND l.df = 1 AS right FROM byudv.log_rank('s1 5x1 9c1', 's1 1e1 5e1 8x1 9c2') l;

SET client_min_messages = warning;
DROP SCHEMA t_survival CASCADE;
