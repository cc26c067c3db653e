# Tenure of three million dwellings: byudv.tenure() against the cheapest function
# that reads the name, the CASE an analyst writes, and that CASE in DuckDB.

use strict;
use warnings;

my $rows = Bench::number('BENCH_ROWS', 3_000_000);
my $names = Bench::number('BENCH_NAMES', $rows < 3_000_000 ? POSIX::ceil($rows / 3) : 1_000_000);

# The rarest kind of owner has one name in 2000, and each owner has a dwelling.
die "BENCH_NAMES must be 2000 or more, and BENCH_ROWS no less than that, not $names and $rows\n" if $names < 2000 || $rows < $names;

# The optional arguments are those that a dwelling table can hold; norm is the default.
my $arguments = 'owner_code, building_use, owner_name, defect_insurance, built_year, owner_occupied, property_kind, '
  . 'public_support, proxy_owner';

my ($analyst, $newcomer);

sub grouped { my ($expression) = @_; return "SELECT $expression, count(*) FROM bench_dwelling GROUP BY 1"; }

# The planner knows how many values a column has, not how many a function of
# columns gives; taking the names' million for it, it neither aggregates in the
# workers nor runs in parallel. Statistics on the expression tell it. Every
# contender gets them, so that all have the same plan.
sub create_statistics
{
	my ($bench, @contenders) = @_;
	for my $contender (@contenders)
	{
		$bench->{postgres}->run("CREATE STATISTICS bench_$contender->{key} ON ($contender->{expression}) FROM bench_dwelling");
	}
	# Small trial runs would not be parallel of themselves.
	$bench->{postgres}->run("SET $_ = 0") for qw(min_parallel_table_scan_size parallel_setup_cost);
	$bench->{postgres}->run('ANALYZE bench_dwelling');
	return;
}

# What a user sees who has not heard of statistics on expressions.
sub measure_newcomer
{
	my ($bench, $query) = @_;
	my @times;
	for (0 .. 3) { push @times, ($bench->{postgres}->run($query))[0]; }
	shift @times;
	my (undef, @plan) = $bench->{postgres}->run("EXPLAIN (COSTS OFF) $query");
	my $shape = grep({ /Workers Planned/ } @plan) ? 'parallel' : 'serial';
	return sprintf 'for orientation: the tenure query without statistics on its expression (%s plan): %.0f ms, median of %d',
	  $shape, Bench::median(@times), scalar @times;
}

sub load_duckdb
{
	my ($bench) = @_;
	my $csv = "$bench->{scratch}/bench_dwelling.csv";
	my $duckdb = $bench->duckdb("$bench->{scratch}/tenure.duckdb") or return;
	Bench::progress('loading the same rows into DuckDB');
	$bench->{postgres}->run("\\copy bench_dwelling to '$csv' (format csv, header)");
	$duckdb->run('CREATE TABLE bench_dwelling (dwelling_id uuid, unit_use int, unit_kind text, building_use int, owner_code int,
		owner_name text, defect_insurance int, built_year int, owner_occupied boolean, property_kind text,
		public_support int, proxy_owner boolean)');
	$duckdb->run("COPY bench_dwelling FROM '$csv' (FORMAT csv, HEADER)");
	$duckdb->run('CHECKPOINT');
	unlink $csv;

	my $fingerprint = 'SELECT count(*), count(owner_name), sum(length(owner_name)), sum(owner_code), sum(built_year),
		count(public_support), count(proxy_owner) FROM bench_dwelling';
	my @sides = map { (undef, my $line) = $_->run($fingerprint); $line } $bench->{postgres}, $duckdb;
	die "the rows in DuckDB ($sides[1]) are not those in PostgreSQL ($sides[0])\n" if $sides[0] ne $sides[1];
	(undef, my $threads) = $duckdb->run("SELECT current_setting('threads')");
	die "DuckDB runs on $threads threads\n" if $threads != $bench->{processes};
	$bench->say('DuckDB ' . $duckdb->version . ", its own storage, $threads threads; rows verified to be the same");
	return;
}

sub prepare
{
	my ($bench) = @_;
	my $postgres = $bench->{postgres};
	# BENCH_SETUP_SQL: a file to create another build's functions from, to compare builds.
	if ($ENV{BENCH_SETUP_SQL}) { $bench->run_file($ENV{BENCH_SETUP_SQL}); }
	else { $postgres->run($_) for 'DROP EXTENSION IF EXISTS byudv CASCADE', 'CREATE EXTENSION byudv'; }

	Bench::progress("making $rows dwellings of $names owners");
	$bench->run_file("$bench->{bench_folder}/prepare.sql", rows => $rows, names => $names);
	(undef, my $size) = $postgres->run("SELECT pg_size_pretty(pg_table_size('bench_dwelling'))");
	$bench->say("$rows dwellings, $names distinct owner names, $size");

	$analyst = $bench->sql_from('analyst.sql');
	my $analyst_duckdb = $analyst =~ s/(\w+) ~\* ('[^']*')/regexp_matches($1, $2, 'i')/gr;

	my @contenders = (
		{ key => 'tenure', label => 'byudv.tenure, all arguments', expression => "byudv.tenure($arguments)" },
		{ key => 'floor', label => '(a) floor: length(owner_name)', expression => 'length(owner_name)' },
		{ key => 'analyst', label => '(b) CASE with regular expressions', expression => $analyst },
		{ key => 'core', label => 'byudv.tenure, the four core arguments',
			expression => 'byudv.tenure(owner_code, building_use, owner_name, defect_insurance)' },
		{ key => 'nameless', label => 'byudv.tenure, all arguments, name NULL',
			expression => 'byudv.tenure(' . ($arguments =~ s/owner_name/NULL/r) . ')' },
		{ key => 'decision', label => '(byudv.tenure_decision).rule_id', expression => "(byudv.tenure_decision($arguments)).rule_id" },
		{ key => 'kind', label => 'byudv.owner_kind', expression => 'byudv.owner_kind(owner_name)' },
		{ key => 'scan', label => 'no function: owner_code + 0', expression => 'owner_code + 0' },
	);
	$_->{on} = 'postgres', $_->{query} = grouped($_->{expression}) for @contenders;

	$newcomer = measure_newcomer($bench, $contenders[0]{query});
	create_statistics($bench, @contenders);
	load_duckdb($bench);
	# beside the CASE in PostgreSQL, where a reader looks for it
	splice @contenders, 3, 0,
	  { key => 'duckdb', label => '(c) the same CASE in DuckDB', on => 'duckdb', query => grouped($analyst_duckdb) };
	return @contenders;
}

# A comparison is honest only where both sides compute the same thing: how far
# do they agree, and with what the generator meant?
sub report
{
	my ($bench) = @_;
	$bench->say("\n$newcomer");
	$bench->say(join("\n", @{ $bench->{answers}{analyst} }) eq join("\n", @{ $bench->{answers}{duckdb} })
		? 'the CASE gives the same counts in DuckDB as in PostgreSQL'
		: 'the CASE gives OTHER counts in DuckDB than in PostgreSQL, so (b) and (c) differ in what they compute') if $bench->{answers}{duckdb};

	my (undef, @cells) = $bench->{postgres}->run(
		"SELECT byudv.tenure($arguments), $analyst, count(*) FROM bench_dwelling GROUP BY 1, 2");
	my (%count, %codes);
	for (@cells)
	{
		my ($ours, $theirs, $count) = split /\t/;
		$count{$ours}{$theirs} = $count;
		$codes{$_} = 1 for $ours, $theirs;
	}
	my @codes = grep { delete $codes{$_} } qw(owner cooperative social private_rental foundation public unknown);
	push @codes, sort keys %codes;
	my $same = 0;
	$same += $count{$_}{$_} // 0 for @codes;
	$bench->say(sprintf "\nbyudv.tenure (down) and the CASE (across) agree on %.2f %% of the dwellings", 100 * $same / $rows);
	$bench->say(sprintf '%-16s' . ' %14s' x @codes, '', @codes);
	for my $ours (@codes)
	{
		$bench->say(sprintf '%-16s' . ' %14d' x @codes, $ours, map { $count{$ours}{$_} // 0 } @codes);
	}

	my (undef, @kinds) = $bench->{postgres}->run(q{
		SELECT kind, sum(n), 100.0 * sum(n) FILTER (WHERE told = kind) / sum(n),
		       coalesce((array_agg(told || ' ' || n ORDER BY n DESC) FILTER (WHERE told <> kind))[1], '')
		FROM (SELECT kind, byudv.owner_kind(name) AS told, count(*) AS n FROM bench_owner GROUP BY 1, 2) k
		GROUP BY kind ORDER BY sum(n) DESC});
	$bench->say("\nkind of owner that the generator meant, names, % that byudv.owner_kind tells so, what it most often says instead");
	$bench->say(sprintf '%-24s %9d %8.2f  %s', (split(/\t/, $_, -1))[ 0, 1 ], (split /\t/, $_, -1)[2] || 0, (split /\t/, $_, -1)[3]) for @kinds;
	return;
}

return {
	title => 'SELECT tenure(...), count(*) GROUP BY 1',
	base => 'tenure',
	rows => $rows,
	prepare => \&prepare,
	goals => [
		{ text => 'tenure takes at most 1.5 times the floor (a)', of => 'tenure', to => 'floor', at_most => 1.5 },
		{ text => 'the CASE (b) takes at least 10 times as long as tenure', of => 'analyst', to => 'tenure', at_least => 10 },
		{ text => 'DuckDB (c) is not faster than tenure', of => 'duckdb', to => 'tenure', at_least => 1 },
	],
	judge => sub { return $rows < 3_000_000 || $names < 1_000_000 ? 'a trial with fewer than 3,000,000 dwellings or 1,000,000 names' : undef; },
	report => \&report,
};
