# From version to version: the definitions that a released version installed work with this library; ALTER EXTENSION UPDATE leaves nothing that differs from a fresh
# install; and what users have made - rules, stored summaries, views, monitors - is there and answers as before. Whole catalogues are compared, see Catalogue.pm.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use Catalogue;
use SmallTown qw(digests);

my @releases = sort { eval("v$a") cmp eval("v$b") } map { m{/byudv--([0-9.]+)\.sql$} } glob "$ENV{PG_ABS_SRCDIR}/releases/byudv--*.sql";

# A script of a version to come, which replaces built-in rows
my $next = <<'SQL';
\echo Use "ALTER EXTENSION byudv UPDATE" to load this file. \quit
UPDATE byudv.tenure_rule SET tenure = 'public' WHERE norm = 'corrected' AND rule_id = 21 AND is_builtin;
DELETE FROM byudv.owner_pattern WHERE pattern = 'domea' AND is_builtin;
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, is_builtin) VALUES ('testrup', 'word', 'church', true);
SQL

my $conf = with_release(\@releases, map { ("byudv--$_--99.sql" => $next) } @releases);
plan skip_all => 'this server has no setting for a staging folder, so no other version can be installed beside the one in the system' unless $conf;
my $node = do { local $ENV{BYUDV_CONF} = $conf; new_server('main', conf => "autovacuum = off\njit = off\n") };
new_database($node, 'fresh');
my $version = "SELECT extversion FROM pg_extension WHERE extname = 'byudv'";
my $new = $node->safe_psql('fresh', $version);
@releases = grep { $_ ne $new } @releases;
my $old = $releases[-1];
my $quiet = "SET client_min_messages = warning; SET client_encoding = 'UTF8';\n";
my $fresh = catalogue_facts($node, 'fresh');
cmp_ok(scalar keys %$fresh, '>', 500, 'a fresh install has ' . keys(%$fresh) . ' objects and columns');

sub old_database
{
	my ($name, @options) = @_;
	new_database($node, $name, extension => 0, @options);
	$node->safe_psql($name, "CREATE EXTENSION byudv VERSION '$old'");
	return;
}

sub same_catalogue
{
	my ($database, $what) = @_;
	my $facts = catalogue_facts($node, $database);
	my @differences = catalogue_differences(fresh => $fresh, $what => $facts);
	ok(!@differences, "the $what catalogue is that of a fresh install") or diag(join "\n", map { "  $_" } @differences > 40 ? (@differences[ 0 .. 39 ], 'and ' . (@differences - 40) . ' more') : @differences);
	return $facts;
}

# ---- The comparison sees what an update script may forget
{
	my @mutants = (
		[ 'COMMENT ON FUNCTION byudv.tenure_norms() IS NULL', qr/^function byudv\.tenure_norms\(\): comment is in the fresh one only/ ],
		[ 'COMMENT ON COLUMN byudv.use_code.code IS NULL', qr/^table column byudv\.use_code\.code: comment is in the fresh/ ],
		[ 'CREATE FUNCTION byudv.one() RETURNS int LANGUAGE sql RETURN 1; ALTER EXTENSION byudv ADD FUNCTION byudv.one()', qr/^function byudv\.one\(\) is in the changed one only/ ],
		[ 'ALTER EXTENSION byudv DROP FUNCTION byudv.tenure_codes(); DROP FUNCTION byudv.tenure_codes()', qr/^function byudv\.tenure_codes\(\) is in the fresh one only/ ],
		[ 'ALTER FUNCTION byudv.age_on(date, date) COST 7', qr/^function byudv\.age_on.*: procost is "100" in the fresh one, and "7"/ ],
		[ 'ALTER FUNCTION byudv.owner_kind(text) VOLATILE CALLED ON NULL INPUT', qr/^function byudv\.owner_kind.*: provolatile is "s"/, qr/^function byudv\.owner_kind.*: proisstrict/ ],
		[ "ALTER FUNCTION byudv.monitors() SET search_path = ''", qr/^function byudv\.monitors.*: proconfig/ ],
		[ "UPDATE pg_proc SET prosrc = replace(prosrc, 'FROM', 'from') WHERE oid = 'byudv.create_monitor'::regproc", qr/^function byudv\.create_monitor.*: prosrc/ ],
		[ 'REVOKE EXECUTE ON FUNCTION byudv.pseudonym(text) FROM PUBLIC', qr/^function byudv\.pseudonym.*: proacl/ ],
		[ "UPDATE pg_aggregate SET aggtransspace = 1 WHERE aggfnoid = 'byudv.residence_agg(bigint, date, date)'::regprocedure", qr/^aggregate byudv\.residence_agg.*: aggtransspace/ ],
		[ "UPDATE pg_operator SET oprcanhash = false WHERE oid = 'byudv.=(byudv.survival, byudv.survival)'::regoperator", qr/^operator byudv\.=\(byudv\.survival,byudv\.survival\): oprcanhash/ ],
		[ 'ALTER OPERATOR FAMILY byudv.survival_ops USING btree ADD FUNCTION 4 (byudv.survival, byudv.survival) pg_catalog.btequalimage(oid)', qr/^function of access method function 4 .* is in the changed one only/ ],
		[ 'ALTER TYPE byudv.survival SET (STORAGE = external)', qr/^type byudv\.survival: typstorage/ ],
		[ 'ALTER VIEW byudv.code_label SET (security_barrier)', qr/^view byudv\.code_label: reloptions/ ],
		[ "ALTER TABLE byudv.tenure_rule ALTER enabled SET DEFAULT false", qr/^default value for byudv\.tenure_rule\.enabled: adbin is "true"/ ],
		[ 'ALTER TABLE byudv.use_code ADD CHECK (code > 0)', qr/^table constraint use_code_code_check on byudv\.use_code is in the changed one only/ ],
		[ 'CREATE INDEX extra ON byudv.use_code (code)', qr/^index byudv\.extra is in the changed one only/ ],
		[ 'ALTER TABLE byudv.use_code ENABLE TRIGGER rules_changed', qr/^trigger rules_changed on byudv\.use_code: tgenabled is "A"/ ],
		[ "COMMENT ON EXTENSION byudv IS 'Another'", qr/^extension byudv: comment/ ],
		[ "UPDATE pg_extension SET extcondition[2] = '' WHERE extname = 'byudv'", qr/^extension byudv: extcondition/ ],
		[ "ALTER TABLE byudv.register_code DISABLE TRIGGER protect_builtin; UPDATE byudv.register_code SET label_en = 'x' WHERE list = 'owner_code' AND code = '10'; ALTER TABLE byudv.register_code ENABLE TRIGGER protect_builtin",
			qr/^built-in row of byudv\.register_code: \{.*"label_en": "x".* is in the changed one only/, qr/^built-in row of byudv\.register_code: \{.* is in the fresh one only/ ],
	);
	my @differences = catalogue_differences(fresh => $fresh, changed => catalogue_facts_after($node, 'fresh', join ";\n", map { $_->[0] } @mutants));
	for my $mutant (@mutants)
	{
		my ($change, @words) = @$mutant;
		my $missed = grep { my $word = $_; !grep { $_ =~ $word } @differences } @words;
		ok(!$missed, "seen: $change") or diag(join "\n", @differences);
	}
	is_deeply([ catalogue_differences(fresh => $fresh, changed => catalogue_facts($node, 'fresh')) ], [], 'unchanged, nothing is seen');
}

# ---- Functions of the released versions find their symbols, with the arguments that these were written for
for my $release (@releases)
{
	my %symbols = map { $_ => 1 } slurp_file("$ENV{PG_ABS_SRCDIR}/releases/byudv--$release.sql") =~ /'MODULE_PATHNAME'\s*,\s*'(\w+)'/g;
	my $missing = "DO \$\$DECLARE s text; BEGIN FOREACH s IN ARRAY '{%s}'::text[] LOOP BEGIN EXECUTE format('CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE c AS %%L, %%L', '\$libdir/byudv', s);"
	  . " DROP FUNCTION pg_temp.f(); EXCEPTION WHEN undefined_function THEN RAISE WARNING '%%', s; END; END LOOP; END\$\$";
	my (undef, undef, $said) = $node->psql('fresh', sprintf $missing, join ',', 'byudv_no_such_symbol', sort keys %symbols);
	is(join(' ', $said =~ /WARNING:  (\w+)/g), 'byudv_no_such_symbol', 'the library has all ' . keys(%symbols) . " symbols that $release names");
}
old_database('old');
is($node->safe_psql('old', $version), $old, "version $old is installed");
my $arguments = "SELECT prosrc || ' ' || string_agg(pg_get_function_arguments(p.oid) || ' ' || pg_get_function_result(p.oid), '; ' ORDER BY pg_get_function_arguments(p.oid) COLLATE \"C\") FROM pg_proc p WHERE probin LIKE '%byudv' GROUP BY prosrc";
my %arguments_now = map { (split / /, $_, 2)[ 0, 1 ] } split /\n/, $node->safe_psql('fresh', $arguments);
# A symbol that now has other arguments must tell the two apart by PG_NARGS(): then its name belongs here
my @told_apart = ();
is(join("\n", grep { my ($symbol, $then) = split / /, $_, 2; defined $arguments_now{$symbol} && $arguments_now{$symbol} ne $then && !grep { $_ eq $symbol } @told_apart } split /\n/, $node->safe_psql('old', $arguments)),
	'', 'no symbol has other arguments or results than then');

# ---- What it answers
{
	my $output = PostgreSQL::Test::Utils::tempdir();
	my @tests = qw(cases classify names explain labels survival survival_errors competing_risks observation moves moves_errors vacancy_chains);
	my ($host, $port) = ($node->host, $node->port);
	old_database('answers');
	my $log = `'$ENV{PG_REGRESS}' --use-existing --dbname=answers --inputdir='$ENV{PG_ABS_SRCDIR}' --outputdir='$output' --bindir="\$(pg_config --bindir)" --host='$host' --port=$port --encoding=UTF8 @tests 2>&1`;
	is($?, 0, "$old answers as expected: @tests") or diag($log, -e "$output/regression.diffs" ? slurp_file("$output/regression.diffs") : '');
}

# ---- What users have: rules, summaries, views and a monitor
my $users = own_rows() . <<'SQL';
CREATE TABLE public.dwelling AS SELECT i AS dwelling_id, 140 AS unit_use, '1' AS unit_kind, 140 AS building_use, NULL::int AS defect_insurance, 10 + 10 * (i % 3) AS owner_code, 'AAB afd. ' || i AS owner_name FROM generate_series(1, 100) i;
CREATE VIEW public.classified AS SELECT tenure, rule_id, count(*) FROM byudv.classify_dwellings('public.dwelling') GROUP BY 1, 2;
CREATE VIEW public.label AS SELECT list, code, label_da FROM byudv.code_label WHERE NOT is_builtin UNION ALL SELECT 'issue', issue, label_da FROM byudv.data_issue_kind WHERE issue = 'social_as_owner';
CREATE TABLE public.name (name text, kind text GENERATED ALWAYS AS (byudv.normalise_owner_name(name)) STORED);
INSERT INTO public.name VALUES ('A B Solvang');
CREATE INDEX ON public.name (byudv.normalise_owner_name(name));
CREATE TABLE public.summary AS SELECT i % 5 AS area, byudv.survival_agg(i % 7, 7 + i % 90, i % 3 > 0) AS stays, byudv.competing_risks_agg(i % 7, 7 + i % 90, i % 3) AS risks FROM generate_series(1, 1000) i GROUP BY 1;
CREATE UNIQUE INDEX ON public.summary (stays);
CREATE MATERIALIZED VIEW public.curve AS SELECT s.area, c.* FROM public.summary s CROSS JOIN LATERAL byudv.survival_curve(s.stays) c;
CREATE VIEW public.median AS SELECT m.estimate, m.lower, m.upper, i.cause, i.incidence FROM (SELECT byudv.rollup(stays) AS stays, byudv.rollup(risks) AS risks FROM public.summary) s,
    byudv.survival_median(s.stays) m, byudv.incidence_at(s.risks, 40) i;
SQL
my $answers = <<'SQL';
SET client_encoding = 'UTF8';
SET search_path = '';
SELECT byudv.tenure_decision(15, 2000, 'Prøve Kronen afd. 7', 13, public_support => 99, norm => 'egen'), byudv.tenure(20, 140, NULL, NULL), byudv.owner_kind('Testrup ApS'), byudv.owner_kind('Testrup A/S'),
    byudv.owner_match('PROEVE KRONEN'), byudv.dwelling_type(120, NULL, NULL), byudv.dwelling_type(NULL, 120, NULL);
SELECT to_jsonb(t) FROM byudv.owner_pattern t WHERE NOT is_builtin UNION ALL SELECT to_jsonb(t) FROM byudv.tenure_rule t WHERE NOT is_builtin UNION ALL SELECT to_jsonb(t) FROM byudv.use_code t WHERE NOT is_builtin
UNION ALL SELECT to_jsonb(t) FROM byudv.register_code t WHERE NOT is_builtin UNION ALL SELECT to_jsonb(t) FROM byudv.tenure_code t WHERE NOT is_builtin
UNION ALL SELECT to_jsonb(t) FROM byudv.owner_kind_code t WHERE NOT is_builtin UNION ALL SELECT to_jsonb(t) FROM byudv.dwelling_type_code t WHERE NOT is_builtin ORDER BY 1;
SELECT * FROM public.classified ORDER BY 1, 2;
SELECT * FROM public.label ORDER BY 1, 2;
SELECT * FROM public.name;
SELECT * FROM public.summary ORDER BY stays;
SELECT count(*), sum(survival) FROM public.curve;
SELECT * FROM public.median ORDER BY cause;
SQL

# Thirty homes, eighty people who move every two or three years; what a monitor needs to have something in its tables
my $monitor = <<'SQL';
SELECT byudv.create_monitor('%1$s', 151);
UPDATE %1$s.setting SET as_of = '2024-01-01', study_from = '2022-01-01';
INSERT INTO %1$s.building (building_id, property_id, building_use, built_year, available_from) SELECT b, b, 140, 1960 + 5 * b, CASE WHEN b > 8 THEN date '2022-06-01' END FROM generate_series(1, 10) b;
INSERT INTO %1$s.dwelling (dwelling_id, building_id, property_id, unit_use, unit_kind, area_m2, registered_use, available_from, address)
    SELECT d, 1 + d % 10, 1 + d % 10, 140, '1', 40 + 3 * d, 1 + d % 3, CASE WHEN d % 10 > 7 THEN date '2022-06-01' END, 'Prøvevej ' || d FROM generate_series(1, 30) d;
INSERT INTO %1$s.ownership (property_id, owner_code, owner_name) SELECT b, 10 * (1 + b % 4), CASE WHEN b % 2 = 0 THEN 'AAB afd. ' || b END FROM generate_series(1, 10) b;
INSERT INTO %1$s.person (person_id, born_on) SELECT p, date '1940-01-01' + 331 * p FROM generate_series(1, 80) p;
INSERT INTO %1$s.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) SELECT p, 1 + (7 * p + 11 * i) % 30, 151, x.day + 800 * i, CASE WHEN i < 3 THEN x.day + 800 * (i + 1) END
    FROM generate_series(1, 80) p CROSS JOIN generate_series(0, 3) i CROSS JOIN LATERAL (SELECT date '2015-01-01' + 9 * p AS day) x;
CALL byudv.refresh('%1$s');
SQL
my $anew = qr/dwelling_class - all computed anew.*monitor nord: refreshed, 0 rows added, 0 removed/s;
my $refresh = sub { my ($database, $name) = @_; (undef, undef, my $said) = $node->psql($database, "CALL byudv.refresh('$name')"); return $said };

my %before;
old_database('latin1', encoding => 'LATIN1');
for my $database (qw(old latin1))
{
	$node->safe_psql($database, $quiet . $users . sprintf($monitor, 'nord'));
	$before{$database} = { answers => $node->safe_psql($database, $answers), monitor => $node->safe_psql($database, digests('nord')), check => $node->safe_psql($database, "SELECT * FROM byudv.check_monitor('nord')") };
	like($before{$database}{answers}, qr/borg,1,high,"Ejeren er Prøve Kronen afd\. 7 æøå\."/, "$database: own rows decide in $old");
	unlike($before{$database}{check}, qr/\|(missing|error|warning)\|/, '... its monitor has nothing to check');
	cmp_ok(scalar(() = $before{$database}{monitor} =~ /\|[1-9]\d*\|/g), '>=', 15, '... and has results');
}
is($before{latin1}{answers}, $before{old}{answers}, 'LATIN1 says the same');
$node->safe_psql('postgres', 'CREATE DATABASE updated TEMPLATE old');

# ---- The update
{
	my $unchanged = catalogue_facts($node, 'old');
	$node->safe_psql('old', "BEGIN; ALTER EXTENSION byudv UPDATE; ROLLBACK");
	is_deeply([ catalogue_differences(before => $unchanged, after => catalogue_facts($node, 'old')) ], [], 'an update that is rolled back leaves nothing');
	is($node->safe_psql('old', "CREATE ROLE editor; GRANT INSERT ON byudv.tenure_rule TO editor; BEGIN; GRANT UPDATE ON byudv.owner_pattern TO editor; REVOKE EXECUTE ON FUNCTION byudv.pseudonym(text) FROM PUBLIC;
		ALTER EXTENSION byudv UPDATE; SELECT has_table_privilege('editor', 'byudv.owner_pattern', 'UPDATE'), has_table_privilege('editor', 'byudv.tenure_rule', 'INSERT'),
		has_function_privilege('editor', 'byudv.pseudonym(text)', 'EXECUTE'); ROLLBACK; REVOKE ALL ON byudv.tenure_rule FROM editor;"), 't|t|f', 'an update keeps what was granted and revoked');
	my (undef, undef, $error) = $node->psql('old', "SET ROLE editor; ALTER EXTENSION byudv UPDATE");
	like($error, qr/must be owner of extension byudv/, 'others than its owner cannot update');
}
# one session throughout, whose rules are in its memory
is($node->safe_psql('updated', $quiet . "SELECT byudv.tenure(20, 140, NULL, NULL); ALTER EXTENSION byudv UPDATE; SELECT byudv.tenure(20, 140, NULL, NULL);"), "borg\nborg", 'a session goes on after its update');
$node->safe_psql('latin1', "ALTER EXTENSION byudv UPDATE TO '$new'");
my %updated;
for my $database (qw(updated latin1))
{
	my $was = $before{ $database eq 'updated' ? 'old' : $database };
	is($node->safe_psql($database, $version), $new, "$database: version $new");
	$updated{$database} = same_catalogue($database, $database eq 'updated' ? 'updated' : 'updated LATIN1');
	is($node->safe_psql($database, $answers), $was->{answers}, '... rows, summaries and views of the user answer as before');
	is($node->safe_psql($database, digests('nord')), $was->{monitor}, '... so does the monitor');
	is($node->safe_psql($database, "SELECT * FROM byudv.check_monitor('nord')"), $was->{check}, '... which has nothing to check');
	like($refresh->($database, 'nord'), $anew, '... a refresh computes all anew, since the version is another, and nothing is otherwise');
	like($refresh->($database, 'nord'), qr/monitor nord: nothing has changed since the last refresh/, '... and then there is nothing to refresh') if $database eq 'updated';
}

# its rows are put back after TRUNCATE by functions, which an update has to replace with the rows
my $tables = join ', ', map { "byudv.$_" } qw(dwelling_type_code owner_kind_code tenure_code register_code use_code owner_pattern tenure_rule);
is_deeply([ catalogue_differences(updated => $updated{updated}, truncated => catalogue_facts_after($node, 'updated', "TRUNCATE $tables")) ], [], 'after TRUNCATE the rows are those of the new version');

# A monitor of the old version is the same as one that the new one makes
like($node->safe_psql('updated', "SELECT byudv.upgrade_monitor('nord')"), qr/^Monitor nord is (up to date|brought from layout)/, 'upgrade_monitor');
$node->safe_psql('updated', $quiet . sprintf($monitor, 'syd'));
is($node->safe_psql('updated', digests('syd')), $before{old}{monitor}, '... and one made anew says the same');
my $layout = "SELECT c.relname, c.relkind, c.reloptions, obj_description(c.oid), (SELECT string_agg(format('%%s %%s %%s %%s %%s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(f.adbin, f.adrelid),
	col_description(c.oid, a.attnum)), ', ' ORDER BY a.attname) FROM pg_attribute a LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
	CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) END, (SELECT string_agg(pg_get_indexdef(i.indexrelid), ', ' ORDER BY i.indexrelid::regclass::text) FROM pg_index i WHERE i.indrelid = c.oid),
	(SELECT string_agg(pg_get_triggerdef(t.oid) || t.tgenabled::text, ', ' ORDER BY t.tgname) FROM pg_trigger t WHERE t.tgrelid = c.oid) FROM pg_class c WHERE c.relnamespace = '%1\$s'::regnamespace AND c.relkind <> 'i' ORDER BY 1";
is($node->safe_psql('updated', sprintf $layout, 'nord') =~ s/\bnord\./syd./gr, $node->safe_psql('updated', sprintf $layout, 'syd'), '... whose tables and views are the same');
$node->safe_psql('updated', "DELETE FROM $_.address_period WHERE person_id = 7") for qw(nord syd);
$refresh->('updated', $_) for qw(nord syd);
isnt($node->safe_psql('updated', digests('nord')), $before{old}{monitor}, 'changes are picked up');
is($node->safe_psql('updated', digests('nord')), $node->safe_psql('updated', digests('syd')), '... alike in both');

# ---- A dump of the old version, restored where the new one is installed
restore_database($node, 'restored', dump_database($node, 'old'));
is($node->safe_psql('restored', $version), $new, "a dump of $old is restored with $new");
same_catalogue('restored', 'restored');
is($node->safe_psql('restored', $answers), $before{old}{answers}, '... rows, summaries and views');
is($node->safe_psql('restored', digests('nord')), $before{old}{monitor}, '... and monitor');
like($refresh->('restored', 'nord'), $anew, '... which computes the same');

# ---- From releases before that
for my $release (@releases[ 0 .. $#releases - 1 ])
{
	new_database($node, 'older', extension => 0);
	$node->safe_psql('older', "CREATE EXTENSION byudv VERSION '$release'; ALTER EXTENSION byudv UPDATE");
	same_catalogue('older', "updated from $release");
	$node->safe_psql('postgres', 'DROP DATABASE older');
}

# ---- An update may replace built-in rows, and every session knows at once
my $ask = "SELECT byudv.tenure(10, 140, 'AAB afd. 3', NULL), byudv.owner_kind('Testrup'), byudv.owner_kind('Domea')";
my ($stdin, $stdout) = ('', '');
my $session = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('old') ], '<', \$stdin, '>', \$stdout, IPC::Run::timeout(120));
my $session_says = sub { $stdout = ''; $stdin .= "$ask;\n\\echo done\n"; $session->pump until $stdout =~ /^done$/m; return $stdout =~ s/\ndone\n//r };
is($session_says->(), 'social|unclassified|social_housing', 'a session before an update of the built-in rows');
$node->safe_psql('old', "ALTER EXTENSION byudv UPDATE TO '99'");
is($session_says->(), 'public|church|unclassified', '... and after it');
$stdin .= "\\q\n";
$session->finish;
$node->stop;
done_testing();
