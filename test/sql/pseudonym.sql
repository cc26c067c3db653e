-- Pseudonyms: the right values, which keys are taken, and that neither key nor number is shown. The CPR numbers are nobody's: 31 and 30 February.
-- Columns named "right" compare with what stands in the query; all must be t.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS byudv_test_pseudonym;
RESET client_min_messages;
CREATE ROLE byudv_test_pseudonym;
CREATE SCHEMA t_pseudonym;
GRANT USAGE ON SCHEMA t_pseudonym TO PUBLIC;

-- What an expression says: its value, or all of its error. Paths of key files are left out, since they differ.
-- Without workers: what one of them says gets the leader's context.
CREATE FUNCTION t_pseudonym.say(expression text, OUT result text, OUT code text, OUT detail text, OUT hint text, OUT context text) LANGUAGE plpgsql
    SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
    EXECUTE 'SELECT (' || expression || ')::text' INTO result;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS result = MESSAGE_TEXT, code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT;
    result := pg_catalog.replace(result, pg_catalog.current_setting('byudv.pseudonym_key_file', true), 'FILE');
END
$$;

-- No key
SELECT byudv.pseudonym('3102010000');
SELECT byudv.pseudonym_key_fingerprint();
SELECT byudv.pseudonym(NULL);

-- The expected values are from
--   printf 3102010000 | openssl dgst -sha256 -mac HMAC -macopt key:an-example-key-0123456789
-- of which the first 16 hexadecimal digits are 70062a46a813ab0a; b5112a1e2f4bd6c9 without the highest bit is 35112a1e2f4bd6c9. The third key is longer than a block of SHA-256.
CREATE TABLE t_pseudonym.known (key text, fingerprint text, cpr text, pseudonym bigint);
INSERT INTO t_pseudonym.known VALUES
    ('an-example-key-0123456789', '03759e34', '3102010000', x'70062a46a813ab0a'::bigint),
    ('an-example-key-0123456789', '03759e34', '9102010000', x'35112a1e2f4bd6c9'::bigint),
    ('an-example-key-0123456789', '03759e34', '3102450001', x'2214ac0fb62e0f44'::bigint),
    (repeat('k', 64), 'fc7d5ddb', '3102010000', x'750df75cdda512a7'::bigint),
    (repeat('k', 64), 'fc7d5ddb', '9102010000', x'3494c510b81d0e62'::bigint),
    (repeat('0123456789', 10), 'f905c101', '3102010000', x'2ee399f6a4f1e78f'::bigint),
    (repeat('0123456789', 10), 'f905c101', '9102010000', x'4c4a59cce8c64f26'::bigint);
CREATE FUNCTION t_pseudonym.under(key text, cpr text, OUT pseudonym bigint, OUT fingerprint text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.set_config('byudv.pseudonym_key', key, true);
    pseudonym := byudv.pseudonym(cpr);
    fingerprint := byudv.pseudonym_key_fingerprint();
END
$$;
SELECT left(k.key, 20) AS key, k.cpr, u.pseudonym, u.pseudonym = k.pseudonym AND u.fingerprint = k.fingerprint AS right
FROM t_pseudonym.known k, LATERAL t_pseudonym.under(k.key, k.cpr) u;
SELECT 8072185865064131338 = x'70062a46a813ab0a'::bigint AS right;

-- HMAC by its definition (RFC 2104): right for the test cases of RFC 4231, and then for many numbers and keys
CREATE FUNCTION t_pseudonym.hmac(key bytea, message bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    inside bytea := CASE WHEN length(key) > 64 THEN sha256(key) ELSE key END;
    outside bytea;
BEGIN
    inside := inside || decode(repeat('00', 64 - length(inside)), 'hex');
    outside := inside;
    FOR i IN 0..63 LOOP
        inside := set_byte(inside, i, get_byte(inside, i) # 54);
        outside := set_byte(outside, i, get_byte(outside, i) # 92);
    END LOOP;
    RETURN sha256(outside || sha256(inside || message));
END
$$;
SELECT n, encode(t_pseudonym.hmac(decode(key, 'hex'), decode(message, 'hex')), 'hex') = digest AS right FROM (VALUES
    (1, repeat('0b', 20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'),
    (2, '4a656665', '7768617420646f2079612077616e7420666f72206e6f7468696e673f', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'),
    (3, repeat('aa', 20), repeat('dd', 50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'),
    (4, '0102030405060708090a0b0c0d0e0f10111213141516171819', repeat('cd', 50), '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b'),
    (6, repeat('aa', 131), '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
        '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54')) v (n, key, message, digest);
CREATE TABLE t_pseudonym.many AS SELECT repeat('x', 16 + i % 120) || i % 7 AS key, (array['31','30','91'])[1 + i % 3] || '02' || lpad((i * 7919 % 1000000)::text, 6, '0') AS cpr
    FROM generate_series(1, 500) i;
SELECT count(*), count(*) FILTER (WHERE u.pseudonym = ('x' || encode(substr(t_pseudonym.hmac(key::bytea, cpr::bytea), 1, 8), 'hex'))::bit(64)::bigint & 9223372036854775807
    AND u.fingerprint = encode(substr(t_pseudonym.hmac(key::bytea, 'byudv.pseudonym_key_fingerprint'), 1, 4), 'hex')) AS right, min(u.pseudonym) >= 0 AS never_negative
FROM t_pseudonym.many, LATERAL t_pseudonym.under(key, cpr) u;

-- One number, however it is written
SET byudv.pseudonym_key = 'an-example-key-0123456789';
SELECT count(*), count(DISTINCT byudv.pseudonym(cpr)) FROM unnest(ARRAY['3102010000', '310201-0000', ' 3102010000 ', U&'\00A0310201-0000' || chr(10)]) cpr;
SELECT byudv.pseudonym(NULL), byudv.pseudonym(NULL::char(10)), byudv.pseudonym('3102010000'::char(12)) = byudv.pseudonym('310201-0000'::varchar) AS right;
-- parallel workers have the key too
CREATE TABLE t_pseudonym.person AS SELECT '3102' || lpad(i::text, 6, '0') AS cpr FROM generate_series(1, 20000) i;
ALTER TABLE t_pseudonym.person SET (parallel_workers = 2);
ANALYZE t_pseudonym.person;
SELECT count(DISTINCT byudv.pseudonym(cpr)) FROM t_pseudonym.person;
SELECT sum(byudv.pseudonym(cpr)) = (SELECT sum(u.pseudonym) FROM t_pseudonym.person p, LATERAL t_pseudonym.under('an-example-key-0123456789', p.cpr) u) AS right FROM t_pseudonym.person;

-- Anything else is refused, without the number anywhere
SELECT v, s.* FROM unnest(ARRAY['310201000', '31020100000', '310201-000', '31020-10000', '310201--0000', '310201 0000', '310201-000x', '0002010000', '3202010000', '6002010000',
    '9202010000', '3100010000', '3113010000', '', ' ', U&'310201000\00E6']) WITH ORDINALITY u (v, o), t_pseudonym.say('byudv.pseudonym(' || quote_literal(v) || ')') s ORDER BY o;
SELECT count(*) FILTER (WHERE s.code = '22P02') AS refused, count(*) FILTER (WHERE s::text ~ '9907|8899|x43') AS shown FROM
    unnest(ARRAY['9907778899', '310299078899x43', '31029988990', ' 9907-778899', repeat('9907', 100000)]) v, t_pseudonym.say('byudv.pseudonym(' || quote_literal(v) || ')') s;
\set SHOW_CONTEXT always
SET max_parallel_workers_per_gather = 0;
DO $$BEGIN EXECUTE 'SELECT byudv.pseudonym(''3202019907'')'; END$$;
COPY t_pseudonym.person (cpr) FROM stdin WHERE byudv.pseudonym(cpr) > 0;
3202019907
\.
RESET max_parallel_workers_per_gather;
\set SHOW_CONTEXT never
-- a failing check digit, a substitute number, a new-born's number without serial: all taken
SELECT count(byudv.pseudonym(v)) FROM unnest(ARRAY['3102010001', '3102010002', '9102010000', '6112990000', '0101000000']) v;

-- Keys
SELECT left(k, 20) AS key, s.result, s.code, s.detail, s.hint <> '' AS hint FROM unnest(ARRAY['', 'short', '123456789012345', repeat('k', 1025), 'blank in the middle', ' 1234567890123456',
    '1234567890123456' || chr(10), U&'1234567890123456\00E6']) WITH ORDINALITY u (k, o),
    LATERAL (SELECT set_config('byudv.pseudonym_key', k, true)) c, LATERAL t_pseudonym.say('byudv.pseudonym(''3102010000'')' || left(c::text, 0)) s ORDER BY o;
SELECT length(k), byudv.pseudonym_key_fingerprint() ~ '^[0-9a-f]{8}$' AS right FROM unnest(ARRAY[repeat('!', 16), repeat('~', 1024)]) k,
    LATERAL (SELECT set_config('byudv.pseudonym_key', k, true)) c WHERE c IS NOT NULL;

-- The key is not shown, also not to a superuser
SHOW byudv.pseudonym_key;
SELECT current_setting('byudv.pseudonym_key'), (SELECT count(*) FROM pg_settings WHERE name = 'byudv.pseudonym_key' OR setting ~ 'an-example') AS in_pg_settings;
SELECT name, context, setting FROM pg_settings WHERE name ~ '^byudv.pseudonym';
SET SESSION AUTHORIZATION byudv_test_pseudonym;
SELECT byudv.pseudonym('3102010000') = x'70062a46a813ab0a'::bigint AS "the session has it still";
-- (the servers' own messages differ by version)
\set VERBOSITY sqlstate
SHOW byudv.pseudonym_key;
SELECT current_setting('byudv.pseudonym_key');
\set VERBOSITY default
SELECT count(*) FROM pg_settings WHERE name = 'byudv.pseudonym_key' OR setting ~ 'an-example' OR boot_val ~ 'an-example' OR reset_val ~ 'an-example';
-- a plain role sets its own key, and no file
SET byudv.pseudonym_key = 'another-example-key-01';
SELECT byudv.pseudonym('3102010000') <> x'70062a46a813ab0a'::bigint AS right;
SET byudv.pseudonym_key_file = '/tmp/key';
RESET SESSION AUTHORIZATION;
RESET byudv.pseudonym_key;
SHOW byudv.pseudonym_key;

-- It is kept nowhere
SELECT current_database() AS database \gset
ALTER ROLE byudv_test_pseudonym SET byudv.pseudonym_key = 'an-example-key-0123456789';
ALTER DATABASE :"database" SET byudv.pseudonym_key = 'an-example-key-0123456789';
CREATE FUNCTION t_pseudonym.f() RETURNS int LANGUAGE sql SET byudv.pseudonym_key = 'an-example-key-0123456789' AS 'SELECT 1';
ALTER SYSTEM SET byudv.pseudonym_key = 'an-example-key-0123456789';
SELECT count(*) FROM pg_db_role_setting WHERE setconfig::text ~ 'pseudonym_key';

-- Key files: made by the server's user, beside the data
SELECT count(*) FROM (SELECT set_config('byudv.pseudonym_key_file', current_setting('data_directory') || '/byudv_test_key', false)) s;
CREATE FUNCTION t_pseudonym.shell(command text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE pg_catalog.format('COPY (SELECT) TO PROGRAM %L', pg_catalog.replace('cat >/dev/null; ' || command, 'FILE', '''' || pg_catalog.current_setting('byudv.pseudonym_key_file') || ''''));
END
$$;
SELECT t_pseudonym.shell('rm -f FILE');
SELECT code, left(result, 30) AS result, detail, hint FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SELECT t_pseudonym.shell('echo an-example-key-0123456789 >FILE; chmod 644 FILE');
SELECT * FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SELECT t_pseudonym.shell('echo short >FILE; chmod 600 FILE');
SELECT * FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SELECT t_pseudonym.shell('head -c 2000 /dev/zero | tr ''\000'' k >FILE');
SELECT code, detail FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SELECT t_pseudonym.shell('(echo an-example-key-0123456789; echo more) >FILE');
SELECT code, detail FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SELECT t_pseudonym.shell('echo an-example-key-0123456789 >FILE');
SELECT byudv.pseudonym_key_fingerprint(), byudv.pseudonym('3102010000') = x'70062a46a813ab0a'::bigint AS right;
SELECT sum(byudv.pseudonym(cpr)) = (SELECT sum(u.pseudonym) FROM t_pseudonym.person p, LATERAL t_pseudonym.under('an-example-key-0123456789', p.cpr) u) AS right FROM t_pseudonym.person;
-- each query reads it; a key of the session's own goes before it
SELECT t_pseudonym.shell('echo another-example-key-01 >FILE');
SELECT byudv.pseudonym_key_fingerprint() AS another, count(*) FROM t_pseudonym.person WHERE byudv.pseudonym(cpr) > 0;
SET byudv.pseudonym_key = 'an-example-key-0123456789';
SELECT byudv.pseudonym_key_fingerprint();
RESET byudv.pseudonym_key;
SELECT t_pseudonym.shell('rm FILE');
SELECT code, left(result, 30) AS result FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
-- line end of Windows, and none
SELECT set_config('byudv.pseudonym_key_file', current_setting('byudv.pseudonym_key_file') || '2', false) <> '' AS set;
SELECT t_pseudonym.shell('printf ''an-example-key-0123456789\r\n'' >FILE; chmod 600 FILE');
SELECT byudv.pseudonym_key_fingerprint(), t_pseudonym.shell('rm FILE');
SELECT set_config('byudv.pseudonym_key_file', current_setting('byudv.pseudonym_key_file') || '3', false) <> '' AS set;
SELECT t_pseudonym.shell('printf an-example-key-0123456789 >FILE; chmod 400 FILE');
SELECT byudv.pseudonym_key_fingerprint(), t_pseudonym.shell('rm -f FILE');
-- no folder, no pipe, no relative path
SELECT set_config('byudv.pseudonym_key_file', current_setting('data_directory'), false) <> '' AS set;
SELECT code, detail FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SELECT set_config('byudv.pseudonym_key_file', '/dev/null', false);
SELECT * FROM t_pseudonym.say('byudv.pseudonym_key_fingerprint()');
SET byudv.pseudonym_key_file = 'key';
RESET byudv.pseudonym_key_file;

SET client_min_messages = warning;
DROP SCHEMA t_pseudonym CASCADE;
DROP ROLE byudv_test_pseudonym;
