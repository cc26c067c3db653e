/*
 * automaton.c
 *		Building a dictionary's machine.
 *
 * Aho and Corasick's machine (Efficient string matching, CACM 1975) over the
 * bytes of the normal form, with a mark before it and one after it, so that
 * "whole", "prefix" and "last" are ordinary patterns.  Every pattern but a
 * suffix begins at a word.  Suffixes are a second, small trie that is read
 * backwards from the end of each word.
 *
 * Must not depend on PostgreSQL.
 */
#include "automaton.h"

#include <string.h>

/* An ordinary trie, in scratch memory. */
typedef struct Node
{
	uint32_t	child;
	uint32_t	sibling;
	uint32_t	parent;
	uint32_t	fail;
	uint32_t	rank;
	uint32_t	own;
	uint32_t	cut;
	uint32_t	prefix;			/* best prefix pattern on the way here */
	uint32_t	ending;			/* best suffix of the word so far */
	uint32_t	cell;
	unsigned char byte;
} Node;

typedef struct Trie
{
	Node	   *nodes;
	uint32_t	n;
	const ByudvPattern *patterns;
} Trie;

static uint32_t
find_child(const Trie *trie, uint32_t node, unsigned char byte)
{
	uint32_t	c = trie->nodes[node].child;

	while (c != NONE && trie->nodes[c].byte != byte)
		c = trie->nodes[c].sibling;
	return c;
}

static uint32_t
add_child(Trie *trie, uint32_t node, unsigned char byte)
{
	uint32_t	c = find_child(trie, node, byte);
	Node	   *new;

	if (c != NONE)
		return c;
	c = trie->n++;
	new = &trie->nodes[c];
	new->child = NONE;
	new->sibling = trie->nodes[node].child;
	new->parent = node;
	new->fail = ROOT;
	new->rank = new->own = new->prefix = new->ending = NONE;
	new->cut = CUT_NOTHING;
	new->cell = NONE;
	new->byte = byte;
	trie->nodes[node].child = c;
	return c;
}

static void
init_trie(Trie *trie, const ByudvPattern *patterns, size_t nodes,
		  const ByudvArena *scratch)
{
	trie->nodes = scratch->alloc(scratch->context, nodes * sizeof(Node));
	memset(&trie->nodes[ROOT], 0, sizeof(Node));
	trie->nodes[ROOT].child = trie->nodes[ROOT].sibling = NONE;
	trie->nodes[ROOT].rank = trie->nodes[ROOT].own = NONE;
	trie->nodes[ROOT].prefix = trie->nodes[ROOT].ending = NONE;
	trie->nodes[ROOT].cut = CUT_NOTHING;
	trie->n = 1;
	trie->patterns = patterns;
}

/* Pattern i ends at node; next chains the patterns of one string. */
static void
add_pattern(Trie *trie, uint32_t node, uint32_t i, uint32_t *next)
{
	Node	   *at = &trie->nodes[node];

	next[i] = at->own;			/* called in descending order */
	at->own = i;
	at->rank = i;
	if (trie->patterns[i].match == BYUDV_MATCH_PREFIX)
		at->prefix = i;
}

static void
insert_forward(Trie *trie, const ByudvPattern *pattern, uint32_t i,
			   uint32_t *next)
{
	uint32_t	at = ROOT;

	if (pattern->match == BYUDV_MATCH_WHOLE || pattern->match == BYUDV_MATCH_PREFIX)
		at = add_child(trie, at, MARK_BEGIN);
	at = add_child(trie, at, ' ');
	for (size_t k = 0; k < pattern->len; k++)
		at = add_child(trie, at, (unsigned char) pattern->text[k]);
	if (pattern->match != BYUDV_MATCH_PREFIX)
		at = add_child(trie, at, ' ');
	if (pattern->match == BYUDV_MATCH_WHOLE || pattern->match == BYUDV_MATCH_LAST)
		at = add_child(trie, at, MARK_END);
	add_pattern(trie, at, i, next);
}

static void
insert_backward(Trie *trie, const ByudvPattern *pattern, uint32_t i,
				uint32_t *next)
{
	uint32_t	at = ROOT;

	for (size_t k = pattern->len; k > 0; k--)
		at = add_child(trie, at, (unsigned char) pattern->text[k - 1]);
	add_pattern(trie, at, i, next);
}

/* Nodes in breadth-first order: parents before children. */
static uint32_t *
breadth_first(const Trie *trie, const ByudvArena *scratch)
{
	uint32_t   *order = scratch->alloc(scratch->context, trie->n * sizeof(uint32_t));
	uint32_t	tail = 0;

	order[tail++] = ROOT;
	for (uint32_t head = 0; head < tail; head++)
		for (uint32_t c = trie->nodes[order[head]].child; c != NONE;
			 c = trie->nodes[c].sibling)
			order[tail++] = c;
	return order;
}

/*
 * Nodes depth first: parents before children, and the letters of a word one
 * after the other.  Placed in this order they share cache lines.
 */
static uint32_t *
depth_first(const Trie *trie, const ByudvArena *scratch)
{
	uint32_t   *order = scratch->alloc(scratch->context, trie->n * sizeof(uint32_t));
	uint32_t	node = ROOT;
	uint32_t	n = 0;

	for (;;)
	{
		order[n++] = node;
		if (trie->nodes[node].child != NONE)
		{
			node = trie->nodes[node].child;
			continue;
		}
		while (node != ROOT && trie->nodes[node].sibling == NONE)
			node = trie->nodes[node].parent;
		if (node == ROOT)
			return order;
		node = trie->nodes[node].sibling;
	}
}

/* Failure links, and the best pattern of each state through them. */
static void
link_failures(Trie *trie, const uint32_t *order)
{
	for (uint32_t k = 1; k < trie->n; k++)
	{
		Node	   *node = &trie->nodes[order[k]];
		uint32_t	f = node->parent;

		while (f != ROOT)
		{
			uint32_t	c;

			f = trie->nodes[f].fail;
			c = find_child(trie, f, node->byte);
			if (c != NONE)
			{
				node->fail = c;
				break;
			}
		}
		if (trie->nodes[node->fail].rank < node->rank)
			node->rank = trie->nodes[node->fail].rank;

		/* who has passed a prefix has matched it: no need to look on the way */
		if (trie->nodes[node->parent].prefix < node->prefix)
			node->prefix = trie->nodes[node->parent].prefix;
		if (node->prefix < node->rank)
			node->rank = node->prefix;
	}
}

static uint32_t
merge_cut(const Trie *trie, uint32_t a, uint32_t b)
{
	if (a == CUT_NOTHING)
		return b;
	if (b == CUT_NOTHING)
		return a;
	if (a == CUT_CONFLICT || b == CUT_CONFLICT ||
		trie->patterns[a].group != trie->patterns[b].group)
		return CUT_CONFLICT;
	return a < b ? a : b;
}

/*
 * What all patterns say that complete the word which a state is in the middle
 * of.  A stump has at least BYUDV_CUT_LETTERS letters and half of the word's:
 * "kirkegaard" is a surname rather than the beginning of a cemetery's board.
 */
static void
complete_stumps(Trie *trie, const ByudvPattern *pattern, uint32_t i)
{
	uint32_t	at = ROOT;
	size_t		word = pattern->len;	/* where the last word begins */
	size_t		least;

	while (word > 0 && pattern->text[word - 1] != ' ')
		word--;
	least = (pattern->len - word + 1) / 2;
	if (least < BYUDV_CUT_LETTERS)
		least = BYUDV_CUT_LETTERS;
	if (pattern->match == BYUDV_MATCH_WHOLE || pattern->match == BYUDV_MATCH_PREFIX)
		at = find_child(trie, at, MARK_BEGIN);
	at = find_child(trie, at, ' ');
	for (size_t k = 0; k < pattern->len; k++)
	{
		at = find_child(trie, at, (unsigned char) pattern->text[k]);
		if (k + 1 >= word + least)
			trie->nodes[at].cut = merge_cut(trie, trie->nodes[at].cut, i);
	}
}

/*
 * The suffixes that the word has at each state, so that who has led the
 * machine through a word need not read it backwards.
 */
static void
find_endings(Trie *words, const Trie *suffixes)
{
	for (uint32_t k = 0; k < words->n; k++)
	{
		uint32_t	s = ROOT;

		for (uint32_t at = k; at != ROOT && words->nodes[at].byte != ' ';
			 at = words->nodes[at].parent)
		{
			s = find_child(suffixes, s, words->nodes[at].byte);
			if (s == NONE)
				break;
			if (suffixes->nodes[s].rank < words->nodes[k].ending)
				words->nodes[k].ending = suffixes->nodes[s].rank;
		}
	}
}

/*
 * Place the trie in a double array.  Free cells are chained, so that a node
 * tries only bases at which its first child would land on one.
 */
#define FIRST_CELL	256			/* base 0 leads to cells that stay free */

typedef struct Placement
{
	bool	   *taken;			/* the cell is a child's, */
	bool	   *is_base;		/* or a node has it as its base */
	uint32_t   *next_free;
	uint32_t   *prev_free;
	uint32_t	size;
	uint32_t	head;			/* first free cell */
	uint32_t	tail;
	uint32_t	used;			/* one past the last taken cell */
	const ByudvArena *scratch;
} Placement;

static void *
grow_array(const Placement *pl, const void *old, size_t element, uint32_t size)
{
	char	   *new = pl->scratch->alloc(pl->scratch->context, size * element);

	if (pl->size > 0)
		memcpy(new, old, pl->size * element);
	memset(new + pl->size * element, 0, (size - pl->size) * element);
	return new;
}

static void
grow_placement(Placement *pl, uint32_t size)
{
	pl->taken = grow_array(pl, pl->taken, sizeof(bool), size);
	pl->is_base = grow_array(pl, pl->is_base, sizeof(bool), size);
	pl->next_free = grow_array(pl, pl->next_free, sizeof(uint32_t), size);
	pl->prev_free = grow_array(pl, pl->prev_free, sizeof(uint32_t), size);
	for (uint32_t i = pl->size < FIRST_CELL ? FIRST_CELL : pl->size; i < size; i++)
	{
		pl->prev_free[i] = pl->tail;
		pl->next_free[i] = NONE;
		if (pl->tail != NONE)
			pl->next_free[pl->tail] = i;
		else
			pl->head = i;
		pl->tail = i;
	}
	pl->size = size;
}

static void
take_cell(Placement *pl, uint32_t cell)
{
	uint32_t	n = pl->next_free[cell];
	uint32_t	p = pl->prev_free[cell];

	pl->taken[cell] = true;
	if (cell >= pl->used)
		pl->used = cell + 1;
	if (n != NONE)
		pl->prev_free[n] = p;
	else
		pl->tail = p;
	if (p != NONE)
		pl->next_free[p] = n;
	else
		pl->head = n;
}

/* May the node have this base: nobody has it, and its children's cells are free. */
static bool
fits(const Placement *pl, const Trie *trie, uint32_t node, uint32_t base)
{
	if (base == 0 || pl->is_base[base])
		return false;
	for (uint32_t c = trie->nodes[node].child; c != NONE; c = trie->nodes[c].sibling)
	{
		uint32_t	cell = base + trie->nodes[c].byte;

		if (cell < FIRST_CELL || pl->taken[cell])
			return false;
	}
	return true;
}

#define MOST_TRIES	60

static uint32_t
find_base(Placement *pl, const Trie *trie, uint32_t node)
{
	unsigned char first = trie->nodes[trie->nodes[node].child].byte;
	uint32_t	f = pl->head;

	for (int tries = 0;; tries++)
	{
		/*
		 * A node with many children could try every hole there is; after some
		 * tries it goes to the end, where nearly all is free.
		 */
		if (f == NONE || tries == MOST_TRIES)
			f = pl->used < FIRST_CELL ? FIRST_CELL : pl->used;
		while (f + 512 > pl->size)
			grow_placement(pl, pl->size * 2);
		if (fits(pl, trie, node, f - first))
			return f - first;
		f = tries >= MOST_TRIES ? f + 1 : pl->next_free[f];
	}
}

static uint32_t *
new_array(uint32_t n, uint32_t fill, const ByudvArena *arena)
{
	uint32_t   *array = arena->alloc(arena->context, n * sizeof(uint32_t));

	for (uint32_t i = 0; i < n; i++)
		array[i] = fill;
	return array;
}

static void
place_trie(Trie *trie, Automaton *automaton, const ByudvArena *arena,
		   const ByudvArena *scratch)
{
	const uint32_t *order = depth_first(trie, scratch);
	uint32_t   *base = new_array(trie->n, 0, scratch);
	Placement	pl = {.head = NONE, .tail = NONE, .scratch = scratch};
	uint32_t	ncells;

	grow_placement(&pl, 4 * FIRST_CELL);
	trie->nodes[ROOT].cell = ROOT;
	for (uint32_t k = 0; k < trie->n; k++)
	{
		Node	   *node = &trie->nodes[order[k]];

		if (node->child == NONE)
			continue;
		base[order[k]] = find_base(&pl, trie, order[k]);
		pl.is_base[base[order[k]]] = true;
		for (uint32_t c = node->child; c != NONE; c = trie->nodes[c].sibling)
		{
			trie->nodes[c].cell = base[order[k]] + trie->nodes[c].byte;
			take_cell(&pl, trie->nodes[c].cell);
		}
	}

	/* any base plus any byte stays inside */
	ncells = (pl.used < FIRST_CELL ? FIRST_CELL : pl.used) + 256;
	automaton->ncells = ncells;
	automaton->base = new_array(ncells, 0, arena);
	automaton->check = arena->alloc(arena->context, ncells);
	memset(automaton->check, 0, ncells);
	automaton->fail = new_array(ncells, ROOT, arena);
	automaton->rank = new_array(ncells, NONE, arena);
	automaton->own = new_array(ncells, NONE, arena);
	automaton->cut = new_array(ncells, CUT_NOTHING, arena);
	automaton->ending = new_array(ncells, NONE, arena);
	for (uint32_t k = 0; k < trie->n; k++)
	{
		const Node *node = &trie->nodes[k];

		automaton->base[node->cell] = base[k];
		automaton->check[node->cell] = node->byte;
		automaton->fail[node->cell] = trie->nodes[node->fail].cell;
		automaton->rank[node->cell] = node->rank;
		automaton->own[node->cell] = node->own;
		automaton->cut[node->cell] = node->cut;
		automaton->ending[node->cell] = node->ending;
	}
}

void
byudv_automaton_build(Automaton *forward, Automaton *backward,
					  const ByudvPattern *patterns, uint32_t n,
					  uint32_t *next_same, uint32_t *next_suffix,
					  const ByudvArena *arena, const ByudvArena *scratch)
{
	size_t		nodes = 4;
	size_t		suffix_nodes = 1;
	Trie		words;
	Trie		suffixes;

	for (uint32_t i = 0; i < n; i++)
	{
		nodes += patterns[i].len + 4;
		if (patterns[i].match == BYUDV_MATCH_SUFFIX)
			suffix_nodes += patterns[i].len;
	}
	init_trie(&words, patterns, nodes, scratch);
	init_trie(&suffixes, patterns, suffix_nodes, scratch);
	for (uint32_t i = n; i-- > 0;)
	{
		/*
		 * A suffix is in both: the forward machine knows it as a word, which
		 * is how the stump of one is recognised.
		 */
		insert_forward(&words, &patterns[i], i, next_same);
		if (patterns[i].match == BYUDV_MATCH_SUFFIX)
			insert_backward(&suffixes, &patterns[i], i, next_suffix);
	}
	link_failures(&words, breadth_first(&words, scratch));
	for (uint32_t i = 0; i < n; i++)
		complete_stumps(&words, &patterns[i], i);
	find_endings(&words, &suffixes);
	place_trie(&words, forward, arena, scratch);
	place_trie(&suffixes, backward, arena, scratch);
}
