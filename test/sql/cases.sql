-- Dwelling types and tenure, case by case, against answers derived by hand from the rules (test/data). Only mismatches are shown.
CREATE SCHEMA t_cases;

CREATE TABLE t_cases.dwelling_type (unit_use int, building_use int, unit_kind text, expected text, why text);
\copy t_cases.dwelling_type FROM PROGRAM 'cat "$PG_ABS_SRCDIR/data/dwelling_type_cases.csv"' (FORMAT csv, HEADER)
SELECT count(*) FILTER (WHERE byudv.dwelling_type(unit_use, building_use, unit_kind) = expected) AS "right", count(*) AS cases
FROM t_cases.dwelling_type;
SELECT unit_use, building_use, unit_kind, expected, byudv.dwelling_type(unit_use, building_use, unit_kind) AS got, why
FROM t_cases.dwelling_type WHERE byudv.dwelling_type(unit_use, building_use, unit_kind) IS DISTINCT FROM expected
ORDER BY unit_use, building_use, unit_kind COLLATE "C";
-- a sentence of each type, which begins with its label
SELECT DISTINCT ON (expected COLLATE "C") expected, byudv.explain_dwelling_type(unit_use, building_use, unit_kind) AS explanation
FROM t_cases.dwelling_type WHERE unit_use IS NOT NULL ORDER BY expected COLLATE "C", unit_use DESC, building_use DESC, unit_kind COLLATE "C" DESC;

CREATE TABLE t_cases.tenure (case_id text, norm text, owner_code int, building_use int, owner_name text, defect_insurance int, built_year int,
    owner_occupied boolean, property_kind text, public_support int, proxy_owner boolean, expected_tenure text, expected_certainty text, spec_rule text,
    why text);
\copy t_cases.tenure FROM PROGRAM 'cat "$PG_ABS_SRCDIR/data/tenure_cases.csv"' (FORMAT csv, HEADER)
CREATE VIEW t_cases.decided AS
    SELECT t.*, byudv.tenure(owner_code, building_use, owner_name, defect_insurance, built_year, owner_occupied, property_kind, public_support, proxy_owner,
        norm) AS got, d.tenure AS decision, d.rule_id, d.certainty, d.reason
    FROM t_cases.tenure t, byudv.tenure_decision(owner_code, building_use, owner_name, defect_insurance, built_year, owner_occupied, property_kind,
        public_support, proxy_owner, norm) d;
SELECT count(*) FILTER (WHERE got = expected_tenure) AS tenure_right, count(*) AS cases,
    count(*) FILTER (WHERE certainty = expected_certainty) AS certainty_right, count(expected_certainty) AS certainties,
    count(*) FILTER (WHERE got = decision) AS decision_agrees,
    count(*) FILTER (WHERE spec_rule = 'corrected ' || rule_id / 10) AS rule_right,
    count(*) FILTER (WHERE spec_rule ~ '^corrected [0-9]+$') AS rules
FROM t_cases.decided;
SELECT case_id, norm, expected_tenure, got, decision, expected_certainty, certainty, spec_rule, rule_id, why FROM t_cases.decided
WHERE got IS DISTINCT FROM expected_tenure OR decision IS DISTINCT FROM got OR certainty <> expected_certainty
    OR spec_rule ~ '^corrected [0-9]+$' AND spec_rule <> 'corrected ' || rule_id / 10
ORDER BY case_id COLLATE "C";
-- how the cases cover the built-in rules: those that no case decides
SELECT r.norm, r.rule_id FROM byudv.tenure_rule r
WHERE NOT EXISTS (SELECT FROM t_cases.decided d WHERE d.norm = r.norm AND d.rule_id = r.rule_id) ORDER BY r.norm COLLATE "C", r.rule_id;
-- a reason is a sentence with everything filled in
SELECT case_id, reason FROM t_cases.decided WHERE reason IS NULL OR reason !~ '\.$' OR reason ~ '[{}]' ORDER BY case_id COLLATE "C";
-- explain_tenure says the same, and has one row for each rule
SELECT case_id, d.rule_id, e.rule_id AS explained, e.decides, e.rules FROM t_cases.decided d,
    LATERAL (SELECT min(e.rule_id) FILTER (WHERE outcome = 'decides') AS rule_id, min(e.tenure) FILTER (WHERE outcome = 'decides') AS tenure,
        count(*) FILTER (WHERE outcome = 'decides') AS decides, count(*) FILTER (WHERE step > 0) AS rules
     FROM byudv.explain_tenure(owner_code, building_use, owner_name, defect_insurance, built_year, owner_occupied, property_kind, public_support,
        proxy_owner, norm) e) e
WHERE (e.rule_id, e.tenure, e.decides, e.rules) IS DISTINCT FROM
    (d.rule_id, d.got, 1::bigint, (SELECT count(*) FROM byudv.tenure_rule r WHERE r.norm = d.norm))
ORDER BY case_id COLLATE "C";

SET client_min_messages = warning;
DROP SCHEMA t_cases CASCADE;
