/*
 * rules.c
 *		Fuzz target: compiled rule sets against their rules.
 */
#include "../unit/reference.h"

#define VALUES	6

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Values at the ends of what is allowed, and a few between. */
static const int some_values[] = {
	BYUDV_NOT_STATED, 0, 1, 2, 63, 64, 2007, 2008, BYUDV_VALUE_MAX - 1, BYUDV_VALUE_MAX,
};

#define SOME	((int) (sizeof(some_values) / sizeof(some_values[0])))

typedef struct Input
{
	const uint8_t *next;
	const uint8_t *end;
} Input;

static int
take(Input *in)
{
	return in->next < in->end ? *in->next++ : 0;
}

static int
take_value(Input *in)
{
	int			byte = take(in);

	return byte < 128 ? some_values[byte % SOME] : byte - 128;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static ByudvRule rules[BYUDV_RULES_MAX];
	static int	lists[BYUDV_RULES_MAX][BYUDV_SIGNALS][VALUES];
	Input		in = {data, data + size};
	Block	   *pool = NULL;
	ByudvArena	arena = {pool_alloc, &pool};
	int			size_byte = take(&in);
	int			n = size_byte < 240 ? size_byte % 8 :	/* large sets take long */
		size_byte < 254 ? size_byte - 184 : (size_byte - 254) * 512 + 257 + take(&in);
	int			distinct = n < 40 ? n : 40; /* as many as the input can tell */
	ByudvRuleSet *set;

	for (int r = 0; r < distinct; r++)
	{
		rules[r].outcome = take(&in) % 4;
		for (int s = 0; s < BYUDV_SIGNALS; s++)
		{
			ByudvCondition *c = &rules[r].conditions[s];
			int			form = take(&in);

			*c = (ByudvCondition) {.any = form % 4 == 0, .is_range = form % 4 == 1};
			if (c->any)
				continue;
			c->from = take_value(&in);
			c->to = form & 64 ? INT32_MAX : take_value(&in);
			c->nvalues = c->is_range ? 0 : form / 4 % (VALUES + 1);
			c->values = lists[r][s];
			for (int i = 0; i < c->nvalues; i++)
				lists[r][s][i] = take_value(&in);
		}
	}
	/* the words of the bitmaps are told apart by rules that repeat */
	for (int r = distinct; r < n; r++)
		rules[r] = rules[(r * 7) % distinct];

	set = byudv_rules_compile(rules, n, &arena);
	for (int tries = 0; tries < 8; tries++)
	{
		int			values[BYUDV_SIGNALS];
		const char *fault;

		for (int s = 0; s < BYUDV_SIGNALS; s++)
			values[s] = take_value(&in);
		fault = rules_fault(set, rules, n, values, some_values, SOME);
		EXPECT(fault == NULL, "%s", fault);
	}
	pool_free(&pool);
	return 0;
}
