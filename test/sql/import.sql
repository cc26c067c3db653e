-- Adapters: made-up rows with the sources' own column names, and what becomes of each. CPR numbers are nobody's: 31 February, and 1 January 2036.
\set SHOW_CONTEXT never
\getenv folder PG_ABS_SRCDIR
SET client_min_messages = warning;
SET byudv.pseudonym_key = 'an-example-key-0123456789';
CREATE SCHEMA t_import;

-- What a statement says: nothing, or all of its error
CREATE FUNCTION t_import.say(statement text, OUT message text, OUT code text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END
$$;

-- Keys: the numbers are the first 16 hexadecimal digits of sha256sum, without the highest bit
SELECT byudv.register_key('abc') = 4213142463398924266 AS right, byudv.register_key('43217746-248e-4de2-b905-009bb4004a56') = 1843686853031450974 AS right,
    byudv.register_key(' {43217746-248E-4DE2-B905-009BB4004A56} ') = 1843686853031450974 AS right, byudv.register_key(NULL), byudv.register_key('a\b') >= 0 AS right;
SELECT count(DISTINCT byudv.register_key(i::text)), min(byudv.register_key(i::text)) >= 0 AS never_negative FROM generate_series(1, 20000) i;

-- Addresses: each row is one address
SELECT a, b, a = b AS same FROM (VALUES
    (byudv.address_key('0151', '0012', '001A', '01', 'TV'), byudv.address_key('151', '12', '1a', '1', 'tv')),
    (byudv.address_key('0151', '1234', '012', 'ST', '0002'), byudv.address_key('151', '1234', '12', 'st.', '2')),
    (byudv.address_key('0151', '1234', '012', 'KL', ''), byudv.address_key('151', '1234', '12 ', 'kl', NULL)),
    (byudv.address_key('0151'::char(4), '0012'::char(4), '7'::char(4), ''::char(2), '0012'::char(4)), byudv.address_key('151', '12', '7', NULL, '12'))) v (a, b);
SELECT byudv.address_key('151', '12', '1', '1', 'tv') <> byudv.address_key('151', '12', '1', 'tv', '1') AS differ, byudv.address_key('15', '112', '1') <> byudv.address_key('151', '12', '1') AS differ;
SELECT byudv.address_key('0151', '0012', '000'), byudv.address_key('151', NULL, '1'), byudv.address_key(NULL, '12', '1'), byudv.address_key('151', '12', ' '), byudv.address_key('151', '12', '1');

-- Days and years of birth
SELECT v, byudv.register_date(v) FROM unnest(ARRAY['20230401', '202304012359', '20230401235959', '2023-04-01', '2023-04-01T23:59:59.9Z', '2023-04-01 10:00:00', '1.4.2023', '01-04-2023 10:00',
    '31/12/2023', '20240229', '20230229', '20231301', '20230431', '202300000000', '196100000000', '00000000', '2023', '1-4/2023', '1.4.23', '', 'x', '99991231', '09990101']) v;
SELECT v, byudv.cpr_birth_year(v) FROM unnest(ARRAY['3102000000', '3102993999', '3102364000', '310237-4000', '3102369000', '3102379000', '3102575000', '3102585000', '3102578000', '3102588000', '310201000', 'x']) v;

-- ---- BBR as it is distributed today. Columns as the register writes them; text, int and timestamp.
CREATE TABLE t_import.enhed ("id_lokalId" text, status text, kommunekode text, "registreringFra" timestamp, "registreringTil" timestamp, "virkningFra" timestamp, "virkningTil" timestamp,
    "enh020EnhedensAnvendelse" text, "enh023Boligtype" text, "enh026EnhedensSamledeAreal" text, "enh027ArealTilBeboelse" int, "enh031AntalVaerelser" text, "enh045Udlejningsforhold" text,
    "enh046OffentligStoette" text, "enh044DatoForDelvisIbrugtagningsTilladelse" text, "enh047IndflytningDato" text, "adresseIdentificerer" text, opgang text);
INSERT INTO t_import.enhed VALUES
    ('E1', '6', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '80', 80, '3', '2', '', '2019-05-01', '2019-06-01', 'A1', 'O1'), -- staircase, own condominium
    ('{e2}', '6', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '70,00', 70, '2.0', '1', NULL, NULL, NULL, 'a2', NULL),        -- building by use, leased land
    ('e7', '6', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '2', '75', 75, '2', '1', NULL, NULL, NULL, 'a2', NULL),              -- beside it, with a condominium property of its own
    ('e3', '6', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '120', '1', '120', 120, '5', '2', '3', '', '20190601', 'a3', ''),            -- the only residential building
    ('e4', '6', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', 'e', '1.234', 60, 'x', '1', NULL, '31-02-2019', NULL, 'a4', NULL),    -- two fit, on the same land; notes
    ('e5', '9', '0151', '2020-01-01', NULL, '2018-03-01 12:00', NULL, '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),        -- ended
    ('e6', '6', '0151', '2020-01-01', NULL, '2019-01-01', '2020-01-01', '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),      -- history
    ('e6', '6', '0151', '2020-01-01', '2020-02-01', '2019-01-01', NULL, '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),      -- history
    ('E1', '6', '0151', '2019-01-01', NULL, '2019-01-01', NULL, '140', '1', '99', 99, '9', '2', NULL, NULL, NULL, 'a1', 'o1'),              -- e1, earlier
    (NULL, '6', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),
    ('e8', 'six', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),
    ('e9', NULL, '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),
    ('e10', '11', '0151', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '80', 80, '3', '2', NULL, NULL, NULL, 'a2', NULL),
    ('e11', '6', '0157', '2020-01-01', NULL, '2019-01-01', NULL, '140', '1', '50', 50, '2', '1', NULL, NULL, NULL, 'nowhere', NULL);        -- no building, no property
CREATE TABLE t_import.bygning ("id_lokalId" text, status int, kommunekode text, "byg021BygningensAnvendelse" text, "byg026Opfoerelsesaar" text, "byg121OmfattetAfByggeskadeforsikring" text, husnummer text,
    grund text, "bygningPaaFremmedGrund" text, "registreringFra" text, "registreringTil" text, "virkningFra" text, "virkningTil" text);
INSERT INTO t_import.bygning VALUES
    ('b1', 6, '0151', '140', '1960', '10', 'h1', 'g1', NULL), ('b1x', 6, '0151', '140', '1961', '0', 'h1', 'g1', NULL),
    ('b2', 6, '0151', '140', '0', '00', 'h2', 'g1', 'p2'), ('b2x', 6, '0151', '910', '1970', NULL, 'h2', 'g1', NULL),
    ('b3', 6, '0151', '130', '2010', '0', 'h3', 'g3', NULL), ('b3x', 6, '0151', '910', '2010', NULL, 'h3', 'g3', NULL),
    ('b4', 6, '0151', '140', '1980', '0', 'h4', 'g3', NULL), ('b4x', 6, '0151', '140', '1981', '0', 'h4', 'g3', NULL),
    ('b5', 10, '0151', '140', '1900', '0', 'h2', 'g1', NULL), ('b6', 6, '0151', 'dwelling', '1900', '0', NULL, NULL, NULL);
UPDATE t_import.bygning SET "virkningFra" = '2018-03-01T00:00:00Z' WHERE status = 10;
CREATE TABLE t_import.ejendomsrelation ("id_lokalId" text, status text, "bfeNummer" text, "ejendommensEjerforholdskode" text, ejendomstype text);
INSERT INTO t_import.ejendomsrelation VALUES ('p1', '7', '1000001', '10', 'Ejerlejlighed'), ('p2', '7', '1000002', '30', 'BPFG'), ('p3', '7', '1000003', '20', 'SFE'), ('p4', '7', '0', '41', 'SFE'),
    ('p5', '10', '1000005', '10', 'SFE'), ('p6', '7', '1000006', NULL, 'SFE'), ('p7', '7', '1000007', '10', 'SFE'), ('p7', '7', '1000007', '30', 'SFE'), ('p8', '7', '1000008', '20', 'SFE'), ('p9', '7', '1000008', '50', 'SFE'),
    ('p10', '7', '1000010', '10', 'Ejerlejlighed');
CREATE TABLE t_import.enhedejerlejlighed (enhed text, ejerlejlighed text);
INSERT INTO t_import.enhedejerlejlighed VALUES ('e1', 'P1'), ('e3', 'p5'), (NULL, 'p1'), ('e7', 'p10');
CREATE TABLE t_import.grund ("id_lokalId" text, status text, "bestemtFastEjendom" text);
INSERT INTO t_import.grund VALUES ('g1', '7', 'p3'), ('g3', '7', 'p4'), ('g4', '10', 'p4'), ('g5', '7', NULL);
CREATE TABLE t_import.adresse (id text, adressebetegnelse text, husnummer text, kommunekode text, vejkode text, husnr text, etage text, "dør" text);
INSERT INTO t_import.adresse VALUES ('a1', 'Testvej 1, st. tv', 'h1', '0151', '0012', '1', 'st', 'tv'), ('a2', 'Testvej 2', 'h2', '0151', '0012', '2', '', ''),
    ('a3', 'Testvej 3', 'h3', '0151', '0012', '3', NULL, NULL), ('a4', 'Ågade 4A, 1. th', 'h4', '0151', '0013', '4A', '1', 'th');
CREATE TABLE t_import.opgang ("id_lokalId" text, bygning text);
INSERT INTO t_import.opgang VALUES ('o1', 'b1');
CREATE TABLE t_import.ejer (bfenummer bigint, "PrimaerKontakt_Navn" text);
INSERT INTO t_import.ejer VALUES (1000001, 'Karla Testrup'), (1000002, 'Testrup ApS'), (1000003, 'A'), (1000003, 'B'), (1000009, 'C'), (NULL, 'D'), (1000006, ' ');

SELECT byudv.create_monitor('t_import_m', 151) <> '' AS made;
SELECT * FROM byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation', 't_import.enhedejerlejlighed', 't_import.grund', 't_import.adresse', 't_import.opgang',
    ejer => 't_import.ejer');
SELECT source_key, d.dwelling_id = byudv.register_key(source_key) AS key, municipality AS mun, (SELECT b.source_key FROM t_import_m.building b WHERE b.building_id = d.building_id) AS building, property_id,
    property_kind, unit_use AS use, unit_kind AS kind, area_m2, residential_area_m2 AS living, rooms, public_support AS support, registered_use AS reg, available_from, demolished_on, address, address_key
FROM t_import_m.dwelling d ORDER BY source_key COLLATE "C";
SELECT source_key, property_id = byudv.register_key('p4') AS p4, property_id, building_use, built_year, defect_insurance, permit_on, available_from, demolished_on, status FROM t_import_m.building ORDER BY source_key COLLATE "C";
SELECT property_id = byudv.register_key('p4') AS p4, CASE WHEN property_id < 2000000 THEN property_id END AS property_id, dwelling_id, owner_code, owner_name, owner_person_id, valid_from, valid_to FROM t_import_m.ownership ORDER BY 2, 4;
SELECT source, row_key, reason FROM t_import_m.reject ORDER BY source COLLATE "C", row_key COLLATE "C", reason COLLATE "C";
SELECT content FROM t_import_m.reject WHERE row_key IN ('e4', 'p5') ORDER BY row_key;
SELECT count(*) AS names FROM t_import_m.reject WHERE content::text ~ '"[ABCD]"';

-- Again: nothing is written, nothing is noted
DELETE FROM t_import_m.change;
CREATE TABLE t_import.before AS SELECT 'dwelling' AS t, d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.dwelling d UNION ALL SELECT 'building', d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.building d
    UNION ALL SELECT 'ownership', d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.ownership d UNION ALL SELECT 'reject', d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.reject d;
CREATE FUNCTION t_import.untouched() RETURNS boolean LANGUAGE sql AS $$
SELECT NOT EXISTS (SELECT * FROM t_import.before EXCEPT (SELECT 'dwelling' AS t, d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.dwelling d UNION ALL SELECT 'building', d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.building d
    UNION ALL SELECT 'ownership', d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.ownership d UNION ALL SELECT 'reject', d.ctid::text AS place, d.xmin::text AS written FROM t_import_m.reject d))
$$;
SELECT sum(rows_added) AS added, sum(rows_changed) AS changed, sum(rows_removed) AS removed FROM byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation',
    't_import.enhedejerlejlighed', 't_import.grund', 't_import.adresse', 't_import.opgang', ejer => 't_import.ejer');
SELECT t_import.untouched(), count(*) AS noted FROM t_import_m.change;
-- with names in small letters, as an unquoted COPY target has them: the same
CREATE TABLE t_import.enhed_small AS SELECT "id_lokalId" AS id_lokalid, status, kommunekode, "registreringFra" AS registreringfra, "registreringTil" AS registreringtil, "virkningFra" AS virkningfra, "virkningTil" AS virkningtil,
    "enh020EnhedensAnvendelse" AS enh020enhedensanvendelse, "enh023Boligtype" AS enh023boligtype, "enh026EnhedensSamledeAreal" AS enh026enhedenssamledeareal, "enh027ArealTilBeboelse" AS enh027arealtilbeboelse,
    "enh031AntalVaerelser" AS "ENH031ANTALVÆRELSER", "enh045Udlejningsforhold" AS enh045udlejningsforhold, "enh046OffentligStoette" AS enh046offentligstoette,
    "enh044DatoForDelvisIbrugtagningsTilladelse" AS enh044datofordelvisibrugtagningstilladelse, "enh047IndflytningDato" AS enh047indflytningdato, "adresseIdentificerer" AS adresseidentificerer, opgang FROM t_import.enhed;
SELECT source, rows_read, rows_used, rows_rejected, rows_added, rows_changed, rows_removed FROM byudv.import_bbr('t_import_m', 't_import.enhed_small', 't_import.bygning', 't_import.ejendomsrelation',
    't_import.enhedejerlejlighed', 't_import.grund', 't_import.adresse', 't_import.opgang', ejer => 't_import.ejer') WHERE source = 'enhed';

-- What differs is written, and only that. Own rows, and what this delivery does not say, stay.
INSERT INTO t_import_m.ownership (property_id, owner_code, owner_name, valid_from) VALUES (1000001, 30, 'Testrup A/S', '2015-01-01');
UPDATE t_import_m.dwelling SET available_from = '1999-01-01' WHERE source_key = 'e2';
DELETE FROM t_import_m.change;
UPDATE t_import.enhed SET "enh026EnhedensSamledeAreal" = '71' WHERE "id_lokalId" = '{e2}';
UPDATE t_import.enhed SET status = '10' WHERE "id_lokalId" = 'e3';
UPDATE t_import.ejendomsrelation SET "ejendommensEjerforholdskode" = '80' WHERE "id_lokalId" = 'p2';
DELETE FROM t_import.enhed WHERE "id_lokalId" = 'e11';
SELECT source, rows_read, rows_used, rows_rejected, rows_added, rows_changed, rows_removed FROM byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation',
    't_import.enhedejerlejlighed', 't_import.grund', opgang => 't_import.opgang') WHERE table_name IS NOT NULL;
SELECT source_key, area_m2, available_from, address FROM t_import_m.dwelling ORDER BY source_key COLLATE "C";
SELECT property_id, owner_code, owner_name, valid_from FROM t_import_m.ownership WHERE property_id IN (1000001, 1000002) ORDER BY 1, 2;
SELECT c.input, c.key_kind, count(*), count(*) FILTER (WHERE c.key IN (byudv.register_key('e2'), byudv.register_key('e3'), byudv.register_key('e4'), byudv.register_key('e7'), 1000002)) AS expected FROM t_import_m.change c GROUP BY 1, 2 ORDER BY 1, 2;
-- complete: e11 goes; with keep_ended e3 and e5 are there, and the building b5
SELECT source, rows_read, rows_used, rows_rejected, rows_added, rows_changed, rows_removed FROM byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation',
    't_import.enhedejerlejlighed', 't_import.grund', 't_import.adresse', 't_import.opgang', keep_ended => true, complete => true) WHERE table_name IS NOT NULL;
SELECT source_key, demolished_on, (SELECT b.source_key FROM t_import_m.building b WHERE b.building_id = d.building_id) AS building FROM t_import_m.dwelling d ORDER BY source_key COLLATE "C";
SELECT source_key, demolished_on FROM t_import_m.building WHERE status <> 6;

-- Two keys with one number (made so here): none is taken
BEGIN;
CREATE OR REPLACE FUNCTION byudv.register_key(key text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$SELECT CASE key WHEN 'e2' THEN 1 WHEN 'e4' THEN 1 ELSE pg_catalog.hashtext(key) END$$;
SELECT source, rows_used, rows_rejected FROM byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation', complete => true) WHERE source = 'enhed';
SELECT row_key, reason FROM t_import_m.reject WHERE reason ~ 'number' AND source = 'import_bbr enhed' AND reason ~ 'another' ORDER BY row_key;
ROLLBACK;

-- ---- The older layout
CREATE TABLE t_import.co40400t ("Enhed_id" text, "ObjStatus" text, "EnhAdr_id" text, "ENH_ANVEND_KODE" text, "BOLIGTYPE_KODE" text, "ENH_ARL_SAML" text, "BEBO_ARL" text, "VAERELSE_ANT" text, "ENH_UDLEJ2_KODE" text,
    "OFF_STOETTE_KODE" text, "Ophoert_ts" text);
INSERT INTO t_import.co40400t VALUES ('u1', '1', 'a1', '140', '1', '80', '80', '3', '2', NULL, NULL), ('u2', '1', 'a2', '140', '1', '70', '70', '2', '1', NULL, NULL), ('u3', '2', 'a3', '140', '1', '70', '70', '2', '1', NULL, '2015-04-01T09:00:00.000'),
    ('u4', '3', 'a3', '140', '1', '70', '70', '2', '1', NULL, NULL), ('u2', '1', 'a2', '140', '1', '70', '70', '2', '1', NULL, NULL);
CREATE TABLE t_import.co40100t ("Bygning_id" text, "ObjStatus" text, "BYG_ANVEND_KODE" text, "OPFOERELSE_AAR" text, "BygSkadeOmfatFors" text, "AdgAdr_id" text, "Grund_id" text, "KomKode" text);
INSERT INTO t_import.co40100t VALUES ('v1', '1', '140', '1960', NULL, 'h1', 'w1', '0151'), ('v2', '1', '140', '1970', NULL, 'h2', 'w1', '0151');
CREATE TABLE t_import.co41000t ("BbrId" text, "EJERFORHOLD_KODE" text, "ObjStatus" text);
INSERT INTO t_import.co41000t VALUES ('u1', '10', '1'), ('w1', '20', '1'), ('v2', '30', '1'), ('w2', '10', '4');
SELECT byudv.create_monitor('t_import_o') <> '' AS made;
SELECT * FROM byudv.import_bbr_ois('t_import_o', 't_import.co40400t', 't_import.co40100t', 't_import.co41000t', 't_import.adresse');
SELECT d.source_key, d.municipality, b.source_key AS building, d.property_kind, o.owner_code, d.address_key FROM t_import_o.dwelling d LEFT JOIN t_import_o.building b USING (building_id) LEFT JOIN t_import_o.ownership o ON o.property_id = d.property_id
ORDER BY d.source_key COLLATE "C";
SELECT sum(rows_added) + sum(rows_changed) + sum(rows_removed) AS written FROM byudv.import_bbr_ois('t_import_o', 't_import.co40400t', 't_import.co40100t', 't_import.co41000t', 't_import.adresse');
SELECT source, rows_used, rows_rejected, rows_added FROM byudv.import_bbr_ois('t_import_o', 't_import.co40400t', 't_import.co40100t', 't_import.co41000t', 't_import.adresse', keep_ended => true) WHERE source = 'enhed';
SELECT source_key, demolished_on FROM t_import_o.dwelling WHERE demolished_on IS NOT NULL;
SELECT row_key, reason FROM t_import_o.reject ORDER BY row_key COLLATE "C", reason COLLATE "C";

-- ---- LOIS: the definitions that the documentation has, as plain tables
\set file :folder '/../docs/lois-foreign-tables.sql'
\setenv BYUDV_FILE :file
\set definitions `cat "$BYUDV_FILE"`
CREATE SCHEMA t_lois;
CREATE FUNCTION t_import.plain(definitions text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    statement text;
BEGIN
    FOR statement IN SELECT substr(s, position('CREATE FOREIGN TABLE' IN s)) FROM regexp_split_to_table(definitions, ';') s WHERE s ~ 'CREATE FOREIGN TABLE' LOOP
        EXECUTE replace(left(statement, position(') SERVER' IN statement)), 'CREATE FOREIGN TABLE lois', 'CREATE TABLE t_lois');
        RETURN NEXT substring(statement FROM 'lois[.]([a-z]+)');
    END LOOP;
END
$$;
SELECT * FROM t_import.plain(:'definitions');
-- the statements themselves, by a wrapper that does nothing
BEGIN;
CREATE FOREIGN DATA WRAPPER tds_fdw;
SELECT count(*) AS statements FROM (SELECT regexp_replace(regexp_replace(s, '--[^\n]*', '', 'g'), '^\s+', '') AS s FROM regexp_split_to_table(:'definitions', ';\s*\n') s) s,
    LATERAL t_import.say(s) e WHERE s <> '' AND s !~ '^CREATE EXTENSION' AND e.message IS NULL;
SELECT relname, (SELECT count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns FROM pg_catalog.pg_class c WHERE relkind = 'f' ORDER BY relname COLLATE "C";
ROLLBACK;
INSERT INTO t_lois.enhed ("Enhed_id", "Bygning_id", "KomKode", "KOMMUNE_NR", "EJD_NR", "VejKode", "VEJ_NAVN", "HusNr", "Etagebetegn", "SIDE_DOERNR", "PostNr", "PostByNavn", "ObjStatus", "ENH_ANVEND_KODE", "BOLIGTYPE_KODE",
    "ENH_ARL_SAML", "BEBO_ARL", "VAERELSE_ANT", "ENH_UDLEJ2_KODE") VALUES
    ('L1', 'LB1', '0151', 151, 123, '0012', 'Testvej', '1A', 'ST', 'TV', '2750', 'Ballerup', 1, 140, '1', 80, 80, 3, '1'),
    ('L2', 'LB2', '0151', 151, 124, '0012', 'Testvej', '2', '', '', '2750', 'Ballerup', 1, 120, '1', 120, 120, 5, '2'),
    ('L3', 'LB2', '0151', 151, 125, '0012', 'Testvej', '3', '', '', '2750', 'Ballerup', 4, 120, '1', 120, 120, 5, '2'),
    ('L4', 'LBX', '0151', 151, 126, '9950', NULL, NULL, NULL, NULL, NULL, NULL, 1, 120, '1', 120, 120, 5, '2'),
    ('L5', 'LB1', '0151', 151, 123, '0012', 'Testvej', '1A', '01', '0002', '2750', 'Ballerup', 1, 140, '1', 60, 60, 2, '1'),
    ('L6', 'LB1', '0151', 151, 123, '0012', 'Testvej', '1A', '01', '0002', '2750', 'Ballerup', 1, 330, 'E', 60, 0, 0, '');
INSERT INTO t_lois.bygning VALUES ('LB1', 140, 1960, NULL), ('LB2', 120, 2012, 0);
INSERT INTO t_lois.ejer VALUES (151, 123, '20'), (151, 124, '10'), (151, 124, '10'), (151, 125, '10'), (151, 126, '10'), (151, 126, '30'), (NULL, 127, '10');
SELECT byudv.create_monitor('t_import_l', 151) <> '' AS made;
SELECT * FROM byudv.import_lois('t_import_l', 't_lois.enhed', 't_lois.bygning', 't_lois.ejer');
SELECT d.source_key, b.source_key AS building, b.built_year, d.property_id, o.owner_code, d.address_key, d.address FROM t_import_l.dwelling d LEFT JOIN t_import_l.building b USING (building_id)
    LEFT JOIN t_import_l.ownership o ON o.property_id = d.property_id ORDER BY d.source_key COLLATE "C";
SELECT source, row_key, reason FROM t_import_l.reject ORDER BY source COLLATE "C", row_key COLLATE "C", reason COLLATE "C";
SELECT sum(rows_added) + sum(rows_changed) + sum(rows_removed) AS written FROM byudv.import_lois('t_import_l', 't_lois.enhed', 't_lois.bygning', 't_lois.ejer');
SELECT * FROM byudv.import_lois('t_import_l', 't_lois.enhed');

-- ---- CPR addresses: records
CREATE TABLE t_import.record (recordtype text, "PNR" text, annkor text, komkod text, vejkod text, husnr text, etage text, sidedoer text, convn text, tilflydto text, fraflydto text);
INSERT INTO t_import.record VALUES
    ('023', '310201-0000', '', '0151', '0012', '001A', 'st', '00tv', 'c/o Testrup', '201501011200', '202003011400'),    -- L1
    ('002', '3102010000', NULL, '0151', '0012', '002', '', '', NULL, '202003011400', NULL),                              -- L2
    ('023', '3102010001', 'A', '0151', '0012', '002', '', '', NULL, '201501011200', '201601011200'),
    ('023', '3102010001', 'K', '0151', '0012', '002', '', '', NULL, '201501011200', '201601011200'),
    ('023', '3102010001', 'Æ', '0151', '0012', '001A', '01', '0002', NULL, '201501011200', '000000000000'),              -- L5, beside the shop L6
    ('023', '3102010002', '', '0151', '0012', '099', '', '', NULL, '2015-01-01', '2016-01-01'),                          -- no such house
    ('023', '3102010002', '', '0157', '0012', '001', '', '', NULL, '2016-01-01', '2017-01-01'),                          -- elsewhere
    ('002', '3102010002', '', '0151', '9950', '', '', '', NULL, '2017-01-01', NULL),                                     -- no fixed abode
    ('002', '102010003', '', '0151', '0012', '002', '', '', NULL, '2017-01-01', NULL),                                   -- a leading 0 is lost
    ('002', '3102010004', '', '0151', '3102010009', '3102010009', '', '', 'Karla Testrup', '2017-02-30', NULL),          -- numbers in the wrong columns
    ('002', '3102010004', '', '0151', '0012', '002', '', '', NULL, '2017-02-01', '201713010000'),
    ('002', '3102010004', '', '', '0012', '002', '', '', NULL, '2017-02-01', NULL),
    ('002', NULL, '', '0151', '0012', '002', '', '', NULL, '2017-02-01', NULL);
CREATE TABLE t_import.departure (recordtype text, pnr text, annkor text, udr_landekod text, udrdto text, indr_landekod text, indrdto text);
INSERT INTO t_import.departure VALUES ('024', '3102010001', '', '0000', '', '5120', '201501011200'), ('024', '3102010005', '', '5120', '201001011200', '5120', '201101011200'), ('005', '3102010005', NULL, '5120', '201301011200', NULL, NULL),
    ('024', '3102010005', 'A', '5120', '201201011200', '5120', '201201011200'), ('024', '3102010005', '', '', '', '', ''), ('024', '3102010005', '', '', '2010', '', '');
SELECT * FROM byudv.import_cpr_addresses('t_import_l', 't_import.record', 't_import.departure');
CREATE VIEW t_import.period AS SELECT v.cpr, (SELECT d.source_key FROM t_import_l.dwelling d WHERE d.dwelling_id = a.dwelling_id) AS dwelling, a.municipality_code, a.abroad, a.from_date, a.to_date
    FROM t_import_l.address_period a LEFT JOIN (SELECT n, '310201000' || n AS cpr FROM generate_series(0, 9) n) v ON byudv.pseudonym(v.cpr) = a.person_id;
SELECT * FROM t_import.period ORDER BY 1, 5;
SELECT source, CASE WHEN row_key LIKE 'row%' THEN row_key ELSE (SELECT 'of ' || n FROM generate_series(0, 9) n WHERE byudv.pseudonym('310201000' || n)::text = row_key) END AS row_key, reason, content
FROM t_import_l.reject WHERE source ~ 'cpr' ORDER BY source COLLATE "C", reason COLLATE "C", content::text COLLATE "C";
DELETE FROM t_import_l.change;
SELECT sum(rows_added) + sum(rows_removed) AS written FROM byudv.import_cpr_addresses('t_import_l', 't_import.record', 't_import.departure');
SELECT count(*) AS noted FROM t_import_l.change;
-- DTPERSBO, by the documentation's definition: decimal numbers, which have lost the leading zeros. It speaks for 3102010000 only, and not of abroad.
INSERT INTO t_lois.dtpersbo VALUES (3102010000, 151, 12, '001A', '1', '2', 201501010000, 202004010000, NULL), (3102010000, 151, 12, '002', '', '', 202004010000, NULL, NULL), (101364000, 151, 12, '001A', 'ST', 'TV', 203601011200, NULL, ''),
    (101364000, 151, 12, '001A', 'ST', 'TV', 203601011200, 203601011200, 'A');
SELECT * FROM byudv.import_cpr_addresses('t_import_l', 't_lois.dtpersbo');
SELECT * FROM t_import.period WHERE cpr IS NULL OR cpr IN ('3102010000', '3102010001') ORDER BY 1, 5;
SELECT count(*) AS right FROM t_import_l.address_period WHERE person_id = byudv.pseudonym('0101364000');
SELECT input, key_kind, count(*), count(*) FILTER (WHERE key IN (byudv.pseudonym('3102010000'), byudv.pseudonym('0101364000'))) AS expected FROM t_import_l.change GROUP BY 1, 2;
-- complete: all others go, from abroad only where departures are told
SELECT rows_used, rows_added, rows_removed FROM byudv.import_cpr_addresses('t_import_l', 't_lois.dtpersbo', complete => true);
SELECT abroad, count(*) FROM t_import_l.address_period GROUP BY 1 ORDER BY 1;
INSERT INTO t_lois.udrejse VALUES ('310201-0005', '2010-01-01', '2011-01-01');
SELECT source, rows_used, rows_added, rows_removed FROM byudv.import_cpr_addresses('t_import_l', 't_lois.dtpersbo', 't_lois.udrejse', complete => true);
SELECT from_date, to_date FROM t_import_l.address_period WHERE abroad;
-- equal rows count as often as they occur: three where the delivery has one, two go; two where it has three, one comes
INSERT INTO t_import_l.address_period SELECT a.* FROM t_import_l.address_period a, generate_series(1, 2) WHERE a.person_id = byudv.pseudonym('0101364000');
SELECT rows_added, rows_removed FROM byudv.import_cpr_addresses('t_import_l', 't_lois.dtpersbo');
INSERT INTO t_lois.dtpersbo SELECT d.* FROM t_lois.dtpersbo d, generate_series(1, 2) WHERE d."PNR" = 101364000 AND d."ANNKOR" = '';
INSERT INTO t_import_l.address_period SELECT a.* FROM t_import_l.address_period a WHERE a.person_id = byudv.pseudonym('0101364000');
SELECT rows_read, rows_used, rows_added, rows_removed FROM byudv.import_cpr_addresses('t_import_l', 't_lois.dtpersbo');
SELECT count(*) AS three FROM t_import_l.address_period WHERE person_id = byudv.pseudonym('0101364000');
-- the view of LOIS with words for the markers, and a column of another name
CREATE TABLE t_import.hisadresse ("Borger" char(12), tilflytningsdato date, fraflytningsdato timestamp, kommunekode smallint, vejkode int, husnr text, "Aendring_T" text);
INSERT INTO t_import.hisadresse VALUES ('3102010000', '2015-01-01', '2020-01-01 10:00', 151, 12, '2', NULL), ('3102010000', '2015-01-01', NULL, 151, 12, '2', 'Fortryd'), ('3102010000', '2015-01-01', NULL, 151, 12, '2', 'Ret'),
    ('3102010000', '2020-01-01', NULL, 151, 12, '2', 'Teknisk ændring');
SELECT rows_read, rows_used, rows_rejected FROM byudv.import_cpr_addresses('t_import_l', 't_import.hisadresse', person_column => 'borger');

-- ---- Persons
CREATE TABLE t_import.person (pnr text, status text, statushaenstart text, foed_dt text, navn text);
INSERT INTO t_import.person VALUES ('3102010000', '01', NULL, '1980-05-01', 'Karla Testrup'), ('310201-0001', '90', '202301151200', '19400101', NULL), ('3102010002', '1', NULL, NULL, NULL), ('0101364000', '01', '', '', NULL),
    ('3102010003', '60', NULL, '1980-05-01', NULL), ('3102010000', '01', NULL, '1980-05-01', NULL), ('310201', '01', NULL, NULL, NULL), ('3102010005', '90', NULL, '1950-02-30', NULL);
CREATE TABLE t_import.protection (pnr text, beskyttype text, "START_DT-BESKYTTELSE" text, "SLET_DT-BESKYTTELSE" text);
INSERT INTO t_import.protection VALUES ('3102010000', '0001', '2020-01-01', NULL), ('3102010001', '0001', '2020-01-01', '2021-01-01'), ('3102010002', '0003', '2020-01-01', NULL), ('x', '0001', NULL, NULL);
UPDATE t_import_l.setting SET as_of = '2024-01-01';
SELECT * FROM byudv.import_cpr_persons('t_import_l', 't_import.person', 't_import.protection');
CREATE VIEW t_import.known AS SELECT v.cpr, p.born_on, p.died_on, p.protected FROM t_import_l.person p LEFT JOIN (SELECT '310201000' || n AS cpr FROM generate_series(0, 9) n UNION ALL SELECT '0101364000') v ON byudv.pseudonym(v.cpr) = p.person_id;
SELECT * FROM t_import.known ORDER BY cpr;
SELECT source, CASE WHEN row_key LIKE 'row%' THEN row_key ELSE (SELECT 'of ' || n FROM generate_series(0, 9) n WHERE byudv.pseudonym('310201000' || n)::text = row_key) END AS row_key, reason, content
FROM t_import_l.reject WHERE source ~ 'cpr_persons' ORDER BY source COLLATE "C", reason COLLATE "C", row_key COLLATE "C";
DELETE FROM t_import_l.change;
SELECT sum(rows_added) + sum(rows_changed) + sum(rows_removed) AS written FROM byudv.import_cpr_persons('t_import_l', 't_import.person', 't_import.protection');
-- without protections, they stay as they are; a number that is void now goes
UPDATE t_import.person SET status = '50' WHERE pnr = '3102010002';
UPDATE t_import.person SET status = '90', statushaenstart = '202402010000' WHERE pnr = '0101364000';
SELECT rows_used, rows_added, rows_changed, rows_removed FROM byudv.import_cpr_persons('t_import_l', 't_import.person');
SELECT * FROM t_import.known ORDER BY cpr;
SELECT input, key_kind, count(*) FROM t_import_l.change GROUP BY 1, 2;
DELETE FROM t_import.person WHERE pnr <> '3102010000';
SELECT rows_used, rows_removed FROM byudv.import_cpr_persons('t_import_l', 't_import.person', complete => true);

-- No CPR number, and no name of a person, anywhere in the monitor
SELECT t.table_name FROM byudv.monitor_tables() t, LATERAL t_import.say(format('DO %L', format('BEGIN IF EXISTS (SELECT FROM t_import_l.%I r WHERE r::text ~ %L) THEN RAISE EXCEPTION %L; END IF; END', t.table_name,
    '3102010|310201-|102010003|0101364|Testrup', 'here'))) s WHERE s.message IS NOT NULL;
-- no key, no import; a failing run leaves nothing
SET byudv.pseudonym_key = '';
SELECT code, message FROM t_import.say($$SELECT byudv.import_cpr_addresses('t_import_l', 't_import.record')$$);
SELECT code, message FROM t_import.say($$SELECT byudv.import_cpr_persons('t_import_l', 't_import.person')$$);
SET byudv.pseudonym_key = 'an-example-key-0123456789';

-- ---- Statistikbanken
CREATE TABLE t_import.bol101 ("OMRÅDE" text, "ANVENDELSE" text, "TID" text, "INDHOLD" text);
INSERT INTO t_import.bol101 VALUES ('Ballerup', 'Etageboliger', '2023', '12345'), ('0151', 'Etageboliger', '2022', '1.234.567,5'), ('000', 'Etageboliger', '2023', '1650000'), ('Hele landet', 'Etageboliger', '2022', '1600000'),
    ('Region Hovedstaden', 'Etageboliger', '2023', '12,5'), ('084', 'Etageboliger', '2026K1', '0.125'), ('02', 'Etageboliger', '2023', '-1'), ('RÅDVAD', 'Etageboliger', '2023', '1'), ('Brøndby', 'Etageboliger', '2023M03', '8.100'),
    ('BRØNDBY', 'Etageboliger', '2023M03', '8,100'), ('151', 'Etageboliger', '2021', '..'), ('151', 'Etageboliger', '2020:2021', '1'), ('151', 'Etageboliger', '2023', 'mange'), (NULL, 'Etageboliger', '2023', '1');
SELECT * FROM byudv.import_statbank('t_import_l', 't_import.bol101', 'dwellings', unit => 'dwellings', definition => 'BOL101');
SELECT source, municipality, area_kind, area_code, year, period, measure, unit, definition, value FROM t_import_l.indicator ORDER BY municipality, area_code COLLATE "C", year;
SELECT source, row_key, reason FROM t_import_l.reject WHERE source ~ 'statbank' ORDER BY row_key COLLATE "C", reason COLLATE "C";
DELETE FROM t_import_l.change;
SELECT rows_added, rows_removed FROM byudv.import_statbank('t_import_l', 't_import.bol101', 'dwellings', unit => 'dwellings', definition => 'BOL101');
SELECT count(*) AS noted FROM t_import_l.change;
-- a later delivery of one year replaces that year; other measures and providers stay
INSERT INTO t_import_l.indicator (source, measure, year, value) VALUES ('DST', 'dwellings of mine', 2023, 1), ('own', 'dwellings', 2023, 2);
DELETE FROM t_import.bol101 WHERE "TID" <> '2023' OR "OMRÅDE" <> 'Ballerup';
UPDATE t_import.bol101 SET "INDHOLD" = '12346';
SELECT rows_added, rows_removed FROM byudv.import_statbank('t_import_l', 't_import.bol101', 'dwellings', unit => 'dwellings', definition => 'BOL101');
SELECT rows_added, rows_removed FROM byudv.import_statbank('t_import_l', 't_import.bol101', 'dwellings', unit => 'dwellings', definition => 'BOL101', complete => true);
SELECT source, municipality, year, measure, value FROM t_import_l.indicator ORDER BY source COLLATE "C", measure COLLATE "C";
-- every number that the adapter lets through is one that parse_danish_number() takes
CREATE TABLE t_import.figure AS SELECT '2023'::text AS tid, v AS indhold FROM (SELECT DISTINCT replace(replace(replace(concat(a, b, c, d, e), 'd', '1'), 'p', '.'), 'k', ',') AS v
    FROM unnest(ARRAY['', '-', '0', 'd']) a, unnest(ARRAY['', '0', 'd', 'dd', 'ddd', 'dddd']) b, unnest(ARRAY['', 'p', 'k']) c, unnest(ARRAY['', '0', 'd', 'dd', 'ddd', 'dddd']) d, unnest(ARRAY['', 'p', 'k', 'pddd', 'kd', 'kddd', 'p000']) e) x;
SELECT rows_read = rows_used + rows_rejected AS all_counted, rows_read, rows_used FROM byudv.import_statbank('t_import_l', 't_import.figure', 'figures');
SELECT count(*) AS taken_by_one_only FROM t_import.figure f, LATERAL t_import.say(format('SELECT byudv.parse_danish_number(%L)', f.indhold)) s
WHERE f.indhold <> '' AND (s.message IS NULL) <> NOT EXISTS (SELECT FROM t_import_l.reject r WHERE r.source = 'import_statbank figures' AND r.content ->> 'value_text' = f.indhold);

-- ---- Housing organisations
BEGIN;
CREATE TABLE t_import.lbf ("Navn" text, "Kortnavn" text, "Nummer" int);
INSERT INTO t_import.lbf VALUES ('Boligselskabet Prøverup', 'PRØ', 1), ('Testbo', NULL, 2), ('BOLIGSELSKABET PRØVERUP', 'X', 3), (NULL, 'Y', 4), ('Egenbo Testrup', NULL, 5), ('...', NULL, 6);
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('egenbo testrup', 'prefix', 'foundation');
SELECT * FROM byudv.import_lbf_organisations('t_import.lbf', 't_import_l');
SELECT pattern, match, owner_kind, organisation, priority, source FROM byudv.owner_pattern WHERE NOT is_builtin ORDER BY pattern COLLATE "C";
SELECT row_key, reason, content FROM t_import_l.reject WHERE source ~ 'lbf' ORDER BY row_key;
SELECT n, byudv.owner_kind(n), byudv.owner_organisation(n) FROM unnest(ARRAY['Boligselskabet Prøverup afd. 7', 'BOLIGSELSKABET PROEVERUP ØST', 'prø', 'prø jensen', 'Testbo', 'Testbo Jensen', 'Egenbo Testrup']) n;
SELECT rows_added, rows_changed FROM byudv.import_lbf_organisations('t_import.lbf', 't_import_l');
UPDATE t_import.lbf SET "Navn" = 'BOLIGSELSKABET PRØVERUP' WHERE "Nummer" = 1;
SELECT rows_added, rows_changed FROM byudv.import_lbf_organisations('t_import.lbf');
ROLLBACK;

-- ---- Errors say what to do
SELECT s.* FROM unnest(ARRAY[
    $$SELECT byudv.import_bbr('t_import_none', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation')$$,
    $$SELECT byudv.import_bbr('t_import_m', NULL, 't_import.bygning', 't_import.ejendomsrelation')$$,
    $$SELECT byudv.import_bbr('t_import_m', 't_import.grund', 't_import.bygning', 't_import.ejendomsrelation')$$,
    $$SELECT byudv.import_bbr_ois('t_import_m', 't_import.co40400t', 't_import.co40100t', 't_import.grund')$$,
    $$SELECT byudv.import_lois('t_import_m', NULL)$$,
    $$SELECT byudv.import_cpr_addresses('t_import_m', 't_import.grund')$$,
    $$SELECT byudv.import_cpr_addresses('t_import_m', 't_import.record', person_column => 'borger')$$,
    $$SELECT byudv.import_cpr_persons('t_import_m', NULL)$$,
    $$SELECT byudv.import_statbank('t_import_m', 't_import.bol101', NULL)$$,
    $$SELECT byudv.import_statbank('t_import_m', 't_import.grund', 'x')$$,
    $$SELECT byudv.import_lbf_organisations('t_import.grund')$$]) WITH ORDINALITY u (q, n), t_import.say(q) s ORDER BY n;
CREATE TABLE t_import.twice (pnr text, "PnR" text);
SELECT * FROM t_import.say($$SELECT byudv.import_cpr_persons('t_import_m', 't_import.twice')$$);
BEGIN;
ALTER TABLE t_import_m.dwelling RENAME TO dwelling_table;
CREATE VIEW t_import_m.dwelling AS SELECT * FROM t_import_m.dwelling_table;
SELECT * FROM t_import.say($$SELECT byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation')$$);
DROP VIEW t_import_m.dwelling;
SELECT * FROM t_import.say($$SELECT byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation')$$);
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM t_import.say($$SELECT byudv.import_bbr('t_import_m', 't_import.enhed', 't_import.bygning', 't_import.ejendomsrelation')$$);
ROLLBACK;

DROP SCHEMA t_import, t_lois, t_import_m, t_import_o, t_import_l CASCADE;
