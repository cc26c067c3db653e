/*
 * compare.h
 *		Two groups compared: shares of persons or homes, and rates of events per
 *		time at risk, with limits and a test.
 *
 * The design effect says how many persons tell as much as one who is drawn by
 * chance: 1 where each stands alone, the mean household size or more where
 * whole households move together.
 */
#ifndef BYUDV_COMPARE_H
#define BYUDV_COMPARE_H

#include "core.h"

typedef struct ByudvDifference
{
	double		effect;			/* share 1 - share 2, or rate 1 / rate 2 */
	double		lower;
	double		upper;			/* infinite where group 2 has no event */
	double		chi_square;		/* one degree of freedom; NAN where there is
								 * nothing to test */
} ByudvDifference;

/* Limits of a share, count of total, total > 0, by Wilson's score method. */
extern void byudv_wilson_limits(double count, double total, double design_effect, double z,
							   double *lower, double *upper);

/* Shares, totals > 0. */
extern ByudvDifference byudv_share_difference(double count1, double total1, double count2, double total2,
											double design_effect, double z);

/* Rates, exposures > 0, not both without events. */
extern ByudvDifference byudv_rate_ratio(double events1, double exposure1, double events2, double exposure2,
										   double design_effect, double z);

#endif							/* BYUDV_COMPARE_H */
