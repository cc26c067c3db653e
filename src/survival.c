/*
 * survival.c
 *		What can be asked of a survival summary.
 */
#include "durations.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(byudv_survival_curve);
PG_FUNCTION_INFO_V1(byudv_survival_at);
PG_FUNCTION_INFO_V1(byudv_survival_estimate);
PG_FUNCTION_INFO_V1(byudv_survival_quantile);
PG_FUNCTION_INFO_V1(byudv_survival_median);
PG_FUNCTION_INFO_V1(byudv_restricted_mean);
PG_FUNCTION_INFO_V1(byudv_turnover_rate);
PG_FUNCTION_INFO_V1(byudv_event_rate);
PG_FUNCTION_INFO_V1(byudv_survival_start);
PG_FUNCTION_INFO_V1(byudv_survival_counts);
PG_FUNCTION_INFO_V1(byudv_conditional_survival);
PG_FUNCTION_INFO_V1(byudv_log_rank);
PG_FUNCTION_INFO_V1(byudv_log_rank_groups);

/* The covariance of so many groups takes 400 MB. */
#define GROUPS_MAX		10000

#define ROWS_PER_INTERRUPT	1024

/* ---- arguments */

static double
confidence_arg(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be between 0 and 1"),
				 errdetail("confidence = %g.", confidence),
				 errhint("0.95 gives limits that hold in 95 of 100 cases.")));
	return confidence;
}

/* Half the width of limits, in standard errors. */
double
byudv_z(double confidence)
{
	return byudv_normal_two_sided(confidence_arg(confidence));
}

static ByudvLimits
conf_type_arg(const text *conf_type)
{
	static const char *const names[] = {[BYUDV_LOG] = "log", [BYUDV_LOG_LOG] = "log-log", [BYUDV_PLAIN] = "plain"};
	char	   *name = text_to_cstring(conf_type);

	for (int i = 0; i < lengthof(names); i++)
	{
		if (strcmp(name, names[i]) == 0)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown kind of limits"),
			 errdetail("conf_type = '%s'.", name),
			 errhint("conf_type is 'log', 'log-log' or 'plain'.")));
}

uint32
byudv_time_arg(int32 time, const char *name)
{
	if (time < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative", name),
				 errdetail("%s = %d.", name, time),
				 errhint("Times are days since the beginning, 0 or more.")));
	return time;
}

static Datum
row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(byudv_result_desc(fcinfo), values, nulls));
}

/* ---- the curve */

/* survival, std_error, lower, upper */
static void
fill_estimate(const ByudvCurve *curve, ByudvLimits kind, double z, Datum *values, bool *nulls)
{
	double		lower,
				upper;

	values[0] = Float8GetDatum(byudv_curve_survival(curve));
	nulls[1] = byudv_curve_survival(curve) <= 0;
	if (!nulls[1])
		values[1] = Float8GetDatum(byudv_curve_std_error(curve));
	nulls[2] = nulls[3] = !byudv_curve_limits(curve, kind, z, &lower, &upper);
	if (!nulls[2])
	{
		values[2] = Float8GetDatum(lower);
		values[3] = Float8GetDatum(upper);
	}
}

Datum
byudv_survival_curve(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	double		z = byudv_z(PG_GETARG_FLOAT8(1));
	ByudvLimits kind = conf_type_arg(PG_GETARG_TEXT_PP(2));
	uint32		start = byudv_time_arg(PG_GETARG_INT32(3), "start_time");
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	uint32		rows = 0;

	byudv_begin_set(fcinfo);
	byudv_curve_begin(&curve);
	byudv_moments_begin(&moments, view.bytes, view.size, &view.totals, start);
	while (byudv_next_moment(&moments, &moment))
	{
		Datum		values[10];
		bool		nulls[10] = {false};

		if (++rows % ROWS_PER_INTERRUPT == 0)
			CHECK_FOR_INTERRUPTS();
		byudv_curve_step(&curve, &moment);
		values[0] = Int32GetDatum(moment.time);
		values[1] = Int64GetDatum(moment.at_risk);
		values[2] = Int64GetDatum(moment.events);
		values[3] = Int64GetDatum(moment.censored);
		values[4] = Int64GetDatum(moment.entered);
		fill_estimate(&curve, kind, z, values + 5, nulls + 5);
		values[9] = Float8GetDatum(byudv_d2_value(curve.hazard));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * The curve at time t, and how many are at risk there.  False beyond the last
 * time, where nobody was observed, unless nobody was left: then S is 0.
 */
static bool
curve_at(const ByudvView *view, uint32 t, ByudvCurve *curve, uint64 *at_risk)
{
	ByudvReader reader;
	ByudvItem	item;
	ByudvMoments moments;
	ByudvMoment moment;
	uint64		ignored;

	byudv_curve_begin(curve);
	if (view->totals.exits == 0)
		return false;
	byudv_moments_begin(&moments, view->bytes, view->size, &view->totals, 0);
	while (byudv_next_moment(&moments, &moment) && moment.time <= t)
		byudv_curve_step(curve, &moment);

	/* who has entered before t, or at 0, and not left before t */
	*at_risk = view->totals.exits - view->totals.late;
	byudv_read_begin(&reader, view->bytes, view->size, &ignored);
	while (byudv_read_item(&reader, &item) > 0 && item.time < t)
		*at_risk += item.kind == BYUDV_ENTERED ? item.count : -item.count;
	return t <= view->totals.last || byudv_curve_survival(curve) <= 0;
}

Datum
byudv_survival_at(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	uint32		t = byudv_time_arg(PG_GETARG_INT32(1), "t");
	ByudvCurve	curve;
	uint64		at_risk;

	if (!curve_at(&view, t, &curve, &at_risk))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(byudv_curve_survival(&curve));
}

Datum
byudv_survival_estimate(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	uint32		t = byudv_time_arg(PG_GETARG_INT32(1), "t");
	double		z = byudv_z(PG_GETARG_FLOAT8(2));
	ByudvLimits kind = conf_type_arg(PG_GETARG_TEXT_PP(3));
	ByudvCurve	curve;
	uint64		at_risk = 0;
	Datum		values[5];
	bool		nulls[5] = {true, true, true, true, false};

	if (curve_at(&view, t, &curve, &at_risk))
	{
		nulls[0] = false;
		fill_estimate(&curve, kind, z, values, nulls);
	}
	values[4] = Int64GetDatum(at_risk);
	PG_RETURN_DATUM(row(fcinfo, values, nulls));
}

static Datum
quantile(FunctionCallInfo fcinfo, double q, double confidence, ByudvLimits kind)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	double		z = byudv_z(confidence);
	ByudvQuantile quantiles[3]; /* of the curve, its lower, its upper limit */
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	Datum		values[3];
	bool		nulls[3];

	if (!(q > 0 && q < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("q must be between 0 and 1"),
				 errdetail("q = %g.", q),
				 errhint("0.5 is the median; 0.9 is the time at which one in ten is left.")));
	for (int i = 0; i < 3; i++)
		byudv_quantile_begin(&quantiles[i], q, 0);
	byudv_curve_begin(&curve);
	byudv_moments_begin(&moments, view.bytes, view.size, &view.totals, 0);
	while (byudv_next_moment(&moments, &moment))
	{
		double		lower = 0;
		double		upper = 0;
		bool		known;

		byudv_curve_step(&curve, &moment);
		known = byudv_curve_limits(&curve, kind, z, &lower, &upper);
		byudv_quantile_step(&quantiles[0], moment.time, true, byudv_curve_survival(&curve));
		byudv_quantile_step(&quantiles[1], moment.time, known, lower);
		byudv_quantile_step(&quantiles[2], moment.time, known, upper);
	}
	for (int i = 0; i < 3; i++)
	{
		double		value;

		nulls[i] = !byudv_quantile_value(&quantiles[i], &value);
		if (!nulls[i])
			values[i] = Float8GetDatum(value);
	}
	return row(fcinfo, values, nulls);
}

Datum
byudv_survival_quantile(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(quantile(fcinfo, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							 conf_type_arg(PG_GETARG_TEXT_PP(3))));
}

Datum
byudv_survival_median(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(quantile(fcinfo, 0.5, 0.95, BYUDV_LOG));
}

Datum
byudv_restricted_mean(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	uint32		tau = byudv_time_arg(PG_GETARG_INT32(1), "tau");
	double		z = byudv_z(PG_GETARG_FLOAT8(2));
	double		mean,
				std_error;
	ByudvCurve	curve;
	uint64		at_risk;
	Datum		values[4];
	bool		nulls[4] = {true, true, true, true};

	if (view.totals.exits > 0)
	{
		/* a curve that has reached 0 stays there */
		if (!curve_at(&view, tau, &curve, &at_risk))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("tau is beyond the last time of the curve"),
					 errdetail("tau = %u, and the last time is %u.", tau, view.totals.last),
					 errhint("Nobody was observed for longer; choose a tau that all groups to be compared reach.")));
		memset(nulls, false, sizeof(nulls));
		byudv_restricted_mean_of(view.bytes, view.size, &view.totals, tau, &mean, &std_error);
		values[0] = Float8GetDatum(mean);
		values[1] = Float8GetDatum(std_error);
		values[2] = Float8GetDatum(mean - z * std_error);
		values[3] = Float8GetDatum(mean + z * std_error);
	}
	PG_RETURN_DATUM(row(fcinfo, values, nulls));
}

Datum
byudv_turnover_rate(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	double		per = PG_GETARG_FLOAT8(1);
	double		confidence = confidence_arg(PG_GETARG_FLOAT8(2));
	double		exposure = byudv_exposure_of(view.bytes, view.size) / per;
	double		lower,
				upper;
	Datum		values[5];
	bool		nulls[5] = {false};

	if (!(per > 0) || isinf(per))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("per must be a number of days above 0"),
				 errdetail("per = %g.", per),
				 errhint("365.25 gives a rate per year, 1 per day.")));
	values[0] = Int64GetDatum(view.totals.events);
	values[1] = Float8GetDatum(exposure);
	nulls[2] = nulls[3] = nulls[4] = !(exposure > 0);
	if (exposure > 0)
	{
		byudv_poisson_limits(view.totals.events, confidence, &lower, &upper);
		values[2] = Float8GetDatum(view.totals.events / exposure);
		values[3] = Float8GetDatum(lower / exposure);
		values[4] = Float8GetDatum(upper / exposure);
	}
	PG_RETURN_DATUM(row(fcinfo, values, nulls));
}

Datum
byudv_event_rate(PG_FUNCTION_ARGS)
{
	int64		events = PG_GETARG_INT64(0);
	double		exposure = PG_GETARG_FLOAT8(1);
	double		confidence = confidence_arg(PG_GETARG_FLOAT8(2));
	double		lower,
				upper;
	Datum		values[3];
	bool		nulls[3] = {false};

	if (events < 0 || !(exposure >= 0) || isinf(exposure))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("events and exposure must be 0 or more"),
				 errdetail("events = " INT64_FORMAT ", exposure = %g.", events, exposure),
				 errhint("events is how often it happened, exposure the time in which it could have happened, such as dwelling-years.")));
	nulls[0] = nulls[1] = nulls[2] = !(exposure > 0);
	if (exposure > 0)
	{
		byudv_poisson_limits(events, confidence, &lower, &upper);
		values[0] = Float8GetDatum(events / exposure);
		values[1] = Float8GetDatum(lower / exposure);
		values[2] = Float8GetDatum(upper / exposure);
	}
	PG_RETURN_DATUM(row(fcinfo, values, nulls));
}

/* ---- where to begin */

Datum
byudv_survival_start(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	int32		min_at_risk = PG_GETARG_INT32(1);
	ByudvMoments moments;
	ByudvMoment moment;

	if (min_at_risk < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_at_risk must be at least 1"),
				 errdetail("min_at_risk = %d.", min_at_risk),
				 errhint("30 is a usual choice.")));
	byudv_moments_begin(&moments, view.bytes, view.size, &view.totals, 0);
	while (byudv_next_moment(&moments, &moment))
	{
		if (moment.at_risk >= min_at_risk)
			PG_RETURN_INT32(moment.time);
	}
	PG_RETURN_NULL();
}

/*
 * What is seen of those still there at the start: they enter just before it,
 * so that at the start itself they are at risk.
 */
ByudvSummary *
byudv_conditional(ByudvSummaryType type, const ByudvView *view, uint32 start)
{
	ByudvSummary *state = byudv_growing_summary(type);
	ByudvReader reader;
	ByudvItem	item;
	uint64		left_out;
	uint64		present = view->totals.exits - view->totals.late;
	bool		started = start <= 1;

	byudv_read_begin(&reader, view->bytes, view->size, &left_out);
	state = byudv_add_points(state, 0, BYUDV_LEFT_OUT, left_out);
	while (byudv_read_item(&reader, &item) > 0)
	{
		if (start > 1 && item.time < start)
			present += item.kind == BYUDV_ENTERED ? item.count : -item.count;
		else if (item.time < start)
		{
			/* start is 1: exits at 0 go, and who stays has entered at 0 */
		}
		else
		{
			if (!started && present > 0)
				state = byudv_add_points(state, start - 1, BYUDV_ENTERED, present);
			started = true;
			state = byudv_add_points(state, item.time, item.kind, item.count);
		}
	}
	return byudv_finish(state);
}

Datum
byudv_conditional_survival(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));

	PG_RETURN_POINTER(byudv_conditional(BYUDV_SURVIVAL, &view,
										byudv_time_arg(PG_GETARG_INT32(1), "start_time")));
}

Datum
byudv_survival_counts(PG_FUNCTION_ARGS)
{
	ByudvView	view = byudv_view(PG_GETARG_DATUM(0));
	ByudvMoments moments;
	ByudvMoment moment;
	uint64		max_at_risk = 0;
	Datum		values[8];
	bool		nulls[8] = {false};

	byudv_moments_begin(&moments, view.bytes, view.size, &view.totals, 0);
	while (byudv_next_moment(&moments, &moment))
		max_at_risk = Max(max_at_risk, moment.at_risk);
	values[0] = Int64GetDatum(view.totals.exits);
	values[1] = Int64GetDatum(view.totals.events);
	values[2] = Int64GetDatum(view.totals.exits - view.totals.events);
	values[3] = Int64GetDatum(view.totals.late);
	values[4] = Int64GetDatum(view.totals.left_out);
	nulls[5] = nulls[6] = view.totals.exits == 0;
	values[5] = Int32GetDatum(view.totals.first);
	values[6] = Int32GetDatum(view.totals.last);
	values[7] = Int64GetDatum(max_at_risk);
	PG_RETURN_DATUM(row(fcinfo, values, nulls));
}

/* ---- comparing groups */

static void *
alloc_in_context(void *context, size_t size)
{
	return MemoryContextAlloc(context, size);
}

typedef struct Comparison
{
	int			ngroups;
	ByudvGroup *groups;
	double	   *expected;
	double		chi_square;
	int			df;
} Comparison;

static Comparison
compare(FunctionCallInfo fcinfo)
{
	ByudvArena	arena = {alloc_in_context, CurrentMemoryContext};
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Comparison	c = {0};
	Datum	   *values;
	bool	   *nulls;

	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &values, &nulls, &c.ngroups);
	if (c.ngroups > GROUPS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many groups to compare"),
				 errdetail("There are %d; up to %d can be compared.", c.ngroups, GROUPS_MAX),
				 errhint("Merge groups with byudv.rollup().")));
	if (c.ngroups == 0)
		return c;
	c.groups = palloc0(c.ngroups * sizeof(ByudvGroup));
	c.expected = palloc0(c.ngroups * sizeof(double));
	for (int g = 0; g < c.ngroups; g++)
	{
		if (!nulls[g])
		{
			ByudvView	view = byudv_view(values[g]);

			c.groups[g] = (ByudvGroup) {view.bytes, view.size, view.totals};
		}
	}
	c.df = byudv_compare_groups(c.groups, c.ngroups, &arena, c.expected, &c.chi_square);
	return c;
}

Datum
byudv_log_rank(PG_FUNCTION_ARGS)
{
	Comparison	c = compare(fcinfo);
	Datum		values[3];
	bool		nulls[3] = {c.df == 0, false, c.df == 0};

	values[0] = Float8GetDatum(c.chi_square);
	values[1] = Int32GetDatum(c.df);
	values[2] = Float8GetDatum(c.df == 0 ? 0 : byudv_chi_square_tail(c.chi_square, c.df));
	PG_RETURN_DATUM(row(fcinfo, values, nulls));
}

Datum
byudv_log_rank_groups(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Comparison	c;

	byudv_begin_set(fcinfo);
	c = compare(fcinfo);
	for (int g = 0; g < c.ngroups; g++)
	{
		Datum		values[4];
		bool		nulls[4] = {false};

		values[0] = Int32GetDatum(g + 1);
		values[1] = Int64GetDatum(c.groups[g].totals.exits);
		values[2] = Int64GetDatum(c.groups[g].totals.events);
		values[3] = Float8GetDatum(c.expected[g]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
