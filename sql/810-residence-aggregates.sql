-- Residences of one person, occupancies of one dwelling, as aggregates.

CREATE TYPE byudv.residence AS (dwelling_id bigint, from_date date, to_date date, records integer);
COMMENT ON TYPE byudv.residence IS 'Where a person lived from a day until another (NULL: still does): the elements of byudv.residence_agg(). See byudv.residences().';
COMMENT ON COLUMN byudv.residence.dwelling_id IS 'NULL: an address elsewhere';
COMMENT ON COLUMN byudv.residence.from_date IS 'first day';
COMMENT ON COLUMN byudv.residence.to_date IS 'day after the last; NULL while it goes on';
COMMENT ON COLUMN byudv.residence.records IS 'records that have days in it';

CREATE TYPE byudv.occupancy AS (occupancy integer, from_date date, to_date date, residents integer);
COMMENT ON TYPE byudv.occupancy IS 'A household''s time in a dwelling: the elements of byudv.occupancy_agg(). See byudv.occupancies().';
COMMENT ON COLUMN byudv.occupancy.occupancy IS 'number in the dwelling, from 1';
COMMENT ON COLUMN byudv.occupancy.from_date IS 'first day';
COMMENT ON COLUMN byudv.occupancy.to_date IS 'day after the last; NULL while it goes on';
COMMENT ON COLUMN byudv.occupancy.residents IS 'residences in it';

CREATE FUNCTION byudv.residence_agg_step(state bytea, dwelling_id bigint, from_date date, to_date date) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_residence_agg_step';
COMMENT ON FUNCTION byudv.residence_agg_step(bytea, bigint, date, date) IS 'Part of aggregate byudv.residence_agg(bigint, date, date)';
CREATE FUNCTION byudv.residence_agg_step(state bytea, dwelling_id bigint, from_date date, to_date date, max_gap integer) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_residence_agg_step';
COMMENT ON FUNCTION byudv.residence_agg_step(bytea, bigint, date, date, integer) IS 'Part of aggregate byudv.residence_agg(bigint, date, date, integer)';
CREATE FUNCTION byudv.occupancy_agg_step(state bytea, person_id bigint, from_date date, to_date date) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_occupancy_agg_step';
COMMENT ON FUNCTION byudv.occupancy_agg_step(bytea, bigint, date, date) IS 'Part of aggregate byudv.occupancy_agg(bigint, date, date)';
CREATE FUNCTION byudv.occupancy_agg_step(state bytea, person_id bigint, from_date date, to_date date, overlap_tolerance integer) RETURNS bytea
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_occupancy_agg_step';
COMMENT ON FUNCTION byudv.occupancy_agg_step(bytea, bigint, date, date, integer) IS 'Part of aggregate byudv.occupancy_agg(bigint, date, date, integer)';
CREATE FUNCTION byudv.period_agg_combine(state bytea, other bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_period_agg_combine';
COMMENT ON FUNCTION byudv.period_agg_combine(bytea, bytea) IS 'Part of aggregates byudv.residence_agg() and byudv.occupancy_agg(): merges parts of a group';
CREATE FUNCTION byudv.residence_agg_final(state bytea) RETURNS byudv.residence[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_residence_agg_final';
COMMENT ON FUNCTION byudv.residence_agg_final(bytea) IS 'Part of aggregate byudv.residence_agg()';
CREATE FUNCTION byudv.occupancy_agg_final(state bytea) RETURNS byudv.occupancy[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'byudv_occupancy_agg_final';
COMMENT ON FUNCTION byudv.occupancy_agg_final(bytea) IS 'Part of aggregate byudv.occupancy_agg()';

CREATE AGGREGATE byudv.residence_agg(dwelling_id bigint, from_date date, to_date date) (
    SFUNC = byudv.residence_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.residence_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.residence_agg(bigint, date, date) IS 'The residences of one person, from all address periods of that person in any order: an array of byudv.residence by from_date, as byudv.residences() gives them with max_gap 0. Group by person. For partitioned or distributed tables, where each part can do its own persons; over one table byudv.residences() is quicker. Rows that take no part are left out; a group of nothing else gives an empty array, no row gives NULL.';
CREATE AGGREGATE byudv.residence_agg(dwelling_id bigint, from_date date, to_date date, max_gap integer) (
    SFUNC = byudv.residence_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.residence_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.residence_agg(bigint, date, date, integer) IS 'As byudv.residence_agg(bigint, date, date), with max_gap uncovered days allowed within a residence (0 or more, the same in all rows of a group).';
CREATE AGGREGATE byudv.occupancy_agg(person_id bigint, from_date date, to_date date) (
    SFUNC = byudv.occupancy_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.occupancy_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.occupancy_agg(bigint, date, date) IS 'The occupancies of one dwelling, from all residences in it in any order: an array of byudv.occupancy by number, as byudv.occupancies() gives them with overlap_tolerance 30. Group by dwelling. Errors: person_id NULL, a residence that does not begin on a day and end after it.';
CREATE AGGREGATE byudv.occupancy_agg(person_id bigint, from_date date, to_date date, overlap_tolerance integer) (
    SFUNC = byudv.occupancy_agg_step, STYPE = bytea, SSPACE = 128, COMBINEFUNC = byudv.period_agg_combine, FINALFUNC = byudv.occupancy_agg_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE byudv.occupancy_agg(bigint, date, date, integer) IS 'As byudv.occupancy_agg(bigint, date, date), with overlap_tolerance days (0 or more, the same in all rows of a group).';
