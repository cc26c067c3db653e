-- BI views: the dimensions.

CREATE FUNCTION byudv.bi_dimension_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 15 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_dim_date', 'date', 'Kalender: hver dag i undersøgelsesperioden', 'Calendar: each day of the study window', 'Hvilke datoer dækker tallene?',
    $q$SELECT d::date AS date, extract(year FROM d) AS year, extract(quarter FROM d) AS quarter, extract(month FROM d) AS month, c.label_da AS month_label, to_char(d, 'YYYY-MM') AS year_month, extract(isodow FROM d) AS weekday
       FROM %1$I.state s, generate_series(make_date(extract(year FROM (s.parameters ->> 'study_from')::date)::int, 1, 1)::timestamp, make_date(extract(year FROM (s.parameters ->> 'as_of')::date)::int, 12, 31)::timestamp, '1 day') d
       JOIN byudv.bi_codes() c ON c.attribute = 'month' AND c.code = to_char(d, 'MM')$q$),
('bi_dim_year', 'year', 'År med tal, og om året er helt', 'Years with figures, and whether a year is whole', 'Hvilke år er hele år?',
    $q$SELECT y AS year, greatest(make_date(y, 1, 1), p.study_from) AS first_day, least(make_date(y, 12, 31), p.as_of - 1) AS last_day, CASE WHEN make_date(y, 1, 1) >= p.study_from AND make_date(y + 1, 1, 1) <= p.as_of THEN 1 ELSE 0 END AS is_whole,
         CASE WHEN make_date(y, 1, 1) BETWEEN p.study_from AND p.as_of THEN 1 ELSE 0 END AS has_stock
       FROM (SELECT (s.parameters ->> 'study_from')::date AS study_from, (s.parameters ->> 'as_of')::date AS as_of FROM %1$I.state s) p, generate_series(extract(year FROM p.study_from)::int, extract(year FROM p.as_of)::int) y$q$),
('bi_dim_area', 'area_kind, area_code', 'Områder af enhver slags', 'Areas of every kind', 'Hvilke områder kan tallene deles op på?',
    -- a plan, or somebody else's figure, may be about an area that no dwelling lies in, or about one that is not known
    $q$SELECT a.area_kind, a.area_code, a.area_kind_label, a.area_label, a.sort_order, CASE WHEN a.geojson IS NULL THEN 0 ELSE 1 END AS has_shape FROM %1$I.area_list a
       UNION ALL SELECT x.area_kind, x.area_code, coalesce((SELECT max(a.area_kind_label) FROM %1$I.area_list a WHERE a.area_kind = x.area_kind), CASE x.area_kind WHEN 'none' THEN 'Ikke oplyst' ELSE x.area_kind END),
           CASE x.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE x.area_code END, 9000, 0
         FROM (SELECT p.area_kind, p.area_code FROM %1$I.pipeline p UNION SELECT c.area_kind, c.area_code FROM %1$I.comparison c) x
         WHERE NOT EXISTS (SELECT FROM %1$I.area_list a WHERE a.area_kind = x.area_kind AND a.area_code = x.area_code)$q$),
('bi_dim_dwelling_type', 'dwelling_type', 'Boligtyper', 'Dwelling types', 'Hvilke koder findes der for boligtype?',
    $q$SELECT c.code AS dwelling_type, c.label_da AS dwelling_type_label, c.label_en AS dwelling_type_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'dwelling_type'$q$),
('bi_dim_tenure', 'tenure', 'Ejerformer', 'Tenures', 'Hvilke koder findes der for ejerform?',
    $q$SELECT c.code AS tenure, c.label_da AS tenure_label, c.label_en AS tenure_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'tenure'$q$),
('bi_dim_new_build', 'new_build', 'Nybyggeri og eksisterende boliger', 'New or existing dwellings', 'Hvilke koder findes der for nybyggeri?',
    $q$SELECT c.code AS new_build, c.label_da AS new_build_label, c.label_en AS new_build_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'new_build'$q$),
('bi_dim_population', 'population', 'Hvem der tælles', 'Who is counted', 'Hvilke koder findes der for persongruppe?',
    $q$SELECT c.code AS population, c.label_da AS population_label, c.label_en AS population_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'population'$q$),
('bi_dim_age_band', 'age_band', 'Aldersgrupper', 'Age bands', 'Hvilke koder findes der for alder?',
    $q$SELECT c.code AS age_band, c.label_da AS age_band_label, c.label_en AS age_band_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'age_band'$q$),
('bi_dim_household_type', 'household_type', 'Husstandstyper', 'Household types', 'Hvilke koder findes der for husstandstype?',
    $q$SELECT c.code AS household_type, c.label_da AS household_type_label, c.label_en AS household_type_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'household_type'$q$),
('bi_dim_income_band', 'income_band', 'Indkomstgrupper', 'Income bands', 'Hvilke koder findes der for indkomst?',
    $q$SELECT c.code AS income_band, c.label_da AS income_band_label, c.label_en AS income_band_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'income_band'$q$),
('bi_dim_benefit', 'benefit', 'Offentlige ydelser', 'Public benefits', 'Hvilke koder findes der for ydelse?',
    $q$SELECT c.code AS benefit, c.label_da AS benefit_label, c.label_en AS benefit_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'benefit'$q$),
('bi_dim_size_band', 'size_band', 'Boligstørrelser', 'Size bands', 'Hvilke koder findes der for boligstørrelse?',
    $q$SELECT c.code AS size_band, c.label_da AS size_band_label, c.label_en AS size_band_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'size_band'$q$),
('bi_dim_place', 'place', 'Hvor tilflyttere kommer fra, og hvor fraflyttere flytter hen', 'Where arrivals come from and departures go to', 'Hvilke koder findes der for sted?',
    $q$SELECT c.code AS place, c.label_da AS place_label, c.label_en AS place_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'place'
       UNION ALL SELECT byudv.bi_key(a.area_kind || ':' || a.area_code), a.area_label, a.area_label, 8000 + a.sort_order FROM %1$I.area_list a WHERE a.area_kind <> 'all' AND a.area_code <> 'hidden'$q$),
('bi_dim_month', 'month', 'Måneder', 'Months', 'Hvilke koder findes der for måned?',
    $q$SELECT c.code AS month, c.label_da AS month_label, c.label_en AS month_label_en, c.sort_order FROM byudv.bi_codes() c WHERE c.attribute = 'month'$q$)
$$;
COMMENT ON FUNCTION byudv.bi_dimension_views() IS 'Used inside: the views of dimensions, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_dimension_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 70 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_dim_date', 'date', 'date', 'Dato', 'Dagen', 'The day'),
('bi_dim_date', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_dim_date', 'quarter', 'integer', 'Kvartal', 'Kvartalet, 1 til 4', 'The quarter, 1 to 4'),
('bi_dim_date', 'month', 'integer', 'Månedsnummer', 'Måneden, 1 til 12', 'The month, 1 to 12'),
('bi_dim_date', 'month_label', 'varchar(20)', 'Måned', 'Månedens navn', 'Name of the month, Danish'),
('bi_dim_date', 'year_month', 'varchar(7)', 'År og måned', 'År og måned som 2025-03', 'Year and month as 2025-03'),
('bi_dim_date', 'weekday', 'integer', 'Ugedag', 'Ugedagen, 1 er mandag', 'Day of the week, 1 is Monday'),
('bi_dim_year', 'year', 'integer', 'År', 'Året', 'The year'),
('bi_dim_year', 'first_day', 'date', 'Første dag', 'Første dag i året, som der er tal for', 'First day of it that there are figures for'),
('bi_dim_year', 'last_day', 'date', 'Sidste dag', 'Sidste dag i året, som der er tal for', 'Last day of it that there are figures for'),
('bi_dim_year', 'is_whole', 'smallint', 'Helt år', '1: flytninger er kendt for hele året', '1: moves are known for the whole year'),
('bi_dim_year', 'has_stock', 'smallint', 'Har bestand', '1: boliger og beboere er opgjort 1. januar', '1: dwellings and residents are counted on 1 January'),
('bi_dim_area', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; all er hele området', 'Kind of area; all is the whole study area'),
('bi_dim_area', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; none er uden for områder af denne slags', 'Code of the area; none is outside areas of this kind'),
('bi_dim_area', 'area_kind_label', 'varchar(80)', 'Områdetypens navn', 'Områdetypen som læsere ser den', 'The kind as people read it'),
('bi_dim_area', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_dim_area', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølge inden for områdetypen', 'Order within the kind'),
('bi_dim_area', 'has_shape', 'smallint', 'Har kort', '1: området har en kendt afgrænsning', '1: its shape is known'),
('bi_dim_dwelling_type', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Koden', 'Code'),
('bi_dim_dwelling_type', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_dwelling_type', 'dwelling_type_label_en', 'varchar(80)', 'Boligtype, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_dwelling_type', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_tenure', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Koden', 'Code'),
('bi_dim_tenure', 'tenure_label', 'varchar(80)', 'Ejerform', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_tenure', 'tenure_label_en', 'varchar(80)', 'Ejerform, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_tenure', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_new_build', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'Koden', 'Code'),
('bi_dim_new_build', 'new_build_label', 'varchar(80)', 'Nybyggeri', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_new_build', 'new_build_label_en', 'varchar(80)', 'Nybyggeri, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_new_build', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_population', 'population', 'varchar(20)', 'Persongruppe, kode', 'Koden', 'Code'),
('bi_dim_population', 'population_label', 'varchar(80)', 'Persongruppe', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_population', 'population_label_en', 'varchar(80)', 'Persongruppe, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_population', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_age_band', 'age_band', 'varchar(20)', 'Alder, kode', 'Koden', 'Code'),
('bi_dim_age_band', 'age_band_label', 'varchar(80)', 'Alder', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_age_band', 'age_band_label_en', 'varchar(80)', 'Alder, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_age_band', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_household_type', 'household_type', 'varchar(20)', 'Husstandstype, kode', 'Koden', 'Code'),
('bi_dim_household_type', 'household_type_label', 'varchar(80)', 'Husstandstype', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_household_type', 'household_type_label_en', 'varchar(80)', 'Husstandstype, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_household_type', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_income_band', 'income_band', 'varchar(20)', 'Indkomst, kode', 'Koden', 'Code'),
('bi_dim_income_band', 'income_band_label', 'varchar(80)', 'Indkomst', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_income_band', 'income_band_label_en', 'varchar(80)', 'Indkomst, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_income_band', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_benefit', 'benefit', 'varchar(20)', 'Ydelse, kode', 'Koden', 'Code'),
('bi_dim_benefit', 'benefit_label', 'varchar(80)', 'Ydelse', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_benefit', 'benefit_label_en', 'varchar(80)', 'Ydelse, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_benefit', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_size_band', 'size_band', 'varchar(20)', 'Boligstørrelse, kode', 'Koden', 'Code'),
('bi_dim_size_band', 'size_band_label', 'varchar(80)', 'Boligstørrelse', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_size_band', 'size_band_label_en', 'varchar(80)', 'Boligstørrelse, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_size_band', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_place', 'place', 'varchar(40)', 'Sted, kode', 'Koden', 'Code'),
('bi_dim_place', 'place_label', 'varchar(120)', 'Sted', 'Kommunens eller områdets navn', 'Label, Danish'),
('bi_dim_place', 'place_label_en', 'varchar(120)', 'Sted, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_place', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order'),
('bi_dim_month', 'month', 'varchar(20)', 'Måned, kode', 'Koden', 'Code'),
('bi_dim_month', 'month_label', 'varchar(80)', 'Måned', 'Navnet på dansk', 'Label, Danish'),
('bi_dim_month', 'month_label_en', 'varchar(80)', 'Måned, engelsk', 'Navnet på engelsk', 'Label, English'),
('bi_dim_month', 'sort_order', 'integer', 'Rækkefølge', 'Rækkefølgen', 'Order')
$$;
COMMENT ON FUNCTION byudv.bi_dimension_columns() IS 'Used inside: the columns of the views of dimensions, as monitor_view_columns() lists them.';
