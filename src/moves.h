/*
 * moves.h
 *		What the SQL entry points for residences, vacancies and chains share.
 */
#ifndef BYUDV_MOVES_H
#define BYUDV_MOVES_H

#include "byudv.h"

#include "utils/date.h"

#include "core/residence.h"

/*
 * relation.c: relations of the user's, read with the caller's rights.
 */
typedef struct ByudvColumn
{
	const char *name;
	Oid			type;			/* INT8OID, INT4OID, DATEOID, FLOAT8OID, TEXTOID or BOOLOID */
	bool		optional;		/* may be missing: all NULL then */
} ByudvColumn;

typedef void (*ByudvRowFunction) (void *context, const Datum *values, const bool *nulls);

/* Calls row for each row of the relation; argument is what the SQL function calls it. */
extern void byudv_read_relation(Oid relation, const char *argument, const ByudvColumn *columns, int ncolumns,
								ByudvRowFunction row, void *context);

/* Arguments that must not be NULL. */
extern Oid	byudv_relation_arg(FunctionCallInfo fcinfo, int arg, const char *name);
extern int32 byudv_days_arg(FunctionCallInfo fcinfo, int arg, const char *name);

/* residences.c: what is read of a residence, and checked. */
#define BYUDV_PERIOD_COLUMNS	4
extern const ByudvColumn byudv_period_columns[BYUDV_PERIOD_COLUMNS];

/* A residence, by person: key person, other dwelling. */
extern ByudvRow byudv_residence_row(const Datum *values, const bool *nulls);

/* What an address period can be good for. */
typedef struct ByudvRejects
{
	int64		no_start;
	int64		negative;
	int64		zero_length;
	int64		used;
} ByudvRejects;

/* The same for an address period; false, and counted, if it takes no part. */
extern bool byudv_address_row(const Datum *values, const bool *nulls, ByudvRow *row, ByudvRejects *rejects);

/* Residences from a relation of address periods; runs in the current context. */
extern void byudv_make_residences(Oid address_periods, int32 max_gap, ByudvRejects *rejects,
								  void (*emit) (void *context, const ByudvResidence *residence), void *context);

/*
 * row_sorter.c: any number of rows in order, within a bound of memory.
 */
typedef struct ByudvSorter
{
	size_t		row_size;
	char	   *rows;
	size_t		nrows;
	size_t		room;
} ByudvSorter;

/*
 * bytes: for rows.  Sorting takes as much again when all of them stay in memory,
 * otherwise so much divided by pieces.
 */
extern ByudvSorter *byudv_sorter_begin(size_t row_size, size_t bytes, int pieces);
extern void byudv_sorter_make_room(ByudvSorter *sorter);
extern void byudv_sorter_sort(ByudvSorter *sorter);

/* Where the next row is to be written. */
static inline void *
byudv_sorter_put(ByudvSorter *sorter)
{
	if (unlikely(sorter->nrows == sorter->room))
		byudv_sorter_make_room(sorter);
	return sorter->rows + sorter->nrows++ * sorter->row_size;
}

/* The next row, good until the call after; NULL after the last. */
extern const void *byudv_sorter_next(ByudvSorter *sorter);
extern void byudv_sorter_end(ByudvSorter *sorter);

/* maintenance_work_mem in bytes, divided by so many. */
extern size_t byudv_memory_share(int divisor);

/* Memory for what grows in core, in the current context. */
extern ByudvHeap byudv_heap(void);

/*
 * row_output.c: many rows of a set-returning function, of integers, dates,
 * float8, boolean and short texts.
 */
typedef struct ByudvOutput ByudvOutput;

extern ByudvOutput *byudv_output_begin(FunctionCallInfo fcinfo);
extern Datum byudv_output_text(const char *text);
extern void byudv_output_row(ByudvOutput *output, const Datum *values, const bool *nulls);

#endif							/* BYUDV_MOVES_H */
