/*
 * observation.c
 *		From dates to observations: a stay seen through a window, and cut into
 *		pieces by calendar year and duration.
 *
 * A stay is [from, to): to is the first day on which nobody lives there any
 * more.  Its time is days since from.
 */
#include "durations.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"

PG_FUNCTION_INFO_V1(byudv_observation);
PG_FUNCTION_INFO_V1(byudv_exposure);

/* A bound of the window, which must be given. */
static DateADT
window_arg(FunctionCallInfo fcinfo, int arg, const char *name)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", name),
				 errdetail("%s = NULL.", name),
				 errhint("The window is the time that the register covers: window_from its first day or '-infinity', window_to the day after its last.")));
	return PG_GETARG_DATEADT(arg);
}

static void
check_window(DateADT window_from, DateADT window_to)
{
	if (DATE_NOT_FINITE(window_to))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("window_to must be a day"),
				 errdetail("window_to = %s.", byudv_date_text(window_to)),
				 errhint("Give the day after the last that the register covers.")));
	if (window_from >= window_to)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("window_to must be after window_from"),
				 errdetail("window_from = %s, window_to = %s.", byudv_date_text(window_from), byudv_date_text(window_to)),
				 errhint("Give the first day that the register covers as window_from and the day after the last as window_to.")));
}

static void
check_stay(DateADT from, DateADT to)
{
	if (to < from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a stay must not end before it begins"),
				 errdetail("from_date = %s, to_date = %s.", byudv_date_text(from), byudv_date_text(to)),
				 errhint("Correct the dates, or leave the row out and say how many there are.")));
}

/* No end: NULL or infinity. */
static DateADT
end_arg(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? DATEVAL_NOEND : PG_GETARG_DATEADT(arg);
}

static bool
is_start_unknown(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) || DATE_IS_NOBEGIN(PG_GETARG_DATEADT(arg));
}

ByudvSeen
byudv_observe(FunctionCallInfo fcinfo, int arg, int window, ByudvObservation *observation)
{
	DateADT		window_from = window_arg(fcinfo, window, "window_from");
	DateADT		window_to = window_arg(fcinfo, window + 1, "window_to");
	DateADT		to = end_arg(fcinfo, arg + 1);
	DateADT		from;

	check_window(window_from, window_to);
	*observation = (ByudvObservation) {0};
	if (is_start_unknown(fcinfo, arg))
		return to <= window_from ? BYUDV_NOT_SEEN : BYUDV_START_UNKNOWN;
	from = PG_GETARG_DATEADT(arg);
	check_stay(from, to);
	/* a stay of no days is seen where its day is */
	if (from >= window_to || to < window_from || (to == window_from && from < to))
		return BYUDV_NOT_SEEN;
	if (from < window_from && !DATE_IS_NOBEGIN(window_from))
		observation->entry = (int32) ((int64) window_from - from);
	observation->exit = (int32) ((int64) Min(to, window_to) - from);
	observation->event = to < window_to;
	return BYUDV_SEEN;
}

Datum
byudv_observation(PG_FUNCTION_ARGS)
{
	ByudvObservation seen;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (byudv_observe(fcinfo, 0, 2, &seen) == BYUDV_SEEN)
	{
		values[0] = Int32GetDatum(seen.entry);
		values[1] = Int32GetDatum(seen.exit);
		values[2] = BoolGetDatum(seen.event);
	}
	else
		memset(nulls, true, sizeof(nulls));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(byudv_result_desc(fcinfo), values, nulls)));
}

/* Lower ends of the duration bands after the first, which begins at 0. */
static int
bands_arg(FunctionCallInfo fcinfo, int arg, int32 **bands)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(arg);
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) > 1 || array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bands must be a list of numbers without nulls"),
				 errdetail("It has %d dimensions%s.", ARR_NDIM(array), array_contains_nulls(array) ? " and a NULL" : ""),
				 errhint("Give the days at which one band ends and the next begins, such as '{365,730}'.")));
	*bands = (int32 *) ARR_DATA_PTR(array);
	for (int i = 0; i < n; i++)
	{
		int32		before = i == 0 ? 0 : (*bands)[i - 1];

		if ((*bands)[i] <= before)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("bands must ascend from above 0"),
					 errdetail("%d comes after %d.", (*bands)[i], before),
					 errhint("Give the days at which one band ends and the next begins, such as '{365,730}'.")));
	}
	return n;
}

static DateADT
next_new_year(DateADT date, int *year)
{
	int			month,
				day;

	j2date(date + POSTGRES_EPOCH_JDATE, year, &month, &day);
	/* the last year of the calendar has no next one */
	if (!IS_VALID_JULIAN(*year + 1, 1, 1))
		return DATEVAL_NOEND;
	return date2j(*year + 1, 1, 1) - POSTGRES_EPOCH_JDATE;
}

Datum
byudv_exposure(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	DateADT		from,
				to = end_arg(fcinfo, 1),
				window_from = PG_ARGISNULL(2) ? DATEVAL_NOBEGIN : PG_GETARG_DATEADT(2),
				window_to = end_arg(fcinfo, 3),
				at,
				end;
	int32	   *bands = NULL;
	int			nbands = PG_ARGISNULL(4) ? 0 : bands_arg(fcinfo, 4, &bands);
	int			band = 0;

	byudv_begin_set(fcinfo);
	if (!DATE_NOT_FINITE(window_to))
		check_window(window_from, window_to);
	if (is_start_unknown(fcinfo, 0) || DATE_IS_NOEND(PG_GETARG_DATEADT(0)))
		return (Datum) 0;
	from = PG_GETARG_DATEADT(0);
	check_stay(from, to);
	end = Min(to, window_to);
	if (DATE_NOT_FINITE(end))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("a stay that goes on needs window_to"),
				 errdetail("from_date = %s, and neither to_date nor window_to is a day.", byudv_date_text(from)),
				 errhint("Give the day after the last that the register covers as window_to.")));

	at = Max(from, window_from);
	if (at > end || (at == end && (from < end || from == window_to)))
		return (Datum) 0;
	do
	{
		int			year;
		DateADT		until = Min(end, next_new_year(at, &year));
		Datum		values[9];
		bool		nulls[9] = {false};

		CHECK_FOR_INTERRUPTS();
		while (band < nbands && bands[band] <= (int64) at - from)
			band++;
		if (band < nbands && bands[band] < (int64) until - from)
			until = from + bands[band];
		values[0] = Int32GetDatum(year > 0 ? year : year - 1);	/* as extract() says it: no year 0 */
		values[1] = Int32GetDatum(band == 0 ? 0 : bands[band - 1]);
		nulls[2] = band == nbands;
		values[2] = Int32GetDatum(band < nbands ? bands[band] : 0);
		values[3] = DateADTGetDatum(at);
		values[4] = DateADTGetDatum(until);
		values[5] = Int32GetDatum((int64) at - from);
		values[6] = Int32GetDatum((int64) until - from);
		values[7] = Int32GetDatum((int64) until - at);
		values[8] = BoolGetDatum(until == to && to < window_to);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		at = until;
	} while (at < end);
	return (Datum) 0;
}
