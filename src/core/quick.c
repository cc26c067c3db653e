/*
 * quick.c
 *		The ordinary name, classified without writing its normal form.
 *
 * Most owners are natural persons, of whom the dictionary knows nothing, and
 * most other names are letters and blanks.  Such a name's words are found
 * sixteen bytes at a time; the machine of dictionary.c only walks those that
 * begin as the first word of some pattern does, and only word ends that some
 * suffix has are read backwards.  Both are told by bitmaps of word keys that
 * stay in the processor's first cache.
 *
 * It must say what normalising and searching would say, and leaves to them
 * whatever it is not made for: letters beyond a-z and the Danish and Swedish
 * ones, apostrophes, slashes other than in A/S and its kind and before a
 * representative, two words of one letter (which name.c may join), names of
 * more than 63 bytes, and those with a word that name.c rewrites
 * (special_words).  Whoever changes name.c changes this; the tests compare
 * the two on millions of names.
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

void
byudv_quick_build(ByudvQuick *quick, const ByudvPattern *patterns, uint32_t n)
{
	memset(quick, 0, sizeof(ByudvQuick));
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
			set_bit(quick->firsts, HASH(key_of(p->text, first), FIRST_BITS));
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
static inline Bytes
scan(unsigned char *s, size_t len)
{
	const __m128i to_lower = _mm_set1_epi8(0x20);
	const __m128i a = _mm_set1_epi8('a');
	const __m128i zero = _mm_set1_epi8('0');
	const __m128i letters = _mm_set1_epi8(25);
	const __m128i digits = _mm_set1_epi8(9);
	Bytes		b = {0, 0, 0, 0};

	for (size_t i = 0; i < len; i += 16)
	{
		__m128i		x = _mm_load_si128((const __m128i *) (s + i));
		__m128i		lower = _mm_or_si128(x, to_lower);
		__m128i		letter = _mm_sub_epi8(lower, a);
		__m128i		digit = _mm_sub_epi8(x, zero);
		__m128i		is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, letters), letter);
		__m128i		is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, digits), digit);
		__m128i		slash = _mm_cmpeq_epi8(x, _mm_set1_epi8('/'));
		__m128i		quote = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\'')),
										 _mm_cmpeq_epi8(x, _mm_set1_epi8('`')));

		b.words |= (uint64_t) (uint32_t) _mm_movemask_epi8(_mm_or_si128(is_letter, is_digit)) << i;
		b.high |= (uint64_t) (uint32_t) _mm_movemask_epi8(x) << i;
		b.slashes |= (uint64_t) (uint32_t) _mm_movemask_epi8(slash) << i;
		b.quotes |= (uint64_t) (uint32_t) _mm_movemask_epi8(quote) << i;
		_mm_store_si128((__m128i *) (s + i),
						_mm_or_si128(x, _mm_and_si128(is_letter, to_lower)));
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
fold_high(unsigned char *s, Bytes *b)
{
	uint64_t	high = b->high;

	while (high != 0)
	{
		int			i = first_bit(high);
		unsigned char second = s[i + 1] & ~0x20;

		if (s[i] != 0xC3)
			return false;
		if (second == 0x98 || second == 0x96)
		{
			s[i] = 'o';
			s[i + 1] = 'e';
		}
		else if (second == 0x86 || second == 0x84)
		{
			s[i] = 'a';
			s[i + 1] = 'e';
		}
		else if (second == 0x85)
			s[i] = s[i + 1] = 'a';
		else
			return false;
		high &= ~(UINT64_C(3) << i);
	}
	b->words |= b->high;
	return true;
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

/* Is the name as long as registers cut them, and does it end in a word? */
static inline bool
is_cut(size_t len, const Bytes *b)
{
	uint64_t	high = b->high;

	for (; high != 0; len--)
		high &= ~(UINT64_C(3) << first_bit(high));
	return len == BYUDV_NAME_CUT;
}

/* Does the word of n letters before end, four at least, end as a suffix does? */
static inline bool
may_be_suffix(const ByudvQuick *quick, const unsigned char *end, size_t n)
{
	uint64_t	key = load_key(end - SHORT_END, SHORT_END);

	if (byudv_likely(!has_bit(quick->ends, HASH(key, END_BITS))))
		return false;
	return has_bit(quick->ends, HASH(key | MARK, END_BITS)) ||
		(n >= END_KEY &&
		 has_bit(quick->ends, HASH(load_key(end - END_KEY, END_KEY), END_BITS)));
}

/*
 * Lead the machine through a word.  Within a word only a prefix of the name
 * can end, so that only there it is watched.
 */
static inline uint32_t
walk_word(const Automaton *a, uint32_t state, const unsigned char *word, size_t n,
		  bool in_front, uint32_t *best)
{
	const unsigned char *stop = word + n;

	state = step(a, state, ' ');
	*best = better(a, state, *best);
	do
	{
		state = step(a, state, *word++);
		if (in_front)
			*best = better(a, state, *best);
	} while (word < stop && state != ROOT);
	return state;
}

/* The pattern of a name; false when it has to be normalised first. */
bool
byudv_quick_classify(const ByudvDictionary *d, const char *name, size_t len,
					 uint32_t *pattern)
{
	_Alignas(16) unsigned char s[ROOM + 16];
	const ByudvQuick *quick = &d->quick;
	const Automaton *a = &d->forward;
	uint32_t	state = d->begin;
	uint32_t	best = BYUDV_NO_PATTERN;
	uint64_t	starts,
				ends,
				lone;
	Bytes		b;
	bool		apart = false;
	bool		cut = false;
	bool		in_front = true;	/* within a prefix of the name */
	size_t		front;
	size_t		n;

	if (len >= ROOM || len == 0 || quick->off)
		return false;
	/* the blocks that scan reads, and a key beyond the last letter */
	memset(s + (len & ~(size_t) 15), 0, 32);
	memcpy(s, name, len);
	b = scan(s, len);
	if (b.quotes != 0 ||
		(b.high != 0 && !fold_high(s, &b)) ||
		(b.slashes != 0 && !read_slashes(s, &b, &apart)))
		return false;
	if (len >= BYUDV_NAME_CUT && !apart && ((b.words >> (len - 1)) & 1))
		cut = is_cut(len, &b);

	starts = b.words & ~(b.words << 1);
	ends = b.words & ~(b.words >> 1);
	lone = starts & ends;
	if (starts == 0 || (lone & (lone - 1)) != 0)
		return false;
	front = (size_t) first_bit(starts);
	do
	{
		size_t		from = (size_t) first_bit(starts);
		uint64_t	key;
		bool		walk;

		n = (size_t) first_bit(ends) + 1 - from;
		key = load_key(s + from, n);
		starts &= starts - 1;
		ends &= ends - 1;

		if (byudv_unlikely(is_estate(s + from, key, n)))
		{
			if (from == front)
				return false;
			apart = true;
			break;
		}
		walk = has_bit(quick->firsts, HASH(key, FIRST_BITS));
		if (walk)
		{
			int			special = find_special(quick, key, n);

			if (special >= 0)
			{
				size_t		next = starts != 0 ? (size_t) first_bit(starts) : len;
				uint64_t	after = load_key(s + next, 4);

				switch (special_words[special].special)
				{
					case IN_FRONT:
						if (from == front)
							return false;
						break;
					case AT_THE_END:
						if (starts == 0 || (after & 0xFFFFFF) == AFD ||
							(after & 0xFFFFFF) == LETTERS4('a', 't', 't', 0))
							return false;
						break;
					case ANYWHERE:
						return false;
					case APART:
						if (from != front)
							return false;
						break;
					case COMPOUND:
						if (after == LETTERS4('f', 'o', 'r', 'e') ||
							after == LETTERS4('s', 'e', 'l', 's') ||
							after == LETTERS4('o', 'r', 'g', 'a') ||
							after == LETTERS4('b', 'o', 'l', 'i'))
							return false;
						break;
				}
			}
		}
		if (state == d->begin && !walk)
			walk = n >= PREFIX_KEY &&
				has_bit(quick->firsts, HASH((key & 0xFFFFFF) | MARK, FIRST_BITS));
		else
			walk = walk || state != ROOT;
		if (walk || (cut && starts == 0))
			state = walk_word(a, state, s + from, n, in_front, &best);
		else
			state = ROOT;
		in_front = in_front && state != ROOT;
		if (n >= SHORT_END && may_be_suffix(quick, s + from + n, n))
			best = find_suffix(&d->backward, s + from + n, n, best);
	} while (starts != 0);

	if (state != ROOT)
		best = finish(a, state, n, cut && !apart, best);
	*pattern = best;
	return true;
}
