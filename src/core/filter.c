/*
 * filter.c
 *		A quick look at a raw name, before any work is spent on it.
 *
 * What makes it right, and what has to stay so when name.c changes:
 *
 * - A match holds every word of its pattern, so one word's key per pattern is
 *   enough to say "nothing"; the longest is taken, or one that is there.
 * - Words are cut here as there.  Names in which name.c does more than cutting
 *   and folding are left to it: letters beyond a-z and the Danish and Swedish
 *   ones, apostrophes, slashes other than in A/S and its kind, two words of
 *   one letter (it may join them), names of 34 characters (whose last word may
 *   be cut), names of more than 63 bytes, and those with a word that it
 *   rewrites (special_words).
 * - An estate ("afd 12") ends the owner part, as there.
 *
 * Must not depend on PostgreSQL.
 */
#include "filter.h"

#include <string.h>

#include "name.h"

#if defined(__SSE2__) && !defined(BYUDV_NO_SIMD)
#include <emmintrin.h>
#define USE_SSE2
#endif

#define KEY		8				/* first letters that a key holds */
#define END_KEY	6				/* last letters */
#define ROOM	64

/*
 * Words that name.c makes something else of, or that make it join words.  They
 * are keys of their own, so that "nothing" is never said of a name with one.
 */
static const char *const special_words[] = {
	"ab", "ef", "gf", "as", "is", "ks", "ps", "skt", "sankt", "att",
	"andels", "bolig", "ejer", "grundejer", "andelsbolig", "ejerlejligheds",
};

#define SPECIAL_WORDS	(sizeof(special_words) / sizeof(special_words[0]))

static inline void
add(uint64_t *bits, uint64_t key)
{
	uint32_t	slot = (uint32_t) ((key * UINT64_C(0x9E3779B97F4A7C15)) >> 48);

	bits[slot / 64] |= UINT64_C(1) << (slot % 64);
}

/* The key of letters behind which there need not be any byte. */
static uint64_t
key_of(const char *letters, size_t n)
{
	char		bytes[KEY] = {0};

	memcpy(bytes, letters, n < KEY ? n : KEY);
	return byudv_filter_key(bytes, n);
}

/* Can the word occur in a name that is looked at? */
static bool
is_plain(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!((word[i] >= 'a' && word[i] <= 'z') ||
			  (word[i] >= '0' && word[i] <= '9') || word[i] == '/'))
			return false;
	return true;
}

static void
add_pattern(ByudvFilter *filter, const ByudvPattern *pattern)
{
	const char *best = NULL;
	size_t		best_len = 0;
	const char *p = pattern->text;
	const char *end = p + pattern->len;
	bool		known = false;
	bool		first = true;

	if (pattern->match == BYUDV_MATCH_SUFFIX)
	{
		if (pattern->len >= END_KEY)
			add(filter->ends, key_of(end - END_KEY, END_KEY));
		else if (pattern->len >= 4)
			add(filter->ends, key_of(end - 4, 4));
		else
			filter->pass_all = true;
		return;
	}
	while (p < end)
	{
		const char *space = memchr(p, ' ', (size_t) (end - p));
		const char *word = p;
		size_t		n = (size_t) ((space ? space : end) - p);
		bool		open = space == NULL && n < KEY &&
			pattern->match == BYUDV_MATCH_PREFIX;

		p += n + 1;
		if (!is_plain(word, n))
			return;				/* such a name is not looked at */
		if (open && first)
		{
			/*
			 * The name's first word may go on.  With three letters or more
			 * it is told by these (below); fewer are not worth it.
			 */
			if (n < 3)
				filter->pass_all = true;
			add(filter->firsts, key_of(word, n < 3 ? n : 3) ^ UINT64_MAX);
			return;
		}
		if (first)
			add(filter->firsts, key_of(word, n));
		first = false;
		if (open)
			continue;			/* the words before it tell */
		known = known || byudv_filter_has(filter->words, key_of(word, n));
		if (n > best_len)
		{
			best = word;
			best_len = n;
		}
	}
	if (!known)
		add(filter->words, key_of(best, best_len));
}

void
byudv_filter_build(ByudvFilter *filter, const ByudvPattern *patterns, uint32_t n)
{
	memset(filter, 0, sizeof(ByudvFilter));
	for (size_t i = 0; i < SPECIAL_WORDS; i++)
		add(filter->words, key_of(special_words[i], strlen(special_words[i])));

	/* single words first: phrases can then share their keys */
	for (int phrases = 0; phrases < 2; phrases++)
		for (uint32_t i = 0; i < n; i++)
			if ((memchr(patterns[i].text, ' ', patterns[i].len) != NULL) == phrases)
				add_pattern(filter, &patterns[i]);
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

#ifdef USE_SSE2
static inline Bytes
scan(const unsigned char *s, size_t len)
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
		__m128i		letter = _mm_sub_epi8(_mm_or_si128(x, to_lower), a);
		__m128i		digit = _mm_sub_epi8(x, zero);
		__m128i		word = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, letters), letter),
										_mm_cmpeq_epi8(_mm_min_epu8(digit, digits), digit));
		__m128i		slash = _mm_cmpeq_epi8(x, _mm_set1_epi8('/'));
		__m128i		quote = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\'')),
										 _mm_cmpeq_epi8(x, _mm_set1_epi8('`')));

		b.words |= (uint64_t) (uint32_t) _mm_movemask_epi8(word) << i;
		b.high |= (uint64_t) (uint32_t) _mm_movemask_epi8(x) << i;
		b.slashes |= (uint64_t) (uint32_t) _mm_movemask_epi8(slash) << i;
		b.quotes |= (uint64_t) (uint32_t) _mm_movemask_epi8(quote) << i;
	}
	return b;
}
#else
static inline Bytes
scan(const unsigned char *s, size_t len)
{
	Bytes		b = {0, 0, 0, 0};

	for (size_t i = 0; i < len; i++)
	{
		unsigned char c = s[i];
		unsigned char l = c | 0x20;
		uint64_t	bit = UINT64_C(1) << i;

		if ((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9'))
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
		if (second == 0x98 || second == 0x96)	/* oe */
		{
			s[i] = 'o';
			s[i + 1] = 'e';
		}
		else if (second == 0x86 || second == 0x84)	/* ae */
		{
			s[i] = 'a';
			s[i + 1] = 'e';
		}
		else if (second == 0x85)	/* aa */
			s[i] = s[i + 1] = 'a';
		else
			return false;
		high &= ~(UINT64_C(3) << i);
	}
	b->words |= b->high;
	return true;
}

/*
 * A slash between two lone letters of a legal form is part of a word.  False
 * for any other slash.
 */
static inline bool
join_slashes(const unsigned char *s, Bytes *b)
{
	uint64_t	slashes = b->slashes;
	uint64_t	letters = b->words;

	while (slashes != 0)
	{
		int			i = first_bit(slashes);
		uint64_t	around;

		slashes &= slashes - 1;
		if (i < 1 || i > 61)
			return false;
		/* the bytes i - 2 .. i + 2: not, yes, slash, yes, not */
		around = i == 1 ? letters << 1 : letters >> (i - 2);
		if ((around & 0x1F) != 0x0A)
			return false;
		if (!byudv_is_slash_pair((char) (s[i - 1] | 0x20), (char) (s[i + 1] | 0x20)))
			return false;
		b->words |= UINT64_C(1) << i;
	}
	return true;
}

static inline uint64_t
load8(const unsigned char *s)
{
	uint64_t	x;

	memcpy(&x, s, sizeof(x));
	return x;
}

#define LOWER	UINT64_C(0x2020202020202020)

/* The key of n letters of the name, in lower case. */
static inline uint64_t
lower_key(const unsigned char *s, size_t n)
{
	uint64_t	x = load8(s) | LOWER;

	return byudv_filter_key((const char *) &x, n);
}

static bool
is_special(const unsigned char *word, size_t n)
{
	for (size_t i = 0; i < SPECIAL_WORDS; i++)
		if (strlen(special_words[i]) == n && memcmp(special_words[i], word, n) == 0)
			return true;
	return n >= 3 && memcmp(word, "afd", 3) == 0 &&
		!(n == 3 || (n == 8 && memcmp(word, "afdeling", 8) == 0));
}

/* The owner part, word by word; false when a word needs more than that. */
static bool
write_form(const unsigned char *s, const Bytes *b, char *form, size_t *form_len)
{
	uint64_t	starts = b->words & ~(b->words << 1);
	uint64_t	ends = b->words & ~(b->words >> 1);
	char	   *d = form;

	do
	{
		int			from = first_bit(starts);
		int			to = first_bit(ends) + 1;
		size_t		n = (size_t) (to - from);
		char	   *word = d + 1;

		*d++ = ' ';
		/* eight bytes at a time; what is too much is overwritten */
		for (int i = from; i < to; i += 8)
		{
			uint64_t	x = load8(s + i) | LOWER;

			memcpy(d, &x, sizeof(x));
			d += 8;
		}
		d = word + n;
		if (word[0] == 'a' && word[1] == 'f' && word[2] == 'd' &&
			(n == 3 || n == 8) && !is_special((unsigned char *) word, n))
		{
			/* the estate; in front it is another matter */
			if (word == form + 1)
				return false;
			d = word - 1;
			break;
		}
		if (is_special((unsigned char *) word, n))
			return false;
		starts &= starts - 1;
		ends &= ends - 1;
	} while (starts != 0);
	*form_len = (size_t) (d - form);
	memset(d, ' ', BYUDV_NAME_SLACK);
	return true;
}

ByudvLook
byudv_filter_look(const ByudvFilter *filter, const char *name, size_t len,
				  char *form, size_t *form_len)
{
	_Alignas(16) unsigned char s[ROOM + 16];
	Bytes		b;
	uint64_t	starts,
				ends,
				lone;
	int			from,
				to;
	bool		nothing;

	if (len > BYUDV_LOOK_MAX || len == 0 || filter->pass_all)
		return BYUDV_LOOK_UNSURE;
	memset(s + (len & ~(size_t) 15), 0, 32);
	memcpy(s, name, len);
	b = scan(s, len);
	if (b.quotes != 0)
		return BYUDV_LOOK_UNSURE;
	if (b.high != 0 && !fold_high(s, &b))
		return BYUDV_LOOK_UNSURE;
	if (b.slashes != 0 && !join_slashes(s, &b))
		return BYUDV_LOOK_UNSURE;
	if (len >= BYUDV_NAME_CUT)
	{
		size_t		n = len;

		while (n > 0 && s[n - 1] == ' ')
			n--;
		for (uint64_t high = b.high; high != 0; n--)
			high &= ~(UINT64_C(3) << first_bit(high));
		if (n == BYUDV_NAME_CUT)
			return BYUDV_LOOK_UNSURE;
	}

	starts = b.words & ~(b.words << 1);
	ends = b.words & ~(b.words >> 1);
	lone = starts & ends;
	if (starts == 0 || (lone & (lone - 1)) != 0)
		return BYUDV_LOOK_UNSURE;

	/* a prefix pattern's only word: three letters of the first word tell */
	from = first_bit(starts);
	nothing = first_bit(ends) - from < 2 ||
		!byudv_filter_has(filter->firsts, lower_key(s + from, 3) ^ UINT64_MAX);
	while (nothing && starts != 0)
	{
		size_t		n;

		from = first_bit(starts);
		to = first_bit(ends) + 1;
		n = (size_t) (to - from);
		nothing = !byudv_filter_has(filter->words, lower_key(s + from, n)) &&
			!(n >= 4 && byudv_filter_has(filter->ends, lower_key(s + to - 4, 4))) &&
			!(n >= END_KEY &&
			  byudv_filter_has(filter->ends, lower_key(s + to - END_KEY, END_KEY)));
		starts &= starts - 1;
		ends &= ends - 1;
	}
	if (nothing)
		return BYUDV_LOOK_NOTHING;
	return write_form(s, &b, form, form_len) ? BYUDV_LOOK_FORM : BYUDV_LOOK_UNSURE;
}
