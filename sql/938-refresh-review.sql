-- The step that lists dwellings for people to look at: those whose tenure is doubtful, and those with something wrong in the registers.
--
-- These lists have addresses, and BI readers see them. So they say nothing of persons: no owner's name where the owner may be a person, no number of residents
-- that is a small count, no day on which somebody moved in; and nothing at all about a dwelling in which somebody with address protection lives or is to live,
-- or which such a person owns. Where a resident is not known, neither is whether that person is protected, and the dwelling is left out, too.

CREATE FUNCTION byudv.refresh_tenure_review(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    merged record;
BEGIN
    scope := 'all';
    DROP TABLE IF EXISTS pg_temp.byudv_shielded, pg_temp.byudv_secret, pg_temp.byudv_place, pg_temp.byudv_listed, pg_temp.byudv_new;
    -- Dwellings of persons who are protected: where they live or will live, by any record, and what they own
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_shielded ON COMMIT DROP AS
        SELECT p.person_id FROM %1$I.person p WHERE p.protected IS DISTINCT FROM false
        UNION SELECT a.person_id FROM %1$I.address_period a WHERE NOT EXISTS (SELECT FROM %1$I.person p WHERE p.person_id = a.person_id)$q$, monitor);
    ANALYZE pg_temp.byudv_shielded;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_secret ON COMMIT DROP AS
        WITH owned AS (SELECT o.property_id, o.dwelling_id FROM %1$I.ownership o JOIN pg_temp.byudv_shielded s ON s.person_id = o.owner_person_id WHERE o.valid_to IS NULL OR o.valid_to > $1)
        SELECT a.dwelling_id FROM %1$I.address_period a JOIN pg_temp.byudv_shielded s ON s.person_id = a.person_id WHERE a.to_date IS NULL OR a.to_date >= $1
        UNION SELECT r.dwelling_id FROM %1$I.residence r JOIN pg_temp.byudv_shielded s ON s.person_id = r.person_id WHERE r.to_date IS NULL OR r.to_date >= $1
        UNION SELECT o.dwelling_id FROM owned o
        UNION SELECT d.dwelling_id FROM owned o JOIN %1$I.dwelling d ON d.property_id = o.property_id
        UNION SELECT d.dwelling_id FROM owned o JOIN %1$I.building b ON b.property_id = o.property_id JOIN %1$I.dwelling d ON d.building_id = b.building_id$q$, monitor) USING as_of;
    -- The areas of each region as text, with that of the main kind first: the finest that holds nearly all homes
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_place ON COMMIT DROP AS
        WITH size AS (SELECT r.region, count(*) AS n FROM %1$I.dwelling_region r JOIN %1$I.dwelling_class c ON c.dwelling_id = r.dwelling_id
                WHERE c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AND extract(year FROM $1) BETWEEN r.from_year AND r.to_year GROUP BY r.region),
            kind AS (SELECT a.area_kind, row_number() OVER (ORDER BY coalesce(sum(s.n) FILTER (WHERE a.area_code <> 'none'), 0) >= 0.95 * sum(s.n) DESC, count(DISTINCT a.area_code) DESC, a.area_kind COLLATE "C") AS rank
                FROM %1$I.region_area a JOIN size s ON s.region = a.region WHERE a.area_kind <> 'all' GROUP BY a.area_kind)
        SELECT a.region, max(a.area_kind) FILTER (WHERE k.rank = 1) AS area_kind, max(a.area_code) FILTER (WHERE k.rank = 1) AS area_code, max(l.area_label) FILTER (WHERE k.rank = 1) AS area_label,
            string_agg(l.area_kind_label || ': ' || l.area_label, '; ' ORDER BY k.rank) FILTER (WHERE a.area_code <> 'none') AS areas
        FROM %1$I.region_area a JOIN kind k ON k.area_kind = a.area_kind JOIN %1$I.area_list l ON l.area_kind = a.area_kind AND l.area_code = a.area_code GROUP BY a.region$q$, monitor) USING as_of;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_listed ON COMMIT DROP AS
        SELECT c.dwelling_id, left(d.address, 200)::varchar(200) AS address, coalesce(p.area_kind, 'all')::varchar(40) AS area_kind, coalesce(p.area_code, 'all')::varchar(40) AS area_code,
            coalesce(p.area_label, 'Hele området')::varchar(120) AS area_label, left(p.areas, 400)::varchar(400) AS areas, c.dwelling_type::varchar(30) AS dwelling_type,
            c.tenure_register, c.tenure_dst, c.tenure, c.rule_id, c.certainty, c.reason, c.owner_kind, c.organisation, c.overridden,
            (d.demolished_on IS NULL OR d.demolished_on >= $1) AND c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') AS is_home
        FROM %1$I.dwelling_class c JOIN %1$I.dwelling d ON d.dwelling_id = c.dwelling_id
        LEFT JOIN %1$I.dwelling_region r ON r.dwelling_id = c.dwelling_id AND extract(year FROM $1) BETWEEN r.from_year AND r.to_year
        LEFT JOIN pg_temp.byudv_place p ON p.region = r.region
        WHERE c.in_area AND NOT EXISTS (SELECT FROM pg_temp.byudv_secret s WHERE s.dwelling_id = c.dwelling_id)$q$, monitor) USING as_of;
    ANALYZE pg_temp.byudv_listed;

    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH doubt AS (SELECT i.dwelling_id, left(string_agg(k.label_da, '; ' ORDER BY k.sort_order), 400)::varchar(400) AS issues, (array_agg(k.advice_da ORDER BY k.sort_order))[1] AS advice
                FROM %1$I.data_issue i JOIN byudv.data_issue_kind k ON k.issue = i.issue
                WHERE i.issue IN ('proxy_owner', 'owner_code_against_name', 'support_against_owner_code', 'association_as_owner', 'person_owns_block', 'company_used_by_owner', 'owner_not_resident',
                    'estate_not_social', 'missing_owner_code', 'missing_owner_name') GROUP BY i.dwelling_id),
            naming AS (SELECT r.rule_id FROM byudv.tenure_rule r WHERE r.norm = 'corrected' AND r.reason ~ '\{(owner|organisation)\}' GROUP BY r.rule_id)
        SELECT h.dwelling_id, h.address, h.area_kind, h.area_code, h.area_label, h.areas, h.dwelling_type, h.tenure_register::varchar(30) AS tenure_register, h.tenure_dst::varchar(30) AS tenure_dst,
            h.tenure::varchar(30) AS tenure, coalesce(h.certainty, 'low')::varchar(10) AS certainty, w.why::varchar(20) AS why,
            left(CASE WHEN h.overridden THEN 'Fastsat ved en afgørelse i kommunen.'
                -- who is quoted has a name that tells an organisation, or is in the dictionary of organisations
                WHEN n.rule_id IS NOT NULL AND h.organisation IS NULL AND coalesce(h.owner_kind, 'unclassified') IN ('unclassified', 'partnership') THEN 'Begrundelsen nævner ejerens navn og vises ikke her.'
                ELSE coalesce(h.reason, '') END, 400)::varchar(400) AS reason,
            left(h.organisation, 200)::varchar(200) AS organisation, u.issues,
            left(CASE WHEN h.overridden THEN 'Ret oplysningerne i BBR, så afgørelsen ikke længere er nødvendig.'
                WHEN u.advice IS NOT NULL THEN u.advice
                WHEN w.why IN ('unknown', 'low_certainty') THEN 'Find ejeren i Ejerfortegnelsen, og se i BBR, om boligen er lejet ud. Kendes ejerformen, så træf en afgørelse i tenure_override.'
                ELSE 'Er begrundelsen rigtig, er der intet at gøre. Ellers ret ejerforholdskoden i BBR, eller træf en afgørelse i tenure_override.' END, 400)::varchar(400) AS advice
        FROM pg_temp.byudv_listed h LEFT JOIN doubt u ON u.dwelling_id = h.dwelling_id LEFT JOIN naming n ON n.rule_id = h.rule_id
        CROSS JOIN LATERAL (SELECT CASE
            WHEN h.overridden THEN CASE WHEN h.tenure <> h.tenure_register OR h.tenure <> h.tenure_dst THEN 'decision' END
            WHEN h.tenure = 'unknown' THEN 'unknown'
            WHEN coalesce(h.certainty, 'low') = 'low' THEN 'low_certainty'
            WHEN u.dwelling_id IS NOT NULL THEN 'data_issue'
            WHEN h.tenure <> h.tenure_register AND h.tenure <> h.tenure_dst THEN 'differs_both'
            WHEN h.tenure <> h.tenure_dst THEN 'differs_dst'
            WHEN h.tenure <> h.tenure_register THEN 'differs_register' END AS why) w
        WHERE h.is_home AND w.why IS NOT NULL$q$, monitor);
    merged := byudv.merge_rows(monitor, 'tenure_review', ARRAY['dwelling_id']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;

    -- Findings about dwellings. Those about persons and their records are counted only, in bi_data_issue_summary.
    DROP TABLE pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT i.issue::varchar(40) AS issue, h.dwelling_id, h.address, h.area_kind, h.area_code, h.area_label, h.areas, h.dwelling_type,
            left(CASE WHEN i.issue = 'owner_not_resident' THEN 'Der er beboere, og ingen af ejerne er blandt dem.'
                WHEN i.issue = 'unused_but_lived_in' THEN 'Der har været beboere i over et år.'
                WHEN substring(i.detail FROM '^([0-9]+) beboere?\M')::bigint < $1 THEN regexp_replace(i.detail, '^[0-9]+ beboere?', 'Beboere')
                ELSE i.detail END, 400)::varchar(400) AS detail
        FROM %1$I.data_issue i JOIN pg_temp.byudv_listed h ON h.dwelling_id = i.dwelling_id WHERE i.person_id IS NULL$q$, monitor) USING (parameters ->> 'min_cell')::int;
    merged := byudv.merge_rows(monitor, 'dwelling_issue', ARRAY['issue', 'dwelling_id']);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_tenure_review(text, jsonb) IS 'Used inside: the step of a refresh that makes tenure_review and dwelling_issue.';
