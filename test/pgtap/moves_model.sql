-- Residences, occupancies, vacancies, their flows and chains against a model of them: the definitions word by word, day by day and set by set, slow and
-- obvious. First the model (and what is tested) gives what was worked out by hand; then both give the same rows in the same order for thousands of small
-- made-up registers, each with its own numbers, and for shuffled copies of them.
-- To see what the model says of itself:  psql -v tested=model -f moves_model.sql
\if :{?tested}
\else
\set tested byudv
\endif
BEGIN;
CREATE SCHEMA model;
SET LOCAL search_path = model, public, pg_temp;
SET LOCAL client_min_messages = warning;
SET LOCAL work_mem = '256MB';
SET LOCAL max_parallel_workers_per_gather = 0; -- the order is looked at in which a function gives its rows
SET LOCAL jit = off;
SELECT plan(63 + 139 * CASE :'tested' WHEN 'model' THEN 1 ELSE 2 END); -- 139 by hand

-- ---- The model. It trusts its input: errors are tested elsewhere.

-- Each day of each row that takes part; on each day the row that dominates; the days of a person in order, where a residence begins when the address is
-- another than on the last covered day, or that day is too long ago. An ongoing row lasts one day longer than anything that is known of the person.
CREATE FUNCTION model.residences(address_periods regclass, max_gap integer DEFAULT 0)
RETURNS TABLE (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer) LANGUAGE plpgsql AS $fn$
BEGIN
    RETURN QUERY EXECUTE format($$
        WITH period AS (
            SELECT row_number() OVER () AS record, person_id, dwelling_id, from_date, coalesce(to_date, 'infinity') AS to_date
            FROM %s WHERE isfinite(from_date) AND (to_date IS NULL OR to_date > from_date)
        ), horizon AS (
            SELECT person_id, max(d) + 1 AS horizon FROM period, LATERAL (VALUES (from_date), (to_date)) v (d) WHERE isfinite(d) GROUP BY person_id
        ), covered AS (
            SELECT p.*, horizon, p.from_date + i AS day FROM period p JOIN horizon USING (person_id),
                LATERAL generate_series(0, CASE WHEN p.to_date = 'infinity' THEN horizon ELSE p.to_date END - p.from_date - 1) i
        ), lived AS (
            SELECT DISTINCT ON (person_id, day) person_id, day, dwelling_id, record, horizon FROM covered
            ORDER BY person_id, day, from_date DESC, to_date DESC, dwelling_id ASC NULLS FIRST, record
        ), compared AS (
            SELECT *, lag(day) OVER before AS last_day, lag(dwelling_id) OVER before AS last_dwelling FROM lived WINDOW before AS (PARTITION BY person_id ORDER BY day)
        ), numbered AS (
            SELECT *, count(*) FILTER (WHERE last_day IS NULL OR last_dwelling IS DISTINCT FROM dwelling_id OR day - last_day - 1 > $1)
                OVER (PARTITION BY person_id ORDER BY day) AS residence FROM compared
        )
        SELECT person_id::bigint, dwelling_id::bigint, min(day), nullif(max(day) + 1, horizon), count(DISTINCT record)::integer
        FROM numbered GROUP BY person_id, residence, dwelling_id, horizon ORDER BY person_id, min(day)$$, address_periods) USING max_gap;
END $fn$;

CREATE FUNCTION model.residence_rejects(address_periods regclass)
RETURNS TABLE (no_start bigint, negative bigint, zero_length bigint, used bigint) LANGUAGE plpgsql AS $fn$
BEGIN
    RETURN QUERY EXECUTE format($$
        SELECT count(*) FILTER (WHERE why = 'no_start'), count(*) FILTER (WHERE why = 'negative'), count(*) FILTER (WHERE why = 'zero_length'),
            count(*) FILTER (WHERE why = 'used')
        FROM (SELECT CASE WHEN from_date IS NULL OR NOT isfinite(from_date) THEN 'no_start' WHEN to_date < from_date THEN 'negative'
            WHEN to_date = from_date THEN 'zero_length' ELSE 'used' END AS why FROM %s) p$$, address_periods);
END $fn$;

-- Each residence of a dwelling with the number of the occupancy that it belongs to; infinity while it goes on. The sweep as it is defined.
CREATE FUNCTION model.occupancy_member(residences regclass, overlap_tolerance integer)
RETURNS TABLE (person_id bigint, dwelling_id bigint, from_date date, to_date date, occupancy integer) LANGUAGE plpgsql AS $fn$
DECLARE
    at bigint; -- dwelling that is swept
    cur_end date;
    is_new boolean;
BEGIN
    FOR person_id, dwelling_id, from_date, to_date IN EXECUTE format($$
        SELECT person_id, dwelling_id, from_date, coalesce(to_date, 'infinity') FROM %s
        WHERE dwelling_id IS NOT NULL ORDER BY dwelling_id, from_date, coalesce(to_date, 'infinity'), person_id$$, residences)
    LOOP
        IF at IS DISTINCT FROM dwelling_id THEN
            at := dwelling_id;
            occupancy := 1;
            cur_end := to_date;
        ELSE
            IF cur_end = 'infinity' THEN
                is_new := false; -- the overlap is infinite
            ELSE
                is_new := cur_end - from_date <= overlap_tolerance AND to_date > cur_end;
            END IF;
            IF is_new THEN
                occupancy := occupancy + 1;
                cur_end := to_date;
            ELSE
                cur_end := greatest(cur_end, to_date);
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
END $fn$;

CREATE FUNCTION model.occupancies(residences regclass, overlap_tolerance integer DEFAULT 30)
RETURNS TABLE (dwelling_id bigint, occupancy integer, from_date date, to_date date, residents integer) LANGUAGE sql AS $$
    SELECT dwelling_id, occupancy, min(from_date), nullif(max(to_date), 'infinity'), count(*)::integer
    FROM model.occupancy_member(residences, overlap_tolerance) GROUP BY dwelling_id, occupancy ORDER BY dwelling_id, occupancy $$;

CREATE FUNCTION model.vacancy_flows(residences regclass, dwellings regclass, study_from date, study_to date, overlap_tolerance integer DEFAULT 30,
    group_window integer DEFAULT 30, link_gap integer DEFAULT 90, empty_window integer DEFAULT 90, max_vacancy integer DEFAULT 365, persons regclass DEFAULT NULL)
RETURNS TABLE (vacancy_id bigint, dwelling_id bigint, vacated_on date, filled_on date, outcome text, origin_dwelling_id bigint, origin_vacancy_id bigint,
    movers integer, share double precision, is_new boolean) LANGUAGE plpgsql AS $fn$
#variable_conflict use_column
BEGIN
    DROP TABLE IF EXISTS m_dwelling, m_born, m_member, m_occupancy, m_residence, m_leavers, m_vacancy, m_mover;
    EXECUTE format('CREATE TEMPORARY TABLE m_dwelling ON COMMIT DROP AS SELECT dwelling_id, available_from, demolished_on FROM %s', dwellings);
    CREATE TEMPORARY TABLE m_born (person_id bigint, born_on date) ON COMMIT DROP;
    IF persons IS NOT NULL THEN
        EXECUTE format('INSERT INTO m_born SELECT person_id, born_on FROM %s', persons);
    END IF;
    CREATE TEMPORARY TABLE m_member ON COMMIT DROP AS SELECT * FROM model.occupancy_member(residences, overlap_tolerance);
    CREATE TEMPORARY TABLE m_occupancy ON COMMIT DROP AS SELECT * FROM model.occupancies(residences, overlap_tolerance);

    -- residences of a person in order; each with its occupancy (residences that are alike in all are in the same), none where it is outside
    EXECUTE format($$CREATE TEMPORARY TABLE m_residence ON COMMIT DROP AS
        SELECT r.*, m.occupancy FROM (
            SELECT person_id, dwelling_id, from_date, coalesce(to_date, 'infinity') AS to_date,
                row_number() OVER (PARTITION BY person_id ORDER BY from_date, coalesce(to_date, 'infinity'), dwelling_id NULLS FIRST) AS nth FROM %s) r
        LEFT JOIN (SELECT DISTINCT * FROM m_member) m USING (person_id, dwelling_id, from_date, to_date)$$, residences);

    -- how many left each occupancy last
    CREATE TEMPORARY TABLE m_leavers ON COMMIT DROP AS
        SELECT e.dwelling_id, e.occupancy, count(*) AS leavers FROM m_occupancy e JOIN m_member m USING (dwelling_id, occupancy)
        WHERE m.to_date >= e.to_date - empty_window GROUP BY e.dwelling_id, e.occupancy;

    -- the vacancies, by the number of the occupancy before; the occupancy that fills them; and how they end without movers
    CREATE TEMPORARY TABLE m_vacancy ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY v.dwelling_id, v.number) AS vacancy_id, v.*, f.from_date AS filled_on, CASE
            WHEN f.from_date IS NULL AND d.demolished_on < study_to THEN 'demolished'
            WHEN f.from_date IS NULL AND study_to - v.vacated_on <= max_vacancy THEN 'open'
            WHEN f.from_date IS NULL THEN 'expired'
            WHEN f.from_date - v.vacated_on > max_vacancy THEN 'expired' END AS ended
        FROM (
            SELECT d.dwelling_id, 0 AS number, d.available_from AS vacated_on FROM m_dwelling d
            WHERE d.available_from >= study_from AND d.available_from < study_to
                AND NOT EXISTS (SELECT FROM m_occupancy o WHERE o.dwelling_id = d.dwelling_id AND o.occupancy = 1 AND o.from_date < d.available_from - max_vacancy)
            UNION ALL
            SELECT o.dwelling_id, o.occupancy, o.to_date FROM m_occupancy o WHERE o.to_date >= study_from AND o.to_date < study_to) v
        LEFT JOIN m_occupancy f ON f.dwelling_id = v.dwelling_id AND f.occupancy = v.number + 1 AND f.from_date < study_to
        LEFT JOIN m_dwelling d ON d.dwelling_id = v.dwelling_id;

    ANALYZE m_residence;
    ANALYZE m_vacancy;
    ANALYZE m_occupancy;
    ANALYZE m_leavers;

    -- r moves in, was in p just before, which was in occupancy e of another dwelling, after which there was vacancy o
    CREATE TEMPORARY TABLE m_mover ON COMMIT DROP AS
        SELECT m.vacancy_id, outcome, CASE WHEN outcome <> 'from_outside' THEN origin END AS origin_dwelling_id,
            CASE WHEN outcome = 'vacated' THEN origin_vacancy END AS origin_vacancy_id, CASE WHEN outcome = 'vacated' THEN 1.0 / leavers ELSE 0 END AS share
        FROM (
            SELECT v.vacancy_id, p.dwelling_id AS origin, o.vacancy_id AS origin_vacancy, l.leavers, CASE
                WHEN p.person_id IS NULL OR p.dwelling_id IS NULL THEN 'from_outside'
                WHEN p.to_date <> 'infinity' AND r.from_date - nullif(p.to_date, 'infinity') > link_gap THEN 'from_outside'
                WHEN p.dwelling_id = v.dwelling_id THEN 'returned'
                WHEN e.to_date IS NOT NULL AND p.to_date >= e.to_date - empty_window THEN
                    CASE WHEN e.to_date >= study_from AND e.to_date < study_to THEN 'vacated' ELSE 'out_of_window' END
                ELSE 'origin_occupied' END AS outcome
            FROM m_vacancy v
            JOIN m_residence r ON r.dwelling_id = v.dwelling_id AND r.occupancy = v.number + 1 AND r.from_date < v.filled_on + group_window
            LEFT JOIN m_residence p ON p.person_id = r.person_id AND p.nth = r.nth - 1
            LEFT JOIN m_occupancy e ON e.dwelling_id = p.dwelling_id AND e.occupancy = p.occupancy
            LEFT JOIN m_leavers l ON l.dwelling_id = p.dwelling_id AND l.occupancy = p.occupancy
            LEFT JOIN m_vacancy o ON o.dwelling_id = p.dwelling_id AND o.number = p.occupancy
            WHERE v.filled_on IS NOT NULL AND v.ended IS NULL
                AND NOT EXISTS (SELECT FROM m_born b WHERE b.person_id = r.person_id AND b.born_on = r.from_date)) m;

    -- a filled vacancy without any mover (all born there) has a row as well
    RETURN QUERY
        SELECT v.vacancy_id, v.dwelling_id::bigint, v.vacated_on, v.filled_on, coalesce(v.ended, m.outcome, 'from_outside'), m.origin_dwelling_id::bigint, m.origin_vacancy_id,
            count(m.vacancy_id)::integer, coalesce(sum(m.share), 0)::double precision, v.number = 0
        FROM m_vacancy v LEFT JOIN m_mover m ON m.vacancy_id = v.vacancy_id
        GROUP BY v.vacancy_id, v.dwelling_id, v.number, v.vacated_on, v.filled_on, v.ended, m.outcome, m.origin_dwelling_id, m.origin_vacancy_id
        ORDER BY v.vacancy_id, array_position('{vacated,out_of_window,origin_occupied,returned,from_outside}', m.outcome), m.origin_dwelling_id, m.origin_vacancy_id;
END $fn$;

CREATE FUNCTION model.vacancy_chains(flows regclass, max_rounds integer DEFAULT 50, min_weight double precision DEFAULT 1e-6, starts bigint[] DEFAULT NULL)
RETURNS TABLE (chain_id bigint, round integer, vacancy_id bigint, dwelling_id bigint, vacated_on date, weight double precision, parent_vacancy_id bigint)
LANGUAGE plpgsql AS $fn$
BEGIN
    RETURN QUERY EXECUTE format($$
        WITH RECURSIVE given AS MATERIALIZED (
            SELECT vacancy_id::bigint, dwelling_id::bigint, vacated_on, outcome, origin_dwelling_id::bigint, origin_vacancy_id::bigint, share, is_new FROM %s
        ), vacancy AS MATERIALIZED (
            SELECT DISTINCT vacancy_id, dwelling_id, vacated_on, is_new FROM given
        ), tree AS (
            SELECT vacancy_id AS chain_id, 0 AS round, vacancy_id, dwelling_id, vacated_on, 1::double precision AS weight, NULL::bigint AS parent_vacancy_id,
                ARRAY[vacancy_id] AS path FROM vacancy WHERE CASE WHEN $3 IS NULL THEN is_new ELSE vacancy_id = ANY ($3) END
            UNION ALL
            SELECT t.chain_id, t.round + 1, f.origin_vacancy_id, CASE WHEN v.vacancy_id IS NULL THEN f.origin_dwelling_id ELSE v.dwelling_id END, v.vacated_on,
                t.weight * f.share, t.vacancy_id, t.path || f.origin_vacancy_id
            FROM tree t JOIN given f ON f.vacancy_id = t.vacancy_id AND f.outcome = 'vacated' LEFT JOIN vacancy v ON v.vacancy_id = f.origin_vacancy_id
            WHERE t.round + 1 <= $1 AND t.weight * f.share >= $2 AND f.origin_vacancy_id <> ALL (t.path)
        )
        SELECT chain_id, round, vacancy_id, dwelling_id, vacated_on, weight, parent_vacancy_id FROM tree ORDER BY chain_id, round, path$$, flows)
    USING max_rounds, min_weight, starts;
END $fn$;

-- ---- Worked out by hand. Dwellings are A, B, ..., - is outside; days count from 1 January 2020, oo is NULL, inf is infinity, ? is a start that is NULL;
-- "2:A[0,10)" is person 2, who is 1 where nobody is named. In what is said, x2 counts records or residents, A#1 is vacancy 1, which is of A, and + new.

CREATE TABLE case_period (person_id bigint, dwelling_id bigint, from_date date, to_date date);
CREATE TABLE case_dwelling (dwelling_id bigint, available_from date, demolished_on date);
CREATE TABLE case_person (person_id bigint, born_on date);

CREATE FUNCTION model.day(date) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN $1 IS NULL THEN 'oo' WHEN isfinite($1) THEN ($1 - '2020-01-01')::text ELSE $1::text END $$;
CREATE FUNCTION model.day(text) RETURNS date LANGUAGE sql AS $$
    SELECT CASE WHEN $1 IN ('oo', '?') THEN NULL WHEN $1 ~ 'inf' THEN replace($1, 'inf', 'infinity')::date ELSE '2020-01-01'::date + $1::integer END $$;
CREATE FUNCTION model.letter(bigint) RETURNS text LANGUAGE sql AS $$ SELECT CASE WHEN $1 IS NULL THEN '-' ELSE chr(64 + $1::integer) END $$;
CREATE FUNCTION model.letter(text) RETURNS bigint LANGUAGE sql AS $$ SELECT CASE WHEN $1 <> '-' THEN ascii($1) - 64 END $$;
CREATE FUNCTION model.periods(text) RETURNS TABLE (person_id bigint, dwelling_id bigint, from_date date, to_date date) LANGUAGE sql AS $$
    SELECT coalesce(m[1]::bigint, 1), model.letter(m[2]), model.day(m[3]), model.day(m[4]) FROM string_to_table($1, ' ') t,
        regexp_match(t, '^(?:([0-9]+):)?([-A-Z])\[([^,]+),([^)]+)\)$') m $$;

CREATE FUNCTION model.residences_of(tested text, periods text, max_gap integer DEFAULT 0) RETURNS text LANGUAGE plpgsql AS $fn$
DECLARE answer text;
BEGIN
    DELETE FROM case_period;
    INSERT INTO case_period SELECT * FROM model.periods(periods);
    EXECUTE format($$SELECT string_agg(CASE WHEN person_id > 1 THEN person_id || ':' ELSE '' END
        || format('%%s[%%s,%%s)x%%s', model.letter(dwelling_id), model.day(from_date), model.day(to_date), records), ' ')
        FROM %I.residences('model.case_period', %s)$$, tested, max_gap) INTO answer;
    RETURN answer;
END $fn$;

CREATE FUNCTION model.occupancies_of(tested text, residences text, overlap_tolerance integer DEFAULT 30) RETURNS text LANGUAGE plpgsql AS $fn$
DECLARE answer text;
BEGIN
    DELETE FROM case_period;
    INSERT INTO case_period SELECT * FROM model.periods(residences);
    EXECUTE format($$SELECT string_agg(format('%%s%%s[%%s,%%s)x%%s', model.letter(dwelling_id), occupancy, model.day(from_date), model.day(to_date), residents), ' ')
        FROM %I.occupancies('model.case_period', %s)$$, tested, overlap_tolerance) INTO answer;
    RETURN answer;
END $fn$;

-- dwellings: "A[5,oo)" is available from day 5 and not demolished. persons: "3:70" is born on day 70. The window is [study_from, study_to).
CREATE FUNCTION model.flows_of(tested text, residences text, dwellings text DEFAULT '', persons text DEFAULT NULL, study_from integer DEFAULT 0, study_to integer DEFAULT 400,
    group_window integer DEFAULT 30, link_gap integer DEFAULT 90, empty_window integer DEFAULT 90, max_vacancy integer DEFAULT 365) RETURNS text LANGUAGE plpgsql AS $fn$
DECLARE answer text;
BEGIN
    DELETE FROM case_period;
    DELETE FROM case_dwelling;
    DELETE FROM case_person;
    INSERT INTO case_period SELECT * FROM model.periods(residences) WHERE residences <> '';
    INSERT INTO case_dwelling SELECT dwelling_id, from_date, to_date FROM model.periods(dwellings) WHERE dwellings <> '';
    INSERT INTO case_person SELECT split_part(t, ':', 1)::bigint, model.day(split_part(t, ':', 2)) FROM string_to_table(persons, ' ') t;
    EXECUTE format($$SELECT string_agg(format('%%s#%%s%%s %%s>%%s %%s%%s%%s %%s*%%s', model.letter(dwelling_id), vacancy_id, CASE WHEN is_new THEN '+' END, model.day(vacated_on),
            CASE WHEN filled_on IS NULL THEN '-' ELSE model.day(filled_on) END, outcome, ' ' || chr(64 + origin_dwelling_id::integer), '#' || origin_vacancy_id, movers, round(share::numeric, 3)), '; ')
        FROM %I.vacancy_flows('model.case_period', 'model.case_dwelling', model.day(%s::text), model.day(%s::text), 30, %s, %s, %s, %s, %s)$$, tested, study_from, study_to,
        group_window, link_gap, empty_window, max_vacancy, CASE WHEN persons IS NOT NULL THEN quote_literal('model.case_person') ELSE 'NULL' END) INTO answer;
    RETURN answer;
END $fn$;

-- flows: "1+>2*0.5" is vacancy 1, new, that got half of what vacancy 2 hands out; "4" is one that nothing is known to follow. Vacancy 7 is of dwelling 70, vacated on day 7.
-- What is said: "1/2:3>4*0.5" is chain 1, round 2, vacancy 4 after 3, weight.
CREATE TABLE case_flow (vacancy_id bigint, dwelling_id bigint, vacated_on date, filled_on date, outcome text, origin_dwelling_id bigint, origin_vacancy_id bigint,
    movers integer, share double precision, is_new boolean);
CREATE FUNCTION model.chains_of(tested text, flows text, max_rounds integer DEFAULT 50, min_weight double precision DEFAULT 1e-6, starts bigint[] DEFAULT NULL)
RETURNS text LANGUAGE plpgsql AS $fn$
DECLARE answer text;
BEGIN
    DELETE FROM case_flow;
    INSERT INTO case_flow SELECT m[1]::bigint, m[1]::bigint * 10, model.day(m[1]), model.day(m[1]), CASE WHEN m[3] IS NULL THEN 'from_outside' ELSE 'vacated' END,
        m[3]::bigint * 10, m[3]::bigint, 1, coalesce(m[4]::double precision, 0), m[2] = '+'
        FROM string_to_table(flows, ' ') t, regexp_match(t, '^([0-9]+)(\+?)(?:>([0-9]+)\*([0-9.]+))?$') m;
    EXECUTE format($$SELECT string_agg(format('%%s/%%s:%%s%%s*%%s%%s', chain_id, round, parent_vacancy_id || '>', vacancy_id, weight,
            CASE WHEN dwelling_id <> vacancy_id * 10 OR vacated_on <> model.day(vacancy_id::text) THEN ' wrong' WHEN vacated_on IS NULL THEN '?' END), ' ')
        FROM %I.vacancy_chains('model.case_flow', %s, %s, %L)$$, tested, max_rounds, min_weight, starts) INTO answer;
    RETURN answer;
END $fn$;

-- the model by itself, and what is tested where that is another
CREATE TABLE tested (name text, position integer);
INSERT INTO tested VALUES ('model', 1);
INSERT INTO tested SELECT :'tested', 2 WHERE :'tested' <> 'model';

SELECT is(model.residences_of(name, periods, max_gap), expected, format('%s: residences of %s%s', name, periods, CASE WHEN max_gap > 0 THEN ', gaps up to ' || max_gap ELSE '' END))
FROM tested, (VALUES
    (1, 'A[0,10) A[10,20)', 0, 'A[0,20)x2'),
    (2, 'A[0,oo) B[5,8)', 0, 'A[0,5)x1 B[5,8)x1 A[8,oo)x1'),
    (3, 'A[0,10) A[11,20)', 0, 'A[0,10)x1 A[11,20)x1'),
    (4, 'A[0,10) A[11,20)', 1, 'A[0,20)x2'),
    (5, 'A[0,10) A[3,5)', 0, 'A[0,10)x2'),
    (6, 'A[0,10) B[0,10)', 0, 'A[0,10)x1'),
    -- nested at another address; three deep; each resumes
    (7, 'A[0,20) B[5,8)', 0, 'A[0,5)x1 B[5,8)x1 A[8,20)x1'),
    (8, 'A[0,30) B[5,20) C[8,12)', 0, 'A[0,5)x1 B[5,8)x1 C[8,12)x1 B[12,20)x1 A[20,30)x1'),
    (9, 'A[0,30) B[5,20) A[8,12)', 0, 'A[0,5)x1 B[5,8)x1 A[8,12)x1 B[12,20)x1 A[20,30)x1'),
    -- identical duplicates count once; a row that never dominates does not count
    (10, 'A[0,10) A[0,10) A[0,10)', 0, 'A[0,10)x1'),
    (11, 'A[0,10) A[0,20)', 0, 'A[0,20)x1'),
    (12, 'A[0,20) A[5,8)', 0, 'A[0,20)x2'),
    (13, 'A[0,10) A[5,20)', 0, 'A[0,20)x2'),
    -- ties: the later end, ongoing latest of all, then outside, then the smaller number
    (14, 'A[0,5) B[0,10)', 0, 'B[0,10)x1'),
    (15, 'A[0,100) B[0,oo)', 0, 'B[0,oo)x1'),
    (16, 'A[0,oo) B[0,inf)', 0, 'A[0,oo)x1'),
    (17, 'A[0,10) -[0,10)', 0, '-[0,10)x1'),
    (18, 'B[0,10) A[0,10) C[0,10)', 0, 'A[0,10)x1'),
    -- two ongoing rows; infinity
    (19, 'A[0,oo) B[5,oo)', 0, 'A[0,5)x1 B[5,oo)x1'),
    (20, 'A[0,inf) A[5,oo)', 0, 'A[0,oo)x2'),
    (21, 'A[0,inf) B[5,8)', 0, 'A[0,5)x1 B[5,8)x1 A[8,oo)x1'),
    -- what takes no part
    (22, 'A[?,10) A[inf,oo) A[-inf,5) A[10,5) A[5,5) A[9,-inf) A[0,4)', 0, 'A[0,4)x1'),
    (23, 'A[?,10)', 0, NULL),
    -- three addresses on one day; there and back
    (24, 'A[0,10) B[10,10) C[10,20)', 0, 'A[0,10)x1 C[10,20)x1'),
    (25, 'A[0,oo) B[10,oo) C[10,oo)', 0, 'A[0,10)x1 B[10,oo)x1'),
    (26, 'A[0,10) B[10,20) A[20,30)', 0, 'A[0,10)x1 B[10,20)x1 A[20,30)x1'),
    -- gaps: the largest, one more, several, with something between, that somebody else covers
    (27, 'A[0,10) A[15,20)', 5, 'A[0,20)x2'),
    (28, 'A[0,10) A[16,20)', 5, 'A[0,10)x1 A[16,20)x1'),
    (29, 'A[0,10) A[11,20) A[21,30)', 1, 'A[0,30)x3'),
    (30, 'A[0,10) B[10,11) A[11,20)', 5, 'A[0,10)x1 B[10,11)x1 A[11,20)x1'),
    (31, 'A[0,10) -[11,12) A[13,20)', 5, 'A[0,10)x1 -[11,12)x1 A[13,20)x1'),
    (32, '1:A[0,10) 2:B[10,12) 1:A[12,20)', 5, 'A[0,20)x2 2:B[10,12)x1'),
    (33, 'A[0,10) B[11,20)', 5, 'A[0,10)x1 B[11,20)x1'),
    (34, 'A[0,10) A[12,oo)', 2, 'A[0,oo)x2'),
    -- 29 February 2020 is day 59
    (35, 'A[0,59) A[60,70)', 0, 'A[0,59)x1 A[60,70)x1'),
    (36, 'A[0,59) A[60,70)', 1, 'A[0,70)x2'),
    -- outside is one place
    (37, '-[0,10) -[10,20) A[20,oo)', 0, '-[0,20)x2 A[20,oo)x1'),
    (38, '-[0,10) -[11,20)', 1, '-[0,20)x2'),
    -- far ahead; order of persons
    (39, 'A[0,oo) B[30000,oo)', 0, 'A[0,30000)x1 B[30000,oo)x1'),
    (40, '2:A[5,9) 1:A[7,oo) 2:B[0,oo)', 0, 'A[7,oo)x1 2:B[0,5)x1 2:A[5,9)x1 2:B[9,oo)x1')) c (n, periods, max_gap, expected)
ORDER BY position, n;

DELETE FROM case_period;
INSERT INTO case_period SELECT * FROM model.periods('A[?,10) A[?,oo) A[inf,oo) A[inf,5) A[-inf,5) A[-inf,-inf) A[10,5) A[10,-inf) A[5,5) A[5,6) A[5,oo) A[5,inf) -[3,4)');
SELECT results_eq(format('SELECT * FROM %I.residence_rejects(%L)', name, 'model.case_period'), 'VALUES (6::bigint, 2::bigint, 1::bigint, 4::bigint)',
    name || ': rows that take no part, by why') FROM tested ORDER BY position;

SELECT is(model.occupancies_of(name, residences, tolerance), expected, format('%s: occupancies of %s, tolerance %s', name, residences, tolerance))
FROM tested, (VALUES
    (1, '1:A[0,100) 2:A[100,200)', 30, 'A1[0,100)x1 A2[100,200)x1'),
    (2, '1:A[0,100) 2:A[120,150)', 30, 'A1[0,100)x1 A2[120,150)x1'),
    -- overlap of the tolerance and of one day more
    (3, '1:A[0,100) 2:A[70,200)', 30, 'A1[0,100)x1 A2[70,200)x1'),
    (4, '1:A[0,100) 2:A[69,200)', 30, 'A1[0,200)x2'),
    (5, '1:A[0,100) 2:A[99,200)', 0, 'A1[0,200)x2'),
    (6, '1:A[0,100) 2:A[100,200)', 0, 'A1[0,100)x1 A2[100,200)x1'),
    -- who does not outlast joins
    (7, '1:A[0,100) 2:A[80,95)', 30, 'A1[0,100)x2'),
    (8, '1:A[0,100) 2:A[80,100)', 30, 'A1[0,100)x2'),
    (9, '1:A[0,100) 2:A[80,101)', 30, 'A1[0,100)x1 A2[80,101)x1'),
    (10, '1:A[0,100) 2:A[20,50)', 30, 'A1[0,100)x2'),
    -- ongoing
    (11, '1:A[0,oo) 2:A[50,oo)', 30, 'A1[0,oo)x2'),
    (12, '1:A[0,inf) 2:A[50,60) 3:A[70,oo)', 30, 'A1[0,oo)x3'),
    (13, '1:A[0,60) 2:A[50,oo)', 30, 'A1[0,60)x1 A2[50,oo)x1'),
    (14, '1:A[0,90) 2:A[50,oo)', 30, 'A1[0,oo)x2'),
    -- the end moves on; a person who comes back
    (15, '1:A[0,50) 2:A[10,100) 3:A[80,200)', 30, 'A1[0,100)x2 A2[80,200)x1'),
    (16, '1:A[0,50) 2:A[5,90) 1:A[60,80)', 30, 'A1[0,90)x3'),
    (17, '1:A[0,50) 2:A[40,60) 3:A[45,70)', 30, 'A1[0,50)x1 A2[40,60)x1 A3[45,70)x1'),
    -- together from the first day
    (18, '1:A[0,100) 2:A[0,100)', 30, 'A1[0,100)x2'),
    (19, '1:A[0,20) 2:A[0,20)', 30, 'A1[0,20)x2'),
    (20, '1:A[0,20) 2:A[0,25)', 30, 'A1[0,20)x1 A2[0,25)x1'),
    (21, '1:A[0,20) 2:A[0,25)', 19, 'A1[0,25)x2'),
    -- outside; several dwellings
    (22, '1:-[0,100) 1:A[100,120)', 30, 'A1[100,120)x1'),
    (23, '1:B[0,10) 2:A[0,10) 1:A[10,oo) 2:B[10,oo)', 30, 'A1[0,10)x1 A2[10,oo)x1 B1[0,10)x1 B2[10,oo)x1'),
    (24, '1:-[0,oo)', 30, NULL)) c (n, residences, tolerance, expected)
ORDER BY position, n;

SELECT is(model.flows_of(name, residences, dwellings, persons, coalesce((o->>'study_from')::int, 0), coalesce((o->>'study_to')::int, 400), coalesce((o->>'group_window')::int, 30),
    coalesce((o->>'link_gap')::int, 90), coalesce((o->>'empty_window')::int, 90), coalesce((o->>'max_vacancy')::int, 365)), expected, name || ': ' || what)
FROM tested, (VALUES
    (1, 'new, never filled', '', 'A[50,oo)', NULL, '{}', 'A#1+ 50>- open 0*0.000'),
    (2, 'new, never filled for max_vacancy days', '', 'A[50,oo)', NULL, '{"study_to": 415}', 'A#1+ 50>- open 0*0.000'),
    (3, 'new, never filled for a day more', '', 'A[50,oo)', NULL, '{"study_to": 416}', 'A#1+ 50>- expired 0*0.000'),
    (4, 'new outside the window', '', 'A[400,oo) B[?,oo) C[-inf,oo) D[inf,oo)', NULL, '{"study_from": 50}', NULL),
    (5, 'new on the first day of the window', '', 'A[50,oo) B[49,oo)', NULL, '{"study_from": 50}', 'A#1+ 50>- open 0*0.000'),
    (6, 'new, filled by someone unknown before', '1:A[60,oo)', 'A[50,oo)', NULL, '{}', 'A#1+ 50>60 from_outside 1*0.000'),
    (7, 'new, filled from outside', '1:-[0,60) 1:A[60,oo)', 'A[50,oo)', NULL, '{}', 'A#1+ 50>60 from_outside 1*0.000'),
    (8, 'new, filled from a dwelling', '1:B[0,60) 1:A[60,oo)', 'A[50,oo)', NULL, '{}', 'A#1+ 50>60 vacated B#2 1*1.000; B#2 60>- open 0*0.000'),
    (9, 'new, moved into max_vacancy days before', '1:A[0,oo)', 'A[365,oo)', NULL, '{}', 'A#1+ 365>0 from_outside 1*0.000'),
    (10, 'not new: moved into a day earlier', '1:A[0,oo)', 'A[366,oo)', NULL, '{}', NULL),
    (11, 'couple from two dwellings, both emptied', '1:B[0,60) 2:C[0,60) 1:A[60,oo) 2:A[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated B#2 1*1.000; A#1+ 50>60 vacated C#3 1*1.000; B#2 60>- open 0*0.000; C#3 60>- open 0*0.000'),
    (12, 'couple from two dwellings, one emptied', '1:B[0,60) 2:C[0,60) 3:C[0,oo) 1:A[60,oo) 2:A[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated B#2 1*1.000; A#1+ 50>60 origin_occupied C 1*0.000; B#2 60>- open 0*0.000'),
    (13, 'child leaves home', '1:B[0,oo) 2:B[0,60) 2:A[60,oo)', 'A[50,oo)', NULL, '{}', 'A#1+ 50>60 origin_occupied B 1*0.000'),
    (14, 'one of two stays and leaves 20 days later', '1:B[0,60) 2:B[0,80) 1:A[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated B#2 1*0.500; B#2 80>- open 0*0.000'),
    (15, 'one of two stays and leaves 200 days later', '1:B[0,60) 2:B[0,260) 1:A[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 origin_occupied B 1*0.000; B#2 260>- open 0*0.000'),
    (16, 'one of two stays and leaves empty_window days later', '1:B[0,60) 2:B[0,150) 1:A[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated B#2 1*0.500; B#2 150>- open 0*0.000'),
    (17, 'one of two stays and leaves a day later', '1:B[0,60) 2:B[0,151) 1:A[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 origin_occupied B 1*0.000; B#2 151>- open 0*0.000'),
    (18, 'refilled before emptied', '1:B[0,60) 1:A[60,oo) 2:B[50,oo)', 'A[50,oo)', NULL, '{}', 'A#1+ 50>60 vacated B#2 1*1.000; B#2 60>50 from_outside 1*0.000'),
    (19, 'two households swap', '1:A[0,60) 1:B[60,oo) 2:B[0,60) 2:A[60,oo)', '', NULL, '{}', 'A#1 60>60 vacated B#2 1*1.000; B#2 60>60 vacated A#1 1*1.000'),
    (20, 'three in a ring', '1:A[0,60) 1:B[60,oo) 2:B[0,60) 2:C[60,oo) 3:C[0,60) 3:A[60,oo)', '', NULL, '{}',
        'A#1 60>60 vacated C#3 1*1.000; B#2 60>60 vacated A#1 1*1.000; C#3 60>60 vacated B#2 1*1.000'),
    (21, 'couple splits into two new dwellings', '1:C[0,60) 2:C[0,60) 1:A[60,oo) 2:B[65,oo)', 'A[50,oo) B[50,oo) C[?,oo)', NULL, '{}',
        'A#1+ 50>60 vacated C#3 1*0.500; B#2+ 50>65 vacated C#3 1*0.500; C#3 60>- open 0*0.000'),
    (22, 'household of three, of which two move together', '1:C[0,60) 2:C[0,60) 3:C[0,60) 1:A[60,oo) 2:A[60,oo) 3:-[60,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated C#2 2*0.667; C#2 60>- open 0*0.000'),
    (23, 'demolished while vacant', '1:A[0,60)', 'A[?,70)', NULL, '{}', 'A#1 60>- demolished 0*0.000'),
    (24, 'demolished when the window ends', '1:A[0,60)', 'A[?,70)', NULL, '{"study_to": 70}', 'A#1 60>- open 0*0.000'),
    (25, 'demolished, having been vacant for long', '1:A[0,60)', 'A[?,70)', NULL, '{"study_to": 1000}', 'A#1 60>- demolished 0*0.000'),
    (26, 'filled and demolished later', '1:A[0,60) 2:A[65,69)', 'A[?,70)', NULL, '{}', 'A#1 60>65 from_outside 1*0.000; A#2 69>- demolished 0*0.000'),
    (27, 'vacant for max_vacancy days', '1:A[0,60) 2:A[425,oo)', '', NULL, '{"study_to": 1000}', 'A#1 60>425 from_outside 1*0.000'),
    (28, 'vacant for a day more', '1:A[0,60) 2:A[426,oo)', '', NULL, '{"study_to": 1000}', 'A#1 60>426 expired 0*0.000'),
    (29, 'vacant until the window ends', '1:A[0,60)', '', NULL, '{"study_to": 425}', 'A#1 60>- open 0*0.000'),
    (30, 'vacant until the window ends, a day more', '1:A[0,60)', '', NULL, '{"study_to": 426}', 'A#1 60>- expired 0*0.000'),
    (31, 'filled when the window ends', '1:A[0,60) 2:A[400,oo)', '', NULL, '{}', 'A#1 60>- open 0*0.000'),
    (32, 'filled on the last day of the window', '1:A[0,60) 2:A[399,oo)', '', NULL, '{}', 'A#1 60>399 from_outside 1*0.000'),
    (33, 'vacated before and on the first day of the window', '1:A[0,60) 1:B[60,61)', '', NULL, '{"study_from": 61}', 'B#1 61>- open 0*0.000'),
    (34, 'vacated on the last day of the window and after it', '1:A[0,399) 1:B[399,400)', '', NULL, '{}', 'A#1 399>- open 0*0.000'),
    (35, 'in two instalments 29 days apart', '1:A[0,60) 2:A[60,oo) 3:A[89,oo)', '', NULL, '{}', 'A#1 60>60 from_outside 2*0.000'),
    (36, 'in two instalments 30 days apart', '1:A[0,60) 2:A[60,oo) 3:A[90,oo)', '', NULL, '{}', 'A#1 60>60 from_outside 1*0.000'),
    (37, 'second instalment after the window', '1:A[0,60) 2:A[390,oo) 3:A[410,oo)', '', NULL, '{}', 'A#1 60>390 from_outside 2*0.000'),
    (38, 'no group_window, no movers', '1:A[0,60) 2:A[60,oo)', '', NULL, '{"group_window": 0}', 'A#1 60>60 from_outside 0*0.000'),
    (39, 'returned after link_gap days', '1:A[0,60) 1:A[150,oo)', '', NULL, '{}', 'A#1 60>150 returned A 1*0.000'),
    (40, 'returned after a day more', '1:A[0,60) 1:A[151,oo)', '', NULL, '{}', 'A#1 60>151 from_outside 1*0.000'),
    (41, 'left link_gap days before', '1:B[0,60) 1:A[150,oo)', 'A[100,oo)', NULL, '{}', 'A#1+ 100>150 vacated B#2 1*1.000; B#2 60>- open 0*0.000'),
    (42, 'left a day earlier', '1:B[0,60) 1:A[151,oo)', 'A[100,oo)', NULL, '{}', 'A#1+ 100>151 from_outside 1*0.000; B#2 60>- open 0*0.000'),
    (43, 'origin emptied before the window', '1:B[0,60) 1:A[70,oo)', 'A[65,oo)', NULL, '{"study_from": 65}', 'A#1+ 65>70 out_of_window B 1*0.000'),
    (44, 'origin emptied after the window', '1:B[0,60) 2:B[0,100) 1:A[70,oo)', 'A[65,oo)', NULL, '{"study_from": 50, "study_to": 90}', 'A#1+ 65>70 out_of_window B 1*0.000'),
    (45, 'origin emptied on the first day of the window', '1:B[0,60) 1:A[70,oo)', 'A[65,oo)', NULL, '{"study_from": 60}',
        'A#1+ 65>70 vacated B#2 1*1.000; B#2 60>- open 0*0.000'),
    (46, 'a child is born after the move', '1:A[60,oo) 2:A[60,oo) 3:A[70,oo)', 'A[50,oo)', '1:-9000 3:70', '{}', 'A#1+ 50>60 from_outside 2*0.000'),
    (47, 'the same, births not known', '1:A[60,oo) 2:A[60,oo) 3:A[70,oo)', 'A[50,oo)', NULL, '{}', 'A#1+ 50>60 from_outside 3*0.000'),
    (48, 'the same, birth unknown or another day', '1:A[60,oo) 2:A[60,oo) 3:A[70,oo)', 'A[50,oo)', '2:? 3:69', '{}', 'A#1+ 50>60 from_outside 3*0.000'),
    (49, 'none but a newborn', '3:A[60,oo)', 'A[50,oo)', '3:60', '{}', 'A#1+ 50>60 from_outside 0*0.000'),
    (50, 'a newborn counts among those who leave', '1:B[0,60) 2:B[20,60) 1:A[60,oo) 2:A[60,oo)', 'A[50,oo)', '2:20', '{}',
        'A#1+ 50>60 vacated B#2 2*1.000; B#2 60>- open 0*0.000'),
    (51, 'all outcomes of one vacancy, in order', '1:A[0,60) 2:B[0,60) 3:C[0,60) 4:C[0,oo) 5:D[0,9) 6:-[0,60) 1:A[70,oo) 2:A[60,oo) 3:A[60,oo) 5:A[60,oo) 6:A[60,oo)', '', NULL,
        '{"study_from": 10}', 'A#1 60>60 vacated B#2 1*1.000; A#1 60>60 out_of_window D 1*0.000; A#1 60>60 origin_occupied C 1*0.000; A#1 60>60 returned A 1*0.000; '
        'A#1 60>60 from_outside 1*0.000; B#2 60>- open 0*0.000'),
    (52, 'two occupancies left one after the other', '1:B[0,60) 2:B[60,70) 1:A[60,oo) 2:A[70,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated B#2 1*1.000; A#1+ 50>60 vacated B#3 1*1.000; B#2 60>60 from_outside 1*0.000; B#3 70>- open 0*0.000'),
    (53, 'a chain of three', '1:B[0,60) 1:A[60,oo) 2:C[0,70) 2:B[70,oo) 3:C[80,oo)', 'A[50,oo)', NULL, '{}',
        'A#1+ 50>60 vacated B#2 1*1.000; B#2 60>70 vacated C#3 1*1.000; C#3 70>80 from_outside 1*0.000'),
    (54, 'a lodger comes and goes', '1:A[0,oo) 2:A[50,60)', '', NULL, '{}', NULL),
    (55, 'nothing at all', '', '', NULL, '{}', NULL)) c (n, what, residences, dwellings, persons, options, expected), LATERAL (SELECT options::json) j (o)
ORDER BY position, n;

SELECT is(model.chains_of(name, flows, max_rounds, min_weight, starts::bigint[]), expected, format('%s: chains of %s', name, left(flows, 60)))
FROM tested, (VALUES
    (1, '1+', 50, 1e-6, NULL, '1/0:1*1'),
    (2, '1+>2*1 2>3*1 3', 50, 1e-6, NULL, '1/0:1*1 1/1:1>2*1 1/2:2>3*1'),
    (3, '1+>2*0.5 1+>3*0.5 2>4*1 3>4*1', 50, 1e-6, NULL, '1/0:1*1 1/1:1>2*0.5 1/1:1>3*0.5 1/2:2>4*0.5? 1/2:3>4*0.5?'),
    (4, '1+>2*1 2>3*1 3>2*1', 50, 1e-6, NULL, '1/0:1*1 1/1:1>2*1 1/2:2>3*1'),
    (5, '1+>2*1 2>1*1', 50, 1e-6, NULL, '1/0:1*1 1/1:1>2*1'),
    (6, '1+>1*1', 50, 1e-6, NULL, '1/0:1*1'),
    (7, '1+>2*0.5 2>3*0.25 3', 50, 0.125, NULL, '1/0:1*1 1/1:1>2*0.5 1/2:2>3*0.125'),
    (8, '1+>2*0.5 2>3*0.25 3', 50, 0.126, NULL, '1/0:1*1 1/1:1>2*0.5'),
    (9, '1+>2*1 2', 50, 2, NULL, '1/0:1*1'),
    (10, '1+>2*1 2>3*1 3', 0, 1e-6, NULL, '1/0:1*1'),
    (11, '1+>2*1 2>3*1 3', 1, 1e-6, NULL, '1/0:1*1 1/1:1>2*1'),
    (12, '1+>2*1 2>3*1 3', 50, 1e-6, '{2}', '2/0:2*1 2/1:2>3*1'),
    (13, '1+>2*1 2>3*1 3', 50, 1e-6, '{3,1}', '1/0:1*1 1/1:1>2*1 1/2:2>3*1 3/0:3*1'),
    (14, '1+>2*1 2>3*1 3', 50, 1e-6, '{}', NULL),
    (15, '1+>2*1 2+>3*0.5 3', 50, 1e-6, NULL, '1/0:1*1 1/1:1>2*1 1/2:2>3*0.5 2/0:2*1 2/1:2>3*0.5'),
    (16, '1+>2*0.5 1+>3*0.5 2>9*1 3>4*1 4 9', 50, 1e-6, NULL, '1/0:1*1 1/1:1>2*0.5 1/1:1>3*0.5 1/2:2>9*0.5 1/2:3>4*0.5'),
    (17, '10+>5*1 5 2+>5*0.5 2+>7*0 7', 50, 1e-6, NULL, '2/0:2*1 2/1:2>5*0.5 10/0:10*1 10/1:10>5*1'),
    (18, '1>2*1 2', 50, 1e-6, NULL, NULL)) c (n, flows, max_rounds, min_weight, starts, expected)
ORDER BY position, n;
SELECT is(model.chains_of(name, (SELECT string_agg(format('%s%s>%s*1', i, CASE WHEN i = 1 THEN '+' END, i + 1), ' ') FROM generate_series(1, 60) i)),
    (SELECT '1/0:1*1' || string_agg(format(' 1/%s:%s>%s*1', i, i, i + 1), '' ORDER BY i) FROM generate_series(1, 50) i), name || ': chains end after 50 rounds')
FROM tested ORDER BY position;

-- ---- Registers made up, all in one set of tables: register r has persons r * 100 + 1 to 8 and dwellings r * 100 + 1 to 6. Everything is drawn by hashing what it
-- belongs to, so it is the same on every machine and in every order.

CREATE FUNCTION model.pick(what bigint, salt integer, n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ -- one of 0 to n - 1
    SELECT mod(mod(hashint8extended($1, $2), $3) + $3, $3)::integer $$;
CREATE FUNCTION model.one_of(what bigint, salt integer, choices integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT $3[1 + mod(mod(hashint8extended($1, $2), cardinality($3)) + cardinality($3), cardinality($3))::integer] $$;

-- What registers of a kind are like. The first three are chaos: rows begin anywhere within span, at multiples of step. In the others people live here and then there:
-- stay n begins in the nth span of days, for all of a household (two persons) on the same day but for late, and its row ends when the next begins, but for slack;
-- one in alone decides alone where to go. In rings households 1 to 4 go round 2 to 5 dwellings.
CREATE TABLE style (style integer, what text, persons integer, rows integer, dwellings integer, span integer, step integer, longest integer, alone integer, late integer[], slack integer[]);
INSERT INTO style VALUES
    (0, 'chaos', 8, 5, 5, 61, 1, 25, 1, NULL, NULL),
    (1, 'chaos full of ties', 3, 9, 2, 13, 2, 6, 1, NULL, NULL),
    (2, 'chaos of weeks', 8, 3, 4, 57, 7, 40, 1, NULL, NULL),
    (3, 'households', 8, 4, 5, 15, 1, 0, 5, '{0,0,0,0,1,-1,3,-2}', '{0,0,0,0,0,1,-1,2,-3,5}'),
    (4, 'households over years', 8, 6, 5, 150, 5, 0, 6, '{0,0,0,5,20,-10,29,30}', '{0,0,0,0,0,1,-1,-30,-88,-89,-90,-91,14,31}'),
    (5, 'rings', 8, 4, 5, 14, 14, 0, 0, '{0,0,0,0,0,0,1,-1}', '{0,0,0,0,0,0,0,0,1,-1,-3}'),
    (6, 'splits and mergers', 8, 5, 5, 12, 3, 0, 2, '{0,0,0,0,1}', '{0,0,0,0,0,0,0,-1,1}'),
    (7, 'long gaps', 6, 4, 3, 200, 5, 60, 2, '{0,0,5}', NULL);
CREATE TABLE register AS SELECT r, CASE r % 32 WHEN 12 THEN 5 WHEN 20 THEN 6 WHEN 28 THEN 3 ELSE r % 8 END AS style FROM generate_series(1, 3200) r;

CREATE TABLE drawn AS
    SELECT r, style.style, persons, rows, dwellings, span, step, longest, alone, late, slack, p, n, r * 1000::bigint + p * 10 + n AS row,
        r * 1000::bigint + 100 + ((p + 1) / 2) * 10 + n AS household, r * 1000::bigint + p * 10 AS person
    FROM register JOIN style USING (style), LATERAL generate_series(1, persons) p, LATERAL generate_series(0, rows) n; -- one stay more, for the end of the last
CREATE TABLE stay AS
    SELECT *, '2020-01-01'::date + CASE
        WHEN style <= 2 THEN pick(row, 1, span) / step * step
        ELSE n * span + pick(household, 1, span) / step * step + one_of(person, 2, late) END AS starts,
        CASE WHEN pick(row, 3, 9) = 0 THEN NULL
            WHEN style = 5 THEN r * 100 + 1 + ((p + 1) / 2 + n) % (2 + r / 16 % 4)
            WHEN style > 2 AND pick(row, 4, alone) > 0 THEN r * 100 + 1 + pick(household, 5, dwellings)
            ELSE r * 100 + 1 + pick(row, 5, dwellings) END AS goes_to
    FROM drawn;
CREATE TABLE period AS
    SELECT r * 100 + p::bigint AS person_id, goes_to::bigint AS dwelling_id,
        CASE WHEN style IN (0, 1, 2, 3) THEN CASE pick(row, 6, 60) WHEN 0 THEN NULL WHEN 1 THEN '-infinity' WHEN 2 THEN 'infinity' ELSE starts END ELSE starts END AS from_date,
        CASE
            WHEN style <= 2 THEN CASE pick(row, 7, 24) WHEN 0 THEN starts WHEN 1 THEN starts - 1 - pick(row, 8, 9) WHEN 2 THEN '-infinity'
                WHEN 3 THEN CASE WHEN style < 2 THEN NULL ELSE starts + 1 END WHEN 4 THEN CASE WHEN style < 2 THEN 'infinity' ELSE starts + 7 END
                ELSE starts + (1 + pick(row, 9, longest) / step) * step END
            WHEN style = 7 THEN CASE WHEN n = rows - 1 AND pick(row, 7, 3) = 0 THEN NULL ELSE starts + 5 + pick(row, 9, longest) / step * step END
            WHEN pick(row, 7, 7) = 0 AND style NOT IN (4, 5) THEN NULL -- nobody told that it ended
            WHEN n = rows - 1 AND pick(row, 8, 2) = 0 THEN CASE pick(row, 9, 2) WHEN 0 THEN NULL ELSE 'infinity'::date END
            ELSE next + one_of(row, 10, slack) END AS to_date
    FROM (SELECT *, lead(starts) OVER (PARTITION BY person ORDER BY n) AS next FROM stay) s WHERE n < rows;
INSERT INTO period SELECT * FROM period p WHERE pick(person_id * 1000 + (coalesce(from_date, '2019-01-01') - '2020-01-01'), 11, 20) = 0 AND coalesce(isfinite(from_date), true); -- once more

-- Dwellings become available about when they are first lived in, or any day; some are not known, the sixth is never lived in.
CREATE TABLE dwelling AS
    SELECT d AS dwelling_id,
        CASE pick(d, 21, 10) WHEN 0 THEN NULL WHEN 1 THEN 'infinity' WHEN 2 THEN '-infinity' WHEN 3 THEN '2020-01-01'::date + pick(d, 22, 61)
            WHEN 4 THEN '2020-01-01'::date + pick(d, 22, 900) ELSE coalesce(first_day, '2020-01-20') + one_of(d, 23, '{0,0,0,-1,1,-5,5,-9,-10,-11,9,10,11,30,-90,-91,-365,-366,365,366,364}') END AS available_from,
        CASE pick(d, 24, 6) WHEN 0 THEN '2020-01-01'::date + pick(d, 25, 75) WHEN 1 THEN '2020-01-01'::date + pick(d, 25, 1000) WHEN 2 THEN 'infinity' END AS demolished_on
    FROM register, LATERAL (SELECT r * 100::bigint + i AS d FROM generate_series(1, 6) i) x
    LEFT JOIN (SELECT dwelling_id AS d, min(from_date) AS first_day FROM period WHERE isfinite(from_date) AND (to_date > from_date OR to_date IS NULL) GROUP BY dwelling_id) f USING (d)
    WHERE pick(d, 20, 12) > 0;
-- A third of the persons are born on the day of one of their rows, or the day before.
CREATE TABLE person AS
    SELECT person_id, CASE pick(person_id, 31, 4) WHEN 0 THEN NULL WHEN 1 THEN first_day WHEN 2 THEN first_day - 1 ELSE last_day END AS born_on
    FROM (SELECT person_id, min(from_date) AS first_day, max(from_date) AS last_day FROM period WHERE isfinite(from_date) GROUP BY person_id) p WHERE pick(person_id, 30, 3) > 0;
DROP TABLE stay, drawn;

-- Rows that one query gives and the other does not, as text; where there are none, the first rows whose places differ
CREATE FUNCTION model.difference(got text, want text) RETURNS SETOF text LANGUAGE plpgsql AS $fn$
BEGIN
    DROP TABLE IF EXISTS d_got, d_want;
    EXECUTE 'CREATE TEMPORARY TABLE d_got ON COMMIT DROP AS SELECT row_number() OVER () AS n, t FROM (' || got || ') q (t)';
    EXECUTE 'CREATE TEMPORARY TABLE d_want ON COMMIT DROP AS SELECT row_number() OVER () AS n, t FROM (' || want || ') q (t)';
    RETURN QUERY SELECT 'too much: ' || t FROM (SELECT t FROM d_got EXCEPT ALL SELECT t FROM d_want) x ORDER BY t COLLATE "C" LIMIT 10;
    RETURN QUERY SELECT 'missing: ' || t FROM (SELECT t FROM d_want EXCEPT ALL SELECT t FROM d_got) x ORDER BY t COLLATE "C" LIMIT 10;
    IF NOT FOUND THEN
        RETURN QUERY SELECT format('row %s is %s, not %s', n, g.t, w.t) FROM d_got g FULL JOIN d_want w USING (n) WHERE g.t IS DISTINCT FROM w.t ORDER BY n LIMIT 3;
    END IF;
END $fn$;

CREATE FUNCTION model.same_rows(got text, want text, description text) RETURNS text LANGUAGE sql AS $$
    SELECT public.is_empty(format('SELECT * FROM model.difference(%L, %L)', got, want), description) $$;

-- ---- Residences

CREATE FUNCTION model.test_residences(tested text) RETURNS SETOF text LANGUAGE plpgsql AS $fn$
DECLARE gap integer;
BEGIN
    FOREACH gap IN ARRAY '{0,1,5}'::integer[] LOOP
        EXECUTE format($$CREATE TABLE model.residence%1$s AS SELECT * FROM model.residences('model.period', %1$s)$$, gap);
        RETURN NEXT same_rows(format($$SELECT r::text FROM %I.residences('model.period', %s) r$$, tested, gap), format('SELECT r::text FROM model.residence%s r ORDER BY person_id, from_date', gap),
            format('residences with gaps up to %s', gap));
    END LOOP;
    RETURN NEXT results_eq(format($$SELECT * FROM %I.residence_rejects('model.period')$$, tested), $$SELECT * FROM model.residence_rejects('model.period')$$, 'rows that take no part');
END $fn$;
SELECT test_residences(:'tested');

-- ---- Occupancies, flows and chains: of the residences, and of rows as they come (then a person has several residences at once)

CREATE TABLE unmade AS SELECT person_id, dwelling_id, from_date, to_date FROM period WHERE isfinite(from_date) AND (to_date IS NULL OR to_date > from_date);

SELECT same_rows(format('SELECT o::text FROM %I.occupancies(%L, %s) o', :'tested', source, tolerance), format('SELECT o::text FROM model.occupancies(%L, %s) o', source, tolerance),
    format('occupancies of %s, tolerance %s', source, tolerance))
FROM unnest('{residence0,residence5,unmade}'::text[]) source, unnest('{0,3,30}'::integer[]) tolerance ORDER BY source, tolerance;

CREATE TABLE parameter_set (n integer, source text, study_from date, study_to date, overlap_tolerance integer, group_window integer, link_gap integer, empty_window integer,
    max_vacancy integer, persons boolean);
INSERT INTO parameter_set VALUES
    (1, 'residence0', '2020-01-01', '2020-03-01', 30, 30, 90, 90, 365, false),
    (2, 'residence0', '2020-01-01', '2020-03-01', 0, 2, 5, 3, 10, true),
    (3, 'residence1', '2020-01-10', '2020-02-10', 3, 30, 5, 0, 365, true),
    (4, 'residence5', '2020-01-10', '2020-02-10', 0, 0, 90, 90, 10, false),
    (5, 'residence0', '2019-01-01', '2024-01-01', 3, 2, 90, 3, 365, true),
    (6, 'residence5', '2019-01-01', '2024-01-01', 30, 30, 90, 90, 365, false),
    (7, 'residence0', '2020-06-01', '2021-06-01', 30, 30, 5, 90, 365, true),
    (8, 'residence1', '2020-06-01', '2021-09-03', 0, 30, 90, 3, 10, false),
    (9, 'residence0', '2020-01-20', '2020-01-21', 3, 2, 0, 0, 0, false),
    (10, 'residence1', '2020-01-01', '2022-01-01', 0, 30, 0, 90, 0, true),
    (11, 'unmade', '2020-01-01', '2020-03-01', 3, 2, 5, 3, 10, false),
    (12, 'unmade', '2020-01-01', '2023-01-01', 30, 30, 90, 90, 365, true),
    (13, 'unmade', '2020-01-15', '2020-02-20', 0, 0, 0, 0, 0, false),
    (14, 'residence5', '2020-01-05', '2020-02-29', 0, 30, 5, 0, 365, false);

CREATE TABLE flow (LIKE case_flow, place bigint);
CREATE TABLE flow_kept AS SELECT 0 AS n, * FROM flow;

CREATE FUNCTION model.test_flows(tested text, s parameter_set) RETURNS SETOF text LANGUAGE plpgsql AS $fn$
DECLARE
    arguments text := format($$('model.%s', 'model.dwelling', %L, %L, %s, %s, %s, %s, %s, %s)$$, s.source, s.study_from, s.study_to, s.overlap_tolerance, s.group_window,
        s.link_gap, s.empty_window, s.max_vacancy, CASE WHEN s.persons THEN '''model.person''' ELSE 'NULL' END);
    parts text := 'ROW(vacancy_id, dwelling_id, vacated_on, filled_on, outcome, origin_dwelling_id, origin_vacancy_id, movers, round(share::numeric, 12), is_new)::text';
BEGIN
    TRUNCATE flow;
    EXECUTE 'INSERT INTO model.flow SELECT f.*, row_number() OVER () FROM model.vacancy_flows' || arguments || ' f';
    INSERT INTO flow_kept SELECT s.n, * FROM flow;
    RETURN NEXT same_rows(format('SELECT %s FROM %I.vacancy_flows%s', parts, tested, arguments), format('SELECT %s FROM model.flow ORDER BY place', parts), format('flows, parameters %s', s.n));
    RETURN NEXT same_rows(format($$SELECT c::text FROM %I.vacancy_chains('model.flow') c$$, tested), $$SELECT c::text FROM model.vacancy_chains('model.flow') c$$, format('chains, parameters %s', s.n));
END $fn$;
SELECT test_flows(:'tested', s) FROM parameter_set s ORDER BY n;

-- There was something to be wrong about.
SELECT is((SELECT count(DISTINCT person_id / 100) FROM period), 3200::bigint, '3200 registers');
SELECT is_empty($$SELECT outcome, coalesce(count, 0) FROM unnest('{vacated,out_of_window,origin_occupied,returned,from_outside,demolished,open,expired}'::text[]) outcome
    LEFT JOIN (SELECT outcome, count(*) FROM flow_kept GROUP BY outcome) f USING (outcome) WHERE coalesce(count, 0) < 2000$$, 'every outcome thousands of times');
SELECT cmp_ok((SELECT count(*) FROM flow_kept WHERE outcome = 'vacated' AND movers > 1 AND share < 1), '>', 2000::bigint, 'several movers who left others, often');
SELECT cmp_ok((SELECT count(*) FROM flow_kept WHERE outcome = 'vacated' AND filled_on < vacated_on), '>', 5000::bigint, 'and moves in before the other moves out');
SELECT is_empty('SELECT n, origin_vacancy_id, sum(share) FROM flow_kept GROUP BY n, origin_vacancy_id HAVING sum(share) > 1 + 1e-9', 'no vacancy hands out more than one');

-- Chains of flows that no register gives: groups of 3 to 8 vacancies that hand to each other at random, in circles, to themselves and to some of which nothing is known
CREATE TABLE made_flow AS
    WITH vacancy AS (
        SELECT g, size, g * 100 + i AS v FROM generate_series(1, 700) g, LATERAL (SELECT 3 + pick(g, 41, 6) AS size) s, LATERAL generate_series(1, size) i
    ), handed AS (
        SELECT DISTINCT v, g * 100 + 1 + pick(v * 10 + k, 43, size) AS origin FROM vacancy, LATERAL generate_series(1, 1 + pick(v, 42, 3)) k
    )
    SELECT v AS vacancy_id, v / 3 AS dwelling_id, '2020-01-01'::date + pick(v, 45, 300) AS vacated_on, NULL::date AS filled_on, f.outcome, f.origin / 3 AS origin_dwelling_id,
        f.origin AS origin_vacancy_id, 1 AS movers, f.share, pick(v, 46, 3) = 0 AS is_new
    FROM (SELECT v, 'vacated' AS outcome, origin, one_of(v * 100 + origin, 44, '{100,100,100,50,50,33,25,14,3,0}') / 100::double precision AS share FROM handed
        UNION ALL SELECT v, one_of(v, 47, '{1,2}') || ' from_outside', NULL, 0 FROM vacancy WHERE pick(v, 48, 2) = 0) f;
UPDATE made_flow SET outcome = CASE outcome WHEN '1 from_outside' THEN 'from_outside' ELSE 'open' END WHERE outcome <> 'vacated';
SELECT same_rows(format('SELECT c::text FROM %I.vacancy_chains(%s) c', :'tested', arguments), format('SELECT c::text FROM model.vacancy_chains(%s) c', arguments),
    'made-up flows, chains ' || arguments)
FROM unnest(ARRAY[$$'model.made_flow'$$, $$'model.made_flow', 3$$, $$'model.made_flow', 0$$, $$'model.made_flow', 50, 0.125$$, $$'model.made_flow', 50, 1$$,
    $$'model.made_flow', 1, 1.5$$, $$'model.made_flow', 50, 1e-300$$,
    $$'model.made_flow', 4, 0.01, (SELECT array_agg(vacancy_id ORDER BY vacancy_id DESC) FROM model.made_flow WHERE vacancy_id % 5 = 2)$$]) WITH ORDINALITY a (arguments, n) ORDER BY n;
SELECT cmp_ok((SELECT count(*) FROM model.vacancy_chains('made_flow') WHERE round >= 4), '>', 1000::bigint, 'made-up chains are long');

-- ---- The same in another order, with columns in another order and of other types, and split into partitions

CREATE TABLE period_shuffled AS SELECT 'x'::text AS note, to_date, dwelling_id::integer, from_date, person_id::integer FROM period ORDER BY md5(period::text);
CREATE TABLE period_parted (to_date date, from_date date, dwelling_id bigint, person_id bigint) PARTITION BY HASH (from_date);
CREATE TABLE period_part0 PARTITION OF period_parted FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE period_part1 PARTITION OF period_parted FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE period_part2 (person_id bigint, from_date date, to_date date, dwelling_id bigint);
ALTER TABLE period_parted ATTACH PARTITION period_part2 FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO period_parted SELECT to_date, from_date, dwelling_id, person_id FROM period;
CREATE TABLE residence_shuffled AS SELECT 'x'::text AS note, to_date, dwelling_id::integer, from_date, person_id::integer FROM residence0 ORDER BY md5(residence0::text);
CREATE VIEW unmade_shuffled AS SELECT person_id, dwelling_id, from_date, coalesce(to_date, 'infinity') AS to_date FROM period_parted
    WHERE isfinite(from_date) AND (to_date IS NULL OR to_date > from_date);
CREATE TABLE dwelling_shuffled AS SELECT demolished_on, available_from, dwelling_id::integer FROM dwelling ORDER BY md5(dwelling::text);
CREATE TABLE person_shuffled AS SELECT born_on, person_id::integer FROM person ORDER BY md5(person::text);
CREATE TABLE made_flow_shuffled AS SELECT is_new, share, origin_vacancy_id::integer, origin_dwelling_id::integer, outcome, vacated_on, dwelling_id::integer, vacancy_id::integer
    FROM made_flow ORDER BY md5(made_flow::text);
SELECT same_rows(format('SELECT x::text FROM %I.%s x', :'tested', shuffled), format('SELECT x::text FROM %I.%s x', :'tested', plain), shuffled)
FROM (VALUES
    (1, $$residences('model.period', 5)$$, $$residences('model.period_shuffled', 5)$$),
    (2, $$residences('model.period', 1)$$, $$residences('model.period_parted', 1)$$),
    (3, $$residence_rejects('model.period')$$, $$residence_rejects('model.period_shuffled')$$),
    (4, $$occupancies('model.residence0', 3)$$, $$occupancies('model.residence_shuffled', 3)$$),
    (5, $$occupancies('model.unmade', 3)$$, $$occupancies('model.unmade_shuffled', 3)$$),
    (6, $$vacancy_flows('model.residence0', 'model.dwelling', '2020-01-01', '2020-03-01', 3, 30, 90, 90, 365, 'model.person')$$,
        $$vacancy_flows('model.residence_shuffled', 'model.dwelling_shuffled', '2020-01-01', '2020-03-01', 3, 30, 90, 90, 365, 'model.person_shuffled')$$),
    (7, $$vacancy_flows('model.unmade', 'model.dwelling', '2020-01-01', '2020-03-01', 3, 30, 90, 90, 365, 'model.person')$$,
        $$vacancy_flows('model.unmade_shuffled', 'model.dwelling_shuffled', '2020-01-01', '2020-03-01', 3, 30, 90, 90, 365, 'model.person_shuffled')$$),
    (8, $$vacancy_chains('model.made_flow')$$, $$vacancy_chains('model.made_flow_shuffled')$$)) c (n, plain, shuffled) ORDER BY n;

SELECT * FROM finish();
ROLLBACK;
