-- BI views: dwellings to look at, findings in the registers, refreshes, and the list of all views.

CREATE FUNCTION byudv.bi_review_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_tenure_review', 'dwelling_id', 'Boliger, hvis ejerform bør ses efter: hvad registret, Danmarks Statistik og den rettede ejerform siger, hvorfor, og hvad der kan gøres. Boliger, som personer med adressebeskyttelse bor i eller ejer, er ikke med',
    'Dwellings whose tenure is to be looked at: what the register, Statistics Denmark and the corrected tenure say, why, and what can be done. Dwellings in which persons with address protection live or which they own are left out',
    'Hvilke boligers ejerform skal vi se efter først?',
    $q$SELECT r.dwelling_id, r.address, r.area_kind, r.area_code, r.area_label, r.areas, r.dwelling_type, t.label_da AS dwelling_type_label, r.tenure_register, g.label_da AS tenure_register_label,
         r.tenure_dst, s.label_da AS tenure_dst_label, r.tenure, n.label_da AS tenure_label, r.certainty, c.label_da AS certainty_label, r.why, w.label_da AS why_label, w.sort_order AS priority, r.reason, r.organisation, r.issues, r.advice
       FROM %1$I.tenure_review r LEFT JOIN byudv.dwelling_type_code t ON t.code = r.dwelling_type LEFT JOIN byudv.tenure_code g ON g.code = r.tenure_register
       LEFT JOIN byudv.tenure_code s ON s.code = r.tenure_dst LEFT JOIN byudv.tenure_code n ON n.code = r.tenure LEFT JOIN byudv.bi_codes() c ON c.attribute = 'certainty' AND c.code = r.certainty
       LEFT JOIN byudv.bi_codes() w ON w.attribute = 'review' AND w.code = r.why$q$),
('bi_data_issue', 'issue, dwelling_id', 'Fund om boliger i registrene, med adresse og hvad der kan gøres. Boliger, som personer med adressebeskyttelse bor i eller ejer, er ikke med; fund om personer er kun talt i bi_data_issue_summary',
    'Findings about dwellings in the registers, with address and what can be done. Dwellings in which persons with address protection live or which they own are left out; findings about persons are only counted, in bi_data_issue_summary',
    'Hvilke fejl i BBR skal rettes, og på hvilke adresser?',
    $q$SELECT i.issue, k.label_da AS issue_label, k.severity, v.label_da AS severity_label, k.sort_order AS issue_sort, i.dwelling_id, i.address, i.area_kind, i.area_code, i.area_label, i.areas, i.dwelling_type, t.label_da AS dwelling_type_label,
         i.detail, k.advice_da AS advice
       FROM %1$I.dwelling_issue i JOIN byudv.data_issue_kind k ON k.issue = i.issue LEFT JOIN byudv.dwelling_type_code t ON t.code = i.dwelling_type
       LEFT JOIN byudv.bi_codes() v ON v.attribute = 'severity' AND v.code = k.severity$q$),
('bi_data_issue_summary', 'issue', 'Fund i registrene talt efter slags, også dem om personer og dem, der ingen er af. Er der færre personer bag end mindstetallet, er antallet diskretioneret',
    'Findings in the registers by kind, those about persons as well, and kinds of which there are none. Where fewer persons than the least number stand behind, the number is suppressed',
    'Hvor mange fejl er der af hver slags?',
    -- A suppressed number must not follow from the total of run_log, nor from that each is 1 at least: with it go others, the smallest first, until min_cell - 1 persons more than these can be anywhere.
    $q$SELECT k.issue, k.label_da AS issue_label, k.severity, v.label_da AS severity_label, k.sort_order AS issue_sort, CASE WHEN k.about_persons THEN 'person' ELSE 'dwelling' END AS about,
         CASE WHEN NOT h.hidden THEN n.findings END AS findings, CASE WHEN h.hidden THEN 1 ELSE 0 END AS hidden, k.meaning_da AS meaning, k.advice_da AS advice
       FROM (SELECT x.*, x.issue LIKE '%%registration%%' OR x.issue IN ('unknown_dwelling', 'unknown_person') AS about_persons FROM byudv.data_issue_kind x) k
       LEFT JOIN byudv.bi_codes() v ON v.attribute = 'severity' AND v.code = k.severity
       CROSS JOIN (SELECT (s.parameters ->> 'min_cell')::int AS min_cell FROM %1$I.state s) p
       LEFT JOIN (SELECT a.*, coalesce(sum(a.persons - 1) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before, min(nullif(a.persons, 0)) OVER () AS least
           FROM (SELECT i.issue, count(*) AS findings, count(DISTINCT i.person_id) AS persons FROM %1$I.data_issue i GROUP BY i.issue) a WINDOW w AS (PARTITION BY a.persons > 0 ORDER BY a.persons, a.issue COLLATE "C")) c ON c.issue = k.issue
       CROSS JOIN LATERAL (SELECT coalesce(c.findings, 0) AS findings) n
       CROSS JOIN LATERAL (SELECT coalesce(c.persons > 0 AND c.least < p.min_cell AND (c.persons < p.min_cell OR c.before < p.min_cell - 1), false) AS hidden) h$q$),
('bi_run', 'run_id, step', 'Opdateringer og deres trin: hvornår, hvor længe, hvilken datadato, og hvor gamle tallene er', 'Refreshes and their steps: when, how long, which data date, and how old the figures are', 'Er tallene friske?',
    $q$SELECT r.run_id, r.step, coalesce(c.label_da, r.step) AS step_label, coalesce(array_position(byudv.refresh_steps(), r.step), 0) AS step_no, CASE WHEN r.run_id = l.run_id THEN 1 ELSE 0 END AS is_latest,
         r.started_at AT TIME ZONE 'Europe/Copenhagen' AS started_at, r.finished_at AT TIME ZONE 'Europe/Copenhagen' AS finished_at, round(extract(epoch FROM r.finished_at - r.started_at), 2) AS seconds,
         r.outcome, o.label_da AS outcome_label, r.rows_added, r.rows_removed, CASE WHEN isfinite(r.as_of) THEN r.as_of END AS data_date, round(extract(epoch FROM now() - r.finished_at) / 3600, 1) AS hours_since, (s.parameters ->> 'min_cell')::int AS min_cell
       FROM %1$I.run_log r CROSS JOIN %1$I.state s CROSS JOIN (SELECT max(x.run_id) AS run_id FROM %1$I.run_log x WHERE x.step = 'refresh' AND x.outcome IN ('done', 'unchanged')) l
       LEFT JOIN byudv.bi_codes() c ON c.attribute = 'step' AND c.code = r.step LEFT JOIN byudv.bi_codes() o ON o.attribute = 'outcome' AND o.code = r.outcome$q$),
('bi_data_dictionary', 'view_name, column_name', 'Alle visninger og deres kolonner på dansk og engelsk', 'All views and their columns in Danish and English', 'Hvad betyder kolonnen, og hvilken visning svarer på mit spørgsmål?',
    $q$SELECT v.view_name, v.ordinal AS view_no, v.description_da AS view_description_da, v.description_en AS view_description_en, v.question_da, row_number() OVER (PARTITION BY v.view_name ORDER BY c.ordinal) AS column_no,
         c.column_name, c.type, c.label_da, c.description_da, c.description_en, CASE WHEN c.column_name = ANY (string_to_array(v.key, ', ')) THEN 1 ELSE 0 END AS is_key
       FROM byudv.monitor_views() v JOIN byudv.monitor_view_columns() c ON c.view_name = v.view_name$q$)
$$;
COMMENT ON FUNCTION byudv.bi_review_views() IS 'Used inside: the views of what to look at, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_review_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 75 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_tenure_review', 'dwelling_id', 'bigint', 'Bolignummer', 'Boligens nummer i monitoren', 'Number of the dwelling in the monitor'),
('bi_tenure_review', 'address', 'varchar(200)', 'Adresse', 'Boligens adresse', 'Address'),
('bi_tenure_review', 'area_kind', 'varchar(40)', 'Områdetype', 'Den fineste inddeling, der rummer næsten alle boliger', 'The finest kind of area that holds nearly all homes'),
('bi_tenure_review', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_tenure_review', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_tenure_review', 'areas', 'varchar(400)', 'Alle områder', 'Alle områder, som boligen ligger i', 'All areas that the dwelling lies in'),
('bi_tenure_review', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_tenure_review', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_tenure_review', 'tenure_register', 'varchar(30)', 'Registrets ejerform, kode', 'Ejerformen efter registrets ejerforholdskode', 'Code of the tenure by the register''s owner code'),
('bi_tenure_review', 'tenure_register_label', 'varchar(80)', 'Registrets ejerform', 'Ejerformen efter registrets ejerforholdskode', 'Tenure by the register''s owner code'),
('bi_tenure_review', 'tenure_dst', 'varchar(30)', 'Danmarks Statistiks ejerform, kode', 'Ejerformen som Danmarks Statistik opgør den', 'Code of the tenure as Statistics Denmark reads it'),
('bi_tenure_review', 'tenure_dst_label', 'varchar(80)', 'Danmarks Statistiks ejerform', 'Ejerformen som Danmarks Statistik opgør den', 'Tenure as Statistics Denmark reads it'),
('bi_tenure_review', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_tenure_review', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_tenure_review', 'certainty', 'varchar(10)', 'Sikkerhed, kode', 'high, medium eller low', 'high, medium or low'),
('bi_tenure_review', 'certainty_label', 'varchar(20)', 'Sikkerhed', 'Hvor sikker den rettede ejerform er', 'How certain the corrected tenure is'),
('bi_tenure_review', 'why', 'varchar(20)', 'Hvorfor på listen, kode', 'Koden for, hvorfor boligen er på listen', 'Code of why the dwelling is listed'),
('bi_tenure_review', 'why_label', 'varchar(80)', 'Hvorfor på listen', 'Hvorfor boligen er på listen', 'Why the dwelling is listed'),
('bi_tenure_review', 'priority', 'integer', 'Rækkefølge', 'De laveste tal ses efter først', 'Those with the lowest numbers are to be looked at first'),
('bi_tenure_review', 'reason', 'varchar(400)', 'Begrundelse', 'Hvorfor den rettede ejerform er, som den er; uden navne på personer', 'Why the corrected tenure is what it is, in Danish, without names of persons'),
('bi_tenure_review', 'organisation', 'varchar(200)', 'Boligorganisation', 'Boligorganisation, som ejerens navn viser', 'Housing organisation that the owner''s name tells'),
('bi_tenure_review', 'issues', 'varchar(400)', 'Fund', 'Fund i registrene om boligens ejerforhold', 'Findings in the registers about its tenure, in Danish'),
('bi_tenure_review', 'advice', 'varchar(400)', 'Hvad kan gøres', 'Hvad der kan gøres', 'What can be done, in Danish'),
('bi_data_issue', 'issue', 'varchar(40)', 'Fund, kode', 'Koden for fundets slags', 'Code of the kind of finding'),
('bi_data_issue', 'issue_label', 'varchar(80)', 'Fund', 'Fundets slags', 'Kind of finding'),
('bi_data_issue', 'severity', 'varchar(10)', 'Alvor, kode', 'error, warning eller notice', 'error, warning or notice'),
('bi_data_issue', 'severity_label', 'varchar(40)', 'Alvor', 'Hvor alvorligt det er', 'How serious it is'),
('bi_data_issue', 'issue_sort', 'integer', 'Rækkefølge', 'Rækkefølge af slags', 'Order of kinds'),
('bi_data_issue', 'dwelling_id', 'bigint', 'Bolignummer', 'Boligens nummer i monitoren', 'Number of the dwelling in the monitor'),
('bi_data_issue', 'address', 'varchar(200)', 'Adresse', 'Boligens adresse', 'Address'),
('bi_data_issue', 'area_kind', 'varchar(40)', 'Områdetype', 'Den fineste inddeling, der rummer næsten alle boliger', 'The finest kind of area that holds nearly all homes'),
('bi_data_issue', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_data_issue', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_data_issue', 'areas', 'varchar(400)', 'Alle områder', 'Alle områder, som boligen ligger i', 'All areas that the dwelling lies in'),
('bi_data_issue', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_data_issue', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_data_issue', 'detail', 'varchar(400)', 'Hvad der er fundet', 'Hvad der er fundet; uden oplysninger om enkelte personer', 'What was found, in Danish, without what concerns single persons'),
('bi_data_issue', 'advice', 'varchar(400)', 'Hvad kan gøres', 'Hvad der kan gøres', 'What can be done, in Danish'),
('bi_data_issue_summary', 'issue', 'varchar(40)', 'Fund, kode', 'Koden for fundets slags', 'Code of the kind of finding'),
('bi_data_issue_summary', 'issue_label', 'varchar(80)', 'Fund', 'Fundets slags', 'Kind of finding'),
('bi_data_issue_summary', 'severity', 'varchar(10)', 'Alvor, kode', 'error, warning eller notice', 'error, warning or notice'),
('bi_data_issue_summary', 'severity_label', 'varchar(40)', 'Alvor', 'Hvor alvorligt det er', 'How serious it is'),
('bi_data_issue_summary', 'issue_sort', 'integer', 'Rækkefølge', 'Rækkefølge af slags', 'Order of kinds'),
('bi_data_issue_summary', 'about', 'varchar(10)', 'Om', 'person: om tilmeldinger; dwelling: om boliger', 'person: about records of persons; dwelling: about dwellings'),
('bi_data_issue_summary', 'findings', 'bigint', 'Antal', 'Antal fund; tomt er diskretioneret', 'Findings; NULL: suppressed'),
('bi_data_issue_summary', 'hidden', 'smallint', 'Diskretioneret', '1: antallet vises ikke', '1: the number is suppressed'),
('bi_data_issue_summary', 'meaning', 'varchar(400)', 'Betydning', 'Hvad fundet betyder', 'What the finding means, in Danish'),
('bi_data_issue_summary', 'advice', 'varchar(400)', 'Hvad kan gøres', 'Hvad der kan gøres', 'What can be done, in Danish'),
('bi_run', 'run_id', 'bigint', 'Opdatering', 'Opdateringens nummer', 'Number of the refresh'),
('bi_run', 'step', 'varchar(40)', 'Trin, kode', 'Trinnet; refresh er opdateringen som helhed', 'The step; refresh is the whole'),
('bi_run', 'step_label', 'varchar(80)', 'Trin', 'Trinnets navn', 'Name of the step, Danish'),
('bi_run', 'step_no', 'integer', 'Rækkefølge', 'Trinnets plads; 0 er opdateringen som helhed', 'Place of the step; 0 is the whole'),
('bi_run', 'is_latest', 'smallint', 'Den seneste', '1: den seneste opdatering, der er gennemført', '1: the latest refresh that was completed'),
('bi_run', 'started_at', 'timestamp', 'Begyndt', 'Begyndt, dansk tid', 'Begun, Danish time'),
('bi_run', 'finished_at', 'timestamp', 'Sluttet', 'Sluttet, dansk tid', 'Ended, Danish time'),
('bi_run', 'seconds', 'numeric(12,2)', 'Sekunder', 'Varighed i sekunder', 'Duration, seconds'),
('bi_run', 'outcome', 'varchar(20)', 'Resultat, kode', 'Koden for, hvordan det gik', 'Code of how it went'),
('bi_run', 'outcome_label', 'varchar(80)', 'Resultat', 'Hvordan det gik', 'How it went, Danish'),
('bi_run', 'rows_added', 'bigint', 'Rækker skrevet', 'Rækker, der er skrevet', 'Rows written'),
('bi_run', 'rows_removed', 'bigint', 'Rækker fjernet', 'Rækker, der er fjernet', 'Rows removed'),
('bi_run', 'data_date', 'date', 'Datadato', 'Tallene gælder for dagene før denne dato', 'The figures are of the days before this date'),
('bi_run', 'hours_since', 'numeric(12,1)', 'Timer siden', 'Timer siden den sluttede', 'Hours since it ended'),
('bi_run', 'min_cell', 'integer', 'Mindste antal personer', 'Færre personer end dette vises ikke', 'Fewer persons than this are not shown'),
('bi_data_dictionary', 'view_name', 'varchar(63)', 'Visning', 'Visningens navn', 'Name of the view'),
('bi_data_dictionary', 'view_no', 'integer', 'Visningens nummer', 'Visningernes rækkefølge', 'Order of the views'),
('bi_data_dictionary', 'view_description_da', 'varchar(1000)', 'Om visningen', 'Hvad visningen viser', 'What the view shows, Danish'),
('bi_data_dictionary', 'view_description_en', 'varchar(1000)', 'Om visningen, engelsk', 'Hvad visningen viser, på engelsk', 'What the view shows, English'),
('bi_data_dictionary', 'question_da', 'varchar(400)', 'Spørgsmål', 'Et spørgsmål, som visningen svarer på', 'A question that it answers, Danish'),
('bi_data_dictionary', 'column_no', 'integer', 'Kolonnens nummer', 'Kolonnens plads', 'Place of the column'),
('bi_data_dictionary', 'column_name', 'varchar(63)', 'Kolonne', 'Kolonnens navn', 'Name of the column'),
('bi_data_dictionary', 'type', 'varchar(30)', 'Datatype', 'Kolonnens datatype', 'Its data type'),
('bi_data_dictionary', 'label_da', 'varchar(120)', 'Overskrift', 'Kolonnens overskrift', 'Header for people, Danish'),
('bi_data_dictionary', 'description_da', 'varchar(1000)', 'Beskrivelse', 'Hvad kolonnen holder', 'What the column holds, Danish'),
('bi_data_dictionary', 'description_en', 'varchar(1000)', 'Beskrivelse, engelsk', 'Hvad kolonnen holder, på engelsk', 'What the column holds, English'),
('bi_data_dictionary', 'is_key', 'smallint', 'Del af nøglen', '1: kolonnen er med i visningens nøgle', '1: the column is a part of the view''s key')
$$;
COMMENT ON FUNCTION byudv.bi_review_columns() IS 'Used inside: the columns of the views of what to look at, as monitor_view_columns() lists them.';
