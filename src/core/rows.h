/*
 * rows.h
 *		Rows of a register in memory, and sorting them.
 *
 * A row is a key, a half-open period of days, and one more number; longer rows
 * begin with these.  Everything that is built from moves goes through rows in
 * the order (key, from, to, other), so that no result depends on the order in
 * which they came.
 */
#ifndef BYUDV_ROWS_H
#define BYUDV_ROWS_H

#include "core.h"

typedef struct ByudvRow
{
	int64_t		key;
	int32_t		from;
	int32_t		to;				/* BYUDV_ONGOING: no end */
	int64_t		other;
} ByudvRow;

#define BYUDV_ONGOING		INT32_MAX

/* No dwelling of the area; before all others in the order. */
#define BYUDV_OUTSIDE		INT64_MIN

/* The least number that a dwelling may have; those before it are for places elsewhere. */
#define BYUDV_DWELLING_MIN	(INT64_MIN + 16)

static inline int
byudv_compare_rows(const ByudvRow *a, const ByudvRow *b)
{
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return (a->other > b->other) - (a->other < b->other);
}

/*
 * Sorts n rows of size bytes each: 24, 32, 40, 48 or 64.  spare has room for as
 * many.
 */
extern void byudv_sort_rows(void *rows, void *spare, size_t n, size_t size);

#endif							/* BYUDV_ROWS_H */
