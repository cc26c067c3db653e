/*
 * dictionary.h
 *		Many patterns, one pass over the name: an Aho-Corasick automaton.
 *
 * Patterns are given best first; what is found is the place of a pattern in
 * that order.  Names and patterns are in the normal form of name.h.
 */
#ifndef BYUDV_DICTIONARY_H
#define BYUDV_DICTIONARY_H

#include "core.h"

typedef enum ByudvMatch
{
	BYUDV_MATCH_WHOLE,			/* the pattern is the whole name */
	BYUDV_MATCH_PREFIX,			/* the name begins with these characters */
	BYUDV_MATCH_WORD,			/* a word of the name */
	BYUDV_MATCH_PHRASE,			/* consecutive words of the name */
	BYUDV_MATCH_SUFFIX,			/* a word of the name ends with these */
	BYUDV_MATCH_LAST			/* the last word or words of the name */
} ByudvMatch;

#define BYUDV_MATCHES	6

extern const char *const byudv_match_names[BYUDV_MATCHES];

typedef struct ByudvPattern
{
	const char *text;			/* normal form, without the leading space */
	size_t		len;			/* 1 .. BYUDV_PATTERN_MAX */
	ByudvMatch	match;
	uint32_t	group;			/* what the pattern says; for cut words */
} ByudvPattern;

#define BYUDV_PATTERN_MAX	200
#define BYUDV_PATTERNS_MAX	200000
#define BYUDV_NO_PATTERN	UINT32_MAX

/*
 * Fewer letters of a cut word than this, or than half of the word that it may
 * have been, say nothing.
 */
#define BYUDV_CUT_LETTERS	5

typedef struct ByudvDictionary ByudvDictionary;

/*
 * Build the automaton of n patterns, the most important first.  It lives in
 * arena; what only the building needs goes to scratch.
 */
extern ByudvDictionary *byudv_dictionary_build(const ByudvPattern *patterns,
											   uint32_t n,
											   const ByudvArena *arena,
											   const ByudvArena *scratch);

/*
 * The most important pattern for a raw name (UTF-8); BYUDV_NO_PATTERN when
 * there is none.  *blank: the name has no letter and no digit.  scratch has
 * room for byudv_name_bound(len) bytes; it is not touched for a name of at
 * most BYUDV_NAME_LOCAL bytes.
 */
extern uint32_t byudv_dictionary_classify(const ByudvDictionary *dictionary,
										  const char *name, size_t len,
										  char *scratch, bool *blank);

#define BYUDV_NAME_LOCAL	255

/*
 * The same for a normal form: name[0..len) begins with a space or is empty.  cut: the last word may be the
 * stump of a longer one; where nothing else matches it counts for the patterns
 * that complete it, if these all say the same.
 */
extern uint32_t byudv_dictionary_find(const ByudvDictionary *dictionary,
									  const char *name, size_t len, bool cut);

/*
 * Mark every pattern that matches: hits[i] is set for pattern i.  The slow
 * sister of find, for explanations; hits has room for all patterns.
 */
extern void byudv_dictionary_find_all(const ByudvDictionary *dictionary,
									  const char *name, size_t len, bool cut,
									  bool *hits);

/* Bytes that the automaton takes. */
extern size_t byudv_dictionary_size(const ByudvDictionary *dictionary);

#endif							/* BYUDV_DICTIONARY_H */
