-- report_explain.sql - one dwelling explained rule by rule, and a first query.

SELECT d.dwelling_id, coalesce(d.address, d.dwelling_id) AS address
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE source = :'source' AND d.unit_kind IN ('1', '2', '3', '4', '5')
ORDER BY c.tenure IS NOT DISTINCT FROM c.tenure_register, c.tenure <> 'social',
         c.owner_kind IS DISTINCT FROM 'social_housing', d.dwelling_id
LIMIT 1 \gset
\qecho One dwelling explained: :address
\qecho --------------------------------------------------------------
\pset tuples_only on
\pset format unaligned
-- The signals as they were read, the first rules, the one that decides, those that come too late; the rest is counted.
WITH told AS (
    SELECT x.step, x.rule_id, x.outcome, row_number() OVER () AS place,
           CASE WHEN x.outcome = 'signal' AND x.explanation LIKE 'Ejernavn:%'
                     AND byudv.owner_kind(d.owner_name) = 'unclassified'
                THEN 'Ejernavn: en person' ELSE x.explanation END AS explanation
    FROM demo.:"input" d
    CROSS JOIN LATERAL byudv.explain_tenure(d.owner_code, d.building_use, d.owner_name, d.defect_insurance, d.built_year,
        byudv.owner_occupied(d.registered_use), d.property_kind, d.public_support, d.proxy_owner) AS x
    WHERE d.dwelling_id = :'dwelling_id'
)
SELECT CASE outcome WHEN 'signal' THEN '  ' || demo.wrap(explanation, 98, 4)
            ELSE format('  rule %s %s %s', lpad(rule_id::text, 3),
                        rpad(CASE outcome WHEN 'decides' THEN '->' ELSE '' END, 2), demo.wrap(explanation, 98, 14)) END
FROM told WHERE outcome <> 'no match' OR step <= 3
UNION ALL
SELECT format('  ... and %s rules that do not apply.', count(*)) FROM told WHERE outcome = 'no match' AND step > 3;
\qecho
\pset tuples_only off
\pset format aligned

\qecho A first query to try (make psql):
\qecho
\qecho '  SELECT c.tenure_register, c.tenure, c.certainty, count(*)'
\qecho '  FROM demo.dwelling_class AS c'
\qecho '  GROUP BY 1, 2, 3 ORDER BY 4 DESC;'
\qecho
\qecho Tables: demo.dwelling (as loaded), demo.dwelling_class (as classified), demo.load_note (what was read).
