-- Counts of persons that may be published. The method itself is tested in test/unit/disclosure.c; here: what goes in, comes out and is refused.
CREATE SCHEMA t_disclosure;

-- Counts as events. The small cell of area 1 and item 1 is protected by the three that cost least: 5 + 5 + 5 persons
CREATE TABLE t_disclosure.count (slice integer, area integer, item integer, n integer);
INSERT INTO t_disclosure.count VALUES
    (2024, 1, 1, 1), (2024, 1, 2, 10), (2024, 1, 3, 5),
    (2024, 2, 1, 5), (2024, 2, 2, 10), (2024, 2, 3, 5),
    (2024, 3, 1, 6), (2024, 3, 2, 3),  (2024, 3, 3, 7),
    (2023, 1, 1, 3), (2023, 2, 2, 4),
    (2022, 1, 1, 1), (2022, 1, 2, 1),
    (-5, 2147483647, -2147483648, 4), (-5, -2147483648, 2147483647, 4);
CREATE TABLE t_disclosure.event AS SELECT slice, area, item FROM t_disclosure.count, generate_series(1, n);
SELECT * FROM byudv.protected_counts('t_disclosure.event', ARRAY['area*item'], NULL);

-- The setting, and the argument, which goes before it
SHOW byudv.min_cell;
SELECT name, setting, boot_val, min_val, max_val, context, short_desc, extra_desc FROM pg_catalog.pg_settings WHERE name = 'byudv.min_cell';
SET byudv.min_cell = 1;
SELECT count(*), sum(persons) FILTER (WHERE kind = 1) AS persons, bool_or(persons IS NULL) AS hides
FROM byudv.protected_counts('t_disclosure.event', ARRAY['area*item'], NULL);
SELECT count(*), sum(persons) FILTER (WHERE kind = 1) AS persons, bool_or(persons IS NULL) AS hides
FROM byudv.protected_counts('t_disclosure.event', ARRAY['area*item'], NULL, min_cell => 3);
SET byudv.min_cell = 0;
SET byudv.min_cell = 1001;
RESET byudv.min_cell;
SELECT * FROM byudv.protected_counts('t_disclosure.event', ARRAY['area*item'], NULL, 1000);

-- Kinds of areas. Area 1 of kind 1 has 2 persons; area 3 of kind 1 shares kind 2 with it, so that kind 2 stays whole
CREATE TABLE t_disclosure.unit (slice integer, region integer, item integer);
INSERT INTO t_disclosure.unit SELECT 1, region, item FROM (VALUES (10, 1, 2), (11, 1, 4), (12, 1, 4), (12, 2, 4), (13, 1, 4), (13, 2, 4)) AS u (region, item, n), generate_series(1, n);
CREATE TABLE t_disclosure.member (row_column text, member integer, kind integer, code integer);
INSERT INTO t_disclosure.member VALUES ('region', 10, 1, 1), ('region', 11, 1, 2), ('region', 12, 1, 3), ('region', 13, 1, 3),
    ('region', 10, 2, 1), ('region', 11, 2, 2), ('region', 12, 2, 1), ('region', 13, 2, 2), ('region', 99, 1, 7);
SELECT * FROM byudv.protected_counts('t_disclosure.unit', ARRAY['region*item'], 't_disclosure.member');

-- Several tables
CREATE TABLE t_disclosure.person AS
SELECT 2000 + i % 3 AS slice, (i * 7 % 31 + i % 5)::smallint AS region, i * i % 7 AS segment, i % 11 * (i % 3) % 6 AS age FROM generate_series(1, 300) AS i;
CREATE TABLE t_disclosure.kind AS
SELECT 'region'::name AS row_column, region::smallint AS member, kind, CASE kind WHEN 1 THEN region / 6 WHEN 5 THEN (region + 3) / 11 END AS code
FROM generate_series(0, 40) AS region, (VALUES (1), (5)) AS k (kind)
UNION ALL VALUES ('region', 3, 0, 0), ('slice', 3, 1, 1);
CREATE TABLE t_disclosure.result (nr integer GENERATED ALWAYS AS IDENTITY, slice integer, table_no integer, kind integer, code integer, item integer, persons bigint);
INSERT INTO t_disclosure.result (slice, table_no, kind, code, item, persons)
SELECT * FROM byudv.protected_counts('t_disclosure.person', ARRAY['region*segment', 'region * age', ' segment*age '], 't_disclosure.kind');
SELECT table_no, kind, count(*), count(*) FILTER (WHERE item IS NOT NULL AND persons IS NULL) AS hidden, count(*) FILTER (WHERE item IS NULL AND persons IS NULL) AS merged, sum(persons) AS persons
FROM t_disclosure.result GROUP BY table_no, kind ORDER BY table_no, kind;
-- rows come sorted, no number is small, an area's rows add up to its persons
SELECT count(*) FILTER (WHERE nr <> place) AS not_sorted, count(*) FILTER (WHERE persons < 3) AS small
FROM (SELECT r.*, row_number() OVER (ORDER BY slice, table_no, kind, code, item) AS place FROM t_disclosure.result r) r;
SELECT count(*) AS wrong FROM (SELECT slice, kind, code, sum(persons) AS persons FROM t_disclosure.result WHERE table_no = 2 AND kind IN (1, 5) AND code IS NOT NULL
    GROUP BY slice, kind, code HAVING sum(persons) > 0) r
WHERE persons IS DISTINCT FROM (SELECT count(*) FROM t_disclosure.person p JOIN t_disclosure.kind k ON k.member = p.region AND k.kind = r.kind AND k.row_column = 'region' WHERE p.slice = r.slice AND k.code = r.code);

-- The order of the input does not matter; a view, a partitioned table, a temporary table will do
CREATE VIEW t_disclosure.shuffled AS SELECT age, slice, segment, region FROM t_disclosure.person ORDER BY md5(region::text || age || segment || slice);
CREATE TABLE t_disclosure.parted (age integer, region smallint, unused text, slice integer, segment integer) PARTITION BY LIST (slice);
CREATE TABLE t_disclosure.parted_a PARTITION OF t_disclosure.parted FOR VALUES IN (2001);
CREATE TABLE t_disclosure.parted_b PARTITION OF t_disclosure.parted DEFAULT;
INSERT INTO t_disclosure.parted (age, region, slice, segment) SELECT age, region, slice, segment FROM t_disclosure.person ORDER BY age DESC, region, slice DESC, segment;
CREATE TEMPORARY TABLE t_disclosure_kind AS SELECT * FROM t_disclosure.kind ORDER BY code, member DESC;
INSERT INTO t_disclosure_kind SELECT * FROM t_disclosure.kind WHERE code = 1;
SELECT relation, count(*), count(*) FILTER (WHERE r.slice IS NULL OR s.slice IS NULL) AS different
FROM (VALUES ('t_disclosure.shuffled'), ('t_disclosure.parted')) AS v (relation),
    LATERAL (SELECT * FROM byudv.protected_counts(relation, ARRAY['region*segment', 'region*age', 'segment*age'], 't_disclosure_kind')) r
    FULL JOIN t_disclosure.result s ON (r.slice, r.table_no, r.kind, coalesce(r.code, -1), coalesce(r.item, -1), coalesce(r.persons, -1)) =
        (s.slice, s.table_no, s.kind, coalesce(s.code, -1), coalesce(s.item, -1), coalesce(s.persons, -1))
GROUP BY relation ORDER BY relation;

-- An item that has kinds of areas as a row elsewhere: all are protected together
SELECT table_no, kind, count(*) FILTER (WHERE item IS NOT NULL AND persons IS NULL) AS hidden, count(*) FILTER (WHERE item IS NULL AND persons IS NULL) AS merged, sum(persons) AS persons,
    min(persons) AS smallest
FROM byudv.protected_counts('t_disclosure.person', ARRAY['region*segment', 'age*region'], 't_disclosure.kind') GROUP BY table_no, kind ORDER BY table_no, kind;

-- Kinds of the same column, and both by age: the merged areas are the same in both tables, and so are the merged segments
CREATE TABLE t_disclosure.home AS SELECT slice, region * 10 + segment AS home, age FROM t_disclosure.person WHERE slice = 2001;
CREATE TABLE t_disclosure.home_kind AS
SELECT DISTINCT 'home'::text AS row_column, h.home AS member, k.kind, CASE k.kind WHEN 2 THEN h.home % 10 ELSE i.code END AS code
FROM t_disclosure.home h, (VALUES (1), (2), (5)) AS k (kind) LEFT JOIN t_disclosure.kind i ON i.row_column = 'region' AND i.kind = k.kind WHERE k.kind = 2 OR i.member = h.home / 10;
CREATE TABLE t_disclosure.ring AS SELECT * FROM byudv.protected_counts('t_disclosure.home', ARRAY['home*home/2', 'home*age'], 't_disclosure.home_kind');
SELECT table_no, kind, count(*) FILTER (WHERE item IS NOT NULL AND persons IS NULL) AS hidden, array_agg(DISTINCT code) FILTER (WHERE item IS NULL AND persons IS NULL) AS merged, sum(persons) AS persons,
    min(persons) AS smallest
FROM t_disclosure.ring GROUP BY table_no, kind ORDER BY table_no, kind;
SELECT array_agg(item) AS merged_segments FROM t_disclosure.ring WHERE table_no = 1 AND kind = 0 AND persons IS NULL;

-- Nothing
CREATE TABLE t_disclosure.nobody (LIKE t_disclosure.person);
SELECT * FROM byudv.protected_counts('t_disclosure.nobody', ARRAY['region*segment', 'region*age'], 't_disclosure.kind');
SELECT * FROM byudv.protected_counts('t_disclosure.nobody', ARRAY['region*segment'], NULL);

-- What is refused
CREATE FUNCTION t_disclosure.try(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    state text;
    message text;
    detail text;
    hint text;
    n bigint;
BEGIN
    EXECUTE query;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN NEXT format('no error, %s rows', n);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN NEXT format('%s %s', state, message);
    IF detail <> '' THEN RETURN NEXT 'DETAIL: ' || detail; END IF;
    IF hint <> '' THEN RETURN NEXT 'HINT: ' || hint; END IF;
END
$$;
\pset tuples_only on
\pset format unaligned
CREATE FUNCTION t_disclosure.try_tables(tables text[]) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT t_disclosure.try(format('SELECT * FROM byudv.protected_counts(''t_disclosure.person'', %L, NULL)', $1)) $$;
-- tables
SELECT t_disclosure.try_tables(NULL);
SELECT t_disclosure.try_tables('{}');
SELECT t_disclosure.try_tables(ARRAY['region*age', NULL]);
SELECT t, t_disclosure.try_tables(ARRAY['segment*age', t]) FROM unnest(ARRAY['', 'region', '*', 'region*', '*age', 'region*age*segment', 'age * age', 'region*age ', 'segment*age', 'age*segment', 'region*nonesuch']) WITH ORDINALITY AS u (t, nr) ORDER BY nr;
SELECT t_disclosure.try_tables(ARRAY(SELECT i || '*x' FROM generate_series(1, 1001) i));
SELECT t, t_disclosure.try(format('SELECT * FROM byudv.protected_counts(''t_disclosure.home'', %L, ''t_disclosure.home_kind'')', t))
FROM unnest(ARRAY['{home*home/3}', '{home*home/0}', '{home*home/}', '{home*home/2x}', '{home*home/99999999999}', '{home*age/2}', '{home*home/2,home*home/1}', '{home*home/2,age*home}']) WITH ORDINALITY AS u (t, nr) ORDER BY nr;
-- relations
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts(NULL, ARRAY['region*age'], NULL)$q$);
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts(4294967295::oid::regclass, ARRAY['region*age'], NULL)$q$);
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.member', ARRAY['region*age'], NULL)$q$);
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.person', ARRAY['region*age'], 't_disclosure.person')$q$);
ALTER TABLE t_disclosure.nobody ALTER age TYPE bigint;
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.nobody', ARRAY['region*age'], NULL)$q$);
-- NULL
SELECT c, t_disclosure.try(format('UPDATE t_disclosure.unit SET %I = NULL WHERE region = 10; SELECT * FROM byudv.protected_counts(''t_disclosure.unit'', ARRAY[''region*item''], NULL)', c))
FROM unnest(ARRAY['slice', 'region', 'item']) AS c;
SELECT c, t_disclosure.try(format('UPDATE t_disclosure.member SET %I = NULL WHERE member = 12; SELECT * FROM byudv.protected_counts(''t_disclosure.unit'', ARRAY[''region*item''], ''t_disclosure.member'')', c))
FROM unnest(ARRAY['row_column', 'member', 'kind', 'code']) AS c;
-- members
CREATE FUNCTION t_disclosure.try_members(change text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT t_disclosure.try(change || '; SELECT * FROM byudv.protected_counts(''t_disclosure.unit'', ARRAY[''region*item''], ''t_disclosure.member'')') $$;
SELECT t_disclosure.try_members('DELETE FROM t_disclosure.member WHERE member = 12 AND kind = 2');
SELECT t_disclosure.try_members('DELETE FROM t_disclosure.member WHERE member = 12');
SELECT t_disclosure.try_members('INSERT INTO t_disclosure.member VALUES (''region'', 12, 2, 5)');
SELECT t_disclosure.try_members('INSERT INTO t_disclosure.member VALUES (''region'', 99, 1, 8)');
SELECT t_disclosure.try_members('INSERT INTO t_disclosure.member VALUES (''regoin'', 12, 2, 5)');
SELECT t_disclosure.try_members('INSERT INTO t_disclosure.member VALUES (''region'', 12, 0, 5)');
SELECT t_disclosure.try_members('INSERT INTO t_disclosure.member VALUES (''region'', 12, -1, 5)');
SELECT t_disclosure.try_members('INSERT INTO t_disclosure.member VALUES (''item'', 12, 2, 5)');
-- min_cell
SELECT m, t_disclosure.try(format('SELECT * FROM byudv.protected_counts(''t_disclosure.unit'', ARRAY[''region*item''], NULL, %s)', m)) FROM unnest(ARRAY[0, -1, 1001]) AS m;
-- too much
CREATE TABLE t_disclosure.large AS SELECT 1 AS slice, i AS a, -i AS b FROM generate_series(1, 7100) AS i;
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.large', ARRAY['a*b'], NULL)$q$);
-- who may not read gets nothing
CREATE ROLE t_disclosure_reader;
GRANT USAGE ON SCHEMA t_disclosure TO t_disclosure_reader;
GRANT SELECT ON t_disclosure.unit TO t_disclosure_reader;
SET ROLE t_disclosure_reader;
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.unit', ARRAY['region*item'], NULL)$q$);
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.unit', ARRAY['region*item'], 't_disclosure.member')$q$);
SELECT t_disclosure.try($q$SELECT * FROM byudv.protected_counts('t_disclosure.person', ARRAY['region*age'], NULL)$q$);
RESET ROLE;
SET client_min_messages = warning;
DROP SCHEMA t_disclosure CASCADE;
DROP ROLE t_disclosure_reader;
