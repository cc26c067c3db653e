-- Lists and labels
\set SHOW_CONTEXT never
SELECT * FROM byudv.tenure_codes();
SELECT * FROM byudv.dwelling_types();
SELECT * FROM byudv.owner_kinds();
SELECT * FROM byudv.owner_codes();
SELECT * FROM byudv.insurance_codes();
SELECT * FROM byudv.support_codes();
SELECT * FROM byudv.tenure_norms();
SELECT list, count(*) AS codes, count(*) FILTER (WHERE is_builtin) AS builtin, count(DISTINCT sort_order) AS places FROM byudv.code_label
GROUP BY list ORDER BY list COLLATE "C";
-- each code has both labels, and label() finds them
SELECT list, code FROM byudv.code_label WHERE label_da = '' OR label_en = '' ORDER BY list COLLATE "C", code COLLATE "C";
SELECT list, min(code COLLATE "C") AS first, byudv.label(list, min(code COLLATE "C")), byudv.label(list, min(code COLLATE "C"), 'en') FROM byudv.code_label
GROUP BY list ORDER BY list COLLATE "C";
SELECT byudv.label('tenure', 'social'), byudv.label('tenure', 'social', 'en'), byudv.label('certainty', 'low'), byudv.label('unit_kind', 'E', 'en'),
    byudv.label('tenure', 'nonesuch') AS unknown_code, byudv.label('tenure', 'Social') AS other_case, byudv.label('owner_code', '020') AS other_number;
-- what the functions answer is in the lists
SELECT DISTINCT dwelling_type FROM byudv.use_code EXCEPT SELECT code FROM byudv.dwelling_types();
SELECT DISTINCT owner_kind FROM byudv.owner_pattern EXCEPT SELECT code FROM byudv.owner_kinds();
SELECT DISTINCT tenure FROM byudv.tenure_rule EXCEPT SELECT code FROM byudv.tenure_codes();
SELECT DISTINCT certainty FROM byudv.tenure_rule EXCEPT SELECT code FROM byudv.code_label WHERE list = 'certainty';
SELECT DISTINCT norm FROM byudv.tenure_rule EXCEPT SELECT code FROM byudv.code_label WHERE list = 'norm';
-- use codes: both domains, phased-out ones included
SELECT domain, count(*) > 50 AS many, count(*) FILTER (WHERE phased_out) > 0 AS phased_out, count(*) FILTER (WHERE NOT is_builtin) AS own,
    count(*) FILTER (WHERE label_en IS NULL) AS untranslated FROM byudv.use_code GROUP BY domain ORDER BY domain COLLATE "C";
SELECT domain, code, label_da, label_en, dwelling_type, phased_out FROM byudv.use_code WHERE code IN (120, 140, 185, 320, 510, 585) ORDER BY domain COLLATE "C", code;
-- the dictionary is in normal form already, so a row of the user's own with the same words replaces it
SELECT pattern, match FROM byudv.owner_pattern WHERE is_builtin AND pattern <> byudv.normalise_owner_name(pattern) ORDER BY pattern COLLATE "C";
SELECT match, count(*) > 0 AS used FROM byudv.owner_pattern GROUP BY match ORDER BY match COLLATE "C";
SELECT count(*) AS priorities_below_100 FROM byudv.owner_pattern WHERE is_builtin AND priority NOT BETWEEN 100 AND 900;
