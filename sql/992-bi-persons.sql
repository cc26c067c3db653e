-- BI views: residents and moves. All counts of persons come from person_count, where small cells are suppressed; labels are joined here.

CREATE FUNCTION byudv.bi_person_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 15 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock', 'year, area_kind, area_code, dwelling_type, tenure, new_build', 'Boliger og beboere 1. januar efter område, boligtype, ejerform og nybyggeri',
    'Dwellings and residents on 1 January by area, dwelling type, tenure and new-build. Residents of suppressed cells are in the row hidden',
    'Hvor mange boliger og beboere er der, og hvordan er de fordelt på ejerformer?',
    $q$SELECT p.year, p.area_kind, p.area_code, a.area_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label,
         p.dwellings, p.vacant_dwellings, p.area_m2, p.residents, p.hidden
       FROM (SELECT year, area_kind, area_code, dwelling_type, tenure, new_build, coalesce(s.dwellings, 0) AS dwellings, coalesce(s.vacant_dwellings, 0) AS vacant_dwellings, coalesce(s.area_m2, 0) AS area_m2,
           CASE WHEN r.hidden IS NULL THEN 0 ELSE r.residents END AS residents, coalesce(r.hidden, 0) AS hidden
         FROM (SELECT x.year, x.area_kind, x.area_code, x.dwelling_type, x.tenure, x.new_build, sum(x.dwellings) AS dwellings, sum(x.vacant_dwellings) AS vacant_dwellings, sum(x.area_m2) AS area_m2
             FROM %1$I.stock x GROUP BY 1, 2, 3, 4, 5, 6) s
         FULL JOIN (SELECT c.year, c.area_kind, c.area_code, c.dwelling_type, c.tenure, c.new_build, c.persons AS residents, CASE WHEN c.persons IS NULL THEN 1 ELSE 0 END AS hidden
             FROM %1$I.person_count c WHERE c.attribute = 'none' AND c.population = 'resident') r USING (year, area_kind, area_code, dwelling_type, tenure, new_build)) p
       JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build$q$),
('bi_stock_diversity', 'year, area_kind, area_code', 'Boligbestandens mangfoldighed: hvor sandsynligt to tilfældige boliger er af forskellig slags (Simpson), og Shannons indeks',
    'Diversity of the stock: the chance that two dwellings taken at random are of different kinds (Gini-Simpson), and the Shannon index (natural logarithm)',
    'I hvilke områder er boligerne mest ens?',
    $q$SELECT p.year, p.area_kind, p.area_code, a.area_label, p.dwellings, p.simpson_type, p.shannon_type, p.simpson_tenure, p.shannon_tenure
       FROM (SELECT x.year, x.area_kind, x.area_code, sum(x.n) FILTER (WHERE x.by_type = 1) AS dwellings,
           1 - sum(x.share * x.share) FILTER (WHERE x.by_type = 1) AS simpson_type, -sum(x.share * ln(x.share)) FILTER (WHERE x.by_type = 1) AS shannon_type,
           1 - sum(x.share * x.share) FILTER (WHERE x.by_type = 0) AS simpson_tenure, -sum(x.share * ln(x.share)) FILTER (WHERE x.by_type = 0) AS shannon_tenure
         FROM (SELECT y.*, y.n / sum(y.n) OVER (PARTITION BY y.year, y.area_kind, y.area_code, y.by_type) AS share
             FROM (SELECT s.year, s.area_kind, s.area_code, 1 AS by_type, s.dwelling_type AS code, sum(s.dwellings) AS n FROM %1$I.stock s GROUP BY 1, 2, 3, 4, 5
                 UNION ALL SELECT s.year, s.area_kind, s.area_code, 0, s.tenure, sum(s.dwellings) FROM %1$I.stock s GROUP BY 1, 2, 3, 4, 5) y) x
         GROUP BY 1, 2, 3) p JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code$q$),
('bi_moves', 'year, population, area_kind, area_code, dwelling_type, tenure, new_build', 'Flytninger i året efter område, boligtype, ejerform og nybyggeri: ind, ud og internt',
    'Moves in the year by area, dwelling type, tenure and new-build: in, out and within. Suppressed cells are in the row hidden',
    'Hvor mange flyttede ind i og ud af almene boliger i et område?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build
       WHERE p.attribute = 'none' AND p.population IN ('arrival', 'departure', 'internal_in', 'internal_out')$q$),
('bi_moves_month', 'year, population, area_kind, area_code, month', 'Flytninger efter måned og område',
    'Moves by month and area',
    'I hvilke måneder flytter folk?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.item AS month, m.label_da AS month_label, m.sort_order AS month_sort, CASE WHEN p.item <> 'hidden' THEN make_date(p.year, m.sort_order, 1) END AS month_start, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() m ON m.attribute = 'month' AND m.code = p.item
       WHERE p.attribute = 'month' AND p.dwelling_type = 'all'$q$),
('bi_moves_month_dwelling', 'year, population, dwelling_type, tenure, new_build, month', 'Flytninger i hele området efter måned, boligtype, ejerform og nybyggeri',
    'Moves of the whole area by month, dwelling type, tenure and new-build',
    'Hvornår på året flytter folk til nybyggeri?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label, p.item AS month, m.label_da AS month_label, m.sort_order AS month_sort, CASE WHEN p.item <> 'hidden' THEN make_date(p.year, m.sort_order, 1) END AS month_start, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build JOIN byudv.bi_codes() m ON m.attribute = 'month' AND m.code = p.item
       WHERE p.attribute = 'month' AND p.dwelling_type <> 'all'$q$),
('bi_moves_place', 'year, population, area_kind, area_code, place', 'Flytninger fra og til andre kommuner, udlandet og egne områder',
    'Moves by where arrivals come from and departures go to: other municipalities, abroad, areas of ones own',
    'Hvilke kommuner kommer tilflytterne fra?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.item AS place, coalesce(m.label_da, l.area_label, p.item) AS place_label, coalesce(m.sort_order, 8000 + l.sort_order) AS place_sort, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code LEFT JOIN byudv.bi_codes() m ON m.attribute = 'place' AND m.code = p.item
       LEFT JOIN %1$I.area_list l ON byudv.bi_key(l.area_kind || ':' || l.area_code) = p.item
       WHERE p.attribute = 'place'$q$),
('bi_mover_profile', 'year, population, area_kind, area_code, attribute, item', 'Hvem der flytter, og hvem der bor: alder, husstand, indkomst, ydelse og boligstørrelse efter område',
    'Who moves and who lives there: age, household, income, benefit and size of the dwelling, one at a time, by area',
    'Ligner tilflyttere og fraflyttere hinanden i alder?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.attribute, i.label_da AS attribute_label, p.item, m.label_da AS item_label, m.sort_order AS item_sort, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() i ON i.attribute = 'attribute' AND i.code = p.attribute JOIN byudv.bi_codes() m ON m.attribute = p.attribute AND m.code = p.item
       WHERE p.attribute IN ('age_band', 'household_type', 'income_band', 'benefit', 'size_band') AND p.dwelling_type = 'all'$q$),
('bi_mover_profile_dwelling', 'year, population, dwelling_type, tenure, new_build, attribute, item', 'Hvem der flytter, og hvem der bor, efter boligtype, ejerform og nybyggeri, for hele området',
    'Who moves and who lives there by dwelling type, tenure and new-build, for the whole area',
    'Hvem flytter ind i private udlejningsboliger?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.new_build, b.label_da AS new_build_label, p.attribute, i.label_da AS attribute_label, p.item, m.label_da AS item_label, m.sort_order AS item_sort, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure JOIN byudv.bi_codes() b ON b.attribute = 'new_build' AND b.code = p.new_build JOIN byudv.bi_codes() i ON i.attribute = 'attribute' AND i.code = p.attribute JOIN byudv.bi_codes() m ON m.attribute = p.attribute AND m.code = p.item
       WHERE p.attribute IN ('age_band', 'household_type', 'income_band', 'benefit', 'size_band') AND p.dwelling_type <> 'all'$q$),
('bi_mover_measure', 'year, population, area_kind, area_code', 'Gennemsnitlig indkomst, skattegrundlag, alder og ydelsesmodtagere omregnet til fuldtid, for mindst ti personer',
    'Mean income, tax base and age, and benefits as full-time persons, of ten persons at least',
    'Tjener tilflyttere mere end dem, der flytter?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, p.area_kind, p.area_code, a.area_label, p.mean_income, p.mean_tax_base, p.mean_age, p.full_time_benefit_persons,
         (SELECT round(100.0 * w.persons / nullif(sum(c.persons), 0), 1) FROM %1$I.person_count w, %1$I.person_count c
          WHERE w.attribute = 'income_band' AND w.year = p.year AND w.population = p.population AND w.area_kind = p.area_kind AND w.area_code = p.area_code AND w.dwelling_type = 'all' AND w.item = 'none'
            AND c.attribute = 'income_band' AND c.year = p.year AND c.population = p.population AND c.area_kind = p.area_kind AND c.area_code = p.area_code AND c.dwelling_type = 'all'
            AND c.item NOT IN ('child', 'unknown') GROUP BY w.persons) AS without_income_percent
       FROM %1$I.person_measure p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code$q$),
('bi_new_build', 'year, population, area_kind, area_code, dwelling_type, tenure', 'Flytninger ind i og ud af nybyggeri',
    'Moves into and out of new dwellings. Cells that are suppressed are left out here: see bi_moves',
    'Er det egne borgere eller tilflyttere, der flytter ind i nybyggeriet?',
    $q$SELECT p.year, p.population, n.label_da AS population_label, CASE p.population WHEN 'arrival' THEN 'elsewhere' WHEN 'internal_in' THEN 'own' END AS origin, CASE p.population WHEN 'arrival' THEN 'Tilflyttere' WHEN 'internal_in' THEN 'Egne borgere' END AS origin_label,
         p.area_kind, p.area_code, a.area_label, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, e.label_da AS tenure_label, p.persons, CASE WHEN p.persons IS NULL THEN 1 ELSE 0 END AS hidden
       FROM %1$I.person_count p JOIN byudv.bi_codes() n ON n.attribute = 'population' AND n.code = p.population JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() t ON t.attribute = 'dwelling_type' AND t.code = p.dwelling_type
       JOIN byudv.bi_codes() e ON e.attribute = 'tenure' AND e.code = p.tenure
       WHERE p.attribute = 'none' AND p.new_build = 'new' AND p.population IN ('arrival', 'departure', 'internal_in', 'internal_out')$q$)
$$;
COMMENT ON FUNCTION byudv.bi_person_views() IS 'Used inside: the views of residents and moves, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_person_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 150 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock', 'year', 'integer', 'År', 'Opgjort 1. januar dette år', 'On 1 January of this year'),
('bi_stock', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_stock', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_stock', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_stock', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_stock', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_stock', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_stock', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_stock', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_stock', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_stock', 'dwellings', 'bigint', 'Boliger', 'Antal boliger', 'Dwellings'),
('bi_stock', 'vacant_dwellings', 'bigint', 'Ubeboede boliger', 'Boliger som ingen bor i', 'Dwellings in which nobody lives'),
('bi_stock', 'area_m2', 'bigint', 'Areal, m²', 'Boligernes areal i alt, kvadratmeter', 'Their area in all, square metres'),
('bi_stock', 'residents', 'bigint', 'Beboere', 'Personer som bor der; tom: diskretioneret', 'Persons who live there; NULL: suppressed'),
('bi_stock', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_stock_diversity', 'year', 'integer', 'År', 'Opgjort 1. januar dette år', 'On 1 January of this year'),
('bi_stock_diversity', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_stock_diversity', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_stock_diversity', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_stock_diversity', 'dwellings', 'bigint', 'Boliger', 'Antal boliger', 'Dwellings'),
('bi_stock_diversity', 'simpson_type', 'numeric(6,4)', 'Mangfoldighed, boligtype (Simpson)', 'Sandsynlighed for at to boliger er af forskellig type', 'Chance that two dwellings are of different types'),
('bi_stock_diversity', 'shannon_type', 'numeric(6,4)', 'Mangfoldighed, boligtype (Shannon)', 'Shannons indeks for boligtyper', 'Shannon index of dwelling types'),
('bi_stock_diversity', 'simpson_tenure', 'numeric(6,4)', 'Mangfoldighed, ejerform (Simpson)', 'Sandsynlighed for at to boliger har forskellig ejerform', 'Chance that two dwellings are of different tenures'),
('bi_stock_diversity', 'shannon_tenure', 'numeric(6,4)', 'Mangfoldighed, ejerform (Shannon)', 'Shannons indeks for ejerformer', 'Shannon index of tenures'),
('bi_moves', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_moves', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_moves', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_moves', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_moves', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_moves', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_moves', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_moves', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_moves', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_moves', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_moves_month', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves_month', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves_month', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves_month', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_moves_month', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_moves_month', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_moves_month', 'month', 'varchar(20)', 'Måned, kode', 'Måneden som 03; hidden: diskretioneret', 'The month as 03; hidden: suppressed'),
('bi_moves_month', 'month_label', 'varchar(80)', 'Måned', 'Månedens navn', 'Name of the month'),
('bi_moves_month', 'month_sort', 'integer', 'Måned, rækkefølge', 'Månedens rækkefølge', 'Order of the month'),
('bi_moves_month', 'month_start', 'date', 'Månedens første dag', 'Første dag i måneden', 'First day of the month'),
('bi_moves_month', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves_month', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_moves_month_dwelling', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves_month_dwelling', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves_month_dwelling', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves_month_dwelling', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_moves_month_dwelling', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_moves_month_dwelling', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_moves_month_dwelling', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_moves_month_dwelling', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_moves_month_dwelling', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_moves_month_dwelling', 'month', 'varchar(20)', 'Måned, kode', 'Måneden som 03; hidden: diskretioneret', 'The month as 03; hidden: suppressed'),
('bi_moves_month_dwelling', 'month_label', 'varchar(80)', 'Måned', 'Månedens navn', 'Name of the month'),
('bi_moves_month_dwelling', 'month_sort', 'integer', 'Måned, rækkefølge', 'Månedens rækkefølge', 'Order of the month'),
('bi_moves_month_dwelling', 'month_start', 'date', 'Månedens første dag', 'Første dag i måneden', 'First day of the month'),
('bi_moves_month_dwelling', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves_month_dwelling', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_moves_place', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_moves_place', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_moves_place', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_moves_place', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_moves_place', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_moves_place', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_moves_place', 'place', 'varchar(40)', 'Sted, kode', 'Kommunens kode, abroad, unknown eller et område som kvarter:3', 'Municipality code, abroad, unknown, or an area as kvarter:3'),
('bi_moves_place', 'place_label', 'varchar(120)', 'Sted', 'Hvor de kommer fra eller flytter hen', 'Where they come from or go to'),
('bi_moves_place', 'place_sort', 'integer', 'Sted, rækkefølge', 'Stedets rækkefølge', 'Order of the place'),
('bi_moves_place', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_moves_place', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_mover_profile', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_mover_profile', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_mover_profile', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_mover_profile', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_mover_profile', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_mover_profile', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_mover_profile', 'attribute', 'varchar(20)', 'Kendetegn, kode', 'Hvad personerne er fordelt efter, kode', 'Code of what persons are divided by'),
('bi_mover_profile', 'attribute_label', 'varchar(80)', 'Kendetegn', 'Hvad personerne er fordelt efter', 'What persons are divided by'),
('bi_mover_profile', 'item', 'varchar(40)', 'Gruppe, kode', 'Gruppens kode; hidden: diskretioneret', 'Code of the category; hidden: suppressed'),
('bi_mover_profile', 'item_label', 'varchar(80)', 'Gruppe', 'Gruppen', 'Category'),
('bi_mover_profile', 'item_sort', 'integer', 'Gruppe, rækkefølge', 'Gruppens rækkefølge', 'Order of the category'),
('bi_mover_profile', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_mover_profile', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_mover_profile_dwelling', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_mover_profile_dwelling', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_mover_profile_dwelling', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_mover_profile_dwelling', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_mover_profile_dwelling', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_mover_profile_dwelling', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_mover_profile_dwelling', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_mover_profile_dwelling', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_mover_profile_dwelling', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_mover_profile_dwelling', 'attribute', 'varchar(20)', 'Kendetegn, kode', 'Hvad personerne er fordelt efter, kode', 'Code of what persons are divided by'),
('bi_mover_profile_dwelling', 'attribute_label', 'varchar(80)', 'Kendetegn', 'Hvad personerne er fordelt efter', 'What persons are divided by'),
('bi_mover_profile_dwelling', 'item', 'varchar(40)', 'Gruppe, kode', 'Gruppens kode; hidden: diskretioneret', 'Code of the category; hidden: suppressed'),
('bi_mover_profile_dwelling', 'item_label', 'varchar(80)', 'Gruppe', 'Gruppen', 'Category'),
('bi_mover_profile_dwelling', 'item_sort', 'integer', 'Gruppe, rækkefølge', 'Gruppens rækkefølge', 'Order of the category'),
('bi_mover_profile_dwelling', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_mover_profile_dwelling', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed'),
('bi_mover_measure', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_mover_measure', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_mover_measure', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_mover_measure', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_mover_measure', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_mover_measure', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_mover_measure', 'mean_income', 'numeric(12,0)', 'Gennemsnitlig indkomst, kr.', 'Voksnes gennemsnitlige personlige indkomst i året, nærmeste tusinde', 'Mean income of adults in the year, to the nearest thousand kroner'),
('bi_mover_measure', 'mean_tax_base', 'numeric(12,0)', 'Gennemsnitligt skattegrundlag, kr.', 'Voksnes gennemsnitlige skattegrundlag i året, nærmeste tusinde', 'Mean tax base of adults in the year, to the nearest thousand kroner'),
('bi_mover_measure', 'mean_age', 'numeric(5,1)', 'Gennemsnitsalder', 'Gennemsnitsalder i år', 'Mean age in years'),
('bi_mover_measure', 'full_time_benefit_persons', 'numeric(12,0)', 'Fuldtidspersoner på kommunal ydelse', 'Voksne på kommunal ydelse 31. december, omregnet til fuldtidspersoner', 'Adults with municipal benefits on 31 December, as full-time persons'),
('bi_mover_measure', 'without_income_percent', 'numeric(5,1)', 'Uden indkomst, pct.', 'Andel af voksne med kendt indkomst, som ingen indkomst har', 'Share of adults with known income who have none, percent'),
('bi_new_build', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_new_build', 'population', 'varchar(20)', 'Persongruppe, kode', 'Hvem der tælles, kode', 'Code of who is counted'),
('bi_new_build', 'population_label', 'varchar(80)', 'Persongruppe', 'Hvem der tælles', 'Who is counted'),
('bi_new_build', 'origin', 'varchar(20)', 'Oprindelse, kode', 'own: egne borgere; elsewhere: tilflyttere; tom for dem der flytter ud', 'own: own citizens; elsewhere: arrivals; NULL for those who move out'),
('bi_new_build', 'origin_label', 'varchar(80)', 'Oprindelse', 'Egne borgere eller tilflyttere', 'Own citizens or arrivals'),
('bi_new_build', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_new_build', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_new_build', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_new_build', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_new_build', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_new_build', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_new_build', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_new_build', 'persons', 'bigint', 'Personer', 'Antal personer; tom: diskretioneret', 'Persons; NULL: suppressed'),
('bi_new_build', 'hidden', 'smallint', 'Diskretioneret', '1: tallet er diskretioneret', '1: the count is suppressed')
$$;
COMMENT ON FUNCTION byudv.bi_person_columns() IS 'Used inside: the columns of the views of residents and moves, as monitor_view_columns() lists them.';
