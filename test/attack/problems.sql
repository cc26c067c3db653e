-- problems.sql - what an attacker knows, for bounds.c, from the published views alone: psql -v monitor=… -v part=… (0 to 1) -f problems.sql
--
-- The unknowns of a problem are the persons of each region (see region_area: where areas overlap is no secret) and item, of one population and year, by one
-- attribute or by kind of home; or those of each kind of home, in place of regions, and item. Known are all counts that are shown, the sums of what is hidden in a row, and that what has no row is nobody.
\set QUIET on
SET search_path = :"monitor", pg_catalog;
CREATE TEMPORARY TABLE told AS
SELECT population, year, 'home' AS attribute, area_kind, area_code, CASE dwelling_type WHEN 'hidden' THEN 'hidden' ELSE concat_ws('/', dwelling_type, tenure, new_build) END AS item, persons FROM bi_moves
UNION ALL SELECT 'resident', year, 'home', area_kind, area_code, CASE dwelling_type WHEN 'hidden' THEN 'hidden' ELSE concat_ws('/', dwelling_type, tenure, new_build) END, residents FROM bi_stock
UNION ALL SELECT population, year, attribute, area_kind, area_code, item, persons FROM bi_mover_profile WHERE population <> 'stayer'
UNION ALL SELECT population, year, 'month', area_kind, area_code, month, persons FROM bi_moves_month
UNION ALL SELECT population, year, 'place', area_kind, area_code, place, persons FROM bi_moves_place
UNION ALL SELECT population, year, 'home and ' || attribute, 'home', CASE dwelling_type WHEN 'hidden' THEN 'hidden' ELSE concat_ws('/', dwelling_type, tenure, new_build) END, item, persons
    FROM bi_mover_profile_dwelling WHERE population <> 'stayer'
UNION ALL SELECT population, year, 'home and ' || attribute, area_kind, area_code, item, persons FROM bi_mover_profile WHERE population <> 'stayer' AND area_kind = 'all'
UNION ALL SELECT population, year, 'home and month', 'home', CASE dwelling_type WHEN 'hidden' THEN 'hidden' ELSE concat_ws('/', dwelling_type, tenure, new_build) END, month, persons FROM bi_moves_month_dwelling
UNION ALL SELECT population, year, 'home and month', area_kind, area_code, month, persons FROM bi_moves_month WHERE area_kind = 'all';
CREATE TEMPORARY TABLE part AS
SELECT false AS of_homes, region, area_kind, area_code FROM region_area
UNION ALL SELECT true, region, k.area_kind, CASE k.area_kind WHEN 'all' THEN 'all' ELSE home END
    FROM (SELECT area_code AS home, (row_number() OVER (ORDER BY area_code))::int AS region FROM told WHERE area_kind = 'home' AND area_code <> 'hidden' GROUP BY area_code) h, (VALUES ('all'), ('home')) k (area_kind);
CREATE TEMPORARY TABLE problem AS
SELECT row_number() OVER (ORDER BY attribute, population, year) AS problem, p.*, p.attribute LIKE 'home and %' AS of_homes FROM (SELECT DISTINCT population, year, attribute FROM told) p
WHERE ('x' || substr(md5(concat_ws('/', population, year, attribute)), 1, 7))::bit(28)::int < :part * 268435456;
CREATE TEMPORARY TABLE item AS
SELECT problem, item, row_number() OVER (PARTITION BY problem ORDER BY item) AS n, count(*) OVER (PARTITION BY problem) AS items
FROM (SELECT DISTINCT problem, item FROM told JOIN problem USING (population, year, attribute) WHERE item <> 'hidden') i;
CREATE TEMPORARY TABLE row_told AS    -- areas, with those that are hidden under their own code
SELECT problem, of_homes, area_kind, area_code, bool_and(persons IS NULL) AS is_merged FROM told JOIN problem USING (population, year, attribute) GROUP BY 1, 2, 3, 4;
-- An area is its regions; the hidden one has the regions of all that are merged
CREATE TEMPORARY TABLE region_of AS
SELECT r.problem, r.area_kind, r.area_code, a.region FROM row_told r JOIN part a USING (of_homes, area_kind, area_code) WHERE NOT r.is_merged
UNION ALL SELECT r.problem, r.area_kind, 'hidden', a.region FROM row_told r JOIN part a USING (of_homes, area_kind, area_code) WHERE r.is_merged;
CREATE TEMPORARY TABLE cell AS    -- each area and item, whether it has a row or not
SELECT r.problem, r.area_kind, r.area_code, i.item, i.n, t.persons, t.item IS NOT NULL AND t.persons IS NULL
    OR t.item IS NULL AND z.item IS NOT NULL AND h.item IS NOT NULL AS is_hidden
FROM row_told r JOIN problem p USING (problem) JOIN item i USING (problem)
LEFT JOIN told t ON (t.population, t.year, t.attribute, t.area_kind, t.area_code, t.item) = (p.population, p.year, p.attribute, r.area_kind, r.area_code, i.item)
-- an item that is hidden for the whole is part of what is hidden in a row
LEFT JOIN told z ON (z.population, z.year, z.attribute, z.area_kind, z.item) = (p.population, p.year, p.attribute, 'all', i.item) AND z.persons IS NULL
LEFT JOIN told h ON (h.population, h.year, h.attribute, h.area_kind, h.area_code, h.item) = (p.population, p.year, p.attribute, r.area_kind, r.area_code, 'hidden')
WHERE NOT r.is_merged;
ANALYZE told; ANALYZE problem; ANALYZE item; ANALYZE region_of; ANALYZE cell;
CREATE TEMPORARY TABLE unknowns AS SELECT problem, max(a.region) * max(i.items) AS n FROM item i JOIN problem p USING (problem) JOIN part a USING (of_homes) GROUP BY problem;
\o :out
SELECT line FROM (
    SELECT problem, 1 AS place, format('begin %s', n) AS line FROM unknowns
    UNION ALL
    SELECT c.problem, 2, format('sum %s %s', coalesce(c.persons, 0), string_agg(((o.region - 1) * i.items + c.n)::text, ' '))
    FROM cell c JOIN region_of o USING (problem, area_kind, area_code) JOIN item i ON i.problem = c.problem AND i.item = c.item WHERE NOT c.is_hidden
    GROUP BY c.problem, c.area_kind, c.area_code, c.item, c.persons
    UNION ALL
    SELECT c.problem, 3, format('sum %s %s', h.persons, string_agg(((o.region - 1) * i.items + c.n)::text, ' '))
    FROM cell c JOIN region_of o USING (problem, area_kind, area_code) JOIN item i ON i.problem = c.problem AND i.item = c.item JOIN problem p ON p.problem = c.problem
    JOIN told h ON (h.population, h.year, h.attribute, h.area_kind, h.area_code, h.item) = (p.population, p.year, p.attribute, c.area_kind, c.area_code, 'hidden') AND h.persons IS NOT NULL
    WHERE c.is_hidden GROUP BY c.problem, c.area_kind, c.area_code, h.persons
    UNION ALL
    SELECT c.problem, 4, format('ask %s %s', replace(concat_ws('|', p.population, p.year, p.attribute, c.area_kind, c.area_code, c.item), ' ', '_'), string_agg(((o.region - 1) * i.items + c.n)::text, ' '))
    FROM cell c JOIN region_of o USING (problem, area_kind, area_code) JOIN item i ON i.problem = c.problem AND i.item = c.item JOIN problem p ON p.problem = c.problem
    WHERE c.is_hidden GROUP BY c.problem, c.area_kind, c.area_code, c.item, p.population, p.year, p.attribute
    UNION ALL
    SELECT r.problem, 4, format('ask %s %s', replace(concat_ws('|', p.population, p.year, p.attribute, r.area_kind, r.area_code, 'total'), ' ', '_'),
        string_agg(((a.region - 1) * i.items + i.n)::text, ' '))
    FROM row_told r JOIN part a USING (of_homes, area_kind, area_code) JOIN item i USING (problem) JOIN problem p USING (problem) WHERE r.is_merged
    GROUP BY r.problem, r.area_kind, r.area_code, p.population, p.year, p.attribute
    UNION ALL
    SELECT problem, 5, 'end' FROM unknowns) l
ORDER BY problem, place, line;
\o
