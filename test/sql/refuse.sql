-- What is refused, and what is said about it: message, DETAIL, HINT.
\set SHOW_CONTEXT never
-- what must still be so after every refusal
CREATE SCHEMA t_refuse;
CREATE VIEW t_refuse.state AS
    SELECT byudv.tenure(20, 140, 'Testrup ApS', NULL) AS tenure, byudv.owner_kind('Boligforeningen AAB') AS kind, byudv.dwelling_type(120, 120, '1') AS type,
        (SELECT count(*) FROM byudv.owner_pattern WHERE NOT is_builtin) + (SELECT count(*) FROM byudv.tenure_rule WHERE NOT is_builtin)
        + (SELECT count(*) FROM byudv.use_code WHERE NOT is_builtin) + (SELECT count(*) FROM byudv.code_label WHERE NOT is_builtin) AS own_rows;
SELECT * FROM t_refuse.state;

-- Unknown norm, list, language
SELECT byudv.tenure(10, 120, NULL, NULL, norm => 'nonesuch');
SELECT byudv.tenure_decision(10, 120, NULL, NULL, norm => 'Corrected');
SELECT byudv.explain_tenure(10, 120, NULL, NULL, norm => '');
SELECT byudv.tenure(10, 120, NULL, NULL, norm => 'corrected ');
SELECT byudv.label('nonesuch', 'owner');
SELECT byudv.label('tenure', 'owner', 'de');

-- Patterns
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', 'regex', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', 'Word', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', '', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', NULL, 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', 'word', 'nonesuch');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', 'word', NULL);
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES (NULL, 'word', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('', 'word', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES (' .,- ', 'phrase', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES (repeat('x', 201), 'word', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup afd. 12', 'phrase', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup v/ Karla', 'phrase', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('to ord', 'suffix', 'company');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('good', 'word', 'company'), ('bad', 'word', 'nonesuch');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('twice', 'word', 'company'), ('twice', 'word', 'state');
-- a switched-off row is read as well
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, enabled) VALUES ('Testrup', 'regex', 'company', false);
COPY byudv.owner_pattern (pattern, match, owner_kind) FROM stdin;
Testrup	regex	company
\.
SELECT * FROM t_refuse.state;

-- Rules
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('', 1, 1, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES (repeat('n', 64), 1, 1, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES (NULL, 1, 1, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', NULL, 1, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, NULL, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, 1, 'nonesuch', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, 1, NULL, 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, 1, 'owner', NULL);
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, 1, 'owner', 'Ejeren er {name}.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, 1, 'owner', 'Ejeren er {owner');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, certainty, reason) VALUES ('own', 1, 1, 'owner', 'sure', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, certainty, reason) VALUES ('own', 1, 1, 'owner', NULL, 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, reason) VALUES ('own', 1, 1, '{77}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, reason) VALUES ('own', 1, 1, '{10,-1}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, reason) VALUES ('own', 1, 1, '{2147483647}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, use_classes, tenure, reason) VALUES ('own', 1, 1, '{castle}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, use_classes, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_kinds, tenure, reason) VALUES ('own', 1, 1, '{company,king}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_kinds, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, insurance_codes, tenure, reason) VALUES ('own', 1, 1, '{13}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, insurance_codes, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, support_codes, tenure, reason) VALUES ('own', 1, 1, '{11}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, support_codes, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_from, built_to, tenure, reason) VALUES ('own', 1, 1, 2000, 1999, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_from, tenure, reason) VALUES ('own', 1, 1, 2400, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_to, tenure, reason) VALUES ('own', 1, 1, 0, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_to, tenure, reason) VALUES ('own', 1, 1, -2000, 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, occupation, tenure, reason) VALUES ('own', 1, 1, '{empty}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, occupation, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, property_kinds, tenure, reason) VALUES ('own', 1, 1, '{ejerlejlighed}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, property_kinds, tenure, reason) VALUES ('own', 1, 1, '{}', 'owner', 'x.');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) SELECT 'own', i, i, 'owner', 'x.' FROM generate_series(1, 1025) i;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('own', 1, 1, 'owner', 'x.'), ('own', 1, 2, 'owner', 'x.');
SELECT * FROM t_refuse.state;

-- Codes
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 0, 'x', 'detached');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', -120, 'x', 'detached');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 2400, 'x', 'detached');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', NULL, 'x', 'detached');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('plot', 120, 'x', 'detached');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES (NULL, 120, 'x', 'detached');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 120, 'x', 'castle');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 120, 'x', NULL);
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 120, NULL, 'detached');
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('', 'x', 'x');
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES (repeat('c', 64), 'x', 'x');
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES (NULL, 'x', 'x');
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('own', NULL, 'x');
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('owner', 'x', 'x');
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('', 'x', 'x');
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES (repeat('c', 64), 'x', 'x');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('', 'x', 'x');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES (repeat('c', 64), 'x', 'x');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) SELECT 'type' || i, 'x', 'x' FROM generate_series(1, 2400) i;
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', 'A', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '-1', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', ' 15', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '2400', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '99999999999999999999', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('defect_insurance', '1e1', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('public_support', '10 ', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '20', 'x', 'x');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES (NULL, '20', 'x', 'x');
SELECT * FROM t_refuse.state;

-- Own codes cannot go while own rows need them
BEGIN;
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('palace', 'Palads', 'Palace');
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('royal', 'Kongelig', 'Royal');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('castle', 'Slot', 'Castle');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '15', 'Kongehuset', 'The royal family');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, tenure, reason)
    VALUES ('own', 1, 1, '{15}', '{castle}', '{royal}', 'palace', 'x.');
SAVEPOINT s;
DELETE FROM byudv.tenure_code WHERE code = 'palace';
ROLLBACK TO s;
DELETE FROM byudv.owner_kind_code WHERE code = 'royal';
ROLLBACK TO s;
DELETE FROM byudv.dwelling_type_code WHERE code = 'castle';
ROLLBACK TO s;
DELETE FROM byudv.register_code WHERE code = '15' AND NOT is_builtin;
ROLLBACK TO s;
UPDATE byudv.register_code SET code = '16' WHERE code = '15' AND NOT is_builtin;
ROLLBACK TO s;
TRUNCATE byudv.register_code;
ROLLBACK;

-- Built-in rows stay as they are
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, is_builtin) VALUES ('Testrup', 'word', 'company', true);
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type, is_builtin) VALUES ('unit', 121, 'x', 'detached', true) ON CONFLICT DO NOTHING;
UPDATE byudv.owner_pattern SET enabled = false WHERE pattern = 'aps' AND match = 'word';
UPDATE byudv.tenure_rule SET tenure = 'owner' WHERE norm = 'corrected' AND rule_id = 11;
UPDATE byudv.tenure_rule SET is_builtin = false WHERE norm = 'corrected' AND rule_id = 11;
UPDATE byudv.use_code SET dwelling_type = 'holiday';
UPDATE byudv.tenure_code SET label_da = 'x' WHERE code = 'owner';
UPDATE byudv.owner_kind_code SET sort_order = 1;
UPDATE byudv.dwelling_type_code SET code = 'x' WHERE code = 'detached';
UPDATE byudv.register_code SET label_en = 'x' WHERE list = 'norm';
DELETE FROM byudv.owner_pattern;
DELETE FROM byudv.tenure_rule WHERE norm = 'dst';
DELETE FROM byudv.use_code;
DELETE FROM byudv.tenure_code;
DELETE FROM byudv.owner_kind_code;
DELETE FROM byudv.dwelling_type_code;
DELETE FROM byudv.register_code;
BEGIN;
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Testrup', 'word', 'company');
UPDATE byudv.owner_pattern SET is_builtin = true WHERE NOT is_builtin;
ROLLBACK;
MERGE INTO byudv.tenure_code c USING (VALUES ('owner')) v (code) ON c.code = v.code WHEN MATCHED THEN DELETE;
TRUNCATE byudv.tenure_code;
SELECT * FROM t_refuse.state;

-- The trigger functions are for triggers of the kind they are made for
SELECT byudv.protect_builtin();
SELECT byudv.rules_changed();
CREATE TABLE t_refuse.plain (a int);
CREATE TRIGGER wrong AFTER INSERT ON t_refuse.plain FOR EACH ROW EXECUTE FUNCTION byudv.protect_builtin();
INSERT INTO t_refuse.plain VALUES (1);
DROP TRIGGER wrong ON t_refuse.plain;
CREATE TRIGGER wrong BEFORE INSERT ON t_refuse.plain FOR EACH STATEMENT EXECUTE FUNCTION byudv.protect_builtin();
INSERT INTO t_refuse.plain VALUES (1);
DROP TRIGGER wrong ON t_refuse.plain;
CREATE TRIGGER wrong BEFORE INSERT ON t_refuse.plain FOR EACH ROW EXECUTE FUNCTION byudv.protect_builtin();
INSERT INTO t_refuse.plain VALUES (1);
DROP TRIGGER wrong ON t_refuse.plain;
CREATE TRIGGER wrong BEFORE INSERT ON t_refuse.plain FOR EACH ROW EXECUTE FUNCTION byudv.rules_changed();
INSERT INTO t_refuse.plain VALUES (1);
DROP TRIGGER wrong ON t_refuse.plain;
CREATE TRIGGER wrong BEFORE INSERT ON t_refuse.plain FOR EACH STATEMENT EXECUTE FUNCTION byudv.rules_changed();
INSERT INTO t_refuse.plain VALUES (1);
DROP TRIGGER wrong ON t_refuse.plain;
CREATE TRIGGER wrong AFTER INSERT ON t_refuse.plain FOR EACH STATEMENT EXECUTE FUNCTION byudv.rules_changed();
INSERT INTO t_refuse.plain VALUES (1);
DROP TRIGGER wrong ON t_refuse.plain;
-- the seeds are for an empty table
SELECT byudv.seed_tenure_code();
SELECT * FROM t_refuse.state;

-- Used by adapters
SELECT byudv.stage_source('t_refuse.state', 'source', 'stage', ARRAY['kind text! kind', 'tenure castle! tenure'], 'x');

SET client_min_messages = warning;
DROP SCHEMA t_refuse CASCADE;
