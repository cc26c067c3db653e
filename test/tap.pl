# Runs a program that prints TAP and judges it: "ok|12 checks, 0.4 s" or "not ok|1 of 12 failed" or "skip|why", then for a failure what was said. A line
# "# result: ..." of the program is shown beside its ok.
use strict;
use warnings;
use TAP::Parser;
use Time::HiRes qw(time);

my $start = time;
# env, since a command of one word would be split at its spaces
my $parser = TAP::Parser->new({ exec => [ 'env', @ARGV ], merge => 1 });
my @said;
while (my $line = $parser->next)
{
	push @said, $line->as_string unless $line->is_test && $line->is_ok;
}

my $seconds = sprintf '%.1f s', time - $start;
my $run = $parser->tests_run;
if (defined $parser->skip_all && !$parser->has_problems)
{
	print 'skip|', $parser->skip_all, "\n";
}
elsif (!$parser->has_problems && $run)
{
	my $skips = $parser->skipped;
	print 'ok|', "$run checks, $seconds", ($skips ? ", $skips skipped" : ''), (map { /^# result: (.*)/ ? "; $1" : () } @said), "\n";
}
else
{
	my @why;
	push @why, scalar($parser->failed) . " of $run failed" if $parser->failed;
	push @why, 'no test ran' unless $run;
	push @why, 'exit status ' . $parser->exit if $parser->exit;
	push @why, $parser->parse_errors;
	print 'not ok|', join('; ', @why), "\n", map { "$_\n" } @said;
}
