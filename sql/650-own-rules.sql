-- Rules of one's own as one value: to carry them to another database, to keep them as a file, and to bring them to every node of a cluster, where each
-- node decides by the rows of its own tables.

CREATE FUNCTION byudv.own_rules() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'dwelling_type_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.code COLLATE "C") FROM byudv.dwelling_type_code t WHERE NOT t.is_builtin),
        'owner_kind_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.code COLLATE "C") FROM byudv.owner_kind_code t WHERE NOT t.is_builtin),
        'tenure_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.code COLLATE "C") FROM byudv.tenure_code t WHERE NOT t.is_builtin),
        'register_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.list COLLATE "C", t.code COLLATE "C") FROM byudv.register_code t WHERE NOT t.is_builtin),
        'use_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.domain COLLATE "C", t.code) FROM byudv.use_code t WHERE NOT t.is_builtin),
        'owner_pattern', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.pattern COLLATE "C", t.match COLLATE "C") FROM byudv.owner_pattern t WHERE NOT t.is_builtin),
        'tenure_rule', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.norm COLLATE "C", t.rule_id) FROM byudv.tenure_rule t WHERE NOT t.is_builtin)))
$$;
COMMENT ON FUNCTION byudv.own_rules() IS 'Your own rows of all code, pattern and rule tables as one value: an object with an array of rows for each table that has any, columns that are NULL left out. Equal rows give equal values. byudv.load_own_rules() takes it, in this or another database.';

CREATE FUNCTION byudv.load_own_rules(rules jsonb) RETURNS integer
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- what others name comes first
    tables text[] := ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code', 'use_code', 'owner_pattern', 'tenure_rule'];
    hint text := 'Give what byudv.own_rules() gives: {"tenure_rule": [{"norm": "corrected", "rule_id": 9, ...}], ...}.';
    t text;
    bad text;
    columns text;
    expressions text;
BEGIN
    IF rules IS NULL THEN
        RAISE EXCEPTION 'no rules are given' USING ERRCODE = 'null_value_not_allowed', HINT = hint || ' An empty object takes all rows of your own away.';
    END IF;
    IF jsonb_typeof(rules) <> 'object' THEN
        RAISE EXCEPTION 'rules are not an object of tables' USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It is of type %s.', jsonb_typeof(rules)), HINT = hint;
    END IF;
    SELECT k INTO bad FROM jsonb_object_keys(rules) k WHERE k <> ALL (tables) ORDER BY k LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no table of rules "%"', bad USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('The tables are: %s.', array_to_string(tables, ', ')),
            HINT = 'If a later version of byudv has written the rules: ALTER EXTENSION byudv UPDATE.';
    END IF;
    FOREACH t IN ARRAY tables LOOP
        CONTINUE WHEN NOT rules ? t;
        IF jsonb_typeof(rules -> t) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(rules -> t) e WHERE jsonb_typeof(e) <> 'object') THEN
            RAISE EXCEPTION 'rules of table "%" are not an array of rows', t USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('They are: %s', left((rules -> t)::text, 60)), HINT = hint;
        END IF;
        SELECT k INTO bad FROM jsonb_array_elements(rules -> t) e, jsonb_object_keys(e) k
        WHERE k = 'is_builtin' OR NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ('byudv.' || t)::regclass AND a.attname = k AND a.attnum > 0 AND NOT a.attisdropped)
        ORDER BY k LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'rows of one''s own in byudv.% have no column "%"', t, bad USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('The columns are: %s.', (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
                    WHERE a.attrelid = ('byudv.' || t)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'is_builtin')),
                HINT = 'If a later version of byudv has written the rules: ALTER EXTENSION byudv UPDATE.';
        END IF;
    END LOOP;

    IF rules IS DISTINCT FROM byudv.own_rules() THEN
        -- two loads at once would each delete what was there before, and then both insert
        LOCK TABLE byudv.dwelling_type_code, byudv.owner_kind_code, byudv.tenure_code, byudv.register_code, byudv.use_code, byudv.owner_pattern, byudv.tenure_rule
            IN SHARE ROW EXCLUSIVE MODE;
        -- each statement's trigger checks the whole set: so what names others goes first, and comes last
        FOR i IN REVERSE cardinality(tables) .. 1 LOOP
            EXECUTE format('DELETE FROM byudv.%I WHERE NOT is_builtin', tables[i]);
        END LOOP;
        FOREACH t IN ARRAY tables LOOP
            CONTINUE WHEN coalesce(jsonb_array_length(rules -> t), 0) = 0;
            SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
                string_agg(CASE WHEN d.adbin IS NULL THEN format('r.%I', a.attname) ELSE format('coalesce(r.%I, %s)', a.attname, pg_get_expr(d.adbin, d.adrelid)) END, ', ' ORDER BY a.attnum)
            INTO columns, expressions
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ('byudv.' || t)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'is_builtin';
            EXECUTE format('INSERT INTO byudv.%1$I (%2$s) SELECT %3$s FROM jsonb_populate_recordset(NULL::byudv.%1$I, $1) r', t, columns, expressions) USING rules -> t;
        END LOOP;
    END IF;
    RETURN (SELECT coalesce(sum(jsonb_array_length(r.value)), 0) FROM jsonb_each(byudv.own_rules()) r);
END
$$;
COMMENT ON FUNCTION byudv.load_own_rules(jsonb) IS 'Puts the rows that byudv.own_rules() has given, here or in another database, in the place of your own rows of all code, pattern and rule tables; built-in rows stay. A table that is not named gets none, a column that is left out its default. Returns how many rows of your own there are afterwards. Where they are there already nothing is written. Needs the rights to insert into and delete from these tables. Errors: NULL; what is no object of arrays of rows; a table or column that is not known; rows that make no valid rule set, with the messages of the tables, and then nothing is changed.';

CREATE FUNCTION byudv.citus_sync_rules(OUT node_name text, OUT node_port integer, OUT own_rows integer) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    node record;
    nodes int := 0;
    failures text[] := '{}';
    local_group int;
BEGIN
    IF to_regproc('pg_catalog.run_command_on_workers') IS NULL THEN
        RAISE EXCEPTION 'Citus is not installed in this database' USING ERRCODE = 'feature_not_supported',
            DETAIL = 'There is no function pg_catalog.run_command_on_workers().',
            HINT = 'On other servers, run what this gives: SELECT format(''SELECT byudv.load_own_rules(%L)'', byudv.own_rules()).';
    END IF;
    IF to_regclass('pg_catalog.pg_dist_local_group') IS NOT NULL THEN
        EXECUTE 'SELECT groupid FROM pg_catalog.pg_dist_local_group' INTO local_group;
        IF local_group <> 0 THEN
            RAISE EXCEPTION 'rules are brought to the workers from the coordinator' USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('This is a worker, group %s.', local_group), HINT = 'Change the rules on the coordinator, and call byudv.citus_sync_rules() there.';
        END IF;
    END IF;
    -- one statement with one value as its result, which is what run_command_on_workers() takes
    FOR node IN EXECUTE 'SELECT nodename, nodeport, success, result FROM pg_catalog.run_command_on_workers($1) ORDER BY 1, 2'
        USING format('SELECT byudv.load_own_rules(%L)', byudv.own_rules()) LOOP
        nodes := nodes + 1;
        IF node.success THEN
            node_name := node.nodename;
            node_port := node.nodeport;
            own_rows := node.result::int;
            RETURN NEXT;
        ELSE
            failures := failures || format('%s:%s: %s', node.nodename, node.nodeport, node.result);
        END IF;
    END LOOP;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'the rules did not reach % of % workers', cardinality(failures), nodes USING ERRCODE = 'external_routine_exception',
            DETAIL = array_to_string(failures, E'\n'),
            HINT = 'The other workers have them. Every worker needs byudv in this version; put right what is said here, and call byudv.citus_sync_rules() again.';
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.citus_sync_rules() IS 'On the coordinator of a Citus cluster: brings your own rows of all code, pattern and rule tables to every worker, since each node decides by its own tables. Call it after each change, and after adding a node. One row for each worker: its name and port, and how many rows of your own it has now; none where there are no workers. Each worker changes in a transaction of its own, and stays as it is where it has the rows already; what this transaction has changed reaches the workers whether or not it commits. Needs on the workers what byudv.load_own_rules() needs. Errors: Citus is not installed, or this is a worker; a worker that did not take the rows, with what it said, while the others have them.';
