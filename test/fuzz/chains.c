/*
 * chains.c
 *		Fuzz target: chains of vacancies that are followed, over any links, and
 *		the same as a Markov chain.  The first byte chooses.
 */
#include "core/chain.h"
#include "core/markov.h"
#include "require.h"

#include <math.h>

#define LINKS_MAX	100
#define STRATA_MAX	8

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *
resize(void *context, void *old, size_t size)
{
	(void) context;
	return realloc(old, size);
}

static uint32_t
take(const uint8_t **data, size_t *size, int bytes)
{
	uint32_t	value = 0;

	for (; bytes > 0 && *size > 0; bytes--, (*data)++, (*size)--)
		value = value << 8 | **data;
	return value;
}

static int
compare_links(const void *a, const void *b)
{
	const ByudvLink *x = a,
			   *y = b;

	if (x->vacancy != y->vacancy)
		return x->vacancy < y->vacancy ? -1 : 1;
	return (x->origin > y->origin) - (x->origin < y->origin);
}

static void
follow(const uint8_t *data, size_t size)
{
	ByudvLink	links[LINKS_MAX];
	ByudvChains chains = {.heap = {.resize = resize}, .links = links};
	int64_t		start = take(&data, &size, 1) % 16;
	bool		all;

	chains.max_rounds = (int32_t) (take(&data, &size, 1) % 30);
	chains.min_weight = ldexp(1, -(int) (take(&data, &size, 1) % 40));
	chains.max_nodes = 1 + take(&data, &size, 2) % 2000;
	while (size >= 3 && chains.nlinks < LINKS_MAX)
	{
		ByudvLink  *link = &links[chains.nlinks++];

		link->vacancy = take(&data, &size, 1) % 16;
		link->origin = take(&data, &size, 1) % 16;
		link->origin_dwelling = link->origin * 10;
		link->share = take(&data, &size, 1) / 255.0;
	}
	qsort(links, chains.nlinks, sizeof(ByudvLink), compare_links);
	all = byudv_follow_chain(&chains, start);
	require(chains.nnodes >= 1 && chains.nnodes <= chains.max_nodes && (all || chains.nnodes == chains.max_nodes));
	for (size_t i = 0; i < chains.nnodes; i++)
	{
		const ByudvChainNode *node = &chains.nodes[i];
		size_t		above = i;

		require(i > 0 || (node->vacancy == start && node->weight == 1 && node->round == 0 && node->parent == 0));
		if (i == 0)
			continue;
		require(node->parent < i && node->round == chains.nodes[node->parent].round + 1 && node->round <= chains.max_rounds);
		require(node->weight >= chains.min_weight && node->weight <= chains.nodes[node->parent].weight);
		require(node->dwelling == node->vacancy * 10);
		while (above > 0)		/* no vacancy twice on the way */
		{
			above = chains.nodes[above].parent;
			require(chains.nodes[above].vacancy != node->vacancy);
		}
	}
	free(chains.nodes);
}

static void
solve(const uint8_t *data, size_t size)
{
	double		moves[STRATA_MAX * STRATA_MAX],
				totals[STRATA_MAX],
				inverse[STRATA_MAX * STRATA_MAX],
				lengths[STRATA_MAX],
				work[STRATA_MAX * STRATA_MAX],
				variances[STRATA_MAX];
	ByudvMarkov m = {.moves = moves, .totals = totals, .inverse = inverse, .lengths = lengths, .work = work};
	int			stratum = -1;

	m.n = 1 + (int) (take(&data, &size, 1) % STRATA_MAX);
	for (int i = 0; i < m.n; i++)
	{
		totals[i] = take(&data, &size, 1) % 32;
		for (int j = 0; j < m.n; j++)
		{
			uint32_t	n = take(&data, &size, 1);

			/* few or very many */
			totals[i] += moves[i * m.n + j] = n < 200 ? n % 16 : ldexp(n, (int) n - 200);
		}
		if (totals[i] == 0)
			return;				/* the caller refuses it */
	}
	if (!byudv_markov_solve(&m, &stratum))
	{
		require(stratum >= 0 && stratum < m.n);
		return;
	}
	for (int i = 0; i < m.n; i++)
	{
		require(lengths[i] >= 1 - 1e-9 && inverse[i * m.n + i] >= 1 - 1e-9);
		for (int j = 0; j < m.n; j++)
		{
			double		sum = i == j;

			require(inverse[i * m.n + j] >= 0 && isfinite(inverse[i * m.n + j]));
			/* inverse = 1 + Q inverse */
			for (int k = 0; k < m.n; k++)
				sum += moves[i * m.n + k] / totals[i] * inverse[k * m.n + j];
			require(fabs(sum - inverse[i * m.n + j]) <= 1e-9 * sum);
		}
	}
	byudv_markov_variances(&m, lengths, 1, variances);
	for (int i = 0; i < m.n; i++)
	{
		require(variances[i] >= 0);
		require(byudv_markov_covariance(&m, i, i, variances) >= 0);
	}
	for (int j = 0; j < m.n; j++)
	{
		byudv_markov_variances(&m, inverse + j, m.n, variances);
		for (int i = 0; i < m.n; i++)
			require(variances[i] >= 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (take(&data, &size, 1) % 2 == 0)
		follow(data, size);
	else
		solve(data, size);
	return 0;
}
