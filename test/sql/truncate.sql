-- TRUNCATE of several tables in one command, in any order: one's own rows go, the built-in ones are put back
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE SCHEMA t_truncate;
CREATE PROCEDURE t_truncate.fill() LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('borg', 'Borg', 'Castle');
    INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('kongelig', 'Kongelig', 'Royal');
    INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('slot', 'Slot', 'Castle');
    INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '15', 'Kongehuset', 'The royal family');
    INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('building', 2000, 'Slot', 'slot');
    INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('kronen', 'word', 'kongelig');
    INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, tenure, reason)
        VALUES ('corrected', 1, 1, '{15}', '{slot}', '{kongelig}', 'borg', 'x.');
END
$$;
CREATE FUNCTION t_truncate.own_rows() RETURNS bigint LANGUAGE sql AS $$
    SELECT (SELECT count(*) FROM byudv.code_label WHERE NOT is_builtin) + (SELECT count(*) FROM byudv.use_code WHERE NOT is_builtin)
        + (SELECT count(*) FROM byudv.owner_pattern WHERE NOT is_builtin) + (SELECT count(*) FROM byudv.tenure_rule WHERE NOT is_builtin) $$;
CREATE FUNCTION t_truncate.builtin_rows() RETURNS bigint LANGUAGE sql AS $$
    SELECT (SELECT count(*) FROM byudv.code_label WHERE is_builtin) + (SELECT count(*) FROM byudv.use_code WHERE is_builtin)
        + (SELECT count(*) FROM byudv.owner_pattern WHERE is_builtin) + (SELECT count(*) FROM byudv.tenure_rule WHERE is_builtin) $$;
SELECT t_truncate.builtin_rows() AS before \gset

CALL t_truncate.fill();
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), t_truncate.own_rows();
TRUNCATE byudv.tenure_code, byudv.owner_kind_code, byudv.dwelling_type_code, byudv.register_code, byudv.use_code, byudv.owner_pattern, byudv.tenure_rule;
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;

CALL t_truncate.fill();
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), t_truncate.own_rows();
TRUNCATE byudv.tenure_rule, byudv.owner_pattern, byudv.use_code, byudv.register_code, byudv.dwelling_type_code, byudv.owner_kind_code, byudv.tenure_code;
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;

CALL t_truncate.fill();
TRUNCATE byudv.tenure_rule, byudv.tenure_code;
TRUNCATE byudv.owner_pattern, byudv.owner_kind_code;
TRUNCATE byudv.use_code, byudv.dwelling_type_code;
TRUNCATE byudv.register_code;
SELECT t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;

CALL t_truncate.fill();
TRUNCATE byudv.tenure_code, byudv.owner_kind_code, byudv.dwelling_type_code, byudv.register_code, byudv.use_code, byudv.owner_pattern, byudv.tenure_rule;
SELECT t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;

-- what is left must still be valid: the rule needs its codes
CALL t_truncate.fill();
TRUNCATE byudv.use_code, byudv.dwelling_type_code, byudv.owner_pattern, byudv.owner_kind_code;
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;
BEGIN;
TRUNCATE byudv.tenure_rule, byudv.tenure_code;
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), byudv.tenure(20, 140, NULL, NULL);
ROLLBACK;
SELECT byudv.tenure(15, 2000, 'Kronen', NULL), t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;
TRUNCATE byudv.tenure_rule, byudv.tenure_code;
TRUNCATE byudv.use_code, byudv.dwelling_type_code, byudv.owner_pattern, byudv.owner_kind_code, byudv.register_code;
SELECT t_truncate.own_rows(), t_truncate.builtin_rows() = :before AS as_before;

DROP SCHEMA t_truncate CASCADE;
