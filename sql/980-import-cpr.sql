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
