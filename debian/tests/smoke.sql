-- What an installed package must be able to do, in an empty database: a line "ok NAME" or "not ok NAME" each
SET client_min_messages = warning;
SET client_encoding = 'UTF8';
CREATE EXTENSION byudv;
SELECT CASE WHEN byudv.tenure(10, 140, 'AAB AFD 55', NULL) = 'social' AND (byudv.tenure_decision(10, 140, 'AAB AFD 55', NULL)).reason ~ 'almen boligorganisation' THEN 'ok' ELSE 'not ok' END || ' classification';
SELECT CASE WHEN m.estimate = 1004 AND m.lower = 212 THEN 'ok' ELSE 'not ok' END || ' survival'
FROM (SELECT byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01') AS s
      FROM (VALUES (date '2009-05-01', date '2016-08-01'), ('2015-02-01', '2015-09-01'), ('2018-06-15', NULL), ('2020-01-01', '2022-10-01')) stay (from_date, to_date)) x, byudv.survival_median(s) m;
SELECT byudv.create_monitor('smoke', 101) IS NULL \g /dev/null
INSERT INTO smoke.building (building_id, property_id, building_use, built_year, available_from) VALUES (1, 10, 140, 1964, NULL), (2, 20, 140, 2019, '2019-03-01');
INSERT INTO smoke.dwelling (dwelling_id, building_id, property_id, unit_use, unit_kind, area_m2, registered_use, available_from) VALUES (101, 1, 10, 140, '1', 62, 1, NULL), (201, 2, 20, 140, '1', 85, 1, '2019-03-01');
INSERT INTO smoke.ownership (property_id, owner_code, owner_name) VALUES (10, 10, 'AAB AFD 55'), (20, 30, 'Rugvangen Ejendomme A/S');
INSERT INTO smoke.person (person_id, born_on) VALUES (1, '1970-05-05'), (2, '1988-02-01');
INSERT INTO smoke.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES (1, 101, 101, '2012-06-01', '2019-04-01'), (1, 201, 101, '2019-04-01', NULL), (2, 101, 101, '2019-06-01', NULL);
CALL byudv.refresh('smoke');
SELECT CASE WHEN (SELECT string_agg(tenure, ' ' ORDER BY dwelling_id) FROM smoke.dwelling_class) = 'social private_rental' AND (SELECT count(*) FROM smoke.residence) = 3 AND (SELECT count(*) FROM smoke.chain) > 0
    THEN 'ok' ELSE 'not ok' END || ' monitor';
UPDATE smoke.address_period SET to_date = '2023-01-01' WHERE person_id = 2;
CALL byudv.refresh('smoke');
SELECT CASE WHEN outcome = 'done' AND rows_added > 0 THEN 'ok' ELSE 'not ok' END || ' refresh of what has changed' FROM smoke.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1;
ALTER EXTENSION byudv UPDATE;
SELECT CASE WHEN e.extversion = a.default_version THEN 'ok' ELSE 'not ok' END || ' version ' || e.extversion FROM pg_extension e JOIN pg_available_extensions a ON a.name = e.extname WHERE e.extname = 'byudv';
