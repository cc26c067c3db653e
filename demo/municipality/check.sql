-- check.sql - what load.sql has loaded, against what is really so: psql -v schema=birkelev -f check.sql
-- With -v municipality=147 for another one than 101, which is the first.
--
-- Sizes, tenure under each norm against the truth, planted errors by kind, and the six findings with their statistics. Creates temporary tables only.

\if :{?municipality}
\else
\set municipality 101
\endif
\pset footer off
\pset null ''
SET client_min_messages = warning;
SET search_path = :"schema", pg_temp;

-- The registers stand as on the first day after the last year; ten years are looked at, by when it no longer matters how it all began.
SELECT make_date(max(year) + 1, 1, 1) AS study_to, make_date(max(year) - 9, 1, 1) AS study_from FROM indicator \gset

\qecho 1. Sizes
SELECT t.name AS "table", (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', t.name), true, true, '')))[1]::text::bigint AS "rows"
FROM unnest(ARRAY['building', 'dwelling', 'ownership', 'person', 'household_type', 'person_attribute', 'address_period', 'area', 'dwelling_area', 'plan_project',
    'plan_dwelling', 'indicator', 'tenure_override', 'truth_dwelling', 'truth_error']) WITH ORDINALITY AS t (name, n)
ORDER BY t.n;

-- Own condominium property before the property of the house
CREATE TEMPORARY VIEW owner AS
SELECT d.dwelling_id, o.owner_code, o.owner_name, o.valid_from, o.valid_to
FROM dwelling d JOIN ownership o ON o.dwelling_id = d.dwelling_id
UNION ALL
SELECT d.dwelling_id, o.owner_code, o.owner_name, o.valid_from, o.valid_to
FROM dwelling d JOIN ownership o ON o.property_id = d.property_id
WHERE NOT EXISTS (SELECT FROM ownership own WHERE own.dwelling_id = d.dwelling_id);

-- A name that is no organisation's on more than 10 dwellings is a contact person's; the same name in a block that was never split is its owner's.
CREATE TEMPORARY TABLE proxy AS
SELECT d.municipality, byudv.normalise_owner_name(o.owner_name) AS name
FROM owner o JOIN dwelling d USING (dwelling_id)
WHERE o.valid_to IS NULL AND o.owner_name IS NOT NULL AND byudv.owner_kind(o.owner_name) = 'unclassified' AND d.property_kind = 'Ejerlejlighed'
GROUP BY 1, 2 HAVING count(DISTINCT d.dwelling_id) > 10;

CREATE TEMPORARY TABLE signals AS
SELECT d.dwelling_id, d.unit_use, d.unit_kind, b.building_use, NULL::int AS owner_code, NULL::text AS owner_name, b.defect_insurance, b.built_year,
       d.registered_use, d.property_kind, d.public_support,
       EXISTS (SELECT FROM owner o JOIN proxy p ON p.name = byudv.normalise_owner_name(o.owner_name)
               WHERE o.dwelling_id = d.dwelling_id AND o.valid_to IS NULL AND p.municipality = d.municipality) AS proxy_owner
FROM dwelling d LEFT JOIN building b USING (building_id);

CREATE TEMPORARY TABLE class AS
SELECT c.dwelling_id::bigint, c.dwelling_type, c.tenure_register, c.tenure_dst, c.tenure, c.rule_id, c.owner_kind, d.municipality, d.available_from, d.rooms
FROM byudv.classify_dwellings('signals', 'owner', NULL, :'study_to') AS c JOIN dwelling d ON d.dwelling_id = c.dwelling_id::bigint;
CREATE UNIQUE INDEX ON class (dwelling_id);
ANALYZE class;

\qecho
\qecho 2. Tenure against what is really so (homes of this and the other simulated municipalities)
CREATE TEMPORARY TABLE right_tenure AS
SELECT c.*, t.tenure AS truth, t.dwelling_type AS true_type, t.planted
FROM truth_dwelling t JOIN class c USING (dwelling_id) JOIN dwelling d USING (dwelling_id)
WHERE t.dwelling_type <> 'not_a_dwelling' AND d.demolished_on IS NULL;

SELECT n.norm, r.truth, count(*) AS homes, count(*) FILTER (WHERE r.tenure = 'owner') AS owner, count(*) FILTER (WHERE r.tenure = 'cooperative') AS cooperative,
       count(*) FILTER (WHERE r.tenure = 'social') AS social, count(*) FILTER (WHERE r.tenure = 'private_rental') AS private_rental,
       count(*) FILTER (WHERE r.tenure = 'foundation') AS foundation, count(*) FILTER (WHERE r.tenure = 'public') AS public,
       count(*) FILTER (WHERE r.tenure = 'unknown') AS unknown
FROM (VALUES (1, 'register'), (2, 'dst'), (3, 'corrected')) AS n (n, norm)
CROSS JOIN LATERAL (SELECT truth, CASE n.n WHEN 1 THEN tenure_register WHEN 2 THEN tenure_dst ELSE tenure END AS tenure FROM right_tenure) AS r
GROUP BY n.n, n.norm, r.truth ORDER BY n.n, 3 DESC;

SELECT count(*) AS homes, round(100.0 * avg((tenure_register = truth)::int), 2) AS register_right, round(100.0 * avg((tenure_dst = truth)::int), 2) AS dst_right,
       round(100.0 * avg((tenure = truth)::int), 2) AS corrected_right, round(100.0 * avg((dwelling_type = true_type)::int), 2) AS type_right
FROM right_tenure \gset right_
\qecho Right, in percent: register :right_register_right, dst :right_dst_right, corrected :right_corrected_right; dwelling type :right_type_right

SELECT planted, count(*) AS homes, count(*) FILTER (WHERE tenure_register = truth) AS register, count(*) FILTER (WHERE tenure_dst = truth) AS dst,
       count(*) FILTER (WHERE tenure = truth) AS corrected
FROM right_tenure GROUP BY planted ORDER BY planted;

\qecho
\qecho 3. Planted errors
SELECT kind, table_name, count(*) AS errors FROM truth_error GROUP BY kind, table_name ORDER BY kind, table_name;

-- Addresses of the other municipalities are elsewhere, whether the dwelling is known or not.
CREATE TEMPORARY VIEW seen AS
SELECT a.person_id, CASE WHEN d.municipality = :municipality THEN a.dwelling_id END AS dwelling_id, a.municipality_code, a.abroad, a.from_date, a.to_date
FROM address_period a LEFT JOIN dwelling d USING (dwelling_id) WHERE a.from_date < :'study_to';
CREATE TEMPORARY TABLE residence AS SELECT * FROM byudv.residences('seen');
CREATE TEMPORARY TABLE occupancy AS SELECT * FROM byudv.occupancies('residence');
CREATE TEMPORARY TABLE move AS
SELECT m.*, p.born_on FROM byudv.moves('residence', 'person', 'seen', :'study_from', :'study_to') AS m JOIN person p USING (person_id);
ANALYZE residence;
ANALYZE occupancy;
ANALYZE move;

CREATE TEMPORARY TABLE finding (n int, what text, statistic text, holds boolean);

\qecho
\qecho 4. New dwellings attract arrivals rather than own citizens
CREATE TEMPORARY TABLE moved_in AS
SELECT m.*, c.dwelling_type, c.tenure, coalesce(c.available_from > m.arrived_on - 1096, false) AS is_new, m.arrival <> 'internal' AS from_elsewhere
FROM move m JOIN class c ON c.dwelling_id = m.to_dwelling_id WHERE m.arrival IS NOT NULL AND m.arrival <> 'born';

SELECT CASE WHEN is_new THEN 'new (3 years)' ELSE 'other' END AS dwellings, count(*) AS moved_in, count(*) FILTER (WHERE from_elsewhere) AS arrivals,
       round(100.0 * avg(from_elsewhere::int), 1) AS percent
FROM moved_in GROUP BY is_new ORDER BY is_new DESC;

INSERT INTO finding
SELECT 1, 'new dwellings attract arrivals', format('%s %% in new, %s %% in others, difference %s points (%s to %s), z = %s', round(100 * p1, 1), round(100 * p0, 1),
           round(100 * (p1 - p0), 1), round(100 * (p1 - p0 - 1.96 * se), 1), round(100 * (p1 - p0 + 1.96 * se), 1), round((p1 - p0) / se, 1)), p1 - p0 > 1.96 * se
FROM (SELECT p1, p0, sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) AS se
      FROM (SELECT avg(from_elsewhere::int) FILTER (WHERE is_new) AS p1, avg(from_elsewhere::int) FILTER (WHERE NOT is_new) AS p0,
                   count(*) FILTER (WHERE is_new) AS n1, count(*) FILTER (WHERE NOT is_new) AS n0 FROM moved_in) x) y;

\qecho
\qecho 5. Arrivals in new dwellings move on sooner than own citizens
-- Stays that began in the first three years of a dwelling
CREATE TEMPORARY TABLE new_stay AS
SELECT c.tenure, s.from_elsewhere, byudv.survival_agg(s.from_date, s.to_date, :'study_from', :'study_to') AS survival
FROM (SELECT r.*, coalesce(lag(r.to_date) OVER w < r.from_date - 90 OR lag(r.dwelling_id) OVER w IS NULL, true) AS from_elsewhere
      FROM residence r WINDOW w AS (PARTITION BY r.person_id ORDER BY r.from_date)) s
JOIN class c USING (dwelling_id) JOIN person p USING (person_id)
WHERE c.available_from >= :'study_from'::date - 3650 AND s.from_date BETWEEN c.available_from - 30 AND c.available_from + 1095 AND p.born_on < s.from_date
GROUP BY 1, 2;

SELECT n.tenure, CASE WHEN n.from_elsewhere THEN 'arrivals' ELSE 'own citizens' END AS residents, t.events, round(t.exposure::numeric) AS person_years,
       round(t.rate::numeric, 3) AS rate, round(t.lower::numeric, 3) AS lower, round(t.upper::numeric, 3) AS upper, round((m.estimate / 365.25)::numeric, 1) AS median_years
FROM new_stay n, byudv.turnover_rate(n.survival) t, byudv.survival_median(n.survival) m ORDER BY 1, 2;

CREATE TEMPORARY VIEW new_stay_all AS SELECT from_elsewhere, byudv.rollup(survival) AS survival FROM new_stay GROUP BY 1;
INSERT INTO finding
SELECT 2, 'arrivals in new dwellings move on sooner', format('%s against %s ends per person-year; log-rank chi-square %s, p = %s', round(a.rate::numeric, 3),
           round(b.rate::numeric, 3), round(l.chi_square::numeric, 1), l.p_value::numeric(6, 5)), a.rate > b.rate AND l.p_value < 0.001
FROM (SELECT * FROM new_stay_all, byudv.turnover_rate(survival) WHERE from_elsewhere) a, (SELECT * FROM new_stay_all, byudv.turnover_rate(survival) WHERE NOT from_elsewhere) b,
     byudv.log_rank(a.survival, b.survival) l;

\qecho
\qecho 6. Some live without income in every kind of new dwelling
CREATE TEMPORARY TABLE without_income AS
SELECT c.dwelling_type, c.tenure, count(*) AS adults, count(*) FILTER (WHERE a.value = 0) AS without
FROM residence r JOIN class c USING (dwelling_id) JOIN person_attribute a USING (person_id)
WHERE a.attribute = 'income' AND a.valid_to = :'study_to' AND (r.to_date IS NULL OR r.to_date >= :'study_to') AND c.available_from >= :'study_from'::date - 3650
GROUP BY 1, 2;
SELECT *, round(100.0 * without / adults, 1) AS percent FROM without_income ORDER BY adults DESC;
INSERT INTO finding
SELECT 3, 'some without income in every kind of new dwelling', format('%s of %s kinds with 30 adults or more; %s to %s %%', count(*) FILTER (WHERE without > 0), count(*),
           round(100 * min(1.0 * without / adults), 1), round(100 * max(1.0 * without / adults), 1)), bool_and(without > 0)
FROM without_income WHERE adults >= 30;

\qecho
\qecho 7. Turnover, ends of occupancies per dwelling-year
CREATE TEMPORARY TABLE turnover AS
SELECT c.dwelling_type, c.tenure, coalesce(c.available_from >= :'study_from'::date - 3650, false) AS is_new,
       byudv.survival_agg(o.from_date, o.to_date, :'study_from', :'study_to') AS survival
FROM occupancy o JOIN class c USING (dwelling_id) WHERE c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') GROUP BY 1, 2, 3;
SELECT u.dwelling_type, u.tenure, CASE WHEN u.is_new THEN 'new' ELSE '' END AS new, t.events, round(t.exposure::numeric) AS dwelling_years,
       round(t.rate::numeric, 3) AS rate, round(t.lower::numeric, 3) AS lower, round(t.upper::numeric, 3) AS upper
FROM turnover u, byudv.turnover_rate(u.survival) t WHERE t.exposure > 100 ORDER BY t.rate DESC;

CREATE TEMPORARY VIEW turnover_class AS
SELECT CASE WHEN tenure = 'private_rental' AND is_new THEN 'new private rental' WHEN dwelling_type IN ('detached', 'farmhouse') AND tenure = 'owner' THEN 'detached'
            WHEN tenure = 'social' THEN 'social' WHEN tenure IN ('unknown', 'foundation', 'public') THEN 'other' ELSE tenure || CASE WHEN is_new THEN ', new' ELSE '' END END AS class,
       byudv.rollup(survival) AS survival
FROM turnover GROUP BY 1;
SELECT class, t.events, round(t.rate::numeric, 3) AS rate, round(t.lower::numeric, 3) AS lower, round(t.upper::numeric, 3) AS upper
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

\qecho
\qecho 8. Arrivals and departures resemble each other
-- The household that moves: of those who leave, the one that they form when they are gone
CREATE TEMPORARY TABLE profile AS
SELECT x.kind, x.person_id, x.age, CASE WHEN x.age < 18 THEN '0-17' WHEN x.age < 25 THEN '18-24' WHEN x.age < 35 THEN '25-34' WHEN x.age < 50 THEN '35-49'
       WHEN x.age < 65 THEN '50-64' ELSE '65-' END AS band, h.household_type, a.value AS income
FROM (SELECT person_id, CASE arrival WHEN 'internal' THEN 'internal' ELSE 'arrivals' END AS kind, arrived_on AS day, arrived_on AS household_day,
             (arrived_on - born_on) * 4 / 1461 AS age FROM move WHERE arrival NOT IN ('born')
      UNION ALL
      SELECT person_id, 'departures', left_on, left_on, (left_on - born_on) * 4 / 1461 FROM move WHERE departure NOT IN ('internal', 'died')
      UNION ALL
      SELECT r.person_id, 'residents', :'study_to'::date - 1, :'study_to'::date - 1, (:'study_to'::date - p.born_on) * 4 / 1461
      FROM residence r JOIN person p USING (person_id) WHERE r.to_date IS NULL AND r.dwelling_id IS NOT NULL) x
LEFT JOIN LATERAL (SELECT household_type FROM household_type h WHERE h.person_id = x.person_id AND h.valid_from <= x.household_day
                   AND (h.valid_to IS NULL OR h.valid_to > x.household_day) LIMIT 1) h ON true
LEFT JOIN LATERAL (SELECT value FROM person_attribute a WHERE a.person_id = x.person_id AND a.attribute = 'income' AND x.day >= a.valid_from AND x.day < a.valid_to) a ON true;

SELECT kind, count(*) AS persons, round(avg(age), 1) AS mean_age, round(100 * avg((household_type = 'single')::int), 1) AS single,
       round(100 * avg((household_type IN ('single_parent', 'couple_children'))::int), 1) AS with_children, round(avg(income)) AS mean_income,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY income) AS median_income, round(100 * avg((income = 0)::int), 1) AS without_income
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
SELECT * FROM unlike ORDER BY what;
INSERT INTO finding
SELECT 5, 'arrivals and departures resemble each other', string_agg(format('%s: %s unlike (residents: %s)', what, arrivals_departures, arrivals_residents), '; ' ORDER BY what),
       bool_and(arrivals_departures < 0.1)
FROM unlike;

\qecho
\qecho 9. Where movers go
CREATE TEMPORARY TABLE destination AS
SELECT 'internal' AS kind, m.dwelling_type, m.tenure FROM moved_in m WHERE NOT from_elsewhere
UNION ALL
SELECT 'departures', c.dwelling_type, c.tenure
FROM move m JOIN address_period a ON a.person_id = m.person_id AND a.from_date = m.left_on JOIN class c ON c.dwelling_id = a.dwelling_id AND c.municipality <> :municipality
WHERE m.departure = 'to_municipality';
SELECT kind, count(*) AS persons, round(100 * avg((dwelling_type IN ('apartment', 'student_hall'))::int), 1) AS apartments, round(100 * avg((tenure = 'owner')::int), 1) AS owner,
       round(100 * avg((tenure = 'social')::int), 1) AS social, round(100 * avg((tenure = 'private_rental')::int), 1) AS private_rental
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

\qecho
\qecho 10. The findings
SELECT n, what, statistic, holds FROM finding ORDER BY n;
