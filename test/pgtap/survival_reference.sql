-- Every number that R says of its published data sets, where the folder with them is there: curves with three kinds of limits, quantiles, restricted
-- means, rates, log-rank tests, cumulative incidence. A line for each kind of answer and set, all groups together. Missing and surplus rows and
-- NULLs count as infinitely wrong. And each set, however it is shuffled, split or carried about, gives the same summary.
\set has_data 0
SELECT (:'byudv_data' <> '')::int AS has_data \gset
\if :has_data
BEGIN;
SELECT plan(169);
\set survival :byudv_data/survival
\setenv BYUDV_SURVIVAL :survival
CREATE TEMPORARY TABLE observation (file text, entry int, exit int, event boolean, grp text, set text GENERATED ALWAYS AS (substr(file, 4, length(file) - 7)) STORED);
\copy observation (file, entry, exit, event, grp) FROM PROGRAM 'cd "$BYUDV_SURVIVAL" && awk -F, "FNR > 1 && NF == 4 { print FILENAME FS \$0 }" in_*.csv' (FORMAT csv)
CREATE TEMPORARY TABLE risk (entry int, exit int, cause int);
\copy risk FROM PROGRAM 'cat "$BYUDV_SURVIVAL/in_aj_mgus2.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE expected_km (set text, grp text, "time" int, n_risk float8, n_event float8, n_censor float8, n_enter float8, surv float8, std_err_greenwood float8,
    std_err_cumhaz_scale float8, lower_log float8, upper_log float8, lower_loglog float8, upper_loglog float8, lower_plain float8, upper_plain float8, cumhaz_na float8,
    se_cumhaz_na float8);
\copy expected_km FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_km.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE expected_summary (set text, grp text, stat text, conf_type text, tau int, value float8, se float8, lower float8, upper float8);
\copy expected_summary FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_summary.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE expected_logrank (set text, grp text, obs float8, exp float8, chisq float8, df int, p float8, source text,
    chisq_peto_rho1 float8, cox_breslow_score float8);
\copy expected_logrank FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_logrank.csv"' (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE expected_aj (set text, state text, "time" int, n_risk float8, n_event float8, p float8, se_ij float8, se_greenwood_etm float8,
    lower_log float8, upper_log float8);
\copy expected_aj FROM PROGRAM 'cat "$BYUDV_SURVIVAL/expected_aj.csv"' (FORMAT csv, HEADER)

-- All of a set, and its groups where it has several
CREATE TEMPORARY TABLE summary AS SELECT set, CASE WHEN GROUPING(grp) = 1 THEN 'ALL' ELSE grp END AS grp, byudv.survival_agg(entry, exit, event) AS s,
    sum(exit - entry) AS days FROM observation o
    GROUP BY GROUPING SETS ((set), (set, grp)) HAVING GROUPING(grp) = 1 OR EXISTS (SELECT FROM observation b WHERE b.set = o.set AND b.grp <> o.grp);
CREATE TEMPORARY TABLE risk_summary AS SELECT byudv.competing_risks_agg(entry, exit, cause) AS c FROM risk;

-- A row: what was said and should have been. The first number says which row it is, so that it is NULL on the side where there is none.
CREATE TEMPORARY TABLE answer (kind text, set text, place text, got float8[], want float8[]);
CREATE FUNCTION pg_temp.apart(got float8[], want float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT max(CASE WHEN g IS NOT DISTINCT FROM w THEN 0 WHEN g IS NULL OR w IS NULL THEN 'Infinity' ELSE abs(g - w) / greatest(abs(g), abs(w)) END)
    FROM unnest(got, want) u (g, w) $$;

-- Curves
CREATE TEMPORARY VIEW wanted_km AS SELECT *, n_risk - coalesce(lag(n_risk - n_event - n_censor) OVER (PARTITION BY set, grp ORDER BY "time"), 0) AS entered
    FROM expected_km;
INSERT INTO answer SELECT k.kind, set, concat(grp, ' ', "time"), k.got, k.want
FROM (SELECT set, grp, c.* FROM summary, byudv.survival_curve(s) c) c FULL JOIN wanted_km e USING (set, grp, "time"), LATERAL (VALUES
    ('counts', ARRAY[c.at_risk, c.events, c.censored, c.entered], ARRAY[n_risk, n_event, n_censor, e.entered]),
    ('curve', ARRAY[c.survival, c.std_error, c.cumulative_hazard], ARRAY[surv, std_err_greenwood, cumhaz_na])) k (kind, got, want)
UNION ALL SELECT concat('limits ', c.conf_type), set, concat(grp, ' ', "time"), ARRAY[c.survival, c.lower, c.upper], ARRAY[surv, e.lower, e.upper]
FROM (SELECT set, grp, t.conf_type, c.* FROM summary, unnest('{log,log-log,plain}'::text[]) t (conf_type), byudv.survival_curve(s, 0.95, t.conf_type) c) c
FULL JOIN (SELECT set, grp, "time", surv, l.* FROM expected_km, LATERAL (VALUES ('log', lower_log, upper_log), ('log-log', lower_loglog, upper_loglog),
    ('plain', lower_plain, upper_plain)) l (conf_type, lower, upper)) e USING (set, grp, "time", conf_type);
-- the same at single times, and between them
INSERT INTO answer SELECT 'single times', set, concat(grp, ' ', e.time, k.way), k.got, ARRAY[surv, std_err_greenwood, lower_log, upper_log, k.n, surv]
FROM (SELECT *, lead("time") OVER (PARTITION BY set, grp ORDER BY "time") AS next FROM expected_km) e JOIN summary USING (set, grp), LATERAL (
    SELECT '', ARRAY[survival, std_error, lower, upper, at_risk, byudv.survival_at(s, e.time)], n_risk FROM byudv.survival_estimate(s, e.time)
    UNION ALL SELECT ' and before the next', ARRAY[survival, std_error, lower, upper, at_risk, byudv.survival_at(s, e.next - 1)],
        (SELECT count(*) FROM observation o WHERE o.set = e.set AND e.grp IN ('ALL', o.grp) AND o.entry < e.next - 1 AND o.exit >= e.next - 1)
    FROM byudv.survival_estimate(s, e.next - 1) WHERE e.next > e.time + 1) k (way, got, n);

-- Quantiles, means, counts, rates. The files have no limits of the mean: they follow from its standard error.
INSERT INTO answer SELECT 'quantiles', set, concat_ws(' ', grp, stat, conf_type), k.got || 1, ARRAY[value, e.lower, e.upper] || (e.stat IS NOT NULL)::int
FROM (SELECT set, grp, 'quantile_' || q AS stat, conf_type, ARRAY[k.estimate, k.lower, k.upper] AS got FROM summary, unnest('{25,50,75}'::int[]) q,
    unnest('{log,log-log,plain}'::text[]) conf_type, byudv.survival_quantile(s, q / 100.0, 0.95, conf_type) k) k
FULL JOIN (SELECT * FROM expected_summary WHERE stat ^@ 'quantile') e USING (set, grp, stat, conf_type);
INSERT INTO answer SELECT 'median', set, concat_ws(' ', grp, conf_type), ARRAY[m.estimate, m.lower, m.upper], ARRAY[value, e.lower, e.upper]
FROM expected_summary e JOIN summary USING (set, grp), byudv.survival_median(s) m WHERE stat = 'quantile_50' AND conf_type = 'log';
INSERT INTO answer SELECT 'restricted mean', set, concat(grp, ' ', tau), ARRAY[m.estimate, m.std_error, m.lower, m.upper],
    ARRAY[value, se, value - 1.9599639845400542 * se, value + 1.9599639845400542 * se]
FROM expected_summary e LEFT JOIN summary USING (set, grp), byudv.restricted_mean(s, tau) m WHERE stat = 'rmst';
INSERT INTO answer SELECT 'rate', set, grp, ARRAY[r.rate, r.lower, r.upper, r.events, r.exposure], ARRAY[value, e.lower, e.upper, value * days, days]
FROM summary FULL JOIN (SELECT * FROM expected_summary WHERE stat = 'rate') e USING (set, grp), byudv.turnover_rate(s, 1) r;
INSERT INTO answer SELECT 'total counts', set, grp, ARRAY[c.observations, c.events, c.observations - c.censored, c.max_at_risk, c.first_at_risk],
    ARRAY[e.n, e.events, e.events, e.n_max, e.n_start]
FROM (SELECT set, grp, c.*, (SELECT at_risk FROM byudv.survival_curve(s) LIMIT 1) AS first_at_risk FROM summary, byudv.survival_counts(s) c) c
FULL JOIN (SELECT set, grp, max(value) FILTER (WHERE stat = 'records') AS n, max(value) FILTER (WHERE stat = 'events') AS events,
    max(value) FILTER (WHERE stat = 'n.max') AS n_max, max(value) FILTER (WHERE stat = 'n.start') AS n_start FROM expected_summary GROUP BY set, grp) e USING (set, grp);
SELECT is_empty($$SELECT * FROM expected_summary WHERE stat !~ '^(quantile_(25|50|75)|rmst|rate|records|events|n\.(max|start))$'$$, 'no kind of summary is passed over');

-- Log-rank tests: of the groups in order, and in reverse
INSERT INTO answer SELECT 'log-rank test', set, way, ARRAY[t.chi_square, t.df, t.p_value], ARRAY[e.chisq, e.df, e.p]
FROM (SELECT set, array_agg(s ORDER BY grp) AS groups, array_agg(s ORDER BY grp DESC) AS reversed FROM summary WHERE grp <> 'ALL' GROUP BY set) g
FULL JOIN (SELECT DISTINCT set, chisq, df, p FROM expected_logrank) e USING (set), LATERAL (SELECT 'in order', l.* FROM byudv.log_rank(VARIADIC groups) l
    UNION ALL SELECT 'in reverse', l.* FROM byudv.log_rank(VARIADIC reversed) l) t (way);
INSERT INTO answer SELECT 'log-rank groups', set, grp, ARRAY[g.observed, g.expected, g.observations],
    ARRAY[e.obs, e.exp, (SELECT count(*) FROM observation o WHERE o.set = e.set AND o.grp = e.grp)]
FROM (SELECT set, names[group_number] AS grp, l.* FROM (SELECT set, array_agg(s ORDER BY grp) AS groups, array_agg(grp ORDER BY grp) AS names
    FROM summary WHERE grp <> 'ALL' GROUP BY set) g, byudv.log_rank_groups(VARIADIC groups) l) g FULL JOIN expected_logrank e USING (set, grp);

-- Competing risks. Package etm gives no standard error at times where nothing but censoring happens; without delayed entry the other estimate is the
-- same there. It gives 0 where a survival curve has none, at survival 0.
INSERT INTO answer SELECT 'cumulative incidence', set, concat(state, ' ', "time"), k.got,
    ARRAY[n_risk, n_event, p, CASE WHEN state <> 's0' OR p > 0 THEN coalesce(se_greenwood_etm, se_ij) END, lower_log, upper_log]
FROM (SELECT 'mgus2' AS set, 'c' || cause AS state, "time", ARRAY[at_risk, events, incidence, std_error, lower, upper] AS got
    FROM risk_summary, byudv.cumulative_incidence(c)
    UNION ALL SELECT 'mgus2', 's0', "time", ARRAY[at_risk, 0, survival, std_error, lower, upper] FROM risk_summary, byudv.survival_curve(byudv.any_cause(c))) k
FULL JOIN expected_aj e USING (set, state, "time");
INSERT INTO answer SELECT 'incidence at single times', set, concat(state, ' ', "time"), ARRAY[k.incidence, k.std_error, k.lower, k.upper],
    ARRAY[p, coalesce(se_greenwood_etm, se_ij), lower_log, upper_log]
FROM (SELECT t.time, 'c' || i.cause AS state, i.* FROM risk_summary, (SELECT DISTINCT "time" FROM expected_aj) t, byudv.incidence_at(c, t.time) i) k
FULL JOIN (SELECT * FROM expected_aj WHERE state <> 's0') e USING (state, "time");

SELECT cmp_ok(worst, '<=', 1e-10::float8, format('%s of %s: %s rows, worst relative error %s%s', kind, set, n, worst::real,
    CASE WHEN worst > 0 THEN ' at ' || place END))
FROM (SELECT DISTINCT ON (kind, set) kind, set, count(*) OVER (PARTITION BY kind, set) AS n, pg_temp.apart(got, want) AS worst, place
    FROM answer ORDER BY kind, set, worst DESC, place) a;

-- However a set is read, it gives the same summary, to the bit.
\set file `mktemp`
\setenv BYUDV_FILE :file
CREATE TEMPORARY TABLE binary_copy (LIKE summary);
\copy summary TO PROGRAM 'cat >"$BYUDV_FILE"' (FORMAT binary)
\copy binary_copy FROM PROGRAM 'cat "$BYUDV_FILE"' (FORMAT binary)
CREATE TEMPORARY TABLE text_copy (LIKE summary);
\copy summary TO PROGRAM 'cat >"$BYUDV_FILE"' (FORMAT csv)
\copy text_copy FROM PROGRAM 'cat "$BYUDV_FILE"' (FORMAT csv)
CREATE TEMPORARY TABLE risk_copy (LIKE risk_summary);
\copy risk_summary TO PROGRAM 'cat >"$BYUDV_FILE"' (FORMAT binary)
\copy risk_copy FROM PROGRAM 'cat "$BYUDV_FILE"' (FORMAT binary)
\! rm "$BYUDV_FILE"
CREATE TEMPORARY VIEW variant AS
SELECT set, 'shuffled' AS way, byudv.survival_agg(entry, exit, event ORDER BY md5(ctid::text)) AS s FROM observation GROUP BY set
UNION ALL SELECT set, 'shuffled again', byudv.survival_agg(entry, exit, event ORDER BY md5(ctid::text || set)) FROM observation GROUP BY set
UNION ALL SELECT set, 'sorted downwards', byudv.survival_agg(entry, exit, event ORDER BY exit DESC, event, entry) FROM observation GROUP BY set
UNION ALL SELECT set, 'counted before', byudv.survival_agg(entry, exit, event, n)
    FROM (SELECT set, entry, exit, event, count(*) AS n FROM observation GROUP BY 1, 2, 3, 4) o GROUP BY set
UNION ALL SELECT set, 'rolled up from its groups', byudv.rollup(s)
    FROM (SELECT set, byudv.survival_agg(entry, exit, event) AS s FROM observation GROUP BY set, grp) p GROUP BY set
UNION ALL SELECT set, 'rolled up from ' || parts || ' parts', byudv.rollup(s ORDER BY md5(part::text))
    FROM (SELECT set, parts, hashtext(ctid::text) % parts AS part, byudv.survival_agg(entry, exit, event) AS s
    FROM observation, unnest('{2,7,1000}'::int[]) parts GROUP BY 1, 2, 3) p GROUP BY set, parts
UNION ALL SELECT set, 'rolled up twice', byudv.rollup(s) FROM (SELECT set, byudv.rollup(s) AS s
    FROM (SELECT set, grp, exit % 5 AS part, byudv.survival_agg(entry, exit, event) AS s FROM observation GROUP BY 1, 2, 3) p GROUP BY set, part) q GROUP BY set
UNION ALL SELECT set, 'without entry, where all are 0', byudv.survival_agg(exit, event) FROM observation GROUP BY set HAVING max(entry) = 0
UNION ALL SELECT set, 'as text', s::text::byudv.survival FROM summary WHERE grp = 'ALL'
UNION ALL SELECT set, 'copied as text', s FROM text_copy WHERE grp = 'ALL'
UNION ALL SELECT set, 'copied as binary', s FROM binary_copy WHERE grp = 'ALL';
SELECT is_empty(format($$SELECT way, v.s::text FROM variant v JOIN summary a USING (set) WHERE set = %L AND grp = 'ALL'
    AND (v.s OPERATOR(byudv.<>) a.s OR v.s::text <> a.s::text OR byudv.survival_send(v.s) <> byudv.survival_send(a.s) OR v.s IS NULL)$$, set),
    set || ' gives the same summary: ' || string_agg(way, ', ' ORDER BY way)) FROM variant GROUP BY set ORDER BY set;
SELECT is_empty($$SELECT * FROM binary_copy b FULL JOIN text_copy t USING (set, grp) FULL JOIN summary a USING (set, grp)
    WHERE byudv.survival_send(a.s) IS DISTINCT FROM byudv.survival_send(b.s) OR byudv.survival_send(a.s) IS DISTINCT FROM byudv.survival_send(t.s)$$,
    'so do all groups, copied as text and as binary');
SELECT is(v.c::text, a.c::text, 'competing risks, ' || way) FROM risk_summary a, (
    SELECT 'shuffled', byudv.competing_risks_agg(entry, exit, cause ORDER BY md5(ctid::text)) FROM risk
    UNION ALL SELECT 'without entry', byudv.competing_risks_agg(exit, cause) FROM risk
    UNION ALL SELECT 'counted before', byudv.competing_risks_agg(entry, exit, cause, n) FROM (SELECT entry, exit, cause, count(*) AS n FROM risk GROUP BY 1, 2, 3) r
    UNION ALL SELECT 'rolled up', byudv.rollup(c) FROM (SELECT byudv.competing_risks_agg(entry, exit, cause) AS c FROM risk GROUP BY hashtext(ctid::text) % 7) p
    UNION ALL SELECT 'as text', c::text::byudv.competing_risks FROM risk_summary
    UNION ALL SELECT 'as binary', c FROM risk_copy) v (way, c);
SELECT is(byudv.any_cause(c)::text, (SELECT byudv.survival_agg(entry, exit, cause > 0)::text FROM risk), 'any cause is the event') FROM risk_summary;
SELECT is(byudv.cause_specific(c, k)::text, (SELECT byudv.survival_agg(entry, exit, cause = k)::text FROM risk), 'cause ' || k || ' is the event')
    FROM risk_summary, generate_series(1, 2) k;
SELECT * FROM finish();
ROLLBACK;
\else
SELECT '1..0 # SKIP ../shared/data, the folder with reference values, is not there';
\endif
