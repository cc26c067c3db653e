# What a refresh computes from what has changed is, row for row, what one computes from everything: after long random sequences of changes in every input,
# of settings and of rules, the results of an incremental refresh are compared with those of a full one and with those of a monitor made from the same input.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

my $rounds = $ENV{BYUDV_ROUNDS} || 16;    # more of them to search for longer; BYUDV_SEED for other ones
srand($ENV{BYUDV_SEED} || 20240101);

my $node = new_server('main', conf => "autovacuum = off\njit = off\nmax_parallel_workers_per_gather = 0\n");
new_database($node, 'a');
make_town($node, 'a');

# The changes. ? is a number that says which rows, k how many; person(), dwelling(), ... choose keys. {ownership} is the table that holds it, which
# may be behind a view.
my %table = map { $_ => $_ } @INPUT;
my $address = "ctid = ANY (ARRAY(SELECT ctid FROM {address_period} ORDER BY town.u(?, person_id * 100003 + coalesce(from_date - date '1980-01-01', 0)), ctid LIMIT k))";
my $owner = "ctid = ANY (ARRAY(SELECT ctid FROM {ownership} ORDER BY town.u(?, coalesce(property_id, 0) * 100003 + coalesce(dwelling_id, 0)), ctid LIMIT k))";
my $link = "ctid = ANY (ARRAY(SELECT ctid FROM {dwelling_area} ORDER BY town.u(?, dwelling_id), ctid LIMIT k))";
my @changes = (
	# building
	"UPDATE {building} SET building_use = (ARRAY[140, 130, 120, 320, 510, 150, NULL, 777])[1 + ? % 8] WHERE building_id IN (building(k))",
	"UPDATE {building} SET built_year = 1950 + ? % 80, defect_insurance = (ARRAY[0, 10, 11, 12, 55, NULL])[1 + ? % 6] WHERE building_id IN (building(k))",
	"UPDATE {building} SET property_id = 1001 + ? % 90 WHERE building_id IN (building(1))",
	"UPDATE {building} SET building_id = building_id + 1000 * (1 + ? % 3) WHERE building_id IN (building(1))",
	"UPDATE {building} b SET building_id = b.building_id % 1000 WHERE b.building_id > 1000 AND NOT EXISTS (SELECT FROM {building} x WHERE x.building_id = b.building_id % 1000)
		AND b.building_id IN (SELECT min(x.building_id) FROM {building} x WHERE x.building_id > 1000)",
	"DELETE FROM {building} WHERE building_id IN (building(1)) AND ? % 3 = 0",
	"INSERT INTO {building} SELECT * FROM town.building b WHERE b.building_id IN (SELECT d.building_id FROM {dwelling} d) AND NOT EXISTS (SELECT FROM {building} x WHERE x.building_id = b.building_id)",
	# dwelling
	"UPDATE {dwelling} SET unit_use = (ARRAY[140, 120, 131, 150, 320, 510, 777, NULL])[1 + ? % 8] WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET unit_kind = (ARRAY['1', '2', '3', 'E', NULL, 'X'])[1 + ? % 6], registered_use = ? % 5, public_support = (ARRAY[0, 10, 25, 77, NULL])[1 + ? % 5] WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET area_m2 = (ARRAY[0, 6514, 80, NULL])[1 + ? % 4], residential_area_m2 = 20 + ? % 90 WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET property_id = CASE ? % 3 WHEN 0 THEN NULL WHEN 1 THEN 1001 + ? % 90 ELSE 100000 + dwelling_id END WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET property_kind = (ARRAY['condominium', 'land', 'SFE', 'BPFG', NULL])[1 + ? % 5] WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET available_from = CASE ? % 4 WHEN 0 THEN NULL ELSE date '2012-01-01' + (? % 4600)::int END WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} d SET available_from = coalesce((SELECT min(a.from_date) FROM {address_period} a WHERE a.dwelling_id = d.dwelling_id AND a.from_date > '2014-01-01'), available_from) - ? % 200
		WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET demolished_on = CASE ? % 3 WHEN 0 THEN NULL ELSE date '2014-01-01' + (? % 4000)::int END WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET municipality = (ARRAY[151, 157, 101, NULL])[1 + ? % 4] WHERE dwelling_id IN (dwelling(k))",
	"UPDATE {dwelling} SET building_id = 1 + ? % 90 WHERE dwelling_id IN (dwelling(1))",
	"UPDATE {dwelling} d SET dwelling_id = d.dwelling_id + 10000 WHERE dwelling_id IN (dwelling(1)) AND d.dwelling_id < 1000 AND NOT EXISTS (SELECT FROM {dwelling} x WHERE x.dwelling_id = d.dwelling_id + 10000)",
	"UPDATE {dwelling} d SET dwelling_id = d.dwelling_id - 10000 WHERE d.dwelling_id BETWEEN 10001 AND 10999 AND NOT EXISTS (SELECT FROM {dwelling} x WHERE x.dwelling_id = d.dwelling_id - 10000)",
	"DELETE FROM {dwelling} WHERE dwelling_id IN (dwelling(1))",
	"INSERT INTO {dwelling} SELECT * FROM town.dwelling d WHERE NOT EXISTS (SELECT FROM {dwelling} x WHERE x.dwelling_id = d.dwelling_id) ORDER BY d.dwelling_id LIMIT k",
	"INSERT INTO {dwelling} (dwelling_id, municipality, building_id, unit_use, available_from) SELECT 20000 + ? % 1000 + i, (ARRAY[151, NULL, 157])[i], 7, 140, date '2015-01-01' + (? % 3000)::int
		FROM generate_series(1, 3) i ON CONFLICT DO NOTHING",
	"WITH gone AS (DELETE FROM {dwelling} WHERE dwelling_id IN (dwelling(1)) RETURNING *) SELECT count(*) FROM gone; UPDATE {dwelling} SET address = address || 'x' WHERE dwelling_id IN (dwelling(2))",
	# ownership
	"UPDATE {ownership} SET owner_name = (ARRAY['Boligselskabet Ny', 'A/B Nygaard', 'Nyhuse ApS', 'Nielsen Prove', NULL, 'Pensionskassen Prove'])[1 + ? % 6] WHERE $owner",
	"UPDATE {ownership} SET owner_code = (ARRAY[10, 20, 30, 41, 50, 90, NULL, 33])[1 + ? % 8] WHERE $owner",
	"UPDATE {ownership} SET owner_code = 10, owner_name = 'Kontakt En', owner_person_id = 1 + ? % 2 WHERE $owner",
	"UPDATE {ownership} SET owner_person_id = owner_person_id + 5000 WHERE ctid = ANY (ARRAY(SELECT ctid FROM {ownership} WHERE owner_person_id IN (1, 2, 3) ORDER BY town.u(?, property_id), ctid LIMIT 1))",
	"UPDATE {ownership} SET owner_person_id = owner_person_id - 5000 WHERE owner_person_id BETWEEN 5001 AND 5003",
	"UPDATE {ownership} SET valid_to = CASE ? % 2 WHEN 0 THEN date '2020-01-01' END, valid_from = CASE ? % 5 WHEN 0 THEN date '2024-02-01' ELSE valid_from END WHERE $owner",
	"UPDATE {ownership} SET property_id = 1001 + ? % 90 WHERE property_id IS NOT NULL AND $owner",
	"UPDATE {ownership} SET dwelling_id = 1 + ? % 390, property_id = NULL WHERE $owner",
	"DELETE FROM {ownership} WHERE $owner",
	"INSERT INTO {ownership} (property_id, owner_code, owner_name, valid_from) SELECT 1001 + (? + i) % 90, 20, 'Boligselskabet Ekstra', date '2019-01-01' FROM generate_series(1, k) i",
	"INSERT INTO {ownership} (dwelling_id, owner_code, owner_name, owner_person_id) SELECT dwelling_id, 10, 'Kontakt Tre', 3 FROM {dwelling} WHERE property_kind ~* 'condo|ejer' AND dwelling_id IN (dwelling(40))",
	# person
	"UPDATE {person} SET born_on = born_on + (? % 900)::int - 450 WHERE person_id IN (person(k))",
	"UPDATE {person} p SET born_on = (SELECT min(a.from_date) FROM {address_period} a WHERE a.person_id = p.person_id) WHERE person_id IN (person(k))",
	# born where they are held to have moved in
	"UPDATE {person} p SET born_on = x.from_date FROM (SELECT DISTINCT ON (r.person_id) r.* FROM m.residence r ORDER BY r.person_id, r.from_date) x WHERE x.person_id = p.person_id
		AND p.person_id IN (SELECT r.person_id FROM m.residence r JOIN m.vacancy_flow f ON f.dwelling_id = r.dwelling_id AND f.filled_on = r.from_date WHERE f.outcome = 'from_outside' ORDER BY town.u(?, r.person_id) LIMIT 20)",
	"UPDATE {person} SET died_on = CASE ? % 3 WHEN 0 THEN NULL ELSE date '2014-01-01' + (? % 3700)::int END WHERE person_id IN (person(k))",
	"UPDATE {person} p SET died_on = (SELECT max(a.to_date) FROM {address_period} a WHERE a.person_id = p.person_id) WHERE person_id IN (person(k))",
	"DELETE FROM {person} WHERE person_id IN (person(k))",
	"UPDATE {person} SET person_id = person_id + 900000 WHERE person_id IN (person(1)) AND person_id < 700000",
	"UPDATE {person} p SET person_id = p.person_id - 900000 WHERE p.person_id > 900000 AND NOT EXISTS (SELECT FROM {person} x WHERE x.person_id = p.person_id - 900000)",
	"INSERT INTO {person} SELECT * FROM town.person p WHERE NOT EXISTS (SELECT FROM {person} x WHERE x.person_id = p.person_id) ORDER BY town.u(?, p.person_id) LIMIT k",
	"UPDATE {person} SET protected = NOT protected WHERE person_id IN (person(k))",
	# address_period
	"UPDATE {address_period} SET to_date = to_date + (? % 300)::int - 150 WHERE $address",
	"UPDATE {address_period} SET from_date = from_date + (? % 200)::int - 100 WHERE $address",
	"UPDATE {address_period} SET dwelling_id = CASE ? % 5 WHEN 0 THEN NULL ELSE 1 + ? % 395 END WHERE $address",
	"UPDATE {address_period} SET municipality_code = (ARRAY[151, 157, NULL])[1 + ? % 3], abroad = ? % 4 = 0 WHERE $address",
	"UPDATE {address_period} SET person_id = 500001 + ? % 900 WHERE $address",
	"UPDATE {address_period} SET to_date = NULL WHERE $address",
	"UPDATE {address_period} SET from_date = NULL WHERE $address AND ? % 3 = 0",
	"DELETE FROM {address_period} WHERE $address",
	"DELETE FROM {address_period} WHERE person_id IN (person(1))",
	"INSERT INTO {address_period} SELECT * FROM {address_period} WHERE $address",
	"INSERT INTO {address_period} SELECT p.person_id, 1 + (? + p.person_id) % 395, 151, NULL, date '2013-06-01' + (? % 3900)::int, CASE ? % 2 WHEN 0 THEN date '2018-01-01' + (? % 2400)::int END FROM {person} p WHERE p.person_id IN (person(k))",
	"INSERT INTO {address_period} SELECT person_id, dwelling_id, municipality_code, abroad, to_date + (? % 100)::int, NULL FROM {address_period} WHERE to_date IS NOT NULL AND $address",
	# a household moves into the home of another, which goes elsewhere for some weeks and takes a third home
	"WITH h AS (SELECT a.ctid, a.*, row_number() OVER (ORDER BY town.u(?, a.dwelling_id)) AS n FROM {address_period} a WHERE a.to_date IS NULL AND a.dwelling_id IS NOT NULL ORDER BY n LIMIT 1),
		t AS (SELECT a.dwelling_id FROM {address_period} a WHERE a.to_date IS NULL AND a.dwelling_id IS NOT NULL ORDER BY town.u(? + 1, a.dwelling_id) LIMIT 1),
		day (d) AS (VALUES (date '2022-01-01' + (? % 700)::int)),
		closed AS (UPDATE {address_period} a SET to_date = d.d FROM h, t, day d WHERE a.dwelling_id IN (h.dwelling_id, t.dwelling_id) AND a.to_date IS NULL AND a.from_date < d.d RETURNING a.person_id, a.dwelling_id)
		INSERT INTO {address_period} SELECT c.person_id, x.dwelling_id, 151, NULL, d.d + x.later, x.until FROM closed c CROSS JOIN day d CROSS JOIN h CROSS JOIN t
		CROSS JOIN LATERAL (SELECT t.dwelling_id, 0 AS later, NULL::date AS until WHERE c.dwelling_id = h.dwelling_id UNION ALL
			SELECT NULL, 0, d.d + (? % 110)::int + 1 WHERE c.dwelling_id = t.dwelling_id UNION ALL SELECT 1 + ? % 390, (? % 110)::int + 1, NULL WHERE c.dwelling_id = t.dwelling_id) x",
	# a new home takes those who live somewhere
	"WITH new AS (INSERT INTO {dwelling} (dwelling_id, municipality, building_id, unit_use, available_from) VALUES (30000 + ? % 100000, 151, 3, 140, date '2016-01-01' + (? % 2500)::int) ON CONFLICT DO NOTHING RETURNING *),
		h AS (SELECT a.ctid, a.person_id, n.dwelling_id, n.available_from + (? % 60)::int AS day FROM new n CROSS JOIN {address_period} a WHERE a.from_date < n.available_from AND a.to_date > n.available_from + 200
			AND a.dwelling_id IN (SELECT b.dwelling_id FROM {address_period} b WHERE b.from_date < n.available_from AND b.to_date > n.available_from + 200 ORDER BY town.u(?, b.dwelling_id) LIMIT 1)),
		gone AS (UPDATE {address_period} a SET to_date = h.day FROM h WHERE a.ctid = h.ctid)
		INSERT INTO {address_period} SELECT h.person_id, h.dwelling_id, 151, NULL, h.day, NULL FROM h",
	# the others that findings and classes go by
	"UPDATE {dwelling_area} SET kind = CASE kind WHEN 'kvarter' THEN 'almen_afdeling' ELSE 'kvarter' END, code = (1 + ? % 9)::text WHERE $link",
	"UPDATE {dwelling_area} SET dwelling_id = 1 + ? % 390 WHERE $link",
	"UPDATE {dwelling_area} SET valid_to = CASE ? % 2 WHEN 0 THEN date '2021-01-01' END WHERE $link",
	"DELETE FROM {dwelling_area} WHERE $link",
	"INSERT INTO {dwelling_area} SELECT dwelling_id, 'almen_afdeling', '3' FROM {dwelling} WHERE dwelling_id IN (dwelling(k))",
	"INSERT INTO {tenure_override} (dwelling_id, valid_from, tenure) SELECT dwelling_id, CASE ? % 3 WHEN 0 THEN date '2024-01-05' ELSE date '2015-01-01' END, (ARRAY['owner', 'social', 'public'])[1 + ? % 3] FROM {dwelling} d
		WHERE dwelling_id IN (dwelling(k)) AND NOT EXISTS (SELECT FROM {tenure_override} o WHERE o.dwelling_id = d.dwelling_id)",
	"UPDATE {tenure_override} SET tenure = 'private_rental', valid_to = CASE ? % 2 WHEN 0 THEN date '2022-01-01' END WHERE dwelling_id IN (SELECT dwelling_id FROM {tenure_override} ORDER BY town.u(?, dwelling_id) LIMIT 1)",
	"DELETE FROM {tenure_override} WHERE dwelling_id IN (SELECT dwelling_id FROM {tenure_override} ORDER BY town.u(?, dwelling_id) LIMIT k)",
	# and those that only roll-ups read
	"UPDATE {household_type} SET household_type = (ARRAY['other', 'single', 'something', NULL])[1 + ? % 4] WHERE person_id IN (person(40)); DELETE FROM {household_type} WHERE person_id IN (SELECT person_id FROM {person} ORDER BY town.u(? + 1, person_id) LIMIT 1)",
	"UPDATE {household_type} SET valid_to = date '2015-01-01' + (? % 3000)::int WHERE person_id IN (person(k)); INSERT INTO {household_type} SELECT person_id, 'couple', date '2015-01-01' + (? % 3000)::int, NULL FROM {person} WHERE person_id IN (person(9))",
	"UPDATE {person_attribute} SET value = value + 100000 WHERE person_id IN (person(30)); INSERT INTO {person_attribute} VALUES (500001 + ? % 900, 'benefit_any', 1, '2020-01-01', NULL)",
	"DELETE FROM {person_attribute} WHERE person_id IN (person(k)); INSERT INTO {person_attribute} SELECT person_id, (ARRAY['income', 'tax_base', 'benefit_municipal', 'full_time_share', 'other'])[1 + ? % 5], 0.25, date '2014-01-01' + (? % 3000)::int, NULL FROM {person} WHERE person_id IN (person(15))",
	"UPDATE {plan_project} SET name = name || 'x', started_on = CASE ? % 2 WHEN 0 THEN date '2015-01-01' + (? % 3000)::int END, completed_on = CASE ? % 3 WHEN 0 THEN date '2021-01-01' END, area_kind = 'kvarter', area_code = (1 + ? % 7)::text WHERE project_id = 1 + ? % 5",
	"UPDATE {plan_dwelling} SET realised = ? % 9, tenure = (ARRAY['owner', 'social', 'private_rental', NULL])[1 + ? % 4], expected_on = date '2023-01-01' + (? % 2000)::int WHERE project_id = 1 + ? % 5; INSERT INTO {plan_dwelling} (project_id, dwelling_type, expected) VALUES (1 + ? % 6, 'detached', ? % 30)",
	"UPDATE {indicator} SET value = value + 1 WHERE year % 3 = ? % 3; DELETE FROM {indicator} WHERE year = 2010 + ? % 14; INSERT INTO {indicator} (source, municipality, year, measure, value) VALUES ('KL', 151, 2014 + ? % 10, (ARRAY['dwellings', 'folketal', 'arrivals'])[1 + ? % 3], ? % 1000)",
);
# Changes after which a step may compute all anew
my @wide = (
	map({ "CREATE TEMPORARY TABLE keep AS TABLE {$_}; TRUNCATE {$_}; INSERT INTO {$_} SELECT * FROM keep ORDER BY town.u(?, hashtext(keep::text)) OFFSET k; DROP TABLE keep" } qw(dwelling ownership address_period
		  person dwelling_area building tenure_override household_type)),
	"UPDATE {area} SET name = name || ' ny'",
	"DELETE FROM {area} WHERE kind = 'almen_afdeling' AND code = (1 + ? % 9)::text; INSERT INTO {area} SELECT * FROM town.area a ON CONFLICT DO NOTHING",
	"UPDATE setting SET as_of = date '2023-06-01' + (? % 400)::int",
	"UPDATE setting SET study_from = date '2012-01-01' + (? % 1500)::int",
	"UPDATE setting SET municipality = CASE WHEN municipality IS NULL THEN 151 ELSE (ARRAY[157, NULL])[1 + ? % 2] END",
	"UPDATE setting SET municipality = 151, as_of = '2024-01-01', study_from = '2014-01-01'",
	"UPDATE setting SET follow_region = NOT follow_region",
	"UPDATE setting SET proxy_more_than = 2 + ? % 6",
	"UPDATE setting SET max_gap = ? % 60, link_gap = 30 + ? % 120",
	"UPDATE setting SET overlap_tolerance = ? % 60, group_window = 10 + ? % 60",
	"UPDATE setting SET empty_window = 30 + ? % 100, max_vacancy = 100 + ? % 500, death_window = ? % 40",
	"UPDATE setting SET odd_area_m2 = 60 + ? % 900, odd_residents = 3 + ? % 6",
	"INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('kontakt', 'word', 'foundation') ON CONFLICT DO NOTHING",
	"INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('ejersen', 'word', 'company') ON CONFLICT DO NOTHING",
	"DELETE FROM byudv.owner_pattern WHERE NOT is_builtin",
	"INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, certainty, reason) VALUES ('corrected', 900, 1, ARRAY[30], 'public', 'low', 'Prøve.') ON CONFLICT DO NOTHING",
	"DELETE FROM byudv.tenure_rule WHERE NOT is_builtin",
	"INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 777, 'Prøve', 'apartment') ON CONFLICT DO NOTHING",
	"DELETE FROM byudv.use_code WHERE NOT is_builtin",
);

# One of a list at random, each once before any comes again
my %deck;

sub draw
{
	my ($list) = @_;
	my $deck = $deck{$list} ||= [];
	push @$deck, map { $_->[1] } sort { $a->[0] <=> $b->[0] } map { [ rand, $_ ] } @$list unless @$deck;
	return shift @$deck;
}

sub statement
{
	my ($text) = @_;
	my $seed = int(rand(1_000_000_000));
	$text =~ s/\b(person|dwelling|building)\((\w+)\)/SELECT $1_id FROM {$1} ORDER BY town.u($seed, $1_id) LIMIT $2/g;
	$text =~ s/\?/$seed/g;
	my $k = 1 + int(rand(4));
	$text =~ s/\bk\b/$k/g;
	$text =~ s/\{(\w+)\}/$table{$1}/g;
	return "$text;\n";
}

# Rows that one schema of results has and another has not, by table
sub differences
{
	my ($one, $other) = @_;
	return join(' UNION ALL ', map { my $t = $_; map { my ($a, $b) = @$_;
		"SELECT '$t', '$a', x::text FROM (SELECT * FROM $a.$t EXCEPT ALL SELECT * FROM $b.$t) x" } ([ $one, $other ], [ $other, $one ]) } @RESULT) . ' LIMIT 12';
}

my $quiet = "SET client_min_messages = warning;\n";
my $fresh = "$quiet DROP SCHEMA IF EXISTS fresh CASCADE; DO \$\$BEGIN PERFORM byudv.create_monitor('fresh', 151); END\$\$; DELETE FROM fresh.setting; INSERT INTO fresh.setting SELECT * FROM m.setting;\n"
  . fill_monitor('fresh', 'm') . "CALL byudv.refresh('fresh');\n";
my $last_run = "(SELECT max(run_id) FROM m.run_log)";
my @steps = qw(dwelling_class residence move occupancy vacancy_flow data_issue);    # they compute by keys
my @rollups = split /\n/, $node->safe_psql('a', 'SELECT step FROM unnest(byudv.refresh_steps()) WITH ORDINALITY s (step, n) JOIN byudv.rollup_sources() USING (step) ORDER BY n');
my %rollup = map { $_ => 1 } @rollups;
is($node->safe_psql('a', "SELECT string_agg(s, ' ' ORDER BY n) FROM unnest(byudv.refresh_steps()) WITH ORDINALITY x (s, n)"), "@steps @rollups", 'the steps, those of roll-ups last');
is($node->safe_psql('a', "SELECT string_agg(table_name, ' ' ORDER BY ordinal) FROM byudv.monitor_tables() WHERE role = 'result'"), "@RESULT", 'all results are compared');
my (%keyed, %rolled);

# Makes the changes, refreshes, and compares. Returns the scopes of the steps.
sub check
{
	my ($what, $sql, $with_fresh) = @_;
	my ($code, $out, $err) = $node->psql('a', "$quiet SET search_path = m, public; BEGIN;\n$sql COMMIT; RESET search_path;\nCALL byudv.refresh('m');
		SELECT step, scope FROM m.run_log WHERE run_id = $last_run AND step <> 'refresh'");
	if ($code != 0)
	{
		fail("$what: a refresh after changes");
		diag("$err\n$sql");
		return {};
	}
	my %scope = map { split /\|/ } split /\n/, $out;
	$keyed{$_}++ for grep { $scope{$_} ne 'all' } keys %scope;
	$rolled{$_}++ for grep { $rollup{$_} } keys %scope;
	if ($with_fresh)
	{
		my $wrong = $node->safe_psql('a', $fresh . differences('m', 'fresh'));
		is($wrong, '', "$what: as a monitor made from the same input") or diag($sql, join ' ', %scope);
	}
	my $digests = $node->safe_psql('a', digests('m'));
	my $full = $node->safe_psql('a', "$quiet CALL byudv.refresh('m', true);
		SELECT step, scope, rows_added, rows_removed FROM m.run_log WHERE run_id = $last_run AND step <> 'refresh' ORDER BY started_at;" . digests('m'));
	is($full, join("\n", map({ "$_|all|0|0" } @steps, @rollups), $digests), "$what: as a full refresh") or diag($sql, join ' ', %scope);
	return \%scope;
}

# From nothing, row by row: each table goes from empty to filled on its own
$node->safe_psql('a', "$quiet SELECT byudv.create_monitor('m', 151); UPDATE m.setting SET as_of = '2024-01-01', study_from = '2014-01-01', proxy_more_than = 2;");
check('nothing', '', 1);
my @grow = (
	[ 'a person of nowhere' => "INSERT INTO person VALUES (1, '1980-01-01');" ],
	[ 'a dwelling' => "INSERT INTO dwelling (dwelling_id, unit_use) VALUES (1, 140);" ],
	[ 'a building' => "INSERT INTO building (building_id, property_id, building_use) VALUES (1, 1, 140);" ],
	[ 'a resident who was always there' => "INSERT INTO address_period VALUES (1, 1, 151, NULL, '1990-01-01', NULL);" ],
	[ 'the dwelling is in the building' => "UPDATE dwelling SET building_id = 1;" ],
	[ 'an owner' => "INSERT INTO ownership (property_id, owner_code) VALUES (1, 10);" ],
	[ 'a name' => "UPDATE ownership SET owner_name = 'Boligselskabet Testrup';" ],
	[ 'an area' => "INSERT INTO dwelling_area (dwelling_id, kind, code) VALUES (1, 'almen_afdeling', '1');" ],
	[ 'its name' => "INSERT INTO area (kind, code, name) VALUES ('almen_afdeling', '1', 'Afdeling 1');" ],
	[ 'another dwelling' => "INSERT INTO dwelling (dwelling_id, unit_use) VALUES (2, 120);" ],
	[ 'the first move' => "UPDATE address_period SET to_date = '2016-01-01'; INSERT INTO address_period VALUES (1, 2, 151, NULL, '2016-01-01', NULL);" ],
	[ 'a new dwelling' => "INSERT INTO dwelling (dwelling_id, unit_use, available_from) VALUES (3, 120, '2017-01-01');" ],
	[ 'the first chain' => "UPDATE address_period SET to_date = '2017-02-01' WHERE dwelling_id = 2; INSERT INTO address_period VALUES (1, 3, 151, NULL, '2017-02-01', NULL);" ],
	[ 'a contact person' => "UPDATE dwelling SET property_kind = 'condominium'; INSERT INTO ownership (dwelling_id, owner_code, owner_name, owner_person_id) SELECT i, 10, 'Testesen', 1 FROM generate_series(1, 3) i;" ],
	[ 'no contact person' => "DELETE FROM ownership WHERE dwelling_id = 2;" ],
	[ 'a home elsewhere in between' => "UPDATE address_period SET to_date = '2017-01-10' WHERE dwelling_id = 2; INSERT INTO address_period VALUES (1, NULL, 157, NULL, '2017-01-10', '2017-02-01');" ],
	[ '... and another beginning of it' => "UPDATE address_period SET from_date = '2016-02-01' WHERE dwelling_id = 2;" ],
	[ 'who lived with them left on another day' => "INSERT INTO address_period VALUES (2, 2, 151, NULL, '2016-02-01', '2017-05-01');" ],
	[ '... later than another may be the last to leave' => "UPDATE address_period SET to_date = '2017-12-01' WHERE person_id = 2;" ],
	[ '... and has not left at all' => "UPDATE address_period SET to_date = NULL WHERE person_id = 2;" ],
	[ 'no chain' => "UPDATE dwelling SET available_from = NULL;" ],
	[ 'the dwelling left is gone' => "DELETE FROM dwelling WHERE dwelling_id = 2;" ],
	[ 'nobody' => 'DELETE FROM address_period;' ],
	[ 'somebody' => "INSERT INTO address_period VALUES (1, 1, 151, NULL, '2015-01-01', NULL);" ],
	[ 'two of them' => "INSERT INTO address_period VALUES (2, 1, 151, NULL, '2016-01-01', NULL);" ],
	[ 'nothing again' => join(' ', map { "DELETE FROM $_;" } @INPUT) ],
);
my $grown = 0;
check(@$_, $grown++ % 4 == 0) for @grow;    # a monitor made anew takes most of the time
my $alone = check('nothing is noted', '', 0);
is_deeply($alone, {}, 'a refresh of what has not changed has no step');

# The town, and what has changed in it
check('the town', "UPDATE setting SET proxy_more_than = 5;\n" . fill_monitor('m'), 1);
my $counts = $node->safe_psql('a', "SELECT count(*) > 300 FROM m.dwelling_class UNION ALL SELECT count(*) > 1000 FROM m.vacancy_flow UNION ALL SELECT max(round) > 4 FROM m.chain
	UNION ALL SELECT count(DISTINCT issue) > 25 FROM m.data_issue" . join '', map { " UNION ALL SELECT count(*) > 0 FROM m.$_" } @RESULT);
is($counts, join("\n", ('t') x (4 + @RESULT)), 'it has something of everything');

my $scope = check('one person', "UPDATE address_period SET to_date = to_date - 10 WHERE ctid = (SELECT ctid FROM address_period WHERE to_date BETWEEN '2018-01-01' AND '2020-01-01' AND dwelling_id < 300 ORDER BY person_id LIMIT 1);", 0);
is("$scope->{residence} $scope->{move}", '1 1', 'one person is one person in residence and move');
ok(!exists $scope->{dwelling_class}, '... of no concern to classes');
cmp_ok($scope->{occupancy}, '<=', 3, "... in $scope->{occupancy} dwellings");
cmp_ok($scope->{vacancy_flow}, '<', 30, "... and $scope->{vacancy_flow} vacant dwellings");
cmp_ok($scope->{data_issue}, '<', 30, "... and $scope->{data_issue} keys for findings");
# what only roll-ups read, and what reads these
my @read_only = ([ indicator => 'UPDATE indicator SET value = 3' => 'comparison' ], [ household_type => "UPDATE household_type SET household_type = 'other'" => 'person_count comparison area_profile' ],
	[ person_attribute => 'DELETE FROM person_attribute' => 'person_count comparison area_profile' ], [ plan_project => "UPDATE plan_project SET completed_on = '2023-05-05'" => 'pipeline expected_resident area_profile' ],
	[ plan_dwelling => "UPDATE plan_dwelling SET expected = 7" => 'pipeline expected_resident area_profile' ]);
for (@read_only)
{
	my ($input, $sql, $made) = @$_;
	my $found = check("what only roll-ups read, $input", "$sql;", 0);
	is(join(' ', grep { $found->{$_} } @rollups), $made, "... leads to $made");
	is_deeply([ grep { $found->{$_} } @steps ], [], '... and no other step');
}

%keyed = %rolled = ();
my @unwanted;
for my $round (1 .. $rounds)
{
	my $wide = $round % 4 == 0;
	my @sql = map { statement(draw(\@changes)) } 1 .. 1 + int(rand($round % 3 == 0 ? 12 : 7));
	push @sql, statement(draw(\@wide)) if $wide;
	# from the middle on an input is a view of the user's over a table that no trigger watches
	if ($round == int($rounds / 2))
	{
		my $view = $round % 2 ? 'ownership' : 'address_period';
		$table{$view} = "public.own_$view";
		push @sql, "ALTER TABLE m.$view SET SCHEMA public; ALTER TABLE public.$view RENAME TO own_$view; CREATE VIEW m.$view AS SELECT * FROM public.own_$view;\n";
		$wide = 1;
	}
	$scope = check("round $round", join('', @sql), $round % 5 == 0);
	# keys are what a step goes by, unless something wide has changed or one of the inputs is not watched (or, for classes, the first contact person comes)
	push @unwanted, map { "$round: $_" } grep { ($scope->{$_} || '') eq 'all' } @steps[ 1 .. 5 ] if !$wide && $round < int($rounds / 2);
}
is_deeply(\@unwanted, [], 'changes of single rows are computed by their keys');
cmp_ok($rolled{$_} || 0, '>', $rounds / 8, "$_ was made $rolled{$_} times") for @rollups;
cmp_ok($keyed{$_} || 0, '>', $rounds / 8, "$_ was computed by keys $keyed{$_} times") for @steps;

# What concerns all, each on its own, since in the rounds the one hides the other; in a shorter window, which is quicker
%table = map { $_ => $_ } @INPUT;
$node->safe_psql('a', "$quiet DROP SCHEMA m CASCADE; " . new_monitor('m') . "UPDATE m.setting SET study_from = '2020-01-01'; CALL byudv.refresh('m');");
check('alone: ' . substr($_ =~ s/\s+/ /gr, 0, 70), statement($_), 0) for @wide;

$node->stop;
done_testing();
