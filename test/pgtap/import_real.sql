-- Adapters on real register rows, where the folder with them is there. Each count is made a second time by plain SQL on the source.
\set has_data 0
SELECT (:'byudv_data' <> '')::int AS has_data \gset
\if :has_data
BEGIN;
SELECT plan(34);
SET LOCAL client_min_messages = warning;
SET LOCAL byudv.pseudonym_key = 'an-example-key-0123456789';
\set folder :byudv_data /bbr
\setenv BYUDV_FOLDER :folder
CREATE SCHEMA src;
-- A table of text columns for each file, named as its header has it; \copy knows no variables, so the statement is made and run
CREATE TEMPORARY TABLE header (name text, columns text);
\copy header FROM PROGRAM 'cd "$BYUDV_FOLDER" && for f in *.csv; do printf "%s\t%s\n" "${f%.csv}" "$(head -n 1 "$f" | tr -d "\r")"; done'
SELECT format('CREATE TABLE src.%I (%s)', name, (SELECT string_agg(format('%I text', c), ', ') FROM regexp_split_to_table(columns, ',') c)) FROM header \gexec
\copy src.grbbr_enhed_current FROM PROGRAM 'cat "$BYUDV_FOLDER/grbbr_enhed_current.csv"' (FORMAT csv, HEADER)
\copy src.grbbr_bygning_current FROM PROGRAM 'cat "$BYUDV_FOLDER/grbbr_bygning_current.csv"' (FORMAT csv, HEADER)
\copy src.grbbr_ejendomsrelation_current FROM PROGRAM 'cat "$BYUDV_FOLDER/grbbr_ejendomsrelation_current.csv"' (FORMAT csv, HEADER)
\copy src.grbbr_enhedejerlejlighed_current FROM PROGRAM 'cat "$BYUDV_FOLDER/grbbr_enhedejerlejlighed_current.csv"' (FORMAT csv, HEADER)
\copy src.grbbr_grund_current FROM PROGRAM 'cat "$BYUDV_FOLDER/grbbr_grund_current.csv"' (FORMAT csv, HEADER)
\copy src.dar_adresse_current FROM PROGRAM 'cat "$BYUDV_FOLDER/dar_adresse_current.csv"' (FORMAT csv, HEADER)
\copy src.dwelling_joined_current FROM PROGRAM 'cat "$BYUDV_FOLDER/dwelling_joined_current.csv"' (FORMAT csv, HEADER)
\copy src.ois2017_co40400t_enhed FROM PROGRAM 'cat "$BYUDV_FOLDER/ois2017_co40400t_enhed.csv"' (FORMAT csv, HEADER)
\copy src.ois2017_co40100t_bygning FROM PROGRAM 'cat "$BYUDV_FOLDER/ois2017_co40100t_bygning.csv"' (FORMAT csv, HEADER)
\copy src.ois2017_co41000t_ejerskab FROM PROGRAM 'cat "$BYUDV_FOLDER/ois2017_co41000t_ejerskab.csv"' (FORMAT csv, HEADER)
\copy src.cprtest_adressehistorik FROM PROGRAM 'cat "$BYUDV_FOLDER/cprtest_adressehistorik.csv"' (FORMAT csv, HEADER)
\copy src.cprtest_udrejse_indrejse FROM PROGRAM 'cat "$BYUDV_FOLDER/cprtest_udrejse_indrejse.csv"' (FORMAT csv, HEADER)
-- the persons are T001 to T081: they get numbers of 31 February
ALTER TABLE src.cprtest_adressehistorik ADD COLUMN "PNR" text;
UPDATE src.cprtest_adressehistorik SET "PNR" = '310201-' || lpad(substr(test_id, 2), 4, '0');
ALTER TABLE src.cprtest_udrejse_indrejse ADD COLUMN "PNR" text;
UPDATE src.cprtest_udrejse_indrejse SET "PNR" = '310201' || lpad(substr(test_id, 2), 4, '0');

-- BBR as it is distributed today
SELECT isnt(byudv.create_monitor('t_bbr'), NULL, 'a monitor');
CREATE TEMPORARY TABLE first AS SELECT * FROM byudv.import_bbr('t_bbr', 'src.grbbr_enhed_current', 'src.grbbr_bygning_current', 'src.grbbr_ejendomsrelation_current', 'src.grbbr_enhedejerlejlighed_current',
    'src.grbbr_grund_current', 'src.dar_adresse_current');
SELECT results_eq($$SELECT rows_read, rows_used, rows_rejected, rows_added FROM first WHERE source = 'enhed'$$, $$VALUES (3024::bigint, 2734::bigint, 290::bigint, 2734::bigint)$$, 'units, as the demo counts them');
SELECT results_eq($$SELECT rows_read, rows_used FROM first WHERE source = 'bygning'$$, $$SELECT count(*), count(*) FILTER (WHERE status = '6') FROM src.grbbr_bygning_current$$, 'buildings');
SELECT results_eq($$SELECT rows_read, rows_used FROM first WHERE source = 'ejendomsrelation'$$, $$SELECT count(*), count(*) FILTER (WHERE status = '7') FROM src.grbbr_ejendomsrelation_current$$, 'properties');
SELECT is_empty($$SELECT * FROM first WHERE rows_read <> rows_used + rows_rejected$$, 'all rows are counted');
SELECT is_empty($$SELECT * FROM first f WHERE rows_rejected <> (SELECT count(*) FROM t_bbr.reject r WHERE r.source = 'import_bbr ' || f.source AND r.reason !~ 'used without')$$, 'and each that is not used is there with a reason');
SELECT results_eq($$SELECT count(*), sum(area_m2), sum(rooms), count(municipality), count(*) FILTER (WHERE unit_kind = '1'), count(registered_use), count(public_support), count(address), count(available_from) FROM t_bbr.dwelling$$,
    $$SELECT count(*), sum("enh026EnhedensSamledeAreal"::int), sum("enh031AntalVaerelser"::int), count(kommunekode), count(*) FILTER (WHERE "enh023Boligtype" = '1'), count("enh045Udlejningsforhold"),
        count("enh046OffentligStoette"), count(a.id), count(coalesce("enh044DatoForDelvisIbrugtagningsTilladelse", "enh047IndflytningDato"))
      FROM src.grbbr_enhed_current e LEFT JOIN (SELECT DISTINCT id FROM src.dar_adresse_current) a ON a.id = e."adresseIdentificerer" WHERE e.status = '6'$$, 'what units say is in dwelling');
SELECT results_eq($$SELECT count(*), sum(built_year), count(defect_insurance), count(DISTINCT building_use) FROM t_bbr.building$$,
    $$SELECT count(*), sum(nullif("byg026Opfoerelsesaar"::int, 0)), count("byg121OmfattetAfByggeskadeforsikring"), count(DISTINCT "byg021BygningensAnvendelse") FROM src.grbbr_bygning_current WHERE status = '6'$$,
    'and what buildings say in building');
SELECT results_eq($$SELECT count(*), sum(owner_code) FROM t_bbr.ownership$$, $$SELECT count(*), sum(code) FROM (SELECT DISTINCT "bfeNummer", "ejendommensEjerforholdskode"::int AS code FROM src.grbbr_ejendomsrelation_current
    WHERE status = '7' AND "ejendommensEjerforholdskode" IS NOT NULL) x$$, 'owner codes of properties');
-- The joined file was made by others, with staircases, which this folder has not
SELECT is((SELECT count(*) FROM t_bbr.dwelling d JOIN t_bbr.building b USING (building_id) JOIN src.dwelling_joined_current j ON j.enhed_id = d.source_key AND j.bygning_id <> b.source_key
    AND j.byg021_anvendelse <> b.building_use::text), 5::bigint, 'of the buildings found, all but 5 are those of the joined file or have the same use');
SELECT cmp_ok((SELECT count(*) FROM t_bbr.dwelling WHERE building_id IS NOT NULL), '=', 1680::bigint, 'buildings found: 1624 by use and 56 as the only residential one');
SELECT is_empty($$SELECT d.source_key, o.owner_code, j.ejerforholdskode FROM t_bbr.dwelling d JOIN t_bbr.ownership o USING (property_id) JOIN src.dwelling_joined_current j ON j.enhed_id = d.source_key
    AND j.bfe_nummer = d.property_id::text AND j.ejerforholdskode <> o.owner_code::text$$, 'owner codes are those of the joined file');
SELECT is((SELECT count(*) FROM t_bbr.dwelling WHERE property_kind = 'Ejerlejlighed'), (SELECT count(DISTINCT u."id_lokalId") FROM src.grbbr_enhed_current u JOIN src.grbbr_enhedejerlejlighed_current e ON e.enhed = u."id_lokalId"
    JOIN src.grbbr_ejendomsrelation_current p ON p."id_lokalId" = e.ejerlejlighed AND p.status = '7' WHERE u.status = '6'), 'condominiums');
DELETE FROM t_bbr.change;
SELECT is((SELECT sum(rows_added) + sum(rows_changed) + sum(rows_removed) FROM byudv.import_bbr('t_bbr', 'src.grbbr_enhed_current', 'src.grbbr_bygning_current', 'src.grbbr_ejendomsrelation_current',
    'src.grbbr_enhedejerlejlighed_current', 'src.grbbr_grund_current', 'src.dar_adresse_current', complete => true)), 0::numeric, 'a second run writes nothing');
SELECT is((SELECT count(*) FROM t_bbr.change), 0::bigint, 'and triggers note nothing');
SELECT is((SELECT count(DISTINCT rejected_at) FROM t_bbr.reject), 1::bigint, 'nor are rejects written anew');
-- rows in another order: the same
CREATE TABLE src.shuffled AS SELECT * FROM src.grbbr_enhed_current ORDER BY md5("id_lokalId");
SELECT is((SELECT sum(rows_added) + sum(rows_changed) + sum(rows_removed) FROM byudv.import_bbr('t_bbr', 'src.shuffled', 'src.grbbr_bygning_current', 'src.grbbr_ejendomsrelation_current',
    'src.grbbr_enhedejerlejlighed_current', 'src.grbbr_grund_current', 'src.dar_adresse_current')), 0::numeric, 'nor does one in another order');
SELECT is((SELECT rows_used FROM byudv.import_bbr('t_bbr', 'src.grbbr_enhed_current', 'src.grbbr_bygning_current', 'src.grbbr_ejendomsrelation_current', 'src.grbbr_enhedejerlejlighed_current', 'src.grbbr_grund_current',
    'src.dar_adresse_current', keep_ended => true) WHERE source = 'enhed'), (SELECT count(*) FROM src.grbbr_enhed_current WHERE status IN ('6', '9', '10')), 'ended units are kept when asked for');
SELECT is((SELECT count(*) FROM t_bbr.dwelling WHERE demolished_on IS NOT NULL), (SELECT count(*) FROM src.grbbr_enhed_current WHERE status IN ('9', '10')), 'with the day');
SELECT is((SELECT count(*) FROM t_bbr.dwelling d JOIN t_bbr.building b USING (building_id) WHERE d.demolished_on IS NULL AND b.demolished_on IS NOT NULL), 0::bigint, 'and no live unit is put into an ended building');

-- The older layout
SELECT isnt(byudv.create_monitor('t_ois'), NULL, 'a second monitor');
CREATE TEMPORARY TABLE ois AS SELECT * FROM byudv.import_bbr_ois('t_ois', 'src.ois2017_co40400t_enhed', 'src.ois2017_co40100t_bygning', 'src.ois2017_co41000t_ejerskab', 'src.dar_adresse_current');
SELECT results_eq($$SELECT rows_read, rows_used, rows_rejected FROM ois WHERE source = 'enhed'$$, $$VALUES (3028::bigint, 2570::bigint, 458::bigint)$$, 'units, as the demo counts them');
SELECT results_eq($$SELECT rows_read, rows_used FROM ois WHERE source = 'bygning'$$, $$SELECT count(*), count(*) FILTER (WHERE "ObjStatus" = '1') FROM src.ois2017_co40100t_bygning$$, 'buildings');
SELECT results_eq($$SELECT count(*), sum(o.owner_code) FROM t_ois.dwelling d JOIN t_ois.ownership o USING (property_id)$$, $$SELECT count(*), sum("EJERFORHOLD_KODE"::int) FROM src.ois2017_co40400t_enhed u
    JOIN src.ois2017_co41000t_ejerskab e ON e."BbrId" = u."Enhed_id" AND e."ObjStatus" = '1' WHERE u."ObjStatus" = '1'$$, 'owner codes, all of them units'' own');
SELECT results_eq($$SELECT count(*), sum(area_m2) FROM t_ois.dwelling$$, $$SELECT count(*), sum("ENH_ARL_SAML"::int) FROM src.ois2017_co40400t_enhed WHERE "ObjStatus" = '1'$$, 'areas');
DELETE FROM t_ois.change;
SELECT is((SELECT sum(rows_added) + sum(rows_changed) + sum(rows_removed) FROM byudv.import_bbr_ois('t_ois', 'src.ois2017_co40400t_enhed', 'src.ois2017_co40100t_bygning', 'src.ois2017_co41000t_ejerskab',
    'src.dar_adresse_current', complete => true)), 0::numeric, 'a second run writes nothing');
SELECT is((SELECT count(*) FROM t_ois.change), 0::bigint, 'and notes nothing');
-- a unit has the same number in both
SELECT is((SELECT count(*) FROM t_bbr.dwelling a JOIN t_ois.dwelling b USING (dwelling_id) WHERE a.source_key = b.source_key), (SELECT count(*) FROM t_bbr.dwelling a JOIN t_ois.dwelling b USING (dwelling_id)), 'keys are the same in both layouts');

-- CPR
CREATE TEMPORARY TABLE cpr AS SELECT * FROM byudv.import_cpr_addresses('t_bbr', 'src.cprtest_adressehistorik', 'src.cprtest_udrejse_indrejse');
SELECT results_eq($$SELECT source, rows_read, rows_used, rows_rejected FROM cpr ORDER BY source$$, $$VALUES ('addresses', 145::bigint, 138::bigint, 7::bigint), ('departures', 24, 24, 0)$$, 'records: 7 are annulled or corrected');
SELECT results_eq($$SELECT count(*), count(to_date), min(from_date), max(from_date), count(DISTINCT person_id), sum(municipality_code) FROM t_bbr.address_period WHERE abroad IS NULL$$,
    $$SELECT count(*), count(fraflydto), min(left(tilflydto, 8)::date), max(left(tilflydto, 8)::date), count(DISTINCT test_id), sum(komkod::int) FROM src.cprtest_adressehistorik WHERE coalesce(annkor, '') NOT IN ('A', 'K')$$,
    'periods are the records'' days');
SELECT results_eq($$SELECT count(*), count(*) FILTER (WHERE to_date IS NULL), count(*) FILTER (WHERE to_date - from_date = 1) FROM t_bbr.address_period WHERE abroad$$,
    $$SELECT count(*), count(*) FILTER (WHERE indrdto IS NULL), count(*) FILTER (WHERE udrdto IS NULL) FROM src.cprtest_udrejse_indrejse$$, 'departures, and returns without one');
DELETE FROM t_bbr.change;
SELECT is((SELECT sum(rows_added) + sum(rows_removed) FROM byudv.import_cpr_addresses('t_bbr', 'src.cprtest_adressehistorik', 'src.cprtest_udrejse_indrejse', complete => true)), 0::numeric, 'a second run writes nothing');
SELECT is((SELECT count(*) FROM t_bbr.change), 0::bigint, 'and notes nothing');
SELECT is_empty($$SELECT * FROM t_bbr.reject r WHERE r::text ~ '310201' UNION ALL SELECT * FROM t_ois.reject r WHERE r::text ~ '310201'$$, 'no number is kept');
SELECT * FROM finish();
ROLLBACK;
\else
SELECT '1..0 # SKIP ../shared/data, the folder with register extracts, is not there';
\endif
