-- From dates to observations. Columns named "right" compare with what stands in the query; all must be t.
CREATE SCHEMA t_observation;
SET datestyle = 'ISO';
-- The window [2014-01-01, 2024-01-01); 3,652 days, with leap days in 2016 and 2020. Worked out by hand.
CREATE TABLE t_observation.stay (n int, what text, from_date date, to_date date, entry int, exit int, event boolean);
INSERT INTO t_observation.stay VALUES
    (1, 'within', '2015-01-01', '2016-01-01', 0, 365, true),
    (2, 'over a leap day', '2016-01-01', '2017-01-01', 0, 366, true),
    (3, 'from a leap day', '2016-02-29', '2017-02-28', 0, 365, true),
    (4, 'to a leap day', '2019-02-28', '2020-02-29', 0, 366, true),
    (5, 'begins the day the window does', '2014-01-01', '2014-01-02', 0, 1, true),
    (6, 'begins the day before', '2013-12-31', '2014-01-02', 1, 2, true),
    (7, 'ends the day the window begins', '2013-01-01', '2014-01-01', NULL, NULL, NULL),
    (8, 'ends before', '2012-01-01', '2013-01-01', NULL, NULL, NULL),
    (9, 'ends the day before the window does', '2023-12-01', '2023-12-31', 0, 30, true),
    (10, 'ends the day the window does', '2023-12-01', '2024-01-01', 0, 31, false),
    (11, 'ends after', '2023-12-01', '2024-06-01', 0, 31, false),
    (12, 'goes on', '2023-12-31', NULL, 0, 1, false),
    (13, 'goes on forever', '2023-12-31', 'infinity', 0, 1, false),
    (14, 'begins the day the window ends', '2024-01-01', NULL, NULL, NULL, NULL),
    (15, 'begins after', '2025-01-01', '2026-01-01', NULL, NULL, NULL),
    (16, 'begins at infinity', 'infinity', NULL, NULL, NULL, NULL),
    (17, 'outlasts the window at both ends', '2013-01-01', NULL, 365, 4017, false),
    (18, 'unknown start', NULL, '2020-01-01', NULL, NULL, NULL),
    (19, 'unknown start, goes on', '-infinity', NULL, NULL, NULL, NULL),
    (20, 'unknown start, ended before', NULL, '2013-12-31', NULL, NULL, NULL),
    (21, 'unknown start, ends the day the window begins', '-infinity', '2014-01-01', NULL, NULL, NULL),
    (22, 'no days', '2015-05-05', '2015-05-05', 0, 0, true),
    (23, 'no days, on the first', '2014-01-01', '2014-01-01', 0, 0, true),
    (24, 'no days, on the day before', '2013-12-31', '2013-12-31', NULL, NULL, NULL),
    (25, 'no days, on the last', '2023-12-31', '2023-12-31', 0, 0, true),
    (26, 'no days, on the day after', '2024-01-01', '2024-01-01', NULL, NULL, NULL),
    (27, 'since the Julian calendar', '0001-01-01', '2014-01-02', 735233, 735234, true);
SELECT n, what, o.entry, o.exit, o.event, (o.entry, o.exit, o.event) IS NOT DISTINCT FROM (s.entry, s.exit, s.event) AS right
FROM t_observation.stay s, byudv.observation(from_date, to_date, '2014-01-01', '2024-01-01') o ORDER BY n;
-- a window without a beginning: nobody enters late
SELECT o.*, (o.entry, o.exit, o.event) = (0, 5113, false) AS right FROM byudv.observation('2010-01-01', NULL, '-infinity', '2024-01-01') o;
-- a window of a leap day
SELECT n, o.*, (o.entry, o.exit, o.event) IS NOT DISTINCT FROM (h.entry, h.exit, h.event) AS right FROM (VALUES (1, date '2020-02-28', date '2020-03-01', 1, 2, false), (2, '2020-02-29', '2020-02-29', 0, 0, true),
    (3, '2020-02-29', '2020-03-01', 0, 1, false), (4, '2020-02-28', '2020-02-29', NULL, NULL, NULL), (5, '2020-03-01', NULL, NULL, NULL, NULL)) h (n, f, t, entry, exit, event), byudv.observation(f, t, '2020-02-29', '2020-03-01') o ORDER BY n;
-- the greatest dates fit
SELECT o.*, o.exit = date '5874897-12-31' - date '4714-11-24 BC' AS right FROM byudv.observation('4714-11-24 BC', NULL, '-infinity', '5874897-12-31') o;

-- The aggregates by dates: the same, and the unknown starts that the window may have seen (18, 19) left out
SELECT byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01') AS s,
    byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01')::text = replace(byudv.survival_agg(entry, exit, event)::text, 's1 ', 's1 o2 ') AS right FROM t_observation.stay;
SELECT c.*, (c.observations, c.events, c.censored, c.late_entries, c.left_out) = (16, 11, 5, 3, 2) AS right
FROM byudv.survival_counts((SELECT byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01') FROM t_observation.stay)) c;
SELECT byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01') IS NULL AS nothing_seen FROM t_observation.stay WHERE what LIKE 'ends before' OR n IN (14, 15, 20, 24);
SELECT byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01') AS only_left_out FROM t_observation.stay WHERE n IN (18, 19, 20);
-- causes: of an end within the window; without one, left out, and counted; 0 is censored. 2013: entered late.
SELECT byudv.competing_risks_agg(f, t, c, '2014-01-01', '2024-01-01') AS c, byudv.competing_risks_agg(f, t, c, '2014-01-01', '2024-01-01')::text = 'c1 o2 31c1 100c2x1:1x64:1 365e1 366x2:1' AS right
FROM (VALUES (date '2015-01-01', date '2015-04-11', 1), ('2015-01-01', '2015-04-11', 64), ('2015-01-01', '2015-04-11', 0), ('2023-09-23', '2025-01-01', NULL), ('2013-01-01', '2014-01-02', 2), ('2023-12-01', NULL, 3),
    ('2015-01-01', '2015-04-11', NULL), (NULL, '2015-04-11', 5), ('2012-01-01', '2013-01-01', NULL), ('2024-01-01', NULL, 7)) v (f, t, c);

-- Cut by calendar year and by duration: 2015-07-01 to 2017-03-01 is 609 days; the bands begin at 0, 365 (2016-06-30), 730
SELECT p.*, p::text = h.want AS right FROM byudv.exposure('2015-07-01', '2017-03-01') WITH ORDINALITY p (year, band_from, band_to, piece_from, piece_to, entry, exit, days, event, n)
    FULL JOIN (VALUES (1, '(2015,0,365,2015-07-01,2016-01-01,0,184,184,f,1)'), (2, '(2016,0,365,2016-01-01,2016-06-30,184,365,181,f,2)'), (3, '(2016,365,730,2016-06-30,2017-01-01,365,550,185,f,3)'),
    (4, '(2017,365,730,2017-01-01,2017-03-01,550,609,59,t,4)')) h (n, want) USING (n) ORDER BY n;
-- within a window; who outlasts it has no end in it
SELECT * FROM byudv.exposure('2015-07-01', '2017-03-01', '2016-12-01', '2017-02-01', '{}') ORDER BY piece_from;
SELECT * FROM byudv.exposure('2015-07-01', NULL, '2016-12-01', '2017-01-01', NULL) ORDER BY piece_from;
SELECT * FROM byudv.exposure('2015-07-01', '2017-03-01', NULL, '2015-07-03', '{1,2,3}') ORDER BY piece_from;
-- an end on 1 January is of the old year; on the window's end it is none
SELECT n, p.year, p.piece_from, p.piece_to, p.days, p.event FROM (VALUES (1, date '2016-01-01', NULL::date), (2, '2016-01-01', '2016-01-01'), (3, '2016-01-01', '2017-01-01')) v (n, t, w),
    byudv.exposure('2015-12-31', t, NULL, w) p ORDER BY n, p.piece_from;
-- a band that begins where a year does; the last band has no end
SELECT p.year, p.band_from, p.band_to, p.piece_from, p.piece_to, p.days, p.event FROM byudv.exposure('2015-01-01', '2017-01-02', bands => '{365,366}') p ORDER BY p.piece_from;
-- a stay of no days is a piece of no days; outside the window, or without a start, there is none
SELECT * FROM byudv.exposure('2015-05-05', '2015-05-05');
SELECT (SELECT count(*) FROM byudv.exposure('2015-05-05', '2015-05-05', '2015-05-05', '2015-05-06')) AS first_day, (SELECT count(*) FROM byudv.exposure('2015-05-05', '2015-05-05', '2015-05-01', '2015-05-05')) AS day_after,
    (SELECT count(*) FROM byudv.exposure('2015-05-05', '2015-05-05', '2015-05-06', '2015-05-07')) AS day_before, (SELECT count(*) FROM byudv.exposure(NULL, '2015-05-05')) AS no_start,
    (SELECT count(*) FROM byudv.exposure('-infinity', '2015-05-05')) AS unknown_start, (SELECT count(*) FROM byudv.exposure('2015-05-05', '2015-06-05', '2015-06-05', '2016-01-01')) AS ended_before, (SELECT count(*) FROM byudv.exposure('2016-01-01', NULL, NULL, '2016-01-01')) AS begins_after;
-- the days of a leap year, by year of the calendar
SELECT p.year, p.days, p.days = CASE WHEN p.year IN (2000, 2004) THEN 366 ELSE 365 END AS right FROM byudv.exposure('1999-01-01', '2006-01-01', bands => '{}') p ORDER BY p.year;
SELECT p.year, p.days, p.days = 365 AS right FROM byudv.exposure('1900-01-01', '1901-01-01', bands => '{}') p;
-- the pieces of each stay are its observation, cut up: the same days, the same event, the same time at risk
SELECT n, what, count(p.*) AS pieces, sum(p.days) AS days, coalesce(sum(p.days), 0) = coalesce(max(s.exit - s.entry), 0) AND min(p.entry) IS NOT DISTINCT FROM max(s.entry) AND max(p.exit) IS NOT DISTINCT FROM max(s.exit)
    AND coalesce(bool_or(p.event), false) = coalesce(bool_or(s.event), false) AND count(*) FILTER (WHERE p.event) <= 1 AND (count(p.*) = 0) = bool_and(s.exit IS NULL) AS right
FROM t_observation.stay s LEFT JOIN byudv.exposure(from_date, to_date, '2014-01-01', '2024-01-01') p ON true GROUP BY n, what ORDER BY n;
-- the same curve from the pieces: entries and censorings of a stay that goes on cancel out
SELECT count(*) AS rows, count(*) FILTER (WHERE (w.at_risk, w.events, w.survival) IS DISTINCT FROM (c.at_risk, c.events, c.survival)) AS wrong
FROM byudv.survival_curve((SELECT byudv.survival_agg(entry, exit, event) FROM t_observation.stay)) w
LEFT JOIN byudv.survival_curve((SELECT byudv.survival_agg(p.entry, p.exit, p.event) FROM t_observation.stay s, byudv.exposure(from_date, to_date, '2014-01-01', '2024-01-01') p)) c ON c.time = w.time WHERE w.events > 0;
-- dates at both ends of the calendar
SELECT count(*) AS pieces, sum(p.days) AS days, min(p.year) AS first, max(p.year) AS last FROM byudv.exposure('4714-11-24 BC', '4711-01-01 BC', bands => '{}') p;
SELECT p.year, p.days, p.event FROM byudv.exposure('5874896-12-30', '5874897-12-31', bands => '{}') p ORDER BY p.piece_from;
RESET datestyle;

SET client_min_messages = warning;
DROP SCHEMA t_observation CASCADE;
