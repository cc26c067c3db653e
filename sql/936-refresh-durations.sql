-- Roll-ups for BI: how long people stay, how often homes change hands, and what new dwellings set free.
--
-- Everything is counted by region first and then added up to areas of each kind, as in 935-refresh-areas.sql. Homes that are no dwellings for all the year
-- are left out. Type and tenure are those of the data date, so is the area in which somebody stays; turnover and chains go by the area of the year.
--
-- Stays are those of persons. Median and shares are shown only where at least the greater of byudv.min_cell and ten persons stand behind them; counts of
-- stays and years are rounded to tens, so that subtracting one group from another does not tell of a smaller one.

-- residence_duration, duration_curve, new_build_stay: from residences that began with a move.
CREATE FUNCTION byudv.refresh_residence_duration(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    least_persons int := greatest((parameters ->> 'min_cell')::int, 10);
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_stay, pg_temp.byudv_stay_region, pg_temp.byudv_stay_new, pg_temp.byudv_new;
    -- Where somebody comes from is told by the residence before. None is known of those who were here before the register began: that is unknown, unless they
    -- came in the study window, when there would be one had they lived here. Who begins to live somewhere with the birth has not moved.
    -- A person with k stays counts as 1/k in each, so that a group has at least as many persons as these add up to: whole numbers, since their sum does not
    -- depend on the order of rows; 5040 can be divided by most k.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_stay ON COMMIT DROP AS
        SELECT s.dwelling_id, s.from_date, s.to_date, c.dwelling_type::varchar(30) AS dwelling_type, c.tenure::varchar(30) AS tenure, c.is_new_build, 5040 / s.stays AS person_part,
            (CASE WHEN s.before_to IS NULL THEN CASE WHEN s.from_date >= $1 THEN 'elsewhere' END
                WHEN s.from_date - s.before_to <= $3 AND b.dwelling_id IS NOT NULL THEN 'own' ELSE 'elsewhere' END)::varchar(20) AS origin
        FROM (SELECT r.*, lag(r.dwelling_id) OVER w AS before_id, lag(r.to_date) OVER w AS before_to,
                count(*) FILTER (WHERE r.dwelling_id IS NOT NULL AND r.from_date < $2 AND coalesce(r.to_date, 'infinity') > $1) OVER w AS stays
            FROM %1$I.residence r WINDOW w AS (PARTITION BY r.person_id ORDER BY r.from_date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) s
        JOIN %1$I.dwelling_class c ON c.dwelling_id = s.dwelling_id AND c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday')
        LEFT JOIN %1$I.dwelling_class b ON b.dwelling_id = s.before_id AND b.in_area
        LEFT JOIN %1$I.person p ON p.person_id = s.person_id
        WHERE s.from_date < $2 AND coalesce(s.to_date, 'infinity') > $1 AND p.born_on IS DISTINCT FROM s.from_date$q$, monitor) USING study_from, as_of, (parameters ->> 'link_gap')::int;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_stay_region ON COMMIT DROP AS
        SELECT r.region, s.dwelling_type, s.tenure, (CASE WHEN s.is_new_build THEN 'new' ELSE 'existing' END)::varchar(10) AS new_build, s.origin,
            byudv.survival_agg(s.from_date, s.to_date, $1, $2) AS survival, sum(s.person_part) AS person_parts, count(*) FILTER (WHERE s.from_date >= $1) AS starts,
            count(*) FILTER (WHERE s.to_date < $2) AS ends, sum(least(s.to_date, $2) - greatest(s.from_date, $1)) AS days
        FROM pg_temp.byudv_stay s JOIN %I.dwelling_region r ON r.dwelling_id = s.dwelling_id AND extract(year FROM $2 - 1) BETWEEN r.from_year AND r.to_year
        GROUP BY 1, 2, 3, 4, 5$q$, monitor) USING study_from, as_of;
    -- Every combination for the whole area; for parts of it those of two dimensions at most, since there are few persons in more
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT g.area_kind, g.area_code, coalesce(g.dwelling_type, 'all') AS dwelling_type, coalesce(g.tenure, 'all') AS tenure, coalesce(g.new_build, 'all') AS new_build, coalesce(g.origin, 'all') AS origin,
            round(g.ends, -1)::bigint AS ends, round(g.days / 365.25, -1) AS person_years,
            round((m.estimate / 365.25)::numeric, 2) AS median_years, round((m.lower / 365.25)::numeric, 2) AS median_lower, round((m.upper / 365.25)::numeric, 2) AS median_upper,
            round(a.survival::numeric, 4) AS stay_1, round(a.lower::numeric, 4) AS stay_1_lower, round(a.upper::numeric, 4) AS stay_1_upper,
            round(b.survival::numeric, 4) AS stay_2, round(b.lower::numeric, 4) AS stay_2_lower, round(b.upper::numeric, 4) AS stay_2_upper,
            round(c.survival::numeric, 4) AS stay_5, round(c.lower::numeric, 4) AS stay_5_lower, round(c.upper::numeric, 4) AS stay_5_upper,
            round(d.survival::numeric, 4) AS stay_10, round(d.lower::numeric, 4) AS stay_10_lower, round(d.upper::numeric, 4) AS stay_10_upper
        FROM (SELECT 'all'::varchar(40) AS area_kind, 'all'::varchar(40) AS area_code, s.dwelling_type, s.tenure, s.new_build, s.origin, byudv.rollup(s.survival) AS survival,
                sum(s.ends) AS ends, sum(s.days) AS days
            FROM pg_temp.byudv_stay_region s GROUP BY CUBE (s.dwelling_type, s.tenure, s.new_build, s.origin)
            HAVING (s.origin IS NOT NULL OR grouping(s.origin) = 1) AND sum(s.person_parts) >= 5040 * $1 AND sum(s.starts) >= $1
            UNION ALL
            SELECT a.area_kind, a.area_code, s.dwelling_type, s.tenure, s.new_build, s.origin, byudv.rollup(s.survival), sum(s.ends), sum(s.days)
            FROM pg_temp.byudv_stay_region s JOIN %I.region_area a ON a.region = s.region WHERE a.area_kind <> 'all'
            GROUP BY a.area_kind, a.area_code, GROUPING SETS ((), (s.dwelling_type), (s.tenure), (s.new_build), (s.origin), (s.dwelling_type, s.tenure), (s.dwelling_type, s.new_build),
                (s.dwelling_type, s.origin), (s.tenure, s.new_build), (s.tenure, s.origin), (s.new_build, s.origin))
            HAVING (s.origin IS NOT NULL OR grouping(s.origin) = 1) AND sum(s.person_parts) >= 5040 * $1 AND sum(s.starts) >= $1) g
        CROSS JOIN LATERAL byudv.survival_median(g.survival) m
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 365) a ON a.at_risk >= $1 LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 730) b ON b.at_risk >= $1
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 1826) c ON c.at_risk >= $1 LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 3652) d ON d.at_risk >= $1$q$, monitor)
        USING least_persons;
    merged := byudv.merge_rows(monitor, 'residence_duration', ARRAY['area_kind', 'area_code', 'dwelling_type', 'tenure', 'new_build', 'origin']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    -- Curves: each quarter of a year, as far as enough are at risk
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT g.group_kind, g.group_code, round(q.quarter / 4.0, 2) AS years, round(e.survival::numeric, 5) AS survival, round(e.lower::numeric, 5) AS lower, round(e.upper::numeric, 5) AS upper
        FROM (SELECT k.group_kind, k.group_code, byudv.rollup(s.survival) AS survival
            FROM pg_temp.byudv_stay_region s CROSS JOIN LATERAL (VALUES ('tenure', s.tenure), ('new_build', s.new_build), ('origin_new', CASE s.new_build WHEN 'new' THEN s.origin END)) k (group_kind, group_code)
            WHERE k.group_code IS NOT NULL GROUP BY k.group_kind, k.group_code HAVING sum(s.person_parts) >= 5040 * least_persons AND sum(s.starts) >= least_persons) g
        CROSS JOIN generate_series(0, 60) q (quarter) CROSS JOIN LATERAL byudv.survival_estimate(g.survival, floor(q.quarter * 365.25 / 4)::int) e
        WHERE e.at_risk >= least_persons;
    merged := byudv.merge_rows(monitor, 'duration_curve', ARRAY['group_kind', 'group_code', 'years']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    -- Who moved into new dwellings in their first three years: how soon they move on
    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_stay_new ON COMMIT DROP AS
        SELECT x.tenure, x.origin, x.survival
        FROM (SELECT coalesce(s.tenure, 'all') AS tenure, CASE grouping(s.origin) WHEN 1 THEN 'all' ELSE s.origin END AS origin, byudv.survival_agg(s.from_date, s.to_date, $1, $2) AS survival
            FROM pg_temp.byudv_stay s JOIN %I.dwelling d ON d.dwelling_id = s.dwelling_id
            WHERE s.is_new_build AND s.from_date BETWEEN d.available_from - 30 AND d.available_from + 1095
            GROUP BY CUBE (s.tenure, s.origin) HAVING sum(s.person_part) >= 5040 * $3 AND count(*) FILTER (WHERE s.from_date >= $1) >= $3) x
        WHERE x.origin IS NOT NULL$q$, monitor) USING study_from, as_of, least_persons;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT g.tenure, g.origin, round(t.events, -1)::bigint AS ends, round(t.exposure::numeric, -1) AS person_years,
            round(t.rate::numeric, 4) AS rate, round(t.lower::numeric, 4) AS rate_lower, round(t.upper::numeric, 4) AS rate_upper,
            round((m.estimate / 365.25)::numeric, 2) AS median_years, round((m.lower / 365.25)::numeric, 2) AS median_lower, round((m.upper / 365.25)::numeric, 2) AS median_upper,
            round(1 - a.survival::numeric, 4) AS moved_on_1, round(1 - a.upper::numeric, 4) AS moved_on_1_lower, round(1 - a.lower::numeric, 4) AS moved_on_1_upper,
            round(1 - b.survival::numeric, 4) AS moved_on_2, round(1 - b.upper::numeric, 4) AS moved_on_2_lower, round(1 - b.lower::numeric, 4) AS moved_on_2_upper,
            round(1 - c.survival::numeric, 4) AS moved_on_5, round(1 - c.upper::numeric, 4) AS moved_on_5_lower, round(1 - c.lower::numeric, 4) AS moved_on_5_upper,
            round(l.chi_square::numeric, 2) AS chi_square, round(l.p_value::numeric, 10) AS p_value
        FROM pg_temp.byudv_stay_new g CROSS JOIN LATERAL byudv.turnover_rate(g.survival) t CROSS JOIN LATERAL byudv.survival_median(g.survival) m
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 365) a ON a.at_risk >= least_persons LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 730) b ON b.at_risk >= least_persons
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 1826) c ON c.at_risk >= least_persons
        LEFT JOIN pg_temp.byudv_stay_new o ON o.tenure = g.tenure AND o.origin = 'own' LEFT JOIN pg_temp.byudv_stay_new e ON e.tenure = g.tenure AND e.origin = 'elsewhere'
        LEFT JOIN LATERAL byudv.log_rank(o.survival, e.survival) l ON g.origin = 'all' AND o.tenure IS NOT NULL AND e.tenure IS NOT NULL;
    merged := byudv.merge_rows(monitor, 'new_build_stay', ARRAY['tenure', 'origin']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_residence_duration(text, jsonb) IS 'Used inside: the step of a refresh that makes residence_duration, duration_curve and new_build_stay.';

-- turnover: ends of occupancies and the time in which homes were lived in, by calendar year. An occupancy that ends on 1 January has ended with the year before, one
-- that ends on the data date has not ended yet, as byudv.exposure() has it.
CREATE FUNCTION byudv.refresh_turnover(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_lived_in, pg_temp.byudv_new;
    -- Occupancies that begin in one year and end in another are added up before they are cut into years: days in a year between are a year's for each of them,
    -- those of the first and the last year follow from the sum of the days on which they begin and end.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_lived_in ON COMMIT DROP AS
        SELECT r.region, r.from_year, r.to_year, c.dwelling_type::varchar(30) AS dwelling_type, c.tenure::varchar(30) AS tenure, c.is_new_build,
            extract(year FROM x.from_date)::int AS first_year, extract(year FROM x.to_date - 1)::int AS last_year,
            count(*) AS n, sum(x.from_date - date '2000-01-01') AS from_sum, sum(x.to_date - date '2000-01-01') AS to_sum, count(*) FILTER (WHERE x.to_date < $2) AS ends
        FROM (SELECT o.dwelling_id, greatest(o.from_date, $1) AS from_date, least(o.to_date, $2) AS to_date FROM %1$I.occupancy o) x
        JOIN %1$I.dwelling_class c ON c.dwelling_id = x.dwelling_id AND c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday')
        JOIN %1$I.dwelling_region r ON r.dwelling_id = x.dwelling_id AND r.from_year <= extract(year FROM x.to_date - 1) AND r.to_year >= extract(year FROM x.from_date)
        WHERE x.from_date < x.to_date
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8$q$, monitor) USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT y.year, y.area_kind, y.area_code, y.dwelling_type, y.tenure, y.new_build, y.ends, round(y.days / 365.25, 2) AS dwelling_years,
            round(e.rate::numeric, 4) AS rate, round(e.lower::numeric, 4) AS lower, round(e.upper::numeric, 4) AS upper
        FROM (SELECT g.year, a.area_kind, a.area_code, o.dwelling_type, o.tenure, (CASE WHEN o.is_new_build THEN 'new' ELSE 'existing' END)::varchar(10) AS new_build,
                sum(CASE g.year WHEN o.last_year THEN o.ends ELSE 0 END)::bigint AS ends,
                sum(CASE g.year WHEN o.last_year THEN o.to_sum ELSE o.n * (make_date(g.year + 1, 1, 1) - date '2000-01-01') END
                    - CASE g.year WHEN o.first_year THEN o.from_sum ELSE o.n * (make_date(g.year, 1, 1) - date '2000-01-01') END) AS days
            FROM pg_temp.byudv_lived_in o CROSS JOIN LATERAL generate_series(greatest(o.first_year, o.from_year), least(o.last_year, o.to_year)) g (year)
            JOIN %I.region_area a ON a.region = o.region
            GROUP BY 1, 2, 3, 4, 5, 6) y
        CROSS JOIN LATERAL byudv.event_rate(y.ends, y.days::float8 / 365.25) e$q$, monitor);
    merged := byudv.merge_rows(monitor, 'turnover', ARRAY['year', 'area_kind', 'area_code', 'dwelling_type', 'tenure', 'new_build']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_turnover(text, jsonb) IS 'Used inside: the step of a refresh that makes turnover.';

-- chain_summary: vacancies by round. chain_end: where they end, so that what comes in is what goes on or ends.
--
-- A vacancy of weight w is w vacancies. It is filled by persons: by how many of them came from where it is divided, so that the parts add up to w. A part that came from
-- a home which became vacant goes on, with the weight that the chain has in the next round: less than the part, where others who left that home filled another dwelling
-- (split); more, where several homes became vacant for one (joined, below 0). What is not followed, since the chain has been there already, is cut.
-- So the ends of all rounds, with split, joined and cut, add up to the new dwellings.
CREATE FUNCTION byudv.refresh_chain_summary(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_vacancy, pg_temp.byudv_new;
    -- Exact numbers, since the sum of floating-point ones depends on the order of rows. Some dwellings that people left are not among the dwellings.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_vacancy ON COMMIT DROP AS
        SELECT s.new_dwelling_id, extract(year FROM s.vacated_on)::int AS start_year, b.tenure::varchar(30) AS start_tenure, h.round, h.dwelling_id, h.vacated_on, h.weight::numeric AS weight
        FROM %1$I.chain s JOIN %1$I.dwelling_class b ON b.dwelling_id = s.new_dwelling_id AND b.in_area JOIN %1$I.chain h ON h.new_dwelling_id = s.new_dwelling_id
        WHERE s.round = 0$q$, monitor);
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT v.start_year, a.area_kind, a.area_code, v.start_tenure, least(v.round, 6) AS round, coalesce(c.dwelling_type, 'unknown')::varchar(30) AS dwelling_type, coalesce(c.tenure, 'unknown')::varchar(30) AS tenure,
            round(sum(v.weight), 6) AS vacancies, count(*) FILTER (WHERE v.round = 0) AS new_dwellings
        FROM pg_temp.byudv_vacancy v LEFT JOIN %1$I.dwelling_class c ON c.dwelling_id = v.dwelling_id
        JOIN %1$I.dwelling_region r ON r.dwelling_id = v.new_dwelling_id AND v.start_year BETWEEN r.from_year AND r.to_year JOIN %1$I.region_area a ON a.region = r.region
        GROUP BY 1, 2, 3, 4, 5, 6, 7$q$, monitor);
    merged := byudv.merge_rows(monitor, 'chain_summary', ARRAY['start_year', 'area_kind', 'area_code', 'start_tenure', 'round', 'dwelling_type', 'tenure']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH filled AS (
            SELECT v.start_year, v.start_tenure, f.outcome, v.weight * CASE WHEN f.of_all > 0 THEN f.movers / f.of_all ELSE 1 END AS part, v.weight * f.share::numeric AS goes_on
            FROM pg_temp.byudv_vacancy v
            JOIN (SELECT x.*, sum(x.movers) OVER (PARTITION BY x.dwelling_id, x.vacated_on, x.is_new)::numeric AS of_all FROM %1$I.vacancy_flow x) f
                ON f.dwelling_id = v.dwelling_id AND f.vacated_on = v.vacated_on AND f.is_new = (v.round = 0)),
        ended AS (
            SELECT f.start_year, f.start_tenure, k.outcome, k.vacancies
            FROM filled f CROSS JOIN LATERAL (VALUES (f.outcome, CASE WHEN f.outcome <> 'vacated' THEN f.part END), ('split', CASE WHEN f.outcome = 'vacated' AND f.part > f.goes_on THEN f.part - f.goes_on END),
                ('joined', CASE WHEN f.outcome = 'vacated' AND f.part < f.goes_on THEN f.part - f.goes_on END), ('cut', CASE WHEN f.outcome = 'vacated' THEN f.goes_on END)) k (outcome, vacancies)
            WHERE k.vacancies IS NOT NULL
            UNION ALL SELECT v.start_year, v.start_tenure, 'cut', - v.weight FROM pg_temp.byudv_vacancy v WHERE v.round > 0)
        SELECT e.start_year, e.start_tenure, e.outcome::varchar(20) AS outcome, round(sum(e.vacancies), 6) AS vacancies
        FROM ended e GROUP BY 1, 2, 3 HAVING round(sum(e.vacancies), 6) <> 0$q$, monitor);
    merged := byudv.merge_rows(monitor, 'chain_end', ARRAY['start_year', 'start_tenure', 'outcome']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_chain_summary(text, jsonb) IS 'Used inside: the step of a refresh that makes chain_summary and chain_end.';
