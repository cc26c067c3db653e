# The BI views read through psqlODBC, as Power BI, Excel and QGIS do, with the driver's default options: types, text that is no memo, days, numbers, rows.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;
use BiViews;

eval { require DBI; require DBD::ODBC; 1 } or plan skip_all => 'DBD::ODBC is not installed (package libdbd-odbc-perl)';
my @drivers = grep { `odbcinst -q -d 2>/dev/null` =~ /\[\Q$_\E\]/ } 'PostgreSQL Unicode', 'PostgreSQL ANSI';
plan skip_all => 'psqlODBC is not installed (package odbc-postgresql)' unless @drivers;

my $node = new_server('main', conf => "autovacuum = off\njit = off\n");
new_database($node, 'a');
make_town($node, 'a');
$node->safe_psql('a', new_monitor('nord') . "CALL byudv.refresh('nord'); CREATE ROLE reader LOGIN; SELECT byudv.grant_reader('nord', 'reader');");

# What ODBC calls the types (sqlext.h), and how many decimals a number may have
my %expected = (
	integer => sub { return [ 4 ] },
	bigint => sub { return [ -5 ] },
	smallint => sub { return [ 5 ] },
	numeric => sub { return [ 2, @_ ] },
	date => sub { return [ 91, 10 ] },
	timestamp => sub { return [ 93 ] },
	# what is longer than 255 characters is a memo (SQL_LONGVARCHAR), which BI tools can neither group nor join by
	varchar => sub { return [ $_[0] <= 255 ? 12 : -1, $_[0] ] });

for my $driver (@drivers)
{
	my $odbc = DBI->connect("dbi:ODBC:Driver={$driver};Servername=@{[ $node->host ]};Port=@{[ $node->port ]};Database=a;UID=reader", '', '', { RaiseError => 1, PrintError => 0, LongReadLen => 10000 });
	my %listed = map { $_->[2] => $_->[3] } @{ $odbc->table_info(undef, 'nord', '%', 'VIEW')->fetchall_arrayref };
	my @views = views_of($node, 'a');
	is_deeply([ sort keys %listed ], [ sort map { $_->{name} } @views ], "$driver lists the views of the monitor, to a reader");
	for my $view (@views)
	{
		my $statement = $odbc->prepare("SELECT * FROM nord.$view->{name} ORDER BY " . join(', ', @{ $view->{key} }));
		$statement->execute;
		my (@wrong, @memo_keys);
		for my $i (0 .. $#{ $view->{columns} })
		{
			my ($name, $type) = @{ $view->{columns}[$i] };
			my ($kind, @size) = $type =~ /(\w+)/g;
			my $wanted = $expected{$kind}->(@size);
			my @got = ($statement->{TYPE}[$i], $statement->{PRECISION}[$i], $statement->{SCALE}[$i]);
			push @wrong, "$name $type is @got, not @$wanted" unless "@got[ 0 .. $#$wanted ]" eq "@$wanted" && $statement->{NAME}[$i] eq $name;
			push @memo_keys, $name if $got[0] == -1 && ($name =~ /_label$|_code$|_kind$/ || grep { $_ eq $name } @{ $view->{key} });
		}
		is(join('; ', @wrong), '', "$driver: $view->{name}: types");
		is("@memo_keys", '', "$driver: $view->{name}: keys, codes and labels are no memos");

		# The rows, against what psql prints
		my @days = grep { $view->{columns}[$_][1] eq 'date' } 0 .. $#{ $view->{columns} };
		my ($rows, @odd) = (0);
		while (my $row = $statement->fetchrow_arrayref)
		{
			$rows++;
			push @odd, map { "$view->{columns}[$_][0] $row->[$_]" } grep { defined $row->[$_] && $row->[$_] !~ /^(18|19|20|21)\d\d-\d\d-\d\d$/ } @days;
		}
		is($rows, $node->safe_psql('a', "SELECT count(*) FROM nord.$view->{name}"), "$driver: $view->{name}: rows");
		is(join('; ', @odd[ 0 .. ($#odd < 4 ? $#odd : 4) ]), '', "$driver: $view->{name}: days are days") if @days;
		my @numbers = map { $_->[0] } grep { $_->[1] =~ /^(numeric|bigint|integer|smallint)/ } @{ $view->{columns} };
		if (@numbers)
		{
			my $sums = 'SELECT ' . join(', ', map { "CAST(coalesce(sum($_), 0) AS numeric(30, 4))" } @numbers) . " FROM nord.$view->{name}";
			my @odbc = map { sprintf '%.4f', $_ } @{ $odbc->selectrow_arrayref($sums) };
			is(join('|', @odbc), $node->safe_psql('a', $sums), "$driver: $view->{name}: sums");
		}
	}
	my ($label) = @{ $odbc->selectrow_arrayref("SELECT new_build_label FROM nord.bi_dim_new_build WHERE new_build = 'existing'") };
	is($label, 'Eksisterende', "$driver: text");
	my ($danish) = @{ $odbc->selectrow_arrayref("SELECT place_label FROM nord.bi_dim_place WHERE place = '0157'") };
	is($odbc->selectrow_arrayref('SELECT count(*) FROM nord.bi_dim_place WHERE place_label = ?', undef, $danish)->[0], 1, "$driver: parameters and Danish letters go there and back");
	is(eval { $odbc->selectrow_arrayref('SELECT count(*) FROM nord.person')->[0] } // $odbc->state, '42501', "$driver: nothing under the views");
	$odbc->disconnect;
}
done_testing();
