-- The same observations give the same summary, to the bit: in whatever order, split, merged, stored and planned.
CREATE SCHEMA t_survival_merge;
-- 4,096 observations in 8 groups, with ties, delayed entry, repeated rows; times and counts of more than one byte
CREATE TABLE t_survival_merge.observation AS
    SELECT i AS id, i % 8 AS grp, CASE WHEN i % 3 = 0 THEN (i * 37) % 211 ELSE 0 END AS entry,
        CASE WHEN i % 3 = 0 THEN (i * 37) % 211 ELSE 0 END + 1 + (i * i) % CASE WHEN i % 2 = 0 THEN 97 ELSE 40009 END AS exit, i % 5 <> 0 AS event, (i * 7) % 5 AS cause, (1 + i % 4)::bigint AS n
    FROM generate_series(1, 4096) i;
ANALYZE t_survival_merge.observation;
-- By definition: for each time and kind a count, written as the type writes it
CREATE VIEW t_survival_merge.written AS
    WITH point AS (SELECT grp, exit AS t, CASE WHEN event THEN 'x' ELSE 'c' END AS kind FROM t_survival_merge.observation UNION ALL SELECT grp, entry, 'e' FROM t_survival_merge.observation WHERE entry > 0),
    item AS (SELECT g, t, kind, count(*) AS n FROM point, LATERAL (VALUES (grp), (-1)) v (g) GROUP BY g, t, kind),
    moment AS (SELECT g, t, t || string_agg(kind || n, '' ORDER BY position(kind in 'ecx')) AS word FROM item GROUP BY g, t)
    SELECT g AS grp, 's1 ' || string_agg(word, ' ' ORDER BY t) AS text FROM moment GROUP BY g;
CREATE TABLE t_survival_merge.whole AS SELECT byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c,
    byudv.survival_agg(entry, exit, event, n) AS sn, byudv.competing_risks_agg(entry, exit, cause, n) AS cn FROM t_survival_merge.observation;
SELECT length(s::text) > 10000 AS is_long, s::text = text AS as_written, s OPERATOR(byudv.=) text::byudv.survival AS as_read FROM t_survival_merge.whole, t_survival_merge.written WHERE grp = -1;
SELECT grp, byudv.survival_agg(entry, exit, event)::text = min(text) AS as_written FROM t_survival_merge.observation JOIN t_survival_merge.written USING (grp) GROUP BY grp ORDER BY grp;
-- text of competing risks: any cause as event is the survival summary; of each cause, that of its events
SELECT byudv.any_cause(c)::text = byudv.survival_agg(entry, exit, cause > 0)::text AS any_cause FROM t_survival_merge.whole, t_survival_merge.observation GROUP BY c::text, byudv.any_cause(c)::text;
SELECT k, byudv.cause_specific(c, k)::text = (SELECT byudv.survival_agg(entry, exit, cause = k)::text FROM t_survival_merge.observation) AS cause_specific FROM t_survival_merge.whole, generate_series(1, 5) k ORDER BY k;

-- Round trips
SELECT s::text::byudv.survival OPERATOR(byudv.=) s AS equal, s::text::byudv.survival::text = s::text AS same, c::text::byudv.competing_risks OPERATOR(byudv.=) c AS c_equal,
    byudv.survival_send(s::text::byudv.survival) = byudv.survival_send(s) AS same_bytes, byudv.survival_send(sn) <> byudv.survival_send(s) AS other_bytes FROM t_survival_merge.whole;
SELECT t, t::byudv.survival::text = t AS same FROM unnest('{s1,s1 o1,s1 0c1x1,s1 2147483647c1,s1 o9223372036854775807 1e127 2e128 3c127x128 16384e16384 2147483646c16383x1,s1 5x9223372036854775807}'::text[]) t ORDER BY t COLLATE "C";
SELECT t, t::byudv.competing_risks::text = t AS same FROM unnest('{c1,c1 o1,c1 0c1x1:1x64:1,c1 2147483647x2:9223372036854775807,c1 7e3 9c1x1:1x2:1x63:128x64:1}'::text[]) t ORDER BY t COLLATE "C";

-- Equality: of the counts, whatever they come from
SELECT a, b, a::byudv.survival OPERATOR(byudv.=) b::byudv.survival AS eq, a::byudv.survival OPERATOR(byudv.<>) b::byudv.survival AS ne,
    byudv.survival_hash(a::byudv.survival) = byudv.survival_hash(b::byudv.survival) AS hash, byudv.survival_hash_extended(a::byudv.survival, 7) = byudv.survival_hash_extended(b::byudv.survival, 7) AS extended
FROM (VALUES (1, 's1 5x1', 's1 5x1'), (2, 's1 5x1', 's1 5x2'), (3, 's1 5x1', 's1 5c1'), (4, 's1 5x1', 's1 6x1'), (5, 's1 5x1', 's1 o1 5x1'), (6, 's1 1e1 5x1', 's1 5x1'), (7, 's1', 's1'), (8, 's1', 's1 o1'), (9, 's1 5x1', NULL)) v (n, a, b) ORDER BY n;
SELECT a::byudv.competing_risks OPERATOR(byudv.=) b::byudv.competing_risks AS eq, a::byudv.competing_risks OPERATOR(byudv.<>) b::byudv.competing_risks AS ne,
    byudv.competing_risks_hash(a::byudv.competing_risks) = byudv.competing_risks_hash(b::byudv.competing_risks) AS hash
FROM (VALUES (1, 'c1 5x1:1', 'c1 5x1:1'), (2, 'c1 5x1:1', 'c1 5x2:1'), (3, 'c1', 'c1 o1')) v (n, a, b) ORDER BY n;
-- stored short, in line, compressed and out of line
CREATE TABLE t_survival_merge.stored (k int, s byudv.survival, c byudv.competing_risks);
INSERT INTO t_survival_merge.stored SELECT 1, s, c FROM t_survival_merge.whole UNION ALL SELECT 2, s::text::byudv.survival, c::text::byudv.competing_risks FROM t_survival_merge.whole
    UNION ALL SELECT 3, 's1 5x1', 'c1 5x1:1' UNION ALL SELECT 4, byudv.survival_agg(5, true), byudv.competing_risks_agg(5, 1) UNION ALL SELECT 5, 's1', 'c1' UNION ALL SELECT 6, NULL, NULL UNION ALL SELECT 7, NULL, NULL;
ALTER TABLE t_survival_merge.stored ALTER s SET STORAGE external;
INSERT INTO t_survival_merge.stored SELECT 8, s, c FROM t_survival_merge.whole;
ALTER TABLE t_survival_merge.stored ALTER s SET STORAGE main;
INSERT INTO t_survival_merge.stored SELECT 9, s, c FROM t_survival_merge.whole;
SELECT count(*) AS different, count(s) AS not_null FROM (SELECT DISTINCT s FROM t_survival_merge.stored) d;
SELECT count(*) AS different FROM (SELECT DISTINCT s, c FROM t_survival_merge.stored) d;
SELECT left(s::text, 12) AS s, n FROM (SELECT s, count(*) AS n FROM t_survival_merge.stored GROUP BY s) g ORDER BY left(s::text, 12) COLLATE "C";
SELECT count(*) AS pairs FROM t_survival_merge.stored a JOIN t_survival_merge.stored b ON a.s OPERATOR(byudv.=) b.s;
SELECT k FROM t_survival_merge.stored WHERE s IS NOT DISTINCT FROM NULL OR s OPERATOR(byudv.=) 's1 5x1' ORDER BY k;

-- Merged from any parts in any order
CREATE TABLE t_survival_merge.part AS
    SELECT way, part, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.observation, LATERAL (VALUES ('by group', grp), ('one each', id), ('two', id % 2),
        ('by time', exit / 1000), ('by outcome', event::int), ('large and small', (id > 4000)::int * id), ('all in one', 0)) v (way, part) GROUP BY way, part;
SELECT way, parts, up OPERATOR(byudv.=) w.s AND up::text = w.s::text AS upwards, down OPERATOR(byudv.=) w.s AS downwards, shuffled OPERATOR(byudv.=) w.s AS shuffled, risks OPERATOR(byudv.=) w.c AS risks, risks_shuffled::text = w.c::text AS risks_shuffled
FROM (SELECT way, count(*) AS parts, byudv.rollup(s ORDER BY part) AS up, byudv.rollup(s ORDER BY part DESC) AS down, byudv.rollup(s ORDER BY md5(part::text)) AS shuffled, byudv.rollup(c ORDER BY part) AS risks,
    byudv.rollup(c ORDER BY md5(part::text)) AS risks_shuffled FROM t_survival_merge.part GROUP BY way) p, t_survival_merge.whole w ORDER BY way COLLATE "C";
-- in steps, with empty ones and NULL between, and one added to itself
SELECT byudv.rollup(t.s)::text = (SELECT s::text FROM t_survival_merge.whole) AS in_steps FROM (SELECT byudv.rollup(s) AS s FROM t_survival_merge.part WHERE way = 'one each' GROUP BY part % 7
    UNION ALL SELECT 's1' UNION ALL SELECT NULL) t;
SELECT byudv.survival_combine('s1 o1 5x1', 's1 o2 3e1 5c2x3 9c1') AS sum, byudv.survival_combine('s1', 's1') AS empty, byudv.survival_combine(NULL, 's1') AS nothing, byudv.competing_risks_combine('c1 5x2:1', 'c1 5c1x1:1x2:1') AS risks;
SELECT byudv.rollup(s)::text = (SELECT byudv.survival_agg(entry, exit, event, 2)::text FROM t_survival_merge.observation) AS twice FROM (SELECT s FROM t_survival_merge.whole UNION ALL SELECT s FROM t_survival_merge.whole) t;
SELECT byudv.rollup(t::byudv.survival) FROM unnest('{s1 o1,NULL,s1,s1 o2 5x1}'::text[]) t;
SELECT byudv.rollup(t::byudv.survival) AS only_empty FROM unnest('{s1,s1}'::text[]) t;
-- the parts stay as they are
SELECT count(*) AS changed FROM t_survival_merge.part p WHERE way = 'by group' AND p.s::text <> (SELECT byudv.survival_agg(entry, exit, event)::text FROM t_survival_merge.observation WHERE grp = p.part);
-- shuffled rows, n as rows
SELECT count(*) AS orders, count(DISTINCT v.s::text) AS summaries, bool_and(v.s::text = w.s::text) AS same FROM t_survival_merge.whole w,
    (SELECT seed, byudv.survival_agg(entry, exit, event ORDER BY md5(id || ' ' || seed)) AS s FROM t_survival_merge.observation, generate_series(1, 20) seed GROUP BY seed) v;
SELECT r.s OPERATOR(byudv.=) w.sn AS n_as_rows, r.c OPERATOR(byudv.=) w.cn AS n_as_rows_risks
FROM (SELECT byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.observation, generate_series(1, n)) r, t_survival_merge.whole w;

-- Plans: a node of the plan, and whether it gives the same
CREATE FUNCTION t_survival_merge.nodes(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
BEGIN
    EXECUTE 'EXPLAIN (COSTS off, FORMAT json) ' || query INTO plan;
    RETURN (SELECT string_agg(DISTINCT concat_ws(' ', n->>'Partial Mode', n->>'Strategy', n->>'Node Type'), ', ' ORDER BY concat_ws(' ', n->>'Partial Mode', n->>'Strategy', n->>'Node Type'))
        FROM jsonb_path_query(plan, 'strict $.**') n WHERE jsonb_typeof(n) = 'object' AND n->>'Node Type' IN ('Aggregate', 'WindowAgg'));
END
$$;
CREATE TABLE t_survival_merge.truth AS SELECT grp, byudv.survival_agg(entry, exit, event ORDER BY id)::text AS s, byudv.competing_risks_agg(entry, exit, cause ORDER BY id)::text AS c FROM t_survival_merge.observation GROUP BY grp;
CREATE VIEW t_survival_merge.grouped AS SELECT grp, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.observation GROUP BY grp;
CREATE VIEW t_survival_merge.at_once AS SELECT byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.observation;
CREATE VIEW t_survival_merge.rolled AS SELECT byudv.rollup(s) AS s, byudv.rollup(c) AS c FROM t_survival_merge.part WHERE way = 'one each';
CREATE VIEW t_survival_merge.check AS
    SELECT 1 AS place, 'groups' AS what, t_survival_merge.nodes('TABLE t_survival_merge.grouped') AS nodes, (SELECT count(*) = 8 AND bool_and(g.s::text = t.s AND g.c::text = t.c) FROM t_survival_merge.grouped g JOIN t_survival_merge.truth t USING (grp)) AS same
    UNION ALL SELECT 2, 'all', t_survival_merge.nodes('TABLE t_survival_merge.at_once'), (SELECT a.s::text = w.s::text AND a.c::text = w.c::text FROM t_survival_merge.at_once a, t_survival_merge.whole w)
    UNION ALL SELECT 3, 'rollup', t_survival_merge.nodes('TABLE t_survival_merge.rolled'), (SELECT a.s::text = w.s::text AND a.c::text = w.c::text FROM t_survival_merge.rolled a, t_survival_merge.whole w);
SET max_parallel_workers_per_gather = 0;
SET enable_sort = off;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
SET enable_sort = on;
SET enable_hashagg = off;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
SET enable_hashagg = on;
-- workers: states that still grow go from them to the leader
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
ALTER TABLE t_survival_merge.observation SET (parallel_workers = 4);
ALTER TABLE t_survival_merge.part SET (parallel_workers = 4);
SET max_parallel_workers_per_gather = 1;
SET enable_hashagg = off;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
SET max_parallel_workers_per_gather = 3;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
SET parallel_leader_participation = on;
SET max_parallel_workers_per_gather = 4;
SELECT what, nodes, same FROM t_survival_merge.check ORDER BY place;
-- the workers' overflow shows when the leader adds up
SELECT byudv.survival_agg(0, exit, event, 9223372036854775807 / 4000) FROM t_survival_merge.observation;
RESET ALL;

-- Each partition by itself, then merged: what workers do when each gets a share, which small tables do not promise
CREATE TABLE t_survival_merge.parted (LIKE t_survival_merge.observation) PARTITION BY HASH (id);
CREATE TABLE t_survival_merge.parted0 PARTITION OF t_survival_merge.parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_survival_merge.parted1 PARTITION OF t_survival_merge.parted FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE t_survival_merge.parted2 PARTITION OF t_survival_merge.parted FOR VALUES WITH (MODULUS 8, REMAINDER 3);
CREATE TABLE t_survival_merge.parted3 PARTITION OF t_survival_merge.parted FOR VALUES WITH (MODULUS 8, REMAINDER 7);
INSERT INTO t_survival_merge.parted SELECT * FROM t_survival_merge.observation;
ANALYZE t_survival_merge.parted;
CREATE OR REPLACE VIEW t_survival_merge.grouped AS SELECT grp, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.parted GROUP BY grp;
CREATE OR REPLACE VIEW t_survival_merge.at_once AS SELECT byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.parted;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SET enable_sort = off;
SELECT what, nodes, same FROM t_survival_merge.check WHERE what <> 'rollup' ORDER BY place;
SET enable_sort = on;
SET enable_hashagg = off;
SELECT what, nodes, same FROM t_survival_merge.check WHERE what <> 'rollup' ORDER BY place;
RESET ALL;

-- Hash aggregation that has to write its groups to disk: one summary for each of 4,096, and the same of them together
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
SET enable_sort = off;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE t_survival_merge.spilled AS SELECT id, byudv.survival_agg(entry, exit, event) AS s, byudv.competing_risks_agg(entry, exit, cause) AS c FROM t_survival_merge.observation, generate_series(1, 3) GROUP BY id;
SELECT count(*) AS groups, count(*) FILTER (WHERE s.s::text <> (SELECT byudv.survival_agg(entry, exit, event, 3)::text FROM t_survival_merge.observation o WHERE o.id = s.id)) AS wrong FROM t_survival_merge.spilled s;
SELECT byudv.rollup(s)::text = (SELECT byudv.survival_agg(entry, exit, event, 3)::text FROM t_survival_merge.observation) AS same FROM t_survival_merge.spilled;
RESET ALL;

-- Window frames: the state goes on growing after each answer
CREATE VIEW t_survival_merge.ten AS SELECT * FROM t_survival_merge.observation WHERE id <= 10;
SELECT id, byudv.survival_agg(exit, event) OVER (ORDER BY id) AS so_far FROM t_survival_merge.ten WHERE id <= 4 ORDER BY id;
CREATE TABLE t_survival_merge.framed AS SELECT id, grp, byudv.survival_agg(entry, exit, event) OVER w AS growing, byudv.survival_agg(entry, exit, event) OVER (w ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING) AS moving,
    byudv.rollup(o.s) OVER w AS rolled, byudv.survival_agg(entry, exit, event) OVER (PARTITION BY grp) AS all_of_group
FROM (SELECT *, format('s1 %s%s%s1', CASE WHEN entry > 0 THEN entry || 'e1 ' END, exit, CASE WHEN event THEN 'x' ELSE 'c' END)::byudv.survival AS s FROM t_survival_merge.observation WHERE id <= 800) o WINDOW w AS (PARTITION BY grp ORDER BY id);
SELECT count(*) AS rows, count(*) FILTER (WHERE growing::text <> g.s) AS growing, count(*) FILTER (WHERE rolled::text <> g.s) AS rolled, count(*) FILTER (WHERE moving::text <> m.s) AS moving, count(*) FILTER (WHERE all_of_group::text <> a.s) AS all_of_group
FROM t_survival_merge.framed f,
    LATERAL (SELECT byudv.survival_agg(entry, exit, event)::text AS s FROM t_survival_merge.observation o WHERE o.grp = f.grp AND o.id <= f.id) g,
    LATERAL (SELECT byudv.survival_agg(entry, exit, event)::text AS s FROM t_survival_merge.observation o WHERE o.grp = f.grp AND o.id BETWEEN f.id - 24 AND f.id + 8 AND o.id <= 800) m,
    LATERAL (SELECT byudv.survival_agg(entry, exit, event)::text AS s FROM t_survival_merge.observation o WHERE o.grp = f.grp AND o.id <= 800) a;
SELECT i, byudv.survival_agg(i, true) FILTER (WHERE i > 2) OVER (ORDER BY i) AS s FROM generate_series(1, 4) i ORDER BY i;

-- Sets of groups at once, and steps outside of an aggregate
SELECT grp, byudv.survival_agg(exit, event)::text = (SELECT byudv.survival_agg(exit, event)::text FROM t_survival_merge.observation o WHERE o.grp = g.grp OR g.grp IS NULL) AS same FROM t_survival_merge.observation g GROUP BY ROLLUP (grp) ORDER BY grp;
SELECT byudv.survival_transition(byudv.survival_transition(NULL, 5, true), 2, 7, false) AS steps, byudv.survival_final('s1 5x1') AS final, byudv.competing_risks_transition('c1 5x1:1', 5, 2) AS risks;

-- Sorting: an order by bytes, in which the same counts are equal; it serves GROUP BY beside an ordered aggregate, and merge joins
CREATE VIEW t_survival_merge.some AS SELECT i, s::byudv.survival AS s FROM (VALUES (1, 's1 5x1'), (2, 's1 5x2'), (3, 's1 5x1'), (4, 's1'), (5, 's1 5x1 6x1')) v (i, s);
SELECT s::text, array_agg(i ORDER BY i) AS i FROM t_survival_merge.some GROUP BY s ORDER BY array_agg(i ORDER BY i);
SELECT s::text, array_agg(i ORDER BY i) AS i FROM (SELECT i, s::byudv.competing_risks AS s FROM (VALUES (1, 'c1 5x1:1'), (2, 'c1 5x1:2'), (3, 'c1 5x1:1')) v (i, s)) x
GROUP BY s ORDER BY array_agg(i ORDER BY i);
SELECT count(*) AS pairs, count(*) FILTER (WHERE (a.s OPERATOR(byudv.<) b.s)::int + (a.s OPERATOR(byudv.=) b.s)::int + (a.s OPERATOR(byudv.>) b.s)::int = 1
        AND (a.s OPERATOR(byudv.<=) b.s) = ((a.s OPERATOR(byudv.<) b.s) OR (a.s OPERATOR(byudv.=) b.s)) AND (a.s OPERATOR(byudv.>=) b.s) = (b.s OPERATOR(byudv.<=) a.s)
        AND sign(byudv.survival_cmp(a.s, b.s)) = -sign(byudv.survival_cmp(b.s, a.s))) AS in_order
FROM t_survival_merge.some a, t_survival_merge.some b;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT count(*) FROM t_survival_merge.some a JOIN t_survival_merge.some b ON a.s OPERATOR(byudv.=) b.s;
RESET enable_hashjoin;
RESET enable_nestloop;
SET client_min_messages = warning;
DROP SCHEMA t_survival_merge CASCADE;
