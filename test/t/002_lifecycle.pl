# The extension dropped and created again under a running session, restarts, crashes, a standby.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $node = new_server('primary', init => [ allows_streaming => 1 ]);
new_database($node, 'b');
my $insert = "INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church')";
my $ask = "SELECT byudv.owner_kind('Testrup'), byudv.tenure(20, 140, NULL, NULL)";

# One session throughout: its cache must not outlive the tables that it was made of
is($node->safe_psql('b', "$ask; $insert; $ask; DROP EXTENSION byudv CASCADE; CREATE EXTENSION byudv; $ask; $insert; $ask;"),
	"unclassified|social\nchurch|social\nunclassified|social\nchurch|social", 'dropped and created again in one session');
is($node->safe_psql('b', "BEGIN; $ask; DROP EXTENSION byudv CASCADE; CREATE EXTENSION byudv; $ask; ROLLBACK; $ask;"),
	"church|social\nunclassified|social\nchurch|social", 'dropped and created again, then rolled back');
is($node->safe_psql('b', "$ask; BEGIN; DROP EXTENSION byudv CASCADE; ROLLBACK; $ask;"), "church|social\nchurch|social", 'dropped and rolled back');
# ... and another session that has the old tables cached
my $session = $node->background_psql('b', on_error_stop => 0) if $node->can('background_psql') && PostgreSQL::Test::Cluster->can('background_psql');
SKIP:
{
	skip 'this version of PostgreSQL::Test has no query() for background sessions', 3 unless ref $session && $session->can('query');
	is($session->query($ask), 'church|social', 'a session that has the rules');
	$node->safe_psql('b', 'DROP EXTENSION byudv CASCADE; CREATE EXTENSION byudv');
	is($session->query($ask), 'unclassified|social', 'sees the extension dropped and created again elsewhere');
	$node->safe_psql('b', $insert);
	is($session->query($ask), 'church|social', 'and what is added to it');
	$session->quit;
}
$node->safe_psql('b', 'TRUNCATE byudv.owner_pattern');
my ($code, $out, $err) = $node->psql('b', "DROP TABLE byudv.owner_pattern");
like($err, qr/cannot drop table byudv\.owner_pattern because extension byudv requires it/, 'a table cannot be dropped on its own');
($code, $out, $err) = $node->psql('b', 'ALTER EXTENSION byudv SET SCHEMA public');
like($err, qr/does not support SET SCHEMA/, 'the extension stays in its schema');
($code, $out, $err) = $node->psql('b', 'DROP EXTENSION byudv');
is($code, 0, 'DROP EXTENSION leaves nothing that hinders it');
is($node->safe_psql('b', "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'byudv'"), '0', 'and nothing behind');
$node->safe_psql('b', 'CREATE EXTENSION byudv');

# Rewritten tables keep the cache right
is($node->safe_psql('b', "$insert; $ask; VACUUM FULL byudv.owner_pattern; $ask; REINDEX SCHEMA byudv; $ask; CLUSTER byudv.owner_pattern USING owner_pattern_pkey; $ask; DELETE FROM byudv.owner_pattern WHERE NOT is_builtin; $ask"),
	"church|social\nchurch|social\nchurch|social\nchurch|social\nunclassified|social", 'VACUUM FULL, REINDEX, CLUSTER');

# Standby
$node->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'backup', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
is($standby->safe_psql('b', $ask), 'unclassified|social', 'the functions work on a standby');
is($standby->safe_psql('b', "SELECT count(*) > 50 FROM byudv.explain_tenure(10, 140, 'AAB', 0)"), 't', 'so does explain_tenure');
# the session stays connected while rules change on the primary
my ($stdin, $stdout) = ('', '');
my $psql = IPC::Run::start([ 'psql', '-XqAt', '-d', $standby->connstr('b') ], '<', \$stdin, '>', \$stdout, IPC::Run::timeout(60));
sub standby_says
{
	my ($query, $want, $what) = @_;
	$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
	$stdout = '';
	$stdin .= "$query;\n\\echo done\n";
	$psql->pump until $stdout =~ /^done$/m;
	is($stdout =~ s/^done\n//mr =~ s/\n\z//r, $want, $what);
	return;
}
standby_says($ask, 'unclassified|social', 'a session on the standby');
$node->safe_psql('b', $insert);
standby_says($ask, 'church|social', 'sees a new pattern of the primary');
$node->safe_psql('b', "UPDATE byudv.owner_pattern SET owner_kind = 'state' WHERE NOT is_builtin");
standby_says($ask, 'state|social', 'an update');
$node->safe_psql('b', "BEGIN; UPDATE byudv.owner_pattern SET owner_kind = 'region' WHERE NOT is_builtin; ROLLBACK");
standby_says($ask, 'state|social', 'nothing of what is rolled back');
standby_says("BEGIN ISOLATION LEVEL REPEATABLE READ; $ask", 'state|social', 'a transaction of its own');
$node->safe_psql('b', "INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('corrected', 1, 1, 'public', 'Test.')");
standby_says($ask, 'state|public', 'sees what comes in between');
standby_says('COMMIT', '', 'and ends');
$node->safe_psql('b', 'TRUNCATE byudv.owner_pattern; DELETE FROM byudv.tenure_rule WHERE NOT is_builtin');
standby_says($ask, 'unclassified|social', 'and TRUNCATE');
($code, $out, $err) = $standby->psql('b', $insert);
like($err, qr/read-only transaction/, 'rules are written on the primary only');
$stdin .= "\\q\n";
$psql->finish;
$standby->promote;
$standby->safe_psql('b', $insert);
is($standby->safe_psql('b', $ask), 'church|social', 'after promotion it takes rules of its own');
$standby->stop;

# Restart
$node->safe_psql('b', $insert);
$node->restart;
is($node->safe_psql('b', $ask), 'church|social', 'after a restart');

# A crash while patterns are added: all of the load or nothing, and the rules in force are those committed
my ($in, $output) = ('', '');
my $loader = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('b') ], '<', \$in, '>', \$output, '2>', '/dev/null', IPC::Run::timeout(60));
$in = "BEGIN; INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) SELECT 'prove ' || i, 'phrase', 'church' FROM generate_series(1, 20000) i;
SELECT byudv.owner_kind('prove 7');\n\\echo loaded\n";
$loader->pump until $output =~ /loaded/;
like($output, qr/church/, 'the one who loads has the patterns');
$in .= "INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) SELECT 'mere ' || i, 'phrase', 'church' FROM generate_series(1, 100000) i;\n";
$loader->pump_nb for 1 .. 5;
$node->stop('immediate');
$loader->finish;
$node->start;
is($node->safe_psql('b', "SELECT byudv.owner_kind('prove 7'), count(*) FILTER (WHERE NOT is_builtin), count(*) FILTER (WHERE is_builtin) > 500 FROM byudv.owner_pattern"),
	'unclassified|1|t', 'after a crash during the load nothing of it is there');
is($node->safe_psql('b', $ask), 'church|social', 'and the committed rules are');
$node->safe_psql('b', "INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) SELECT 'prove ' || i, 'phrase', 'church' FROM generate_series(1, 20000) i");
$node->stop('immediate');
$node->start;
is($node->safe_psql('b', "SELECT byudv.owner_kind('prove 19999'), count(*) FROM byudv.owner_pattern WHERE NOT is_builtin"), 'church|20001', 'what was committed survives a crash');

# Memory: reloading over and over keeps one copy
is($node->safe_psql('b', "DO \$\$ BEGIN FOR i IN 1..30 LOOP UPDATE byudv.owner_pattern SET priority = 40 + i WHERE pattern = 'testrup'; PERFORM byudv.owner_kind('Testrup'); END LOOP; END \$\$;
	SELECT count(*) FROM pg_backend_memory_contexts WHERE name LIKE 'byudv%'"), '1', 'one copy of the rules after thirty reloads');

$node->stop;
done_testing();
