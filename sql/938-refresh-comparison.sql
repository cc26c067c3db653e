-- The step that puts the figures of others beside the monitor's own for the same thing.

CREATE FUNCTION byudv.indicator_measures(OUT measure text, OUT names text[], OUT label_da text, OUT label_en text, OUT is_rate boolean, OUT on_1_january boolean, OUT explanation_da text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('population', ARRAY['population', 'folketal', 'befolkning', 'folk1a'], 'Folketal 1. januar', 'Residents on 1 January', false, true,
    'Folketallet er alle med folkeregisteradresse i kommunen. Monitorens tal er dem, der er tilmeldt en bolig, som den kender: personer uden fast bopæl, og dem, hvis adresse der ikke er fundet en bolig til, mangler; rettelser, der er kommet til CPR siden, er med.'),
('dwellings', ARRAY['dwellings', 'boliger', 'helårsboliger', 'boligbestand', 'bol101'], 'Helårsboliger 1. januar', 'Year-round dwellings on 1 January', false, true,
    'Danmarks Statistik tæller BBR''s boliger, som BBR var 1. januar. Monitoren tæller de enheder, der har en boligtype og ikke er fritidshuse, efter ibrugtagning og nedrivning, som de står i BBR nu: sene indberetninger er med, og boliger med ukendt type tæller.'),
('arrivals', ARRAY['arrivals', 'tilflyttede', 'tilflytninger'], 'Tilflyttede i året', 'Arrivals in the year', false, false,
    'Monitoren tæller personer, der er flyttet til en bolig i kommunen fra en anden kommune, fra udlandet eller fra et ukendt sted. Danmarks Statistik tæller hver flytning, opgør indvandrede for sig, og har flytninger med, der senere er annulleret. Flytninger til en adresse, der ikke er fundet en bolig til, mangler i monitoren.'),
('departures', ARRAY['departures', 'fraflyttede', 'fraflytninger'], 'Fraflyttede i året', 'Departures in the year', false, false,
    'Monitoren tæller personer, der er flyttet fra en bolig i kommunen til en anden kommune, til udlandet eller et ukendt sted; døde er ikke med. Danmarks Statistik tæller hver flytning, opgør udvandrede for sig, og har flytninger med, der senere er annulleret.'),
('completed', ARRAY['completed', 'fuldførte boliger', 'fuldført byggeri'], 'Fuldførte boliger i året', 'Dwellings completed in the year', false, false,
    'Monitoren tæller helårsboliger efter datoen for ibrugtagning, som den står i BBR nu. Andre tæller efter det år, hvor fuldførelsen blev indberettet, og retter først senere for forsinkede indberetninger.'),
('household_size', ARRAY['household_size', 'personer pr. bolig', 'husstandsstørrelse'], 'Personer pr. helårsbolig', 'Persons per year-round dwelling', true, true,
    'Monitorens tal er folketal divideret med helårsboliger 1. januar, ubeboede boliger medregnet. Opgørelser, der kun regner med beboede boliger, er højere.'),
('turnover_social', ARRAY['turnover_social', 'fraflytningsprocent'], 'Fraflytninger i pct. af almene boliger', 'Ended tenancies as per cent of social dwellings', true, false,
    'Monitoren tæller husstande, der er flyttet helt ud af en almen bolig i året, i forhold til almene boliger 1. januar efter den rettede ejerform. Landsbyggefonden tæller ophørte lejemål i forhold til alle lejemål; flytninger inden for en afdeling er ikke altid med.')
$$;
COMMENT ON FUNCTION byudv.indicator_measures() IS 'The measures for which a monitor has a figure of its own to set beside those in its table indicator. names: what indicator.measure may be called, in any letter case; words in brackets behind it, as import_statbank() writes them, are allowed where they are totals (I alt). is_rate: a rate, which can be compared with that of other municipalities; the others are numbers. explanation_da: why two honest figures differ.';

CREATE FUNCTION byudv.own_measure(measure text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT m.measure FROM byudv.indicator_measures() m
WHERE btrim(lower(translate(split_part($1, ' (', 1), 'ÆØÅ', 'æøå'))) = ANY (m.names)
    AND NOT EXISTS (SELECT FROM regexp_split_to_table(rtrim(substr($1, length(split_part($1, ' (', 1)) + 3), ')'), '; ') p (part)
        WHERE p.part <> '' AND lower(split_part(p.part, ': ', 2)) NOT IN ('i alt', 'ialt', 'tot', 'total', 'alle'))
$$;
COMMENT ON FUNCTION byudv.own_measure(text) IS 'Used inside: the measure of indicator_measures() that a measure in indicator is called; NULL if none, or only a part of it.';

CREATE FUNCTION byudv.refresh_comparison(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    municipality int := parameters ->> 'municipality';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_own, pg_temp.byudv_new;
    -- Own figures. Persons from the counts with disclosure control, whose suppressed cells are in their sum; all for whole years, or 1 January, of the study window.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_own ON COMMIT DROP AS
        WITH person AS (SELECT p.year, p.population, sum(p.persons) AS n FROM %1$I.person_count p WHERE p.attribute = 'none' AND p.area_kind = 'all' GROUP BY p.year, p.population),
        home AS (SELECT s.year, sum(s.dwellings) FILTER (WHERE s.dwelling_type <> 'holiday') AS n, sum(s.dwellings) FILTER (WHERE s.tenure = 'social') AS social FROM %1$I.stock s WHERE s.area_kind = 'all' GROUP BY s.year),
        built AS (SELECT extract(year FROM d.available_from)::int AS year, count(*) AS n FROM %1$I.dwelling d JOIN %1$I.dwelling_class c ON c.dwelling_id = d.dwelling_id
            WHERE c.in_area AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND d.available_from >= $1 AND d.available_from < $2 GROUP BY 1),
        ended AS (SELECT extract(year FROM o.to_date)::int AS year, count(*) AS n FROM %1$I.occupancy o JOIN %1$I.dwelling_class c ON c.dwelling_id = o.dwelling_id
            WHERE c.in_area AND c.tenure = 'social' AND o.to_date >= $1 AND o.to_date < $2 GROUP BY 1),
        counted AS (SELECT h.year, m.measure, CASE WHEN p.year IS NULL THEN 0 WHEN p.n >= $3 THEN p.n END AS n
            FROM home h CROSS JOIN (VALUES ('population', 'resident'), ('arrivals', 'arrival'), ('departures', 'departure')) m (measure, population) LEFT JOIN person p ON p.year = h.year AND p.population = m.population),
        figure AS (SELECT c.year, c.measure, c.n::numeric AS value FROM counted c
            UNION ALL SELECT h.year, 'dwellings', h.n FROM home h
            UNION ALL SELECT h.year, 'completed', coalesce(b.n, 0) FROM home h LEFT JOIN built b USING (year)
            UNION ALL SELECT h.year, 'household_size', c.n / nullif(h.n, 0) FROM home h JOIN counted c ON c.year = h.year AND c.measure = 'population'
            UNION ALL SELECT h.year, 'turnover_social', 100.0 * coalesce(e.n, 0) / nullif(h.social, 0) FROM home h LEFT JOIN ended e USING (year))
        SELECT f.year, f.measure, round(f.value, 4)::numeric(18, 4) AS value FROM figure f JOIN byudv.indicator_measures() m ON m.measure = f.measure
        WHERE f.value IS NOT NULL AND make_date(f.year, 1, 1) BETWEEN $1 AND $2 AND (m.on_1_january OR make_date(f.year + 1, 1, 1) <= $2)$q$, monitor)
        USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date, (parameters ->> 'min_cell')::int;
    -- Figures of a quarter or month are about something else, but for the first of the year where what is counted is as on 1 January.
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH named AS (SELECT n.measure, byudv.own_measure(n.measure) AS own_measure FROM (SELECT DISTINCT i.measure FROM %1$I.indicator i) n)
        SELECT x.year, x.period, x.source, x.municipality, x.area_kind, x.area_code, x.measure, (row_number() OVER (PARTITION BY x.year, x.period, x.source, x.municipality, x.area_kind, x.area_code, x.measure
                ORDER BY x.unit COLLATE "C", x.definition COLLATE "C", x.value))::int AS copy, x.own_measure, x.unit, x.definition, x.is_own, x.value, x.own_value
        FROM (SELECT coalesce(i.year, 0)::int AS year, left(coalesce(i.period, ''), 20)::varchar(20) AS period, left(i.source, 40)::varchar(40) AS source, coalesce(i.municipality, 0)::int AS municipality,
                coalesce(byudv.bi_key(i.area_kind), 'all')::varchar(40) AS area_kind, coalesce(byudv.bi_key(i.area_code), 'all')::varchar(40) AS area_code, left(i.measure, 200)::varchar(200) AS measure,
                n.own_measure::varchar(40) AS own_measure, left(i.unit, 60)::varchar(60) AS unit, left(i.definition, 1000)::varchar(1000) AS definition,
                (i.municipality IS NOT DISTINCT FROM $1 AND i.area_kind IS NULL)::int::smallint AS is_own, CASE WHEN i.value <> 'NaN' THEN round(i.value, 4)::numeric(18, 4) END AS value, o.value AS own_value
            FROM %1$I.indicator i LEFT JOIN named n ON n.measure = i.measure LEFT JOIN byudv.indicator_measures() m ON m.measure = n.own_measure
            LEFT JOIN pg_temp.byudv_own o ON o.measure = n.own_measure AND o.year = i.year AND i.area_kind IS NULL
                AND (i.period IS NULL OR i.period IN ('', i.year::text) OR m.on_1_january AND i.period IN (i.year || 'K1', i.year || 'Q1', i.year || 'M01', i.year || 'H1'))) x$q$, monitor) USING municipality;
    merged := byudv.merge_rows(monitor, 'comparison', ARRAY['year', 'period', 'source', 'municipality', 'area_kind', 'area_code', 'measure', 'copy']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_comparison(text, jsonb) IS 'Used inside: the step of a refresh that makes comparison.';
