-- byudv 1.0 to 1.1
\echo Use "ALTER EXTENSION byudv UPDATE" to load this file. \quit

-- Who else may add to schema byudv. Functions here call each other by schema byudv. Whoever may add others to it, of the same names for other types of arguments, would be called in their place.
DO $$
DECLARE
    who pg_catalog.text;
BEGIN
    SELECT pg_catalog.string_agg(DISTINCT pg_catalog.pg_get_userbyid(x.role)::pg_catalog.text, ', ') INTO who
    FROM pg_catalog.pg_namespace n, LATERAL (SELECT n.nspowner AS role
        UNION ALL SELECT a.grantee FROM pg_catalog.aclexplode(n.nspacl) a WHERE a.privilege_type = 'CREATE'
        UNION ALL SELECT p.proowner FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid
        UNION ALL SELECT o.oprowner FROM pg_catalog.pg_operator o WHERE o.oprnamespace = n.oid
        UNION ALL SELECT t.typowner FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid
        UNION ALL SELECT c.relowner FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid) x
    WHERE n.nspname = 'byudv' AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid = x.role AND (r.rolsuper OR r.rolname = current_user));
    IF who IS NOT NULL THEN
        RAISE EXCEPTION 'schema byudv belongs to others as well' USING ERRCODE = 'insufficient_privilege',
            DETAIL = pg_catalog.format('Not only superusers own it or something in it, or may create there, but also: %s.', pg_catalog.replace(who, 'unknown (OID=0)', 'PUBLIC')),
            HINT = 'Drop it, or what these roles have there; or: ALTER SCHEMA byudv OWNER TO CURRENT_USER; REVOKE CREATE ON SCHEMA byudv FROM ...;';
    END IF;
END
$$;

-- Functions that are written into the query that calls them have operators of pg_catalog now, wherever that is on the caller's search_path.
CREATE OR REPLACE FUNCTION byudv.owner_occupied(registered_use int) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE registered_use WHEN 1 THEN false WHEN 2 THEN true END;

-- Those of one attribute are a dozen; the planner divides by 200.
ALTER FUNCTION byudv.bi_codes() ROWS 2000;

CREATE OR REPLACE FUNCTION byudv.age_band(age int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN age IS NULL OR age < 0 THEN 'unknown' WHEN age < 6 THEN '00-05' WHEN age < 17 THEN '06-16' WHEN age < 25 THEN '17-24' WHEN age < 35 THEN '25-34' WHEN age < 50 THEN '35-49'
    WHEN age < 65 THEN '50-64' WHEN age < 80 THEN '65-79' ELSE '80+' END;

CREATE OR REPLACE FUNCTION byudv.age_on(born_on date, day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN isfinite(born_on) AND isfinite(day) THEN (extract(year FROM day) - extract(year FROM born_on))::int
    - (extract(month FROM day) * 100 + extract(day FROM day) < extract(month FROM born_on) * 100 + extract(day FROM born_on))::int END;

CREATE OR REPLACE FUNCTION byudv.size_band(area_m2 int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN area_m2 IS NULL OR area_m2 <= 0 THEN 'unknown' WHEN area_m2 < 50 THEN 'under_50' WHEN area_m2 < 75 THEN '50_74' WHEN area_m2 < 100 THEN '75_99' WHEN area_m2 < 125 THEN '100_124'
    WHEN area_m2 < 150 THEN '125_149' ELSE '150_up' END;

CREATE OR REPLACE FUNCTION byudv.prediction_limit(mean double precision, variance double precision, freedom int, upper_one boolean) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN mean > 0 THEN round(mean * greatest(0, 1 - variance / (9 * mean * mean) + CASE WHEN upper_one THEN 1 ELSE -1 END * t * sqrt(variance) / (3 * mean)) ^ 3)::int WHEN mean = 0 THEN 0 END
    FROM (SELECT 1.959964 + 2.372271 / freedom + 2.822498 / freedom ^ 2 + 2.555850 / freedom ^ 3 + 1.589536 / freedom ^ 4 AS t WHERE freedom > 1) q;
END;

CREATE OR REPLACE FUNCTION byudv.register_key(key text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5
RETURN ('x' OPERATOR(pg_catalog.||) pg_catalog.encode(pg_catalog.substr(pg_catalog.sha256(pg_catalog.decode(pg_catalog.replace(pg_catalog.lower(pg_catalog.btrim(key, '{} ') COLLATE pg_catalog."C"),
    pg_catalog.chr(92), pg_catalog.chr(92) OPERATOR(pg_catalog.||) pg_catalog.chr(92)), 'escape')), 1, 8), 'hex'))::pg_catalog.bit(64)::pg_catalog.int8
    OPERATOR(pg_catalog.&) 9223372036854775807;

CREATE OR REPLACE FUNCTION byudv.address_key(municipality text, road_code text, house_number text, floor text DEFAULT NULL, door text DEFAULT NULL) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5
RETURN pg_catalog.lower((
    NULLIF(pg_catalog.ltrim(pg_catalog.btrim(municipality), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    NULLIF(pg_catalog.ltrim(pg_catalog.btrim(road_code), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    NULLIF(pg_catalog.ltrim(pg_catalog.btrim(house_number), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    COALESCE(pg_catalog.ltrim(pg_catalog.btrim(floor, ' .'), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    COALESCE(pg_catalog.ltrim(pg_catalog.btrim(door, ' .'), '0'), '')) COLLATE pg_catalog."C");

-- A superuser does not use what belongs to other roles, which would run with its rights; and monitors() reads no tables of theirs.
CREATE FUNCTION byudv.may_act_for(owner oid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT pg_has_role(owner, 'USAGE') AND (NOT me.rolsuper OR (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = owner) OR owner IN (
    WITH RECURSIVE mine (role) AS (SELECT me.oid UNION SELECT m.roleid FROM pg_auth_members m JOIN mine ON mine.role = m.member) SELECT mine.role FROM mine))
FROM pg_roles me WHERE me.rolname = current_user
$$;
COMMENT ON FUNCTION byudv.may_act_for(oid) IS 'Used inside: whether the caller is this role or a member of it, so that it may use a monitor of that role''s. A superuser is a member only where it was made one, or where the role is a superuser, too.';

CREATE FUNCTION byudv.refuse_superuser(what text, owner oid) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF pg_has_role(owner, 'USAGE') AND NOT byudv.may_act_for(owner) THEN
        RAISE EXCEPTION '% belongs to another role, and you are a superuser', what USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('It belongs to role %s. What that role has put there, such as views and triggers, would run with your rights.', pg_get_userbyid(owner)),
            HINT = format('Connect as %I; in pg_cron: a job of that role. If it may do all that you may: GRANT %I TO %I;', pg_get_userbyid(owner), pg_get_userbyid(owner), current_user);
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refuse_superuser(text, oid) IS 'Used inside: an error that says what to do, where a superuser is about to use what belongs to a role that it is no member of (see may_act_for()). what: the thing, as the message calls it.';

CREATE OR REPLACE FUNCTION byudv.require_monitor(monitor text) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    schema_row record;
    layout int;
BEGIN
    IF monitor IS NULL THEN
        RAISE EXCEPTION 'no monitor is named' USING ERRCODE = 'null_value_not_allowed', HINT = 'Give the name that byudv.create_monitor() was given.';
    END IF;
    SELECT n.oid, n.nspowner INTO schema_row FROM pg_namespace n WHERE n.nspname = monitor;
    -- to_regclass() would stop at the missing right to look into the schema
    IF (SELECT count(*) FROM pg_class c WHERE c.relnamespace = schema_row.oid AND c.relname IN ('state', 'setting')) < 2 THEN
        RAISE EXCEPTION 'there is no monitor "%"', monitor USING ERRCODE = 'invalid_schema_name',
            DETAIL = CASE WHEN schema_row.oid IS NULL THEN 'No schema has this name.' ELSE 'The schema of this name has not the tables of a monitor.' END
                || coalesce(' There are: ' || (SELECT string_agg(m.monitor, ', ' ORDER BY m.monitor COLLATE "C") FROM byudv.monitors() m) || '.', ' There is no monitor yet.'),
            HINT = format('SELECT byudv.create_monitor(%L, 151) makes one for municipality 151.', monitor);
    END IF;
    IF NOT pg_has_role(schema_row.nspowner, 'USAGE') THEN
        RAISE EXCEPTION 'permission denied for monitor "%"', monitor USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('It belongs to role %s, and you are %s.', pg_get_userbyid(schema_row.nspowner), current_user),
            HINT = 'Its owner, or a member of the role that owns it, can do this.';
    END IF;
    PERFORM byudv.refuse_superuser(format('monitor "%s"', monitor), schema_row.nspowner);
    EXECUTE format('SELECT s.layout FROM %I.state s', monitor) INTO layout;
    IF layout IS DISTINCT FROM byudv.monitor_layout() THEN
        RAISE EXCEPTION 'monitor "%" was made by another version of the extension', monitor USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Its layout is %s, and this version works with %s.', coalesce(layout::text, 'not known'), byudv.monitor_layout()),
            HINT = CASE WHEN layout > byudv.monitor_layout() THEN 'Update the extension: ALTER EXTENSION byudv UPDATE.' ELSE format('SELECT byudv.upgrade_monitor(%L);', monitor) END;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION byudv.monitors(OUT monitor text, OUT owner name, OUT layout int) RETURNS SETOF record
    LANGUAGE plpgsql STABLE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT n.nspname, n.nspowner FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'state' AND c.relkind = 'r'
            WHERE EXISTS (SELECT FROM pg_class s WHERE s.relnamespace = n.oid AND s.relname = 'setting' AND s.relkind = 'r')
                AND EXISTS (SELECT FROM pg_class s WHERE s.relnamespace = n.oid AND s.relname = 'run_log' AND s.relkind = 'r')
            ORDER BY n.nspname LOOP
        monitor := found.nspname;
        owner := pg_get_userbyid(found.nspowner);
        layout := NULL;
        -- Everybody who may make a schema can make one that looks like a monitor, and reading a table can run what its owner likes.
        IF byudv.may_act_for(found.nspowner) AND has_schema_privilege(found.nspname, 'USAGE') AND has_table_privilege(format('%I.state', found.nspname), 'SELECT') THEN
            EXECUTE format('SELECT s.layout FROM %I.state s', found.nspname) INTO layout;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.monitors() IS 'The monitors of this database, who owns each, and its layout (NULL where the caller is neither the owner nor a member of that role; a superuser counts as a member where it was made one).';

CREATE OR REPLACE FUNCTION byudv.create_monitor(name text, municipality int DEFAULT NULL) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    owner oid;
    known text;
BEGIN
    IF name IS NULL OR name = '' THEN
        RAISE EXCEPTION 'the monitor has no name' USING ERRCODE = 'invalid_parameter_value', HINT = 'SELECT byudv.create_monitor(''ballerup'', 151);';
    END IF;
    IF octet_length(name) > 63 THEN
        RAISE EXCEPTION 'the name of the monitor is too long' USING ERRCODE = 'name_too_long',
            DETAIL = format('"%s" has %s bytes; the name of a schema has at most 63.', name, octet_length(name)), HINT = 'Give a shorter name.';
    END IF;
    IF name IN ('byudv', 'public', 'information_schema') OR name LIKE 'pg\_%' THEN
        RAISE EXCEPTION 'a monitor cannot be called "%"', name USING ERRCODE = 'reserved_name',
            DETAIL = 'A monitor has a schema of its own, and this one is for something else.', HINT = 'Give another name, such as that of the municipality.';
    END IF;
    IF municipality IS NOT NULL AND NOT EXISTS (SELECT FROM byudv.register_code r WHERE r.list = 'municipality' AND r.code = municipality::text) THEN
        RAISE EXCEPTION 'there is no municipality %', municipality USING ERRCODE = 'invalid_parameter_value',
            DETAIL = 'The list municipality of byudv.register_code has no such code.',
            HINT = 'SELECT code, label_da FROM byudv.register_code WHERE list = ''municipality''; or give NULL to study all dwellings that are loaded.';
    END IF;
    SELECT n.nspowner INTO owner FROM pg_namespace n WHERE n.nspname = name;
    IF owner IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', name);
    ELSE
        IF NOT pg_has_role(owner, 'USAGE') THEN
            RAISE EXCEPTION 'permission denied for schema "%"', name USING ERRCODE = 'insufficient_privilege',
                DETAIL = format('It belongs to role %s, and you are %s.', pg_get_userbyid(owner), current_user), HINT = 'Give another name.';
        END IF;
        PERFORM byudv.refuse_superuser(format('schema "%s"', name), owner);
        SELECT c.relname INTO known FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = name ORDER BY c.relname LIMIT 1;
        IF known IS NOT NULL THEN
            RAISE EXCEPTION 'schema "%" exists and is not empty', name USING ERRCODE = 'duplicate_schema',
                DETAIL = format('It has %s, for one.', known),
                HINT = CASE WHEN EXISTS (SELECT FROM byudv.monitors() m WHERE m.monitor = name) THEN 'It is a monitor already; to make it anew, drop the schema first, with all that is in it.'
                    ELSE 'Give another name, or an empty schema.' END;
        END IF;
    END IF;
    PERFORM byudv.ensure_monitor(name);
    EXECUTE format('INSERT INTO %I.setting (municipality) VALUES ($1)', name) USING municipality;
    EXECUTE format('DELETE FROM %I.change', name);    -- nothing is there that could have changed
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, concat('byudv monitor', ' of municipality ' || municipality));
    RETURN format('Monitor %s is made. Fill its input tables, look at SELECT * FROM byudv.check_monitor(%L), then CALL byudv.refresh(%L).', name, name, name);
END
$$;

CREATE OR REPLACE FUNCTION byudv.upgrade_monitor(name text) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    layout int;
BEGIN
    -- all that a refresh asks for, but for the layout
    IF NOT EXISTS (SELECT FROM byudv.monitors() m WHERE m.monitor = name AND byudv.may_act_for((SELECT r.oid FROM pg_roles r WHERE r.rolname = m.owner))) THEN
        PERFORM byudv.require_monitor(name);
    END IF;
    EXECUTE format('SELECT s.layout FROM %I.state s', name) INTO layout;
    IF layout > byudv.monitor_layout() THEN
        PERFORM byudv.require_monitor(name);
    END IF;
    PERFORM byudv.ensure_monitor(name);
    IF layout = byudv.monitor_layout() THEN
        RETURN format('Monitor %s is up to date (layout %s); what was missing is there again.', name, layout);
    END IF;
    -- Whatever a new layout computes otherwise is computed anew.
    EXECUTE format('INSERT INTO %I.pending (step) SELECT unnest(byudv.refresh_steps())', name);
    RETURN format('Monitor %s is brought from layout %s to %s. CALL byudv.refresh(%L) computes it anew.', name, coalesce(layout::text, 'unknown'), byudv.monitor_layout(), name);
END
$$;

-- Rules of one's own as one value, and to every node of a cluster (650-own-rules.sql)

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

-- help() names them (999-help.sql)

CREATE OR REPLACE FUNCTION byudv.help_list(OUT ordinal int, OUT task text, OUT what text, OUT function text, OUT example text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, pg_temp AS $help$
SELECT (row_number() OVER ())::int, v.task, v.what, v.function, v.example
FROM (VALUES
('classify', 'Type and tenure of all dwellings of a table or view', 'classify_dwellings', $$SELECT * FROM byudv.classify_dwellings('my_dwellings')$$),
('classify', 'Tenure of one dwelling: owner code, building use, owner name, defect insurance', 'tenure', $$SELECT byudv.tenure(10, 140, 'AAB AFD 55', NULL)$$),
('classify', 'Type of one dwelling: unit use, building use, unit kind', 'dwelling_type', $$SELECT byudv.dwelling_type(140, 140, '1')$$),
('classify', 'Whether the owner lives there, from the registered use', 'owner_occupied', $$SELECT byudv.owner_occupied(2)$$),
('classify', 'What kind of owner a name tells', 'owner_kind', $$SELECT byudv.owner_kind('A/B Lupinhaven')$$),
('classify', 'Which housing organisation a name belongs to', 'owner_organisation', $$SELECT byudv.owner_organisation('AAB AFD 55')$$),
('classify', 'Owner names in one spelling', 'normalise_owner_name', $$SELECT byudv.normalise_owner_name('Boligforeningen AAB Afd. 55 v/ Jensen')$$),

('explain', 'Tenure with rule, certainty and a Danish reason', 'tenure_decision', $$SELECT * FROM byudv.tenure_decision(10, 140, 'AAB AFD 55', NULL)$$),
('explain', 'Every rule, and why it did or did not decide', 'explain_tenure', $$SELECT * FROM byudv.explain_tenure(10, 140, 'AAB AFD 55', NULL) WHERE outcome <> 'no match'$$),
('explain', 'Why a dwelling is of its type', 'explain_dwelling_type', $$SELECT byudv.explain_dwelling_type(140, 140, '1')$$),
('explain', 'Which pattern decides on an owner name', 'owner_match', $$SELECT * FROM byudv.owner_match('AAB AFD 55')$$),
('explain', 'All patterns that match an owner name', 'owner_matches', $$SELECT * FROM byudv.owner_matches('AAB AFD 55')$$),

('codes', 'Label of a code, in Danish or English', 'label', $$SELECT byudv.label('tenure', 'social')$$),
('codes', 'Dwelling types', 'dwelling_types', $$SELECT * FROM byudv.dwelling_types()$$),
('codes', 'Tenures', 'tenure_codes', $$SELECT * FROM byudv.tenure_codes()$$),
('codes', 'Norms of tenure: the register, Statistics Denmark, corrected, and your own', 'tenure_norms', $$SELECT * FROM byudv.tenure_norms()$$),
('codes', 'Kinds of owner', 'owner_kinds', $$SELECT * FROM byudv.owner_kinds()$$),
('codes', 'Owner codes of the register', 'owner_codes', $$SELECT * FROM byudv.owner_codes()$$),
('codes', 'Codes of defect insurance', 'insurance_codes', $$SELECT * FROM byudv.insurance_codes()$$),
('codes', 'Codes of public support', 'support_codes', $$SELECT * FROM byudv.support_codes()$$),

('rules', 'Your own rules, patterns and codes as one value', 'own_rules', $$SELECT byudv.own_rules()$$),
('rules', 'Put such a value into a database, in the place of your own rows there', 'load_own_rules', $$SELECT byudv.load_own_rules(byudv.own_rules())$$),
('rules', 'Bring your own rows to every worker of a Citus cluster', 'citus_sync_rules', $$SELECT * FROM byudv.citus_sync_rules()$$),

('durations', 'Summary of stays that a register saw from one day to another', 'survival_agg',
    $$CREATE TEMPORARY TABLE stay AS SELECT c.tenure, byudv.survival_agg(o.from_date, o.to_date, '2016-01-01', '2026-01-01') AS s FROM birkelev.occupancy o JOIN birkelev.dwelling_class c USING (dwelling_id) GROUP BY c.tenure$$),
('durations', 'What a summary rests on', 'survival_counts', $$SELECT tenure, n.* FROM stay, byudv.survival_counts(s) n$$),
('durations', 'Median duration with limits', 'survival_median', $$SELECT tenure, m.* FROM stay, byudv.survival_median(s) m$$),
('durations', 'Any other share: days by which a quarter has left', 'survival_quantile', $$SELECT tenure, q.* FROM stay, byudv.survival_quantile(s, 0.25) q$$),
('durations', 'Share that stays longer than a year', 'survival_at', $$SELECT tenure, byudv.survival_at(s, 365) FROM stay$$),
('durations', 'The same with limits', 'survival_estimate', $$SELECT tenure, e.* FROM stay, byudv.survival_estimate(s, 365) e$$),
('durations', 'The whole curve', 'survival_curve', $$SELECT tenure, c.* FROM stay, byudv.survival_curve(s) c$$),
('durations', 'From when on enough are observed to trust the curve', 'survival_start', $$SELECT tenure, byudv.survival_start(s, 30) FROM stay$$),
('durations', 'What those do who have stayed a year already', 'conditional_survival', $$SELECT tenure, m.* FROM stay, byudv.survival_median(byudv.conditional_survival(s, 365)) m$$),
('durations', 'Mean days within the first two years', 'restricted_mean', $$SELECT tenure, m.* FROM stay, byudv.restricted_mean(s, 730) m$$),
('durations', 'Moves per dwelling-year with limits', 'turnover_rate', $$SELECT tenure, t.* FROM stay, byudv.turnover_rate(s) t$$),
('durations', 'Whether groups differ: log-rank test', 'log_rank', $$SELECT * FROM byudv.log_rank(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM stay))$$),
('durations', 'Observed and expected in each group of that test', 'log_rank_groups', $$SELECT * FROM byudv.log_rank_groups(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM stay))$$),
('durations', 'Merge summaries: all tenures together', 'rollup', $$SELECT m.* FROM (SELECT byudv.rollup(s) AS s FROM stay) x, byudv.survival_median(x.s) m$$),
('durations', 'How a register sees one stay', 'observation', $$SELECT * FROM byudv.observation('2012-05-01', '2017-03-01', '2016-01-01', '2026-01-01')$$),
('durations', 'A stay cut at each New Year and at 1, 2, 5, 10 years: rates by year', 'exposure', $$SELECT * FROM byudv.exposure('2012-05-01', '2017-03-01')$$),

('ends', 'Summary of stays that end in one of several ways', 'competing_risks_agg',
    $$CREATE TEMPORARY TABLE ending AS SELECT byudv.competing_risks_agg(r.from_date, r.to_date, CASE m.departure WHEN 'internal' THEN 1 WHEN 'died' THEN 3 ELSE 2 END, '2016-01-01', '2026-01-01') AS c FROM birkelev.residence r LEFT JOIN birkelev.move m ON m.person_id = r.person_id AND m.left_on = r.to_date WHERE r.dwelling_id IS NOT NULL$$),
('ends', 'Share that has ended in each way, over time', 'cumulative_incidence', $$SELECT i.* FROM ending, byudv.cumulative_incidence(c) i$$),
('ends', 'The same at five years', 'incidence_at', $$SELECT i.* FROM ending, byudv.incidence_at(c, 1826) i$$),
('ends', 'The same for those who have stayed a year already', 'conditional_incidence', $$SELECT i.* FROM ending, byudv.incidence_at(byudv.conditional_incidence(c, 365), 1826) i$$),
('ends', 'Ends in any way, as a summary of durations', 'any_cause', $$SELECT m.* FROM ending, byudv.survival_median(byudv.any_cause(c)) m$$),
('ends', 'Ends in one way: rates and tests of it', 'cause_specific', $$SELECT t.* FROM ending, byudv.turnover_rate(byudv.cause_specific(c, 1)) t$$),

('compare', 'A share with its limits', 'share_limits', $$SELECT * FROM byudv.share_limits(12, 80)$$),
('compare', 'Whether two groups have the same share', 'compare_shares', $$SELECT * FROM byudv.compare_shares(640, 1000, 300, 1000)$$),
('compare', 'A rate of counts that are added up already, with its limits', 'event_rate', $$SELECT r.* FROM (SELECT sum(ends)::bigint AS ends, sum(dwelling_years)::float8 AS years FROM birkelev.bi_turnover WHERE area_kind = 'all') t, byudv.event_rate(t.ends, t.years) r$$),
('compare', 'Whether two groups have the same rate', 'compare_rates', $$SELECT * FROM byudv.compare_rates(260, 1000, 130, 1000)$$),
('compare', 'How often chance alone gives such a chi-square', 'chi_square_p', $$SELECT byudv.chi_square_p(6.63)$$),

('moves', 'Where persons lived, without overlaps', 'residences', $$SELECT * FROM byudv.residences('birkelev.address_period') LIMIT 10$$),
('moves', 'The same straight into an empty table, quicker', 'build_residences',
    $$CREATE TEMPORARY TABLE home (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int); SELECT * FROM byudv.build_residences('birkelev.address_period', 'home')$$),
('moves', 'The same as an aggregate, person by person', 'residence_agg', $$SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) FROM birkelev.address_period GROUP BY person_id LIMIT 10$$),
('moves', 'Address records that cannot be used', 'residence_rejects', $$SELECT * FROM byudv.residence_rejects('birkelev.address_period')$$),
('moves', 'Moves: arrivals, departures, within the municipality', 'moves', $$SELECT arrival, departure, count(*) FROM byudv.moves('birkelev.residence', 'birkelev.person', 'birkelev.address_period', '2016-01-01', '2026-01-01') GROUP BY 1, 2$$),
('moves', 'Households that had a dwelling one after the other', 'occupancies', $$SELECT * FROM byudv.occupancies('birkelev.residence') LIMIT 10$$),
('moves', 'The same as an aggregate, dwelling by dwelling', 'occupancy_agg', $$SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) FROM birkelev.residence WHERE dwelling_id IS NOT NULL GROUP BY dwelling_id LIMIT 10$$),

('chains', 'Vacancies, and what those who fill them set free', 'vacancy_flows',
    $$CREATE TEMPORARY TABLE flow AS SELECT * FROM byudv.vacancy_flows('birkelev.residence', 'birkelev.dwelling', '2016-01-01', '2026-01-01')$$),
('chains', 'What new dwellings set free, round by round', 'vacancy_chains', $$SELECT round, sum(weight) FROM byudv.vacancy_chains('flow') GROUP BY round ORDER BY round$$),
('chains', 'Expected length of chains', 'chain_lengths',
    $$CREATE TEMPORARY VIEW transition AS SELECT 'home' AS from_stratum, CASE WHEN outcome = 'vacated' THEN 'home' END AS to_stratum, count(*) AS n FROM flow WHERE movers > 0 GROUP BY 2; SELECT * FROM byudv.chain_lengths('transition')$$),
('chains', 'How many vacancies one brings about, by kind of dwelling', 'chain_multipliers', $$SELECT * FROM byudv.chain_multipliers('transition')$$),

('monitor', 'Make a monitor of a municipality', 'create_monitor', $$SELECT byudv.create_monitor('ballerup', 151)$$),
('monitor', 'Which monitors there are', 'monitors', $$SELECT * FROM byudv.monitors()$$),
('monitor', 'What stands in the way of a refresh', 'check_monitor', $$SELECT * FROM byudv.check_monitor('birkelev') WHERE status <> 'ok'$$),
('monitor', 'Bring results and views up to date', 'refresh', $$CALL byudv.refresh('birkelev')$$),
('monitor', 'Refresh each night (pg_cron)', 'schedule_refresh', $$SELECT byudv.schedule_refresh('birkelev', '0 3 * * *')$$),
('monitor', 'End that', 'unschedule_refresh', $$SELECT byudv.unschedule_refresh('birkelev')$$),
('monitor', 'Bring a monitor to the layout of this version', 'upgrade_monitor', $$SELECT byudv.upgrade_monitor('birkelev')$$),
('monitor', 'Its tables', 'monitor_tables', $$SELECT table_name, role, description FROM byudv.monitor_tables()$$),
('monitor', 'Their columns', 'monitor_columns', $$SELECT table_name, column_name, type, description FROM byudv.monitor_columns()$$),
('monitor', 'The steps of a refresh', 'refresh_steps', $$SELECT byudv.refresh_steps()$$),
('monitor', 'The layout of this version', 'monitor_layout', $$SELECT byudv.monitor_layout()$$),
('monitor', 'Whether triggers note the changes of an input', 'is_tracked', $$SELECT byudv.is_tracked('birkelev.dwelling')$$),

('views', 'The views for BI tools, what each row is of, and a question that each answers', 'monitor_views', $$SELECT view_name, key, description_en, question_da FROM byudv.monitor_views()$$),
('views', 'Their columns, with Danish headers and descriptions', 'monitor_view_columns', $$SELECT view_name, column_name, type, label_da, description_en FROM byudv.monitor_view_columns()$$),
('views', 'Whom to expect in new dwellings of a kind, by age, with limits', 'new_build_profile', $$SELECT * FROM byudv.new_build_profile('birkelev', 'apartment', 'social', 75, 100)$$),
('views', 'Which figures of others stand beside own ones, and why they differ', 'indicator_measures', $$SELECT measure, label_da, explanation_da FROM byudv.indicator_measures()$$),
('views', 'Codes of their dimensions', 'bi_codes', $$SELECT * FROM byudv.bi_codes() WHERE attribute = 'age_band'$$),
('views', 'Let a role read the views of a monitor, and nothing under them', 'grant_reader', $$SELECT byudv.grant_reader('birkelev', 'analyst')$$),
('views', 'Take that back', 'revoke_reader', $$SELECT byudv.revoke_reader('birkelev', 'analyst')$$),
('views', 'The sheet of an area: its key figures beside the municipality''s', 'area_profile', $$SELECT * FROM byudv.area_profile('birkelev', 'Birkelev Stationsby')$$),
('views', 'The key figures of that sheet', 'profile_measures', $$SELECT * FROM byudv.profile_measures()$$),
('views', 'Age on a day', 'age_on', $$SELECT byudv.age_on('1990-07-01', '2026-01-01')$$),
('views', 'Age band of an age', 'age_band', $$SELECT byudv.age_band(35)$$),
('views', 'Size band of an area in square metres', 'size_band', $$SELECT byudv.size_band(82)$$),

('disclosure', 'Counts of persons by area and category, with small ones hidden so that they cannot be computed', 'protected_counts',
    $$CREATE TEMPORARY VIEW event AS SELECT 2025 AS slice, (dwelling_id % 9)::int AS area, extract(year FROM from_date)::int AS year FROM birkelev.residence WHERE dwelling_id IS NOT NULL AND to_date IS NULL; SELECT * FROM byudv.protected_counts('event', ARRAY['area*year'], NULL) LIMIT 10$$),

('import', 'Buildings, dwellings and owners from BBR', 'import_bbr', $$SELECT * FROM byudv.import_bbr('birkelev', 'bbr.enhed', 'bbr.bygning', 'bbr.ejendomsrelation')$$),
('import', 'The same in the older layout (OIS)', 'import_bbr_ois', $$SELECT * FROM byudv.import_bbr_ois('birkelev', 'ois.co40400t', 'ois.co40100t', 'ois.co11100t')$$),
('import', 'The same from the views of LOIS', 'import_lois', $$SELECT * FROM byudv.import_lois('birkelev', 'lois.gis_nybbr_enhedview', 'lois.gis_nybbr_bygningview')$$),
('import', 'Persons from CPR', 'import_cpr_persons', $$SELECT * FROM byudv.import_cpr_persons('birkelev', 'cpr.person')$$),
('import', 'Addresses from CPR', 'import_cpr_addresses', $$SELECT * FROM byudv.import_cpr_addresses('birkelev', 'cpr.address')$$),
('import', 'Housing organisations into the dictionary of owner names', 'import_lbf_organisations', $$SELECT * FROM byudv.import_lbf_organisations('lbf.organisation')$$),
('import', 'Figures of Statistikbanken to compare with', 'import_statbank', $$SELECT * FROM byudv.import_statbank('birkelev', 'dst.bol101', 'Beboede boliger')$$),
('import', 'A pseudonym instead of a CPR number', 'pseudonym', $$SET byudv.pseudonym_key = 'an-example-key-0123456789'; SELECT byudv.pseudonym('3102010000')$$),
('import', 'Whether two systems have the same key', 'pseudonym_key_fingerprint', $$SELECT byudv.pseudonym_key_fingerprint()$$),
('import', 'Year of birth from a CPR number', 'cpr_birth_year', $$SELECT byudv.cpr_birth_year('3102010000')$$),
('import', 'A number for a register''s key, such as a UUID', 'register_key', $$SELECT byudv.register_key('0a3f50b7-9eff-32b8-e044-0003ba298018')$$),
('import', 'An address in one spelling', 'address_key', $$SELECT byudv.address_key('0101', '0123', '001A', '02', 'tv')$$),
('import', 'A day as registers write it', 'register_date', $$SELECT byudv.register_date('202304011200')$$),
('import', 'A number as Danes write it', 'parse_danish_number', $$SELECT byudv.parse_danish_number('1.234,5')$$),
('import', 'A day as Danes write it', 'parse_danish_date', $$SELECT byudv.parse_danish_date('31-12-2023')$$),

('export', 'Lines of CSV for Danish Excel from a view', 'danish_csv', $$SELECT line FROM byudv.danish_csv('birkelev', 'bi_stock') line LIMIT 10$$),
('dashboard', 'What the page of make dashboard shows, as one JSON value from the views', 'dashboard_data', $$SELECT jsonb_object_keys(byudv.dashboard_data('birkelev') -> 'tables')$$),
('help', 'This list, or one task of it', 'help', $$SELECT * FROM byudv.help('durations')$$)
) v (task, what, function, example)
$help$;

-- new_build_profile() while a refresh goes on: the last good state, not an error
CREATE OR REPLACE FUNCTION byudv.new_build_profile(monitor text, dwelling_type text DEFAULT NULL, tenure text DEFAULT NULL, area_m2 int DEFAULT NULL, dwellings int DEFAULT 100,
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

-- What stands in a monitor's bookkeeping is not taken for SQL, also where somebody else could write there.
CREATE OR REPLACE FUNCTION byudv.make_address_view(monitor text, parameters jsonb, scoped boolean) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DROP VIEW IF EXISTS pg_temp.byudv_address;
    -- An address of another municipality is elsewhere, whether the dwelling is known or not. Records that begin on the data date or later have not happened.
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_address AS
        SELECT a.person_id::bigint AS person_id, CASE WHEN %2$s THEN a.dwelling_id::bigint END AS dwelling_id, a.from_date::date AS from_date, a.to_date::date AS to_date,
            %5$s AS municipality_code, a.abroad::boolean AS abroad
        FROM %1$I.address_period a LEFT JOIN %1$I.dwelling d ON d.dwelling_id = a.dwelling_id
        WHERE (a.from_date IS NULL OR a.from_date < %3$L) %4$s$q$, monitor,
        CASE WHEN parameters ->> 'municipality' IS NULL OR (parameters ->> 'follow_region')::boolean THEN 'true'
            ELSE format('coalesce(d.municipality, a.municipality_code, %1$s) = %1$s', (parameters ->> 'municipality')::int) END,
        parameters ->> 'as_of', CASE WHEN scoped THEN 'AND a.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END,
        -- the dwelling knows its municipality better; an address in the own one for which no dwelling was found is no other municipality
        format('nullif(coalesce(d.municipality, a.municipality_code)::int, %s)', coalesce((parameters ->> 'municipality')::int::text, 'NULL')));
END
$$;

-- An input that is a view is compared as a whole, also where it has a column r.
CREATE OR REPLACE FUNCTION byudv.collect_changes(monitor text, full_refresh boolean) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' AS $$
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

-- A command for a shell is quoted for a shell.
CREATE OR REPLACE FUNCTION byudv.merge_rows(monitor text, table_name text, key text[], scope text DEFAULT NULL, OUT rows_added bigint, OUT rows_removed bigint, OUT first_time boolean) RETURNS record
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
CREATE OR REPLACE FUNCTION byudv.make_persons_counted(monitor text, parameters jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    first_stock int := extract(year FROM study_from + 364);    -- the first 1 January in the window
    last_stock int := extract(year FROM as_of);
    main_kind text;
BEGIN
    DROP TABLE IF EXISTS pg_temp.byudv_item, pg_temp.byudv_age, pg_temp.byudv_segment, pg_temp.byudv_unit, pg_temp.byudv_main, pg_temp.byudv_happened, pg_temp.byudv_born, pg_temp.byudv_household,
        pg_temp.byudv_money, pg_temp.byudv_event;
    -- Codes by number, as protected_counts() takes them
    CREATE TEMPORARY TABLE byudv_item ON COMMIT DROP AS
        SELECT c.attribute, c.code, c.sort_order AS number FROM byudv.bi_codes() c
        WHERE c.code <> 'hidden' AND c.attribute IN ('population', 'age_band', 'household_type', 'income_band', 'benefit', 'size_band', 'month');
    CREATE TEMPORARY TABLE byudv_age ON COMMIT DROP AS
        SELECT a.age, i.number FROM generate_series(0, 150) a (age) JOIN pg_temp.byudv_item i ON i.attribute = 'age_band' AND i.code = byudv.age_band(a.age);
    ANALYZE pg_temp.byudv_age;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_segment ON COMMIT DROP AS
        SELECT s.dwelling_type, s.tenure, s.is_new_build, row_number() OVER (ORDER BY s.dwelling_type COLLATE "C", s.tenure COLLATE "C", s.is_new_build)::int AS segment
        FROM (SELECT DISTINCT c.dwelling_type, c.tenure, c.is_new_build FROM %I.dwelling_class c WHERE c.in_area) s$q$, monitor);
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_unit ON COMMIT DROP AS
        SELECT c.dwelling_id, s.segment, z.number AS size_band
        FROM %1$I.dwelling_class c JOIN pg_temp.byudv_segment s USING (dwelling_type, tenure, is_new_build) JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        JOIN pg_temp.byudv_item z ON z.attribute = 'size_band' AND z.code = byudv.size_band(d.area_m2::int) WHERE c.in_area$q$, monitor);
    ANALYZE pg_temp.byudv_unit;
    -- Moves within the area go from one area of the main kind to another: of the kinds that most homes have an area of, the one with most areas
    EXECUTE format($q$SELECT k.area_kind FROM (SELECT a.area_kind, count(*) AS homes, count(DISTINCT a.area_code) AS areas FROM %1$I.region_area a JOIN %1$I.dwelling_region r ON r.region = a.region
            WHERE a.area_code <> 'none' AND a.area_kind <> 'all' GROUP BY a.area_kind) k
        ORDER BY k.homes >= 0.9 * max(k.homes) OVER () DESC, k.areas DESC, k.area_kind COLLATE "C" LIMIT 1$q$, monitor) INTO main_kind;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_main ON COMMIT DROP AS
        SELECT a.region, a.area_kind, a.area_code, (-1000 - dense_rank() OVER (ORDER BY a.area_code COLLATE "C"))::int AS place FROM %1$I.region_area a WHERE a.area_kind = $1$q$, monitor) USING main_kind;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_happened ON COMMIT DROP AS
        SELECT 10 AS population, y.year, 0 AS month, y.person_id, y.dwelling_id, make_date(y.year, 1, 1) AS day, y.year * 10000 + 101 AS ymd, 0 AS place, NULL::bigint AS other_dwelling,
            y.year < $2 AND (y.to_date IS NULL OR y.to_date > make_date(y.year + 1, 1, 1)) AS stays
        FROM (SELECT r.person_id, r.dwelling_id, r.to_date, generate_series(greatest($1, date_part('year', r.from_date - 1)::int + 1),
                CASE WHEN coalesce(r.to_date, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE date_part('year', r.to_date - 1)::int END) AS year
            FROM %1$I.residence r WHERE r.dwelling_id IS NOT NULL AND r.from_date <= make_date($2, 1, 1)) y
        UNION ALL
        SELECT CASE m.arrival WHEN 'internal' THEN 50 ELSE 30 END, extract(year FROM m.arrived_on)::int, extract(month FROM m.arrived_on)::int, m.person_id, m.to_dwelling_id, m.arrived_on, to_char(m.arrived_on, 'YYYYMMDD')::int,
            CASE m.arrival WHEN 'internal' THEN -3 WHEN 'immigrated' THEN -1 ELSE coalesce(m.from_municipality, -2) END, m.from_dwelling_id, false
        FROM %1$I.move m WHERE m.arrival IS NOT NULL AND m.arrival <> 'born' AND m.to_dwelling_id IS NOT NULL
        UNION ALL
        SELECT CASE m.departure WHEN 'internal' THEN 60 ELSE 40 END, extract(year FROM m.left_on)::int, extract(month FROM m.left_on)::int, m.person_id, m.from_dwelling_id, m.left_on, to_char(m.left_on, 'YYYYMMDD')::int,
            CASE m.departure WHEN 'internal' THEN -3 WHEN 'emigrated' THEN -1 ELSE coalesce(m.to_municipality, -2) END, m.to_dwelling_id, false
        FROM %1$I.move m WHERE m.departure IS NOT NULL AND m.departure <> 'died' AND m.from_dwelling_id IS NOT NULL$q$, monitor) USING first_stock, last_stock;
    ANALYZE pg_temp.byudv_happened;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_born ON COMMIT DROP AS
        SELECT p.person_id::bigint AS person_id, to_char(p.born_on, 'YYYYMMDD')::int AS born FROM %I.person p WHERE isfinite(p.born_on)$q$, monitor);
    ANALYZE pg_temp.byudv_born;
    -- Household types without overlaps: a later one ends an earlier one. A kind that is not in the list is another household.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_household ON COMMIT DROP AS
        SELECT h.person_id::bigint AS person_id, coalesce(i.number, 50) AS household_type, coalesce(h.valid_from, '-infinity') AS valid_from,
            least(h.valid_to, lead(coalesce(h.valid_from, '-infinity')) OVER (PARTITION BY h.person_id ORDER BY h.valid_from NULLS FIRST, h.valid_to NULLS FIRST, i.number)) AS valid_to
        FROM %I.household_type h LEFT JOIN pg_temp.byudv_item i ON i.attribute = 'household_type' AND i.code = h.household_type WHERE h.household_type IS NOT NULL$q$, monitor);
    ANALYZE pg_temp.byudv_household;
    -- By the years whose 31 December is covered. Whole kroner, and hundredths of a full-time person, since sums of integers are quick.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_money ON COMMIT DROP AS
        SELECT m.person_id, m.year, m.income, m.tax_base, CASE WHEN m.benefit_municipal > 0 THEN least(m.full_time_share, 100) END AS full_time_share,
            CASE WHEN m.income IS NULL THEN 100 WHEN m.income <= 0 THEN 10 WHEN m.income < 100000 THEN 20 WHEN m.income < 200000 THEN 30 WHEN m.income < 300000 THEN 40
                WHEN m.income < 400000 THEN 50 WHEN m.income < 600000 THEN 60 WHEN m.income < 800000 THEN 70 ELSE 80 END AS income_band,
            CASE WHEN m.benefit_municipal > 0 THEN 20 WHEN m.benefit_any > 0 THEN 30 ELSE 10 END AS benefit
        FROM (SELECT y.person_id, y.year, sum(y.value) FILTER (WHERE y.attribute = 'income')::bigint AS income, sum(y.value) FILTER (WHERE y.attribute = 'tax_base')::bigint AS tax_base,
                sum(y.value) FILTER (WHERE y.attribute = 'benefit_municipal')::bigint AS benefit_municipal, sum(y.value) FILTER (WHERE y.attribute = 'benefit_any')::bigint AS benefit_any,
                sum(y.value) FILTER (WHERE y.attribute = 'full_time_share')::bigint AS full_time_share
            FROM (SELECT a.person_id::bigint AS person_id, a.attribute, (CASE a.attribute WHEN 'full_time_share' THEN a.value * 100 ELSE a.value END)::bigint AS value,
                    generate_series(date_part('year', greatest(a.valid_from, make_date($1 - 1, 1, 1)))::int, date_part('year', least(a.valid_to, make_date($2 + 1, 1, 1)))::int - 1) AS year
                FROM %I.person_attribute a WHERE a.attribute IN ('income', 'tax_base', 'benefit_municipal', 'benefit_any', 'full_time_share')
                    AND (a.valid_from IS NULL OR a.valid_from < make_date($2 + 1, 1, 1)) AND (a.valid_to IS NULL OR a.valid_to > make_date($1 - 1, 1, 1))) y
            GROUP BY 1, 2) m$q$, monitor) USING first_stock, last_stock;
    ANALYZE pg_temp.byudv_money;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_event ON COMMIT DROP AS
        SELECT h.population * 10000 + h.year AS slice, r.region, u.segment, r.region * $1 + u.segment AS home, u.size_band, h.month, CASE WHEN h.place = -3 THEN coalesce(w.place, -3) ELSE h.place END AS place,
            coalesce(b.number, 90) AS age_band, coalesce(f.household_type, 60) AS household_type, CASE WHEN x.age < 18 THEN 90 ELSE coalesce(m.income_band, 100) END AS income_band,
            CASE WHEN x.age < 18 THEN 40 ELSE coalesce(m.benefit, 50) END AS benefit, h.stays, x.age, CASE WHEN x.age >= 18 THEN m.income END AS income,
            CASE WHEN x.age >= 18 THEN m.tax_base END AS tax_base, CASE WHEN x.age >= 18 THEN m.full_time_share END AS full_time_share
        FROM pg_temp.byudv_happened h JOIN pg_temp.byudv_unit u ON u.dwelling_id = h.dwelling_id
        JOIN %1$I.dwelling_region r ON r.dwelling_id = h.dwelling_id AND h.year BETWEEN r.from_year AND r.to_year
        LEFT JOIN (%1$I.dwelling_region o JOIN pg_temp.byudv_main w ON w.region = o.region) ON o.dwelling_id = h.other_dwelling AND h.year BETWEEN o.from_year AND o.to_year
        LEFT JOIN pg_temp.byudv_born p ON p.person_id = h.person_id
        LEFT JOIN pg_temp.byudv_household f ON f.person_id = h.person_id AND h.day - (h.population = 10)::int >= f.valid_from AND (f.valid_to IS NULL OR h.day - (h.population = 10)::int < f.valid_to)
        LEFT JOIN pg_temp.byudv_money m ON m.person_id = h.person_id AND m.year = h.year - (h.population = 10)::int
        CROSS JOIN LATERAL (SELECT CASE WHEN h.ymd >= p.born THEN (h.ymd - p.born) / 10000 END AS age) x LEFT JOIN pg_temp.byudv_age b ON b.age = x.age$q$, monitor) USING 1 + (SELECT count(*)::int FROM pg_temp.byudv_segment);
    ANALYZE pg_temp.byudv_event;
END
$$;
CREATE OR REPLACE FUNCTION byudv.schedule_refresh(monitor text, schedule text DEFAULT '0 3 * * *') RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    command text := format('CALL byudv.refresh(%L)', monitor);
    job text := 'byudv refresh ' || monitor;
    shell_word text[] := (SELECT array_agg(CASE WHEN w ~ '^[A-Za-z0-9_.-]+$' THEN w ELSE concat('''', replace(w, '''', concat('''', chr(92), '''''')), '''') END ORDER BY n)
        FROM unnest(ARRAY[current_database()::text, command]) WITH ORDINALITY x (w, n));
    id bigint;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF schedule IS NULL THEN
        RAISE EXCEPTION 'no schedule is given' USING ERRCODE = 'null_value_not_allowed', HINT = 'SELECT byudv.schedule_refresh(''ballerup'', ''0 3 * * *'') refreshes at three each night, GMT; byudv.unschedule_refresh() ends it.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
        RAISE EXCEPTION 'pg_cron is not in this database' USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = 'A refresh on a schedule needs the extension pg_cron, which lives in one database of the server (cron.database_name).',
            -- for a shell: in single quotes, which end, and begin again, around an escaped one
            HINT = format('In that database, as a role that may connect to this one: SELECT cron.schedule_in_database(%L, %L, %L, %L); Or run from any other scheduler: psql -d %s -c %s', job, schedule,
                command, current_database(), shell_word[1], shell_word[2]);
    END IF;
    EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO id USING job, schedule, command;
    RETURN id;
END
$$;

-- Formulas behind blanks.
CREATE OR REPLACE FUNCTION byudv.danish_csv_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE WHEN x.safe ~ '[;"\n\r]|^\s|\s$' THEN '"' || replace(x.safe, '"', '""') || '"' ELSE x.safe END
FROM (SELECT CASE WHEN value ~ '^\s*[=+@-]|^[\t\r]' THEN '''' || value ELSE value END) x (safe)
$$;

COMMENT ON FUNCTION byudv.danish_csv(text, text) IS 'A BI view as lines of CSV for Danish Excel: semicolons between the cells, a comma as decimal mark, dates as dd-mm-yyyy, Danish headers in the first line, NULL as an empty cell; in the order of the view''s key. Text with a semicolon, a quotation mark, a line break or a blank at its ends is quoted. Text that Excel would take for a formula, since it begins with =, +, - or @, also behind blanks, gets an apostrophe in front; so does text that begins with a tab or a carriage return. That holds where semicolons part the cells, as in Danish Excel; where another character does, what stands behind it in a text is a cell of its own. monitor: name of the monitor; view_name: the view, without schema. For a file in UTF-8, write a byte order mark before the first line, as scripts/export.sh does. Whoever may read the view may export it. Errors: no such view or monitor.';

-- An unknown kind of column in byudv.stage_source() is the caller's mistake, not an internal error
CREATE OR REPLACE FUNCTION byudv.stage_source(relation regclass, argument text, stage text, columns text[], reason text, INOUT given text[] DEFAULT NULL,
        extra text DEFAULT '') LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number_form constant text := '^[+-]?[0-9]{1,9}([.,](0{1,2}|0{4,}))?$';     -- three zeros behind a point are thousands as well
    wanted text;
    part text[];            -- name, type with ! where it is needed, names of the source
    kind text;
    source record;
    source_name text;
    raw text;
    raw_list text := '';
    list text := '';
    names text := '';
    notes text := '';
    told text[] := '{}';        -- columns whose values may be refused, each with what is said then
    missing text[] := '{}';
    -- what a value was is told, but not where a wrong column may hold somebody's number or name
    quoted constant text := CASE WHEN EXISTS (SELECT FROM unnest(columns) w WHERE split_part(w, ' ', 2) LIKE 'person%' OR split_part(w, ' ', 1) = 'owner_name') THEN '' ELSE ' || '' "'' || left(s.%2$I, 40) || ''"''' END;
BEGIN
    IF relation IS NULL THEN
        -- a relation that was not given is an empty one
        SELECT string_agg(format('NULL::%s AS %I', CASE rtrim(split_part(w, ' ', 2), '!') WHEN 'int' THEN 'int' WHEN 'bigint' THEN 'int8' WHEN 'date' THEN 'date'
            WHEN 'person' THEN 'int8' ELSE 'text' END, split_part(w, ' ', 1)), ', ') INTO list FROM unnest(columns) w;
        EXECUTE format('CREATE TEMPORARY TABLE %I ON COMMIT DROP AS SELECT j.*, NULL::text AS reason%s FROM (SELECT NULL::int8 AS n, %s, NULL::text AS note) j LIMIT 0', stage, extra, list);
        RETURN;
    END IF;
    FOREACH wanted IN ARRAY columns LOOP
        part := string_to_array(wanted, ' ');
        part[3] := substr(wanted, length(part[1]) + length(part[2]) + 3);   -- names may have blanks
        kind := rtrim(part[2], '!');
        source := byudv.source_column(relation, part[3]);
        source_name := coalesce(source.column_name, split_part(part[3], '|', 1));
        IF source.column_name IS NULL AND part[2] LIKE '%!' THEN
            missing := missing || replace(part[3], '|', ' or ');
        END IF;
        IF source.column_name IS NOT NULL THEN
            given := array_append(given, part[1]);
        END IF;
        raw := CASE WHEN source.column_name IS NULL THEN 'NULL::text' ELSE format('nullif(nullif(btrim(s.%I::text), ''''), ''NULL'')', source.column_name) END;
        CASE kind
        WHEN 'text' THEN
            list := list || format(', s.%I', part[1]);
        WHEN 'key' THEN
            IF source.column_name IS NOT NULL THEN      -- (under "C", which is quick: keys are ASCII)
                raw := format('nullif(nullif(lower(btrim(s.%I::text, ''{} '') COLLATE "C"), ''''), ''null'')', source.column_name);
            END IF;
            list := list || format(', s.%I', part[1]);
        WHEN 'int' THEN
            IF source.column_type IN ('int2'::regtype, 'int4'::regtype) THEN
                raw := format('s.%I', source.column_name);
                list := list || format(', s.%I::int', part[1]);
            ELSE
                list := list || format(', CASE WHEN translate(s.%1$I, ''0123456789'', '''') = '''' AND length(s.%1$I) < 10 THEN s.%1$I::int
                    WHEN s.%1$I ~ %2$L THEN replace(split_part(s.%1$I, ''.'', 1), '','', ''.'')::numeric::int END AS %1$I', part[1], number_form);
                told := told || ARRAY[part[1], source_name || ' is no whole number'];
            END IF;
        WHEN 'bigint' THEN
            list := list || format(', CASE WHEN s.%1$I ~ ''^[0-9]{1,18}$'' THEN s.%1$I::int8 END AS %1$I', part[1]);
            told := told || ARRAY[part[1], source_name || ' is no whole number'];
        WHEN 'date' THEN
            -- registers write "no date" as zeros, too
            IF source.column_name IS NOT NULL THEN
                raw := format('CASE WHEN translate(%1$s, ''0-:. T'', '''') <> '''' THEN %1$s END', raw);
            END IF;
            told := told || ARRAY[part[1], source_name || ' is no day'];
            list := list || format(', byudv.register_date(s.%1$I) AS %1$I', part[1]);
        WHEN 'person', 'birth' THEN
            -- The number itself is not kept, not even here. Numeric types have dropped the leading zero; in text, nine digits may be anything.
            IF source.column_name IS NOT NULL THEN
                IF source.column_type IN ('int8'::regtype, 'int4'::regtype, 'numeric'::regtype, 'float8'::regtype) THEN
                    raw := format('CASE WHEN length(%1$s) = 9 THEN ''0'' || %1$s ELSE %1$s END', raw);
                END IF;
                raw := format(CASE kind WHEN 'person' THEN 'CASE WHEN %1$s ~ %2$L THEN byudv.pseudonym(%1$s) END'
                    ELSE 'CASE WHEN %1$s ~ %2$L THEN byudv.cpr_birth_year(%1$s) || substr(%1$s, 3, 2) || CASE WHEN left(%1$s, 1) >= ''6'' THEN (left(%1$s, 1)::int - 6)::text
                        ELSE left(%1$s, 1) END || substr(%1$s, 2, 1) END' END, raw, '^([0-2][0-9]|3[01]|[67][0-9]|8[0-9]|9[01])(0[1-9]|1[0-2])[0-9]{2}-?[0-9]{4}$');
                IF kind = 'person' THEN
                    raw := format('CASE WHEN left(s.%I::text, 2) = ''00'' THEN NULL ELSE %s END', source.column_name, raw);
                END IF;
            ELSIF kind = 'person' THEN
                raw := 'NULL::int8';
            END IF;
            list := list || format(', s.%I', part[1]);
        ELSE
            RAISE EXCEPTION 'unknown kind of column "%"', kind USING ERRCODE = 'invalid_parameter_value', DETAIL = format('In: %s.', wanted),
                HINT = 'The kinds are text, key, int, bigint, date, person and birth; with ! where the column is needed.';
        END CASE;
        IF told[array_upper(told, 1) - 1] = part[1] THEN
            list := list || format(', s.%I AS %I', part[1], 'raw_' || part[1]);
            IF source.column_name IS NOT NULL THEN
                notes := notes || format(', CASE WHEN s.%2$I IS NOT NULL AND s.%1$I IS NULL THEN %3$L' || quoted || ' || '' (used without it)'' END', part[1], 'raw_' || part[1], told[array_upper(told, 1)]);
            END IF;
        END IF;
        raw_list := raw_list || format(', %s AS %I', raw, part[1]);
        names := names || format(', s.%I', part[1]);
    END LOOP;
    IF missing <> '{}' THEN
        RAISE EXCEPTION '% (argument %) lacks columns that are needed: %', relation, argument, array_to_string(missing, ', ') USING ERRCODE = 'undefined_column',
            DETAIL = format('It has: %s. Of these are read, in any letter case: %s.',
                (SELECT coalesce(string_agg(a.attname, ', ' ORDER BY a.attnum), 'no column') FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped),
                (SELECT string_agg(replace(x.wanted, '|', ' or '), ', ' ORDER BY x.n) FROM (SELECT substr(w, length(split_part(w, ' ', 1)) + length(split_part(w, ' ', 2)) + 3) AS wanted, min(n) AS n
                    FROM unnest(columns) WITH ORDINALITY c (w, n) GROUP BY 1) x)),
            HINT = 'Was another relation meant? Else make a view that gives the columns these names.';
    END IF;
    -- Each level is computed once, since OFFSET keeps the planner from putting one into the other
    EXECUTE format('CREATE TEMPORARY TABLE %I ON COMMIT DROP AS SELECT j.*, %s AS reason%s FROM (SELECT s.n%s, nullif(concat_ws(''; ''%s), '''') AS note
        FROM (SELECT s.n%s FROM (SELECT row_number() OVER () AS n%s FROM %s s) s OFFSET 0) s OFFSET 0) j', stage, reason, extra, names, CASE WHEN notes = '' THEN ', NULL' ELSE notes END, list, raw_list, relation);
    EXECUTE format('ANALYZE pg_temp.%I', stage);
END
$$;
COMMENT ON FUNCTION byudv.stage_source(regclass, text, text, text[], text, text[], text) IS 'Used inside: reads a relation into a temporary table: n counts its rows, columns are "name kind names-in-the-source" (kinds text, key, int, bigint, date, person for a pseudonym, birth for the day of birth that a CPR number tells; ! behind it: needed; names with | between them), note says what could not be read, reason is an expression over these, NULL where the row can be used, and extra are more of them, each with a comma before it. relation NULL: an empty one. given: names of the columns that the source has. Empty text and the word NULL are NULL. Errors: columns that are needed and missing.';

COMMENT ON EXTENSION byudv IS 'Danish register-based housing and moving statistics: dwelling types, corrected tenure, residences, moves, durations, vacancy chains and monitors, with the reason for every decision';
