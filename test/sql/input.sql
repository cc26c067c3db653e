-- Whatever is put in: NULL in every place, blanks, codes that do not exist, extreme numbers, very long names. No crash, no guess.
\set SHOW_CONTEXT never
CREATE SCHEMA t_input;

-- Every function of the extension that can be called, with NULL in each place of its arguments in turn, then everywhere; the other
-- arguments get a value of their type. Trigger functions, those that seed or are used inside only, create_monitor(), which would make one, and the adapters, which
-- test import is about, are left out.
CREATE FUNCTION t_input.call(f regprocedure, null_at int, OUT result text) LANGUAGE plpgsql AS $$
DECLARE
    arguments text;
BEGIN
    SELECT string_agg(CASE WHEN null_at IN (0, n) THEN 'NULL' ELSE
               CASE t WHEN 'integer'::regtype THEN '10' WHEN 'text'::regtype THEN CASE name WHEN 'norm' THEN '''corrected''' WHEN 'lang' THEN '''da'''
                   WHEN 'list' THEN '''tenure''' ELSE '''x''' END
               WHEN 'boolean'::regtype THEN 'true' WHEN 'date'::regtype THEN '''2020-01-01''' WHEN 'regclass'::regtype THEN '''t_input.dwelling'''
               ELSE 'NULL' END END || '::' || t::regtype::text, ', ' ORDER BY n)
      INTO arguments
      FROM pg_proc p, LATERAL unnest(p.proargtypes::oid[], p.proargnames[1:p.pronargs]) WITH ORDINALITY a (t, name, n) WHERE p.oid = f;
    EXECUTE format('SELECT coalesce(string_agg(x::text, ''; ''), ''NULL or no row'') FROM (SELECT * FROM %s(%s) AS x LIMIT 2) AS x',
        (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = f), arguments)
        INTO result;
EXCEPTION WHEN OTHERS THEN
    result := 'ERROR: ' || sqlerrm;
END
$$;
CREATE TABLE t_input.dwelling (dwelling_id text, unit_use int, unit_kind text, building_use int, owner_code int, owner_name text, defect_insurance int);
SELECT p.proname AS function, n AS "NULL at", c.result
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'byudv' AND d.deptype = 'e'
JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid, LATERAL generate_series(0, p.pronargs) n, LATERAL t_input.call(p.oid, n) c
WHERE p.prorettype <> 'trigger'::regtype AND p.proname !~ '^seed_' AND p.proname NOT IN ('column_expression', 'create_monitor')
    AND p.proname !~ '^(import_|help$)' AND obj_description(p.oid, 'pg_proc') NOT LIKE 'Used inside:%' AND p.pronargs > 0 AND p.prokind = 'f'
    AND NOT p.proargtypes::oid[] && ARRAY['byudv.survival', 'byudv.survival[]', 'byudv.competing_risks', 'internal', 'cstring']::regtype[]::oid[]
ORDER BY p.proname COLLATE "C", n, c.result COLLATE "C";

-- Integers from end to end, in every integer place
CREATE TABLE t_input.number AS SELECT unnest(ARRAY[-2147483648, -2399, -1, 0, 1, 9, 10, 999, 2399, 2400, 32767, 32768, 65536, 2147483647]) AS i;
SELECT byudv.dwelling_type(u.i, b.i, k.kind) COLLATE "C" AS dwelling_type, count(*) FROM t_input.number u, t_input.number b,
    (VALUES (NULL), (''), (' '), ('0'), ('1'), (' 1 '), ('6'), ('e'), ('E'), ('EE'), ('5 '), ('x'), ('11'), (repeat('E', 100000))) k (kind)
GROUP BY 1 ORDER BY 1;
SELECT count(*), count(byudv.explain_dwelling_type(u.i, -u.i / 2, k.kind)) FROM t_input.number u, (VALUES (NULL), ('E')) k (kind);
SELECT byudv.tenure(o.i, b.i, NULL, d.i, y.i, public_support => s.i) COLLATE "C" AS tenure, count(*)
FROM t_input.number o, t_input.number b, t_input.number d, t_input.number y, t_input.number s GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM t_input.number o, t_input.number y, LATERAL byudv.explain_tenure(o.i, o.i, NULL, o.i, y.i, public_support => y.i);
SELECT i, byudv.owner_occupied(i) FROM t_input.number ORDER BY i;
-- a number outside its list is the same as none
SELECT o.i AS owner_code FROM t_input.number o WHERE i <> 10 AND byudv.tenure_decision(i, 120, NULL, NULL)::text <> byudv.tenure_decision(NULL, 120, NULL, NULL)::text;
SELECT d.i AS insurance FROM t_input.number d WHERE i <> 10 AND byudv.tenure(90, 140, NULL, i, 2018) <>
    CASE i WHEN 0 THEN 'private_rental' ELSE byudv.tenure(90, 140, NULL, NULL, 2018) END;
SELECT y.i AS built_year, byudv.tenure(90, 140, NULL, 10, i) FROM t_input.number y ORDER BY 1;
SELECT s.i AS support FROM t_input.number s WHERE i <> 10 AND byudv.tenure(30, 140, NULL, NULL, public_support => i) <> 'private_rental';
SELECT k AS property_kind, byudv.tenure(10, NULL, NULL, NULL, property_kind => k) FROM unnest(ARRAY['condominium', 'EJERLEJLIGHED', ' 3 ', 'Ejerlejlighed',
    'land', 'SFE', '1', 'leased_land', 'BPFG', '2', '', ' ', '4', 'condo', 'ejerlejligheder', '33', 'ejerlejlighed' || U&'\00E6']) k;

-- Names
SELECT '[' || replace(replace(n, chr(9), '\t'), U&'\00AD', '\-') || ']' AS name, byudv.owner_kind(n), byudv.owner_organisation(n), '[' || byudv.normalise_owner_name(n) || ']' AS normal,
    byudv.tenure(10, 140, n, NULL, owner_occupied => true) FROM unnest(ARRAY['', ' ', '   ', chr(9), '.', '/', '|', 'v/', 'c/o', 'att', 'afd', 'afd 12 afd 13',
    'A', 'A B', 'a/b', '/b', 'A/', '''', '"', '%', '_', '\', '{owner}', '{', '<b>', ';--', U&'\00A0', U&'\00AD', U&'\00FF', U&'\00C6', '0', '1/2']) WITH ORDINALITY u (n, o)
ORDER BY o;
-- braces in a name are no fields
SELECT reason FROM byudv.tenure_decision(30, 140, 'Testrup {owner} {x} ApS', NULL, owner_occupied => true);
SELECT reason FROM byudv.tenure_decision(20, 140, 'Testrup {owner} {x} ApS', NULL);
-- a reason quotes at most 200 bytes of a name, and no half letter
SELECT length(reason) < 400 AS short, right(reason, 1) FROM byudv.tenure_decision(20, 140, repeat('Åse ', 1000) || 'ApS', NULL);
-- 10 MB
SET statement_timeout = '600s';
SELECT n, length(byudv.normalise_owner_name(name)) AS normal, byudv.owner_kind(name), byudv.owner_organisation(name), byudv.tenure(10, 140, name, NULL, owner_occupied => true)
FROM (VALUES (1, repeat('x', 10485760)), (2, repeat(' ', 10485760)), (3, repeat('ø', 10485760)),
    (4, 'Boligforeningen AAB' || repeat(' afd. 12', 1310720)), (5, repeat('v/', 5242880)), (6, repeat('a/b ', 2621440))) v (n, name) ORDER BY n;
SELECT count(*) FROM byudv.owner_matches(repeat('Boligforeningen AAB ', 524288));
SELECT length(pattern), owner_kind FROM byudv.owner_match(repeat('Boligforeningen AAB ', 524288));
SELECT max(length(explanation)) < 2000 AS short FROM byudv.explain_tenure(20, 140, repeat('Boligforeningen AAB ', 524288), NULL);
SELECT length(reason) < 600 AS short FROM byudv.tenure_decision(10, 140, repeat('Testrup ', 1310720) || 'ApS', NULL, property_kind => repeat('x', 10485760));
SELECT byudv.dwelling_type(120, 120, repeat('E', 10485760)), byudv.label('tenure', repeat('x', 10485760));
SELECT length(explanation) < 400 AS short FROM byudv.explain_tenure(NULL, NULL, NULL, NULL, property_kind => repeat('ø', 10485760)) WHERE explanation ~ '^Ejendomstype';
RESET statement_timeout;
-- a long name can be stopped: after a tenth of the time that it takes
CREATE TABLE t_input.long AS SELECT repeat('Boligforeningen AAB ', 2621440) AS name;
SELECT clock_timestamp() AS began \gset
SELECT count(byudv.owner_kind(name)), count(length(byudv.normalise_owner_name(name))) FROM t_input.long;
SELECT extract(epoch FROM clock_timestamp() - :'began') * 1000 AS full, greatest(1, extract(epoch FROM clock_timestamp() - :'began') * 100)::int AS tenth,
    clock_timestamp() AS began \gset
SET statement_timeout = :tenth;
SELECT count(byudv.owner_kind(name)), count(length(byudv.normalise_owner_name(name))) FROM t_input.long;
RESET statement_timeout;
SELECT extract(epoch FROM clock_timestamp() - :'began') * 1000 < 0.8 * :full AS stopped_early;

SET client_min_messages = warning;
DROP SCHEMA t_input CASCADE;
