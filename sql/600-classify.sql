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
