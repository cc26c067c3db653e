-- classify_dwellings: tables, views, partitions, with owners and overrides that have validity
\set SHOW_CONTEXT never
CREATE SCHEMA t_classify;
CREATE TABLE t_classify.dwelling (dwelling_id text PRIMARY KEY, unit_use int, unit_kind text, building_use int, owner_code int, owner_name text,
    defect_insurance int, built_year int, registered_use int, property_kind text, public_support int, proxy_owner boolean, unused text);
INSERT INTO t_classify.dwelling VALUES
    ('d01', 120, '1', 120, 10, 'Karla Testrup', NULL, 1970, 2, 'SFE', NULL, NULL, 'x'),
    ('d02', 140, '1', 140, 10, 'BOLIGFORENINGEN AAB AFD. 55', NULL, 1948, 1, 'SFE', NULL, NULL, 'x'),
    ('d03', 140, '1', 140, 20, 'Domea Testrup', NULL, 1948, 1, 'SFE', NULL, NULL, 'x'),
    ('d04', 140, '1', 140, 41, 'A/B Testvej', NULL, 1930, 1, 'SFE', NULL, NULL, 'x'),
    ('d05', 140, '1', 140, 10, 'Karla Testrup', NULL, 1930, NULL, 'Ejerlejlighed', NULL, true, 'x'),
    ('d06', NULL, '1', 140, 90, 'E/F Testvej', 12, 2018, NULL, 'Ejerlejlighed', NULL, NULL, 'x'),
    ('d07', 510, '5', 510, 10, 'Karla Testrup', NULL, 1980, 3, 'SFE', NULL, NULL, 'x'),
    ('d08', 140, '1', 140, 30, 'Testrup ApS', NULL, 1980, 2, 'SFE', NULL, NULL, 'x'),
    ('d09', 160, '4', 160, 50, 'Testrup Kommune', NULL, 1980, 1, 'SFE', 42, NULL, 'x'),
    ('d10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling') ORDER BY dwelling_id COLLATE "C";
-- each row is what the functions say
SELECT d.dwelling_id FROM t_classify.dwelling d JOIN byudv.classify_dwellings('t_classify.dwelling') c USING (dwelling_id),
    LATERAL (SELECT byudv.owner_occupied(registered_use) AS occ) o,
    LATERAL byudv.tenure_decision(owner_code, building_use, owner_name, defect_insurance, built_year, occ, property_kind, public_support, proxy_owner) t
WHERE (c.dwelling_type, c.tenure_register, c.tenure_dst, c.tenure, c.rule_id, c.certainty, c.reason, c.owner_kind, c.organisation, c.overridden) IS DISTINCT FROM
    (byudv.dwelling_type(unit_use, building_use, unit_kind),
     byudv.tenure(owner_code, building_use, owner_name, defect_insurance, built_year, occ, property_kind, public_support, proxy_owner, 'register'),
     byudv.tenure(owner_code, building_use, owner_name, defect_insurance, built_year, occ, property_kind, public_support, proxy_owner, 'dst'),
     t.tenure, t.rule_id, t.certainty, t.reason, byudv.owner_kind(owner_name), byudv.owner_organisation(owner_name), false);
CREATE TABLE t_classify.expected AS SELECT * FROM byudv.classify_dwellings('t_classify.dwelling');

-- The same from a view, a materialised view, a partitioned table, an inheritance tree, a table with odd names and types, a temporary table
CREATE FUNCTION t_classify.differences(relation regclass) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM ((TABLE t_classify.expected EXCEPT ALL SELECT * FROM byudv.classify_dwellings(relation))
        UNION ALL (SELECT * FROM byudv.classify_dwellings(relation) EXCEPT ALL TABLE t_classify.expected)) x $$;
CREATE VIEW t_classify.v AS SELECT * FROM t_classify.dwelling;
CREATE MATERIALIZED VIEW t_classify.mv AS SELECT * FROM t_classify.dwelling;
CREATE TABLE t_classify.part (LIKE t_classify.dwelling) PARTITION BY LIST (dwelling_id);
CREATE TABLE t_classify.part1 PARTITION OF t_classify.part FOR VALUES IN ('d01', 'd02', 'd03');
CREATE TABLE t_classify.part2 PARTITION OF t_classify.part DEFAULT;
INSERT INTO t_classify.part SELECT * FROM t_classify.dwelling;
CREATE TABLE t_classify.parent (LIKE t_classify.dwelling);
CREATE TABLE t_classify.child () INHERITS (t_classify.parent);
INSERT INTO t_classify.parent SELECT * FROM t_classify.dwelling WHERE dwelling_id < 'd05';
INSERT INTO t_classify.child SELECT * FROM t_classify.dwelling WHERE dwelling_id >= 'd05';
CREATE TABLE t_classify."Odd ""name" (owner_occupied boolean, proxy_owner boolean, dwelling_id char(3), public_support smallint, owner_name varchar(50),
    property_kind name, built_year smallint, gone int, defect_insurance smallint, owner_code smallint, building_use smallint, unit_kind char(1), unit_use smallint);
INSERT INTO t_classify."Odd ""name" SELECT byudv.owner_occupied(registered_use), proxy_owner, dwelling_id, public_support, owner_name, property_kind, built_year, 0,
    defect_insurance, owner_code, building_use, unit_kind, unit_use FROM t_classify.dwelling;
ALTER TABLE t_classify."Odd ""name" DROP gone;
CREATE TEMPORARY TABLE t_classify_temp AS SELECT * FROM t_classify.dwelling ORDER BY dwelling_id DESC;
SELECT t_classify.differences('t_classify.v') AS v, t_classify.differences('t_classify.mv') AS mv, t_classify.differences('t_classify.part') AS part,
    t_classify.differences('t_classify.parent') AS parent, t_classify.differences('t_classify."Odd ""name"') AS odd, t_classify.differences('t_classify_temp') AS temp;
-- integer and uuid ids; no row; a dwelling twice is two rows
CREATE VIEW t_classify.by_number AS SELECT 7 AS dwelling_id, unit_use, unit_kind, building_use, owner_code, owner_name, defect_insurance FROM t_classify.dwelling
    WHERE dwelling_id IN ('d01', 'd03');
SELECT dwelling_id, tenure FROM byudv.classify_dwellings('t_classify.by_number') ORDER BY 1, 2;
CREATE VIEW t_classify.empty AS SELECT * FROM t_classify.dwelling WHERE false;
SELECT count(*) FROM byudv.classify_dwellings('t_classify.empty');
-- owner_occupied wins over registered_use where both are
CREATE VIEW t_classify.both AS SELECT *, false AS owner_occupied FROM t_classify.dwelling WHERE dwelling_id = 'd01';
SELECT tenure, rule_id FROM byudv.classify_dwellings('t_classify.both');

-- Owners with validity: [valid_from, valid_to)
CREATE TABLE t_classify.ownership (dwelling_id text, owner_code int, owner_name text, valid_from date, valid_to date);
INSERT INTO t_classify.ownership VALUES
    ('d01', 10, 'Karla Testrup', NULL, '2015-01-01'), ('d01', 30, 'Testrup ApS', '2015-01-01', '2020-01-01'), ('d01', 20, 'Domea Testrup', '2020-01-01', NULL),
    ('d02', 10, 'Karla Testrup', '2018-01-01', NULL), ('d02', 10, 'Boligforeningen AAB', '2017-01-01', NULL), ('d02', 10, 'Anders Testrup', '2019-01-01', NULL),
    ('d03', 50, 'Testrup Kommune', '2030-01-01', NULL),
    ('d04', 40, NULL, '2010-01-01', '2010-01-01'),
    ('d06', 10, 'Zenia Testrup', '2010-01-01', NULL), ('d06', 41, 'Anna Testrup', '2010-01-01', NULL),
    ('d07', 20, 'Domea Testrup', '2015-01-01', '2020-01-01'),
    ('zzz', 10, 'Nobody', NULL, NULL);
SELECT day, dwelling_id, tenure_register, tenure, rule_id, owner_kind, organisation
FROM unnest(ARRAY['2014-12-31', '2015-01-01', '2019-12-31', '2020-01-01', '2031-01-01']::date[]) day,
    LATERAL byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership', as_of => day)
WHERE dwelling_id IN ('d01', 'd02', 'd03', 'd04', 'd06', 'd07') ORDER BY day, dwelling_id COLLATE "C";
-- no day is today; the number of rows is the dwellings' own
SELECT count(*), count(*) FILTER (WHERE dwelling_id = 'd01' AND tenure = 'social') FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership');
SELECT count(*) FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership', as_of => '-infinity');
SELECT count(*) FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership', as_of => 'infinity');
-- a relation of dwellings then needs no owner of its own; timestamps count as their day
CREATE VIEW t_classify.no_owner AS SELECT dwelling_id, unit_use, unit_kind, building_use, defect_insurance FROM t_classify.dwelling;
CREATE VIEW t_classify.ownership_ts AS SELECT dwelling_id, owner_code, owner_name, valid_from::timestamp + interval '13 hours' AS valid_from,
    valid_to::timestamp + interval '13 hours' AS valid_to FROM t_classify.ownership;
SELECT dwelling_id, tenure FROM byudv.classify_dwellings('t_classify.no_owner', 't_classify.ownership_ts', as_of => '2015-01-01') WHERE dwelling_id < 'd05'
ORDER BY dwelling_id COLLATE "C";
-- the order of owners does not matter
CREATE VIEW t_classify.ownership_reversed AS SELECT * FROM t_classify.ownership ORDER BY owner_name DESC, valid_from DESC OFFSET 0;
SELECT count(*) FROM (SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership_reversed', as_of => '2019-06-01')
    EXCEPT SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership', as_of => '2019-06-01')) x;

-- Overrides
CREATE TABLE t_classify.override (dwelling_id text, valid_from date, valid_to date, tenure text, note text, decided_by text, decided_on date);
INSERT INTO t_classify.override VALUES
    ('d01', '2010-01-01', '2012-01-01', 'cooperative', 'besigtiget', 'KT', '2010-02-03'),
    ('d01', '2011-01-01', NULL, 'public', 'skøde set', 'AT', '2011-02-03'),
    ('d02', NULL, NULL, 'owner', NULL, NULL, NULL),
    ('d03', NULL, NULL, 'unknown', 'tvivl', NULL, '2020-12-31'),
    ('d04', NULL, '2000-01-01', 'owner', NULL, NULL, NULL), ('zzz', NULL, NULL, 'owner', NULL, NULL, NULL);
SELECT day, dwelling_id, tenure_register, tenure, rule_id, certainty, reason, owner_kind, overridden
FROM unnest(ARRAY['2009-01-01', '2010-06-01', '2011-06-01', '2012-01-01']::date[]) day,
    LATERAL byudv.classify_dwellings('t_classify.dwelling', NULL, 't_classify.override', day)
WHERE dwelling_id < 'd05' ORDER BY day, dwelling_id COLLATE "C";
SELECT day, tenure, overridden FROM unnest(ARRAY['1999-12-31', '2000-01-01']::date[]) day, LATERAL byudv.classify_dwellings('t_classify.dwelling', NULL, 't_classify.override', day)
WHERE dwelling_id = 'd04' ORDER BY day;
CREATE VIEW t_classify.short AS SELECT dwelling_id, valid_from, valid_to, tenure FROM t_classify.override;
SELECT dwelling_id, tenure, reason, overridden FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.ownership', 't_classify.short', '2011-06-01')
WHERE dwelling_id < 'd05' ORDER BY dwelling_id COLLATE "C";
-- a tenure of one's own
BEGIN;
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('borg', 'Borg', 'Castle');
UPDATE t_classify.override SET tenure = 'borg' WHERE dwelling_id = 'd02';
SELECT tenure, overridden FROM byudv.classify_dwellings('t_classify.dwelling', overrides => 't_classify.override') WHERE dwelling_id = 'd02';
ROLLBACK;

-- What is refused
SELECT * FROM byudv.classify_dwellings(NULL);
SELECT * FROM byudv.classify_dwellings('t_classify.nonesuch');
SELECT * FROM byudv.classify_dwellings('t_classify.ownership');
SELECT * FROM byudv.classify_dwellings('t_classify.no_owner');
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.dwelling');
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', NULL, 't_classify.ownership');
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', as_of => '2020-01-01');
CREATE TABLE t_classify.wrong (LIKE t_classify.dwelling);
ALTER TABLE t_classify.wrong ALTER owner_code TYPE text;
SELECT * FROM byudv.classify_dwellings('t_classify.wrong');
ALTER TABLE t_classify.wrong ALTER owner_code TYPE bigint USING 10;
SELECT * FROM byudv.classify_dwellings('t_classify.wrong');
ALTER TABLE t_classify.wrong DROP owner_code;
SELECT * FROM byudv.classify_dwellings('t_classify.wrong');
ALTER TABLE t_classify.wrong ADD owner_code int, ALTER proxy_owner TYPE text;
SELECT * FROM byudv.classify_dwellings('t_classify.wrong');
ALTER TABLE t_classify.wrong DROP proxy_owner, ALTER registered_use TYPE boolean USING true;
SELECT * FROM byudv.classify_dwellings('t_classify.wrong');
CREATE VIEW t_classify.wrong_day AS SELECT dwelling_id, owner_code, owner_name, valid_from::text, valid_to FROM t_classify.ownership;
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', 't_classify.wrong_day');
INSERT INTO t_classify.override VALUES ('d05', NULL, NULL, 'palace');
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', overrides => 't_classify.override');
UPDATE t_classify.override SET tenure = NULL WHERE tenure = 'palace';
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling', overrides => 't_classify.override');
SELECT * FROM byudv.classify_dwellings('t_classify.dwelling_pkey');

SET client_min_messages = warning;
DROP SCHEMA t_classify CASCADE;
