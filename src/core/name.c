/*
 * name.c
 *		The normal form of an owner name.
 *
 * One pass over the bytes.  Letters are folded and words are written to the
 * output as they come, each after one space; the few words and runs of single
 * letters that stand for something else are rewritten where they stand.  The
 * separators between two words are remembered as a mask, since "s.m.b.a.",
 * "A B" and "A. B. Hansen" differ in nothing else.
 *
 * Must not depend on PostgreSQL.
 */
#include "name.h"

#include <string.h>

void		(*byudv_core_interrupt) (void) = NULL;

/* What can stand between two words. */
#define SEP_SPACE	1
#define SEP_DOT		2
#define SEP_OTHER	4

/* Classes of a byte: 0 is a letter or digit that folds to itself. */
enum
{
	C_DROP = 1,					/* apostrophes: O'Neill is one word */
	C_SPACE,
	C_DOT,
	C_OTHER,
	C_MULTI						/* the first byte of a longer character */
};

typedef struct Writer
{
	char	   *dst;
	char	   *d;				/* where the next byte goes */
	char	   *word;			/* the latest word, after its space */
	char	   *prev;			/* the word before it, or NULL */
	char	   *run;			/* first letter of a run of single letters */
	size_t		run_n;
	unsigned	run_mask;		/* all separators within the run */
	size_t		owner_end;		/* 0 until the owner part is closed */
	bool		apart;			/* the bar is written */
} Writer;

/*
 * ASCII: the folded byte, or 0 for what is not part of a word.
 */
static const char ascii_fold[128] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
	['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
	['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e',
	['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
	['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o',
	['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
	['Z'] = 'z',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e',
	['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j',
	['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o',
	['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
	['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
	['z'] = 'z',
};

/*
 * U+00C0 to U+017F.  Danish and Swedish letters go to their spelt-out forms
 * (so that a register without them compares equal); u with diaeresis sorts as
 * y in Danish; other accents are dropped.  Empty: not a letter.
 */
const char	byudv_latin_fold[0x180 - 0xC0][3] = {
	"a", "a", "a", "a", "ae", "aa", "ae", "c",	/* C0 */
	"e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "oe", "",
	"oe", "u", "u", "u", "y", "y", "th", "ss",
	"a", "a", "a", "a", "ae", "aa", "ae", "c",	/* E0 */
	"e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "oe", "",
	"oe", "u", "u", "u", "y", "y", "th", "y",
	"a", "a", "a", "a", "a", "a", "c", "c",	/* 100 */
	"c", "c", "c", "c", "c", "c", "d", "d",
	"d", "d", "e", "e", "e", "e", "e", "e",
	"e", "e", "e", "e", "g", "g", "g", "g",
	"g", "g", "g", "g", "h", "h", "h", "h",	/* 120 */
	"i", "i", "i", "i", "i", "i", "i", "i",
	"i", "i", "ij", "ij", "j", "j", "k", "k",
	"k", "l", "l", "l", "l", "l", "l", "l",
	"l", "l", "l", "n", "n", "n", "n", "n",	/* 140 */
	"n", "n", "n", "n", "o", "o", "o", "o",
	"oe", "oe", "oe", "oe", "r", "r", "r", "r",
	"r", "r", "s", "s", "s", "s", "s", "s",
	"s", "s", "t", "t", "t", "t", "t", "t",	/* 160 */
	"u", "u", "u", "u", "u", "u", "u", "u",
	"y", "y", "u", "u", "w", "w", "y", "y",
	"y", "z", "z", "z", "z", "z", "z", "s",
};

/* Abbreviations that are also written with blanks between their letters. */
static const char *const spelt_out[] = {
	"aab", "akb", "amba", "aps", "dab", "fmba", "fsb", "ivs", "kab", "oab",
	"pab", "sab", "smba",
};

#define WORD_IS(w, n, s)	((n) == sizeof(s) - 1 && memcmp(w, s, sizeof(s) - 1) == 0)
#define STARTS(w, n, s)		((n) >= sizeof(s) - 1 && memcmp(w, s, sizeof(s) - 1) == 0)

static inline int
classify_ascii(unsigned char c)
{
	switch (c)
	{
		case ' ':
		case '\t':
		case '\n':
		case '\r':
		case '\f':
		case '\v':
			return C_SPACE;
		case '.':
			return C_DOT;
		case '\'':
		case '`':
			return C_DROP;
		default:
			return C_OTHER;
	}
}

/*
 * Legal forms and such that are two letters around a slash.  Returns their
 * index, or -1.
 */
static int
slash_pair(char a, char b)
{
	static const char pairs[][2] = {
		{'a', 'b'}, {'a', 's'}, {'i', 's'}, {'k', 's'}, {'p', 's'},
		{'e', 'f'}, {'g', 'f'}, {'s', 'i'}, {'c', 'o'},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i][0] == a && pairs[i][1] == b)
			return (int) i;
	return -1;
}

bool
byudv_is_slash_pair(char a, char b)
{
	return slash_pair(a, b) >= 0 && a != 'c';
}

/* The pairs that count only as the first words: A/B, E/F, G/F. */
static bool
leading_pair(char a, char b)
{
	return (a == 'a' && b == 'b') || (a == 'e' && b == 'f') ||
		(a == 'g' && b == 'f');
}

/* The pairs that count, without their slash, only as the last words. */
static bool
trailing_pair(char a, char b)
{
	return b == 's' && (a == 'a' || a == 'i' || a == 'k' || a == 'p');
}

/* Put one byte before at, which is at or before the write position. */
static void
insert_byte(Writer *w, char *at, char byte)
{
	memmove(at + 1, at, (size_t) (w->d - at));
	*at = byte;
	w->d++;
}

/*
 * The owner part ends at end.  A legal form that lost its slash counts only
 * here: "Jeudan AS", "Jeudan A S".
 */
static void
close_owner(Writer *w, char *end)
{
	if (w->owner_end != 0)
		return;
	if (end - w->dst > 4 && end[-3] == ' ' && trailing_pair(end[-2], end[-1]))
	{
		insert_byte(w, end - 1, '/');
		end++;
		if (w->word >= end)
			w->word++;
	}
	else if (end - w->dst > 5 && end[-4] == ' ' && end[-2] == ' ' &&
			 trailing_pair(end[-3], end[-1]))
		end[-2] = '/';
	w->owner_end = (size_t) (end - w->dst);
}

/*
 * A run of single letters is over.  Tight dots make a word of them; "A B" is
 * an abbreviation where it stands first; "A. B." there is somebody's initials
 * and keeps its dots, so that the normal form of the normal form is itself.
 */
static void
end_run(Writer *w, bool more)
{
	char	   *run = w->run;
	size_t		n = w->run_n;
	bool		first;

	if (run == NULL)
		return;
	w->run = NULL;
	if (n < 2)
		return;
	first = run == w->dst + 1;

	if (w->run_mask == SEP_DOT)
	{
		for (size_t i = 1; i < n; i++)
			run[i] = run[2 * i];
		w->d = run + n;
		w->word = run;
		if (n == 2 && first && more && leading_pair(run[0], run[1]))
			insert_byte(w, run + 1, '/');
	}
	else if (w->run_mask == SEP_SPACE)
	{
		if (n == 2 && first && more && leading_pair(run[0], run[2]))
		{
			run[1] = '/';
			w->word = run;
		}
		else if (n >= 3 && n <= 4)
		{
			char		joined[4];

			for (size_t i = 0; i < n; i++)
				joined[i] = run[2 * i];
			for (size_t i = 0; i < sizeof(spelt_out) / sizeof(spelt_out[0]); i++)
			{
				if (strlen(spelt_out[i]) == n &&
					memcmp(spelt_out[i], joined, n) == 0)
				{
					memcpy(run, joined, n);
					w->d = run + n;
					w->word = run;
					break;
				}
			}
		}
	}
	else if (w->run_mask == (SEP_SPACE | SEP_DOT) && n == 2 && first && more &&
			 leading_pair(run[0], run[2]))
	{
		char		b = run[2];

		run[1] = '.';
		run[2] = ' ';
		run[3] = b;
		run[4] = '.';
		w->d = run + 5;
		w->word = run + 3;
	}
}

/* Begin a word: close what the words before it left open. */
static void
begin_word(Writer *w, unsigned sep, bool single)
{
	if (w->run != NULL)
	{
		if (single)
		{
			w->run_n++;
			w->run_mask |= sep;
		}
		else
			end_run(w, true);
	}
	else if (w->d - w->dst == 3 && sep != 0 && !(sep & SEP_OTHER) &&
			 leading_pair(w->dst[1], w->dst[2]))
		insert_byte(w, w->dst + 2, '/');	/* AB Solgaarden */

	w->prev = w->word;
	*w->d++ = ' ';
	w->word = w->d;
	if (single && w->run == NULL)
	{
		w->run = w->d;
		w->run_n = 1;
		w->run_mask = 0;
	}
}

/*
 * Whoever only represents the owner is kept, behind a bar.  The word is not
 * written yet.
 */
static void
set_apart(Writer *w, const char *word)
{
	size_t		n = strlen(word);

	end_run(w, w->d > w->dst);
	close_owner(w, w->d);
	if (w->d == w->dst)
		w->owner_end = 1;		/* empty, yet closed */
	else if (!w->apart)
	{
		*w->d++ = ' ';
		*w->d++ = '|';
	}
	w->apart = true;
	w->prev = w->word;
	*w->d++ = ' ';
	w->word = w->d;
	memcpy(w->d, word, n);
	w->d += n;
}

/* Does word end a compound's first half, and next begin its second? */
static bool
is_compound(const char *word, size_t n, const char *next, size_t m)
{
	bool		body = STARTS(next, m, "forening") ||
		STARTS(next, m, "selskab") || STARTS(next, m, "organisation");

	if (WORD_IS(word, n, "andels"))
		return body || STARTS(next, m, "bolig");
	if (!body)
		return false;
	return WORD_IS(word, n, "bolig") || WORD_IS(word, n, "andelsbolig") ||
		WORD_IS(word, n, "ejer") || WORD_IS(word, n, "grundejer") ||
		WORD_IS(word, n, "ejerlejligheds");
}

/* A word of two letters or more is complete. */
static void
end_word(Writer *w)
{
	char	   *word = w->word;
	size_t		n = (size_t) (w->d - word);

	if (word[0] == 'a' && n >= 3)
	{
		if (word[1] == 'f' && word[2] == 'd')
		{
			size_t		keep = 0;

			if (n == 3 || WORD_IS(word, n, "afdl") ||
				WORD_IS(word, n, "afdeling") || WORD_IS(word, n, "afdelingen"))
				keep = n;
			else if (word[3] >= '0' && word[3] <= '9')
				keep = 3;		/* afd55 */
			if (keep != 0)
			{
				if (keep == n)
					w->d = word + 3;
				else
					insert_byte(w, word + 3, ' ');
				if (word > w->dst + 1)
					close_owner(w, word - 1);
			}
			return;
		}
		if (n == 3 && word[1] == 't' && word[2] == 't' && word > w->dst + 1)
		{
			w->d = word - 1;
			w->word = w->prev;
			set_apart(w, "att");
			return;
		}
	}
	else if (word[0] == 's' &&
			 (WORD_IS(word, n, "skt") || WORD_IS(word, n, "sankt")))
	{
		memcpy(word, "sct", 3);
		w->d = word + 3;
		return;
	}

	/* Andels-Boligforening, Ejer foreningen */
	if (w->prev != NULL && w->owner_end == 0 &&
		(word[0] == 'f' || word[0] == 's' || word[0] == 'b' || word[0] == 'o') &&
		is_compound(w->prev, (size_t) (word - 1 - w->prev), word, n))
	{
		memmove(word - 1, word, n);
		w->d--;
		w->word = w->prev;
		w->prev = NULL;
	}
}

/*
 * Decode one UTF-8 character that is not ASCII.  Returns its bytes, 0 when
 * they are not valid.
 */
static size_t
decode_utf8(const unsigned char *p, const unsigned char *end, uint32_t *code)
{
	size_t		left = (size_t) (end - p);

	if (p[0] >= 0xC2 && p[0] <= 0xDF && left >= 2 && (p[1] & 0xC0) == 0x80)
	{
		*code = (uint32_t) (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
		return 2;
	}
	if ((p[0] & 0xF0) == 0xE0 && left >= 3 && (p[1] & 0xC0) == 0x80 &&
		(p[2] & 0xC0) == 0x80)
	{
		*code = (uint32_t) (p[0] & 0x0F) << 12 | (uint32_t) (p[1] & 0x3F) << 6 |
			(p[2] & 0x3F);
		return *code >= 0x800 ? 3 : 0;
	}
	if ((p[0] & 0xF8) == 0xF0 && left >= 4 && (p[1] & 0xC0) == 0x80 &&
		(p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80)
	{
		*code = (uint32_t) (p[0] & 0x07) << 18 | (uint32_t) (p[1] & 0x3F) << 12 |
			(uint32_t) (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
		return *code >= 0x10000 && *code <= 0x10FFFF ? 4 : 0;
	}
	return 0;
}

/*
 * What a character beyond ASCII does: a class, or 0 with the bytes that it
 * folds to (an empty fold: keep the character as it is).
 */
static int
fold_character(uint32_t code, char before, const char **fold)
{
	*fold = "";
	if (code < 0x180)
	{
		if (code == 0xA0)
			return C_SPACE;
		if (code == 0xAD)
			return C_DROP;
		if (code == 0xB4)
			return C_DROP;
		if (code < 0xC0 || byudv_latin_fold[code - 0xC0][0] == '\0')
			return C_OTHER;
		*fold = byudv_latin_fold[code - 0xC0];
		return 0;
	}
	if (code >= 0x300 && code <= 0x36F)
	{
		/* combining marks: a ring, a diaeresis, the strokes of o */
		if (code == 0x30A && before == 'a')
			*fold = "a";
		else if (code == 0x308 && (before == 'a' || before == 'o'))
			*fold = "e";
		else if ((code == 0x337 || code == 0x338) && before == 'o')
			*fold = "e";
		else
			return C_DROP;
		return 0;
	}
	if (code >= 0x2000 && code <= 0x206F)
	{
		if (code == 0x2018 || code == 0x2019 || code == 0x2032)
			return C_DROP;
		if ((code >= 0x200B && code <= 0x200F) || code >= 0x2060)
			return C_DROP;
		return code <= 0x200A || code == 0x202F ? C_SPACE : C_OTHER;
	}
	if (code == 0x212B)
	{
		*fold = "aa";			/* the sign for angstrom, seen for the letter */
		return 0;
	}
	if (code == 0x2BC || code == 0xFEFF)
		return C_DROP;
	if (code == 0x3000)
		return C_SPACE;
	return 0;
}

/* After a letter: does the word end at p?  An apostrophe does not end it. */
static inline bool
ends_word(const unsigned char *p, const unsigned char *end)
{
	const char *fold;
	uint32_t	code;
	int			class;

	if (p == end)
		return true;
	if (*p < 0x80)
		return ascii_fold[*p] == 0 && *p != '\'' && *p != '`';
	if (decode_utf8(p, end, &code) == 0)
		return true;
	class = fold_character(code, ' ', &fold);
	return class != 0 && class != C_DROP;
}

/*
 * Does a pair around a slash begin at p: "A/S", "A / S", "v/"?  Returns what
 * it is written as, and where it ends; NULL when there is none.
 */
static const char *
match_slash(const unsigned char *p, const unsigned char *end,
			const unsigned char **after)
{
	static const char *const forms[] = {
		"a/b", "a/s", "i/s", "k/s", "p/s", "e/f", "g/f", "s/i", "c/o",
	};
	char		a = ascii_fold[*p++];
	int			form;

	while (p < end && *p == ' ')
		p++;
	if (p == end || *p != '/')
		return NULL;
	p++;
	if (a == 'v')
	{
		*after = p;
		return "v/";
	}
	while (p < end && *p == ' ')
		p++;
	if (p == end || *p >= 0x80 || ascii_fold[*p] == 0 ||
		!ends_word(p + 1, end))
		return NULL;
	form = slash_pair(a, ascii_fold[*p]);
	if (form < 0)
		return NULL;
	*after = p + 1;
	return forms[form];
}

static size_t
count_characters(const char *s, size_t len)
{
	size_t		n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char) s[i] & 0xC0) != 0x80;
	return n;
}

/* Where the owner part begins: after "afd 12" at the very front. */
static size_t
skip_leading_estate(const char *dst, size_t end)
{
	size_t		at = 4;

	if (end < 4 || memcmp(dst, " afd", 4) != 0 || (end > 4 && dst[4] != ' '))
		return 0;
	while (at + 1 < end && dst[at] == ' ' && dst[at + 1] >= '0' &&
		   dst[at + 1] <= '9')
	{
		at++;
		while (at < end && dst[at] != ' ')
			at++;
	}
	return at;
}

void
byudv_name_normalise(const char *src, size_t len, char *dst, ByudvName *name)
{
	const unsigned char *p = (const unsigned char *) src;
	const unsigned char *end = p + len;
	const unsigned char *pause = len > BYUDV_INTERRUPT_BYTES ?
		p + BYUDV_INTERRUPT_BYTES : end;
	Writer		w = {.dst = dst, .d = dst};
	unsigned	sep = 0;
	bool		in_word = false;
	bool		single = false;

	while (p < end)
	{
		unsigned char c = *p;
		const char *fold;
		uint32_t	code = 0;
		size_t		bytes = 1;
		int			class;
		char		folded;

		if (byudv_unlikely(p >= pause))
		{
			if (byudv_core_interrupt != NULL)
				byudv_core_interrupt();
			pause = (size_t) (end - p) > BYUDV_INTERRUPT_BYTES ?
				p + BYUDV_INTERRUPT_BYTES : end;
		}

		if (byudv_likely(c < 0x80 && (folded = ascii_fold[c]) != 0))
		{
			if (!in_word)
			{
				single = ends_word(p + 1, end);
				if (single)
				{
					const unsigned char *after;
					const char *form = match_slash(p, end, &after);

					if (form != NULL)
					{
						if (form[0] == 'v' || form[0] == 'c')
							set_apart(&w, form);
						else
						{
							begin_word(&w, sep, false);
							memcpy(w.d, form, 3);
							w.d += 3;
						}
						p = after;
						sep = 0;
						continue;
					}
					single = folded >= 'a';
				}
				begin_word(&w, sep, single);
				in_word = true;
				sep = 0;
			}
			do
			{
				*w.d++ = folded;
				p++;
			} while (p < pause && *p < 0x80 && (folded = ascii_fold[*p]) != 0);
			continue;
		}

		if (c < 0x80)
			class = classify_ascii(c);
		else
		{
			bytes = decode_utf8(p, end, &code);
			if (bytes == 0)
			{
				bytes = 1;
				class = C_OTHER;
			}
			else
			{
				class = fold_character(code, in_word ? w.d[-1] : ' ', &fold);
				if (code == 0x308 && in_word && w.d[-1] == 'u')
					w.d[-1] = 'y';	/* as the letter with its dots does */
				if (class == 0)
				{
					if (!in_word)
					{
						single = false;
						begin_word(&w, sep, false);
						in_word = true;
						sep = 0;
					}
					if (*fold != '\0')
						while (*fold != '\0')
							*w.d++ = *fold++;
					else
					{
						memcpy(w.d, p, bytes);
						w.d += bytes;
					}
				}
			}
		}
		p += bytes;
		if (class == 0 || class == C_DROP)
			continue;
		if (in_word)
		{
			in_word = false;
			if (!single)
				end_word(&w);
		}
		sep |= class == C_SPACE ? SEP_SPACE : class == C_DOT ? SEP_DOT : SEP_OTHER;
	}
	if (in_word && !single)
		end_word(&w);
	end_run(&w, false);

	name->cut = w.owner_end == 0 && in_word && len >= BYUDV_NAME_CUT &&
		count_characters(src, len) == BYUDV_NAME_CUT;
	close_owner(&w, w.d);
	name->len = (size_t) (w.d - dst);
	name->owner_end = w.owner_end <= 1 ? 0 : w.owner_end;
	name->owner_start = skip_leading_estate(dst, name->owner_end);
}
