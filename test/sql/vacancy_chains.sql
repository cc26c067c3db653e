-- Chains of vacancies, case by case, against answers derived by hand from the rules. Only what differs is shown beside a case.
\getenv folder PG_ABS_SRCDIR
\set notation :folder '/data/moves_notation.sql'
\i :notation

-- Flows are written: 1A*>2B:0.5 = vacancy 1, of the new dwelling A, is filled by movers who pass on 0.5 of vacancy 2, of dwelling B; 2B = vacancy 2 is open;
-- 1A*>from_outside, 1A*>returned:A and so on = a row with that outcome, and origin dwelling. Vacancy 7 is vacated on day 70.
-- A node of the tree is written: 1.2 3C=0.5<2 = of the chain that starts at vacancy 1, in round 2, vacancy 3 of dwelling C, weight 0.5, reached from vacancy 2;
-- a ? after the dwelling: when it was vacated is not known.
CREATE TABLE t_moves.flow (vacancy_id bigint, dwelling_id bigint, vacated_on date, filled_on date, outcome text, origin_dwelling_id bigint, origin_vacancy_id bigint,
    movers integer, share double precision, is_new boolean);
CREATE FUNCTION t_moves.flow_row(text) RETURNS TABLE (nr bigint, flow t_moves.flow) LANGUAGE sql AS $$
    SELECT nr, (m[1]::bigint, ascii(m[2]) - 64, date '2020-01-01' + 10 * m[1]::integer, date '2020-01-01' + 10 * m[1]::integer + 5,
        coalesce(m[4], CASE WHEN m[6] <> '' THEN 'vacated' ELSE 'open' END), ascii(coalesce(m[5], m[7])) - 64, m[6]::bigint, 1, coalesce(m[8]::double precision, 0),
        m[3] = '*')::t_moves.flow
    FROM regexp_matches($1, '(\d+)([A-Z])(\*?)(?:>(?:([a-z_]+)(?::([A-Z]))?|(\d+)([A-Z]):([0-9.]+)))?(?:\s|$)', 'g') WITH ORDINALITY AS t(m, nr) $$;
CREATE DOMAIN t_moves.flow_rows AS text CHECK (VALUE ~ '^\s*(\d+[A-Z]\*?(>([a-z_]+(:[A-Z])?|\d+[A-Z]:[0-9.]+))?(\s+|$))*$');
CREATE TABLE t_moves.test_case (nr integer GENERATED ALWAYS AS IDENTITY, name text, arguments text DEFAULT '', input t_moves.flow_rows, expected text);

INSERT INTO t_moves.test_case (name, input, expected) VALUES
('empty', '', ''),
('new, open', '1A*', '1.0 1A=1'),
('new, filled from outside', '1A*>from_outside', '1.0 1A=1'),
('not new', '1A>2B:1 2B', ''),
('two new, open', '2B* 1A*', '1.0 1A=1; 2.0 2B=1'),
('a chain of two', '1A*>2B:1 2B', '1.0 1A=1; 1.1 2B=1<1'),
('a chain of three', '1A*>2B:1 2B>3C:1 3C', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2'),
('a chain of three, ids in another order', '3C*>1A:1 1A>2B:1 2B', '3.0 3C=1; 3.1 1A=1<3; 3.2 2B=1<1'),
('a chain of three that ends outside', '1A*>2B:1 2B>3C:1 3C>from_outside', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2'),
('a chain of six', '1A*>2B:1 2B>3C:1 3C>4D:1 4D>5E:1 5E>6F:1 6F', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2; 1.3 4D=1<3; 1.4 5E=1<4; 1.5 6F=1<5'),
('another vacancy of the same dwelling is another vacancy', '1A*>2B:1 2B>3B:1 3B', '1.0 1A=1; 1.1 2B=1<1; 1.2 3B=1<2'),
('a new one on the path goes on', '1A*>2B:1 2B*>3C:1 3C', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2; 2.0 2B=1; 2.1 3C=1<2'),
-- only vacated flows are followed
('the other outcomes end there', '1A*>out_of_window:B 1A*>origin_occupied:C 1A*>returned:A 1A*>from_outside 2B 3C', '1.0 1A=1'),
('vacated beside the others', '1A*>2B:0.5 1A*>out_of_window:B 1A*>origin_occupied:C 1A*>returned:A 1A*>from_outside 2B', '1.0 1A=1; 1.1 2B=0.5<1'),
('demolished and expired', '1A*>demolished 2B*>expired', '1.0 1A=1; 2.0 2B=1'),
-- weights, splits, merges
('weight', '1A*>2B:0.5 2B', '1.0 1A=1; 1.1 2B=0.5<1'),
('weights are multiplied', '1A*>2B:0.5 2B>3C:0.5 3C>4D:0.25 4D', '1.0 1A=1; 1.1 2B=0.5<1; 1.2 3C=0.25<2; 1.3 4D=0.0625<3'),
('a couple from two dwellings', '1A*>2B:1 1A*>3C:1 2B 3C', '1.0 1A=1; 1.1 2B=1<1; 1.1 3C=1<1'),
('a couple from two dwellings, one half emptied', '1A*>3C:0.5 1A*>2B:1 2B 3C', '1.0 1A=1; 1.1 2B=1<1; 1.1 3C=0.5<1'),
('two new ones share a vacancy', '1A*>3C:0.5 2B*>3C:0.5 3C>4D:1 4D',
    '1.0 1A=1; 1.1 3C=0.5<1; 1.2 4D=0.5<3; 2.0 2B=1; 2.1 3C=0.5<2; 2.2 4D=0.5<3'),
('apart, then together: twice in the tree', '1A*>2B:1 1A*>3C:1 2B>4D:0.5 3C>4D:0.25 4D>5E:1 5E',
    '1.0 1A=1; 1.1 2B=1<1; 1.1 3C=1<1; 1.2 4D=0.5<2; 1.2 4D=0.25<3; 1.3 5E=0.5<4; 1.3 5E=0.25<4'),
('reached in different rounds', '1A*>2B:0.5 1A*>3C:0.5 2B>3C:0.5 3C', '1.0 1A=1; 1.1 2B=0.5<1; 1.1 3C=0.5<1; 1.2 3C=0.25<2'),
('by round, then by path', '1A*>3C:1 1A*>2B:1 2B>5E:1 3C>4D:1 5E 4D', '1.0 1A=1; 1.1 2B=1<1; 1.1 3C=1<1; 1.2 5E=1<2; 1.2 4D=1<3'),
('by path, not by parent', '1A*>2B:1 1A*>3C:1 2B>6F:1 3C>4D:1 6F>7G:1 4D>8H:1 7G 8H',
    '1.0 1A=1; 1.1 2B=1<1; 1.1 3C=1<1; 1.2 6F=1<2; 1.2 4D=1<3; 1.3 7G=1<6; 1.3 8H=1<4'),
('two by two', '1A*>2B:0.5 1A*>3C:0.5 2B>4D:0.5 2B>5E:0.5 3C>6F:0.5 3C>7G:0.5 4D 5E 6F 7G',
    '1.0 1A=1; 1.1 2B=0.5<1; 1.1 3C=0.5<1; 1.2 4D=0.25<2; 1.2 5E=0.25<2; 1.2 6F=0.25<3; 1.2 7G=0.25<3'),
('share 0: not entered', '1A*>2B:0 2B', '1.0 1A=1'),
-- cycles
('cycle of one', '1A*>1A:1', '1.0 1A=1'),
('cycle of two', '1A*>2B:1 2B>1A:1', '1.0 1A=1; 1.1 2B=1<1'),
('cycle of two, entered from elsewhere', '1A*>2B:1 2B>3C:1 3C>2B:1', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2'),
('cycle of three', '1A*>2B:1 2B>3C:1 3C>1A:1', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2'),
('cycle of three, all new', '1A*>2B:1 2B*>3C:1 3C*>1A:1',
    '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2; 2.0 2B=1; 2.1 3C=1<2; 2.2 1A=1<3; 3.0 3C=1; 3.1 1A=1<3; 3.2 2B=1<1'),
('cycle with a way out', '1A*>2B:1 2B>1A:0.5 2B>3C:0.5 3C', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=0.5<2'),
('each of two reaches the other', '1A*>2B:0.5 1A*>3C:0.5 2B>3C:0.5 3C>2B:0.5',
    '1.0 1A=1; 1.1 2B=0.5<1; 1.1 3C=0.5<1; 1.2 3C=0.25<2; 1.2 2B=0.25<3'),
-- flows that were filtered
('an origin without rows of its own', '1A*>2B:1', '1.0 1A=1; 1.1 2B?=1<1'),
('an origin without rows of its own, by two paths', '1A*>2B:0.5 1A*>3C:1 3C>2B:0.5', '1.0 1A=1; 1.1 2B?=0.5<1; 1.1 3C=1<1; 1.2 2B?=0.5<3'),
('flows of which the start is missing', '2B>3C:1 3C', '');

INSERT INTO t_moves.test_case (name, arguments, input, expected) VALUES
('max_rounds 0', 'max_rounds => 0', '1A*>2B:1 2B', '1.0 1A=1'),
('max_rounds 1', 'max_rounds => 1', '1A*>2B:1 2B>3C:1 3C', '1.0 1A=1; 1.1 2B=1<1'),
('max_rounds 2: as long as the chain', 'max_rounds => 2', '1A*>2B:1 2B>3C:1 3C', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2'),
('max_rounds 3: longer than the chain', 'max_rounds => 3', '1A*>2B:1 2B>3C:1 3C', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2'),
('the largest max_rounds', 'max_rounds => 2147483647', '1A*>2B:1 2B>1A:1', '1.0 1A=1; 1.1 2B=1<1'),
('min_weight: just so', 'min_weight => 0.25', '1A*>2B:0.5 2B>3C:0.5 3C>4D:0.5 4D', '1.0 1A=1; 1.1 2B=0.5<1; 1.2 3C=0.25<2'),
('min_weight: just not', 'min_weight => 0.2500001', '1A*>2B:0.5 2B>3C:0.5 3C', '1.0 1A=1; 1.1 2B=0.5<1'),
('min_weight 1', 'min_weight => 1', '1A*>2B:1 1A*>3C:0.9999 2B 3C', '1.0 1A=1; 1.1 2B=1<1'),
('min_weight above 1: the start is there', 'min_weight => 2', '1A*>2B:1 2B', '1.0 1A=1'),
('min_weight as given: above a millionth', '', '1A*>2B:0.001 2B>3C:0.002 3C', '1.0 1A=1; 1.1 2B=0.001<1; 1.2 3C=0.000002<2'),
('min_weight as given: below a millionth', '', '1A*>2B:0.001 2B>3C:0.0009 3C', '1.0 1A=1; 1.1 2B=0.001<1'),
('min_weight smaller', 'min_weight => 1e-9', '1A*>2B:0.001 2B>3C:0.001 3C', '1.0 1A=1; 1.1 2B=0.001<1; 1.2 3C=0.000001<2'),
('below min_weight: what follows is not seen', 'min_weight => 0.3', '1A*>2B:0.2 2B>3C:1 3C', '1.0 1A=1'),
('starts: in the middle', 'starts => ''{2}''', '1A*>2B:1 2B>3C:1 3C', '2.0 2B=1; 2.1 3C=1<2'),
('starts: several, by id', 'starts => ''{3,1}''', '1A*>2B:1 2B>3C:1 3C', '1.0 1A=1; 1.1 2B=1<1; 1.2 3C=1<2; 3.0 3C=1'),
('starts: one named twice starts once', 'starts => ''{2,2}''', '1A*>2B:1 2B>3C:1 3C', '2.0 2B=1; 2.1 3C=1<2'),
('starts: in a cycle', 'starts => ''{2}''', '1A>2B:1 2B>3C:1 3C>1A:1', '2.0 2B=1; 2.1 3C=1<2; 2.2 1A=1<3'),
('starts: none', 'starts => ''{}''', '1A*>2B:1 2B', ''),
('starts NULL: the new ones', 'starts => NULL', '1A*>2B:1 2B', '1.0 1A=1; 1.1 2B=1<1');

CREATE FUNCTION t_moves.answer(nr integer, row_order integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    test t_moves.test_case;
    got text;
BEGIN
    SELECT * INTO STRICT test FROM t_moves.test_case t WHERE t.nr = answer.nr;
    DELETE FROM t_moves.flow;
    INSERT INTO t_moves.flow SELECT (r.flow).* FROM t_moves.flow_row(test.input) r ORDER BY t_moves.place(r.nr, row_order);
    EXECUTE format($q$
        SELECT string_agg(format('%%s.%%s %%s%%s%%s=%%s%%s', c.chain_id, c.round, c.vacancy_id, t_moves.letter(c.dwelling_id),
            CASE WHEN c.vacated_on IS NULL THEN '?' WHEN c.vacated_on <> date '2020-01-01' + 10 * c.vacancy_id::integer THEN '!' END,
            trim_scale(c.weight::numeric), '<' || c.parent_vacancy_id), '; ' ORDER BY c.place)
        FROM byudv.vacancy_chains('t_moves.flow'%s) WITH ORDINALITY AS c(chain_id, round, vacancy_id, dwelling_id, vacated_on, weight, parent_vacancy_id, place)$q$,
        ', ' || nullif(test.arguments, '')) INTO got;
    RETURN coalesce(got, '');
END
$$;
SELECT name, result FROM t_moves.run() ORDER BY nr;
SELECT count(*) AS cases, count(*) FILTER (WHERE result = 'ok') AS ok FROM t_moves.run();

-- All cases in one call, each with vacancies of its own: chains do not touch each other
CREATE VIEW t_moves.all_flows AS
    SELECT 100 * t.nr + (r.flow).vacancy_id AS vacancy_id, (r.flow).dwelling_id, (r.flow).vacated_on, (r.flow).outcome, (r.flow).origin_dwelling_id,
        100 * t.nr + (r.flow).origin_vacancy_id AS origin_vacancy_id, (r.flow).share, (r.flow).is_new
    FROM t_moves.test_case t, t_moves.flow_row(t.input) r WHERE t.arguments = '';
SELECT t.name, a.got FROM t_moves.test_case t LEFT JOIN (
    SELECT c.chain_id / 100 AS nr, string_agg(format('%s.%s %s%s%s=%s%s', c.chain_id % 100, c.round, c.vacancy_id % 100, t_moves.letter(c.dwelling_id),
        CASE WHEN c.vacated_on IS NULL THEN '?' END, trim_scale(c.weight::numeric), '<' || c.parent_vacancy_id % 100), '; ' ORDER BY c.place) AS got
    FROM byudv.vacancy_chains('t_moves.all_flows') WITH ORDINALITY AS c(chain_id, round, vacancy_id, dwelling_id, vacated_on, weight, parent_vacancy_id, place)
    GROUP BY 1) a ON a.nr = t.nr
WHERE t.arguments = '' AND coalesce(a.got, '') <> regexp_replace(t.expected, '\s+', ' ', 'g') ORDER BY t.nr;

-- Only the outcome decides whether a flow is followed, whatever its other columns say
CREATE VIEW t_moves.not_followed AS
    SELECT 1 AS vacancy_id, 1 AS dwelling_id, date '2020-01-11' AS vacated_on, o.outcome, 2 AS origin_dwelling_id, 2 AS origin_vacancy_id, 1::double precision AS share, true AS is_new
    FROM unnest(ARRAY['out_of_window', 'origin_occupied', 'returned', 'from_outside', 'demolished', 'open', 'expired']) AS o(outcome);
SELECT chain_id, round, vacancy_id, dwelling_id, weight, parent_vacancy_id FROM byudv.vacancy_chains('t_moves.not_followed') ORDER BY chain_id, round, vacancy_id;

-- A long chain: rounds 0 to 50, when not asked for more
CREATE VIEW t_moves.long AS
    SELECT i::bigint AS vacancy_id, i::bigint AS dwelling_id, date '2020-01-01' + i AS vacated_on, CASE WHEN i < 1000 THEN 'vacated' ELSE 'open' END AS outcome,
        CASE WHEN i < 1000 THEN i + 1 END::bigint AS origin_dwelling_id, CASE WHEN i < 1000 THEN i + 1 END::bigint AS origin_vacancy_id,
        CASE WHEN i < 1000 THEN 1 ELSE 0 END::double precision AS share, i = 1 AS is_new
    FROM generate_series(1, 1000) i;
SELECT count(*) AS nodes, max(round) AS last_round, max(vacancy_id) AS last_vacancy, min(weight) AS weight FROM byudv.vacancy_chains('t_moves.long');
SELECT count(*) AS nodes, max(round) AS last_round, max(vacancy_id) AS last_vacancy, min(weight) AS weight FROM byudv.vacancy_chains('t_moves.long', 998);
SELECT count(*) AS nodes, max(round) AS last_round, max(vacancy_id) AS last_vacancy, min(weight) AS weight FROM byudv.vacancy_chains('t_moves.long', 5000);
SELECT count(*) AS nodes, max(round) AS last_round, max(vacancy_id) AS last_vacancy, min(weight) AS weight FROM byudv.vacancy_chains('t_moves.long', starts => '{990,980}');

-- The definition once more, as a recursive query, against flows that mean nothing: 300 vacancies with up to 3 origins each, in any direction
CREATE TABLE t_moves.made_up AS
    SELECT i::bigint AS vacancy_id, 1000 + i::bigint AS dwelling_id, date '2020-01-01' + i AS vacated_on, CASE WHEN i % 11 = n THEN 'from_outside' ELSE 'vacated' END AS outcome,
        CASE WHEN i % 11 <> n THEN 1001 + (i * (2 + n) * 37 + n) % 320 END::bigint AS origin_dwelling_id,
        CASE WHEN i % 11 <> n THEN 1 + (i * (2 + n) * 37 + n) % 320 END::bigint AS origin_vacancy_id,
        CASE WHEN i % 11 <> n THEN (1 + (i + n) % 4) / 4.0 ELSE 0 END::double precision AS share, i % 3 = 0 AS is_new
    FROM generate_series(1, 300) i, generate_series(1, 1 + i % 3) n;
CREATE FUNCTION t_moves.defined(max_rounds integer, min_weight double precision) RETURNS TABLE (chain_id bigint, round integer, vacancy_id bigint, dwelling_id bigint,
    vacated_on date, weight double precision, parent_vacancy_id bigint, place bigint) LANGUAGE sql AS $$
    WITH RECURSIVE vacancy AS (SELECT DISTINCT vacancy_id, dwelling_id, vacated_on, is_new FROM t_moves.made_up), node AS (
        SELECT vacancy_id AS chain_id, 0 AS round, vacancy_id, dwelling_id, vacated_on, 1::double precision AS weight, NULL::bigint AS parent_vacancy_id, ARRAY[vacancy_id] AS path
        FROM vacancy WHERE is_new
        UNION ALL
        SELECT n.chain_id, n.round + 1, f.origin_vacancy_id, f.origin_dwelling_id, v.vacated_on, n.weight * f.share, n.vacancy_id, n.path || f.origin_vacancy_id
        FROM node n JOIN t_moves.made_up f ON f.vacancy_id = n.vacancy_id AND f.outcome = 'vacated' LEFT JOIN vacancy v ON v.vacancy_id = f.origin_vacancy_id
        WHERE n.round < max_rounds AND n.weight * f.share >= min_weight AND f.origin_vacancy_id <> ALL (n.path))
    SELECT chain_id, round, vacancy_id, dwelling_id, vacated_on, weight, parent_vacancy_id, row_number() OVER (ORDER BY chain_id, round, path) FROM node $$;
SELECT count(*) > 1000 AS many, max(round) > 10 AS long, count(*) FILTER (WHERE vacated_on IS NULL) > 10 AS some_end_unknown
FROM byudv.vacancy_chains('t_moves.made_up', min_weight => 0.01);
SELECT max_rounds, min_weight, differences
FROM (VALUES (0, 1e-6), (1, 1e-6), (5, 1e-6), (50, 0.01), (3, 0.25)) AS p(max_rounds, min_weight), LATERAL (
    SELECT count(*) AS differences FROM t_moves.defined(max_rounds, min_weight) d
        FULL JOIN byudv.vacancy_chains('t_moves.made_up', max_rounds, min_weight)
            WITH ORDINALITY AS c(chain_id, round, vacancy_id, dwelling_id, vacated_on, weight, parent_vacancy_id, place) USING (place)
    WHERE (d.chain_id, d.round, d.vacancy_id, d.dwelling_id, d.vacated_on, d.weight, d.parent_vacancy_id)
        IS DISTINCT FROM (c.chain_id, c.round, c.vacancy_id, c.dwelling_id, c.vacated_on, c.weight, c.parent_vacancy_id)) x
ORDER BY max_rounds, min_weight;

-- From residences to chains. A new dwelling, A (1), is taken by a couple, Anna from B (2) and Bo from C (3), where his flatmate stays. Into B move Carl and
-- Dorte, from D (4). Into D moves Ebbe, who shared E (5) with Frida; she leaves E 20 days later for F (6), also new. Nobody comes to E.
-- Vacancies: 1 A, new; 2 B; 3 D; 4 E; 5 F, new. Half of E's vacancy is passed on to D's mover, half to F's.
CREATE TABLE t_moves.residence (person_id bigint, dwelling_id bigint, from_date date, to_date date);
INSERT INTO t_moves.residence VALUES
(1, 2, '2010-01-01', '2020-03-01'), (1, 1, '2020-03-01', NULL), (2, 3, '2012-01-01', '2020-03-01'), (2, 1, '2020-03-01', NULL), (7, 3, '2012-01-01', NULL),
(3, 4, '2015-01-01', '2020-03-15'), (3, 2, '2020-03-15', NULL), (4, 4, '2015-01-01', '2020-03-15'), (4, 2, '2020-03-15', NULL),
(5, 5, '2018-01-01', '2020-04-01'), (5, 4, '2020-04-01', NULL), (6, 5, '2018-01-01', '2020-04-21'), (6, 6, '2020-04-21', NULL);
CREATE TABLE t_moves.dwelling (dwelling_id bigint, available_from date, demolished_on date);
INSERT INTO t_moves.dwelling VALUES (1, '2020-02-01', NULL), (2, '1950-01-01', NULL), (6, '2020-02-01', NULL);
CREATE TABLE t_moves.story AS SELECT * FROM byudv.vacancy_flows('t_moves.residence', 't_moves.dwelling', '2020-01-01', '2021-01-01');
SELECT vacancy_id, dwelling_id, to_char(vacated_on, 'YYYY-MM-DD') AS vacated_on, to_char(filled_on, 'YYYY-MM-DD') AS filled_on, outcome, origin_dwelling_id, origin_vacancy_id,
    movers, share, is_new
FROM t_moves.story ORDER BY vacancy_id, origin_vacancy_id;
SELECT chain_id, round, vacancy_id, dwelling_id, to_char(vacated_on, 'YYYY-MM-DD') AS vacated_on, weight, parent_vacancy_id
FROM byudv.vacancy_chains('t_moves.story') ORDER BY chain_id, round, vacancy_id;
-- what the two new dwellings set free: the sum of the weights, here every vacancy once
SELECT sum(weight) AS vacancies, sum(weight) / count(DISTINCT chain_id) AS for_each_new_dwelling FROM byudv.vacancy_chains('t_moves.story');

SET client_min_messages = warning;
DROP SCHEMA t_moves CASCADE;
