-- Moves as LOIS counts them; residences and occupancies as aggregates; residences written into a table; chains by White's way.
\set SHOW_CONTEXT never
CREATE SCHEMA t_move;
SET datestyle = 'ISO, YMD';
CREATE TABLE t_move.address (person_id bigint, dwelling_id bigint, from_date date, to_date date, municipality_code int, abroad boolean, what text);
INSERT INTO t_move.address VALUES
    (1, 10, '2018-05-01', '2020-03-01', NULL, NULL, 'moves within the area'), (1, 11, '2020-03-01', NULL, NULL, NULL, NULL),
    (2, 10, '2020-01-10', '2020-02-10', NULL, NULL, 'to and from other municipalities'), (2, NULL, '2020-02-10', '2020-04-01', 101, false, NULL),
    (2, 12, '2020-04-01', NULL, NULL, NULL, NULL),
    (3, NULL, '2019-01-01', '2020-05-01', NULL, true, 'from abroad, and back'), (3, 13, '2020-05-01', '2020-06-01', NULL, NULL, NULL),
    (3, NULL, '2020-06-01', NULL, NULL, true, NULL),
    (4, 14, '2020-07-01', NULL, NULL, NULL, 'born'),
    (5, 14, '2018-01-01', '2020-08-01', NULL, NULL, 'died 30 days after the last day'),
    (6, 15, '2018-01-01', '2020-08-01', NULL, NULL, 'died 31 days after: disappeared'),
    (7, 16, '2020-09-01', '2020-10-01', NULL, NULL, 'arrived, disappeared, no link over 91 days'), (7, 17, '2020-12-31', NULL, NULL, NULL, NULL),
    (8, 16, '2020-09-01', '2020-10-01', NULL, NULL, 'arrived; 90 days are a link'), (8, 17, '2020-12-30', NULL, NULL, NULL, NULL),
    (9, NULL, '2018-01-01', '2020-04-01', NULL, NULL, 'from an unknown place'), (9, 18, '2020-04-01', NULL, NULL, NULL, NULL),
    (10, NULL, '2018-01-01', '2020-04-01', 101, NULL, 'the last of several places counts'), (10, NULL, '2020-02-01', '2020-05-01', NULL, true, NULL),
    (10, 19, '2020-05-01', NULL, NULL, NULL, NULL),
    (11, 20, '2020-01-01', '2020-02-01', NULL, NULL, 'leaves and comes back'), (11, 20, '2020-02-11', NULL, NULL, NULL, NULL),
    (12, NULL, '2020-01-01', '2020-02-01', 101, NULL, 'never in the area'), (12, NULL, '2020-03-01', NULL, 147, NULL, NULL),
    (13, 21, '2019-12-31', '2021-01-01', NULL, NULL, 'over both ends of the window'),
    (14, 22, '2019-12-20', '2020-01-05', NULL, NULL, 'moves within 2020, but left before'), (14, 23, '2020-01-05', '2020-12-31', NULL, NULL, NULL),
    (14, 24, '2021-01-02', NULL, NULL, NULL, NULL),
    (15, 25, '2020-01-01', '2020-02-01', NULL, NULL, 'died in another municipality: the address is known'), (15, NULL, '2020-02-01', '2020-02-05', 101, NULL, NULL);
CREATE TABLE t_move.person (person_id bigint, born_on date, died_on date);
INSERT INTO t_move.person VALUES (4, '2020-07-01', NULL), (5, '1930-01-01', '2020-08-31'), (6, '1930-01-01', '2020-09-01'), (15, NULL, '2020-02-05'), (99, NULL, NULL);
CREATE TABLE t_move.residence AS SELECT * FROM byudv.residences('t_move.address');
SELECT m.*, a.what FROM byudv.moves('t_move.residence', 't_move.person', 't_move.address', '2020-01-01', '2021-01-01') m
LEFT JOIN t_move.address a ON a.person_id = m.person_id AND a.what IS NOT NULL ORDER BY m.person_id, coalesce(m.left_on, m.arrived_on);
-- without the registers nothing is known of places elsewhere, births and deaths
SELECT arrival COLLATE "C" AS arrival, departure COLLATE "C" AS departure, count(*) FROM byudv.moves('t_move.residence') GROUP BY 1, 2 ORDER BY 1, 2;
-- in words
SELECT a.list, a.code, a.label_da FROM byudv.code_label a WHERE a.list IN ('arrival', 'departure', 'vacancy_outcome') ORDER BY a.list COLLATE "C", a.sort_order;
-- every arrival and departure in the window is counted once: the residences say how many there are (2 lies between places elsewhere)
SELECT (SELECT count(arrival) FROM byudv.moves('t_move.residence', study_from => '2020-01-01', study_to => '2021-01-01')) =
       (SELECT count(*) FROM t_move.residence WHERE dwelling_id IS NOT NULL AND from_date >= '2020-01-01' AND from_date < '2021-01-01') AS arrivals,
       (SELECT count(departure) FROM byudv.moves('t_move.residence', study_from => '2020-01-01', study_to => '2021-01-01')) =
       (SELECT count(*) FROM t_move.residence WHERE dwelling_id IS NOT NULL AND to_date >= '2020-01-01' AND to_date < '2021-01-01') AS departures;
-- refusals
SELECT * FROM byudv.moves(NULL);
SELECT * FROM byudv.moves('t_move.residence', study_from => '2020-01-01', study_to => '2020-01-01');
SELECT * FROM byudv.moves('t_move.residence', link_gap => -1);
SELECT * FROM byudv.moves('t_move.residence', death_window => NULL);
SELECT * FROM byudv.moves('t_move.residence', 't_move.residence');
SELECT * FROM byudv.moves('t_move.residence', address_periods => 't_move.person');
INSERT INTO t_move.person VALUES (5, NULL, '2020-09-01');
SELECT * FROM byudv.moves('t_move.residence', 't_move.person');
UPDATE t_move.person SET person_id = NULL WHERE person_id = 99;
SELECT * FROM byudv.moves('t_move.residence', 't_move.person');

-- Aggregates: the same as the functions, for each person and dwelling
SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) FROM t_move.address WHERE person_id IN (1, 10, 11) GROUP BY person_id ORDER BY person_id;
SELECT byudv.residence_agg(dwelling_id, from_date, to_date, 10) FROM t_move.address WHERE person_id = 11;
SELECT byudv.residence_agg(dwelling_id, from_date, to_date) IS NULL AS no_row FROM t_move.address WHERE false;
SELECT byudv.residence_agg(1, NULL, '2020-01-01') AS no_period;
SELECT byudv.occupancy_agg(p, f, t) FROM (VALUES (1, date '2020-01-01', date '2020-06-01'), (2, '2020-05-20', NULL), (3, '2020-06-01', '2020-07-01')) v (p, f, t);
SELECT byudv.occupancy_agg(p, f, t, 0) FROM (VALUES (1, date '2020-01-01', date '2020-06-01'), (2, '2020-05-20', NULL), (3, '2020-06-01', '2020-07-01')) v (p, f, t);
SELECT byudv.residence_agg(1, '2020-01-01', NULL, -1);
SELECT byudv.residence_agg(1, '2020-01-01', NULL, n) FROM generate_series(1, 2) n;
SELECT byudv.occupancy_agg(1, '2020-01-01', '2020-01-01');
SELECT byudv.occupancy_agg(NULL, '2020-01-01', '2020-02-01');
-- what is not a state is refused, and parts cannot be called by themselves
SELECT byudv.residence_agg_final('x');
SELECT byudv.residence_agg_final(decode(repeat('00', 64), 'hex'));
SELECT byudv.occupancy_agg_final(decode('5064796200000000' || '0000000000000000' || 'ffffffffffffff7f' || repeat('00', 24), 'hex'));
SELECT byudv.residence_agg_step(NULL, 1, '2020-01-01', NULL);
SELECT byudv.period_agg_combine('x', 'y');

-- Straight into a table
CREATE TABLE t_move.built (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer);
SELECT * FROM byudv.build_residences('t_move.address', 't_move.built');
SELECT count(*) AS differ FROM (TABLE t_move.built EXCEPT ALL SELECT * FROM byudv.residences('t_move.address')) d;
SELECT count(*) FROM t_move.built;
\set VERBOSITY default
SELECT * FROM byudv.build_residences('t_move.address', 't_move.built');
TRUNCATE t_move.built;
SELECT residences FROM byudv.build_residences('t_move.address', 't_move.built', 10);
TRUNCATE t_move.built;
CREATE FUNCTION t_move.try_target(change text, back text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    why text;
    message text;
BEGIN
    EXECUTE change;
    BEGIN
        PERFORM byudv.build_residences('t_move.address', 't_move.built');
        message := 'taken';
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, why = PG_EXCEPTION_DETAIL;
    END;
    EXECUTE back;
    RETURN concat_ws(': ', message, nullif(why, ''));
END
$$;
SELECT t_move.try_target('CREATE INDEX built_index ON t_move.built (person_id)', 'DROP INDEX t_move.built_index');
SELECT t_move.try_target('ALTER TABLE t_move.built ADD CHECK (records < 2)', 'ALTER TABLE t_move.built DROP CONSTRAINT built_records_check');
SELECT t_move.try_target('ALTER TABLE t_move.built ALTER to_date SET NOT NULL', 'ALTER TABLE t_move.built ALTER to_date DROP NOT NULL');
SELECT t_move.try_target('ALTER TABLE t_move.built ALTER records SET NOT NULL', 'TRUNCATE t_move.built');
SELECT t_move.try_target('ALTER TABLE t_move.built ADD extra int', 'ALTER TABLE t_move.built DROP extra');
SELECT t_move.try_target('SELECT', 'SELECT');
DROP TABLE t_move.built;
CREATE TABLE t_move.built (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer);
CREATE FUNCTION t_move.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
SELECT t_move.try_target('CREATE TRIGGER t BEFORE INSERT ON t_move.built FOR EACH ROW EXECUTE FUNCTION t_move.nothing()', 'DROP TRIGGER t ON t_move.built');
SELECT t_move.try_target('CREATE RULE r AS ON INSERT TO t_move.built DO INSTEAD NOTHING', 'DROP RULE r ON t_move.built');
SELECT t_move.try_target('ALTER TABLE t_move.built RENAME from_date TO begins', 'ALTER TABLE t_move.built RENAME begins TO from_date');
SELECT * FROM byudv.build_residences('t_move.built', 't_move.built');
CREATE TABLE t_move.parted (LIKE t_move.built) PARTITION BY HASH (person_id);
CREATE TABLE t_move.part PARTITION OF t_move.parted FOR VALUES WITH (MODULUS 1, REMAINDER 0);
SELECT * FROM byudv.build_residences('t_move.address', 't_move.parted');
SELECT * FROM byudv.build_residences('t_move.address', 't_move.part');
CREATE ROLE regress_byudv_builder;
GRANT USAGE ON SCHEMA t_move TO regress_byudv_builder;
GRANT SELECT ON t_move.address, t_move.built TO regress_byudv_builder;
SET ROLE regress_byudv_builder;
SELECT * FROM byudv.build_residences('t_move.address', 't_move.built');
RESET ROLE;
GRANT INSERT ON t_move.built TO regress_byudv_builder;
SET ROLE regress_byudv_builder;
SELECT residences FROM byudv.build_residences('t_move.address', 't_move.built');
RESET ROLE;
TRUNCATE t_move.built;
ALTER TABLE t_move.built ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_rows ON t_move.built WITH CHECK (true);
SET ROLE regress_byudv_builder;
SELECT residences FROM byudv.build_residences('t_move.address', 't_move.built');
RESET ROLE;
-- what fails leaves nothing
ALTER TABLE t_move.built DISABLE ROW LEVEL SECURITY;
CREATE VIEW t_move.fails AS SELECT person_id, dwelling_id, from_date, to_date FROM t_move.address UNION ALL
    SELECT n, CASE WHEN n < 100000 THEN n ELSE 1 / (n - 100000) END, '2020-01-01', NULL FROM generate_series(1000, 100000) n;
SELECT residences FROM byudv.build_residences('t_move.fails', 't_move.built');
SELECT count(*) FROM t_move.built;
-- within a transaction that made the table
BEGIN;
CREATE TABLE t_move.fresh (person_id bigint NOT NULL, dwelling_id bigint, from_date date NOT NULL, to_date date, records integer NOT NULL);
SELECT residences FROM byudv.build_residences('t_move.address', 't_move.fresh');
SELECT count(*) FROM t_move.fresh;
ROLLBACK;

-- Chains by White's way. Two strata, worked out by hand: Q = (0.4 0.2; 0.1 0.3), (I - Q)^-1 = (1.75 0.5; 0.25 1.5), lengths 2.25 and 1.75.
-- Variance of a chain from owner: 1.75^2 V1 + 0.5^2 V2, V1 = (0.4 * 2.25^2 + 0.2 * 1.75^2 - 1.25^2) / 100, V2 = (0.1 * 2.25^2 + 0.3 * 1.75^2 - 0.75^2) / 100.
CREATE TABLE t_move.transition (from_stratum text, to_stratum text, n bigint);
INSERT INTO t_move.transition VALUES ('owner', 'owner', 40), ('owner', 'rental', 20), ('owner', NULL, 40), ('rental', 'owner', 10), ('rental', 'rental', 30),
    ('rental', NULL, 50), ('rental', NULL, 10), ('rental', 'owner', 0);
SELECT stratum, vacancies, round(expected_length::numeric, 12) AS expected_length, round(std_error::numeric, 12) AS std_error,
    round(sqrt(CASE stratum WHEN 'owner' THEN 1.75 ^ 2 ELSE 0.25 ^ 2 END * (0.4 * 2.25 ^ 2 + 0.2 * 1.75 ^ 2 - 1.25 ^ 2) / 100
        + CASE stratum WHEN 'owner' THEN 0.5 ^ 2 ELSE 1.5 ^ 2 END * (0.1 * 2.25 ^ 2 + 0.3 * 1.75 ^ 2 - 0.75 ^ 2) / 100)::numeric, 12) AS by_hand
FROM byudv.chain_lengths('t_move.transition') ORDER BY stratum COLLATE "C";
SELECT from_stratum, to_stratum, round(multiplier::numeric, 12) AS multiplier, round(std_error::numeric, 6) AS std_error, round(length_covariance::numeric, 9) AS covariance
FROM byudv.chain_multipliers('t_move.transition') ORDER BY from_stratum COLLATE "C", to_stratum COLLATE "C";
SELECT * FROM byudv.chain_lengths('t_move.transition') WHERE false;
CREATE VIEW t_move.no_transition AS SELECT * FROM t_move.transition WHERE false;
SELECT count(*) FROM byudv.chain_lengths('t_move.no_transition');
SELECT count(*) FROM byudv.chain_multipliers('t_move.no_transition');
CREATE VIEW t_move.endless AS SELECT * FROM t_move.transition WHERE to_stratum IS NOT NULL;
SELECT * FROM byudv.chain_lengths('t_move.endless');
CREATE VIEW t_move.half AS SELECT * FROM t_move.transition WHERE from_stratum = 'owner';
SELECT * FROM byudv.chain_lengths('t_move.half');
SELECT * FROM byudv.chain_lengths(NULL);
SELECT * FROM byudv.chain_lengths('t_move.person');
UPDATE t_move.transition SET n = -1 WHERE n = 0;
SELECT * FROM byudv.chain_lengths('t_move.transition');
UPDATE t_move.transition SET n = NULL WHERE n = -1;
SELECT * FROM byudv.chain_multipliers('t_move.transition');
UPDATE t_move.transition SET n = 1, from_stratum = NULL WHERE n IS NULL;
SELECT * FROM byudv.chain_multipliers('t_move.transition');
CREATE VIEW t_move.too_many AS SELECT n::text AS from_stratum, NULL::text AS to_stratum, 1 AS n FROM generate_series(1, 2001) n;
SELECT * FROM byudv.chain_lengths('t_move.too_many');
SET client_min_messages = warning;
DROP SCHEMA t_move CASCADE;
DROP ROLE regress_byudv_builder;
