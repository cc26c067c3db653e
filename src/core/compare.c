/*
 * compare.c
 *		Limits and tests for the difference of two shares and the ratio of two
 *		rates.
 *
 * Limits of a share are E. B. Wilson's (1927), which also hold where the count
 * is 0 or all.  Those of a difference put two of them together: R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions",
 * Statistics in Medicine 17 (1998), method 10.  The test is Pearson's, without
 * continuity correction.
 *
 * Of two Poisson counts, given their sum, the first is binomial with a share of
 * r t1 / (r t1 + t2), where r is the ratio of the rates and t are the times at
 * risk (J. Przyborowski and H. Wilenski, Biometrika 31, 1940).  So limits of
 * that share give those of the ratio, and the score test of r = 1 agrees with
 * them.
 */
#include "compare.h"

#include <math.h>

#define NOTHING_KNOWN	1e100	/* z^2 for one person: limits are 0 and 1 to the last digit */

void
byudv_wilson_limits(double count, double total, double design_effect, double z,
				   double *lower, double *upper)
{
	double		p = count / total;
	double		z2n = z * z * design_effect / total;
	double		middle = (p + z2n / 2) / (1 + z2n);
	double		half = sqrt(z2n * (p * (1 - p) + z2n / 4)) / (1 + z2n);

	/* the bounds are known where rounding or an overflow would miss them */
	*lower = count <= 0 || z2n > NOTHING_KNOWN ? 0 : fmax(middle - half, 0);
	*upper = count >= total || z2n > NOTHING_KNOWN ? 1 : fmin(middle + half, 1);
}

ByudvDifference
byudv_share_difference(double count1, double total1, double count2, double total2,
					 double design_effect, double z)
{
	double		p1 = count1 / total1;
	double		p2 = count2 / total2;
	double		p = (count1 + count2) / (total1 + total2);
	double		lower1,
				upper1,
				lower2,
				upper2;
	ByudvDifference d;

	byudv_wilson_limits(count1, total1, design_effect, z, &lower1, &upper1);
	byudv_wilson_limits(count2, total2, design_effect, z, &lower2, &upper2);
	d.effect = p1 - p2;
	d.lower = d.effect - hypot(p1 - lower1, upper2 - p2);
	d.upper = d.effect + hypot(upper1 - p1, p2 - lower2);
	d.chi_square = p > 0 && p < 1 ?
		d.effect * d.effect / (design_effect * p * (1 - p) * (1 / total1 + 1 / total2)) : NAN;
	return d;
}

ByudvDifference
byudv_rate_ratio(double events1, double exposure1, double events2, double exposure2,
					double design_effect, double z)
{
	double		events = events1 + events2;
	double		p0 = exposure1 / (exposure1 + exposure2);
	double		excess = events1 / events - p0;
	double		lower,
				upper;
	ByudvDifference d;

	byudv_wilson_limits(events1, events, design_effect, z, &lower, &upper);
	d.effect = events1 / exposure1 * (exposure2 / events2);
	d.lower = lower / (1 - lower) * (exposure2 / exposure1);
	d.upper = upper / (1 - upper) * (exposure2 / exposure1);
	d.chi_square = excess * excess * events / (design_effect * p0 * (1 - p0));
	return d;
}
