-- The step that makes the areas by which BI views count.
--
-- Areas of different kinds overlap: a quarter, a school district and a housing estate. A region is a distinct combination of them. What is to be counted is
-- counted by region first, of which there are few, and then added up to areas of each kind; disclosure control works on regions, too, since areas of different
-- kinds could be subtracted from each other.

CREATE FUNCTION byudv.refresh_area_list(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    first_year int := extract(year FROM (parameters ->> 'study_from')::date);
    last_year int := extract(year FROM as_of);
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_inside, pg_temp.byudv_belongs, pg_temp.byudv_kind, pg_temp.byudv_change_year, pg_temp.byudv_region, pg_temp.byudv_region_number, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_inside ON COMMIT DROP AS SELECT c.dwelling_id, c.municipality FROM %I.dwelling_class c WHERE c.in_area$q$, monitor);
    -- Where dwellings lie, in years: the area that is valid on 31 December, or on the last day that is known
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_belongs ON COMMIT DROP AS
        SELECT b.dwelling_id, b.area_kind, b.area_code, b.valid_from, b.from_year, b.to_year
        FROM (SELECT a.dwelling_id, byudv.bi_key(a.kind) AS area_kind, byudv.bi_key(a.code) AS area_code, a.valid_from::date AS valid_from,
                CASE WHEN coalesce(a.valid_from, '-infinity') <= make_date($1, 1, 1) THEN $1 ELSE extract(year FROM least(a.valid_from, $3))::int END AS from_year,
                CASE WHEN coalesce(a.valid_to, 'infinity') >= $3 THEN $2 ELSE extract(year FROM greatest(a.valid_to, make_date($1, 1, 1)))::int - 1 END AS to_year
            FROM %I.dwelling_area a JOIN pg_temp.byudv_inside h ON h.dwelling_id = a.dwelling_id
            WHERE (a.valid_from IS NULL OR a.valid_from < $3) AND a.kind <> ALL (ARRAY['all', 'municipality'])) b
        WHERE b.from_year <= b.to_year
        UNION ALL SELECT h.dwelling_id, 'municipality', lpad(h.municipality::text, 4, '0'), NULL, $1, $2 FROM pg_temp.byudv_inside h WHERE $4 IS NULL AND h.municipality IS NOT NULL$q$, monitor)
        USING first_year, last_year, as_of, (parameters ->> 'municipality')::int;
    ANALYZE pg_temp.byudv_belongs;
    CREATE TEMPORARY TABLE byudv_kind ON COMMIT DROP AS SELECT b.area_kind, row_number() OVER (ORDER BY b.area_kind COLLATE "C")::int AS kind FROM pg_temp.byudv_belongs b GROUP BY b.area_kind;

    -- A dwelling has a row for each time in which its areas are the same; most have one. Of two areas of one kind the later goes, then the smaller code.
    CREATE TEMPORARY TABLE byudv_change_year ON COMMIT DROP AS
        SELECT s.dwelling_id, s.from_year, lead(s.from_year, 1, last_year + 1) OVER (PARTITION BY s.dwelling_id ORDER BY s.from_year) - 1 AS to_year
        FROM (SELECT h.dwelling_id, first_year AS from_year FROM pg_temp.byudv_inside h
            UNION SELECT b.dwelling_id, b.from_year FROM pg_temp.byudv_belongs b WHERE b.from_year > first_year
            UNION SELECT b.dwelling_id, b.to_year + 1 FROM pg_temp.byudv_belongs b WHERE b.to_year < last_year) s;
    CREATE TEMPORARY TABLE byudv_region ON COMMIT DROP AS
        SELECT x.dwelling_id, x.from_year, x.to_year, string_agg(x.area_kind || chr(9) || x.area_code, chr(10) ORDER BY x.area_kind COLLATE "C") AS areas
        FROM (SELECT DISTINCT ON (s.dwelling_id, s.from_year, b.area_kind) s.dwelling_id, s.from_year, s.to_year, b.area_kind, b.area_code
            FROM pg_temp.byudv_change_year s LEFT JOIN pg_temp.byudv_belongs b ON b.dwelling_id = s.dwelling_id AND s.from_year BETWEEN b.from_year AND b.to_year
            ORDER BY s.dwelling_id, s.from_year, b.area_kind, b.valid_from DESC NULLS LAST, b.area_code COLLATE "C") x
        GROUP BY x.dwelling_id, x.from_year, x.to_year;
    ANALYZE pg_temp.byudv_region;
    CREATE TEMPORARY TABLE byudv_region_number ON COMMIT DROP AS
        SELECT r.areas, row_number() OVER (ORDER BY r.areas COLLATE "C" NULLS FIRST)::int AS region FROM pg_temp.byudv_region r GROUP BY r.areas;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT r.dwelling_id, r.from_year, r.to_year, n.region FROM pg_temp.byudv_region r JOIN pg_temp.byudv_region_number n ON n.areas IS NOT DISTINCT FROM r.areas;
    merged := byudv.merge_rows(monitor, 'dwelling_region', ARRAY['dwelling_id', 'from_year']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT n.region, 'all'::varchar(40) AS area_kind, 'all'::varchar(40) AS area_code FROM pg_temp.byudv_region_number n
        UNION ALL
        SELECT n.region, k.area_kind, coalesce((SELECT split_part(p.part, chr(9), 2) FROM unnest(string_to_array(n.areas, chr(10))) p (part) WHERE split_part(p.part, chr(9), 1) = k.area_kind), 'none')
        FROM pg_temp.byudv_region_number n CROSS JOIN pg_temp.byudv_kind k;
    DROP TABLE pg_temp.byudv_region_number;
    merged := byudv.merge_rows(monitor, 'region_area', ARRAY['region', 'area_kind']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;

    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT x.area_kind, x.area_code, left(CASE x.area_kind WHEN 'all' THEN $1 WHEN 'municipality' THEN 'Kommune' ELSE initcap(replace(x.area_kind, '_', ' ')) END, 80)::varchar(80) AS area_kind_label,
            left(CASE WHEN x.area_code = 'hidden' THEN 'Diskretioneret' WHEN x.area_kind = 'all' THEN $1 WHEN x.area_code = 'none' THEN 'Uden for'
                ELSE coalesce(a.name, m.label_da, x.area_code) END, 120)::varchar(120) AS area_label,
            (row_number() OVER (PARTITION BY x.area_kind ORDER BY x.area_code = 'hidden', x.area_code = 'none', coalesce(a.name, m.label_da, x.area_code) COLLATE "C", x.area_code COLLATE "C"))::int AS sort_order, a.geojson
        FROM (SELECT b.area_kind, b.area_code FROM %1$I.region_area b
            UNION SELECT b.area_kind, 'hidden' FROM %1$I.region_area b
            UNION SELECT byudv.bi_key(v.kind), byudv.bi_key(v.code) FROM %1$I.area v WHERE v.kind IN (SELECT k.area_kind FROM pg_temp.byudv_kind k)
            UNION SELECT 'all', x.code FROM (VALUES ('all'), ('hidden')) x (code)) x
        LEFT JOIN LATERAL (SELECT v.name, v.geojson FROM %1$I.area v WHERE byudv.bi_key(v.kind) = x.area_kind AND byudv.bi_key(v.code) = x.area_code
            ORDER BY coalesce(v.valid_from, '-infinity') DESC, v.name LIMIT 1) a ON true
        LEFT JOIN byudv.register_code m ON m.list = 'municipality' AND x.area_kind = 'municipality' AND lpad(m.code, 4, '0') = x.area_code$q$, monitor)
        USING CASE WHEN parameters ->> 'municipality' IS NULL THEN 'Hele området' ELSE 'Hele kommunen' END;
    merged := byudv.merge_rows(monitor, 'area_list', ARRAY['area_kind', 'area_code']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_area_list(text, jsonb) IS 'Used inside: the step of a refresh that makes area_list, dwelling_region and region_area.';
