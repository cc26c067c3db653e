-- help(): what there is, by what one wants to do. A test sees to it that every function is there once, and that every example runs on the demo municipality.

CREATE FUNCTION byudv.help_list(OUT ordinal int, OUT task text, OUT what text, OUT function text, OUT example text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, pg_temp AS $help$
SELECT (row_number() OVER ())::int, v.task, v.what, v.function, v.example
FROM (VALUES
('classify', 'Type and tenure of all dwellings of a table or view', 'classify_dwellings', $$SELECT * FROM byudv.classify_dwellings('my_dwellings')$$),
('classify', 'Tenure of one dwelling: owner code, building use, owner name, defect insurance', 'tenure', $$SELECT byudv.tenure(10, 140, 'AAB AFD 55', NULL)$$),
('classify', 'Type of one dwelling: unit use, building use, unit kind', 'dwelling_type', $$SELECT byudv.dwelling_type(140, 140, '1')$$),
('classify', 'Whether the owner lives there, from the registered use', 'owner_occupied', $$SELECT byudv.owner_occupied(2)$$),
('classify', 'What kind of owner a name tells', 'owner_kind', $$SELECT byudv.owner_kind('A/B Lupinhaven')$$),
('classify', 'Which housing organisation a name belongs to', 'owner_organisation', $$SELECT byudv.owner_organisation('AAB AFD 55')$$),
('classify', 'Owner names in one spelling', 'normalise_owner_name', $$SELECT byudv.normalise_owner_name('Boligforeningen AAB Afd. 55 v/ Jensen')$$),

('explain', 'Tenure with rule, certainty and a Danish reason', 'tenure_decision', $$SELECT * FROM byudv.tenure_decision(10, 140, 'AAB AFD 55', NULL)$$),
('explain', 'Every rule, and why it did or did not decide', 'explain_tenure', $$SELECT * FROM byudv.explain_tenure(10, 140, 'AAB AFD 55', NULL) WHERE outcome <> 'no match'$$),
('explain', 'Why a dwelling is of its type', 'explain_dwelling_type', $$SELECT byudv.explain_dwelling_type(140, 140, '1')$$),
('explain', 'Which pattern decides on an owner name', 'owner_match', $$SELECT * FROM byudv.owner_match('AAB AFD 55')$$),
('explain', 'All patterns that match an owner name', 'owner_matches', $$SELECT * FROM byudv.owner_matches('AAB AFD 55')$$),

('codes', 'Label of a code, in Danish or English', 'label', $$SELECT byudv.label('tenure', 'social')$$),
('codes', 'Dwelling types', 'dwelling_types', $$SELECT * FROM byudv.dwelling_types()$$),
('codes', 'Tenures', 'tenure_codes', $$SELECT * FROM byudv.tenure_codes()$$),
('codes', 'Norms of tenure: the register, Statistics Denmark, corrected, and your own', 'tenure_norms', $$SELECT * FROM byudv.tenure_norms()$$),
('codes', 'Kinds of owner', 'owner_kinds', $$SELECT * FROM byudv.owner_kinds()$$),
('codes', 'Owner codes of the register', 'owner_codes', $$SELECT * FROM byudv.owner_codes()$$),
('codes', 'Codes of defect insurance', 'insurance_codes', $$SELECT * FROM byudv.insurance_codes()$$),
('codes', 'Codes of public support', 'support_codes', $$SELECT * FROM byudv.support_codes()$$),

('rules', 'Your own rules, patterns and codes as one value', 'own_rules', $$SELECT byudv.own_rules()$$),
('rules', 'Put such a value into a database, in the place of your own rows there', 'load_own_rules', $$SELECT byudv.load_own_rules(byudv.own_rules())$$),
('rules', 'Bring your own rows to every worker of a Citus cluster', 'citus_sync_rules', $$SELECT * FROM byudv.citus_sync_rules()$$),

('durations', 'Summary of stays that a register saw from one day to another', 'survival_agg',
    $$CREATE TEMPORARY TABLE stay AS SELECT c.tenure, byudv.survival_agg(o.from_date, o.to_date, '2016-01-01', '2026-01-01') AS s FROM birkelev.occupancy o JOIN birkelev.dwelling_class c USING (dwelling_id) GROUP BY c.tenure$$),
('durations', 'What a summary rests on', 'survival_counts', $$SELECT tenure, n.* FROM stay, byudv.survival_counts(s) n$$),
('durations', 'Median duration with limits', 'survival_median', $$SELECT tenure, m.* FROM stay, byudv.survival_median(s) m$$),
('durations', 'Any other share: days by which a quarter has left', 'survival_quantile', $$SELECT tenure, q.* FROM stay, byudv.survival_quantile(s, 0.25) q$$),
('durations', 'Share that stays longer than a year', 'survival_at', $$SELECT tenure, byudv.survival_at(s, 365) FROM stay$$),
('durations', 'The same with limits', 'survival_estimate', $$SELECT tenure, e.* FROM stay, byudv.survival_estimate(s, 365) e$$),
('durations', 'The whole curve', 'survival_curve', $$SELECT tenure, c.* FROM stay, byudv.survival_curve(s) c$$),
('durations', 'From when on enough are observed to trust the curve', 'survival_start', $$SELECT tenure, byudv.survival_start(s, 30) FROM stay$$),
('durations', 'What those do who have stayed a year already', 'conditional_survival', $$SELECT tenure, m.* FROM stay, byudv.survival_median(byudv.conditional_survival(s, 365)) m$$),
('durations', 'Mean days within the first two years', 'restricted_mean', $$SELECT tenure, m.* FROM stay, byudv.restricted_mean(s, 730) m$$),
('durations', 'Moves per dwelling-year with limits', 'turnover_rate', $$SELECT tenure, t.* FROM stay, byudv.turnover_rate(s) t$$),
('durations', 'Whether groups differ: log-rank test', 'log_rank', $$SELECT * FROM byudv.log_rank(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM stay))$$),
('durations', 'Observed and expected in each group of that test', 'log_rank_groups', $$SELECT * FROM byudv.log_rank_groups(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM stay))$$),
('durations', 'Merge summaries: all tenures together', 'rollup', $$SELECT m.* FROM (SELECT byudv.rollup(s) AS s FROM stay) x, byudv.survival_median(x.s) m$$),
('durations', 'How a register sees one stay', 'observation', $$SELECT * FROM byudv.observation('2012-05-01', '2017-03-01', '2016-01-01', '2026-01-01')$$),
('durations', 'A stay cut at each New Year and at 1, 2, 5, 10 years: rates by year', 'exposure', $$SELECT * FROM byudv.exposure('2012-05-01', '2017-03-01')$$),

('ends', 'Summary of stays that end in one of several ways', 'competing_risks_agg',
    $$CREATE TEMPORARY TABLE ending AS SELECT byudv.competing_risks_agg(r.from_date, r.to_date, CASE m.departure WHEN 'internal' THEN 1 WHEN 'died' THEN 3 ELSE 2 END, '2016-01-01', '2026-01-01') AS c FROM birkelev.residence r LEFT JOIN birkelev.move m ON m.person_id = r.person_id AND m.left_on = r.to_date WHERE r.dwelling_id IS NOT NULL$$),
('ends', 'Share that has ended in each way, over time', 'cumulative_incidence', $$SELECT i.* FROM ending, byudv.cumulative_incidence(c) i$$),
('ends', 'The same at five years', 'incidence_at', $$SELECT i.* FROM ending, byudv.incidence_at(c, 1826) i$$),
('ends', 'The same for those who have stayed a year already', 'conditional_incidence', $$SELECT i.* FROM ending, byudv.incidence_at(byudv.conditional_incidence(c, 365), 1826) i$$),
('ends', 'Ends in any way, as a summary of durations', 'any_cause', $$SELECT m.* FROM ending, byudv.survival_median(byudv.any_cause(c)) m$$),
('ends', 'Ends in one way: rates and tests of it', 'cause_specific', $$SELECT t.* FROM ending, byudv.turnover_rate(byudv.cause_specific(c, 1)) t$$),

('compare', 'A share with its limits', 'share_limits', $$SELECT * FROM byudv.share_limits(12, 80)$$),
('compare', 'Whether two groups have the same share', 'compare_shares', $$SELECT * FROM byudv.compare_shares(640, 1000, 300, 1000)$$),
('compare', 'A rate of counts that are added up already, with its limits', 'event_rate', $$SELECT r.* FROM (SELECT sum(ends)::bigint AS ends, sum(dwelling_years)::float8 AS years FROM birkelev.bi_turnover WHERE area_kind = 'all') t, byudv.event_rate(t.ends, t.years) r$$),
('compare', 'Whether two groups have the same rate', 'compare_rates', $$SELECT * FROM byudv.compare_rates(260, 1000, 130, 1000)$$),
('compare', 'How often chance alone gives such a chi-square', 'chi_square_p', $$SELECT byudv.chi_square_p(6.63)$$),

('moves', 'Where persons lived, without overlaps', 'residences', $$SELECT * FROM byudv.residences('birkelev.address_period') LIMIT 10$$),
('moves', 'The same straight into an empty table, quicker', 'build_residences',
    $$CREATE TEMPORARY TABLE home (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int); SELECT * FROM byudv.build_residences('birkelev.address_period', 'home')$$),
('moves', 'The same as an aggregate, person by person', 'residence_agg', $$SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) FROM birkelev.address_period GROUP BY person_id LIMIT 10$$),
('moves', 'Address records that cannot be used', 'residence_rejects', $$SELECT * FROM byudv.residence_rejects('birkelev.address_period')$$),
('moves', 'Moves: arrivals, departures, within the municipality', 'moves', $$SELECT arrival, departure, count(*) FROM byudv.moves('birkelev.residence', 'birkelev.person', 'birkelev.address_period', '2016-01-01', '2026-01-01') GROUP BY 1, 2$$),
('moves', 'Households that had a dwelling one after the other', 'occupancies', $$SELECT * FROM byudv.occupancies('birkelev.residence') LIMIT 10$$),
('moves', 'The same as an aggregate, dwelling by dwelling', 'occupancy_agg', $$SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) FROM birkelev.residence WHERE dwelling_id IS NOT NULL GROUP BY dwelling_id LIMIT 10$$),

('chains', 'Vacancies, and what those who fill them set free', 'vacancy_flows',
    $$CREATE TEMPORARY TABLE flow AS SELECT * FROM byudv.vacancy_flows('birkelev.residence', 'birkelev.dwelling', '2016-01-01', '2026-01-01')$$),
('chains', 'What new dwellings set free, round by round', 'vacancy_chains', $$SELECT round, sum(weight) FROM byudv.vacancy_chains('flow') GROUP BY round ORDER BY round$$),
('chains', 'Expected length of chains', 'chain_lengths',
    $$CREATE TEMPORARY VIEW transition AS SELECT 'home' AS from_stratum, CASE WHEN outcome = 'vacated' THEN 'home' END AS to_stratum, count(*) AS n FROM flow WHERE movers > 0 GROUP BY 2; SELECT * FROM byudv.chain_lengths('transition')$$),
('chains', 'How many vacancies one brings about, by kind of dwelling', 'chain_multipliers', $$SELECT * FROM byudv.chain_multipliers('transition')$$),

('monitor', 'Make a monitor of a municipality', 'create_monitor', $$SELECT byudv.create_monitor('ballerup', 151)$$),
('monitor', 'Which monitors there are', 'monitors', $$SELECT * FROM byudv.monitors()$$),
('monitor', 'What stands in the way of a refresh', 'check_monitor', $$SELECT * FROM byudv.check_monitor('birkelev') WHERE status <> 'ok'$$),
('monitor', 'Bring results and views up to date', 'refresh', $$CALL byudv.refresh('birkelev')$$),
('monitor', 'Refresh each night (pg_cron)', 'schedule_refresh', $$SELECT byudv.schedule_refresh('birkelev', '0 3 * * *')$$),
('monitor', 'End that', 'unschedule_refresh', $$SELECT byudv.unschedule_refresh('birkelev')$$),
('monitor', 'Bring a monitor to the layout of this version', 'upgrade_monitor', $$SELECT byudv.upgrade_monitor('birkelev')$$),
('monitor', 'Its tables', 'monitor_tables', $$SELECT table_name, role, description FROM byudv.monitor_tables()$$),
('monitor', 'Their columns', 'monitor_columns', $$SELECT table_name, column_name, type, description FROM byudv.monitor_columns()$$),
('monitor', 'The steps of a refresh', 'refresh_steps', $$SELECT byudv.refresh_steps()$$),
('monitor', 'The layout of this version', 'monitor_layout', $$SELECT byudv.monitor_layout()$$),
('monitor', 'Whether triggers note the changes of an input', 'is_tracked', $$SELECT byudv.is_tracked('birkelev.dwelling')$$),

('views', 'The views for BI tools, what each row is of, and a question that each answers', 'monitor_views', $$SELECT view_name, key, description_en, question_da FROM byudv.monitor_views()$$),
('views', 'Their columns, with Danish headers and descriptions', 'monitor_view_columns', $$SELECT view_name, column_name, type, label_da, description_en FROM byudv.monitor_view_columns()$$),
('views', 'Whom to expect in new dwellings of a kind, by age, with limits', 'new_build_profile', $$SELECT * FROM byudv.new_build_profile('birkelev', 'apartment', 'social', 75, 100)$$),
('views', 'Which figures of others stand beside own ones, and why they differ', 'indicator_measures', $$SELECT measure, label_da, explanation_da FROM byudv.indicator_measures()$$),
('views', 'Codes of their dimensions', 'bi_codes', $$SELECT * FROM byudv.bi_codes() WHERE attribute = 'age_band'$$),
('views', 'Let a role read the views of a monitor, and nothing under them', 'grant_reader', $$SELECT byudv.grant_reader('birkelev', 'analyst')$$),
('views', 'Take that back', 'revoke_reader', $$SELECT byudv.revoke_reader('birkelev', 'analyst')$$),
('views', 'The sheet of an area: its key figures beside the municipality''s', 'area_profile', $$SELECT * FROM byudv.area_profile('birkelev', 'Birkelev Stationsby')$$),
('views', 'The key figures of that sheet', 'profile_measures', $$SELECT * FROM byudv.profile_measures()$$),
('views', 'Age on a day', 'age_on', $$SELECT byudv.age_on('1990-07-01', '2026-01-01')$$),
('views', 'Age band of an age', 'age_band', $$SELECT byudv.age_band(35)$$),
('views', 'Size band of an area in square metres', 'size_band', $$SELECT byudv.size_band(82)$$),

('disclosure', 'Counts of persons by area and category, with small ones hidden so that they cannot be computed', 'protected_counts',
    $$CREATE TEMPORARY VIEW event AS SELECT 2025 AS slice, (dwelling_id % 9)::int AS area, extract(year FROM from_date)::int AS year FROM birkelev.residence WHERE dwelling_id IS NOT NULL AND to_date IS NULL; SELECT * FROM byudv.protected_counts('event', ARRAY['area*year'], NULL) LIMIT 10$$),

('import', 'Buildings, dwellings and owners from BBR', 'import_bbr', $$SELECT * FROM byudv.import_bbr('birkelev', 'bbr.enhed', 'bbr.bygning', 'bbr.ejendomsrelation')$$),
('import', 'The same in the older layout (OIS)', 'import_bbr_ois', $$SELECT * FROM byudv.import_bbr_ois('birkelev', 'ois.co40400t', 'ois.co40100t', 'ois.co11100t')$$),
('import', 'The same from the views of LOIS', 'import_lois', $$SELECT * FROM byudv.import_lois('birkelev', 'lois.gis_nybbr_enhedview', 'lois.gis_nybbr_bygningview')$$),
('import', 'Persons from CPR', 'import_cpr_persons', $$SELECT * FROM byudv.import_cpr_persons('birkelev', 'cpr.person')$$),
('import', 'Addresses from CPR', 'import_cpr_addresses', $$SELECT * FROM byudv.import_cpr_addresses('birkelev', 'cpr.address')$$),
('import', 'Housing organisations into the dictionary of owner names', 'import_lbf_organisations', $$SELECT * FROM byudv.import_lbf_organisations('lbf.organisation')$$),
('import', 'Figures of Statistikbanken to compare with', 'import_statbank', $$SELECT * FROM byudv.import_statbank('birkelev', 'dst.bol101', 'Beboede boliger')$$),
('import', 'A pseudonym instead of a CPR number', 'pseudonym', $$SET byudv.pseudonym_key = 'an-example-key-0123456789'; SELECT byudv.pseudonym('3102010000')$$),
('import', 'Whether two systems have the same key', 'pseudonym_key_fingerprint', $$SELECT byudv.pseudonym_key_fingerprint()$$),
('import', 'Year of birth from a CPR number', 'cpr_birth_year', $$SELECT byudv.cpr_birth_year('3102010000')$$),
('import', 'A number for a register''s key, such as a UUID', 'register_key', $$SELECT byudv.register_key('0a3f50b7-9eff-32b8-e044-0003ba298018')$$),
('import', 'An address in one spelling', 'address_key', $$SELECT byudv.address_key('0101', '0123', '001A', '02', 'tv')$$),
('import', 'A day as registers write it', 'register_date', $$SELECT byudv.register_date('202304011200')$$),
('import', 'A number as Danes write it', 'parse_danish_number', $$SELECT byudv.parse_danish_number('1.234,5')$$),
('import', 'A day as Danes write it', 'parse_danish_date', $$SELECT byudv.parse_danish_date('31-12-2023')$$),

('export', 'Lines of CSV for Danish Excel from a view', 'danish_csv', $$SELECT line FROM byudv.danish_csv('birkelev', 'bi_stock') line LIMIT 10$$),
('dashboard', 'What the page of make dashboard shows, as one JSON value from the views', 'dashboard_data', $$SELECT jsonb_object_keys(byudv.dashboard_data('birkelev') -> 'tables')$$),
('help', 'This list, or one task of it', 'help', $$SELECT * FROM byudv.help('durations')$$)
) v (task, what, function, example)
$help$;
COMMENT ON FUNCTION byudv.help_list() IS 'Used inside: what byudv.help() shows.';

CREATE FUNCTION byudv.help(topic text DEFAULT NULL, OUT task text, OUT what text, OUT function text, OUT example text) RETURNS SETOF record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT h.task, h.what, h.function, h.example FROM byudv.help_list() h WHERE topic IS NULL OR h.task = topic OR h.function = topic ORDER BY h.ordinal;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no help on "%"', topic USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('Tasks are: %s.', (SELECT string_agg(t.task, ', ' ORDER BY t.first) FROM (SELECT h.task, min(h.ordinal) AS first FROM byudv.help_list() h GROUP BY h.task) t)),
            HINT = 'Give one of them, or the name of a function; SELECT * FROM byudv.help() lists everything.';
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.help(text) IS 'What there is, by what one wants to do: the task, what it gives, the function of schema byudv, and an example. The examples of a task run in their order, on the demo municipality birkelev; those of import on extracts of your own. topic: a task, such as durations, or a function''s name without schema; NULL: all. Errors: no such task or function, with a list of the tasks.';
