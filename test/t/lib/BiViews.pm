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
    'household_type', 'income_band', 'benefit', 'size_band', 'place', 'attribute', 'item', 'origin', 'measure', 'outcome', 'stage')
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

	# The rows, of copies: a view would be computed anew for each question
	my %has;
	my $copies = "${monitor}_copy";
	$node->safe_psql($database, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS $copies CASCADE; CREATE SCHEMA $copies;" . join '', map { "CREATE TABLE $copies.$_->{name} AS SELECT * FROM $monitor.$_->{name};" } @views);
	for my $view (@views)
	{
		my ($name, @key) = ($view->{name}, @{ $view->{key} });
		$has{$name}{ $_->[0] } = 1 for @{ $view->{columns} };
		my $of = $has{$name};
		my @missing = grep { !$of->{$_} } @key;
		is("@missing", '', "$monitor.$name: the key is of its columns") and
		$is->("$name: the key is unique and never NULL", sprintf 'SELECT %1$s FROM %2$s.%3$s GROUP BY %1$s HAVING count(*) > 1 OR num_nulls(%1$s) > 0 LIMIT 3', join(', ', @key), $copies, $name);
		my @odd;
		for (@{ $view->{columns} })
		{
			my ($column, $type) = @$_;
			push @odd, [ 'is infinite', "NOT isfinite($column)", $column ] if $type =~ /^(date|timestamp)/;
			push @odd, [ 'is not a number', "$column = 'NaN'", $column ] if $type =~ /^numeric/;
			push @odd, [ 'is cut', "length($column) = $1", $column ] if $type =~ /^varchar\((\d\d+)\)/ && $column !~ /^(year_month|geojson)$/;    # which are cut on purpose
			my ($code) = $column =~ /^(.*)_label$/ or next;
			$code = "${code}_code" unless $of->{$code};
			push @odd, [ 'is empty', "coalesce($column, '') = '' AND $code IS NOT NULL", $column ] if $of->{$code};
		}
		$is->("$name: no infinite days, no NaN, no text that was cut, no missing labels", 'SELECT nullif(concat_ws(\', \', ' . join(', ', 'NULL', map { "CASE WHEN count(*) FILTER (WHERE $_->[1]) > 0 THEN '$_->[2] $_->[0]' END" } @odd) . "), '') FROM $copies.$name");
	}
	is(join(' ', map { $_->{name} } grep { $node->safe_psql($database, "SELECT EXISTS (SELECT FROM $copies.$_->{name})") eq 'f' } @views), '', "$monitor: every view has rows");

	# Facts and dimensions
	for my $view (grep { $_->{name} !~ /^bi_dim_/ } @views)
	{
		my ($name, $of, @orphans) = ($view->{name}, $has{ $view->{name} });
		my $add = sub {
			my ($columns, $where, $dimension) = @_;
			push @orphans, "(SELECT '$dimension', f::text FROM (SELECT DISTINCT $columns FROM $copies.$name v) f WHERE num_nulls($columns) = 0 AND NOT EXISTS (SELECT FROM $copies.bi_dim_$dimension d WHERE $where) LIMIT 3)";
		};
		$add->('area_kind, area_code', 'd.area_kind = f.area_kind AND d.area_code = f.area_code', 'area') if $of->{area_kind};
		# years of plans and of others' figures need not be those of the monitor
		$add->('year', 'd.year = f.year', 'year') if $of->{year} && $name !~ /^bi_(expected_residents|indicator)$/;
		$add->($_, "d.$dimension{$_} = f.$_", $dimension{$_}) for grep { $of->{$_} } sort keys %dimension;
		if ($of->{attribute} && $of->{item})
		{
			push @orphans, "(SELECT '$_', f.item FROM (SELECT DISTINCT attribute, item FROM $copies.$name) f WHERE f.attribute = '$_' AND NOT EXISTS (SELECT FROM $copies.bi_dim_$_ d WHERE d.$_ = f.item))"
			  for qw(age_band household_type income_band benefit size_band);
		}
		$is->("$name: every code is in its dimension", join ' UNION ALL ', @orphans) if @orphans;
	}
	return;
}

1;
