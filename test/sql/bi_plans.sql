-- Building projects, whom to expect in them, and the figures of others beside one's own. Expected values were worked out first: by hand, and where squares are
-- summed by R (anova() of lm() for the mean squares; the script is told in docs/expected-residents.md).
\set SHOW_CONTEXT never
\pset null -
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;

SELECT byudv.create_monitor('t_plans', 151) <> '' AS made;
UPDATE t_plans.setting SET as_of = '2024-01-01', study_from = '2014-01-01';
INSERT INTO t_plans.area (kind, code, name) VALUES ('kvarter', 'N', 'Nord'), ('kvarter', 'S', 'Syd');

-- New dwellings: social apartments of 60 m2, 10, 20, 10 and 10 in 2015, 2017, 2019 and 2021; 8 detached houses of 150 m2 in 2016; two that were there too short
-- (one exactly a year), a holiday home and one of another municipality, which do not count
CREATE SCHEMA t_plan;
CREATE FUNCTION t_plan.build(first int, n int, day date, unit_use int, area int, owner int, code text DEFAULT 'N', place int DEFAULT 151) RETURNS void LANGUAGE sql AS $$
INSERT INTO t_plans.dwelling (dwelling_id, municipality, unit_use, unit_kind, area_m2, registered_use, available_from) SELECT i, place, unit_use, '1', area, CASE owner WHEN 10 THEN 2 ELSE 1 END, day FROM generate_series(first, first + n - 1) i;
INSERT INTO t_plans.ownership (dwelling_id, owner_code) SELECT i, owner FROM generate_series(first, first + n - 1) i;
INSERT INTO t_plans.dwelling_area (dwelling_id, kind, code) SELECT i, 'kvarter', code FROM generate_series(first, first + n - 1) i
$$;
SELECT count(*) FROM (VALUES (1500, 10, '2015-06-01'::date, 140, 60, 20, 'N', 151), (1700, 20, '2017-06-01', 140, 60, 20, 'S', 151), (1900, 10, '2019-06-01', 140, 60, 20, 'N', 151), (2100, 10, '2021-06-01', 140, 60, 20, 'N', 151),
    (1600, 8, '2016-06-01', 120, 150, 10, 'N', 151), (2300, 1, '2023-01-01', 140, 60, 20, 'N', 151), (2301, 1, '2023-06-01', 140, 60, 20, 'N', 151), (1650, 1, '2016-06-01', 510, 60, 10, 'N', 151),
    (1660, 1, '2016-06-01', 140, 60, 20, 'N', 101)) v (first, n, day, use, area, owner, code, place), t_plan.build(first, n, day, use, area, owner, code, place);
-- Residents a year after: n persons of an age in each of some dwellings, who came a month after these were taken into use
CREATE SEQUENCE t_plan.person;
CREATE FUNCTION t_plan.live(first int, dwellings int, persons int, age int, moved_in interval DEFAULT '1 month', stay interval DEFAULT '3 years') RETURNS void LANGUAGE sql AS $$
WITH x AS (SELECT d.dwelling_id, d.available_from, nextval('t_plan.person') AS person_id FROM t_plans.dwelling d, generate_series(1, persons) WHERE d.dwelling_id BETWEEN first AND first + dwellings - 1),
p AS (INSERT INTO t_plans.person (person_id, born_on) SELECT x.person_id, x.available_from + interval '1 year' - age * interval '1 year' - interval '6 months' FROM x)
INSERT INTO t_plans.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) SELECT x.person_id, x.dwelling_id, 151, x.available_from + moved_in, x.available_from + moved_in + stay FROM x
$$;
SELECT count(*) FROM (VALUES (1500, 10, 1, 40), (1700, 10, 2, 40), (1900, 10, 2, 40), (2100, 5, 3, 40), (1600, 8, 1, 40),    -- 10, 20, 20, 15 and 8 of 35 to 49 years
    (1700, 3, 1, 3), (1500, 9, 1, 85), (1900, 10, 1, 70), (1600, 1, 2, NULL), (2300, 2, 4, 40), (1650, 1, 4, 40), (1660, 1, 4, 40)) v (first, dwellings, persons, age),
    t_plan.live(first, dwellings, persons, age);
-- who leaves on the day of the count is not there, who comes on it is; here 10 of 20 years, one a dwelling
SELECT count(*) FROM (VALUES ('1 month'::interval, '11 months'::interval), ('1 year', '1 month')) v (moved_in, stay), t_plan.live(2100, 10, 1, 20, moved_in, stay);

-- Projects by how far they have come: what happens on the data date has not happened. 6 has no lines, 7 is not listed, 8 is done and 9 nearly; 8 and 9 build the
-- same at the same place and time, so the register cannot tell them apart, but 10 is alone
INSERT INTO t_plans.plan_project (project_id, name, plan_code, area_kind, area_code, adopted_on, permit_on, started_on, completed_on, occupied_on) VALUES
    (1, 'Tegnet', NULL, 'kvarter', 'N', '2024-01-01', NULL, NULL, NULL, NULL), (2, 'Vedtaget', 'LP 2', 'kvarter', 'S', '2023-12-31', '2024-01-01', NULL, NULL, NULL),
    (3, 'Tilladt', 'LP 3', NULL, NULL, '2022-01-01', '2023-12-31', 'infinity', NULL, NULL), (4, NULL, 'LP 4', 'kvarter', 'X', '2021-01-01', '2022-01-01', '2023-02-01', '2024-01-01', '2024-02-01'),
    (5, 'Indflyttet', 'LP 5', 'kvarter', NULL, NULL, NULL, NULL, NULL, '2023-05-01'), (6, 'Tom', NULL, 'kvarter', 'N', NULL, NULL, NULL, NULL, NULL),
    (8, 'Færdig', 'LP 8', 'kvarter', 'N', '2018-01-01', '2018-02-01', '2018-03-01', '2019-05-15', '2019-06-20'), (9, 'I gang', 'LP 9', 'kvarter', 'N', '2018-01-01', '2018-02-01', '2019-03-01', NULL, '2020-01-01'),
    (10, 'Alene', 'LP 10', 'kvarter', 'S', NULL, '2015-02-01', NULL, '2017-06-01', NULL), (11, 'Huse', 'LP 11', 'kvarter', 'N', NULL, NULL, '2015-03-01', '2016-03-03', '2016-07-01');
INSERT INTO t_plans.plan_dwelling (project_id, dwelling_type, tenure, area_m2, expected, realised, expected_on) VALUES
    (1, 'apartment', 'social', 60, 100, NULL, '2026-05-01'), (2, 'apartment', 'social', 90, 10, NULL, '2025-01-01'), (2, 'apartment', 'social', 60, 20, NULL, '2025-12-31'), (2, 'apartment', 'owner', NULL, 5, NULL, '2027-01-01'),
    (3, 'detached', 'owner', 150, 10, NULL, '2023-12-31'), (4, 'tent', NULL, 0, 12, 4, NULL), (5, 'apartment', 'social', 60, 7, NULL, '2024-05-01'), (7, 'terraced', 'cooperative', 80, 3, -1, 'infinity'),
    (8, 'apartment', 'social', 60, 9, 10, '2019-06-01'), (9, 'apartment', 'social', 60, 20, 10, '2020-06-01'), (10, 'apartment', 'social', 60, 20, 20, '2017-06-01'), (11, 'detached', 'owner', 150, 8, 8, '2016-03-01');
CALL byudv.refresh('t_plans');
SELECT project_id, line, name, area_code, area_label, stage, stage_on, dwelling_type, tenure, size_band, expected, realised, difference, registered, to_come, expected_on, overdue FROM t_plans.bi_pipeline ORDER BY 1, 2;

-- The groups: 50 social apartments of 60 m2 with 65 persons of 35 to 49 years: 1.3. Mean squares by R: between 2.6667, within 0.9239; n0 is 12; in relation to the mean
-- (2.6667 - 0.9239) / 12 / 1.69 = 0.0859. Three children and nine old persons stand for 3 each; ten of 65 to 79 years
-- are shown. Numbers are rounded to fives: 65 are 65, 73 in all groups together 75.
SELECT dwelling_type, tenure, size_band, age_band, basis, dwellings, years, round(mean::numeric, 4) AS mean, round(centre::numeric, 4) AS centre, round(spread::numeric, 4) AS spread, round(variation::numeric, 4) AS variation,
    round(error::numeric, 4) AS error, freedom FROM t_plans.new_build_rate WHERE age_band = '35-49' OR basis = 1 ORDER BY basis, dwelling_type COLLATE "C", age_band COLLATE "C";
SELECT * FROM byudv.new_build_profile('t_plans', 'apartment', 'social', 60);
SELECT * FROM byudv.new_build_profile('t_plans', 'detached', 'owner', 150, 10) WHERE age_band IN ('35-49', 'all');
SELECT DISTINCT a.type, a.tenure, a.area, p.basis, p.comparable_dwellings, p.years FROM (VALUES ('apartment', 'social', 60), ('apartment', 'social', 90), ('apartment', 'social', NULL), ('apartment', NULL, 60), ('apartment', 'owner', 60),
    ('detached', 'social', 150), (NULL, 'social', NULL), ('unknown', 'unknown', NULL), (NULL, NULL, NULL)) a (type, tenure, area), byudv.new_build_profile('t_plans', a.type, a.tenure, a.area) p ORDER BY 1, 2, 3;

-- Projects: 1 is the profile of a hundred; 2 has two lines in 2025 that are told from the same 50 dwellings, so that they are as 30 of one line; what has passed its day comes in
-- the year of the data date; what is completed, or has residents and no day of completion, brings nobody
SELECT project_id, project_name, year, dwellings, expected, lower, upper, basis_label, comparable_dwellings FROM t_plans.bi_expected_residents WHERE age_band = '35-49' ORDER BY 1, 3;
SELECT lower, upper FROM byudv.new_build_profile('t_plans', 'apartment', 'social', 60, 30) WHERE age_band = '35-49';
SELECT count(*) AS ages, count(DISTINCT age_band) AS codes FROM t_plans.bi_expected_residents WHERE project_id = 1;

-- Past years from the others; the houses of 2016 are too few to test anything. One to nine persons are not shown.
SELECT left_out_year, age_band, dwellings, expected, lower, upper, actual, inside FROM t_plans.bi_backtest WHERE age_band IN ('35-49', '00-05', '80+') ORDER BY left_out_year, age_band_sort;
SELECT DISTINCT left_out_year, dwelling_type, tenure FROM t_plans.bi_backtest ORDER BY 1;

-- Nothing changes: nothing is written; other order: the same; too few dwellings: no figures
CALL byudv.refresh('t_plans', true);
SELECT step, rows_added, rows_removed FROM t_plans.run_log WHERE run_id = 2 AND step IN ('pipeline', 'expected_resident', 'comparison') ORDER BY 1;
CREATE TABLE t_plan.dwelling AS TABLE t_plans.dwelling;
TRUNCATE t_plans.dwelling;
INSERT INTO t_plans.dwelling SELECT * FROM t_plan.dwelling ORDER BY dwelling_id DESC;
CALL byudv.refresh('t_plans', true);
SELECT step, rows_added, rows_removed FROM t_plans.run_log WHERE run_id = 3 AND step IN ('pipeline', 'expected_resident', 'comparison') ORDER BY 1;
UPDATE t_plans.setting SET study_from = '2018-01-01';
CALL byudv.refresh('t_plans');
SELECT age_band, expected, lower, upper, basis, comparable_dwellings, years FROM byudv.new_build_profile('t_plans', 'apartment', 'social', 60) WHERE age_band IN ('35-49', 'all');
SELECT count(*) AS rows, count(expected) AS told FROM t_plans.bi_expected_residents;
UPDATE t_plans.setting SET study_from = '2023-07-01';
CALL byudv.refresh('t_plans');
SELECT * FROM byudv.new_build_profile('t_plans', 'apartment', 'social', 60);
UPDATE t_plans.setting SET study_from = '2014-01-01';

-- Limits: against R's qgamma(pnorm(qt(...)), shape, rate) to a person or a few of a hundred; whole, not negative, in order
SELECT m, v, f, byudv.prediction_limit(m, v, f, false) AS lower, byudv.prediction_limit(m, v, f, true) AS upper FROM (VALUES (100.0, 100.0, 1000), (100, 400, 30), (20, 50, 10), (1, 1, 60), (0.3, 0.4, 60), (0, 0, 9), (10, 20, 1), (10, 20, 0)) x (m, v, f);
SELECT count(*) AS wrong FROM generate_series(1, 60) m, generate_series(1, 40) k, unnest(ARRAY[2, 5, 50]) f, LATERAL (SELECT byudv.prediction_limit(m, m * k / 4.0, f, false) AS lower, byudv.prediction_limit(m, m * k / 4.0, f, true) AS upper) l
WHERE l.lower < 0 OR l.lower > l.upper OR l.lower > m OR l.upper IS NULL;

-- Indicators: own figures for 2020, when 50 - 10 apartments and 8 houses stand, and what they are compared with
SELECT name, byudv.own_measure(name) AS own FROM (VALUES ('population'), ('Folketal'), ('FOLK1A (KØN: I alt; ALDER: I alt; CIVILSTAND: I alt)'), ('FOLK1A (KØN: Kvinder; ALDER: I alt)'), ('dwellings (ANVENDELSE: Etageboliger)'), ('HELÅRSBOLIGER'),
    ('satisfied'), ('population ()'), ('population (x)'), ('')) x (name);
INSERT INTO t_plans.indicator (source, municipality, area_kind, area_code, year, measure, unit, definition, value, period) VALUES
    ('DST', 151, NULL, NULL, 2020, 'dwellings', 'dwellings', 'Helårsboliger', 50, NULL), ('DST', 101, NULL, NULL, 2020, 'dwellings', 'dwellings', NULL, 5000, NULL), ('DST', NULL, NULL, NULL, 2020, 'Boliger', 'dwellings', NULL, 900000, NULL),
    ('DST', 151, NULL, NULL, 2020, 'population', 'persons', NULL, 40, '2020K1'), ('DST', 151, NULL, NULL, 2020, 'population', 'persons', NULL, 41, '2020K2'), ('DST', 151, 'kvarter', 'N', 2020, 'population', 'persons', NULL, 20, NULL),
    ('KL', 151, NULL, NULL, 2020, 'household_size', 'persons', NULL, 0.9, NULL), ('KL', 101, NULL, NULL, 2020, 'household_size', 'persons', NULL, 2.0, NULL), ('DST', 151, NULL, NULL, 2019, 'completed', 'dwellings', NULL, 10, NULL),
    ('DST', 151, NULL, NULL, 2024, 'completed', 'dwellings', NULL, 1, NULL), ('LBF', 151, NULL, NULL, 2020, 'turnover_social', 'percent', NULL, 40, NULL), ('DST', 151, NULL, NULL, 2020, 'arrivals', 'persons', NULL, 5, NULL),
    ('DST', 151, NULL, NULL, 2020, 'departures', 'persons', NULL, 0, NULL), ('Bolius', 151, NULL, NULL, 2020, 'satisfied', 'percent', NULL, 88.9, NULL), ('own', 151, NULL, NULL, NULL, 'dwellings', NULL, NULL, NULL, NULL),
    ('own', 151, NULL, NULL, 2020, 'dwellings', NULL, NULL, 58, NULL), ('own', 151, NULL, NULL, 2020, 'dwellings', NULL, NULL, 48, NULL), ('DST', 151, NULL, NULL, 2010, 'dwellings', 'dwellings', NULL, 7, NULL);
CALL byudv.refresh('t_plans');
SELECT year, period, source, municipality, municipality_label, area_code, measure, copy, is_own, own_value, value, difference, difference_percent FROM t_plans.bi_indicator
ORDER BY year, period COLLATE "C", source COLLATE "C", municipality COLLATE "C", area_kind COLLATE "C", measure COLLATE "C", copy;
SELECT measure, left(explanation_da, 60) AS explanation FROM t_plans.bi_indicator WHERE year = 2020 GROUP BY 1, 2 ORDER BY measure COLLATE "C", left(explanation_da, 60) COLLATE "C";

-- Errors
CREATE FUNCTION t_plan.error_of(statement text, OUT code text, OUT message text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN EXECUTE statement; EXCEPTION WHEN OTHERS THEN GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT; END $$;
SELECT byudv.create_monitor('t_plans_new', 151) <> '' AS made;
SELECT e.* FROM unnest(ARRAY['''t_plans'', ''castle''', '''t_plans'', NULL, ''rented''', '''t_plans'', area_m2 => 0', '''t_plans'', dwellings => 0', '''t_plans'', dwellings => NULL', '''t_plans_new''', '''t_plans_none''', 'NULL']) a, t_plan.error_of(format('SELECT byudv.new_build_profile(%s)', a)) e;

DROP SCHEMA t_plans, t_plans_new, t_plan CASCADE;
