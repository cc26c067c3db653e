-- findings.sql - the six findings, from the views that BI tools read, each with its statistic, and what new dwellings set free; report.sql includes it.

\qecho 5. Six findings of a municipality, and what new dwellings set free
\qecho ------------------------------------------------------------------
\qecho Ten years are looked at, from :study_from to :study_to; tenure is the corrected one. All figures are those of the views bi_..., in which small counts of
\qecho persons are suppressed. docs/findings.md says how each answer comes about.
\qecho
\qecho Finding 1. New dwellings attract arrivals rather than own citizens: who moved in
SELECT new_build_label AS "dwellings", sum(persons) AS "moved in", sum(persons) FILTER (WHERE population = 'arrival') AS "arrivals",
       round(100.0 * sum(persons) FILTER (WHERE population = 'arrival') / sum(persons), 1) AS "percent"
FROM bi_moves WHERE area_kind = 'all' AND population IN ('arrival', 'internal_in') GROUP BY new_build_label ORDER BY 4 DESC;

\qecho 'Finding 2. Arrivals in new dwellings move on sooner than own citizens: ends of stays that began in the first three years of a dwelling'
SELECT tenure_label AS "tenure", origin_label AS "residents", ends AS "ends", person_years AS "person-years", rate AS "rate", rate_lower AS "lower", rate_upper AS "upper",
       median_years AS "median years"
FROM bi_new_build_stay WHERE origin <> 'all' ORDER BY tenure = 'all', tenure_label, origin_label;

\qecho 'Finding 3. Some live without income in every kind of new dwelling: adults with an income known'
SELECT group_1 AS "kind", value_2::int AS "adults", value_1::int AS "without income", round(effect, 1) AS "percent", round(lower, 1) AS "lower", round(upper, 1) AS "upper"
FROM bi_finding_test WHERE finding = 3 ORDER BY value_2 DESC, group_1;

\qecho 'Finding 4. Turnover is highest in new private rentals, lowest in detached houses and social housing: ends of occupancies per dwelling-year, compared two by two'
SELECT group_1 AS "homes", round(value_1, 3) AS "rate", group_2 AS "and", round(value_2, 3) AS "rate ", round(effect, 2) AS "ratio", round(lower, 2) AS "lower", round(upper, 2) AS "upper", answer_da = 'Ja' AS "higher"
FROM bi_finding_test WHERE finding = 4 ORDER BY value_1 DESC, value_2 DESC;

\qecho 'Finding 5. Arrivals and departures resemble each other: percent of the persons, kroner. Of those who leave, the household that they form when they are gone'
SELECT p.population_label AS "who", p.single AS "single", p.children AS "with children", p.young AS "17-34 years", m.mean_age AS "mean age", m.mean_income AS "mean income", m.without_income_percent AS "without income"
FROM (SELECT population, population_label, max(year) AS year,
             round(100.0 * sum(persons) FILTER (WHERE item = 'single') / sum(persons) FILTER (WHERE attribute = 'household_type'), 1) AS single,
             round(100.0 * sum(persons) FILTER (WHERE item IN ('single_parent', 'couple_children')) / sum(persons) FILTER (WHERE attribute = 'household_type'), 1) AS children,
             round(100.0 * sum(persons) FILTER (WHERE item IN ('17-24', '25-34')) / sum(persons) FILTER (WHERE attribute = 'age_band'), 1) AS young
      FROM bi_mover_profile WHERE area_kind = 'all' AND population IN ('arrival', 'departure', 'internal_in', 'resident') AND attribute IN ('household_type', 'age_band') AND item <> 'unknown' GROUP BY population, population_label) p
LEFT JOIN bi_mover_measure m ON m.area_kind = 'all' AND m.population = p.population AND m.year = p.year ORDER BY p.population;

\qecho 'Finding 6. Movers go to apartments, but more of the outgoing to owner-occupied homes: percent of the persons whose new home is known'
SELECT who AS "who", sum(persons) AS "persons", round(100.0 * sum(persons) FILTER (WHERE dwelling_type = 'apartment') / sum(persons), 1) AS "apartments",
       round(100.0 * sum(persons) FILTER (WHERE tenure = 'owner') / sum(persons), 1) AS "owner", round(100.0 * sum(persons) FILTER (WHERE tenure = 'social') / sum(persons), 1) AS "social",
       round(100.0 * sum(persons) FILTER (WHERE tenure = 'private_rental') / sum(persons), 1) AS "private_rental", round(100.0 * sum(persons) FILTER (WHERE tenure = 'hidden') / sum(persons), 1) AS "suppressed"
FROM (SELECT 'internal' AS who, dwelling_type, tenure, persons FROM bi_moves WHERE area_kind = 'all' AND population = 'internal_in'
      UNION ALL SELECT 'departures', dwelling_type, tenure, persons FROM bi_destination) x
GROUP BY who ORDER BY who;

\qecho What 100 new dwellings set free, round by round, and of which tenure: round 0 is the new dwellings themselves, 1 what those who moved in left, and so on
SELECT coalesce(CASE h.round WHEN 5 THEN '5 and on' ELSE h.round::text END, '1 and on') AS "round", round(sum(h.weight), 1) AS "dwellings",
       round(coalesce(sum(h.weight) FILTER (WHERE h.tenure = 'owner'), 0), 1) AS "owner", round(coalesce(sum(h.weight) FILTER (WHERE h.tenure = 'cooperative'), 0), 1) AS "cooperative",
       round(coalesce(sum(h.weight) FILTER (WHERE h.tenure = 'social'), 0), 1) AS "social",
       round(coalesce(sum(h.weight) FILTER (WHERE h.tenure = 'private_rental'), 0), 1) AS "private_rental",
       round(coalesce(sum(h.weight) FILTER (WHERE h.dwelling_type IN ('detached', 'farmhouse', 'terraced')), 0), 1) AS "houses"
FROM (SELECT least(round, 5) AS round, round > 0 AS is_set_free, (100 * weight / count(*) FILTER (WHERE round = 0) OVER ())::numeric AS weight, tenure, dwelling_type
      FROM chain JOIN dwelling_class USING (dwelling_id)) h
GROUP BY GROUPING SETS (h.round, h.is_set_free) HAVING h.round IS NOT NULL OR h.is_set_free ORDER BY h.round NULLS LAST;

\qecho The findings
SELECT finding AS "n", pg_temp.wrap(question_da, 40) AS "finding", pg_temp.wrap(text_da, 95) AS "statistic", answer_da = 'Ja' AS "holds" FROM bi_finding ORDER BY 1;
SELECT count(*) FILTER (WHERE answer_da = 'Ja') AS n_hold, count(*) AS n_findings FROM bi_finding \gset
\qecho :n_hold of :n_findings findings hold.
\qecho
