# A refresh on a schedule of pg_cron: it runs, says so in the log of the monitor, is changed and ended; from a database without pg_cron by the statement that
# the hint has.
use strict;
use warnings;
use Time::HiRes qw(time sleep);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

my ($share) = run_command([ 'pg_config', '--sharedir' ]);
plan skip_all => 'pg_cron is not installed (package postgresql-N-cron)' unless -e "$share/extension/pg_cron.control";

my $node = new_server('main', conf => "jit = off\nshared_preload_libraries = 'pg_cron'\ncron.database_name = 'a'\ncron.use_background_workers = on\nmax_worker_processes = 20\nlog_min_messages = warning\n");
new_database($node, $_) for qw(a b);
$node->safe_psql('a', "CREATE EXTENSION pg_cron; CREATE ROLE keeper LOGIN; GRANT CREATE ON DATABASE a TO keeper; GRANT CREATE ON DATABASE b TO keeper; GRANT USAGE ON SCHEMA cron TO keeper;");
my $quiet = "SET client_min_messages = warning;\n";
my $as_keeper = [ '-U', 'keeper' ];
for my $database (qw(a b))
{
	make_town($node, $database);
	$node->safe_psql($database, new_monitor("here_$database") . "CALL byudv.refresh('here_$database');", extra_params => $as_keeper);
}

# The next full minute brings the first run; both databases wait for it together
my $job = $node->safe_psql('a', "SELECT byudv.schedule_refresh('here_a', '* * * * *')", extra_params => $as_keeper);
like($job, qr/^\d+$/, 'a schedule is a job of pg_cron');
is($node->safe_psql('a', "SELECT jobname, schedule, command, database, username FROM cron.job"), "byudv refresh here_a|* * * * *|CALL byudv.refresh('here_a')|a|keeper", '... of the caller, with the CALL as the whole command');
my ($code, undef, $error) = $node->psql('b', "SELECT byudv.schedule_refresh('here_b', '* * * * *')", extra_params => $as_keeper);
like($error, qr/pg_cron is not in this database/, 'a database without pg_cron says so');
my ($statement) = $error =~ /(SELECT cron\.schedule_in_database\(.*?'b'\);)/;
ok($statement, '... and what to run where it is') or diag($error);
# only a superuser may use another database, or who is granted the function
is($node->safe_psql('a', "$statement UPDATE cron.job SET username = 'keeper' WHERE database = 'b'; SELECT jobname, schedule, command, database FROM cron.job WHERE database = 'b'") =~ s/^\d+\n//r,
	"byudv refresh here_b|* * * * *|CALL byudv.refresh('here_b')|b", '... which can be run as it is');
$node->safe_psql('a', "DELETE FROM here_a.address_period WHERE person_id = 500020");
$node->safe_psql('b', "DELETE FROM here_b.address_period WHERE person_id = 500020");
my %run;
my $end = time + 75;
while (time < $end && keys %run < 2)
{
	for my $database (grep { !$run{$_} } qw(a b))
	{
		my $run = $node->safe_psql($database, "SELECT outcome, run_by, rows_removed > 0 FROM here_$database.run_log WHERE step = 'refresh' AND run_id > 1 AND outcome <> 'running' ORDER BY run_id LIMIT 1");
		$run{$database} = $run if $run;
	}
	sleep 0.5;
}
is($run{a}, 'done|keeper|t', 'it refreshes, as who has scheduled it');
is($run{b}, 'done|keeper|t', '... also in the other database');
$node->poll_query_until('a', "SELECT count(*) = 2 FROM cron.job_run_details WHERE status = 'succeeded'");
is($node->safe_psql('a', "SELECT count(*) FROM cron.job_run_details WHERE status NOT IN ('succeeded', 'running', 'starting')"), '0', 'pg_cron has met no error');
unlike(slurp_file($node->logfile), qr/(ERROR|WARNING):  (?!pg_cron is not in this database)/, '... nor has the server');
is($node->safe_psql('a', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), '0', '... and no lock is left');

is($node->safe_psql('a', "SELECT byudv.schedule_refresh('here_a', '30 2 * * 1')", extra_params => $as_keeper), $job, 'a second call changes the schedule');
is($node->safe_psql('a', "SELECT string_agg(schedule, ', ') FROM cron.job WHERE database = 'a'"), '30 2 * * 1', '... of the same job');
is($node->safe_psql('a', "SELECT byudv.schedule_refresh('here_a'); SELECT schedule FROM cron.job WHERE database = 'a'", extra_params => $as_keeper), "$job\n0 3 * * *", '... to three each night where nothing is said');
($code, undef, $error) = $node->psql('a', "SELECT byudv.schedule_refresh('here_a', 'each night')", extra_params => $as_keeper);
like($error, qr/invalid schedule/, 'a schedule that pg_cron does not understand');
($code, undef, $error) = $node->psql('a', "SELECT byudv.schedule_refresh('here_a', NULL)", extra_params => $as_keeper);
like($error, qr/no schedule is given/, 'no schedule');
($code, undef, $error) = $node->psql('a', "SELECT byudv.schedule_refresh('nowhere')", extra_params => $as_keeper);
like($error, qr/there is no monitor "nowhere"/, 'no such monitor');
is($node->safe_psql('a', "SELECT byudv.unschedule_refresh('here_a')", extra_params => $as_keeper), 't', 'it ends');
is($node->safe_psql('a', "SELECT count(*) FROM cron.job WHERE database = 'a'"), '0', '... and the job is gone');
is($node->safe_psql('a', "SELECT byudv.unschedule_refresh('here_a')", extra_params => $as_keeper), 'f', 'ended twice is said');

$node->stop;
done_testing();
