-- BI views: what is being built and who will live there; the figures of others beside those of the monitor.

CREATE FUNCTION byudv.bi_plans_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_pipeline', 'project_id, line', 'Byggeprojekter fra lokalplan til indflytning: forventede, byggede og kommende boliger, en række for hver slags bolig i et projekt',
    'Building projects from local plan to the first resident: dwellings expected, built and still to come, one row for each kind of dwelling in a project. A project lies in one area, of the kind that the plan names',
    'Hvor mange boliger er på vej, hvor, og hvor langt er projekterne?',
    $q$SELECT p.project_id, p.line, coalesce(p.name, 'Projekt ' || p.project_id) AS name, coalesce(p.plan_code, 'Ikke oplyst') AS plan_code, p.area_kind, p.area_code,
         coalesce(a.area_label, CASE p.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE p.area_code END) AS area_label, p.stage, s.label_da AS stage_label, s.sort_order AS stage_sort, p.stage_on, p.adopted_on, p.permit_on, p.started_on,
         p.completed_on, p.occupied_on, p.dwelling_type, t.label_da AS dwelling_type_label, p.tenure, n.label_da AS tenure_label, p.size_band, z.label_da AS size_band_label, p.area_m2, p.expected, p.realised,
         p.realised - p.expected AS difference, p.registered, p.to_come, p.expected_on, p.overdue
       FROM %1$I.pipeline p LEFT JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code JOIN byudv.bi_codes() s ON s.attribute = 'stage' AND s.code = p.stage
       LEFT JOIN byudv.dwelling_type_code t ON t.code = p.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = p.tenure LEFT JOIN byudv.bi_codes() z ON z.attribute = 'size_band' AND z.code = p.size_band$q$),
('bi_expected_residents', 'project_id, year, age_band', 'Hvem der kan ventes at bo i de kommende boliger et år efter ibrugtagning, efter alder, med 95 %-grænser, ud fra tidligere nybyggeri',
    'Whom to expect in the dwellings to come a year after they are taken into use, by age, with 95 % limits, from new dwellings of the past. Limits are those of a single project: they do not add up',
    'Hvor mange børn kommer der i det nye byggeri?',
    $q$SELECT e.project_id, coalesce(p.name, 'Projekt ' || p.project_id) AS project_name, p.area_kind, p.area_code, coalesce(a.area_label, CASE p.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE p.area_code END) AS area_label,
         e.year, e.age_band, b.label_da AS age_band_label, b.sort_order AS age_band_sort, e.dwellings, e.expected, e.lower, e.upper, s.label_da AS basis_label, e.comparable_dwellings
       FROM %1$I.expected_resident e JOIN %1$I.pipeline p ON p.project_id = e.project_id AND p.line = 1 LEFT JOIN %1$I.area_list a ON a.area_kind = p.area_kind AND a.area_code = p.area_code
       JOIN byudv.bi_codes() b ON b.attribute = 'age_band' AND b.code = e.age_band JOIN byudv.bi_codes() s ON s.attribute = 'basis' AND s.code = e.basis::text$q$),
('bi_backtest', 'left_out_year, dwelling_type, tenure, age_band', 'Efterprøvning: tidligere års nye boliger forudsagt ud fra de andre år, og hvor mange der faktisk kom',
    'Test of the method: new dwellings of a past year told from those of all other years, and what really came; type and tenure with at least ten new dwellings in the year',
    'Hvor ofte holder forventningerne til nybyggeriets beboere?',
    $q$SELECT k.left_out_year, k.dwelling_type, t.label_da AS dwelling_type_label, k.tenure, n.label_da AS tenure_label, k.age_band, b.label_da AS age_band_label, b.sort_order AS age_band_sort, k.dwellings, k.expected, k.lower, k.upper,
         k.actual, k.inside, s.label_da AS basis_label
       FROM %1$I.backtest k LEFT JOIN byudv.dwelling_type_code t ON t.code = k.dwelling_type LEFT JOIN byudv.tenure_code n ON n.code = k.tenure JOIN byudv.bi_codes() b ON b.attribute = 'age_band' AND b.code = k.age_band
       JOIN byudv.bi_codes() s ON s.attribute = 'basis' AND s.code = k.basis::text$q$),
('bi_indicator', 'year, period, source, municipality, area_kind, area_code, measure, copy', 'Andres tal ved siden af egne: Danmarks Statistik, Landsbyggefonden, KL, andre kommuner, og hvorfor tallene afviger',
    'Figures of others beside the monitor''s own for the same thing and year, and why they differ. Numbers are compared for the own municipality only, rates with all',
    'Stemmer vores tal med Danmarks Statistik, og hvordan ligger vi i forhold til andre kommuner?',
    $q$SELECT c.year, c.period, c.source, lpad(c.municipality::text, 4, '0') AS municipality, CASE WHEN c.municipality = 0 THEN 'Hele landet' ELSE coalesce(k.label_da, 'Kommune ' || c.municipality) END AS municipality_label, c.area_kind, c.area_code, coalesce(a.area_label, CASE c.area_code WHEN 'none' THEN 'Ikke oplyst' ELSE c.area_code END) AS area_label,
         c.measure, c.copy, coalesce(m.label_da, c.measure) AS measure_label, c.own_measure, c.unit, CASE c.unit WHEN 'persons' THEN 'personer' WHEN 'dwellings' THEN 'boliger' WHEN 'percent' THEN 'pct.' ELSE c.unit END AS unit_label, c.definition, c.is_own,
         c.own_value, c.value, d.difference, round(100 * d.difference / nullif(c.value, 0), 2) AS difference_percent,
         CASE WHEN c.own_measure IS NULL THEN 'Monitoren har intet tal for det samme.' WHEN c.own_value IS NULL THEN 'Monitoren har intet tal for denne periode eller dette område.'
           WHEN c.is_own = 1 THEN m.explanation_da WHEN m.is_rate THEN 'En anden kommune, region eller hele landet; egne tal er for monitorens kommune.'
           ELSE 'En anden kommune eller hele landet; antal af forskellig størrelse sammenlignes ikke.' END AS explanation_da
       FROM %1$I.comparison c LEFT JOIN %1$I.area_list a ON a.area_kind = c.area_kind AND a.area_code = c.area_code LEFT JOIN byudv.indicator_measures() m ON m.measure = c.own_measure LEFT JOIN byudv.register_code k ON k.list = 'municipality' AND k.code = c.municipality::text
       CROSS JOIN LATERAL (SELECT CASE WHEN c.is_own = 1 OR m.is_rate THEN c.own_value - c.value END AS difference) d$q$)
$$;
COMMENT ON FUNCTION byudv.bi_plans_views() IS 'Used inside: the views of plans and comparison, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_plans_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 85 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_pipeline', 'project_id', 'bigint', 'Projektnummer', 'Projektets nummer', 'Number of the project'),
('bi_pipeline', 'line', 'integer', 'Linje', 'Nummer på slagsen af bolig i projektet; et projekt uden har en linje', 'Counts the kinds of dwelling of a project from 1; a project without has one line'),
('bi_pipeline', 'name', 'varchar(140)', 'Projekt', 'Projektets navn', 'Name of the project'),
('bi_pipeline', 'plan_code', 'varchar(60)', 'Lokalplan', 'Lokalplanen', 'Local plan'),
('bi_pipeline', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område, som planen er knyttet til; none: ikke oplyst', 'Kind of the area that the plan names; none: not known'),
('bi_pipeline', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; none: ikke oplyst', 'Code of the area; none: not known'),
('bi_pipeline', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_pipeline', 'stage', 'varchar(20)', 'Stade, kode', 'Hvor langt projektet er nået før datadatoen', 'The furthest that the project has come before the data date: planned, permitted, started, completed, occupied'),
('bi_pipeline', 'stage_label', 'varchar(80)', 'Stade', 'Hvor langt projektet er nået før datadatoen', 'The same as people read it'),
('bi_pipeline', 'stage_sort', 'integer', 'Stade, rækkefølge', 'Stadets rækkefølge', 'Order of the stages'),
('bi_pipeline', 'stage_on', 'date', 'Siden', 'Dagen, hvor stadet blev nået; planlagt: lokalplanens vedtagelse', 'Day on which the stage was reached; planned: that of the local plan, where it is adopted'),
('bi_pipeline', 'adopted_on', 'date', 'Lokalplan vedtaget', 'Dagen, hvor lokalplanen blev vedtaget', 'Local plan adopted'),
('bi_pipeline', 'permit_on', 'date', 'Byggetilladelse', 'Dagen for byggetilladelsen', 'Building permit'),
('bi_pipeline', 'started_on', 'date', 'Påbegyndt', 'Dagen, hvor byggeriet begyndte', 'Building started'),
('bi_pipeline', 'completed_on', 'date', 'Fuldført', 'Dagen, hvor byggeriet var færdigt', 'Building completed'),
('bi_pipeline', 'occupied_on', 'date', 'Indflyttet', 'Dagen, hvor den første flyttede ind', 'First resident'),
('bi_pipeline', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_pipeline', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_pipeline', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Ejerformens kode', 'Code of the tenure'),
('bi_pipeline', 'tenure_label', 'varchar(80)', 'Ejerform', 'Ejerformen', 'Tenure'),
('bi_pipeline', 'size_band', 'varchar(20)', 'Boligstørrelse, kode', 'Størrelsesgruppens kode', 'Code of the size band'),
('bi_pipeline', 'size_band_label', 'varchar(80)', 'Boligstørrelse', 'Størrelsesgruppen', 'Size band'),
('bi_pipeline', 'area_m2', 'integer', 'Areal, m²', 'En boligs areal, kvadratmeter', 'Size of one dwelling, square metres'),
('bi_pipeline', 'expected', 'integer', 'Forventede boliger', 'Boliger efter planen', 'Dwellings as planned'),
('bi_pipeline', 'realised', 'integer', 'Byggede boliger', 'Boliger bygget, efter planens egne tal', 'Dwellings built, as the plan says'),
('bi_pipeline', 'difference', 'integer', 'Byggede minus forventede', 'Byggede boliger minus forventede', 'Built less planned'),
('bi_pipeline', 'registered', 'integer', 'Boliger i BBR', 'Boliger af typen, der er taget i brug i området fra byggeriets start til 90 dage efter det var færdigt; tom, hvor andet af samme type blev bygget der samtidig', 'Dwellings of this type taken into use in the area from the start of building to 90 days after completion; empty where something else of this type was built there at that time'),
('bi_pipeline', 'to_come', 'integer', 'Kommende boliger', 'Boliger, der mangler endnu; 0, når projektet er fuldført', 'Dwellings still to come; 0 once the project is completed'),
('bi_pipeline', 'expected_on', 'date', 'Forventet ibrugtagning', 'Dagen, hvor boligerne ventes taget i brug', 'When they are expected to be taken into use'),
('bi_pipeline', 'overdue', 'smallint', 'Forsinket', '1: dagen er passeret, og der mangler boliger', '1: that day has passed, and dwellings are still to come'),
('bi_expected_residents', 'project_id', 'bigint', 'Projektnummer', 'Projektets nummer', 'Number of the project'),
('bi_expected_residents', 'project_name', 'varchar(140)', 'Projekt', 'Projektets navn', 'Name of the project'),
('bi_expected_residents', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område, som planen er knyttet til; none: ikke oplyst', 'Kind of the area that the plan names; none: not known'),
('bi_expected_residents', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; none: ikke oplyst', 'Code of the area; none: not known'),
('bi_expected_residents', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_expected_residents', 'year', 'integer', 'Ibrugtagning, år', 'Året, hvor boligerne ventes taget i brug, tidligst datadatoens; 0: ikke oplyst. Tallene gælder et år efter', 'Year in which the dwellings are expected to be taken into use, not before that of the data date; 0: not known. Figures are for a year after'),
('bi_expected_residents', 'age_band', 'varchar(20)', 'Alder, kode', 'Aldersgruppens kode', 'Code of the age band'),
('bi_expected_residents', 'age_band_label', 'varchar(80)', 'Alder', 'Aldersgruppen', 'Age band'),
('bi_expected_residents', 'age_band_sort', 'integer', 'Alder, rækkefølge', 'Aldersgruppens rækkefølge', 'Order of the age bands'),
('bi_expected_residents', 'dwellings', 'integer', 'Kommende boliger', 'Boliger i projektet, der kommer det år', 'Dwellings of the project that come in that year'),
('bi_expected_residents', 'expected', 'numeric(10,1)', 'Forventede beboere', 'Beboere, der kan ventes; tom, hvor der er for få boliger at sammenligne med', 'Residents expected; empty where too few dwellings are comparable'),
('bi_expected_residents', 'lower', 'integer', 'Nedre grænse', 'Nedre 95 %-grænse for projektet', 'Lower 95 % limit of the project'),
('bi_expected_residents', 'upper', 'integer', 'Øvre grænse', 'Øvre 95 %-grænse for projektet', 'Upper 95 % limit of the project'),
('bi_expected_residents', 'basis_label', 'varchar(80)', 'Sammenlignet med', 'Hvilke nye boliger tallet bygger på', 'Which new dwellings the figure rests on, Danish'),
('bi_expected_residents', 'comparable_dwellings', 'integer', 'Sammenlignelige boliger', 'Hvor mange nye boliger tallet bygger på', 'How many new dwellings the figure rests on'),
('bi_backtest', 'left_out_year', 'integer', 'Udeladt år', 'Året, hvor boligerne blev taget i brug', 'Year in which the dwellings were taken into use'),
('bi_backtest', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_backtest', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_backtest', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Ejerformens kode', 'Code of the tenure'),
('bi_backtest', 'tenure_label', 'varchar(80)', 'Ejerform', 'Ejerformen', 'Tenure'),
('bi_backtest', 'age_band', 'varchar(20)', 'Alder, kode', 'Aldersgruppens kode', 'Code of the age band'),
('bi_backtest', 'age_band_label', 'varchar(80)', 'Alder', 'Aldersgruppen', 'Age band'),
('bi_backtest', 'age_band_sort', 'integer', 'Alder, rækkefølge', 'Aldersgruppens rækkefølge', 'Order of the age bands'),
('bi_backtest', 'dwellings', 'integer', 'Nye boliger', 'Nye boliger det år', 'New dwellings of the year'),
('bi_backtest', 'expected', 'numeric(10,1)', 'Forventede beboere', 'Beboere et år efter, forudsagt ud fra de andre år', 'Residents a year after, told from the other years'),
('bi_backtest', 'lower', 'integer', 'Nedre grænse', 'Nedre 95 %-grænse', 'Lower 95 % limit'),
('bi_backtest', 'upper', 'integer', 'Øvre grænse', 'Øvre 95 %-grænse', 'Upper 95 % limit'),
('bi_backtest', 'actual', 'integer', 'Faktiske beboere', 'Beboere, der var der et år efter; tom, hvor de er færre end 10, men ikke 0', 'Residents there were a year after; empty where there were fewer than ten, but not none'),
('bi_backtest', 'inside', 'smallint', 'Inden for grænserne', '1: de faktiske beboere ligger inden for grænserne', '1: the actual residents lie within the limits'),
('bi_backtest', 'basis_label', 'varchar(80)', 'Sammenlignet med', 'Hvilke nye boliger forudsigelsen bygger på', 'Which new dwellings it was told from, Danish'),
('bi_indicator', 'year', 'integer', 'År', 'Året; 0: ikke oplyst', 'Year; 0: not known'),
('bi_indicator', 'period', 'varchar(20)', 'Periode', 'Del af året, som kilden skriver den; tom: hele året', 'Part of the year, as the source writes it; empty: the year'),
('bi_indicator', 'source', 'varchar(40)', 'Kilde', 'Hvis tal det er', 'Whose figure it is'),
('bi_indicator', 'municipality', 'varchar(11)', 'Kommunekode', 'Kommunens kode; 0000: hele landet', 'Code of the municipality; 0000: the country'),
('bi_indicator', 'municipality_label', 'varchar(80)', 'Kommune', 'Kommunens navn', 'Name of the municipality'),
('bi_indicator', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; all: det hele', 'Kind of area; all: the whole'),
('bi_indicator', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode; all: det hele', 'Code of the area; all: the whole'),
('bi_indicator', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_indicator', 'measure', 'varchar(200)', 'Mål, kode', 'Hvad kilden måler', 'What the source measures'),
('bi_indicator', 'copy', 'integer', 'Kopi', 'Nummer blandt rækker, der ellers er ens', 'Counts rows that are alike in all the columns before it'),
('bi_indicator', 'measure_label', 'varchar(200)', 'Mål', 'Hvad der måles', 'What is measured, Danish'),
('bi_indicator', 'own_measure', 'varchar(40)', 'Eget mål', 'Monitorens eget mål for det samme; tom, hvor der intet er', 'The monitor''s own measure for the same thing; empty where there is none'),
('bi_indicator', 'unit', 'varchar(60)', 'Enhed, kode', 'Enheden, som kilden skriver den', 'Unit as the source writes it'),
('bi_indicator', 'unit_label', 'varchar(60)', 'Enhed', 'Enheden på dansk', 'Unit, Danish'),
('bi_indicator', 'definition', 'varchar(1000)', 'Definition', 'Hvordan kilden definerer det', 'How the source defines it'),
('bi_indicator', 'is_own', 'smallint', 'Egen kommune', '1: tallet gælder hele monitorens eget område', '1: the figure is about the whole of the monitor''s own study area'),
('bi_indicator', 'own_value', 'numeric(18,4)', 'Eget tal', 'Monitorens tal for sit eget område', 'The monitor''s figure for its own study area'),
('bi_indicator', 'value', 'numeric(18,4)', 'Kildens tal', 'Kildens tal', 'The source''s figure'),
('bi_indicator', 'difference', 'numeric(18,4)', 'Forskel', 'Eget tal minus kildens; antal kun for egen kommune', 'Own figure less the source''s; of numbers for the own municipality only'),
('bi_indicator', 'difference_percent', 'numeric(10,2)', 'Forskel, pct.', 'Forskellen i procent af kildens tal', 'The difference in per cent of the source''s figure'),
('bi_indicator', 'explanation_da', 'varchar(1000)', 'Forklaring', 'Hvorfor tallene kan afvige', 'Why the figures may differ, Danish')
$$;
COMMENT ON FUNCTION byudv.bi_plans_columns() IS 'Used inside: the columns of the views of plans and comparison, as monitor_view_columns() lists them.';
