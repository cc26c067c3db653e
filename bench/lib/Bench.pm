# What every bench shares: sessions and peers, alternating rounds, figures,
# goals, the report. What is measured stands in NN-name/bench.pl.
#
# A bench.pl gives back a hash:
#   title       one line
#   prepare     sub($bench): makes the data, starts peers, gives back the contenders:
#                 { key, label, on => 'postgres' or a peer's name, query, serial => 1, rounds => n }
#                 rounds: measured in the first n rounds only, where one takes long
#               A query's last column is a count whose sum is the same for all. Instead of query:
#                 { ..., run => sub($bench) -> (milliseconds, answer as lines), cold => 1, base => key }
#                 for what is no query; cold: without a warm-up; base: whose times this one's are divided by
#   base        the same for contenders without their own
#   rounds      how many unless BENCH_ROUNDS says, 7 without
#   rows        what that sum must be
#   goals       [ { text, of => key, to => key, at_most or at_least => ratio of medians } ], or without to: at_most milliseconds
#   judge       sub($bench): undef when this run is big enough to judge, else why not
#   report      sub($bench): further tables, after the rounds; may give back how many goals of its own were missed

package Bench;

use strict;
use warnings;
use File::Basename qw(basename);
use File::Copy qw(copy);
use File::Path qw(make_path remove_tree);
use POSIX ();
use Session;

sub new
{
	my ($class, %self) = @_;
	for my $name (qw(PGHOST PGPORT PGDATABASE PG_BINDIR BENCH_DIR))
	{
		die "$name is not set: start the benches with `make bench`\n" unless defined $ENV{$name};
	}
	binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR;
	$_->autoflush(1) for *STDOUT{IO}, *STDERR{IO};

	$self{scratch} = $ENV{BENCH_DIR};
	make_path($self{scratch});
	# Both sides get as many processes (or threads) as the goals speak of.
	$self{processes} = number('BENCH_PROCESSES', 2);
	return bless \%self, $class;
}

# A setting from the environment.
sub number
{
	my ($name, $default) = @_;
	my $value = $ENV{$name};
	return $default unless defined $value && $value ne '';
	die "$name must be a number from 1 on, not \"$value\"\n" unless $value =~ /^[1-9][0-9]*$/;
	return $value;
}

sub run
{
	my ($self) = @_;
	my @chosen = $self->choose;
	$self->open_report;
	my ($missed, $failed) = (0, 0);
	for my $folder (@chosen)
	{
		my $ok = eval { $missed += $self->run_one($folder); 1 };
		unless ($ok)
		{
			$failed++;
			$self->say("\n" . basename($folder) . " could not be measured: $@");
		}
		$self->end_sessions;
	}
	$self->say("\nload at the end: " . load_average());
	$self->say($failed ? "FAILED: $failed of " . @chosen . ' benches could not be measured'
			: $missed ? "$missed goal" . ($missed > 1 ? 's' : '') . ' MISSED'
			: 'no goal missed');
	print "written to $self->{report_path}\n";
	return $failed ? 2 : $missed ? 1 : 0;
}

# All benches, or those that BENCH names ("tenure", "10-tenure", several with commas).
sub choose
{
	my ($self) = @_;
	my @all = map { s{/bench\.pl$}{}r } sort glob "$self->{folder}/[0-9]*/bench.pl";
	my @wanted = split /[\s,]+/, $ENV{BENCH} // '';
	return @all unless @wanted;
	my @chosen;
	for my $name (@wanted)
	{
		my @found = grep { basename($_) eq $name || basename($_) =~ /^[0-9]+-\Q$name\E$/ } @all;
		die "no bench is called \"$name\"; there are: " . join(', ', map { basename($_) } @all) . "\n" unless @found;
		push @chosen, @found;
	}
	return @chosen;
}

sub run_one
{
	my ($self, $folder) = @_;
	my $bench = do "$folder/bench.pl" or die $@ || "$folder/bench.pl: $!\n";
	@$self{qw(bench bench_folder skipped times answers)} = ($bench, $folder, {}, {}, {});
	$self->{rounds} = number('BENCH_ROUNDS', $bench->{rounds} // 7);
	$self->say("\n== " . basename($folder) . ": $bench->{title}");

	$self->{postgres} = $self->session;
	my @contenders = $bench->{prepare}->($self);
	$self->say('peer skipped: ' . $_ . ' (' . $self->{skipped}{$_} . ')') for sort keys %{ $self->{skipped} };
	@contenders = grep { $_->{on} eq 'postgres' || $self->{$_->{on}} } @contenders;
	$self->warm_up($_) for grep { !$_->{cold} } @contenders;
	$self->measure(@contenders);
	$self->print_times(@contenders);
	my $missed = $self->print_goals;
	$missed += $bench->{report}->($self) // 0 if $bench->{report};
	return $missed;
}

# PostgreSQL with settings that are the same for every contender.
sub session
{
	my ($self) = @_;
	my $session = Session->psql("$ENV{PG_BINDIR}/psql");
	my $workers = $self->{processes} - 1;
	$session->run("SET $_") for
	  # the leader works too: leader + workers = as many processes as the peer has threads
	  "max_parallel_workers_per_gather = $workers", 'parallel_leader_participation = on',
	  # compiling costs more than it saves in queries this short, and would burden the floor most
	  'jit = off', 'client_min_messages = warning',
	  "work_mem = '256MB'", 'search_path = public';
	return $session;
}

# One run before anything is measured: it fills caches, its plan shows whether
# the query is as parallel as the others, and its answer is what the rounds must repeat.
sub warm_up
{
	my ($self, $contender) = @_;
	progress("warming up: $contender->{label}");
	if ($contender->{run})
	{
		(undef, my @answer) = $contender->{run}->($self);
		$self->{answers}{ $contender->{key} } = [ sort @answer ];
		return;
	}
	if ($contender->{on} eq 'postgres')
	{
		my (undef, @plan) = $self->{postgres}->run("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF) $contender->{query}");
		my ($launched) = map { /Workers Launched: (\d+)/ ? $1 : () } @plan;
		my $processes = 1 + ($launched // 0);
		my $should = $contender->{serial} ? 1 : $self->{processes};
		die "$contender->{label} ran in $processes process(es), not $should as the others:\n" . join("\n", @plan) . "\n"
		  if $processes != $should;
	}
	(undef, my @answer) = $self->{ $contender->{on} }->run($contender->{query});
	$self->{answers}{ $contender->{key} } = [ sort @answer ];
	my $sum = 0;
	$sum += (split /\t/)[-1] for @answer;
	die "$contender->{label} counted $sum rows, not $self->{bench}{rows}\n" if $sum != $self->{bench}{rows};
	return;
}

sub measure
{
	my ($self, @contenders) = @_;
	for my $round (1 .. $self->{rounds})
	{
		progress("round $round of $self->{rounds}");
		# Each round begins with another contender: none always follows the same one.
		push @contenders, shift @contenders if $round > 1;
		for my $contender (@contenders)
		{
			next if $contender->{rounds} && $round > $contender->{rounds};
			my ($time, @answer) = $contender->{run} ? $contender->{run}->($self) : $self->{ $contender->{on} }->run($contender->{query});
			$self->{answers}{ $contender->{key} } //= [ sort @answer ];
			my ($before, $now) = map { join "\n", @$_ } $self->{answers}{ $contender->{key} }, [ sort @answer ];
			die "$contender->{label} gave another answer in round $round:\n$now\nbefore:\n$before\n" if $now ne $before;
			push @{ $self->{times}{ $contender->{key} } }, $time;
			# where rounds take minutes: what a run that was stopped has measured
			progress(sprintf '%s: %.0f ms', $contender->{label}, $time) if $contender->{run};
		}
	}
	return;
}

sub print_times
{
	my ($self, @contenders) = @_;
	my $shown = '';
	for my $contender (@contenders)
	{
		my $base = $self->base($contender);
		$self->say(sprintf "\n%-62s %9s %9s %9s %9s  %s",
			$shown eq '' ? "$self->{rounds} rounds, alternately, after one warm-up; milliseconds" : '',
			'median', 'min', 'max', "/ $base", 'in single rounds') if $base ne $shown;
		$shown = $base;
		my $times = $self->{times}{ $contender->{key} };
		my @sorted = sort { $a <=> $b } @$times;
		# Rounds are pairs: what slowed the machine in one round slowed both.
		my @ratios = sort { $a <=> $b } map { $times->[$_] / $self->{times}{$base}[$_] } 0 .. $#$times;
		$self->say(sprintf "%-62s %9.0f %9.0f %9.0f %9.2f  %.2f-%.2f", $contender->{label}, median(@$times), @sorted[ 0, -1 ],
			ratio($times, $self->{times}{$base}), @ratios[ 0, -1 ]);
	}
	return;
}

sub base { my ($self, $contender) = @_; return $contender->{base} // $self->{bench}{base}; }

# Prints each goal with pass, MISSED, SKIPPED or "not judged"; gives back how many count as missed.
sub print_goals
{
	my ($self) = @_;
	my $missed = 0;
	my $why_not = $self->{bench}{judge}->($self);
	$self->say(sprintf "\n%-62s %9s %9s  %s", 'goals (ratios of medians, or milliseconds)', 'goal', 'measured', 'verdict');
	for my $goal (@{ $self->{bench}{goals} })
	{
		my $format = defined $goal->{to} ? '%.2f' : '%.0f';
		my $limit = defined $goal->{at_most} ? sprintf("<= $format", $goal->{at_most}) : sprintf(">= $format", $goal->{at_least});
		my $of = $self->{times}{ $goal->{of} };
		my $to = defined $goal->{to} ? $self->{times}{ $goal->{to} } : [1];
		my ($shown, $verdict) = ('-', undef);
		if (!$of || !$to)
		{
			$verdict = 'SKIPPED, its peer could not be had';
			$missed++, $verdict .= ' (counts as missed: BENCH_REQUIRE_PEERS)' if $ENV{BENCH_REQUIRE_PEERS};
		}
		else
		{
			my $ratio = ratio($of, $to);
			my $met = defined $goal->{at_most} ? $ratio <= $goal->{at_most} : $ratio >= $goal->{at_least};
			$shown = sprintf $format, $ratio;
			$verdict = defined $why_not ? "not judged: $why_not" : $met ? 'pass' : 'MISSED';
			$missed++ if !defined $why_not && !$met;
		}
		$self->say(sprintf "%-62s %9s %9s  %s", $goal->{text}, $limit, $shown, $verdict);
	}
	return $missed;
}

# Peers. Each gives back a session, or undef after noting why there is none.

sub duckdb
{
	my ($self, $file) = @_;
	return $self->{duckdb} = $self->peer('duckdb', sub {
		my $node = find_program('node') or die "there is no node\n";
		my $folder = $self->npm_packages;
		$self->{duckdb_file} = $file;
		unlink $file, "$file.wal";
		return Session->peer('DuckDB', $node, "$self->{folder}/lib/duckdb-session.cjs", $folder, $file, $self->{processes});
	});
}

sub r
{
	my ($self, @packages) = @_;
	return $self->{r} = $self->peer('r', sub {
		my $rscript = find_program('Rscript') or die "there is no Rscript\n";
		return Session->peer('R', $rscript, '--vanilla', "$self->{folder}/lib/r-session.R", @packages);
	});
}

sub peer
{
	my ($self, $name, $start) = @_;
	my $session = eval { $start->() };
	return $session if $session;
	my ($reason) = split /\n/, $@;
	$self->{skipped}{$name} = $reason;
	return undef;
}

# The packages of package-lock.json, installed into the scratch folder so that
# measuring leaves the project's tree as it was.
sub npm_packages
{
	my ($self) = @_;
	my $folder = "$self->{scratch}/node";
	my @files = qw(package.json package-lock.json);
	return $folder if -d "$folder/node_modules" && !grep { slurp("$self->{folder}/$_") ne slurp("$folder/$_") } @files;

	my $npm = find_program('npm') or die "there is no npm to install it with\n";
	progress('installing the packages of bench/package-lock.json with npm');
	remove_tree($folder);
	make_path($folder);
	copy("$self->{folder}/$_", "$folder/$_") or die "$folder/$_: $!\n" for @files;
	# a server account may have no home to keep a cache in
	local $ENV{npm_config_cache} = "$self->{scratch}/npm-cache" unless defined $ENV{HOME} && -w $ENV{HOME};
	my $log = "$folder/npm.log";
	my $status = system('/bin/sh', '-c', 'cd "$1" && exec timeout 600 "$2" ci --no-audit --no-fund --loglevel=error >"$3" 2>&1 </dev/null',
		'sh', $folder, $npm, $log);
	if ($status != 0)
	{
		remove_tree("$folder/node_modules");
		# "npm error code E404", then what that means
		my @errors = map { /^npm (?:error|ERR!) (\S.*)/ ? $1 : () } split /\n/, slurp($log);
		die "npm could not install it: " . join('; ', grep { defined } @errors[ 0, 1 ]) . " ($log)\n";
	}
	return $folder;
}

sub end_sessions
{
	my ($self) = @_;
	delete @$self{qw(postgres duckdb r)};
	my $file = delete $self->{duckdb_file};
	unlink $file, "$file.wal" if defined $file;
	return;
}

# What the figures were measured on.
sub open_report
{
	my ($self) = @_;
	$self->{report_path} = "$self->{folder}/results-latest.txt";
	unless (open $self->{report}, '>:encoding(UTF-8)', $self->{report_path})
	{
		$self->{report_path} = "$self->{scratch}/results-latest.txt";
		open $self->{report}, '>:encoding(UTF-8)', $self->{report_path} or die "$self->{report_path}: $!\n";
	}
	$self->{report}->autoflush(1);

	my ($model) = slurp('/proc/cpuinfo') =~ /^model name\s*:\s*(.*)$/m;
	my ($memory) = slurp('/proc/meminfo') =~ /^MemTotal:\s*(\d+)/m;
	my $cores = () = slurp('/proc/cpuinfo') =~ /^processor\s*:/mg;
	my (undef, undef, $kernel) = POSIX::uname();
	my $session = $self->session;
	my (undef, $server) = $session->run(q{SELECT concat_ws(', ', 'PostgreSQL ' || current_setting('server_version'),
		'encoding ' || pg_encoding_to_char(encoding), 'collation ' || datcollate,
		'shared_buffers ' || current_setting('shared_buffers')) FROM pg_database WHERE datname = current_database()});
	$self->say('byudv benches, ' . POSIX::strftime('%Y-%m-%d %H:%M UTC', gmtime));
	$self->say(sprintf 'machine: %s, %d cores, %.1f GB, Linux %s', $model // 'unknown CPU', $cores, ($memory // 0) / 1048576, $kernel);
	$self->say("server: $server");
	$self->say("load at the start: " . load_average());
	$self->say("each contender: $self->{processes} processes or threads; in PostgreSQL the leader and "
		  . ($self->{processes} - 1) . ' worker(s), jit off, work_mem 256MB');
	$self->say("note: fewer cores than that, so ratios to peers mean little") if $cores < $self->{processes};
	return;
}

sub say
{
	my ($self, $line) = @_;
	$line =~ s/\s+\z//;
	print "$line\n";
	print { $self->{report} } "$line\n";
	return;
}

# Signs of life for whoever waits; no part of the report.
sub progress
{
	my ($line) = @_;
	print STDERR "  ($line)\n";
	return;
}

sub load_average { return join ' ', (split / /, slurp('/proc/loadavg'))[ 0 .. 2 ]; }

# Ratio of medians, over the rounds in which both were measured: the machine may be busier in others.
sub ratio
{
	my ($of, $to) = @_;
	my $last = (@$of < @$to ? @$of : @$to) - 1;
	return median(@$of[ 0 .. $last ]) / median(@$to[ 0 .. $last ]);
}

sub median
{
	my @sorted = sort { $a <=> $b } @_;
	return ($sorted[ $#sorted / 2 ] + $sorted[ @sorted / 2 ]) / 2;
}

sub slurp
{
	my ($path) = @_;
	open my $file, '<:encoding(UTF-8)', $path or return '';
	local $/;
	return scalar <$file> // '';
}

sub find_program
{
	my ($name) = @_;
	for my $folder (split /:/, $ENV{PATH})
	{
		return "$folder/$name" if -x "$folder/$name" && !-d _;
	}
	return undef;
}

# Runs a file of SQL in a session of its own, as psql -v name=value -f file.
sub run_file
{
	my ($self, $file, %variables) = @_;
	my @variables = map { ('-v', "$_=$variables{$_}") } sort keys %variables;
	system("$ENV{PG_BINDIR}/psql", '-Xq', '-v', 'ON_ERROR_STOP=1', @variables, '-f', $file) == 0
	  or die "$file failed\n";
	return;
}

# SQL from a file without its comments, so that it can stand inside a query.
sub sql_from
{
	my ($self, $name) = @_;
	my $sql = slurp("$self->{bench_folder}/$name");
	die "$self->{bench_folder}/$name is empty or cannot be read\n" if $sql eq '';
	$sql =~ s/^\s*--.*\n//mg;
	return $sql =~ s/\s+\z//r;
}

1;
