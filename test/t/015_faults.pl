# Long functions that are cancelled, run into statement_timeout, lose their session or are killed with -9 at random moments leave no file, no lock and no half-written
# result, and the next call answers as before. Errors that are met a thousand times in one session leave its memory as it was. (The refresh: 008.)
#   BYUDV_ROUNDS=20   more rounds        BYUDV_SEED=7   other moments
use strict;
use warnings;
use Time::HiRes qw(time usleep);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

srand($ENV{BYUDV_SEED} || 15);
my $rounds = $ENV{BYUDV_ROUNDS} || 1;

my $node = new_server('main', conf => "autovacuum = off\njit = off\nrestart_after_crash = on\nfsync = off\nmax_parallel_workers_per_gather = 0\nwork_mem = 1MB\nmaintenance_work_mem = 1MB\n");
new_database($node, 'a');
# Little memory, so that all of them use temporary files
$node->safe_psql('a', <<'SQL');
SET client_min_messages = warning;
CREATE SCHEMA big;
CREATE FUNCTION big.u(seed bigint, n bigint, most int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ((hashint8extended(n, seed) & 1048575) * most / 1048576)::int';
CREATE TABLE big.address AS SELECT (big.u(1, i, 40000) + 1)::bigint AS person_id, (big.u(2, i, 20000) + 1)::bigint AS dwelling_id, date '2000-01-01' + big.u(3, i, 8000) AS from_date,
    date '2000-01-01' + big.u(3, i, 8000) + big.u(4, i, 900) AS to_date FROM generate_series(1, 120000) i;
CREATE TABLE big.dwelling AS SELECT i AS dwelling_id, 140 AS unit_use, '1'::text AS unit_kind, 140 AS building_use, NULL::int AS defect_insurance, 10 AS owner_code, 'Testejendomme ' || i || ' ApS' AS owner_name,
    CASE WHEN i % 20 = 0 THEN date '2010-01-01' + i % 3000 END AS available_from, NULL::date AS demolished_on FROM generate_series(1, 20000) i;
CREATE TABLE big.residence AS SELECT * FROM byudv.residences('big.address');
CREATE TABLE big.flow AS SELECT * FROM byudv.vacancy_flows('big.residence', 'big.dwelling', '2005-01-01', '2020-01-01');
CREATE TABLE big.home (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int);
CREATE VIEW big.event AS SELECT 2020 AS slice, (dwelling_id % 19)::int AS area, (person_id % 23)::int AS kind, records AS other FROM big.residence WHERE dwelling_id IS NOT NULL;
CREATE TABLE big.unit AS SELECT 'u' || i AS "id_lokalId", 6 AS status, 140 AS "enh020EnhedensAnvendelse" FROM generate_series(1, 3000) i;
CREATE TABLE big.house ("id_lokalId" text, status int, "byg021BygningensAnvendelse" int);
CREATE TABLE big.property AS SELECT 'p' || i AS "id_lokalId", 7 AS status, i::text AS "bfeNummer", 10 AS "ejendommensEjerforholdskode" FROM generate_series(1, 3000) i;
CREATE TABLE big.person AS SELECT to_char(date '1960-01-01' + i % 9000, 'DDMMYY') || to_char(i % 3000, 'FM0000') AS pnr, '1' AS status FROM generate_series(1, 6000) i;
CREATE TABLE big.record AS SELECT '002' AS recordtype, pnr, '' AS annkor, '0157' AS komkod, '0012' AS vejkod, '001' AS husnr, '' AS etage, '' AS sidedoer, '2016-01-01' AS tilflydto, '2017-01-01' AS fraflydto FROM big.person;
CREATE TABLE big.figure AS SELECT (1900 + i % 120)::text AS "TID", (100 + i / 120)::text AS "OMRÅDE", i::text AS "INDHOLD" FROM generate_series(0, 11999) i;
SELECT byudv.create_monitor('m', 157);
SQL
my $key = "SET byudv.pseudonym_key = 'an-example-key-0123456789'; SET client_min_messages = error;\n";

sub digest { my ($of) = @_; return "SELECT count(*), coalesce(sum(hashtextextended(x::text, 0)::numeric), 0) FROM $of x;" }

# Rows of inputs; what a monitor consists of
sub rows { return 'SELECT ' . join(', ', map { "(SELECT sum(hashtextextended((to_jsonb(x) - 'rejected_at')::text, 0)::numeric) FROM m.$_ x)" } @_, 'reject') . ';' }
my $monitor = "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'm'::regnamespace), (SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = 'm'::regnamespace);";

# name => [ what is disturbed, what it answers or has written, what prepares it, whether its transaction makes permanent tables ]. Where the answer is the disturbed statement's own, it is asked for again.
my %functions = (
	residences => [ digest("byudv.residences('big.address')") ],
	occupancies => [ digest("byudv.occupancies('big.residence')") ],
	vacancy_flows => [ digest("byudv.vacancy_flows('big.residence', 'big.dwelling', '2005-01-01', '2020-01-01')") ],
	vacancy_chains => [ digest("byudv.vacancy_chains('big.flow')") ],
	moves => [ digest("byudv.moves('big.residence', NULL, 'big.address', '2005-01-01', '2020-01-01')") ],
	classify_dwellings => [ digest("byudv.classify_dwellings('big.dwelling')") ],
	survival_agg => [ digest("(SELECT dwelling_id, byudv.survival_agg(from_date, to_date, '2005-01-01', '2020-01-01') FROM big.residence GROUP BY 1)") ],
	residence_agg => [ digest("(SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) FROM big.address GROUP BY 1)") ],
	protected_counts => [ digest("byudv.protected_counts('big.event', ARRAY['area*kind', 'area*other', 'kind*other'], NULL)") ],
	build_residences => [ "SELECT byudv.build_residences('big.address', 'big.home');", digest('big.home'), 'TRUNCATE big.home;' ],
	import_bbr => [ "SELECT byudv.import_bbr('m', 'big.unit', 'big.house', 'big.property');", rows(qw(dwelling building ownership)), 'TRUNCATE m.dwelling, m.building, m.ownership, m.reject, m.change;' ],
	import_cpr_persons => [ "SELECT byudv.import_cpr_persons('m', 'big.person');", rows('person'), 'TRUNCATE m.person, m.reject, m.change;' ],
	import_cpr_addresses => [ "SELECT byudv.import_cpr_addresses('m', 'big.record');", rows('address_period'), 'TRUNCATE m.address_period, m.reject, m.change;' ],
	import_statbank => [ "SELECT byudv.import_statbank('m', 'big.figure', 'Folketal');", rows('indicator'), 'TRUNCATE m.indicator, m.reject, m.change;' ],
	upgrade_monitor => [ "SELECT byudv.upgrade_monitor('m');", $monitor, 'DROP TABLE m.move, m.stock CASCADE; DROP TRIGGER byudv_insert ON m.person; DROP INDEX m.address_period_person_id_idx;', 1 ],
	drop_monitor => [ 'DROP SCHEMA gone CASCADE;', "SELECT to_regnamespace('gone') IS NULL;", "SELECT byudv.create_monitor('gone') WHERE to_regnamespace('gone') IS NULL;", 1 ]);

# ---- What may be left

sub files { return sort map { s{.*/}{}r } glob $node->data_dir . '/base/pgsql_tmp/*' }

# Files of the database that no relation has. A crash may leave those of tables that a transaction had made when it ended, in PostgreSQL itself.
my $database = $node->safe_psql('postgres', "SELECT oid FROM pg_database WHERE datname = 'a'");
sub orphans
{
	my %known = map { $_ => 1 } split /\n/, $node->safe_psql('a', 'CHECKPOINT; SELECT pg_relation_filenode(oid) FROM pg_class WHERE pg_relation_filenode(oid) IS NOT NULL');
	my %found;
	for (map { s{.*/}{}r } glob $node->data_dir . "/base/$database/*")
	{
		$found{$_} = 1 if /^t\d+_/ || /^(\d+)/ && !$known{$1};
	}
	return sort keys %found;
}

sub left_over
{
	my @left = map { "file $_" } files();
	push @left, grep { $_ } split /\n/, $node->safe_psql('a', "SELECT format('lock %s %s %s', locktype, mode, relation::regclass) FROM pg_locks WHERE pid <> pg_backend_pid() AND locktype IN ('advisory', 'relation', 'object');
		SELECT format('temporary %s', oid::regclass) FROM pg_class WHERE relpersistence = 't'");
	return join ', ', @left;
}

sub until_up
{
	for (1 .. 600)
	{
		my ($code) = $node->psql('a', 'SELECT 1');
		return if $code == 0;
		usleep(50_000);
	}
	die 'the server did not come back';
}

# ---- Undisturbed
my (%want, %seconds);
for my $name (sort keys %functions)
{
	my ($sql, $answer, $prepare) = @{ $functions{$name} };
	$node->safe_psql('a', $key . ($prepare || ''));
	my $begun = time;
	my $said = $node->safe_psql('a', $key . $sql);
	$seconds{$name} = time - $begun;
	$want{$name} = $answer ? $node->safe_psql('a', $answer) : $said;
}
note(join ', ', map { sprintf '%s %.2f s', $_, $seconds{$_} } sort keys %seconds);
is(join(' ', orphans()), '', 'no file without a relation');
is(left_over(), '', 'nothing is left to begin with');

# ---- Disturbed
my %met;    # how often a statement was really ended
my @kill = map { [ $_, 'kill' ] } grep { rand() < 0.35 || $_ eq 'build_residences' } sort keys %functions;
my @names = sort keys %functions;
my @cases;
for my $round (1 .. $rounds)    # one half by statement_timeout, the other by cancel, and the other way round in the next round
{
	push @cases, map { [ $names[$_], ($_ + $round) % 2 ? 'timeout' : 'cancel' ], [ $names[$_], 'terminate' ] } 0 .. $#names;
}
for my $case (@cases, (@kill) x $rounds)
{
	my ($name, $how) = @$case;
	my ($sql, $answer, $prepare, $makes_tables) = @{ $functions{$name} };
	my $wait = $seconds{$name} * (0.02 + 0.9 * rand);
	my $title = sprintf '%s of %s after %.3f s', $how, $name, $wait;
	$node->safe_psql('a', "$key$prepare") if $prepare;
	my $before = $answer ? $node->safe_psql('a', $answer) : '';
	my $set = $how eq 'timeout' ? sprintf('SET statement_timeout = %d;', 1 + 1000 * $wait) : '';
	my ($in, $out, $err) = ("${key}SELECT 'pid ' || pg_backend_pid();\n$set\n$sql\n\\echo ended :SQLSTATE\nRESET statement_timeout;\n", '', '');
	my $session = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('a') ], '<', \$in, '>', \$out, '2>', \$err, IPC::Run::timeout(120));
	$session->pump until $out =~ /pid (\d+)\n/;
	my $pid = $1;
	if ($how ne 'timeout')
	{
		usleep(1e6 * $wait);
		$how eq 'kill' ? kill(9, $pid) : $node->safe_psql('a', "SELECT pg_${how}_backend($pid)") if $out !~ /ended/;
	}
	my $lives = $how =~ /timeout|cancel/;
	if ($lives)
	{
		$session->pump until $out =~ /ended (\w+)/;
		$met{$how}++ if $out =~ /ended 57014/;
		like($out, qr/ended (57014|00000)/, "$title: ends");
	}
	else
	{
		eval { $in .= "\\q\n"; $session->finish };
		$met{$how}++ if $err =~ /terminating connection|server closed|connection to server was lost/;
		until_up();
	}
	my $left = left_over();
	for (1 .. 100) { last if $left eq '' || $lives; usleep(50_000); $left = left_over() }    # a session that ends takes a moment
	is($left, '', "$title: no file, no lock, no temporary table");
	if ($answer)
	{
		# a statement that came through before it was met has written all
		my $found = $node->safe_psql('a', $answer);
		ok($found eq $before || $found eq $want{$name}, "$title: all or nothing is written") or diag("before $before\nfound $found\nwanted $want{$name}");
		$node->safe_psql('a', "$key$prepare") if $found eq $want{$name};
	}
	# the next call, in the same session where that goes on
	if ($lives)
	{
		$in .= ($answer ? "\\o /dev/null\n$sql\n\\o\n$answer" : $sql) . "\n\\echo finished\n\\q\n";
		$out = '';
		$session->finish;
		is($out =~ s/\nfinished.*//sr, $want{$name}, "$title: the next call answers as before") or diag($err);
	}
	else
	{
		my $said = $node->safe_psql('a', $key . $sql);
		is($answer ? $node->safe_psql('a', $answer) : $said, $want{$name}, "$title: the next call answers as before");
	}
	is(join(' ', orphans()), '', "$title: no file without a relation") if $how ne 'kill' || !$makes_tables;
	if ($how eq 'kill' && $makes_tables)
	{
		# else the next case would be blamed
		unlink map { $node->data_dir . "/base/$database/$_" } orphans();
	}
}
note(join ', ', map { "$_ met $met{$_}" } sort keys %met);
cmp_ok($met{$_} || 0, '>=', 3, "$_ has met functions while they ran") for qw(timeout cancel terminate kill);
unlike(slurp_file($node->logfile), qr/PANIC|TRAP:|leak/, 'no panic, assertion or leak in the log');

# ---- The same error a thousand times
$node->safe_psql('a', <<'SQL');
CREATE VIEW big.bad_end AS SELECT i::bigint AS person_id, 1::bigint AS dwelling_id, date '2020-01-01' + 100 / (500 - i) AS from_date, NULL::date AS to_date FROM generate_series(1, 500) i;
CREATE VIEW big.bad_columns AS SELECT 1 AS person_id, 'x'::text AS dwelling_id;
CREATE VIEW big.bad_flow AS SELECT vacancy_id, dwelling_id, vacated_on, filled_on, outcome, origin_dwelling_id, origin_vacancy_id, movers, share / (20 - row_number() OVER ()) AS share, is_new FROM (SELECT * FROM big.flow LIMIT 30) f;
SQL
my @errors = (
	"SELECT count(*) FROM byudv.residences('big.bad_end')", "SELECT count(*) FROM byudv.residences('big.bad_columns')", "SELECT byudv.build_residences('big.bad_end', 'big.home')",
	"SELECT count(*) FROM byudv.occupancies('big.bad_end')", "SELECT count(*) FROM byudv.vacancy_chains('big.bad_flow')", "SELECT count(*) FROM byudv.moves('big.bad_end', NULL, NULL, '2010-01-01', '2020-01-01')",
	'SELECT byudv.survival_agg(i, 10 / (200 - i) + i, true) FROM generate_series(1, 200) i', "SELECT 'x'::byudv.survival", "SELECT '1/2/3'::byudv.competing_risks", "SELECT byudv.residence_agg(1, '2020-01-01', date '2020-01-01' + 1 / (90 - i)) FROM generate_series(1, 90) i",
	"SELECT byudv.tenure(10, 140, 'x', NULL, norm => 'none')", "SELECT byudv.pseudonym('x')", "SELECT byudv.parse_danish_number('x')", "SELECT count(*) FROM byudv.classify_dwellings('big.address')", "SELECT byudv.import_bbr('none', 'big.unit', 'big.house', 'big.property')",
	"INSERT INTO byudv.tenure_rule (rule_id) VALUES (NULL)", "SELECT * FROM byudv.area_profile('m', 'nowhere')", "SELECT * FROM byudv.protected_counts('big.bad_columns', ARRAY['area'], NULL)");
my $memory = "SELECT 'memory', (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) / 1024, substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\\s+(\\d+)');\n";
my $script = "SET log_min_messages = fatal; \\set VERBOSITY terse\n" . join '', map { my $e = $_; "$e;\n\\echo code :SQLSTATE\n" . "$e;\n" x 100 . $memory . "$e;\n" x 1000 . $memory } @errors;
my ($code, $out) = $node->psql('a', $key . $script, on_error_stop => 0);
my @codes = $out =~ /^code (\w+)$/gm;
is(scalar(grep { $_ eq '00000' } @codes), 0, 'all of these are errors') or diag("@codes");
my @memory = map { [ split /\|/ ] } $out =~ /^memory\|(.*)$/gm;
is(scalar(@memory), 2 * @errors, 'memory was looked at');
for my $n (0 .. $#errors)
{
	my ($first, $last) = @memory[ 2 * $n, 2 * $n + 1 ];
	cmp_ok($last->[0] - $first->[0], '<=', 64, "$errors[$n] ($codes[$n]): memory contexts after 100 and 1100 times, kB: $first->[0], $last->[0]");
	cmp_ok($last->[1] - $first->[1], '<=', 1024, "... memory of the process, kB: $first->[1], $last->[1]");
}

$node->stop;
done_testing();
