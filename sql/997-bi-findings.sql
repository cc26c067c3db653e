-- BI views: where people leave for, the sheet of an area, and the six findings of a municipality's analysts, each with its statistics.
--
-- What findings rest on is what the other views show, read from under their labels, so that nobody is counted whom they do not show. What they suppress is not ignored: limits are those that hold however the
-- suppressed persons are spread. People move as households, and what persons of one household do says little more than what one of them does: numbers of persons
-- count as so many fewer (design effect), by the mean of the squares of those who fill a vacancy together over their mean.

CREATE FUNCTION byudv.danish_decimal(value numeric, digits int) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT replace(round(value, digits)::text, '.', ',')$$;
COMMENT ON FUNCTION byudv.danish_decimal(numeric, int) IS 'Used inside: a number with so many decimals as Danish texts write it, 0,5. NULL gives NULL.';

CREATE FUNCTION byudv.bi_finding_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_destination', 'year, dwelling_type, tenure', 'Fraflyttere til andre kommuner, efter type og ejerform for den bolig, de flytter til; kun dem, hvis nye bolig kendes',
    'Departures to other municipalities by type and tenure of the home that they move to; only those whose new home is known', 'Hvilke boliger flytter fraflytterne til?',
    $q$SELECT d.year, d.dwelling_type, t.label_da AS dwelling_type_label, d.tenure, n.label_da AS tenure_label, d.persons, CASE WHEN d.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.destination d LEFT JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = d.dwelling_type LEFT JOIN byudv.bi_codes() n ON n.attribute = 'tenure' AND n.code = d.tenure$q$),
('bi_area_profile', 'area_kind, area_code, year, measure', 'Områdets nøgletal år for år ved siden af hele områdets', 'Key figures of each area and year beside those of the whole study area; what is suppressed, or rests on too few persons, has no row',
    'Hvordan er dette kvarter i forhold til kommunen?',
    $q$SELECT p.area_kind, p.area_code, a.area_label, p.year, p.measure, m.label_da AS measure_label, m.unit_da AS unit, m.sort_order, p.value, p.municipality_value
       FROM %1$I.area_profile p JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.profile_measures() m ON m.measure = p.measure$q$),
('bi_finding_test', 'finding, test', 'De sammenligninger, som de seks konklusioner i bi_finding hviler på', 'The comparisons that the six findings of bi_finding rest on', 'Hvad er forskellen, og hvor sikker er den?',
    $q$WITH design AS (SELECT greatest(coalesce(sum(f.movers::float8 * f.movers) / nullif(sum(f.movers), 0), 1), 1) AS effect FROM %1$I.vacancy_flow f WHERE f.movers > 0),
    -- all years, by name, so that the index of person_count finds the few rows
    years AS (SELECT array_agg(y) AS list FROM %1$I.state s, generate_series(extract(year FROM (s.parameters ->> 'study_from')::date)::int, extract(year FROM (s.parameters ->> 'as_of')::date)::int) y),
    -- 1: the share of arrivals among those who move into new dwellings and into others
    moved AS (SELECT coalesce(sum(m.persons) FILTER (WHERE m.population = 'arrival' AND m.new_build = 'new'), 0) AS new_arrivals, coalesce(sum(m.persons) FILTER (WHERE m.new_build = 'new'), 0) AS new_all,
            coalesce(sum(m.persons) FILTER (WHERE m.population = 'arrival' AND m.new_build = 'existing'), 0) AS old_arrivals, coalesce(sum(m.persons) FILTER (WHERE m.new_build = 'existing'), 0) AS old_all,
            coalesce(sum(m.persons) FILTER (WHERE m.population = 'arrival' AND m.new_build = 'hidden'), 0) AS hidden_arrivals, coalesce(sum(m.persons) FILTER (WHERE m.population = 'internal_in' AND m.new_build = 'hidden'), 0) AS hidden_internal
        FROM %1$I.person_count m WHERE m.attribute = 'none' AND m.year = ANY ((SELECT y.list FROM years y)::int[]) AND m.area_kind = 'all' AND m.population IN ('arrival', 'internal_in')),
    -- 2: how soon they move on
    stay AS (SELECT max(s.ends) FILTER (WHERE s.origin = 'elsewhere') AS events_1, max(s.person_years) FILTER (WHERE s.origin = 'elsewhere') AS years_1, max(s.ends) FILTER (WHERE s.origin = 'own') AS events_2,
            max(s.person_years) FILTER (WHERE s.origin = 'own') AS years_2, max(s.chi_square) FILTER (WHERE s.origin = 'all') AS chi_square
        FROM %1$I.new_build_stay s WHERE s.tenure = 'all'),
    -- 3: adults without income in each kind of new dwelling: in the last year with incomes or, where that is suppressed, in the last one before that shows some.
    -- A kind that is suppressed in all years says neither yes nor no.
    adult AS (SELECT p.dwelling_type, p.tenure, p.year, sum(p.persons) FILTER (WHERE p.item NOT IN ('child', 'unknown', 'hidden')) AS known, max(p.persons) FILTER (WHERE p.item = 'none') AS without,
            coalesce(max(p.persons) FILTER (WHERE p.item = 'hidden'), 0) AS others, max(CASE WHEN sum(p.persons) FILTER (WHERE p.item NOT IN ('child', 'unknown', 'hidden')) > 0 THEN p.year END) OVER () AS last_year
        FROM %1$I.person_count p WHERE p.attribute = 'income_band' AND p.year = ANY ((SELECT y.list FROM years y)::int[]) AND p.population = 'resident' AND p.area_kind = 'all' AND p.new_build = 'new' AND p.dwelling_type <> 'hidden'
        GROUP BY p.dwelling_type, p.tenure, p.year),
    kind AS (SELECT k.*, row_number() OVER (ORDER BY t.sort_order, n.sort_order, k.dwelling_type, k.tenure) AS no, row_number() OVER (ORDER BY k.without / k.known, k.known DESC, k.dwelling_type, k.tenure) AS rank,
            t.label_da AS dwelling_type_label, n.label_da AS tenure_label
        FROM (SELECT DISTINCT ON (a.dwelling_type, a.tenure) a.* FROM adult a WHERE a.known >= 30 AND a.without IS NOT NULL AND (a.year = a.last_year OR a.without > 0)
            ORDER BY a.dwelling_type, a.tenure, a.without IS NULL, a.year DESC) k
        LEFT JOIN byudv.dwelling_type_code t ON t.code = k.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = k.tenure
        WHERE EXISTS (SELECT FROM adult x WHERE x.dwelling_type = k.dwelling_type AND x.tenure = k.tenure AND x.year = x.last_year AND x.known >= 30)),
    -- 4: turnover by class of home
    class AS (SELECT k.class, k.is_rest, sum(t.ends) AS ends, sum(t.dwelling_years) AS years
        FROM %1$I.turnover t LEFT JOIN byudv.tenure_code n ON n.code = t.tenure CROSS JOIN LATERAL (SELECT CASE WHEN t.tenure = 'private_rental' AND t.new_build = 'new' THEN 'Nye private udlejningsboliger' WHEN t.dwelling_type IN ('detached', 'farmhouse') AND t.tenure = 'owner' THEN 'Parcelhuse'
                WHEN t.tenure = 'social' THEN 'Almene boliger' WHEN t.tenure IN ('unknown', 'foundation', 'public') THEN 'Andre boliger'
                ELSE coalesce(n.label_da, t.tenure) || CASE t.new_build WHEN 'new' THEN ', ny' ELSE '' END END AS class, t.tenure IN ('unknown', 'foundation', 'public') AS is_rest) k
        WHERE t.area_kind = 'all' GROUP BY k.class, k.is_rest HAVING sum(t.dwelling_years) > 0),
    pair AS (SELECT a.class AS class_1, b.class AS class_2, a.ends AS ends_1, a.years AS years_1, b.ends AS ends_2, b.years AS years_2
        FROM class a JOIN class b ON a.class <> b.class WHERE EXISTS (SELECT FROM class c WHERE c.class = 'Parcelhuse') AND EXISTS (SELECT FROM class c WHERE c.class = 'Almene boliger')
            AND (a.class = 'Nye private udlejningsboliger' OR EXISTS (SELECT FROM class c WHERE c.class = 'Nye private udlejningsboliger')
                AND b.class IN ('Parcelhuse', 'Almene boliger') AND a.class NOT IN ('Parcelhuse', 'Almene boliger') AND NOT a.is_rest)),
    -- 5: how unlike two distributions are: the share that would have to change, which is the difference of the shares in those items that the first has more of
    item AS (SELECT p.attribute, p.item, coalesce(sum(p.persons) FILTER (WHERE p.population = 'arrival'), 0) AS a, coalesce(sum(p.persons) FILTER (WHERE p.population = 'departure'), 0) AS d
        FROM %1$I.person_count p WHERE p.attribute IN ('age_band', 'household_type', 'income_band') AND p.year = ANY ((SELECT y.list FROM years y)::int[]) AND p.population IN ('arrival', 'departure') AND p.area_kind = 'all' AND p.dwelling_type = 'all' AND p.item NOT IN ('unknown', 'child')
        GROUP BY p.attribute, p.item),
    share AS (SELECT i.*, sum(i.a) OVER w AS all_a, sum(i.d) OVER w AS all_d FROM item i WINDOW w AS (PARTITION BY i.attribute)),
    unlike AS (SELECT s.attribute, s.all_a, s.all_d, coalesce(sum(s.a) FILTER (WHERE s.a * s.all_d > s.d * s.all_a), 0) AS more_a, coalesce(sum(s.d) FILTER (WHERE s.a * s.all_d > s.d * s.all_a), 0) AS more_d,
            coalesce(greatest(max(s.a) FILTER (WHERE s.item = 'hidden') / s.all_a, max(s.d) FILTER (WHERE s.item = 'hidden') / s.all_d), 0) AS hidden,
            -- what chance alone makes of two equal distributions
            sum(sqrt(2 / pi() * (s.a + s.d) / (s.all_a + s.all_d) * (1 - (s.a + s.d) / (s.all_a + s.all_d)) * (1 / s.all_a + 1 / s.all_d))) / 2 AS by_chance
        FROM share s WHERE s.all_a > 0 AND s.all_d > 0 GROUP BY s.attribute, s.all_a, s.all_d),
    -- 6: what homes movers go to
    goes AS (SELECT sum(g.persons) FILTER (WHERE g.departs) AS all_1, coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.dwelling_type = 'apartment'), 0) AS flats_1, coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.dwelling_type = 'hidden'), 0) AS flats_unknown_1,
            coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.tenure = 'owner'), 0) AS owned_1, coalesce(sum(g.persons) FILTER (WHERE g.departs AND g.tenure = 'hidden'), 0) AS owned_unknown_1,
            sum(g.persons) FILTER (WHERE NOT g.departs) AS all_2, coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.dwelling_type = 'apartment'), 0) AS flats_2, coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.dwelling_type = 'hidden'), 0) AS flats_unknown_2,
            coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.tenure = 'owner'), 0) AS owned_2, coalesce(sum(g.persons) FILTER (WHERE NOT g.departs AND g.tenure = 'hidden'), 0) AS owned_unknown_2
        FROM (SELECT true AS departs, d.dwelling_type, d.tenure, d.persons FROM %1$I.destination d
            UNION ALL SELECT false, m.dwelling_type, m.tenure, m.persons FROM %1$I.person_count m WHERE m.attribute = 'none' AND m.year = ANY ((SELECT y.list FROM years y)::int[]) AND m.area_kind = 'all' AND m.population = 'internal_in') g),
    -- The comparisons: lower and upper are the least and the most that the suppressed persons can make of it
    compared (finding, test, is_main, label, group_1, group_2, value_1, value_2, unit, effect, lower, upper, against, sign, p_value) AS (
        SELECT 1, 1, true, 'Andel tilflyttere blandt dem, der flytter ind', 'Nye boliger', 'Andre boliger', 100 * c.share_1, 100 * c.share_2, 'procentpoint', 100 * c.difference, 100 * w.lower, 100 * b.upper, 0.0, 1,
            CASE WHEN c.difference >= 0 THEN CASE WHEN w.difference > 0 THEN w.p_value ELSE 1 END ELSE CASE WHEN b.difference < 0 THEN b.p_value ELSE 1 END END
        FROM moved m, design d, byudv.compare_shares(m.new_arrivals, m.new_all, m.old_arrivals, m.old_all, d.effect) c,
            byudv.compare_shares(m.new_arrivals, m.new_all + m.hidden_internal, m.old_arrivals + m.hidden_arrivals, m.old_all + m.hidden_arrivals, d.effect) w,
            byudv.compare_shares(m.new_arrivals + m.hidden_arrivals, m.new_all + m.hidden_arrivals, m.old_arrivals, m.old_all + m.hidden_internal, d.effect) b
        UNION ALL
        SELECT 2, 1, true, 'Fraflytninger pr. personår i nye boliger', 'Tilflyttere', 'Egne borgere', c.rate_1, c.rate_2, 'gange', c.ratio, c.lower, c.upper, 1, 1, coalesce(byudv.chi_square_p(s.chi_square / d.effect), c.p_value)
        FROM stay s, design d, byudv.compare_rates(s.events_1, s.years_1, s.events_2, s.years_2, d.effect) c
        UNION ALL
        SELECT 3, k.no, k.rank = 1, 'Andel voksne uden indkomst', format('%%s, %%s (%%s)', k.dwelling_type_label, lower(k.tenure_label), k.year), NULL, k.without, k.known, 'procent', 100 * l.share, 100 * w.lower, 100 * l.upper, 0, 0, NULL
        FROM kind k, byudv.share_limits(k.without, k.known) l, byudv.share_limits(k.without, k.known + k.others) w
        UNION ALL
        SELECT 4, row_number() OVER (ORDER BY p.class_1 COLLATE "C", p.class_2 COLLATE "C"), row_number() OVER (ORDER BY c.ratio, p.class_1 COLLATE "C", p.class_2 COLLATE "C") = 1, 'Fraflytninger pr. boligår',
            p.class_1, p.class_2, c.rate_1, c.rate_2, 'gange', c.ratio, c.lower, c.upper, 1, 1, c.p_value
        FROM pair p, byudv.compare_rates(p.ends_1, p.years_1, p.ends_2, p.years_2) c
        UNION ALL
        SELECT 5, a.no, row_number() OVER (ORDER BY c.difference DESC NULLS LAST, a.no) = 1, 'Forskel i ' || a.label, 'Tilflyttere', 'Fraflyttere', NULL, NULL, 'procent', 100 * c.difference,
            100 * greatest(c.lower - sqrt(d.effect) * u.by_chance - u.hidden, 0), 100 * least(c.upper + u.hidden, 1), 10, -1, CASE WHEN z.z > 0 THEN byudv.chi_square_p(z.z * z.z) / 2 ELSE 1 - byudv.chi_square_p(z.z * z.z) / 2 END
        FROM (VALUES (1, 'age_band', 'alder'), (2, 'household_type', 'husstand'), (3, 'income_band', 'indkomst')) a (no, attribute, label) CROSS JOIN design d LEFT JOIN unlike u ON u.attribute = a.attribute
        CROSS JOIN LATERAL byudv.compare_shares(u.more_a, u.all_a, u.more_d, u.all_d, d.effect) c
        CROSS JOIN LATERAL (SELECT (0.1 - c.difference - u.hidden) / nullif(sqrt(d.effect * (c.share_1 * (1 - c.share_1) / u.all_a + c.share_2 * (1 - c.share_2) / u.all_d)), 0)) z (z)
        UNION ALL
        SELECT 6, x.no, x.no = 3, x.label, x.group_1, x.group_2, 100 * x.share_1, 100 * x.share_2, x.unit, 100 * x.effect, 100 * x.lower, 100 * x.upper, 100 * x.against, 1, x.p_value
        FROM goes g, design d, byudv.share_limits(g.flats_1, g.all_1, d.effect) l1, byudv.share_limits(g.flats_1 + g.flats_unknown_1, g.all_1, d.effect) u1, byudv.share_limits(g.flats_2, g.all_2, d.effect) l2,
            byudv.share_limits(g.flats_2 + g.flats_unknown_2, g.all_2, d.effect) u2, byudv.compare_shares(g.owned_1, g.all_1 - g.owned_unknown_1, g.owned_2, g.all_2 - g.owned_unknown_2, d.effect) c,
            byudv.compare_shares(g.owned_1, g.all_1, g.owned_2 + g.owned_unknown_2, g.all_2, d.effect) w, byudv.compare_shares(g.owned_1 + g.owned_unknown_1, g.all_1, g.owned_2, g.all_2, d.effect) b
        CROSS JOIN LATERAL (VALUES (1, 'Andel, der flytter til etagebolig', 'Fraflyttere', NULL, g.flats_1 / nullif(g.all_1 - g.flats_unknown_1, 0), NULL::float8, 'procent', g.flats_1 / nullif(g.all_1 - g.flats_unknown_1, 0), l1.lower, u1.upper, 0.5,
                byudv.chi_square_p(CASE WHEN l1.share > 0.5 THEN l1.share - 0.5 WHEN u1.share < 0.5 THEN 0.5 - u1.share ELSE 0 END ^ 2 * g.all_1 / (0.25 * d.effect))),
            (2, 'Andel, der flytter til etagebolig', 'Interne flyttere', NULL, g.flats_2 / nullif(g.all_2 - g.flats_unknown_2, 0), NULL, 'procent', g.flats_2 / nullif(g.all_2 - g.flats_unknown_2, 0), l2.lower, u2.upper, 0.5,
                byudv.chi_square_p(CASE WHEN l2.share > 0.5 THEN l2.share - 0.5 WHEN u2.share < 0.5 THEN 0.5 - u2.share ELSE 0 END ^ 2 * g.all_2 / (0.25 * d.effect))),
            (3, 'Andel, der flytter til ejerbolig', 'Fraflyttere', 'Interne flyttere', c.share_1, c.share_2, 'procentpoint', c.difference, w.lower, b.upper, 0,
                CASE WHEN c.difference >= 0 THEN CASE WHEN w.difference > 0 THEN w.p_value ELSE 1 END ELSE CASE WHEN b.difference < 0 THEN b.p_value ELSE 1 END END)) x (no, label, group_1, group_2, share_1, share_2, unit, effect, lower, upper, against, p_value))
    SELECT c.finding, c.test, CASE WHEN c.is_main THEN 1 ELSE 0 END AS is_main, c.label AS test_label, c.group_1, c.group_2, round(c.value_1::numeric, 4) AS value_1, round(c.value_2::numeric, 4) AS value_2,
        round(c.effect::numeric, 4) AS effect, c.unit AS effect_unit, round(c.lower::numeric, 4) AS lower, round(c.upper::numeric, 4) AS upper, round(c.against::numeric, 4) AS against, round(CASE WHEN c.effect IS NOT NULL THEN c.p_value END::numeric, 10) AS p_value,
        CASE WHEN c.effect IS NULL THEN 'Uafklaret' WHEN c.sign = 0 THEN CASE WHEN c.value_1 > 0 THEN 'Ja' ELSE 'Nej' END WHEN c.sign > 0 AND c.lower > c.against OR c.sign < 0 AND c.upper < c.against THEN 'Ja'
            WHEN c.sign > 0 AND c.upper < c.against OR c.sign < 0 AND c.lower > c.against THEN 'Nej' ELSE 'Uafklaret' END AS answer_da, round(d.effect::numeric, 4) AS design_effect
    FROM compared c, design d$q$),
('bi_finding', 'finding', 'Seks konklusioner om flytninger og nybyggeri: om de holder her, hvor stor forskellen er, og hvor sikker den er', 'Six findings on moves and new dwellings: whether they hold here, how large the difference is, and how sure',
    'Tiltrækker nye boliger tilflyttere, og holder de andre konklusioner hos os?',
    $q$WITH test AS MATERIALIZED (SELECT x.* FROM %1$I.bi_finding_test x)
       SELECT f.finding, f.question_da, t.answer_da, m.effect, m.effect_unit, m.lower, m.upper, f.statistic, t.p_value,
        concat_ws(' ', CASE t.answer_da WHEN 'Ja' THEN 'Ja.' WHEN 'Nej' THEN 'Nej.' WHEN 'Uafklaret' THEN CASE WHEN m.effect IS NULL THEN 'Uafklaret: der mangler tal.' ELSE 'Uafklaret: forskellen er ikke sikker.' END END,
          CASE WHEN m.effect IS NOT NULL THEN CASE f.finding
            WHEN 1 THEN format('Af dem, der flytter ind i nye boliger, kommer %%s %%%% udefra; i andre boliger %%s %%%%. Forskellen er %%s procentpoint (95 %%%%: %%s til %%s).', v.value_1, v.value_2, v.effect, v.lower, v.upper)
            WHEN 2 THEN format('Tilflyttere i nye boliger flytter videre %%s gange så ofte som egne borgere (95 %%%%: %%s til %%s): %%s mod %%s gange pr. personår.', v.effect_2, v.lower_2, v.upper_2, v.value_1_2, v.value_2_2)
            WHEN 3 THEN format('I %%s af de %%s slags nye boliger, som det kan vises for, er der voksne uden indkomst. Lavest er andelen i %%s: %%s %%%% (95 %%%%: %%s til %%s).', t.yes, t.tests, lower(m.group_1), v.effect, v.lower, v.upper)
            WHEN 4 THEN format('Af %%s sammenligninger holder %%s. Den mindste forskel er mellem %%s og %%s: %%s gange (95 %%%%: %%s til %%s).', t.tests, t.yes, lower(m.group_1), lower(m.group_2), v.effect_2, v.lower_2, v.upper_2)
            WHEN 5 THEN format('Mest forskellige er de i %%s: for at de blev ens, skulle %%s %%%% være anderledes (95 %%%%: %%s til %%s), og grænsen er 10 %%%%.', substr(m.test_label, 11), v.effect, v.lower, v.upper)
            WHEN 6 THEN format('Til ejerbolig flytter %%s %%%% af fraflytterne og %%s %%%% af de interne flyttere, en forskel på %%s procentpoint (95 %%%%: %%s til %%s). Til etagebolig flytter %%s.', v.value_1, v.value_2, v.effect, v.lower, v.upper, t.flats) END END) AS text_da
       FROM (VALUES (1, 'Tiltrækker nye boliger tilflyttere mere end egne borgere?', 'Forskel på to andele: Newcombes grænser, Pearsons test, rettet for husstande'),
         (2, 'Flytter tilflyttere i nye boliger hurtigere videre end egne borgere?', 'Forhold mellem to rater med grænser; log-rank-test, rettet for husstande'),
         (3, 'Bor der voksne uden indkomst i alle slags nye boliger?', 'Andelen i hver slags med mindst 30 voksne; Wilsons grænser for den laveste'),
         (4, 'Flyttes der oftest fra nye private udlejningsboliger og sjældnest fra parcelhuse og almene boliger?', 'Forhold mellem rater, par for par; alle skal holde, p er den største'),
         (5, 'Ligner til- og fraflyttere hinanden i alder, husstand og indkomst?', 'Ensidig test af, at mindre end 10 %% skulle være anderledes; alle tre skal holde, p er den største'),
         (6, 'Flytter folk til etageboliger, og flere af fraflytterne til ejerbolig?', 'Forskel på to andele og to andele mod halvdelen, rettet for husstande; alle tre skal holde, p er den største')) f (finding, question_da, statistic)
       LEFT JOIN test m ON m.finding = f.finding AND m.is_main = 1
       CROSS JOIN LATERAL (SELECT CASE WHEN bool_or(x.answer_da = 'Nej') THEN 'Nej' WHEN bool_and(x.answer_da = 'Ja') THEN 'Ja' ELSE 'Uafklaret' END AS answer_da, max(x.p_value) AS p_value, count(*) AS tests,
           count(*) FILTER (WHERE x.answer_da = 'Ja') AS yes, string_agg(format('%%s %%%% (%%s)', byudv.danish_decimal(x.effect, 1), lower(x.group_1)), ' og ' ORDER BY x.test) FILTER (WHERE x.effect_unit = 'procent') AS flats
         FROM test x WHERE x.finding = f.finding) t
       CROSS JOIN LATERAL (SELECT byudv.danish_decimal(m.value_1, 1) AS value_1, byudv.danish_decimal(m.value_2, 1) AS value_2, byudv.danish_decimal(m.effect, 1) AS effect, byudv.danish_decimal(m.lower, 1) AS lower,
           byudv.danish_decimal(m.upper, 1) AS upper, byudv.danish_decimal(m.value_1, 2) AS value_1_2, byudv.danish_decimal(m.value_2, 2) AS value_2_2, byudv.danish_decimal(m.effect, 2) AS effect_2,
           byudv.danish_decimal(m.lower, 2) AS lower_2, byudv.danish_decimal(m.upper, 2) AS upper_2) v$q$)
$$;
COMMENT ON FUNCTION byudv.bi_finding_views() IS 'Used inside: the views of findings, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_finding_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 35 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_destination', 'year', 'integer', 'År', 'Året de flyttede', 'Year of the departure'),
('bi_destination', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Typen af den bolig, de flytter til', 'Code of the type of the home that they move to'),
('bi_destination', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Typen af den bolig, de flytter til', 'Type of the home that they move to'),
('bi_destination', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Ejerformen for den bolig, de flytter til', 'Code of the tenure of the home that they move to'),
('bi_destination', 'tenure_label', 'varchar(80)', 'Ejerform', 'Ejerformen for den bolig, de flytter til', 'Tenure of the home that they move to'),
('bi_destination', 'persons', 'bigint', 'Personer', 'Personer; tomt er diskretioneret', 'Persons; NULL: suppressed'),
('bi_destination', 'hidden', 'smallint', 'Diskretioneret', '1: antallet vises ikke', '1: the number is suppressed'),
('bi_area_profile', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_area_profile', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_area_profile', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_area_profile', 'year', 'integer', 'År', 'Året; boliger og beboere er opgjort 1. januar', 'The year; dwellings and residents are those of 1 January'),
('bi_area_profile', 'measure', 'varchar(40)', 'Nøgletal, kode', 'Koden for nøgletallet', 'Code of the key figure'),
('bi_area_profile', 'measure_label', 'varchar(80)', 'Nøgletal', 'Nøgletallet', 'The key figure'),
('bi_area_profile', 'unit', 'varchar(40)', 'Enhed', 'Nøgletallets enhed', 'Its unit, Danish'),
('bi_area_profile', 'sort_order', 'integer', 'Rækkefølge', 'Nøgletallets rækkefølge', 'Order of the key figure'),
('bi_area_profile', 'value', 'numeric(18,4)', 'Værdi', 'Områdets værdi', 'Figure of the area'),
('bi_area_profile', 'municipality_value', 'numeric(18,4)', 'Hele området', 'Værdien for hele området', 'Figure of the whole study area'),
('bi_finding_test', 'finding', 'integer', 'Konklusion', 'Konklusionens nummer, 1 til 6', 'Number of the finding, 1 to 6'),
('bi_finding_test', 'test', 'integer', 'Sammenligning', 'Sammenligningens nummer', 'Number of the comparison'),
('bi_finding_test', 'is_main', 'smallint', 'Vises i konklusionen', '1: den sammenligning, som konklusionen viser', '1: the comparison that the finding shows'),
('bi_finding_test', 'test_label', 'varchar(200)', 'Hvad der sammenlignes', 'Hvad der sammenlignes', 'What is compared, Danish'),
('bi_finding_test', 'group_1', 'varchar(200)', 'Gruppe 1', 'Den første gruppe', 'The first group, Danish'),
('bi_finding_test', 'group_2', 'varchar(200)', 'Gruppe 2', 'Den anden gruppe', 'The second group, Danish'),
('bi_finding_test', 'value_1', 'numeric(18,4)', 'Værdi 1', 'Andel i procent eller rate i gruppe 1; for konklusion 3 voksne uden indkomst', 'Share in percent or rate of group 1; for finding 3 adults without income'),
('bi_finding_test', 'value_2', 'numeric(18,4)', 'Værdi 2', 'Andel i procent eller rate i gruppe 2; for konklusion 3 alle voksne med kendt indkomst', 'Share in percent or rate of group 2; for finding 3 all adults whose income is known'),
('bi_finding_test', 'effect', 'numeric(18,4)', 'Effekt', 'Forskellen, forholdet eller andelen', 'The difference, ratio or share'),
('bi_finding_test', 'effect_unit', 'varchar(40)', 'Enhed', 'procentpoint, gange eller procent', 'Unit: percentage points, times or percent, Danish'),
('bi_finding_test', 'lower', 'numeric(18,4)', 'Nedre grænse', 'Nedre 95 %-grænse; diskretionerede personer er regnet til den værste side', 'Lower 95 percent limit, suppressed persons taken at their worst'),
('bi_finding_test', 'upper', 'numeric(18,4)', 'Øvre grænse', 'Øvre 95 %-grænse; diskretionerede personer er regnet til den værste side', 'Upper 95 percent limit, suppressed persons taken at their worst'),
('bi_finding_test', 'against', 'numeric(18,4)', 'Holdt op mod', 'Den værdi, som grænserne skal ligge på den rette side af', 'The value that the limits have to lie on the right side of'),
('bi_finding_test', 'p_value', 'numeric(12,10)', 'p-værdi', 'Sandsynligheden for så stor en forskel ved en tilfældighed', 'How often so large a difference comes by chance'),
('bi_finding_test', 'answer_da', 'varchar(10)', 'Svar', 'Ja, Nej eller Uafklaret', 'Ja (yes), Nej (no) or Uafklaret (undecided)'),
('bi_finding_test', 'design_effect', 'numeric(8,4)', 'Designeffekt', 'Så mange personer siger så meget som én, der flytter alene, fordi husstande flytter samlet; bruges for andele og rater af personer', 'So many persons tell as much as one who moves alone, since households move together; used for shares and rates of persons'),
('bi_finding', 'finding', 'integer', 'Konklusion', 'Konklusionens nummer, 1 til 6', 'Number of the finding, 1 to 6'),
('bi_finding', 'question_da', 'varchar(400)', 'Spørgsmål', 'Spørgsmålet', 'The question, Danish'),
('bi_finding', 'answer_da', 'varchar(10)', 'Svar', 'Ja, Nej eller Uafklaret: grænserne rummer ingen forskel, eller der mangler tal', 'Ja (yes), Nej (no) or Uafklaret (undecided: the limits include no difference, or figures are missing)'),
('bi_finding', 'effect', 'numeric(18,4)', 'Effekt', 'Forskellen, forholdet eller andelen i den sammenligning, som er den afgørende', 'The difference, ratio or share of the comparison that matters most'),
('bi_finding', 'effect_unit', 'varchar(40)', 'Enhed', 'procentpoint, gange eller procent', 'Unit: percentage points, times or percent, Danish'),
('bi_finding', 'lower', 'numeric(18,4)', 'Nedre grænse', 'Nedre 95 %-grænse', 'Lower 95 percent limit'),
('bi_finding', 'upper', 'numeric(18,4)', 'Øvre grænse', 'Øvre 95 %-grænse', 'Upper 95 percent limit'),
('bi_finding', 'statistic', 'varchar(200)', 'Metode', 'Hvordan der er regnet', 'Method, Danish'),
('bi_finding', 'p_value', 'numeric(12,10)', 'p-værdi', 'Sandsynligheden for så stor en forskel ved en tilfældighed; den største, hvor der er flere sammenligninger', 'How often so large a difference comes by chance; the largest where there are several comparisons'),
('bi_finding', 'text_da', 'varchar(1000)', 'Svar i ord', 'Svaret i ord', 'The answer in words, Danish')
$$;
COMMENT ON FUNCTION byudv.bi_finding_columns() IS 'Used inside: the columns of the views of findings, as monitor_view_columns() lists them.';

CREATE FUNCTION byudv.area_profile(monitor text, area text, year int DEFAULT NULL, OUT measure text, OUT value numeric, OUT municipality numeric, OUT difference numeric, OUT unit text, OUT of_year int)
    RETURNS SETOF record LANGUAGE plpgsql STABLE ROWS 60 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text := lower(btrim(area));
    found record;
    near text;
BEGIN
    IF wanted IS NULL OR wanted = '' THEN
        RAISE EXCEPTION 'no area is named' USING ERRCODE = 'null_value_not_allowed', HINT = 'Give the name or the code of an area: SELECT * FROM byudv.area_profile(''ballerup'', ''Egebjerg'');';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = monitor AND c.relname = 'bi_area_profile') THEN
        RAISE EXCEPTION 'there is no monitor "%"', monitor USING ERRCODE = 'invalid_schema_name', DETAIL = 'No schema of this name has the view bi_area_profile.',
            HINT = 'SELECT * FROM byudv.monitors(); lists the monitors of this database.';
    END IF;
    EXECUTE format($q$SELECT count(*) AS n, min(a.area_kind) AS area_kind, min(a.area_code) AS area_code, string_agg(format('%%s:%%s (%%s)', a.area_kind, a.area_code, a.area_label), ', ' ORDER BY a.area_kind, a.sort_order) AS list
        FROM %I.bi_dim_area a WHERE a.area_code <> 'hidden' AND $1 IN (lower(a.area_code), lower(a.area_kind || ':' || a.area_code), lower(a.area_label))$q$, monitor) INTO found USING wanted;
    IF found.n > 1 THEN
        RAISE EXCEPTION 'several areas are called "%"', area USING ERRCODE = 'ambiguous_parameter', DETAIL = format('There are %s.', found.list), HINT = 'Give kind and code, as in ''kvarter:101-1''.';
    END IF;
    IF found.n = 0 THEN
        -- those that share most of their letters, by threes
        EXECUTE format($q$SELECT string_agg(x.area_label, ', ' ORDER BY x.likeness DESC, x.area_label COLLATE "C")
            FROM (SELECT a.area_label, (SELECT count(*) FROM (SELECT DISTINCT substr($1, i, 3) AS part FROM generate_series(1, length($1) - 2) i) p WHERE strpos(lower(a.area_label), p.part) > 0) AS likeness
                FROM %I.bi_dim_area a WHERE a.area_code NOT IN ('hidden', 'none') GROUP BY a.area_label ORDER BY 2 DESC, 1 LIMIT 8) x WHERE x.likeness > 0 OR length($1) < 3$q$, monitor) INTO near USING wanted;
        RAISE EXCEPTION 'there is no area "%"', area USING ERRCODE = 'invalid_parameter_value', DETAIL = format('No area of monitor "%s" has this name or code.', monitor),
            HINT = coalesce('Some are called nearly so: ' || near || '.', format('SELECT area_kind, area_code, area_label FROM %I.bi_dim_area; lists them.', monitor));
    END IF;
    RETURN QUERY EXECUTE format($q$SELECT p.measure_label::text, d.value, d.municipality, CASE WHEN p.unit <> 'antal' THEN d.value - d.municipality END, p.unit::text, p.year
        FROM %I.bi_area_profile p CROSS JOIN LATERAL (SELECT CASE WHEN p.unit = '0 til 1' THEN 3 WHEN p.unit IN ('antal', 'kr. om året') THEN 0 ELSE 1 END AS digits) k
        CROSS JOIN LATERAL (SELECT round(p.value, k.digits) AS value, round(p.municipality_value, k.digits) AS municipality) d
        WHERE p.area_kind = $1 AND p.area_code = $2 AND p.year = coalesce($3, (SELECT max(x.year) FROM %1$I.bi_area_profile x WHERE x.area_kind = $1 AND x.area_code = $2 AND x.measure = p.measure)) ORDER BY p.sort_order$q$, monitor)
        USING found.area_kind, found.area_code, year;
END
$$;
COMMENT ON FUNCTION byudv.area_profile(text, text, int) IS 'The sheet of one area: its key figures beside those of the whole study area, with difference and unit, in Danish. area: name, code, or kind:code, in small or capital letters. year: that year; NULL: each figure of the last year for which there is one (of_year). What is suppressed, or rests on too few persons, has no row. Reads bi_area_profile and bi_dim_area, so that a role that grant_reader() let in may call it. Errors: no such monitor, no area or more than one of this name (DETAIL and HINT say which there are).';
