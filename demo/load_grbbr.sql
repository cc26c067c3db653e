-- load_grbbr.sql - BBR as distributed today: one file for each object, keys as UUIDs.
--
-- The owner code sits on the property, never on the unit, so the way to it matters (Statistics Denmark's order):
--   1. the unit's own condominium property          enhedejerlejlighed.enhed -> .ejerlejlighed
--   2. the building's property on leased land       bygningejendomsrelation or the building's own column
--   3. the property of the land it stands on        bygning.grund -> grund.bestemtFastEjendom
-- and for 2 and 3 the unit's building is needed: through its staircase (opgang) where that file is there, else
-- through its address: dar_adresse.id = enhed.adresseIdentificerer, dar_adresse.husnummer = bygning.husnummer.
-- A house number may have several buildings (house, garage, shop).  The building is taken only when exactly one
-- has the unit's own use, or, failing that, the unit is residential and exactly one building is.  Otherwise it
-- stays unknown; the land is still taken where all the buildings at the house number stand on the same.

CALL demo.note_bad_numbers('grbbr', :'file', 'demo.raw_enhed',
    ARRAY['status', 'enh020', 'enh045', 'enh046', 'enh026', 'enh027', 'enh031']);
CALL demo.note_bad_numbers('grbbr', :'bygning_file', 'demo.raw_bygning', ARRAY['status', 'byg021', 'byg026', 'byg121']);
CALL demo.note_bad_numbers('grbbr', :'relation_file', 'demo.raw_ejendomsrelation', ARRAY['status', 'owner_code']);

CREATE TABLE demo.judged_enhed AS
SELECT r.*,
       CASE WHEN id IS NULL THEN 'no unit id'
            WHEN virkningtil IS NOT NULL OR registreringtil IS NOT NULL THEN 'not the current row (history)'
            WHEN status IS NOT NULL AND demo.to_int(status) IS DISTINCT FROM 6
                THEN 'not live: status ' || status
            WHEN row_number() OVER (PARTITION BY id, coalesce(demo.to_int(status), 6),
                                                 virkningtil IS NULL AND registreringtil IS NULL
                                    ORDER BY registreringfra DESC NULLS LAST, line_no) > 1
                THEN 'unit id met before'
       END AS left_out
FROM demo.raw_enhed r;

INSERT INTO demo.load_note (source, file, kind, what, n, example)
SELECT 'grbbr', :'file', 'left out', left_out, count(*), 'line ' || min(line_no)
FROM demo.judged_enhed WHERE left_out IS NOT NULL GROUP BY left_out ORDER BY left_out;

CREATE TABLE demo.live_bygning AS
SELECT DISTINCT ON (id) id, demo.to_int(byg021) AS use, demo.to_int(byg026) AS built_year,
       demo.to_int(byg121) AS defect_insurance, husnummer, grund, bpfg
FROM demo.raw_bygning
WHERE id IS NOT NULL AND virkningtil IS NULL AND registreringtil IS NULL AND coalesce(demo.to_int(status), 6) = 6
ORDER BY id, registreringfra DESC NULLS LAST, line_no;

CREATE TABLE demo.live_property AS
SELECT DISTINCT ON (id) id, bfe, demo.to_int(owner_code) AS owner_code, property_kind
FROM demo.raw_ejendomsrelation
WHERE id IS NOT NULL AND virkningtil IS NULL AND registreringtil IS NULL AND coalesce(demo.to_int(status), 7) = 7
ORDER BY id, registreringfra DESC NULLS LAST, line_no;

CREATE TABLE demo.live_grund AS
SELECT DISTINCT ON (id) id, property
FROM demo.raw_grund
WHERE id IS NOT NULL AND virkningtil IS NULL AND registreringtil IS NULL AND coalesce(demo.to_int(status), 7) = 7
ORDER BY id, registreringfra DESC NULLS LAST, line_no;

CALL demo.note_left_out('grbbr', :'bygning_file', 'demo.raw_bygning', 'id', 6);
CALL demo.note_left_out('grbbr', :'relation_file', 'demo.raw_ejendomsrelation', 'id', 7);
CALL demo.note_left_out('grbbr', :'grund_file', 'demo.raw_grund', 'id', 7);

CREATE TABLE demo.grbbr_unit AS
SELECT id, adresse, opgang, demo.to_int(enh020) AS use FROM demo.judged_enhed WHERE left_out IS NULL;

-- Buildings that may be the unit's, and how well they fit.
CREATE TABLE demo.grbbr_candidate AS
SELECT u.id AS unit, b.id AS building, b.grund,
       b.use = u.use AS same_use,
       b.use BETWEEN 100 AND 199 AND u.use BETWEEN 100 AND 199 AS same_class
FROM demo.grbbr_unit u
JOIN (SELECT DISTINCT id, husnummer FROM demo.raw_dar) a ON a.id = u.adresse
JOIN demo.live_bygning b ON b.husnummer = a.husnummer;

ANALYZE demo.live_bygning;
ANALYZE demo.live_property;
ANALYZE demo.live_grund;
ANALYZE demo.grbbr_unit;
ANALYZE demo.grbbr_candidate;

CREATE TABLE demo.grbbr_link AS
SELECT u.id AS unit,
       coalesce(o.building, CASE WHEN c.n_use = 1 THEN c.by_use
                                 WHEN c.n_use = 0 AND c.n_class = 1 THEN c.by_class END) AS building,
       c.grund AS land_at_address,
       CASE WHEN o.building IS NOT NULL THEN '1 building by its staircase'
            WHEN c.n_use = 1 THEN '2 building by address and use'
            WHEN c.n_use = 0 AND c.n_class = 1 THEN '3 building by address, the only residential one'
            WHEN c.grund IS NOT NULL THEN '4 land by address; several buildings fit, none taken'
            WHEN c.unit IS NOT NULL THEN '5 not linked: several buildings and lands at the address'
            WHEN NOT EXISTS (SELECT FROM demo.raw_dar) AND NOT EXISTS (SELECT FROM demo.raw_opgang)
                THEN '6 not linked: neither an address file nor a staircase file'
            WHEN a.id IS NULL THEN '6 not linked: staircase and address not in the files'
            ELSE '7 not linked: no building at that house number' END AS how
FROM demo.grbbr_unit u
LEFT JOIN (SELECT DISTINCT id FROM demo.raw_dar) a ON a.id = u.adresse
LEFT JOIN (SELECT s.id, min(b.id) AS building FROM demo.raw_opgang s JOIN demo.live_bygning b ON b.id = s.bygning
           GROUP BY s.id) o ON o.id = u.opgang
LEFT JOIN (SELECT unit,
                  count(*) FILTER (WHERE same_use) AS n_use, min(building) FILTER (WHERE same_use) AS by_use,
                  count(*) FILTER (WHERE same_class) AS n_class, min(building) FILTER (WHERE same_class) AS by_class,
                  CASE WHEN count(DISTINCT grund) = 1 THEN min(grund) END AS grund
           FROM demo.grbbr_candidate GROUP BY unit) c ON c.unit = u.id;

INSERT INTO demo.load_note (source, file, kind, what, n)
SELECT 'grbbr', :'file', 'building', how, count(*) FROM demo.grbbr_link GROUP BY how ORDER BY how;

ANALYZE demo.grbbr_link;

CREATE TABLE demo.grbbr_owner AS
SELECT l.unit,
       CASE WHEN e.id IS NOT NULL THEN '1 own condominium property'
            WHEN p.id IS NOT NULL THEN '2 building on leased land'
            WHEN g.id IS NOT NULL THEN '3 property of the land'
            ELSE '4 no owner code found' END AS how,
       CASE WHEN e.id IS NOT NULL THEN e.owner_code WHEN p.id IS NOT NULL THEN p.owner_code
            ELSE g.owner_code END AS owner_code,
       CASE WHEN e.id IS NOT NULL THEN e.property_kind WHEN p.id IS NOT NULL THEN p.property_kind
            ELSE g.property_kind END AS property_kind
FROM demo.grbbr_link l
LEFT JOIN (SELECT DISTINCT ON (r.enhed) r.enhed, p.*
           FROM demo.raw_enhedejerlejlighed r JOIN demo.live_property p ON p.id = r.ejerlejlighed
           WHERE r.virkningtil IS NULL AND r.registreringtil IS NULL
           ORDER BY r.enhed, p.id) e ON e.enhed = l.unit
LEFT JOIN demo.live_bygning b ON b.id = l.building
LEFT JOIN (SELECT x.building, min(x.property) AS property
           FROM (SELECT bygning AS building, bpfg AS property FROM demo.raw_bygningejendomsrelation
                 UNION ALL SELECT id, bpfg FROM demo.live_bygning) x
           JOIN demo.live_property y ON y.id = x.property GROUP BY x.building) bp ON bp.building = b.id
LEFT JOIN demo.live_property p ON p.id = bp.property
LEFT JOIN demo.live_grund lg ON lg.id = coalesce(b.grund, l.land_at_address)
LEFT JOIN demo.live_property g ON g.id = lg.property;

INSERT INTO demo.load_note (source, file, kind, what, n)
SELECT 'grbbr', :'file', 'owner code', how, count(*) FROM demo.grbbr_owner GROUP BY how ORDER BY how;

-- Buildings on leased land are owned apart from the land; where no file says which, they get the land's code.
INSERT INTO demo.load_note (source, file, kind, what, n)
SELECT 'grbbr', :'relation_file', 'remark', count(*) || ' on leased land, buildings not told', NULL
FROM demo.live_property WHERE lower(property_kind) IN ('bpfg', '2')
HAVING count(*) > 0 AND NOT EXISTS (SELECT FROM demo.grbbr_owner WHERE how LIKE '2 %');

INSERT INTO demo.dwelling
SELECT u.id, 'grbbr', a.address, demo.to_int(u.enh020), upper(u.enh023), b.use,
       o.owner_code, NULL, b.defect_insurance, nullif(b.built_year, 0),
       demo.to_int(u.enh045), o.property_kind, demo.to_int(u.enh046),
       demo.to_int(u.enh026), demo.to_int(u.enh027), demo.to_int(u.enh031)
FROM demo.judged_enhed u
JOIN demo.grbbr_link l ON l.unit = u.id
JOIN demo.grbbr_owner o ON o.unit = u.id
LEFT JOIN demo.live_bygning b ON b.id = l.building
LEFT JOIN (SELECT id, min(address) AS address FROM demo.raw_dar GROUP BY id) a ON a.id = u.adresse
WHERE u.left_out IS NULL;

CALL demo.check_nothing_lost('grbbr', :'file');
