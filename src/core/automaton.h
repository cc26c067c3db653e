/*
 * automaton.h
 *		The inside of a dictionary, for dictionary.c and quick.c alone.
 */
#ifndef BYUDV_AUTOMATON_H
#define BYUDV_AUTOMATON_H

#include "dictionary.h"

#define MARK_BEGIN	((unsigned char) 1)
#define MARK_END	((unsigned char) 2)

#define NONE		UINT32_MAX
#define ROOT		0

/* Instead of a pattern, where stumps are completed. */
#define CUT_NOTHING		NONE
#define CUT_CONFLICT	(NONE - 1)

/*
 * A trie as a double array (Aoe 1989): state s goes to t = base[s] + c on byte
 * c where check[t] = c, which holds for nobody else because no two states
 * share a base.  base and check are all that a step reads, five bytes a state.
 */
typedef struct Automaton
{
	uint32_t	ncells;
	uint32_t   *base;			/* 0: no way on */
	uint8_t    *check;			/* 0: free */
	uint32_t   *fail;			/* longest proper suffix that is a state */
	uint32_t   *rank;			/* best pattern that ends here */
	uint32_t   *own;			/* first pattern with exactly this string */
	uint32_t   *cut;			/* what all completions of a stump say */
	uint32_t   *ending;			/* best suffix of the word so far */
} Automaton;

extern void byudv_automaton_build(Automaton *forward, Automaton *backward,
								  const ByudvPattern *patterns, uint32_t n,
								  uint32_t *next_same, uint32_t *next_suffix,
								  const ByudvArena *arena,
								  const ByudvArena *scratch);

/*
 * Bitmaps of word keys (quick.c).
 */
#define FIRST_BITS	15
#define END_BITS	14
#define SPECIAL_WORDS	16
#define SPECIAL_BITS	8

typedef struct ByudvJump
{
	uint64_t	key;			/* 0: none */
	uint32_t	from_root;		/* the state after a blank and these letters */
	uint32_t	from_begin;		/* the same at the front of the name, */
	uint32_t	prefix;			/* and the best prefix on that way */
} ByudvJump;

typedef struct ByudvQuick
{
	bool		off;			/* a pattern is too short for keys */
	uint8_t		specials[1 << SPECIAL_BITS];	/* hash table of special words: 1 +
												 * index, 0 for none */
	uint64_t	special_keys[SPECIAL_WORDS];
	uint64_t	firsts[(1 << FIRST_BITS) / 64]; /* first words of patterns */
	uint64_t	ends[(1 << END_BITS) / 64]; /* ends of suffixes */
	uint32_t	jump_mask;		/* size of the hash table less one */
	ByudvJump  *jumps;			/* where a first word's key leads */
} ByudvQuick;

struct ByudvDictionary
{
	Automaton	forward;
	Automaton	backward;
	uint32_t	begin;			/* the state after MARK_BEGIN */
	uint32_t	npatterns;
	uint32_t   *next_same;		/* the next pattern with the same string */
	uint32_t   *next_suffix;
	size_t		size;
	ByudvQuick	quick;
};

static inline uint32_t
step(const Automaton *a, uint32_t state, unsigned char byte)
{
	for (;;)
	{
		uint32_t	t = a->base[state] + byte;

		if (byudv_likely(a->check[t] == byte))
			return t;
		if (state == ROOT)
			return ROOT;
		state = a->fail[state];
	}
}

/* The better of a pattern and what ends in a state. */
static inline uint32_t
better(const Automaton *a, uint32_t state, uint32_t best)
{
	return a->rank[state] < best ? a->rank[state] : best;
}

/* The best suffix of the word of n letters that ends before end. */
static inline uint32_t
find_suffix(const Automaton *a, const unsigned char *end, size_t n, uint32_t best)
{
	uint32_t	state = ROOT;

	while (n-- > 0)
	{
		uint32_t	t = a->base[state] + *--end;

		if (a->check[t] != *end)
			break;
		state = t;
		best = better(a, state, best);
	}
	return best;
}

/*
 * The end of a name whose last word has n letters and led to state.  A cut
 * word is completed only where nothing else is known of the name: a kind that
 * is told is not overruled by a guess.
 */
static inline uint32_t
finish(const Automaton *a, uint32_t state, size_t n, bool cut, uint32_t best)
{
	uint32_t	stump = state;

	state = step(a, state, ' ');
	best = better(a, state, best);
	best = better(a, step(a, state, MARK_END), best);
	if (byudv_unlikely(cut) && best == BYUDV_NO_PATTERN && n >= BYUDV_CUT_LETTERS)
	{
		/* every state of the chain begins with a word and ends with the stump */
		for (; stump != ROOT; stump = a->fail[stump])
			if (a->cut[stump] < CUT_CONFLICT && a->cut[stump] < best)
				best = a->cut[stump];
	}
	return best;
}

extern void byudv_quick_build(ByudvDictionary *d, const ByudvPattern *patterns,
							  uint32_t n, const ByudvArena *arena);
extern bool byudv_quick_classify(const ByudvDictionary *d, const char *name,
								 size_t len, uint32_t *pattern);

#endif							/* BYUDV_AUTOMATON_H */
