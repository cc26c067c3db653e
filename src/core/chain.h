/*
 * chain.h
 *		Chains of vacancies: from a dwelling that becomes free to those that its
 *		movers set free, and on to the end.
 */
#ifndef BYUDV_CHAIN_H
#define BYUDV_CHAIN_H

#include "core.h"

/* A share of a vacancy is filled from another, which it sets free. */
typedef struct ByudvLink
{
	int64_t		vacancy;
	int64_t		origin;			/* the vacancy set free */
	int64_t		origin_dwelling;
	double		share;
} ByudvLink;

typedef struct ByudvChainNode
{
	int64_t		vacancy;
	int64_t		dwelling;		/* as the link says; not set for the first */
	size_t		parent;			/* place in the chain; the first is its own */
	double		weight;
	int32_t		round;
} ByudvChainNode;

typedef struct ByudvChains
{
	ByudvHeap	heap;
	int32_t		max_rounds;
	double		min_weight;
	size_t		max_nodes;		/* of one chain */
	const ByudvLink *links;		/* in the order (vacancy, origin) */
	size_t		nlinks;

	ByudvChainNode *nodes;		/* the chain followed last, round by round */
	size_t		nnodes;
	size_t		nodes_room;
} ByudvChains;

/* Follows the links from a vacancy.  False: there are more than max_nodes. */
extern bool byudv_follow_chain(ByudvChains *chains, int64_t start);

#endif							/* BYUDV_CHAIN_H */
