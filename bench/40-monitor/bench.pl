# A monitor's refresh: for the first time, in full again, when nothing has
# changed, and after one person in a hundred has; against the same tables from
# the functions, dropped and made anew. Then how it grows with the country.

use strict;
use warnings;
use POSIX ();
use Municipality;

my $monitor = 'bench_monitor';
my @scales = split /[\s,]+/, $ENV{BENCH_SCALES} // '1,4,16';
die "BENCH_SCALES must be numbers from 1 to 120, not \"@scales\"\n" if !@scales || grep { !/^[1-9][0-9]*$/ || $_ > 120 } @scales;
my @results = qw(proxy_owner dwelling_class residence move occupancy vacancy_flow chain data_issue);

# Incomes of one year will do: no result of the first steps depends on them.
sub load { my ($bench, $scale) = @_; return Municipality::load($bench, $monitor, $scale, '--attributes', 1) }

# Empties the results as if there had been no refresh; what the tables lost with their rows, their indexes too, is made again.
sub forget
{
	my ($session) = @_;
	$session->run("DROP TABLE $monitor." . join(", $monitor.", @results));
	$session->run("SELECT byudv.upgrade_monitor('$monitor')");
	$session->run("INSERT INTO $monitor.pending (step) SELECT unnest(byudv.refresh_steps())");
	return;
}

# What a refresh wrote into its log: the answer that all rounds must agree on.
my $log = "SELECT outcome, rows_added > 0 FROM $monitor.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1";

sub refresh
{
	my ($session, $call) = @_;
	my ($time, @answer) = $session->run($call);
	die "$call: @answer\n" if grep { /ERROR/ } @answer;
	return ($time, ($session->run($log))[1]);
}

my $shift = 1;

sub prepare
{
	my ($bench) = @_;
	my $session = $bench->session;
	$session->run('SET client_min_messages = warning');
	$session->run($_) for 'DROP EXTENSION IF EXISTS byudv CASCADE', 'CREATE EXTENSION byudv', 'DROP TABLE IF EXISTS public.bench_person';
	load($bench, 1);
	$session->run("CALL byudv.refresh('$monitor')");
	$session->run("CREATE TABLE public.bench_person AS SELECT person_id FROM $monitor.person ORDER BY hashint8(person_id) LIMIT (SELECT count(*) / 100 FROM $monitor.person)");
	return (
		{ key => 'plain', label => 'the functions, tables made anew', on => 'postgres', cold => 1, run => sub {
			my @statements = grep { /\S/ } split /;\n/, $bench->sql_from('functions.sql');
			my $total = 0;
			for my $statement (@statements)
			{
				my ($time, @answer) = $session->run($statement);
				die "$statement: @answer\n" if grep { /ERROR/ } @answer;
				$total += $time;
			}
			return ($total, ($session->run('SELECT count(*) > 0 FROM bench_plain.chain'))[1]);
		} },
		{ key => 'first', label => 'refresh for the first time', on => 'postgres', cold => 1, run => sub { forget($session); return refresh($session, "CALL byudv.refresh('$monitor')") } },
		{ key => 'full', label => 'refresh in full, nothing differs', on => 'postgres', cold => 1, run => sub { return refresh($session, "CALL byudv.refresh('$monitor', true)") } },
		{ key => 'nothing', label => 'refresh, nothing has changed', on => 'postgres', cold => 1, run => sub { return refresh($session, "CALL byudv.refresh('$monitor')") } },
		{ key => 'percent', label => 'refresh after 1 % of the persons changed', on => 'postgres', cold => 1, run => sub {
			$shift = -$shift;
			$session->run("UPDATE $monitor.address_period SET from_date = from_date + $shift, to_date = to_date + $shift WHERE person_id IN (TABLE public.bench_person)");
			return refresh($session, "CALL byudv.refresh('$monitor')");
		} },
	);
}

# A refresh of each kind at each scale, once, and the most private memory that the backend had.
sub report
{
	my ($bench) = @_;
	my $watcher = $bench->session;
	$bench->say(sprintf "\n%-16s %12s %12s %12s %12s %12s %14s", 'municipalities', 'addresses', 'first, s', 'full, s', 'nothing, s', '1 %, s', 'memory, MB');
	for my $scale (@scales)
	{
		my $rows = load($bench, $scale);
		my $session = $bench->session;
		$session->run('SET client_min_messages = warning');
		my (undef, $pid) = $session->run('SELECT pg_backend_pid()');
		my ($most, @seconds) = (0);
		for my $kind (qw(first full nothing percent))
		{
			if ($kind eq 'percent')
			{
				$session->run("UPDATE $monitor.address_period SET from_date = from_date + 1, to_date = to_date + 1
					WHERE person_id IN (SELECT person_id FROM $monitor.person ORDER BY hashint8(person_id) LIMIT (SELECT count(*) / 100 FROM $monitor.person))");
			}
			$session->send("CALL byudv.refresh('$monitor'" . ($kind eq 'full' ? ', true' : '') . ')');
			until ($session->answered(0.1))
			{
				my (undef, $own) = $watcher->run("SELECT substring(s FROM 'RssAnon:\\s*(\\d+)') FROM pg_read_file('/proc/$pid/status') s");
				$most = $own if defined $own && $own =~ /^\d+$/ && $own > $most;
			}
			my ($time, @answer) = $session->answer;
			die "refresh of $scale: @answer\n" if grep { /ERROR/ } @answer;
			push @seconds, $time / 1000;
		}
		$bench->say(sprintf "%-16s %12s %12.1f %12.1f %12.2f %12.1f %14.0f", $scale, $rows, @seconds, $most / 1024);
	}
	$watcher->run($_) for "DROP SCHEMA $monitor CASCADE", "DROP SCHEMA IF EXISTS ${monitor}_truth CASCADE", 'DROP SCHEMA IF EXISTS bench_plain CASCADE', 'DROP TABLE public.bench_person';
	return 0;
}

return {
	title => 'the refresh of a monitor',
	base => 'plain',
	rounds => 5,
	prepare => \&prepare,
	goals => [
		{ text => 'one municipality, refreshed for the first time', of => 'first', at_most => 5000 },
		{ text => 'refreshed in full again', of => 'full', at_most => 5000 },
		{ text => 'nothing has changed', of => 'nothing', at_most => 300 },
		{ text => 'after 1 % of the persons changed', of => 'percent', at_most => 1500 },
	],
	judge => sub { return undef; },
	report => \&report,
};
