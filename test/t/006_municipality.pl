# The demo municipality: its generator gives the same bytes for the same seed, and what it writes is known well enough to be a test of what is computed
# from it: sizes, tenure against the truth, planted errors, and the six findings.
use strict;
use warnings;
use File::Glob 'bsd_glob';
use Digest::MD5;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $demo = "$ENV{PG_ABS_SRCDIR}/../demo";
plan skip_all => 'the folder demo is not beside the tests' unless -d "$demo/municipality";

my $folder = PostgreSQL::Test::Utils::tempdir();
my $program = "$folder/municipality";
command_ok([ $ENV{CC} || 'cc', '-std=c99', '-O2', '-Wall', '-Wextra', '-Werror', '-o', $program, bsd_glob("$demo/municipality/*.c") ], 'the generator compiles');

# All bytes of all files
sub digest_of
{
	my ($out, @options) = @_;
	my $digest = Digest::MD5->new;
	run_command([ $program, '--out', "$folder/$out", @options ]);
	for my $file (sort glob("$folder/$out/*.csv"))
	{
		open(my $handle, '<:raw', $file) or die "$file: $!";
		$digest->add($file =~ s/.*\///r)->addfile($handle);
		close($handle);
	}
	return $digest->hexdigest;
}

my $first = digest_of('first');
is(digest_of('second'), $first, 'one seed, same bytes');
isnt(digest_of('second', '--seed', '2'), $first, 'another seed, other bytes');
isnt(digest_of('second', '--seed', '2', '--scale', '2', '--from', '2014', '--to', '2023', '--attributes', '2'), $first, 'two municipalities, other years');
command_fails_like([ $program, '--out', "$folder/none", '--scale', '121' ], qr/--scale takes a number from 1 to 120/, 'a scale out of range');
command_fails_like([ $program, '--out', "$folder/none", '--to', '2007' ], qr/8 to 60 years/, 'too few years');
command_fails_like([ $program ], qr/--out is needed/, 'no folder');

my $node = new_server('main', conf => "autovacuum = off\njit = off\n");
new_database($node, 'a');

sub run_file
{
	my ($file, @variables) = @_;
	my ($out, $err) = run_command([ 'psql', '-XqAt', '-F', '|', '-v', 'ON_ERROR_STOP=1', (map { ('-v', $_) } @variables), '-d', $node->connstr('a'), '-f', "$demo/municipality/$file" ]);
	is($err =~ s/.*NOTICE: .*\n?//gr, '', "$file runs");
	return ($out, $err);
}

# Loads, refreshes, and returns the report
sub monitor
{
	my ($monitor, $files, @variables) = @_;
	run_file('load.sql', "monitor=$monitor", "folder=$folder/$files", @variables);
	$node->safe_psql('a', "CALL byudv.refresh('$monitor')");
	diag("refresh of $monitor: " . $node->safe_psql('a', "SELECT string_agg(concat(step, ' ', round(extract(epoch FROM finished_at - started_at), 2), ' s'), ', ' ORDER BY finished_at) FROM $monitor.run_log"));
	return (run_file('report.sql', "monitor=$monitor"))[0];
}

my $report = monitor('birkelev', 'first');
my %rows = map { split /\|/ } split /\n/, $node->safe_psql('a', 'SET search_path = birkelev, birkelev_truth;' . join ' UNION ALL ', map { "SELECT '$_', count(*) FROM $_" }
	  qw(building dwelling ownership person household_type person_attribute address_period area dwelling_area plan_project plan_dwelling indicator tenure_override truth_dwelling truth_error));
my %bounds = (building => [ 8000, 14000 ], dwelling => [ 28000, 38000 ], ownership => [ 20000, 45000 ], person => [ 75000, 110000 ], household_type => [ 100000, 220000 ],
	person_attribute => [ 700000, 1300000 ], address_period => [ 150000, 300000 ], area => [ 40, 150 ], dwelling_area => [ 50000, 80000 ], plan_project => [ 30, 90 ],
	plan_dwelling => [ 30, 90 ], indicator => [ 100, 200 ], tenure_override => [ 10, 40 ], truth_dwelling => [ 25000, 27000 ], truth_error => [ 3000, 8000 ]);
for my $table (sort keys %bounds)
{
	my ($least, $most) = @{ $bounds{$table} };
	ok($rows{$table} >= $least && $rows{$table} <= $most, "$table: $rows{$table} rows, $least to $most expected");
}

# Nothing is wrong but what was planted
sub none
{
	my ($what, $query) = @_;
	is($node->safe_psql('a', "SET search_path = birkelev, birkelev_truth; SELECT count(*) FROM ($query) x"), '0', "none: $what");
}
none('two addresses at a time that were not planted', <<'SQL');
SELECT FROM (SELECT person_id, to_date, lead(from_date) OVER (PARTITION BY person_id ORDER BY from_date, to_date) AS next
             FROM address_period WHERE from_date < coalesce(to_date, 'infinity')) a
WHERE next < coalesce(to_date, 'infinity')
  AND NOT EXISTS (SELECT FROM truth_error e WHERE e.table_name = 'address_period' AND e.key LIKE a.person_id || '/%')
SQL
none('residents before the dwelling was there', 'SELECT FROM address_period a JOIN dwelling d USING (dwelling_id) WHERE a.from_date < d.available_from AND a.from_date < a.to_date');
none('residents in demolished dwellings that were not planted', <<'SQL');
SELECT FROM address_period a JOIN dwelling d USING (dwelling_id) JOIN truth_dwelling t USING (dwelling_id)
WHERE coalesce(a.to_date, 'infinity') > d.demolished_on AND t.planted <> 'residents_in_demolished'
SQL
none('addresses before birth', 'SELECT FROM address_period a JOIN person p USING (person_id) WHERE a.from_date < p.born_on');
none('household types or owners that overlap', <<'SQL');
SELECT FROM (SELECT valid_to, lead(valid_from) OVER (PARTITION BY person_id ORDER BY valid_from) AS next FROM household_type
             UNION ALL
             SELECT valid_to, lead(valid_from) OVER (PARTITION BY property_id, dwelling_id ORDER BY valid_from) FROM ownership) x
WHERE next < coalesce(valid_to, 'infinity')
SQL
none('dwellings without an owner', 'SELECT FROM dwelling d WHERE NOT EXISTS (SELECT FROM ownership o WHERE o.dwelling_id = d.dwelling_id)
	AND NOT EXISTS (SELECT FROM ownership o WHERE o.property_id = d.property_id)');
none('persons named like an organisation', "SELECT FROM ownership WHERE owner_person_id IS NOT NULL AND byudv.owner_kind(owner_name) NOT IN ('unclassified')");
none('areas that are not described', 'SELECT FROM dwelling_area LEFT JOIN area a USING (kind, code) WHERE a.code IS NULL');

# Sums of the views: every home that is new is accounted for by how its chain ends; every kind of area has the same occupancies, those that a summary of them all has
none('chains that do not end as often as they begin', <<'SQL');
SELECT FROM (SELECT start_year, start_tenure, sum(new_dwellings) AS begun FROM bi_chains WHERE area_kind = 'all' GROUP BY 1, 2) c
FULL JOIN (SELECT start_year, start_tenure, sum(vacancies) AS ended FROM bi_chain_ends GROUP BY 1, 2) e USING (start_year, start_tenure) WHERE abs(begun - ended) < 0.00001 IS NOT TRUE
SQL
none('rounds that differ between kinds of area, or from the chains', <<'SQL');
SELECT FROM (SELECT area_kind, round, sum(vacancies) AS vacancies FROM bi_chains GROUP BY 1, 2) a
FULL JOIN (SELECT k.area_kind, least(round, 6) AS round, sum(weight) AS vacancies FROM chain, (SELECT DISTINCT area_kind FROM area_list) k GROUP BY 1, 2) c USING (area_kind, round)
WHERE abs(a.vacancies - c.vacancies) < 0.001 IS NOT TRUE
SQL
none('turnover other than that of all occupancies', <<'SQL');
SELECT FROM (SELECT area_kind, dwelling_type, tenure, sum(ends) AS ends, sum(dwelling_years) AS years FROM bi_turnover GROUP BY 1, 2, 3) a
FULL JOIN (SELECT k.area_kind, x.dwelling_type, x.tenure, t.events, t.exposure
      FROM (SELECT c.dwelling_type, c.tenure, byudv.survival_agg(o.from_date, o.to_date, (s.parameters ->> 'study_from')::date, (s.parameters ->> 'as_of')::date) AS survival
            FROM state s, occupancy o JOIN dwelling_class c USING (dwelling_id) WHERE c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') GROUP BY 1, 2) x,
           byudv.turnover_rate(x.survival) t, (SELECT DISTINCT area_kind FROM area_list) k) e USING (area_kind, dwelling_type, tenure)
WHERE (a.ends = e.events AND abs(a.years - e.exposure) < 5) IS NOT TRUE
SQL
# Where people come from is told by residences there and by moves here
none('rates of those who moved into new dwellings other than by moves', <<'SQL');
SELECT FROM (SELECT coalesce(x.tenure, 'all') AS tenure, CASE grouping(x.origin) WHEN 1 THEN 'all' ELSE x.origin END AS origin, count(*) AS stays,
          byudv.survival_agg(x.from_date, x.to_date, x.study_from, x.as_of) AS survival
      FROM (SELECT c.tenure, CASE m.arrival WHEN 'internal' THEN 'own' ELSE 'elsewhere' END AS origin, r.from_date, r.to_date, (s.parameters ->> 'study_from')::date AS study_from, (s.parameters ->> 'as_of')::date AS as_of
            FROM state s, move m JOIN dwelling_class c ON c.dwelling_id = m.to_dwelling_id JOIN dwelling d ON d.dwelling_id = c.dwelling_id
            JOIN residence r ON r.person_id = m.person_id AND r.from_date = m.arrived_on
            WHERE m.arrival <> 'born' AND c.in_area AND c.is_new_build AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND m.arrived_on BETWEEN d.available_from - 30 AND d.available_from + 1095) x
      GROUP BY CUBE (x.tenure, x.origin)) e
CROSS JOIN LATERAL byudv.turnover_rate(e.survival) t
FULL JOIN bi_new_build_stay b USING (tenure, origin)
WHERE (b.rate = round(t.rate::numeric, 4) AND b.rate_lower = round(t.lower::numeric, 4) AND abs(b.ends - t.events) <= 5) IS NOT TRUE AND (e.stays >= 40 OR b.rate IS NOT NULL)
SQL

# Shapes: outlines counterclockwise; what is not on the municipality's own outline is passed once in each direction, so areas neither overlap nor leave a gap
$node->safe_psql('a', <<'SQL');
CREATE VIEW outline AS SELECT kind, code, p.n, (p.point ->> 0)::numeric AS x, (p.point ->> 1)::numeric AS y FROM birkelev.area, jsonb_array_elements(geojson::jsonb #> '{coordinates, 0}')
	WITH ORDINALITY AS p (point, n);
CREATE VIEW edge AS SELECT * FROM (SELECT kind, code, x, y, lead(x) OVER w AS to_x, lead(y) OVER w AS to_y FROM outline WINDOW w AS (PARTITION BY kind, code ORDER BY n)) e
	WHERE to_x IS NOT NULL;
CREATE VIEW outside AS SELECT x, y, to_x, to_y, array_agg(kind) AS kinds FROM edge e WHERE NOT EXISTS (SELECT FROM edge o
	WHERE (o.kind, o.x, o.y, o.to_x, o.to_y) = (e.kind, e.to_x, e.to_y, e.x, e.y)) GROUP BY 1, 2, 3, 4;
SQL
is($node->safe_psql('a', 'SELECT kind, count(DISTINCT code) FROM outline GROUP BY 1 ORDER BY 1'), "kvarter|8\nskoledistrikt|4", 'areas with a shape');
is($node->safe_psql('a', 'SELECT count(*) FROM (SELECT FROM edge GROUP BY kind, x, y, to_x, to_y HAVING count(*) > 1
	UNION ALL SELECT FROM edge GROUP BY kind, code HAVING sum(x * to_y - to_x * y) <= 0
	UNION ALL SELECT FROM edge GROUP BY kind, code HAVING sum(to_x - x) <> 0 OR sum(to_y - y) <> 0) x'), '0', 'their outlines are closed, counterclockwise, and overlap nowhere');
is($node->safe_psql('a', 'SELECT count(*), count(*) FILTER (WHERE cardinality(kinds) = 2), sum(x * to_y - to_x * y) = (SELECT sum(x * to_y - to_x * y) / 2 FROM edge) FROM outside'), '28|28|t',
	'both kinds cover the same town without a gap');

# What is built and what is published: the plans, the register and the figures of others tell the same
none('projects of which the register has other numbers', 'SELECT FROM bi_pipeline WHERE registered <> coalesce(realised, 0)');
none('own figures far from those of others', 'SELECT FROM bi_indicator WHERE is_own = 1 AND abs(difference_percent) > 2');
none('measures without own figures', "SELECT FROM byudv.indicator_measures() m WHERE (SELECT count(*) FROM bi_indicator i WHERE i.own_measure = m.measure AND i.own_value IS NOT NULL) <> 10");
none('projects to come without residents', 'SELECT FROM bi_pipeline p WHERE to_come > 0 AND NOT EXISTS (SELECT FROM bi_expected_residents e WHERE e.project_id = p.project_id AND e.expected IS NOT NULL AND e.upper >= e.expected)');

# New dwellings of a past year told from those of the others: 95 % ought to lie within the limits
sub check_backtest
{
	my ($name, $monitor) = @_;
	my ($told, $inside) = split /\|/, $node->safe_psql('a', "SELECT count(*), round(100 * avg(inside), 1) FROM $monitor.bi_backtest");
	cmp_ok($told, '>', 100, "$name: residents of new dwellings told $told times from other years");
	ok($inside >= 90 && $inside <= 98.5, "$name: $inside % of them within the limits");
}
check_backtest('seed 1', 'birkelev');

# Tenure against the truth, and every planted error found
sub check_truth
{
	my ($name, $report) = @_;
	my %right = map { /^(register|dst|corrected)\|\d+\|\d+\|([\d.]+)$/ ? ($1 => $2) : () } split /\n/, $report;
	cmp_ok($right{register}, '<=', 88, "$name: the owner code is right in $right{register} %");
	cmp_ok($right{register}, '>=', 75, "$name: and is worth something");
	cmp_ok($right{corrected}, '>=', 97, "$name: the correction is right in $right{corrected} %");
	cmp_ok($right{corrected}, '<', 100, "$name: and not always");

	my %kinds = map { /^(\w+)\|(?:address_period|dwelling|ownership)\|(\d+)\|\d+\|\d+\|(\d+)\|(\d+)\|[\w, ]*$/ ? ($1 => [ $2, $3, $4 ]) : () } split /\n/, $report;
	for my $kind (qw(building_area_on_room church_as_foundation company_for_cooperative company_under_social_code company_used_by_owner contact_person cooperative_under_persons
		double_registration duplicate_registration future_registration missing_area missing_owner_code missing_use nested_registration new_without_residents no_start owner_lets
		owners_association person_on_rental_block phased_out_use residents_in_demolished residents_in_no_dwelling reversed_period sixteen_residents social_as_association
		social_as_owner social_unnamed supported_under_municipality two_areas zero_length_period))
	{
		my ($planted, $found, $missed) = @{ delete $kinds{$kind} || [ 0, 0, 0 ] };
		ok($planted > 0 && $found == $planted && $missed == 0, "$name: $kind: $found of $planted found");
	}
	is(join(' ', sort keys %kinds), '', "$name: no other kinds");

	# Findings at no planted error. What is beside one follows from it: a record that begins before a double one has ended, a double one after a death.
	my %beside = (overlapping_registration => 300, registration_after_death => 30, owner_not_resident => 10);
	my $checks = 0;
	for (split /\n/, $report)
	{
		my ($check, $findings, $planted, $beside, $false) = /^(\w+)\|(?:error|warning|notice)\|[^|]+\|(\d+)\|(\d+)\|(\d+)\|(\d+)$/ or next;
		$checks++;
		diag("$name: $check: $findings findings, $planted planted, $beside beside one, $false false alarms") if $beside + $false > 0;
		cmp_ok($beside, '<=', $beside{$check} || 0, "$name: $check: beside a planted error");
		is($false, 0, "$name: $check: no false alarms");
	}
	is($checks, $node->safe_psql('a', 'SELECT count(*) FROM byudv.data_issue_kind'), "$name: all checks are reported");
}

sub check_findings
{
	my ($name, $report) = @_;
	my %findings;
	$findings{$1} = [ $2, $3, $4 ] while $report =~ /^([1-6])\|([^|]+)\|([^|]+)\|([tf])$/mg;
	for my $n (1 .. 6)
	{
		my ($what, $statistic, $holds) = @{ $findings{$n} || [ 'no finding', '', '' ] };
		is($holds, 't', "$name: finding $n: $what" =~ s/\n/ /r) or diag($statistic);
	}
	my %chain = map { /^(\d|1 and on)\|([\d.]+)\|(?:[\d.]+\|){4}[\d.]+$/ ? ($1 => $2) : () } split /\n/, $report =~ s/.*What 100 new dwellings//sr;
	is($chain{0}, '100.0', "$name: chains of 100 new dwellings");
	ok($chain{1} > $chain{2} && $chain{2} > $chain{3} && $chain{'1 and on'} > 20 && $chain{'1 and on'} < 200, "$name: set free $chain{'1 and on'}");
}
check_truth('seed 1', $report);
check_findings('seed 1', $report);

# What the demo says to try next: an incremental refresh, which a full one has nothing to add to
my ($tried, $said) = run_file('next.sql');
like($said, qr/dwelling_class - \d+ computed anew, [1-9]\d* rows added.*\n.*data_issue - \d+ computed anew, 0 rows added, [1-9]\d* removed/, 'owner codes put right: a part is computed anew, and findings go');
$node->safe_psql('a', "CALL byudv.refresh('birkelev', true)");
is($node->safe_psql('a', "SELECT rows_added, rows_removed FROM birkelev.run_log WHERE run_id = 3 AND step = 'refresh'"), '0|0', 'a full refresh changes nothing');

# Another seed; and the second of two municipalities, whose people move to and fro
digest_of('other', '--seed', '2');
$report = monitor('other', 'other');
check_truth('seed 2', $report);
check_findings('seed 2', $report);
check_backtest('seed 2', 'other');
check_truth('second of two', monitor('two', 'second', 'municipality=147'));
is($node->safe_psql('a', 'SET search_path = two, two_truth; SELECT count(DISTINCT d.municipality) FROM truth_dwelling JOIN dwelling d USING (dwelling_id)'), '2', 'two municipalities');
cmp_ok($node->safe_psql('a', "SET search_path = two, two_truth; SELECT count(*) FROM (SELECT d.municipality, lag(d.municipality) OVER (PARTITION BY person_id ORDER BY from_date) AS before
	FROM address_period JOIN dwelling d USING (dwelling_id) JOIN truth_dwelling USING (dwelling_id) WHERE from_date >= '2014-01-01') x WHERE municipality <> before"), '>', 3000, 'moves between them');
done_testing();
