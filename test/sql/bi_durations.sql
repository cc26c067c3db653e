-- Durations, turnover and chains for BI, from a small town. What comes out is worked out by hand, with the numbers beside it; those marked R are what R's
-- survfit() and survdiff() say of the same stays.
\pset null -
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
SELECT byudv.create_monitor('t_stay', 151) IS NOT NULL AS made;
UPDATE t_stay.setting SET as_of = '2024-01-01', study_from = '2020-01-01';

-- Buildings: old rented flats, new social flats, a house, a block of a cooperative, an office, a holiday home, terraced houses of the municipality
INSERT INTO t_stay.building (building_id, property_id, building_use, available_from) VALUES
    (1, 10, 140, NULL), (2, 20, 140, '2021-01-01'), (3, 30, 120, NULL), (4, 40, 140, NULL), (5, 50, 321, NULL), (6, 60, 510, NULL), (7, 70, 131, NULL);
INSERT INTO t_stay.ownership (property_id, owner_code, owner_name) VALUES
    (10, 30, 'Prøvegården ApS'), (20, 20, 'AAB Afd. 55'), (30, 10, 'Anders Ægtved'), (40, 41, 'A/B Prøven'), (50, 30, 'Kontorhuset ApS'), (60, 10, 'Hans Hytte'), (70, 50, 'Prøverup Kommune');
INSERT INTO t_stay.dwelling (dwelling_id, building_id, property_id, unit_use, unit_kind, registered_use, available_from, demolished_on)
SELECT d, d / 100, d / 100 * 10, CASE d / 100 WHEN 3 THEN 120 WHEN 5 THEN 321 WHEN 6 THEN 510 WHEN 7 THEN 131 ELSE 140 END, CASE d / 100 WHEN 5 THEN 'E' WHEN 6 THEN '5' ELSE '1' END,
    CASE d / 100 WHEN 3 THEN 2 ELSE 1 END, CASE WHEN d IN (201, 202, 203, 204) THEN date '2021-01-01' WHEN d = 205 THEN '2023-06-01' WHEN d = 206 THEN '2022-02-01' END,
    CASE WHEN d = 108 THEN date '2021-10-01' END
FROM unnest(ARRAY[102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 201, 202, 203, 204, 205, 206, 301, 401, 501, 601, 712, 713]) d;
-- The house goes from one quarter to another on 1 January 2022, and so does the new flat 206 before it is taken into use; 111 is in none; 102 and 104 are a quarter of their own
INSERT INTO t_stay.area (kind, code, name) VALUES ('kvarter', 'N', 'Nord'), ('kvarter', 'S', 'Syd'), ('kvarter', 'T', 'Torvet');
INSERT INTO t_stay.dwelling_area (dwelling_id, kind, code, valid_from, valid_to)
SELECT d.dwelling_id, 'kvarter', CASE WHEN d.dwelling_id IN (102, 104) THEN 'T' WHEN d.dwelling_id < 200 THEN 'N' ELSE 'S' END, NULL, NULL FROM t_stay.dwelling d WHERE d.dwelling_id NOT IN (111, 206, 301);
INSERT INTO t_stay.dwelling_area VALUES (301, 'kvarter', 'N', NULL, '2022-01-01'), (301, 'kvarter', 'S', '2022-01-01', NULL), (206, 'kvarter', 'T', NULL, '2022-01-01'),
    (206, 'kvarter', 'S', '2022-01-01', NULL);

INSERT INTO t_stay.address_period (person_id, dwelling_id, municipality_code, from_date, to_date)
-- 40 persons come to 401, the cooperative, on the first day: 10 leave after 100 days, 12 after 400, 18 stay
SELECT p, 401, 151, date '2020-01-01', CASE WHEN p <= 10 THEN date '2020-01-01' + 100 WHEN p <= 22 THEN date '2020-01-01' + 400 END FROM generate_series(1, 40) p
-- and a child is born there, which is no move
UNION ALL SELECT 41, 401, 151, date '2021-05-05', NULL
-- 24 live in the house 301 and move to the new flat 201, where 8 leave after 200 days
UNION ALL SELECT p, 301, 151, '2010-01-01', '2021-01-01' FROM generate_series(101, 124) p
UNION ALL SELECT p, 201, 151, '2021-01-01', CASE WHEN p <= 108 THEN date '2021-01-01' + 200 END FROM generate_series(101, 124) p
-- 15 come from Copenhagen to the new flat 202, 9 leave after 150 days
UNION ALL SELECT p, NULL, 101, '2010-01-01', '2021-02-01' FROM generate_series(201, 215) p
UNION ALL SELECT p, 202, 151, '2021-02-01', CASE WHEN p <= 209 THEN date '2021-02-01' + 150 END FROM generate_series(201, 215) p
-- 40 live in 712 and come to 713: 20 after 90 days, which still is a move within the municipality, 20 after 91
UNION ALL SELECT p, 712, 151, '2010-01-01', '2022-01-01' FROM generate_series(301, 340) p
UNION ALL SELECT p, 713, 151, CASE WHEN p <= 320 THEN date '2022-04-01' ELSE '2022-04-02' END, NULL FROM generate_series(301, 340) p
-- 12 persons live in the holiday home, one in the office
UNION ALL SELECT p, 601, 151, '2020-06-01', '2021-06-01' FROM generate_series(401, 412) p UNION ALL SELECT 413, 501, 151, '2020-06-01', '2021-06-01';
INSERT INTO t_stay.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES
    -- 102: three households. The second leaves on 1 January 2022, which is counted in 2021. 104: one that leaves on the data date, which is not known yet
    (501, 102, 151, '2019-07-01', '2020-07-01'), (502, 102, 151, '2020-07-01', '2022-01-01'), (503, 102, 151, '2022-01-01', NULL), (504, 104, 151, '2023-01-01', '2024-01-01'),
    -- 505 moves from 103 into the house; 506 comes from outside to 103, with 507, who leaves 508 behind in 105
    (505, 103, 151, '2015-01-01', '2021-06-01'), (505, 301, 151, '2021-06-01', NULL), (506, 103, 151, '2021-09-01', NULL), (507, 105, 151, '2015-01-01', '2021-09-01'), (507, 103, 151, '2021-09-01', NULL),
    (508, 105, 151, '2015-01-01', NULL),
    -- 509 and 510 part: one goes to the new flat 203, the other to 107; nobody comes to 106
    (509, 106, 151, '2015-01-01', '2021-03-01'), (509, 203, 151, '2021-03-01', NULL), (510, 106, 151, '2015-01-01', '2021-03-01'), (510, 107, 151, '2021-03-01', NULL),
    -- 511 and 512 leave a flat each and move together into the new flat 204; one of the two is torn down
    (511, 108, 151, '2015-01-01', '2021-04-01'), (511, 204, 151, '2021-04-01', NULL), (512, 109, 151, '2015-01-01', '2021-04-01'), (512, 204, 151, '2021-04-01', NULL),
    -- 513 and 514 part: 513 goes to the new flat 206. 515 leaves 111 for their flat, 110, and 514 comes to 111: the chain is back where it was
    (513, 110, 151, '2015-01-01', '2022-03-01'), (513, 206, 151, '2022-03-01', NULL), (514, 110, 151, '2015-01-01', '2022-03-01'), (514, 111, 151, '2022-04-15', NULL),
    (515, 111, 151, '2015-01-01', '2022-04-01'), (515, 110, 151, '2022-04-01', NULL);
INSERT INTO t_stay.person (person_id, born_on) SELECT DISTINCT a.person_id, CASE WHEN a.person_id = 41 THEN date '2021-05-05' ELSE '1980-01-01' END FROM t_stay.address_period a;
CALL byudv.refresh('t_stay');
SELECT dwelling_id / 100 AS building, dwelling_type, tenure, is_new_build FROM t_stay.dwelling_class GROUP BY 1, 2, 3, 4 ORDER BY 1;

-- The cooperative. Share after a year 30/40; after two 30/40 * 18/30 = 0.45; at the limits (R) 0.75 exp(+-1.96 sqrt(10/(40*30))) and 0.45 exp(+-1.96 sqrt(10/(40*30) + 12/(30*18))).
-- The median is 400 days. Nobody can have been there for five years.
\pset expanded on
SELECT * FROM t_stay.bi_residence_duration WHERE area_kind = 'all' AND tenure = 'cooperative' AND dwelling_type = 'all' AND new_build = 'all' AND origin = 'all';
\pset expanded off
SELECT years, survival, lower, upper FROM t_stay.bi_duration_curve WHERE group_kind = 'tenure' AND group_code = 'cooperative' AND years NOT BETWEEN 1.5 AND 3.75 ORDER BY years;

-- Groups. New flats: own citizens 24 + 4 of whom 8 leave, share 20/28; arrivals 15 of whom 9 leave after 150 days, then 6 are left, who are too few to show a share.
-- Those of 713: 20 * 640 days are 35.04 years, 20 * 639 are 34.99: rounded 40 and 30. Those who came long ago (the house, 712) have no known origin.
SELECT new_build, new_build_label, tenure, tenure_label, origin, origin_label, ends, person_years, median_years, stay_1, stay_1_lower, stay_1_upper, stay_2 FROM t_stay.bi_residence_duration
WHERE area_kind = 'all' AND dwelling_type = 'all' AND (new_build = 'new' AND tenure = 'all' OR tenure = 'public' AND new_build = 'all') ORDER BY new_build COLLATE "C", origin COLLATE "C";
-- All: (R) 207 stays, of which 114 ended, 382.7 years; median 2282 days (2251 to 2616)
SELECT ends, person_years, median_years, median_lower, median_upper, stay_1, stay_1_lower, stay_1_upper, stay_2, stay_2_lower, stay_2_upper, stay_5, stay_10 FROM t_stay.bi_residence_duration
WHERE area_kind = 'all' AND dwelling_type = 'all' AND tenure = 'all' AND new_build = 'all' AND origin = 'all';
-- No row: the house, where but one stay was seen from its begin; the flats of building 1, with few persons; offices and holiday homes
SELECT DISTINCT dwelling_type COLLATE "C" AS dwelling_type, tenure COLLATE "C" AS tenure FROM t_stay.bi_residence_duration WHERE tenure <> 'all' OR dwelling_type <> 'all' ORDER BY 1, 2;
SELECT area_kind, area_code, area_label, count(*) FROM t_stay.bi_residence_duration GROUP BY 1, 2, 3 ORDER BY area_kind COLLATE "C", area_code COLLATE "C";
-- Moved on from new flats; the test (R) compares 28 with 15
\pset expanded on
SELECT * FROM t_stay.bi_new_build_stay WHERE tenure = 'all' ORDER BY origin COLLATE "C";
\pset expanded off
SELECT group_kind, group_kind_label, group_code, group_label, group_sort, count(*), max(years) FROM t_stay.bi_duration_curve GROUP BY 1, 2, 3, 4, 5 ORDER BY group_kind COLLATE "C", group_sort;

-- A person with two stays may not count twice: the 28 own citizens of the new flats have a stay before each, and count for 14. Where 15 are needed they are not shown.
SET byudv.min_cell = 14;
CALL byudv.refresh('t_stay');
SELECT origin FROM t_stay.bi_new_build_stay WHERE tenure = 'all' ORDER BY origin COLLATE "C";
SELECT area_kind, origin FROM t_stay.bi_residence_duration WHERE new_build = 'new' AND tenure = 'all' AND dwelling_type = 'all' AND area_code <> 'none' ORDER BY area_kind COLLATE "C", origin COLLATE "C";
SET byudv.min_cell = 15;
CALL byudv.refresh('t_stay');
SELECT origin FROM t_stay.bi_new_build_stay WHERE tenure = 'all' ORDER BY origin COLLATE "C";
SELECT area_kind, origin FROM t_stay.bi_residence_duration WHERE new_build = 'new' AND tenure = 'all' AND dwelling_type = 'all' AND area_code <> 'none' ORDER BY area_kind COLLATE "C", origin COLLATE "C";
RESET byudv.min_cell;
CALL byudv.refresh('t_stay');

-- Turnover. The square: 2020: 366 days of 102, a household leaves; 2021: 365, another; 2022: 365; 2023: 730. Limits of one event are 0.02532 and 5.572, of none 0 and 3.689.
SELECT * FROM t_stay.bi_turnover WHERE area_code = 'T' ORDER BY year;
-- The house: 366 days and an end on 1 January; 214 days from 1 June; two whole years in the other quarter
SELECT year, area_code, area_label, dwelling_type_label, tenure_label, new_build_label, ends, dwelling_years FROM t_stay.bi_turnover WHERE dwelling_type = 'detached' AND area_kind = 'kvarter' ORDER BY year;
-- All, against exposure(), which cuts each occupancy by itself; and each kind of area
SELECT t.area_kind, t.year, t.ends, t.ends = e.ends AS same_ends, abs(t.years - e.days / 365.25) < 0.05 AS same_years
FROM (SELECT area_kind, year, sum(ends) AS ends, sum(dwelling_years) AS years FROM t_stay.bi_turnover GROUP BY 1, 2) t
JOIN (SELECT x.year, count(*) FILTER (WHERE x.event) AS ends, sum(x.days) AS days FROM t_stay.occupancy o JOIN t_stay.dwelling_class c USING (dwelling_id)
      CROSS JOIN LATERAL byudv.exposure(o.from_date, o.to_date, '2020-01-01', '2024-01-01') x WHERE c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') GROUP BY 1) e USING (year) ORDER BY t.area_kind COLLATE "C", t.year;
SELECT count(*) FROM t_stay.bi_turnover WHERE dwelling_type IN ('holiday', 'not_a_dwelling');

-- Chains. 201: the house, then 103. 202: nothing. 203: half of 106. 204: 108 and 109. 206: half of 110, and half of 111. 205 waits.
SELECT start_year, area_code, start_tenure_label, round, round_label, dwelling_type, tenure, vacancies, new_dwellings FROM t_stay.bi_chains WHERE area_kind = 'kvarter' ORDER BY start_year, round, tenure COLLATE "C";
SELECT area_kind, round(sum(vacancies), 3) AS vacancies, sum(new_dwellings) AS new_dwellings FROM t_stay.bi_chains GROUP BY 1 ORDER BY area_kind COLLATE "C";
-- Ends. 2021: 202, and half of 103, are filled from outside; 507 leaves somebody behind; half of 106 went with 510, the other half is empty for long, as is 109; 108 is torn down; 204 has set
-- free one more than it is. 2022: half of 110 went with 514, who came to 111, which makes it a quarter more; with that quarter the chain is back at 110. 2023: 205.
SELECT * FROM t_stay.bi_chain_ends ORDER BY start_year, outcome_sort;
SELECT start_year, e.ends, c.new_dwellings FROM (SELECT start_year, sum(vacancies) AS ends FROM t_stay.bi_chain_ends GROUP BY 1) e
JOIN (SELECT start_year, sum(new_dwellings) AS new_dwellings FROM t_stay.bi_chains WHERE area_kind = 'all' GROUP BY 1) c USING (start_year) ORDER BY 1;

-- Keys are unique, and a second refresh has nothing to write
CREATE FUNCTION t_stay.same_key(OUT view_name text, OUT n bigint) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    key text;
BEGIN
    FOR view_name, key IN SELECT v.view_name, v.key FROM byudv.bi_duration_views() v ORDER BY v.view_name COLLATE "C" LOOP
        EXECUTE format('SELECT count(*) - count(DISTINCT (%s)) FROM t_stay.%I', key, view_name) INTO n;
        RETURN NEXT;
    END LOOP;
END
$$;
SELECT * FROM t_stay.same_key();
CALL byudv.refresh('t_stay', true);
SELECT step, outcome, scope, rows_added, rows_removed FROM t_stay.run_log WHERE run_id = (SELECT max(run_id) FROM t_stay.run_log) AND step IN ('residence_duration', 'turnover', 'chain_summary') ORDER BY started_at;
-- The birthday was another: somebody more has moved in, which is noted though no move of the study window has changed but one
UPDATE t_stay.person SET born_on = '2021-05-04' WHERE person_id = 41;
CALL byudv.refresh('t_stay');
SELECT person_years, stay_2 FROM t_stay.bi_residence_duration WHERE area_kind = 'all' AND tenure = 'cooperative' AND dwelling_type = 'all' AND new_build = 'all' AND origin = 'all';
-- A window within years: 306 days of 2020 are in it, and 181 days of 2023, in two flats
UPDATE t_stay.setting SET as_of = '2023-07-01', study_from = '2020-03-01';
CALL byudv.refresh('t_stay');
SELECT year, ends, dwelling_years FROM t_stay.bi_turnover WHERE area_code = 'T' ORDER BY year;
-- Nothing at all
SELECT byudv.create_monitor('t_stay_empty', 151) IS NOT NULL AS made;
CALL byudv.refresh('t_stay_empty');
SELECT (SELECT count(*) FROM t_stay_empty.bi_turnover) + (SELECT count(*) FROM t_stay_empty.bi_residence_duration) + (SELECT count(*) FROM t_stay_empty.bi_duration_curve)
    + (SELECT count(*) FROM t_stay_empty.bi_new_build_stay) + (SELECT count(*) FROM t_stay_empty.bi_chains) + (SELECT count(*) FROM t_stay_empty.bi_chain_ends) AS rows;
DROP SCHEMA t_stay CASCADE;
DROP SCHEMA t_stay_empty CASCADE;

-- Rates of counts: Garwood's limits of 0 and 1 event
SELECT e.n, round(r.rate::numeric, 6) AS rate, round(r.lower::numeric, 6) AS lower, round(r.upper::numeric, 6) AS upper FROM (VALUES (0), (1)) e (n), byudv.event_rate(e.n, 1) r ORDER BY 1;
-- as turnover_rate() of a summary with so many
SELECT (byudv.event_rate(8, 100 * 8 / 365.25)) = (t.rate, t.lower, t.upper) AS same FROM byudv.turnover_rate('s1 100x8') t;
SELECT * FROM byudv.event_rate(5, 0);
SELECT byudv.event_rate(NULL, 1) IS NULL AS null_events, byudv.event_rate(1, NULL) IS NULL AS null_exposure;
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT byudv.event_rate(-1, 1);
SELECT byudv.event_rate(1, -0.5);
SELECT byudv.event_rate(1, 'NaN');
SELECT byudv.event_rate(1, 'Infinity');
SELECT byudv.event_rate(1, 1, 1);
