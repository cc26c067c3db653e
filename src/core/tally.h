/*
 * tally.h
 *		Counts of what happens at points in time: the growing form of a
 *		summary of durations.
 *
 * An observation (entry, exit, event) is two points: somebody enters, somebody
 * leaves.  Which entry belonged to which exit matters to none of the
 * estimators, so only the points are counted, and as integers: every order and
 * every split into parts gives the same counts.
 *
 * A tally is a finished summary and records of what has come since, in the
 * order of their coming.  When there is no room for more, the records are
 * sorted and folded into the summary.  So a small group takes little memory, a
 * large one as much as it has distinct points, and adding a point is one write
 * to the end of an array.
 *
 * A record is one number: time, kind, level, count, from the highest bits on.
 * Counts are written in base 2^24, one record a digit; the level is the place.
 */
#ifndef BYUDV_TALLY_H
#define BYUDV_TALLY_H

#include "core.h"

/* What happens; within one time the records stand in this order. */
#define BYUDV_ENTERED		0	/* comes under observation: at risk after it */
#define BYUDV_CENSORED		1	/* leaves observation without an event */
#define BYUDV_CAUSE(k)		((k) + 1)	/* the event of cause k, from 1 on */
#define BYUDV_CAUSES_MAX	64
#define BYUDV_LEFT_OUT		127 /* at time 0: could not be used, but is counted */

#define BYUDV_TIME_MAX		INT32_MAX
#define BYUDV_COUNT_MAX		INT64_MAX

#define BYUDV_DIGIT_BITS	24
#define BYUDV_DIGIT_MASK	(((uint64_t) 1 << BYUDV_DIGIT_BITS) - 1)
#define BYUDV_DIGITS_MAX	3	/* of one count */

typedef struct ByudvTally
{
	uint32_t	packed_size;	/* of the summary, at the end of the room */
	uint32_t	nfresh;
	uint64_t	fresh[];		/* new records, from the front of the room on */
} ByudvTally;

/* room: bytes behind the two numbers, a multiple of 8 */
static inline const uint8_t *
byudv_tally_packed(const ByudvTally *tally, size_t room)
{
	return (const uint8_t *) tally->fresh + room - tally->packed_size;
}

/* A point that happens once. */
static inline uint64_t
byudv_record(uint32_t time, int kind)
{
	return (uint64_t) time << 33 | (uint64_t) kind << 26 | 1;
}

static inline uint32_t
byudv_record_time(uint64_t record)
{
	return record >> 33;
}

static inline int
byudv_record_kind(uint64_t record)
{
	return record >> 26 & 127;
}

/* The part of the count that a record holds. */
static inline uint64_t
byudv_record_count(uint64_t record)
{
	return (record & BYUDV_DIGIT_MASK) << BYUDV_DIGIT_BITS * (record >> BYUDV_DIGIT_BITS & 3);
}

/*
 * The records for a point that happens n times, 0 to BYUDV_COUNT_MAX; returns
 * how many there are.
 */
extern int	byudv_make_records(uint32_t time, int kind, uint64_t n, uint64_t *records);

/*
 * Sorts n records.  scratch has room for twice as many and one.  Returns where
 * in scratch they are, and their number: repeated ones may have been added up.
 */
extern const uint64_t *byudv_sort_records(const uint64_t *records, size_t *n, uint64_t *scratch);

#endif							/* BYUDV_TALLY_H */
