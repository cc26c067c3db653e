-- The step that counts the homes that people leave for: those of other municipalities of which type and tenure are known.

CREATE FUNCTION byudv.refresh_destination(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_gone, pg_temp.byudv_type, pg_temp.byudv_tenure, pg_temp.byudv_event, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_gone ON COMMIT DROP AS
        SELECT extract(year FROM m.left_on)::int AS year, c.dwelling_type, c.tenure FROM %1$I.move m JOIN %1$I.dwelling_class c ON c.dwelling_id = m.to_home_id AND NOT c.in_area
        WHERE m.departure = 'to_municipality' AND m.from_dwelling_id IS NOT NULL$q$, monitor);
    CREATE TEMPORARY TABLE byudv_type ON COMMIT DROP AS SELECT g.dwelling_type, row_number() OVER (ORDER BY g.dwelling_type COLLATE "C")::int AS number FROM pg_temp.byudv_gone g GROUP BY g.dwelling_type;
    CREATE TEMPORARY TABLE byudv_tenure ON COMMIT DROP AS SELECT g.tenure, row_number() OVER (ORDER BY g.tenure COLLATE "C")::int AS number FROM pg_temp.byudv_gone g GROUP BY g.tenure;
    CREATE TEMPORARY TABLE byudv_event ON COMMIT DROP AS
        SELECT g.year AS slice, t.number AS type, n.number AS tenure FROM pg_temp.byudv_gone g JOIN pg_temp.byudv_type t ON t.dwelling_type = g.dwelling_type JOIN pg_temp.byudv_tenure n ON n.tenure = g.tenure;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT p.slice AS year, coalesce(t.dwelling_type, 'hidden')::varchar(30) AS dwelling_type, coalesce(n.tenure, 'hidden')::varchar(30) AS tenure, p.persons
        FROM byudv.protected_counts('pg_temp.byudv_event', ARRAY['tenure*type'], NULL, (parameters ->> 'min_cell')::int) p
        LEFT JOIN pg_temp.byudv_type t ON t.number = p.item LEFT JOIN pg_temp.byudv_tenure n ON n.number = p.code WHERE p.kind = 1;
    merged := byudv.merge_rows(monitor, 'destination', ARRAY['year', 'dwelling_type', 'tenure']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_destination(text, jsonb) IS 'Used inside: the step of a refresh that makes destination.';
