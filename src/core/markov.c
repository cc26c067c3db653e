/*
 * markov.c
 *		The fundamental matrix of an absorbing Markov chain, and what follows
 *		from it.
 *
 * Elimination takes each pivot from the ways out of a stratum rather than as
 * 1 - q (W. K. Grassmann, M. I. Taksar, D. P. Heyman, 1985): nothing is ever
 * subtracted, so that all digits stay good however long the chains.
 */
#include "markov.h"

#include <math.h>
#include <string.h>

static inline double
q(const ByudvMarkov *m, int i, int j)
{
	return m->moves[(size_t) i * m->n + j] / m->totals[i];
}

/* Can a chain from every stratum end?  Works backwards from the ends. */
static int
find_endless(const ByudvMarkov *m)
{
	bool		changed = true;
	double	   *ends = m->lengths;	/* borrowed */

	for (int i = 0; i < m->n; i++)
	{
		double		onward = 0;

		for (int j = 0; j < m->n; j++)
			onward += m->moves[(size_t) i * m->n + j];
		ends[i] = onward < m->totals[i];
	}
	while (changed)
	{
		changed = false;
		for (int i = 0; i < m->n; i++)
		{
			uint32_t	done = 0;

			for (int j = 0; j < m->n && ends[i] == 0; j++)
			{
				if (ends[j] != 0 && m->moves[(size_t) i * m->n + j] > 0)
				{
					ends[i] = 1;
					changed = true;
				}
				byudv_count_work(&done);
			}
		}
	}
	for (int i = 0; i < m->n; i++)
	{
		if (ends[i] == 0)
			return i;
	}
	return -1;
}

/*
 * Eliminates the strata one by one.  Leaves in work below the diagonal what is
 * passed on to later strata, above it the moves that remain, on it the pivots.
 */
static bool
eliminate(ByudvMarkov *m, double *ends)
{
	double	   *work = m->work;
	size_t		n = m->n;
	uint32_t	done = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		onward = 0;

		for (size_t j = 0; j < n; j++)
		{
			work[i * n + j] = q(m, i, j);
			onward += m->moves[i * n + j];
		}
		ends[i] = (m->totals[i] - onward) / m->totals[i];
	}
	for (size_t k = 0; k < n; k++)
	{
		double		pivot = ends[k];

		for (size_t j = k + 1; j < n; j++)
			pivot += work[k * n + j];
		if (!(pivot > 0) || isinf(pivot))
			return false;
		work[k * n + k] = pivot;
		for (size_t i = k + 1; i < n; i++)
		{
			double		passed = work[i * n + k] / pivot;

			work[i * n + k] = passed;
			for (size_t j = k + 1; j < n; j++)
				work[i * n + j] += passed * work[k * n + j];
			ends[i] += passed * ends[k];
			done += n;
			byudv_count_work(&done);
		}
	}
	return true;
}

bool
byudv_markov_solve(ByudvMarkov *m, int *stratum)
{
	size_t		n = m->n;
	double	   *work = m->work;
	uint32_t	done = 0;

	*stratum = find_endless(m);
	if (*stratum >= 0)
		return false;
	*stratum = 0;
	if (!eliminate(m, m->lengths))
		return false;

	for (size_t b = 0; b < n; b++)
	{
		double	   *x = m->inverse + b;	/* column b, step n */

		for (size_t i = 0; i < n; i++)
			x[i * n] = i == b;
		for (size_t k = 0; k < n; k++)
		{
			for (size_t i = k + 1; i < n; i++)
				x[i * n] += work[i * n + k] * x[k * n];
			byudv_count_work(&done);
		}
		for (size_t k = n; k-- > 0;)
		{
			double		sum = x[k * n];

			for (size_t j = k + 1; j < n; j++)
				sum += work[k * n + j] * x[j * n];
			x[k * n] = sum / work[k * n + k];
			byudv_count_work(&done);
		}
	}
	for (size_t a = 0; a < n; a++)
	{
		double		length = 0;

		for (size_t b = 0; b < n; b++)
			length += m->inverse[a * n + b];
		m->lengths[a] = length;
	}
	return true;
}

/*
 * The moves out of a stratum are a multinomial sample.  The value of a move is
 * that of the stratum that it leads to, an end's is 0.
 */
void
byudv_markov_variances(const ByudvMarkov *m, const double *values, size_t step, double *variances)
{
	uint32_t	done = 0;

	for (int i = 0; i < m->n; i++)
	{
		double		mean = 0,
					onward = 0,
					variance;

		for (int j = 0; j < m->n; j++)
		{
			mean += q(m, i, j) * values[j * step];
			onward += m->moves[(size_t) i * m->n + j];
		}
		variance = (m->totals[i] - onward) / m->totals[i] * mean * mean;
		for (int j = 0; j < m->n; j++)
		{
			double		off = values[j * step] - mean;

			variance += q(m, i, j) * off * off;
			byudv_count_work(&done);
		}
		variances[i] = variance / m->totals[i];
	}
}

double
byudv_markov_covariance(const ByudvMarkov *m, int a, int b, const double *variances)
{
	double		sum = 0;

	for (int i = 0; i < m->n; i++)
		sum += m->inverse[(size_t) a * m->n + i] * m->inverse[(size_t) b * m->n + i] * variances[i];
	return sum;
}
