# Attacks, see SECURITY.md: names that hide the server's own, names that hold SQL, schemas that look like a monitor, triggers on tables of one's own; and who may do
# what with a monitor. What is attacked is told by sequences, whose numbers outlive errors and rollbacks.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $node = new_server('main', conf => "autovacuum = off\njit = off\nlog_min_messages = fatal\nmax_prepared_transactions = 2\n");
my $quiet = "SET client_min_messages = warning;\n";
my @RELEASES = glob "$ENV{PG_ABS_SRCDIR}/releases/byudv--*.sql";

# What a statement says, errors with their code, as a role
sub said
{
	my ($role, $sql, $database) = @_;
	my ($code, $out, $err) = $node->psql($database || 'a', "\\set VERBOSITY verbose\n$sql", extra_params => $role ? [ '-U', $role ] : [], on_error_stop => 0);
	return join "\n", grep { $_ ne "" } $out, $err;
}

sub query { return $node->safe_psql('a', @_) }

# A small municipality in monitor m of a database: 60 dwellings in 6 buildings, 150 persons who have moved once, one of them protected, in dwelling 7
sub fill
{
	my ($m) = @_;
	return $quiet . <<"SQL";
INSERT INTO $m.building (building_id, property_id, building_use, built_year, defect_insurance, status) SELECT b, 100 + b, 140, 1950 + b, 0, 6 FROM generate_series(1, 6) b;
INSERT INTO $m.dwelling (dwelling_id, building_id, property_kind, unit_use, unit_kind, area_m2, rooms, registered_use, available_from, address, address_key)
	SELECT d, 1 + d % 6, 'SFE', 140, '1', 40 + d, 2, 1, CASE WHEN d > 50 THEN date '2019-06-01' END, 'Prøvevej ' || d, '101-1-' || d || '--' FROM generate_series(1, 60) d;
INSERT INTO $m.ownership (property_id, owner_code, owner_name) SELECT 100 + b, (ARRAY[10, 20, 30])[1 + b % 3], (ARRAY['=Ejersen', 'Boligselskabet Test', 'Test ApS'])[1 + b % 3] FROM generate_series(1, 6) b;
INSERT INTO $m.person (person_id, born_on, protected) SELECT p, date '1950-01-01' + p * 100, p = 7 FROM generate_series(1, 150) p;
INSERT INTO $m.address_period (person_id, dwelling_id, municipality_code, from_date, to_date)
	SELECT p, 1 + (p * 7) % 50, 101, date '2010-01-01', date '2018-01-01' + p * 10 FROM generate_series(1, 150) p
	UNION ALL SELECT p, CASE p WHEN 7 THEN 7 ELSE 8 + p % 53 END, 101, date '2018-01-01' + p * 10, NULL FROM generate_series(1, 150) p;
INSERT INTO $m.area (kind, code, name) VALUES ('kvarter', 'N', 'Nord'), ('kvarter', 'S', '</script><b>Syd');
INSERT INTO $m.dwelling_area (dwelling_id, kind, code) SELECT d, 'kvarter', CASE WHEN d % 2 = 0 THEN 'N' ELSE 'S' END FROM generate_series(1, 60) d;
INSERT INTO $m.plan_project (project_id, name, area_kind, area_code, started_on) VALUES (1, 'Byg', 'kvarter', 'N', '2021-01-01');
INSERT INTO $m.plan_dwelling (project_id, dwelling_type, tenure, expected, expected_on) VALUES (1, 'apartment', 'social', 9, '2023-01-01');
INSERT INTO $m.indicator (source, year, measure, value) VALUES ('DST', 2020, 'homes', 5);
INSERT INTO $m.tenure_override (dwelling_id, tenure, note) VALUES (1, 'owner', '=note');
UPDATE $m.setting SET as_of = '2022-01-01', study_from = '2012-01-01';
SQL
}

new_database($node, 'a');
query(<<'SQL');
CREATE ROLE keeper LOGIN; CREATE ROLE writer LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE nobody LOGIN; CREATE ROLE evil LOGIN; CREATE ROLE loader LOGIN;
GRANT CREATE ON DATABASE a TO keeper, evil, loader;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE TABLE canary (intact int); INSERT INTO canary VALUES (1);
CREATE SEQUENCE pwned_times;
CREATE FUNCTION pwned() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$BEGIN PERFORM nextval('public.pwned_times'); RETURN session_user; END$$;
SQL
is(said('keeper', "SELECT byudv.create_monitor('m', 101) IS NULL; " . fill('m') . "CALL byudv.refresh('m');") =~ s/\s//gr, 'f', 'a monitor of a role that is no superuser');
my $untouched = "SELECT (SELECT intact FROM canary), (SELECT is_called FROM pwned_times), (SELECT string_agg(rolname, ' ' ORDER BY oid) FROM pg_roles WHERE rolsuper)";
my $intact = query($untouched);

# ---- What functions are called with, for calling all of them
query($quiet . <<'SQL');
CREATE SCHEMA i;
CREATE VIEW i.classified AS SELECT d.*, b.building_use, b.defect_insurance, o.owner_code, o.owner_name FROM m.dwelling d JOIN m.building b USING (building_id) JOIN m.ownership o ON o.property_id = b.property_id;
CREATE VIEW i.owner AS SELECT dwelling_id, 10 AS owner_code, 'Test ApS' AS owner_name, NULL::date AS valid_from, NULL::date AS valid_to FROM m.dwelling;
CREATE TABLE i.flow AS SELECT * FROM byudv.vacancy_flows('m.residence', 'm.dwelling', '2012-01-01', '2022-01-01');
CREATE VIEW i.transition AS SELECT 'home' AS from_stratum, CASE WHEN outcome = 'vacated' THEN 'home' END AS to_stratum, count(*) AS n FROM i.flow WHERE movers > 0 GROUP BY 2;
CREATE VIEW i.event AS SELECT 2020 AS slice, (dwelling_id % 9)::int AS area, extract(year FROM from_date)::int AS year FROM m.residence WHERE dwelling_id IS NOT NULL AND to_date IS NULL;
CREATE TABLE i.built (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer);
CREATE TABLE i.enhed AS SELECT 'e' || d AS id_lokalid, '6' AS status, '140' AS enh020enhedensanvendelse, '1' AS enh023boligtype, 'b1' AS bygning, '50' AS enh026enhedenssamledeareal FROM generate_series(1, 3) d;
CREATE TABLE i.bygning AS SELECT 'b1' AS id_lokalid, '6' AS status, '140' AS byg021bygningensanvendelse, '0101' AS kommunekode;
CREATE TABLE i.ejendomsrelation AS SELECT 'p1' AS id_lokalid, '7' AS status, '1001' AS bfenummer, '10' AS ejendommensejerforholdskode;
CREATE TABLE i.co40400t AS SELECT 'e1' AS enhed_id, 1 AS objstatus, 140 AS enh_anvend_kode; CREATE TABLE i.co40100t AS SELECT 'b1' AS bygning_id, 1 AS objstatus, 140 AS byg_anvend_kode; CREATE TABLE i.co41000t AS SELECT 'e1' AS bbrid, 1 AS objstatus, 10 AS ejerforhold_kode;
CREATE TABLE i.cpr AS SELECT '3102010000' AS pnr, '1' AS status, '20010228' AS foed_dt, 101 AS komkod, '0001' AS vejkod, '1' AS husnr, '20200101' AS tilflydto, NULL::text AS fraflydto;
CREATE TABLE i.figures AS SELECT '101' AS omraade, 'Alle' AS "art; --", '2020' AS tid, '5' AS indhold;
CREATE TABLE i.organisation AS SELECT 'Testboligerne' AS navn;
CREATE TABLE i.sample (function text, argument text, value text);
INSERT INTO i.sample VALUES ('', 'monitor', 'm'), ('', 'name', 'm'), ('', 'address_periods', 'm.address_period'), ('', 'residences', 'm.residence'), ('', 'dwellings', 'm.dwelling'), ('classify_dwellings', 'dwellings', 'i.classified'),
	('', 'ownership', 'i.owner'), ('', 'overrides', 'm.tenure_override'), ('', 'persons', 'm.person'), ('', 'flows', 'i.flow'), ('', 'transitions', 'i.transition'), ('', 'events', 'i.event'), ('', 'members', NULL),
	('', 'tables', '{area*year}'), ('', 'source', 'm.address_period'), ('', 'target', 'i.built'), ('', 'relation', 'm.dwelling'), ('import_statbank', 'relation', 'i.figures'), ('import_lbf_organisations', 'relation', 'i.organisation'),
	('', 'enhed', 'i.enhed'), ('', 'bygning', 'i.bygning'), ('', 'ejendomsrelation', 'i.ejendomsrelation'), ('import_bbr_ois', 'enhed', 'i.co40400t'), ('import_bbr_ois', 'bygning', 'i.co40100t'), ('', 'ejerskab', 'i.co41000t'),
	('import_lois', 'enhed', 'i.co40400t'), ('import_lois', 'bygning', 'i.co40100t'), ('import_cpr_addresses', 'addresses', 'i.cpr'), ('import_cpr_persons', 'persons', 'i.cpr'), ('', 'person_column', 'pnr'),
	('import_old_layout', 'enhed', 'i.co40400t'), ('import_old_layout', 'bygning', 'i.co40100t'), ('import_old_layout', 'adapter', 'import_lois'),
	('', 'table_name', 'dwelling'), ('', 'step', 'move'), ('', 'view_name', 'bi_area_profile'), ('', 'list', 'tenure'), ('', 'lang', 'da'), ('', 'norm', 'corrected'), ('', 'area', 'Nord'), ('', 'role', 'reader'), ('', 'cpr', '3102010000'),
	('parse_danish_number', 'value', '1,5'), ('parse_danish_date', 'value', '1-2-2020'), ('', 'topic', NULL), ('', 'study_from', '2012-01-01'), ('', 'study_to', '2022-01-01'), ('', 'source_names', 'pnr'),
	('', 'area_column', 'omraade'), ('', 'time_column', 'tid'), ('', 'value_column', 'indhold'), ('', 'dwelling_type', 'apartment'), ('', 'tenure', 'social'), ('', 'person_id', '1'), ('', 'conf_type', 'log'), ('', 'confidence', '0.95'),
	('', 'overlap_tolerance', '30'), ('', 'starts', NULL), ('', 'adresse', NULL), ('', 'departures', NULL), ('', 'protections', NULL), ('', 'topic', 'chains'), ('', 'column_name', 'dwelling_id'), ('', 'alias', 'd'), ('', 'expected', 'pg_catalog.text'), ('', 'unit_kind', '1'),
	('', 'adapter', 'import_bbr'), ('', 'tracked', '{}'), ('', 'year', '2021'), ('create_monitor', 'name', 'fresh'), ('create_monitor', 'municipality', '101'), ('new_build_profile', 'dwellings', '10');
INSERT INTO i.sample SELECT '', 'parameters', parameters::text FROM m.state;
-- By type where nothing else is said
CREATE TABLE i.typical (type regtype PRIMARY KEY, value text);
INSERT INTO i.typical SELECT 'byudv.survival', byudv.survival_agg(from_date, to_date, '2012-01-01', '2022-01-01')::text FROM m.residence;
INSERT INTO i.typical SELECT 'byudv.competing_risks', byudv.competing_risks_agg(from_date, to_date, 1, '2012-01-01', '2022-01-01')::text FROM m.residence;
INSERT INTO i.typical VALUES ('text', 'x'), ('int', '1'), ('bigint', '1'), ('boolean', 'false'), ('date', '2020-01-01'), ('float8', '0.5'), ('numeric', '1'), ('jsonb', '{}'), ('text[]', '{x}'), ('name', 'x'), ('regtype', 'pg_catalog.text'), ('oid', '10'), ('bigint[]', '{1}'),
	('int[]', '{1}'), ('float8[]', '{0.5}'), ('date[]', '{2020-01-01}'), ('regclass[]', '{m.dwelling}');
-- The functions that there are to call, and their arguments as literals
CREATE VIEW i.callable AS SELECT p.oid, p.proname::text AS name, p.provolatile, p.proargtypes::oid[] AS types, p.proargnames AS names, CASE WHEN p.provariadic <> 0 THEN p.pronargs END AS variadic
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'byudv'
WHERE p.prokind = 'f' AND p.prorettype <> 'trigger'::regtype AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) t WHERE t IN ('internal'::regtype, 'cstring'::regtype));
CREATE VIEW i.argument AS SELECT c.oid, c.name, k.n, c.names[k.n] AS argument, k.type, format('%s%L::%I.%I', CASE WHEN k.n = c.variadic THEN 'VARIADIC ' END, coalesce((SELECT s.value FROM i.sample s WHERE s.function = c.name AND s.argument = c.names[k.n]),
	CASE WHEN EXISTS (SELECT FROM i.sample s WHERE s.argument = c.names[k.n] AND s.function = '') THEN (SELECT s.value FROM i.sample s WHERE s.argument = c.names[k.n] AND s.function = '' LIMIT 1)
	ELSE (SELECT y.value FROM i.typical y WHERE y.type = k.type) END), n.nspname, t.typname) AS literal
FROM i.callable c, unnest(c.types) WITH ORDINALITY k (type, n) JOIN pg_type t ON t.oid = k.type JOIN pg_namespace n ON n.oid = t.typnamespace;
CREATE VIEW i.call AS SELECT c.oid, c.name, c.provolatile, format('SELECT byudv.%I(%s)', c.name, (SELECT string_agg(a.literal, ', ' ORDER BY a.n) FROM i.argument a WHERE a.oid = c.oid)) AS statement FROM i.callable c;
GRANT USAGE ON SCHEMA i TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA i TO PUBLIC;
GRANT keeper TO postgres;
SQL

# ---- A schema first on the search_path, and temporary objects, that hide what the server and the extension call their own
my $words = query("SELECT string_agg(DISTINCT p.proname, ',') FROM pg_proc e, regexp_matches(concat(e.prosrc, pg_get_function_sqlbody(e.oid)), '\\m[a-z_0-9]+\\M', 'g') w JOIN pg_proc p ON p.proname = w[1] AND p.pronamespace = 'pg_catalog'::regnamespace
	WHERE e.pronamespace = 'byudv'::regnamespace");
my $hostile = $quiet . <<'SQL' =~ s/WORDS/$words/r;
CREATE SCHEMA hostile;
CREATE SEQUENCE hostile.called;
CREATE FUNCTION hostile.trap() RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$BEGIN PERFORM nextval('hostile.called'); RAISE EXCEPTION 'HOSTILE'; END$$;
DO $do$
DECLARE
	o record;
	body constant text := 'LANGUAGE plpgsql SET search_path = pg_catalog AS $$BEGIN PERFORM nextval(''hostile.called''); RAISE EXCEPTION ''HOSTILE %''; END$$';
	made int := 0;
BEGIN
	-- functions that are named anywhere in the extension, with all their signatures
	FOR o IN SELECT p.proname, p.proretset, format_type(p.prorettype, NULL) AS result, p.oid,
				(SELECT string_agg(CASE WHEN p.provariadic <> 0 AND k.n = p.pronargs THEN 'VARIADIC ' || CASE WHEN p.provariadic = '"any"'::regtype THEN 'anycompatiblearray' ELSE format_type(k.t, NULL) END ELSE format_type(k.t, NULL) END, ', ' ORDER BY k.n)
					FROM unnest(p.proargtypes) WITH ORDINALITY k (t, n)) AS arguments
			FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'w') AND p.proallargtypes IS NULL AND p.proname = ANY ('{WORDS}'::name[]) LOOP
		BEGIN
			EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s %s %s', o.proname, o.arguments, CASE WHEN o.proretset THEN 'SETOF' END, o.result, replace(body, '%', quote_ident(o.proname)));
			made := made + 1;
		EXCEPTION WHEN OTHERS THEN NULL;
		END;
	END LOOP;
	FOR o IN SELECT n, repeat(', text', k) AS more FROM unnest('{format,concat,concat_ws}'::text[]) n, generate_series(1, 6) k LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(text%s) RETURNS text %s', o.n, o.more, replace(body, '%', o.n));
	END LOOP;
	FOR o IN SELECT x.oid, x.oprname, format_type(nullif(x.oprleft, 0), NULL) AS l, format_type(x.oprright, NULL) AS r, format_type(x.oprresult, NULL) AS result FROM pg_operator x
			WHERE x.oprnamespace = 'pg_catalog'::regnamespace AND x.oprright = ANY ('{bool,int2,int4,int8,text,date,numeric,float8,name,oid,jsonb,timestamp,timestamptz,interval,regclass,bytea,char,anyarray,anyelement,anycompatible,anycompatiblearray,varchar}'::regtype[]::oid[]) LOOP
		BEGIN
			EXECUTE format('CREATE FUNCTION hostile.operator_%s(%s) RETURNS %s %s', o.oid, concat_ws(', ', o.l, o.r), o.result, replace(body, '%', 'operator'));
			EXECUTE format('CREATE OPERATOR hostile.%s (%s RIGHTARG = %s, FUNCTION = hostile.operator_%s)', o.oprname, 'LEFTARG = ' || o.l || ', ', o.r, o.oid);
			made := made + 1;
		EXCEPTION WHEN OTHERS THEN NULL;
		END;
	END LOOP;
	FOR o IN SELECT n, format('agg_%s', row_number() OVER ()) AS f, a FROM unnest('{sum,min,max,avg}'::text[]) n, unnest('{int,bigint,numeric,float8,date,text}'::text[]) a UNION ALL VALUES ('count', 'agg_a', 'anyelement'), ('array_agg', 'agg_b', 'anynonarray'),
			('bool_or', 'agg_c', 'boolean'), ('bool_and', 'agg_d', 'boolean'), ('string_agg', 'agg_e', 'text, text'), ('jsonb_agg', 'agg_f', 'anyelement'), ('jsonb_object_agg', 'agg_g', 'anyelement, anyelement') LOOP
		EXECUTE format('CREATE FUNCTION hostile.%s(text, %s) RETURNS text %s', o.f, o.a, replace(body, '%', o.n));
		EXECUTE format('CREATE AGGREGATE hostile.%I(%s) (SFUNC = hostile.%I, STYPE = text, INITCOND = '''')', o.n, o.a, o.f);
	END LOOP;
	EXECUTE format('CREATE FUNCTION hostile.agg_star(text) RETURNS text %s', replace(body, '%', 'count'));
	CREATE AGGREGATE hostile.count(*) (SFUNC = hostile.agg_star, STYPE = text, INITCOND = '');
	FOR o IN SELECT t FROM unnest('{text,date,regclass,jsonb,name,oid,record,int4,int8,bool,float8}'::text[]) t WHERE t <> 'record' LOOP
		EXECUTE format('CREATE DOMAIN hostile.%I AS pg_catalog.%I CHECK (hostile.trap())', o.t, o.t);
	END LOOP;
	FOR o IN SELECT c.oid::regclass AS original, c.relname FROM pg_class c WHERE c.relkind IN ('r', 'v') AND c.relnamespace IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname IN ('byudv', 'm'))
			OR c.oid = ANY ('{pg_class,pg_namespace,pg_roles,pg_proc,pg_extension,pg_trigger,pg_index,pg_type,pg_inherits,pg_auth_members,pg_subscription_rel,pg_operator}'::regclass[]::oid[]) LOOP
		EXECUTE format('CREATE VIEW hostile.%I AS SELECT * FROM %s WHERE hostile.trap()', o.relname, o.original);
	END LOOP;
	CREATE VIEW hostile.pg_attribute AS SELECT attrelid, attname, atttypid, attnum, attisdropped FROM pg_attribute WHERE hostile.trap();
	IF made < 400 THEN RAISE 'only % hostile functions and operators were made', made; END IF;
END
$do$;
SQL
query($hostile);
# the same tables as temporary ones, and those of the refresh's own, which would be found before all others
my $on_path = "SET client_min_messages = warning; SET search_path = hostile, pg_temp, pg_catalog; SET byudv.pseudonym_key = 'an-example-key-0123456789';\n" . join '', map { "CREATE TEMPORARY VIEW $_ AS TABLE hostile.$_;\n" }
	qw(tenure_rule owner_pattern use_code register_code tenure_code code_label person dwelling state setting change pending residence pg_class pg_namespace pg_attribute pg_roles);
my $called = "SELECT last_value, is_called FROM hostile.called";
like(said('', "$on_path SELECT 1 + 1;"), qr/HOSTILE/, 'the trap shuts: an operator');
like(said('', "$on_path SELECT lower('X'::pg_catalog.text);"), qr/HOSTILE/, '... a function');
like(said('', "$on_path SELECT format('%s'::pg_catalog.text, 'x'::pg_catalog.text);"), qr/HOSTILE/, '... one that takes any types');
like(said('', "$on_path SELECT count(*) FROM pg_catalog.pg_class;"), qr/HOSTILE/, '... an aggregate');
like(said('', "$on_path SELECT FROM person;"), qr/HOSTILE/, '... a table');
like(said('', "$on_path SELECT 'x'::text;"), qr/HOSTILE/, '... a type');
query('ALTER SEQUENCE hostile.called RESTART');
my $reading = query("SELECT string_agg(statement || ';', E'\n' ORDER BY name COLLATE \"C\", oid) FROM i.call WHERE provolatile <> 'v'") . "\n" . query("SELECT string_agg(format('TABLE m.%I;', view_name), E'\n') FROM byudv.monitor_views()");
my $writing = query("SELECT string_agg(format('BEGIN; %s; ROLLBACK;', statement), E'\n' ORDER BY name COLLATE \"C\", oid) FROM i.call WHERE provolatile = 'v' AND name NOT IN ('build_residences', 'create_monitor', 'ensure_monitor')");
my $aggregates = <<'SQL';
SELECT byudv.survival_agg(from_date, to_date, pg_catalog.make_date(2012, 1, 1), pg_catalog.make_date(2022, 1, 1)) FROM m.residence;
SELECT byudv.competing_risks_agg(from_date, to_date, 1, pg_catalog.make_date(2012, 1, 1), pg_catalog.make_date(2022, 1, 1)) FROM m.residence;
SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) FROM m.residence WHERE dwelling_id IS NOT NULL GROUP BY dwelling_id ORDER BY dwelling_id USING OPERATOR(pg_catalog.<);
SELECT byudv.residence_agg(dwelling_id, from_date, to_date) FROM m.address_period WHERE person_id OPERATOR(pg_catalog.=) 1;
SQL
# Without group keys of unqualified operators, which are the query's own
$aggregates =~ s/^SELECT dwelling_id, .*\n//m;
my $plain_path = $on_path =~ s/hostile, pg_temp, pg_catalog/pg_catalog/r =~ s/CREATE TEMPORARY.*\n//gr;
my $plain = said('', "$plain_path$reading\n$aggregates");
my $under = said('', "$on_path$reading\n$aggregates");
my $bad = sub { return [ grep { /HOSTILE|ERROR:  (4272|42883)/ } split /\n/, $_[0] ] };    # hostile, or ambiguous
is_deeply($bad->($under), [], 'all functions that read, and the views, called under it');
my @differ = grep { !/LOCATION|seconds/ } diff_lines($plain, $under);
is_deeply(\@differ, [], '... and what they say is the same');
is_deeply($bad->(said('', "$on_path$writing")), [], 'and those that write');
is(said('', "$on_path SELECT byudv.create_monitor('under', 101) IS NULL;\n" . "RESET search_path;\n" . fill('under') . "SET search_path = hostile, pg_temp, pg_catalog;\nCALL byudv.refresh('under');\n"
	. "SELECT byudv.upgrade_monitor('under') IS NULL; SELECT FROM byudv.build_residences('under.address_period', 'i.built');") =~ s/\s//gr, 'ff', 'a monitor made, refreshed and brought up to date under it');
is(query($called), '1|f', 'nothing hostile was called');
is(query("SELECT count(*), min(outcome) FROM under.run_log WHERE step = 'refresh'"), '1|done', '... and all was done');
query("$quiet TRUNCATE i.built; DROP SCHEMA hostile, under CASCADE");

# The extension itself made and brought up to date under it
my $with_releases = $node;
SKIP:
{
	my ($stage) = $ENV{BYUDV_CONF} =~ /^extension_destdir = '(.*)'$/m;
	skip 'the server has no extension_destdir: a release cannot be put where it finds it', 1 unless $stage;
	my $copy = PostgreSQL::Test::Utils::tempdir();
	system("cp -r '$stage/.' '$copy' && cp @RELEASES \$(dirname \$(find '$copy' -name byudv.control))") == 0 or die "cannot copy $stage";
	new_database($node, 'b', extension => 0);
	$node->safe_psql('b', $hostile);
	my $conf = $ENV{BYUDV_CONF} =~ s/\Q$stage\E/$copy/gr;
	$node->append_conf('postgresql.conf', "$conf\n");
	$node->reload;
	my $under = "SET client_min_messages = warning; SET search_path = hostile, pg_temp, pg_catalog; CREATE TEMPORARY VIEW pg_class AS TABLE hostile.pg_class;";
	is(said('', "$under CREATE EXTENSION byudv; SELECT byudv.tenure(10, 120, 'x', 0); DROP EXTENSION byudv; CREATE EXTENSION byudv VERSION '1.0'; ALTER EXTENSION byudv UPDATE;", 'b') =~ s/\s//gr, 'owner', 'CREATE EXTENSION and ALTER EXTENSION UPDATE under it');
	is($node->safe_psql('b', $called), '1|f', '... nothing hostile was called');

	# The schema of the extension, when somebody was there before
	my $before = "DROP EXTENSION IF EXISTS byudv; DROP SCHEMA IF EXISTS byudv CASCADE;";
	for my $case ([ 'its owner', 'CREATE SCHEMA byudv AUTHORIZATION evil;', 'evil' ], [ 'who may create in it', 'CREATE SCHEMA byudv; GRANT CREATE ON SCHEMA byudv TO PUBLIC;', 'PUBLIC' ],
		[ 'whose function is in it', 'CREATE SCHEMA byudv; CREATE FUNCTION byudv.owner_kind(varchar) RETURNS text LANGUAGE sql AS \'SELECT NULL::text\'; ALTER FUNCTION byudv.owner_kind(varchar) OWNER TO evil;', 'evil' ],
		[ 'whose operator is in it', 'CREATE SCHEMA byudv; CREATE OPERATOR byudv.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat); ALTER OPERATOR byudv.|| (text, text) OWNER TO evil;', 'evil' ])
	{
		my ($who, $made, $name) = @$case;
		like(said('', "$before $made CREATE EXTENSION byudv;", 'b'), qr/42501: schema byudv belongs to others as well\nDETAIL: .* but also: $name\.\nHINT:  Drop it/, "CREATE EXTENSION stops at $who");
	}
	is(said('', "$quiet $before CREATE SCHEMA byudv; CREATE EXTENSION byudv VERSION '1.0'; GRANT CREATE ON SCHEMA byudv TO evil;", 'b'), '', 'an older version in a schema into which others may put things');
	like(said('', 'ALTER EXTENSION byudv UPDATE;', 'b'), qr/42501: schema byudv belongs to others as well/, '... is not brought up to date');
	is(said('', 'REVOKE CREATE ON SCHEMA byudv FROM evil; ALTER EXTENSION byudv UPDATE;', 'b'), '', '... but when that is taken back');
}

# ---- Triggers, and schemas that look like a monitor
like(said('nobody', <<'SQL'), qr/39P01: byudv\.rules_changed\(\) is for the tables of the extension\nDETAIL:  Table "t" is in another schema\.\nHINT:  Drop the trigger/, 'rules_changed on a table of one\'s own, beside views with the names of the extension\'s tables');
SET client_min_messages = warning;
CREATE TEMPORARY VIEW dwelling_type_code AS SELECT 'x'::text AS code, 'x'::text AS label_da;
CREATE TEMPORARY TABLE t (a int);
CREATE TRIGGER t AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION byudv.rules_changed();
INSERT INTO t VALUES (1);
SQL
is(said('nobody', 'SELECT 1;'), "1", '... and the server is there');
for my $lure ([ 'a cast' => "CREATE TYPE lure.lure AS ENUM ('x'); CREATE FUNCTION lure.f(lure.lure) RETURNS int LANGUAGE plpgsql AS \$\$BEGIN PERFORM public.pwned(); RETURN 2; END\$\$; CREATE CAST (lure.lure AS int) WITH FUNCTION lure.f(lure.lure) AS ASSIGNMENT;
		CREATE TABLE lure.state (layout lure.lure); INSERT INTO lure.state VALUES ('x');" ],
	[ 'a policy' => "CREATE TABLE lure.state (layout int); INSERT INTO lure.state VALUES (2); ALTER TABLE lure.state ENABLE ROW LEVEL SECURITY; CREATE FUNCTION lure.f() RETURNS boolean LANGUAGE plpgsql AS \$\$BEGIN PERFORM public.pwned(); RETURN true; END\$\$;
		CREATE POLICY p ON lure.state USING (lure.f());" ])
{
	my ($what, $made) = @$lure;
	said('evil', "$quiet DROP SCHEMA IF EXISTS lure CASCADE; CREATE SCHEMA lure; $made CREATE TABLE lure.setting (); CREATE TABLE lure.run_log (); GRANT USAGE ON SCHEMA lure TO PUBLIC; GRANT SELECT ON lure.state TO PUBLIC;");
	like(said($_, 'SELECT * FROM byudv.monitors();'), qr/^lure\|evil\|$/m, "a schema that looks like a monitor, with $what, seen by " . ($_ || 'a superuser') . ': its layout is not read') for '', 'keeper';
	like(said('', $_), qr/42501: monitor "lure" belongs to another role, and you are a superuser\nDETAIL:  It belongs to role evil\..*\nHINT:  Connect as evil;.*GRANT evil TO postgres;/, "a superuser is stopped: $_")
		for "CALL byudv.refresh('lure');", "SELECT * FROM byudv.check_monitor('lure');", "SELECT byudv.upgrade_monitor('lure');", "SELECT byudv.grant_reader('lure', 'reader');", "SELECT byudv.import_statbank('lure', 'i.figures', 'x');";
	is(query($untouched), $intact, '... and nothing of it was run');
}
said('evil', 'CREATE SCHEMA hollow');
like(said('', "SELECT byudv.create_monitor('hollow');"), qr/42501: schema "hollow" belongs to another role, and you are a superuser/, '... nor is one made in a schema of another role');
query('REVOKE keeper FROM postgres');
like(said('', "CALL byudv.refresh('m');"), qr/42501: monitor "m" belongs to another role, and you are a superuser/, 'nor refreshes one of a role that it is no member of');
query('GRANT keeper TO postgres');
is(said('', "$quiet CALL byudv.refresh('m');"), '', '... until it is made one');

# ---- Names that hold SQL, in every argument that is a name or a text, and as names of relations and columns
my @odd = ('a"b', "a'b", '$$', '$q$', '%I %s %1$L', 'x; DROP TABLE public.canary; --', "x'; SELECT public.pwned(); --", 'x"; SELECT public.pwned(); --', "x') || public.pwned() || ('", '"||public.pwned()||"', "\\'; SELECT public.pwned(); --",
	'(SELECT public.pwned())', 'public.pwned()', 'm.person; SELECT public.pwned()', "two\nlines", 'SELECT', 'Store Bogstaver', 'pg_temp', 'æøå' . 'n' x 57, '\\', '');
query('CREATE TABLE i.odd (value text); INSERT INTO i.odd VALUES ' . join ', ', map { my $v = s/'/''/gr; "('$v')" } @odd);
query($quiet . <<'SQL');
SET byudv.pseudonym_key = 'an-example-key-0123456789';
CREATE TABLE i.outcome (name text, argument text, value text, state text, message text, pwned boolean);
DO $$
DECLARE
	a record;
	state text;
	message text;
BEGIN
	-- what stands for every text is enough for those that only compute
	FOR a IN SELECT c.name, c.argument, o.value, format('SELECT byudv.%I(%s)', c.name, (SELECT string_agg(CASE WHEN x.n <> c.n THEN x.literal WHEN c.type = 'text[]'::regtype THEN format('ARRAY[%L]', o.value) ELSE format('%L::%s', o.value, c.type::regtype) END, ', ' ORDER BY x.n)
				FROM i.argument x WHERE x.oid = c.oid)) AS statement
			FROM i.argument c JOIN i.callable f USING (oid), i.odd o WHERE c.type = ANY ('{text,name,text[]}'::regtype[]) AND (f.provolatile <> 'i' OR o.value ~ 'pwned|%I')
				AND (c.name NOT IN ('create_monitor', 'ensure_monitor', 'import_statbank', 'import_old_layout') OR o.value LIKE 'x'';%') LOOP    -- these take a while

		BEGIN
			state := NULL;
			EXECUTE a.statement;
			RAISE 'done' USING ERRCODE = 'P0099';
		EXCEPTION WHEN OTHERS THEN state := SQLSTATE; message := SQLERRM;
		END;
		INSERT INTO i.outcome SELECT a.name, a.argument, a.value, state, message, t.is_called FROM public.pwned_times t;
		PERFORM setval('public.pwned_times', 1, false);
	END LOOP;
END
$$;
SQL
cmp_ok(query("SELECT count(*) FROM i.outcome"), '>', 1500, 'every argument that is a text or a name, with odd ones');
cmp_ok(query("SELECT count(*) FROM i.outcome WHERE state = 'P0099'"), '>', 400, '... many of them right');
# Functions that are handed a piece of SQL by another function of the extension. They run it as their caller, who might as well run it himself.
my @takes_sql = qw(begin_scope column_expression merge_keyed merge_rows merge_unkeyed note_pending reject_repeated stage_rejects stage_source);
is(query("SELECT string_agg(DISTINCT name, ' ' ORDER BY name) FROM i.outcome WHERE pwned AND name <> ALL ('{@{[ join ',', @takes_sql ]}}')"), '', '... and nothing else is executed, but by functions that take SQL');
is(query("SELECT string_agg(DISTINCT format('%s(%s => %L): %s %s', name, argument, value, state, message), E'\\n') FROM i.outcome WHERE (state ~ '^(XX|42601)' OR state = '42703' AND message !~ 'lacks columns that are needed' OR state = '42883' AND name <> 'refresh_step') AND value <> '' AND name <> ALL ('{@{[ join ',', @takes_sql ]}}')"), '', '... no error of syntax, nor of the inside');
is(query("SELECT count(*) FROM i.callable c JOIN pg_proc p USING (oid) WHERE c.name = ANY ('{@{[ join ',', @takes_sql ]}}') AND (p.prosecdef OR obj_description(p.oid, 'pg_proc') NOT LIKE 'Used %')"), '0', '... which have the rights of their caller, and are not for users');
is(query($untouched), $intact, 'the canary lives');

# Relations of such names give what plain ones give
query($quiet . <<'SQL');
SET byudv.pseudonym_key = 'an-example-key-0123456789';
CREATE SCHEMA "o""d'd; SELECT public.pwned(); --$$%I";
CREATE TABLE i.differing (name text, argument text, value text, found text);
DO $do$
DECLARE
	a record;
	plain text;
	found text;
	call text;
	odd text;
	made name;
BEGIN
	FOR a IN SELECT c.oid, c.name, c.n, c.argument, substring(c.literal FROM '^''(.*)''::') AS relation FROM i.argument c WHERE c.type = 'regclass'::regtype AND c.literal NOT LIKE 'NULL%' AND c.argument <> 'target' AND c.name <> 'is_tracked' LOOP
		FOR odd IN SELECT NULL UNION ALL SELECT o.value FROM i.odd o WHERE o.value ~ '^(a"b|x''; SELECT)' LOOP
			BEGIN
				IF odd IS NOT NULL THEN
					made := odd || a.n;
					EXECUTE format('CREATE VIEW %I.%I AS SELECT * FROM %s', 'o"d''d; SELECT public.pwned(); --$$%I', made, a.relation);
				END IF;
				SELECT format('SELECT concat(count(*), '' '', %s) FROM byudv.%I(%s) f', CASE WHEN a.name ~ '^import_(statbank|lbf)' THEN 'NULL' ELSE 'sum(hashtextextended(f::text, 0))' END, a.name,
					string_agg(CASE WHEN x.n = a.n AND odd IS NOT NULL THEN format('%L::regclass', format('%I.%I', 'o"d''d; SELECT public.pwned(); --$$%I', made)) ELSE x.literal END, ', ' ORDER BY x.n)) INTO call FROM i.argument x WHERE x.oid = a.oid;
				EXECUTE call INTO found;
				RAISE 'done' USING ERRCODE = 'P0099';
			EXCEPTION WHEN OTHERS THEN
				IF SQLSTATE <> 'P0099' THEN found := SQLSTATE || SQLERRM; END IF;
			END;
			IF odd IS NULL THEN plain := found; END IF;
			IF found IS DISTINCT FROM plain OR found ~ '^[^ ]{5}[a-z]' AND a.name NOT IN ('stage_source', 'import_old_layout', 'column_expression') THEN INSERT INTO i.differing VALUES (a.name, a.argument, odd, found); END IF;
		END LOOP;
	END LOOP;
END
$do$;
SQL
is(query("SELECT string_agg(d::text, E'\\n') FROM i.differing d"), '', 'relations with odd names give what others give');
is(query($untouched), $intact, '... and nothing else is executed');
# Columns
for my $name (@odd[0, 2, 4, 6, 7, 10, 14, 18])
{
	my ($column, $text) = map { my $x = $name; $_ eq '"' ? $x =~ s/"/""/gr : $x =~ s/'/''/gr } '"', "'";
	$column = query("SELECT quote_ident('$text'::name)");
	my $text63 = query("SELECT quote_literal('$text'::name)");
	my $said = said('', <<"SQL");
$quiet SET byudv.pseudonym_key = 'an-example-key-0123456789';
CREATE TEMPORARY TABLE c AS SELECT '3102010000'::text AS $column, '20010228' AS foed_dt; CREATE TEMPORARY TABLE s AS SELECT 'x'::text AS $column, '2020' AS tid, '5' AS indhold; CREATE TEMPORARY TABLE e AS SELECT 1 AS slice, g % 3 AS $column, g % 4 AS other FROM generate_series(1, 40) g;
BEGIN; SELECT rows_used FROM byudv.import_cpr_persons('m', 'c', person_column => $text63); SELECT rows_used FROM byudv.import_statbank('m', 's', 'figures'); SELECT measure FROM m.indicator WHERE measure LIKE 'figures%'; ROLLBACK;
SELECT sum(persons) FROM byudv.protected_counts('e', ARRAY[$text63 || '*other'], NULL, 1) WHERE kind = 0;
SQL
	my $plain = $name =~ s/\n.*//sr;
	like($said, qr/^1\n1\nfigures \(.*x\)\n40$/s, "a column named $plain");
}
is(query($untouched), $intact, '... and nothing else is executed');

# Monitors of such names, with such texts in them, and roles
my @monitors = ("x'; SELECT public.pwned(); --\" \$\$ %I/../\\", 'Æ' . 'N' x 61);
for my $name (@monitors)
{
	my $literal = "E'" . ($name =~ s/([\\'])/\\$1/gr) . "'";
	my $ident = '"' . ($name =~ s/"/""/gr) . '"';
	if ($name ne $monitors[0])
	{
		is(said('keeper', "SELECT byudv.create_monitor($literal, 101) IS NULL;"), 'f', 'a monitor with a name of 63 bytes is made');
	}
	else
	{
		is(said('keeper', "SELECT byudv.create_monitor($literal, 101) IS NULL; " . fill($ident) . "CALL byudv.refresh($literal);") =~ s/\s//gr, 'f', 'a monitor of the name ' . substr($name, 0, 12) . ' is made and refreshed');
		my $contents = sub { return join '', map { "SELECT '$_', count(*), sum(hashtextextended(t::text, 0)) FROM $_[0].$_ t;\n" } qw(dwelling_class residence move occupancy vacancy_flow chain data_issue stock person_count area_profile tenure_review) };
		is(query($contents->($ident)), query($contents->('m')), '... with the results of any other');
		is(said('keeper', "SELECT string_agg(line, '') = (SELECT string_agg(line, '') FROM byudv.danish_csv('m', 'bi_stock') line) FROM byudv.danish_csv($literal, 'bi_stock') line; SELECT byudv.dashboard_data($literal) - 'monitor' IS NOT NULL;
			SELECT count(*) > 5 FROM byudv.area_profile($literal, 'Nord'); SELECT bool_and(status <> 'missing') FROM byudv.check_monitor($literal); SELECT byudv.upgrade_monitor($literal) LIKE '%up to date%';
			SELECT byudv.grant_reader($literal, 'reader') IS NOT NULL; SELECT byudv.revoke_reader($literal, 'reader') IS NOT NULL; SELECT layout FROM byudv.monitors() WHERE monitor = $literal;") =~ s/\s//gr, 'ttttttt' . query('SELECT byudv.monitor_layout()'),
			'... read, checked, brought up to date, shown to a reader');
	}
	my ($shell) = said('keeper', "SELECT byudv.schedule_refresh($literal);") =~ /any other scheduler: psql -d a -c (.*)$/m;
	my ($echoed) = run_command([ 'sh', '-c', "printf %s $shell" ]);
	is($echoed, 'CALL byudv.refresh(' . query("SELECT quote_literal($literal)") . ')', '... its command for a shell is what a shell makes of it');
	next if $name ne $monitors[0];
	is(said('keeper', "$quiet DO \$do\$DECLARE c record; BEGIN FOR c IN SELECT t.table_name, k.column_name FROM byudv.monitor_tables() t JOIN byudv.monitor_columns() k USING (table_name) WHERE t.role = 'input' AND k.type = 'text'
			AND k.column_name NOT IN ('tenure', 'kind', 'code') LOOP EXECUTE format('UPDATE %I.%I SET %I = %L', $literal, c.table_name, c.column_name, \$v\$x'); SELECT public.pwned(); --\$v\$); END LOOP; END\$do\$; CALL byudv.refresh($literal);"), '', '... odd texts in all of its columns');
	like(query("SELECT outcome FROM $ident.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), qr/done/, '... are refreshed');
}
is(said('', q{CREATE ROLE "r'o""l; --%I"; SELECT byudv.grant_reader('m', 'r''o"l; --%I'); SELECT count(*) > 20 FROM pg_class WHERE relacl::text LIKE '%--\%I%'; SELECT byudv.revoke_reader('m', 'r''o"l; --%I'); SELECT count(*) FROM pg_class WHERE relacl::text LIKE '%--\%I%';
	DROP ROLE "r'o""l; --%I";}) =~ s/Role.*\n//gr, "t\n0", 'a role with an odd name is let in, and out');
# What a refresh reads of its own bookkeeping, when others may write there
query($quiet . <<'SQL');
DO $$
DECLARE
	k text;
	s text;
BEGIN
	FOREACH s IN ARRAY byudv.refresh_steps() LOOP
		FOR k IN SELECT p FROM unnest(byudv.step_parameters(s)) p WHERE p NOT IN ('version', 'rules') LOOP
			BEGIN
				INSERT INTO m.pending VALUES (s);
				UPDATE m.state SET parameters = jsonb_set(parameters, ARRAY[k], to_jsonb('101 OR public.pwned() IS NULL'::text));
				PERFORM byudv.refresh_step('m', s);
				RAISE 'done';
			EXCEPTION WHEN OTHERS THEN NULL;
			END;
		END LOOP;
	END LOOP;
END
$$;
SQL
is(query($untouched), $intact, 'SQL in the bookkeeping of a monitor is not executed');

# ---- Files for Excel
is(query("SELECT string_agg(byudv.danish_csv_text(x), '|' ORDER BY n) FROM unnest(ARRAY['=1+1', '+1', '-1', '\@SUM(A1)', E'\\t=1', E'\\r=1', ' =1', E'\\n=1', 'a=1', 'x;=1', '2 - 1']) WITH ORDINALITY v (x, n)"),
	"'=1+1|'+1|'-1|'\@SUM(A1)|'\t=1|\"'\r=1\"|' =1|\"'\n=1\"|a=1|\"x;=1\"|2 - 1", 'text that Excel would take for a formula');
my $script = "$ENV{PG_ABS_SRCDIR}/../scripts/export.sh";
SKIP:
{
	skip 'the folder scripts is not beside the tests', 4 unless -x $script;
	my $folder = PostgreSQL::Test::Utils::tempdir();
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => 'a', MONITOR => $monitors[0], OUT => "$folder/out;x", FORMATS => 'csv');
	$node->safe_psql('a', "CREATE FUNCTION public.has_table_privilege(oid, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT public.pwned() IS NULL'; CREATE FUNCTION public.replace(text, varchar, varchar) RETURNS text LANGUAGE sql AS 'SELECT public.pwned()';
		CREATE FUNCTION public.format(text, name) RETURNS text LANGUAGE sql AS 'SELECT public.pwned()';");
	my ($out, $err) = run_command([$script]);
	like($out, qr/csv: \d+ views/, 'files of a monitor with an odd name') or diag($err);
	is(query($untouched), $intact, '... by functions of the server');
	query('DROP FUNCTION public.has_table_privilege(oid, varchar), public.replace(text, varchar, varchar), public.format(text, name)');
	new_database($node, 'd', extension => 0);
	$ENV{PWNED} = "$folder/pwned";
	$node->safe_psql('d', q{CREATE SCHEMA byudv; CREATE SCHEMA m; DO $do$BEGIN EXECUTE format('CREATE VIEW m.%I AS SELECT 1', E'x\n\\\\! touch $PWNED'); END$do$;
		CREATE FUNCTION byudv.monitor_views(OUT view_name text, OUT ordinal int) RETURNS SETOF record LANGUAGE sql AS $$SELECT E'x\n\\\\! touch $PWNED', 1$$;});
	@ENV{qw(PGDATABASE MONITOR)} = ('d', 'm');
	(undef, $err) = run_command([$script]);
	like($err, qr/names views that cannot be/, 'a database that is no byudv, with a command of psql for a view');
	ok(!-e "$folder/pwned", '... is not followed');
}

# ---- Who may do what
query(join '', map { "GRANT SELECT, INSERT, UPDATE, DELETE ON m.$_ TO writer;" } qw(building dwelling ownership person household_type person_attribute address_period area dwelling_area plan_project plan_dwelling indicator tenure_override));
query("GRANT USAGE ON SCHEMA m TO writer; GRANT INSERT ON m.change TO writer; SELECT byudv.grant_reader('m', 'reader');");
my @roles = qw(keeper writer reader nobody);
my @inputs = split /\n/, query("SELECT table_name FROM byudv.monitor_tables() WHERE role = 'input'");
my @results = split /\n/, query("SELECT table_name FROM byudv.monitor_tables() WHERE role = 'result'");
my @control = split /\n/, query("SELECT table_name FROM byudv.monitor_tables() WHERE role = 'control'");
my @views = split /\n/, query("SELECT view_name FROM byudv.monitor_views()");
my @actions = (
	[ 'reads inputs', 'keeper writer', map { "SELECT FROM m.$_ LIMIT 1" } @inputs ],
	[ 'writes inputs', 'keeper writer', 'INSERT INTO m.person (person_id) VALUES (900)', 'UPDATE m.dwelling SET rooms = 3 WHERE dwelling_id = 1', 'DELETE FROM m.address_period WHERE person_id = 2', "SELECT byudv.residence_rejects('m.address_period')" ],
	[ 'reads results', 'keeper', map { "SELECT FROM m.$_ LIMIT 1" } @results ],
	[ 'reads the bookkeeping', 'keeper', map { "SELECT FROM m.$_ LIMIT 1" } @control ],
	[ 'writes results and bookkeeping', 'keeper', (map { "DELETE FROM m.$_" } @results, qw(setting state pending change run_log reject)), 'UPDATE m.setting SET max_gap = 3', "UPDATE m.state SET parameters = '{}'" ],
	[ 'notes changes', 'keeper writer', "INSERT INTO m.change VALUES ('person', 'person', 1)" ],
	[ 'reads views', 'keeper reader', (map { "SELECT FROM m.$_ LIMIT 1" } @views), "SELECT byudv.danish_csv('m', 'bi_stock')", "SELECT byudv.dashboard_data('m') IS NULL", "SELECT byudv.area_profile('m', 'Nord')" ],
	[ 'manages it', 'keeper', "SELECT * FROM byudv.check_monitor('m')", "SELECT byudv.upgrade_monitor('m')", "SELECT byudv.grant_reader('m', 'nobody')", "SELECT byudv.revoke_reader('m', 'reader')", "SELECT byudv.schedule_refresh('m')",
		"SELECT byudv.import_statbank('m', 'i.figures', 'x')", "SELECT byudv.import_bbr('m', 'i.enhed', 'i.bygning', 'i.ejendomsrelation')", "SELECT byudv.refresh_begin('m', true)", "SELECT byudv.refresh_step('m', 'stock')" ],
	[ 'puts code or tables there', 'keeper', (map { my $t = $_; map { s/IT/m.$t/r } 'CREATE TRIGGER t AFTER INSERT ON IT EXECUTE FUNCTION byudv.note_change()', 'CREATE POLICY p ON IT USING (true)', 'CREATE RULE r AS ON INSERT TO IT DO ALSO NOTHING',
		'CREATE INDEX ON IT ((1))', 'ALTER TABLE IT ADD COLUMN x int', 'DROP TABLE IT CASCADE', 'TRUNCATE IT', 'ALTER TABLE IT ENABLE ROW LEVEL SECURITY' } qw(person residence change)),
		'CREATE TABLE m.x ()', 'CREATE VIEW m.x AS SELECT 1', "CREATE OR REPLACE VIEW m.bi_stock AS SELECT 1 AS x", 'DROP VIEW m.bi_stock', 'ALTER SCHEMA m RENAME TO n', "CREATE FUNCTION m.f() RETURNS int LANGUAGE sql AS 'SELECT 1'" ],
	[ 'changes rules, or code of the extension', '', "INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('x', 1, 1, 'owner', 'x')", 'DELETE FROM byudv.owner_pattern', 'CREATE TABLE byudv.x ()', "CREATE FUNCTION byudv.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
		'ALTER EXTENSION byudv UPDATE', 'CREATE TRIGGER t AFTER INSERT ON byudv.tenure_rule EXECUTE FUNCTION byudv.note_change()', "SELECT byudv.seed_use_code()", "SELECT byudv.import_lbf_organisations('i.organisation')", map { "SELECT byudv.owner_kind('x'); $_" } "SET byudv.pseudonym_key_file = '/etc/passwd'", 'SHOW byudv.pseudonym_key' ],
	);
for my $action (@actions)
{
	my ($what, $allowed, @statements) = @$action;
	for my $role (@roles)
	{
		my %said = said($role, join '', map { "\\warn == $_\nBEGIN; $statements[$_]; ROLLBACK;\n" } 0 .. $#statements) =~ /^== (\d+)\n(.*?)(?=^== \d|\z)/msg;
		my $may = grep { $_ eq $role } split / /, $allowed;
		is_deeply([ map { $statements[$_] } grep { ($said{$_} =~ /ERROR:  42501/ ? 0 : 1) != $may } 0 .. $#statements ], [], "$role $what: " . ($may ? 'yes' : 'no'));
	}
}
like(said('nobody', "SET byudv.pseudonym_key_file = '/etc/passwd'; SELECT byudv.pseudonym('3102010000');"), qr/55000: no key for pseudonyms is set/, 'a key file that was set before the library was loaded is not read');
for my $role (qw(writer reader nobody))
{
	like(said($role, "CALL byudv.refresh('m');"), qr/42501: permission denied for monitor "m"\nDETAIL:  It belongs to role keeper, and you are $role\.\nHINT:  Its owner, or a member/, "$role is told who may refresh");
}
query("BEGIN; LOCK TABLE m.person; PREPARE TRANSACTION 'held'");
like(said('nobody', "SET lock_timeout = '2s'; SELECT byudv.build_residences('i.built', c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'm' AND c.relname = 'person';"), qr/42501: permission denied for table person/, 'who may not write a table cannot queue for its lock');
query("ROLLBACK PREPARED 'held'");

# A reader sees what views show, also with a function that tells what it is given
is(said('reader', 'SELECT count(*) > 5, count(*) FILTER (WHERE dwelling_id = 7) FROM m.bi_tenure_review; SELECT count(*) FILTER (WHERE dwelling_id = 7) FROM m.bi_data_issue'), "t|0\n0", 'the dwelling of a protected person is in no list');
is(query('SELECT count(*) FROM m.dwelling_class WHERE dwelling_id = 7'), '1', '... but in the monitor');
my $columns = query("SELECT string_agg(format('SELECT DISTINCT ''SHOWN '' || md5(v) FROM m.%I x, unnest(ARRAY[%s]) v WHERE v IS NOT NULL;', view_name, list), E'\\n') FROM (SELECT view_name, string_agg(format('x.%I::text', column_name), ', ') AS list FROM byudv.monitor_view_columns() GROUP BY view_name) v");
# and labels that are in no row, of the lists that everybody may read
$columns .= "\nSELECT DISTINCT 'SHOWN ' || md5(v) FROM (SELECT to_jsonb(c) AS j FROM byudv.bi_codes() c UNION ALL SELECT to_jsonb(p) FROM byudv.profile_measures() p) x, jsonb_each_text(x.j) e (k, v) WHERE v IS NOT NULL;";
my %shown = map { $_ => 1 } said('reader', $columns) =~ /^SHOWN (\S+)$/mg;
my $leaks = query("SELECT string_agg(format('SELECT FROM m.%I x WHERE %s;', view_name, list), E'\\n') FROM (SELECT view_name, string_agg(format('pg_temp.leak(x.%I::text)', column_name), ' AND ') AS list FROM byudv.monitor_view_columns() GROUP BY view_name) v");
my %leaked = map { $_ => 1 } said('reader', "CREATE FUNCTION pg_temp.leak(value text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS \$\$BEGIN IF value IS NOT NULL THEN RAISE NOTICE 'LEAK %', md5(value); END IF; RETURN true; END\$\$;\n$leaks") =~ /LEAK (\S+)/g;
cmp_ok(scalar keys %leaked, '>', 300, 'a function that tells what it is given, in a condition on each view');
is_deeply([ grep { !$shown{$_} } sort keys %leaked ], [], '... is given nothing but what views and public lists show');
unlike(said('reader', "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM m.bi_data_issue_summary WHERE issue = 'unknown_person';"), qr/Scan[^\n]* on data_issue[^\n]*\n[^\n]*(Filter|Index Cond)/, 'EXPLAIN ANALYZE counts no single kind of finding');

# ---- Row security
query($quiet . <<'SQL');
CREATE TABLE i.seen AS TABLE m.address_period; CREATE TABLE i.home AS SELECT * FROM i.classified; CREATE VIEW i.seen_by_owner AS TABLE i.seen; CREATE VIEW i.seen_by_invoker WITH (security_invoker) AS TABLE i.seen;
ALTER TABLE i.seen ENABLE ROW LEVEL SECURITY; ALTER TABLE i.home ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON i.seen TO nobody USING (person_id <= 10); CREATE POLICY p ON i.home TO nobody USING (dwelling_id <= 5);
GRANT SELECT ON ALL TABLES IN SCHEMA i TO nobody, reader;
SQL
is(said('nobody', "SELECT max(person_id) FROM byudv.residences('i.seen'); SELECT used FROM byudv.residence_rejects('i.seen'); SELECT max(person_id) FROM byudv.moves('i.seen'); SELECT count(*) FROM byudv.classify_dwellings('i.home');
	SELECT max(person_id) FROM byudv.residences('i.seen_by_invoker');"), "10\n20\n10\n5\n10", 'functions read the rows that a policy allows');
is(said('reader', "SELECT count(*) FROM byudv.residences('i.seen'); SELECT count(*) FROM byudv.classify_dwellings('i.home');"), "0\n0", '... none where none is allowed');
is(said('nobody', "SELECT max(person_id) FROM byudv.residences('i.seen_by_owner');"), '150', '... through a view, those of the view\'s owner');
like(said('nobody', "SET row_security = off; SELECT count(*) FROM byudv.residences('i.seen');"), qr/42501: query would be affected by row-level security policy/, '... or an error, for who would rather have that');
my $persons = 'SELECT count(DISTINCT person_id) FROM m.residence';
my $policy = 'ALTER TABLE m.address_period ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON m.address_period USING (person_id <= 75);';
is(said('keeper', "$quiet $policy CALL byudv.refresh('m', true); $persons; ALTER TABLE m.address_period FORCE ROW LEVEL SECURITY; CALL byudv.refresh('m', true); $persons;") =~ s/^.*NOTICE.*\n//mgr, "150\n75", 'a policy on an input does not hold for the owner, unless it is forced');

# What PostgreSQL does not keep apart: a relation of somebody else's in the place of an input runs with the owner's rights (SECURITY.md says so)
said('loader', <<'SQL');
CREATE SCHEMA source; GRANT USAGE ON SCHEMA source TO keeper;
CREATE TABLE source.ran (as_role text); GRANT INSERT ON source.ran TO PUBLIC;
CREATE FUNCTION source.f() RETURNS boolean LANGUAGE plpgsql AS $$BEGIN INSERT INTO source.ran VALUES (current_user); RETURN true; END$$;
CREATE TABLE source.household (person_id bigint, household_type text, valid_from date, valid_to date); INSERT INTO source.household VALUES (1, 'single', '2010-01-01', NULL);
ALTER TABLE source.household ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON source.household USING (source.f()); GRANT SELECT ON source.household TO keeper;
SQL
said('keeper', "$quiet DROP TABLE m.household_type; CREATE VIEW m.household_type AS TABLE source.household; CALL byudv.refresh('m');");
is(query('SELECT string_agg(DISTINCT as_role, \' \') FROM source.ran'), 'keeper', 'a policy of another role\'s table, behind a view that is an input, runs as the owner');
is(query("SELECT count(*) FROM m.run_log WHERE outcome NOT IN ('done', 'unchanged')"), '0', 'all refreshes ended well');
is(query($untouched), $intact, 'the canary lives');

# ---- From the catalogue: what functions may be called by all, and none of them goes to files or has other rights than its caller's
is(query("SELECT string_agg(p.proname, ' ') FROM pg_proc p WHERE p.pronamespace = 'byudv'::regnamespace AND (p.prosecdef OR p.proacl IS NOT NULL)"), '', 'every function has the rights of its caller');
is(query("SELECT string_agg(p.proname, ' ') FROM pg_proc p WHERE p.pronamespace = 'byudv'::regnamespace AND p.prosrc ~ '\\m(COPY|PROGRAM)\\M|pg_read_|pg_write_|pg_ls_|pg_stat_file|lo_import|lo_export|\\mdblink'"), '', 'none in SQL names files or other servers');
is(query("SELECT string_agg(c.relname, ' ') FROM pg_class c WHERE c.relnamespace = 'byudv'::regnamespace AND c.relkind IN ('r', 'v') AND c.relacl::text <> format('{%s,=r/%s}', (acldefault('r', c.relowner))[1], c.relowner::regrole)"), '', 'its tables are read by all, and written by the owner');
$node->stop;
done_testing();

# Lines that one of two texts has and the other has not
sub diff_lines
{
	my @texts = map { [ map { s/^psql:<stdin>:\d+: //r } split /\n/ ] } @_;
	my %count;
	$count{$_}++ for @{ $texts[0] };
	$count{$_}-- for @{ $texts[1] };
	return grep { $count{$_} } sort keys %count;
}
