/*
 * compare.c
 *		Fuzz target: limits, tests and the special functions under them, with
 *		any numbers that the SQL functions let through.
 */
#include "core/compare.h"
#include "core/life_table.h"
#include "require.h"

#include <math.h>
#include <string.h>

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A number, 0 or more: small and whole, or any. */
static double
take(const uint8_t **data, size_t *size)
{
	double		value = 0;

	if (*size == 0)
		return 0;
	if (**data < 192)
	{
		value = **data;
		(*data)++;
		(*size)--;
		return value;
	}
	(*data)++;
	(*size)--;
	if (*size >= sizeof(double))
	{
		memcpy(&value, *data, sizeof(double));
		*data += sizeof(double);
		*size -= sizeof(double);
	}
	return isfinite(value) ? fabs(value) : 1;
}

static double
least(double a, double b)
{
	return a < b ? a : b;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	double		confidence = take(&data, &size);
	double		total1 = take(&data, &size),
				total2 = take(&data, &size);
	double		count1 = least(take(&data, &size), total1),
				count2 = least(take(&data, &size), total2);
	double		design_effect = 1 + take(&data, &size);
	double		x = take(&data, &size);
	uint64_t	events = x < 9e18 ? (uint64_t) x : BYUDV_COUNT_MAX;
	double		z,
				lower,
				upper,
				p;
	ByudvDifference d;

	confidence = confidence >= 1 ? 1 - 1 / (1 + confidence) : confidence;
	if (!(confidence > 0 && confidence < 1) || !isfinite(design_effect))
		return 0;
	z = byudv_normal_two_sided(confidence);
	require(z >= 0 && isfinite(z));

	p = byudv_chi_square_tail(x, 1 + fmod(design_effect, 1e6));
	require(p >= 0 && p <= 1);
	byudv_poisson_limits(events, confidence, &lower, &upper);
	require(lower >= 0 && lower <= upper && isfinite(upper));
	require(lower <= events * (1 + 1e-9) + 1 && upper >= events * (1 - 1e-9));

	if (total1 > 0)
	{
		byudv_wilson_limits(count1, total1, design_effect, z, &lower, &upper);
		require(lower >= 0 && lower <= upper && upper <= 1);
		require(lower <= count1 / total1 + 1e-9 && upper >= count1 / total1 - 1e-9);
	}
	if (total1 > 0 && total2 > 0)
	{
		d = byudv_share_difference(count1, total1, count2, total2, design_effect, z);
		require(isnan(d.effect) || (d.effect >= -1 && d.effect <= 1));
		require(isnan(d.chi_square) || d.chi_square >= 0);
		require(!(d.lower > d.upper));
		if (count1 + count2 > 0)
		{
			d = byudv_rate_ratio(count1, total1, count2, total2, design_effect, z);
			require(isnan(d.effect) || d.effect >= 0);
			require(isnan(d.chi_square) || d.chi_square >= 0);
			require(!(d.lower > d.upper));
			if (isfinite(d.chi_square))
			{
				p = byudv_chi_square_tail(d.chi_square, 1);
				require(p >= 0 && p <= 1);
			}
		}
	}
	return 0;
}
