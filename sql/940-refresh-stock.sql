-- The step that counts dwellings for BI views.

CREATE FUNCTION byudv.refresh_stock(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    first_year int := extract(year FROM (parameters ->> 'study_from')::date + 364);    -- the first 1 January in the window
    last_year int := extract(year FROM as_of);
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_kept, pg_temp.byudv_occupied, pg_temp.byudv_by_region, pg_temp.byudv_new;
    -- Kinds of homes by number, since numbers are quicker to group by
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_kept ON COMMIT DROP AS
        SELECT c.dwelling_id, dense_rank() OVER (ORDER BY c.dwelling_type, c.tenure, c.tenure_register, c.tenure_dst, c.is_new_build, byudv.size_band(d.area_m2::int)) AS sort,
            c.dwelling_type, c.tenure, c.tenure_register, c.tenure_dst, c.is_new_build, byudv.size_band(d.area_m2::int) AS size_band, greatest(d.area_m2::int, 0) AS area_m2,
            CASE WHEN coalesce(d.available_from, '-infinity') <= make_date($1, 1, 1) THEN $1 ELSE extract(year FROM least(d.available_from, '9999-01-01') - 1)::int + 1 END AS from_year,
            CASE WHEN coalesce(d.demolished_on, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE extract(year FROM greatest(d.demolished_on, '0001-01-02') - 1)::int END AS to_year
        FROM %1$I.dwelling_class c JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id WHERE c.in_area AND c.dwelling_type <> 'not_a_dwelling'$q$, monitor) USING first_year, last_year;
    ANALYZE pg_temp.byudv_kept;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_occupied ON COMMIT DROP AS
        SELECT DISTINCT o.dwelling_id, y.year FROM %1$I.residence o
        CROSS JOIN LATERAL generate_series(greatest($1, extract(year FROM o.from_date - 1)::int + 1), CASE WHEN coalesce(o.to_date, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE extract(year FROM o.to_date - 1)::int END) y (year)
        WHERE o.dwelling_id IS NOT NULL AND o.from_date <= make_date($2, 1, 1)$q$, monitor) USING first_year, last_year;
    -- By region first, then by the areas of each kind
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_by_region ON COMMIT DROP AS
        SELECT y.year, r.region, k.sort, count(*) AS dwellings,
            count(*) FILTER (WHERE o.dwelling_id IS NULL) AS vacant_dwellings, coalesce(sum(k.area_m2), 0) AS area_m2
        FROM pg_temp.byudv_kept k CROSS JOIN LATERAL generate_series(k.from_year, k.to_year) y (year)
        JOIN %I.dwelling_region r ON r.dwelling_id = k.dwelling_id AND y.year BETWEEN r.from_year AND r.to_year
        LEFT JOIN pg_temp.byudv_occupied o ON o.dwelling_id = k.dwelling_id AND o.year = y.year
        GROUP BY 1, 2, 3$q$, monitor);
    ANALYZE pg_temp.byudv_by_region;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT x.year, x.area_kind, x.area_code, k.dwelling_type::varchar(30) AS dwelling_type, k.tenure::varchar(30) AS tenure, k.tenure_register::varchar(30) AS tenure_register,
            k.tenure_dst::varchar(30) AS tenure_dst, (CASE WHEN k.is_new_build THEN 'new' ELSE 'existing' END)::varchar(10) AS new_build, k.size_band::varchar(20) AS size_band,
            x.dwellings, x.vacant_dwellings, x.area_m2
        FROM (SELECT b.year, a.area_kind, a.area_code, b.sort, sum(b.dwellings)::bigint AS dwellings, sum(b.vacant_dwellings)::bigint AS vacant_dwellings, sum(b.area_m2)::bigint AS area_m2
            FROM pg_temp.byudv_by_region b JOIN %I.region_area a ON a.region = b.region GROUP BY 1, 2, 3, 4) x
        JOIN (SELECT DISTINCT y.sort, y.dwelling_type, y.tenure, y.tenure_register, y.tenure_dst, y.is_new_build, y.size_band FROM pg_temp.byudv_kept y) k ON k.sort = x.sort$q$, monitor);
    merged := byudv.merge_rows(monitor, 'stock', ARRAY['year', 'area_kind', 'area_code', 'dwelling_type', 'tenure', 'tenure_register', 'tenure_dst', 'new_build', 'size_band']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_stock(text, jsonb) IS 'Used inside: the step of a refresh that makes stock.';
