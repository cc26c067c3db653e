-- The steps of a refresh. Each reads input and the results of earlier steps, computes all rows or those of the keys that have changed, and writes what differs.
-- Whether all is computed or a part, the rows are the same: what a row depends on is said with each step.

-- dwelling_class: a dwelling's row depends on itself, its building, its owner, decisions by hand, and whether its owner is a proxy, which depends on all
-- condominiums of the municipality.
CREATE FUNCTION byudv.refresh_dwelling_class(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    as_of date := parameters ->> 'as_of';
    municipality int := parameters ->> 'municipality';
    merged record;
BEGIN
    scope := byudv.begin_scope(monitor, 'dwelling_class', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'dwelling'
        UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.building_id = p.key WHERE p.step = %2$s AND p.key_kind = 'building'
        UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.dwelling d ON d.property_id = p.key WHERE p.step = %2$s AND p.key_kind = 'property'
        UNION SELECT d.dwelling_id FROM %1$I.pending p JOIN %1$I.building b ON b.property_id = p.key JOIN %1$I.dwelling d ON d.building_id = b.building_id
            WHERE p.step = %2$s AND p.key_kind = 'property' AND d.property_id IS NULL$q$, 'dwelling_class');
    IF scope = '0' THEN
        rows_added := 0; rows_removed := 0;
        RETURN;
    END IF;

    -- One owner a dwelling: its own property before the building's or the land's; of several, a name that tells its kind before one that does not, then
    -- the latest, then by name and code, as classify_dwellings() does.
    DROP TABLE IF EXISTS pg_temp.byudv_owner;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_owner ON COMMIT DROP AS
        SELECT DISTINCT ON (y.dwelling_id) y.dwelling_id, y.municipality, y.is_condominium, y.owner_code, y.owner_name,
            CASE WHEN y.owner_kind IS NULL OR y.owner_kind = 'unclassified' THEN coalesce(y.owner_person_id::text, byudv.normalise_owner_name(y.owner_name)) END AS owner_key
        FROM (SELECT x.*, byudv.owner_kind(x.owner_name) AS owner_kind
            FROM (SELECT d.dwelling_id, d.municipality, d.property_kind, o.owner_code, o.owner_name, o.owner_person_id, o.valid_from, o.valid_to
                FROM %1$I.dwelling d JOIN %1$I.ownership o ON o.dwelling_id = d.dwelling_id
                UNION ALL
                SELECT d.dwelling_id, d.municipality, d.property_kind, o.owner_code, o.owner_name, o.owner_person_id, o.valid_from, o.valid_to
                FROM %1$I.dwelling d LEFT JOIN %1$I.building b ON b.building_id = d.building_id
                JOIN %1$I.ownership o ON o.property_id = coalesce(d.property_id, b.property_id)
                WHERE NOT EXISTS (SELECT FROM %1$I.ownership own WHERE own.dwelling_id = d.dwelling_id)) x (dwelling_id, municipality, property_kind, owner_code, owner_name,
                    owner_person_id, valid_from, valid_to)
            WHERE (x.valid_from IS NULL OR x.valid_from <= $1) AND (x.valid_to IS NULL OR x.valid_to > $1)) z
        CROSS JOIN LATERAL (SELECT z.dwelling_id, coalesce(z.municipality, $2) AS municipality,
            coalesce(lower(btrim(z.property_kind)) IN ('condominium', 'ejerlejlighed', '3'), false) AS is_condominium, z.owner_code, z.owner_name, z.owner_person_id, z.valid_from, z.owner_kind) y
        ORDER BY y.dwelling_id, coalesce(y.owner_kind, 'unclassified') = 'unclassified', y.valid_from DESC NULLS LAST, y.owner_name, y.owner_code, y.owner_person_id$q$, monitor)
        USING as_of, municipality;
    CREATE INDEX ON pg_temp.byudv_owner (dwelling_id);
    ANALYZE pg_temp.byudv_owner;

    -- A natural person who stands on so many condominiums is a contact person. The owner of a block that was never split is its owner.
    DROP TABLE IF EXISTS pg_temp.byudv_new;
    EXECUTE $q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT o.municipality, o.owner_key, count(*)::int AS dwellings FROM pg_temp.byudv_owner o WHERE o.is_condominium AND o.owner_key IS NOT NULL
        GROUP BY o.municipality, o.owner_key HAVING count(*) > $1$q$ USING (parameters ->> 'proxy_more_than')::int;
    merged := byudv.merge_rows(monitor, 'proxy_owner', ARRAY['owner_key']);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF scope <> 'all' AND merged.rows_added + merged.rows_removed > 0 THEN
        IF merged.first_time THEN
            scope := 'all';
        ELSE
            INSERT INTO pg_temp.byudv_scope SELECT o.dwelling_id FROM pg_temp.byudv_owner o
            WHERE o.owner_key IN (SELECT a.owner_key FROM pg_temp.byudv_added a UNION ALL SELECT r.owner_key FROM pg_temp.byudv_removed r) ON CONFLICT DO NOTHING;
            SELECT count(*)::text INTO scope FROM pg_temp.byudv_scope;
        END IF;
    END IF;

    DROP TABLE IF EXISTS pg_temp.byudv_signal, pg_temp.byudv_new;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_signal ON COMMIT DROP AS
        SELECT d.dwelling_id, coalesce(d.municipality, $1) AS municipality, d.unit_use::int AS unit_use, d.unit_kind::text AS unit_kind, b.building_use::int AS building_use,
            o.owner_code::int AS owner_code, o.owner_name::text AS owner_name, b.defect_insurance::int AS defect_insurance, b.built_year::int AS built_year,
            d.registered_use::int AS registered_use, d.property_kind::text AS property_kind, d.public_support::int AS public_support, x.owner_key IS NOT NULL AS proxy_owner,
            d.available_from
        FROM %1$I.dwelling d LEFT JOIN %1$I.building b ON b.building_id = d.building_id LEFT JOIN pg_temp.byudv_owner o ON o.dwelling_id = d.dwelling_id
        LEFT JOIN %1$I.proxy_owner x ON o.is_condominium AND x.owner_key = o.owner_key AND coalesce(x.municipality, 0) = coalesce(o.municipality, 0)
        %2$s$q$, monitor, CASE WHEN scope = 'all' THEN '' ELSE 'WHERE d.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING municipality;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT s.dwelling_id, s.municipality, $2 IS NULL OR coalesce(s.municipality, $2) = $2 AS in_area, c.dwelling_type, c.tenure_register, c.tenure_dst, c.tenure, c.rule_id,
            c.certainty, c.reason, s.owner_code, c.owner_kind, c.organisation, s.proxy_owner, c.overridden, coalesce(s.available_from >= $3 AND s.available_from < $1, false) AS is_new_build
        FROM byudv.classify_dwellings('pg_temp.byudv_signal', NULL, %1$L, $1) c JOIN pg_temp.byudv_signal s ON s.dwelling_id = c.dwelling_id::bigint$q$, format('%I.tenure_override', monitor))
        USING as_of, municipality, (parameters ->> 'study_from')::date;
    merged := byudv.merge_rows(monitor, 'dwelling_class', ARRAY['dwelling_id'], CASE WHEN scope <> 'all' THEN 't.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
    IF merged.first_time THEN
        EXECUTE format('INSERT INTO %I.pending (step) VALUES (''data_issue''), (''vacancy_flow'')', monitor);
    ELSE
        PERFORM byudv.note_pending(monitor, 'data_issue', 'dwelling', 'SELECT dwelling_id FROM pg_temp.byudv_added UNION ALL SELECT dwelling_id FROM pg_temp.byudv_removed');
        -- a vacancy before the first occupancy counts in dwellings only
        PERFORM byudv.note_pending(monitor, 'vacancy_flow', 'dwelling', 'SELECT coalesce(a.dwelling_id, r.dwelling_id) FROM pg_temp.byudv_added a '
            'FULL JOIN pg_temp.byudv_removed r ON r.dwelling_id = a.dwelling_id WHERE a.dwelling_type IS DISTINCT FROM r.dwelling_type OR a.in_area IS DISTINCT FROM r.in_area');
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refresh_dwelling_class(text, jsonb) IS 'Used inside: the step of a refresh that makes proxy_owner and dwelling_class.';

CREATE FUNCTION byudv.make_address_view(monitor text, parameters jsonb, scoped boolean) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DROP VIEW IF EXISTS pg_temp.byudv_address;
    -- An address of another municipality is elsewhere, whether the dwelling is known or not. Records that begin on the data date or later have not happened.
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_address AS
        SELECT a.person_id::bigint AS person_id, CASE WHEN %2$s THEN a.dwelling_id::bigint END AS dwelling_id, a.from_date::date AS from_date, a.to_date::date AS to_date,
            %5$s AS municipality_code, a.abroad::boolean AS abroad
        FROM %1$I.address_period a LEFT JOIN %1$I.dwelling d ON d.dwelling_id = a.dwelling_id
        WHERE (a.from_date IS NULL OR a.from_date < %3$L) %4$s$q$, monitor,
        CASE WHEN parameters ->> 'municipality' IS NULL OR (parameters ->> 'follow_region')::boolean THEN 'true'
            ELSE format('coalesce(d.municipality, a.municipality_code, %1$s) = %1$s', (parameters ->> 'municipality')::int) END,
        parameters ->> 'as_of', CASE WHEN scoped THEN 'AND a.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END,
        -- the dwelling knows its municipality better; an address in the own one for which no dwelling was found is no other municipality
        format('nullif(coalesce(d.municipality, a.municipality_code)::int, %s)', coalesce((parameters ->> 'municipality')::int::text, 'NULL')));
END
$$;
COMMENT ON FUNCTION byudv.make_address_view(text, jsonb, boolean) IS 'Used inside: makes pg_temp.byudv_address, the address records as byudv.residences() takes them, of all persons or of those in pg_temp.byudv_scope.';

-- residence: a person's rows depend on that person's records, and on the municipality of the dwellings in them.
CREATE FUNCTION byudv.refresh_residence(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    max_gap int := parameters ->> 'max_gap';
    merged record;
    target regclass := to_regclass(format('%I.residence', monitor));
    fresh boolean;
BEGIN
    scope := byudv.begin_scope(monitor, 'residence', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'person'
        UNION SELECT a.person_id FROM %1$I.pending p JOIN %1$I.address_period a ON a.dwelling_id = p.key WHERE p.step = %2$s AND p.key_kind = 'dwelling'$q$, 'residence');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    PERFORM byudv.make_address_view(monitor, parameters, scope <> 'all');
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s) AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = $1)', target) INTO fresh USING target;
    IF fresh THEN
        SELECT b.residences INTO rows_added FROM byudv.build_residences('pg_temp.byudv_address', target, max_gap) b;
        PERFORM byudv.ensure_indexes(monitor, 'residence');
        EXECUTE format('ANALYZE %s', target);
        EXECUTE format('INSERT INTO %I.pending (step) VALUES (''move''), (''occupancy''), (''vacancy_flow''), (''data_issue'')', monitor);
        RETURN;
    END IF;
    DROP TABLE IF EXISTS pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int) ON COMMIT DROP;
    PERFORM byudv.build_residences('pg_temp.byudv_address', 'pg_temp.byudv_new', max_gap);
    merged := byudv.merge_rows(monitor, 'residence', ARRAY['person_id', 'from_date'], CASE WHEN scope <> 'all' THEN 't.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF merged.first_time THEN
        EXECUTE format('INSERT INTO %I.pending (step) VALUES (''move''), (''occupancy''), (''vacancy_flow''), (''data_issue'')', monitor);
    ELSIF rows_added + rows_removed > 0 THEN
        PERFORM byudv.note_pending(monitor, 'move', 'person', 'SELECT person_id FROM pg_temp.byudv_added UNION ALL SELECT person_id FROM pg_temp.byudv_removed');
        PERFORM byudv.note_pending(monitor, 'vacancy_flow', 'person', 'SELECT person_id FROM pg_temp.byudv_added UNION ALL SELECT person_id FROM pg_temp.byudv_removed');
        PERFORM byudv.note_pending(monitor, k.step, 'dwelling', 'SELECT dwelling_id FROM pg_temp.byudv_added UNION ALL SELECT dwelling_id FROM pg_temp.byudv_removed')
        FROM unnest(ARRAY['occupancy', 'vacancy_flow', 'data_issue']) k (step);
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.refresh_residence(text, jsonb) IS 'Used inside: the step of a refresh that makes residence.';

-- move: a person's rows depend on that person's residences, records, birth and death, and on the dwellings in the records.
CREATE FUNCTION byudv.refresh_move(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
    municipality int := parameters ->> 'municipality';
    within text := '';
BEGIN
    scope := byudv.begin_scope(monitor, 'move', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'person'
        UNION SELECT a.person_id FROM %1$I.pending p JOIN %1$I.address_period a ON a.dwelling_id = p.key WHERE p.step = %2$s AND p.key_kind = 'dwelling'$q$, 'residence');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    IF scope <> 'all' THEN
        within := 'WHERE x.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)';
    END IF;
    DROP VIEW IF EXISTS pg_temp.byudv_residence, pg_temp.byudv_person;
    -- Where chains are followed across the region, residences know homes of other municipalities; for moves these are elsewhere all the same.
    PERFORM byudv.make_address_view(monitor, parameters || '{"follow_region": false}', scope <> 'all');
    EXECUTE CASE WHEN municipality IS NOT NULL AND (parameters ->> 'follow_region')::boolean THEN
        format('CREATE TEMPORARY VIEW byudv_residence AS SELECT x.person_id, CASE WHEN coalesce(d.municipality, %2$s) = %2$s THEN x.dwelling_id END AS dwelling_id, x.from_date, x.to_date '
            'FROM %1$I.residence x LEFT JOIN %1$I.dwelling d ON d.dwelling_id = x.dwelling_id %3$s', monitor, municipality, within)
        ELSE format('CREATE TEMPORARY VIEW byudv_residence AS SELECT x.person_id, x.dwelling_id, x.from_date, x.to_date FROM %I.residence x %s', monitor, within) END;
    EXECUTE format('CREATE TEMPORARY VIEW byudv_person AS SELECT x.person_id::bigint AS person_id, x.born_on::date AS born_on, x.died_on::date AS died_on FROM %I.person x %s', monitor, within);
    DROP TABLE IF EXISTS pg_temp.byudv_new, pg_temp.byudv_elsewhere, pg_temp.byudv_moved;
    -- Addresses elsewhere, to say where somebody came from or went to: the one that lasts to the day of arrival, and may overlap it, or begins on the day of departure
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_elsewhere ON COMMIT DROP AS
        SELECT a.person_id::bigint AS person_id, a.from_date::date AS from_date, a.to_date::date AS to_date, a.dwelling_id::bigint AS home_id,
            coalesce(d.municipality, a.municipality_code)::int AS municipality
        FROM %1$I.address_period a LEFT JOIN %1$I.dwelling d ON d.dwelling_id = a.dwelling_id
        WHERE CASE WHEN $1 IS NULL THEN a.dwelling_id IS NULL AND a.municipality_code IS NOT NULL ELSE coalesce(d.municipality, a.municipality_code) <> $1 END AND a.from_date < $2 AND (a.to_date IS NULL OR a.to_date > a.from_date) %2$s$q$,
        monitor, CASE WHEN scope <> 'all' THEN 'AND a.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END) USING municipality, (parameters ->> 'as_of')::date;
    ANALYZE pg_temp.byudv_elsewhere;
    EXECUTE $q$CREATE TEMPORARY TABLE byudv_moved ON COMMIT DROP AS
        SELECT m.* FROM byudv.moves('pg_temp.byudv_residence', 'pg_temp.byudv_person', 'pg_temp.byudv_address', $1, $2, $3, $4) m$q$
        USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date, (parameters ->> 'link_gap')::int, (parameters ->> 'death_window')::int;
    ANALYZE pg_temp.byudv_moved;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT m.person_id, m.from_dwelling_id, m.left_on, m.departure, m.to_dwelling_id, m.arrived_on, m.arrival, a.municipality AS from_municipality, a.home_id AS from_home_id,
            d.municipality AS to_municipality, d.home_id AS to_home_id
        FROM pg_temp.byudv_moved m
        LEFT JOIN (SELECT DISTINCT ON (x.person_id, x.arrived_on) x.person_id, x.arrived_on, e.municipality, e.home_id
                FROM pg_temp.byudv_moved x JOIN pg_temp.byudv_elsewhere e ON e.person_id = x.person_id AND e.from_date < x.arrived_on AND (e.to_date IS NULL OR e.to_date >= x.arrived_on)
                WHERE x.arrival = 'from_municipality' ORDER BY x.person_id, x.arrived_on, e.from_date DESC, e.to_date DESC NULLS FIRST, e.home_id, e.municipality) a
            ON m.arrival = 'from_municipality' AND a.person_id = m.person_id AND a.arrived_on = m.arrived_on
        LEFT JOIN (SELECT DISTINCT ON (e.person_id, e.from_date) e.* FROM pg_temp.byudv_elsewhere e
                ORDER BY e.person_id, e.from_date, e.to_date DESC NULLS FIRST, e.home_id, e.municipality) d
            ON m.departure = 'to_municipality' AND d.person_id = m.person_id AND d.from_date = m.left_on;
    merged := byudv.merge_rows(monitor, 'move', ARRAY['person_id'], CASE WHEN scope <> 'all' THEN 't.person_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_move(text, jsonb) IS 'Used inside: the step of a refresh that makes move.';

-- occupancy: a dwelling's rows depend on the residences in it.
CREATE FUNCTION byudv.refresh_occupancy(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
BEGIN
    scope := byudv.begin_scope(monitor, 'occupancy', 'SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s', 'occupancy');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    DROP VIEW IF EXISTS pg_temp.byudv_residence;
    EXECUTE format('CREATE TEMPORARY VIEW byudv_residence AS SELECT x.person_id, x.dwelling_id, x.from_date, x.to_date FROM %I.residence x WHERE x.dwelling_id %s', monitor,
        CASE WHEN scope = 'all' THEN 'IS NOT NULL' ELSE 'IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    DROP TABLE IF EXISTS pg_temp.byudv_new;
    EXECUTE 'CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS SELECT * FROM byudv.occupancies(''pg_temp.byudv_residence'', $1)' USING (parameters ->> 'overlap_tolerance')::int;
    merged := byudv.merge_rows(monitor, 'occupancy', ARRAY['dwelling_id', 'occupancy'], CASE WHEN scope <> 'all' THEN 't.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_occupancy(text, jsonb) IS 'Used inside: the step of a refresh that makes occupancy.';

-- vacancy_flow: a dwelling's rows depend on its residences, on the homes that those who moved in had just before, and on all residences of these homes
-- (who was the last to leave). So what has changed in a dwelling also concerns the dwellings that its residents went to.
-- chain: a chain depends on the flows of the vacancies in it; one whose vacancies all have the flows that they had is as it was.
CREATE FUNCTION byudv.refresh_vacancy_flow(monitor text, parameters jsonb, OUT scope text, OUT rows_added bigint, OUT rows_removed bigint) RETURNS record
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    merged record;
    everything boolean;
    n bigint;
BEGIN
    scope := byudv.begin_scope(monitor, 'vacancy_flow', $q$
        SELECT p.key FROM %1$I.pending p WHERE p.step = %2$s AND p.key_kind = 'dwelling'
        UNION SELECT r.dwelling_id FROM %1$I.pending p JOIN %1$I.residence r ON r.person_id = p.key WHERE p.step = %2$s AND p.key_kind = 'person'$q$, 'occupancy');
    rows_added := 0; rows_removed := 0;
    IF scope = '0' THEN
        RETURN;
    END IF;
    everything := scope = 'all';
    DROP VIEW IF EXISTS pg_temp.byudv_residence, pg_temp.byudv_dwelling, pg_temp.byudv_person;
    DROP TABLE IF EXISTS pg_temp.byudv_raw, pg_temp.byudv_new, pg_temp.byudv_near_person, pg_temp.byudv_near_dwelling;
    IF NOT everything THEN
        -- where the residents of these dwellings went next
        EXECUTE format($q$INSERT INTO pg_temp.byudv_scope
            SELECT x.next FROM (SELECT r.dwelling_id, lead(r.dwelling_id) OVER (PARTITION BY r.person_id ORDER BY r.from_date) AS next
                FROM %1$I.residence r WHERE r.person_id IN (SELECT h.person_id FROM %1$I.residence h JOIN pg_temp.byudv_scope s ON s.key = h.dwelling_id)) x
            WHERE x.next IS NOT NULL AND x.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s) ON CONFLICT DO NOTHING$q$, monitor);
        ANALYZE pg_temp.byudv_scope;
        SELECT count(*) INTO n FROM pg_temp.byudv_scope;
        scope := n::text;
        everything := n > 1000 AND n * 20 > (SELECT c.reltuples FROM pg_class c WHERE c.oid = to_regclass(format('%I.dwelling_class', monitor)));
        IF everything THEN
            scope := 'all';
        END IF;
    END IF;
    IF NOT everything THEN
        -- all residences of those who lived there, and all residences of the dwellings in these
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_near_person ON COMMIT DROP AS
            SELECT DISTINCT r.person_id FROM %I.residence r JOIN pg_temp.byudv_scope s ON s.key = r.dwelling_id$q$, monitor);
        ANALYZE pg_temp.byudv_near_person;
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_near_dwelling ON COMMIT DROP AS
            SELECT s.key AS dwelling_id FROM pg_temp.byudv_scope s UNION
            SELECT r.dwelling_id FROM %I.residence r JOIN pg_temp.byudv_near_person p ON p.person_id = r.person_id WHERE r.dwelling_id IS NOT NULL$q$, monitor);
        ANALYZE pg_temp.byudv_near_dwelling;
        EXECUTE format($q$CREATE TEMPORARY VIEW byudv_residence AS
            SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date FROM %1$I.residence r JOIN pg_temp.byudv_near_person p ON p.person_id = r.person_id UNION
            SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date FROM %1$I.residence r JOIN pg_temp.byudv_near_dwelling d ON d.dwelling_id = r.dwelling_id$q$, monitor);
    ELSE
        EXECUTE format('CREATE TEMPORARY VIEW byudv_residence AS SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date FROM %I.residence r', monitor);
    END IF;
    -- A new shop or holiday home is no new dwelling; should somebody live there, that is followed all the same.
    EXECUTE format($q$CREATE TEMPORARY VIEW byudv_dwelling AS
        SELECT d.dwelling_id::bigint AS dwelling_id, CASE WHEN c.dwelling_type NOT IN ('not_a_dwelling', 'holiday') THEN d.available_from::date END AS available_from,
            d.demolished_on::date AS demolished_on
        FROM %1$I.dwelling d JOIN %1$I.dwelling_class c ON c.dwelling_id = d.dwelling_id %2$s WHERE c.in_area OR %3$L$q$, monitor,
        CASE WHEN NOT everything THEN 'JOIN pg_temp.byudv_near_dwelling n ON n.dwelling_id = d.dwelling_id' END, (parameters ->> 'follow_region')::boolean);
    EXECUTE format('CREATE TEMPORARY VIEW byudv_person AS SELECT x.person_id::bigint AS person_id, x.born_on::date AS born_on FROM %I.person x %s', monitor,
        CASE WHEN NOT everything THEN 'JOIN pg_temp.byudv_near_person n ON n.person_id = x.person_id' END);
    EXECUTE $q$CREATE TEMPORARY TABLE byudv_raw ON COMMIT DROP AS SELECT f.* FROM byudv.vacancy_flows('pg_temp.byudv_residence', 'pg_temp.byudv_dwelling', $1, $2, $3, $4, $5, $6, $7,
        'pg_temp.byudv_person') f$q$ USING (parameters ->> 'study_from')::date, (parameters ->> 'as_of')::date, (parameters ->> 'overlap_tolerance')::int,
        (parameters ->> 'group_window')::int, (parameters ->> 'link_gap')::int, (parameters ->> 'empty_window')::int, (parameters ->> 'max_vacancy')::int;
    ANALYZE pg_temp.byudv_raw;
    EXECUTE format($q$CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        SELECT f.dwelling_id, f.vacated_on, f.is_new, f.filled_on, f.outcome, f.origin_dwelling_id, v.vacated_on AS origin_vacated_on, f.movers, f.share
        FROM pg_temp.byudv_raw f LEFT JOIN (SELECT o.vacancy_id, min(o.vacated_on) AS vacated_on FROM pg_temp.byudv_raw o GROUP BY o.vacancy_id) v ON v.vacancy_id = f.origin_vacancy_id %s$q$,
        CASE WHEN NOT everything THEN 'WHERE f.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    merged := byudv.merge_rows(monitor, 'vacancy_flow', ARRAY['dwelling_id', 'vacated_on'], CASE WHEN NOT everything THEN 't.dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := merged.rows_added; rows_removed := merged.rows_removed;
    IF merged.rows_added + merged.rows_removed = 0 AND scope <> 'all' THEN
        RETURN;
    END IF;

    -- Chains: all from the flows just made; or those that went through, or begin with, a vacancy whose flows have changed
    IF NOT everything THEN
        TRUNCATE pg_temp.byudv_scope;
        EXECUTE format($q$INSERT INTO pg_temp.byudv_scope
            WITH changed AS (%2$s)
            SELECT h.new_dwelling_id FROM %1$I.chain h JOIN changed USING (dwelling_id) UNION SELECT dwelling_id FROM changed$q$, monitor,
            -- where there was no flow yet, all are new
            CASE WHEN merged.first_time THEN 'SELECT n.dwelling_id FROM pg_temp.byudv_new n'
                ELSE 'SELECT a.dwelling_id FROM pg_temp.byudv_added a UNION SELECT r.dwelling_id FROM pg_temp.byudv_removed r' END);
        ANALYZE pg_temp.byudv_scope;
        DROP TABLE pg_temp.byudv_raw;
        EXECUTE format($q$CREATE TEMPORARY TABLE byudv_raw ON COMMIT DROP AS
            WITH RECURSIVE reached (dwelling_id, vacated_on, is_new) AS (
                SELECT f.dwelling_id, f.vacated_on, f.is_new FROM %1$I.vacancy_flow f JOIN pg_temp.byudv_scope s ON s.key = f.dwelling_id WHERE f.is_new
                UNION
                SELECT f.origin_dwelling_id, f.origin_vacated_on, false FROM reached r JOIN %1$I.vacancy_flow f
                    ON f.dwelling_id = r.dwelling_id AND f.vacated_on = r.vacated_on AND f.is_new = r.is_new WHERE f.outcome = 'vacated'),
            numbered AS (SELECT r.*, row_number() OVER (ORDER BY r.dwelling_id, r.vacated_on, r.is_new DESC) AS vacancy_id FROM reached r)
            SELECT v.vacancy_id, f.dwelling_id, f.vacated_on, f.filled_on, f.outcome, f.origin_dwelling_id, o.vacancy_id AS origin_vacancy_id, f.movers, f.share, f.is_new
            FROM numbered v JOIN %1$I.vacancy_flow f ON f.dwelling_id = v.dwelling_id AND f.vacated_on = v.vacated_on AND f.is_new = v.is_new
            LEFT JOIN numbered o ON o.dwelling_id = f.origin_dwelling_id AND o.vacated_on = f.origin_vacated_on AND NOT o.is_new$q$, monitor);
    END IF;
    DROP TABLE pg_temp.byudv_new;
    CREATE TEMPORARY TABLE byudv_new ON COMMIT DROP AS
        WITH vacancy AS MATERIALIZED (SELECT f.vacancy_id, min(f.dwelling_id) AS dwelling_id, min(f.vacated_on) AS vacated_on FROM pg_temp.byudv_raw f GROUP BY f.vacancy_id)
        SELECT s.dwelling_id AS new_dwelling_id, (row_number() OVER (PARTITION BY c.chain_id ORDER BY c.ordinality))::int AS node, c.round, c.dwelling_id, c.vacated_on, c.weight,
            p.dwelling_id AS parent_dwelling_id, p.vacated_on AS parent_vacated_on
        FROM byudv.vacancy_chains('pg_temp.byudv_raw') WITH ORDINALITY c
        JOIN vacancy s ON s.vacancy_id = c.chain_id LEFT JOIN vacancy p ON p.vacancy_id = c.parent_vacancy_id;
    merged := byudv.merge_rows(monitor, 'chain', ARRAY['new_dwelling_id', 'node'], CASE WHEN NOT everything THEN 't.new_dwelling_id IN (SELECT s.key FROM pg_temp.byudv_scope s)' END);
    rows_added := rows_added + merged.rows_added; rows_removed := rows_removed + merged.rows_removed;
END
$$;
COMMENT ON FUNCTION byudv.refresh_vacancy_flow(text, jsonb) IS 'Used inside: the step of a refresh that makes vacancy_flow and chain.';
