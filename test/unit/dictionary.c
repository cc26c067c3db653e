/*
 * dictionary.c
 *		Tests of the automaton: by hand, then against a slow matcher.
 */
#include "tap.h"
#include "reference.h"

#define PATTERNS	8

typedef struct Wanted
{
	const char *text;
	ByudvMatch	match;
	uint32_t	group;
} Wanted;

/* Patterns, best first, and what they make of some names. */
static const struct
{
	const char *what;
	Wanted		patterns[PATTERNS];
	struct
	{
		const char *name;		/* without the leading blank */
		bool		cut;
		int			expected;
	}			names[12];
}			cases[] = {
	{"whole", {{"domea", BYUDV_MATCH_WHOLE, 0}},
		{{"domea", false, 0}, {"domea greve", false, -1}, {"ny domea", false, -1},
			{"domeas", false, -1}, {"dome", false, -1}, {"", false, -1}}},
	{"whole, several words", {{"a/b sol", BYUDV_MATCH_WHOLE, 0}},
		{{"a/b sol", false, 0}, {"a/b", false, -1}, {"a/b solen", false, -1}, {"x a/b sol", false, -1}}},
	{"prefix", {{"bolig", BYUDV_MATCH_PREFIX, 0}},
		{{"bolig", false, 0}, {"boligselskab", false, 0}, {"bolig sol", false, 0},
			{"boli", false, -1}, {"ny bolig", false, -1}, {"abolig", false, -1}}},
	{"prefix, several words", {{"bo vest", BYUDV_MATCH_PREFIX, 0}},
		{{"bo vest", false, 0}, {"bo vestre", false, 0}, {"bo", false, -1}, {"bov est", false, -1}, {"x bo vest", false, -1}}},
	{"word", {{"aab", BYUDV_MATCH_WORD, 0}},
		{{"aab", false, 0}, {"aab sol", false, 0}, {"sol aab", false, 0}, {"sol aab ny", false, 0},
			{"saab", false, -1}, {"aabs", false, -1}, {"aa b", false, -1}, {"aa aab", false, 0}}},
	{"phrase", {{"bo vest", BYUDV_MATCH_PHRASE, 0}},
		{{"bo vest", false, 0}, {"x bo vest y", false, 0}, {"bo bo vest", false, 0}, {"bo x vest", false, -1},
			{"bo vestre", false, -1}, {"abo vest", false, -1}, {"vest bo", false, -1}}},
	{"suffix", {{"forening", BYUDV_MATCH_SUFFIX, 0}},
		{{"forening", false, 0}, {"boligforening", false, 0}, {"boligforening sol", false, 0},
			{"sol boligforening", false, 0}, {"boligforeningen", false, -1}, {"orening", false, -1}, {"for ening", false, -1}}},
	{"last", {{"aps", BYUDV_MATCH_LAST, 0}, {"a/s holding", BYUDV_MATCH_LAST, 0}},
		{{"sol aps", false, 0}, {"aps", false, 0}, {"aps sol", false, -1}, {"solaps", false, -1},
			{"sol a/s holding", false, 1}, {"a/s holding sol", false, -1}, {"aps aps", false, 0}}},
	{"the best decides, not the longest or first", {{"sol", BYUDV_MATCH_WORD, 0}, {"andels sol ny", BYUDV_MATCH_WHOLE, 1}, {"andels", BYUDV_MATCH_PREFIX, 2}},
		{{"andels sol ny", false, 0}, {"andels ny", false, 2}, {"sol andels", false, 0}}},
	{"the best decides, the longest", {{"andels sol ny", BYUDV_MATCH_WHOLE, 1}, {"andels", BYUDV_MATCH_PREFIX, 2}, {"sol", BYUDV_MATCH_WORD, 0}},
		{{"andels sol ny", false, 0}, {"andels sol", false, 1}, {"x sol", false, 2}}},
	{"one text in many ways: the first", {{"sol", BYUDV_MATCH_LAST, 0}, {"sol", BYUDV_MATCH_SUFFIX, 1}, {"sol", BYUDV_MATCH_WORD, 2}, {"sol", BYUDV_MATCH_PREFIX, 3}, {"sol", BYUDV_MATCH_WHOLE, 4}},
		{{"sol", false, 0}, {"sol ny", false, 1}, {"solen", false, 3}, {"ny parasol ny", false, 1}, {"ny parasol", false, 1}}},
	{"equal patterns: the first", {{"sol", BYUDV_MATCH_WORD, 1}, {"sol", BYUDV_MATCH_WORD, 2}, {"sol", BYUDV_MATCH_PHRASE, 3}},
		{{"sol", false, 0}, {"ny sol", false, 0}}},
	{"phrases that overlap", {{"b c", BYUDV_MATCH_PHRASE, 0}, {"a b c d", BYUDV_MATCH_PHRASE, 1}, {"c d", BYUDV_MATCH_PHRASE, 2}, {"a b", BYUDV_MATCH_PHRASE, 3}},
		{{"a b c e", false, 0}, {"a b a b d c d", false, 2}, {"a b d", false, 3}, {"a c", false, -1}, {"a a b b c d", false, 0}}},
	{"a phrase that fails inside another", {{"a b c x", BYUDV_MATCH_PHRASE, 0}, {"b c d", BYUDV_MATCH_PHRASE, 1}, {"c d e f", BYUDV_MATCH_PHRASE, 2}},
		{{"a b c d", false, 1}, {"a b c d e f", false, 1}, {"b c e c d e f", false, 2}, {"a b c", false, -1}}},
	{"a name that begins and ends as a pattern does", {{"ny sol", BYUDV_MATCH_LAST, 0}, {"sol ny", BYUDV_MATCH_PREFIX, 1}},
		{{"sol ny sol", false, 0}, {"sol ny", false, 1}, {"ny sol ny", false, -1}}},
	{"cut words", {{"andelsboligforening", BYUDV_MATCH_WORD, 1}},
		{{"sol andelsboligfor", true, 0}, {"sol andelsboligfor", false, -1}, {"sol andelsboli", true, 0}, {"sol andelsbol", true, -1},
			{"andelsboligfor sol", true, -1}, {"sol andelsboligforening", true, 0}, {"sol andelsboligforeningen", true, -1},
			{"sol xandelsboligfor", true, -1}, {"andelsboli", true, 0}}},
	{"cut words of few letters", {{"domea", BYUDV_MATCH_WORD, 1}, {"lejerbo", BYUDV_MATCH_WORD, 2}, {"kommune", BYUDV_MATCH_SUFFIX, 3}},
		{{"sol dome", true, -1}, {"sol leje", true, -1}, {"sol lejer", true, 1}, {"sol kommu", true, 2}, {"sol kommun", true, 2}, {"sol skommun", true, -1}}},
	{"cut words whose completions agree", {{"boligforeningen", BYUDV_MATCH_WORD, 7}, {"boligforening", BYUDV_MATCH_SUFFIX, 7}},
		{{"sol boligforen", true, 0}, {"sol boligfo", true, 1}, {"sol boligforening", true, 1}, {"sol ejerboligforening", true, 1}}},
	{"cut words whose completions do not", {{"boligforeningen", BYUDV_MATCH_WORD, 7}, {"boligforeninger", BYUDV_MATCH_WORD, 8}},
		{{"sol boligforen", true, -1}, {"sol boligforening", true, -1}, {"sol boligforeninger", true, 1}, {"sol boligforeningen", true, 0}}},
	{"cut words behind something that is known", {{"boligforeningen", BYUDV_MATCH_WORD, 7}, {"ny", BYUDV_MATCH_WORD, 8}, {"boligfore", BYUDV_MATCH_LAST, 9}},
		{{"ny boligforen", true, 1}, {"sol boligforen", true, 0}, {"sol boligfore", true, 2}}},
	{"cut phrases", {{"ny boligforening", BYUDV_MATCH_PHRASE, 1}, {"ny boligforening solgaarden", BYUDV_MATCH_PHRASE, 2}},
		{{"ny boligfor", true, 0}, {"x ny boligfor", true, 0}, {"boligfor", true, -1}, {"ny boligforening solga", true, 0}, {"ny boligforening", true, 0}}},
	{"cut at either end", {{"ny boligforening", BYUDV_MATCH_LAST, 1}, {"vor boligforening", BYUDV_MATCH_WHOLE, 2}, {"gammel boligfor", BYUDV_MATCH_PREFIX, 3}},
		{{"x ny boligfor", true, 0}, {"vor boligfor", true, 1}, {"x vor boligfor", true, -1}, {"gammel bolig", true, 2}, {"x gammel bolig", true, -1}}},
	{"beyond ASCII", {{"\xd0\xb1\xd0\xbe", BYUDV_MATCH_WORD, 0}, {"\xd0\xbe", BYUDV_MATCH_SUFFIX, 1}, {"a. b.", BYUDV_MATCH_PREFIX, 2}},
		{{"\xd0\xb1\xd0\xbe sol", false, 0}, {"a\xd0\xbe", false, 1}, {"a. b. hansen", false, 2}, {"\xd0\xb1", false, -1}}},
	{"short ones", {{"b", BYUDV_MATCH_PREFIX, 0}, {"n", BYUDV_MATCH_SUFFIX, 1}, {"x", BYUDV_MATCH_WORD, 2}},
		{{"bolig", false, 0}, {"andersen", false, 1}, {"s x t", false, 2}, {"sol", false, -1}, {"a b", false, -1}}},
};

static void
test_by_hand(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Block	   *pool = NULL;
		ByudvPattern patterns[PATTERNS];
		uint32_t	n = 0;
		ByudvDictionary *d;
		bool		good = true;

		for (; n < PATTERNS && cases[i].patterns[n].text != NULL; n++)
			patterns[n] = (ByudvPattern)
		{
			cases[i].patterns[n].text, strlen(cases[i].patterns[n].text),
				cases[i].patterns[n].match, cases[i].patterns[n].group
		};
		d = build_dictionary(patterns, n, &pool);
		for (int k = 0; k < 12 && cases[i].names[k].name != NULL; k++)
		{
			char		name[120] = " ";
			size_t		len;
			uint32_t	found;
			bool		hits[PATTERNS];
			int			first = -1;

			strcat(name, cases[i].names[k].name);
			len = name[1] != '\0' ? strlen(name) : 0;
			found = byudv_dictionary_find(d, name, len, cases[i].names[k].cut);
			byudv_dictionary_find_all(d, name, len, cases[i].names[k].cut, hits);
			for (uint32_t h = n; h-- > 0;)
				if (hits[h])
					first = (int) h;
			if ((int) found != cases[i].names[k].expected || first != (int) found)
			{
				printf("# \"%s\", cut %d: find %d, find_all %d, not %d\n", name,
					   cases[i].names[k].cut, (int) found, first,
					   cases[i].names[k].expected);
				good = false;
			}
		}
		ok(good, "%s", cases[i].what);
		pool_free(&pool);
	}
}

static void
test_empty(void)
{
	Block	   *pool = NULL;
	ByudvDictionary *d = build_dictionary(NULL, 0, &pool);
	bool		blank = true;
	bool		hit = true;
	char		scratch[64];

	byudv_dictionary_find_all(d, " sol", 4, true, &hit);
	ok(byudv_dictionary_find(d, " sol", 4, false) == BYUDV_NO_PATTERN &&
	   byudv_dictionary_find(d, " boligselskab", 13, true) == BYUDV_NO_PATTERN &&
	   byudv_dictionary_find(d, "", 0, false) == BYUDV_NO_PATTERN && hit,
	   "a dictionary of nothing");
	ok(byudv_dictionary_classify(d, "Sol", 3, scratch, &blank) == BYUDV_NO_PATTERN && !blank,
	   "a name that it does not know");
	ok(byudv_dictionary_classify(d, " .", 2, scratch, &blank) == BYUDV_NO_PATTERN && blank &&
	   byudv_dictionary_classify(d, "", 0, scratch, &blank) == BYUDV_NO_PATTERN && blank,
	   "blank names");
	ok(byudv_dictionary_classify(d, "c/o Hansen", 10, scratch, &blank) == BYUDV_NO_PATTERN && !blank,
	   "a name without an owner is not blank");
	ok(byudv_dictionary_size(d) > sizeof(void *), "it takes room");
	pool_free(&pool);
}

/* One set of random patterns and a number of random names. */
static const char *
compare(uint64_t *state, uint32_t npatterns, int nnames, uint32_t groups)
{
	Block	   *pool = NULL;
	ByudvPattern *patterns = malloc(npatterns * sizeof(ByudvPattern));
	uint32_t	n = 0;
	ByudvDictionary *d;
	const char *fault = NULL;
	uint32_t	best;

	for (int tries = 0; n < npatterns && tries < 100000; tries++)
		n += random_pattern(state, &patterns[n], groups, &pool);
	d = build_dictionary(patterns, n, &pool);
	for (int i = 0; i < nnames && fault == NULL; i++)
	{
		char		name[160];
		size_t		len;
		ByudvName	info;
		char	   *form;
		size_t		owner;

		/* a pattern with something around it, or any name */
		if (below(state, 3) == 0)
		{
			const ByudvPattern *p = &patterns[below(state, n)];
			size_t		drop = below(state, 4) == 0 ? below(state, p->len) : 0;

			len = below(state, 2) ? random_name(state, name, 20) : 0;
			if (below(state, 4) != 0 && len < 40)
				name[len++] = ' ';
			if (p->len > 90)
				continue;
			memcpy(name + len, p->text, p->len - drop);
			len += p->len - drop;
			if (below(state, 3) == 0)
				len += random_name(state, name + len, 20);
		}
		else
			len = random_name(state, name, 120);
		form = make_form(name, len, &info);
		owner = info.owner_end - info.owner_start;
		for (int cut = 0; cut < 2 && fault == NULL; cut++)
			fault = dictionary_fault(d, patterns, n, form + info.owner_start, owner, cut);
		if (fault == NULL)
			fault = classify_fault(d, patterns, n, name, len, &best);
		if (fault != NULL)
			printf("# \"%.*s\", %u patterns: %s\n", (int) len, name, n, fault);
		free(form);
	}
	free(patterns);
	pool_free(&pool);
	return fault;
}

static void
test_random(void)
{
	static const struct
	{
		int			sets;
		uint32_t	patterns;
		int			names;
	}			sizes[] = {{600, 3, 10}, {300, 20, 40}, {10, 300, 100}, {1, 3000, 150}};
	uint64_t	state = 3;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
	{
		const char *fault = NULL;

		for (int k = 0; k < sizes[i].sets && fault == NULL; k++)
			fault = compare(&state, sizes[i].patterns, sizes[i].names, 1 + k % 3);
		ok(fault == NULL, "%d random dictionaries of %u patterns", sizes[i].sets,
		   sizes[i].patterns);
	}
}

/* States with every byte as a child, and patterns as long as they can be. */
static void
test_shapes(void)
{
	static char texts[512][BYUDV_PATTERN_MAX];
	static ByudvPattern patterns[512];
	Block	   *pool = NULL;
	uint32_t	n = 0;
	ByudvDictionary *d;
	bool		good = true;

	for (int first = 0; first < 2; first++)
		for (int c = 'a'; c < 256; c++)
		{
			if (c > 'z' && c < 128)
				continue;
			memset(texts[n], first ? c : 'a', BYUDV_PATTERN_MAX);
			texts[n][first ? BYUDV_PATTERN_MAX - 1 : 1] = (char) c;
			patterns[n] = (ByudvPattern)
			{
				texts[n], BYUDV_PATTERN_MAX, first ? BYUDV_MATCH_SUFFIX : BYUDV_MATCH_WORD, n
			};
			n++;
		}
	d = build_dictionary(patterns, n, &pool);
	for (uint32_t i = 0; i < n; i++)
	{
		char		name[1 + BYUDV_PATTERN_MAX] = " ";

		memcpy(name + 1, texts[i], BYUDV_PATTERN_MAX);
		good = good && dictionary_fault(d, patterns, n, name, sizeof(name), false) == NULL &&
			dictionary_fault(d, patterns, n, name, sizeof(name) - 100, true) == NULL;
	}
	ok(good, "all bytes, and patterns of %d of them", BYUDV_PATTERN_MAX);
	pool_free(&pool);
}

static int	interrupts;

static void
count_interrupt(void)
{
	interrupts++;
}

static void
test_long(void)
{
	const size_t size = 10 << 20;
	char	   *name = malloc(size);
	char	   *scratch = malloc(byudv_name_bound(size));
	ByudvPattern patterns[] = {
		{"sol", 3, BYUDV_MATCH_LAST, 0}, {"ny ny ny x", 10, BYUDV_MATCH_PHRASE, 0}, {"y", 1, BYUDV_MATCH_SUFFIX, 0},
	};
	Block	   *pool = NULL;
	ByudvDictionary *d = build_dictionary(patterns, 3, &pool);
	bool		hits[3],
				blank;

	for (size_t i = 0; i < size; i++)
		name[i] = " ny"[i % 3];
	memcpy(name + size - 4, " sol", 4);
	byudv_core_interrupt = count_interrupt;
	interrupts = 0;
	ok(byudv_dictionary_find(d, name, size, true) == 0 && interrupts >= 9, "10 MB, find: %d interrupts", interrupts);
	interrupts = 0;
	byudv_dictionary_find_all(d, name, size, true, hits);
	ok(hits[0] && !hits[1] && hits[2] && interrupts >= 9, "10 MB, find_all: %d interrupts", interrupts);
	ok(byudv_dictionary_classify(d, name, size, scratch, &blank) == 0 && !blank, "10 MB, classify");
	byudv_core_interrupt = NULL;
	pool_free(&pool);
	free(scratch);
	free(name);
}

static void
test_match_names(void)
{
	static const char *const names[] = {"whole", "prefix", "word", "phrase", "suffix", "last"};
	bool		good = true;

	for (int i = 0; i < BYUDV_MATCHES; i++)
		good = good && strcmp(byudv_match_names[i], names[i]) == 0;
	ok(good, "kinds of match have the names that the table uses");
}

int
main(void)
{
	test_match_names();
	test_by_hand();
	test_empty();
	test_shapes();
	test_random();
	test_long();
	return done();
}
