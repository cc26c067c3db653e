/*
 * disclosure_case.h
 *		A case for tests of protected counts: persons by up to three columns, tables
 *		of them, and what is published.
 */
#ifndef DISCLOSURE_CASE_H
#define DISCLOSURE_CASE_H

#include "core/disclosure.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS		3
#define VALUES		5
#define GROUPINGS	4
#define COMBINATIONS	125
#define COUNTS		20000

static uint64_t random_state = 20261125;

static inline uint32_t
below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (random_state >> 33) % n;
}

/* Memory of one case. */
static void *blocks[200000];
static int	nblocks;

static inline void *
keep(void *context, size_t size)
{
	(void) context;
	if (nblocks == (int) (sizeof(blocks) / sizeof(blocks[0])))
		abort();
	return blocks[nblocks++] = malloc(size);
}

static inline void
release(void)
{
	while (nblocks > 0)
		free(blocks[--nblocks]);
}

/* What is published. */
static ByudvCount counts[COUNTS];
static int	ncounts;

static inline void
put(void *context, const ByudvCount *count)
{
	(void) context;
	if (ncounts == COUNTS)
		abort();
	counts[ncounts++] = *count;
}

/* A case: columns with groupings, tables, persons. */
static int	ncolumns;
static int32_t nvalues[COLUMNS];
static int32_t areas[COLUMNS][GROUPINGS][VALUES];
static int32_t codes[VALUES] = {0, 1, 2, 3, 4};
static ByudvGrouping groupings[COLUMNS][GROUPINGS];
static ByudvCountColumn columns[COLUMNS];
static ByudvCountTable tables[COLUMNS * COLUMNS];
static int	ntables;
static int	everybody[COMBINATIONS];	/* persons of each combination of values */
static int	ncombinations;

static inline int
value_of(int combination, int column)
{
	for (int c = 0; c < column; c++)
		combination /= nvalues[c];
	return combination % nvalues[column];
}

/* The first kinds have areas from the case; the last is the value itself, if it is needed. */
static inline void
set_column(int c, int kinds, bool is_item)
{
	int			n = kinds;

	if (kinds == 0 || is_item)
	{
		for (int v = 0; v < nvalues[c]; v++)
			areas[c][n][v] = v;
		n++;
	}
	for (int g = 0; g < n; g++)
		groupings[c][g] = (ByudvGrouping)
	{
		.kind = g + 1, .nareas = VALUES, .area = areas[c][g], .codes = codes
	};
	columns[c] = (ByudvCountColumn)
	{
		.nvalues = nvalues[c], .ngroupings = n, .nkinds = kinds == 0 ? 1 : kinds,
		.itself = kinds == 0 || is_item ? n - 1 : -1, .groupings = groupings[c]
	};
}

static inline int64_t
publish(int32_t min_cell)
{
	static int32_t rows[2000][COLUMNS];
	ByudvArena	arena = {.alloc = keep};
	ByudvProtection p = {
		.min_cell = min_cell, .ncolumns = ncolumns, .columns = columns, .ntables = ntables, .tables = tables,
		.arena = arena, .emit = put
	};
	int			n = 0;
	int64_t		cells;

	for (int i = 0; i < ncombinations; i++)
	{
		for (int j = 0; j < everybody[i]; j++, n++)
		{
			for (int c = 0; c < ncolumns; c++)
				rows[n][c] = value_of(i, c);
		}
	}
	for (int i = n - 1; i > 0; i--) /* the order must not matter */
	{
		int			j = (int) below(i + 1);

		for (int c = 0; c < COLUMNS; c++)
		{
			int32_t		value = rows[i][c];

			rows[i][c] = rows[j][c];
			rows[j][c] = value;
		}
	}
	byudv_protection_begin(&p, &arena);
	ncounts = 0;
	cells = byudv_protect_slice(&p, rows[0], n, COLUMNS);
	release();
	return cells;
}

#endif							/* DISCLOSURE_CASE_H */
