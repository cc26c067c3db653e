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

	/* who asks for nothing accepts every value */
	masks = alloc_words((BYUDV_VALUE_MAX + 2) * nw, arena);
	for (int r = 0; r < set->nrules; r++)
		if (rules[r].conditions[signal].any)
			set_bit(masks, r);
	for (size_t row = 1; row < BYUDV_VALUE_MAX + 2; row++)
		memcpy(masks + row * nw, masks, nw * sizeof(uint64_t));

	for (int r = 0; r < set->nrules; r++)
	{
		const ByudvCondition *c = &rules[r].conditions[signal];

		if (c->any)
			continue;
		if (c->is_range)
		{
			int			from = c->from < 0 ? 0 : c->from;
			int			to = c->to > BYUDV_VALUE_MAX ? BYUDV_VALUE_MAX : c->to;

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

/*
 * The rules that apply as far as all signals but the owner kind go.  nw is a
 * constant in the callers for sets of at most 64 rules, which nearly all are.
 */
static inline void
candidates(const ByudvRuleSet *set, const int *values, uint64_t *out, size_t nw)
{
	for (size_t w = 0; w < nw; w++)
		out[w] = set->all[w];
	for (int u = 0; u < set->nused; u++)
	{
		ByudvSignal s = set->used[u];
		const uint64_t *mask = set->masks[s] + (size_t) (values[s] + 1) * nw;

		for (size_t w = 0; w < nw; w++)
			out[w] &= mask[w];
	}
}

/* The first of the candidates that the owner kind lets through, or -1. */
static inline int
first_of_kind(const ByudvRuleSet *set, const uint64_t *words, int kind, size_t nw)
{
	const uint64_t *kinds = set->masks[BYUDV_OWNER_KIND];

	for (size_t w = 0; w < nw; w++)
	{
		uint64_t	left = words[w];

		if (kinds != NULL)
			left &= kinds[(size_t) (kind + 1) * nw + w];
		if (left != 0)
			return (int) w * 64 + lowest_bit(left);
	}
	return -1;
}

/*
 * Is the outcome settled whatever the kind is?  It is when no rule that looks
 * at the kind comes before the first that does not, but for those with the
 * same outcome.
 */
static inline bool
is_settled(const ByudvRuleSet *set, const uint64_t *words, int *rule, size_t nw)
{
	int			first = -1;

	for (size_t w = 0; w < nw && first < 0; w++)
	{
		uint64_t	left = words[w] & ~set->by_kind[w];

		if (left != 0)
			first = (int) w * 64 + lowest_bit(left);
	}
	*rule = first;
	for (size_t w = 0; w < nw; w++)
	{
		uint64_t	maybe = words[w] & set->by_kind[w];

		if (first >= 0)
		{
			if ((size_t) first / 64 < w)
				break;
			if ((size_t) first / 64 == w)
				maybe &= (UINT64_C(1) << (first % 64)) - 1;
			maybe &= ~set->same_outcome[first][w];
		}
		if (maybe != 0)
			return false;
	}
	return true;
}

static inline int
match_lazily(const ByudvRuleSet *set, const int *values,
			 int (*kind) (void *context), void *context, size_t nw)
{
	uint64_t	words[MAX_WORDS];
	int			rule;

	candidates(set, values, words, nw);
	if (is_settled(set, words, &rule, nw))
		return rule;
	return first_of_kind(set, words, kind(context), nw);
}

int
byudv_rules_match_lazily(const ByudvRuleSet *set, const int *values,
						 int (*kind) (void *context), void *context)
{
	if (byudv_likely(set->nwords == 1))
		return match_lazily(set, values, kind, context, 1);
	return match_lazily(set, values, kind, context, (size_t) set->nwords);
}

int
byudv_rules_match(const ByudvRuleSet *set, const int *values)
{
	uint64_t	words[MAX_WORDS];
	int			kind = values[BYUDV_OWNER_KIND];

	if (byudv_likely(set->nwords == 1))
	{
		candidates(set, values, words, 1);
		return first_of_kind(set, words, kind, 1);
	}
	candidates(set, values, words, (size_t) set->nwords);
	return first_of_kind(set, words, kind, (size_t) set->nwords);
}
