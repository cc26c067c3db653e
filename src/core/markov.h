/*
 * markov.h
 *		Chains of vacancies as a Markov chain with absorbing ends (H. C. White,
 *		Chains of Opportunity, 1970): expected lengths and multipliers.
 */
#ifndef BYUDV_MARKOV_H
#define BYUDV_MARKOV_H

#include "core.h"

typedef struct ByudvMarkov
{
	int			n;				/* strata */
	const double *moves;		/* n x n: vacancies of stratum i filled from stratum j */
	const double *totals;		/* n: vacancies of stratum i, with those that end there */

	/* results, with room made by the caller */
	double	   *inverse;		/* n x n: (I - Q)^-1, the multipliers */
	double	   *lengths;		/* n: expected length of a chain that begins in i */
	double	   *work;			/* n x n */
} ByudvMarkov;

/*
 * False, and *stratum one from which a chain never ends, or NaN came up.
 */
extern bool byudv_markov_solve(ByudvMarkov *m, int *stratum);

/*
 * What sampling does to sums over the chains: variances[i] is the variance, from
 * the moves out of i alone, of the mean value of where they lead.  values with
 * that step: lengths with 1, column b of the inverse with n.
 */
extern void byudv_markov_variances(const ByudvMarkov *m, const double *values, size_t step, double *variances);

/*
 * Covariance (delta method) of the sums for chains from a and b: with the
 * variances of lengths those of the lengths, with the variances of column c of
 * the inverse those of the multipliers from a and b to c.
 */
extern double byudv_markov_covariance(const ByudvMarkov *m, int a, int b, const double *variances);

#endif							/* BYUDV_MARKOV_H */
