-- Rules of one's own as one value, there and back; and what is said on the way to the workers of a cluster, with a stand-in for Citus.
\set SHOW_CONTEXT never
SELECT byudv.own_rules();
CREATE SCHEMA t_own;

-- one row or more in every table, with all that is hard to quote; rules that name codes, and sets with NULL inside
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('houseboat', 'Husbåd', 'Houseboat');
INSERT INTO byudv.owner_kind_code (code, label_da, label_en, sort_order) VALUES ('museum', 'Museum "Æblet"', 'Museum', 7);
INSERT INTO byudv.tenure_code (code, label_da, label_en) VALUES ('tied', 'Tjenestebolig', E'Tied, the owner''s \\ employer''s');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '77', 'Egen kode', 'Own code');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 2001, 'Husbåd', 'houseboat');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation, enabled) VALUES ('museet på øen', 'prefix', 'museum', 'M $1 %L', true), ('aps', 'word', 'company', NULL, false);
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, built_from, proxy_owner, tenure, reason) VALUES
    ('corrected', 9001, 1, '{77,NULL}', NULL, '{museum}', NULL, NULL, 'tied', 'Museets {owner}, kode {owner_code}.'),
    ('own', 1, 1, NULL, '{houseboat}', NULL, 1990, false, 'tied', 'Båd.'), ('own', 2, 2, NULL, NULL, NULL, NULL, NULL, 'unknown', 'Ellers.');
CREATE VIEW t_own.answer AS SELECT byudv.dwelling_type(2001, NULL, '1'), byudv.owner_kind('Museet på Øen'), byudv.owner_kind('Testrup ApS') AS aps, t.tenure, t.reason
    FROM byudv.tenure_decision(77, 140, 'Museet på Øen', NULL) t;
SELECT t.key, pg_catalog.jsonb_array_length(t.value) AS "rows" FROM pg_catalog.jsonb_each(byudv.own_rules()) t ORDER BY t.key COLLATE "C";
SELECT r.value FROM pg_catalog.jsonb_array_elements(byudv.own_rules() -> 'tenure_rule') r;
SELECT * FROM t_own.answer;
SELECT byudv.own_rules() AS mine \gset

-- there already: nothing is written
SELECT pg_catalog.string_agg(xmin::text, ' ' ORDER BY norm, rule_id) AS before FROM byudv.tenure_rule WHERE NOT is_builtin \gset
SELECT byudv.load_own_rules(:'mine');
SELECT pg_catalog.string_agg(xmin::text, ' ' ORDER BY norm, rule_id) = :'before' AS untouched FROM byudv.tenure_rule WHERE NOT is_builtin;
-- away, and back: in force at once, and the same value
SELECT byudv.load_own_rules('{}');
SELECT byudv.own_rules();
SELECT tenure, reason FROM byudv.tenure_decision(20, 140, 'Museet på Øen', NULL);
SELECT byudv.dwelling_type(2001, NULL, '1'), byudv.owner_kind('Museet på Øen'), byudv.owner_kind('Testrup ApS') AS aps;
SELECT byudv.load_own_rules(:'mine');
SELECT byudv.own_rules() = :'mine' AS same;
SELECT * FROM t_own.answer;
-- a table that is not named gets none, a column that is left out its default, also when other rows have it
SELECT byudv.load_own_rules('{"tenure_rule": [{"norm": "own", "rule_id": 1, "priority": 1, "tenure": "owner", "reason": "A"},
    {"norm": "own", "rule_id": 2, "priority": 2, "tenure": "owner", "certainty": "low", "enabled": false, "reason": "B"}], "use_code": []}');
SELECT byudv.own_rules();

-- what cannot be loaded changes nothing
\set ON_ERROR_STOP 0
SELECT byudv.load_own_rules(NULL);
SELECT byudv.load_own_rules('[]');
SELECT byudv.load_own_rules('{"tenure_rules": []}');
SELECT byudv.load_own_rules('{"tenure_rule": {"norm": "own"}}');
SELECT byudv.load_own_rules('{"tenure_rule": [1]}');
SELECT byudv.load_own_rules('{"tenure_rule": [{"norm": "own", "rule": 1}]}');
SELECT byudv.load_own_rules('{"tenure_rule": [{"norm": "own", "is_builtin": true}]}');
SELECT byudv.load_own_rules('{"tenure_rule": [{"norm": "own", "rule_id": "one"}]}');
SELECT byudv.load_own_rules('{"tenure_rule": [{"norm": "own", "rule_id": 1, "priority": 1, "tenure": "tied", "reason": "A"}]}');
SELECT byudv.load_own_rules('{"tenure_code": [{"code": "owner", "label_da": "x", "label_en": "x"}]}');
SELECT byudv.own_rules();

-- To every worker
SELECT * FROM byudv.citus_sync_rules();
-- the stand-in takes the command as Citus does, and runs it here, for two workers; the second has not got what it needs
BEGIN;
SET LOCAL allow_system_table_mods = on;
CREATE TABLE t_own.command (command text);
CREATE FUNCTION pg_catalog.run_command_on_workers(command text, parallel boolean DEFAULT true, OUT nodename text, OUT nodeport integer, OUT success boolean, OUT result text)
    RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO t_own.command VALUES (command);
    nodename := 'worker-1'; nodeport := 5432; success := true;
    EXECUTE command INTO result;
    RETURN NEXT;
    IF pg_catalog.current_setting('t_own.second', true) <> '' THEN
        nodename := 'worker-2'; success := false; result := 'ERROR:  ' || pg_catalog.current_setting('t_own.second');
        RETURN NEXT;
    END IF;
END $$;
SELECT * FROM byudv.citus_sync_rules();
SELECT command FROM t_own.command;
SAVEPOINT s;
SET LOCAL t_own.second = 'function byudv.load_own_rules(unknown) does not exist';
SELECT * FROM byudv.citus_sync_rules();
ROLLBACK TO s;
CREATE TABLE pg_catalog.pg_dist_local_group (groupid int);
INSERT INTO pg_catalog.pg_dist_local_group VALUES (0);
SELECT * FROM byudv.citus_sync_rules();
UPDATE pg_catalog.pg_dist_local_group SET groupid = 2;
SELECT * FROM byudv.citus_sync_rules();
ROLLBACK;

-- Rights: those of the tables
CREATE ROLE t_own_reader;
SET ROLE t_own_reader;
SELECT pg_catalog.jsonb_array_length(byudv.own_rules() -> 'tenure_rule') AS rules;
SELECT byudv.load_own_rules('{}');
RESET ROLE;
DROP ROLE t_own_reader;

SELECT byudv.load_own_rules('{}');
SET client_min_messages = warning;
DROP SCHEMA t_own CASCADE;
