/*
 * summary_aggregate.c
 *		Aggregates that build summaries: transition, combination, end.
 *
 * The state is a summary that is still growing, edited in place where the
 * executor allows it.  When it has to grow, the new one is made in the current
 * context and the executor copies it to where states live; so a group costs one
 * allocation and hash aggregation over many groups stays linear.
 */
#include "durations.h"

#include "nodes/execnodes.h"

PG_FUNCTION_INFO_V1(byudv_survival_transition);
PG_FUNCTION_INFO_V1(byudv_survival_window_transition);
PG_FUNCTION_INFO_V1(byudv_competing_risks_transition);
PG_FUNCTION_INFO_V1(byudv_competing_risks_window_transition);
PG_FUNCTION_INFO_V1(byudv_survival_combine);
PG_FUNCTION_INFO_V1(byudv_competing_risks_combine);
PG_FUNCTION_INFO_V1(byudv_survival_final);
PG_FUNCTION_INFO_V1(byudv_competing_risks_final);

/* Room for three left-truncated observations. */
#define FIRST_SIZE		64

/* As many records are kept without sorting, */
#define UNSORTED_MAX	250

/* and so much memory is enough for folding to be cheap. */
#define AMPLE_SIZE		(512 * 1024)

/* What is kept of each workspace, at most. */
#define KEPT_MAX		(4 * 1024 * 1024)

/* Summaries up to here are added item by item. */
#define SMALL_BYTES		512

static inline ByudvTally *
tally_of(ByudvSummary *state)
{
	return (ByudvTally *) state->bytes;
}

static inline size_t
room_of(const ByudvSummary *state)
{
	return VARSIZE(state) - BYUDV_SUMMARY_HEADER - offsetof(ByudvTally, fresh);
}

static ByudvSummary *
new_state(ByudvSummaryType type, Size size)
{
	ByudvSummary *state = byudv_new_summary(type, size - BYUDV_SUMMARY_HEADER);

	state->is_growing = true;
	tally_of(state)->packed_size = tally_of(state)->nfresh = 0;
	return state;
}

pg_noreturn static pg_attribute_cold void
refuse_count(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("too many observations in one summary"),
			 errdetail("It can count up to %lld.", (long long) BYUDV_COUNT_MAX),
			 errhint("Look for an n that is no count of observations.")));
}

pg_noreturn static pg_attribute_cold void
refuse_size(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many different times in one summary"),
			 errdetail("It would take more than %zu bytes.", (size_t) MaxAllocSize),
			 errhint("Count in larger units of time, or by group.")));
}

/*
 * Memory for folding, kept from one time to the next: to give it back and take
 * it again costs more than folding.  What is larger than usual goes with the
 * context of the call.
 */
typedef enum Workspace
{
	FOR_SORTING,
	FOR_FOLDING,
	FOR_ADDING
} Workspace;

static void *
workspace(Workspace which, size_t size)
{
	static struct
	{
		void	   *memory;
		size_t		size;
	}			kept[FOR_ADDING + 1];

	if (size <= kept[which].size)
		return kept[which].memory;
	if (size > KEPT_MAX)
		return palloc_extended(size, MCXT_ALLOC_HUGE);
	size = Max(size, kept[which].size * 2);
	if (kept[which].memory != NULL)
		pfree(kept[which].memory);
	kept[which].memory = NULL;
	kept[which].size = 0;
	kept[which].memory = MemoryContextAlloc(TopMemoryContext, size);
	kept[which].size = size;
	return kept[which].memory;
}

/* The whole of a state as a summary, in a workspace. */
static const uint8 *
fold_state(ByudvSummary *state, size_t *size)
{
	ByudvTally *tally = tally_of(state);
	size_t		n = tally->nfresh;
	const uint64 *sorted;
	uint8	   *bytes;

	if (n == 0 && tally->packed_size > 0)
	{
		*size = tally->packed_size;
		return byudv_tally_packed(tally, room_of(state));
	}
	sorted = byudv_sort_records(tally->fresh, &n, workspace(FOR_SORTING, (2 * n + 1) * sizeof(uint64)));
	bytes = workspace(FOR_FOLDING, tally->packed_size + n * BYUDV_RECORD_BYTES + BYUDV_FOLD_BYTES);
	if (!byudv_fold_records(byudv_tally_packed(tally, room_of(state)), tally->packed_size,
							sorted, n, bytes, size))
		refuse_count();
	return bytes;
}

/* A state with that content and nothing new, in place of the old one if it is large enough. */
static ByudvSummary *
refill(ByudvSummary *state, const uint8 *bytes, size_t size, Size state_size)
{
	ByudvTally *tally;

	if (state_size > MAXALIGN_DOWN(MaxAllocSize))
		state_size = MAXALIGN_DOWN(MaxAllocSize);
	if (state_size > VARSIZE(state))
		state = new_state(state->type, state_size);
	tally = tally_of(state);
	/* room for the records of a few points at least */
	if (size + 16 * sizeof(uint64) > room_of(state))
		refuse_size();
	tally->nfresh = 0;
	tally->packed_size = size;
	memcpy((uint8 *) byudv_tally_packed(tally, room_of(state)), bytes, size);
	return state;
}

/*
 * Makes room in a full state.  A small one grows, since sorting few records
 * saves little.  A large one is folded, and grows when more than a third of it
 * is then packed; or an eighth when most of the new records were repetitions,
 * so that it will not grow forever: folding many at a time is cheaper.
 */
static ByudvSummary *
make_room(ByudvSummary *state)
{
	Size		size = VARSIZE(state);
	size_t		packed_before = tally_of(state)->packed_size;
	size_t		nfresh = tally_of(state)->nfresh;
	const uint8 *bytes;
	size_t		packed;

	if (packed_before == 0 && nfresh < UNSORTED_MAX)
	{
		ByudvSummary *larger = new_state(state->type, size * 2);

		tally_of(larger)->nfresh = nfresh;
		memcpy(tally_of(larger)->fresh, tally_of(state)->fresh, nfresh * sizeof(uint64));
		return larger;
	}
	bytes = fold_state(state, &packed);
	if (packed > size / 3 || (packed > size / 8 && packed - packed_before < nfresh && size < AMPLE_SIZE))
		size *= 2;
	return refill(state, bytes, packed, size);
}

static inline ByudvSummary *
add_record(ByudvSummary *state, uint64 record)
{
	ByudvTally *tally = tally_of(state);

	if (unlikely((tally->nfresh + 1) * sizeof(uint64) + tally->packed_size > room_of(state)))
	{
		state = make_room(state);
		tally = tally_of(state);
	}
	tally->fresh[tally->nfresh++] = record;
	return state;
}

ByudvSummary *
byudv_growing_summary(ByudvSummaryType type)
{
	return new_state(type, FIRST_SIZE);
}

ByudvSummary *
byudv_add_points(ByudvSummary *state, uint32 time, int kind, uint64 n)
{
	uint64		records[BYUDV_DIGITS_MAX];
	int			made = byudv_make_records(time, kind, n, records);

	for (int i = 0; i < made; i++)
		state = add_record(state, records[i]);
	return state;
}

/* Adds a finished summary, which has been checked. */
static ByudvSummary *
add_packed(ByudvSummary *state, const uint8 *bytes, size_t size)
{
	ByudvReader reader;
	ByudvItem	item;
	uint64		left_out;

	if (size > SMALL_BYTES)
	{
		size_t		own_size;
		const uint8 *own = fold_state(state, &own_size);
		uint8	   *sum = workspace(FOR_ADDING, own_size + size + BYUDV_FOLD_BYTES);
		size_t		sum_size;
		Size		state_size = VARSIZE(state);

		if (!byudv_fold_summaries(own, own_size, bytes, size, sum, &sum_size))
			refuse_count();
		while (state_size / 3 < sum_size && state_size < MaxAllocSize)
			state_size *= 2;
		return refill(state, sum, sum_size, state_size);
	}
	byudv_read_begin(&reader, bytes, size, &left_out);
	state = byudv_add_points(state, 0, BYUDV_LEFT_OUT, left_out);
	while (byudv_read_item(&reader, &item) > 0)
		state = byudv_add_points(state, item.time, item.kind, item.count);
	return state;
}

/* Adds another state: what is new in it first, so that all new ones are folded at once. */
static ByudvSummary *
add_state(ByudvSummary *state, ByudvSummary *other)
{
	const ByudvTally *tally = tally_of(other);

	for (uint32 i = 0; i < tally->nfresh; i++)
		state = add_record(state, tally->fresh[i]);
	if (tally->packed_size > 0)
		state = add_packed(state, byudv_tally_packed(tally, room_of(other)), tally->packed_size);
	return state;
}

/* The finished summary of a state, which stays as it is. */
ByudvSummary *
byudv_finish(ByudvSummary *state)
{
	size_t		size;
	const uint8 *bytes = fold_state(state, &size);
	ByudvSummary *summary;

	if (size > MaxAllocSize - BYUDV_SUMMARY_HEADER)
		refuse_size();
	summary = byudv_new_summary(state->type, size);
	memcpy(summary->bytes, bytes, size);
	return summary;
}

/* Is this a step of an aggregate, which owns its state? */
static inline bool
in_aggregate(FunctionCallInfo fcinfo)
{
	return (fcinfo->context != NULL && IsA(fcinfo->context, AggState)) ||
		AggCheckCallContext(fcinfo, NULL);
}

/* The first argument as a state that may be edited; a new one for NULL. */
static inline ByudvSummary *
state_arg(FunctionCallInfo fcinfo, ByudvSummaryType type)
{
	struct varlena *value;
	ByudvView	view;

	if (PG_ARGISNULL(0))
		return new_state(type, FIRST_SIZE);
	value = (struct varlena *) PG_GETARG_POINTER(0);
	if (likely(VARATT_IS_4B_U(value) && ((ByudvSummary *) value)->is_growing &&
			   in_aggregate(fcinfo)))
		return (ByudvSummary *) value;

	/* the first value of a roll-up, or a call outside of an aggregate */
	view = byudv_view(PG_GETARG_DATUM(0));
	return add_packed(new_state(type, FIRST_SIZE), view.bytes, view.size);
}

/* What a transition returns: outside of an aggregate a finished summary. */
static inline Datum
state_result(FunctionCallInfo fcinfo, ByudvSummary *state)
{
	if (unlikely(!in_aggregate(fcinfo)))
		state = byudv_finish(state);
	return PointerGetDatum(state);
}

/* A row that does not count. */
static Datum
state_unchanged(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

pg_noreturn static pg_attribute_cold void
refuse_times(int32 entry, int32 exit);

static void
refuse_times(int32 entry, int32 exit)
{
	if (entry < 0 || exit < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time must not be negative"),
				 errdetail("entry = %d, exit = %d.", entry, exit),
				 errhint("Times are days since the residence began; byudv.observation() makes them from dates.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(exit < entry ? "exit must not be before entry" : "exit must be after entry"),
			 errdetail("entry = %d, exit = %d.", entry, exit),
			 errhint("Who entered is at risk after entry up to and at exit; only at time 0 may both be the same.")));
}

/* The two points of an observation that was made n times. */
static inline ByudvSummary *
add_observation(ByudvSummary *state, int32 entry, int32 exit, int kind, int64 n)
{
	if (unlikely(entry < 0 || exit < entry || (exit == entry && entry > 0)))
		refuse_times(entry, exit);
	if (n == 1)
	{
		state = add_record(state, byudv_record(exit, kind));
		if (entry > 0)
			state = add_record(state, byudv_record(entry, BYUDV_ENTERED));
		return state;
	}
	state = byudv_add_points(state, exit, kind, n);
	if (entry > 0)
		state = byudv_add_points(state, entry, BYUDV_ENTERED, n);
	return state;
}

/*
 * (state, [entry,] exit, event or cause [, n]): the times and the number of
 * times, and false when the row does not count.
 */
static inline bool
observation_args(FunctionCallInfo fcinfo, int32 *entry, int32 *exit, Datum *outcome, int64 *n)
{
	int			nargs = PG_NARGS();

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || (nargs > 3 && PG_ARGISNULL(3)) || (nargs > 4 && PG_ARGISNULL(4)))
		return false;
	*entry = nargs == 3 ? 0 : PG_GETARG_INT32(1);
	*exit = nargs == 3 ? PG_GETARG_INT32(1) : PG_GETARG_INT32(2);
	*outcome = nargs == 3 ? PG_GETARG_DATUM(2) : PG_GETARG_DATUM(3);
	*n = nargs > 4 ? PG_GETARG_INT64(4) : 1;
	if (unlikely(*n < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of observations must not be negative"),
				 errdetail("n = %lld, for entry = %d, exit = %d.", (long long) *n, *entry, *exit),
				 errhint("n is how many observations have these times; 0 counts none.")));
	return true;
}

Datum
byudv_survival_transition(PG_FUNCTION_ARGS)
{
	int32		entry;
	int32		exit;
	Datum		event;
	int64		n;
	ByudvSummary *state;

	if (!observation_args(fcinfo, &entry, &exit, &event, &n))
		return state_unchanged(fcinfo);
	if (unlikely(n == 0))
	{
		if (entry < 0 || exit < entry || (exit == entry && entry > 0))
			refuse_times(entry, exit);
		return state_unchanged(fcinfo);
	}
	state = state_arg(fcinfo, BYUDV_SURVIVAL);
	state = add_observation(state, entry, exit, DatumGetBool(event) ? BYUDV_CAUSE(1) : BYUDV_CENSORED, n);
	return state_result(fcinfo, state);
}

/* Cause 0 is censored. */
static inline int
cause_kind(int32 cause)
{
	if (unlikely(cause < 0 || cause > BYUDV_CAUSES_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cause is out of range"),
				 errdetail("cause = %d.", cause),
				 errhint("Causes are 1 to %d; 0 is censored.", BYUDV_CAUSES_MAX)));
	return cause == 0 ? BYUDV_CENSORED : BYUDV_CAUSE(cause);
}

Datum
byudv_competing_risks_transition(PG_FUNCTION_ARGS)
{
	int32		entry;
	int32		exit;
	Datum		cause;
	int			kind;
	int64		n;
	ByudvSummary *state;

	if (!observation_args(fcinfo, &entry, &exit, &cause, &n))
		return state_unchanged(fcinfo);
	kind = cause_kind(DatumGetInt32(cause));
	if (unlikely(n == 0))
	{
		if (entry < 0 || exit < entry || (exit == entry && entry > 0))
			refuse_times(entry, exit);
		return state_unchanged(fcinfo);
	}
	state = state_arg(fcinfo, BYUDV_COMPETING_RISKS);
	state = add_observation(state, entry, exit, kind, n);
	return state_result(fcinfo, state);
}

/* (state, from_date, to_date, window_from, window_to) */
Datum
byudv_survival_window_transition(PG_FUNCTION_ARGS)
{
	ByudvObservation seen;
	ByudvSummary *state;

	switch (byudv_observe(fcinfo, 1, 3, &seen))
	{
		case BYUDV_NOT_SEEN:
			return state_unchanged(fcinfo);
		case BYUDV_START_UNKNOWN:
			state = byudv_add_points(state_arg(fcinfo, BYUDV_SURVIVAL), 0, BYUDV_LEFT_OUT, 1);
			break;
		default:
			state = add_observation(state_arg(fcinfo, BYUDV_SURVIVAL), seen.entry, seen.exit,
									seen.event ? BYUDV_CAUSE(1) : BYUDV_CENSORED, 1);
	}
	return state_result(fcinfo, state);
}

/*
 * (state, from_date, to_date, cause, window_from, window_to).  The cause counts
 * only where the stay ended; who left for an unknown cause is left out, and counted.
 */
Datum
byudv_competing_risks_window_transition(PG_FUNCTION_ARGS)
{
	ByudvObservation seen;
	ByudvSeen	how = byudv_observe(fcinfo, 1, 4, &seen);
	int			kind = PG_ARGISNULL(3) ? BYUDV_CENSORED : cause_kind(PG_GETARG_INT32(3));
	ByudvSummary *state;

	if (how == BYUDV_NOT_SEEN)
		return state_unchanged(fcinfo);
	state = state_arg(fcinfo, BYUDV_COMPETING_RISKS);
	if (how == BYUDV_START_UNKNOWN || (seen.event && PG_ARGISNULL(3)))
		state = byudv_add_points(state, 0, BYUDV_LEFT_OUT, 1);
	else
		state = add_observation(state, seen.entry, seen.exit, seen.event ? kind : BYUDV_CENSORED, 1);
	return state_result(fcinfo, state);
}

/* STRICT; also the transition of rollup(). */
static Datum
combine(FunctionCallInfo fcinfo, ByudvSummaryType type)
{
	ByudvSummary *state = state_arg(fcinfo, type);
	ByudvSummary *other = (ByudvSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));

	if (other->is_growing)
		state = add_state(state, other);
	else
	{
		ByudvView	view = byudv_view(PointerGetDatum(other));

		state = add_packed(state, view.bytes, view.size);
	}
	return state_result(fcinfo, state);
}

Datum
byudv_survival_combine(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, BYUDV_SURVIVAL);
}

Datum
byudv_competing_risks_combine(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, BYUDV_COMPETING_RISKS);
}

/* STRICT.  The state stays as it is: a window function's goes on growing. */
static Datum
final(FunctionCallInfo fcinfo)
{
	ByudvSummary *state = (ByudvSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));

	PG_RETURN_POINTER(state->is_growing ? byudv_finish(state) : state);
}

Datum
byudv_survival_final(PG_FUNCTION_ARGS)
{
	return final(fcinfo);
}

Datum
byudv_competing_risks_final(PG_FUNCTION_ARGS)
{
	return final(fcinfo);
}
