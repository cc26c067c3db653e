-- report.sql - what the monitor of a made-up municipality shows, against what is really so: psql -v monitor=birkelev -f report.sql
--
-- After load.sql and CALL byudv.refresh('birkelev'). Reads the monitor and birkelev_truth, which no function reads; creates temporary objects only.

\set truth :monitor _truth
\pset footer off
\pset null ''
SET client_min_messages = warning;
SET search_path = :"monitor", :"truth";

-- Breaks text into lines
CREATE FUNCTION pg_temp.wrap(body text, width int) RETURNS text LANGUAGE sql IMMUTABLE AS
$$SELECT rtrim(regexp_replace(body, format('(.{1,%s})( +|$)', width), E'\\1\n', 'g'), E'\n')$$;

SELECT parameters ->> 'as_of' AS study_to, parameters ->> 'study_from' AS study_from FROM state \gset

\qecho 1. What was loaded, and what the refresh made of it
\qecho ---------------------------------------------------
\qecho Rows of each input table
CREATE TEMPORARY TABLE loaded ("table" text, "rows" bigint, "what" text);
SELECT format('INSERT INTO loaded SELECT %L, count(*), %L FROM %I', table_name, split_part(description, '. ', 1), table_name)
FROM byudv.monitor_tables() WHERE role = 'input' ORDER BY ordinal \gexec
SELECT * FROM loaded;

\qecho The steps of the refresh: what each computed anew, rows written and removed
SELECT step AS "step", scope AS "scope", rows_added AS "added", rows_removed AS "removed", round(extract(epoch FROM finished_at - started_at), 2) AS "seconds"
FROM run_log WHERE run_id = (SELECT max(run_id) FROM run_log WHERE step <> 'refresh') ORDER BY step = 'refresh', started_at;

\qecho 2. Tenure before and after
\qecho --------------------------
\qecho 'What each home really is (down) against what it is taken for (across): by its owner code, as Statistics Denmark reads it, and corrected'
CREATE TEMPORARY TABLE home AS
SELECT c.*, t.tenure AS truth, t.dwelling_type AS true_type, t.planted
FROM truth_dwelling t JOIN dwelling_class c USING (dwelling_id) JOIN dwelling d USING (dwelling_id)
WHERE c.in_area AND t.dwelling_type <> 'not_a_dwelling' AND d.demolished_on IS NULL;
CREATE TEMPORARY VIEW tenure_by_norm AS
SELECT h.truth, n.* FROM home h CROSS JOIN LATERAL (VALUES (1, 'register', h.tenure_register), (2, 'dst', h.tenure_dst), (3, 'corrected', h.tenure)) AS n (sort, norm, tenure);

SELECT norm AS "norm", truth AS "really", count(*) AS "homes", count(*) FILTER (WHERE tenure = 'owner') AS "owner",
       count(*) FILTER (WHERE tenure = 'cooperative') AS "cooperative", count(*) FILTER (WHERE tenure = 'social') AS "social",
       count(*) FILTER (WHERE tenure = 'private_rental') AS "private_rental", count(*) FILTER (WHERE tenure = 'foundation') AS "foundation",
       count(*) FILTER (WHERE tenure = 'public') AS "public", count(*) FILTER (WHERE tenure = 'unknown') AS "unknown"
FROM tenure_by_norm GROUP BY sort, norm, truth ORDER BY sort, 3 DESC, truth;

\qecho Homes with the right tenure, and with a wrong one
SELECT norm AS "norm", count(*) FILTER (WHERE tenure = truth) AS "right", count(*) FILTER (WHERE tenure <> truth) AS "wrong",
       round(100.0 * avg((tenure = truth)::int), 2) AS "percent right"
FROM tenure_by_norm GROUP BY sort, norm ORDER BY sort;

\qecho 'The same by what is planted on the home: right by each norm, and what the correction leaves wrong'
SELECT planted AS "planted", count(*) AS "homes", count(*) FILTER (WHERE tenure_register = truth) AS "register", count(*) FILTER (WHERE tenure_dst = truth) AS "dst",
       count(*) FILTER (WHERE tenure = truth) AS "corrected", count(*) FILTER (WHERE tenure <> truth) AS "still wrong", count(*) FILTER (WHERE dwelling_type <> true_type) AS "wrong type"
FROM home GROUP BY planted ORDER BY planted;

\qecho 3. What was corrected, and why
\qecho ------------------------------
\qecho By the rule that decided (none: by hand), with the reason of one of the homes
SELECT rule_id AS "rule", tenure_register AS "register says", tenure AS "corrected", certainty AS "certainty", count(*) AS "homes",
       count(*) FILTER (WHERE tenure = truth) AS "right", pg_temp.wrap((array_agg(reason ORDER BY dwelling_id))[1], 78) AS "reason"
FROM home WHERE tenure <> tenure_register GROUP BY rule_id, tenure_register, tenure, certainty ORDER BY 5 DESC, rule_id;

SELECT dwelling_id AS explained, address FROM home JOIN dwelling USING (dwelling_id) WHERE home.planted = 'social_as_owner' ORDER BY dwelling_id LIMIT 1 \gset
\qecho 'One of them explained rule by rule:' :address '(dwelling' :explained')'
SELECT CASE x.outcome WHEN 'signal' THEN '' ELSE x.rule_id::text END AS "rule", CASE x.outcome WHEN 'decides' THEN '->' ELSE '' END AS "  ", pg_temp.wrap(x.explanation, 130) AS "explanation"
FROM dwelling d JOIN dwelling_class c USING (dwelling_id) JOIN building b USING (building_id) JOIN ownership o ON o.dwelling_id = d.dwelling_id AND o.valid_to IS NULL
CROSS JOIN LATERAL byudv.explain_tenure(o.owner_code, b.building_use, o.owner_name, b.defect_insurance, b.built_year, byudv.owner_occupied(d.registered_use), d.property_kind,
    d.public_support, c.proxy_owner) AS x
WHERE d.dwelling_id = :explained AND (x.outcome <> 'no match' OR x.step <= 3);

\qecho 4. Planted errors, and what was found without knowing them
\qecho ----------------------------------------------------------
-- Which check ought to see what. Errors of ownership also count as found where the home's tenure is corrected, since it is listed with its reason.
CREATE TEMPORARY VIEW expected (kind, issue) AS VALUES
    ('social_as_owner', 'owner_code_against_name'), ('social_as_association', 'owner_code_against_name'), ('company_for_cooperative', 'owner_code_against_name'),
    ('cooperative_under_persons', 'owner_code_against_name'), ('company_under_social_code', 'owner_code_against_name'), ('church_as_foundation', 'owner_code_against_name'),
    ('social_unnamed', 'estate_not_social'), ('social_unnamed', 'person_owns_block'), ('person_on_rental_block', 'person_owns_block'),
    ('supported_under_municipality', 'support_against_owner_code'), ('contact_person', 'proxy_owner'), ('owners_association', 'association_as_owner'),
    ('missing_owner_code', 'missing_owner_code'), ('owner_lets', 'owner_not_resident'), ('phased_out_use', 'phased_out_code'), ('building_area_on_room', 'implausible_area'),
    ('two_areas', 'area_disagreement'), ('missing_area', 'missing_area_m2'), ('missing_use', 'missing_use'), ('company_used_by_owner', 'company_used_by_owner'),
    ('new_without_residents', 'new_without_residents'), ('sixteen_residents', 'too_many_residents'), ('residents_in_demolished', 'residents_in_demolished'),
    ('residents_in_no_dwelling', 'residents_in_no_dwelling'), ('double_registration', 'overlapping_registration'), ('nested_registration', 'overlapping_registration'),
    ('duplicate_registration', 'duplicate_registration'), ('reversed_period', 'reversed_registration'), ('zero_length_period', 'zero_length_registration'),
    ('future_registration', 'future_registration'), ('no_start', 'registration_without_start');

-- One row an error. The monitor says nothing of dwellings of other municipalities, where there are any, but all of persons.
CREATE TEMPORARY TABLE planted AS
SELECT e.kind, e.table_name, e.key, CASE WHEN e.table_name = 'address_period' THEN split_part(e.key, '/', 1)::bigint END AS person_id, c.dwelling_id,
       EXISTS (SELECT FROM data_issue i JOIN expected x USING (issue) WHERE x.kind = e.kind AND i.issue_key = e.key) AS has_finding,
       coalesce(e.table_name = 'ownership' AND c.tenure <> c.tenure_register, false) AS is_corrected
FROM truth_error e LEFT JOIN dwelling_class c ON c.dwelling_id = CASE WHEN e.table_name <> 'address_period' THEN e.key::bigint END
WHERE c.in_area OR e.table_name = 'address_period';
ANALYZE planted;

\qecho 'Each kind of error: how many were planted, a check points at, have their tenure corrected (with a reason), and are found by one or the other'
SELECT p.kind AS "planted error", p.table_name AS "in", count(*) AS "planted", count(*) FILTER (WHERE p.has_finding) AS "finding", count(*) FILTER (WHERE p.is_corrected) AS "corrected",
       count(*) FILTER (WHERE p.has_finding OR p.is_corrected) AS "found", count(*) FILTER (WHERE NOT p.has_finding AND NOT p.is_corrected) AS "missed",
       (SELECT string_agg(x.issue, ', ' ORDER BY x.issue) FROM expected x WHERE x.kind = p.kind) AS "check"
FROM planted p GROUP BY p.kind, p.table_name ORDER BY p.table_name, p.kind;

\qecho 'Each check: its findings, of them those at an error planted for it, those about a home or person with another error (such as the record after one'
\qecho 'that overlaps), and false alarms'
CREATE TEMPORARY TABLE told AS
SELECT i.issue, EXISTS (SELECT FROM planted p JOIN expected x USING (kind) WHERE p.key = i.issue_key AND x.issue = i.issue) AS is_planted,
       EXISTS (SELECT FROM planted p WHERE p.dwelling_id = i.dwelling_id AND i.person_id IS NULL) OR EXISTS (SELECT FROM planted p WHERE p.person_id = i.person_id) AS is_beside
FROM data_issue i;
SELECT k.issue AS "check", k.severity AS "severity", k.label_da AS "label", count(t.issue) AS "findings", count(*) FILTER (WHERE t.is_planted) AS "planted",
       count(*) FILTER (WHERE NOT t.is_planted AND t.is_beside) AS "beside one", count(*) FILTER (WHERE NOT t.is_planted AND NOT t.is_beside) AS "false alarms"
FROM byudv.data_issue_kind k LEFT JOIN told t USING (issue) GROUP BY k.issue, k.severity, k.label_da, k.sort_order ORDER BY k.sort_order;

SELECT count(*) AS n_planted, count(*) FILTER (WHERE has_finding OR is_corrected) AS n_found FROM planted \gset
SELECT count(*) FILTER (WHERE NOT is_planted AND NOT is_beside) AS n_false FROM told \gset
SELECT (SELECT count(*) FROM home) AS n_homes, count(*) FILTER (WHERE norm = 'register' AND tenure <> truth) AS wrong_before, count(*) FILTER (WHERE norm = 'corrected' AND tenure <> truth) AS wrong_after
FROM tenure_by_norm \gset
\qecho Found :n_found of :n_planted planted errors, with :n_false false alarms. Wrong tenure: :wrong_before of :n_homes homes before, :wrong_after after.
\qecho

\ir findings.sql
