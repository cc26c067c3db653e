-- The step that counts persons for BI views, with disclosure control.
--
-- Each person is counted once in each population of a year: residents on 1 January, and for each move who arrives, departs or moves within the area. What is
-- known of them goes by a reference day: the day of the move, for residents the day before 1 January; incomes and benefits by 31 December of its year.
-- Counts are by area and one attribute, by kind of home and one attribute, and by area and kind of home; the areas and the homes of which there are too few are
-- hidden in a way that holds for all of these tables together (see protected_counts()): a home, that is a region and a kind, lies in areas and in its kind.

CREATE FUNCTION byudv.make_persons_counted(monitor text, parameters jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    study_from date := parameters ->> 'study_from';
    as_of date := parameters ->> 'as_of';
    first_stock int := extract(year FROM study_from + 364);    -- the first 1 January in the window
    last_stock int := extract(year FROM as_of);
    main_kind text;
BEGIN
    DROP TABLE IF EXISTS pg_temp.byudv_item, pg_temp.byudv_age, pg_temp.byudv_segment, pg_temp.byudv_unit, pg_temp.byudv_main, pg_temp.byudv_happened, pg_temp.byudv_born, pg_temp.byudv_household,
        pg_temp.byudv_money, pg_temp.byudv_event;
    -- Codes by number, as protected_counts() takes them
    CREATE TEMPORARY TABLE byudv_item ON COMMIT DROP AS
        SELECT c.attribute, c.code, c.sort_order AS number FROM byudv.bi_codes() c
        WHERE c.code <> 'hidden' AND c.attribute IN ('population', 'age_band', 'household_type', 'income_band', 'benefit', 'size_band', 'month');
    CREATE TEMPORARY TABLE byudv_age ON COMMIT DROP AS
        SELECT a.age, i.number FROM generate_series(0, 150) a (age) JOIN pg_temp.byudv_item i ON i.attribute = 'age_band' AND i.code = byudv.age_band(a.age);
    ANALYZE pg_temp.byudv_age;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_segment ON COMMIT DROP AS
        SELECT s.dwelling_type, s.tenure, s.is_new_build, row_number() OVER (ORDER BY s.dwelling_type COLLATE "C", s.tenure COLLATE "C", s.is_new_build)::int AS segment
        FROM (SELECT DISTINCT c.dwelling_type, c.tenure, c.is_new_build FROM %I.dwelling_class c WHERE c.in_area) s$q$, monitor);
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_unit ON COMMIT DROP AS
        SELECT c.dwelling_id, s.segment, z.number AS size_band
        FROM %1$I.dwelling_class c JOIN pg_temp.byudv_segment s USING (dwelling_type, tenure, is_new_build) JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        JOIN pg_temp.byudv_item z ON z.attribute = 'size_band' AND z.code = byudv.size_band(d.area_m2::int) WHERE c.in_area$q$, monitor);
    ANALYZE pg_temp.byudv_unit;
    -- Moves within the area go from one area of the main kind to another: of the kinds that most homes have an area of, the one with most areas
    EXECUTE format($q$SELECT k.area_kind FROM (SELECT a.area_kind, count(*) AS homes, count(DISTINCT a.area_code) AS areas FROM %1$I.region_area a JOIN %1$I.dwelling_region r ON r.region = a.region
            WHERE a.area_code <> 'none' AND a.area_kind <> 'all' GROUP BY a.area_kind) k
        ORDER BY k.homes >= 0.9 * max(k.homes) OVER () DESC, k.areas DESC, k.area_kind COLLATE "C" LIMIT 1$q$, monitor) INTO main_kind;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_main ON COMMIT DROP AS
        SELECT a.region, a.area_kind, a.area_code, (-1000 - dense_rank() OVER (ORDER BY a.area_code COLLATE "C"))::int AS place FROM %1$I.region_area a WHERE a.area_kind = $1$q$, monitor) USING main_kind;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_happened ON COMMIT DROP AS
        SELECT 10 AS population, y.year, 0 AS month, y.person_id, y.dwelling_id, make_date(y.year, 1, 1) AS day, y.year * 10000 + 101 AS ymd, 0 AS place, NULL::bigint AS other_dwelling,
            y.year < $2 AND (y.to_date IS NULL OR y.to_date > make_date(y.year + 1, 1, 1)) AS stays
        FROM (SELECT r.person_id, r.dwelling_id, r.to_date, generate_series(greatest($1, date_part('year', r.from_date - 1)::int + 1),
                CASE WHEN coalesce(r.to_date, 'infinity') > make_date($2, 1, 1) THEN $2 ELSE date_part('year', r.to_date - 1)::int END) AS year
            FROM %1$I.residence r WHERE r.dwelling_id IS NOT NULL AND r.from_date <= make_date($2, 1, 1)) y
        UNION ALL
        SELECT CASE m.arrival WHEN 'internal' THEN 50 ELSE 30 END, extract(year FROM m.arrived_on)::int, extract(month FROM m.arrived_on)::int, m.person_id, m.to_dwelling_id, m.arrived_on, to_char(m.arrived_on, 'YYYYMMDD')::int,
            CASE m.arrival WHEN 'internal' THEN -3 WHEN 'immigrated' THEN -1 ELSE coalesce(m.from_municipality, -2) END, m.from_dwelling_id, false
        FROM %1$I.move m WHERE m.arrival IS NOT NULL AND m.arrival <> 'born' AND m.to_dwelling_id IS NOT NULL
        UNION ALL
        SELECT CASE m.departure WHEN 'internal' THEN 60 ELSE 40 END, extract(year FROM m.left_on)::int, extract(month FROM m.left_on)::int, m.person_id, m.from_dwelling_id, m.left_on, to_char(m.left_on, 'YYYYMMDD')::int,
            CASE m.departure WHEN 'internal' THEN -3 WHEN 'emigrated' THEN -1 ELSE coalesce(m.to_municipality, -2) END, m.to_dwelling_id, false
        FROM %1$I.move m WHERE m.departure IS NOT NULL AND m.departure <> 'died' AND m.from_dwelling_id IS NOT NULL$q$, monitor) USING first_stock, last_stock;
    ANALYZE pg_temp.byudv_happened;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_born ON COMMIT DROP AS
        SELECT p.person_id::bigint AS person_id, to_char(p.born_on, 'YYYYMMDD')::int AS born FROM %I.person p WHERE isfinite(p.born_on)$q$, monitor);
    ANALYZE pg_temp.byudv_born;
    -- Household types without overlaps: a later one ends an earlier one. A kind that is not in the list is another household.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_household ON COMMIT DROP AS
        SELECT h.person_id::bigint AS person_id, coalesce(i.number, 50) AS household_type, coalesce(h.valid_from, '-infinity') AS valid_from,
            least(h.valid_to, lead(coalesce(h.valid_from, '-infinity')) OVER (PARTITION BY h.person_id ORDER BY h.valid_from NULLS FIRST, h.valid_to NULLS FIRST, i.number)) AS valid_to
        FROM %I.household_type h LEFT JOIN pg_temp.byudv_item i ON i.attribute = 'household_type' AND i.code = h.household_type WHERE h.household_type IS NOT NULL$q$, monitor);
    ANALYZE pg_temp.byudv_household;
    -- By the years whose 31 December is covered. Whole kroner, and hundredths of a full-time person, since sums of integers are quick.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_money ON COMMIT DROP AS
        SELECT m.person_id, m.year, m.income, m.tax_base, CASE WHEN m.benefit_municipal > 0 THEN least(m.full_time_share, 100) END AS full_time_share,
            CASE WHEN m.income IS NULL THEN 100 WHEN m.income <= 0 THEN 10 WHEN m.income < 100000 THEN 20 WHEN m.income < 200000 THEN 30 WHEN m.income < 300000 THEN 40
                WHEN m.income < 400000 THEN 50 WHEN m.income < 600000 THEN 60 WHEN m.income < 800000 THEN 70 ELSE 80 END AS income_band,
            CASE WHEN m.benefit_municipal > 0 THEN 20 WHEN m.benefit_any > 0 THEN 30 ELSE 10 END AS benefit
        FROM (SELECT y.person_id, y.year, sum(y.value) FILTER (WHERE y.attribute = 'income')::bigint AS income, sum(y.value) FILTER (WHERE y.attribute = 'tax_base')::bigint AS tax_base,
                sum(y.value) FILTER (WHERE y.attribute = 'benefit_municipal')::bigint AS benefit_municipal, sum(y.value) FILTER (WHERE y.attribute = 'benefit_any')::bigint AS benefit_any,
                sum(y.value) FILTER (WHERE y.attribute = 'full_time_share')::bigint AS full_time_share
            FROM (SELECT a.person_id::bigint AS person_id, a.attribute, (CASE a.attribute WHEN 'full_time_share' THEN a.value * 100 ELSE a.value END)::bigint AS value,
                    generate_series(date_part('year', greatest(a.valid_from, make_date($1 - 1, 1, 1)))::int, date_part('year', least(a.valid_to, make_date($2 + 1, 1, 1)))::int - 1) AS year
                FROM %I.person_attribute a WHERE a.attribute IN ('income', 'tax_base', 'benefit_municipal', 'benefit_any', 'full_time_share')
                    AND (a.valid_from IS NULL OR a.valid_from < make_date($2 + 1, 1, 1)) AND (a.valid_to IS NULL OR a.valid_to > make_date($1 - 1, 1, 1))) y
            GROUP BY 1, 2) m$q$, monitor) USING first_stock, last_stock;
    ANALYZE pg_temp.byudv_money;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_event ON COMMIT DROP AS
        SELECT h.population * 10000 + h.year AS slice, r.region, u.segment, r.region * $1 + u.segment AS home, u.size_band, h.month, CASE WHEN h.place = -3 THEN coalesce(w.place, -3) ELSE h.place END AS place,
            coalesce(b.number, 90) AS age_band, coalesce(f.household_type, 60) AS household_type, CASE WHEN x.age < 18 THEN 90 ELSE coalesce(m.income_band, 100) END AS income_band,
            CASE WHEN x.age < 18 THEN 40 ELSE coalesce(m.benefit, 50) END AS benefit, h.stays, x.age, CASE WHEN x.age >= 18 THEN m.income END AS income,
            CASE WHEN x.age >= 18 THEN m.tax_base END AS tax_base, CASE WHEN x.age >= 18 THEN m.full_time_share END AS full_time_share
        FROM pg_temp.byudv_happened h JOIN pg_temp.byudv_unit u ON u.dwelling_id = h.dwelling_id
        JOIN %1$I.dwelling_region r ON r.dwelling_id = h.dwelling_id AND h.year BETWEEN r.from_year AND r.to_year
        LEFT JOIN (%1$I.dwelling_region o JOIN pg_temp.byudv_main w ON w.region = o.region) ON o.dwelling_id = h.other_dwelling AND h.year BETWEEN o.from_year AND o.to_year
        LEFT JOIN pg_temp.byudv_born p ON p.person_id = h.person_id
        LEFT JOIN pg_temp.byudv_household f ON f.person_id = h.person_id AND h.day - (h.population = 10)::int >= f.valid_from AND (f.valid_to IS NULL OR h.day - (h.population = 10)::int < f.valid_to)
        LEFT JOIN pg_temp.byudv_money m ON m.person_id = h.person_id AND m.year = h.year - (h.population = 10)::int
        CROSS JOIN LATERAL (SELECT CASE WHEN h.ymd >= p.born THEN (h.ymd - p.born) / 10000 END AS age) x LEFT JOIN pg_temp.byudv_age b ON b.age = x.age$q$, monitor) USING 1 + (SELECT count(*)::int FROM pg_temp.byudv_segment);
    ANALYZE pg_temp.byudv_event;
END
$$;
COMMENT ON FUNCTION byudv.make_persons_counted(text, jsonb) IS 'Used inside: makes pg_temp.byudv_event, a row for each person counted in a population of a year, with region, kind of home and attributes as numbers, and the tables that say what the numbers mean.';

CREATE FUNCTION byudv.refresh_person_count(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    min_cell int := parameters ->> 'min_cell';
    attributes constant text[] := ARRAY['age_band', 'household_type', 'income_band', 'benefit', 'size_band', 'month', 'place'];
    home_kind int;    -- that of kinds of homes, after those of areas
    part text;
    merged record;
BEGIN
    scope := 'all';
    PERFORM byudv.make_persons_counted(monitor, parameters);
    DROP TABLE IF EXISTS pg_temp.byudv_area, pg_temp.byudv_member, pg_temp.byudv_place, pg_temp.byudv_protected, pg_temp.byudv_new, pg_temp.byudv_counted, pg_temp.byudv_whole;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_area ON COMMIT DROP AS
        SELECT a.area_kind, a.area_code, (dense_rank() OVER (ORDER BY a.area_kind COLLATE "C"))::int AS kind, row_number() OVER (ORDER BY a.area_kind COLLATE "C", a.area_code COLLATE "C")::int AS code
        FROM %I.region_area a WHERE a.area_kind <> 'all' GROUP BY a.area_kind, a.area_code$q$, monitor);
    home_kind := 1 + coalesce((SELECT max(a.kind) FROM pg_temp.byudv_area a), 0);
    -- A home: where, and of which kind, as protected_counts() takes them together
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_member ON COMMIT DROP AS
        WITH home AS MATERIALIZED (SELECT e.home, e.region, e.segment FROM pg_temp.byudv_event e GROUP BY 1, 2, 3)
        SELECT 'home'::text AS row_column, h.home AS member, a.kind, a.code
        FROM home h JOIN %I.region_area r ON r.region = h.region JOIN pg_temp.byudv_area a ON a.area_kind = r.area_kind AND a.area_code = r.area_code
        UNION ALL SELECT 'home', h.home, $1, h.segment FROM home h$q$, monitor) USING home_kind;
    CREATE TEMPORARY TABLE byudv_place ON COMMIT DROP AS
        SELECT m.place AS number, byudv.bi_key(m.area_kind || ':' || m.area_code) AS code FROM pg_temp.byudv_main m GROUP BY 1, 2
        UNION ALL VALUES (-1, 'abroad'), (-2, 'unknown'), (-3, 'internal')
        UNION ALL SELECT e.place, lpad(e.place::text, 4, '0') FROM pg_temp.byudv_event e WHERE e.place > 0 GROUP BY e.place;
    -- Areas by kind of home, then both of them by each attribute
    CREATE TEMPORARY TABLE byudv_protected ON COMMIT DROP AS
        SELECT p.* FROM byudv.protected_counts('pg_temp.byudv_event', format('home*home/%s', home_kind) || (SELECT array_agg('home*' || x ORDER BY n) FROM unnest(attributes) WITH ORDINALITY a (x, n)),
            'pg_temp.byudv_member', min_cell) p
        WHERE NOT (p.kind = home_kind AND attributes[p.table_no - 1] = 'place');

    -- Nobody is a figure, too. It is not known, though, of an area that is hidden, nor of an item that is hidden everywhere where the area has something hidden.
    ANALYZE pg_temp.byudv_protected;
    INSERT INTO pg_temp.byudv_protected
        SELECT r.slice, r.table_no, r.kind, r.code, i.number, CASE WHEN r.is_hidden OR r.has_rest AND o.slice IS NOT NULL THEN NULL ELSE 0 END
        FROM (SELECT p.slice, p.table_no, p.kind, p.code, bool_and(p.persons IS NULL) AS is_hidden, bool_or(p.item IS NULL) AS has_rest, array_agg(p.item) AS items FROM pg_temp.byudv_protected p
            WHERE p.table_no > 1 AND attributes[p.table_no - 1] <> 'place' GROUP BY 1, 2, 3, 4) r
        JOIN pg_temp.byudv_item i ON i.attribute = attributes[r.table_no - 1] AND NOT i.number = ANY (array_remove(r.items, NULL))
        LEFT JOIN pg_temp.byudv_protected o ON o.slice = r.slice AND o.table_no = r.table_no AND o.kind = 0 AND o.item = i.number AND o.persons IS NULL;
    -- Numbers to codes. An item NULL holds what is suppressed in its row; a code NULL the areas or homes with too few persons.
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT p.slice % 10000 AS year, n.code::varchar(20) AS population, 'none'::varchar(20) AS attribute, CASE p.kind WHEN 0 THEN 'all' ELSE k.area_kind END::varchar(40) AS area_kind,
            CASE WHEN p.kind = 0 THEN 'all' ELSE coalesce(a.area_code, 'hidden') END::varchar(40) AS area_code, coalesce(s.dwelling_type, 'hidden')::varchar(30) AS dwelling_type,
            coalesce(s.tenure, 'hidden')::varchar(30) AS tenure, CASE WHEN s.is_new_build THEN 'new' WHEN NOT s.is_new_build THEN 'existing' ELSE 'hidden' END::varchar(10) AS new_build,
            'all'::varchar(40) AS item, p.persons
        FROM pg_temp.byudv_protected p JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = p.slice / 10000
        LEFT JOIN (SELECT DISTINCT kind, area_kind FROM pg_temp.byudv_area) k ON k.kind = p.kind LEFT JOIN pg_temp.byudv_area a ON a.code = p.code AND p.kind > 0
        LEFT JOIN pg_temp.byudv_segment s ON s.segment = p.item
        WHERE p.table_no = 1
        UNION ALL
        SELECT p.slice % 10000, n.code, attributes[p.table_no - 1], CASE p.kind WHEN 0 THEN 'all' ELSE k.area_kind END, CASE WHEN p.kind = 0 THEN 'all' ELSE coalesce(a.area_code, 'hidden') END,
            'all', 'all', 'all', CASE WHEN p.item IS NULL THEN 'hidden' ELSE coalesce(i.code, l.code) END, p.persons
        FROM pg_temp.byudv_protected p JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = p.slice / 10000
        LEFT JOIN (SELECT DISTINCT kind, area_kind FROM pg_temp.byudv_area) k ON k.kind = p.kind LEFT JOIN pg_temp.byudv_area a ON a.code = p.code AND p.kind > 0
        LEFT JOIN pg_temp.byudv_item i ON i.attribute = attributes[p.table_no - 1] AND i.number = p.item LEFT JOIN pg_temp.byudv_place l ON attributes[p.table_no - 1] = 'place' AND l.number = p.item
        WHERE p.table_no > 1 AND p.kind < home_kind AND NOT (n.code = 'resident' AND attributes[p.table_no - 1] IN ('month', 'place'))
        UNION ALL
        SELECT p.slice % 10000, n.code, attributes[p.table_no - 1], 'all', 'all', coalesce(s.dwelling_type, 'hidden'), coalesce(s.tenure, 'hidden'),
            CASE WHEN s.is_new_build THEN 'new' WHEN NOT s.is_new_build THEN 'existing' ELSE 'hidden' END, CASE WHEN p.item IS NULL THEN 'hidden' ELSE i.code END, p.persons
        FROM pg_temp.byudv_protected p JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = p.slice / 10000
        LEFT JOIN pg_temp.byudv_segment s ON s.segment = p.code LEFT JOIN pg_temp.byudv_item i ON i.attribute = attributes[p.table_no - 1] AND i.number = p.item
        WHERE p.table_no > 1 AND p.kind = home_kind AND NOT (n.code = 'resident' AND attributes[p.table_no - 1] = 'month');

    -- The same for homes of a kind that there are, but into or out of which nobody moved. How many these are cannot be estimated: each is looked up.
    CREATE INDEX ON pg_temp.byudv_new (year, population, area_kind, area_code, dwelling_type, tenure, new_build) WHERE attribute = 'none';
    ANALYZE pg_temp.byudv_new;
    EXECUTE format($q$INSERT INTO pg_temp.byudv_new
        SELECT r.year, r.population, 'none', r.area_kind, r.area_code, s.dwelling_type, s.tenure, s.new_build, 'all',
            CASE WHEN r.is_hidden OR r.has_rest AND h.year IS NOT NULL THEN NULL ELSE 0 END
        FROM (SELECT n.year, n.population, n.area_kind, n.area_code, bool_and(n.persons IS NULL) AS is_hidden, bool_or(n.dwelling_type = 'hidden') AS has_rest FROM pg_temp.byudv_new n WHERE n.attribute = 'none' GROUP BY 1, 2, 3, 4) r
        JOIN (SELECT DISTINCT x.year, x.area_kind, x.area_code, x.dwelling_type, x.tenure, x.new_build FROM %1$I.stock x) s USING (year, area_kind, area_code)
        LEFT JOIN pg_temp.byudv_new h ON h.attribute = 'none' AND h.year = r.year AND h.population = r.population AND h.area_kind = 'all'
            AND h.dwelling_type = s.dwelling_type AND h.tenure = s.tenure AND h.new_build = s.new_build AND h.persons IS NULL
        WHERE NOT EXISTS (SELECT FROM pg_temp.byudv_new o WHERE o.attribute = 'none' AND o.year = r.year AND o.population = r.population AND o.area_kind = r.area_kind AND o.area_code = r.area_code
            AND o.dwelling_type = s.dwelling_type AND o.tenure = s.tenure AND o.new_build = s.new_build)$q$, monitor);
    -- Those who stay all year are part of the residents, who are shown: what is left of them must not be few either. They are counted for the whole area only.
    CREATE TEMPORARY TABLE byudv_counted ON COMMIT DROP AS
        SELECT e.slice % 10000 AS year, e.segment, e.age_band, e.household_type, e.income_band, e.benefit, e.size_band, count(*) AS whole, count(*) FILTER (WHERE e.stays) AS persons
        FROM pg_temp.byudv_event e WHERE e.slice / 10000 = 10 AND e.slice % 10000 < date_part('year', (parameters ->> 'as_of')::date)
        GROUP BY GROUPING SETS ((1, e.segment), (1, e.age_band), (1, e.household_type), (1, e.income_band), (1, e.benefit), (1, e.size_band));
    FOREACH part IN ARRAY ARRAY['segment'] || attributes[1:5] LOOP
        DROP TABLE IF EXISTS pg_temp.byudv_whole;
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_whole ON COMMIT DROP AS
            WITH counted AS (SELECT e.year, e.%1$I AS item, e.whole, e.persons FROM pg_temp.byudv_counted e WHERE e.%1$I IS NOT NULL),
                ranked AS (SELECT c.*, c.persons BETWEEN 1 AND $1 - 1 OR c.whole - c.persons BETWEEN 1 AND $1 - 1 AS is_small,
                    row_number() OVER w AS n, sum(c.persons) OVER w AS sum_persons, sum(c.whole - c.persons) OVER w AS sum_rest
                    FROM counted c WINDOW w AS (PARTITION BY c.year ORDER BY NOT (c.persons BETWEEN 1 AND $1 - 1 OR c.whole - c.persons BETWEEN 1 AND $1 - 1), c.persons, c.item)),
                bound AS (SELECT r.year, count(*) FILTER (WHERE r.is_small) AS small FROM ranked r GROUP BY r.year),
                pool AS (SELECT b.year, CASE WHEN b.small = 0 THEN 0 ELSE coalesce((SELECT min(r.n) FROM ranked r WHERE r.year = b.year AND r.n >= greatest(b.small, 2)
                        AND r.sum_persons NOT BETWEEN 1 AND $1 - 1 AND r.sum_rest NOT BETWEEN 1 AND $1 - 1), (SELECT max(r.n) FROM ranked r WHERE r.year = b.year)) END AS size FROM bound b)
            SELECT r.year, r.item, CASE WHEN r.n > p.size THEN r.persons END AS persons FROM ranked r JOIN pool p USING (year)
            UNION ALL SELECT r.year, NULL, sum(r.persons) FROM ranked r JOIN pool p USING (year) WHERE r.n <= p.size GROUP BY r.year HAVING sum(r.persons) NOT BETWEEN 1 AND $1 - 1$q$, part)
            USING min_cell;
        INSERT INTO pg_temp.byudv_new
        SELECT w.year, 'stayer', CASE part WHEN 'segment' THEN 'none' ELSE part END, 'all', 'all',
            CASE WHEN part <> 'segment' THEN 'all' ELSE coalesce(s.dwelling_type, 'hidden') END, CASE WHEN part <> 'segment' THEN 'all' ELSE coalesce(s.tenure, 'hidden') END,
            CASE WHEN part <> 'segment' THEN 'all' WHEN s.is_new_build THEN 'new' WHEN NOT s.is_new_build THEN 'existing' ELSE 'hidden' END,
            CASE WHEN part = 'segment' THEN 'all' ELSE coalesce(i.code, 'hidden') END, w.persons
        FROM pg_temp.byudv_whole w LEFT JOIN pg_temp.byudv_segment s ON part = 'segment' AND s.segment = w.item
        LEFT JOIN pg_temp.byudv_item i ON i.attribute = part AND i.number = w.item WHERE w.persons IS DISTINCT FROM 0;
    END LOOP;
    merged := byudv.merge_rows(monitor, 'person_count', ARRAY['attribute', 'year', 'population', 'area_kind', 'area_code', 'dwelling_type', 'tenure', 'new_build', 'item']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    -- Means, of ten persons at least
    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH by_region AS (SELECT e.slice, e.region, e.slice / 10000 = 10 AND e.stays AS stays, sum(e.income) AS income, count(e.income) AS incomes, sum(e.tax_base) AS tax_base, count(e.tax_base) AS tax_bases,
                sum(e.age) AS age, count(e.age) AS ages, sum(e.full_time_share) AS full_time, count(e.full_time_share) AS full_times FROM pg_temp.byudv_event e GROUP BY 1, 2, 3),
            by_area AS (SELECT b.slice %% 10000 AS year, n.code::varchar(20) AS population, a.area_kind, a.area_code, b.income, b.incomes, b.tax_base, b.tax_bases, b.age, b.ages, b.full_time, b.full_times
                FROM by_region b JOIN pg_temp.byudv_item n ON n.attribute = 'population' AND n.number = b.slice / 10000 JOIN %1$I.region_area a ON a.region = b.region
                UNION ALL SELECT b.slice %% 10000, 'stayer', 'all', 'all', b.income, b.incomes, b.tax_base, b.tax_bases, b.age, b.ages, b.full_time, b.full_times FROM by_region b WHERE b.stays)
        SELECT b.year, b.population, b.area_kind, b.area_code,
            CASE WHEN sum(b.incomes) >= $1 THEN round(sum(b.income) / sum(b.incomes), -3) END::numeric(12, 0) AS mean_income,
            CASE WHEN sum(b.tax_bases) >= $1 THEN round(sum(b.tax_base) / sum(b.tax_bases), -3) END::numeric(12, 0) AS mean_tax_base,
            CASE WHEN sum(b.ages) >= $1 THEN round(1.0 * sum(b.age) / sum(b.ages), 1) END::numeric(5, 1) AS mean_age,
            CASE WHEN sum(b.full_times) >= $1 THEN round(sum(b.full_time) / 100.0) END::numeric(12, 0) AS full_time_benefit_persons
        FROM by_area b GROUP BY 1, 2, 3, 4
        HAVING greatest(sum(b.incomes), sum(b.tax_bases), sum(b.ages), sum(b.full_times)) >= $1$q$, monitor) USING greatest(min_cell, 10);
    merged := byudv.merge_rows(monitor, 'person_measure', ARRAY['year', 'population', 'area_kind', 'area_code']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
    DROP TABLE pg_temp.byudv_event, pg_temp.byudv_happened, pg_temp.byudv_household, pg_temp.byudv_money, pg_temp.byudv_unit;
END
$$;
COMMENT ON FUNCTION byudv.refresh_person_count(text, jsonb) IS 'Used inside: the step of a refresh that makes person_count and person_measure.';
