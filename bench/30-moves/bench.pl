# From a register of addresses to residences, occupancies, vacancy flows and
# chains: byudv's functions against copying the table, the same in SQL, and in
# DuckDB, also with the way there and back. Then memory, and how soon a
# cancelled query ends.

use strict;
use warnings;
use Time::HiRes qw(time sleep);

my $rows = Bench::number('BENCH_ROWS', 20_000_000);
my $full = $rows >= 20_000_000;
die "BENCH_ROWS must be 20000 or more, not $rows\n" if $rows < 20_000;
my $small_rows = $full ? 200_000 : POSIX::ceil($rows / 10);
# What takes minutes is measured once, what takes half a minute twice.
my ($slow, $slowish) = (1, 2);
my $cancels = 6;
my $study = "'2001-01-01', '2020-01-01'";
my $residence_columns = 'person_id bigint, dwelling_id bigint, from_date date, to_date date';
my $dwelling_columns = 'dwelling_id bigint, available_from date, demolished_on date';

# Sums over all columns that are the same in PostgreSQL and DuckDB: equal rows have equal fingerprints.
sub day { my ($column) = @_; return "coalesce($column - DATE '2000-01-01', 99999)"; }

sub fingerprint
{
	my ($table, $also, @columns) = @_;
	my @primes = (7919, 104_729, 31, 17, 13, 7, 3, 1);
	my $sum = join ' + ', map { "$columns[$_] * $primes[$_]" } 0 .. $#columns;
	return "SELECT count(*)$also, sum(($sum) % 1000003) FROM $table";
}

sub residences_of
{
	my ($table) = @_;
	return fingerprint($table, '', 'person_id', 'coalesce(dwelling_id, 0)', day('from_date'), day('to_date'));
}

sub occupancies_of
{
	my ($table) = @_;
	return fingerprint($table, '', 'dwelling_id', 'occupancy', day('from_date'), day('to_date'), 'residents');
}

sub flows_of
{
	my ($table) = @_;
	return fingerprint($table, ", count(DISTINCT vacancy_id), count(CASE WHEN outcome = 'vacated' THEN 1 END), round(sum(share)::decimal(30,12), 3)",
		'vacancy_id', 'dwelling_id', day('vacated_on'), day('filled_on'), 'length(outcome)', 'coalesce(origin_dwelling_id, 0)',
		'coalesce(origin_vacancy_id, 0)', 'movers * (CASE WHEN is_new THEN 2 ELSE 1 END)');
}

sub chains_of
{
	my ($table) = @_;
	return fingerprint($table, ', count(DISTINCT chain_id), round(sum(weight)::decimal(30,12), 3)',
		'chain_id', 'round', 'vacancy_id', 'dwelling_id', day('vacated_on'), 'coalesce(parent_vacancy_id, 0)');
}

my ($ranges, $portable, @chain_steps);

# Runs requests of which only some are timed: (milliseconds, what the last one answered).
sub in_steps
{
	my ($session, %steps) = @_;
	my ($total, @answer) = (0);
	$session->run($_) for @{ $steps{before} };
	$total += ($session->run($_))[0] for @{ $steps{timed} };
	for my $check (@{ $steps{check} })
	{
		(undef, my @lines) = $session->run($check);
		push @answer, @lines;
	}
	$session->run($_) for @{ $steps{after} // [] };
	return ($total, @answer);
}

sub in_schema { my ($on, $schema) = @_; return $on eq 'postgres' ? "SET search_path = $schema" : "SET schema = '$schema'"; }

# What is timed is making the table; what it holds is looked at afterwards.
sub residences_contender
{
	my ($on, @timed) = @_;
	return sub {
		my ($bench) = @_;
		return in_steps($bench->{$on}, before => [ in_schema($on, 'bench_large'), 'DROP TABLE IF EXISTS bench_out' ], timed => \@timed,
			check => [ residences_of('bench_out') ], after => ['DROP TABLE bench_out']);
	};
}

sub byudv_chains
{
	return ("CREATE TABLE bench_occupancy AS SELECT * FROM byudv.occupancies('bench_residence')",
		"CREATE TABLE bench_flow AS SELECT * FROM byudv.vacancy_flows('bench_residence', 'bench_dwelling', $study)",
		"CREATE TABLE bench_chain AS SELECT * FROM byudv.vacancy_chains('bench_flow')");
}

my @byudv_tables = qw(bench_occupancy bench_flow bench_chain);
my @peer_tables = qw(peer_stay peer_occupancy peer_vacancy peer_flow peer_chain);

sub chains_contender
{
	my ($on, $schema, $tables, @timed) = @_;
	my ($occupancy, $flow, $chain) = grep { /occupancy|flow|chain/ } @$tables;
	my @drop = map { "DROP TABLE IF EXISTS $_" } @$tables, $schema eq 'bench_small' ? 'bench_residence' : ();
	return sub {
		my ($bench) = @_;
		return in_steps($bench->{$on}, before => [ in_schema($on, $schema), @drop ], timed => \@timed,
			check => [ occupancies_of($occupancy), flows_of($flow), chains_of($chain) ], after => \@drop);
	};
}

# (d): what it costs where the register is in PostgreSQL and the result is wanted there.
sub there_and_back
{
	my ($bench) = @_;
	my ($postgres, $duckdb) = @$bench{qw(postgres duckdb)};
	my ($out, $back) = map { "$bench->{scratch}/$_.csv" } qw(moves-out moves-back);
	$postgres->run($_) for in_schema('postgres', 'bench_large'), 'DROP TABLE IF EXISTS bench_out';
	my ($total) = $postgres->run("\\copy bench_address to '$out' (format csv)");
	($total) = map { $total + $_ } in_steps($duckdb,
		before => [ in_schema('duckdb', 'bench_way'), 'DROP TABLE IF EXISTS bench_address' ],
		timed => [ "CREATE TABLE bench_address ($residence_columns)", "COPY bench_address FROM '$out' (FORMAT csv, HEADER false)",
			"COPY ($portable) TO '$back' (FORMAT csv, HEADER false)" ],
		check => [], after => ['DROP TABLE bench_address']);
	my ($returned, @answer) = in_steps($postgres, before => [],
		timed => [ 'BEGIN', "CREATE TABLE bench_out ($residence_columns)", "\\copy bench_out from '$back' (format csv)", 'COMMIT' ],
		check => [ residences_of('bench_out') ], after => ['DROP TABLE bench_out']);
	unlink $out, $back;
	return ($total + $returned, @answer);
}

# The generator's rows, in a schema of PostgreSQL and one of DuckDB.
sub make_data
{
	my ($bench, $program, $schema, $size) = @_;
	my ($addresses, $dwellings) = map { "$bench->{scratch}/moves-$_.csv" } qw(addresses dwellings);
	my ($postgres, $duckdb) = @$bench{qw(postgres duckdb)};
	Bench::progress("making $size rows of addresses");
	my $made = `'$program' $size 1 '$addresses' '$dwellings'`;
	die "the generator failed\n" if $? != 0;
	$bench->say("$schema: " . $made =~ s/\n//r);
	Bench::progress('loading them');
	$postgres->run($_) for "DROP SCHEMA IF EXISTS $schema CASCADE", "CREATE SCHEMA $schema", in_schema('postgres', $schema), 'BEGIN',
	  "CREATE TABLE bench_address ($residence_columns)", "CREATE TABLE bench_dwelling ($dwelling_columns)",
	  "\\copy bench_address from '$addresses' (format csv, freeze)", "\\copy bench_dwelling from '$dwellings' (format csv, freeze)", 'COMMIT',
	  'VACUUM (ANALYZE) bench_address', 'VACUUM (ANALYZE) bench_dwelling';
	if ($duckdb)
	{
		$duckdb->run($_) for "CREATE SCHEMA $schema", in_schema('duckdb', $schema),
		  "CREATE TABLE bench_address ($residence_columns)", "CREATE TABLE bench_dwelling ($dwelling_columns)",
		  "COPY bench_address FROM '$addresses' (FORMAT csv, HEADER false)", "COPY bench_dwelling FROM '$dwellings' (FORMAT csv, HEADER false)",
		  'CHECKPOINT';
		compare($bench, 'the addresses in DuckDB', $postgres, $duckdb, residences_of('bench_address'));
	}
	unlink $addresses, $dwellings;
	return;
}

sub compare
{
	my ($bench, $what, $postgres, $duckdb, $query) = @_;
	my ($ours, $theirs) = map { (undef, my $line) = $_->run($query); $line } $postgres, $duckdb;
	die "$what ($theirs) are not those in PostgreSQL ($ours)\n" if $ours ne $theirs;
	return;
}

# What the chains of the large size are made from, the same rows in both.
sub make_residences
{
	my ($bench) = @_;
	my ($postgres, $duckdb) = @$bench{qw(postgres duckdb)};
	Bench::progress('making the residences that the other functions read');
	$postgres->run($_) for in_schema('postgres', 'bench_large'), 'BEGIN', "CREATE TABLE bench_residence ($residence_columns, records integer)",
	  "SELECT * FROM byudv.build_residences('bench_address', 'bench_residence')", 'COMMIT', 'VACUUM (ANALYZE) bench_residence';
	return unless $duckdb;
	my $csv = "$bench->{scratch}/moves-residences.csv";
	$postgres->run("\\copy bench_residence to '$csv' (format csv)");
	$duckdb->run($_) for in_schema('duckdb', 'bench_large'), "CREATE TABLE bench_residence ($residence_columns, records integer)",
	  "COPY bench_residence FROM '$csv' (FORMAT csv, HEADER false)", 'CHECKPOINT';
	unlink $csv;
	compare($bench, 'the residences in DuckDB', $postgres, $duckdb, residences_of('bench_residence'));
	return;
}

sub prepare
{
	my ($bench) = @_;
	my $postgres = $bench->{postgres};
	if ($ENV{BENCH_SETUP_SQL}) { $bench->run_file($ENV{BENCH_SETUP_SQL}); }
	else { $postgres->run($_) for 'DROP EXTENSION IF EXISTS byudv CASCADE', 'CREATE EXTENSION byudv'; }
	# A table of twenty million rows that has just been made must not be vacuumed while the next contender is measured.
	$postgres->run($_) for 'ALTER SYSTEM SET autovacuum = off', 'SELECT pg_reload_conf()';

	my $compiler = Bench::find_program('cc') // Bench::find_program('gcc') // die "there is no C compiler for the generator\n";
	my $program = "$bench->{scratch}/moves-generate";
	system($compiler, '-std=c99', '-O2', '-o', $program, "$bench->{bench_folder}/generate.c") == 0 or die "the generator does not compile\n";
	my $duckdb = $bench->duckdb("$bench->{scratch}/moves.duckdb");
	$duckdb->run('CREATE SCHEMA bench_way') if $duckdb;
	make_data($bench, $program, 'bench_small', $small_rows);
	make_data($bench, $program, 'bench_large', $rows);
	unlink $program;
	make_residences($bench);
	$bench->say('DuckDB ' . $duckdb->version . ", its own storage, $bench->{processes} threads; rows verified to be the same") if $duckdb;

	$ranges = $bench->sql_from('residences.sql');
	$portable = $bench->sql_from('residences-portable.sql');
	@chain_steps = grep { /\S/ } split /;$/m, $bench->sql_from('chains.sql');
	my @without_analyze = grep { !/^\s*ANALYZE/ } @chain_steps;
	my $fresh = "CREATE TABLE bench_out ($residence_columns, records integer)";
	$bench->say("measured in the first $slowish rounds: (c), (d); in the first, without a warm-up: (b), flows and chains by the peers") if $bench->{rounds} > 1;
	return (
		{ key => 'floor', on => 'postgres', label => '(a) floor: the rows copied', base => 'floor',
			run => residences_contender('postgres', 'CREATE TABLE bench_out AS SELECT * FROM bench_address') },
		{ key => 'residences', on => 'postgres', label => 'CREATE TABLE AS SELECT * FROM byudv.residences()', base => 'floor',
			run => residences_contender('postgres', "CREATE TABLE bench_out AS SELECT * FROM byudv.residences('bench_address')") },
		{ key => 'build', on => 'postgres', label => 'byudv.build_residences() into a fresh table', base => 'floor',
			run => residences_contender('postgres', 'BEGIN', $fresh, "SELECT * FROM byudv.build_residences('bench_address', 'bench_out')", 'COMMIT') },
		{ key => 'ranges', on => 'postgres', label => '(b) in SQL, with multiranges', base => 'floor', rounds => $slow, cold => 1,
			run => residences_contender('postgres', "CREATE TABLE bench_out AS $ranges") },
		{ key => 'duckdb', on => 'duckdb', label => '(c) DuckDB, gaps and islands', base => 'floor', rounds => $slowish, cold => 1,
			run => residences_contender('duckdb', "CREATE TABLE bench_out AS $portable") },
		{ key => 'way', on => 'duckdb', label => '(d) as (c), out of PostgreSQL and back', base => 'floor', rounds => $slowish, cold => 1,
			run => \&there_and_back },

		{ key => 'chains', on => 'postgres', label => 'byudv.occupancies(), vacancy_flows(), vacancy_chains()', base => 'chains',
			run => chains_contender('postgres', 'bench_large', \@byudv_tables, byudv_chains()) },
		{ key => 'chains_sql', on => 'postgres', label => 'the same in SQL', base => 'chains', rounds => $slow, cold => 1,
			run => chains_contender('postgres', 'bench_large', \@peer_tables, @chain_steps) },
		{ key => 'chains_duckdb', on => 'duckdb', label => 'the same SQL in DuckDB', base => 'chains', rounds => $slow, cold => 1,
			run => chains_contender('duckdb', 'bench_large', \@peer_tables, @without_analyze) },

		{ key => 'small', on => 'postgres', label => 'one municipality, residences to chains: byudv', base => 'small',
			run => chains_contender('postgres', 'bench_small', \@byudv_tables,
				"CREATE TABLE bench_residence AS SELECT * FROM byudv.residences('bench_address')", byudv_chains()) },
		{ key => 'small_sql', on => 'postgres', label => 'one municipality, residences to chains: SQL', base => 'small',
			run => chains_contender('postgres', 'bench_small', \@peer_tables,
				"CREATE TABLE bench_residence AS $ranges", 'ANALYZE bench_residence', @chain_steps) },
		{ key => 'small_duckdb', on => 'duckdb', label => 'one municipality, residences to chains: DuckDB', base => 'small',
			run => chains_contender('duckdb', 'bench_small', \@peer_tables, "CREATE TABLE bench_residence AS $portable", @without_analyze) },
	);
}

# Dies unless all contenders made the same rows.
sub compare_answers
{
	my ($bench) = @_;
	my %answers = %{ $bench->{answers} };
	for my $group ([qw(residences build ranges duckdb way)], [qw(chains chains_sql chains_duckdb)], [qw(small small_sql small_duckdb)])
	{
		my ($first, @others) = grep { $answers{$_} } @$group;
		my $expected = join "\n", @{ $answers{$first} };
		for my $key (@others)
		{
			my $got = join "\n", @{ $answers{$key} };
			die "$key made other rows than $first:\n$got\ninstead of\n$expected\n" if $got ne $expected;
		}
		$bench->say('the same rows: ' . join ', ', $first, @others);
	}
	my ($postgres) = $bench->{postgres};
	$postgres->run(in_schema('postgres', 'bench_large'));
	(undef, my $about) = $postgres->run(
		q{SELECT format('%s addresses used; not used: %s without start, %s reversed, %s of no day', used, no_start, negative, zero_length) }
		  . "FROM byudv.residence_rejects('bench_address')");
	$bench->say($about);
	# kept sorted, as strings
	my ($residences) = (split /\t/, $answers{residences}[0])[0];
	for my $line (@{ $answers{chains} })
	{
		my @figures = split /\t/, $line;
		if (@figures == 2) { $bench->say("$residences residences, $figures[0] occupancies"); }
		elsif (@figures == 5) { $bench->say("$figures[1] vacancies, $figures[2] flows from vacancy to vacancy, of $figures[0] in all"); }
		else { $bench->say(sprintf '%d new dwellings, %d vacancies in their chains, %.2f each by weight', @figures[ 1, 0 ], $figures[2] / $figures[1]); }
	}
	return;
}

my %watched = (
	'residences()' => "SELECT count(*) FROM byudv.residences('bench_address')",
	'vacancy_flows()' => "SELECT count(*) FROM byudv.vacancy_flows('bench_residence', 'bench_dwelling', $study)",
);

# A fresh connection, since what a backend has had once is in its peak forever. work_mem is what PostgreSQL
# itself keeps of a function's result, and small here so that it is not taken for ours.
sub watched_session
{
	my ($bench, $memory) = @_;
	my $session = $bench->session;
	$session->run($_) for in_schema('postgres', 'bench_large'), "SET work_mem = '4MB'", "SET maintenance_work_mem = '$memory'", '\set ON_ERROR_STOP 0';
	(undef, my $pid) = $session->run('SELECT pg_backend_pid()');
	return ($session, $pid);
}

# Gives back how long each query takes at the larger setting.
sub report_memory
{
	my ($bench) = @_;
	my ($watcher, %counted, %took) = ($bench->session);
	$bench->say(sprintf "\n%-48s %13s %9s %12s %12s", 'memory of a fresh backend; MB', 'setting', 'ms', 'own, peak', 'with shared');
	for my $name (sort keys %watched)
	{
		for my $memory ('256MB', '1GB')
		{
			my ($session, $pid) = watched_session($bench, $memory);
			my $status = "SELECT substring(s FROM 'RssAnon:\\s*(\\d+)'), substring(s FROM 'VmHWM:\\s*(\\d+)') FROM pg_read_file('/proc/$pid/status') s";
			my ($own, $all) = (0, 0);
			$session->send($watched{$name});
			my $waiting = 1;
			while ($waiting)
			{
				$waiting = !$session->answered(0.02);
				(undef, my $line) = $watcher->run($status);
				my ($anonymous, $peak) = split /\t/, $line;
				$own = $anonymous if $anonymous > $own;
				$all = $peak;
			}
			($took{$name}, my @answer) = $session->answer;
			die "byudv.$name at $memory: @answer\n" if "@answer" !~ /^\d+$/;
			die "byudv.$name gave $answer[0] rows at $memory, $counted{$name} before\n" if $answer[0] != ($counted{$name} //= $answer[0]);
			$bench->say(sprintf "%-48s %13s %9.0f %12.0f %12.0f", "byudv.$name, $answer[0] rows", $memory, $took{$name}, $own / 1024, $all / 1024);
		}
	}
	return %took;
}

# From asking for the end to having it, at moments spread over the query. Gives back how many goals were missed.
sub report_cancels
{
	my ($bench, %took) = @_;
	my ($other, $missed) = ($bench->session, 0);
	srand 30;
	$bench->say(sprintf "\n%-62s %9s %9s  %s", 'from pg_cancel_backend() to the end of the query; milliseconds', 'goal', 'longest', 'verdict');
	for my $name (sort keys %watched)
	{
		my ($session, $pid) = watched_session($bench, '1GB');
		my ($longest, $cancelled) = (0, 0);
		for my $i (0 .. $cancels - 1)
		{
			$session->send($watched{$name});
			next if $session->answered($took{$name} / 1000 * ($i + rand) / $cancels) && $session->answer;
			my $start = time;
			$other->run("SELECT pg_cancel_backend($pid)");
			(undef, my @answer) = $session->answer;
			my $time = 1000 * (time - $start);
			next if "@answer" !~ /canceling statement/;
			$cancelled++;
			$longest = $time if $time > $longest;
		}
		my $verdict = !$full ? 'not judged: a trial' : $longest <= 100 ? 'pass' : 'MISSED';
		$missed++ if $verdict eq 'MISSED';
		$bench->say(sprintf '%-62s %9s %9.0f  %s', "byudv.$name, cancelled $cancelled times of $cancels", '<= 100', $longest, $verdict);
	}
	return $missed;
}

sub report
{
	my ($bench) = @_;
	$bench->say('');
	compare_answers($bench);
	Bench::progress('memory');
	my %took = report_memory($bench);
	Bench::progress('cancelling');
	return report_cancels($bench, %took);
}

return {
	title => 'residences, occupancies, vacancy flows and chains',
	base => 'floor',
	rounds => 3,
	prepare => \&prepare,
	goals => [
		{ text => 'CREATE TABLE AS takes at most 2.2 times the floor (a)', of => 'residences', to => 'floor', at_most => 2.2 },
		{ text => 'in SQL (b) takes at least 4 times as long as that', of => 'ranges', to => 'residences', at_least => 4 },
		{ text => 'build_residences takes at most 1.3 times the floor (a)', of => 'build', to => 'floor', at_most => 1.3 },
		{ text => 'DuckDB (c) takes longer than build_residences', of => 'duckdb', to => 'build', at_least => 1 },
		{ text => 'the way to DuckDB and back (d) at least 5 times as long', of => 'way', to => 'build', at_least => 5 },
		{ text => 'flows and chains in SQL take at least 8 times as long', of => 'chains_sql', to => 'chains', at_least => 8 },
		{ text => 'flows and chains in DuckDB take at least 8 times as long', of => 'chains_duckdb', to => 'chains', at_least => 8 },
		{ text => 'one municipality within 0.7 seconds', of => 'small', at_most => 700 },
	],
	judge => sub { return $full ? undef : 'a trial with fewer than 20,000,000 rows'; },
	report => \&report,
};
