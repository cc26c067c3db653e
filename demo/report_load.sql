-- report_load.sql - what was read, what was used, what was left out and why.
\qecho
SELECT 'byudv ' || extversion || ' on PostgreSQL ' || current_setting('server_version_num')::integer / 10000
       || ', BBR files' AS line
FROM pg_extension WHERE extname = 'byudv' \gset
\qecho :line
\qecho ================================================================================================
\qecho
\qecho 1. What was loaded
\qecho ------------------
SELECT a.file AS "file", a.n AS "rows", a.n - coalesce(l.n, 0) AS "used", l.n AS "left out", r.what AS "remarks"
FROM demo.load_note a
LEFT JOIN (SELECT source, file, sum(n) AS n
           FROM demo.load_note WHERE kind = 'left out' GROUP BY 1, 2) l USING (source, file)
LEFT JOIN (SELECT source, file, string_agg(what || coalesce(' (' || n || ')', ''), '; ' ORDER BY note_no) AS what
           FROM demo.load_note WHERE kind IN ('remark', 'error') GROUP BY 1, 2) r USING (source, file)
WHERE a.kind = 'rows' ORDER BY a.note_no;

SELECT count(*) FILTER (WHERE kind = 'left out') > 0 AS has_left_out,
       count(*) FILTER (WHERE kind = 'bad number') > 0 AS has_bad_number,
       count(*) FILTER (WHERE kind IN ('building', 'owner code')) > 0 AS has_link,
       count(*) FILTER (WHERE kind = 'missing column'
                          AND what NOT IN ('registreringtil', 'virkningtil', 'bygningpaafremmedgrund', 'bygning_id',
                                           'ejernavn|ejer_navn|owner_name')) > 0 AS has_missing
FROM demo.load_note \gset
\if :has_left_out
\qecho 'Left out, and why (live units and buildings have status 6, land and property 7; in the older layout 1):'
\pset tuples_only on
\pset format unaligned
SELECT '  ' || demo.wrap(format('%s: %s', file,
           string_agg(n || ' ' || what || CASE WHEN what LIKE 'not live%' THEN ''
                                               ELSE coalesce(' (first: ' || example || ')', '') END,
                      '; ' ORDER BY n DESC, what)), 98, 6)
FROM demo.load_note WHERE kind = 'left out' GROUP BY file ORDER BY min(note_no);
\pset tuples_only off
\pset format aligned
\qecho
\endif
\if :has_bad_number
\qecho Values that are no whole number are taken as not stated:
SELECT file AS "file", what AS "column", n AS "values", example AS "first"
FROM demo.load_note WHERE kind = 'bad number' ORDER BY note_no;
\endif
\if :has_missing
\qecho Columns looked for and not found; they count as not stated:
SELECT file AS "file", string_agg(replace(what, '|', ' or '), ', ' ORDER BY note_no) AS "columns"
FROM demo.load_note
WHERE kind = 'missing column'
  AND what NOT IN ('registreringtil', 'virkningtil', 'bygningpaafremmedgrund', 'bygning_id',
                   'ejernavn|ejer_navn|owner_name')
GROUP BY file ORDER BY min(note_no);
\endif
SELECT demo.wrap(string_agg(file, ', ' ORDER BY note_no), 98, 2) AS files, count(*) > 0 AS has_missing_file
FROM demo.load_note WHERE kind = 'missing file' \gset
\if :has_missing_file
\qecho 'Not in the folder; what these files say counts as not stated:'
\qecho '  ':files
\qecho
\endif
\if :has_link
\qecho How each live unit of the separate files found its building, and its owner code:
SELECT source AS "source", kind AS "what", substr(what, 3) AS "how", n AS "units"
FROM demo.load_note WHERE kind IN ('building', 'owner code') ORDER BY source, kind, what;
\endif
