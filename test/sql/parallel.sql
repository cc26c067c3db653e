-- The same answers whatever the order of rows, the parts they come in, and the plan
CREATE SCHEMA t_parallel;
CREATE TABLE t_parallel.dwelling AS
    SELECT 'd' || i AS dwelling_id, (ARRAY[120, 140, 160, 510, 320, NULL, 0, 888])[1 + i % 8] AS unit_use, (ARRAY['1', '3', '5', 'E', NULL])[1 + i % 5] AS unit_kind,
        (ARRAY[120, 130, 140, 150, 320, NULL])[1 + i % 6] AS building_use, (ARRAY[10, 20, 30, 40, 41, 50, 90, 99, NULL, 77])[1 + i % 10] AS owner_code,
        (ARRAY['Karla Testrup', 'Boligforeningen AAB afd. ', 'A/B Testvej ', 'Testrup ApS ', 'E/F Testvej ', 'Testrup Kommune', 'Fonden Testrup', NULL, '', 'Domea Testrup',
            'Pensionskassen for Testere'])[1 + i % 11] || CASE WHEN i % 3 = 0 THEN i::text ELSE '' END AS owner_name,
        (ARRAY[0, 10, 11, 12, NULL])[1 + i / 3 % 5] AS defect_insurance, 1900 + i % 130 AS built_year, (ARRAY[1, 2, 3, NULL])[1 + i / 7 % 4] AS registered_use,
        (ARRAY['SFE', 'Ejerlejlighed', 'BPFG', NULL])[1 + i / 5 % 4] AS property_kind, CASE WHEN i % 50 = 0 THEN 10 WHEN i % 50 = 1 THEN 20 END AS public_support,
        i % 20 = 0 AS proxy_owner
    FROM generate_series(1, 8000) i;
ANALYZE t_parallel.dwelling;
CREATE VIEW t_parallel.answer AS
    SELECT d.dwelling_id, byudv.dwelling_type(unit_use, building_use, unit_kind) AS type, byudv.owner_kind(owner_name) AS kind,
        byudv.owner_organisation(owner_name) AS organisation, byudv.normalise_owner_name(owner_name) AS normal,
        byudv.tenure(owner_code, building_use, owner_name, defect_insurance, built_year, byudv.owner_occupied(registered_use), property_kind, public_support, proxy_owner) AS tenure,
        byudv.tenure(owner_code, building_use, owner_name, defect_insurance, built_year, byudv.owner_occupied(registered_use), property_kind, public_support, proxy_owner,
            'dst') AS dst,
        t.rule_id, t.certainty, t.reason
    FROM t_parallel.dwelling d, LATERAL byudv.tenure_decision(owner_code, building_use, owner_name, defect_insurance, built_year,
        byudv.owner_occupied(registered_use), property_kind, public_support, proxy_owner) t;
SELECT tenure, dst, count(*) FROM t_parallel.answer GROUP BY tenure, dst ORDER BY tenure COLLATE "C", dst COLLATE "C";

-- as given, without workers
SET max_parallel_workers_per_gather = 0;
CREATE TABLE t_parallel.serial AS SELECT a.*, a::text AS whole FROM t_parallel.answer a;
-- with workers
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE FUNCTION t_parallel.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    RETURN CASE WHEN plan::text ~ 'Gather' THEN 'parallel' ELSE 'serial' END;
END
$$;
SELECT t_parallel.plan('SELECT tenure, count(*) FROM t_parallel.answer GROUP BY 1');
CREATE TABLE t_parallel.many AS SELECT a.*, a::text AS whole FROM t_parallel.answer a;
SELECT count(*) AS differences FROM t_parallel.serial s FULL JOIN t_parallel.many m USING (dwelling_id) WHERE s.whole IS DISTINCT FROM m.whole;
-- a rule that this transaction has changed is in force in its workers
BEGIN;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('corrected', 1, 1, 'public', 'Alt er offentligt.');
SELECT t_parallel.plan('SELECT tenure, count(*) FROM t_parallel.answer GROUP BY 1');
SELECT tenure, count(*) FROM t_parallel.answer GROUP BY 1;
SAVEPOINT s;
UPDATE byudv.tenure_rule SET tenure = 'owner' WHERE NOT is_builtin;
SELECT tenure, count(*) FROM t_parallel.answer GROUP BY 1;
ROLLBACK TO s;
SELECT tenure, count(*) FROM t_parallel.answer GROUP BY 1;
ROLLBACK;
SELECT count(*) AS differences FROM t_parallel.serial s FULL JOIN t_parallel.answer a USING (dwelling_id) WHERE s.tenure IS DISTINCT FROM a.tenure;

-- shuffled, and in parts
CREATE TABLE t_parallel.shuffled AS SELECT * FROM t_parallel.dwelling ORDER BY md5(dwelling_id);
CREATE TABLE t_parallel.parts (LIKE t_parallel.dwelling) PARTITION BY HASH (dwelling_id);
CREATE TABLE t_parallel.parts0 PARTITION OF t_parallel.parts FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE t_parallel.parts1 PARTITION OF t_parallel.parts FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE t_parallel.parts2 PARTITION OF t_parallel.parts FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO t_parallel.parts SELECT * FROM t_parallel.dwelling;
CREATE TABLE t_parallel.given AS SELECT c::text AS row FROM byudv.classify_dwellings('t_parallel.dwelling') c;
SELECT count(*) AS dwellings, count(DISTINCT row) AS rows FROM t_parallel.given;
SELECT count(*) AS shuffled FROM (SELECT c::text FROM byudv.classify_dwellings('t_parallel.shuffled') c EXCEPT TABLE t_parallel.given) x;
SELECT count(*) AS partitioned FROM (SELECT c::text FROM byudv.classify_dwellings('t_parallel.parts') c EXCEPT TABLE t_parallel.given) x;
SELECT count(*) AS in_parts FROM ((SELECT c::text FROM byudv.classify_dwellings('t_parallel.parts0') c UNION ALL SELECT c::text FROM byudv.classify_dwellings('t_parallel.parts1') c
    UNION ALL SELECT c::text FROM byudv.classify_dwellings('t_parallel.parts2') c) EXCEPT TABLE t_parallel.given) x;
SELECT count(*) AS tenures FROM byudv.classify_dwellings('t_parallel.dwelling') c JOIN t_parallel.serial s USING (dwelling_id)
WHERE (c.tenure, c.dwelling_type, c.tenure_dst, c.rule_id, c.reason) IS DISTINCT FROM (s.tenure, s.type, s.dst, s.rule_id, s.reason);
RESET ALL;

SET client_min_messages = warning;
DROP SCHEMA t_parallel CASCADE;
