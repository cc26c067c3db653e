-- What the page of `make dashboard` shows, as one JSON value made from the BI views; and the shapes of areas, for its map and others.

CREATE FUNCTION byudv.bi_shape_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_area_shape', 'area_kind, area_code, piece', 'Områdernes form som GeoJSON, delt i stykker, da mange værktøjer skærer lange tekster af',
    'Shapes of areas as GeoJSON, in pieces to be put together in their order, since many tools cut long texts', 'Hvor ligger områderne?',
    $q$SELECT a.area_kind, a.area_code, a.area_label, n.piece, substr(a.geojson, (n.piece - 1) * 3900 + 1, 3900) AS geojson
       FROM %1$I.area_list a CROSS JOIN LATERAL generate_series(1, (length(a.geojson) + 3899) / 3900) n (piece)$q$)
$$;
COMMENT ON FUNCTION byudv.bi_shape_views() IS 'Used inside: the view of shapes, as monitor_views() lists it.';

CREATE FUNCTION byudv.bi_shape_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_area_shape', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område', 'Kind of area'),
('bi_area_shape', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_area_shape', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_area_shape', 'piece', 'integer', 'Stykke', 'Stykkets nummer fra 1', 'Counts the pieces from 1'),
('bi_area_shape', 'geojson', 'varchar(4000)', 'GeoJSON', 'Et stykke af formen, GeoJSON i WGS 84', 'A piece of the shape, GeoJSON in WGS 84')
$$;
COMMENT ON FUNCTION byudv.bi_shape_columns() IS 'Used inside: the columns of the view of shapes, as monitor_view_columns() lists them.';

-- A table has one row for each combination of its keys. With by_year its measures are series over all years, and absent is what stands where the view has no
-- row: counts that are absent are 0. persons are sums of those cells that are not
-- suppressed, and hidden is how many are.
CREATE FUNCTION byudv.dashboard_tables(OUT name text, OUT keys text[], OUT measures text[], OUT by_year boolean, OUT absent text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 30 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('areas', '{area,area_kind,area_code,area_kind_label,area_label}'::text[], '{}'::text[], false, NULL, $q$SELECT * FROM area$q$),
('codes', '{attribute,code,label,sort_order}', '{}', false, NULL, $q$SELECT 'tenure' AS attribute, tenure AS code, tenure_label AS label, sort_order FROM %1$I.bi_dim_tenure
    UNION ALL SELECT 'dwelling_type', dwelling_type, dwelling_type_label, sort_order FROM %1$I.bi_dim_dwelling_type UNION ALL SELECT 'new_build', new_build, new_build_label, sort_order FROM %1$I.bi_dim_new_build
    UNION ALL SELECT 'population', population, population_label, sort_order FROM %1$I.bi_dim_population UNION ALL SELECT 'age_band', age_band, age_band_label, sort_order FROM %1$I.bi_dim_age_band
    UNION ALL SELECT 'household_type', household_type, household_type_label, sort_order FROM %1$I.bi_dim_household_type UNION ALL SELECT 'income_band', income_band, income_band_label, sort_order FROM %1$I.bi_dim_income_band
    UNION ALL SELECT 'benefit', benefit, benefit_label, sort_order FROM %1$I.bi_dim_benefit UNION ALL SELECT 'size_band', size_band, size_band_label, sort_order FROM %1$I.bi_dim_size_band
    UNION ALL SELECT 'month', month, month_label, sort_order FROM %1$I.bi_dim_month$q$),
('attributes', '{attribute,attribute_label}', '{}', false, NULL, $q$SELECT DISTINCT attribute, attribute_label FROM %1$I.bi_mover_profile WHERE area_kind = 'all' AND area_code = 'all' AND population = 'stayer'$q$),
('years', '{year,is_whole}', '{}', false, NULL, $q$SELECT year, is_whole FROM %1$I.bi_dim_year$q$),
('shapes', '{area,shape}', '{}', false, NULL, $q$SELECT a.area, string_agg(s.geojson, '' ORDER BY s.piece) AS shape FROM %1$I.bi_area_shape s JOIN area a USING (area_kind, area_code) GROUP BY a.area$q$),
('stock', '{area,dwelling_type,tenure}', '{dwellings,vacant}', true, '0',
    $q$SELECT a.area, s.dwelling_type, s.tenure, s.year, sum(s.dwellings) AS dwellings, sum(s.vacant_dwellings) AS vacant FROM %1$I.bi_stock s JOIN area a USING (area_kind, area_code) WHERE s.tenure <> 'hidden' GROUP BY 1, 2, 3, 4$q$),
('residents', '{area}', '{persons,hidden}', true, '0', $q$SELECT a.area, s.year, coalesce(sum(s.residents), 0) AS persons, CASE WHEN bool_or(s.tenure = 'hidden' AND s.residents > 0) THEN 0 ELSE sum(s.hidden) END AS hidden FROM %1$I.bi_stock s JOIN area a USING (area_kind, area_code) GROUP BY 1, 2$q$),
('stock_norm', '{area,norm,tenure}', '{dwellings}', true, '0',
    $q$SELECT a.area, n.norm, n.tenure, s.year, sum(s.dwellings) AS dwellings FROM %1$I.bi_stock_tenure s JOIN area a USING (area_kind, area_code)
       CROSS JOIN LATERAL (VALUES ('register', s.tenure_register), ('dst', s.tenure_dst), ('corrected', s.tenure)) n (norm, tenure) GROUP BY 1, 2, 3, 4$q$),
('turnover', '{area,dwelling_type,tenure,new_build}', '{ends,dwelling_years,rate,lower,upper}', true, 'null',
    $q$SELECT a.area, t.dwelling_type, t.tenure, t.new_build, t.year, t.ends, trim_scale(t.dwelling_years) AS dwelling_years, trim_scale(t.rate) AS rate, trim_scale(t.lower) AS lower, trim_scale(t.upper) AS upper
       FROM %1$I.bi_turnover t JOIN area a USING (area_kind, area_code) WHERE t.dwelling_years >= 20$q$),
('curve', '{group_kind,group_code,group_label,group_sort,years}', '{survival,lower,upper}', false, NULL, $q$SELECT c.group_kind, c.group_code, c.group_label, c.group_sort, trim_scale(c.years) AS years, c.survival, c.lower, c.upper FROM %1$I.bi_duration_curve c$q$),
('duration', '{area,tenure,new_build}', '{median_years,stay_1,stay_1_lower,stay_1_upper,stay_2,stay_2_lower,stay_2_upper,stay_5,stay_5_lower,stay_5_upper,stay_10,stay_10_lower,stay_10_upper}', false, NULL,
    $q$SELECT a.area, d.* FROM %1$I.bi_residence_duration d JOIN area a USING (area_kind, area_code) WHERE d.dwelling_type = 'all' AND d.origin = 'all'$q$),
('moved_on', '{tenure,origin,origin_label}', '{moved_on_1,moved_on_1_lower,moved_on_1_upper,moved_on_2,moved_on_2_lower,moved_on_2_upper,moved_on_5,moved_on_5_lower,moved_on_5_upper}', false, NULL,
    $q$SELECT * FROM %1$I.bi_new_build_stay s WHERE s.origin <> 'all'$q$),
('new_build', '{area,population,tenure}', '{persons,hidden}', true, '0',
    $q$SELECT a.area, b.population, b.tenure, b.year, coalesce(sum(b.persons), 0) AS persons, sum(b.hidden) AS hidden FROM %1$I.bi_new_build b JOIN area a USING (area_kind, area_code)
       WHERE b.population IN ('arrival', 'internal_in') GROUP BY 1, 2, 3, 4$q$),
('new_build_age', '{population,tenure,item}', '{persons,hidden}', true, '0',
    $q$SELECT p.population, p.tenure, p.item, p.year, coalesce(sum(p.persons), 0) AS persons, sum(p.hidden) AS hidden FROM %1$I.bi_mover_profile_dwelling p
       WHERE p.population IN ('arrival', 'internal_in') AND p.new_build = 'new' AND p.attribute = 'age_band' GROUP BY 1, 2, 3, 4$q$),
('moves', '{area,population,tenure}', '{persons,hidden}', true, '0',
    $q$SELECT a.area, m.population, m.tenure, m.year, coalesce(sum(m.persons), 0) AS persons, sum(m.hidden) AS hidden FROM %1$I.bi_moves m JOIN area a USING (area_kind, area_code)
       WHERE m.population <> 'internal_out' GROUP BY 1, 2, 3, 4$q$),
('moves_month', '{population,month}', '{persons,hidden}', true, '0',
    $q$SELECT m.population, m.month, m.year, coalesce(m.persons, 0) AS persons, m.hidden FROM %1$I.bi_moves_month m WHERE m.area_kind = 'all' AND m.area_code = 'all' AND m.population IN ('arrival', 'departure', 'internal_in')$q$),
('moves_place', '{population,place,place_label}', '{persons,hidden}', true, '0',
    $q$SELECT m.population, m.place, m.place_label, m.year, coalesce(m.persons, 0) AS persons, m.hidden FROM %1$I.bi_moves_place m WHERE m.area_kind = 'all' AND m.area_code = 'all' AND m.population IN ('arrival', 'departure')$q$),
('profile', '{area,population,attribute,item}', '{persons}', true, '0',
    $q$SELECT a.area, p.population, p.attribute, p.item, p.year, p.persons FROM %1$I.bi_mover_profile p JOIN area a USING (area_kind, area_code) WHERE p.population IN ('stayer', 'arrival', 'departure', 'internal_in')$q$),
('measure', '{area,population}', '{mean_income}', true, 'null',
    $q$SELECT a.area, m.population, m.year, m.mean_income FROM %1$I.bi_mover_measure m JOIN area a USING (area_kind, area_code) WHERE m.population IN ('stayer', 'arrival', 'departure', 'internal_in')$q$),
('chains', '{area,start_tenure,round,round_label,tenure}', '{vacancies,new_dwellings}', false, NULL,
    $q$SELECT a.area, c.start_tenure, c.round, c.round_label, c.tenure, trim_scale(round(sum(c.vacancies), 3)) AS vacancies, sum(c.new_dwellings) AS new_dwellings FROM %1$I.bi_chains c JOIN area a USING (area_kind, area_code) GROUP BY 1, 2, 3, 4, 5$q$),
('chain_ends', '{start_tenure,outcome,outcome_label,outcome_sort}', '{vacancies}', false, NULL,
    $q$SELECT c.start_tenure, c.outcome, c.outcome_label, c.outcome_sort, trim_scale(round(sum(c.vacancies), 3)) AS vacancies FROM %1$I.bi_chain_ends c GROUP BY 1, 2, 3, 4$q$),
('measures', '{measure,measure_label,unit,sort_order}', '{}', false, NULL, $q$SELECT DISTINCT p.measure, p.measure_label, p.unit, p.sort_order FROM %1$I.bi_area_profile p$q$),
('area_profile', '{area,measure}', '{value}', true, 'null', $q$SELECT a.area, p.measure, p.year, trim_scale(p.value) AS value FROM %1$I.bi_area_profile p JOIN area a USING (area_kind, area_code)$q$),
('pipeline', '{project_id,line,name,area,stage,stage_label,stage_sort,dwelling_type_label,tenure,expected_on,completed_on}', '{expected,realised,to_come}', false, NULL,
    $q$SELECT p.*, a.area FROM %1$I.bi_pipeline p LEFT JOIN area a USING (area_kind, area_code)$q$),
('expected', '{project_id,project_name,area,year,age_band}', '{expected,lower,upper}', false, NULL, $q$SELECT e.*, a.area FROM %1$I.bi_expected_residents e LEFT JOIN area a USING (area_kind, area_code)$q$),
('backtest', '{left_out_year,dwelling_type_label,tenure_label,age_band}', '{expected,lower,upper,actual}', false, NULL, $q$SELECT * FROM %1$I.bi_backtest$q$),
('indicators', '{source,measure,measure_label,municipality,municipality_label,year,period,copy}', '{unit_label,definition,is_own,own_value,value,difference_percent,explanation_da}', false, NULL,
    $q$SELECT i.source, i.measure, i.measure_label, i.municipality, i.municipality_label, i.year, i.period, i.copy, i.unit_label, i.definition, i.is_own, trim_scale(i.own_value) AS own_value, trim_scale(i.value) AS value,
         trim_scale(i.difference_percent) AS difference_percent, i.explanation_da FROM %1$I.bi_indicator i WHERE i.area_kind = 'all' AND i.own_measure <> ''$q$),
('findings', '{finding}', '{question_da,answer_da,effect,effect_unit,lower,upper,statistic,p_value,text_da}', false, NULL, $q$SELECT * FROM %1$I.bi_finding$q$),
('issues', '{issue_sort,issue,issue_label,severity,severity_label}', '{findings,hidden,meaning}', false, NULL, $q$SELECT * FROM %1$I.bi_data_issue_summary$q$),
('runs', '{run_id,started_at,finished_at,outcome,outcome_label,data_date}', '{rows_added,seconds,min_cell}', false, NULL, $q$SELECT * FROM %1$I.bi_run r WHERE r.step = 'refresh' ORDER BY r.run_id DESC LIMIT 15$q$)
$$;
COMMENT ON FUNCTION byudv.dashboard_tables() IS 'Used inside: the tables of dashboard_data(): their keys and measures, whether the measures are series over the years, and the query, in which %1$I is the monitor and area the numbered areas.';

CREATE FUNCTION byudv.dashboard_data(monitor text) RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    t record;
    area text;
    refreshed boolean;
    years text[];
    made jsonb;
    tables jsonb := '{}';
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = monitor AND c.relname = 'bi_dim_area') THEN
        RAISE EXCEPTION 'there is no monitor "%"', monitor USING ERRCODE = 'invalid_schema_name', DETAIL = 'No schema of this name has the view bi_dim_area.',
            HINT = 'SELECT * FROM byudv.monitors(); lists the monitors of this database.';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bi_run r WHERE r.is_latest = 1)', monitor) INTO refreshed;
    IF NOT refreshed THEN
        RAISE EXCEPTION 'monitor "%" has not been refreshed yet', monitor USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'There are no figures to show.', HINT = format('CALL byudv.refresh(%L);', monitor);
    END IF;
    EXECUTE format('SELECT array_agg(y.year::text ORDER BY y.year) FROM %I.bi_dim_year y', monitor) INTO years;
    area := format($q$SELECT (row_number() OVER (ORDER BY d.area_kind <> 'all', d.area_kind COLLATE "C", d.sort_order) - 1)::int AS area, d.area_kind, d.area_code, d.area_kind_label, d.area_label
        FROM %I.bi_dim_area d WHERE d.area_code <> 'hidden'$q$, monitor);
    FOR t IN SELECT d.*, (SELECT string_agg(format('%I', k.key), ', ' ORDER BY k.n) FROM unnest(d.keys) WITH ORDINALITY k (key, n)) AS key_list,
            (SELECT string_agg(format('%I', m.measure), ', ' ORDER BY m.n) FROM unnest(d.measures) WITH ORDINALITY m (measure, n)) AS measure_list,
            (SELECT string_agg(format('jsonb_object_agg(year, %1$I) AS %1$I', m.measure), ', ' ORDER BY m.n) FROM unnest(d.measures) WITH ORDINALITY m (measure, n)) AS known_list,
            (SELECT string_agg(format('(SELECT jsonb_agg(coalesce(q.%I -> y, %L) ORDER BY y) FROM unnest($1) y)', m.measure, d.absent), ', ' ORDER BY m.n) FROM unnest(d.measures) WITH ORDINALITY m (measure, n)) AS series_list
        FROM byudv.dashboard_tables() d LOOP
        EXECUTE format('WITH area AS MATERIALIZED (%s) SELECT jsonb_agg(r.made ORDER BY r.keys) FROM (SELECT jsonb_build_array(%s) AS keys, jsonb_build_array(%s) AS made FROM (%s) q) r', area, t.key_list,
            concat_ws(', ', t.key_list, CASE WHEN t.by_year THEN t.series_list ELSE t.measure_list END),
            CASE WHEN t.by_year THEN format('SELECT %1$s, %2$s FROM (%3$s) v GROUP BY %1$s', t.key_list, t.known_list, format(t.query, monitor)) ELSE format(t.query, monitor) END) INTO made USING years;
        tables := tables || jsonb_build_object(t.name, jsonb_build_object('columns', t.keys || t.measures, 'rows', coalesce(made, '[]'))
            || CASE WHEN t.by_year THEN jsonb_build_object('series', cardinality(t.keys), 'absent', t.absent::jsonb) ELSE '{}' END);
    END LOOP;
    RETURN jsonb_build_object('monitor', monitor, 'tables', tables);
END
$$;
COMMENT ON FUNCTION byudv.dashboard_data(text) IS 'All that the page of `make dashboard` shows, read from the views bi_... of a monitor, so that a role that grant_reader() let in may call it: {"monitor": its name, "tables": {name: {"columns": [names], "rows": [[values]]}}}. Areas are numbered as in the table areas. Where a table has series, the columns from that one on hold an array over the years of the table years, in their order; absent is what stands where there is no figure. NULL among counts of persons, and hidden, the number of cells that a sum leaves out, mean suppressed. Errors: no such monitor, also NULL; one that has not been refreshed yet.';
