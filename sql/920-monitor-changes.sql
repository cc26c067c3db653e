-- What a refresh has to do: from what has changed to the steps that have to compute something anew, and writing only rows that differ.

CREATE FUNCTION byudv.input_steps(OUT input text, OUT step text) RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
    SET search_path = pg_catalog, pg_temp AS $$
VALUES ('building', 'dwelling_class'), ('building', 'data_issue'),
    ('dwelling', 'dwelling_class'), ('dwelling', 'residence'), ('dwelling', 'move'), ('dwelling', 'vacancy_flow'), ('dwelling', 'data_issue'),
    ('ownership', 'dwelling_class'), ('ownership', 'data_issue'),
    ('person', 'move'), ('person', 'vacancy_flow'), ('person', 'data_issue'),
    ('address_period', 'residence'), ('address_period', 'move'), ('address_period', 'data_issue'),
    ('dwelling_area', 'data_issue'), ('area', 'data_issue'),
    ('tenure_override', 'dwelling_class'),
    -- roll-ups
    ('area', 'area_list'), ('dwelling_area', 'area_list'),
    ('dwelling', 'stock'), ('dwelling', 'person_count'),
    ('person', 'person_count'), ('household_type', 'person_count'), ('person_attribute', 'person_count'),
    ('person', 'residence_duration'), ('dwelling', 'residence_duration'),
    ('plan_project', 'pipeline'), ('plan_dwelling', 'pipeline'), ('dwelling', 'pipeline'), ('dwelling_area', 'pipeline'),
    ('dwelling', 'expected_resident'), ('person', 'expected_resident'),
    ('indicator', 'comparison'), ('dwelling', 'comparison'),
    ('building', 'tenure_review'), ('dwelling', 'tenure_review'), ('ownership', 'tenure_review'), ('person', 'tenure_review'), ('address_period', 'tenure_review')
$$;
COMMENT ON FUNCTION byudv.input_steps() IS 'Used inside: which steps of a refresh read which input. What a step makes is passed on to later steps by its own changes.';

CREATE FUNCTION byudv.rollup_sources(OUT step text, OUT reads text[]) RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
    SET search_path = pg_catalog, pg_temp AS $$
VALUES ('area_list', ARRAY['dwelling_class']),
    ('stock', ARRAY['dwelling_class', 'residence', 'area_list']),
    ('person_count', ARRAY['dwelling_class', 'residence', 'move', 'area_list', 'stock']),
    ('residence_duration', ARRAY['dwelling_class', 'residence', 'area_list']),
    ('turnover', ARRAY['dwelling_class', 'occupancy', 'area_list']),
    ('chain_summary', ARRAY['dwelling_class', 'vacancy_flow', 'area_list']),
    ('pipeline', ARRAY['dwelling_class']),
    ('expected_resident', ARRAY['dwelling_class', 'residence', 'pipeline']),
    ('comparison', ARRAY['dwelling_class', 'occupancy', 'stock', 'person_count']),
    ('tenure_review', ARRAY['dwelling_class', 'residence', 'data_issue', 'area_list']),
    ('destination', ARRAY['dwelling_class', 'move']),
    ('area_profile', ARRAY['stock', 'person_count', 'turnover', 'residence_duration', 'pipeline'])
$$;
COMMENT ON FUNCTION byudv.rollup_sources() IS 'Used inside: the steps that make roll-ups for views, and the earlier steps whose results each reads. A roll-up is computed whole as soon as one of them has written something.';

CREATE FUNCTION byudv.made_by(table_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE table_name WHEN 'proxy_owner' THEN 'dwelling_class' WHEN 'chain' THEN 'vacancy_flow' WHEN 'dwelling_region' THEN 'area_list' WHEN 'region_area' THEN 'area_list'
    WHEN 'person_measure' THEN 'person_count' WHEN 'duration_curve' THEN 'residence_duration' WHEN 'new_build_stay' THEN 'residence_duration' WHEN 'chain_end' THEN 'chain_summary'
    WHEN 'new_build_rate' THEN 'expected_resident' WHEN 'backtest' THEN 'expected_resident' WHEN 'dwelling_issue' THEN 'tenure_review' END
$$;
COMMENT ON FUNCTION byudv.made_by(text) IS 'Used inside: the step that makes a table of results beside the one of its own name.';

CREATE FUNCTION byudv.step_parameters(step text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT ARRAY['version', 'municipality'] || CASE step
    WHEN 'dwelling_class' THEN ARRAY['rules', 'as_of', 'study_from', 'proxy_more_than']
    WHEN 'residence' THEN ARRAY['as_of', 'follow_region', 'max_gap']
    WHEN 'move' THEN ARRAY['as_of', 'study_from', 'follow_region', 'link_gap', 'death_window']
    WHEN 'occupancy' THEN ARRAY['overlap_tolerance']
    WHEN 'vacancy_flow' THEN ARRAY['as_of', 'study_from', 'follow_region', 'overlap_tolerance', 'group_window', 'link_gap', 'empty_window', 'max_vacancy']
    WHEN 'area_list' THEN ARRAY['as_of', 'study_from']
    WHEN 'stock' THEN ARRAY['as_of', 'study_from']
    WHEN 'person_count' THEN ARRAY['as_of', 'study_from', 'min_cell', 'rules']
    WHEN 'residence_duration' THEN ARRAY['as_of', 'study_from', 'link_gap', 'min_cell']
    WHEN 'turnover' THEN ARRAY['as_of', 'study_from']
    WHEN 'chain_summary' THEN '{}'
    WHEN 'pipeline' THEN ARRAY['as_of', 'rules']
    WHEN 'expected_resident' THEN ARRAY['as_of', 'min_cell']
    WHEN 'comparison' THEN ARRAY['as_of', 'study_from', 'min_cell']
    WHEN 'destination' THEN ARRAY['min_cell']
    WHEN 'area_profile' THEN ARRAY['as_of', 'study_from', 'min_cell', 'rules']
    WHEN 'tenure_review' THEN ARRAY['as_of', 'rules', 'min_cell']
    WHEN 'data_issue' THEN ARRAY['rules', 'as_of', 'study_from', 'proxy_more_than', 'odd_area_m2', 'odd_residents', 'has_owner_names', 'has_areas', 'has_addresses']
END
$$;
COMMENT ON FUNCTION byudv.step_parameters(text) IS 'Used inside: the parameters that a step of a refresh goes by. Where one has changed, the step computes all anew.';

CREATE FUNCTION byudv.monitor_parameters(monitor text) RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting jsonb;
    as_of date;
    rules text := '';
    part text;
    t text;
BEGIN
    EXECUTE format('SELECT to_jsonb(s) - ''singleton'' FROM %I.setting s', monitor) INTO setting;
    IF setting IS NULL THEN
        RAISE EXCEPTION 'monitor "%" has no settings', monitor USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'The one row of its table setting is gone.',
            HINT = format('INSERT INTO %I.setting (municipality) VALUES (...);', monitor);
    END IF;
    as_of := coalesce((setting ->> 'as_of')::date, current_date);
    IF NOT isfinite(as_of) THEN
        RAISE EXCEPTION 'the data date of monitor "%" is infinite', monitor USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('%I.setting.as_of is %s.', monitor, as_of), HINT = format('UPDATE %I.setting SET as_of = NULL; takes the day of the refresh.', monitor);
    END IF;
    setting := setting || jsonb_build_object('as_of', as_of, 'study_from',
        coalesce((setting ->> 'study_from')::date, make_date(extract(year FROM as_of)::int - 10, 1, 1)));
    IF (setting ->> 'study_from')::date = '-infinity' THEN
        RAISE EXCEPTION 'the study window of monitor "%" has no begin', monitor USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('%I.setting.study_from is -infinity.', monitor), HINT = format('UPDATE %I.setting SET study_from = NULL; begins it ten years before.', monitor);
    END IF;
    IF (setting ->> 'study_from')::date >= as_of THEN
        RAISE EXCEPTION 'the study window of monitor "%" is empty', monitor USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('It begins on %s and ends before the data date, %s.', setting ->> 'study_from', setting ->> 'as_of'),
            HINT = format('UPDATE %I.setting SET study_from = NULL; begins it ten years before.', monitor);
    END IF;
    FOREACH t IN ARRAY ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code', 'use_code', 'owner_pattern', 'tenure_rule'] LOOP
        EXECUTE format('SELECT sum(hashtextextended(r::text, 0)::numeric)::text FROM byudv.%I r', t) INTO part;
        rules := rules || coalesce(part, '') || ' ';
    END LOOP;
    EXECUTE format('SELECT $1 || jsonb_build_object(''has_owner_names'', EXISTS (SELECT FROM %1$I.ownership o WHERE o.owner_name IS NOT NULL),
        ''has_areas'', EXISTS (SELECT FROM %1$I.dwelling_area), ''has_addresses'', EXISTS (SELECT FROM %1$I.address_period))', monitor) INTO setting USING setting;
    RETURN setting || jsonb_build_object('rules', encode(sha256(rules::bytea), 'hex'), 'version', (SELECT extversion FROM pg_extension WHERE extname = 'byudv'),
        'min_cell', coalesce(current_setting('byudv.min_cell', true), '3')::int);
END
$$;
COMMENT ON FUNCTION byudv.monitor_parameters(text) IS 'Used inside: what a refresh of now would go by: the settings with the data date and the begin of the study window worked out, whether there are owner names, areas and addresses at all, a hash of code, pattern and rule tables, the version of the extension, byudv.min_cell.';

CREATE FUNCTION byudv.collect_changes(monitor text, full_refresh boolean) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' AS $$
DECLARE
    parameters jsonb := byudv.monitor_parameters(monitor);
    state record;
    fingerprints jsonb := '{}';
    fingerprint text;
    t record;
    tracked boolean;
    relation regclass;
    found boolean;
    differs boolean;
BEGIN
    EXECUTE format('SELECT * FROM %I.state FOR UPDATE', monitor) INTO state;

    -- Inputs that no trigger watches: has their content changed?
    FOR t IN SELECT x.table_name FROM byudv.monitor_tables() x WHERE x.role = 'input' AND EXISTS (SELECT FROM byudv.input_steps() s WHERE s.input = x.table_name)
            ORDER BY x.ordinal LOOP
        relation := to_regclass(format('%I.%I', monitor, t.table_name));
        IF relation IS NULL THEN
            RAISE EXCEPTION 'monitor "%" has no table %', monitor, t.table_name USING ERRCODE = 'undefined_table',
                DETAIL = 'It is one of its inputs.', HINT = format('SELECT byudv.upgrade_monitor(%L); makes it again, empty.', monitor);
        END IF;
        tracked := byudv.is_tracked(relation);
        differs := tracked AND state.fingerprints ? t.table_name;    -- it was not watched till now
        IF NOT tracked THEN
            EXECUTE format('SELECT concat(count(*), '' '', sum(hashtextextended((r.*)::text, 0)::numeric)) FROM %s r', relation) INTO fingerprint;
            fingerprints := fingerprints || jsonb_build_object(t.table_name, fingerprint);
            differs := state.fingerprints ->> t.table_name IS DISTINCT FROM fingerprint;
        END IF;
        IF differs THEN
            EXECUTE format('INSERT INTO %I.pending (step) SELECT s.step FROM byudv.input_steps() s WHERE s.input = $1', monitor) USING t.table_name;
        END IF;
    END LOOP;

    -- What triggers have noted. What is noted later than this statement's snapshot stays for the next refresh.
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.change)', monitor) INTO found;
    IF found THEN
        EXECUTE format($q$WITH gone AS (DELETE FROM %1$I.change RETURNING input, key_kind, key)
            INSERT INTO %1$I.pending (step, key_kind, key) SELECT DISTINCT s.step, CASE WHEN u.step IS NULL THEN g.key_kind END, CASE WHEN u.step IS NULL THEN g.key END
            FROM gone g JOIN byudv.input_steps() s ON s.input = g.input LEFT JOIN byudv.rollup_sources() u ON u.step = s.step    -- roll-ups are computed whole
            -- where a step has all to do, single keys add nothing
            WHERE s.step NOT IN (SELECT p.step FROM %1$I.pending p WHERE p.key IS NULL)$q$, monitor);
    END IF;

    -- Parameters: each step that goes by one that has changed
    FOR t IN SELECT s.step FROM unnest(byudv.refresh_steps()) s (step)
            WHERE full_refresh OR EXISTS (SELECT FROM unnest(byudv.step_parameters(s.step)) k WHERE state.parameters -> k IS DISTINCT FROM parameters -> k) LOOP
        EXECUTE format('INSERT INTO %I.pending (step) VALUES ($1)', monitor) USING t.step;
    END LOOP;
    IF state.parameters <> parameters OR state.fingerprints <> fingerprints THEN
        EXECUTE format('UPDATE %I.state SET parameters = $1, fingerprints = $2', monitor) USING parameters, fingerprints;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.pending)', monitor) INTO found;
    RETURN found;
END
$$;
COMMENT ON FUNCTION byudv.collect_changes(text, boolean) IS 'Used inside: moves what has changed since the last refresh into table pending, by step; true if there is anything to do.';

CREATE FUNCTION byudv.begin_scope(monitor text, step text, query text, whole text) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n bigint;
    everything boolean;
    size real;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.pending p WHERE p.step = $1 AND p.key IS NULL)', monitor) INTO everything USING step;
    IF everything THEN
        RETURN 'all';
    END IF;
    DROP TABLE IF EXISTS pg_temp.byudv_scope;
    CREATE TEMPORARY TABLE byudv_scope (key bigint PRIMARY KEY) ON COMMIT DROP;
    EXECUTE format('INSERT INTO pg_temp.byudv_scope SELECT q.key FROM (%s) q (key) WHERE q.key IS NOT NULL GROUP BY q.key', format(query, monitor, quote_literal(step)));
    GET DIAGNOSTICS n = ROW_COUNT;
    -- Much of it costs more than all of it.
    SELECT c.reltuples INTO size FROM pg_class c WHERE c.oid = to_regclass(format('%I.%I', monitor, whole));
    IF n > 1000 AND n > 0.2 * size OR size < 0 THEN
        RETURN 'all';
    END IF;
    ANALYZE pg_temp.byudv_scope;
    RETURN n::text;
END
$$;
COMMENT ON FUNCTION byudv.begin_scope(text, text, text, text) IS 'Used inside: the keys that a step has to compute anew, into pg_temp.byudv_scope, by a query in which %1$I is the monitor and %2$s the step. Returns all, where everything is to be computed, or that is cheaper, else how many keys.';

CREATE FUNCTION byudv.merge_rows(monitor text, table_name text, key text[], scope text DEFAULT NULL, OUT rows_added bigint, OUT rows_removed bigint, OUT first_time boolean) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := format('%I.%I', monitor, table_name);
    columns text;
    found text;     -- the columns of a row t of the table
    made text;      -- and of one of byudv_new, n
    either text;    -- of that which there is
    found_by text;  -- the key
    made_by text;
    size real;
BEGIN
    SELECT string_agg(format('%I', k.column_name), ', ' ORDER BY k.ordinal), string_agg(format('t.%I', k.column_name), ', ' ORDER BY k.ordinal),
        string_agg(format('n.%I', k.column_name), ', ' ORDER BY k.ordinal), string_agg(format('coalesce(t.%1$I, n.%1$I) AS %1$I', k.column_name), ', ' ORDER BY k.ordinal)
    INTO columns, found, made, either FROM byudv.monitor_columns() k WHERE k.table_name = merge_rows.table_name;
    SELECT string_agg(format('t.%I', x), ', '), string_agg(format('n.%I', x), ', ') INTO found_by, made_by FROM unnest(key) x;
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', target) INTO first_time;
    rows_removed := 0;
    IF first_time THEN
        EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM pg_temp.byudv_new', target, columns, columns);
        GET DIAGNOSTICS rows_added = ROW_COUNT;
        PERFORM byudv.ensure_indexes(monitor, table_name);
        EXECUTE format('ANALYZE %s', target);
        RETURN;
    END IF;
    PERFORM byudv.ensure_indexes(monitor, table_name);
    DROP TABLE IF EXISTS pg_temp.byudv_difference, pg_temp.byudv_added, pg_temp.byudv_removed;
    ANALYZE pg_temp.byudv_new;
    -- Both sides are read once, and rows meet by one number for their key, since a join by each of its columns takes several times as long
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_difference ON COMMIT DROP AS SELECT t.row_at, %1$s
        FROM (SELECT t.ctid AS row_at, hash_record_extended(ROW(%2$s), 0) AS digest, t.* FROM %3$s t WHERE %4$s) t
        FULL JOIN (SELECT n.ctid AS row_at, hash_record_extended(ROW(%5$s), 0) AS digest, n.* FROM pg_temp.byudv_new n) n ON n.digest = t.digest AND ROW(%6$s) IS NOT DISTINCT FROM ROW(%7$s)
        WHERE t.row_at IS NULL OR n.row_at IS NULL$q$, either, found_by, target, coalesce(scope, 'true'), made_by, made, found);
    CREATE TEMPORARY TABLE byudv_removed ON COMMIT DROP AS SELECT d.* FROM pg_temp.byudv_difference d WHERE d.row_at IS NOT NULL;
    GET DIAGNOSTICS rows_removed = ROW_COUNT;
    EXECUTE format('CREATE TEMPORARY TABLE byudv_added ON COMMIT DROP AS SELECT %s FROM pg_temp.byudv_difference d WHERE d.row_at IS NULL', columns);
    GET DIAGNOSTICS rows_added = ROW_COUNT;
    IF rows_removed > 0 THEN
        ANALYZE pg_temp.byudv_removed;
        EXECUTE format('DELETE FROM %s t USING pg_temp.byudv_removed r WHERE t.ctid = r.row_at', target);
    END IF;
    IF rows_added > 0 THEN
        EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM pg_temp.byudv_added', target, columns, columns);
    END IF;
    SELECT c.reltuples INTO size FROM pg_class c WHERE c.oid = to_regclass(target);
    IF rows_added + rows_removed > 0.1 * size THEN
        EXECUTE format('ANALYZE %s', target);
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.merge_rows(text, text, text[], text) IS 'Used inside: makes a table of results equal to pg_temp.byudv_new, all of it or the rows t that the condition scope holds for, by writing only rows that differ. key: columns without NULL by which rows are found. What was written and removed is in pg_temp.byudv_added and byudv_removed, unless the table was empty (first_time).';

CREATE FUNCTION byudv.note_pending(monitor text, step text, key_kind text, query text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO %I.pending (step, key_kind, key) SELECT DISTINCT $1, $2, q.key FROM (%s) q (key) WHERE q.key IS NOT NULL', monitor, query) USING step, key_kind;
END
$$;
COMMENT ON FUNCTION byudv.note_pending(text, text, text, text) IS 'Used inside: gives a later step keys to compute anew.';
