-- What looks wrong in the registers: the kinds of findings, and the step of a refresh that looks for them.

CREATE VIEW byudv.data_issue_kind AS
SELECT v.issue, v.severity, (row_number() OVER ())::int AS sort_order, v.label_da, v.label_en, v.meaning_da, v.advice_da
FROM (VALUES
('implausible_area', 'error', 'Usandsynligt areal', 'Implausible area',
    'Boligen er registreret med et areal, som en bolig ikke har. Ofte er det hele bygningens areal, der står på enheden.',
    'Ret arealet i BBR. Brug ikke boligen i opgørelser af areal, før det er sket.'),
('area_disagreement', 'warning', 'To arealer, der ikke passer sammen', 'Two areas that do not agree',
    'Boligarealet er større end det samlede areal, som det er en del af.',
    'Ret det af de to arealer i BBR, som er forkert. Lejekontrakter og tegninger kan vise hvilket.'),
('too_many_residents', 'error', 'For mange beboere', 'Too many residents',
    'Der er tilmeldt flere personer, end en bolig plejer at rumme. Ofte er der tale om flere boliger på én adresse eller om folk, der er flyttet uden at melde det.',
    'Folkeregistret kan undersøge adressen.'),
('proxy_owner', 'warning', 'Kontaktperson som ejer', 'Contact person as owner',
    'En privatperson står som ejer af så mange ejerlejligheder, at vedkommende må være kontaktperson for dem, der ejer dem.',
    'Find den rigtige ejer i Ejerfortegnelsen. Ejerformen er bestemt uden at se på navnet.'),
('owner_code_against_name', 'warning', 'Ejerforholdskode mod ejernavn', 'Owner code against owner name',
    'Ejerens navn siger noget andet om ejeren end ejerforholdskoden.',
    'Se på begrundelsen for ejerformen. Er navnet rigtigt, skal koden rettes i BBR.'),
('support_against_owner_code', 'warning', 'Offentlig støtte mod ejerforholdskode', 'Public support against owner code',
    'Den offentlige støtte hører til almene boliger, men ejerforholdskoden er en anden.',
    'Afgør, om ejeren eller støtten er registreret forkert.'),
('association_as_owner', 'warning', 'Ejerforening som ejer', 'Owners'' association as owner',
    'Ejerforeningen står som ejer af boligen. Den, der ejer boligen, kendes ikke.',
    'Find den rigtige ejer i Ejerfortegnelsen.'),
('person_owns_block', 'notice', 'Privatperson ejer etageejendom', 'Person owns a block of flats',
    'En privatperson står som ejer af en etageejendom, der ikke er delt i ejerlejligheder. Boligerne regnes for udlejet.',
    'Se efter, om ejendommen er delt, og om det er en anden, der ejer den.'),
('company_used_by_owner', 'warning', 'Selskab som ejer, men benyttet af ejeren', 'Company as owner, but used by the owner',
    'Ejeren er et selskab, men BBR oplyser, at boligen benyttes af ejeren. Det kan et selskab ikke.',
    'Kontrollér ejerforholdskoden og udlejningsforholdet.'),
('owner_not_resident', 'notice', 'Andre end ejeren bor der', 'Others than the owner live there',
    'Ejeren er en privatperson, og BBR siger ikke, at boligen er udlejet, så den regnes for ejerbolig. Men der er tilmeldt beboere, og ingen af ejerne er blandt dem.',
    'Er boligen udlejet, så træf en afgørelse i tenure_override, indtil BBR har beregnet udlejningsforholdet igen (det sker i januar og marts).'),
('estate_not_social', 'warning', 'Almen afdeling, men ikke almen bolig', 'Social housing estate, but not social housing',
    'Boligen ligger i en almen afdeling, men hverken kode eller navn siger, at den er almen.',
    'Er afdelingen rigtig, så ret ejerforholdskoden, eller træf en afgørelse i tenure_override.'),
('missing_owner_code', 'error', 'Ejerforholdskode mangler', 'Owner code missing',
    'Der er ingen ejerforholdskode, eller den er 90 (andet) eller 99 (ikke beregnet).',
    'Indberet ejerforholdet. Indtil da er ejerformen bestemt af andre oplysninger, eller uoplyst.'),
('missing_owner_name', 'notice', 'Ejernavn mangler', 'Owner name missing',
    'Ejeren er efter koden ikke en privatperson, men der er intet navn at kontrollere koden med.',
    'Hent navnet i Ejerfortegnelsen.'),
('residents_in_no_dwelling', 'error', 'Beboere i noget, der ikke er en bolig', 'Residents in something that is not a dwelling',
    'Der er tilmeldt personer på en enhed, som efter anvendelsen ikke er en bolig.',
    'Er der indrettet bolig, skal anvendelsen ændres i BBR; ellers skal folkeregistret undersøge adressen.'),
('residents_in_demolished', 'error', 'Beboere i en nedrevet bolig', 'Residents in a demolished dwelling',
    'Der er tilmeldt personer i en bolig, som er revet ned.',
    'Folkeregistret kan undersøge adressen.'),
('unused_but_lived_in', 'notice', 'Ikke benyttet, men beboet', 'Registered as not used, but lived in',
    'BBR oplyser, at boligen ikke benyttes, men der har været tilmeldte personer i over et år. (Oplysningen beregnes i januar og marts og er derfor op til et år bagud.)',
    'Se efter, om adressen i CPR og BBR er den samme.'),
('new_without_residents', 'warning', 'Ny bolig uden beboere', 'New dwelling without residents',
    'Boligen blev taget i brug for mere end et år siden, og ingen har været tilmeldt i den.',
    'Spørg bygherren, eller se efter, om beboerne er tilmeldt en anden adresse.'),
('unknown_code', 'error', 'Ukendt kode', 'Unknown code',
    'En kode står ikke i kodelisten.',
    'Ret koden i registret, eller føj den til kodelisten, hvis den er ny.'),
('phased_out_code', 'notice', 'Kode under udfasning', 'Code being phased out',
    'Anvendelseskoden er ved at blive udfaset i BBR. Den bruges stadig.',
    'Få enheden omkodet i BBR.'),
('missing_use', 'error', 'Anvendelse mangler', 'Use missing',
    'Enheden har ingen anvendelseskode. Boligtypen er bestemt af bygningens.',
    'Indberet anvendelsen i BBR.'),
('missing_area_m2', 'error', 'Areal mangler', 'Area in square metres missing',
    'Boligen har intet areal.',
    'Indberet arealet i BBR.'),
('missing_building', 'error', 'Bygning mangler', 'Building missing',
    'Boligens bygning er ikke oplyst, eller den er ikke indlæst.',
    'Indlæs bygningen, eller ret henvisningen.'),
('missing_quarter', 'notice', 'Ligger ikke i noget område', 'Lies in no area',
    'Boligen er ikke knyttet til noget område.',
    'Knyt boligen til kvarter og skoledistrikt.'),
('overlapping_registration', 'warning', 'Overlappende tilmeldinger', 'Overlapping registrations',
    'Personen har en tilmelding, der begynder, før en tidligere er slut. Hver dag tælles kun den, der begyndte senest.',
    'Få dage ved en flytning er uden betydning; ellers kan folkeregistret rette det.'),
('duplicate_registration', 'notice', 'Tilmelding to gange', 'Registration twice',
    'Den samme tilmelding findes mere end én gang. Den tælles én gang.',
    'Se efter, om leveringen er indlæst to gange.'),
('reversed_registration', 'error', 'Tilmelding slutter, før den begynder', 'Registration ends before it begins',
    'Tilmeldingen har en slutdato før sin startdato. Den tælles ikke.',
    'Folkeregistret kan rette datoerne.'),
('zero_length_registration', 'notice', 'Tilmelding uden varighed', 'Registration without a day',
    'Tilmeldingen begynder og slutter samme dag. Den tælles ikke.',
    'Kræver normalt intet.'),
('registration_without_start', 'error', 'Tilmelding uden startdato', 'Registration without start',
    'Tilmeldingen har ingen startdato. Den tælles ikke.',
    'Folkeregistret kan rette datoen.'),
('future_registration', 'warning', 'Tilmelding i fremtiden', 'Registration in the future',
    'Tilmeldingen begynder mere end fire uger efter datadatoen; længere frem kan en flytning ikke anmeldes. Den tælles først, når dagen er der.',
    'Folkeregistret kan rette datoen.'),
('registration_before_birth', 'error', 'Tilmeldt før fødslen', 'Registered before birth',
    'Tilmeldingen begynder, før personen er født.',
    'Folkeregistret kan rette datoerne.'),
('registration_after_death', 'error', 'Tilmeldt efter døden', 'Registered after death',
    'Tilmeldingen begynder efter personens død, eller den er ikke sluttet en måned efter.',
    'Folkeregistret kan rette datoerne.'),
('unknown_dwelling', 'error', 'Ukendt bolig', 'Unknown dwelling',
    'Tilmeldingen er til en bolig i kommunen, som ikke er indlæst.',
    'Indlæs boligen, eller ret henvisningen.'),
('unknown_person', 'warning', 'Ukendt person', 'Unknown person',
    'Der er tilmeldinger for en person, som ikke er indlæst: fødsel, død og beskyttelse kendes ikke.',
    'Indlæs personen.')
) v (issue, severity, label_da, label_en, meaning_da, advice_da);
COMMENT ON VIEW byudv.data_issue_kind IS 'The kinds of findings in a monitor''s table data_issue: what each means and what to do about it, in Danish.';
COMMENT ON COLUMN byudv.data_issue_kind.issue IS 'Code of the kind';
COMMENT ON COLUMN byudv.data_issue_kind.severity IS 'error: the register is wrong; warning: it may be, or results are concerned; notice: worth knowing';
COMMENT ON COLUMN byudv.data_issue_kind.sort_order IS 'Order in reports';
COMMENT ON COLUMN byudv.data_issue_kind.label_da IS 'Danish label';
COMMENT ON COLUMN byudv.data_issue_kind.label_en IS 'English label';
COMMENT ON COLUMN byudv.data_issue_kind.meaning_da IS 'What it means, in Danish';
COMMENT ON COLUMN byudv.data_issue_kind.advice_da IS 'What to do about it, in Danish';
GRANT SELECT ON byudv.data_issue_kind TO PUBLIC;

CREATE FUNCTION byudv.danish_number(value bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$SELECT replace(to_char(value, 'FM999,999,999,999,999,999,990'), ',', '.')$$;
COMMENT ON FUNCTION byudv.danish_number(bigint) IS 'Used inside: a whole number as Danish texts write it, 6.514. NULL gives NULL.';

-- data_issue: a dwelling's findings depend on the dwelling, its building, owners, class, residences and areas; a person's on the person, the records, and whether
-- the dwellings in them are known.
CREATE FUNCTION byudv.refresh_data_issue(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
    persons text;
    index_scans text;
BEGIN
    persons := byudv.begin_scope(monitor, 'data_issue', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'person'
        UNION SELECT a.person_id FROM %1$I.pending p JOIN %1$I.address_period a ON a.dwelling_id = p.key WHERE p.step = %2$s AND p.key_kind = 'dwelling'$q$, 'residence');
    scope := persons;
    IF scope <> 'all' THEN
        DROP TABLE IF EXISTS pg_temp.byudv_scope_person;
        ALTER TABLE pg_temp.byudv_scope RENAME TO byudv_scope_person;
        scope := byudv.begin_scope(monitor, 'data_issue', $q$
            SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'dwelling'
            UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.building_id = p.key WHERE p.step = %2$s AND p.key_kind = 'building'
            UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.property_id = p.key WHERE p.step = %2$s AND p.key_kind = 'property'
            UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.building b ON b.property_id = p.key JOIN %1$I.dwelling d ON d.building_id = b.building_id
                WHERE p.step = %2$s AND p.key_kind = 'property' AND d.property_id IS NULL$q$, 'dwelling_class');
    END IF;
    rows_added := 0; rows_removed := 0;
    IF scope = '0' AND persons = '0' THEN
        RETURN;
    END IF;
    DROP TABLE IF EXISTS pg_temp.byudv_new, pg_temp.byudv_found, pg_temp.byudv_lived, pg_temp.byudv_placed, pg_temp.byudv_record,
        pg_temp.byudv_owned, pg_temp.byudv_owner, pg_temp.byudv_owner_elsewhere;
    DROP VIEW IF EXISTS pg_temp.byudv_home;
    CREATE TEMPORARY TABLE byudv_found (issue text, issue_key text, dwelling_id bigint, person_id bigint, detail text) ON COMMIT DROP;

    -- Who lives where on the day before the data date, and which areas dwellings lie in
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_lived ON COMMIT DROP AS
        SELECT r.dwelling_id, count(*) AS residents, count(*) || CASE count(*) WHEN 1 THEN ' beboer' ELSE ' beboere' END AS who, min(r.from_date) AS since FROM %1$I.residence r
        WHERE r.dwelling_id IS NOT NULL AND (r.to_date IS NULL OR r.to_date >= $1) %2$s GROUP BY r.dwelling_id$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'AND r.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING (parameters ->> 'as_of')::date;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_placed ON COMMIT DROP AS
        SELECT da.dwelling_id, min(coalesce(a.name, da.code)) FILTER (WHERE da.kind = 'almen_afdeling') AS estate
        FROM %1$I.dwelling_area da LEFT JOIN %1$I.area a ON a.kind = da.kind AND a.code = da.code
        WHERE (da.valid_from IS NULL OR da.valid_from <= $1) AND (da.valid_to IS NULL OR da.valid_to > $1) %2$s GROUP BY da.dwelling_id$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'AND da.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING (parameters ->> 'as_of')::date;
    ANALYZE pg_temp.byudv_lived, pg_temp.byudv_placed;
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_home AS
        SELECT d.dwelling_id, d.building_id, d.property_kind, d.unit_use, d.unit_kind, d.area_m2, d.residential_area_m2, d.public_support, d.registered_use, d.available_from,
            d.demolished_on, c.dwelling_type, c.tenure, c.owner_code, c.owner_kind, c.organisation, c.proxy_owner, c.overridden,
            coalesce(d.property_id, b.property_id) AS property_id, b.building_id IS NOT NULL AS has_building, b.building_use, b.defect_insurance,
            e.stands, e.stands AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AS is_home
        FROM %1$I.dwelling d JOIN %1$I.dwelling_class c ON c.dwelling_id = d.dwelling_id LEFT JOIN %1$I.building b ON b.building_id = d.building_id
        CROSS JOIN LATERAL (SELECT d.demolished_on IS NULL OR d.demolished_on >= %3$L AS stands) e
        WHERE c.in_area %2$s$q$, monitor, CASE WHEN scope <> 'all' THEN 'AND d.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END, parameters ->> 'as_of');

    -- Homes that count as owner-occupied for want of better knowledge, where none of the owners is among the residents. In steps, since the planner cannot
    -- know how many these are.
    CREATE TEMPORARY TABLE byudv_owned ON COMMIT DROP AS
        SELECT d.dwelling_id, d.property_id FROM pg_temp.byudv_home d JOIN pg_temp.byudv_lived l ON l.dwelling_id = d.dwelling_id
        WHERE d.is_home AND d.tenure = 'owner' AND d.owner_code = 10 AND NOT d.proxy_owner AND NOT d.overridden AND coalesce(d.owner_kind, 'unclassified') = 'unclassified';
    ANALYZE pg_temp.byudv_owned;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_owner ON COMMIT DROP AS
        SELECT w.dwelling_id, o.owner_person_id FROM pg_temp.byudv_owned w JOIN %1$I.ownership o ON o.dwelling_id = w.dwelling_id
        WHERE (o.valid_from IS NULL OR o.valid_from <= $1) AND (o.valid_to IS NULL OR o.valid_to > $1)
        UNION ALL
        SELECT w.dwelling_id, o.owner_person_id FROM pg_temp.byudv_owned w JOIN %1$I.ownership o ON o.property_id = w.property_id
        WHERE (o.valid_from IS NULL OR o.valid_from <= $1) AND (o.valid_to IS NULL OR o.valid_to > $1)
            AND NOT EXISTS (SELECT FROM %1$I.ownership own WHERE own.dwelling_id = w.dwelling_id)$q$, monitor) USING (parameters ->> 'as_of')::date;
    ANALYZE pg_temp.byudv_owner;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_owner_elsewhere ON COMMIT DROP AS
        SELECT o.dwelling_id FROM pg_temp.byudv_owner o
        LEFT JOIN %1$I.residence r ON r.person_id = o.owner_person_id AND r.dwelling_id = o.dwelling_id AND (r.to_date IS NULL OR r.to_date >= $1)
        GROUP BY o.dwelling_id HAVING bool_and(o.owner_person_id IS NOT NULL AND r.person_id IS NULL)$q$, monitor) USING (parameters ->> 'as_of')::date;

    EXECUTE format($q$INSERT INTO pg_temp.byudv_found
        WITH used AS (SELECT DISTINCT ON (u.domain, u.code) u.domain, u.code, u.phased_out FROM byudv.use_code u ORDER BY u.domain, u.code, u.is_builtin)
        SELECT x.issue, d.dwelling_id::text, d.dwelling_id, NULL::bigint, x.detail
        FROM pg_temp.byudv_home d LEFT JOIN pg_temp.byudv_lived l ON l.dwelling_id = d.dwelling_id LEFT JOIN pg_temp.byudv_placed g ON g.dwelling_id = d.dwelling_id
        LEFT JOIN used u ON u.domain = 'unit' AND u.code = d.unit_use LEFT JOIN used v ON v.domain = 'building' AND v.code = d.building_use
        CROSS JOIN LATERAL (
            SELECT 'implausible_area', concat(concat_ws(', ', 'Samlet areal ' || byudv.danish_number(d.area_m2) || ' m²', CASE WHEN d.area_m2 IS NULL THEN 'Boligareal ' ELSE 'boligareal ' END || byudv.danish_number(d.residential_area_m2) || ' m²'), '.')
                WHERE d.is_home AND greatest(d.area_m2, d.residential_area_m2) > $2
            UNION ALL SELECT 'area_disagreement', format('Samlet areal %%s m², boligareal %%s m².', byudv.danish_number(d.area_m2), byudv.danish_number(d.residential_area_m2))
                WHERE d.is_home AND d.area_m2 > 0 AND d.residential_area_m2 > d.area_m2
            UNION ALL SELECT 'too_many_residents', format('%%s%%s.', l.who, ' på ' || byudv.danish_number(nullif(d.area_m2, 0)) || ' m²')
                WHERE l.residents > $3 AND d.dwelling_type NOT IN ('student_hall', 'institution')
            UNION ALL SELECT 'proxy_owner', format('Den registrerede ejer er en privatperson, der står som ejer af mere end %%s ejerlejligheder.', $4) WHERE d.proxy_owner AND d.stands
            UNION ALL SELECT 'owner_code_against_name', format('Ejerforholdskoden er %%s, men navnet tyder på: %%s%%s.', d.owner_code, (SELECT lower(k.label_da) FROM byudv.owner_kind_code k WHERE k.code = d.owner_kind),
                    ' (' || d.organisation || ')')
                WHERE d.stands AND d.owner_kind IS NOT NULL AND d.owner_code NOT IN (90, 99) AND CASE d.owner_kind
                    WHEN 'social_housing' THEN d.owner_code <> 20
                    WHEN 'cooperative' THEN d.owner_code <> 41
                    WHEN 'company' THEN d.owner_code <> 30
                    WHEN 'pension_fund' THEN d.owner_code NOT IN (30, 40)
                    WHEN 'foundation' THEN d.owner_code NOT IN (20, 40)
                    WHEN 'student_hall' THEN d.owner_code NOT IN (20, 40)
                    WHEN 'municipality' THEN d.owner_code NOT IN (50, 60)
                    WHEN 'region' THEN d.owner_code <> 70
                    WHEN 'state' THEN d.owner_code <> 80
                    WHEN 'church' THEN d.owner_code NOT IN (50, 60, 70, 80)
                    ELSE false END
            UNION ALL SELECT 'support_against_owner_code', format('Offentlig støtte: %%s. Ejerforholdskoden er %%s.', (SELECT lower(k.label_da) FROM byudv.register_code k WHERE k.list = 'public_support' AND k.code = d.public_support::text), d.owner_code)
                WHERE d.stands AND d.public_support IN (10, 25, 40, 42) AND d.owner_code NOT IN (20, 90, 99)
            UNION ALL SELECT 'association_as_owner', format('Ejerforholdskoden er %%s, og en ejerforening står som ejer.', coalesce(d.owner_code::text, 'uoplyst'))
                WHERE d.stands AND d.owner_kind = 'owners_association'
            UNION ALL SELECT 'person_owns_block', 'Ejerforholdskoden er 10 (privatpersoner), og ejendommen er ikke delt i ejerlejligheder.'
                WHERE d.owner_code = 10 AND coalesce(d.owner_kind, 'unclassified') = 'unclassified' AND d.dwelling_type = 'apartment' AND d.stands
                    AND lower(btrim(coalesce(d.property_kind, ''))) IN ('land', 'sfe', '1')
            UNION ALL SELECT 'company_used_by_owner', 'Ejerforholdskoden er 30 (selskab), men boligen er registreret som benyttet af ejeren.' WHERE d.stands AND d.owner_code = 30 AND d.registered_use = 2
            UNION ALL SELECT 'owner_not_resident', CASE l.residents WHEN 1 THEN '1 beboer, som ikke er en af ejerne.' ELSE l.who || ', og ingen af ejerne er blandt dem.' END WHERE d.dwelling_id IN (SELECT e.dwelling_id FROM pg_temp.byudv_owner_elsewhere e)
            UNION ALL SELECT 'estate_not_social', format('Ligger i %%s; ejerformen er %%s.', g.estate, (SELECT lower(k.label_da) FROM byudv.tenure_code k WHERE k.code = d.tenure))
                WHERE g.estate IS NOT NULL AND d.tenure <> 'social' AND d.is_home
            UNION ALL SELECT 'missing_owner_code', format('Ejerforholdskoden er %%s.', coalesce(d.owner_code::text, 'ikke oplyst')) WHERE d.is_home AND coalesce(d.owner_code, 99) IN (90, 99)
            UNION ALL SELECT 'missing_owner_name', format('Ejerforholdskoden er %%s, og der er intet ejernavn.', d.owner_code)
                WHERE $5 AND d.is_home AND d.owner_kind IS NULL AND d.owner_code IN (20, 30, 40, 41, 60, 70, 80)
            UNION ALL SELECT 'residents_in_no_dwelling', format('%%s; anvendelsen er %%s.', l.who, coalesce(nullif(nullif(d.unit_use, 0), 999), d.building_use)) WHERE l.residents > 0 AND d.dwelling_type = 'not_a_dwelling'
            UNION ALL SELECT 'residents_in_demolished', format('%%s; nedrevet den %%s.', l.who, to_char(d.demolished_on, 'DD.MM.YYYY')) WHERE l.residents > 0 AND d.demolished_on < $1
            UNION ALL SELECT 'unused_but_lived_in', format('%%s siden %%s.', CASE l.residents WHEN 1 THEN '1 beboer' ELSE l.who || ', den første' END, to_char(l.since, 'DD.MM.YYYY')) WHERE d.registered_use = 3 AND l.since < $1 - 455
            UNION ALL SELECT 'new_without_residents', format('Taget i brug den %%s.', to_char(d.available_from, 'DD.MM.YYYY'))
                WHERE $8 AND d.is_home AND d.available_from >= $6 AND d.available_from < $1 - 365 AND l.residents IS NULL
                    AND NOT EXISTS (SELECT FROM %1$I.residence r WHERE r.dwelling_id = d.dwelling_id)
            UNION ALL SELECT 'unknown_code', concat_ws(' ',
                    CASE WHEN d.unit_use NOT IN (0, 999) AND u.code IS NULL THEN format('Enhedens anvendelse er %%s.', d.unit_use) END,
                    CASE WHEN d.building_use NOT IN (0, 999) AND v.code IS NULL THEN format('Bygningens anvendelse er %%s.', d.building_use) END,
                    CASE WHEN upper(btrim(d.unit_kind)) NOT IN ('', '1', '2', '3', '4', '5', 'E') THEN format('Boligtypen er %%s.', d.unit_kind) END,
                    CASE WHEN d.owner_code NOT IN (10, 20, 30, 40, 41, 50, 60, 70, 80, 90, 99) THEN format('Ejerforholdskoden er %%s.', d.owner_code) END,
                    CASE WHEN d.defect_insurance NOT IN (0, 10, 11, 12) THEN format('Byggeskadeforsikringens kode er %%s.', d.defect_insurance) END,
                    CASE WHEN d.public_support NOT IN (0, 10, 15, 20, 25, 30, 40, 42, 80) THEN format('Den offentlige støttes kode er %%s.', d.public_support) END,
                    CASE WHEN d.registered_use NOT IN (0, 1, 2, 3) THEN format('Udlejningsforholdet er %%s.', d.registered_use) END)
                WHERE d.stands AND (d.unit_use NOT IN (0, 999) AND u.code IS NULL OR d.building_use NOT IN (0, 999) AND v.code IS NULL
                    OR upper(btrim(d.unit_kind)) NOT IN ('', '1', '2', '3', '4', '5', 'E') OR d.owner_code NOT IN (10, 20, 30, 40, 41, 50, 60, 70, 80, 90, 99)
                    OR d.defect_insurance NOT IN (0, 10, 11, 12) OR d.public_support NOT IN (0, 10, 15, 20, 25, 30, 40, 42, 80) OR d.registered_use NOT IN (0, 1, 2, 3))
            UNION ALL SELECT 'phased_out_code', concat_ws(' ', CASE WHEN u.phased_out THEN format('Enhedens anvendelse er %%s.', d.unit_use) END,
                    CASE WHEN v.phased_out THEN format('Bygningens anvendelse er %%s.', d.building_use) END)
                WHERE d.is_home AND (u.phased_out OR v.phased_out)
            UNION ALL SELECT 'missing_use', format('Enhedens anvendelse er %%s, bygningens er %%s.', coalesce(d.unit_use::text, 'ikke oplyst'), coalesce(d.building_use::text, 'ikke oplyst'))
                WHERE coalesce(d.unit_use, 0) IN (0, 999) AND d.stands
            UNION ALL SELECT 'missing_area_m2', 'Det samlede areal er ikke oplyst.' WHERE d.is_home AND coalesce(d.area_m2, 0) = 0
            UNION ALL SELECT 'missing_building', CASE WHEN d.building_id IS NULL THEN 'Bygningen er ikke oplyst.' ELSE format('Bygning %%s er ikke indlæst.', d.building_id) END
                WHERE d.stands AND NOT d.has_building
            UNION ALL SELECT 'missing_quarter', 'Boligen ligger ikke i noget område.' WHERE $7 AND d.is_home AND g.dwelling_id IS NULL
        ) x (issue, detail)$q$, monitor)
        USING (parameters ->> 'as_of')::date, (parameters ->> 'odd_area_m2')::int, (parameters ->> 'odd_residents')::int, (parameters ->> 'proxy_more_than')::int,
            (parameters ->> 'has_owner_names')::boolean, (parameters ->> 'study_from')::date, (parameters ->> 'has_areas')::boolean,
            (parameters ->> 'has_addresses')::boolean;

    -- Nearly all records are sound: only the others are asked what is wrong with them. First those that are wrong in themselves or beside others of the
    -- person, for which they have to be sorted; whole tables are sorted quicker than they are read in the order of an index.
    index_scans := current_setting('enable_indexscan');
    IF scope = 'all' THEN
        PERFORM set_config('enable_indexscan', 'off', true);
    END IF;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_record ON COMMIT DROP AS
        SELECT * FROM (
            SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date,
                max(coalesce(r.to_date, 'infinity')) FILTER (WHERE r.from_date < coalesce(r.to_date, 'infinity') AND isfinite(r.from_date)) OVER (PARTITION BY r.person_id
                    ORDER BY r.from_date, r.to_date, r.dwelling_id GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended,
                count(*) OVER (PARTITION BY r.person_id, r.from_date, r.to_date, r.dwelling_id) AS times
            FROM %1$I.address_period r %2$s) a
        WHERE a.ended > a.from_date OR a.times > 1 OR a.to_date <= a.from_date OR a.from_date IS NULL OR NOT isfinite(a.from_date) OR a.from_date > $1 + 28$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'WHERE r.person_id IN (SELECT s.key FROM pg_temp.byudv_scope_person s)' END) USING (parameters ->> 'as_of')::date;
    PERFORM set_config('enable_indexscan', index_scans, true);
    EXECUTE $q$INSERT INTO pg_temp.byudv_found
        SELECT x.issue, concat(a.person_id, '/', a.from_date), a.dwelling_id, a.person_id, x.detail
        FROM pg_temp.byudv_record a
        CROSS JOIN LATERAL (
            SELECT 'overlapping_registration', format('Tilmeldingen fra %s begynder, %s.', to_char(a.from_date, 'DD.MM.YYYY'),
                    CASE WHEN isfinite(a.ended) THEN 'før en tidligere er slut den ' || to_char(a.ended, 'DD.MM.YYYY') ELSE 'mens en tidligere stadig gælder' END)
                WHERE a.ended > a.from_date AND a.from_date < $1 AND a.from_date < coalesce(a.to_date, 'infinity')
            UNION ALL SELECT 'duplicate_registration', format('Tilmeldingen %s findes %s gange.', coalesce('fra ' || to_char(a.from_date, 'DD.MM.YYYY'), 'uden startdato'), a.times) WHERE a.times > 1
            UNION ALL SELECT 'reversed_registration', format('Fra %s til %s.', to_char(a.from_date, 'DD.MM.YYYY'), to_char(a.to_date, 'DD.MM.YYYY')) WHERE a.to_date < a.from_date
            UNION ALL SELECT 'zero_length_registration', format('Fra og til %s.', to_char(a.from_date, 'DD.MM.YYYY')) WHERE a.to_date = a.from_date
            UNION ALL SELECT 'registration_without_start', concat('Startdatoen mangler', '; slutdatoen er ' || to_char(a.to_date, 'DD.MM.YYYY'), '.') WHERE a.from_date IS NULL OR NOT isfinite(a.from_date)
            UNION ALL SELECT 'future_registration', format('Tilmeldt fra %s.', to_char(a.from_date, 'DD.MM.YYYY')) WHERE a.from_date > $1 + 28
        ) x (issue, detail)$q$ USING (parameters ->> 'as_of')::date;

    -- Then those that do not go together with the person or the dwelling
    DROP TABLE pg_temp.byudv_record;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_record ON COMMIT DROP AS
        SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date, d.dwelling_id IS NULL AND r.dwelling_id IS NOT NULL AND coalesce(r.municipality_code = $2, true) AS is_unknown,
            p.person_id IS NULL AS no_person, p.born_on, p.died_on
        FROM %1$I.address_period r LEFT JOIN %1$I.dwelling d ON d.dwelling_id = r.dwelling_id LEFT JOIN %1$I.person p ON p.person_id = r.person_id
        WHERE (r.from_date < p.born_on OR p.died_on < least(r.to_date, $1) OR p.person_id IS NULL
            OR d.dwelling_id IS NULL AND r.dwelling_id IS NOT NULL AND coalesce(r.municipality_code = $2, true)) %2$s$q$, monitor,
        CASE WHEN scope <> 'all' THEN 'AND r.person_id IN (SELECT s.key FROM pg_temp.byudv_scope_person s)' END)
        USING (parameters ->> 'as_of')::date, (parameters ->> 'municipality')::int;
    EXECUTE $q$INSERT INTO pg_temp.byudv_found
        SELECT x.issue, concat(a.person_id, CASE WHEN x.issue <> 'unknown_person' THEN '/' || coalesce(a.from_date::text, '') END),
            CASE WHEN x.issue <> 'unknown_person' THEN a.dwelling_id END, a.person_id, x.detail
        FROM pg_temp.byudv_record a
        CROSS JOIN LATERAL (
            SELECT 'registration_before_birth', format('Tilmeldt fra %s, født den %s.', to_char(a.from_date, 'DD.MM.YYYY'), to_char(a.born_on, 'DD.MM.YYYY')) WHERE a.from_date < a.born_on
            UNION ALL SELECT 'registration_after_death', format('Tilmeldt fra %s til %s, død den %s.', to_char(a.from_date, 'DD.MM.YYYY'), coalesce(to_char(a.to_date, 'DD.MM.YYYY'), 'nu'),
                    to_char(a.died_on, 'DD.MM.YYYY'))
                WHERE a.from_date > a.died_on AND a.from_date < $1 OR a.died_on + 31 < least(a.to_date, $1) AND a.from_date <= a.died_on AND a.from_date < coalesce(a.to_date, 'infinity')
            UNION ALL SELECT 'unknown_dwelling', format('Bolig %s er ikke indlæst.', a.dwelling_id) WHERE a.is_unknown
            UNION ALL SELECT 'unknown_person', 'Personen er ikke indlæst.' WHERE a.no_person
        ) x (issue, detail)$q$ USING (parameters ->> 'as_of')::date;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT DISTINCT ON (f.issue, f.issue_key) f.issue, f.issue_key, f.dwelling_id, f.person_id, f.detail FROM pg_temp.byudv_found f
        ORDER BY f.issue, f.issue_key, f.dwelling_id, f.detail;
    merged := byudv.merge_rows(monitor, 'data_issue', ARRAY['issue', 'issue_key'], CASE WHEN scope <> 'all' THEN
        '(t.person_id IS NULL AND t.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s) OR t.person_id IN (SELECT s.key FROM pg_temp.byudv_scope_person s))' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF scope <> 'all' THEN
        scope := (scope::bigint + persons::bigint)::text;
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refresh_data_issue(text, jsonb) IS 'Used inside: the step of a refresh that makes data_issue.';
