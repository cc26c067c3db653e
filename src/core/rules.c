/*
 * rules.c
 *		Compiled rule sets.
 *
 * Must not depend on PostgreSQL.
 */
#include "rules.h"

#include <string.h>

struct ByudvRuleSet
{
	int			nrules;
	int			nwords;			/* 64 rules a word */
	int			nused;			/* signals that any rule looks at, */
	ByudvSignal used[BYUDV_SIGNALS];	/* the owner kind left out */
	uint64_t   *masks[BYUDV_SIGNALS];	/* by value + 1, nwords each; NULL when
										 * no rule looks at the signal */
	uint64_t   *all;
	uint64_t   *by_kind;		/* rules that look at the owner kind */
	int		   *outcomes;
	uint64_t  **same_outcome;	/* by rule: the rules with its outcome */
};

#define MAX_WORDS	(BYUDV_RULES_MAX / 64)

bool
byudv_condition_accepts(const ByudvCondition *condition, int value)
{
	if (condition->any)
		return true;
	if (condition->is_range)
		return value != BYUDV_NOT_STATED &&
			value >= condition->from && value <= condition->to;
	for (int i = 0; i < condition->nvalues; i++)
		if (condition->values[i] == value)
			return true;
	return false;
}

static uint64_t *
alloc_words(size_t n, const ByudvArena *arena)
{
	uint64_t   *words = arena->alloc(arena->context, n * sizeof(uint64_t));

	memset(words, 0, n * sizeof(uint64_t));
	return words;
}

static inline void
set_bit(uint64_t *words, int bit)
{
	words[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static void
compile_signal(ByudvRuleSet *set, const ByudvRule *rules, ByudvSignal signal,
			   const ByudvArena *arena)
{
	bool		used = false;
	size_t		nw = (size_t) set->nwords;
	uint64_t   *masks;

	for (int r = 0; r < set->nrules; r++)
		used = used || !rules[r].conditions[signal].any;
	if (!used)
		return;

	masks = alloc_words((BYUDV_VALUE_MAX + 2) * nw, arena);
	for (int r = 0; r < set->nrules; r++)
	{
		const ByudvCondition *c = &rules[r].conditions[signal];

		if (c->any || c->is_range)
		{
			int			from = c->any ? -1 : (c->from < 0 ? 0 : c->from);
			int			to = c->any || c->to > BYUDV_VALUE_MAX ?
				BYUDV_VALUE_MAX : c->to;

			for (int v = from; v <= to; v++)
				set_bit(masks + (size_t) (v + 1) * nw, r);
		}
		else
			for (int i = 0; i < c->nvalues; i++)
				set_bit(masks + (size_t) (c->values[i] + 1) * nw, r);
	}
	set->masks[signal] = masks;
	if (signal != BYUDV_OWNER_KIND)
		set->used[set->nused++] = signal;
}

ByudvRuleSet *
byudv_rules_compile(const ByudvRule *rules, int n, const ByudvArena *arena)
{
	ByudvRuleSet *set = arena->alloc(arena->context, sizeof(ByudvRuleSet));
	uint64_t  **by_outcome;

	memset(set, 0, sizeof(ByudvRuleSet));
	set->nrules = n;
	set->nwords = n <= 64 ? 1 : (n + 63) / 64;
	set->all = alloc_words((size_t) set->nwords, arena);
	set->by_kind = alloc_words((size_t) set->nwords, arena);
	set->outcomes = arena->alloc(arena->context, (size_t) (n + 1) * sizeof(int));
	set->same_outcome = arena->alloc(arena->context,
									 (size_t) (n + 1) * sizeof(uint64_t *));
	by_outcome = arena->alloc(arena->context,
							  (BYUDV_VALUE_MAX + 1) * sizeof(uint64_t *));
	memset(by_outcome, 0, (BYUDV_VALUE_MAX + 1) * sizeof(uint64_t *));
	for (int r = 0; r < n; r++)
	{
		int			outcome = rules[r].outcome;

		set_bit(set->all, r);
		if (!rules[r].conditions[BYUDV_OWNER_KIND].any)
			set_bit(set->by_kind, r);
		set->outcomes[r] = outcome;
		if (by_outcome[outcome] == NULL)
			by_outcome[outcome] = alloc_words((size_t) set->nwords, arena);
		set_bit(by_outcome[outcome], r);
		set->same_outcome[r] = by_outcome[outcome];
	}
	for (int s = 0; s < BYUDV_SIGNALS; s++)
		compile_signal(set, rules, (ByudvSignal) s, arena);
	return set;
}

static inline int
lowest_bit(uint64_t word)
{
#if defined(__GNUC__)
	return __builtin_ctzll(word);
#else
	int			n = 0;

	while (!(word & 1))
	{
		word >>= 1;
		n++;
	}
	return n;
#endif
}

/* The rules that apply as far as all signals but the owner kind go. */
static inline void
candidates(const ByudvRuleSet *set, const int *values, uint64_t *out)
{
	size_t		nw = (size_t) set->nwords;

	memcpy(out, set->all, nw * sizeof(uint64_t));
	for (int u = 0; u < set->nused; u++)
	{
		ByudvSignal s = set->used[u];
		const uint64_t *mask = set->masks[s] + (size_t) (values[s] + 1) * nw;

		for (size_t w = 0; w < nw; w++)
			out[w] &= mask[w];
	}
}

int
byudv_rules_match(const ByudvRuleSet *set, const int *values)
{
	uint64_t	words[MAX_WORDS];
	size_t		nw = (size_t) set->nwords;
	const uint64_t *kinds = set->masks[BYUDV_OWNER_KIND];

	candidates(set, values, words);
	if (kinds != NULL)
	{
		kinds += (size_t) (values[BYUDV_OWNER_KIND] + 1) * nw;
		for (size_t w = 0; w < nw; w++)
			words[w] &= kinds[w];
	}
	for (size_t w = 0; w < nw; w++)
		if (words[w] != 0)
			return (int) w * 64 + lowest_bit(words[w]);
	return -1;
}

bool
byudv_rules_match_without_kind(const ByudvRuleSet *set, const int *values,
							   bool outcome_only, int *rule)
{
	uint64_t	words[MAX_WORDS];
	size_t		nw = (size_t) set->nwords;
	int			first = -1;

	candidates(set, values, words);
	for (size_t w = 0; w < nw && first < 0; w++)
	{
		uint64_t	free = words[w] & ~set->by_kind[w];

		if (free != 0)
			first = (int) w * 64 + lowest_bit(free);
	}
	*rule = first;

	/* is there a rule before it that the kind could bring in? */
	for (size_t w = 0; w < nw; w++)
	{
		uint64_t	maybe = words[w] & set->by_kind[w];

		if (first >= 0)
		{
			if ((size_t) first / 64 < w)
				break;
			if ((size_t) first / 64 == w)
				maybe &= (UINT64_C(1) << (first % 64)) - 1;
			if (outcome_only)
				maybe &= ~set->same_outcome[first][w];
		}
		if (maybe != 0)
			return false;
	}
	return true;
}
