-- load_ois.sql - the older layout (CO40100T building, CO40400T unit, CO41000T ownership) that LOIS builds on.
--
-- ObjStatus 1 = live.  Ownership rows name the unit, the building or the land by its id (BbrId).  The unit file of
-- this layout names a staircase and an address but no building: the building is found through a column Bygning_id
-- (LOIS views have one), else through the address file as in load_grbbr.sql, else it stays NULL and the type is
-- told from the unit's own use alone.

CALL demo.note_bad_numbers('ois', :'file', 'demo.raw_co40400t',
    ARRAY['status', 'enh020', 'enh045', 'enh046', 'enh026', 'enh027', 'enh031']);
CALL demo.note_bad_numbers('ois', :'bygning_file', 'demo.raw_co40100t', ARRAY['status', 'byg021', 'byg026', 'byg121']);
CALL demo.note_bad_numbers('ois', :'ejerskab_file', 'demo.raw_co41000t', ARRAY['status', 'owner_code']);

CREATE TABLE demo.judged_ois AS
SELECT r.*,
       CASE WHEN id IS NULL THEN 'no unit id'
            WHEN status IS NOT NULL AND demo.to_int(status) IS DISTINCT FROM 1
                THEN 'not live: ObjStatus ' || status
            WHEN row_number() OVER (PARTITION BY id, coalesce(demo.to_int(status), 1) ORDER BY line_no) > 1
                THEN 'unit id met before'
       END AS left_out
FROM demo.raw_co40400t r;

INSERT INTO demo.load_note (source, file, kind, what, n, example)
SELECT 'ois', :'file', 'left out', left_out, count(*), 'line ' || min(line_no)
FROM demo.judged_ois WHERE left_out IS NOT NULL GROUP BY left_out ORDER BY left_out;

CREATE TABLE demo.ois_bygning AS
SELECT DISTINCT ON (id) id, demo.to_int(byg021) AS use, demo.to_int(byg026) AS built_year,
       demo.to_int(byg121) AS defect_insurance, husnummer, grund
FROM demo.raw_co40100t
WHERE id IS NOT NULL AND coalesce(demo.to_int(status), 1) = 1 ORDER BY id, line_no;

CREATE TABLE demo.ois_ejerskab AS
SELECT DISTINCT ON (bbrid) bbrid, demo.to_int(owner_code) AS owner_code
FROM demo.raw_co41000t
WHERE bbrid IS NOT NULL AND coalesce(demo.to_int(status), 1) = 1 ORDER BY bbrid, line_no;

CALL demo.note_left_out('ois', :'bygning_file', 'demo.raw_co40100t', 'id', 1);
CALL demo.note_left_out('ois', :'ejerskab_file', 'demo.raw_co41000t', 'bbrid', 1);
ANALYZE demo.judged_ois;
ANALYZE demo.ois_bygning;
ANALYZE demo.ois_ejerskab;

CREATE TABLE demo.ois_link AS
SELECT u.id AS unit,
       coalesce(d.id, CASE WHEN c.n_use = 1 THEN c.by_use
                           WHEN c.n_use = 0 AND c.n_class = 1 THEN c.by_class END) AS building,
       CASE WHEN d.id IS NOT NULL THEN '1 building by Bygning_id'
            WHEN c.n_use = 1 THEN '2 building by address and use'
            WHEN c.n_use = 0 AND c.n_class = 1 THEN '3 building by address, the only residential one'
            WHEN c.unit IS NOT NULL THEN '5 not linked: several buildings at the address fit'
            WHEN NOT EXISTS (SELECT FROM demo.raw_dar) THEN '6 not linked: the files have no way from unit to building'
            WHEN a.id IS NULL THEN '6 not linked: the address is not in the address file'
            ELSE '7 not linked: no building at that house number' END AS how
FROM demo.judged_ois u
LEFT JOIN demo.ois_bygning d ON d.id = u.bygning
LEFT JOIN (SELECT DISTINCT id FROM demo.raw_dar) a ON a.id = u.adresse
LEFT JOIN (SELECT unit,
                  count(*) FILTER (WHERE same_use) AS n_use, min(building) FILTER (WHERE same_use) AS by_use,
                  count(*) FILTER (WHERE same_class) AS n_class, min(building) FILTER (WHERE same_class) AS by_class
           FROM (SELECT v.id AS unit, b.id AS building, b.use = demo.to_int(v.enh020) AS same_use,
                        b.use BETWEEN 100 AND 199 AND demo.to_int(v.enh020) BETWEEN 100 AND 199 AS same_class
                 FROM demo.judged_ois v
                 JOIN (SELECT DISTINCT id, husnummer FROM demo.raw_dar) k ON k.id = v.adresse
                 JOIN demo.ois_bygning b ON b.husnummer = k.husnummer
                 WHERE v.left_out IS NULL) x
           GROUP BY unit) c ON c.unit = u.id
WHERE u.left_out IS NULL;

INSERT INTO demo.load_note (source, file, kind, what, n)
SELECT 'ois', :'file', 'building', how, count(*) FROM demo.ois_link GROUP BY how ORDER BY how;

CREATE TABLE demo.ois_owner AS
SELECT l.unit,
       CASE WHEN e.bbrid IS NOT NULL THEN '1 own condominium property'
            WHEN p.bbrid IS NOT NULL THEN '2 building on leased land'
            WHEN g.bbrid IS NOT NULL THEN '3 property of the land'
            ELSE '4 no owner code found' END AS how,
       CASE WHEN e.bbrid IS NOT NULL THEN e.owner_code WHEN p.bbrid IS NOT NULL THEN p.owner_code
            ELSE g.owner_code END AS owner_code,
       CASE WHEN e.bbrid IS NOT NULL THEN 'ejerlejlighed' WHEN p.bbrid IS NOT NULL THEN 'bpfg'
            WHEN g.bbrid IS NOT NULL THEN 'sfe' END AS property_kind
FROM demo.ois_link l
LEFT JOIN demo.ois_bygning b ON b.id = l.building
LEFT JOIN demo.ois_ejerskab e ON e.bbrid = l.unit
LEFT JOIN demo.ois_ejerskab p ON p.bbrid = b.id
LEFT JOIN demo.ois_ejerskab g ON g.bbrid = b.grund;

INSERT INTO demo.load_note (source, file, kind, what, n)
SELECT 'ois', :'file', 'owner code', how, count(*) FROM demo.ois_owner GROUP BY how ORDER BY how;

INSERT INTO demo.dwelling
SELECT u.id, 'ois', a.address, demo.to_int(u.enh020), upper(u.enh023), b.use,
       o.owner_code, NULL, b.defect_insurance, nullif(b.built_year, 0),
       demo.to_int(u.enh045), o.property_kind, demo.to_int(u.enh046),
       demo.to_int(u.enh026), demo.to_int(u.enh027), demo.to_int(u.enh031)
FROM demo.judged_ois u
JOIN demo.ois_link l ON l.unit = u.id
JOIN demo.ois_owner o ON o.unit = u.id
LEFT JOIN demo.ois_bygning b ON b.id = l.building
LEFT JOIN (SELECT id, min(address) AS address FROM demo.raw_dar GROUP BY id) a ON a.id = u.adresse
WHERE u.left_out IS NULL;

CALL demo.check_nothing_lost('ois', :'file');
