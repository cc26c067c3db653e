-- How the tests of moves write their cases, so that each fits on a line or two and can be checked by eye:
--   A[0,10)       person 1 is registered at dwelling A (1) from day 0 to day 10; day 0 is 2020-01-01, days before it are negative
--   2B[5,)        person 2, dwelling B (2), from day 5, still going on: to_date NULL; inf and -inf are the dates infinity and -infinity
--   3-[0,10)      person 3 outside the area: dwelling NULL
-- A test has its cases in t_moves.test_case (nr, name, ..., expected) and a function t_moves.answer(nr, row_order), which gives the rows of a case
-- to the function under test, in one of three orders, and writes what comes back in the same notation and in the order in which it came.
CREATE SCHEMA t_moves;
CREATE FUNCTION t_moves.day(text) RETURNS date LANGUAGE sql AS
$$ SELECT CASE WHEN $1 ~ 'inf' THEN ($1 || 'inity')::date WHEN $1 <> '' THEN date '2020-01-01' + $1::integer END $$;
CREATE FUNCTION t_moves.show(date) RETURNS text LANGUAGE sql AS
$$ SELECT CASE WHEN isfinite($1) THEN ($1 - date '2020-01-01')::text ELSE $1::text END $$;
CREATE FUNCTION t_moves.letter(bigint) RETURNS text LANGUAGE sql AS $$ SELECT coalesce(chr(64 + $1::integer), '-') $$;
CREATE FUNCTION t_moves.residence_row(text) RETURNS TABLE (nr bigint, person_id bigint, dwelling_id bigint, from_date date, to_date date) LANGUAGE sql AS
$$ SELECT nr, coalesce(nullif(m[1], '')::bigint, 1), nullif(ascii(m[2]) - 64, ascii('-') - 64), t_moves.day(m[3]), t_moves.day(m[4])
   FROM regexp_matches($1, '(\d*)([A-Z-])\[([^,]*),([^)]*)\)', 'g') WITH ORDINALITY AS t(m, nr) $$;
CREATE DOMAIN t_moves.residence_rows AS text CHECK (VALUE ~ '^\s*(\d*[A-Z-]\[(-?\d+|-?inf)?,(-?\d+|-?inf)?\)\s*)*$');
CREATE FUNCTION t_moves.place(nr bigint, row_order integer) RETURNS bigint LANGUAGE sql AS -- as written, backwards, mixed
$$ SELECT (ARRAY[nr, -nr, nr * 37 % 101])[row_order] $$;
CREATE FUNCTION t_moves.run() RETURNS TABLE (nr integer, name text, result text) LANGUAGE plpgsql AS $$
DECLARE
    test record;
    got text;
    wanted text;
BEGIN
    FOR test IN SELECT * FROM t_moves.test_case t ORDER BY t.nr LOOP
        wanted := regexp_replace(btrim(test.expected), '\s+', ' ', 'g');
        result := 'ok';
        FOR row_order IN 1..3 LOOP
            BEGIN
                got := t_moves.answer(test.nr, row_order);
            EXCEPTION WHEN OTHERS THEN
                got := format('error %s: %s', SQLSTATE, SQLERRM);
            END;
            IF got IS DISTINCT FROM wanted THEN
                result := format('row order %s, got <%s>, expected <%s>', row_order, got, wanted);
                EXIT;
            END IF;
        END LOOP;
        nr := test.nr;
        name := test.name;
        RETURN NEXT;
    END LOOP;
END
$$;
