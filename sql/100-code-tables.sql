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
