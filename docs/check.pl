#!/usr/bin/perl
# Runs the SQL that the documentation shows, and compares the output that it shows with what psql prints.
#
#   docs/check.pl README.md docs/tenure.md …            TAP on standard output; exit status 0 when all is well
#   docs/check.pl --update README.md …                  writes what psql printed into the files; read the diff before you commit it
#   docs/check.pl --database NAME FILE.md               a fresh database with this name instead of byudv_docs_<pid>
#
# Where the server is comes from the environment, as for psql: PGHOST, PGPORT, PGUSER. Each file gets a database of its own, made from template0
# in UTF8 under C, with the extension created in it, and dropped afterwards. All blocks of a file run in order in one session of
# psql -X -v ON_ERROR_STOP=1.
#
# Blocks, by the words after the three backticks:
#   sql           must run without an error
#   sql error     must fail; the session goes on
#   sql norun     is not run
#   text          right after an sql block, with nothing but blank lines between: what psql prints for it. For "sql error" that is the message.
#                 Blanks at line ends do not matter. A "text" block elsewhere is left alone.
# Other blocks are left alone. A file with the line <!-- with the demo municipality --> finds it loaded and refreshed, as monitor birkelev.
# Pictures that docs/make-pictures.pl draws from the blocks are compared with those in the folder pictures, and with --update written.
# Needs perl alone, and psql in PATH or PSQL=/path/to/psql.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempfile tempdir);

# Messages and output must not depend on whoever runs this.
delete @ENV{ grep { /^(PGOPTIONS|PGSERVICE|PGDATABASE|PGTZ|PGDATESTYLE|PSQLRC|PSQL_PAGER|PAGER|LC_ALL|LANGUAGE)$/ } keys %ENV };
@ENV{qw(LC_ALL PGCLIENTENCODING PGOPTIONS)} = ('C.UTF-8', 'UTF8', '-c client_min_messages=warning -c lc_messages=C -c datestyle=ISO,YMD');

my $psql = $ENV{PSQL} || 'psql';
my $database = "byudv_docs_$$";
my ($update, @files, $tests, $failures);
$tests = $failures = 0;
while (defined(my $argument = shift @ARGV))
{
	if ($argument eq '--update') { $update = 1 }
	elsif ($argument eq '--database') { $database = shift @ARGV // die "--database needs a name\n" }
	elsif ($argument =~ /^-/) { die "unknown option $argument; see the head of $0\n" }
	else { push @files, $argument }
}
die "usage: $0 [--update] [--database NAME] FILE.md …\n" unless @files;
die "the database name may have small letters, digits and _ only: $database\n" unless $database =~ /^[a-z_][a-z0-9_]{0,62}$/;

check_file($_) for @files;
print "1..$tests\n";
exit($failures ? 1 : 0);

sub result
{
	my ($ok, $name, @said) = @_;
	$tests++;
	$failures++ unless $ok;
	print $ok ? 'ok' : 'not ok', " $tests - $name\n";
	print map { "# $_\n" } map { split /\n/, $_ } @said unless $ok;
}

sub slurp
{
	my ($file) = @_;
	open my $handle, '<:raw', $file or die "cannot read $file: $!\n";
	local $/;
	my $content = <$handle>;
	return defined $content ? $content : '';
}

# The blocks of a file that matter here: { kind, line, sql, text => [first, last line] }
sub read_blocks
{
	my ($lines) = @_;
	my (@blocks, $open, $last);
	for my $i (0 .. $#$lines)
	{
		my $line = $lines->[$i];
		if (!$open)
		{
			if ($line =~ /^```(.*?)\s*$/)
			{
				$open = { info => $1, from => $i + 1 };
			}
			elsif ($line =~ /\S/)
			{
				$last = undef;
			}
		}
		elsif ($line =~ /^```\s*$/)
		{
			my $info = $open->{info};
			if ($info eq 'text' && $last)
			{
				$last->{text} = [ $open->{from}, $i - 1 ];
				$last = undef;
			}
			elsif ($info eq 'sql' || $info eq 'sql error')
			{
				$last = { kind => $info, line => $open->{from}, sql => join("\n", @$lines[ $open->{from} .. $i - 1 ]) };
				push @blocks, $last;
			}
			else
			{
				$last = undef;
			}
			$open = undef;
		}
	}
	die "a block that begins in line $open->{from} has no end\n" if $open;
	return @blocks;
}

# Blanks at line ends and empty lines at both ends do not count.
sub tidy
{
	my ($content) = @_;
	$content =~ s/[ \t\r]+$//mg;
	$content =~ s/\A\n+//;
	$content =~ s/\n+\z//;
	return $content;
}

# Runs psql with this input; returns its exit status, standard output and standard error.
sub run_psql
{
	my ($input, @options) = @_;
	my ($in, $in_name) = tempfile('byudv-docs-XXXXXX', TMPDIR => 1, UNLINK => 1);
	my (undef, $out_name) = tempfile('byudv-docs-XXXXXX', TMPDIR => 1, UNLINK => 1);
	my (undef, $error_name) = tempfile('byudv-docs-XXXXXX', TMPDIR => 1, UNLINK => 1);
	binmode $in;
	print $in $input;
	close $in or die "cannot write $in_name: $!\n";
	my $pid = fork;
	die "cannot start psql: $!\n" unless defined $pid;
	if (!$pid)
	{
		# input from a file, since psql -f would put file and line before each message
		open STDIN, '<', $in_name or die;
		open STDOUT, '>', $out_name or die;
		open STDERR, '>', $error_name or die;
		exec $psql, '-X', '-v', 'ON_ERROR_STOP=1', @options or die "cannot start $psql: $!\n";
	}
	waitpid $pid, 0;
	return ($? ? $? >> 8 || 255 : 0, slurp($out_name), slurp($error_name));
}

# Makes the demo municipality in the database; returns what went wrong.
my $municipality;
sub load_demo
{
	my $demo = dirname($0) . '/../demo/municipality';
	if (!$municipality)
	{
		my $folder = tempdir(CLEANUP => 1);
		system($ENV{CC} || 'cc', '-O2', '-o', "$folder/municipality", glob "$demo/*.c") == 0 or return 'the generator does not compile';
		qx{'$folder/municipality' --out '$folder/files'};    # it says how much it has made
		return 'the generator fails' if $?;
		$municipality = "$folder/files";
	}
	my ($status, undef, $error) = run_psql("\\i $demo/load.sql\nCALL byudv.refresh('birkelev');\n", '-q', '-v', 'monitor=birkelev', '-v', "folder=$municipality", '-d', $database);
	return $status ? $error : '';
}

sub check_file
{
	my ($file) = @_;
	my @lines = split /\n/, slurp($file), -1;
	my @blocks = eval { read_blocks(\@lines) };
	return result(0, $file, $@) if $@;
	return result(1, "$file # SKIP no sql blocks") unless @blocks;

	# roles are the whole server's, and would be there the next time
	my (undef, $roles) = run_psql("SELECT string_agg(quote_literal(rolname), ', ') FROM pg_roles;\n", '-qAt', '-d', 'postgres');
	chomp $roles;
	my ($status, $out, $error) = run_psql("DROP DATABASE IF EXISTS $database;\n"
		  . "CREATE DATABASE $database TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';\n\\c $database\nCREATE EXTENSION byudv;\n",
		'-q', '-d', 'postgres');
	return result(0, "$file: database with the extension", $error) if $status;
	if (grep { $_ eq '<!-- with the demo municipality -->' } @lines)
	{
		$error = load_demo();
		return result(0, "$file: the demo municipality", $error) if $error;
	}

	# Between two blocks a line on both outputs says which one is next. An unfinished statement would swallow it, and is found by that.
	my $mark = "byudv-docs-$$-block";
	my $script = "\\set SHOW_CONTEXT never\n";
	for my $i (0 .. $#blocks)
	{
		my $error_wanted = $blocks[$i]{kind} eq 'sql error';
		$script .= "\\echo $mark $i\n\\warn $mark $i\n";
		$script .= "\\set ON_ERROR_STOP 0\n" if $error_wanted;
		$script .= $blocks[$i]{sql} . "\n";
		$script .= "\\set ON_ERROR_STOP 1\n" if $error_wanted;
	}
	$script .= "\\echo $mark end\n\\warn $mark end\n";
	(undef, $out, $error) = run_psql($script, '-d', $database);
	my (%printed, %said);
	for my $pair ([ \%printed, $out ], [ \%said, $error ])
	{
		my ($into, $all) = @$pair;
		my @parts = split /^\Q$mark\E (\w+)\n/m, $all;
		shift @parts;
		while (@parts) { my $key = shift @parts; $into->{$key} = shift(@parts) // '' }
	}

	for my $i (0 .. $#blocks)
	{
		my $block = $blocks[$i];
		my $name = "$file line $block->{line}";
		if (!defined $printed{$i})
		{
			result(0, $name, $i && !defined $printed{ $i - 1 } ? 'not reached' : 'not reached: the block before it fails, or its last statement has no end');
			next;
		}
		my $failed = defined $said{$i} && $said{$i} =~ /ERROR:|^\\\S+: |invalid command/m;
		if ($block->{kind} eq 'sql error' ? !$failed : $failed || ($said{$i} // '') =~ /\S/)
		{
			result(0, $name, $block->{kind} eq 'sql error' ? 'runs, but ought to fail' : $said{$i});
			next;
		}
		my $got = tidy($printed{$i} . $said{$i});
		if (!$block->{text}) { result(1, $name); next }
		my ($from, $to) = @{ $block->{text} };
		my $wanted = $to >= $from ? tidy(join "\n", @lines[ $from .. $to ]) : '';
		$block->{got} = $got;
		if ($update) { result(1, $name . ($got eq $wanted ? '' : ' (updated)')) }
		else { result($got eq $wanted, $name, "shown:\n$wanted", "printed:\n$got") }
	}
	result(0, "$file: the end", 'not reached: the last statement has no end, or fails')
	  unless exists $printed{end} && ($printed{end} . ($said{end} // '')) !~ /\S/;

	if (grep { /^<!-- picture: / } @lines)
	{
		my $said = do { local $ENV{PGDATABASE} = $database; local $ENV{PSQL} = $psql; join '', qx{perl '@{[ dirname($0) ]}/make-pictures.pl' @{[ $update ? '' : '--check' ]} '$file' 2>&1} };
		result($? == 0, "$file: pictures", $said);
	}

	if ($update)
	{
		for my $block (reverse grep { defined $_->{got} } @blocks)
		{
			my ($from, $to) = @{ $block->{text} };
			splice @lines, $from, $to - $from + 1, split /\n/, $block->{got};
		}
		open my $handle, '>:raw', $file or die "cannot write $file: $!\n";
		print $handle join "\n", @lines;
		close $handle or die "cannot write $file: $!\n";
	}
	run_psql("DROP DATABASE $database;\nSELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE rolname NOT IN ($roles) \\gexec\n", '-q', '-d', 'postgres');
}
