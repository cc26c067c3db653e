-- Durations that end in one of several ways: the summary type competing_risks, its aggregates, and what can be asked of it.

CREATE TYPE byudv.competing_risks;

CREATE FUNCTION byudv.competing_risks_in(text cstring) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_in';
COMMENT ON FUNCTION byudv.competing_risks_in(cstring) IS 'Text input of byudv.competing_risks; what no observations give is an error.';
CREATE FUNCTION byudv.competing_risks_out(c byudv.competing_risks) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_out';
COMMENT ON FUNCTION byudv.competing_risks_out(byudv.competing_risks) IS 'Text output of byudv.competing_risks.';
CREATE FUNCTION byudv.competing_risks_recv(binary internal) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_recv';
COMMENT ON FUNCTION byudv.competing_risks_recv(internal) IS 'Binary input of byudv.competing_risks; checks as much as text input.';
CREATE FUNCTION byudv.competing_risks_send(c byudv.competing_risks) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_send';
COMMENT ON FUNCTION byudv.competing_risks_send(byudv.competing_risks) IS 'Binary output of byudv.competing_risks.';

CREATE TYPE byudv.competing_risks (INPUT = byudv.competing_risks_in, OUTPUT = byudv.competing_risks_out, RECEIVE = byudv.competing_risks_recv,
    SEND = byudv.competing_risks_send, ALIGNMENT = double, STORAGE = extended);
COMMENT ON TYPE byudv.competing_risks IS 'Summary of durations that end by one of up to 64 causes. Made by byudv.competing_risks_agg(), merged by byudv.rollup(), asked by byudv.cumulative_incidence() and others. Equal content has equal bytes. Text as byudv.survival, with c1 before and the cause with each event: c1 5x1:2 8c1x2:1.';

CREATE FUNCTION byudv.competing_risks_eq(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_eq';
COMMENT ON FUNCTION byudv.competing_risks_eq(byudv.competing_risks, byudv.competing_risks) IS 'Do both summaries hold the same counts?';
CREATE FUNCTION byudv.competing_risks_ne(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_ne';
COMMENT ON FUNCTION byudv.competing_risks_ne(byudv.competing_risks, byudv.competing_risks) IS 'Do the summaries hold other counts?';
CREATE FUNCTION byudv.competing_risks_hash(c byudv.competing_risks) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_hash';
COMMENT ON FUNCTION byudv.competing_risks_hash(byudv.competing_risks) IS 'Hash of the counts, for hash joins and grouping.';
CREATE FUNCTION byudv.competing_risks_hash_extended(c byudv.competing_risks, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_hash_extended';
COMMENT ON FUNCTION byudv.competing_risks_hash_extended(byudv.competing_risks, bigint) IS 'Hash of the counts with a seed, for hash partitions.';
CREATE OPERATOR byudv.= (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_eq, COMMUTATOR = OPERATOR(byudv.=),
    NEGATOR = OPERATOR(byudv.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR byudv.= (byudv.competing_risks, byudv.competing_risks) IS 'The same counts';
CREATE OPERATOR byudv.<> (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_ne, COMMUTATOR = OPERATOR(byudv.<>),
    NEGATOR = OPERATOR(byudv.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR byudv.<> (byudv.competing_risks, byudv.competing_risks) IS 'Other counts';
CREATE OPERATOR CLASS byudv.competing_risks_hash_ops DEFAULT FOR TYPE byudv.competing_risks USING hash AS
    OPERATOR 1 byudv.=, FUNCTION 1 byudv.competing_risks_hash(byudv.competing_risks), FUNCTION 2 byudv.competing_risks_hash_extended(byudv.competing_risks, bigint);
COMMENT ON OPERATOR CLASS byudv.competing_risks_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
COMMENT ON OPERATOR FAMILY byudv.competing_risks_hash_ops USING hash IS 'DISTINCT and GROUP BY of summaries';
CREATE FUNCTION byudv.competing_risks_lt(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_lt';
COMMENT ON FUNCTION byudv.competing_risks_lt(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_le(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_le';
COMMENT ON FUNCTION byudv.competing_risks_le(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_gt(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_gt';
COMMENT ON FUNCTION byudv.competing_risks_gt(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_ge(a byudv.competing_risks, b byudv.competing_risks) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_ge';
COMMENT ON FUNCTION byudv.competing_risks_ge(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE FUNCTION byudv.competing_risks_cmp(a byudv.competing_risks, b byudv.competing_risks) RETURNS int
    LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_cmp';
COMMENT ON FUNCTION byudv.competing_risks_cmp(byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations.';
CREATE OPERATOR byudv.< (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_lt, COMMUTATOR = OPERATOR(byudv.>),
    NEGATOR = OPERATOR(byudv.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR byudv.< (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.<= (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_le, COMMUTATOR = OPERATOR(byudv.>=),
    NEGATOR = OPERATOR(byudv.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR byudv.<= (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.> (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_gt, COMMUTATOR = OPERATOR(byudv.<),
    NEGATOR = OPERATOR(byudv.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR byudv.> (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR byudv.>= (LEFTARG = byudv.competing_risks, RIGHTARG = byudv.competing_risks, FUNCTION = byudv.competing_risks_ge, COMMUTATOR = OPERATOR(byudv.<=),
    NEGATOR = OPERATOR(byudv.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR byudv.>= (byudv.competing_risks, byudv.competing_risks) IS 'Order by bytes, for sorting; says nothing about durations';
CREATE OPERATOR CLASS byudv.competing_risks_ops DEFAULT FOR TYPE byudv.competing_risks USING btree AS
    OPERATOR 1 byudv.<, OPERATOR 2 byudv.<=, OPERATOR 3 byudv.=, OPERATOR 4 byudv.>=, OPERATOR 5 byudv.>, FUNCTION 1 byudv.competing_risks_cmp(byudv.competing_risks, byudv.competing_risks);
COMMENT ON OPERATOR CLASS byudv.competing_risks_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';
COMMENT ON OPERATOR FAMILY byudv.competing_risks_ops USING btree IS 'Sorting of summaries, for GROUP BY beside ordered aggregates and merge joins';

-- Aggregates

CREATE FUNCTION byudv.competing_risks_transition(state byudv.competing_risks, exit int, cause int) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_transition';
COMMENT ON FUNCTION byudv.competing_risks_transition(byudv.competing_risks, int, int) IS 'Step of byudv.competing_risks_agg(exit, cause).';
CREATE FUNCTION byudv.competing_risks_transition(state byudv.competing_risks, entry int, exit int, cause int) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_transition';
COMMENT ON FUNCTION byudv.competing_risks_transition(byudv.competing_risks, int, int, int) IS 'Step of byudv.competing_risks_agg(entry, exit, cause).';
CREATE FUNCTION byudv.competing_risks_transition(state byudv.competing_risks, entry int, exit int, cause int, n bigint) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_transition';
COMMENT ON FUNCTION byudv.competing_risks_transition(byudv.competing_risks, int, int, int, bigint) IS 'Step of byudv.competing_risks_agg(entry, exit, cause, n).';
CREATE FUNCTION byudv.competing_risks_window_transition(state byudv.competing_risks, from_date date, to_date date, cause int, window_from date, window_to date)
        RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_window_transition';
COMMENT ON FUNCTION byudv.competing_risks_window_transition(byudv.competing_risks, date, date, int, date, date) IS 'Step of byudv.competing_risks_agg(from_date, to_date, cause, window_from, window_to).';
CREATE FUNCTION byudv.competing_risks_combine(state byudv.competing_risks, other byudv.competing_risks) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_combine';
COMMENT ON FUNCTION byudv.competing_risks_combine(byudv.competing_risks, byudv.competing_risks) IS 'Merges two summaries: the counts of both. NULL gives NULL; byudv.rollup() passes over NULL.';
CREATE FUNCTION byudv.competing_risks_final(state byudv.competing_risks) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_competing_risks_final';
COMMENT ON FUNCTION byudv.competing_risks_final(byudv.competing_risks) IS 'End of the aggregates: the finished form of a summary.';

CREATE AGGREGATE byudv.competing_risks_agg(exit int, cause int) (SFUNC = byudv.competing_risks_transition, STYPE = byudv.competing_risks, SSPACE = 128,
    FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(int, int) IS 'Summary of durations that end by one of several causes, each observed from its start. exit: days from the start to the end of observation; cause: 1 to 64, by which it ended, or 0 when it was still going on (censored). A NULL skips the row; no row counted gives NULL. Errors: negative exit, another cause.';
CREATE AGGREGATE byudv.competing_risks_agg(entry int, exit int, cause int) (SFUNC = byudv.competing_risks_transition, STYPE = byudv.competing_risks, SSPACE = 128,
    FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(int, int, int) IS 'As byudv.competing_risks_agg(exit, cause), with delayed entry (left truncation): observed from entry days after the start, at risk after entry up to and at exit. Errors: negative times, exit before entry, exit = entry above 0, cause not in 0 to 64.';
CREATE AGGREGATE byudv.competing_risks_agg(entry int, exit int, cause int, n bigint) (SFUNC = byudv.competing_risks_transition, STYPE = byudv.competing_risks,
    SSPACE = 128, FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(int, int, int, bigint) IS 'As byudv.competing_risks_agg(entry, exit, cause), each row counting n times. n = 0 counts nothing; negative n is an error, as are more than 2^63 - 1 observations in all.';
CREATE AGGREGATE byudv.competing_risks_agg(from_date date, to_date date, cause int, window_from date, window_to date) (
    SFUNC = byudv.competing_risks_window_transition, STYPE = byudv.competing_risks, SSPACE = 128, FINALFUNC = byudv.competing_risks_final,
    COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.competing_risks_agg(date, date, int, date, date) IS 'Summary of stays [from_date, to_date) seen through the window [window_from, window_to) that a register covers, by the rule of byudv.observation(); cause: by which the stay ended, 1 to 64, 0 for an end that is to count as censored. It matters only where the stay ended within the window. Left out, and counted: stays whose start is unknown, and such as ended in the window with cause NULL. Errors as byudv.observation() and byudv.competing_risks_agg(exit, cause).';
CREATE AGGREGATE byudv.rollup(c byudv.competing_risks) (SFUNC = byudv.competing_risks_combine, STYPE = byudv.competing_risks, SSPACE = 1024,
    FINALFUNC = byudv.competing_risks_final, COMBINEFUNC = byudv.competing_risks_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.rollup(byudv.competing_risks) IS 'Merges summaries into the one that all their observations together give, to the bit. Passes over NULL; nothing to merge gives NULL.';

-- Questions

CREATE FUNCTION byudv.cumulative_incidence(c byudv.competing_risks, confidence float8 DEFAULT 0.95, start_time int DEFAULT 0,
        OUT "time" int, OUT cause int, OUT at_risk bigint, OUT events bigint, OUT incidence float8, OUT std_error float8, OUT lower float8, OUT upper float8)
        RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 5000 AS 'MODULE_PATHNAME', 'byudv_cumulative_incidence';
COMMENT ON FUNCTION byudv.cumulative_incidence(byudv.competing_risks, float8, int) IS 'Share that has ended by each cause up to each time (days), the other causes competing (Aalen-Johansen, Greenwood-type variance, limits on the log scale; none while incidence is 0). A row for each time with an exit and each cause in the summary. start_time above 0: of those still there at that time. NULL or an empty summary gives no rows. Errors: confidence not between 0 and 1, negative start_time.';
CREATE FUNCTION byudv.incidence_at(c byudv.competing_risks, t int, confidence float8 DEFAULT 0.95,
        OUT cause int, OUT incidence float8, OUT std_error float8, OUT lower float8, OUT upper float8) RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 5 AS 'MODULE_PATHNAME', 'byudv_incidence_at';
COMMENT ON FUNCTION byudv.incidence_at(byudv.competing_risks, int, float8) IS 'The rows of byudv.cumulative_incidence() that hold at t days, one per cause. NULLs beyond the last time, where nobody was observed, unless nobody is left. Errors: negative t, confidence not between 0 and 1.';
CREATE FUNCTION byudv.any_cause(c byudv.competing_risks) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_any_cause';
COMMENT ON FUNCTION byudv.any_cause(byudv.competing_risks) IS 'Survival summary in which an end by any cause is the event.';
CREATE FUNCTION byudv.cause_specific(c byudv.competing_risks, cause int) RETURNS byudv.survival
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_cause_specific';
COMMENT ON FUNCTION byudv.cause_specific(byudv.competing_risks, int) IS 'Survival summary in which an end by that cause (1 to 64) is the event and any other is censored: for rates, hazards and log-rank tests of one cause. Its curve is not a share of people; that is byudv.cumulative_incidence().';
CREATE FUNCTION byudv.conditional_incidence(c byudv.competing_risks, start_time int) RETURNS byudv.competing_risks
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'byudv_conditional_incidence';
COMMENT ON FUNCTION byudv.conditional_incidence(byudv.competing_risks, int) IS 'The summary of what is seen from start_time (days) on, of those still there, as byudv.conditional_survival().';
