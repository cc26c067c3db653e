-- What residences, occupancies, vacancies and chains refuse, and what is said about it: SQLSTATE and message, DETAIL, HINT.
CREATE SCHEMA t_moves;
CREATE FUNCTION t_moves.try(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
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

CREATE TABLE t_moves.good (person_id bigint, dwelling_id bigint, from_date date, to_date date);
INSERT INTO t_moves.good VALUES (1, 1, '2020-01-01', '2020-06-01'), (1, 2, '2020-06-01', NULL);
CREATE TABLE t_moves.dwelling (dwelling_id bigint, available_from date, demolished_on date);
INSERT INTO t_moves.dwelling VALUES (2, '2020-05-01', NULL);
CREATE TABLE t_moves.person (person_id bigint, born_on date);
INSERT INTO t_moves.person VALUES (1, '1980-01-01');
CREATE TABLE t_moves.flow AS SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01');
-- these are fine
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residence_rejects('t_moves.good')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.good')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_chains('t_moves.flow')$q$);

-- The relation: NULL, unknown, gone, of another kind
SELECT t_moves.try($q$SELECT * FROM byudv.residences(NULL)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residence_rejects(NULL)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies(NULL)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows(NULL, 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', NULL, '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_chains(NULL)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.nonesuch')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences(4294967295::oid::regclass)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residence_rejects(4294967295::oid::regclass)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies(4294967295::oid::regclass)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows(4294967295::oid::regclass, 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 4294967295::oid::regclass, '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 4294967295::oid::regclass)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_chains(4294967295::oid::regclass)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences(0::oid::regclass)$q$);
CREATE INDEX good_index ON t_moves.good (person_id);
CREATE SEQUENCE t_moves.good_sequence;
CREATE TYPE t_moves.good_type AS (person_id bigint, dwelling_id bigint, from_date date, to_date date);
CREATE MATERIALIZED VIEW t_moves.good_unpopulated AS SELECT * FROM t_moves.good WITH NO DATA;
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good_index')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good_sequence')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good_type')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good_unpopulated')$q$);

-- Columns that are missing
CREATE VIEW t_moves.no_person AS SELECT dwelling_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.no_dwelling AS SELECT person_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.no_from AS SELECT person_id, dwelling_id, to_date FROM t_moves.good;
CREATE VIEW t_moves.no_to AS SELECT person_id, dwelling_id, from_date FROM t_moves.good;
CREATE VIEW t_moves.other_case AS SELECT person_id AS "Person_ID", dwelling_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.nothing AS SELECT;
CREATE TABLE t_moves.dropped (LIKE t_moves.good);
ALTER TABLE t_moves.dropped DROP COLUMN to_date;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.residences(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['no_person', 'no_dwelling', 'no_from', 'no_to', 'other_case', 'nothing', 'dropped']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.residence_rejects(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['no_person', 'no_dwelling', 'no_from', 'no_to']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.occupancies(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['no_person', 'no_dwelling', 'no_from', 'no_to']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.vacancy_flows(%L, ''t_moves.dwelling'', ''2020-01-01'', ''2021-01-01'')', 't_moves.' || relation))
FROM unnest(ARRAY['no_person', 'no_dwelling', 'no_from', 'no_to']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.person', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.dwelling')$q$);
CREATE VIEW t_moves.no_available AS SELECT dwelling_id, demolished_on FROM t_moves.dwelling;
CREATE VIEW t_moves.no_demolished AS SELECT dwelling_id, available_from FROM t_moves.dwelling;
CREATE VIEW t_moves.no_born AS SELECT person_id FROM t_moves.person;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.no_available', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.no_demolished', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.no_born')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_chains('t_moves.good')$q$);
DO $$
DECLARE
    without text;
BEGIN
    FOREACH without IN ARRAY ARRAY['vacancy_id', 'dwelling_id', 'vacated_on', 'outcome', 'origin_dwelling_id', 'origin_vacancy_id', 'share', 'is_new', 'filled_on', 'movers'] LOOP
        EXECUTE format('CREATE TABLE t_moves.flow_without_%s (LIKE t_moves.flow)', without);
        EXECUTE format('ALTER TABLE t_moves.flow_without_%s DROP COLUMN %s', without, without);
    END LOOP;
END
$$;
-- the last two are not needed
SELECT relation, t_moves.try(format('SELECT * FROM byudv.vacancy_chains(%L)', 't_moves.flow_without_' || relation))
FROM unnest(ARRAY['vacancy_id', 'dwelling_id', 'vacated_on', 'outcome', 'origin_dwelling_id', 'origin_vacancy_id', 'share', 'is_new', 'filled_on', 'movers'])
    WITH ORDINALITY AS r(relation, nr) ORDER BY nr;

-- Columns of another type
CREATE VIEW t_moves.person_text AS SELECT person_id::text AS person_id, dwelling_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.person_numeric AS SELECT person_id::numeric AS person_id, dwelling_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.dwelling_uuid AS SELECT person_id, '00000000-0000-0000-0000-000000000001'::uuid AS dwelling_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.dwelling_float AS SELECT person_id, dwelling_id::float8 AS dwelling_id, from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.from_timestamp AS SELECT person_id, dwelling_id, from_date::timestamp AS from_date, to_date FROM t_moves.good;
CREATE VIEW t_moves.to_timestamptz AS SELECT person_id, dwelling_id, from_date, to_date::timestamptz AS to_date FROM t_moves.good;
CREATE VIEW t_moves.to_text AS SELECT person_id, dwelling_id, from_date, to_date::text AS to_date FROM t_moves.good;
CREATE VIEW t_moves.to_integer AS SELECT person_id, dwelling_id, from_date, 20200101 AS to_date FROM t_moves.good;
-- narrower integers are fine
CREATE VIEW t_moves.narrow AS SELECT person_id::smallint AS person_id, dwelling_id::integer AS dwelling_id, from_date, to_date FROM t_moves.good;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.residences(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['person_text', 'person_numeric', 'dwelling_uuid', 'dwelling_float', 'from_timestamp', 'to_timestamptz', 'to_text', 'to_integer', 'narrow'])
    WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.residence_rejects(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['person_text', 'to_timestamptz']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.occupancies(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['person_text', 'dwelling_float', 'from_timestamp', 'to_timestamptz', 'narrow']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.vacancy_flows(%L, ''t_moves.dwelling'', ''2020-01-01'', ''2021-01-01'')', 't_moves.' || relation))
FROM unnest(ARRAY['person_text', 'from_timestamp', 'narrow']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;
CREATE VIEW t_moves.available_timestamp AS SELECT dwelling_id, available_from::timestamp AS available_from, demolished_on FROM t_moves.dwelling;
CREATE VIEW t_moves.demolished_text AS SELECT dwelling_id, available_from, demolished_on::text AS demolished_on FROM t_moves.dwelling;
CREATE VIEW t_moves.dwelling_text AS SELECT dwelling_id::text AS dwelling_id, available_from, demolished_on FROM t_moves.dwelling;
CREATE VIEW t_moves.born_timestamp AS SELECT person_id, born_on::timestamp AS born_on FROM t_moves.person;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.available_timestamp', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.demolished_text', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling_text', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.born_timestamp')$q$);
CREATE VIEW t_moves.share_text AS SELECT vacancy_id, dwelling_id, vacated_on, outcome, origin_dwelling_id, origin_vacancy_id, share::text AS share, is_new FROM t_moves.flow;
CREATE VIEW t_moves.new_integer AS SELECT vacancy_id, dwelling_id, vacated_on, outcome, origin_dwelling_id, origin_vacancy_id, share, is_new::integer AS is_new FROM t_moves.flow;
CREATE VIEW t_moves.vacated_timestamp AS
    SELECT vacancy_id, dwelling_id, vacated_on::timestamp AS vacated_on, outcome, origin_dwelling_id, origin_vacancy_id, share, is_new FROM t_moves.flow;
CREATE VIEW t_moves.outcome_integer AS SELECT vacancy_id, dwelling_id, vacated_on, 1 AS outcome, origin_dwelling_id, origin_vacancy_id, share, is_new FROM t_moves.flow;
CREATE VIEW t_moves.vacancy_text AS
    SELECT vacancy_id::text AS vacancy_id, dwelling_id, vacated_on, outcome, origin_dwelling_id, origin_vacancy_id, share, is_new FROM t_moves.flow;
SELECT relation, t_moves.try(format('SELECT * FROM byudv.vacancy_chains(%L)', 't_moves.' || relation))
FROM unnest(ARRAY['share_text', 'new_integer', 'vacated_timestamp', 'outcome_integer', 'vacancy_text']) WITH ORDINALITY AS r(relation, nr) ORDER BY nr;

-- Arguments
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good', -1)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good', NULL)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good', -2147483648)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.good', -1)$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.good', NULL)$q$);
SELECT name, value, t_moves.try(format('SELECT * FROM byudv.vacancy_flows(''t_moves.good'', ''t_moves.dwelling'', ''2020-01-01'', ''2021-01-01'', %I => %s)', name, value))
FROM unnest(ARRAY['overlap_tolerance', 'group_window', 'link_gap', 'empty_window', 'max_vacancy']) WITH ORDINALITY AS n(name, nr),
    unnest(ARRAY['-1', 'NULL']) WITH ORDINALITY AS v(value, value_nr)
ORDER BY nr, value_nr;
-- the window: reversed, empty, infinite, NULL
SELECT study_from, study_to, t_moves.try(format('SELECT * FROM byudv.vacancy_flows(''t_moves.good'', ''t_moves.dwelling'', %L, %L)', study_from, study_to))
FROM (VALUES (1, '2021-01-01', '2020-01-01'), (2, '2020-01-01', '2020-01-01'), (3, '-infinity', '2021-01-01'), (4, '2020-01-01', 'infinity'),
    (5, 'infinity', '2021-01-01'), (6, '2020-01-01', '-infinity'), (7, '-infinity', 'infinity'), (8, NULL, '2021-01-01'), (9, '2020-01-01', NULL)) AS w(nr, study_from, study_to)
ORDER BY nr;
SELECT arguments, t_moves.try(format('SELECT * FROM byudv.vacancy_chains(''t_moves.flow'', %s)', arguments))
FROM unnest(ARRAY['max_rounds => -1', 'max_rounds => NULL', 'min_weight => 0', 'min_weight => -0.5', 'min_weight => ''NaN''', 'min_weight => ''-infinity''', 'min_weight => NULL',
    'min_weight => ''infinity''', 'starts => ''{1,NULL}''', 'starts => ''{999}''', 'starts => ''{{1,2},{1,2}}''']) WITH ORDINALITY AS a(arguments, nr)
ORDER BY nr;

-- Rows: no person
CREATE TABLE t_moves.bad (LIKE t_moves.good);
INSERT INTO t_moves.bad VALUES (1, 1, '2020-01-01', '2020-06-01'), (NULL, 2, '2020-03-01', '2020-04-01');
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.bad')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residence_rejects('t_moves.bad')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.bad')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.bad', 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
-- also where the row takes no part
UPDATE t_moves.bad SET to_date = from_date WHERE person_id IS NULL;
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.bad')$q$);
UPDATE t_moves.bad SET from_date = NULL WHERE person_id IS NULL;
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.bad')$q$);
UPDATE t_moves.bad SET from_date = '2020-03-01', to_date = '2020-04-01', dwelling_id = NULL WHERE person_id IS NULL;
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.bad')$q$);

-- Rows that are no residences
CREATE FUNCTION t_moves.try_residence(dwelling bigint, from_date date, to_date date) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM t_moves.bad;
    INSERT INTO t_moves.bad SELECT * FROM t_moves.good;
    INSERT INTO t_moves.bad VALUES (5, dwelling, from_date, to_date);
    RETURN QUERY SELECT t_moves.try('SELECT * FROM byudv.occupancies(''t_moves.bad'')');
    RETURN QUERY SELECT t_moves.try('SELECT * FROM byudv.vacancy_flows(''t_moves.bad'', ''t_moves.dwelling'', ''2020-01-01'', ''2021-01-01'')');
END
$$;
SELECT t_moves.try_residence(3, NULL, '2020-02-01');
SELECT t_moves.try_residence(3, NULL, NULL);
SELECT t_moves.try_residence(3, '-infinity', '2020-02-01');
SELECT t_moves.try_residence(3, 'infinity', NULL);
SELECT t_moves.try_residence(3, '2020-02-01', '2020-02-01');
SELECT t_moves.try_residence(3, '2020-02-02', '2020-02-01');
SELECT t_moves.try_residence(3, '2020-02-01', '-infinity');
SELECT t_moves.try_residence(NULL, '2020-02-02', '2020-02-01');
-- what byudv.residences makes of the last one is fine
CREATE VIEW t_moves.mended AS SELECT * FROM byudv.residences('t_moves.bad');
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.mended')$q$);

-- Dwellings and persons
INSERT INTO t_moves.dwelling VALUES (NULL, '2020-05-01', NULL);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
UPDATE t_moves.dwelling SET dwelling_id = 2 WHERE dwelling_id IS NULL;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
UPDATE t_moves.dwelling SET available_from = '2019-05-01' WHERE ctid = (SELECT max(ctid) FROM t_moves.dwelling);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
-- twice, without residences
UPDATE t_moves.dwelling SET dwelling_id = 99, available_from = NULL;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
DELETE FROM t_moves.dwelling;
INSERT INTO t_moves.person VALUES (NULL, '1990-01-01');
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);
UPDATE t_moves.person SET person_id = 1 WHERE person_id IS NULL;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);
-- of somebody without residences
UPDATE t_moves.person SET person_id = 99;
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);
-- the same date twice, and a date and none
UPDATE t_moves.person SET born_on = '1980-01-01';
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);
UPDATE t_moves.person SET born_on = NULL WHERE ctid = (SELECT max(ctid) FROM t_moves.person);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.good', 't_moves.dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);

-- Flows that cannot be: each time one more row beside a good one
CREATE TABLE t_moves.bad_flow (LIKE t_moves.flow);
CREATE FUNCTION t_moves.try_flow(what text, vacancy_id bigint, dwelling_id bigint, vacated_on date, outcome text, origin_dwelling_id bigint, origin_vacancy_id bigint,
    share double precision, is_new boolean) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM t_moves.bad_flow;
    INSERT INTO t_moves.bad_flow (vacancy_id, dwelling_id, vacated_on, outcome, origin_dwelling_id, origin_vacancy_id, movers, share, is_new) VALUES
        (1, 1, '2020-01-01', 'vacated', 2, 2, 1, 0.5, true), (2, 2, '2020-02-01', 'open', NULL, NULL, 0, 0, false),
        (vacancy_id, dwelling_id, vacated_on, outcome, origin_dwelling_id, origin_vacancy_id, 1, share, is_new);
    RETURN NEXT '-- ' || what;
    RETURN QUERY SELECT t_moves.try('SELECT * FROM byudv.vacancy_chains(''t_moves.bad_flow'')');
END
$$;
SELECT t_moves.try_flow('fine', 1, 1, '2020-01-01', 'from_outside', NULL, NULL, 0, true);
SELECT t_moves.try_flow('another dwelling', 1, 3, '2020-01-01', 'from_outside', NULL, NULL, 0, true);
SELECT t_moves.try_flow('vacated on another day', 1, 1, '2020-01-02', 'from_outside', NULL, NULL, 0, true);
SELECT t_moves.try_flow('new and not new', 1, 1, '2020-01-01', 'from_outside', NULL, NULL, 0, false);
SELECT t_moves.try_flow('another dwelling, NULL', 1, NULL, '2020-01-01', 'from_outside', NULL, NULL, 0, true);
SELECT t_moves.try_flow('vacated on NULL', 1, 1, NULL, 'from_outside', NULL, NULL, 0, true);
SELECT t_moves.try_flow('new is NULL', 1, 1, '2020-01-01', 'from_outside', NULL, NULL, 0, NULL);
SELECT t_moves.try_flow('a contradiction far from any start', 2, 3, '2020-02-01', 'from_outside', NULL, NULL, 0, false);
SELECT t_moves.try_flow('an origin of another dwelling than its rows say', 1, 1, '2020-01-01', 'vacated', 3, 2, 0.5, true);
SELECT t_moves.try_flow('vacancy_id is NULL', NULL, 3, '2020-01-01', 'open', NULL, NULL, 0, false);
SELECT t_moves.try_flow('outcome is NULL', 3, 3, '2020-01-01', NULL, NULL, NULL, 0, false);
SELECT t_moves.try_flow('an unknown outcome', 3, 3, '2020-01-01', 'nonesuch', NULL, NULL, 0, false);
SELECT t_moves.try_flow('share above 1', 3, 3, '2020-01-01', 'vacated', 2, 2, 1.0000001, true);
SELECT t_moves.try_flow('share below 0', 3, 3, '2020-01-01', 'vacated', 2, 2, -0.1, true);
SELECT t_moves.try_flow('share NaN', 3, 3, '2020-01-01', 'vacated', 2, 2, 'NaN', true);
SELECT t_moves.try_flow('share infinite', 3, 3, '2020-01-01', 'vacated', 2, 2, 'infinity', true);
SELECT t_moves.try_flow('share NULL', 3, 3, '2020-01-01', 'vacated', 2, 2, NULL, true);
SELECT t_moves.try_flow('share NaN, not vacated', 3, 3, '2020-01-01', 'from_outside', NULL, NULL, 'NaN', true);
SELECT t_moves.try_flow('share just right', 3, 3, '2020-01-01', 'vacated', 2, 2, 1, true);
SELECT t_moves.try_flow('vacated, no origin vacancy', 3, 3, '2020-01-01', 'vacated', 2, NULL, 0.5, true);
SELECT t_moves.try_flow('vacated, no origin dwelling', 3, 3, '2020-01-01', 'vacated', NULL, 2, 0.5, true);
SELECT t_moves.try_flow('vacated, no origin', 3, 3, '2020-01-01', 'vacated', NULL, NULL, 0.5, true);

-- Who may not read a table may not read it through a function; a view that they may read is enough, and so are the columns needed
CREATE ROLE regress_byudv_reader;
GRANT USAGE ON SCHEMA t_moves TO regress_byudv_reader;
CREATE TABLE t_moves.secret AS SELECT *, 'x'::text AS note FROM t_moves.good;
CREATE TABLE t_moves.partly AS SELECT *, 'x'::text AS note FROM t_moves.good;
CREATE VIEW t_moves.window_to_secret AS SELECT * FROM t_moves.secret;
CREATE TABLE t_moves.readable AS SELECT * FROM t_moves.good;
CREATE TABLE t_moves.own_rows AS SELECT * FROM t_moves.good;
CREATE TABLE t_moves.readable_dwelling (LIKE t_moves.dwelling);
GRANT SELECT ON t_moves.window_to_secret, t_moves.readable, t_moves.own_rows, t_moves.readable_dwelling TO regress_byudv_reader;
GRANT SELECT (person_id, dwelling_id, from_date, to_date) ON t_moves.partly TO regress_byudv_reader;
ALTER TABLE t_moves.own_rows ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t_moves.own_rows USING (dwelling_id = 1);
SET ROLE regress_byudv_reader;
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.secret')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residence_rejects('t_moves.secret')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.occupancies('t_moves.secret')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.secret', 't_moves.readable_dwelling', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.readable', 't_moves.dwelling', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.readable', 't_moves.readable_dwelling', '2020-01-01', '2021-01-01', persons => 't_moves.person')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_flows('t_moves.readable', 't_moves.readable_dwelling', '2020-01-01', '2021-01-01')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.vacancy_chains('t_moves.flow')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.window_to_secret')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.readable')$q$);
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.partly')$q$);
-- row level security holds: one row of two
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.own_rows')$q$);
RESET ROLE;
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.own_rows')$q$);
REVOKE USAGE ON SCHEMA t_moves FROM regress_byudv_reader;

-- and afterwards all is well
SELECT t_moves.try($q$SELECT * FROM byudv.residences('t_moves.good')$q$);

SET client_min_messages = warning;
DROP SCHEMA t_moves CASCADE;
DROP ROLE regress_byudv_reader;
