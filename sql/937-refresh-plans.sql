-- The steps that make the pipeline of building projects and, from what people moved into the new dwellings of the past, whom to expect in those to come.
--
-- The method is told in docs/expected-residents.md. In short: dwellings taken into use in one year, of one type, tenure and size, are a cluster. The number of
-- persons of an age in it varies as households do (within) and as projects and years do (between, in relation to the mean). Both are estimated by moments, the
-- analysis of variance for clusters of unequal size, between for all groups of a level together, since a group has few clusters. Limits are those of a new cluster.

CREATE FUNCTION byudv.refresh_pipeline(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_line, pg_temp.byudv_new;
    -- A project without lines has one without dwellings; lines of a project that is not listed stand for themselves. Dates from the data date on have not happened.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_line ON COMMIT DROP AS
        SELECT x.*, CASE WHEN x.occupied_on < $1 THEN 'occupied'
                WHEN x.completed_on < $1 THEN 'completed' WHEN x.started_on < $1 THEN 'started' WHEN x.permit_on < $1 THEN 'permitted' ELSE 'planned' END AS stage,
            coalesce(x.started_on, x.permit_on) AS first_day, least(x.completed_on + 90, $1 - 1) AS last_day
        FROM (SELECT coalesce(p.project_id, l.project_id)::bigint AS project_id,
                (row_number() OVER (PARTITION BY coalesce(p.project_id, l.project_id) ORDER BY l.dwelling_type COLLATE "C", l.tenure COLLATE "C", l.area_m2, l.expected_on, l.expected,
                    l.realised))::int AS line,
                p.name, p.plan_code, p.area_kind, p.area_code, CASE WHEN isfinite(p.adopted_on) THEN p.adopted_on::date END AS adopted_on,
                CASE WHEN isfinite(p.permit_on) THEN p.permit_on::date END AS permit_on, CASE WHEN isfinite(p.started_on) THEN p.started_on::date END AS started_on,
                CASE WHEN isfinite(p.completed_on) THEN p.completed_on::date END AS completed_on, CASE WHEN isfinite(p.occupied_on) THEN p.occupied_on::date END AS occupied_on,
                coalesce(t.code, 'unknown') AS dwelling_type, coalesce(n.code, 'unknown') AS tenure, CASE WHEN l.area_m2 > 0 THEN l.area_m2::int END AS area_m2,
                CASE WHEN l.expected >= 0 THEN l.expected::int END AS expected, CASE WHEN l.realised >= 0 THEN l.realised::int END AS realised, CASE WHEN isfinite(l.expected_on) THEN l.expected_on::date END AS expected_on
            FROM %1$I.plan_project p FULL JOIN %1$I.plan_dwelling l ON l.project_id = p.project_id
            LEFT JOIN byudv.dwelling_type_code t ON t.code = l.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = l.tenure) x$q$, monitor) USING as_of;
    -- What the register has of a line can be told where nothing else of this type was built in the area at that time.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT l.project_id, l.line, left(l.name, 120)::varchar(120) AS name, left(l.plan_code, 60)::varchar(60) AS plan_code,
            coalesce(byudv.bi_key(l.area_kind), 'none')::varchar(40) AS area_kind, coalesce(byudv.bi_key(l.area_code), 'none')::varchar(40) AS area_code,
            l.stage::varchar(20) AS stage, CASE l.stage WHEN 'occupied' THEN l.occupied_on WHEN 'completed' THEN l.completed_on WHEN 'started' THEN l.started_on WHEN 'permitted' THEN l.permit_on
                ELSE CASE WHEN l.adopted_on < $1 THEN l.adopted_on END END AS stage_on,
            l.adopted_on, l.permit_on, l.started_on, l.completed_on, l.occupied_on, l.dwelling_type::varchar(30) AS dwelling_type, l.tenure::varchar(30) AS tenure,
            byudv.size_band(l.area_m2)::varchar(20) AS size_band, l.area_m2, l.expected, l.realised,
            CASE WHEN o.is_alone THEN coalesce(g.registered, 0) END AS registered,
            c.to_come, l.expected_on, (c.to_come > 0 AND coalesce(l.expected_on < $1, false))::int::smallint AS overdue
        FROM pg_temp.byudv_line l
        CROSS JOIN LATERAL (SELECT CASE WHEN coalesce(l.completed_on, l.occupied_on) < $1 THEN 0 ELSE greatest(coalesce(l.expected, 0) - coalesce(l.realised, 0), 0) END AS to_come) c
        CROSS JOIN LATERAL (SELECT l.area_kind IS NOT NULL AND l.area_code IS NOT NULL AND l.dwelling_type <> 'unknown' AND l.first_day <= l.last_day
            AND NOT EXISTS (SELECT FROM pg_temp.byudv_line b WHERE (b.project_id <> l.project_id OR b.line <> l.line) AND b.area_kind = l.area_kind AND b.area_code = l.area_code
                AND b.dwelling_type = l.dwelling_type AND b.first_day <= l.last_day AND b.last_day >= l.first_day) AS is_alone) o
        LEFT JOIN (SELECT x.project_id, x.line, count(DISTINCT d.dwelling_id)::int AS registered
            FROM (SELECT d.dwelling_id, d.available_from, k.dwelling_type FROM %1$I.dwelling d JOIN %1$I.dwelling_class k ON k.dwelling_id = d.dwelling_id
                WHERE k.in_area AND d.available_from BETWEEN (SELECT min(y.first_day) FROM pg_temp.byudv_line y) AND (SELECT max(y.last_day) FROM pg_temp.byudv_line y) OFFSET 0) d
            JOIN %1$I.dwelling_area a ON a.dwelling_id = d.dwelling_id
            JOIN pg_temp.byudv_line x ON x.area_kind = a.kind AND x.area_code = a.code AND x.dwelling_type = d.dwelling_type AND d.available_from BETWEEN x.first_day AND x.last_day
            GROUP BY x.project_id, x.line) g ON g.project_id = l.project_id AND g.line = l.line$q$, monitor)
        USING as_of;
    merged := byudv.merge_rows(monitor, 'pipeline', ARRAY['project_id', 'line']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_pipeline(text, jsonb) IS 'Used inside: the step of a refresh that makes pipeline.';

CREATE FUNCTION byudv.prediction_limit(mean double precision, variance double precision, freedom int, upper_one boolean) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN mean > 0 THEN round(mean * greatest(0, 1 - variance / (9 * mean * mean) + CASE WHEN upper_one THEN 1 ELSE -1 END * t * sqrt(variance) / (3 * mean)) ^ 3)::int WHEN mean = 0 THEN 0 END
    FROM (SELECT 1.959964 + 2.372271 / freedom + 2.822498 / freedom ^ 2 + 2.555850 / freedom ^ 3 + 1.589536 / freedom ^ 4 AS t WHERE freedom > 1) q;
END;
COMMENT ON FUNCTION byudv.prediction_limit(double precision, double precision, int, boolean) IS 'Used inside: the lower or upper 95 % limit of a number of persons with this mean and variance, as for a gamma distribution (Wilson and Hilferty''s approximation), with the quantile of the t distribution for this many degrees of freedom (its expansion about the normal quantile: 4.27 for 2 degrees, where tables have 4.30, and 3.18 for 3 as in tables). To the nearest whole number, which is the continuity correction for counts; never negative. NULL for less than 2 degrees of freedom.';

CREATE FUNCTION byudv.refresh_expected_resident(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    enough constant int := 30;    -- comparable dwellings
    shown constant int := greatest((parameters ->> 'min_cell')::int, 10);    -- persons behind a mean that is shown
    merged record;
BEGIN
    scope := 'all';
    rows_added := 0; rows_removed := 0;
    DROP TABLE IF EXISTS pg_temp.byudv_built, pg_temp.byudv_lived, pg_temp.byudv_rate, pg_temp.byudv_asked, pg_temp.byudv_told, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_built ON COMMIT DROP AS
        SELECT c.dwelling_id, c.dwelling_type::varchar(30) AS dwelling_type, c.tenure::varchar(30) AS tenure, byudv.size_band(d.area_m2::int)::varchar(20) AS size_band,
            extract(year FROM d.available_from)::int AS year, (d.available_from + interval '1 year')::date AS day
        FROM %1$I.dwelling_class c JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        WHERE c.in_area AND c.is_new_build AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND d.available_from + interval '1 year' < $1$q$, monitor) USING as_of;
    ANALYZE pg_temp.byudv_built;
    -- Clusters: who lived there after a year, by age; all ages together, too. Dwellings in which nobody lived count as well.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_lived ON COMMIT DROP AS
        WITH person AS (SELECT b.dwelling_id, byudv.age_band(byudv.age_on(p.born_on::date, b.day)) AS age_band
            FROM pg_temp.byudv_built b JOIN %1$I.residence r ON r.dwelling_id = b.dwelling_id AND r.from_date <= b.day AND (r.to_date IS NULL OR r.to_date > b.day)
            LEFT JOIN %1$I.person p ON p.person_id = r.person_id),
        home AS (SELECT dwelling_id, coalesce(age_band, 'all') AS age_band, count(*) AS n FROM person GROUP BY GROUPING SETS ((dwelling_id, age_band), (dwelling_id))),
        lived AS (SELECT b.dwelling_type, b.tenure, b.size_band, b.year, h.age_band, sum(h.n) AS persons, sum(h.n * h.n) AS squares FROM home h JOIN pg_temp.byudv_built b ON b.dwelling_id = h.dwelling_id
            GROUP BY 1, 2, 3, 4, 5)
        SELECT k.*, a.age_band::varchar(20) AS age_band, coalesce(l.persons, 0)::float8 AS persons, coalesce(l.squares, 0)::float8 AS squares
        FROM (SELECT b.dwelling_type, b.tenure, b.size_band, b.year, count(*)::float8 AS dwellings FROM pg_temp.byudv_built b GROUP BY 1, 2, 3, 4) k
        CROSS JOIN (SELECT c.code AS age_band FROM byudv.bi_codes() c WHERE c.attribute = 'age_band' AND c.code NOT IN ('unknown', 'hidden') UNION SELECT 'all' UNION SELECT h.age_band FROM home h) a
        LEFT JOIN lived l ON l.dwelling_type = k.dwelling_type AND l.tenure = k.tenure AND l.size_band = k.size_band AND l.year = k.year AND l.age_band = a.age_band$q$, monitor);
    ANALYZE pg_temp.byudv_lived;

    -- Means and variances of each group of each level, from all years (left_out 0) and from all but one. level: 1 same type, tenure and size, 2 same type and
    -- tenure, 3 same type, 4 same tenure, 5 all.
    CREATE TEMPORARY TABLE byudv_rate ON COMMIT DROP AS
    WITH part AS (
        SELECT o.year AS left_out, v.level, (CASE WHEN v.level <= 3 THEN l.dwelling_type ELSE 'all' END)::varchar(30) AS dwelling_type, (CASE WHEN v.level IN (1, 2, 4) THEN l.tenure ELSE 'all' END)::varchar(30) AS tenure,
            (CASE WHEN v.level = 1 THEN l.size_band ELSE 'all' END)::varchar(20) AS size_band, l.age_band, sum(l.dwellings) AS n, sum(l.dwellings * l.dwellings) AS n2, count(*) AS clusters, count(DISTINCT l.year)::int AS years,
            sum(l.persons) AS persons, sum(l.persons * l.persons / l.dwellings ORDER BY l.year, l.dwelling_type, l.tenure, l.size_band) AS between_sum,
            sum(l.squares - l.persons * l.persons / l.dwellings ORDER BY l.year, l.dwelling_type, l.tenure, l.size_band) AS within_sum
        FROM (SELECT 0 AS year UNION ALL SELECT DISTINCT b.year FROM pg_temp.byudv_built b) o JOIN pg_temp.byudv_lived l ON l.year <> o.year CROSS JOIN generate_series(1, 5) v (level)
        GROUP BY 1, 2, 3, 4, 5, 6),
    moment AS (SELECT p.*, p.persons / p.n AS mean, CASE WHEN p.n > p.clusters THEN p.within_sum / (p.n - p.clusters) ELSE p.persons / p.n END AS variation FROM part p),
    -- between clusters, in relation to the mean: what the squares between them have more than those within explain
    pooled AS (SELECT m.left_out, m.level, m.age_band, sum(m.clusters - 1)::int AS freedom,
            greatest(sum(m.between_sum - m.persons * m.mean - (m.clusters - 1) * m.variation ORDER BY m.dwelling_type, m.tenure, m.size_band)
                / nullif(sum(m.mean * m.mean * (m.n - m.n2 / m.n) ORDER BY m.dwelling_type, m.tenure, m.size_band), 0), 0) AS spread
        FROM moment m GROUP BY m.left_out, m.level, m.age_band),
    -- Means are those of a number rounded to fives, so that differences between groups tell of nobody; a few persons stand for a number in the middle of what few
    -- can be. Limits allow for both (unsure). For limits half a person is added, so that an age that was not met is not ruled out.
    blurred AS (SELECT m.left_out, m.level, m.dwelling_type, m.tenure, m.size_band, m.age_band, m.n, m.n2, m.years,
            max(m.persons) OVER (PARTITION BY m.left_out, m.level, m.dwelling_type, m.tenure, m.size_band) AS persons,
            CASE WHEN s.few THEN sqrt(shown - 1.0) ELSE round(m.persons / 5) * 5 END / m.n AS mean, CASE WHEN s.few THEN sqrt(shown - 1.0) / m.n ELSE m.variation END + 0.5 / m.n AS variation,
            CASE WHEN s.few THEN (shown - 1.0) ^ 2 WHEN m.persons > 0 THEN 25 ELSE 0 END / 12 AS unsure
        FROM moment m CROSS JOIN LATERAL (SELECT m.persons > 0 AND m.persons < shown AS few) s)
    SELECT b.left_out, b.level, b.dwelling_type, b.tenure, b.size_band, b.age_band, b.n::int AS dwellings, b.years, x.is_enough, CASE WHEN x.is_enough THEN b.mean END AS mean,
        CASE WHEN x.is_enough THEN b.mean + 0.5 / b.n END AS centre, coalesce(p.spread, 0) AS spread, b.variation,
        coalesce(p.spread, 0) * (b.mean + 0.5 / b.n) ^ 2 * b.n2 / b.n ^ 2 + (b.variation + b.unsure / b.n) / b.n AS error, p.freedom
    FROM blurred b JOIN pooled p ON p.left_out = b.left_out AND p.level = b.level AND p.age_band = b.age_band
    CROSS JOIN LATERAL (SELECT b.n >= enough AND b.persons >= shown AS is_enough) x
    WHERE b.level = 5 OR x.is_enough AND 'unknown' NOT IN (b.dwelling_type, b.tenure, b.size_band);
    ANALYZE pg_temp.byudv_rate;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT r.dwelling_type, r.tenure, r.size_band, r.age_band, r.level::smallint AS basis, r.dwellings, r.years, r.mean, r.centre, r.spread, r.variation, r.error, r.freedom FROM pg_temp.byudv_rate r WHERE r.left_out = 0;
    merged := byudv.merge_rows(monitor, 'new_build_rate', ARRAY['dwelling_type', 'tenure', 'size_band', 'age_band']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    -- What is asked: the dwellings to come of each project and year; and those of each past year, type and tenure as if they were a project, from the other years
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_asked ON COMMIT DROP AS
        SELECT 0 AS left_out, p.project_id, CASE WHEN p.expected_on IS NULL THEN 0 ELSE greatest(extract(year FROM p.expected_on), extract(year FROM $1))::int END AS year,
            NULL::varchar(30) AS whole_type, NULL::varchar(30) AS whole_tenure, p.dwelling_type, p.tenure, p.size_band, sum(p.to_come)::float8 AS dwellings
        FROM %1$I.pipeline p WHERE p.to_come > 0 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        UNION ALL
        SELECT l.year, NULL, l.year, l.dwelling_type, l.tenure, l.dwelling_type, l.tenure, l.size_band, l.dwellings FROM pg_temp.byudv_lived l WHERE l.age_band = 'all'$q$, monitor) USING as_of;
    ANALYZE pg_temp.byudv_asked;
    CREATE TEMPORARY TABLE byudv_told ON COMMIT DROP AS
    WITH possible AS (SELECT q.*, v.level, CASE WHEN v.level <= 3 THEN q.dwelling_type ELSE 'all' END AS like_type, CASE WHEN v.level IN (1, 2, 4) THEN q.tenure ELSE 'all' END AS like_tenure,
            CASE WHEN v.level = 1 THEN q.size_band ELSE 'all' END AS like_size FROM pg_temp.byudv_asked q CROSS JOIN generate_series(1, 5) v (level)),
    chosen AS (SELECT DISTINCT ON (p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.dwelling_type, p.tenure, p.size_band) p.* FROM possible p
        JOIN pg_temp.byudv_rate r ON r.left_out = p.left_out AND r.level = p.level AND r.dwelling_type = p.like_type AND r.tenure = p.like_tenure AND r.size_band = p.like_size AND r.age_band = 'all'
        ORDER BY p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.dwelling_type, p.tenure, p.size_band, p.level),
    part AS (SELECT c.left_out, c.project_id, c.year, c.whole_type, c.whole_tenure, c.dwelling_type, c.tenure, c.size_band, c.dwellings AS n, r.* FROM chosen c
        JOIN (SELECT x.left_out AS rate_left_out, x.level, x.dwelling_type AS like_type, x.tenure AS like_tenure, x.size_band AS like_size, x.age_band, x.dwellings AS comparable, x.is_enough, x.mean, x.centre, x.spread,
                x.variation, x.error, x.freedom FROM pg_temp.byudv_rate x) r
            ON r.rate_left_out = c.left_out AND r.level = c.level AND r.like_type = c.like_type AND r.like_tenure = c.like_tenure AND r.like_size = c.like_size)
    SELECT t.*, byudv.prediction_limit(t.centre, t.variance, t.freedom, false) AS lower, byudv.prediction_limit(t.centre, t.variance, t.freedom, true) AS upper
    FROM (
        SELECT p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.age_band, sum(p.n) AS dwellings, max(p.level)::smallint AS basis, min(p.comparable) AS comparable_dwellings, min(p.freedom) AS freedom,
            CASE WHEN bool_and(p.is_enough) THEN sum(p.n * p.mean ORDER BY p.dwelling_type, p.tenure, p.size_band) END AS expected,
            CASE WHEN bool_and(p.is_enough) THEN sum(p.n * p.centre ORDER BY p.dwelling_type, p.tenure, p.size_band) END AS centre,
            -- lines of one project go up and down together; dwellings do so each for itself
            sum(p.n * p.centre * sqrt(p.spread) ORDER BY p.dwelling_type, p.tenure, p.size_band) ^ 2 + sum(p.n * p.variation ORDER BY p.dwelling_type, p.tenure, p.size_band)
                + sum(p.n * sqrt(p.error) ORDER BY p.dwelling_type, p.tenure, p.size_band) ^ 2 AS variance
        FROM part p GROUP BY p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.age_band) t;
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT t.project_id, t.year, t.age_band, t.dwellings::int AS dwellings, t.basis, t.comparable_dwellings, round(t.expected::numeric, 1)::numeric(10, 1) AS expected, t.lower, t.upper
        FROM pg_temp.byudv_told t WHERE t.project_id IS NOT NULL AND t.age_band <> 'all';
    merged := byudv.merge_rows(monitor, 'expected_resident', ARRAY['project_id', 'year', 'age_band']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    -- Clusters of less than ten dwellings test nothing
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT t.year AS left_out_year, t.whole_type AS dwelling_type, t.whole_tenure AS tenure, t.age_band, t.dwellings::int AS dwellings, t.basis, round(t.expected::numeric, 1)::numeric(10, 1) AS expected, t.lower, t.upper,
            CASE WHEN l.persons = 0 OR l.persons >= shown THEN l.persons::int END AS actual, (l.persons BETWEEN t.lower AND t.upper)::int::smallint AS inside
        FROM pg_temp.byudv_told t JOIN (SELECT x.year, x.dwelling_type, x.tenure, x.age_band, sum(x.persons) AS persons FROM pg_temp.byudv_lived x GROUP BY 1, 2, 3, 4) l
            ON l.year = t.year AND l.dwelling_type = t.whole_type AND l.tenure = t.whole_tenure AND l.age_band = t.age_band
        WHERE t.project_id IS NULL AND t.dwellings >= 10 AND t.age_band <> 'all' AND t.lower IS NOT NULL;
    merged := byudv.merge_rows(monitor, 'backtest', ARRAY['left_out_year', 'dwelling_type', 'tenure', 'age_band']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_expected_resident(text, jsonb) IS 'Used inside: the step of a refresh that makes new_build_rate, expected_resident and backtest.';

CREATE FUNCTION byudv.new_build_profile(monitor text, dwelling_type text DEFAULT NULL, tenure text DEFAULT NULL, area_m2 int DEFAULT NULL, dwellings int DEFAULT 100,
        OUT age_band text, OUT age_band_label text, OUT expected numeric(10, 1), OUT lower int, OUT upper int, OUT basis text, OUT comparable_dwellings int, OUT years int)
    RETURNS SETOF record LANGUAGE plpgsql STABLE ROWS 9 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    computed boolean;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF dwelling_type IS NOT NULL AND NOT EXISTS (SELECT FROM byudv.dwelling_type_code c WHERE c.code = dwelling_type) THEN
        RAISE EXCEPTION 'there is no dwelling type "%"', dwelling_type USING ERRCODE = 'invalid_parameter_value', DETAIL = 'byudv.dwelling_types() has no such code.',
            HINT = 'SELECT code, label_da FROM byudv.dwelling_types(); or NULL for new dwellings of every type.';
    END IF;
    IF tenure IS NOT NULL AND NOT EXISTS (SELECT FROM byudv.tenure_code c WHERE c.code = tenure) THEN
        RAISE EXCEPTION 'there is no tenure "%"', tenure USING ERRCODE = 'invalid_parameter_value', DETAIL = 'byudv.tenure_codes() has no such code.',
            HINT = 'SELECT code, label_da FROM byudv.tenure_codes(); or NULL for new dwellings of every tenure.';
    END IF;
    IF area_m2 <= 0 OR dwellings IS NULL OR dwellings <= 0 THEN
        RAISE EXCEPTION 'argument % is not positive', CASE WHEN area_m2 <= 0 THEN 'area_m2' ELSE 'dwellings' END USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('It is %s.', coalesce(CASE WHEN area_m2 <= 0 THEN area_m2 ELSE dwellings END::text, 'NULL')), HINT = 'Give square metres of a dwelling, or NULL, and a number of dwellings, such as 75 and 100.';
    END IF;
    -- Pending is also what a later refresh is about to do: until then, what the last one has made holds.
    EXECUTE format('SELECT s.parameters <> ''{}'' AND (NOT EXISTS (SELECT FROM %1$I.pending p WHERE p.step = ''expected_resident'' AND p.key IS NULL)
        OR EXISTS (SELECT FROM %1$I.run_log l WHERE l.step = ''expected_resident'' AND l.outcome = ''done'')) FROM %1$I.state s', monitor) INTO computed;
    IF NOT computed THEN
        RAISE EXCEPTION 'monitor "%" has not been refreshed yet', monitor USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'What new dwellings have been like is computed by a refresh.',
            HINT = format('CALL byudv.refresh(%L);', monitor);
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT r.age_band::text, coalesce(c.label_da, 'I alt'), round((r.mean * $4)::numeric, 1)::numeric(10, 1),
            byudv.prediction_limit(r.centre * $4, r.centre * r.centre * $4 * $4 * r.spread + r.variation * $4 + r.error * $4 * $4, r.freedom, false),
            byudv.prediction_limit(r.centre * $4, r.centre * r.centre * $4 * $4 * r.spread + r.variation * $4 + r.error * $4 * $4, r.freedom, true), b.label_da, r.dwellings, r.years
        FROM %1$I.new_build_rate r LEFT JOIN byudv.bi_codes() c ON c.attribute = 'age_band' AND c.code = r.age_band LEFT JOIN byudv.bi_codes() b ON b.attribute = 'basis' AND b.code = r.basis::text
        WHERE r.dwelling_type IN ($1, 'all') AND r.tenure IN ($2, 'all') AND r.size_band IN ($3, 'all')
            AND r.basis = (SELECT min(x.basis) FROM %1$I.new_build_rate x WHERE x.dwelling_type IN ($1, 'all') AND x.tenure IN ($2, 'all') AND x.size_band IN ($3, 'all'))
        ORDER BY c.sort_order NULLS LAST$q$, monitor) USING coalesce(dwelling_type, 'all'), coalesce(tenure, 'all'), CASE WHEN area_m2 IS NULL THEN 'all' ELSE byudv.size_band(area_m2) END, dwellings::float8;
END
$$;
COMMENT ON FUNCTION byudv.new_build_profile(text, text, text, int, int) IS 'Whom to expect in new dwellings of a kind, by age, a year after they are taken into use: from what new dwellings of the monitor''s study window had. dwelling_type, tenure: codes of byudv.dwelling_types() and byudv.tenure_codes(), area_m2: size of one, square metres; NULL: of every kind. dwellings: how many of them. Where fewer than 30 dwellings of this type, tenure and size are known, all sizes are taken, then all tenures, then the tenure of all types, then all new dwellings: basis says which, in Danish, comparable_dwellings how many and years from how many years of building. expected: persons; where fewer than 10 of an age (byudv.min_cell, if that is more) stand behind it they count as 3, more are rounded to fives. lower, upper: 95 % limits of a single project of this size, between projects and years and between households, NULL where years and kinds of dwelling are too few to tell; see docs/expected-residents.md. The last row, all, is for all ages together, with limits of its own. NULL where fewer than 30 new dwellings are known at all; no rows where there are none. As of the last refresh. Only the monitor''s owner may ask. Errors: no such monitor, type or tenure, a number that is not positive, a monitor that was not refreshed.';
