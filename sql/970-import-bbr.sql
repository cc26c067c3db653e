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
