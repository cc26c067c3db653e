/*
 * special.h
 *		The special functions that limits and tests need, and sums that do not
 *		lose digits.
 */
#ifndef BYUDV_SPECIAL_H
#define BYUDV_SPECIAL_H

#include "core.h"

/* z with P(|Z| <= z) = confidence for a standard normal Z; 0 < confidence < 1. */
extern double byudv_normal_two_sided(double confidence);

/*
 * Quantile of the gamma distribution with shape a >= 1 and scale 1: that which
 * leaves p below it (upper false) or above it (upper true).  0 < p < 1.
 */
extern double byudv_gamma_quantile(double a, double p, bool upper);

/* P(X > x) for X of the chi-square distribution with df degrees of freedom. */
extern double byudv_chi_square_tail(double x, double df);

/*
 * A number as an unevaluated sum of two doubles, about 32 digits.  Must not be
 * compiled with -ffast-math or the like.
 */
typedef struct ByudvDouble2
{
	double		hi;
	double		lo;
} ByudvDouble2;

static inline void
byudv_d2_add(ByudvDouble2 *sum, double x)
{
	double		hi = sum->hi + x;
	double		part = hi - sum->hi;

	sum->lo += (sum->hi - (hi - part)) + (x - part);
	sum->hi = hi;
}

static inline double
byudv_d2_value(ByudvDouble2 x)
{
	return x.hi + x.lo;
}

/* Adds a * b without rounding the product. */
extern void byudv_d2_add_product(ByudvDouble2 *sum, double a, double b);

/* Multiplies by the ratio a / b. */
extern void byudv_d2_scale(ByudvDouble2 *x, double a, double b);

#endif							/* BYUDV_SPECIAL_H */
