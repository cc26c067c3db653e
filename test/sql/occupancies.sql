-- Occupancies of a dwelling, case by case, against answers derived by hand from the rules. Only what differs is shown beside a case.
\getenv folder PG_ABS_SRCDIR
\set notation :folder '/data/moves_notation.sql'
\i :notation

CREATE TABLE t_moves.residence (person_id bigint, dwelling_id bigint, from_date date, to_date date);
-- A2[100,200)x3 = the second occupancy of dwelling A, with three residences
CREATE TABLE t_moves.test_case (nr integer GENERATED ALWAYS AS IDENTITY, name text, tolerance integer DEFAULT 30, input t_moves.residence_rows, expected text);
INSERT INTO t_moves.test_case (name, input, expected) VALUES
('empty', '', ''),
('one residence', '1A[0,100)', 'A1[0,100)x1'),
('one residence of a day', '1A[0,1)', 'A1[0,1)x1'),
('ongoing', '1A[0,)', 'A1[0,)x1'),
('infinity is ongoing', '1A[0,inf)', 'A1[0,)x1'),
-- turnover
('family change on a day', '1A[0,100) 2A[100,200)', 'A1[0,100)x1 A2[100,200)x1'),
('family change after a gap', '1A[0,100) 2A[150,)', 'A1[0,100)x1 A2[150,)x1'),
('family change after a gap of years', '1A[-9000,100) 2A[9000,)', 'A1[-9000,100)x1 A2[9000,)x1'),
('families of two and three', '1A[0,100) 2A[0,100) 3A[100,) 4A[100,) 5A[100,)', 'A1[0,100)x2 A2[100,)x3'),
('double registration of 1 day', '1A[0,100) 2A[99,200)', 'A1[0,100)x1 A2[99,200)x1'),
('double registration of 29 days', '1A[0,100) 2A[71,200)', 'A1[0,100)x1 A2[71,200)x1'),
('double registration of 30 days', '1A[0,100) 2A[70,200)', 'A1[0,100)x1 A2[70,200)x1'),
('double registration of 31 days', '1A[0,100) 2A[69,200)', 'A1[0,200)x2'),
('double registration of 29 days, families', '1A[0,100) 2A[0,100) 3A[71,) 4A[71,)', 'A1[0,100)x2 A2[71,)x2'),
('double registration of 30 days, families', '1A[0,100) 2A[0,100) 3A[70,) 4A[70,)', 'A1[0,100)x2 A2[70,)x2'),
('double registration of 31 days, families', '1A[0,100) 2A[0,100) 3A[69,) 4A[69,)', 'A1[0,)x4'),
('five families', '1A[0,10) 2A[10,20) 3A[15,30) 4A[40,50) 5A[50,)', 'A1[0,10)x1 A2[10,20)x1 A3[15,30)x1 A4[40,50)x1 A5[50,)x1'),
-- no turnover
('lodger, who stays', '1A[0,1000) 2A[300,1200)', 'A1[0,1200)x2'),
('lodger, ongoing', '1A[0,1000) 2A[300,)', 'A1[0,)x2'),
('nested guest', '1A[0,1000) 2A[300,500)', 'A1[0,1000)x2'),
('nested guest near the end', '1A[0,100) 2A[80,95)', 'A1[0,100)x2'),
('guest until the same day', '1A[0,100) 2A[80,100)', 'A1[0,100)x2'),
('guest until one day later', '1A[0,100) 2A[80,101)', 'A1[0,100)x1 A2[80,101)x1'),
('one after the other, each with half an overlap', '1A[0,100) 2A[50,150) 3A[100,200)', 'A1[0,200)x3'),
-- the latest end so far
('a guest does not shorten', '1A[0,100) 2A[10,20) 3A[75,300)', 'A1[0,100)x2 A2[75,300)x1'),
('a guest does not shorten: overlap too long', '1A[0,110) 2A[10,20) 3A[75,300)', 'A1[0,300)x3'),
('gap after the guest only', '1A[0,1000) 2A[10,20) 3A[500,600)', 'A1[0,1000)x3'),
('a joining resident lengthens', '1A[0,100) 2A[50,200) 3A[170,300)', 'A1[0,200)x2 A2[170,300)x1'),
('a joining resident lengthens: overlap too long', '1A[0,100) 2A[50,201) 3A[170,300)', 'A1[0,300)x3'),
('the third joins the second', '1A[0,100) 2A[80,200) 3A[85,300)', 'A1[0,100)x1 A2[80,300)x2'),
('nested in both: joins the second', '1A[0,100) 2A[80,200) 3A[85,90)', 'A1[0,100)x1 A2[80,200)x2'),
-- ongoing
('ongoing, another ongoing', '1A[0,) 2A[100,)', 'A1[0,)x2'),
('ongoing, then a closed one', '1A[0,) 2A[100,200)', 'A1[0,)x2'),
('ongoing, then one of long after', '1A[0,) 2A[20000,20001)', 'A1[0,)x2'),
('ongoing one day', '1A[0,) 2A[0,)', 'A1[0,)x2'),
('closed, then ongoing within the tolerance', '1A[0,100) 2A[90,)', 'A1[0,100)x1 A2[90,)x1'),
('an ongoing one makes the rest join', '1A[0,100) 2A[100,) 3A[200,300) 4A[300,)', 'A1[0,100)x1 A2[100,)x3'),
-- arriving on the same day
('equal dates', '1A[0,100) 2A[0,100)', 'A1[0,100)x2'),
('two of a day, one leaves after 29 days', '1A[0,29) 2A[0,100)', 'A1[0,29)x1 A2[0,100)x1'),
('two of a day, one leaves after 30 days', '1A[0,30) 2A[0,100)', 'A1[0,30)x1 A2[0,100)x1'),
('two of a day, one leaves after 31 days', '1A[0,31) 2A[0,100)', 'A1[0,100)x2'),
('two of a day, one ongoing', '1A[0,) 2A[0,50)', 'A1[0,)x2'),
('two of a day, one ongoing, the other soon gone', '1A[0,) 2A[0,10)', 'A1[0,10)x1 A2[0,)x1'),
('two successors of a day, the shorter comes first', '1A[0,100) 2A[90,) 3A[90,150)', 'A1[0,100)x1 A2[90,)x2'),
('two successors of a day, one nested', '1A[0,100) 2A[90,) 3A[90,95)', 'A1[0,100)x2 A2[90,)x1'),
-- a person who comes back
('comes back to an empty dwelling', '1A[0,100) 1A[200,)', 'A1[0,100)x1 A2[200,)x1'),
('comes back while the others stayed: counts again', '1A[0,100) 2A[0,300) 1A[200,280)', 'A1[0,300)x3'),
('the same row twice counts twice', '1A[0,100) 1A[0,100)', 'A1[0,100)x2'),
-- several dwellings
('each dwelling counts from 1', '1A[0,100) 2A[100,) 1B[100,) 2B[0,100)', 'A1[0,100)x1 A2[100,)x1 B1[0,100)x1 B2[100,)x1'),
('an ongoing one next door does not matter', '1A[0,) 2B[0,100) 3B[100,)', 'A1[0,)x1 B1[0,100)x1 B2[100,)x1'),
('outside is left out', '1A[0,100) 1-[100,200) 2-[0,) 1A[200,)', 'A1[0,100)x1 A2[200,)x1'),
('only outside', '1-[0,100) 2-[100,)', '');
-- another tolerance
INSERT INTO t_moves.test_case (tolerance, name, input, expected) VALUES
(0, 'tolerance 0, touching', '1A[0,100) 2A[100,200)', 'A1[0,100)x1 A2[100,200)x1'),
(0, 'tolerance 0, gap', '1A[0,100) 2A[101,200)', 'A1[0,100)x1 A2[101,200)x1'),
(0, 'tolerance 0, overlap of 1 day', '1A[0,100) 2A[99,200)', 'A1[0,200)x2'),
(5, 'tolerance 5, overlap of 5 days', '1A[0,100) 2A[95,200)', 'A1[0,100)x1 A2[95,200)x1'),
(5, 'tolerance 5, overlap of 6 days', '1A[0,100) 2A[94,200)', 'A1[0,200)x2'),
(2147483647, 'the largest tolerance: whoever outlasts opens', '1A[0,1000) 2A[10,1001) 3A[20,1001) 4A[30,) 5A[40,)', 'A1[0,1000)x1 A2[10,1001)x2 A3[30,)x2');

CREATE FUNCTION t_moves.answer(nr integer, row_order integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    test t_moves.test_case;
BEGIN
    SELECT * INTO STRICT test FROM t_moves.test_case t WHERE t.nr = answer.nr;
    DELETE FROM t_moves.residence;
    INSERT INTO t_moves.residence SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date
        FROM t_moves.residence_row(test.input) r ORDER BY t_moves.place(r.nr, row_order);
    RETURN (SELECT coalesce(string_agg(format('%s%s[%s,%s)x%s', t_moves.letter(o.dwelling_id), o.occupancy, t_moves.show(o.from_date), t_moves.show(o.to_date),
            o.residents), ' ' ORDER BY o.place), '')
        FROM byudv.occupancies('t_moves.residence', test.tolerance) WITH ORDINALITY AS o(dwelling_id, occupancy, from_date, to_date, residents, place));
END
$$;
SELECT name, result FROM t_moves.run() ORDER BY nr;
SELECT count(*) AS cases, count(*) FILTER (WHERE result = 'ok') AS ok FROM t_moves.run();

-- All in one call, each with dwellings of its own: dwellings do not touch each other
CREATE VIEW t_moves.all_cases AS
    SELECT r.person_id, 100 * t.nr + r.dwelling_id AS dwelling_id, r.from_date, r.to_date FROM t_moves.test_case t, t_moves.residence_row(t.input) r
    WHERE t.tolerance = 30;
SELECT t.name, a.got FROM t_moves.test_case t LEFT JOIN (
    SELECT dwelling_id / 100 AS nr, string_agg(format('%s%s[%s,%s)x%s', t_moves.letter(o.dwelling_id % 100), o.occupancy, t_moves.show(o.from_date),
        t_moves.show(o.to_date), o.residents), ' ' ORDER BY o.place) AS got
    FROM byudv.occupancies('t_moves.all_cases') WITH ORDINALITY AS o(dwelling_id, occupancy, from_date, to_date, residents, place) GROUP BY 1) a ON a.nr = t.nr
WHERE t.tolerance = 30 AND coalesce(a.got, '') <> t.expected ORDER BY t.nr;
-- every residence in the area is in one occupancy
SELECT (SELECT sum(residents) FROM byudv.occupancies('t_moves.all_cases')) = (SELECT count(*) FROM t_moves.all_cases WHERE dwelling_id IS NOT NULL) AS all_residents;

-- From an address register to occupancies. Dwelling 7: Karla to 2020-02-29, double registration with a couple who came on the 15th of February, and one of
-- whom was away for two days, which a gap of 2 forgives; dwelling 8: never empty.
CREATE TABLE t_moves.register (person_id bigint, dwelling_id bigint, from_date date, to_date date);
INSERT INTO t_moves.register VALUES
(1, 7, '2010-06-01', '2020-03-01'), (1, NULL, '2020-03-01', NULL),
(2, 8, '2015-01-01', NULL), (2, 7, '2020-02-15', NULL),
(3, 7, '2020-02-15', '2020-05-01'), (3, 7, '2020-05-03', 'infinity'), (3, 7, '2020-05-03', '2020-05-03'),
(4, 8, '2018-01-01', NULL);
CREATE VIEW t_moves.register_residence AS SELECT * FROM byudv.residences('t_moves.register', 2);
SELECT person_id, dwelling_id, to_char(from_date, 'YYYY-MM-DD') AS from_date, to_char(to_date, 'YYYY-MM-DD') AS to_date, records
FROM t_moves.register_residence ORDER BY person_id, register_residence.from_date;
SELECT dwelling_id, occupancy, to_char(from_date, 'YYYY-MM-DD') AS from_date, to_char(to_date, 'YYYY-MM-DD') AS to_date, residents
FROM byudv.occupancies('t_moves.register_residence') ORDER BY dwelling_id, occupancy;

-- Columns in another order, narrower integers, more columns, a partitioned table
CREATE TABLE t_moves.wide (to_date date, person_id smallint, note text, dwelling_id integer, from_date date) PARTITION BY LIST (person_id);
CREATE TABLE t_moves.wide1 PARTITION OF t_moves.wide FOR VALUES IN (1);
CREATE TABLE t_moves.wide2 PARTITION OF t_moves.wide DEFAULT;
INSERT INTO t_moves.wide VALUES ('2020-04-10', 2, 'x', 1, '2020-01-01'), ('2020-02-20', 1, NULL, 1, '2020-01-01'), (NULL, 3, NULL, 1, '2020-04-01'), (NULL, 1, 'x', -5, '2020-02-20');
SELECT dwelling_id, occupancy, to_char(from_date, 'YYYY-MM-DD') AS from_date, to_char(to_date, 'YYYY-MM-DD') AS to_date, residents
FROM byudv.occupancies('t_moves.wide') ORDER BY dwelling_id, occupancy;

-- A million residents of one dwelling: one after the other, and all at once
CREATE VIEW t_moves.in_turn AS
    SELECT i::bigint AS person_id, 1::bigint AS dwelling_id, date '2020-01-01' + i AS from_date, date '2020-01-01' + i + 1 AS to_date FROM generate_series(0, 999999) i;
SELECT count(*) AS occupancies, min(occupancy), max(occupancy), sum(residents) AS residents, bool_and(occupancy = from_date - date '2020-01-01' + 1) AS in_order
FROM byudv.occupancies('t_moves.in_turn');
CREATE VIEW t_moves.at_once AS
    SELECT i::bigint AS person_id, 1::bigint AS dwelling_id, date '2020-01-01' + i % 1000 AS from_date, date '2020-01-01' + 1000 + i % 7 AS to_date
    FROM generate_series(0, 999999) i;
SELECT dwelling_id, occupancy, t_moves.show(from_date) AS "from", t_moves.show(to_date) AS "to", residents FROM byudv.occupancies('t_moves.at_once') ORDER BY 2;

SET client_min_messages = warning;
DROP SCHEMA t_moves CASCADE;
