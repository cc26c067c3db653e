/*
 * disclosure.h
 *		Tables of counts of persons, with what could be traced back to few of
 *		them hidden.
 *
 * Persons have values in columns.  A table crosses two columns: its rows are
 * the values of one, or groups of them (areas) of one or more kinds, its items
 * the values of the other.  All tables of a slice (say, a year) are published
 * together.  disclosure.c says what is hidden, and proves that it stays hidden.
 */
#ifndef BYUDV_DISCLOSURE_H
#define BYUDV_DISCLOSURE_H

#include "core.h"

/* Values of a column in groups: each is in one area. */
typedef struct ByudvGrouping
{
	int32_t		kind;			/* as published */
	int32_t		nareas;
	const int32_t *area;		/* of each value, a number from 0 */
	const int32_t *codes;		/* of each area, ascending */
} ByudvGrouping;

typedef struct ByudvCountColumn
{
	int32_t		nvalues;		/* numbered from 0 */
	int			ngroupings;		/* at least 1 */
	int			nkinds;			/* the first of them, which rows are published by, in the order of kind */
	int			itself;			/* the grouping in which every value is an area: that of items; -1: is no item */
	const ByudvGrouping *groupings;
} ByudvCountColumn;

/* No two tables have the same two columns, and no two that of their rows only. */
typedef struct ByudvCountTable
{
	int			row;			/* column */
	int			item;			/* another column, whose values are the items; or the same */
	int			item_grouping;	/* if the same: its kind, from 1, whose areas are the items of all other kinds */
} ByudvCountTable;

/* One published number, or one that is hidden. */
typedef struct ByudvCount
{
	int			table;			/* from 0 */
	int32_t		kind;			/* 0: all together, code 0 */
	int32_t		code;
	int32_t		item;
	bool		no_code;		/* merged areas together */
	bool		no_item;		/* the row's hidden items together, or with hidden: an area that is merged */
	bool		hidden;
	int64_t		persons;
} ByudvCount;

typedef struct ByudvProtection
{
	int32_t		min_cell;		/* at least 1 */
	int			ncolumns;
	const ByudvCountColumn *columns;
	int			ntables;
	const ByudvCountTable *tables;
	ByudvArena	arena;			/* for one slice: may be emptied after it */
	void		(*emit) (void *context, const ByudvCount *count);
	void	   *context;

	/* set by begin */
	int32_t   **seen;			/* of each column's values, then of each grouping's areas: its number in the slice, + 1 */
	int		   *first_group;	/* of each column, among the groupings of all; one more at the end */
} ByudvProtection;

/* More than this many cells in one slice are refused. */
#define BYUDV_CELLS_MAX		INT64_C(50000000)

extern void byudv_protection_begin(ByudvProtection *protection, const ByudvArena *arena);

/*
 * Protects a slice and emits its counts, sorted.  rows: the values of each
 * person (ncolumns numbers, every step numbers); there is at least one person.
 * Gives the number of cells; if that is above BYUDV_CELLS_MAX nothing was done.
 */
extern int64_t byudv_protect_slice(ByudvProtection *protection, const int32_t *rows, int32_t nrows, size_t step);

#endif							/* BYUDV_DISCLOSURE_H */
