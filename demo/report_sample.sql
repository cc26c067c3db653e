-- report_sample.sql - only the made-up municipality: against the truth, and each planted error.

\qecho 5. Against what is really so
\qecho ----------------------------
\qecho How many homes the register and the corrected tenure get right; what the correction leaves open or wrong
SELECT CASE grouping(t.planted) WHEN 1 THEN 'all' ELSE t.planted END AS "what is planted", count(*) AS "homes",
       count(*) FILTER (WHERE c.tenure_register = t.tenure) AS "register",
       count(*) FILTER (WHERE c.tenure = t.tenure) AS "corrected",
       count(*) FILTER (WHERE c.tenure = 'unknown') AS "unknown",
       count(*) FILTER (WHERE c.tenure NOT IN (t.tenure, 'unknown')) AS "wrong"
FROM demo.dwelling_truth t
JOIN demo.dwelling d ON d.source = 'sample' AND d.dwelling_id = t.dwelling_id
JOIN demo.dwelling_class c ON c.source = 'sample' AND c.dwelling_id = t.dwelling_id
WHERE d.unit_kind IN ('1', '2', '3', '4', '5')
GROUP BY GROUPING SETS ((t.planted), ())
ORDER BY grouping(t.planted), t.planted = 'none', t.planted;

\qecho 6. The errors found without knowing the truth
\qecho ---------------------------------------------
\qecho Housing organisations: by name, whatever the code
SELECT c.organisation AS "organisation", d.owner_code AS "code", count(*) AS "homes",
       count(DISTINCT d.owner_name) AS "spellings", min(d.owner_name) AS "one of them"
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE source = 'sample' AND c.organisation IS NOT NULL AND c.owner_kind = 'social_housing'
GROUP BY 1, 2 ORDER BY 1, 2;

\qecho 'Contact persons: one name, not of an organisation, on more homes than a person owns'
SELECT d.owner_name AS "owner in the register", count(*) AS "homes",
       count(*) FILTER (WHERE c.tenure = 'owner') AS "owner",
       count(*) FILTER (WHERE c.tenure = 'private_rental') AS "private_rental"
FROM demo.dwelling d JOIN demo.input_sample i USING (dwelling_id)
JOIN demo.dwelling_class c ON c.source = 'sample' AND c.dwelling_id = d.dwelling_id
WHERE d.source = 'sample' AND i.proxy_owner
GROUP BY 1 ORDER BY 2 DESC, 1;

\qecho Areas and residents that cannot be right
SELECT d.dwelling_id AS "dwelling", d.address AS "address", d.area_m2 AS "m2", d.residents AS "residents",
       f.finding AS "finding"
FROM demo.dwelling d
LEFT JOIN demo.rent_roll r USING (dwelling_id)
CROSS JOIN LATERAL (VALUES
    (CASE WHEN d.area_m2 > demo.odd_area_m2() AND d.unit_kind IN ('1', '2', '3', '4')
          THEN format('%s m2: the building''s area?', d.area_m2) END),
    (CASE WHEN r.area_m2 <> d.area_m2 THEN format('%s m2 in BBR, %s m2 in the rent roll', d.area_m2, r.area_m2) END),
    (CASE WHEN d.residents > demo.odd_residents() THEN format('%s residents in one home', d.residents) END)
) AS f (finding)
WHERE d.source = 'sample' AND f.finding IS NOT NULL
ORDER BY d.dwelling_id, f.finding;

\qecho Decided by hand: wins over every rule
SELECT o.dwelling_id AS "dwelling", c.tenure_register AS "register", c.tenure AS "corrected", o.note AS "note",
       o.decided_by AS "by", o.decided_on AS "on"
FROM demo.tenure_override o
JOIN demo.dwelling_class c ON c.source = 'sample' AND c.dwelling_id = o.dwelling_id AND c.overridden
ORDER BY 1;

\qecho The same homes on two dates, by who owned them then
SELECT s.street AS "street", x.as_of AS "on", x.tenure_register AS "register", x.tenure AS "corrected",
       count(*) AS "homes"
FROM (SELECT date '2015-01-01' AS as_of, c.*
      FROM byudv.classify_dwellings('demo.input_sample', 'demo.ownership', 'demo.tenure_override', '2015-01-01') AS c
      UNION ALL
      SELECT date '2026-01-01', c.*
      FROM byudv.classify_dwellings('demo.input_sample', 'demo.ownership', 'demo.tenure_override', '2026-01-01') AS c) x
JOIN demo.sample_unit s USING (dwelling_id)
WHERE s.grp IN (31, 32)
GROUP BY s.street, x.as_of, x.tenure_register, x.tenure ORDER BY s.street, x.as_of, x.tenure;
