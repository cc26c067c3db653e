/*
 * special.c
 *		Normal and gamma quantiles, chi-square tail, compensated sums.
 *
 * The incomplete gamma function is the power series below its mean and
 * Legendre's continued fraction above it; its leading factor is computed by
 * the saddle-point form of C. Loader, "Fast and Accurate Computation of
 * Binomial Probabilities" (2000), which keeps its digits for large shapes.
 */
#include "special.h"

#include <float.h>
#include <math.h>

#ifndef M_PI
#define M_PI		3.14159265358979323846
#endif
#define SQRT_1_2	0.70710678118654752440
#define LOG_SQRT_2PI	0.91893853320467274178

/* From here on the Cornish-Fisher expansion is exact to the last digits. */
#define LARGE_SHAPE	1e6

static double
normal_density(double z)
{
	return exp(-z * z / 2 - LOG_SQRT_2PI);
}

/*
 * z with the given tail above it and, the same thing said twice because each
 * has the digits where the other has lost them, 1 - 2 tail between -z and z.
 * Abramowitz and Stegun 26.2.23 for a start, then Halley's method.
 */
static double
normal_quantile(double tail, double confidence)
{
	double		t = sqrt(-2 * log(tail));
	double		z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
		(1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));

	for (int i = 0; i < 4; i++)
	{
		double		excess = confidence < 0.5 ? (confidence - erf(z * SQRT_1_2)) / 2 :
			erfc(z * SQRT_1_2) / 2 - tail;
		double		step = -excess / normal_density(z);

		z -= step / (1 + z * step / 2);
	}
	return z;
}

double
byudv_normal_two_sided(double confidence)
{
	return normal_quantile((1 - confidence) / 2, confidence);
}

/* log(a!) less Stirling's formula, for a > 0. */
static double
stirling_error(double a)
{
	double		b = 1 / (a * a);

	if (a < 16)
		return lgamma(a + 1) - (a + 0.5) * log(a) + a - LOG_SQRT_2PI;
	return (1.0 / 12 - b * (1.0 / 360 - b * (1.0 / 1260 - b * (1.0 / 1680 - b / 1188)))) / a;
}

/* a log(a / x) + x - a, where the terms nearly cancel as well. */
static double
deviance(double a, double x)
{
	double		difference = a - x;
	double		v = difference / (a + x);
	double		power = 2 * a * v;
	double		sum = difference * v;

	if (fabs(v) >= 0.1)
		return a * log(a / x) + x - a;
	for (int i = 3; i < 1000; i += 2)
	{
		double		before = sum;

		power *= v * v;
		sum += power / i;
		if (sum == before)
			break;
	}
	return sum;
}

/* x^a e^-x / Gamma(a + 1) */
static double
leading_factor(double a, double x)
{
	return exp(-stirling_error(a) - deviance(a, x)) / sqrt(2 * M_PI * a);
}

/* P(X <= x) or, when upper, P(X > x) of a gamma variable; a > 0, x > 0. */
static double
gamma_tail(double a, double x, bool upper)
{
	double		factor = leading_factor(a, x);
	double		b,
				c,
				d,
				h;

	if (x < a + 1)
	{
		double		term = 1;
		double		sum = 1;

		for (double n = a + 1; term > sum * DBL_EPSILON / 4; n++)
		{
			term *= x / n;
			sum += term;
		}
		return upper ? 1 - factor * sum : factor * sum;
	}

	/* Lentz's method, modified */
	b = x + 1 - a;
	c = 1 / DBL_MIN;
	d = 1 / b;
	h = d;
	for (double i = 1; i < 1e7; i++)
	{
		double		an = -i * (i - a);
		double		change;

		b += 2;
		d = an * d + b;
		if (fabs(d) < DBL_MIN)
			d = DBL_MIN;
		c = b + an / c;
		if (fabs(c) < DBL_MIN)
			c = DBL_MIN;
		d = 1 / d;
		change = d * c;
		h *= change;
		if (fabs(change - 1) < DBL_EPSILON)
			break;
	}
	h *= factor * a;
	return upper ? h : 1 - h;
}

double
byudv_gamma_quantile(double a, double p, bool upper)
{
	double		z,
				x;

	z = p < 0.5 ? normal_quantile(p, 1 - 2 * p) : p > 0.5 ? normal_quantile(1 - p, 2 * p - 1) : 0;
	if ((p < 0.5) != upper)
		z = -z;
	if (a >= LARGE_SHAPE)
	{
		double		z2 = z * z;
		double		root = sqrt(a);

		return a + z * root + (z2 - 1) / 3 + z * (z2 - 7) / (36 * root) -
			(z2 * (3 * z2 + 7) - 16) / (810 * a) +
			z * (z2 * (9 * z2 + 256) - 433) / (38880 * a * root);
	}

	/* Wilson and Hilferty; far below the mean the first term of the series */
	x = 1 - 1 / (9 * a) + z / (3 * sqrt(a));
	x = a * x * x * x;
	if (x < a * 0.05)
		x = exp((log(upper ? 1 - p : p) + lgamma(a + 1)) / a);
	for (int i = 0; i < 50; i++)
	{
		double		density = leading_factor(a, x) * a / x;
		double		step = (gamma_tail(a, x, upper) - p) / density * (upper ? -1 : 1);
		double		curvature = step * ((a - 1) / x - 1);

		step /= 1 - 0.5 * (curvature < 1 ? curvature : 1);
		if (step >= x)
			step = x / 2;
		x -= step;
		if (fabs(step) <= x * 1e-15)
			break;
	}
	return x;
}

double
byudv_chi_square_tail(double x, double df)
{
	return x <= 0 ? 1 : gamma_tail(df / 2, x / 2, true);
}

void
byudv_d2_add_product(ByudvDouble2 *sum, double a, double b)
{
	double		product = a * b;

	byudv_d2_add(sum, product);
	sum->lo += fma(a, b, -product);
}

void
byudv_d2_scale(ByudvDouble2 *x, double a, double b)
{
	double		ratio = a / b;
	double		ratio_lo = fma(-ratio, b, a) / b;
	double		product = x->hi * ratio;
	double		rest = fma(x->hi, ratio, -product) + x->hi * ratio_lo + x->lo * ratio;

	x->hi = product + rest;
	x->lo = rest - (x->hi - product);
}
