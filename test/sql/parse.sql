-- Numbers and dates as Danish sources write them. The values are what the text says to a Danish reader, written down by hand.
\set SHOW_CONTEXT never
SET datestyle = 'ISO, YMD';
CREATE SCHEMA t_parse;

-- What a function says of a text: its value, or its error
CREATE FUNCTION t_parse.say(f text, value text, what text DEFAULT NULL, OUT result text, OUT code text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE pg_catalog.format('SELECT byudv.parse_danish_%s($1, $2)::text', f) INTO result USING value, what;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS result = MESSAGE_TEXT, code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END
$$;

-- Numbers that are read
CREATE TABLE t_parse.number (n int, value text, number numeric);
INSERT INTO t_parse.number VALUES
    (1, '1234', 1234), (2, '1.234,5', 1234.5), (3, '7250.75', 7250.75), (4, '-12,5', -12.5), (5, '1 234 567,89', 1234567.89),
    (6, U&'1\00A0234\00A0567,89', 1234567.89), (7, '1.234.567', 1234567), (8, '0', 0), (9, '0,5', 0.5), (10, '0.125', 0.125), (11, '8,100', 8.100),
    (12, '1234.567', 1234.567), (13, '8 100', 8100), (14, '12.34', 12.34), (15, '+3', 3), (16, ' 1.234,50 ', 1234.50), (17, U&'\00A012\00A0', 12), (18, '-0', 0),
    (19, '12.345.678.901.234.567.890,123456789', 12345678901234567890.123456789), (20, '007', 7), (21, chr(9) || '5' || chr(13) || chr(10), 5);
SELECT n, value, byudv.parse_danish_number(value) AS number FROM t_parse.number
WHERE byudv.parse_danish_number(value) IS DISTINCT FROM number OR scale(byudv.parse_danish_number(value)) <> scale(number) OR byudv.parse_danish_number(value, 'x') <> number;
SELECT count(*), sum(byudv.parse_danish_number(value)) FROM t_parse.number;
-- one column of a table with the register's own decimals
SELECT byudv.parse_danish_number('1.234,50'), byudv.parse_danish_number('12'), byudv.parse_danish_number(NULL);

-- Two readings
SELECT v, s.* FROM unnest(ARRAY['8.100', '-8.100', '100.000', '012.345', '1 234.567', '0.000']) WITH ORDINALITY u (v, o), t_parse.say('number', v) s ORDER BY o;
-- ... what the hint says gives one of them
SELECT byudv.parse_danish_number(replace('8.100', '.', '')), byudv.parse_danish_number(replace('8.100', '.', ','));

-- Refused
SELECT v, s.code, s.detail FROM unnest(ARRAY['12.34,5', '1.23.456', '1234.567,8', '0.123.456', '1  234', '1 23', '1.234 567', '1 234.567,8', '1,234,567', '1,234.5', '12,', '12.',
    ',5', '.5', '-', '- 5', '5-', 'ti', 'NaN', 'Infinity', '1e5', '12 kr.', '100,-', '12%', '..', '1''234', '1,5 ,', U&'\00E6', '', ' ', U&'\00A0']) WITH ORDINALITY u (v, o),
    t_parse.say('number', v) s ORDER BY o;
SELECT byudv.parse_danish_number('ti');
SELECT byudv.parse_danish_number('');
-- length
SELECT length(byudv.parse_danish_number(repeat('7', 1000))::text), byudv.parse_danish_number('0,' || repeat('7', 999)) > 0.777 AS right;
SELECT s.code, s.detail, length(s.result) < 300 AS short FROM t_parse.say('number', repeat('7', 1001)) s;
SELECT s.code, s.detail, length(s.result) < 300 AS short FROM t_parse.say('number', repeat(' ', 10485760)) s;
SELECT byudv.parse_danish_number(repeat(' ', 10485760) || '5');

-- The row is named
SELECT byudv.parse_danish_number('1.2.3', 'row 17, column rent');
SELECT byudv.parse_danish_number('8.100', U&'bolig \00C6ble 4');
SELECT byudv.parse_danish_date('31-12-23', 'row 17');
SELECT byudv.parse_danish_date('31-02-2023', 'row 17');
SELECT byudv.parse_danish_number('1,5', NULL), byudv.parse_danish_number(NULL, 'row 17'), byudv.parse_danish_date('1.2.2023', NULL), byudv.parse_danish_date(NULL, 'row 17');
SELECT s.result FROM t_parse.say('number', 'x', NULL) s;
SELECT length(s.result) < 300 AS short FROM t_parse.say('number', 'x', repeat('y', 100000)) s;

-- Dates that are read
CREATE TABLE t_parse.day (value text, day date);
INSERT INTO t_parse.day VALUES ('31-12-2023', '2023-12-31'), ('31.12.2023', '2023-12-31'), ('31/12/2023', '2023-12-31'), ('2023-12-31', '2023-12-31'), ('20231231', '2023-12-31'),
    ('1-2-2023', '2023-02-01'), ('01.02.2023', '2023-02-01'), ('03/04/2023', '2023-04-03'), (' 31-12-2023 ', '2023-12-31'), (U&'\00A031-12-2023', '2023-12-31'),
    ('29-02-2024', '2024-02-29'), ('29-02-2000', '2000-02-29'), ('01-01-1000', '1000-01-01'), ('31-12-9999', '9999-12-31');
SELECT count(*), count(*) FILTER (WHERE byudv.parse_danish_date(value) = day AND byudv.parse_danish_date(value, 'x') = day) AS right FROM t_parse.day;
-- whatever the session's own order of day and month
SET datestyle = 'SQL, MDY';
SELECT byudv.parse_danish_date('03/04/2023') = date '2023-04-03' AS right;
SET datestyle = 'ISO, YMD';
SELECT byudv.parse_danish_date(NULL);
-- every day of some years, in every form
SELECT count(*) FROM generate_series(date '1896-01-01', date '2104-12-31', '1 day') t (ts), LATERAL (SELECT ts::date AS d) x
WHERE byudv.parse_danish_date(to_char(d, 'DD-MM-YYYY')) = d AND byudv.parse_danish_date(to_char(d, 'FMDD.FMMM.YYYY')) = d AND byudv.parse_danish_date(to_char(d, 'DD/MM/YYYY')) = d
    AND byudv.parse_danish_date(to_char(d, 'YYYY-MM-DD')) = d AND byudv.parse_danish_date(to_char(d, 'YYYYMMDD')) = d;
SELECT date '2104-12-31' - date '1896-01-01' + 1 AS days;

-- Refused
SELECT v, s.code, s.detail FROM unnest(ARRAY['29-02-2023', '29-02-1900', '31-04-2023', '12/31/2023', '00-01-2023', '2023-13-01', '20230230', '31122023', '31-12-23', '23-12-31',
    '31-12-0023', '0000-01-01', '311223', '31-12.2023', '31-12-2023 00:00', '202312310000', '2023/12/31', '2023-1-31', '31-12', '31', '31. december 2023', 'infinity', 'today',
    U&'\00E6', '', ' ']) WITH ORDINALITY u (v, o), t_parse.say('date', v) s ORDER BY o;
SELECT byudv.parse_danish_date('2023');
SELECT byudv.parse_danish_date('31-04-2023');

SET client_min_messages = warning;
DROP SCHEMA t_parse CASCADE;
