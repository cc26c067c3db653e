-- Durations: the summary type survival, its aggregates, and what can be asked of it.

CREATE TYPE byudv.survival;

CREATE FUNCTION byudv.survival_in(text cstring) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_in';
COMMENT ON FUNCTION byudv.survival_in(cstring) IS 'Text input of byudv.survival; what no observations give is an error.';
CREATE FUNCTION byudv.survival_out(s byudv.survival) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_out';
COMMENT ON FUNCTION byudv.survival_out(byudv.survival) IS 'Text output of byudv.survival.';
CREATE FUNCTION byudv.survival_recv(binary internal) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_recv';
COMMENT ON FUNCTION byudv.survival_recv(internal) IS 'Binary input of byudv.survival; checks as much as text input.';
CREATE FUNCTION byudv.survival_send(s byudv.survival) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_send';
COMMENT ON FUNCTION byudv.survival_send(byudv.survival) IS 'Binary output of byudv.survival.';

CREATE TYPE byudv.survival (INPUT = byudv.survival_in, OUTPUT = byudv.survival_out, RECEIVE = byudv.survival_recv, SEND = byudv.survival_send,
    ALIGNMENT = double, STORAGE = extended);
COMMENT ON TYPE byudv.survival IS 'Summary of durations: how many entered, were censored and had the event on each day since the start. Made by byudv.survival_agg(), merged by byudv.rollup(), asked by byudv.survival_curve() and others. Equal content has equal bytes. Text: s1, then o and the number left out, then each time with e entered, c censored, x events and their counts: s1 5x1 8c1x2.';

CREATE FUNCTION byudv.survival_eq(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_eq';
COMMENT ON FUNCTION byudv.survival_eq(byudv.survival, byudv.survival) IS 'Do both summaries hold the same counts?';
CREATE FUNCTION byudv.survival_ne(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_ne';
COMMENT ON FUNCTION byudv.survival_ne(byudv.survival, byudv.survival) IS 'Do the summaries hold other counts?';
CREATE FUNCTION byudv.survival_hash(s byudv.survival) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_hash';
COMMENT ON FUNCTION byudv.survival_hash(byudv.survival) IS 'Hash of the counts, for hash joins and grouping.';
CREATE FUNCTION byudv.survival_hash_extended(s byudv.survival, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_hash_extended';
COMMENT ON FUNCTION byudv.survival_hash_extended(byudv.survival, bigint) IS 'Hash of the counts with a seed, for hash partitions.';
CREATE OPERATOR byudv.= (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_eq, COMMUTATOR = OPERATOR(byudv.=),
    NEGATOR = OPERATOR(byudv.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR byudv.= (byudv.survival, byudv.survival) IS 'The same counts';
CREATE OPERATOR byudv.<> (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_ne, COMMUTATOR = OPERATOR(byudv.<>),
    NEGATOR = OPERATOR(byudv.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR byudv.<> (byudv.survival, byudv.survival) IS 'Other counts';
CREATE OPERATOR CLASS byudv.survival_hash_ops DEFAULT FOR TYPE byudv.survival USING hash AS
    OPERATOR 1 byudv.=, FUNCTION 1 byudv.survival_hash(byudv.survival), FUNCTION 2 byudv.survival_hash_extended(byudv.survival, bigint);
COMMENT ON OPERATOR CLASS byudv.survival_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
COMMENT ON OPERATOR FAMILY byudv.survival_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
CREATE FUNCTION byudv.survival_lt(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_lt';
COMMENT ON FUNCTION byudv.survival_lt(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_le(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_le';
COMMENT ON FUNCTION byudv.survival_le(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_gt(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_gt';
COMMENT ON FUNCTION byudv.survival_gt(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_ge(a byudv.survival, b byudv.survival) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_ge';
COMMENT ON FUNCTION byudv.survival_ge(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.survival_cmp(a byudv.survival, b byudv.survival) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_cmp';
COMMENT ON FUNCTION byudv.survival_cmp(byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE OPERATOR byudv.< (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_lt, COMMUTATOR = OPERATOR(byudv.>),
    NEGATOR = OPERATOR(byudv.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR byudv.< (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.<= (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_le, COMMUTATOR = OPERATOR(byudv.>=),
    NEGATOR = OPERATOR(byudv.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR byudv.<= (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.> (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_gt, COMMUTATOR = OPERATOR(byudv.<),
    NEGATOR = OPERATOR(byudv.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR byudv.> (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.>= (LEFTARG = byudv.survival, RIGHTARG = byudv.survival, FUNCTION = byudv.survival_ge, COMMUTATOR = OPERATOR(byudv.<=),
    NEGATOR = OPERATOR(byudv.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR byudv.>= (byudv.survival, byudv.survival) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR CLASS byudv.survival_ops DEFAULT FOR TYPE byudv.survival USING btree AS
    OPERATOR 1 byudv.<, OPERATOR 2 byudv.<=, OPERATOR 3 byudv.=, OPERATOR 4 byudv.>=, OPERATOR 5 byudv.>, FUNCTION 1 byudv.survival_cmp(byudv.survival, byudv.survival);
COMMENT ON OPERATOR CLASS byudv.survival_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';
COMMENT ON OPERATOR FAMILY byudv.survival_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';

-- Aggregates

CREATE FUNCTION byudv.survival_transition(state byudv.survival, exit int, event boolean) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_transition';
COMMENT ON FUNCTION byudv.survival_transition(byudv.survival, int, boolean) IS 'Step of byudv.survival_agg(exit, event).';
CREATE FUNCTION byudv.survival_transition(state byudv.survival, entry int, exit int, event boolean) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_transition';
COMMENT ON FUNCTION byudv.survival_transition(byudv.survival, int, int, boolean) IS 'Step of byudv.survival_agg(entry, exit, event).';
CREATE FUNCTION byudv.survival_transition(state byudv.survival, entry int, exit int, event boolean, n bigint) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_transition';
COMMENT ON FUNCTION byudv.survival_transition(byudv.survival, int, int, boolean, bigint) IS 'Step of byudv.survival_agg(entry, exit, event, n).';
CREATE FUNCTION byudv.survival_window_transition(state byudv.survival, from_date date, to_date date, window_from date, window_to date) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_window_transition';
COMMENT ON FUNCTION byudv.survival_window_transition(byudv.survival, date, date, date, date) IS 'Step of byudv.survival_agg(from_date, to_date, window_from, window_to).';
CREATE FUNCTION byudv.survival_combine(state byudv.survival, other byudv.survival) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_combine';
COMMENT ON FUNCTION byudv.survival_combine(byudv.survival, byudv.survival) IS 'Merges two summaries: the counts of both. NULL gives NULL; byudv.rollup() passes over NULL.';
CREATE FUNCTION byudv.survival_final(state byudv.survival) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_survival_final';
COMMENT ON FUNCTION byudv.survival_final(byudv.survival) IS 'End of the aggregates: the finished form of a summary.';

CREATE AGGREGATE byudv.survival_agg(exit int, event boolean) (SFUNC = byudv.survival_transition, STYPE = byudv.survival, SSPACE = 128,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(int, boolean) IS 'Summary of durations, each observed from its start. exit: days from the start to the end of observation; event: it ended then (else censored: it was still going on). A NULL skips the row; no row counted gives NULL. Negative exit is an error.';
CREATE AGGREGATE byudv.survival_agg(entry int, exit int, event boolean) (SFUNC = byudv.survival_transition, STYPE = byudv.survival, SSPACE = 128,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(int, int, boolean) IS 'Summary of durations with delayed entry (left truncation). entry: days from the start to the day observation began, 0 when it was observed from its start; exit, event as in the form with two arguments; at risk after entry up to and at exit. A NULL skips the row; no row counted gives NULL. Errors: negative times, exit before entry, exit = entry above 0.';
CREATE AGGREGATE byudv.survival_agg(entry int, exit int, event boolean, n bigint) (SFUNC = byudv.survival_transition, STYPE = byudv.survival, SSPACE = 128,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(int, int, boolean, bigint) IS 'As byudv.survival_agg(entry, exit, event), each row counting n times: for data that are counts already. n = 0 counts nothing; negative n is an error, as are more than 2^63 - 1 observations in all.';
CREATE AGGREGATE byudv.survival_agg(from_date date, to_date date, window_from date, window_to date) (SFUNC = byudv.survival_window_transition,
    STYPE = byudv.survival, SSPACE = 128, FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.survival_agg(date, date, date, date) IS 'Summary of durations of stays [from_date, to_date) seen through the window [window_from, window_to) that a register covers, by the rule of byudv.observation(): stays that began before it enter late, those that outlast it are censored, those outside it do not count. to_date NULL or infinity: still going on. from_date NULL or -infinity: the start is unknown; left out, and counted if the end is unknown or after window_from (left_out of byudv.survival_counts()). Errors as byudv.observation().';
CREATE AGGREGATE byudv.rollup(s byudv.survival) (SFUNC = byudv.survival_combine, STYPE = byudv.survival, SSPACE = 1024,
    FINALFUNC = byudv.survival_final, COMBINEFUNC = byudv.survival_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.rollup(byudv.survival) IS 'Merges summaries into the one that all their observations together give, to the bit. Passes over NULL; nothing to merge gives NULL.';

-- Questions

CREATE FUNCTION byudv.survival_curve(s byudv.survival, confidence float8 DEFAULT 0.95, conf_type text DEFAULT 'log', start_time int DEFAULT 0,
        OUT "time" int, OUT at_risk bigint, OUT events bigint, OUT censored bigint, OUT entered bigint, OUT survival float8, OUT std_error float8,
        OUT lower float8, OUT upper float8, OUT cumulative_hazard float8) RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 2000 AS 'MODULE_PATHNAME', 'byudv_survival_curve';
COMMENT ON FUNCTION byudv.survival_curve(byudv.survival, float8, text, int) IS 'Kaplan-Meier curve with Nelson-Aalen hazard: a row for each time (days) with an event or a censoring. entered: came at risk since the row before, so that at_risk = at_risk - events - censored of the row before + entered. std_error is that of survival (Greenwood). Limits of the given confidence, conf_type log (as R), log-log or plain; none where survival is 0, for log-log also where it is 1. start_time above 0: the curve of those still there at that time. NULL or an empty summary gives no rows. Errors: confidence not between 0 and 1, unknown conf_type, negative start_time.';
CREATE FUNCTION byudv.survival_at(s byudv.survival, t int) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_at';
COMMENT ON FUNCTION byudv.survival_at(byudv.survival, int) IS 'Share that lasts longer than t days (Kaplan-Meier). 1 before the first event. Beyond the last time 0 when the curve has reached 0, else NULL: nobody was observed so long. NULL gives NULL; negative t is an error.';
CREATE FUNCTION byudv.survival_estimate(s byudv.survival, t int, confidence float8 DEFAULT 0.95, conf_type text DEFAULT 'log',
        OUT survival float8, OUT std_error float8, OUT lower float8, OUT upper float8, OUT at_risk bigint) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_estimate';
COMMENT ON FUNCTION byudv.survival_estimate(byudv.survival, int, float8, text) IS 'byudv.survival_at() with standard error, limits and the number at risk at t. Arguments, NULLs and errors as byudv.survival_at() and byudv.survival_curve().';
CREATE FUNCTION byudv.survival_quantile(s byudv.survival, q float8, confidence float8 DEFAULT 0.95, conf_type text DEFAULT 'log',
        OUT estimate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_quantile';
COMMENT ON FUNCTION byudv.survival_quantile(byudv.survival, float8, float8, text) IS 'Days by which a share q has had the event: the first time at which survival is below 1 - q, or the middle of the interval on which it is equal to it; limits are where the limits of the curve do the same (the rule of R''s quantile.survfit). NULL where curve or limit never gets there. Errors: q or confidence not between 0 and 1, unknown conf_type.';
CREATE FUNCTION byudv.survival_median(s byudv.survival, OUT estimate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_median';
COMMENT ON FUNCTION byudv.survival_median(byudv.survival) IS 'Median duration in days with 95 % limits: byudv.survival_quantile(s, 0.5).';
CREATE FUNCTION byudv.restricted_mean(s byudv.survival, tau int, confidence float8 DEFAULT 0.95,
        OUT estimate float8, OUT std_error float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_restricted_mean';
COMMENT ON FUNCTION byudv.restricted_mean(byudv.survival, int, float8) IS 'Mean number of days stayed within the first tau days: the area under the curve up to tau, with standard error and normal limits. An empty summary gives NULLs. Errors: tau negative, tau beyond the last time of a curve that has not reached 0, confidence not between 0 and 1.';
CREATE FUNCTION byudv.turnover_rate(s byudv.survival, per float8 DEFAULT 365.25, confidence float8 DEFAULT 0.95,
        OUT events bigint, OUT exposure float8, OUT rate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'byudv_turnover_rate';
COMMENT ON FUNCTION byudv.turnover_rate(byudv.survival, float8, float8) IS 'Events, time at risk in units of per days (dwelling-years or person-years by default), events per unit, with exact Poisson limits (Garwood 1936). Without time at risk the rate is NULL. Errors: per not a number of days above 0, confidence not between 0 and 1.';
CREATE FUNCTION byudv.event_rate(events bigint, exposure float8, confidence float8 DEFAULT 0.95, OUT rate float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'byudv_event_rate';
COMMENT ON FUNCTION byudv.event_rate(bigint, float8, float8) IS 'Events per unit of exposure, with exact Poisson limits (Garwood 1936), as byudv.turnover_rate() has them: for counts that are added up already, such as ends and dwelling-years of several kinds of dwelling. exposure: the time in which events could happen, in years or any other unit. Exposure 0 gives NULLs, as does a NULL. Errors: events or exposure below 0, exposure infinite or NaN, confidence not between 0 and 1.';
CREATE FUNCTION byudv.log_rank(VARIADIC groups byudv.survival[], OUT chi_square float8, OUT df int, OUT p_value float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS 'MODULE_PATHNAME', 'byudv_log_rank';
COMMENT ON FUNCTION byudv.log_rank(byudv.survival[]) IS 'Log-rank test of whether groups (up to 10000) have the same curve, also with delayed entry; hypergeometric variance. p_value: how often a chi-square so large comes by chance if they have. NULL groups and such as are never at risk where a comparison is possible drop out of df; df 0 has no chi_square and no p_value.';
CREATE FUNCTION byudv.log_rank_groups(VARIADIC groups byudv.survival[], OUT group_number int, OUT observations bigint, OUT observed bigint, OUT expected float8)
        RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 5 AS 'MODULE_PATHNAME', 'byudv_log_rank_groups';
COMMENT ON FUNCTION byudv.log_rank_groups(byudv.survival[]) IS 'What byudv.log_rank() compares: for each group, by its place, the events observed and those expected if all groups had the same curve. More observed than expected: that group is quicker.';
CREATE FUNCTION byudv.survival_start(s byudv.survival, min_at_risk int) RETURNS int
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_survival_start';
COMMENT ON FUNCTION byudv.survival_start(byudv.survival, int) IS 'The first time (days) of the curve at which at least min_at_risk are at risk; NULL when never. With delayed entry a curve can begin with a handful: start it here, by start_time of byudv.survival_curve() or byudv.conditional_survival(). min_at_risk below 1 is an error.';
CREATE FUNCTION byudv.conditional_survival(s byudv.survival, start_time int) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_conditional_survival';
COMMENT ON FUNCTION byudv.conditional_survival(byudv.survival, int) IS 'The summary of what is seen from start_time (days) on, of those still there: who left before is dropped, who entered before enters then. All other functions can be asked of it; times still count from the start of the stay. A negative start_time is an error.';
CREATE FUNCTION byudv.survival_counts(s byudv.survival, OUT observations bigint, OUT events bigint, OUT censored bigint, OUT late_entries bigint,
        OUT left_out bigint, OUT first_time int, OUT last_time int, OUT max_at_risk bigint) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'byudv_survival_counts';
COMMENT ON FUNCTION byudv.survival_counts(byudv.survival) IS 'What a summary rests on: observations, of them with the event, censored, with delayed entry; how many were left out because their start is unknown; first and last time of an exit (days), and the most that were at risk at such a time.';
