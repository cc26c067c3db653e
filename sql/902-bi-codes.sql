-- Codes of the dimensions that BI views have beside those of the code tables.

-- ROWS: those of one attribute are a dozen, and the planner divides by 200.
CREATE FUNCTION byudv.bi_codes(OUT attribute text, OUT code text, OUT label_da text, OUT label_en text, OUT sort_order int) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2000 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('population', 'resident', 'Beboere 1. januar', 'Residents on 1 January', 10),
('population', 'stayer', 'Blev boende hele året', 'Stayed in the same home all year', 20),
('population', 'arrival', 'Tilflyttere', 'Arrivals from elsewhere', 30),
('population', 'departure', 'Fraflyttere', 'Departures to elsewhere', 40),
('population', 'internal_in', 'Interne flyttere, til boligen', 'Internal movers, at the home moved to', 50),
('population', 'internal_out', 'Interne flyttere, fra boligen', 'Internal movers, at the home left', 60),
('new_build', 'new', 'Nybyggeri', 'New dwellings', 10),
('new_build', 'existing', 'Eksisterende', 'Existing dwellings', 20),
('age_band', '00-05', '0-5 år', '0 to 5 years', 10),
('age_band', '06-16', '6-16 år', '6 to 16 years', 20),
('age_band', '17-24', '17-24 år', '17 to 24 years', 30),
('age_band', '25-34', '25-34 år', '25 to 34 years', 40),
('age_band', '35-49', '35-49 år', '35 to 49 years', 50),
('age_band', '50-64', '50-64 år', '50 to 64 years', 60),
('age_band', '65-79', '65-79 år', '65 to 79 years', 70),
('age_band', '80+', '80 år og derover', '80 years and older', 80),
('age_band', 'unknown', 'Ukendt alder', 'Age not known', 90),
('household_type', 'single', 'Enlig', 'Single', 10),
('household_type', 'couple', 'Par', 'Couple', 20),
('household_type', 'single_parent', 'Enlig med børn', 'Single parent', 30),
('household_type', 'couple_children', 'Par med børn', 'Couple with children', 40),
('household_type', 'other', 'Anden husstand', 'Other household', 50),
('household_type', 'unknown', 'Ukendt husstand', 'Household not known', 60),
('income_band', 'none', 'Uden indkomst', 'Without income', 10),
('income_band', 'under_100', 'Under 100.000 kr.', 'Below 100,000 kroner', 20),
('income_band', '100_200', '100.000-199.999 kr.', '100,000 to 199,999 kroner', 30),
('income_band', '200_300', '200.000-299.999 kr.', '200,000 to 299,999 kroner', 40),
('income_band', '300_400', '300.000-399.999 kr.', '300,000 to 399,999 kroner', 50),
('income_band', '400_600', '400.000-599.999 kr.', '400,000 to 599,999 kroner', 60),
('income_band', '600_800', '600.000-799.999 kr.', '600,000 to 799,999 kroner', 70),
('income_band', '800_up', '800.000 kr. og derover', '800,000 kroner and more', 80),
('income_band', 'child', 'Under 18 år', 'Below 18 years', 90),
('income_band', 'unknown', 'Ukendt indkomst', 'Income not known', 100),
('benefit', 'none', 'Ingen ydelse', 'No benefit', 10),
('benefit', 'municipal', 'Kommunal ydelse', 'Municipal benefit', 20),
('benefit', 'other', 'Anden offentlig ydelse', 'Other public benefit', 30),
('benefit', 'child', 'Under 18 år', 'Below 18 years', 40),
('benefit', 'unknown', 'Ukendt ydelse', 'Benefits not known', 50),
('size_band', 'under_50', 'Under 50 m²', 'Below 50 square metres', 10),
('size_band', '50_74', '50-74 m²', '50 to 74 square metres', 20),
('size_band', '75_99', '75-99 m²', '75 to 99 square metres', 30),
('size_band', '100_124', '100-124 m²', '100 to 124 square metres', 40),
('size_band', '125_149', '125-149 m²', '125 to 149 square metres', 50),
('size_band', '150_up', '150 m² og derover', '150 square metres and more', 60),
('size_band', 'unknown', 'Ukendt størrelse', 'Size not known', 70),
('origin', 'own', 'Egne borgere', 'Own citizens', 10),
('origin', 'elsewhere', 'Tilflyttere', 'Arrivals', 20),
('place', 'abroad', 'Udlandet', 'Abroad', 9000),
('place', 'internal', 'Inden for kommunen', 'Within the municipality', 9010),
('place', 'unknown', 'Ukendt sted', 'Place not known', 9020),
('stage', 'planned', 'Planlagt', 'Planned', 10),
('stage', 'permitted', 'Byggetilladelse givet', 'Building permit given', 20),
('stage', 'started', 'Påbegyndt', 'Started', 30),
('stage', 'completed', 'Fuldført', 'Completed', 40),
('stage', 'occupied', 'Indflyttet', 'Occupied', 50),
('basis', '1', 'Nye boliger af samme type, ejerform og størrelse', 'New dwellings of the same type, tenure and size', 10),
('basis', '2', 'Nye boliger af samme type og ejerform', 'New dwellings of the same type and tenure', 20),
('basis', '3', 'Nye boliger af samme type', 'New dwellings of the same type', 30),
('basis', '4', 'Nye boliger med samme ejerform', 'New dwellings of the same tenure', 40),
('basis', '5', 'Alle nye boliger', 'All new dwellings', 50),
('month', '01', 'Januar', 'January', 1), ('month', '02', 'Februar', 'February', 2), ('month', '03', 'Marts', 'March', 3), ('month', '04', 'April', 'April', 4),
('month', '05', 'Maj', 'May', 5), ('month', '06', 'Juni', 'June', 6), ('month', '07', 'Juli', 'July', 7), ('month', '08', 'August', 'August', 8),
('month', '09', 'September', 'September', 9), ('month', '10', 'Oktober', 'October', 10), ('month', '11', 'November', 'November', 11), ('month', '12', 'December', 'December', 12),
('certainty', 'high', 'Sikker', 'Certain', 10), ('certainty', 'medium', 'Rimelig sikker', 'Fairly certain', 20), ('certainty', 'low', 'Usikker', 'Uncertain', 30),
('severity', 'error', 'Fejl', 'Error', 10), ('severity', 'warning', 'Advarsel', 'Warning', 20), ('severity', 'notice', 'Bemærkning', 'Notice', 30),
('review', 'unknown', 'Ejerformen er uoplyst', 'Tenure not known', 10),
('review', 'low_certainty', 'Ejerformen er usikker', 'Tenure uncertain', 20),
('review', 'data_issue', 'Registrene modsiger hinanden eller mangler oplysninger', 'Registers contradict each other or lack information', 30),
('review', 'differs_both', 'Rettet: anderledes end både registret og Danmarks Statistik', 'Corrected: other than both the register and Statistics Denmark', 40),
('review', 'differs_dst', 'Anderledes end Danmarks Statistik', 'Other than Statistics Denmark', 50),
('review', 'differs_register', 'Anderledes end registrets ejerforholdskode alene', 'Other than the register''s owner code alone', 60),
('review', 'decision', 'Fastsat ved en afgørelse', 'Decided by hand', 70),
('outcome', 'done', 'Gennemført', 'Done', 10), ('outcome', 'unchanged', 'Intet nyt', 'Nothing had changed', 20), ('outcome', 'running', 'I gang', 'Running', 30),
('outcome', 'failed', 'Fejlet', 'Failed', 40), ('outcome', 'cancelled', 'Afbrudt af bruger', 'Cancelled', 50), ('outcome', 'interrupted', 'Afbrudt af serveren', 'Interrupted', 60),
('step', 'refresh', 'Hele opdateringen', 'The whole refresh', 0),
('step', 'dwelling_class', 'Boligernes type og ejerform', 'Type and tenure of dwellings', 10),
('step', 'residence', 'Hvor personer har boet', 'Where persons have lived', 20),
('step', 'move', 'Flytninger', 'Moves', 30),
('step', 'occupancy', 'Husstande i boligerne', 'Households in dwellings', 40),
('step', 'vacancy_flow', 'Fraflyttede boliger og flyttekæder', 'Vacancies and chains', 50),
('step', 'data_issue', 'Fund i registrene', 'Findings in registers', 60),
('step', 'area_list', 'Områder', 'Areas', 70),
('step', 'stock', 'Boligbestand', 'Stock of dwellings', 80),
('step', 'person_count', 'Beboere og flyttere', 'Residents and movers', 82),
('step', 'residence_duration', 'Hvor længe folk bliver boende', 'How long people stay', 84),
('step', 'turnover', 'Fraflytninger', 'Turnover', 85),
('step', 'chain_summary', 'Flyttekæder, opgjort', 'Chains, added up', 86),
('step', 'pipeline', 'Byggeprojekter', 'Building projects', 87),
('step', 'expected_resident', 'Forventede beboere', 'Expected residents', 88),
('step', 'comparison', 'Sammenligning med andres tal', 'Comparison with others', 89),
('step', 'tenure_review', 'Boliger at se efter', 'Dwellings to look at', 90),
('step', 'destination', 'Boliger, som fraflyttere flytter til', 'Homes that people leave for', 100),
('step', 'area_profile', 'Områdernes nøgletal', 'Key figures of areas', 110),
('attribute', 'age_band', 'Alder', 'Age', 10),
('attribute', 'household_type', 'Husstandstype', 'Household type', 20),
('attribute', 'income_band', 'Personlig indkomst', 'Personal income', 30),
('attribute', 'benefit', 'Offentlig ydelse', 'Public benefit', 40),
('attribute', 'size_band', 'Boligens størrelse', 'Size of the dwelling', 50)
UNION ALL SELECT 'dwelling_type', t.code, t.label_da, t.label_en, t.sort_order FROM byudv.dwelling_type_code t
UNION ALL SELECT 'tenure', t.code, t.label_da, t.label_en, t.sort_order FROM byudv.tenure_code t
UNION ALL SELECT 'place', lpad(m.code, 4, '0'), m.label_da, m.label_en, m.sort_order FROM byudv.register_code m WHERE m.list = 'municipality'
UNION ALL SELECT x.attribute, c.* FROM (VALUES ('new_build'), ('dwelling_type'), ('tenure'), ('origin')) x (attribute), (VALUES ('all', 'Alle', 'All', 0)) c (code, label_da, label_en, sort_order)
UNION ALL SELECT x.attribute, c.* FROM (VALUES ('new_build'), ('age_band'), ('household_type'), ('income_band'), ('benefit'), ('size_band'), ('place'), ('month'), ('dwelling_type'), ('tenure')) x (attribute),
    (VALUES ('hidden', 'Diskretioneret', 'Suppressed', 9999)) c (code, label_da, label_en, sort_order)
$$;
COMMENT ON FUNCTION byudv.bi_codes() IS 'The codes that the dimensions of BI views have, with labels: attribute says of which. Two codes are no category: all stands for all of them together; hidden for persons who are counted, but not under their category, since there were fewer than byudv.min_cell of them.';

CREATE FUNCTION byudv.age_band(age int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN age IS NULL OR age < 0 THEN 'unknown' WHEN age < 6 THEN '00-05' WHEN age < 17 THEN '06-16' WHEN age < 25 THEN '17-24' WHEN age < 35 THEN '25-34' WHEN age < 50 THEN '35-49'
    WHEN age < 65 THEN '50-64' WHEN age < 80 THEN '65-79' ELSE '80+' END;
COMMENT ON FUNCTION byudv.age_band(int) IS 'Age band of BI views for an age in whole years, see byudv.bi_codes(); unknown for NULL and below 0.';

CREATE FUNCTION byudv.age_on(born_on date, day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN isfinite(born_on) AND isfinite(day) THEN (extract(year FROM day) - extract(year FROM born_on))::int
    - (extract(month FROM day) * 100 + extract(day FROM day) < extract(month FROM born_on) * 100 + extract(day FROM born_on))::int END;
COMMENT ON FUNCTION byudv.age_on(date, date) IS 'Age in whole years on a day, negative before birth; who was born on 29 February has a birthday on 1 March in other years. NULL where a day is NULL or infinite.';

CREATE FUNCTION byudv.size_band(area_m2 int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN area_m2 IS NULL OR area_m2 <= 0 THEN 'unknown' WHEN area_m2 < 50 THEN 'under_50' WHEN area_m2 < 75 THEN '50_74' WHEN area_m2 < 100 THEN '75_99' WHEN area_m2 < 125 THEN '100_124'
    WHEN area_m2 < 150 THEN '125_149' ELSE '150_up' END;
COMMENT ON FUNCTION byudv.size_band(int) IS 'Size band of BI views for an area in square metres, see byudv.bi_codes(); unknown for NULL and below 1.';

CREATE FUNCTION byudv.bi_key(code text) RETURNS varchar(40) LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
SELECT (CASE WHEN length(code) <= 40 THEN code ELSE left(code, 31) || '~' || left(md5(code), 8) END)::varchar(40)
$$;
COMMENT ON FUNCTION byudv.bi_key(text) IS 'Used inside: a code as BI views have it, of at most 40 characters; a longer one is cut and made unique by a hash.';
