# Every function, operator, aggregate and procedure with random arguments: nothing crashes, no internal error, no text of an argument is run as SQL, no memory
# stays behind. BYUDV_CALLS says how many calls, BYUDV_SEED which ones, BYUDV_ENCODING in what database: the same seed makes the same calls. See
# test/random/calls.sql.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $calls = $ENV{BYUDV_CALLS} || 20_000;
my $seed = $ENV{BYUDV_SEED} || 1;
my $batch = 5_000;
my $batches = int(($calls + $batch - 1) / $batch);

my $node = new_server('main', conf => "jit = off\nmax_locks_per_transaction = 512\nlog_line_prefix = '%m [%p] %e '\nlog_statement = none\nlog_min_error_statement = panic\n");
new_database($node, 'a', encoding => $ENV{BYUDV_ENCODING});
my $calls_sql = slurp_file("$ENV{PG_ABS_SRCDIR}/random/calls.sql");
# what is beyond Latin-1 becomes a letter of it
$calls_sql =~ s/[\xC4-\xF4][\x80-\xBF]+|\\u(?!00)[0-9a-f]{4}|\\U[0-9a-f]{8}/\xC3\xB8/gi if ($ENV{BYUDV_ENCODING} || 'UTF8') ne 'UTF8';
$node->safe_psql('a', $calls_sql);

sub statements    # of one batch, the last ones without a transaction around them
{
	my ($number, $trace) = @_;
	my $each = $number == 1 ? 'true' : 'false';
	return sprintf(<<"SQL", ($seed * 7919 + $number) % 1_000_003 / 1_000_003);
SELECT 'batch $number';
BEGIN;
SELECT setseed(%.9f) \\g /dev/null
SELECT * FROM chance.batch($batch, $each, @{[ $trace ? 'true' : 'false' ]});
ROLLBACK;
SELECT chance.statement(c) FROM chance.callee c, generate_series(1, 5) WHERE c.kind = 'p' \\gexec
SELECT 'memory ' || (SELECT round(sum(total_bytes) / 1024) FROM pg_backend_memory_contexts) || ' ' || coalesce(substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\\s+(\\d+)'), '0');
SQL
}

my ($done, %states, %called, @bad, @memory, $died) = (0);
for (my $first = 1; $first <= $batches && !$died; $first += 40)    # in a few sessions, so that what grows with a session has time to
{
	my $last = $first + 39 < $batches ? $first + 39 : $batches;
	my ($stdout, $stderr) = ('', '');
	$node->psql('a', "SET client_min_messages = error; SET statement_timeout = '300s';\n\\set VERBOSITY verbose\n" . join('', map { statements($_) } $first .. $last),
		stdout => \$stdout, stderr => \$stderr, on_error_stop => 0);
	my $number = $first;
	my @session;
	for (split /\n/, $stdout)
	{
		if (/^batch (\d+)$/) { $number = $1; }
		elsif (/^memory (\d+) (\d+)$/) { push @session, sprintf('%.1f/%.1f', $1 / 1024, $2 / 1024); }
		elsif (/^([afop] [^|]*|triggers)\|(\w{5})\|(\d+)\|/) { $called{$1} = 1; $states{$2} += $3; $done += $3; }
		elsif (/^\|\|\|?1\|[^|]*\|(.*)/ || /^\|\|1\|[^|]*\|(.*)/) { push @bad, "batch $number: $1"; }
	}
	push @memory, \@session;
	push @bad, "after batch $number: $_" for grep { /XX\d\d\d|ZZ666|42601/ } split /\n/, $stderr;
	push @bad, "batch $_ ended early: $stderr" for grep { $stdout !~ /^batch $_\n[^\n]/m } $first .. $number;
	next if $stderr !~ /server closed the connection|connection to server was lost/;
	$died = $number;
	diag("the server died in batch $number");
	$node->stop('immediate', fail_ok => 1);
	$node->start;
	$node->psql('a', "SET client_min_messages = warning; SET log_min_messages = panic;\n" . statements($number, 1), stdout => \$stdout, stderr => \$stderr, on_error_stop => 0);
	my @traced = grep { /WARNING/ } split /\n/, $stderr;
	diag("last call: $traced[-1]") if @traced;
}
my @ways = sort { $states{$b} <=> $states{$a} } keys %states;
note("result: $done calls with seed $seed, $states{'00000'} taken, the others refused with " . (@ways - 1) . ' codes' . ($ENV{BYUDV_CALLS} ? ': ' . join(', ', map { "$_ $states{$_}" } grep { $_ ne '00000' } @ways) : ''));

ok(!$died, "the server lives after $done calls");
is(scalar(@bad), 0, 'no internal error, no argument run as SQL') or diag(join "\n", splice @bad, 0, 20);
if ($died)
{
	done_testing();
	exit;
}
cmp_ok($done, '>=', $batches * $batch, 'all calls were made') unless $states{57014};
my $expected = $node->safe_psql('a', 'SELECT count(*) FROM chance.callee');
is(scalar(grep { $_ ne 'triggers' } keys %called), $expected, 'everything was called') unless $states{57014};
cmp_ok($states{'00000'} // 0, '>', $done / 3, 'a third or more of the calls had arguments that are taken');
# MB in memory contexts and of the process after each batch of a session. Caches fill in the first half; what grows in the second does not come back.
for (grep { @$_ >= 12 } @memory)
{
	my ($middle, $last) = map { [ split m{/} ] } @$_[ @$_ / 2, -1 ];
	cmp_ok($last->[$_] - $middle->[$_], '<', (4, 16)[$_], (qw(contexts process))[$_] . ": no memory stays behind, $middle->[$_] and then $last->[$_] MB") for 0, 1;
}
note("result: MB of a session: " . join(' ', map { s{\.\d+}{}gr } grep { defined } @{ $memory[0] }[ 0, 1, 5, 11, 23, -1 ]));
is(join("\n", grep { /TRAP|PANIC|terminated by signal|leak|still referenced|unrecognized|cache lookup|could not open relation/ } split /\n/, slurp_file($node->logfile)), '', 'the server log has no crash, no leak');
done_testing();
