-- The step that puts the key figures of areas together, for the sheet of an area beside the municipality.

CREATE FUNCTION byudv.profile_measures(OUT measure text, OUT label_da text, OUT label_en text, OUT unit_da text, OUT sort_order int) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 60 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('dwellings', 'Boliger', 'Dwellings', 'antal', 10), ('vacant', 'Ubeboede boliger', 'Dwellings in which nobody lives', 'pct. af boligerne', 20),
('mean_area', 'Boligens størrelse', 'Mean size of a dwelling', 'm²', 30), ('new_dwellings', 'Nybyggeri', 'New dwellings', 'pct. af boligerne', 40),
('planned', 'Planlagte boliger', 'Dwellings planned', 'antal', 50),
('diversity_type', 'Forskellige boligtyper (Simpson)', 'Diversity of types (Simpson)', '0 til 1', 300), ('diversity_tenure', 'Forskellige ejerformer (Simpson)', 'Diversity of tenures (Simpson)', '0 til 1', 310),
('residents', 'Beboere', 'Residents', 'antal', 400), ('persons_per_dwelling', 'Personer pr. beboet bolig', 'Persons per dwelling lived in', 'personer', 410), ('mean_age', 'Gennemsnitsalder', 'Mean age', 'år', 420),
('mean_income', 'Gennemsnitlig personlig indkomst', 'Mean personal income', 'kr. om året', 700), ('without_income', 'Voksne uden indkomst', 'Adults without income', 'pct. af voksne', 710),
('municipal_benefit', 'Voksne på kommunal ydelse', 'Adults with municipal benefits', 'pct. af voksne', 720),
('arrivals', 'Tilflyttere fra andre kommuner og udlandet', 'Arrivals from elsewhere', 'pr. 1.000 beboere', 800), ('departures', 'Fraflyttere til andre kommuner og udlandet', 'Departures to elsewhere', 'pr. 1.000 beboere', 810),
('internal_in', 'Flyttet til inden for kommunen', 'Moved in from within the municipality', 'pr. 1.000 beboere', 820), ('internal_out', 'Flyttet fra inden for kommunen', 'Moved out within the municipality', 'pr. 1.000 beboere', 830),
('net_moves', 'Tilvækst ved flytning', 'Net gain by moves', 'pr. 1.000 beboere', 840), ('turnover', 'Fraflytninger af husstande', 'Turnover of households', 'pr. 100 boligår', 850),
('median_years', 'Halvdelen bliver boende så længe', 'Half of them stay so long', 'år', 860)
UNION ALL SELECT 'type_' || c.code, c.label_da, c.label_en, 'pct. af boligerne', 100 + (row_number() OVER (ORDER BY c.sort_order, c.code COLLATE "C"))::int FROM byudv.dwelling_type_code c
UNION ALL SELECT 'tenure_' || c.code, c.label_da, c.label_en, 'pct. af boligerne', 200 + (row_number() OVER (ORDER BY c.sort_order, c.code COLLATE "C"))::int FROM byudv.tenure_code c
UNION ALL SELECT 'age_' || c.code, c.label_da, c.label_en, 'pct. af beboerne', 500 + (row_number() OVER (ORDER BY c.sort_order))::int FROM byudv.bi_codes() c WHERE c.attribute = 'age_band' AND c.code NOT IN ('hidden', 'unknown')
UNION ALL SELECT 'household_' || c.code, c.label_da, c.label_en, 'pct. af beboerne', 600 + (row_number() OVER (ORDER BY c.sort_order))::int FROM byudv.bi_codes() c WHERE c.attribute = 'household_type' AND c.code NOT IN ('hidden', 'unknown')
$$;
COMMENT ON FUNCTION byudv.profile_measures() IS 'The key figures of the sheet of an area (bi_area_profile, byudv.area_profile()) in their order, with labels and units.';

CREATE FUNCTION byudv.refresh_area_profile(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_homes, pg_temp.byudv_people, pg_temp.byudv_figure, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_homes ON COMMIT DROP AS
        SELECT s.year, s.area_kind, s.area_code, s.dwelling_type, s.tenure, sum(s.dwellings) AS dwellings, sum(s.vacant_dwellings) AS vacant, sum(s.area_m2) AS area_m2,
            sum(s.dwellings) FILTER (WHERE s.size_band <> 'unknown') AS with_area, sum(s.dwellings) FILTER (WHERE s.new_build = 'new') AS new
        FROM %I.stock s GROUP BY 1, 2, 3, 4, 5$q$, monitor);
    ANALYZE pg_temp.byudv_homes;
    -- All of a row, with what is suppressed in it; NULL where the area itself is. Of an area of which nothing is said there is nobody.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_people ON COMMIT DROP AS
        WITH counted AS (SELECT p.year, p.population, p.area_kind, p.area_code, sum(p.persons) AS persons FROM %1$I.person_count p
                WHERE p.attribute = 'none' AND p.population <> 'stayer' AND p.area_code <> 'hidden' GROUP BY 1, 2, 3, 4)
        SELECT a.year, a.area_kind, a.area_code, r.persons AS residents, n.population, CASE WHEN c.area_kind IS NULL THEN 0 ELSE c.persons END AS persons
        FROM (SELECT DISTINCT h.year, h.area_kind, h.area_code FROM pg_temp.byudv_homes h) a
        CROSS JOIN (VALUES ('arrival'), ('departure'), ('internal_in'), ('internal_out')) n (population)
        LEFT JOIN counted r ON r.population = 'resident' AND r.year = a.year AND r.area_kind = a.area_kind AND r.area_code = a.area_code
        LEFT JOIN counted c ON c.population = n.population AND c.year = a.year AND c.area_kind = a.area_kind AND c.area_code = a.area_code$q$, monitor);
    ANALYZE pg_temp.byudv_people;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_figure ON COMMIT DROP AS
        WITH area AS (SELECT h.year, h.area_kind, h.area_code, sum(h.dwellings) AS dwellings, sum(h.vacant) AS vacant, sum(h.area_m2) AS area_m2, sum(h.with_area) AS with_area, coalesce(sum(h.new), 0) AS new
                FROM pg_temp.byudv_homes h GROUP BY 1, 2, 3),
            resident AS (SELECT p.year, p.area_kind, p.area_code, p.residents FROM pg_temp.byudv_people p WHERE p.population = 'arrival'),
            -- persons by attribute: those of the shown items, and of all that count as known
            item AS (SELECT p.year, p.area_kind, p.area_code, p.attribute, p.item, p.persons,
                    sum(p.persons) FILTER (WHERE p.item NOT IN ('unknown', 'child')) OVER (PARTITION BY p.attribute, p.year, p.area_kind, p.area_code) AS known
                FROM %1$I.person_count p WHERE p.population = 'resident' AND p.dwelling_type = 'all' AND p.attribute IN ('age_band', 'household_type', 'income_band', 'benefit'))
        SELECT a.year, a.area_kind, a.area_code, f.measure, f.value FROM area a CROSS JOIN LATERAL (VALUES ('dwellings', a.dwellings), ('vacant', 100 * a.vacant / a.dwellings),
            ('mean_area', a.area_m2 / nullif(a.with_area, 0)), ('new_dwellings', 100 * a.new / a.dwellings)) f (measure, value)
        UNION ALL SELECT a.year, a.area_kind, a.area_code, 'type_' || c.code, 100 * coalesce(sum(h.dwellings), 0) / a.dwellings
        FROM area a JOIN (SELECT DISTINCT x.dwelling_type AS code FROM pg_temp.byudv_homes x) c ON true LEFT JOIN pg_temp.byudv_homes h ON h.year = a.year AND h.area_kind = a.area_kind AND h.area_code = a.area_code AND h.dwelling_type = c.code
        GROUP BY 1, 2, 3, 4, a.dwellings
        UNION ALL SELECT a.year, a.area_kind, a.area_code, 'tenure_' || c.code, 100 * coalesce(sum(h.dwellings), 0) / a.dwellings
        FROM area a JOIN (SELECT DISTINCT x.tenure AS code FROM pg_temp.byudv_homes x) c ON true LEFT JOIN pg_temp.byudv_homes h ON h.year = a.year AND h.area_kind = a.area_kind AND h.area_code = a.area_code AND h.tenure = c.code
        GROUP BY 1, 2, 3, 4, a.dwellings
        UNION ALL SELECT d.year, d.area_kind, d.area_code, f.measure, f.value FROM %1$I.bi_stock_diversity d CROSS JOIN LATERAL (VALUES ('diversity_type', d.simpson_type), ('diversity_tenure', d.simpson_tenure)) f (measure, value)
        UNION ALL SELECT r.year, r.area_kind, r.area_code, f.measure, f.value FROM resident r JOIN area a USING (year, area_kind, area_code)
        CROSS JOIN LATERAL (VALUES ('residents', r.residents), ('persons_per_dwelling', r.residents / nullif(a.dwellings - a.vacant, 0))) f (measure, value)
        UNION ALL SELECT i.year, i.area_kind, i.area_code, CASE i.attribute WHEN 'age_band' THEN 'age_' ELSE 'household_' END || i.item, 100 * i.persons / i.known
        FROM item i WHERE i.attribute IN ('age_band', 'household_type') AND i.item NOT IN ('unknown', 'hidden') AND i.known >= $3
        UNION ALL SELECT i.year, i.area_kind, i.area_code, CASE i.attribute WHEN 'benefit' THEN 'municipal_benefit' ELSE 'without_income' END, 100 * i.persons / i.known
        FROM item i WHERE (i.attribute = 'income_band' AND i.item = 'none' OR i.attribute = 'benefit' AND i.item = 'municipal') AND i.known >= $3
        UNION ALL SELECT m.year, m.area_kind, m.area_code, f.measure, f.value FROM %1$I.person_measure m CROSS JOIN LATERAL (VALUES ('mean_age', m.mean_age), ('mean_income', m.mean_income)) f (measure, value) WHERE m.population = 'resident'
        -- moves of whole years
        UNION ALL SELECT p.year, p.area_kind, p.area_code, CASE p.population WHEN 'arrival' THEN 'arrivals' WHEN 'departure' THEN 'departures' ELSE p.population END, 1000 * p.persons / p.residents
        FROM pg_temp.byudv_people p WHERE make_date(p.year, 1, 1) >= $1 AND make_date(p.year + 1, 1, 1) <= $2 AND p.residents >= $3
        UNION ALL SELECT p.year, p.area_kind, p.area_code, 'net_moves', 1000 * sum(CASE WHEN p.population IN ('arrival', 'internal_in') THEN p.persons ELSE - p.persons END) / p.residents
        FROM pg_temp.byudv_people p WHERE make_date(p.year, 1, 1) >= $1 AND make_date(p.year + 1, 1, 1) <= $2 AND p.residents >= $3 GROUP BY 1, 2, 3, p.residents HAVING count(p.persons) = 4
        UNION ALL SELECT t.year, t.area_kind, t.area_code, 'turnover', 100 * sum(t.ends) / nullif(sum(t.dwelling_years), 0) FROM %1$I.turnover t GROUP BY 1, 2, 3
        -- what is known of all years together, or of those to come, is with the last year
        UNION ALL SELECT y.year, d.area_kind, d.area_code, 'median_years', d.median_years FROM %1$I.residence_duration d, (SELECT max(a.year) AS year FROM area a) y
        WHERE d.dwelling_type = 'all' AND d.tenure = 'all' AND d.new_build = 'all' AND d.origin = 'all'
        UNION ALL SELECT a.year, a.area_kind, a.area_code, 'planned', coalesce(sum(p.to_come), 0)
        FROM area a JOIN (SELECT max(x.year) AS year FROM area x) y USING (year) LEFT JOIN %1$I.pipeline p ON a.area_kind = 'all' OR p.area_kind = a.area_kind AND p.area_code = a.area_code
        WHERE a.area_kind IN (SELECT x.area_kind FROM %1$I.pipeline x UNION ALL SELECT 'all' FROM %1$I.pipeline) GROUP BY 1, 2, 3$q$, monitor) USING study_from, as_of, greatest((parameters ->> 'min_cell')::int, 10);
    ANALYZE pg_temp.byudv_figure;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT f.year, f.area_kind, f.area_code, f.measure::varchar(40) AS measure, round(f.value, 4)::numeric(18, 4) AS value, round(m.value, 4)::numeric(18, 4) AS municipality_value
        FROM pg_temp.byudv_figure f LEFT JOIN pg_temp.byudv_figure m ON m.year = f.year AND m.area_kind = 'all' AND m.area_code = 'all' AND m.measure = f.measure WHERE f.value IS NOT NULL;
    merged := byudv.merge_rows(monitor, 'area_profile', ARRAY['area_kind', 'area_code', 'year', 'measure']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_area_profile(text, jsonb) IS 'Used inside: the step of a refresh that makes area_profile.';
