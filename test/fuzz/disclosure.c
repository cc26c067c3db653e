/*
 * disclosure.c
 *		Fuzz target: any persons, groupings and tables through numbering and
 *		protection.  What must hold whatever came in: counts and sums are right, in
 *		order, and not small; every area and item is accounted for.
 */
#include "core/disclosure.h"
#include "core/numbers.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX		4
#define KINDS_MAX		3
#define ROWS_MAX		300

static void
require(bool condition)
{
	if (!condition)
		abort();
}

static void *blocks[100000];
static int	nblocks;

static void *
keep(void *context, size_t size)
{
	(void) context;
	require(nblocks < (int) (sizeof(blocks) / sizeof(blocks[0])));
	return blocks[nblocks++] = malloc(size);
}

static void *
resize(void *context, void *old, size_t size)
{
	void	   *block;

	if (old == NULL)
		return keep(context, size);
	block = realloc(old, size);
	for (int i = 0; i < nblocks; i++)
	{
		if (blocks[i] == old)
			blocks[i] = block;
	}
	return block;
}

static int32_t
take(const uint8_t **data, size_t *size, int bytes)
{
	int32_t		value = 0;

	for (; bytes > 0 && *size > 0; bytes--, (*data)++, (*size)--)
		value = (int32_t) ((uint32_t) value << 8 | **data);
	return value;
}

typedef struct Check
{
	const ByudvProtection *p;
	const int32_t *rows;
	int			nrows;
	ByudvCount	before;
	bool		started;
	int64_t		sum;			/* of the area at hand, as far as it is put */
	int64_t		areas_sum;		/* of the kind's areas; -1: kind 0 */
	int64_t		merged_sum;		/* of those that are hidden */
} Check;

/* Persons in an area (any if code_known is false) with an item (any if !item_known). */
static int64_t
count_persons(const Check *c, const ByudvCount *k, bool item_known)
{
	const ByudvCountTable *table = &c->p->tables[k->table];
	int64_t		n = 0;

	for (int i = 0; i < c->nrows; i++)
	{
		const int32_t *row = c->rows + (size_t) i * c->p->ncolumns;
		const ByudvCountColumn *column = &c->p->columns[table->row];
		const ByudvCountColumn *items = &c->p->columns[table->item];

		for (int g = 0; g < (k->kind == 0 ? 1 : column->nkinds); g++)
		{
			const ByudvGrouping *grouping = &column->groupings[g];

			if (k->kind != 0 && (grouping->kind != k->kind || grouping->codes[grouping->area[row[table->row]]] != k->code))
				continue;
			if (!item_known || items->groupings[items->itself].codes[row[table->item]] == k->item)
				n++;
		}
	}
	return n;
}

static void
end_area(Check *c)
{
	const ByudvCount *k = &c->before;

	if (!c->started || (k->no_item && k->hidden))
		return;
	require(c->sum == (k->no_code ? c->merged_sum : count_persons(c, k, false)));
	if (k->kind > 0)
		c->areas_sum += c->sum;
}

static void
end_kind(Check *c)
{
	if (c->started && c->before.kind > 0)
		require(c->areas_sum == c->nrows);
}

static void
put(void *context, const ByudvCount *k)
{
	Check	   *c = context;
	const ByudvCount *b = &c->before;
	bool		same_kind = c->started && k->table == b->table && k->kind == b->kind;
	bool		same_area = same_kind && k->no_code == b->no_code && k->code == b->code;

	if (!same_area)
		end_area(c);
	if (!same_kind)
		end_kind(c);
	if (!c->started)
		require(k->table == 0 && k->kind == 0);
	else if (same_area)
		require(!b->no_item && (k->no_item || k->item > b->item));
	else if (same_kind)
		require(!b->no_code && (k->no_code || k->code > b->code));
	else
		require(k->table == b->table ? k->kind > b->kind : k->table == b->table + 1 && k->kind == 0);
	if (!same_kind)
		c->areas_sum = c->merged_sum = 0;
	if (!same_area)
		c->sum = 0;

	require(k->hidden ? k->persons == 0 : k->persons >= c->p->min_cell);
	if (k->no_item && k->hidden)
	{
		require(!same_area && !k->no_code);
		if (c->nrows >= c->p->min_cell)
			c->merged_sum += count_persons(c, k, false);
	}
	else
	{
		if (!k->hidden && !k->no_item && !k->no_code)
			require(k->persons == count_persons(c, k, true));
		c->sum += k->persons;
	}
	c->before = *k;
	c->started = true;
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int32_t raw[ROWS_MAX * COLUMNS_MAX],
				grouped[ROWS_MAX * COLUMNS_MAX];
	ByudvHeap	heap = {.resize = resize};
	ByudvArena	arena = {.alloc = keep};
	ByudvNumbers numbers[COLUMNS_MAX] = {{0}};
	ByudvNumbers codes[COLUMNS_MAX][KINDS_MAX] = {{{0}}};
	ByudvGrouping groupings[COLUMNS_MAX][KINDS_MAX + 1];
	ByudvCountColumn columns[COLUMNS_MAX];
	ByudvCountTable tables[COLUMNS_MAX * COLUMNS_MAX];
	int32_t		limits[COLUMNS_MAX];
	ByudvProtection p = {.columns = columns, .tables = tables, .arena = arena, .emit = put};
	Check		check = {.p = &p};
	int			bytes,
				wide;
	int			kinds[COLUMNS_MAX];
	uint8_t		salt[COLUMNS_MAX][KINDS_MAX];

	p.ncolumns = 2 + take(&data, &size, 1) % (COLUMNS_MAX - 1);
	wide = take(&data, &size, 1);
	bytes = wide & 1 ? 4 : 1;
	p.min_cell = 1 + (wide & 2 ? take(&data, &size, 2) % 1000 : (wide >> 2) % 8);
	for (int a = 0; a < p.ncolumns; a++)
	{
		int			choice = take(&data, &size, 1);

		kinds[a] = choice % (KINDS_MAX + 1);
		for (int k = 0; k < KINDS_MAX; k++)
			salt[a][k] = (uint8_t) take(&data, &size, 1);
		for (int b = a + 1; b < p.ncolumns; b++)
		{
			if (p.ntables == 0 || (choice >> 2 >> b & 1) == 0)
				tables[p.ntables++] = choice & 128 ? (ByudvCountTable) {.row = a, .item = b} : (ByudvCountTable) {.row = b, .item = a};
		}
	}
	while (size > 0 && check.nrows < ROWS_MAX)
	{
		for (int c = 0; c < p.ncolumns; c++)
			raw[check.nrows * p.ncolumns + c] = byudv_take_number(&numbers[c], &heap, take(&data, &size, bytes));
		check.nrows++;
	}
	for (int c = 0; c < p.ncolumns; c++)
	{
		int32_t    *sorted = byudv_sort_numbers(&numbers[c], &heap);
		int			n = 0;
		bool		is_item = false;

		limits[c] = numbers[c].n;
		for (int i = 0; i < check.nrows; i++)
			raw[i * p.ncolumns + c] = sorted[raw[i * p.ncolumns + c]];
		for (int t = 0; t < p.ntables; t++)
			is_item |= tables[t].item == c;
		for (int k = 0; k <= kinds[c]; k++)
		{
			int32_t    *area = keep(NULL, ((size_t) numbers[c].n + 1) * sizeof(int32_t));
			bool		itself = k == kinds[c];

			if (itself && kinds[c] > 0 && !is_item)
				continue;
			for (int32_t v = 0; v < numbers[c].n; v++)
				area[v] = itself ? v : byudv_take_number(&codes[c][k], &heap, numbers[c].values[v] / (1 + salt[c][k] % 16) % (2 + salt[c][k] / 8));
			if (!itself)
			{
				int32_t    *order = byudv_sort_numbers(&codes[c][k], &heap);

				for (int32_t v = 0; v < numbers[c].n; v++)
				{
					area[v] = order[area[v]];
					require(byudv_find_number(&codes[c][k], codes[c][k].values[area[v]]) == area[v]);
				}
			}
			groupings[c][n++] = (ByudvGrouping)
			{
				.kind = k + 1, .nareas = itself ? numbers[c].n : codes[c][k].n, .area = area,
				.codes = itself ? numbers[c].values : codes[c][k].values
			};
		}
		columns[c] = (ByudvCountColumn)
		{
			.nvalues = numbers[c].n, .ngroupings = n, .nkinds = kinds[c] == 0 ? 1 : kinds[c],
			.itself = kinds[c] == 0 || is_item ? n - 1 : -1, .groupings = groupings[c]
		};
	}
	byudv_group_rows(raw, grouped, check.nrows, p.ncolumns, limits[0], &heap);
	for (int i = 1; i < check.nrows; i++)
		require(grouped[(i - 1) * p.ncolumns] <= grouped[i * p.ncolumns]);
	check.rows = grouped;
	if (check.nrows > 0)
	{
		p.context = &check;
		byudv_protection_begin(&p, &arena);
		require(byudv_protect_slice(&p, check.rows, check.nrows, p.ncolumns) <= BYUDV_CELLS_MAX);
		if (check.nrows >= p.min_cell)
		{
			end_area(&check);
			end_kind(&check);
		}
		require(check.before.table == p.ntables - 1);
	}
	while (nblocks > 0)
		free(blocks[--nblocks]);
	return 0;
}
