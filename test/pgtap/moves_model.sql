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
SET LOCAL max_parallel_workers_per_gather = 0; -- the order of a function's rows is looked at
SET LOCAL jit = off;
SELECT no_plan();

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
        WITH RECURSIVE flow AS MATERIALIZED (
            SELECT * FROM %s
        ), vacancy AS MATERIALIZED (
            SELECT DISTINCT vacancy_id, dwelling_id, vacated_on, is_new FROM flow
        ), tree AS (
            SELECT vacancy_id AS chain_id, 0 AS round, vacancy_id, dwelling_id, vacated_on, 1::double precision AS weight, NULL::bigint AS parent_vacancy_id,
                ARRAY[vacancy_id] AS path FROM vacancy WHERE CASE WHEN $3 IS NULL THEN is_new ELSE vacancy_id = ANY ($3) END
            UNION ALL
            SELECT t.chain_id, t.round + 1, f.origin_vacancy_id, CASE WHEN v.vacancy_id IS NULL THEN f.origin_dwelling_id ELSE v.dwelling_id END, v.vacated_on,
                t.weight * f.share, t.vacancy_id, t.path || f.origin_vacancy_id
            FROM tree t JOIN flow f ON f.vacancy_id = t.vacancy_id AND f.outcome = 'vacated' LEFT JOIN vacancy v ON v.vacancy_id = f.origin_vacancy_id
            WHERE t.round + 1 <= $1 AND t.weight * f.share >= $2 AND f.origin_vacancy_id <> ALL (t.path)
        )
        SELECT chain_id, round, vacancy_id, dwelling_id, vacated_on, weight, parent_vacancy_id FROM tree ORDER BY chain_id, round, path$$, flows)
    USING max_rounds, min_weight, starts;
END $fn$;
