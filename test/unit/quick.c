/*
 * quick.c
 *		The quick way to a name's pattern must say what the long one says, or
 *		nothing: by hand where the two could part, then on random names.
 */
#include "tap.h"
#include "reference.h"
#include "plain_quick.h"

#define FAILURES_SHOWN	10

/* Compare all ways for one name; prints what is wrong. */
static bool
agree(const ByudvDictionary *d, const ByudvPattern *patterns, uint32_t n,
	  const char *name, size_t len)
{
	uint32_t	best;
	uint32_t	a = 0,
				b = 0;
	const char *fault = classify_fault(d, patterns, n, name, len, &best);
	bool		quick = byudv_quick_classify(d, name, len, &a);

	if (fault == NULL && plain_quick_classify(d, name, len, &b) != quick)
		fault = "SSE2 makes it quick or not";
	if (fault == NULL && quick && a != b)
		fault = "SSE2 makes a difference";
	if (fault == NULL)
		fault = quick_fault(plain_quick_classify, d, patterns, n, name, len);
	if (fault != NULL)
		printf("# \"%.*s\": %s, pattern %d\n", (int) len, name, fault, (int) best);
	return fault == NULL;
}

static ByudvDictionary *
make_dictionary(const char *const *texts, ByudvPattern *patterns, uint32_t *n,
				Block **pool)
{
	*n = 0;
	for (; *texts != NULL; texts++)
		for (int match = 0; match < BYUDV_MATCHES; match++)
			if (((*texts)[0] == '*' || (*texts)[0] == "wPophS"[match]) &&
				make_pattern(&patterns[*n], *texts + 1, strlen(*texts) - 1,
							 (ByudvMatch) match, *n / 2, pool))
				(*n)++;
	return build_dictionary(patterns, *n, pool);
}

/*
 * Names in which name.c does more than cutting and folding, each with patterns
 * that would be found or missed if the quick way did less.  The first letter
 * of a pattern: * in every way, P prefix, S last.
 */
static const struct
{
	const char *patterns[8];
	const char *names[24];
}			traps[] = {
	{{"*bolig", "*boligforening", NULL},
		{"Bolig-Foreningen", "Bolig forening", "Andels Bolig", "andels-bolig forening", "afd 12 Bolig",
			"Bolig afd 3", "afdeling bolig", "afdelingen bolig", "Sol afd bolig", "Solafd bolig", "afdl bolig",
			"afd12 bolig", "bolig afdx", "Sol c/o bolig", "v/ bolig", "Sol v/bolig", "Sol att bolig", "att bolig",
			"b'olig", "BOLIG", "b olig", "bolig/forening"}},
	{{"*a/s", "*a/b", "Pa/b", "*ab", "*as", NULL},
		{"Sol A/S", "A/S Sol", "Sol AS", "AS Sol", "Sol A S", "A/S/I", "Sol A/S/I", "AB Sol", "AB", "AB, Sol",
			"A/B Sol", "A B Sol", "Sol AB", "Sol AS afd 3", "Sol as v/ x", "Sol as att x", "Sol AS.", "a/sx", "xa/s",
			"a/ s sol", "a /s sol", "1/s", "sol as c/o x"}},
	{{"*andelsboligforening", "*andelsbolig", "*ejerforening", "*forening", NULL},
		{"Andels Bolig Forening", "andels  bolig", "andels, bolig", "ejer.forening", "Ejer foren", "andels selskab",
			"andels organisation", "ejer selskabet", "grundejer forening", "andelsbolig-forening", "ejerlejligheds forening",
			"Andels boligforening", "Andelsb\xc3\xb8lig", "andels"}},
	{{"*sct", "*sankt", "*skt", "*sct knud", NULL},
		{"Skt. Knud", "Sankt Knud", "sct knud", "Sanktknud", "skt", "x skt knud", "SKT-KNUD"}},
	{{"*soe", "*aeroe", "*aa", "*oe", "Pae", NULL},
		{"S\xc3\xb8", "\xc3\x86r\xc3\xb8", "\xc3\x85", "A\xcc\x8a", "\xe2\x84\xab", "\xc3\xa5 \xc3\xb8", "\xc3\x96", "\xc3\x84 x", "S\xc3", "\xc3\xb8\xc3",
			"s\xc3\xb8 \xc3\xbc", "a a", "o e", "aa\xc2\xa0oe"}},
	{{"Pbol", "Pbo", NULL}, {"Boligen", "afd 12 Boligen", "Bo", "B", "Sol Boligen", "c/o Boligen", "afd. Boligen", "bo\xc3\xb8"}},
	{{"Pboligselskabet", "Pboligsels", NULL}, {"Boligselskabet", "Boligselskabets", "Boligselskab", "Boligselsk", "Boligsel"}},
	{{"*aps", "*smba", "*3b", NULL},
		{"Sol Aps", "Sol a.p.s", "A P S", "sol a p s", "S.M.B.A.", "BF 3 B", "3B", "3-b", "a. p. s."}},
	/* 34 characters and around */
	{{"*andelsboligforeningen", "*solgaardenhuse", NULL},
		{"Andelsboligforeningen Solgaardenhu", "Andelsboligforeningen Solgaardenhus", "Andelsboligforeningen Solgaardenh",
			"Peter Hansen Jensen Oles Andelsbol", "Peter Hansen Jensen Olsen Andelsbo", "Peter Hansen Jensen Olse v/ Andels",
			"Peter Hansen Jensen Oles Andelsbo.", "Peter Hansen Jensen Oles Andelsbo ", "Peter Hansen Jensen Olse afd Andel",
			"P\xc3\xb8ter Hansen Jensen Oles Andelsbol", "P\xc3\xb8ter Hansen Jensen Ole Andelsbol"}},
};

static void
test_traps(void)
{
	for (size_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++)
	{
		Block	   *pool = NULL;
		ByudvPattern patterns[64];
		uint32_t	n;
		ByudvDictionary *d = make_dictionary(traps[i].patterns, patterns, &n, &pool);
		bool		good = true;

		for (int k = 0; k < 24 && traps[i].names[k] != NULL; k++)
		{
			good = agree(d, patterns, n, traps[i].names[k], strlen(traps[i].names[k])) && good;

			/* and each pattern alone, lest another's keys help */
			for (uint32_t p = 0; p < n; p++)
			{
				Block	   *own = NULL;
				ByudvDictionary *one = build_dictionary(&patterns[p], 1, &own);

				good = agree(one, &patterns[p], 1, traps[i].names[k], strlen(traps[i].names[k])) && good;
				pool_free(&own);
			}
		}
		ok(good, "%s", traps[i].patterns[0] + 1);
		pool_free(&pool);
	}
}

/* Every length around the block and room sizes, and every byte at each place. */
static void
test_lengths(void)
{
	static const char *const texts[] = {"*sol", "*xxxx", "Pxxx", NULL};
	Block	   *pool = NULL;
	ByudvPattern patterns[32];
	uint32_t	n;
	ByudvDictionary *d = make_dictionary(texts, patterns, &n, &pool);
	bool		good = true;

	for (size_t len = 0; len <= 70; len++)
	{
		char		name[80];

		memset(name, 'x', sizeof(name));
		good = agree(d, patterns, n, name, len) && good;
		for (size_t at = 0; at < len; at += len < 20 ? 1 : 5)
			for (int c = 0; c < 256; c += len < 20 && at < 4 ? 1 : 9)
			{
				name[at] = (char) c;
				good = agree(d, patterns, n, name, len) && good;
				name[at] = 'x';
			}
	}
	ok(good, "names of up to 70 bytes, and each byte in them");
	pool_free(&pool);
}

/*
 * Random sets of patterns.  Prefixes and suffixes too short for keys switch
 * the quick way off, so that most sets must be without.
 */
static void
test_random(bool with_short, uint32_t most, int sets, int names)
{
	uint64_t	state = 7 + most;
	int			shown = 0;
	int			quick = 0;
	int			hits = 0;

	for (int i = 0; i < sets; i++)
	{
		Block	   *pool = NULL;
		ByudvPattern patterns[200];
		uint32_t	n = 0;
		uint32_t	want = 1 + (uint32_t) below(&state, most);
		ByudvDictionary *d;

		while (n < want)
		{
			const ByudvPattern *p = &patterns[n];

			if (random_pattern(&state, &patterns[n], 3, &pool) &&
				(with_short || !((p->match == BYUDV_MATCH_PREFIX && p->len < 3) ||
								 (p->match == BYUDV_MATCH_SUFFIX && p->len < 4))))
				n++;
		}
		d = build_dictionary(patterns, n, &pool);
		for (int k = 0; k < names && shown < FAILURES_SHOWN; k++)
		{
			char		name[160];
			size_t		len = below(&state, 2) ? random_name(&state, name, 80) : 0;
			uint32_t	pattern;

			/* a pattern's own words, in a name of their own or in another */
			if (len < 60 && below(&state, 2))
			{
				const ByudvPattern *p = &patterns[below(&state, n)];
				size_t		take = p->len < 80 ? p->len : 80;

				if (len > 0 && below(&state, 4))
					name[len++] = ' ';
				memcpy(name + len, p->text, take);
				len += take;
				if (below(&state, 3) == 0)
					len += random_name(&state, name + len, 16);
				for (size_t c = 0; c < len; c++)
					if (name[c] >= 'a' && name[c] <= 'z' && below(&state, 6) == 0)
						name[c] -= 32;
			}
			shown += !agree(d, patterns, n, name, len);
			if (byudv_quick_classify(d, name, len, &pattern))
			{
				quick++;
				hits += pattern != BYUDV_NO_PATTERN;
			}
		}
		pool_free(&pool);
	}
	ok(shown == 0, "%d random dictionaries of up to %u patterns, %d names each", sets, most, names);

	/* or the comparison would prove little */
	if (!with_short)
		ok(quick > sets * names / 8 && hits > quick / 20, "%d were quick, of which %d hits", quick, hits);
}

int
main(void)
{
	test_traps();
	test_lengths();
	test_random(false, 2, 3000, 12);
	test_random(false, 40, 200, 150);
	test_random(false, 200, 20, 150);
	test_random(true, 4, 500, 12);
	return done();
}
