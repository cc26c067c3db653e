-- What reading in a source needs: pseudonyms for CPR numbers, numbers and dates as Danish sources write them.

CREATE FUNCTION byudv.pseudonym(cpr text) RETURNS bigint
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'byudv_pseudonym';
COMMENT ON FUNCTION byudv.pseudonym(text) IS 'A number from 0 to 2^63 - 1 that stands for a CPR number: the first eight bytes of the HMAC-SHA-256 of its ten digits (ASCII, no hyphen), big endian, without their highest bit. The key is this session''s byudv.pseudonym_key or, where that is empty, in the server''s file byudv.pseudonym_key_file; 16 to 1024 ASCII characters without blanks. cpr: ten digits, with or without a hyphen after the sixth, blanks around them allowed; day 01 to 31, or 61 to 91 in substitute numbers (erstatnings-CPR), month 01 to 12; the check digit is not looked at, since valid numbers fail it from 2007 on. NULL gives NULL. Errors: no key, or one that is too short; anything else as cpr (22P02), in messages that never show number or key. Whoever has the key can find the number behind each pseudonym by trying all.';

CREATE FUNCTION byudv.pseudonym_key_fingerprint() RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'byudv_pseudonym_key_fingerprint';
COMMENT ON FUNCTION byudv.pseudonym_key_fingerprint() IS 'Eight hexadecimal digits that are the same where the key of byudv.pseudonym() is: the first four bytes of the HMAC-SHA-256 of ''byudv.pseudonym_key_fingerprint''. For comparing two systems without showing the key. Errors: no key, or one that is too short.';

CREATE FUNCTION byudv.parse_danish_number(value text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_number';
COMMENT ON FUNCTION byudv.parse_danish_number(text) IS 'A number as Danish sources write it: 1234, -12,5, 1.234,5, 1.234.567, 1 234 567,89 (also with no-break and thin spaces), and with a decimal point where it can be nothing else: 7250.75, 0.125. A comma is always the decimal mark. Decimals are kept as written. NULL gives NULL. Errors (22P02): two readings (8.100 is 8100 or 8.1), groups that are not of three digits (12.34,5), more than one comma, words, units, exponents, more than 1000 digits, empty or blank text (give NULL where no value is meant).';

CREATE FUNCTION byudv.parse_danish_number(value text, what text) RETURNS numeric
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_number';
COMMENT ON FUNCTION byudv.parse_danish_number(text, text) IS 'As parse_danish_number(text), with what, such as the name of the row, in front of an error''s message. value NULL gives NULL; what NULL names nothing.';

CREATE FUNCTION byudv.parse_danish_date(value text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_date';
COMMENT ON FUNCTION byudv.parse_danish_date(text) IS 'A date as Danish sources write it, whatever DateStyle is: 31-12-2023, 31.12.2023, 31/12/2023 (day and month with one or two digits, the day first), 2023-12-31, 20231231. Blanks around it are allowed. NULL gives NULL. Errors: another form, a year of two digits or before 1000, empty or blank text (22007); a day that no calendar has (22008).';

CREATE FUNCTION byudv.parse_danish_date(value text, what text) RETURNS date
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'byudv_parse_danish_date';
COMMENT ON FUNCTION byudv.parse_danish_date(text, text) IS 'As parse_danish_date(text), with what, such as the name of the row, in front of an error''s message. value NULL gives NULL; what NULL names nothing.';
