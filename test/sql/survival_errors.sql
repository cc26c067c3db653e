-- What summaries of durations refuse: error code, message, DETAIL, HINT.
CREATE SCHEMA t_survival_errors;
-- What the error of a query says, and the code that it should have.
CREATE FUNCTION t_survival_errors.refusal(command text, code text DEFAULT '22023') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    state text;
    message text;
    detail text;
    hint text;
    said text;
BEGIN
    BEGIN
        IF command LIKE 'COPY%' THEN EXECUTE command; ELSE EXECUTE command INTO said; END IF;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
        RETURN command || E'\n    ' || state || CASE WHEN state <> code THEN ' BUT ' || code || ' WAS EXPECTED' ELSE '' END || ': ' || message
            || CASE WHEN detail <> '' THEN E'\n    DETAIL: ' || detail ELSE '' END || CASE WHEN hint <> '' THEN E'\n    HINT: ' || hint ELSE '' END;
    END;
    RETURN command || E'\n    NOT REFUSED, BUT: ' || coalesce(said, 'NULL');
END
$$;
CREATE FUNCTION t_survival_errors.refusals(prefix text, suffix text, arguments text[], code text DEFAULT '22023') RETURNS SETOF text LANGUAGE sql AS $$
    SELECT t_survival_errors.refusal(prefix || a || suffix, code) FROM pg_catalog.unnest(arguments) WITH ORDINALITY u (a, n) ORDER BY n $$;
CREATE FUNCTION t_survival_errors.texts(type text, texts text[], code text DEFAULT '22P02') RETURNS SETOF text LANGUAGE sql AS $$
    -- the long HINT, which is always the same, as "an example"
    SELECT pg_catalog.regexp_replace(t_survival_errors.refusal(pg_catalog.format('SELECT %L::byudv.%s', a, type), code), 'HINT: In "' || pg_catalog.left(type, 1) || '1 5e2x1.*', 'HINT: an example') FROM pg_catalog.unnest(texts) WITH ORDINALITY u (a, n) ORDER BY n $$;
\pset tuples_only
\pset format unaligned

-- Observations
SELECT t_survival_errors.refusals('SELECT byudv.survival_agg(', ')', '{"-1, true","-2147483648, false","-1, 5, true","0, -5, false","3, -5, true","5, 4, true","5, 5, false","2147483647, 0, true"}');
SELECT t_survival_errors.refusals('SELECT byudv.survival_agg(', ')', '{"0, 5, true, -1","2, 7, false, -9223372036854775808","5, 4, true, -1","-1, 5, true, 7","5, 5, true, 7"}');
-- checked also where nothing is counted
SELECT t_survival_errors.refusals('SELECT byudv.survival_agg(', ', 0)', '{"-1, 5, true","5, 4, true","5, 5, true"}');
SELECT t_survival_errors.refusals('SELECT byudv.competing_risks_agg(', ')', '{"-1, 1","-1, 5, 1","5, 4, 0","5, 5, 2","7, -1","7, 65","7, 2147483647","7, -2147483648","0, 7, 65","0, 7, -1, 0","0, 7, 1, -1","-1, 7, 1, 0","7, 7, 1, 0"}');
-- the row at fault may come late, in a group, and in a large state
SELECT t_survival_errors.refusal('SELECT byudv.survival_agg(i, i + 1, true) FROM (SELECT CASE i WHEN 4999 THEN -7 ELSE i END AS i FROM generate_series(1, 5000) i) x');
-- more than 2^63 - 1: events, censored, late entries, left out; at once, in a roll-up
SELECT t_survival_errors.refusal('SELECT byudv.survival_agg(0, t, e, 9223372036854775807) FROM (VALUES (5, true), (5, true)) v (t, e)', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.survival_agg(0, t, e, n) FROM (VALUES (5, true, 9223372036854775807), (7, false, 1)) v (t, e, n)', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.survival_agg(2, t, e, n) FROM (VALUES (5, true, 9223372036854775807), (7, false, 1)) v (t, e, n)', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.competing_risks_agg(2, t, c, n) FROM (VALUES (5, 1, 9223372036854775807), (5, 2, 1)) v (t, c, n)', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.rollup(s) FROM (VALUES (''s1 5x9223372036854775807''), (''s1 6c1'')) v (t), LATERAL (SELECT t::byudv.survival AS s) x', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.rollup(s) FROM (VALUES (''s1 o9223372036854775807''), (''s1 o1'')) v (t), LATERAL (SELECT t::byudv.survival AS s) x', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.rollup(c) FROM (VALUES (''c1 5x9:9223372036854775807''), (''c1 6c1'')) v (t), LATERAL (SELECT t::byudv.competing_risks AS c) x', '22003');
SELECT t_survival_errors.refusal('SELECT byudv.survival_combine(''s1 5x9223372036854775807'', ''s1 5x1'')', '22003');
-- the same with summaries of more than 512 bytes, which are merged another way
SELECT t_survival_errors.refusal('SELECT byudv.rollup(s) FROM (SELECT byudv.survival_agg(0, i, true, 9223372036854775) AS s FROM generate_series(1, 1000) i
    UNION ALL SELECT byudv.survival_agg(i, true) FROM generate_series(1, 1000) i) x', '22003');

-- Questions: times, confidence, kind of limits, and the rest
SELECT t_survival_errors.refusals('SELECT byudv.', '', '{"survival_at(''s1 5x1'', -1)","survival_estimate(''s1 5x1'', -1)","survival_curve(''s1 5x1'', start_time => -1)","conditional_survival(''s1 5x1'', -1)",
    "restricted_mean(''s1 5x1'', -1)","cumulative_incidence(''c1 5x1:1'', start_time => -2147483648)","incidence_at(''c1 5x1:1'', -1)","conditional_incidence(''c1 5x1:1'', -1)"}');
SELECT t_survival_errors.refusals('SELECT byudv.', '', '{"survival_curve(''s1 5x1'', 0)","survival_curve(''s1 5x1'', 1)","survival_curve(''s1 5x1'', 95)","survival_curve(''s1 5x1'', -0.5)","survival_curve(''s1 5x1'', ''NaN'')",
    "survival_curve(''s1'', ''Infinity'')","survival_estimate(''s1 5x1'', 1, 0)","survival_quantile(''s1 5x1'', 0.5, 1)","restricted_mean(''s1 5x1'', 1, 95)","turnover_rate(''s1 5x1'', 1, 0)","cumulative_incidence(''c1 5x1:1'', 0)",
    "incidence_at(''c1 5x1:1'', 5, 1)"}');
SELECT t_survival_errors.refusals('SELECT byudv.', '', '{"survival_curve(''s1 5x1'', 0.95, ''loglog'')","survival_estimate(''s1 5x1'', 1, 0.95, '''')","survival_quantile(''s1 5x1'', 0.5, 0.95, ''Log'')","survival_curve(''s1 5x1'', 0.95, ''log '')"}');
SELECT t_survival_errors.refusals('SELECT byudv.survival_quantile(''s1 5x1'', ', ')', '{0,1,-0.1,50,''NaN'',''-Infinity''}');
SELECT t_survival_errors.refusals('SELECT byudv.restricted_mean(', ')', '{"''s1 5x1 9c1'', 10","''s1 5c1'', 2147483647"}');
SELECT t_survival_errors.refusals('SELECT byudv.turnover_rate(''s1 5x1'', ', ')', '{0,-365.25,''NaN'',''Infinity''}');
SELECT t_survival_errors.refusals('SELECT byudv.survival_start(''s1 5x1'', ', ')', '{0,-1}');
SELECT t_survival_errors.refusals('SELECT byudv.cause_specific(''c1 5x1:1'', ', ')', '{0,65,-1}');
SELECT t_survival_errors.refusals('SELECT l FROM byudv.', '(VARIADIC array_fill(''s1 5x1''::byudv.survival, ARRAY[10001])) l', '{log_rank,log_rank_groups}', '54000');
-- just allowed
SELECT byudv.survival_quantile('s1 5x1', 1e-6), byudv.survival_quantile('s1 5x1', 0.999999), (byudv.turnover_rate('s1 5x1', 1e-300)).exposure, byudv.restricted_mean('s1 5c1', 5), byudv.cause_specific('c1 5x64:1', 64);

-- Dates
SELECT t_survival_errors.refusals('SELECT byudv.observation(', ')', '{"''2020-01-01'', ''2021-01-01'', NULL, ''2024-01-01''","''2020-01-01'', ''2021-01-01'', ''2014-01-01'', NULL","NULL, NULL, NULL, NULL"}', '22004');
SELECT t_survival_errors.refusals('SELECT byudv.observation(', ')', '{"''2020-01-01'', NULL, ''2014-01-01'', ''infinity''","''2020-01-01'', NULL, ''2014-01-01'', ''-infinity''","''2020-01-01'', NULL, ''2014-01-01'', ''2014-01-01''",
    "''2020-01-01'', NULL, ''2024-01-01'', ''2014-01-01''","''2020-01-01'', NULL, ''infinity'', ''2014-01-01''","NULL, NULL, ''2024-01-01'', ''2014-01-01''","''2020-01-01'', ''2019-12-31'', ''2014-01-01'', ''2024-01-01''",
    "''2020-01-01'', ''-infinity'', ''2014-01-01'', ''2024-01-01''","''infinity'', ''2020-01-01'', ''2014-01-01'', ''2024-01-01''","''2031-01-01'', ''2030-01-01'', ''2014-01-01'', ''2024-01-01''"}');
SELECT t_survival_errors.refusal('SELECT byudv.survival_agg(date ''2020-01-01'', NULL, NULL, ''2024-01-01'')', '22004');
SELECT t_survival_errors.refusal('SELECT byudv.survival_agg(date ''2020-01-02'', ''2020-01-01'', ''2014-01-01'', ''2024-01-01'')');
SELECT t_survival_errors.refusal('SELECT byudv.competing_risks_agg(date ''2020-01-01'', NULL, 1, ''2014-01-01'', NULL)', '22004');
SELECT t_survival_errors.refusal('SELECT byudv.competing_risks_agg(date ''2020-01-01'', NULL, 1, ''2014-01-01'', ''2014-01-01'')');
-- a cause is looked at also where it does not matter
SELECT t_survival_errors.refusals('SELECT byudv.competing_risks_agg(date ''2020-01-01'', ', ', ''2014-01-01'', ''2024-01-01'')', '{"''2020-02-01'', 65","NULL, 65","''2020-02-01'', -1"}');
SELECT t_survival_errors.refusals('SELECT byudv.exposure(', ')', '{"''2020-01-01'', NULL","''2020-01-01'', ''infinity'', ''2014-01-01''","''2020-01-01'', NULL, NULL, ''infinity''"}', '22004');
SELECT t_survival_errors.refusals('SELECT byudv.exposure(', ')', '{"''2020-01-01'', ''2019-01-01''","''2020-01-01'', ''2021-01-01'', ''2024-01-01'', ''2024-01-01''","''2020-01-01'', ''2021-01-01'', ''infinity'', ''2024-01-01''"}');
SELECT t_survival_errors.refusals('SELECT byudv.exposure(''2020-01-01'', ''2021-01-01'', bands => ''', ''')', '{"{0}","{-1,365}","{365,365}","{730,365}","{365,NULL}","{{1,2},{3,4}}"}');

-- Text forms
SELECT t_survival_errors.texts('survival', ARRAY['', 's', 'S1', ' s1', 'x1', 'c1', 's01', 's-1', 's1x', 's1,', 's99999999999', 's1 ', 's1  5x1', 's1 5x1 ', E's1\t5x1', 's1 5', 's1 5 7x1', 's1 5x', 's1 x1', 's1 -5x1', 's1 +5x1', 's1 5x-1', 's1 5.0x1',
    's1 05x1', 's1 5x01', 's1 5x0', 's1 5e0x1', 's1 5y1', 's1 5X1', 's1 5x1:1', 's1 5x1,8c1', 's1 5xx1', 's1 8x1 5c1', 's1 5x1 5c1', 's1 2147483648x1', 's1 99999999999999999999x1', 's1 o', 's1 o0', 's1 o01', 's1 o-1', 's1 o2x', 's1 o2 ', 's1 5x1 o2', 's1 o2 o2']);
SELECT t_survival_errors.texts('survival', ARRAY['s0', 's2', 's2 5x1', 's10 ?', 's4294967295'], '0A000');
-- what no observations give
SELECT t_survival_errors.texts('survival', ARRAY['s1 5x1c1', 's1 5c1e1', 's1 5x1x1', 's1 5c1c1', 's1 5e1e1', 's1 0e1 5x1', 's1 0e1', 's1 5e1', 's1 5e2 8x1', 's1 5x1 8e1', 's1 5e1x1', 's1 5e2x1 8x1', 's1 3e1 5x1 5000c1 6000x1 7000e2 9000x1']);
SELECT t_survival_errors.texts('survival', ARRAY['s1 5x9223372036854775808', 's1 5x99999999999999999999999999', 's1 o9223372036854775808', 's1 5x9223372036854775807 6c1', 's1 5c9223372036854775807x1', 's1 1e9223372036854775807 2e1 5x9223372036854775807', 's1 5e9223372036854775808x1'], '22003');
-- only the first of a long text
SELECT t_survival_errors.refusal(format('SELECT %L::byudv.survival', 's1 ' || repeat('5x1 ', 20)), '22P02');
SELECT said ~ '^[^\n]*\n    22P02: invalid input syntax for type byudv.survival: "s1æ{20,60}\.\.\."\n' AS cut_between_letters
FROM t_survival_errors.refusal(format('SELECT %L::byudv.survival', 's1' || repeat('æ', 80)), '22P02') said;
SELECT t_survival_errors.refusal('SELECT ''s1 5y1''::byudv.survival', '22P02');
SELECT t_survival_errors.refusal('SELECT ''c1 5e1''::byudv.competing_risks', '22P02');
SELECT t_survival_errors.texts('competing_risks', ARRAY['', 'c', 'C1', 's1', 'c01', 'c1x', 'c1 ', 'c1 5', 'c1 5x1', 'c1 5x:1', 'c1 5x1:', 'c1 5x1:0', 'c1 5x0:1', 'c1 5x65:1', 'c1 5x64:01', 'c1 5x064:1', 'c1 5x1-1', 'c1 5x1:1:1', 'c1 5c1:1', 'c1 8x1:1 5c1', 'c1 5x99999999999:1']);
SELECT t_survival_errors.texts('competing_risks', ARRAY['c0', 'c2 5x1:1'], '0A000');
SELECT t_survival_errors.texts('competing_risks', ARRAY['c1 5x1:1x1:1', 'c1 5x2:1x1:1', 'c1 5x2:1c1', 'c1 0e1 5x1:1', 'c1 5e1', 'c1 5e1x1:1', 'c1 5e2 8x1:1']);
SELECT t_survival_errors.texts('competing_risks', ARRAY['c1 5x1:9223372036854775808', 'c1 5x1:9223372036854775807x2:1', 'c1 o9223372036854775808'], '22003');
-- just allowed
SELECT 's1'::byudv.survival, 's1 o9223372036854775807'::byudv.survival, 's1 0c1x1'::byudv.survival, 's1 2147483646e9223372036854775807 2147483647x9223372036854775807'::byudv.survival, 'c1 5c1x1:1x64:1'::byudv.competing_risks;

-- Binary forms, as a binary COPY file of one value: type, version, the number left out, then of each item the time since the last times 4 plus what it is
-- (0 entered, 1 censored, 2 event, 3 event of another cause, and that cause), and the count
CREATE TABLE t_survival_errors.survival (place bigint GENERATED ALWAYS AS IDENTITY, s byudv.survival);
CREATE TABLE t_survival_errors.competing_risks (place bigint GENERATED ALWAYS AS IDENTITY, s byudv.competing_risks);
CREATE FUNCTION t_survival_errors.received(type text, form bytea, code text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    -- signature, flags, length of what is added to the head, one column
    file bytea := '\x5047434f50590aff0d0a00' || '\x0000000000000000'::bytea || '\x0001' || int4send(length(form)) || form || '\xffff';
    octal text;
    said text;
BEGIN
    SELECT string_agg('\' || (b >> 6) || ((b >> 3) & 7) || (b & 7), '' ORDER BY i) INTO octal FROM generate_series(0, length(file) - 1) i, LATERAL (SELECT get_byte(file, i) AS b) x;
    said := t_survival_errors.refusal(format('COPY t_survival_errors.%I (s) FROM PROGRAM %L (FORMAT binary)', type, 'printf ''' || octal || ''''), code);
    IF said LIKE '%NOT REFUSED%' THEN
        EXECUTE format('SELECT s::text FROM t_survival_errors.%I ORDER BY place DESC LIMIT 1', type) INTO said;
        RETURN CASE WHEN code <> '' THEN 'NOT REFUSED, BUT: ' ELSE '' END || said;
    END IF;
    RETURN regexp_replace(said, '^[^\n]*\n *', '');
END
$$;
SELECT substr(form::text, 3) || ' ' || what || E'\n    ' || t_survival_errors.received(type, form, code) FROM (VALUES
    (1, 'survival', '', '\x010100'::bytea, 'nothing but a head: s1'),
    (2, 'survival', '', '\x0101001601', 'an event at 5: s1 5x1'),
    (3, 'survival', '', '\x010103140202010d02', '3 left out, at 5 two enter and one has the event, at 8 two are censored: s1 o3 5e2x1 8c2'),
    (4, 'survival', '', '\x010100fdffffff1f01', 'censored at 2147483647: s1 2147483647c1'),
    (5, 'survival', '', '\x0101ffffffffffffffff7f', '2^63 - 1 left out: s1 o9223372036854775807'),
    (6, 'survival', '08P01', '', 'no byte'),
    (7, 'survival', '08P01', '\x01', 'no version'),
    (8, 'survival', '22P03', '\x020100', 'competing risks'),
    (9, 'survival', '22P03', '\x000100', 'no type'),
    (10, 'survival', '0A000', '\x010200', 'a later version'),
    (11, 'survival', '0A000', '\x010000', 'version 0'),
    (12, 'survival', '22P03', '\x0101', 'without the number left out'),
    (13, 'survival', '22P03', '\x010180', 'a number that does not end'),
    (14, 'survival', '22P03', '\x01018000', '0 in two bytes'),
    (15, 'survival', '22P03', '\x01010016', 'without a count'),
    (16, 'survival', '22P03', '\x0101001600', 'a count of 0'),
    (17, 'survival', '22P03', '\x010100168100', 'a count of 1 in two bytes'),
    (18, 'survival', '22P03', '\x010100960001', 'a time in two bytes that fits in one'),
    (19, 'survival', '22P03', '\x010100160107', 'half an item more'),
    (20, 'survival', '22P03', '\x010100170201', 'the event of another cause'),
    (21, 'survival', '22P03', '\x01010017', 'and the cause is missing'),
    (22, 'survival', '22P03', '\x01010016010101', 'at 5 an event, then censored'),
    (23, 'survival', '22P03', '\x01010016010201', 'at 5 an event twice'),
    (24, 'survival', '22P03', '\x01010000011601', 'entered at 0'),
    (25, 'survival', '22P03', '\x0101001401', 'one enters and none leaves'),
    (26, 'survival', '22P03', '\x01010014010201', 'leaves at the time of entry'),
    (27, 'survival', '22P03', '\x010100818080802001', 'censored at 2147483648'),
    (28, 'survival', '22P03', '\x0101ffffffffffffffffff01', '2^64 - 1 left out'),
    (29, 'survival', '22P03', '\x01010016ffffffffffffffffff01', '2^64 - 1 events'),
    (30, 'survival', '22003', '\x01010016ffffffffffffffff7f0501', '2^63 - 1 events and one censored'),
    (31, 'competing_risks', '', '\x020100', 'nothing but a head: c1'),
    (32, 'competing_risks', '', '\x0201001601034001074002', 'at 5 events of causes 1 and 64, then at 6: c1 5x1:1x64:1 6x64:2'),
    (33, 'competing_risks', '22P03', '\x010100', 'survival'),
    (34, 'competing_risks', '0A000', '\x020200', 'a later version'),
    (35, 'competing_risks', '22P03', '\x020100170101', 'cause 1 as another'),
    (36, 'competing_risks', '22P03', '\x020100174101', 'cause 65'),
    (37, 'competing_risks', '22P03', '\x020100170001', 'cause 0'),
    (38, 'competing_risks', '22P03', '\x02010017ff01', 'cause 255'),
    (39, 'competing_risks', '22P03', '\x020100170301030201', 'cause 3, then 2, at one time'),
    (40, 'competing_risks', '22P03', '\x0201001703', 'without a count'),
    (41, 'competing_risks', '22P03', '\x0201001402030902', 'leave at the time of entry'),
    (42, 'competing_risks', '08P01', '\x02', 'no version')) v (n, type, code, form, what) ORDER BY n;

SET client_min_messages = warning;
DROP SCHEMA t_survival_errors CASCADE;
