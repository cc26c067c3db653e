/*
 * residence_aggregate.c
 *		Residences of one person, and occupancies of one dwelling, as aggregates:
 *		for tables whose rows lie in parts or on several machines, each of which
 *		can do its own persons' or dwellings'.
 *
 * The state is a bytea that grows in place: how many rows there are, the
 * days that the caller granted, then the rows; the key is left 0.
 */
#include "moves.h"

#include "catalog/pg_type.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(byudv_residence_agg_step);
PG_FUNCTION_INFO_V1(byudv_occupancy_agg_step);
PG_FUNCTION_INFO_V1(byudv_period_agg_combine);
PG_FUNCTION_INFO_V1(byudv_residence_agg_final);
PG_FUNCTION_INFO_V1(byudv_occupancy_agg_final);

#define MAGIC		0x62796450	/* in memory order; a state of another machine kind is refused */

typedef struct PeriodState
{
	int32		vl_len_;
	uint32		magic;
	int32		days;			/* max_gap, or overlap_tolerance */
	int32		unused;			/* 0 */
	int64		nrows;
	ByudvRow	rows[FLEXIBLE_ARRAY_MEMBER];
} PeriodState;

#define STATE_SIZE(n)	(offsetof(PeriodState, rows) + (size_t) (n) * sizeof(ByudvRow))
#define ROWS_MAX		((int64) ((MaxAllocSize - offsetof(PeriodState, rows)) / sizeof(ByudvRow)))

static PeriodState *
check_state(struct varlena *value)
{
	PeriodState *state = (PeriodState *) value;

	if (VARSIZE(state) < STATE_SIZE(0) || state->magic != MAGIC || state->unused != 0 || state->days < 0 ||
		state->nrows < 0 || state->nrows > ROWS_MAX || VARSIZE(state) < STATE_SIZE(state->nrows))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("the value is not a state of byudv.residence_agg() or byudv.occupancy_agg()"),
				 errdetail("It has %zu bytes.", (size_t) VARSIZE(state)),
				 errhint("This function is the aggregate's own; call the aggregate.")));
	return state;
}

static PeriodState *
state_arg(FunctionCallInfo fcinfo, int arg)
{
	struct varlena *value = PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	/* alignment: the header of a bytea may stand anywhere in a tuple */
	if (((uintptr_t) value & 7) != 0)
		value = memcpy(palloc(VARSIZE(value)), value, VARSIZE(value));
	return check_state(value);
}

/* The state is changed in place, which is right only within the aggregate. */
static void
check_caller(FunctionCallInfo fcinfo)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("this function is a part of an aggregate and cannot be called by itself"),
				 errhint("Call byudv.residence_agg() or byudv.occupancy_agg().")));
}

static PeriodState *
make_state(int64 room, int32 days)
{
	/* zeroed, since a distributed engine sends all of it, unused room too */
	PeriodState *state = palloc0(STATE_SIZE(room));

	SET_VARSIZE(state, STATE_SIZE(room));
	state->magic = MAGIC;
	state->days = days;
	return state;
}

/* The same state with room for so many more rows. */
static PeriodState *
make_state_room(PeriodState *state, int64 more)
{
	int64		room = (VARSIZE(state) - STATE_SIZE(0)) / sizeof(ByudvRow);
	PeriodState *grown;

	if (state->nrows + more <= room)
		return state;
	if (state->nrows + more > ROWS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a group has too many rows"),
				 errdetail("It has more than %lld.", (long long) ROWS_MAX),
				 errhint("Use byudv.residences() or byudv.occupancies() on the whole relation.")));
	grown = make_state(Min(Max(room * 2, state->nrows + more), ROWS_MAX), state->days);
	grown->nrows = state->nrows;
	memcpy(grown->rows, state->rows, state->nrows * sizeof(ByudvRow));
	return grown;
}

static int32
days_arg(FunctionCallInfo fcinfo, int arg, const char *name, int32 otherwise)
{
	return PG_NARGS() <= arg ? otherwise : byudv_days_arg(fcinfo, arg, name);
}

/* other, from, to are arguments 1 to 3; NULL as other is as in the relation's column. */
static Datum
add_row(FunctionCallInfo fcinfo, const ByudvRow *row, int32 days, const char *name)
{
	PeriodState *state;

	check_caller(fcinfo);
	state = PG_ARGISNULL(0) ? make_state(4, days) : state_arg(fcinfo, 0);
	if (state->days != days)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be the same in all rows of a group", name),
				 errdetail("It is %d and %d.", state->days, days)));
	if (row != NULL)
	{
		state = make_state_room(state, 1);
		state->rows[state->nrows++] = *row;
	}
	PG_RETURN_POINTER(state);
}

Datum
byudv_residence_agg_step(PG_FUNCTION_ARGS)
{
	Datum		values[4] = {Int64GetDatum(0), PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), PG_GETARG_DATUM(3)};
	bool		nulls[4] = {false, PG_ARGISNULL(1), PG_ARGISNULL(2), PG_ARGISNULL(3)};
	ByudvRejects rejects = {0};
	ByudvRow	row;
	bool		used = byudv_address_row(values, nulls, &row, &rejects);

	return add_row(fcinfo, used ? &row : NULL, days_arg(fcinfo, 4, "max_gap", 0), "max_gap");
}

Datum
byudv_occupancy_agg_step(PG_FUNCTION_ARGS)
{
	Datum		values[4] = {PG_GETARG_DATUM(1), Int64GetDatum(0), PG_GETARG_DATUM(2), PG_GETARG_DATUM(3)};
	bool		nulls[4] = {PG_ARGISNULL(1), false, PG_ARGISNULL(2), PG_ARGISNULL(3)};
	ByudvRow	row;

	if (nulls[0])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("person_id must not be null"),
				 errhint("Leave such rows out, and say how many there are.")));
	row = byudv_residence_row(values, nulls);
	row.other = row.key;
	row.key = 0;
	return add_row(fcinfo, &row, days_arg(fcinfo, 4, "overlap_tolerance", 30), "overlap_tolerance");
}

Datum
byudv_period_agg_combine(PG_FUNCTION_ARGS)
{
	PeriodState *a,
			   *b;

	check_caller(fcinfo);
	a = state_arg(fcinfo, 0);
	b = state_arg(fcinfo, 1);
	if (a->days != b->days)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parts of a group were made with different numbers of days"),
				 errdetail("They are %d and %d.", a->days, b->days)));
	a = make_state_room(a, b->nrows);
	memcpy(a->rows + a->nrows, b->rows, b->nrows * sizeof(ByudvRow));
	a->nrows += b->nrows;
	PG_RETURN_POINTER(a);
}

/* The rows of the state in order, checked again: a state may come from anywhere. */
static ByudvRow *
sorted_rows(const PeriodState *state)
{
	size_t		bytes = Max(state->nrows, 1) * sizeof(ByudvRow);
	ByudvRow   *rows = palloc(bytes),
			   *spare = palloc(bytes);

	memcpy(rows, state->rows, state->nrows * sizeof(ByudvRow));
	for (int64 i = 0; i < state->nrows; i++)
	{
		if (rows[i].key != 0 || DATE_NOT_FINITE(rows[i].from) || rows[i].to <= rows[i].from)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("the value is not a state of byudv.residence_agg() or byudv.occupancy_agg()"),
					 errdetail("Row " INT64_FORMAT " of it is no period.", i)));
	}
	byudv_sort_rows(rows, spare, state->nrows, sizeof(ByudvRow));
	pfree(spare);
	return rows;
}

/* An array of rows of the element type of the aggregate's result. */
typedef struct RowArray
{
	TupleDesc	desc;
	Oid			type;
	ArrayBuildState *array;
} RowArray;

static RowArray
begin_array(FunctionCallInfo fcinfo)
{
	RowArray	result = {0};

	result.type = get_element_type(get_fn_expr_rettype(fcinfo->flinfo));
	if (!OidIsValid(result.type))
		result.type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	result.desc = lookup_rowtype_tupdesc_copy(result.type, -1);
	result.array = initArrayResult(result.type, CurrentMemoryContext, false);
	return result;
}

static void
put_row(RowArray *result, Datum *values, bool *nulls)
{
	HeapTuple	tuple = heap_form_tuple(result->desc, values, nulls);

	accumArrayResult(result->array, heap_copy_tuple_as_datum(tuple, result->desc), false, result->type, CurrentMemoryContext);
	heap_freetuple(tuple);
}

static void
put_residence(void *context, const ByudvResidence *residence)
{
	Datum		values[4];
	bool		nulls[4] = {false};

	values[0] = Int64GetDatum(residence->dwelling);
	nulls[0] = residence->dwelling == BYUDV_OUTSIDE;
	values[1] = DateADTGetDatum(residence->from);
	values[2] = DateADTGetDatum(residence->to);
	nulls[2] = residence->to == BYUDV_ONGOING;
	values[3] = Int32GetDatum(residence->records);
	put_row(context, values, nulls);
}

static void
put_occupancy(void *context, const ByudvOccupancy *occupancy)
{
	Datum		values[4];
	bool		nulls[4] = {false};

	values[0] = Int32GetDatum(occupancy->number);
	values[1] = DateADTGetDatum(occupancy->from);
	values[2] = DateADTGetDatum(occupancy->to);
	nulls[2] = occupancy->to == BYUDV_ONGOING;
	values[3] = Int32GetDatum(occupancy->residents);
	put_row(context, values, nulls);
}

Datum
byudv_residence_agg_final(PG_FUNCTION_ARGS)
{
	PeriodState *state = state_arg(fcinfo, 0);
	RowArray	result = begin_array(fcinfo);
	ByudvResidenceSweep sweep = {.emit = put_residence, .context = &result, .heap = byudv_heap()};
	ByudvRow   *rows = sorted_rows(state);

	byudv_residences_begin(&sweep, state->days);
	for (int64 i = 0; i < state->nrows; i++)
		byudv_residences_add(&sweep, &rows[i]);
	byudv_residences_end(&sweep);
	PG_RETURN_DATUM(makeArrayResult(result.array, CurrentMemoryContext));
}

Datum
byudv_occupancy_agg_final(PG_FUNCTION_ARGS)
{
	PeriodState *state = state_arg(fcinfo, 0);
	RowArray	result = begin_array(fcinfo);
	ByudvOccupancySweep sweep = {.emit = put_occupancy, .context = &result};
	ByudvRow   *rows = sorted_rows(state);

	byudv_occupancies_begin(&sweep, state->days);
	for (int64 i = 0; i < state->nrows; i++)
		byudv_occupancies_add(&sweep, &rows[i]);
	byudv_occupancies_end(&sweep);
	PG_RETURN_DATUM(makeArrayResult(result.array, CurrentMemoryContext));
}
