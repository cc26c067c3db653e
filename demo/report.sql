-- report.sql - the common part: cross-table, what was corrected and why, certainty.  :source says which rows.

\qecho '2. Tenure: the register''s owner code (down) against the corrected tenure (across)'
\qecho ---------------------------------------------------------------------------------
SELECT count(*) AS dwellings, count(*) FILTER (WHERE c.tenure IS DISTINCT FROM c.tenure_register) AS corrected,
       (SELECT count(*) FROM demo.dwelling WHERE source = :'source') - count(*) AS others
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE source = :'source' AND d.unit_kind IN ('1', '2', '3', '4', '5') \gset
\qecho :dwellings dwellings (unit kind 1-5); :others other live units (shops, institutions) are left out here.
SELECT CASE grouping(tenure_register) WHEN 1 THEN 'all'
            ELSE demo.shorten(demo.tenure_label(tenure_register), 31) END AS "register says",
       count(*) FILTER (WHERE tenure = 'owner') AS "owner",
       count(*) FILTER (WHERE tenure = 'cooperative') AS "coop.",
       count(*) FILTER (WHERE tenure = 'social') AS "social",
       count(*) FILTER (WHERE tenure = 'private_rental') AS "rental",
       count(*) FILTER (WHERE tenure = 'foundation') AS "found.",
       count(*) FILTER (WHERE tenure = 'public') AS "public",
       count(*) FILTER (WHERE tenure = 'unknown') AS "unknown",
       count(*) AS "all"
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE source = :'source' AND d.unit_kind IN ('1', '2', '3', '4', '5')
GROUP BY GROUPING SETS ((tenure_register), ())
ORDER BY grouping(tenure_register),
         demo.tenure_order(tenure_register);

SELECT demo.percent(:corrected, :dwellings) AS share \gset
\qecho 3. What was corrected, and why
\qecho ------------------------------
\qecho :corrected of :dwellings dwellings (:share) get another tenure than their owner code says.
SELECT count(owner_name) = 0 AS no_names FROM demo.dwelling WHERE source = :'source' \gset
\if :no_names
\qecho The files hold no owner names, so rules that read the name cannot apply.
\endif
\qecho
\pset tuples_only on
\pset format unaligned
WITH changed AS (
    SELECT c.*, d.address, d.owner_code, d.owner_name,
           row_number() OVER same AS nth, count(*) OVER (PARTITION BY c.tenure_register, c.tenure, c.rule_id,
                                                                      c.certainty) AS n
    FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
    WHERE source = :'source' AND d.unit_kind IN ('1', '2', '3', '4', '5')
      AND c.tenure IS DISTINCT FROM c.tenure_register
    WINDOW same AS (PARTITION BY c.tenure_register, c.tenure, c.rule_id, c.certainty
                    ORDER BY d.owner_name IS NULL, d.dwelling_id)
)
SELECT format(E'%s  %s\n      %s\n      %s\n', lpad(n::text, 4),
              demo.wrap(format('%s -> %s (%s -> %s), %s, certainty %s', demo.tenure_label(tenure_register),
                               demo.tenure_label(tenure), tenure_register, tenure,
                               'rule ' || coalesce(rule_id::text, '-'), coalesce(certainty, '-')), 98, 6),
              demo.wrap('e.g. ' || coalesce(address, dwelling_id) || ': code ' || coalesce(owner_code::text, 'none')
                        || ', ' || demo.shown_owner(owner_name, owner_kind), 98, 6),
              demo.wrap(reason, 98, 6))
FROM changed WHERE nth = 1
ORDER BY n DESC, tenure_register, tenure, rule_id, certainty;
\pset tuples_only off
\pset format aligned

\qecho 4. How certain
\qecho --------------
SELECT coalesce(byudv.label('certainty', c.certainty, 'da') || ' (' || c.certainty || ')', '-') AS "certainty",
       count(*) AS "dwellings", demo.percent(count(*), :dwellings) AS "share",
       count(*) FILTER (WHERE c.tenure IS DISTINCT FROM c.tenure_register) AS "of these corrected"
FROM demo.dwelling d JOIN demo.dwelling_class c USING (source, dwelling_id)
WHERE source = :'source' AND d.unit_kind IN ('1', '2', '3', '4', '5')
GROUP BY c.certainty ORDER BY array_position(ARRAY['high', 'medium', 'low'], c.certainty);
