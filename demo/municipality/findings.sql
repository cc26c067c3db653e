-- findings.sql - the six findings, each with its statistic, and what new dwellings set free; report.sql includes it.

\qecho 5. Six findings of a municipality, and what new dwellings set free
\qecho ------------------------------------------------------------------
\qecho Ten years are looked at, from :study_from to :study_to; tenure is the corrected one.
\qecho
CREATE TEMPORARY TABLE finding (n int, what text, statistic text, holds boolean);
CREATE TEMPORARY VIEW class AS
SELECT c.dwelling_id, c.in_area, c.dwelling_type, c.tenure, d.available_from FROM dwelling_class c JOIN dwelling d USING (dwelling_id);

\qecho Finding 1. New dwellings attract arrivals rather than own citizens: who moved in
CREATE TEMPORARY TABLE moved_in AS
SELECT m.*, c.dwelling_type, c.tenure, coalesce(c.available_from > m.arrived_on - 1096, false) AS is_new, m.arrival <> 'internal' AS from_elsewhere
FROM move m JOIN class c ON c.dwelling_id = m.to_dwelling_id WHERE m.arrival IS NOT NULL AND m.arrival <> 'born';
SELECT CASE WHEN is_new THEN 'new (3 years)' ELSE 'other' END AS "dwellings", count(*) AS "moved in", count(*) FILTER (WHERE from_elsewhere) AS "arrivals",
       round(100.0 * avg(from_elsewhere::int), 1) AS "percent"
FROM moved_in GROUP BY is_new ORDER BY is_new DESC;

INSERT INTO finding
SELECT 1, 'new dwellings attract arrivals', format('%s %% in new, %s %% in others, difference %s points (%s to %s), z = %s', round(100 * p1, 1), round(100 * p0, 1),
           round(100 * (p1 - p0), 1), round(100 * (p1 - p0 - 1.96 * se), 1), round(100 * (p1 - p0 + 1.96 * se), 1), round((p1 - p0) / se, 1)), p1 - p0 > 1.96 * se
FROM (SELECT p1, p0, sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) AS se
      FROM (SELECT avg(from_elsewhere::int) FILTER (WHERE is_new) AS p1, avg(from_elsewhere::int) FILTER (WHERE NOT is_new) AS p0,
                   count(*) FILTER (WHERE is_new) AS n1, count(*) FILTER (WHERE NOT is_new) AS n0 FROM moved_in) x) y;

\qecho 'Finding 2. Arrivals in new dwellings move on sooner than own citizens: ends of stays that began in the first three years of a dwelling'
CREATE TEMPORARY TABLE new_stay AS
SELECT c.tenure, s.from_elsewhere, byudv.survival_agg(s.from_date, s.to_date, :'study_from', :'study_to') AS survival
FROM (SELECT r.*, coalesce(lag(r.to_date) OVER w < r.from_date - 90 OR lag(r.dwelling_id) OVER w IS NULL, true) AS from_elsewhere
      FROM residence r WINDOW w AS (PARTITION BY r.person_id ORDER BY r.from_date)) s
JOIN class c USING (dwelling_id) JOIN person p USING (person_id)
WHERE c.available_from >= :'study_from'::date - 3650 AND s.from_date BETWEEN c.available_from - 30 AND c.available_from + 1095 AND p.born_on < s.from_date
GROUP BY 1, 2;
SELECT n.tenure AS "tenure", CASE WHEN n.from_elsewhere THEN 'arrivals' ELSE 'own citizens' END AS "residents", t.events AS "ends", round(t.exposure::numeric) AS "person-years",
       round(t.rate::numeric, 3) AS "rate", round(t.lower::numeric, 3) AS "lower", round(t.upper::numeric, 3) AS "upper", round((m.estimate / 365.25)::numeric, 1) AS "median years"
FROM new_stay n, byudv.turnover_rate(n.survival) t, byudv.survival_median(n.survival) m ORDER BY 1, 2;

CREATE TEMPORARY VIEW new_stay_all AS SELECT from_elsewhere, byudv.rollup(survival) AS survival FROM new_stay GROUP BY 1;
INSERT INTO finding
SELECT 2, 'arrivals in new dwellings move on sooner', format('%s against %s ends per person-year; log-rank chi-square %s, p %s', round(a.rate::numeric, 3),
           round(b.rate::numeric, 3), round(l.chi_square::numeric, 1), CASE WHEN l.p_value < 0.00001 THEN '< 0.00001' ELSE '= ' || round(l.p_value::numeric, 5) END), a.rate > b.rate AND l.p_value < 0.001
FROM (SELECT * FROM new_stay_all, byudv.turnover_rate(survival) WHERE from_elsewhere) a, (SELECT * FROM new_stay_all, byudv.turnover_rate(survival) WHERE NOT from_elsewhere) b,
     byudv.log_rank(a.survival, b.survival) l;

\qecho 'Finding 3. Some live without income in every kind of new dwelling: adults with an income known'
CREATE TEMPORARY TABLE without_income AS
SELECT c.dwelling_type, c.tenure, count(*) AS adults, count(*) FILTER (WHERE a.value = 0) AS without
FROM residence r JOIN class c USING (dwelling_id) JOIN person_attribute a USING (person_id)
WHERE a.attribute = 'income' AND a.valid_to = :'study_to' AND (r.to_date IS NULL OR r.to_date >= :'study_to') AND c.available_from >= :'study_from'::date - 3650
GROUP BY 1, 2;
SELECT dwelling_type AS "type", tenure AS "tenure", adults AS "adults", without AS "without income", round(100.0 * without / adults, 1) AS "percent" FROM without_income ORDER BY adults DESC;
INSERT INTO finding
SELECT 3, 'some without income in every kind of new dwelling', format('%s of %s kinds with 30 adults or more; %s to %s %%', count(*) FILTER (WHERE without > 0), count(*),
           round(100 * min(1.0 * without / adults), 1), round(100 * max(1.0 * without / adults), 1)), bool_and(without > 0)
FROM without_income WHERE adults >= 30;

\qecho 'Finding 4. Turnover is highest in new private rentals, lowest in detached houses and social housing: ends of occupancies per dwelling-year'
CREATE TEMPORARY TABLE turnover AS
SELECT c.dwelling_type, c.tenure, coalesce(c.available_from >= :'study_from'::date - 3650, false) AS is_new,
       byudv.survival_agg(o.from_date, o.to_date, :'study_from', :'study_to') AS survival
FROM occupancy o JOIN class c USING (dwelling_id) WHERE c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') GROUP BY 1, 2, 3;
CREATE TEMPORARY VIEW turnover_class AS
SELECT CASE WHEN tenure = 'private_rental' AND is_new THEN 'new private rental' WHEN dwelling_type IN ('detached', 'farmhouse') AND tenure = 'owner' THEN 'detached'
            WHEN tenure = 'social' THEN 'social' WHEN tenure IN ('unknown', 'foundation', 'public') THEN 'other' ELSE tenure || CASE WHEN is_new THEN ', new' ELSE '' END END AS class,
       byudv.rollup(survival) AS survival
FROM turnover GROUP BY 1;
SELECT class AS "homes", t.events AS "ends", round(t.exposure::numeric) AS "dwelling-years", round(t.rate::numeric, 3) AS "rate", round(t.lower::numeric, 3) AS "lower",
       round(t.upper::numeric, 3) AS "upper"
FROM turnover_class, byudv.turnover_rate(survival) t ORDER BY t.rate DESC;
INSERT INTO finding
SELECT 4, 'turnover highest in new private rentals, lowest in detached houses and social housing',
       format('%s; next %s; detached %s, social %s; the lowest of the others %s; log-rank over all chi-square %s', round(max(rate) FILTER (WHERE class = 'new private rental')::numeric, 3),
              round(max(rate) FILTER (WHERE class <> 'new private rental')::numeric, 3), round(max(rate) FILTER (WHERE class = 'detached')::numeric, 3),
              round(max(rate) FILTER (WHERE class = 'social')::numeric, 3), round(min(rate) FILTER (WHERE class NOT IN ('detached', 'social'))::numeric, 3),
              round((SELECT chi_square FROM byudv.log_rank(VARIADIC (SELECT array_agg(survival) FROM turnover_class)))::numeric)),
       min(lower) FILTER (WHERE class = 'new private rental') > max(upper) FILTER (WHERE class <> 'new private rental')
       AND max(upper) FILTER (WHERE class IN ('detached', 'social')) < min(lower) FILTER (WHERE class NOT IN ('detached', 'social', 'other'))
FROM (SELECT class, t.* FROM turnover_class, byudv.turnover_rate(survival) t) x;

\qecho 'Finding 5. Arrivals and departures resemble each other: persons, percent of them, kroner. Of those who leave, the household that they form when they are gone'
CREATE TEMPORARY TABLE profile AS
SELECT x.kind, x.person_id, x.age, CASE WHEN x.age < 18 THEN '0-17' WHEN x.age < 25 THEN '18-24' WHEN x.age < 35 THEN '25-34' WHEN x.age < 50 THEN '35-49'
       WHEN x.age < 65 THEN '50-64' ELSE '65-' END AS band, h.household_type, a.value AS income
FROM (SELECT m.person_id, CASE m.arrival WHEN 'internal' THEN 'internal' ELSE 'arrivals' END AS kind, m.arrived_on AS day, (m.arrived_on - p.born_on) * 4 / 1461 AS age
      FROM move m JOIN person p USING (person_id) WHERE m.arrival <> 'born'
      UNION ALL
      SELECT m.person_id, 'departures', m.left_on, (m.left_on - p.born_on) * 4 / 1461 FROM move m JOIN person p USING (person_id) WHERE m.departure NOT IN ('internal', 'died')
      UNION ALL
      SELECT r.person_id, 'residents', :'study_to'::date - 1, (:'study_to'::date - p.born_on) * 4 / 1461
      FROM residence r JOIN person p USING (person_id) WHERE r.to_date IS NULL AND r.dwelling_id IS NOT NULL) x
LEFT JOIN LATERAL (SELECT household_type FROM household_type h WHERE h.person_id = x.person_id AND h.valid_from <= x.day AND (h.valid_to IS NULL OR h.valid_to > x.day) LIMIT 1) h ON true
LEFT JOIN LATERAL (SELECT value FROM person_attribute a WHERE a.person_id = x.person_id AND a.attribute = 'income' AND x.day >= a.valid_from AND x.day < a.valid_to) a ON true;
SELECT kind AS "who", count(*) AS "persons", round(avg(age), 1) AS "mean age", round(100 * avg((household_type = 'single')::int), 1) AS "single",
       round(100 * avg((household_type IN ('single_parent', 'couple_children'))::int), 1) AS "with children", round(avg(income)) AS "mean income",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY income) AS "median income", round(100 * avg((income = 0)::int), 1) AS "without income"
FROM profile GROUP BY kind ORDER BY kind;

-- How much of one distribution would have to change to become the other: half the sum of the differences
CREATE TEMPORARY TABLE unlike AS
WITH share AS (
    SELECT kind, what, value, count(*) / sum(count(*)) OVER (PARTITION BY kind, what) AS share
    FROM profile CROSS JOIN LATERAL (VALUES ('age', band), ('household', household_type), ('income', (least(income, 799999) / 100000)::int::text)) v (what, value)
    WHERE value IS NOT NULL GROUP BY 1, 2, 3
)
SELECT what, round(sum(abs(coalesce(a, 0) - coalesce(d, 0))) / 2, 3) AS arrivals_departures, round(sum(abs(coalesce(a, 0) - coalesce(r, 0))) / 2, 3) AS arrivals_residents
FROM (SELECT what, value, sum(share) FILTER (WHERE kind = 'arrivals') AS a, sum(share) FILTER (WHERE kind = 'departures') AS d,
             sum(share) FILTER (WHERE kind = 'residents') AS r FROM share GROUP BY 1, 2) x
GROUP BY what;
INSERT INTO finding
SELECT 5, 'arrivals and departures resemble each other', string_agg(format('%s: %s unlike (residents: %s)', what, arrivals_departures, arrivals_residents), '; ' ORDER BY what),
       bool_and(arrivals_departures < 0.1)
FROM unlike;

\qecho 'Finding 6. Movers go to apartments, but more of the outgoing to owner-occupied homes: percent of the persons whose new home is known'
CREATE TEMPORARY TABLE destination AS
SELECT 'internal' AS kind, dwelling_type, tenure FROM moved_in WHERE NOT from_elsewhere
UNION ALL
SELECT 'departures', c.dwelling_type, c.tenure FROM move m JOIN class c ON c.dwelling_id = m.to_home_id AND NOT c.in_area WHERE m.departure = 'to_municipality';
SELECT kind AS "who", count(*) AS "persons", round(100 * avg((dwelling_type IN ('apartment', 'student_hall'))::int), 1) AS "apartments", round(100 * avg((tenure = 'owner')::int), 1) AS "owner",
       round(100 * avg((tenure = 'social')::int), 1) AS "social", round(100 * avg((tenure = 'private_rental')::int), 1) AS "private_rental"
FROM destination GROUP BY kind ORDER BY kind;
INSERT INTO finding
SELECT 6, 'movers go to apartments, more of the outgoing to owner-occupied homes',
       format('apartments %s %% (internal), %s %% (outgoing); owner %s and %s %%, difference %s points (%s to %s)', round(100 * ai, 1), round(100 * ao, 1), round(100 * pi, 1),
              round(100 * po, 1), round(100 * (po - pi), 1), round(100 * (po - pi - 1.96 * se), 1), round(100 * (po - pi + 1.96 * se), 1)),
       ai > 0.5 AND ao > 0.5 AND po - pi > 1.96 * se
FROM (SELECT *, sqrt(pi * (1 - pi) / ni + po * (1 - po) / no) AS se
      FROM (SELECT avg((dwelling_type = 'apartment')::int) FILTER (WHERE kind = 'internal') AS ai, avg((dwelling_type = 'apartment')::int) FILTER (WHERE kind = 'departures') AS ao,
                   avg((tenure = 'owner')::int) FILTER (WHERE kind = 'internal') AS pi, avg((tenure = 'owner')::int) FILTER (WHERE kind = 'departures') AS po,
                   count(*) FILTER (WHERE kind = 'internal') AS ni, count(*) FILTER (WHERE kind = 'departures') AS no FROM destination) x) y;

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
SELECT n AS "n", pg_temp.wrap(what, 50) AS "finding", pg_temp.wrap(statistic, 85) AS "statistic", holds AS "holds" FROM finding ORDER BY n;
SELECT count(*) FILTER (WHERE holds) AS n_hold, count(*) AS n_findings FROM finding \gset
\qecho :n_hold of :n_findings findings hold.
\qecho
