-- help() names every function that there is to call, and nothing else.
BEGIN;
SELECT plan(9);
CREATE TEMPORARY VIEW public_function AS
SELECT p.proname::text AS name FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'byudv'
WHERE p.prorettype <> 'trigger'::regtype AND p.proname NOT LIKE 'seed\_%' AND obj_description(p.oid, 'pg_proc') !~ '^Used (inside:|by the functions)'
    -- what types, operators, indexes and aggregates are made of
    AND NOT EXISTS (SELECT FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)) AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid)
    AND NOT EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = p.oid)
    AND NOT EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (a.aggtransfn, a.aggcombinefn, a.aggfinalfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn));
SELECT is_empty('SELECT name FROM public_function EXCEPT SELECT function FROM byudv.help()', 'every function is named');
SELECT is_empty('SELECT function FROM byudv.help() EXCEPT SELECT name FROM public_function', 'every name is a function');
SELECT is_empty('SELECT function FROM byudv.help() GROUP BY function HAVING count(*) > 1', 'once');
SELECT is_empty($$SELECT function FROM byudv.help() WHERE example NOT LIKE '%byudv.' || function || '(%'$$, 'each example calls its function');
SELECT is_empty('SELECT what FROM byudv.help() GROUP BY what HAVING count(*) > 1', 'no two things are called the same');
SELECT is((SELECT string_agg(function, ' ') FROM byudv.help('explain')), 'tenure_decision explain_tenure explain_dwelling_type owner_match owner_matches', 'one task, in its order');
SELECT is((SELECT string_agg(task, ' ') FROM byudv.help('refresh')), 'monitor', 'one function');
SELECT throws_ok($$SELECT * FROM byudv.help('cooking')$$, '22023', 'there is no help on "cooking"', 'what there is no help on is an error');
-- examples of computing run here; those on the demo municipality in test/t/011_bi_views.pl
DO $$DECLARE h record; BEGIN FOR h IN SELECT * FROM byudv.help() WHERE example !~ 'birkelev|citus_|my_dwellings|stay|ending|flow|transition|lbf\.|create_monitor' AND task <> 'import' LOOP EXECUTE h.example; END LOOP; END$$;
SELECT pass('examples without tables run');
SELECT * FROM finish();
ROLLBACK;
