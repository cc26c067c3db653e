-- What analysts call: dwelling type, owner names, tenure, labels.

CREATE FUNCTION byudv.normalise_owner_name(owner_name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_normalise_owner_name';
COMMENT ON FUNCTION byudv.normalise_owner_name(text) IS 'The form in which owner names are compared: lower case, one space between words, punctuation dropped, æ/ø/å as ae/oe/aa, abbreviations in one spelling (a/b, a/s, aps, smba, afd). What only represents the owner (v/, c/o, att) follows behind a bar. NULL gives NULL; any length; no errors.';

CREATE FUNCTION byudv.owner_kind(owner_name text) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_owner_kind';
COMMENT ON FUNCTION byudv.owner_kind(text) IS 'Kind of owner that a name tells, a code of byudv.owner_kinds(); unclassified when no pattern of byudv.owner_pattern matches (most natural persons). NULL gives NULL. A name of exactly 34 characters counts as cut by the register: its last word also matches the patterns that complete it, where these agree.';

CREATE FUNCTION byudv.owner_organisation(owner_name text) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_owner_organisation';
COMMENT ON FUNCTION byudv.owner_organisation(text) IS 'The housing organisation that an owner name belongs to, as byudv.owner_pattern names it; NULL when none, or when the name is NULL.';

CREATE FUNCTION byudv.owner_match(owner_name text, OUT normalised text, OUT owner_kind text, OUT organisation text, OUT pattern text, OUT match text,
        OUT priority int, OUT source text, OUT is_builtin boolean) RETURNS record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'byudv_owner_match';
COMMENT ON FUNCTION byudv.owner_match(text) IS 'Why owner_kind() says what it says: the normal form and the pattern that decides; pattern and what follows are NULL when none matches. NULL gives NULL.';

CREATE FUNCTION byudv.owner_matches(owner_name text, OUT normalised text, OUT owner_kind text, OUT organisation text, OUT pattern text, OUT match text,
        OUT priority int, OUT source text, OUT is_builtin boolean) RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000 ROWS 5 AS 'MODULE_PATHNAME', 'byudv_owner_matches';
COMMENT ON FUNCTION byudv.owner_matches(text) IS 'All patterns that match a name, the deciding one first. NULL gives no rows.';

CREATE FUNCTION byudv.dwelling_type(unit_use int, building_use int, unit_kind text) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 2 AS 'MODULE_PATHNAME', 'byudv_dwelling_type';
COMMENT ON FUNCTION byudv.dwelling_type(int, int, text) IS 'Dwelling type (boligart), a code of byudv.dwelling_types(), from the unit''s use (enh020), the building''s use (byg021) and the unit kind (enh023: 1 to 5, E). Kinds E and 5 decide first, then the unit''s use; a unit use of 0, 999 or NULL falls back to the building''s. Every argument may be NULL; a use outside byudv.use_code gives unknown, another unit kind counts as none.';

CREATE FUNCTION byudv.owner_occupied(registered_use int) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE registered_use WHEN 1 THEN false WHEN 2 THEN true END;
COMMENT ON FUNCTION byudv.owner_occupied(int) IS 'Occupation from BBR''s registered use (enh045): 1 let gives false, 2 used by the owner gives true, anything else NULL.';

CREATE FUNCTION byudv.tenure(owner_code int, building_use int, owner_name text, defect_insurance int, built_year int DEFAULT NULL,
        owner_occupied boolean DEFAULT NULL, property_kind text DEFAULT NULL, public_support int DEFAULT NULL, proxy_owner boolean DEFAULT NULL,
        norm text DEFAULT 'corrected') RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 15 AS 'MODULE_PATHNAME', 'byudv_tenure';
COMMENT ON FUNCTION byudv.tenure(int, int, text, int, int, boolean, text, int, boolean, text) IS 'Tenure (ejerform) of a dwelling under a norm, a code of byudv.tenure_codes(). Arguments: owner code (ejerforholdskode), building use (byg021), owner name as registered, defect insurance (byg121), year of construction, whether the owner lives there (see owner_occupied()), kind of property (condominium or ejerlejlighed, land or SFE, leased_land or BPFG), public support (enh046), whether the named owner is a proxy, norm. Every argument may be NULL, which means not stated, as does a number outside its list; norm NULL gives NULL; an unknown norm is an error that lists the norms. The rules are rows of byudv.tenure_rule.';

CREATE FUNCTION byudv.tenure_decision(owner_code int, building_use int, owner_name text, defect_insurance int, built_year int DEFAULT NULL,
        owner_occupied boolean DEFAULT NULL, property_kind text DEFAULT NULL, public_support int DEFAULT NULL, proxy_owner boolean DEFAULT NULL,
        norm text DEFAULT 'corrected', OUT tenure text, OUT rule_id int, OUT certainty text, OUT reason text) RETURNS record
    LANGUAGE c STABLE PARALLEL SAFE COST 30 AS 'MODULE_PATHNAME', 'byudv_tenure_decision';
COMMENT ON FUNCTION byudv.tenure_decision(int, int, text, int, int, boolean, text, int, boolean, text) IS 'Tenure with the rule that decided (NULL when none applied), how certain it is (high, medium, low) and one Danish sentence that says why. Arguments as byudv.tenure().';

CREATE FUNCTION byudv.explain_tenure(owner_code int, building_use int, owner_name text, defect_insurance int, built_year int DEFAULT NULL,
        owner_occupied boolean DEFAULT NULL, property_kind text DEFAULT NULL, public_support int DEFAULT NULL, proxy_owner boolean DEFAULT NULL,
        norm text DEFAULT 'corrected', OUT step int, OUT rule_id int, OUT outcome text, OUT tenure text, OUT certainty text, OUT explanation text)
        RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 1000 ROWS 60 AS 'MODULE_PATHNAME', 'byudv_explain_tenure';
COMMENT ON FUNCTION byudv.explain_tenure(int, int, text, int, int, boolean, text, int, boolean, text) IS 'Why tenure() says what it says, in Danish: the signals as they were read (step 0, outcome signal), then every rule of the norm in order with its outcome: no match, decides, or too late (it would apply, but an earlier rule has decided). Arguments as byudv.tenure().';

-- Lists and labels

CREATE VIEW byudv.code_label AS
    SELECT 'tenure'::text AS list, c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.tenure_code c
    UNION ALL SELECT 'dwelling_type', c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.dwelling_type_code c
    UNION ALL SELECT 'owner_kind', c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.owner_kind_code c
    UNION ALL SELECT c.list, c.code, c.label_da, c.label_en, c.sort_order, c.is_builtin FROM byudv.register_code c;
COMMENT ON VIEW byudv.code_label IS 'All codes with their Danish and English labels and order, by list.';
COMMENT ON COLUMN byudv.code_label.list IS 'tenure, dwelling_type, owner_kind, or a list of byudv.register_code';
COMMENT ON COLUMN byudv.code_label.code IS 'The code';
COMMENT ON COLUMN byudv.code_label.label_da IS 'Danish label';
COMMENT ON COLUMN byudv.code_label.label_en IS 'English label';
COMMENT ON COLUMN byudv.code_label.sort_order IS 'Order in reports, ascending';
COMMENT ON COLUMN byudv.code_label.is_builtin IS 'The extension''s own row';
GRANT SELECT ON byudv.code_label TO PUBLIC;

CREATE FUNCTION byudv.label(list text, code text, lang text DEFAULT 'da') RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF lang NOT IN ('da', 'en') THEN
        RAISE EXCEPTION 'unknown language "%"', lang USING ERRCODE = 'invalid_parameter_value', HINT = 'Labels are in ''da'' and ''en''.';
    END IF;
    IF NOT EXISTS (SELECT FROM byudv.code_label c WHERE c.list = label.list) THEN
        RAISE EXCEPTION 'unknown code list "%"', list USING ERRCODE = 'invalid_parameter_value',
            DETAIL = pg_catalog.format('The lists are: %s.', (SELECT pg_catalog.string_agg(DISTINCT c.list, ', ' ORDER BY c.list) FROM byudv.code_label c)),
            HINT = 'SELECT * FROM byudv.code_label shows all codes.';
    END IF;
    RETURN (SELECT CASE lang WHEN 'da' THEN c.label_da ELSE c.label_en END FROM byudv.code_label c WHERE c.list = label.list AND c.code = label.code);
END
$$;
COMMENT ON FUNCTION byudv.label(text, text, text) IS 'Label of a code in a list of byudv.code_label, in Danish (da) or English (en). NULL when the code is not in the list or an argument is NULL; an unknown list or language is an error that lists what there is.';

DO $$
DECLARE
    f text;
    l text;
BEGIN
    FOR f, l IN VALUES ('tenure_codes', 'tenure'), ('dwelling_types', 'dwelling_type'), ('owner_kinds', 'owner_kind'), ('owner_codes', 'owner_code'),
        ('insurance_codes', 'defect_insurance'), ('support_codes', 'public_support') LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION byudv.%I(OUT code text, OUT label_da text, OUT label_en text, OUT sort_order int) RETURNS SETOF record'
            ' LANGUAGE sql STABLE PARALLEL SAFE ROWS 12 SET search_path = pg_catalog, pg_temp AS %L', f,
            pg_catalog.format('SELECT c.code, c.label_da, c.label_en, c.sort_order FROM byudv.code_label c WHERE c.list = %L ORDER BY c.sort_order, c.code', l));
        EXECUTE pg_catalog.format('COMMENT ON FUNCTION byudv.%I() IS %L', f, pg_catalog.format('The codes of list %s with Danish and English labels, in order.', l));
    END LOOP;
END
$$;

CREATE FUNCTION byudv.tenure_norms(OUT code text, OUT label_da text, OUT label_en text, OUT rules bigint) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4 SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.norm, coalesce(min(c.label_da), r.norm), coalesce(min(c.label_en), r.norm), count(*)
    FROM (SELECT DISTINCT ON (x.norm, x.rule_id) x.norm, x.rule_id, x.enabled FROM byudv.tenure_rule x ORDER BY x.norm, x.rule_id, x.is_builtin) r
    LEFT JOIN byudv.register_code c ON c.list = 'norm' AND c.code = r.norm
    WHERE r.enabled GROUP BY r.norm ORDER BY min(coalesce(c.sort_order, 1000)), r.norm
$$;
COMMENT ON FUNCTION byudv.tenure_norms() IS 'The norms that byudv.tenure() knows, with labels and the number of their rules in force.';

CREATE FUNCTION byudv.explain_dwelling_type(unit_use int, building_use int, unit_kind text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kind text := upper(btrim(coalesce(unit_kind, '')));
    unit boolean := coalesce(unit_use, 0) NOT IN (0, 999);
    use int := CASE WHEN unit THEN unit_use ELSE building_use END;
    whose text := CASE WHEN unit THEN 'enhedens anvendelse' ELSE 'bygningens anvendelse (enhedens er ikke oplyst)' END;
    result text := byudv.label('dwelling_type', byudv.dwelling_type(unit_use, building_use, unit_kind));
    u byudv.use_code;
BEGIN
    IF kind IN ('E', '5') THEN
        RETURN format('%s: boligtypen er %s (%s), som afgør det uanset anvendelsen.', result, kind, byudv.label('unit_kind', kind));
    END IF;
    IF coalesce(use, 0) = 0 THEN
        RETURN format('%s: hverken enhedens eller bygningens anvendelse er oplyst.', result);
    END IF;
    SELECT * INTO u FROM byudv.use_code c WHERE c.domain = CASE WHEN unit THEN 'unit' ELSE 'building' END AND c.code = use ORDER BY c.is_builtin LIMIT 1;
    IF u.code IS NULL THEN
        RETURN format('%s: %s er %s, som ikke findes i kodelisten.', result, whose, use);
    END IF;
    IF u.dwelling_type = 'commercial_dwelling' THEN
        RETURN format('%s: %s er %s (%s), som ikke er beboelse, og boligtypen er %s.', result, whose, use, u.label_da,
            CASE WHEN kind IN ('1', '2', '3', '4') THEN format('%s (%s)', kind, byudv.label('unit_kind', kind)) ELSE 'ikke 1-4' END);
    END IF;
    RETURN format('%s: %s er %s (%s).', result, whose, use, u.label_da);
END
$$;
COMMENT ON FUNCTION byudv.explain_dwelling_type(int, int, text) IS 'One Danish sentence that says why dwelling_type() gives its answer. Arguments as byudv.dwelling_type().';
