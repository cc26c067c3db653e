/*
 * filter.h
 *		A quick look at a raw name, before any work is spent on it.
 *
 * Most owners are natural persons, of whom the dictionary knows nothing.  The
 * quick look finds the words of an ordinary name sixteen bytes at a time and
 * compares their first and last letters with small bitmaps that stay in the
 * processor's first cache.  Where that is not enough to say that no pattern
 * matches, it hands over the normal form that it has nearly made already.  It
 * never contradicts name.c and dictionary.c, which decide; tests hold it to
 * that.
 */
#ifndef BYUDV_FILTER_H
#define BYUDV_FILTER_H

#include <string.h>

#include "dictionary.h"

#define BYUDV_FILTER_WORDS	1024	/* 64-bit words of a bitmap */

typedef struct ByudvFilter
{
	bool		pass_all;		/* a pattern is too short to be filtered */
	uint64_t	words[BYUDV_FILTER_WORDS];	/* one word of each pattern */
	uint64_t	firsts[BYUDV_FILTER_WORDS]; /* the first word of each pattern */
	uint64_t	ends[BYUDV_FILTER_WORDS];	/* the ends of suffixes */
} ByudvFilter;

typedef enum ByudvLook
{
	BYUDV_LOOK_NOTHING,			/* it has a word, and no pattern matches */
	BYUDV_LOOK_FORM,			/* form[0..*form_len) is the owner part */
	BYUDV_LOOK_UNSURE			/* let name.c look */
} ByudvLook;

#define BYUDV_LOOK_MAX	63		/* longer names are not looked at */

extern void byudv_filter_build(ByudvFilter *filter, const ByudvPattern *patterns,
							   uint32_t n);

/* form has room for 2 * BYUDV_LOOK_MAX bytes. */
extern ByudvLook byudv_filter_look(const ByudvFilter *filter, const char *name,
								   size_t len, char *form, size_t *form_len);

/*
 * Keys: up to eight first letters of a word, up to six last ones.
 */
static inline bool
byudv_filter_has(const uint64_t *bits, uint64_t key)
{
	uint32_t	slot = (uint32_t) ((key * UINT64_C(0x9E3779B97F4A7C15)) >> 48);

	return (bits[slot / 64] >> (slot % 64)) & 1;
}

static inline uint64_t
byudv_filter_key(const char *letters, size_t n)
{
	uint64_t	key = 0;

	/* eight readable bytes either way; big-endian machines count from above */
	memcpy(&key, letters, sizeof(key));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return n >= 8 ? key : n == 0 ? 0 : key & ~(UINT64_MAX >> (8 * n));
#else
	return n >= 8 ? key : key & ~(UINT64_MAX << (8 * n));
#endif
}

/*
 * May a pattern begin at the word letters[0..n) of a normal form?  in_front:
 * it is the name's first word.  Eight bytes must be readable.
 */
static inline bool
byudv_filter_may_begin(const ByudvFilter *filter, const char *letters, size_t n,
					   bool in_front)
{
	if (filter->pass_all ||
		byudv_filter_has(filter->firsts, byudv_filter_key(letters, n)))
		return true;
	return in_front && n >= 3 &&
		byudv_filter_has(filter->firsts, byudv_filter_key(letters, 3) ^ UINT64_MAX);
}

/* May a suffix end before end, which ends a word of n letters? */
static inline bool
byudv_filter_may_end(const ByudvFilter *filter, const char *end, size_t n)
{
	if (filter->pass_all)
		return true;
	return (n >= 4 && byudv_filter_has(filter->ends, byudv_filter_key(end - 4, 4))) ||
		(n >= 6 && byudv_filter_has(filter->ends, byudv_filter_key(end - 6, 6)));
}

#endif							/* BYUDV_FILTER_H */
