# The BI views of two monitors, the demo municipality and the small town: what all of them must be, columns that are only ever appended, totals that agree
# between views, readers who see the views and nothing else, protected persons, exports for Excel, and the examples of help().
use strict;
use warnings;
use File::Glob 'bsd_glob';
use POSIX ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;
use BiViews;

my $node = new_server('main', conf => "autovacuum = off\njit = off\n");
new_database($node, 'a');
make_town($node, 'a');
my $quiet = "SET client_min_messages = warning;\n";
# Some live under protection, and findings about them and their homes are known
$node->safe_psql('a', new_monitor('nord') . "UPDATE nord.person SET protected = true WHERE person_id % 7 = 3;
	UPDATE nord.area SET geojson = '{\"type\":\"Polygon\",\"coordinates\":[[[12,55],[12,56],[13,56],[12,55]]]}' WHERE kind = 'kvarter'; CALL byudv.refresh('nord');");

my $demo = "$ENV{PG_ABS_SRCDIR}/../demo/municipality";
my $folder = PostgreSQL::Test::Utils::tempdir();
my @monitors = ('nord');
SKIP:
{
	skip 'the folder demo is not beside the tests', 1 unless -d $demo;
	command_ok([ $ENV{CC} || 'cc', '-std=c99', '-O2', '-o', "$folder/municipality", bsd_glob("$demo/*.c") ], 'the generator compiles');
	run_command([ "$folder/municipality", '--out', "$folder/files" ]);
	run_command([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-v', 'monitor=birkelev', '-v', "folder=$folder/files", '-d', $node->connstr('a'), '-f', "$demo/load.sql" ]);
	$node->safe_psql('a', "${quiet}CALL byudv.refresh('birkelev')");
	push @monitors, 'birkelev';
}
check_views($node, 'a', $_) for @monitors;

# ---- Totals agree between views, by year, who is counted and area; what is hidden is in the rows hidden. Lists what differs.
sub agree
{
	my ($monitor, $what, $left, $right, @columns) = @_;
	my $by = join ', ', @columns;
	my $query = "SELECT $by, l.n, r.n FROM (SELECT $by, sum(n) AS n FROM ($left) x GROUP BY $by) l FULL JOIN (SELECT $by, sum(n) AS n FROM ($right) x GROUP BY $by) r USING ($by) WHERE l.n IS DISTINCT FROM r.n ORDER BY $by LIMIT 3";
	is($node->safe_psql('a', "SET search_path = ${monitor}_copy; $query"), '', "$monitor: $what");
	cmp_ok($node->safe_psql('a', "SET search_path = ${monitor}_copy; SELECT count(DISTINCT ($by)) FROM ($left) x WHERE n > 0"), '>', 3, '... of some rows');
	return;
}
for my $monitor (@monitors)
{
	my @area = qw(year area_kind area_code);
	my @who = ('population', @area);
	my $moves = 'SELECT year, population, area_kind, area_code, persons AS n FROM bi_moves';
	agree($monitor, 'moves by month', $moves, 'SELECT *, persons AS n FROM bi_moves_month', @who);
	agree($monitor, 'moves by place', $moves, 'SELECT *, persons AS n FROM bi_moves_place', @who);
	for my $attribute (qw(age_band household_type income_band benefit size_band))
	{
		my $profile = "SELECT *, persons AS n FROM bi_mover_profile WHERE attribute = '$attribute'";
		agree($monitor, "moves by $attribute", $moves, "$profile AND population NOT IN ('resident', 'stayer')", @who);
		agree($monitor, "residents by $attribute", 'SELECT *, residents AS n FROM bi_stock', "$profile AND population = 'resident'", @area);
		agree($monitor, "$attribute by area and by dwelling", "$profile AND area_kind = 'all' AND population <> 'stayer'", "SELECT *, persons AS n FROM bi_mover_profile_dwelling WHERE attribute = '$attribute'", qw(year population));
	}
	agree($monitor, 'moves by month and dwelling', "$moves WHERE area_kind = 'all'", 'SELECT *, persons AS n FROM bi_moves_month_dwelling', qw(year population));
	agree($monitor, 'moves into and out of new dwellings', "SELECT *, persons AS n FROM bi_moves WHERE new_build = 'new'", 'SELECT *, persons AS n FROM bi_new_build', @who, qw(dwelling_type tenure));
	agree($monitor, 'dwellings', 'SELECT *, dwellings AS n FROM bi_stock WHERE dwellings > 0', 'SELECT *, dwellings AS n FROM bi_stock_tenure', @area, qw(dwelling_type tenure new_build));
	agree($monitor, 'dwellings and their diversity', 'SELECT *, dwellings AS n FROM bi_stock WHERE dwellings > 0', 'SELECT *, dwellings AS n FROM bi_stock_diversity', @area);
	agree($monitor, 'vacant dwellings', 'SELECT *, vacant_dwellings AS n FROM bi_stock WHERE dwellings > 0', 'SELECT *, vacant_dwellings AS n FROM bi_stock_tenure', @area, qw(dwelling_type tenure new_build));
	agree($monitor, 'new dwellings and how their chains end', "SELECT *, new_dwellings AS n FROM bi_chains WHERE area_kind = 'all' AND round = 0", 'SELECT start_year, start_tenure, round(sum(vacancies)) AS n FROM bi_chain_ends GROUP BY 1, 2', qw(start_year start_tenure));
	# areas of each kind are the whole
	for (
		[ 'bi_moves', 'persons', qw(year population) ], [ 'bi_stock', 'residents', 'year' ], [ 'bi_stock', 'nullif(dwellings, 0)', qw(year new_build) ], [ 'bi_stock_tenure', 'dwellings', qw(year size_band) ],
		[ 'bi_moves_place', 'persons', qw(year population) ], [ 'bi_turnover', 'ends', qw(year dwelling_type tenure new_build) ], [ 'bi_chains', 'new_dwellings', qw(start_year start_tenure) ], [ 'bi_chains', 'round(vacancies, 3)', qw(start_year start_tenure round) ])
	{
		my ($view, $value, @by) = @$_;
		my @kinds = split /\n/, $node->safe_psql('a', "SELECT DISTINCT area_kind FROM ${monitor}_copy.$view WHERE area_kind <> 'all'");
		ok(@kinds > 1, "$monitor: $view has kinds of areas");
		agree($monitor, "$view: $value by $_ is that of the whole", "SELECT *, $value AS n FROM $view WHERE area_kind = 'all'", "SELECT *, $value AS n FROM $view WHERE area_kind = '$_'", @by) for @kinds;
	}
}

# ---- Columns are only ever appended: those of the last release are the first of today's. At a release, write the list anew:
# psql -XAt -F ' ' -c 'SELECT view_name, column_name, type FROM byudv.monitor_view_columns()' > test/data/bi_columns.txt
my (%released, %now);
push @{ $released{ $_->[0] } }, $_->[1] for map { [ split / /, $_, 2 ] } split /\n/, slurp_file("$ENV{PG_ABS_SRCDIR}/data/bi_columns.txt");
for my $view (views_of($node, 'a')) { $now{ $view->{name} } = [ map { "$_->[0] $_->[1]" } @{ $view->{columns} } ] }
for my $view (sort keys %released)
{
	my @first = @{ $now{$view} || [] };
	splice @first, @{ $released{$view} } if @first > @{ $released{$view} };
	is_deeply(\@first, $released{$view}, "$view has the columns that it was released with, and new ones behind them");
}

# ---- Inputs are the user's own: they can be dropped and replaced by views
$node->safe_psql('a', "BEGIN; $quiet" . join('', map { "ALTER TABLE nord.$_ RENAME TO old_$_; CREATE VIEW nord.$_ AS SELECT * FROM nord.old_$_; DROP VIEW nord.$_; DROP TABLE nord.old_$_;\n" } @INPUT) . 'ROLLBACK');
pass('every input can be dropped and replaced, whatever the views');

# ---- An attack: nothing that is hidden can be computed from all that is shown, with its sums, by linear programming
my $attack = "$ENV{PG_ABS_SRCDIR}/attack";
SKIP:
{
	skip 'the library GLPK is not installed (package libglpk-dev)', 1 if system("printf '#include <glpk.h>\n' | cc -E - >/dev/null 2>&1");
	command_ok([ $ENV{CC} || 'cc', '-std=gnu99', '-O2', '-Wall', '-Wextra', '-Werror', '-o', "$folder/bounds", "$attack/bounds.c", '-lglpk' ], 'the program that works out bounds compiles');
	# In a table of two by two with its sums a single hidden cell is known; of four, none is; and a sum that is not right is seen
	my $by_hand = "$folder/by_hand";
	append_to_file($by_hand, "begin 4\nsum 5 1 2\nsum 3 3 4\nsum 4 1 3\nsum 4 2 4\nask all_hidden 1\nend\nbegin 4\nsum 5 1 2\nsum 3 3 4\nsum 4 1 3\nsum 4 2 4\nsum 3 1\nask one_shown 4\nend\n"
		. "begin 2\nsum 5 1 2\nsum 6 1\nask wrong 1\nend\n");
	is(`"$folder/bounds" < "$by_hand"`, "all_hidden 1.000000 4.000000\none_shown 2.000000 2.000000\ninfeasible\n", 'which it does right for what can be worked out by hand');
	for my $monitor (@monitors)
	{
		my $part = $monitor eq 'birkelev' ? 0.2 : 1;
		my $problems = "$folder/problems-$monitor";
		run_command([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-v', "monitor=$monitor", '-v', "part=$part", '-v', "out=$problems", '-v', 'ring=0.05', '-v', 'questions=0.2', '-v', "out_rings=$problems-rings",
			'-d', $node->connstr('a'), '-f', "$attack/problems.sql" ]);
		# Each table by itself; then areas by kind of home and both by one attribute, three tables at once
		for ([ $problems, 'tables', 3000 ], [ "$problems-rings", 'rings of tables', 500 ])
		{
			my ($file, $what, $many) = @$_;
			my $asked = () = slurp_file($file) =~ /^ask /mg;
			my @bounds = split /\n/, `"$folder/bounds" < "$file"`;
			is(scalar(@bounds), $asked, "$monitor, $what: bounds of $asked hidden cells, and no table contradicts another");
			# known: there is one whole number only between the bounds
			my @known = grep { my ($label, $lower, $upper) = split / /; my ($from, $to) = (POSIX::ceil($lower - 1e-5), POSIX::floor($upper + 1e-5)); $from >= $to && $from > 0 && $from < 3 } @bounds;
			is_deeply(\@known, [], "$monitor, $what: none below 3 can be computed") if $asked;
			cmp_ok($asked, '>', $many, "$monitor, $what: a good many were asked for") if $monitor eq 'birkelev';
		}
	}
}

# ---- The guide shows each view with a question
my $guide = "$ENV{PG_ABS_SRCDIR}/../docs/vejledning-bi.md";
SKIP:
{
	skip 'the folder docs is not beside the tests', 1 unless -f $guide;
	my $text = slurp_file($guide);
	is_deeply([ grep { my $name = $_->{name}; $name !~ /^bi_dim_/ ? $text !~ /^### \Q$name\E: .*\?$/m : $text !~ /`\Q$name\E`/ } views_of($node, 'a') ], [], 'each view is in the guide, with a question');
}

# ---- Readers
$node->safe_psql('a', 'CREATE ROLE reader LOGIN; CREATE ROLE analyst LOGIN');
sub said
{
	my ($role, $sql) = @_;
	my ($code, $out, $err) = $node->psql('a', "\\set VERBOSITY verbose\n$sql", extra_params => [ '-U', $role ], on_error_stop => 0);
	return $out . $err;
}
my @views = map { $_->{name} } views_of($node, 'a');
like(said('reader', "SELECT count(*) FROM nord.$views[0];"), qr/42501: permission denied for schema nord/, 'a role that nobody let in reads nothing');
is($node->safe_psql('a', "SELECT byudv.grant_reader('nord', 'reader')"), 'Role reader can read the views bi_... of monitor nord, and nothing under them.', 'grant_reader');
is(said('reader', join '', map { "SELECT EXISTS (SELECT FROM nord.$_) IS NOT NULL;\n" } @views), join("\n", ('t') x @views), 'a reader reads every view');
my @others = split /\n/, $node->safe_psql('a', "SELECT relname FROM pg_class WHERE relnamespace = 'nord'::regnamespace AND relkind IN ('r', 'v', 'S', 'm', 'f', 'p') AND relname NOT LIKE 'bi\\_%' ORDER BY 1");
cmp_ok(@others, '>', 25, scalar(@others) . ' other relations');
is_deeply([ grep { said('reader', "SELECT count(*) FROM nord.$_;") !~ /42501: permission denied for table \Q$_\E/ } @others ], [], 'and none of these');
is($node->safe_psql('a', "SELECT string_agg(c.relname, ' ') FROM pg_class c, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
	WHERE c.relnamespace = 'nord'::regnamespace AND c.relkind IN ('r', 'v') AND has_table_privilege('reader', c.oid, p)"), '', 'a reader changes nothing');
like(said('reader', "SELECT byudv.grant_reader('nord', 'analyst');"), qr/42501: permission denied for (monitor "nord"|table)/, 'nor lets others in');
like(said('reader', "CREATE VIEW nord.bi_own AS SELECT 1;"), qr/42501: permission denied for schema nord/, 'nor adds a view');
like(said('reader', "CALL byudv.refresh('nord');"), qr/42501: permission denied/, 'nor refreshes');
is($node->safe_psql('a', "SELECT byudv.upgrade_monitor('nord') IS NOT NULL"), 't', 'the views are made again');
is(said('reader', "SELECT EXISTS (SELECT FROM nord.$views[-1]) IS NOT NULL;"), 't', 'and a reader still reads them');

# What the dashboard shows. test/browser compares the page with the views, where there is a browser.
for my $monitor (@monitors)
{
	$node->safe_psql('a', "SELECT byudv.grant_reader('$monitor', 'reader')");
	like(said('reader', "SELECT length(byudv.dashboard_data('$monitor')::text);"), qr/^\d{5,7}$/, "$monitor: what the dashboard shows, told to a reader, is not too much");
	$node->safe_psql('a', "SET search_path = ''; CREATE TABLE public.shown AS SELECT byudv.dashboard_data('$monitor') -> 'tables' AS tables");
	is($node->safe_psql('a', "SELECT string_agg(d.name, ' ') FROM byudv.dashboard_tables() d, shown x
		WHERE x.tables -> d.name ->> 'columns' IS DISTINCT FROM to_jsonb(d.keys || d.measures)::text OR jsonb_typeof(x.tables -> d.name -> 'rows') IS DISTINCT FROM 'array' OR d.by_year AND EXISTS (SELECT
			FROM jsonb_array_elements(x.tables -> d.name -> 'rows') r, generate_series(cardinality(d.keys), cardinality(d.keys || d.measures) - 1) i WHERE jsonb_array_length(r -> i::int) <> jsonb_array_length(x.tables #> '{years, rows}'))"),
		'', "$monitor: all tables are there, with series over all years");
	is($node->safe_psql('a', "SELECT d.name FROM byudv.dashboard_tables() d, shown x, jsonb_array_elements(x.tables #> ARRAY[d.name, 'rows']) r
		GROUP BY d.name, (SELECT jsonb_agg(r -> i::int) FROM generate_series(0, cardinality(d.keys) - 1) i) HAVING count(*) > 1"), '', "$monitor: one row a key");
	is($node->safe_psql('a', "SELECT (SELECT sum(n::int) FROM jsonb_array_elements(tables #> '{stock, rows}') r, jsonb_array_elements_text(r -> 3) n WHERE r -> 0 = '0') = (SELECT sum(dwellings) FROM $monitor.bi_stock WHERE area_kind = 'all')
		AND (SELECT sum(n::int) FROM jsonb_array_elements(tables #> '{moves, rows}') r, jsonb_array_elements_text(r -> 3) n WHERE r -> 0 = '0') = (SELECT sum(persons) FROM $monitor.bi_moves WHERE area_kind = 'all' AND population <> 'internal_out')
		FROM shown"), 't', "$monitor: dwellings and moves are those of the views");
	$node->safe_psql('a', 'DROP TABLE shown');
	$node->safe_psql('a', "SELECT byudv.revoke_reader('$monitor', 'reader')") if $monitor ne 'nord';
}
is($node->safe_psql('a', "SELECT byudv.create_monitor('unread') IS NOT NULL"), 't', 'a monitor without figures');
like(said('postgres', "SELECT byudv.dashboard_data('unread');"), qr/55000: monitor "unread" has not been refreshed yet.*CALL byudv.refresh\('unread'\)/s, 'has no dashboard');
like(said('postgres', "SELECT byudv.dashboard_data('nowhere');"), qr/3F000: there is no monitor "nowhere".*byudv.monitors/s, 'nor has what is no monitor');
like(said('postgres', "SELECT byudv.dashboard_data(NULL);"), qr/3F000: there is no monitor/, 'nor has NULL');
$node->safe_psql('a', 'DROP SCHEMA unread CASCADE');

# Nobody under protection shows, neither as a value in a row nor to a function that a reader puts into the conditions of a query
my ($hidden_homes) = $node->safe_psql('a', "SELECT count(DISTINCT r.dwelling_id) FROM nord.residence r JOIN nord.person p USING (person_id) WHERE p.protected AND r.dwelling_id IS NOT NULL AND r.to_date IS NULL");
cmp_ok($hidden_homes, '>', 20, "$hidden_homes homes of protected persons");
my $trap = <<'SQL';
CREATE FUNCTION pg_temp.trap(value text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$BEGIN RAISE NOTICE 'seen %', value; RETURN true; END$$;
SQL
for my $view (views_of($node, 'a'))
{
	for my $column (map { $_->[0] } grep { $_->[0] =~ /^(person_id|issue_key|detail|address)$/ || $_->[0] eq 'dwelling_id' } @{ $view->{columns} })
	{
		my $whose = $column =~ /^(dwelling_id|address)$/
		  ? "SELECT @{[ $column eq 'address' ? 'd.address' : 'd.dwelling_id::text' ]} FROM nord.dwelling d JOIN nord.residence r USING (dwelling_id) JOIN nord.person p USING (person_id) WHERE p.protected AND r.to_date IS NULL"
		  : 'SELECT p.person_id::text FROM nord.person p WHERE p.protected';
		my %whose = map { $_ => 1 } split /\n/, $node->safe_psql('a', $whose);
		my $shown = said('reader', "SELECT $column FROM nord.$view->{name} WHERE $column IS NOT NULL;");
		my $seen = said('reader', "$trap SELECT count(*) FROM nord.$view->{name} v WHERE pg_temp.trap(v.$column\::text);");
		for my $found ([ 'shown', $shown ], [ 'seen by a function', $seen ])
		{
			my @values = map { s/^.*seen //r =~ s/^([0-9]+)\/.*/$1/r } split /\n/, $found->[1];
			my @bad = grep { $whose{$_} } @values;
			is("@bad[0 .. ($#bad < 4 ? $#bad : 4)]", '', "$view->{name}.$column: nobody under protection is $found->[0]");
		}
	}
}
is($node->safe_psql('a', "SELECT byudv.revoke_reader('nord', 'reader')"), 'Role reader can no longer read monitor nord.', 'revoke_reader');
is_deeply([ grep { said('reader', "SELECT count(*) FROM nord.$_;") !~ /42501: permission denied/ } @views ], [], 'a reader no more reads nothing');
is($node->safe_psql('a', "SELECT count(*) FROM pg_class WHERE relacl::text LIKE '%reader=%'"), '0', 'and nothing is left of it');

# ---- CSV for Danish Excel, against lines by hand: the areas of a monitor that has no others
$node->safe_psql('a', "$quiet SELECT byudv.create_monitor('csv', 151)");
$node->safe_psql('a', <<'SQL');
INSERT INTO csv.area_list (area_kind, area_code, area_kind_label, area_label, sort_order, geojson) VALUES ('kvarter', '01', 'Kvarter', 'Ærø; nord', 1, NULL), ('kvarter', '02', 'Kvarter', E'"Øst"\nog syd', 2, '{}'),
	('kvarter', '03', 'Kvarter', '=1+1', 3, NULL), ('kvarter', '04', 'Kvarter', ' blank', 4, NULL), ('kvarter', '05', 'Kvarter', 'a"b', 5, NULL), ('kvarter', '-6', 'Kvarter', 'a-b', 6, NULL);
UPDATE csv.state SET parameters = '{"study_from": "2016-03-01", "as_of": "2017-01-01"}';
SQL
is($node->safe_psql('a', "SELECT line FROM byudv.danish_csv('csv', 'bi_dim_area') line"), <<'CSV' =~ s/\n\z//r, 'CSV of text');
Områdetype;Områdekode;Områdetypens navn;Område;Rækkefølge;Har kort
kvarter;'-6;Kvarter;a-b;6;0
kvarter;01;Kvarter;"Ærø; nord";1;0
kvarter;02;Kvarter;"""Øst""
og syd";2;1
kvarter;03;Kvarter;'=1+1;3;0
kvarter;04;Kvarter;" blank";4;0
kvarter;05;Kvarter;"a""b";5;0
CSV
is($node->safe_psql('a', "SET datestyle = 'SQL, MDY'; SELECT line FROM byudv.danish_csv('csv', 'bi_dim_year') line"), <<'CSV' =~ s/\n\z//r, 'CSV of numbers and days, whatever DateStyle is');
År;Første dag;Sidste dag;Helt år;Har bestand
2016;01-03-2016;31-12-2016;0;0
2017;01-01-2017;31-12-2016;0;1
CSV
like(said('reader', "SELECT byudv.danish_csv('csv', 'bi_dim_year');"), qr/42501: permission denied for schema csv/, 'who may not read may not export');
like(said('reader', "SELECT byudv.danish_csv('csv', 'person');"), qr/42P01: there is no BI view "person".*The views are: bi_.*Give the name of one of them/s, 'only views are exported');
like($node->safe_psql('a', "SELECT line FROM byudv.danish_csv('nord', 'bi_stock_tenure') line OFFSET 1 LIMIT 1"), qr/^20\d\d;/, 'lines of rows');

# ---- Files
my $script = "$ENV{PG_ABS_SRCDIR}/../scripts/export.sh";
SKIP:
{
	skip 'the folder scripts is not beside the tests', 1 unless -x $script;
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => 'a', MONITOR => 'nord', OUT => "$folder/out", FORMATS => 'csv');
	my ($out, $err) = run_command([$script]);
	like($out, qr/csv: @{[ scalar @views ]} views/, 'files of CSV') or diag($err);
	is_deeply([ grep { !-s "$folder/out/$_.csv" } @views ], [], 'each view has its own');
	my $csv = slurp_file("$folder/out/bi_stock_tenure.csv");
	is(substr($csv, 0, 3), "\xef\xbb\xbf", 'with a byte order mark');
	is($csv =~ tr/\n//, 1 + $node->safe_psql('a', 'SELECT count(*) FROM nord.bi_stock_tenure'), 'a line a row, and the header');
	is($csv =~ s/^\xef\xbb\xbf|\n\z//gr, $node->safe_psql('a', "SELECT line FROM byudv.danish_csv('nord', 'bi_stock_tenure') line"), 'as danish_csv() gives them');

	skip 'ogr2ogr is not installed (package gdal-bin): no .xlsx', 1 if system('command -v ogr2ogr >/dev/null 2>&1');
	$ENV{FORMATS} = 'xlsx';
	($out, $err) = run_command([$script]);
	like($out, qr/nord\.xlsx: @{[ scalar @views ]} sheets/, 'one .xlsx') or diag($err);
	my ($sheets) = run_command([ 'ogrinfo', '-ro', "$folder/out/nord.xlsx" ]);
	is_deeply([ sort $sheets =~ /^\d+: (\w+)/mg ], [ sort @views ], 'with a sheet a view');
	my %kinds = (integer => qr/Integer/, smallint => qr/Integer/, bigint => qr/Integer/, numeric => qr/Real|Integer/, date => qr/Date/, timestamp => qr/DateTime/, varchar => qr/String/);
	my @wrong;
	my ($all) = run_command([ 'ogrinfo', '-ro', '-so', '-al', "$folder/out/nord.xlsx" ]);
	my %info = map { /^ (\w+)\n/ ? ($1 => $_) : () } split /^Layer name:/m, $all;
	for my $view (views_of($node, 'a'))
	{
		my $info = $info{ $view->{name} };
		push @wrong, "$view->{name}: rows" unless $info =~ /Feature Count: (\d+)/ && $1 == $node->safe_psql('a', "SELECT count(*) FROM nord_copy.$view->{name}");
		my @filled = split /\|/, $node->safe_psql('a', 'SELECT ' . join(', ', map { "count($_->[0])" } @{ $view->{columns} }) . " FROM nord_copy.$view->{name}");
		for (@{ $view->{columns} })
		{
			my ($name, $type, $label) = @$_;
			my ($kind) = $type =~ /^(\w+)/;
			next if shift(@filled) == 0;    # an empty column has no type in a sheet
			push @wrong, "$view->{name}.$name ($label): $type" unless $info =~ /^\Q$label\E: (\w+)/m && $1 =~ $kinds{$kind};
		}
	}
	is(join("\n", @wrong), '', 'its rows, Danish headers and types');
}

# ---- The examples of help() run, but for those that need extracts or pg_cron
SKIP:
{
	skip 'no demo municipality', 1 unless @monitors > 1;
	$node->safe_psql('a', 'CREATE VIEW my_dwellings AS SELECT d.dwelling_id, d.unit_use, d.unit_kind, b.building_use, o.owner_code, o.owner_name, b.defect_insurance
		FROM birkelev.dwelling d JOIN birkelev.building b USING (building_id) JOIN birkelev.ownership o ON o.property_id = b.property_id WHERE o.valid_to IS NULL');
	my $examples = $node->safe_psql('a', "SELECT example || ';' FROM byudv.help() WHERE example !~ 'schedule_refresh|citus_|import_(bbr|lois|cpr|lbf|stat)'");
	my ($code, $out, $err) = $node->psql('a', $quiet . $examples, on_error_stop => 1);
	is("$code $err", '0 ', 'the examples of help() run on the demo municipality');
	my $count = () = $examples =~ /;$/mg;
	cmp_ok($count, '>', 80, "$count of them");
}
done_testing();
