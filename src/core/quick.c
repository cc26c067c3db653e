/*
 * quick.c
 *		The ordinary name, classified without writing its normal form.
 *
 * Most owners are natural persons, of whom the dictionary knows nothing, and
 * most other names are letters and blanks.  Such a name's words are found
 * sixteen bytes at a time; the machine of automaton.c only walks those that
 * begin as the first word of some pattern does, and only word ends that some
 * suffix has are read backwards.  Both are told by bitmaps of word keys that
 * stay in the processor's first cache.
 *
 * It must say what normalising and searching would say, and leaves to them
 * whatever it is not made for: letters beyond Latin-1, apostrophes, slashes
 * other than in A/S and its kind and before a representative, neighbours of
 * one letter each (which name.c may join), owners of more than 63 bytes, and
 * most words that name.c rewrites (special_words).  Whoever changes name.c
 * changes this; the tests compare the two on millions of names.
 *
 * Must not depend on PostgreSQL.
 */
#include "automaton.h"

#include <string.h>

#include "name.h"

#if defined(__SSE2__) && !defined(BYUDV_NO_SIMD)
#include <emmintrin.h>
#define USE_SSE2
#endif

#define KEY			8			/* first letters that a key holds */
#define END_KEY		6			/* last letters, four for shorter suffixes */
#define SHORT_END	4
#define PREFIX_KEY	3			/* letters of a prefix shorter than a key */
#define ROOM		64

/*
 * Words that name.c makes something else of, or that make it join words, and
 * where they stand when it does.
 */
typedef enum Special
{
	IN_FRONT,					/* AB Solgaarden */
	AT_THE_END,					/* Jeudan AS */
	ANYWHERE,
	APART,						/* the owner part ends here */
	COMPOUND					/* Andels-Boligforening */
} Special;

static const struct
{
	const char *word;
	Special		special;
}			special_words[] = {
	{"ab", IN_FRONT}, {"ef", IN_FRONT}, {"gf", IN_FRONT},
	{"as", AT_THE_END}, {"is", AT_THE_END}, {"ks", AT_THE_END}, {"ps", AT_THE_END},
	{"skt", ANYWHERE}, {"sankt", ANYWHERE}, {"att", APART},
	{"andels", COMPOUND}, {"bolig", COMPOUND}, {"ejer", COMPOUND},
	{"grundejer", COMPOUND}, {"andelsbolig", COMPOUND}, {"ejerlejligheds", COMPOUND},
};

_Static_assert(sizeof(special_words) / sizeof(special_words[0]) == SPECIAL_WORDS,
			   "one key per special word");

static const char slash_forms[][KEY] = {
	"a/b", "e/f", "g/f", "a/s", "i/s", "k/s", "p/s",
};

#define LETTERS4(a, b, c, d) ((uint32_t) (a) | (uint32_t) (b) << 8 | (uint32_t) (c) << 16 | (uint32_t) (d) << 24)
#define AFD		LETTERS4('a', 'f', 'd', 0)

#define HASH(key, bits) ((uint32_t) (((key) * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - (bits))))

static inline bool
has_bit(const uint64_t *map, uint32_t slot)
{
	return (map[slot / 64] >> (slot % 64)) & 1;
}

static inline void
set_bit(uint64_t *map, uint32_t slot)
{
	map[slot / 64] |= UINT64_C(1) << (slot % 64);
}

/* Sets a key of few letters apart from those of words. */
#define MARK		UINT64_C(0xFF00000000000000)

#define ALL			UINT64_MAX

/* What a key of n letters keeps of eight. */
static const uint64_t key_mask[ROOM + 1] = {
	0, ALL >> 56, ALL >> 48, ALL >> 40, ALL >> 32, ALL >> 24, ALL >> 16, ALL >> 8,
	ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
	ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
	ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
	ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
};

/* n letters, the first eight of them, as one number; eight must be readable. */
static inline uint64_t
load_key(const unsigned char *letters, size_t n)
{
	uint64_t	key;

	memcpy(&key, letters, sizeof(key));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	key = __builtin_bswap64(key);
#endif
	return key & key_mask[n];
}

/* The same of letters behind which there need not be any byte. */
static uint64_t
key_of(const char *letters, size_t n)
{
	unsigned char bytes[KEY] = {0};

	if (n > KEY)
		n = KEY;
	memcpy(bytes, letters, n);
	return load_key(bytes, n);
}

/* The state after a blank and the letters of a key, and the best on the way. */
static uint32_t
walk_key(const Automaton *a, uint32_t state, const char *letters, size_t n,
		 uint32_t *best)
{
	*best = BYUDV_NO_PATTERN;
	state = step(a, state, ' ');
	for (size_t i = 0; i < n && state != ROOT; i++)
	{
		state = step(a, state, (unsigned char) letters[i]);
		*best = better(a, state, *best);
	}
	return state;
}

static void
add_jump(ByudvDictionary *d, const char *letters, size_t n)
{
	ByudvQuick *quick = &d->quick;
	uint64_t	key = key_of(letters, n);
	uint32_t	slot = HASH(key, 32) & quick->jump_mask;
	uint32_t	best;

	if (n > KEY)
		n = KEY;
	while (quick->jumps[slot].key != 0 && quick->jumps[slot].key != key)
		slot = (slot + 1) & quick->jump_mask;
	quick->jumps[slot].key = key;
	quick->jumps[slot].from_root = walk_key(&d->forward, ROOT, letters, n, &best);
	quick->jumps[slot].from_begin = walk_key(&d->forward, d->begin, letters, n, &best);
	quick->jumps[slot].prefix = best;
}

void
byudv_quick_build(ByudvDictionary *d, const ByudvPattern *patterns, uint32_t n,
				  const ByudvArena *arena)
{
	ByudvQuick *quick = &d->quick;
	uint32_t	jumps = 64;

	memset(quick, 0, sizeof(ByudvQuick));
	while (jumps < 2 * (n + SPECIAL_WORDS))
		jumps *= 2;
	quick->jump_mask = jumps - 1;
	quick->jumps = arena->alloc(arena->context, jumps * sizeof(ByudvJump));
	memset(quick->jumps, 0, jumps * sizeof(ByudvJump));
	/* a/b, a/s and so on come from words without their slash */
	for (size_t i = 0; i < sizeof(slash_forms) / sizeof(slash_forms[0]); i++)
		add_jump(d, slash_forms[i], 3);
	for (int i = 0; i < SPECIAL_WORDS; i++)
	{
		size_t		len = strlen(special_words[i].word);
		uint64_t	key = key_of(special_words[i].word, len);

		set_bit(quick->firsts, HASH(key, FIRST_BITS));
		quick->special_keys[i] = key;
		for (uint8_t slot = (uint8_t) HASH(key, SPECIAL_BITS);; slot++)
		{
			if (quick->specials[slot] == 0)
			{
				quick->specials[slot] = (uint8_t) (i + 1);
				break;
			}
		}
	}
	for (uint32_t i = 0; i < n; i++)
	{
		const ByudvPattern *p = &patterns[i];
		const char *end = p->text + p->len;
		const char *space = memchr(p->text, ' ', p->len);
		size_t		first = (size_t) ((space ? space : end) - p->text);

		if (p->match == BYUDV_MATCH_SUFFIX)
		{
			/* four letters tell most words apart, six the rest */
			if (p->len < SHORT_END)
				quick->off = true;
			else
			{
				uint64_t	key = key_of(end - SHORT_END, SHORT_END);

				set_bit(quick->ends, HASH(key, END_BITS));
				if (p->len < END_KEY)
					set_bit(quick->ends, HASH(key | MARK, END_BITS));
				else
					set_bit(quick->ends,
							HASH(key_of(end - END_KEY, END_KEY), END_BITS));
			}
		}
		else if (p->match == BYUDV_MATCH_PREFIX && space == NULL && first < KEY)
		{
			/* the name's first word may go on: its first letters tell */
			if (first >= PREFIX_KEY)
				set_bit(quick->firsts,
						HASH(key_of(p->text, PREFIX_KEY) | MARK, FIRST_BITS));
			else
				quick->off = true;
		}
		else
		{
			set_bit(quick->firsts, HASH(key_of(p->text, first), FIRST_BITS));
			add_jump(d, p->text, first);
		}
	}
}

/* The special word that this is, or -1. */
static inline int
find_special(const ByudvQuick *quick, uint64_t key, size_t n)
{
	for (uint8_t slot = (uint8_t) HASH(key, SPECIAL_BITS);
		 byudv_unlikely(quick->specials[slot] != 0); slot++)
	{
		int			i = quick->specials[slot] - 1;

		if (quick->special_keys[i] == key && strlen(special_words[i].word) == n)
			return i;
	}
	return -1;
}

/* One of the spellings of an estate, as name.c knows them? */
static inline bool
is_estate(const unsigned char *word, uint64_t key, size_t n)
{
	if ((key & 0xFFFFFF) != AFD)
		return false;
	return n == 3 || (word[3] >= '0' && word[3] <= '9') || (n == 4 && word[3] == 'l') ||
		((n == 8 || n == 10) && memcmp(word, n == 8 ? "afdeling" : "afdelingen", n) == 0);
}

static inline int
first_bit(uint64_t bits)
{
#if defined(__GNUC__)
	return __builtin_ctzll(bits);
#else
	int			n = 0;

	while (!(bits & 1))
	{
		bits >>= 1;
		n++;
	}
	return n;
#endif
}

/* At most 64 bytes, many at a time, none beyond them. */
static inline void
copy_name(unsigned char *s, const char *name, size_t len)
{
	if (len >= 32)
	{
		memcpy(s, name, 32);
		memcpy(s + len - 32, name + len - 32, 32);
	}
	else if (len >= 16)
	{
		memcpy(s, name, 16);
		memcpy(s + len - 16, name + len - 16, 16);
	}
	else if (len >= 8)
	{
		memcpy(s, name, 8);
		memcpy(s + len - 8, name + len - 8, 8);
	}
	else
		for (size_t i = 0; i < len; i++)
			s[i] = (unsigned char) name[i];
}

/* What a name's bytes are; bit i is byte i. */
typedef struct Bytes
{
	uint64_t	words;			/* letters and digits */
	uint64_t	high;			/* beyond ASCII */
	uint64_t	slashes;
	uint64_t	quotes;			/* ' and `, which join what they stand between */
} Bytes;

/* Classify the bytes and bring letters to lower case. */
#ifdef USE_SSE2
static inline void
scan_block(unsigned char *s, int at, Bytes *b)
{
	const __m128i to_lower = _mm_set1_epi8(0x20);
	__m128i		x = _mm_load_si128((const __m128i *) (s + at));
	__m128i		letter = _mm_sub_epi8(_mm_or_si128(x, to_lower), _mm_set1_epi8('a'));
	__m128i		digit = _mm_sub_epi8(x, _mm_set1_epi8('0'));
	__m128i		is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
	__m128i		is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
	__m128i		slash = _mm_cmpeq_epi8(x, _mm_set1_epi8('/'));
	__m128i		quote = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\'')),
									 _mm_cmpeq_epi8(x, _mm_set1_epi8('`')));

	b->words |= (uint64_t) (uint32_t) _mm_movemask_epi8(_mm_or_si128(is_letter, is_digit)) << at;
	b->high |= (uint64_t) (uint32_t) _mm_movemask_epi8(x) << at;
	b->slashes |= (uint64_t) (uint32_t) _mm_movemask_epi8(slash) << at;
	b->quotes |= (uint64_t) (uint32_t) _mm_movemask_epi8(quote) << at;
	_mm_store_si128((__m128i *) (s + at), _mm_or_si128(x, _mm_and_si128(is_letter, to_lower)));
}

static inline Bytes
scan(unsigned char *s, size_t len)
{
	Bytes		b = {0, 0, 0, 0};

	/* two blocks are the usual name; the places are constants this way */
	scan_block(s, 0, &b);
	scan_block(s, 16, &b);
	if (len > 32)
	{
		scan_block(s, 32, &b);
		if (len > 48)
			scan_block(s, 48, &b);
	}
	return b;
}
#else
static inline Bytes
scan(unsigned char *s, size_t len)
{
	Bytes		b = {0, 0, 0, 0};

	for (size_t i = 0; i < len; i++)
	{
		unsigned char c = s[i];
		unsigned char l = c | 0x20;
		uint64_t	bit = UINT64_C(1) << i;

		if (l >= 'a' && l <= 'z')
		{
			s[i] = l;
			b.words |= bit;
		}
		else if (c >= '0' && c <= '9')
			b.words |= bit;
		else if (c >= 0x80)
			b.high |= bit;
		else if (c == '/')
			b.slashes |= bit;
		else if (c == '\'' || c == '`')
			b.quotes |= bit;
	}
	return b;
}
#endif

/*
 * The Danish and Swedish letters fold to two letters and take two bytes, so
 * they can be folded where they stand.  False for any other character.
 */
static inline bool
fold_in_place(unsigned char *s, Bytes *b)
{
	uint64_t	high = b->high;

	while (high != 0)
	{
		int			i = first_bit(high);
		const char *fold;

		if (s[i] != 0xC3 || s[i + 1] < 0x80)
			return false;
		fold = byudv_latin_fold[s[i + 1] - 0x80];
		if (fold[0] == '\0' || fold[1] == '\0')
			return false;
		s[i] = (unsigned char) fold[0];
		s[i + 1] = (unsigned char) fold[1];
		high &= ~(UINT64_C(3) << i);
	}
	b->words |= b->high;
	return true;
}

/*
 * The same for all letters of Latin-1, some of which leave a byte less; the
 * name is written anew.  Returns its length, 0 when there are others.
 */
static size_t
fold_anew(unsigned char *s, const char *name, size_t len)
{
	const unsigned char *from = (const unsigned char *) name;
	size_t		n = 0;

	for (size_t i = 0; i < len; i++)
	{
		if (from[i] < 0x80)
			s[n++] = from[i];
		else
		{
			const char *fold;

			if (from[i] != 0xC3 || i + 1 == len || (from[i + 1] & 0xC0) != 0x80)
				return 0;
			fold = byudv_latin_fold[from[++i] - 0x80];
			if (fold[0] == '\0')
				return 0;
			for (; *fold != '\0'; fold++)
				s[n++] = (unsigned char) *fold;
		}
	}
	memset(s + n, 0, ROOM + 16 - n);
	return n;
}

/*
 * A slash between two lone letters of a legal form is part of a word; v/ and
 * c/o end the owner part.  False for any other slash.
 */
static inline bool
read_slashes(const unsigned char *s, Bytes *b, bool *apart)
{
	uint64_t	slashes = b->slashes;

	while (slashes != 0)
	{
		int			i = first_bit(slashes);
		uint64_t	around;

		slashes &= slashes - 1;
		if (i < 1 || i > 60)
			return false;
		/* the bytes i - 2 .. i + 2 */
		around = i == 1 ? b->words << 1 : b->words >> (i - 2);
		if ((around & 0x03) != 0x02)
			return false;		/* no lone letter before it */
		if (s[i - 1] == 'v' ||
			(s[i - 1] == 'c' && s[i + 1] == 'o' && (around & 0x18) == 0x08))
		{
			b->words &= (UINT64_C(1) << (i - 1)) - 1;
			*apart = true;
			return true;
		}
		if ((around & 0x18) != 0x08 ||
			!byudv_is_slash_pair((char) s[i - 1], (char) s[i + 1]))
			return false;
		b->words |= UINT64_C(1) << i;
	}
	return true;
}

/* What name.c makes of ab, ef, gf; as, is, ks, ps. */
static inline const unsigned char *
with_slash(const unsigned char *word)
{
	size_t		i = 0;

	while (slash_forms[i][0] != word[0] || slash_forms[i][2] != word[1])
		i++;
	return (const unsigned char *) slash_forms[i];
}

/* Where the last word begins, or where it would. */
static inline int
last_start(uint64_t words)
{
	int			i = ROOM - 1;

	while (i > 0 && (words >> (i - 1)) & 1)
		i--;
	return i;
}

/* Is the name as long as registers cut them? */
static bool
is_cut(const char *name, size_t len)
{
	size_t		n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char) name[i] & 0xC0) != 0x80;
	return n == BYUDV_NAME_CUT;
}

/* The last letters of eight. */
#define LAST(tail, n)	((tail) >> (8 * (KEY - (n))))

/*
 * Lead the machine through a word.  Within a word nothing can end but a prefix
 * of the name, and that is known to all states behind it: it is enough to look
 * before the machine falls back, and at the end.
 */
static inline uint32_t
walk_on(const Automaton *a, uint32_t state, const unsigned char *p,
		const unsigned char *stop, uint32_t *best)
{
	const uint32_t *base = a->base;
	const uint8_t *check = a->check;

	for (; p < stop; p++)
	{
		uint32_t	t = base[state] + *p;

		if (byudv_likely(check[t] == *p))
			state = t;
		else
		{
			*best = better(a, state, *best);
			state = step(a, state, *p);
			if (state == ROOT)
				return ROOT;
		}
	}
	*best = better(a, state, *best);
	return state;
}

/*
 * The same for a whole word.  Where no phrase is under way its key leads
 * straight to the state behind its first eight letters; exact says that
 * letters beyond no key need not be tried.
 */
static inline uint32_t
walk_word(const ByudvDictionary *d, uint32_t state, const unsigned char *word,
		  size_t n, uint64_t key, bool exact, uint32_t *best)
{
	const Automaton *a = &d->forward;

	if (state == ROOT || state == d->begin)
	{
		uint32_t	slot = HASH(key, 32) & d->quick.jump_mask;
		const ByudvJump *jump = &d->quick.jumps[slot];

		while (jump->key != 0 && jump->key != key)
		{
			slot = (slot + 1) & d->quick.jump_mask;
			jump = &d->quick.jumps[slot];
		}
		if (jump->key != 0)
		{
			if (state == ROOT)
				state = jump->from_root;
			else
			{
				state = jump->from_begin;
				if (jump->prefix < *best)
					*best = jump->prefix;
			}
			if (state == ROOT)
				return ROOT;
			return walk_on(a, state, word + (n < KEY ? n : KEY), word + n, best);
		}
		if (exact)
			return ROOT;
	}
	state = step(a, state, ' ');
	*best = better(a, state, *best);
	return walk_on(a, state, word, word + n, best);
}

/* Does the word of n letters before end, four at least, end as a suffix does? */
static inline bool
may_be_suffix(const ByudvQuick *quick, const unsigned char *end, size_t n)
{
	uint64_t	tail = load_key(end - KEY, KEY);

	return has_bit(quick->ends, HASH(LAST(tail, SHORT_END), END_BITS)) &&
		(has_bit(quick->ends, HASH(LAST(tail, SHORT_END) | MARK, END_BITS)) ||
		 (n >= END_KEY && has_bit(quick->ends, HASH(LAST(tail, END_KEY), END_BITS))));
}

/* What is known of a name before its words are looked at. */
typedef struct Name
{
	unsigned char *s;			/* folded; eight bytes in front, zeros behind */
	size_t		len;
	uint64_t	words;			/* its bytes that belong to words */
	bool		partial;		/* there is more than fits */
	bool		apart;			/* the owner part ends before the name does */
	bool		cut;			/* the last word may be a stump */
} Name;

/* Copy, fold and measure; false for what only name.c understands. */
static inline bool
read_name(Name *name, const char *raw, size_t len)
{
	unsigned char *s = name->s;
	Bytes		b;

	name->partial = len >= ROOM;
	name->apart = name->cut = false;
	if (name->partial)
		len = ROOM - 1;			/* enough if the owner part ends in it */
	memset(s, 0, ROOM + 16);
	copy_name(s, raw, len);
	b = scan(s, len);
	if (b.high != 0 && !fold_in_place(s, &b))
	{
		size_t		folded = name->partial ? 0 : fold_anew(s, raw, len);

		if (folded == 0)
			return false;
		name->cut = is_cut(raw, len);
		len = folded;
		b = scan(s, len);
	}
	else if (len >= BYUDV_NAME_CUT)
	{
		/* a letter beyond ASCII is two bytes here */
		size_t		n = len;

		for (uint64_t high = b.high; high != 0; n--)
			high &= ~(UINT64_C(3) << first_bit(high));
		name->cut = n == BYUDV_NAME_CUT;
	}
	if (b.quotes != 0 || (b.slashes != 0 && !read_slashes(s, &b, &name->apart)))
		return false;
	if (name->partial && !name->apart)
		b.words &= ~(UINT64_MAX << last_start(b.words));
	name->cut = name->cut && !name->apart && !name->partial &&
		((b.words >> (len - 1)) & 1);
	name->len = len;
	name->words = b.words;
	return true;
}

/* What a special word does to the search. */
typedef enum Verdict
{
	PLAIN,						/* nothing, here */
	SLASH,						/* it is a/b or the like */
	NOT_FOR_US
} Verdict;

/* next: what follows the word; last, first: where it stands. */
static Verdict
judge_special(int special, const unsigned char *word, const unsigned char *next,
			  bool first, bool last)
{
	uint64_t	after = load_key(next, 4);

	switch (special_words[special].special)
	{
		case IN_FRONT:
			if (!first || last)
				return PLAIN;
			return next == word + 3 && word[2] == ' ' ? SLASH : NOT_FOR_US;
		case AT_THE_END:
			if ((after & 0xFFFFFF) == AFD ||
				(after & 0xFFFFFF) == LETTERS4('a', 't', 't', 0))
				return NOT_FOR_US;
			return last && !first ? SLASH : PLAIN;
		case APART:
			return first ? PLAIN : NOT_FOR_US;
		case COMPOUND:
			return after == LETTERS4('f', 'o', 'r', 'e') ||
				after == LETTERS4('s', 'e', 'l', 's') ||
				after == LETTERS4('o', 'r', 'g', 'a') ||
				after == LETTERS4('b', 'o', 'l', 'i') ? NOT_FOR_US : PLAIN;
		case ANYWHERE:
			break;
	}
	return NOT_FOR_US;
}

/* Does a word of one letter follow another? */
static bool
has_lone_neighbours(const Name *name)
{
	uint64_t	starts = name->words & ~(name->words << 1);
	uint64_t	ends = name->words & ~(name->words >> 1);
	bool		was_lone = false;

	for (; starts != 0; starts &= starts - 1, ends &= ends - 1)
	{
		int			at = first_bit(starts);
		bool		lone = at == first_bit(ends) && name->s[at] >= 'a';

		if (lone && was_lone)
			return true;
		was_lone = lone;
	}
	return false;
}

/* The pattern of a name; false when it has to be normalised first. */
bool
byudv_quick_classify(const ByudvDictionary *d, const char *raw, size_t len,
					 uint32_t *pattern)
{
	_Alignas(16) unsigned char room[16 + ROOM + 16];
	Name		name = {.s = room + 16};
	const ByudvQuick *quick = &d->quick;
	const Automaton *a = &d->forward;
	uint32_t	state = d->begin;
	uint32_t	best = BYUDV_NO_PATTERN;
	bool		first = true;
	uint64_t	starts;
	uint64_t	ends;
	size_t		n;

	if (len == 0 || quick->off || !read_name(&name, raw, len))
		return false;
	starts = name.words & ~(name.words << 1);
	ends = name.words & ~(name.words >> 1);
	if (starts == 0)
		return false;
	/* two words of one letter may be for name.c to join, if they are neighbours */
	if ((starts & ends & ((starts & ends) - 1)) != 0 && has_lone_neighbours(&name))
		return false;
	do
	{
		size_t		from = (size_t) first_bit(starts);
		const unsigned char *word = name.s + from;
		uint64_t	key;
		bool		walk;
		bool		exact;

		n = (size_t) first_bit(ends) + 1 - from;
		key = load_key(word, n);
		starts &= starts - 1;
		ends &= ends - 1;

		if (byudv_unlikely(is_estate(word, key, n)))
		{
			if (first)
				return false;
			name.apart = true;
			break;
		}
		exact = walk = has_bit(quick->firsts, HASH(key, FIRST_BITS));
		if (walk)
		{
			int			special = find_special(quick, key, n);

			if (byudv_unlikely(special >= 0))
			{
				size_t		next = starts != 0 ? (size_t) first_bit(starts) : name.len;
				Verdict		verdict = judge_special(special, word, name.s + next,
													first, starts == 0);

				if (verdict == NOT_FOR_US)
					return false;
				if (verdict == SLASH)
				{
					word = with_slash(word);
					n = 3;
					key = load_key(word, n);
				}
			}
		}
		else
			walk = state != ROOT && state != d->begin;
		if (state == d->begin && has_bit(quick->firsts,
										 HASH((key & 0xFFFFFF) | MARK, FIRST_BITS)))
		{
			/* a prefix that is shorter than a key */
			walk = true;
			exact = false;
		}
		if (name.cut && starts == 0)
		{
			/* a stump has another key */
			walk = true;
			exact = false;
		}
		if (walk)
			state = walk_word(d, state, word, n, key, exact, &best);
		else
			state = ROOT;
		if (state != ROOT)
		{
			if (a->ending[state] < best)
				best = a->ending[state];
		}
		else if (n >= SHORT_END && may_be_suffix(quick, word + n, n))
			best = find_suffix(&d->backward, word + n, n, best);
		first = false;
	} while (starts != 0);

	if (name.partial && !name.apart)
		return false;
	if (state != ROOT)
		best = finish(a, state, n, name.cut && !name.apart, best);
	*pattern = best;
	return true;
}
