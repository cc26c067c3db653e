-- What a monitor consists of, checked from the catalogue: comments, types, triggers, whose it is, that it outlives the extension, that an upgrade makes it whole.
BEGIN;
SELECT plan(54);
SET LOCAL client_min_messages = warning;
SELECT byudv.create_monitor('t_first', 151);
SELECT byudv.create_monitor('T "second"');
-- An input may be the user's own, here a view; and results have their indexes when they have been filled, which merge_rows() does
CREATE FUNCTION pg_temp.monitor_relation(OUT monitor text, OUT oid oid, OUT name text, OUT kind "char", OUT owner oid, OUT acl aclitem[]) RETURNS SETOF record LANGUAGE sql AS
$$SELECT n.nspname::text, c.oid, c.relname::text, c.relkind, c.relowner, c.relacl FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('t_first', 'T "second"')$$;
-- All that can be told of a monitor, a line a thing
CREATE FUNCTION pg_temp.described(monitor text) RETURNS SETOF text LANGUAGE sql AS $$
SELECT concat_ws(' ', 'table', c.relname, c.relkind, obj_description(c.oid, 'pg_class')) FROM pg_class c WHERE c.relnamespace = quote_ident(monitor)::regnamespace AND c.relkind <> 'i'
UNION ALL SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, replace(pg_get_expr(d.adbin, d.adrelid), quote_ident(monitor), ''), col_description(c.oid, a.attnum))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = quote_ident(monitor)::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT concat_ws(' ', 'trigger', c.relname, replace(pg_get_triggerdef(g.oid), quote_ident(monitor) || '.', ''), g.tgenabled, obj_description(g.oid, 'pg_trigger'))
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE c.relnamespace = quote_ident(monitor)::regnamespace
UNION ALL SELECT concat_ws(' ', 'constraint', c.relname, pg_get_constraintdef(k.oid)) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = quote_ident(monitor)::regnamespace AND k.contype IN ('p', 'c')
UNION ALL SELECT concat_ws(' ', 'index', c.relname, replace(regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX [^ ]+ ', 'INDEX '), quote_ident(monitor) || '.', ''))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = quote_ident(monitor)::regnamespace
$$;
CREATE TEMPORARY TABLE fresh AS SELECT pg_temp.described('t_first') AS line;

-- The layout itself
SELECT is_empty($$SELECT table_name FROM byudv.monitor_tables() EXCEPT SELECT table_name FROM byudv.monitor_columns()$$, 'every table has columns');
SELECT is_empty($$SELECT table_name FROM byudv.monitor_columns() EXCEPT SELECT table_name FROM byudv.monitor_tables()$$, 'every column is of a table');
SELECT is_empty($$SELECT table_name FROM byudv.monitor_tables() WHERE coalesce(description, '') = '' UNION ALL SELECT column_name FROM byudv.monitor_columns() WHERE coalesce(description, '') = ''$$, 'all is described');
SELECT is_empty($$SELECT table_name, column_name FROM byudv.monitor_columns() GROUP BY 1, 2 HAVING count(*) > 1$$, 'no column twice');
SELECT is((SELECT array_agg(DISTINCT role COLLATE "C" ORDER BY role COLLATE "C") FROM byudv.monitor_tables()), '{control,input,result}', 'three roles');
SELECT is_empty($$SELECT t.table_name, k FROM byudv.monitor_tables() t, unnest(string_to_array(t.key, ', ')) k WHERE NOT EXISTS (SELECT FROM byudv.monitor_columns() c WHERE c.table_name = t.table_name AND c.column_name = k)$$,
    'keys are columns');
SELECT is_empty($$SELECT t.table_name, t.tracked[i + 1] FROM byudv.monitor_tables() t, generate_series(1, cardinality(t.tracked), 2) i
    WHERE NOT EXISTS (SELECT FROM byudv.monitor_columns() c WHERE c.table_name = t.table_name AND c.column_name = t.tracked[i + 1] AND c.type = 'bigint')
        OR t.tracked[i] NOT IN ('building', 'dwelling', 'property', 'person')$$, 'what is tracked are keys of a known kind');
SELECT is_empty($$SELECT input FROM byudv.input_steps() WHERE step <> ALL (byudv.refresh_steps()) OR input NOT IN (SELECT table_name FROM byudv.monitor_tables() WHERE role = 'input')$$, 'steps read inputs');
SELECT is_empty($$SELECT s FROM unnest(byudv.refresh_steps()) s WHERE byudv.step_parameters(s) IS NULL OR to_regprocedure(format('byudv.refresh_%s(text, jsonb)', s)) IS NULL
    OR s NOT IN (SELECT table_name FROM byudv.monitor_tables() WHERE role = 'result')$$, 'every step is a function, has parameters and makes a table of its name');
SELECT is_empty($$SELECT DISTINCT p FROM unnest(byudv.refresh_steps()) s, unnest(byudv.step_parameters(s)) p WHERE NOT byudv.monitor_parameters('t_first') ? p$$, 'the parameters of the steps are there');
SELECT is((SELECT string_agg(p, ' ' ORDER BY p COLLATE "C") FROM (SELECT jsonb_object_keys(byudv.monitor_parameters('t_first')) EXCEPT SELECT p FROM unnest(byudv.refresh_steps()) s, unnest(byudv.step_parameters(s)) p) x (p)),
    NULL, 'and there are no others');
SELECT is_empty($$SELECT i.table_name FROM byudv.monitor_tables() i WHERE i.role = 'input' AND i.tracked = '{}' AND i.table_name IN (SELECT input FROM byudv.input_steps() WHERE step <> 'data_issue' AND step NOT IN (SELECT step FROM byudv.rollup_sources()))$$,
    'what concerns more than findings and roll-ups is noted by key');

-- Roll-ups are computed when something that they read has changed: what their functions read, and the functions that these call, by what stands in them
CREATE TEMPORARY TABLE reads AS WITH RECURSIVE f (step, called) AS (
    SELECT u.step, ('refresh_' || u.step) COLLATE "C" FROM byudv.rollup_sources() u
    UNION SELECT f.step, c.proname::text COLLATE "C" FROM f JOIN pg_proc p ON p.proname = f.called AND p.pronamespace = 'byudv'::regnamespace
    CROSS JOIN LATERAL regexp_matches(p.prosrc, 'byudv\.([a-z_]+)\(', 'g') m JOIN pg_proc c ON c.proname = m[1] AND c.pronamespace = 'byudv'::regnamespace WHERE c.proname !~ '^(merge_rows|ensure_|monitor_)')
SELECT DISTINCT f.step, t.role, t.table_name, coalesce(byudv.made_by(t.table_name), t.table_name) AS made_by
FROM f JOIN pg_proc p ON p.proname = f.called AND p.pronamespace = 'byudv'::regnamespace CROSS JOIN LATERAL regexp_matches(p.prosrc, '%(?:\d\$)?I\.([a-z_]+)', 'g') m
JOIN byudv.monitor_tables() t ON t.table_name = m[1];
SELECT bag_eq($$SELECT step, table_name FROM reads WHERE role = 'input'$$, $$SELECT i.step, i.input FROM byudv.input_steps() i JOIN byudv.rollup_sources() u USING (step)$$, 'a roll-up is told of the inputs that it reads');
SELECT bag_eq($$SELECT DISTINCT step, made_by FROM reads WHERE role = 'result' AND made_by <> step$$, $$SELECT u.step, r FROM byudv.rollup_sources() u, unnest(u.reads) r$$, '... and of the results');
SELECT is_empty($$SELECT u.step, r FROM byudv.rollup_sources() u, unnest(u.reads) r WHERE array_position(byudv.refresh_steps(), r) IS NULL OR array_position(byudv.refresh_steps(), r) > array_position(byudv.refresh_steps(), u.step)$$,
    'which earlier steps make');
SELECT is_empty($$SELECT table_name FROM byudv.monitor_tables() WHERE role = 'result' AND coalesce(byudv.made_by(table_name), table_name) <> ALL (byudv.refresh_steps())$$, 'every result is made by a step');
SELECT is_empty($$SELECT ordinal FROM byudv.monitor_tables() GROUP BY ordinal HAVING count(*) > 1$$, 'tables are in one order');

-- A monitor's tables are what the layout says
SELECT is((SELECT count(*) FROM pg_temp.monitor_relation() WHERE kind = 'r'), 2 * (SELECT count(*) FROM byudv.monitor_tables()), 'two monitors with all tables');
SELECT is_empty($$SELECT monitor, name, kind FROM pg_temp.monitor_relation() WHERE kind NOT IN ('r', 'i', 'v') OR kind = 'r' AND name NOT IN (SELECT table_name FROM byudv.monitor_tables()) OR kind = 'v' AND name NOT IN (SELECT view_name FROM byudv.monitor_views())$$,
    'and nothing else but indexes and views');
SELECT is_empty($$SELECT r.monitor, r.name FROM pg_temp.monitor_relation() r JOIN byudv.monitor_tables() t ON t.table_name = r.name WHERE obj_description(r.oid, 'pg_class') IS DISTINCT FROM t.description$$,
    'every table has its comment');
SELECT bag_eq($$SELECT r.name, a.attname::text, a.attnum::int, col_description(r.oid, a.attnum), a.atttypid::regtype::text
        FROM pg_temp.monitor_relation() r JOIN pg_attribute a ON a.attrelid = r.oid WHERE r.monitor = 't_first' AND r.kind = 'r' AND a.attnum > 0$$,
    $$SELECT c.table_name, c.column_name, (row_number() OVER (PARTITION BY c.table_name ORDER BY c.ordinal))::int, c.description, regexp_replace(c.type, '\(.*', '')::regtype::text FROM byudv.monitor_columns() c$$,
    'every column is in its place, with its type and comment');
SELECT is_empty($$SELECT r.name, a.attname FROM pg_temp.monitor_relation() r JOIN pg_attribute a ON a.attrelid = r.oid JOIN byudv.monitor_columns() c ON c.table_name = r.name AND c.column_name = a.attname
    WHERE r.kind = 'r' AND format_type(a.atttypid, a.atttypmod) <> CASE c.type WHEN 'int' THEN 'integer' WHEN 'timestamptz' THEN 'timestamp with time zone' ELSE replace(replace(c.type, ', ', ','), 'varchar', 'character varying') END$$,
    'with its precision');
SELECT is_empty($$SELECT r.name, a.attname FROM pg_temp.monitor_relation() r JOIN pg_attribute a ON a.attrelid = r.oid JOIN byudv.monitor_columns() c ON c.table_name = r.name AND c.column_name = a.attname
    JOIN byudv.monitor_tables() t ON t.table_name = r.name WHERE r.kind = 'r' AND a.attnotnull <> (c.attributes LIKE 'NOT NULL%' OR a.attname = ANY (string_to_array(coalesce(t.key, ''), ', ')))$$, 'and NOT NULL where it says so');
SELECT bag_eq($$SELECT r.monitor, r.name, (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(p.conkey) WITH ORDINALITY k (attnum, n) JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.attnum)
        FROM pg_temp.monitor_relation() r JOIN pg_constraint p ON p.conrelid = r.oid AND p.contype = 'p'$$,
    $$SELECT m, t.table_name, t.key FROM byudv.monitor_tables() t, unnest(ARRAY['t_first', 'T "second"']) m WHERE t.key IS NOT NULL$$, 'primary keys');
SELECT is_empty($$SELECT r.name, a.attname, a.atttypid::regtype FROM pg_temp.monitor_relation() r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 JOIN pg_type y ON y.oid = a.atttypid
    WHERE r.kind = 'r' AND y.typnamespace <> 'pg_catalog'::regnamespace$$, 'all types are the server''s own');
SELECT is_empty($$SELECT r.name, a.attname, a.atttypid::regtype FROM pg_temp.monitor_relation() r JOIN byudv.monitor_tables() t ON t.table_name = r.name AND t.role = 'result' JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
    WHERE a.atttypid <> ALL ('{bigint,int,smallint,date,text,varchar,numeric,boolean,double precision}'::regtype[])$$, 'results have plain types only');
SELECT is_empty($$SELECT r.name, pg_get_expr(d.adbin, d.adrelid) FROM pg_temp.monitor_relation() r JOIN pg_attrdef d ON d.adrelid = r.oid WHERE pg_get_expr(d.adbin, d.adrelid) ~ 'byudv\.'$$, 'no default calls the extension');

-- Views are what their list says
SELECT bag_eq($$SELECT name, obj_description(oid, 'pg_class') FROM pg_temp.monitor_relation() WHERE monitor = 't_first' AND kind = 'v'$$, 'SELECT view_name, comment FROM byudv.monitor_views()', 'every view has its comment');
SELECT bag_eq($$SELECT r.name, a.attname::text, a.attnum::int, col_description(r.oid, a.attnum) FROM pg_temp.monitor_relation() r JOIN pg_attribute a ON a.attrelid = r.oid WHERE r.monitor = 't_first' AND r.kind = 'v' AND a.attnum > 0$$,
    'SELECT view_name, column_name, (row_number() OVER (PARTITION BY view_name ORDER BY ordinal))::int, description_en FROM byudv.monitor_view_columns()', 'and every column of a view');
SELECT is_empty($$SELECT DISTINCT r.name, t.relname FROM pg_temp.monitor_relation() r JOIN pg_rewrite w ON w.ev_class = r.oid JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class t ON t.oid = d.refobjid JOIN byudv.monitor_tables() m ON m.table_name = t.relname AND m.role = 'input' WHERE r.kind = 'v' AND t.relnamespace = 't_first'::regnamespace$$, 'no view reads an input');

-- Triggers
SELECT is_empty($$SELECT r.monitor, r.name FROM pg_temp.monitor_relation() r JOIN byudv.monitor_tables() t ON t.table_name = r.name WHERE r.kind = 'r'
    AND (SELECT coalesce(string_agg(g.tgname, ' ' ORDER BY g.tgname), '') FROM pg_trigger g WHERE g.tgrelid = r.oid AND NOT g.tgisinternal)
        <> CASE t.role WHEN 'input' THEN 'byudv_delete byudv_insert byudv_truncate byudv_update' ELSE '' END$$, 'every input has four triggers, and nothing else has any');
SELECT is_empty($$SELECT r.name, g.tgname FROM pg_temp.monitor_relation() r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE g.tgenabled <> 'A' OR g.tgfoid <> 'byudv.note_change'::regproc OR obj_description(g.oid, 'pg_trigger') IS NULL$$,
    'they fire always, call note_change(), and have a comment');
SELECT is_empty($$SELECT r.name FROM pg_temp.monitor_relation() r JOIN byudv.monitor_tables() t ON t.table_name = r.name AND t.role = 'input' WHERE r.kind = 'r' AND NOT byudv.is_tracked(r.oid)$$, 'so that every input is tracked');

-- Whose it is
SELECT is_empty($$SELECT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend d WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype IN ('e', 'x')
    AND (d.classid = 'pg_class'::regclass AND d.objid IN (SELECT oid FROM pg_temp.monitor_relation()) OR d.classid = 'pg_namespace'::regclass AND d.objid IN ('t_first'::regnamespace, '"T ""second"""'::regnamespace))$$,
    'nothing of it is a member of the extension');
SELECT is((SELECT string_agg(DISTINCT d.classid::regclass::text, ' ') FROM pg_depend d JOIN pg_depend e ON e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e' JOIN pg_extension x ON x.oid = e.refobjid AND x.extname = 'byudv'
    LEFT JOIN pg_trigger g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
    WHERE (d.classid = 'pg_class'::regclass AND d.objid IN (SELECT oid FROM pg_temp.monitor_relation())) OR g.tgrelid IN (SELECT oid FROM pg_temp.monitor_relation())), 'pg_trigger',
    'only its triggers depend on it');
SELECT is_empty($$SELECT name FROM pg_temp.monitor_relation() WHERE pg_get_userbyid(owner) <> current_user$$, 'it belongs to who made it');
SELECT is_empty($$SELECT r.name, p.privilege_type FROM pg_temp.monitor_relation() r, aclexplode(r.acl) p WHERE p.grantee = 0$$, 'nothing is granted to PUBLIC');
SELECT is_empty($$SELECT n.nspname, p.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) p WHERE p.grantee = 0 AND n.nspname IN ('t_first', 'T "second"')$$, 'nor on the schemas');
CREATE ROLE byudv_test_reader;
SELECT is_empty($$SELECT r.name, p FROM pg_temp.monitor_relation() r, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p WHERE r.kind = 'r' AND has_table_privilege('byudv_test_reader', r.oid, p)$$,
    'so that another role can do nothing');

-- What is missing is made again, and then all is as it was new
SELECT bag_eq($$SELECT replace(x, 'of municipality 151', '') FROM pg_temp.described('T "second"') x$$, $$SELECT line FROM fresh$$, 'two monitors are the same');
ALTER TABLE t_first.dwelling DROP COLUMN address_key, DROP COLUMN address;
ALTER TABLE t_first.setting DROP COLUMN odd_residents;
ALTER TABLE t_first.move DROP COLUMN to_home_id;
DROP TABLE t_first.reject, t_first.indicator, t_first.chain;
DROP TRIGGER byudv_update ON t_first.person;
DROP TRIGGER byudv_truncate ON t_first.area;
ALTER TABLE t_first.ownership DISABLE TRIGGER ALL;
ALTER TABLE t_first.building ENABLE REPLICA TRIGGER byudv_insert;
COMMENT ON TABLE t_first.person IS NULL;
COMMENT ON COLUMN t_first.person.born_on IS 'other';
COMMENT ON COLUMN t_first.setting.as_of IS NULL;
DO $$
DECLARE
    i record;
BEGIN
    FOR i IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 't_first.address_period'::regclass LOOP
        EXECUTE format('DROP INDEX %s', i.name);
    END LOOP;
END
$$;
SELECT isnt_empty($$SELECT line FROM fresh EXCEPT SELECT pg_temp.described('t_first')$$, 'a monitor that has lost this and that');
SELECT is(byudv.upgrade_monitor('t_first'), 'Monitor t_first is up to date (layout 2); what was missing is there again.', 'is mended');
SELECT bag_eq($$SELECT pg_temp.described('t_first')$$, $$SELECT line FROM fresh$$, 'and has it all again');
SELECT bag_eq($$SELECT DISTINCT input FROM t_first.change$$, ARRAY['dwelling', 'indicator', 'person', 'area', 'ownership', 'building'], 'what changed unseen is noted');
CREATE TEMPORARY TABLE noted AS TABLE t_first.change;
SELECT byudv.upgrade_monitor('t_first');
SELECT bag_eq($$TABLE t_first.change$$, $$TABLE noted$$, 'once more is nothing');
SELECT is_empty($$SELECT pg_temp.described('T "second"') EXCEPT SELECT replace(line, '151', '') FROM fresh$$, 'the other monitor is as it was');
SELECT is_empty($$TABLE "T ""second""".change$$, 'with nothing noted');

-- Without the extension the data stay
INSERT INTO t_first.person (person_id) VALUES (1), (2);
SELECT isnt(byudv.grant_reader('t_first', 'byudv_test_reader'), NULL, 'a reader');
SELECT is((SELECT count(*) FROM pg_extension WHERE extname = 'byudv'), 1::bigint, 'with the extension');
DROP EXTENSION byudv CASCADE;
SELECT is((SELECT count(*) FROM t_first.person) + (SELECT count(*) FROM pg_temp.monitor_relation() WHERE kind = 'r'), 2 + 2 * (SELECT count(DISTINCT split_part(line, ' ', 2)) FROM fresh WHERE line ~ '^table \S+ r'),
    'DROP EXTENSION CASCADE takes no table and no row');
-- and with it again the views are there, for those who read them
SELECT isnt((SELECT count(*) FROM pg_temp.monitor_relation() WHERE monitor = 't_first' AND kind = 'v'), (SELECT count(*) FROM fresh WHERE line ~ '^table \S+ v'), 'but views');
CREATE EXTENSION byudv;
SELECT isnt(byudv.upgrade_monitor('t_first'), NULL, 'the extension again');
SELECT bag_eq($$SELECT pg_temp.described('t_first')$$, $$SELECT line FROM fresh$$, 'brings all of it back');
SELECT is((SELECT count(*) FROM pg_temp.monitor_relation() WHERE monitor = 't_first' AND kind = 'v' AND has_table_privilege('byudv_test_reader', oid, 'SELECT')), (SELECT count(*) FROM byudv.monitor_views()), 'to its reader as well');
SELECT * FROM finish();
ROLLBACK;
