-- Curves, quantiles, means, rates, tests and incidences against what R's packages survival and etm say of the same data, where the folder with it is there.
\set has_data 0
SELECT (:'byudv_data' <> '')::int AS has_data \gset
\if :has_data
BEGIN;
SELECT plan(11);
\set folder :byudv_data/survival
\setenv BYUDV_SURVIVAL :folder
-- one table of all observations; the cause of the sets without one is the event
CREATE TEMPORARY TABLE raw (line text);
\copy raw FROM PROGRAM 'cd "$BYUDV_SURVIVAL" && for f in in_*.csv; do s=${f#in_}; s=${s%.csv}; tail -n +2 "$f" | sed "s/^/$s,/"; done' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMPORARY TABLE obs AS SELECT regexp_replace(f[1], '^aj_', '') AS set, f[2]::int AS entry, f[3]::int AS exit, f[4]::int AS cause, f[4]::int > 0 AS event,
    coalesce(f[5], '') AS grp FROM raw, string_to_array(line, ',') f;
CREATE TEMPORARY TABLE km (set text, grp text, "time" int, at_risk bigint, events bigint, censored bigint, entered bigint, survival float8, std_error float8, log_se float8,
    lower_log float8, upper_log float8, lower_loglog float8, upper_loglog float8, lower_plain float8, upper_plain float8, hazard float8, hazard_se float8);
\copy km FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_km.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE answer (set text, grp text, stat text, conf_type text, tau int, value float8, se float8, lower float8, upper float8);
\copy answer FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_summary.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE lr (set text, grp text, observed float8, expected float8, chi_square float8, df int, p float8, source text, peto float8, cox float8);
\copy lr FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_logrank.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE aj (set text, state text, "time" int, at_risk bigint, events bigint, p float8, se_ij float8, se float8, lower float8, upper float8);
\copy aj FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_aj.csv"' (FORMAT csv, HEADER)

-- the same to 1e-10; blank is NULL
CREATE FUNCTION pg_temp.same(a float8, b float8) RETURNS boolean LANGUAGE sql AS
    $$SELECT CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL ELSE abs(a - b) <= 1e-10 * abs(b) END$$;
CREATE TEMPORARY TABLE s AS SELECT set, grp, byudv.survival_agg(entry, exit, event) AS s FROM obs GROUP BY set, grp
    UNION ALL SELECT set, 'ALL', byudv.survival_agg(entry, exit, event) FROM obs GROUP BY set;

SELECT cmp_ok((SELECT count(*) FROM km), '>', 1000::bigint, 'there is something to compare');
SELECT is_empty($$SELECT k.*, c.* FROM km k FULL JOIN (SELECT s.set, s.grp, c.* FROM s, byudv.survival_curve(s.s) c WHERE (s.set, s.grp) IN (SELECT set, grp FROM km)) c
    ON (c.set, c.grp, c.time) = (k.set, k.grp, k.time)
    WHERE k.set IS NULL OR c.set IS NULL OR (k.at_risk, k.events, k.censored) IS DISTINCT FROM (c.at_risk, c.events, c.censored) OR NOT pg_temp.same(c.survival, k.survival)
    OR NOT pg_temp.same(c.std_error, k.std_error) OR NOT pg_temp.same(c.lower, k.lower_log) OR NOT pg_temp.same(c.upper, k.upper_log) OR NOT pg_temp.same(c.cumulative_hazard, k.hazard)$$,
    'curves with log limits, both ways round');
SELECT is_empty($$SELECT k.*, c.* FROM km k LEFT JOIN (SELECT s.set, s.grp, c.* FROM s, byudv.survival_curve(s.s, 0.95, 'log-log') c) c ON (c.set, c.grp, c.time) = (k.set, k.grp, k.time)
    WHERE c.set IS NULL OR NOT pg_temp.same(c.lower, k.lower_loglog) OR NOT pg_temp.same(c.upper, k.upper_loglog)$$, 'log-log limits');
SELECT is_empty($$SELECT k.*, c.* FROM km k LEFT JOIN (SELECT s.set, s.grp, c.* FROM s, byudv.survival_curve(s.s, 0.95, 'plain') c) c ON (c.set, c.grp, c.time) = (k.set, k.grp, k.time)
    WHERE c.set IS NULL OR NOT pg_temp.same(c.lower, k.lower_plain) OR NOT pg_temp.same(c.upper, k.upper_plain)$$, 'plain limits');
SELECT is_empty($$SELECT a.*, q.* FROM answer a JOIN s USING (set, grp), byudv.survival_quantile(s.s, substr(a.stat, 10)::float8 / 100, 0.95, a.conf_type) q WHERE a.stat LIKE 'quantile%'
    AND NOT (pg_temp.same(q.estimate, a.value) AND pg_temp.same(q.lower, a.lower) AND pg_temp.same(q.upper, a.upper))$$, 'quantiles with limits');
SELECT is_empty($$SELECT a.*, m.* FROM answer a JOIN s USING (set, grp), byudv.restricted_mean(s.s, a.tau) m WHERE a.stat = 'rmst'
    AND NOT (pg_temp.same(m.estimate, a.value) AND pg_temp.same(m.std_error, a.se))$$, 'restricted means');
SELECT is_empty($$SELECT a.*, t.* FROM answer a JOIN s USING (set, grp), byudv.turnover_rate(s.s, 1) t WHERE a.stat = 'rate'
    AND NOT (pg_temp.same(t.rate, a.value) AND pg_temp.same(sqrt(t.events) / t.exposure, a.se) AND pg_temp.same(t.lower, a.lower) AND pg_temp.same(t.upper, a.upper))$$, 'rates with exact limits');
SELECT is_empty($$SELECT a.*, c.* FROM answer a JOIN s USING (set, grp), byudv.survival_counts(s.s) c WHERE (a.stat = 'records' AND a.value <> c.observations)
    OR (a.stat = 'events' AND a.value <> c.events) OR (a.stat = 'n.max' AND a.value <> c.max_at_risk)$$, 'counts');
SELECT is_empty($$SELECT l.*, t.*, g.* FROM lr l JOIN (SELECT set, array_agg(grp ORDER BY grp COLLATE "C") AS names, array_agg(s ORDER BY grp COLLATE "C") AS groups FROM s WHERE grp <> 'ALL'
    GROUP BY set) a USING (set), byudv.log_rank(VARIADIC a.groups) t, byudv.log_rank_groups(VARIADIC a.groups) g WHERE a.names[g.group_number] = l.grp
    AND NOT (pg_temp.same(t.chi_square, l.chi_square) AND t.df = l.df AND pg_temp.same(t.p_value, l.p) AND g.observed = l.observed AND pg_temp.same(g.expected, l.expected))$$, 'log-rank tests');
SELECT is_empty($$SELECT j.*, c.* FROM (SELECT * FROM aj WHERE state <> 's0') j FULL JOIN (SELECT o.set, c.* FROM (SELECT set, byudv.competing_risks_agg(entry, exit, cause) AS c FROM obs
    WHERE set = 'mgus2' GROUP BY set) o, byudv.cumulative_incidence(o.c) c) c ON (c.set, 'c' || c.cause, c.time) = (j.set, j.state, j.time)
    WHERE j.set IS NULL OR c.set IS NULL OR c.events <> j.events OR NOT (pg_temp.same(c.incidence, j.p) AND pg_temp.same(c.std_error, coalesce(j.se, j.se_ij)) AND pg_temp.same(c.lower, j.lower)
    AND pg_temp.same(c.upper, j.upper))$$, 'cumulative incidence');
SELECT is_empty($$SELECT j.*, c.* FROM (SELECT * FROM aj WHERE state = 's0') j LEFT JOIN (SELECT o.set, c.* FROM (SELECT set, byudv.competing_risks_agg(entry, exit, cause) AS c FROM obs
    WHERE set = 'mgus2' GROUP BY set) o, byudv.survival_curve(byudv.any_cause(o.c)) c) c ON (c.set, c.time) = (j.set, j.time)
    WHERE c.set IS NULL OR NOT (pg_temp.same(c.survival, j.p) AND pg_temp.same(coalesce(c.std_error, 0), j.se_ij))$$, 'and what is left');
SELECT * FROM finish();
ROLLBACK;
\else
SELECT '1..0 # SKIP ../shared/data, the folder with reference results, is not there';
\endif
