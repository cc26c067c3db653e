-- Making monitors, bringing them up to date, and telling what is missing before one can be refreshed.

CREATE FUNCTION byudv.note_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    most constant int := 200000;    -- more rows in one statement are not listed: much is computed anew anyway
    many boolean;
    rows_query text;
BEGIN
    -- A table that was moved out of its monitor is an input no more.
    IF to_regclass(format('%I.change', TG_TABLE_SCHEMA)) IS NULL THEN
        RETURN NULL;
    END IF;
    rows_query := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM new_rows' WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
        WHEN 'UPDATE' THEN 'SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows' END;
    IF rows_query IS NOT NULL AND TG_NARGS > 0 THEN
        EXECUTE format('SELECT count(*) > %s FROM (SELECT FROM (%s) r LIMIT %s) x', most, rows_query, most + 1) INTO many;
        IF NOT many THEN
            FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
                EXECUTE format('INSERT INTO %I.change (input, key_kind, key) SELECT DISTINCT $1, $2, r.%I FROM (%s) r WHERE r.%I IS NOT NULL', TG_TABLE_SCHEMA,
                    TG_ARGV[i + 1], rows_query, TG_ARGV[i + 1]) USING TG_TABLE_NAME, TG_ARGV[i];
            END LOOP;
            RETURN NULL;
        END IF;
    END IF;
    EXECUTE format('INSERT INTO %I.change (input) VALUES ($1)', TG_TABLE_SCHEMA) USING TG_TABLE_NAME;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION byudv.note_change() IS 'Trigger on the input of a monitor: notes in its table change what a statement changes, so that a refresh need not read everything. Arguments: pairs of the kind of a key and the column that holds it. Who writes to the input needs INSERT on change.';

CREATE FUNCTION byudv.ensure_indexes(monitor text, table_name text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text;
    columns text;
BEGIN
    FOR wanted IN SELECT unnest(t.indexes) FROM byudv.monitor_tables() t WHERE t.table_name = ensure_indexes.table_name LOOP
        columns := replace(wanted, 'UNIQUE ', '');
        IF NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = to_regclass(format('%I.%I', monitor, table_name)) AND i.indpred IS NULL AND i.indisvalid
                AND columns = (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, n)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)) THEN
            EXECUTE format('CREATE %s INDEX ON %I.%I (%s)', CASE WHEN wanted LIKE 'UNIQUE %' THEN 'UNIQUE' ELSE '' END, monitor, table_name, columns);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.ensure_indexes(text, text) IS 'Used inside: makes the indexes that monitor_tables() names for a table and that are not there. Tables of results get theirs after they were first filled, which is quicker.';

CREATE FUNCTION byudv.ensure_views(monitor text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record;
    c record;
    list text;
    readers text;
BEGIN
    -- Who reads all views that are there also reads those that are new. None is sure to be there: DROP EXTENSION takes those that call its functions.
    SELECT string_agg(CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END, ', ') INTO readers
    FROM (SELECT a.grantee, count(DISTINCT r.oid) AS views, (SELECT count(to_regclass(format('%I.%I', monitor, m.view_name))) FROM byudv.monitor_views() m) AS all_views
        FROM byudv.monitor_views() m JOIN pg_class r ON r.oid = to_regclass(format('%I.%I', monitor, m.view_name)), aclexplode(r.relacl) a
        WHERE a.privilege_type = 'SELECT' AND a.grantee <> r.relowner GROUP BY a.grantee) x
    WHERE x.views = x.all_views;
    FOR v IN SELECT * FROM byudv.monitor_views() ORDER BY ordinal LOOP
        SELECT string_agg(format('q.%1$I::%2$s AS %1$I', k.column_name, k.type), ', ' ORDER BY k.ordinal) INTO list FROM byudv.monitor_view_columns() k WHERE k.view_name = v.view_name;
        EXECUTE format('CREATE OR REPLACE VIEW %I.%I AS SELECT %s FROM (%s) q', monitor, v.view_name, list, format(v.query, monitor));
        IF obj_description(format('%I.%I', monitor, v.view_name)::regclass, 'pg_class') IS DISTINCT FROM v.comment THEN
            EXECUTE format('COMMENT ON VIEW %I.%I IS %L', monitor, v.view_name, v.comment);
        END IF;
        FOR c IN SELECT k.* FROM byudv.monitor_view_columns() k JOIN pg_attribute a ON a.attrelid = format('%I.%I', monitor, v.view_name)::regclass AND a.attname = k.column_name
                WHERE k.view_name = v.view_name AND k.description_en IS DISTINCT FROM col_description(a.attrelid, a.attnum) LOOP
            EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', monitor, v.view_name, c.column_name, c.description_en);
        END LOOP;
        IF readers IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON %I.%I TO %s', monitor, v.view_name, readers);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.ensure_views(text) IS 'Used inside: makes the views of a monitor as monitor_views() and monitor_view_columns() list them, over its results; each column is cast to its type. Roles that could read all that were there can read new ones too.';

CREATE FUNCTION byudv.ensure_monitor(monitor text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
    c record;
    relation regclass;
    operation text;
    arguments text;
    name text;
    enabled "char";
    mended text[] := '{}';    -- inputs and results that may not be what they were
BEGIN
    FOR t IN SELECT * FROM byudv.monitor_tables() ORDER BY ordinal LOOP
        relation := to_regclass(format('%I.%I', monitor, t.table_name));
        IF relation IS NULL THEN
            EXECUTE format('CREATE TABLE %I.%I (%s%s)', monitor, t.table_name,
                (SELECT string_agg(format('%I %s %s', k.column_name, k.type, k.attributes), ', ' ORDER BY k.ordinal) FROM byudv.monitor_columns() k
                 WHERE k.table_name = t.table_name), ', PRIMARY KEY (' || t.key || ')');
            relation := to_regclass(format('%I.%I', monitor, t.table_name));
            mended := mended || t.table_name;
        END IF;
        -- An input may be a view or a foreign table of the user's: that is read as it is.
        CONTINUE WHEN (SELECT relkind <> 'r' FROM pg_class WHERE oid = relation);
        FOR c IN SELECT k.* FROM byudv.monitor_columns() k WHERE k.table_name = t.table_name AND NOT EXISTS (SELECT FROM pg_attribute a
                WHERE a.attrelid = relation AND a.attname = k.column_name AND a.attnum > 0 AND NOT a.attisdropped) ORDER BY k.ordinal LOOP
            IF t.role = 'result' THEN    -- all of it is computed anew, and a row could not do without what it is to hold
                EXECUTE format('TRUNCATE %s', relation);
            END IF;
            EXECUTE format('ALTER TABLE %s ADD COLUMN %I %s %s', relation, c.column_name, c.type, c.attributes);
            mended := mended || t.table_name;
        END LOOP;
        EXECUTE format('COMMENT ON TABLE %s IS %L', relation, t.description);
        FOR c IN SELECT k.* FROM byudv.monitor_columns() k WHERE k.table_name = t.table_name
                AND k.description IS DISTINCT FROM col_description(relation, (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = k.column_name)) LOOP
            EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', relation, c.column_name, c.description);
        END LOOP;
        IF t.role <> 'result' THEN
            PERFORM byudv.ensure_indexes(monitor, t.table_name);
        END IF;
        CONTINUE WHEN t.role <> 'input';
        SELECT string_agg(quote_literal(a), ', ' ORDER BY n) INTO arguments FROM unnest(t.tracked) WITH ORDINALITY x (a, n);
        FOREACH operation IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'] LOOP
            name := 'byudv_' || lower(operation);
            SELECT g.tgenabled INTO enabled FROM pg_trigger g WHERE g.tgrelid = relation AND g.tgname = name;
            IF enabled IS NOT NULL THEN
                IF enabled <> 'A' THEN
                    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, name);
                    mended := mended || t.table_name;
                END IF;
                CONTINUE;
            END IF;
            mended := mended || t.table_name;
            EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s %s FOR EACH STATEMENT EXECUTE FUNCTION byudv.note_change(%s)', name, operation, relation,
                CASE WHEN arguments IS NULL OR operation = 'TRUNCATE' THEN '' ELSE 'REFERENCING ' || concat_ws(' ',
                    CASE WHEN operation <> 'INSERT' THEN 'OLD TABLE AS old_rows' END, CASE WHEN operation <> 'DELETE' THEN 'NEW TABLE AS new_rows' END) END,
                CASE WHEN operation <> 'TRUNCATE' THEN arguments END);
            EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, name);
            EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', name, relation, 'Notes in table change what a statement changes');
        END LOOP;
    END LOOP;
    PERFORM byudv.ensure_views(monitor);
    -- What may have changed unseen, or is empty now, is computed anew.
    EXECUTE format('INSERT INTO %I.change (input) SELECT t.table_name FROM byudv.monitor_tables() t WHERE t.role = ''input'' AND t.table_name = ANY ($1)', monitor) USING mended;
    EXECUTE format('INSERT INTO %I.pending (step) SELECT DISTINCT coalesce(byudv.made_by(t.table_name), t.table_name) '
        'FROM byudv.monitor_tables() t WHERE t.role = ''result'' AND t.table_name = ANY ($1)', monitor) USING mended;
    EXECUTE format('INSERT INTO %I.state (layout) VALUES ($1) ON CONFLICT (singleton) DO UPDATE SET layout = excluded.layout', monitor) USING byudv.monitor_layout();
END
$$;
COMMENT ON FUNCTION byudv.ensure_monitor(text) IS 'Used inside: makes those tables, columns, indexes, triggers and comments of a monitor that are not there. What depends on them is then computed anew by the next refresh.';

-- What stands in a schema runs with the rights of whoever uses it: functions in its views, policies and triggers. A superuser has the rights of every role, and
-- so would give every role its own.
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

CREATE FUNCTION byudv.require_monitor(monitor text) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
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
COMMENT ON FUNCTION byudv.require_monitor(text) IS 'Used inside: an error that says what to do, unless there is a monitor of this name, of the present layout, that the caller owns.';

CREATE FUNCTION byudv.monitors(OUT monitor text, OUT owner name, OUT layout int) RETURNS SETOF record
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

CREATE FUNCTION byudv.create_monitor(name text, municipality int DEFAULT NULL) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
COMMENT ON FUNCTION byudv.create_monitor(text, int) IS 'Makes a monitor: a schema of this name with the tables for input, results and bookkeeping (see monitor_tables()), owned by the caller. They are ordinary tables of the caller''s: dumped like all others, and left alone when the extension is dropped. Any input may be replaced by a view or a foreign table of the same name and columns. municipality: code of the one that is studied, from list municipality of byudv.register_code; NULL: all dwellings that are loaded count as the area. Needs the right to create schemas in the database, or an empty schema of this name that the caller owns. Returns what to do next. Errors: a name that is taken, reserved or too long, an unknown municipality.';

CREATE FUNCTION byudv.upgrade_monitor(name text) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
COMMENT ON FUNCTION byudv.upgrade_monitor(text) IS 'Brings a monitor that an older version made up to date: adds tables, columns, indexes, triggers and comments that are missing. Nothing is removed or renamed, and running it again does no harm; it also mends a monitor that has lost one of these. Returns what was done. Errors: no such monitor, or one of a newer version.';

CREATE FUNCTION byudv.is_tracked(relation regclass) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT c.relkind = 'r' AND NOT c.relispartition
    AND (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname IN ('byudv_insert', 'byudv_update', 'byudv_delete', 'byudv_truncate') AND g.tgenabled = 'A') = 4
    -- statement triggers do not fire for what a subscription writes, nor for rows of children
    AND NOT EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)
FROM pg_class c WHERE c.oid = relation
$$;
COMMENT ON FUNCTION byudv.is_tracked(regclass) IS 'Whether triggers note all changes of an input. Where not (views, foreign tables, replicated tables, tables of the user''s own), a refresh reads all of it to see whether it has changed, and computes anew all that depends on it.';

CREATE FUNCTION byudv.check_monitor(name text, OUT subject text, OUT status text, OUT message text, OUT hint text) RETURNS SETOF record
    LANGUAGE plpgsql STABLE ROWS 30 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
    relation regclass;
    missing text;
    wrong text;
    filled boolean;
    n bigint;
    last record;
    needed constant text[] := ARRAY['building', 'dwelling', 'ownership', 'person', 'address_period'];
    usable text[] := '{}';    -- inputs that are there with all their columns
BEGIN
    PERFORM byudv.require_monitor(name);
    FOR t IN SELECT * FROM byudv.monitor_tables() WHERE role IN ('input', 'result') ORDER BY ordinal LOOP
        subject := t.table_name;
        relation := to_regclass(format('%I.%I', name, t.table_name));
        IF relation IS NULL THEN
            status := 'missing'; message := 'The table is gone.'; hint := format('SELECT byudv.upgrade_monitor(%L) makes it again, empty.', name);
            RETURN NEXT;
            CONTINUE;
        END IF;
        SELECT string_agg(k.column_name, ', ' ORDER BY k.ordinal) FILTER (WHERE a.attnum IS NULL),
               string_agg(format('%s is %s, not %s', k.column_name, format_type(a.atttypid, NULL), k.type), ', ' ORDER BY k.ordinal)
                   FILTER (WHERE a.atttypid <> k.type::regtype AND NOT (k.type = 'bigint' AND a.atttypid IN ('int4'::regtype, 'int2'::regtype)
                       OR k.type = 'int' AND a.atttypid = 'int2'::regtype OR k.type = 'text' AND a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
                       OR k.type LIKE 'numeric%' AND a.atttypid IN ('int8'::regtype, 'int4'::regtype, 'int2'::regtype)))
        INTO missing, wrong
        FROM byudv.monitor_columns() k LEFT JOIN pg_attribute a ON a.attrelid = relation AND a.attname = k.column_name AND a.attnum > 0 AND NOT a.attisdropped
        WHERE k.table_name = t.table_name;
        IF missing IS NOT NULL OR wrong IS NOT NULL THEN
            status := 'missing';
            message := concat_ws(' ', 'Columns are missing: ' || missing || '.', 'Types do not fit: ' || wrong || '.');
            hint := CASE WHEN wrong IS NOT NULL THEN 'Cast them, for example in a view.'
                WHEN (SELECT relkind FROM pg_class WHERE oid = relation) = 'r' THEN format('SELECT byudv.upgrade_monitor(%L) adds them.', name)
                ELSE 'Give the view these columns, NULL throughout where the source has none.' END;
            RETURN NEXT;
            CONTINUE;
        END IF;
        CONTINUE WHEN t.role <> 'input';
        usable := usable || t.table_name;
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', relation) INTO filled;
        IF NOT filled THEN
            status := CASE WHEN t.table_name = ANY (needed) THEN 'missing' ELSE 'empty' END;
            message := CASE t.table_name
                WHEN 'building' THEN 'No building: uses, years of construction and defect insurance are not known.'
                WHEN 'dwelling' THEN 'No dwelling: there is nothing to classify.'
                WHEN 'ownership' THEN 'No owner: the tenure of most dwellings will be unknown.'
                WHEN 'person' THEN 'No person: births and deaths cannot be told from moves.'
                WHEN 'address_period' THEN 'No address record: there will be no residences, moves and vacancies.'
                ELSE 'Empty; a refresh does without.' END;
            hint := CASE WHEN t.table_name = ANY (needed) THEN format('Fill %s, or replace it by a view over your register.', relation) END;
            RETURN NEXT;
            CONTINUE;
        END IF;
        -- What the functions would stop at
        IF t.key IS NOT NULL AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = relation AND i.indisprimary) THEN
            EXECUTE format('SELECT count(*) FROM (SELECT FROM %s GROUP BY %s HAVING count(*) > 1) x', relation, t.key) INTO n;
            IF n > 0 THEN
                status := 'missing'; message := format('%s values of %s occur more than once.', n, t.key); hint := format('Make them unique in %s.', relation);
                RETURN NEXT;
                CONTINUE;
            END IF;
        END IF;
        IF NOT byudv.is_tracked(relation) THEN
            status := 'ok'; message := 'Changes are found by reading all of it at each refresh, since no trigger watches it.'; hint := NULL;
        ELSE
            status := 'ok'; message := 'Changes are noted by triggers.'; hint := NULL;
        END IF;
        RETURN NEXT;
    END LOOP;

    subject := 'tenure_override';
    wrong := NULL;
    IF subject = ANY (usable) THEN
        EXECUTE format('SELECT string_agg(DISTINCT o.tenure, '', '') FROM (SELECT coalesce(v.tenure::text, ''NULL'') COLLATE "C" AS tenure FROM %I.tenure_override v) o '
            'WHERE NOT EXISTS (SELECT FROM byudv.tenure_code c WHERE c.code = o.tenure)', name) INTO wrong;
    END IF;
    IF wrong IS NOT NULL THEN
        status := 'missing'; message := format('Unknown tenures: %s.', wrong); hint := 'SELECT * FROM byudv.tenure_codes() lists the codes.';
        RETURN NEXT;
    END IF;

    subject := 'setting';
    EXECUTE format('SELECT count(*) FROM %I.setting', name) INTO n;
    IF n = 0 THEN
        status := 'missing'; message := 'The row of settings is gone.'; hint := format('INSERT INTO %I.setting (municipality) VALUES (...);', name);
        RETURN NEXT;
    ELSIF 'dwelling' = ANY (usable) THEN
        EXECUTE format('SELECT count(*) FROM %1$I.setting s WHERE s.municipality IS NOT NULL AND EXISTS (SELECT FROM %1$I.dwelling)
            AND NOT EXISTS (SELECT FROM %1$I.dwelling d WHERE coalesce(d.municipality, s.municipality) = s.municipality)', name) INTO n;
        IF n > 0 THEN
            status := 'missing'; message := 'No dwelling lies in the municipality that is studied.'; hint := format('Look at %I.setting.municipality and %I.dwelling.municipality.', name, name);
            RETURN NEXT;
        END IF;
    END IF;

    subject := 'refresh';
    EXECUTE format('SELECT * FROM %I.run_log l WHERE l.step = ''refresh'' ORDER BY l.run_id DESC LIMIT 1', name) INTO last;
    IF last.run_id IS NULL THEN
        status := 'never'; message := 'It has not been refreshed yet.'; hint := format('CALL byudv.refresh(%L);', name);
    ELSE
        status := CASE WHEN last.outcome IN ('done', 'unchanged') THEN 'ok' ELSE last.outcome END;
        message := format('Refresh %s began %s: %s%s', last.run_id, to_char(last.started_at, 'YYYY-MM-DD HH24:MI'), last.outcome, coalesce('. ' || last.message, '.'));
        hint := CASE WHEN last.outcome NOT IN ('done', 'unchanged', 'running') THEN format('Mend what it says, then CALL byudv.refresh(%L); it goes on where it stopped.', name) END;
    END IF;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION byudv.check_monitor(text) IS 'What stands in the way of a refresh, in words, and how each input is watched. status: ok, empty (a refresh does without), missing (a refresh would fail or give little), for the last refresh never, ok, running, failed, cancelled, interrupted. hint says what to do. Only the monitor''s owner may ask. Errors: no such monitor.';
