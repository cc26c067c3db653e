/*
 * competing_risks.c
 *		What can be asked of a summary of competing risks.
 */
#include "durations.h"

#include <math.h>

PG_FUNCTION_INFO_V1(byudv_cumulative_incidence);
PG_FUNCTION_INFO_V1(byudv_incidence_at);
PG_FUNCTION_INFO_V1(byudv_any_cause);
PG_FUNCTION_INFO_V1(byudv_cause_specific);
PG_FUNCTION_INFO_V1(byudv_conditional_incidence);

#define ROWS_PER_INTERRUPT	1024

/* incidence, std_error, lower, upper; no limits where nothing has happened */
static void
fill_incidence(const ByudvIncidence *incidence, int cause, double z, Datum *values, bool *nulls)
{
	double		p = byudv_incidence_value(incidence, cause);
	double		std_error = byudv_incidence_std_error(incidence, cause);

	values[0] = Float8GetDatum(p);
	values[1] = Float8GetDatum(std_error);
	nulls[2] = nulls[3] = !(p > 0);
	if (p > 0)
	{
		double		factor = exp(z * std_error / p);

		values[2] = Float8GetDatum(p / factor);
		values[3] = Float8GetDatum(Min(p * factor, 1.0));
	}
}

Datum
byudv_cumulative_incidence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	double		z = byudv_z(PG_GETARG_FLOAT8(1));
	uint32		start = byudv_time_arg(PG_GETARG_INT32(2), "start_time");
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvIncidence incidence;
	uint32		rows = 0;

	byudv_begin_set(fcinfo);
	byudv_incidence_begin(&incidence, view.totals.causes);
	byudv_moments_begin(&moments, view.bytes, view.size, &view.totals, start);
	while (byudv_next_moment(&moments, &moment))
	{
		int			happened = 0;

		byudv_incidence_step(&incidence, &moment);
		for (int cause = 1; cause <= BYUDV_CAUSES_MAX; cause++)
		{
			Datum		values[8];
			bool		nulls[8] = {false};
			uint64		events = 0;

			if ((view.totals.causes >> (cause - 1) & 1) == 0)
				continue;
			if (happened < moment.ncauses && moment.cause[happened] == cause)
				events = moment.cause_events[happened++];
			if (++rows % ROWS_PER_INTERRUPT == 0)
				CHECK_FOR_INTERRUPTS();
			values[0] = Int32GetDatum(moment.time);
			values[1] = Int32GetDatum(cause);
			values[2] = Int64GetDatum(moment.at_risk);
			values[3] = Int64GetDatum(events);
			fill_incidence(&incidence, cause, z, values + 4, nulls + 4);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

Datum
byudv_incidence_at(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	uint32		t = byudv_time_arg(PG_GETARG_INT32(1), "t");
	double		z = byudv_z(PG_GETARG_FLOAT8(2));
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvIncidence incidence;
	bool		known;

	byudv_begin_set(fcinfo);
	byudv_incidence_begin(&incidence, view.totals.causes);
	byudv_moments_begin(&moments, view.bytes, view.size, &view.totals, 0);
	while (byudv_next_moment(&moments, &moment) && moment.time <= t)
		byudv_incidence_step(&incidence, &moment);
	/* beyond the last time nobody was observed */
	known = t <= view.totals.last || byudv_curve_survival(&incidence.curve) <= 0;
	for (int cause = 1; cause <= BYUDV_CAUSES_MAX; cause++)
	{
		Datum		values[5];
		bool		nulls[5] = {false, true, true, true, true};

		if ((view.totals.causes >> (cause - 1) & 1) == 0)
			continue;
		values[0] = Int32GetDatum(cause);
		if (known)
		{
			nulls[1] = nulls[2] = false;
			fill_incidence(&incidence, cause, z, values + 1, nulls + 1);
		}
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* A survival summary whose event is that cause, or any when it is 0; the rest is censored. */
static Datum
survival_of(FunctionCallInfo fcinfo, int cause)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	ByudvSummary *state = byudv_growing_summary(BYUDV_SURVIVAL);
	ByudvReader reader;
	ByudvItem	item;
	uint64		left_out;

	byudv_read_begin(&reader, view.bytes, view.size, &left_out);
	state = byudv_add_points(state, 0, BYUDV_LEFT_OUT, left_out);
	while (byudv_read_item(&reader, &item) > 0)
	{
		int			kind = item.kind;

		if (kind >= BYUDV_CAUSE(1))
			kind = cause == 0 || kind == BYUDV_CAUSE(cause) ? BYUDV_CAUSE(1) : BYUDV_CENSORED;
		state = byudv_add_points(state, item.time, kind, item.count);
	}
	return PointerGetDatum(byudv_finish(state));
}

Datum
byudv_any_cause(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(survival_of(fcinfo, 0));
}

Datum
byudv_cause_specific(PG_FUNCTION_ARGS)
{
	int32		cause = PG_GETARG_INT32(1);

	if (cause < 1 || cause > BYUDV_CAUSES_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cause is out of range"),
				 errdetail("cause = %d.", cause),
				 errhint("Causes are 1 to %d.", BYUDV_CAUSES_MAX)));
	PG_RETURN_DATUM(survival_of(fcinfo, cause));
}

Datum
byudv_conditional_incidence(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));

	PG_RETURN_POINTER(byudv_conditional(BYUDV_COMPETING_RISKS, &view,
										byudv_time_arg(PG_GETARG_INT32(1), "start_time")));
}
