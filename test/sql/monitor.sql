-- Monitors: made, looked at, refreshed from a small town, changed piece by piece, broken and mended. What comes out is worked out by hand: with each person
-- is said what happens to them.
\set SHOW_CONTEXT never
\pset null -
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
-- What an error says, all but the place in the source
CREATE SCHEMA t_tool;
CREATE FUNCTION t_tool.try(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    state text;
    message text;
    detail text;
    hint text;
    result text;
BEGIN
    EXECUTE query INTO result;
    RETURN NEXT coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN NEXT format('%s %s', state, message);
    IF detail <> '' THEN RETURN NEXT 'DETAIL: ' || detail; END IF;
    IF hint <> '' THEN RETURN NEXT 'HINT: ' || hint; END IF;
END
$$;
-- check_monitor() and the log without times. The log is that of the steps which the numbers of rows were worked out for: what roll-ups add to a refresh is taken
-- off its total, and shown by itself where it matters.
CREATE FUNCTION t_tool.look(monitor text, OUT subject text, OUT status text, OUT message text, OUT hint text) RETURNS SETOF record LANGUAGE sql AS
$$SELECT c.subject, c.status, regexp_replace(c.message, 'began [-0-9]+ [0-9]+:[0-9]+', 'began (time)'), c.hint FROM byudv.check_monitor(monitor) c$$;
CREATE FUNCTION t_tool.log(monitor text, OUT run bigint, OUT step text, OUT outcome text, OUT scope text, OUT added bigint, OUT removed bigint, OUT as_of date, OUT message text)
    RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT l.run_id, l.step, l.outcome, l.scope, l.rows_added - CASE l.step WHEN ''refresh'' THEN r.added ELSE 0 END,
            l.rows_removed - CASE l.step WHEN ''refresh'' THEN r.removed ELSE 0 END, l.as_of, l.message
        FROM %1$I.run_log l CROSS JOIN (SELECT coalesce(sum(x.added), 0)::bigint AS added, coalesce(sum(x.removed), 0)::bigint AS removed FROM t_tool.rollups(%1$L) x) r
        WHERE l.run_id = (SELECT max(x.run_id) FROM %1$I.run_log x) AND l.step NOT IN (SELECT u.step FROM byudv.rollup_sources() u)
        ORDER BY coalesce(array_position(byudv.refresh_steps(), l.step), 99)', monitor);
END
$$;
CREATE FUNCTION t_tool.rollups(monitor text, OUT step text, OUT outcome text, OUT scope text, OUT added bigint, OUT removed bigint) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT l.step, l.outcome, l.scope, l.rows_added, l.rows_removed FROM %1$I.run_log l
        WHERE l.run_id = (SELECT max(x.run_id) FROM %1$I.run_log x) AND l.step IN (SELECT u.step FROM byudv.rollup_sources() u)
        ORDER BY array_position(byudv.refresh_steps(), l.step)', monitor);
END
$$;
CREATE FUNCTION t_tool.changes(monitor text, OUT input text, OUT key_kind text, OUT keys bigint, OUT first bigint, OUT last bigint) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('WITH gone AS (DELETE FROM %I.change RETURNING *)
        SELECT g.input, g.key_kind, count(*), min(g.key), max(g.key) FROM gone g GROUP BY g.input, g.key_kind ORDER BY g.input COLLATE "C", g.key_kind COLLATE "C"', monitor);
END
$$;

-- Making one, and what is refused
\pset tuples_only on
\pset format unaligned
SELECT * FROM byudv.monitors();
SELECT t_tool.try($q$SELECT byudv.create_monitor(NULL)$q$);
SELECT t_tool.try($q$SELECT byudv.create_monitor('')$q$);
SELECT t_tool.try($q$SELECT byudv.create_monitor(repeat('x', 64))$q$);
SELECT t_tool.try(format('SELECT byudv.create_monitor(%L)', n)) FROM unnest(ARRAY['byudv', 'public', 'information_schema', 'pg_catalog', 'pg_mine', 'pg_']) WITH ORDINALITY x (n, o) ORDER BY o;
SELECT t_tool.try($q$SELECT byudv.create_monitor('t_nowhere', 100)$q$);
SELECT t_tool.try($q$SELECT byudv.create_monitor('t_nowhere', 0)$q$);
SELECT t_tool.try($q$SELECT byudv.create_monitor('t_nowhere', -151)$q$);
SELECT t_tool.try($q$SELECT byudv.check_monitor('t_town')$q$);
SELECT t_tool.try($q$SELECT byudv.upgrade_monitor('t_town')$q$);
SELECT t_tool.try($q$SELECT byudv.schedule_refresh('t_town')$q$);
SELECT t_tool.try($q$SELECT byudv.unschedule_refresh('t_town')$q$);
CALL byudv.refresh('t_town');
\echo :SQLSTATE
SELECT byudv.create_monitor('t_town', 151);
SELECT byudv.create_monitor('t_all');
SELECT byudv.create_monitor(repeat('t', 63), NULL);
SELECT byudv.create_monitor('By "Æ" 100% x''y', 147);
-- a name is taken as it is written
SELECT byudv.create_monitor('T_town', 101);
CREATE SCHEMA t_ready;
SELECT byudv.create_monitor('t_ready', 411);
CREATE SCHEMA t_taken;
CREATE TABLE t_taken.something ();
SELECT t_tool.try($q$SELECT byudv.create_monitor('t_taken')$q$);
SELECT t_tool.try($q$SELECT byudv.create_monitor('t_town', 151)$q$);
-- with the tables of a monitor, but none
CREATE TABLE t_taken.state ();
SELECT t_tool.try($q$SELECT byudv.check_monitor('t_taken')$q$);
DROP SCHEMA t_taken CASCADE;
SELECT monitor, owner = current_user AS own, layout FROM byudv.monitors() ORDER BY monitor COLLATE "C";
SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname IN (SELECT monitor FROM byudv.monitors()) ORDER BY nspname COLLATE "C";
SELECT n.nspname, count(*) FILTER (WHERE c.relkind = 'r') - (SELECT count(*) FROM byudv.monitor_tables()) AS other_tables, count(*) FILTER (WHERE c.relkind = 'v') - (SELECT count(*) FROM byudv.monitor_views()) AS other_views
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN (SELECT monitor FROM byudv.monitors()) AND c.relkind <> 'i' GROUP BY n.nspname ORDER BY n.nspname COLLATE "C";
TABLE t_town.setting;
SELECT step FROM t_town.pending ORDER BY array_position(byudv.refresh_steps(), step);
TABLE t_town.change;
-- what is not a monitor's name
SELECT t_tool.try($q$SELECT byudv.check_monitor(NULL)$q$);
SELECT t_tool.try($q$SELECT byudv.check_monitor('')$q$);
SELECT t_tool.try($q$SELECT byudv.check_monitor('T_TOWN')$q$);
SELECT t_tool.try($q$SELECT byudv.check_monitor('public')$q$);
SELECT t_tool.try($q$SELECT byudv.upgrade_monitor(NULL)$q$);
SELECT t_tool.try($q$SELECT byudv.schedule_refresh(NULL)$q$);
SELECT t_tool.try($q$SELECT byudv.unschedule_refresh(NULL)$q$);
DROP SCHEMA "T_town" CASCADE;
DROP SCHEMA t_ready CASCADE;
DROP SCHEMA ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt CASCADE;
\pset tuples_only off
\pset format aligned

-- Stage by stage: empty
SELECT * FROM t_tool.look('t_town');

-- The town, on 1 January 2024. Buildings: new flats of a company, a house, a block of condominiums, a block of social housing, an office, a holiday home, a hall
INSERT INTO t_town.building (building_id, property_id, building_use, built_year, defect_insurance, available_from) VALUES
    (1, 100, 140, 2021, 10, '2021-05-01'), (2, 200, 120, 1960, NULL, NULL), (3, 300, 140, 1970, NULL, NULL), (4, 400, 140, 1985, NULL, NULL), (5, 500, 321, 1990, NULL, NULL),
    (6, 600, 510, 1975, NULL, NULL), (7, 700, 150, 1968, NULL, NULL), (8, 800, 131, 2020, 10, '2020-01-15');
INSERT INTO t_town.dwelling (dwelling_id, municipality, building_id, property_id, property_kind, unit_use, unit_kind, area_m2, registered_use, public_support, available_from, demolished_on) VALUES
    (11, 151, 1, NULL, 'SFE', 140, '1', 80, 1, NULL, '2021-05-01', NULL), (12, NULL, 1, NULL, 'SFE', 140, '1', 90, 1, NULL, '2021-05-01', NULL),
    (21, 151, 2, 200, 'SFE', 120, '1', 140, 2, NULL, NULL, NULL),
    (31, 151, 3, 331, 'Ejerlejlighed', 140, '1', 70, 2, NULL, NULL, NULL), (32, 151, 3, 332, 'condominium', 140, '1', 70, 1, NULL, NULL, NULL),
    (33, 151, 3, 333, 'Ejerlejlighed', 140, '1', 70, NULL, NULL, NULL, NULL), (34, 151, 3, 334, 'Ejerlejlighed', 140, '1', 75, 2, NULL, NULL, NULL),
    (41, 151, 4, 400, 'SFE', 140, '1', 65, 1, 10, NULL, NULL), (42, 151, 4, 400, 'SFE', 140, '1', 65, 1, NULL, NULL, NULL),
    (51, 151, 5, 500, 'SFE', 321, 'E', 200, NULL, NULL, '2021-01-01', NULL), (61, 151, 6, 600, 'SFE', 510, '5', 50, 2, NULL, NULL, NULL),
    (71, 151, 7, 700, 'SFE', 150, '3', 20, 1, NULL, NULL, NULL), (81, 101, NULL, NULL, NULL, 120, NULL, NULL, NULL, NULL, NULL, NULL),
    (91, 151, 2, 200, 'SFE', 120, '1', 60, 2, NULL, NULL, '2022-06-01'), (95, 151, 8, 800, 'SFE', 131, '1', 100, NULL, NULL, '2023-11-01', NULL),
    (96, 151, 8, 800, 'SFE', 131, '1', 100, 2, NULL, '2020-01-15', NULL);
-- stage by stage: half filled
SELECT * FROM t_tool.look('t_town') WHERE subject NOT IN (SELECT table_name FROM byudv.monitor_tables() WHERE role = 'result') ORDER BY subject COLLATE "C";
-- Person 77 stands on three condominiums, and so is a contact person where more than two are too many. 34 has an owner of its own, which goes before the
-- property's. 95 and 96 were sold in 2015, and sold again on the data date, which counts: tenure is that of the day.
INSERT INTO t_town.ownership (property_id, dwelling_id, owner_code, owner_name, owner_person_id, valid_from, valid_to) VALUES
    (100, NULL, 30, 'Nybyg Bolig ApS', NULL, '2019-01-01', NULL), (200, NULL, 10, 'Anders Ægtved', 1001, '2000-01-01', NULL),
    (331, NULL, 10, 'Kirsten Kontakt', 77, '2000-01-01', NULL), (332, NULL, 10, 'Kirsten Kontakt', 77, '2000-01-01', NULL), (333, NULL, 10, 'K. Kontakt', 77, '2000-01-01', NULL),
    (334, NULL, 30, 'Nybyg Bolig ApS', NULL, '2000-01-01', NULL), (NULL, 34, 10, 'Eva Ejer', 1002, '2010-01-01', NULL),
    (400, NULL, 20, 'AAB Afd. 55', NULL, NULL, NULL), (500, NULL, 30, 'Kontorhuset ApS', NULL, '2000-01-01', NULL), (600, NULL, 10, 'Hans Hytte', 1003, '2000-01-01', NULL),
    (700, NULL, 40, 'Kollegiet Testen', NULL, '2000-01-01', NULL), (800, NULL, 10, 'Birthe Bygger', 1004, '2000-01-01', '2015-01-01'), (800, NULL, 10, 'Rolf Række', 1005, '2015-01-01', '2024-01-01'),
    (800, NULL, 30, 'Nybyg Bolig ApS', NULL, '2024-01-01', NULL);
INSERT INTO t_town.tenure_override (dwelling_id, valid_from, valid_to, tenure, note, decided_by, decided_on) VALUES
    (91, NULL, NULL, 'cooperative', 'vedtægterne er set', 'prøve', '2023-05-04'), (96, NULL, '2024-01-01', 'social', 'gælder ikke mere', 'prøve', '2023-05-04');
INSERT INTO t_town.person (person_id, born_on, died_on, protected) VALUES
    (1, '1970-01-01', NULL, false), (2, '1972-01-01', NULL, false), (3, '1980-01-01', NULL, false), (4, '1981-01-01', NULL, true), (5, '1990-01-01', NULL, false),
    (6, '2021-06-10', NULL, false), (7, '1960-01-01', NULL, false), (8, '1965-01-01', NULL, false), (9, '1935-01-01', '2022-08-20', false), (10, '1975-01-01', NULL, false),
    (11, '1988-01-01', NULL, false), (12, '1989-01-01', NULL, false), (13, '1950-01-01', NULL, false), (14, '1998-01-01', NULL, false), (15, '1999-01-01', NULL, false),
    (16, '1940-01-01', NULL, false), (17, '1977-01-01', NULL, false), (18, '1978-01-01', NULL, false), (19, '1996-01-01', NULL, false), (20, '1950-01-01', NULL, false);
INSERT INTO t_town.address_period (person_id, dwelling_id, municipality_code, abroad, from_date, to_date) VALUES
    -- a couple leaves its house for a new flat, five days apart: together they set the house free
    (1, 21, 151, false, '2010-01-01', '2021-05-15'), (1, 11, 151, false, '2021-05-15', NULL), (2, 21, 151, false, '2010-01-01', '2021-05-20'), (2, 11, 151, false, '2021-05-20', NULL),
    -- 3 leaves 4, who stays (origin_occupied), and moves into that house; two records make one residence
    (3, 41, 151, false, '2012-03-01', '2015-01-01'), (3, 41, 151, false, '2015-01-01', '2021-07-01'), (3, 21, 151, false, '2021-07-01', NULL), (4, 41, 151, false, '2012-03-01', NULL),
    -- 5 comes from a known home in Copenhagen, the record does not say so, the dwelling does; 6 is born there, which is no move into a vacancy
    (5, 81, NULL, NULL, '2015-01-01', '2021-06-01'), (5, 12, NULL, NULL, '2021-06-01', NULL), (6, 12, 151, false, '2021-06-10', NULL),
    -- 7 emigrates, 8 comes from Brøndby and has reported to leave after the data date, which is not known yet
    (7, 31, 151, false, '2010-01-01', '2022-03-01'), (7, NULL, NULL, true, '2022-03-01', NULL),
    (8, NULL, 153, false, '2015-06-01', '2022-04-01'), (8, 31, 151, false, '2022-04-01', '2024-01-15'), (8, 32, 151, false, '2024-01-15', NULL),
    -- 9 dies; the dwelling is vacant for more than a year
    (9, 32, 151, false, '2010-01-01', '2022-09-01'),
    -- 10 is away for 20 days and returns
    (10, 33, 151, false, '2018-01-01', '2023-03-01'), (10, 33, 151, false, '2023-03-21', NULL),
    -- 11 and 12 part on the same day: half a vacancy each
    (11, 34, 151, false, '2012-01-01', '2022-02-01'), (11, 42, 151, false, '2022-02-01', NULL), (12, 34, 151, false, '2012-01-01', '2022-02-01'), (12, 71, 151, false, '2022-02-01', NULL),
    -- 13 goes to Copenhagen, 14 to a known home there
    (13, 42, 151, false, '2010-01-01', '2022-01-15'), (13, NULL, 101, false, '2022-01-15', NULL), (14, 71, 151, false, '2019-01-01', '2022-02-01'), (14, 81, 101, false, '2022-02-01', NULL),
    -- 15 turns up
    (15, 34, 151, false, '2022-02-10', NULL),
    -- 16 leaves a house, which is torn down, and lives in an office
    (16, 91, 151, false, '2010-01-01', '2022-05-15'), (16, 51, 151, false, '2022-05-15', NULL),
    -- 17 left a holiday home before the study window; 18 moves in as well, while still registered in Copenhagen
    (17, 61, 151, false, '2010-01-01', '2019-12-01'), (17, 96, 151, false, '2020-02-01', NULL), (18, NULL, 101, false, '2010-01-01', '2020-02-11'), (18, 96, 151, false, '2020-02-01', NULL),
    -- 19 lodged before the window and went; 20 has a record that ends before it begins; 21 is not among the persons, and came from an address in the municipality that no dwelling was found for
    (19, 41, 151, false, '2018-01-01', '2018-06-01'), (20, 21, 151, false, '2020-05-01', '2020-04-01'), (21, NULL, 151, false, '2019-01-01', '2022-02-01'), (21, 71, 151, false, '2022-02-01', NULL);
INSERT INTO t_town.area VALUES ('kvarter', 'N', 'Nord'), ('almen_afdeling', '55', 'AAB 55');
INSERT INTO t_town.dwelling_area SELECT d.dwelling_id, 'kvarter', 'N' FROM t_town.dwelling d WHERE d.dwelling_id NOT IN (32, 81);
INSERT INTO t_town.dwelling_area VALUES (42, 'almen_afdeling', '55'), (12, 'almen_afdeling', '55');
UPDATE t_town.setting SET as_of = '2024-01-01', study_from = '2020-01-01', proxy_more_than = 2;
-- stage by stage: filled
SELECT subject, status, message, hint FROM t_tool.look('t_town') WHERE subject NOT IN (SELECT table_name FROM byudv.monitor_tables() WHERE role = 'result') ORDER BY subject COLLATE "C";

-- The refresh
CALL byudv.refresh('t_town');
SELECT * FROM t_tool.log('t_town');
SELECT step, outcome, scope FROM t_tool.rollups('t_town');
SELECT * FROM t_tool.look('t_town') WHERE subject = 'refresh';
TABLE t_town.proxy_owner;
SELECT dwelling_id AS id, municipality AS m, in_area, dwelling_type, tenure_register, tenure_dst, tenure, rule_id AS rule, certainty, owner_code AS code, owner_kind, organisation,
    proxy_owner AS proxy, overridden AS hand, is_new_build AS new FROM t_town.dwelling_class ORDER BY dwelling_id;
SELECT dwelling_id, reason FROM t_town.dwelling_class ORDER BY dwelling_id;
SELECT * FROM t_town.residence ORDER BY person_id, from_date;
SELECT * FROM t_town.move ORDER BY person_id, coalesce(left_on, arrived_on);
SELECT * FROM t_town.occupancy ORDER BY dwelling_id, occupancy;
SELECT * FROM t_town.vacancy_flow ORDER BY dwelling_id, vacated_on, outcome COLLATE "C", origin_dwelling_id;
SELECT * FROM t_town.chain ORDER BY new_dwelling_id, node;
SELECT issue, issue_key, dwelling_id, person_id, detail FROM t_town.data_issue ORDER BY issue COLLATE "C", issue_key COLLATE "C";

-- The same again is nothing
CREATE VIEW t_tool.town AS SELECT step, outcome, scope, added, removed, message FROM t_tool.log('t_town');
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT * FROM t_tool.rollups('t_town');
-- Inputs that only roll-ups read, one by one. A figure to compare with leads to the comparison of figures
INSERT INTO t_town.indicator (source, year, measure, value) VALUES ('DST', 2023, 'homes', 10);
SELECT input, key_kind, key FROM t_town.change;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT * FROM t_tool.rollups('t_town');
-- persons are counted again: one of a couple among those whose household is not known, which shows neither; and then what reads these counts
INSERT INTO t_town.household_type VALUES (1, 'couple', '2010-01-01', NULL);
INSERT INTO t_town.person_attribute VALUES (1, 'income', 100, '2022-01-01', '2023-01-01');
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT step, outcome, scope FROM t_tool.rollups('t_town');
SELECT item, persons FROM t_town.person_count WHERE attribute = 'household_type' AND population = 'resident' AND year = 2023 AND area_kind = 'all' AND dwelling_type = 'all' AND persons IS DISTINCT FROM 0 ORDER BY item COLLATE "C";
-- a plan: the pipeline, whom to expect, and figures of areas
INSERT INTO t_town.plan_project (project_id, name) VALUES (1, 'Engen');
INSERT INTO t_town.plan_dwelling (project_id, expected) VALUES (1, 10);
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT step, outcome, scope FROM t_tool.rollups('t_town');
SELECT project_id, stage, dwelling_type, tenure, expected, to_come FROM t_town.pipeline;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
TABLE t_town.change;
-- all again writes nothing either
CALL byudv.refresh('t_town', true);
TABLE t_tool.town;

-- One change at a time. A building with four dwellings; what is changed matters to none of them
UPDATE t_town.building SET built_year = 1971 WHERE building_id = 3;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- code 12 is a rental property: 33, of whose use nothing is known, becomes one (rule 63)
UPDATE t_town.building SET defect_insurance = 12 WHERE building_id = 3;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT dwelling_id, tenure, rule_id FROM t_town.dwelling_class WHERE dwelling_id = 33;
-- a dwelling: its four persons (1, 2, 3, 20), the dwelling that 1 and 2 went to; and a finding
UPDATE t_town.dwelling SET area_m2 = 1001 WHERE dwelling_id = 21;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- a dwelling turns out to lie in Copenhagen: 17 and 18 never came to town. A residence goes, three others become two, two moves, an occupancy, two flows and a chain go, and
-- a finding. Then all is as it was.
UPDATE t_town.dwelling SET municipality = 101 WHERE dwelling_id = 96;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT * FROM t_town.residence WHERE person_id IN (17, 18) ORDER BY person_id, from_date;
UPDATE t_town.dwelling SET municipality = 151 WHERE dwelling_id = 96;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- an owner code of one property: rule 75, and code against name
UPDATE t_town.ownership SET owner_code = 40 WHERE property_id = 500;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT tenure, rule_id, certainty FROM t_town.dwelling_class WHERE dwelling_id = 51;
SELECT detail FROM t_town.data_issue WHERE issue = 'owner_code_against_name';
-- two condominiums are not too many: the three dwellings of the contact person are classified anew, one has no owner any more
DELETE FROM t_town.ownership WHERE property_id = 333;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
TABLE t_town.proxy_owner;
SELECT dwelling_id, tenure, rule_id, proxy_owner FROM t_town.dwelling_class WHERE dwelling_id IN (31, 32, 33) ORDER BY dwelling_id;
-- and they are again, for one more ownership, though only one dwelling has changed
INSERT INTO t_town.ownership (dwelling_id, owner_code, owner_name, owner_person_id) VALUES (33, 10, 'K. Kontakt', 77);
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- a person was born the day before: no birth at the address, but somebody who moved in
UPDATE t_town.person SET born_on = '2021-06-09' WHERE person_id = 6;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT arrival FROM t_town.move WHERE person_id = 6;
SELECT outcome, movers FROM t_town.vacancy_flow WHERE dwelling_id = 12;
UPDATE t_town.person SET born_on = '2021-06-10' WHERE person_id = 6;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- an unknown person fills 32 after 334 days, and is gone again
INSERT INTO t_town.address_period (person_id, dwelling_id, municipality_code, from_date) VALUES (22, 32, 151, '2023-08-01');
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT vacated_on, filled_on, outcome, movers FROM t_town.vacancy_flow WHERE dwelling_id = 32;
DELETE FROM t_town.address_period WHERE person_id = 22;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- what was reported for the time to come has no effect
UPDATE t_town.address_period SET from_date = '2024-01-16' WHERE person_id = 8 AND dwelling_id = 32;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- an area's name concerns all findings, its dwellings only them
UPDATE t_town.area SET name = 'AAB afdeling 55' WHERE kind = 'almen_afdeling';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
DELETE FROM t_town.dwelling_area WHERE dwelling_id = 12 AND kind = 'almen_afdeling';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- decisions by hand: one more, then none
INSERT INTO t_town.tenure_override (dwelling_id, tenure, decided_by, decided_on) VALUES (34, 'private_rental', NULL, NULL);
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT tenure, rule_id, certainty, reason FROM t_town.dwelling_class WHERE dwelling_id = 34;
TRUNCATE t_town.tenure_override;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT dwelling_id, tenure, rule_id FROM t_town.dwelling_class WHERE dwelling_id IN (34, 91) ORDER BY dwelling_id;

-- Settings: each step that goes by one. With more than one resident a dwelling is listed, but not a hall
UPDATE t_town.setting SET odd_residents = 1;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT issue_key, detail FROM t_town.data_issue WHERE issue = 'too_many_residents' ORDER BY issue_key COLLATE "C";
UPDATE t_town.setting SET odd_residents = 12, overlap_tolerance = 29;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- 10 was away for 20 days: no move, no vacancy
UPDATE t_town.setting SET max_gap = 20;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
UPDATE t_town.setting SET max_gap = 19;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- a pattern of the user's own makes a foundation of the office's owner, whose code 40 then fits; and back
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('kontorhuset', 'word', 'foundation');
CALL byudv.refresh('t_town');
TABLE t_tool.town;
DELETE FROM byudv.owner_pattern WHERE NOT is_builtin;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- a day goes by: everything is computed, nothing is written
UPDATE t_town.setting SET as_of = '2024-01-02';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT DISTINCT as_of FROM t_tool.log('t_town');
-- what was computed in parts is what all at once gives
CALL byudv.refresh('t_town', full_refresh => true);
TABLE t_tool.town;

-- Chains follow the homes of other municipalities, if told to: 81 is one of them, moves stay as they are
CREATE TABLE t_tool.move AS TABLE t_town.move;
UPDATE t_town.setting SET follow_region = true;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT * FROM t_town.vacancy_flow WHERE dwelling_id IN (12, 81) ORDER BY dwelling_id, vacated_on;
SELECT * FROM t_town.chain WHERE new_dwelling_id = 12 ORDER BY node;
(TABLE t_town.move EXCEPT ALL TABLE t_tool.move) UNION ALL (TABLE t_tool.move EXCEPT ALL TABLE t_town.move);
UPDATE t_town.setting SET follow_region = false;
CALL byudv.refresh('t_town');
TABLE t_tool.town;

-- Two monitors do not touch each other: this one knew nothing of all that. It has no vacancies; the first comes with a part of it.
\pset tuples_only on
INSERT INTO t_all.dwelling (dwelling_id, municipality, unit_use, unit_kind) VALUES (1, 101, 140, '1'), (2, NULL, 140, '1');
INSERT INTO t_all.person (person_id) VALUES (1), (2);
INSERT INTO t_all.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES (1, 1, NULL, '2010-01-01', NULL), (2, NULL, 151, '2010-01-01', '2020-03-01'),
    (2, 2, NULL, '2020-03-01', NULL);
UPDATE t_all.setting SET as_of = '2024-01-01', study_from = '2020-01-01';
CALL byudv.refresh('t_all');
SELECT step, scope, added, removed FROM t_tool.log('t_all');
-- all dwellings are in the area, and what is elsewhere is told by its municipality
SELECT dwelling_id, municipality, in_area FROM t_all.dwelling_class ORDER BY dwelling_id;
SELECT * FROM t_all.move;
UPDATE t_all.address_period SET to_date = '2023-06-01' WHERE person_id = 1;
CALL byudv.refresh('t_all');
SELECT step, scope, added, removed FROM t_tool.log('t_all');
TABLE t_all.vacancy_flow;
-- the last row of each table goes, and comes back
DELETE FROM t_all.address_period;
CALL byudv.refresh('t_all');
SELECT step, scope, added, removed FROM t_tool.log('t_all');
INSERT INTO t_all.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES (1, 1, NULL, '2010-01-01', '2023-06-01');
CALL byudv.refresh('t_all');
SELECT step, scope, added, removed FROM t_tool.log('t_all');
DELETE FROM t_all.dwelling;
CALL byudv.refresh('t_all');
SELECT step, scope, added, removed FROM t_tool.log('t_all');
SELECT issue, issue_key, detail FROM t_all.data_issue ORDER BY issue COLLATE "C";
SELECT count(*) FROM "By ""Æ"" 100% x'y".run_log;
-- an odd name works as well as any
INSERT INTO "By ""Æ"" 100% x'y".dwelling (dwelling_id, unit_use, available_from, area_m2) VALUES (1, 120, '2023-01-01', 100);
UPDATE "By ""Æ"" 100% x'y".setting SET as_of = '2024-01-01';
CALL byudv.refresh('By "Æ" 100% x''y');
SELECT step, scope, added, removed FROM t_tool.log('By "Æ" 100% x''y');
SELECT vacated_on, outcome FROM "By ""Æ"" 100% x'y".vacancy_flow;
INSERT INTO "By ""Æ"" 100% x'y".person (person_id) VALUES (1);
CALL byudv.refresh('By "Æ" 100% x''y');
SELECT step, scope, added, removed FROM t_tool.log('By "Æ" 100% x''y');

-- What a refresh refuses
CALL byudv.refresh(NULL);
\echo :SQLSTATE
CALL byudv.refresh('t_town', NULL);
\echo :SQLSTATE
CALL byudv.refresh('nonesuch');
\echo :SQLSTATE
CALL byudv.refresh('public');
\echo :SQLSTATE
BEGIN;
CALL byudv.refresh('t_town');
\echo :SQLSTATE
ROLLBACK;
-- nor can a function commit; and nothing is locked by the attempt
SELECT t_tool.try($q$CALL byudv.refresh('t_town')$q$);
CREATE FUNCTION t_tool.refresh() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CALL byudv.refresh('t_town'); END $$;
\set VERBOSITY sqlstate
SELECT t_tool.refresh();
\set VERBOSITY default
SELECT count(*) AS locks FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid();
-- a block can, outside a transaction
DO $$ BEGIN CALL byudv.refresh('t_town'); END $$;
SELECT step, outcome FROM t_tool.log('t_town');
UPDATE t_all.setting SET as_of = 'infinity';
CALL byudv.refresh('t_all');
\echo :SQLSTATE
UPDATE t_all.setting SET as_of = '-infinity';
CALL byudv.refresh('t_all');
\echo :SQLSTATE
UPDATE t_all.setting SET as_of = '2024-01-01', study_from = '2024-01-01';
CALL byudv.refresh('t_all');
\echo :SQLSTATE
UPDATE t_all.setting SET study_from = 'infinity';
CALL byudv.refresh('t_all');
\echo :SQLSTATE
UPDATE t_all.setting SET study_from = '-infinity';
CALL byudv.refresh('t_all');
\echo :SQLSTATE
-- one day is a window
UPDATE t_all.setting SET study_from = '2023-12-31';
CALL byudv.refresh('t_all');
SELECT step, outcome FROM t_tool.log('t_all') WHERE step = 'refresh';
DELETE FROM t_all.setting;
CALL byudv.refresh('t_all');
\echo :SQLSTATE
SELECT * FROM t_tool.look('t_all') WHERE subject = 'setting';
INSERT INTO t_all.setting (as_of) VALUES ('2024-01-01');
\set VERBOSITY sqlstate
INSERT INTO t_all.setting (as_of) VALUES ('2024-01-01');
INSERT INTO t_all.setting (singleton) VALUES (false);
UPDATE t_all.setting SET max_gap = -1;
UPDATE t_all.setting SET proxy_more_than = 0;
\set VERBOSITY default
-- layouts of other versions
UPDATE t_all.state SET layout = 0;
CALL byudv.refresh('t_all');
\echo :SQLSTATE
SELECT t_tool.try($q$SELECT byudv.check_monitor('t_all')$q$);
SELECT byudv.upgrade_monitor('t_all');
CALL byudv.refresh('t_all');
SELECT step, outcome, scope FROM t_tool.log('t_all');
UPDATE t_all.state SET layout = 99;
CALL byudv.refresh('t_all');
\echo :SQLSTATE
SELECT t_tool.try($q$SELECT byudv.upgrade_monitor('t_all')$q$);
SELECT layout FROM byudv.monitors() WHERE monitor = 't_all';
DELETE FROM t_all.state;
CALL byudv.refresh('t_all');
\echo :SQLSTATE
SELECT byudv.upgrade_monitor('t_all');
SELECT byudv.upgrade_monitor('t_all');
-- pg_cron is not here
SELECT replace(t, current_database(), '(database)') FROM t_tool.try($q$SELECT byudv.schedule_refresh('t_town')$q$) t;
SELECT replace(t, current_database(), '(database)') FROM t_tool.try($q$SELECT byudv.schedule_refresh('By "Æ" 100% x''y', '15 4 * * 1')$q$) t;
SELECT t_tool.try($q$SELECT byudv.schedule_refresh('t_town', NULL)$q$);
SELECT byudv.unschedule_refresh('t_town');

-- A step that fails: what was done before it stays, it has changed nothing, the log says why; when it is mended, the next refresh goes on
INSERT INTO t_town.tenure_override (dwelling_id, tenure, decided_by, decided_on) VALUES (21, 'eje', 'prøve', '2023-05-04'), (42, 'andel', 'prøve', '2023-05-04');
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
CALL byudv.refresh('t_town');
\echo :SQLSTATE
TABLE t_tool.town;
SELECT count(*) AS locks FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid();
SELECT * FROM t_tool.look('t_town') WHERE subject = 'refresh';
SELECT step, key_kind, key FROM t_town.pending ORDER BY key;
DELETE FROM t_town.tenure_override WHERE tenure = 'andel';
UPDATE t_town.tenure_override SET tenure = 'private_rental';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT dwelling_id, tenure, overridden FROM t_town.dwelling_class WHERE dwelling_id IN (21, 42) ORDER BY dwelling_id;
-- a later step: those before it are done
ALTER TABLE t_town.data_issue ADD CONSTRAINT in_the_way CHECK (issue <> 'zero_length_registration');
INSERT INTO t_town.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES (20, 21, 151, '2021-01-01', '2021-01-01'), (20, 71, 151, '2022-03-01', NULL);
\set VERBOSITY sqlstate
CALL byudv.refresh('t_town');
\set VERBOSITY default
SELECT step, outcome, scope, added, removed, message IS NOT NULL AS says_why FROM t_tool.log('t_town');
SELECT residents FROM t_town.occupancy WHERE dwelling_id = 71 AND occupancy = 2;
ALTER TABLE t_town.data_issue DROP CONSTRAINT in_the_way;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- who died in it
INSERT INTO t_town.run_log (run_id, step, started_at, outcome) VALUES (1000, 'refresh', '2024-01-01', 'running'), (1000, 'residence', '2024-01-01', 'running');
SELECT subject, status, hint FROM t_tool.look('t_town') WHERE subject = 'refresh';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT step, outcome, message FROM t_town.run_log WHERE run_id = 1000 ORDER BY step COLLATE "C" DESC;
DELETE FROM t_town.run_log WHERE run_id >= 1000;

-- Tables that are missing or something else
CREATE TABLE t_tool.person AS TABLE t_town.person;
DROP TABLE t_town.person;
CALL byudv.refresh('t_town');
\echo :SQLSTATE
DROP TABLE t_town.dwelling_area, t_town.tenure_override;
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
CREATE VIEW t_town.person AS SELECT p.person_id::text AS person_id, p.died_on, p.protected::int FROM t_tool.person p;
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
DROP VIEW t_town.person;
CREATE VIEW t_town.person AS SELECT p.person_id::int, p.born_on, p.died_on FROM t_tool.person p;
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
DROP VIEW t_town.person;
CREATE VIEW t_town.person AS SELECT p.person_id::int, p.born_on, p.died_on, p.protected FROM t_tool.person p UNION ALL SELECT 1, NULL, NULL, false UNION ALL SELECT 2, NULL, NULL, false;
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
-- the missing ones are made again, empty; what depended on them is computed anew
SELECT byudv.upgrade_monitor('t_town');
CREATE OR REPLACE VIEW t_town.person AS SELECT p.person_id::int, p.born_on, p.died_on, p.protected FROM t_tool.person p;
SELECT * FROM t_tool.look('t_town') WHERE subject IN ('person', 'dwelling_area', 'tenure_override');
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- a view is read to the end at each refresh
CALL byudv.refresh('t_town');
TABLE t_tool.town;
UPDATE t_tool.person SET protected = true WHERE person_id = 5;
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- a table of the user's own without triggers is read as well, and has to be right in what the functions need
DROP VIEW t_town.person;
ALTER TABLE t_tool.person SET SCHEMA t_town;
SELECT * FROM t_tool.look('t_town') WHERE subject = 'person';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
INSERT INTO t_town.person VALUES (1, NULL, NULL, false);
SELECT * FROM t_tool.look('t_town') WHERE subject = 'person';
DELETE FROM t_town.person WHERE person_id = 1 AND born_on IS NULL;
-- it gets its triggers, and is watched from then on
SELECT byudv.upgrade_monitor('t_town');
SELECT * FROM t_tool.look('t_town') WHERE subject = 'person';
CALL byudv.refresh('t_town');
TABLE t_tool.town;
-- while a trigger was switched off nothing was noted, so that all is read; also when it is on again, but not always
ALTER TABLE t_town.person DISABLE TRIGGER byudv_update;
UPDATE t_town.person SET died_on = '2021-08-01' WHERE person_id = 13;
ALTER TABLE t_town.person ENABLE TRIGGER byudv_update;
SELECT * FROM t_tool.look('t_town') WHERE subject = 'person';
SELECT byudv.upgrade_monitor('t_town');
CALL byudv.refresh('t_town');
TABLE t_tool.town;
SELECT issue, detail FROM t_town.data_issue WHERE person_id = 13 ORDER BY issue COLLATE "C", issue_key COLLATE "C";
-- a table of results is gone
DROP TABLE t_town.move, t_town.proxy_owner, t_town.chain;
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
SELECT byudv.upgrade_monitor('t_town');
CALL byudv.refresh('t_town');
SELECT step, outcome, scope, added > 0 AS added, removed FROM t_tool.log('t_town');
-- or a column of one, which no row may be without
ALTER TABLE t_town.occupancy DROP COLUMN residents;
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
SELECT byudv.upgrade_monitor('t_town');
SELECT * FROM t_tool.look('t_town') WHERE status NOT IN ('ok', 'empty');
CALL byudv.refresh('t_town');
SELECT step, outcome, scope, added, removed FROM t_tool.log('t_town');
CALL byudv.refresh('t_town', true);
SELECT sum(added) AS added, sum(removed) AS removed FROM t_tool.log('t_town');

-- No view of the monitor stands in the way when an input is replaced
BEGIN;
DO $$
DECLARE
    t text;
BEGIN
    FOR t IN SELECT m.table_name FROM byudv.monitor_tables() m WHERE m.role = 'input' ORDER BY m.ordinal LOOP
        EXECUTE format('CREATE TABLE t_tool.%I AS TABLE t_town.%I', 'own_' || t, t);
        EXECUTE format('DROP TABLE t_town.%I', t);
        EXECUTE format('CREATE VIEW t_town.%I AS TABLE t_tool.%I', t, 'own_' || t);
    END LOOP;
END
$$;
COMMIT;
SELECT count(*) AS watched FROM byudv.monitor_tables() t WHERE t.role = 'input' AND byudv.is_tracked(format('t_town.%I', t.table_name)::regclass);
CALL byudv.refresh('t_town');
SELECT sum(added) AS added, sum(removed) AS removed FROM (SELECT added, removed FROM t_tool.log('t_town') UNION ALL SELECT added, removed FROM t_tool.rollups('t_town')) x;
-- Views that are dropped are made again, and nothing has to be computed for that; who read them all reads them again, and who read one still reads one
GRANT USAGE ON SCHEMA t_tool TO PUBLIC;
CREATE ROLE regress_byudv_reader;
CREATE ROLE "Regress byudv reader";
CREATE ROLE regress_byudv_one;
GRANT USAGE ON SCHEMA t_town TO regress_byudv_one;
GRANT SELECT ON t_town.bi_stock TO regress_byudv_one;
SELECT byudv.grant_reader('t_town', 'regress_byudv_reader');
SELECT byudv.grant_reader('t_town', 'Regress byudv reader');
CREATE VIEW t_tool.reads AS SELECT r.rolname, count(*) FILTER (WHERE c.relname LIKE 'bi\_%' AND has_table_privilege(r.oid, c.oid, 'SELECT')) AS views, count(*) FILTER (WHERE c.relname NOT LIKE 'bi\_%' AND has_table_privilege(r.oid, c.oid, 'SELECT')) AS others,
    has_schema_privilege(r.oid, 't_town', 'USAGE') AS look FROM pg_roles r, pg_class c WHERE r.rolname IN ('regress_byudv_reader', 'Regress byudv reader', 'regress_byudv_one') AND c.relnamespace = 't_town'::regnamespace AND c.relkind IN ('r', 'v') GROUP BY r.oid, r.rolname;
SELECT rolname, views - (SELECT count(*) FROM byudv.monitor_views()) AS views_less_all, others, look FROM t_tool.reads WHERE rolname <> 'regress_byudv_one' ORDER BY rolname COLLATE "C";
DROP VIEW t_town.bi_dim_date, t_town.bi_dim_area, t_town.bi_moves;
SELECT byudv.upgrade_monitor('t_town');
TABLE t_town.pending;
SELECT rolname, views - (SELECT count(*) FROM byudv.monitor_views()) AS views_less_all, others, look FROM t_tool.reads WHERE rolname <> 'regress_byudv_one' ORDER BY rolname COLLATE "C";
SELECT views, others FROM t_tool.reads WHERE rolname = 'regress_byudv_one';
SET ROLE regress_byudv_reader;
SELECT count(*) > 0 AS some FROM t_town.bi_dim_date;
SELECT count(*) > 0 AS some FROM t_town.bi_moves;
SELECT split_part(t, ' ', 1) FROM t_tool.try('SELECT count(*) FROM t_town.dwelling_class') t;
SELECT t_tool.try($q$SELECT byudv.grant_reader('t_town', 'regress_byudv_one')$q$);
RESET ROLE;
SELECT byudv.revoke_reader('t_town', 'Regress byudv reader');
SELECT rolname, views, others, look FROM t_tool.reads WHERE rolname = 'Regress byudv reader';
-- and what is refused
SELECT t_tool.try($q$SELECT byudv.grant_reader(NULL, 'regress_byudv_reader')$q$);
SELECT t_tool.try($q$SELECT byudv.grant_reader('t_nowhere', 'regress_byudv_reader')$q$);
SELECT t_tool.try($q$SELECT byudv.grant_reader('t_town', NULL)$q$);
SELECT t_tool.try($q$SELECT byudv.grant_reader('t_town', 'regress_byudv_nobody')$q$);
SELECT t_tool.try($q$SELECT byudv.revoke_reader('t_town', 'Regress byudv nobody')$q$);
SELECT t_tool.try($q$SELECT byudv.revoke_reader('t_town', NULL)$q$);
SELECT replace(t, current_user, '(owner)') FROM t_tool.try(format('SELECT byudv.revoke_reader(%L, %L)', 't_town', current_user)) t;
SELECT replace(t, current_user, '(owner)') FROM t_tool.try(format('SELECT byudv.grant_reader(%L, %L)', 't_town', current_user)) t;
DROP OWNED BY regress_byudv_reader, "Regress byudv reader", regress_byudv_one;
DROP ROLE regress_byudv_reader, "Regress byudv reader", regress_byudv_one;

-- What triggers note
\pset tuples_only off
DELETE FROM t_all.change;
INSERT INTO t_all.building (building_id) VALUES (1), (2), (3);
SELECT * FROM t_tool.changes('t_all');
UPDATE t_all.building SET building_id = 10 WHERE building_id = 1;
SELECT * FROM t_tool.changes('t_all');
DELETE FROM t_all.building WHERE building_id > 2;
SELECT * FROM t_tool.changes('t_all');
-- nothing changed: nothing noted
DELETE FROM t_all.building WHERE building_id = 99;
UPDATE t_all.building SET status = 6 WHERE building_id = 99;
INSERT INTO t_all.building SELECT 99 WHERE false;
SELECT * FROM t_tool.changes('t_all');
TRUNCATE t_all.building;
SELECT * FROM t_tool.changes('t_all');
-- two keys a row, each where it is there
INSERT INTO t_all.ownership (property_id, dwelling_id) VALUES (1, NULL), (NULL, 2), (3, 4), (NULL, NULL);
SELECT * FROM t_tool.changes('t_all');
-- ON CONFLICT: what is inserted and what is updated
INSERT INTO t_all.person (person_id) VALUES (1), (2), (3) ON CONFLICT (person_id) DO UPDATE SET protected = true;
SELECT * FROM t_tool.changes('t_all');
INSERT INTO t_all.person (person_id) VALUES (1), (4) ON CONFLICT DO NOTHING;
SELECT * FROM t_tool.changes('t_all');
COPY t_all.address_period (person_id, dwelling_id) FROM STDIN;
7	1
8	\N
7	2
\.
SELECT * FROM t_tool.changes('t_all');
-- MERGE, where the server has it: 1 is updated, 4 deleted, 5 inserted
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 150000 THEN
        EXECUTE 'MERGE INTO t_all.person p USING (VALUES (1), (4), (5)) v (n) ON p.person_id = v.n WHEN MATCHED AND v.n = 1 THEN UPDATE SET protected = true '
            'WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (person_id) VALUES (v.n)';
    ELSE
        UPDATE t_all.person SET protected = true WHERE person_id = 1;
        DELETE FROM t_all.person WHERE person_id = 4;
        INSERT INTO t_all.person (person_id) VALUES (5);
    END IF;
END
$$;
SELECT input, key_kind, key FROM t_all.change ORDER BY key;
SELECT * FROM t_tool.changes('t_all');
WITH gone AS (DELETE FROM t_all.person WHERE person_id = 5 RETURNING person_id), there AS (INSERT INTO t_all.dwelling (dwelling_id) VALUES (50)) INSERT INTO t_all.building (building_id) SELECT person_id FROM gone;
SELECT * FROM t_tool.changes('t_all');
-- up to 200000 rows are listed
INSERT INTO t_all.person (person_id) SELECT n FROM generate_series(1001, 201000) n;
SELECT * FROM t_tool.changes('t_all');
INSERT INTO t_all.person (person_id) SELECT n FROM generate_series(300001, 500001) n;
SELECT * FROM t_tool.changes('t_all');
DELETE FROM t_all.person WHERE person_id > 1000;
SELECT * FROM t_tool.changes('t_all');
-- also where triggers of the user's are switched off, as a subscription does
SET session_replication_role = replica;
INSERT INTO t_all.building (building_id) VALUES (77);
RESET session_replication_role;
SELECT * FROM t_tool.changes('t_all');
\pset tuples_only on

-- Rights: a role that owns a monitor does all by itself; others, and PUBLIC, see nothing of it
CREATE ROLE regress_byudv_owner;
CREATE ROLE regress_byudv_other;
CREATE SCHEMA t_owned AUTHORIZATION regress_byudv_owner;
SET ROLE regress_byudv_other;
SELECT t_tool.try($q$SELECT byudv.create_monitor('t_owned', 151)$q$);
SELECT split_part(t, ' ', 1) AS no_right_to_create FROM t_tool.try($q$SELECT byudv.create_monitor('t_mine', 151)$q$) t;
SET ROLE regress_byudv_owner;
SELECT byudv.create_monitor('t_owned', 151);
INSERT INTO t_owned.dwelling (dwelling_id, unit_use, available_from) VALUES (1, 120, '2023-01-01');
UPDATE t_owned.setting SET as_of = '2024-01-01';
CALL byudv.refresh('t_owned');
SELECT step, outcome, added FROM t_tool.log('t_owned');
SELECT DISTINCT run_by FROM t_owned.run_log;
SELECT subject, status FROM byudv.check_monitor('t_owned') WHERE subject = 'refresh';
RESET ROLE;
SET ROLE regress_byudv_other;
SELECT monitor, owner = 'regress_byudv_owner' AS owned, layout FROM byudv.monitors() ORDER BY monitor COLLATE "C";
SELECT t_tool.try($q$SELECT byudv.check_monitor('t_owned')$q$);
SELECT t_tool.try($q$SELECT byudv.upgrade_monitor('t_owned')$q$);
SELECT t_tool.try($q$SELECT byudv.schedule_refresh('t_owned')$q$);
CALL byudv.refresh('t_owned');
\echo :SQLSTATE
SELECT split_part(t, ' ', 1) FROM t_tool.try($q$SELECT count(*) FROM t_owned.dwelling$q$) t;
RESET ROLE;
-- who may write to an input, and to what is noted of it
GRANT USAGE ON SCHEMA t_owned TO regress_byudv_other;
GRANT INSERT ON t_owned.person TO regress_byudv_other;
SET ROLE regress_byudv_other;
\set VERBOSITY sqlstate
INSERT INTO t_owned.person (person_id) VALUES (1);
\set VERBOSITY default
RESET ROLE;
GRANT INSERT ON t_owned.change TO regress_byudv_other;
SET ROLE regress_byudv_other;
INSERT INTO t_owned.person (person_id) VALUES (1);
RESET ROLE;
SELECT input, key FROM t_owned.change;
-- a member of the role that owns it
GRANT regress_byudv_owner TO regress_byudv_other;
SET ROLE regress_byudv_other;
CALL byudv.refresh('t_owned');
SELECT step, outcome, scope FROM t_tool.log('t_owned');
RESET ROLE;
\pset tuples_only off

DROP SCHEMA t_town, t_all, t_owned, "By ""Æ"" 100% x'y", t_tool CASCADE;
DROP ROLE regress_byudv_owner, regress_byudv_other;
SELECT count(*) AS monitors FROM byudv.monitors();
