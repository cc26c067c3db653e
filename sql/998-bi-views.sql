-- The views of a monitor, from the lists of each topic; and who may read them.

CREATE FUNCTION byudv.monitor_views(OUT ordinal int, OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text, OUT comment text)
    RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
SELECT (row_number() OVER ())::int, v.view_name, v.key, v.description_da, v.description_en, v.question_da, v.query, format('%s. Unique key: %s', v.description_en, v.key)
FROM (SELECT * FROM byudv.bi_dimension_views()
    UNION ALL SELECT * FROM byudv.bi_shape_views()
    UNION ALL SELECT * FROM byudv.bi_stock_views()
    UNION ALL SELECT * FROM byudv.bi_person_views()
    UNION ALL SELECT * FROM byudv.bi_duration_views()
    UNION ALL SELECT * FROM byudv.bi_plans_views()
    UNION ALL SELECT * FROM byudv.bi_review_views()
    UNION ALL SELECT * FROM byudv.bi_finding_views()
    ) v
$$;
COMMENT ON FUNCTION byudv.monitor_views() IS 'The views of a monitor for BI tools, Excel and SQL, in the order in which they are made: what each row is of (key), what the view is in Danish and English, a question that it answers, and its query, in which %1$I is the monitor.';

CREATE FUNCTION byudv.monitor_view_columns(OUT view_name text, OUT ordinal int, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text)
    RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 500 SET search_path = pg_catalog, pg_temp AS $$
SELECT v.view_name, (row_number() OVER ())::int, v.column_name, v.type, v.label_da, v.description_da, v.description_en
FROM (SELECT * FROM byudv.bi_dimension_columns()
    UNION ALL SELECT * FROM byudv.bi_shape_columns()
    UNION ALL SELECT * FROM byudv.bi_stock_columns()
    UNION ALL SELECT * FROM byudv.bi_person_columns()
    UNION ALL SELECT * FROM byudv.bi_duration_columns()
    UNION ALL SELECT * FROM byudv.bi_plans_columns()
    UNION ALL SELECT * FROM byudv.bi_review_columns()
    UNION ALL SELECT * FROM byudv.bi_finding_columns()
    ) v
$$;
COMMENT ON FUNCTION byudv.monitor_view_columns() IS 'The columns of a monitor''s views in their order, with types, headers for people (label_da) and descriptions in Danish and English.';

CREATE FUNCTION byudv.set_reader(monitor text, role name, allowed boolean) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v record;
BEGIN
    PERFORM byudv.require_monitor(monitor);
    IF role IS NULL THEN
        RAISE EXCEPTION 'no role is named' USING ERRCODE = 'null_value_not_allowed', HINT = 'SELECT byudv.grant_reader(''ballerup'', ''analyst'');';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role) THEN
        RAISE EXCEPTION 'role "%" does not exist', role USING ERRCODE = 'undefined_object', DETAIL = 'The extension makes no roles, since these belong to the whole server.', HINT = CASE WHEN allowed THEN format('CREATE ROLE %I LOGIN;', role) ELSE 'SELECT rolname FROM pg_roles; lists those that there are.' END;
    END IF;
    -- REVOKE would take from an owner what it has as the owner
    IF role = (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.nspname = monitor) THEN
        RAISE EXCEPTION 'role "%" owns monitor "%"', role, monitor USING ERRCODE = 'invalid_parameter_value', DETAIL = 'An owner reads all of it.', HINT = 'Name the role of another, who is to read the views only.';
    END IF;
    FOR v IN SELECT m.view_name FROM byudv.monitor_views() m WHERE to_regclass(format('%I.%I', monitor, m.view_name)) IS NOT NULL LOOP
        IF allowed THEN
            EXECUTE format('GRANT SELECT ON %I.%I TO %I', monitor, v.view_name, role);
        ELSE
            EXECUTE format('REVOKE ALL ON %I.%I FROM %I', monitor, v.view_name, role);
        END IF;
    END LOOP;
    EXECUTE CASE WHEN allowed THEN format('GRANT USAGE ON SCHEMA %I TO %I', monitor, role) ELSE format('REVOKE ALL ON SCHEMA %I FROM %I', monitor, role) END;
    IF allowed THEN    -- its functions, and the views of who is asked
        IF NOT has_schema_privilege(role, 'byudv', 'USAGE') THEN
            RAISE WARNING 'role "%" may not use schema byudv', role USING DETAIL = 'It can read the views, but not call byudv.area_profile() and the like.', HINT = format('GRANT USAGE ON SCHEMA byudv TO %I;', role);
        END IF;
    END IF;
END
$$;
COMMENT ON FUNCTION byudv.set_reader(text, name, boolean) IS 'Used inside: gives or takes a role''s right to read the views of a monitor.';

CREATE FUNCTION byudv.grant_reader(monitor text, role name) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM byudv.set_reader(monitor, role, true);
    RETURN format('Role %s can read the views bi_... of monitor %s, and nothing under them.', role, monitor);
END
$$;
COMMENT ON FUNCTION byudv.grant_reader(text, name) IS 'Lets a role read the views bi_... of a monitor, in which small counts of persons are suppressed, and nothing under them: no input, no results by dwelling or person. Views that a later version adds are granted as well. Only the monitor''s owner may do so. Returns what was done. Errors: no such monitor, no such role, the owner.';

CREATE FUNCTION byudv.revoke_reader(monitor text, role name) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM byudv.set_reader(monitor, role, false);
    RETURN format('Role %s can no longer read monitor %s.', role, monitor);
END
$$;
COMMENT ON FUNCTION byudv.revoke_reader(text, name) IS 'Takes from a role what grant_reader() gave it, and any other right on the monitor''s schema and views. What it has through another role it keeps. Errors: no such monitor, no such role, the owner.';
