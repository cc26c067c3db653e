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
            RAISE EXCEPTION 'unknown kind of column "%"', kind USING ERRCODE = 'invalid_parameter_value', DETAIL = format('In: %s.', wanted),
                HINT = 'The kinds are text, key, int, bigint, date, person and birth; with ! where the column is needed.';
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
