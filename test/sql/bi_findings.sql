-- BI views of what to look at, of areas and of findings: worked by hand, statistics with R (the numbers after R are what R 4.2 prints).
\set SHOW_CONTEXT never
\pset null -
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
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
-- Whether a number is what R says, to nine digits
CREATE FUNCTION t_tool.is(actual float8, expected float8) RETURNS boolean LANGUAGE sql AS
    'SELECT CASE WHEN expected IS NULL OR actual IS NULL THEN expected IS NULL AND actual IS NULL ELSE abs(actual - expected) <= 1e-9 * greatest(abs(expected), 1e-30) END';

-- Two groups compared. R: prop.test(45, 100, correct = FALSE) and so on; the difference puts Wilson's limits together
SELECT t_tool.is(s.share, 0.45) AS share, t_tool.is(s.lower, 0.356145379795120) AS lower, t_tool.is(s.upper, 0.547553970025579) AS upper FROM byudv.share_limits(45, 100) s;
SELECT t_tool.is(s.lower, 0) AS lower, t_tool.is(s.upper, 0.161125158052819) AS upper FROM byudv.share_limits(0, 20) s;
SELECT t_tool.is(s.lower, 1 - 0.161125158052819) AS lower, t_tool.is(s.upper, 1) AS upper FROM byudv.share_limits(20, 20) s;
SELECT t_tool.is(c.share_1, 0.45) AS share_1, t_tool.is(c.share_2, 30.0 / 110) AS share_2, t_tool.is(c.difference, 0.45 - 30.0 / 110) AS difference, t_tool.is(c.lower, 0.0473509836577637) AS lower,
    t_tool.is(c.upper, 0.3000208033343637) AS upper, t_tool.is(c.chi_square, 7.16969696969697) AS chi_square, t_tool.is(c.p_value, 0.00741452985407882) AS p_value FROM byudv.compare_shares(45, 100, 30, 110) c;
-- so many tell as much as half of them
SELECT t_tool.is(c.lower, d.lower) AS lower, t_tool.is(c.upper, d.upper) AS upper, t_tool.is(c.p_value, d.p_value) AS p_value FROM byudv.compare_shares(90, 200, 60, 220, 2) c, byudv.compare_shares(45, 100, 30, 110) d;
-- R: prop.test(45, 75, p = 100/210, correct = FALSE); the exact limits of poisson.test(c(45, 30), c(100, 110)) are 1.017 and 2.713, its p 0.037
SELECT t_tool.is(c.rate_1, 0.45) AS rate_1, t_tool.is(c.rate_2, 30.0 / 110) AS rate_2, t_tool.is(c.ratio, 1.65) AS ratio, t_tool.is(c.lower, 1.04374967199415) AS lower,
    t_tool.is(c.upper, 2.60838405323614) AS upper, t_tool.is(c.p_value, 0.0318028886326933) AS p_value FROM byudv.compare_rates(45, 100, 30, 110) c;
-- a wider confidence has wider limits; R: pchisq(3.84, 1, lower.tail = FALSE), pchisq(18.3, 10, lower.tail = FALSE)
SELECT c.lower < d.lower AND c.upper > d.upper AND c.p_value = d.p_value AS wider FROM byudv.compare_shares(45, 100, 30, 110, 1, 0.99) c, byudv.compare_shares(45, 100, 30, 110) d;
SELECT t_tool.is(byudv.chi_square_p(3.84), 0.0500435212487056) AS one, t_tool.is(byudv.chi_square_p(18.3, 10), 0.0501090614114625) AS ten, byudv.chi_square_p(0) AS nothing;
-- nobody, all, nothing
SELECT * FROM byudv.share_limits(0, 0);
SELECT share_1, share_2, difference, chi_square, p_value FROM byudv.compare_shares(0, 10, 0, 20);
SELECT share_1, share_2, difference, chi_square, p_value FROM byudv.compare_shares(0, 0, 5, 20);
SELECT rate_1, rate_2, ratio, round(lower::numeric, 4) AS lower, upper, round(p_value::numeric, 6) AS p_value FROM byudv.compare_rates(3, 100, 0, 110);
SELECT rate_1, rate_2, ratio, lower, round(upper::numeric, 4) AS upper FROM byudv.compare_rates(0, 110, 3, 100);
SELECT rate_1, rate_2, ratio, p_value FROM byudv.compare_rates(0, 100, 0, 110);
SELECT rate_1, rate_2, ratio, p_value FROM byudv.compare_rates(3, 0, 1, 110);
SELECT num_nonnulls(share_1, share_2, difference, lower, upper, chi_square, p_value) FROM byudv.compare_shares(NULL, 10, 1, 10);
\pset tuples_only on
\pset format unaligned
SELECT t_tool.try('SELECT byudv.share_limits(5, 4)');
SELECT t_tool.try('SELECT byudv.share_limits(-1, 4)');
SELECT t_tool.try($q$SELECT byudv.share_limits(1, 'infinity')$q$);
SELECT t_tool.try('SELECT byudv.share_limits(1, 4, 0.5)');
SELECT t_tool.try('SELECT byudv.share_limits(1, 4, 1, 1)');
SELECT t_tool.try('SELECT byudv.compare_shares(1, 4, 6, 5)');
SELECT t_tool.try($q$SELECT byudv.compare_rates(1, 'NaN', 6, 5)$q$);
SELECT t_tool.try('SELECT byudv.chi_square_p(-1)');
SELECT t_tool.try('SELECT byudv.chi_square_p(1, 0)');
\pset tuples_only off
\pset format aligned

-- A town to look at, on 1 January 2024. Dwellings 12, 16 to 20 and 25 are alike: code 99 and a house, so their tenure is a guess.
SELECT length(byudv.create_monitor('t_look', 151)) > 0 AS made;
UPDATE t_look.setting SET as_of = '2024-01-01', study_from = '2019-01-01', odd_residents = 2;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_from, built_to, tenure, certainty, reason) VALUES ('corrected', 9001, 1, 1111, 1111, 'owner', 'low', 'Ejeren ({owner}) bor der selv.');
INSERT INTO t_look.building (building_id, property_id, building_use, built_year) VALUES (1, 100, 140, 1970), (2, 200, 120, 1960), (3, 300, 140, 1965), (4, 400, 120, 1111), (5, 500, 321, 1980), (6, 600, 120, 1990);
INSERT INTO t_look.dwelling (dwelling_id, building_id, property_id, property_kind, unit_use, unit_kind, area_m2, registered_use, demolished_on, address) VALUES
    (11, 1, NULL, NULL, 140, '1', 70, 1, NULL, 'Testvej 1, st.'), (12, 2, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 12'), (13, 3, 313, 'condominium', 140, '1', 60, 1, NULL, 'Testvej 13'),
    (14, 3, 314, 'condominium', 140, '1', 60, NULL, NULL, 'Testvej 14'), (15, 3, 315, 'condominium', 140, '1', 60, 2, NULL, 'Testvej 15'), (16, 2, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 16'),
    (17, 6, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 17'), (18, 2, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 18'), (19, 2, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 19'),
    (20, 2, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 20'), (22, 4, NULL, NULL, 120, '1', 120, 2, NULL, 'Testvej 22'), (23, 2, NULL, NULL, 120, '1', 120, NULL, '2023-01-01', 'Testvej 23'),
    (24, 5, NULL, NULL, 321, 'E', 120, NULL, NULL, 'Testvej 24'), (25, 2, NULL, NULL, 120, '1', 120, NULL, NULL, 'Testvej 25'), (26, 5, NULL, NULL, 321, 'E', 120, NULL, NULL, NULL),
    (27, 3, 327, 'condominium', 140, '1', 60, 2, NULL, 'Testvej 27'), (28, 2, NULL, NULL, 120, '1', 40, NULL, NULL, 'Testvej 28');
-- 77 is protected and owns the property of building 6; 13 to 15 and 27 are owned by persons
INSERT INTO t_look.ownership (property_id, owner_code, owner_name, owner_person_id) VALUES (100, 10, 'Boligselskabet Testrup afd. 3', NULL), (200, 99, NULL, NULL), (600, 99, NULL, 77), (313, 10, 'Anders Ægtved', 901), (314, 10, 'Birgit Testesen', 902),
    (315, 10, 'Carl Prøvesen', 903), (400, 10, 'Dorte Hemmelig', 904), (500, 30, 'Test ApS', NULL), (327, 10, 'Erik Testesen', 905);
INSERT INTO t_look.tenure_override (dwelling_id, tenure, note, decided_by, decided_on) VALUES (15, 'private_rental', 'Set hos Carl', 'jens.hansen', '2023-05-01');
INSERT INTO t_look.person (person_id, born_on, protected) SELECT n, '1980-01-01', n IN (77, 78, 79, 80) FROM generate_series(1, 100) n;
-- 78 lives in 16; nobody knows 201, who lives in 18; 79 will move into 19; 80 has left 20. 1 and 2 live in 24, an office, 3 to 6 in 26, another; 7 to 9 in 28.
INSERT INTO t_look.address_period (person_id, dwelling_id, from_date, to_date) VALUES (78, 16, '2020-01-01', NULL), (201, 18, '2020-01-01', NULL), (79, 19, '2024-03-01', NULL), (80, 20, '2020-01-01', '2023-06-01'),
    (1, 24, '2020-01-01', NULL), (2, 24, '2020-01-01', NULL), (3, 26, '2020-01-01', NULL), (4, 26, '2020-01-01', NULL), (5, 26, '2020-01-01', NULL), (6, 26, '2020-01-01', NULL), (7, 28, '2020-01-01', NULL),
    (8, 28, '2020-01-01', NULL), (9, 28, '2020-01-01', NULL),
    -- records of two persons end before they begin, those of four last no day, of seven lie in the future
    (11, 25, '2020-02-01', '2020-01-01'), (12, 25, '2020-02-01', '2020-01-01'), (13, 25, '2020-02-01', '2020-02-01'), (14, 25, '2020-02-01', '2020-02-01'), (15, 25, '2020-02-01', '2020-02-01'), (16, 25, '2020-02-01', '2020-02-01'),
    (21, 25, '2025-02-01', NULL), (22, 25, '2025-02-01', NULL), (23, 25, '2025-02-01', NULL), (24, 25, '2025-02-01', NULL), (25, 25, '2025-02-01', NULL), (26, 25, '2025-02-01', NULL), (27, 25, '2025-02-01', NULL);
-- two quarters hold all homes, two parishes hold few
INSERT INTO t_look.area (kind, code, name) VALUES ('kvarter', 'N', 'Nord'), ('kvarter', 'S', 'Syd'), ('sogn', 'A', 'Testsogn'), ('sogn', 'B', 'Prøvesogn'), ('sogn', 'C', 'Nord');
INSERT INTO t_look.dwelling_area (dwelling_id, kind, code) SELECT d.dwelling_id, 'kvarter', CASE WHEN d.building_id = 3 THEN 'S' ELSE 'N' END FROM t_look.dwelling d
    UNION ALL SELECT v.* FROM (VALUES (11, 'sogn', 'A'), (12, 'sogn', 'B'), (13, 'sogn', 'C')) v;
CALL byudv.refresh('t_look');
SELECT dwelling_id, address, area_label, areas, why, priority, tenure_register, tenure_dst, tenure, certainty FROM t_look.bi_tenure_review ORDER BY priority, dwelling_id;
SELECT dwelling_id, why_label, reason, organisation, issues, advice FROM t_look.bi_tenure_review ORDER BY priority, dwelling_id;
SELECT issue, dwelling_id, address, detail FROM t_look.bi_data_issue ORDER BY issue_sort, dwelling_id;
-- One person is too few to be counted, and two are. Who knows from run_log that they are three, and that each kind has one, would know the one: so the four go, too.
SELECT issue, issue_label, severity_label, about, findings, hidden FROM t_look.bi_data_issue_summary WHERE findings > 0 OR hidden = 1 ORDER BY issue_sort;
SELECT count(*) = (SELECT count(*) FROM byudv.data_issue_kind) AS all_kinds FROM t_look.bi_data_issue_summary;
-- Nothing of protected persons, names, or who decided, anywhere in these views
SELECT count(*) FROM (SELECT r::text AS line FROM t_look.bi_tenure_review r UNION ALL SELECT i::text FROM t_look.bi_data_issue i) x WHERE x.line ~ 'Ægtved|Testesen|Prøvesen|Hemmelig|jens|Carl|Testvej (16|17|18|19)\y';
-- where min_cell is 1, small counts show
SET byudv.min_cell = 1;
CALL byudv.refresh('t_look');
SELECT detail FROM t_look.bi_data_issue WHERE dwelling_id = 24;
SELECT issue, findings, hidden FROM t_look.bi_data_issue_summary WHERE about = 'person' AND findings > 0 ORDER BY issue_sort;
SET byudv.min_cell = 2;
CALL byudv.refresh('t_look');
SELECT issue, findings, hidden FROM t_look.bi_data_issue_summary WHERE about = 'person' AND (findings > 0 OR hidden = 1) ORDER BY issue_sort;
RESET byudv.min_cell;
-- A protection that is set takes the dwelling out; one that ends puts it back
UPDATE t_look.person SET protected = person_id = 7;
CALL byudv.refresh('t_look');
SELECT dwelling_id FROM t_look.bi_tenure_review ORDER BY dwelling_id;
SELECT issue, dwelling_id FROM t_look.bi_data_issue WHERE issue = 'too_many_residents';
SELECT run_id, step_label, step_no, is_latest, outcome_label, data_date, min_cell, seconds >= 0 AS seconds, hours_since BETWEEN 0 AND 1 AS hours, started_at <= finished_at AS times
FROM t_look.bi_run WHERE step IN ('refresh', 'dwelling_class', 'tenure_review') ORDER BY run_id, step_no;
-- Each view is in the dictionary with all its columns, and each column says what it is
SELECT count(*) > 200 AS many, count(DISTINCT d.view_name) = count(DISTINCT c.relname) AS views, count(*) = count(d.column_name) AND count(*) = count(a.attname) AS columns,
    bool_and(least(d.view_description_da, d.view_description_en, d.question_da, d.label_da, d.description_da, d.description_en) > '') AS filled,
    bool_and(replace(replace(replace(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar'), ' without time zone', ''), ' ', '') = replace(d.type, ' ', '')) AS types
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND c.relnamespace = 't_look'::regnamespace AND c.relname LIKE 'bi\_%'
FULL JOIN t_look.bi_data_dictionary d ON d.view_name = c.relname AND d.column_name = a.attname AND d.column_no = a.attnum;
SELECT view_name, column_no, column_name, is_key FROM t_look.bi_data_dictionary WHERE view_name = 'bi_destination' ORDER BY column_no;

-- Areas: by name, code, kind and code; figures as counted by hand: 14 homes stand on 1 January 2024, 3 of them lived in; 4 are in the south, all empty flats
SELECT measure, value, municipality, difference, unit FROM byudv.area_profile('t_look', 'SYD', 2024) LIMIT 6;
SELECT measure, value FROM byudv.area_profile('t_look', 'kvarter:n', 2024) LIMIT 1;
SELECT count(*) FROM (SELECT * FROM byudv.area_profile('t_look', 'S') EXCEPT SELECT * FROM byudv.area_profile('t_look', 'syd')) x;
SELECT measure, value, of_year FROM byudv.area_profile('t_look', 'all') WHERE measure = 'Boliger';
\pset tuples_only on
\pset format unaligned
SELECT t_tool.try($q$SELECT byudv.area_profile('t_look', 'Nordd')$q$);
SELECT t_tool.try($q$SELECT byudv.area_profile('t_look', 'xyz')$q$);
SELECT t_tool.try($q$SELECT byudv.area_profile('t_look', 'Nord')$q$);
SELECT t_tool.try($q$SELECT byudv.area_profile('t_look', ' ')$q$);
SELECT t_tool.try($q$SELECT byudv.area_profile('t_look', NULL)$q$);
SELECT t_tool.try($q$SELECT byudv.area_profile('t_elsewhere', 'Nord')$q$);
\pset tuples_only off
\pset format aligned
DELETE FROM byudv.tenure_rule WHERE rule_id = 9001;
DROP SCHEMA t_look CASCADE;

-- Findings where there is nothing to go by
SELECT length(byudv.create_monitor('t_none', 151)) > 0 AS made;
SELECT finding, answer_da, effect, p_value, text_da FROM t_none.bi_finding ORDER BY finding;
SELECT finding, test, answer_da FROM t_none.bi_finding_test ORDER BY finding, test;
DROP SCHEMA t_none CASCADE;

-- A town in which they hold, by counts that are put in by hand. Those who fill a vacancy come as 1, 1 and 2: the design effect is (1 + 1 + 4) / 4.
SELECT length(byudv.create_monitor('t_yes', 151)) > 0 AS made;
UPDATE t_yes.state SET parameters = '{"study_from": "2022-01-01", "as_of": "2024-01-01", "min_cell": 3}';
INSERT INTO t_yes.vacancy_flow (dwelling_id, vacated_on, is_new, outcome, movers, share) VALUES (1, '2022-01-01', false, 'vacated', 1, 1), (2, '2022-01-01', false, 'vacated', 1, 1), (3, '2022-01-01', false, 'vacated', 2, 1), (4, '2022-01-01', false, 'open', 0, 0);
INSERT INTO t_yes.person_count (year, population, attribute, area_kind, area_code, dwelling_type, tenure, new_build, item, persons) VALUES
    -- arrivals: 300 into new dwellings, 400 into others, 5 suppressed; within the area 200, 450 and 50
    (2022, 'arrival', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 100), (2023, 'arrival', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 200), (2022, 'arrival', 'none', 'all', 'all', 'apartment', 'owner', 'existing', 'all', 400),
    (2022, 'arrival', 'none', 'all', 'all', 'detached', 'owner', 'new', 'all', NULL), (2022, 'arrival', 'none', 'all', 'all', 'hidden', 'hidden', 'hidden', 'all', 5),
    (2022, 'arrival', 'none', 'kvarter', 'N', 'apartment', 'owner', 'existing', 'all', 400),
    (2022, 'internal_in', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 200), (2022, 'internal_in', 'none', 'all', 'all', 'apartment', 'owner', 'existing', 'all', 150), (2022, 'internal_in', 'none', 'all', 'all', 'apartment', 'social', 'existing', 'all', 100),
    (2022, 'internal_in', 'none', 'all', 'all', 'detached', 'owner', 'existing', 'all', 130), (2022, 'internal_in', 'none', 'all', 'all', 'detached', 'social', 'existing', 'all', 70), (2022, 'internal_in', 'none', 'all', 'all', 'hidden', 'hidden', 'hidden', 'all', 50),
    -- incomes in new dwellings: 4 of 50 have none; suppressed in 2023, but 3 of 40 in 2022; too few to be a kind; in old dwellings nobody asks
    (2023, 'resident', 'income_band', 'all', 'all', 'apartment', 'private_rental', 'new', 'none', 4), (2023, 'resident', 'income_band', 'all', 'all', 'apartment', 'private_rental', 'new', '100_200', 46),
    (2023, 'resident', 'income_band', 'all', 'all', 'apartment', 'private_rental', 'new', 'child', 10), (2022, 'resident', 'income_band', 'all', 'all', 'terraced', 'social', 'new', 'none', 3),
    (2022, 'resident', 'income_band', 'all', 'all', 'terraced', 'social', 'new', '100_200', 37), (2022, 'resident', 'income_band', 'all', 'all', 'terraced', 'social', 'new', 'hidden', 2), (2023, 'resident', 'income_band', 'all', 'all', 'terraced', 'social', 'new', 'none', NULL),
    (2023, 'resident', 'income_band', 'all', 'all', 'terraced', 'social', 'new', '100_200', 35), (2023, 'resident', 'income_band', 'all', 'all', 'terraced', 'social', 'new', 'hidden', 6), (2023, 'resident', 'income_band', 'all', 'all', 'detached', 'owner', 'new', 'none', 0),
    (2023, 'resident', 'income_band', 'all', 'all', 'detached', 'owner', 'new', '100_200', 29), (2023, 'resident', 'income_band', 'all', 'all', 'apartment', 'owner', 'existing', 'none', 0), (2023, 'resident', 'income_band', 'all', 'all', 'apartment', 'owner', 'existing', '100_200', 500),
    -- age, household and income of those who come and go
    (2022, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', '17-24', 300), (2022, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', '25-34', 250), (2023, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', '35-49', 150),
    (2023, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', '80+', NULL), (2023, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', 'hidden', 5), (2022, 'departure', 'age_band', 'all', 'all', 'all', 'all', 'all', '17-24', 310),
    (2022, 'departure', 'age_band', 'all', 'all', 'all', 'all', 'all', '25-34', 240), (2022, 'departure', 'age_band', 'all', 'all', 'all', 'all', 'all', '35-49', 150), (2022, 'departure', 'age_band', 'all', 'all', 'all', 'all', 'all', 'unknown', 400),
    (2022, 'arrival', 'household_type', 'all', 'all', 'all', 'all', 'all', 'single', 400), (2022, 'arrival', 'household_type', 'all', 'all', 'all', 'all', 'all', 'couple', 300), (2022, 'departure', 'household_type', 'all', 'all', 'all', 'all', 'all', 'single', 410),
    (2022, 'departure', 'household_type', 'all', 'all', 'all', 'all', 'all', 'couple', 290), (2022, 'arrival', 'income_band', 'all', 'all', 'all', 'all', 'all', 'none', 100), (2022, 'arrival', 'income_band', 'all', 'all', 'all', 'all', 'all', '100_200', 500),
    (2022, 'arrival', 'income_band', 'all', 'all', 'all', 'all', 'all', 'child', 100), (2022, 'departure', 'income_band', 'all', 'all', 'all', 'all', 'all', 'none', 95), (2022, 'departure', 'income_band', 'all', 'all', 'all', 'all', 'all', '100_200', 505),
    (2022, 'arrival', 'benefit', 'all', 'all', 'all', 'all', 'all', 'none', 600), (2022, 'departure', 'benefit', 'all', 'all', 'all', 'all', 'all', 'municipal', 600);
INSERT INTO t_yes.new_build_stay (tenure, origin, ends, person_years, chi_square) VALUES ('all', 'elsewhere', 120, 400, NULL), ('all', 'own', 80, 500, NULL), ('all', 'all', 200, 900, 12), ('social', 'elsewhere', 10, 500, NULL), ('social', 'own', 90, 100, NULL);
INSERT INTO t_yes.turnover (year, area_kind, area_code, dwelling_type, tenure, new_build, ends, dwelling_years, rate, lower, upper) SELECT v.*, 0, 0, 0 FROM (VALUES
    (2022, 'all', 'all', 'apartment', 'private_rental', 'new', 40, 60), (2023, 'all', 'all', 'terraced', 'private_rental', 'new', 20, 40), (2022, 'all', 'all', 'detached', 'owner', 'existing', 20, 600), (2022, 'all', 'all', 'farmhouse', 'owner', 'new', 10, 300),
    (2022, 'all', 'all', 'apartment', 'social', 'existing', 40, 600), (2022, 'all', 'all', 'apartment', 'owner', 'existing', 50, 300), (2022, 'all', 'all', 'apartment', 'cooperative', 'existing', 40, 250),
    (2022, 'all', 'all', 'student_hall', 'foundation', 'existing', 10, 80), (2022, 'kvarter', 'N', 'student_hall', 'foundation', 'existing', 100, 10)) v;
-- departures whose new home is known: 240 of 385 to flats and 15 more that may be, 230 to homes that they own
INSERT INTO t_yes.destination (year, dwelling_type, tenure, persons) VALUES (2022, 'apartment', 'owner', 150), (2022, 'apartment', 'social', 90), (2022, 'detached', 'owner', 80), (2022, 'detached', 'social', 65), (2022, 'terraced', 'social', NULL), (2022, 'hidden', 'hidden', 15);
SELECT finding, answer_da, effect, effect_unit, lower, upper, p_value FROM t_yes.bi_finding ORDER BY finding;
SELECT text_da FROM t_yes.bi_finding ORDER BY finding;
SELECT finding, test, is_main, test_label, group_1, group_2, value_1, value_2, against, answer_da, design_effect FROM t_yes.bi_finding_test ORDER BY finding, test;
-- what R says of them: effect, lower, upper, p
SELECT t.finding, t.test, bool_and(x.actual IS NOT DISTINCT FROM round(x.expected::numeric, x.digits)) AS as_r
FROM (VALUES (1, 1, 12.9411764706, 0.617898579012, 22.3721505709, 0.0320196183434), (2, 1, 1.875, 1.32822404591, 2.64686143186, 0.00467773498105), (3, 2, 8, 3.15495140886, 18.8382469183, NULL), (3, 1, 7.5, 2.45904098733, 19.8642335243, NULL),
    (4, 1, 2.4, 1.55370313044, 3.70727192804, 5.31212815941e-05), (4, 2, 4.8, 3.00281942765, 7.67278904215, 6.90390215552e-13), (4, 3, 2.5, 1.65443157503, 3.7777325423, 7.74421643104e-06), (4, 4, 5, 3.19178758181, 7.83260143705, 9.48573757107e-15),
    (4, 5, 9, 6.04825535405, 13.3922917037, 5.29128880154e-39), (4, 6, 3.75, 2.52010639752, 5.58012154321, 3.47568194628e-12), (4, 7, 4.8, 2.48698413383, 9.26423280576, 3.81501767261e-07), (4, 8, 3.6, 2.47885745496, 5.22821510937, 8.29051274181e-13),
    (4, 9, 18, 11.6527734783, 27.8045394603, 8.29618590454e-72), (5, 1, 1.88449848024, 0, 8.67973811491, 0.00881969597262), (5, 2, 1.42857142857, 0, 7.7310459152, 0.0040027777503), (5, 3, 0.833333333333, 0, 5.96072517078, 0.00022048268849),
    (6, 1, 62.3376623377, 54.0182712821, 69.2867110715, 0.00109083517613), (6, 2, 69.2307692308, 59.8379580655, 75.3393044164, 6.73743601893e-10), (6, 3, 16.6633366633, 2.83801411972, 28.3763913268, 0.00695794593364)) v (finding, test, effect, lower, upper, p_value)
FULL JOIN t_yes.bi_finding_test t USING (finding, test) CROSS JOIN LATERAL (VALUES (t.effect, v.effect, 4), (t.lower, v.lower, 4), (t.upper, v.upper, 4), (t.p_value, v.p_value, 10)) x (actual, expected, digits)
GROUP BY 1, 2 ORDER BY 1, 2;
SELECT year, dwelling_type_label, tenure_label, persons, hidden FROM t_yes.bi_destination ORDER BY persons, dwelling_type;

-- The same town, where each finding is false: fewer arrivals in new dwellings, who stay longer; nobody without income in the new houses; new private rentals change hands least; arrivals
-- are young and without income, departures not; movers go to houses, and those who leave rent. All stand alone, so the design effect is 1.
DELETE FROM t_yes.vacancy_flow;
DELETE FROM t_yes.person_count WHERE attribute <> 'income_band' OR population <> 'resident';
DELETE FROM t_yes.destination;
INSERT INTO t_yes.person_count (year, population, attribute, area_kind, area_code, dwelling_type, tenure, new_build, item, persons) VALUES
    (2022, 'arrival', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 100), (2022, 'arrival', 'none', 'all', 'all', 'apartment', 'owner', 'existing', 'all', 400),
    (2022, 'internal_in', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 150), (2022, 'internal_in', 'none', 'all', 'all', 'detached', 'owner', 'new', 'all', 250), (2022, 'internal_in', 'none', 'all', 'all', 'detached', 'owner', 'existing', 'all', 100),
    (2022, 'internal_in', 'none', 'all', 'all', 'detached', 'social', 'existing', 'all', 200), (2023, 'resident', 'income_band', 'all', 'all', 'terraced', 'owner', 'new', 'none', 0), (2023, 'resident', 'income_band', 'all', 'all', 'terraced', 'owner', 'new', '100_200', 40),
    (2022, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', '17-24', 400), (2022, 'arrival', 'age_band', 'all', 'all', 'all', 'all', 'all', '35-49', 100), (2022, 'departure', 'age_band', 'all', 'all', 'all', 'all', 'all', '17-24', 200),
    (2022, 'departure', 'age_band', 'all', 'all', 'all', 'all', 'all', '35-49', 300), (2022, 'arrival', 'household_type', 'all', 'all', 'all', 'all', 'all', 'single', 250), (2022, 'arrival', 'household_type', 'all', 'all', 'all', 'all', 'all', 'couple', 250),
    (2022, 'departure', 'household_type', 'all', 'all', 'all', 'all', 'all', 'single', 245), (2022, 'departure', 'household_type', 'all', 'all', 'all', 'all', 'all', 'couple', 255), (2022, 'arrival', 'income_band', 'all', 'all', 'all', 'all', 'all', 'none', 40),
    (2022, 'arrival', 'income_band', 'all', 'all', 'all', 'all', 'all', '100_200', 460), (2022, 'departure', 'income_band', 'all', 'all', 'all', 'all', 'all', 'none', 200), (2022, 'departure', 'income_band', 'all', 'all', 'all', 'all', 'all', '100_200', 300);
UPDATE t_yes.new_build_stay SET ends = CASE origin WHEN 'own' THEN 80 ELSE 50 END, person_years = CASE origin WHEN 'own' THEN 400 ELSE 500 END, chi_square = NULL WHERE tenure = 'all';
UPDATE t_yes.turnover SET ends = CASE year WHEN 2022 THEN 5 ELSE 0 END WHERE tenure = 'private_rental';
INSERT INTO t_yes.destination (year, dwelling_type, tenure, persons) VALUES (2022, 'apartment', 'social', 100), (2022, 'detached', 'owner', 80), (2022, 'detached', 'social', 220);
SELECT finding, answer_da, effect, effect_unit, lower, upper, p_value FROM t_yes.bi_finding ORDER BY finding;
SELECT text_da FROM t_yes.bi_finding ORDER BY finding;
SELECT t.finding, t.test, t.answer_da, bool_and(x.actual IS NOT DISTINCT FROM round(x.expected::numeric, x.digits)) AS as_r
FROM (VALUES (1, 1, -37.1428571429, -42.0199988132, -31.893186822, 6.93333154067e-38), (2, 1, 0.5, 0.351807191104, 0.710616514732, 8.76994237559e-05), (4, 5, 0.75, 0.305201500208, 1.84304467578, 0.542802453757), (4, 6, 0.3125, 0.127167291753, 0.767935281577, 0.0095218911841),
    (4, 7, 0.4, 0.143132910376, 1.11784214811, 0.0832645166636), (4, 8, 0.3, 0.123237176858, 0.730299105308, 0.00643509123156), (4, 9, 1.5, 0.601047776879, 3.74346281036, 0.398024719507), (5, 1, 40, 31.7948521679, 45.3254143427, 1),
    (5, 2, 1, 0, 7.16827639065, 0.00221128528019), (5, 3, 32, 24.8443077435, 36.8216292636, 1), (6, 1, 25, 21.0079014236, 29.4677132931, 0), (6, 3, -30, -35.1763525044, -24.408963257, 0)) v (finding, test, effect, lower, upper, p_value)
JOIN t_yes.bi_finding_test t USING (finding, test) CROSS JOIN LATERAL (VALUES (t.effect, v.effect, 4), (t.lower, v.lower, 4), (t.upper, v.upper, 4), (t.p_value, v.p_value, 10)) x (actual, expected, digits)
GROUP BY 1, 2, 3 ORDER BY 1, 2;
-- households of up to two: R again, with a design effect of 1.5
INSERT INTO t_yes.vacancy_flow (dwelling_id, vacated_on, is_new, outcome, movers, share) VALUES (1, '2022-01-01', false, 'vacated', 1, 1), (2, '2022-01-01', false, 'vacated', 1, 1), (3, '2022-01-01', false, 'vacated', 2, 1);
SELECT lower = round(29.904593913, 4) AS lower, upper = round(46.4584983292, 4) AS upper FROM t_yes.bi_finding_test WHERE finding = 5 AND test = 1;
DELETE FROM t_yes.vacancy_flow;

-- Too few to tell, and suppressed persons who could turn it: 6 of 10 and 4 of 10; then 300 of 500 and 400 of 1000 with 300 suppressed
DELETE FROM t_yes.person_count WHERE population IN ('arrival', 'internal_in', 'departure');
INSERT INTO t_yes.person_count (year, population, attribute, area_kind, area_code, dwelling_type, tenure, new_build, item, persons) VALUES
    (2022, 'arrival', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 6), (2022, 'internal_in', 'none', 'all', 'all', 'apartment', 'social', 'new', 'all', 4),
    (2022, 'arrival', 'none', 'all', 'all', 'apartment', 'owner', 'existing', 'all', 4), (2022, 'internal_in', 'none', 'all', 'all', 'apartment', 'owner', 'existing', 'all', 6);
SELECT answer_da, effect, lower < 0 AND upper > 0 AS either, text_da FROM t_yes.bi_finding WHERE finding = 1;
UPDATE t_yes.person_count SET persons = persons * 50 WHERE attribute = 'none';
SELECT answer_da, effect, p_value FROM t_yes.bi_finding WHERE finding = 1;
INSERT INTO t_yes.person_count (year, population, attribute, area_kind, area_code, dwelling_type, tenure, new_build, item, persons) VALUES (2022, 'internal_in', 'none', 'all', 'all', 'hidden', 'hidden', 'hidden', 'all', 300);
SELECT answer_da, effect, lower < 0 AND upper > 0 AS either, p_value FROM t_yes.bi_finding WHERE finding = 1;
DROP SCHEMA t_yes CASCADE;
DROP SCHEMA t_tool CASCADE;
