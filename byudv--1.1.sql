-- byudv 1.1; generated from sql/, do not edit
\echo Use "CREATE EXTENSION byudv" to load this file. \quit
-- Code tables: what the codes are called, in Danish and English, and in which order they are shown.
--
-- Built-in rows belong to the extension (is_builtin): they are not dumped, and an update of the extension replaces them. Rows of the user's own are
-- dumped. Each seed_... function holds the built-in rows of one table; installation calls it, and so does TRUNCATE, which thereby removes only what
-- users have added. Sources of the code lists: BBR's public code lists (2023, 2026), Statistics Denmark's documentation of the housing register.

-- Functions here call each other by schema byudv. Whoever may add others to it, of the same names for other types of arguments, would be called in their place.
DO $$
DECLARE
    who pg_catalog.text;
BEGIN
    SELECT pg_catalog.string_agg(DISTINCT pg_catalog.pg_get_userbyid(x.role)::pg_catalog.text, ', ') INTO who
    FROM pg_catalog.pg_namespace n, LATERAL (SELECT n.nspowner AS role
        UNION ALL SELECT a.grantee FROM pg_catalog.aclexplode(n.nspacl) a WHERE a.privilege_type = 'CREATE'
        UNION ALL SELECT p.proowner FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid
        UNION ALL SELECT o.oprowner FROM pg_catalog.pg_operator o WHERE o.oprnamespace = n.oid
        UNION ALL SELECT t.typowner FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid
        UNION ALL SELECT c.relowner FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid) x
    WHERE n.nspname = 'byudv' AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid = x.role AND (r.rolsuper OR r.rolname = current_user));
    IF who IS NOT NULL THEN
        RAISE EXCEPTION 'schema byudv belongs to others as well' USING ERRCODE = 'insufficient_privilege',
            DETAIL = pg_catalog.format('Not only superusers own it or something in it, or may create there, but also: %s.', pg_catalog.replace(who, 'unknown (OID=0)', 'PUBLIC')),
            HINT = 'Drop it, or what these roles have there; or: ALTER SCHEMA byudv OWNER TO CURRENT_USER; REVOKE CREATE ON SCHEMA byudv FROM ...;';
    END IF;
END
$$;

GRANT USAGE ON SCHEMA @extschema@ TO PUBLIC;

CREATE TABLE byudv.dwelling_type_code (
    code text PRIMARY KEY,
    label_da text NOT NULL,
    label_en text NOT NULL,
    sort_order int NOT NULL DEFAULT 1000,
    is_builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE byudv.dwelling_type_code IS 'Dwelling types (boligart). Add rows to have types of your own in byudv.use_code.';

CREATE TABLE byudv.owner_kind_code (
    code text PRIMARY KEY,
    label_da text NOT NULL,
    label_en text NOT NULL,
    sort_order int NOT NULL DEFAULT 1000,
    is_builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE byudv.owner_kind_code IS 'Kinds of owner that a name can tell. Add rows to have kinds of your own in byudv.owner_pattern and byudv.tenure_rule.';

CREATE TABLE byudv.tenure_code (
    code text PRIMARY KEY,
    label_da text NOT NULL,
    label_en text NOT NULL,
    sort_order int NOT NULL DEFAULT 1000,
    is_builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE byudv.tenure_code IS 'Tenures (ejerform). Add rows to have tenures of your own in the rules of a norm of your own.';

CREATE TABLE byudv.register_code (
    list text NOT NULL,
    code text NOT NULL,
    label_da text NOT NULL,
    label_en text NOT NULL,
    sort_order int NOT NULL DEFAULT 1000,
    is_builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (list, code)
);
COMMENT ON TABLE byudv.register_code IS 'Codes of the registers and of the decisions, by list: owner_code, defect_insurance, public_support, registered_use, unit_kind, property_kind, certainty, norm, arrival, departure, vacancy_outcome, municipality. A number that owner_code, defect_insurance or public_support does not list counts as not stated.';

CREATE TABLE byudv.use_code (
    domain text NOT NULL,
    code int NOT NULL,
    label_da text NOT NULL,
    label_en text,
    dwelling_type text NOT NULL,
    phased_out boolean NOT NULL DEFAULT false,
    is_builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (domain, code, is_builtin)
);
COMMENT ON TABLE byudv.use_code IS 'What a use code means for dwellings. Units (enh020) and buildings (byg021) have lists of their own, since old 3xx and 4xx codes differ. A row of your own replaces the built-in row of the same domain and code.';

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code'] LOOP
        EXECUTE pg_catalog.format('COMMENT ON COLUMN byudv.%I.code IS %L', t, 'The code, as functions and tables use it');
        EXECUTE pg_catalog.format('COMMENT ON COLUMN byudv.%I.label_da IS %L', t, 'Danish label');
        EXECUTE pg_catalog.format('COMMENT ON COLUMN byudv.%I.label_en IS %L', t, 'English label');
        EXECUTE pg_catalog.format('COMMENT ON COLUMN byudv.%I.sort_order IS %L', t, 'Order in reports, ascending');
        EXECUTE pg_catalog.format('COMMENT ON COLUMN byudv.%I.is_builtin IS %L', t, 'The extension''s own row; leave it out in rows of yours');
    END LOOP;
END
$$;
COMMENT ON COLUMN byudv.register_code.list IS 'The list that the code belongs to';
COMMENT ON COLUMN byudv.use_code.domain IS 'unit (enh020) or building (byg021)';
COMMENT ON COLUMN byudv.use_code.code IS 'Use code, 1 to 2399';
COMMENT ON COLUMN byudv.use_code.label_da IS 'Danish label';
COMMENT ON COLUMN byudv.use_code.label_en IS 'English label';
COMMENT ON COLUMN byudv.use_code.dwelling_type IS 'Dwelling type that the use gives; commercial_dwelling means a non-residential use, which is a dwelling only where the unit kind (enh023) is 1 to 4; not_a_dwelling means never. For buildings it is also the use class of byudv.tenure_rule';
COMMENT ON COLUMN byudv.use_code.phased_out IS 'The register is phasing the code out (UDFASES); it still occurs and is accepted';
COMMENT ON COLUMN byudv.use_code.is_builtin IS 'The extension''s own row; leave it out in rows of yours';

CREATE FUNCTION byudv.seed_dwelling_type_code() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en, sort_order, is_builtin) VALUES
('farmhouse', 'Stuehus', 'Farmhouse', 10, true),
('detached', 'Parcelhus', 'Detached house', 20, true),
('terraced', 'Række-, kæde- og dobbelthus', 'Terraced, linked or semi-detached house', 30, true),
('apartment', 'Etagebolig', 'Apartment', 40, true),
('student_hall', 'Kollegium', 'Student hall', 50, true),
('institution', 'Døgninstitution', 'Residential institution', 60, true),
('other_year_round', 'Anden helårsbolig', 'Other year-round dwelling', 70, true),
('commercial_dwelling', 'Bolig i erhvervsbygning', 'Dwelling in a commercial building', 80, true),
('holiday', 'Fritidshus', 'Holiday home', 90, true),
('not_a_dwelling', 'Ikke bolig', 'Not a dwelling', 100, true),
('unknown', 'Uoplyst', 'Unknown', 110, true)
$$;
COMMENT ON FUNCTION byudv.seed_dwelling_type_code() IS 'Puts the built-in rows of byudv.dwelling_type_code back; called at installation and after TRUNCATE.';

CREATE FUNCTION byudv.seed_owner_kind_code() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.owner_kind_code (code, label_da, label_en, sort_order, is_builtin) VALUES
('social_housing', 'Almen boligorganisation', 'Social housing organisation', 10, true),
('cooperative', 'Privat andelsboligforening', 'Private housing cooperative', 20, true),
('owners_association', 'Ejerforening', 'Owners'' association (condominium)', 30, true),
('homeowners_association', 'Grundejerforening', 'Homeowners'' association', 40, true),
('company', 'Selskab', 'Company', 50, true),
('partnership', 'Interessentskab', 'Partnership', 60, true),
('pension_fund', 'Pensionskasse', 'Pension fund', 70, true),
('foundation', 'Fond, forening eller selvejende institution', 'Foundation, association or self-owning institution', 80, true),
('student_hall', 'Kollegium', 'Student hall', 90, true),
('municipality', 'Kommune', 'Municipality', 100, true),
('region', 'Region', 'Region', 110, true),
('state', 'Staten', 'State', 120, true),
('church', 'Kirke', 'Church', 130, true),
('unclassified', 'Uklassificeret (oftest privatperson)', 'Unclassified (mostly natural persons)', 140, true)
$$;
COMMENT ON FUNCTION byudv.seed_owner_kind_code() IS 'Puts the built-in rows of byudv.owner_kind_code back; called at installation and after TRUNCATE.';

CREATE FUNCTION byudv.seed_tenure_code() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.tenure_code (code, label_da, label_en, sort_order, is_builtin) VALUES
('owner', 'Ejerbolig', 'Owner-occupied', 10, true),
('cooperative', 'Andelsbolig', 'Cooperative', 20, true),
('social', 'Almen bolig', 'Social housing', 30, true),
('private_rental', 'Privat udlejning', 'Private rental', 40, true),
('foundation', 'Forening, fond, selvejende institution', 'Association, foundation, self-owning institution', 50, true),
('public', 'Offentligt ejet', 'Publicly owned', 60, true),
('unknown', 'Uoplyst', 'Unknown', 70, true)
$$;
COMMENT ON FUNCTION byudv.seed_tenure_code() IS 'Puts the built-in rows of byudv.tenure_code back; called at installation and after TRUNCATE.';

CREATE FUNCTION byudv.seed_register_code() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.register_code (list, code, label_da, label_en, sort_order, is_builtin) VALUES
('owner_code', '10', 'Privatpersoner eller interessentskab', 'Private persons or partnership', 10, true),
('owner_code', '20', 'Alment boligselskab', 'Social housing organisation', 20, true),
('owner_code', '30', 'Aktie-, anparts- eller andet selskab', 'Limited or other company', 30, true),
('owner_code', '40', 'Forening, legat eller selvejende institution', 'Association, endowment or self-owning institution', 40, true),
('owner_code', '41', 'Privat andelsboligforening', 'Private housing cooperative', 41, true),
('owner_code', '50', 'Kommunen, hvori ejendommen ligger', 'The municipality in which the property lies', 50, true),
('owner_code', '60', 'Anden kommune', 'Another municipality', 60, true),
('owner_code', '70', 'Region', 'Region', 70, true),
('owner_code', '80', 'Staten', 'The state', 80, true),
('owner_code', '90', 'Andet, herunder moderejendomme opdelt i ejerlejligheder', 'Other, mother properties of condominiums included', 90, true),
('owner_code', '99', 'Ikke beregnet', 'Not computed', 99, true),
('defect_insurance', '0', 'Ikke omfattet af byggeskadeforsikring', 'Not covered by defect insurance', 0, true),
('defect_insurance', '10', 'Omfattet af byggeskadeforsikring', 'Covered by defect insurance', 10, true),
('defect_insurance', '11', 'Opført som selvbyg', 'Built by the owner', 11, true),
('defect_insurance', '12', 'Udlejningsejendom', 'Rental property', 12, true),
('public_support', '0', 'Ingen offentlig støtte', 'No public support', 0, true),
('public_support', '10', 'Almen familiebolig', 'Social family dwelling', 10, true),
('public_support', '15', 'Støttet privat udlejningsbolig', 'Supported private rental', 15, true),
('public_support', '20', 'Støttet privat andelsbolig', 'Supported private cooperative', 20, true),
('public_support', '25', 'Almen ungdomsbolig', 'Social youth dwelling', 25, true),
('public_support', '30', 'Støttet privat ungdomsbolig', 'Supported private youth dwelling', 30, true),
('public_support', '40', 'Almen ældrebolig', 'Social dwelling for the elderly', 40, true),
('public_support', '42', 'Almen plejebolig', 'Social nursing dwelling', 42, true),
('public_support', '80', 'Serviceareal', 'Service area', 80, true),
('registered_use', '1', 'Udlejet', 'Let', 1, true),
('registered_use', '2', 'Benyttet af ejeren', 'Used by the owner', 2, true),
('registered_use', '3', 'Ikke benyttet', 'Not used', 3, true),
('unit_kind', '1', 'Egentlig beboelseslejlighed med eget køkken', 'Dwelling with its own kitchen', 1, true),
('unit_kind', '2', 'Blandet bolig og erhverv med eget køkken', 'Mixed dwelling and business with its own kitchen', 2, true),
('unit_kind', '3', 'Enkeltværelse uden eget køkken', 'Single room without its own kitchen', 3, true),
('unit_kind', '4', 'Fællesbolig', 'Shared dwelling', 4, true),
('unit_kind', '5', 'Sommer- eller fritidsbolig', 'Holiday home', 5, true),
('unit_kind', 'E', 'Andet (bl.a. institution og erhverv)', 'Other (institution, business and such)', 6, true),
('property_kind', 'condominium', 'Ejerlejlighed', 'Condominium', 1, true),
('property_kind', 'land', 'Samlet fast ejendom', 'Land property', 2, true),
('property_kind', 'leased_land', 'Bygning på fremmed grund', 'Building on leased land', 3, true),
('certainty', 'high', 'Høj', 'High', 1, true),
('certainty', 'medium', 'Middel', 'Medium', 2, true),
('certainty', 'low', 'Lav', 'Low', 3, true),
('norm', 'register', 'Registret, som det står', 'The register as it stands', 1, true),
('norm', 'dst', 'Danmarks Statistiks læsning', 'Statistics Denmark''s reading', 2, true),
('norm', 'corrected', 'Rettet', 'Corrected', 3, true),
('arrival', 'internal', 'Tilflytning fra egen kommune', 'Moved within the municipality', 1, true),
('arrival', 'from_municipality', 'Mellemkommunal tilflytning', 'From another municipality', 2, true),
('arrival', 'immigrated', 'Indrejse fra udlandet', 'From abroad', 3, true),
('arrival', 'born', 'Fødsel', 'Birth', 4, true),
('arrival', 'arrived', 'Tilflytning (ukendt proveniens)', 'From an unknown place', 5, true),
('departure', 'internal', 'Fraflytning til egen kommune', 'Moved within the municipality', 1, true),
('departure', 'to_municipality', 'Mellemkommunal fraflytning', 'To another municipality', 2, true),
('departure', 'emigrated', 'Udrejse til udlandet', 'To abroad', 3, true),
('departure', 'died', 'Død', 'Death', 4, true),
('departure', 'disappeared', 'Fraflytning (ukendt destination)', 'To an unknown place', 5, true),
('vacancy_outcome', 'vacated', 'Flyttet fra en bolig, som blev ledig', 'From a dwelling that became vacant', 1, true),
('vacancy_outcome', 'out_of_window', 'Flyttet fra en bolig, som blev ledig uden for perioden', 'From a dwelling that became vacant outside the period', 2, true),
('vacancy_outcome', 'origin_occupied', 'Flyttet fra en bolig, hvor nogen blev boende', 'From a dwelling where somebody stayed', 3, true),
('vacancy_outcome', 'returned', 'Vendt tilbage til boligen', 'Came back to the same dwelling', 4, true),
('vacancy_outcome', 'from_outside', 'Tilflyttet udefra', 'From outside the area', 5, true),
('vacancy_outcome', 'demolished', 'Nedrevet', 'Demolished', 6, true),
('vacancy_outcome', 'open', 'Endnu ledig', 'Still vacant', 7, true),
('vacancy_outcome', 'expired', 'Ledig for længe', 'Vacant for too long', 8, true),
('municipality', '101', 'København', 'Copenhagen', 101, true),
('municipality', '147', 'Frederiksberg', 'Frederiksberg', 147, true),
('municipality', '151', 'Ballerup', 'Ballerup', 151, true),
('municipality', '153', 'Brøndby', 'Brøndby', 153, true),
('municipality', '155', 'Dragør', 'Dragør', 155, true),
('municipality', '157', 'Gentofte', 'Gentofte', 157, true),
('municipality', '159', 'Gladsaxe', 'Gladsaxe', 159, true),
('municipality', '161', 'Glostrup', 'Glostrup', 161, true),
('municipality', '163', 'Herlev', 'Herlev', 163, true),
('municipality', '165', 'Albertslund', 'Albertslund', 165, true),
('municipality', '167', 'Hvidovre', 'Hvidovre', 167, true),
('municipality', '169', 'Høje Taastrup', 'Høje Taastrup', 169, true),
('municipality', '173', 'Lyngby-Taarbæk', 'Lyngby-Taarbæk', 173, true),
('municipality', '175', 'Rødovre', 'Rødovre', 175, true),
('municipality', '183', 'Ishøj', 'Ishøj', 183, true),
('municipality', '185', 'Tårnby', 'Tårnby', 185, true),
('municipality', '187', 'Vallensbæk', 'Vallensbæk', 187, true),
('municipality', '190', 'Furesø', 'Furesø', 190, true),
('municipality', '201', 'Allerød', 'Allerød', 201, true),
('municipality', '210', 'Fredensborg', 'Fredensborg', 210, true),
('municipality', '217', 'Helsingør', 'Helsingør', 217, true),
('municipality', '219', 'Hillerød', 'Hillerød', 219, true),
('municipality', '223', 'Hørsholm', 'Hørsholm', 223, true),
('municipality', '230', 'Rudersdal', 'Rudersdal', 230, true),
('municipality', '240', 'Egedal', 'Egedal', 240, true),
('municipality', '250', 'Frederikssund', 'Frederikssund', 250, true),
('municipality', '253', 'Greve', 'Greve', 253, true),
('municipality', '259', 'Køge', 'Køge', 259, true),
('municipality', '260', 'Halsnæs', 'Halsnæs', 260, true),
('municipality', '265', 'Roskilde', 'Roskilde', 265, true),
('municipality', '269', 'Solrød', 'Solrød', 269, true),
('municipality', '270', 'Gribskov', 'Gribskov', 270, true),
('municipality', '306', 'Odsherred', 'Odsherred', 306, true),
('municipality', '316', 'Holbæk', 'Holbæk', 316, true),
('municipality', '320', 'Faxe', 'Faxe', 320, true),
('municipality', '326', 'Kalundborg', 'Kalundborg', 326, true),
('municipality', '329', 'Ringsted', 'Ringsted', 329, true),
('municipality', '330', 'Slagelse', 'Slagelse', 330, true),
('municipality', '336', 'Stevns', 'Stevns', 336, true),
('municipality', '340', 'Sorø', 'Sorø', 340, true),
('municipality', '350', 'Lejre', 'Lejre', 350, true),
('municipality', '360', 'Lolland', 'Lolland', 360, true),
('municipality', '370', 'Næstved', 'Næstved', 370, true),
('municipality', '376', 'Guldborgsund', 'Guldborgsund', 376, true),
('municipality', '390', 'Vordingborg', 'Vordingborg', 390, true),
('municipality', '400', 'Bornholms Regionskommune', 'Bornholms Regionskommune', 400, true),
('municipality', '410', 'Middelfart', 'Middelfart', 410, true),
('municipality', '420', 'Assens', 'Assens', 420, true),
('municipality', '430', 'Faaborg-Midtfyn', 'Faaborg-Midtfyn', 430, true),
('municipality', '440', 'Kerteminde', 'Kerteminde', 440, true),
('municipality', '450', 'Nyborg', 'Nyborg', 450, true),
('municipality', '461', 'Odense', 'Odense', 461, true),
('municipality', '479', 'Svendborg', 'Svendborg', 479, true),
('municipality', '480', 'Nordfyns', 'Nordfyns', 480, true),
('municipality', '482', 'Langeland', 'Langeland', 482, true),
('municipality', '492', 'Ærø', 'Ærø', 492, true),
('municipality', '510', 'Haderslev', 'Haderslev', 510, true),
('municipality', '530', 'Billund', 'Billund', 530, true),
('municipality', '540', 'Sønderborg', 'Sønderborg', 540, true),
('municipality', '550', 'Tønder', 'Tønder', 550, true),
('municipality', '561', 'Esbjerg', 'Esbjerg', 561, true),
('municipality', '563', 'Fanø', 'Fanø', 563, true),
('municipality', '573', 'Varde', 'Varde', 573, true),
('municipality', '575', 'Vejen', 'Vejen', 575, true),
('municipality', '580', 'Aabenraa', 'Aabenraa', 580, true),
('municipality', '607', 'Fredericia', 'Fredericia', 607, true),
('municipality', '615', 'Horsens', 'Horsens', 615, true),
('municipality', '621', 'Kolding', 'Kolding', 621, true),
('municipality', '630', 'Vejle', 'Vejle', 630, true),
('municipality', '657', 'Herning', 'Herning', 657, true),
('municipality', '661', 'Holstebro', 'Holstebro', 661, true),
('municipality', '665', 'Lemvig', 'Lemvig', 665, true),
('municipality', '671', 'Struer', 'Struer', 671, true),
('municipality', '706', 'Syddjurs', 'Syddjurs', 706, true),
('municipality', '707', 'Norddjurs', 'Norddjurs', 707, true),
('municipality', '710', 'Favrskov', 'Favrskov', 710, true),
('municipality', '727', 'Odder', 'Odder', 727, true),
('municipality', '730', 'Randers', 'Randers', 730, true),
('municipality', '740', 'Silkeborg', 'Silkeborg', 740, true),
('municipality', '741', 'Samsø', 'Samsø', 741, true),
('municipality', '746', 'Skanderborg', 'Skanderborg', 746, true),
('municipality', '751', 'Aarhus', 'Aarhus', 751, true),
('municipality', '756', 'Ikast-Brande', 'Ikast-Brande', 756, true),
('municipality', '760', 'Ringkøbing-Skjern', 'Ringkøbing-Skjern', 760, true),
('municipality', '766', 'Hedensted', 'Hedensted', 766, true),
('municipality', '773', 'Morsø', 'Morsø', 773, true),
('municipality', '779', 'Skive', 'Skive', 779, true),
('municipality', '787', 'Thisted', 'Thisted', 787, true),
('municipality', '791', 'Viborg', 'Viborg', 791, true),
('municipality', '810', 'Brønderslev', 'Brønderslev', 810, true),
('municipality', '813', 'Frederikshavn', 'Frederikshavn', 813, true),
('municipality', '820', 'Vesthimmerlands', 'Vesthimmerlands', 820, true),
('municipality', '825', 'Læsø', 'Læsø', 825, true),
('municipality', '840', 'Rebild', 'Rebild', 840, true),
('municipality', '846', 'Mariagerfjord', 'Mariagerfjord', 846, true),
('municipality', '849', 'Jammerbugt', 'Jammerbugt', 849, true),
('municipality', '851', 'Aalborg', 'Aalborg', 851, true),
('municipality', '860', 'Hjørring', 'Hjørring', 860, true),
('municipality', '411', 'Christiansø', 'Christiansø', 411, true)
$$;
COMMENT ON FUNCTION byudv.seed_register_code() IS 'Puts the built-in rows of byudv.register_code back; called at installation and after TRUNCATE.';
-- 160-use-codes.sql: built-in rows of byudv.use_code.
--
-- Defines byudv.seed_use_code(), which inserts the classification of unit and
-- building uses that the extension ships with: one row per code, with a Danish
-- and an English label and the kind of dwelling the code stands for. The table
-- itself is made elsewhere, and the install script calls the function.
--
-- Source: the public code lists of BBR (Bygnings- og Boligregistret) for unit
-- use (enh020, domain 'unit') and building use (byg021, domain 'building'), the
-- 2023 and 2026 editions.
--   label_da       the 2026 label, lightly tidied: no '(UDFASES)' prefix, closing
--                  abbreviations written out, long parentheses shortened
--   label_en       our translation; not an official text
--   phased_out     the code is marked UDFASES (being phased out) in the list
--   dwelling_type  our grouping. 'commercial_dwelling' on a non-residential use
--                  means: a dwelling only where the unit kind says so

CREATE FUNCTION byudv.seed_use_code() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.use_code (domain, code, label_da, label_en, dwelling_type, phased_out, is_builtin) VALUES
('building', 110, 'Stuehus til landbrugsejendom', 'Farmhouse', 'farmhouse', false, true),
('building', 120, 'Fritliggende enfamiliehus', 'Detached single-family house', 'detached', false, true),
('building', 121, 'Sammenbygget enfamiliehus', 'Attached single-family house', 'terraced', false, true),
('building', 122, 'Fritliggende enfamiliehus i tæt-lav bebyggelse', 'Detached single-family house in dense low-rise development', 'detached', false, true),
('building', 130, 'Række-, kæde- eller dobbelthus (lodret adskillelse mellem enhederne)', 'Terraced, linked or semi-detached house (vertical division between the units)', 'terraced', true, true),
('building', 131, 'Række-, kæde- og klyngehus', 'Terraced, linked or cluster house', 'terraced', false, true),
('building', 132, 'Dobbelthus', 'Semi-detached house', 'terraced', false, true),
('building', 140, 'Etagebolig-bygning, flerfamiliehus eller to-familiehus', 'Multi-storey residential, multi-family or two-family building', 'apartment', false, true),
('building', 150, 'Kollegium', 'Student hall', 'student_hall', false, true),
('building', 160, 'Boligbygning til døgninstitution', 'Residential building of a residential institution', 'institution', false, true),
('building', 185, 'Anneks i tilknytning til helårsbolig', 'Annexe to a year-round dwelling', 'not_a_dwelling', false, true),
('building', 190, 'Anden bygning til helårsbeboelse', 'Other building for year-round habitation', 'other_year_round', false, true),
('building', 210, 'Bygning til erhvervsmæssig produktion vedr. landbrug, gartneri, råstofudvinding og lignende', 'Building for commercial production in agriculture, horticulture, quarrying and the like', 'commercial_dwelling', true, true),
('building', 211, 'Stald til svin', 'Pig house', 'commercial_dwelling', false, true),
('building', 212, 'Stald til kvæg, får med videre', 'Housing for cattle, sheep and the like', 'commercial_dwelling', false, true),
('building', 213, 'Stald til fjerkræ', 'Poultry house', 'commercial_dwelling', false, true),
('building', 214, 'Minkhal', 'Mink shed', 'commercial_dwelling', false, true),
('building', 215, 'Væksthus', 'Commercial greenhouse', 'commercial_dwelling', false, true),
('building', 216, 'Lade til foder, afgrøder med videre', 'Barn for fodder, crops and the like', 'commercial_dwelling', false, true),
('building', 217, 'Maskinhus, garage med videre', 'Machine shed, garage and the like', 'commercial_dwelling', false, true),
('building', 218, 'Lade til halm, hø med videre', 'Barn for straw, hay and the like', 'commercial_dwelling', false, true),
('building', 219, 'Anden bygning til landbrug med videre', 'Other building for agriculture and the like', 'commercial_dwelling', false, true),
('building', 220, 'Bygning til erhvervsmæssig produktion vedr. industri, håndværk m.v. (fabrik, værksted o.lign.)', 'Building for commercial production in industry, crafts and the like (factory, workshop, etc.)', 'commercial_dwelling', true, true),
('building', 221, 'Bygning til industri med integreret produktionsapparat', 'Building for industry with integrated production plant', 'commercial_dwelling', false, true),
('building', 222, 'Bygning til industri uden integreret produktionsapparat', 'Building for industry without integrated production plant', 'commercial_dwelling', false, true),
('building', 223, 'Værksted', 'Workshop', 'commercial_dwelling', false, true),
('building', 229, 'Anden bygning til produktion', 'Other building for production', 'commercial_dwelling', false, true),
('building', 230, 'El-, gas-, vand- eller varmeværk, forbrændingsanstalt med videre', 'Electricity, gas, water or heating works, incineration plant and the like', 'commercial_dwelling', true, true),
('building', 231, 'Bygning til energiproduktion', 'Building for energy production', 'commercial_dwelling', false, true),
('building', 232, 'Bygning til energidistribution', 'Building for energy distribution', 'commercial_dwelling', false, true),
('building', 233, 'Bygning til vandforsyning', 'Building for water supply', 'commercial_dwelling', false, true),
('building', 234, 'Bygning til håndtering af affald og spildevand', 'Building for waste and waste-water treatment', 'commercial_dwelling', false, true),
('building', 239, 'Anden bygning til energiproduktion og forsyning', 'Other building for energy production and supply', 'commercial_dwelling', false, true),
('building', 290, 'Anden bygning til landbrug, industri med videre', 'Other building for agriculture, industry and the like', 'commercial_dwelling', true, true),
('building', 310, 'Transport- og garageanlæg (fragtmandshal, lufthavnsbygning, banegårdsbygning, parkeringshus)', 'Transport and garage facility (haulage depot, airport or station building, multi-storey car park)', 'commercial_dwelling', true, true),
('building', 311, 'Bygning til jernbane- og busdrift', 'Building for railway and bus operation', 'commercial_dwelling', false, true),
('building', 312, 'Bygning til luftfart', 'Building for aviation', 'commercial_dwelling', false, true),
('building', 313, 'Bygning til parkerings- og transportanlæg', 'Building for parking and transport facilities', 'commercial_dwelling', false, true),
('building', 314, 'Bygning til parkering af flere end to køretøjer i tilknytning til boliger', 'Building for parking more than two vehicles, belonging to dwellings', 'commercial_dwelling', false, true),
('building', 315, 'Havneanlæg', 'Port facility', 'commercial_dwelling', false, true),
('building', 319, 'Andet transportanlæg', 'Other transport facility', 'commercial_dwelling', false, true),
('building', 320, 'Bygning til kontor, handel, lager, herunder offentlig administration', 'Building for offices, trade and storage, including public administration', 'commercial_dwelling', true, true),
('building', 321, 'Bygning til kontor', 'Building for offices', 'commercial_dwelling', false, true),
('building', 322, 'Bygning til detailhandel', 'Building for retail trade', 'commercial_dwelling', false, true),
('building', 323, 'Bygning til lager', 'Building for storage', 'commercial_dwelling', false, true),
('building', 324, 'Butikscenter', 'Shopping centre', 'commercial_dwelling', false, true),
('building', 325, 'Tankstation', 'Filling station', 'commercial_dwelling', false, true),
('building', 329, 'Anden bygning til kontor, handel og lager', 'Other building for offices, trade and storage', 'commercial_dwelling', false, true),
('building', 330, 'Bygning til hotel, restaurant, vaskeri, frisør og anden servicevirksomhed', 'Building for hotel, restaurant, laundry, hairdresser and other service business', 'commercial_dwelling', true, true),
('building', 331, 'Hotel, kro eller konferencecenter med overnatning', 'Hotel, inn or conference centre with overnight accommodation', 'commercial_dwelling', false, true),
('building', 332, 'Bed & breakfast med videre', 'Bed & breakfast and the like', 'commercial_dwelling', false, true),
('building', 333, 'Restaurant, café og konferencecenter uden overnatning', 'Restaurant, cafe and conference centre without overnight accommodation', 'commercial_dwelling', false, true),
('building', 334, 'Privat servicevirksomhed som frisør, vaskeri, netcafé med videre', 'Private service business such as hairdresser, laundry or internet cafe', 'commercial_dwelling', false, true),
('building', 339, 'Anden bygning til serviceerhverv', 'Other building for service trades', 'commercial_dwelling', false, true),
('building', 390, 'Anden bygning til transport, handel med videre', 'Other building for transport, trade and the like', 'commercial_dwelling', true, true),
('building', 410, 'Bygning til biograf, teater, erhvervsmæssig udstilling, bibliotek, museum, kirke og lignende', 'Building for cinema, theatre, commercial exhibition, library, museum, church and the like', 'commercial_dwelling', true, true),
('building', 411, 'Biograf, teater, koncertsted med videre', 'Cinema, theatre, concert venue and the like', 'commercial_dwelling', false, true),
('building', 412, 'Museum', 'Museum', 'commercial_dwelling', false, true),
('building', 413, 'Bibliotek', 'Library', 'commercial_dwelling', false, true),
('building', 414, 'Kirke eller anden bygning til trosudøvelse for statsanerkendte trossamfund', 'Church or other building for worship by state-recognised religious communities', 'commercial_dwelling', false, true),
('building', 415, 'Forsamlingshus', 'Village or community hall', 'commercial_dwelling', false, true),
('building', 416, 'Forlystelsespark', 'Amusement park', 'commercial_dwelling', false, true),
('building', 419, 'Anden bygning til kulturelle formål', 'Other building for cultural purposes', 'commercial_dwelling', false, true),
('building', 420, 'Bygning til undervisning og forskning (skole, gymnasium, forskningslaboratorium o.lign.)', 'Building for education and research (school, upper secondary school, research laboratory, etc.)', 'commercial_dwelling', true, true),
('building', 421, 'Grundskole', 'Primary and lower secondary school', 'commercial_dwelling', false, true),
('building', 422, 'Universitet', 'University', 'commercial_dwelling', false, true),
('building', 429, 'Anden bygning til undervisning og forskning', 'Other building for education and research', 'commercial_dwelling', false, true),
('building', 430, 'Bygning til hospital, sygehjem, fødeklinik og lignende', 'Building for hospital, nursing home, maternity clinic and the like', 'commercial_dwelling', true, true),
('building', 431, 'Hospital og sygehus', 'Hospital', 'commercial_dwelling', false, true),
('building', 432, 'Hospice, behandlingshjem med videre', 'Hospice, treatment home and the like', 'commercial_dwelling', false, true),
('building', 433, 'Sundhedscenter, lægehus, fødeklinik med videre', 'Health centre, doctors'' surgery, maternity clinic and the like', 'commercial_dwelling', false, true),
('building', 439, 'Anden bygning til sundhedsformål', 'Other building for health purposes', 'commercial_dwelling', false, true),
('building', 440, 'Bygning til daginstitution', 'Building for day-care institution', 'commercial_dwelling', true, true),
('building', 441, 'Daginstitution', 'Day-care institution', 'commercial_dwelling', false, true),
('building', 442, 'Servicefunktion på døgninstitution', 'Service function at a residential institution', 'commercial_dwelling', false, true),
('building', 443, 'Kaserne', 'Barracks', 'commercial_dwelling', false, true),
('building', 444, 'Fængsel, arresthus med videre', 'Prison, remand prison and the like', 'commercial_dwelling', false, true),
('building', 449, 'Anden bygning til institutionsformål', 'Other building for institutional purposes', 'commercial_dwelling', false, true),
('building', 451, 'Beskyttelsesrum', 'Protective shelter', 'commercial_dwelling', false, true),
('building', 490, 'Bygning til anden institution, herunder kaserne, fængsel og lignende', 'Building for other institution, including barracks, prison and the like', 'commercial_dwelling', true, true),
('building', 510, 'Sommerhus', 'Holiday house', 'holiday', false, true),
('building', 520, 'Bygning til feriekoloni, vandrehjem o.lign. bortset fra sommerhus', 'Building for holiday camp, hostel and the like, except holiday house', 'commercial_dwelling', true, true),
('building', 521, 'Feriecenter, center til campingplads med videre', 'Holiday centre, campsite centre and the like', 'commercial_dwelling', false, true),
('building', 522, 'Bygning med ferielejligheder til erhvervsmæssig udlejning', 'Building with holiday flats for commercial letting', 'holiday', false, true),
('building', 523, 'Bygning med ferielejligheder til eget brug', 'Building with holiday flats for own use', 'holiday', false, true),
('building', 529, 'Anden bygning til ferieformål', 'Other building for holiday purposes', 'commercial_dwelling', false, true),
('building', 530, 'Bygning i forbindelse med idrætsudøvelse (klubhus, idrætshal, svømmehal o.lign.)', 'Building for sports (clubhouse, sports hall, indoor swimming pool, etc.)', 'commercial_dwelling', true, true),
('building', 531, 'Klubhus i forbindelse med fritid og idræt', 'Clubhouse for leisure and sports', 'commercial_dwelling', false, true),
('building', 532, 'Svømmehal', 'Indoor swimming pool', 'commercial_dwelling', false, true),
('building', 533, 'Idrætshal', 'Sports hall', 'commercial_dwelling', false, true),
('building', 534, 'Tribune i forbindelse med stadion', 'Stand at a stadium', 'commercial_dwelling', false, true),
('building', 535, 'Bygning til træning og opstaldning af heste', 'Building for training and stabling horses', 'commercial_dwelling', false, true),
('building', 539, 'Anden bygning til idrætsformål', 'Other building for sports purposes', 'commercial_dwelling', false, true),
('building', 540, 'Kolonihavehus', 'Allotment house', 'holiday', false, true),
('building', 585, 'Anneks i tilknytning til fritids- og sommerhus', 'Annexe to a leisure or holiday house', 'not_a_dwelling', false, true),
('building', 590, 'Anden bygning til fritidsformål', 'Other building for leisure purposes', 'holiday', false, true),
('building', 910, 'Garage', 'Garage', 'commercial_dwelling', false, true),
('building', 920, 'Carport', 'Carport', 'commercial_dwelling', false, true),
('building', 930, 'Udhus', 'Outbuilding', 'commercial_dwelling', false, true),
('building', 940, 'Drivhus', 'Greenhouse', 'commercial_dwelling', false, true),
('building', 950, 'Fritliggende overdækning', 'Detached roofed shelter', 'commercial_dwelling', false, true),
('building', 960, 'Fritliggende udestue', 'Detached conservatory', 'commercial_dwelling', false, true),
('building', 970, 'Tiloversbleven landbrugsbygning', 'Disused agricultural building', 'commercial_dwelling', false, true),
('building', 990, 'Faldefærdig bygning', 'Dilapidated building', 'commercial_dwelling', false, true),
('building', 999, 'Ukendt bygning', 'Unknown building', 'unknown', false, true),
('unit', 110, 'Stuehus til landbrugsejendom', 'Farmhouse', 'farmhouse', false, true),
('unit', 120, 'Fritliggende enfamiliehus', 'Detached single-family house', 'detached', false, true),
('unit', 121, 'Sammenbygget enfamiliehus', 'Attached single-family house', 'terraced', false, true),
('unit', 122, 'Fritliggende enfamiliehus i tæt-lav bebyggelse', 'Detached single-family house in dense low-rise development', 'detached', false, true),
('unit', 130, 'Række-, kæde- eller dobbelthus (lodret adskillelse mellem enhederne)', 'Terraced, linked or semi-detached house (vertical division between the units)', 'terraced', true, true),
('unit', 131, 'Række-, kæde- og klyngehus', 'Terraced, linked or cluster house', 'terraced', false, true),
('unit', 132, 'Dobbelthus', 'Semi-detached house', 'terraced', false, true),
('unit', 140, 'Bolig i etageejendom, flerfamiliehus eller to-familiehus', 'Flat in multi-storey, multi-family or two-family building', 'apartment', false, true),
('unit', 150, 'Kollegiebolig', 'Student hall dwelling', 'student_hall', false, true),
('unit', 160, 'Bolig i døgninstitution', 'Dwelling in a residential institution', 'institution', false, true),
('unit', 185, 'Anneks i tilknytning til helårsbolig', 'Annexe to a year-round dwelling', 'not_a_dwelling', false, true),
('unit', 190, 'Anden enhed til helårsbeboelse', 'Other unit for year-round habitation', 'other_year_round', false, true),
('unit', 210, 'Erhvervsmæssig produktion vedr. landbrug, skovbrug, gartneri, råstofudvinding og lignende', 'Commercial production in agriculture, forestry, horticulture, quarrying and the like', 'commercial_dwelling', true, true),
('unit', 211, 'Stald til svin', 'Pig house', 'commercial_dwelling', false, true),
('unit', 212, 'Stald til kvæg, får med videre', 'Housing for cattle, sheep and the like', 'commercial_dwelling', false, true),
('unit', 213, 'Stald til fjerkræ', 'Poultry house', 'commercial_dwelling', false, true),
('unit', 214, 'Minkhal', 'Mink shed', 'commercial_dwelling', false, true),
('unit', 215, 'Væksthus', 'Commercial greenhouse', 'commercial_dwelling', false, true),
('unit', 216, 'Lade til foder, afgrøder med videre', 'Barn for fodder, crops and the like', 'commercial_dwelling', false, true),
('unit', 217, 'Maskinhus, garage med videre', 'Machine shed, garage and the like', 'commercial_dwelling', false, true),
('unit', 218, 'Lade til halm, hø med videre', 'Barn for straw, hay and the like', 'commercial_dwelling', false, true),
('unit', 219, 'Anden enhed til landbrug med videre', 'Other unit for agriculture and the like', 'commercial_dwelling', false, true),
('unit', 220, 'Erhvervsmæssig produktion vedrørende industri, håndværk m.v. (fabrik, værksted o.lign.)', 'Commercial production in industry, crafts and the like (factory, workshop, etc.)', 'commercial_dwelling', true, true),
('unit', 221, 'Enhed til industri med integreret produktionsapparat', 'Unit for industry with integrated production plant', 'commercial_dwelling', false, true),
('unit', 222, 'Enhed til industri uden integreret produktionsapparat', 'Unit for industry without integrated production plant', 'commercial_dwelling', false, true),
('unit', 223, 'Værksted', 'Workshop', 'commercial_dwelling', false, true),
('unit', 229, 'Anden enhed til produktion', 'Other unit for production', 'commercial_dwelling', false, true),
('unit', 230, 'El-, gas-, vand- eller varmeværk, forbrændingsanstalt og lignende', 'Electricity, gas, water or heating works, incineration plant and the like', 'commercial_dwelling', true, true),
('unit', 231, 'Enhed til energiproduktion', 'Unit for energy production', 'commercial_dwelling', false, true),
('unit', 232, 'Enhed til energidistribution', 'Unit for energy distribution', 'commercial_dwelling', false, true),
('unit', 233, 'Enhed til vandforsyning', 'Unit for water supply', 'commercial_dwelling', false, true),
('unit', 234, 'Enhed til håndtering af affald og spildevand', 'Unit for waste and waste-water treatment', 'commercial_dwelling', false, true),
('unit', 239, 'Anden enhed til energiproduktion og forsyning', 'Other unit for energy production and supply', 'commercial_dwelling', false, true),
('unit', 290, 'Anden enhed til produktion og lager i forbindelse med landbrug, industri og lignende', 'Other unit for production and storage in agriculture, industry and the like', 'commercial_dwelling', true, true),
('unit', 310, 'Transport- og garageanlæg (fragtmandshal, lufthavnsbygning, banegårdsbygning o.lign.)', 'Transport and garage facility (haulage depot, airport building, railway station building, etc.)', 'commercial_dwelling', true, true),
('unit', 311, 'Enhed til jernbane- og busdrift', 'Unit for railway and bus operation', 'commercial_dwelling', false, true),
('unit', 312, 'Enhed til luftfart', 'Unit for aviation', 'commercial_dwelling', false, true),
('unit', 313, 'Enhed til parkerings- og transportanlæg', 'Unit for parking and transport facilities', 'commercial_dwelling', false, true),
('unit', 314, 'Enhed til parkering af flere end to køretøjer i tilknytning til boliger', 'Unit for parking more than two vehicles, belonging to dwellings', 'commercial_dwelling', false, true),
('unit', 315, 'Havneanlæg', 'Port facility', 'commercial_dwelling', false, true),
('unit', 319, 'Andet transportanlæg', 'Other transport facility', 'commercial_dwelling', false, true),
('unit', 320, 'Engroshandel og lager', 'Wholesale trade and storage', 'commercial_dwelling', true, true),
('unit', 321, 'Enhed til kontor', 'Unit for offices', 'commercial_dwelling', false, true),
('unit', 322, 'Enhed til detailhandel', 'Unit for retail trade', 'commercial_dwelling', false, true),
('unit', 323, 'Enhed til lager', 'Unit for storage', 'commercial_dwelling', false, true),
('unit', 324, 'Butikscenter', 'Shopping centre', 'commercial_dwelling', false, true),
('unit', 325, 'Tankstation', 'Filling station', 'commercial_dwelling', false, true),
('unit', 329, 'Anden enhed til kontor, handel og lager', 'Other unit for offices, trade and storage', 'commercial_dwelling', false, true),
('unit', 330, 'Detailhandel med videre', 'Retail trade and the like', 'commercial_dwelling', true, true),
('unit', 331, 'Hotel, kro eller konferencecenter med overnatning', 'Hotel, inn or conference centre with overnight accommodation', 'commercial_dwelling', false, true),
('unit', 332, 'Bed & breakfast med videre', 'Bed & breakfast and the like', 'commercial_dwelling', false, true),
('unit', 333, 'Restaurant, café og konferencecenter uden overnatning', 'Restaurant, cafe and conference centre without overnight accommodation', 'commercial_dwelling', false, true),
('unit', 334, 'Privat servicevirksomhed som frisør, vaskeri, netcafé med videre', 'Private service business such as hairdresser, laundry or internet cafe', 'commercial_dwelling', false, true),
('unit', 339, 'Anden enhed til serviceerhverv', 'Other unit for service trades', 'commercial_dwelling', false, true),
('unit', 340, 'Pengeinstitut, forsikringsvirksomhed med videre', 'Bank, insurance business and the like', 'commercial_dwelling', true, true),
('unit', 350, 'Kontor og liberale erhverv bortset fra offentlig administration (advokat, ingeniør, klinik o.lign.)', 'Offices and liberal professions except public administration (lawyers, engineers, clinics, etc.)', 'commercial_dwelling', true, true),
('unit', 360, 'Offentlig administration', 'Public administration', 'commercial_dwelling', true, true),
('unit', 370, 'Hotel, restauration, vaskeri, frisør og anden servicevirksomhed', 'Hotel, restaurant, laundry, hairdresser and other service business', 'commercial_dwelling', true, true),
('unit', 390, 'Anden enhed til handel, transport med videre', 'Other unit for trade, transport and the like', 'commercial_dwelling', true, true),
('unit', 410, 'Biograf, teater, erhvervsmæssig udstilling med videre', 'Cinema, theatre, commercial exhibition and the like', 'commercial_dwelling', true, true),
('unit', 411, 'Biograf, teater, koncertsted med videre', 'Cinema, theatre, concert venue and the like', 'commercial_dwelling', false, true),
('unit', 412, 'Museum', 'Museum', 'commercial_dwelling', false, true),
('unit', 413, 'Bibliotek', 'Library', 'commercial_dwelling', false, true),
('unit', 414, 'Kirke eller anden enhed til trosudøvelse for statsanerkendte trossamfund', 'Church or other unit for worship by state-recognised religious communities', 'commercial_dwelling', false, true),
('unit', 415, 'Forsamlingshus', 'Village or community hall', 'commercial_dwelling', false, true),
('unit', 416, 'Forlystelsespark', 'Amusement park', 'commercial_dwelling', false, true),
('unit', 419, 'Anden enhed til kulturelle formål', 'Other unit for cultural purposes', 'commercial_dwelling', false, true),
('unit', 420, 'Bibliotek, museum, kirke og lignende', 'Library, museum, church and the like', 'commercial_dwelling', true, true),
('unit', 421, 'Grundskole', 'Primary and lower secondary school', 'commercial_dwelling', false, true),
('unit', 422, 'Universitet', 'University', 'commercial_dwelling', false, true),
('unit', 429, 'Anden enhed til undervisning og forskning', 'Other unit for education and research', 'commercial_dwelling', false, true),
('unit', 430, 'Undervisning og forskning (skole, gymnasium, forskningslaboratorium)', 'Education and research (school, upper secondary school, research laboratory)', 'commercial_dwelling', true, true),
('unit', 431, 'Hospital og sygehus', 'Hospital', 'commercial_dwelling', false, true),
('unit', 432, 'Hospice, behandlingshjem med videre', 'Hospice, treatment home and the like', 'commercial_dwelling', false, true),
('unit', 433, 'Sundhedscenter, lægehus, fødeklinik med videre', 'Health centre, doctors'' surgery, maternity clinic and the like', 'commercial_dwelling', false, true),
('unit', 439, 'Anden enhed til sundhedsformål', 'Other unit for health purposes', 'commercial_dwelling', false, true),
('unit', 440, 'Hospital, fødeklinik og lignende', 'Hospital, maternity clinic and the like', 'commercial_dwelling', true, true),
('unit', 441, 'Daginstitution', 'Day-care institution', 'commercial_dwelling', false, true),
('unit', 442, 'Servicefunktion på døgninstitution', 'Service function at a residential institution', 'commercial_dwelling', false, true),
('unit', 443, 'Kaserne', 'Barracks', 'commercial_dwelling', false, true),
('unit', 444, 'Fængsel, arresthus med videre', 'Prison, remand prison and the like', 'commercial_dwelling', false, true),
('unit', 449, 'Anden enhed til institutionsformål', 'Other unit for institutional purposes', 'commercial_dwelling', false, true),
('unit', 450, 'Daginstitution', 'Day-care institution', 'commercial_dwelling', true, true),
('unit', 451, 'Enhed til beskyttelsesrum', 'Unit for a protective shelter', 'commercial_dwelling', false, true),
('unit', 490, 'Anden institution, herunder kaserne, fængsel med videre', 'Other institution, including barracks, prison and the like', 'commercial_dwelling', true, true),
('unit', 510, 'Sommerhus', 'Holiday house', 'holiday', false, true),
('unit', 520, 'Enhed til feriekoloni, vandrehjem o.lign. bortset fra sommerhus', 'Unit for holiday camp, hostel and the like, except holiday house', 'commercial_dwelling', true, true),
('unit', 521, 'Feriecenter, center til campingplads med videre', 'Holiday centre, campsite centre and the like', 'commercial_dwelling', false, true),
('unit', 522, 'Ferielejlighed til erhvervsmæssig udlejning', 'Holiday flat for commercial letting', 'holiday', false, true),
('unit', 523, 'Ferielejlighed til eget brug', 'Holiday flat for own use', 'holiday', false, true),
('unit', 529, 'Anden enhed til ferieformål', 'Other unit for holiday purposes', 'commercial_dwelling', false, true),
('unit', 530, 'Enhed i forbindelse med idrætsudøvelse (klubhus, idrætshal, svømmehal o.lign.)', 'Unit for sports (clubhouse, sports hall, indoor swimming pool, etc.)', 'commercial_dwelling', true, true),
('unit', 531, 'Klubhus i forbindelse med fritid og idræt', 'Clubhouse for leisure and sports', 'commercial_dwelling', false, true),
('unit', 532, 'Svømmehal', 'Indoor swimming pool', 'commercial_dwelling', false, true),
('unit', 533, 'Idrætshal', 'Sports hall', 'commercial_dwelling', false, true),
('unit', 534, 'Tribune i forbindelse med stadion', 'Stand at a stadium', 'commercial_dwelling', false, true),
('unit', 535, 'Enhed til træning og opstaldning af heste', 'Unit for training and stabling horses', 'commercial_dwelling', false, true),
('unit', 539, 'Anden enhed til idrætsformål', 'Other unit for sports purposes', 'commercial_dwelling', false, true),
('unit', 540, 'Kolonihavehus', 'Allotment house', 'holiday', false, true),
('unit', 585, 'Anneks i tilknytning til fritids- og sommerhus', 'Annexe to a leisure or holiday house', 'not_a_dwelling', false, true),
('unit', 590, 'Anden enhed til fritidsformål', 'Other unit for leisure purposes', 'holiday', false, true);
$$;
COMMENT ON FUNCTION byudv.seed_use_code() IS 'Puts the built-in use codes back into byudv.use_code; called at installation and after TRUNCATE.';
-- The owner-name dictionary: which names are which kind of owner.

CREATE TABLE byudv.owner_pattern (
    pattern text NOT NULL,
    match text NOT NULL,
    owner_kind text NOT NULL,
    organisation text,
    priority int NOT NULL DEFAULT 50,
    source text,
    enabled boolean NOT NULL DEFAULT true,
    is_builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (pattern, match, is_builtin)
);
COMMENT ON TABLE byudv.owner_pattern IS 'Owner-name dictionary. Of all patterns that match a name the one with the lowest priority decides, then the longest, then yours before a built-in one. A row of your own with the same pattern and match replaces the built-in row; with enabled = false it switches it off.';
COMMENT ON COLUMN byudv.owner_pattern.pattern IS 'What to look for. Compared in the form that byudv.normalise_owner_name() gives, so case, Danish letters and punctuation do not matter; at most 200 bytes';
COMMENT ON COLUMN byudv.owner_pattern.match IS 'whole: the name is the pattern; prefix: the name begins with these characters; word: one word of the name; phrase: consecutive words; suffix: a word ends with these characters; last: the last word or words. The name is what stands before afd, v/, c/o and att';
COMMENT ON COLUMN byudv.owner_pattern.owner_kind IS 'Kind of owner, from byudv.owner_kind_code; unclassified cancels what later patterns would say';
COMMENT ON COLUMN byudv.owner_pattern.organisation IS 'The housing organisation that the name belongs to, where it is one';
COMMENT ON COLUMN byudv.owner_pattern.priority IS 'The lowest decides. Built-in rows use 100 to 900, so the default 50 is before all of them';
COMMENT ON COLUMN byudv.owner_pattern.source IS 'Where the knowledge comes from';
COMMENT ON COLUMN byudv.owner_pattern.enabled IS 'false: the row, and the built-in row that it replaces, take no part';
COMMENT ON COLUMN byudv.owner_pattern.is_builtin IS 'The extension''s own row; leave it out in rows of yours';
-- Built-in rows of the owner-name dictionary: naming conventions, legal forms, and organisations known by name. Patterns are in normal form.
-- Priorities: 100 exact exceptions and names that must beat a legal form; 120 associations of owners; 150 pension funds; 200 legal forms; 210 A/B, E/F and
-- G/F standing first; 300 named social housing organisations; 310 named landlords; 350 exceptions to conventions; 400 cooperative conventions; 500 social
-- housing conventions; 600 student halls; 640 church; 645 to 690 public bodies; 700 foundations; 800 weak company words.

CREATE FUNCTION byudv.seed_owner_pattern() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation, priority, source, is_builtin) VALUES
('freja ejendomme', 'phrase', 'company', 'Freja ejendomme', 100, 'known landlord', true),
('byfornyelsesselskabet danmark', 'phrase', 'company', NULL, 100, 'known landlord', true),
('kommunekredit', 'phrase', 'company', NULL, 100, 'known landlord', true),
('andelsboligforeningen groendalsvaenge', 'phrase', 'cooperative', 'A/B Grøndalsvænge', 100, 'known organisation', true),
('andelsboligforeningen bispegaarden', 'prefix', 'cooperative', 'Boligforeningen Bispegaarden', 100, 'known organisation', true),
('boligforeningen bispegaarden', 'prefix', 'cooperative', 'Boligforeningen Bispegaarden', 100, 'known organisation', true),
('kommunernes landsforening', 'whole', 'foundation', NULL, 100, 'naming convention', true),
('andelsboligforeningen beringsgaard', 'prefix', 'social_housing', 'Andelsboligforeningen Beringsgaard', 100, 'known organisation', true),
('andelsboligforeningen odinsgaard', 'prefix', 'social_housing', 'Andelsboligforeningen Odinsgård', 100, 'known organisation', true),
('andelsboligforeningen aab', 'prefix', 'social_housing', 'Boligforeningen AAB', 100, 'known organisation', true),
('andelsboligforeningen b42', 'prefix', 'social_housing', 'Boligforeningen B42', 100, 'known organisation', true),
('andelsboligforeningen hoejstrup', 'prefix', 'social_housing', 'Boligforeningen Højstrup', 100, 'known organisation', true),
('andelsboligforeningen kristiansdal', 'prefix', 'social_housing', 'Boligforeningen Kristiansdal', 100, 'known organisation', true),
('andelsboligforeningen solgaarden', 'prefix', 'social_housing', 'Boligforeningen Solgården', 100, 'known organisation', true),
('andelsboligforeningen vendersbo', 'prefix', 'social_housing', 'Boligforeningen Vendersbo', 100, 'known organisation', true),
('andelsboligforeningen af 10 marts', 'prefix', 'social_housing', 'Boligforeningen af 10. marts 1943', 100, 'known organisation', true),
('andelsboligforeningen fruehoejgaard', 'prefix', 'social_housing', 'Fruehøjgaard', 100, 'known organisation', true),
('dsb', 'word', 'state', 'DSB', 100, 'known organisation', true),
('andelshaveforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('ejerlaug', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('ejerlav', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('grdf', 'word', 'homeowners_association', NULL, 120, 'naming convention', true),
('grf', 'word', 'homeowners_association', NULL, 120, 'naming convention', true),
('grundejerf', 'word', 'homeowners_association', NULL, 120, 'naming convention', true),
('grundejerfor', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('grundejerforen', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('grundejerlaug', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('grundejerlav', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('haveforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('haveselskab', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('husejerforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('kolonihaveforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('parcelforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('parcelhusforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('sommerhusforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('vejforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('vejlaug', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('vejlav', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('villaejerforening', 'prefix', 'homeowners_association', NULL, 120, 'naming convention', true),
('ejerf', 'word', 'owners_association', NULL, 120, 'naming convention', true),
('ejerforen', 'prefix', 'owners_association', NULL, 120, 'naming convention', true),
('ejerl', 'word', 'owners_association', NULL, 120, 'naming convention', true),
('ejerlejl', 'prefix', 'owners_association', NULL, 120, 'naming convention', true),
('ejf', 'word', 'owners_association', NULL, 120, 'naming convention', true),
('hovedejerforening', 'prefix', 'owners_association', NULL, 120, 'naming convention', true),
('ap ejendomme', 'phrase', 'pension_fund', 'AP Pension', 150, 'known pension fund', true),
('ap pension', 'phrase', 'pension_fund', 'AP Pension', 150, 'known pension fund', true),
('arbejdsmarkedets tillaegspension', 'phrase', 'pension_fund', 'ATP', 150, 'known pension fund', true),
('atp', 'word', 'pension_fund', 'ATP', 150, 'known pension fund', true),
('akademiker pension', 'phrase', 'pension_fund', 'AkademikerPension', 150, 'known pension fund', true),
('akademikerpension', 'word', 'pension_fund', 'AkademikerPension', 150, 'known pension fund', true),
('magistrenes pensionskasse', 'phrase', 'pension_fund', 'AkademikerPension', 150, 'known pension fund', true),
('mp pension', 'phrase', 'pension_fund', 'AkademikerPension', 150, 'known pension fund', true),
('alm brand liv', 'phrase', 'pension_fund', 'Alm. Brand Liv og Pension', 150, 'known pension fund', true),
('arkitekternes pension', 'phrase', 'pension_fund', 'Arkitekternes Pensionskasse', 150, 'known pension fund', true),
('bankpension', 'word', 'pension_fund', 'Bankpension', 150, 'known pension fund', true),
('danica', 'whole', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('danica ejendomme', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('danica ejendomsselskab', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('danica liv', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('danica pension', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('ejendomsselskabet danica', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('forsikringsselskabet danica', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('statsanstalten for livsforsikring', 'phrase', 'pension_fund', 'Danica Pension', 150, 'known pension fund', true),
('industriens pension', 'phrase', 'pension_fund', 'Industriens Pension', 150, 'known pension fund', true),
('industriens pensionsforsikring', 'phrase', 'pension_fund', 'Industriens Pension', 150, 'known pension fund', true),
('ld fonde', 'phrase', 'pension_fund', 'LD Fonde', 150, 'known pension fund', true),
('loenmodtagernes dyrtidsfond', 'phrase', 'pension_fund', 'LD Fonde', 150, 'known pension fund', true),
('laegernes pension', 'phrase', 'pension_fund', 'Lægernes Pension', 150, 'known pension fund', true),
('laegernes pensionskasse', 'phrase', 'pension_fund', 'Lægernes Pension', 150, 'known pension fund', true),
('laerernes pension', 'phrase', 'pension_fund', 'Lærernes Pension', 150, 'known pension fund', true),
('nordea pension', 'phrase', 'pension_fund', 'Nordea Pension', 150, 'known pension fund', true),
('norli pension', 'phrase', 'pension_fund', 'Norli Pension', 150, 'known pension fund', true),
('dip', 'whole', 'pension_fund', 'P+', 150, 'known pension fund', true),
('dip pension', 'phrase', 'pension_fund', 'P+', 150, 'known pension fund', true),
('joep', 'word', 'pension_fund', 'P+', 150, 'known pension fund', true),
('juristernes og oekonomernes pensionskasse', 'phrase', 'pension_fund', 'P+', 150, 'known pension fund', true),
('paedagogernes pension', 'phrase', 'pension_fund', 'PBU', 150, 'known pension fund', true),
('paedagogernes pensionskasse', 'phrase', 'pension_fund', 'PBU', 150, 'known pension fund', true),
('pbu', 'whole', 'pension_fund', 'PBU', 150, 'known pension fund', true),
('pfa', 'word', 'pension_fund', 'PFA Pension', 150, 'known pension fund', true),
('pka', 'word', 'pension_fund', 'PKA', 150, 'known pension fund', true),
('sygeplejerskernes pension', 'phrase', 'pension_fund', 'PKA', 150, 'known pension fund', true),
('pen sam', 'phrase', 'pension_fund', 'PenSam', 150, 'known pension fund', true),
('pensam', 'word', 'pension_fund', 'PenSam', 150, 'known pension fund', true),
('pension danmark', 'phrase', 'pension_fund', 'PensionDanmark', 150, 'known pension fund', true),
('pensiondanmark', 'word', 'pension_fund', 'PensionDanmark', 150, 'known pension fund', true),
('seb pension', 'phrase', 'pension_fund', 'SEB Pension', 150, 'known pension fund', true),
('kommunernes pensionsforsikring', 'phrase', 'pension_fund', 'Sampension', 150, 'known pension fund', true),
('sampension', 'word', 'pension_fund', 'Sampension', 150, 'known pension fund', true),
('skandia liv', 'phrase', 'pension_fund', 'Skandia', 150, 'known pension fund', true),
('skandia pension', 'phrase', 'pension_fund', 'Skandia', 150, 'known pension fund', true),
('topdanmark ejendom', 'phrase', 'pension_fund', 'Topdanmark Livsforsikring', 150, 'known pension fund', true),
('topdanmark liv', 'phrase', 'pension_fund', 'Topdanmark Livsforsikring', 150, 'known pension fund', true),
('topdanmark livsforsikring', 'phrase', 'pension_fund', 'Topdanmark Livsforsikring', 150, 'known pension fund', true),
('unipension', 'word', 'pension_fund', 'Unipension', 150, 'known pension fund', true),
('nordea liv', 'phrase', 'pension_fund', 'Velliv', 150, 'known pension fund', true),
('nordea livsforsikring', 'phrase', 'pension_fund', 'Velliv', 150, 'known pension fund', true),
('velliv', 'word', 'pension_fund', 'Velliv', 150, 'known pension fund', true),
('finanssektorens pension', 'phrase', 'pension_fund', NULL, 150, 'known pension fund', true),
('livsforsikring', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('livsforsikringsaktieselskab', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('livsforsikringsselskab', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('pensionsfond', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('pensionsforsikring', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('pensionskasse', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('pensionskassen', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('pensionsselskab', 'suffix', 'pension_fund', NULL, 150, 'known pension fund', true),
('a/s', 'word', 'company', NULL, 200, 'legal form', true),
('ag', 'last', 'company', NULL, 200, 'legal form', true),
('aktieselskab', 'suffix', 'company', NULL, 200, 'legal form', true),
('aktieselskabet', 'suffix', 'company', NULL, 200, 'legal form', true),
('anpartsselskab', 'suffix', 'company', NULL, 200, 'legal form', true),
('anpartsselskabet', 'suffix', 'company', NULL, 200, 'legal form', true),
('aps', 'word', 'company', NULL, 200, 'legal form', true),
('asa', 'last', 'company', NULL, 200, 'legal form', true),
('bv', 'last', 'company', NULL, 200, 'legal form', true),
('fastighets ab', 'phrase', 'company', NULL, 200, 'legal form', true),
('fastighetsaktiebolag', 'phrase', 'company', NULL, 200, 'legal form', true),
('gmbh', 'word', 'company', NULL, 200, 'legal form', true),
('inc', 'last', 'company', NULL, 200, 'legal form', true),
('ivaerksaetterselskab', 'suffix', 'company', NULL, 200, 'legal form', true),
('ivs', 'word', 'company', NULL, 200, 'legal form', true),
('k/s', 'word', 'company', NULL, 200, 'legal form', true),
('kg', 'last', 'company', NULL, 200, 'legal form', true),
('kommanditselskab', 'suffix', 'company', NULL, 200, 'legal form', true),
('kommanditselskabet', 'suffix', 'company', NULL, 200, 'legal form', true),
('komplementarselskab', 'word', 'company', NULL, 200, 'legal form', true),
('komplementarselskabet', 'word', 'company', NULL, 200, 'legal form', true),
('limited', 'word', 'company', NULL, 200, 'legal form', true),
('llc', 'word', 'company', NULL, 200, 'legal form', true),
('ltd', 'word', 'company', NULL, 200, 'legal form', true),
('nv', 'last', 'company', NULL, 200, 'legal form', true),
('oy', 'last', 'company', NULL, 200, 'legal form', true),
('oyj', 'last', 'company', NULL, 200, 'legal form', true),
('p/s', 'word', 'company', NULL, 200, 'legal form', true),
('partnerselskab', 'suffix', 'company', NULL, 200, 'legal form', true),
('partnerselskabet', 'suffix', 'company', NULL, 200, 'legal form', true),
('plc', 'word', 'company', NULL, 200, 'legal form', true),
('publ', 'last', 'company', NULL, 200, 'legal form', true),
('sarl', 'last', 'company', NULL, 200, 'legal form', true),
('spa', 'last', 'company', NULL, 200, 'legal form', true),
('srl', 'last', 'company', NULL, 200, 'legal form', true),
('i/s', 'word', 'partnership', NULL, 200, 'legal form', true),
('interessentskab', 'suffix', 'partnership', NULL, 200, 'legal form', true),
('interessentskabet', 'suffix', 'partnership', NULL, 200, 'legal form', true),
('hoersholm kokkedal', 'phrase', 'social_housing', 'Andelsboligforeningen Hørsholm Kokkedal', 205, 'known organisation', true),
('a/b', 'prefix', 'cooperative', NULL, 210, 'naming convention', true),
('g f', 'last', 'homeowners_association', NULL, 210, 'naming convention', true),
('g/f', 'prefix', 'homeowners_association', NULL, 210, 'naming convention', true),
('e f', 'last', 'owners_association', NULL, 210, 'naming convention', true),
('e/f', 'prefix', 'owners_association', NULL, 210, 'naming convention', true),
('lejerforening', 'suffix', 'foundation', NULL, 250, 'exception to a convention', true),
('lejerforeningen', 'suffix', 'foundation', NULL, 250, 'exception to a convention', true),
('lejerforeninger', 'suffix', 'foundation', NULL, 250, 'exception to a convention', true),
('ejerlaug', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('ejerlauget', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('ejerlav', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('ejerlavet', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('grundejerforening', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('grundejerforeningen', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('haveforening', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('haveforeningen', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('husejerforening', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('villaejerforening', 'suffix', 'homeowners_association', NULL, 250, 'naming convention', true),
('ejerforening', 'suffix', 'owners_association', NULL, 250, 'naming convention', true),
('ejerforeningen', 'suffix', 'owners_association', NULL, 250, 'naming convention', true),
('ejerforeninger', 'suffix', 'owners_association', NULL, 250, 'naming convention', true),
('ejerlejlighedsforening', 'suffix', 'owners_association', NULL, 250, 'naming convention', true),
('ejerlejlighedsforeningen', 'suffix', 'owners_association', NULL, 250, 'naming convention', true),
('boligselskabernes landsforening', 'phrase', 'foundation', NULL, 290, 'known organisation', true),
('fonden', 'prefix', 'foundation', NULL, 290, 'naming convention', true),
('a bolig', 'whole', 'social_housing', 'A-Bolig', 300, 'known organisation', true),
('abolig', 'whole', 'social_housing', 'A-Bolig', 300, 'known organisation', true),
('aab aalborg', 'phrase', 'social_housing', 'AAB Aalborg', 300, 'known organisation', true),
('arbejdernes andelsboligforening aalborg', 'phrase', 'social_housing', 'AAB Aalborg', 300, 'known organisation', true),
('arbejdernes andelsboligforening i aalborg', 'phrase', 'social_housing', 'AAB Aalborg', 300, 'known organisation', true),
('aab aarhus', 'phrase', 'social_housing', 'AAB Aarhus', 300, 'known organisation', true),
('arbejdernes andelsboligforening aarhus', 'phrase', 'social_housing', 'AAB Aarhus', 300, 'known organisation', true),
('arbejdernes andelsboligforening i aarhus', 'phrase', 'social_housing', 'AAB Aarhus', 300, 'known organisation', true),
('aab esbjerg', 'phrase', 'social_housing', 'AAB Esbjerg', 300, 'known organisation', true),
('arbejdernes andelsboligforening esbjerg', 'phrase', 'social_housing', 'AAB Esbjerg', 300, 'known organisation', true),
('aab kolding', 'phrase', 'social_housing', 'AAB Kolding', 300, 'known organisation', true),
('arbejdernes andelsboligforening i kolding', 'phrase', 'social_housing', 'AAB Kolding', 300, 'known organisation', true),
('arbejdernes andelsboligforening kolding', 'phrase', 'social_housing', 'AAB Kolding', 300, 'known organisation', true),
('aab silkeborg', 'phrase', 'social_housing', 'AAB Silkeborg', 300, 'known organisation', true),
('arbejdernes andelsboligforening i silkeborg', 'phrase', 'social_housing', 'AAB Silkeborg', 300, 'known organisation', true),
('arbejdernes andelsboligforening silkeborg', 'phrase', 'social_housing', 'AAB Silkeborg', 300, 'known organisation', true),
('aab vejle', 'phrase', 'social_housing', 'AAB Vejle', 300, 'known organisation', true),
('arbejdernes andelsboligforening i vejle', 'phrase', 'social_housing', 'AAB Vejle', 300, 'known organisation', true),
('arbejdernes andelsboligforening vejle', 'phrase', 'social_housing', 'AAB Vejle', 300, 'known organisation', true),
('akb albertslund', 'phrase', 'social_housing', 'AKB Albertslund', 300, 'known organisation', true),
('akb ballerup', 'phrase', 'social_housing', 'AKB Ballerup', 300, 'known organisation', true),
('akb koebenhavn', 'phrase', 'social_housing', 'AKB København', 300, 'known organisation', true),
('akb lundtofte', 'phrase', 'social_housing', 'AKB Lundtofte', 300, 'known organisation', true),
('akb roedovre', 'phrase', 'social_housing', 'AKB Rødovre', 300, 'known organisation', true),
('akb hoeje taastrup', 'phrase', 'social_housing', 'AKB Taastrup', 300, 'known organisation', true),
('akb taastrup', 'phrase', 'social_housing', 'AKB Taastrup', 300, 'known organisation', true),
('al2', 'word', 'social_housing', 'AL2bolig', 300, 'known organisation', true),
('al2bolig', 'word', 'social_housing', 'AL2bolig', 300, 'known organisation', true),
('alboa', 'word', 'social_housing', 'ALBOA', 300, 'known organisation', true),
('aabenraa andelsboligforening', 'phrase', 'social_housing', 'Aabenraa Andelsboligforening', 300, 'known organisation', true),
('aabybro boligforening', 'phrase', 'social_housing', 'Aabybro Boligforening', 300, 'known organisation', true),
('aabyhoej boligforening', 'phrase', 'social_housing', 'Aabyhøj Boligforening', 300, 'known organisation', true),
('aalborg boligforening', 'phrase', 'social_housing', 'Aalborg Boligforening', 300, 'known organisation', true),
('aalborg boligselskab', 'phrase', 'social_housing', 'Aalborg Boligselskab af 1956', 300, 'known organisation', true),
('aalestrup boligforening', 'phrase', 'social_housing', 'Aalestrup Boligforening', 300, 'known organisation', true),
('aars boligforening', 'phrase', 'social_housing', 'Aars Boligforening', 300, 'known organisation', true),
('alabu', 'word', 'social_housing', 'Alabu Bolig', 300, 'known organisation', true),
('alabubolig', 'word', 'social_housing', 'Alabu Bolig', 300, 'known organisation', true),
('albertslund boligselskab', 'phrase', 'social_housing', 'Albertslund Boligselskab', 300, 'known organisation', true),
('alfabo', 'word', 'social_housing', 'Alfabo', 300, 'known organisation', true),
('alleroed boligselskab', 'phrase', 'social_housing', 'Allerød Boligselskab', 300, 'known organisation', true),
('almenbo', 'word', 'social_housing', 'Almenbo', 300, 'known organisation', true),
('andelsboligforeningen beringsgaard', 'phrase', 'social_housing', 'Andelsboligforeningen Beringsgaard', 300, 'known organisation', true),
('beringsgaard', 'whole', 'social_housing', 'Andelsboligforeningen Beringsgaard', 300, 'known organisation', true),
('boligforeningen beringsgaard', 'phrase', 'social_housing', 'Andelsboligforeningen Beringsgaard', 300, 'known organisation', true),
('andelsboligforeningen odinsgaard', 'phrase', 'social_housing', 'Andelsboligforeningen Odinsgård', 300, 'known organisation', true),
('boligforeningen odinsgaard', 'phrase', 'social_housing', 'Andelsboligforeningen Odinsgård', 300, 'known organisation', true),
('odinsgaard', 'whole', 'social_housing', 'Andelsboligforeningen Odinsgård', 300, 'known organisation', true),
('andelsboligforeningen af 1941', 'whole', 'social_housing', 'Andelsboligforeningen af 1941', 300, 'known organisation', true),
('boligforeningen af 1941', 'phrase', 'social_housing', 'Andelsboligforeningen af 1941', 300, 'known organisation', true),
('arbejdernes boligforening i odense', 'phrase', 'social_housing', 'Arbejdernes Boligforening Odense', 300, 'known organisation', true),
('arbejdernes boligforening odense', 'phrase', 'social_housing', 'Arbejdernes Boligforening Odense', 300, 'known organisation', true),
('arbejdernes boligforening', 'phrase', 'social_housing', 'Arbejdernes Boligforening', 300, 'known organisation', true),
('abg', 'whole', 'social_housing', 'Arbejdernes Boligselskab i Gladsaxe', 300, 'known organisation', true),
('arbejdernes boligselskab gladsaxe', 'phrase', 'social_housing', 'Arbejdernes Boligselskab i Gladsaxe', 300, 'known organisation', true),
('arbejdernes boligselskab i gladsaxe', 'phrase', 'social_housing', 'Arbejdernes Boligselskab i Gladsaxe', 300, 'known organisation', true),
('arbejdernes byggeforening', 'phrase', 'social_housing', 'Arbejdernes Byggeforening', 300, 'known organisation', true),
('arden boligforening', 'phrase', 'social_housing', 'Arden Boligforening', 300, 'known organisation', true),
('arresoe boligselskab', 'phrase', 'social_housing', 'Arresø Boligselskab', 300, 'known organisation', true),
('assens boligforening', 'phrase', 'social_housing', 'Assens Boligforening', 300, 'known organisation', true),
('augustenborg andelsboligforening', 'phrase', 'social_housing', 'Augustenborg Andelsboligforening', 300, 'known organisation', true),
('aulum boligforening', 'phrase', 'social_housing', 'Aulum Boligforening', 300, 'known organisation', true),
('aulum haderup boligforening', 'phrase', 'social_housing', 'Aulum Boligforening', 300, 'known organisation', true),
('avlum boligforening', 'phrase', 'social_housing', 'Aulum Boligforening', 300, 'known organisation', true),
('auning boligforening', 'phrase', 'social_housing', 'Auning Boligforening', 300, 'known organisation', true),
('b45', 'whole', 'social_housing', 'B45', 300, 'known organisation', true),
('boligforeningen b45', 'phrase', 'social_housing', 'B45', 300, 'known organisation', true),
('administrationsfaellesskabet bo vest', 'phrase', 'social_housing', 'BO-VEST', 300, 'known organisation', true),
('bo vest', 'whole', 'social_housing', 'BO-VEST', 300, 'known organisation', true),
('boligforeningen bo vest', 'phrase', 'social_housing', 'BO-VEST', 300, 'known organisation', true),
('bovest', 'whole', 'social_housing', 'BO-VEST', 300, 'known organisation', true),
('bo 42', 'phrase', 'social_housing', 'BO42', 300, 'known organisation', true),
('bo42', 'word', 'social_housing', 'BO42', 300, 'known organisation', true),
('bornholms andelsboligforening', 'phrase', 'social_housing', 'BO42', 300, 'known organisation', true),
('bsb albertslund', 'phrase', 'social_housing', 'BSB Albertslund', 300, 'known organisation', true),
('bsb egebjerg', 'phrase', 'social_housing', 'BSB Egebjerg', 300, 'known organisation', true),
('bsb greve', 'phrase', 'social_housing', 'BSB Greve', 300, 'known organisation', true),
('boligselskabet bsb svendborg', 'phrase', 'social_housing', 'BSB Svendborg', 300, 'known organisation', true),
('bsb svendborg', 'phrase', 'social_housing', 'BSB Svendborg', 300, 'known organisation', true),
('bsb hoeje taastrup', 'phrase', 'social_housing', 'BSB Taastrup', 300, 'known organisation', true),
('bsb taastrup', 'phrase', 'social_housing', 'BSB Taastrup', 300, 'known organisation', true),
('boligselskabet bsb', 'phrase', 'social_housing', 'BSB', 300, 'known organisation', true),
('bsb', 'whole', 'social_housing', 'BSB', 300, 'known organisation', true),
('bagsvaerd boligselskab', 'phrase', 'social_housing', 'Bagsværd Boligselskab', 300, 'known organisation', true),
('bagsvaerd sociale boligselskab', 'phrase', 'social_housing', 'Bagsværd Boligselskab', 300, 'known organisation', true),
('baldersbo', 'word', 'social_housing', 'Baldersbo', 300, 'known organisation', true),
('ballerup almennyttige ejendomsselskab', 'phrase', 'social_housing', 'Ballerup Ejendomsselskab', 300, 'known organisation', true),
('ballerup ejendomsselskab', 'phrase', 'social_housing', 'Ballerup Ejendomsselskab', 300, 'known organisation', true),
('billund boligforening', 'phrase', 'social_housing', 'Billund Boligforening', 300, 'known organisation', true),
('birkeroed boligselskab', 'phrase', 'social_housing', 'Birkerød Boligselskab', 300, 'known organisation', true),
('bjerringbro andelsboligforening', 'phrase', 'social_housing', 'Bjerringbro Andelsboligforening', 300, 'known organisation', true),
('bo vita', 'phrase', 'social_housing', 'Bo-Vita', 300, 'known organisation', true),
('bovita', 'word', 'social_housing', 'Bo-Vita', 300, 'known organisation', true),
('bo midt vest', 'phrase', 'social_housing', 'BoMidtVest', 300, 'known organisation', true),
('bo midtvest', 'phrase', 'social_housing', 'BoMidtVest', 300, 'known organisation', true),
('bomidtvest', 'word', 'social_housing', 'BoMidtVest', 300, 'known organisation', true),
('bovendia', 'word', 'social_housing', 'BoVendia', 300, 'known organisation', true),
('bogense boligforening', 'phrase', 'social_housing', 'Bogense Boligforening', 300, 'known organisation', true),
('bolig korsoer', 'phrase', 'social_housing', 'Bolig Korsør', 300, 'known organisation', true),
('boli nu', 'phrase', 'social_housing', 'BoligFredericia', 300, 'known organisation', true),
('bolig fredericia', 'phrase', 'social_housing', 'BoligFredericia', 300, 'known organisation', true),
('boligfa', 'whole', 'social_housing', 'BoligFredericia', 300, 'known organisation', true),
('boligfredericia', 'word', 'social_housing', 'BoligFredericia', 300, 'known organisation', true),
('boligkontoret fredericia', 'phrase', 'social_housing', 'BoligFredericia', 300, 'known organisation', true),
('bolig naestved', 'phrase', 'social_housing', 'BoligNæstved', 300, 'known organisation', true),
('bolignaestved', 'word', 'social_housing', 'BoligNæstved', 300, 'known organisation', true),
('bolig viborg', 'phrase', 'social_housing', 'BoligViborg', 300, 'known organisation', true),
('boligselskabet viborg amt', 'phrase', 'social_housing', 'BoligViborg', 300, 'known organisation', true),
('boligviborg', 'word', 'social_housing', 'BoligViborg', 300, 'known organisation', true),
('boligforeningen 32', 'phrase', 'social_housing', 'Boligforeningen 32', 300, 'known organisation', true),
('boligforeningen af 1932', 'phrase', 'social_housing', 'Boligforeningen 32', 300, 'known organisation', true),
('3 b', 'whole', 'social_housing', 'Boligforeningen 3B', 300, 'known organisation', true),
('3b', 'word', 'social_housing', 'Boligforeningen 3B', 300, 'known organisation', true),
('bf 3 b', 'phrase', 'social_housing', 'Boligforeningen 3B', 300, 'known organisation', true),
('boligforeningen 3 b', 'phrase', 'social_housing', 'Boligforeningen 3B', 300, 'known organisation', true),
('aab', 'word', 'social_housing', 'Boligforeningen AAB', 300, 'known organisation', true),
('arb andelsboligforening', 'phrase', 'social_housing', 'Boligforeningen AAB', 300, 'known organisation', true),
('arbejdernes andelsboligforening', 'phrase', 'social_housing', 'Boligforeningen AAB', 300, 'known organisation', true),
('b42', 'word', 'social_housing', 'Boligforeningen B42', 300, 'known organisation', true),
('boligforeningen b 42', 'phrase', 'social_housing', 'Boligforeningen B42', 300, 'known organisation', true),
('boligforeningen faaborg midtfyn', 'phrase', 'social_housing', 'Boligforeningen Faaborg-Midtfyn', 300, 'known organisation', true),
('faaborg boligforening', 'phrase', 'social_housing', 'Boligforeningen Faaborg-Midtfyn', 300, 'known organisation', true),
('faaborg midtfyn boligforening', 'phrase', 'social_housing', 'Boligforeningen Faaborg-Midtfyn', 300, 'known organisation', true),
('boligforeningen fagbo', 'phrase', 'social_housing', 'Boligforeningen Fagbo', 300, 'known organisation', true),
('fagbo', 'whole', 'social_housing', 'Boligforeningen Fagbo', 300, 'known organisation', true),
('boligforeningen fjordblink', 'phrase', 'social_housing', 'Boligforeningen Fjordblink', 300, 'known organisation', true),
('fjordblink', 'whole', 'social_housing', 'Boligforeningen Fjordblink', 300, 'known organisation', true),
('boligforeningen h44', 'phrase', 'social_housing', 'Boligforeningen H44', 300, 'known organisation', true),
('boligforeningen herlev 44', 'phrase', 'social_housing', 'Boligforeningen H44', 300, 'known organisation', true),
('boligselskabet af 1944 i herlev', 'phrase', 'social_housing', 'Boligforeningen H44', 300, 'known organisation', true),
('h44', 'whole', 'social_housing', 'Boligforeningen H44', 300, 'known organisation', true),
('boligforeningen hjem', 'phrase', 'social_housing', 'Boligforeningen Hjem', 300, 'known organisation', true),
('hvidovrebo', 'word', 'social_housing', 'Boligforeningen Hvidovrebo', 300, 'known organisation', true),
('andelsboligforeningen hoejstrup', 'phrase', 'social_housing', 'Boligforeningen Højstrup', 300, 'known organisation', true),
('boligforeningen hoejstrup', 'phrase', 'social_housing', 'Boligforeningen Højstrup', 300, 'known organisation', true),
('hoejstrup', 'whole', 'social_housing', 'Boligforeningen Højstrup', 300, 'known organisation', true),
('andelsboligforeningen kristiansdal', 'phrase', 'social_housing', 'Boligforeningen Kristiansdal', 300, 'known organisation', true),
('boligforeningen kristiansdal', 'phrase', 'social_housing', 'Boligforeningen Kristiansdal', 300, 'known organisation', true),
('kristiansdal', 'whole', 'social_housing', 'Boligforeningen Kristiansdal', 300, 'known organisation', true),
('boligforeningen lillebaelt', 'phrase', 'social_housing', 'Boligforeningen Lillebælt', 300, 'known organisation', true),
('middelfart boligforening', 'phrase', 'social_housing', 'Boligforeningen Lillebælt', 300, 'known organisation', true),
('strib boligforening', 'phrase', 'social_housing', 'Boligforeningen Lillebælt', 300, 'known organisation', true),
('boligforeningen limfjorden', 'phrase', 'social_housing', 'Boligforeningen Limfjorden', 300, 'known organisation', true),
('boligforeningen moellevaenget', 'phrase', 'social_housing', 'Boligforeningen Møllevænget & Storgaarden', 300, 'known organisation', true),
('boligforeningen ringgaarden', 'phrase', 'social_housing', 'Boligforeningen Ringgården', 300, 'known organisation', true),
('ringgaarden', 'whole', 'social_housing', 'Boligforeningen Ringgården', 300, 'known organisation', true),
('andelsboligforeningen solgaarden', 'phrase', 'social_housing', 'Boligforeningen Solgården', 300, 'known organisation', true),
('boligforeningen solgaarden', 'phrase', 'social_housing', 'Boligforeningen Solgården', 300, 'known organisation', true),
('boligforeningen soebo', 'phrase', 'social_housing', 'Boligforeningen Søbo', 300, 'known organisation', true),
('boligforeningen vibo', 'phrase', 'social_housing', 'Boligforeningen VIBO', 300, 'known organisation', true),
('vibo', 'whole', 'social_housing', 'Boligforeningen VIBO', 300, 'known organisation', true),
('vibo boligforening', 'phrase', 'social_housing', 'Boligforeningen VIBO', 300, 'known organisation', true),
('boligforeningen vanggaarden', 'phrase', 'social_housing', 'Boligforeningen Vanggården', 300, 'known organisation', true),
('andelsboligforeningen vendersbo', 'phrase', 'social_housing', 'Boligforeningen Vendersbo', 300, 'known organisation', true),
('boligforeningen vendersbo', 'phrase', 'social_housing', 'Boligforeningen Vendersbo', 300, 'known organisation', true),
('vendersbo', 'whole', 'social_housing', 'Boligforeningen Vendersbo', 300, 'known organisation', true),
('boligforeningen vendia', 'phrase', 'social_housing', 'Boligforeningen Vendia', 300, 'known organisation', true),
('boligforeningen vesterport', 'phrase', 'social_housing', 'Boligforeningen Vesterport', 300, 'known organisation', true),
('andelsboligforeningen af 10 marts 1943', 'phrase', 'social_housing', 'Boligforeningen af 10. marts 1943', 300, 'known organisation', true),
('boligforeningen 10 marts', 'phrase', 'social_housing', 'Boligforeningen af 10. marts 1943', 300, 'known organisation', true),
('boligforeningen af 10 marts', 'phrase', 'social_housing', 'Boligforeningen af 10. marts 1943', 300, 'known organisation', true),
('aarhus omegn', 'whole', 'social_housing', 'Boligforeningen Århus Omegn', 300, 'known organisation', true),
('boligforeningen aarhus omegn', 'phrase', 'social_housing', 'Boligforeningen Århus Omegn', 300, 'known organisation', true),
('boliggaarden', 'whole', 'social_housing', 'Boliggården', 300, 'known organisation', true),
('boliggaarden helsingoer', 'phrase', 'social_housing', 'Boliggården', 300, 'known organisation', true),
('boligselskabet boliggaarden', 'phrase', 'social_housing', 'Boliggården', 300, 'known organisation', true),
('helsingoer boligselskab', 'phrase', 'social_housing', 'Boliggården', 300, 'known organisation', true),
('boligkontoret aarhus', 'phrase', 'social_housing', 'Boligkontoret Aarhus', 300, 'known organisation', true),
('bdk', 'whole', 'social_housing', 'Boligkontoret Danmark', 300, 'known organisation', true),
('boligkontoret danmark', 'phrase', 'social_housing', 'Boligkontoret Danmark', 300, 'known organisation', true),
('boligorganisationen munkegaard', 'phrase', 'social_housing', 'Boligorganisationen Munkegård', 300, 'known organisation', true),
('akb', 'word', 'social_housing', 'Boligselskabet AKB', 300, 'known organisation', true),
('arbejdernes kooperative byggeforening', 'phrase', 'social_housing', 'Boligselskabet AKB', 300, 'known organisation', true),
('ballerup boligselskab', 'phrase', 'social_housing', 'Boligselskabet Ballerup', 300, 'known organisation', true),
('boligselskabet ballerup', 'phrase', 'social_housing', 'Boligselskabet Ballerup', 300, 'known organisation', true),
('boligselskabet birkebo', 'phrase', 'social_housing', 'Boligselskabet Birkebo', 300, 'known organisation', true),
('boligselskabet danbo', 'phrase', 'social_housing', 'Boligselskabet Danbo', 300, 'known organisation', true),
('danbo', 'whole', 'social_housing', 'Boligselskabet Danbo', 300, 'known organisation', true),
('boligselskabet friheden', 'phrase', 'social_housing', 'Boligselskabet Friheden', 300, 'known organisation', true),
('boligselskabet ksb', 'phrase', 'social_housing', 'Boligselskabet KSB', 300, 'known organisation', true),
('ksb', 'whole', 'social_housing', 'Boligselskabet KSB', 300, 'known organisation', true),
('boligselskabet nordbo', 'phrase', 'social_housing', 'Boligselskabet NordBo', 300, 'known organisation', true),
('nordbo', 'whole', 'social_housing', 'Boligselskabet NordBo', 300, 'known organisation', true),
('boligselskabet nordjylland', 'phrase', 'social_housing', 'Boligselskabet Nordjylland', 300, 'known organisation', true),
('bonord', 'word', 'social_housing', 'Boligselskabet Nordjylland', 300, 'known organisation', true),
('bs nordjylland', 'phrase', 'social_housing', 'Boligselskabet Nordjylland', 300, 'known organisation', true),
('boligselskabet nordkysten', 'phrase', 'social_housing', 'Boligselskabet Nordkysten', 300, 'known organisation', true),
('boligselskabet praestehaven', 'phrase', 'social_housing', 'Boligselskabet Præstehaven', 300, 'known organisation', true),
('boligselskabet sct joergen', 'phrase', 'social_housing', 'Boligselskabet Sct. Jørgen', 300, 'known organisation', true),
('sct joergen', 'whole', 'social_housing', 'Boligselskabet Sct. Jørgen', 300, 'known organisation', true),
('sct joergen viborg', 'phrase', 'social_housing', 'Boligselskabet Sct. Jørgen', 300, 'known organisation', true),
('boligselskab sjaelland', 'whole', 'social_housing', 'Boligselskabet Sjælland', 300, 'known organisation', true),
('boligselskabet bosj', 'phrase', 'social_housing', 'Boligselskabet Sjælland', 300, 'known organisation', true),
('boligselskabet sjaelland', 'phrase', 'social_housing', 'Boligselskabet Sjælland', 300, 'known organisation', true),
('bosj', 'whole', 'social_housing', 'Boligselskabet Sjælland', 300, 'known organisation', true),
('statsbo', 'word', 'social_housing', 'Boligselskabet Statsbo', 300, 'known organisation', true),
('boligselskabet strandparken', 'phrase', 'social_housing', 'Boligselskabet Strandparken', 300, 'known organisation', true),
('boligselskabet for hoeng og omegn', 'phrase', 'social_housing', 'Boligselskabet for Høng og Omegn', 300, 'known organisation', true),
('hoeng boligselskab', 'phrase', 'social_housing', 'Boligselskabet for Høng og Omegn', 300, 'known organisation', true),
('bomiva', 'word', 'social_housing', 'Bomiva', 300, 'known organisation', true),
('bornholms almennyttige boligselskab', 'phrase', 'social_housing', 'Bornholms Boligselskab', 300, 'known organisation', true),
('bornholms boligselskab', 'phrase', 'social_housing', 'Bornholms Boligselskab', 300, 'known organisation', true),
('bov andelsboligforening', 'phrase', 'social_housing', 'Bov Andelsboligforening', 300, 'known organisation', true),
('padborg andelsboligforening', 'phrase', 'social_housing', 'Bov Andelsboligforening', 300, 'known organisation', true),
('bovia', 'word', 'social_housing', 'Bovia', 300, 'known organisation', true),
('brabrand boligforening', 'phrase', 'social_housing', 'Brabrand Boligforening', 300, 'known organisation', true),
('bramming boligforening', 'phrase', 'social_housing', 'Bramming Boligforening', 300, 'known organisation', true),
('brande boligforening', 'phrase', 'social_housing', 'Brande Boligforening', 300, 'known organisation', true),
('broager andelsboligforening', 'phrase', 'social_housing', 'Broager Andelsboligforening', 300, 'known organisation', true),
('brovst boligforening', 'phrase', 'social_housing', 'Brovst Boligforening', 300, 'known organisation', true),
('broendbyernes andelsboligforening', 'phrase', 'social_housing', 'Brøndbyernes Andelsboligforening', 300, 'known organisation', true),
('broenderslev boligselskab', 'phrase', 'social_housing', 'Brønderslev Boligselskab', 300, 'known organisation', true),
('broerup boligforening', 'phrase', 'social_housing', 'Brørup Boligforening', 300, 'known organisation', true),
('bygge og boligselskabet af 1938', 'phrase', 'social_housing', 'Bygge- og Boligselskabet af 1938', 300, 'known organisation', true),
('boerkop boligforening', 'phrase', 'social_housing', 'Børkop Boligforening', 300, 'known organisation', true),
('christiansfeld boligforening', 'phrase', 'social_housing', 'Christiansfeld Boligforening', 300, 'known organisation', true),
('civica', 'word', 'social_housing', 'Civica', 300, 'known organisation', true),
('dab', 'word', 'social_housing', 'DAB', 300, 'known organisation', true),
('dansk almennyttig boligselskab', 'phrase', 'social_housing', 'DAB', 300, 'known organisation', true),
('dansk almennyttigt boligselskab', 'phrase', 'social_housing', 'DAB', 300, 'known organisation', true),
('dansk alment boligselskab', 'phrase', 'social_housing', 'DAB', 300, 'known organisation', true),
('domibus', 'word', 'social_housing', 'DOMIBUS', 300, 'known organisation', true),
('boligselskabet dfb', 'phrase', 'social_housing', 'Danske Funktionærers Boligselskab', 300, 'known organisation', true),
('danske funktionaerers boligselskab', 'phrase', 'social_housing', 'Danske Funktionærers Boligselskab', 300, 'known organisation', true),
('dfb', 'whole', 'social_housing', 'Danske Funktionærers Boligselskab', 300, 'known organisation', true),
('djurs bolig', 'phrase', 'social_housing', 'DjursBolig', 300, 'known organisation', true),
('djursbo', 'whole', 'social_housing', 'DjursBolig', 300, 'known organisation', true),
('djursbolig', 'word', 'social_housing', 'DjursBolig', 300, 'known organisation', true),
('domea', 'word', 'social_housing', 'Domea.dk', 300, 'known organisation', true),
('domeas', 'word', 'social_housing', 'Domea.dk', 300, 'known organisation', true),
('dragoer almennyttige boligselskab', 'phrase', 'social_housing', 'Dragør Boligselskab', 300, 'known organisation', true),
('dragoer boligselskab', 'phrase', 'social_housing', 'Dragør Boligselskab', 300, 'known organisation', true),
('dronninglund boligforening', 'phrase', 'social_housing', 'Dronninglund Boligforening', 300, 'known organisation', true),
('ebeltoft boligforening', 'phrase', 'social_housing', 'Ebeltoft Boligforening', 300, 'known organisation', true),
('egebjergvang', 'word', 'social_housing', 'Egebjergvang', 300, 'known organisation', true),
('egtved boligforening', 'phrase', 'social_housing', 'Egtved Boligforening', 300, 'known organisation', true),
('esbjerg almene boligselskab', 'phrase', 'social_housing', 'Esbjerg almennyttige Boligselskab', 300, 'known organisation', true),
('esbjerg almennyttige boligselskab', 'phrase', 'social_housing', 'Esbjerg almennyttige Boligselskab', 300, 'known organisation', true),
('esbjerg boligselskab', 'phrase', 'social_housing', 'Esbjerg almennyttige Boligselskab', 300, 'known organisation', true),
('eskemosepark', 'word', 'social_housing', 'Eskemosepark', 300, 'known organisation', true),
('fa 09', 'phrase', 'social_housing', 'FA 09', 300, 'known organisation', true),
('fa09', 'word', 'social_housing', 'FA 09', 300, 'known organisation', true),
('frederiksberg andelsboligforening af 1909', 'phrase', 'social_housing', 'FA 09', 300, 'known organisation', true),
('fa2009', 'word', 'social_housing', 'FA09', 300, 'known organisation', true),
('faellesadministrationen af 2009', 'phrase', 'social_housing', 'FA09', 300, 'known organisation', true),
('fagforeningernes boligforening', 'phrase', 'social_housing', 'Fagforeningernes Boligforening', 300, 'known organisation', true),
('farsoe boligforening', 'phrase', 'social_housing', 'Farsø Boligforening', 300, 'known organisation', true),
('farum almennyttige boligselskab', 'phrase', 'social_housing', 'Farum Boligselskab', 300, 'known organisation', true),
('farum boligselskab', 'phrase', 'social_housing', 'Farum Boligselskab', 300, 'known organisation', true),
('farum sociale boligselskab', 'phrase', 'social_housing', 'Farum Boligselskab', 300, 'known organisation', true),
('faxe boligselskab', 'phrase', 'social_housing', 'Faxe Boligselskab', 300, 'known organisation', true),
('fjerritslev boligforening', 'phrase', 'social_housing', 'Fjerritslev Boligforening', 300, 'known organisation', true),
('flexbo', 'word', 'social_housing', 'Flexbo Sjælland', 300, 'known organisation', true),
('fredensborg boligselskab', 'phrase', 'social_housing', 'Fredensborg Boligselskab', 300, 'known organisation', true),
('fredericia boligforening', 'phrase', 'social_housing', 'Fredericia Boligforening', 300, 'known organisation', true),
('frederiksberg boligselskab', 'phrase', 'social_housing', 'Frederiksberg Boligselskab', 300, 'known organisation', true),
('ffb', 'whole', 'social_housing', 'Frederiksberg forenede Boligselskaber', 300, 'known organisation', true),
('frederiksberg forenede boligselskaber', 'phrase', 'social_housing', 'Frederiksberg forenede Boligselskaber', 300, 'known organisation', true),
('frederiksborg boligselskab', 'phrase', 'social_housing', 'Frederiksborg Boligselskab', 300, 'known organisation', true),
('frederikshavn boligforening', 'phrase', 'social_housing', 'Frederikshavn Boligforening', 300, 'known organisation', true),
('frederikssund almennyttige boligselskab', 'phrase', 'social_housing', 'Frederikssund Boligselskab', 300, 'known organisation', true),
('frederikssund boligselskab', 'phrase', 'social_housing', 'Frederikssund Boligselskab', 300, 'known organisation', true),
('frederiksvaerk almennyttige boligselskab', 'phrase', 'social_housing', 'Frederiksværk Boligselskab', 300, 'known organisation', true),
('frederiksvaerk boligselskab', 'phrase', 'social_housing', 'Frederiksværk Boligselskab', 300, 'known organisation', true),
('fruehoejgaard', 'word', 'social_housing', 'Fruehøjgaard', 300, 'known organisation', true),
('furesoe boligselskab', 'phrase', 'social_housing', 'Furesø Boligselskab', 300, 'known organisation', true),
('boligselskabet fab', 'phrase', 'social_housing', 'Fyns almennyttige Boligselskab', 300, 'known organisation', true),
('fab', 'whole', 'social_housing', 'Fyns almennyttige Boligselskab', 300, 'known organisation', true),
('fyns almene boligselskab', 'phrase', 'social_housing', 'Fyns almennyttige Boligselskab', 300, 'known organisation', true),
('fyns almennyttige boligselskab', 'phrase', 'social_housing', 'Fyns almennyttige Boligselskab', 300, 'known organisation', true),
('boligforeningen fob', 'phrase', 'social_housing', 'Fællesorganisationens Boligforening', 300, 'known organisation', true),
('faellesorganisationens boligforening', 'phrase', 'social_housing', 'Fællesorganisationens Boligforening', 300, 'known organisation', true),
('faellesorganisationernes boligforening', 'phrase', 'social_housing', 'Fællesorganisationens Boligforening', 300, 'known organisation', true),
('fob', 'whole', 'social_housing', 'Fællesorganisationens Boligforening', 300, 'known organisation', true),
('ga bolig', 'phrase', 'social_housing', 'GAbolig', 300, 'known organisation', true),
('gabolig', 'word', 'social_housing', 'GAbolig', 300, 'known organisation', true),
('galten andelsboligforening', 'phrase', 'social_housing', 'Galten Andelsboligforening', 300, 'known organisation', true),
('gentofte boligselskab', 'phrase', 'social_housing', 'Gentofte Boligselskab', 300, 'known organisation', true),
('gentofte ejendomsselskab', 'phrase', 'social_housing', 'Gentofte Ejendomsselskab', 300, 'known organisation', true),
('give boligforening', 'phrase', 'social_housing', 'Give Boligforening', 300, 'known organisation', true),
('gladsaxe almene boligselskab', 'phrase', 'social_housing', 'Gladsaxe almennyttige Boligselskab', 300, 'known organisation', true),
('gladsaxe almennyttig boligselskab', 'phrase', 'social_housing', 'Gladsaxe almennyttige Boligselskab', 300, 'known organisation', true),
('gladsaxe almennyttige boligselskab', 'phrase', 'social_housing', 'Gladsaxe almennyttige Boligselskab', 300, 'known organisation', true),
('gladsaxe boligselskab', 'phrase', 'social_housing', 'Gladsaxe almennyttige Boligselskab', 300, 'known organisation', true),
('glamsbjerg boligforening', 'phrase', 'social_housing', 'Glamsbjerg Boligforening', 300, 'known organisation', true),
('glostrup almennyttige boligselskab', 'phrase', 'social_housing', 'Glostrup Boligselskab', 300, 'known organisation', true),
('glostrup boligselskab', 'phrase', 'social_housing', 'Glostrup Boligselskab', 300, 'known organisation', true),
('glostrup ejendomsselskab', 'phrase', 'social_housing', 'Glostrup Ejendomsselskab', 300, 'known organisation', true),
('gram andelsboligforening', 'phrase', 'social_housing', 'Gram Andelsboligforening', 300, 'known organisation', true),
('grejsdal andelsboligforening', 'phrase', 'social_housing', 'Grejsdalens Andelsboligforening', 300, 'known organisation', true),
('grejsdalens andelsboligforening', 'phrase', 'social_housing', 'Grejsdalens Andelsboligforening', 300, 'known organisation', true),
('grenaa andelsboligforening', 'phrase', 'social_housing', 'Grenaa Andelsboligforening', 300, 'known organisation', true),
('greve almennyttige boligselskab', 'phrase', 'social_housing', 'Greve Boligselskab', 300, 'known organisation', true),
('greve boligselskab', 'phrase', 'social_housing', 'Greve Boligselskab', 300, 'known organisation', true),
('gribskov boligselskab', 'phrase', 'social_housing', 'Gribskov Boligselskab', 300, 'known organisation', true),
('grindsted boligforening', 'phrase', 'social_housing', 'Grindsted Boligforening', 300, 'known organisation', true),
('graasten andelsboligforening', 'phrase', 'social_housing', 'Gråsten Andelsboligforening', 300, 'known organisation', true),
('boligforeningen gudenaa', 'phrase', 'social_housing', 'Gudenå Boligforening', 300, 'known organisation', true),
('gudenaa boligforening', 'phrase', 'social_housing', 'Gudenå Boligforening', 300, 'known organisation', true),
('guldborgsund boligselskab', 'phrase', 'social_housing', 'Guldborgsund Boligselskab', 300, 'known organisation', true),
('goerlev boligselskab', 'phrase', 'social_housing', 'Gørlev Boligselskab', 300, 'known organisation', true),
('boligforeningen hab', 'phrase', 'social_housing', 'Haderslev Andelsboligforening', 300, 'known organisation', true),
('hab', 'whole', 'social_housing', 'Haderslev Andelsboligforening', 300, 'known organisation', true),
('hab haderslev', 'phrase', 'social_housing', 'Haderslev Andelsboligforening', 300, 'known organisation', true),
('haderslev andelsboligforening', 'phrase', 'social_housing', 'Haderslev Andelsboligforening', 300, 'known organisation', true),
('haderslev boligselskab', 'phrase', 'social_housing', 'Haderslev Boligselskab', 300, 'known organisation', true),
('hadsten boligforening', 'phrase', 'social_housing', 'Hadsten Boligforening', 300, 'known organisation', true),
('hadsund boligforening', 'phrase', 'social_housing', 'Hadsund Boligforening', 300, 'known organisation', true),
('halsnaes boligselskab', 'phrase', 'social_housing', 'Halsnæs Boligselskab', 300, 'known organisation', true),
('hammel boligforening', 'phrase', 'social_housing', 'Hammel Boligforening', 300, 'known organisation', true),
('hasle boligforening', 'phrase', 'social_housing', 'Hasle Boligforening', 300, 'known organisation', true),
('haslev boligselskab', 'phrase', 'social_housing', 'Haslev Boligselskab', 300, 'known organisation', true),
('hasseris boligselskab', 'phrase', 'social_housing', 'Hasseris Boligselskab', 300, 'known organisation', true),
('hedensted boligforening', 'phrase', 'social_housing', 'Hedensted Boligforening', 300, 'known organisation', true),
('helsinge boligselskab', 'phrase', 'social_housing', 'Helsinge Boligselskab', 300, 'known organisation', true),
('herlev almennyttige boligselskab', 'phrase', 'social_housing', 'Herlev Boligselskab', 300, 'known organisation', true),
('herlev boligselskab', 'phrase', 'social_housing', 'Herlev Boligselskab', 300, 'known organisation', true),
('herning boligselskab', 'phrase', 'social_housing', 'Herning Boligselskab', 300, 'known organisation', true),
('hilleroed almene boligselskab', 'phrase', 'social_housing', 'Hillerød Boligselskab', 300, 'known organisation', true),
('hilleroed almennyttige boligselskab', 'phrase', 'social_housing', 'Hillerød Boligselskab', 300, 'known organisation', true),
('hilleroed boligselskab', 'phrase', 'social_housing', 'Hillerød Boligselskab', 300, 'known organisation', true),
('himmerland', 'whole', 'social_housing', 'Himmerland Boligforening', 300, 'known organisation', true),
('himmerland boligforening', 'phrase', 'social_housing', 'Himmerland Boligforening', 300, 'known organisation', true),
('himmerlands boligforening', 'phrase', 'social_housing', 'Himmerland Boligforening', 300, 'known organisation', true),
('hinnerup boligforening', 'phrase', 'social_housing', 'Hinnerup Boligforening', 300, 'known organisation', true),
('hirtshals boligforening', 'phrase', 'social_housing', 'Hirtshals Boligforening', 300, 'known organisation', true),
('hjallerup boligforening', 'phrase', 'social_housing', 'Hjallerup Boligforening', 300, 'known organisation', true),
('hjoerring boligforening', 'phrase', 'social_housing', 'Hjørring Boligforening', 300, 'known organisation', true),
('hobro boligforening', 'phrase', 'social_housing', 'Hobro Boligforening', 300, 'known organisation', true),
('holbaek almennyttige boligselskab', 'phrase', 'social_housing', 'Holbæk Boligselskab', 300, 'known organisation', true),
('holbaek boligselskab', 'phrase', 'social_housing', 'Holbæk Boligselskab', 300, 'known organisation', true),
('boligselskabet holstebro', 'phrase', 'social_housing', 'Holstebro Boligselskab', 300, 'known organisation', true),
('holstebro boligselskab', 'phrase', 'social_housing', 'Holstebro Boligselskab', 300, 'known organisation', true),
('holsted boligforening', 'phrase', 'social_housing', 'Holsted Boligforening', 300, 'known organisation', true),
('horsens boligforening', 'phrase', 'social_housing', 'Horsens Boligforening', 300, 'known organisation', true),
('humlebaek boligselskab', 'phrase', 'social_housing', 'Humlebæk Boligselskab', 300, 'known organisation', true),
('hundested boligselskab', 'phrase', 'social_housing', 'Hundested Boligselskab', 300, 'known organisation', true),
('hurup boligforening', 'phrase', 'social_housing', 'Hurup Boligforening', 300, 'known organisation', true),
('hvalsoe boligselskab', 'phrase', 'social_housing', 'Hvalsø Boligselskab', 300, 'known organisation', true),
('hvidovre almennyttige boligselskab', 'phrase', 'social_housing', 'Hvidovre Boligselskab', 300, 'known organisation', true),
('hvidovre boligselskab', 'phrase', 'social_housing', 'Hvidovre Boligselskab', 300, 'known organisation', true),
('hoejbjerg andelsboligforening', 'phrase', 'social_housing', 'Højbjerg Andelsboligforening', 300, 'known organisation', true),
('hoersholm almene boligselskab', 'phrase', 'social_housing', 'Hørsholm almene Boligselskab', 300, 'known organisation', true),
('hoersholm almennyttige boligselskab', 'phrase', 'social_housing', 'Hørsholm almene Boligselskab', 300, 'known organisation', true),
('hoersholm boligselskab', 'phrase', 'social_housing', 'Hørsholm almene Boligselskab', 300, 'known organisation', true),
('ikast andelsboligforening', 'phrase', 'social_housing', 'Ikast Andelsboligforening', 300, 'known organisation', true),
('ishoej boligselskab', 'phrase', 'social_housing', 'Ishøj Boligselskab', 300, 'known organisation', true),
('islev boligselskab', 'phrase', 'social_housing', 'Islev Boligselskab', 300, 'known organisation', true),
('jelling boligforening', 'phrase', 'social_housing', 'Jelling Boligforening', 300, 'known organisation', true),
('juelsminde boligforening', 'phrase', 'social_housing', 'Juelsminde Boligforening', 300, 'known organisation', true),
('jyderup boligselskab', 'phrase', 'social_housing', 'Jyderup Boligselskab', 300, 'known organisation', true),
('kab', 'word', 'social_housing', 'KAB', 300, 'known organisation', true),
('kabs', 'word', 'social_housing', 'KAB', 300, 'known organisation', true),
('koebenhavns almindelige boligselskab', 'phrase', 'social_housing', 'KAB', 300, 'known organisation', true),
('kalundborg almennyttige boligselskab', 'phrase', 'social_housing', 'Kalundborg almennyttige Boligselskab', 300, 'known organisation', true),
('kalundborg boligselskab', 'phrase', 'social_housing', 'Kalundborg almennyttige Boligselskab', 300, 'known organisation', true),
('karlebo boligselskab', 'phrase', 'social_housing', 'Karlebo Boligselskab', 300, 'known organisation', true),
('karup boligforening', 'phrase', 'social_housing', 'Karup Boligforening', 300, 'known organisation', true),
('kerteminde boligselskab', 'phrase', 'social_housing', 'Kerteminde Boligselskab', 300, 'known organisation', true),
('kjellerup boligforening', 'phrase', 'social_housing', 'Kjellerup Boligforening', 300, 'known organisation', true),
('kokkedal boligselskab', 'phrase', 'social_housing', 'Kokkedal Boligselskab', 300, 'known organisation', true),
('kolding boligselskab', 'phrase', 'social_housing', 'Kolding Boligselskab', 300, 'known organisation', true),
('kollegieboligselskab', 'word', 'social_housing', 'Kollegieboligselskabet', 300, 'known organisation', true),
('kollegieboligselskabet', 'word', 'social_housing', 'Kollegieboligselskabet', 300, 'known organisation', true),
('kollegiekontoret', 'phrase', 'social_housing', 'Kollegiekontoret i Aarhus', 300, 'known organisation', true),
('kolstrup boligforening', 'phrase', 'social_housing', 'Kolstrup Boligforening', 300, 'known organisation', true),
('korsoer almennyttige boligselskab', 'phrase', 'social_housing', 'Korsør Boligselskab', 300, 'known organisation', true),
('korsoer boligselskab', 'phrase', 'social_housing', 'Korsør Boligselskab', 300, 'known organisation', true),
('koebenhavns kommunes funktionaerers boligforening', 'phrase', 'social_housing', 'Københavns Kommunes Funktionærers Boligforening', 300, 'known organisation', true),
('koege almene boligselskab', 'phrase', 'social_housing', 'Køge almennyttige Boligselskab', 300, 'known organisation', true),
('koege almennyttige boligselskab', 'phrase', 'social_housing', 'Køge almennyttige Boligselskab', 300, 'known organisation', true),
('koege boligselskab', 'phrase', 'social_housing', 'Køge almennyttige Boligselskab', 300, 'known organisation', true),
('langelands boligforening', 'phrase', 'social_housing', 'Langelands Boligforening', 300, 'known organisation', true),
('rudkoebing boligforening', 'phrase', 'social_housing', 'Langelands Boligforening', 300, 'known organisation', true),
('rudkoebing boligselskab', 'phrase', 'social_housing', 'Langelands Boligforening', 300, 'known organisation', true),
('langeskov boligforening', 'phrase', 'social_housing', 'Langeskov Boligforening', 300, 'known organisation', true),
('lejerbo', 'word', 'social_housing', 'Lejerbo', 300, 'known organisation', true),
('lejerbos', 'word', 'social_housing', 'Lejerbo', 300, 'known organisation', true),
('lejre boligselskab', 'phrase', 'social_housing', 'Lejre Boligselskab', 300, 'known organisation', true),
('lemvig boligforening', 'phrase', 'social_housing', 'Lemvig Boligforening', 300, 'known organisation', true),
('lilleroed boligforening', 'phrase', 'social_housing', 'Lillerød Boligforening', 300, 'known organisation', true),
('lolland boligselskab', 'phrase', 'social_housing', 'Lolland Boligselskab', 300, 'known organisation', true),
('lollands boligselskab', 'phrase', 'social_housing', 'Lolland Boligselskab', 300, 'known organisation', true),
('boligorganisationen lundebjerggaard', 'phrase', 'social_housing', 'Lundebjerggård', 300, 'known organisation', true),
('lundebjerggaard', 'whole', 'social_housing', 'Lundebjerggård', 300, 'known organisation', true),
('lyngby boligselskab', 'phrase', 'social_housing', 'Lyngby Boligselskab', 300, 'known organisation', true),
('lyngby almene boligselskab', 'phrase', 'social_housing', 'Lyngby almennyttige Boligselskab', 300, 'known organisation', true),
('lyngby almennyttige boligselskab', 'phrase', 'social_housing', 'Lyngby almennyttige Boligselskab', 300, 'known organisation', true),
('laesoe boligforening', 'phrase', 'social_housing', 'Læsø Boligforening', 300, 'known organisation', true),
('loegstoer boligforening', 'phrase', 'social_housing', 'Løgstør Boligforening', 300, 'known organisation', true),
('loegumkloster andelsboligforening', 'phrase', 'social_housing', 'Løgumkloster Andelsboligforening', 300, 'known organisation', true),
('loejt andelsboligforening', 'phrase', 'social_housing', 'Løjt Andelsboligforening', 300, 'known organisation', true),
('maribo boligselskab', 'phrase', 'social_housing', 'Maribo Boligselskab', 300, 'known organisation', true),
('middelfart boligselskab', 'phrase', 'social_housing', 'Middelfart Boligselskab', 300, 'known organisation', true),
('midtjysk boligselskab', 'phrase', 'social_housing', 'Midtjysk Boligselskab', 300, 'known organisation', true),
('skanderborg andelsboligforening', 'phrase', 'social_housing', 'Midtjysk Boligselskab', 300, 'known organisation', true),
('morsoe boligselskab', 'phrase', 'social_housing', 'Morsø Boligselskab', 300, 'known organisation', true),
('nykoebing mors boligforening', 'phrase', 'social_housing', 'Morsø Boligselskab', 300, 'known organisation', true),
('nykoebing mors boligselskab', 'phrase', 'social_housing', 'Morsø Boligselskab', 300, 'known organisation', true),
('munkebo boligforening', 'phrase', 'social_housing', 'Munkebo Boligforening', 300, 'known organisation', true),
('moellevaenget storgaarden', 'phrase', 'social_housing', 'Møllevænget & Storgaarden', 300, 'known organisation', true),
('moen boligselskab', 'phrase', 'social_housing', 'Møns Boligselskab', 300, 'known organisation', true),
('moens almennyttige boligselskab', 'phrase', 'social_housing', 'Møns Boligselskab', 300, 'known organisation', true),
('moens boligselskab', 'phrase', 'social_housing', 'Møns Boligselskab', 300, 'known organisation', true),
('stege boligselskab', 'phrase', 'social_housing', 'Møns Boligselskab', 300, 'known organisation', true),
('nakskov almennyttige boligselskab', 'phrase', 'social_housing', 'Nakskov almennyttige Boligselskab', 300, 'known organisation', true),
('nakskov boligselskab', 'phrase', 'social_housing', 'Nakskov almennyttige Boligselskab', 300, 'known organisation', true),
('nibe boligforening', 'phrase', 'social_housing', 'Nibe Boligforening', 300, 'known organisation', true),
('nordborg andelsboligforening', 'phrase', 'social_housing', 'Nordborg Andelsboligforening', 300, 'known organisation', true),
('nordfyns boligselskab', 'phrase', 'social_housing', 'Nordfyns Boligselskab', 300, 'known organisation', true),
('nordjysk boligselskab', 'phrase', 'social_housing', 'Nordjysk Boligselskab', 300, 'known organisation', true),
('nordvest bo', 'phrase', 'social_housing', 'NordvestBO', 300, 'known organisation', true),
('nordvestbo', 'word', 'social_housing', 'NordvestBO', 300, 'known organisation', true),
('nyborg andelsboligforening', 'phrase', 'social_housing', 'Nyborg Andelsboligforening', 300, 'known organisation', true),
('nyborg boligforening', 'phrase', 'social_housing', 'Nyborg Boligforening', 300, 'known organisation', true),
('nykoebing f boligforening', 'phrase', 'social_housing', 'Nykøbing Falster Boligselskab', 300, 'known organisation', true),
('nykoebing f boligselskab', 'phrase', 'social_housing', 'Nykøbing Falster Boligselskab', 300, 'known organisation', true),
('nykoebing falster boligselskab', 'phrase', 'social_housing', 'Nykøbing Falster Boligselskab', 300, 'known organisation', true),
('nykoebing sj boligselskab', 'phrase', 'social_housing', 'Nykøbing Sjælland Boligselskab', 300, 'known organisation', true),
('nykoebing sjaelland boligselskab', 'phrase', 'social_housing', 'Nykøbing Sjælland Boligselskab', 300, 'known organisation', true),
('naerum boligselskab', 'phrase', 'social_housing', 'Nærum Boligselskab', 300, 'known organisation', true),
('naestved almennyttige boligselskab', 'phrase', 'social_housing', 'Næstved almennyttige Boligselskab', 300, 'known organisation', true),
('naestved boligselskab', 'phrase', 'social_housing', 'Næstved almennyttige Boligselskab', 300, 'known organisation', true),
('noerresundby boligselskab', 'phrase', 'social_housing', 'Nørresundby Boligselskab', 300, 'known organisation', true),
('odder andelsboligforening', 'phrase', 'social_housing', 'Odder Andelsboligforening', 300, 'known organisation', true),
('oab', 'word', 'social_housing', 'Odense Andels-Boligforening', 300, 'known organisation', true),
('odense andelsboligforening', 'phrase', 'social_housing', 'Odense Andels-Boligforening', 300, 'known organisation', true),
('odense boligselskab', 'phrase', 'social_housing', 'Odense Boligselskab', 300, 'known organisation', true),
('odsherred boligselskab', 'phrase', 'social_housing', 'Odsherred Boligselskab', 300, 'known organisation', true),
('oksboel boligforening', 'phrase', 'social_housing', 'Oksbøl Boligforening', 300, 'known organisation', true),
('otterup boligforening', 'phrase', 'social_housing', 'Otterup Boligforening', 300, 'known organisation', true),
('pab', 'word', 'social_housing', 'PAB', 300, 'known organisation', true),
('postfunktionaerernes andelsboligforening', 'phrase', 'social_housing', 'PAB', 300, 'known organisation', true),
('postfunktionaerernes boligforening', 'phrase', 'social_housing', 'PAB', 300, 'known organisation', true),
('jetsmark boligforening', 'phrase', 'social_housing', 'Pandrup Boligforening', 300, 'known organisation', true),
('jetsmark boligselskab', 'phrase', 'social_housing', 'Pandrup Boligforening', 300, 'known organisation', true),
('pandrup boligforening', 'phrase', 'social_housing', 'Pandrup Boligforening', 300, 'known organisation', true),
('plus bolig', 'phrase', 'social_housing', 'Plus Bolig', 300, 'known organisation', true),
('plusbolig', 'word', 'social_housing', 'Plus Bolig', 300, 'known organisation', true),
('praestoe boligselskab', 'phrase', 'social_housing', 'Præstø Boligselskab', 300, 'known organisation', true),
('ramsoe aeldreboligselskab', 'phrase', 'social_housing', 'Ramsø Ældreboligselskab', 300, 'known organisation', true),
('andelsboligforeningen af 1940', 'phrase', 'social_housing', 'Randers Boligforening af 1940', 300, 'known organisation', true),
('boligforeningen af 1940', 'phrase', 'social_housing', 'Randers Boligforening af 1940', 300, 'known organisation', true),
('randers boligforening', 'phrase', 'social_housing', 'Randers Boligforening af 1940', 300, 'known organisation', true),
('randers bolig', 'phrase', 'social_housing', 'RandersBolig', 300, 'known organisation', true),
('randersbolig', 'word', 'social_housing', 'RandersBolig', 300, 'known organisation', true),
('rebild boligforening', 'phrase', 'social_housing', 'Rebild Boligforening', 300, 'known organisation', true),
('skoerping boligforening', 'phrase', 'social_housing', 'Rebild Boligforening', 300, 'known organisation', true),
('stoevring boligforening', 'phrase', 'social_housing', 'Rebild Boligforening', 300, 'known organisation', true),
('ribe boligforening', 'phrase', 'social_housing', 'Ribe Boligforening', 300, 'known organisation', true),
('ringe boligforening', 'phrase', 'social_housing', 'Ringe Boligforening', 300, 'known organisation', true),
('ringkoebing boligforening', 'phrase', 'social_housing', 'Ringkøbing-Skjern Boligforening', 300, 'known organisation', true),
('skjern boligforening', 'phrase', 'social_housing', 'Ringkøbing-Skjern Boligforening', 300, 'known organisation', true),
('ringsted almennyttige boligselskab', 'phrase', 'social_housing', 'Ringsted Boligselskab', 300, 'known organisation', true),
('ringsted boligselskab', 'phrase', 'social_housing', 'Ringsted Boligselskab', 300, 'known organisation', true),
('roskilde almennyttige boligselskab', 'phrase', 'social_housing', 'Roskilde Boligselskab', 300, 'known organisation', true),
('roskilde boligselskab', 'phrase', 'social_housing', 'Roskilde Boligselskab', 300, 'known organisation', true),
('rudersdal boligselskab', 'phrase', 'social_housing', 'Rudersdal Boligselskab', 300, 'known organisation', true),
('ry andelsboligforening', 'phrase', 'social_housing', 'Ry Andelsboligforening', 300, 'known organisation', true),
('roedby boligselskab', 'phrase', 'social_housing', 'Rødby Boligselskab', 300, 'known organisation', true),
('roedbyhavn boligselskab', 'phrase', 'social_housing', 'Rødby Boligselskab', 300, 'known organisation', true),
('roedding boligforening', 'phrase', 'social_housing', 'Rødding Boligforening', 300, 'known organisation', true),
('roedekro andelsboligforening', 'phrase', 'social_housing', 'Rødekro Andelsboligforening', 300, 'known organisation', true),
('roedovre almene boligselskab', 'phrase', 'social_housing', 'Rødovre almennyttige Boligselskab', 300, 'known organisation', true),
('roedovre almennyttige boligselskab', 'phrase', 'social_housing', 'Rødovre almennyttige Boligselskab', 300, 'known organisation', true),
('roedovre boligselskab', 'phrase', 'social_housing', 'Rødovre almennyttige Boligselskab', 300, 'known organisation', true),
('roenne boligforening', 'phrase', 'social_housing', 'Rønne Boligforening', 300, 'known organisation', true),
('salus', 'whole', 'social_housing', 'SALUS Boligadministration', 300, 'known organisation', true),
('salus bolig', 'phrase', 'social_housing', 'SALUS Boligadministration', 300, 'known organisation', true),
('salus boligadministration', 'phrase', 'social_housing', 'SALUS Boligadministration', 300, 'known organisation', true),
('salus boligselskab', 'phrase', 'social_housing', 'SALUS Boligadministration', 300, 'known organisation', true),
('boligforeningen sobo', 'phrase', 'social_housing', 'SOBO', 300, 'known organisation', true),
('sobo', 'whole', 'social_housing', 'SOBO', 300, 'known organisation', true),
('soenderborg boligforening', 'phrase', 'social_housing', 'SOBO', 300, 'known organisation', true),
('soenderborg boligselskab', 'phrase', 'social_housing', 'SOBO', 300, 'known organisation', true),
('sakskoebing boligselskab', 'phrase', 'social_housing', 'Sakskøbing Boligselskab', 300, 'known organisation', true),
('samsoe boligselskab', 'phrase', 'social_housing', 'Samsø Boligselskab', 300, 'known organisation', true),
('boligselskabet sab', 'phrase', 'social_housing', 'Samvirkende Boligselskaber', 300, 'known organisation', true),
('sab', 'whole', 'social_housing', 'Samvirkende Boligselskaber', 300, 'known organisation', true),
('sab koebenhavn', 'phrase', 'social_housing', 'Samvirkende Boligselskaber', 300, 'known organisation', true),
('samvirkende boligselskab', 'phrase', 'social_housing', 'Samvirkende Boligselskaber', 300, 'known organisation', true),
('samvirkende boligselskaber', 'phrase', 'social_housing', 'Samvirkende Boligselskaber', 300, 'known organisation', true),
('silkeborg boligselskab', 'phrase', 'social_housing', 'Silkeborg Boligselskab', 300, 'known organisation', true),
('sindal boligforening', 'phrase', 'social_housing', 'Sindal Boligforening', 300, 'known organisation', true),
('skagen boligforening', 'phrase', 'social_housing', 'Skagen Boligforening', 300, 'known organisation', true),
('skanderborg boligforening', 'phrase', 'social_housing', 'Skanderborg Boligforening', 300, 'known organisation', true),
('skive boligselskab', 'phrase', 'social_housing', 'Skive Boligselskab', 300, 'known organisation', true),
('skivebo', 'word', 'social_housing', 'Skive Boligselskab', 300, 'known organisation', true),
('skaelskoer boligselskab', 'phrase', 'social_housing', 'Skælskør Boligselskab', 300, 'known organisation', true),
('skaerbaek boligforening', 'phrase', 'social_housing', 'Skærbæk Boligforening', 300, 'known organisation', true),
('slagelse almennyttige boligselskab', 'phrase', 'social_housing', 'Slagelse Boligselskab', 300, 'known organisation', true),
('slagelse boligselskab', 'phrase', 'social_housing', 'Slagelse Boligselskab', 300, 'known organisation', true),
('smoerum boligselskab', 'phrase', 'social_housing', 'Smørum Boligselskab', 300, 'known organisation', true),
('solroed boligselskab', 'phrase', 'social_housing', 'Solrød Boligselskab', 300, 'known organisation', true),
('solroed almennyttige boligselskab', 'phrase', 'social_housing', 'Solrød almennyttige Boligselskab', 300, 'known organisation', true),
('soroe almennyttige boligselskab', 'phrase', 'social_housing', 'Sorø Boligselskab', 300, 'known organisation', true),
('soroe boligselskab', 'phrase', 'social_housing', 'Sorø Boligselskab', 300, 'known organisation', true),
('oelstykke boligforening', 'phrase', 'social_housing', 'Stenløse-Ølstykke Boligforening', 300, 'known organisation', true),
('stenloese almennyttige boligselskab', 'phrase', 'social_housing', 'Stenløse-Ølstykke Boligforening', 300, 'known organisation', true),
('stenloese boligforening', 'phrase', 'social_housing', 'Stenløse-Ølstykke Boligforening', 300, 'known organisation', true),
('stevns boligselskab', 'phrase', 'social_housing', 'Stevns Boligselskab', 300, 'known organisation', true),
('struer boligforening', 'phrase', 'social_housing', 'Struer Boligforening', 300, 'known organisation', true),
('stubbekoebing boligselskab', 'phrase', 'social_housing', 'Stubbekøbing Boligselskab', 300, 'known organisation', true),
('sundby hvorup', 'phrase', 'social_housing', 'Sundby-Hvorup Boligselskab', 300, 'known organisation', true),
('sunds boligforening', 'phrase', 'social_housing', 'Sunds Boligforening', 300, 'known organisation', true),
('sab svendborg', 'phrase', 'social_housing', 'Svendborg Andels-Boligforening', 300, 'known organisation', true),
('svendborg andelsboligforening', 'phrase', 'social_housing', 'Svendborg Andels-Boligforening', 300, 'known organisation', true),
('svendborg boligselskab', 'phrase', 'social_housing', 'Svendborg Boligselskab', 300, 'known organisation', true),
('sydvest bolig', 'phrase', 'social_housing', 'Sydvest Bolig', 300, 'known organisation', true),
('sydvestbolig', 'word', 'social_housing', 'Sydvest Bolig', 300, 'known organisation', true),
('sydvestjysk bolig', 'phrase', 'social_housing', 'Sydvest Bolig', 300, 'known organisation', true),
('saeby boligforening', 'phrase', 'social_housing', 'Sæby Boligforening', 300, 'known organisation', true),
('soelleroed almennyttige boligselskab', 'phrase', 'social_housing', 'Søllerød almennyttige Boligselskab', 300, 'known organisation', true),
('soelleroed boligselskab', 'phrase', 'social_housing', 'Søllerød almennyttige Boligselskab', 300, 'known organisation', true),
('sab soenderborg', 'phrase', 'social_housing', 'Sønderborg Andelsboligforening', 300, 'known organisation', true),
('soenderborg andelsboligforening', 'phrase', 'social_housing', 'Sønderborg Andelsboligforening', 300, 'known organisation', true),
('soendersoe boligselskab', 'phrase', 'social_housing', 'Søndersø Boligselskab', 300, 'known organisation', true),
('taastrup almennyttige boligselskab', 'phrase', 'social_housing', 'Taastrup almennyttige Boligselskab', 300, 'known organisation', true),
('taastrup boligselskab', 'phrase', 'social_housing', 'Taastrup almennyttige Boligselskab', 300, 'known organisation', true),
('tarm boligforening', 'phrase', 'social_housing', 'Tarm Boligforening', 300, 'known organisation', true),
('thisted bolig', 'phrase', 'social_housing', 'Thisted Bolig', 300, 'known organisation', true),
('thisted boligforening', 'phrase', 'social_housing', 'Thisted Bolig', 300, 'known organisation', true),
('thisted boligselskab', 'phrase', 'social_housing', 'Thisted Bolig', 300, 'known organisation', true),
('thistedbolig', 'word', 'social_housing', 'Thisted Bolig', 300, 'known organisation', true),
('thyboroen boligforening', 'phrase', 'social_housing', 'Thyborøn Boligforening', 300, 'known organisation', true),
('tinglev andelsboligforening', 'phrase', 'social_housing', 'Tinglev Andelsboligforening', 300, 'known organisation', true),
('toftlund andelsboligforening', 'phrase', 'social_housing', 'Toftlund Andelsboligforening', 300, 'known organisation', true),
('tranbjerg andelsboligforening', 'phrase', 'social_housing', 'Tranbjerg Andelsboligforening', 300, 'known organisation', true),
('boligselskabet tranemosegaard', 'phrase', 'social_housing', 'Tranemosegård', 300, 'known organisation', true),
('tranemosegaard', 'whole', 'social_housing', 'Tranemosegård', 300, 'known organisation', true),
('tyrstrup andelsboligforening', 'phrase', 'social_housing', 'Tyrstrup Andelsboligforening af 1955', 300, 'known organisation', true),
('taarnby almennyttige boligselskab', 'phrase', 'social_housing', 'Tårnby Boligselskab', 300, 'known organisation', true),
('taarnby boligselskab', 'phrase', 'social_housing', 'Tårnby Boligselskab', 300, 'known organisation', true),
('taarnbyhuse', 'word', 'social_housing', 'Tårnbyhuse', 300, 'known organisation', true),
('toender andelsboligforening', 'phrase', 'social_housing', 'Tønder Andelsboligforening', 300, 'known organisation', true),
('toerring boligforening', 'phrase', 'social_housing', 'Tørring Boligforening', 300, 'known organisation', true),
('ullerslev boligforening', 'phrase', 'social_housing', 'Ullerslev Boligforening', 300, 'known organisation', true),
('ungdomsbo', 'word', 'social_housing', 'Ungdomsbo', 300, 'known organisation', true),
('de unges almene boligselskab', 'phrase', 'social_housing', 'Ungdomsboligselskabet UBSBOLIG', 300, 'known organisation', true),
('ubsbolig', 'word', 'social_housing', 'Ungdomsboligselskabet UBSBOLIG', 300, 'known organisation', true),
('vallensbaek boligselskab', 'phrase', 'social_housing', 'Vallensbæk Boligselskab', 300, 'known organisation', true),
('vamdrup boligselskab', 'phrase', 'social_housing', 'Vamdrup Boligselskab', 300, 'known organisation', true),
('vanloese almennyttige boligselskab', 'phrase', 'social_housing', 'Vanløse Boligselskab', 300, 'known organisation', true),
('vanloese boligselskab', 'phrase', 'social_housing', 'Vanløse Boligselskab', 300, 'known organisation', true),
('varde bolig administration', 'phrase', 'social_housing', 'Varde Bolig Administration', 300, 'known organisation', true),
('varde boligadministration', 'phrase', 'social_housing', 'Varde Bolig Administration', 300, 'known organisation', true),
('varde boligforening', 'phrase', 'social_housing', 'Varde Boligforening', 300, 'known organisation', true),
('vejen boligforening', 'phrase', 'social_housing', 'Vejen Boligforening', 300, 'known organisation', true),
('vejgaard boligforening', 'phrase', 'social_housing', 'Vejgaard Boligforening', 300, 'known organisation', true),
('vejlby andelsboligforening', 'phrase', 'social_housing', 'Vejlby-Risskov Boligforening', 300, 'known organisation', true),
('vejlby boligforening', 'phrase', 'social_housing', 'Vejlby-Risskov Boligforening', 300, 'known organisation', true),
('vejlby risskov boligforening', 'phrase', 'social_housing', 'Vejlby-Risskov Boligforening', 300, 'known organisation', true),
('vejle boligselskab', 'phrase', 'social_housing', 'Vejle Boligselskab', 300, 'known organisation', true),
('boligforeningen vesterbo', 'phrase', 'social_housing', 'VesterBo Aarhus', 300, 'known organisation', true),
('viborg boligselskab', 'phrase', 'social_housing', 'Viborg Boligselskab', 300, 'known organisation', true),
('viby andelsboligforening', 'phrase', 'social_housing', 'Viby Andelsboligforening', 300, 'known organisation', true),
('videbaek boligforening', 'phrase', 'social_housing', 'Videbæk Boligforening', 300, 'known organisation', true),
('vinderup boligforening', 'phrase', 'social_housing', 'Vinderup Boligforening', 300, 'known organisation', true),
('vissenbjerg boligforening', 'phrase', 'social_housing', 'Vissenbjerg Boligforening', 300, 'known organisation', true),
('viva bolig', 'phrase', 'social_housing', 'Vivabolig', 300, 'known organisation', true),
('vivabolig', 'word', 'social_housing', 'Vivabolig', 300, 'known organisation', true),
('vojens andelsboligforening', 'phrase', 'social_housing', 'Vojens Andelsboligforening', 300, 'known organisation', true),
('vordingborg almennyttige boligselskab', 'phrase', 'social_housing', 'Vordingborg Boligselskab', 300, 'known organisation', true),
('vordingborg boligselskab', 'phrase', 'social_housing', 'Vordingborg Boligselskab', 300, 'known organisation', true),
('vorup boligforening', 'phrase', 'social_housing', 'Vorup Boligforening af 1945', 300, 'known organisation', true),
('va vridsloeselille', 'whole', 'social_housing', 'Vridsløselille Andelsboligforening', 300, 'known organisation', true),
('vridsloeselille andelsboligforening', 'phrase', 'social_housing', 'Vridsløselille Andelsboligforening', 300, 'known organisation', true),
('vaerloese almennyttige boligselskab', 'phrase', 'social_housing', 'Værløse Boligselskab', 300, 'known organisation', true),
('vaerloese boligselskab', 'phrase', 'social_housing', 'Værløse Boligselskab', 300, 'known organisation', true),
('foreningen socialt boligbyggeri', 'phrase', 'social_housing', 'fsb', 300, 'known organisation', true),
('fsb', 'word', 'social_housing', 'fsb', 300, 'known organisation', true),
('aeroe boligforening', 'phrase', 'social_housing', 'Ærø Boligforening', 300, 'known organisation', true),
('aeroeskoebing boligforening', 'phrase', 'social_housing', 'Ærø Boligforening', 300, 'known organisation', true),
('marstal boligforening', 'phrase', 'social_housing', 'Ærø Boligforening', 300, 'known organisation', true),
('oelgod boligforening', 'phrase', 'social_housing', 'Ølgod Boligforening', 300, 'known organisation', true),
('boligforeningen oesterbo', 'phrase', 'social_housing', 'ØsterBO', 300, 'known organisation', true),
('oesterbo', 'whole', 'social_housing', 'ØsterBO', 300, 'known organisation', true),
('oesterbo vejle', 'phrase', 'social_housing', 'ØsterBO', 300, 'known organisation', true),
('oestjysk bolig', 'phrase', 'social_housing', 'Østjysk Bolig', 300, 'known organisation', true),
('oestjyskbolig', 'word', 'social_housing', 'Østjysk Bolig', 300, 'known organisation', true),
('oestjysk boligadministration', 'phrase', 'social_housing', 'Østjysk Boligadministration', 300, 'known organisation', true),
('360 residential', 'phrase', 'company', '360 Residential', 310, 'known landlord', true),
('a enggaard', 'phrase', 'company', 'A. Enggaard', 310, 'known landlord', true),
('akelius', 'word', 'company', 'Akelius', 310, 'known landlord', true),
('bach gruppen', 'phrase', 'company', 'Bach Gruppen', 310, 'known landlord', true),
('balder', 'whole', 'company', 'Balder', 310, 'known landlord', true),
('balder danmark', 'phrase', 'company', 'Balder', 310, 'known landlord', true),
('balder ejendomme', 'phrase', 'company', 'Balder', 310, 'known landlord', true),
('balder fastigheter', 'phrase', 'company', 'Balder', 310, 'known landlord', true),
('ejendomsselskabet balder', 'phrase', 'company', 'Balder', 310, 'known landlord', true),
('fastighets balder', 'phrase', 'company', 'Balder', 310, 'known landlord', true),
('barfoed group', 'phrase', 'company', 'Barfoed', 310, 'known landlord', true),
('basecamp', 'word', 'company', 'BaseCamp', 310, 'known landlord', true),
('birch ejendomme', 'phrase', 'company', 'Birch', 310, 'known landlord', true),
('birch gruppen', 'phrase', 'company', 'Birch', 310, 'known landlord', true),
('blackstone', 'word', 'company', 'Blackstone', 310, 'known landlord', true),
('c w obel', 'phrase', 'company', 'C.W. Obel Ejendomme', 310, 'known landlord', true),
('cej', 'word', 'company', 'CEJ', 310, 'known landlord', true),
('calum', 'whole', 'company', 'Calum', 310, 'known landlord', true),
('calum ejendomme', 'phrase', 'company', 'Calum', 310, 'known landlord', true),
('carlsberg byen', 'phrase', 'company', 'Carlsberg Byen', 310, 'known landlord', true),
('catella', 'word', 'company', 'Catella', 310, 'known landlord', true),
('cobblestone', 'word', 'company', 'Cobblestone', 310, 'known landlord', true),
('dades', 'word', 'company', 'DADES', 310, 'known landlord', true),
('dan ejendom', 'phrase', 'company', 'DEAS', 310, 'known landlord', true),
('dan ejendomme', 'phrase', 'company', 'DEAS', 310, 'known landlord', true),
('deas', 'word', 'company', 'DEAS', 310, 'known landlord', true),
('datea', 'word', 'company', 'Datea', 310, 'known landlord', true),
('de forenede ejendomsselskaber', 'phrase', 'company', 'De forenede Ejendomsselskaber', 310, 'known landlord', true),
('heimstaden', 'word', 'company', 'Heimstaden', 310, 'known landlord', true),
('home properties', 'phrase', 'company', 'Home Properties', 310, 'known landlord', true),
('ikano bolig', 'phrase', 'company', 'Ikano Bolig', 310, 'known landlord', true),
('jeudan', 'word', 'company', 'Jeudan', 310, 'known landlord', true),
('juli ejendomme', 'phrase', 'company', 'Juli Living', 310, 'known landlord', true),
('juli living', 'phrase', 'company', 'Juli Living', 310, 'known landlord', true),
('kpc', 'word', 'company', 'KPC', 310, 'known landlord', true),
('kereby', 'word', 'company', 'Kereby', 310, 'known landlord', true),
('koncenton', 'word', 'company', 'Koncenton', 310, 'known landlord', true),
('mt hoejgaard', 'phrase', 'company', 'MT Højgaard', 310, 'known landlord', true),
('nordic real estate partners', 'phrase', 'company', 'NREP', 310, 'known landlord', true),
('nrep', 'word', 'company', 'NREP', 310, 'known landlord', true),
('newsec', 'word', 'company', 'Newsec', 310, 'known landlord', true),
('niam', 'whole', 'company', 'Niam', 310, 'known landlord', true),
('niam danmark', 'phrase', 'company', 'Niam', 310, 'known landlord', true),
('nordicom', 'word', 'company', 'Nordicom', 310, 'known landlord', true),
('patrizia', 'word', 'company', 'PATRIZIA', 310, 'known landlord', true),
('plushusene', 'word', 'company', 'PlusHusene', 310, 'known landlord', true),
('raundahl moesby', 'phrase', 'company', 'Raundahl & Moesby', 310, 'known landlord', true),
('tk development', 'phrase', 'company', 'TK Development', 310, 'known landlord', true),
('thylander', 'whole', 'company', 'Thylander', 310, 'known landlord', true),
('thylander group', 'phrase', 'company', 'Thylander', 310, 'known landlord', true),
('thylander gruppen', 'phrase', 'company', 'Thylander', 310, 'known landlord', true),
('taekker group', 'phrase', 'company', 'Tækker', 310, 'known landlord', true),
('taekker gruppen', 'phrase', 'company', 'Tækker', 310, 'known landlord', true),
('vonovia', 'word', 'company', 'Vonovia', 310, 'known landlord', true),
('capital investment', 'phrase', 'company', NULL, 310, 'known landlord', true),
('capman', 'word', 'company', NULL, 310, 'known landlord', true),
('core bolig', 'phrase', 'company', NULL, 310, 'known landlord', true),
('core property', 'phrase', 'company', NULL, 310, 'known landlord', true),
('danske bank', 'phrase', 'company', NULL, 310, 'known landlord', true),
('ejendomsvisioner', 'word', 'company', NULL, 310, 'known landlord', true),
('jm danmark', 'phrase', 'company', NULL, 310, 'known landlord', true),
('jyske bank', 'phrase', 'company', NULL, 310, 'known landlord', true),
('kuben ejendomme', 'phrase', 'company', NULL, 310, 'known landlord', true),
('m2', 'whole', 'company', NULL, 310, 'known landlord', true),
('norr properties', 'phrase', 'company', NULL, 310, 'known landlord', true),
('property group', 'phrase', 'company', NULL, 310, 'known landlord', true),
('qvortrup administration', 'phrase', 'company', NULL, 310, 'known landlord', true),
('qvortrup ejendomme', 'phrase', 'company', NULL, 310, 'known landlord', true),
('slaettoe', 'word', 'company', NULL, 310, 'known landlord', true),
('tetris', 'whole', 'company', NULL, 310, 'known landlord', true),
('by havn', 'phrase', 'partnership', 'By & Havn', 310, 'known landlord', true),
('by og havn', 'phrase', 'partnership', 'By & Havn', 310, 'known landlord', true),
('udviklingsselskabet by', 'phrase', 'partnership', 'By & Havn', 310, 'known landlord', true),
('metroselskabet', 'word', 'partnership', 'Metroselskabet', 310, 'known landlord', true),
('amager ressourcecenter', 'phrase', 'partnership', NULL, 310, 'known landlord', true),
('arealudviklingsselskabet', 'word', 'partnership', NULL, 310, 'known landlord', true),
('oerestadsselskabet', 'phrase', 'partnership', NULL, 310, 'known landlord', true),
('sct hans kirke', 'phrase', 'church', NULL, 340, 'naming convention', true),
('andelsboligforeningen himmerland', 'whole', 'social_housing', 'Himmerland Boligforening', 350, 'known organisation', true),
('anne kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('bo kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('hanne kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('hans kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('hans sogn', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('jens kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('niels kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('ole kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('peter kirke', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('peter region', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('peter sogn', 'whole', 'unclassified', NULL, 350, 'exception to a convention', true),
('andelskasse', 'suffix', 'company', NULL, 380, 'naming convention', true),
('antenneforening', 'suffix', 'company', NULL, 380, 'naming convention', true),
('brugsforening', 'suffix', 'company', NULL, 380, 'naming convention', true),
('fjernvarme', 'suffix', 'company', NULL, 380, 'naming convention', true),
('sparekasse', 'suffix', 'company', NULL, 380, 'naming convention', true),
('vandvaerk', 'suffix', 'company', NULL, 380, 'naming convention', true),
('varmevaerk', 'suffix', 'company', NULL, 380, 'naming convention', true),
('almen andelsboligforening', 'phrase', 'social_housing', NULL, 380, 'naming convention', true),
('almen andelsboligforening', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('almen andelsboligorganisation', 'phrase', 'social_housing', NULL, 380, 'naming convention', true),
('almene andelsboligforening', 'phrase', 'social_housing', NULL, 380, 'naming convention', true),
('almene andelsboligforening', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('almennyttig andelsboligforening', 'phrase', 'social_housing', NULL, 380, 'naming convention', true),
('almennyttig andelsboligforening', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('almennyttige andelsboligforening', 'phrase', 'social_housing', NULL, 380, 'naming convention', true),
('almennyttige andelsboligforening', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('andelsboligorganisation', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('den almene andelsboligforening', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('den almennyttige andelsboligforening', 'prefix', 'social_housing', NULL, 380, 'naming convention', true),
('privat ab', 'phrase', 'cooperative', NULL, 390, 'naming convention', true),
('privat andelsboligforening', 'phrase', 'cooperative', NULL, 390, 'naming convention', true),
('private ab', 'phrase', 'cooperative', NULL, 390, 'naming convention', true),
('private andelsboligforening', 'phrase', 'cooperative', NULL, 390, 'naming convention', true),
('a/b', 'last', 'cooperative', NULL, 400, 'naming convention', true),
('aeldreandels', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andels bf', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsb', 'word', 'cooperative', NULL, 400, 'naming convention', true),
('andelsbebyggelse', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsbf', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsbf', 'word', 'cooperative', NULL, 400, 'naming convention', true),
('andelsbol', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsboliger', 'word', 'cooperative', NULL, 400, 'naming convention', true),
('andelsboligforeningen', 'suffix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsboligselskab', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsboligselskabet', 'word', 'cooperative', NULL, 400, 'naming convention', true),
('andelsforening', 'last', 'cooperative', NULL, 400, 'naming convention', true),
('andelsforening', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsforeningen', 'word', 'cooperative', NULL, 400, 'naming convention', true),
('andelsgaarden', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsgaarden', 'suffix', 'cooperative', NULL, 400, 'naming convention', true),
('andelskollektiv', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelskollektivet', 'suffix', 'cooperative', NULL, 400, 'naming convention', true),
('andelssamfund', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('andelsselskab', 'last', 'cooperative', NULL, 400, 'naming convention', true),
('andelsselskab', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('boligandels', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('boligandelsforening', 'suffix', 'cooperative', NULL, 400, 'naming convention', true),
('byggeandelsforening', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('den private andels', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('ejendomsandels', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('privat andels', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('private andels', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('senior andelsbolig', 'prefix', 'cooperative', NULL, 400, 'naming convention', true),
('seniorandelsboligforening', 'word', 'cooperative', NULL, 400, 'naming convention', true),
('ab', 'last', 'company', NULL, 450, 'legal form', true),
('andelsforening', 'suffix', 'cooperative', NULL, 450, 'naming convention', true),
('andelsforeningen', 'suffix', 'cooperative', NULL, 450, 'naming convention', true),
('bofaellesskab', 'suffix', 'cooperative', NULL, 450, 'naming convention', true),
('bofaellesskabet', 'suffix', 'cooperative', NULL, 450, 'naming convention', true),
('boligfaellesskab', 'suffix', 'cooperative', NULL, 450, 'naming convention', true),
('boligfaellesskabet', 'suffix', 'cooperative', NULL, 450, 'naming convention', true),
('almenbolig', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('almennyttig', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('boligforening', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('boligorganisation', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('boligselskab', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('den almene', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('den almennyttige', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('det almene', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('det almennyttige', 'prefix', 'social_housing', NULL, 460, 'naming convention', true),
('kommune', 'word', 'municipality', NULL, 470, 'naming convention', true),
('kommunen', 'word', 'municipality', NULL, 470, 'naming convention', true),
('kommunens', 'word', 'municipality', NULL, 470, 'naming convention', true),
('kommunes', 'word', 'municipality', NULL, 470, 'naming convention', true),
('almene formaal', 'phrase', 'foundation', NULL, 490, 'naming convention', true),
('almenvelgoerende', 'word', 'foundation', NULL, 490, 'naming convention', true),
('aeldrebolig', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('aeldreboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('aeldreboligerne', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('aeldreboliginstitution', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('almen bolig', 'phrase', 'social_housing', NULL, 500, 'naming convention', true),
('almenbolig', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('almenboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('almene', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('almennyttig', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('almennyttige', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('almennyttigt', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('alment', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('arbejderboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boliger for aeldre', 'phrase', 'social_housing', NULL, 500, 'naming convention', true),
('boligf', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligfor', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligforen', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligforening', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligforeningen', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligforeninger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligkontor', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligkontoret', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligorg', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligorganisation', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligorganisationen', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligorganisationer', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligselsk', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('boligselskab', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligselskaber', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('boligselskabet', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('familieboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('kollektivboliginstitution', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('kooperative', 'word', 'social_housing', NULL, 500, 'naming convention', true),
('pensionistboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('plejeboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('seniorboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('socialt boligbyggeri', 'phrase', 'social_housing', NULL, 500, 'naming convention', true),
('ungdomsbolig', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('ungdomsboliger', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('ungdomsboligerne', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('ungdomsboliginstitution', 'suffix', 'social_housing', NULL, 500, 'naming convention', true),
('byggeforening', 'suffix', 'social_housing', NULL, 560, 'naming convention', true),
('bikuben fonden', 'prefix', 'student_hall', NULL, 600, 'naming convention', true),
('collegium', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('international student house', 'phrase', 'student_hall', NULL, 600, 'naming convention', true),
('kollegie', 'prefix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegie', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegieboliger', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegiefond', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegiefonden', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegieforeningen', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegiegaarden', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegier', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegierne', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegiet', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('kollegium', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('regensen', 'word', 'student_hall', NULL, 600, 'naming convention', true),
('studenterbolig', 'prefix', 'student_hall', NULL, 600, 'naming convention', true),
('studenterboliger', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('studentergaarden', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('studenterhjem', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('studenterhjemmet', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('studieboliger', 'suffix', 'student_hall', NULL, 600, 'naming convention', true),
('aalborg stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('aarhus stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('apostolsk kirke', 'phrase', 'church', NULL, 640, 'naming convention', true),
('baptistmenighed', 'suffix', 'church', NULL, 640, 'naming convention', true),
('bispeembede', 'word', 'church', NULL, 640, 'naming convention', true),
('domkirke', 'suffix', 'church', NULL, 640, 'naming convention', true),
('folkekirke', 'word', 'church', NULL, 640, 'naming convention', true),
('frikirke', 'suffix', 'church', NULL, 640, 'naming convention', true),
('frimenighed', 'suffix', 'church', NULL, 640, 'naming convention', true),
('frimenigheden', 'suffix', 'church', NULL, 640, 'naming convention', true),
('fyens stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('haderslev stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('helsingoer stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('jehovas vidner', 'phrase', 'church', NULL, 640, 'naming convention', true),
('katolsk vikariat', 'phrase', 'church', NULL, 640, 'naming convention', true),
('katolske kirke', 'phrase', 'church', NULL, 640, 'naming convention', true),
('kirke', 'last', 'church', NULL, 640, 'naming convention', true),
('kirkegaardsbestyrelse', 'word', 'church', NULL, 640, 'naming convention', true),
('kirkekasse', 'suffix', 'church', NULL, 640, 'naming convention', true),
('kirkeministeriet', 'word', 'church', NULL, 640, 'naming convention', true),
('kirken', 'suffix', 'church', NULL, 640, 'naming convention', true),
('kirkens', 'suffix', 'church', NULL, 640, 'naming convention', true),
('koebenhavns stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('lolland falsters stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('luthersk mission', 'phrase', 'church', NULL, 640, 'naming convention', true),
('menighed', 'word', 'church', NULL, 640, 'naming convention', true),
('menigheden', 'word', 'church', NULL, 640, 'naming convention', true),
('menighedsraad', 'suffix', 'church', NULL, 640, 'naming convention', true),
('menighedsraadet', 'suffix', 'church', NULL, 640, 'naming convention', true),
('missionsforbundet', 'word', 'church', NULL, 640, 'naming convention', true),
('pastorat', 'suffix', 'church', NULL, 640, 'naming convention', true),
('pastoratet', 'suffix', 'church', NULL, 640, 'naming convention', true),
('praesteembede', 'suffix', 'church', NULL, 640, 'naming convention', true),
('praesteembedet', 'suffix', 'church', NULL, 640, 'naming convention', true),
('provsti', 'word', 'church', NULL, 640, 'naming convention', true),
('provstiet', 'word', 'church', NULL, 640, 'naming convention', true),
('provstiudvalg', 'suffix', 'church', NULL, 640, 'naming convention', true),
('ribe stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('romersk katolske', 'phrase', 'church', NULL, 640, 'naming convention', true),
('roskilde stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('sogn', 'word', 'church', NULL, 640, 'naming convention', true),
('sognegaarden', 'word', 'church', NULL, 640, 'naming convention', true),
('sognekirke', 'suffix', 'church', NULL, 640, 'naming convention', true),
('sognepraest', 'word', 'church', NULL, 640, 'naming convention', true),
('sognepraesten', 'word', 'church', NULL, 640, 'naming convention', true),
('sogns', 'suffix', 'church', NULL, 640, 'naming convention', true),
('stiftsoevrighed', 'word', 'church', NULL, 640, 'naming convention', true),
('stiftsoevrigheden', 'word', 'church', NULL, 640, 'naming convention', true),
('troessamfund', 'word', 'church', NULL, 640, 'naming convention', true),
('valgmenighed', 'suffix', 'church', NULL, 640, 'naming convention', true),
('valgmenigheden', 'suffix', 'church', NULL, 640, 'naming convention', true),
('viborg stift', 'phrase', 'church', NULL, 640, 'naming convention', true),
('aarhus amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('amtet', 'word', 'region', NULL, 645, 'naming convention', true),
('amtskommune', 'suffix', 'region', NULL, 645, 'naming convention', true),
('amtskommunen', 'suffix', 'region', NULL, 645, 'naming convention', true),
('amtsraad', 'prefix', 'region', NULL, 645, 'naming convention', true),
('amtsraad', 'suffix', 'region', NULL, 645, 'naming convention', true),
('amtssygehus', 'suffix', 'region', NULL, 645, 'naming convention', true),
('amtssygehuset', 'suffix', 'region', NULL, 645, 'naming convention', true),
('bornholms amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('frederiksborg amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('fyns amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('koebenhavns amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('nordjyllands amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('region hovedstaden', 'phrase', 'region', NULL, 645, 'naming convention', true),
('region midtjylland', 'phrase', 'region', NULL, 645, 'naming convention', true),
('region nordjylland', 'phrase', 'region', NULL, 645, 'naming convention', true),
('region oestdanmark', 'phrase', 'region', NULL, 645, 'naming convention', true),
('region sjaelland', 'phrase', 'region', NULL, 645, 'naming convention', true),
('region syddanmark', 'phrase', 'region', NULL, 645, 'naming convention', true),
('regionsgaarden', 'prefix', 'region', NULL, 645, 'naming convention', true),
('regionshospital', 'prefix', 'region', NULL, 645, 'naming convention', true),
('regionshospital', 'suffix', 'region', NULL, 645, 'naming convention', true),
('regionshuset', 'prefix', 'region', NULL, 645, 'naming convention', true),
('regionspsykiatri', 'prefix', 'region', NULL, 645, 'naming convention', true),
('regionsraad', 'prefix', 'region', NULL, 645, 'naming convention', true),
('ribe amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('rigshospitalet', 'word', 'region', NULL, 645, 'naming convention', true),
('ringkoebing amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('roskilde amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('soenderjyllands amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('storstroems amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('sygehuset', 'word', 'region', NULL, 645, 'naming convention', true),
('sygehusfaellesskab', 'word', 'region', NULL, 645, 'naming convention', true),
('universitetshospital', 'suffix', 'region', NULL, 645, 'naming convention', true),
('vejle amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('vestsjaellands amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('viborg amt', 'phrase', 'region', NULL, 645, 'naming convention', true),
('bestyrelse', 'suffix', 'unclassified', NULL, 648, 'exception to a convention', true),
('bestyrelsen', 'suffix', 'unclassified', NULL, 648, 'exception to a convention', true),
('borgerrepraesentationen', 'word', 'municipality', NULL, 650, 'naming convention', true),
('byraad', 'word', 'municipality', NULL, 650, 'naming convention', true),
('byraadet', 'word', 'municipality', NULL, 650, 'naming convention', true),
('forvaltningen', 'suffix', 'municipality', NULL, 650, 'naming convention', true),
('koebenhavns ejendomme', 'phrase', 'municipality', NULL, 650, 'naming convention', true),
('kommunale', 'word', 'municipality', NULL, 650, 'naming convention', true),
('magistraten', 'word', 'municipality', NULL, 650, 'naming convention', true),
('raadhuset', 'word', 'municipality', NULL, 650, 'naming convention', true),
('regionskommune', 'suffix', 'municipality', NULL, 650, 'naming convention', true),
('sogneraad', 'suffix', 'municipality', NULL, 650, 'naming convention', true),
('banedanmark', 'word', 'state', NULL, 650, 'naming convention', true),
('byret', 'word', 'state', NULL, 650, 'naming convention', true),
('danske stat', 'phrase', 'state', NULL, 650, 'naming convention', true),
('danske statsbaner', 'phrase', 'state', NULL, 650, 'naming convention', true),
('direktoratet', 'suffix', 'state', NULL, 650, 'naming convention', true),
('domstol', 'suffix', 'state', NULL, 650, 'naming convention', true),
('dtu', 'whole', 'state', NULL, 650, 'naming convention', true),
('folketinget', 'word', 'state', NULL, 650, 'naming convention', true),
('forsvaret', 'word', 'state', NULL, 650, 'naming convention', true),
('forsvarets', 'word', 'state', NULL, 650, 'naming convention', true),
('hjemmevaernet', 'suffix', 'state', NULL, 650, 'naming convention', true),
('kongeriget danmark', 'phrase', 'state', NULL, 650, 'naming convention', true),
('kriminalforsorgen', 'word', 'state', NULL, 650, 'naming convention', true),
('landsret', 'word', 'state', NULL, 650, 'naming convention', true),
('ministeriet', 'suffix', 'state', NULL, 650, 'naming convention', true),
('ministerium', 'suffix', 'state', NULL, 650, 'naming convention', true),
('nationalmuseet', 'word', 'state', NULL, 650, 'naming convention', true),
('politi', 'word', 'state', NULL, 650, 'naming convention', true),
('politiet', 'word', 'state', NULL, 650, 'naming convention', true),
('politikreds', 'suffix', 'state', NULL, 650, 'naming convention', true),
('professionshoejskole', 'suffix', 'state', NULL, 650, 'naming convention', true),
('professionshoejskolen', 'suffix', 'state', NULL, 650, 'naming convention', true),
('rigsarkivet', 'word', 'state', NULL, 650, 'naming convention', true),
('rigspolitiet', 'word', 'state', NULL, 650, 'naming convention', true),
('skat', 'whole', 'state', NULL, 650, 'naming convention', true),
('skatteforvaltningen', 'word', 'state', NULL, 650, 'naming convention', true),
('staten', 'word', 'state', NULL, 650, 'naming convention', true),
('statens', 'word', 'state', NULL, 650, 'naming convention', true),
('statsamt', 'word', 'state', NULL, 650, 'naming convention', true),
('statsforvaltningen', 'suffix', 'state', NULL, 650, 'naming convention', true),
('styrelse', 'suffix', 'state', NULL, 650, 'naming convention', true),
('styrelsen', 'suffix', 'state', NULL, 650, 'naming convention', true),
('universitet', 'suffix', 'state', NULL, 650, 'naming convention', true),
('universitetet', 'suffix', 'state', NULL, 650, 'naming convention', true),
('university college', 'phrase', 'state', NULL, 650, 'naming convention', true),
('aeldre sagen', 'phrase', 'foundation', NULL, 700, 'known organisation', true),
('aeldresagen', 'word', 'foundation', NULL, 700, 'known organisation', true),
('blaa kors', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('boligfond', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('de classenske', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('de gamles hjem', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('den selvejende', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('diakonhjem', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('diakonhjemmet', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('dsi', 'word', 'foundation', NULL, 700, 'naming convention', true),
('efond', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('efterskole', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('erhvervsdrivende fond', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('fond', 'last', 'foundation', NULL, 700, 'naming convention', true),
('fond', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('fonden', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('fondet', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('foreningen', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('forsamlingshus', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('frelsens haer', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('frimurerlogen', 'word', 'foundation', NULL, 700, 'naming convention', true),
('friskole', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('gymnasium', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('hospice', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('indre mission', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('jomfrukloster', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('kfum', 'word', 'foundation', NULL, 700, 'naming convention', true),
('kirkens korshaer', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('landsforeningen', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('legat', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('legatet', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('legatet', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('missionshus', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('museet', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('museum', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('odd fellow', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('oddfellow', 'word', 'foundation', NULL, 700, 'naming convention', true),
('plejehjem', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('realdania', 'word', 'foundation', NULL, 700, 'naming convention', true),
('roede kors', 'phrase', 'foundation', NULL, 700, 'naming convention', true),
('s/i', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('s/i', 'word', 'foundation', NULL, 700, 'naming convention', true),
('selvejende', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('selvejende', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('sfond', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('stiftelse', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('stiftelsen', 'prefix', 'foundation', NULL, 700, 'naming convention', true),
('stiftelsen', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('vajsenhus', 'suffix', 'foundation', NULL, 700, 'naming convention', true),
('vartov', 'word', 'foundation', NULL, 700, 'naming convention', true),
('lafond', 'suffix', 'unclassified', NULL, 700, 'exception to a convention', true),
('boldklub', 'suffix', 'foundation', NULL, 760, 'naming convention', true),
('forbund', 'suffix', 'foundation', NULL, 760, 'naming convention', true),
('forbundet', 'suffix', 'foundation', NULL, 760, 'naming convention', true),
('forening', 'suffix', 'foundation', NULL, 760, 'naming convention', true),
('foreningen', 'suffix', 'foundation', NULL, 760, 'naming convention', true),
('golfklub', 'suffix', 'foundation', NULL, 760, 'naming convention', true),
('boligadministration', 'suffix', 'social_housing', NULL, 780, 'naming convention', true),
('boligudlejning', 'suffix', 'company', NULL, 800, 'naming convention', true),
('byggeselskab', 'suffix', 'company', NULL, 800, 'naming convention', true),
('byggeselskabet', 'suffix', 'company', NULL, 800, 'naming convention', true),
('development', 'last', 'company', NULL, 800, 'naming convention', true),
('ejd selsk', 'prefix', 'company', NULL, 800, 'naming convention', true),
('ejendom', 'last', 'company', NULL, 800, 'naming convention', true),
('ejendomme', 'word', 'company', NULL, 800, 'naming convention', true),
('ejendomsadministration', 'suffix', 'company', NULL, 800, 'naming convention', true),
('ejendomsinvest', 'suffix', 'company', NULL, 800, 'naming convention', true),
('ejendomsinvestering', 'suffix', 'company', NULL, 800, 'naming convention', true),
('ejendomsselsk', 'prefix', 'company', NULL, 800, 'naming convention', true),
('ejendomsselsk', 'word', 'company', NULL, 800, 'naming convention', true),
('ejendomsselskab', 'suffix', 'company', NULL, 800, 'naming convention', true),
('ejendomsselskabet', 'suffix', 'company', NULL, 800, 'naming convention', true),
('ejendomsudlejning', 'suffix', 'company', NULL, 800, 'naming convention', true),
('ejendomsudvikling', 'suffix', 'company', NULL, 800, 'naming convention', true),
('estate', 'word', 'company', NULL, 800, 'naming convention', true),
('fastighets', 'word', 'company', NULL, 800, 'naming convention', true),
('forsikring', 'suffix', 'company', NULL, 800, 'naming convention', true),
('forsikringsselskab', 'suffix', 'company', NULL, 800, 'naming convention', true),
('holding', 'word', 'company', NULL, 800, 'naming convention', true),
('holdingselskab', 'suffix', 'company', NULL, 800, 'naming convention', true),
('invest', 'word', 'company', NULL, 800, 'naming convention', true),
('investeringer', 'word', 'company', NULL, 800, 'naming convention', true),
('investeringsforening', 'prefix', 'company', NULL, 800, 'naming convention', true),
('investeringsselskab', 'prefix', 'company', NULL, 800, 'naming convention', true),
('investment', 'last', 'company', NULL, 800, 'naming convention', true),
('komplementar', 'prefix', 'company', NULL, 800, 'naming convention', true),
('properties', 'word', 'company', NULL, 800, 'naming convention', true),
('property', 'word', 'company', NULL, 800, 'naming convention', true),
('udlejning', 'word', 'company', NULL, 800, 'naming convention', true),
('udviklingsselskab', 'suffix', 'company', NULL, 800, 'naming convention', true),
('amba', 'word', 'company', NULL, 850, 'legal form', true),
('fmba', 'word', 'company', NULL, 850, 'legal form', true),
('smba', 'word', 'company', NULL, 850, 'legal form', true)
$$;
COMMENT ON FUNCTION byudv.seed_owner_pattern() IS 'Puts the built-in rows of byudv.owner_pattern back; called at installation and after TRUNCATE.';
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
-- Keeping the code, pattern and rule tables right: protection of built-in rows, checks, news to every session, dumps.

CREATE FUNCTION byudv.protect_builtin() RETURNS trigger LANGUAGE c AS 'MODULE_PATHNAME', 'byudv_protect_builtin';
COMMENT ON FUNCTION byudv.protect_builtin() IS 'Trigger: refuses changes to built-in rows, which no dump would hold and the next version replaces.';

CREATE FUNCTION byudv.rules_changed() RETURNS trigger LANGUAGE c AS 'MODULE_PATHNAME', 'byudv_rules_changed';
COMMENT ON FUNCTION byudv.rules_changed() IS 'Trigger: refuses rows that make no valid rule set, tells every session of the change, puts built-in rows back after TRUNCATE. While check_function_bodies is off, as in the restore of a dump, rows are not checked until they are used, since a parallel restore may bring a rule before the codes that it names.';

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code', 'use_code', 'owner_pattern', 'tenure_rule'] LOOP
        EXECUTE pg_catalog.format('CREATE TRIGGER protect_builtin BEFORE INSERT OR UPDATE OR DELETE ON byudv.%I FOR EACH ROW EXECUTE FUNCTION byudv.protect_builtin()', t);
        EXECUTE pg_catalog.format('CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON byudv.%I FOR EACH STATEMENT EXECUTE FUNCTION byudv.rules_changed()', t);
        -- also where rows arrive by replication, or session_replication_role is replica
        EXECUTE pg_catalog.format('ALTER TABLE byudv.%I ENABLE ALWAYS TRIGGER rules_changed', t);
        EXECUTE pg_catalog.format('COMMENT ON TRIGGER protect_builtin ON byudv.%I IS %L', t, 'Built-in rows stay as they are');
        EXECUTE pg_catalog.format('COMMENT ON TRIGGER rules_changed ON byudv.%I IS %L', t, 'Checks the rule set and tells every session');
        -- reference data: everybody may read, whom the owner trusts may write
        EXECUTE pg_catalog.format('GRANT SELECT ON byudv.%I TO PUBLIC', t);
        PERFORM pg_catalog.pg_extension_config_dump('byudv.' || t, 'WHERE NOT is_builtin');
        EXECUTE pg_catalog.format('SELECT byudv.%I()', 'seed_' || t);
    END LOOP;
END
$$;
-- What analysts call: dwelling type, owner names, tenure, labels.

CREATE FUNCTION byudv.normalise_owner_name(owner_name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_normalise_owner_name';
COMMENT ON FUNCTION byudv.normalise_owner_name(text) IS 'The form in which owner names are compared: lower case, one space between words, punctuation dropped, æ/ø/å as ae/oe/aa, abbreviations in one spelling (a/b, a/s, aps, smba, afd). What only represents the owner (v/, c/o, att) follows behind a bar. NULL gives NULL; any length; no errors.';

CREATE FUNCTION byudv.owner_kind(owner_name text) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_owner_kind';
COMMENT ON FUNCTION byudv.owner_kind(text) IS 'Kind of owner that a name tells, a code of byudv.owner_kinds(); unclassified when no pattern of byudv.owner_pattern matches (most natural persons). NULL gives NULL. A name of exactly 34 characters counts as cut by the register: its last word also matches the patterns that complete it, where these agree.';

CREATE FUNCTION byudv.owner_organisation(owner_name text) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_owner_organisation';
COMMENT ON FUNCTION byudv.owner_organisation(text) IS 'The housing organisation that an owner name belongs to, as byudv.owner_pattern names it; NULL when none, or when the name is NULL.';

CREATE FUNCTION byudv.owner_match(owner_name text, OUT normalised text, OUT owner_kind text, OUT organisation text, OUT pattern text, OUT match text,
        OUT priority int, OUT source text, OUT is_builtin boolean) RETURNS record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'byudv_owner_match';
COMMENT ON FUNCTION byudv.owner_match(text) IS 'Why owner_kind() says what it says: the normal form and the pattern that decides; pattern and what follows are NULL when none matches. NULL gives NULL.';

CREATE FUNCTION byudv.owner_matches(owner_name text, OUT normalised text, OUT owner_kind text, OUT organisation text, OUT pattern text, OUT match text,
        OUT priority int, OUT source text, OUT is_builtin boolean) RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000 ROWS 5 AS 'MODULE_PATHNAME', 'byudv_owner_matches';
COMMENT ON FUNCTION byudv.owner_matches(text) IS 'All patterns that match a name, the deciding one first. NULL gives no rows.';

CREATE FUNCTION byudv.dwelling_type(unit_use int, building_use int, unit_kind text) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 2 AS 'MODULE_PATHNAME', 'byudv_dwelling_type';
COMMENT ON FUNCTION byudv.dwelling_type(int, int, text) IS 'Dwelling type (boligart), a code of byudv.dwelling_types(), from the unit''s use (enh020), the building''s use (byg021) and the unit kind (enh023: 1 to 5, E). Kinds E and 5 decide first, then the unit''s use; a unit use of 0, 999 or NULL falls back to the building''s. Every argument may be NULL; a use outside byudv.use_code gives unknown, another unit kind counts as none.';

CREATE FUNCTION byudv.owner_occupied(registered_use int) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE registered_use WHEN 1 THEN false WHEN 2 THEN true END;
COMMENT ON FUNCTION byudv.owner_occupied(int) IS 'Occupation from BBR''s registered use (enh045): 1 let gives false, 2 used by the owner gives true, anything else NULL.';

CREATE FUNCTION byudv.tenure(owner_code int, building_use int, owner_name text, defect_insurance int, built_year int DEFAULT NULL,
        owner_occupied boolean DEFAULT NULL, property_kind text DEFAULT NULL, public_support int DEFAULT NULL, proxy_owner boolean DEFAULT NULL,
        norm text DEFAULT 'corrected') RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 15 AS 'MODULE_PATHNAME', 'byudv_tenure';
COMMENT ON FUNCTION byudv.tenure(int, int, text, int, int, boolean, text, int, boolean, text) IS 'Tenure (ejerform) of a dwelling under a norm, a code of byudv.tenure_codes(). Arguments: owner code (ejerforholdskode), building use (byg021), owner name as registered, defect insurance (byg121), year of construction, whether the owner lives there (see owner_occupied()), kind of property (condominium or ejerlejlighed, land or SFE, leased_land or BPFG), public support (enh046), whether the named owner is a proxy, norm. Every argument may be NULL, which means not stated, as does a number outside its list; norm NULL gives NULL; an unknown norm is an error that lists the norms. The rules are rows of byudv.tenure_rule.';

CREATE FUNCTION byudv.tenure_decision(owner_code int, building_use int, owner_name text, defect_insurance int, built_year int DEFAULT NULL,
        owner_occupied boolean DEFAULT NULL, property_kind text DEFAULT NULL, public_support int DEFAULT NULL, proxy_owner boolean DEFAULT NULL,
        norm text DEFAULT 'corrected', OUT tenure text, OUT rule_id int, OUT certainty text, OUT reason text) RETURNS record
    LANGUAGE c STABLE PARALLEL SAFE COST 30 AS 'MODULE_PATHNAME', 'byudv_tenure_decision';
COMMENT ON FUNCTION byudv.tenure_decision(int, int, text, int, int, boolean, text, int, boolean, text) IS 'Tenure with the rule that decided (NULL when none applied), how certain it is (high, medium, low) and one Danish sentence that says why. Arguments as byudv.tenure().';

CREATE FUNCTION byudv.explain_tenure(owner_code int, building_use int, owner_name text, defect_insurance int, built_year int DEFAULT NULL,
        owner_occupied boolean DEFAULT NULL, property_kind text DEFAULT NULL, public_support int DEFAULT NULL, proxy_owner boolean DEFAULT NULL,
        norm text DEFAULT 'corrected', OUT step int, OUT rule_id int, OUT outcome text, OUT tenure text, OUT certainty text, OUT explanation text)
        RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 1000 ROWS 60 AS 'MODULE_PATHNAME', 'byudv_explain_tenure';
COMMENT ON FUNCTION byudv.explain_tenure(int, int, text, int, int, boolean, text, int, boolean, text) IS 'Why tenure() says what it says, in Danish: the signals as they were read (step 0, outcome signal), then every rule of the norm in order with its outcome: no match, decides, or too late (it would apply, but an earlier rule has decided). Arguments as byudv.tenure().';

-- Lists and labels

CREATE VIEW byudv.code_label AS
    SELECT 'tenure'::text AS list, c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.tenure_code c
    UNION ALL SELECT 'dwelling_type', c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.dwelling_type_code c
    UNION ALL SELECT 'owner_kind', c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.owner_kind_code c
    UNION ALL SELECT c.list, c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.register_code c;
COMMENT ON VIEW byudv.code_label IS 'All codes with their Danish and English labels and order, by list.';
COMMENT ON COLUMN byudv.code_label.list IS 'tenure, dwelling_type, owner_kind, or a list of byudv.register_code';
COMMENT ON COLUMN byudv.code_label.code IS 'The code';
COMMENT ON COLUMN byudv.code_label.label_da IS 'Danish label';
COMMENT ON COLUMN byudv.code_label.label_en IS 'English label';
COMMENT ON COLUMN byudv.code_label.sort_order IS 'Order in reports, ascending';
COMMENT ON COLUMN byudv.code_label.is_builtin IS 'The extension''s own row';
GRANT SELECT ON byudv.code_label TO PUBLIC;

CREATE FUNCTION byudv.label(list text, code text, lang text DEFAULT 'da') RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF lang NOT IN ('da', 'en') THEN
        RAISE EXCEPTION 'unknown language "%"', lang USING ERRCODE = 'invalid_parameter_value', HINT = 'Labels are in ''da'' and ''en''.';
    END IF;
    IF NOT EXISTS (SELECT FROM byudv.code_label c WHERE c.list = label.list) THEN
        RAISE EXCEPTION 'unknown code list "%"', list USING ERRCODE = 'invalid_parameter_value',
            DETAIL = pg_catalog.format('The lists are: %s.', (SELECT pg_catalog.string_agg(DISTINCT c.list, ', ' ORDER BY c.list) FROM byudv.code_label c)),
            HINT = 'SELECT * FROM byudv.code_label shows all codes.';
    END IF;
    RETURN (SELECT CASE lang WHEN 'da' THEN c.label_da ELSE c.label_en END FROM byudv.code_label c WHERE c.list = label.list AND c.code = label.code);
END
$$;
COMMENT ON FUNCTION byudv.label(text, text, text) IS 'Label of a code in a list of byudv.code_label, in Danish (da) or English (en). NULL when the code is not in the list or an argument is NULL; an unknown list or language is an error that lists what there is.';

DO $$
DECLARE
    f text;
    l text;
BEGIN
    FOR f, l IN VALUES ('tenure_codes', 'tenure'), ('dwelling_types', 'dwelling_type'), ('owner_kinds', 'owner_kind'), ('owner_codes', 'owner_code'),
        ('insurance_codes', 'defect_insurance'), ('support_codes', 'public_support') LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION byudv.%I(OUT code text, OUT label_da text, OUT label_en text, OUT sort_order int) RETURNS SETOF record'
            ' LANGUAGE sql STABLE PARALLEL SAFE ROWS 12 SET search_path = pg_catalog, pg_temp AS %L', f,
            pg_catalog.format('SELECT c.code, c.label_da, c.label_en, c.sort_order FROM byudv.code_label c WHERE c.list = %L ORDER BY c.sort_order, c.code', l));
        EXECUTE pg_catalog.format('COMMENT ON FUNCTION byudv.%I() IS %L', f, pg_catalog.format('The codes of list %s with Danish and English labels, in order.', l));
    END LOOP;
END
$$;

CREATE FUNCTION byudv.tenure_norms(OUT code text, OUT label_da text, OUT label_en text, OUT rules bigint) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4 SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.norm, coalesce(min(c.label_da), r.norm), coalesce(min(c.label_en), r.norm), count(*)
    FROM (SELECT DISTINCT ON (x.norm, x.rule_id) x.norm, x.rule_id, x.enabled FROM byudv.tenure_rule x ORDER BY x.norm, x.rule_id, x.is_builtin) r
    LEFT JOIN byudv.register_code c ON c.list = 'norm' AND c.code = r.norm
    WHERE r.enabled GROUP BY r.norm ORDER BY min(coalesce(c.sort_order, 1000)), r.norm
$$;
COMMENT ON FUNCTION byudv.tenure_norms() IS 'The norms that byudv.tenure() knows, with labels and the number of their rules in force.';

CREATE FUNCTION byudv.explain_dwelling_type(unit_use int, building_use int, unit_kind text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kind text := upper(btrim(coalesce(unit_kind, '')));
    unit boolean := coalesce(unit_use, 0) NOT IN (0, 999);
    use int := CASE WHEN unit THEN unit_use ELSE building_use END;
    whose text := CASE WHEN unit THEN 'enhedens anvendelse' ELSE 'bygningens anvendelse (enhedens er ikke oplyst)' END;
    result text := byudv.label('dwelling_type', byudv.dwelling_type(unit_use, building_use, unit_kind));
    u byudv.use_code;
BEGIN
    IF kind IN ('E', '5') THEN
        RETURN format('%s: boligtypen er %s (%s), som afgør det uanset anvendelsen.', result, kind, byudv.label('unit_kind', kind));
    END IF;
    IF coalesce(use, 0) = 0 THEN
        RETURN format('%s: hverken enhedens eller bygningens anvendelse er oplyst.', result);
    END IF;
    SELECT * INTO u FROM byudv.use_code c WHERE c.domain = CASE WHEN unit THEN 'unit' ELSE 'building' END AND c.code = use ORDER BY c.is_builtin LIMIT 1;
    IF u.code IS NULL THEN
        RETURN format('%s: %s er %s, som ikke findes i kodelisten.', result, whose, use);
    END IF;
    IF u.dwelling_type = 'commercial_dwelling' THEN
        RETURN format('%s: %s er %s (%s), som ikke er beboelse, og boligtypen er %s.', result, whose, use, u.label_da,
            CASE WHEN kind IN ('1', '2', '3', '4') THEN format('%s (%s)', kind, byudv.label('unit_kind', kind)) ELSE 'ikke 1-4' END);
    END IF;
    RETURN format('%s: %s er %s (%s).', result, whose, use, u.label_da);
END
$$;
COMMENT ON FUNCTION byudv.explain_dwelling_type(int, int, text) IS 'One Danish sentence that says why dwelling_type() gives its answer. Arguments as byudv.dwelling_type().';
-- Whole relations: the dwellings of any table, view or foreign table, classified and explained.

CREATE FUNCTION byudv.column_expression(source regclass, alias text, column_name text, expected regtype, required text[], otherwise text DEFAULT NULL)
    RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found regtype;
BEGIN
    SELECT a.atttypid::regtype INTO found FROM pg_attribute a
    WHERE a.attrelid = source AND a.attname = column_name AND a.attnum > 0 AND NOT a.attisdropped;
    IF found IS NULL THEN
        IF column_name = ANY (required) THEN
            RAISE EXCEPTION 'relation % has no column "%"', source, column_name USING ERRCODE = 'undefined_column',
                DETAIL = format('Needed are: %s.', array_to_string(required, ', ')),
                HINT = 'Give a view over it that has these columns; a column may be NULL throughout.';
        END IF;
        RETURN format('(%s)::%s', coalesce(otherwise, 'NULL'), expected);
    END IF;
    IF found = expected OR expected = 'text'::regtype OR expected = 'int'::regtype AND found = 'smallint'::regtype
        OR expected = 'date'::regtype AND found IN ('timestamp'::regtype, 'timestamptz'::regtype) THEN
        RETURN format('%I.%I::%s', alias, column_name, expected);
    END IF;
    RAISE EXCEPTION 'column "%" of relation % is of type %, not %', column_name, source, found, expected USING ERRCODE = 'datatype_mismatch',
        HINT = 'Give a view over it that casts the column.';
END
$$;
COMMENT ON FUNCTION byudv.column_expression(regclass, text, text, regtype, text[], text) IS 'Used by the functions that read relations of the user''s: the expression that reads a column as the expected type. A missing required column and a wrong type are errors that name it; a missing optional column reads as otherwise, or NULL.';

CREATE FUNCTION byudv.classify_dwellings(dwellings regclass, ownership regclass DEFAULT NULL, overrides regclass DEFAULT NULL, as_of date DEFAULT NULL,
        OUT dwelling_id text, OUT dwelling_type text, OUT tenure_register text, OUT tenure_dst text, OUT tenure text, OUT rule_id int, OUT certainty text,
        OUT reason text, OUT owner_kind text, OUT organisation text, OUT overridden boolean) RETURNS SETOF record
    LANGUAGE plpgsql STABLE ROWS 100000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    needed text[] := ARRAY['dwelling_id', 'unit_use', 'unit_kind', 'building_use', 'defect_insurance'];
    owner_needed text[] := ARRAY['dwelling_id', 'owner_code', 'owner_name', 'valid_from', 'valid_to'];
    override_needed text[] := ARRAY['dwelling_id', 'valid_from', 'valid_to', 'tenure'];
    day date := coalesce(as_of, current_date);
    owner_join text := '';
    override_join text := '';
    code_column text;
    name_column text;
    arguments text;
    bad record;
BEGIN
    IF dwellings IS NULL THEN
        RAISE EXCEPTION 'no relation of dwellings is given' USING ERRCODE = 'null_value_not_allowed',
            HINT = 'SELECT * FROM byudv.classify_dwellings(''your_table'')';
    END IF;
    IF ownership IS NULL AND as_of IS NOT NULL AND overrides IS NULL THEN
        RAISE EXCEPTION 'tenure as of a date needs ownership with validity' USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('as_of is %s, and neither ownership nor overrides is given.', as_of),
            HINT = 'Give ownership a relation with dwelling_id, owner_code, owner_name, valid_from and valid_to.';
    END IF;

    IF ownership IS NULL THEN
        needed := needed || ARRAY['owner_code', 'owner_name'];
        code_column := byudv.column_expression(dwellings, 'd', 'owner_code', 'int', needed);
        name_column := byudv.column_expression(dwellings, 'd', 'owner_name', 'text', needed);
    ELSE
        code_column := 'o.owner_code';
        name_column := 'o.owner_name';
        -- One owner a dwelling and day: of several, a name that tells its kind before one that does not, then the latest, then by name and code, so that
        -- the answer does not depend on the order of rows.
        owner_join := format($q$ LEFT JOIN (SELECT DISTINCT ON (x.id) x.id, x.owner_code, x.owner_name
            FROM (SELECT %1$s AS id, %2$s AS owner_code, %3$s AS owner_name, %4$s AS valid_from, %5$s AS valid_to FROM %6$s o) x
            WHERE (x.valid_from IS NULL OR x.valid_from <= $1) AND (x.valid_to IS NULL OR x.valid_to > $1)
            ORDER BY x.id, coalesce(byudv.owner_kind(x.owner_name), 'unclassified') = 'unclassified', x.valid_from DESC NULLS LAST, x.owner_name,
                x.owner_code) o ON o.id = d.%7$I::text$q$,
            byudv.column_expression(ownership, 'o', 'dwelling_id', 'text', owner_needed),
            byudv.column_expression(ownership, 'o', 'owner_code', 'int', owner_needed),
            byudv.column_expression(ownership, 'o', 'owner_name', 'text', owner_needed),
            byudv.column_expression(ownership, 'o', 'valid_from', 'date', owner_needed),
            byudv.column_expression(ownership, 'o', 'valid_to', 'date', owner_needed), ownership, 'dwelling_id');
    END IF;

    IF overrides IS NOT NULL THEN
        override_join := format($q$ LEFT JOIN (SELECT DISTINCT ON (x.id) x.* FROM (SELECT %1$s AS id, %2$s AS valid_from, %3$s AS valid_to, %4$s AS tenure,
                %5$s AS note, %6$s AS decided_by, %7$s AS decided_on FROM %8$s v) x
            WHERE (x.valid_from IS NULL OR x.valid_from <= $1) AND (x.valid_to IS NULL OR x.valid_to > $1)
            ORDER BY x.id, x.decided_on DESC NULLS LAST, x.valid_from DESC NULLS LAST, x.tenure, x.note) v ON v.id = d.%9$I::text$q$,
            byudv.column_expression(overrides, 'v', 'dwelling_id', 'text', override_needed),
            byudv.column_expression(overrides, 'v', 'valid_from', 'date', override_needed),
            byudv.column_expression(overrides, 'v', 'valid_to', 'date', override_needed),
            byudv.column_expression(overrides, 'v', 'tenure', 'text', override_needed),
            byudv.column_expression(overrides, 'v', 'note', 'text', override_needed),
            byudv.column_expression(overrides, 'v', 'decided_by', 'text', override_needed),
            byudv.column_expression(overrides, 'v', 'decided_on', 'date', override_needed), overrides, 'dwelling_id');
        FOR bad IN EXECUTE format('SELECT v.tenure::text AS tenure, v.dwelling_id::text AS id FROM %s v WHERE v.tenure IS NULL OR NOT EXISTS '
            '(SELECT FROM byudv.tenure_code c WHERE c.code = v.tenure::text) ORDER BY 2 LIMIT 1', overrides) LOOP
            RAISE EXCEPTION 'override of dwelling % has an unknown tenure', bad.id USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('The tenure is %s. Known are: %s.', coalesce(quote_literal(bad.tenure), 'NULL'),
                    (SELECT string_agg(c.code, ', ' ORDER BY c.sort_order) FROM byudv.tenure_code c)),
                HINT = 'SELECT * FROM byudv.tenure_codes() lists the codes.';
        END LOOP;
    END IF;

    arguments := concat_ws(', ', code_column, byudv.column_expression(dwellings, 'd', 'building_use', 'int', needed), name_column,
        byudv.column_expression(dwellings, 'd', 'defect_insurance', 'int', needed),
        byudv.column_expression(dwellings, 'd', 'built_year', 'int', needed),
        byudv.column_expression(dwellings, 'd', 'owner_occupied', 'boolean', needed,
            format('byudv.owner_occupied(%s)', byudv.column_expression(dwellings, 'd', 'registered_use', 'int', needed))),
        byudv.column_expression(dwellings, 'd', 'property_kind', 'text', needed),
        byudv.column_expression(dwellings, 'd', 'public_support', 'int', needed),
        byudv.column_expression(dwellings, 'd', 'proxy_owner', 'boolean', needed));

    RETURN QUERY EXECUTE format($q$SELECT %1$s, byudv.dwelling_type(%2$s, %3$s, %4$s), byudv.tenure(%5$s, 'register'), byudv.tenure(%5$s, 'dst'),
        CASE WHEN %9$s THEN %10$s ELSE c.tenure END, CASE WHEN %9$s THEN NULL ELSE c.rule_id END, CASE WHEN %9$s THEN 'high' ELSE c.certainty END,
        CASE WHEN %9$s THEN %11$s ELSE c.reason END, byudv.owner_kind(%12$s), byudv.owner_organisation(%12$s), %9$s
        FROM %6$s d%7$s%8$s CROSS JOIN LATERAL byudv.tenure_decision(%5$s) c$q$,
        byudv.column_expression(dwellings, 'd', 'dwelling_id', 'text', needed),
        byudv.column_expression(dwellings, 'd', 'unit_use', 'int', needed),
        byudv.column_expression(dwellings, 'd', 'building_use', 'int', needed),
        byudv.column_expression(dwellings, 'd', 'unit_kind', 'text', needed),
        arguments, dwellings, owner_join, override_join,
        CASE WHEN overrides IS NULL THEN 'false' ELSE '(v.id IS NOT NULL)' END,
        CASE WHEN overrides IS NULL THEN 'NULL' ELSE 'v.tenure' END,
        CASE WHEN overrides IS NULL THEN 'NULL' ELSE
            $q$concat('Rettet manuelt', ' af ' || v.decided_by, ' den ' || to_char(v.decided_on, 'DD.MM.YYYY'), ': ' || v.note, '.')$q$ END,
        name_column) USING day;
END
$$;
COMMENT ON FUNCTION byudv.classify_dwellings(regclass, regclass, regclass, date) IS 'One row per dwelling of a relation: dwelling type, tenure under the norms register, dst and corrected (tenure, with rule_id, certainty and the Danish reason), kind of owner and organisation. dwellings: dwelling_id, unit_use, unit_kind, building_use, owner_code, owner_name, defect_insurance, and where present built_year, owner_occupied or registered_use, property_kind, public_support, proxy_owner. ownership: dwelling_id, owner_code, owner_name, valid_from, valid_to (half open, NULL is open); it replaces the dwelling''s own owner by the one on as_of (NULL: today). overrides: dwelling_id, valid_from, valid_to, tenure, and where present note, decided_by, decided_on; an override wins over all rules and is shown as overridden. Relations are read with the caller''s rights; a missing column or a wrong type is an error that names it.';
-- Rules of one's own as one value: to carry them to another database, to keep them as a file, and to bring them to every node of a cluster, where each
-- node decides by the rows of its own tables.

CREATE FUNCTION byudv.own_rules() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'dwelling_type_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.code COLLATE "C") FROM byudv.dwelling_type_code t WHERE NOT t.is_builtin),
        'owner_kind_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.code COLLATE "C") FROM byudv.owner_kind_code t WHERE NOT t.is_builtin),
        'tenure_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.code COLLATE "C") FROM byudv.tenure_code t WHERE NOT t.is_builtin),
        'register_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.list COLLATE "C", t.code COLLATE "C") FROM byudv.register_code t WHERE NOT t.is_builtin),
        'use_code', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.domain COLLATE "C", t.code) FROM byudv.use_code t WHERE NOT t.is_builtin),
        'owner_pattern', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.pattern COLLATE "C", t.match COLLATE "C") FROM byudv.owner_pattern t WHERE NOT t.is_builtin),
        'tenure_rule', (SELECT jsonb_agg(to_jsonb(t) - 'is_builtin' ORDER BY t.norm COLLATE "C", t.rule_id) FROM byudv.tenure_rule t WHERE NOT t.is_builtin)))
$$;
COMMENT ON FUNCTION byudv.own_rules() IS 'Your own rows of all code, pattern and rule tables as one value: an object with an array of rows for each table that has any, columns that are NULL left out. Equal rows give equal values. byudv.load_own_rules() takes it, in this or another database.';

CREATE FUNCTION byudv.load_own_rules(rules jsonb) RETURNS integer
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- what others name comes first
    tables text[] := ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code', 'use_code', 'owner_pattern', 'tenure_rule'];
    hint text := 'Give what byudv.own_rules() gives: {"tenure_rule": [{"norm": "corrected", "rule_id": 9, ...}], ...}.';
    t text;
    bad text;
    columns text;
    expressions text;
BEGIN
    IF rules IS NULL THEN
        RAISE EXCEPTION 'no rules are given' USING ERRCODE = 'null_value_not_allowed', HINT = hint || ' An empty object takes all rows of your own away.';
    END IF;
    IF jsonb_typeof(rules) <> 'object' THEN
        RAISE EXCEPTION 'rules are not an object of tables' USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It is of type %s.', jsonb_typeof(rules)), HINT = hint;
    END IF;
    SELECT k INTO bad FROM jsonb_object_keys(rules) k WHERE k <> ALL (tables) ORDER BY k LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no table of rules "%"', bad USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('The tables are: %s.', array_to_string(tables, ', ')),
            HINT = 'If a later version of byudv has written the rules: ALTER EXTENSION byudv UPDATE.';
    END IF;
    FOREACH t IN ARRAY tables LOOP
        CONTINUE WHEN NOT rules ? t;
        IF jsonb_typeof(rules -> t) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(rules -> t) e WHERE jsonb_typeof(e) <> 'object') THEN
            RAISE EXCEPTION 'rules of table "%" are not an array of rows', t USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('They are: %s', left((rules -> t)::text, 60)), HINT = hint;
        END IF;
        SELECT k INTO bad FROM jsonb_array_elements(rules -> t) e, jsonb_object_keys(e) k
        WHERE k = 'is_builtin' OR NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ('byudv.' || t)::regclass AND a.attname = k AND a.attnum > 0 AND NOT a.attisdropped)
        ORDER BY k LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'rows of one''s own in byudv.% have no column "%"', t, bad USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('The columns are: %s.', (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
                    WHERE a.attrelid = ('byudv.' || t)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'is_builtin')),
                HINT = 'If a later version of byudv has written the rules: ALTER EXTENSION byudv UPDATE.';
        END IF;
    END LOOP;

    IF rules IS DISTINCT FROM byudv.own_rules() THEN
        -- two loads at once would each delete what was there before, and then both insert
        LOCK TABLE byudv.dwelling_type_code, byudv.owner_kind_code, byudv.tenure_code, byudv.register_code, byudv.use_code, byudv.owner_pattern, byudv.tenure_rule
            IN SHARE ROW EXCLUSIVE MODE;
        -- each statement's trigger checks the whole set: so what names others goes first, and comes last
        FOR i IN REVERSE cardinality(tables) .. 1 LOOP
            EXECUTE format('DELETE FROM byudv.%I WHERE NOT is_builtin', tables[i]);
        END LOOP;
        FOREACH t IN ARRAY tables LOOP
            CONTINUE WHEN coalesce(jsonb_array_length(rules -> t), 0) = 0;
            SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
                string_agg(CASE WHEN d.adbin IS NULL THEN format('r.%I', a.attname) ELSE format('coalesce(r.%I, %s)', a.attname, pg_get_expr(d.adbin, d.adrelid)) END, ', ' ORDER BY a.attnum)
            INTO columns, expressions
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ('byudv.' || t)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'is_builtin';
            EXECUTE format('INSERT INTO byudv.%1$I (%2$s) SELECT %3$s FROM jsonb_populate_recordset(NULL::byudv.%1$I, $1) r', t, columns, expressions) USING rules -> t;
        END LOOP;
    END IF;
    RETURN (SELECT coalesce(sum(jsonb_array_length(r.value)), 0) FROM jsonb_each(byudv.own_rules()) r);
END
$$;
COMMENT ON FUNCTION byudv.load_own_rules(jsonb) IS 'Puts the rows that byudv.own_rules() has given, here or in another database, in the place of your own rows of all code, pattern and rule tables; built-in rows stay. A table that is not named gets none, a column that is left out its default. Returns how many rows of your own there are afterwards. Where they are there already nothing is written. Needs the rights to insert into and delete from these tables. Errors: NULL; what is no object of arrays of rows; a table or column that is not known; rows that make no valid rule set, with the messages of the tables, and then nothing is changed.';

CREATE FUNCTION byudv.citus_sync_rules(OUT node_name text, OUT node_port integer, OUT own_rows integer) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    node record;
    nodes int := 0;
    failures text[] := '{}';
    local_group int;
BEGIN
    IF to_regproc('pg_catalog.run_command_on_workers') IS NULL THEN
        RAISE EXCEPTION 'Citus is not installed in this database' USING ERRCODE = 'feature_not_supported',
            DETAIL = 'There is no function pg_catalog.run_command_on_workers().',
            HINT = 'On other servers, run what this gives: SELECT format(''SELECT byudv.load_own_rules(%L)'', byudv.own_rules()).';
    END IF;
    IF to_regclass('pg_catalog.pg_dist_local_group') IS NOT NULL THEN
        EXECUTE 'SELECT groupid FROM pg_catalog.pg_dist_local_group' INTO local_group;
        IF local_group <> 0 THEN
            RAISE EXCEPTION 'rules are brought to the workers from the coordinator' USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('This is a worker, group %s.', local_group), HINT = 'Change the rules on the coordinator, and call byudv.citus_sync_rules() there.';
        END IF;
    END IF;
    -- one statement with one value as its result, which is what run_command_on_workers() takes
    FOR node IN EXECUTE 'SELECT nodename, nodeport, success, result FROM pg_catalog.run_command_on_workers($1) ORDER BY 1, 2'
        USING format('SELECT byudv.load_own_rules(%L)', byudv.own_rules()) LOOP
        nodes := nodes + 1;
        IF node.success THEN
            node_name := node.nodename;
            node_port := node.nodeport;
            own_rows := node.result::int;
            RETURN NEXT;
        ELSE
            failures := failures || format('%s:%s: %s', node.nodename, node.nodeport, node.result);
        END IF;
    END LOOP;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'the rules did not reach % of % workers', cardinality(failures), nodes USING ERRCODE = 'external_routine_exception',
            DETAIL = array_to_string(failures, E'\n'),
            HINT = 'The other workers have them. Every worker needs byudv in this version; put right what is said here, and call byudv.citus_sync_rules() again.';
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.citus_sync_rules() IS 'On the coordinator of a Citus cluster: brings your own rows of all code, pattern and rule tables to every worker, since each node decides by its own tables. Call it after each change, and after adding a node. One row for each worker: its name and port, and how many rows of your own it has now; none where there are no workers. Each worker changes in a transaction of its own, and stays as it is where it has the rows already; what this transaction has changed reaches the workers whether or not it commits. Needs on the workers what byudv.load_own_rules() needs. Errors: Citus is not installed, or this is a worker; a worker that did not take the rows, with what it said, while the others have them.';
-- Durations: the summary type survival, its aggregates, and what can be asked of it.

CREATE TYPE byudv.survival;

CREATE FUNCTION byudv.survival_in(text cstring) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_in';
COMMENT ON FUNCTION byudv.survival_in(cstring) IS 'Text input of byudv.survival; what no observations give is an error.';
CREATE FUNCTION byudv.survival_out(s byudv.survival) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_out';
COMMENT ON FUNCTION byudv.survival_out(byudv.survival) IS 'Text output of byudv.survival.';
CREATE FUNCTION byudv.survival_recv(binary internal) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_recv';
COMMENT ON FUNCTION byudv.survival_recv(internal) IS 'Binary input of byudv.survival; checks as much as text input.';
CREATE FUNCTION byudv.survival_send(s byudv.survival) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_send';
COMMENT ON FUNCTION byudv.survival_send(byudv.survival) IS 'Binary output of byudv.survival.';

CREATE TYPE byudv.survival (INPUT = byudv.survival_in, OUTPUT = byudv.survival_out, RECEIVE = byudv.survival_recv, SEND = byudv.survival_send,
    ALIGNMENT = double, STORAGE = extended);
COMMENT ON TYPE byudv.survival IS 'Summary of durations: how many entered, were censored and had the event on each day since the start. Made by byudv.survival_agg(), merged by byudv.rollup(), asked by byudv.survival_curve() and others. Equal content has equal bytes. Text: s1, then o and the number left out, then each time with e entered, c censored, x events and their counts: s1 5x1 8c1x2.';

CREATE FUNCTION byudv.survival_eq(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_eq';
COMMENT ON FUNCTION byudv.survival_eq(byudv.survival, byudv.survival) IS 'Do both summaries hold the same counts?';
CREATE FUNCTION byudv.survival_ne(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_ne';
COMMENT ON FUNCTION byudv.survival_ne(byudv.survival, byudv.survival) IS 'Do the summaries hold other counts?';
CREATE FUNCTION byudv.survival_hash(s byudv.survival) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_hash';
COMMENT ON FUNCTION byudv.survival_hash(byudv.survival) IS 'Hash of the counts, for hash joins and grouping.';
CREATE FUNCTION byudv.survival_hash_extended(s byudv.survival, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_hash_extended';
COMMENT ON FUNCTION byudv.survival_hash_extended(byudv.survival, bigint) IS 'Hash of the counts with a seed, for hash partitions.';
CREATE OPERATOR byudv.= (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_eq, COMMUTATOR = OPERATOR(byudv.=),
    NEGATOR = OPERATOR(byudv.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR byudv.= (byudv.survival, byudv.survival) IS 'The same counts';
CREATE OPERATOR byudv.<> (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_ne, COMMUTATOR = OPERATOR(byudv.<>),
    NEGATOR = OPERATOR(byudv.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR byudv.<> (byudv.survival, byudv.survival) IS 'Other counts';
CREATE OPERATOR CLASS byudv.survival_hash_ops DEFAULT FOR TYPE byudv.survival USING hash AS
    OPERATOR 1 byudv.=, FUNCTION 1 byudv.survival_hash(byudv.survival), FUNCTION 2 byudv.survival_hash_extended(byudv.survival, bigint);
COMMENT ON OPERATOR CLASS byudv.survival_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
COMMENT ON OPERATOR FAMILY byudv.survival_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
CREATE FUNCTION byudv.survival_lt(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_lt';
COMMENT ON FUNCTION byudv.survival_lt(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_le(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_le';
COMMENT ON FUNCTION byudv.survival_le(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_gt(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_gt';
COMMENT ON FUNCTION byudv.survival_gt(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_ge(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_ge';
COMMENT ON FUNCTION byudv.survival_ge(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_cmp(a byudv.survival, b byudv.survival) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_cmp';
COMMENT ON FUNCTION byudv.survival_cmp(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE OPERATOR byudv.< (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_lt, COMMUTATOR = OPERATOR(byudv.>),
    NEGATOR = OPERATOR(byudv.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR byudv.< (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.<= (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_le, COMMUTATOR = OPERATOR(byudv.>=),
    NEGATOR = OPERATOR(byudv.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR byudv.<= (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.> (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_gt, COMMUTATOR = OPERATOR(byudv.<),
    NEGATOR = OPERATOR(byudv.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR byudv.> (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.>= (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_ge, COMMUTATOR = OPERATOR(byudv.<=),
    NEGATOR = OPERATOR(byudv.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR byudv.>= (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR CLASS byudv.survival_ops DEFAULT FOR TYPE byudv.survival USING btree AS
    OPERATOR 1 byudv.<, OPERATOR 2 byudv.<=, OPERATOR 3 byudv.=, OPERATOR 4 byudv.>=, OPERATOR 5 byudv.>, FUNCTION 1 byudv.survival_cmp(byudv.survival, byudv.survival);
COMMENT ON OPERATOR CLASS byudv.survival_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';
COMMENT ON OPERATOR FAMILY byudv.survival_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';

-- Aggregates

CREATE FUNCTION byudv.survival_transition(state byudv.survival, exit int, event boolean) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_transition';
COMMENT ON FUNCTION byudv.survival_transition(byudv.survival, int, boolean) IS 'Step of byudv.survival_agg(exit, event).';
CREATE FUNCTION byudv.survival_transition(state byudv.survival, entry int, exit int, event boolean) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_transition';
COMMENT ON FUNCTION byudv.survival_transition(byudv.survival, int, int, boolean) IS 'Step of byudv.survival_agg(entry, exit, event).';
CREATE FUNCTION byudv.survival_transition(state byudv.survival, entry int, exit int, event boolean, n bigint) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_transition';
COMMENT ON FUNCTION byudv.survival_transition(byudv.survival, int, int, boolean, bigint) IS 'Step of byudv.survival_agg(entry, exit, event, n).';
CREATE FUNCTION byudv.survival_window_transition(state byudv.survival, from_date date, to_date date, window_from date, window_to date) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_window_transition';
COMMENT ON FUNCTION byudv.survival_window_transition(byudv.survival, date, date, date, date) IS 'Step of byudv.survival_agg(from_date, to_date, window_from, window_to).';
CREATE FUNCTION byudv.survival_combine(state byudv.survival, other byudv.survival) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_combine';
COMMENT ON FUNCTION byudv.survival_combine(byudv.survival, byudv.survival) IS 'Merges two summaries: the counts of both. NULL gives NULL; byudv.rollup() passes over NULL.';
CREATE FUNCTION byudv.survival_final(state byudv.survival) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_final';
COMMENT ON FUNCTION byudv.survival_final(byudv.survival) IS 'End of the aggregates: the finished form of a summary.';

CREATE AGGREGATE byudv.survival_agg(exit int, event boolean) (SFUNC = byudv.survival_transition, STYPE = byudv.survival, SSPACE = 128,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(int, boolean) IS 'Summary of durations, each observed from its start. exit: days from the start to the end of observation; event: it ended then (else censored: it was still going on). A NULL skips the row; no row counted gives NULL. Negative exit is an error.';
CREATE AGGREGATE byudv.survival_agg(entry int, exit int, event boolean) (SFUNC = byudv.survival_transition, STYPE = byudv.survival, SSPACE = 128,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(int, int, boolean) IS 'Summary of durations with delayed entry (left truncation). entry: days from the start to the day observation began, 0 when it was observed from its start; exit, event as in the form with two arguments; at risk after entry up to and at exit. A NULL skips the row; no row counted gives NULL. Errors: negative times, exit before entry, exit = entry above 0.';
CREATE AGGREGATE byudv.survival_agg(entry int, exit int, event boolean, n bigint) (SFUNC = byudv.survival_transition, STYPE = byudv.survival, SSPACE = 128,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(int, int, boolean, bigint) IS 'As byudv.survival_agg(entry, exit, event), each row counting n times: for data that are counts already. n = 0 counts nothing; negative n is an error, as are more than 2^63 - 1 observations in all.';
CREATE AGGREGATE byudv.survival_agg(from_date date, to_date date, window_from date, window_to date) (SFUNC = byudv.survival_window_transition,
    STYPE = byudv.survival, SSPACE = 128, FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(date, date, date, date) IS 'Summary of durations of stays [from_date, to_date) seen through the window [window_from, window_to) that a register covers, by the rule of byudv.observation(): stays that began before it enter late, those that outlast it are censored, those outside it do not count. to_date NULL or infinity: still going on. from_date NULL or -infinity: the start is unknown; left out, and counted if the end is unknown or after window_from (left_out of byudv.survival_counts()). Errors as byudv.observation().';
CREATE AGGREGATE byudv.rollup(s byudv.survival) (SFUNC = byudv.survival_combine, STYPE = byudv.survival, SSPACE = 1024,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.rollup(byudv.survival) IS 'Merges summaries into the one that all their observations together give, to the bit. Passes over NULL; nothing to merge gives NULL.';

-- Questions

CREATE FUNCTION byudv.survival_curve(s byudv.survival, confidence float8 DEFAULT 0.95, conf_type text DEFAULT 'log', start_time int DEFAULT 0,
        OUT "time" int, OUT at_risk bigint, OUT events bigint, OUT censored bigint, OUT entered bigint, OUT survival float8, OUT std_error float8,
        OUT lower float8, OUT upper float8, OUT cumulative_hazard float8) RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 2000 AS 'MODULE_PATHNAME', 'byudv_survival_curve';
COMMENT ON FUNCTION byudv.survival_curve(byudv.survival, float8, text, int) IS 'Kaplan-Meier curve with Nelson-Aalen hazard: a row for each time (days) with an event or a censoring. entered: came at risk since the row before, so that at_risk = at_risk - events - censored of the row before + entered. std_error is that of survival (Greenwood). Limits of the given confidence, conf_type log (as R), log-log or plain; none where survival is 0, for log-log also where it is 1. start_time above 0: the curve of those still there at that time. NULL or an empty summary gives no rows. Errors: confidence not between 0 and 1, unknown conf_type, negative start_time.';
CREATE FUNCTION byudv.survival_at(s byudv.survival, t int) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_at';
COMMENT ON FUNCTION byudv.survival_at(byudv.survival, int) IS 'Share that lasts longer than t days (Kaplan-Meier). 1 before the first event. Beyond the last time 0 when the curve has reached 0, else NULL: nobody was observed so long. NULL gives NULL; negative t is an error.';
CREATE FUNCTION byudv.survival_estimate(s byudv.survival, t int, confidence float8 DEFAULT 0.95, conf_type text DEFAULT 'log',
        OUT survival float8, OUT std_error float8, OUT lower float8, OUT upper float8, OUT at_risk bigint) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_estimate';
COMMENT ON FUNCTION byudv.survival_estimate(byudv.survival, int, float8, text) IS 'byudv.survival_at() with standard error, limits and the number at risk at t. Arguments, NULLs and errors as byudv.survival_at() and byudv.survival_curve().';
CREATE FUNCTION byudv.survival_quantile(s byudv.survival, q float8, confidence float8 DEFAULT 0.95, conf_type text DEFAULT 'log',
        OUT estimate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_quantile';
COMMENT ON FUNCTION byudv.survival_quantile(byudv.survival, float8, float8, text) IS 'Days by which a share q has had the event: the first time at which survival is below 1 - q, or the middle of the interval on which it is equal to it; limits are where the limits of the curve do the same (the rule of R''s quantile.survfit). NULL where curve or limit never gets there. Errors: q or confidence not between 0 and 1, unknown conf_type.';
CREATE FUNCTION byudv.survival_median(s byudv.survival, OUT estimate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_median';
COMMENT ON FUNCTION byudv.survival_median(byudv.survival) IS 'Median duration in days with 95 % limits: byudv.survival_quantile(s, 0.5).';
CREATE FUNCTION byudv.restricted_mean(s byudv.survival, tau int, confidence float8 DEFAULT 0.95,
        OUT estimate float8, OUT std_error float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_restricted_mean';
COMMENT ON FUNCTION byudv.restricted_mean(byudv.survival, int, float8) IS 'Mean number of days stayed within the first tau days: the area under the curve up to tau, with standard error and normal limits. An empty summary gives NULLs. Errors: tau negative, tau beyond the last time of a curve that has not reached 0, confidence not between 0 and 1.';
CREATE FUNCTION byudv.turnover_rate(s byudv.survival, per float8 DEFAULT 365.25, confidence float8 DEFAULT 0.95,
        OUT events bigint, OUT exposure float8, OUT rate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'byudv_turnover_rate';
COMMENT ON FUNCTION byudv.turnover_rate(byudv.survival, float8, float8) IS 'Events, time at risk in units of per days (dwelling-years or person-years by default), events per unit, with exact Poisson limits (Garwood 1936). Without time at risk the rate is NULL. Errors: per not a number of days above 0, confidence not between 0 and 1.';
CREATE FUNCTION byudv.event_rate(events bigint, exposure float8, confidence float8 DEFAULT 0.95, OUT rate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'byudv_event_rate';
COMMENT ON FUNCTION byudv.event_rate(bigint, float8, float8) IS 'Events per unit of exposure, with exact Poisson limits (Garwood 1936), as byudv.turnover_rate() has them: for counts that are added up already, such as ends and dwelling-years of several kinds of dwelling. exposure: the time in which events could happen, in years or any other unit. Exposure 0 gives NULLs, as does a NULL. Errors: events or exposure below 0, exposure infinite or NaN, confidence not between 0 and 1.';
CREATE FUNCTION byudv.log_rank(VARIADIC groups byudv.survival[], OUT chi_square float8, OUT df int, OUT p_value float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS 'MODULE_PATHNAME', 'byudv_log_rank';
COMMENT ON FUNCTION byudv.log_rank(byudv.survival[]) IS 'Log-rank test of whether groups (up to 10000) have the same curve, also with delayed entry; hypergeometric variance. p_value: how often a chi-square so large comes by chance if they have. NULL groups and such as are never at risk where a comparison is possible drop out of df; df 0 has no chi_square and no p_value.';
CREATE FUNCTION byudv.log_rank_groups(VARIADIC groups byudv.survival[], OUT group_number int, OUT observations bigint, OUT observed bigint, OUT expected float8)
        RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 5 AS 'MODULE_PATHNAME', 'byudv_log_rank_groups';
COMMENT ON FUNCTION byudv.log_rank_groups(byudv.survival[]) IS 'What byudv.log_rank() compares: for each group, by its place, the events observed and those expected if all groups had the same curve. More observed than expected: that group is quicker.';
CREATE FUNCTION byudv.survival_start(s byudv.survival, min_at_risk int) RETURNS int
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_start';
COMMENT ON FUNCTION byudv.survival_start(byudv.survival, int) IS 'The first time (days) of the curve at which at least min_at_risk are at risk; NULL when never. With delayed entry a curve can begin with a handful: start it here, by start_time of byudv.survival_curve() or byudv.conditional_survival(). min_at_risk below 1 is an error.';
CREATE FUNCTION byudv.conditional_survival(s byudv.survival, start_time int) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_conditional_survival';
COMMENT ON FUNCTION byudv.conditional_survival(byudv.survival, int) IS 'The summary of what is seen from start_time (days) on, of those still there: who left before is dropped, who entered before enters then. All other functions can be asked of it; times still count from the start of the stay. A negative start_time is an error.';
CREATE FUNCTION byudv.survival_counts(s byudv.survival, OUT observations bigint, OUT events bigint, OUT censored bigint, OUT late_entries bigint,
        OUT left_out bigint, OUT first_time int, OUT last_time int, OUT max_at_risk bigint) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'byudv_survival_counts';
COMMENT ON FUNCTION byudv.survival_counts(byudv.survival) IS 'What a summary rests on: observations, of them with the event, censored, with delayed entry; how many were left out because their start is unknown; first and last time of an exit (days), and the most that were at risk at such a time.';
-- Durations that end in one of several ways: the summary type competing_risks, its aggregates, and what can be asked of it.

CREATE TYPE byudv.competing_risks;

CREATE FUNCTION byudv.competing_risks_in(text cstring) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_in';
COMMENT ON FUNCTION byudv.competing_risks_in(cstring) IS 'Text input of byudv.competing_risks; what no observations give is an error.';
CREATE FUNCTION byudv.competing_risks_out(c byudv.competing_risks) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_out';
COMMENT ON FUNCTION byudv.competing_risks_out(byudv.competing_risks) IS 'Text output of byudv.competing_risks.';
CREATE FUNCTION byudv.competing_risks_recv(binary internal) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_recv';
COMMENT ON FUNCTION byudv.competing_risks_recv(internal) IS 'Binary input of byudv.competing_risks; checks as much as text input.';
CREATE FUNCTION byudv.competing_risks_send(c byudv.competing_risks) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_send';
COMMENT ON FUNCTION byudv.competing_risks_send(byudv.competing_risks) IS 'Binary output of byudv.competing_risks.';

CREATE TYPE byudv.competing_risks (INPUT = byudv.competing_risks_in, OUTPUT = byudv.competing_risks_out, RECEIVE = byudv.competing_risks_recv,
    SEND = byudv.competing_risks_send, ALIGNMENT = double, STORAGE = extended);
COMMENT ON TYPE byudv.competing_risks IS 'Summary of durations that end by one of up to 64 causes. Made by byudv.competing_risks_agg(), merged by byudv.rollup(), asked by byudv.cumulative_incidence() and others. Equal content has equal bytes. Text as byudv.survival, with c1 before and the cause with each event: c1 5x1:2 8c1x2:1.';

CREATE FUNCTION byudv.competing_risks_eq(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_eq';
COMMENT ON FUNCTION byudv.competing_risks_eq(byudv.competing_risks, byudv.competing_risks) IS 'Do both summaries hold the same counts?';
CREATE FUNCTION byudv.competing_risks_ne(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_ne';
COMMENT ON FUNCTION byudv.competing_risks_ne(byudv.competing_risks, byudv.competing_risks) IS 'Do the summaries hold other counts?';
CREATE FUNCTION byudv.competing_risks_hash(c byudv.competing_risks) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_hash';
COMMENT ON FUNCTION byudv.competing_risks_hash(byudv.competing_risks) IS 'Hash of the counts, for hash joins and grouping.';
CREATE FUNCTION byudv.competing_risks_hash_extended(c byudv.competing_risks, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_hash_extended';
COMMENT ON FUNCTION byudv.competing_risks_hash_extended(byudv.competing_risks, bigint) IS 'Hash of the counts with a seed, for hash partitions.';
CREATE OPERATOR byudv.= (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_eq, COMMUTATOR = OPERATOR(byudv.=),
    NEGATOR = OPERATOR(byudv.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR byudv.= (byudv.competing_risks, byudv.competing_risks) IS 'The same counts';
CREATE OPERATOR byudv.<> (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_ne, COMMUTATOR = OPERATOR(byudv.<>),
    NEGATOR = OPERATOR(byudv.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR byudv.<> (byudv.competing_risks, byudv.competing_risks) IS 'Other counts';
CREATE OPERATOR CLASS byudv.competing_risks_hash_ops DEFAULT FOR TYPE byudv.competing_risks USING hash AS
    OPERATOR 1 byudv.=, FUNCTION 1 byudv.competing_risks_hash(byudv.competing_risks), FUNCTION 2 byudv.competing_risks_hash_extended(byudv.competing_risks, bigint);
COMMENT ON OPERATOR CLASS byudv.competing_risks_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
COMMENT ON OPERATOR FAMILY byudv.competing_risks_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
CREATE FUNCTION byudv.competing_risks_lt(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_lt';
COMMENT ON FUNCTION byudv.competing_risks_lt(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_le(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_le';
COMMENT ON FUNCTION byudv.competing_risks_le(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_gt(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_gt';
COMMENT ON FUNCTION byudv.competing_risks_gt(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_ge(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_ge';
COMMENT ON FUNCTION byudv.competing_risks_ge(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_cmp(a byudv.competing_risks, b byudv.competing_risks) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_cmp';
COMMENT ON FUNCTION byudv.competing_risks_cmp(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE OPERATOR byudv.< (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_lt, COMMUTATOR = OPERATOR(byudv.>),
    NEGATOR = OPERATOR(byudv.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR byudv.< (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.<= (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_le, COMMUTATOR = OPERATOR(byudv.>=),
    NEGATOR = OPERATOR(byudv.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR byudv.<= (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.> (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_gt, COMMUTATOR = OPERATOR(byudv.<),
    NEGATOR = OPERATOR(byudv.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR byudv.> (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.>= (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_ge, COMMUTATOR = OPERATOR(byudv.<=),
    NEGATOR = OPERATOR(byudv.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR byudv.>= (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR CLASS byudv.competing_risks_ops DEFAULT FOR TYPE byudv.competing_risks USING btree AS
    OPERATOR 1 byudv.<, OPERATOR 2 byudv.<=, OPERATOR 3 byudv.=, OPERATOR 4 byudv.>=, OPERATOR 5 byudv.>, FUNCTION 1 byudv.competing_risks_cmp(byudv.competing_risks, byudv.competing_risks);
COMMENT ON OPERATOR CLASS byudv.competing_risks_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';
COMMENT ON OPERATOR FAMILY byudv.competing_risks_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';

-- Aggregates

CREATE FUNCTION byudv.competing_risks_transition(state byudv.competing_risks, exit int, cause int) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_transition';
COMMENT ON FUNCTION byudv.competing_risks_transition(byudv.competing_risks, int, int) IS 'Step of byudv.competing_risks_agg(exit, cause).';
CREATE FUNCTION byudv.competing_risks_transition(state byudv.competing_risks, entry int, exit int, cause int) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_transition';
COMMENT ON FUNCTION byudv.competing_risks_transition(byudv.competing_risks, int, int, int) IS 'Step of byudv.competing_risks_agg(entry, exit, cause).';
CREATE FUNCTION byudv.competing_risks_transition(state byudv.competing_risks, entry int, exit int, cause int, n bigint) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_transition';
COMMENT ON FUNCTION byudv.competing_risks_transition(byudv.competing_risks, int, int, int, bigint) IS 'Step of byudv.competing_risks_agg(entry, exit, cause, n).';
CREATE FUNCTION byudv.competing_risks_window_transition(state byudv.competing_risks, from_date date, to_date date, cause int, window_from date, window_to date)
        RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_window_transition';
COMMENT ON FUNCTION byudv.competing_risks_window_transition(byudv.competing_risks, date, date, int, date, date) IS 'Step of byudv.competing_risks_agg(from_date, to_date, cause, window_from, window_to).';
CREATE FUNCTION byudv.competing_risks_combine(state byudv.competing_risks, other byudv.competing_risks) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_combine';
COMMENT ON FUNCTION byudv.competing_risks_combine(byudv.competing_risks, byudv.competing_risks) IS 'Merges two summaries: the counts of both. NULL gives NULL; byudv.rollup() passes over NULL.';
CREATE FUNCTION byudv.competing_risks_final(state byudv.competing_risks) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_final';
COMMENT ON FUNCTION byudv.competing_risks_final(byudv.competing_risks) IS 'End of the aggregates: the finished form of a summary.';

CREATE AGGREGATE byudv.competing_risks_agg(exit int, cause int) (SFUNC = byudv.competing_risks_transition, STYPE = byudv.competing_risks, SSPACE = 128,
    FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(int, int) IS 'Summary of durations that end by one of several causes, each observed from its start. exit: days from the start to the end of observation; cause: 1 to 64, by which it ended, or 0 when it was still going on (censored). A NULL skips the row; no row counted gives NULL. Errors: negative exit, another cause.';
CREATE AGGREGATE byudv.competing_risks_agg(entry int, exit int, cause int) (SFUNC = byudv.competing_risks_transition, STYPE = byudv.competing_risks, SSPACE = 128,
    FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(int, int, int) IS 'As byudv.competing_risks_agg(exit, cause), with delayed entry (left truncation): observed from entry days after the start, at risk after entry up to and at exit. Errors: negative times, exit before entry, exit = entry above 0, cause not in 0 to 64.';
CREATE AGGREGATE byudv.competing_risks_agg(entry int, exit int, cause int, n bigint) (SFUNC = byudv.competing_risks_transition, STYPE = byudv.competing_risks,
    SSPACE = 128, FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(int, int, int, bigint) IS 'As byudv.competing_risks_agg(entry, exit, cause), each row counting n times. n = 0 counts nothing; negative n is an error, as are more than 2^63 - 1 observations in all.';
CREATE AGGREGATE byudv.competing_risks_agg(from_date date, to_date date, cause int, window_from date, window_to date) (
    SFUNC = byudv.competing_risks_window_transition, STYPE = byudv.competing_risks, SSPACE = 128, FINALFUNC = byudv.competing_risks_final,
    COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(date, date, int, date, date) IS 'Summary of stays [from_date, to_date) seen through the window [window_from, window_to) that a register covers, by the rule of byudv.observation(); cause: by which the stay ended, 1 to 64, 0 for an end that is to count as censored. It matters only where the stay ended within the window. Left out, and counted: stays whose start is unknown, and such as ended in the window with cause NULL. Errors as byudv.observation() and byudv.competing_risks_agg(exit, cause).';
CREATE AGGREGATE byudv.rollup(c byudv.competing_risks) (SFUNC = byudv.competing_risks_combine, STYPE = byudv.competing_risks, SSPACE = 1024,
    FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.rollup(byudv.competing_risks) IS 'Merges summaries into the one that all their observations together give, to the bit. Passes over NULL; nothing to merge gives NULL.';

-- Questions

CREATE FUNCTION byudv.cumulative_incidence(c byudv.competing_risks, confidence float8 DEFAULT 0.95, start_time int DEFAULT 0,
        OUT "time" int, OUT cause int, OUT at_risk bigint, OUT events bigint, OUT incidence float8, OUT std_error float8, OUT lower float8, OUT upper float8)
        RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 5000 AS 'MODULE_PATHNAME', 'byudv_cumulative_incidence';
COMMENT ON FUNCTION byudv.cumulative_incidence(byudv.competing_risks, float8, int) IS 'Share that has ended by each cause up to each time (days), the other causes competing (Aalen-Johansen, Greenwood-type variance, limits on the log scale; none while incidence is 0). A row for each time with an exit and each cause in the summary. start_time above 0: of those still there at that time. NULL or an empty summary gives no rows. Errors: confidence not between 0 and 1, negative start_time.';
CREATE FUNCTION byudv.incidence_at(c byudv.competing_risks, t int, confidence float8 DEFAULT 0.95,
        OUT cause int, OUT incidence float8, OUT std_error float8, OUT lower float8, OUT upper float8) RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 5 AS 'MODULE_PATHNAME', 'byudv_incidence_at';
COMMENT ON FUNCTION byudv.incidence_at(byudv.competing_risks, int, float8) IS 'The rows of byudv.cumulative_incidence() that hold at t days, one per cause. NULLs beyond the last time, where nobody was observed, unless nobody is left. Errors: negative t, confidence not between 0 and 1.';
CREATE FUNCTION byudv.any_cause(c byudv.competing_risks) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_any_cause';
COMMENT ON FUNCTION byudv.any_cause(byudv.competing_risks) IS 'Survival summary in which an end by any cause is the event.';
CREATE FUNCTION byudv.cause_specific(c byudv.competing_risks, cause int) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_cause_specific';
COMMENT ON FUNCTION byudv.cause_specific(byudv.competing_risks, int) IS 'Survival summary in which an end by that cause (1 to 64) is the event and any other is censored: for rates, hazards and log-rank tests of one cause. Its curve is not a share of people; that is byudv.cumulative_incidence().';
CREATE FUNCTION byudv.conditional_incidence(c byudv.competing_risks, start_time int) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_conditional_incidence';
COMMENT ON FUNCTION byudv.conditional_incidence(byudv.competing_risks, int) IS 'The summary of what is seen from start_time (days) on, of those still there, as byudv.conditional_survival().';
-- From the dates of stays to observations.

CREATE FUNCTION byudv.observation(from_date date, to_date date, window_from date, window_to date, OUT entry int, OUT exit int, OUT event boolean) RETURNS record
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 2 AS 'MODULE_PATHNAME', 'byudv_observation';
COMMENT ON FUNCTION byudv.observation(date, date, date, date) IS 'What a register that covers the days [window_from, window_to) sees of a stay [from_date, to_date): entry (days from the start to the day it comes into sight, 0 if it begins within the window), exit (days to its end, or to the end of the window), event (it ended before the end of the window). to_date NULL or infinity: still going on. A stay that ends on window_to has not ended in the window: to cut stays by year use byudv.exposure(), since one window a year would lose those that end on 1 January. NULLs where nothing is seen, or the start is unknown (NULL or -infinity). window_from may be -infinity. Errors: a window bound NULL, window_to not a day or not after window_from, to_date before from_date.';

CREATE FUNCTION byudv.exposure(from_date date, to_date date, window_from date DEFAULT NULL, window_to date DEFAULT NULL, bands int[] DEFAULT '{365,730,1826,3652}',
        OUT year int, OUT band_from int, OUT band_to int, OUT piece_from date, OUT piece_to date, OUT entry int, OUT exit int, OUT days int, OUT event boolean)
        RETURNS SETOF record
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 100 ROWS 10 AS 'MODULE_PATHNAME', 'byudv_exposure';
COMMENT ON FUNCTION byudv.exposure(date, date, date, date, int[]) IS 'A stay [from_date, to_date) cut at each 1 January and at each duration in bands (days since the start; default 1, 2, 5, 10 years), within the window if one is given (Lexis diagram): the pieces with their year, band (band_to NULL: no upper end), dates, days, and as observations (entry, exit, event) for byudv.survival_agg(). event: the stay ends with this piece; where it ends on 1 January that is a piece of the old year, and where it ends on window_to or later it is none. The days of the pieces add up to those of the stay. from_date NULL gives no rows. Errors: a stay that goes on without window_to, to_date before from_date, window_to not after window_from, bands that do not ascend from above 0.';
-- Two groups compared: shares and rates, with limits and a test.

CREATE FUNCTION byudv.chi_square_p(chi_square float8, df int DEFAULT 1) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_chi_square_p';
COMMENT ON FUNCTION byudv.chi_square_p(float8, int) IS 'How often a chi-square so large or larger comes by chance, with df degrees of freedom. Of a normal deviate z, chi_square_p(z * z) is the two-sided p value. NULL gives NULL. Errors: a negative or infinite chi_square, df below 1.';

CREATE FUNCTION byudv.share_limits(count float8, total float8, design_effect float8 DEFAULT 1, confidence float8 DEFAULT 0.95,
        OUT share float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_share_limits';
COMMENT ON FUNCTION byudv.share_limits(float8, float8, float8, float8) IS 'The share that count is of total, with limits by Wilson''s score method (1927; R: prop.test with correct = FALSE), which also hold for 0 and for all. design_effect: 1 where those counted stand alone; where they come in groups that are alike, such as households that move together, so many of them tell as much as one that stands alone. A total of 0 gives NULLs, as does a NULL. Errors: numbers that are negative or infinite, a count above its total, design_effect below 1, confidence not between 0 and 1.';

CREATE FUNCTION byudv.compare_shares(count_1 float8, total_1 float8, count_2 float8, total_2 float8, design_effect float8 DEFAULT 1, confidence float8 DEFAULT 0.95,
        OUT share_1 float8, OUT share_2 float8, OUT difference float8, OUT lower float8, OUT upper float8, OUT chi_square float8, OUT p_value float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_compare_shares';
COMMENT ON FUNCTION byudv.compare_shares(float8, float8, float8, float8, float8, float8) IS 'Whether two groups have the same share: the shares, their difference (first less second) with limits by Newcombe''s method 10 (1998), and Pearson''s test without continuity correction (R: prop.test with correct = FALSE) with one degree of freedom. design_effect as in byudv.share_limits(). Without a total there is no difference; where no one or everyone has it, there is no test. NULL gives NULLs. Errors as byudv.share_limits().';

CREATE FUNCTION byudv.compare_rates(events_1 float8, exposure_1 float8, events_2 float8, exposure_2 float8, design_effect float8 DEFAULT 1, confidence float8 DEFAULT 0.95,
        OUT rate_1 float8, OUT rate_2 float8, OUT ratio float8, OUT lower float8, OUT upper float8, OUT chi_square float8, OUT p_value float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_compare_rates';
COMMENT ON FUNCTION byudv.compare_rates(float8, float8, float8, float8, float8, float8) IS 'Whether two groups have the same rate of events per time at risk (dwelling-years, person-years): the rates, their ratio (first over second) with limits, and a test with one degree of freedom. Given their sum, the events of the first are binomial (Przyborowski and Wilenski 1940); limits and test are the score ones of that share, near the exact ones of R''s poisson.test for more than a few events. design_effect as in byudv.share_limits(). Without exposure or any event there is no ratio; where the second has no event, neither ratio nor upper limit. NULL gives NULLs. Errors: numbers that are negative or infinite, design_effect below 1, confidence not between 0 and 1.';
-- From address periods to residences, from residences to occupancies.

CREATE FUNCTION byudv.residences(address_periods regclass, max_gap integer DEFAULT 0,
        OUT person_id bigint, OUT dwelling_id bigint, OUT from_date date, OUT to_date date, OUT records integer) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 ROWS 1000000 AS 'MODULE_PATHNAME', 'byudv_residences';
COMMENT ON FUNCTION byudv.residences(regclass, integer) IS 'Where persons lived, without overlaps. address_periods: any relation with person_id, dwelling_id (NULL: an address elsewhere), from_date, to_date (half open; NULL or infinity: still going on), read with the caller''s rights. On each day a person lives where the record with the latest from_date says; on a tie the one with the latest to_date; then an address elsewhere, then the smallest dwelling_id. So a later record cuts an earlier one, which resumes if it lasts longer. Runs of days at one address are one residence, also across at most max_gap days (0 or more) that no record covers. records: how many records have days in it. Rows without a start, that end before they begin or have no day take no part: byudv.residence_rejects() counts them. Sorted by person_id, from_date; the order of the input does not matter. Memory: maintenance_work_mem, then temporary files. Errors: person_id NULL, a missing column or a wrong type, max_gap negative or NULL.';

CREATE FUNCTION byudv.residence_rejects(address_periods regclass,
        OUT no_start bigint, OUT negative bigint, OUT zero_length bigint, OUT used bigint) RETURNS record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 AS 'MODULE_PATHNAME', 'byudv_residence_rejects';
COMMENT ON FUNCTION byudv.residence_rejects(regclass) IS 'How many rows of a relation of address periods byudv.residences() leaves out, each counted once: no_start (from_date NULL or infinite), negative (to_date before from_date), zero_length (to_date = from_date); and used, the rest.';

CREATE FUNCTION byudv.occupancies(residences regclass, overlap_tolerance integer DEFAULT 30,
        OUT dwelling_id bigint, OUT occupancy integer, OUT from_date date, OUT to_date date, OUT residents integer) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 ROWS 1000000 AS 'MODULE_PATHNAME', 'byudv_occupancies';
COMMENT ON FUNCTION byudv.occupancies(regclass, integer) IS 'The households that had a dwelling one after the other. residences: any relation with person_id, dwelling_id, from_date, to_date, such as the result of byudv.residences(); rows without dwelling are left out. In the order of from_date a residence opens a new occupancy when it lasts longer than all before it and overlaps them by at most overlap_tolerance days (0 or more); otherwise it joins the present one. So a change of families with some days of double registration is a turnover, a lodger or a guest is none. occupancy counts from 1 in each dwelling, residents the residences in it (who comes back counts again), to_date is NULL while somebody lives there. Sorted by dwelling_id, occupancy. Memory: maintenance_work_mem, then temporary files. Errors: person_id NULL, a residence that does not begin on a day and end after it, a missing column or a wrong type, overlap_tolerance negative or NULL.';

CREATE FUNCTION byudv.build_residences(source regclass, target regclass, max_gap integer DEFAULT 0,
        OUT residences bigint, OUT used bigint, OUT no_start bigint, OUT negative bigint, OUT zero_length bigint) RETURNS record
    LANGUAGE c VOLATILE PARALLEL UNSAFE COST 1000000 AS 'MODULE_PATHNAME', 'byudv_build_residences';
COMMENT ON FUNCTION byudv.build_residences(regclass, regclass, integer) IS 'Writes what byudv.residences(source, max_gap) gives straight into a table, several times quicker than by INSERT. target: a fresh table, empty, with the columns person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer in this order, without indexes, triggers, check constraints, rules or row security, not a partition; make indexes afterwards, and ANALYZE. Needs the privilege to insert; keeps other writers out until the transaction ends. Returns how many residences were written, how many rows of the source were used, and how many took no part (see byudv.residence_rejects()). Errors: as byudv.residences(), and a target that is not as described.';
-- Residences of one person, occupancies of one dwelling, as aggregates.

CREATE TYPE byudv.residence AS (dwelling_id bigint, from_date date, to_date date, records integer);
COMMENT ON TYPE byudv.residence IS 'Where a person lived from a day until another (NULL: still does): the elements of byudv.residence_agg(). See byudv.residences().';
COMMENT ON COLUMN byudv.residence.dwelling_id IS 'NULL: an address elsewhere';
COMMENT ON COLUMN byudv.residence.from_date IS 'first day';
COMMENT ON COLUMN byudv.residence.to_date IS 'day after the last; NULL while it goes on';
COMMENT ON COLUMN byudv.residence.records IS 'records that have days in it';

CREATE TYPE byudv.occupancy AS (occupancy integer, from_date date, to_date date, residents integer);
COMMENT ON TYPE byudv.occupancy IS 'A household''s time in a dwelling: the elements of byudv.occupancy_agg(). See byudv.occupancies().';
COMMENT ON COLUMN byudv.occupancy.occupancy IS 'number in the dwelling, from 1';
COMMENT ON COLUMN byudv.occupancy.from_date IS 'first day';
COMMENT ON COLUMN byudv.occupancy.to_date IS 'day after the last; NULL while it goes on';
COMMENT ON COLUMN byudv.occupancy.residents IS 'residences in it';

CREATE FUNCTION byudv.residence_agg_step(state bytea, dwelling_id bigint, from_date date, to_date date) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_residence_agg_step';
COMMENT ON FUNCTION byudv.residence_agg_step(bytea, bigint, date, date) IS 'Part of aggregate byudv.residence_agg(bigint, date, date)';
CREATE FUNCTION byudv.residence_agg_step(state bytea, dwelling_id bigint, from_date date, to_date date, max_gap integer) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_residence_agg_step';
COMMENT ON FUNCTION byudv.residence_agg_step(bytea, bigint, date, date, integer) IS 'Part of aggregate byudv.residence_agg(bigint, date, date, integer)';
CREATE FUNCTION byudv.occupancy_agg_step(state bytea, person_id bigint, from_date date, to_date date) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_occupancy_agg_step';
COMMENT ON FUNCTION byudv.occupancy_agg_step(bytea, bigint, date, date) IS 'Part of aggregate byudv.occupancy_agg(bigint, date, date)';
CREATE FUNCTION byudv.occupancy_agg_step(state bytea, person_id bigint, from_date date, to_date date, overlap_tolerance integer) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_occupancy_agg_step';
COMMENT ON FUNCTION byudv.occupancy_agg_step(bytea, bigint, date, date, integer) IS 'Part of aggregate byudv.occupancy_agg(bigint, date, date, integer)';
CREATE FUNCTION byudv.period_agg_combine(state bytea, other bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_period_agg_combine';
COMMENT ON FUNCTION byudv.period_agg_combine(bytea, bytea) IS 'Part of aggregates byudv.residence_agg() and byudv.occupancy_agg(): merges parts of a group';
CREATE FUNCTION byudv.residence_agg_final(state bytea) RETURNS byudv.residence[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_residence_agg_final';
COMMENT ON FUNCTION byudv.residence_agg_final(bytea) IS 'Part of aggregate byudv.residence_agg()';
CREATE FUNCTION byudv.occupancy_agg_final(state bytea) RETURNS byudv.occupancy[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_occupancy_agg_final';
COMMENT ON FUNCTION byudv.occupancy_agg_final(bytea) IS 'Part of aggregate byudv.occupancy_agg()';

CREATE AGGREGATE byudv.residence_agg(dwelling_id bigint, from_date date, to_date date) (
    SFUNC = byudv.residence_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.residence_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.residence_agg(bigint, date, date) IS 'The residences of one person, from all address periods of that person in any order: an array of byudv.residence by from_date, as byudv.residences() gives them with max_gap 0. Group by person. For partitioned or distributed tables, where each part can do its own persons; over one table byudv.residences() is quicker. Rows that take no part are left out; a group of nothing else gives an empty array, no row gives NULL.';
CREATE AGGREGATE byudv.residence_agg(dwelling_id bigint, from_date date, to_date date, max_gap integer) (
    SFUNC = byudv.residence_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.residence_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.residence_agg(bigint, date, date, integer) IS 'As byudv.residence_agg(bigint, date, date), with max_gap uncovered days allowed within a residence (0 or more, the same in all rows of a group).';
CREATE AGGREGATE byudv.occupancy_agg(person_id bigint, from_date date, to_date date) (
    SFUNC = byudv.occupancy_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.occupancy_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.occupancy_agg(bigint, date, date) IS 'The occupancies of one dwelling, from all residences in it in any order: an array of byudv.occupancy by number, as byudv.occupancies() gives them with overlap_tolerance 30. Group by dwelling. Errors: person_id NULL, a residence that does not begin on a day and end after it.';
CREATE AGGREGATE byudv.occupancy_agg(person_id bigint, from_date date, to_date date, overlap_tolerance integer) (
    SFUNC = byudv.occupancy_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.occupancy_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.occupancy_agg(bigint, date, date, integer) IS 'As byudv.occupancy_agg(bigint, date, date), with overlap_tolerance days (0 or more, the same in all rows of a group).';
-- From residences to vacancies, who fills them, and chains of them.

CREATE FUNCTION byudv.vacancy_flows(residences regclass, dwellings regclass, study_from date, study_to date, overlap_tolerance integer DEFAULT 30,
        group_window integer DEFAULT 30, link_gap integer DEFAULT 90, empty_window integer DEFAULT 90, max_vacancy integer DEFAULT 365,
        persons regclass DEFAULT NULL,
        OUT vacancy_id bigint, OUT dwelling_id bigint, OUT vacated_on date, OUT filled_on date, OUT outcome text, OUT origin_dwelling_id bigint,
        OUT origin_vacancy_id bigint, OUT movers integer, OUT share double precision, OUT is_new boolean) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 ROWS 1000000 AS 'MODULE_PATHNAME', 'byudv_vacancy_flows';
COMMENT ON FUNCTION byudv.vacancy_flows(regclass, regclass, date, date, integer, integer, integer, integer, integer, regclass) IS 'The vacancies of the days [study_from, study_to), and where those come from who fill them. residences: person_id, dwelling_id, from_date, to_date. dwellings: dwelling_id, available_from, demolished_on, one row a dwelling. persons, if given: person_id, born_on; a residence that begins with its person''s birth is no move. A dwelling is vacated when an occupancy ends (see byudv.occupancies() and overlap_tolerance), or becomes available for the first time (is_new), unless it was lived in more than max_vacancy days before. The next occupancy fills it on filled_on, with all residences that begin less than group_window days after it. outcome: vacated (the mover was among the last to leave another dwelling, origin_vacancy_id: within empty_window days of its end), out_of_window (that vacancy is not in the window), origin_occupied (somebody stayed behind), returned (from this very dwelling), from_outside (no residence in the area within link_gap days before); without movers demolished (before study_to), open (vacant for at most max_vacancy days when the window ends) and expired (longer, or filled later than that). share: how much of origin_vacancy_id these movers set free, 1 / (all last leavers of it) each; all shares of one origin_vacancy_id add up to at most 1, so that what many vacancies set free is a plain sum. vacancy_id counts in the order of dwelling_id and time and holds for this result only. One row per vacancy, outcome and origin, in this order. Memory: up to one and a half times maintenance_work_mem, the residences of one dwelling, then temporary files. Errors: a window bound NULL or infinite, study_to not after study_from, a number of days negative or NULL, a dwelling twice, a person with two dates of birth, a residence that does not begin on a day and end after it, NULL as person_id or dwelling_id of the registers, a missing column or a wrong type.';

CREATE FUNCTION byudv.vacancy_chains(flows regclass, max_rounds integer DEFAULT 50, min_weight double precision DEFAULT 1e-6, starts bigint[] DEFAULT NULL,
        OUT chain_id bigint, OUT round integer, OUT vacancy_id bigint, OUT dwelling_id bigint, OUT vacated_on date, OUT weight double precision,
        OUT parent_vacancy_id bigint) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 ROWS 1000000 AS 'MODULE_PATHNAME', 'byudv_vacancy_chains';
COMMENT ON FUNCTION byudv.vacancy_chains(regclass, integer, double precision, bigint[]) IS 'What new dwellings set free, round by round. flows: the result of byudv.vacancy_flows(), stored or as a view. A chain begins with a new dwelling''s vacancy (or with each of starts), at round 0 and weight 1, and goes on from vacancy to the vacancies that its movers left; weight is the product of the shares on the way. It ends where nothing was set free; a vacancy that is already on the way is not entered again; paths lighter than min_weight (above 0) or longer than max_rounds (0 or more) are not followed. chain_id is the vacancy that it begins with. A vacancy that is reached on several ways has several rows: their weights add up. One whose own rows are not among the flows has vacated_on NULL. Sorted by chain_id, round, and the way. Memory: maintenance_work_mem, up to 64 bytes a flow with outcome vacated, one chain, then temporary files. Errors: rows of a vacancy that contradict each other, a share outside 0 to 1, a start that is not among the flows, a chain of more than 16,777,216 rows, a missing column or a wrong type, arguments out of range or NULL.';
-- Chains of vacancies as a Markov chain.

CREATE FUNCTION byudv.chain_lengths(transitions regclass, OUT stratum text, OUT vacancies bigint, OUT expected_length double precision,
        OUT std_error double precision) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 10000 ROWS 20 AS 'MODULE_PATHNAME', 'byudv_chain_lengths';
COMMENT ON FUNCTION byudv.chain_lengths(regclass) IS 'Expected length of a chain of vacancies that begins in each stratum (a kind of dwelling), its own vacancy included: (I - Q)^-1 1 (H. C. White, Chains of Opportunity, 1970), with the standard error by the delta method from the multinomial counts. transitions: any relation with from_stratum text, to_stratum text, n bigint: so many vacancies of from_stratum set one free in to_stratum; NULL where the chain ends. Rows of the same strata add up. Sorted by stratum (bytes). vacancies: how many the stratum''s row rests on. It takes every vacancy of a stratum as alike, whatever the chain''s history; compare with the chains that were followed. Errors: from_stratum or n NULL, n negative, a stratum with vacancies passed on to it but none counted from it, one from which chains never end, more than 2,000 strata, a missing column or a wrong type.';

CREATE FUNCTION byudv.chain_multipliers(transitions regclass, OUT from_stratum text, OUT to_stratum text, OUT multiplier double precision,
        OUT std_error double precision, OUT length_covariance double precision) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 10000 ROWS 400 AS 'MODULE_PATHNAME', 'byudv_chain_multipliers';
COMMENT ON FUNCTION byudv.chain_multipliers(regclass) IS 'How many vacancies in to_stratum a vacancy in from_stratum brings about, itself included: (I - Q)^-1, with the standard error by the delta method. The multipliers of a from_stratum add up to its expected length. length_covariance: of the expected lengths of the two strata, so that the standard error of a difference is sqrt(se_a^2 + se_b^2 - 2 * covariance). transitions and errors as for byudv.chain_lengths(). Sorted by from_stratum, to_stratum (bytes).';
-- Moves: changes of residence, classified.

CREATE FUNCTION byudv.moves(residences regclass, persons regclass DEFAULT NULL, address_periods regclass DEFAULT NULL, study_from date DEFAULT NULL,
        study_to date DEFAULT NULL, link_gap integer DEFAULT 90, death_window integer DEFAULT 30,
        OUT person_id bigint, OUT from_dwelling_id bigint, OUT left_on date, OUT departure text, OUT to_dwelling_id bigint, OUT arrived_on date,
        OUT arrival text) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 ROWS 1000000 AS 'MODULE_PATHNAME', 'byudv_moves';
COMMENT ON FUNCTION byudv.moves(regclass, regclass, regclass, date, date, integer, integer) IS 'One row per change of residence, classified as LOIS does (lists arrival and departure of byudv.label()). residences: person_id, dwelling_id (NULL: elsewhere), from_date, to_date, as byudv.residences() gives them. persons, if given: person_id, born_on and, optional, died_on. address_periods, if given: the records with person_id, dwelling_id, from_date, to_date and, optional, municipality_code (integer) and abroad (boolean), which say of an address elsewhere (dwelling_id NULL) what it is. arrival: born (on born_on), internal (from a dwelling of the area left at most link_gap days before), from_municipality, immigrated, arrived (not known from where). departure: internal, to_municipality, emigrated, died (within death_window days of died_on, where no next address is known), disappeared. A move within the area is one row with both, also back to the same dwelling after days elsewhere or without address. Counted are days in [study_from, study_to), NULL: no bound: departure is NULL where left_on, arrival where arrived_on is not among them, so count(departure) and count(arrival) are the departures and arrivals of the window. Moves between addresses elsewhere are not shown. Sorted by person_id and time. Memory: maintenance_work_mem, the residences of one person, then temporary files. Errors: study_to not after study_from, a number of days negative or NULL, a person with two dates of birth or death, a residence that does not begin on a day and end after it, person_id NULL, a missing column or a wrong type.';
-- What reading in a source needs: pseudonyms for CPR numbers, numbers and dates as Danish sources write them.

CREATE FUNCTION byudv.pseudonym(cpr text) RETURNS bigint
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'byudv_pseudonym';
COMMENT ON FUNCTION byudv.pseudonym(text) IS 'A number from 0 to 2^63 - 1 that stands for a CPR number: the first eight bytes of the HMAC-SHA-256 of its ten digits (ASCII, no hyphen), big endian, without their highest bit. The key is this session''s byudv.pseudonym_key or, where that is empty, in the server''s file byudv.pseudonym_key_file; 16 to 1024 ASCII characters without blanks. cpr: ten digits, with or without a hyphen after the sixth, blanks around them allowed; day 01 to 31, or 61 to 91 in substitute numbers (erstatnings-CPR), month 01 to 12; the check digit is not looked at, since valid numbers fail it from 2007 on. NULL gives NULL. Errors: no key, or one that is too short; anything else as cpr (22P02), in messages that never show number or key. Whoever has the key can find the number behind each pseudonym by trying all.';

CREATE FUNCTION byudv.pseudonym_key_fingerprint() RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'byudv_pseudonym_key_fingerprint';
COMMENT ON FUNCTION byudv.pseudonym_key_fingerprint() IS 'Eight hexadecimal digits that are the same where the key of byudv.pseudonym() is: the first four bytes of the HMAC-SHA-256 of ''byudv.pseudonym_key_fingerprint''. For comparing two systems without showing the key. Errors: no key, or one that is too short.';

CREATE FUNCTION byudv.parse_danish_number(value text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_number';
COMMENT ON FUNCTION byudv.parse_danish_number(text) IS 'A number as Danish sources write it: 1234, -12,5, 1.234,5, 1.234.567, 1 234 567,89 (also with no-break and thin spaces), and with a decimal point where it can be nothing else: 7250.75, 0.125. A comma is always the decimal mark. Decimals are kept as written. NULL gives NULL. Errors (22P02): two readings (8.100 is 8100 or 8.1), groups that are not of three digits (12.34,5), more than one comma, words, units, exponents, more than 1000 digits, empty or blank text (give NULL where no value is meant).';

CREATE FUNCTION byudv.parse_danish_number(value text, what text) RETURNS numeric
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_number';
COMMENT ON FUNCTION byudv.parse_danish_number(text, text) IS 'As parse_danish_number(text), with what, such as the name of the row, in front of an error''s message. value NULL gives NULL; what NULL names nothing.';

CREATE FUNCTION byudv.parse_danish_date(value text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_date';
COMMENT ON FUNCTION byudv.parse_danish_date(text) IS 'A date as Danish sources write it, whatever DateStyle is: 31-12-2023, 31.12.2023, 31/12/2023 (day and month with one or two digits, the day first), 2023-12-31, 20231231. Blanks around it are allowed. NULL gives NULL. Errors: another form, a year of two digits or before 1000, empty or blank text (22007); a day that no calendar has (22008).';

CREATE FUNCTION byudv.parse_danish_date(value text, what text) RETURNS date
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_date';
COMMENT ON FUNCTION byudv.parse_danish_date(text, text) IS 'As parse_danish_date(text), with what, such as the name of the row, in front of an error''s message. value NULL gives NULL; what NULL names nothing.';
-- Counts of persons that may be published.

CREATE FUNCTION byudv.protected_counts(events regclass, tables text[], members regclass, min_cell integer DEFAULT NULL,
        OUT slice integer, OUT table_no integer, OUT kind integer, OUT code integer, OUT item integer, OUT persons bigint) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000000 ROWS 100000 AS 'MODULE_PATHNAME', 'byudv_protected_counts';
COMMENT ON FUNCTION byudv.protected_counts(regclass, text[], regclass, integer) IS 'Counts persons in many two-way tables at once and hides cells so that no count of fewer than min_cell persons can be computed from what is shown. events: any relation with slice integer and integer columns of any names, one row a person (one event), read with the caller''s rights. The tables of one slice, such as a year, are protected together; slices know nothing of each other. tables: ''rowcolumn*itemcolumn'' each; table_no is the place in the array, from 1. members, or NULL: row_column text, member integer, kind integer, code integer: a value (member) of a row column lies in one area (code) of every kind, from 1, that the column has; a row column without members has kind 1, in which every value is its own area. ''home*home/4'', with other tables home*...: the areas of kind 4 of home are the items, the other kinds are the rows; so areas, kinds of homes and other items, three tables by two and two, are protected together. Rows: kind 0, code 0 are all persons by item; then for each area its counts by item. persons NULL: hidden, which a zero can be too; other zeros have no row. item NULL with persons: the hidden items of the area together, so that the rows of an area add up to its total. item and persons NULL: the area has too few persons, or helps one that has, and is in the row of its kind with code NULL, all such areas together; for kind 0: the slice has too few persons to tell anything. Items of too few persons are hidden in kind 0 and part of what is hidden everywhere else. For each cell that is hidden since it is small there are two persons who could exchange their items without any other change of what is shown (docs/disclosure.md has the proof, and what is not covered). min_cell: 1 to 1000, 1 hides nothing; NULL: the setting byudv.min_cell, 3 unless set. Sorted by slice, table_no, kind, code, item, NULL last; the order of the input does not matter. Memory: 8 bytes for each event and column, 5 for each cell of a slice. Errors: NULL in a column that is read (slice, those of tables, all of members), a table that is not two column names or has the same two as another, items of a kind that is not in members, or of a column with such a table, a value of events without code of a kind, with two codes of one, a kind below 1, more than 50,000,000 cells in a slice, min_cell out of range, a missing column or a wrong type.';
-- What a monitor consists of: its tables and columns, in one place. create_monitor() makes them, upgrade_monitor() adds what is missing, and the comments
-- are these. Its views are listed with their topics (bi_*_views) and put together in monitor_views().
--
-- The tables are the user's own: they are no members of the extension, so that dumps hold them and DROP EXTENSION leaves them alone. What comes in goes
-- into tables of the role input; what a refresh makes of it is in tables of the role result; the rest is bookkeeping.

CREATE FUNCTION byudv.monitor_tables(OUT ordinal int, OUT table_name text, OUT role text, OUT key text, OUT tracked text[], OUT indexes text[], OUT description text)
    RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 30 SET search_path = pg_catalog, pg_temp AS $$
VALUES
(1, 'building', 'input', 'building_id', ARRAY['building', 'building_id'], '{}'::text[],
    'Buildings (BBR), demolished ones too'),
(2, 'dwelling', 'input', 'dwelling_id', ARRAY['dwelling', 'dwelling_id'], ARRAY['building_id', 'property_id', 'address_key'],
    'Dwellings and other units (BBR), demolished ones too. Homes in other municipalities may be here, with what is known of them'),
(3, 'ownership', 'input', NULL, ARRAY['property', 'property_id', 'dwelling', 'dwelling_id'], ARRAY['property_id', 'dwelling_id'],
    'Who owns a property or, where it has a property of its own, a dwelling, and when'),
(4, 'person', 'input', 'person_id', ARRAY['person', 'person_id'], '{}',
    'Persons, by pseudonym. No name, no CPR number, no sex, no marital status: what cannot be acted on is not collected'),
(5, 'household_type', 'input', NULL, '{}', ARRAY['person_id'],
    'What kind of household a person lived in, and when'),
(6, 'person_attribute', 'input', NULL, '{}', ARRAY['person_id, attribute'],
    'What own systems and bought statistics add about persons: income, tax base, benefits'),
(7, 'address_period', 'input', NULL, ARRAY['person', 'person_id'], ARRAY['person_id', 'dwelling_id'],
    'Where persons were registered (CPR). Records may overlap'),
(8, 'area', 'input', 'kind, code', '{}', '{}',
    'Areas of any kind: quarters, school districts, social housing estates'),
(9, 'dwelling_area', 'input', NULL, ARRAY['dwelling', 'dwelling_id'], ARRAY['dwelling_id'],
    'Which areas a dwelling lies in, and when'),
(10, 'plan_project', 'input', 'project_id', '{}', '{}',
    'Building projects from local plan to the first resident'),
(11, 'plan_dwelling', 'input', NULL, '{}', ARRAY['project_id'],
    'Dwellings that a project is expected to bring and has brought'),
(12, 'indicator', 'input', NULL, '{}', ARRAY['measure, year'],
    'Figures of others to compare with: Statistics Denmark, LBF, other municipalities'),
(13, 'tenure_override', 'input', NULL, ARRAY['dwelling', 'dwelling_id'], ARRAY['dwelling_id'],
    'Decisions on tenure by hand. They win over every rule and are shown as such'),
(20, 'proxy_owner', 'result', NULL, '{}', '{}',
    'Persons who stand as owner of so many condominium dwellings that they are a contact person and not the owner'),
(21, 'dwelling_class', 'result', 'dwelling_id', '{}', '{}',
    'Type and tenure of each dwelling as of the data date, with rule, certainty and reason'),
(22, 'residence', 'result', NULL, '{}', ARRAY['UNIQUE person_id, from_date', 'dwelling_id'],
    'Where persons lived, without overlaps (see byudv.residences())'),
(23, 'move', 'result', NULL, '{}', ARRAY['person_id'],
    'Changes of residence in the study window (see byudv.moves())'),
(24, 'occupancy', 'result', NULL, '{}', ARRAY['UNIQUE dwelling_id, occupancy'],
    'The households that had a dwelling one after the other (see byudv.occupancies())'),
(25, 'vacancy_flow', 'result', NULL, '{}', ARRAY['dwelling_id, vacated_on'],
    'Vacancies of the study window, how they ended, and what those who filled them set free (see byudv.vacancy_flows()). A vacancy is named by dwelling_id, vacated_on and is_new'),
(26, 'chain', 'result', NULL, '{}', ARRAY['UNIQUE new_dwelling_id, node', 'dwelling_id'],
    'What each new dwelling set free, round by round (see byudv.vacancy_chains())'),
(27, 'data_issue', 'result', 'issue, issue_key', '{}', '{}',
    'What looks wrong in the registers, one row a finding; byudv.data_issue_kind says what each kind means and what to do'),
(30, 'area_list', 'result', 'area_kind, area_code', '{}', '{}',
    'The areas by which BI views count, of every kind, with the whole study area (all) and what lies in no area of the kind (none)'),
(31, 'dwelling_region', 'result', 'dwelling_id, from_year', '{}', '{}',
    'The region that each dwelling lies in: a region is a distinct combination of areas of all kinds'),
(32, 'region_area', 'result', 'region, area_kind', '{}', '{}',
    'The area of each kind that a region lies in'),
(33, 'stock', 'result', NULL, '{}', ARRAY['UNIQUE year, area_kind, area_code, dwelling_type, tenure, tenure_register, tenure_dst, new_build, size_band'],
    'Dwellings on 1 January of each year, by area, type, tenure and size'),
(34, 'person_count', 'result', NULL, '{}', ARRAY['UNIQUE attribute, year, population, area_kind, area_code, dwelling_type, tenure, new_build, item'],
    'Persons counted for BI views, with disclosure control: persons is NULL where a cell is suppressed, and the item hidden holds the suppressed cells of its row together'),
(35, 'person_measure', 'result', 'year, population, area_kind, area_code', '{}', '{}',
    'Incomes and benefits of those counted, where enough persons stand behind them'),
(50, 'residence_duration', 'result', NULL, '{}', ARRAY['UNIQUE area_kind, area_code, dwelling_type, tenure, new_build, origin'],
    'How long those who moved into a dwelling stay, for groups with enough persons'),
(51, 'duration_curve', 'result', 'group_kind, group_code, years', '{}', '{}',
    'How many still live there after so many years, for groups with enough persons'),
(52, 'new_build_stay', 'result', 'tenure, origin', '{}', '{}',
    'How soon those who moved into a new dwelling in its first three years move on'),
(53, 'turnover', 'result', NULL, '{}', ARRAY['UNIQUE year, area_kind, area_code, dwelling_type, tenure, new_build'],
    'Ends of occupancies and years in which dwellings were lived in, by calendar year'),
(54, 'chain_summary', 'result', NULL, '{}', ARRAY['UNIQUE start_year, area_kind, area_code, start_tenure, round, dwelling_type, tenure'],
    'Vacancies that new dwellings set free, round by round'),
(55, 'chain_end', 'result', 'start_year, start_tenure, outcome', '{}', '{}',
    'How the chains of vacancies end'),
(61, 'pipeline', 'result', 'project_id, line', '{}', '{}',
    'Building projects and their dwellings with the stage that they have reached: expected, built, and still to come'),
(62, 'new_build_rate', 'result', 'dwelling_type, tenure, size_band, age_band', '{}', '{}',
    'Residents per new dwelling a year after it was taken into use, by age, where enough dwellings are comparable; what byudv.new_build_profile() reckons with'),
(63, 'expected_resident', 'result', 'project_id, year, age_band', '{}', '{}',
    'Whom to expect in the dwellings that are to come, by project and age'),
(64, 'backtest', 'result', 'left_out_year, dwelling_type, tenure, age_band', '{}', '{}',
    'New dwellings of past years told from those of all other years, and what really came: how far the limits of expected_resident can be trusted'),
(65, 'comparison', 'result', 'year, period, source, municipality, area_kind, area_code, measure, copy', '{}', '{}',
    'Figures of others beside the monitor''s own for the same thing'),
(70, 'tenure_review', 'result', 'dwelling_id', '{}', ARRAY['area_code'],
    'Dwellings whose tenure is to be looked at, without any in which a protected person lives or which such a person owns'),
(71, 'dwelling_issue', 'result', 'issue, dwelling_id', '{}', ARRAY['area_code'],
    'Findings about dwellings with their addresses, without any in which a protected person lives or which such a person owns'),
(72, 'destination', 'result', 'year, dwelling_type, tenure', '{}', '{}',
    'Departures to homes of other municipalities that are known, by type and tenure of that home, with disclosure control'),
(73, 'area_profile', 'result', 'area_kind, area_code, year, measure', '{}', '{}',
    'Key figures of each area and year beside those of the whole study area'),
(40, 'setting', 'control', 'singleton', '{}', '{}',
    'How this monitor computes: one row. Change it with UPDATE; the next refresh computes anew what depends on it'),
(41, 'state', 'control', 'singleton', '{}', '{}',
    'What the last refresh went by: one row. Not to be edited'),
(42, 'change', 'control', NULL, '{}', '{}',
    'What has changed in the input since the last refresh. Triggers write it, a refresh empties it'),
(43, 'pending', 'control', NULL, '{}', '{}',
    'What each step of a refresh has still to do. A step removes its rows when it is done, so that a refresh after a crash goes on where the last one stopped'),
(44, 'run_log', 'control', 'run_id, step', '{}', '{}',
    'Each refresh (step ''refresh'') and each of its steps'),
(45, 'reject', 'control', NULL, '{}', ARRAY['source'],
    'Rows of sources that could not be used, with the reason')
$$;
COMMENT ON FUNCTION byudv.monitor_tables() IS 'The tables of a monitor: role input, result or control; key is the primary key; tracked are pairs of the kind of a key and the column that holds it, by which triggers note changes; indexes are those that a refresh needs.';

CREATE FUNCTION byudv.monitor_columns(OUT table_name text, OUT ordinal int, OUT column_name text, OUT type text, OUT attributes text, OUT description text)
    RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 200 SET search_path = pg_catalog, pg_temp AS $$
SELECT v.table_name, (row_number() OVER ())::int, v.column_name, v.type, v.attributes, v.description
FROM (VALUES
('building', 'building_id', 'bigint', 'NOT NULL', 'Number of the building; register_key() makes one of a register''s UUID'),
('building', 'source_key', 'text', '', 'The register''s key, such as the BBR UUID'),
('building', 'property_id', 'bigint', '', 'Property that the building stands on'),
('building', 'building_use', 'int', '', 'Use (byg021), a code of byudv.use_code, domain building'),
('building', 'built_year', 'int', '', 'Year of construction (byg026)'),
('building', 'defect_insurance', 'int', '', 'Covered by defect insurance (byg121), a code of byudv.insurance_codes()'),
('building', 'permit_on', 'date', '', 'Day of the building permit'),
('building', 'available_from', 'date', '', 'Day on which it was taken into use (ibrugtagning)'),
('building', 'demolished_on', 'date', '', 'Day of demolition'),
('building', 'status', 'int', '', 'Life cycle of the register; 6 is built'),
('dwelling', 'dwelling_id', 'bigint', 'NOT NULL', 'Number of the dwelling; register_key() makes one of a register''s UUID'),
('dwelling', 'source_key', 'text', '', 'The register''s key, such as the BBR UUID'),
('dwelling', 'municipality', 'int', '', 'Municipality code; NULL: the monitor''s own'),
('dwelling', 'building_id', 'bigint', '', 'Building that it is in'),
('dwelling', 'property_id', 'bigint', '', 'Its own condominium property, else the building''s or the land''s'),
('dwelling', 'property_kind', 'text', '', 'Kind of that property: condominium or Ejerlejlighed, land or SFE, leased_land or BPFG'),
('dwelling', 'unit_use', 'int', '', 'Use (enh020), a code of byudv.use_code, domain unit'),
('dwelling', 'unit_kind', 'text', '', 'Unit kind (enh023): 1 to 5, E'),
('dwelling', 'area_m2', 'int', '', 'Total area (enh026), square metres'),
('dwelling', 'residential_area_m2', 'int', '', 'Area for living (enh027), square metres'),
('dwelling', 'rooms', 'int', '', 'Number of rooms (enh031)'),
('dwelling', 'public_support', 'int', '', 'Public support (enh046), a code of byudv.support_codes()'),
('dwelling', 'registered_use', 'int', '', 'Registered use (enh045): 1 let, 2 used by the owner, 3 not used'),
('dwelling', 'available_from', 'date', '', 'First day on which somebody could live there; NULL: long ago or not known'),
('dwelling', 'demolished_on', 'date', '', 'Day of demolition'),
('dwelling', 'address', 'text', '', 'Address as people read it'),
('dwelling', 'address_key', 'text', '', 'Address as registers compare it, see byudv.address_key(); for finding the dwelling of a CPR record'),
('ownership', 'property_id', 'bigint', '', 'Property, or NULL'),
('ownership', 'dwelling_id', 'bigint', '', 'Dwelling that has a property of its own, or NULL. Such rows go before the property''s'),
('ownership', 'owner_code', 'int', '', 'Owner code (ejerforholdskode), a code of byudv.owner_codes()'),
('ownership', 'owner_name', 'text', '', 'Owner as registered'),
('ownership', 'owner_person_id', 'bigint', '', 'The owner''s pseudonym, if a person'),
('ownership', 'valid_from', 'date', '', 'First day; NULL: open'),
('ownership', 'valid_to', 'date', '', 'First day no more; NULL: open'),
('person', 'person_id', 'bigint', 'NOT NULL', 'Pseudonym, see byudv.pseudonym()'),
('person', 'born_on', 'date', '', 'Day of birth'),
('person', 'died_on', 'date', '', 'Day of death'),
('person', 'protected', 'boolean', 'NOT NULL DEFAULT false', 'Address protection: counts in totals and is in no view of single persons'),
('household_type', 'person_id', 'bigint', 'NOT NULL', 'Pseudonym'),
('household_type', 'household_type', 'text', '', 'Kind of household, such as single, couple, single_parent, couple_children, other'),
('household_type', 'valid_from', 'date', '', 'First day'),
('household_type', 'valid_to', 'date', '', 'First day no more; NULL: open'),
('person_attribute', 'person_id', 'bigint', 'NOT NULL', 'Pseudonym'),
('person_attribute', 'attribute', 'text', 'NOT NULL', 'What it is: income, tax_base, benefit_municipal, benefit_any, full_time_share'),
('person_attribute', 'value', 'numeric(14, 2)', '', 'How much, in the unit of the attribute; amounts in kroner'),
('person_attribute', 'valid_from', 'date', '', 'First day of the time that it is about'),
('person_attribute', 'valid_to', 'date', '', 'First day no more; NULL: open'),
('address_period', 'person_id', 'bigint', 'NOT NULL', 'Pseudonym'),
('address_period', 'dwelling_id', 'bigint', '', 'Dwelling; NULL: an address elsewhere, or one that no dwelling was found for'),
('address_period', 'municipality_code', 'int', '', 'Municipality of the address'),
('address_period', 'abroad', 'boolean', '', 'The address is in another country'),
('address_period', 'from_date', 'date', '', 'First day'),
('address_period', 'to_date', 'date', '', 'First day no more; NULL: lives there'),
('area', 'kind', 'text', 'NOT NULL', 'Kind of area, such as kvarter, skoledistrikt, almen_afdeling'),
('area', 'code', 'text', 'NOT NULL', 'Code within the kind'),
('area', 'name', 'text', '', 'Name'),
('area', 'geojson', 'text', '', 'Its shape, GeoJSON in WGS 84'),
('area', 'valid_from', 'date', '', 'First day; NULL: open'),
('area', 'valid_to', 'date', '', 'First day no more; NULL: open'),
('dwelling_area', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('dwelling_area', 'kind', 'text', 'NOT NULL', 'Kind of area'),
('dwelling_area', 'code', 'text', 'NOT NULL', 'Area'),
('dwelling_area', 'valid_from', 'date', '', 'First day; NULL: open'),
('dwelling_area', 'valid_to', 'date', '', 'First day no more; NULL: open'),
('plan_project', 'project_id', 'bigint', 'NOT NULL', 'Number of the project'),
('plan_project', 'name', 'text', '', 'Name'),
('plan_project', 'plan_code', 'text', '', 'Local plan (lokalplan)'),
('plan_project', 'area_kind', 'text', '', 'Area that it lies in: kind'),
('plan_project', 'area_code', 'text', '', 'Area that it lies in: code'),
('plan_project', 'adopted_on', 'date', '', 'Local plan adopted'),
('plan_project', 'permit_on', 'date', '', 'Building permit'),
('plan_project', 'started_on', 'date', '', 'Building started'),
('plan_project', 'completed_on', 'date', '', 'Building completed'),
('plan_project', 'occupied_on', 'date', '', 'First resident'),
('plan_dwelling', 'project_id', 'bigint', 'NOT NULL', 'Project'),
('plan_dwelling', 'dwelling_type', 'text', '', 'Dwelling type, a code of byudv.dwelling_types()'),
('plan_dwelling', 'tenure', 'text', '', 'Tenure, a code of byudv.tenure_codes()'),
('plan_dwelling', 'area_m2', 'int', '', 'Size of such a dwelling, square metres'),
('plan_dwelling', 'expected', 'int', '', 'Dwellings expected'),
('plan_dwelling', 'realised', 'int', '', 'Dwellings built; NULL: not yet'),
('plan_dwelling', 'expected_on', 'date', '', 'When they are expected to be taken into use'),
('indicator', 'source', 'text', 'NOT NULL', 'Whose figure it is: DST, LBF, Boligstat, KL, Bolius, own'),
('indicator', 'municipality', 'int', '', 'Municipality code; NULL: the country'),
('indicator', 'area_kind', 'text', '', 'Kind of area, if of a part of the municipality'),
('indicator', 'area_code', 'text', '', 'Area'),
('indicator', 'year', 'int', '', 'Year'),
('indicator', 'measure', 'text', 'NOT NULL', 'What is measured'),
('indicator', 'unit', 'text', '', 'Unit'),
('indicator', 'definition', 'text', '', 'How the source defines it'),
('indicator', 'value', 'numeric(18, 4)', '', 'The figure'),
('indicator', 'period', 'text', '', 'Part of the year that it is about, as the source writes it: 2026K1, 2026M03; NULL: the year'),
('tenure_override', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('tenure_override', 'valid_from', 'date', '', 'First day; NULL: open'),
('tenure_override', 'valid_to', 'date', '', 'First day no more; NULL: open'),
('tenure_override', 'tenure', 'text', 'NOT NULL', 'Tenure, a code of byudv.tenure_codes()'),
('tenure_override', 'note', 'text', '', 'Why'),
('tenure_override', 'decided_by', 'text', 'DEFAULT CURRENT_USER', 'Who decided it'),
('tenure_override', 'decided_on', 'date', 'DEFAULT CURRENT_DATE', 'When'),
('proxy_owner', 'municipality', 'int', '', 'Municipality of the dwellings'),
('proxy_owner', 'owner_key', 'text', 'NOT NULL', 'The owner''s pseudonym where it is known, else the name as byudv.normalise_owner_name() writes it'),
('proxy_owner', 'dwellings', 'int', 'NOT NULL', 'Condominium dwellings that the person stands as owner of'),
('dwelling_class', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('dwelling_class', 'municipality', 'int', '', 'Municipality code'),
('dwelling_class', 'in_area', 'boolean', 'NOT NULL', 'Lies in the monitor''s municipality'),
('dwelling_class', 'dwelling_type', 'text', 'NOT NULL', 'Dwelling type, a code of byudv.dwelling_types()'),
('dwelling_class', 'tenure_register', 'text', 'NOT NULL', 'Tenure as the owner code has it'),
('dwelling_class', 'tenure_dst', 'text', 'NOT NULL', 'Tenure as Statistics Denmark reads it'),
('dwelling_class', 'tenure', 'text', 'NOT NULL', 'Tenure, corrected'),
('dwelling_class', 'rule_id', 'int', '', 'Rule that decided, of byudv.tenure_rule; NULL: none, or an override'),
('dwelling_class', 'certainty', 'text', '', 'How certain: high, medium, low'),
('dwelling_class', 'reason', 'text', '', 'Why, in Danish'),
('dwelling_class', 'owner_code', 'int', '', 'Owner code as of the data date'),
('dwelling_class', 'owner_kind', 'text', '', 'Kind of owner that the name tells'),
('dwelling_class', 'organisation', 'text', '', 'Housing organisation that the name tells'),
('dwelling_class', 'proxy_owner', 'boolean', 'NOT NULL', 'The registered owner is a contact person'),
('dwelling_class', 'overridden', 'boolean', 'NOT NULL', 'Tenure decided by hand'),
('dwelling_class', 'is_new_build', 'boolean', 'NOT NULL', 'Became available in the study window'),
('residence', 'person_id', 'bigint', 'NOT NULL', 'Pseudonym'),
('residence', 'dwelling_id', 'bigint', '', 'Dwelling; NULL: outside the area'),
('residence', 'from_date', 'date', 'NOT NULL', 'First day'),
('residence', 'to_date', 'date', '', 'First day no more; NULL: lives there'),
('residence', 'records', 'int', 'NOT NULL', 'Address records that it is made of'),
('move', 'person_id', 'bigint', 'NOT NULL', 'Pseudonym'),
('move', 'from_dwelling_id', 'bigint', '', 'Dwelling left; NULL: outside the area'),
('move', 'left_on', 'date', '', 'Day of leaving'),
('move', 'departure', 'text', '', 'internal, to_municipality, emigrated, died, disappeared; NULL: no departure in the study window'),
('move', 'to_dwelling_id', 'bigint', '', 'Dwelling moved to; NULL: outside the area'),
('move', 'arrived_on', 'date', '', 'Day of arrival'),
('move', 'arrival', 'text', '', 'internal, from_municipality, immigrated, born, arrived; NULL: no arrival in the study window'),
('move', 'from_municipality', 'int', '', 'Municipality that an arrival comes from, where known'),
('move', 'from_home_id', 'bigint', '', 'Dwelling of another municipality that an arrival comes from, where known'),
('move', 'to_municipality', 'int', '', 'Municipality that a departure goes to, where known'),
('move', 'to_home_id', 'bigint', '', 'Dwelling of another municipality that a departure goes to, where known'),
('occupancy', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('occupancy', 'occupancy', 'int', 'NOT NULL', 'Counts from 1 in each dwelling'),
('occupancy', 'from_date', 'date', 'NOT NULL', 'First day'),
('occupancy', 'to_date', 'date', '', 'First day no more; NULL: goes on'),
('occupancy', 'residents', 'int', 'NOT NULL', 'Residences in it; who comes back counts again'),
('vacancy_flow', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling that was vacant'),
('vacancy_flow', 'vacated_on', 'date', 'NOT NULL', 'First day of the vacancy'),
('vacancy_flow', 'is_new', 'boolean', 'NOT NULL', 'A new dwelling''s first vacancy'),
('vacancy_flow', 'filled_on', 'date', '', 'Day on which it was filled'),
('vacancy_flow', 'outcome', 'text', 'NOT NULL', 'vacated, out_of_window, origin_occupied, returned, from_outside; without movers demolished, open, expired'),
('vacancy_flow', 'origin_dwelling_id', 'bigint', '', 'Dwelling that the movers left; NULL: from outside, or no movers'),
('vacancy_flow', 'origin_vacated_on', 'date', '', 'The vacancy that they left there, where outcome is vacated'),
('vacancy_flow', 'movers', 'int', 'NOT NULL', 'Persons who moved in'),
('vacancy_flow', 'share', 'double precision', 'NOT NULL', 'How much of the origin''s vacancy they set free'),
('chain', 'new_dwelling_id', 'bigint', 'NOT NULL', 'The new dwelling that the chain begins with'),
('chain', 'node', 'int', 'NOT NULL', 'Counts from 1 in each chain'),
('chain', 'round', 'int', 'NOT NULL', '0: the new dwelling itself'),
('chain', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling that was set free'),
('chain', 'vacated_on', 'date', '', 'Its vacancy'),
('chain', 'weight', 'double precision', 'NOT NULL', 'How much of the vacancy this chain set free'),
('chain', 'parent_dwelling_id', 'bigint', '', 'Dwelling that those who left moved into; NULL in round 0'),
('chain', 'parent_vacated_on', 'date', '', 'That dwelling''s vacancy'),
('data_issue', 'issue', 'text', 'NOT NULL', 'Kind, a code of byudv.data_issue_kind'),
('data_issue', 'issue_key', 'text', 'NOT NULL', 'What it is about: a dwelling''s number, or a person''s with the day on which the record begins'),
('data_issue', 'dwelling_id', 'bigint', '', 'Dwelling concerned'),
('data_issue', 'person_id', 'bigint', '', 'Person concerned'),
('data_issue', 'detail', 'text', 'NOT NULL', 'What was found, in Danish'),
('area_list', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area; all: the whole study area; municipality: where several are studied'),
('area_list', 'area_code', 'varchar(40)', 'NOT NULL', 'Code within the kind; none: in no area of this kind; hidden: suppressed'),
('area_list', 'area_kind_label', 'varchar(80)', 'NOT NULL', 'Name of the kind'),
('area_list', 'area_label', 'varchar(120)', 'NOT NULL', 'Name of the area'),
('area_list', 'sort_order', 'int', 'NOT NULL', 'Order within the kind'),
('area_list', 'geojson', 'text', '', 'Its shape, GeoJSON in WGS 84'),
('dwelling_region', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('dwelling_region', 'from_year', 'int', 'NOT NULL', 'First year'),
('dwelling_region', 'to_year', 'int', 'NOT NULL', 'Last year'),
('dwelling_region', 'region', 'int', 'NOT NULL', 'Region, see region_area; the areas are those of 31 December of the year'),
('region_area', 'region', 'int', 'NOT NULL', 'Region'),
('region_area', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('region_area', 'area_code', 'varchar(40)', 'NOT NULL', 'Area'),
('stock', 'year', 'int', 'NOT NULL', 'On 1 January of this year'),
('stock', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('stock', 'area_code', 'varchar(40)', 'NOT NULL', 'Area'),
('stock', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type'),
('stock', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure, corrected'),
('stock', 'tenure_register', 'varchar(30)', 'NOT NULL', 'Tenure as the owner code has it'),
('stock', 'tenure_dst', 'varchar(30)', 'NOT NULL', 'Tenure as Statistics Denmark reads it'),
('stock', 'new_build', 'varchar(10)', 'NOT NULL', 'new: taken into use in the study window; existing'),
('stock', 'size_band', 'varchar(20)', 'NOT NULL', 'Size'),
('stock', 'dwellings', 'bigint', 'NOT NULL', 'Dwellings'),
('stock', 'vacant_dwellings', 'bigint', 'NOT NULL', 'Dwellings in which nobody lives'),
('stock', 'area_m2', 'bigint', 'NOT NULL', 'Area of those whose area is known, square metres'),
('person_count', 'year', 'int', 'NOT NULL', 'Year; residents: on 1 January of it'),
('person_count', 'population', 'varchar(20)', 'NOT NULL', 'Who is counted, a code of byudv.bi_codes()'),
('person_count', 'attribute', 'varchar(20)', 'NOT NULL', 'By what besides area or dwelling: none, age_band, household_type, income_band, benefit, size_band, month, place'),
('person_count', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('person_count', 'area_code', 'varchar(40)', 'NOT NULL', 'Area; hidden: areas with too few persons together'),
('person_count', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type; all; hidden'),
('person_count', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure, corrected; all; hidden'),
('person_count', 'new_build', 'varchar(10)', 'NOT NULL', 'new, existing; all; hidden'),
('person_count', 'item', 'varchar(40)', 'NOT NULL', 'Category of the attribute; all; hidden: those of the row''s suppressed cells together'),
('person_count', 'persons', 'bigint', '', 'Persons; NULL: suppressed'),
('person_measure', 'year', 'int', 'NOT NULL', 'Year'),
('person_measure', 'population', 'varchar(20)', 'NOT NULL', 'Who is counted'),
('person_measure', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('person_measure', 'area_code', 'varchar(40)', 'NOT NULL', 'Area'),
('person_measure', 'mean_income', 'numeric(12, 0)', '', 'Mean income of adults whose income is known, kroner a year, to the nearest thousand'),
('person_measure', 'mean_tax_base', 'numeric(12, 0)', '', 'Mean tax base of adults for whom it is known, kroner a year, to the nearest thousand'),
('person_measure', 'mean_age', 'numeric(5, 1)', '', 'Mean age, years'),
('person_measure', 'full_time_benefit_persons', 'numeric(12, 0)', '', 'Adults with municipal benefits, as full-time persons'),
('residence_duration', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('residence_duration', 'area_code', 'varchar(40)', 'NOT NULL', 'Area, as of the data date'),
('residence_duration', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type; all'),
('residence_duration', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure, corrected; all'),
('residence_duration', 'new_build', 'varchar(10)', 'NOT NULL', 'new, existing; all'),
('residence_duration', 'origin', 'varchar(20)', 'NOT NULL', 'own: moved within the study area; elsewhere: came from outside; all: also where it is not known'),
('residence_duration', 'ends', 'bigint', 'NOT NULL', 'Stays that ended, rounded to tens'),
('residence_duration', 'person_years', 'numeric(14, 0)', 'NOT NULL', 'Years under observation, rounded to tens'),
('residence_duration', 'median_years', 'numeric(6, 2)', '', 'Median stay, years; NULL: not reached'),
('residence_duration', 'median_lower', 'numeric(6, 2)', '', 'Lower 95 % limit'),
('residence_duration', 'median_upper', 'numeric(6, 2)', '', 'Upper 95 % limit'),
('residence_duration', 'stay_1', 'numeric(6, 4)', '', 'Share that stays longer than 1 year; NULL: too few under observation'),
('residence_duration', 'stay_1_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('residence_duration', 'stay_1_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('residence_duration', 'stay_2', 'numeric(6, 4)', '', 'Share that stays longer than 2 years; NULL: too few under observation'),
('residence_duration', 'stay_2_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('residence_duration', 'stay_2_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('residence_duration', 'stay_5', 'numeric(6, 4)', '', 'Share that stays longer than 5 years; NULL: too few under observation'),
('residence_duration', 'stay_5_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('residence_duration', 'stay_5_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('residence_duration', 'stay_10', 'numeric(6, 4)', '', 'Share that stays longer than 10 years; NULL: too few under observation'),
('residence_duration', 'stay_10_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('residence_duration', 'stay_10_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('duration_curve', 'group_kind', 'varchar(20)', 'NOT NULL', 'tenure, new_build, or origin_new: origin of those in new dwellings'),
('duration_curve', 'group_code', 'varchar(30)', 'NOT NULL', 'Group'),
('duration_curve', 'years', 'numeric(6, 2)', 'NOT NULL', 'Years since they moved in'),
('duration_curve', 'survival', 'numeric(7, 5)', 'NOT NULL', 'Share that stays longer'),
('duration_curve', 'lower', 'numeric(7, 5)', '', 'Lower 95 % limit'),
('duration_curve', 'upper', 'numeric(7, 5)', '', 'Upper 95 % limit'),
('new_build_stay', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure of the new dwelling; all'),
('new_build_stay', 'origin', 'varchar(20)', 'NOT NULL', 'own, elsewhere; all'),
('new_build_stay', 'ends', 'bigint', 'NOT NULL', 'Stays that ended, rounded to tens'),
('new_build_stay', 'person_years', 'numeric(14, 0)', 'NOT NULL', 'Years under observation, rounded to tens'),
('new_build_stay', 'rate', 'numeric(10, 4)', '', 'Ends per person-year'),
('new_build_stay', 'rate_lower', 'numeric(10, 4)', '', 'Lower 95 % limit'),
('new_build_stay', 'rate_upper', 'numeric(10, 4)', '', 'Upper 95 % limit'),
('new_build_stay', 'median_years', 'numeric(6, 2)', '', 'Median stay, years; NULL: not reached'),
('new_build_stay', 'median_lower', 'numeric(6, 2)', '', 'Lower 95 % limit'),
('new_build_stay', 'median_upper', 'numeric(6, 2)', '', 'Upper 95 % limit'),
('new_build_stay', 'moved_on_1', 'numeric(6, 4)', '', 'Share that has moved on within 1 year'),
('new_build_stay', 'moved_on_1_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('new_build_stay', 'moved_on_1_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('new_build_stay', 'moved_on_2', 'numeric(6, 4)', '', 'Share that has moved on within 2 years'),
('new_build_stay', 'moved_on_2_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('new_build_stay', 'moved_on_2_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('new_build_stay', 'moved_on_5', 'numeric(6, 4)', '', 'Share that has moved on within 5 years'),
('new_build_stay', 'moved_on_5_lower', 'numeric(6, 4)', '', 'Lower 95 % limit'),
('new_build_stay', 'moved_on_5_upper', 'numeric(6, 4)', '', 'Upper 95 % limit'),
('new_build_stay', 'chi_square', 'numeric(12, 2)', '', 'Log-rank test of own against elsewhere, where origin is all'),
('new_build_stay', 'p_value', 'numeric(12, 10)', '', 'Its p value'),
('turnover', 'year', 'int', 'NOT NULL', 'Calendar year'),
('turnover', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('turnover', 'area_code', 'varchar(40)', 'NOT NULL', 'Area'),
('turnover', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type'),
('turnover', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure, corrected'),
('turnover', 'new_build', 'varchar(10)', 'NOT NULL', 'new, existing'),
('turnover', 'ends', 'bigint', 'NOT NULL', 'Occupancies that ended in the year'),
('turnover', 'dwelling_years', 'numeric(14, 2)', 'NOT NULL', 'Years in which dwellings were lived in'),
('turnover', 'rate', 'numeric(10, 4)', 'NOT NULL', 'Ends per dwelling-year'),
('turnover', 'lower', 'numeric(10, 4)', 'NOT NULL', 'Lower 95 % limit'),
('turnover', 'upper', 'numeric(10, 4)', 'NOT NULL', 'Upper 95 % limit'),
('chain_summary', 'start_year', 'int', 'NOT NULL', 'Year in which the new dwelling became available'),
('chain_summary', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('chain_summary', 'area_code', 'varchar(40)', 'NOT NULL', 'Area of the new dwelling'),
('chain_summary', 'start_tenure', 'varchar(30)', 'NOT NULL', 'Tenure of the new dwelling'),
('chain_summary', 'round', 'int', 'NOT NULL', '0: the new dwelling; 1: what its movers left, and so on; 6: 6 and later'),
('chain_summary', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Type of the dwelling set free'),
('chain_summary', 'tenure', 'varchar(30)', 'NOT NULL', 'Its tenure, corrected'),
('chain_summary', 'vacancies', 'numeric(16, 6)', 'NOT NULL', 'Vacancies, in parts where several chains share one'),
('chain_summary', 'new_dwellings', 'bigint', 'NOT NULL', 'New dwellings, in round 0 only'),
('chain_end', 'start_year', 'int', 'NOT NULL', 'Year in which the new dwelling became available'),
('chain_end', 'start_tenure', 'varchar(30)', 'NOT NULL', 'Tenure of the new dwelling'),
('chain_end', 'outcome', 'varchar(20)', 'NOT NULL', 'As in vacancy_flow; split, joined, cut: see the step that makes it'),
('chain_end', 'vacancies', 'numeric(16, 6)', 'NOT NULL', 'Vacancies that ended so; all outcomes together are the new dwellings'),
('pipeline', 'project_id', 'bigint', 'NOT NULL', 'Project'),
('pipeline', 'line', 'int', 'NOT NULL', 'Counts the kinds of dwelling of a project from 1; a project without has one line'),
('pipeline', 'name', 'varchar(120)', '', 'Name'),
('pipeline', 'plan_code', 'varchar(60)', '', 'Local plan'),
('pipeline', 'area_kind', 'varchar(40)', 'NOT NULL', 'Area that it lies in: kind; none: not known'),
('pipeline', 'area_code', 'varchar(40)', 'NOT NULL', 'Area that it lies in: code; none: not known'),
('pipeline', 'stage', 'varchar(20)', 'NOT NULL', 'The furthest that it has come before the data date: planned, permitted, started, completed, occupied'),
('pipeline', 'stage_on', 'date', '', 'Since when; planned: day of the local plan, where it is adopted'),
('pipeline', 'adopted_on', 'date', '', 'Local plan adopted'),
('pipeline', 'permit_on', 'date', '', 'Building permit'),
('pipeline', 'started_on', 'date', '', 'Building started'),
('pipeline', 'completed_on', 'date', '', 'Building completed'),
('pipeline', 'occupied_on', 'date', '', 'First resident'),
('pipeline', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type'),
('pipeline', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure'),
('pipeline', 'size_band', 'varchar(20)', 'NOT NULL', 'Size'),
('pipeline', 'area_m2', 'int', '', 'Size of such a dwelling, square metres'),
('pipeline', 'expected', 'int', '', 'Dwellings expected'),
('pipeline', 'realised', 'int', '', 'Dwellings built, as the plan says'),
('pipeline', 'registered', 'int', '', 'Dwellings of this type that the register has as taken into use in the area from the start of building to 90 days after completion; NULL where something else of this type was built there then, or area or start are not known'),
('pipeline', 'to_come', 'int', 'NOT NULL', 'Dwellings still to come: expected less realised, 0 once the project is completed'),
('pipeline', 'expected_on', 'date', '', 'When they are expected to be taken into use'),
('pipeline', 'overdue', 'smallint', 'NOT NULL', '1: that day has passed, and some are still to come'),
('new_build_rate', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type; all'),
('new_build_rate', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure; all'),
('new_build_rate', 'size_band', 'varchar(20)', 'NOT NULL', 'Size; all'),
('new_build_rate', 'age_band', 'varchar(20)', 'NOT NULL', 'Age; all'),
('new_build_rate', 'basis', 'smallint', 'NOT NULL', 'What is alike: 1 type, tenure and size, 2 type and tenure, 3 type, 4 tenure, 5 all new dwellings'),
('new_build_rate', 'dwellings', 'int', 'NOT NULL', 'Comparable dwellings'),
('new_build_rate', 'years', 'int', 'NOT NULL', 'Years in which they were taken into use'),
('new_build_rate', 'mean', 'double precision', '', 'Residents per dwelling; NULL: too few dwellings or persons'),
('new_build_rate', 'centre', 'double precision', '', 'The same with half a person more in all, for limits'),
('new_build_rate', 'spread', 'double precision', 'NOT NULL', 'Variance between clusters, in relation to the squared mean'),
('new_build_rate', 'variation', 'double precision', 'NOT NULL', 'Variance between dwellings of a cluster'),
('new_build_rate', 'error', 'double precision', 'NOT NULL', 'Variance of the mean'),
('new_build_rate', 'freedom', 'int', 'NOT NULL', 'Degrees of freedom of the variance between clusters'),
('expected_resident', 'project_id', 'bigint', 'NOT NULL', 'Project'),
('expected_resident', 'year', 'int', 'NOT NULL', 'Year in which the dwellings are expected to be taken into use, not before that of the data date; 0: not known'),
('expected_resident', 'age_band', 'varchar(20)', 'NOT NULL', 'Age'),
('expected_resident', 'dwellings', 'int', 'NOT NULL', 'Dwellings to come'),
('expected_resident', 'basis', 'smallint', 'NOT NULL', 'What is alike in the dwellings compared with, as in new_build_rate; of several kinds of dwelling the least'),
('expected_resident', 'comparable_dwellings', 'int', 'NOT NULL', 'Dwellings compared with; of several kinds of dwelling the fewest'),
('expected_resident', 'expected', 'numeric(10, 1)', '', 'Residents expected a year after'),
('expected_resident', 'lower', 'int', '', 'Lower 95 % limit'),
('expected_resident', 'upper', 'int', '', 'Upper 95 % limit'),
('backtest', 'left_out_year', 'int', 'NOT NULL', 'Year in which the dwellings were taken into use'),
('backtest', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type'),
('backtest', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure'),
('backtest', 'age_band', 'varchar(20)', 'NOT NULL', 'Age'),
('backtest', 'dwellings', 'int', 'NOT NULL', 'Dwellings'),
('backtest', 'basis', 'smallint', 'NOT NULL', 'What is alike in the dwellings of other years, as in new_build_rate'),
('backtest', 'expected', 'numeric(10, 1)', '', 'Residents expected a year after, from the dwellings of all other years'),
('backtest', 'lower', 'int', '', 'Lower 95 % limit'),
('backtest', 'upper', 'int', '', 'Upper 95 % limit'),
('backtest', 'actual', 'int', '', 'Residents there were; NULL: suppressed'),
('backtest', 'inside', 'smallint', '', '1: they lie within the limits'),
('comparison', 'year', 'int', 'NOT NULL', 'Year; 0: not known'),
('comparison', 'period', 'varchar(20)', 'NOT NULL', 'Part of the year, as the source writes it; empty: the year'),
('comparison', 'source', 'varchar(40)', 'NOT NULL', 'Whose figure it is'),
('comparison', 'municipality', 'int', 'NOT NULL', 'Municipality code; 0: the country'),
('comparison', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area; all: the whole'),
('comparison', 'area_code', 'varchar(40)', 'NOT NULL', 'Area; all: the whole'),
('comparison', 'measure', 'varchar(200)', 'NOT NULL', 'What the source measures'),
('comparison', 'copy', 'int', 'NOT NULL', 'Counts rows that are alike in all this from 1'),
('comparison', 'own_measure', 'varchar(40)', '', 'The monitor''s own measure for the same thing, see byudv.indicator_measures()'),
('comparison', 'unit', 'varchar(60)', '', 'Unit'),
('comparison', 'definition', 'varchar(1000)', '', 'How the source defines it'),
('comparison', 'is_own', 'smallint', 'NOT NULL', '1: about the whole of the monitor''s own study area'),
('comparison', 'value', 'numeric(18, 4)', '', 'The source''s figure'),
('comparison', 'own_value', 'numeric(18, 4)', '', 'The monitor''s figure for its own study area'),
('tenure_review', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('tenure_review', 'address', 'varchar(200)', '', 'Address'),
('tenure_review', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area that most homes lie in, the finest of these'),
('tenure_review', 'area_code', 'varchar(40)', 'NOT NULL', 'Area of that kind'),
('tenure_review', 'area_label', 'varchar(120)', 'NOT NULL', 'Name of the area'),
('tenure_review', 'areas', 'varchar(400)', '', 'All areas that it lies in'),
('tenure_review', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type'),
('tenure_review', 'tenure_register', 'varchar(30)', 'NOT NULL', 'Tenure as the owner code has it'),
('tenure_review', 'tenure_dst', 'varchar(30)', 'NOT NULL', 'Tenure as Statistics Denmark reads it'),
('tenure_review', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure, corrected'),
('tenure_review', 'certainty', 'varchar(10)', 'NOT NULL', 'How certain: high, medium, low'),
('tenure_review', 'why', 'varchar(20)', 'NOT NULL', 'Why it is listed: unknown, low_certainty, data_issue, differs_both, differs_dst, differs_register, decision'),
('tenure_review', 'reason', 'varchar(400)', 'NOT NULL', 'Why the tenure is what it is, in Danish, without names of persons'),
('tenure_review', 'organisation', 'varchar(200)', '', 'Housing organisation that the name tells'),
('tenure_review', 'issues', 'varchar(400)', '', 'Findings about its tenure, in Danish'),
('tenure_review', 'advice', 'varchar(400)', 'NOT NULL', 'What to do, in Danish'),
('dwelling_issue', 'issue', 'varchar(40)', 'NOT NULL', 'Kind, a code of byudv.data_issue_kind'),
('dwelling_issue', 'dwelling_id', 'bigint', 'NOT NULL', 'Dwelling'),
('dwelling_issue', 'address', 'varchar(200)', '', 'Address'),
('dwelling_issue', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area that most homes lie in, the finest of these'),
('dwelling_issue', 'area_code', 'varchar(40)', 'NOT NULL', 'Area of that kind'),
('dwelling_issue', 'area_label', 'varchar(120)', 'NOT NULL', 'Name of the area'),
('dwelling_issue', 'areas', 'varchar(400)', '', 'All areas that it lies in'),
('dwelling_issue', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Dwelling type'),
('dwelling_issue', 'detail', 'varchar(400)', 'NOT NULL', 'What was found, in Danish, without what concerns single persons'),
('destination', 'year', 'int', 'NOT NULL', 'Year of the departure'),
('destination', 'dwelling_type', 'varchar(30)', 'NOT NULL', 'Type of the home moved to; hidden: those of the row''s suppressed cells together'),
('destination', 'tenure', 'varchar(30)', 'NOT NULL', 'Tenure of the home moved to; hidden: tenures with too few persons together'),
('destination', 'persons', 'bigint', '', 'Persons; NULL: suppressed'),
('area_profile', 'area_kind', 'varchar(40)', 'NOT NULL', 'Kind of area'),
('area_profile', 'area_code', 'varchar(40)', 'NOT NULL', 'Area'),
('area_profile', 'year', 'int', 'NOT NULL', 'Year; stock and residents: on 1 January of it'),
('area_profile', 'measure', 'varchar(40)', 'NOT NULL', 'Key figure, of byudv.profile_measures()'),
('area_profile', 'value', 'numeric(18, 4)', 'NOT NULL', 'Figure of the area'),
('area_profile', 'municipality_value', 'numeric(18, 4)', '', 'Figure of the whole study area'),
('setting', 'singleton', 'boolean', 'NOT NULL DEFAULT true CHECK (singleton)', 'There is one row only'),
('setting', 'municipality', 'int', '', 'The municipality that is studied; NULL: all dwellings are'),
('setting', 'as_of', 'date', '', 'Data date: the registers count as known for the days before it. NULL: the day of the refresh'),
('setting', 'study_from', 'date', '', 'First day of the study window, which ends with the data date. NULL: 1 January, ten years before the data date''s year'),
('setting', 'follow_region', 'boolean', 'NOT NULL DEFAULT false', 'Follow vacancies and chains into the known homes of other municipalities'),
('setting', 'max_gap', 'int', 'NOT NULL DEFAULT 0 CHECK (max_gap >= 0)', 'Days without record that a residence may have (see byudv.residences())'),
('setting', 'overlap_tolerance', 'int', 'NOT NULL DEFAULT 30 CHECK (overlap_tolerance >= 0)', 'Days that two households may overlap and count as two (see byudv.occupancies())'),
('setting', 'group_window', 'int', 'NOT NULL DEFAULT 30 CHECK (group_window >= 0)', 'Days within which those who fill a vacancy arrive (see byudv.vacancy_flows())'),
('setting', 'link_gap', 'int', 'NOT NULL DEFAULT 90 CHECK (link_gap >= 0)', 'Days between two residences that still are one move'),
('setting', 'empty_window', 'int', 'NOT NULL DEFAULT 90 CHECK (empty_window >= 0)', 'Days within which the last leavers leave'),
('setting', 'max_vacancy', 'int', 'NOT NULL DEFAULT 365 CHECK (max_vacancy >= 0)', 'Days after which a vacancy has expired'),
('setting', 'death_window', 'int', 'NOT NULL DEFAULT 30 CHECK (death_window >= 0)', 'Days around a death within which the end of a residence is by death'),
('setting', 'proxy_more_than', 'int', 'NOT NULL DEFAULT 10 CHECK (proxy_more_than > 0)', 'A person who owns more condominium dwellings than this counts as a contact person'),
('setting', 'odd_area_m2', 'int', 'NOT NULL DEFAULT 1000 CHECK (odd_area_m2 > 0)', 'Dwellings larger than this, in square metres, are listed as implausible'),
('setting', 'odd_residents', 'int', 'NOT NULL DEFAULT 12 CHECK (odd_residents > 0)', 'Dwellings with more residents than this are listed, halls and institutions apart'),
('state', 'singleton', 'boolean', 'NOT NULL DEFAULT true CHECK (singleton)', 'There is one row only'),
('state', 'layout', 'int', 'NOT NULL', 'Layout of the monitor, see byudv.monitor_layout()'),
('state', 'parameters', 'jsonb', 'NOT NULL DEFAULT ''{}''', 'What each step was last computed with'),
('state', 'fingerprints', 'jsonb', 'NOT NULL DEFAULT ''{}''', 'Content of those inputs that no trigger watches, as it was read last'),
('change', 'input', 'text', 'NOT NULL', 'Input table'),
('change', 'key_kind', 'text', '', 'Kind of the key: person, dwelling, building, property'),
('change', 'key', 'bigint', '', 'What has changed; NULL: anything may have'),
('pending', 'step', 'text', 'NOT NULL', 'Step that has it to do'),
('pending', 'key_kind', 'text', '', 'Kind of the key'),
('pending', 'key', 'bigint', '', 'What is to be computed anew; NULL: all'),
('run_log', 'run_id', 'bigint', 'NOT NULL', 'Counts the refreshes'),
('run_log', 'step', 'text', 'NOT NULL', '''refresh'' for the whole, or a step of it'),
('run_log', 'started_at', 'timestamptz', 'NOT NULL', 'When it began'),
('run_log', 'finished_at', 'timestamptz', '', 'When it ended; NULL while it runs, and where the server stopped'),
('run_log', 'outcome', 'text', 'NOT NULL', 'running, done, unchanged (nothing had changed), failed, cancelled, interrupted (the server or the session stopped)'),
('run_log', 'scope', 'text', '', 'all, or how many keys were computed anew'),
('run_log', 'rows_added', 'bigint', '', 'Rows written'),
('run_log', 'rows_removed', 'bigint', '', 'Rows removed, those that were replaced too'),
('run_log', 'as_of', 'date', '', 'Data date'),
('run_log', 'message', 'text', '', 'What went wrong'),
('run_log', 'run_by', 'text', 'NOT NULL DEFAULT CURRENT_USER', 'Role that ran it'),
('run_log', 'backend_pid', 'int', 'NOT NULL DEFAULT pg_catalog.pg_backend_pid()', 'Process that ran it'),
('reject', 'source', 'text', 'NOT NULL', 'Adapter that read the row, and the source''s table'),
('reject', 'row_key', 'text', '', 'The row''s key in the source, never a CPR number'),
('reject', 'reason', 'text', 'NOT NULL', 'Why it could not be used'),
('reject', 'content', 'jsonb', '', 'The row, without names and CPR numbers'),
('reject', 'rejected_at', 'timestamptz', 'NOT NULL DEFAULT pg_catalog.now()', 'When it was first met')
) v (table_name, column_name, type, attributes, description)
$$;
COMMENT ON FUNCTION byudv.monitor_columns() IS 'The columns of a monitor''s tables in their order, with types, constraints and comments.';

CREATE FUNCTION byudv.monitor_layout() RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS 'SELECT 2';
COMMENT ON FUNCTION byudv.monitor_layout() IS 'Number of the layout that this version of the extension gives monitors. A monitor of an older one is brought up to date by byudv.upgrade_monitor().';

CREATE FUNCTION byudv.refresh_steps() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT ARRAY['dwelling_class', 'residence', 'move', 'occupancy', 'vacancy_flow', 'data_issue',
    'area_list', 'stock', 'person_count', 'residence_duration', 'turnover', 'chain_summary', 'pipeline', 'expected_resident', 'comparison',
    'tenure_review', 'destination', 'area_profile']$$;
COMMENT ON FUNCTION byudv.refresh_steps() IS 'The steps of a refresh, in their order; byudv.made_by() names those that make a table beside the one of their own name.';
-- Codes of the dimensions that BI views have beside those of the code tables.

CREATE FUNCTION byudv.bi_codes(OUT attribute text, OUT code text, OUT label_da text, OUT label_en text, OUT sort_order int) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 150 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('population', 'resident', 'Beboere 1. januar', 'Residents on 1 January', 10),
('population', 'stayer', 'Blev boende hele året', 'Stayed in the same home all year', 20),
('population', 'arrival', 'Tilflyttere', 'Arrivals from elsewhere', 30),
('population', 'departure', 'Fraflyttere', 'Departures to elsewhere', 40),
('population', 'internal_in', 'Interne flyttere, til boligen', 'Internal movers, at the home moved to', 50),
('population', 'internal_out', 'Interne flyttere, fra boligen', 'Internal movers, at the home left', 60),
('new_build', 'new', 'Nybyggeri', 'New dwellings', 10),
('new_build', 'existing', 'Eksisterende', 'Existing dwellings', 20),
('age_band', '00-05', '0-5 år', '0 to 5 years', 10),
('age_band', '06-16', '6-16 år', '6 to 16 years', 20),
('age_band', '17-24', '17-24 år', '17 to 24 years', 30),
('age_band', '25-34', '25-34 år', '25 to 34 years', 40),
('age_band', '35-49', '35-49 år', '35 to 49 years', 50),
('age_band', '50-64', '50-64 år', '50 to 64 years', 60),
('age_band', '65-79', '65-79 år', '65 to 79 years', 70),
('age_band', '80+', '80 år og derover', '80 years and older', 80),
('age_band', 'unknown', 'Ukendt alder', 'Age not known', 90),
('household_type', 'single', 'Enlig', 'Single', 10),
('household_type', 'couple', 'Par', 'Couple', 20),
('household_type', 'single_parent', 'Enlig med børn', 'Single parent', 30),
('household_type', 'couple_children', 'Par med børn', 'Couple with children', 40),
('household_type', 'other', 'Anden husstand', 'Other household', 50),
('household_type', 'unknown', 'Ukendt husstand', 'Household not known', 60),
('income_band', 'none', 'Uden indkomst', 'Without income', 10),
('income_band', 'under_100', 'Under 100.000 kr.', 'Below 100,000 kroner', 20),
('income_band', '100_200', '100.000-199.999 kr.', '100,000 to 199,999 kroner', 30),
('income_band', '200_300', '200.000-299.999 kr.', '200,000 to 299,999 kroner', 40),
('income_band', '300_400', '300.000-399.999 kr.', '300,000 to 399,999 kroner', 50),
('income_band', '400_600', '400.000-599.999 kr.', '400,000 to 599,999 kroner', 60),
('income_band', '600_800', '600.000-799.999 kr.', '600,000 to 799,999 kroner', 70),
('income_band', '800_up', '800.000 kr. og derover', '800,000 kroner and more', 80),
('income_band', 'child', 'Under 18 år', 'Below 18 years', 90),
('income_band', 'unknown', 'Ukendt indkomst', 'Income not known', 100),
('benefit', 'none', 'Ingen ydelse', 'No benefit', 10),
('benefit', 'municipal', 'Kommunal ydelse', 'Municipal benefit', 20),
('benefit', 'other', 'Anden offentlig ydelse', 'Other public benefit', 30),
('benefit', 'child', 'Under 18 år', 'Below 18 years', 40),
('benefit', 'unknown', 'Ukendt ydelse', 'Benefits not known', 50),
('size_band', 'under_50', 'Under 50 m²', 'Below 50 square metres', 10),
('size_band', '50_74', '50-74 m²', '50 to 74 square metres', 20),
('size_band', '75_99', '75-99 m²', '75 to 99 square metres', 30),
('size_band', '100_124', '100-124 m²', '100 to 124 square metres', 40),
('size_band', '125_149', '125-149 m²', '125 to 149 square metres', 50),
('size_band', '150_up', '150 m² og derover', '150 square metres and more', 60),
('size_band', 'unknown', 'Ukendt størrelse', 'Size not known', 70),
('origin', 'own', 'Egne borgere', 'Own citizens', 10),
('origin', 'elsewhere', 'Tilflyttere', 'Arrivals', 20),
('place', 'abroad', 'Udlandet', 'Abroad', 9000),
('place', 'internal', 'Inden for kommunen', 'Within the municipality', 9010),
('place', 'unknown', 'Ukendt sted', 'Place not known', 9020),
('stage', 'planned', 'Planlagt', 'Planned', 10),
('stage', 'permitted', 'Byggetilladelse givet', 'Building permit given', 20),
('stage', 'started', 'Påbegyndt', 'Started', 30),
('stage', 'completed', 'Fuldført', 'Completed', 40),
('stage', 'occupied', 'Indflyttet', 'Occupied', 50),
('basis', '1', 'Nye boliger af samme type, ejerform og størrelse', 'New dwellings of the same type, tenure and size', 10),
('basis', '2', 'Nye boliger af samme type og ejerform', 'New dwellings of the same type and tenure', 20),
('basis', '3', 'Nye boliger af samme type', 'New dwellings of the same type', 30),
('basis', '4', 'Nye boliger med samme ejerform', 'New dwellings of the same tenure', 40),
('basis', '5', 'Alle nye boliger', 'All new dwellings', 50),
('month', '01', 'Januar', 'January', 1), ('month', '02', 'Februar', 'February', 2), ('month', '03', 'Marts', 'March', 3), ('month', '04', 'April', 'April', 4),
('month', '05', 'Maj', 'May', 5), ('month', '06', 'Juni', 'June', 6), ('month', '07', 'Juli', 'July', 7), ('month', '08', 'August', 'August', 8),
('month', '09', 'September', 'September', 9), ('month', '10', 'Oktober', 'October', 10), ('month', '11', 'November', 'November', 11), ('month', '12', 'December', 'December', 12),
('certainty', 'high', 'Sikker', 'Certain', 10), ('certainty', 'medium', 'Rimelig sikker', 'Fairly certain', 20), ('certainty', 'low', 'Usikker', 'Uncertain', 30),
('severity', 'error', 'Fejl', 'Error', 10), ('severity', 'warning', 'Advarsel', 'Warning', 20), ('severity', 'notice', 'Bemærkning', 'Notice', 30),
('review', 'unknown', 'Ejerformen er uoplyst', 'Tenure not known', 10),
('review', 'low_certainty', 'Ejerformen er usikker', 'Tenure uncertain', 20),
('review', 'data_issue', 'Registrene modsiger hinanden eller mangler oplysninger', 'Registers contradict each other or lack information', 30),
('review', 'differs_both', 'Rettet: anderledes end både registret og Danmarks Statistik', 'Corrected: other than both the register and Statistics Denmark', 40),
('review', 'differs_dst', 'Anderledes end Danmarks Statistik', 'Other than Statistics Denmark', 50),
('review', 'differs_register', 'Anderledes end registrets ejerforholdskode alene', 'Other than the register''s owner code alone', 60),
('review', 'decision', 'Fastsat ved en afgørelse', 'Decided by hand', 70),
('outcome', 'done', 'Gennemført', 'Done', 10), ('outcome', 'unchanged', 'Intet nyt', 'Nothing had changed', 20), ('outcome', 'running', 'I gang', 'Running', 30),
('outcome', 'failed', 'Fejlet', 'Failed', 40), ('outcome', 'cancelled', 'Afbrudt af bruger', 'Cancelled', 50), ('outcome', 'interrupted', 'Afbrudt af serveren', 'Interrupted', 60),
('step', 'refresh', 'Hele opdateringen', 'The whole refresh', 0),
('step', 'dwelling_class', 'Boligernes type og ejerform', 'Type and tenure of dwellings', 10),
('step', 'residence', 'Hvor personer har boet', 'Where persons have lived', 20),
('step', 'move', 'Flytninger', 'Moves', 30),
('step', 'occupancy', 'Husstande i boligerne', 'Households in dwellings', 40),
('step', 'vacancy_flow', 'Fraflyttede boliger og flyttekæder', 'Vacancies and chains', 50),
('step', 'data_issue', 'Fund i registrene', 'Findings in registers', 60),
('step', 'area_list', 'Områder', 'Areas', 70),
('step', 'stock', 'Boligbestand', 'Stock of dwellings', 80),
('step', 'person_count', 'Beboere og flyttere', 'Residents and movers', 82),
('step', 'residence_duration', 'Hvor længe folk bliver boende', 'How long people stay', 84),
('step', 'turnover', 'Fraflytninger', 'Turnover', 85),
('step', 'chain_summary', 'Flyttekæder, opgjort', 'Chains, added up', 86),
('step', 'pipeline', 'Byggeprojekter', 'Building projects', 87),
('step', 'expected_resident', 'Forventede beboere', 'Expected residents', 88),
('step', 'comparison', 'Sammenligning med andres tal', 'Comparison with others', 89),
('step', 'tenure_review', 'Boliger at se efter', 'Dwellings to look at', 90),
('step', 'destination', 'Boliger, som fraflyttere flytter til', 'Homes that people leave for', 100),
('step', 'area_profile', 'Områdernes nøgletal', 'Key figures of areas', 110),
('attribute', 'age_band', 'Alder', 'Age', 10),
('attribute', 'household_type', 'Husstandstype', 'Household type', 20),
('attribute', 'income_band', 'Personlig indkomst', 'Personal income', 30),
('attribute', 'benefit', 'Offentlig ydelse', 'Public benefit', 40),
('attribute', 'size_band', 'Boligens størrelse', 'Size of the dwelling', 50)
UNION ALL SELECT 'dwelling_type', t.code, t.label_da, t.label_en, t.sort_order FROM byudv.dwelling_type_code t
UNION ALL SELECT 'tenure', t.code, t.label_da, t.label_en, t.sort_order FROM byudv.tenure_code t
UNION ALL SELECT 'place', lpad(m.code, 4, '0'), m.label_da, m.label_en, m.sort_order FROM byudv.register_code m WHERE m.list = 'municipality'
UNION ALL SELECT x.attribute, c.* FROM (VALUES ('new_build'), ('dwelling_type'), ('tenure'), ('origin')) x (attribute), (VALUES ('all', 'Alle', 'All', 0)) c (code, label_da, label_en, sort_order)
UNION ALL SELECT x.attribute, c.* FROM (VALUES ('new_build'), ('age_band'), ('household_type'), ('income_band'), ('benefit'), ('size_band'), ('place'), ('month'), ('dwelling_type'), ('tenure')) x (attribute),
    (VALUES ('hidden', 'Diskretioneret', 'Suppressed', 9999)) c (code, label_da, label_en, sort_order)
$$;
COMMENT ON FUNCTION byudv.bi_codes() IS 'The codes that the dimensions of BI views have, with labels: attribute says of which. Two codes are no category: all stands for all of them together; hidden for persons who are counted, but not under their category, since there were fewer than byudv.min_cell of them.';

CREATE FUNCTION byudv.age_band(age int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN age IS NULL OR age < 0 THEN 'unknown' WHEN age < 6 THEN '00-05' WHEN age < 17 THEN '06-16' WHEN age < 25 THEN '17-24' WHEN age < 35 THEN '25-34' WHEN age < 50 THEN '35-49'
    WHEN age < 65 THEN '50-64' WHEN age < 80 THEN '65-79' ELSE '80+' END;
COMMENT ON FUNCTION byudv.age_band(int) IS 'Age band of BI views for an age in whole years, see byudv.bi_codes(); unknown for NULL and below 0.';

CREATE FUNCTION byudv.age_on(born_on date, day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN isfinite(born_on) AND isfinite(day) THEN (extract(year FROM day) - extract(year FROM born_on))::int
    - (extract(month FROM day) * 100 + extract(day FROM day) < extract(month FROM born_on) * 100 + extract(day FROM born_on))::int END;
COMMENT ON FUNCTION byudv.age_on(date, date) IS 'Age in whole years on a day, negative before birth; who was born on 29 February has a birthday on 1 March in other years. NULL where a day is NULL or infinite.';

CREATE FUNCTION byudv.size_band(area_m2 int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN area_m2 IS NULL OR area_m2 <= 0 THEN 'unknown' WHEN area_m2 < 50 THEN 'under_50' WHEN area_m2 < 75 THEN '50_74' WHEN area_m2 < 100 THEN '75_99' WHEN area_m2 < 125 THEN '100_124'
    WHEN area_m2 < 150 THEN '125_149' ELSE '150_up' END;
COMMENT ON FUNCTION byudv.size_band(int) IS 'Size band of BI views for an area in square metres, see byudv.bi_codes(); unknown for NULL and below 1.';

CREATE FUNCTION byudv.bi_key(code text) RETURNS varchar(40) LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT (CASE WHEN length(code) <= 40 THEN code ELSE left(code, 31) || '~' || left(md5(code), 8) END)::varchar(40)
$$;
COMMENT ON FUNCTION byudv.bi_key(text) IS 'Used inside: a code as BI views have it, of at most 40 characters; a longer one is cut and made unique by a hash.';
-- Making monitors, bringing them up to date, and telling what is missing before one can be refreshed.

CREATE FUNCTION byudv.note_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    most constant int := 200000;    -- more rows in one statement are not listed: much is computed anew anyway
    many boolean;
    rows_query text;
BEGIN
    -- A table that was moved out of its monitor is an input no more.
    IF to_regclass(format('%I.change', TG_TABLE_SCHEMA)) IS NULL THEN
        RETURN NULL;
    END IF;
    rows_query := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM new_rows' WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
        WHEN 'UPDATE' THEN 'SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows' END;
    IF rows_query IS NOT NULL AND TG_NARGS > 0 THEN
        EXECUTE format('SELECT count(*) > %s FROM (SELECT FROM (%s) r LIMIT %s) x', most, rows_query, most + 1) INTO many;
        IF NOT many THEN
            FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
                EXECUTE format('INSERT INTO %I.change (input, key_kind, key) SELECT DISTINCT $1, $2, r.%I FROM (%s) r WHERE r.%I IS NOT NULL', TG_TABLE_SCHEMA,
                    TG_ARGV[i + 1], rows_query, TG_ARGV[i + 1]) USING TG_TABLE_NAME, TG_ARGV[i];
            END LOOP;
            RETURN NULL;
        END IF;
    END IF;
    EXECUTE format('INSERT INTO %I.change (input) VALUES ($1)', TG_TABLE_SCHEMA) USING TG_TABLE_NAME;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION byudv.note_change() IS 'Trigger on the input of a monitor: notes in its table change what a statement changes, so that a refresh need not read everything. Arguments: pairs of the kind of a key and the column that holds it. Who writes to the input needs INSERT on change.';

CREATE FUNCTION byudv.ensure_indexes(monitor text, table_name text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text;
    columns text;
BEGIN
    FOR wanted IN SELECT unnest(t.indexes) FROM byudv.monitor_tables() t WHERE t.table_name = ensure_indexes.table_name LOOP
        columns := replace(wanted, 'UNIQUE ', '');
        IF NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = to_regclass(format('%I.%I', monitor, table_name)) AND i.indpred IS NULL AND i.indisvalid
                AND columns = (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, n)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)) THEN
            EXECUTE format('CREATE %s INDEX ON %I.%I (%s)', CASE WHEN wanted LIKE 'UNIQUE %' THEN 'UNIQUE' ELSE '' END, monitor, table_name, columns);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.ensure_indexes(text, text) IS 'Used inside: makes the indexes that monitor_tables() names for a table and that are not there. Tables of results get theirs after they were first filled, which is quicker.';

CREATE FUNCTION byudv.ensure_views(monitor text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record;
    c record;
    list text;
    readers text;
BEGIN
    -- Who reads all views that are there also reads those that are new. None is sure to be there: DROP EXTENSION takes those that call its functions.
    SELECT string_agg(CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END, ', ') INTO readers
    FROM (SELECT a.grantee, count(DISTINCT r.oid) AS views, (SELECT count(to_regclass(format('%I.%I', monitor, m.view_name))) FROM byudv.monitor_views() m) AS all_views
        FROM byudv.monitor_views() m JOIN pg_class r ON r.oid = to_regclass(format('%I.%I', monitor, m.view_name)), aclexplode(r.relacl) a
        WHERE a.privilege_type = 'SELECT' AND a.grantee <> r.relowner GROUP BY a.grantee) x
    WHERE x.views = x.all_views;
    FOR v IN SELECT * FROM byudv.monitor_views() ORDER BY ordinal LOOP
        SELECT string_agg(format('q.%1$I::%2$s AS %1$I', k.column_name, k.type), ', ' ORDER BY k.ordinal) INTO list FROM byudv.monitor_view_columns() k WHERE k.view_name = v.view_name;
        EXECUTE format('CREATE OR REPLACE VIEW %I.%I AS SELECT %s FROM (%s) q', monitor, v.view_name, list, format(v.query, monitor));
        IF obj_description(format('%I.%I', monitor, v.view_name)::regclass, 'pg_class') IS DISTINCT FROM v.comment THEN
            EXECUTE format('COMMENT ON VIEW %I.%I IS %L', monitor, v.view_name, v.comment);
        END IF;
        FOR c IN SELECT k.* FROM byudv.monitor_view_columns() k JOIN pg_attribute a ON a.attrelid = format('%I.%I', monitor, v.view_name)::regclass AND a.attname = k.column_name
                WHERE k.view_name = v.view_name AND k.description_en IS DISTINCT FROM col_description(a.attrelid, a.attnum) LOOP
            EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', monitor, v.view_name, c.column_name, c.description_en);
        END LOOP;
        IF readers IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON %I.%I TO %s', monitor, v.view_name, readers);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.ensure_views(text) IS 'Used inside: makes the views of a monitor as monitor_views() and monitor_view_columns() list them, over its results; each column is cast to its type. Roles that could read all that were there can read new ones too.';

CREATE FUNCTION byudv.ensure_monitor(monitor text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
    c record;
    relation regclass;
    operation text;
    arguments text;
    name text;
    enabled "char";
    mended text[] := '{}';    -- inputs and results that may not be what they were
BEGIN
    FOR t IN SELECT * FROM byudv.monitor_tables() ORDER BY ordinal LOOP
        relation := to_regclass(format('%I.%I', monitor, t.table_name));
        IF relation IS NULL THEN
            EXECUTE format('CREATE TABLE %I.%I (%s%s)', monitor, t.table_name,
                (SELECT string_agg(format('%I %s %s', k.column_name, k.type, k.attributes), ', ' ORDER BY k.ordinal) FROM byudv.monitor_columns() k
                 WHERE k.table_name = t.table_name), ', PRIMARY KEY (' || t.key || ')');
            relation := to_regclass(format('%I.%I', monitor, t.table_name));
            mended := mended || t.table_name;
        END IF;
        -- An input may be a view or a foreign table of the user's: that is read as it is.
        CONTINUE WHEN (SELECT relkind <> 'r' FROM pg_class WHERE oid = relation);
        FOR c IN SELECT k.* FROM byudv.monitor_columns() k WHERE k.table_name = t.table_name AND NOT EXISTS (SELECT FROM pg_attribute a
                WHERE a.attrelid = relation AND a.attname = k.column_name AND a.attnum > 0 AND NOT a.attisdropped) ORDER BY k.ordinal LOOP
            IF t.role = 'result' THEN    -- all of it is computed anew, and a row could not do without what it is to hold
                EXECUTE format('TRUNCATE %s', relation);
            END IF;
            EXECUTE format('ALTER TABLE %s ADD COLUMN %I %s %s', relation, c.column_name, c.type, c.attributes);
            mended := mended || t.table_name;
        END LOOP;
        EXECUTE format('COMMENT ON TABLE %s IS %L', relation, t.description);
        FOR c IN SELECT k.* FROM byudv.monitor_columns() k WHERE k.table_name = t.table_name
                AND k.description IS DISTINCT FROM col_description(relation, (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = k.column_name)) LOOP
            EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', relation, c.column_name, c.description);
        END LOOP;
        IF t.role <> 'result' THEN
            PERFORM byudv.ensure_indexes(monitor, t.table_name);
        END IF;
        CONTINUE WHEN t.role <> 'input';
        SELECT string_agg(quote_literal(a), ', ' ORDER BY n) INTO arguments FROM unnest(t.tracked) WITH ORDINALITY x (a, n);
        FOREACH operation IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'] LOOP
            name := 'byudv_' || lower(operation);
            SELECT g.tgenabled INTO enabled FROM pg_trigger g WHERE g.tgrelid = relation AND g.tgname = name;
            IF enabled IS NOT NULL THEN
                IF enabled <> 'A' THEN
                    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, name);
                    mended := mended || t.table_name;
                END IF;
                CONTINUE;
            END IF;
            mended := mended || t.table_name;
            EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s %s FOR EACH STATEMENT EXECUTE FUNCTION byudv.note_change(%s)', name, operation, relation,
                CASE WHEN arguments IS NULL OR operation = 'TRUNCATE' THEN '' ELSE 'REFERENCING ' || concat_ws(' ',
                    CASE WHEN operation <> 'INSERT' THEN 'OLD TABLE AS old_rows' END, CASE WHEN operation <> 'DELETE' THEN 'NEW TABLE AS new_rows' END) END,
                CASE WHEN operation <> 'TRUNCATE' THEN arguments END);
            EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, name);
            EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', name, relation, 'Notes in table change what a statement changes');
        END LOOP;
    END LOOP;
    PERFORM byudv.ensure_views(monitor);
    -- What may have changed unseen, or is empty now, is computed anew.
    EXECUTE format('INSERT INTO %I.change (input) SELECT t.table_name FROM byudv.monitor_tables() t WHERE t.role = ''input'' AND t.table_name = ANY ($1)', monitor) USING mended;
    EXECUTE format('INSERT INTO %I.pending (step) SELECT DISTINCT coalesce(byudv.made_by(t.table_name), t.table_name) '
        'FROM byudv.monitor_tables() t WHERE t.role = ''result'' AND t.table_name = ANY ($1)', monitor) USING mended;
    EXECUTE format('INSERT INTO %I.state (layout) VALUES ($1) ON CONFLICT (singleton) DO UPDATE SET layout = excluded.layout', monitor) USING byudv.monitor_layout();
END
$$;
COMMENT ON FUNCTION byudv.ensure_monitor(text) IS 'Used inside: makes those tables, columns, indexes, triggers and comments of a monitor that are not there. What depends on them is then computed anew by the next refresh.';

-- What stands in a schema runs with the rights of whoever uses it: functions in its views, policies and triggers. A superuser has the rights of every role, and
-- so would give every role its own.
CREATE FUNCTION byudv.may_act_for(owner oid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT pg_has_role(owner, 'USAGE') AND (NOT me.rolsuper OR (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = owner) OR owner IN (
    WITH RECURSIVE mine (role) AS (SELECT me.oid UNION SELECT m.roleid FROM pg_auth_members m JOIN mine ON mine.role = m.member) SELECT mine.role FROM mine))
FROM pg_roles me WHERE me.rolname = current_user
$$;
COMMENT ON FUNCTION byudv.may_act_for(oid) IS 'Used inside: whether the caller is this role or a member of it, so that it may use a monitor of that role''s. A superuser is a member only where it was made one, or where the role is a superuser, too.';

CREATE FUNCTION byudv.refuse_superuser(what text, owner oid) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF pg_has_role(owner, 'USAGE') AND NOT byudv.may_act_for(owner) THEN
        RAISE EXCEPTION '% belongs to another role, and you are a superuser', what USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('It belongs to role %s. What that role has put there, such as views and triggers, would run with your rights.', pg_get_userbyid(owner)),
            HINT = format('Connect as %I; in pg_cron: a job of that role. If it may do all that you may: GRANT %I TO %I;', pg_get_userbyid(owner), pg_get_userbyid(owner), current_user);
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refuse_superuser(text, oid) IS 'Used inside: an error that says what to do, where a superuser is about to use what belongs to a role that it is no member of (see may_act_for()). what: the thing, as the message calls it.';

CREATE FUNCTION byudv.require_monitor(monitor text) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    schema_row record;
    layout int;
BEGIN
    IF monitor IS NULL THEN
        RAISE EXCEPTION 'no monitor is named' USING ERRCODE = 'null_value_not_allowed', HINT = 'Give the name that byudv.create_monitor() was given.';
    END IF;
    SELECT n.oid, n.nspowner INTO schema_row FROM pg_namespace n WHERE n.nspname = monitor;
    -- to_regclass() would stop at the missing right to look into the schema
    IF (SELECT count(*) FROM pg_class c WHERE c.relnamespace = schema_row.oid AND c.relname IN ('state', 'setting')) < 2 THEN
        RAISE EXCEPTION 'there is no monitor "%"', monitor USING ERRCODE = 'invalid_schema_name',
            DETAIL = CASE WHEN schema_row.oid IS NULL THEN 'No schema has this name.' ELSE 'The schema of this name has not the tables of a monitor.' END
                || coalesce(' There are: ' || (SELECT string_agg(m.monitor, ', ' ORDER BY m.monitor COLLATE "C") FROM byudv.monitors() m) || '.', ' There is no monitor yet.'),
            HINT = format('SELECT byudv.create_monitor(%L, 151) makes one for municipality 151.', monitor);
    END IF;
    IF NOT pg_has_role(schema_row.nspowner, 'USAGE') THEN
        RAISE EXCEPTION 'permission denied for monitor "%"', monitor USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('It belongs to role %s, and you are %s.', pg_get_userbyid(schema_row.nspowner), current_user),
            HINT = 'Its owner, or a member of the role that owns it, can do this.';
    END IF;
    PERFORM byudv.refuse_superuser(format('monitor "%s"', monitor), schema_row.nspowner);
    EXECUTE format('SELECT s.layout FROM %I.state s', monitor) INTO layout;
    IF layout IS DISTINCT FROM byudv.monitor_layout() THEN
        RAISE EXCEPTION 'monitor "%" was made by another version of the extension', monitor USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Its layout is %s, and this version works with %s.', coalesce(layout::text, 'not known'), byudv.monitor_layout()),
            HINT = CASE WHEN layout > byudv.monitor_layout() THEN 'Update the extension: ALTER EXTENSION byudv UPDATE.' ELSE format('SELECT byudv.upgrade_monitor(%L);', monitor) END;
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.require_monitor(text) IS 'Used inside: an error that says what to do, unless there is a monitor of this name, of the present layout, that the caller owns.';

CREATE FUNCTION byudv.monitors(OUT monitor text, OUT owner name, OUT layout int) RETURNS SETOF record
    LANGUAGE plpgsql STABLE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT n.nspname, n.nspowner FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'state' AND c.relkind = 'r'
            WHERE EXISTS (SELECT FROM pg_class s WHERE s.relnamespace = n.oid AND s.relname = 'setting' AND s.relkind = 'r')
                AND EXISTS (SELECT FROM pg_class s WHERE s.relnamespace = n.oid AND s.relname = 'run_log' AND s.relkind = 'r')
            ORDER BY n.nspname LOOP
        monitor := found.nspname;
        owner := pg_get_userbyid(found.nspowner);
        layout := NULL;
        -- Everybody who may make a schema can make one that looks like a monitor, and reading a table can run what its owner likes.
        IF byudv.may_act_for(found.nspowner) AND has_schema_privilege(found.nspname, 'USAGE') AND has_table_privilege(format('%I.state', found.nspname), 'SELECT') THEN
            EXECUTE format('SELECT s.layout FROM %I.state s', found.nspname) INTO layout;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.monitors() IS 'The monitors of this database, who owns each, and its layout (NULL where the caller is neither the owner nor a member of that role; a superuser counts as a member where it was made one).';

CREATE FUNCTION byudv.create_monitor(name text, municipality int DEFAULT NULL) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    owner oid;
    known text;
BEGIN
    IF name IS NULL OR name = '' THEN
        RAISE EXCEPTION 'the monitor has no name' USING ERRCODE = 'invalid_parameter_value', HINT = 'SELECT byudv.create_monitor(''ballerup'', 151);';
    END IF;
    IF octet_length(name) > 63 THEN
        RAISE EXCEPTION 'the name of the monitor is too long' USING ERRCODE = 'name_too_long',
            DETAIL = format('"%s" has %s bytes; the name of a schema has at most 63.', name, octet_length(name)), HINT = 'Give a shorter name.';
    END IF;
    IF name IN ('byudv', 'public', 'information_schema') OR name LIKE 'pg\_%' THEN
        RAISE EXCEPTION 'a monitor cannot be called "%"', name USING ERRCODE = 'reserved_name',
            DETAIL = 'A monitor has a schema of its own, and this one is for something else.', HINT = 'Give another name, such as that of the municipality.';
    END IF;
    IF municipality IS NOT NULL AND NOT EXISTS (SELECT FROM byudv.register_code r WHERE r.list = 'municipality' AND r.code = municipality::text) THEN
        RAISE EXCEPTION 'there is no municipality %', municipality USING ERRCODE = 'invalid_parameter_value',
            DETAIL = 'The list municipality of byudv.register_code has no such code.',
            HINT = 'SELECT code, label_da FROM byudv.register_code WHERE list = ''municipality''; or give NULL to study all dwellings that are loaded.';
    END IF;
    SELECT n.nspowner INTO owner FROM pg_namespace n WHERE n.nspname = name;
    IF owner IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', name);
    ELSE
        IF NOT pg_has_role(owner, 'USAGE') THEN
            RAISE EXCEPTION 'permission denied for schema "%"', name USING ERRCODE = 'insufficient_privilege',
                DETAIL = format('It belongs to role %s, and you are %s.', pg_get_userbyid(owner), current_user), HINT = 'Give another name.';
        END IF;
        PERFORM byudv.refuse_superuser(format('schema "%s"', name), owner);
        SELECT c.relname INTO known FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = name ORDER BY c.relname LIMIT 1;
        IF known IS NOT NULL THEN
            RAISE EXCEPTION 'schema "%" exists and is not empty', name USING ERRCODE = 'duplicate_schema',
                DETAIL = format('It has %s, for one.', known),
                HINT = CASE WHEN EXISTS (SELECT FROM byudv.monitors() m WHERE m.monitor = name) THEN 'It is a monitor already; to make it anew, drop the schema first, with all that is in it.'
                    ELSE 'Give another name, or an empty schema.' END;
        END IF;
    END IF;
    PERFORM byudv.ensure_monitor(name);
    EXECUTE format('INSERT INTO %I.setting (municipality) VALUES ($1)', name) USING municipality;
    EXECUTE format('DELETE FROM %I.change', name);    -- nothing is there that could have changed
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, concat('byudv monitor', ' of municipality ' || municipality));
    RETURN format('Monitor %s is made. Fill its input tables, look at SELECT * FROM byudv.check_monitor(%L), then CALL byudv.refresh(%L).', name, name, name);
END
$$;
COMMENT ON FUNCTION byudv.create_monitor(text, int) IS 'Makes a monitor: a schema of this name with the tables for input, results and bookkeeping (see monitor_tables()), owned by the caller. They are ordinary tables of the caller''s: dumped like all others, and left alone when the extension is dropped. Any input may be replaced by a view or a foreign table of the same name and columns. municipality: code of the one that is studied, from list municipality of byudv.register_code; NULL: all dwellings that are loaded count as the area. Needs the right to create schemas in the database, or an empty schema of this name that the caller owns. Returns what to do next. Errors: a name that is taken, reserved or too long, an unknown municipality.';

CREATE FUNCTION byudv.upgrade_monitor(name text) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    layout int;
BEGIN
    -- all that a refresh asks for, but for the layout
    IF NOT EXISTS (SELECT FROM byudv.monitors() m WHERE m.monitor = name AND byudv.may_act_for((SELECT r.oid FROM pg_roles r WHERE r.rolname = m.owner))) THEN
        PERFORM byudv.require_monitor(name);
    END IF;
    EXECUTE format('SELECT s.layout FROM %I.state s', name) INTO layout;
    IF layout > byudv.monitor_layout() THEN
        PERFORM byudv.require_monitor(name);
    END IF;
    PERFORM byudv.ensure_monitor(name);
    IF layout = byudv.monitor_layout() THEN
        RETURN format('Monitor %s is up to date (layout %s); what was missing is there again.', name, layout);
    END IF;
    -- Whatever a new layout computes otherwise is computed anew.
    EXECUTE format('INSERT INTO %I.pending (step) SELECT unnest(byudv.refresh_steps())', name);
    RETURN format('Monitor %s is brought from layout %s to %s. CALL byudv.refresh(%L) computes it anew.', name, coalesce(layout::text, 'unknown'), byudv.monitor_layout(), name);
END
$$;
COMMENT ON FUNCTION byudv.upgrade_monitor(text) IS 'Brings a monitor that an older version made up to date: adds tables, columns, indexes, triggers and comments that are missing. Nothing is removed or renamed, and running it again does no harm; it also mends a monitor that has lost one of these. Returns what was done. Errors: no such monitor, or one of a newer version.';

CREATE FUNCTION byudv.is_tracked(relation regclass) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT c.relkind = 'r' AND NOT c.relispartition
    AND (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname IN ('byudv_insert', 'byudv_update', 'byudv_delete', 'byudv_truncate') AND g.tgenabled = 'A') = 4
    -- statement triggers do not fire for what a subscription writes, nor for rows of children
    AND NOT EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)
FROM pg_class c WHERE c.oid = relation
$$;
COMMENT ON FUNCTION byudv.is_tracked(regclass) IS 'Whether triggers note all changes of an input. Where not (views, foreign tables, replicated tables, tables of the user''s own), a refresh reads all of it to see whether it has changed, and computes anew all that depends on it.';

CREATE FUNCTION byudv.check_monitor(name text, OUT subject text, OUT status text, OUT message text, OUT hint text) RETURNS SETOF record
    LANGUAGE plpgsql STABLE ROWS 30 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
    relation regclass;
    missing text;
    wrong text;
    filled boolean;
    n bigint;
    last record;
    needed constant text[] := ARRAY['building', 'dwelling', 'ownership', 'person', 'address_period'];
    usable text[] := '{}';    -- inputs that are there with all their columns
BEGIN
    PERFORM byudv.require_monitor(name);
    FOR t IN SELECT * FROM byudv.monitor_tables() WHERE role IN ('input', 'result') ORDER BY ordinal LOOP
        subject := t.table_name;
        relation := to_regclass(format('%I.%I', name, t.table_name));
        IF relation IS NULL THEN
            status := 'missing'; message := 'The table is gone.'; hint := format('SELECT byudv.upgrade_monitor(%L) makes it again, empty.', name);
            RETURN NEXT;
            CONTINUE;
        END IF;
        SELECT string_agg(k.column_name, ', ' ORDER BY k.ordinal) FILTER (WHERE a.attnum IS NULL),
               string_agg(format('%s is %s, not %s', k.column_name, format_type(a.atttypid, NULL), k.type), ', ' ORDER BY k.ordinal)
                   FILTER (WHERE a.atttypid <> k.type::regtype AND NOT (k.type = 'bigint' AND a.atttypid IN ('int4'::regtype, 'int2'::regtype)
                       OR k.type = 'int' AND a.atttypid = 'int2'::regtype OR k.type = 'text' AND a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
                       OR k.type LIKE 'numeric%' AND a.atttypid IN ('int8'::regtype, 'int4'::regtype, 'int2'::regtype)))
        INTO missing, wrong
        FROM byudv.monitor_columns() k LEFT JOIN pg_attribute a ON a.attrelid = relation AND a.attname = k.column_name AND a.attnum > 0 AND NOT a.attisdropped
        WHERE k.table_name = t.table_name;
        IF missing IS NOT NULL OR wrong IS NOT NULL THEN
            status := 'missing';
            message := concat_ws(' ', 'Columns are missing: ' || missing || '.', 'Types do not fit: ' || wrong || '.');
            hint := CASE WHEN wrong IS NOT NULL THEN 'Cast them, for example in a view.'
                WHEN (SELECT relkind FROM pg_class WHERE oid = relation) = 'r' THEN format('SELECT byudv.upgrade_monitor(%L) adds them.', name)
                ELSE 'Give the view these columns, NULL throughout where the source has none.' END;
            RETURN NEXT;
            CONTINUE;
        END IF;
        CONTINUE WHEN t.role <> 'input';
        usable := usable || t.table_name;
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', relation) INTO filled;
        IF NOT filled THEN
            status := CASE WHEN t.table_name = ANY (needed) THEN 'missing' ELSE 'empty' END;
            message := CASE t.table_name
                WHEN 'building' THEN 'No building: uses, years of construction and defect insurance are not known.'
                WHEN 'dwelling' THEN 'No dwelling: there is nothing to classify.'
                WHEN 'ownership' THEN 'No owner: the tenure of most dwellings will be unknown.'
                WHEN 'person' THEN 'No person: births and deaths cannot be told from moves.'
                WHEN 'address_period' THEN 'No address record: there will be no residences, moves and vacancies.'
                ELSE 'Empty; a refresh does without.' END;
            hint := CASE WHEN t.table_name = ANY (needed) THEN format('Fill %s, or replace it by a view over your register.', relation) END;
            RETURN NEXT;
            CONTINUE;
        END IF;
        -- What the functions would stop at
        IF t.key IS NOT NULL AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = relation AND i.indisprimary) THEN
            EXECUTE format('SELECT count(*) FROM (SELECT FROM %s GROUP BY %s HAVING count(*) > 1) x', relation, t.key) INTO n;
            IF n > 0 THEN
                status := 'missing'; message := format('%s values of %s occur more than once.', n, t.key); hint := format('Make them unique in %s.', relation);
                RETURN NEXT;
                CONTINUE;
            END IF;
        END IF;
        IF NOT byudv.is_tracked(relation) THEN
            status := 'ok'; message := 'Changes are found by reading all of it at each refresh, since no trigger watches it.'; hint := NULL;
        ELSE
            status := 'ok'; message := 'Changes are noted by triggers.'; hint := NULL;
        END IF;
        RETURN NEXT;
    END LOOP;

    subject := 'tenure_override';
    wrong := NULL;
    IF subject = ANY (usable) THEN
        EXECUTE format('SELECT string_agg(DISTINCT o.tenure, '', '') FROM (SELECT coalesce(v.tenure::text, ''NULL'') COLLATE "C" AS tenure FROM %I.tenure_override v) o '
            'WHERE NOT EXISTS (SELECT FROM byudv.tenure_code c WHERE c.code = o.tenure)', name) INTO wrong;
    END IF;
    IF wrong IS NOT NULL THEN
        status := 'missing'; message := format('Unknown tenures: %s.', wrong); hint := 'SELECT * FROM byudv.tenure_codes() lists the codes.';
        RETURN NEXT;
    END IF;

    subject := 'setting';
    EXECUTE format('SELECT count(*) FROM %I.setting', name) INTO n;
    IF n = 0 THEN
        status := 'missing'; message := 'The row of settings is gone.'; hint := format('INSERT INTO %I.setting (municipality) VALUES (...);', name);
        RETURN NEXT;
    ELSIF 'dwelling' = ANY (usable) THEN
        EXECUTE format('SELECT count(*) FROM %1$I.setting s WHERE s.municipality IS NOT NULL AND EXISTS (SELECT FROM %1$I.dwelling)
            AND NOT EXISTS (SELECT FROM %1$I.dwelling d WHERE coalesce(d.municipality, s.municipality) = s.municipality)', name) INTO n;
        IF n > 0 THEN
            status := 'missing'; message := 'No dwelling lies in the municipality that is studied.'; hint := format('Look at %I.setting.municipality and %I.dwelling.municipality.', name, name);
            RETURN NEXT;
        END IF;
    END IF;

    subject := 'refresh';
    EXECUTE format('SELECT * FROM %I.run_log l WHERE l.step = ''refresh'' ORDER BY l.run_id DESC LIMIT 1', name) INTO last;
    IF last.run_id IS NULL THEN
        status := 'never'; message := 'It has not been refreshed yet.'; hint := format('CALL byudv.refresh(%L);', name);
    ELSE
        status := CASE WHEN last.outcome IN ('done', 'unchanged') THEN 'ok' ELSE last.outcome END;
        message := format('Refresh %s began %s: %s%s', last.run_id, to_char(last.started_at, 'YYYY-MM-DD HH24:MI'), last.outcome, coalesce('. ' || last.message, '.'));
        hint := CASE WHEN last.outcome NOT IN ('done', 'unchanged', 'running') THEN format('Mend what it says, then CALL byudv.refresh(%L); it goes on where it stopped.', name) END;
    END IF;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION byudv.check_monitor(text) IS 'What stands in the way of a refresh, in words, and how each input is watched. status: ok, empty (a refresh does without), missing (a refresh would fail or give little), for the last refresh never, ok, running, failed, cancelled, interrupted. hint says what to do. Only the monitor''s owner may ask. Errors: no such monitor.';
-- What a refresh has to do: from what has changed to the steps that have to compute something anew, and writing only rows that differ.

CREATE FUNCTION byudv.input_steps(OUT input text, OUT step text) RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
    SET search_path = pg_catalog, pg_temp AS $$
VALUES ('building', 'dwelling_class'), ('building', 'data_issue'),
    ('dwelling', 'dwelling_class'), ('dwelling', 'residence'), ('dwelling', 'move'), ('dwelling', 'vacancy_flow'), ('dwelling', 'data_issue'),
    ('ownership', 'dwelling_class'), ('ownership', 'data_issue'),
    ('person', 'move'), ('person', 'vacancy_flow'), ('person', 'data_issue'),
    ('address_period', 'residence'), ('address_period', 'move'), ('address_period', 'data_issue'),
    ('dwelling_area', 'data_issue'), ('area', 'data_issue'),
    ('tenure_override', 'dwelling_class'),
    -- roll-ups
    ('area', 'area_list'), ('dwelling_area', 'area_list'),
    ('dwelling', 'stock'), ('dwelling', 'person_count'),
    ('person', 'person_count'), ('household_type', 'person_count'), ('person_attribute', 'person_count'),
    ('person', 'residence_duration'), ('dwelling', 'residence_duration'),
    ('plan_project', 'pipeline'), ('plan_dwelling', 'pipeline'), ('dwelling', 'pipeline'), ('dwelling_area', 'pipeline'),
    ('dwelling', 'expected_resident'), ('person', 'expected_resident'),
    ('indicator', 'comparison'), ('dwelling', 'comparison'),
    ('building', 'tenure_review'), ('dwelling', 'tenure_review'), ('ownership', 'tenure_review'), ('person', 'tenure_review'), ('address_period', 'tenure_review')
$$;
COMMENT ON FUNCTION byudv.input_steps() IS 'Used inside: which steps of a refresh read which input. What a step makes is passed on to later steps by its own changes.';

CREATE FUNCTION byudv.rollup_sources(OUT step text, OUT reads text[]) RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
    SET search_path = pg_catalog, pg_temp AS $$
VALUES ('area_list', ARRAY['dwelling_class']),
    ('stock', ARRAY['dwelling_class', 'residence', 'area_list']),
    ('person_count', ARRAY['dwelling_class', 'residence', 'move', 'area_list', 'stock']),
    ('residence_duration', ARRAY['dwelling_class', 'residence', 'area_list']),
    ('turnover', ARRAY['dwelling_class', 'occupancy', 'area_list']),
    ('chain_summary', ARRAY['dwelling_class', 'vacancy_flow', 'area_list']),
    ('pipeline', ARRAY['dwelling_class']),
    ('expected_resident', ARRAY['dwelling_class', 'residence', 'pipeline']),
    ('comparison', ARRAY['dwelling_class', 'occupancy', 'stock', 'person_count']),
    ('tenure_review', ARRAY['dwelling_class', 'residence', 'data_issue', 'area_list']),
    ('destination', ARRAY['dwelling_class', 'move']),
    ('area_profile', ARRAY['stock', 'person_count', 'turnover', 'residence_duration', 'pipeline'])
$$;
COMMENT ON FUNCTION byudv.rollup_sources() IS 'Used inside: the steps that make roll-ups for views, and the earlier steps whose results each reads. A roll-up is computed whole as soon as one of them has written something.';

CREATE FUNCTION byudv.made_by(table_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE table_name WHEN 'proxy_owner' THEN 'dwelling_class' WHEN 'chain' THEN 'vacancy_flow' WHEN 'dwelling_region' THEN 'area_list' WHEN 'region_area' THEN 'area_list'
    WHEN 'person_measure' THEN 'person_count' WHEN 'duration_curve' THEN 'residence_duration' WHEN 'new_build_stay' THEN 'residence_duration' WHEN 'chain_end' THEN 'chain_summary'
    WHEN 'new_build_rate' THEN 'expected_resident' WHEN 'backtest' THEN 'expected_resident' WHEN 'dwelling_issue' THEN 'tenure_review' END
$$;
COMMENT ON FUNCTION byudv.made_by(text) IS 'Used inside: the step that makes a table of results beside the one of its own name.';

CREATE FUNCTION byudv.step_parameters(step text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT ARRAY['version', 'municipality'] || CASE step
    WHEN 'dwelling_class' THEN ARRAY['rules', 'as_of', 'study_from', 'proxy_more_than']
    WHEN 'residence' THEN ARRAY['as_of', 'follow_region', 'max_gap']
    WHEN 'move' THEN ARRAY['as_of', 'study_from', 'follow_region', 'link_gap', 'death_window']
    WHEN 'occupancy' THEN ARRAY['overlap_tolerance']
    WHEN 'vacancy_flow' THEN ARRAY['as_of', 'study_from', 'follow_region', 'overlap_tolerance', 'group_window', 'link_gap', 'empty_window', 'max_vacancy']
    WHEN 'area_list' THEN ARRAY['as_of', 'study_from']
    WHEN 'stock' THEN ARRAY['as_of', 'study_from']
    WHEN 'person_count' THEN ARRAY['as_of', 'study_from', 'min_cell', 'rules']
    WHEN 'residence_duration' THEN ARRAY['as_of', 'study_from', 'link_gap', 'min_cell']
    WHEN 'turnover' THEN ARRAY['as_of', 'study_from']
    WHEN 'chain_summary' THEN '{}'
    WHEN 'pipeline' THEN ARRAY['as_of', 'rules']
    WHEN 'expected_resident' THEN ARRAY['as_of', 'min_cell']
    WHEN 'comparison' THEN ARRAY['as_of', 'study_from', 'min_cell']
    WHEN 'destination' THEN ARRAY['min_cell']
    WHEN 'area_profile' THEN ARRAY['as_of', 'study_from', 'min_cell', 'rules']
    WHEN 'tenure_review' THEN ARRAY['as_of', 'rules', 'min_cell']
    WHEN 'data_issue' THEN ARRAY['rules', 'as_of', 'study_from', 'proxy_more_than', 'odd_area_m2', 'odd_residents', 'has_owner_names', 'has_areas', 'has_addresses']
END
$$;
COMMENT ON FUNCTION byudv.step_parameters(text) IS 'Used inside: the parameters that a step of a refresh goes by. Where one has changed, the step computes all anew.';

CREATE FUNCTION byudv.monitor_parameters(monitor text) RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting jsonb;
    as_of date;
    rules text := '';
    part text;
    t text;
BEGIN
    EXECUTE format('SELECT to_jsonb(s) - ''singleton'' FROM %I.setting s', monitor) INTO setting;
    IF setting IS NULL THEN
        RAISE EXCEPTION 'monitor "%" has no settings', monitor USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'The one row of its table setting is gone.',
            HINT = format('INSERT INTO %I.setting (municipality) VALUES (...);', monitor);
    END IF;
    as_of := coalesce((setting ->> 'as_of')::date, current_date);
    IF NOT isfinite(as_of) THEN
        RAISE EXCEPTION 'the data date of monitor "%" is infinite', monitor USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('%I.setting.as_of is %s.', monitor, as_of), HINT = format('UPDATE %I.setting SET as_of = NULL; takes the day of the refresh.', monitor);
    END IF;
    setting := setting || jsonb_build_object('as_of', as_of, 'study_from',
        coalesce((setting ->> 'study_from')::date, make_date(extract(year FROM as_of)::int - 10, 1, 1)));
    IF (setting ->> 'study_from')::date = '-infinity' THEN
        RAISE EXCEPTION 'the study window of monitor "%" has no begin', monitor USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('%I.setting.study_from is -infinity.', monitor), HINT = format('UPDATE %I.setting SET study_from = NULL; begins it ten years before.', monitor);
    END IF;
    IF (setting ->> 'study_from')::date >= as_of THEN
        RAISE EXCEPTION 'the study window of monitor "%" is empty', monitor USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('It begins on %s and ends before the data date, %s.', setting ->> 'study_from', setting ->> 'as_of'),
            HINT = format('UPDATE %I.setting SET study_from = NULL; begins it ten years before.', monitor);
    END IF;
    FOREACH t IN ARRAY ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code', 'use_code', 'owner_pattern', 'tenure_rule'] LOOP
        EXECUTE format('SELECT sum(hashtextextended(r::text, 0)::numeric)::text FROM byudv.%I r', t) INTO part;
        rules := rules || coalesce(part, '') || ' ';
    END LOOP;
    EXECUTE format('SELECT $1 || jsonb_build_object(''has_owner_names'', EXISTS (SELECT FROM %1$I.ownership o WHERE o.owner_name IS NOT NULL),
        ''has_areas'', EXISTS (SELECT FROM %1$I.dwelling_area), ''has_addresses'', EXISTS (SELECT FROM %1$I.address_period))', monitor) INTO setting USING setting;
    RETURN setting || jsonb_build_object('rules', encode(sha256(rules::bytea), 'hex'), 'version', (SELECT extversion FROM pg_extension WHERE extname = 'byudv'),
        'min_cell', coalesce(current_setting('byudv.min_cell', true), '3')::int);
END
$$;
COMMENT ON FUNCTION byudv.monitor_parameters(text) IS 'Used inside: what a refresh of now would go by: the settings with the data date and the begin of the study window worked out, whether there are owner names, areas and addresses at all, a hash of code, pattern and rule tables, the version of the extension, byudv.min_cell.';

CREATE FUNCTION byudv.collect_changes(monitor text, full_refresh boolean) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' AS $$
DECLARE
    parameters jsonb := byudv.monitor_parameters(monitor);
    state record;
    fingerprints jsonb := '{}';
    fingerprint text;
    t record;
    tracked boolean;
    relation regclass;
    found boolean;
    differs boolean;
BEGIN
    EXECUTE format('SELECT * FROM %I.state FOR UPDATE', monitor) INTO state;

    -- Inputs that no trigger watches: has their content changed?
    FOR t IN SELECT x.table_name FROM byudv.monitor_tables() x WHERE x.role = 'input' AND EXISTS (SELECT FROM byudv.input_steps() s WHERE s.input = x.table_name)
            ORDER BY x.ordinal LOOP
        relation := to_regclass(format('%I.%I', monitor, t.table_name));
        IF relation IS NULL THEN
            RAISE EXCEPTION 'monitor "%" has no table %', monitor, t.table_name USING ERRCODE = 'undefined_table',
                DETAIL = 'It is one of its inputs.', HINT = format('SELECT byudv.upgrade_monitor(%L); makes it again, empty.', monitor);
        END IF;
        tracked := byudv.is_tracked(relation);
        differs := tracked AND state.fingerprints ? t.table_name;    -- it was not watched till now
        IF NOT tracked THEN
            EXECUTE format('SELECT concat(count(*), '' '', sum(hashtextextended((r.*)::text, 0)::numeric)) FROM %s r', relation) INTO fingerprint;
            fingerprints := fingerprints || jsonb_build_object(t.table_name, fingerprint);
            differs := state.fingerprints ->> t.table_name IS DISTINCT FROM fingerprint;
        END IF;
        IF differs THEN
            EXECUTE format('INSERT INTO %I.pending (step) SELECT s.step FROM byudv.input_steps() s WHERE s.input = $1', monitor) USING t.table_name;
        END IF;
    END LOOP;

    -- What triggers have noted. What is noted later than this statement's snapshot stays for the next refresh.
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.change)', monitor) INTO found;
    IF found THEN
        EXECUTE format($q$WITH gone AS (DELETE FROM %1$I.change RETURNING input, key_kind, key)
            INSERT INTO %1$I.pending (step, key_kind, key) SELECT DISTINCT s.step, CASE WHEN u.step IS NULL THEN g.key_kind END, CASE WHEN u.step IS NULL THEN g.key END
            FROM gone g JOIN byudv.input_steps() s ON s.input = g.input LEFT JOIN byudv.rollup_sources() u ON u.step = s.step    -- roll-ups are computed whole
            -- where a step has all to do, single keys add nothing
            WHERE s.step NOT IN (SELECT p.step FROM %1$I.pending p WHERE p.key IS NULL)$q$, monitor);
    END IF;

    -- Parameters: each step that goes by one that has changed
    FOR t IN SELECT s.step FROM unnest(byudv.refresh_steps()) s (step)
            WHERE full_refresh OR EXISTS (SELECT FROM unnest(byudv.step_parameters(s.step)) k WHERE state.parameters -> k IS DISTINCT FROM parameters -> k) LOOP
        EXECUTE format('INSERT INTO %I.pending (step) VALUES ($1)', monitor) USING t.step;
    END LOOP;
    IF state.parameters <> parameters OR state.fingerprints <> fingerprints THEN
        EXECUTE format('UPDATE %I.state SET parameters = $1, fingerprints = $2', monitor) USING parameters, fingerprints;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.pending)', monitor) INTO found;
    RETURN found;
END
$$;
COMMENT ON FUNCTION byudv.collect_changes(text, boolean) IS 'Used inside: moves what has changed since the last refresh into table pending, by step; true if there is anything to do.';

CREATE FUNCTION byudv.begin_scope(monitor text, step text, query text, whole text) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n bigint;
    everything boolean;
    size real;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.pending p WHERE p.step = $1 AND p.key IS NULL)', monitor) INTO everything USING step;
    IF everything THEN
        RETURN 'all';
    END IF;
    DROP TABLE IF EXISTS pg_temp.byudv_scope;
    CREATE TEMPORARY TABLE byudv_scope (key bigint PRIMARY KEY) ON COMMIT DROP;
    EXECUTE format('INSERT INTO pg_temp.byudv_scope SELECT q.key FROM (%s) q (key) WHERE q.key IS NOT NULL GROUP BY q.key', format(query, monitor, quote_literal(step)));
    GET DIAGNOSTICS n = ROW_COUNT;
    -- Much of it costs more than all of it.
    SELECT c.reltuples INTO size FROM pg_class c WHERE c.oid = to_regclass(format('%I.%I', monitor, whole));
    IF n > 1000 AND n > 0.2 * size OR size < 0 THEN
        RETURN 'all';
    END IF;
    ANALYZE pg_temp.byudv_scope;
    RETURN n::text;
END
$$;
COMMENT ON FUNCTION byudv.begin_scope(text, text, text, text) IS 'Used inside: the keys that a step has to compute anew, into pg_temp.byudv_scope, by a query in which %1$I is the monitor and %2$s the step. Returns all, where everything is to be computed, or that is cheaper, else how many keys.';

CREATE FUNCTION byudv.merge_rows(monitor text, table_name text, key text[], scope text DEFAULT NULL, OUT rows_added bigint, OUT rows_removed bigint, OUT first_time boolean) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := format('%I.%I', monitor, table_name);
    columns text;
    same text;
    others text;
    size real;
BEGIN
    SELECT string_agg(format('%I', k.column_name), ', ' ORDER BY k.ordinal),
           (SELECT string_agg(format('n.%1$I = t.%1$I', x), ' AND ') FROM unnest(key) x),
           string_agg(format('n.%1$I IS NOT DISTINCT FROM t.%1$I', k.column_name), ' AND ' ORDER BY k.ordinal) FILTER (WHERE k.column_name <> ALL (key))
    INTO columns, same, others FROM byudv.monitor_columns() k WHERE k.table_name = merge_rows.table_name;
    same := concat_ws(' AND ', same, others);
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', target) INTO first_time;
    rows_removed := 0;
    IF first_time THEN
        EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM pg_temp.byudv_new', target, columns, columns);
        GET DIAGNOSTICS rows_added = ROW_COUNT;
        PERFORM byudv.ensure_indexes(monitor, table_name);
        EXECUTE format('ANALYZE %s', target);
        RETURN;
    END IF;
    PERFORM byudv.ensure_indexes(monitor, table_name);
    DROP TABLE IF EXISTS pg_temp.byudv_added, pg_temp.byudv_removed;
    ANALYZE pg_temp.byudv_new;
    EXECUTE format('CREATE TEMPORARY TABLE byudv_removed ON COMMIT DROP AS SELECT t.ctid AS row_at, t.* FROM %s t WHERE %s AND NOT EXISTS (SELECT FROM pg_temp.byudv_new n WHERE %s)',
        target, coalesce(scope, 'true'), same);
    GET DIAGNOSTICS rows_removed = ROW_COUNT;
    EXECUTE format('CREATE TEMPORARY TABLE byudv_added ON COMMIT DROP AS SELECT %s FROM pg_temp.byudv_new n WHERE NOT EXISTS (SELECT FROM %s t WHERE %s)', columns, target, same);
    GET DIAGNOSTICS rows_added = ROW_COUNT;
    IF rows_removed > 0 THEN
        ANALYZE pg_temp.byudv_removed;
        EXECUTE format('DELETE FROM %s t USING pg_temp.byudv_removed r WHERE t.ctid = r.row_at', target);
    END IF;
    IF rows_added > 0 THEN
        EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM pg_temp.byudv_added', target, columns, columns);
    END IF;
    SELECT c.reltuples INTO size FROM pg_class c WHERE c.oid = to_regclass(target);
    IF rows_added + rows_removed > 0.1 * size THEN
        EXECUTE format('ANALYZE %s', target);
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.merge_rows(text, text, text[], text) IS 'Used inside: makes a table of results equal to pg_temp.byudv_new, all of it or the rows t that the condition scope holds for, by writing only rows that differ. key: columns without NULL by which rows are found. What was written and removed is in pg_temp.byudv_added and byudv_removed, unless the table was empty (first_time).';

CREATE FUNCTION byudv.note_pending(monitor text, step text, key_kind text, query text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO %I.pending (step, key_kind, key) SELECT DISTINCT $1, $2, q.key FROM (%s) q (key) WHERE q.key IS NOT NULL', monitor, query) USING step, key_kind;
END
$$;
COMMENT ON FUNCTION byudv.note_pending(text, text, text, text) IS 'Used inside: gives a later step keys to compute anew.';
-- The steps of a refresh. Each reads input and the results of earlier steps, computes all rows or those of the keys that have changed, and writes what differs.
-- Whether all is computed or a part, the rows are the same: what a row depends on is said with each step.

-- dwelling_class: a dwelling's row depends on itself, its building, its owner, decisions by hand, and whether its owner is a proxy, which depends on all
-- condominiums of the municipality.
CREATE FUNCTION byudv.refresh_dwelling_class(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    municipality int := parameters ->> 'municipality';
    merged record;
BEGIN
    scope := byudv.begin_scope(monitor, 'dwelling_class', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'dwelling'
        UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.building_id = p.key WHERE p.step = %2$s AND p.key_kind = 'building'
        UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.property_id = p.key WHERE p.step = %2$s AND p.key_kind = 'property'
        UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.building b ON b.property_id = p.key JOIN %1$I.dwelling d ON d.building_id = b.building_id
            WHERE p.step = %2$s AND p.key_kind = 'property' AND d.property_id IS NULL$q$, 'dwelling_class');
    IF scope = '0' THEN
        rows_added := 0; rows_removed := 0;
        RETURN;
    END IF;

    -- One owner a dwelling: its own property before the building's or the land's; of several, a name that tells its kind before one that does not, then
    -- the latest, then by name and code, as classify_dwellings() does.
    DROP TABLE IF EXISTS pg_temp.byudv_owner;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_owner ON COMMIT DROP AS
        SELECT DISTINCT ON (y.dwelling_id) y.dwelling_id, y.municipality, y.is_condominium, y.owner_code, y.owner_name,
            CASE WHEN y.owner_kind IS NULL OR y.owner_kind = 'unclassified' THEN coalesce(y.owner_person_id::text, byudv.normalise_owner_name(y.owner_name)) END AS owner_key
        FROM (SELECT x.*, byudv.owner_kind(x.owner_name) AS owner_kind
            FROM (SELECT d.dwelling_id, d.municipality, d.property_kind, o.owner_code, o.owner_name, o.owner_person_id, o.valid_from, o.valid_to
                FROM %1$I.dwelling d JOIN %1$I.ownership o ON o.dwelling_id = d.dwelling_id
                UNION ALL
                SELECT d.dwelling_id, d.municipality, d.property_kind, o.owner_code, o.owner_name, o.owner_person_id, o.valid_from, o.valid_to
                FROM %1$I.dwelling d LEFT JOIN %1$I.building b ON b.building_id = d.building_id
                JOIN %1$I.ownership o ON o.property_id = coalesce(d.property_id, b.property_id)
                WHERE NOT EXISTS (SELECT FROM %1$I.ownership own WHERE own.dwelling_id = d.dwelling_id)) x (dwelling_id, municipality, property_kind, owner_code, owner_name,
                    owner_person_id, valid_from, valid_to)
            WHERE (x.valid_from IS NULL OR x.valid_from <= $1) AND (x.valid_to IS NULL OR x.valid_to > $1)) z
        CROSS JOIN LATERAL (SELECT z.dwelling_id, coalesce(z.municipality, $2) AS municipality,
            coalesce(lower(btrim(z.property_kind)) IN ('condominium', 'ejerlejlighed', '3'), false) AS is_condominium, z.owner_code, z.owner_name, z.owner_person_id, z.valid_from, z.owner_kind) y
        ORDER BY y.dwelling_id, coalesce(y.owner_kind, 'unclassified') = 'unclassified', y.valid_from DESC NULLS LAST, y.owner_name, y.owner_code, y.owner_person_id$q$, monitor)
        USING as_of, municipality;
    CREATE INDEX ON pg_temp.byudv_owner (dwelling_id);
    ANALYZE pg_temp.byudv_owner;

    -- A natural person who stands on so many condominiums is a contact person. The owner of a block that was never split is its owner.
    DROP TABLE IF EXISTS pg_temp.byudv_new;
    EXECUTE $q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT o.municipality, o.owner_key, count(*)::int AS dwellings FROM pg_temp.byudv_owner o WHERE o.is_condominium AND o.owner_key IS NOT NULL
        GROUP BY o.municipality, o.owner_key HAVING count(*) > $1$q$ USING (parameters ->> 'proxy_more_than')::int;
    merged := byudv.merge_rows(monitor, 'proxy_owner', ARRAY['owner_key']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF scope <> 'all' AND merged.rows_added + merged.rows_removed > 0 THEN
        IF merged.first_time THEN
            scope := 'all';
        ELSE
            INSERT INTO pg_temp.byudv_scope SELECT o.dwelling_id FROM pg_temp.byudv_owner o
            WHERE o.owner_key IN (SELECT a.owner_key FROM pg_temp.byudv_added a UNION ALL SELECT r.owner_key FROM pg_temp.byudv_removed r) ON CONFLICT DO NOTHING;
            SELECT count(*)::text INTO scope FROM pg_temp.byudv_scope;
        END IF;
    END IF;

    DROP TABLE IF EXISTS pg_temp.byudv_signal, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_signal ON COMMIT DROP AS
        SELECT d.dwelling_id, coalesce(d.municipality, $1) AS municipality, d.unit_use::int AS unit_use, d.unit_kind::text AS unit_kind, b.building_use::int AS building_use,
            o.owner_code::int AS owner_code, o.owner_name::text AS owner_name, b.defect_insurance::int AS defect_insurance, b.built_year::int AS built_year,
            d.registered_use::int AS registered_use, d.property_kind::text AS property_kind, d.public_support::int AS public_support, x.owner_key IS NOT NULL AS proxy_owner,
            d.available_from
        FROM %1$I.dwelling d LEFT JOIN %1$I.building b ON b.building_id = d.building_id LEFT JOIN pg_temp.byudv_owner o ON o.dwelling_id = d.dwelling_id
        LEFT JOIN %1$I.proxy_owner x ON o.is_condominium AND x.owner_key = o.owner_key AND coalesce(x.municipality, 0) = coalesce(o.municipality, 0)
        %2$s$q$, monitor, CASE WHEN scope = 'all' THEN '' ELSE 'WHERE d.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING municipality;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT s.dwelling_id, s.municipality, $2 IS NULL OR coalesce(s.municipality, $2) = $2 AS in_area, c.dwelling_type, c.tenure_register, c.tenure_dst, c.tenure, c.rule_id,
            c.certainty, c.reason, s.owner_code, c.owner_kind, c.organisation, s.proxy_owner, c.overridden, coalesce(s.available_from >= $3 AND s.available_from < $1, false) AS is_new_build
        FROM byudv.classify_dwellings('pg_temp.byudv_signal', NULL, %1$L, $1) c JOIN pg_temp.byudv_signal s ON s.dwelling_id = c.dwelling_id::bigint$q$, format('%I.tenure_override', monitor))
        USING as_of, municipality, (parameters ->> 'study_from')::date;
    merged := byudv.merge_rows(monitor, 'dwelling_class', ARRAY['dwelling_id'], CASE WHEN scope <> 'all' THEN 't.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
    IF merged.first_time THEN
        EXECUTE format('INSERT INTO %I.pending (step) VALUES (''data_issue''), (''vacancy_flow'')', monitor);
    ELSE
        PERFORM byudv.note_pending(monitor, 'data_issue', 'dwelling', 'SELECT dwelling_id FROM pg_temp.byudv_added UNION ALL SELECT dwelling_id FROM pg_temp.byudv_removed');
        -- a vacancy before the first occupancy counts in dwellings only
        PERFORM byudv.note_pending(monitor, 'vacancy_flow', 'dwelling', 'SELECT coalesce(a.dwelling_id, r.dwelling_id) FROM pg_temp.byudv_added a '
            'FULL JOIN pg_temp.byudv_removed r ON r.dwelling_id = a.dwelling_id WHERE a.dwelling_type IS DISTINCT FROM r.dwelling_type OR a.in_area IS DISTINCT FROM r.in_area');
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refresh_dwelling_class(text, jsonb) IS 'Used inside: the step of a refresh that makes proxy_owner and dwelling_class.';

CREATE FUNCTION byudv.make_address_view(monitor text, parameters jsonb, scoped boolean) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DROP VIEW IF EXISTS pg_temp.byudv_address;
    -- An address of another municipality is elsewhere, whether the dwelling is known or not. Records that begin on the data date or later have not happened.
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_address AS
        SELECT a.person_id::bigint AS person_id, CASE WHEN %2$s THEN a.dwelling_id::bigint END AS dwelling_id, a.from_date::date AS from_date, a.to_date::date AS to_date,
            %5$s AS municipality_code, a.abroad::boolean AS abroad
        FROM %1$I.address_period a LEFT JOIN %1$I.dwelling d ON d.dwelling_id = a.dwelling_id
        WHERE (a.from_date IS NULL OR a.from_date < %3$L) %4$s$q$, monitor,
        CASE WHEN parameters ->> 'municipality' IS NULL OR (parameters ->> 'follow_region')::boolean THEN 'true'
            ELSE format('coalesce(d.municipality, a.municipality_code, %1$s) = %1$s', (parameters ->> 'municipality')::int) END,
        parameters ->> 'as_of', CASE WHEN scoped THEN 'AND a.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END,
        -- the dwelling knows its municipality better; an address in the own one for which no dwelling was found is no other municipality
        format('nullif(coalesce(d.municipality, a.municipality_code)::int, %s)', coalesce((parameters ->> 'municipality')::int::text, 'NULL')));
END
$$;
COMMENT ON FUNCTION byudv.make_address_view(text, jsonb, boolean) IS 'Used inside: makes pg_temp.byudv_address, the address records as byudv.residences() takes them, of all persons or of those in pg_temp.byudv_scope.';

-- residence: a person's rows depend on that person's records, and on the municipality of the dwellings in them.
CREATE FUNCTION byudv.refresh_residence(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    max_gap int := parameters ->> 'max_gap';
    merged record;
    target regclass := to_regclass(format('%I.residence', monitor));
    fresh boolean;
BEGIN
    scope := byudv.begin_scope(monitor, 'residence', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'person'
        UNION SELECT a.person_id FROM %1$I.pending p JOIN %1$I.address_period a ON a.dwelling_id = p.key WHERE p.step = %2$s AND p.key_kind = 'dwelling'$q$, 'residence');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    PERFORM byudv.make_address_view(monitor, parameters, scope <> 'all');
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s) AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = $1)', target) INTO fresh USING target;
    IF fresh THEN
        SELECT b.residences INTO rows_added FROM byudv.build_residences('pg_temp.byudv_address', target, max_gap) b;
        PERFORM byudv.ensure_indexes(monitor, 'residence');
        EXECUTE format('ANALYZE %s', target);
        EXECUTE format('INSERT INTO %I.pending (step) VALUES (''move''), (''occupancy''), (''vacancy_flow''), (''data_issue'')', monitor);
        RETURN;
    END IF;
    DROP TABLE IF EXISTS pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int) ON COMMIT DROP;
    PERFORM byudv.build_residences('pg_temp.byudv_address', 'pg_temp.byudv_new', max_gap);
    merged := byudv.merge_rows(monitor, 'residence', ARRAY['person_id', 'from_date'], CASE WHEN scope <> 'all' THEN 't.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF merged.first_time THEN
        EXECUTE format('INSERT INTO %I.pending (step) VALUES (''move''), (''occupancy''), (''vacancy_flow''), (''data_issue'')', monitor);
    ELSIF rows_added + rows_removed > 0 THEN
        PERFORM byudv.note_pending(monitor, 'move', 'person', 'SELECT person_id FROM pg_temp.byudv_added UNION ALL SELECT person_id FROM pg_temp.byudv_removed');
        PERFORM byudv.note_pending(monitor, 'vacancy_flow', 'person', 'SELECT person_id FROM pg_temp.byudv_added UNION ALL SELECT person_id FROM pg_temp.byudv_removed');
        PERFORM byudv.note_pending(monitor, k.step, 'dwelling', 'SELECT dwelling_id FROM pg_temp.byudv_added UNION ALL SELECT dwelling_id FROM pg_temp.byudv_removed')
        FROM unnest(ARRAY['occupancy', 'vacancy_flow', 'data_issue']) k (step);
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refresh_residence(text, jsonb) IS 'Used inside: the step of a refresh that makes residence.';

-- move: a person's rows depend on that person's residences, records, birth and death, and on the dwellings in the records.
CREATE FUNCTION byudv.refresh_move(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
    municipality int := parameters ->> 'municipality';
    within text := '';
BEGIN
    scope := byudv.begin_scope(monitor, 'move', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'person'
        UNION SELECT a.person_id FROM %1$I.pending p JOIN %1$I.address_period a ON a.dwelling_id = p.key WHERE p.step = %2$s AND p.key_kind = 'dwelling'$q$, 'residence');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    IF scope <> 'all' THEN
        within := 'WHERE x.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)';
    END IF;
    DROP VIEW IF EXISTS pg_temp.byudv_residence, pg_temp.byudv_person;
    -- Where chains are followed across the region, residences know homes of other municipalities; for moves these are elsewhere all the same.
    PERFORM byudv.make_address_view(monitor, parameters || '{"follow_region": false}', scope <> 'all');
    EXECUTE CASE WHEN municipality IS NOT NULL AND (parameters ->> 'follow_region')::boolean THEN
        format('CREATE TEMPORARY VIEW byudv_residence AS SELECT x.person_id, CASE WHEN coalesce(d.municipality, %2$s) = %2$s THEN x.dwelling_id END AS dwelling_id, x.from_date, x.to_date '
            'FROM %1$I.residence x LEFT JOIN %1$I.dwelling d ON d.dwelling_id = x.dwelling_id %3$s', monitor, municipality, within)
        ELSE format('CREATE TEMPORARY VIEW byudv_residence AS SELECT x.person_id, x.dwelling_id, x.from_date, x.to_date FROM %I.residence x %s', monitor, within) END;
    EXECUTE format('CREATE TEMPORARY VIEW byudv_person AS SELECT x.person_id::bigint AS person_id, x.born_on::date AS born_on, x.died_on::date AS died_on FROM %I.person x %s', monitor, within);
    DROP TABLE IF EXISTS pg_temp.byudv_new, pg_temp.byudv_elsewhere, pg_temp.byudv_moved;
    -- Addresses elsewhere, to say where somebody came from or went to: the one that lasts to the day of arrival, and may overlap it, or begins on the day of departure
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_elsewhere ON COMMIT DROP AS
        SELECT a.person_id::bigint AS person_id, a.from_date::date AS from_date, a.to_date::date AS to_date, a.dwelling_id::bigint AS home_id,
            coalesce(d.municipality, a.municipality_code)::int AS municipality
        FROM %1$I.address_period a LEFT JOIN %1$I.dwelling d ON d.dwelling_id = a.dwelling_id
        WHERE CASE WHEN $1 IS NULL THEN a.dwelling_id IS NULL AND a.municipality_code IS NOT NULL ELSE coalesce(d.municipality, a.municipality_code) <> $1 END AND a.from_date < $2 AND (a.to_date IS NULL OR a.to_date > a.from_date) %2$s$q$,
        monitor, CASE WHEN scope <> 'all' THEN 'AND a.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING municipality, (parameters ->> 'as_of')::date;
    ANALYZE pg_temp.byudv_elsewhere;
    EXECUTE $q$CREATE TEMPORARY TABLE byudv_moved ON COMMIT DROP AS
        SELECT m.* FROM byudv.moves('pg_temp.byudv_residence', 'pg_temp.byudv_person', 'pg_temp.byudv_address', $1, $2, $3, $4) m$q$
        USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date, (parameters ->> 'link_gap')::int, (parameters ->> 'death_window')::int;
    ANALYZE pg_temp.byudv_moved;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT m.person_id, m.from_dwelling_id, m.left_on, m.departure, m.to_dwelling_id, m.arrived_on, m.arrival, a.municipality AS from_municipality, a.home_id AS from_home_id,
            d.municipality AS to_municipality, d.home_id AS to_home_id
        FROM pg_temp.byudv_moved m
        LEFT JOIN (SELECT DISTINCT ON (x.person_id, x.arrived_on) x.person_id, x.arrived_on, e.municipality, e.home_id
                FROM pg_temp.byudv_moved x JOIN pg_temp.byudv_elsewhere e ON e.person_id = x.person_id AND e.from_date < x.arrived_on AND (e.to_date IS NULL OR e.to_date >= x.arrived_on)
                WHERE x.arrival = 'from_municipality' ORDER BY x.person_id, x.arrived_on, e.from_date DESC, e.to_date DESC NULLS FIRST, e.home_id, e.municipality) a
            ON m.arrival = 'from_municipality' AND a.person_id = m.person_id AND a.arrived_on = m.arrived_on
        LEFT JOIN (SELECT DISTINCT ON (e.person_id, e.from_date) e.* FROM pg_temp.byudv_elsewhere e
                ORDER BY e.person_id, e.from_date, e.to_date DESC NULLS FIRST, e.home_id, e.municipality) d
            ON m.departure = 'to_municipality' AND d.person_id = m.person_id AND d.from_date = m.left_on;
    merged := byudv.merge_rows(monitor, 'move', ARRAY['person_id'], CASE WHEN scope <> 'all' THEN 't.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_move(text, jsonb) IS 'Used inside: the step of a refresh that makes move.';

-- occupancy: a dwelling's rows depend on the residences in it.
CREATE FUNCTION byudv.refresh_occupancy(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := byudv.begin_scope(monitor, 'occupancy', 'SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s', 'occupancy');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    DROP VIEW IF EXISTS pg_temp.byudv_residence;
    EXECUTE format('CREATE TEMPORARY VIEW byudv_residence AS SELECT x.person_id, x.dwelling_id, x.from_date, x.to_date FROM %I.residence x WHERE x.dwelling_id %s', monitor,
        CASE WHEN scope = 'all' THEN 'IS NOT NULL' ELSE 'IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    DROP TABLE IF EXISTS pg_temp.byudv_new;
    EXECUTE 'CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS SELECT * FROM byudv.occupancies(''pg_temp.byudv_residence'', $1)' USING (parameters ->> 'overlap_tolerance')::int;
    merged := byudv.merge_rows(monitor, 'occupancy', ARRAY['dwelling_id', 'occupancy'], CASE WHEN scope <> 'all' THEN 't.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_occupancy(text, jsonb) IS 'Used inside: the step of a refresh that makes occupancy.';

-- vacancy_flow: a dwelling's rows depend on its residences, on the homes that those who moved in had just before, and on all residences of these homes
-- (who was the last to leave). So what has changed in a dwelling also concerns the dwellings that its residents went to.
-- chain: a chain depends on the flows of the vacancies in it; one whose vacancies all have the flows that they had is as it was.
CREATE FUNCTION byudv.refresh_vacancy_flow(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
    everything boolean;
    n bigint;
BEGIN
    scope := byudv.begin_scope(monitor, 'vacancy_flow', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'dwelling'
        UNION SELECT r.dwelling_id FROM %1$I.pending p JOIN %1$I.residence r ON r.person_id = p.key WHERE p.step = %2$s AND p.key_kind = 'person'$q$, 'occupancy');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    everything := scope = 'all';
    DROP VIEW IF EXISTS pg_temp.byudv_residence, pg_temp.byudv_dwelling, pg_temp.byudv_person;
    DROP TABLE IF EXISTS pg_temp.byudv_raw, pg_temp.byudv_new, pg_temp.byudv_near_person, pg_temp.byudv_near_dwelling;
    IF NOT everything THEN
        -- where the residents of these dwellings went next
        EXECUTE format($q$INSERT INTO pg_temp.byudv_scope
            SELECT x.next FROM (SELECT r.dwelling_id, lead(r.dwelling_id) OVER (PARTITION BY r.person_id ORDER BY r.from_date) AS next
                FROM %1$I.residence r WHERE r.person_id IN (SELECT h.person_id FROM %1$I.residence h JOIN pg_temp.byudv_scope s ON s.key = h.dwelling_id)) x
            WHERE x.next IS NOT NULL AND x.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s) ON CONFLICT DO NOTHING$q$, monitor);
        ANALYZE pg_temp.byudv_scope;
        SELECT count(*) INTO n FROM pg_temp.byudv_scope;
        scope := n::text;
        everything := n > 1000 AND n * 20 > (SELECT c.reltuples FROM pg_class c WHERE c.oid = to_regclass(format('%I.dwelling_class', monitor)));
        IF everything THEN
            scope := 'all';
        END IF;
    END IF;
    IF NOT everything THEN
        -- all residences of those who lived there, and all residences of the dwellings in these
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_near_person ON COMMIT DROP AS
            SELECT DISTINCT r.person_id FROM %I.residence r JOIN pg_temp.byudv_scope s ON s.key = r.dwelling_id$q$, monitor);
        ANALYZE pg_temp.byudv_near_person;
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_near_dwelling ON COMMIT DROP AS
            SELECT s.key AS dwelling_id FROM pg_temp.byudv_scope s UNION
            SELECT r.dwelling_id FROM %I.residence r JOIN pg_temp.byudv_near_person p ON p.person_id = r.person_id WHERE r.dwelling_id IS NOT NULL$q$, monitor);
        ANALYZE pg_temp.byudv_near_dwelling;
        EXECUTE format($q$CREATE TEMPORARY VIEW byudv_residence AS
            SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date FROM %1$I.residence r JOIN pg_temp.byudv_near_person p ON p.person_id = r.person_id UNION
            SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date FROM %1$I.residence r JOIN pg_temp.byudv_near_dwelling d ON d.dwelling_id = r.dwelling_id$q$, monitor);
    ELSE
        EXECUTE format('CREATE TEMPORARY VIEW byudv_residence AS SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date FROM %I.residence r', monitor);
    END IF;
    -- A new shop or holiday home is no new dwelling; should somebody live there, that is followed all the same.
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_dwelling AS
        SELECT d.dwelling_id::bigint AS dwelling_id, CASE WHEN c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') THEN d.available_from::date END AS available_from,
            d.demolished_on::date AS demolished_on
        FROM %1$I.dwelling d JOIN %1$I.dwelling_class c ON c.dwelling_id = d.dwelling_id %2$s WHERE c.in_area OR %3$L$q$, monitor,
        CASE WHEN NOT everything THEN 'JOIN pg_temp.byudv_near_dwelling n ON n.dwelling_id = d.dwelling_id' END, (parameters ->> 'follow_region')::boolean);
    EXECUTE format('CREATE TEMPORARY VIEW byudv_person AS SELECT x.person_id::bigint AS person_id, x.born_on::date AS born_on FROM %I.person x %s', monitor,
        CASE WHEN NOT everything THEN 'JOIN pg_temp.byudv_near_person n ON n.person_id = x.person_id' END);
    EXECUTE $q$CREATE TEMPORARY TABLE byudv_raw ON COMMIT DROP AS SELECT f.* FROM byudv.vacancy_flows('pg_temp.byudv_residence', 'pg_temp.byudv_dwelling', $1, $2, $3, $4, $5, $6, $7,
        'pg_temp.byudv_person') f$q$ USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date, (parameters ->> 'overlap_tolerance')::int,
        (parameters ->> 'group_window')::int, (parameters ->> 'link_gap')::int, (parameters ->> 'empty_window')::int, (parameters ->> 'max_vacancy')::int;
    ANALYZE pg_temp.byudv_raw;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT f.dwelling_id, f.vacated_on, f.is_new, f.filled_on, f.outcome, f.origin_dwelling_id, v.vacated_on AS origin_vacated_on, f.movers, f.share
        FROM pg_temp.byudv_raw f LEFT JOIN (SELECT o.vacancy_id, min(o.vacated_on) AS vacated_on FROM pg_temp.byudv_raw o GROUP BY o.vacancy_id) v ON v.vacancy_id = f.origin_vacancy_id %s$q$,
        CASE WHEN NOT everything THEN 'WHERE f.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    merged := byudv.merge_rows(monitor, 'vacancy_flow', ARRAY['dwelling_id', 'vacated_on'], CASE WHEN NOT everything THEN 't.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF merged.rows_added + merged.rows_removed = 0 AND scope <> 'all' THEN
        RETURN;
    END IF;

    -- Chains: all from the flows just made; or those that went through, or begin with, a vacancy whose flows have changed
    IF NOT everything THEN
        TRUNCATE pg_temp.byudv_scope;
        EXECUTE format($q$INSERT INTO pg_temp.byudv_scope
            WITH changed AS (%2$s)
            SELECT h.new_dwelling_id FROM %1$I.chain h JOIN changed USING (dwelling_id) UNION SELECT dwelling_id FROM changed$q$, monitor,
            -- where there was no flow yet, all are new
            CASE WHEN merged.first_time THEN 'SELECT n.dwelling_id FROM pg_temp.byudv_new n'
                ELSE 'SELECT a.dwelling_id FROM pg_temp.byudv_added a UNION SELECT r.dwelling_id FROM pg_temp.byudv_removed r' END);
        ANALYZE pg_temp.byudv_scope;
        DROP TABLE pg_temp.byudv_raw;
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_raw ON COMMIT DROP AS
            WITH RECURSIVE reached (dwelling_id, vacated_on, is_new) AS (
                SELECT f.dwelling_id, f.vacated_on, f.is_new FROM %1$I.vacancy_flow f JOIN pg_temp.byudv_scope s ON s.key = f.dwelling_id WHERE f.is_new
                UNION
                SELECT f.origin_dwelling_id, f.origin_vacated_on, false FROM reached r JOIN %1$I.vacancy_flow f
                    ON f.dwelling_id = r.dwelling_id AND f.vacated_on = r.vacated_on AND f.is_new = r.is_new WHERE f.outcome = 'vacated'),
            numbered AS (SELECT r.*, row_number() OVER (ORDER BY r.dwelling_id, r.vacated_on, r.is_new DESC) AS vacancy_id FROM reached r)
            SELECT v.vacancy_id, f.dwelling_id, f.vacated_on, f.filled_on, f.outcome, f.origin_dwelling_id, o.vacancy_id AS origin_vacancy_id, f.movers, f.share, f.is_new
            FROM numbered v JOIN %1$I.vacancy_flow f ON f.dwelling_id = v.dwelling_id AND f.vacated_on = v.vacated_on AND f.is_new = v.is_new
            LEFT JOIN numbered o ON o.dwelling_id = f.origin_dwelling_id AND o.vacated_on = f.origin_vacated_on AND NOT o.is_new$q$, monitor);
    END IF;
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH vacancy AS MATERIALIZED (SELECT f.vacancy_id, min(f.dwelling_id) AS dwelling_id, min(f.vacated_on) AS vacated_on FROM pg_temp.byudv_raw f GROUP BY f.vacancy_id)
        SELECT s.dwelling_id AS new_dwelling_id, (row_number() OVER (PARTITION BY c.chain_id ORDER BY c.ordinality))::int AS node, c.round, c.dwelling_id, c.vacated_on, c.weight,
            p.dwelling_id AS parent_dwelling_id, p.vacated_on AS parent_vacated_on
        FROM byudv.vacancy_chains('pg_temp.byudv_raw') WITH ORDINALITY c
        JOIN vacancy s ON s.vacancy_id = c.chain_id LEFT JOIN vacancy p ON p.vacancy_id = c.parent_vacancy_id;
    merged := byudv.merge_rows(monitor, 'chain', ARRAY['new_dwelling_id', 'node'], CASE WHEN NOT everything THEN 't.new_dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_vacancy_flow(text, jsonb) IS 'Used inside: the step of a refresh that makes vacancy_flow and chain.';
-- The step that makes the areas by which BI views count.
--
-- Areas of different kinds overlap: a quarter, a school district and a housing estate. A region is a distinct combination of them. What is to be counted is
-- counted by region first, of which there are few, and then added up to areas of each kind; disclosure control works on regions, too, since areas of different
-- kinds could be subtracted from each other.

CREATE FUNCTION byudv.refresh_area_list(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    first_year int := extract(year FROM (parameters ->> 'study_from')::date);
    last_year int := extract(year FROM as_of);
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_inside, pg_temp.byudv_belongs, pg_temp.byudv_kind, pg_temp.byudv_change_year, pg_temp.byudv_region, pg_temp.byudv_region_number, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_inside ON COMMIT DROP AS SELECT c.dwelling_id, c.municipality FROM %I.dwelling_class c WHERE c.in_area$q$, monitor);
    -- Where dwellings lie, in years: the area that is valid on 31 December, or on the last day that is known
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_belongs ON COMMIT DROP AS
        SELECT b.dwelling_id, b.area_kind, b.area_code, b.valid_from, b.from_year, b.to_year
        FROM (SELECT a.dwelling_id, byudv.bi_key(a.kind) AS area_kind, byudv.bi_key(a.code) AS area_code, a.valid_from::date AS valid_from,
                CASE WHEN coalesce(a.valid_from, '-infinity') <= make_date($1, 1, 1) THEN $1 ELSE extract(year FROM least(a.valid_from, $3))::int END AS from_year,
                CASE WHEN coalesce(a.valid_to, 'infinity') >= $3 THEN $2 ELSE extract(year FROM greatest(a.valid_to, make_date($1, 1, 1)))::int - 1 END AS to_year
            FROM %I.dwelling_area a JOIN pg_temp.byudv_inside h ON h.dwelling_id = a.dwelling_id
            WHERE (a.valid_from IS NULL OR a.valid_from < $3) AND a.kind <> ALL (ARRAY['all', 'municipality'])) b
        WHERE b.from_year <= b.to_year
        UNION ALL SELECT h.dwelling_id, 'municipality', lpad(h.municipality::text, 4, '0'), NULL, $1, $2 FROM pg_temp.byudv_inside h WHERE $4 IS NULL AND h.municipality IS NOT NULL$q$, monitor)
        USING first_year, last_year, as_of, (parameters ->> 'municipality')::int;
    ANALYZE pg_temp.byudv_belongs;
    CREATE TEMPORARY TABLE byudv_kind ON COMMIT DROP AS SELECT b.area_kind, row_number() OVER (ORDER BY b.area_kind COLLATE "C")::int AS kind FROM pg_temp.byudv_belongs b GROUP BY b.area_kind;

    -- A dwelling has a row for each time in which its areas are the same; most have one. Of two areas of one kind the later goes, then the smaller code.
    CREATE TEMPORARY TABLE byudv_change_year ON COMMIT DROP AS
        SELECT s.dwelling_id, s.from_year, lead(s.from_year, 1, last_year + 1) OVER (PARTITION BY s.dwelling_id ORDER BY s.from_year) - 1 AS to_year
        FROM (SELECT h.dwelling_id, first_year AS from_year FROM pg_temp.byudv_inside h
            UNION SELECT b.dwelling_id, b.from_year FROM pg_temp.byudv_belongs b WHERE b.from_year > first_year
            UNION SELECT b.dwelling_id, b.to_year + 1 FROM pg_temp.byudv_belongs b WHERE b.to_year < last_year) s;
    CREATE TEMPORARY TABLE byudv_region ON COMMIT DROP AS
        SELECT x.dwelling_id, x.from_year, x.to_year, string_agg(x.area_kind || chr(9) || x.area_code, chr(10) ORDER BY x.area_kind COLLATE "C") AS areas
        FROM (SELECT DISTINCT ON (s.dwelling_id, s.from_year, b.area_kind) s.dwelling_id, s.from_year, s.to_year, b.area_kind, b.area_code
            FROM pg_temp.byudv_change_year s LEFT JOIN pg_temp.byudv_belongs b ON b.dwelling_id = s.dwelling_id AND s.from_year BETWEEN b.from_year AND b.to_year
            ORDER BY s.dwelling_id, s.from_year, b.area_kind, b.valid_from DESC NULLS LAST, b.area_code COLLATE "C") x
        GROUP BY x.dwelling_id, x.from_year, x.to_year;
    ANALYZE pg_temp.byudv_region;
    CREATE TEMPORARY TABLE byudv_region_number ON COMMIT DROP AS
        SELECT r.areas, row_number() OVER (ORDER BY r.areas COLLATE "C" NULLS FIRST)::int AS region FROM pg_temp.byudv_region r GROUP BY r.areas;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT r.dwelling_id, r.from_year, r.to_year, n.region FROM pg_temp.byudv_region r JOIN pg_temp.byudv_region_number n ON n.areas IS NOT DISTINCT FROM r.areas;
    merged := byudv.merge_rows(monitor, 'dwelling_region', ARRAY['dwelling_id', 'from_year']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT n.region, 'all'::varchar(40) AS area_kind, 'all'::varchar(40) AS area_code FROM pg_temp.byudv_region_number n
        UNION ALL
        SELECT n.region, k.area_kind, coalesce((SELECT split_part(p.part, chr(9), 2) FROM unnest(string_to_array(n.areas, chr(10))) p (part) WHERE split_part(p.part, chr(9), 1) = k.area_kind), 'none')
        FROM pg_temp.byudv_region_number n CROSS JOIN pg_temp.byudv_kind k;
    DROP TABLE pg_temp.byudv_region_number;
    merged := byudv.merge_rows(monitor, 'region_area', ARRAY['region', 'area_kind']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT x.area_kind, x.area_code, left(CASE x.area_kind WHEN 'all' THEN $1 WHEN 'municipality' THEN 'Kommune' ELSE initcap(replace(x.area_kind, '_', ' ')) END, 80)::varchar(80) AS area_kind_label,
            left(CASE WHEN x.area_code = 'hidden' THEN 'Diskretioneret' WHEN x.area_kind = 'all' THEN $1 WHEN x.area_code = 'none' THEN 'Uden for'
                ELSE coalesce(a.name, m.label_da, x.area_code) END, 120)::varchar(120) AS area_label,
            (row_number() OVER (PARTITION BY x.area_kind ORDER BY x.area_code = 'hidden', x.area_code = 'none', coalesce(a.name, m.label_da, x.area_code) COLLATE "C", x.area_code COLLATE "C"))::int AS sort_order, a.geojson
        FROM (SELECT b.area_kind, b.area_code FROM %1$I.region_area b
            UNION SELECT b.area_kind, 'hidden' FROM %1$I.region_area b
            UNION SELECT byudv.bi_key(v.kind), byudv.bi_key(v.code) FROM %1$I.area v WHERE v.kind IN (SELECT k.area_kind FROM pg_temp.byudv_kind k)
            UNION SELECT 'all', x.code FROM (VALUES ('all'), ('hidden')) x (code)) x
        LEFT JOIN LATERAL (SELECT v.name, v.geojson FROM %1$I.area v WHERE byudv.bi_key(v.kind) = x.area_kind AND byudv.bi_key(v.code) = x.area_code
            ORDER BY coalesce(v.valid_from, '-infinity') DESC, v.name LIMIT 1) a ON true
        LEFT JOIN byudv.register_code m ON m.list = 'municipality' AND x.area_kind = 'municipality' AND lpad(m.code, 4, '0') = x.area_code$q$, monitor)
        USING CASE WHEN parameters ->> 'municipality' IS NULL THEN 'Hele området' ELSE 'Hele kommunen' END;
    merged := byudv.merge_rows(monitor, 'area_list', ARRAY['area_kind', 'area_code']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_area_list(text, jsonb) IS 'Used inside: the step of a refresh that makes area_list, dwelling_region and region_area.';
-- Roll-ups for BI: how long people stay, how often homes change hands, and what new dwellings set free.
--
-- Everything is counted by region first and then added up to areas of each kind, as in 935-refresh-areas.sql. Homes that are no dwellings for all the year
-- are left out. Type and tenure are those of the data date, so is the area in which somebody stays; turnover and chains go by the area of the year.
--
-- Stays are those of persons. Median and shares are shown only where at least the greater of byudv.min_cell and ten persons stand behind them; counts of
-- stays and years are rounded to tens, so that subtracting one group from another does not tell of a smaller one.

-- residence_duration, duration_curve, new_build_stay: from residences that began with a move.
CREATE FUNCTION byudv.refresh_residence_duration(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    least_persons int := greatest((parameters ->> 'min_cell')::int, 10);
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_stay, pg_temp.byudv_stay_region, pg_temp.byudv_stay_new, pg_temp.byudv_new;
    -- Where somebody comes from is told by the residence before. None is known of those who were here before the register began: that is unknown, unless they
    -- came in the study window, when there would be one had they lived here. Who begins to live somewhere with the birth has not moved.
    -- A person with k stays counts as 1/k in each, so that a group has at least as many persons as these add up to: whole numbers, since their sum does not
    -- depend on the order of rows; 5040 can be divided by most k.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_stay ON COMMIT DROP AS
        SELECT s.dwelling_id, s.from_date, s.to_date, c.dwelling_type::varchar(30) AS dwelling_type, c.tenure::varchar(30) AS tenure, c.is_new_build, 5040 / s.stays AS person_part,
            (CASE WHEN s.before_to IS NULL THEN CASE WHEN s.from_date >= $1 THEN 'elsewhere' END
                WHEN s.from_date - s.before_to <= $3 AND b.dwelling_id IS NOT NULL THEN 'own' ELSE 'elsewhere' END)::varchar(20) AS origin
        FROM (SELECT r.*, lag(r.dwelling_id) OVER w AS before_id, lag(r.to_date) OVER w AS before_to,
                count(*) FILTER (WHERE r.dwelling_id IS NOT NULL AND r.from_date < $2 AND coalesce(r.to_date, 'infinity') > $1) OVER w AS stays
            FROM %1$I.residence r WINDOW w AS (PARTITION BY r.person_id ORDER BY r.from_date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) s
        JOIN %1$I.dwelling_class c ON c.dwelling_id = s.dwelling_id AND c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday')
        LEFT JOIN %1$I.dwelling_class b ON b.dwelling_id = s.before_id AND b.in_area
        LEFT JOIN %1$I.person p ON p.person_id = s.person_id
        WHERE s.from_date < $2 AND coalesce(s.to_date, 'infinity') > $1 AND p.born_on IS DISTINCT FROM s.from_date$q$, monitor) USING study_from, as_of, (parameters ->> 'link_gap')::int;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_stay_region ON COMMIT DROP AS
        SELECT r.region, s.dwelling_type, s.tenure, (CASE WHEN s.is_new_build THEN 'new' ELSE 'existing' END)::varchar(10) AS new_build, s.origin,
            byudv.survival_agg(s.from_date, s.to_date, $1, $2) AS survival, sum(s.person_part) AS person_parts, count(*) FILTER (WHERE s.from_date >= $1) AS starts,
            count(*) FILTER (WHERE s.to_date < $2) AS ends, sum(least(s.to_date, $2) - greatest(s.from_date, $1)) AS days
        FROM pg_temp.byudv_stay s JOIN %I.dwelling_region r ON r.dwelling_id = s.dwelling_id AND extract(year FROM $2 - 1) BETWEEN r.from_year AND r.to_year
        GROUP BY 1, 2, 3, 4, 5$q$, monitor) USING study_from, as_of;
    -- Every combination for the whole area; for parts of it those of two dimensions at most, since there are few persons in more
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT g.area_kind, g.area_code, coalesce(g.dwelling_type, 'all') AS dwelling_type, coalesce(g.tenure, 'all') AS tenure, coalesce(g.new_build, 'all') AS new_build, coalesce(g.origin, 'all') AS origin,
            round(g.ends, -1)::bigint AS ends, round(g.days / 365.25, -1) AS person_years,
            round((m.estimate / 365.25)::numeric, 2) AS median_years, round((m.lower / 365.25)::numeric, 2) AS median_lower, round((m.upper / 365.25)::numeric, 2) AS median_upper,
            round(a.survival::numeric, 4) AS stay_1, round(a.lower::numeric, 4) AS stay_1_lower, round(a.upper::numeric, 4) AS stay_1_upper,
            round(b.survival::numeric, 4) AS stay_2, round(b.lower::numeric, 4) AS stay_2_lower, round(b.upper::numeric, 4) AS stay_2_upper,
            round(c.survival::numeric, 4) AS stay_5, round(c.lower::numeric, 4) AS stay_5_lower, round(c.upper::numeric, 4) AS stay_5_upper,
            round(d.survival::numeric, 4) AS stay_10, round(d.lower::numeric, 4) AS stay_10_lower, round(d.upper::numeric, 4) AS stay_10_upper
        FROM (SELECT 'all'::varchar(40) AS area_kind, 'all'::varchar(40) AS area_code, s.dwelling_type, s.tenure, s.new_build, s.origin, byudv.rollup(s.survival) AS survival,
                sum(s.ends) AS ends, sum(s.days) AS days
            FROM pg_temp.byudv_stay_region s GROUP BY CUBE (s.dwelling_type, s.tenure, s.new_build, s.origin)
            HAVING (s.origin IS NOT NULL OR grouping(s.origin) = 1) AND sum(s.person_parts) >= 5040 * $1 AND sum(s.starts) >= $1
            UNION ALL
            SELECT a.area_kind, a.area_code, s.dwelling_type, s.tenure, s.new_build, s.origin, byudv.rollup(s.survival), sum(s.ends), sum(s.days)
            FROM pg_temp.byudv_stay_region s JOIN %I.region_area a ON a.region = s.region WHERE a.area_kind <> 'all'
            GROUP BY a.area_kind, a.area_code, GROUPING SETS ((), (s.dwelling_type), (s.tenure), (s.new_build), (s.origin), (s.dwelling_type, s.tenure), (s.dwelling_type, s.new_build),
                (s.dwelling_type, s.origin), (s.tenure, s.new_build), (s.tenure, s.origin), (s.new_build, s.origin))
            HAVING (s.origin IS NOT NULL OR grouping(s.origin) = 1) AND sum(s.person_parts) >= 5040 * $1 AND sum(s.starts) >= $1) g
        CROSS JOIN LATERAL byudv.survival_median(g.survival) m
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 365) a ON a.at_risk >= $1 LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 730) b ON b.at_risk >= $1
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 1826) c ON c.at_risk >= $1 LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 3652) d ON d.at_risk >= $1$q$, monitor)
        USING least_persons;
    merged := byudv.merge_rows(monitor, 'residence_duration', ARRAY['area_kind', 'area_code', 'dwelling_type', 'tenure', 'new_build', 'origin']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    -- Curves: each quarter of a year, as far as enough are at risk
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT g.group_kind, g.group_code, round(q.quarter / 4.0, 2) AS years, round(e.survival::numeric, 5) AS survival, round(e.lower::numeric, 5) AS lower, round(e.upper::numeric, 5) AS upper
        FROM (SELECT k.group_kind, k.group_code, byudv.rollup(s.survival) AS survival
            FROM pg_temp.byudv_stay_region s CROSS JOIN LATERAL (VALUES ('tenure', s.tenure), ('new_build', s.new_build), ('origin_new', CASE s.new_build WHEN 'new' THEN s.origin END)) k (group_kind, group_code)
            WHERE k.group_code IS NOT NULL GROUP BY k.group_kind, k.group_code HAVING sum(s.person_parts) >= 5040 * least_persons AND sum(s.starts) >= least_persons) g
        CROSS JOIN generate_series(0, 60) q (quarter) CROSS JOIN LATERAL byudv.survival_estimate(g.survival, floor(q.quarter * 365.25 / 4)::int) e
        WHERE e.at_risk >= least_persons;
    merged := byudv.merge_rows(monitor, 'duration_curve', ARRAY['group_kind', 'group_code', 'years']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    -- Who moved into new dwellings in their first three years: how soon they move on
    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_stay_new ON COMMIT DROP AS
        SELECT x.tenure, x.origin, x.survival
        FROM (SELECT coalesce(s.tenure, 'all') AS tenure, CASE grouping(s.origin) WHEN 1 THEN 'all' ELSE s.origin END AS origin, byudv.survival_agg(s.from_date, s.to_date, $1, $2) AS survival
            FROM pg_temp.byudv_stay s JOIN %I.dwelling d ON d.dwelling_id = s.dwelling_id
            WHERE s.is_new_build AND s.from_date BETWEEN d.available_from - 30 AND d.available_from + 1095
            GROUP BY CUBE (s.tenure, s.origin) HAVING sum(s.person_part) >= 5040 * $3 AND count(*) FILTER (WHERE s.from_date >= $1) >= $3) x
        WHERE x.origin IS NOT NULL$q$, monitor) USING study_from, as_of, least_persons;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT g.tenure, g.origin, round(t.events, -1)::bigint AS ends, round(t.exposure::numeric, -1) AS person_years,
            round(t.rate::numeric, 4) AS rate, round(t.lower::numeric, 4) AS rate_lower, round(t.upper::numeric, 4) AS rate_upper,
            round((m.estimate / 365.25)::numeric, 2) AS median_years, round((m.lower / 365.25)::numeric, 2) AS median_lower, round((m.upper / 365.25)::numeric, 2) AS median_upper,
            round(1 - a.survival::numeric, 4) AS moved_on_1, round(1 - a.upper::numeric, 4) AS moved_on_1_lower, round(1 - a.lower::numeric, 4) AS moved_on_1_upper,
            round(1 - b.survival::numeric, 4) AS moved_on_2, round(1 - b.upper::numeric, 4) AS moved_on_2_lower, round(1 - b.lower::numeric, 4) AS moved_on_2_upper,
            round(1 - c.survival::numeric, 4) AS moved_on_5, round(1 - c.upper::numeric, 4) AS moved_on_5_lower, round(1 - c.lower::numeric, 4) AS moved_on_5_upper,
            round(l.chi_square::numeric, 2) AS chi_square, round(l.p_value::numeric, 10) AS p_value
        FROM pg_temp.byudv_stay_new g CROSS JOIN LATERAL byudv.turnover_rate(g.survival) t CROSS JOIN LATERAL byudv.survival_median(g.survival) m
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 365) a ON a.at_risk >= least_persons LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 730) b ON b.at_risk >= least_persons
        LEFT JOIN LATERAL byudv.survival_estimate(g.survival, 1826) c ON c.at_risk >= least_persons
        LEFT JOIN pg_temp.byudv_stay_new o ON o.tenure = g.tenure AND o.origin = 'own' LEFT JOIN pg_temp.byudv_stay_new e ON e.tenure = g.tenure AND e.origin = 'elsewhere'
        LEFT JOIN LATERAL byudv.log_rank(o.survival, e.survival) l ON g.origin = 'all' AND o.tenure IS NOT NULL AND e.tenure IS NOT NULL;
    merged := byudv.merge_rows(monitor, 'new_build_stay', ARRAY['tenure', 'origin']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_residence_duration(text, jsonb) IS 'Used inside: the step of a refresh that makes residence_duration, duration_curve and new_build_stay.';

-- turnover: ends of occupancies and the time in which homes were lived in, by calendar year. An occupancy that ends on 1 January has ended with the year before, one
-- that ends on the data date has not ended yet, as byudv.exposure() has it.
CREATE FUNCTION byudv.refresh_turnover(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_lived_in, pg_temp.byudv_new;
    -- Occupancies that begin in one year and end in another are added up before they are cut into years: days in a year between are a year's for each of them,
    -- those of the first and the last year follow from the sum of the days on which they begin and end.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_lived_in ON COMMIT DROP AS
        SELECT r.region, r.from_year, r.to_year, c.dwelling_type::varchar(30) AS dwelling_type, c.tenure::varchar(30) AS tenure, c.is_new_build,
            extract(year FROM x.from_date)::int AS first_year, extract(year FROM x.to_date - 1)::int AS last_year,
            count(*) AS n, sum(x.from_date - date '2000-01-01') AS from_sum, sum(x.to_date - date '2000-01-01') AS to_sum, count(*) FILTER (WHERE x.to_date < $2) AS ends
        FROM (SELECT o.dwelling_id, greatest(o.from_date, $1) AS from_date, least(o.to_date, $2) AS to_date FROM %1$I.occupancy o) x
        JOIN %1$I.dwelling_class c ON c.dwelling_id = x.dwelling_id AND c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday')
        JOIN %1$I.dwelling_region r ON r.dwelling_id = x.dwelling_id AND r.from_year <= extract(year FROM x.to_date - 1) AND r.to_year >= extract(year FROM x.from_date)
        WHERE x.from_date < x.to_date
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8$q$, monitor) USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT y.year, y.area_kind, y.area_code, y.dwelling_type, y.tenure, y.new_build, y.ends, round(y.days / 365.25, 2) AS dwelling_years,
            round(e.rate::numeric, 4) AS rate, round(e.lower::numeric, 4) AS lower, round(e.upper::numeric, 4) AS upper
        FROM (SELECT g.year, a.area_kind, a.area_code, o.dwelling_type, o.tenure, (CASE WHEN o.is_new_build THEN 'new' ELSE 'existing' END)::varchar(10) AS new_build,
                sum(CASE g.year WHEN o.last_year THEN o.ends ELSE 0 END)::bigint AS ends,
                sum(CASE g.year WHEN o.last_year THEN o.to_sum ELSE o.n * (make_date(g.year + 1, 1, 1) - date '2000-01-01') END
                    - CASE g.year WHEN o.first_year THEN o.from_sum ELSE o.n * (make_date(g.year, 1, 1) - date '2000-01-01') END) AS days
            FROM pg_temp.byudv_lived_in o CROSS JOIN LATERAL generate_series(greatest(o.first_year, o.from_year), least(o.last_year, o.to_year)) g (year)
            JOIN %I.region_area a ON a.region = o.region
            GROUP BY 1, 2, 3, 4, 5, 6) y
        CROSS JOIN LATERAL byudv.event_rate(y.ends, y.days::float8 / 365.25) e$q$, monitor);
    merged := byudv.merge_rows(monitor, 'turnover', ARRAY['year', 'area_kind', 'area_code', 'dwelling_type', 'tenure', 'new_build']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_turnover(text, jsonb) IS 'Used inside: the step of a refresh that makes turnover.';

-- chain_summary: vacancies by round. chain_end: where they end, so that what comes in is what goes on or ends.
--
-- A vacancy of weight w is w vacancies. It is filled by persons: by how many of them came from where it is divided, so that the parts add up to w. A part that came from
-- a home which became vacant goes on, with the weight that the chain has in the next round: less than the part, where others who left that home filled another dwelling
-- (split); more, where several homes became vacant for one (joined, below 0). What is not followed, since the chain has been there already, is cut.
-- So the ends of all rounds, with split, joined and cut, add up to the new dwellings.
CREATE FUNCTION byudv.refresh_chain_summary(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_vacancy, pg_temp.byudv_new;
    -- Exact numbers, since the sum of floating-point ones depends on the order of rows. Some dwellings that people left are not among the dwellings.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_vacancy ON COMMIT DROP AS
        SELECT s.new_dwelling_id, extract(year FROM s.vacated_on)::int AS start_year, b.tenure::varchar(30) AS start_tenure, h.round, h.dwelling_id, h.vacated_on, h.weight::numeric AS weight
        FROM %1$I.chain s JOIN %1$I.dwelling_class b ON b.dwelling_id = s.new_dwelling_id AND b.in_area JOIN %1$I.chain h ON h.new_dwelling_id = s.new_dwelling_id
        WHERE s.round = 0$q$, monitor);
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT v.start_year, a.area_kind, a.area_code, v.start_tenure, least(v.round, 6) AS round, coalesce(c.dwelling_type, 'unknown')::varchar(30) AS dwelling_type, coalesce(c.tenure, 'unknown')::varchar(30) AS tenure,
            round(sum(v.weight), 6) AS vacancies, count(*) FILTER (WHERE v.round = 0) AS new_dwellings
        FROM pg_temp.byudv_vacancy v LEFT JOIN %1$I.dwelling_class c ON c.dwelling_id = v.dwelling_id
        JOIN %1$I.dwelling_region r ON r.dwelling_id = v.new_dwelling_id AND v.start_year BETWEEN r.from_year AND r.to_year JOIN %1$I.region_area a ON a.region = r.region
        GROUP BY 1, 2, 3, 4, 5, 6, 7$q$, monitor);
    merged := byudv.merge_rows(monitor, 'chain_summary', ARRAY['start_year', 'area_kind', 'area_code', 'start_tenure', 'round', 'dwelling_type', 'tenure']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH filled AS (
            SELECT v.start_year, v.start_tenure, f.outcome, v.weight * CASE WHEN f.of_all > 0 THEN f.movers / f.of_all ELSE 1 END AS part, v.weight * f.share::numeric AS goes_on
            FROM pg_temp.byudv_vacancy v
            JOIN (SELECT x.*, sum(x.movers) OVER (PARTITION BY x.dwelling_id, x.vacated_on, x.is_new)::numeric AS of_all FROM %1$I.vacancy_flow x) f
                ON f.dwelling_id = v.dwelling_id AND f.vacated_on = v.vacated_on AND f.is_new = (v.round = 0)),
        ended AS (
            SELECT f.start_year, f.start_tenure, k.outcome, k.vacancies
            FROM filled f CROSS JOIN LATERAL (VALUES (f.outcome, CASE WHEN f.outcome <> 'vacated' THEN f.part END), ('split', CASE WHEN f.outcome = 'vacated' AND f.part > f.goes_on THEN f.part - f.goes_on END),
                ('joined', CASE WHEN f.outcome = 'vacated' AND f.part < f.goes_on THEN f.part - f.goes_on END), ('cut', CASE WHEN f.outcome = 'vacated' THEN f.goes_on END)) k (outcome, vacancies)
            WHERE k.vacancies IS NOT NULL
            UNION ALL SELECT v.start_year, v.start_tenure, 'cut', - v.weight FROM pg_temp.byudv_vacancy v WHERE v.round > 0)
        SELECT e.start_year, e.start_tenure, e.outcome::varchar(20) AS outcome, round(sum(e.vacancies), 6) AS vacancies
        FROM ended e GROUP BY 1, 2, 3 HAVING round(sum(e.vacancies), 6) <> 0$q$, monitor);
    merged := byudv.merge_rows(monitor, 'chain_end', ARRAY['start_year', 'start_tenure', 'outcome']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_chain_summary(text, jsonb) IS 'Used inside: the step of a refresh that makes chain_summary and chain_end.';
-- The steps that make the pipeline of building projects and, from what people moved into the new dwellings of the past, whom to expect in those to come.
--
-- The method is told in docs/expected-residents.md. In short: dwellings taken into use in one year, of one type, tenure and size, are a cluster. The number of
-- persons of an age in it varies as households do (within) and as projects and years do (between, in relation to the mean). Both are estimated by moments, the
-- analysis of variance for clusters of unequal size, between for all groups of a level together, since a group has few clusters. Limits are those of a new cluster.

CREATE FUNCTION byudv.refresh_pipeline(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_line, pg_temp.byudv_new;
    -- A project without lines has one without dwellings; lines of a project that is not listed stand for themselves. Dates from the data date on have not happened.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_line ON COMMIT DROP AS
        SELECT x.*, CASE WHEN x.occupied_on < $1 THEN 'occupied'
                WHEN x.completed_on < $1 THEN 'completed' WHEN x.started_on < $1 THEN 'started' WHEN x.permit_on < $1 THEN 'permitted' ELSE 'planned' END AS stage,
            coalesce(x.started_on, x.permit_on) AS first_day, least(x.completed_on + 90, $1 - 1) AS last_day
        FROM (SELECT coalesce(p.project_id, l.project_id)::bigint AS project_id,
                (row_number() OVER (PARTITION BY coalesce(p.project_id, l.project_id) ORDER BY l.dwelling_type COLLATE "C", l.tenure COLLATE "C", l.area_m2, l.expected_on, l.expected,
                    l.realised))::int AS line,
                p.name, p.plan_code, p.area_kind, p.area_code, CASE WHEN isfinite(p.adopted_on) THEN p.adopted_on::date END AS adopted_on,
                CASE WHEN isfinite(p.permit_on) THEN p.permit_on::date END AS permit_on, CASE WHEN isfinite(p.started_on) THEN p.started_on::date END AS started_on,
                CASE WHEN isfinite(p.completed_on) THEN p.completed_on::date END AS completed_on, CASE WHEN isfinite(p.occupied_on) THEN p.occupied_on::date END AS occupied_on,
                coalesce(t.code, 'unknown') AS dwelling_type, coalesce(n.code, 'unknown') AS tenure, CASE WHEN l.area_m2 > 0 THEN l.area_m2::int END AS area_m2,
                CASE WHEN l.expected >= 0 THEN l.expected::int END AS expected, CASE WHEN l.realised >= 0 THEN l.realised::int END AS realised, CASE WHEN isfinite(l.expected_on) THEN l.expected_on::date END AS expected_on
            FROM %1$I.plan_project p FULL JOIN %1$I.plan_dwelling l ON l.project_id = p.project_id
            LEFT JOIN byudv.dwelling_type_code t ON t.code = l.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = l.tenure) x$q$, monitor) USING as_of;
    -- What the register has of a line can be told where nothing else of this type was built in the area at that time.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT l.project_id, l.line, left(l.name, 120)::varchar(120) AS name, left(l.plan_code, 60)::varchar(60) AS plan_code,
            coalesce(byudv.bi_key(l.area_kind), 'none')::varchar(40) AS area_kind, coalesce(byudv.bi_key(l.area_code), 'none')::varchar(40) AS area_code,
            l.stage::varchar(20) AS stage, CASE l.stage WHEN 'occupied' THEN l.occupied_on WHEN 'completed' THEN l.completed_on WHEN 'started' THEN l.started_on WHEN 'permitted' THEN l.permit_on
                ELSE CASE WHEN l.adopted_on < $1 THEN l.adopted_on END END AS stage_on,
            l.adopted_on, l.permit_on, l.started_on, l.completed_on, l.occupied_on, l.dwelling_type::varchar(30) AS dwelling_type, l.tenure::varchar(30) AS tenure,
            byudv.size_band(l.area_m2)::varchar(20) AS size_band, l.area_m2, l.expected, l.realised,
            CASE WHEN o.is_alone THEN coalesce(g.registered, 0) END AS registered,
            c.to_come, l.expected_on, (c.to_come > 0 AND coalesce(l.expected_on < $1, false))::int::smallint AS overdue
        FROM pg_temp.byudv_line l
        CROSS JOIN LATERAL (SELECT CASE WHEN coalesce(l.completed_on, l.occupied_on) < $1 THEN 0 ELSE greatest(coalesce(l.expected, 0) - coalesce(l.realised, 0), 0) END AS to_come) c
        CROSS JOIN LATERAL (SELECT l.area_kind IS NOT NULL AND l.area_code IS NOT NULL AND l.dwelling_type <> 'unknown' AND l.first_day <= l.last_day
            AND NOT EXISTS (SELECT FROM pg_temp.byudv_line b WHERE (b.project_id <> l.project_id OR b.line <> l.line) AND b.area_kind = l.area_kind AND b.area_code = l.area_code
                AND b.dwelling_type = l.dwelling_type AND b.first_day <= l.last_day AND b.last_day >= l.first_day) AS is_alone) o
        LEFT JOIN (SELECT x.project_id, x.line, count(DISTINCT d.dwelling_id)::int AS registered
            FROM (SELECT d.dwelling_id, d.available_from, k.dwelling_type FROM %1$I.dwelling d JOIN %1$I.dwelling_class k ON k.dwelling_id = d.dwelling_id
                WHERE k.in_area AND d.available_from BETWEEN (SELECT min(y.first_day) FROM pg_temp.byudv_line y) AND (SELECT max(y.last_day) FROM pg_temp.byudv_line y) OFFSET 0) d
            JOIN %1$I.dwelling_area a ON a.dwelling_id = d.dwelling_id
            JOIN pg_temp.byudv_line x ON x.area_kind = a.kind AND x.area_code = a.code AND x.dwelling_type = d.dwelling_type AND d.available_from BETWEEN x.first_day AND x.last_day
            GROUP BY x.project_id, x.line) g ON g.project_id = l.project_id AND g.line = l.line$q$, monitor)
        USING as_of;
    merged := byudv.merge_rows(monitor, 'pipeline', ARRAY['project_id', 'line']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_pipeline(text, jsonb) IS 'Used inside: the step of a refresh that makes pipeline.';

CREATE FUNCTION byudv.prediction_limit(mean double precision, variance double precision, freedom int, upper_one boolean) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN mean > 0 THEN round(mean * greatest(0, 1 - variance / (9 * mean * mean) + CASE WHEN upper_one THEN 1 ELSE -1 END * t * sqrt(variance) / (3 * mean)) ^ 3)::int WHEN mean = 0 THEN 0 END
    FROM (SELECT 1.959964 + 2.372271 / freedom + 2.822498 / freedom ^ 2 + 2.555850 / freedom ^ 3 + 1.589536 / freedom ^ 4 AS t WHERE freedom > 1) q;
END;
COMMENT ON FUNCTION byudv.prediction_limit(double precision, double precision, int, boolean) IS 'Used inside: the lower or upper 95 % limit of a number of persons with this mean and variance, as for a gamma distribution (Wilson and Hilferty''s approximation), with the quantile of the t distribution for this many degrees of freedom (its expansion about the normal quantile: 4.27 for 2 degrees, where tables have 4.30, and 3.18 for 3 as in tables). To the nearest whole number, which is the continuity correction for counts; never negative. NULL for less than 2 degrees of freedom.';

CREATE FUNCTION byudv.refresh_expected_resident(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    enough constant int := 30;    -- comparable dwellings
    shown constant int := greatest((parameters ->> 'min_cell')::int, 10);    -- persons behind a mean that is shown
    merged record;
BEGIN
    scope := 'all';
    rows_added := 0; rows_removed := 0;
    DROP TABLE IF EXISTS pg_temp.byudv_built, pg_temp.byudv_lived, pg_temp.byudv_rate, pg_temp.byudv_asked, pg_temp.byudv_told, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_built ON COMMIT DROP AS
        SELECT c.dwelling_id, c.dwelling_type::varchar(30) AS dwelling_type, c.tenure::varchar(30) AS tenure, byudv.size_band(d.area_m2::int)::varchar(20) AS size_band,
            extract(year FROM d.available_from)::int AS year, (d.available_from + interval '1 year')::date AS day
        FROM %1$I.dwelling_class c JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        WHERE c.in_area AND c.is_new_build AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND d.available_from + interval '1 year' < $1$q$, monitor) USING as_of;
    ANALYZE pg_temp.byudv_built;
    -- Clusters: who lived there after a year, by age; all ages together, too. Dwellings in which nobody lived count as well.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_lived ON COMMIT DROP AS
        WITH person AS (SELECT b.dwelling_id, byudv.age_band(byudv.age_on(p.born_on::date, b.day)) AS age_band
            FROM pg_temp.byudv_built b JOIN %1$I.residence r ON r.dwelling_id = b.dwelling_id AND r.from_date <= b.day AND (r.to_date IS NULL OR r.to_date > b.day)
            LEFT JOIN %1$I.person p ON p.person_id = r.person_id),
        home AS (SELECT dwelling_id, coalesce(age_band, 'all') AS age_band, count(*) AS n FROM person GROUP BY GROUPING SETS ((dwelling_id, age_band), (dwelling_id))),
        lived AS (SELECT b.dwelling_type, b.tenure, b.size_band, b.year, h.age_band, sum(h.n) AS persons, sum(h.n * h.n) AS squares FROM home h JOIN pg_temp.byudv_built b ON b.dwelling_id = h.dwelling_id
            GROUP BY 1, 2, 3, 4, 5)
        SELECT k.*, a.age_band::varchar(20) AS age_band, coalesce(l.persons, 0)::float8 AS persons, coalesce(l.squares, 0)::float8 AS squares
        FROM (SELECT b.dwelling_type, b.tenure, b.size_band, b.year, count(*)::float8 AS dwellings FROM pg_temp.byudv_built b GROUP BY 1, 2, 3, 4) k
        CROSS JOIN (SELECT c.code AS age_band FROM byudv.bi_codes() c WHERE c.attribute = 'age_band' AND c.code NOT IN ('unknown', 'hidden') UNION SELECT 'all' UNION SELECT h.age_band FROM home h) a
        LEFT JOIN lived l ON l.dwelling_type = k.dwelling_type AND l.tenure = k.tenure AND l.size_band = k.size_band AND l.year = k.year AND l.age_band = a.age_band$q$, monitor);
    ANALYZE pg_temp.byudv_lived;

    -- Means and variances of each group of each level, from all years (left_out 0) and from all but one. level: 1 same type, tenure and size, 2 same type and
    -- tenure, 3 same type, 4 same tenure, 5 all.
    CREATE TEMPORARY TABLE byudv_rate ON COMMIT DROP AS
    WITH part AS (
        SELECT o.year AS left_out, v.level, (CASE WHEN v.level <= 3 THEN l.dwelling_type ELSE 'all' END)::varchar(30) AS dwelling_type, (CASE WHEN v.level IN (1, 2, 4) THEN l.tenure ELSE 'all' END)::varchar(30) AS tenure,
            (CASE WHEN v.level = 1 THEN l.size_band ELSE 'all' END)::varchar(20) AS size_band, l.age_band, sum(l.dwellings) AS n, sum(l.dwellings * l.dwellings) AS n2, count(*) AS clusters, count(DISTINCT l.year)::int AS years,
            sum(l.persons) AS persons, sum(l.persons * l.persons / l.dwellings ORDER BY l.year, l.dwelling_type, l.tenure, l.size_band) AS between_sum,
            sum(l.squares - l.persons * l.persons / l.dwellings ORDER BY l.year, l.dwelling_type, l.tenure, l.size_band) AS within_sum
        FROM (SELECT 0 AS year UNION ALL SELECT DISTINCT b.year FROM pg_temp.byudv_built b) o JOIN pg_temp.byudv_lived l ON l.year <> o.year CROSS JOIN generate_series(1, 5) v (level)
        GROUP BY 1, 2, 3, 4, 5, 6),
    moment AS (SELECT p.*, p.persons / p.n AS mean, CASE WHEN p.n > p.clusters THEN p.within_sum / (p.n - p.clusters) ELSE p.persons / p.n END AS variation FROM part p),
    -- between clusters, in relation to the mean: what the squares between them have more than those within explain
    pooled AS (SELECT m.left_out, m.level, m.age_band, sum(m.clusters - 1)::int AS freedom,
            greatest(sum(m.between_sum - m.persons * m.mean - (m.clusters - 1) * m.variation ORDER BY m.dwelling_type, m.tenure, m.size_band)
                / nullif(sum(m.mean * m.mean * (m.n - m.n2 / m.n) ORDER BY m.dwelling_type, m.tenure, m.size_band), 0), 0) AS spread
        FROM moment m GROUP BY m.left_out, m.level, m.age_band),
    -- Means are those of a number rounded to fives, so that differences between groups tell of nobody; a few persons stand for a number in the middle of what few
    -- can be. Limits allow for both (unsure). For limits half a person is added, so that an age that was not met is not ruled out.
    blurred AS (SELECT m.left_out, m.level, m.dwelling_type, m.tenure, m.size_band, m.age_band, m.n, m.n2, m.years,
            max(m.persons) OVER (PARTITION BY m.left_out, m.level, m.dwelling_type, m.tenure, m.size_band) AS persons,
            CASE WHEN s.few THEN sqrt(shown - 1.0) ELSE round(m.persons / 5) * 5 END / m.n AS mean, CASE WHEN s.few THEN sqrt(shown - 1.0) / m.n ELSE m.variation END + 0.5 / m.n AS variation,
            CASE WHEN s.few THEN (shown - 1.0) ^ 2 WHEN m.persons > 0 THEN 25 ELSE 0 END / 12 AS unsure
        FROM moment m CROSS JOIN LATERAL (SELECT m.persons > 0 AND m.persons < shown AS few) s)
    SELECT b.left_out, b.level, b.dwelling_type, b.tenure, b.size_band, b.age_band, b.n::int AS dwellings, b.years, x.is_enough, CASE WHEN x.is_enough THEN b.mean END AS mean,
        CASE WHEN x.is_enough THEN b.mean + 0.5 / b.n END AS centre, coalesce(p.spread, 0) AS spread, b.variation,
        coalesce(p.spread, 0) * (b.mean + 0.5 / b.n) ^ 2 * b.n2 / b.n ^ 2 + (b.variation + b.unsure / b.n) / b.n AS error, p.freedom
    FROM blurred b JOIN pooled p ON p.left_out = b.left_out AND p.level = b.level AND p.age_band = b.age_band
    CROSS JOIN LATERAL (SELECT b.n >= enough AND b.persons >= shown AS is_enough) x
    WHERE b.level = 5 OR x.is_enough AND 'unknown' NOT IN (b.dwelling_type, b.tenure, b.size_band);
    ANALYZE pg_temp.byudv_rate;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT r.dwelling_type, r.tenure, r.size_band, r.age_band, r.level::smallint AS basis, r.dwellings, r.years, r.mean, r.centre, r.spread, r.variation, r.error, r.freedom FROM pg_temp.byudv_rate r WHERE r.left_out = 0;
    merged := byudv.merge_rows(monitor, 'new_build_rate', ARRAY['dwelling_type', 'tenure', 'size_band', 'age_band']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    -- What is asked: the dwellings to come of each project and year; and those of each past year, type and tenure as if they were a project, from the other years
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_asked ON COMMIT DROP AS
        SELECT 0 AS left_out, p.project_id, CASE WHEN p.expected_on IS NULL THEN 0 ELSE greatest(extract(year FROM p.expected_on), extract(year FROM $1))::int END AS year,
            NULL::varchar(30) AS whole_type, NULL::varchar(30) AS whole_tenure, p.dwelling_type, p.tenure, p.size_band, sum(p.to_come)::float8 AS dwellings
        FROM %1$I.pipeline p WHERE p.to_come > 0 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        UNION ALL
        SELECT l.year, NULL, l.year, l.dwelling_type, l.tenure, l.dwelling_type, l.tenure, l.size_band, l.dwellings FROM pg_temp.byudv_lived l WHERE l.age_band = 'all'$q$, monitor) USING as_of;
    ANALYZE pg_temp.byudv_asked;
    CREATE TEMPORARY TABLE byudv_told ON COMMIT DROP AS
    WITH possible AS (SELECT q.*, v.level, CASE WHEN v.level <= 3 THEN q.dwelling_type ELSE 'all' END AS like_type, CASE WHEN v.level IN (1, 2, 4) THEN q.tenure ELSE 'all' END AS like_tenure,
            CASE WHEN v.level = 1 THEN q.size_band ELSE 'all' END AS like_size FROM pg_temp.byudv_asked q CROSS JOIN generate_series(1, 5) v (level)),
    chosen AS (SELECT DISTINCT ON (p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.dwelling_type, p.tenure, p.size_band) p.* FROM possible p
        JOIN pg_temp.byudv_rate r ON r.left_out = p.left_out AND r.level = p.level AND r.dwelling_type = p.like_type AND r.tenure = p.like_tenure AND r.size_band = p.like_size AND r.age_band = 'all'
        ORDER BY p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.dwelling_type, p.tenure, p.size_band, p.level),
    part AS (SELECT c.left_out, c.project_id, c.year, c.whole_type, c.whole_tenure, c.dwelling_type, c.tenure, c.size_band, c.dwellings AS n, r.* FROM chosen c
        JOIN (SELECT x.left_out AS rate_left_out, x.level, x.dwelling_type AS like_type, x.tenure AS like_tenure, x.size_band AS like_size, x.age_band, x.dwellings AS comparable, x.is_enough, x.mean, x.centre, x.spread,
                x.variation, x.error, x.freedom FROM pg_temp.byudv_rate x) r
            ON r.rate_left_out = c.left_out AND r.level = c.level AND r.like_type = c.like_type AND r.like_tenure = c.like_tenure AND r.like_size = c.like_size)
    SELECT t.*, byudv.prediction_limit(t.centre, t.variance, t.freedom, false) AS lower, byudv.prediction_limit(t.centre, t.variance, t.freedom, true) AS upper
    FROM (
        SELECT p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.age_band, sum(p.n) AS dwellings, max(p.level)::smallint AS basis, min(p.comparable) AS comparable_dwellings, min(p.freedom) AS freedom,
            CASE WHEN bool_and(p.is_enough) THEN sum(p.n * p.mean ORDER BY p.dwelling_type, p.tenure, p.size_band) END AS expected,
            CASE WHEN bool_and(p.is_enough) THEN sum(p.n * p.centre ORDER BY p.dwelling_type, p.tenure, p.size_band) END AS centre,
            -- lines of one project go up and down together; dwellings do so each for itself
            sum(p.n * p.centre * sqrt(p.spread) ORDER BY p.dwelling_type, p.tenure, p.size_band) ^ 2 + sum(p.n * p.variation ORDER BY p.dwelling_type, p.tenure, p.size_band)
                + sum(p.n * sqrt(p.error) ORDER BY p.dwelling_type, p.tenure, p.size_band) ^ 2 AS variance
        FROM part p GROUP BY p.left_out, p.project_id, p.year, p.whole_type, p.whole_tenure, p.age_band) t;
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT t.project_id, t.year, t.age_band, t.dwellings::int AS dwellings, t.basis, t.comparable_dwellings, round(t.expected::numeric, 1)::numeric(10, 1) AS expected, t.lower, t.upper
        FROM pg_temp.byudv_told t WHERE t.project_id IS NOT NULL AND t.age_band <> 'all';
    merged := byudv.merge_rows(monitor, 'expected_resident', ARRAY['project_id', 'year', 'age_band']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    -- Clusters of less than ten dwellings test nothing
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT t.year AS left_out_year, t.whole_type AS dwelling_type, t.whole_tenure AS tenure, t.age_band, t.dwellings::int AS dwellings, t.basis, round(t.expected::numeric, 1)::numeric(10, 1) AS expected, t.lower, t.upper,
            CASE WHEN l.persons = 0 OR l.persons >= shown THEN l.persons::int END AS actual, (l.persons BETWEEN t.lower AND t.upper)::int::smallint AS inside
        FROM pg_temp.byudv_told t JOIN (SELECT x.year, x.dwelling_type, x.tenure, x.age_band, sum(x.persons) AS persons FROM pg_temp.byudv_lived x GROUP BY 1, 2, 3, 4) l
            ON l.year = t.year AND l.dwelling_type = t.whole_type AND l.tenure = t.whole_tenure AND l.age_band = t.age_band
        WHERE t.project_id IS NULL AND t.dwellings >= 10 AND t.age_band <> 'all' AND t.lower IS NOT NULL;
    merged := byudv.merge_rows(monitor, 'backtest', ARRAY['left_out_year', 'dwelling_type', 'tenure', 'age_band']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_expected_resident(text, jsonb) IS 'Used inside: the step of a refresh that makes new_build_rate, expected_resident and backtest.';

CREATE FUNCTION byudv.new_build_profile(monitor text, dwelling_type text DEFAULT NULL, tenure text DEFAULT NULL, area_m2 int DEFAULT NULL, dwellings int DEFAULT 100,
        OUT age_band text, OUT age_band_label text, OUT expected numeric(10, 1), OUT lower int, OUT upper int, OUT basis text, OUT comparable_dwellings int, OUT years int)
    RETURNS SETOF record LANGUAGE plpgsql STABLE ROWS 9 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    computed boolean;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF dwelling_type IS NOT NULL AND NOT EXISTS (SELECT FROM byudv.dwelling_type_code c WHERE c.code = dwelling_type) THEN
        RAISE EXCEPTION 'there is no dwelling type "%"', dwelling_type USING ERRCODE = 'invalid_parameter_value', DETAIL = 'byudv.dwelling_types() has no such code.',
            HINT = 'SELECT code, label_da FROM byudv.dwelling_types(); or NULL for new dwellings of every type.';
    END IF;
    IF tenure IS NOT NULL AND NOT EXISTS (SELECT FROM byudv.tenure_code c WHERE c.code = tenure) THEN
        RAISE EXCEPTION 'there is no tenure "%"', tenure USING ERRCODE = 'invalid_parameter_value', DETAIL = 'byudv.tenure_codes() has no such code.',
            HINT = 'SELECT code, label_da FROM byudv.tenure_codes(); or NULL for new dwellings of every tenure.';
    END IF;
    IF area_m2 <= 0 OR dwellings IS NULL OR dwellings <= 0 THEN
        RAISE EXCEPTION 'argument % is not positive', CASE WHEN area_m2 <= 0 THEN 'area_m2' ELSE 'dwellings' END USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('It is %s.', coalesce(CASE WHEN area_m2 <= 0 THEN area_m2 ELSE dwellings END::text, 'NULL')), HINT = 'Give square metres of a dwelling, or NULL, and a number of dwellings, such as 75 and 100.';
    END IF;
    -- Pending is also what a later refresh is about to do: until then, what the last one has made holds.
    EXECUTE format('SELECT s.parameters <> ''{}'' AND (NOT EXISTS (SELECT FROM %1$I.pending p WHERE p.step = ''expected_resident'' AND p.key IS NULL)
        OR EXISTS (SELECT FROM %1$I.run_log l WHERE l.step = ''expected_resident'' AND l.outcome = ''done'')) FROM %1$I.state s', monitor) INTO computed;
    IF NOT computed THEN
        RAISE EXCEPTION 'monitor "%" has not been refreshed yet', monitor USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'What new dwellings have been like is computed by a refresh.',
            HINT = format('CALL byudv.refresh(%L);', monitor);
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT r.age_band::text, coalesce(c.label_da, 'I alt'), round((r.mean * $4)::numeric, 1)::numeric(10, 1),
            byudv.prediction_limit(r.centre * $4, r.centre * r.centre * $4 * $4 * r.spread + r.variation * $4 + r.error * $4 * $4, r.freedom, false),
            byudv.prediction_limit(r.centre * $4, r.centre * r.centre * $4 * $4 * r.spread + r.variation * $4 + r.error * $4 * $4, r.freedom, true), b.label_da, r.dwellings, r.years
        FROM %1$I.new_build_rate r LEFT JOIN byudv.bi_codes() c ON c.attribute = 'age_band' AND c.code = r.age_band LEFT JOIN byudv.bi_codes() b ON b.attribute = 'basis' AND b.code = r.basis::text
        WHERE r.dwelling_type IN ($1, 'all') AND r.tenure IN ($2, 'all') AND r.size_band IN ($3, 'all')
            AND r.basis = (SELECT min(x.basis) FROM %1$I.new_build_rate x WHERE x.dwelling_type IN ($1, 'all') AND x.tenure IN ($2, 'all') AND x.size_band IN ($3, 'all'))
        ORDER BY c.sort_order NULLS LAST$q$, monitor) USING coalesce(dwelling_type, 'all'), coalesce(tenure, 'all'), CASE WHEN area_m2 IS NULL THEN 'all' ELSE byudv.size_band(area_m2) END, dwellings::float8;
END
$$;
COMMENT ON FUNCTION byudv.new_build_profile(text, text, text, int, int) IS 'Whom to expect in new dwellings of a kind, by age, a year after they are taken into use: from what new dwellings of the monitor''s study window had. dwelling_type, tenure: codes of byudv.dwelling_types() and byudv.tenure_codes(), area_m2: size of one, square metres; NULL: of every kind. dwellings: how many of them. Where fewer than 30 dwellings of this type, tenure and size are known, all sizes are taken, then all tenures, then the tenure of all types, then all new dwellings: basis says which, in Danish, comparable_dwellings how many and years from how many years of building. expected: persons; where fewer than 10 of an age (byudv.min_cell, if that is more) stand behind it they count as 3, more are rounded to fives. lower, upper: 95 % limits of a single project of this size, between projects and years and between households, NULL where years and kinds of dwelling are too few to tell; see docs/expected-residents.md. The last row, all, is for all ages together, with limits of its own. NULL where fewer than 30 new dwellings are known at all; no rows where there are none. As of the last refresh. Only the monitor''s owner may ask. Errors: no such monitor, type or tenure, a number that is not positive, a monitor that was not refreshed.';
-- The step that puts the figures of others beside the monitor's own for the same thing.

CREATE FUNCTION byudv.indicator_measures(OUT measure text, OUT names text[], OUT label_da text, OUT label_en text, OUT is_rate boolean, OUT on_1_january boolean, OUT explanation_da text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('population', ARRAY['population', 'folketal', 'befolkning', 'folk1a'], 'Folketal 1. januar', 'Residents on 1 January', false, true,
    'Folketallet er alle med folkeregisteradresse i kommunen. Monitorens tal er dem, der er tilmeldt en bolig, som den kender: personer uden fast bopæl, og dem, hvis adresse der ikke er fundet en bolig til, mangler; rettelser, der er kommet til CPR siden, er med.'),
('dwellings', ARRAY['dwellings', 'boliger', 'helårsboliger', 'boligbestand', 'bol101'], 'Helårsboliger 1. januar', 'Year-round dwellings on 1 January', false, true,
    'Danmarks Statistik tæller BBR''s boliger, som BBR var 1. januar. Monitoren tæller de enheder, der har en boligtype og ikke er fritidshuse, efter ibrugtagning og nedrivning, som de står i BBR nu: sene indberetninger er med, og boliger med ukendt type tæller.'),
('arrivals', ARRAY['arrivals', 'tilflyttede', 'tilflytninger'], 'Tilflyttede i året', 'Arrivals in the year', false, false,
    'Monitoren tæller personer, der er flyttet til en bolig i kommunen fra en anden kommune, fra udlandet eller fra et ukendt sted. Danmarks Statistik tæller hver flytning, opgør indvandrede for sig, og har flytninger med, der senere er annulleret. Flytninger til en adresse, der ikke er fundet en bolig til, mangler i monitoren.'),
('departures', ARRAY['departures', 'fraflyttede', 'fraflytninger'], 'Fraflyttede i året', 'Departures in the year', false, false,
    'Monitoren tæller personer, der er flyttet fra en bolig i kommunen til en anden kommune, til udlandet eller et ukendt sted; døde er ikke med. Danmarks Statistik tæller hver flytning, opgør udvandrede for sig, og har flytninger med, der senere er annulleret.'),
('completed', ARRAY['completed', 'fuldførte boliger', 'fuldført byggeri'], 'Fuldførte boliger i året', 'Dwellings completed in the year', false, false,
    'Monitoren tæller helårsboliger efter datoen for ibrugtagning, som den står i BBR nu. Andre tæller efter det år, hvor fuldførelsen blev indberettet, og retter først senere for forsinkede indberetninger.'),
('household_size', ARRAY['household_size', 'personer pr. bolig', 'husstandsstørrelse'], 'Personer pr. helårsbolig', 'Persons per year-round dwelling', true, true,
    'Monitorens tal er folketal divideret med helårsboliger 1. januar, ubeboede boliger medregnet. Opgørelser, der kun regner med beboede boliger, er højere.'),
('turnover_social', ARRAY['turnover_social', 'fraflytningsprocent'], 'Fraflytninger i pct. af almene boliger', 'Ended tenancies as per cent of social dwellings', true, false,
    'Monitoren tæller husstande, der er flyttet helt ud af en almen bolig i året, i forhold til almene boliger 1. januar efter den rettede ejerform. Landsbyggefonden tæller ophørte lejemål i forhold til alle lejemål; flytninger inden for en afdeling er ikke altid med.')
$$;
COMMENT ON FUNCTION byudv.indicator_measures() IS 'The measures for which a monitor has a figure of its own to set beside those in its table indicator. names: what indicator.measure may be called, in any letter case; words in brackets behind it, as import_statbank() writes them, are allowed where they are totals (I alt). is_rate: a rate, which can be compared with that of other municipalities; the others are numbers. explanation_da: why two honest figures differ.';

CREATE FUNCTION byudv.own_measure(measure text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT m.measure FROM byudv.indicator_measures() m
WHERE btrim(lower(translate(split_part($1, ' (', 1), 'ÆØÅ', 'æøå'))) = ANY (m.names)
    AND NOT EXISTS (SELECT FROM regexp_split_to_table(rtrim(substr($1, length(split_part($1, ' (', 1)) + 3), ')'), '; ') p (part)
        WHERE p.part <> '' AND lower(split_part(p.part, ': ', 2)) NOT IN ('i alt', 'ialt', 'tot', 'total', 'alle'))
$$;
COMMENT ON FUNCTION byudv.own_measure(text) IS 'Used inside: the measure of indicator_measures() that a measure in indicator is called; NULL if none, or only a part of it.';

CREATE FUNCTION byudv.refresh_comparison(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    municipality int := parameters ->> 'municipality';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_own, pg_temp.byudv_new;
    -- Own figures. Persons from the counts with disclosure control, whose suppressed cells are in their sum; all for whole years, or 1 January, of the study window.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_own ON COMMIT DROP AS
        WITH person AS (SELECT p.year, p.population, sum(p.persons) AS n FROM %1$I.person_count p WHERE p.attribute = 'none' AND p.area_kind = 'all' GROUP BY p.year, p.population),
        home AS (SELECT s.year, sum(s.dwellings) FILTER (WHERE s.dwelling_type <> 'holiday') AS n, sum(s.dwellings) FILTER (WHERE s.tenure = 'social') AS social FROM %1$I.stock s WHERE s.area_kind = 'all' GROUP BY s.year),
        built AS (SELECT extract(year FROM d.available_from)::int AS year, count(*) AS n FROM %1$I.dwelling d JOIN %1$I.dwelling_class c ON c.dwelling_id = d.dwelling_id
            WHERE c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND d.available_from >= $1 AND d.available_from < $2 GROUP BY 1),
        ended AS (SELECT extract(year FROM o.to_date)::int AS year, count(*) AS n FROM %1$I.occupancy o JOIN %1$I.dwelling_class c ON c.dwelling_id = o.dwelling_id
            WHERE c.in_area AND c.tenure = 'social' AND o.to_date >= $1 AND o.to_date < $2 GROUP BY 1),
        counted AS (SELECT h.year, m.measure, CASE WHEN p.year IS NULL THEN 0 WHEN p.n >= $3 THEN p.n END AS n
            FROM home h CROSS JOIN (VALUES ('population', 'resident'), ('arrivals', 'arrival'), ('departures', 'departure')) m (measure, population) LEFT JOIN person p ON p.year = h.year AND p.population = m.population),
        figure AS (SELECT c.year, c.measure, c.n::numeric AS value FROM counted c
            UNION ALL SELECT h.year, 'dwellings', h.n FROM home h
            UNION ALL SELECT h.year, 'completed', coalesce(b.n, 0) FROM home h LEFT JOIN built b USING (year)
            UNION ALL SELECT h.year, 'household_size', c.n / nullif(h.n, 0) FROM home h JOIN counted c ON c.year = h.year AND c.measure = 'population'
            UNION ALL SELECT h.year, 'turnover_social', 100.0 * coalesce(e.n, 0) / nullif(h.social, 0) FROM home h LEFT JOIN ended e USING (year))
        SELECT f.year, f.measure, round(f.value, 4)::numeric(18, 4) AS value FROM figure f JOIN byudv.indicator_measures() m ON m.measure = f.measure
        WHERE f.value IS NOT NULL AND make_date(f.year, 1, 1) BETWEEN $1 AND $2 AND (m.on_1_january OR make_date(f.year + 1, 1, 1) <= $2)$q$, monitor)
        USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date, (parameters ->> 'min_cell')::int;
    -- Figures of a quarter or month are about something else, but for the first of the year where what is counted is as on 1 January.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH named AS (SELECT n.measure, byudv.own_measure(n.measure) AS own_measure FROM (SELECT DISTINCT i.measure FROM %1$I.indicator i) n)
        SELECT x.year, x.period, x.source, x.municipality, x.area_kind, x.area_code, x.measure, (row_number() OVER (PARTITION BY x.year, x.period, x.source, x.municipality, x.area_kind, x.area_code, x.measure
                ORDER BY x.unit COLLATE "C", x.definition COLLATE "C", x.value))::int AS copy, x.own_measure, x.unit, x.definition, x.is_own, x.value, x.own_value
        FROM (SELECT coalesce(i.year, 0)::int AS year, left(coalesce(i.period, ''), 20)::varchar(20) AS period, left(i.source, 40)::varchar(40) AS source, coalesce(i.municipality, 0)::int AS municipality,
                coalesce(byudv.bi_key(i.area_kind), 'all')::varchar(40) AS area_kind, coalesce(byudv.bi_key(i.area_code), 'all')::varchar(40) AS area_code, left(i.measure, 200)::varchar(200) AS measure,
                n.own_measure::varchar(40) AS own_measure, left(i.unit, 60)::varchar(60) AS unit, left(i.definition, 1000)::varchar(1000) AS definition,
                (i.municipality IS NOT DISTINCT FROM $1 AND i.area_kind IS NULL)::int::smallint AS is_own, CASE WHEN i.value <> 'NaN' THEN round(i.value, 4)::numeric(18, 4) END AS value, o.value AS own_value
            FROM %1$I.indicator i LEFT JOIN named n ON n.measure = i.measure LEFT JOIN byudv.indicator_measures() m ON m.measure = n.own_measure
            LEFT JOIN pg_temp.byudv_own o ON o.measure = n.own_measure AND o.year = i.year AND i.area_kind IS NULL
                AND (i.period IS NULL OR i.period IN ('', i.year::text) OR m.on_1_january AND i.period IN (i.year || 'K1', i.year || 'Q1', i.year || 'M01', i.year || 'H1'))) x$q$, monitor) USING municipality;
    merged := byudv.merge_rows(monitor, 'comparison', ARRAY['year', 'period', 'source', 'municipality', 'area_kind', 'area_code', 'measure', 'copy']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_comparison(text, jsonb) IS 'Used inside: the step of a refresh that makes comparison.';
-- The step that lists dwellings for people to look at: those whose tenure is doubtful, and those with something wrong in the registers.
--
-- These lists have addresses, and BI readers see them. So they say nothing of persons: no owner's name where the owner may be a person, no number of residents
-- that is a small count, no day on which somebody moved in; and nothing at all about a dwelling in which somebody with address protection lives or is to live,
-- or which such a person owns. Where a resident is not known, neither is whether that person is protected, and the dwelling is left out, too.

CREATE FUNCTION byudv.refresh_tenure_review(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_shielded, pg_temp.byudv_secret, pg_temp.byudv_place, pg_temp.byudv_listed, pg_temp.byudv_new;
    -- Dwellings of persons who are protected: where they live or will live, by any record, and what they own
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_shielded ON COMMIT DROP AS
        SELECT p.person_id FROM %1$I.person p WHERE p.protected IS DISTINCT FROM false
        UNION SELECT a.person_id FROM %1$I.address_period a WHERE NOT EXISTS (SELECT FROM %1$I.person p WHERE p.person_id = a.person_id)$q$, monitor);
    ANALYZE pg_temp.byudv_shielded;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_secret ON COMMIT DROP AS
        WITH owned AS (SELECT o.property_id, o.dwelling_id FROM %1$I.ownership o JOIN pg_temp.byudv_shielded s ON s.person_id = o.owner_person_id WHERE o.valid_to IS NULL OR o.valid_to > $1)
        SELECT a.dwelling_id FROM %1$I.address_period a JOIN pg_temp.byudv_shielded s ON s.person_id = a.person_id WHERE a.to_date IS NULL OR a.to_date >= $1
        UNION SELECT r.dwelling_id FROM %1$I.residence r JOIN pg_temp.byudv_shielded s ON s.person_id = r.person_id WHERE r.to_date IS NULL OR r.to_date >= $1
        UNION SELECT o.dwelling_id FROM owned o
        UNION SELECT d.dwelling_id FROM owned o JOIN %1$I.dwelling d ON d.property_id = o.property_id
        UNION SELECT d.dwelling_id FROM owned o JOIN %1$I.building b ON b.property_id = o.property_id JOIN %1$I.dwelling d ON d.building_id = b.building_id$q$, monitor) USING as_of;
    -- The areas of each region as text, with that of the main kind first: the finest that holds nearly all homes
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_place ON COMMIT DROP AS
        WITH size AS (SELECT r.region, count(*) AS n FROM %1$I.dwelling_region r JOIN %1$I.dwelling_class c ON c.dwelling_id = r.dwelling_id
                WHERE c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND extract(year FROM $1) BETWEEN r.from_year AND r.to_year GROUP BY r.region),
            kind AS (SELECT a.area_kind, row_number() OVER (ORDER BY coalesce(sum(s.n) FILTER (WHERE a.area_code <> 'none'), 0) >= 0.95 * sum(s.n) DESC, count(DISTINCT a.area_code) DESC, a.area_kind COLLATE "C") AS rank
                FROM %1$I.region_area a JOIN size s ON s.region = a.region WHERE a.area_kind <> 'all' GROUP BY a.area_kind)
        SELECT a.region, max(a.area_kind) FILTER (WHERE k.rank = 1) AS area_kind, max(a.area_code) FILTER (WHERE k.rank = 1) AS area_code, max(l.area_label) FILTER (WHERE k.rank = 1) AS area_label,
            string_agg(l.area_kind_label || ': ' || l.area_label, '; ' ORDER BY k.rank) FILTER (WHERE a.area_code <> 'none') AS areas
        FROM %1$I.region_area a JOIN kind k ON k.area_kind = a.area_kind JOIN %1$I.area_list l ON l.area_kind = a.area_kind AND l.area_code = a.area_code GROUP BY a.region$q$, monitor) USING as_of;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_listed ON COMMIT DROP AS
        SELECT c.dwelling_id, left(d.address, 200)::varchar(200) AS address, coalesce(p.area_kind, 'all')::varchar(40) AS area_kind, coalesce(p.area_code, 'all')::varchar(40) AS area_code,
            coalesce(p.area_label, 'Hele området')::varchar(120) AS area_label, left(p.areas, 400)::varchar(400) AS areas, c.dwelling_type::varchar(30) AS dwelling_type,
            c.tenure_register, c.tenure_dst, c.tenure, c.rule_id, c.certainty, c.reason, c.owner_kind, c.organisation, c.overridden,
            (d.demolished_on IS NULL OR d.demolished_on >= $1) AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AS is_home
        FROM %1$I.dwelling_class c JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        LEFT JOIN %1$I.dwelling_region r ON r.dwelling_id = c.dwelling_id AND extract(year FROM $1) BETWEEN r.from_year AND r.to_year
        LEFT JOIN pg_temp.byudv_place p ON p.region = r.region
        WHERE c.in_area AND NOT EXISTS (SELECT FROM pg_temp.byudv_secret s WHERE s.dwelling_id = c.dwelling_id)$q$, monitor) USING as_of;
    ANALYZE pg_temp.byudv_listed;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH doubt AS (SELECT i.dwelling_id, left(string_agg(k.label_da, '; ' ORDER BY k.sort_order), 400)::varchar(400) AS issues, (array_agg(k.advice_da ORDER BY k.sort_order))[1] AS advice
                FROM %1$I.data_issue i JOIN byudv.data_issue_kind k ON k.issue = i.issue
                WHERE i.issue IN ('proxy_owner', 'owner_code_against_name', 'support_against_owner_code', 'association_as_owner', 'person_owns_block', 'company_used_by_owner', 'owner_not_resident',
                    'estate_not_social', 'missing_owner_code', 'missing_owner_name') GROUP BY i.dwelling_id),
            naming AS (SELECT r.rule_id FROM byudv.tenure_rule r WHERE r.norm = 'corrected' AND r.reason ~ '\{(owner|organisation)\}' GROUP BY r.rule_id)
        SELECT h.dwelling_id, h.address, h.area_kind, h.area_code, h.area_label, h.areas, h.dwelling_type, h.tenure_register::varchar(30) AS tenure_register, h.tenure_dst::varchar(30) AS tenure_dst,
            h.tenure::varchar(30) AS tenure, coalesce(h.certainty, 'low')::varchar(10) AS certainty, w.why::varchar(20) AS why,
            left(CASE WHEN h.overridden THEN 'Fastsat ved en afgørelse i kommunen.'
                -- who is quoted has a name that tells an organisation, or is in the dictionary of organisations
                WHEN n.rule_id IS NOT NULL AND h.organisation IS NULL AND coalesce(h.owner_kind, 'unclassified') IN ('unclassified', 'partnership') THEN 'Begrundelsen nævner ejerens navn og vises ikke her.'
                ELSE coalesce(h.reason, '') END, 400)::varchar(400) AS reason,
            left(h.organisation, 200)::varchar(200) AS organisation, u.issues,
            left(CASE WHEN h.overridden THEN 'Ret oplysningerne i BBR, så afgørelsen ikke længere er nødvendig.'
                WHEN u.advice IS NOT NULL THEN u.advice
                WHEN w.why IN ('unknown', 'low_certainty') THEN 'Find ejeren i Ejerfortegnelsen, og se i BBR, om boligen er lejet ud. Kendes ejerformen, så træf en afgørelse i tenure_override.'
                ELSE 'Er begrundelsen rigtig, er der intet at gøre. Ellers ret ejerforholdskoden i BBR, eller træf en afgørelse i tenure_override.' END, 400)::varchar(400) AS advice
        FROM pg_temp.byudv_listed h LEFT JOIN doubt u ON u.dwelling_id = h.dwelling_id LEFT JOIN naming n ON n.rule_id = h.rule_id
        CROSS JOIN LATERAL (SELECT CASE
            WHEN h.overridden THEN CASE WHEN h.tenure <> h.tenure_register OR h.tenure <> h.tenure_dst THEN 'decision' END
            WHEN h.tenure = 'unknown' THEN 'unknown'
            WHEN coalesce(h.certainty, 'low') = 'low' THEN 'low_certainty'
            WHEN u.dwelling_id IS NOT NULL THEN 'data_issue'
            WHEN h.tenure <> h.tenure_register AND h.tenure <> h.tenure_dst THEN 'differs_both'
            WHEN h.tenure <> h.tenure_dst THEN 'differs_dst'
            WHEN h.tenure <> h.tenure_register THEN 'differs_register' END AS why) w
        WHERE h.is_home AND w.why IS NOT NULL$q$, monitor);
    merged := byudv.merge_rows(monitor, 'tenure_review', ARRAY['dwelling_id']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    -- Findings about dwellings. Those about persons and their records are counted only, in bi_data_issue_summary.
    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT i.issue::varchar(40) AS issue, h.dwelling_id, h.address, h.area_kind, h.area_code, h.area_label, h.areas, h.dwelling_type,
            left(CASE WHEN i.issue = 'owner_not_resident' THEN 'Der er beboere, og ingen af ejerne er blandt dem.'
                WHEN i.issue = 'unused_but_lived_in' THEN 'Der har været beboere i over et år.'
                WHEN substring(i.detail FROM '^([0-9]+) beboere?\M')::bigint < $1 THEN regexp_replace(i.detail, '^[0-9]+ beboere?', 'Beboere')
                ELSE i.detail END, 400)::varchar(400) AS detail
        FROM %1$I.data_issue i JOIN pg_temp.byudv_listed h ON h.dwelling_id = i.dwelling_id WHERE i.person_id IS NULL$q$, monitor) USING (parameters ->> 'min_cell')::int;
    merged := byudv.merge_rows(monitor, 'dwelling_issue', ARRAY['issue', 'dwelling_id']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_tenure_review(text, jsonb) IS 'Used inside: the step of a refresh that makes tenure_review and dwelling_issue.';
-- The step that counts the homes that people leave for: those of other municipalities of which type and tenure are known.

CREATE FUNCTION byudv.refresh_destination(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_gone, pg_temp.byudv_type, pg_temp.byudv_tenure, pg_temp.byudv_event, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_gone ON COMMIT DROP AS
        SELECT extract(year FROM m.left_on)::int AS year, c.dwelling_type, c.tenure FROM %1$I.move m JOIN %1$I.dwelling_class c ON c.dwelling_id = m.to_home_id AND NOT c.in_area
        WHERE m.departure = 'to_municipality' AND m.from_dwelling_id IS NOT NULL$q$, monitor);
    CREATE TEMPORARY TABLE byudv_type ON COMMIT DROP AS SELECT g.dwelling_type, row_number() OVER (ORDER BY g.dwelling_type COLLATE "C")::int AS number FROM pg_temp.byudv_gone g GROUP BY g.dwelling_type;
    CREATE TEMPORARY TABLE byudv_tenure ON COMMIT DROP AS SELECT g.tenure, row_number() OVER (ORDER BY g.tenure COLLATE "C")::int AS number FROM pg_temp.byudv_gone g GROUP BY g.tenure;
    CREATE TEMPORARY TABLE byudv_event ON COMMIT DROP AS
        SELECT g.year AS slice, t.number AS type, n.number AS tenure FROM pg_temp.byudv_gone g JOIN pg_temp.byudv_type t ON t.dwelling_type = g.dwelling_type JOIN pg_temp.byudv_tenure n ON n.tenure = g.tenure;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT p.slice AS year, coalesce(t.dwelling_type, 'hidden')::varchar(30) AS dwelling_type, coalesce(n.tenure, 'hidden')::varchar(30) AS tenure, p.persons
        FROM byudv.protected_counts('pg_temp.byudv_event', ARRAY['tenure*type'], NULL, (parameters ->> 'min_cell')::int) p
        LEFT JOIN pg_temp.byudv_type t ON t.number = p.item LEFT JOIN pg_temp.byudv_tenure n ON n.number = p.code WHERE p.kind = 1;
    merged := byudv.merge_rows(monitor, 'destination', ARRAY['year', 'dwelling_type', 'tenure']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_destination(text, jsonb) IS 'Used inside: the step of a refresh that makes destination.';
-- What looks wrong in the registers: the kinds of findings, and the step of a refresh that looks for them.

CREATE VIEW byudv.data_issue_kind AS
SELECT v.issue, v.severity, (row_number() OVER ())::int AS sort_order, v.label_da, v.label_en, v.meaning_da, v.advice_da
FROM (VALUES
('implausible_area', 'error', 'Usandsynligt areal', 'Implausible area',
    'Boligen er registreret med et areal, som en bolig ikke har. Ofte er det hele bygningens areal, der står på enheden.',
    'Ret arealet i BBR. Brug ikke boligen i opgørelser af areal, før det er sket.'),
('area_disagreement', 'warning', 'To arealer, der ikke passer sammen', 'Two areas that do not agree',
    'Boligarealet er større end det samlede areal, som det er en del af.',
    'Ret det af de to arealer i BBR, som er forkert. Lejekontrakter og tegninger kan vise hvilket.'),
('too_many_residents', 'error', 'For mange beboere', 'Too many residents',
    'Der er tilmeldt flere personer, end en bolig plejer at rumme. Ofte er der tale om flere boliger på én adresse eller om folk, der er flyttet uden at melde det.',
    'Folkeregistret kan undersøge adressen.'),
('proxy_owner', 'warning', 'Kontaktperson som ejer', 'Contact person as owner',
    'En privatperson står som ejer af så mange ejerlejligheder, at vedkommende må være kontaktperson for dem, der ejer dem.',
    'Find den rigtige ejer i Ejerfortegnelsen. Ejerformen er bestemt uden at se på navnet.'),
('owner_code_against_name', 'warning', 'Ejerforholdskode mod ejernavn', 'Owner code against owner name',
    'Ejerens navn siger noget andet om ejeren end ejerforholdskoden.',
    'Se på begrundelsen for ejerformen. Er navnet rigtigt, skal koden rettes i BBR.'),
('support_against_owner_code', 'warning', 'Offentlig støtte mod ejerforholdskode', 'Public support against owner code',
    'Den offentlige støtte hører til almene boliger, men ejerforholdskoden er en anden.',
    'Afgør, om ejeren eller støtten er registreret forkert.'),
('association_as_owner', 'warning', 'Ejerforening som ejer', 'Owners'' association as owner',
    'Ejerforeningen står som ejer af boligen. Den, der ejer boligen, kendes ikke.',
    'Find den rigtige ejer i Ejerfortegnelsen.'),
('person_owns_block', 'notice', 'Privatperson ejer etageejendom', 'Person owns a block of flats',
    'En privatperson står som ejer af en etageejendom, der ikke er delt i ejerlejligheder. Boligerne regnes for udlejet.',
    'Se efter, om ejendommen er delt, og om det er en anden, der ejer den.'),
('company_used_by_owner', 'warning', 'Selskab som ejer, men benyttet af ejeren', 'Company as owner, but used by the owner',
    'Ejeren er et selskab, men BBR oplyser, at boligen benyttes af ejeren. Det kan et selskab ikke.',
    'Kontrollér ejerforholdskoden og udlejningsforholdet.'),
('owner_not_resident', 'notice', 'Andre end ejeren bor der', 'Others than the owner live there',
    'Ejeren er en privatperson, og BBR siger ikke, at boligen er udlejet, så den regnes for ejerbolig. Men der er tilmeldt beboere, og ingen af ejerne er blandt dem.',
    'Er boligen udlejet, så træf en afgørelse i tenure_override, indtil BBR har beregnet udlejningsforholdet igen (det sker i januar og marts).'),
('estate_not_social', 'warning', 'Almen afdeling, men ikke almen bolig', 'Social housing estate, but not social housing',
    'Boligen ligger i en almen afdeling, men hverken kode eller navn siger, at den er almen.',
    'Er afdelingen rigtig, så ret ejerforholdskoden, eller træf en afgørelse i tenure_override.'),
('missing_owner_code', 'error', 'Ejerforholdskode mangler', 'Owner code missing',
    'Der er ingen ejerforholdskode, eller den er 90 (andet) eller 99 (ikke beregnet).',
    'Indberet ejerforholdet. Indtil da er ejerformen bestemt af andre oplysninger, eller uoplyst.'),
('missing_owner_name', 'notice', 'Ejernavn mangler', 'Owner name missing',
    'Ejeren er efter koden ikke en privatperson, men der er intet navn at kontrollere koden med.',
    'Hent navnet i Ejerfortegnelsen.'),
('residents_in_no_dwelling', 'error', 'Beboere i noget, der ikke er en bolig', 'Residents in something that is not a dwelling',
    'Der er tilmeldt personer på en enhed, som efter anvendelsen ikke er en bolig.',
    'Er der indrettet bolig, skal anvendelsen ændres i BBR; ellers skal folkeregistret undersøge adressen.'),
('residents_in_demolished', 'error', 'Beboere i en nedrevet bolig', 'Residents in a demolished dwelling',
    'Der er tilmeldt personer i en bolig, som er revet ned.',
    'Folkeregistret kan undersøge adressen.'),
('unused_but_lived_in', 'notice', 'Ikke benyttet, men beboet', 'Registered as not used, but lived in',
    'BBR oplyser, at boligen ikke benyttes, men der har været tilmeldte personer i over et år. (Oplysningen beregnes i januar og marts og er derfor op til et år bagud.)',
    'Se efter, om adressen i CPR og BBR er den samme.'),
('new_without_residents', 'warning', 'Ny bolig uden beboere', 'New dwelling without residents',
    'Boligen blev taget i brug for mere end et år siden, og ingen har været tilmeldt i den.',
    'Spørg bygherren, eller se efter, om beboerne er tilmeldt en anden adresse.'),
('unknown_code', 'error', 'Ukendt kode', 'Unknown code',
    'En kode står ikke i kodelisten.',
    'Ret koden i registret, eller føj den til kodelisten, hvis den er ny.'),
('phased_out_code', 'notice', 'Kode under udfasning', 'Code being phased out',
    'Anvendelseskoden er ved at blive udfaset i BBR. Den bruges stadig.',
    'Få enheden omkodet i BBR.'),
('missing_use', 'error', 'Anvendelse mangler', 'Use missing',
    'Enheden har ingen anvendelseskode. Boligtypen er bestemt af bygningens.',
    'Indberet anvendelsen i BBR.'),
('missing_area_m2', 'error', 'Areal mangler', 'Area in square metres missing',
    'Boligen har intet areal.',
    'Indberet arealet i BBR.'),
('missing_building', 'error', 'Bygning mangler', 'Building missing',
    'Boligens bygning er ikke oplyst, eller den er ikke indlæst.',
    'Indlæs bygningen, eller ret henvisningen.'),
('missing_quarter', 'notice', 'Ligger ikke i noget område', 'Lies in no area',
    'Boligen er ikke knyttet til noget område.',
    'Knyt boligen til kvarter og skoledistrikt.'),
('overlapping_registration', 'warning', 'Overlappende tilmeldinger', 'Overlapping registrations',
    'Personen har en tilmelding, der begynder, før en tidligere er slut. Hver dag tælles kun den, der begyndte senest.',
    'Få dage ved en flytning er uden betydning; ellers kan folkeregistret rette det.'),
('duplicate_registration', 'notice', 'Tilmelding to gange', 'Registration twice',
    'Den samme tilmelding findes mere end én gang. Den tælles én gang.',
    'Se efter, om leveringen er indlæst to gange.'),
('reversed_registration', 'error', 'Tilmelding slutter, før den begynder', 'Registration ends before it begins',
    'Tilmeldingen har en slutdato før sin startdato. Den tælles ikke.',
    'Folkeregistret kan rette datoerne.'),
('zero_length_registration', 'notice', 'Tilmelding uden varighed', 'Registration without a day',
    'Tilmeldingen begynder og slutter samme dag. Den tælles ikke.',
    'Kræver normalt intet.'),
('registration_without_start', 'error', 'Tilmelding uden startdato', 'Registration without start',
    'Tilmeldingen har ingen startdato. Den tælles ikke.',
    'Folkeregistret kan rette datoen.'),
('future_registration', 'warning', 'Tilmelding i fremtiden', 'Registration in the future',
    'Tilmeldingen begynder mere end fire uger efter datadatoen; længere frem kan en flytning ikke anmeldes. Den tælles først, når dagen er der.',
    'Folkeregistret kan rette datoen.'),
('registration_before_birth', 'error', 'Tilmeldt før fødslen', 'Registered before birth',
    'Tilmeldingen begynder, før personen er født.',
    'Folkeregistret kan rette datoerne.'),
('registration_after_death', 'error', 'Tilmeldt efter døden', 'Registered after death',
    'Tilmeldingen begynder efter personens død, eller den er ikke sluttet en måned efter.',
    'Folkeregistret kan rette datoerne.'),
('unknown_dwelling', 'error', 'Ukendt bolig', 'Unknown dwelling',
    'Tilmeldingen er til en bolig i kommunen, som ikke er indlæst.',
    'Indlæs boligen, eller ret henvisningen.'),
('unknown_person', 'warning', 'Ukendt person', 'Unknown person',
    'Der er tilmeldinger for en person, som ikke er indlæst: fødsel, død og beskyttelse kendes ikke.',
    'Indlæs personen.')
) v (issue, severity, label_da, label_en, meaning_da, advice_da);
COMMENT ON VIEW byudv.data_issue_kind IS 'The kinds of findings in a monitor''s table data_issue: what each means and what to do about it, in Danish.';
COMMENT ON COLUMN byudv.data_issue_kind.issue IS 'Code of the kind';
COMMENT ON COLUMN byudv.data_issue_kind.severity IS 'error: the register is wrong; warning: it may be, or results are concerned; notice: worth knowing';
COMMENT ON COLUMN byudv.data_issue_kind.sort_order IS 'Order in reports';
COMMENT ON COLUMN byudv.data_issue_kind.label_da IS 'Danish label';
COMMENT ON COLUMN byudv.data_issue_kind.label_en IS 'English label';
COMMENT ON COLUMN byudv.data_issue_kind.meaning_da IS 'What it means, in Danish';
COMMENT ON COLUMN byudv.data_issue_kind.advice_da IS 'What to do about it, in Danish';
GRANT SELECT ON byudv.data_issue_kind TO PUBLIC;

CREATE FUNCTION byudv.danish_number(value bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT replace(to_char(value, 'FM999,999,999,999,999,999,990'), ',', '.')$$;
COMMENT ON FUNCTION byudv.danish_number(bigint) IS 'Used inside: a whole number as Danish texts write it, 6.514. NULL gives NULL.';

-- data_issue: a dwelling's findings depend on the dwelling, its building, owners, class, residences and areas; a person's on the person, the records, and whether
-- the dwellings in them are known.
CREATE FUNCTION byudv.refresh_data_issue(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
    persons text;
    index_scans text;
BEGIN
    persons := byudv.begin_scope(monitor, 'data_issue', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'person'
        UNION SELECT a.person_id FROM %1$I.pending p JOIN %1$I.address_period a ON a.dwelling_id = p.key WHERE p.step = %2$s AND p.key_kind = 'dwelling'$q$, 'residence');
    scope := persons;
    IF scope <> 'all' THEN
        DROP TABLE IF EXISTS pg_temp.byudv_scope_person;
        ALTER TABLE pg_temp.byudv_scope RENAME TO byudv_scope_person;
        scope := byudv.begin_scope(monitor, 'data_issue', $q$
            SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'dwelling'
            UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.building_id = p.key WHERE p.step = %2$s AND p.key_kind = 'building'
            UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.property_id = p.key WHERE p.step = %2$s AND p.key_kind = 'property'
            UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.building b ON b.property_id = p.key JOIN %1$I.dwelling d ON d.building_id = b.building_id
                WHERE p.step = %2$s AND p.key_kind = 'property' AND d.property_id IS NULL$q$, 'dwelling_class');
    END IF;
    rows_added := 0; rows_removed := 0;
    IF scope = '0' AND persons = '0' THEN
        RETURN;
    END IF;
    DROP TABLE IF EXISTS pg_temp.byudv_new, pg_temp.byudv_found, pg_temp.byudv_lived, pg_temp.byudv_placed, pg_temp.byudv_record,
        pg_temp.byudv_owned, pg_temp.byudv_owner, pg_temp.byudv_owner_elsewhere;
    DROP VIEW IF EXISTS pg_temp.byudv_home;
    CREATE TEMPORARY TABLE byudv_found (issue text, issue_key text, dwelling_id bigint, person_id bigint, detail text) ON COMMIT DROP;

    -- Who lives where on the day before the data date, and which areas dwellings lie in
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_lived ON COMMIT DROP AS
        SELECT r.dwelling_id, count(*) AS residents, count(*) || CASE count(*) WHEN 1 THEN ' beboer' ELSE ' beboere' END AS who, min(r.from_date) AS since FROM %1$I.residence r
        WHERE r.dwelling_id IS NOT NULL AND (r.to_date IS NULL OR r.to_date >= $1) %2$s GROUP BY r.dwelling_id$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'AND r.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING (parameters ->> 'as_of')::date;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_placed ON COMMIT DROP AS
        SELECT da.dwelling_id, min(coalesce(a.name, da.code)) FILTER (WHERE da.kind = 'almen_afdeling') AS estate
        FROM %1$I.dwelling_area da LEFT JOIN %1$I.area a ON a.kind = da.kind AND a.code = da.code
        WHERE (da.valid_from IS NULL OR da.valid_from <= $1) AND (da.valid_to IS NULL OR da.valid_to > $1) %2$s GROUP BY da.dwelling_id$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'AND da.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING (parameters ->> 'as_of')::date;
    ANALYZE pg_temp.byudv_lived, pg_temp.byudv_placed;
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_home AS
        SELECT d.dwelling_id, d.building_id, d.property_kind, d.unit_use, d.unit_kind, d.area_m2, d.residential_area_m2, d.public_support, d.registered_use, d.available_from,
            d.demolished_on, c.dwelling_type, c.tenure, c.owner_code, c.owner_kind, c.organisation, c.proxy_owner, c.overridden,
            coalesce(d.property_id, b.property_id) AS property_id, b.building_id IS NOT NULL AS has_building, b.building_use, b.defect_insurance,
            e.stands, e.stands AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AS is_home
        FROM %1$I.dwelling d JOIN %1$I.dwelling_class c ON c.dwelling_id = d.dwelling_id LEFT JOIN %1$I.building b ON b.building_id = d.building_id
        CROSS JOIN LATERAL (SELECT d.demolished_on IS NULL OR d.demolished_on >= %3$L AS stands) e
        WHERE c.in_area %2$s$q$, monitor, CASE WHEN scope <> 'all' THEN 'AND d.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END, parameters ->> 'as_of');

    -- Homes that count as owner-occupied for want of better knowledge, where none of the owners is among the residents. In steps, since the planner cannot
    -- know how many these are.
    CREATE TEMPORARY TABLE byudv_owned ON COMMIT DROP AS
        SELECT d.dwelling_id, d.property_id FROM pg_temp.byudv_home d JOIN pg_temp.byudv_lived l ON l.dwelling_id = d.dwelling_id
        WHERE d.is_home AND d.tenure = 'owner' AND d.owner_code = 10 AND NOT d.proxy_owner AND NOT d.overridden AND coalesce(d.owner_kind, 'unclassified') = 'unclassified';
    ANALYZE pg_temp.byudv_owned;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_owner ON COMMIT DROP AS
        SELECT w.dwelling_id, o.owner_person_id FROM pg_temp.byudv_owned w JOIN %1$I.ownership o ON o.dwelling_id = w.dwelling_id
        WHERE (o.valid_from IS NULL OR o.valid_from <= $1) AND (o.valid_to IS NULL OR o.valid_to > $1)
        UNION ALL
        SELECT w.dwelling_id, o.owner_person_id FROM pg_temp.byudv_owned w JOIN %1$I.ownership o ON o.property_id = w.property_id
        WHERE (o.valid_from IS NULL OR o.valid_from <= $1) AND (o.valid_to IS NULL OR o.valid_to > $1)
            AND NOT EXISTS (SELECT FROM %1$I.ownership own WHERE own.dwelling_id = w.dwelling_id)$q$, monitor) USING (parameters ->> 'as_of')::date;
    ANALYZE pg_temp.byudv_owner;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_owner_elsewhere ON COMMIT DROP AS
        SELECT o.dwelling_id FROM pg_temp.byudv_owner o
        LEFT JOIN %1$I.residence r ON r.person_id = o.owner_person_id AND r.dwelling_id = o.dwelling_id AND (r.to_date IS NULL OR r.to_date >= $1)
        GROUP BY o.dwelling_id HAVING bool_and(o.owner_person_id IS NOT NULL AND r.person_id IS NULL)$q$, monitor) USING (parameters ->> 'as_of')::date;

    EXECUTE format($q$INSERT INTO pg_temp.byudv_found
        WITH used AS (SELECT DISTINCT ON (u.domain, u.code) u.domain, u.code, u.phased_out FROM byudv.use_code u ORDER BY u.domain, u.code, u.is_builtin)
        SELECT x.issue, d.dwelling_id::text, d.dwelling_id, NULL::bigint, x.detail
        FROM pg_temp.byudv_home d LEFT JOIN pg_temp.byudv_lived l ON l.dwelling_id = d.dwelling_id LEFT JOIN pg_temp.byudv_placed g ON g.dwelling_id = d.dwelling_id
        LEFT JOIN used u ON u.domain = 'unit' AND u.code = d.unit_use LEFT JOIN used v ON v.domain = 'building' AND v.code = d.building_use
        CROSS JOIN LATERAL (
            SELECT 'implausible_area', concat(concat_ws(', ', 'Samlet areal ' || byudv.danish_number(d.area_m2) || ' m²', CASE WHEN d.area_m2 IS NULL THEN 'Boligareal ' ELSE 'boligareal ' END || byudv.danish_number(d.residential_area_m2) || ' m²'), '.')
                WHERE d.is_home AND greatest(d.area_m2, d.residential_area_m2) > $2
            UNION ALL SELECT 'area_disagreement', format('Samlet areal %%s m², boligareal %%s m².', byudv.danish_number(d.area_m2), byudv.danish_number(d.residential_area_m2))
                WHERE d.is_home AND d.area_m2 > 0 AND d.residential_area_m2 > d.area_m2
            UNION ALL SELECT 'too_many_residents', format('%%s%%s.', l.who, ' på ' || byudv.danish_number(nullif(d.area_m2, 0)) || ' m²')
                WHERE l.residents > $3 AND d.dwelling_type NOT IN ('student_hall', 'institution')
            UNION ALL SELECT 'proxy_owner', format('Den registrerede ejer er en privatperson, der står som ejer af mere end %%s ejerlejligheder.', $4) WHERE d.proxy_owner AND d.stands
            UNION ALL SELECT 'owner_code_against_name', format('Ejerforholdskoden er %%s, men navnet tyder på: %%s%%s.', d.owner_code, (SELECT lower(k.label_da) FROM byudv.owner_kind_code k WHERE k.code = d.owner_kind),
                    ' (' || d.organisation || ')')
                WHERE d.stands AND d.owner_kind IS NOT NULL AND d.owner_code NOT IN (90, 99) AND CASE d.owner_kind
                    WHEN 'social_housing' THEN d.owner_code <> 20
                    WHEN 'cooperative' THEN d.owner_code <> 41
                    WHEN 'company' THEN d.owner_code <> 30
                    WHEN 'pension_fund' THEN d.owner_code NOT IN (30, 40)
                    WHEN 'foundation' THEN d.owner_code NOT IN (20, 40)
                    WHEN 'student_hall' THEN d.owner_code NOT IN (20, 40)
                    WHEN 'municipality' THEN d.owner_code NOT IN (50, 60)
                    WHEN 'region' THEN d.owner_code <> 70
                    WHEN 'state' THEN d.owner_code <> 80
                    WHEN 'church' THEN d.owner_code NOT IN (50, 60, 70, 80)
                    ELSE false END
            UNION ALL SELECT 'support_against_owner_code', format('Offentlig støtte: %%s. Ejerforholdskoden er %%s.', (SELECT lower(k.label_da) FROM byudv.register_code k WHERE k.list = 'public_support' AND k.code = d.public_support::text), d.owner_code)
                WHERE d.stands AND d.public_support IN (10, 25, 40, 42) AND d.owner_code NOT IN (20, 90, 99)
            UNION ALL SELECT 'association_as_owner', format('Ejerforholdskoden er %%s, og en ejerforening står som ejer.', coalesce(d.owner_code::text, 'uoplyst'))
                WHERE d.stands AND d.owner_kind = 'owners_association'
            UNION ALL SELECT 'person_owns_block', 'Ejerforholdskoden er 10 (privatpersoner), og ejendommen er ikke delt i ejerlejligheder.'
                WHERE d.owner_code = 10 AND coalesce(d.owner_kind, 'unclassified') = 'unclassified' AND d.dwelling_type = 'apartment' AND d.stands
                    AND lower(btrim(coalesce(d.property_kind, ''))) IN ('land', 'sfe', '1')
            UNION ALL SELECT 'company_used_by_owner', 'Ejerforholdskoden er 30 (selskab), men boligen er registreret som benyttet af ejeren.' WHERE d.stands AND d.owner_code = 30 AND d.registered_use = 2
            UNION ALL SELECT 'owner_not_resident', CASE l.residents WHEN 1 THEN '1 beboer, som ikke er en af ejerne.' ELSE l.who || ', og ingen af ejerne er blandt dem.' END WHERE d.dwelling_id IN (SELECT e.dwelling_id FROM pg_temp.byudv_owner_elsewhere e)
            UNION ALL SELECT 'estate_not_social', format('Ligger i %%s; ejerformen er %%s.', g.estate, (SELECT lower(k.label_da) FROM byudv.tenure_code k WHERE k.code = d.tenure))
                WHERE g.estate IS NOT NULL AND d.tenure <> 'social' AND d.is_home
            UNION ALL SELECT 'missing_owner_code', format('Ejerforholdskoden er %%s.', coalesce(d.owner_code::text, 'ikke oplyst')) WHERE d.is_home AND coalesce(d.owner_code, 99) IN (90, 99)
            UNION ALL SELECT 'missing_owner_name', format('Ejerforholdskoden er %%s, og der er intet ejernavn.', d.owner_code)
                WHERE $5 AND d.is_home AND d.owner_kind IS NULL AND d.owner_code IN (20, 30, 40, 41, 60, 70, 80)
            UNION ALL SELECT 'residents_in_no_dwelling', format('%%s; anvendelsen er %%s.', l.who, coalesce(nullif(nullif(d.unit_use, 0), 999), d.building_use)) WHERE l.residents > 0 AND d.dwelling_type = 'not_a_dwelling'
            UNION ALL SELECT 'residents_in_demolished', format('%%s; nedrevet den %%s.', l.who, to_char(d.demolished_on, 'DD.MM.YYYY')) WHERE l.residents > 0 AND d.demolished_on < $1
            UNION ALL SELECT 'unused_but_lived_in', format('%%s siden %%s.', CASE l.residents WHEN 1 THEN '1 beboer' ELSE l.who || ', den første' END, to_char(l.since, 'DD.MM.YYYY')) WHERE d.registered_use = 3 AND l.since < $1 - 455
            UNION ALL SELECT 'new_without_residents', format('Taget i brug den %%s.', to_char(d.available_from, 'DD.MM.YYYY'))
                WHERE $8 AND d.is_home AND d.available_from >= $6 AND d.available_from < $1 - 365 AND l.residents IS NULL
                    AND NOT EXISTS (SELECT FROM %1$I.residence r WHERE r.dwelling_id = d.dwelling_id)
            UNION ALL SELECT 'unknown_code', concat_ws(' ',
                    CASE WHEN d.unit_use NOT IN (0, 999) AND u.code IS NULL THEN format('Enhedens anvendelse er %%s.', d.unit_use) END,
                    CASE WHEN d.building_use NOT IN (0, 999) AND v.code IS NULL THEN format('Bygningens anvendelse er %%s.', d.building_use) END,
                    CASE WHEN upper(btrim(d.unit_kind)) NOT IN ('', '1', '2', '3', '4', '5', 'E') THEN format('Boligtypen er %%s.', d.unit_kind) END,
                    CASE WHEN d.owner_code NOT IN (10, 20, 30, 40, 41, 50, 60, 70, 80, 90, 99) THEN format('Ejerforholdskoden er %%s.', d.owner_code) END,
                    CASE WHEN d.defect_insurance NOT IN (0, 10, 11, 12) THEN format('Byggeskadeforsikringens kode er %%s.', d.defect_insurance) END,
                    CASE WHEN d.public_support NOT IN (0, 10, 15, 20, 25, 30, 40, 42, 80) THEN format('Den offentlige støttes kode er %%s.', d.public_support) END,
                    CASE WHEN d.registered_use NOT IN (0, 1, 2, 3) THEN format('Udlejningsforholdet er %%s.', d.registered_use) END)
                WHERE d.stands AND (d.unit_use NOT IN (0, 999) AND u.code IS NULL OR d.building_use NOT IN (0, 999) AND v.code IS NULL
                    OR upper(btrim(d.unit_kind)) NOT IN ('', '1', '2', '3', '4', '5', 'E') OR d.owner_code NOT IN (10, 20, 30, 40, 41, 50, 60, 70, 80, 90, 99)
                    OR d.defect_insurance NOT IN (0, 10, 11, 12) OR d.public_support NOT IN (0, 10, 15, 20, 25, 30, 40, 42, 80) OR d.registered_use NOT IN (0, 1, 2, 3))
            UNION ALL SELECT 'phased_out_code', concat_ws(' ', CASE WHEN u.phased_out THEN format('Enhedens anvendelse er %%s.', d.unit_use) END,
                    CASE WHEN v.phased_out THEN format('Bygningens anvendelse er %%s.', d.building_use) END)
                WHERE d.is_home AND (u.phased_out OR v.phased_out)
            UNION ALL SELECT 'missing_use', format('Enhedens anvendelse er %%s, bygningens er %%s.', coalesce(d.unit_use::text, 'ikke oplyst'), coalesce(d.building_use::text, 'ikke oplyst'))
                WHERE coalesce(d.unit_use, 0) IN (0, 999) AND d.stands
            UNION ALL SELECT 'missing_area_m2', 'Det samlede areal er ikke oplyst.' WHERE d.is_home AND coalesce(d.area_m2, 0) = 0
            UNION ALL SELECT 'missing_building', CASE WHEN d.building_id IS NULL THEN 'Bygningen er ikke oplyst.' ELSE format('Bygning %%s er ikke indlæst.', d.building_id) END
                WHERE d.stands AND NOT d.has_building
            UNION ALL SELECT 'missing_quarter', 'Boligen ligger ikke i noget område.' WHERE $7 AND d.is_home AND g.dwelling_id IS NULL
        ) x (issue, detail)$q$, monitor)
        USING (parameters ->> 'as_of')::date, (parameters ->> 'odd_area_m2')::int, (parameters ->> 'odd_residents')::int, (parameters ->> 'proxy_more_than')::int,
            (parameters ->> 'has_owner_names')::boolean, (parameters ->> 'study_from')::date, (parameters ->> 'has_areas')::boolean,
            (parameters ->> 'has_addresses')::boolean;

    -- Nearly all records are sound: only the others are asked what is wrong with them. First those that are wrong in themselves or beside others of the
    -- person, for which they have to be sorted; whole tables are sorted quicker than they are read in the order of an index.
    index_scans := current_setting('enable_indexscan');
    IF scope = 'all' THEN
        PERFORM set_config('enable_indexscan', 'off', true);
    END IF;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_record ON COMMIT DROP AS
        SELECT * FROM (
            SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date,
                max(coalesce(r.to_date, 'infinity')) FILTER (WHERE r.from_date < coalesce(r.to_date, 'infinity') AND isfinite(r.from_date)) OVER (PARTITION BY r.person_id
                    ORDER BY r.from_date, r.to_date, r.dwelling_id GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended,
                count(*) OVER (PARTITION BY r.person_id, r.from_date, r.to_date, r.dwelling_id) AS times
            FROM %1$I.address_period r %2$s) a
        WHERE a.ended > a.from_date OR a.times > 1 OR a.to_date <= a.from_date OR a.from_date IS NULL OR NOT isfinite(a.from_date) OR a.from_date > $1 + 28$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'WHERE r.person_id IN (SELECT s.key FROM pg_temp.byudv_scope_person s)' END) USING (parameters ->> 'as_of')::date;
    PERFORM set_config('enable_indexscan', index_scans, true);
    EXECUTE $q$INSERT INTO pg_temp.byudv_found
        SELECT x.issue, concat(a.person_id, '/', a.from_date), a.dwelling_id, a.person_id, x.detail
        FROM pg_temp.byudv_record a
        CROSS JOIN LATERAL (
            SELECT 'overlapping_registration', format('Tilmeldingen fra %s begynder, %s.', to_char(a.from_date, 'DD.MM.YYYY'),
                    CASE WHEN isfinite(a.ended) THEN 'før en tidligere er slut den ' || to_char(a.ended, 'DD.MM.YYYY') ELSE 'mens en tidligere stadig gælder' END)
                WHERE a.ended > a.from_date AND a.from_date < $1 AND a.from_date < coalesce(a.to_date, 'infinity')
            UNION ALL SELECT 'duplicate_registration', format('Tilmeldingen %s findes %s gange.', coalesce('fra ' || to_char(a.from_date, 'DD.MM.YYYY'), 'uden startdato'), a.times) WHERE a.times > 1
            UNION ALL SELECT 'reversed_registration', format('Fra %s til %s.', to_char(a.from_date, 'DD.MM.YYYY'), to_char(a.to_date, 'DD.MM.YYYY')) WHERE a.to_date < a.from_date
            UNION ALL SELECT 'zero_length_registration', format('Fra og til %s.', to_char(a.from_date, 'DD.MM.YYYY')) WHERE a.to_date = a.from_date
            UNION ALL SELECT 'registration_without_start', concat('Startdatoen mangler', '; slutdatoen er ' || to_char(a.to_date, 'DD.MM.YYYY'), '.') WHERE a.from_date IS NULL OR NOT isfinite(a.from_date)
            UNION ALL SELECT 'future_registration', format('Tilmeldt fra %s.', to_char(a.from_date, 'DD.MM.YYYY')) WHERE a.from_date > $1 + 28
        ) x (issue, detail)$q$ USING (parameters ->> 'as_of')::date;

    -- Then those that do not go together with the person or the dwelling
    DROP TABLE pg_temp.byudv_record;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_record ON COMMIT DROP AS
        SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date, d.dwelling_id IS NULL AND r.dwelling_id IS NOT NULL AND coalesce(r.municipality_code = $2, true) AS is_unknown,
            p.person_id IS NULL AS no_person, p.born_on, p.died_on
        FROM %1$I.address_period r LEFT JOIN %1$I.dwelling d ON d.dwelling_id = r.dwelling_id LEFT JOIN %1$I.person p ON p.person_id = r.person_id
        WHERE (r.from_date < p.born_on OR p.died_on < least(r.to_date, $1) OR p.person_id IS NULL
            OR d.dwelling_id IS NULL AND r.dwelling_id IS NOT NULL AND coalesce(r.municipality_code = $2, true)) %2$s$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'AND r.person_id IN (SELECT s.key FROM pg_temp.byudv_scope_person s)' END)
        USING (parameters ->> 'as_of')::date, (parameters ->> 'municipality')::int;
    EXECUTE $q$INSERT INTO pg_temp.byudv_found
        SELECT x.issue, concat(a.person_id, CASE WHEN x.issue <> 'unknown_person' THEN '/' || coalesce(a.from_date::text, '') END),
            CASE WHEN x.issue <> 'unknown_person' THEN a.dwelling_id END, a.person_id, x.detail
        FROM pg_temp.byudv_record a
        CROSS JOIN LATERAL (
            SELECT 'registration_before_birth', format('Tilmeldt fra %s, født den %s.', to_char(a.from_date, 'DD.MM.YYYY'), to_char(a.born_on, 'DD.MM.YYYY')) WHERE a.from_date < a.born_on
            UNION ALL SELECT 'registration_after_death', format('Tilmeldt fra %s til %s, død den %s.', to_char(a.from_date, 'DD.MM.YYYY'), coalesce(to_char(a.to_date, 'DD.MM.YYYY'), 'nu'),
                    to_char(a.died_on, 'DD.MM.YYYY'))
                WHERE a.from_date > a.died_on AND a.from_date < $1 OR a.died_on + 31 < least(a.to_date, $1) AND a.from_date <= a.died_on AND a.from_date < coalesce(a.to_date, 'infinity')
            UNION ALL SELECT 'unknown_dwelling', format('Bolig %s er ikke indlæst.', a.dwelling_id) WHERE a.is_unknown
            UNION ALL SELECT 'unknown_person', 'Personen er ikke indlæst.' WHERE a.no_person
        ) x (issue, detail)$q$ USING (parameters ->> 'as_of')::date;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT DISTINCT ON (f.issue, f.issue_key) f.issue, f.issue_key, f.dwelling_id, f.person_id, f.detail FROM pg_temp.byudv_found f
        ORDER BY f.issue, f.issue_key, f.dwelling_id, f.detail;
    merged := byudv.merge_rows(monitor, 'data_issue', ARRAY['issue', 'issue_key'], CASE WHEN scope <> 'all' THEN
        '(t.person_id IS NULL AND t.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s) OR t.person_id IN (SELECT s.key FROM pg_temp.byudv_scope_person s))' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF scope <> 'all' THEN
        scope := (scope::bigint + persons::bigint)::text;
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refresh_data_issue(text, jsonb) IS 'Used inside: the step of a refresh that makes data_issue.';
-- The step that counts dwellings for BI views.

CREATE FUNCTION byudv.refresh_stock(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    first_year int := extract(year FROM (parameters ->> 'study_from')::date + 364);    -- the first 1 January in the window
    last_year int := extract(year FROM as_of);
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_kept, pg_temp.byudv_occupied, pg_temp.byudv_by_region, pg_temp.byudv_new;
    -- Kinds of homes by number, since numbers are quicker to group by
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_kept ON COMMIT DROP AS
        SELECT c.dwelling_id, dense_rank() OVER (ORDER BY c.dwelling_type, c.tenure, c.tenure_register, c.tenure_dst, c.is_new_build, byudv.size_band(d.area_m2::int)) AS sort,
            c.dwelling_type, c.tenure, c.tenure_register, c.tenure_dst, c.is_new_build, byudv.size_band(d.area_m2::int) AS size_band, greatest(d.area_m2::int, 0) AS area_m2,
            CASE WHEN coalesce(d.available_from, '-infinity') <= make_date($1, 1, 1) THEN $1 ELSE extract(year FROM least(d.available_from, '9999-01-01') - 1)::int + 1 END AS from_year,
            CASE WHEN coalesce(d.demolished_on, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE extract(year FROM greatest(d.demolished_on, '0001-01-02') - 1)::int END AS to_year
        FROM %1$I.dwelling_class c JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id WHERE c.in_area AND c.dwelling_type <> 'not_a_dwelling'$q$, monitor) USING first_year, last_year;
    ANALYZE pg_temp.byudv_kept;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_occupied ON COMMIT DROP AS
        SELECT DISTINCT o.dwelling_id, y.year FROM %1$I.residence o
        CROSS JOIN LATERAL generate_series(greatest($1, extract(year FROM o.from_date - 1)::int + 1), CASE WHEN coalesce(o.to_date, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE extract(year FROM o.to_date - 1)::int END) y (year)
        WHERE o.dwelling_id IS NOT NULL AND o.from_date <= make_date($2, 1, 1)$q$, monitor) USING first_year, last_year;
    -- By region first, then by the areas of each kind
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_by_region ON COMMIT DROP AS
        SELECT y.year, r.region, k.sort, count(*) AS dwellings,
            count(*) FILTER (WHERE o.dwelling_id IS NULL) AS vacant_dwellings, coalesce(sum(k.area_m2), 0) AS area_m2
        FROM pg_temp.byudv_kept k CROSS JOIN LATERAL generate_series(k.from_year, k.to_year) y (year)
        JOIN %I.dwelling_region r ON r.dwelling_id = k.dwelling_id AND y.year BETWEEN r.from_year AND r.to_year
        LEFT JOIN pg_temp.byudv_occupied o ON o.dwelling_id = k.dwelling_id AND o.year = y.year
        GROUP BY 1, 2, 3$q$, monitor);
    ANALYZE pg_temp.byudv_by_region;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT x.year, x.area_kind, x.area_code, k.dwelling_type::varchar(30) AS dwelling_type, k.tenure::varchar(30) AS tenure, k.tenure_register::varchar(30) AS tenure_register,
            k.tenure_dst::varchar(30) AS tenure_dst, (CASE WHEN k.is_new_build THEN 'new' ELSE 'existing' END)::varchar(10) AS new_build, k.size_band::varchar(20) AS size_band,
            x.dwellings, x.vacant_dwellings, x.area_m2
        FROM (SELECT b.year, a.area_kind, a.area_code, b.sort, sum(b.dwellings)::bigint AS dwellings, sum(b.vacant_dwellings)::bigint AS vacant_dwellings, sum(b.area_m2)::bigint AS area_m2
            FROM pg_temp.byudv_by_region b JOIN %I.region_area a ON a.region = b.region GROUP BY 1, 2, 3, 4) x
        JOIN (SELECT DISTINCT y.sort, y.dwelling_type, y.tenure, y.tenure_register, y.tenure_dst, y.is_new_build, y.size_band FROM pg_temp.byudv_kept y) k ON k.sort = x.sort$q$, monitor);
    merged := byudv.merge_rows(monitor, 'stock', ARRAY['year', 'area_kind', 'area_code', 'dwelling_type', 'tenure', 'tenure_register', 'tenure_dst', 'new_build', 'size_band']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_stock(text, jsonb) IS 'Used inside: the step of a refresh that makes stock.';
-- The step that counts persons for BI views, with disclosure control.
--
-- Each person is counted once in each population of a year: residents on 1 January, and for each move who arrives, departs or moves within the area. What is
-- known of them goes by a reference day: the day of the move, for residents the day before 1 January; incomes and benefits by 31 December of its year.
-- Counts are by area and one attribute, by kind of home and one attribute, and by area and kind of home; the areas and the homes of which there are too few are
-- hidden in a way that holds for all of these tables together (see protected_counts()): a home, that is a region and a kind, lies in areas and in its kind.

CREATE FUNCTION byudv.make_persons_counted(monitor text, parameters jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    first_stock int := extract(year FROM study_from + 364);    -- the first 1 January in the window
    last_stock int := extract(year FROM as_of);
    main_kind text;
BEGIN
    DROP TABLE IF EXISTS pg_temp.byudv_item, pg_temp.byudv_age, pg_temp.byudv_segment, pg_temp.byudv_unit, pg_temp.byudv_main, pg_temp.byudv_happened, pg_temp.byudv_born, pg_temp.byudv_household,
        pg_temp.byudv_covered, pg_temp.byudv_money,
        pg_temp.byudv_event;
    -- Codes by number, as protected_counts() takes them
    CREATE TEMPORARY TABLE byudv_item ON COMMIT DROP AS
        SELECT c.attribute, c.code, c.sort_order AS number FROM byudv.bi_codes() c
        WHERE c.code <> 'hidden' AND c.attribute IN ('population', 'age_band', 'household_type', 'income_band', 'benefit', 'size_band', 'month');
    CREATE TEMPORARY TABLE byudv_age ON COMMIT DROP AS
        SELECT a.age, i.number FROM generate_series(0, 150) a (age) JOIN pg_temp.byudv_item i ON i.attribute = 'age_band' AND i.code = byudv.age_band(a.age);
    ANALYZE pg_temp.byudv_age;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_segment ON COMMIT DROP AS
        SELECT s.dwelling_type, s.tenure, s.is_new_build, row_number() OVER (ORDER BY s.dwelling_type COLLATE "C", s.tenure COLLATE "C", s.is_new_build)::int AS segment
        FROM (SELECT DISTINCT c.dwelling_type, c.tenure, c.is_new_build FROM %I.dwelling_class c WHERE c.in_area) s$q$, monitor);
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_unit ON COMMIT DROP AS
        SELECT c.dwelling_id, s.segment, z.number AS size_band
        FROM %1$I.dwelling_class c JOIN pg_temp.byudv_segment s USING (dwelling_type, tenure, is_new_build) JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        JOIN pg_temp.byudv_item z ON z.attribute = 'size_band' AND z.code = byudv.size_band(d.area_m2::int) WHERE c.in_area$q$, monitor);
    ANALYZE pg_temp.byudv_unit;
    -- Moves within the area go from one area of the main kind to another: of the kinds that most homes have an area of, the one with most areas
    EXECUTE format($q$SELECT k.area_kind FROM (SELECT a.area_kind, count(*) AS homes, count(DISTINCT a.area_code) AS areas FROM %1$I.region_area a JOIN %1$I.dwelling_region r ON r.region = a.region
            WHERE a.area_code <> 'none' AND a.area_kind <> 'all' GROUP BY a.area_kind) k
        ORDER BY k.homes >= 0.9 * max(k.homes) OVER () DESC, k.areas DESC, k.area_kind COLLATE "C" LIMIT 1$q$, monitor) INTO main_kind;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_main ON COMMIT DROP AS
        SELECT a.region, a.area_kind, a.area_code, (-1000 - dense_rank() OVER (ORDER BY a.area_code COLLATE "C"))::int AS place FROM %1$I.region_area a WHERE a.area_kind = $1$q$, monitor) USING main_kind;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_happened ON COMMIT DROP AS
        SELECT 10 AS population, y.year, 0 AS month, r.person_id, r.dwelling_id, make_date(y.year, 1, 1) AS day, y.year * 10000 + 101 AS ymd, 0 AS place, NULL::bigint AS other_dwelling,
            y.year < $2 AND (r.to_date IS NULL OR r.to_date > make_date(y.year + 1, 1, 1)) AS stays
        FROM %1$I.residence r CROSS JOIN LATERAL generate_series(greatest($1, extract(year FROM r.from_date - 1)::int + 1),
            CASE WHEN coalesce(r.to_date, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE extract(year FROM r.to_date - 1)::int END) y (year)
        WHERE r.dwelling_id IS NOT NULL AND r.from_date <= make_date($2, 1, 1)
        UNION ALL
        SELECT CASE m.arrival WHEN 'internal' THEN 50 ELSE 30 END, extract(year FROM m.arrived_on)::int, extract(month FROM m.arrived_on)::int, m.person_id, m.to_dwelling_id, m.arrived_on, to_char(m.arrived_on, 'YYYYMMDD')::int,
            CASE m.arrival WHEN 'internal' THEN -3 WHEN 'immigrated' THEN -1 ELSE coalesce(m.from_municipality, -2) END, m.from_dwelling_id, false
        FROM %1$I.move m WHERE m.arrival IS NOT NULL AND m.arrival <> 'born' AND m.to_dwelling_id IS NOT NULL
        UNION ALL
        SELECT CASE m.departure WHEN 'internal' THEN 60 ELSE 40 END, extract(year FROM m.left_on)::int, extract(month FROM m.left_on)::int, m.person_id, m.from_dwelling_id, m.left_on, to_char(m.left_on, 'YYYYMMDD')::int,
            CASE m.departure WHEN 'internal' THEN -3 WHEN 'emigrated' THEN -1 ELSE coalesce(m.to_municipality, -2) END, m.to_dwelling_id, false
        FROM %1$I.move m WHERE m.departure IS NOT NULL AND m.departure <> 'died' AND m.from_dwelling_id IS NOT NULL$q$, monitor) USING first_stock, last_stock;
    ANALYZE pg_temp.byudv_happened;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_born ON COMMIT DROP AS
        SELECT p.person_id::bigint AS person_id, to_char(p.born_on, 'YYYYMMDD')::int AS born FROM %I.person p WHERE isfinite(p.born_on)$q$, monitor);
    ANALYZE pg_temp.byudv_born;
    -- Household types without overlaps: a later one ends an earlier one. A kind that is not in the list is another household.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_household ON COMMIT DROP AS
        SELECT h.person_id::bigint AS person_id, coalesce(i.number, 50) AS household_type, coalesce(h.valid_from, '-infinity') AS valid_from,
            least(h.valid_to, lead(coalesce(h.valid_from, '-infinity')) OVER (PARTITION BY h.person_id ORDER BY h.valid_from NULLS FIRST, h.valid_to NULLS FIRST, i.number)) AS valid_to
        FROM %I.household_type h LEFT JOIN pg_temp.byudv_item i ON i.attribute = 'household_type' AND i.code = h.household_type WHERE h.household_type IS NOT NULL$q$, monitor);
    ANALYZE pg_temp.byudv_household;
    -- The years whose 31 December is covered. Whole kroner, and hundredths of a full-time person, since sums of integers are quick.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_covered ON COMMIT DROP AS
        SELECT a.person_id::bigint AS person_id, a.attribute, a.value::bigint AS kroner, CASE WHEN a.attribute = 'full_time_share' THEN (a.value * 100)::bigint END AS hundredths,
            date_part('year', greatest(a.valid_from, make_date($1 - 1, 1, 1)))::int AS from_year, date_part('year', least(a.valid_to, make_date($2 + 1, 1, 1)))::int - 1 AS to_year
        FROM %I.person_attribute a WHERE a.attribute IN ('income', 'tax_base', 'benefit_municipal', 'benefit_any', 'full_time_share')
            AND (a.valid_from IS NULL OR a.valid_from < make_date($2 + 1, 1, 1)) AND (a.valid_to IS NULL OR a.valid_to > make_date($1 - 1, 1, 1))$q$, monitor) USING first_stock, last_stock;
    ANALYZE pg_temp.byudv_covered;
    CREATE TEMPORARY TABLE byudv_money ON COMMIT DROP AS
        SELECT m.person_id, m.year, m.income, m.tax_base, CASE WHEN m.benefit_municipal > 0 THEN least(m.full_time_share, 100) END AS full_time_share,
            CASE WHEN m.income IS NULL THEN 100 WHEN m.income <= 0 THEN 10 WHEN m.income < 100000 THEN 20 WHEN m.income < 200000 THEN 30 WHEN m.income < 300000 THEN 40
                WHEN m.income < 400000 THEN 50 WHEN m.income < 600000 THEN 60 WHEN m.income < 800000 THEN 70 ELSE 80 END AS income_band,
            CASE WHEN m.benefit_municipal > 0 THEN 20 WHEN m.benefit_any > 0 THEN 30 ELSE 10 END AS benefit
        FROM (SELECT a.person_id, a.year, sum(a.kroner) FILTER (WHERE a.attribute = 'income')::bigint AS income, sum(a.kroner) FILTER (WHERE a.attribute = 'tax_base')::bigint AS tax_base,
                sum(a.kroner) FILTER (WHERE a.attribute = 'benefit_municipal')::bigint AS benefit_municipal, sum(a.kroner) FILTER (WHERE a.attribute = 'benefit_any')::bigint AS benefit_any,
                sum(a.hundredths) FILTER (WHERE a.attribute = 'full_time_share')::bigint AS full_time_share
            FROM (SELECT c.person_id, c.from_year AS year, c.attribute, c.kroner, c.hundredths FROM pg_temp.byudv_covered c WHERE c.from_year = c.to_year
                UNION ALL SELECT c.person_id, y.year, c.attribute, c.kroner, c.hundredths FROM pg_temp.byudv_covered c CROSS JOIN LATERAL generate_series(c.from_year, c.to_year) y (year)
                    WHERE c.from_year < c.to_year) a
            GROUP BY 1, 2) m;
    ANALYZE pg_temp.byudv_money;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_event ON COMMIT DROP AS
        SELECT h.population * 10000 + h.year AS slice, r.region, u.segment, r.region * $1 + u.segment AS home, u.size_band, h.month, CASE WHEN h.place = -3 THEN coalesce(w.place, -3) ELSE h.place END AS place,
            coalesce(b.number, 90) AS age_band, coalesce(f.household_type, 60) AS household_type, CASE WHEN x.age < 18 THEN 90 ELSE coalesce(m.income_band, 100) END AS income_band,
            CASE WHEN x.age < 18 THEN 40 ELSE coalesce(m.benefit, 50) END AS benefit, h.stays, x.age, CASE WHEN x.age >= 18 THEN m.income END AS income,
            CASE WHEN x.age >= 18 THEN m.tax_base END AS tax_base, CASE WHEN x.age >= 18 THEN m.full_time_share END AS full_time_share
        FROM pg_temp.byudv_happened h JOIN pg_temp.byudv_unit u ON u.dwelling_id = h.dwelling_id
        JOIN %1$I.dwelling_region r ON r.dwelling_id = h.dwelling_id AND h.year BETWEEN r.from_year AND r.to_year
        LEFT JOIN (%1$I.dwelling_region o JOIN pg_temp.byudv_main w ON w.region = o.region) ON o.dwelling_id = h.other_dwelling AND h.year BETWEEN o.from_year AND o.to_year
        LEFT JOIN pg_temp.byudv_born p ON p.person_id = h.person_id
        LEFT JOIN pg_temp.byudv_household f ON f.person_id = h.person_id AND h.day - (h.population = 10)::int >= f.valid_from AND (f.valid_to IS NULL OR h.day - (h.population = 10)::int < f.valid_to)
        LEFT JOIN pg_temp.byudv_money m ON m.person_id = h.person_id AND m.year = h.year - (h.population = 10)::int
        CROSS JOIN LATERAL (SELECT CASE WHEN h.ymd >= p.born THEN (h.ymd - p.born) / 10000 END AS age) x LEFT JOIN pg_temp.byudv_age b ON b.age = x.age$q$, monitor) USING 1 + (SELECT count(*)::int FROM pg_temp.byudv_segment);
    ANALYZE pg_temp.byudv_event;
END
$$;
COMMENT ON FUNCTION byudv.make_persons_counted(text, jsonb) IS 'Used inside: makes pg_temp.byudv_event, a row for each person counted in a population of a year, with region, kind of home and attributes as numbers, and the tables that say what the numbers mean.';

CREATE FUNCTION byudv.refresh_person_count(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    min_cell int := parameters ->> 'min_cell';
    attributes constant text[] := ARRAY['age_band', 'household_type', 'income_band', 'benefit', 'size_band', 'month', 'place'];
    home_kind int;    -- that of kinds of homes, after those of areas
    part text;
    merged record;
BEGIN
    scope := 'all';
    PERFORM byudv.make_persons_counted(monitor, parameters);
    DROP TABLE IF EXISTS pg_temp.byudv_area, pg_temp.byudv_member, pg_temp.byudv_place, pg_temp.byudv_protected, pg_temp.byudv_new, pg_temp.byudv_counted, pg_temp.byudv_whole;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_area ON COMMIT DROP AS
        SELECT a.area_kind, a.area_code, (dense_rank() OVER (ORDER BY a.area_kind COLLATE "C"))::int AS kind, row_number() OVER (ORDER BY a.area_kind COLLATE "C", a.area_code COLLATE "C")::int AS code
        FROM %I.region_area a WHERE a.area_kind <> 'all' GROUP BY a.area_kind, a.area_code$q$, monitor);
    home_kind := 1 + coalesce((SELECT max(a.kind) FROM pg_temp.byudv_area a), 0);
    -- A home: where, and of which kind, as protected_counts() takes them together
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_member ON COMMIT DROP AS
        WITH home AS MATERIALIZED (SELECT e.home, e.region, e.segment FROM pg_temp.byudv_event e GROUP BY 1, 2, 3)
        SELECT 'home'::text AS row_column, h.home AS member, a.kind, a.code
        FROM home h JOIN %I.region_area r ON r.region = h.region JOIN pg_temp.byudv_area a ON a.area_kind = r.area_kind AND a.area_code = r.area_code
        UNION ALL SELECT 'home', h.home, $1, h.segment FROM home h$q$, monitor) USING home_kind;
    CREATE TEMPORARY TABLE byudv_place ON COMMIT DROP AS
        SELECT m.place AS number, byudv.bi_key(m.area_kind || ':' || m.area_code) AS code FROM pg_temp.byudv_main m GROUP BY 1, 2
        UNION ALL VALUES (-1, 'abroad'), (-2, 'unknown'), (-3, 'internal')
        UNION ALL SELECT e.place, lpad(e.place::text, 4, '0') FROM pg_temp.byudv_event e WHERE e.place > 0 GROUP BY e.place;
    -- Areas by kind of home, then both of them by each attribute
    CREATE TEMPORARY TABLE byudv_protected ON COMMIT DROP AS
        SELECT p.* FROM byudv.protected_counts('pg_temp.byudv_event', format('home*home/%s', home_kind) || (SELECT array_agg('home*' || x ORDER BY n) FROM unnest(attributes) WITH ORDINALITY a (x, n)),
            'pg_temp.byudv_member', min_cell) p
        WHERE NOT (p.kind = home_kind AND attributes[p.table_no - 1] = 'place');

    -- Nobody is a figure, too. It is not known, though, of an area that is hidden, nor of an item that is hidden everywhere where the area has something hidden.
    ANALYZE pg_temp.byudv_protected;
    INSERT INTO pg_temp.byudv_protected
        SELECT r.slice, r.table_no, r.kind, r.code, i.number, CASE WHEN r.is_hidden OR r.has_rest AND o.slice IS NOT NULL THEN NULL ELSE 0 END
        FROM (SELECT p.slice, p.table_no, p.kind, p.code, bool_and(p.persons IS NULL) AS is_hidden, bool_or(p.item IS NULL) AS has_rest, array_agg(p.item) AS items FROM pg_temp.byudv_protected p
            WHERE p.table_no > 1 AND attributes[p.table_no - 1] <> 'place' GROUP BY 1, 2, 3, 4) r
        JOIN pg_temp.byudv_item i ON i.attribute = attributes[r.table_no - 1] AND NOT i.number = ANY (array_remove(r.items, NULL))
        LEFT JOIN pg_temp.byudv_protected o ON o.slice = r.slice AND o.table_no = r.table_no AND o.kind = 0 AND o.item = i.number AND o.persons IS NULL;
    -- Numbers to codes. An item NULL holds what is suppressed in its row; a code NULL the areas or homes with too few persons.
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT p.slice % 10000 AS year, n.code::varchar(20) AS population, 'none'::varchar(20) AS attribute, CASE p.kind WHEN 0 THEN 'all' ELSE k.area_kind END::varchar(40) AS area_kind,
            CASE WHEN p.kind = 0 THEN 'all' ELSE coalesce(a.area_code, 'hidden') END::varchar(40) AS area_code, coalesce(s.dwelling_type, 'hidden')::varchar(30) AS dwelling_type,
            coalesce(s.tenure, 'hidden')::varchar(30) AS tenure, CASE WHEN s.is_new_build THEN 'new' WHEN NOT s.is_new_build THEN 'existing' ELSE 'hidden' END::varchar(10) AS new_build,
            'all'::varchar(40) AS item, p.persons
        FROM pg_temp.byudv_protected p JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = p.slice / 10000
        LEFT JOIN (SELECT DISTINCT kind, area_kind FROM pg_temp.byudv_area) k ON k.kind = p.kind LEFT JOIN pg_temp.byudv_area a ON a.code = p.code AND p.kind > 0
        LEFT JOIN pg_temp.byudv_segment s ON s.segment = p.item
        WHERE p.table_no = 1
        UNION ALL
        SELECT p.slice % 10000, n.code, attributes[p.table_no - 1], CASE p.kind WHEN 0 THEN 'all' ELSE k.area_kind END, CASE WHEN p.kind = 0 THEN 'all' ELSE coalesce(a.area_code, 'hidden') END,
            'all', 'all', 'all', CASE WHEN p.item IS NULL THEN 'hidden' ELSE coalesce(i.code, l.code) END, p.persons
        FROM pg_temp.byudv_protected p JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = p.slice / 10000
        LEFT JOIN (SELECT DISTINCT kind, area_kind FROM pg_temp.byudv_area) k ON k.kind = p.kind LEFT JOIN pg_temp.byudv_area a ON a.code = p.code AND p.kind > 0
        LEFT JOIN pg_temp.byudv_item i ON i.attribute = attributes[p.table_no - 1] AND i.number = p.item LEFT JOIN pg_temp.byudv_place l ON attributes[p.table_no - 1] = 'place' AND l.number = p.item
        WHERE p.table_no > 1 AND p.kind < home_kind AND NOT (n.code = 'resident' AND attributes[p.table_no - 1] IN ('month', 'place'))
        UNION ALL
        SELECT p.slice % 10000, n.code, attributes[p.table_no - 1], 'all', 'all', coalesce(s.dwelling_type, 'hidden'), coalesce(s.tenure, 'hidden'),
            CASE WHEN s.is_new_build THEN 'new' WHEN NOT s.is_new_build THEN 'existing' ELSE 'hidden' END, CASE WHEN p.item IS NULL THEN 'hidden' ELSE i.code END, p.persons
        FROM pg_temp.byudv_protected p JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = p.slice / 10000
        LEFT JOIN pg_temp.byudv_segment s ON s.segment = p.code LEFT JOIN pg_temp.byudv_item i ON i.attribute = attributes[p.table_no - 1] AND i.number = p.item
        WHERE p.table_no > 1 AND p.kind = home_kind AND NOT (n.code = 'resident' AND attributes[p.table_no - 1] = 'month');

    -- The same for homes of a kind that there are, but into or out of which nobody moved. How many these are cannot be estimated: each is looked up.
    CREATE INDEX ON pg_temp.byudv_new (year, population, area_kind, area_code, dwelling_type, tenure, new_build) WHERE attribute = 'none';
    ANALYZE pg_temp.byudv_new;
    EXECUTE format($q$INSERT INTO pg_temp.byudv_new
        SELECT r.year, r.population, 'none', r.area_kind, r.area_code, s.dwelling_type, s.tenure, s.new_build, 'all',
            CASE WHEN r.is_hidden OR r.has_rest AND h.year IS NOT NULL THEN NULL ELSE 0 END
        FROM (SELECT n.year, n.population, n.area_kind, n.area_code, bool_and(n.persons IS NULL) AS is_hidden, bool_or(n.dwelling_type = 'hidden') AS has_rest FROM pg_temp.byudv_new n WHERE n.attribute = 'none' GROUP BY 1, 2, 3, 4) r
        JOIN (SELECT DISTINCT x.year, x.area_kind, x.area_code, x.dwelling_type, x.tenure, x.new_build FROM %1$I.stock x) s USING (year, area_kind, area_code)
        LEFT JOIN pg_temp.byudv_new h ON h.attribute = 'none' AND h.year = r.year AND h.population = r.population AND h.area_kind = 'all'
            AND h.dwelling_type = s.dwelling_type AND h.tenure = s.tenure AND h.new_build = s.new_build AND h.persons IS NULL
        WHERE NOT EXISTS (SELECT FROM pg_temp.byudv_new o WHERE o.attribute = 'none' AND o.year = r.year AND o.population = r.population AND o.area_kind = r.area_kind AND o.area_code = r.area_code
            AND o.dwelling_type = s.dwelling_type AND o.tenure = s.tenure AND o.new_build = s.new_build)$q$, monitor);
    -- Those who stay all year are part of the residents, who are shown: what is left of them must not be few either. They are counted for the whole area only.
    CREATE TEMPORARY TABLE byudv_counted ON COMMIT DROP AS
        SELECT e.slice % 10000 AS year, e.segment, e.age_band, e.household_type, e.income_band, e.benefit, e.size_band, count(*) AS whole, count(*) FILTER (WHERE e.stays) AS persons
        FROM pg_temp.byudv_event e WHERE e.slice / 10000 = 10 AND e.slice % 10000 < date_part('year', (parameters ->> 'as_of')::date)
        GROUP BY GROUPING SETS ((1, e.segment), (1, e.age_band), (1, e.household_type), (1, e.income_band), (1, e.benefit), (1, e.size_band));
    FOREACH part IN ARRAY ARRAY['segment'] || attributes[1:5] LOOP
        DROP TABLE IF EXISTS pg_temp.byudv_whole;
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_whole ON COMMIT DROP AS
            WITH counted AS (SELECT e.year, e.%1$I AS item, e.whole, e.persons FROM pg_temp.byudv_counted e WHERE e.%1$I IS NOT NULL),
                ranked AS (SELECT c.*, c.persons BETWEEN 1 AND $1 - 1 OR c.whole - c.persons BETWEEN 1 AND $1 - 1 AS is_small,
                    row_number() OVER w AS n, sum(c.persons) OVER w AS sum_persons, sum(c.whole - c.persons) OVER w AS sum_rest
                    FROM counted c WINDOW w AS (PARTITION BY c.year ORDER BY NOT (c.persons BETWEEN 1 AND $1 - 1 OR c.whole - c.persons BETWEEN 1 AND $1 - 1), c.persons, c.item)),
                bound AS (SELECT r.year, count(*) FILTER (WHERE r.is_small) AS small FROM ranked r GROUP BY r.year),
                pool AS (SELECT b.year, CASE WHEN b.small = 0 THEN 0 ELSE coalesce((SELECT min(r.n) FROM ranked r WHERE r.year = b.year AND r.n >= greatest(b.small, 2)
                        AND r.sum_persons NOT BETWEEN 1 AND $1 - 1 AND r.sum_rest NOT BETWEEN 1 AND $1 - 1), (SELECT max(r.n) FROM ranked r WHERE r.year = b.year)) END AS size FROM bound b)
            SELECT r.year, r.item, CASE WHEN r.n > p.size THEN r.persons END AS persons FROM ranked r JOIN pool p USING (year)
            UNION ALL SELECT r.year, NULL, sum(r.persons) FROM ranked r JOIN pool p USING (year) WHERE r.n <= p.size GROUP BY r.year HAVING sum(r.persons) NOT BETWEEN 1 AND $1 - 1$q$, part)
            USING min_cell;
        INSERT INTO pg_temp.byudv_new
        SELECT w.year, 'stayer', CASE part WHEN 'segment' THEN 'none' ELSE part END, 'all', 'all',
            CASE WHEN part <> 'segment' THEN 'all' ELSE coalesce(s.dwelling_type, 'hidden') END, CASE WHEN part <> 'segment' THEN 'all' ELSE coalesce(s.tenure, 'hidden') END,
            CASE WHEN part <> 'segment' THEN 'all' WHEN s.is_new_build THEN 'new' WHEN NOT s.is_new_build THEN 'existing' ELSE 'hidden' END,
            CASE WHEN part = 'segment' THEN 'all' ELSE coalesce(i.code, 'hidden') END, w.persons
        FROM pg_temp.byudv_whole w LEFT JOIN pg_temp.byudv_segment s ON part = 'segment' AND s.segment = w.item
        LEFT JOIN pg_temp.byudv_item i ON i.attribute = part AND i.number = w.item WHERE w.persons IS DISTINCT FROM 0;
    END LOOP;
    merged := byudv.merge_rows(monitor, 'person_count', ARRAY['attribute', 'year', 'population', 'area_kind', 'area_code', 'dwelling_type', 'tenure', 'new_build', 'item']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    -- Means, of ten persons at least
    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH by_region AS (SELECT e.slice, e.region, e.slice / 10000 = 10 AND e.stays AS stays, sum(e.income) AS income, count(e.income) AS incomes, sum(e.tax_base) AS tax_base, count(e.tax_base) AS tax_bases,
                sum(e.age) AS age, count(e.age) AS ages, sum(e.full_time_share) AS full_time, count(e.full_time_share) AS full_times FROM pg_temp.byudv_event e GROUP BY 1, 2, 3),
            by_area AS (SELECT b.slice %% 10000 AS year, n.code::varchar(20) AS population, a.area_kind, a.area_code, b.income, b.incomes, b.tax_base, b.tax_bases, b.age, b.ages, b.full_time, b.full_times
                FROM by_region b JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = b.slice / 10000 JOIN %1$I.region_area a ON a.region = b.region
                UNION ALL SELECT b.slice %% 10000, 'stayer', 'all', 'all', b.income, b.incomes, b.tax_base, b.tax_bases, b.age, b.ages, b.full_time, b.full_times FROM by_region b WHERE b.stays)
        SELECT b.year, b.population, b.area_kind, b.area_code,
            CASE WHEN sum(b.incomes) >= $1 THEN round(sum(b.income) / sum(b.incomes), -3) END::numeric(12, 0) AS mean_income,
            CASE WHEN sum(b.tax_bases) >= $1 THEN round(sum(b.tax_base) / sum(b.tax_bases), -3) END::numeric(12, 0) AS mean_tax_base,
            CASE WHEN sum(b.ages) >= $1 THEN round(1.0 * sum(b.age) / sum(b.ages), 1) END::numeric(5, 1) AS mean_age,
            CASE WHEN sum(b.full_times) >= $1 THEN round(sum(b.full_time) / 100.0) END::numeric(12, 0) AS full_time_benefit_persons
        FROM by_area b GROUP BY 1, 2, 3, 4
        HAVING greatest(sum(b.incomes), sum(b.tax_bases), sum(b.ages), sum(b.full_times)) >= $1$q$, monitor) USING greatest(min_cell, 10);
    merged := byudv.merge_rows(monitor, 'person_measure', ARRAY['year', 'population', 'area_kind', 'area_code']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
    DROP TABLE pg_temp.byudv_event, pg_temp.byudv_happened, pg_temp.byudv_household, pg_temp.byudv_money, pg_temp.byudv_unit;
END
$$;
COMMENT ON FUNCTION byudv.refresh_person_count(text, jsonb) IS 'Used inside: the step of a refresh that makes person_count and person_measure.';
-- The step that puts the key figures of areas together, for the sheet of an area beside the municipality.

CREATE FUNCTION byudv.profile_measures(OUT measure text, OUT label_da text, OUT label_en text, OUT unit_da text, OUT sort_order int) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 60 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('dwellings', 'Boliger', 'Dwellings', 'antal', 10), ('vacant', 'Ubeboede boliger', 'Dwellings in which nobody lives', 'pct. af boligerne', 20),
('mean_area', 'Boligens størrelse', 'Mean size of a dwelling', 'm²', 30), ('new_dwellings', 'Nybyggeri', 'New dwellings', 'pct. af boligerne', 40),
('planned', 'Planlagte boliger', 'Dwellings planned', 'antal', 50),
('diversity_type', 'Forskellige boligtyper (Simpson)', 'Diversity of types (Simpson)', '0 til 1', 300), ('diversity_tenure', 'Forskellige ejerformer (Simpson)', 'Diversity of tenures (Simpson)', '0 til 1', 310),
('residents', 'Beboere', 'Residents', 'antal', 400), ('persons_per_dwelling', 'Personer pr. beboet bolig', 'Persons per dwelling lived in', 'personer', 410), ('mean_age', 'Gennemsnitsalder', 'Mean age', 'år', 420),
('mean_income', 'Gennemsnitlig personlig indkomst', 'Mean personal income', 'kr. om året', 700), ('without_income', 'Voksne uden indkomst', 'Adults without income', 'pct. af voksne', 710),
('municipal_benefit', 'Voksne på kommunal ydelse', 'Adults with municipal benefits', 'pct. af voksne', 720),
('arrivals', 'Tilflyttere fra andre kommuner og udlandet', 'Arrivals from elsewhere', 'pr. 1.000 beboere', 800), ('departures', 'Fraflyttere til andre kommuner og udlandet', 'Departures to elsewhere', 'pr. 1.000 beboere', 810),
('internal_in', 'Flyttet til inden for kommunen', 'Moved in from within the municipality', 'pr. 1.000 beboere', 820), ('internal_out', 'Flyttet fra inden for kommunen', 'Moved out within the municipality', 'pr. 1.000 beboere', 830),
('net_moves', 'Tilvækst ved flytning', 'Net gain by moves', 'pr. 1.000 beboere', 840), ('turnover', 'Fraflytninger af husstande', 'Turnover of households', 'pr. 100 boligår', 850),
('median_years', 'Halvdelen bliver boende så længe', 'Half of them stay so long', 'år', 860)
UNION ALL SELECT 'type_' || c.code, c.label_da, c.label_en, 'pct. af boligerne', 100 + (row_number() OVER (ORDER BY c.sort_order, c.code COLLATE "C"))::int FROM byudv.dwelling_type_code c
UNION ALL SELECT 'tenure_' || c.code, c.label_da, c.label_en, 'pct. af boligerne', 200 + (row_number() OVER (ORDER BY c.sort_order, c.code COLLATE "C"))::int FROM byudv.tenure_code c
UNION ALL SELECT 'age_' || c.code, c.label_da, c.label_en, 'pct. af beboerne', 500 + (row_number() OVER (ORDER BY c.sort_order))::int FROM byudv.bi_codes() c WHERE c.attribute = 'age_band' AND c.code NOT IN ('hidden', 'unknown')
UNION ALL SELECT 'household_' || c.code, c.label_da, c.label_en, 'pct. af beboerne', 600 + (row_number() OVER (ORDER BY c.sort_order))::int FROM byudv.bi_codes() c WHERE c.attribute = 'household_type' AND c.code NOT IN ('hidden', 'unknown')
$$;
COMMENT ON FUNCTION byudv.profile_measures() IS 'The key figures of the sheet of an area (bi_area_profile, byudv.area_profile()) in their order, with labels and units.';

CREATE FUNCTION byudv.refresh_area_profile(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_homes, pg_temp.byudv_people, pg_temp.byudv_figure, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_homes ON COMMIT DROP AS
        SELECT s.year, s.area_kind, s.area_code, s.dwelling_type, s.tenure, sum(s.dwellings) AS dwellings, sum(s.vacant_dwellings) AS vacant, sum(s.area_m2) AS area_m2,
            sum(s.dwellings) FILTER (WHERE s.size_band <> 'unknown') AS with_area, sum(s.dwellings) FILTER (WHERE s.new_build = 'new') AS new
        FROM %I.stock s GROUP BY 1, 2, 3, 4, 5$q$, monitor);
    ANALYZE pg_temp.byudv_homes;
    -- All of a row, with what is suppressed in it; NULL where the area itself is. Of an area of which nothing is said there is nobody.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_people ON COMMIT DROP AS
        WITH counted AS (SELECT p.year, p.population, p.area_kind, p.area_code, sum(p.persons) AS persons FROM %1$I.person_count p
                WHERE p.attribute = 'none' AND p.population <> 'stayer' AND p.area_code <> 'hidden' GROUP BY 1, 2, 3, 4)
        SELECT a.year, a.area_kind, a.area_code, r.persons AS residents, n.population, CASE WHEN c.area_kind IS NULL THEN 0 ELSE c.persons END AS persons
        FROM (SELECT DISTINCT h.year, h.area_kind, h.area_code FROM pg_temp.byudv_homes h) a
        CROSS JOIN (VALUES ('arrival'), ('departure'), ('internal_in'), ('internal_out')) n (population)
        LEFT JOIN counted r ON r.population = 'resident' AND r.year = a.year AND r.area_kind = a.area_kind AND r.area_code = a.area_code
        LEFT JOIN counted c ON c.population = n.population AND c.year = a.year AND c.area_kind = a.area_kind AND c.area_code = a.area_code$q$, monitor);
    ANALYZE pg_temp.byudv_people;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_figure ON COMMIT DROP AS
        WITH area AS (SELECT h.year, h.area_kind, h.area_code, sum(h.dwellings) AS dwellings, sum(h.vacant) AS vacant, sum(h.area_m2) AS area_m2, sum(h.with_area) AS with_area, coalesce(sum(h.new), 0) AS new
                FROM pg_temp.byudv_homes h GROUP BY 1, 2, 3),
            resident AS (SELECT p.year, p.area_kind, p.area_code, p.residents FROM pg_temp.byudv_people p WHERE p.population = 'arrival'),
            -- persons by attribute: those of the shown items, and of all that count as known
            item AS (SELECT p.year, p.area_kind, p.area_code, p.attribute, p.item, p.persons,
                    sum(p.persons) FILTER (WHERE p.item NOT IN ('unknown', 'child')) OVER (PARTITION BY p.attribute, p.year, p.area_kind, p.area_code) AS known
                FROM %1$I.person_count p WHERE p.population = 'resident' AND p.dwelling_type = 'all' AND p.attribute IN ('age_band', 'household_type', 'income_band', 'benefit'))
        SELECT a.year, a.area_kind, a.area_code, f.measure, f.value FROM area a CROSS JOIN LATERAL (VALUES ('dwellings', a.dwellings), ('vacant', 100 * a.vacant / a.dwellings),
            ('mean_area', a.area_m2 / nullif(a.with_area, 0)), ('new_dwellings', 100 * a.new / a.dwellings)) f (measure, value)
        UNION ALL SELECT a.year, a.area_kind, a.area_code, 'type_' || c.code, 100 * coalesce(sum(h.dwellings), 0) / a.dwellings
        FROM area a JOIN (SELECT DISTINCT x.dwelling_type AS code FROM pg_temp.byudv_homes x) c ON true LEFT JOIN pg_temp.byudv_homes h ON h.year = a.year AND h.area_kind = a.area_kind AND h.area_code = a.area_code AND h.dwelling_type = c.code
        GROUP BY 1, 2, 3, 4, a.dwellings
        UNION ALL SELECT a.year, a.area_kind, a.area_code, 'tenure_' || c.code, 100 * coalesce(sum(h.dwellings), 0) / a.dwellings
        FROM area a JOIN (SELECT DISTINCT x.tenure AS code FROM pg_temp.byudv_homes x) c ON true LEFT JOIN pg_temp.byudv_homes h ON h.year = a.year AND h.area_kind = a.area_kind AND h.area_code = a.area_code AND h.tenure = c.code
        GROUP BY 1, 2, 3, 4, a.dwellings
        UNION ALL SELECT d.year, d.area_kind, d.area_code, f.measure, f.value FROM %1$I.bi_stock_diversity d CROSS JOIN LATERAL (VALUES ('diversity_type', d.simpson_type), ('diversity_tenure', d.simpson_tenure)) f (measure, value)
        UNION ALL SELECT r.year, r.area_kind, r.area_code, f.measure, f.value FROM resident r JOIN area a USING (year, area_kind, area_code)
        CROSS JOIN LATERAL (VALUES ('residents', r.residents), ('persons_per_dwelling', r.residents / nullif(a.dwellings - a.vacant, 0))) f (measure, value)
        UNION ALL SELECT i.year, i.area_kind, i.area_code, CASE i.attribute WHEN 'age_band' THEN 'age_' ELSE 'household_' END || i.item, 100 * i.persons / i.known
        FROM item i WHERE i.attribute IN ('age_band', 'household_type') AND i.item NOT IN ('unknown', 'hidden') AND i.known >= $3
        UNION ALL SELECT i.year, i.area_kind, i.area_code, CASE i.attribute WHEN 'benefit' THEN 'municipal_benefit' ELSE 'without_income' END, 100 * i.persons / i.known
        FROM item i WHERE (i.attribute = 'income_band' AND i.item = 'none' OR i.attribute = 'benefit' AND i.item = 'municipal') AND i.known >= $3
        UNION ALL SELECT m.year, m.area_kind, m.area_code, f.measure, f.value FROM %1$I.person_measure m CROSS JOIN LATERAL (VALUES ('mean_age', m.mean_age), ('mean_income', m.mean_income)) f (measure, value) WHERE m.population = 'resident'
        -- moves of whole years
        UNION ALL SELECT p.year, p.area_kind, p.area_code, CASE p.population WHEN 'arrival' THEN 'arrivals' WHEN 'departure' THEN 'departures' ELSE p.population END, 1000 * p.persons / p.residents
        FROM pg_temp.byudv_people p WHERE make_date(p.year, 1, 1) >= $1 AND make_date(p.year + 1, 1, 1) <= $2 AND p.residents >= $3
        UNION ALL SELECT p.year, p.area_kind, p.area_code, 'net_moves', 1000 * sum(CASE WHEN p.population IN ('arrival', 'internal_in') THEN p.persons ELSE - p.persons END) / p.residents
        FROM pg_temp.byudv_people p WHERE make_date(p.year, 1, 1) >= $1 AND make_date(p.year + 1, 1, 1) <= $2 AND p.residents >= $3 GROUP BY 1, 2, 3, p.residents HAVING count(p.persons) = 4
        UNION ALL SELECT t.year, t.area_kind, t.area_code, 'turnover', 100 * sum(t.ends) / nullif(sum(t.dwelling_years), 0) FROM %1$I.turnover t GROUP BY 1, 2, 3
        -- what is known of all years together, or of those to come, is with the last year
        UNION ALL SELECT y.year, d.area_kind, d.area_code, 'median_years', d.median_years FROM %1$I.residence_duration d, (SELECT max(a.year) AS year FROM area a) y
        WHERE d.dwelling_type = 'all' AND d.tenure = 'all' AND d.new_build = 'all' AND d.origin = 'all'
        UNION ALL SELECT a.year, a.area_kind, a.area_code, 'planned', coalesce(sum(p.to_come), 0)
        FROM area a JOIN (SELECT max(x.year) AS year FROM area x) y USING (year) LEFT JOIN %1$I.pipeline p ON a.area_kind = 'all' OR p.area_kind = a.area_kind AND p.area_code = a.area_code
        WHERE a.area_kind IN (SELECT x.area_kind FROM %1$I.pipeline x UNION ALL SELECT 'all' FROM %1$I.pipeline) GROUP BY 1, 2, 3$q$, monitor) USING study_from, as_of, greatest((parameters ->> 'min_cell')::int, 10);
    ANALYZE pg_temp.byudv_figure;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT f.year, f.area_kind, f.area_code, f.measure::varchar(40) AS measure, round(f.value, 4)::numeric(18, 4) AS value, round(m.value, 4)::numeric(18, 4) AS municipality_value
        FROM pg_temp.byudv_figure f LEFT JOIN pg_temp.byudv_figure m ON m.year = f.year AND m.area_kind = 'all' AND m.area_code = 'all' AND m.measure = f.measure WHERE f.value IS NOT NULL;
    merged := byudv.merge_rows(monitor, 'area_profile', ARRAY['area_kind', 'area_code', 'year', 'measure']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_area_profile(text, jsonb) IS 'Used inside: the step of a refresh that makes area_profile.';
-- A refresh of a monitor: its steps one after the other, each in a transaction of its own, with a log; and its schedule.

CREATE FUNCTION byudv.in_transaction_block() RETURNS boolean LANGUAGE c STABLE PARALLEL RESTRICTED AS 'MODULE_PATHNAME', 'byudv_in_transaction_block';
COMMENT ON FUNCTION byudv.in_transaction_block() IS 'Used inside: whether the statement runs in a transaction that the client has begun, so that nothing in it can commit.';

CREATE FUNCTION byudv.refresh_lock_key(monitor text, OUT part int, OUT number int) RETURNS record LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT 'byudv'::regnamespace::oid::bigint::bit(32)::int, n.oid::bigint::bit(32)::int FROM pg_namespace n WHERE n.nspname = monitor$$;
COMMENT ON FUNCTION byudv.refresh_lock_key(text) IS 'Used inside: the two keys of the advisory lock that a refresh of a monitor holds from its begin to its end.';

CREATE FUNCTION byudv.refresh_lock(part int, number int) RETURNS boolean LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'byudv_refresh_lock';
COMMENT ON FUNCTION byudv.refresh_lock(int, int) IS 'Used inside: takes the advisory lock of a refresh, for the session, until refresh_unlock() or the end of a transaction that fails; false if another session has it.';

CREATE FUNCTION byudv.refresh_unlock() RETURNS void LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'byudv_refresh_unlock';
COMMENT ON FUNCTION byudv.refresh_unlock() IS 'Used inside: ends the lock of a refresh.';

CREATE FUNCTION byudv.refresh_begin(monitor text, full_refresh boolean, OUT run_id bigint, OUT anything boolean) RETURNS record LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lock record;
    holder record;
BEGIN
    IF full_refresh IS NULL THEN
        RAISE EXCEPTION 'full_refresh is NULL' USING ERRCODE = 'null_value_not_allowed', HINT = 'Give true to compute all anew, or leave it out.';
    END IF;
    PERFORM byudv.require_monitor(monitor);
    lock := byudv.refresh_lock_key(monitor);
    IF NOT byudv.refresh_lock(lock.part, lock.number) THEN
        EXECUTE format('SELECT r.run_id, r.started_at, r.run_by, r.backend_pid FROM %I.run_log r WHERE r.step = ''refresh'' AND r.outcome = ''running'' ORDER BY r.run_id DESC LIMIT 1', monitor) INTO holder;
        RAISE EXCEPTION 'monitor "%" is being refreshed', monitor USING ERRCODE = 'lock_not_available',
            DETAIL = CASE WHEN holder.run_id IS NULL THEN 'Another session has just begun.'
                ELSE format('Process %s has been at it for %s since %s.', holder.backend_pid, holder.run_by, to_char(holder.started_at, 'YYYY-MM-DD HH24:MI:SS')) END,
            HINT = format('Wait for it to end: SELECT * FROM %I.run_log ORDER BY started_at DESC LIMIT 10;', monitor);
    END IF;
    BEGIN
        -- whoever left these does not run any more, since we have the lock
        EXECUTE format('UPDATE %I.run_log SET outcome = ''interrupted'', message = ''The server or the session stopped.'' WHERE outcome = ''running''', monitor);
        anything := byudv.collect_changes(monitor, full_refresh);
        EXECUTE format('INSERT INTO %1$I.run_log (run_id, step, started_at, outcome, as_of) SELECT coalesce(max(r.run_id), 0) + 1, ''refresh'', clock_timestamp(), ''running'',
            (SELECT (s.parameters ->> ''as_of'')::date FROM %1$I.state s) FROM %1$I.run_log r RETURNING run_id', monitor) INTO run_id;
    EXCEPTION WHEN query_canceled OR OTHERS THEN
        PERFORM byudv.refresh_unlock();
        RAISE;
    END;
END
$$;
COMMENT ON FUNCTION byudv.refresh_begin(text, boolean) IS 'Used inside: checks, locks and collects what a refresh has to do, and opens its log.';

CREATE FUNCTION byudv.refresh_step(monitor text, step text, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET client_min_messages = warning SET jit = off SET datestyle = 'ISO, YMD' AS $$
DECLARE
    parameters jsonb;
    done record;
BEGIN
    EXECUTE format('SELECT s.parameters FROM %I.state s', monitor) INTO parameters;
    -- large joins, a few at a time: the usual 4 MB are for many sessions at once
    IF pg_size_bytes(current_setting('work_mem')) < 64 * 1024 * 1024 THEN
        PERFORM set_config('work_mem', '64MB', true);
    END IF;
    EXECUTE format('SELECT * FROM byudv.%I($1, $2)', 'refresh_' || step) INTO done USING monitor, parameters;
    EXECUTE format('DELETE FROM %I.pending p WHERE p.step = $1', monitor) USING step;
    IF done.rows_added + done.rows_removed > 0 THEN
        EXECUTE format('INSERT INTO %I.pending (step) SELECT u.step FROM byudv.rollup_sources() u WHERE $1 = ANY (u.reads)', monitor) USING step;
    END IF;
    -- views last until the session ends, and would keep their owner's input from being replaced, and another role from refreshing
    DROP VIEW IF EXISTS pg_temp.byudv_residence, pg_temp.byudv_dwelling, pg_temp.byudv_person, pg_temp.byudv_address, pg_temp.byudv_home;
    scope := done.scope;
    rows_added := done.rows_added;
    rows_removed := done.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_step(text, text) IS 'Used inside: one step of a refresh; what it had to do is done, and the roll-ups that read what it has written are to be computed.';

CREATE FUNCTION byudv.refresh_pending(monitor text, step text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.pending p WHERE p.step = $1)', monitor) INTO found USING step;
    RETURN found;
END
$$;
COMMENT ON FUNCTION byudv.refresh_pending(text, text) IS 'Used inside: whether a step has anything to do.';

CREATE FUNCTION byudv.refresh_note(monitor text, run_id bigint, step text, outcome text, scope text DEFAULT NULL, rows_added bigint DEFAULT NULL,
        rows_removed bigint DEFAULT NULL, message text DEFAULT NULL) RETURNS double precision LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seconds double precision := 0;
BEGIN
    IF outcome = 'running' THEN
        EXECUTE format('INSERT INTO %I.run_log (run_id, step, started_at, outcome, as_of) SELECT $1, $2, clock_timestamp(), ''running'', (s.parameters ->> ''as_of'')::date FROM %I.state s',
            monitor, monitor) USING run_id, step;
    ELSE
        EXECUTE format('UPDATE %I.run_log r SET finished_at = clock_timestamp(), outcome = $3, scope = $4, rows_added = $5, rows_removed = $6, message = $7 '
            'WHERE r.run_id = $1 AND r.step = $2 RETURNING extract(epoch FROM r.finished_at - r.started_at)', monitor)
            INTO seconds USING run_id, step, outcome, scope, rows_added, rows_removed, message;
    END IF;
    RETURN seconds;
END
$$;
COMMENT ON FUNCTION byudv.refresh_note(text, bigint, text, text, text, bigint, bigint, text) IS 'Used inside: writes the log of a refresh; returns the seconds that the step took.';

-- A procedure that commits can have no SET clause: the path is set in each of its transactions, by names that do not depend on it.
CREATE PROCEDURE byudv.refresh(monitor text, full_refresh boolean DEFAULT false) LANGUAGE plpgsql AS $$
DECLARE
    run pg_catalog.record;
    step pg_catalog.text;
    done pg_catalog.record;
    number pg_catalog.int4 := 0;
    steps pg_catalog.text[] := byudv.refresh_steps();
    added pg_catalog.int8 := 0;
    removed pg_catalog.int8 := 0;
    seconds pg_catalog.float8;
    code pg_catalog.text;
    failure pg_catalog.text;
    detail pg_catalog.text;
    hint pg_catalog.text;
BEGIN
    IF byudv.in_transaction_block() THEN
        RAISE EXCEPTION 'a refresh cannot run inside a transaction' USING ERRCODE = 'active_sql_transaction',
            DETAIL = 'Each of its steps commits, so that what is done is not lost should a later one fail.',
            HINT = pg_catalog.format('Send CALL byudv.refresh(%L) as a statement of its own, outside BEGIN and COMMIT.', monitor);
    END IF;
    -- Called by a function it cannot commit either. That has to show before the lock is taken, which would outlast an error that is caught.
    COMMIT;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    run := byudv.refresh_begin(monitor, full_refresh);
    IF NOT run.anything THEN
        PERFORM byudv.refresh_note(monitor, run.run_id, 'refresh', 'unchanged', NULL, 0, 0);
        PERFORM byudv.refresh_unlock();
        RAISE NOTICE 'monitor %: nothing has changed since the last refresh', monitor;
        RETURN;
    END IF;
    COMMIT;
    FOREACH step IN ARRAY steps LOOP
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        number := number + 1;
        IF NOT byudv.refresh_pending(monitor, step) THEN
            CONTINUE;
        END IF;
        PERFORM byudv.refresh_note(monitor, run.run_id, step, 'running');
        COMMIT;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        -- pg_stat_activity shows where it is
        PERFORM pg_catalog.set_config('application_name', left(format('byudv refresh %s: %s (%s of %s)', monitor, step, number, cardinality(steps)), 63), true);
        code := NULL;
        BEGIN
            done := byudv.refresh_step(monitor, step);
        EXCEPTION WHEN query_canceled OR OTHERS THEN
            GET STACKED DIAGNOSTICS failure = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, code = RETURNED_SQLSTATE;
        END;
        IF code IS NOT NULL THEN
            PERFORM byudv.refresh_note(monitor, run.run_id, step, CASE code WHEN '57014' THEN 'cancelled' ELSE 'failed' END, NULL, NULL, NULL, concat_ws(' ', failure || '.', nullif(detail, '')));
            PERFORM byudv.refresh_note(monitor, run.run_id, 'refresh', CASE code WHEN '57014' THEN 'cancelled' ELSE 'failed' END, NULL, added, removed, format('Step %s: %s', step, failure));
            PERFORM byudv.refresh_unlock();
            COMMIT;
            PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
            RAISE EXCEPTION USING ERRCODE = code, MESSAGE = failure,
                DETAIL = concat_ws(' ', nullif(detail, ''), format('Step %s of the refresh of %s has changed nothing; the steps before it are done.', step, monitor)),
                HINT = concat_ws(' ', nullif(hint, ''), format('The next CALL byudv.refresh(%L) goes on from here.', monitor));
        END IF;
        seconds := byudv.refresh_note(monitor, run.run_id, step, 'done', done.scope, done.rows_added, done.rows_removed);
        added := added + done.rows_added;
        removed := removed + done.rows_removed;
        RAISE NOTICE 'monitor %: % - % computed anew, % rows added, % removed, % s', monitor, step, done.scope, done.rows_added, done.rows_removed, round(seconds::numeric, 2);
        COMMIT;
    END LOOP;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    seconds := byudv.refresh_note(monitor, run.run_id, 'refresh', 'done', NULL, added, removed);
    PERFORM byudv.refresh_unlock();
    RAISE NOTICE 'monitor %: refreshed, % rows added, % removed, % s', monitor, added, removed, round(seconds::numeric, 2);
END
$$;
COMMENT ON PROCEDURE byudv.refresh(text, boolean) IS 'Brings the results of a monitor up to date with its input: CALL byudv.refresh(''ballerup''). Only what has changed since the last refresh is computed anew; with full_refresh, or where a setting, a rule or the data date has changed, all is: the rows are the same either way, and only rows that differ are written. Where nothing has changed it says so and writes no more than a line of run_log. Each step commits; readers see its table as it was until then. After an error, a cancel or a crash the last good state stands, and the next refresh goes on where this one stopped. Must be a statement of its own, outside a transaction. Only the monitor''s owner may call it. Errors: no such monitor, another refresh of it going on (55P03), a call inside a transaction (25001), and whatever stops a step, after it is noted in run_log.';

CREATE FUNCTION byudv.schedule_refresh(monitor text, schedule text DEFAULT '0 3 * * *') RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    command text := format('CALL byudv.refresh(%L)', monitor);
    job text := 'byudv refresh ' || monitor;
    shell_word text[] := (SELECT array_agg(CASE WHEN w ~ '^[A-Za-z0-9_.-]+$' THEN w ELSE concat('''', replace(w, '''', concat('''', chr(92), '''''')), '''') END ORDER BY n)
        FROM unnest(ARRAY[current_database()::text, command]) WITH ORDINALITY x (w, n));
    id bigint;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF schedule IS NULL THEN
        RAISE EXCEPTION 'no schedule is given' USING ERRCODE = 'null_value_not_allowed', HINT = 'SELECT byudv.schedule_refresh(''ballerup'', ''0 3 * * *'') refreshes at three each night, GMT; byudv.unschedule_refresh() ends it.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
        RAISE EXCEPTION 'pg_cron is not in this database' USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = 'A refresh on a schedule needs the extension pg_cron, which lives in one database of the server (cron.database_name).',
            -- for a shell: in single quotes, which end, and begin again, around an escaped one
            HINT = format('In that database, as a role that may connect to this one: SELECT cron.schedule_in_database(%L, %L, %L, %L); Or run from any other scheduler: psql -d %s -c %s', job, schedule,
                command, current_database(), shell_word[1], shell_word[2]);
    END IF;
    EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO id USING job, schedule, command;
    RETURN id;
END
$$;
COMMENT ON FUNCTION byudv.schedule_refresh(text, text) IS 'Refreshes a monitor on a schedule of pg_cron, as the caller: minute, hour, day, month, weekday, in GMT; default is three each night. A second call changes the schedule. Returns the number of the job. The command is CALL byudv.refresh(...) alone, since a procedure that commits works in no other way. Errors: pg_cron is not in this database (the hint has the statement to run where it is), a schedule that pg_cron does not understand, no such monitor, not its owner.';

CREATE FUNCTION byudv.unschedule_refresh(monitor text) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    id bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
        RETURN false;
    END IF;
    EXECUTE 'SELECT j.jobid FROM cron.job j WHERE j.jobname = $1 AND j.username = current_user' INTO id USING 'byudv refresh ' || monitor;
    IF id IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE 'SELECT cron.unschedule($1)' USING id;
    RETURN true;
END
$$;
COMMENT ON FUNCTION byudv.unschedule_refresh(text) IS 'Ends the schedule of schedule_refresh() for a monitor, also of one that is gone; false if the caller has none.';
-- What all adapters are made of: reading a relation by the source's own column names, and writing into a monitor only what differs.
--
-- An adapter reads each relation once into a temporary table of its own (stage_source), in which every row has a number, its values in the types that are
-- needed, the reason for which it cannot be used (reason) and what of it cannot be used (note). What follows are joins between these tables, and comparisons
-- with what the monitor has (merge_keyed, merge_unkeyed, merge_rejects). So nothing is written where nothing differs, and triggers note nothing.

CREATE FUNCTION byudv.register_key(key text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5
RETURN ('x' OPERATOR(pg_catalog.||) pg_catalog.encode(pg_catalog.substr(pg_catalog.sha256(pg_catalog.decode(pg_catalog.replace(pg_catalog.lower(pg_catalog.btrim(key, '{} ') COLLATE pg_catalog."C"),
    pg_catalog.chr(92), pg_catalog.chr(92) OPERATOR(pg_catalog.||) pg_catalog.chr(92)), 'escape')), 1, 8), 'hex'))::pg_catalog.bit(64)::pg_catalog.int8
    OPERATOR(pg_catalog.&) 9223372036854775807;
COMMENT ON FUNCTION byudv.register_key(text) IS 'A number from 0 to 2^63 - 1 that stands for a register''s key, the same everywhere: the first eight bytes of the SHA-256 of the key, big endian, without the highest bit. key: such as a UUID, with or without braces and blanks around it, in any letter case. Other characters than ASCII count as the database''s encoding has them. Among ten million keys the chance that any two share a number is 1 in 200,000; the adapters look for it and reject both. NULL gives NULL.';

CREATE FUNCTION byudv.address_key(municipality text, road_code text, house_number text, floor text DEFAULT NULL, door text DEFAULT NULL) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5
RETURN pg_catalog.lower((
    NULLIF(pg_catalog.ltrim(pg_catalog.btrim(municipality), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    NULLIF(pg_catalog.ltrim(pg_catalog.btrim(road_code), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    NULLIF(pg_catalog.ltrim(pg_catalog.btrim(house_number), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    COALESCE(pg_catalog.ltrim(pg_catalog.btrim(floor, ' .'), '0'), '') OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||)
    COALESCE(pg_catalog.ltrim(pg_catalog.btrim(door, ' .'), '0'), '')) COLLATE pg_catalog."C");
COMMENT ON FUNCTION byudv.address_key(text, text, text, text, text) IS 'An address in the form in which registers'' addresses are compared: municipality, road code, house number, floor and door with hyphens between them, each without leading zeros, blanks and a full stop at its end, in small letters: 151-1234-1a-st-tv. So 0151 and 151, 001A and 1A, 01 and 1, ST and st, 0002 and 2 are the same. floor and door may be NULL or empty, as for detached houses; without municipality, road code or house number there is no address, and the result is NULL.';

CREATE FUNCTION byudv.register_date(value text) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text[];
    y int;
    m int;
    d int;
    result date;
BEGIN
    IF value ~ '^[0-9]{8}([0-9]{4}([0-9]{2})?)?$' THEN
        y := left(value, 4)::int; m := substr(value, 5, 2)::int; d := substr(value, 7, 2)::int;
    ELSIF value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$' THEN
        y := left(value, 4)::int; m := substr(value, 6, 2)::int; d := substr(value, 9, 2)::int;
    ELSIF value ~ '^[0-9]{1,2}([-./])[0-9]{1,2}\1[0-9]{4}([T ].*)?$' THEN
        part := regexp_split_to_array(left(value, 10), '[-./ T]');
        y := part[3]::int; m := part[2]::int; d := part[1]::int;
    END IF;
    IF y < 1000 OR m NOT BETWEEN 1 AND 12 OR d NOT BETWEEN 1 AND 31 THEN
        RETURN NULL;
    END IF;
    result := make_date(y, m, 1) + (d - 1);
    RETURN CASE WHEN extract(month FROM result) = m THEN result END;
END
$$;
COMMENT ON FUNCTION byudv.register_date(text) IS 'The day that a register''s date or time names, or NULL where it names none: 20230401, 202304011200, 2023-04-01, 2023-04-01T12:00:00Z, 01-04-2023, 1.4.2023, 1/4/2023 with or without a time behind a blank. The time of day is cut off, not rounded, and no time zone is applied. Unlike byudv.parse_danish_date() it is never an error. NULL gives NULL.';

CREATE FUNCTION byudv.cpr_birth_year(cpr text) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE WHEN c ~ '^[0-9]{10}$' THEN CASE
    WHEN substr(c, 7, 1) IN ('0', '1', '2', '3') THEN 1900
    WHEN substr(c, 7, 1) IN ('4', '9') THEN CASE WHEN substr(c, 5, 2) <= '36' THEN 2000 ELSE 1900 END
    WHEN substr(c, 5, 2) <= '57' THEN 2000 ELSE 1800 END + substr(c, 5, 2)::int END
FROM (SELECT replace(btrim(cpr), '-', '')) x (c)
$$;
COMMENT ON FUNCTION byudv.cpr_birth_year(text) IS 'The year of birth that a CPR number tells, by its seventh digit: 0 to 3 is 19xx; 4 and 9 are 20xx for years up to 36, else 19xx; 5 to 8 are 20xx for years up to 57, else 18xx. cpr: ten digits, with or without a hyphen after the sixth; anything else gives NULL, as does NULL. Source: the CPR office on the construction of numbers.';

CREATE FUNCTION byudv.drop_stages(stages text[]) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stage text;
BEGIN
    FOREACH stage IN ARRAY stages LOOP
        IF to_regclass(format('pg_temp.%I', stage)) IS NOT NULL THEN
            EXECUTE format('DROP %s pg_temp.%I', CASE (SELECT c.relkind FROM pg_class c WHERE c.oid = to_regclass(format('pg_temp.%I', stage))) WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, stage);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.drop_stages(text[]) IS 'Used inside: drops temporary tables and views of an adapter, in the order given, if they are there.';

CREATE FUNCTION byudv.source_column(relation regclass, names text, OUT column_name name, OUT column_type oid) LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    upper_case constant text := 'ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ';
    lower_case constant text := 'abcdefghijklmnopqrstuvwxyzæøå';
    wanted text;
    n int;
BEGIN
    FOREACH wanted IN ARRAY string_to_array(names, '|') LOOP
        SELECT a.attname, a.atttypid INTO column_name, column_type FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attname = wanted;
        IF column_name IS NOT NULL THEN
            RETURN;
        END IF;
        SELECT count(*), min(a.attname::text), min(a.atttypid) INTO n, column_name, column_type FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
            AND translate(a.attname, upper_case, lower_case) = translate(wanted, upper_case, lower_case);
        IF n > 1 THEN
            RAISE EXCEPTION '% has % columns that could be "%"', relation, n, wanted USING ERRCODE = 'ambiguous_column',
                DETAIL = 'They differ in letter case only.', HINT = format('Make a view in which one is called "%s".', wanted);
        END IF;
        IF n = 1 THEN
            RETURN;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.source_column(regclass, text) IS 'Used inside: the column of a relation that has one of the names (with | between them, the first one first), in any letter case, and its type; NULL where there is none. Errors: two that differ in letter case only.';

CREATE FUNCTION byudv.stage_source(relation regclass, argument text, stage text, columns text[], reason text, INOUT given text[] DEFAULT NULL,
        extra text DEFAULT '') LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number_form constant text := '^[+-]?[0-9]{1,9}([.,](0{1,2}|0{4,}))?$';     -- three zeros behind a point are thousands as well
    wanted text;
    part text[];            -- name, type with ! where it is needed, names of the source
    kind text;
    source record;
    source_name text;
    raw text;
    raw_list text := '';
    list text := '';
    names text := '';
    notes text := '';
    told text[] := '{}';        -- columns whose values may be refused, each with what is said then
    missing text[] := '{}';
    -- what a value was is told, but not where a wrong column may hold somebody's number or name
    quoted constant text := CASE WHEN EXISTS (SELECT FROM unnest(columns) w WHERE split_part(w, ' ', 2) LIKE 'person%' OR split_part(w, ' ', 1) = 'owner_name') THEN '' ELSE ' || '' "'' || left(s.%2$I, 40) || ''"''' END;
BEGIN
    IF relation IS NULL THEN
        -- a relation that was not given is an empty one
        SELECT string_agg(format('NULL::%s AS %I', CASE rtrim(split_part(w, ' ', 2), '!') WHEN 'int' THEN 'int' WHEN 'bigint' THEN 'int8' WHEN 'date' THEN 'date'
            WHEN 'person' THEN 'int8' ELSE 'text' END, split_part(w, ' ', 1)), ', ') INTO list FROM unnest(columns) w;
        EXECUTE format('CREATE TEMPORARY TABLE %I ON COMMIT DROP AS SELECT j.*, NULL::text AS reason%s FROM (SELECT NULL::int8 AS n, %s, NULL::text AS note) j LIMIT 0', stage, extra, list);
        RETURN;
    END IF;
    FOREACH wanted IN ARRAY columns LOOP
        part := string_to_array(wanted, ' ');
        part[3] := substr(wanted, length(part[1]) + length(part[2]) + 3);   -- names may have blanks
        kind := rtrim(part[2], '!');
        source := byudv.source_column(relation, part[3]);
        source_name := coalesce(source.column_name, split_part(part[3], '|', 1));
        IF source.column_name IS NULL AND part[2] LIKE '%!' THEN
            missing := missing || replace(part[3], '|', ' or ');
        END IF;
        IF source.column_name IS NOT NULL THEN
            given := array_append(given, part[1]);
        END IF;
        raw := CASE WHEN source.column_name IS NULL THEN 'NULL::text' ELSE format('nullif(nullif(btrim(s.%I::text), ''''), ''NULL'')', source.column_name) END;
        CASE kind
        WHEN 'text' THEN
            list := list || format(', s.%I', part[1]);
        WHEN 'key' THEN
            IF source.column_name IS NOT NULL THEN      -- (under "C", which is quick: keys are ASCII)
                raw := format('nullif(nullif(lower(btrim(s.%I::text, ''{} '') COLLATE "C"), ''''), ''null'')', source.column_name);
            END IF;
            list := list || format(', s.%I', part[1]);
        WHEN 'int' THEN
            IF source.column_type IN ('int2'::regtype, 'int4'::regtype) THEN
                raw := format('s.%I', source.column_name);
                list := list || format(', s.%I::int', part[1]);
            ELSE
                list := list || format(', CASE WHEN translate(s.%1$I, ''0123456789'', '''') = '''' AND length(s.%1$I) < 10 THEN s.%1$I::int
                    WHEN s.%1$I ~ %2$L THEN replace(split_part(s.%1$I, ''.'', 1), '','', ''.'')::numeric::int END AS %1$I', part[1], number_form);
                told := told || ARRAY[part[1], source_name || ' is no whole number'];
            END IF;
        WHEN 'bigint' THEN
            list := list || format(', CASE WHEN s.%1$I ~ ''^[0-9]{1,18}$'' THEN s.%1$I::int8 END AS %1$I', part[1]);
            told := told || ARRAY[part[1], source_name || ' is no whole number'];
        WHEN 'date' THEN
            -- registers write "no date" as zeros, too
            IF source.column_name IS NOT NULL THEN
                raw := format('CASE WHEN translate(%1$s, ''0-:. T'', '''') <> '''' THEN %1$s END', raw);
            END IF;
            told := told || ARRAY[part[1], source_name || ' is no day'];
            list := list || format(', byudv.register_date(s.%1$I) AS %1$I', part[1]);
        WHEN 'person', 'birth' THEN
            -- The number itself is not kept, not even here. Numeric types have dropped the leading zero; in text, nine digits may be anything.
            IF source.column_name IS NOT NULL THEN
                IF source.column_type IN ('int8'::regtype, 'int4'::regtype, 'numeric'::regtype, 'float8'::regtype) THEN
                    raw := format('CASE WHEN length(%1$s) = 9 THEN ''0'' || %1$s ELSE %1$s END', raw);
                END IF;
                raw := format(CASE kind WHEN 'person' THEN 'CASE WHEN %1$s ~ %2$L THEN byudv.pseudonym(%1$s) END'
                    ELSE 'CASE WHEN %1$s ~ %2$L THEN byudv.cpr_birth_year(%1$s) || substr(%1$s, 3, 2) || CASE WHEN left(%1$s, 1) >= ''6'' THEN (left(%1$s, 1)::int - 6)::text
                        ELSE left(%1$s, 1) END || substr(%1$s, 2, 1) END' END, raw, '^([0-2][0-9]|3[01]|[67][0-9]|8[0-9]|9[01])(0[1-9]|1[0-2])[0-9]{2}-?[0-9]{4}$');
                IF kind = 'person' THEN
                    raw := format('CASE WHEN left(s.%I::text, 2) = ''00'' THEN NULL ELSE %s END', source.column_name, raw);
                END IF;
            ELSIF kind = 'person' THEN
                raw := 'NULL::int8';
            END IF;
            list := list || format(', s.%I', part[1]);
        ELSE
            RAISE EXCEPTION 'no such kind of column: %', kind USING ERRCODE = 'internal_error';
        END CASE;
        IF told[array_upper(told, 1) - 1] = part[1] THEN
            list := list || format(', s.%I AS %I', part[1], 'raw_' || part[1]);
            IF source.column_name IS NOT NULL THEN
                notes := notes || format(', CASE WHEN s.%2$I IS NOT NULL AND s.%1$I IS NULL THEN %3$L' || quoted || ' || '' (used without it)'' END', part[1], 'raw_' || part[1], told[array_upper(told, 1)]);
            END IF;
        END IF;
        raw_list := raw_list || format(', %s AS %I', raw, part[1]);
        names := names || format(', s.%I', part[1]);
    END LOOP;
    IF missing <> '{}' THEN
        RAISE EXCEPTION '% (argument %) lacks columns that are needed: %', relation, argument, array_to_string(missing, ', ') USING ERRCODE = 'undefined_column',
            DETAIL = format('It has: %s. Of these are read, in any letter case: %s.',
                (SELECT coalesce(string_agg(a.attname, ', ' ORDER BY a.attnum), 'no column') FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped),
                (SELECT string_agg(replace(x.wanted, '|', ' or '), ', ' ORDER BY x.n) FROM (SELECT substr(w, length(split_part(w, ' ', 1)) + length(split_part(w, ' ', 2)) + 3) AS wanted, min(n) AS n
                    FROM unnest(columns) WITH ORDINALITY c (w, n) GROUP BY 1) x)),
            HINT = 'Was another relation meant? Else make a view that gives the columns these names.';
    END IF;
    -- Each level is computed once, since OFFSET keeps the planner from putting one into the other
    EXECUTE format('CREATE TEMPORARY TABLE %I ON COMMIT DROP AS SELECT j.*, %s AS reason%s FROM (SELECT s.n%s, nullif(concat_ws(''; ''%s), '''') AS note
        FROM (SELECT s.n%s FROM (SELECT row_number() OVER () AS n%s FROM %s s) s OFFSET 0) s OFFSET 0) j', stage, reason, extra, names, CASE WHEN notes = '' THEN ', NULL' ELSE notes END, list, raw_list, relation);
    EXECUTE format('ANALYZE pg_temp.%I', stage);
END
$$;
COMMENT ON FUNCTION byudv.stage_source(regclass, text, text, text[], text, text[], text) IS 'Used inside: reads a relation into a temporary table: n counts its rows, columns are "name kind names-in-the-source" (kinds text, key, int, bigint, date, person for a pseudonym, birth for the day of birth that a CPR number tells; ! behind it: needed; names with | between them), note says what could not be read, reason is an expression over these, NULL where the row can be used, and extra are more of them, each with a comma before it. relation NULL: an empty one. given: names of the columns that the source has. Empty text and the word NULL are NULL. Errors: columns that are needed and missing.';

CREATE FUNCTION byudv.reject_repeated(stage text, key text, latest_first text) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_repeated ON COMMIT DROP AS SELECT %2$I AS key FROM pg_temp.%1$I WHERE reason IS NULL GROUP BY %2$I HAVING count(*) > 1', stage, key);
    IF EXISTS (SELECT FROM pg_temp.byudv_import_repeated) THEN
        EXECUTE format('UPDATE pg_temp.%1$I u SET reason = ''key met before'' FROM (SELECT s.n, row_number() OVER (PARTITION BY s.%2$I ORDER BY %3$s) AS place
            FROM pg_temp.%1$I s JOIN pg_temp.byudv_import_repeated r ON r.key = s.%2$I WHERE s.reason IS NULL) x WHERE x.n = u.n AND x.place > 1', stage, key, latest_first);
    END IF;
    DROP TABLE pg_temp.byudv_import_repeated;
END
$$;
COMMENT ON FUNCTION byudv.reject_repeated(text, text, text) IS 'Used inside: rows of a temporary table whose key was met before get that reason; the first by the order given is kept.';

CREATE FUNCTION byudv.require_relations(arguments text[], relations regclass[]) RETURNS void LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    FOR i IN 1 .. cardinality(arguments) LOOP
        IF relations[i] IS NULL THEN
            RAISE EXCEPTION 'argument % is NULL', arguments[i] USING ERRCODE = 'null_value_not_allowed',
                DETAIL = format('Needed are: %s.', array_to_string(arguments, ', ')), HINT = 'Give the name of the table, view or foreign table that holds these rows.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.require_relations(text[], regclass[]) IS 'Used inside: an error that names the first of these arguments that is NULL.';

CREATE FUNCTION byudv.lock_inputs(monitor text, tables text[]) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t text;
    kind "char";
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- whoever waited for another adapter would not see what that one wrote
        RAISE EXCEPTION 'an adapter cannot run in a transaction that is %', current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state',
            HINT = 'Run it in READ COMMITTED, which is PostgreSQL''s default.';
    END IF;
    FOREACH t IN ARRAY tables || ARRAY['reject'] LOOP
        SELECT c.relkind INTO kind FROM pg_class c WHERE c.oid = to_regclass(format('%I.%I', monitor, t));
        IF kind IS NULL THEN
            RAISE EXCEPTION 'monitor "%" has no table %', monitor, t USING ERRCODE = 'undefined_table', HINT = format('SELECT byudv.upgrade_monitor(%L) makes it again, empty.', monitor);
        ELSIF kind <> 'r' THEN
            RAISE EXCEPTION '%.% is no table', quote_ident(monitor), t USING ERRCODE = 'wrong_object_type',
                DETAIL = format('It is a %s, and adapters write into tables only.', CASE kind WHEN 'v' THEN 'view' WHEN 'f' THEN 'foreign table' WHEN 'm' THEN 'materialized view'
                    WHEN 'p' THEN 'partitioned table' ELSE 'relation of another kind' END),
                HINT = format('Leave the adapter out, since the %s brings the rows already; or drop it, and SELECT byudv.upgrade_monitor(%L) makes the table again.',
                    CASE kind WHEN 'v' THEN 'view' ELSE 'relation' END, monitor);
        END IF;
    END LOOP;
    -- As for other work over whole tables; the adapters' own settings end with them
    PERFORM set_config('work_mem', current_setting('maintenance_work_mem'), true);
    -- The table that all adapters write into comes first: two of them wait for each other here, and nowhere else.
    EXECUTE format('LOCK TABLE %I.reject IN SHARE ROW EXCLUSIVE MODE', monitor);
    FOREACH t IN ARRAY tables LOOP
        EXECUTE format('LOCK TABLE %I.%I IN SHARE ROW EXCLUSIVE MODE', monitor, t);
    END LOOP;
END
$$;
COMMENT ON FUNCTION byudv.lock_inputs(text, text[]) IS 'Used inside: checks the monitor and that these inputs are tables, and keeps other writers away until the transaction ends; readers read on. Errors: no such monitor, an input that is missing or was replaced by a view, a transaction that is not READ COMMITTED.';

CREATE FUNCTION byudv.merge_keyed(monitor text, table_name text, stage text, key text, columns text[], kept text[], gone text, OUT rows_added bigint, OUT rows_changed bigint,
        OUT rows_removed bigint) LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := format('%I.%I', monitor, table_name);
    old_values text;
    new_values text;
    setting text;
BEGIN
    rows_added := 0; rows_changed := 0; rows_removed := 0;
    -- What a delivery does not say of a kept column stays as it is
    SELECT string_agg(format('t.%I', c), ', '), string_agg(CASE WHEN c = ANY (kept) THEN format('coalesce(s.%1$I, t.%1$I)', c) ELSE format('s.%I', c) END, ', '),
        string_agg(format('%I = d.%I', c, c), ', ') INTO old_values, new_values, setting FROM unnest(columns) c;
    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_difference ON COMMIT DROP AS SELECT s.%1$I, %2$s, t.%1$I IS NULL AS added FROM pg_temp.%3$I s LEFT JOIN %4$s t ON t.%1$I = s.%1$I
        WHERE t.%1$I IS NULL OR ROW(%5$s) IS DISTINCT FROM ROW(%6$s)', key,
        (SELECT string_agg(CASE WHEN c = ANY (kept) THEN format('coalesce(s.%1$I, t.%1$I) AS %1$I', c) ELSE format('s.%I', c) END, ', ') FROM unnest(columns) c),
        stage, target, old_values, new_values);
    IF gone IS NOT NULL THEN
        EXECUTE format('CREATE TEMPORARY TABLE byudv_import_gone ON COMMIT DROP AS SELECT t.%1$I FROM %2$s t WHERE (%3$s) AND NOT EXISTS (SELECT FROM pg_temp.%4$I s WHERE s.%1$I = t.%1$I)',
            key, target, gone, stage);
        IF EXISTS (SELECT FROM pg_temp.byudv_import_gone) THEN
            EXECUTE format('DELETE FROM %2$s t USING pg_temp.byudv_import_gone g WHERE g.%1$I = t.%1$I', key, target);
            GET DIAGNOSTICS rows_removed = ROW_COUNT;
        END IF;
        DROP TABLE pg_temp.byudv_import_gone;
    END IF;
    IF EXISTS (SELECT FROM pg_temp.byudv_import_difference WHERE NOT added) THEN
        EXECUTE format('UPDATE %2$s t SET %3$s FROM pg_temp.byudv_import_difference d WHERE d.%1$I = t.%1$I AND NOT d.added', key, target, setting);
        GET DIAGNOSTICS rows_changed = ROW_COUNT;
    END IF;
    IF EXISTS (SELECT FROM pg_temp.byudv_import_difference WHERE added) THEN
        EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM pg_temp.byudv_import_difference WHERE added', target,
            (SELECT string_agg(quote_ident(c), ', ') FROM unnest(key || columns) c));
        GET DIAGNOSTICS rows_added = ROW_COUNT;
    END IF;
    DROP TABLE pg_temp.byudv_import_difference;
END
$$;
COMMENT ON FUNCTION byudv.merge_keyed(text, text, text, text, text[], text[], text) IS 'Used inside: makes an input with a key what a temporary table says, writing only rows that differ in the columns given; of those kept, NULL leaves what is there. gone: condition on the input (t), by which rows are removed that the temporary table has not; NULL: none. No statement is run that would change nothing.';

CREATE FUNCTION byudv.merge_unkeyed(monitor text, table_name text, stage text, columns text[], scope text, OUT rows_added bigint, OUT rows_removed bigint)
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := format('%I.%I', monitor, table_name);
    list text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(columns) c);
BEGIN
    rows_added := 0; rows_removed := 0;
    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_added ON COMMIT DROP AS SELECT %1$s FROM pg_temp.%2$I EXCEPT ALL SELECT %1$s FROM %3$s t WHERE %4$s', list, stage, target, scope);
    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_removed ON COMMIT DROP AS SELECT %1$s, count(*) AS byudv_import_times FROM
        (SELECT %1$s FROM %3$s t WHERE %4$s EXCEPT ALL SELECT %1$s FROM pg_temp.%2$I) x GROUP BY %1$s', list, stage, target, scope);
    IF EXISTS (SELECT FROM pg_temp.byudv_import_removed) THEN
        ANALYZE pg_temp.byudv_import_removed;
        EXECUTE format('DELETE FROM %2$s d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM (SELECT t.ctid, r.times, row_number() OVER (PARTITION BY r.content ORDER BY t.ctid DESC) AS place
            FROM (SELECT t.ctid, ROW(%1$s) AS content FROM %2$s t WHERE %3$s) t JOIN (SELECT ROW(%1$s) AS content, byudv_import_times AS times FROM pg_temp.byudv_import_removed) r
            ON r.content = t.content) x WHERE x.place <= x.times))', list, target, scope);
        GET DIAGNOSTICS rows_removed = ROW_COUNT;
    END IF;
    IF EXISTS (SELECT FROM pg_temp.byudv_import_added) THEN
        EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM pg_temp.byudv_import_added', target, list);
        GET DIAGNOSTICS rows_added = ROW_COUNT;
    END IF;
    DROP TABLE pg_temp.byudv_import_added;
    DROP TABLE pg_temp.byudv_import_removed;
END
$$;
COMMENT ON FUNCTION byudv.merge_unkeyed(text, text, text, text[], text) IS 'Used inside: makes those rows of an input without key that meet the condition scope (on the input t) what a temporary table says; equal rows count as often as they occur. Only what differs is written, and no statement is run that would change nothing.';

CREATE FUNCTION byudv.merge_rejects(monitor text, sources text[], stage text) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM byudv.merge_unkeyed(monitor, 'reject', stage, ARRAY['source', 'row_key', 'reason', 'content'], format('t.source = ANY (%L::text[])', sources));
END
$$;
COMMENT ON FUNCTION byudv.merge_rejects(text, text[], text) IS 'Used inside: makes the rejects of these sources what a temporary table says (source, row_key, reason, content). Rows that were there already keep the time at which they were first met.';
-- Buildings, dwellings and owner codes: BBR as it is distributed today, its older layout, and the views of LOIS. Each adapter reads its relations into temporary
-- tables of the same form, and import_stock() does the rest.
--
-- The owner code sits on the property and never on the unit, so the way to it matters. Statistics Denmark's order: the unit's own condominium property, else
-- that of its building (a building on leased land), else that of the land.

CREATE FUNCTION byudv.number_keys(stage text) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM byudv.reject_repeated(stage, 'id', 's.changed DESC NULLS LAST, s.n');
    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_collision ON COMMIT DROP AS SELECT number FROM pg_temp.%I WHERE reason IS NULL GROUP BY number HAVING count(*) > 1', stage);
    IF EXISTS (SELECT FROM pg_temp.byudv_import_collision) THEN
        EXECUTE format('UPDATE pg_temp.%I s SET reason = ''another key has the same number'' FROM pg_temp.byudv_import_collision c WHERE c.number = s.number AND s.reason IS NULL', stage);
    END IF;
    DROP TABLE pg_temp.byudv_import_collision;
    EXECUTE format('CREATE TEMPORARY VIEW %I AS SELECT * FROM pg_temp.%I WHERE reason IS NULL', stage || '_used', stage);
END
$$;
COMMENT ON FUNCTION byudv.number_keys(text) IS 'Used inside: rejects rows of a temporary table whose id was met before, and those whose ids share a number (register_key()), and makes a view, named ..._used, of those that can be used.';

CREATE FUNCTION byudv.stage_rejects(adapter text, argument text, stage text, key text, hidden text[], OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint)
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_regclass('pg_temp.byudv_import_new_reject') IS NULL THEN
        CREATE TEMPORARY TABLE byudv_import_new_reject (source text, row_key text, reason text, content jsonb) ON COMMIT DROP;
    END IF;
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE s.reason IS NULL), count(*) FILTER (WHERE s.reason IS NOT NULL) FROM pg_temp.%I s', stage)
        INTO rows_read, rows_used, rows_rejected;
    EXECUTE format('INSERT INTO pg_temp.byudv_import_new_reject SELECT $1, coalesce(%s::text, ''row '' || s.n), coalesce(s.reason, s.note),
        %s FROM pg_temp.%I s WHERE s.reason IS NOT NULL OR s.note IS NOT NULL', key,
        -- nine or ten digits in a column that is for something else may be somebody's number
        CASE WHEN adapter LIKE 'import_cpr%' THEN format('regexp_replace((jsonb_strip_nulls(to_jsonb(s)) - $2)::text, ''(^|[^0-9])[0-9]{5,6}[- ]?[0-9]{4}(?![0-9])'', %L, ''g'')::jsonb',
            chr(92) || '1##########') ELSE 'jsonb_strip_nulls(to_jsonb(s)) - $2' END, stage)
        USING adapter || ' ' || argument, hidden || ARRAY['n', 'reason', 'note', 'status_text'];
END
$$;
COMMENT ON FUNCTION byudv.stage_rejects(text, text, text, text, text[]) IS 'Used inside: counts the rows of a temporary table, and collects those that cannot be used or only in part, with the reason, for merge_rejects(). key: expression for the row''s key; hidden: columns that are not kept, such as names.';

CREATE FUNCTION byudv.import_stock(monitor text, adapter text, complete boolean, given text[], sources text[], OUT source text, OUT table_name text, OUT rows_read bigint,
        OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record LANGUAGE plpgsql VOLATILE ROWS 8 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    has_building constant boolean := 'building' = ANY (sources);
    has_address constant boolean := 'address' = ANY (given);
    s text;
    result record;
    merged jsonb := '{}';
    columns text[];
BEGIN
    PERFORM byudv.number_keys('byudv_import_building');
    PERFORM byudv.number_keys('byudv_import_unit');
    -- One property, several owner codes, and nothing that tells which is the last: none is taken
    UPDATE pg_temp.byudv_import_property p SET reason = 'property with several owner codes' FROM (SELECT id FROM pg_temp.byudv_import_property WHERE reason IS NULL
        GROUP BY id HAVING count(DISTINCT owner_code) > 1 AND bool_and(changed IS NULL)) x WHERE x.id = p.id AND p.reason IS NULL;
    FOREACH s IN ARRAY ARRAY['byudv_import_land', 'byudv_import_address', 'byudv_import_staircase', 'byudv_import_property'] LOOP
        PERFORM byudv.reject_repeated(s, 'id', 's.changed DESC NULLS LAST, s.n');
        EXECUTE format('ANALYZE pg_temp.%I', s);
    END LOOP;
    UPDATE pg_temp.byudv_import_property p SET reason = 'property with several owner codes' FROM (SELECT property_id FROM pg_temp.byudv_import_property WHERE reason IS NULL
        GROUP BY property_id HAVING count(DISTINCT owner_code) > 1) x WHERE x.property_id = p.property_id AND p.reason IS NULL;
    ANALYZE pg_temp.byudv_import_unit_property;

    -- The unit's building: as the unit names it, else through its staircase, else through its address: of several buildings at a house number (house, garage,
    -- shop) the only one that has the unit's own use or, where none has it and the unit is residential, the only residential one.
    CREATE TEMPORARY TABLE byudv_import_candidate ON COMMIT DROP AS
    SELECT u.n AS unit, b.id AS building, b.land, coalesce(b.use = u.use, false) AS same_use,
        coalesce(b.use BETWEEN 100 AND 199 AND u.use BETWEEN 100 AND 199, false) AS same_class
    FROM pg_temp.byudv_import_unit_used u JOIN pg_temp.byudv_import_address a ON a.id = u.address_id AND a.reason IS NULL
    JOIN pg_temp.byudv_import_building_used b ON b.house_number = a.house_number
    WHERE b.demolished IS NULL OR u.demolished IS NOT NULL;
    CREATE TEMPORARY TABLE byudv_import_choice ON COMMIT DROP AS
    SELECT unit, CASE WHEN count(*) FILTER (WHERE same_use) = 1 THEN min(building) FILTER (WHERE same_use)
            WHEN NOT bool_or(same_use) AND count(*) FILTER (WHERE same_class) = 1 THEN min(building) FILTER (WHERE same_class) END AS building,
        CASE WHEN count(DISTINCT land) = 1 THEN min(land) END AS land
    FROM pg_temp.byudv_import_candidate GROUP BY unit;
    ANALYZE pg_temp.byudv_import_choice;
    CREATE TEMPORARY TABLE byudv_import_link ON COMMIT DROP AS
    SELECT u.n AS unit, u.id, coalesce(d.id, e.id, c.building) AS building, CASE WHEN has_building THEN coalesce(d.number, e.number, f.number) ELSE byudv.register_key(u.building) END AS building_id,
        coalesce(d.land, e.land, f.land, c.land) AS land, c.unit IS NOT NULL AS several
    FROM pg_temp.byudv_import_unit_used u
    LEFT JOIN pg_temp.byudv_import_building_used d ON d.id = u.building
    LEFT JOIN pg_temp.byudv_import_staircase t ON t.id = u.staircase AND t.reason IS NULL
    LEFT JOIN pg_temp.byudv_import_building_used e ON e.id = t.building
    LEFT JOIN pg_temp.byudv_import_choice c ON c.unit = u.n
    LEFT JOIN pg_temp.byudv_import_building_used f ON f.id = c.building;
    ANALYZE pg_temp.byudv_import_link;
    IF has_building AND ('building' = ANY (given) OR sources && ARRAY['address', 'staircase']) THEN
        UPDATE pg_temp.byudv_import_unit u SET note = concat_ws('; ', u.note, CASE WHEN l.several THEN 'several buildings fit (used without a building)' ELSE 'building not found (used without it)' END)
        FROM pg_temp.byudv_import_link l WHERE l.unit = u.n AND l.building IS NULL;
    END IF;

    -- The way to the property
    CREATE TEMPORARY TABLE byudv_import_own ON COMMIT DROP AS
    SELECT r.unit, min(r.property) AS property FROM pg_temp.byudv_import_unit_property r JOIN pg_temp.byudv_import_property p ON p.id = r.property AND p.reason IS NULL
    WHERE r.reason IS NULL GROUP BY r.unit;
    CREATE TEMPORARY TABLE byudv_import_leased ON COMMIT DROP AS
    SELECT x.building, min(x.property) AS property FROM (SELECT r.building, r.property FROM pg_temp.byudv_import_building_property r WHERE r.reason IS NULL
        UNION ALL SELECT b.id, b.leased FROM pg_temp.byudv_import_building_used b WHERE b.leased IS NOT NULL) x
    JOIN pg_temp.byudv_import_property p ON p.id = x.property AND p.reason IS NULL GROUP BY x.building;
    ANALYZE pg_temp.byudv_import_own;
    ANALYZE pg_temp.byudv_import_leased;

    CREATE TEMPORARY TABLE byudv_import_new_dwelling ON COMMIT DROP AS
    SELECT u.number AS dwelling_id, u.id AS source_key, coalesce(u.municipality, b.municipality) AS municipality, l.building_id,
        coalesce(o.property_id, p.property_id, g.property_id, u.property_id) AS property_id,
        CASE WHEN o.id IS NOT NULL THEN coalesce(o.kind, CASE WHEN o.is_own THEN 'condominium' END) WHEN p.id IS NOT NULL THEN coalesce(p.kind, 'leased_land')
            WHEN g.id IS NOT NULL THEN coalesce(g.kind, 'land') END AS property_kind,
        u.use AS unit_use, upper(u.kind) AS unit_kind, u.area AS area_m2, u.residential_area AS residential_area_m2, u.rooms, u.support AS public_support, u.registered_use,
        u.available AS available_from, u.demolished AS demolished_on, coalesce(u.address, a.address) AS address, coalesce(u.address_key, a.address_key) AS address_key
    FROM pg_temp.byudv_import_unit_used u JOIN pg_temp.byudv_import_link l ON l.unit = u.n
    LEFT JOIN pg_temp.byudv_import_building_used b ON b.id = l.building
    LEFT JOIN pg_temp.byudv_import_address a ON a.id = u.address_id AND a.reason IS NULL
    LEFT JOIN pg_temp.byudv_import_own ou ON ou.unit = u.id LEFT JOIN pg_temp.byudv_import_property o ON o.id = ou.property AND o.reason IS NULL
    LEFT JOIN pg_temp.byudv_import_leased pb ON pb.building = l.building LEFT JOIN pg_temp.byudv_import_property p ON p.id = pb.property AND p.reason IS NULL
    LEFT JOIN pg_temp.byudv_import_land gl ON gl.id = l.land AND gl.reason IS NULL LEFT JOIN pg_temp.byudv_import_property g ON g.id = gl.property AND g.reason IS NULL;
    CREATE TEMPORARY TABLE byudv_import_new_building ON COMMIT DROP AS
    SELECT b.number AS building_id, b.id AS source_key, coalesce(p.property_id, g.property_id) AS property_id, b.use AS building_use, nullif(b.built_year, 0) AS built_year,
        b.insurance AS defect_insurance, b.demolished AS demolished_on, b.built_status AS status
    FROM pg_temp.byudv_import_building_used b
    LEFT JOIN pg_temp.byudv_import_leased pb ON pb.building = b.id LEFT JOIN pg_temp.byudv_import_property p ON p.id = pb.property AND p.reason IS NULL
    LEFT JOIN pg_temp.byudv_import_land gl ON gl.id = b.land AND gl.reason IS NULL LEFT JOIN pg_temp.byudv_import_property g ON g.id = gl.property AND g.reason IS NULL;
    CREATE TEMPORARY TABLE byudv_import_new_ownership ON COMMIT DROP AS
    SELECT DISTINCT p.property_id, p.owner_code, p.owner_name FROM pg_temp.byudv_import_property p WHERE p.reason IS NULL AND (p.owner_code IS NOT NULL OR p.owner_name IS NOT NULL);
    ANALYZE pg_temp.byudv_import_new_dwelling;
    ANALYZE pg_temp.byudv_import_new_building;
    ANALYZE pg_temp.byudv_import_new_ownership;

    -- What the delivery says is not, or no more, there goes; what it does not speak of stays, unless it is complete
    CREATE TEMPORARY TABLE byudv_import_gone_unit ON COMMIT DROP AS SELECT u.number FROM pg_temp.byudv_import_unit u WHERE u.reason LIKE 'not live%';
    CREATE TEMPORARY TABLE byudv_import_gone_building ON COMMIT DROP AS SELECT b.number FROM pg_temp.byudv_import_building b WHERE b.reason LIKE 'not live%';
    IF has_building THEN
        SELECT * INTO result FROM byudv.merge_keyed(monitor, 'building', 'byudv_import_new_building', 'building_id',
            ARRAY['source_key', 'property_id', 'building_use', 'built_year', 'defect_insurance', 'demolished_on', 'status'], '{}',
            CASE WHEN complete THEN 'true' ELSE 't.building_id IN (SELECT g.number FROM pg_temp.byudv_import_gone_building g)' END);
        merged := merged || jsonb_build_object('building', to_jsonb(result));
    END IF;
    columns := ARRAY['source_key', 'municipality', 'building_id', 'property_id', 'property_kind', 'unit_use', 'unit_kind', 'area_m2', 'residential_area_m2', 'rooms', 'public_support',
        'registered_use', 'available_from', 'demolished_on'];
    IF has_address THEN
        columns := columns || ARRAY['address'];
    END IF;
    IF 'address_key' = ANY (given) THEN
        columns := columns || ARRAY['address_key'];
    END IF;
    SELECT * INTO result FROM byudv.merge_keyed(monitor, 'dwelling', 'byudv_import_new_dwelling', 'dwelling_id', columns, ARRAY['available_from'],
        CASE WHEN complete THEN 'true' ELSE 't.dwelling_id IN (SELECT g.number FROM pg_temp.byudv_import_gone_unit g)' END);
    merged := merged || jsonb_build_object('unit', to_jsonb(result));
    IF 'property' = ANY (sources) THEN
        -- Rows with a validity, or of single dwellings, are the user's own
        SELECT r.rows_added, 0::bigint AS rows_changed, r.rows_removed INTO result FROM byudv.merge_unkeyed(monitor, 'ownership', 'byudv_import_new_ownership',
            CASE WHEN 'owner' = ANY (sources || given) THEN ARRAY['property_id', 'owner_code', 'owner_name'] ELSE ARRAY['property_id', 'owner_code'] END,
            't.dwelling_id IS NULL AND t.valid_from IS NULL AND t.valid_to IS NULL'
            || CASE WHEN complete THEN '' ELSE ' AND t.property_id IN (SELECT p.property_id FROM pg_temp.byudv_import_property p)' END) r;
        merged := merged || jsonb_build_object('property', to_jsonb(result));
    END IF;

    FOREACH s IN ARRAY sources LOOP
        SELECT split_part(x, ':', 2) INTO source FROM unnest(given) x WHERE left(x, length(s) + 1) = s || ':';
        SELECT * INTO result FROM byudv.stage_rejects(adapter, source, 'byudv_import_' || s, CASE s WHEN 'unit_property' THEN 's.unit'
            WHEN 'building_property' THEN 's.building' WHEN 'owner' THEN 's.property_id' ELSE 's.id' END, ARRAY['owner_name', 'address', 'changed', 'built_status', 'number']);
        table_name := CASE s WHEN 'unit' THEN 'dwelling' WHEN 'building' THEN 'building' WHEN 'property' THEN 'ownership' END;
        rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected;
        rows_added := (merged -> s ->> 'rows_added')::bigint; rows_changed := (merged -> s ->> 'rows_changed')::bigint; rows_removed := (merged -> s ->> 'rows_removed')::bigint;
        RETURN NEXT;
    END LOOP;
    PERFORM byudv.merge_rejects(monitor, (SELECT array_agg(adapter || ' ' || split_part(x, ':', 2)) FROM unnest(given) x WHERE split_part(x, ':', 1) = ANY (sources)), 'byudv_import_new_reject');
    PERFORM byudv.drop_stages(byudv.stock_stages());
END
$$;
COMMENT ON FUNCTION byudv.import_stock(text, text, boolean, text[], text[]) IS 'Used inside: what import_bbr(), import_bbr_ois() and import_lois() have in common, from their temporary tables to the monitor. given: columns that the source has, and argument names as table:argument; sources: temporary tables that were read from relations.';

CREATE FUNCTION byudv.stock_stages() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT ARRAY['byudv_import_unit_used', 'byudv_import_unit', 'byudv_import_building_used', 'byudv_import_building', 'byudv_import_property', 'byudv_import_unit_property', 'byudv_import_building_property', 'byudv_import_land', 'byudv_import_address',
    'byudv_import_staircase', 'byudv_import_owner', 'byudv_import_candidate', 'byudv_import_choice', 'byudv_import_link', 'byudv_import_own', 'byudv_import_leased', 'byudv_import_new_dwelling', 'byudv_import_new_building', 'byudv_import_new_ownership',
    'byudv_import_gone_unit', 'byudv_import_gone_building', 'byudv_import_new_reject']
$$;
COMMENT ON FUNCTION byudv.stock_stages() IS 'Used inside: the temporary tables of import_stock().';

CREATE FUNCTION byudv.import_bbr(monitor text, enhed regclass, bygning regclass, ejendomsrelation regclass, enhedejerlejlighed regclass DEFAULT NULL, grund regclass DEFAULT NULL,
        adresse regclass DEFAULT NULL, opgang regclass DEFAULT NULL, bygningpaafremmedgrund regclass DEFAULT NULL, ejer regclass DEFAULT NULL, keep_ended boolean DEFAULT false,
        complete boolean DEFAULT false, OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint,
        OUT rows_changed bigint, OUT rows_removed bigint) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 8 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    history constant text[] := ARRAY['changed text registreringFra', 'registered_to text registreringTil', 'valid_from text virkningFra', 'valid_to text virkningTil'];
    object constant text[] := ARRAY['id key! id_lokalId', 'status int! status', 'status_text text status'] || history;
    not_current constant text := 'WHEN valid_to IS NOT NULL OR registered_to IS NOT NULL THEN ''history: not the current row'' ';
    not_live constant text := 'CASE WHEN id IS NULL THEN ''no key'' ' || not_current || 'WHEN status_text IS NULL THEN ''no status'' WHEN status IS NULL THEN ''status is no whole number'' '
        || 'WHEN status <> %s %s THEN ''not live: status '' || status || CASE status WHEN 2 THEN '' (projekteret)'' WHEN 3 THEN '' (under opførelse)'' WHEN 9 THEN '' (afsluttet)'' '
        || 'WHEN 10 THEN '' (slettet)'' WHEN 11 THEN '' (fejlregistreret)'' WHEN 14 THEN '' (henlagt)'' ELSE '''' END %s END';
    buildings_and_units constant text := format(not_live, 6, CASE WHEN keep_ended THEN 'AND (status NOT IN (9, 10) OR byudv.register_date(valid_from) IS NULL)' ELSE '' END, '');
    ended constant text := 'CASE WHEN status IN (9, 10) THEN byudv.register_date(valid_from) END AS demolished';
    given text[];
    address_given text[];
    sources text[] := ARRAY['building', 'unit', 'property'];
BEGIN
    PERFORM byudv.require_relations(ARRAY['enhed', 'bygning', 'ejendomsrelation'], ARRAY[enhed, bygning, ejendomsrelation]);
    PERFORM byudv.lock_inputs(monitor, ARRAY['building', 'dwelling', 'ownership']);
    PERFORM byudv.drop_stages(byudv.stock_stages() || ARRAY['byudv_import_raw']);

    given := byudv.stage_source(enhed, 'enhed', 'byudv_import_unit', object || ARRAY['municipality int kommunekode', 'use int! enh020EnhedensAnvendelse', 'kind text enh023Boligtype',
        'area int enh026EnhedensSamledeAreal', 'residential_area int enh027ArealTilBeboelse', 'rooms int enh031AntalVaerelser|enh031AntalVærelser', 'registered_use int enh045Udlejningsforhold',
        'support int enh046OffentligStoette|enh046OffentligStøtte', 'permit date enh044DatoForDelvisIbrugtagningsTilladelse', 'moved_in date enh047IndflytningDato|enh047Indflytningsdato',
        'address_id key adresseIdentificerer', 'staircase key opgang', 'building key bygning'], buildings_and_units, given,
        ', byudv.register_key(id) AS number, least(permit, moved_in) AS available, NULL::text AS address, NULL::text AS address_key, NULL::bigint AS property_id, ' || ended);

    PERFORM byudv.stage_source(bygning, 'bygning', 'byudv_import_building', object || ARRAY['municipality int kommunekode', 'use int! byg021BygningensAnvendelse',
        'built_year int byg026Opfoerelsesaar|byg026Opførelsesår|byg026OpførelsesÅr', 'insurance int byg121OmfattetAfByggeskadeforsikring', 'house_number key husnummer', 'land key grund',
        'leased key bygningPaaFremmedGrund|bygningPåFremmedGrund'], buildings_and_units, extra => ', byudv.register_key(id) AS number, status AS built_status, ' || ended);

    PERFORM byudv.stage_source(ejendomsrelation, 'ejendomsrelation', 'byudv_import_raw', object || ARRAY['bfe bigint! bfeNummer', 'owner_code int! ejendommensEjerforholdskode', 'kind text ejendomstype'],
        format(not_live, 7, '', ''));
    PERFORM byudv.stage_source(ejer, 'ejer', 'byudv_import_owner', ARRAY['property_id bigint! bfenummer|bfe_nummer|bfe', 'owner_name text! PrimaerKontakt_Navn|ejernavn|ejer_navn|owner_name|navn'],
        'CASE WHEN property_id IS NULL THEN ''no property'' WHEN owner_name IS NULL THEN ''no name'' END');
    -- BFE 0 is none
    CREATE TEMPORARY TABLE byudv_import_property ON COMMIT DROP AS
    SELECT p.*, coalesce(nullif(p.bfe, 0), byudv.register_key(p.id)) AS property_id, o.owner_name, false AS is_own FROM pg_temp.byudv_import_raw p
    LEFT JOIN (SELECT property_id, min(owner_name) AS owner_name FROM pg_temp.byudv_import_owner WHERE reason IS NULL GROUP BY property_id HAVING count(DISTINCT owner_name) = 1) o ON o.property_id = p.bfe;
    UPDATE pg_temp.byudv_import_owner o SET reason = 'property with several owner names' FROM (SELECT property_id FROM pg_temp.byudv_import_owner WHERE reason IS NULL GROUP BY property_id
        HAVING count(DISTINCT owner_name) > 1) x WHERE x.property_id = o.property_id AND o.reason IS NULL;
    UPDATE pg_temp.byudv_import_owner o SET reason = 'property not among the live ones' WHERE o.reason IS NULL AND NOT EXISTS (SELECT FROM pg_temp.byudv_import_property p
        WHERE p.bfe = o.property_id AND p.reason IS NULL);
    DROP TABLE pg_temp.byudv_import_raw;

    PERFORM byudv.stage_source(enhedejerlejlighed, 'enhedejerlejlighed', 'byudv_import_unit_property', ARRAY['unit key! enhed', 'property key! ejerlejlighed'] || history,
        'CASE WHEN unit IS NULL OR property IS NULL THEN ''no key'' ' || not_current || 'END');
    PERFORM byudv.stage_source(grund, 'grund', 'byudv_import_land', object || ARRAY['property key! bestemtFastEjendom'], format(not_live, 7, '', 'WHEN property IS NULL THEN ''no property'''));
    PERFORM byudv.stage_source(opgang, 'opgang', 'byudv_import_staircase', ARRAY['id key! id_lokalId', 'building key! bygning'] || history,
        'CASE WHEN id IS NULL OR building IS NULL THEN ''no key'' ' || not_current || 'END');
    PERFORM byudv.stage_source(bygningpaafremmedgrund, 'bygningpaafremmedgrund', 'byudv_import_building_property', ARRAY['building key! bygning', 'property key! bygningPaaFremmedGrund|bygningPåFremmedGrund'] || history,
        'CASE WHEN building IS NULL OR property IS NULL THEN ''no key'' ' || not_current || 'END');
    address_given := byudv.stage_source(adresse, 'adresse', 'byudv_import_address', ARRAY['id key! id|id_lokalId', 'address text adressebetegnelse|betegnelse', 'house_number key husnummer_id|husnummer|adgangsadresseid',
        'municipality text kommunekode', 'road text vejkode', 'house text husnr|husnummertekst', 'floor text etagebetegnelse|etage', 'door text doerbetegnelse|dørbetegnelse|doer|dør'] || history,
        'CASE WHEN id IS NULL THEN ''no key'' ' || not_current || 'END', extra => ', byudv.address_key(municipality, road, house, floor, door) AS address_key');

    IF 'address' = ANY (address_given) THEN
        given := given || ARRAY['address'];
    END IF;
    IF address_given @> ARRAY['municipality', 'road', 'house'] THEN
        given := given || ARRAY['address_key'];
    END IF;
    sources := sources || array_remove(ARRAY[CASE WHEN enhedejerlejlighed IS NOT NULL THEN 'unit_property' END, CASE WHEN grund IS NOT NULL THEN 'land' END,
        CASE WHEN adresse IS NOT NULL THEN 'address' END, CASE WHEN opgang IS NOT NULL THEN 'staircase' END, CASE WHEN bygningpaafremmedgrund IS NOT NULL THEN 'building_property' END,
        CASE WHEN ejer IS NOT NULL THEN 'owner' END], NULL);
    RETURN QUERY SELECT * FROM byudv.import_stock(monitor, 'import_bbr', complete, given || ARRAY['unit:enhed', 'building:bygning', 'property:ejendomsrelation', 'unit_property:enhedejerlejlighed',
        'land:grund', 'address:adresse', 'staircase:opgang', 'building_property:bygningpaafremmedgrund', 'owner:ejer'], sources);
END
$$;
COMMENT ON FUNCTION byudv.import_bbr(text, regclass, regclass, regclass, regclass, regclass, regclass, regclass, regclass, regclass, boolean, boolean) IS 'Fills building, dwelling and ownership of a monitor from BBR as it is distributed today: one relation an object, with the register''s own column names in any letter case (id_lokalId, status, enh020EnhedensAnvendelse, ...) and columns of any type. enhed: units. bygning: buildings. ejendomsrelation: properties with owner code. enhedejerlejlighed: units'' own condominium properties. grund: land with its property. adresse: addresses of DAR or DAWA, by which a unit''s building is found, and its address and, where there are kommunekode, vejkode and husnr, its address_key. opgang: staircases with their building. bygningpaafremmedgrund: buildings'' properties on leased land. ejer: bfenummer and PrimaerKontakt_Navn (or ejernavn, navn), the owners'' names. Relations that are NULL are not read; give all that you have each time, since what links units to buildings and properties is made anew by each run. keep_ended: units and buildings of status 9 or 10 are kept, with demolished_on the day of virkningFra; else they are rejected. complete: the delivery holds all there is, and what is not in it is removed; else only what it says is no more live. A unit''s property and with it its owner code is its own condominium''s, else its building''s on leased land, else the land''s. property_id is the BFE number, or register_key() where there is none. Used are current rows (virkningTil and registreringTil empty) of status 6, of properties and land 7; what cannot be used, or only in part, is in table reject with the reason. available_from is the earlier of enh044 and enh047, and stays as it is where both are empty. Ownership rows with a validity or a dwelling_id are left alone. Only rows that differ are written: a second run writes nothing. Returns a row for each relation: rows_read = rows_used + rows_rejected, and what was written to its table. All or nothing. Errors: no such monitor, an input that is a view, a relation NULL or without a column that is needed, a transaction that is not READ COMMITTED.';

CREATE FUNCTION byudv.import_bbr_ois(monitor text, enhed regclass, bygning regclass, ejerskab regclass, adresse regclass DEFAULT NULL, keep_ended boolean DEFAULT false, complete boolean DEFAULT false,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 8 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
BEGIN
    RETURN QUERY SELECT * FROM byudv.import_old_layout(monitor, 'import_bbr_ois', enhed, bygning, ejerskab, NULL, adresse, keep_ended, complete);
END
$$;
COMMENT ON FUNCTION byudv.import_bbr_ois(text, regclass, regclass, regclass, regclass, boolean, boolean) IS 'Fills building, dwelling and ownership of a monitor from BBR''s older layout (OIS). enhed: CO40400T (Enhed_id, ObjStatus, ENH_ANVEND_KODE, BOLIGTYPE_KODE, ENH_ARL_SAML, BEBO_ARL, VAERELSE_ANT, ENH_UDLEJ2_KODE, OFF_STOETTE_KODE, EnhAdr_id). bygning: CO40100T (Bygning_id, ObjStatus, BYG_ANVEND_KODE, OPFOERELSE_AAR, BygSkadeOmfatFors, AdgAdr_id, Grund_id, KomKode). ejerskab: CO41000T (BbrId, EJERFORHOLD_KODE, ObjStatus), which names the unit, else the building, else the land that the owner code is of. adresse: addresses of DAR or DAWA as for import_bbr(); this layout''s units name no building, and without it they have none. Live is ObjStatus 1; keep_ended: units and buildings of ObjStatus 2 that have a day in Ophoert_ts are kept with that as demolished_on. property_id is the register_key() of BbrId. All else, and the result, as for import_bbr().';

CREATE FUNCTION byudv.import_lois(monitor text, enhed regclass, bygning regclass DEFAULT NULL, ejer regclass DEFAULT NULL, keep_ended boolean DEFAULT false, complete boolean DEFAULT false,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 8 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
BEGIN
    RETURN QUERY SELECT * FROM byudv.import_old_layout(monitor, 'import_lois', enhed, bygning, NULL, ejer, NULL, keep_ended, complete);
END
$$;
COMMENT ON FUNCTION byudv.import_lois(text, regclass, regclass, regclass, boolean, boolean) IS 'Fills dwelling, building and ownership of a monitor from the views of LOIS, by way of foreign tables or copies. enhed: GIS_NyBBR_EnhedView or NyBBR_EnhedView (Enhed_id, Bygning_id, ObjStatus, ENH_ANVEND_KODE, BOLIGTYPE_KODE, ENH_ARL_SAML, BEBO_ARL, VAERELSE_ANT, ENH_UDLEJ2_KODE, OFF_STOETTE_KODE; KOMMUNE_NR and EJD_NR of the property; KomKode, VejKode, HusNr, Etagebetegn and SIDE_DOERNR, which make address_key). bygning: the view of buildings, or BBR.BygningGeoView (Bygning_id or BygningId, BYG_ANVEND_KODE or byg021BygningensAnvendelse, OPFOERELSE_AAR, BygSkadeOmfatFors); NULL: building is left alone. ejer: ESREjerView (KOMMUNE_NR, EJD_NR, EJERFORHOLD_KODE, and a name where it has one: EJER_NAVN, Ejernavn or Navn); NULL: ownership is left alone. property_id is KOMMUNE_NR * 10,000,000 + EJD_NR, ten digits, as no BFE number has. Live is ObjStatus 1 or, where it is missing, every row; keep_ended as for import_bbr_ois(). property_kind stays NULL: these views do not tell it. All else, and the result, as for import_bbr().';

CREATE FUNCTION byudv.import_old_layout(monitor text, adapter text, enhed regclass, bygning regclass, ejerskab regclass, ejer regclass, adresse regclass, keep_ended boolean, complete boolean,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record LANGUAGE plpgsql VOLATILE ROWS 8 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_lois constant boolean := adapter = 'import_lois';
    needed constant text := CASE WHEN is_lois THEN '' ELSE '!' END;
    dates constant text[] := ARRAY['status int' || needed || ' ObjStatus', 'status_text text ObjStatus', 'ended_on date Ophoert_ts', 'changed text AENDR_TS'];
    not_live constant text := 'CASE WHEN id IS NULL THEN ''no key'' WHEN status_text IS NOT NULL AND status IS NULL THEN ''status is no whole number'' '
        || CASE WHEN is_lois THEN '' ELSE 'WHEN status IS NULL THEN ''no status'' ' END || 'WHEN status <> 1 '
        || CASE WHEN keep_ended THEN 'AND (status <> 2 OR ended_on IS NULL) ' ELSE '' END || 'THEN ''not live: ObjStatus '' || status || CASE status WHEN 2 THEN '' (udgået)'' '
        || 'WHEN 3 THEN '' (byggesag)'' WHEN 4 THEN '' (afsluttet byggesag)'' ELSE '''' END END';
    ended constant text := 'CASE WHEN status = 2 THEN ended_on END AS demolished';
    given text[];
    address_given text[];
    sources text[] := ARRAY['unit'];
BEGIN
    PERFORM byudv.require_relations(CASE WHEN is_lois THEN ARRAY['enhed'] ELSE ARRAY['enhed', 'bygning', 'ejerskab'] END, ARRAY[enhed, bygning, ejerskab]);
    PERFORM byudv.lock_inputs(monitor, ARRAY['building', 'dwelling', 'ownership']);
    PERFORM byudv.drop_stages(byudv.stock_stages() || ARRAY['byudv_import_raw']);
    IF NOT is_lois OR bygning IS NOT NULL THEN
        sources := ARRAY['building'] || sources;
    END IF;
    IF NOT is_lois OR ejer IS NOT NULL THEN
        sources := sources || ARRAY['property'];
    END IF;

    given := byudv.stage_source(enhed, 'enhed', 'byudv_import_unit', dates || ARRAY['id key! Enhed_id', 'building key Bygning_id', 'staircase key Opgang_id', 'municipality int KomKode|KOMMUNE_NR',
        'property_municipality int KOMMUNE_NR|KomKode', 'property_number int EJD_NR|ESREjdNr', 'use int! ENH_ANVEND_KODE', 'kind text BOLIGTYPE_KODE', 'area int ENH_ARL_SAML',
        'residential_area int BEBO_ARL', 'rooms int VAERELSE_ANT', 'registered_use int ENH_UDLEJ2_KODE', 'support int OFF_STOETTE_KODE', 'permit date ENH_DEL_IBRUG_DATO', 'moved_in date IndflytDato',
        'address_id key EnhAdr_id', 'road text VejKode|VEJ_KODE', 'road_name text VEJ_NAVN', 'house text HusNr|HUS_NR', 'floor text Etagebetegn|ETAGE', 'door text SIDE_DOERNR',
        'post_code text PostNr', 'post_name text PostByNavn'], not_live, given, $sql$, byudv.register_key(id) AS number, least(permit, moved_in) AS available,
        CASE WHEN property_number > 0 THEN property_municipality * 10000000::bigint + property_number END AS property_id,
        byudv.address_key(municipality::text, road, house, floor, door) AS address_key,
        road_name || ' ' || ltrim(house, '0') || coalesce(', ' || ltrim(lower(floor), '0') || '.', '') || coalesce(' ' || ltrim(lower(door), '0'), '')
            || coalesce(', ' || post_code || coalesce(' ' || post_name, ''), '') AS address, $sql$ || ended);
    -- ObjStatus becomes the status of today's layout, in which 6 is built
    PERFORM byudv.stage_source(bygning, 'bygning', 'byudv_import_building', dates || ARRAY['id key! Bygning_id|BygningId',
        'municipality int KomKode|KOMMUNE_NR', 'use int! BYG_ANVEND_KODE|byg021BygningensAnvendelse', 'built_year int OPFOERELSE_AAR|byg026Opfoerelsesaar',
        'insurance int BygSkadeOmfatFors|byg121OmfattetAfByggeskadeforsikring', 'house_number key AdgAdr_id', 'land key Grund_id'], not_live,
        extra => ', byudv.register_key(id) AS number, CASE coalesce(status, 1) WHEN 1 THEN 6 WHEN 2 THEN 10 END AS built_status, id AS leased, ' || ended);

    IF is_lois THEN
        PERFORM byudv.stage_source(ejer, 'ejer', 'byudv_import_raw', ARRAY['property_municipality int! KOMMUNE_NR|KomKode', 'property_number int! EJD_NR|ESREjdNr', 'owner_code int! EJERFORHOLD_KODE',
            'owner_name text EJER_NAVN|Ejernavn|Navn'], 'CASE WHEN property_municipality IS NULL OR property_number IS NULL THEN ''no property'' END');
        CREATE TEMPORARY TABLE byudv_import_property ON COMMIT DROP AS
        SELECT p.n, (property_municipality * 10000000::bigint + property_number)::text AS id, property_municipality * 10000000::bigint + property_number AS property_id, owner_code, owner_name,
            NULL::text AS kind, false AS is_own, NULL::text AS changed, note, reason FROM pg_temp.byudv_import_raw p;
        DROP TABLE pg_temp.byudv_import_raw;
        -- One row an owner: a name is known where there is one only
        UPDATE pg_temp.byudv_import_property p SET owner_name = NULL, note = concat_ws('; ', p.note, 'property with several owner names (used without name)')
        FROM (SELECT id FROM pg_temp.byudv_import_property WHERE reason IS NULL GROUP BY id HAVING count(DISTINCT owner_name) > 1) x WHERE x.id = p.id AND p.reason IS NULL;
        IF byudv.source_column(ejer, 'EJER_NAVN|Ejernavn|Navn') IS DISTINCT FROM ROW(NULL::name, NULL::oid) AND ejer IS NOT NULL THEN
            given := given || ARRAY['owner'];
        END IF;
        CREATE TEMPORARY TABLE byudv_import_unit_property ON COMMIT DROP AS
        SELECT id AS unit, property_id::text AS property, NULL::text AS reason FROM pg_temp.byudv_import_unit WHERE reason IS NULL AND property_id IS NOT NULL;
    ELSE
        PERFORM byudv.stage_source(ejerskab, 'ejerskab', 'byudv_import_raw', dates || ARRAY['id key! BbrId', 'owner_code int! EJERFORHOLD_KODE'],
            'CASE WHEN id IS NULL THEN ''no key'' WHEN status_text IS NULL THEN ''no status'' WHEN status IS NULL THEN ''status is no whole number'' '
            'WHEN status <> 1 THEN ''not live: ObjStatus '' || status END');
        CREATE TEMPORARY TABLE byudv_import_property ON COMMIT DROP AS
        SELECT p.*, byudv.register_key(p.id) AS property_id, NULL::text AS owner_name, NULL::text AS kind, true AS is_own FROM pg_temp.byudv_import_raw p;
        DROP TABLE pg_temp.byudv_import_raw;
        CREATE TEMPORARY TABLE byudv_import_unit_property ON COMMIT DROP AS SELECT id AS unit, id AS property, NULL::text AS reason FROM pg_temp.byudv_import_unit WHERE reason IS NULL;
    END IF;
    CREATE TEMPORARY TABLE byudv_import_land ON COMMIT DROP AS
    SELECT DISTINCT 0::bigint AS n, land AS id, land AS property, NULL::text AS changed, NULL::text AS reason FROM pg_temp.byudv_import_building WHERE reason IS NULL AND land IS NOT NULL;
    CREATE TEMPORARY TABLE byudv_import_building_property (building text, property text, reason text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE byudv_import_staircase (id text, n bigint, building text, changed text, reason text) ON COMMIT DROP;
    address_given := byudv.stage_source(adresse, 'adresse', 'byudv_import_address', ARRAY['id key! id|id_lokalId', 'address text adressebetegnelse|betegnelse', 'house_number key husnummer_id|husnummer|adgangsadresseid',
        'municipality text kommunekode', 'road text vejkode', 'house text husnr|husnummertekst', 'floor text etagebetegnelse|etage', 'door text doerbetegnelse|dørbetegnelse|doer|dør', 'changed text registreringFra'],
        'CASE WHEN id IS NULL THEN ''no key'' END', extra => ', byudv.address_key(municipality, road, house, floor, door) AS address_key');

    IF 'address' = ANY (address_given) OR given @> ARRAY['road_name', 'house'] THEN
        given := given || ARRAY['address'];
    END IF;
    IF address_given @> ARRAY['municipality', 'road', 'house'] OR given @> ARRAY['municipality', 'road', 'house'] THEN
        given := given || ARRAY['address_key'];
    END IF;
    IF adresse IS NOT NULL THEN
        sources := sources || ARRAY['address'];
    END IF;
    RETURN QUERY SELECT * FROM byudv.import_stock(monitor, adapter, complete, given || ARRAY['unit:enhed', 'building:bygning', 'address:adresse', CASE WHEN is_lois THEN 'property:ejer' ELSE 'property:ejerskab' END],
        sources);
END
$$;
COMMENT ON FUNCTION byudv.import_old_layout(text, text, regclass, regclass, regclass, regclass, regclass, boolean, boolean) IS 'Used inside: import_bbr_ois() and import_lois(), whose columns are the same in most.';
-- Persons and where they were registered: CPR records, and the tables and views of LOIS that hold them.
--
-- CPR numbers become pseudonyms in the very query that reads them. Neither the number nor what is told by a number that will not do is stored, shown or logged.

CREATE FUNCTION byudv.import_cpr_addresses(monitor text, addresses regclass, departures regclass DEFAULT NULL, person_column text DEFAULT NULL, complete boolean DEFAULT false,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 2 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    stages constant text[] := ARRAY['byudv_import_address', 'byudv_import_departure', 'byudv_import_home', 'byudv_import_found', 'byudv_import_person', 'byudv_import_new_period', 'byudv_import_new_reject'];
    person_spec constant text := 'person person! ' || coalesce(person_column, 'PNR|CPR|personnummer');
    -- Of the markers, A (annulled) and K (corrected) take a record out; the view of LOIS has words. A technical change leaves it a record.
    marked constant text := 'CASE WHEN person IS NULL THEN ''not a CPR number'' WHEN upper(mark) IN (''A'', ''FORTRYD'') THEN ''annulled (A)'' WHEN upper(mark) IN (''K'', ''RET'') THEN ''corrected (K)'' ';
    own int;
    result record;
    merged record;
BEGIN
    PERFORM byudv.require_relations(ARRAY['addresses'], ARRAY[addresses]);
    PERFORM byudv.lock_inputs(monitor, ARRAY['address_period']);
    PERFORM byudv.pseudonym_key_fingerprint();
    PERFORM byudv.drop_stages(stages);
    EXECUTE format('SELECT s.municipality FROM %I.setting s', monitor) INTO own;

    PERFORM byudv.stage_source(addresses, 'addresses', 'byudv_import_address', ARRAY[person_spec, 'mark text ANNKOR|Aendring_T|Ændring_T', 'municipality int! KOMKOD|kommunekode', 'municipality_text text KOMKOD|kommunekode',
        'road text VEJKOD|vejkode', 'house text HUSNR|husnummer', 'floor text ETAGE|etagebetegnelse', 'door text SIDEDOER|SIDEDØR|doerbetegnelse',
        'from_date date! TILFLYDTO|TILFDTO|tilflytningsdato', 'from_text text TILFLYDTO|TILFDTO|tilflytningsdato', 'to_date date FRAFLYDTO|FRAFDTO|fraflytningsdato', 'to_text text FRAFLYDTO|FRAFDTO|fraflytningsdato'],
        marked || 'WHEN from_date IS NULL THEN ''no first day'' WHEN to_date IS NULL AND translate(to_text, ''0-:. T'', '''') <> '''' THEN ''last day is no day'' '
        || 'WHEN municipality IS NULL THEN ''no municipality'' END');
    PERFORM byudv.stage_source(departures, 'departures', 'byudv_import_departure', ARRAY[person_spec, 'mark text ANNKOR|Aendring_T|Ændring_T', 'from_date date! UDRDTO|Udrejsedato', 'from_text text UDRDTO|Udrejsedato',
        'to_date date INDRDTO|Indrejsedato', 'to_text text INDRDTO|Indrejsedato'],
        marked || 'WHEN from_date IS NULL AND translate(from_text, ''0-:. T'', '''') <> '''' THEN ''day of departure is no day'' '
        || 'WHEN to_date IS NULL AND translate(to_text, ''0-:. T'', '''') <> '''' THEN ''day of return is no day'' WHEN from_date IS NULL AND to_date IS NULL THEN ''no day'' END');

    -- Road codes from 9900 are no address: no fixed abode, and the like
    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_home ON COMMIT DROP AS SELECT d.dwelling_id, d.address_key, d.demolished_on, d.unit_kind ~ ''^[1-5]$'' AS is_dwelling FROM %I.dwelling d
        WHERE d.address_key IS NOT NULL', monitor);
    ANALYZE pg_temp.byudv_import_home;
    ANALYZE pg_temp.byudv_import_address;
    CREATE TEMPORARY TABLE byudv_import_found ON COMMIT DROP AS
    SELECT a.n, count(h.dwelling_id) AS found, CASE WHEN count(h.dwelling_id) = 1 THEN min(h.dwelling_id)
        WHEN count(*) FILTER (WHERE h.is_dwelling) = 1 THEN min(h.dwelling_id) FILTER (WHERE h.is_dwelling) END AS dwelling_id
    FROM (SELECT n, from_date, byudv.address_key(municipality::text, road, house, floor, door) AS address_key FROM pg_temp.byudv_import_address
        WHERE reason IS NULL AND lpad(ltrim(road, '0'), 4, '0') < '9900') a
    LEFT JOIN pg_temp.byudv_import_home h ON h.address_key = a.address_key AND (h.demolished_on IS NULL OR h.demolished_on > a.from_date)
    GROUP BY a.n;
    ANALYZE pg_temp.byudv_import_found;
    CREATE TEMPORARY TABLE byudv_import_new_period ON COMMIT DROP AS
    SELECT a.person AS person_id, f.dwelling_id, a.municipality AS municipality_code, NULL::boolean AS abroad, a.from_date, a.to_date
    FROM pg_temp.byudv_import_address a LEFT JOIN pg_temp.byudv_import_found f ON f.n = a.n WHERE a.reason IS NULL
    UNION ALL
    -- Of those who have immigrated and have no earlier departure, it is known that they were abroad the day before
    SELECT d.person, NULL, NULL, true, coalesce(d.from_date, d.to_date - 1), d.to_date FROM pg_temp.byudv_import_departure d WHERE d.reason IS NULL;
    -- The delivery speaks for the persons in it, also by a record that takes no part
    CREATE TEMPORARY TABLE byudv_import_person ON COMMIT DROP AS
    SELECT person FROM pg_temp.byudv_import_address WHERE person IS NOT NULL UNION SELECT person FROM pg_temp.byudv_import_departure WHERE person IS NOT NULL;
    ANALYZE pg_temp.byudv_import_person;
    EXECUTE format('UPDATE pg_temp.byudv_import_address a SET note = concat_ws(''; '', a.note, CASE WHEN f.found = 0 THEN ''dwelling not found (used without dwelling)''
        ELSE ''several dwellings at the address (used without dwelling)'' END)
        FROM pg_temp.byudv_import_found f WHERE f.n = a.n AND f.dwelling_id IS NULL AND (a.municipality = $1 OR $1 IS NULL AND a.municipality IN (SELECT d.municipality FROM %I.dwelling d))', monitor) USING own;

    SELECT * INTO merged FROM byudv.merge_unkeyed(monitor, 'address_period', 'byudv_import_new_period', ARRAY['person_id', 'dwelling_id', 'municipality_code', 'abroad', 'from_date', 'to_date'],
        concat_ws(' AND ', CASE WHEN departures IS NULL THEN 't.abroad IS NOT TRUE' ELSE 'true' END,
            CASE WHEN NOT complete THEN 't.person_id IN (SELECT p.person FROM pg_temp.byudv_import_person p)' END));
    SELECT * INTO result FROM byudv.stage_rejects('import_cpr_addresses', 'addresses', 'byudv_import_address', 's.person', ARRAY['person', 'from_date', 'to_date', 'municipality']);
    source := 'addresses'; table_name := 'address_period';
    rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected;
    rows_added := merged.rows_added; rows_changed := 0; rows_removed := merged.rows_removed;
    RETURN NEXT;
    IF departures IS NOT NULL THEN
        SELECT * INTO result FROM byudv.stage_rejects('import_cpr_addresses', 'departures', 'byudv_import_departure', 's.person', ARRAY['person', 'from_date', 'to_date']);
        source := 'departures'; table_name := NULL;
        rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected;
        rows_added := NULL; rows_changed := NULL; rows_removed := NULL;
        RETURN NEXT;
    END IF;
    PERFORM byudv.merge_rejects(monitor, ARRAY['import_cpr_addresses addresses', CASE WHEN departures IS NOT NULL THEN 'import_cpr_addresses departures' END], 'byudv_import_new_reject');
    PERFORM byudv.drop_stages(stages);
END
$$;
COMMENT ON FUNCTION byudv.import_cpr_addresses(text, regclass, regclass, text, boolean) IS 'Fills address_period of a monitor from CPR address records. addresses: records 002 and 023 (PNR, ANNKOR, KOMKOD, VEJKOD, HUSNR, ETAGE, SIDEDOER, TILFLYDTO, FRAFLYDTO), DTPERSBO (TILFDTO and FRAFDTO, decimal yyyymmddHHMM), or cpr.HisAdresseGeoView (kommunekode, tilflytningsdato, ..., Aendring_T), by their columns'' names in any letter case. departures: records 005 and 024 (PNR, ANNKOR, UDRDTO, INDRDTO) or CPR.HisUdrejseView, which become periods with abroad = true; a return without a departure becomes the one day before it; NULL: periods abroad stay as they are. person_column: name of the column with the CPR number, if it is not PNR or CPR. Numbers become byudv.pseudonym() as they are read and are kept nowhere; the key must be set. Of numeric columns the leading zero is put back. The dwelling is found by address_key(): the one that has the address and was not demolished before the record begins, or of several the only one whose unit kind is 1 to 5. Where there is none, or several, the record is used without dwelling, and a row in reject says so if the municipality is the monitor''s own; road codes from 9900 are no address and are used without dwelling. Records marked A (annulled, Fortryd) or K (corrected, Ret), with a number that is none, without municipality or first day, or whose last day is no day, take no part: they are in reject, by pseudonym or else by the row''s place, with the reason. The records of all persons in the delivery are replaced by what it says; complete: those of all others are removed. Only rows that differ are written. Result and errors as for import_bbr(), and: no key for pseudonyms.';

CREATE FUNCTION byudv.import_cpr_persons(monitor text, persons regclass, protections regclass DEFAULT NULL, person_column text DEFAULT NULL, complete boolean DEFAULT false,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 2 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    stages constant text[] := ARRAY['byudv_import_person', 'byudv_import_protection', 'byudv_import_protected', 'byudv_import_void', 'byudv_import_new_person', 'byudv_import_new_reject'];
    number_column constant text := coalesce(person_column, 'PNR|CPR|personnummer');
    as_of date;
    given text[];
    result record;
    merged record;
BEGIN
    PERFORM byudv.require_relations(ARRAY['persons'], ARRAY[persons]);
    PERFORM byudv.lock_inputs(monitor, ARRAY['person']);
    PERFORM byudv.pseudonym_key_fingerprint();
    PERFORM byudv.drop_stages(stages);
    EXECUTE format('SELECT coalesce(s.as_of, CURRENT_DATE) FROM %I.setting s', monitor) INTO as_of;

    given := byudv.stage_source(persons, 'persons', 'byudv_import_person', ARRAY['person person! ' || number_column, 'number_born birth ' || number_column, 'born date FOED_DT|FØD_DT|foedselsdato|fødselsdato|born_on',
        'status int STATUS', 'status_on date STATUSHAENSTART|STATUSDTO', 'died date doedsdato|dødsdato|died_on', 'protection text BESKYTTYPE'],
        'CASE WHEN person IS NULL THEN ''not a CPR number'' WHEN status IN (30, 50, 60) THEN ''number no more in use: status '' || status || CASE status WHEN 30 THEN '' (annulled)''
            WHEN 50 THEN '' (deleted, double)'' ELSE '' (changed)'' END END', given);
    PERFORM byudv.reject_repeated('byudv_import_person', 'person', 's.n');
    PERFORM byudv.stage_source(protections, 'protections', 'byudv_import_protection', ARRAY['person person! ' || number_column, 'protection text! BESKYTTYPE',
        'from_date date START_DT-BESKYTTELSE|START_DT_BESKYTTELSE|START_DT', 'to_date date SLET_DT-BESKYTTELSE|SLET_DT_BESKYTTELSE|SLET_DT'],
        'CASE WHEN person IS NULL THEN ''not a CPR number'' WHEN protection IS NULL THEN ''no kind of protection'' END');
    CREATE TEMPORARY TABLE byudv_import_protected ON COMMIT DROP AS
    SELECT p.person FROM pg_temp.byudv_import_protection p WHERE p.reason IS NULL AND ltrim(p.protection, '0') = '1' AND (p.to_date IS NULL OR p.to_date > as_of)
    UNION SELECT p.person FROM pg_temp.byudv_import_person p WHERE p.reason IS NULL AND ltrim(p.protection, '0') = '1';
    CREATE TEMPORARY TABLE byudv_import_new_person ON COMMIT DROP AS
    SELECT p.person AS person_id, coalesce(p.born, byudv.register_date(p.number_born)) AS born_on, coalesce(p.died, CASE WHEN p.status = 90 THEN p.status_on END) AS died_on,
        t.person IS NOT NULL AS protected
    FROM pg_temp.byudv_import_person p LEFT JOIN pg_temp.byudv_import_protected t ON t.person = p.person WHERE p.reason IS NULL;
    ANALYZE pg_temp.byudv_import_new_person;
    UPDATE pg_temp.byudv_import_person p SET note = concat_ws('; ', p.note, CASE WHEN n.born_on IS NULL THEN 'no day of birth (used without it)' END,
        CASE WHEN n.died_on IS NULL AND p.status = 90 THEN 'dead, and no day of death (used without it)' END)
    FROM pg_temp.byudv_import_new_person n WHERE n.person_id = p.person AND p.reason IS NULL AND (n.born_on IS NULL OR n.died_on IS NULL AND p.status = 90);
    CREATE TEMPORARY TABLE byudv_import_void ON COMMIT DROP AS SELECT p.person FROM pg_temp.byudv_import_person p WHERE p.reason LIKE 'number no more in use%';

    SELECT * INTO merged FROM byudv.merge_keyed(monitor, 'person', 'byudv_import_new_person', 'person_id', ARRAY['born_on'] || CASE WHEN given && ARRAY['status', 'died'] THEN ARRAY['died_on'] ELSE '{}' END
        || CASE WHEN protections IS NOT NULL OR 'protection' = ANY (given) THEN ARRAY['protected'] ELSE '{}' END, '{}',
        CASE WHEN complete THEN 'true' ELSE 't.person_id IN (SELECT v.person FROM pg_temp.byudv_import_void v)' END);
    SELECT * INTO result FROM byudv.stage_rejects('import_cpr_persons', 'persons', 'byudv_import_person', 's.person', ARRAY['person', 'number_born', 'born']);
    source := 'persons'; table_name := 'person';
    rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected;
    rows_added := merged.rows_added; rows_changed := merged.rows_changed; rows_removed := merged.rows_removed;
    RETURN NEXT;
    IF protections IS NOT NULL THEN
        SELECT * INTO result FROM byudv.stage_rejects('import_cpr_persons', 'protections', 'byudv_import_protection', 's.person', ARRAY['person']);
        source := 'protections'; table_name := NULL;
        rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected;
        rows_added := NULL; rows_changed := NULL; rows_removed := NULL;
        RETURN NEXT;
    END IF;
    PERFORM byudv.merge_rejects(monitor, ARRAY['import_cpr_persons persons', CASE WHEN protections IS NOT NULL THEN 'import_cpr_persons protections' END], 'byudv_import_new_reject');
    PERFORM byudv.drop_stages(stages);
END
$$;
COMMENT ON FUNCTION byudv.import_cpr_persons(text, regclass, regclass, text, boolean) IS 'Fills person of a monitor from CPR. persons: record 001 (PNR, STATUS, STATUSHAENSTART, FOED_DT) or any relation with PNR or CPR and, where it has them, foedselsdato, doedsdato, BESKYTTYPE. protections: record 004 (PNR, BESKYTTYPE, START_DT-BESKYTTELSE, SLET_DT-BESKYTTELSE); NULL, and no BESKYTTYPE in persons: protected stays as it is, and is false for new persons. person_column: name of the column with the CPR number, in both, if it is not PNR or CPR. person_id is byudv.pseudonym() of the number, which is kept nowhere; the key must be set. born_on is the day of birth given, else the one that the number tells (day without the 60 of substitute numbers, century by byudv.cpr_birth_year()). died_on is doedsdato, else STATUSHAENSTART where STATUS is 90. protected: name and address protection (0001) that has no end, or one after the monitor''s data date. Numbers that are none, no more in use (status 30, 50, 60) or met before are in reject with the reason; persons without a day of birth, or dead without a day, are used and named there as well. Persons that are not in the delivery stay; complete: they are removed. Only rows that differ are written. Result and errors as for import_cpr_addresses().';
-- Figures and names of others: tables of Statistics Denmark into indicator, housing organisations into the dictionary of owner names.

CREATE FUNCTION byudv.import_statbank(monitor text, relation regclass, measure text, provider text DEFAULT 'DST', unit text DEFAULT NULL, definition text DEFAULT NULL,
        area_column text DEFAULT 'OMRÅDE|OMRAADE|KOMMUNEDK|KOMKODE|BOPKOM|BOPOMR', time_column text DEFAULT 'TID', value_column text DEFAULT 'INDHOLD', complete boolean DEFAULT false,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 1 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    stages constant text[] := ARRAY['byudv_import_figure', 'byudv_import_place', 'byudv_import_new_indicator', 'byudv_import_new_reject'];
    -- 8.100 is 8100 in a Danish file and 8.1 in an English one: refused, as by parse_danish_number()
    number_form constant text := '^-?([0-9]{1,14}([,][0-9]+)?|[1-9][0-9]{0,2}([.][0-9]{3}){1,3},[0-9]+|[1-9][0-9]{0,2}([.][0-9]{3}){2,3}|0[.][0-9]+|[0-9]{1,14}[.]([0-9]{1,2}|[0-9]{4,})|[0-9]{4,14}[.][0-9]{3})$';
    time_form constant text := '^[12][0-9]{3}([KQ][1-4]|H[12]|M(0[1-9]|1[0-2])|[UW][0-9]{2})?$';
    variables name[];
    given text[];
    result record;
    merged record;
BEGIN
    PERFORM byudv.require_relations(ARRAY['relation'], ARRAY[relation]);
    IF measure IS NULL OR measure = '' OR provider IS NULL THEN
        RAISE EXCEPTION 'argument % is NULL or empty', CASE WHEN provider IS NULL THEN 'provider' ELSE 'measure' END USING ERRCODE = 'null_value_not_allowed',
            HINT = 'Say what the figures measure, such as ''dwellings'', and whose they are, such as ''DST''.';
    END IF;
    PERFORM byudv.lock_inputs(monitor, ARRAY['indicator']);
    PERFORM byudv.drop_stages(stages);

    -- All columns that are not area, time and figure are variables of the table: they say what exactly is measured. (fid counts the rows, in tables of ogr_fdw.)
    SELECT coalesce(array_agg(a.attname ORDER BY a.attnum), '{}') INTO variables FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'fid'
        AND a.attname NOT IN (SELECT c.column_name FROM unnest(ARRAY[area_column, time_column, value_column]) x, byudv.source_column(relation, x) c WHERE c.column_name IS NOT NULL);
    given := byudv.stage_source(relation, 'relation', 'byudv_import_figure', ARRAY['area text ' || area_column, 'period text! ' || time_column, 'value_text text! ' || value_column]
        || coalesce((SELECT array_agg(format('v%s text %s', n, v) ORDER BY n) FROM unnest(variables) WITH ORDINALITY x (v, n)), '{}'), 'NULL::text', given);
    EXECUTE format('UPDATE pg_temp.byudv_import_figure f SET reason = CASE WHEN f.period IS NULL OR f.period !~ $1 THEN ''time is no year, quarter or month'' WHEN f.value_text IS NULL OR f.value_text IN (''..'', ''.'') THEN ''no figure''
        WHEN f.value_text !~ $2 THEN ''figure is no number, or can be read in two ways'' %s END', CASE WHEN 'area' = ANY (given) THEN 'WHEN f.area IS NULL THEN ''no area''' ELSE '' END) USING time_form, number_form;

    CREATE TEMPORARY TABLE byudv_import_place ON COMMIT DROP AS
    SELECT a.area, a.area IS NULL OR a.area ~ '^0+$' OR a.low IN ('hele landet', 'danmark', 'i alt') AS is_country, m.code::int AS municipality,
        CASE WHEN a.area ~ '^0?8[1-5]$' OR a.low LIKE 'region %' THEN 'region' WHEN a.area ~ '^(0[1-9]|1[01])$' OR a.low LIKE 'landsdel %' THEN 'landsdel' END AS area_kind
    FROM (SELECT DISTINCT f.area, lower(translate(f.area, 'ÆØÅ', 'æøå')) AS low FROM pg_temp.byudv_import_figure f) a
    LEFT JOIN byudv.register_code m ON m.list = 'municipality' AND (m.code = ltrim(a.area, '0') OR lower(translate(m.label_da, 'ÆØÅ', 'æøå')) = a.low);
    UPDATE pg_temp.byudv_import_figure f SET reason = 'area not known' FROM pg_temp.byudv_import_place p
    WHERE f.reason IS NULL AND p.area = f.area AND NOT p.is_country AND p.municipality IS NULL AND p.area_kind IS NULL;

    EXECUTE format('CREATE TEMPORARY TABLE byudv_import_new_indicator ON COMMIT DROP AS
        SELECT $1::text AS source, p.municipality, p.area_kind, CASE WHEN p.area_kind IS NOT NULL THEN f.area END AS area_code, left(f.period, 4)::int AS year,
            $2::text || coalesce('' ('' || nullif(concat_ws(''; ''%s), '''') || '')'', '''') AS measure, $3::text AS unit, $4::text AS definition,
            CASE WHEN f.value_text ~ $5 THEN byudv.parse_danish_number(f.value_text) END::numeric(18, 4) AS value, CASE WHEN length(f.period) > 4 THEN f.period END AS period
        FROM pg_temp.byudv_import_figure f JOIN pg_temp.byudv_import_place p ON p.area IS NOT DISTINCT FROM f.area WHERE f.reason IS NULL',
        coalesce((SELECT string_agg(format(', %L || f.v%s', v || ': ', n), '' ORDER BY n) FROM unnest(variables) WITH ORDINALITY x (v, n)), ', NULL'))
        USING provider, measure, unit, definition, number_form;

    SELECT * INTO merged FROM byudv.merge_unkeyed(monitor, 'indicator', 'byudv_import_new_indicator',
        ARRAY['source', 'municipality', 'area_kind', 'area_code', 'year', 'measure', 'unit', 'definition', 'value', 'period'],
        format('t.source = %L AND (t.measure = %L OR left(t.measure, %s) = %L)', provider, measure, length(measure) + 2, measure || ' (')
        || CASE WHEN complete THEN '' ELSE ' AND t.year IN (SELECT left(f.period, 4)::int FROM pg_temp.byudv_import_figure f WHERE f.period ~ ''^[12][0-9]{3}'')' END);
    SELECT * INTO result FROM byudv.stage_rejects('import_statbank', measure, 'byudv_import_figure', 'concat_ws('' '', s.area, s.period)', '{}');
    PERFORM byudv.merge_rejects(monitor, ARRAY['import_statbank ' || measure], 'byudv_import_new_reject');
    source := relation::text; table_name := 'indicator';
    rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected;
    rows_added := merged.rows_added; rows_changed := 0; rows_removed := merged.rows_removed;
    PERFORM byudv.drop_stages(stages);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION byudv.import_statbank(text, regclass, text, text, text, text, text, text, text, boolean) IS 'Fills indicator of a monitor from a table of Statistikbanken as its formats BULK and CSV give it: a column for each variable, TID and INDHOLD. measure: what the figures measure, in your words; where the table has other variables, their values follow in brackets, such as "dwellings (ANVENDELSE: Parcel/Stuehuse)". provider: whose figures they are, for column source. unit, definition: as in indicator. area_column, time_column, value_column: names of these columns, several with | between them, in any letter case. Area: a municipality''s code or name; 000 or Hele landet is the country (municipality NULL); regions and landsdele have area_kind region and landsdel; a table without such a column is about the country. A column fid, which ogr_fdw adds, is left out. Time: a year, or a quarter, half-year, month or week (2026K1, 2026M03), which goes into period. Figures as Danish and English programs write them; what could be read in two ways (8.100) and no figure (..) are in reject with the reason, as are areas and times that are not known. What was there of the same provider and measure and the years of this delivery is replaced by it; complete: of all years. Only rows that differ are written. Result and errors as for import_bbr().';

CREATE FUNCTION byudv.import_lbf_organisations(relation regclass, monitor text DEFAULT NULL,
        OUT source text, OUT table_name text, OUT rows_read bigint, OUT rows_used bigint, OUT rows_rejected bigint, OUT rows_added bigint, OUT rows_changed bigint, OUT rows_removed bigint)
    RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE ROWS 1 SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET synchronize_seqscans = off SET max_parallel_workers_per_gather = 0
    SET enable_nestloop = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    stages constant text[] := ARRAY['byudv_import_organisation', 'byudv_import_pattern', 'byudv_import_new_reject'];
    result record;
BEGIN
    PERFORM byudv.require_relations(ARRAY['relation'], ARRAY[relation]);
    IF monitor IS NOT NULL THEN
        PERFORM byudv.lock_inputs(monitor, '{}');
    END IF;
    IF NOT has_table_privilege('byudv.owner_pattern', 'INSERT') THEN
        RAISE EXCEPTION 'permission denied for table owner_pattern' USING ERRCODE = 'insufficient_privilege', DETAIL = format('Role %s may not add patterns.', current_user),
            HINT = format('Its owner can allow it: GRANT INSERT, UPDATE ON byudv.owner_pattern TO %I;', current_user);
    END IF;
    PERFORM byudv.drop_stages(stages);
    -- (a lock on the table would need more than INSERT)
    PERFORM pg_advisory_xact_lock('byudv.owner_pattern'::regclass::oid::bigint);
    PERFORM byudv.stage_source(relation, 'relation', 'byudv_import_organisation', ARRAY['name text! navn|organisation|organisationsnavn|boligorganisation|name', 'short_name text kortnavn|kort_navn|forkortelse|short_name',
        'number text nummer|lbf_nr|lbfnr|organisationsnr|orgnr|number'], 'CASE WHEN name IS NULL THEN ''no name'' WHEN byudv.normalise_owner_name(name) = '''' THEN ''nothing is left of the name'' '
        'WHEN octet_length(byudv.normalise_owner_name(name)) > 200 THEN ''name of more than 200 bytes'' END');
    UPDATE pg_temp.byudv_import_organisation o SET reason = 'name met before' FROM (SELECT s.n, row_number() OVER (PARTITION BY byudv.normalise_owner_name(s.name) ORDER BY s.n) AS place
        FROM pg_temp.byudv_import_organisation s WHERE s.reason IS NULL) x WHERE x.n = o.n AND x.place > 1;
    -- Owners are registered with additions behind the name; names of one short word, and short names, stand for themselves only
    CREATE TEMPORARY TABLE byudv_import_pattern ON COMMIT DROP AS
    SELECT DISTINCT ON (x.pattern) x.* FROM (
        SELECT o.n, byudv.normalise_owner_name(o.name) AS pattern, o.name AS organisation, 1 AS kind FROM pg_temp.byudv_import_organisation o WHERE o.reason IS NULL
        UNION ALL SELECT o.n, byudv.normalise_owner_name(o.short_name), o.name, 2 FROM pg_temp.byudv_import_organisation o WHERE o.reason IS NULL AND o.short_name IS NOT NULL) x
    WHERE x.pattern <> '' AND octet_length(x.pattern) <= 200 ORDER BY x.pattern, x.kind, x.n;
    ALTER TABLE pg_temp.byudv_import_pattern ADD COLUMN match text;
    UPDATE pg_temp.byudv_import_pattern SET match = CASE WHEN kind = 1 AND (position(' ' IN pattern) > 0 OR length(pattern) >= 8) THEN 'prefix' ELSE 'whole' END;
    UPDATE pg_temp.byudv_import_organisation o SET reason = 'a row of your own has this pattern already' FROM pg_temp.byudv_import_pattern p
    JOIN byudv.owner_pattern w ON w.pattern = p.pattern AND w.match = p.match AND NOT w.is_builtin AND w.source IS DISTINCT FROM 'LBF' WHERE p.n = o.n AND p.kind = 1;
    SELECT * INTO result FROM byudv.stage_rejects('import_lbf_organisations', 'relation', 'byudv_import_organisation', 's.number', '{}');
    source := relation::text; table_name := 'byudv.owner_pattern';
    rows_read := result.rows_read; rows_used := result.rows_used; rows_rejected := result.rows_rejected; rows_added := 0; rows_changed := 0; rows_removed := 0;
    IF EXISTS (SELECT FROM pg_temp.byudv_import_pattern p JOIN byudv.owner_pattern w ON w.pattern = p.pattern AND w.match = p.match AND NOT w.is_builtin AND w.source = 'LBF'
            WHERE (w.organisation, w.owner_kind) IS DISTINCT FROM (p.organisation, 'social_housing')) THEN
        UPDATE byudv.owner_pattern w SET organisation = p.organisation, owner_kind = 'social_housing' FROM pg_temp.byudv_import_pattern p
        WHERE w.pattern = p.pattern AND w.match = p.match AND NOT w.is_builtin AND w.source = 'LBF' AND (w.organisation, w.owner_kind) IS DISTINCT FROM (p.organisation, 'social_housing');
        GET DIAGNOSTICS rows_changed = ROW_COUNT;
    END IF;
    IF EXISTS (SELECT FROM pg_temp.byudv_import_pattern p WHERE NOT EXISTS (SELECT FROM byudv.owner_pattern w WHERE w.pattern = p.pattern AND w.match = p.match AND NOT w.is_builtin)) THEN
        INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation, priority, source)
        SELECT p.pattern, p.match, 'social_housing', p.organisation, 290, 'LBF' FROM pg_temp.byudv_import_pattern p
        WHERE NOT EXISTS (SELECT FROM byudv.owner_pattern w WHERE w.pattern = p.pattern AND w.match = p.match AND NOT w.is_builtin);
        GET DIAGNOSTICS rows_added = ROW_COUNT;
    END IF;
    IF monitor IS NOT NULL THEN
        PERFORM byudv.merge_rejects(monitor, ARRAY['import_lbf_organisations relation'], 'byudv_import_new_reject');
    END IF;
    PERFORM byudv.drop_stages(stages);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION byudv.import_lbf_organisations(regclass, text) IS 'Adds the housing organisations of a list, such as that of Landsbyggefonden, to the dictionary of owner names: rows of your own in byudv.owner_pattern with owner_kind social_housing, source LBF and priority 290, before the built-in organisations and behind legal forms. relation: navn (or organisation, boligorganisation), and where it has them kortnavn and nummer, in any letter case. A name counts as the beginning of an owner''s name; one of a single word with less than eight characters, and a short name, only as the whole. monitor: where rows that cannot be used are listed, in its table reject; NULL: they are counted only. Patterns that you have from elsewhere stay as they are; organisations that are not in the list any more stay, too. A second run writes nothing. Needs INSERT on byudv.owner_pattern, and UPDATE where an organisation is called otherwise now. Returns one row: rows_read = rows_used + rows_rejected. Errors: no such privilege, a relation without a column that is needed.';
-- BI views: the dimensions.

CREATE FUNCTION byudv.bi_dimension_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 15 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_dim_date', 'date', 'Kalender: hver dag i undersøgelsesperioden', 'Calendar: each day of the study window', 'Hvilke datoer dækker tallene?',
    $q$SELECT d::date AS date, extract(year FROM d) AS year, extract(quarter FROM d) AS quarter, extract(month FROM d) AS month, c.label_da AS month_label, to_char(d, 'YYYY-MM') AS year_month, extract(isodow FROM d) AS weekday
       FROM %1$I.state s, generate_series(make_date(extract(year FROM (s.parameters ->> 'study_from')::date)::int, 1, 1)::timestamp, make_date(extract(year FROM (s.parameters ->> 'as_of')::date)::int, 12, 31)::timestamp, '1 day') d
       JOIN byudv.bi_codes() c ON c.attribute = 'month' AND c.code = to_char(d, 'MM')$q$),
('bi_dim_year', 'year', 'År med tal, og om året er helt', 'Years with figures, and whether a year is whole', 'Hvilke år er hele år?',
    $q$SELECT y AS year, greatest(make_date(y, 1, 1), p.study_from) AS first_day, least(make_date(y, 12, 31), p.as_of - 1) AS last_day, CASE WHEN make_date(y, 1, 1) >= p.study_from AND make_date(y + 1, 1, 1) <= p.as_of THEN 1 ELSE 0 END AS is_whole,
         CASE WHEN make_date(y, 1, 1) BETWEEN p.study_from AND p.as_of THEN 1 ELSE 0 END AS has_stock
       FROM (SELECT (s.parameters ->> 'study_from')::date AS study_from, (s.parameters ->> 'as_of')::date AS as_of FROM %1$I.state s) p, generate_series(extract(year FROM p.study_from)::int, extract(year FROM p.as_of)::int) y$q$),
('bi_dim_area', 'area_kind, area_code', 'Områder af enhver slags', 'Areas of every kind', 'Hvilke områder kan tallene deles op på?',
    -- a plan, or somebody else's figure, may be about an area that no dwelling lies in, or about one that is not known
    $q$SELECT a.area_kind, a.area_code, a.area_kind_label, a.area_label, a.sort_order, CASE WHEN a.geojson IS NULL THEN 0 ELSE 1 END AS has_shape FROM %1$I.area_list a
       UNION ALL SELECT x.area_kind, x.area_code, coalesce((SELECT max(a.area_kind_label) FROM %1$I.area_list a WHERE a.area_kind = x.area_kind), CASE x.area_kind WHEN 'none' THEN 'Ikke oplyst' ELSE x.area_kind END),
           CASE x.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE x.area_code END, 9000, 0
         FROM (SELECT p.area_kind, p.area_code FROM %1$I.pipeline p UNION SELECT c.area_kind, c.area_code FROM %1$I.comparison c) x
         WHERE NOT EXISTS (SELECT FROM %1$I.area_list a WHERE a.area_kind = x.area_kind AND a.area_code = x.area_code)$q$),
('bi_dim_dwelling_type', 'dwelling_type', 'Boligtyper', 'Dwelling types', 'Hvilke koder findes der for boligtype?',
    $q$SELECT c.code AS dwelling_type, c.label_da AS dwelling_type_label, c.label_en AS dwelling_type_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'dwelling_type'$q$),
('bi_dim_tenure', 'tenure', 'Ejerformer', 'Tenures', 'Hvilke koder findes der for ejerform?',
    $q$SELECT c.code AS tenure, c.label_da AS tenure_label, c.label_en AS tenure_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'tenure'$q$),
('bi_dim_new_build', 'new_build', 'Nybyggeri og eksisterende boliger', 'New or existing dwellings', 'Hvilke koder findes der for nybyggeri?',
    $q$SELECT c.code AS new_build, c.label_da AS new_build_label, c.label_en AS new_build_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'new_build'$q$),
('bi_dim_population', 'population', 'Hvem der tælles', 'Who is counted', 'Hvilke koder findes der for persongruppe?',
    $q$SELECT c.code AS population, c.label_da AS population_label, c.label_en AS population_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'population'$q$),
('bi_dim_age_band', 'age_band', 'Aldersgrupper', 'Age bands', 'Hvilke koder findes der for alder?',
    $q$SELECT c.code AS age_band, c.label_da AS age_band_label, c.label_en AS age_band_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'age_band'$q$),
('bi_dim_household_type', 'household_type', 'Husstandstyper', 'Household types', 'Hvilke koder findes der for husstandstype?',
    $q$SELECT c.code AS household_type, c.label_da AS household_type_label, c.label_en AS household_type_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'household_type'$q$),
('bi_dim_income_band', 'income_band', 'Indkomstgrupper', 'Income bands', 'Hvilke koder findes der for indkomst?',
    $q$SELECT c.code AS income_band, c.label_da AS income_band_label, c.label_en AS income_band_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'income_band'$q$),
('bi_dim_benefit', 'benefit', 'Offentlige ydelser', 'Public benefits', 'Hvilke koder findes der for ydelse?',
    $q$SELECT c.code AS benefit, c.label_da AS benefit_label, c.label_en AS benefit_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'benefit'$q$),
('bi_dim_size_band', 'size_band', 'Boligstørrelser', 'Size bands', 'Hvilke koder findes der for boligstørrelse?',
    $q$SELECT c.code AS size_band, c.label_da AS size_band_label, c.label_en AS size_band_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'size_band'$q$),
('bi_dim_place', 'place', 'Hvor tilflyttere kommer fra, og hvor fraflyttere flytter hen', 'Where arrivals come from and departures go to', 'Hvilke koder findes der for sted?',
    $q$SELECT c.code AS place, c.label_da AS place_label, c.label_en AS place_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'place'
       UNION ALL SELECT byudv.bi_key(a.area_kind || ':' || a.area_code), a.area_label, a.area_label, 8000 + a.sort_order FROM %1$I.area_list a WHERE a.area_kind <> 'all' AND a.area_code <> 'hidden'$q$),
('bi_dim_month', 'month', 'Måneder', 'Months', 'Hvilke koder findes der for måned?',
    $q$SELECT c.code AS month, c.label_da AS month_label, c.label_en AS month_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'month'$q$)
$$;
COMMENT ON FUNCTION byudv.bi_dimension_views() IS 'Used inside: the views of dimensions, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_dimension_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 70 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_dim_date', 'date', 'date', 'Dato', 'Dagen', 'The day'),
('bi_dim_date', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_dim_date', 'quarter', 'integer', 'Kvartal', 'Kvartalet, 1 til 4', 'The quarter, 1 to 4'),
('bi_dim_date', 'month', 'integer', 'Månedsnummer', 'Måneden, 1 til 12', 'The month, 1 to 12'),
('bi_dim_date', 'month_label', 'varchar(20)', 'Måned', 'Månedens navn', 'Name of the month, Danish'),
('bi_dim_date', 'year_month', 'varchar(7)', 'År og måned', 'År og måned som 2025-03', 'Year and month as 2025-03'),
('bi_dim_date', 'weekday', 'integer', 'Ugedag', 'Ugedagen, 1 er mandag', 'Day of the week, 1 is Monday'),
('bi_dim_year', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_dim_year', 'first_day', 'date', 'Første dag', 'Første dag i året, som der er tal for', 'First day of it that there are figures for'),
('bi_dim_year', 'last_day', 'date', 'Sidste dag', 'Sidste dag i året, som der er tal for', 'Last day of it that there are figures for'),
('bi_dim_year', 'is_whole', 'smallint', 'Helt år', '1: flytninger er kendt for hele året', '1: moves are known for the whole year'),
('bi_dim_year', 'has_stock', 'smallint', 'Har bestand', '1: boliger og beboere er opgjort 1. januar', '1: dwellings and residents are counted on 1 January'),
('bi_dim_area', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; all er hele området', 'Kind of area; all is the whole study area'),
('bi_dim_area', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; none er uden for områder af denne slags', 'Code of the area; none is outside areas of this kind'),
('bi_dim_area', 'area_kind_label', 'varchar(80)', 'Områdetypens navn', 'Områdetypen som læsere ser den', 'The kind as people read it'),
('bi_dim_area', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_dim_area', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølge inden for områdetypen', 'Order within the kind'),
('bi_dim_area', 'has_shape', 'smallint', 'Har kort', '1: området har en kendt afgrænsning', '1: its shape is known'),
('bi_dim_dwelling_type', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Koden', 'Code'),
('bi_dim_dwelling_type', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_dwelling_type', 'dwelling_type_label_en', 'varchar(80)', 'Boligtype, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_dwelling_type', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_tenure', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Koden', 'Code'),
('bi_dim_tenure', 'tenure_label', 'varchar(80)', 'Ejerform', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_tenure', 'tenure_label_en', 'varchar(80)', 'Ejerform, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_tenure', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_new_build', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'Koden', 'Code'),
('bi_dim_new_build', 'new_build_label', 'varchar(80)', 'Nybyggeri', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_new_build', 'new_build_label_en', 'varchar(80)', 'Nybyggeri, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_new_build', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_population', 'population', 'varchar(20)', 'Persongruppe, kode', 'Koden', 'Code'),
('bi_dim_population', 'population_label', 'varchar(80)', 'Persongruppe', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_population', 'population_label_en', 'varchar(80)', 'Persongruppe, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_population', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_age_band', 'age_band', 'varchar(20)', 'Alder, kode', 'Koden', 'Code'),
('bi_dim_age_band', 'age_band_label', 'varchar(80)', 'Alder', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_age_band', 'age_band_label_en', 'varchar(80)', 'Alder, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_age_band', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_household_type', 'household_type', 'varchar(20)', 'Husstandstype, kode', 'Koden', 'Code'),
('bi_dim_household_type', 'household_type_label', 'varchar(80)', 'Husstandstype', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_household_type', 'household_type_label_en', 'varchar(80)', 'Husstandstype, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_household_type', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_income_band', 'income_band', 'varchar(20)', 'Indkomst, kode', 'Koden', 'Code'),
('bi_dim_income_band', 'income_band_label', 'varchar(80)', 'Indkomst', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_income_band', 'income_band_label_en', 'varchar(80)', 'Indkomst, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_income_band', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_benefit', 'benefit', 'varchar(20)', 'Ydelse, kode', 'Koden', 'Code'),
('bi_dim_benefit', 'benefit_label', 'varchar(80)', 'Ydelse', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_benefit', 'benefit_label_en', 'varchar(80)', 'Ydelse, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_benefit', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_size_band', 'size_band', 'varchar(20)', 'Boligstørrelse, kode', 'Koden', 'Code'),
('bi_dim_size_band', 'size_band_label', 'varchar(80)', 'Boligstørrelse', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_size_band', 'size_band_label_en', 'varchar(80)', 'Boligstørrelse, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_size_band', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_place', 'place', 'varchar(40)', 'Sted, kode', 'Koden', 'Code'),
('bi_dim_place', 'place_label', 'varchar(120)', 'Sted', 'Kommunens eller områdets navn', 'Label, Danish'),
('bi_dim_place', 'place_label_en', 'varchar(120)', 'Sted, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_place', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_month', 'month', 'varchar(20)', 'Måned, kode', 'Koden', 'Code'),
('bi_dim_month', 'month_label', 'varchar(80)', 'Måned', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_month', 'month_label_en', 'varchar(80)', 'Måned, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_month', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order')
$$;
COMMENT ON FUNCTION byudv.bi_dimension_columns() IS 'Used inside: the columns of the views of dimensions, as monitor_view_columns() lists them.';
-- BI views: residents and moves. All counts of persons come from person_count, where small cells are suppressed; labels are joined here.

CREATE FUNCTION byudv.bi_person_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 15 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock', 'year, area_kind, area_code, dwelling_type, tenure, new_build', 'Boliger og beboere 1. januar efter område, boligtype, ejerform og nybyggeri',
    'Dwellings and residents on 1 January by area, dwelling type, tenure and new-build. Residents of suppressed cells are in the row hidden',
    'Hvor mange boliger og beboere er der, og hvordan er de fordelt på ejerformer?',
    $q$SELECT p.year, p.area_kind, p.area_code, a.area_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label,
         p.dwellings, p.vacant_dwellings, p.area_m2, p.residents, p.hidden
       FROM (SELECT year, area_kind, area_code, dwelling_type, tenure, new_build, coalesce(s.dwellings, 0) AS dwellings, coalesce(s.vacant_dwellings, 0) AS vacant_dwellings, coalesce(s.area_m2, 0) AS area_m2,
           CASE WHEN r.hidden IS NULL THEN 0 ELSE r.residents END AS residents, coalesce(r.hidden, 0) AS hidden
         FROM (SELECT x.year, x.area_kind, x.area_code, x.dwelling_type, x.tenure, x.new_build, sum(x.dwellings) AS dwellings, sum(x.vacant_dwellings) AS vacant_dwellings, sum(x.area_m2) AS area_m2
             FROM %1$I.stock x GROUP BY 1, 2, 3, 4, 5, 6) s
         FULL JOIN (SELECT c.year, c.area_kind, c.area_code, c.dwelling_type, c.tenure, c.new_build, c.persons AS residents, CASE WHEN c.persons IS NULL THEN 1 ELSE 0 END AS hidden
             FROM %1$I.person_count c WHERE c.attribute = 'none' AND c.population = 'resident') r USING (year, area_kind, area_code, dwelling_type, tenure, new_build)) p
       JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build$q$),
('bi_stock_diversity', 'year, area_kind, area_code', 'Boligbestandens mangfoldighed: hvor sandsynligt to tilfældige boliger er af forskellig slags (Simpson), og Shannons indeks',
    'Diversity of the stock: the chance that two dwellings taken at random are of different kinds (Gini-Simpson), and the Shannon index (natural logarithm)',
    'I hvilke områder er boligerne mest ens?',
    $q$SELECT p.year, p.area_kind, p.area_code, a.area_label, p.dwellings, p.simpson_type, p.shannon_type, p.simpson_tenure, p.shannon_tenure
       FROM (SELECT x.year, x.area_kind, x.area_code, sum(x.n) FILTER (WHERE x.by_type = 1) AS dwellings,
           1 - sum(x.share * x.share) FILTER (WHERE x.by_type = 1) AS simpson_type, -sum(x.share * ln(x.share)) FILTER (WHERE x.by_type = 1) AS shannon_type,
           1 - sum(x.share * x.share) FILTER (WHERE x.by_type = 0) AS simpson_tenure, -sum(x.share * ln(x.share)) FILTER (WHERE x.by_type = 0) AS shannon_tenure
         FROM (SELECT y.*, y.n / sum(y.n) OVER (PARTITION BY y.year, y.area_kind, y.area_code, y.by_type) AS share
             FROM (SELECT s.year, s.area_kind, s.area_code, 1 AS by_type, s.dwelling_type AS code, sum(s.dwellings) AS n FROM %1$I.stock s GROUP BY 1, 2, 3, 4, 5
                 UNION ALL SELECT s.year, s.area_kind, s.area_code, 0, s.tenure, sum(s.dwellings) FROM %1$I.stock s GROUP BY 1, 2, 3, 4, 5) y) x
         GROUP BY 1, 2, 3) p JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code$q$),
('bi_moves', 'year, population, area_kind, area_code, dwelling_type, tenure, new_build', 'Flytninger i året efter område, boligtype, ejerform og nybyggeri: ind, ud og internt',
    'Moves in the year by area, dwelling type, tenure and new-build: in, out and within. Suppressed cells are in the row hidden',
    'Hvor mange flyttede ind i og ud af almene boliger i et område?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build
       WHERE p.attribute = 'none' AND p.population IN ('arrival', 'departure', 'internal_in', 'internal_out')$q$),
('bi_moves_month', 'year, population, area_kind, area_code, month', 'Flytninger efter måned og område',
    'Moves by month and area',
    'I hvilke måneder flytter folk?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.item AS month, m.label_da AS month_label, m.sort_order AS month_sort, CASE WHEN p.item <> 'hidden' THEN make_date(p.year, m.sort_order, 1) END AS month_start, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() m ON m.attribute = 'month' AND m.code = p.item
       WHERE p.attribute = 'month' AND p.dwelling_type = 'all'$q$),
('bi_moves_month_dwelling', 'year, population, dwelling_type, tenure, new_build, month', 'Flytninger i hele området efter måned, boligtype, ejerform og nybyggeri',
    'Moves of the whole area by month, dwelling type, tenure and new-build',
    'Hvornår på året flytter folk til nybyggeri?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label, p.item AS month, m.label_da AS month_label, m.sort_order AS month_sort, CASE WHEN p.item <> 'hidden' THEN make_date(p.year, m.sort_order, 1) END AS month_start, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build JOIN byudv.bi_codes() m ON m.attribute = 'month' AND m.code = p.item
       WHERE p.attribute = 'month' AND p.dwelling_type <> 'all'$q$),
('bi_moves_place', 'year, population, area_kind, area_code, place', 'Flytninger fra og til andre kommuner, udlandet og egne områder',
    'Moves by where arrivals come from and departures go to: other municipalities, abroad, areas of ones own',
    'Hvilke kommuner kommer tilflytterne fra?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.item AS place, coalesce(m.label_da, l.area_label, p.item) AS place_label, coalesce(m.sort_order, 8000 + l.sort_order) AS place_sort, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code LEFT JOIN byudv.bi_codes() m ON m.attribute = 'place' AND m.code = p.item
       LEFT JOIN %1$I.area_list l ON byudv.bi_key(l.area_kind || ':' || l.area_code) = p.item
       WHERE p.attribute = 'place'$q$),
('bi_mover_profile', 'year, population, area_kind, area_code, attribute, item', 'Hvem der flytter, og hvem der bor: alder, husstand, indkomst, ydelse og boligstørrelse efter område',
    'Who moves and who lives there: age, household, income, benefit and size of the dwelling, one at a time, by area',
    'Ligner tilflyttere og fraflyttere hinanden i alder?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.attribute, i.label_da AS attribute_label, p.item, m.label_da AS item_label, m.sort_order AS item_sort, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() i ON i.attribute = 'attribute' AND i.code = p.attribute JOIN byudv.bi_codes() m ON m.attribute = p.attribute AND m.code = p.item
       WHERE p.attribute IN ('age_band', 'household_type', 'income_band', 'benefit', 'size_band') AND p.dwelling_type = 'all'$q$),
('bi_mover_profile_dwelling', 'year, population, dwelling_type, tenure, new_build, attribute, item', 'Hvem der flytter, og hvem der bor, efter boligtype, ejerform og nybyggeri, for hele området',
    'Who moves and who lives there by dwelling type, tenure and new-build, for the whole area',
    'Hvem flytter ind i private udlejningsboliger?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label, p.attribute, i.label_da AS attribute_label, p.item, m.label_da AS item_label, m.sort_order AS item_sort, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build JOIN byudv.bi_codes() i ON i.attribute = 'attribute' AND i.code = p.attribute JOIN byudv.bi_codes() m ON m.attribute = p.attribute AND m.code = p.item
       WHERE p.attribute IN ('age_band', 'household_type', 'income_band', 'benefit', 'size_band') AND p.dwelling_type <> 'all'$q$),
('bi_mover_measure', 'year, population, area_kind, area_code', 'Gennemsnitlig indkomst, skattegrundlag, alder og ydelsesmodtagere omregnet til fuldtid, for mindst ti personer',
    'Mean income, tax base and age, and benefits as full-time persons, of ten persons at least',
    'Tjener tilflyttere mere end dem, der flytter?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.mean_income, p.mean_tax_base, p.mean_age, p.full_time_benefit_persons,
         (SELECT round(100.0 * w.persons / nullif(sum(c.persons), 0), 1) FROM %1$I.person_count w, %1$I.person_count c
          WHERE w.attribute = 'income_band' AND w.year = p.year AND w.population = p.population AND w.area_kind = p.area_kind AND w.area_code = p.area_code AND w.dwelling_type = 'all' AND w.item = 'none'
            AND c.attribute = 'income_band' AND c.year = p.year AND c.population = p.population AND c.area_kind = p.area_kind AND c.area_code = p.area_code AND c.dwelling_type = 'all'
            AND c.item NOT IN ('child', 'unknown') GROUP BY w.persons) AS without_income_percent
       FROM %1$I.person_measure p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code$q$),
('bi_new_build', 'year, population, area_kind, area_code, dwelling_type, tenure', 'Flytninger ind i og ud af nybyggeri',
    'Moves into and out of new dwellings. Cells that are suppressed are left out here: see bi_moves',
    'Er det egne borgere eller tilflyttere, der flytter ind i nybyggeriet?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, CASE p.population WHEN 'arrival' THEN 'elsewhere' WHEN 'internal_in' THEN 'own' END AS origin, CASE p.population WHEN 'arrival' THEN 'Tilflyttere' WHEN 'internal_in' THEN 'Egne borgere' END AS origin_label,
         p.area_kind, p.area_code, a.area_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure
       WHERE p.attribute = 'none' AND p.new_build = 'new' AND p.population IN ('arrival', 'departure', 'internal_in', 'internal_out')$q$)
$$;
COMMENT ON FUNCTION byudv.bi_person_views() IS 'Used inside: the views of residents and moves, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_person_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 150 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock', 'year', 'integer', 'År', 'Opgjort 1. januar dette år', 'On 1 January of this year'),
('bi_stock', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_stock', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_stock', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_stock', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_stock', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_stock', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_stock', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_stock', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_stock', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_stock', 'dwellings', 'bigint', 'Boliger', 'Antal boliger', 'Dwellings'),
('bi_stock', 'vacant_dwellings', 'bigint', 'Ubeboede boliger', 'Boliger som ingen bor i', 'Dwellings in which nobody lives'),
('bi_stock', 'area_m2', 'bigint', 'Areal, m²', 'Boligernes areal i alt, kvadratmeter', 'Their area in all, square metres'),
('bi_stock', 'residents', 'bigint', 'Beboere', 'Personer som bor der; tom: diskretioneret', 'Persons who live there; NULL: suppressed'),
('bi_stock', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_stock_diversity', 'year', 'integer', 'År', 'Opgjort 1. januar dette år', 'On 1 January of this year'),
('bi_stock_diversity', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_stock_diversity', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_stock_diversity', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_stock_diversity', 'dwellings', 'bigint', 'Boliger', 'Antal boliger', 'Dwellings'),
('bi_stock_diversity', 'simpson_type', 'numeric(6,4)', 'Mangfoldighed, boligtype (Simpson)', 'Sandsynlighed for at to boliger er af forskellig type', 'Chance that two dwellings are of different types'),
('bi_stock_diversity', 'shannon_type', 'numeric(6,4)', 'Mangfoldighed, boligtype (Shannon)', 'Shannons indeks for boligtyper', 'Shannon index of dwelling types'),
('bi_stock_diversity', 'simpson_tenure', 'numeric(6,4)', 'Mangfoldighed, ejerform (Simpson)', 'Sandsynlighed for at to boliger har forskellig ejerform', 'Chance that two dwellings are of different tenures'),
('bi_stock_diversity', 'shannon_tenure', 'numeric(6,4)', 'Mangfoldighed, ejerform (Shannon)', 'Shannons indeks for ejerformer', 'Shannon index of tenures'),
('bi_moves', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_moves', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_moves', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_moves', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_moves', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_moves', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_moves', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_moves', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_moves', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_moves', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_moves_month', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves_month', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves_month', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves_month', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_moves_month', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_moves_month', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_moves_month', 'month', 'varchar(20)', 'Måned, kode', 'Måneden som 03; hidden: diskretioneret', 'The month as 03; hidden: suppressed'),
('bi_moves_month', 'month_label', 'varchar(80)', 'Måned', 'Månedens navn', 'Name of the month'),
('bi_moves_month', 'month_sort', 'integer', 'Måned, rækkefølge', 'Månedens rækkefølge', 'Order of the month'),
('bi_moves_month', 'month_start', 'date', 'Månedens første dag', 'Første dag i måneden', 'First day of the month'),
('bi_moves_month', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves_month', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_moves_month_dwelling', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves_month_dwelling', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves_month_dwelling', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves_month_dwelling', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_moves_month_dwelling', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_moves_month_dwelling', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_moves_month_dwelling', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_moves_month_dwelling', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_moves_month_dwelling', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_moves_month_dwelling', 'month', 'varchar(20)', 'Måned, kode', 'Måneden som 03; hidden: diskretioneret', 'The month as 03; hidden: suppressed'),
('bi_moves_month_dwelling', 'month_label', 'varchar(80)', 'Måned', 'Månedens navn', 'Name of the month'),
('bi_moves_month_dwelling', 'month_sort', 'integer', 'Måned, rækkefølge', 'Månedens rækkefølge', 'Order of the month'),
('bi_moves_month_dwelling', 'month_start', 'date', 'Månedens første dag', 'Første dag i måneden', 'First day of the month'),
('bi_moves_month_dwelling', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves_month_dwelling', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_moves_place', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves_place', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves_place', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves_place', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_moves_place', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_moves_place', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_moves_place', 'place', 'varchar(40)', 'Sted, kode', 'Kommunens kode, abroad, unknown eller et område som kvarter:3', 'Municipality code, abroad, unknown, or an area as kvarter:3'),
('bi_moves_place', 'place_label', 'varchar(120)', 'Sted', 'Hvor de kommer fra eller flytter hen', 'Where they come from or go to'),
('bi_moves_place', 'place_sort', 'integer', 'Sted, rækkefølge', 'Stedets rækkefølge', 'Order of the place'),
('bi_moves_place', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves_place', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_mover_profile', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_mover_profile', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_mover_profile', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_mover_profile', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_mover_profile', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_mover_profile', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_mover_profile', 'attribute', 'varchar(20)', 'Kendetegn, kode', 'Hvad personerne er fordelt efter, kode', 'Code of what persons are divided by'),
('bi_mover_profile', 'attribute_label', 'varchar(80)', 'Kendetegn', 'Hvad personerne er fordelt efter', 'What persons are divided by'),
('bi_mover_profile', 'item', 'varchar(40)', 'Gruppe, kode', 'Gruppens kode; hidden: diskretioneret', 'Code of the category; hidden: suppressed'),
('bi_mover_profile', 'item_label', 'varchar(80)', 'Gruppe', 'Gruppen', 'Category'),
('bi_mover_profile', 'item_sort', 'integer', 'Gruppe, rækkefølge', 'Gruppens rækkefølge', 'Order of the category'),
('bi_mover_profile', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_mover_profile', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_mover_profile_dwelling', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_mover_profile_dwelling', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_mover_profile_dwelling', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_mover_profile_dwelling', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_mover_profile_dwelling', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_mover_profile_dwelling', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_mover_profile_dwelling', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_mover_profile_dwelling', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_mover_profile_dwelling', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_mover_profile_dwelling', 'attribute', 'varchar(20)', 'Kendetegn, kode', 'Hvad personerne er fordelt efter, kode', 'Code of what persons are divided by'),
('bi_mover_profile_dwelling', 'attribute_label', 'varchar(80)', 'Kendetegn', 'Hvad personerne er fordelt efter', 'What persons are divided by'),
('bi_mover_profile_dwelling', 'item', 'varchar(40)', 'Gruppe, kode', 'Gruppens kode; hidden: diskretioneret', 'Code of the category; hidden: suppressed'),
('bi_mover_profile_dwelling', 'item_label', 'varchar(80)', 'Gruppe', 'Gruppen', 'Category'),
('bi_mover_profile_dwelling', 'item_sort', 'integer', 'Gruppe, rækkefølge', 'Gruppens rækkefølge', 'Order of the category'),
('bi_mover_profile_dwelling', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_mover_profile_dwelling', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_mover_measure', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_mover_measure', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_mover_measure', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_mover_measure', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_mover_measure', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_mover_measure', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_mover_measure', 'mean_income', 'numeric(12,0)', 'Gennemsnitlig indkomst, kr.', 'Voksnes gennemsnitlige personlige indkomst i året, nærmeste tusinde', 'Mean income of adults in the year, to the nearest thousand kroner'),
('bi_mover_measure', 'mean_tax_base', 'numeric(12,0)', 'Gennemsnitligt skattegrundlag, kr.', 'Voksnes gennemsnitlige skattegrundlag i året, nærmeste tusinde', 'Mean tax base of adults in the year, to the nearest thousand kroner'),
('bi_mover_measure', 'mean_age', 'numeric(5,1)', 'Gennemsnitsalder', 'Gennemsnitsalder i år', 'Mean age in years'),
('bi_mover_measure', 'full_time_benefit_persons', 'numeric(12,0)', 'Fuldtidspersoner på kommunal ydelse', 'Voksne på kommunal ydelse 31. december, omregnet til fuldtidspersoner', 'Adults with municipal benefits on 31 December, as full-time persons'),
('bi_mover_measure', 'without_income_percent', 'numeric(5,1)', 'Uden indkomst, pct.', 'Andel af voksne med kendt indkomst, som ingen indkomst har', 'Share of adults with known income who have none, percent'),
('bi_new_build', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_new_build', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_new_build', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_new_build', 'origin', 'varchar(20)', 'Oprindelse, kode', 'own: egne borgere; elsewhere: tilflyttere; tom for dem der flytter ud', 'own: own citizens; elsewhere: arrivals; NULL for those who move out'),
('bi_new_build', 'origin_label', 'varchar(80)', 'Oprindelse', 'Egne borgere eller tilflyttere', 'Own citizens or arrivals'),
('bi_new_build', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_new_build', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_new_build', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_new_build', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_new_build', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_new_build', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_new_build', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_new_build', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_new_build', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed')
$$;
COMMENT ON FUNCTION byudv.bi_person_columns() IS 'Used inside: the columns of the views of residents and moves, as monitor_view_columns() lists them.';
-- BI views: dwellings.

CREATE FUNCTION byudv.bi_stock_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock_tenure', 'year, area_kind, area_code, dwelling_type, tenure, tenure_register, tenure_dst, new_build, size_band', 'Boliger 1. januar efter type, størrelse og ejerform: registrets, Danmarks Statistiks og den rettede',
    'Dwellings on 1 January by type, size and tenure: the register''s, Statistics Denmark''s and the corrected one', 'Hvor mange boliger ændrer ejerform, når fejl i registret rettes?',
    $q$SELECT s.year, s.area_kind, s.area_code, a.area_label, s.dwelling_type, t.label_da AS dwelling_type_label, s.tenure, n.label_da AS tenure_label, s.tenure_register, r.label_da AS tenure_register_label,
         s.tenure_dst, d.label_da AS tenure_dst_label, s.new_build, CASE s.new_build WHEN 'new' THEN 'Nybyggeri' ELSE 'Eksisterende' END AS new_build_label, s.size_band, b.label_da AS size_band_label, s.dwellings, s.vacant_dwellings, s.area_m2
       FROM %1$I.stock s JOIN %1$I.area_list a ON a.area_kind = s.area_kind AND a.area_code = s.area_code LEFT JOIN byudv.dwelling_type_code t ON t.code = s.dwelling_type
       LEFT JOIN byudv.tenure_code n ON n.code = s.tenure LEFT JOIN byudv.tenure_code r ON r.code = s.tenure_register LEFT JOIN byudv.tenure_code d ON d.code = s.tenure_dst
       LEFT JOIN byudv.bi_codes() b ON b.attribute = 'size_band' AND b.code = s.size_band$q$)
$$;
COMMENT ON FUNCTION byudv.bi_stock_views() IS 'Used inside: the views of dwellings, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_stock_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock_tenure', 'year', 'integer', 'År', 'Opgjort 1. januar dette år', 'On 1 January of this year'),
('bi_stock_tenure', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_stock_tenure', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_stock_tenure', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_stock_tenure', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_stock_tenure', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_stock_tenure', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_stock_tenure', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_stock_tenure', 'tenure_register', 'varchar(30)', 'Registrets ejerform, kode', 'Ejerformen efter registrets ejerforholdskode', 'Code of the tenure by the register''s owner code'),
('bi_stock_tenure', 'tenure_register_label', 'varchar(80)', 'Registrets ejerform', 'Ejerformen efter registrets ejerforholdskode', 'Tenure by the register''s owner code'),
('bi_stock_tenure', 'tenure_dst', 'varchar(30)', 'Danmarks Statistiks ejerform, kode', 'Ejerformen som Danmarks Statistik opgør den', 'Code of the tenure as Statistics Denmark reads it'),
('bi_stock_tenure', 'tenure_dst_label', 'varchar(80)', 'Danmarks Statistiks ejerform', 'Ejerformen som Danmarks Statistik opgør den', 'Tenure as Statistics Denmark reads it'),
('bi_stock_tenure', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_stock_tenure', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_stock_tenure', 'size_band', 'varchar(20)', 'Boligstørrelse, kode', 'Størrelsesgruppens kode', 'Code of the size band'),
('bi_stock_tenure', 'size_band_label', 'varchar(80)', 'Boligstørrelse', 'Størrelsesgruppen', 'Size band'),
('bi_stock_tenure', 'dwellings', 'bigint', 'Boliger', 'Antal boliger', 'Dwellings'),
('bi_stock_tenure', 'vacant_dwellings', 'bigint', 'Ubeboede boliger', 'Boliger som ingen bor i', 'Dwellings in which nobody lives'),
('bi_stock_tenure', 'area_m2', 'bigint', 'Areal, m²', 'Boligernes areal i alt, kvadratmeter', 'Their area in all, square metres')
$$;
COMMENT ON FUNCTION byudv.bi_stock_columns() IS 'Used inside: the columns of the views of dwellings, as monitor_view_columns() lists them.';
-- BI views: how long people stay, how often homes change hands, and what new dwellings set free.

CREATE FUNCTION byudv.bi_duration_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 6 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_turnover', 'year, area_kind, area_code, dwelling_type, tenure, new_build', 'Fraflytninger af husstande pr. boligår efter kalenderår, område, boligtype, ejerform og nybyggeri',
    'Turnover: ends of occupancies (households) per year in which dwellings were lived in, by calendar year; counts of households, which are not suppressed. ends and dwelling_years add up, rates do not: byudv.event_rate() gives those of a sum',
    'Hvor i boligmassen udskiftes husstandene oftest?',
    $q$SELECT s.year, s.area_kind, s.area_code, a.area_label, s.dwelling_type, coalesce(t.label_da, s.dwelling_type) AS dwelling_type_label, s.tenure, coalesce(n.label_da, s.tenure) AS tenure_label,
         s.new_build, CASE s.new_build WHEN 'new' THEN 'Nybyggeri' ELSE 'Eksisterende' END AS new_build_label, s.ends, s.dwelling_years, s.rate, s.lower, s.upper
       FROM %1$I.turnover s JOIN %1$I.area_list a ON a.area_kind = s.area_kind AND a.area_code = s.area_code LEFT JOIN byudv.dwelling_type_code t ON t.code = s.dwelling_type
       LEFT JOIN byudv.tenure_code n ON n.code = s.tenure$q$),
('bi_residence_duration', 'area_kind, area_code, dwelling_type, tenure, new_build, origin', 'Hvor længe de, der flytter ind, bliver boende: median og andele efter 1, 2, 5 og 10 år',
    'How long those who move into a dwelling stay (Kaplan-Meier, left truncation allowed for). Not additive: all stands for all of a dimension. A group of fewer than ten persons, or byudv.min_cell if that is more, has no row',
    'Hvor længe bliver folk boende, og hvem bliver længst?',
    $q$SELECT s.area_kind, s.area_code, a.area_label, s.dwelling_type, CASE s.dwelling_type WHEN 'all' THEN 'Alle' ELSE coalesce(t.label_da, s.dwelling_type) END AS dwelling_type_label, s.tenure, CASE s.tenure WHEN 'all' THEN 'Alle' ELSE coalesce(n.label_da, s.tenure) END AS tenure_label, s.new_build, CASE s.new_build WHEN 'new' THEN 'Nybyggeri' WHEN 'existing' THEN 'Eksisterende' ELSE 'Alle' END AS new_build_label, s.origin,
         CASE s.origin WHEN 'own' THEN 'Egne borgere' WHEN 'elsewhere' THEN 'Tilflyttere' ELSE 'Alle' END AS origin_label, s.ends, s.person_years, s.median_years, s.median_lower, s.median_upper, s.stay_1, s.stay_1_lower, s.stay_1_upper, s.stay_2, s.stay_2_lower, s.stay_2_upper, s.stay_5, s.stay_5_lower, s.stay_5_upper, s.stay_10, s.stay_10_lower, s.stay_10_upper
       FROM %1$I.residence_duration s JOIN %1$I.area_list a ON a.area_kind = s.area_kind AND a.area_code = s.area_code LEFT JOIN byudv.dwelling_type_code t ON t.code = s.dwelling_type
       LEFT JOIN byudv.tenure_code n ON n.code = s.tenure$q$),
('bi_duration_curve', 'group_kind, group_code, years', 'Andel, der bliver boende, for hvert kvarte år op til 15 år, efter ejerform, nybyggeri og hvor indflytterne kommer fra',
    'Kaplan-Meier curves at every quarter of a year up to 15, of the whole study area; a curve ends where fewer than ten persons, or byudv.min_cell if that is more, are under observation',
    'Hvordan aftager andelen, der stadig bor i boligen, år for år?',
    $q$SELECT s.group_kind, CASE s.group_kind WHEN 'tenure' THEN 'Ejerform' WHEN 'new_build' THEN 'Nybyggeri' ELSE 'Indflyttere i nybyggeri' END AS group_kind_label, s.group_code,
         CASE s.group_kind WHEN 'tenure' THEN coalesce(n.label_da, s.group_code) ELSE CASE s.group_code WHEN 'new' THEN 'Nybyggeri' WHEN 'existing' THEN 'Eksisterende' WHEN 'own' THEN 'Egne borgere' ELSE 'Tilflyttere' END END AS group_label,
         CASE s.group_kind WHEN 'tenure' THEN coalesce(n.sort_order, 1000) ELSE CASE WHEN s.group_code IN ('new', 'own') THEN 10 ELSE 20 END END AS group_sort, s.years, s.survival, s.lower, s.upper
       FROM %1$I.duration_curve s LEFT JOIN byudv.tenure_code n ON n.code = s.group_code$q$),
('bi_new_build_stay', 'tenure, origin', 'Hvor hurtigt de, der flytter ind i en ny bolig i dens første tre år, flytter videre',
    'How soon those who move into a new dwelling in its first three years move on. chi_square and p_value compare own citizens with arrivals (log-rank test) and stand where origin is all',
    'Flytter tilflyttere hurtigere videre fra nye boliger end egne borgere?',
    $q$SELECT s.tenure, CASE s.tenure WHEN 'all' THEN 'Alle' ELSE coalesce(n.label_da, s.tenure) END AS tenure_label, s.origin, CASE s.origin WHEN 'own' THEN 'Egne borgere' WHEN 'elsewhere' THEN 'Tilflyttere' ELSE 'Alle' END AS origin_label, s.ends, s.person_years, s.rate, s.rate_lower, s.rate_upper, s.median_years, s.median_lower, s.median_upper,
         s.moved_on_1, s.moved_on_1_lower, s.moved_on_1_upper, s.moved_on_2, s.moved_on_2_lower, s.moved_on_2_upper, s.moved_on_5, s.moved_on_5_lower, s.moved_on_5_upper, s.chi_square, s.p_value
       FROM %1$I.new_build_stay s LEFT JOIN byudv.tenure_code n ON n.code = s.tenure$q$),
('bi_chains', 'start_year, area_kind, area_code, start_tenure, round, dwelling_type, tenure', 'Flyttekæder: boliger, som nye boliger frigør, runde for runde',
    'Vacancies that new dwellings set free, by the year and area of the new dwelling, round by round; counts of dwellings, which are not suppressed. The sum of vacancies over the sum of new_dwellings (which stand in round 0) is what one new dwelling sets free',
    'Hvilke boliger bliver ledige, når der bygges nyt?',
    $q$SELECT s.start_year, s.area_kind, s.area_code, a.area_label, s.start_tenure, coalesce(m.label_da, s.start_tenure) AS start_tenure_label, s.round,
         CASE s.round WHEN 0 THEN 'Den nye bolig' WHEN 6 THEN '6. runde og senere' ELSE concat(s.round, '. runde') END AS round_label, s.dwelling_type, coalesce(t.label_da, s.dwelling_type) AS dwelling_type_label,
         s.tenure, coalesce(n.label_da, s.tenure) AS tenure_label, s.vacancies, s.new_dwellings
       FROM %1$I.chain_summary s JOIN %1$I.area_list a ON a.area_kind = s.area_kind AND a.area_code = s.area_code LEFT JOIN byudv.dwelling_type_code t ON t.code = s.dwelling_type
       LEFT JOIN byudv.tenure_code n ON n.code = s.tenure LEFT JOIN byudv.tenure_code m ON m.code = s.start_tenure$q$),
('bi_chain_ends', 'start_year, start_tenure, outcome', 'Hvordan flyttekæderne ender; alle udfald tilsammen er de nye boliger',
    'How the chains of vacancies end; all outcomes of a year and tenure add up to the new dwellings',
    'Hvorfor stopper flyttekæderne?',
    $q$SELECT s.start_year, s.start_tenure, coalesce(m.label_da, s.start_tenure) AS start_tenure_label, s.outcome,
         coalesce(o.label_da, CASE s.outcome WHEN 'split' THEN 'Andre fra samme hjem flyttede et andet sted hen' WHEN 'joined' THEN 'Flere hjem blev ledige for én bolig (trækkes fra)' ELSE 'Ikke fulgt videre' END) AS outcome_label,
         coalesce(o.sort_order, CASE s.outcome WHEN 'split' THEN 20 WHEN 'joined' THEN 21 ELSE 22 END) AS outcome_sort, s.vacancies
       FROM %1$I.chain_end s LEFT JOIN byudv.tenure_code m ON m.code = s.start_tenure LEFT JOIN byudv.register_code o ON o.list = 'vacancy_outcome' AND o.code = s.outcome$q$)
$$;
COMMENT ON FUNCTION byudv.bi_duration_views() IS 'Used inside: the views of durations, turnover and chains, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_duration_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_turnover', 'year', 'integer', 'År', 'Kalenderåret', 'Calendar year'),
('bi_turnover', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_turnover', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_turnover', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_turnover', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_turnover', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_turnover', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_turnover', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_turnover', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_turnover', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_turnover', 'ends', 'bigint', 'Fraflytninger', 'Husstande, der forlod en bolig i året', 'Occupancies that ended in the year'),
('bi_turnover', 'dwelling_years', 'numeric(14, 2)', 'Boligår', 'År, hvor boligerne var beboet', 'Years in which the dwellings were lived in'),
('bi_turnover', 'rate', 'numeric(10, 4)', 'Fraflytninger pr. boligår', 'Fraflytninger pr. boligår', 'Ends per dwelling-year'),
('bi_turnover', 'lower', 'numeric(10, 4)', 'Fraflytninger pr. boligår, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_turnover', 'upper', 'numeric(10, 4)', 'Fraflytninger pr. boligår, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_residence_duration', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_residence_duration', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_residence_duration', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_residence_duration', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_residence_duration', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_residence_duration', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_residence_duration', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_residence_duration', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_residence_duration', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_residence_duration', 'origin', 'varchar(20)', 'Indflytter, kode', 'own: flyttede inden for kommunen; elsewhere: kom udefra; all: alle, også hvor det ikke vides', 'own: moved within the study area; elsewhere: came from outside; all: also where it is not known'),
('bi_residence_duration', 'origin_label', 'varchar(40)', 'Indflytter', 'Egne borgere eller tilflyttere', 'Own citizens or arrivals'),
('bi_residence_duration', 'ends', 'bigint', 'Fraflytninger', 'Ophold, der er slut, afrundet til hele ti', 'Stays that ended, rounded to tens'),
('bi_residence_duration', 'person_years', 'numeric(14, 0)', 'Personår', 'År under observation, afrundet til hele ti', 'Years under observation, rounded to tens'),
('bi_residence_duration', 'median_years', 'numeric(6, 2)', 'Median, år', 'Så længe bliver halvdelen boende; tom: det er ikke nået', 'Half of them stay longer than this; NULL: not reached'),
('bi_residence_duration', 'median_lower', 'numeric(6, 2)', 'Median, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_residence_duration', 'median_upper', 'numeric(6, 2)', 'Median, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_residence_duration', 'stay_1', 'numeric(6, 4)', 'Bor der efter 1 år', 'Andel, der bliver boende længere end 1 år; tom: for få under observation', 'Share that stays longer than 1 year; NULL: too few under observation'),
('bi_residence_duration', 'stay_1_lower', 'numeric(6, 4)', 'Bor der efter 1 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_residence_duration', 'stay_1_upper', 'numeric(6, 4)', 'Bor der efter 1 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_residence_duration', 'stay_2', 'numeric(6, 4)', 'Bor der efter 2 år', 'Andel, der bliver boende længere end 2 år; tom: for få under observation', 'Share that stays longer than 2 years; NULL: too few under observation'),
('bi_residence_duration', 'stay_2_lower', 'numeric(6, 4)', 'Bor der efter 2 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_residence_duration', 'stay_2_upper', 'numeric(6, 4)', 'Bor der efter 2 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_residence_duration', 'stay_5', 'numeric(6, 4)', 'Bor der efter 5 år', 'Andel, der bliver boende længere end 5 år; tom: for få under observation', 'Share that stays longer than 5 years; NULL: too few under observation'),
('bi_residence_duration', 'stay_5_lower', 'numeric(6, 4)', 'Bor der efter 5 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_residence_duration', 'stay_5_upper', 'numeric(6, 4)', 'Bor der efter 5 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_residence_duration', 'stay_10', 'numeric(6, 4)', 'Bor der efter 10 år', 'Andel, der bliver boende længere end 10 år; tom: for få under observation', 'Share that stays longer than 10 years; NULL: too few under observation'),
('bi_residence_duration', 'stay_10_lower', 'numeric(6, 4)', 'Bor der efter 10 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_residence_duration', 'stay_10_upper', 'numeric(6, 4)', 'Bor der efter 10 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_duration_curve', 'group_kind', 'varchar(20)', 'Gruppering, kode', 'tenure, new_build eller origin_new: indflyttere i nybyggeri', 'tenure, new_build, or origin_new: origin of those who moved into new dwellings'),
('bi_duration_curve', 'group_kind_label', 'varchar(40)', 'Gruppering', 'Hvad kurverne er delt efter', 'What the curves are by'),
('bi_duration_curve', 'group_code', 'varchar(30)', 'Gruppe, kode', 'Gruppens kode', 'Code of the group'),
('bi_duration_curve', 'group_label', 'varchar(80)', 'Gruppe', 'Gruppens navn', 'Name of the group'),
('bi_duration_curve', 'group_sort', 'integer', 'Gruppe, rækkefølge', 'Rækkefølge', 'Order'),
('bi_duration_curve', 'years', 'numeric(6, 2)', 'År', 'År siden indflytningen', 'Years since they moved in'),
('bi_duration_curve', 'survival', 'numeric(7, 5)', 'Andel, der bor der', 'Andel, der bliver boende længere', 'Share that stays longer'),
('bi_duration_curve', 'lower', 'numeric(7, 5)', 'Andel, der bor der, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_duration_curve', 'upper', 'numeric(7, 5)', 'Andel, der bor der, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_new_build_stay', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_new_build_stay', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_new_build_stay', 'origin', 'varchar(20)', 'Indflytter, kode', 'own: flyttede inden for kommunen; elsewhere: kom udefra; all: alle, også hvor det ikke vides', 'own: moved within the study area; elsewhere: came from outside; all: also where it is not known'),
('bi_new_build_stay', 'origin_label', 'varchar(40)', 'Indflytter', 'Egne borgere eller tilflyttere', 'Own citizens or arrivals'),
('bi_new_build_stay', 'ends', 'bigint', 'Fraflytninger', 'Ophold, der er slut, afrundet til hele ti', 'Stays that ended, rounded to tens'),
('bi_new_build_stay', 'person_years', 'numeric(14, 0)', 'Personår', 'År under observation, afrundet til hele ti', 'Years under observation, rounded to tens'),
('bi_new_build_stay', 'rate', 'numeric(10, 4)', 'Fraflytninger pr. personår', 'Fraflytninger pr. personår', 'Ends per person-year'),
('bi_new_build_stay', 'rate_lower', 'numeric(10, 4)', 'Fraflytninger pr. personår, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_new_build_stay', 'rate_upper', 'numeric(10, 4)', 'Fraflytninger pr. personår, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_new_build_stay', 'median_years', 'numeric(6, 2)', 'Median, år', 'Så længe bliver halvdelen boende; tom: det er ikke nået', 'Half of them stay longer than this; NULL: not reached'),
('bi_new_build_stay', 'median_lower', 'numeric(6, 2)', 'Median, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_new_build_stay', 'median_upper', 'numeric(6, 2)', 'Median, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_new_build_stay', 'moved_on_1', 'numeric(6, 4)', 'Flyttet inden 1 år', 'Andel, der er flyttet videre inden for 1 år; tom: for få under observation', 'Share that has moved on within 1 year; NULL: too few under observation'),
('bi_new_build_stay', 'moved_on_1_lower', 'numeric(6, 4)', 'Flyttet inden 1 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_new_build_stay', 'moved_on_1_upper', 'numeric(6, 4)', 'Flyttet inden 1 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_new_build_stay', 'moved_on_2', 'numeric(6, 4)', 'Flyttet inden 2 år', 'Andel, der er flyttet videre inden for 2 år; tom: for få under observation', 'Share that has moved on within 2 years; NULL: too few under observation'),
('bi_new_build_stay', 'moved_on_2_lower', 'numeric(6, 4)', 'Flyttet inden 2 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_new_build_stay', 'moved_on_2_upper', 'numeric(6, 4)', 'Flyttet inden 2 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_new_build_stay', 'moved_on_5', 'numeric(6, 4)', 'Flyttet inden 5 år', 'Andel, der er flyttet videre inden for 5 år; tom: for få under observation', 'Share that has moved on within 5 years; NULL: too few under observation'),
('bi_new_build_stay', 'moved_on_5_lower', 'numeric(6, 4)', 'Flyttet inden 5 år, nedre grænse', 'Nedre 95 pct. grænse', 'Lower 95 % limit'),
('bi_new_build_stay', 'moved_on_5_upper', 'numeric(6, 4)', 'Flyttet inden 5 år, øvre grænse', 'Øvre 95 pct. grænse', 'Upper 95 % limit'),
('bi_new_build_stay', 'chi_square', 'numeric(12, 2)', 'Log-rank, chi i anden', 'Log-rank-test af egne borgere mod tilflyttere; i rækken for alle', 'Log-rank test of own citizens against arrivals, where origin is all'),
('bi_new_build_stay', 'p_value', 'numeric(12, 10)', 'Log-rank, p-værdi', 'Så ofte ses en så stor forskel ved en tilfældighed', 'How often chance alone brings such a difference'),
('bi_chains', 'start_year', 'integer', 'År', 'Året, hvor den nye bolig blev taget i brug', 'Year in which the new dwelling became available'),
('bi_chains', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_chains', 'area_code', 'varchar(40)', 'Områdekode', 'Den nye boligs områdekode', 'Area code of the new dwelling'),
('bi_chains', 'area_label', 'varchar(120)', 'Område', 'Den nye boligs område', 'Area of the new dwelling'),
('bi_chains', 'start_tenure', 'varchar(30)', 'Nye boligers ejerform, kode', 'Ejerformens kode for den nye bolig', 'Code of the tenure of the new dwelling'),
('bi_chains', 'start_tenure_label', 'varchar(80)', 'Nye boligers ejerform', 'Den nye boligs ejerform', 'Tenure of the new dwelling'),
('bi_chains', 'round', 'integer', 'Runde, nummer', '0: den nye bolig; 1: det hjem, de nye beboere forlod, og så videre; 6: 6 og senere', '0: the new dwelling; 1: the home that its residents left, and so on; 6: 6 and later'),
('bi_chains', 'round_label', 'varchar(40)', 'Runde', 'Runden', 'Round'),
('bi_chains', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Kode for den ledige boligs type', 'Code of the type of the dwelling set free'),
('bi_chains', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Den ledige boligs type', 'Type of the dwelling set free'),
('bi_chains', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Kode for den ledige boligs ejerform', 'Code of the tenure of the dwelling set free'),
('bi_chains', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den ledige boligs ejerform', 'Tenure of the dwelling set free, corrected'),
('bi_chains', 'vacancies', 'numeric(16, 6)', 'Ledige boliger', 'Boliger, der blev ledige; dele, hvor flere kæder deles om én', 'Vacancies, in parts where several chains share one'),
('bi_chains', 'new_dwellings', 'bigint', 'Nye boliger', 'Nye boliger; kun i runde 0', 'New dwellings, in round 0 only'),
('bi_chain_ends', 'start_year', 'integer', 'År', 'Året, hvor den nye bolig blev taget i brug', 'Year in which the new dwelling became available'),
('bi_chain_ends', 'start_tenure', 'varchar(30)', 'Nye boligers ejerform, kode', 'Ejerformens kode for den nye bolig', 'Code of the tenure of the new dwelling'),
('bi_chain_ends', 'start_tenure_label', 'varchar(80)', 'Nye boligers ejerform', 'Den nye boligs ejerform', 'Tenure of the new dwelling'),
('bi_chain_ends', 'outcome', 'varchar(20)', 'Udfald, kode', 'Udfaldets kode', 'Code of the outcome'),
('bi_chain_ends', 'outcome_label', 'varchar(80)', 'Udfald', 'Hvordan det endte', 'How it ended'),
('bi_chain_ends', 'outcome_sort', 'integer', 'Udfald, rækkefølge', 'Rækkefølge', 'Order'),
('bi_chain_ends', 'vacancies', 'numeric(16, 6)', 'Ledige boliger', 'Ledige boliger, der endte sådan; tilsammen de nye boliger', 'Vacancies that ended so; together the new dwellings')
$$;
COMMENT ON FUNCTION byudv.bi_duration_columns() IS 'Used inside: the columns of the views of durations, turnover and chains, as monitor_view_columns() lists them.';
-- BI views: what is being built and who will live there; the figures of others beside those of the monitor.

CREATE FUNCTION byudv.bi_plans_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_pipeline', 'project_id, line', 'Byggeprojekter fra lokalplan til indflytning: forventede, byggede og kommende boliger, en række for hver slags bolig i et projekt',
    'Building projects from local plan to the first resident: dwellings expected, built and still to come, one row for each kind of dwelling in a project. A project lies in one area, of the kind that the plan names',
    'Hvor mange boliger er på vej, hvor, og hvor langt er projekterne?',
    $q$SELECT p.project_id, p.line, coalesce(p.name, 'Projekt ' || p.project_id) AS name, coalesce(p.plan_code, 'Ikke oplyst') AS plan_code, p.area_kind, p.area_code,
         coalesce(a.area_label, CASE p.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE p.area_code END) AS area_label, p.stage, s.label_da AS stage_label, s.sort_order AS stage_sort, p.stage_on, p.adopted_on, p.permit_on, p.started_on,
         p.completed_on, p.occupied_on, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, n.label_da AS tenure_label, p.size_band, z.label_da AS size_band_label, p.area_m2, p.expected, p.realised,
         p.realised - p.expected AS difference, p.registered, p.to_come, p.expected_on, p.overdue
       FROM %1$I.pipeline p LEFT JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() s ON s.attribute = 'stage' AND s.code = p.stage
       LEFT JOIN byudv.dwelling_type_code t ON t.code = p.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = p.tenure LEFT JOIN byudv.bi_codes() z ON z.attribute = 'size_band' AND z.code = p.size_band$q$),
('bi_expected_residents', 'project_id, year, age_band', 'Hvem der kan ventes at bo i de kommende boliger et år efter ibrugtagning, efter alder, med 95 %-grænser, ud fra tidligere nybyggeri',
    'Whom to expect in the dwellings to come a year after they are taken into use, by age, with 95 % limits, from new dwellings of the past. Limits are those of a single project: they do not add up',
    'Hvor mange børn kommer der i det nye byggeri?',
    $q$SELECT e.project_id, coalesce(p.name, 'Projekt ' || p.project_id) AS project_name, p.area_kind, p.area_code, coalesce(a.area_label, CASE p.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE p.area_code END) AS area_label,
         e.year, e.age_band, b.label_da AS age_band_label, b.sort_order AS age_band_sort, e.dwellings, e.expected, e.lower, e.upper, s.label_da AS basis_label, e.comparable_dwellings
       FROM %1$I.expected_resident e JOIN %1$I.pipeline p ON p.project_id = e.project_id AND p.line = 1 LEFT JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code
       JOIN byudv.bi_codes() b ON b.attribute = 'age_band' AND b.code = e.age_band JOIN byudv.bi_codes() s ON s.attribute = 'basis' AND s.code = e.basis::text$q$),
('bi_backtest', 'left_out_year, dwelling_type, tenure, age_band', 'Efterprøvning: tidligere års nye boliger forudsagt ud fra de andre år, og hvor mange der faktisk kom',
    'Test of the method: new dwellings of a past year told from those of all other years, and what really came; type and tenure with at least ten new dwellings in the year',
    'Hvor ofte holder forventningerne til nybyggeriets beboere?',
    $q$SELECT k.left_out_year, k.dwelling_type, t.label_da AS dwelling_type_label, k.tenure, n.label_da AS tenure_label, k.age_band, b.label_da AS age_band_label, b.sort_order AS age_band_sort, k.dwellings, k.expected, k.lower, k.upper,
         k.actual, k.inside, s.label_da AS basis_label
       FROM %1$I.backtest k LEFT JOIN byudv.dwelling_type_code t ON t.code = k.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = k.tenure JOIN byudv.bi_codes() b ON b.attribute = 'age_band' AND b.code = k.age_band
       JOIN byudv.bi_codes() s ON s.attribute = 'basis' AND s.code = k.basis::text$q$),
('bi_indicator', 'year, period, source, municipality, area_kind, area_code, measure, copy', 'Andres tal ved siden af egne: Danmarks Statistik, Landsbyggefonden, KL, andre kommuner, og hvorfor tallene afviger',
    'Figures of others beside the monitor''s own for the same thing and year, and why they differ. Numbers are compared for the own municipality only, rates with all',
    'Stemmer vores tal med Danmarks Statistik, og hvordan ligger vi i forhold til andre kommuner?',
    $q$SELECT c.year, c.period, c.source, lpad(c.municipality::text, 4, '0') AS municipality, CASE WHEN c.municipality = 0 THEN 'Hele landet' ELSE coalesce(k.label_da, 'Kommune ' || c.municipality) END AS municipality_label, c.area_kind, c.area_code, coalesce(a.area_label, CASE c.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE c.area_code END) AS area_label,
         c.measure, c.copy, coalesce(m.label_da, c.measure) AS measure_label, c.own_measure, c.unit, CASE c.unit WHEN 'persons' THEN 'personer' WHEN 'dwellings' THEN 'boliger' WHEN 'percent' THEN 'pct.' ELSE c.unit END AS unit_label, c.definition, c.is_own,
         c.own_value, c.value, d.difference, round(100 * d.difference / nullif(c.value, 0), 2) AS difference_percent,
         CASE WHEN c.own_measure IS NULL THEN 'Monitoren har intet tal for det samme.' WHEN c.own_value IS NULL THEN 'Monitoren har intet tal for denne periode eller dette område.'
           WHEN c.is_own = 1 THEN m.explanation_da WHEN m.is_rate THEN 'En anden kommune, region eller hele landet; egne tal er for monitorens kommune.'
           ELSE 'En anden kommune eller hele landet; antal af forskellig størrelse sammenlignes ikke.' END AS explanation_da
       FROM %1$I.comparison c LEFT JOIN %1$I.area_list a ON a.area_kind = c.area_kind AND a.area_code = c.area_code LEFT JOIN byudv.indicator_measures() m ON m.measure = c.own_measure LEFT JOIN byudv.register_code k ON k.list = 'municipality' AND k.code = c.municipality::text
       CROSS JOIN LATERAL (SELECT CASE WHEN c.is_own = 1 OR m.is_rate THEN c.own_value - c.value END AS difference) d$q$)
$$;
COMMENT ON FUNCTION byudv.bi_plans_views() IS 'Used inside: the views of plans and comparison, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_plans_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 85 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_pipeline', 'project_id', 'bigint', 'Projektnummer', 'Projektets nummer', 'Number of the project'),
('bi_pipeline', 'line', 'integer', 'Linje', 'Nummer på slagsen af bolig i projektet; et projekt uden har en linje', 'Counts the kinds of dwelling of a project from 1; a project without has one line'),
('bi_pipeline', 'name', 'varchar(140)', 'Projekt', 'Projektets navn', 'Name of the project'),
('bi_pipeline', 'plan_code', 'varchar(60)', 'Lokalplan', 'Lokalplanen', 'Local plan'),
('bi_pipeline', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område, som planen er knyttet til; none: ikke oplyst', 'Kind of the area that the plan names; none: not known'),
('bi_pipeline', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; none: ikke oplyst', 'Code of the area; none: not known'),
('bi_pipeline', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_pipeline', 'stage', 'varchar(20)', 'Stade, kode', 'Hvor langt projektet er nået før datadatoen', 'The furthest that the project has come before the data date: planned, permitted, started, completed, occupied'),
('bi_pipeline', 'stage_label', 'varchar(80)', 'Stade', 'Hvor langt projektet er nået før datadatoen', 'The same as people read it'),
('bi_pipeline', 'stage_sort', 'integer', 'Stade, rækkefølge', 'Stadets rækkefølge', 'Order of the stages'),
('bi_pipeline', 'stage_on', 'date', 'Siden', 'Dagen, hvor stadet blev nået; planlagt: lokalplanens vedtagelse', 'Day on which the stage was reached; planned: that of the local plan, where it is adopted'),
('bi_pipeline', 'adopted_on', 'date', 'Lokalplan vedtaget', 'Dagen, hvor lokalplanen blev vedtaget', 'Local plan adopted'),
('bi_pipeline', 'permit_on', 'date', 'Byggetilladelse', 'Dagen for byggetilladelsen', 'Building permit'),
('bi_pipeline', 'started_on', 'date', 'Påbegyndt', 'Dagen, hvor byggeriet begyndte', 'Building started'),
('bi_pipeline', 'completed_on', 'date', 'Fuldført', 'Dagen, hvor byggeriet var færdigt', 'Building completed'),
('bi_pipeline', 'occupied_on', 'date', 'Indflyttet', 'Dagen, hvor den første flyttede ind', 'First resident'),
('bi_pipeline', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_pipeline', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_pipeline', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Ejerformens kode', 'Code of the tenure'),
('bi_pipeline', 'tenure_label', 'varchar(80)', 'Ejerform', 'Ejerformen', 'Tenure'),
('bi_pipeline', 'size_band', 'varchar(20)', 'Boligstørrelse, kode', 'Størrelsesgruppens kode', 'Code of the size band'),
('bi_pipeline', 'size_band_label', 'varchar(80)', 'Boligstørrelse', 'Størrelsesgruppen', 'Size band'),
('bi_pipeline', 'area_m2', 'integer', 'Areal, m²', 'En boligs areal, kvadratmeter', 'Size of one dwelling, square metres'),
('bi_pipeline', 'expected', 'integer', 'Forventede boliger', 'Boliger efter planen', 'Dwellings as planned'),
('bi_pipeline', 'realised', 'integer', 'Byggede boliger', 'Boliger bygget, efter planens egne tal', 'Dwellings built, as the plan says'),
('bi_pipeline', 'difference', 'integer', 'Byggede minus forventede', 'Byggede boliger minus forventede', 'Built less planned'),
('bi_pipeline', 'registered', 'integer', 'Boliger i BBR', 'Boliger af typen, der er taget i brug i området fra byggeriets start til 90 dage efter det var færdigt; tom, hvor andet af samme type blev bygget der samtidig', 'Dwellings of this type taken into use in the area from the start of building to 90 days after completion; empty where something else of this type was built there at that time'),
('bi_pipeline', 'to_come', 'integer', 'Kommende boliger', 'Boliger, der mangler endnu; 0, når projektet er fuldført', 'Dwellings still to come; 0 once the project is completed'),
('bi_pipeline', 'expected_on', 'date', 'Forventet ibrugtagning', 'Dagen, hvor boligerne ventes taget i brug', 'When they are expected to be taken into use'),
('bi_pipeline', 'overdue', 'smallint', 'Forsinket', '1: dagen er passeret, og der mangler boliger', '1: that day has passed, and dwellings are still to come'),
('bi_expected_residents', 'project_id', 'bigint', 'Projektnummer', 'Projektets nummer', 'Number of the project'),
('bi_expected_residents', 'project_name', 'varchar(140)', 'Projekt', 'Projektets navn', 'Name of the project'),
('bi_expected_residents', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område, som planen er knyttet til; none: ikke oplyst', 'Kind of the area that the plan names; none: not known'),
('bi_expected_residents', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; none: ikke oplyst', 'Code of the area; none: not known'),
('bi_expected_residents', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_expected_residents', 'year', 'integer', 'Ibrugtagning, år', 'Året, hvor boligerne ventes taget i brug, tidligst datadatoens; 0: ikke oplyst. Tallene gælder et år efter', 'Year in which the dwellings are expected to be taken into use, not before that of the data date; 0: not known. Figures are for a year after'),
('bi_expected_residents', 'age_band', 'varchar(20)', 'Alder, kode', 'Aldersgruppens kode', 'Code of the age band'),
('bi_expected_residents', 'age_band_label', 'varchar(80)', 'Alder', 'Aldersgruppen', 'Age band'),
('bi_expected_residents', 'age_band_sort', 'integer', 'Alder, rækkefølge', 'Aldersgruppens rækkefølge', 'Order of the age bands'),
('bi_expected_residents', 'dwellings', 'integer', 'Kommende boliger', 'Boliger i projektet, der kommer det år', 'Dwellings of the project that come in that year'),
('bi_expected_residents', 'expected', 'numeric(10,1)', 'Forventede beboere', 'Beboere, der kan ventes; tom, hvor der er for få boliger at sammenligne med', 'Residents expected; empty where too few dwellings are comparable'),
('bi_expected_residents', 'lower', 'integer', 'Nedre grænse', 'Nedre 95 %-grænse for projektet', 'Lower 95 % limit of the project'),
('bi_expected_residents', 'upper', 'integer', 'Øvre grænse', 'Øvre 95 %-grænse for projektet', 'Upper 95 % limit of the project'),
('bi_expected_residents', 'basis_label', 'varchar(80)', 'Sammenlignet med', 'Hvilke nye boliger tallet bygger på', 'Which new dwellings the figure rests on, Danish'),
('bi_expected_residents', 'comparable_dwellings', 'integer', 'Sammenlignelige boliger', 'Hvor mange nye boliger tallet bygger på', 'How many new dwellings the figure rests on'),
('bi_backtest', 'left_out_year', 'integer', 'Udeladt år', 'Året, hvor boligerne blev taget i brug', 'Year in which the dwellings were taken into use'),
('bi_backtest', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_backtest', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_backtest', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Ejerformens kode', 'Code of the tenure'),
('bi_backtest', 'tenure_label', 'varchar(80)', 'Ejerform', 'Ejerformen', 'Tenure'),
('bi_backtest', 'age_band', 'varchar(20)', 'Alder, kode', 'Aldersgruppens kode', 'Code of the age band'),
('bi_backtest', 'age_band_label', 'varchar(80)', 'Alder', 'Aldersgruppen', 'Age band'),
('bi_backtest', 'age_band_sort', 'integer', 'Alder, rækkefølge', 'Aldersgruppens rækkefølge', 'Order of the age bands'),
('bi_backtest', 'dwellings', 'integer', 'Nye boliger', 'Nye boliger det år', 'New dwellings of the year'),
('bi_backtest', 'expected', 'numeric(10,1)', 'Forventede beboere', 'Beboere et år efter, forudsagt ud fra de andre år', 'Residents a year after, told from the other years'),
('bi_backtest', 'lower', 'integer', 'Nedre grænse', 'Nedre 95 %-grænse', 'Lower 95 % limit'),
('bi_backtest', 'upper', 'integer', 'Øvre grænse', 'Øvre 95 %-grænse', 'Upper 95 % limit'),
('bi_backtest', 'actual', 'integer', 'Faktiske beboere', 'Beboere, der var der et år efter; tom, hvor de er færre end 10, men ikke 0', 'Residents there were a year after; empty where there were fewer than ten, but not none'),
('bi_backtest', 'inside', 'smallint', 'Inden for grænserne', '1: de faktiske beboere ligger inden for grænserne', '1: the actual residents lie within the limits'),
('bi_backtest', 'basis_label', 'varchar(80)', 'Sammenlignet med', 'Hvilke nye boliger forudsigelsen bygger på', 'Which new dwellings it was told from, Danish'),
('bi_indicator', 'year', 'integer', 'År', 'Året; 0: ikke oplyst', 'Year; 0: not known'),
('bi_indicator', 'period', 'varchar(20)', 'Periode', 'Del af året, som kilden skriver den; tom: hele året', 'Part of the year, as the source writes it; empty: the year'),
('bi_indicator', 'source', 'varchar(40)', 'Kilde', 'Hvis tal det er', 'Whose figure it is'),
('bi_indicator', 'municipality', 'varchar(11)', 'Kommunekode', 'Kommunens kode; 0000: hele landet', 'Code of the municipality; 0000: the country'),
('bi_indicator', 'municipality_label', 'varchar(80)', 'Kommune', 'Kommunens navn', 'Name of the municipality'),
('bi_indicator', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; all: det hele', 'Kind of area; all: the whole'),
('bi_indicator', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; all: det hele', 'Code of the area; all: the whole'),
('bi_indicator', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_indicator', 'measure', 'varchar(200)', 'Mål, kode', 'Hvad kilden måler', 'What the source measures'),
('bi_indicator', 'copy', 'integer', 'Kopi', 'Nummer blandt rækker, der ellers er ens', 'Counts rows that are alike in all the columns before it'),
('bi_indicator', 'measure_label', 'varchar(200)', 'Mål', 'Hvad der måles', 'What is measured, Danish'),
('bi_indicator', 'own_measure', 'varchar(40)', 'Eget mål', 'Monitorens eget mål for det samme; tom, hvor der intet er', 'The monitor''s own measure for the same thing; empty where there is none'),
('bi_indicator', 'unit', 'varchar(60)', 'Enhed, kode', 'Enheden, som kilden skriver den', 'Unit as the source writes it'),
('bi_indicator', 'unit_label', 'varchar(60)', 'Enhed', 'Enheden på dansk', 'Unit, Danish'),
('bi_indicator', 'definition', 'varchar(1000)', 'Definition', 'Hvordan kilden definerer det', 'How the source defines it'),
('bi_indicator', 'is_own', 'smallint', 'Egen kommune', '1: tallet gælder hele monitorens eget område', '1: the figure is about the whole of the monitor''s own study area'),
('bi_indicator', 'own_value', 'numeric(18,4)', 'Eget tal', 'Monitorens tal for sit eget område', 'The monitor''s figure for its own study area'),
('bi_indicator', 'value', 'numeric(18,4)', 'Kildens tal', 'Kildens tal', 'The source''s figure'),
('bi_indicator', 'difference', 'numeric(18,4)', 'Forskel', 'Eget tal minus kildens; antal kun for egen kommune', 'Own figure less the source''s; of numbers for the own municipality only'),
('bi_indicator', 'difference_percent', 'numeric(10,2)', 'Forskel, pct.', 'Forskellen i procent af kildens tal', 'The difference in per cent of the source''s figure'),
('bi_indicator', 'explanation_da', 'varchar(1000)', 'Forklaring', 'Hvorfor tallene kan afvige', 'Why the figures may differ, Danish')
$$;
COMMENT ON FUNCTION byudv.bi_plans_columns() IS 'Used inside: the columns of the views of plans and comparison, as monitor_view_columns() lists them.';
-- BI views as CSV that Danish Excel opens with a double click. scripts/export.sh writes the files.

CREATE FUNCTION byudv.danish_csv_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE WHEN x.safe ~ '[;"\n\r]|^\s|\s$' THEN '"' || replace(x.safe, '"', '""') || '"' ELSE x.safe END
FROM (SELECT CASE WHEN value ~ '^\s*[=+@-]|^[\t\r]' THEN '''' || value ELSE value END) x (safe)
$$;
COMMENT ON FUNCTION byudv.danish_csv_text(text) IS 'Used inside: text as a cell of byudv.danish_csv().';

CREATE FUNCTION byudv.danish_csv(monitor text, view_name text) RETURNS SETOF text LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted record;
    header text;
    cells text;
BEGIN
    SELECT v.* INTO wanted FROM byudv.monitor_views() v WHERE v.view_name = danish_csv.view_name;
    IF wanted.view_name IS NULL THEN
        RAISE EXCEPTION 'there is no BI view "%"', view_name USING ERRCODE = 'undefined_table',
            DETAIL = format('The views are: %s.', (SELECT string_agg(v.view_name, ', ' ORDER BY v.view_name COLLATE "C") FROM byudv.monitor_views() v)),
            HINT = 'Give the name of one of them, without schema.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = monitor AND c.relname = wanted.view_name) THEN
        RAISE EXCEPTION 'there is no view "%" in monitor "%"', view_name, monitor USING ERRCODE = 'undefined_table',
            DETAIL = format('Monitors are: %s.', coalesce((SELECT string_agg(m.monitor, ', ' ORDER BY m.monitor COLLATE "C") FROM byudv.monitors() m), 'none')),
            HINT = 'Give the name of one of them. Where it is of an older version, its owner runs byudv.upgrade_monitor().';
    END IF;
    SELECT string_agg(byudv.danish_csv_text(k.label_da), ';' ORDER BY k.ordinal),
        string_agg(format(CASE WHEN k.type LIKE 'numeric%' THEN 'replace(v.%I::text, ''.'', '','')' WHEN k.type = 'date' THEN 'to_char(v.%I, ''DD-MM-YYYY'')'
            WHEN k.type LIKE 'timestamp%' THEN 'to_char(v.%I, ''DD-MM-YYYY HH24:MI:SS'')' WHEN k.type LIKE 'varchar%' THEN 'byudv.danish_csv_text(v.%I)' ELSE 'v.%I::text' END,
            k.column_name), ', ' ORDER BY k.ordinal)
    INTO header, cells FROM byudv.monitor_view_columns() k WHERE k.view_name = wanted.view_name;
    RETURN NEXT header;
    -- in the order of the view's key, so that two exports can be compared
    RETURN QUERY EXECUTE format('SELECT array_to_string(ARRAY[%s], '';'', '''') FROM %I.%I v ORDER BY %s', cells, monitor, view_name,
        (SELECT string_agg(format('v.%I', k.name), ', ' ORDER BY k.n) FROM unnest(string_to_array(wanted.key, ', ')) WITH ORDINALITY k (name, n)));
END
$$;
COMMENT ON FUNCTION byudv.danish_csv(text, text) IS 'A BI view as lines of CSV for Danish Excel: semicolons between the cells, a comma as decimal mark, dates as dd-mm-yyyy, Danish headers in the first line, NULL as an empty cell; in the order of the view''s key. Text with a semicolon, a quotation mark, a line break or a blank at its ends is quoted. Text that Excel would take for a formula, since it begins with =, +, - or @, also behind blanks, gets an apostrophe in front; so does text that begins with a tab or a carriage return. That holds where semicolons part the cells, as in Danish Excel; where another character does, what stands behind it in a text is a cell of its own. monitor: name of the monitor; view_name: the view, without schema. For a file in UTF-8, write a byte order mark before the first line, as scripts/export.sh does. Whoever may read the view may export it. Errors: no such view or monitor.';
-- BI views: dwellings to look at, findings in the registers, refreshes, and the list of all views.

CREATE FUNCTION byudv.bi_review_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_tenure_review', 'dwelling_id', 'Boliger, hvis ejerform bør ses efter: hvad registret, Danmarks Statistik og den rettede ejerform siger, hvorfor, og hvad der kan gøres. Boliger, som personer med adressebeskyttelse bor i eller ejer, er ikke med',
    'Dwellings whose tenure is to be looked at: what the register, Statistics Denmark and the corrected tenure say, why, and what can be done. Dwellings in which persons with address protection live or which they own are left out',
    'Hvilke boligers ejerform skal vi se efter først?',
    $q$SELECT r.dwelling_id, r.address, r.area_kind, r.area_code, r.area_label, r.areas, r.dwelling_type, t.label_da AS dwelling_type_label, r.tenure_register, g.label_da AS tenure_register_label,
         r.tenure_dst, s.label_da AS tenure_dst_label, r.tenure, n.label_da AS tenure_label, r.certainty, c.label_da AS certainty_label, r.why, w.label_da AS why_label, w.sort_order AS priority, r.reason, r.organisation, r.issues, r.advice
       FROM %1$I.tenure_review r LEFT JOIN byudv.dwelling_type_code t ON t.code = r.dwelling_type LEFT JOIN byudv.tenure_code g ON g.code = r.tenure_register
       LEFT JOIN byudv.tenure_code s ON s.code = r.tenure_dst LEFT JOIN byudv.tenure_code n ON n.code = r.tenure LEFT JOIN byudv.bi_codes() c ON c.attribute = 'certainty' AND c.code = r.certainty
       LEFT JOIN byudv.bi_codes() w ON w.attribute = 'review' AND w.code = r.why$q$),
('bi_data_issue', 'issue, dwelling_id', 'Fund om boliger i registrene, med adresse og hvad der kan gøres. Boliger, som personer med adressebeskyttelse bor i eller ejer, er ikke med; fund om personer er kun talt i bi_data_issue_summary',
    'Findings about dwellings in the registers, with address and what can be done. Dwellings in which persons with address protection live or which they own are left out; findings about persons are only counted, in bi_data_issue_summary',
    'Hvilke fejl i BBR skal rettes, og på hvilke adresser?',
    $q$SELECT i.issue, k.label_da AS issue_label, k.severity, v.label_da AS severity_label, k.sort_order AS issue_sort, i.dwelling_id, i.address, i.area_kind, i.area_code, i.area_label, i.areas, i.dwelling_type, t.label_da AS dwelling_type_label,
         i.detail, k.advice_da AS advice
       FROM %1$I.dwelling_issue i JOIN byudv.data_issue_kind k ON k.issue = i.issue LEFT JOIN byudv.dwelling_type_code t ON t.code = i.dwelling_type
       LEFT JOIN byudv.bi_codes() v ON v.attribute = 'severity' AND v.code = k.severity$q$),
('bi_data_issue_summary', 'issue', 'Fund i registrene talt efter slags, også dem om personer og dem, der ingen er af. Er der færre personer bag end mindstetallet, er antallet diskretioneret',
    'Findings in the registers by kind, those about persons as well, and kinds of which there are none. Where fewer persons than the least number stand behind, the number is suppressed',
    'Hvor mange fejl er der af hver slags?',
    -- A suppressed number must not follow from the total of run_log, nor from that each is 1 at least: with it go others, the smallest first, until min_cell - 1 persons more than these can be anywhere.
    $q$SELECT k.issue, k.label_da AS issue_label, k.severity, v.label_da AS severity_label, k.sort_order AS issue_sort, CASE WHEN k.about_persons THEN 'person' ELSE 'dwelling' END AS about,
         CASE WHEN NOT h.hidden THEN n.findings END AS findings, CASE WHEN h.hidden THEN 1 ELSE 0 END AS hidden, k.meaning_da AS meaning, k.advice_da AS advice
       FROM (SELECT x.*, x.issue LIKE '%%registration%%' OR x.issue IN ('unknown_dwelling', 'unknown_person') AS about_persons FROM byudv.data_issue_kind x) k
       LEFT JOIN byudv.bi_codes() v ON v.attribute = 'severity' AND v.code = k.severity
       CROSS JOIN (SELECT (s.parameters ->> 'min_cell')::int AS min_cell FROM %1$I.state s) p
       LEFT JOIN (SELECT a.*, coalesce(sum(a.persons - 1) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before, min(nullif(a.persons, 0)) OVER () AS least
           FROM (SELECT i.issue, count(*) AS findings, count(DISTINCT i.person_id) AS persons FROM %1$I.data_issue i GROUP BY i.issue) a WINDOW w AS (PARTITION BY a.persons > 0 ORDER BY a.persons, a.issue COLLATE "C")) c ON c.issue = k.issue
       CROSS JOIN LATERAL (SELECT coalesce(c.findings, 0) AS findings) n
       CROSS JOIN LATERAL (SELECT coalesce(c.persons > 0 AND c.least < p.min_cell AND (c.persons < p.min_cell OR c.before < p.min_cell - 1), false) AS hidden) h$q$),
('bi_run', 'run_id, step', 'Opdateringer og deres trin: hvornår, hvor længe, hvilken datadato, og hvor gamle tallene er', 'Refreshes and their steps: when, how long, which data date, and how old the figures are', 'Er tallene friske?',
    $q$SELECT r.run_id, r.step, coalesce(c.label_da, r.step) AS step_label, coalesce(array_position(byudv.refresh_steps(), r.step), 0) AS step_no, CASE WHEN r.run_id = l.run_id THEN 1 ELSE 0 END AS is_latest,
         r.started_at AT TIME ZONE 'Europe/Copenhagen' AS started_at, r.finished_at AT TIME ZONE 'Europe/Copenhagen' AS finished_at, round(extract(epoch FROM r.finished_at - r.started_at), 2) AS seconds,
         r.outcome, o.label_da AS outcome_label, r.rows_added, r.rows_removed, CASE WHEN isfinite(r.as_of) THEN r.as_of END AS data_date, round(extract(epoch FROM now() - r.finished_at) / 3600, 1) AS hours_since, (s.parameters ->> 'min_cell')::int AS min_cell
       FROM %1$I.run_log r CROSS JOIN %1$I.state s CROSS JOIN (SELECT max(x.run_id) AS run_id FROM %1$I.run_log x WHERE x.step = 'refresh' AND x.outcome IN ('done', 'unchanged')) l
       LEFT JOIN byudv.bi_codes() c ON c.attribute = 'step' AND c.code = r.step LEFT JOIN byudv.bi_codes() o ON o.attribute = 'outcome' AND o.code = r.outcome$q$),
('bi_data_dictionary', 'view_name, column_name', 'Alle visninger og deres kolonner på dansk og engelsk', 'All views and their columns in Danish and English', 'Hvad betyder kolonnen, og hvilken visning svarer på mit spørgsmål?',
    $q$SELECT v.view_name, v.ordinal AS view_no, v.description_da AS view_description_da, v.description_en AS view_description_en, v.question_da, row_number() OVER (PARTITION BY v.view_name ORDER BY c.ordinal) AS column_no,
         c.column_name, c.type, c.label_da, c.description_da, c.description_en, CASE WHEN c.column_name = ANY (string_to_array(v.key, ', ')) THEN 1 ELSE 0 END AS is_key
       FROM byudv.monitor_views() v JOIN byudv.monitor_view_columns() c ON c.view_name = v.view_name$q$)
$$;
COMMENT ON FUNCTION byudv.bi_review_views() IS 'Used inside: the views of what to look at, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_review_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 75 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_tenure_review', 'dwelling_id', 'bigint', 'Bolignummer', 'Boligens nummer i monitoren', 'Number of the dwelling in the monitor'),
('bi_tenure_review', 'address', 'varchar(200)', 'Adresse', 'Boligens adresse', 'Address'),
('bi_tenure_review', 'area_kind', 'varchar(40)', 'Områdetype', 'Den fineste inddeling, der rummer næsten alle boliger', 'The finest kind of area that holds nearly all homes'),
('bi_tenure_review', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_tenure_review', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_tenure_review', 'areas', 'varchar(400)', 'Alle områder', 'Alle områder, som boligen ligger i', 'All areas that the dwelling lies in'),
('bi_tenure_review', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_tenure_review', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_tenure_review', 'tenure_register', 'varchar(30)', 'Registrets ejerform, kode', 'Ejerformen efter registrets ejerforholdskode', 'Code of the tenure by the register''s owner code'),
('bi_tenure_review', 'tenure_register_label', 'varchar(80)', 'Registrets ejerform', 'Ejerformen efter registrets ejerforholdskode', 'Tenure by the register''s owner code'),
('bi_tenure_review', 'tenure_dst', 'varchar(30)', 'Danmarks Statistiks ejerform, kode', 'Ejerformen som Danmarks Statistik opgør den', 'Code of the tenure as Statistics Denmark reads it'),
('bi_tenure_review', 'tenure_dst_label', 'varchar(80)', 'Danmarks Statistiks ejerform', 'Ejerformen som Danmarks Statistik opgør den', 'Tenure as Statistics Denmark reads it'),
('bi_tenure_review', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_tenure_review', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_tenure_review', 'certainty', 'varchar(10)', 'Sikkerhed, kode', 'high, medium eller low', 'high, medium or low'),
('bi_tenure_review', 'certainty_label', 'varchar(20)', 'Sikkerhed', 'Hvor sikker den rettede ejerform er', 'How certain the corrected tenure is'),
('bi_tenure_review', 'why', 'varchar(20)', 'Hvorfor på listen, kode', 'Koden for, hvorfor boligen er på listen', 'Code of why the dwelling is listed'),
('bi_tenure_review', 'why_label', 'varchar(80)', 'Hvorfor på listen', 'Hvorfor boligen er på listen', 'Why the dwelling is listed'),
('bi_tenure_review', 'priority', 'integer', 'Rækkefølge', 'De laveste tal ses efter først', 'Those with the lowest numbers are to be looked at first'),
('bi_tenure_review', 'reason', 'varchar(400)', 'Begrundelse', 'Hvorfor den rettede ejerform er, som den er; uden navne på personer', 'Why the corrected tenure is what it is, in Danish, without names of persons'),
('bi_tenure_review', 'organisation', 'varchar(200)', 'Boligorganisation', 'Boligorganisation, som ejerens navn viser', 'Housing organisation that the owner''s name tells'),
('bi_tenure_review', 'issues', 'varchar(400)', 'Fund', 'Fund i registrene om boligens ejerforhold', 'Findings in the registers about its tenure, in Danish'),
('bi_tenure_review', 'advice', 'varchar(400)', 'Hvad kan gøres', 'Hvad der kan gøres', 'What can be done, in Danish'),
('bi_data_issue', 'issue', 'varchar(40)', 'Fund, kode', 'Koden for fundets slags', 'Code of the kind of finding'),
('bi_data_issue', 'issue_label', 'varchar(80)', 'Fund', 'Fundets slags', 'Kind of finding'),
('bi_data_issue', 'severity', 'varchar(10)', 'Alvor, kode', 'error, warning eller notice', 'error, warning or notice'),
('bi_data_issue', 'severity_label', 'varchar(40)', 'Alvor', 'Hvor alvorligt det er', 'How serious it is'),
('bi_data_issue', 'issue_sort', 'integer', 'Rækkefølge', 'Rækkefølge af slags', 'Order of kinds'),
('bi_data_issue', 'dwelling_id', 'bigint', 'Bolignummer', 'Boligens nummer i monitoren', 'Number of the dwelling in the monitor'),
('bi_data_issue', 'address', 'varchar(200)', 'Adresse', 'Boligens adresse', 'Address'),
('bi_data_issue', 'area_kind', 'varchar(40)', 'Områdetype', 'Den fineste inddeling, der rummer næsten alle boliger', 'The finest kind of area that holds nearly all homes'),
('bi_data_issue', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_data_issue', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_data_issue', 'areas', 'varchar(400)', 'Alle områder', 'Alle områder, som boligen ligger i', 'All areas that the dwelling lies in'),
('bi_data_issue', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_data_issue', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_data_issue', 'detail', 'varchar(400)', 'Hvad der er fundet', 'Hvad der er fundet; uden oplysninger om enkelte personer', 'What was found, in Danish, without what concerns single persons'),
('bi_data_issue', 'advice', 'varchar(400)', 'Hvad kan gøres', 'Hvad der kan gøres', 'What can be done, in Danish'),
('bi_data_issue_summary', 'issue', 'varchar(40)', 'Fund, kode', 'Koden for fundets slags', 'Code of the kind of finding'),
('bi_data_issue_summary', 'issue_label', 'varchar(80)', 'Fund', 'Fundets slags', 'Kind of finding'),
('bi_data_issue_summary', 'severity', 'varchar(10)', 'Alvor, kode', 'error, warning eller notice', 'error, warning or notice'),
('bi_data_issue_summary', 'severity_label', 'varchar(40)', 'Alvor', 'Hvor alvorligt det er', 'How serious it is'),
('bi_data_issue_summary', 'issue_sort', 'integer', 'Rækkefølge', 'Rækkefølge af slags', 'Order of kinds'),
('bi_data_issue_summary', 'about', 'varchar(10)', 'Om', 'person: om tilmeldinger; dwelling: om boliger', 'person: about records of persons; dwelling: about dwellings'),
('bi_data_issue_summary', 'findings', 'bigint', 'Antal', 'Antal fund; tomt er diskretioneret', 'Findings; NULL: suppressed'),
('bi_data_issue_summary', 'hidden', 'smallint', 'Diskretioneret', '1: antallet vises ikke', '1: the number is suppressed'),
('bi_data_issue_summary', 'meaning', 'varchar(400)', 'Betydning', 'Hvad fundet betyder', 'What the finding means, in Danish'),
('bi_data_issue_summary', 'advice', 'varchar(400)', 'Hvad kan gøres', 'Hvad der kan gøres', 'What can be done, in Danish'),
('bi_run', 'run_id', 'bigint', 'Opdatering', 'Opdateringens nummer', 'Number of the refresh'),
('bi_run', 'step', 'varchar(40)', 'Trin, kode', 'Trinnet; refresh er opdateringen som helhed', 'The step; refresh is the whole'),
('bi_run', 'step_label', 'varchar(80)', 'Trin', 'Trinnets navn', 'Name of the step, Danish'),
('bi_run', 'step_no', 'integer', 'Rækkefølge', 'Trinnets plads; 0 er opdateringen som helhed', 'Place of the step; 0 is the whole'),
('bi_run', 'is_latest', 'smallint', 'Den seneste', '1: den seneste opdatering, der er gennemført', '1: the latest refresh that was completed'),
('bi_run', 'started_at', 'timestamp', 'Begyndt', 'Begyndt, dansk tid', 'Begun, Danish time'),
('bi_run', 'finished_at', 'timestamp', 'Sluttet', 'Sluttet, dansk tid', 'Ended, Danish time'),
('bi_run', 'seconds', 'numeric(12,2)', 'Sekunder', 'Varighed i sekunder', 'Duration, seconds'),
('bi_run', 'outcome', 'varchar(20)', 'Resultat, kode', 'Koden for, hvordan det gik', 'Code of how it went'),
('bi_run', 'outcome_label', 'varchar(80)', 'Resultat', 'Hvordan det gik', 'How it went, Danish'),
('bi_run', 'rows_added', 'bigint', 'Rækker skrevet', 'Rækker, der er skrevet', 'Rows written'),
('bi_run', 'rows_removed', 'bigint', 'Rækker fjernet', 'Rækker, der er fjernet', 'Rows removed'),
('bi_run', 'data_date', 'date', 'Datadato', 'Tallene gælder for dagene før denne dato', 'The figures are of the days before this date'),
('bi_run', 'hours_since', 'numeric(12,1)', 'Timer siden', 'Timer siden den sluttede', 'Hours since it ended'),
('bi_run', 'min_cell', 'integer', 'Mindste antal personer', 'Færre personer end dette vises ikke', 'Fewer persons than this are not shown'),
('bi_data_dictionary', 'view_name', 'varchar(63)', 'Visning', 'Visningens navn', 'Name of the view'),
('bi_data_dictionary', 'view_no', 'integer', 'Visningens nummer', 'Visningernes rækkefølge', 'Order of the views'),
('bi_data_dictionary', 'view_description_da', 'varchar(1000)', 'Om visningen', 'Hvad visningen viser', 'What the view shows, Danish'),
('bi_data_dictionary', 'view_description_en', 'varchar(1000)', 'Om visningen, engelsk', 'Hvad visningen viser, på engelsk', 'What the view shows, English'),
('bi_data_dictionary', 'question_da', 'varchar(400)', 'Spørgsmål', 'Et spørgsmål, som visningen svarer på', 'A question that it answers, Danish'),
('bi_data_dictionary', 'column_no', 'integer', 'Kolonnens nummer', 'Kolonnens plads', 'Place of the column'),
('bi_data_dictionary', 'column_name', 'varchar(63)', 'Kolonne', 'Kolonnens navn', 'Name of the column'),
('bi_data_dictionary', 'type', 'varchar(30)', 'Datatype', 'Kolonnens datatype', 'Its data type'),
('bi_data_dictionary', 'label_da', 'varchar(120)', 'Overskrift', 'Kolonnens overskrift', 'Header for people, Danish'),
('bi_data_dictionary', 'description_da', 'varchar(1000)', 'Beskrivelse', 'Hvad kolonnen holder', 'What the column holds, Danish'),
('bi_data_dictionary', 'description_en', 'varchar(1000)', 'Beskrivelse, engelsk', 'Hvad kolonnen holder, på engelsk', 'What the column holds, English'),
('bi_data_dictionary', 'is_key', 'smallint', 'Del af nøglen', '1: kolonnen er med i visningens nøgle', '1: the column is a part of the view''s key')
$$;
COMMENT ON FUNCTION byudv.bi_review_columns() IS 'Used inside: the columns of the views of what to look at, as monitor_view_columns() lists them.';
-- What the page of `make dashboard` shows, as one JSON value made from the BI views; and the shapes of areas, for its map and others.

CREATE FUNCTION byudv.bi_shape_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_area_shape', 'area_kind, area_code, piece', 'Områdernes form som GeoJSON, delt i stykker, da mange værktøjer skærer lange tekster af',
    'Shapes of areas as GeoJSON, in pieces to be put together in their order, since many tools cut long texts', 'Hvor ligger områderne?',
    $q$SELECT a.area_kind, a.area_code, a.area_label, n.piece, substr(a.geojson, (n.piece - 1) * 3900 + 1, 3900) AS geojson
       FROM %1$I.area_list a CROSS JOIN LATERAL generate_series(1, (length(a.geojson) + 3899) / 3900) n (piece)$q$)
$$;
COMMENT ON FUNCTION byudv.bi_shape_views() IS 'Used inside: the view of shapes, as monitor_views() lists it.';

CREATE FUNCTION byudv.bi_shape_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_area_shape', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område', 'Kind of area'),
('bi_area_shape', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_area_shape', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_area_shape', 'piece', 'integer', 'Stykke', 'Stykkets nummer fra 1', 'Counts the pieces from 1'),
('bi_area_shape', 'geojson', 'varchar(4000)', 'GeoJSON', 'Et stykke af formen, GeoJSON i WGS 84', 'A piece of the shape, GeoJSON in WGS 84')
$$;
COMMENT ON FUNCTION byudv.bi_shape_columns() IS 'Used inside: the columns of the view of shapes, as monitor_view_columns() lists them.';

-- A table has one row for each combination of its keys. With by_year its measures are series over all years, and absent is what stands where the view has no
-- row: counts that are absent are 0. persons are sums of those cells that are not
-- suppressed, and hidden is how many are.
CREATE FUNCTION byudv.dashboard_tables(OUT name text, OUT keys text[], OUT measures text[], OUT by_year boolean, OUT absent text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 30 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('areas', '{area,area_kind,area_code,area_kind_label,area_label}'::text[], '{}'::text[], false, NULL, $q$SELECT * FROM area$q$),
('codes', '{attribute,code,label,sort_order}', '{}', false, NULL, $q$SELECT 'tenure' AS attribute, tenure AS code, tenure_label AS label, sort_order FROM %1$I.bi_dim_tenure
    UNION ALL SELECT 'dwelling_type', dwelling_type, dwelling_type_label, sort_order FROM %1$I.bi_dim_dwelling_type UNION ALL SELECT 'new_build', new_build, new_build_label, sort_order FROM %1$I.bi_dim_new_build
    UNION ALL SELECT 'population', population, population_label, sort_order FROM %1$I.bi_dim_population UNION ALL SELECT 'age_band', age_band, age_band_label, sort_order FROM %1$I.bi_dim_age_band
    UNION ALL SELECT 'household_type', household_type, household_type_label, sort_order FROM %1$I.bi_dim_household_type UNION ALL SELECT 'income_band', income_band, income_band_label, sort_order FROM %1$I.bi_dim_income_band
    UNION ALL SELECT 'benefit', benefit, benefit_label, sort_order FROM %1$I.bi_dim_benefit UNION ALL SELECT 'size_band', size_band, size_band_label, sort_order FROM %1$I.bi_dim_size_band
    UNION ALL SELECT 'month', month, month_label, sort_order FROM %1$I.bi_dim_month$q$),
('attributes', '{attribute,attribute_label}', '{}', false, NULL, $q$SELECT DISTINCT attribute, attribute_label FROM %1$I.bi_mover_profile WHERE area_kind = 'all' AND area_code = 'all' AND population = 'stayer'$q$),
('years', '{year,is_whole}', '{}', false, NULL, $q$SELECT year, is_whole FROM %1$I.bi_dim_year$q$),
('shapes', '{area,shape}', '{}', false, NULL, $q$SELECT a.area, string_agg(s.geojson, '' ORDER BY s.piece) AS shape FROM %1$I.bi_area_shape s JOIN area a USING (area_kind, area_code) GROUP BY a.area$q$),
('stock', '{area,dwelling_type,tenure}', '{dwellings,vacant}', true, '0',
    $q$SELECT a.area, s.dwelling_type, s.tenure, s.year, sum(s.dwellings) AS dwellings, sum(s.vacant_dwellings) AS vacant FROM %1$I.bi_stock s JOIN area a USING (area_kind, area_code) WHERE s.tenure <> 'hidden' GROUP BY 1, 2, 3, 4$q$),
('residents', '{area}', '{persons,hidden}', true, '0', $q$SELECT a.area, s.year, coalesce(sum(s.residents), 0) AS persons, CASE WHEN bool_or(s.tenure = 'hidden' AND s.residents > 0) THEN 0 ELSE sum(s.hidden) END AS hidden FROM %1$I.bi_stock s JOIN area a USING (area_kind, area_code) GROUP BY 1, 2$q$),
('stock_norm', '{area,norm,tenure}', '{dwellings}', true, '0',
    $q$SELECT a.area, n.norm, n.tenure, s.year, sum(s.dwellings) AS dwellings FROM %1$I.bi_stock_tenure s JOIN area a USING (area_kind, area_code)
       CROSS JOIN LATERAL (VALUES ('register', s.tenure_register), ('dst', s.tenure_dst), ('corrected', s.tenure)) n (norm, tenure) GROUP BY 1, 2, 3, 4$q$),
('turnover', '{area,dwelling_type,tenure,new_build}', '{ends,dwelling_years,rate,lower,upper}', true, 'null',
    $q$SELECT a.area, t.dwelling_type, t.tenure, t.new_build, t.year, t.ends, trim_scale(t.dwelling_years) AS dwelling_years, trim_scale(t.rate) AS rate, trim_scale(t.lower) AS lower, trim_scale(t.upper) AS upper
       FROM %1$I.bi_turnover t JOIN area a USING (area_kind, area_code) WHERE t.dwelling_years >= 20$q$),
('curve', '{group_kind,group_code,group_label,group_sort,years}', '{survival,lower,upper}', false, NULL, $q$SELECT c.group_kind, c.group_code, c.group_label, c.group_sort, trim_scale(c.years) AS years, c.survival, c.lower, c.upper FROM %1$I.bi_duration_curve c$q$),
('duration', '{area,tenure,new_build}', '{median_years,stay_1,stay_1_lower,stay_1_upper,stay_2,stay_2_lower,stay_2_upper,stay_5,stay_5_lower,stay_5_upper,stay_10,stay_10_lower,stay_10_upper}', false, NULL,
    $q$SELECT a.area, d.* FROM %1$I.bi_residence_duration d JOIN area a USING (area_kind, area_code) WHERE d.dwelling_type = 'all' AND d.origin = 'all'$q$),
('moved_on', '{tenure,origin,origin_label}', '{moved_on_1,moved_on_1_lower,moved_on_1_upper,moved_on_2,moved_on_2_lower,moved_on_2_upper,moved_on_5,moved_on_5_lower,moved_on_5_upper}', false, NULL,
    $q$SELECT * FROM %1$I.bi_new_build_stay s WHERE s.origin <> 'all'$q$),
('new_build', '{area,population,tenure}', '{persons,hidden}', true, '0',
    $q$SELECT a.area, b.population, b.tenure, b.year, coalesce(sum(b.persons), 0) AS persons, sum(b.hidden) AS hidden FROM %1$I.bi_new_build b JOIN area a USING (area_kind, area_code)
       WHERE b.population IN ('arrival', 'internal_in') GROUP BY 1, 2, 3, 4$q$),
('new_build_age', '{population,tenure,item}', '{persons,hidden}', true, '0',
    $q$SELECT p.population, p.tenure, p.item, p.year, coalesce(sum(p.persons), 0) AS persons, sum(p.hidden) AS hidden FROM %1$I.bi_mover_profile_dwelling p
       WHERE p.population IN ('arrival', 'internal_in') AND p.new_build = 'new' AND p.attribute = 'age_band' GROUP BY 1, 2, 3, 4$q$),
('moves', '{area,population,tenure}', '{persons,hidden}', true, '0',
    $q$SELECT a.area, m.population, m.tenure, m.year, coalesce(sum(m.persons), 0) AS persons, sum(m.hidden) AS hidden FROM %1$I.bi_moves m JOIN area a USING (area_kind, area_code)
       WHERE m.population <> 'internal_out' GROUP BY 1, 2, 3, 4$q$),
('moves_month', '{population,month}', '{persons,hidden}', true, '0',
    $q$SELECT m.population, m.month, m.year, coalesce(m.persons, 0) AS persons, m.hidden FROM %1$I.bi_moves_month m WHERE m.area_kind = 'all' AND m.area_code = 'all' AND m.population IN ('arrival', 'departure', 'internal_in')$q$),
('moves_place', '{population,place,place_label}', '{persons,hidden}', true, '0',
    $q$SELECT m.population, m.place, m.place_label, m.year, coalesce(m.persons, 0) AS persons, m.hidden FROM %1$I.bi_moves_place m WHERE m.area_kind = 'all' AND m.area_code = 'all' AND m.population IN ('arrival', 'departure')$q$),
('profile', '{area,population,attribute,item}', '{persons}', true, '0',
    $q$SELECT a.area, p.population, p.attribute, p.item, p.year, p.persons FROM %1$I.bi_mover_profile p JOIN area a USING (area_kind, area_code) WHERE p.population IN ('stayer', 'arrival', 'departure', 'internal_in')$q$),
('measure', '{area,population}', '{mean_income}', true, 'null',
    $q$SELECT a.area, m.population, m.year, m.mean_income FROM %1$I.bi_mover_measure m JOIN area a USING (area_kind, area_code) WHERE m.population IN ('stayer', 'arrival', 'departure', 'internal_in')$q$),
('chains', '{area,start_tenure,round,round_label,tenure}', '{vacancies,new_dwellings}', false, NULL,
    $q$SELECT a.area, c.start_tenure, c.round, c.round_label, c.tenure, trim_scale(round(sum(c.vacancies), 3)) AS vacancies, sum(c.new_dwellings) AS new_dwellings FROM %1$I.bi_chains c JOIN area a USING (area_kind, area_code) GROUP BY 1, 2, 3, 4, 5$q$),
('chain_ends', '{start_tenure,outcome,outcome_label,outcome_sort}', '{vacancies}', false, NULL,
    $q$SELECT c.start_tenure, c.outcome, c.outcome_label, c.outcome_sort, trim_scale(round(sum(c.vacancies), 3)) AS vacancies FROM %1$I.bi_chain_ends c GROUP BY 1, 2, 3, 4$q$),
('measures', '{measure,measure_label,unit,sort_order}', '{}', false, NULL, $q$SELECT DISTINCT p.measure, p.measure_label, p.unit, p.sort_order FROM %1$I.bi_area_profile p$q$),
('area_profile', '{area,measure}', '{value}', true, 'null', $q$SELECT a.area, p.measure, p.year, trim_scale(p.value) AS value FROM %1$I.bi_area_profile p JOIN area a USING (area_kind, area_code)$q$),
('pipeline', '{project_id,line,name,area,stage,stage_label,stage_sort,dwelling_type_label,tenure,expected_on,completed_on}', '{expected,realised,to_come}', false, NULL,
    $q$SELECT p.*, a.area FROM %1$I.bi_pipeline p LEFT JOIN area a USING (area_kind, area_code)$q$),
('expected', '{project_id,project_name,area,year,age_band}', '{expected,lower,upper}', false, NULL, $q$SELECT e.*, a.area FROM %1$I.bi_expected_residents e LEFT JOIN area a USING (area_kind, area_code)$q$),
('backtest', '{left_out_year,dwelling_type_label,tenure_label,age_band}', '{expected,lower,upper,actual}', false, NULL, $q$SELECT * FROM %1$I.bi_backtest$q$),
('indicators', '{source,measure,measure_label,municipality,municipality_label,year,period,copy}', '{unit_label,definition,is_own,own_value,value,difference_percent,explanation_da}', false, NULL,
    $q$SELECT i.source, i.measure, i.measure_label, i.municipality, i.municipality_label, i.year, i.period, i.copy, i.unit_label, i.definition, i.is_own, trim_scale(i.own_value) AS own_value, trim_scale(i.value) AS value,
         trim_scale(i.difference_percent) AS difference_percent, i.explanation_da FROM %1$I.bi_indicator i WHERE i.area_kind = 'all' AND i.own_measure <> ''$q$),
('findings', '{finding}', '{question_da,answer_da,effect,effect_unit,lower,upper,statistic,p_value,text_da}', false, NULL, $q$SELECT * FROM %1$I.bi_finding$q$),
('issues', '{issue_sort,issue,issue_label,severity,severity_label}', '{findings,hidden,meaning}', false, NULL, $q$SELECT * FROM %1$I.bi_data_issue_summary$q$),
('runs', '{run_id,started_at,finished_at,outcome,outcome_label,data_date}', '{rows_added,seconds,min_cell}', false, NULL, $q$SELECT * FROM %1$I.bi_run r WHERE r.step = 'refresh' ORDER BY r.run_id DESC LIMIT 15$q$)
$$;
COMMENT ON FUNCTION byudv.dashboard_tables() IS 'Used inside: the tables of dashboard_data(): their keys and measures, whether the measures are series over the years, and the query, in which %1$I is the monitor and area the numbered areas.';

CREATE FUNCTION byudv.dashboard_data(monitor text) RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    t record;
    area text;
    refreshed boolean;
    years text[];
    made jsonb;
    tables jsonb := '{}';
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = monitor AND c.relname = 'bi_dim_area') THEN
        RAISE EXCEPTION 'there is no monitor "%"', monitor USING ERRCODE = 'invalid_schema_name', DETAIL = 'No schema of this name has the view bi_dim_area.',
            HINT = 'SELECT * FROM byudv.monitors(); lists the monitors of this database.';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.bi_run r WHERE r.is_latest = 1)', monitor) INTO refreshed;
    IF NOT refreshed THEN
        RAISE EXCEPTION 'monitor "%" has not been refreshed yet', monitor USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'There are no figures to show.', HINT = format('CALL byudv.refresh(%L);', monitor);
    END IF;
    EXECUTE format('SELECT array_agg(y.year::text ORDER BY y.year) FROM %I.bi_dim_year y', monitor) INTO years;
    area := format($q$SELECT (row_number() OVER (ORDER BY d.area_kind <> 'all', d.area_kind COLLATE "C", d.sort_order) - 1)::int AS area, d.area_kind, d.area_code, d.area_kind_label, d.area_label
        FROM %I.bi_dim_area d WHERE d.area_code <> 'hidden'$q$, monitor);
    FOR t IN SELECT d.*, (SELECT string_agg(format('%I', k.key), ', ' ORDER BY k.n) FROM unnest(d.keys) WITH ORDINALITY k (key, n)) AS key_list,
            (SELECT string_agg(format('%I', m.measure), ', ' ORDER BY m.n) FROM unnest(d.measures) WITH ORDINALITY m (measure, n)) AS measure_list,
            (SELECT string_agg(format('jsonb_object_agg(year, %1$I) AS %1$I', m.measure), ', ' ORDER BY m.n) FROM unnest(d.measures) WITH ORDINALITY m (measure, n)) AS known_list,
            (SELECT string_agg(format('(SELECT jsonb_agg(coalesce(q.%I -> y, %L) ORDER BY y) FROM unnest($1) y)', m.measure, d.absent), ', ' ORDER BY m.n) FROM unnest(d.measures) WITH ORDINALITY m (measure, n)) AS series_list
        FROM byudv.dashboard_tables() d LOOP
        EXECUTE format('WITH area AS MATERIALIZED (%s) SELECT jsonb_agg(r.made ORDER BY r.keys) FROM (SELECT jsonb_build_array(%s) AS keys, jsonb_build_array(%s) AS made FROM (%s) q) r', area, t.key_list,
            concat_ws(', ', t.key_list, CASE WHEN t.by_year THEN t.series_list ELSE t.measure_list END),
            CASE WHEN t.by_year THEN format('SELECT %1$s, %2$s FROM (%3$s) v GROUP BY %1$s', t.key_list, t.known_list, format(t.query, monitor)) ELSE format(t.query, monitor) END) INTO made USING years;
        tables := tables || jsonb_build_object(t.name, jsonb_build_object('columns', t.keys || t.measures, 'rows', coalesce(made, '[]'))
            || CASE WHEN t.by_year THEN jsonb_build_object('series', cardinality(t.keys), 'absent', t.absent::jsonb) ELSE '{}' END);
    END LOOP;
    RETURN jsonb_build_object('monitor', monitor, 'tables', tables);
END
$$;
COMMENT ON FUNCTION byudv.dashboard_data(text) IS 'All that the page of `make dashboard` shows, read from the views bi_... of a monitor, so that a role that grant_reader() let in may call it: {"monitor": its name, "tables": {name: {"columns": [names], "rows": [[values]]}}}. Areas are numbered as in the table areas. Where a table has series, the columns from that one on hold an array over the years of the table years, in their order; absent is what stands where there is no figure. NULL among counts of persons, and hidden, the number of cells that a sum leaves out, mean suppressed. Errors: no such monitor, also NULL; one that has not been refreshed yet.';
-- BI views: where people leave for, the sheet of an area, and the six findings of a municipality's analysts, each with its statistics.
--
-- What findings rest on is what the other views show, read from under their labels, so that nobody is counted whom they do not show. What they suppress is not ignored: limits are those that hold however the
-- suppressed persons are spread. People move as households, and what persons of one household do says little more than what one of them does: numbers of persons
-- count as so many fewer (design effect), by the mean of the squares of those who fill a vacancy together over their mean.

CREATE FUNCTION byudv.danish_decimal(value numeric, digits int) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT replace(round(value, digits)::text, '.', ',')$$;
COMMENT ON FUNCTION byudv.danish_decimal(numeric, int) IS 'Used inside: a number with so many decimals as Danish texts write it, 0,5. NULL gives NULL.';

CREATE FUNCTION byudv.bi_finding_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_destination', 'year, dwelling_type, tenure', 'Fraflyttere til andre kommuner, efter type og ejerform for den bolig, de flytter til; kun dem, hvis nye bolig kendes',
    'Departures to other municipalities by type and tenure of the home that they move to; only those whose new home is known', 'Hvilke boliger flytter fraflytterne til?',
    $q$SELECT d.year, d.dwelling_type, t.label_da AS dwelling_type_label, d.tenure, n.label_da AS tenure_label, d.persons, CASE WHEN d.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.destination d LEFT JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = d.dwelling_type LEFT JOIN byudv.bi_codes() n ON n.attribute = 'tenure' AND n.code = d.tenure$q$),
('bi_area_profile', 'area_kind, area_code, year, measure', 'Områdets nøgletal år for år ved siden af hele områdets', 'Key figures of each area and year beside those of the whole study area; what is suppressed, or rests on too few persons, has no row',
    'Hvordan er dette kvarter i forhold til kommunen?',
    $q$SELECT p.area_kind, p.area_code, a.area_label, p.year, p.measure, m.label_da AS measure_label, m.unit_da AS unit, m.sort_order, p.value, p.municipality_value
       FROM %1$I.area_profile p JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.profile_measures() m ON m.measure = p.measure$q$),
('bi_finding_test', 'finding, test', 'De sammenligninger, som de seks konklusioner i bi_finding hviler på', 'The comparisons that the six findings of bi_finding rest on', 'Hvad er forskellen, og hvor sikker er den?',
    $q$WITH design AS (SELECT greatest(coalesce(sum(f.movers::float8 * f.movers) / nullif(sum(f.movers), 0), 1), 1) AS effect FROM %1$I.vacancy_flow f WHERE f.movers > 0),
    -- all years, by name, so that the index of person_count finds the few rows
    years AS (SELECT array_agg(y) AS list FROM %1$I.state s, generate_series(extract(year FROM (s.parameters ->> 'study_from')::date)::int, extract(year FROM (s.parameters ->> 'as_of')::date)::int) y),
    -- 1: the share of arrivals among those who move into new dwellings and into others
    moved AS (SELECT coalesce(sum(m.persons) FILTER (WHERE m.population = 'arrival' AND m.new_build = 'new'), 0) AS new_arrivals, coalesce(sum(m.persons) FILTER (WHERE m.new_build = 'new'), 0) AS new_all,
            coalesce(sum(m.persons) FILTER (WHERE m.population = 'arrival' AND m.new_build = 'existing'), 0) AS old_arrivals, coalesce(sum(m.persons) FILTER (WHERE m.new_build = 'existing'), 0) AS old_all,
            coalesce(sum(m.persons) FILTER (WHERE m.population = 'arrival' AND m.new_build = 'hidden'), 0) AS hidden_arrivals, coalesce(sum(m.persons) FILTER (WHERE m.population = 'internal_in' AND m.new_build = 'hidden'), 0) AS hidden_internal
        FROM %1$I.person_count m WHERE m.attribute = 'none' AND m.year = ANY ((SELECT y.list FROM years y)::int[]) AND m.area_kind = 'all' AND m.population IN ('arrival', 'internal_in')),
    -- 2: how soon they move on
    stay AS (SELECT max(s.ends) FILTER (WHERE s.origin = 'elsewhere') AS events_1, max(s.person_years) FILTER (WHERE s.origin = 'elsewhere') AS years_1, max(s.ends) FILTER (WHERE s.origin = 'own') AS events_2,
            max(s.person_years) FILTER (WHERE s.origin = 'own') AS years_2, max(s.chi_square) FILTER (WHERE s.origin = 'all') AS chi_square
        FROM %1$I.new_build_stay s WHERE s.tenure = 'all'),
    -- 3: adults without income in each kind of new dwelling: in the last year with incomes or, where that is suppressed, in the last one before that shows some.
    -- A kind that is suppressed in all years says neither yes nor no.
    adult AS (SELECT p.dwelling_type, p.tenure, p.year, sum(p.persons) FILTER (WHERE p.item NOT IN ('child', 'unknown', 'hidden')) AS known, max(p.persons) FILTER (WHERE p.item = 'none') AS without,
            coalesce(max(p.persons) FILTER (WHERE p.item = 'hidden'), 0) AS others, max(CASE WHEN sum(p.persons) FILTER (WHERE p.item NOT IN ('child', 'unknown', 'hidden')) > 0 THEN p.year END) OVER () AS last_year
        FROM %1$I.person_count p WHERE p.attribute = 'income_band' AND p.year = ANY ((SELECT y.list FROM years y)::int[]) AND p.population = 'resident' AND p.area_kind = 'all' AND p.new_build = 'new' AND p.dwelling_type <> 'hidden'
        GROUP BY p.dwelling_type, p.tenure, p.year),
    kind AS (SELECT k.*, row_number() OVER (ORDER BY t.sort_order, n.sort_order, k.dwelling_type, k.tenure) AS no, row_number() OVER (ORDER BY k.without / k.known, k.known DESC, k.dwelling_type, k.tenure) AS rank,
            t.label_da AS dwelling_type_label, n.label_da AS tenure_label
        FROM (SELECT DISTINCT ON (a.dwelling_type, a.tenure) a.* FROM adult a WHERE a.known >= 30 AND a.without IS NOT NULL AND (a.year = a.last_year OR a.without > 0)
            ORDER BY a.dwelling_type, a.tenure, a.without IS NULL, a.year DESC) k
        LEFT JOIN byudv.dwelling_type_code t ON t.code = k.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = k.tenure
        WHERE EXISTS (SELECT FROM adult x WHERE x.dwelling_type = k.dwelling_type AND x.tenure = k.tenure AND x.year = x.last_year AND x.known >= 30)),
    -- 4: turnover by class of home
    class AS (SELECT k.class, k.is_rest, sum(t.ends) AS ends, sum(t.dwelling_years) AS years
        FROM %1$I.turnover t LEFT JOIN byudv.tenure_code n ON n.code = t.tenure CROSS JOIN LATERAL (SELECT CASE WHEN t.tenure = 'private_rental' AND t.new_build = 'new' THEN 'Nye private udlejningsboliger' WHEN t.dwelling_type IN ('detached', 'farmhouse') AND t.tenure = 'owner' THEN 'Parcelhuse'
                WHEN t.tenure = 'social' THEN 'Almene boliger' WHEN t.tenure IN ('unknown', 'foundation', 'public') THEN 'Andre boliger'
                ELSE coalesce(n.label_da, t.tenure) || CASE t.new_build WHEN 'new' THEN ', ny' ELSE '' END END AS class, t.tenure IN ('unknown', 'foundation', 'public') AS is_rest) k
        WHERE t.area_kind = 'all' GROUP BY k.class, k.is_rest HAVING sum(t.dwelling_years) > 0),
    pair AS (SELECT a.class AS class_1, b.class AS class_2, a.ends AS ends_1, a.years AS years_1, b.ends AS ends_2, b.years AS years_2
        FROM class a JOIN class b ON a.class <> b.class WHERE EXISTS (SELECT FROM class c WHERE c.class = 'Parcelhuse') AND EXISTS (SELECT FROM class c WHERE c.class = 'Almene boliger')
            AND (a.class = 'Nye private udlejningsboliger' OR EXISTS (SELECT FROM class c WHERE c.class = 'Nye private udlejningsboliger')
                AND b.class IN ('Parcelhuse', 'Almene boliger') AND a.class NOT IN ('Parcelhuse', 'Almene boliger') AND NOT a.is_rest)),
    -- 5: how unlike two distributions are: the share that would have to change, which is the difference of the shares in those items that the first has more of
    item AS (SELECT p.attribute, p.item, coalesce(sum(p.persons) FILTER (WHERE p.population = 'arrival'), 0) AS a, coalesce(sum(p.persons) FILTER (WHERE p.population = 'departure'), 0) AS d
        FROM %1$I.person_count p WHERE p.attribute IN ('age_band', 'household_type', 'income_band') AND p.year = ANY ((SELECT y.list FROM years y)::int[]) AND p.population IN ('arrival', 'departure') AND p.area_kind = 'all' AND p.dwelling_type = 'all' AND p.item NOT IN ('unknown', 'child')
        GROUP BY p.attribute, p.item),
    share AS (SELECT i.*, sum(i.a) OVER w AS all_a, sum(i.d) OVER w AS all_d FROM item i WINDOW w AS (PARTITION BY i.attribute)),
    unlike AS (SELECT s.attribute, s.all_a, s.all_d, coalesce(sum(s.a) FILTER (WHERE s.a * s.all_d > s.d * s.all_a), 0) AS more_a, coalesce(sum(s.d) FILTER (WHERE s.a * s.all_d > s.d * s.all_a), 0) AS more_d,
            coalesce(greatest(max(s.a) FILTER (WHERE s.item = 'hidden') / s.all_a, max(s.d) FILTER (WHERE s.item = 'hidden') / s.all_d), 0) AS hidden,
            -- what chance alone makes of two equal distributions
            sum(sqrt(2 / pi() * (s.a + s.d) / (s.all_a + s.all_d) * (1 - (s.a + s.d) / (s.all_a + s.all_d)) * (1 / s.all_a + 1 / s.all_d))) / 2 AS by_chance
        FROM share s WHERE s.all_a > 0 AND s.all_d > 0 GROUP BY s.attribute, s.all_a, s.all_d),
    -- 6: what homes movers go to
    goes AS (SELECT sum(g.persons) FILTER (WHERE g.departs) AS all_1, coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.dwelling_type = 'apartment'), 0) AS flats_1, coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.dwelling_type = 'hidden'), 0) AS flats_unknown_1,
            coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.tenure = 'owner'), 0) AS owned_1, coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.tenure = 'hidden'), 0) AS owned_unknown_1,
            sum(g.persons) FILTER (WHERE NOT g.departs) AS all_2, coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.dwelling_type = 'apartment'), 0) AS flats_2, coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.dwelling_type = 'hidden'), 0) AS flats_unknown_2,
            coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.tenure = 'owner'), 0) AS owned_2, coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.tenure = 'hidden'), 0) AS owned_unknown_2
        FROM (SELECT true AS departs, d.dwelling_type, d.tenure, d.persons FROM %1$I.destination d
            UNION ALL SELECT false, m.dwelling_type, m.tenure, m.persons FROM %1$I.person_count m WHERE m.attribute = 'none' AND m.year = ANY ((SELECT y.list FROM years y)::int[]) AND m.area_kind = 'all' AND m.population = 'internal_in') g),
    -- The comparisons: lower and upper are the least and the most that the suppressed persons can make of it
    compared (finding, test, is_main, label, group_1, group_2, value_1, value_2, unit, effect, lower, upper, against, sign, p_value) AS (
        SELECT 1, 1, true, 'Andel tilflyttere blandt dem, der flytter ind', 'Nye boliger', 'Andre boliger', 100 * c.share_1, 100 * c.share_2, 'procentpoint', 100 * c.difference, 100 * w.lower, 100 * b.upper, 0.0, 1,
            CASE WHEN c.difference >= 0 THEN CASE WHEN w.difference > 0 THEN w.p_value ELSE 1 END ELSE CASE WHEN b.difference < 0 THEN b.p_value ELSE 1 END END
        FROM moved m, design d, byudv.compare_shares(m.new_arrivals, m.new_all, m.old_arrivals, m.old_all, d.effect) c,
            byudv.compare_shares(m.new_arrivals, m.new_all + m.hidden_internal, m.old_arrivals + m.hidden_arrivals, m.old_all + m.hidden_arrivals, d.effect) w,
            byudv.compare_shares(m.new_arrivals + m.hidden_arrivals, m.new_all + m.hidden_arrivals, m.old_arrivals, m.old_all + m.hidden_internal, d.effect) b
        UNION ALL
        SELECT 2, 1, true, 'Fraflytninger pr. personår i nye boliger', 'Tilflyttere', 'Egne borgere', c.rate_1, c.rate_2, 'gange', c.ratio, c.lower, c.upper, 1, 1, coalesce(byudv.chi_square_p(s.chi_square / d.effect), c.p_value)
        FROM stay s, design d, byudv.compare_rates(s.events_1, s.years_1, s.events_2, s.years_2, d.effect) c
        UNION ALL
        SELECT 3, k.no, k.rank = 1, 'Andel voksne uden indkomst', format('%%s, %%s (%%s)', k.dwelling_type_label, lower(k.tenure_label), k.year), NULL, k.without, k.known, 'procent', 100 * l.share, 100 * w.lower, 100 * l.upper, 0, 0, NULL
        FROM kind k, byudv.share_limits(k.without, k.known) l, byudv.share_limits(k.without, k.known + k.others) w
        UNION ALL
        SELECT 4, row_number() OVER (ORDER BY p.class_1 COLLATE "C", p.class_2 COLLATE "C"), row_number() OVER (ORDER BY c.ratio, p.class_1 COLLATE "C", p.class_2 COLLATE "C") = 1, 'Fraflytninger pr. boligår',
            p.class_1, p.class_2, c.rate_1, c.rate_2, 'gange', c.ratio, c.lower, c.upper, 1, 1, c.p_value
        FROM pair p, byudv.compare_rates(p.ends_1, p.years_1, p.ends_2, p.years_2) c
        UNION ALL
        SELECT 5, a.no, row_number() OVER (ORDER BY c.difference DESC NULLS LAST, a.no) = 1, 'Forskel i ' || a.label, 'Tilflyttere', 'Fraflyttere', NULL, NULL, 'procent', 100 * c.difference,
            100 * greatest(c.lower - sqrt(d.effect) * u.by_chance - u.hidden, 0), 100 * least(c.upper + u.hidden, 1), 10, -1, CASE WHEN z.z > 0 THEN byudv.chi_square_p(z.z * z.z) / 2 ELSE 1 - byudv.chi_square_p(z.z * z.z) / 2 END
        FROM (VALUES (1, 'age_band', 'alder'), (2, 'household_type', 'husstand'), (3, 'income_band', 'indkomst')) a (no, attribute, label) CROSS JOIN design d LEFT JOIN unlike u ON u.attribute = a.attribute
        CROSS JOIN LATERAL byudv.compare_shares(u.more_a, u.all_a, u.more_d, u.all_d, d.effect) c
        CROSS JOIN LATERAL (SELECT (0.1 - c.difference - u.hidden) / nullif(sqrt(d.effect * (c.share_1 * (1 - c.share_1) / u.all_a + c.share_2 * (1 - c.share_2) / u.all_d)), 0)) z (z)
        UNION ALL
        SELECT 6, x.no, x.no = 3, x.label, x.group_1, x.group_2, 100 * x.share_1, 100 * x.share_2, x.unit, 100 * x.effect, 100 * x.lower, 100 * x.upper, 100 * x.against, 1, x.p_value
        FROM goes g, design d, byudv.share_limits(g.flats_1, g.all_1, d.effect) l1, byudv.share_limits(g.flats_1 + g.flats_unknown_1, g.all_1, d.effect) u1, byudv.share_limits(g.flats_2, g.all_2, d.effect) l2,
            byudv.share_limits(g.flats_2 + g.flats_unknown_2, g.all_2, d.effect) u2, byudv.compare_shares(g.owned_1, g.all_1 - g.owned_unknown_1, g.owned_2, g.all_2 - g.owned_unknown_2, d.effect) c,
            byudv.compare_shares(g.owned_1, g.all_1, g.owned_2 + g.owned_unknown_2, g.all_2, d.effect) w, byudv.compare_shares(g.owned_1 + g.owned_unknown_1, g.all_1, g.owned_2, g.all_2, d.effect) b
        CROSS JOIN LATERAL (VALUES (1, 'Andel, der flytter til etagebolig', 'Fraflyttere', NULL, g.flats_1 / nullif(g.all_1 - g.flats_unknown_1, 0), NULL::float8, 'procent', g.flats_1 / nullif(g.all_1 - g.flats_unknown_1, 0), l1.lower, u1.upper, 0.5,
                byudv.chi_square_p(CASE WHEN l1.share > 0.5 THEN l1.share - 0.5 WHEN u1.share < 0.5 THEN 0.5 - u1.share ELSE 0 END ^ 2 * g.all_1 / (0.25 * d.effect))),
            (2, 'Andel, der flytter til etagebolig', 'Interne flyttere', NULL, g.flats_2 / nullif(g.all_2 - g.flats_unknown_2, 0), NULL, 'procent', g.flats_2 / nullif(g.all_2 - g.flats_unknown_2, 0), l2.lower, u2.upper, 0.5,
                byudv.chi_square_p(CASE WHEN l2.share > 0.5 THEN l2.share - 0.5 WHEN u2.share < 0.5 THEN 0.5 - u2.share ELSE 0 END ^ 2 * g.all_2 / (0.25 * d.effect))),
            (3, 'Andel, der flytter til ejerbolig', 'Fraflyttere', 'Interne flyttere', c.share_1, c.share_2, 'procentpoint', c.difference, w.lower, b.upper, 0,
                CASE WHEN c.difference >= 0 THEN CASE WHEN w.difference > 0 THEN w.p_value ELSE 1 END ELSE CASE WHEN b.difference < 0 THEN b.p_value ELSE 1 END END)) x (no, label, group_1, group_2, share_1, share_2, unit, effect, lower, upper, against, p_value))
    SELECT c.finding, c.test, CASE WHEN c.is_main THEN 1 ELSE 0 END AS is_main, c.label AS test_label, c.group_1, c.group_2, round(c.value_1::numeric, 4) AS value_1, round(c.value_2::numeric, 4) AS value_2,
        round(c.effect::numeric, 4) AS effect, c.unit AS effect_unit, round(c.lower::numeric, 4) AS lower, round(c.upper::numeric, 4) AS upper, round(c.against::numeric, 4) AS against, round(CASE WHEN c.effect IS NOT NULL THEN c.p_value END::numeric, 10) AS p_value,
        CASE WHEN c.effect IS NULL THEN 'Uafklaret' WHEN c.sign = 0 THEN CASE WHEN c.value_1 > 0 THEN 'Ja' ELSE 'Nej' END WHEN c.sign > 0 AND c.lower > c.against OR c.sign < 0 AND c.upper < c.against THEN 'Ja'
            WHEN c.sign > 0 AND c.upper < c.against OR c.sign < 0 AND c.lower > c.against THEN 'Nej' ELSE 'Uafklaret' END AS answer_da, round(d.effect::numeric, 4) AS design_effect
    FROM compared c, design d$q$),
('bi_finding', 'finding', 'Seks konklusioner om flytninger og nybyggeri: om de holder her, hvor stor forskellen er, og hvor sikker den er', 'Six findings on moves and new dwellings: whether they hold here, how large the difference is, and how sure',
    'Tiltrækker nye boliger tilflyttere, og holder de andre konklusioner hos os?',
    $q$WITH test AS MATERIALIZED (SELECT x.* FROM %1$I.bi_finding_test x)
       SELECT f.finding, f.question_da, t.answer_da, m.effect, m.effect_unit, m.lower, m.upper, f.statistic, t.p_value,
        concat_ws(' ', CASE t.answer_da WHEN 'Ja' THEN 'Ja.' WHEN 'Nej' THEN 'Nej.' WHEN 'Uafklaret' THEN CASE WHEN m.effect IS NULL THEN 'Uafklaret: der mangler tal.' ELSE 'Uafklaret: forskellen er ikke sikker.' END END,
          CASE WHEN m.effect IS NOT NULL THEN CASE f.finding
            WHEN 1 THEN format('Af dem, der flytter ind i nye boliger, kommer %%s %%%% udefra; i andre boliger %%s %%%%. Forskellen er %%s procentpoint (95 %%%%: %%s til %%s).', v.value_1, v.value_2, v.effect, v.lower, v.upper)
            WHEN 2 THEN format('Tilflyttere i nye boliger flytter videre %%s gange så ofte som egne borgere (95 %%%%: %%s til %%s): %%s mod %%s gange pr. personår.', v.effect_2, v.lower_2, v.upper_2, v.value_1_2, v.value_2_2)
            WHEN 3 THEN format('I %%s af de %%s slags nye boliger, som det kan vises for, er der voksne uden indkomst. Lavest er andelen i %%s: %%s %%%% (95 %%%%: %%s til %%s).', t.yes, t.tests, lower(m.group_1), v.effect, v.lower, v.upper)
            WHEN 4 THEN format('Af %%s sammenligninger holder %%s. Den mindste forskel er mellem %%s og %%s: %%s gange (95 %%%%: %%s til %%s).', t.tests, t.yes, lower(m.group_1), lower(m.group_2), v.effect_2, v.lower_2, v.upper_2)
            WHEN 5 THEN format('Mest forskellige er de i %%s: for at de blev ens, skulle %%s %%%% være anderledes (95 %%%%: %%s til %%s), og grænsen er 10 %%%%.', substr(m.test_label, 11), v.effect, v.lower, v.upper)
            WHEN 6 THEN format('Til ejerbolig flytter %%s %%%% af fraflytterne og %%s %%%% af de interne flyttere, en forskel på %%s procentpoint (95 %%%%: %%s til %%s). Til etagebolig flytter %%s.', v.value_1, v.value_2, v.effect, v.lower, v.upper, t.flats) END END) AS text_da
       FROM (VALUES (1, 'Tiltrækker nye boliger tilflyttere mere end egne borgere?', 'Forskel på to andele: Newcombes grænser, Pearsons test, rettet for husstande'),
         (2, 'Flytter tilflyttere i nye boliger hurtigere videre end egne borgere?', 'Forhold mellem to rater med grænser; log-rank-test, rettet for husstande'),
         (3, 'Bor der voksne uden indkomst i alle slags nye boliger?', 'Andelen i hver slags med mindst 30 voksne; Wilsons grænser for den laveste'),
         (4, 'Flyttes der oftest fra nye private udlejningsboliger og sjældnest fra parcelhuse og almene boliger?', 'Forhold mellem rater, par for par; alle skal holde, p er den største'),
         (5, 'Ligner til- og fraflyttere hinanden i alder, husstand og indkomst?', 'Ensidig test af, at mindre end 10 %% skulle være anderledes; alle tre skal holde, p er den største'),
         (6, 'Flytter folk til etageboliger, og flere af fraflytterne til ejerbolig?', 'Forskel på to andele og to andele mod halvdelen, rettet for husstande; alle tre skal holde, p er den største')) f (finding, question_da, statistic)
       LEFT JOIN test m ON m.finding = f.finding AND m.is_main = 1
       CROSS JOIN LATERAL (SELECT CASE WHEN bool_or(x.answer_da = 'Nej') THEN 'Nej' WHEN bool_and(x.answer_da = 'Ja') THEN 'Ja' ELSE 'Uafklaret' END AS answer_da, max(x.p_value) AS p_value, count(*) AS tests,
           count(*) FILTER (WHERE x.answer_da = 'Ja') AS yes, string_agg(format('%%s %%%% (%%s)', byudv.danish_decimal(x.effect, 1), lower(x.group_1)), ' og ' ORDER BY x.test) FILTER (WHERE x.effect_unit = 'procent') AS flats
         FROM test x WHERE x.finding = f.finding) t
       CROSS JOIN LATERAL (SELECT byudv.danish_decimal(m.value_1, 1) AS value_1, byudv.danish_decimal(m.value_2, 1) AS value_2, byudv.danish_decimal(m.effect, 1) AS effect, byudv.danish_decimal(m.lower, 1) AS lower,
           byudv.danish_decimal(m.upper, 1) AS upper, byudv.danish_decimal(m.value_1, 2) AS value_1_2, byudv.danish_decimal(m.value_2, 2) AS value_2_2, byudv.danish_decimal(m.effect, 2) AS effect_2,
           byudv.danish_decimal(m.lower, 2) AS lower_2, byudv.danish_decimal(m.upper, 2) AS upper_2) v$q$)
$$;
COMMENT ON FUNCTION byudv.bi_finding_views() IS 'Used inside: the views of findings, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_finding_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 35 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_destination', 'year', 'integer', 'År', 'Året de flyttede', 'Year of the departure'),
('bi_destination', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Typen af den bolig, de flytter til', 'Code of the type of the home that they move to'),
('bi_destination', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Typen af den bolig, de flytter til', 'Type of the home that they move to'),
('bi_destination', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Ejerformen for den bolig, de flytter til', 'Code of the tenure of the home that they move to'),
('bi_destination', 'tenure_label', 'varchar(80)', 'Ejerform', 'Ejerformen for den bolig, de flytter til', 'Tenure of the home that they move to'),
('bi_destination', 'persons', 'bigint', 'Personer', 'Personer; tomt er diskretioneret', 'Persons; NULL: suppressed'),
('bi_destination', 'hidden', 'smallint', 'Diskretioneret', '1: antallet vises ikke', '1: the number is suppressed'),
('bi_area_profile', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_area_profile', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_area_profile', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_area_profile', 'year', 'integer', 'År', 'Året; boliger og beboere er opgjort 1. januar', 'The year; dwellings and residents are those of 1 January'),
('bi_area_profile', 'measure', 'varchar(40)', 'Nøgletal, kode', 'Koden for nøgletallet', 'Code of the key figure'),
('bi_area_profile', 'measure_label', 'varchar(80)', 'Nøgletal', 'Nøgletallet', 'The key figure'),
('bi_area_profile', 'unit', 'varchar(40)', 'Enhed', 'Nøgletallets enhed', 'Its unit, Danish'),
('bi_area_profile', 'sort_order', 'integer', 'Rækkefølge', 'Nøgletallets rækkefølge', 'Order of the key figure'),
('bi_area_profile', 'value', 'numeric(18,4)', 'Værdi', 'Områdets værdi', 'Figure of the area'),
('bi_area_profile', 'municipality_value', 'numeric(18,4)', 'Hele området', 'Værdien for hele området', 'Figure of the whole study area'),
('bi_finding_test', 'finding', 'integer', 'Konklusion', 'Konklusionens nummer, 1 til 6', 'Number of the finding, 1 to 6'),
('bi_finding_test', 'test', 'integer', 'Sammenligning', 'Sammenligningens nummer', 'Number of the comparison'),
('bi_finding_test', 'is_main', 'smallint', 'Vises i konklusionen', '1: den sammenligning, som konklusionen viser', '1: the comparison that the finding shows'),
('bi_finding_test', 'test_label', 'varchar(200)', 'Hvad der sammenlignes', 'Hvad der sammenlignes', 'What is compared, Danish'),
('bi_finding_test', 'group_1', 'varchar(200)', 'Gruppe 1', 'Den første gruppe', 'The first group, Danish'),
('bi_finding_test', 'group_2', 'varchar(200)', 'Gruppe 2', 'Den anden gruppe', 'The second group, Danish'),
('bi_finding_test', 'value_1', 'numeric(18,4)', 'Værdi 1', 'Andel i procent eller rate i gruppe 1; for konklusion 3 voksne uden indkomst', 'Share in percent or rate of group 1; for finding 3 adults without income'),
('bi_finding_test', 'value_2', 'numeric(18,4)', 'Værdi 2', 'Andel i procent eller rate i gruppe 2; for konklusion 3 alle voksne med kendt indkomst', 'Share in percent or rate of group 2; for finding 3 all adults whose income is known'),
('bi_finding_test', 'effect', 'numeric(18,4)', 'Effekt', 'Forskellen, forholdet eller andelen', 'The difference, ratio or share'),
('bi_finding_test', 'effect_unit', 'varchar(40)', 'Enhed', 'procentpoint, gange eller procent', 'Unit: percentage points, times or percent, Danish'),
('bi_finding_test', 'lower', 'numeric(18,4)', 'Nedre grænse', 'Nedre 95 %-grænse; diskretionerede personer er regnet til den værste side', 'Lower 95 percent limit, suppressed persons taken at their worst'),
('bi_finding_test', 'upper', 'numeric(18,4)', 'Øvre grænse', 'Øvre 95 %-grænse; diskretionerede personer er regnet til den værste side', 'Upper 95 percent limit, suppressed persons taken at their worst'),
('bi_finding_test', 'against', 'numeric(18,4)', 'Holdt op mod', 'Den værdi, som grænserne skal ligge på den rette side af', 'The value that the limits have to lie on the right side of'),
('bi_finding_test', 'p_value', 'numeric(12,10)', 'p-værdi', 'Sandsynligheden for så stor en forskel ved en tilfældighed', 'How often so large a difference comes by chance'),
('bi_finding_test', 'answer_da', 'varchar(10)', 'Svar', 'Ja, Nej eller Uafklaret', 'Ja (yes), Nej (no) or Uafklaret (undecided)'),
('bi_finding_test', 'design_effect', 'numeric(8,4)', 'Designeffekt', 'Så mange personer siger så meget som én, der flytter alene, fordi husstande flytter samlet; bruges for andele og rater af personer', 'So many persons tell as much as one who moves alone, since households move together; used for shares and rates of persons'),
('bi_finding', 'finding', 'integer', 'Konklusion', 'Konklusionens nummer, 1 til 6', 'Number of the finding, 1 to 6'),
('bi_finding', 'question_da', 'varchar(400)', 'Spørgsmål', 'Spørgsmålet', 'The question, Danish'),
('bi_finding', 'answer_da', 'varchar(10)', 'Svar', 'Ja, Nej eller Uafklaret: grænserne rummer ingen forskel, eller der mangler tal', 'Ja (yes), Nej (no) or Uafklaret (undecided: the limits include no difference, or figures are missing)'),
('bi_finding', 'effect', 'numeric(18,4)', 'Effekt', 'Forskellen, forholdet eller andelen i den sammenligning, som er den afgørende', 'The difference, ratio or share of the comparison that matters most'),
('bi_finding', 'effect_unit', 'varchar(40)', 'Enhed', 'procentpoint, gange eller procent', 'Unit: percentage points, times or percent, Danish'),
('bi_finding', 'lower', 'numeric(18,4)', 'Nedre grænse', 'Nedre 95 %-grænse', 'Lower 95 percent limit'),
('bi_finding', 'upper', 'numeric(18,4)', 'Øvre grænse', 'Øvre 95 %-grænse', 'Upper 95 percent limit'),
('bi_finding', 'statistic', 'varchar(200)', 'Metode', 'Hvordan der er regnet', 'Method, Danish'),
('bi_finding', 'p_value', 'numeric(12,10)', 'p-værdi', 'Sandsynligheden for så stor en forskel ved en tilfældighed; den største, hvor der er flere sammenligninger', 'How often so large a difference comes by chance; the largest where there are several comparisons'),
('bi_finding', 'text_da', 'varchar(1000)', 'Svar i ord', 'Svaret i ord', 'The answer in words, Danish')
$$;
COMMENT ON FUNCTION byudv.bi_finding_columns() IS 'Used inside: the columns of the views of findings, as monitor_view_columns() lists them.';

CREATE FUNCTION byudv.area_profile(monitor text, area text, year int DEFAULT NULL, OUT measure text, OUT value numeric, OUT municipality numeric, OUT difference numeric, OUT unit text, OUT of_year int)
    RETURNS SETOF record LANGUAGE plpgsql STABLE ROWS 60 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text := lower(btrim(area));
    found record;
    near text;
BEGIN
    IF wanted IS NULL OR wanted = '' THEN
        RAISE EXCEPTION 'no area is named' USING ERRCODE = 'null_value_not_allowed', HINT = 'Give the name or the code of an area: SELECT * FROM byudv.area_profile(''ballerup'', ''Egebjerg'');';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = monitor AND c.relname = 'bi_area_profile') THEN
        RAISE EXCEPTION 'there is no monitor "%"', monitor USING ERRCODE = 'invalid_schema_name', DETAIL = 'No schema of this name has the view bi_area_profile.',
            HINT = 'SELECT * FROM byudv.monitors(); lists the monitors of this database.';
    END IF;
    EXECUTE format($q$SELECT count(*) AS n, min(a.area_kind) AS area_kind, min(a.area_code) AS area_code, string_agg(format('%%s:%%s (%%s)', a.area_kind, a.area_code, a.area_label), ', ' ORDER BY a.area_kind, a.sort_order) AS list
        FROM %I.bi_dim_area a WHERE a.area_code <> 'hidden' AND $1 IN (lower(a.area_code), lower(a.area_kind || ':' || a.area_code), lower(a.area_label))$q$, monitor) INTO found USING wanted;
    IF found.n > 1 THEN
        RAISE EXCEPTION 'several areas are called "%"', area USING ERRCODE = 'ambiguous_parameter', DETAIL = format('There are %s.', found.list), HINT = 'Give kind and code, as in ''kvarter:101-1''.';
    END IF;
    IF found.n = 0 THEN
        -- those that share most of their letters, by threes
        EXECUTE format($q$SELECT string_agg(x.area_label, ', ' ORDER BY x.likeness DESC, x.area_label COLLATE "C")
            FROM (SELECT a.area_label, (SELECT count(*) FROM (SELECT DISTINCT substr($1, i, 3) AS part FROM generate_series(1, length($1) - 2) i) p WHERE strpos(lower(a.area_label), p.part) > 0) AS likeness
                FROM %I.bi_dim_area a WHERE a.area_code NOT IN ('hidden', 'none') GROUP BY a.area_label ORDER BY 2 DESC, 1 LIMIT 8) x WHERE x.likeness > 0 OR length($1) < 3$q$, monitor) INTO near USING wanted;
        RAISE EXCEPTION 'there is no area "%"', area USING ERRCODE = 'invalid_parameter_value', DETAIL = format('No area of monitor "%s" has this name or code.', monitor),
            HINT = coalesce('Some are called nearly so: ' || near || '.', format('SELECT area_kind, area_code, area_label FROM %I.bi_dim_area; lists them.', monitor));
    END IF;
    RETURN QUERY EXECUTE format($q$SELECT p.measure_label::text, d.value, d.municipality, CASE WHEN p.unit <> 'antal' THEN d.value - d.municipality END, p.unit::text, p.year
        FROM %I.bi_area_profile p CROSS JOIN LATERAL (SELECT CASE WHEN p.unit = '0 til 1' THEN 3 WHEN p.unit IN ('antal', 'kr. om året') THEN 0 ELSE 1 END AS digits) k
        CROSS JOIN LATERAL (SELECT round(p.value, k.digits) AS value, round(p.municipality_value, k.digits) AS municipality) d
        WHERE p.area_kind = $1 AND p.area_code = $2 AND p.year = coalesce($3, (SELECT max(x.year) FROM %1$I.bi_area_profile x WHERE x.area_kind = $1 AND x.area_code = $2 AND x.measure = p.measure)) ORDER BY p.sort_order$q$, monitor)
        USING found.area_kind, found.area_code, year;
END
$$;
COMMENT ON FUNCTION byudv.area_profile(text, text, int) IS 'The sheet of one area: its key figures beside those of the whole study area, with difference and unit, in Danish. area: name, code, or kind:code, in small or capital letters. year: that year; NULL: each figure of the last year for which there is one (of_year). What is suppressed, or rests on too few persons, has no row. Reads bi_area_profile and bi_dim_area, so that a role that grant_reader() let in may call it. Errors: no such monitor, no area or more than one of this name (DETAIL and HINT say which there are).';
-- The views of a monitor, from the lists of each topic; and who may read them.

CREATE FUNCTION byudv.monitor_views(OUT ordinal int, OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text, OUT comment text)
    RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
SELECT (row_number() OVER ())::int, v.view_name, v.key, v.description_da, v.description_en, v.question_da, v.query, format('%s. Unique key: %s', v.description_en, v.key)
FROM (SELECT * FROM byudv.bi_dimension_views()
    UNION ALL SELECT * FROM byudv.bi_shape_views()
    UNION ALL SELECT * FROM byudv.bi_stock_views()
    UNION ALL SELECT * FROM byudv.bi_person_views()
    UNION ALL SELECT * FROM byudv.bi_duration_views()
    UNION ALL SELECT * FROM byudv.bi_plans_views()
    UNION ALL SELECT * FROM byudv.bi_review_views()
    UNION ALL SELECT * FROM byudv.bi_finding_views()
    ) v
$$;
COMMENT ON FUNCTION byudv.monitor_views() IS 'The views of a monitor for BI tools, Excel and SQL, in the order in which they are made: what each row is of (key), what the view is in Danish and English, a question that it answers, and its query, in which %1$I is the monitor.';

CREATE FUNCTION byudv.monitor_view_columns(OUT view_name text, OUT ordinal int, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text)
    RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 500 SET search_path = pg_catalog, pg_temp AS $$
SELECT v.view_name, (row_number() OVER ())::int, v.column_name, v.type, v.label_da, v.description_da, v.description_en
FROM (SELECT * FROM byudv.bi_dimension_columns()
    UNION ALL SELECT * FROM byudv.bi_shape_columns()
    UNION ALL SELECT * FROM byudv.bi_stock_columns()
    UNION ALL SELECT * FROM byudv.bi_person_columns()
    UNION ALL SELECT * FROM byudv.bi_duration_columns()
    UNION ALL SELECT * FROM byudv.bi_plans_columns()
    UNION ALL SELECT * FROM byudv.bi_review_columns()
    UNION ALL SELECT * FROM byudv.bi_finding_columns()
    ) v
$$;
COMMENT ON FUNCTION byudv.monitor_view_columns() IS 'The columns of a monitor''s views in their order, with types, headers for people (label_da) and descriptions in Danish and English.';

CREATE FUNCTION byudv.set_reader(monitor text, role name, allowed boolean) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF role IS NULL THEN
        RAISE EXCEPTION 'no role is named' USING ERRCODE = 'null_value_not_allowed', HINT = 'SELECT byudv.grant_reader(''ballerup'', ''analyst'');';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role) THEN
        RAISE EXCEPTION 'role "%" does not exist', role USING ERRCODE = 'undefined_object', DETAIL = 'The extension makes no roles, since these belong to the whole server.', HINT = CASE WHEN allowed THEN format('CREATE ROLE %I LOGIN;', role) ELSE 'SELECT rolname FROM pg_roles; lists those that there are.' END;
    END IF;
    -- REVOKE would take from an owner what it has as the owner
    IF role = (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.nspname = monitor) THEN
        RAISE EXCEPTION 'role "%" owns monitor "%"', role, monitor USING ERRCODE = 'invalid_parameter_value', DETAIL = 'An owner reads all of it.', HINT = 'Name the role of another, who is to read the views only.';
    END IF;
    FOR v IN SELECT m.view_name FROM byudv.monitor_views() m WHERE to_regclass(format('%I.%I', monitor, m.view_name)) IS NOT NULL LOOP
        IF allowed THEN
            EXECUTE format('GRANT SELECT ON %I.%I TO %I', monitor, v.view_name, role);
        ELSE
            EXECUTE format('REVOKE ALL ON %I.%I FROM %I', monitor, v.view_name, role);
        END IF;
    END LOOP;
    EXECUTE CASE WHEN allowed THEN format('GRANT USAGE ON SCHEMA %I TO %I', monitor, role) ELSE format('REVOKE ALL ON SCHEMA %I FROM %I', monitor, role) END;
    IF allowed THEN    -- its functions, and the views of who is asked
        IF NOT has_schema_privilege(role, 'byudv', 'USAGE') THEN
            RAISE WARNING 'role "%" may not use schema byudv', role USING DETAIL = 'It can read the views, but not call byudv.area_profile() and the like.', HINT = format('GRANT USAGE ON SCHEMA byudv TO %I;', role);
        END IF;
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.set_reader(text, name, boolean) IS 'Used inside: gives or takes a role''s right to read the views of a monitor.';

CREATE FUNCTION byudv.grant_reader(monitor text, role name) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM byudv.set_reader(monitor, role, true);
    RETURN format('Role %s can read the views bi_... of monitor %s, and nothing under them.', role, monitor);
END
$$;
COMMENT ON FUNCTION byudv.grant_reader(text, name) IS 'Lets a role read the views bi_... of a monitor, in which small counts of persons are suppressed, and nothing under them: no input, no results by dwelling or person. Views that a later version adds are granted as well. Only the monitor''s owner may do so. Returns what was done. Errors: no such monitor, no such role, the owner.';

CREATE FUNCTION byudv.revoke_reader(monitor text, role name) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM byudv.set_reader(monitor, role, false);
    RETURN format('Role %s can no longer read monitor %s.', role, monitor);
END
$$;
COMMENT ON FUNCTION byudv.revoke_reader(text, name) IS 'Takes from a role what grant_reader() gave it, and any other right on the monitor''s schema and views. What it has through another role it keeps. Errors: no such monitor, no such role, the owner.';
-- help(): what there is, by what one wants to do. A test sees to it that every function is there once, and that every example runs on the demo municipality.

CREATE FUNCTION byudv.help_list(OUT ordinal int, OUT task text, OUT what text, OUT function text, OUT example text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, pg_temp AS $help$
SELECT (row_number() OVER ())::int, v.task, v.what, v.function, v.example
FROM (VALUES
('classify', 'Type and tenure of all dwellings of a table or view', 'classify_dwellings', $$SELECT * FROM byudv.classify_dwellings('my_dwellings')$$),
('classify', 'Tenure of one dwelling: owner code, building use, owner name, defect insurance', 'tenure', $$SELECT byudv.tenure(10, 140, 'AAB AFD 55', NULL)$$),
('classify', 'Type of one dwelling: unit use, building use, unit kind', 'dwelling_type', $$SELECT byudv.dwelling_type(140, 140, '1')$$),
('classify', 'Whether the owner lives there, from the registered use', 'owner_occupied', $$SELECT byudv.owner_occupied(2)$$),
('classify', 'What kind of owner a name tells', 'owner_kind', $$SELECT byudv.owner_kind('A/B Lupinhaven')$$),
('classify', 'Which housing organisation a name belongs to', 'owner_organisation', $$SELECT byudv.owner_organisation('AAB AFD 55')$$),
('classify', 'Owner names in one spelling', 'normalise_owner_name', $$SELECT byudv.normalise_owner_name('Boligforeningen AAB Afd. 55 v/ Jensen')$$),

('explain', 'Tenure with rule, certainty and a Danish reason', 'tenure_decision', $$SELECT * FROM byudv.tenure_decision(10, 140, 'AAB AFD 55', NULL)$$),
('explain', 'Every rule, and why it did or did not decide', 'explain_tenure', $$SELECT * FROM byudv.explain_tenure(10, 140, 'AAB AFD 55', NULL) WHERE outcome <> 'no match'$$),
('explain', 'Why a dwelling is of its type', 'explain_dwelling_type', $$SELECT byudv.explain_dwelling_type(140, 140, '1')$$),
('explain', 'Which pattern decides on an owner name', 'owner_match', $$SELECT * FROM byudv.owner_match('AAB AFD 55')$$),
('explain', 'All patterns that match an owner name', 'owner_matches', $$SELECT * FROM byudv.owner_matches('AAB AFD 55')$$),

('codes', 'Label of a code, in Danish or English', 'label', $$SELECT byudv.label('tenure', 'social')$$),
('codes', 'Dwelling types', 'dwelling_types', $$SELECT * FROM byudv.dwelling_types()$$),
('codes', 'Tenures', 'tenure_codes', $$SELECT * FROM byudv.tenure_codes()$$),
('codes', 'Norms of tenure: the register, Statistics Denmark, corrected, and your own', 'tenure_norms', $$SELECT * FROM byudv.tenure_norms()$$),
('codes', 'Kinds of owner', 'owner_kinds', $$SELECT * FROM byudv.owner_kinds()$$),
('codes', 'Owner codes of the register', 'owner_codes', $$SELECT * FROM byudv.owner_codes()$$),
('codes', 'Codes of defect insurance', 'insurance_codes', $$SELECT * FROM byudv.insurance_codes()$$),
('codes', 'Codes of public support', 'support_codes', $$SELECT * FROM byudv.support_codes()$$),

('rules', 'Your own rules, patterns and codes as one value', 'own_rules', $$SELECT byudv.own_rules()$$),
('rules', 'Put such a value into a database, in the place of your own rows there', 'load_own_rules', $$SELECT byudv.load_own_rules(byudv.own_rules())$$),
('rules', 'Bring your own rows to every worker of a Citus cluster', 'citus_sync_rules', $$SELECT * FROM byudv.citus_sync_rules()$$),

('durations', 'Summary of stays that a register saw from one day to another', 'survival_agg',
    $$CREATE TEMPORARY TABLE stay AS SELECT c.tenure, byudv.survival_agg(o.from_date, o.to_date, '2016-01-01', '2026-01-01') AS s FROM birkelev.occupancy o JOIN birkelev.dwelling_class c USING (dwelling_id) GROUP BY c.tenure$$),
('durations', 'What a summary rests on', 'survival_counts', $$SELECT tenure, n.* FROM stay, byudv.survival_counts(s) n$$),
('durations', 'Median duration with limits', 'survival_median', $$SELECT tenure, m.* FROM stay, byudv.survival_median(s) m$$),
('durations', 'Any other share: days by which a quarter has left', 'survival_quantile', $$SELECT tenure, q.* FROM stay, byudv.survival_quantile(s, 0.25) q$$),
('durations', 'Share that stays longer than a year', 'survival_at', $$SELECT tenure, byudv.survival_at(s, 365) FROM stay$$),
('durations', 'The same with limits', 'survival_estimate', $$SELECT tenure, e.* FROM stay, byudv.survival_estimate(s, 365) e$$),
('durations', 'The whole curve', 'survival_curve', $$SELECT tenure, c.* FROM stay, byudv.survival_curve(s) c$$),
('durations', 'From when on enough are observed to trust the curve', 'survival_start', $$SELECT tenure, byudv.survival_start(s, 30) FROM stay$$),
('durations', 'What those do who have stayed a year already', 'conditional_survival', $$SELECT tenure, m.* FROM stay, byudv.survival_median(byudv.conditional_survival(s, 365)) m$$),
('durations', 'Mean days within the first two years', 'restricted_mean', $$SELECT tenure, m.* FROM stay, byudv.restricted_mean(s, 730) m$$),
('durations', 'Moves per dwelling-year with limits', 'turnover_rate', $$SELECT tenure, t.* FROM stay, byudv.turnover_rate(s) t$$),
('durations', 'Whether groups differ: log-rank test', 'log_rank', $$SELECT * FROM byudv.log_rank(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM stay))$$),
('durations', 'Observed and expected in each group of that test', 'log_rank_groups', $$SELECT * FROM byudv.log_rank_groups(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM stay))$$),
('durations', 'Merge summaries: all tenures together', 'rollup', $$SELECT m.* FROM (SELECT byudv.rollup(s) AS s FROM stay) x, byudv.survival_median(x.s) m$$),
('durations', 'How a register sees one stay', 'observation', $$SELECT * FROM byudv.observation('2012-05-01', '2017-03-01', '2016-01-01', '2026-01-01')$$),
('durations', 'A stay cut at each New Year and at 1, 2, 5, 10 years: rates by year', 'exposure', $$SELECT * FROM byudv.exposure('2012-05-01', '2017-03-01')$$),

('ends', 'Summary of stays that end in one of several ways', 'competing_risks_agg',
    $$CREATE TEMPORARY TABLE ending AS SELECT byudv.competing_risks_agg(r.from_date, r.to_date, CASE m.departure WHEN 'internal' THEN 1 WHEN 'died' THEN 3 ELSE 2 END, '2016-01-01', '2026-01-01') AS c FROM birkelev.residence r LEFT JOIN birkelev.move m ON m.person_id = r.person_id AND m.left_on = r.to_date WHERE r.dwelling_id IS NOT NULL$$),
('ends', 'Share that has ended in each way, over time', 'cumulative_incidence', $$SELECT i.* FROM ending, byudv.cumulative_incidence(c) i$$),
('ends', 'The same at five years', 'incidence_at', $$SELECT i.* FROM ending, byudv.incidence_at(c, 1826) i$$),
('ends', 'The same for those who have stayed a year already', 'conditional_incidence', $$SELECT i.* FROM ending, byudv.incidence_at(byudv.conditional_incidence(c, 365), 1826) i$$),
('ends', 'Ends in any way, as a summary of durations', 'any_cause', $$SELECT m.* FROM ending, byudv.survival_median(byudv.any_cause(c)) m$$),
('ends', 'Ends in one way: rates and tests of it', 'cause_specific', $$SELECT t.* FROM ending, byudv.turnover_rate(byudv.cause_specific(c, 1)) t$$),

('compare', 'A share with its limits', 'share_limits', $$SELECT * FROM byudv.share_limits(12, 80)$$),
('compare', 'Whether two groups have the same share', 'compare_shares', $$SELECT * FROM byudv.compare_shares(640, 1000, 300, 1000)$$),
('compare', 'A rate of counts that are added up already, with its limits', 'event_rate', $$SELECT r.* FROM (SELECT sum(ends)::bigint AS ends, sum(dwelling_years)::float8 AS years FROM birkelev.bi_turnover WHERE area_kind = 'all') t, byudv.event_rate(t.ends, t.years) r$$),
('compare', 'Whether two groups have the same rate', 'compare_rates', $$SELECT * FROM byudv.compare_rates(260, 1000, 130, 1000)$$),
('compare', 'How often chance alone gives such a chi-square', 'chi_square_p', $$SELECT byudv.chi_square_p(6.63)$$),

('moves', 'Where persons lived, without overlaps', 'residences', $$SELECT * FROM byudv.residences('birkelev.address_period') LIMIT 10$$),
('moves', 'The same straight into an empty table, quicker', 'build_residences',
    $$CREATE TEMPORARY TABLE home (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int); SELECT * FROM byudv.build_residences('birkelev.address_period', 'home')$$),
('moves', 'The same as an aggregate, person by person', 'residence_agg', $$SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) FROM birkelev.address_period GROUP BY person_id LIMIT 10$$),
('moves', 'Address records that cannot be used', 'residence_rejects', $$SELECT * FROM byudv.residence_rejects('birkelev.address_period')$$),
('moves', 'Moves: arrivals, departures, within the municipality', 'moves', $$SELECT arrival, departure, count(*) FROM byudv.moves('birkelev.residence', 'birkelev.person', 'birkelev.address_period', '2016-01-01', '2026-01-01') GROUP BY 1, 2$$),
('moves', 'Households that had a dwelling one after the other', 'occupancies', $$SELECT * FROM byudv.occupancies('birkelev.residence') LIMIT 10$$),
('moves', 'The same as an aggregate, dwelling by dwelling', 'occupancy_agg', $$SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) FROM birkelev.residence WHERE dwelling_id IS NOT NULL GROUP BY dwelling_id LIMIT 10$$),

('chains', 'Vacancies, and what those who fill them set free', 'vacancy_flows',
    $$CREATE TEMPORARY TABLE flow AS SELECT * FROM byudv.vacancy_flows('birkelev.residence', 'birkelev.dwelling', '2016-01-01', '2026-01-01')$$),
('chains', 'What new dwellings set free, round by round', 'vacancy_chains', $$SELECT round, sum(weight) FROM byudv.vacancy_chains('flow') GROUP BY round ORDER BY round$$),
('chains', 'Expected length of chains', 'chain_lengths',
    $$CREATE TEMPORARY VIEW transition AS SELECT 'home' AS from_stratum, CASE WHEN outcome = 'vacated' THEN 'home' END AS to_stratum, count(*) AS n FROM flow WHERE movers > 0 GROUP BY 2; SELECT * FROM byudv.chain_lengths('transition')$$),
('chains', 'How many vacancies one brings about, by kind of dwelling', 'chain_multipliers', $$SELECT * FROM byudv.chain_multipliers('transition')$$),

('monitor', 'Make a monitor of a municipality', 'create_monitor', $$SELECT byudv.create_monitor('ballerup', 151)$$),
('monitor', 'Which monitors there are', 'monitors', $$SELECT * FROM byudv.monitors()$$),
('monitor', 'What stands in the way of a refresh', 'check_monitor', $$SELECT * FROM byudv.check_monitor('birkelev') WHERE status <> 'ok'$$),
('monitor', 'Bring results and views up to date', 'refresh', $$CALL byudv.refresh('birkelev')$$),
('monitor', 'Refresh each night (pg_cron)', 'schedule_refresh', $$SELECT byudv.schedule_refresh('birkelev', '0 3 * * *')$$),
('monitor', 'End that', 'unschedule_refresh', $$SELECT byudv.unschedule_refresh('birkelev')$$),
('monitor', 'Bring a monitor to the layout of this version', 'upgrade_monitor', $$SELECT byudv.upgrade_monitor('birkelev')$$),
('monitor', 'Its tables', 'monitor_tables', $$SELECT table_name, role, description FROM byudv.monitor_tables()$$),
('monitor', 'Their columns', 'monitor_columns', $$SELECT table_name, column_name, type, description FROM byudv.monitor_columns()$$),
('monitor', 'The steps of a refresh', 'refresh_steps', $$SELECT byudv.refresh_steps()$$),
('monitor', 'The layout of this version', 'monitor_layout', $$SELECT byudv.monitor_layout()$$),
('monitor', 'Whether triggers note the changes of an input', 'is_tracked', $$SELECT byudv.is_tracked('birkelev.dwelling')$$),

('views', 'The views for BI tools, what each row is of, and a question that each answers', 'monitor_views', $$SELECT view_name, key, description_en, question_da FROM byudv.monitor_views()$$),
('views', 'Their columns, with Danish headers and descriptions', 'monitor_view_columns', $$SELECT view_name, column_name, type, label_da, description_en FROM byudv.monitor_view_columns()$$),
('views', 'Whom to expect in new dwellings of a kind, by age, with limits', 'new_build_profile', $$SELECT * FROM byudv.new_build_profile('birkelev', 'apartment', 'social', 75, 100)$$),
('views', 'Which figures of others stand beside own ones, and why they differ', 'indicator_measures', $$SELECT measure, label_da, explanation_da FROM byudv.indicator_measures()$$),
('views', 'Codes of their dimensions', 'bi_codes', $$SELECT * FROM byudv.bi_codes() WHERE attribute = 'age_band'$$),
('views', 'Let a role read the views of a monitor, and nothing under them', 'grant_reader', $$SELECT byudv.grant_reader('birkelev', 'analyst')$$),
('views', 'Take that back', 'revoke_reader', $$SELECT byudv.revoke_reader('birkelev', 'analyst')$$),
('views', 'The sheet of an area: its key figures beside the municipality''s', 'area_profile', $$SELECT * FROM byudv.area_profile('birkelev', 'Birkelev Stationsby')$$),
('views', 'The key figures of that sheet', 'profile_measures', $$SELECT * FROM byudv.profile_measures()$$),
('views', 'Age on a day', 'age_on', $$SELECT byudv.age_on('1990-07-01', '2026-01-01')$$),
('views', 'Age band of an age', 'age_band', $$SELECT byudv.age_band(35)$$),
('views', 'Size band of an area in square metres', 'size_band', $$SELECT byudv.size_band(82)$$),

('disclosure', 'Counts of persons by area and category, with small ones hidden so that they cannot be computed', 'protected_counts',
    $$CREATE TEMPORARY VIEW event AS SELECT 2025 AS slice, (dwelling_id % 9)::int AS area, extract(year FROM from_date)::int AS year FROM birkelev.residence WHERE dwelling_id IS NOT NULL AND to_date IS NULL; SELECT * FROM byudv.protected_counts('event', ARRAY['area*year'], NULL) LIMIT 10$$),

('import', 'Buildings, dwellings and owners from BBR', 'import_bbr', $$SELECT * FROM byudv.import_bbr('birkelev', 'bbr.enhed', 'bbr.bygning', 'bbr.ejendomsrelation')$$),
('import', 'The same in the older layout (OIS)', 'import_bbr_ois', $$SELECT * FROM byudv.import_bbr_ois('birkelev', 'ois.co40400t', 'ois.co40100t', 'ois.co11100t')$$),
('import', 'The same from the views of LOIS', 'import_lois', $$SELECT * FROM byudv.import_lois('birkelev', 'lois.gis_nybbr_enhedview', 'lois.gis_nybbr_bygningview')$$),
('import', 'Persons from CPR', 'import_cpr_persons', $$SELECT * FROM byudv.import_cpr_persons('birkelev', 'cpr.person')$$),
('import', 'Addresses from CPR', 'import_cpr_addresses', $$SELECT * FROM byudv.import_cpr_addresses('birkelev', 'cpr.address')$$),
('import', 'Housing organisations into the dictionary of owner names', 'import_lbf_organisations', $$SELECT * FROM byudv.import_lbf_organisations('lbf.organisation')$$),
('import', 'Figures of Statistikbanken to compare with', 'import_statbank', $$SELECT * FROM byudv.import_statbank('birkelev', 'dst.bol101', 'Beboede boliger')$$),
('import', 'A pseudonym instead of a CPR number', 'pseudonym', $$SET byudv.pseudonym_key = 'an-example-key-0123456789'; SELECT byudv.pseudonym('3102010000')$$),
('import', 'Whether two systems have the same key', 'pseudonym_key_fingerprint', $$SELECT byudv.pseudonym_key_fingerprint()$$),
('import', 'Year of birth from a CPR number', 'cpr_birth_year', $$SELECT byudv.cpr_birth_year('3102010000')$$),
('import', 'A number for a register''s key, such as a UUID', 'register_key', $$SELECT byudv.register_key('0a3f50b7-9eff-32b8-e044-0003ba298018')$$),
('import', 'An address in one spelling', 'address_key', $$SELECT byudv.address_key('0101', '0123', '001A', '02', 'tv')$$),
('import', 'A day as registers write it', 'register_date', $$SELECT byudv.register_date('202304011200')$$),
('import', 'A number as Danes write it', 'parse_danish_number', $$SELECT byudv.parse_danish_number('1.234,5')$$),
('import', 'A day as Danes write it', 'parse_danish_date', $$SELECT byudv.parse_danish_date('31-12-2023')$$),

('export', 'Lines of CSV for Danish Excel from a view', 'danish_csv', $$SELECT line FROM byudv.danish_csv('birkelev', 'bi_stock') line LIMIT 10$$),
('dashboard', 'What the page of make dashboard shows, as one JSON value from the views', 'dashboard_data', $$SELECT jsonb_object_keys(byudv.dashboard_data('birkelev') -> 'tables')$$),
('help', 'This list, or one task of it', 'help', $$SELECT * FROM byudv.help('durations')$$)
) v (task, what, function, example)
$help$;
COMMENT ON FUNCTION byudv.help_list() IS 'Used inside: what byudv.help() shows.';

CREATE FUNCTION byudv.help(topic text DEFAULT NULL, OUT task text, OUT what text, OUT function text, OUT example text) RETURNS SETOF record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT h.task, h.what, h.function, h.example FROM byudv.help_list() h WHERE topic IS NULL OR h.task = topic OR h.function = topic ORDER BY h.ordinal;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no help on "%"', topic USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('Tasks are: %s.', (SELECT string_agg(t.task, ', ' ORDER BY t.first) FROM (SELECT h.task, min(h.ordinal) AS first FROM byudv.help_list() h GROUP BY h.task) t)),
            HINT = 'Give one of them, or the name of a function; SELECT * FROM byudv.help() lists everything.';
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.help(text) IS 'What there is, by what one wants to do: the task, what it gives, the function of schema byudv, and an example. The examples of a task run in their order, on the demo municipality birkelev; those of import on extracts of your own. topic: a task, such as durations, or a function''s name without schema; NULL: all. Errors: no such task or function, with a list of the tasks.';
