# Curves of fourteen million durations: byudv's aggregates against the cheapest
# aggregates that read the columns, the curve written by hand in SQL, that SQL
# in DuckDB, and survfit() in R.

use strict;
use warnings;

my $rows = Bench::number('BENCH_ROWS', 14_000_000);
my $full = $rows >= 14_000_000;
# Few rows a group would leave some without anybody at ten years.
die "BENCH_ROWS must be 30000 or more, not $rows\n" if $rows < 30_000;
my $small_groups = $full ? 1_000_000 : POSIX::ceil($rows / 14);
my $days = 3652;
# What takes some ten seconds or more is measured in the first rounds only.
my $slow_rounds = 2;

# DECIMAL, since the dialects round() float8 differently.
sub rounded { my ($expression) = @_; return "round(($expression)::decimal(30,12), 6)"; }

sub one_curve
{
	my ($arguments) = @_;
	return 'SELECT (SELECT ' . rounded('sum(c.survival)') . ' FROM byudv.survival_curve(a.s) c), (byudv.survival_counts(a.s)).observations '
	  . "FROM (SELECT byudv.survival_agg($arguments) AS s FROM bench_observation) a";
}

sub by_hand { my ($curve) = @_; return 'SELECT ' . rounded('sum(survival)') . ", sum(gone) FROM ($curve) c"; }
sub by_hand_groups { my ($curves) = @_; return 'SELECT ' . rounded('sum(survival)') . ", sum(observations) FROM ($curves) c"; }

my ($analyst, $analyst_groups);

sub load_peers
{
	my ($bench) = @_;
	my $duckdb = $bench->duckdb("$bench->{scratch}/survival.duckdb");
	my $r = $bench->r('survival');
	return unless $duckdb || $r;
	my $csv = "$bench->{scratch}/bench_observation.csv";
	$bench->{postgres}->run("\\copy bench_observation to '$csv' (format csv, header)");
	my (undef, $fingerprint) = $bench->{postgres}->run(
		'SELECT count(*), sum(grp), sum(entry), sum(exit), sum(cause), count(*) FILTER (WHERE event) FROM bench_observation');
	if ($duckdb)
	{
		Bench::progress('loading the same rows into DuckDB');
		$duckdb->run('CREATE TABLE bench_observation (grp int, entry int, exit int, event boolean, cause int)');
		$duckdb->run("COPY bench_observation FROM '$csv' (FORMAT csv, HEADER)");
		$duckdb->run('CHECKPOINT');
		(undef, my $theirs) = $duckdb->run(
			'SELECT count(*), sum(grp), sum(entry), sum(exit), sum(cause), count(*) FILTER (WHERE event) FROM bench_observation');
		die "the rows in DuckDB ($theirs) are not those in PostgreSQL ($fingerprint)\n" if $theirs ne $fingerprint;
		(undef, my $threads) = $duckdb->run("SELECT current_setting('threads')");
		die "DuckDB runs on $threads threads\n" if $threads != $bench->{processes};
		$bench->say('DuckDB ' . $duckdb->version . ", its own storage, $threads threads; rows verified to be the same");
	}
	if ($r)
	{
		Bench::progress('loading the same rows into R');
		# event is cause > 0, as prepare.sql makes it
		$r->run("o <- scan('$csv', what = list(NULL, 0L, 0L, NULL, 0L), sep = ',', skip = 1, quiet = TRUE);"
			  . 'o <- data.frame(entry = o[[2]], exit = o[[3]], event = o[[5]] > 0L); NULL');
		(undef, my $theirs) = $r->run(
			"sprintf('%d,%.0f,%.0f,%d', nrow(o), sum(as.numeric(o\$entry)), sum(as.numeric(o\$exit)), sum(o\$event))");
		my @ours = (split /\t/, $fingerprint)[ 0, 2, 3, 5 ];
		die "the rows in R ($theirs) are not those in PostgreSQL (@ours)\n" if $theirs ne join(',', @ours);
		(undef, my $package) = $r->run("as.character(packageVersion('survival'))");
		$bench->say('R ' . $r->version . ", survival $package, one thread, data in memory; rows verified to be the same");
	}
	unlink $csv;
	return;
}

# Lines of "time, survival" as a hash.
sub curve { my ($milliseconds, @lines) = @_; return { map { split /\t/ } @lines }; }

# Dies unless both curves have the same times and values: a comparison is
# honest only where both sides compute the same thing.
sub compare_curves
{
	my ($bench, $name, $ours, $theirs) = @_;
	my $largest = 0;
	die "the curve of $name has " . keys(%$theirs) . ' times, that of byudv ' . keys(%$ours) . "\n" if keys %$theirs != keys %$ours;
	for my $time (sort { $a <=> $b } keys %$ours)
	{
		die "the curve of $name has no time $time\n" unless defined $theirs->{$time};
		my $difference = abs($ours->{$time} - $theirs->{$time});
		die "at $time the curve of $name is $theirs->{$time}, that of byudv $ours->{$time}\n" if !($difference <= 1e-9);
		$largest = $difference if $difference > $largest;
	}
	$bench->say(sprintf 'curve of %s: the same as that of byudv at all %d times, largest difference %.1e', $name, scalar keys %$ours, $largest);
	return;
}

my $our_curve;

sub prepare
{
	my ($bench) = @_;
	my $postgres = $bench->{postgres};
	if ($ENV{BENCH_SETUP_SQL}) { $bench->run_file($ENV{BENCH_SETUP_SQL}); }
	else { $postgres->run($_) for 'DROP EXTENSION IF EXISTS byudv CASCADE', 'CREATE EXTENSION byudv'; }

	Bench::progress("making $rows observations");
	$bench->run_file("$bench->{bench_folder}/prepare.sql", rows => $rows, groups => $small_groups);
	(undef, my $about) = $postgres->run(q{SELECT format('%s observations, %s %% with delayed entry, %s %% censored, last day %s, %s', count(*),
		round(100.0 * count(*) FILTER (WHERE entry > 0) / count(*), 1), round(100.0 * count(*) FILTER (WHERE NOT event) / count(*), 1),
		max(exit), pg_size_pretty(pg_table_size('bench_observation'))) FROM bench_observation});
	$bench->say($about);
	# Small trial runs would not be parallel of themselves.
	$postgres->run("SET $_ = 0") for qw(min_parallel_table_scan_size parallel_setup_cost);
	load_peers($bench);

	$analyst = $bench->sql_from('analyst.sql');
	$analyst_groups = $bench->sql_from('analyst-groups.sql');
	my $hand_groups = by_hand_groups($analyst_groups);

	Bench::progress('comparing the curves');
	$our_curve = curve($postgres->run('SELECT c.time, c.survival FROM (SELECT byudv.survival_agg(entry, exit, event) AS s '
			  . 'FROM bench_observation) a, byudv.survival_curve(a.s) c'));
	compare_curves($bench, '(b)', $our_curve, curve($postgres->run("SELECT at_day, survival FROM ($analyst) c")));
	compare_curves($bench, '(d)', $our_curve, curve($bench->{duckdb}->run("SELECT at_day, survival FROM ($analyst) c"))) if $bench->{duckdb};

	$bench->say("measured in the first $slow_rounds rounds only, since they take long: R, and (d) by group; (b) by group in the first") if $bench->{rounds} > $slow_rounds;
	my $by_group = 'FROM (SELECT grp, %s FROM bench_observation GROUP BY grp) a';
	my @contenders = (
		{ key => 'curve', on => 'postgres', label => 'byudv.survival_agg(entry, exit, event), its curve', query => one_curve('entry, exit, event') },
		{ key => 'floor', on => 'postgres', label => '(a) floor: sum(exit), count(*)', query => 'SELECT sum(exit), count(*) FROM bench_observation' },
		{ key => 'analyst', on => 'postgres', label => '(b) the curve by hand in SQL, without limits', query => by_hand($analyst) },
		{ key => 'r', on => 'r', label => '(c) R: survfit(Surv(entry, exit, event) ~ 1)', rounds => $slow_rounds,
			query => "fit <- survfit(Surv(entry, exit, event) ~ 1, data = o)\nsprintf('%.6f\\t%d', sum(fit\$surv), fit\$n)" },
		{ key => 'duckdb', on => 'duckdb', label => '(d) the SQL of (b) in DuckDB', query => by_hand($analyst) },
		{ key => 'short', on => 'postgres', label => 'byudv.survival_agg(exit, event), its curve', query => one_curve('exit, event') },
		{ key => 'competing', on => 'postgres', label => 'byudv.competing_risks_agg(entry, exit, cause), its curves',
			query => 'SELECT (SELECT ' . rounded('sum(c.incidence)') . ' FROM byudv.cumulative_incidence(a.s) c), '
			  . '(byudv.survival_counts(byudv.any_cause(a.s))).observations '
			  . 'FROM (SELECT byudv.competing_risks_agg(entry, exit, cause) AS s FROM bench_observation) a' },
		{ key => 'groups', on => 'postgres', label => 'by 1,000 groups: byudv, left after ten years',
			query => 'SELECT ' . rounded("sum(byudv.survival_at(a.s, $days))") . ', sum((byudv.survival_counts(a.s)).observations) '
			  . sprintf($by_group, 'byudv.survival_agg(entry, exit, event) AS s') },
		{ key => 'groups_floor', on => 'postgres', label => 'by 1,000 groups: floor (a)',
			query => 'SELECT sum(a.total), sum(a.n) ' . sprintf($by_group, 'sum(exit) AS total, count(*) AS n') },
		{ key => 'groups_analyst', on => 'postgres', label => 'by 1,000 groups: (b)', rounds => 1, query => $hand_groups },
		{ key => 'groups_duckdb', on => 'duckdb', label => 'by 1,000 groups: (d)', rounds => $slow_rounds, query => $hand_groups },
	);
	# Whether workers pay for grouping by hand is the planner's choice: by group there may be half as many days as rows, in
	# trials as many days as rows. Where all rows are grouped by few days, a serial plan means that something is wrong.
	for my $contender (grep { $_->{on} eq 'postgres' && ($_->{key} eq 'groups_analyst' || !$full) } @contenders)
	{
		(undef, my @plan) = $postgres->run("EXPLAIN (COSTS OFF) $contender->{query}");
		next if grep { /Workers Planned/ } @plan;
		$contender->{serial} = 1;
		$contender->{label} .= ', serial plan' if $bench->{processes} > 1;
	}
	return @contenders;
}

# A plan as JSON, and the node that hashes: its memory and whether it spilled.
sub hash_aggregate
{
	my ($session, $query) = @_;
	my (undef, @plan) = $session->run("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) $query");
	my $plan = join "\n", @plan;
	my ($batches) = $plan =~ /"HashAgg Batches": (\d+)/;
	my ($kilobytes) = $plan =~ /"Peak Memory Usage": (\d+)/;
	die "the small groups did not go through one hash table in memory:\n$plan\n"
	  if $plan !~ /"Strategy": "Hashed"/ || ($batches // 0) > 1 || !$kilobytes || $plan =~ /"Disk Usage": [1-9]/;
	return 1024 * $kilobytes;
}

# What many small groups cost. Gives back how many goals were missed.
sub report_small_groups
{
	my ($bench) = @_;
	my $session = $bench->session;
	$session->run("SET $_") for "work_mem = '4GB'", 'max_parallel_workers_per_gather = 0', 'enable_sort = off';
	$bench->say(sprintf "\n%-62s %9s %9s %9s", 'groups of three observations, one process, HashAggregate', 'ms', 'ns/group', 'B/group');
	my $bytes;
	for my $part (4, 2, 1)
	{
		my $groups = int($small_groups / $part);
		Bench::progress("$groups small groups");
		$session->run("CREATE TEMP TABLE bench_part AS SELECT * FROM bench_small WHERE grp < $groups");
		$session->run('ANALYZE bench_part');
		my $inner = 'SELECT grp, byudv.survival_agg(entry, exit, event) AS s FROM bench_part GROUP BY grp';
		$bytes = hash_aggregate($session, $inner) / $groups;
		my @times;
		for (1 .. 3)
		{
			my ($time, $count) = $session->run("SELECT count(s) FROM ($inner) a");
			die "$count groups, not $groups\n" if $count != $groups;
			push @times, $time;
		}
		my $time = Bench::median(@times);
		$bench->say(sprintf "%-62s %9.0f %9.0f %9.0f", "$groups groups, median of 3", $time, 1e6 * $time / $groups, $bytes);
		$session->run('DROP TABLE bench_part');
	}
	my $verdict = !$full ? 'not judged: a trial' : $bytes <= 400 ? 'pass' : 'MISSED';
	$bench->say(sprintf '%-62s %9s %9.0f  %s', 'bytes a group of the most', '<= 400', $bytes, $verdict);
	return $verdict eq 'MISSED' ? 1 : 0;
}

# Memory of one group: the private memory of a process that still holds the state, less that of one that counts the rows.
sub report_one_group
{
	my ($bench) = @_;
	$bench->say(sprintf "\n%-62s %9s %9s", 'one group, one process', 'ms', 'kB');
	my $private = q{substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\s+(\d+)')::int};
	my ($first, $last);
	(undef, my $blocks) = $bench->{postgres}->run("SELECT pg_relation_size('bench_observation') / current_setting('block_size')::int");
	for my $part (8, 4, 2, 1)
	{
		my @kilobytes;
		my $time;
		for my $aggregate ('count(*)', 'byudv.survival_agg(entry, exit, event)')
		{
			my $session = $bench->session;
			$session->run("SET $_") for 'max_parallel_workers_per_gather = 0';
			my $some = sprintf "ctid < '(%d,0)'", $blocks / $part;
			($time, my $answer) = $session->run("SELECT CASE WHEN s IS NOT NULL THEN $private END FROM "
				  . "(SELECT $aggregate AS s FROM bench_observation WHERE $some OFFSET 0) a");
			push @kilobytes, $answer;
		}
		my $kilobytes = $kilobytes[1] - $kilobytes[0];
		$first //= $kilobytes;
		$last = $kilobytes;
		$bench->say(sprintf "%-62s %9.0f %9d", $part == 1 ? 'all rows' : "1/$part of the rows", $time, $kilobytes);
	}
	# a fresh process differs by some pages from another
	my $verdict = !$full ? 'not judged: a trial' : $last - $first <= 1024 ? 'pass' : 'MISSED';
	$bench->say(sprintf '%-62s %9s %9d  %s', 'kB that eight times the rows take more', '<= 1024', $last - $first, $verdict);
	return $verdict eq 'MISSED' ? 1 : 0;
}

sub report
{
	my ($bench) = @_;
	$bench->say('');
	if ($bench->{r})
	{
		compare_curves($bench, '(c)', $our_curve, curve($bench->{r}->run("paste(fit\$time, sprintf('%.17g', fit\$surv), sep = '\\t')")));
	}
	# The rounds repeated these answers, so one of each is enough.
	my %survival = map { $_ => (split /\t/, $bench->{answers}{$_}[0])[0] } grep { $bench->{answers}{$_} } qw(groups groups_analyst groups_duckdb);
	for my $key (sort keys %survival)
	{
		# rounded to six digits, so the last one may differ
		die "survival by group adds up to $survival{$key} in $key, to $survival{groups} with byudv\n" if abs($survival{$key} - $survival{groups}) > 2e-6;
	}
	$bench->say("left after ten years, added up over the groups: $survival{groups} in " . join(', ', sort keys %survival));
	return report_one_group($bench) + report_small_groups($bench);
}

return {
	title => 'curves of durations with delayed entry',
	base => 'curve',
	rows => $rows,
	prepare => \&prepare,
	goals => [
		{ text => 'one curve takes at most 1.5 times the floor (a)', of => 'curve', to => 'floor', at_most => 1.5 },
		{ text => 'by hand in SQL (b) takes at least 3 times as long', of => 'analyst', to => 'curve', at_least => 3 },
		{ text => 'R (c) takes at least 20 times as long', of => 'r', to => 'curve', at_least => 20 },
		{ text => 'competing risks take at most 1.5 times the floor (a)', of => 'competing', to => 'floor', at_most => 1.5 },
		{ text => 'by 1,000 groups takes at most 1.5 times its floor', of => 'groups', to => 'groups_floor', at_most => 1.5 },
	],
	judge => sub { return $full ? undef : 'a trial with fewer than 14,000,000 observations'; },
	report => \&report,
};
