-- What the extension consists of, checked from the catalogue: comments, volatility, search_path, privileges, dumps; and what a plain role can do.
BEGIN;
SELECT plan(53);
CREATE TEMPORARY TABLE f AS SELECT p.* FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'byudv'
    JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid WHERE d.deptype = 'e';
CREATE TEMPORARY TABLE r AS SELECT c.* FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'byudv'
    JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid WHERE d.deptype = 'e' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S');

-- Comments
SELECT is_empty($$SELECT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'byudv'
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND obj_description(d.objid, d.classid::regclass::name) IS NULL
    AND NOT (d.classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type t WHERE t.oid = d.objid AND (t.typrelid <> 0 OR t.typelem <> 0)))$$,
    'every object of the extension has a comment');
SELECT is_empty($$SELECT r.relname, a.attname FROM r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attnum > 0 AND NOT a.attisdropped AND col_description(r.oid, a.attnum) IS NULL$$,
    'every column has a comment');
SELECT is_empty($$SELECT t.tgname, r.relname FROM r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal AND obj_description(t.oid, 'pg_trigger') IS NULL$$,
    'every trigger has a comment');
SELECT isnt((SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'byudv'), NULL, 'the extension has a comment');
SELECT is_empty($$SELECT relname FROM r WHERE relnamespace <> 'byudv'::regnamespace UNION ALL SELECT proname FROM f WHERE pronamespace <> 'byudv'::regnamespace$$,
    'everything is in schema byudv');

-- Functions
-- what computes durations, by its part of the script: reads no table, is immutable
CREATE TEMPORARY VIEW duration AS SELECT * FROM f WHERE proname ~ '^(survival|competing_risks|conditional|cumulative|incidence|log_rank|restricted|turnover)' OR proname IN
    ('rollup', 'any_cause', 'cause_specific', 'observation', 'exposure');
-- what makes residences, moves, vacancies and chains reads relations of the user's, behind which anything can stand; its aggregates read nothing
CREATE TEMPORARY VIEW moving AS SELECT * FROM f WHERE proname ~ '^(residence|occupanc|vacancy|chain|moves$|build_residences|period_agg)';
CREATE TEMPORARY VIEW moving_aggregate AS SELECT * FROM moving WHERE proname ~ '_agg';
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM moving WHERE oid NOT IN (SELECT oid FROM moving_aggregate)
    AND (provolatile <> 's' OR proparallel <> 'u' OR proisstrict)), 'build_residences', 'what reads relations is stable, not parallel, takes NULL for an error; and one writes');
SELECT is_empty($$SELECT proname FROM moving_aggregate WHERE provolatile <> 'i' OR proparallel <> 's'$$, 'residences and occupancies as aggregates are immutable and parallel');
SELECT is_empty($$SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN moving_aggregate f ON f.oid = a.aggfnoid WHERE a.aggcombinefn = 0 OR a.aggfinalfn = 0
    OR a.aggtranstype = 'internal'::regtype$$, 'and combine, with a state that can be sent');
-- adapters write; what they are made of, and what users call for themselves, is immutable
CREATE TEMPORARY VIEW importing AS SELECT * FROM f WHERE proname LIKE 'import\_%' OR proname IN ('merge_keyed', 'merge_unkeyed', 'merge_rejects', 'register_key', 'address_key', 'register_date', 'cpr_birth_year', 'drop_stages', 'source_column',
    'stage_source', 'reject_repeated', 'require_relations', 'lock_inputs', 'number_keys', 'stage_rejects', 'stock_stages');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM importing WHERE provolatile <> 'v'), 'address_key cpr_birth_year register_date register_key require_relations source_column stock_stages',
    'what adapters compute with reads nothing, or the catalogue');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM importing WHERE provolatile = 's'), 'source_column', 'the catalogue is read by one');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM importing WHERE proisstrict), 'cpr_birth_year register_date register_key', 'those of one argument give NULL for NULL');
SELECT is_empty($$SELECT proname FROM importing WHERE provolatile = 'v' AND proname LIKE 'import\_%' AND proname NOT IN ('import_stock', 'import_old_layout')
    AND NOT proconfig @> ARRAY['synchronize_seqscans=off', 'max_parallel_workers_per_gather=0', 'enable_nestloop=off', 'jit=off']$$, 'adapters read rows in their order');
-- the lists of views and their columns, by topic
CREATE TEMPORARY VIEW listing AS SELECT * FROM f WHERE proname ~ '^bi_[a-z]+_(views|columns)$';
SELECT is_empty($$SELECT proname FROM listing WHERE provolatile <> 'i' OR proparallel <> 's' OR pronargs > 0$$, 'lists of views read nothing');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM f WHERE provolatile = 'i'
        AND oid NOT IN (SELECT oid FROM duration UNION SELECT oid FROM moving UNION SELECT oid FROM importing UNION SELECT oid FROM listing)),
    'age_band age_on bi_key chi_square_p compare_rates compare_shares danish_csv_text danish_decimal danish_number dashboard_tables event_rate help help_list indicator_measures input_steps made_by monitor_columns monitor_layout monitor_tables '
    'monitor_view_columns monitor_views normalise_owner_name own_measure owner_occupied parse_danish_date parse_danish_date parse_danish_number parse_danish_number prediction_limit refresh_steps rollup_sources share_limits size_band '
    'step_parameters', 'immutable is what reads no table');
SELECT is_empty($$SELECT proname FROM duration WHERE provolatile <> 'i'$$, 'and so is all that computes durations');
SELECT is((SELECT string_agg(DISTINCT proname, ' ' ORDER BY proname) FROM duration WHERE NOT proisstrict AND prokind = 'f'),
    'competing_risks_transition competing_risks_window_transition exposure observation survival_transition survival_window_transition',
    'of it, only what takes rows with NULLs is not STRICT');
SELECT is_empty($$SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN duration f ON f.oid = a.aggfnoid WHERE a.aggcombinefn = 0 OR a.aggfinalfn = 0 OR f.proparallel <> 's'
    OR a.aggtranstype NOT IN ('byudv.survival'::regtype, 'byudv.competing_risks'::regtype)$$, 'aggregates combine, and their state is the summary itself');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM f WHERE provolatile = 'v' AND oid NOT IN (SELECT oid FROM importing) AND proname NOT IN (SELECT 'refresh_' || s FROM unnest(byudv.refresh_steps()) s)),
    'begin_scope build_residences citus_sync_rules collect_changes create_monitor ensure_indexes ensure_monitor ensure_views grant_reader load_own_rules make_address_view make_persons_counted merge_rows note_change note_pending protect_builtin refresh refresh_begin '
    'refresh_lock refresh_note refresh_step refresh_unlock revoke_reader rules_changed schedule_refresh '
    'seed_dwelling_type_code seed_owner_kind_code seed_owner_pattern seed_register_code seed_tenure_code seed_tenure_rule seed_use_code set_reader unschedule_refresh upgrade_monitor',
    'volatile is what writes');
SELECT is_empty($$SELECT proname FROM f WHERE prosecdef$$, 'no function is SECURITY DEFINER');
-- what reads a monitor's tables reads the user's
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM f WHERE provolatile <> 'v' AND proparallel = 'u' AND oid NOT IN (SELECT oid FROM moving)),
    'area_profile check_monitor classify_dwellings column_expression danish_csv dashboard_data monitor_parameters monitors new_build_profile protected_counts refresh_pending refuse_superuser require_monitor', 'what reads is PARALLEL SAFE, but for what reads relations of the user''s');
SELECT is((SELECT string_agg(proname, ' ') FROM f WHERE proparallel = 'r'), 'in_transaction_block', 'one function asks for the leader''s transaction');
SELECT is_empty($$SELECT proname FROM f WHERE provolatile = 'v' AND proparallel <> 'u'$$, 'what writes is not');
SELECT is_empty($$SELECT proname FROM f JOIN pg_language l ON l.oid = prolang WHERE l.lanname IN ('sql', 'plpgsql') AND prokind = 'f' AND prosqlbody IS NULL AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)$$,
    'SQL and PL/pgSQL functions have a fixed search_path');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM f WHERE prosqlbody IS NOT NULL), 'address_key age_band age_on owner_occupied prediction_limit register_key size_band',
    'but those that are inlined, whose names were looked up when they were made');
SELECT is((SELECT string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM f WHERE proisstrict AND oid NOT IN (SELECT oid FROM duration UNION SELECT oid FROM moving UNION SELECT oid FROM importing)),
    'chi_square_p compare_rates compare_shares danish_csv_text danish_decimal danish_number event_rate label normalise_owner_name owner_kind owner_match owner_matches owner_organisation parse_danish_date parse_danish_number pseudonym refresh_lock share_limits', 'STRICT where NULL gives NULL');
-- a procedure that commits can have no SET clause: it sets the path itself, before it looks up anything by an unqualified name
SELECT is((SELECT string_agg(proname, ' ') FROM f WHERE prokind = 'p'), 'refresh', 'one procedure');
SELECT is((SELECT proconfig FROM f WHERE prokind = 'p'), NULL, 'without a SET clause, since it commits');
SELECT is((SELECT string_agg(m[1], '; ') FROM f, regexp_matches(prosrc, '(COMMIT;(?!\s+(PERFORM pg_catalog\.set_config\(|END LOOP;|FOREACH )))', 'g') m WHERE prokind = 'p'), NULL,
    'after each COMMIT in it the path is set again, or is at the begin of the loop and behind it');

SELECT is_empty($$SELECT proname FROM f JOIN pg_language l ON l.oid = prolang WHERE l.lanname = 'c' AND prosrc <> 'byudv_' || proname$$, 'C symbols are named after their functions');
SELECT is_empty($$SELECT proname FROM f, unnest(proargnames) n WHERE n = '' UNION ALL SELECT proname FROM f WHERE pronargs > 0 AND proargnames IS NULL$$, 'every argument has a name');
SELECT is_empty($$SELECT proname FROM f WHERE proretset AND prorows = 1000$$, 'every function that gives a set says how many rows');

-- Tables
SELECT is((SELECT string_agg(c.relname, ' ' ORDER BY c.relname COLLATE "C") FROM pg_extension e, unnest(e.extconfig) x JOIN pg_class c ON c.oid = x WHERE e.extname = 'byudv'),
    'dwelling_type_code owner_kind_code owner_pattern register_code tenure_code tenure_rule use_code', 'all seven tables are dumped');
SELECT is((SELECT string_agg(DISTINCT x, ' ') FROM pg_extension e, unnest(e.extcondition) x WHERE e.extname = 'byudv'), 'WHERE NOT is_builtin', 'their own rows only');
SELECT is_empty($$SELECT relname FROM r WHERE relkind = 'r' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = r.oid AND contype = 'p')$$, 'every table has a primary key');
SELECT is((SELECT count(*) FROM r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE t.tgname = 'rules_changed' AND t.tgenabled = 'A'), 7::bigint, 'rules_changed fires always, on all tables');
SELECT is((SELECT count(*) FROM r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE t.tgname = 'protect_builtin'), 7::bigint, 'protect_builtin on all tables');
SELECT is((SELECT count(*) FROM r WHERE has_table_privilege('public', oid, 'SELECT')), (SELECT count(*) FROM r), 'PUBLIC may read all');
SELECT is_empty($$SELECT relname, p FROM r, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p WHERE has_table_privilege('public', oid, p)$$,
    'and change nothing');

-- A role without any privilege
CREATE ROLE byudv_test_plain;
CREATE SCHEMA t_plain AUTHORIZATION byudv_test_plain;
GRANT ALL ON ALL TABLES IN SCHEMA pg_temp TO byudv_test_plain;
SET ROLE byudv_test_plain;
SELECT lives_ok($$SELECT byudv.normalise_owner_name('x'), byudv.owner_kind('x'), byudv.owner_organisation('x'), byudv.owner_match('x'), byudv.owner_matches('x'),
    byudv.dwelling_type(120, 120, '1'), byudv.explain_dwelling_type(120, 120, '1'), byudv.owner_occupied(1), byudv.tenure(10, 120, 'x', 0), byudv.tenure_decision(10, 120, 'x', 0),
    byudv.explain_tenure(10, 120, 'x', 0), byudv.tenure_codes(), byudv.dwelling_types(), byudv.owner_kinds(), byudv.tenure_norms(), byudv.owner_codes(), byudv.insurance_codes(),
    byudv.support_codes(), byudv.label('tenure', 'owner'), byudv.parse_danish_number('1,5'), byudv.parse_danish_number('1,5', 'x'), byudv.parse_danish_date('1-2-2023'),
    byudv.parse_danish_date('1-2-2023', 'x'), (SELECT count(*) FROM byudv.code_label), (SELECT count(*) FROM byudv.data_issue_kind), (SELECT count(*) FROM byudv.monitors()), (SELECT count(*) FROM byudv.monitor_tables()),
    (SELECT count(*) FROM byudv.monitor_columns()), byudv.monitor_layout(), byudv.refresh_steps(), byudv.is_tracked('byudv.use_code')$$, 'a plain role can ask everything');
SELECT throws_ok($$SELECT byudv.pseudonym('3102010000')$$, '55000', 'no key for pseudonyms is set', 'but for pseudonyms, without a key');
SET LOCAL byudv.pseudonym_key = 'an-example-key-0123456789';
SELECT lives_ok($$SELECT byudv.pseudonym('3102010000'), byudv.pseudonym_key_fingerprint()$$, 'which it can give itself');
SELECT throws_ok($$SHOW byudv.pseudonym_key$$, '42501', NULL, 'and not look at');
CREATE TABLE t_plain.dwelling (dwelling_id text, unit_use int, unit_kind text, building_use int, owner_code int, owner_name text, defect_insurance int);
INSERT INTO t_plain.dwelling VALUES ('d', 120, '1', 120, 20, NULL, NULL);
SELECT is((SELECT tenure FROM byudv.classify_dwellings('t_plain.dwelling')), 'social', 'and classify its own table');
SELECT throws_ok($$INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('x', 'word', 'company')$$, '42501', NULL, 'but add no pattern');
SELECT throws_ok($$TRUNCATE byudv.tenure_rule$$, '42501', NULL, 'nor truncate');
SELECT throws_ok($$SELECT byudv.seed_tenure_rule()$$, '42501', NULL, 'nor seed');
RESET ROLE;
REVOKE ALL ON t_plain.dwelling FROM byudv_test_plain;
ALTER TABLE t_plain.dwelling OWNER TO CURRENT_USER;
SET ROLE byudv_test_plain;
SELECT throws_ok($$SELECT * FROM byudv.classify_dwellings('t_plain.dwelling')$$, '42501', 'permission denied for table dwelling', 'nor read by classify_dwellings what it may not read');
RESET ROLE;
-- adapters need no more than a monitor of one's own and sources that one may read
SELECT format('GRANT CREATE ON DATABASE %I TO byudv_test_plain', current_database()) \gexec
SET ROLE byudv_test_plain;
CREATE TABLE t_plain.unit ("id_lokalId" text, status int, "enh020EnhedensAnvendelse" int, "byg021BygningensAnvendelse" int, "bfeNummer" text, "ejendommensEjerforholdskode" int);
INSERT INTO t_plain.unit VALUES ('u', 6, 120, 120, '1', 10);
CREATE TABLE t_plain.organisation (navn text);
INSERT INTO t_plain.organisation VALUES ('Boligselskabet Testrup');
SELECT isnt(byudv.create_monitor('t_plain_monitor'), NULL, 'a plain role makes a monitor where it may make schemas');
SELECT is((SELECT rows_added FROM byudv.import_bbr('t_plain_monitor', 't_plain.unit', 't_plain.unit', 't_plain.unit') WHERE source = 'enhed'), 1::bigint, 'and fills it');
SELECT throws_ok($$SELECT * FROM byudv.import_lbf_organisations('t_plain.organisation')$$, '42501', 'permission denied for table owner_pattern', 'but not the dictionary');
RESET ROLE;
-- whom the owner trusts
GRANT INSERT, DELETE ON byudv.owner_pattern TO byudv_test_plain;
SET ROLE byudv_test_plain;
SELECT lives_ok($$INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church')$$, 'with INSERT granted it adds a pattern');
SELECT is(byudv.owner_kind('Testrup'), 'church', 'which counts');
SELECT is((SELECT rows_added FROM byudv.import_lbf_organisations('t_plain.organisation')), 1::bigint, 'and organisations');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
