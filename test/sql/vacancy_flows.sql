-- Vacancies and their flows, case by case, against answers derived by hand from the rules. Only what differs is shown beside a case.
\getenv folder PG_ABS_SRCDIR
\set notation :folder '/data/moves_notation.sql'
\i :notation

-- Dwellings are written A(100,250): available from day 100, demolished on day 250. Persons with a birth date: 3(150). A case names only the dwellings
-- that are new or demolished; those it does not name have no vacancy before their first occupancy. The window is [0,300) unless the case says otherwise.
-- A row of the result is written: vacancy id, dwelling and * when new, vacated_on > filled_on, outcome, origin dwelling and vacancy, movers, share:
--   1 A* 100>150 vacated B2 3 0.75     vacancy 1, before anybody lived in A: three movers from B passed on 0.75 of B's vacancy 2
--   2 B 150> open - 0 0                vacancy 2, after B's occupancy that ended on day 150: not filled
CREATE TABLE t_moves.residence (person_id bigint, dwelling_id bigint, from_date date, to_date date);
CREATE TABLE t_moves.dwelling (dwelling_id bigint, available_from date, demolished_on date);
CREATE TABLE t_moves.person (person_id bigint, born_on date);
CREATE FUNCTION t_moves.dwelling_row(text) RETURNS TABLE (nr bigint, dwelling_id bigint, available_from date, demolished_on date) LANGUAGE sql AS
$$ SELECT nr, ascii(m[1]) - 64, t_moves.day(m[2]), t_moves.day(m[3]) FROM regexp_matches($1, '([A-Z])\(([^,]*),([^)]*)\)', 'g') WITH ORDINALITY AS t(m, nr) $$;
CREATE FUNCTION t_moves.person_row(text) RETURNS TABLE (nr bigint, person_id bigint, born_on date) LANGUAGE sql AS
$$ SELECT nr, m[1]::bigint, t_moves.day(m[2]) FROM regexp_matches($1, '(\d+)\(([^)]*)\)', 'g') WITH ORDINALITY AS t(m, nr) $$;
CREATE DOMAIN t_moves.dwelling_rows AS text CHECK (VALUE ~ '^\s*([A-Z]\((-?\d+|-?inf)?,(-?\d+|-?inf)?\)\s*)*$');
CREATE DOMAIN t_moves.person_rows AS text CHECK (VALUE ~ '^\s*(\d+\((-?\d+|-?inf)?\)\s*)*$');
CREATE TABLE t_moves.test_case (nr integer GENERATED ALWAYS AS IDENTITY, name text, study_from integer DEFAULT 0, study_to integer DEFAULT 300,
    arguments text DEFAULT '', dwellings t_moves.dwelling_rows DEFAULT '', persons t_moves.person_rows, residences t_moves.residence_rows, expected text);

-- A new dwelling, nobody comes
INSERT INTO t_moves.test_case (name, dwellings, residences, study_to, expected) VALUES
('empty', '', '', 300, ''),
('new, never filled: open', 'A(100,)', '', 300, '1 A* 100> open - 0 0'),
('new, open for max_vacancy days', 'A(100,)', '', 465, '1 A* 100> open - 0 0'),
('new, open for one day more', 'A(100,)', '', 466, '1 A* 100> expired - 0 0'),
('new, demolished', 'A(100,200)', '', 300, '1 A* 100> demolished - 0 0'),
('new, demolished on the last day', 'A(100,299)', '', 300, '1 A* 100> demolished - 0 0'),
('new, demolished on study_to', 'A(100,300)', '', 300, '1 A* 100> open - 0 0'),
('new, demolished after a long time', 'A(100,900)', '', 1000, '1 A* 100> demolished - 0 0'),
('new, demolished before it was available', 'A(100,50)', '', 300, '1 A* 100> demolished - 0 0'),
('new, demolished before the window', 'A(100,-50)', '', 300, '1 A* 100> demolished - 0 0'),
('new, never demolished', 'A(100,inf)', '', 300, '1 A* 100> open - 0 0'),
('new on study_from', 'A(0,)', '', 300, '1 A* 0> open - 0 0'),
('new the day before', 'A(-1,)', '', 300, ''),
('new on the last day', 'A(299,)', '', 300, '1 A* 299> open - 0 0'),
('new on study_to', 'A(300,)', '', 300, ''),
('available_from not known', 'A(,)', '', 300, ''),
('available_from infinity', 'A(inf,)', '', 300, ''),
('available_from -infinity', 'A(-inf,)', '', 300, ''),
('demolished, not new', 'A(,200)', '', 300, ''),
('several, by dwelling', 'C(10,) A(30,) B(20,25)', '', 300, '1 A* 30> open - 0 0; 2 B* 20> demolished - 0 0; 3 C* 10> open - 0 0'),
-- After an occupancy, nobody comes
('left: open', '', '1A[-500,100)', 300, '1 A 100> open - 0 0'),
('left, open for max_vacancy days', '', '1A[-500,100)', 465, '1 A 100> open - 0 0'),
('left, open for one day more', '', '1A[-500,100)', 466, '1 A 100> expired - 0 0'),
('left on study_from', '', '1A[-500,0)', 300, '1 A 0> open - 0 0'),
('left the day before', '', '1A[-500,-1)', 300, ''),
('left on the last day', '', '1A[-500,299)', 300, '1 A 299> open - 0 0'),
('left on study_to', '', '1A[-500,300)', 300, ''),
('stays', '', '1A[-500,)', 300, ''),
('came and left in the window, not in dwellings', '', '1A[50,200)', 300, '1 A 200> open - 0 0'),
('demolished while vacant', 'A(,250)', '1A[-500,100)', 300, '1 A 100> demolished - 0 0'),
('demolished on study_to while vacant', 'A(,300)', '1A[-500,100)', 300, '1 A 100> open - 0 0'),
('outside is no dwelling', '', '1-[-500,100) 2-[100,)', 300, '');

-- Filled from outside, in time or not
INSERT INTO t_moves.test_case (name, dwellings, residences, study_to, expected) VALUES
('new, filled by somebody without history', 'A(100,)', '1A[150,)', 300, '1 A* 100>150 from_outside - 1 0'),
('new, filled by two', 'A(100,)', '1A[150,) 2A[150,)', 300, '1 A* 100>150 from_outside - 2 0'),
('new, filled by somebody from outside the area', 'A(100,)', '1-[-500,150) 1A[150,)', 300, '1 A* 100>150 from_outside - 1 0'),
('new, filled on the day', 'A(100,)', '1A[100,)', 300, '1 A* 100>100 from_outside - 1 0'),
('new, filled, demolished later', 'A(100,250)', '1A[150,)', 300, '1 A* 100>150 from_outside - 1 0'),
('filled again and again', '', '1A[-500,50) 2A[60,100) 3A[100,150) 4A[200,)', 300,
    '1 A 50>60 from_outside - 1 0; 2 A 100>100 from_outside - 1 0; 3 A 150>200 from_outside - 1 0'),
('new, filled, left, filled', 'A(100,)', '1A[110,150) 2A[160,)', 300, '1 A* 100>110 from_outside - 1 0; 2 A 150>160 from_outside - 1 0'),
('filled before it was left', '', '1A[-500,100) 2A[80,)', 300, '1 A 100>80 from_outside - 1 0'),
('filled before the window, left in it', '', '1A[-500,5) 2A[-10,)', 300, '1 A 5>-10 from_outside - 1 0'),
('lodger: not left', '', '1A[-500,100) 2A[50,)', 300, ''),
('filled on the last day', 'A(250,)', '1A[299,)', 300, '1 A* 250>299 from_outside - 1 0'),
('filled on study_to', 'A(250,)', '1A[300,)', 300, '1 A* 250> open - 0 0'),
('left, filled on the last day', '', '1A[-500,50) 2A[299,)', 300, '1 A 50>299 from_outside - 1 0'),
('left, filled on study_to', '', '1A[-500,50) 2A[300,)', 300, '1 A 50> open - 0 0'),
('filled on study_to, demolished before', 'A(250,290)', '1A[300,)', 300, '1 A* 250> demolished - 0 0'),
('new, filled after max_vacancy days', 'A(100,)', '1A[465,)', 600, '1 A* 100>465 from_outside - 1 0'),
('new, filled one day later', 'A(100,)', '1A[466,)', 600, '1 A* 100>466 expired - 0 0'),
('left, filled after max_vacancy days', '', '1A[-500,100) 2A[465,)', 600, '1 A 100>465 from_outside - 1 0'),
('left, filled one day later', '', '1A[-500,100) 2A[466,)', 600, '1 A 100>466 expired - 0 0'),
('filled too late, and demolished', 'A(100,590)', '1A[466,580)', 600, '1 A* 100>466 expired - 0 0; 2 A 580> demolished - 0 0'),
('filled too late: no flow from where they came', 'A(100,)', '1B[-500,466) 1A[466,)', 600, '1 A* 100>466 expired - 0 0; 2 B 466> open - 0 0'),
-- new, or was it?
('lived in for max_vacancy days before it was available', 'A(400,)', '1A[35,)', 600, '1 A* 400>35 from_outside - 1 0'),
('lived in one day longer', 'A(400,)', '1A[34,)', 600, ''),
('lived in for years before, then left', 'A(400,)', '1A[-5000,100) 2A[420,)', 600, '1 A 100>420 from_outside - 1 0'),
('lived in before, left before it was available', 'A(400,)', '1A[350,380) 2A[420,)', 600, '1 A* 400>350 from_outside - 1 0; 2 A 380>420 from_outside - 1 0'),
('new in the window, lived in before the window', 'A(20,)', '1A[-10,50)', 300, '1 A* 20>-10 from_outside - 1 0; 2 A 50> open - 0 0');

-- Where movers come from
INSERT INTO t_moves.test_case (name, dwellings, residences, expected) VALUES
('one, who leaves a dwelling empty', 'A(100,)', '1B[-500,150) 1A[150,)', '1 A* 100>150 vacated B2 1 1; 2 B 150> open - 0 0'),
('a couple, who leave a dwelling empty', 'A(100,)', '1B[-500,150) 1A[150,) 2B[-500,150) 2A[150,)', '1 A* 100>150 vacated B2 2 1; 2 B 150> open - 0 0'),
('demolished while vacant, after a move', 'A(100,) B(,250)', '1B[-500,150) 1A[150,)', '1 A* 100>150 vacated B2 1 1; 2 B 150> demolished - 0 0'),
('a new one whose history is known', 'A(100,) B(-600,)', '1B[-500,150) 1A[150,)', '1 A* 100>150 vacated B2 1 1; 2 B 150> open - 0 0'),
('a new one that is left in the window', 'A(100,) B(10,)', '1B[20,150) 1A[150,)',
    '1 A* 100>150 vacated B3 1 1; 2 B* 10>20 from_outside - 1 0; 3 B 150> open - 0 0'),
('on to the next', 'A(90,) B(140,)', '1C[-500,100) 1A[100,150) 1B[150,)',
    '1 A* 90>100 vacated C4 1 1; 2 A 150> open - 0 0; 3 B* 140>150 vacated A2 1 1; 4 C 100> open - 0 0'),
('a couple from two dwellings, both emptied', 'A(100,)', '1B[-500,150) 1A[150,) 2C[-500,150) 2A[150,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 vacated C3 1 1; 2 B 150> open - 0 0; 3 C 150> open - 0 0'),
('a couple from two dwellings, one emptied', 'A(100,)', '1B[-500,150) 1A[150,) 2C[-500,150) 2A[150,) 3C[-500,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 origin_occupied C 1 0; 2 B 150> open - 0 0'),
('a couple, one of them from outside', 'A(100,)', '1B[-500,150) 1A[150,) 2A[150,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 from_outside - 1 0; 2 B 150> open - 0 0'),
('a child leaving home', 'A(100,)', '1B[-500,) 2B[-500,) 3B[-300,150) 3A[150,)', '1 A* 100>150 origin_occupied B 1 0'),
('two children leaving home together', 'A(100,)', '1B[-500,) 2B[-500,150) 3B[-300,150) 2A[150,) 3A[150,)', '1 A* 100>150 origin_occupied B 2 0'),
('one of two stays and leaves 20 days later', 'A(100,)', '1B[-500,150) 2B[-500,170) 1A[150,)',
    '1 A* 100>150 vacated B2 1 0.5; 2 B 170> open - 0 0'),
('one of two follows 20 days later', 'A(100,)', '1B[-500,150) 2B[-500,170) 1A[150,) 2A[170,)',
    '1 A* 100>150 vacated B2 2 1; 2 B 170> open - 0 0'),
('one of two stays and leaves 200 days later', 'A(0,)', '1B[-500,50) 2B[-500,250) 1A[50,)',
    '1 A* 0>50 origin_occupied B 1 0; 2 B 250> open - 0 0'),
('one of two leaves 200 days later, for a new dwelling', 'A(0,) C(200,)', '1B[-500,50) 2B[-500,250) 1A[50,) 2C[250,)',
    '1 A* 0>50 origin_occupied B 1 0; 2 B 250> open - 0 0; 3 C* 200>250 vacated B2 1 1'),
('one of two leaves empty_window days later', 'A(50,)', '1B[-500,100) 2B[-500,190) 1A[100,)', '1 A* 50>100 vacated B2 1 0.5; 2 B 190> open - 0 0'),
('one of two leaves one day later than that', 'A(50,)', '1B[-500,100) 2B[-500,191) 1A[100,)', '1 A* 50>100 origin_occupied B 1 0; 2 B 191> open - 0 0'),
('refilled before emptied', 'A(100,)', '1B[-500,150) 1A[150,) 2B[140,)', '1 A* 100>150 vacated B2 1 1; 2 B 150>140 from_outside - 1 0'),
('refilled long before: a lodger who stays', 'A(100,)', '1B[-500,150) 1A[150,) 2B[100,)', '1 A* 100>150 origin_occupied B 1 0'),
('refilled, the new ones soon leave', 'A(100,)', '1B[-500,150) 1A[150,) 2B[140,200)',
    '1 A* 100>150 vacated B2 1 1; 2 B 150>140 from_outside - 1 0; 3 B 200> open - 0 0'),
('a guest who left long ago has no part', 'A(100,)', '1B[-500,150) 1A[150,) 2B[-400,-300)', '1 A* 100>150 vacated B2 1 1; 2 B 150> open - 0 0'),
('a guest who leaves with the host has a part', 'A(100,)', '1B[-500,150) 1A[150,) 2B[120,150)', '1 A* 100>150 vacated B2 1 0.5; 2 B 150> open - 0 0'),
('two households swap', '', '1A[-500,100) 1B[100,) 2B[-500,100) 2A[100,)', '1 A 100>100 vacated B2 1 1; 2 B 100>100 vacated A1 1 1'),
('two households swap within a week', '', '1A[-500,100) 1B[100,) 2B[-500,107) 2A[107,)', '1 A 100>107 vacated B2 1 1; 2 B 107>100 vacated A1 1 1'),
('three in a ring', '', '1A[-500,100) 1B[100,) 2B[-500,100) 2C[100,) 3C[-500,100) 3A[100,)',
    '1 A 100>100 vacated C3 1 1; 2 B 100>100 vacated A1 1 1; 3 C 100>100 vacated B2 1 1'),
('a couple splits into two new dwellings', 'A(100,) B(100,)', '1C[-500,150) 2C[-500,150) 1A[150,) 2B[150,)',
    '1 A* 100>150 vacated C3 1 0.5; 2 B* 100>150 vacated C3 1 0.5; 3 C 150> open - 0 0'),
('four split, three and one', 'A(100,) C(100,)', '1B[-500,150) 2B[-500,150) 3B[-500,150) 4B[-500,150) 1A[150,) 2A[150,) 3A[150,) 4C[150,)',
    '1 A* 100>150 vacated B2 3 0.75; 2 B 150> open - 0 0; 3 C* 100>150 vacated B2 1 0.25'),
('three split three ways, one goes abroad', 'A(100,) C(100,)', '1B[-500,150) 2B[-500,150) 3B[-500,150) 1A[150,) 2C[150,) 3-[150,)',
    '1 A* 100>150 vacated B2 1 0.333333; 2 B 150> open - 0 0; 3 C* 100>150 vacated B2 1 0.333333'),
('last leavers count as residences', 'A(100,)', '1B[-500,100) 1B[110,150) 2B[-500,150) 1A[150,) 2A[150,)',
    '1 A* 100>150 vacated B2 2 0.666667; 2 B 150> open - 0 0'),
('two occupancies of one origin', 'A(100,)', '1B[-500,100) 1A[150,) 2B[100,150) 2A[150,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 vacated B3 1 1; 2 B 100>100 from_outside - 1 0; 3 B 150> open - 0 0');

-- The window's end
INSERT INTO t_moves.test_case (name, dwellings, residences, expected) VALUES
('the origin is left after the window', 'A(250,)', '1B[-500,280) 2B[-500,310) 1A[280,)', '1 A* 250>280 out_of_window B 1 0'),
('the origin is left on study_to', 'A(250,)', '1B[-500,280) 2B[-500,300) 1A[280,)', '1 A* 250>280 out_of_window B 1 0'),
('the origin is left on the last day', 'A(250,)', '1B[-500,280) 2B[-500,299) 1A[280,)', '1 A* 250>280 vacated B2 1 0.5; 2 B 299> open - 0 0'),
('the origin was left on study_from', 'A(5,)', '1B[-500,0) 1A[10,)', '1 A* 5>10 vacated B2 1 1; 2 B 0> open - 0 0'),
('the origin was left before study_from', 'A(5,)', '1B[-500,-1) 1A[10,)', '1 A* 5>10 out_of_window B 1 0'),
('two from an origin left after the window', 'A(250,)', '1B[-500,280) 2B[-500,280) 3B[-500,310) 1A[280,) 2A[280,)', '1 A* 250>280 out_of_window B 2 0'),
('from two occupancies before study_from: one row', 'A(5,)', '1B[-500,-50) 2B[-50,-20) 1A[10,) 2A[10,)', '1 A* 5>10 out_of_window B 2 0'),
('the origin is left long after the window', 'A(250,)', '1B[-500,280) 2B[-500,371) 1A[280,)', '1 A* 250>280 origin_occupied B 1 0'),
('residences that begin after the window count', 'A(250,)', '1B[-500,290) 2B[-500,340) 1A[290,)', '1 A* 250>290 out_of_window B 1 0'),
('residences that begin after the window count: someone stays', 'A(250,)', '1B[-500,290) 2B[-500,340) 3B[305,400) 1A[290,)',
    '1 A* 250>290 origin_occupied B 1 0'),
('a second instalment after the window', 'A(250,)', '1A[290,) 2A[310,)', '1 A* 250>290 from_outside - 2 0');

-- Instalments, return, the residence just before
INSERT INTO t_moves.test_case (name, dwellings, residences, expected) VALUES
('a second instalment after 29 days', 'A(100,)', '1A[150,) 2A[179,)', '1 A* 100>150 from_outside - 2 0'),
('a second instalment after 30 days', 'A(100,)', '1A[150,) 2A[180,)', '1 A* 100>150 from_outside - 1 0'),
('from one dwelling, the second after 29 days', 'A(100,)', '1B[-500,150) 2B[-500,179) 1A[150,) 2A[179,)', '1 A* 100>150 vacated B2 2 1; 2 B 179> open - 0 0'),
('from one dwelling, the second after 30 days', 'A(100,)', '1B[-500,150) 2B[-500,180) 1A[150,) 2A[180,)',
    '1 A* 100>150 vacated B2 1 0.5; 2 B 180> open - 0 0'),
('returned', '', '1A[-500,100) 1A[150,)', '1 A 100>150 returned A 1 0'),
('returned after link_gap days', '', '1A[-500,100) 1A[190,)', '1 A 100>190 returned A 1 0'),
('returned one day later', '', '1A[-500,100) 1A[191,)', '1 A 100>191 from_outside - 1 0'),
('returned, with somebody new', '', '1A[-500,100) 1A[150,) 2A[150,)', '1 A 100>150 returned A 1 0; 1 A 100>150 from_outside - 1 0'),
('returned from another dwelling: a mover from there', '', '1A[-500,100) 1B[100,150) 1A[150,)', '1 A 100>150 vacated B2 1 1; 2 B 150> open - 0 0'),
('returned from abroad', '', '1A[-500,100) 1-[100,150) 1A[150,)', '1 A 100>150 from_outside - 1 0'),
('under way for link_gap days', 'A(100,)', '1B[-500,60) 1A[150,)', '1 A* 100>150 vacated B2 1 1; 2 B 60> open - 0 0'),
('under way for one day more', 'A(100,)', '1B[-500,59) 1A[150,)', '1 A* 100>150 from_outside - 1 0; 2 B 59> open - 0 0'),
('still registered where they came from', 'A(100,)', '1B[-500,160) 1A[150,)', '1 A* 100>150 vacated B2 1 1; 2 B 160> open - 0 0'),
('registered there for good', 'A(100,)', '1B[-500,) 1A[150,)', '1 A* 100>150 origin_occupied B 1 0'),
('the residence just before is the one that began last', 'A(100,)', '1B[-500,150) 1C[100,110) 1A[150,)',
    '1 A* 100>150 vacated C3 1 1; 2 B 150> open - 0 0; 3 C 110> open - 0 0'),
('of two that began on a day, the one that ends last', 'A(90,)', '1B[0,) 1C[0,50) 1A[100,)', '1 A* 90>100 origin_occupied B 1 0; 2 C 50> open - 0 0'),
('of two with equal dates, the greater dwelling', 'A(90,)', '1C[0,100) 1B[0,100) 1A[100,)',
    '1 A* 90>100 vacated C3 1 1; 2 B 100> open - 0 0; 3 C 100> open - 0 0'),
('of two with equal dates, not the one outside', 'A(90,)', '1B[0,100) 1-[0,100) 1A[100,)', '1 A* 90>100 vacated B2 1 1; 2 B 100> open - 0 0'),
('what comes later does not matter', 'A(100,)', '1B[-500,150) 1A[150,) 1C[200,)', '1 A* 100>150 vacated B2 1 1; 2 B 150> open - 0 0');

-- Rows of a vacancy in their order: outcome, then origin
INSERT INTO t_moves.test_case (name, arguments, dwellings, residences, expected) VALUES
('every outcome', 'link_gap => 200', '', '1A[-500,100) 1A[150,) 8A[150,) 6E[-500,150) 6A[150,) 7E[-500,) 4D[-500,-10) 4A[150,) 3C[-500,150) 3A[150,) 2B[-500,150) 2A[150,)',
    '1 A 100>150 vacated B2 1 1; 1 A 100>150 vacated C3 1 1; 1 A 100>150 out_of_window D 1 0; 1 A 100>150 origin_occupied E 1 0;
     1 A 100>150 returned A 1 0; 1 A 100>150 from_outside - 1 0; 2 B 150> open - 0 0; 3 C 150> open - 0 0'),
('two outcomes of one origin', 'empty_window => 10', 'A(100,)', '1B[-500,130) 2B[-500,150) 1A[150,) 2A[150,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 origin_occupied B 1 0; 2 B 150> open - 0 0'),
-- Other arguments
('link_gap 0, on the day', 'link_gap => 0', 'A(100,)', '1B[-500,150) 1A[150,)', '1 A* 100>150 vacated B2 1 1; 2 B 150> open - 0 0'),
('link_gap 0, one day between', 'link_gap => 0', 'A(100,)', '1B[-500,149) 1A[150,)', '1 A* 100>150 from_outside - 1 0; 2 B 149> open - 0 0'),
('empty_window 0, together', 'empty_window => 0', 'A(100,)', '1B[-500,150) 2B[-500,150) 1A[150,)', '1 A* 100>150 vacated B2 1 0.5; 2 B 150> open - 0 0'),
('empty_window 0, a day apart', 'empty_window => 0', 'A(100,)', '1B[-500,150) 2B[-500,151) 1A[150,)', '1 A* 100>150 origin_occupied B 1 0; 2 B 151> open - 0 0'),
('group_window 1, on the day', 'group_window => 1', 'A(100,)', '1A[150,) 2A[150,)', '1 A* 100>150 from_outside - 2 0'),
('group_window 1, a day later', 'group_window => 1', 'A(100,)', '1A[150,) 2A[151,)', '1 A* 100>150 from_outside - 1 0'),
('group_window 0: filled, and nobody moved', 'group_window => 0', 'A(100,)', '1B[-500,150) 1A[150,)', '1 A* 100>150 from_outside - 0 0; 2 B 150> open - 0 0'),
('max_vacancy 0, on the day', 'max_vacancy => 0', 'A(100,)', '1A[100,)', '1 A* 100>100 from_outside - 1 0'),
('max_vacancy 0, a day later', 'max_vacancy => 0', 'A(100,)', '1A[101,)', '1 A* 100>101 expired - 0 0'),
('max_vacancy 0, a day before: not new', 'max_vacancy => 0', 'A(100,)', '1A[99,)', ''),
('max_vacancy 0, left, filled before', 'max_vacancy => 0', '', '1A[-500,100) 2A[90,)', '1 A 100>90 from_outside - 1 0'),
('max_vacancy 0, never filled', 'max_vacancy => 0', 'A(299,)', '', '1 A* 299> expired - 0 0'),
('overlap_tolerance 5, overlap of 6 days', 'overlap_tolerance => 5', '', '1A[-500,100) 2A[94,)', ''),
('overlap_tolerance 5, overlap of 5 days', 'overlap_tolerance => 5', '', '1A[-500,100) 2A[95,)', '1 A 100>95 from_outside - 1 0'),
('the largest arguments',
    'overlap_tolerance => 2147483647, group_window => 2147483647, link_gap => 2147483647, empty_window => 2147483647, max_vacancy => 2147483647', 'A(100,)',
    '1B[-5000,-4000) 2B[-4500,50) 1A[150,) 2A[290,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 out_of_window B 1 0; 2 B 50> open - 0 0');

-- Newborn
INSERT INTO t_moves.test_case (name, dwellings, persons, residences, expected) VALUES
('a newborn, birth dates not given', 'A(100,)', NULL, '1B[-500,150) 2B[-500,150) 1A[150,) 2A[150,) 3A[160,)',
    '1 A* 100>150 vacated B2 2 1; 1 A* 100>150 from_outside - 1 0; 2 B 150> open - 0 0'),
('a newborn', 'A(100,)', '3(160)', '1B[-500,150) 2B[-500,150) 1A[150,) 2A[150,) 3A[160,)', '1 A* 100>150 vacated B2 2 1; 2 B 150> open - 0 0'),
('a newborn, listed twice', 'A(100,)', '3(160) 3(160)', '1B[-500,150) 1A[150,) 3A[160,)', '1 A* 100>150 vacated B2 1 1; 2 B 150> open - 0 0'),
('born the day before', 'A(100,)', '3(159)', '1B[-500,150) 1A[150,) 3A[160,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 from_outside - 1 0; 2 B 150> open - 0 0'),
('birth date not known', 'A(100,)', '3()', '1B[-500,150) 1A[150,) 3A[160,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 from_outside - 1 0; 2 B 150> open - 0 0'),
('no row for the child', 'A(100,)', '', '1B[-500,150) 1A[150,) 3A[160,)',
    '1 A* 100>150 vacated B2 1 1; 1 A* 100>150 from_outside - 1 0; 2 B 150> open - 0 0'),
('persons who are nowhere', 'A(100,)', '0(150) 2(150) 9(150)', '1A[150,)', '1 A* 100>150 from_outside - 1 0'),
('nobody but a newborn', 'A(100,)', '3(150)', '3A[150,)', '1 A* 100>150 from_outside - 0 0'),
('a newborn moves on with its mother', 'A(100,)', '3(120)', '1B[-500,150) 3B[120,150) 1A[150,) 3A[150,)', '1 A* 100>150 vacated B2 2 1; 2 B 150> open - 0 0'),
('a newborn is a last leaver, though no mover', 'A(100,) C(100,)', '3(120)', '1B[-500,150) 3B[120,150) 1A[150,) 3C[150,)',
    '1 A* 100>150 vacated B2 1 0.5; 2 B 150> open - 0 0; 3 C* 100>150 vacated B2 1 0.5');

CREATE FUNCTION t_moves.show_flow(vacancy_id bigint, dwelling_id bigint, vacated_on date, filled_on date, outcome text, origin_dwelling_id bigint,
    origin_vacancy_id bigint, movers integer, share double precision, is_new boolean) RETURNS text LANGUAGE sql AS $$
    SELECT format('%s %s%s %s>%s %s %s%s %s %s', vacancy_id, t_moves.letter(dwelling_id), CASE WHEN is_new THEN '*' WHEN is_new IS NULL THEN '?' END,
        t_moves.show(vacated_on), t_moves.show(filled_on), outcome, t_moves.letter(origin_dwelling_id), origin_vacancy_id, movers, trim_scale(round(share::numeric, 6)))
$$;
CREATE FUNCTION t_moves.answer(nr integer, row_order integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    test t_moves.test_case;
    got text;
BEGIN
    SELECT * INTO STRICT test FROM t_moves.test_case t WHERE t.nr = answer.nr;
    DELETE FROM t_moves.residence;
    INSERT INTO t_moves.residence SELECT r.person_id, r.dwelling_id, r.from_date, r.to_date
        FROM t_moves.residence_row(test.residences) r ORDER BY t_moves.place(r.nr, row_order);
    DELETE FROM t_moves.dwelling;
    INSERT INTO t_moves.dwelling SELECT d.dwelling_id, d.available_from, d.demolished_on
        FROM t_moves.dwelling_row(test.dwellings) d ORDER BY t_moves.place(d.nr, row_order);
    DELETE FROM t_moves.person;
    INSERT INTO t_moves.person SELECT p.person_id, p.born_on FROM t_moves.person_row(test.persons) p ORDER BY t_moves.place(p.nr, row_order);
    EXECUTE format($q$
        SELECT string_agg(t_moves.show_flow(f.vacancy_id, f.dwelling_id, f.vacated_on, f.filled_on, f.outcome, f.origin_dwelling_id, f.origin_vacancy_id, f.movers,
            f.share, f.is_new), '; ' ORDER BY f.place)
        FROM byudv.vacancy_flows('t_moves.residence', 't_moves.dwelling', $1, $2%s%s) WITH ORDINALITY AS f(vacancy_id, dwelling_id, vacated_on, filled_on,
            outcome, origin_dwelling_id, origin_vacancy_id, movers, share, is_new, place)$q$,
        ', ' || nullif(test.arguments, ''), CASE WHEN test.persons IS NOT NULL THEN ', persons => ''t_moves.person''' END)
        INTO got USING date '2020-01-01' + test.study_from, date '2020-01-01' + test.study_to;
    RETURN coalesce(got, '');
END
$$;
SELECT name, result FROM t_moves.run() ORDER BY nr;
SELECT count(*) AS cases, count(*) FILTER (WHERE result = 'ok') AS ok FROM t_moves.run();

-- All cases of the usual window in one call, each with dwellings and persons of its own: they do not touch each other. A case's vacancies have
-- consecutive ids, and so do its dwellings.
CREATE VIEW t_moves.usual AS
    SELECT * FROM t_moves.test_case WHERE study_from = 0 AND study_to = 300 AND arguments = '' AND (persons IS NOT NULL OR residences !~ '3A\[160');
CREATE VIEW t_moves.all_residences AS
    SELECT 100 * t.nr + r.person_id AS person_id, 100 * t.nr + r.dwelling_id AS dwelling_id, r.from_date, r.to_date
    FROM t_moves.usual t, t_moves.residence_row(t.residences) r;
CREATE VIEW t_moves.all_dwellings AS
    SELECT 100 * t.nr + d.dwelling_id AS dwelling_id, d.available_from, d.demolished_on FROM t_moves.usual t, t_moves.dwelling_row(t.dwellings) d;
CREATE VIEW t_moves.all_persons AS SELECT 100 * t.nr + p.person_id AS person_id, p.born_on FROM t_moves.usual t, t_moves.person_row(t.persons) p;
CREATE TABLE t_moves.flow AS
    SELECT * FROM byudv.vacancy_flows('t_moves.all_residences', 't_moves.all_dwellings', '2020-01-01', date '2020-01-01' + 300, persons => 't_moves.all_persons')
        WITH ORDINALITY AS f(vacancy_id, dwelling_id, vacated_on, filled_on, outcome, origin_dwelling_id, origin_vacancy_id, movers, share, is_new, place);
SELECT t.name, a.got FROM t_moves.usual t LEFT JOIN (
    SELECT f.dwelling_id / 100 AS nr, string_agg(t_moves.show_flow(f.vacancy_id - s.before, f.dwelling_id % 100, f.vacated_on, f.filled_on, f.outcome,
        f.origin_dwelling_id % 100, f.origin_vacancy_id - s.before, f.movers, f.share, f.is_new), '; ' ORDER BY f.place) AS got
    FROM t_moves.flow f JOIN (SELECT dwelling_id / 100 AS nr, min(vacancy_id) - 1 AS before FROM t_moves.flow GROUP BY 1) s ON s.nr = f.dwelling_id / 100
    GROUP BY 1) a ON a.nr = t.nr
WHERE coalesce(a.got, '') <> t.expected ORDER BY t.nr;

-- What must hold of any result. These rows mean nothing; 1,500 persons move 1 to 7 times between 400 dwellings and outside.
CREATE TABLE t_moves.made_up AS
    SELECT p::bigint AS person_id, nullif((p * 31 + n / 2 * 17 * (1 + p % 5)) % 401, 0)::bigint AS dwelling_id, date '2018-01-01' + s AS from_date,
        CASE WHEN (p + n) % 50 > 0 THEN date '2018-01-01' + s + 1 + (p * n) % 300 END AS to_date
    FROM generate_series(1, 1500) p, generate_series(1, 1 + p % 7) n, LATERAL (SELECT (p * 7 + n * (97 + p % 211)) % 1300 AS s) x;
CREATE TABLE t_moves.made_up_residence AS SELECT * FROM byudv.residences('t_moves.made_up', 5);
CREATE TABLE t_moves.made_up_dwelling AS
    SELECT d::bigint AS dwelling_id, CASE WHEN d % 4 > 0 THEN date '2018-09-01' + d END AS available_from, CASE WHEN d % 7 = 0 THEN date '2020-01-01' + d END AS demolished_on
    FROM generate_series(1, 390) d;
CREATE TABLE t_moves.made_up_flow AS
    SELECT * FROM byudv.vacancy_flows('t_moves.made_up_residence', 't_moves.made_up_dwelling', '2019-01-01', '2021-01-01')
        WITH ORDINALITY AS f(vacancy_id, dwelling_id, vacated_on, filled_on, outcome, origin_dwelling_id, origin_vacancy_id, movers, share, is_new, place);
CREATE VIEW t_moves.any_flow AS SELECT 'cases' AS source, f.* FROM t_moves.flow f UNION ALL SELECT 'made up', f.* FROM t_moves.made_up_flow f;
-- each outcome occurs; in so short a window as that of the cases, none is expired
SELECT source, count(DISTINCT outcome) AS outcomes, min(vacancy_id), count(DISTINCT vacancy_id) = max(vacancy_id) AS ids_without_gaps
FROM t_moves.any_flow GROUP BY source ORDER BY source COLLATE "C";
-- in order
SELECT source, count(*) FILTER (WHERE place <> wanted) AS out_of_order FROM (
    SELECT source, place, row_number() OVER (PARTITION BY source ORDER BY vacancy_id, array_position(ARRAY['vacated', 'out_of_window', 'origin_occupied', 'returned',
        'from_outside', 'demolished', 'open', 'expired'], outcome), origin_dwelling_id, origin_vacancy_id) AS wanted FROM t_moves.any_flow) x
GROUP BY source ORDER BY source COLLATE "C";
-- what a vacancy passes on is at most 1 in all
SELECT source, max(passed_on) > 1 + 1e-9 AS too_much, max(passed_on) > 1 - 1e-9 AS all_of_it, min(passed_on) > 0 AS something
FROM (SELECT source, origin_vacancy_id, sum(share) AS passed_on FROM t_moves.any_flow WHERE origin_vacancy_id IS NOT NULL GROUP BY 1, 2) x
GROUP BY source ORDER BY source COLLATE "C";
-- which columns are set; a vacancy is the same in all its rows, and one without movers has one row
SELECT source, vacancy_id, outcome FROM t_moves.any_flow
WHERE vacancy_id IS NULL OR dwelling_id IS NULL OR vacated_on IS NULL OR outcome IS NULL OR movers IS NULL OR share IS NULL OR is_new IS NULL
    OR (filled_on IS NULL) <> (outcome IN ('demolished', 'open')) AND outcome <> 'expired'
    OR (origin_dwelling_id IS NULL) <> (outcome IN ('from_outside', 'demolished', 'open', 'expired')) OR (origin_vacancy_id IS NULL) = (outcome = 'vacated')
    OR (share > 0) <> (outcome = 'vacated') OR movers < 0 OR (movers > 0) <> (outcome NOT IN ('demolished', 'open', 'expired')) AND outcome <> 'from_outside'
    OR outcome = 'returned' AND origin_dwelling_id <> dwelling_id
ORDER BY source COLLATE "C", place;
SELECT source, vacancy_id FROM t_moves.any_flow GROUP BY source, vacancy_id
HAVING count(DISTINCT (dwelling_id, vacated_on, filled_on, is_new)) > 1 OR count(*) > 1 AND bool_or(movers = 0) ORDER BY source COLLATE "C", vacancy_id;
-- an origin is a vacancy of the dwelling that the movers left
SELECT f.source, f.vacancy_id FROM t_moves.any_flow f WHERE f.outcome = 'vacated'
    AND NOT EXISTS (SELECT FROM t_moves.any_flow o WHERE o.source = f.source AND o.vacancy_id = f.origin_vacancy_id AND o.dwelling_id = f.origin_dwelling_id AND NOT o.is_new)
ORDER BY f.source COLLATE "C", f.vacancy_id;
-- the vacancies are those that follow from the occupancies
CREATE TABLE t_moves.made_up_occupancy AS SELECT * FROM byudv.occupancies('t_moves.made_up_residence');
CREATE VIEW t_moves.made_up_vacancy AS
    SELECT o.dwelling_id, o.occupancy, o.to_date AS vacated_on, false AS is_new, n.from_date AS filled_on FROM t_moves.made_up_occupancy o
        LEFT JOIN t_moves.made_up_occupancy n ON n.dwelling_id = o.dwelling_id AND n.occupancy = o.occupancy + 1 AND n.from_date < '2021-01-01'
    WHERE o.to_date >= '2019-01-01' AND o.to_date < '2021-01-01'
    UNION ALL
    SELECT d.dwelling_id, 0, d.available_from, true, CASE WHEN o.from_date < '2021-01-01' THEN o.from_date END
    FROM t_moves.made_up_dwelling d LEFT JOIN t_moves.made_up_occupancy o ON o.dwelling_id = d.dwelling_id AND o.occupancy = 1
    WHERE d.available_from >= '2019-01-01' AND d.available_from < '2021-01-01' AND (o.from_date < d.available_from - 365) IS NOT TRUE;
SELECT (SELECT count(*) FROM t_moves.made_up_vacancy WHERE is_new) > 20 AS many_new, (SELECT count(*) FROM t_moves.made_up_vacancy WHERE NOT is_new) > 300 AS many_others,
    count(*) AS differences
FROM (SELECT v.*, row_number() OVER (ORDER BY dwelling_id, occupancy) AS vacancy_id FROM t_moves.made_up_vacancy v) v
    FULL JOIN (SELECT DISTINCT vacancy_id, dwelling_id, vacated_on, filled_on, is_new FROM t_moves.made_up_flow) f USING (vacancy_id)
WHERE (v.dwelling_id, v.vacated_on, v.filled_on, v.is_new) IS DISTINCT FROM (f.dwelling_id, f.vacated_on, f.filled_on, f.is_new);

-- The definition once more, as a query: person's residence before (previous), occupancy of each residence by the sweep (member), what they were to it
CREATE FUNCTION t_moves.member() RETURNS TABLE (id bigint, person_id bigint, dwelling_id bigint, from_date date, to_date date, occupancy integer) LANGUAGE plpgsql AS $$
DECLARE
    swept bigint;
    cur_end date;
BEGIN
    FOR id, person_id, dwelling_id, from_date, to_date IN
        SELECT row_number() OVER (), r.person_id, r.dwelling_id, r.from_date, coalesce(r.to_date, 'infinity') FROM t_moves.made_up_residence r
        ORDER BY r.dwelling_id, r.from_date, r.to_date NULLS LAST, r.person_id
    LOOP
        IF swept IS DISTINCT FROM dwelling_id THEN
            swept := dwelling_id;
            occupancy := 1;
            cur_end := to_date;
        ELSIF cur_end < 'infinity' AND cur_end - from_date <= 30 AND to_date > cur_end THEN
            occupancy := occupancy + 1;
        END IF;
        cur_end := greatest(cur_end, to_date);
        RETURN NEXT;
    END LOOP;
END
$$;
CREATE TABLE t_moves.made_up_member AS
    SELECT m.*, max(m.to_date) OVER (PARTITION BY m.dwelling_id, m.occupancy) AS emptied_on,
        lag(m.id) OVER (PARTITION BY m.person_id ORDER BY m.from_date, m.to_date, m.dwelling_id NULLS FIRST) AS previous FROM t_moves.member() m;
CREATE TABLE t_moves.made_up_origin AS
    SELECT m.*, is_last, count(*) FILTER (WHERE is_last) OVER (PARTITION BY dwelling_id, occupancy) AS last_leavers
    FROM t_moves.made_up_member m, LATERAL (SELECT emptied_on < 'infinity' AND (to_date >= emptied_on - 90) AS is_last) l;
CREATE TABLE t_moves.defined AS
    WITH vacancy AS (
        SELECT v.*, row_number() OVER (ORDER BY v.dwelling_id, v.occupancy) AS vacancy_id,
            CASE WHEN filled_on IS NULL AND d.demolished_on < '2021-01-01' THEN 'demolished' WHEN filled_on IS NULL AND date '2021-01-01' - vacated_on <= 365 THEN 'open'
                WHEN filled_on IS NULL OR filled_on - vacated_on > 365 THEN 'expired' END AS without_movers
        FROM t_moves.made_up_vacancy v LEFT JOIN t_moves.made_up_dwelling d USING (dwelling_id)),
    mover AS (
        SELECT v.vacancy_id, o.last_leavers, e.vacancy_id AS origin_vacancy_id, o.dwelling_id AS origin_dwelling_id,
            CASE WHEN o.dwelling_id IS NULL OR m.from_date - o.to_date > 90 THEN 'from_outside' WHEN o.dwelling_id = v.dwelling_id THEN 'returned'
                WHEN o.is_last AND e.vacancy_id IS NOT NULL THEN 'vacated' WHEN o.is_last THEN 'out_of_window' ELSE 'origin_occupied' END AS outcome
        FROM vacancy v JOIN t_moves.made_up_member m ON m.dwelling_id = v.dwelling_id AND m.occupancy = v.occupancy + 1 AND m.from_date < v.filled_on + 30
            LEFT JOIN t_moves.made_up_origin o ON o.id = m.previous
            LEFT JOIN vacancy e ON e.dwelling_id = o.dwelling_id AND e.occupancy = o.occupancy
        WHERE v.without_movers IS NULL)
    SELECT v.vacancy_id, v.dwelling_id, v.vacated_on, v.filled_on, coalesce(v.without_movers, m.outcome) AS outcome, m.origin_dwelling_id, m.origin_vacancy_id,
        coalesce(m.movers, 0) AS movers, coalesce(m.share, 0) AS share, v.is_new
    FROM vacancy v LEFT JOIN (
        SELECT vacancy_id, outcome, CASE WHEN outcome <> 'from_outside' THEN origin_dwelling_id END AS origin_dwelling_id,
            CASE WHEN outcome = 'vacated' THEN origin_vacancy_id END AS origin_vacancy_id, count(*) AS movers,
            CASE WHEN outcome = 'vacated' THEN count(*) / max(last_leavers)::numeric ELSE 0 END AS share
        FROM mover GROUP BY 1, 2, 3, 4) m USING (vacancy_id);
SELECT count(*) AS differences FROM t_moves.made_up_flow f FULL JOIN t_moves.defined d
    ON d.vacancy_id = f.vacancy_id AND d.outcome = f.outcome AND coalesce(d.origin_dwelling_id, 0) = coalesce(f.origin_dwelling_id, 0)
        AND coalesce(d.origin_vacancy_id, 0) = coalesce(f.origin_vacancy_id, 0)
WHERE (d.dwelling_id, d.vacated_on, d.filled_on, d.origin_vacancy_id, d.movers, round(d.share, 12), d.is_new)
    IS DISTINCT FROM (f.dwelling_id, f.vacated_on, f.filled_on, f.origin_vacancy_id, f.movers, round(f.share::numeric, 12), f.is_new);

-- the same from shuffled rows
CREATE TABLE t_moves.shuffled_residence AS SELECT * FROM t_moves.made_up_residence ORDER BY md5(person_id::text || from_date) COLLATE "C";
CREATE TABLE t_moves.shuffled_dwelling AS SELECT * FROM t_moves.made_up_dwelling ORDER BY md5(dwelling_id::text) COLLATE "C";
SELECT count(*) AS differences FROM t_moves.made_up_flow a
    FULL JOIN byudv.vacancy_flows('t_moves.shuffled_residence', 't_moves.shuffled_dwelling', '2019-01-01', '2021-01-01')
        WITH ORDINALITY AS b(vacancy_id, dwelling_id, vacated_on, filled_on, outcome, origin_dwelling_id, origin_vacancy_id, movers, share, is_new, place) USING (place)
WHERE (a.vacancy_id, a.dwelling_id, a.vacated_on, a.filled_on, a.outcome, a.origin_dwelling_id, a.origin_vacancy_id, a.movers, a.share, a.is_new)
    IS DISTINCT FROM (b.vacancy_id, b.dwelling_id, b.vacated_on, b.filled_on, b.outcome, b.origin_dwelling_id, b.origin_vacancy_id, b.movers, b.share, b.is_new);

-- With real dates: a couple leave their house for a new dwelling on the leap day, a family from outside takes the house. The columns may be narrower
-- and in any order.
CREATE TABLE t_moves.new_dwelling (demolished_on date, available_from date, dwelling_id integer);
INSERT INTO t_moves.new_dwelling VALUES (NULL, '2019-11-01', 900), ('2020-11-30', '1970-01-01', 800);
CREATE TABLE t_moves.resident (from_date date, to_date date, person_id smallint, dwelling_id smallint);
INSERT INTO t_moves.resident VALUES ('2001-08-15', '2020-02-29', 1, 800), ('2003-05-01', '2020-02-29', 2, 800), ('2020-02-29', NULL, 1, 900), ('2020-02-29', 'infinity', 2, 900),
    ('2020-03-01', '2020-10-31', 3, 800), ('2020-03-15', '2020-11-01', 4, 800);
SELECT vacancy_id, dwelling_id, to_char(vacated_on, 'YYYY-MM-DD') AS vacated_on, to_char(filled_on, 'YYYY-MM-DD') AS filled_on, outcome, origin_dwelling_id, origin_vacancy_id,
    movers, share, is_new
FROM byudv.vacancy_flows('t_moves.resident', 't_moves.new_dwelling', '2019-01-01', '2021-01-01') ORDER BY vacancy_id;

SET client_min_messages = warning;
DROP SCHEMA t_moves CASCADE;
