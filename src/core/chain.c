/*
 * chain.c
 *		Following links of vacancies, round by round.
 */
#include "chain.h"

/* The first link of a vacancy, or the place where it would be. */
static size_t
find_links(const ByudvChains *chains, int64_t vacancy)
{
	size_t		low = 0,
				high = chains->nlinks;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (chains->links[middle].vacancy < vacancy)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
is_on_path(const ByudvChainNode *nodes, size_t node, int64_t vacancy)
{
	for (;; node = nodes[node].parent)
	{
		if (nodes[node].vacancy == vacancy)
			return true;
		if (nodes[node].round == 0)
			return false;
	}
}

bool
byudv_follow_chain(ByudvChains *chains, int64_t start)
{
	uint32_t	done = 0;

	chains->nodes = byudv_make_room(&chains->heap, chains->nodes, &chains->nodes_room, 1, sizeof(ByudvChainNode));
	chains->nodes[0] = (ByudvChainNode)
	{
		.vacancy = start, .weight = 1
	};
	chains->nnodes = 1;

	/* nodes grow while they are gone through: children stand in the order of their parents */
	for (size_t i = 0; i < chains->nnodes; i++)
	{
		ByudvChainNode node = chains->nodes[i];

		byudv_count_work(&done);
		if (node.round >= chains->max_rounds)
			break;
		for (size_t l = find_links(chains, node.vacancy); l < chains->nlinks && chains->links[l].vacancy == node.vacancy; l++)
		{
			const ByudvLink *link = &chains->links[l];
			double		weight = node.weight * link->share;

			byudv_count_work(&done);
			if (!(weight >= chains->min_weight) || is_on_path(chains->nodes, i, link->origin))
				continue;
			if (chains->nnodes >= chains->max_nodes)
				return false;
			chains->nodes = byudv_make_room(&chains->heap, chains->nodes, &chains->nodes_room,
											chains->nnodes + 1, sizeof(ByudvChainNode));
			chains->nodes[chains->nnodes++] = (ByudvChainNode)
			{
				.vacancy = link->origin, .dwelling = link->origin_dwelling, .parent = i,
				.weight = weight, .round = node.round + 1
			};
		}
	}
	return true;
}
