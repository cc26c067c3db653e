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
