/*
 * summary.h
 *		The finished form of a summary of durations: bytes that are the same
 *		for the same content.
 *
 * What follows the varlena header of the SQL types, and their binary form:
 *
 *	 the number left out; then, by time and kind, an item each:
 *	 time since the item before, times 4, plus
 *		0 entered, 1 censored, 2 event of cause 1, 3 event of another cause;
 *	 for 3 the cause as one byte; the count
 *
 * Numbers take 7 bits a byte, the lowest first, the last byte without the
 * highest bit, and no more bytes than needed.  Entries at time 0 are not
 * written: they are the exits less the later entries.
 */
#ifndef BYUDV_SUMMARY_H
#define BYUDV_SUMMARY_H

#include "tally.h"

typedef enum ByudvSummaryType
{
	BYUDV_SURVIVAL = 1,
	BYUDV_COMPETING_RISKS = 2
} ByudvSummaryType;

#define BYUDV_SUMMARY_VERSION	1

typedef struct ByudvItem
{
	uint32_t	time;
	int			kind;
	uint64_t	count;
} ByudvItem;

typedef struct ByudvReader
{
	const uint8_t *next;
	const uint8_t *end;
	uint32_t	time;
	uint32_t	nitems;			/* read so far, about */
} ByudvReader;

/* What the whole of a summary holds. */
typedef struct ByudvTotals
{
	uint64_t	left_out;
	uint64_t	exits;			/* all observations */
	uint64_t	events;
	uint64_t	late;			/* entries after time 0 */
	uint64_t	causes;			/* bit k - 1: cause k occurs */
	uint32_t	first;			/* exit */
	uint32_t	last;			/* exit */
} ByudvTotals;

/* Writes the number n, up to 9 bytes; returns the end. */
static inline uint8_t *
byudv_write_number(uint8_t *to, uint64_t n)
{
	while (byudv_unlikely(n >= 128))
	{
		*to++ = n | 128;
		n >>= 7;
	}
	*to++ = n;
	return to;
}

/* Begins to read; gives the number left out.  False: not a summary. */
extern bool byudv_read_begin(ByudvReader *reader, const uint8_t *bytes, size_t size,
							 uint64_t *left_out);

/*
 * The next item: 1; or 0 at the end; or -1 when the bytes are none.  Reads no
 * byte outside of what it was given, whatever that is.
 */
extern int	byudv_read_item(ByudvReader *reader, ByudvItem *item);

/*
 * The one validator.  NULL when the bytes are a summary: readable, in order,
 * written as here, and such that some set of observations gives it.  Else what
 * is wrong, and where it is in *time (-1: nowhere in particular).
 */
extern const char *byudv_summary_fault(ByudvSummaryType type, const uint8_t *bytes,
									   size_t size, ByudvTotals *totals, int64_t *time);

/* The faults that callers tell apart from others, by address. */
extern const char byudv_too_many[];	/* more than BYUDV_COUNT_MAX */

/*
 * Folding: the sum of a summary and of sorted records, or of two summaries,
 * written to bytes.  False when it counts more than BYUDV_COUNT_MAX
 * observations.  The summaries are such as byudv_summary_fault() accepts.
 *
 * Size of the result: at most that of the summaries and BYUDV_RECORD_BYTES for
 * each record, and BYUDV_FOLD_BYTES.
 */
#define BYUDV_RECORD_BYTES	10	/* 5 for the time, 1 for the cause, 4 for a
								 * digit of the count */
#define BYUDV_FOLD_BYTES	16

extern bool byudv_fold_records(const uint8_t *summary, size_t summary_size,
							   const uint64_t *records, size_t n, uint8_t *bytes, size_t *size);
extern bool byudv_fold_summaries(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size,
								 uint8_t *bytes, size_t *size);

/*
 * Text form.  Size: an upper bound without the terminating zero.  print
 * returns the end, where it puts a zero.
 */
extern size_t byudv_text_size_max(size_t packed_size);
extern char *byudv_print(ByudvSummaryType type, const uint8_t *bytes, size_t size, char *to);

/*
 * Reads a text form into bytes, of which there are no more than characters in
 * it.  NULL when it is one; else what is wrong, and its place in *offset.  The
 * content is not checked: that is for byudv_summary_fault().
 */
extern const char *byudv_parse(ByudvSummaryType type, const char *text, uint8_t *bytes,
							   size_t *size, size_t *offset);
extern const char byudv_other_version[];	/* a fault of parse: written by a later version */

#endif							/* BYUDV_SUMMARY_H */
