-- Residences, case by case, against answers derived by hand from the rules. Only what differs is shown beside a case.
\getenv folder PG_ABS_SRCDIR
\set notation :folder '/data/moves_notation.sql'
\i :notation

CREATE TABLE t_moves.address_period (person_id bigint, dwelling_id bigint, from_date date, to_date date);
-- x2 = two records
CREATE TABLE t_moves.test_case (nr integer GENERATED ALWAYS AS IDENTITY, name text, max_gap integer, input t_moves.residence_rows, expected text);
INSERT INTO t_moves.test_case (name, max_gap, input, expected) VALUES
-- the examples of the definition
('touching', 0, 'A[0,10) A[10,20)', 'A[0,20)x2'),
('cut and resumed', 0, 'A[0,) B[5,8)', 'A[0,5)x1 B[5,8)x1 A[8,)x1'),
('gap of one, max_gap 0', 0, 'A[0,10) A[11,20)', 'A[0,10)x1 A[11,20)x1'),
('gap of one, max_gap 1', 1, 'A[0,10) A[11,20)', 'A[0,20)x2'),
('nested at the same address', 0, 'A[0,10) A[3,5)', 'A[0,10)x2'),
('a tie: the smaller id', 0, 'A[0,10) B[0,10)', 'A[0,10)x1'),
-- little or nothing
('empty', 0, '', ''),
('one row', 0, 'A[0,10)', 'A[0,10)x1'),
('one day', 0, 'A[0,1)', 'A[0,1)x1'),
('before day 0', 0, 'A[-20,-10)', 'A[-20,-10)x1'),
('no row takes part', 0, 'A[5,5) B[8,3) C[,9) D[-inf,9) E[inf,)', ''),
-- rows that take no part
('zero length', 0, 'A[0,10) B[5,5)', 'A[0,10)x1'),
('zero length between touching rows', 0, 'A[0,10) A[10,10) A[10,20)', 'A[0,20)x2'),
('reversed', 0, 'A[0,10) B[8,3)', 'A[0,10)x1'),
('reversed by one day', 0, 'A[0,10) B[5,4)', 'A[0,10)x1'),
('to_date -infinity', 0, 'A[0,10) B[5,-inf)', 'A[0,10)x1'),
('no from_date', 0, 'A[0,10) B[,8)', 'A[0,10)x1'),
('neither date', 0, 'A[0,10) B[,)', 'A[0,10)x1'),
('from_date -infinity', 0, 'A[0,10) B[-inf,8)', 'A[0,10)x1'),
('always', 0, 'A[0,10) B[-inf,inf)', 'A[0,10)x1'),
('never begins', 0, 'A[0,10) B[inf,)', 'A[0,10)x1'),
('never begins, never ends', 0, 'A[0,10) B[inf,inf)', 'A[0,10)x1'),
-- going on
('ongoing', 0, 'A[0,)', 'A[0,)x1'),
('infinity is ongoing', 0, 'A[0,inf)', 'A[0,)x1'),
('two ongoing rows', 0, 'A[0,) B[10,)', 'A[0,10)x1 B[10,)x1'),
('two ongoing rows, back to the smaller id', 0, 'B[0,) A[10,)', 'B[0,10)x1 A[10,)x1'),
('two ongoing rows, NULL and infinity', 0, 'A[0,inf) B[10,)', 'A[0,10)x1 B[10,)x1'),
('two ongoing rows of one address', 0, 'A[0,) A[10,)', 'A[0,)x2'),
('three ongoing rows', 0, 'A[0,) B[10,) A[20,)', 'A[0,10)x1 B[10,20)x1 A[20,)x1'),
('ongoing after closed', 0, 'A[0,10) A[10,)', 'A[0,)x2'),
('move in the future', 0, 'A[0,) B[20000,)', 'A[0,20000)x1 B[20000,)x1'),
('closed in the future, then another', 0, 'A[0,20000) B[20000,20031)', 'A[0,20000)x1 B[20000,20031)x1'),
('the year 7495', 0, 'A[2000000,2000001)', 'A[2000000,2000001)x1'),
-- who dominates: latest from_date
('overlap of two addresses', 0, 'A[0,10) B[5,15)', 'A[0,5)x1 B[5,15)x1'),
('overlap of two addresses, larger id first', 0, 'B[0,10) A[5,15)', 'B[0,5)x1 A[5,15)x1'),
('overlap of one day', 0, 'A[0,10) B[9,15)', 'A[0,9)x1 B[9,15)x1'),
('overlap at the same address', 0, 'A[0,10) A[5,15)', 'A[0,15)x2'),
('nested', 0, 'A[0,20) B[5,10)', 'A[0,5)x1 B[5,10)x1 A[10,20)x1'),
('nested, same end', 0, 'A[0,20) B[5,20)', 'A[0,5)x1 B[5,20)x1'),
('nested in nested', 0, 'A[0,40) B[10,30) C[15,20)', 'A[0,10)x1 B[10,15)x1 C[15,20)x1 B[20,30)x1 A[30,40)x1'),
('two nested, touching', 0, 'A[0,40) B[10,20) C[20,30)', 'A[0,10)x1 B[10,20)x1 C[20,30)x1 A[30,40)x1'),
('the cut one ended meanwhile', 0, 'A[0,10) B[5,20)', 'A[0,5)x1 B[5,20)x1'),
('the one before resumes, the first has ended', 0, 'A[0,20) B[5,30) C[10,25)', 'A[0,5)x1 B[5,10)x1 C[10,25)x1 B[25,30)x1'),
('the first resumes, the one before has ended', 0, 'A[0,50) B[10,20) C[15,30)', 'A[0,10)x1 B[10,15)x1 C[15,30)x1 A[30,50)x1'),
-- ties: latest to_date, ongoing latest of all, outside first, smallest id
('same start, the longer one', 0, 'A[0,10) B[0,20)', 'B[0,20)x1'),
('same start, the longer one has the smaller id', 0, 'A[0,20) B[0,10)', 'A[0,20)x1'),
('same start, ongoing', 0, 'A[0,20000) B[0,)', 'B[0,)x1'),
('same start, infinity', 0, 'A[0,20000) B[0,inf)', 'B[0,)x1'),
('same start, both ongoing', 0, 'B[0,) A[0,inf)', 'A[0,)x1'),
('same start and end, outside', 0, 'A[0,10) -[0,10)', '-[0,10)x1'),
('same start, both ongoing, outside', 0, 'A[0,) -[0,inf)', '-[0,)x1'),
('same start, outside is shorter', 0, 'A[0,10) -[0,9)', 'A[0,10)x1'),
('tie of three: outside', 0, 'B[0,10) A[0,10) -[0,10)', '-[0,10)x1'),
('tie of three: smallest id', 0, 'C[0,10) B[0,10) A[0,10)', 'A[0,10)x1'),
('tie of three, one longer', 0, 'A[0,10) B[0,10) C[0,11)', 'C[0,11)x1'),
('tie above a longer one', 0, 'A[0,30) B[5,20) C[5,25)', 'A[0,5)x1 C[5,25)x1 A[25,30)x1'),
('tie, cut, resumed by its winner', 0, 'A[0,10) B[0,20) C[5,15)', 'B[0,5)x1 C[5,15)x1 B[15,20)x1'),
('tie that the address above wins', 0, 'A[0,20) A[5,8) B[5,8)', 'A[0,20)x2'),
('tie that another address wins', 0, 'B[0,20) A[5,8) B[5,8)', 'B[0,5)x1 A[5,8)x1 B[8,20)x1'),
-- gaps
('gap of exactly max_gap', 30, 'A[0,10) A[40,50)', 'A[0,50)x2'),
('gap of max_gap and one', 30, 'A[0,10) A[41,50)', 'A[0,10)x1 A[41,50)x1'),
('gap of max_gap, then ongoing', 30, 'A[0,10) A[40,)', 'A[0,)x2'),
('two gaps, each measured for itself', 5, 'A[0,10) A[15,20) A[25,30)', 'A[0,30)x3'),
('two gaps, the second too long', 5, 'A[0,10) A[15,20) A[26,30)', 'A[0,20)x2 A[26,30)x1'),
('gap before another address', 5, 'A[0,10) B[11,20)', 'A[0,10)x1 B[11,20)x1'),
('gap with another address in it', 5, 'A[0,10) B[11,12) A[13,20)', 'A[0,10)x1 B[11,12)x1 A[13,20)x1'),
('gap with an address outside in it', 30, 'A[0,10) -[12,15) A[17,20)', 'A[0,10)x1 -[12,15)x1 A[17,20)x1'),
('gap with rows in it that take no part', 4, 'A[0,10) B[12,12) B[13,11) B[,13) A[14,20)', 'A[0,20)x2'),
('gap after a cut that lasted to the end', 5, 'A[0,10) B[8,10) A[12,20)', 'A[0,8)x1 B[8,10)x1 A[12,20)x1'),
('no gap: another address in between', 100, 'A[0,10) B[10,20) A[20,30)', 'A[0,10)x1 B[10,20)x1 A[20,30)x1'),
('cut days are no gap', 100, 'A[0,) B[5,8)', 'A[0,5)x1 B[5,8)x1 A[8,)x1'),
('gap outside', 1, '-[0,10) -[11,20)', '-[0,20)x2'),
('the largest max_gap', 2147483647, 'A[-500000,10) A[500000,500010)', 'A[-500000,500010)x2'),
-- return, several moves on one day
('return to A', 0, 'A[0,10) B[10,20) A[20,30)', 'A[0,10)x1 B[10,20)x1 A[20,30)x1'),
('A to B to C on one day', 0, 'A[0,10) B[10,10) C[10,)', 'A[0,10)x1 C[10,)x1'),
('A to B to C on one day, B not closed', 0, 'A[0,10) B[10,) C[10,)', 'A[0,10)x1 B[10,)x1'),
('A to B to C on one day, B closed a day later', 0, 'A[0,10) B[10,11) C[10,)', 'A[0,10)x1 C[10,)x1'),
('A to B to C on one day, nothing closed', 0, 'A[0,) B[10,) C[10,)', 'A[0,10)x1 B[10,)x1'),
('A to B to A on one day', 0, 'A[0,10) B[10,10) A[10,)', 'A[0,)x2'),
-- outside
('outside, touching', 0, '-[0,10) -[10,20)', '-[0,20)x2'),
('outside, gap of one', 0, '-[0,10) -[11,20)', '-[0,10)x1 -[11,20)x1'),
('out and home again', 0, 'A[0,10) -[10,20) A[20,30)', 'A[0,10)x1 -[10,20)x1 A[20,30)x1'),
('outside cuts', 0, 'A[0,) -[10,20)', 'A[0,10)x1 -[10,20)x1 A[20,)x1'),
('outside is cut', 0, '-[0,) A[10,20)', '-[0,10)x1 A[10,20)x1 -[20,)x1'),
-- records
('identical rows', 0, 'A[0,10) A[0,10)', 'A[0,10)x1'),
('three identical rows, ongoing', 0, 'A[0,) A[0,inf) A[0,)', 'A[0,)x1'),
('identical rows outside', 0, '-[0,10) -[0,10)', '-[0,10)x1'),
('identical rows, cut', 0, 'A[0,) A[0,) B[5,8)', 'A[0,5)x1 B[5,8)x1 A[8,)x1'),
('nested row counts, the longer one once', 0, 'A[0,20) A[5,8)', 'A[0,20)x2'),
('same start: the shorter has no day', 0, 'A[0,10) A[0,20)', 'A[0,20)x1'),
('same start at another address: no day either', 0, 'A[0,20) B[5,10) A[5,9)', 'A[0,5)x1 B[5,10)x1 A[10,20)x1'),
('each has a day', 0, 'A[0,5) A[3,10) A[2,4)', 'A[0,10)x3'),
('one has no day', 0, 'A[0,10) A[2,10) A[2,4)', 'A[0,10)x2'),
('merged across a gap, each row once', 2, 'A[0,10) A[5,8) A[12,20)', 'A[0,20)x3'),
('rows that overlap, then a cut', 0, 'A[0,20) A[5,30) B[10,15)', 'A[0,10)x2 B[10,15)x1 A[15,30)x1'),
('an old row resumes across a newer one''s end', 0, 'A[0,30) A[5,10) B[15,20)', 'A[0,15)x2 B[15,20)x1 A[20,30)x1'),
-- persons
('two persons at one address', 0, 'A[0,10) 2A[10,20)', 'A[0,10)x1 2A[10,20)x1'),
('two persons, the second is earlier', 0, '2A[0,10) B[5,8)', 'B[5,8)x1 2A[0,10)x1'),
('persons apart', 5, '3A[0,10) 2A[5,) 3A[12,20) 2B[6,7) 3-[20,)', '2A[5,6)x1 2B[6,7)x1 2A[7,)x1 3A[0,20)x2 3-[20,)x1'),
('one of two has no row that takes part', 0, 'A[5,5) 2A[5,6)', '2A[5,6)x1');

CREATE FUNCTION t_moves.answer(nr integer, row_order integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    test t_moves.test_case;
BEGIN
    SELECT * INTO STRICT test FROM t_moves.test_case t WHERE t.nr = answer.nr;
    DELETE FROM t_moves.address_period;
    INSERT INTO t_moves.address_period SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date
        FROM t_moves.residence_row(test.input) r ORDER BY t_moves.place(r.nr, row_order);
    RETURN (SELECT coalesce(string_agg(format('%s%s[%s,%s)x%s', nullif(r.person_id, 1), t_moves.letter(r.dwelling_id), t_moves.show(r.from_date),
            t_moves.show(r.to_date), r.records), ' ' ORDER BY r.place), '')
        FROM byudv.residences('t_moves.address_period', test.max_gap) WITH ORDINALITY AS r(person_id, dwelling_id, from_date, to_date, records, place));
END
$$;
SELECT name, result FROM t_moves.run() ORDER BY nr;
SELECT count(*) AS cases, count(*) FILTER (WHERE result = 'ok') AS ok FROM t_moves.run();

-- All in one call, each with persons of its own: persons do not touch each other
CREATE VIEW t_moves.all_cases AS
    SELECT 1000 * t.nr + r.person_id AS person_id, r.dwelling_id, r.from_date, r.to_date FROM t_moves.test_case t, t_moves.residence_row(t.input) r WHERE t.max_gap = 0;
SELECT t.name, a.got FROM t_moves.test_case t LEFT JOIN (
    SELECT person_id / 1000 AS nr, string_agg(format('%s%s[%s,%s)x%s', nullif(r.person_id % 1000, 1), t_moves.letter(r.dwelling_id), t_moves.show(r.from_date),
        t_moves.show(r.to_date), r.records), ' ' ORDER BY r.place) AS got
    FROM byudv.residences('t_moves.all_cases') WITH ORDINALITY AS r(person_id, dwelling_id, from_date, to_date, records, place) GROUP BY 1) a ON a.nr = t.nr
WHERE t.max_gap = 0 AND coalesce(a.got, '') <> t.expected ORDER BY t.nr;

-- Residences of residences are the same
CREATE TABLE t_moves.result AS SELECT * FROM byudv.residences('t_moves.all_cases');
SELECT count(*) > 100 AS many FROM t_moves.result;
(SELECT person_id, dwelling_id, from_date, to_date FROM byudv.residences('t_moves.result') EXCEPT ALL SELECT person_id, dwelling_id, from_date, to_date FROM t_moves.result)
UNION ALL
(SELECT person_id, dwelling_id, from_date, to_date FROM t_moves.result EXCEPT ALL SELECT person_id, dwelling_id, from_date, to_date FROM byudv.residences('t_moves.result'))
ORDER BY 1, 3;

-- The definition once more, day by day in SQL, against rows that mean nothing: 500 persons with up to 12 rows each within 80 days
CREATE TABLE t_moves.made_up AS
    SELECT p * 100 + n AS id, p::bigint AS person_id, nullif((p * n * 7 + n) % 4, 0)::bigint AS dwelling_id, t_moves.day(((p * 13 + n * n * 11) % 61)::text) AS from_date,
        t_moves.day(((p * 13 + n * n * 11) % 61 - 2 + (p * 5 + n * 3) % 23)::text) AS to_date
    FROM generate_series(1, 500) p, generate_series(1, 1 + p % 12) n;
CREATE TABLE t_moves.by_day AS
    SELECT DISTINCT ON (r.person_id, d.day) r.person_id, d.day, r.dwelling_id, r.id
    FROM t_moves.made_up r, LATERAL (SELECT r.from_date + i AS day FROM generate_series(0, r.to_date - r.from_date - 1) i) d
    ORDER BY r.person_id, d.day, r.from_date DESC, r.to_date DESC, r.dwelling_id NULLS FIRST, r.id;
CREATE FUNCTION t_moves.defined(max_gap integer) RETURNS TABLE (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer) LANGUAGE sql AS $$
    SELECT person_id, dwelling_id, min(day), max(day) + 1, count(DISTINCT id)::integer
    FROM (SELECT *, sum(opens) OVER (PARTITION BY person_id ORDER BY day) AS run
        FROM (SELECT *, CASE WHEN day - lag(day) OVER w <= max_gap + 1 AND dwelling_id IS NOT DISTINCT FROM lag(dwelling_id) OVER w THEN 0 ELSE 1 END AS opens
            FROM t_moves.by_day WINDOW w AS (PARTITION BY person_id ORDER BY day)) x) y
    GROUP BY person_id, dwelling_id, run $$;
SELECT count(*) > 1000 AS many, max(records) > 3 AS of_many_records FROM byudv.residences('t_moves.made_up');
SELECT max_gap, extra, missing
FROM unnest(ARRAY[0, 1, 5, 100]) AS g(max_gap), LATERAL (
    WITH got AS (SELECT * FROM byudv.residences('t_moves.made_up', max_gap)), wanted AS (SELECT * FROM t_moves.defined(max_gap))
    SELECT (SELECT count(*) FROM (TABLE got EXCEPT ALL TABLE wanted) x), (SELECT count(*) FROM (TABLE wanted EXCEPT ALL TABLE got) x)) AS c(extra, missing)
ORDER BY max_gap;

-- How many rows take no part, and why: no_start, negative, zero_length, used
DELETE FROM t_moves.test_case;
INSERT INTO t_moves.test_case (name, input, expected) VALUES
('rejects: empty', '', '0 0 0 0'),
('rejects: no from_date', 'A[,10)', '1 0 0 0'),
('rejects: neither date', 'A[,)', '1 0 0 0'),
('rejects: from_date -infinity', 'A[-inf,10) A[-inf,) A[-inf,inf)', '3 0 0 0'),
('rejects: from_date infinity', 'A[inf,) A[inf,inf)', '2 0 0 0'),
('rejects: reversed', 'A[10,5) A[10,9)', '0 2 0 0'),
('rejects: to_date -infinity', 'A[10,-inf)', '0 1 0 0'),
('rejects: zero length', 'A[10,10)', '0 0 1 0'),
('rejects: no start goes before negative', 'A[inf,5) A[inf,-inf) A[,-inf)', '3 0 0 0'),
('rejects: no start goes before zero length', 'A[-inf,-inf)', '1 0 0 0'),
('rejects: used', 'A[0,1) A[0,) A[0,inf)', '0 0 0 3'),
('rejects: identical rows are used, though only one counts', 'A[0,10) A[0,10)', '0 0 0 2'),
('rejects: outside', '-[0,10) -[10,10)', '0 0 1 1'),
('rejects: of several persons', 'A[0,10) 2A[5,5) 3A[8,3) 4A[,3) 4B[0,3) 3B[2,2)', '1 1 2 2');
CREATE OR REPLACE FUNCTION t_moves.answer(nr integer, row_order integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM t_moves.address_period;
    INSERT INTO t_moves.address_period SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date
        FROM t_moves.test_case t, t_moves.residence_row(t.input) r WHERE t.nr = answer.nr ORDER BY t_moves.place(r.nr, row_order);
    RETURN (SELECT string_agg(format('%s %s %s %s', r.no_start, r.negative, r.zero_length, r.used), ' and ') FROM byudv.residence_rejects('t_moves.address_period') r);
END
$$;
SELECT name, result FROM t_moves.run() ORDER BY nr;
SELECT count(*) AS cases, count(*) FILTER (WHERE result = 'ok') AS ok FROM t_moves.run();

-- Real dates: the leap day, and that a year is not always 365 days
CREATE TABLE t_moves.real (person_id integer, from_date date, to_date date, street text, dwelling_id smallint);
INSERT INTO t_moves.real (person_id, dwelling_id, from_date, to_date) VALUES
(1, 1, '2020-02-01', '2020-02-29'), (1, 1, '2020-02-29', '2020-03-01'), (1, 1, '2020-03-01', '2020-04-01'), -- touch on and after the leap day
(2, 1, '2020-02-01', '2020-02-29'), (2, 1, '2020-03-01', '2020-04-01'), -- the leap day is missing
(3, 1, '2021-02-01', '2021-02-28'), (3, 1, '2021-03-01', '2021-04-01'), -- no leap day that year; the 28th is missing
(4, 1, '2020-02-28', '2020-02-29'), (4, 2, '2020-02-29', '2020-03-01'), (4, 1, '2020-03-01', NULL), -- one day away
(5, 1, '2000-02-28', '2000-02-29'), (5, 1, '2000-03-01', 'infinity'), -- 2000 was a leap year
(6, 1, '1900-02-28', '1900-03-01'), (6, 1, '1900-03-01', '1900-03-02'); -- 1900 was not
SELECT person_id, dwelling_id, to_char(from_date, 'YYYY-MM-DD') AS from_date, to_char(to_date, 'YYYY-MM-DD') AS to_date, records
FROM byudv.residences('t_moves.real') ORDER BY 1, 3;
SELECT person_id, dwelling_id, to_char(from_date, 'YYYY-MM-DD') AS from_date, to_char(to_date, 'YYYY-MM-DD') AS to_date, records
FROM byudv.residences('t_moves.real', 1) ORDER BY 1, 3;

-- Ids are whole bigints: negative ones, 0 and the limits, and the smallest wins a tie
CREATE VIEW t_moves.ids AS
    SELECT p::bigint AS person_id, d::bigint AS dwelling_id, date '2020-01-01' AS from_date, date '2020-01-11' AS to_date
    FROM (VALUES (9223372036854775807, 9223372036854775807), (9223372036854775807, 4294967296), (-9223372036854775808, -9223372036854775792),
        (-9223372036854775808, 0), (0, 0), (0, 4294967297), (4294967296, -1), (4294967296, 0)) AS v(p, d);
SELECT person_id, dwelling_id, records FROM byudv.residences('t_moves.ids') ORDER BY person_id;
-- the sixteen least are kept
CREATE VIEW t_moves.kept_id AS SELECT person_id, dwelling_id - 1 AS dwelling_id, from_date, to_date FROM t_moves.ids WHERE person_id < 0 AND dwelling_id < 0;
SELECT * FROM byudv.residences('t_moves.kept_id');

-- Any kind of relation
CREATE TABLE t_moves.parts (LIKE t_moves.address_period) PARTITION BY HASH (person_id);
CREATE TABLE t_moves.parts0 PARTITION OF t_moves.parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_moves.parts1 (to_date date, dropped text, from_date date, dwelling_id bigint, person_id bigint);
ALTER TABLE t_moves.parts1 DROP COLUMN dropped;
ALTER TABLE t_moves.parts ATTACH PARTITION t_moves.parts1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO t_moves.parts SELECT * FROM t_moves.all_cases;
CREATE MATERIALIZED VIEW t_moves.stored AS SELECT * FROM t_moves.all_cases;
CREATE TEMPORARY TABLE temporary AS SELECT * FROM t_moves.all_cases;
SELECT count(*) AS partitioned FROM (SELECT * FROM byudv.residences('t_moves.parts') EXCEPT TABLE t_moves.result) x;
SELECT count(*) AS materialised FROM (SELECT * FROM byudv.residences('t_moves.stored') EXCEPT TABLE t_moves.result) x;
SELECT count(*) AS temporary FROM (SELECT * FROM byudv.residences('pg_temp.temporary') EXCEPT TABLE t_moves.result) x;

-- A million rows of one person: touching, all on one day, nested
CREATE VIEW t_moves.touching AS
    SELECT 1::bigint AS person_id, 1::bigint AS dwelling_id, date '2020-01-01' + i AS from_date, date '2020-01-01' + i + 1 AS to_date FROM generate_series(0, 999999) i;
SELECT person_id, dwelling_id, t_moves.show(from_date) AS "from", t_moves.show(to_date) AS "to", records FROM byudv.residences('t_moves.touching') ORDER BY 3;
CREATE VIEW t_moves.same_day AS
    SELECT 1::bigint AS person_id, 1000000::bigint - i AS dwelling_id, date '2020-01-01' AS from_date, date '2020-01-02' AS to_date FROM generate_series(0, 999999) i;
SELECT person_id, dwelling_id, t_moves.show(from_date) AS "from", t_moves.show(to_date) AS "to", records FROM byudv.residences('t_moves.same_day') ORDER BY 3;
-- [0,2000000) [1,1999999) [2,1999998) ..., at two addresses in turn: a run for each day up to the middle, and for each day after it
CREATE VIEW t_moves.nested AS
    SELECT 1::bigint AS person_id, i % 2 AS dwelling_id, date '2020-01-01' + i AS from_date, date '2020-01-01' + 2000000 - i AS to_date FROM generate_series(0, 999999) i;
SELECT count(*) AS residences, count(*) FILTER (WHERE records = 1) AS single, t_moves.show(min(from_date)) AS "from", t_moves.show(max(to_date)) AS "to",
    count(*) FILTER (WHERE to_date - from_date = 1) AS of_a_day, max(to_date - from_date) AS longest
FROM byudv.residences('t_moves.nested');

SET client_min_messages = warning;
DROP SCHEMA t_moves CASCADE;
