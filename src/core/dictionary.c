/*
 * dictionary.c
 *		The owner-name dictionary as an automaton.
 *
 * Aho and Corasick's machine (Efficient string matching, CACM 1975) over the
 * bytes of the name, with a mark before it and one after it, so that "whole",
 * "prefix" and "last" are ordinary patterns.  Every pattern but a suffix
 * begins at a word, hence the machine rests in its root through most words of
 * most names and the reader skips to the next blank.  Suffixes are a second,
 * small trie that is read backwards from the end of each word.
 *
 * Both are double arrays (Aoe 1989): state s goes to t = base[s] + c on byte c
 * where check[t] = s.  A cell is 16 bytes, and one pattern costs about as many
 * cells as it adds letters; a table of all transitions would take 40 times as
 * much in every backend.
 *
 * Must not depend on PostgreSQL.
 */
#include "dictionary.h"

#include <string.h>

#include "filter.h"
#include "name.h"

const char *const byudv_match_names[BYUDV_MATCHES] = {
	"whole", "prefix", "word", "phrase", "suffix", "last",
};

#define MARK_BEGIN	((unsigned char) 1)
#define MARK_END	((unsigned char) 2)

#define NONE		UINT32_MAX
#define ROOT		0

typedef struct Cell
{
	uint32_t	base;
	uint32_t	check;			/* the state that leads here, NONE when free */
	uint32_t	fail;			/* longest proper suffix that is a state */
	uint32_t	rank;			/* best pattern that ends here */
} Cell;

/* What only cut names and explanations need, by state. */
typedef struct Cold
{
	uint32_t	own;			/* first pattern with exactly this string */
	uint32_t	cut;			/* what all completions of a stump say */
	uint32_t	depth;
} Cold;

typedef struct Automaton
{
	Cell	   *cells;
	Cold	   *cold;
	uint32_t	ncells;
} Automaton;

struct ByudvDictionary
{
	Automaton	forward;
	Automaton	backward;
	uint32_t	begin;			/* the state after MARK_BEGIN */
	bool		has_suffixes;
	uint32_t	npatterns;
	uint32_t   *next_same;		/* the next pattern with the same string */
	uint32_t   *next_suffix;
	size_t		size;
	ByudvFilter filter;
};

/*
 * Building: an ordinary trie, in scratch memory.
 */
typedef struct Node
{
	uint32_t	child;
	uint32_t	sibling;
	uint32_t	parent;
	uint32_t	fail;
	uint32_t	rank;
	uint32_t	own;
	uint32_t	cut;
	uint32_t	cell;
	uint32_t	depth;
	unsigned char byte;
} Node;

typedef struct Trie
{
	Node	   *nodes;
	uint32_t	n;
	const ByudvPattern *patterns;
} Trie;

#define CUT_NOTHING		NONE
#define CUT_CONFLICT	(NONE - 1)

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
	new->rank = new->own = NONE;
	new->cut = CUT_NOTHING;
	new->cell = NONE;
	new->depth = trie->nodes[node].depth + 1;
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
 * of.  Children before parents; a blank ends the word, so only what ends right
 * there (or with the name) counts beyond it.
 */
static void
complete_stumps(Trie *trie, const uint32_t *order)
{
	for (uint32_t k = trie->n; k-- > 0;)
	{
		Node	   *node = &trie->nodes[order[k]];

		if (node->own != NONE)
			node->cut = merge_cut(trie, node->cut, node->own);
		for (uint32_t c = node->child; c != NONE; c = trie->nodes[c].sibling)
		{
			const Node *child = &trie->nodes[c];

			if (node->byte == ' ' && child->byte != MARK_END)
				continue;
			node->cut = merge_cut(trie, node->cut, child->cut);
		}
	}
}

/*
 * Place the trie in a double array.  Free cells are chained, so that a node
 * tries only bases at which its first child would land on one.
 */
typedef struct Placement
{
	uint32_t   *check;
	uint32_t   *next_free;
	uint32_t   *prev_free;
	uint32_t	size;
	uint32_t	head;			/* first free cell */
	uint32_t	tail;
	const ByudvArena *scratch;
} Placement;

static void
grow_placement(Placement *pl, uint32_t size)
{
	uint32_t   *arrays[3] = {pl->check, pl->next_free, pl->prev_free};

	for (int a = 0; a < 3; a++)
	{
		uint32_t   *new = pl->scratch->alloc(pl->scratch->context,
											 size * sizeof(uint32_t));

		if (pl->size > 0)
			memcpy(new, arrays[a], pl->size * sizeof(uint32_t));
		arrays[a] = new;
	}
	pl->check = arrays[0];
	pl->next_free = arrays[1];
	pl->prev_free = arrays[2];
	for (uint32_t i = pl->size; i < size; i++)
	{
		pl->check[i] = NONE;
		if (i < 256)
			continue;			/* kept free of children: base >= 0 */
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
take_cell(Placement *pl, uint32_t cell, uint32_t parent)
{
	uint32_t	n = pl->next_free[cell];
	uint32_t	p = pl->prev_free[cell];

	pl->check[cell] = parent;
	if (n != NONE)
		pl->prev_free[n] = p;
	else
		pl->tail = p;
	if (p != NONE)
		pl->next_free[p] = n;
	else
		pl->head = n;
}

static uint32_t
find_base(Placement *pl, const Trie *trie, uint32_t node)
{
	uint32_t	first = trie->nodes[node].child;
	uint32_t	f = pl->head;
	int			tries = 0;

	for (;;)
	{
		uint32_t	base,
					c;

		/*
		 * A node with many children could try every hole there is; after some
		 * tries it goes to the end, where all is free.
		 */
		if (f == NONE || ++tries > 200)
		{
			f = pl->size;
			grow_placement(pl, pl->size * 2);
		}
		base = f - trie->nodes[first].byte;
		while (base + 256 > pl->size)
			grow_placement(pl, pl->size * 2);
		for (c = trie->nodes[first].sibling; c != NONE; c = trie->nodes[c].sibling)
		{
			uint32_t	cell = base + trie->nodes[c].byte;

			if (cell < 256 || pl->check[cell] != NONE)
				break;
		}
		if (c == NONE)
			return base;
		f = pl->next_free[f];
	}
}

static void
place_trie(Trie *trie, const uint32_t *order, Automaton *automaton,
		   const ByudvArena *arena, const ByudvArena *scratch)
{
	Placement	pl = {.head = NONE, .tail = NONE, .scratch = scratch};
	uint32_t   *base = scratch->alloc(scratch->context, trie->n * sizeof(uint32_t));
	uint32_t	last = 0;

	grow_placement(&pl, 1024);
	pl.check[ROOT] = NONE;
	trie->nodes[ROOT].cell = ROOT;
	for (uint32_t k = 0; k < trie->n; k++)
	{
		Node	   *node = &trie->nodes[order[k]];

		base[order[k]] = 0;
		if (node->child == NONE)
			continue;
		base[order[k]] = find_base(&pl, trie, order[k]);
		for (uint32_t c = node->child; c != NONE; c = trie->nodes[c].sibling)
		{
			uint32_t	cell = base[order[k]] + trie->nodes[c].byte;

			take_cell(&pl, cell, node->cell);
			trie->nodes[c].cell = cell;
			if (cell > last)
				last = cell;
		}
	}

	/* any base plus any byte stays inside */
	automaton->ncells = last + 1 + 256;
	automaton->cells = arena->alloc(arena->context,
									automaton->ncells * sizeof(Cell));
	automaton->cold = arena->alloc(arena->context,
								   automaton->ncells * sizeof(Cold));
	for (uint32_t i = 0; i < automaton->ncells; i++)
	{
		automaton->cells[i] = (Cell) {0, NONE, ROOT, NONE};
		automaton->cold[i] = (Cold) {NONE, CUT_NOTHING, 0};
	}
	for (uint32_t k = 0; k < trie->n; k++)
	{
		const Node *node = &trie->nodes[k];
		Cell	   *cell = &automaton->cells[node->cell];
		Cold	   *cold = &automaton->cold[node->cell];

		cell->base = base[k];
		cell->check = k == ROOT ? NONE : trie->nodes[node->parent].cell;
		cell->fail = trie->nodes[node->fail].cell;
		cell->rank = node->rank;
		cold->own = node->own;
		cold->cut = node->cut;
		cold->depth = node->depth;
	}
}

static inline uint32_t
step(const Cell *cells, uint32_t state, unsigned char byte)
{
	for (;;)
	{
		uint32_t	t = cells[state].base + byte;

		if (cells[t].check == state)
			return t;
		if (state == ROOT)
			return ROOT;
		state = cells[state].fail;
	}
}

ByudvDictionary *
byudv_dictionary_build(const ByudvPattern *patterns, uint32_t n,
					   const ByudvArena *arena, const ByudvArena *scratch)
{
	ByudvDictionary *d = arena->alloc(arena->context, sizeof(ByudvDictionary));
	Trie		forward,
				backward;
	uint32_t   *order;
	size_t		nodes = 8;
	size_t		suffix_nodes = 1;

	for (uint32_t i = 0; i < n; i++)
	{
		nodes += patterns[i].len + 4;
		if (patterns[i].match == BYUDV_MATCH_SUFFIX)
			suffix_nodes += patterns[i].len;
	}
	d->npatterns = n;
	d->has_suffixes = suffix_nodes > 1;
	d->next_same = arena->alloc(arena->context, (n + 1) * sizeof(uint32_t));
	d->next_suffix = arena->alloc(arena->context, (n + 1) * sizeof(uint32_t));
	memset(d->next_suffix, 0xFF, (n + 1) * sizeof(uint32_t));

	init_trie(&forward, patterns, nodes, scratch);
	init_trie(&backward, patterns, suffix_nodes, scratch);
	for (uint32_t i = n; i-- > 0;)
	{
		/*
		 * A suffix is in both: the forward machine knows it as a word, which
		 * is how the stump of one is recognised.
		 */
		insert_forward(&forward, &patterns[i], i, d->next_same);
		if (patterns[i].match == BYUDV_MATCH_SUFFIX)
			insert_backward(&backward, &patterns[i], i, d->next_suffix);
	}

	order = breadth_first(&forward, scratch);
	link_failures(&forward, order);
	complete_stumps(&forward, order);
	place_trie(&forward, order, &d->forward, arena, scratch);

	order = breadth_first(&backward, scratch);
	place_trie(&backward, order, &d->backward, arena, scratch);

	byudv_filter_build(&d->filter, patterns, n);
	d->begin = step(d->forward.cells, ROOT, MARK_BEGIN);
	d->size = sizeof(ByudvDictionary) + 2 * (n + 1) * sizeof(uint32_t) +
		((size_t) d->forward.ncells + d->backward.ncells) *
		(sizeof(Cell) + sizeof(Cold));
	return d;
}

size_t
byudv_dictionary_size(const ByudvDictionary *dictionary)
{
	return dictionary->size;
}

/* The best suffix of the word that ends before end. */
static inline uint32_t
find_suffix(const Cell *cells, const unsigned char *end, uint32_t best)
{
	uint32_t	state = ROOT;

	for (;;)
	{
		uint32_t	t = cells[state].base + *--end;

		if (cells[t].check != state)	/* a blank is in no suffix */
			return best;
		state = t;
		if (cells[state].rank < best)
			best = cells[state].rank;
	}
}

/*
 * What a cut last word says: states whose string holds the whole stump, the
 * longest first.
 */
static uint32_t
find_cut(const ByudvDictionary *d, uint32_t state, size_t word, uint32_t best)
{
	const Automaton *a = &d->forward;

	if (word < BYUDV_CUT_LETTERS)
		return best;
	while (state != ROOT && a->cold[state].depth > word)
	{
		uint32_t	cut = a->cold[state].cut;

		if (cut < CUT_CONFLICT && cut < best)
			best = cut;
		state = a->cells[state].fail;
	}
	return best;
}

/* The first blank at or after p; there is one. */
static inline const unsigned char *
find_blank(const unsigned char *p)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	for (;; p += 8)
	{
		uint64_t	x;

		memcpy(&x, p, sizeof(x));
		x ^= UINT64_C(0x2020202020202020);
		x = (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
		if (x != 0)
			return p + __builtin_ctzll(x) / 8;
	}
#else
	while (*p != ' ')
		p++;
	return p;
#endif
}

uint32_t
byudv_dictionary_find(const ByudvDictionary *dictionary, const char *name,
					  size_t len, bool cut)
{
	const Cell *cells = dictionary->forward.cells;
	const unsigned char *p = (const unsigned char *) name;
	const unsigned char *end = p + len;
	const unsigned char *word = p;
	const unsigned char *pause = len > BYUDV_INTERRUPT_BYTES ?
		p + BYUDV_INTERRUPT_BYTES : end;
	uint32_t	state = dictionary->begin;
	uint32_t	best = BYUDV_NO_PATTERN;

	if (len == 0)
		return best;
	while (p < end)
	{
		/* here *p is the blank before a word */
		const unsigned char *stop = find_blank(p + 1);

		word = p;
		if ((state != ROOT && state != dictionary->begin) ||
			byudv_filter_may_begin(&dictionary->filter, (const char *) p + 1,
								   (size_t) (stop - p - 1), state != ROOT))
		{
			do
			{
				state = step(cells, state, *p);
				if (cells[state].rank < best)
					best = cells[state].rank;
			} while (++p < stop && state != ROOT);
		}
		else
			state = ROOT;
		p = stop;
		if (byudv_filter_may_end(&dictionary->filter, (const char *) p,
								 (size_t) (p - word - 1)))
			best = find_suffix(dictionary->backward.cells, p, best);
		if (byudv_unlikely(p >= pause) && p < end)
		{
			if (byudv_core_interrupt != NULL)
				byudv_core_interrupt();
			pause = (size_t) (end - p) > BYUDV_INTERRUPT_BYTES ?
				p + BYUDV_INTERRUPT_BYTES : end;
		}
	}
	if (byudv_unlikely(cut))
		best = find_cut(dictionary, state, (size_t) (end - word) - 1, best);
	state = step(cells, state, ' ');
	if (cells[state].rank < best)
		best = cells[state].rank;
	state = step(cells, state, MARK_END);
	if (cells[state].rank < best)
		best = cells[state].rank;
	return best;
}

uint32_t
byudv_dictionary_classify(const ByudvDictionary *dictionary, const char *name,
						  size_t len, char *scratch, bool *blank)
{
	char		local[2 * BYUDV_NAME_LOCAL + 2 + 16 + BYUDV_NAME_SLACK];
	char	   *form = len <= BYUDV_NAME_LOCAL ? local : scratch;
	ByudvName	info;
	size_t		form_len;

	*blank = false;
	switch (byudv_filter_look(&dictionary->filter, name, len, local, &form_len))
	{
		case BYUDV_LOOK_NOTHING:
			return BYUDV_NO_PATTERN;
		case BYUDV_LOOK_FORM:
			return byudv_dictionary_find(dictionary, local, form_len, false);
		case BYUDV_LOOK_UNSURE:
			break;
	}
	byudv_name_normalise(name, len, form, &info);
	*blank = info.len == 0;
	return byudv_dictionary_find(dictionary, form + info.owner_start,
								 info.owner_end - info.owner_start, info.cut);
}

/* Mark the patterns of a state and of all its suffixes. */
static void
mark_state(const ByudvDictionary *d, uint32_t state, bool *hits)
{
	for (; state != ROOT; state = d->forward.cells[state].fail)
		for (uint32_t i = d->forward.cold[state].own; i != NONE;
			 i = d->next_same[i])
			hits[i] = true;
}

void
byudv_dictionary_find_all(const ByudvDictionary *dictionary, const char *name,
						  size_t len, bool cut, bool *hits)
{
	const Automaton *back = &dictionary->backward;
	const unsigned char *text = (const unsigned char *) name;
	uint32_t	state = dictionary->begin;
	size_t		word = 0;

	memset(hits, 0, dictionary->npatterns * sizeof(bool));
	if (len == 0)
		return;
	for (size_t i = 0; i <= len; i++)
	{
		bool		blank = i == len || text[i] == ' ';

		if ((i & (BYUDV_INTERRUPT_BYTES - 1)) == BYUDV_INTERRUPT_BYTES - 1 &&
			byudv_core_interrupt != NULL)
			byudv_core_interrupt();
		if (blank && i > 0 && dictionary->has_suffixes)
		{
			uint32_t	s = ROOT;

			for (size_t k = i; k > 0 && text[k - 1] != ' '; k--)
			{
				uint32_t	t = back->cells[s].base + text[k - 1];

				if (back->cells[t].check != s)
					break;
				s = t;
				for (uint32_t h = back->cold[s].own; h != NONE;
					 h = dictionary->next_suffix[h])
					hits[h] = true;
			}
		}
		if (i == len && cut)
		{
			uint32_t	best = find_cut(dictionary, state, i - word - 1,
										BYUDV_NO_PATTERN);

			if (best != BYUDV_NO_PATTERN)
				hits[best] = true;
		}
		if (blank)
			word = i;
		state = step(dictionary->forward.cells, state, i == len ? ' ' : text[i]);
		mark_state(dictionary, state, hits);
	}
	mark_state(dictionary, step(dictionary->forward.cells, state, MARK_END), hits);
}
