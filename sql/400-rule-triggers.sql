-- Keeping the code, pattern and rule tables right: protection of built-in rows, checks, news to every session, dumps.

CREATE FUNCTION byudv.protect_builtin() RETURNS trigger LANGUAGE c AS 'MODULE_PATHNAME', 'byudv_protect_builtin';
COMMENT ON FUNCTION byudv.protect_builtin() IS 'Trigger: refuses changes to built-in rows, which no dump would hold and the next version replaces.';

CREATE FUNCTION byudv.rules_changed() RETURNS trigger LANGUAGE c AS 'MODULE_PATHNAME', 'byudv_rules_changed';
COMMENT ON FUNCTION byudv.rules_changed() IS 'Trigger: refuses rows that make no valid rule set, tells every session of the change, puts built-in rows back after TRUNCATE. While check_function_bodies is off, as in the restore of a dump, rows are not checked until they are used, since a parallel restore may bring a rule before the codes that it names.';

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['dwelling_type_code', 'owner_kind_code', 'tenure_code', 'register_code', 'use_code', 'owner_pattern', 'tenure_rule'] LOOP
        EXECUTE pg_catalog.format('CREATE TRIGGER protect_builtin BEFORE INSERT OR UPDATE OR DELETE ON byudv.%I FOR EACH ROW EXECUTE FUNCTION byudv.protect_builtin()', t);
        EXECUTE pg_catalog.format('CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON byudv.%I FOR EACH STATEMENT EXECUTE FUNCTION byudv.rules_changed()', t);
        -- also where rows arrive by replication, or session_replication_role is replica
        EXECUTE pg_catalog.format('ALTER TABLE byudv.%I ENABLE ALWAYS TRIGGER rules_changed', t);
        EXECUTE pg_catalog.format('COMMENT ON TRIGGER protect_builtin ON byudv.%I IS %L', t, 'Built-in rows stay as they are');
        EXECUTE pg_catalog.format('COMMENT ON TRIGGER rules_changed ON byudv.%I IS %L', t, 'Checks the rule set and tells every session');
        -- reference data: everybody may read, whom the owner trusts may write
        EXECUTE pg_catalog.format('GRANT SELECT ON byudv.%I TO PUBLIC', t);
        PERFORM pg_catalog.pg_extension_config_dump('byudv.' || t, 'WHERE NOT is_builtin');
        EXECUTE pg_catalog.format('SELECT byudv.%I()', 'seed_' || t);
    END LOOP;
END
$$;
