-- problems.sql - what an attacker knows, for bounds.c, from the published views alone: psql -v monitor=... -v out=file -v out_rings=file
--		-v part=... -v ring=... -v questions=... (which share of tables, rings of tables and questions in rings, 0 to 1) -f problems.sql
--
-- The unknowns of a problem are the persons of each region (see region_area: where areas overlap is no secret) and item, of one population and year, by one
-- attribute or by kind of home; or those of each kind of home, in place of regions, and item. Known are all counts that are shown, the sums of what is hidden in a row, and that what has no row is nobody.
\set QUIET on
SET search_path = :"monitor", pg_catalog;
SET enable_nestloop = off;    -- of functions in the views the planner expects few rows
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
RESET enable_nestloop;
ANALYZE told; ANALYZE part;
-- What is asked by itself, and what is part of a ring that is
CREATE TEMPORARY TABLE problem AS
SELECT row_number() OVER (ORDER BY attribute, population, year) AS problem, p.* FROM (
    SELECT population, year, attribute, attribute LIKE 'home and %' AS of_homes, ('x' || substr(md5(concat_ws('/', population, year, attribute)), 1, 7))::bit(28)::int < :part * 268435456 AS is_asked,
        ('x' || substr(md5(concat_ws('-', population, year, replace(attribute, 'home and ', ''))), 1, 7))::bit(28)::int < :ring * 268435456 AS is_in_ring FROM (SELECT DISTINCT population, year, attribute FROM told) t) p
WHERE is_asked OR is_in_ring OR attribute = 'home' AND :ring > 0;
CREATE TEMPORARY TABLE item AS
SELECT problem, item, row_number() OVER (PARTITION BY problem ORDER BY item) AS n, count(*) OVER (PARTITION BY problem) AS items
FROM (SELECT DISTINCT problem, item FROM told JOIN problem USING (population, year, attribute) WHERE item <> 'hidden') i;
CREATE TEMPORARY TABLE row_told AS    -- areas, with those that are hidden under their own code
SELECT problem, of_homes, area_kind, area_code, bool_and(persons IS NULL) AS is_merged FROM told JOIN problem USING (population, year, attribute) GROUP BY 1, 2, 3, 4;
CREATE INDEX ON item (problem, item); ANALYZE problem; ANALYZE item; ANALYZE row_told;
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
ANALYZE region_of; ANALYZE cell;
-- A line is a sum, or a question, of some regions and some items of a problem
CREATE TEMPORARY TABLE line AS
SELECT c.problem, 2 AS place, format('sum %s', coalesce(c.persons, 0)) AS line, array_agg(o.region) AS regions, ARRAY[c.item] AS items
FROM cell c JOIN region_of o USING (problem, area_kind, area_code) WHERE NOT c.is_hidden GROUP BY c.problem, c.area_kind, c.area_code, c.item, c.persons
UNION ALL
SELECT c.problem, 3, format('sum %s', h.persons), array_agg(DISTINCT o.region), array_agg(DISTINCT c.item)
FROM cell c JOIN region_of o USING (problem, area_kind, area_code) JOIN problem p ON p.problem = c.problem
JOIN told h ON (h.population, h.year, h.attribute, h.area_kind, h.area_code, h.item) = (p.population, p.year, p.attribute, c.area_kind, c.area_code, 'hidden') AND h.persons IS NOT NULL
WHERE c.is_hidden GROUP BY c.problem, c.area_kind, c.area_code, h.persons
UNION ALL
SELECT c.problem, 4, format('ask %s', replace(concat_ws('|', p.population, p.year, p.attribute, c.area_kind, c.area_code, c.item), ' ', '_')), array_agg(o.region), ARRAY[c.item]
FROM cell c JOIN region_of o USING (problem, area_kind, area_code) JOIN problem p ON p.problem = c.problem
WHERE c.is_hidden GROUP BY c.problem, c.area_kind, c.area_code, c.item, p.population, p.year, p.attribute
UNION ALL
SELECT r.problem, 4, format('ask %s', replace(concat_ws('|', p.population, p.year, p.attribute, r.area_kind, r.area_code, 'total'), ' ', '_')), array_agg(DISTINCT a.region), array_agg(DISTINCT i.item)
FROM row_told r JOIN part a USING (of_homes, area_kind, area_code) JOIN item i USING (problem) JOIN problem p USING (problem) WHERE r.is_merged
GROUP BY r.problem, r.area_kind, r.area_code, p.population, p.year, p.attribute;
CREATE TEMPORARY TABLE unknowns AS SELECT problem, max(a.region) * max(i.items) AS n FROM item i JOIN problem p USING (problem) JOIN part a USING (of_homes) WHERE p.is_asked GROUP BY problem;
\o :out
SELECT line FROM (
    SELECT problem, 1 AS place, format('begin %s', n) AS line FROM unknowns
    UNION ALL
    SELECT l.problem, l.place, concat(l.line, (SELECT string_agg(' ' || (r - 1) * i.items + i.n, '') FROM unnest(l.regions) r, item i WHERE i.problem = l.problem AND i.item = ANY (l.items)))
        FROM line l JOIN unknowns USING (problem)
    UNION ALL
    SELECT problem, 5, 'end' FROM unknowns) l
ORDER BY problem, place, line;
\o

-- Three tables in a ring: areas by kind of home, areas by an attribute, kinds of home by that attribute. Here the unknowns are the persons of each region, kind
-- of home and item. Questions are picked at random.
CREATE TEMPORARY TABLE ring AS
SELECT x.problem AS ring, h.problem AS by_home, x.problem AS by_item, b.problem AS of_both FROM problem x JOIN problem h USING (population, year) JOIN problem b USING (population, year)
WHERE h.attribute = 'home' AND b.attribute = 'home and ' || x.attribute AND x.is_in_ring;
CREATE TEMPORARY TABLE home AS SELECT region AS home, area_code AS item FROM part WHERE of_homes AND area_kind = 'home';
CREATE TEMPORARY TABLE region AS SELECT DISTINCT region FROM part WHERE NOT of_homes;
CREATE TEMPORARY TABLE ring_line AS
SELECT r.ring, l.place, l.line, l.regions, ARRAY(SELECT h.home FROM home h WHERE h.item = ANY (l.items)) AS homes, ARRAY(SELECT i.n FROM item i WHERE i.problem = r.by_item) AS items FROM ring r JOIN line l ON l.problem = r.by_home
UNION ALL
SELECT r.ring, l.place, l.line, l.regions, ARRAY(SELECT h.home FROM home h), ARRAY(SELECT i.n FROM item i WHERE i.problem = r.by_item AND i.item = ANY (l.items)) FROM ring r JOIN line l ON l.problem = r.by_item
UNION ALL
SELECT r.ring, l.place, l.line, ARRAY(SELECT g.region FROM region g), l.regions, ARRAY(SELECT i.n FROM item i WHERE i.problem = r.by_item AND i.item = ANY (l.items)) FROM ring r JOIN line l ON l.problem = r.of_both;
DELETE FROM ring_line WHERE place = 4 AND ('x' || substr(md5(line), 1, 7))::bit(28)::int >= :questions * 268435456;
ALTER TABLE ring_line ADD number int GENERATED ALWAYS AS IDENTITY;
-- What is known to be nobody is no unknown
CREATE TEMPORARY TABLE nobody AS
SELECT DISTINCT l.ring, g AS region, h AS home FROM ring_line l, unnest(l.regions) g, unnest(l.homes) h WHERE l.line = 'sum 0' AND cardinality(l.items) = (SELECT count(*) FROM item i WHERE i.problem = l.ring);
CREATE TEMPORARY TABLE somebody AS
SELECT r.ring, g.region, h.home, i.n, row_number() OVER (PARTITION BY r.ring ORDER BY g.region, h.home, i.n) AS number
FROM ring r CROSS JOIN region g CROSS JOIN home h JOIN item i ON i.problem = r.by_item WHERE (r.ring, g.region, h.home) NOT IN (SELECT ring, region, home FROM nobody);
ANALYZE somebody; ANALYZE ring_line;
CREATE TEMPORARY TABLE ring_sum AS
SELECT l.number, string_agg(' ' || s.number, '') AS unknowns FROM ring_line l CROSS JOIN unnest(l.regions) g CROSS JOIN unnest(l.homes) h CROSS JOIN unnest(l.items) i (n)
JOIN somebody s ON s.ring = l.ring AND s.region = g AND s.home = h AND s.n = i.n GROUP BY l.number;
\o :out_rings
SELECT line FROM (
    SELECT ring, 1 AS place, format('begin %s', max(number)) AS line FROM somebody GROUP BY ring
    UNION ALL
    SELECT l.ring, l.place, l.line || s.unknowns FROM ring_line l JOIN ring_sum s USING (number)
    UNION ALL
    SELECT ring, 5, 'end' FROM ring) l
ORDER BY ring, place, line;
\o
