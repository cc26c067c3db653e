# Persons and dwellings on three servers, under one that has foreign partitions of theirs (postgres_fdw): what runs where, and that all of it gives what one
# server gives. The rules of the user's are brought to the shards, by hand and as to Citus, with a stand-in for it; states of aggregates go as text from one
# server to another; one server is down.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $all = new_server('all', conf => "jit = off\nenable_partitionwise_aggregate = on\nenable_partitionwise_join = on\n");
new_database($all, 'a');
plan skip_all => 'postgres_fdw and dblink (contrib) are not installed'
  if $all->safe_psql('a', "SELECT count(*) FROM pg_available_extensions WHERE name IN ('postgres_fdw', 'dblink')") ne '2';
my @shards = map { new_server("shard$_", conf => "jit = off\n") } 1 .. 3;
# one of them in another encoding
new_database($shards[$_], 'a', $_ == 1 ? (encoding => 'LATIN1') : ()) for 0 .. 2;

# ---- A register of 5,000 persons and 2,000 dwellings, in schema one of the one server
my $tables = <<'SQL';
CREATE TABLE address_period (person_id bigint NOT NULL, dwelling_id bigint, from_date date, to_date date);
CREATE TABLE dwelling (dwelling_id bigint NOT NULL, unit_use int, unit_kind text, building_use int, owner_code int, owner_name text, defect_insurance int, built_year int,
    available_from date, demolished_on date);
CREATE TABLE lived (person_id bigint, dwelling_id bigint NOT NULL, from_date date, to_date date, records int);
SQL
$all->safe_psql('a', "CREATE SCHEMA one; CREATE SCHEMA far; SET search_path = one; $tables" . <<'SQL');
SELECT setseed(0.17);
INSERT INTO dwelling SELECT d, CASE WHEN d % 50 = 0 THEN 2001 ELSE (ARRAY[120, 130, 140, 140])[1 + d % 4] END, '1', (ARRAY[120, 130, 140, 140])[1 + d % 4], (ARRAY[10, 10, 20, 30, 41, 50])[1 + d % 6],
    (ARRAY['Jens Sørensen', 'Testrup Borg på Øen', 'Boligforeningen AAB afd. 55', 'Testrup ApS', 'A/B Lupinhaven', NULL])[1 + d % 6 * 5 % 6], NULL, 1900 + d % 120,
    CASE WHEN d > 1900 THEN date '2012-01-01' + (d - 1900) * 20 END, NULL FROM generate_series(1, 2000) d;
INSERT INTO address_period SELECT p, CASE WHEN random() < 0.9 THEN 1 + (random() * 1999)::int END, f, CASE WHEN random() < 0.85 THEN f + (random() * 1500)::int END
FROM generate_series(1, 5000) p, generate_series(1, 4) i, LATERAL (SELECT date '2005-01-01' + (i * 1000 + random() * 1200)::int WHERE p + i > 0) x (f);
CREATE TABLE residence AS SELECT * FROM byudv.residences('address_period');
SQL

# What is the user's own: a kind of dwelling, of owner, of tenure
my $own = <<'SQL';
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('houseboat', 'Husbåd', 'Houseboat');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 2001, 'Husbåd', 'houseboat');
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('museum', 'Museum "på øen"', 'Museum');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup borg på øen', 'prefix', 'museum');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, owner_kinds, tenure, reason) VALUES ('corrected', 9001, 1, '{10,NULL}', '{museum}', 'foundation', 'Museet ejer {owner} \ ''den''.');
SQL
$all->safe_psql('a', $own);

# ---- The shards: their part of the tables, and views of what each makes of its own
my $partial = <<'SQL';
CREATE FUNCTION partial_step(internal, regprocedure, VARIADIC "any") RETURNS internal LANGUAGE c PARALLEL SAFE AS 'LIBRARY', 'partial_step';
CREATE FUNCTION partial_end(internal) RETURNS text LANGUAGE c PARALLEL SAFE AS 'LIBRARY', 'partial_end';
CREATE AGGREGATE partial(regprocedure, VARIADIC "any") (SFUNC = partial_step, STYPE = internal, FINALFUNC = partial_end);
CREATE FUNCTION merged_step(internal, regprocedure, text) RETURNS internal LANGUAGE c PARALLEL SAFE AS 'LIBRARY', 'merged_step';
CREATE FUNCTION merged_end(internal) RETURNS text LANGUAGE c PARALLEL SAFE AS 'LIBRARY', 'merged_end';
CREATE AGGREGATE merged(regprocedure, text) (SFUNC = merged_step, STYPE = internal, FINALFUNC = merged_end);
SQL
my $library = PostgreSQL::Test::Utils::tempdir() . '/partial_aggregate.so';
my ($include, undef) = run_command([ 'pg_config', '--includedir-server' ]);
my $compiled = run_log([ $ENV{CC} || 'cc', '-shared', '-fPIC', '-O1', '-Wall', '-Werror', "-I$include", '-o', $library, "$ENV{PG_ABS_SRCDIR}/t/lib/partial_aggregate.c" ]);
ok($compiled, 'the stand-in for an engine compiles');
$partial =~ s/LIBRARY/$library/g;

my $window = "date '2010-01-01', date '2020-01-01'";
my $cause = '1 + (dwelling_id % 3)::int';
# no call with a text constant, such as extract() has, since postgres_fdw sends none whose collation no column gives
my $year = "2000 + (from_date - date '2000-01-01') / 365";
my $summary = "SELECT $year AS year, byudv.survival_agg(from_date, to_date, $window) AS s, byudv.competing_risks_agg(from_date, to_date, $cause, $window) AS c FROM residence GROUP BY 1";
for my $shard (@shards)
{
	$shard->safe_psql('a', $tables . <<SQL);
CREATE VIEW residence AS SELECT * FROM byudv.residences('address_period');
CREATE VIEW occupancy AS SELECT * FROM byudv.occupancies('lived');
CREATE VIEW dwelling_class AS SELECT c.dwelling_id::bigint AS dwelling_id, c.dwelling_type, c.tenure, c.rule_id, c.owner_kind, c.reason FROM byudv.classify_dwellings('dwelling') c;
CREATE VIEW stay_summary AS $summary;
$partial
CREATE VIEW year_state AS SELECT $year AS year, partial('byudv.survival_agg(date,date,date,date)', from_date, to_date, $window) AS s,
    partial('byudv.competing_risks_agg(date,date,int,date,date)', from_date, to_date, $cause, $window) AS c FROM residence GROUP BY 1;
CREATE VIEW rollup_state AS SELECT year % 3 AS third, partial('byudv.rollup(byudv.survival)', s) AS s, partial('byudv.rollup(byudv.competing_risks)', c) AS c FROM stay_summary GROUP BY 1;
CREATE VIEW dwelling_state AS SELECT dwelling_id, partial('byudv.occupancy_agg(bigint,date,date)', person_id, from_date, to_date) AS o FROM residence WHERE dwelling_id IS NOT NULL GROUP BY 1;
CREATE VIEW person_state AS SELECT person_id % 100 AS bucket, partial('byudv.residence_agg(bigint,date,date,int)', dwelling_id, from_date, to_date, 30) AS r FROM address_period GROUP BY 1;
SQL
}

# ---- The server that sees them all: hash partitions by person, and by dwelling, each a foreign table
sub connect_options { my ($node) = @_; return "host '" . $node->host . "', port '" . $node->port . "', dbname 'a'" }
my %columns = (
	address_period => [ 'person_id', 'person_id bigint, dwelling_id bigint, from_date date, to_date date' ],
	residence => [ 'person_id', 'person_id bigint, dwelling_id bigint, from_date date, to_date date, records int' ],
	lived => [ 'dwelling_id', 'person_id bigint, dwelling_id bigint, from_date date, to_date date, records int' ],
	occupancy => [ 'dwelling_id', 'dwelling_id bigint, occupancy int, from_date date, to_date date, residents int' ],
	dwelling => [ 'dwelling_id', 'dwelling_id bigint, unit_use int, unit_kind text, building_use int, owner_code int, owner_name text, defect_insurance int, built_year int,
		available_from date, demolished_on date' ],
	dwelling_class => [ 'dwelling_id', 'dwelling_id bigint, dwelling_type text, tenure text, rule_id int, owner_kind text, reason text' ]);
# views of summaries and states have no key by which they are divided: rows of any group may be on any shard
my %parts = (stay_summary => 'year int, s byudv.survival, c byudv.competing_risks', year_state => 'year int, s text, c text', rollup_state => 'third int, s text, c text',
	dwelling_state => 'dwelling_id bigint, o text', person_state => 'bucket bigint, r text');
my $far = "CREATE EXTENSION postgres_fdw; CREATE EXTENSION dblink;\n$partial";
$far .= "CREATE SERVER shard$_ FOREIGN DATA WRAPPER postgres_fdw OPTIONS (" . connect_options($shards[$_ - 1]) . ", extensions 'byudv', async_capable 'true', fetch_size '10000', batch_size '1000');
	CREATE USER MAPPING FOR CURRENT_USER SERVER shard$_ OPTIONS (user '" . $all->safe_psql('a', 'SELECT current_user') . "');\n" for 1 .. 3;
for my $table (sort keys %columns)
{
	my ($key, $list) = @{ $columns{$table} };
	$far .= "CREATE TABLE far.$table ($list) PARTITION BY HASH ($key);\n";
	$far .= "CREATE FOREIGN TABLE far.${table}_$_ PARTITION OF far.$table FOR VALUES WITH (MODULUS 3, REMAINDER " . ($_ - 1) . ") SERVER shard$_ OPTIONS (schema_name 'public', table_name '$table');\n" for 1 .. 3;
}
for my $table (sort keys %parts)
{
	$far .= "CREATE TABLE far.$table ($parts{$table});\n";
	$far .= "CREATE FOREIGN TABLE far.${table}_$_ () INHERITS (far.$table) SERVER shard$_ OPTIONS (schema_name 'public', table_name '$table');\n" for 1 .. 3;
}
$all->safe_psql('a', $far);
$all->safe_psql('a', "INSERT INTO far.address_period SELECT * FROM one.address_period; INSERT INTO far.dwelling SELECT * FROM one.dwelling; ANALYZE far.address_period; ANALYZE far.dwelling");
my @held = map { $_->safe_psql('a', 'SELECT count(*) FROM address_period') } @shards;
is(eval join('+', @held), 20000, "rows go to the shard of their person: @held");
cmp_ok((sort { $a <=> $b } @held)[0], '>', 5000, 'and each has its share');

# Equal, row by row; the first that differs is shown
sub same
{
	my ($far, $one, $what) = @_;
	my $count = $all->safe_psql('a', "SELECT count(*) FROM ($one) x");
	my $differ = $all->safe_psql('a', "SELECT 'only one: ' || x::text FROM (($one) EXCEPT ALL ($far)) x UNION ALL SELECT 'only far: ' || x::text FROM (($far) EXCEPT ALL ($one)) x ORDER BY 1 LIMIT 3");
	is($differ, '', "$what: $count rows, the same");
	cmp_ok($count, '>', 0, "$what: some");
	return;
}
sub plan_of { my ($query) = @_; return $all->safe_psql('a', "EXPLAIN (VERBOSE, COSTS OFF) $query") }
sub remote_sql { my ($query) = @_; return join("\n", plan_of($query) =~ /Remote SQL: (.*)/g) }

# ---- What is grouped by the key of the shards is done there, whole
my $version = $all->safe_psql('a', "SELECT current_setting('server_version_num')::int / 10000");
{
	# residences lie by person, occupancies are by dwelling: the rows have to move once
	$all->safe_psql('a', 'INSERT INTO far.lived SELECT * FROM far.residence WHERE dwelling_id IS NOT NULL; ANALYZE far.lived');
	my $query = "SELECT dwelling_id, byudv.survival_agg(from_date, to_date, $window) AS s FROM far.lived GROUP BY dwelling_id";
	my $plan = plan_of($query);
	is(scalar(() = $plan =~ /Remote SQL: SELECT dwelling_id, byudv\.survival_agg\(from_date, to_date, '2010-01-01'::date, '2020-01-01'::date\) FROM public\.lived GROUP BY 1/g), 3,
		'survival_agg() by dwelling runs on each shard') or diag($plan);
	unlike($plan, qr/HashAggregate|GroupAggregate/, 'and nothing of it here');
	like($plan, qr/Async Foreign Scan/, 'on all shards at the same time');
	same("SELECT dwelling_id, s::text FROM ($query) x", "SELECT dwelling_id, byudv.survival_agg(from_date, to_date, $window)::text FROM one.residence WHERE dwelling_id IS NOT NULL GROUP BY 1", 'its summaries');

	# these give arrays; until version 17 PostgreSQL does not count arrays of an extension's types among what it has, and so does not send them
	my %key = (residence => 'SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) AS r FROM far.address_period GROUP BY person_id',
		occupancy => 'SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) AS r FROM far.lived GROUP BY dwelling_id');
	is(scalar(() = remote_sql($key{$_}) =~ /byudv\.${_}_agg\(/g), $version >= 17 ? 3 : 0, "${_}_agg() in version $version") for sort keys %key;
	same("SELECT a.person_id, r.* FROM ($key{residence}) a, unnest(a.r) r", 'SELECT * FROM one.residence', 'residences by the aggregate');
	same("SELECT a.dwelling_id, r.* FROM ($key{occupancy}) a, unnest(a.r) r", "SELECT * FROM byudv.occupancies('one.residence')", 'occupancies by the aggregate');
	# views of them on the shards run there in any version
	same('SELECT * FROM far.residence', 'SELECT * FROM one.residence', 'residences by the function, on each shard');
	same('SELECT * FROM far.occupancy', "SELECT * FROM byudv.occupancies('one.residence')", 'occupancies by the function, on each shard');
}

# ---- What is not: postgres_fdw sends no part of an aggregate, so all rows come. With one query for each shard, or a view on each, only summaries do.
{
	my $ask = sub { "SELECT $year AS year, byudv.survival_agg(from_date, to_date, $window) AS s, byudv.competing_risks_agg(from_date, to_date, $cause, $window) AS c FROM $_[0] GROUP BY 1" };
	my $query = $ask->('far.residence');
	unlike(remote_sql($query), qr/survival_agg/, 'an aggregate over another column than the key is not sent');
	my $one = $ask->('one.residence');
	my $text = 'SELECT year, s::text, c::text, md5(byudv.survival_send(s)) AS s_bytes, md5(byudv.competing_risks_send(c)) AS c_bytes FROM';
	my $rolled = 'SELECT year, byudv.rollup(s) AS s, byudv.rollup(c) AS c FROM';
	same("$text ($query) x", "$text ($one) x", 'curves by year, of all rows here');
	my $each = join(' UNION ALL ', map { $ask->("far.residence_$_") } 1 .. 3);
	my $plan = plan_of("$rolled ($each) x GROUP BY 1");
	is(scalar(() = $plan =~ /Remote SQL: .*byudv\.survival_agg\(.*byudv\.competing_risks_agg\(/g), 3, 'but over one shard it is, with any grouping') or diag($plan);
	same("$text ($rolled ($each) x GROUP BY 1) x", "$text ($one) x", 'curves by year, rolled up from one query a shard, to the byte');
	same("$text ($rolled far.stay_summary GROUP BY 1) x", "$text ($one) x", 'curves by year, rolled up from a view on each shard, to the byte');
	like(plan_of("$rolled far.stay_summary GROUP BY 1"), qr/Async Foreign Scan/, 'of all shards at the same time');
	is($all->safe_psql('a', 'SELECT count(*) FILTER (WHERE s IS NOT NULL), count(*) FILTER (WHERE c IS NOT NULL) FROM far.stay_summary'),
		$all->safe_psql('a', 'SELECT count(*) FILTER (WHERE s::text::byudv.survival OPERATOR(byudv.=) s AND s::text::byudv.survival::text = s::text),
			count(*) FILTER (WHERE c::text::byudv.competing_risks OPERATOR(byudv.=) c AND c::text::byudv.competing_risks::text = c::text) FROM far.stay_summary'), 'a summary is the same after it was text');
	like(remote_sql('SELECT year FROM far.stay_summary WHERE byudv.survival_at(s, 365) > 0.5'), qr/byudv\.survival_at\(s, 365\)/, 'questions to a summary are sent');
}

# ---- As an engine does it: the unfinished state of each shard as text, merged here; the rows of a group lie on several shards
{
	my $one = $summary =~ s/FROM residence/FROM one.residence/r;
	same("SELECT year, merged('byudv.survival_agg(date,date,date,date)', s), merged('byudv.competing_risks_agg(date,date,int,date,date)', c) FROM far.year_state GROUP BY 1",
		"SELECT year, s::text, c::text FROM ($one) x", 'states of survival_agg() and competing_risks_agg()');
	same("SELECT third, merged('byudv.rollup(byudv.survival)', s), merged('byudv.rollup(byudv.competing_risks)', c) FROM far.rollup_state GROUP BY 1",
		"SELECT year % 3, byudv.rollup(s)::text, byudv.rollup(c)::text FROM ($one) x GROUP BY 1", 'states of rollup()');
	same("SELECT dwelling_id, merged('byudv.occupancy_agg(bigint,date,date)', o) FROM far.dwelling_state GROUP BY 1",
		"SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date)::text FROM one.residence WHERE dwelling_id IS NOT NULL GROUP BY 1", 'states of occupancy_agg()');
	same("SELECT bucket, merged('byudv.residence_agg(bigint,date,date,int)', r) FROM far.person_state GROUP BY 1",
		"SELECT person_id % 100, byudv.residence_agg(dwelling_id, from_date, to_date, 30)::text FROM one.address_period GROUP BY 1", 'states of residence_agg()');
	# unused room in a state holds nothing of the server's memory; it is less than half, for as many rows
	my $state = $all->safe_psql('a', "SELECT partial('byudv.residence_agg(bigint,date,date)', 1::bigint, date '2020-01-01', date '2020-02-02') FROM generate_series(1, 5)");
	like($state, qr/^\\x.*(?:00){72}$/, 'unused room of a state is zeros') or diag($state);
}

# ---- Rules: each server decides by its own tables. What reads tables is STABLE and is not sent; a view on the shard runs there.
my $classes = "SELECT c.dwelling_id::bigint, c.dwelling_type, c.tenure, c.rule_id, c.owner_kind, c.reason FROM byudv.classify_dwellings('one.dwelling') c";
{
	my $tenure = "byudv.tenure(owner_code, building_use, owner_name, defect_insurance) = 'social'";
	my $plan = plan_of("SELECT dwelling_id FROM far.dwelling WHERE $tenure");
	unlike(join("\n", $plan =~ /Remote SQL: (.*)/g), qr/byudv/, 'tenure() is not sent');
	like($plan, qr/Filter: \(byudv\.tenure/, 'but runs here');
	like(remote_sql("SELECT dwelling_id FROM far.dwelling WHERE byudv.normalise_owner_name(owner_name) = 'testrup borg paa oeen'"), qr/byudv\.normalise_owner_name\(owner_name\)/, 'normalise_owner_name() is sent');
	like(remote_sql("SELECT dwelling_id FROM far.dwelling_class WHERE tenure = 'social'"), qr/WHERE \(\(tenure = 'social'/, 'a column of a view is');
	my $others = "SELECT count(*) FROM far.dwelling_class WHERE dwelling_type = 'houseboat' OR owner_kind = 'museum' OR rule_id = 9001";
	is($all->safe_psql('a', $others), '0', 'shards without the rules do not know them');
	my $rules = $all->safe_psql('a', "SELECT format('SELECT byudv.load_own_rules(%L)', byudv.own_rules())");
	is($_->safe_psql('a', "SET client_encoding = 'UTF8'; $rules"), '5', 'rules loaded into ' . $_->name) for @shards;
	cmp_ok($all->safe_psql('a', $others), '>', 100, 'afterwards they do');
	same('SELECT * FROM far.dwelling_class', $classes, 'types, tenures and reasons');
	$_->safe_psql('a', "SELECT byudv.load_own_rules('{}')") for @shards;
}

# ---- As to Citus: what it has for this, run_command_on_workers(), stood in for by dblink
{
	my $nodes = join(', ', map { "('" . $shards[$_]->host . "', " . $shards[$_]->port . ')' } 0 .. 2);
	$all->safe_psql('a', <<SQL);
SET allow_system_table_mods = on;
CREATE FUNCTION pg_catalog.run_command_on_workers(command text, parallel boolean DEFAULT true, OUT nodename text, OUT nodeport integer, OUT success boolean, OUT result text)
    RETURNS SETOF record LANGUAGE plpgsql AS \$\$
BEGIN
    FOR nodename, nodeport IN VALUES $nodes LOOP
        BEGIN
            SELECT r INTO STRICT result FROM public.dblink(format('host=%s port=%s dbname=a', nodename, nodeport), command) AS t (r text);
            success := true;
        EXCEPTION WHEN OTHERS THEN
            success := false;
            result := SQLERRM;
        END;
        RETURN NEXT;
    END LOOP;
END \$\$;
SQL
	is($all->safe_psql('a', 'SELECT count(*), sum(own_rows) FROM byudv.citus_sync_rules()'), '3|15', 'rules go to every worker');
	same('SELECT * FROM far.dwelling_class', $classes, 'which then say the same');
	my $written = sub { join(' ', map { $_->safe_psql('a', 'SELECT xmin FROM byudv.tenure_rule WHERE NOT is_builtin') } @shards) };
	my $before = $written->();
	is($all->safe_psql('a', 'SELECT count(*), sum(own_rows) FROM byudv.citus_sync_rules()'), '3|15', 'again');
	is($written->(), $before, 'nothing is written where they are');
	# what a session has compiled is made anew
	my $session = $shards[2]->background_psql('a', on_error_stop => 1);
	is($session->query_safe("SELECT byudv.owner_kind('Testrup Borg')"), 'unclassified', 'a session on a worker') if $session->can('query_safe');
	$all->safe_psql('a', "UPDATE byudv.owner_pattern SET pattern = 'testrup borg' WHERE NOT is_builtin; SELECT byudv.citus_sync_rules()");
	is($session->query_safe("SELECT byudv.owner_kind('Testrup Borg')"), 'museum', 'decides by the new rules') if $session->can('query_safe');
	$session->quit;
	same('SELECT * FROM far.dwelling_class', $classes, 'after a change');

	$shards[2]->stop('fast');
	$all->safe_psql('a', "DELETE FROM byudv.tenure_rule WHERE NOT is_builtin");
	my ($code, $out, $err) = $all->psql('a', 'SELECT * FROM byudv.citus_sync_rules()');
	like($err, qr/ERROR:  the rules did not reach 1 of 3 workers\nDETAIL: .*:\d+: .*connect.*\nHINT:  The other workers have them\./s, 'a worker that is down is named');
	is($shards[0]->safe_psql('a', 'SELECT count(*) FROM byudv.tenure_rule WHERE NOT is_builtin'), '0', 'the others have the change');
}

# ---- A shard that is down: an error that names it, and no part of an answer
for my $query ('SELECT count(*) FROM far.address_period', 'SELECT byudv.rollup(s) FROM far.stay_summary', "SELECT count(*) FROM byudv.moves('far.residence')", "SELECT count(*) FROM byudv.residences('far.address_period')")
{
	my ($code, $out, $err) = $all->psql('a', $query);
	is($out, '', "no answer: $query");
	like($err, qr/could not connect to server "shard3"/, 'but the name of the shard');
}
is($all->safe_psql('a', 'SELECT count(*) > 0 FROM far.address_period WHERE person_id = ' . $shards[0]->safe_psql('a', 'SELECT min(person_id) FROM address_period')), 't', 'what lies on another shard is answered');
$shards[2]->start;
is($all->safe_psql('a', 'SELECT count(*), sum(own_rows) FROM byudv.citus_sync_rules()'), '3|12', 'back again, it gets the rules');
same('SELECT * FROM far.dwelling_class', $classes, 'and says the same');

# ---- Moves, vacancies and chains follow persons from dwelling to dwelling, all over: they run here, and read the residences of the shards
like(plan_of('SELECT * FROM far.residence'), qr/Async Foreign Scan/, 'residences are read from all shards at the same time');
for my $schema (qw(one far))
{
	$all->safe_psql('a', "CREATE TABLE ${schema}_move AS SELECT * FROM byudv.moves('$schema.residence', NULL, '$schema.address_period', '2010-01-01', '2020-01-01');
		CREATE TABLE ${schema}_flow AS SELECT * FROM byudv.vacancy_flows('$schema.residence', '$schema.dwelling', '2010-01-01', '2020-01-01');
		CREATE TABLE ${schema}_chain AS SELECT * FROM byudv.vacancy_chains('${schema}_flow')");
}
same("SELECT * FROM far_$_", "SELECT * FROM one_$_", "$_") for qw(move flow chain);

$_->stop for $all, @shards;
done_testing();
