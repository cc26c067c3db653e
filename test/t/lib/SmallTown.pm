# A small made-up municipality for the tests of the monitor: about 450 dwellings and 1500 persons over 34 years, the same each time. It has homes of other
# municipalities, owners of all kinds, contact persons near the limit, moves that go on from vacancy to vacancy, and records as registers have them:
# overlapping, reversed, of no day, in the future, of unknown persons and dwellings.
package SmallTown;

use strict;
use warnings;
use Exporter 'import';
use ByudvTest;

our @EXPORT = qw(make_town fill_monitor new_monitor digests @INPUT @RESULT);

our @INPUT = qw(building dwelling ownership person household_type person_attribute address_period area dwelling_area plan_project plan_dwelling indicator
  tenure_override);
our @RESULT = qw(proxy_owner dwelling_class residence move occupancy vacancy_flow chain data_issue area_list dwelling_region region_area stock person_count
  person_measure residence_duration duration_curve new_build_stay turnover chain_summary chain_end pipeline new_build_rate expected_resident backtest comparison
  tenure_review dwelling_issue destination area_profile);

# Chance comes from hashes of a seed and a number, so that it depends neither on the server's random() nor on the order of rows.
my $town = <<'SQL';
SET client_min_messages = warning;
CREATE SCHEMA town;
CREATE FUNCTION town.u(seed bigint, n bigint) RETURNS double precision LANGUAGE sql IMMUTABLE AS
    'SELECT (hashint8extended($2, $1) & 4503599627370495) / 4503599627370496.0::double precision';
GRANT USAGE ON SCHEMA town TO PUBLIC;
SELECT byudv.create_monitor('town_layout');
DO $$DECLARE t text; BEGIN
    FOR t IN SELECT m.table_name FROM byudv.monitor_tables() m WHERE m.role = 'input' LOOP
        EXECUTE format('CREATE TABLE town.%1$I (LIKE town_layout.%1$I INCLUDING DEFAULTS)', t);
        EXECUTE format('GRANT SELECT ON town.%I TO PUBLIC', t);
    END LOOP;
END$$;
DROP SCHEMA town_layout CASCADE;

INSERT INTO town.building (building_id, source_key, property_id, building_use, built_year, defect_insurance, available_from, demolished_on, status)
SELECT b, 'b' || b, 1000 + b, (ARRAY[140, 140, 140, 140, 130, 131, 120, 120, 150, 110, 320, 510, 777, NULL])[1 + floor(14 * town.u(1, b))::int], 1900 + (b * 7) % 120,
    (ARRAY[0, 10, 11, 12, NULL])[1 + b % 5], CASE WHEN b % 4 = 3 THEN date '2013-06-01' + (b * 37) % 3800 END, CASE WHEN b % 19 = 5 THEN date '2017-01-01' + (b * 53) % 1500 END, 6
FROM generate_series(1, 90) b;

INSERT INTO town.dwelling (dwelling_id, source_key, municipality, building_id, property_id, property_kind, unit_use, unit_kind, area_m2, residential_area_m2, rooms,
    public_support, registered_use, available_from, demolished_on, address)
SELECT d, 'd' || d, CASE WHEN b.building_id % 6 = 0 THEN 157 WHEN b.building_id % 13 = 0 THEN 101 WHEN b.building_id % 17 <> 0 THEN 151 END, b.building_id,
    CASE WHEN b.building_use = 140 AND b.building_id % 3 = 0 THEN 100000 + d WHEN d % 4 = 0 THEN b.property_id END,
    CASE WHEN b.building_use = 140 AND b.building_id % 3 = 0 THEN (ARRAY['condominium', 'Ejerlejlighed'])[1 + d % 2] ELSE (ARRAY['land', 'SFE', NULL])[1 + d % 3] END,
    CASE WHEN town.u(2, d) < 0.03 THEN NULL WHEN town.u(2, d) < 0.05 THEN 888 ELSE b.building_use END, (ARRAY['1', '1', '1', '2', '3', 'E', NULL])[1 + d % 7],
    CASE WHEN town.u(3, d) < 0.02 THEN 6514 WHEN town.u(3, d) < 0.04 THEN NULL ELSE 30 + floor(120 * town.u(3, d))::int END, 25 + floor(130 * town.u(4, d))::int, 1 + d % 6,
    (ARRAY[0, 0, 0, 10, 25, NULL])[1 + d % 6], (ARRAY[1, 2, 3, 1, 2, NULL])[1 + d % 6], b.available_from, b.demolished_on, 'Prøvevej ' || d
FROM (SELECT b.*, sum(k.n) OVER (ORDER BY b.building_id) - k.n AS before, k.n
      FROM town.building b CROSS JOIN LATERAL (SELECT CASE WHEN b.building_use IN (140, 150) THEN 6 + (b.building_id % 6)::int WHEN b.building_use IN (130, 131) THEN 4 ELSE 1 END::int AS n) k) b
CROSS JOIN LATERAL generate_series(b.before + 1, b.before + b.n) d;

-- Owners of properties; those of condominiums by the property or by the dwelling. Persons 1 to 3 stand on about as many as the limit of contact persons.
INSERT INTO town.ownership (property_id, owner_code, owner_name, owner_person_id, valid_from, valid_to)
SELECT b.property_id, k.code, replace(k.name, '#', b.building_id::text), CASE WHEN k.code = 10 THEN 500000 + b.building_id END, CASE WHEN b.building_id % 3 > 0 THEN date '2001-01-01' + b.building_id::int END, NULL
FROM town.building b JOIN (VALUES (0, 20, 'Boligselskabet Testrup afd. #'), (1, 41, 'A/B Testgaarden #'), (2, 30, 'Testejendomme # ApS'), (3, 10, 'Testesen #'), (4, 41, 'Boligselskabet Testrup afd. #'),
    (5, 10, NULL), (6, 50, 'Testrup Kommune'), (7, 20, 'Testejendomme # A/S'), (8, 90, NULL), (9, 10, 'Ejerforeningen Testpark #')) k (n, code, name) ON k.n = (b.building_id * 3) % 10;
INSERT INTO town.ownership (property_id, dwelling_id, owner_code, owner_name, owner_person_id, valid_from)
SELECT CASE WHEN d.dwelling_id % 2 = 0 THEN d.property_id END, CASE WHEN d.dwelling_id % 2 = 1 THEN d.dwelling_id END, 10, CASE WHEN x.n <= 6 THEN 'Kontakt En' WHEN x.n <= 11 THEN 'Kontakt To' ELSE 'Ejersen ' || x.n END,
    CASE WHEN x.n <= 6 THEN 1 WHEN x.n <= 11 THEN 2 WHEN x.n <= 15 THEN 3 WHEN x.n % 2 = 0 THEN 500000 + x.n END, date '2003-01-01' + x.n::int
FROM (SELECT d.*, row_number() OVER (ORDER BY d.municipality <> 151, d.dwelling_id) AS n FROM town.dwelling d WHERE d.property_id > 100000) x JOIN town.dwelling d USING (dwelling_id);
INSERT INTO town.ownership (property_id, owner_code, owner_name, valid_from, valid_to)
SELECT property_id, 20, 'Boligselskabet Fortid', '1990-01-01', '2001-01-01' FROM town.building WHERE building_id % 4 = 0;

-- Who lives where: households move into what is free, so that a new dwelling sets one free, which sets one free ...
CREATE TABLE town.vacant (dwelling_id bigint PRIMARY KEY);
CREATE TABLE town.here (person_id bigint PRIMARY KEY, household int, dwelling_id bigint, municipality_code int, abroad boolean, since date);
CREATE INDEX ON town.here (household);
CREATE INDEX ON town.here (dwelling_id);
INSERT INTO town.here SELECT 500000 + row_number() OVER (ORDER BY d.dwelling_id, i), d.n, d.dwelling_id, coalesce(d.municipality, 151), NULL, date '1990-01-01' + (d.dwelling_id * 97 % 6900)::int
FROM (SELECT d.*, (row_number() OVER (ORDER BY d.dwelling_id))::int AS n FROM town.dwelling d WHERE (d.available_from IS NULL) AND d.dwelling_id % 12 > 0) d
CROSS JOIN LATERAL generate_series(1, 1 + floor(3.5 * town.u(5, d.dwelling_id))::int) i;
INSERT INTO town.vacant SELECT d.dwelling_id FROM town.dwelling d WHERE d.available_from IS NULL AND d.dwelling_id % 12 = 0;
INSERT INTO town.person (person_id, born_on, protected) SELECT person_id, date '1930-01-01' + floor(21500 * town.u(6, person_id))::int, person_id % 50 = 0 FROM town.here;

DO $$
DECLARE
    day date;
    last date := '2009-12-31';
    u float8; v float8; w float8;
    who int; home bigint; vacant_id bigint; gap int; one bigint;
    households int; persons bigint; dwellings bigint;
BEGIN
    SELECT max(household), max(person_id) INTO households, persons FROM town.here;
    SELECT max(dwelling_id) INTO dwellings FROM town.dwelling;
    FOR i IN 1 .. 2600 LOOP
        day := date '2010-01-01' + i * 5150 / 2600;
        INSERT INTO town.vacant SELECT d.dwelling_id FROM town.dwelling d WHERE d.available_from > last AND d.available_from <= day ON CONFLICT DO NOTHING;
        DELETE FROM town.vacant f USING town.dwelling d WHERE d.dwelling_id = f.dwelling_id AND d.demolished_on <= day;
        last := day;
        u := town.u(10, i); v := town.u(11, i); w := town.u(12, i);
        vacant_id := NULL;
        SELECT f.dwelling_id INTO vacant_id FROM town.vacant f WHERE f.dwelling_id >= w * dwellings ORDER BY 1 LIMIT 1;
        IF vacant_id IS NULL THEN SELECT min(f.dwelling_id) INTO vacant_id FROM town.vacant f; END IF;
        SELECT h.household, h.dwelling_id, h.person_id INTO who, home, one FROM town.here h WHERE h.household >= v * households AND h.dwelling_id IS NOT NULL ORDER BY h.household, h.person_id LIMIT 1;
        CONTINUE WHEN who IS NULL;
        IF u < 0.62 AND vacant_id IS NOT NULL THEN          -- a household moves, one in six with days elsewhere or nowhere in between
            gap := CASE WHEN i % 6 = 0 THEN 5 + i % 130 ELSE 0 END;
            INSERT INTO town.address_period SELECT h.person_id, h.dwelling_id, h.municipality_code, h.abroad, h.since, day FROM town.here h WHERE h.household = who AND h.since < day;
            IF gap > 0 AND i % 4 > 0 THEN
                INSERT INTO town.address_period SELECT h.person_id, NULL, CASE WHEN i % 5 > 0 THEN 157 END, i % 5 = 0, day, day + gap FROM town.here h WHERE h.household = who;
            END IF;
            UPDATE town.here SET dwelling_id = vacant_id, municipality_code = (SELECT coalesce(d.municipality, 151) FROM town.dwelling d WHERE d.dwelling_id = vacant_id), abroad = NULL, since = day + gap
            WHERE household = who;
            DELETE FROM town.vacant WHERE dwelling_id = vacant_id;
        ELSIF u < 0.70 AND vacant_id IS NOT NULL THEN       -- one comes from outside
            households := households + 1;
            INSERT INTO town.here SELECT persons + k, households, vacant_id, 151, NULL, day FROM generate_series(1, 1 + floor(3 * v)::int) k;
            INSERT INTO town.person (person_id, born_on) SELECT h.person_id, day - floor(25000 * town.u(13, h.person_id))::int FROM town.here h WHERE h.household = households;
            INSERT INTO town.address_period SELECT h.person_id, NULL, CASE WHEN i % 3 > 0 THEN 101 END, i % 3 = 0, day - 400, day FROM town.here h WHERE h.household = households AND i % 2 = 0;
            SELECT max(person_id) INTO persons FROM town.here;
            DELETE FROM town.vacant WHERE dwelling_id = vacant_id;
            home := NULL;
        ELSIF u < 0.76 THEN                            -- one leaves
            INSERT INTO town.address_period SELECT h.person_id, h.dwelling_id, h.municipality_code, h.abroad, h.since, day FROM town.here h WHERE h.household = who AND h.since < day;
            UPDATE town.here SET dwelling_id = NULL, municipality_code = CASE WHEN i % 4 > 0 THEN 157 END, abroad = i % 4 = 0, since = day WHERE household = who;
        ELSIF u < 0.85 AND vacant_id IS NOT NULL THEN       -- one person moves out alone
            households := households + 1;
            INSERT INTO town.address_period SELECT h.person_id, h.dwelling_id, h.municipality_code, h.abroad, h.since, day FROM town.here h WHERE h.person_id = one AND h.since < day;
            UPDATE town.here SET household = households, dwelling_id = vacant_id, since = day WHERE person_id = one;
            DELETE FROM town.vacant WHERE dwelling_id = vacant_id;
        ELSIF u < 0.88 THEN                            -- one moves in with others
            INSERT INTO town.address_period SELECT h.person_id, h.dwelling_id, h.municipality_code, h.abroad, h.since, day FROM town.here h WHERE h.person_id = one AND h.since < day;
            UPDATE town.here h SET (household, dwelling_id, since) = (SELECT o.household, o.dwelling_id, day FROM town.here o WHERE o.household >= w * households AND o.dwelling_id IS NOT NULL
                ORDER BY o.household, o.person_id LIMIT 1) WHERE h.person_id = one AND EXISTS (SELECT FROM town.here o WHERE o.household >= w * households AND o.dwelling_id IS NOT NULL);
        ELSIF u < 0.94 THEN                            -- a child is born
            persons := persons + 1;
            INSERT INTO town.here SELECT persons, who, home, h.municipality_code, NULL, day FROM town.here h WHERE h.person_id = one;
            INSERT INTO town.person (person_id, born_on) VALUES (persons, day);
            home := NULL;
        ELSE                                           -- somebody dies
            INSERT INTO town.address_period SELECT h.person_id, h.dwelling_id, h.municipality_code, h.abroad, h.since, day FROM town.here h WHERE h.person_id = one AND h.since < day;
            DELETE FROM town.here WHERE person_id = one;
            UPDATE town.person SET died_on = day - i % 3 WHERE person_id = one;
        END IF;
        IF home IS NOT NULL AND NOT EXISTS (SELECT FROM town.here h WHERE h.dwelling_id = home) THEN
            INSERT INTO town.vacant SELECT d.dwelling_id FROM town.dwelling d WHERE d.dwelling_id = home AND coalesce(d.demolished_on > day, true) ON CONFLICT DO NOTHING;
        END IF;
    END LOOP;
    INSERT INTO town.address_period SELECT h.person_id, h.dwelling_id, h.municipality_code, h.abroad, h.since, NULL FROM town.here h;
END$$;

-- What registers hold besides
INSERT INTO town.address_period SELECT person_id, (dwelling_id * 7) % 400 + 1, municipality_code, NULL, to_date - 20, to_date + 25 FROM town.address_period WHERE to_date IS NOT NULL AND (person_id * 11 + dwelling_id) % 23 = 0;
INSERT INTO town.address_period SELECT person_id, dwelling_id, municipality_code, NULL, from_date + 40, from_date - 3 FROM town.address_period WHERE (person_id * 13 + dwelling_id) % 71 = 0;
INSERT INTO town.address_period SELECT person_id, dwelling_id + 1, municipality_code, NULL, from_date + 9, from_date + 9 FROM town.address_period WHERE (person_id * 17 + dwelling_id) % 67 = 0;
INSERT INTO town.address_period SELECT * FROM town.address_period WHERE (person_id * 19 + dwelling_id) % 83 = 0;
INSERT INTO town.address_period SELECT person_id, dwelling_id, 151, NULL, date '2024-01-20' + (person_id % 60)::int, NULL FROM town.address_period WHERE to_date IS NULL AND person_id % 97 = 0;
INSERT INTO town.address_period VALUES (500007, 12, 151, NULL, NULL, '2015-03-01'), (500011, 9999, 151, NULL, '2016-02-01', '2016-05-01'), (500012, 9999, 157, NULL, '2016-02-01', '2016-05-01'),
    (600001, 15, 151, NULL, '2016-02-01', '2016-05-01'), (600002, 16, NULL, NULL, '2019-02-01', NULL);
INSERT INTO town.address_period SELECT 610000 + i, 21, 151, NULL, date '2019-05-01' + i, NULL FROM generate_series(1, 16) i;
UPDATE town.person SET died_on = '2012-05-05' WHERE person_id % 211 = 0;
DELETE FROM town.person WHERE person_id % 151 = 0;

INSERT INTO town.household_type SELECT person_id, (ARRAY['single', 'couple', 'couple_children', 'other'])[1 + person_id % 4], born_on, NULL FROM town.person;
INSERT INTO town.person_attribute SELECT person_id, 'income', 1000 * (person_id % 500), '2022-01-01', '2023-01-01' FROM town.person;
INSERT INTO town.person_attribute SELECT p.person_id, a.attribute, a.value, '2018-01-01', CASE WHEN p.person_id % 2 = 0 THEN date '2021-01-01' END
FROM town.person p JOIN (VALUES (3, 'benefit_any', 90000), (4, 'benefit_municipal', 120000), (4, 'full_time_share', 0.5), (5, 'tax_base', 250000)) a (n, attribute, value) ON a.n = p.person_id % 7;
INSERT INTO town.area SELECT 'kvarter', k::text, 'Kvarter ' || k FROM generate_series(1, 6) k UNION ALL SELECT 'almen_afdeling', k::text, 'Testrup afd. ' || k FROM generate_series(1, 9) k;
UPDATE town.area SET geojson = '{"type":"Polygon","coordinates":[[[4.1,55.1],[4.2,55.1],[4.2,55.2],[4.1,55.1]]]}' WHERE kind = 'kvarter' AND code = '1';
INSERT INTO town.dwelling_area SELECT dwelling_id, 'kvarter', (1 + building_id % 6)::text, NULL, CASE WHEN dwelling_id % 9 = 0 THEN date '2020-01-01' END FROM town.dwelling WHERE dwelling_id % 31 > 0;
INSERT INTO town.dwelling_area SELECT dwelling_id, 'almen_afdeling', (1 + building_id % 9)::text, '2005-01-01', NULL FROM town.dwelling WHERE building_id % 5 < 2;
INSERT INTO town.plan_project (project_id, name, adopted_on, permit_on, started_on, completed_on, area_kind, area_code)
SELECT k, 'Projekt ' || k, date '2018-01-01' + 100 * k, CASE WHEN k > 1 THEN date '2019-06-01' END, CASE WHEN k > 2 THEN date '2020-06-01' END, CASE WHEN k > 4 THEN date '2022-06-01' END,
    CASE WHEN k % 2 = 0 THEN 'kvarter' END, CASE WHEN k % 2 = 0 THEN '3' END FROM generate_series(1, 5) k;
INSERT INTO town.plan_dwelling SELECT k, 'apartment', 'social', 80, 10 * k, NULL, date '2026-01-01' FROM generate_series(1, 5) k;
INSERT INTO town.indicator SELECT 'own', 151, NULL, NULL, y, 'residents', 'persons', 'made up', 1000 + y FROM generate_series(2014, 2023) y;
INSERT INTO town.indicator SELECT 'DST', m, NULL, NULL, y, 'Folketal', 'antal', NULL, 1000 + 3 * y + m FROM generate_series(2014, 2023) y, unnest(ARRAY[151, 157]) m;
INSERT INTO town.tenure_override (dwelling_id, valid_from, tenure, note) SELECT dwelling_id, '2010-01-01', 'cooperative', 'Prøve' FROM town.dwelling WHERE dwelling_id % 61 = 0;
UPDATE town.tenure_override SET decided_by = 'test', decided_on = '2023-05-05';
DROP TABLE town.here, town.vacant;
SQL

sub make_town
{
	my ($node, $database) = @_;
	$node->safe_psql($database, $town);
	return;
}

# Statements that fill a monitor with what is in another schema of such tables
sub fill_monitor
{
	my ($monitor, $from) = @_;
	return join '', map { "INSERT INTO $monitor.$_ SELECT * FROM @{[ $from || 'town' ]}.$_;\n" } @INPUT;
}

# Statements that make a monitor of the town, not refreshed yet; its data date does not depend on today
sub new_monitor
{
	my ($monitor) = @_;
	return "SET client_min_messages = warning; SELECT byudv.create_monitor('$monitor', 151);\n"
	  . "UPDATE $monitor.setting SET as_of = '2024-01-01', study_from = '2014-01-01', proxy_more_than = 5;\n" . fill_monitor($monitor);
}

# A query for one row a table of results: its name, how many rows, and a digest of them that does not depend on their order
sub digests
{
	my ($monitor) = @_;
	return join(' UNION ALL ', map { "SELECT '$_', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM $monitor.$_ t" } @RESULT) . ' ORDER BY 1';
}

1;
