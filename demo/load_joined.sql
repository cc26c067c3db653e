-- load_joined.sql - one row for each unit, already joined with building, property and address.
-- Raw rows are in demo.raw_joined; :file is the file's name.

CALL demo.note_bad_numbers('joined', :'file', 'demo.raw_joined',
    ARRAY['enhed_status', 'enh020', 'byg021', 'owner_code', 'byg121', 'byg026', 'enh045', 'enh046',
          'enh026', 'enh027', 'enh031']);

-- Why a row is not used; the first reason that holds.  Live = lifecycle 6 (erected).
CREATE TABLE demo.judged_joined AS
SELECT r.*,
       CASE WHEN enhed_id IS NULL THEN 'no unit id'
            WHEN enhed_status IS NOT NULL AND demo.to_int(enhed_status) IS DISTINCT FROM 6
                THEN 'not live: status ' || enhed_status
            WHEN row_number() OVER (PARTITION BY enhed_id, coalesce(demo.to_int(enhed_status), 6) ORDER BY line_no) > 1
                THEN 'unit id met before'
       END AS left_out
FROM demo.raw_joined r;

INSERT INTO demo.load_note (source, file, kind, what, n, example)
SELECT 'joined', :'file', 'left out', left_out, count(*), 'line ' || min(line_no)
FROM demo.judged_joined WHERE left_out IS NOT NULL GROUP BY left_out ORDER BY left_out;

INSERT INTO demo.dwelling
SELECT enhed_id, 'joined', address, demo.to_int(enh020), upper(enh023), demo.to_int(byg021),
       demo.to_int(owner_code), owner_name, demo.to_int(byg121), nullif(demo.to_int(byg026), 0),
       demo.to_int(enh045), property_kind, demo.to_int(enh046),
       demo.to_int(enh026), demo.to_int(enh027), demo.to_int(enh031)
FROM demo.judged_joined WHERE left_out IS NULL;

CALL demo.check_nothing_lost('joined', :'file');
