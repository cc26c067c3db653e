/*
 * compare.c
 *		SQL entry points: shares and rates of two groups compared.
 */
#include "durations.h"

#include <math.h>

#include "core/compare.h"

PG_FUNCTION_INFO_V1(byudv_chi_square_p);
PG_FUNCTION_INFO_V1(byudv_share_limits);
PG_FUNCTION_INFO_V1(byudv_compare_shares);
PG_FUNCTION_INFO_V1(byudv_compare_rates);

static double
amount_arg(FunctionCallInfo fcinfo, int arg, const char *name)
{
	double		amount = PG_GETARG_FLOAT8(arg);

	if (!(amount >= 0 && isfinite(amount)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a number, 0 or more", name),
				 errdetail("%s = %g.", name, amount),
				 errhint("Give counts and times at risk as they are, not as shares or rates.")));
	return amount;
}

static void
check_count(double count, double total)
{
	if (count > total)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a count is more than its total"),
				 errdetail("%g of %g.", count, total),
				 errhint("Each count comes before the total that it is a part of.")));
}

static double
design_effect_arg(FunctionCallInfo fcinfo, int arg)
{
	double		effect = PG_GETARG_FLOAT8(arg);

	if (!(effect >= 1 && isfinite(effect)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("design_effect must be 1 or more"),
				 errdetail("design_effect = %g.", effect),
				 errhint("Give 1 where each stands alone, and more where they come in groups, such as households.")));
	return effect;
}

static Datum
row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(byudv_result_desc(fcinfo), values, nulls));
}

/* The two shares or rates, their difference or ratio with limits, and the test; what cannot be said is NULL. */
static Datum
comparison_row(FunctionCallInfo fcinfo, double value1, double value2, ByudvDifference d)
{
	double		numbers[7] = {value1, value2, d.effect, d.lower, d.upper, d.chi_square,
	isnan(d.chi_square) ? NAN : byudv_chi_square_tail(d.chi_square, 1)};
	Datum		values[7];
	bool		nulls[7];

	for (int i = 0; i < 7; i++)
	{
		nulls[i] = !isfinite(numbers[i]);
		values[i] = Float8GetDatum(numbers[i]);
	}
	return row(fcinfo, values, nulls);
}

Datum
byudv_chi_square_p(PG_FUNCTION_ARGS)
{
	double		chi_square = amount_arg(fcinfo, 0, "chi_square");
	int			df = PG_GETARG_INT32(1);

	if (df < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("df must be 1 or more"),
				 errdetail("df = %d.", df),
				 errhint("A difference of two groups has one degree of freedom.")));
	PG_RETURN_FLOAT8(byudv_chi_square_tail(chi_square, df));
}

Datum
byudv_share_limits(PG_FUNCTION_ARGS)
{
	double		count = amount_arg(fcinfo, 0, "count");
	double		total = amount_arg(fcinfo, 1, "total");
	double		design_effect = design_effect_arg(fcinfo, 2);
	double		z = byudv_z(PG_GETARG_FLOAT8(3));
	double		lower,
				upper;
	Datum		values[3];
	bool		nulls[3];

	check_count(count, total);
	nulls[0] = nulls[1] = nulls[2] = total == 0;
	if (total > 0)
	{
		byudv_wilson_limits(count, total, design_effect, z, &lower, &upper);
		values[0] = Float8GetDatum(count / total);
		values[1] = Float8GetDatum(lower);
		values[2] = Float8GetDatum(upper);
	}
	return row(fcinfo, values, nulls);
}

Datum
byudv_compare_shares(PG_FUNCTION_ARGS)
{
	double		count1 = amount_arg(fcinfo, 0, "count_1");
	double		total1 = amount_arg(fcinfo, 1, "total_1");
	double		count2 = amount_arg(fcinfo, 2, "count_2");
	double		total2 = amount_arg(fcinfo, 3, "total_2");
	double		design_effect = design_effect_arg(fcinfo, 4);
	double		z = byudv_z(PG_GETARG_FLOAT8(5));
	ByudvDifference d = {NAN, NAN, NAN, NAN};

	check_count(count1, total1);
	check_count(count2, total2);
	if (total1 > 0 && total2 > 0)
		d = byudv_share_difference(count1, total1, count2, total2, design_effect, z);
	return comparison_row(fcinfo, count1 / total1, count2 / total2, d);
}

Datum
byudv_compare_rates(PG_FUNCTION_ARGS)
{
	double		events1 = amount_arg(fcinfo, 0, "events_1");
	double		exposure1 = amount_arg(fcinfo, 1, "exposure_1");
	double		events2 = amount_arg(fcinfo, 2, "events_2");
	double		exposure2 = amount_arg(fcinfo, 3, "exposure_2");
	double		design_effect = design_effect_arg(fcinfo, 4);
	double		z = byudv_z(PG_GETARG_FLOAT8(5));
	ByudvDifference d = {NAN, NAN, NAN, NAN};

	if (exposure1 > 0 && exposure2 > 0 && events1 + events2 > 0)
		d = byudv_rate_ratio(events1, exposure1, events2, exposure2, design_effect, z);
	return comparison_row(fcinfo, events1 / exposure1, events2 / exposure2, d);
}
