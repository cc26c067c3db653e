-- What must hold of residences, occupancies, vacancies and chains of any register: tried on a made-up one of some 200,000 records, with little and with
-- much memory, in other orders, by aggregates and in parallel.
\set QUIET on
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
CREATE EXTENSION IF NOT EXISTS byudv;
CREATE SCHEMA t;
SET search_path = t, public;
SELECT plan(33);

CREATE FUNCTION t.dice(a bigint, b bigint, sides int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT ((hashint8(a * 1000003 + b)::bigint & 2147483647) % sides)::int $$;
-- Households get dwellings one after the other. Who gets a new one leaves the old one, by the rule that the later record counts, which sets it free.
CREATE TABLE household AS
    SELECT d AS dwelling_id, s AS step, dice(d, s, 12000) AS household, date '2000-01-01' + dice(d, 77, 1500) + s * 700 + dice(d, s + 100, 500) AS from_date
    FROM generate_series(1, 10000) d, generate_series(1, 9) s;
CREATE TABLE address AS
    SELECT household * 4 + i AS person_id, dwelling_id, from_date + CASE WHEN dice(household, i, 9) = 0 THEN dice(dwelling_id, step, 60) ELSE 0 END AS from_date,
           from_date + 400 + dice(dwelling_id, step + 300, 3000) AS to_date
    FROM household, generate_series(0, 2) i WHERE i <= dice(household, 5, 3) AND NOT (i = 2 AND dice(dwelling_id, step, 4) = 0);
INSERT INTO address SELECT person_id, NULL, to_date - 20, to_date + 100 FROM address WHERE dice(person_id, dwelling_id, 6) = 0;
INSERT INTO address SELECT person_id, dwelling_id, to_date + 40, to_date + 500 FROM address WHERE dice(person_id, dwelling_id, 25) = 7;
INSERT INTO address SELECT person_id, dwelling_id, from_date, NULL FROM address WHERE dice(person_id, dwelling_id, 50) = 1 AND from_date > '2018-01-01';
INSERT INTO address SELECT person_id, dwelling_id, from_date + 10, from_date + 40 FROM address WHERE dice(person_id, dwelling_id, 20) = 2;
INSERT INTO address SELECT * FROM address WHERE dice(person_id, dwelling_id, 30) = 3;
INSERT INTO address SELECT person_id, dwelling_id, to_date, from_date FROM address WHERE dice(person_id, dwelling_id, 60) = 4;
INSERT INTO address SELECT person_id, dwelling_id, from_date, from_date FROM address WHERE dice(person_id, dwelling_id, 60) = 5;
INSERT INTO address SELECT person_id, dwelling_id, NULL, to_date FROM address WHERE dice(person_id, dwelling_id, 60) = 6;
CREATE TABLE dwelling AS SELECT d AS dwelling_id, CASE WHEN dice(d, 1, 3) = 0 THEN (SELECT min(from_date) FROM household h WHERE h.dwelling_id = d) - dice(d, 2, 90) END AS available_from,
    CASE WHEN dice(d, 3, 40) = 0 THEN date '2014-01-01' + dice(d, 4, 2000) END AS demolished_on FROM generate_series(1, 10050) d;
CREATE INDEX ON household (dwelling_id);
CREATE TABLE person AS SELECT person_id, min(from_date) AS born_on, NULL::date AS died_on FROM address WHERE dice(person_id, 9, 5) = 0 AND from_date IS NOT NULL GROUP BY 1;
ANALYZE;
SELECT cmp_ok(count(*), '>', 190000::bigint, 'the register is large enough') FROM address;

SET maintenance_work_mem = '64MB';
CREATE TABLE residence AS SELECT * FROM byudv.residences('address');
CREATE TABLE occupancy AS SELECT * FROM byudv.occupancies('residence');
CREATE TABLE flow AS SELECT * FROM byudv.vacancy_flows('residence', 'dwelling', '2004-01-01', '2019-01-01', persons => 'person');
CREATE TABLE chain AS SELECT * FROM byudv.vacancy_chains('flow');

-- Residences
SELECT is((SELECT sum(to_date - from_date) FROM (SELECT from_date, coalesce(to_date, '2100-01-01') AS to_date FROM residence) r),
    (SELECT sum(upper(x) - lower(x)) FROM (SELECT range_agg(daterange(from_date, coalesce(to_date, '2100-01-01'))) AS days FROM address
        WHERE from_date < coalesce(to_date, '2100-01-01') GROUP BY person_id) p, unnest(days) x), 'person-days: those that records cover, each once');
SELECT is_empty($$SELECT * FROM (SELECT *, lead(from_date) OVER (PARTITION BY person_id ORDER BY from_date) AS next_from, lead(dwelling_id) OVER (PARTITION BY person_id ORDER BY from_date) AS next_at
    FROM residence) r WHERE next_from < coalesce(to_date, 'infinity') OR next_from = to_date AND next_at IS NOT DISTINCT FROM dwelling_id$$, 'residences of a person do not overlap, and those that touch are at different places');
SELECT is((SELECT r.used + r.no_start + r.negative + r.zero_length FROM byudv.residence_rejects('address') r), (SELECT count(*) FROM address), 'every record takes part or is counted as not');
SELECT is((SELECT (r.no_start, r.negative, r.zero_length)::text FROM byudv.residence_rejects('address') r), (SELECT (count(*) FILTER (WHERE from_date IS NULL),
    count(*) FILTER (WHERE to_date < from_date), count(*) FILTER (WHERE to_date = from_date))::text FROM address), 'and why');
SELECT is((SELECT array_agg(r::text) FROM byudv.residences('residence') r), (SELECT array_agg((person_id, dwelling_id, from_date, to_date, 1)::text) FROM residence), 'residences of residences are the same');
SELECT cmp_ok((SELECT count(*) FROM byudv.residences('address', 50)), '<', (SELECT count(*) FROM residence), 'gaps allowed, there are fewer');

-- Occupancies
SELECT is((SELECT sum(residents) FROM occupancy), (SELECT count(*) FROM residence WHERE dwelling_id IS NOT NULL), 'every residence in the area is in one occupancy');
SELECT is_empty($$SELECT dwelling_id FROM occupancy GROUP BY 1 HAVING max(occupancy) <> count(*) OR min(occupancy) <> 1$$, 'occupancies count from 1');
SELECT is_empty($$SELECT * FROM (SELECT *, lead(from_date) OVER w AS next_from, lead(to_date) OVER w AS next_to FROM occupancy WINDOW w AS (PARTITION BY dwelling_id ORDER BY occupancy)) o
    WHERE next_from < from_date OR next_from IS NOT NULL AND to_date IS NULL OR next_to <= to_date OR to_date - next_from > 30$$, 'and follow each other');

-- Vacancies
SELECT is_empty($$SELECT origin_vacancy_id FROM flow WHERE outcome = 'vacated' GROUP BY 1 HAVING sum(share) > 1 + 1e-12$$, 'a vacancy hands out at most 1 in all');
SELECT is_empty($$SELECT * FROM flow f WHERE outcome = 'vacated' AND NOT EXISTS (SELECT FROM flow o WHERE o.vacancy_id = f.origin_vacancy_id AND o.dwelling_id = f.origin_dwelling_id)$$,
    'what is set free is a vacancy of the result');
SELECT is((SELECT count(DISTINCT vacancy_id) FROM flow WHERE NOT is_new), (SELECT count(*) FROM occupancy WHERE to_date >= '2004-01-01' AND to_date < '2019-01-01'), 'a vacancy for each end of an occupancy');
SELECT is_empty($$SELECT * FROM flow WHERE is_new AND vacated_on <> (SELECT available_from FROM dwelling d WHERE d.dwelling_id = flow.dwelling_id)$$, 'new ones on the day they are available');
SELECT is_empty($$SELECT * FROM flow WHERE (outcome IN ('demolished', 'open', 'expired')) <> (movers = 0) AND NOT (outcome = 'from_outside' AND filled_on IS NOT NULL)$$, 'without movers: demolished, open, expired; or newborn only');
SELECT set_eq('SELECT DISTINCT outcome FROM flow', ARRAY['vacated', 'out_of_window', 'origin_occupied', 'returned', 'from_outside', 'demolished', 'open', 'expired'], 'every outcome is there');

-- Chains
SELECT is((SELECT count(*) FROM chain WHERE round = 0), (SELECT count(DISTINCT vacancy_id) FROM flow WHERE is_new), 'a chain for each new dwelling');
SELECT cmp_ok((SELECT max(round) FROM chain), '>', 5, 'some are long');
SELECT is_empty($$SELECT parent_vacancy_id, chain_id FROM chain WHERE round > 0 EXCEPT SELECT vacancy_id, chain_id FROM chain$$, 'every node has its parent');
-- what comes into a round is handed on or ends there: the vacated shares of a node's flows are its children, or were not entered (on the way already, or too light)
SELECT is((SELECT round(sum(c.weight * f.share)::numeric, 6) FROM chain c JOIN flow f USING (vacancy_id) WHERE f.outcome = 'vacated' AND c.round < 50)
    - (SELECT round(sum(weight)::numeric, 6) FROM chain WHERE round > 0) >= 0, true, 'no more goes on than is set free');
CREATE TABLE way AS
    WITH RECURSIVE w AS (
        SELECT vacancy_id AS chain_id, 0 AS round, vacancy_id, 1::double precision AS weight, ARRAY[vacancy_id] AS path FROM flow WHERE is_new GROUP BY 1
        UNION ALL
        SELECT w.chain_id, w.round + 1, f.origin_vacancy_id, w.weight * f.share, w.path || f.origin_vacancy_id
        FROM w JOIN flow f USING (vacancy_id) WHERE f.outcome = 'vacated' AND w.weight * f.share >= 1e-6 AND f.origin_vacancy_id <> ALL (w.path) AND w.round < 50)
    SELECT * FROM w;
SELECT results_eq('SELECT chain_id, round, vacancy_id, weight FROM byudv.vacancy_chains(''flow'')', 'SELECT chain_id, round, vacancy_id, weight FROM way ORDER BY chain_id, round, path',
    'chains are those of a recursive query, in order');

-- Memory: with a megabyte all goes through files, and gives the same, row by row
CREATE FUNCTION t.all_of(OUT what text, OUT sum text) RETURNS SETOF record LANGUAGE sql AS $$
    SELECT 'residences', md5(string_agg(x::text, '|')) FROM byudv.residences('address') x
    UNION ALL SELECT 'occupancies', md5(string_agg(x::text, '|')) FROM byudv.occupancies('residence') x
    UNION ALL SELECT 'vacancy_flows', md5(string_agg(x::text, '|')) FROM byudv.vacancy_flows('residence', 'dwelling', '2004-01-01', '2019-01-01', persons => 'person') x
    UNION ALL SELECT 'vacancy_chains', md5(string_agg(x::text, '|')) FROM byudv.vacancy_chains('flow') x
    UNION ALL SELECT 'moves', md5(string_agg(x::text, '|')) FROM byudv.moves('residence', 'person', 'address') x
$$;
CREATE TABLE much AS SELECT * FROM all_of();
SET maintenance_work_mem = '1MB';
SET work_mem = '64kB';
SELECT results_eq('SELECT * FROM all_of()', 'TABLE much', 'a megabyte of memory gives the same');
RESET work_mem;
SET maintenance_work_mem = '64MB';

-- Other orders
ALTER TABLE address RENAME TO address_in_order;
ALTER TABLE residence RENAME TO residence_in_order;
ALTER TABLE dwelling RENAME TO dwelling_in_order;
ALTER TABLE flow RENAME TO flow_in_order;
ALTER TABLE person RENAME TO person_in_order;
CREATE TABLE address AS SELECT * FROM address_in_order ORDER BY md5(address_in_order::text);
CREATE TABLE residence AS SELECT * FROM residence_in_order ORDER BY md5(residence_in_order::text);
CREATE TABLE dwelling AS SELECT * FROM dwelling_in_order ORDER BY md5(dwelling_in_order::text);
CREATE TABLE flow AS SELECT * FROM flow_in_order ORDER BY md5(flow_in_order::text);
CREATE TABLE person AS SELECT * FROM person_in_order ORDER BY md5(person_in_order::text);
SELECT results_eq('SELECT * FROM all_of()', 'TABLE much', 'rows in another order give the same');
SET max_parallel_workers_per_gather = 4;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SELECT results_eq('SELECT * FROM all_of()', 'TABLE much', 'parallel plans give the same');

-- Straight into a table
CREATE TABLE built (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer);
SELECT is((SELECT residences FROM byudv.build_residences('address', 'built')), (SELECT count(*) FROM residence), 'as many residences are built');
SELECT is((SELECT md5(string_agg(b::text, '|')) FROM built b), (SELECT sum FROM much WHERE what = 'residences'), 'the same, in the same order');

-- Aggregates
PREPARE by_person AS SELECT md5(string_agg((person_id, r.*)::text, '|' ORDER BY person_id, r.from_date)) FROM
    (SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) AS a FROM address GROUP BY person_id) x, unnest(a) r;
PREPARE by_dwelling AS SELECT md5(string_agg((dwelling_id, o.*)::text, '|' ORDER BY dwelling_id, o.occupancy)) FROM
    (SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) AS a FROM residence WHERE dwelling_id IS NOT NULL GROUP BY dwelling_id) x, unnest(a) o;
SELECT results_eq('EXECUTE by_person', 'SELECT sum FROM much WHERE what = ''residences''', 'residences by aggregate, with workers');
SELECT results_eq('EXECUTE by_dwelling', 'SELECT sum FROM much WHERE what = ''occupancies''', 'occupancies by aggregate, with workers');
SET enable_hashagg = off;
SELECT results_eq('EXECUTE by_person', 'SELECT sum FROM much WHERE what = ''residences''', 'residences by aggregate, sorted');
SELECT results_eq('EXECUTE by_dwelling', 'SELECT sum FROM much WHERE what = ''occupancies''', 'occupancies by aggregate, sorted');
RESET enable_hashagg;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '64kB';
SELECT results_eq('EXECUTE by_person', 'SELECT sum FROM much WHERE what = ''residences''', 'residences by aggregate, in little memory');
SELECT results_eq('EXECUTE by_dwelling', 'SELECT sum FROM much WHERE what = ''occupancies''', 'occupancies by aggregate, in little memory');

-- Moves
SELECT is((SELECT (count(arrival), count(departure))::text FROM byudv.moves('residence', 'person', 'address')),
    (SELECT (count(*), count(*) FILTER (WHERE to_date IS NOT NULL))::text FROM residence WHERE dwelling_id IS NOT NULL), 'each arrival and each departure once');
SELECT * FROM finish();
