# A child process that answers requests over pipes and lives through all rounds:
# psql, DuckDB in node, or R. Each run() gives the milliseconds that the child
# itself measured around the query, so that neither starting a process nor the
# pipes are in the figures.

package Session;

use strict;
use warnings;
use IPC::Open2;
use POSIX ();

# psql: its own \timing is the clock. It measures from sending the query until
# the whole result is there; results here are at most some hundred rows.
sub psql
{
	my ($class, $program) = @_;
	local $ENV{LC_ALL} = 'C.UTF-8';
	local $ENV{PGCLIENTENCODING} = 'UTF8';
	my $self = $class->start('PostgreSQL', $program, '-XqAt', '-F', "\t", '-v', 'ON_ERROR_STOP=1');
	$self->{psql} = 1;
	$self->run('\timing on');
	return $self;
}

# A child that follows the protocol described in duckdb-session.cjs. Dies with
# the child's own words when it cannot start.
sub peer
{
	my ($class, $name, @command) = @_;
	my $self = $class->start($name, @command);
	(my $version, undef) = $self->answer;
	$self->{version} = $version;
	return $self;
}

sub start
{
	my ($class, $name, @command) = @_;
	local $SIG{PIPE} = 'IGNORE';
	# errors belong into the answer; open2 would send them past us
	my $pid = open2(my $from, my $to, '/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', @command);
	binmode $_, ':encoding(UTF-8)' for $from, $to;
	$to->autoflush(1);
	return bless { name => $name, pid => $pid, from => $from, to => $to }, $class;
}

# run(request) -> (milliseconds, rows as lines). A request to psql may be several statements: their times are added up.
sub run
{
	my ($self, $request) = @_;
	$self->send($request);
	return $self->answer;
}

# Asks without waiting: answered() tells whether, or answer() waits until, something has come back.
sub send
{
	my ($self, $request) = @_;
	my $to = $self->{to};
	local $SIG{PIPE} = 'IGNORE';
	if ($self->{psql})
	{
		# the semicolon stands on a line of its own: the query may end in a comment
		print $to $request =~ /^\\/ ? "$request\n" : "$request\n;\n", "\\echo bench-done\n";
	}
	else
	{
		print $to "$request\n.\n";
	}
	return;
}

sub answered
{
	my ($self, $seconds) = @_;
	my $bits = '';
	vec($bits, fileno($self->{from}), 1) = 1;
	return select($bits, undef, undef, $seconds) > 0;
}

sub answer
{
	my ($self) = @_;
	my $from = $self->{from};
	my ($time, @lines);
	while (defined(my $line = <$from>))
	{
		chomp $line;
		if ($self->{psql})
		{
			return ($time, @lines) if $line eq 'bench-done';
			if ($line =~ /^Time: ([0-9.]+) ms/) { $time += $1; next; }
		}
		else
		{
			return ($1, @lines) if $line =~ /^ok (\S+)/;
			die "$self->{name}: $1\n" if $line =~ /^error (.*)/;
		}
		push @lines, $line;
	}
	die "$self->{name} has ended: " . join("\n", @lines) . "\n";
}

sub version { return $_[0]->{version}; }

sub close
{
	my ($self) = @_;
	return unless $self->{pid};
	close $self->{to};
	close $self->{from};
	waitpid delete $self->{pid}, 0;
	return;
}

sub DESTROY
{
	my ($self) = @_;
	local ($?, $@, $!);
	$self->close;
	return;
}

1;
