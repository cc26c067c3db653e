-- tables.sql - the schema for files of the user's own: what is loaded, what was said while loading, helpers for the report.
-- Everything lives in schema demo; nothing outside it is touched.

DROP SCHEMA IF EXISTS demo CASCADE;
CREATE SCHEMA demo;

-- A name that is no organisation's and stands as owner of more dwellings than this is taken to be a
-- contact person or administrator, not the owner: a person rarely owns more than ten homes.
CREATE FUNCTION demo.proxy_more_than() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 10 $$;

CREATE TABLE demo.dwelling (
    dwelling_id text NOT NULL,
    source text NOT NULL,
    address text,
    unit_use integer,
    unit_kind text,
    building_use integer,
    owner_code integer,
    owner_name text,
    defect_insurance integer,
    built_year integer,
    registered_use integer,
    property_kind text,
    public_support integer,
    area_m2 integer,
    residential_area_m2 integer,
    rooms integer,
    PRIMARY KEY (source, dwelling_id)
);
COMMENT ON TABLE demo.dwelling IS 'Units as loaded, one row for each unit and source';

CREATE TABLE demo.dwelling_class (
    source text NOT NULL,
    dwelling_id text NOT NULL,
    dwelling_type text,
    tenure_register text,
    tenure_dst text,
    tenure text,
    rule_id integer,
    certainty text,
    reason text,
    owner_kind text,
    organisation text,
    PRIMARY KEY (source, dwelling_id)
);
COMMENT ON TABLE demo.dwelling_class IS 'What byudv says of each unit: type, tenure under three norms, rule and reason';

-- What was seen while reading: kind is rows, used, left out, bad number, missing column, remark or error.
CREATE TABLE demo.load_note (
    note_no bigint GENERATED ALWAYS AS IDENTITY,
    source text NOT NULL,
    file text NOT NULL,
    kind text NOT NULL,
    what text NOT NULL,
    n bigint,
    example text
);

-- Text to integer; NULL for what is no whole number (counted by note_bad_numbers).
CREATE FUNCTION demo.to_int(value text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN value ~ '^[+-]?[0-9]{1,9}([.,]0+)?$'
                THEN regexp_replace(value, '[.,]0+$', '')::integer END
$$;

-- Years fit in four digits, areas of dwellings in six, codes in three.
CREATE PROCEDURE demo.note_bad_numbers(source text, file text, raw_table regclass, columns text[])
LANGUAGE plpgsql AS $$
DECLARE
    column_name text;
BEGIN
    FOREACH column_name IN ARRAY columns LOOP
        EXECUTE format(
            'INSERT INTO demo.load_note (source, file, kind, what, n, example)
             SELECT $1, $2, ''bad number'', %L, count(*),
                    format(''line %%s: %%s'', min(line_no), left((array_agg(%I ORDER BY line_no))[1], 40))
             FROM %s WHERE %I IS NOT NULL AND demo.to_int(%I) IS NULL HAVING count(*) > 0',
            column_name, column_name, raw_table, column_name, column_name)
        USING source, file;
    END LOOP;
END
$$;

-- Counts the rows of a side file (building, property, land) that are not used, by reason.
CREATE PROCEDURE demo.note_left_out(source text, file text, raw_table regclass, id_column text, live_status integer)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO demo.load_note (source, file, kind, what, n, example)
         SELECT $1, $2, ''left out'', reason, count(*), ''line '' || min(line_no)
         FROM (SELECT line_no,
                      CASE WHEN id IS NULL THEN ''no id''
                           WHEN history THEN ''not the current row (history)''
                           WHEN coalesce(demo.to_int(status), $3) <> $3
                               THEN ''not live: status '' || status
                           WHEN row_number() OVER (PARTITION BY id, history, coalesce(demo.to_int(status), $3)
                                                   ORDER BY line_no) > 1 THEN ''id met before'' END AS reason
               FROM (SELECT line_no, %I AS id, status,
                            to_jsonb(r) ->> ''virkningtil'' IS NOT NULL
                            OR to_jsonb(r) ->> ''registreringtil'' IS NOT NULL AS history
                     FROM %s r) x) y
         WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason', id_column, raw_table)
    USING source, file, live_status;
END
$$;

-- Nothing is lost: every row of a unit file is either used or left out with a reason.
CREATE PROCEDURE demo.check_nothing_lost(checked_source text, checked_file text) LANGUAGE plpgsql AS $$
DECLARE
    n_rows bigint := (SELECT sum(n) FROM demo.load_note
                      WHERE source = checked_source AND file = checked_file AND kind = 'rows');
    n_left_out bigint := (SELECT coalesce(sum(n), 0) FROM demo.load_note
                          WHERE source = checked_source AND file = checked_file AND kind = 'left out');
    n_used bigint := (SELECT count(*) FROM demo.dwelling WHERE source = checked_source);
BEGIN
    IF n_rows <> n_used + n_left_out THEN
        RAISE EXCEPTION '% rows were read from %, but % are used and % left out', n_rows, checked_file, n_used, n_left_out;
    END IF;
END
$$;

-- Breaks text into lines of at most `width` characters, each after the first indented.
CREATE FUNCTION demo.wrap(body text, width integer, indent integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word text;
    line text := '';
    done text := '';
BEGIN
    FOREACH word IN ARRAY string_to_array(coalesce(body, ''), ' ') LOOP
        IF line <> '' AND length(line) + 1 + length(word) > width - indent THEN
            done := done || line || E'\n' || repeat(' ', indent);
            line := word;
        ELSE
            line := line || CASE WHEN line = '' THEN '' ELSE ' ' END || word;
        END IF;
    END LOOP;
    RETURN done || line;
END
$$;

-- "Almen bolig": the Danish label of a code.
CREATE FUNCTION demo.tenure_label(tenure text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(byudv.label('tenure', tenure, 'da'), tenure, '-')
$$;

-- Keeps a column of labels narrow.
CREATE FUNCTION demo.shorten(label text, width integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN length(label) > width THEN rtrim(left(label, width - 4)) || ' ...' ELSE label END
$$;

-- The order in which tenures are listed.
CREATE FUNCTION demo.tenure_order(tenure text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['owner', 'cooperative', 'social', 'private_rental', 'foundation', 'public', 'unknown'],
                          tenure)
$$;

-- Owner names of persons are not printed.
CREATE FUNCTION demo.shown_owner(owner_name text, owner_kind text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN owner_name IS NULL THEN 'no owner name'
                WHEN coalesce(owner_kind, 'unclassified') = 'unclassified' THEN 'a person'
                ELSE '"' || owner_name || '"' END
$$;

CREATE FUNCTION demo.percent(part bigint, whole bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN whole > 0 THEN to_char(100.0 * part / whole, 'FM990.0') || ' %' ELSE '-' END
$$;
