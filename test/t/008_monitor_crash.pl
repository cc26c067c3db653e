# A refresh that is killed, cancelled or loses its server at any moment leaves each table of results wholly old or wholly new, and no lock; the next refresh
# goes on where it stopped and arrives where an undisturbed one does.
use strict;
use warnings;
use Time::HiRes qw(time usleep);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

srand($ENV{BYUDV_SEED} || 8);

# the least that is written to WAL, so that a table filled in the transaction that made it has to reach the disk by itself
my $node = new_server('main', conf => "autovacuum = off\njit = off\nrestart_after_crash = on\nwal_level = minimal\nmax_wal_senders = 0\nwal_skip_threshold = 0\n");
new_database($node, 'a');
make_town($node, 'a');
$node->safe_psql('a', new_monitor('m'));
my @steps = split /\n/, $node->safe_psql('a', 'SELECT unnest(byudv.refresh_steps())');
my %step_of = map { split /\|/ } split /\n/, $node->safe_psql('a', "SELECT table_name, coalesce(byudv.made_by(table_name), table_name) FROM byudv.monitor_tables() WHERE role = 'result'");
is(join(' ', sort keys %step_of), join(' ', sort @RESULT), 'all results are looked at');

# Changes that concern every step, and what undoes them
my @flip = map { my ($days, $use, $code, $area) = @$_; "UPDATE m.address_period SET to_date = to_date + $days WHERE person_id % 4 = 0;
	UPDATE m.person SET born_on = born_on + $days WHERE person_id % 9 = 0;
	UPDATE m.dwelling SET unit_use = $use->[1] WHERE dwelling_id % 3 = 0 AND unit_use = $use->[0];
	UPDATE m.ownership SET owner_person_id = owner_person_id + $code WHERE owner_person_id IN (1, 1 - $code);
	UPDATE m.area SET code = '$area->[1]', name = 'Testrup afd. $area->[1]' WHERE kind = 'almen_afdeling' AND code = '$area->[0]';
	UPDATE m.dwelling_area SET code = '$area->[1]' WHERE kind = 'almen_afdeling' AND code = '$area->[0]';
	UPDATE m.plan_dwelling SET expected = expected + $days; UPDATE m.indicator SET value = value + $days;\n" }
  ([ 7, [ 140, 152 ], 77, [ 9, 19 ] ], [ -7, [ 152, 140 ], -77, [ 19, 9 ] ]);
# Results as if never refreshed: their tables made anew, without rows and indexes, and with them the views
my $forget = "SET client_min_messages = warning; DROP TABLE " . join(', ', map { "m.$_" } @RESULT) . " CASCADE; SELECT byudv.upgrade_monitor('m');\n";
my $quiet = "SET client_min_messages = warning;\n";

sub state_of
{
	return { map { /^(\w+)\|(.*)$/ } split /\n/, $node->safe_psql('a', digests('m')) };
}

# How it looks from undisturbed: the results of either input, the indexes, and when each step begins and how long it takes
sub refreshed
{
	$node->safe_psql('a', "$quiet CALL byudv.refresh('m');");
	my @when = map { [ split /\|/ ] } split /\n/, $node->safe_psql('a', "SELECT extract(epoch FROM l.started_at - r.started_at), extract(epoch FROM l.finished_at - l.started_at)
		FROM m.run_log r JOIN m.run_log l USING (run_id) WHERE r.step = 'refresh' AND l.step <> 'refresh' AND run_id = (SELECT max(run_id) FROM m.run_log) ORDER BY l.started_at");
	return (state_of(), \@when);
}
my $none = state_of();
my @want;
my %when;
($want[0]) = refreshed();
my $list_indexes = "SELECT string_agg(d, E'\\n' ORDER BY d) FROM (SELECT regexp_replace(indexdef, ' INDEX \\w+ ', ' ') AS d FROM pg_indexes WHERE schemaname = 'm') x";
my $indexes = $node->safe_psql('a', $list_indexes);
$node->safe_psql('a', $flip[0]);
($want[1], $when{incremental}) = refreshed();
isnt($want[1]{$_}, $want[0]{$_}, "the changes concern $_") for @RESULT;
$node->safe_psql('a', $flip[1]);
is_deeply((refreshed())[0], $want[0], 'and can be undone');
$node->safe_psql('a', $forget);
is_deeply(state_of(), $none, 'results that were dropped are empty');
(my $again, $when{first}) = refreshed();
is_deeply($again, $want[0], '... until the next refresh');
is(scalar(@{ $when{$_} }), scalar(@steps), "$_: has all steps") for sort keys %when;

# A moment between 0 and 1, by steps: each has its share, however short it is
sub seconds
{
	my ($mode, $moment) = @_;
	my $at = $moment * @steps;
	my $step = $when{$mode}[$at];
	return $step->[0] + ($at - int($at)) * $step->[1];
}

sub until_up
{
	for (1 .. 300)
	{
		my ($code) = $node->psql('a', 'SELECT 1');
		return if $code == 0;
		usleep(50_000);
	}
	die 'the server did not come back';
}

my %disturb = (
	cancel => sub { $node->safe_psql('a', "SELECT pg_cancel_backend($_[0])") },
	terminate => sub { $node->safe_psql('a', "SELECT pg_terminate_backend($_[0])") },
	kill => sub { kill(9, $_[0]); usleep(20_000); until_up() },
	immediate => sub { $node->stop('immediate'); $node->start },
	'kill postmaster' => sub {
		my $postmaster = $node->{_pid};
		$node->kill9;
		kill(9, $_[0]);
		for (1 .. 200) { last unless kill(0, $postmaster); usleep(50_000) }
		# the others of its processes end within a moment, and the shared memory with them
		for (1 .. 100) { last if $node->start(fail_ok => 1); usleep(100_000); $node->stop('fast', fail_ok => 1) }
	});
my %outcome = (cancel => [qw(cancelled interrupted)], map { $_ => ['interrupted'] } (qw(terminate kill immediate), 'kill postmaster'));

my @cases;
for my $how (sort keys %disturb)
{
	my $n = { kill => 7, immediate => 5, 'kill postmaster' => 3, cancel => 6, terminate => 6 }->{$how} * ($ENV{BYUDV_ROUNDS} || 1);
	push @cases, map { { how => $how, mode => $_ % 2 ? 'first' : 'incremental', moment => ($_ + rand) / $n } } 0 .. $n - 1;
}
my $now = 0;    # which of the two inputs
my (%stopped_in, %seen);
for my $case (@cases)
{
	my ($how, $mode, $moment) = @$case{qw(how mode moment)};
	my $name = sprintf '%s at %.2f of %s', $how, $moment, $mode;
	my $before;
	if ($mode eq 'first')
	{
		$node->safe_psql('a', $forget);
		$before = $none;
	}
	else
	{
		$before = $want[$now];
		$node->safe_psql('a', $flip[$now]);
		$now = 1 - $now;
	}
	my $run = $node->safe_psql('a', 'SELECT max(run_id) + 1 FROM m.run_log');
	my ($in, $out, $err) = ("$quiet SELECT 'pid ' || pg_backend_pid();\nCALL byudv.refresh('m');\n\\echo ended\n" . ($how eq 'cancel' ? '' : "\\q\n"), '', '');
	my $session = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('a') ], '<', \$in, '>', \$out, '2>', \$err, IPC::Run::timeout(60));
	$session->pump until $out =~ /pid (\d+)\n/;
	my $pid = $1;
	usleep(1e6 * seconds($mode, $moment));
	$disturb{$how}->($pid);
	if ($how eq 'cancel') { $session->pump until $out =~ /ended/ }    # the session goes on
	else { eval { $session->finish } }
	until_up();

	# Each step's tables are old or new together, and no step is new after one that is old
	my $found = state_of();
	my %is;
	my $wrong = '';
	for my $table (@RESULT)
	{
		next if $want[$now]{$table} eq $before->{$table};    # the same before and after: it tells nothing
		my $step = $step_of{$table};
		my $is = $found->{$table} eq $want[$now]{$table} ? 'new' : $found->{$table} eq $before->{$table} ? 'old' : 'neither';
		$wrong .= "$table is $is; " if $is eq 'neither' || ($is{$step} || $is) ne $is;
		$is{$step} = $is;
	}
	my $shape = join ' ', map { $is{$_} || 'the same' } @steps;
	$wrong .= $shape unless $shape =~ /^(new ?)*(old ?)*$/;
	$wrong .= ' temporary objects: ' . $_ for grep { $_ } $node->safe_psql('a', "SELECT string_agg(oid::regclass::text, ' ') FROM pg_class WHERE relname LIKE 'byudv%' AND relpersistence = 't'");
	is($wrong, '', "$name: each table is old or new") or diag($err);
	$stopped_in{ scalar(grep { $_ eq 'new' } values %is) }++;

	my $done = $node->safe_psql('a', "SELECT coalesce(string_agg(step, ' ' ORDER BY started_at), '') FROM m.run_log WHERE run_id = $run AND outcome = 'done' AND step <> 'refresh'");
	my ($code, undef, $error) = $node->psql('a', "$quiet CALL byudv.refresh('m');");
	is($code, 0, "$name: the next refresh completes") or diag($error);
	is_deeply(state_of(), $want[$now], '... and has what an undisturbed one has');
	my ($outcome, $last, $redone) = split /\|/, $node->safe_psql('a', "SELECT coalesce((SELECT outcome FROM m.run_log WHERE step = 'refresh' AND run_id = $run AND run_id < r.id), 'not begun'), (SELECT outcome FROM m.run_log WHERE step = 'refresh' AND run_id = r.id),
		(SELECT coalesce(string_agg(step, ' '), '') FROM m.run_log WHERE run_id = r.id AND step = ANY (string_to_array('$done', ' '))) FROM (SELECT max(run_id) AS id FROM m.run_log) r");
	is($redone, '', "... without doing again what was done: $done");
	like($last, qr/^(done|unchanged)$/, "... and says so ($last)");
	$seen{"$how $outcome"}++;
	ok(grep({ $_ eq $outcome } @{ $outcome{$how} }, 'done', 'not begun'), "... of the one that was stopped: $outcome");
	is($node->safe_psql('a', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), '0', '... and no lock is left');
	is($node->safe_psql('a', $list_indexes), $indexes, '... the indexes are there')
	  if $mode eq 'first';
	$session->kill_kill if $how eq 'cancel';
}
note(join ', ', map { "$_ steps done: $stopped_in{$_}" } sort keys %stopped_in);
note(join ', ', map { "$_: $seen{$_}" } sort keys %seen);
cmp_ok(scalar(grep { $_ < 6 } keys %stopped_in), '>=', 3, 'the moments are spread over the steps');
cmp_ok(scalar(grep { $_ >= 6 && $_ < @steps } keys %stopped_in), '>=', 3, '... and over roll-ups');
cmp_ok($seen{"$_ " . $outcome{$_}[0]} || 0, '>=', 1, "$_ has met a refresh") for sort keys %disturb;
is($node->safe_psql('a', "SELECT count(*) FROM m.run_log WHERE outcome = 'running'"), '0', 'no run is left that runs');

# An error in a step: what its input is wrong by is said, the steps before it stay, and after it is mended the refresh goes on
$node->safe_psql('a', $flip[$now] . "ALTER TABLE m.person RENAME COLUMN born_on TO born;");
my ($code, undef, $error) = $node->psql('a', "$quiet CALL byudv.refresh('m');");
like($error, qr/born_on.*Step move of the refresh of m has changed nothing; the steps before it are done\..*HINT: .*The next CALL byudv\.refresh\('m'\) goes on from here/s, 'an error names its step');
is($node->safe_psql('a', "SELECT string_agg(step || ' ' || outcome, ', ' ORDER BY started_at) FROM m.run_log WHERE run_id = (SELECT max(run_id) FROM m.run_log)"),
	'refresh failed, dwelling_class done, residence done, move failed', 'so does the log');
is($node->safe_psql('a', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), '0', 'no lock is left');
$node->safe_psql('a', "ALTER TABLE m.person RENAME COLUMN born TO born_on; $quiet CALL byudv.refresh('m');");
is($node->safe_psql('a', "SELECT string_agg(step || ' ' || outcome, ', ' ORDER BY started_at) FROM m.run_log WHERE run_id = (SELECT max(run_id) FROM m.run_log)"),
	join(', ', map { "$_ done" } 'refresh', @steps[ 2 .. $#steps ]), 'the next refresh goes on from there');
is_deeply(state_of(), $want[ 1 - $now ], 'to the end');

$node->stop;
done_testing();
