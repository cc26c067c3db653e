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
