-- report_register.sql - real BBR rows: owner code against the register's own use, agreement, types, odd codes.

\qecho '5. Owner code against the register''s own use of the dwelling (enh045)'
\qecho ---------------------------------------------------------------------
CREATE TEMP VIEW chosen AS
SELECT d.*, c.dwelling_type, c.tenure_register, c.tenure_dst, c.tenure
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE source = :'source' AND d.unit_kind IN ('1', '2', '3', '4', '5');

SELECT coalesce(owner_code::text, 'none') AS "code",
       demo.shorten(coalesce(byudv.label('owner_code', owner_code::text, 'da'), '-'), 45) AS "owner",
       count(*) FILTER (WHERE registered_use = 2) AS "by owner",
       count(*) FILTER (WHERE registered_use = 1) AS "let",
       count(*) FILTER (WHERE registered_use = 3) AS "not used",
       count(*) FILTER (WHERE registered_use IS NULL OR registered_use NOT IN (1, 2, 3)) AS "not stated",
       count(*) AS "all"
FROM chosen GROUP BY owner_code ORDER BY owner_code NULLS LAST;

\qecho 'Agreement with that use: "by owner" ought to be owner, "let" any tenure but owner.  Under dst and'
\qecho 'corrected the homes of persons (code 10) follow that very use, so they agree by construction; what is'
\qecho 'left there are contradictions and unknowns.'
SELECT v.norm AS "norm",
       count(*) FILTER (WHERE registered_use IN (1, 2)) AS "use known",
       demo.percent(count(*) FILTER (WHERE (registered_use = 2) = (v.tenure = 'owner') AND v.tenure <> 'unknown'
                                       AND registered_use IN (1, 2)),
                    count(*) FILTER (WHERE registered_use IN (1, 2))) AS "agree",
       count(*) FILTER (WHERE registered_use = 1 AND v.tenure = 'owner') AS "let, but owner",
       count(*) FILTER (WHERE registered_use = 2 AND v.tenure NOT IN ('owner', 'unknown')) AS "by owner, but not owner",
       count(*) FILTER (WHERE registered_use IN (1, 2) AND v.tenure = 'unknown') AS "unknown"
FROM chosen CROSS JOIN LATERAL (VALUES (1, 'register', tenure_register), (2, 'dst', tenure_dst),
                                       (3, 'corrected', tenure)) AS v (nr, norm, tenure)
GROUP BY v.nr, v.norm ORDER BY v.nr;

\qecho The three norms side by side
SELECT demo.tenure_label(v.tenure) AS "tenure",
       count(*) FILTER (WHERE v.norm = 'register') AS "register",
       count(*) FILTER (WHERE v.norm = 'dst') AS "dst",
       count(*) FILTER (WHERE v.norm = 'corrected') AS "corrected",
       demo.percent(count(*) FILTER (WHERE v.norm = 'corrected'), (SELECT count(*) FROM chosen)) AS "share"
FROM chosen CROSS JOIN LATERAL (VALUES ('register', tenure_register), ('dst', tenure_dst),
                                       ('corrected', tenure)) AS v (norm, tenure)
GROUP BY v.tenure
ORDER BY demo.tenure_order(v.tenure);

\qecho 6. Dwelling types
\qecho ----------------
SELECT coalesce(byudv.label('dwelling_type', dwelling_type, 'da') || ' (' || dwelling_type || ')', '-') AS "type",
       count(*) AS "dwellings", demo.percent(count(*), (SELECT count(*) FROM chosen)) AS "share"
FROM chosen GROUP BY dwelling_type ORDER BY count(*) DESC, dwelling_type;

CREATE TEMP VIEW odd_code AS
SELECT what, code, count(*) AS n
FROM (
    SELECT 'owner code' AS what, owner_code::text AS code FROM demo.dwelling
    WHERE source = :'source' AND owner_code NOT IN (10, 20, 30, 40, 41, 50, 60, 70, 80, 90, 99)
    UNION ALL
    SELECT 'unit use', unit_use::text FROM demo.dwelling d
    WHERE source = :'source'
      AND NOT EXISTS (SELECT FROM byudv.use_code u WHERE u.domain = 'unit' AND u.code = d.unit_use)
      AND unit_use IS NOT NULL
    UNION ALL
    SELECT 'building use', building_use::text FROM demo.dwelling d
    WHERE source = :'source'
      AND NOT EXISTS (SELECT FROM byudv.use_code u WHERE u.domain = 'building' AND u.code = d.building_use)
      AND building_use IS NOT NULL
    UNION ALL
    SELECT 'unit kind', unit_kind FROM demo.dwelling
    WHERE source = :'source' AND unit_kind NOT IN ('1', '2', '3', '4', '5', 'E')
    UNION ALL
    SELECT 'registered use', registered_use::text FROM demo.dwelling
    WHERE source = :'source' AND registered_use NOT IN (0, 1, 2, 3, 9)
    UNION ALL
    SELECT 'defect insurance', defect_insurance::text FROM demo.dwelling
    WHERE source = :'source' AND defect_insurance NOT IN (0, 10, 11, 12)
    UNION ALL
    SELECT 'public support', public_support::text FROM demo.dwelling
    WHERE source = :'source' AND public_support NOT IN (0, 10, 15, 20, 25, 30, 40, 42, 80)
) x GROUP BY what, code;
SELECT count(*) > 0 AS has_odd FROM odd_code \gset
\if :has_odd
\qecho Codes outside the lists (all live units); they count as not stated or give unknown
SELECT what AS "code list", code AS "code", n AS "units" FROM odd_code ORDER BY what, code;
\else
\qecho Codes outside the lists: none.
\qecho
\endif

SELECT count(DISTINCT source) > 1 AS several FROM demo.dwelling \gset
\if :several
\qecho 7. The same job on the other layouts
\qecho ------------------------------------
\qecho 'Units that occur in both: do they say the same as the source above (building use, owner code, result)?'
SELECT b.source AS "source", count(*) AS "units", count(a.dwelling_id) AS "in both",
       count(*) FILTER (WHERE b.building_use = a.building_use) AS "same use",
       count(*) FILTER (WHERE b.building_use <> a.building_use) AS "other",
       count(*) FILTER (WHERE b.owner_code = a.owner_code) AS "same code",
       count(*) FILTER (WHERE b.owner_code <> a.owner_code) AS "other ",
       count(*) FILTER (WHERE bc.dwelling_type = ac.dwelling_type) AS "same type",
       count(*) FILTER (WHERE bc.tenure = ac.tenure) AS "same tenure"
FROM demo.dwelling b
JOIN demo.dwelling_class bc USING (source, dwelling_id)
LEFT JOIN demo.dwelling a ON a.source = :'source' AND a.dwelling_id = b.dwelling_id
LEFT JOIN demo.dwelling_class ac ON ac.source = a.source AND ac.dwelling_id = a.dwelling_id
WHERE b.source <> :'source'
GROUP BY b.source ORDER BY b.source;
\qecho Corrected tenure in each
SELECT CASE grouping(c.tenure) WHEN 1 THEN 'all' ELSE demo.tenure_label(c.tenure) END AS "tenure",
       count(*) FILTER (WHERE source = 'joined') AS "joined",
       count(*) FILTER (WHERE source = 'grbbr') AS "grbbr",
       count(*) FILTER (WHERE source = 'ois') AS "ois"
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE d.unit_kind IN ('1', '2', '3', '4', '5')
GROUP BY GROUPING SETS ((c.tenure), ())
ORDER BY grouping(c.tenure),
         demo.tenure_order(c.tenure);
\endif
