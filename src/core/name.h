/*
 * name.h
 *		Owner names brought to one form.
 *
 * Registers write one owner in many ways.  The normal form is what the
 * dictionary compares: lower case without Danish letters (ae, oe, aa), one
 * space between words, punctuation gone, abbreviations in one spelling, and
 * whoever only represents the owner (v/, c/o, att) set apart behind a bar.
 */
#ifndef BYUDV_NAME_H
#define BYUDV_NAME_H

#include "core.h"

/*
 * Danish registers cut a name at 34 characters (the length of CPR's address
 * name), so the last word of a name of exactly that length may be a stump.
 */
#define BYUDV_NAME_CUT	34

typedef struct ByudvName
{
	size_t		len;			/* bytes of the normal form, its leading space
								 * included */
	size_t		owner_start;	/* the owner part: after a leading estate
								 * number, */
	size_t		owner_end;		/* before "afd", "v/", "c/o" and "att" */
	bool		cut;			/* the owner part's last word may be cut */
} ByudvName;

/* Room that the normal form of len bytes can need. */
static inline size_t
byudv_name_bound(size_t len)
{
	return 2 * len + 16;
}

/*
 * Write the normal form of src (UTF-8) to dst, which has room for
 * byudv_name_bound(len) bytes.  Every word, the first too, is preceded by one
 * space: dst[0] is a space unless the form is empty.  The owner part is
 * dst[owner_start .. owner_end), again beginning with a space.
 */
extern void byudv_name_normalise(const char *src, size_t len, char *dst,
								 ByudvName *name);

/*
 * What U+00C0 to U+017F fold to, one or two letters; empty: not a letter.
 */
extern const char byudv_latin_fold[0x180 - 0xC0][3];

/* Two letters that a slash makes a legal form of: a/b, a/s, ...; not c/o. */
extern bool byudv_is_slash_pair(char a, char b);

#endif							/* BYUDV_NAME_H */
