# What every BI view must be, whatever it is about; checked on a monitor that has been refreshed.
package BiViews;

use strict;
use warnings;
use Exporter 'import';
use Test::More;

our @EXPORT = qw(check_views views_of);

# Views of a monitor with their columns, in their order: [ { name, key => [...], columns => [ [ name, type, label ] ] } ]
sub views_of
{
	my ($node, $database) = @_;
	my (@views, %at);
	for (split /\n/, $node->safe_psql($database, 'SELECT view_name, key FROM byudv.monitor_views() ORDER BY ordinal'))
	{
		my ($name, $key) = split /\|/;
		push @views, $at{$name} = { name => $name, key => [ split /, /, $key ], columns => [] };
	}
	for (split /\n/, $node->safe_psql($database, 'SELECT view_name, column_name, type, label_da FROM byudv.monitor_view_columns() ORDER BY ordinal'))
	{
		my ($name, @column) = split /\|/;
		push @{ $at{$name}{columns} }, \@column;
	}
	return @views;
}

# Which dimension a column of codes belongs to: its name, or its name in the dimension
my %dimension = (
	(map { $_ => $_ } qw(dwelling_type tenure new_build population age_band household_type income_band benefit size_band place)),
	tenure_register => 'tenure',
	tenure_dst => 'tenure',
	start_tenure => 'tenure',
	end_tenure => 'tenure');

sub none
{
	my ($node, $database, $what, $query) = @_;
	is($node->safe_psql($database, $query), '', $what);
	return;
}

sub check_views
{
	my ($node, $database, $monitor) = @_;
	my @views = views_of($node, $database);
	my $is = sub { none($node, $database, "$monitor: $_[0]", $_[1]) };

	# The catalogue
	$is->('every view is there, and is a plain view', "SELECT v.view_name FROM byudv.monitor_views() v LEFT JOIN pg_class c ON c.relnamespace = '$monitor'::regnamespace AND c.relname = v.view_name WHERE c.relkind IS DISTINCT FROM 'v'");
	$is->('no view that is not listed', "SELECT relname FROM pg_class c WHERE relnamespace = '$monitor'::regnamespace AND relname LIKE 'bi\\_%' AND relname NOT IN (SELECT view_name FROM byudv.monitor_views())");
	$is->('columns are those listed, in their order and of their types', <<"SQL");
SELECT l.view_name, l.column_name, a.attname, format_type(a.atttypid, a.atttypmod) FROM (SELECT *, row_number() OVER (PARTITION BY view_name ORDER BY ordinal) AS n FROM byudv.monitor_view_columns()) l
FULL JOIN (SELECT c.relname, a.* FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = '$monitor'::regnamespace AND c.relkind = 'v' AND a.attnum > 0) a ON a.relname = l.view_name AND a.attnum = l.n
WHERE a.attname IS DISTINCT FROM l.column_name
    OR replace(replace(replace(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar'), ' without time zone', ''), ' ', '') IS DISTINCT FROM replace(l.type, ' ', '')
SQL
	$is->('types are such as ODBC and Power BI read right', <<'SQL');
SELECT view_name, column_name, type FROM byudv.monitor_view_columns()
WHERE type !~ '^(integer|bigint|smallint|date|timestamp|varchar\([1-9][0-9]*\))$' AND NOT (type ~ '^numeric\([0-9]+, ?[0-9]+\)$' AND substring(type FROM '\d+')::int <= 18)
SQL
	$is->('names are what they ought to be', "SELECT view_name, column_name FROM byudv.monitor_view_columns() WHERE view_name !~ '^bi_[a-z_]+\$' OR column_name !~ '^[a-z][a-z0-9_]*\$'");
	$is->('every view has a comment with its key, descriptions and a question', <<"SQL");
SELECT view_name FROM byudv.monitor_views() v WHERE obj_description(to_regclass('$monitor.' || v.view_name), 'pg_class') IS DISTINCT FROM v.description_en || '. Unique key: ' || v.key
    OR coalesce(v.description_da, '') = '' OR coalesce(v.description_en, '') = '' OR coalesce(v.question_da, '') !~ '[?]\$' OR v.description_da = v.description_en
SQL
	$is->('every column has a comment, a Danish header and descriptions', <<"SQL");
SELECT k.view_name, k.column_name FROM byudv.monitor_view_columns() k LEFT JOIN pg_attribute a ON a.attrelid = to_regclass('$monitor.' || k.view_name) AND a.attname = k.column_name
WHERE col_description(a.attrelid, a.attnum) IS DISTINCT FROM k.description_en OR coalesce(k.description_en, '') = '' OR coalesce(k.description_da, '') = '' OR coalesce(k.label_da, '') = ''
SQL
	$is->('no header twice in a view', 'SELECT view_name, lower(label_da) FROM byudv.monitor_view_columns() GROUP BY 1, 2 HAVING count(*) > 1');
	$is->('codes have a label beside them', <<'SQL');
SELECT k.view_name, k.column_name FROM byudv.monitor_view_columns() k WHERE k.column_name IN ('area_code', 'dwelling_type', 'tenure', 'tenure_register', 'tenure_dst', 'start_tenure', 'new_build', 'population', 'age_band',
    'household_type', 'income_band', 'benefit', 'size_band', 'place', 'attribute', 'item', 'origin', 'measure', 'outcome', 'stage', 'unit')
    AND NOT EXISTS (SELECT FROM byudv.monitor_view_columns() l WHERE l.view_name = k.view_name AND l.column_name = regexp_replace(k.column_name, '_code$', '') || '_label')
SQL
	# What views read: results and bookkeeping of the monitor, and tables of the extension
	$is->('no view reads an input', <<"SQL");
SELECT DISTINCT v.relname, c.relname FROM pg_class v JOIN pg_rewrite w ON w.ev_class = v.oid JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
JOIN pg_class c ON c.oid = d.refobjid WHERE v.relnamespace = '$monitor'::regnamespace AND v.relkind = 'v' AND c.oid <> v.oid
    AND c.relnamespace <> 'byudv'::regnamespace AND (c.relnamespace <> '$monitor'::regnamespace OR c.relname IN (SELECT table_name FROM byudv.monitor_tables() WHERE role = 'input'))
SQL
	$is->('no view calls what is volatile', <<"SQL");
SELECT v.relname, p.proname FROM pg_class v JOIN pg_rewrite w ON w.ev_class = v.oid JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_proc'::regclass
JOIN pg_proc p ON p.oid = d.refobjid WHERE v.relnamespace = '$monitor'::regnamespace AND p.provolatile = 'v'
UNION ALL SELECT view_name, 'built-in' FROM byudv.monitor_views() WHERE query ~* '\\m(random|clock_timestamp|timeofday|statement_timestamp|nextval|txid_current)\\('
SQL

	# The rows
	my (@columns, %has);
	for my $view (@views)
	{
		my @key = @{ $view->{key} };
		$has{ $view->{name} }{ $_->[0] } = 1 for @{ $view->{columns} };
		my @missing = grep { !$has{ $view->{name} }{$_} } @key;
		is("@missing", '', "$monitor.$view->{name}: the key is of its columns") and
		$is->("$view->{name}: the key is unique and never NULL", sprintf 'SELECT %1$s FROM %2$s.%3$s GROUP BY %1$s HAVING count(*) > 1 OR num_nulls(%1$s) > 0 LIMIT 3', join(', ', @key), $monitor, $view->{name});
		for (@{ $view->{columns} })
		{
			my ($column, $type) = @$_;
			my $value = "v.$column";
			push @columns, "SELECT '$view->{name}.$column is infinite' WHERE EXISTS (SELECT FROM $monitor.$view->{name} v WHERE NOT isfinite($value))" if $type =~ /^(date|timestamp)/;
			push @columns, "SELECT '$view->{name}.$column is not a number' WHERE EXISTS (SELECT FROM $monitor.$view->{name} v WHERE $value = 'NaN')" if $type =~ /^numeric/;
			push @columns, "SELECT '$view->{name}.$column is cut' WHERE EXISTS (SELECT FROM $monitor.$view->{name} v WHERE length($value) = $1)" if $type =~ /^varchar\((\d\d+)\)/ && $column !~ /^(year_month|geojson)$/;
			push @columns, "SELECT '$view->{name}.$column is empty' WHERE EXISTS (SELECT FROM $monitor.$view->{name} v WHERE $value IS NULL OR $value = '')"
			  if $column =~ /^(.*)_label$/ && ($has{ $view->{name} }{$1} || $has{ $view->{name} }{"$1_code"});
		}
	}
	$is->('no infinite days, no NaN, no text that was cut, no missing labels', join ' UNION ALL ', @columns);
	is(join("\n", map { $_->{name} } grep { $node->safe_psql($database, "SELECT EXISTS (SELECT FROM $monitor.$_->{name})") eq 'f' } @views), '', "$monitor: every view has rows");

	# Facts and dimensions
	my @orphans;
	for my $view (grep { $_->{name} !~ /^bi_dim_/ } @views)
	{
		my $from = "FROM $monitor.$view->{name} v";
		my $of = $has{ $view->{name} };
		my $add = sub {
			my ($column, $where, $dimension) = @_;
			push @orphans, "SELECT DISTINCT '$view->{name}', '$column', v.${column}::text $from WHERE v.$column IS NOT NULL AND NOT EXISTS (SELECT FROM $monitor.bi_dim_$dimension d WHERE $where)";
		};
		$add->('area_code', 'd.area_kind = v.area_kind AND d.area_code = v.area_code', 'area') if $of->{area_code};
		$add->('year', 'd.year = v.year', 'year') if $of->{year} && !$of->{source} && !grep { $view->{name} eq $_ } qw(bi_expected_residents);
		$add->($_, "d.$dimension{$_} = v.$_", $dimension{$_}) for grep { $of->{$_} } sort keys %dimension;
		if ($of->{attribute} && $of->{item})
		{
			push @orphans, "SELECT DISTINCT '$view->{name}', v.attribute, v.item $from WHERE v.attribute = '$_' AND NOT EXISTS (SELECT FROM $monitor.bi_dim_$_ d WHERE d.$_ = v.item)"
			  for qw(age_band household_type income_band benefit size_band);
		}
	}
	$is->('every code of a fact is in its dimension', join ' UNION ALL ', map { "($_)" } @orphans);
	return;
}

1;
