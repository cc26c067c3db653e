/*
 * rules.c
 *		Tests of compiled rule sets against their rules, one at a time.
 */
#include "tap.h"
#include "reference.h"

#define ALWAYS	{.any = true}
#define VALUES	6

static const int kinds[] = {BYUDV_NOT_STATED, 0, 1, 2, 3, 4, 15, 31, BYUDV_VALUE_MAX};

#define KINDS	((int) (sizeof(kinds) / sizeof(kinds[0])))

/* One rule with one condition, on the given signal. */
static bool
accepts(ByudvSignal signal, const ByudvCondition *condition, int value)
{
	Block	   *pool = NULL;
	ByudvArena	arena = {pool_alloc, &pool};
	ByudvRule	rule = {.outcome = 1};
	int			values[BYUDV_SIGNALS];
	bool		result;

	for (int s = 0; s < BYUDV_SIGNALS; s++)
	{
		rule.conditions[s] = (ByudvCondition) ALWAYS;
		values[s] = BYUDV_NOT_STATED;
	}
	rule.conditions[signal] = *condition;
	values[signal] = value;
	result = byudv_rules_match(byudv_rules_compile(&rule, 1, &arena), values) == 0;
	pool_free(&pool);
	return result;
}

static void
test_conditions(void)
{
	static const int some[] = {BYUDV_NOT_STATED, 0, 1, 2007, 2008, 2009, 2015, 2016, 2017, 2018, BYUDV_VALUE_MAX - 1, BYUDV_VALUE_MAX};
	static const int listed[] = {2008, BYUDV_NOT_STATED, 0, BYUDV_VALUE_MAX};
	static const struct
	{
		const char *what;
		ByudvCondition condition;
		const char *accepted;	/* by value of some */
	}			conditions[] = {
		{"any", ALWAYS, "yyyyyyyyyyyy"},
		{"any, the rest is ignored", {.any = true, .is_range = true, .from = 5, .to = 4}, "yyyyyyyyyyyy"},
		{"a range takes both its ends", {.is_range = true, .from = 2008, .to = 2016}, "----yyyy----"},
		{"one year", {.is_range = true, .from = 2017, .to = 2017}, "--------y---"},
		{"from a year on", {.is_range = true, .from = 2017, .to = BYUDV_VALUE_MAX}, "--------yyyy"},
		{"from a year on, without end", {.is_range = true, .from = 2017, .to = INT32_MAX}, "--------yyyy"},
		{"up to a year", {.is_range = true, .from = INT32_MIN, .to = 2007}, "-yyy--------"},
		{"up to a year, from 0", {.is_range = true, .from = 0, .to = 2007}, "-yyy--------"},
		{"a range does not hold what is not stated", {.is_range = true, .from = -1, .to = 3000}, "-yyyyyyyyyyy"},
		{"an empty range", {.is_range = true, .from = 2017, .to = 2016}, "------------"},
		{"a range beyond all values", {.is_range = true, .from = 2400, .to = 2500}, "------------"},
		{"a list, also of not stated", {.values = listed, .nvalues = 4}, "yy--y------y"},
		{"a list of not stated", {.values = listed + 1, .nvalues = 1}, "y-----------"},
		{"a list of one", {.values = listed, .nvalues = 1}, "----y-------"},
		{"an empty list", {.values = listed, .nvalues = 0}, "------------"},
	};

	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
	{
		bool		good = true;

		for (int s = 0; s < BYUDV_SIGNALS; s++)
			for (size_t v = 0; v < sizeof(some) / sizeof(some[0]); v++)
			{
				bool		expected = conditions[i].accepted[v] == 'y';

				if (accepts((ByudvSignal) s, &conditions[i].condition, some[v]) != expected ||
					byudv_condition_accepts(&conditions[i].condition, some[v]) != expected)
				{
					printf("# signal %d, value %d: not %d\n", s, some[v], expected);
					good = false;
				}
			}
		ok(good, "%s", conditions[i].what);
	}
}

static void
test_empty(void)
{
	Block	   *pool = NULL;
	ByudvArena	arena = {pool_alloc, &pool};
	ByudvRuleSet *set = byudv_rules_compile(NULL, 0, &arena);
	int			values[BYUDV_SIGNALS] = {0};
	const char *fault = rules_fault(set, NULL, 0, values, kinds, KINDS);

	ok(fault == NULL && byudv_rules_match(set, values) == -1, "a set without rules");
	pool_free(&pool);
}

/* Rules with a lone condition on the kind, around the ends of bitmap words. */
static void
test_word_ends(void)
{
	static const int sizes[] = {1, 2, 63, 64, 65, 127, 128, 129, 1023, 1024};
	static ByudvRule rules[BYUDV_RULES_MAX];
	static const int kind_one[] = {1};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
	{
		int			n = sizes[i];
		const char *fault = NULL;

		for (int at = n > 3 ? n - 3 : 0; at < n && fault == NULL; at++)
		{
			Block	   *pool = NULL;
			ByudvArena	arena = {pool_alloc, &pool};
			int			values[BYUDV_SIGNALS] = {0};

			/* nothing applies but the rules at at (by kind) and behind it */
			for (int r = 0; r < n; r++)
			{
				for (int s = 0; s < BYUDV_SIGNALS; s++)
					rules[r].conditions[s] = (ByudvCondition) ALWAYS;
				rules[r].outcome = r % 3;
				if (r < at)
					rules[r].conditions[BYUDV_OWNER_CODE] = (ByudvCondition) {.nvalues = 0};
				if (r == at)
					rules[r].conditions[BYUDV_OWNER_KIND] = (ByudvCondition) {.values = kind_one, .nvalues = 1};
			}
			fault = rules_fault(byudv_rules_compile(rules, n, &arena), rules, n,
								values, kinds, KINDS);
			pool_free(&pool);
		}
		ok(fault == NULL, "%d rules", n);
		if (fault != NULL)
			printf("# %s\n", fault);
	}
}

static int
random_value(uint64_t *state)
{
	static const int often[] = {BYUDV_NOT_STATED, 0, 1, 2, 3, 4};

	return below(state, 8) ? often[below(state, 6)] : (int) below(state, BYUDV_VALUE_MAX + 1);
}

/* any_of: how many of eight conditions accept anything. */
static const char *
compare(uint64_t *state, int n, int rounds, size_t any_of)
{
	static ByudvRule rules[BYUDV_RULES_MAX];
	static int	lists[BYUDV_RULES_MAX][BYUDV_SIGNALS][VALUES];
	Block	   *pool = NULL;
	ByudvArena	arena = {pool_alloc, &pool};
	ByudvRuleSet *set;
	const char *fault = NULL;
	int			outcomes = 1 + (int) below(state, 4);

	for (int r = 0; r < n; r++)
	{
		rules[r].outcome = below(state, 16) ? (int) below(state, (size_t) outcomes) : BYUDV_VALUE_MAX;
		for (int s = 0; s < BYUDV_SIGNALS; s++)
		{
			ByudvCondition *c = &rules[r].conditions[s];

			*c = (ByudvCondition) {.any = below(state, 8) < any_of, .is_range = below(state, 3) == 0};
			c->from = random_value(state);
			c->to = c->from + (int) below(state, 5);
			c->values = lists[r][s];
			c->nvalues = (int) below(state, VALUES + 1);
			for (int i = 0; i < c->nvalues; i++)
				lists[r][s][i] = random_value(state);
		}
	}
	set = byudv_rules_compile(rules, n, &arena);
	for (int i = 0; i < rounds && fault == NULL; i++)
	{
		int			values[BYUDV_SIGNALS];

		for (int s = 0; s < BYUDV_SIGNALS; s++)
			values[s] = random_value(state);
		fault = rules_fault(set, rules, n, values, kinds, KINDS);
		for (int r = 0; r < n && r < 20; r++)
			for (int s = 0; s < BYUDV_SIGNALS; s++)
				if (byudv_condition_accepts(&rules[r].conditions[s], values[s]) !=
					reference_accepts(&rules[r].conditions[s], values[s]))
					fault = "byudv_condition_accepts";
	}
	pool_free(&pool);
	return fault;
}

static void
test_random(void)
{
	static const struct
	{
		int			sets;
		int			most;
		int			rounds;
	}			sizes[] = {{600, 8, 40}, {60, 64, 60}, {10, 200, 60}, {2, 1024, 60}};
	uint64_t	state = 11;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
	{
		const char *fault = NULL;

		for (int k = 0; k < sizes[i].sets && fault == NULL; k++)
			fault = compare(&state, k == 0 ? sizes[i].most : 1 + (int) below(&state, (size_t) sizes[i].most),
							sizes[i].rounds, 5 + (size_t) k % 3);
		ok(fault == NULL, "%d random sets of up to %d rules", sizes[i].sets, sizes[i].most);
		if (fault != NULL)
			printf("# %s\n", fault);
	}
}

int
main(void)
{
	test_conditions();
	test_empty();
	test_word_ends();
	test_random();
	return done();
}
