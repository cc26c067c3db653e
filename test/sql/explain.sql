-- explain_tenure and the reasons, word for word
SELECT step, rule_id, outcome, tenure, certainty, explanation FROM byudv.explain_tenure(10, 140, 'BOLIGFORENINGEN AAB AFD. 55', 0, 1948, norm => 'register');
SELECT step, rule_id, outcome, tenure, certainty, explanation FROM byudv.explain_tenure(10, 140, 'BOLIGFORENINGEN AAB AFD. 55', 0, 1948);
SELECT step, rule_id, outcome, tenure, certainty, explanation FROM byudv.explain_tenure(90, 140, 'E/F Testvej 2-14', 12, 2018, false, 'ejerlejlighed', 0, true, 'corrected')
WHERE outcome <> 'no match';
SELECT step, rule_id, outcome, tenure, explanation FROM byudv.explain_tenure(77, 888, ' . ', 13, -5, NULL, 'slot', 11, NULL, 'dst');
SELECT step, outcome, explanation FROM byudv.explain_tenure(NULL, NULL, NULL, NULL, norm => 'register') WHERE outcome <> 'no match';
SELECT count(*) FROM byudv.explain_tenure(10, 140, NULL, NULL, norm => NULL);
-- an own row says so, and conditions of every kind are put in words
BEGIN;
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation) VALUES ('Testrup Borg', 'phrase', 'foundation', 'Borgfonden');
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, insurance_codes, built_from, built_to, occupation, property_kinds,
    support_codes, proxy_owner, tenure, certainty, reason) VALUES
    ('own', 1, 1, '{10,20,NULL}', '{apartment,holiday}', '{foundation,NULL}', '{0,NULL}', 1900, 1950, '{owner,NULL}', '{condominium,land,NULL}', '{80,NULL}', false,
     'foundation', 'high', '{owner}, {organisation}, {owner_code}, {insurance}, {built_year}, {support}.'),
    ('own', 2, 2, NULL, NULL, NULL, NULL, NULL, 1950, NULL, NULL, NULL, NULL, 'public', 'low', 'Gammel.'),
    ('own', 3, 3, NULL, NULL, NULL, NULL, 1951, NULL, NULL, NULL, NULL, NULL, 'public', 'low', 'Ny.'),
    ('own', 4, 4, NULL, NULL, NULL, NULL, NULL, NULL, '{let}', '{leased_land}', NULL, true, 'public', 'low', 'Udlejet.');
SELECT step, rule_id, outcome, tenure, explanation FROM byudv.explain_tenure(20, 140, 'Testrup Borg', 0, 1900, true, 'SFE', 80, NULL, 'own');
SELECT step, rule_id, outcome, tenure, explanation FROM byudv.explain_tenure(30, 120, 'Testrup Kommune', 10, 1951, false, 'BPFG', 10, true, 'own');
SELECT step, rule_id, outcome, tenure, explanation FROM byudv.explain_tenure(NULL, NULL, NULL, NULL, norm => 'own');
SELECT * FROM byudv.tenure_decision(NULL, NULL, NULL, NULL, norm => 'own');
SELECT * FROM byudv.tenure_decision(NULL, 140, NULL, NULL, 1950, norm => 'own');
ROLLBACK;
-- every built-in reason once
SELECT r.norm, r.rule_id, d.reason FROM byudv.tenure_rule r, LATERAL byudv.tenure_decision(
    coalesce(r.owner_codes[1], CASE WHEN r.owner_codes IS NULL THEN 30 END), CASE r.use_classes[1] WHEN 'farmhouse' THEN 110 WHEN 'apartment' THEN 140 END,
    CASE r.owner_kinds[1] WHEN 'social_housing' THEN 'Boligforeningen AAB' WHEN 'company' THEN 'Testrup ApS' WHEN 'cooperative' THEN 'A/B Testrup'
        WHEN 'municipality' THEN 'Testrup Kommune' WHEN 'foundation' THEN 'Fonden Testrup' WHEN 'owners_association' THEN 'E/F Testrup' END,
    r.insurance_codes[1], coalesce(r.built_from, 1950), CASE r.occupation[1] WHEN 'owner' THEN true WHEN 'let' THEN false END, r.property_kinds[1], r.support_codes[1],
    r.proxy_owner, r.norm) d
WHERE d.rule_id = r.rule_id ORDER BY r.norm COLLATE "C", r.rule_id;
