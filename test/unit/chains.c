/*
 * chains.c
 *		Unit test of chains that are followed, and of the Markov view, against
 *		simple recursion, elimination with pivots, and derivatives by difference.
 */
#include "core/chain.h"
#include "core/markov.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STRATA		6
#define LINKS		30
#define NODES		100000

static uint64_t random_state = 20261125;

static uint32_t
below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (random_state >> 33) % n;
}

static void *
resize(void *context, void *old, size_t size)
{
	(void) context;
	return realloc(old, size);
}

static ByudvLink links[LINKS];
static int	nlinks;

static int
compare_links(const void *a, const void *b)
{
	const ByudvLink *x = a,
			   *y = b;

	return x->vacancy != y->vacancy ? (x->vacancy < y->vacancy ? -1 : 1) : x->origin < y->origin ? -1 : x->origin > y->origin;
}

/* Weight and number of nodes by round, depth first. */
static double weights[64];
static int	counts[64];

static void
recurse(const int64_t *path, int round, double weight, int max_rounds, double min_weight)
{
	int64_t		longer[64];

	weights[round] += weight;
	counts[round]++;
	if (round == max_rounds)
		return;
	memcpy(longer, path, sizeof(int64_t) * (round + 1));
	for (int i = 0; i < nlinks; i++)
	{
		bool		on_path = false;

		for (int j = 0; j <= round; j++)
			on_path = on_path || path[j] == links[i].origin;
		if (links[i].vacancy != path[round] || on_path || weight * links[i].share < min_weight)
			continue;
		longer[round + 1] = links[i].origin;
		recurse(longer, round + 1, weight * links[i].share, max_rounds, min_weight);
	}
}

static void
test_chains(void)
{
	ByudvChains chains = {.heap = {.resize = resize}, .max_nodes = NODES, .links = links};
	int			wrong = 0;
	long		total = 0;

	for (int round = 0; round < 5000; round++)
	{
		double		found_weights[64] = {0};
		int			found_counts[64] = {0};
		int			vacancies = 2 + below(7);
		int64_t		start = below(vacancies);
		bool		differ = false;

		nlinks = below(LINKS);
		for (int i = 0; i < nlinks; i++)
		{
			links[i] = (ByudvLink)
			{
				.vacancy = below(vacancies), .origin = below(vacancies), .share = (1 + below(4)) / 4.0
			};
			for (int j = 0; j < i; j++)	/* one link from a vacancy to another */
			{
				if (links[j].vacancy == links[i].vacancy && links[j].origin == links[i].origin)
				{
					i--;
					nlinks--;
					break;
				}
			}
		}
		qsort(links, nlinks, sizeof(ByudvLink), compare_links);
		chains.nlinks = nlinks;
		chains.max_rounds = below(8);
		chains.min_weight = below(2) ? 1e-6 : 0.25;
		memset(weights, 0, sizeof(weights));
		memset(counts, 0, sizeof(counts));
		recurse(&start, 0, 1, chains.max_rounds, chains.min_weight);
		if (!byudv_follow_chain(&chains, start))
			differ = true;
		for (size_t i = 0; i < chains.nnodes; i++)
		{
			const ByudvChainNode *node = &chains.nodes[i];

			found_weights[node->round] += node->weight;
			found_counts[node->round]++;
			differ = differ || (i > 0 && (node->round < node[-1].round || node->parent >= i));
		}
		for (int i = 0; i < 64; i++)
			differ = differ || found_counts[i] != counts[i] || fabs(found_weights[i] - weights[i]) > 1e-9;
		wrong += differ;
		total += chains.nnodes;
	}
	ok(wrong == 0, "chains are those of simple recursion (%d of 5000 wrong, %ld nodes)", wrong, total);
	chains.max_nodes = 1;
	links[0] = (ByudvLink) {.vacancy = 1, .origin = 2, .share = 1};
	chains.nlinks = 1;
	chains.max_rounds = 50;
	chains.min_weight = 1e-6;
	ok(!byudv_follow_chain(&chains, 1), "a chain that is too large is told");
	free(chains.nodes);
}

/* (I - Q)^-1 by Gauss and Jordan with pivots */
static void
plain_inverse(int n, double q[STRATA][STRATA], double inverse[STRATA][STRATA])
{
	double		a[STRATA][2 * STRATA];

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			a[i][j] = (i == j) - q[i][j];
			a[i][n + j] = i == j;
		}
	}
	for (int k = 0; k < n; k++)
	{
		int			best = k;

		for (int i = k; i < n; i++)
			best = fabs(a[i][k]) > fabs(a[best][k]) ? i : best;
		for (int j = 0; j < 2 * n; j++)
		{
			double		t = a[k][j];

			a[k][j] = a[best][j];
			a[best][j] = t;
		}
		for (int j = 2 * n - 1; j >= k; j--)
			a[k][j] /= a[k][k];
		for (int i = 0; i < n; i++)
		{
			for (int j = 2 * n - 1; j >= k && i != k; j--)
				a[i][j] -= a[i][k] * a[k][j];
		}
	}
	for (int i = 0; i < n; i++)
		memcpy(inverse[i], a[i] + n, sizeof(double) * n);
}

static double
plain_length(int n, double q[STRATA][STRATA], int a)
{
	double		inverse[STRATA][STRATA],
				sum = 0;

	plain_inverse(n, q, inverse);
	for (int j = 0; j < n; j++)
		sum += inverse[a][j];
	return sum;
}

static bool
is_near(double a, double b, double tolerance)
{
	return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

static void
test_markov(void)
{
	int			wrong_inverse = 0,
				wrong_covariance = 0;

	for (int round = 0; round < 500; round++)
	{
		int			n = 1 + below(STRATA),
					stratum;
		double		moves[STRATA * STRATA],
					totals[STRATA],
					inverse[STRATA * STRATA],
					lengths[STRATA],
					work[STRATA * STRATA],
					variances[STRATA],
					q[STRATA][STRATA],
					plain[STRATA][STRATA],
					slopes[2][STRATA][STRATA],
					expected = 0;
		ByudvMarkov m = {.n = n, .moves = moves, .totals = totals, .inverse = inverse, .lengths = lengths, .work = work};
		int			pair[2];

		for (int i = 0; i < n; i++)
		{
			totals[i] = 10 + below(90);
			for (int j = 0; j < n; j++)
			{
				moves[i * n + j] = below(40);
				totals[i] += moves[i * n + j];
			}
			for (int j = 0; j < n; j++)
				q[i][j] = moves[i * n + j] / totals[i];
		}
		plain_inverse(n, q, plain);
		if (!byudv_markov_solve(&m, &stratum))
			wrong_inverse++;
		for (int i = 0; i < n * n; i++)
			wrong_inverse += !is_near(inverse[i], plain[i / n][i % n], 1e-12);

		/* the covariance from derivatives of the length in each probability */
		byudv_markov_variances(&m, lengths, 1, variances);
		pair[0] = below(n);
		pair[1] = below(n);
		for (int side = 0; side < 2; side++)
		{
			for (int i = 0; i < n; i++)
			{
				for (int j = 0; j < n; j++)
				{
					const double step = 1e-6;
					double		kept = q[i][j],
								up,
								down;

					q[i][j] = kept + step;
					up = plain_length(n, q, pair[side]);
					q[i][j] = kept - step;
					down = plain_length(n, q, pair[side]);
					q[i][j] = kept;
					slopes[side][i][j] = (up - down) / (2 * step);
				}
			}
		}
		for (int i = 0; i < n; i++)
		{
			for (int j = 0; j < n; j++)
			{
				for (int k = 0; k < n; k++)
					expected += slopes[0][i][j] * slopes[1][i][k] * ((j == k ? q[i][j] : 0) - q[i][j] * q[i][k]) / totals[i];
			}
		}
		wrong_covariance += !is_near(byudv_markov_covariance(&m, pair[0], pair[1], variances), expected, 1e-6);
	}
	ok(wrong_inverse == 0, "multipliers are the inverse (%d wrong)", wrong_inverse);
	ok(wrong_covariance == 0, "covariances of lengths are those of the delta method (%d wrong)", wrong_covariance);
}

static void
test_endless(void)
{
	double		moves[4] = {5, 5, 10, 0},
				totals[2] = {10, 10},
				inverse[4],
				lengths[2],
				work[4];
	ByudvMarkov m = {.n = 2, .moves = moves, .totals = totals, .inverse = inverse, .lengths = lengths, .work = work};
	int			stratum;

	ok(!byudv_markov_solve(&m, &stratum) && stratum == 0, "chains that never end are told");
	totals[1] = 1e15;			/* all but one of 10^15 end: exact where 1 - q would lose digits */
	totals[0] = 1e15;
	moves[0] = 0;
	moves[1] = 1e15 - 1;
	moves[2] = 1e15 - 1;
	ok(byudv_markov_solve(&m, &stratum) && fabs(lengths[0] / 1e15 - 1) < 1e-12, "chains of 10^15 have exact lengths (%.17g)", lengths[0]);
}

int
main(void)
{
	test_chains();
	test_markov();
	test_endless();
	return done();
}
