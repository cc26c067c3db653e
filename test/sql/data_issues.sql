-- Findings: each kind from a fixture that gives it and nothing else, beside near misses that do not; that it goes when its cause goes. What is expected was
-- written first, from what each kind means.
\set SHOW_CONTEXT never
\pset null -
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;

-- The catalogue
SELECT issue, severity, sort_order, label_da, label_en FROM byudv.data_issue_kind ORDER BY sort_order;
SELECT count(*) AS kinds, count(DISTINCT issue) AS codes, count(DISTINCT sort_order) AS places, count(*) FILTER (WHERE severity NOT IN ('error', 'warning', 'notice')) AS other_severity,
    count(*) FILTER (WHERE meaning_da !~ '[.)]$' OR advice_da !~ '[.]$' OR label_da ~ '[.]$') AS odd FROM byudv.data_issue_kind;

SELECT byudv.create_monitor('t_issue', 151) <> '' AS made;
UPDATE t_issue.setting SET as_of = '2024-01-01', study_from = '2020-01-01';
CREATE SCHEMA t_fix;
CREATE TABLE t_fix.expected (issue text, issue_key text, detail text);
CREATE FUNCTION t_fix.dwelling(id bigint, what text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('UPDATE t_issue.dwelling SET %s WHERE dwelling_id = %s', what, id); END $$;
CREATE FUNCTION t_fix.owner(id bigint, code int, name text DEFAULT 'Ole Olsen', person bigint DEFAULT NULL) RETURNS void LANGUAGE sql AS
$$UPDATE t_issue.ownership SET owner_code = code, owner_name = name, owner_person_id = person WHERE dwelling_id = id$$;
CREATE SEQUENCE t_fix.person START 10001;
CREATE FUNCTION t_fix.live(id bigint, residents int, since date, until date DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
WITH p AS (INSERT INTO t_issue.person (person_id) SELECT nextval('t_fix.person') FROM generate_series(1, residents) RETURNING person_id)
INSERT INTO t_issue.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) SELECT p.person_id, id, 151, since, until FROM p
$$;
CREATE FUNCTION t_fix.compare(OUT which text, OUT issue text, OUT issue_key text, OUT detail text) RETURNS SETOF record LANGUAGE sql AS $$
SELECT y.* FROM (SELECT 'found, not expected', x.* FROM (SELECT i.issue, i.issue_key, i.detail FROM t_issue.data_issue i EXCEPT ALL TABLE t_fix.expected) x
UNION ALL SELECT 'expected, not found', x.* FROM (TABLE t_fix.expected EXCEPT ALL SELECT i.issue, i.issue_key, i.detail FROM t_issue.data_issue i) x
) y (which, issue, issue_key, detail) ORDER BY y.issue COLLATE "C", y.issue_key COLLATE "C", y.which COLLATE "C"
$$;

-- Houses of which nothing is to be said: 1 is a student hall for persons whose records are looked at, 100 to 799 are houses of a private person
INSERT INTO t_issue.building (building_id, building_use, defect_insurance) VALUES (1, 120, NULL), (2, 910, NULL), (3, 778, 13), (4, 130, NULL), (5, 150, NULL);
INSERT INTO t_issue.dwelling (dwelling_id, municipality, building_id, property_kind, unit_use, unit_kind, area_m2, residential_area_m2, registered_use)
    SELECT n, 151, 1, 'SFE', 120, '1', 100, 100, 2 FROM generate_series(100, 799) n UNION ALL SELECT 1, 151, 5, 'SFE', 150, '3', 20, 20, 1;
INSERT INTO t_issue.ownership (dwelling_id, owner_code, owner_name) SELECT n, 10, 'Ole Olsen' FROM generate_series(100, 799) n UNION ALL SELECT 1, 40, 'Kollegiet Testen';
INSERT INTO t_issue.area VALUES ('kvarter', 'N', 'Nord'), ('almen_afdeling', 'E1', 'Engen');
INSERT INTO t_issue.dwelling_area SELECT d.dwelling_id, 'kvarter', 'N' FROM t_issue.dwelling d;
SELECT t_fix.live(1, 1, '2010-01-01');
CALL byudv.refresh('t_issue');
SELECT * FROM t_fix.compare();

-- Areas: 1000 square metres may be, 1001 not; no holiday home, nothing demolished, nothing in another municipality
SELECT count(*) FROM (VALUES (100, 'area_m2 = 1001'), (101, 'area_m2 = NULL, residential_area_m2 = 6514'), (102, 'area_m2 = 1000, residential_area_m2 = 1000'), (103, 'area_m2 = 5000, unit_use = 510, unit_kind = ''5'''),
    (104, 'area_m2 = 5000, demolished_on = ''2022-01-01'''), (105, 'area_m2 = 5000, municipality = 101'),
    (106, 'area_m2 = 38, residential_area_m2 = 42'), (107, 'area_m2 = 42, residential_area_m2 = 42'), (108, 'area_m2 = 0, residential_area_m2 = 42'), (109, 'area_m2 = 1')) v (id, what), t_fix.dwelling(id, what);
INSERT INTO t_fix.expected VALUES ('implausible_area', '100', 'Samlet areal 1.001 m², boligareal 100 m².'), ('implausible_area', '101', 'Boligareal 6.514 m².'), ('missing_area_m2', '101', 'Det samlede areal er ikke oplyst.'),
    ('area_disagreement', '106', 'Samlet areal 38 m², boligareal 42 m².'), ('missing_area_m2', '108', 'Det samlede areal er ikke oplyst.'), ('area_disagreement', '109', 'Samlet areal 1 m², boligareal 100 m².');
-- Residents: twelve may be, thirteen not, but in a hall; who left the day before the data date does not live there, who leaves on it does
SELECT count(*) FROM (VALUES (112, 'unit_use = 150, unit_kind = ''3''' ), (114, 'area_m2 = NULL')) v (id, what), t_fix.dwelling(id, what);
SELECT count(*) FROM (VALUES (110, 13, NULL::date), (111, 12, NULL), (112, 13, NULL), (113, 12, NULL), (113, 1, '2023-12-31'), (114, 12, NULL), (114, 1, '2024-01-01')) v (id, n, until), t_fix.live(id, n, '2023-01-01', until);
INSERT INTO t_fix.expected VALUES ('too_many_residents', '110', '13 beboere på 100 m².'), ('too_many_residents', '114', '13 beboere.'), ('missing_area_m2', '114', 'Det samlede areal er ikke oplyst.');
-- Contact persons: eleven condominiums by pseudonym, or by name; not ten, nor eleven houses, nor eleven of a company
SELECT count(*) FROM generate_series(200, 242) n, t_fix.dwelling(n, 'property_kind = ''Ejerlejlighed''');
SELECT count(*) FROM generate_series(200, 210) n, t_fix.owner(n, 10, 'Kirsten ' || n, 77);
SELECT count(*) FROM generate_series(211, 220) n, t_fix.owner(n, 10, 'Karl Kontakt', 78);
SELECT count(*) FROM generate_series(221, 231) n, t_fix.owner(n, 30, 'Testen ApS', NULL), t_fix.dwelling(n, 'registered_use = 1');
SELECT count(*) FROM generate_series(232, 242) n, t_fix.owner(n, 10, CASE WHEN n < 240 THEN 'Åse Ågård' ELSE 'AASE AAGAARD ' END, NULL);
INSERT INTO t_fix.expected SELECT 'proxy_owner', n::text, 'Den registrerede ejer er en privatperson, der står som ejer af mere end 10 ejerlejligheder.' FROM generate_series(200, 242) n WHERE n NOT BETWEEN 211 AND 231;
-- Code against name: each kind of owner with a code that is not its own, and with each that is
SELECT count(*) FROM (VALUES (300, 30, 'Boligselskabet Testrup'), (301, 20, 'Boligselskabet Testrup'), (302, 41, 'AAB Afd. 55'), (303, 40, 'A/B Testen'), (304, 41, 'A/B Testen'), (305, 40, 'Testen ApS'), (306, 30, 'Testen ApS'),
    (307, 41, 'Pensionskassen Test'), (308, 30, 'Pensionskassen Test'), (309, 40, 'Pensionskassen Test'), (310, 30, 'Fonden Test'), (311, 20, 'Fonden Test'), (312, 40, 'Fonden Test'),
    (313, 30, 'Kollegiet Testen'), (314, 20, 'Kollegiet Testen'), (315, 40, 'Kollegiet Testen'), (316, 40, 'Testrup Kommune'), (317, 50, 'Testrup Kommune'), (318, 60, 'Testrup Kommune'),
    (319, 40, 'Region Hovedstaden'), (320, 70, 'Region Hovedstaden'), (321, 50, 'Staten'), (322, 80, 'Staten'), (323, 40, 'Testrup Sogn Kirke'), (324, 50, 'Testrup Sogn Kirke'), (325, 60, 'Testrup Sogn Kirke'),
    (326, 70, 'Testrup Sogn Kirke'), (327, 80, 'Testrup Sogn Kirke'), (328, 10, 'I/S Testen'), (329, 90, 'Testen ApS'), (330, 99, 'Testen ApS'), (331, NULL, 'Testen ApS')) v (id, code, name), t_fix.owner(id, code, name);
SELECT count(*) FROM generate_series(300, 331) n, t_fix.dwelling(n, 'registered_use = 1');
INSERT INTO t_fix.expected VALUES ('owner_code_against_name', '300', 'Ejerforholdskoden er 30, men navnet tyder på: almen boligorganisation.'),
    ('owner_code_against_name', '302', 'Ejerforholdskoden er 41, men navnet tyder på: almen boligorganisation (Boligforeningen AAB).'), ('owner_code_against_name', '303', 'Ejerforholdskoden er 40, men navnet tyder på: privat andelsboligforening.'),
    ('owner_code_against_name', '305', 'Ejerforholdskoden er 40, men navnet tyder på: selskab.'), ('owner_code_against_name', '307', 'Ejerforholdskoden er 41, men navnet tyder på: pensionskasse.'),
    ('owner_code_against_name', '310', 'Ejerforholdskoden er 30, men navnet tyder på: fond, forening eller selvejende institution.'), ('owner_code_against_name', '313', 'Ejerforholdskoden er 30, men navnet tyder på: kollegium.'),
    ('owner_code_against_name', '316', 'Ejerforholdskoden er 40, men navnet tyder på: kommune.'), ('owner_code_against_name', '319', 'Ejerforholdskoden er 40, men navnet tyder på: region.'),
    ('owner_code_against_name', '321', 'Ejerforholdskoden er 50, men navnet tyder på: staten.'), ('owner_code_against_name', '323', 'Ejerforholdskoden er 40, men navnet tyder på: kirke.'),
    ('missing_owner_code', '329', 'Ejerforholdskoden er 90.'), ('missing_owner_code', '330', 'Ejerforholdskoden er 99.'), ('missing_owner_code', '331', 'Ejerforholdskoden er ikke oplyst.');
-- Public support of social housing needs code 20, or none; other support does not
SELECT count(*) FROM (VALUES (340, 10, 30), (341, 25, 30), (342, 40, 30), (343, 42, 30), (344, 10, 20), (345, 10, 90), (346, 15, 30), (347, 20, 30), (348, 30, 30), (349, 80, 30), (350, 0, 30)) v (id, support, code),
    t_fix.dwelling(id, 'registered_use = 1, public_support = ' || support), t_fix.owner(id, code, CASE code WHEN 20 THEN 'Boligselskabet Testrup' ELSE 'Testen ApS' END);
INSERT INTO t_fix.expected VALUES ('support_against_owner_code', '340', 'Offentlig støtte: almen familiebolig. Ejerforholdskoden er 30.'), ('support_against_owner_code', '341', 'Offentlig støtte: almen ungdomsbolig. Ejerforholdskoden er 30.'),
    ('support_against_owner_code', '342', 'Offentlig støtte: almen ældrebolig. Ejerforholdskoden er 30.'), ('support_against_owner_code', '343', 'Offentlig støtte: almen plejebolig. Ejerforholdskoden er 30.'),
    ('missing_owner_code', '345', 'Ejerforholdskoden er 90.');
-- Associations of owners, not of house owners; a person who owns a block, not a condominium, a house, what is demolished, or a partnership's; a company that lives there
SELECT count(*) FROM (VALUES (360, 10, 'Ejerforeningen Testen'), (361, NULL, 'E/F Testen'), (362, 10, 'Grundejerforeningen Testen'), (366, 10, 'I/S Testen'), (367, 30, 'Testen ApS'), (370, 30, 'Testen ApS'), (371, 30, 'Testen ApS'),
    (372, 40, 'Fonden Test'), (368, 10, NULL)) v (id, code, name), t_fix.owner(id, code, name);
SELECT count(*) FROM (VALUES (363, 'unit_use = 140, property_kind = ''land'''), (364, 'unit_use = 140, property_kind = ''condominium'''), (365, 'unit_use = 140, demolished_on = ''2022-01-01'''), (366, 'unit_use = 140'),
    (367, 'unit_use = 140, registered_use = 1'), (368, 'unit_use = 140'), (369, 'unit_use = 140, property_kind = NULL'), (370, 'registered_use = 2'), (371, 'registered_use = 1')) v (id, what), t_fix.dwelling(id, what);
INSERT INTO t_fix.expected VALUES ('association_as_owner', '360', 'Ejerforholdskoden er 10, og en ejerforening står som ejer.'), ('association_as_owner', '361', 'Ejerforholdskoden er uoplyst, og en ejerforening står som ejer.'),
    ('missing_owner_code', '361', 'Ejerforholdskoden er ikke oplyst.'), ('person_owns_block', '363', 'Ejerforholdskoden er 10 (privatpersoner), og ejendommen er ikke delt i ejerlejligheder.'),
    ('person_owns_block', '368', 'Ejerforholdskoden er 10 (privatpersoner), og ejendommen er ikke delt i ejerlejligheder.'),
    ('company_used_by_owner', '370', 'Ejerforholdskoden er 30 (selskab), men boligen er registreret som benyttet af ejeren.');
-- Estates: on the data date, of which the name need not be known; not social housing, nor holiday homes
SELECT count(*) FROM generate_series(380, 388) n, t_fix.owner(n, CASE n WHEN 381 THEN 20 WHEN 387 THEN NULL ELSE 30 END, CASE n WHEN 381 THEN 'Boligselskabet Testrup' WHEN 387 THEN NULL ELSE 'Testen ApS' END),
    t_fix.dwelling(n, CASE n WHEN 386 THEN 'unit_use = 510, unit_kind = ''5'', registered_use = 1' WHEN 387 THEN 'unit_use = 140, building_id = 5, registered_use = NULL' ELSE 'registered_use = 1' END);
INSERT INTO t_issue.dwelling_area VALUES (380, 'almen_afdeling', 'E1', NULL, NULL), (381, 'almen_afdeling', 'E1', NULL, NULL), (382, 'almen_afdeling', 'E9', NULL, NULL), (383, 'almen_afdeling', 'E1', NULL, '2024-01-01'), (384, 'almen_afdeling', 'E1', '2024-01-02', NULL),
    (385, 'almen_afdeling', 'E1', '2024-01-01', '2024-01-02'), (386, 'almen_afdeling', 'E1', NULL, NULL), (387, 'almen_afdeling', 'E1', NULL, NULL), (388, 'skoledistrikt', 'E1', NULL, NULL);
INSERT INTO t_fix.expected VALUES ('estate_not_social', '380', 'Ligger i Engen; ejerformen er privat udlejning.'), ('estate_not_social', '382', 'Ligger i E9; ejerformen er privat udlejning.'),
    ('estate_not_social', '385', 'Ligger i Engen; ejerformen er privat udlejning.'), ('estate_not_social', '387', 'Ligger i Engen; ejerformen er uoplyst.'), ('missing_owner_code', '387', 'Ejerforholdskoden er ikke oplyst.');
-- Names that are missing where a name could tell something: not of persons, nor of the municipality itself, nor of a holiday home
SELECT count(*) FROM (VALUES (390, 20), (391, 30), (392, 40), (393, 41), (394, 60), (395, 70), (396, 80), (397, 10), (398, 50), (399, 30)) v (id, code), t_fix.owner(id, code, NULL), t_fix.dwelling(id, 'registered_use = 1');
SELECT count(*) FROM t_fix.dwelling(399, 'unit_use = 510, unit_kind = ''5''');
INSERT INTO t_fix.expected SELECT 'missing_owner_name', 390 + n - 1, format('Ejerforholdskoden er %s, og der er intet ejernavn.', (ARRAY[20, 30, 40, 41, 60, 70, 80])[n]) FROM generate_series(1, 7) n;
-- Who lives where nobody can: an office without kitchen, whose use may be the building's; what is demolished before the data date
SELECT count(*) FROM (VALUES (400, 'unit_use = 321, unit_kind = ''E'''), (401, 'unit_use = 321, unit_kind = ''1'''), (402, 'unit_use = 321, unit_kind = ''E'''), (403, 'unit_use = NULL, building_id = 2, unit_kind = ''E'''),
    (404, 'unit_use = 0, building_id = 2, unit_kind = ''E'''), (405, 'demolished_on = ''2023-06-01'''), (406, 'demolished_on = ''2023-12-31'''), (407, 'demolished_on = ''2024-01-01'''),
    (408, 'demolished_on = ''2023-06-01''')) v (id, what), t_fix.dwelling(id, what);
SELECT count(*) FROM (VALUES (400, 1, NULL::date), (401, 1, NULL), (403, 2, NULL), (404, 1, NULL), (405, 2, NULL), (406, 1, NULL), (407, 1, NULL), (408, 1, '2023-06-01')) v (id, n, until), t_fix.live(id, n, '2023-01-01', until);
INSERT INTO t_fix.expected VALUES ('residents_in_no_dwelling', '400', '1 beboer; anvendelsen er 321.'), ('residents_in_no_dwelling', '403', '2 beboere; anvendelsen er 910.'), ('residents_in_no_dwelling', '404', '1 beboer; anvendelsen er 910.'),
    ('missing_use', '403', 'Enhedens anvendelse er ikke oplyst, bygningens er 910.'), ('missing_use', '404', 'Enhedens anvendelse er 0, bygningens er 910.'),
    ('residents_in_demolished', '405', '2 beboere; nedrevet den 01.06.2023.'), ('residents_in_demolished', '406', '1 beboer; nedrevet den 31.12.2023.');
-- Not used, but lived in for more than 455 days on the data date; used by nobody for 365 days, since 1 January 2020
SELECT count(*) FROM generate_series(410, 414) n, t_fix.dwelling(n, 'registered_use = ' || CASE n WHEN 413 THEN 1 ELSE 3 END);
SELECT count(*) FROM (VALUES (410, 1, '2022-10-02'::date, NULL::date), (411, 1, '2022-10-03', NULL), (412, 1, '2022-10-02', NULL), (412, 1, '2023-10-02', NULL), (413, 1, '2010-01-01', NULL), (414, 1, '2010-01-01', '2023-12-01')) v (id, n, since, until),
    t_fix.live(id, n, since, until);
SELECT count(*) FROM (VALUES (420, 'available_from = ''2022-12-31'''), (421, 'available_from = ''2023-01-01'''), (422, 'available_from = ''2020-01-01'''), (423, 'available_from = ''2019-12-31'''), (424, 'available_from = ''2021-01-01'''),
    (425, 'available_from = ''2021-01-01'', unit_use = 321, unit_kind = ''E'''), (426, 'available_from = ''2021-01-01'', demolished_on = ''2022-01-01'''), (427, 'available_from = ''2024-02-01''')) v (id, what), t_fix.dwelling(id, what);
SELECT count(*) FROM t_fix.live(424, 1, '2021-02-01', '2021-03-01');
INSERT INTO t_fix.expected VALUES ('unused_but_lived_in', '410', '1 beboer siden 02.10.2022.'), ('unused_but_lived_in', '412', '2 beboere, den første siden 02.10.2022.'),
    ('new_without_residents', '420', 'Taget i brug den 31.12.2022.'), ('new_without_residents', '422', 'Taget i brug den 01.01.2020.');
-- Codes that no list has, one by one and all at once; blanks, small letters, and codes for "not stated" are none of them
SELECT count(*) FROM (VALUES (430, 'unit_use = 777'), (431, 'unit_use = 777, building_id = 3, unit_kind = ''X'', public_support = 11, registered_use = 4'), (432, 'unit_kind = '' e '''), (433, 'unit_kind = '''''), (434, 'registered_use = 0, public_support = 0'),
    (435, 'public_support = 80'), (436, 'unit_use = 999'), (437, 'unit_use = NULL, demolished_on = ''2022-01-01''')) v (id, what), t_fix.dwelling(id, what);
SELECT count(*) FROM t_fix.owner(431, 11);
INSERT INTO t_fix.expected VALUES ('unknown_code', '430', 'Enhedens anvendelse er 777.'), ('missing_use', '436', 'Enhedens anvendelse er 999, bygningens er 120.'),
    ('unknown_code', '431', 'Enhedens anvendelse er 777. Bygningens anvendelse er 778. Boligtypen er X. Ejerforholdskoden er 11. Byggeskadeforsikringens kode er 13. Den offentlige støttes kode er 11. Udlejningsforholdet er 4.');
-- Codes that go: of what is a home
SELECT count(*) FROM (VALUES (440, 'unit_use = 320'), (441, 'building_id = 4'), (442, 'unit_use = 320, unit_kind = ''E'''), (443, 'unit_use = 320, demolished_on = ''2022-01-01'''), (444, 'unit_use = 321'), (445, 'unit_use = 320, building_id = 4')) v (id, what),
    t_fix.dwelling(id, what);
INSERT INTO t_fix.expected VALUES ('phased_out_code', '440', 'Enhedens anvendelse er 320.'), ('phased_out_code', '441', 'Bygningens anvendelse er 130.'), ('phased_out_code', '445', 'Enhedens anvendelse er 320. Bygningens anvendelse er 130.');
-- Buildings and areas that are missing; of an area on the data date
SELECT count(*) FROM (VALUES (450, 'building_id = NULL'), (451, 'building_id = 999'), (454, 'unit_use = 510, unit_kind = ''5'', area_m2 = NULL')) v (id, what), t_fix.dwelling(id, what);
DELETE FROM t_issue.dwelling_area WHERE dwelling_id BETWEEN 452 AND 456;
INSERT INTO t_issue.dwelling_area VALUES (453, 'kvarter', 'N', NULL, '2024-01-01'), (455, 'kvarter', 'N', '2024-01-01', '2024-01-02'), (456, 'kvarter', 'N', '2024-01-02', NULL);
INSERT INTO t_fix.expected VALUES ('missing_building', '450', 'Bygningen er ikke oplyst.'), ('missing_building', '451', 'Bygning 999 er ikke indlæst.'), ('missing_quarter', '452', 'Boligen ligger ikke i noget område.'),
    ('missing_quarter', '453', 'Boligen ligger ikke i noget område.'), ('missing_quarter', '456', 'Boligen ligger ikke i noget område.');
-- Owners who live elsewhere: those of today, if all are known and none lives there; not where the home is let, or decided by hand, or nobody lives there
SELECT count(*) FROM generate_series(460, 470) n, t_fix.owner(n, 10, 'Ejer ' || n, CASE n WHEN 463 THEN NULL ELSE 5000 + n END);
SELECT count(*) FROM t_fix.dwelling(464, 'registered_use = 1');
INSERT INTO t_issue.ownership (dwelling_id, owner_code, owner_name, owner_person_id) VALUES (462, 10, 'Ejer 2', 5862), (469, 10, 'Ejer 2', NULL);
INSERT INTO t_issue.ownership (dwelling_id, owner_code, owner_name, owner_person_id, valid_from, valid_to) VALUES (470, 10, 'Ejer 2', 5870, NULL, '2024-01-01');
INSERT INTO t_issue.tenure_override (dwelling_id, tenure) VALUES (465, 'owner');
SELECT count(*) FROM unnest(ARRAY[460, 461, 461, 462, 463, 464, 465, 467, 468, 469, 470]) n, t_fix.live(n, 1, '2023-01-01');
INSERT INTO t_issue.person (person_id) SELECT 5000 + n FROM generate_series(460, 470) n UNION ALL VALUES (5862), (5870);
INSERT INTO t_issue.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES (5862, 462, 151, '2023-01-01', NULL), (5467, 467, 151, '2023-01-01', '2023-12-31'), (5468, 468, 151, '2023-01-01', '2024-01-01'),
    (5870, 470, 151, '2023-01-01', NULL);
INSERT INTO t_fix.expected VALUES ('owner_not_resident', '460', '1 beboer, som ikke er en af ejerne.'), ('owner_not_resident', '461', '2 beboere, og ingen af ejerne er blandt dem.'), ('owner_not_resident', '467', '1 beboer, som ikke er en af ejerne.'),
    ('owner_not_resident', '470', '2 beboere, og ingen af ejerne er blandt dem.');

-- Records of persons
INSERT INTO t_issue.person (person_id, born_on, died_on) SELECT n, NULL, NULL FROM generate_series(1001, 1049) n UNION ALL
    VALUES (1050, date '2021-06-02', NULL::date), (1051, '2021-06-02', NULL), (1060, NULL, '2023-11-30'), (1061, NULL, '2023-11-30'), (1062, NULL, '2023-11-30'), (1063, NULL, '2023-12-01'), (1064, NULL, '2023-12-01'),
    (1065, NULL, '2023-06-01'), (1066, NULL, '2023-06-01'), (1067, NULL, '2023-12-20'), (1068, NULL, '2023-11-30'), (1069, NULL, '2023-11-30');
INSERT INTO t_issue.address_period (person_id, dwelling_id, municipality_code, from_date, to_date) VALUES
    -- overlaps: one day; none; with one that goes on; nested; behind one that is nested; with an address elsewhere
    (1001, 1, 151, '2020-01-01', '2021-01-02'), (1001, 1, 151, '2021-01-01', NULL), (1002, 1, 151, '2020-01-01', '2021-01-01'), (1002, 1, 151, '2021-01-01', NULL), (1003, 1, 151, '2020-01-01', NULL), (1003, 1, 151, '2021-01-01', '2022-01-01'),
    (1004, 1, 151, '2020-01-01', '2022-01-01'), (1004, 1, 151, '2020-06-01', '2020-07-01'), (1004, 1, 151, '2021-12-31', NULL), (1005, NULL, 101, '2020-01-01', 'infinity'), (1005, 1, 151, '2021-01-01', NULL),
    -- records that take no part overlap with nothing: without a day, reversed, without start
    (1006, 1, 151, '2020-01-01', NULL), (1006, NULL, 101, '2021-01-01', '2021-01-01'), (1007, NULL, 101, '2022-01-01', '2021-01-01'), (1007, 1, 151, '2022-02-01', NULL), (1008, NULL, 101, '-infinity', '2021-06-01'), (1008, 1, 151, '2021-01-01', NULL),
    (1009, NULL, 101, NULL, '2021-06-01'), (1009, 1, 151, '2021-01-01', NULL), (1010, NULL, 101, NULL, NULL), (1010, 1, 151, '2021-01-01', NULL),
    -- twice the same: also without start; not where the dwelling is another
    (1020, 1, 151, '2020-01-01', NULL), (1020, 1, 151, '2020-01-01', NULL), (1021, 1, 151, NULL, NULL), (1021, 1, 151, NULL, NULL), (1021, 1, 151, NULL, NULL), (1022, 1, 151, '2020-01-01', '2021-01-01'), (1022, NULL, 101, '2020-01-01', '2021-01-01'),
    -- twice the same, and a third before that overlaps with both
    (1023, 1, 151, '2019-01-01', '2020-02-01'), (1023, 1, 151, '2020-01-01', NULL), (1023, 1, 151, '2020-01-01', NULL),
    -- four weeks ahead, and a day more
    (1030, 1, 151, '2024-01-29', NULL), (1031, 1, 151, '2024-01-30', NULL),
    -- before birth, and on its day
    (1050, 1, 151, '2021-06-01', NULL), (1051, 1, 151, '2021-06-02', NULL),
    -- 31 days after death, 32, or still; a death of 31 days before the data date; one without end; from the day of death, and from the next; and one that is reported for later
    (1060, 1, 151, '2010-01-01', '2023-12-31'), (1061, 1, 151, '2010-01-01', '2024-01-01'), (1062, 1, 151, '2010-01-01', NULL), (1063, 1, 151, '2010-01-01', NULL), (1064, 1, 151, '2010-01-01', 'infinity'),
    (1065, 1, 151, '2023-06-01', '2023-06-05'), (1066, 1, 151, '2023-06-02', '2023-06-05'), (1067, 1, 151, '2024-01-05', NULL), (1068, 1, 151, '2010-01-01', 'infinity'), (1069, 1, 151, '2010-01-01', '2024-01-10'),
    -- dwellings that are not there, in the municipality or perhaps there; in another; and none
    (1040, 99999, 151, '2020-01-01', NULL), (1041, 99999, NULL, '2020-01-01', NULL), (1042, 99999, 101, '2020-01-01', NULL), (1043, NULL, 151, '2020-01-01', NULL),
    -- and persons
    (2000, 1, 151, '2020-01-01', '2021-01-01'), (2000, 1, 151, '2022-01-01', NULL), (-1, 1, 151, '2020-01-01', NULL);
INSERT INTO t_fix.expected VALUES ('overlapping_registration', '1001/2021-01-01', 'Tilmeldingen fra 01.01.2021 begynder, før en tidligere er slut den 02.01.2021.'),
    ('overlapping_registration', '1003/2021-01-01', 'Tilmeldingen fra 01.01.2021 begynder, mens en tidligere stadig gælder.'), ('overlapping_registration', '1004/2020-06-01', 'Tilmeldingen fra 01.06.2020 begynder, før en tidligere er slut den 01.01.2022.'),
    ('overlapping_registration', '1004/2021-12-31', 'Tilmeldingen fra 31.12.2021 begynder, før en tidligere er slut den 01.01.2022.'), ('overlapping_registration', '1005/2021-01-01', 'Tilmeldingen fra 01.01.2021 begynder, mens en tidligere stadig gælder.'),
    ('zero_length_registration', '1006/2021-01-01', 'Fra og til 01.01.2021.'), ('reversed_registration', '1007/2022-01-01', 'Fra 01.01.2022 til 01.01.2021.'), ('registration_without_start', '1008/-infinity', 'Startdatoen mangler; slutdatoen er 01.06.2021.'),
    ('registration_without_start', '1009/', 'Startdatoen mangler; slutdatoen er 01.06.2021.'), ('registration_without_start', '1010/', 'Startdatoen mangler.'), ('duplicate_registration', '1020/2020-01-01', 'Tilmeldingen fra 01.01.2020 findes 2 gange.'),
    ('duplicate_registration', '1021/', 'Tilmeldingen uden startdato findes 3 gange.'), ('registration_without_start', '1021/', 'Startdatoen mangler.'),
    ('overlapping_registration', '1022/2020-01-01', 'Tilmeldingen fra 01.01.2020 begynder, før en tidligere er slut den 01.01.2021.'), ('duplicate_registration', '1023/2020-01-01', 'Tilmeldingen fra 01.01.2020 findes 2 gange.'),
    ('overlapping_registration', '1023/2020-01-01', 'Tilmeldingen fra 01.01.2020 begynder, før en tidligere er slut den 01.02.2020.'),
    ('future_registration', '1031/2024-01-30', 'Tilmeldt fra 30.01.2024.'), ('registration_before_birth', '1050/2021-06-01', 'Tilmeldt fra 01.06.2021, født den 02.06.2021.'),
    ('registration_after_death', '1061/2010-01-01', 'Tilmeldt fra 01.01.2010 til 01.01.2024, død den 30.11.2023.'), ('registration_after_death', '1062/2010-01-01', 'Tilmeldt fra 01.01.2010 til nu, død den 30.11.2023.'),
    ('registration_after_death', '1066/2023-06-02', 'Tilmeldt fra 02.06.2023 til 05.06.2023, død den 01.06.2023.'), ('registration_after_death', '1068/2010-01-01', 'Tilmeldt fra 01.01.2010 til nu, død den 30.11.2023.'),
    ('registration_after_death', '1069/2010-01-01', 'Tilmeldt fra 01.01.2010 til 10.01.2024, død den 30.11.2023.'),
    ('unknown_dwelling', '1040/2020-01-01', 'Bolig 99999 er ikke indlæst.'), ('unknown_dwelling', '1041/2020-01-01', 'Bolig 99999 er ikke indlæst.'), ('unknown_person', '2000', 'Personen er ikke indlæst.'), ('unknown_person', '-1', 'Personen er ikke indlæst.');
CALL byudv.refresh('t_issue');
SELECT * FROM t_fix.compare();
SELECT step, outcome, scope <> 'all' AS part, added, removed FROM (SELECT l.step, l.outcome, l.scope, l.rows_added AS added, l.rows_removed AS removed FROM t_issue.run_log l WHERE l.run_id = 2 AND l.step = 'data_issue') x;
-- computed in full it is the same; every kind of the catalogue has occurred, and none that is not in it
CALL byudv.refresh('t_issue', true);
SELECT * FROM t_fix.compare();
SELECT k.issue FROM byudv.data_issue_kind k WHERE NOT EXISTS (SELECT FROM t_fix.expected e WHERE e.issue = k.issue) ORDER BY k.sort_order;
SELECT DISTINCT i.issue FROM t_issue.data_issue i WHERE NOT EXISTS (SELECT FROM byudv.data_issue_kind k WHERE k.issue = i.issue);
-- what a finding is about
SELECT count(*) AS findings, count(*) FILTER (WHERE dwelling_id IS NULL AND person_id IS NULL) AS about_nothing, count(*) FILTER (WHERE person_id IS NULL AND issue_key <> dwelling_id::text) AS other_dwelling,
    count(*) FILTER (WHERE person_id IS NOT NULL AND split_part(issue_key, '/', 1) <> person_id::text) AS other_person FROM t_issue.data_issue;
SELECT issue_key, dwelling_id, person_id FROM t_issue.data_issue WHERE issue IN ('unknown_person', 'unknown_dwelling') ORDER BY issue COLLATE "C", issue_key COLLATE "C";

-- Mended one by one, each in another input: the finding goes, the others stay
CREATE TABLE t_fix.mend (nr int GENERATED ALWAYS AS IDENTITY, issue text, issue_key text, statement text, result text);
INSERT INTO t_fix.mend (issue, issue_key, statement) VALUES
    ('implausible_area', '100', 'UPDATE t_issue.dwelling SET area_m2 = 1000 WHERE dwelling_id = 100'),
    ('area_disagreement', '106', 'UPDATE t_issue.dwelling SET area_m2 = 42 WHERE dwelling_id = 106'),
    ('too_many_residents', '110', 'DELETE FROM t_issue.address_period WHERE person_id = (SELECT min(a.person_id) FROM t_issue.address_period a WHERE a.dwelling_id = 110)'),
    ('proxy_owner', '200', 'UPDATE t_issue.dwelling SET property_kind = ''SFE'' WHERE dwelling_id = 200'),
    ('owner_code_against_name', '300', 'UPDATE t_issue.ownership SET owner_code = 20 WHERE dwelling_id = 300'),
    ('support_against_owner_code', '340', 'UPDATE t_issue.dwelling SET public_support = 15 WHERE dwelling_id = 340'),
    ('association_as_owner', '360', 'UPDATE t_issue.ownership SET owner_name = ''Ole Olsen'' WHERE dwelling_id = 360'),
    ('person_owns_block', '363', 'UPDATE t_issue.dwelling SET property_kind = ''condominium'' WHERE dwelling_id = 363'),
    ('company_used_by_owner', '370', 'UPDATE t_issue.dwelling SET registered_use = 1 WHERE dwelling_id = 370'),
    ('estate_not_social', '380', 'INSERT INTO t_issue.tenure_override (dwelling_id, tenure) VALUES (380, ''social'')'),
    ('owner_not_resident', '460', 'UPDATE t_issue.ownership SET owner_person_id = NULL WHERE dwelling_id = 460'),
    ('owner_not_resident', '470', 'INSERT INTO t_issue.address_period (person_id, dwelling_id, municipality_code, from_date) VALUES (5470, 470, 151, ''2023-12-31'')'),
    ('missing_owner_code', '329', 'UPDATE t_issue.ownership SET owner_code = 30 WHERE dwelling_id = 329'),
    ('missing_owner_name', '390', 'UPDATE t_issue.ownership SET owner_name = ''Boligselskabet Testrup'' WHERE dwelling_id = 390'),
    ('residents_in_no_dwelling', '400', 'UPDATE t_issue.address_period SET to_date = ''2023-12-31'' WHERE dwelling_id = 400'),
    ('residents_in_demolished', '405', 'UPDATE t_issue.dwelling SET demolished_on = NULL WHERE dwelling_id = 405'),
    ('unused_but_lived_in', '410', 'UPDATE t_issue.address_period SET from_date = ''2022-10-03'' WHERE dwelling_id = 410'),
    ('new_without_residents', '420', 'INSERT INTO t_issue.address_period (person_id, dwelling_id, municipality_code, from_date) VALUES (1049, 420, 151, ''2023-12-31'')'),
    ('unknown_code', '430', 'UPDATE t_issue.dwelling SET unit_use = 120 WHERE dwelling_id = 430'),
    ('phased_out_code', '440', 'UPDATE t_issue.dwelling SET unit_use = 321 WHERE dwelling_id = 440'),
    ('missing_use', '436', 'UPDATE t_issue.dwelling SET unit_use = 120 WHERE dwelling_id = 436'),
    ('missing_area_m2', '108', 'UPDATE t_issue.dwelling SET area_m2 = 42 WHERE dwelling_id = 108'),
    ('missing_building', '451', 'INSERT INTO t_issue.building (building_id, building_use) VALUES (999, 120)'),
    ('missing_quarter', '452', 'INSERT INTO t_issue.dwelling_area VALUES (452, ''kvarter'', ''N'')'),
    ('overlapping_registration', '1001/2021-01-01', 'UPDATE t_issue.address_period SET to_date = ''2021-01-01'' WHERE person_id = 1001 AND from_date = ''2020-01-01'''),
    ('duplicate_registration', '1020/2020-01-01', 'DELETE FROM t_issue.address_period WHERE ctid = (SELECT a.ctid FROM t_issue.address_period a WHERE a.person_id = 1020 LIMIT 1)'),
    ('reversed_registration', '1007/2022-01-01', 'DELETE FROM t_issue.address_period WHERE person_id = 1007 AND to_date < from_date'),
    ('zero_length_registration', '1006/2021-01-01', 'DELETE FROM t_issue.address_period WHERE person_id = 1006 AND to_date = from_date'),
    ('registration_without_start', '1009/', 'UPDATE t_issue.address_period SET from_date = ''2020-06-01'', to_date = ''2021-01-01'' WHERE person_id = 1009 AND from_date IS NULL'),
    ('future_registration', '1031/2024-01-30', 'UPDATE t_issue.address_period SET from_date = ''2024-01-29'' WHERE person_id = 1031'),
    ('registration_before_birth', '1050/2021-06-01', 'UPDATE t_issue.person SET born_on = ''2021-06-01'' WHERE person_id = 1050'),
    ('registration_after_death', '1062/2010-01-01', 'UPDATE t_issue.person SET died_on = ''2023-12-01'' WHERE person_id = 1062'),
    ('unknown_dwelling', '1041/2020-01-01', 'UPDATE t_issue.address_period SET municipality_code = 101 WHERE person_id = 1041'),
    ('unknown_person', '2000', 'INSERT INTO t_issue.person (person_id) VALUES (2000)');
DO $$
DECLARE
    m record;
    gone bigint;
    there bigint;
    added bigint;
    removed bigint;
BEGIN
    FOR m IN SELECT * FROM t_fix.mend ORDER BY nr LOOP
        SELECT count(*) INTO there FROM t_issue.data_issue i WHERE i.issue = m.issue AND i.issue_key = m.issue_key;
        EXECUTE m.statement;
        COMMIT;
        CALL byudv.refresh('t_issue');
        SELECT count(*) INTO gone FROM t_issue.data_issue i WHERE i.issue = m.issue AND i.issue_key = m.issue_key;
        SELECT l.rows_added, l.rows_removed INTO added, removed FROM t_issue.run_log l WHERE l.run_id = (SELECT max(x.run_id) FROM t_issue.run_log x) AND l.step = 'data_issue' AND l.scope <> 'all';
        UPDATE t_fix.mend SET result = format('%s, then %s: %s added, %s removed', there, gone, added, removed) WHERE nr = m.nr;
    END LOOP;
END
$$;
SELECT count(*) AS kinds FROM (SELECT issue FROM t_fix.mend INTERSECT SELECT issue FROM byudv.data_issue_kind) x;
-- with the eleventh condominium the other ten go as well
SELECT issue, issue_key, result FROM t_fix.mend WHERE result <> '1, then 0: 0 added, 1 removed' ORDER BY nr;
CALL byudv.refresh('t_issue', true);
SELECT rows_added, rows_removed FROM t_issue.run_log WHERE run_id = (SELECT max(x.run_id) FROM t_issue.run_log x) AND step = 'data_issue';

-- how a session writes dates says nothing about the rows
SET datestyle = 'German, DMY';
CALL byudv.refresh('t_issue', true);
SELECT step, rows_added, rows_removed FROM t_issue.run_log WHERE run_id = (SELECT max(x.run_id) FROM t_issue.run_log x) AND step <> 'refresh' AND rows_added + rows_removed > 0;
RESET datestyle;

-- Codes of the user's own are known; of a code that goes, the user's row decides
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('unit', 777, 'Bolig på pæle', 'other_year_round'), ('building', 130, 'Rækkehus', 'terraced');
CALL byudv.refresh('t_issue');
SELECT issue, issue_key, detail FROM t_issue.data_issue WHERE issue IN ('unknown_code', 'phased_out_code') ORDER BY issue COLLATE "C", issue_key COLLATE "C";
DELETE FROM byudv.use_code WHERE NOT is_builtin;
CALL byudv.refresh('t_issue');
SELECT issue, issue_key, detail FROM t_issue.data_issue WHERE issue IN ('unknown_code', 'phased_out_code') ORDER BY issue COLLATE "C", issue_key COLLATE "C";
-- where no owner has a name, and nothing lies in an area, that is no finding
UPDATE t_issue.ownership SET owner_name = NULL;
TRUNCATE t_issue.dwelling_area;
CALL byudv.refresh('t_issue');
SELECT count(*) FROM t_issue.data_issue WHERE issue IN ('missing_owner_name', 'missing_quarter', 'estate_not_social', 'owner_code_against_name');
-- nor that nobody lives in a new home, where no address is known at all
SELECT count(*) > 0 AS some FROM t_issue.data_issue WHERE issue = 'new_without_residents';
CREATE TEMPORARY TABLE addresses AS TABLE t_issue.address_period;
DELETE FROM t_issue.address_period;
CALL byudv.refresh('t_issue');
SELECT count(*) FROM t_issue.data_issue WHERE issue = 'new_without_residents';
INSERT INTO t_issue.address_period TABLE pg_temp.addresses;
CALL byudv.refresh('t_issue');
SELECT count(*) > 0 AS some FROM t_issue.data_issue WHERE issue = 'new_without_residents';
-- bounds of the user's own
UPDATE t_issue.setting SET odd_area_m2 = 99, odd_residents = 11;
CALL byudv.refresh('t_issue');
SELECT issue, count(*) > 400 AS many FROM t_issue.data_issue WHERE issue = 'implausible_area' GROUP BY issue;
SELECT issue_key, detail FROM t_issue.data_issue WHERE issue = 'too_many_residents' ORDER BY issue_key COLLATE "C";
-- nothing is left of what is gone
TRUNCATE t_issue.dwelling, t_issue.address_period;
CALL byudv.refresh('t_issue');
SELECT count(*) FROM t_issue.data_issue;

DROP SCHEMA t_issue, t_fix CASCADE;
