-- What users change: patterns, rules, norms, codes. Every change is in force at once, a rolled-back one never was.
\set SHOW_CONTEXT never
CREATE SCHEMA t_edit;
CREATE VIEW t_edit.own_rows AS
    SELECT 'owner_pattern' AS "table", count(*) FILTER (WHERE NOT is_builtin) AS own, count(*) FILTER (WHERE is_builtin) > 500 AS builtin FROM byudv.owner_pattern
    UNION ALL SELECT 'tenure_rule', count(*) FILTER (WHERE NOT is_builtin), count(*) FILTER (WHERE is_builtin) = 62 FROM byudv.tenure_rule
    UNION ALL SELECT 'use_code', count(*) FILTER (WHERE NOT is_builtin), count(*) FILTER (WHERE is_builtin) > 100 FROM byudv.use_code
    UNION ALL SELECT 'code_label', count(*) FILTER (WHERE NOT is_builtin), count(*) FILTER (WHERE is_builtin) = 191 FROM byudv.code_label;
-- all built-in rows as they are now, for comparison at the end
CREATE FUNCTION t_edit.fingerprint() RETURNS text LANGUAGE sql AS $$
    SELECT pg_catalog.md5(pg_catalog.string_agg(r, '|' ORDER BY r COLLATE "C")) FROM (
        SELECT 'p' || t::text AS r FROM byudv.owner_pattern t UNION ALL SELECT 'r' || t::text FROM byudv.tenure_rule t UNION ALL SELECT 'u' || t::text FROM byudv.use_code t
        UNION ALL SELECT 'g' || t::text FROM byudv.register_code t UNION ALL SELECT 't' || t::text FROM byudv.tenure_code t
        UNION ALL SELECT 'd' || t::text FROM byudv.dwelling_type_code t UNION ALL SELECT 'k' || t::text FROM byudv.owner_kind_code t) x $$;
SELECT t_edit.fingerprint() AS before \gset
SELECT * FROM t_edit.own_rows ORDER BY "table" COLLATE "C";

-- A pattern of one's own, by each kind of match
SELECT byudv.owner_kind('Testrup Borg');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation) VALUES
    ('TESTRUP, BORG', 'whole', 'foundation', 'Borgfonden'), ('Prøvenavn', 'prefix', 'church', NULL), ('ordprøve', 'word', 'state', NULL),
    ('to prøveord', 'phrase', 'region', NULL), ('prøvehale', 'suffix', 'municipality', NULL), ('sidste prøve', 'last', 'student_hall', NULL);
SELECT name, byudv.owner_kind(name), byudv.owner_organisation(name) FROM (VALUES
    (1, 'testrup borg'), (2, 'Testrup Borg afd. 7'), (3, 'Testrup Borg 2'), (4, 'Gamle Testrup Borg'), (5, 'Proevenavnet af Testrup'), (6, 'Det Prøvenavn'),
    (7, 'En Ordprøve Til'), (8, 'Ordprøven'), (9, 'Her er TO  PRØVEORD.'), (10, 'to xprøveord'), (11, 'Langprøvehale Hansen'), (12, 'Prøvehale'), (13, 'Prøvehalen'),
    (14, 'Min sidste prøve'), (15, 'Sidste prøve nu'), (16, 'Karla c/o Testrup Borg')) v (n, name) ORDER BY n;
SELECT pattern, match, priority, is_builtin FROM byudv.owner_match('Testrup Borg');
-- of several, the lowest priority decides, then the longest
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, priority) VALUES ('testrup', 'word', 'company', 10), ('borg', 'word', 'church', 50);
SELECT owner_kind, pattern, priority FROM byudv.owner_matches('Testrup Borg');
UPDATE byudv.owner_pattern SET priority = 60 WHERE pattern = 'testrup';
SELECT owner_kind, pattern, priority FROM byudv.owner_matches('Testrup Borg');
-- switched off, and gone
UPDATE byudv.owner_pattern SET enabled = false WHERE match = 'whole' AND NOT is_builtin;
SELECT byudv.owner_kind('Testrup Borg');
DELETE FROM byudv.owner_pattern WHERE NOT is_builtin;
SELECT byudv.owner_kind('Testrup Borg');
-- a built-in one is replaced, switched off, cancelled
SELECT byudv.owner_kind('Testrup ApS');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, priority) VALUES ('aps', 'word', 'church', 200);
SELECT byudv.owner_kind('Testrup ApS'), (SELECT count(*) FROM byudv.owner_matches('Testrup ApS')) AS matches;
UPDATE byudv.owner_pattern SET enabled = false WHERE pattern = 'aps' AND NOT is_builtin;
SELECT byudv.owner_kind('Testrup ApS');
UPDATE byudv.owner_pattern SET enabled = true, owner_kind = 'unclassified' WHERE pattern = 'aps' AND NOT is_builtin;
SELECT byudv.owner_kind('Boligselskabet Testrup ApS'), byudv.tenure(10, 140, 'Boligselskabet Testrup ApS', NULL, owner_occupied => true);
TRUNCATE byudv.owner_pattern;
SELECT byudv.owner_kind('Testrup ApS');
-- by COPY
COPY byudv.owner_pattern (pattern, match, owner_kind) FROM stdin;
testrup borg	phrase	foundation
\.
SELECT byudv.owner_kind('Testrup Borg');
TRUNCATE byudv.owner_pattern;
-- two rows that read alike in normal form, "word" with several words, a priority at the end of the numbers
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, priority) VALUES ('Prøve', 'word', 'church', -2147483648), ('PROEVE', 'word', 'state', 2147483647),
    ('to ord', 'word', 'region', 50);
SELECT byudv.owner_kind('Prøve'), byudv.owner_kind('Her er to ord'), (SELECT count(*) FROM byudv.owner_matches('prøve'));
TRUNCATE byudv.owner_pattern;

-- Rules: a norm of one's own
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, certainty, reason) VALUES
    ('kommunen', 2, 20, NULL, 'unknown', 'low', 'Vides ikke.'), ('kommunen', 1, 10, '{10,NULL}', 'owner', 'high', 'Kode {owner_code}.');
SELECT c.code, byudv.tenure(c.code, NULL, NULL, NULL, norm => 'kommunen'), d.* FROM (VALUES (10), (20), (NULL)) c (code),
    LATERAL byudv.tenure_decision(c.code, NULL, NULL, NULL, norm => 'kommunen') d;
SELECT code, label_da, rules FROM byudv.tenure_norms();
INSERT INTO byudv.register_code (list, code, label_da, label_en, sort_order) VALUES ('norm', 'kommunen', 'Kommunens egen', 'The municipality''s own', 0);
SELECT code, label_da, rules FROM byudv.tenure_norms();
UPDATE byudv.tenure_rule SET priority = 5 WHERE norm = 'kommunen' AND rule_id = 2;
SELECT byudv.tenure(10, NULL, NULL, NULL, norm => 'kommunen');
UPDATE byudv.tenure_rule SET enabled = false WHERE norm = 'kommunen' AND rule_id = 2;
SELECT byudv.tenure(10, NULL, NULL, NULL, norm => 'kommunen'), byudv.tenure(20, NULL, NULL, NULL, norm => 'kommunen') AS no_rule;
UPDATE byudv.tenure_rule SET enabled = false WHERE norm = 'kommunen';
SELECT byudv.tenure(10, NULL, NULL, NULL, norm => 'kommunen');
DELETE FROM byudv.tenure_rule WHERE norm = 'kommunen';
SELECT byudv.tenure(10, NULL, NULL, NULL, norm => 'kommunen');
DELETE FROM byudv.register_code WHERE NOT is_builtin;
-- a built-in rule is replaced, switched off, preceded
SELECT byudv.tenure(20, 140, NULL, NULL);
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, certainty, reason) VALUES ('corrected', 32, 32, '{20}', 'foundation', 'low', 'Erstattet.');
SELECT * FROM byudv.tenure_decision(20, 140, NULL, NULL);
UPDATE byudv.tenure_rule SET enabled = false WHERE norm = 'corrected' AND rule_id = 32 AND NOT is_builtin;
SELECT * FROM byudv.tenure_decision(20, 140, NULL, NULL);
DELETE FROM byudv.tenure_rule WHERE NOT is_builtin;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_to, tenure, certainty, reason) VALUES ('corrected', 1000, -5, 1900, 'public', 'low', 'Fra {built_year}.');
SELECT * FROM byudv.tenure_decision(20, 140, 'Boligforeningen AAB', NULL, 1900);
SELECT tenure FROM byudv.tenure_decision(20, 140, 'Boligforeningen AAB', NULL, 1901);
TRUNCATE byudv.tenure_rule;
SELECT tenure, rule_id FROM byudv.tenure_decision(20, 140, 'Boligforeningen AAB', NULL, 1900);
-- as many rules as there may be
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, built_from, built_to, tenure, reason) SELECT 'mange', i, i, 1000 + i, 1000 + i,
    (ARRAY['owner', 'social', 'public'])[1 + i % 3], 'Regel ' || i || '.' FROM generate_series(1, 1024) i;
SELECT y, d.tenure, d.rule_id FROM unnest(ARRAY[1000, 1001, 1063, 1064, 1065, 2023, 2024, 2025]) y, LATERAL byudv.tenure_decision(NULL, NULL, NULL, NULL, y, norm => 'mange') d;
SELECT count(*) FROM byudv.explain_tenure(NULL, NULL, NULL, NULL, 2024, norm => 'mange') WHERE step > 0;
TRUNCATE byudv.tenure_rule;

-- Codes of one's own
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('borg', 'Borg', 'Castle');
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('kongelig', 'Kongelig', 'Royal');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en, sort_order) VALUES ('slot', 'Slot', 'Castle', 15);
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '15', 'Kongehuset', 'The royal family'), ('egen_liste', 'x y', 'Æ', 'E');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('building', 2000, 'Slot', 'slot'), ('unit', 2399, 'Slotsbolig', 'slot'), ('unit', 1, 'Kælder', 'not_a_dwelling');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('kronen', 'word', 'kongelig');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, tenure, certainty, reason)
    VALUES ('corrected', 1, 1, '{15}', '{slot}', '{kongelig}', 'borg', 'high', 'Ejeren ({owner}) bor på slottet.');
SELECT * FROM byudv.tenure_decision(15, 2000, 'Kronen', NULL);
SELECT byudv.dwelling_type(2399, NULL, NULL), byudv.dwelling_type(NULL, 2000, '1'), byudv.dwelling_type(2000, NULL, '1') AS other_domain, byudv.dwelling_type(1, 120, '1'),
    byudv.explain_dwelling_type(2399, NULL, NULL), byudv.owner_kind('Kronen'), byudv.label('egen_liste', 'x y');
SELECT explanation FROM byudv.explain_tenure(15, 2000, 'Kronen', NULL) WHERE outcome IN ('signal', 'decides') AND explanation !~ 'ikke oplyst';
SELECT code FROM byudv.dwelling_types() WHERE sort_order < 30;
SELECT code FROM byudv.tenure_codes() WHERE sort_order > 60;
-- a use code replaces the built-in one
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 120, 'Slot', 'slot');
SELECT byudv.dwelling_type(120, NULL, NULL), byudv.dwelling_type(NULL, 120, NULL), byudv.explain_dwelling_type(120, NULL, NULL);
UPDATE byudv.use_code SET domain = 'building', dwelling_type = 'holiday' WHERE domain = 'unit' AND code = 120 AND NOT is_builtin;
SELECT byudv.dwelling_type(120, NULL, NULL), byudv.dwelling_type(NULL, 120, NULL);
SELECT * FROM t_edit.own_rows ORDER BY "table" COLLATE "C";
-- TRUNCATE takes away what is one's own and nothing else
TRUNCATE byudv.tenure_rule;
TRUNCATE byudv.owner_pattern;
TRUNCATE byudv.use_code RESTART IDENTITY;
TRUNCATE byudv.register_code;
SELECT byudv.dwelling_type(120, NULL, NULL), byudv.tenure(20, 140, NULL, NULL);
TRUNCATE byudv.tenure_code;
TRUNCATE byudv.owner_kind_code;
TRUNCATE byudv.dwelling_type_code;
SELECT t_edit.fingerprint() = :'before' AS as_before;

-- Transactions: seen at once by the one who writes, gone with ROLLBACK
BEGIN;
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church');
SELECT byudv.owner_kind('Testrup');
SAVEPOINT a;
UPDATE byudv.owner_pattern SET owner_kind = 'state' WHERE pattern = 'testrup';
SELECT byudv.owner_kind('Testrup');
SAVEPOINT b;
SET CONSTRAINTS ALL IMMEDIATE;
TRUNCATE byudv.owner_pattern;
SELECT byudv.owner_kind('Testrup');
ROLLBACK TO b;
SELECT byudv.owner_kind('Testrup');
ROLLBACK TO a;
SELECT byudv.owner_kind('Testrup');
-- a refused row leaves the old rules
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'phrase', 'nonesuch');
ROLLBACK TO a;
SELECT byudv.owner_kind('Testrup');
ROLLBACK;
SELECT byudv.owner_kind('Testrup');
BEGIN;
DELETE FROM byudv.tenure_rule WHERE NOT is_builtin;
TRUNCATE byudv.tenure_rule;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('corrected', 1, 1, 'public', 'Alt er offentligt.');
SELECT byudv.tenure(20, 140, NULL, NULL);
ROLLBACK;
SELECT byudv.tenure(20, 140, NULL, NULL);
-- rolled back without having been used
BEGIN;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, tenure, reason) VALUES ('corrected', 1, 1, 'public', 'Alt er offentligt.');
ROLLBACK;
SELECT byudv.tenure(20, 140, NULL, NULL);
-- within one statement block, and with a subtransaction that fails
DO $$
BEGIN
    RAISE NOTICE '%', byudv.owner_kind('Testrup');
    INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church');
    RAISE NOTICE '%', byudv.owner_kind('Testrup');
    BEGIN
        UPDATE byudv.owner_pattern SET owner_kind = 'state' WHERE pattern = 'testrup';
        RAISE NOTICE '%', byudv.owner_kind('Testrup');
        RAISE division_by_zero;
    EXCEPTION WHEN division_by_zero THEN
        RAISE NOTICE '%', byudv.owner_kind('Testrup');
    END;
    DELETE FROM byudv.owner_pattern WHERE pattern = 'testrup';
    RAISE NOTICE '%', byudv.owner_kind('Testrup');
END
$$;
-- with commits in between
CREATE PROCEDURE t_edit.commits() LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church');
    COMMIT;
    RAISE NOTICE '%', byudv.owner_kind('Testrup');
    UPDATE byudv.owner_pattern SET owner_kind = 'state' WHERE pattern = 'testrup';
    ROLLBACK;
    RAISE NOTICE '%', byudv.owner_kind('Testrup');
    DELETE FROM byudv.owner_pattern WHERE pattern = 'testrup';
    COMMIT;
    RAISE NOTICE '%', byudv.owner_kind('Testrup');
END
$$;
CALL t_edit.commits();
-- a function that changes rules while a query reads by them: rows before it by the old ones, rows after it by the new
CREATE FUNCTION t_edit.change(i int) RETURNS int LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF i = 3 THEN
        INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church');
    END IF;
    RETURN i;
END
$$;
SELECT t_edit.change(i), byudv.owner_kind('Testrup' || repeat(' ', i)) FROM generate_series(1, 5) i;
DELETE FROM byudv.owner_pattern WHERE NOT is_builtin;
-- prepared statements, and the value kept by no plan
PREPARE p(text) AS SELECT byudv.owner_kind($1), byudv.owner_kind('Testrup');
SET plan_cache_mode = force_generic_plan;
EXECUTE p('Testrup');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church');
EXECUTE p('Testrup');
DELETE FROM byudv.owner_pattern WHERE NOT is_builtin;
EXECUTE p('Testrup');
RESET plan_cache_mode;
DEALLOCATE p;
-- plans thrown away, and changes without effect
DISCARD PLANS;
UPDATE byudv.owner_pattern SET enabled = true WHERE false;
DELETE FROM byudv.tenure_rule WHERE false;
SELECT byudv.owner_kind('Testrup ApS'), byudv.tenure(20, 140, NULL, NULL);
-- session_replication_role = replica does not let a change go unnoticed
SET session_replication_role = replica;
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'word', 'church');
SELECT byudv.owner_kind('Testrup');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'phrase', 'nonesuch');
DELETE FROM byudv.owner_pattern WHERE NOT is_builtin;
SELECT byudv.owner_kind('Testrup');
RESET session_replication_role;
-- a broken row that came past the trigger is an error each time, never the rules of before
ALTER TABLE byudv.owner_pattern DISABLE TRIGGER rules_changed;
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup', 'regex', 'church');
ALTER TABLE byudv.owner_pattern ENABLE ALWAYS TRIGGER rules_changed;
SELECT byudv.owner_kind('Testrup');
SELECT byudv.owner_kind('Testrup');
SELECT byudv.tenure(20, 140, NULL, NULL);
DELETE FROM byudv.owner_pattern WHERE NOT is_builtin;
SELECT byudv.owner_kind('Testrup');
-- many patterns at once
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation)
    SELECT 'Prøveforening nr ' || i, 'prefix', 'cooperative', 'Nr. ' || i FROM generate_series(1, 20000) i;
SELECT byudv.owner_organisation('PROEVEFORENING NR. 12345'), byudv.owner_organisation('Prøveforening nr 20001') AS beyond, byudv.owner_kind('Boligforeningen AAB');
TRUNCATE byudv.owner_pattern;
-- nothing is left
SELECT t_edit.fingerprint() = :'before' AS as_before;
SELECT * FROM t_edit.own_rows ORDER BY "table" COLLATE "C";

SET client_min_messages = warning;
DROP SCHEMA t_edit;
