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
	my ($out, $err) = run_command([ 'psql', '-XqAt', '-F', '|', '-v', 'ON_ERROR_STOP=1', (map { ('-v', $_) } @variables), '-d', $node->connstr('a'), '-f', "$demo/$file" ]);
	is($err, '', "$file runs");
	return $out;
}

run_file('municipality/load.sql', 'schema=birkelev', "folder=$folder/first");
my %rows = map { split /\|/ } split /\n/, $node->safe_psql('a', join ' UNION ALL ', map { "SELECT '$_', count(*) FROM birkelev.$_" }
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
	is($node->safe_psql('a', "SET search_path = birkelev; SELECT count(*) FROM ($query) x"), '0', "none: $what");
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

my $report = run_file('municipality/check.sql', 'schema=birkelev');
my ($register, $corrected, $type) = $report =~ /register ([\d.]+), dst [\d.]+, corrected ([\d.]+); dwelling type ([\d.]+)/;
cmp_ok($register, '<=', 88, "the owner code is right in $register %");
cmp_ok($register, '>=', 75, 'and is worth something');
cmp_ok($corrected, '>=', 97, "the correction is right in $corrected %");
cmp_ok($corrected, '<', 100, 'and not always');
cmp_ok($type, '>', 99, "dwelling type right in $type %");

my %planted = map { /^(\w+)\|\w+\|(\d+)$/ ? ($1 => $2) : () } split /\n/, $report =~ s/.*3\. Planted errors//sr;
for my $kind (qw(building_area_on_room church_as_foundation company_for_cooperative company_under_social_code company_used_by_owner contact_person cooperative_under_persons
	double_registration duplicate_registration future_registration missing_area missing_owner_code missing_use nested_registration new_without_residents no_start owner_lets
	owners_association person_on_rental_block phased_out_use residents_in_demolished residents_in_no_dwelling reversed_period sixteen_residents social_as_association
	social_as_owner social_unnamed supported_under_municipality two_areas zero_length_period))
{
	ok($planted{$kind}, "planted: $kind");
}
my %findings = map { /^([1-6])\|([^|]+)\|([^|]+)\|([tf])$/ ? ($1 => [ $2, $3, $4 ]) : () } split /\n/, $report =~ s/.*10\. The findings//sr;
for my $n (1 .. 6)
{
	my ($what, $statistic, $holds) = @{ $findings{$n} || [ 'no finding', '', '' ] };
	is($holds, 't', "finding $n: $what") or diag($statistic);
}

# The second of two municipalities, whose people move to and fro
run_file('municipality/load.sql', 'schema=two', "folder=$folder/second");
is($node->safe_psql('a', 'SET search_path = two; SELECT count(DISTINCT d.municipality) FROM truth_dwelling JOIN dwelling d USING (dwelling_id)'), '2', 'two municipalities');
cmp_ok($node->safe_psql('a', "SET search_path = two; SELECT count(*) FROM (SELECT d.municipality, lag(d.municipality) OVER (PARTITION BY person_id ORDER BY from_date) AS before
	FROM address_period JOIN dwelling d USING (dwelling_id) JOIN truth_dwelling USING (dwelling_id) WHERE from_date >= '2014-01-01') x WHERE municipality <> before"), '>', 3000, 'moves between them');
done_testing();
