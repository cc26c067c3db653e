-- From the dates of stays to observations.

CREATE FUNCTION byudv.observation(from_date date, to_date date, window_from date, window_to date, OUT entry int, OUT exit int, OUT event boolean) RETURNS record
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 2 AS 'MODULE_PATHNAME', 'byudv_observation';
COMMENT ON FUNCTION byudv.observation(date, date, date, date) IS 'What a register that covers the days [window_from, window_to) sees of a stay [from_date, to_date): entry (days from the start to the day it comes into sight, 0 if it begins within the window), exit (days to its end, or to the end of the window), event (it ended before the end of the window). to_date NULL or infinity: still going on. NULLs where nothing is seen, or the start is unknown (NULL or -infinity). window_from may be -infinity. Errors: a window bound NULL, window_to not a day or not after window_from, to_date before from_date.';

CREATE FUNCTION byudv.exposure(from_date date, to_date date, window_from date DEFAULT NULL, window_to date DEFAULT NULL, bands int[] DEFAULT '{365,730,1826,3652}',
        OUT year int, OUT band_from int, OUT band_to int, OUT piece_from date, OUT piece_to date, OUT entry int, OUT exit int, OUT days int, OUT event boolean)
        RETURNS SETOF record
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 100 ROWS 10 AS 'MODULE_PATHNAME', 'byudv_exposure';
COMMENT ON FUNCTION byudv.exposure(date, date, date, date, int[]) IS 'A stay [from_date, to_date) cut at each 1 January and at each duration in bands (days since the start; default 1, 2, 5, 10 years), within the window if one is given (Lexis diagram): the pieces with their year, band (band_to NULL: no upper end), dates, days, and as observations (entry, exit, event) for byudv.survival_agg(). event: the stay ends with this piece; where it ends on 1 January that is a piece of the old year, and where it ends on window_to or later it is none. The days of the pieces add up to those of the stay. from_date NULL gives no rows. Errors: a stay that goes on without window_to, to_date before from_date, window_to not after window_from, bands that do not ascend from above 0.';
