-- Random calls of everything in the extension, reproducible by a seed. test/t/020_random_calls.pl runs it.
-- chance.batch(calls) draws about so many calls from random() and says how they ended; the caller rolls it back.
SET client_min_messages = warning;
CREATE SCHEMA chance;

-- ---- relations: those that functions of byudv read, with random rows, and odd ones

CREATE TABLE chance.address (person_id bigint, dwelling_id bigint, from_date date, to_date date, municipality_code int, abroad boolean);
CREATE TABLE chance.person (person_id bigint, born_on date, died_on date);
CREATE TABLE chance.home (dwelling_id bigint, available_from date, demolished_on date);
CREATE TABLE chance.stay (person_id int, dwelling_id int, from_date date, to_date date, records int);
CREATE VIEW chance.residence AS SELECT * FROM byudv.residences('chance.address');
CREATE VIEW chance.flow AS SELECT * FROM byudv.vacancy_flows('chance.residence', 'chance.home', '2020-01-01', '2021-01-01');
CREATE TABLE chance.flow_row (vacancy_id bigint, dwelling_id bigint, vacated_on date, filled_on date, outcome text, origin_dwelling_id bigint, origin_vacancy_id bigint,
    movers int, share double precision, is_new boolean);
CREATE TABLE chance.transition (from_stratum text, to_stratum text, n bigint);
CREATE TABLE chance.event (slice int, a int, b int, c int);
CREATE TABLE chance.member (row_column text, member int, kind int, code int);
CREATE TABLE chance.dwelling (dwelling_id bigint, unit_use int, unit_kind text, building_use int, defect_insurance int, built_year int, owner_occupied boolean, property_kind text,
    public_support int, owner_code int, owner_name text, valid_from date, valid_to date, tenure text);
CREATE TABLE chance.number AS SELECT n, n * 7919 % 3001 AS m, n % 5 = 0 AS f, date '2000-01-01' + n AS d FROM generate_series(1, 3000) n;

CREATE FUNCTION chance.bitten() RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'text was run' USING ERRCODE = 'ZZ666'; END$$;

CREATE TABLE chance.relation (oid oid, usual boolean);
CREATE TABLE chance.empty ();
CREATE TABLE chance.other_types (person_id text, dwelling_id numeric, from_date timestamptz, to_date text, vacancy_id uuid, n numeric, slice bigint, a text, from_stratum int);
CREATE TABLE chance.generated (person_id bigint, dropped text, dwelling_id bigint GENERATED ALWAYS AS (person_id * 2) STORED, from_date date DEFAULT '2020-01-01', to_date date);
ALTER TABLE chance.generated DROP COLUMN dropped;
CREATE TABLE chance.split (person_id bigint, dwelling_id bigint, from_date date, to_date date) PARTITION BY HASH (person_id);
CREATE TABLE chance.split_0 PARTITION OF chance.split FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE chance.split_1 PARTITION OF chance.split FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE chance.no_parts (LIKE chance.address) PARTITION BY LIST (person_id);
CREATE TABLE chance.child () INHERITS (chance.address);
CREATE TABLE chance."it's ""odd"" || chance.bitten() %s $1 æ" (LIKE chance.address);
CREATE TABLE chance.secret (LIKE chance.address);
ALTER TABLE chance.secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE chance.secret FORCE ROW LEVEL SECURITY;
CREATE VIEW chance.failing AS SELECT 1 / (g - 3)::bigint AS person_id, 1::bigint AS dwelling_id, date '2020-01-01' AS from_date, NULL::date AS to_date, NULL::date AS born_on,
    NULL::date AS available_from, NULL::date AS demolished_on, 1 AS slice, 1 AS a, 1 AS b FROM generate_series(1, 5) g;
CREATE VIEW chance.again AS SELECT * FROM chance.address;
CREATE OR REPLACE VIEW chance.again AS SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date, 1 AS municipality_code, false AS abroad FROM byudv.residences('chance.again') r;
CREATE MATERIALIZED VIEW chance.kept AS SELECT * FROM chance.residence;
CREATE MATERIALIZED VIEW chance.not_filled AS SELECT * FROM chance.residence WITH NO DATA;
CREATE INDEX number_index ON chance.number (n);
CREATE SEQUENCE chance.sequence;
CREATE TYPE chance.composite AS (person_id bigint, dwelling_id bigint, from_date date, to_date date);
CREATE FOREIGN DATA WRAPPER chance;
CREATE SERVER chance FOREIGN DATA WRAPPER chance;
CREATE FOREIGN TABLE chance.elsewhere (person_id bigint, dwelling_id bigint, from_date date, to_date date) SERVER chance;
CREATE TABLE chance.target (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int);
CREATE TABLE chance.gone (LIKE chance.address);
INSERT INTO chance.relation SELECT 'chance.gone'::regclass, false;
DROP TABLE chance.gone;
INSERT INTO chance.relation SELECT c.oid, c.relname IN ('address', 'person', 'home', 'stay', 'residence', 'flow', 'flow_row', 'transition', 'event', 'member', 'dwelling')
FROM pg_class c WHERE c.relnamespace = 'chance'::regnamespace AND c.relname <> 'relation' AND c.relkind <> 't';
INSERT INTO chance.relation SELECT c.oid, false FROM pg_class c WHERE c.oid IN ('pg_class'::regclass, 'pg_locks'::regclass, 'pg_proc_oid_index'::regclass, 'information_schema.tables'::regclass,
    'byudv.owner_pattern'::regclass, 'byudv.residence'::regclass, 'byudv.code_label'::regclass) OR c.oid = (SELECT t.reltoastrelid FROM pg_class t WHERE t.oid = 'chance.dwelling'::regclass);
INSERT INTO chance.relation VALUES (0, false), (4294967295, false), (1, false);

-- A monitor of a few homes, so that what asks for one has one
SELECT byudv.create_monitor('here', 151) \g /dev/null
INSERT INTO here.building (building_id, source_key, property_id, building_use, built_year, defect_insurance) SELECT b, 'b' || b, 100 + b, 140, 1950 + b, 0 FROM generate_series(1, 3) b;
INSERT INTO here.dwelling (dwelling_id, source_key, municipality, building_id, property_id, unit_use, unit_kind, area_m2, available_from)
SELECT d, 'd' || d, 151, 1 + d % 3, 101 + d % 3, 140, '1', 40 + d, CASE WHEN d > 9 THEN date '2021-03-01' + d END FROM generate_series(1, 12) d;
INSERT INTO here.ownership (property_id, owner_code, owner_name) VALUES (101, 41, 'A/B Testgaarden'), (102, 20, 'Boligselskabet Testrup afd. 2'), (103, 10, 'Testesen');
INSERT INTO here.person (person_id, born_on) SELECT p, date '1950-01-01' + p * 900 FROM generate_series(1, 25) p;
INSERT INTO here.address_period (person_id, dwelling_id, from_date, to_date) SELECT p, 1 + p % 9, date '2012-01-01' + p * 40, CASE WHEN p % 2 = 0 THEN date '2021-01-01' + p * 20 END FROM generate_series(1, 25) p;
INSERT INTO here.address_period (person_id, dwelling_id, from_date) SELECT p, 1 + (p + 5) % 12, date '2021-01-01' + p * 20 FROM generate_series(2, 25, 2) p;
INSERT INTO here.area VALUES ('kvarter', '1', 'Kvarter 1');
INSERT INTO here.dwelling_area SELECT d, 'kvarter', '1', NULL, NULL FROM generate_series(1, 12) d;
UPDATE here.setting SET as_of = '2024-01-01', study_from = '2014-01-01';
CALL byudv.refresh('here');

-- ---- values

CREATE FUNCTION chance.below(n int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT floor(random() * n)::int';
CREATE FUNCTION chance.pick(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT choices[1 + floor(random() * cardinality(choices))::int]';

CREATE FUNCTION chance.whole() RETURNS int LANGUAGE sql VOLATILE AS $$
    SELECT CASE floor(random() * 8)::int WHEN 0 THEN NULL WHEN 1 THEN (ARRAY[0, -1, -2147483648, 2147483647, 2147483646, -2147483647, 1000000])[1 + floor(random() * 7)::int]
        WHEN 2 THEN 1900 + floor(random() * 150)::int WHEN 3 THEN (ARRAY[10, 20, 30, 41, 50, 90, 120, 140, 510, 930, 999])[1 + floor(random() * 11)::int]
        WHEN 4 THEN floor(random() * 4294967296 - 2147483648)::int ELSE floor(random() * 12)::int END $$;
CREATE FUNCTION chance.long() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT CASE floor(random() * 5)::int WHEN 0 THEN (ARRAY[9223372036854775807, -9223372036854775808, 9223372036854775806, 4611686018427387904, 4294967296, -1])[1 + floor(random() * 6)::int]
        ELSE chance.whole() END $$;
CREATE FUNCTION chance.real() RETURNS double precision LANGUAGE sql VOLATILE AS $$
    SELECT CASE floor(random() * 6)::int WHEN 0 THEN (ARRAY['NaN', 'Infinity', '-Infinity', '-0', '0', '1', '1e308', '-1e308', '5e-324', '1e-300', '0.9999999999999999',
        '1.0000000000000002', '9007199254740993', '1e19'])[1 + floor(random() * 14)::int]::double precision WHEN 1 THEN NULL WHEN 2 THEN chance.whole() WHEN 3 THEN exp(200 * random() - 100) ELSE random() END $$;
CREATE FUNCTION chance.day() RETURNS date LANGUAGE sql VOLATILE AS $$
    SELECT CASE floor(random() * 12)::int WHEN 0 THEN NULL WHEN 1 THEN (ARRAY['infinity', '-infinity', '4713-01-01 BC', '5874897-12-31', '0001-01-01', '0001-12-31 BC', '1900-01-01', '2000-02-29', '9999-12-31',
        '5881580-07-11'])[1 + floor(random() * 9)::int]::date ELSE date '2019-06-01' + floor(random() * 800)::int END $$;

-- Text without quotes around it. Anything that is run instead of taken as text ends in chance.bitten(), or in a syntax error.
CREATE FUNCTION chance.words(what text) RETURNS text LANGUAGE plpgsql VOLATILE AS $words$
DECLARE
    result text;
BEGIN
    IF random() < 0.6 THEN
        result := CASE
            WHEN what IN ('monitor', 'name') THEN chance.pick('here', 'here', 'here', 'here', 'new_one', 'chance', 'nonesuch', 'pg_catalog', 'byudv')
            WHEN what = 'list' THEN chance.pick('tenure', 'dwelling_type', 'owner_kind', 'arrival', 'unit_kind', 'norm')
            WHEN what IN ('code', 'tenure', 'dwelling_type') THEN chance.pick('owner', 'social', 'cooperative', 'apartment', 'detached', 'internal', '1', 'E')
            WHEN what IN ('lang', 'norm', 'conf_type') THEN chance.pick('da', 'en', 'corrected', 'register', 'dst', 'log', 'log-log', 'plain', 'linear', 'none')
            WHEN what IN ('owner_name', 'query', 'otherwise') THEN chance.pick('Boligforeningen AAB', 'A/B Testgaarden 7', 'Testejendomme ApS v/ Testrup c/o', 'Domea Testrup afd. 12', 'Testrup Kommune', 'Ejerforeningen Test',
                'Boligselskabet Testrup, afd. 12 v/', repeat('A/B ', 9) || 'xy', 'SELECT 1', 'true', 'NULL')
            WHEN what IN ('unit_kind', 'property_kind') THEN chance.pick('1', '2', '5', 'E', 'condominium', 'ejerlejlighed', 'land', 'SFE', 'BPFG', 'leased_land')
            WHEN what IN ('cpr', 'value', 'key') THEN chance.pick('010170-1234', '0101701234', ' 310299-4996 ', '610170-0001', '1.234,5', '-12,5', '1 234 567,89', '8.100', '31-12-2023', '2023-12-31', '20231231', '29.02.2023', '-0', '00012')
            WHEN what = 'step' THEN (SELECT chance.pick(VARIADIC byudv.refresh_steps()))
            WHEN what IN ('table_name', 'stage') THEN chance.pick('residence', 'dwelling', 'move', 'address_period', 'stock', 'run_log', 'dwelling_class', 'byudv_stage')
            WHEN what = 'view_name' THEN chance.pick('bi_stock', 'bi_moves', 'bi_dim_year', 'bi_chains', 'nonesuch')
            WHEN what = 'measure' THEN chance.pick('residents', 'dwellings', 'Folketal', 'turnover')
            WHEN what IN ('schedule', 'scope', 'whole') THEN chance.pick('0 3 * * *', '* * * * *', 'all', 'persons', 'dwellings')
            WHEN what IN ('column_name', 'key_kind', 'names', 'person_column') THEN chance.pick('person_id', 'dwelling_id', 'owner_name', 'from_date', 'ctid', 'tableoid', 'person', 'dwelling')
            WHEN what IN ('area', 'topic') THEN chance.pick('1', '2', 'Kvarter 1', 'tenure', 'moves', 'refresh', 'monitor')
            WHEN what = 'municipality' THEN '151'
        END;
    END IF;
    IF result IS NULL THEN
        result := chance.pick('', ' ', NULL, '''', '"', '\', '\\000', '%', '%s%n%L', '$1', '{}', '{', '},{', 'NULL', 'null', E'\n', E'\t\r\x01\x7f', 'æøåÆØÅ', 'aaoeae', E'a\u030a', E'\u0130\u0131\u1e9e', E'\U0001F600', E'\ufffd\ufeff\u200b',
            ''' || chance.bitten() || ''', '" || chance.bitten() || "', '''; SELECT chance.bitten(); --', '"; SELECT chance.bitten(); --', '$$ || chance.bitten() || $$', '); SELECT chance.bitten(); --', E'\\'' || chance.bitten() --',
            '(SELECT chance.bitten())', 'chance.bitten()', '1e400', '9999999999999999999', '-1', '0', '2020-01-01', 'infinity', '*', 'a*b', 'a/1*b', '/', '::', 'true', 'pg_catalog.pg_class', repeat('x', 63), repeat('x', 64), repeat('æ', 40),
            repeat('(', 100), repeat('A/B ', 300), repeat('9', 1001), repeat('0', 2000) || '1');
        IF random() < 0.2 THEN
            result := result || chance.pick(' ', ',', '.', '-', '/', '''', '"', 'æ', '9') || chance.pick('A/S', 'v/', '12', 'x', '%', 'Å');
        END IF;
    END IF;
    RETURN result;
END
$words$;

CREATE FUNCTION chance.quoted(value text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN value LIKE E''%\\\\%'' THEN ''E''''''::text || replace(replace(value, E''\\'', E''\\\\''), '''''''', '''''''''''') || '''''''' ELSE quote_nullable(value) END';
-- Texts that one change makes of another
CREATE FUNCTION chance.changed(value text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    place int := 1 + chance.below(length(value) + 1);
BEGIN
    RETURN CASE chance.below(6) WHEN 0 THEN left(value, place - 1) WHEN 1 THEN overlay(value PLACING '' FROM place FOR 1) WHEN 2 THEN value || ' ' || value
        WHEN 3 THEN overlay(value PLACING chance.pick('9223372036854775807', '4294967296', '2147483647', '1152921504606846976', '0', '00') FROM place FOR chance.below(3))
        ELSE overlay(value PLACING substr('0123456789 scoexn:-+.', 1 + chance.below(21), 1) FROM place FOR chance.below(2)) END;
END
$$;
CREATE FUNCTION chance.summary(type text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    survival boolean := type = 'byudv.survival';
    form text := CASE WHEN survival THEN chance.pick('s1', 's1 5x1', 's1 5e2x1 30c2x4', 's1 8c1x2 9x1', 's1 o3 5e2x1 30c2x4', 's1 0x1 1x1 2147483647x9223372036854', 's1 1x3 2x3 3x3 4c9', 's1 1c5')
        ELSE chance.pick('c1', 'c1 5e2x1:1 30c2x3:4', 'c1 o1 7x1:1x2:2x64:3 9c1', 'c1 1x1:1 2x2:1 3x1:5', 'c1 1c5') END;
BEGIN
    RETURN CASE chance.below(8)
        WHEN 0 THEN 'NULL::' || type
        WHEN 1 THEN quote_literal(chance.changed(form)) || '::' || type
        -- while it grows, as only an aggregate has it
        WHEN 2 THEN format('byudv.%s_transition(NULL::%s, 3, 8, %s)', substr(type, 7), type, CASE WHEN survival THEN 'true' ELSE '2' END)
        WHEN 3 THEN format('(SELECT byudv.%s_agg(n %% %s, n %% %s + n, %s) FROM chance.number WHERE n < %s)', substr(type, 7), 1 + chance.below(50), 1 + chance.below(9),
            CASE WHEN survival THEN 'f' ELSE 'n % ' || 1 + chance.below(64) END, chance.pick('3', '50', '400'))
        ELSE quote_literal(form) || '::' || type END;
END
$$;

-- An expression of a type, for an argument of a name
CREATE FUNCTION chance.value(type oid, what text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    t text := type::regtype;
BEGIN
    IF t ~ '^(survival|competing_risks)' THEN t := 'byudv.' || t; END IF; -- where search_path has byudv
    IF random() < 0.03 THEN RETURN CASE t WHEN 'internal' THEN 'NULL' ELSE 'NULL::' || t END; END IF;
    CASE t
        WHEN 'integer' THEN RETURN coalesce(quote_literal(chance.whole()), 'NULL') || '::int';
        WHEN 'bigint' THEN RETURN coalesce(quote_literal(chance.long()), 'NULL') || '::bigint';
        WHEN 'double precision' THEN RETURN coalesce(quote_literal(chance.real()), 'NULL') || '::double precision';
        WHEN 'numeric' THEN RETURN coalesce(quote_literal(CASE WHEN random() < 0.1 THEN repeat('9', 1 + chance.below(400)) || '.' || repeat('9', chance.below(400)) ELSE chance.real()::text END), 'NULL') || '::numeric';
        WHEN 'boolean' THEN RETURN chance.pick('true', 'false', 'NULL') || '::boolean';
        WHEN 'date' THEN RETURN coalesce(quote_literal(chance.day()), 'NULL') || '::date';
        WHEN 'text' THEN RETURN CASE WHEN random() < 0.005 THEN 'repeat(''Æa/b '', 40000)' ELSE chance.quoted(chance.words(what)) || '::text' END;
        WHEN 'name' THEN RETURN chance.quoted(CASE chance.below(3) WHEN 0 THEN chance.pick('postgres', 'nobody_such', 'public', 'pg_monitor') ELSE chance.words(what) END) || '::name';
        WHEN 'cstring' THEN RETURN CASE WHEN random() < 0.5 THEN quote_literal(chance.changed(chance.pick('s1 5e2x1 30c2x4', 'c1 5e2x1:1 30c2x3:4'))) ELSE coalesce(chance.quoted(chance.words(what)), 'NULL') END || '::cstring';
        WHEN 'internal' THEN RETURN 'NULL';
        WHEN 'regclass' THEN RETURN (SELECT r.oid FROM chance.relation r ORDER BY random() - r.usual::int * 0.4 LIMIT 1) || '::oid::regclass';
        WHEN 'regtype' THEN RETURN quote_literal(chance.pick('int', 'text', 'date', 'bigint', 'byudv.survival', 'record', 'internal', 'text[]')) || '::regtype';
        WHEN 'jsonb' THEN RETURN CASE WHEN what = 'rules' AND random() < 0.8 THEN chance.pick('byudv.own_rules()', format('jsonb_build_object(%s, jsonb_build_array(jsonb_build_object(%s, %s, %s, %s)))',
                quote_literal(chance.pick('tenure_rule', 'owner_pattern', 'use_code', 'tenure_code', 'x')), quote_literal(chance.pick('norm', 'pattern', 'code', 'rule_id')), chance.value(chance.pick('text', 'int')::regtype, ''),
                quote_literal(chance.pick('tenure', 'match', 'owner_kind', 'is_builtin', 'owner_codes', 'x" || chance.bitten()')), chance.value(chance.pick('text', 'int', 'int[]', 'boolean')::regtype, 'tenure')),
                '''{"tenure_rule": {}, "use_code": [1, null, [], {}]}''::jsonb', '''{"tenure_rule": [{"norm": {}, "rule_id": 1e400}]}''::jsonb')
            WHEN random() < 0.7 THEN 'byudv.monitor_parameters(''here'')' || CASE WHEN random() < 0.3 THEN format(' || jsonb_build_object(%s, %s)',
                chance.quoted(chance.pick('as_of', 'study_from', 'study_to', 'max_gap', 'link_gap', 'municipality', 'norm')), chance.quoted(chance.words('')) || '::text') ELSE '' END
            ELSE quote_literal(chance.pick('{}', '[]', 'null', '1', '{"as_of": null}', '{"as_of": "infinity", "study_from": 1}')) || '::jsonb' END;
        WHEN 'bytea' THEN RETURN CASE chance.below(6) WHEN 0 THEN quote_literal('\x' || left(md5(random()::text), 2 * chance.below(17))) || '::bytea' WHEN 1 THEN 'NULL::bytea'
            ELSE (SELECT CASE chance.below(5) WHEN 0 THEN format('set_byte(%s, %s, %s)', s, chance.below(16), chance.below(256)) WHEN 1 THEN format('substr(%s, 1, %s)', s, chance.below(40))
                WHEN 2 THEN format('%s || %s', s, s) ELSE s END
                FROM format('byudv.%s_agg_step(byudv.%s_agg_step(NULL, 7, ''2020-01-01'', ''2020-03-01''), %s, %s, %s)', chance.pick('residence', 'occupancy'), chance.pick('residence', 'residence', 'occupancy'),
                    chance.value('bigint'::regtype, ''), chance.value('date'::regtype, ''), chance.value('date'::regtype, '')) s) END;
        WHEN 'text[]' THEN RETURN CASE chance.below(8) WHEN 0 THEN '''{}''::text[]' WHEN 1 THEN '''{{a,b},{c,d}}''::text[]' WHEN 2 THEN '''[0:1]={a*b,b*c}''::text[]' WHEN 3 THEN '''{a*b,a*c}''::text[]' WHEN 4 THEN '''{a*b,a*a/2,a*c}''::text[]'
            ELSE (SELECT format('ARRAY[%s]::text[]', string_agg(CASE WHEN random() < 0.5 THEN quote_nullable(chance.pick('a*b', 'b*c', 'a*c', 'a*a/2', 'person_id', 'dwelling_id', NULL)) ELSE chance.quoted(chance.words(what)) END, ', '))
                FROM generate_series(1, 1 + chance.below(4))) END;
        WHEN 'integer[]', 'bigint[]' THEN RETURN CASE chance.below(6) WHEN 0 THEN '''{}''' WHEN 1 THEN '''{{1,2},{3,4}}''' WHEN 2 THEN '''[-3:-1]={1,2,3}''' WHEN 3 THEN '''{NULL}''' WHEN 4 THEN '''{1,2,3,365,730}'''
            ELSE (SELECT quote_literal(format('{%s}', string_agg(coalesce(chance.whole()::text, 'NULL'), ','))) FROM generate_series(1, 1 + chance.below(5))) END || '::' || t;
        WHEN 'regclass[]' THEN RETURN (SELECT format('ARRAY[%s]', string_agg(chance.value('regclass'::regtype, ''), ', ')) FROM generate_series(1, 1 + chance.below(3)));
        WHEN 'byudv.survival', 'byudv.competing_risks' THEN RETURN chance.summary(t);
        WHEN 'byudv.survival[]' THEN RETURN CASE chance.below(8) WHEN 0 THEN '''{}''::byudv.survival[]' WHEN 1 THEN '''{{s1 5x1,s1 6x1},{s1 7x2,NULL}}''::byudv.survival[]' WHEN 2 THEN '''[3:4]={s1 5x1,s1 6x1}''::byudv.survival[]'
            ELSE (SELECT format('ARRAY[%s]', string_agg(chance.summary('byudv.survival'), ', ')) FROM generate_series(1, 1 + chance.below(4))) END;
        ELSE RETURN 'NULL::' || t; -- a type that is new here has only this
    END CASE;
END
$$;

CREATE FUNCTION chance.refill() RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO chance.address SELECT chance.below(6), CASE WHEN random() < 0.9 THEN chance.below(8) ELSE chance.long() END, chance.day(), chance.day(), chance.whole(), random() < 0.2 FROM generate_series(1, chance.below(40));
    INSERT INTO chance.person SELECT p, chance.day(), chance.day() FROM generate_series(0, chance.below(7)) p WHERE random() < 0.8;
    INSERT INTO chance.home SELECT h, chance.day(), chance.day() FROM generate_series(0, chance.below(9)) h WHERE random() < 0.8;
    INSERT INTO chance.stay SELECT chance.below(6), chance.below(8), date '2019-06-01' + n * 20, date '2019-06-02' + n * 20 + chance.below(90), 1 FROM generate_series(1, chance.below(40)) n;
    INSERT INTO chance.flow_row SELECT chance.below(8), chance.below(5), chance.day(), chance.day(), chance.pick('vacated', 'vacated', 'vacated', 'open', 'returned', 'x', NULL), chance.below(5),
        CASE WHEN random() < 0.8 THEN chance.below(8) ELSE chance.long() END, chance.whole(), CASE WHEN random() < 0.9 THEN random() ELSE chance.real() END, random() < 0.3 FROM generate_series(1, chance.below(20));
    INSERT INTO chance.transition SELECT chance.pick('a', 'b', 'c', 'd'), chance.pick('a', 'b', 'c', NULL, NULL, NULL), CASE WHEN random() < 0.97 THEN chance.below(30) ELSE chance.long() END FROM generate_series(1, chance.below(30));
    INSERT INTO chance.event SELECT chance.below(3), 1 + chance.below(5), 1 + chance.below(4), 1 + chance.below(4) FROM generate_series(1, chance.below(150));
    INSERT INTO chance.member SELECT 'a', m, k, 1 + (m + chance.below(2)) / k FROM generate_series(1, 5) m, generate_series(1, 1 + chance.below(3)) k WHERE random() < 0.95;
    INSERT INTO chance.dwelling SELECT d, chance.whole(), chance.words('unit_kind'), chance.whole(), chance.whole(), chance.whole(), random() < 0.5, chance.words('property_kind'), chance.whole(), chance.whole(), chance.words('owner_name'),
        chance.day(), chance.day(), chance.words('tenure') FROM generate_series(1, chance.below(12)) d;
    INSERT INTO chance.split SELECT person_id, dwelling_id, from_date, to_date FROM chance.address;
$$;

-- ---- what is called

-- kind: f, a, p as in pg_proc, o for operators; share: how often, so that what is slow or in plain SQL does not take all the time
CREATE TABLE chance.callee (id serial PRIMARY KEY, kind text, name text, argument_types oid[], argument_names text[], defaults int, is_variadic boolean, is_volatile boolean, is_set boolean, share int, takes_sql boolean,
    shown text, quick boolean);
INSERT INTO chance.callee (kind, name, argument_types, argument_names, defaults, is_variadic, is_volatile, is_set, share, takes_sql)
SELECT p.prokind, p.oid::regproc::text, ARRAY(SELECT t FROM unnest(p.proargtypes) WITH ORDINALITY x (t, i) ORDER BY i), p.proargnames, p.pronargdefaults, p.provariadic <> 0, p.provolatile = 'v', p.proretset,
    CASE WHEN p.proname = 'exposure' THEN 2 WHEN p.prokind = 'a' THEN 12 WHEN l.lanname = 'c' AND NOT p.proretset THEN 12 WHEN l.lanname = 'c' THEN 8 WHEN p.pronargs = 0 THEN 1 WHEN p.provolatile = 'v' THEN 1 WHEN l.lanname = 'sql' OR p.provolatile = 'i' THEN 4 ELSE 1 END,
    p.proargnames && '{query,otherwise,columns,gone,latest_first,scope,stage,key,kept,given,table_name}'
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'byudv' JOIN pg_proc p ON p.oid = d.objid JOIN pg_language l ON l.oid = p.prolang
WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' ORDER BY p.oid::regprocedure::text COLLATE "C";
INSERT INTO chance.callee (kind, name, argument_types, share, is_volatile, is_set)
SELECT 'o', 'OPERATOR(byudv.' || o.oprname || ')', ARRAY[o.oprleft, o.oprright], 5, false, false FROM pg_operator o WHERE o.oprnamespace = 'byudv'::regnamespace ORDER BY o.oprname, o.oprleft::regtype::text;

CREATE FUNCTION chance.arguments(c chance.callee) RETURNS text[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    n int := cardinality(c.argument_types);
    result text[] := '{}';
BEGIN
    IF c.defaults > 0 AND random() < 0.4 THEN n := n - chance.below(c.defaults + 1); END IF;
    FOR i IN 1 .. n LOOP result := result || chance.value(c.argument_types[i], c.argument_names[i]); END LOOP;
    IF c.is_variadic THEN result[n] := 'VARIADIC ' || result[n]; END IF;
    RETURN result;
END
$$;

CREATE FUNCTION chance.statement(c chance.callee) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    form int := chance.below(10);
    rows text := '';
    columns text;
    call text;
    many boolean := false;
BEGIN
    IF c.kind = 'p' THEN
        RETURN format('CALL %s(%s)', c.name, array_to_string(chance.arguments(c), ', '));
    ELSIF c.kind = 'f' AND (form < 7 OR c.is_variadic OR cardinality(c.argument_types) = 0 OR c.argument_types && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[]) THEN
        call := format('%s(%s)', c.name, array_to_string(chance.arguments(c), ', '));
        RETURN CASE WHEN c.is_set AND form % 2 = 0 THEN format('SELECT * FROM %s%s', call, CASE WHEN form = 0 THEN ' LIMIT ' || chance.below(3) ELSE '' END) ELSE format('SELECT format(''%%s'', %s)', call) END;
    END IF;
    -- several rows of arguments, as from a table
    columns := (SELECT string_agg('v.a' || i, ', ') FROM generate_series(1, cardinality(c.argument_types)) i);
    IF c.kind = 'a' AND form = 0 THEN
        many := true;
        columns := (SELECT string_agg(CASE t WHEN 'integer'::regtype THEN format('(%s + n %% %s)', chance.below(3), 1 + chance.below(400)) WHEN 'bigint'::regtype THEN format('(n %% %s)::bigint', 1 + chance.below(400))
            WHEN 'date'::regtype THEN format('d + m %% %s', 1 + chance.below(900)) WHEN 'boolean'::regtype THEN 'f' ELSE chance.value(t, '') END, ', ' ORDER BY i)
            FROM unnest(c.argument_types) WITH ORDINALITY x (t, i));
        rows := 'chance.number';
    ELSE
        FOR i IN 1 .. 1 + chance.below(6) LOOP
            rows := rows || CASE WHEN i = 1 THEN '(VALUES (' ELSE ', (' END || chance.below(3) || (SELECT string_agg(', ' || chance.value(t, c.argument_names[k]), '' ORDER BY k) FROM unnest(c.argument_types) WITH ORDINALITY x (t, k)) || ')';
        END LOOP;
        rows := rows || ') v (n' || (SELECT string_agg(', a' || i, '') FROM generate_series(1, cardinality(c.argument_types)) i) || ')';
    END IF;
    IF c.kind = 'o' THEN
        RETURN CASE form WHEN 0 THEN format('SELECT count(*) FROM (SELECT DISTINCT a1 FROM %s) x', rows) WHEN 1 THEN format('SELECT a1 FROM %s ORDER BY a1 DESC, a2 LIMIT 2', rows)
            WHEN 2 THEN format('SELECT a1, count(*) FROM %s GROUP BY a1', rows) WHEN 3 THEN format('SELECT count(*) FROM %s JOIN (SELECT a2 AS b FROM %s) w ON w.b %s v.a1', rows, rows, c.name)
            WHEN 4 THEN format('SELECT a1 FROM %s EXCEPT SELECT a2 FROM %s', rows, rows) ELSE format('SELECT a1 %s a2 FROM %s', c.name, rows) END;
    ELSIF c.kind = 'f' THEN
        call := format('%s(%s)', c.name, columns);
        RETURN CASE WHEN c.is_set AND form = 9 THEN format('SELECT count(f) FROM %s, LATERAL %s f', rows, call) ELSE format('SELECT format(''%%s'', %s) FROM %s', call, rows) END;
    END IF;
    RETURN CASE form WHEN 1 THEN format('SELECT format(''%%s'', %s(%s)) FROM %s WHERE n > 5', c.name, columns, rows) WHEN 2 THEN format('SELECT n, format(''%%s'', %s(%s)) FROM %s GROUP BY n', c.name, columns, rows)
        WHEN 3 THEN format('SELECT format(''%%s'', %s(%s) FILTER (WHERE n > 0)) FROM %s', c.name, columns, rows) WHEN 4 THEN format('SELECT format(''%%s'', %s(%s ORDER BY n, v.a1)) FROM %s', c.name, columns, rows)
        WHEN 5 THEN format('SELECT format(''%%s'', %s(%s) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)) FROM %s', c.name, columns, rows) WHEN 6 THEN format('SELECT format(''%%s'', %s(%s) OVER (PARTITION BY n)) FROM %s', c.name, columns, rows)
        WHEN 7 THEN format('SELECT format(''%%s'', %s(DISTINCT %s)) FROM %s', c.name, columns, rows) WHEN 8 THEN format('SELECT n, format(''%%s'', %s(%s)) FROM %s GROUP BY GROUPING SETS ((n), ())', c.name, columns, rows)
        ELSE format('SELECT %s format(''%%s'', %s(%s)) FROM %s %s', CASE WHEN many THEN 'm % 3,' ELSE '' END, c.name, columns, rows, CASE WHEN many THEN 'GROUP BY m % 3' ELSE '' END) END;
END
$$;

-- Triggers of the extension where they do not belong, and changes where they do
CREATE FUNCTION chance.trigger_statement() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT CASE chance.below(4)
        WHEN 0 THEN format('CREATE TRIGGER odd %s %s ON chance.%s FOR EACH %s EXECUTE FUNCTION byudv.%s(%s); INSERT INTO chance.person VALUES (1), (2); UPDATE chance.person SET person_id = 3; DELETE FROM chance.person',
            chance.pick('BEFORE', 'AFTER', 'INSTEAD OF'), chance.pick('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'INSERT OR UPDATE OR DELETE'), chance.pick('person', 'person', 'person', 'again'), chance.pick('ROW', 'STATEMENT'),
            chance.pick('protect_builtin', 'rules_changed', 'note_change'), chance.pick('', '''x''', '1, 2', '''person'', ''person_id'''))
        WHEN 1 THEN format('INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, priority) VALUES (%s, %s, %s, %s); SELECT byudv.owner_matches(%1$s)', chance.quoted(chance.words('owner_name')), chance.quoted(chance.pick('word', 'phrase', 'prefix', 'suffix', 'x')),
            chance.quoted(chance.pick('company', 'social', 'cooperative', 'x')), chance.value('int'::regtype, ''))
        WHEN 2 THEN format('INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, built_from, tenure, reason) VALUES (%s, %s, %s, %s, %s, %s, %s); SELECT byudv.tenure(10, 140, ''x'', 1, norm => %1$s)', chance.quoted(chance.words('norm')),
            chance.value('int'::regtype, ''), chance.value('int'::regtype, ''), chance.value('int[]'::regtype, ''), chance.value('int'::regtype, ''), chance.quoted(chance.words('tenure')), chance.quoted(chance.words('')))
        ELSE format('UPDATE byudv.%s SET is_builtin = NOT is_builtin; SELECT byudv.tenure(10, 140, ''A/B x'', 1)', chance.pick('owner_pattern', 'tenure_rule', 'use_code', 'tenure_code')) END $$;

CREATE FUNCTION chance.settings() RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT set_config('search_path', chance.pick('', 'pg_catalog', 'chance, byudv', '"$user", public', 'byudv'), true), set_config('work_mem', chance.pick('64kB', '4MB'), true), set_config('maintenance_work_mem', chance.pick('1MB', '64MB'), true),
        set_config('byudv.min_cell', chance.pick('1', '3', '1000'), true), set_config('byudv.pseudonym_key', chance.pick('', '0123456789abcdef0123456789abcdef', 'short', 'with a blank in it, and æ'), true),
        set_config('datestyle', chance.pick('ISO, MDY', 'German', 'SQL, DMY'), true), set_config('enable_hashagg', chance.pick('on', 'off'), true), set_config('enable_sort', chance.pick('on', 'off'), true),
        set_config('extra_float_digits', chance.pick('1', '0', '-15'), true) $$;


-- Most calls are made by a function for each callee, which draws its arguments from arrays: some ten microseconds each, where a statement of its own takes a millisecond
CREATE FUNCTION chance.draw(type oid, what text, n int) RETURNS text[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    result text[] := '{}';
    one text;
BEGIN
    FOR i IN 1 .. n LOOP
        BEGIN
            EXECUTE format('SELECT (%s)::text', chance.value(type, what)) INTO one;
            result := result || one;
        EXCEPTION WHEN OTHERS THEN NULL; -- that it is refused is looked at elsewhere
        END;
    END LOOP;
    RETURN result || NULL::text;
END
$$;

CREATE TABLE chance.drawn (type oid, what text, items text[]);
CREATE FUNCTION chance.define(c chance.callee) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    n int := cardinality(c.argument_types);
    passed text := (SELECT string_agg(CASE WHEN c.is_variadic AND i = n THEN 'VARIADIC ' ELSE '' END || 'a' || i, ', ') FROM generate_series(1, n) i);
BEGIN
    EXECUTE format($f$
        CREATE FUNCTION chance.call_%s(calls int, trace boolean, OUT ended text[], OUT found_bad text[]) LANGUAGE plpgsql VOLATILE AS $body$
        DECLARE
            state text; message text; result text; rolled_back boolean; begun timestamptz := clock_timestamp(); %s
        BEGIN
            ended := '{}';
            found_bad := '{}';
            FOR i IN 1 .. calls LOOP
                BEGIN
                    %s
                EXCEPTION WHEN OTHERS THEN CONTINUE; -- a text that another type than that of the pool refuses
                END;
                IF trace THEN RAISE WARNING '%%(%%)', %L, concat_ws(', ', %s); END IF;
                rolled_back := false;
                message := NULL;
                BEGIN
                    %s;
                    %s
                    state := '00000';
                EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
                    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
                    IF rolled_back THEN state := '00000'; END IF;
                END;
                ended := ended || format('%s|%%s|%%s', state, CASE WHEN i = calls THEN extract(epoch FROM clock_timestamp() - begun) * 1000 ELSE 0 END);
                IF chance.is_bad(state, message, %L) THEN found_bad := found_bad || format('%%s %%s: %%s(%%s)', state, message, %L, concat_ws(', ', %s)); END IF;
                EXIT WHEN state = '57014';
            END LOOP;
        END
        $body$ $f$, c.id,
        (SELECT string_agg(format('a%1$s %2$s; p%1$s text[] := (SELECT d.items FROM chance.drawn d WHERE d.type = %3$s AND d.what = %4$L);', i, t::regtype, t, coalesce(chance.drawn_for(t, c.argument_names[i]), '')), ' ' ORDER BY i) FROM unnest(c.argument_types) WITH ORDINALITY x (t, i)),
        (SELECT string_agg(format('a%s := p%1$s[1 + floor(random() * cardinality(p%1$s))::int];', i), ' ') FROM generate_series(1, n) i), c.name, (SELECT string_agg(format('quote_nullable(a%s::text)', i), ', ') FROM generate_series(1, n) i),
        CASE WHEN c.is_set THEN format('PERFORM count(*) FROM %s(%s)', c.name, passed) WHEN c.kind = 'o' THEN format('result := a1 %s a2', c.name) ELSE format('result := format(''%%s'', %s(%s))', c.name, passed) END,
        CASE WHEN c.is_volatile THEN 'rolled_back := true; RAISE EXCEPTION USING ERRCODE = ''ZZ000'';' ELSE '' END, c.id, coalesce(c.takes_sql, false), c.name, (SELECT string_agg(format('quote_nullable(a%s::text)', i), ', ') FROM generate_series(1, n) i));
END
$$;

-- an empty name is told by the server; functions for users tell it themselves
CREATE FUNCTION chance.is_bad(state text, message text, takes_sql boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT state <> '00000' AND (state LIKE 'XX%' OR state = 'P0004' OR (state IN ('42601', 'ZZ666') AND message !~ '^zero-length' AND NOT takes_sql) OR message ~ 'unrecognized (node|object|type|operation)|cache lookup|could not open relation with OID|not supported yet') $$;
-- texts and the like are drawn for the argument's name, others for the type alone
CREATE FUNCTION chance.drawn_for(type oid, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT CASE WHEN type IN ('text'::regtype, 'name'::regtype, 'text[]'::regtype) THEN name ELSE '' END$$;

INSERT INTO chance.drawn SELECT DISTINCT t, coalesce(chance.drawn_for(t, c.argument_names[i]), ''), '{}'::text[] FROM chance.callee c, unnest(c.argument_types) WITH ORDINALITY x (t, i)
WHERE t NOT IN ('internal'::regtype, 'cstring'::regtype);
UPDATE chance.callee SET shown = format('%s %s(%s)', kind, name, array_to_string(argument_types::regtype[], ', ')),
    quick = kind IN ('f', 'o') AND share > 3 AND cardinality(argument_types) > 0 AND NOT argument_types && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[];
SELECT chance.define(c) FROM chance.callee c WHERE quick \g /dev/null

-- each: everything once, in order, and then by chance; trace: a warning before each call. what: the callee, or triggers; bad: what must not be
CREATE FUNCTION chance.batch(calls int, each boolean DEFAULT false, trace boolean DEFAULT false, OUT what text, OUT state text, OUT n bigint, OUT ms numeric, OUT bad text) RETURNS SETOF record LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    all_ids int[] := (SELECT array_agg(c.id ORDER BY c.id, i) FROM chance.callee c, generate_series(1, c.share) i);
    c chance.callee;
    i int := -1;
    chosen int;
    sql text;
    message text;
    found_bad text[] := '{}';
    ended text[] := '{}';
    more text[];
    more_bad text[];
    rolled_back boolean;
    begun timestamptz;
BEGIN
    PERFORM chance.refill(), chance.settings();
    UPDATE chance.drawn d SET items = chance.draw(d.type, d.what, CASE WHEN d.what = '' THEN 80 ELSE 15 END);
    WHILE cardinality(ended) < calls LOOP
        IF random() < 0.01 THEN
            c := ROW (0, 'f', 'triggers', '{}', '{}', 0, false, true, false, 0, false, '', false);
            sql := chance.trigger_statement();
        ELSE
            i := i + 1;
            IF each THEN chosen := (SELECT x.id FROM chance.callee x ORDER BY x.id OFFSET i LIMIT 1); END IF;
            IF NOT each OR chosen IS NULL THEN chosen := all_ids[1 + chance.below(cardinality(all_ids))]; END IF;
            SELECT * INTO STRICT c FROM chance.callee x WHERE x.id = chosen;
            IF c.quick AND random() < 0.5 THEN
                EXECUTE format('SELECT * FROM chance.call_%s($1, $2)', chosen) INTO STRICT more, more_bad USING 10 + 3 * c.share, trace;
                ended := ended || more;
                found_bad := found_bad || more_bad;
                EXIT WHEN ended[cardinality(ended)] LIKE '%|57014|%';
                CONTINUE;
            END IF;
            sql := chance.statement(c);
        END IF;
        IF trace THEN RAISE WARNING '%', sql; END IF;
        rolled_back := false;
        message := NULL;
        begun := clock_timestamp();
        BEGIN
            EXECUTE sql;
            IF c.is_volatile THEN rolled_back := true; RAISE EXCEPTION USING ERRCODE = 'ZZ000'; END IF;
            state := '00000';
        EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
            IF rolled_back THEN state := '00000'; END IF;
        END;
        ended := ended || format('%s|%s|%s', c.id, state, extract(epoch FROM clock_timestamp() - begun) * 1000);
        IF chance.is_bad(state, message, coalesce(c.takes_sql, false)) THEN found_bad := found_bad || format('%s %s: %s', state, message, sql); END IF;
        EXIT WHEN state = '57014';
    END LOOP;
    RETURN QUERY SELECT coalesce(d.shown, 'triggers'), split_part(e, '|', 2), count(*), round(sum(split_part(e, '|', 3)::numeric), 1), NULL::text
        FROM unnest(ended) e LEFT JOIN chance.callee d ON d.id = split_part(e, '|', 1)::int GROUP BY 1, 2 ORDER BY 1, 2;
    RETURN QUERY SELECT NULL::text, NULL::text, 1::bigint, 0.0, b FROM unnest(found_bad) b;
END
$$;
