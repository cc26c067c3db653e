/*
 * reference.h
 *		What unit tests and fuzz targets share: an arena, random numbers, names
 *		and patterns, and matchers that are slow and plain.
 *
 * The matchers share no code and no idea with src/core; where both agree on
 * random input, a mistake would have to be made twice.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/automaton.h"
#include "core/dictionary.h"
#include "core/name.h"
#include "core/rules.h"

/*
 * Memory that is freed at once.  It is handed out dirty, since the core may
 * not rely on zeros.
 */
typedef struct Block
{
	struct Block *next;
	size_t		size;			/* keeps what follows aligned */
} Block;

static inline void *
pool_alloc(void *context, size_t size)
{
	Block	  **pool = context;
	Block	   *block = malloc(sizeof(Block) + size);

	if (block == NULL)
		abort();
	memset(block + 1, 0xA5, size < 65536 ? size : 65536);
	block->next = *pool;
	*pool = block;
	return block + 1;
}

static inline void
pool_free(Block **pool)
{
	while (*pool != NULL)
	{
		Block	   *next = (*pool)->next;

		free(*pool);
		*pool = next;
	}
}

/* Building needs scratch memory, which must not be used afterwards. */
static inline ByudvDictionary *
build_dictionary(const ByudvPattern *patterns, uint32_t n, Block **pool)
{
	Block	   *scratch_pool = NULL;
	ByudvArena	arena = {pool_alloc, pool};
	ByudvArena	scratch = {pool_alloc, &scratch_pool};
	ByudvDictionary *d = byudv_dictionary_build(patterns, n, &arena, &scratch);

	pool_free(&scratch_pool);
	return d;
}

/* Random numbers, the same in every run (splitmix64). */
static inline uint64_t
next_random(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static inline size_t
below(uint64_t *state, size_t n)
{
	return (size_t) (next_random(state) % n);
}

/* A block of exactly len bytes. */
static inline char *
copy_of(const char *bytes, size_t len)
{
	char	   *copy = calloc(len > 0 ? len : 1, 1);

	if (copy == NULL)
		abort();
	if (len > 0)
		memcpy(copy, bytes, len);
	return copy;
}

/*
 * The normal form in a block of exactly the promised size, of a copy of
 * exactly the name's size, so that AddressSanitizer sees a step beyond either.
 */
static inline char *
make_form(const char *name, size_t len, ByudvName *info)
{
	char	   *copy = copy_of(name, len);
	char	   *form = malloc(byudv_name_bound(len));

	if (form == NULL)
		abort();
	byudv_name_normalise(copy, len, form, info);
	free(copy);
	return form;
}

/*
 * Names out of pieces at which the core's modules could disagree.
 */
static const char *const name_pieces[] = {
	"ab", "AB", "ef", "gf", "as", "AS", "is", "ks", "ps", "skt", "sankt", "att",
	"afd", "afd.", "AFD 12", "afd55", "afdl", "afdeling", "afdelingen", "afdelin",
	"afdx", "andels", "bolig", "ejer", "grundejer", "andelsbolig",
	"ejerlejligheds", "forening", "foreningen", "selskab", "selskabet",
	"organisation", "boligforening", "Andelsboligforeningen", "boligselskabet",
	"Ejerforeningen", "grundejerforening", "v/", "c/o", "A/S", "I/S", "K/S",
	"E/F", "A/B", "s/i", "p/s", "a/s/i", "1/2", "v / ", "aab", "smba",
	"s.m.b.a.", "a a b", "A. B.", "a.b.", "Hansen", "Jensen", "Sol", "gaarden",
	"\xc3\x86", "\xc3\xa6", "\xc3\x98", "\xc3\xb8", "\xc3\x85", "\xc3\xa5",
	"\xc3\xa4", "\xc3\x96", "\xc3\xbc", "\xc3\xa9", "a\xcc\x8a", "o\xcc\x88",
	"\xe2\x84\xab", "\xc2\xa0", "\xe2\x80\x93", "\xe2\x80\x99", "\xc2\xad", "\xc2\xb4",
	"\xd0\xb1\xd0\xbe", "\xc3", "\xff", "3b", "12", "0", "kommune", "fonden", "Aps",
};

static const char name_bytes[] = "aabefgiknoprstvx   ABEFS..//--,'`&|0193\t";

#define PIECES	(sizeof(name_pieces) / sizeof(name_pieces[0]))

/* At most max bytes, max >= 16; often around the lengths that matter. */
static inline size_t
random_name(uint64_t *state, char *name, size_t max)
{
	size_t		want = 1 + below(state, below(state, 4) == 0 ? max : max / 2);
	size_t		len = 0;
	bool		plain = below(state, 2) == 0;	/* words and blanks only */

	while (len < want)
	{
		size_t		kind = below(state, plain ? 7 : 10);

		if (kind < 4)
		{
			const char *piece = name_pieces[below(state, PIECES)];
			size_t		n = strlen(piece);

			if (len + n > max)
				break;
			memcpy(name + len, piece, n);
			len += n;
			if (len < max && below(state, 4) != 0)
				name[len++] = ' ';
		}
		else if (kind < 7)
		{
			for (size_t n = 1 + below(state, 6); n > 0 && len < max; n--)
				name[len++] = (char) ('a' + below(state, 3) * below(state, 9));
			if (len < max && below(state, 2) == 0)
				name[len++] = ' ';
		}
		else
			name[len++] = name_bytes[below(state, sizeof(name_bytes) - 1)];
	}

	/* 34 characters, of which the last word may be cut */
	if (below(state, 3) == 0)
	{
		size_t		n = 0;
		size_t		i = 0;

		for (; i < len; i++)
			if (((unsigned char) name[i] & 0xC0) != 0x80 && n++ == BYUDV_NAME_CUT)
				break;
		for (; i == len && n < BYUDV_NAME_CUT && len < max; n++, i++)
			name[len++] = (char) ('a' + below(state, 20));
		len = i;
	}
	return len;
}

/*
 * Take text as a pattern, as byudv.owner_pattern does: in its normal form, if
 * that can match.  The text lives in pool.
 */
static inline bool
make_pattern(ByudvPattern *pattern, const char *text, size_t len,
			 ByudvMatch match, uint32_t group, Block **pool)
{
	ByudvName	info;
	char	   *form = make_form(text, len, &info);
	bool		good = info.len > 1 && info.len - 1 <= BYUDV_PATTERN_MAX &&
		info.owner_start == 0 && info.owner_end == info.len;

	if (good && match == BYUDV_MATCH_SUFFIX &&
		memchr(form + 1, ' ', info.len - 1) != NULL)
		good = false;
	if (good)
	{
		/* no byte behind it may be read */
		char	   *copy = pool_alloc(pool, info.len - 1);

		memcpy(copy, form + 1, info.len - 1);
		*pattern = (ByudvPattern)
		{
			copy, info.len - 1, match, group
		};
	}
	free(form);
	return good;
}

/* A pattern that has a chance: a piece, or some of the words of a name. */
static inline bool
random_pattern(uint64_t *state, ByudvPattern *pattern, uint32_t groups,
			   Block **pool)
{
	char		name[120];
	size_t		len = random_name(state, name, below(state, 2) ? 24 : sizeof(name));
	ByudvMatch	match = (ByudvMatch) below(state, BYUDV_MATCHES);
	size_t		from = 0;

	if (match == BYUDV_MATCH_SUFFIX)
	{
		size_t		n = 1 + below(state, 12);

		while (len > 0 && name[len - 1] == ' ')
			len--;
		from = len > n ? len - n : 0;
	}
	else if (match == BYUDV_MATCH_PREFIX && below(state, 2))
		len = 1 + below(state, len < 6 ? len : 6);
	return make_pattern(pattern, name + from, len - from, match,
						(uint32_t) below(state, groups), pool);
}

/*
 * The slow matcher.  name begins with a blank, or is empty.
 */
static inline bool
reference_hit(const ByudvPattern *p, const char *name, size_t len)
{
	for (size_t w = 0; w < len; w++)
	{
		size_t		start = w + 1;
		size_t		stop = start;
		bool		fits;

		if (name[w] != ' ')
			continue;
		while (stop < len && name[stop] != ' ')
			stop++;
		fits = p->len <= len - start && memcmp(name + start, p->text, p->len) == 0;
		switch (p->match)
		{
			case BYUDV_MATCH_WHOLE:
				if (w == 0 && fits && start + p->len == len)
					return true;
				break;
			case BYUDV_MATCH_PREFIX:
				if (w == 0 && fits)
					return true;
				break;
			case BYUDV_MATCH_WORD:
			case BYUDV_MATCH_PHRASE:
				if (fits && (start + p->len == len || name[start + p->len] == ' '))
					return true;
				break;
			case BYUDV_MATCH_SUFFIX:
				if (p->len <= stop - start &&
					memcmp(name + stop - p->len, p->text, p->len) == 0)
					return true;
				break;
			case BYUDV_MATCH_LAST:
				if (fits && start + p->len == len)
					return true;
				break;
		}
	}
	return false;
}

/*
 * Does the pattern, laid at the word after name[from], hold the rest of the
 * name and go on in the same word, its last, of which half must be there?
 */
static inline bool
reference_completes(const ByudvPattern *p, const char *name, size_t len,
					size_t from)
{
	size_t		held = len - from - 1;
	size_t		stump = 0;
	size_t		whole = 0;

	while (name[len - 1 - stump] != ' ')
		stump++;
	while (whole < p->len && p->text[p->len - 1 - whole] != ' ')
		whole++;
	return p->len >= held && memcmp(p->text, name + from + 1, held) == 0 &&
		memchr(p->text + held, ' ', p->len - held) == NULL &&
		stump >= BYUDV_CUT_LETTERS && 2 * stump >= whole;
}

/* The best pattern for a last word that is cut. */
static inline uint32_t
reference_cut(const ByudvPattern *patterns, uint32_t n, const char *name,
			  size_t len)
{
	uint32_t	best = BYUDV_NO_PATTERN;

	for (size_t from = 0; from < len; from++)
		for (int anchored = 0; anchored < (from == 0 ? 2 : 1); anchored++)
		{
			uint32_t	first = BYUDV_NO_PATTERN;
			bool		agree = true;

			if (name[from] != ' ')
				continue;
			for (uint32_t i = 0; i < n; i++)
			{
				bool		at_front = patterns[i].match == BYUDV_MATCH_WHOLE ||
					patterns[i].match == BYUDV_MATCH_PREFIX;

				if (at_front != anchored ||
					!reference_completes(&patterns[i], name, len, from))
					continue;
				if (first == BYUDV_NO_PATTERN)
					first = i;
				else if (patterns[i].group != patterns[first].group)
					agree = false;
			}
			if (agree && first < best)
				best = first;
		}
	return best;
}

/* The deciding pattern; hits, unless NULL, gets all. */
static inline uint32_t
reference_find(const ByudvPattern *patterns, uint32_t n, const char *name,
			   size_t len, bool cut, bool *hits)
{
	uint32_t	best = BYUDV_NO_PATTERN;

	for (uint32_t i = 0; i < n && (hits != NULL || best == BYUDV_NO_PATTERN); i++)
	{
		bool		hit = reference_hit(&patterns[i], name, len);

		if (hits != NULL)
			hits[i] = hit;
		if (hit && best == BYUDV_NO_PATTERN)
			best = i;
	}
	if (cut && best == BYUDV_NO_PATTERN)
	{
		uint32_t	stump = reference_cut(patterns, n, name, len);

		if (hits != NULL && stump != BYUDV_NO_PATTERN)
			hits[stump] = true;
		best = stump;
	}
	return best;
}

/*
 * What is wrong about a normal form; NULL when nothing is.
 */
static inline const char *
form_fault(const char *form, const ByudvName *info, size_t source_len)
{
	if (info->len > byudv_name_bound(source_len))
		return "longer than promised";
	if (info->len == 0)
		return info->owner_start == 0 && info->owner_end == 0 ? NULL : "owner of nothing";
	if (form[0] != ' ' || form[info->len - 1] == ' ')
		return "blank missing in front, or one too many behind";
	for (size_t i = 0; i < info->len; i++)
	{
		unsigned char c = (unsigned char) form[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 ||
			  c == ' ' || c == '/' || c == '.' || c == '|'))
			return "a byte that should be gone";
		if (i > 0 && c == ' ' && form[i - 1] == ' ')
			return "two blanks";
	}
	if (info->owner_start > info->owner_end || info->owner_end > info->len)
		return "owner part outside";
	if (info->owner_start < info->owner_end && form[info->owner_start] != ' ')
		return "owner part begins within a word";
	if (info->owner_end < info->len && form[info->owner_end] != ' ')
		return "owner part ends within a word";
	if (memchr(form + info->owner_start, '|', info->owner_end - info->owner_start))
		return "owner part goes beyond the bar";
	return NULL;
}

/*
 * Hold the automaton to the slow matcher for a normal form; NULL, or what is
 * wrong.
 */
static inline const char *
dictionary_fault(const ByudvDictionary *d, const ByudvPattern *patterns,
				 uint32_t n, const char *name, size_t len, bool cut)
{
	char	   *alone = copy_of(name, len);	/* not a byte more is read */
	bool	   *hits = malloc(n + 1);
	bool	   *expected = malloc(n + 1);
	uint32_t	best = reference_find(patterns, n, name, len, cut, expected);
	const char *fault = NULL;

	hits[n] = true;
	byudv_dictionary_find_all(d, alone, len, cut, hits);
	if (byudv_dictionary_find(d, alone, len, cut) != best)
		fault = "find";
	else if (memcmp(hits, expected, n) != 0)
		fault = "find_all";
	else if (!hits[n])
		fault = "find_all beyond its room";
	free(alone);
	free(hits);
	free(expected);
	return fault;
}

/*
 * Hold the quick way to the long one.
 */
typedef bool (*Quick) (const ByudvDictionary *d, const char *name, size_t len,
					   uint32_t *pattern);

static inline const char *
quick_fault(Quick quick, const ByudvDictionary *d, const ByudvPattern *patterns,
			uint32_t n, const char *name, size_t len)
{
	ByudvName	info;
	char	   *form = make_form(name, len, &info);
	char	   *copy = copy_of(name, len);
	uint32_t	pattern = 12345;
	const char *fault = NULL;

	if (quick(d, copy, len, &pattern))
	{
		if (info.len == 0)
			fault = "quick about a blank name";
		else if (pattern != reference_find(patterns, n, form + info.owner_start,
										   info.owner_end - info.owner_start,
										   info.cut, NULL))
			fault = "quick and wrong";
	}
	free(copy);
	free(form);
	return fault;
}

/* All ways to a name's pattern; *best gets the right one. */
static inline const char *
classify_fault(const ByudvDictionary *d, const ByudvPattern *patterns,
			   uint32_t n, const char *name, size_t len, uint32_t *best)
{
	ByudvName	info;
	char	   *form = make_form(name, len, &info);
	char	   *scratch = malloc(byudv_name_bound(len));
	const char *fault = quick_fault(byudv_quick_classify, d, patterns, n, name, len);
	bool		blank = info.len != 0;

	*best = reference_find(patterns, n, form + info.owner_start,
						   info.owner_end - info.owner_start, info.cut, NULL);
	if (fault == NULL && byudv_dictionary_classify(d, name, len, scratch, &blank) != *best)
		fault = "classify";
	if (fault == NULL && blank != (info.len == 0))
		fault = "blank";
	free(scratch);
	free(form);
	return fault;
}

/*
 * Fuzz input for dictionary and quick: lines, the last one the name, each
 * other a pattern: a byte for the kind of match, one for the group, the text.
 */
#define CASE_PATTERNS	64

typedef struct Case
{
	ByudvPattern patterns[CASE_PATTERNS];
	uint32_t	n;
	const char *name;
	size_t		len;
	Block	   *pool;
} Case;

static inline void
read_case(Case *c, const char *data, size_t size)
{
	const char *end = data + size;
	const char *line = data;
	const char *stop;

	c->n = 0;
	c->pool = NULL;
	while (line < end && (stop = memchr(line, '\n', (size_t) (end - line))) != NULL)
	{
		if (stop - line > 2 && c->n < CASE_PATTERNS &&
			make_pattern(&c->patterns[c->n], line + 2, (size_t) (stop - line - 2),
						 (ByudvMatch) ((unsigned char) line[0] % BYUDV_MATCHES),
						 (unsigned char) line[1] % 4, &c->pool))
			c->n++;
		line = stop + 1;
	}
	c->name = line;
	c->len = (size_t) (end - line);
}

/* A finding: say it and die, so that the input is kept. */
#define EXPECT(condition, ...) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition); \
			fprintf(stderr, __VA_ARGS__); \
			fputc('\n', stderr); \
			abort(); \
		} \
	} while (0)

/*
 * Rules, one condition at a time.
 */
static inline bool
reference_accepts(const ByudvCondition *c, int value)
{
	if (c->any)
		return true;
	if (value == BYUDV_NOT_STATED && c->is_range)
		return false;
	if (c->is_range)
		return c->from <= value && value <= c->to;
	for (int i = 0; i < c->nvalues; i++)
		if (c->values[i] == value)
			return true;
	return false;
}

/* skip: a signal that is taken to accept anything, or -1. */
static inline bool
reference_applies(const ByudvRule *rule, const int *values, int skip)
{
	for (int s = 0; s < BYUDV_SIGNALS; s++)
		if (s != skip && !reference_accepts(&rule->conditions[s], values[s]))
			return false;
	return true;
}

static inline int
reference_match(const ByudvRule *rules, int n, const int *values)
{
	for (int r = 0; r < n; r++)
		if (reference_applies(&rules[r], values, -1))
			return r;
	return -1;
}

/* A kind of owner, and how often it was asked for. */
typedef struct Kind
{
	int			kind;
	int			asked;
} Kind;

static inline int
tell_kind(void *context)
{
	Kind	   *kind = context;

	kind->asked++;
	return kind->kind;
}

/*
 * Compare a compiled set with its rules for these values and all kinds of
 * owner; NULL, or what is wrong.
 */
static inline const char *
rules_fault(const ByudvRuleSet *set, const ByudvRule *rules, int n,
			const int *given, const int *kinds, int nkinds)
{
	int			values[BYUDV_SIGNALS];
	bool		kind_matters = false;

	/* does a rule that looks at the kind come before one that does not? */
	for (int r = 0; r < n; r++)
		if (reference_applies(&rules[r], given, BYUDV_OWNER_KIND))
		{
			if (rules[r].conditions[BYUDV_OWNER_KIND].any)
				break;
			kind_matters = true;
		}
	memcpy(values, given, sizeof(values));
	for (int k = 0; k < nkinds; k++)
	{
		Kind		kind = {kinds[k], 0};
		int			decides,
					lazily;

		/* the kind among the values is not to be looked at */
		values[BYUDV_OWNER_KIND] = kinds[(k + 1) % nkinds];
		lazily = byudv_rules_match_lazily(set, values, tell_kind, &kind);
		values[BYUDV_OWNER_KIND] = kinds[k];
		decides = reference_match(rules, n, values);
		if (byudv_rules_match(set, values) != decides)
			return "match";
		if (kind.asked > (kind_matters ? 1 : 0))
			return "match_lazily asks for a kind that does not matter, or twice";
		if (kind.asked || !kind_matters)
		{
			if (lazily != decides)
				return "match_lazily";
		}
		else if (lazily < 0 || decides < 0 ?
				 lazily != decides :
				 rules[lazily].outcome != rules[decides].outcome ||
				 !reference_applies(&rules[lazily], values, BYUDV_OWNER_KIND))
			return "match_lazily, of one outcome";
	}
	return NULL;
}

#endif							/* REFERENCE_H */
