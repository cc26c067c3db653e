-- Tenure rules: the register's view, Statistics Denmark's view and the corrected one, side by side.
--
-- Rule numbers of the norm "corrected" are ten times the number of the rule in docs/tenure.md plus a branch. Sources: BBR's code lists; the Building Act
-- (Byggeloven) part 25 A ff. on defect insurance, mandatory for new year-round dwellings from 1 April 2008, rental exempt by permits from 1 July 2016;
-- Statistics Denmark's documentation of UDLFORH.

CREATE TABLE byudv.tenure_rule (
    norm text NOT NULL,
    rule_id int NOT NULL,
    priority int NOT NULL,
    owner_codes int[],
    use_classes text[],
    owner_kinds text[],
    insurance_codes int[],
    built_from int,
    built_to int,
    occupation text[],
    property_kinds text[],
    support_codes int[],
    proxy_owner boolean,
    tenure text NOT NULL,
    certainty text NOT NULL DEFAULT 'medium',
    reason text NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    is_builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (norm, rule_id, is_builtin)
);
COMMENT ON TABLE byudv.tenure_rule IS 'Tenure rules. Within a norm the first rule by priority, then rule_id, whose conditions all hold decides. A condition is a set of accepted values: NULL accepts everything, a NULL inside the set accepts what is not stated. A row of your own with the same norm and rule_id replaces the built-in row; with enabled = false it switches it off. A new norm exists as soon as it has a rule.';
COMMENT ON COLUMN byudv.tenure_rule.norm IS 'register, dst, corrected, or one of your own';
COMMENT ON COLUMN byudv.tenure_rule.rule_id IS 'Number of the rule within the norm';
COMMENT ON COLUMN byudv.tenure_rule.priority IS 'Rules are tried in ascending order';
COMMENT ON COLUMN byudv.tenure_rule.owner_codes IS 'Accepted owner codes (ejerforholdskode)';
COMMENT ON COLUMN byudv.tenure_rule.use_classes IS 'Accepted classes of the building''s use: the dwelling types of byudv.use_code, domain building';
COMMENT ON COLUMN byudv.tenure_rule.owner_kinds IS 'Accepted kinds of owner by name; NULL inside stands for no name';
COMMENT ON COLUMN byudv.tenure_rule.insurance_codes IS 'Accepted defect-insurance codes (byg121)';
COMMENT ON COLUMN byudv.tenure_rule.built_from IS 'Earliest year of construction, included; a year that is not stated is in no range';
COMMENT ON COLUMN byudv.tenure_rule.built_to IS 'Latest year of construction, included';
COMMENT ON COLUMN byudv.tenure_rule.occupation IS 'Accepted occupation: owner (used by the owner), let, NULL for not known';
COMMENT ON COLUMN byudv.tenure_rule.property_kinds IS 'Accepted kinds of property: condominium, land, leased_land, NULL for not stated';
COMMENT ON COLUMN byudv.tenure_rule.support_codes IS 'Accepted public-support codes (enh046)';
COMMENT ON COLUMN byudv.tenure_rule.proxy_owner IS 'true: only where the named owner is a proxy; false: only where not, or not said';
COMMENT ON COLUMN byudv.tenure_rule.tenure IS 'The tenure that the rule gives';
COMMENT ON COLUMN byudv.tenure_rule.certainty IS 'high, medium or low';
COMMENT ON COLUMN byudv.tenure_rule.reason IS 'One Danish sentence that says why; {owner}, {organisation}, {owner_code}, {insurance}, {built_year} and {support} are filled in';
COMMENT ON COLUMN byudv.tenure_rule.enabled IS 'false: the row, and the built-in row that it replaces, take no part';
COMMENT ON COLUMN byudv.tenure_rule.is_builtin IS 'The extension''s own row; leave it out in rows of yours';

CREATE FUNCTION byudv.seed_tenure_rule() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, certainty, reason, is_builtin) VALUES
('register', 10, 10, '{10}', 'owner', 'high', 'Ejerforholdskoden er 10 (privatpersoner eller interessentskab).', true),
('register', 20, 20, '{20}', 'social', 'high', 'Ejerforholdskoden er 20 (alment boligselskab).', true),
('register', 30, 30, '{30}', 'private_rental', 'high', 'Ejerforholdskoden er 30 (selskab).', true),
('register', 40, 40, '{40}', 'foundation', 'high', 'Ejerforholdskoden er 40 (forening, legat eller selvejende institution).', true),
('register', 41, 41, '{41}', 'cooperative', 'high', 'Ejerforholdskoden er 41 (privat andelsboligforening).', true),
('register', 50, 50, '{50,60,70,80}', 'public', 'high', 'Ejerforholdskoden er {owner_code} (offentlig ejer).', true),
('register', 90, 90, NULL, 'unknown', 'low', 'Ejerforholdskoden er 90, 99 eller ikke oplyst og siger ikke, hvem der ejer boligen.', true);

INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, occupation, tenure, certainty, reason, is_builtin) VALUES
('dst', 10, 10, '{10}', '{owner}', 'owner', 'high', 'Ejerforholdskoden er 10, og BBR oplyser, at boligen benyttes af ejeren.', true),
('dst', 11, 11, '{10}', '{let}', 'private_rental', 'high', 'Ejerforholdskoden er 10, og BBR oplyser, at boligen er udlejet.', true),
('dst', 12, 12, '{10}', NULL, 'unknown', 'low', 'Ejerforholdskoden er 10, men BBR oplyser ikke, om boligen benyttes af ejeren.', true),
('dst', 20, 20, '{20}', NULL, 'social', 'high', 'Ejerforholdskoden er 20 (alment boligselskab).', true),
('dst', 30, 30, '{30}', NULL, 'private_rental', 'high', 'Ejerforholdskoden er 30 (selskab); kun personer og interessentskaber kan bo i egen bolig.', true),
('dst', 40, 40, '{40}', NULL, 'foundation', 'high', 'Ejerforholdskoden er 40 (forening, legat eller selvejende institution).', true),
('dst', 41, 41, '{41}', NULL, 'cooperative', 'high', 'Ejerforholdskoden er 41 (privat andelsboligforening).', true),
('dst', 50, 50, '{50,60,70,80}', NULL, 'public', 'high', 'Ejerforholdskoden er {owner_code} (offentlig ejer).', true),
('dst', 90, 90, NULL, NULL, 'unknown', 'low', 'Ejerforholdskoden er 90, 99 eller ikke oplyst og siger ikke, hvem der ejer boligen.', true);

INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, insurance_codes, built_from, occupation, property_kinds,
    support_codes, proxy_owner, tenure, certainty, reason, is_builtin) VALUES
-- 1: public support says what the dwelling was built as
('corrected', 11, 11, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{10,25,40,42}', NULL, 'social', 'high',
 'Boligen er opført med offentlig støtte som almen bolig (støttekode {support}).', true),
('corrected', 12, 12, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{20}', NULL, 'cooperative', 'high',
 'Boligen er opført med offentlig støtte som privat andelsbolig (støttekode {support}).', true),
('corrected', 13, 13, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{15,30}', NULL, 'private_rental', 'high',
 'Boligen er opført med offentlig støtte som privat udlejningsbolig (støttekode {support}).', true),
-- 2: the name of a social housing organisation
('corrected', 21, 21, '{10,41}', NULL, '{social_housing}', NULL, NULL, NULL, NULL, NULL, NULL, 'social', 'medium',
 'Ejeren ({organisation}) er en almen boligorganisation, selv om ejerforholdskoden er {owner_code}.', true),
('corrected', 22, 22, NULL, NULL, '{social_housing}', NULL, NULL, NULL, NULL, NULL, NULL, 'social', 'high',
 'Ejeren ({organisation}) er en almen boligorganisation.', true),
-- 3: the code of social housing
('corrected', 31, 31, '{20}', NULL, '{company,cooperative}', NULL, NULL, NULL, NULL, NULL, NULL, 'social', 'low',
 'Ejerforholdskoden er 20 (alment boligselskab), men ejernavnet "{owner}" peger på et selskab eller en andelsboligforening; bør gennemgås.', true),
('corrected', 32, 32, '{20}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'social', 'high',
 'Ejerforholdskoden er 20 (alment boligselskab).', true),
-- 4: cooperatives
('corrected', 41, 41, '{41}', NULL, '{cooperative}', NULL, NULL, NULL, NULL, NULL, NULL, 'cooperative', 'high',
 'Ejeren ({owner}) er en privat andelsboligforening, og ejerforholdskoden er 41.', true),
('corrected', 42, 42, '{41}', NULL, '{company,partnership,pension_fund,foundation,student_hall,municipality,region,state,church,owners_association}',
 NULL, NULL, NULL, NULL, NULL, NULL, 'cooperative', 'medium',
 'Ejerforholdskoden er 41 (privat andelsboligforening), selv om ejernavnet "{owner}" peger på en anden slags ejer.', true),
('corrected', 43, 43, '{41}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'cooperative', 'high',
 'Ejerforholdskoden er 41 (privat andelsboligforening); BBR viser altid andelsboliger som udlejede, så det tæller ikke som udlejning.', true),
('corrected', 44, 44, '{90,99,NULL}', NULL, '{cooperative}', NULL, NULL, NULL, NULL, NULL, NULL, 'cooperative', 'high',
 'Ejeren ({owner}) er en privat andelsboligforening.', true),
('corrected', 45, 45, NULL, NULL, '{cooperative}', NULL, NULL, NULL, NULL, NULL, NULL, 'cooperative', 'medium',
 'Ejeren ({owner}) er en privat andelsboligforening, selv om ejerforholdskoden er {owner_code}.', true),
-- 5: public owners
('corrected', 51, 51, '{50,60,70,80}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'public', 'high',
 'Ejerforholdskoden er {owner_code} (offentlig ejer).', true),
('corrected', 52, 52, '{90,99,NULL}', NULL, '{municipality,region,state,church}', NULL, NULL, NULL, NULL, NULL, NULL, 'public', 'high',
 'Ejeren ({owner}) er en offentlig myndighed eller folkekirken.', true),
('corrected', 53, 53, NULL, NULL, '{municipality,region,state,church}', NULL, NULL, NULL, NULL, NULL, NULL, 'public', 'medium',
 'Ejeren ({owner}) er en offentlig myndighed eller folkekirken, selv om ejerforholdskoden er {owner_code}.', true),
-- 6: the name says nothing about who owns this dwelling
('corrected', 61, 61, NULL, NULL, NULL, NULL, NULL, '{owner}', NULL, NULL, true, 'owner', 'medium',
 'Den registrerede ejer står for mange boliger som kontaktperson og siger intet om denne; BBR oplyser, at boligen benyttes af ejeren.', true),
('corrected', 62, 62, NULL, NULL, NULL, NULL, NULL, '{let}', NULL, NULL, true, 'private_rental', 'medium',
 'Den registrerede ejer står for mange boliger som kontaktperson og siger intet om denne; BBR oplyser, at boligen er udlejet.', true),
('corrected', 63, 63, NULL, NULL, NULL, '{12}', NULL, NULL, NULL, NULL, true, 'private_rental', 'medium',
 'Den registrerede ejer står for mange boliger som kontaktperson og siger intet om denne; byggeskadeforsikringens kode 12 siger udlejningsejendom.', true),
('corrected', 64, 64, NULL, NULL, NULL, '{10,11}', NULL, NULL, NULL, NULL, true, 'owner', 'medium',
 'Den registrerede ejer står for mange boliger som kontaktperson og siger intet om denne; byggeskadeforsikringens kode {insurance} støtter, at det er en ejerbolig.', true),
('corrected', 65, 65, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true, 'owner', 'medium',
 'Den registrerede ejer står for mange boliger som kontaktperson og siger intet om denne; boligerne regnes som ejerboliger.', true),
('corrected', 66, 66, NULL, NULL, '{owners_association}', NULL, NULL, '{owner}', NULL, NULL, NULL, 'owner', 'medium',
 'Ejeren ({owner}) er en ejerforening og siger intet om den enkelte bolig; BBR oplyser, at boligen benyttes af ejeren.', true),
('corrected', 67, 67, NULL, NULL, '{owners_association}', NULL, NULL, '{let}', NULL, NULL, NULL, 'private_rental', 'medium',
 'Ejeren ({owner}) er en ejerforening og siger intet om den enkelte bolig; BBR oplyser, at boligen er udlejet.', true),
('corrected', 68, 68, NULL, NULL, '{owners_association}', '{12}', NULL, NULL, NULL, NULL, NULL, 'private_rental', 'medium',
 'Ejeren ({owner}) er en ejerforening og siger intet om den enkelte bolig; byggeskadeforsikringens kode 12 siger udlejningsejendom.', true),
('corrected', 69, 69, NULL, NULL, '{owners_association}', NULL, NULL, NULL, NULL, NULL, NULL, 'owner', 'medium',
 'Ejeren ({owner}) er en ejerforening, så boligen er en ejerlejlighed; intet tyder på udlejning.', true),
-- 7: companies and pension funds
('corrected', 71, 71, '{30}', NULL, NULL, NULL, NULL, '{owner}', NULL, NULL, NULL, 'private_rental', 'low',
 'Ejerforholdskoden er 30 (selskab), men BBR oplyser, at boligen benyttes af ejeren; modstriden bør gennemgås.', true),
('corrected', 72, 72, NULL, NULL, '{company,pension_fund}', NULL, NULL, '{owner}', NULL, NULL, NULL, 'private_rental', 'low',
 'Ejeren ({owner}) er et selskab eller en pensionskasse, men BBR oplyser, at boligen benyttes af ejeren; modstriden bør gennemgås.', true),
('corrected', 73, 73, '{30}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'private_rental', 'high',
 'Ejerforholdskoden er 30 (selskab).', true),
('corrected', 74, 74, '{90,99,NULL}', NULL, '{company,pension_fund}', NULL, NULL, NULL, NULL, NULL, NULL, 'private_rental', 'high',
 'Ejeren ({owner}) er et selskab eller en pensionskasse.', true),
('corrected', 75, 75, NULL, NULL, '{company,pension_fund}', NULL, NULL, NULL, NULL, NULL, NULL, 'private_rental', 'medium',
 'Ejeren ({owner}) er et selskab eller en pensionskasse, selv om ejerforholdskoden er {owner_code}.', true),
-- 8: foundations and student halls
('corrected', 81, 81, '{40}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'foundation', 'high',
 'Ejerforholdskoden er 40 (forening, legat eller selvejende institution).', true),
('corrected', 82, 82, '{90,99,NULL}', NULL, '{foundation,student_hall}', NULL, NULL, NULL, NULL, NULL, NULL, 'foundation', 'high',
 'Ejeren ({owner}) er en fond, en selvejende institution eller et kollegium.', true),
('corrected', 83, 83, NULL, NULL, '{foundation,student_hall}', NULL, NULL, NULL, NULL, NULL, NULL, 'foundation', 'medium',
 'Ejeren ({owner}) er en fond, en selvejende institution eller et kollegium, selv om ejerforholdskoden er {owner_code}.', true),
-- 9: private persons
('corrected', 91, 91, '{10}', NULL, NULL, NULL, NULL, '{owner}', NULL, NULL, NULL, 'owner', 'high',
 'Ejerforholdskoden er 10 (privatpersoner), og BBR oplyser, at boligen benyttes af ejeren.', true),
('corrected', 92, 92, '{10}', NULL, NULL, NULL, NULL, '{let}', NULL, NULL, NULL, 'private_rental', 'high',
 'Ejerforholdskoden er 10 (privatpersoner), og BBR oplyser, at boligen er udlejet.', true),
('corrected', 93, 93, '{10}', '{farmhouse,detached,terraced}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'owner', 'medium',
 'Ejerforholdskoden er 10 (privatpersoner), og bygningen er et enfamiliehus.', true),
('corrected', 94, 94, '{10}', NULL, NULL, NULL, NULL, NULL, '{condominium}', NULL, NULL, 'owner', 'medium',
 'Ejerforholdskoden er 10 (privatpersoner), og boligen er en ejerlejlighed.', true),
('corrected', 95, 95, '{10}', '{apartment,student_hall}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'private_rental', 'low',
 'Ejerforholdskoden er 10 (privatpersoner), og boligen ligger i en flerfamiliebygning, der ikke er opdelt i ejerlejligheder.', true),
('corrected', 96, 96, '{10}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unknown', 'low',
 'Ejerforholdskoden er 10 (privatpersoner), men hverken benyttelse, bygningens anvendelse eller ejendomstype siger, om ejeren bor der.', true),
-- 10: the code says nothing
('corrected', 101, 101, '{90,99,NULL}', NULL, NULL, '{12}', NULL, NULL, NULL, NULL, NULL, 'private_rental', 'medium',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; byggeskadeforsikringens kode 12 siger udlejningsejendom.', true),
('corrected', 102, 102, '{90,99,NULL}', NULL, NULL, '{11}', NULL, NULL, NULL, NULL, NULL, 'owner', 'medium',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; byggeskadeforsikringens kode 11 siger, at den er opført som selvbyg.', true),
('corrected', 103, 103, '{90,99,NULL}', NULL, NULL, '{10}', 2017, NULL, NULL, NULL, NULL, 'owner', 'medium',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; den er fra {built_year} og byggeskadeforsikret, altså opført til salg.', true),
('corrected', 104, 104, '{90,99,NULL}', NULL, NULL, NULL, NULL, '{owner}', NULL, NULL, NULL, 'owner', 'medium',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; BBR oplyser, at den benyttes af ejeren.', true),
('corrected', 105, 105, '{90,99,NULL}', NULL, NULL, NULL, NULL, '{let}', NULL, NULL, NULL, 'private_rental', 'medium',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; BBR oplyser, at den er udlejet.', true),
('corrected', 106, 106, '{90,99,NULL}', '{farmhouse,detached,terraced}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'owner', 'low',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; bygningen er et enfamiliehus.', true),
('corrected', 107, 107, '{90,99,NULL}', '{apartment,student_hall}', NULL, '{0}', 2017, NULL, NULL, NULL, NULL, 'private_rental', 'low',
 'Ejerforholdskoden siger ikke, hvem der ejer boligen; flerfamiliebygningen er fra {built_year} og ikke byggeskadeforsikret, som kun udlejningsbyggeri kan være fritaget for.', true),
('corrected', 109, 109, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unknown', 'low',
 'Ingen oplysning siger, hvem der ejer boligen.', true);
$$;
COMMENT ON FUNCTION byudv.seed_tenure_rule() IS 'Puts the built-in rows of byudv.tenure_rule back; called at installation and after TRUNCATE.';
