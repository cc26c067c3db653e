/*
 * disclosure_slice.h
 *		A slice while it is protected: what the three parts of disclosure.c share.
 */
#ifndef BYUDV_DISCLOSURE_SLICE_H
#define BYUDV_DISCLOSURE_SLICE_H

#include "disclosure.h"

/* Where the values of a column are counted: in places, from 0. */
typedef struct View
{
	int32_t		nplaces;
	int32_t    *place;			/* of each value */
} View;

/* A grouping, with those areas that have persons in this slice. */
typedef struct Group
{
	const ByudvGrouping *source;
	View	   *view;			/* merged areas have one place, the last */
	int32_t		nareas;
	int32_t    *numbers;		/* in source */
	int32_t    *area;			/* of each value */
	int32_t    *persons;		/* of each area */
	int32_t    *area_place;
	bool	   *merged;
	int32_t		nmerged;
	int64_t		merged_persons;
} Group;

/*
 * What is left of the places of one grouping without those of another that lie
 * in them: it is not published, but can be computed.
 */
typedef struct Rest
{
	View	   *view;
	const Group *inner;
	const Group *outer;
	bool		is_counted;		/* both are kinds of rows */
	int32_t    *lies_in;		/* of each inner place: outer place, or -1 */
	bool	   *has_inner;		/* of each outer place */
	int64_t    *left;
} Rest;

typedef struct Column
{
	int32_t		nvalues;		/* with persons in this slice */
	int32_t    *numbers;		/* in source */
	int32_t    *persons;
	int			ngroups;
	Group	   *groups;
	const Group *own;			/* whose areas are items of a table with rows of this column; NULL: there is none */
	int			nrests;
	Rest	   *rests;
} Column;

#define HIDDEN		1
#define SMALL		2
#define SAFE		4			/* a swap changes it */

/* A table by one kind, or by what is left of one. */
typedef struct Layer
{
	int			table;
	const Group *areas;			/* of the kind */
	const View *row;
	const View *item;
	int32_t		pool;			/* an item, or -1 */
	int32_t		nrows;
	int32_t		nitems;
	int32_t    *counts;			/* nitems for each row */
	uint8_t    *flags;
	int32_t		worth;			/* of a cell: where there are few areas it is more */
} Layer;

/* Persons who are alike in both columns of a table. */
typedef struct Pair
{
	int32_t		row;			/* values */
	int32_t		item;
	int32_t		persons;
} Pair;

typedef struct Pairs
{
	int32_t		n;
	Pair	   *pairs;			/* by row and item */
	int32_t    *first;			/* of each row value; one more at the end */
} Pairs;

typedef struct Slice
{
	ByudvProtection *p;
	Column	   *columns;
	Group	   *groups;			/* of all columns */
	int			nrests;
	Rest	   *rests;
	View	   *views;			/* of groups, then of rests */
	int32_t		npersons;
	int32_t    *values;			/* ncolumns for each person */
	Pairs	   *pairs;			/* of each table */
	int			nlayers;
	Layer	   *layers;
	int		   *first_layer;	/* of each table; one more at the end */
	int		   *first_rest;		/* of each table, among its layers: these are not published */
	uint32_t	work;
} Slice;

/* Memory of the slice, all zero. */
extern void *byudv_slice_get(const ByudvProtection *p, size_t n, size_t size);

/* The grouping of a table's items. */
static inline Group *
items_of(const Slice *s, int table)
{
	const ByudvProtection *p = s->p;
	const ByudvCountTable *t = &p->tables[table];

	return &s->groups[p->first_group[t->item] + (t->item_grouping > 0 ? t->item_grouping - 1 : p->columns[t->item].itself)];
}

static inline size_t
cell_of(const Layer *layer, int32_t row, int32_t item)
{
	return (size_t) row * layer->nitems + item;
}

/* disclosure_areas.c */
extern void byudv_slice_begin(Slice *s, const int32_t *rows, int32_t nrows, size_t step);
extern void byudv_merge_areas(Slice *s, const Column *column);
extern void byudv_merge_item(Slice *s, const Column *column, Group *items, int32_t place);

/* disclosure_swaps.c */
extern int64_t byudv_make_layers(Slice *s);
extern void byudv_protect_cells(Slice *s);

#endif							/* BYUDV_DISCLOSURE_SLICE_H */
