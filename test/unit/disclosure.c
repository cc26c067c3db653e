/*
 * disclosure.c
 *		Unit test of protected counts: small tables worked out by hand, and random
 *		ones against all populations that have the same publication.
 */
#include "core/disclosure.h"
#include "tap.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS		3
#define VALUES		5
#define GROUPINGS	4
#define CELLS		25
#define COMBINATIONS	125
#define PERSONS		14
#define COUNTS		20000
#define CLAIMS		2000
#define STEPS_MAX	1000000

static uint64_t random_state = 20261125;

static uint32_t
below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (random_state >> 33) % n;
}

/* Memory of one case. */
static void *blocks[200000];
static int	nblocks;

static void *
keep(void *context, size_t size)
{
	(void) context;
	if (nblocks == (int) (sizeof(blocks) / sizeof(blocks[0])))
		abort();
	return blocks[nblocks++] = malloc(size);
}

static void
release(void)
{
	while (nblocks > 0)
		free(blocks[--nblocks]);
}

/* What is published. */
static ByudvCount counts[COUNTS];
static int	ncounts;

static void
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

static int
value_of(int combination, int column)
{
	for (int c = 0; c < column; c++)
		combination /= nvalues[c];
	return combination % nvalues[column];
}

/* The table at hand: what is published of the others says nothing of its cells but totals that it has itself. */
static int	row,
			item,
			itself;				/* grouping of item */
static int	persons[CELLS];		/* row by row */
static int	ncells;

static void
take_table(int table)
{
	row = tables[table].row;
	item = tables[table].item;
	itself = columns[item].itself;
	ncells = nvalues[row] * nvalues[item];
	memset(persons, 0, sizeof(persons));
	for (int i = 0; i < ncombinations; i++)
		persons[value_of(i, row) * nvalues[item] + value_of(i, item)] += everybody[i];
}

/* The first kinds have areas from the case; the last is the value itself, if it is needed. */
static void
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

static int64_t
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

/*
 * The reader's side.  A claim is a sum of persons of some combinations; what is
 * published is claims with their sums.
 */
typedef struct Claim
{
	uint32_t	cells;
	int			sum;
} Claim;

static Claim known[CLAIMS];
static int	nknown;
static Claim secret[CLAIMS];	/* small sums that nothing may tell */
static int	nsecret;
static int	nfree;				/* that are not told yet */
static bool differs[CLAIMS];

static uint32_t
cells_with(int column, int grouping, uint32_t wanted)	/* areas as bits */
{
	uint32_t	result = 0;

	for (int i = 0; i < ncells; i++)
	{
		if (wanted >> areas[column][grouping][column == row ? i / nvalues[item] : i % nvalues[item]] & 1)
			result |= UINT32_C(1) << i;
	}
	return result;
}

static int
sum_of(uint32_t cells)
{
	int			sum = 0;

	for (int i = 0; i < ncells; i++)
		sum += cells >> i & 1 ? persons[i] : 0;
	return sum;
}

static const ByudvCount *
find_count(int table, int kind, int code, int item)	/* -1: NULL */
{
	for (int i = 0; i < ncounts; i++)
	{
		if (counts[i].table == table && counts[i].kind == kind && (counts[i].no_code ? -1 : counts[i].code) == code &&
			(counts[i].no_item ? -1 : counts[i].item) == item)
			return &counts[i];
	}
	return NULL;
}

/* The cells of an area that has rows of its own; VALUES: merged areas.  0: none. */
static uint32_t
published_area(int table, int kind, int area)
{
	uint32_t	merged = 0;

	for (int a = 0; a < VALUES; a++)
	{
		const ByudvCount *count = find_count(table, kind + 1, a, -1);

		if (count != NULL && count->hidden)
			merged |= UINT32_C(1) << a;
	}
	if (area < VALUES)
		merged = merged >> area & 1 ? 0 : UINT32_C(1) << area;
	return cells_with(tables[table].row, kind, merged);
}

static void
add_known(uint32_t cells, int sum)
{
	if (nknown == CLAIMS)
		abort();
	known[nknown++] = (Claim)
	{
		.cells = cells, .sum = sum
	};
}

static void
add_secret(uint32_t cells, int min_cell)
{
	int			sum = sum_of(cells);

	if (sum == 0 || sum >= min_cell)
		return;
	if (nsecret == CLAIMS)
		abort();
	secret[nsecret++] = (Claim)
	{
		.cells = cells, .sum = sum
	};
}

/* What is wrong with a table's numbers, and what a reader knows by them. */
static const char *
read_table(int t, int min_cell)
{
	int			total = sum_of(UINT32_MAX);
	uint32_t	pool = 0;

	nknown = nsecret = 0;
	add_known(UINT32_MAX, total);
	for (int j = 0; j < nvalues[item]; j++)
	{
		const ByudvCount *count = find_count(t, 0, 0, j);
		uint32_t	cells = cells_with(item, itself, UINT32_C(1) << j);

		add_secret(cells, min_cell);
		if (count != NULL && count->hidden)
			pool |= UINT32_C(1) << j;
		else if ((count == NULL ? 0 : count->persons) != sum_of(cells))
			return "an item's total is wrong";
		else
			add_known(cells, sum_of(cells));
	}
	for (int k = 0; k < columns[row].nkinds; k++)
	{
		for (int a = 0; a <= VALUES; a++)	/* VALUES: those merged */
		{
			int			code = a == VALUES ? -1 : a;
			uint32_t	area = published_area(t, k, a);
			const ByudvCount *rest = find_count(t, k + 1, code, -1);
			int			hidden_sum = 0;
			bool		some_hidden = false;

			if (area == 0)
			{
				if (a == VALUES)
					continue;
				area = cells_with(row, k, UINT32_C(1) << a);
				add_secret(area, min_cell);
				for (int j = 0; j < nvalues[item]; j++)
					add_secret(area & cells_with(item, itself, UINT32_C(1) << j), min_cell);
				continue;
			}
			for (int j = 0; j < nvalues[item]; j++)
			{
				const ByudvCount *count = find_count(t, k + 1, code, j);
				uint32_t	cells = area & cells_with(item, itself, UINT32_C(1) << j);
				bool		in_pool = pool >> j & 1;

				add_secret(cells, min_cell);
				if (in_pool && count != NULL)
					return "an item of the pool has a cell";
				if (in_pool || (count != NULL && count->hidden))
				{
					some_hidden |= !in_pool;
					hidden_sum += sum_of(cells);
				}
				else if ((count == NULL ? 0 : count->persons) != sum_of(cells))
					return "a cell is wrong";
				else
					add_known(cells, sum_of(cells));
			}
			add_secret(area & cells_with(item, itself, pool), min_cell);
			if (hidden_sum != (rest == NULL ? 0 : (int) rest->persons))
				return "a row's rest is wrong";
			if (some_hidden && rest == NULL)
				return "a row's rest is missing";
			add_known(area, sum_of(area));
		}
		/* down the items */
		for (int j = 0; j < nvalues[item]; j++)
		{
			int			sum = 0;
			bool		some = false;

			for (int a = 0; a <= VALUES; a++)
			{
				const ByudvCount *count = find_count(t, k + 1, a == VALUES ? -1 : a, j);

				if (count == NULL || !count->hidden)
					continue;
				some = true;
				sum += sum_of(published_area(t, k, a) & cells_with(item, itself, UINT32_C(1) << j));
			}
			if (some && sum < min_cell)
				return "an item's rest is small";
		}
	}
	return NULL;
}

/* What is wrong with all of it. */
static const char *
read_order(int min_cell)
{
	for (int i = 0; i < ncounts; i++)
	{
		const ByudvCount *a = &counts[i],
				   *b = i > 0 ? a - 1 : a;
		int64_t		x[] = {a->table, a->kind, a->no_code ? INT_MAX : a->code, a->no_item ? INT_MAX : a->item};
		int64_t		y[] = {b->table, b->kind, b->no_code ? INT_MAX : b->code, b->no_item ? INT_MAX : b->item};
		int			c = 0;

		if (!a->hidden && a->persons < min_cell)
			return "a small number is shown";
		while (c < 3 && x[c] == y[c])
			c++;
		if (i > 0 && x[c] <= y[c])
			return "rows are not sorted";
	}
	return NULL;
}

/*
 * A reader can take areas of one kind from an area of another that they lie in:
 * what is left, and how it is made up, is secret where it is small.
 */
static void
add_rests(int t, int min_cell)
{
	for (int outer = 0; outer < columns[row].nkinds; outer++)
	{
		for (int a = 0; a <= VALUES; a++)
		{
			uint32_t	out = published_area(t, outer, a);

			for (int inner = 0; out != 0 && inner < columns[row].nkinds; inner++)
			{
				uint32_t	left = out;

				for (int b = 0; inner != outer && b <= VALUES; b++)
				{
					uint32_t	in = published_area(t, inner, b);

					if (sum_of(in & ~out) == 0)
						left &= ~in;
				}
				if (left == out)
					continue;
				add_secret(left, min_cell);
				for (int j = 0; j < nvalues[item]; j++)
					add_secret(left & cells_with(item, itself, UINT32_C(1) << j), min_cell);
			}
		}
	}
}

static int	world[CELLS];
static int	left[CLAIMS];
static long steps;

/* Goes through all populations that fit, until each secret has been seen with another value. */
static void
try_worlds(int cell)
{
	int			most = PERSONS + 1;

	if (nfree == 0 || ++steps > STEPS_MAX)
		return;
	if (cell == ncells)
	{
		for (int i = 0; i < nsecret; i++)
		{
			int			sum = 0;

			for (int j = 0; j < ncells; j++)
				sum += secret[i].cells >> j & 1 ? world[j] : 0;
			if (sum != secret[i].sum && !differs[i])
			{
				differs[i] = true;
				nfree--;
			}
		}
		return;
	}
	for (int i = 0; i < nknown; i++)
	{
		if (known[i].cells >> cell & 1 && left[i] < most)
			most = left[i];
	}
	for (int n = 0; n <= most; n++)
	{
		bool		fits = true;

		world[cell] = n;
		for (int i = 0; i < nknown; i++)
		{
			if (known[i].cells >> cell & 1)
			{
				left[i] -= n;
				/* nothing comes after: all must have been given */
				if (left[i] != 0 && (known[i].cells & ~UINT32_C(0) >> (31 - cell) & (ncells == 32 ? UINT32_MAX : (UINT32_C(1) << ncells) - 1)) ==
					(known[i].cells & (ncells == 32 ? UINT32_MAX : (UINT32_C(1) << ncells) - 1)))
					fits = false;
			}
		}
		if (fits)
			try_worlds(cell + 1);
		for (int i = 0; i < nknown; i++)
		{
			if (known[i].cells >> cell & 1)
				left[i] += n;
		}
	}
}

static void
show_case(int min_cell)
{
	printf("# min_cell %d\n", min_cell);
	for (int c = 0; c < ncolumns; c++)
	{
		for (int g = 0; g < columns[c].ngroupings; g++)
		{
			printf("# column %d grouping %d:", c, g);
			for (int v = 0; v < nvalues[c]; v++)
				printf(" %d", areas[c][g][v]);
			putchar('\n');
		}
	}
	for (int i = 0; i < ncombinations; i++)
	{
		if (everybody[i] > 0)
			printf("# %d persons: %d %d %d\n", everybody[i], value_of(i, 0), value_of(i, 1), ncolumns > 2 ? value_of(i, 2) : 0);
	}
	for (int i = 0; i < ncounts; i++)
		printf("# table %d (%d*%d) kind %d code %d%s item %d%s: %d%s\n", counts[i].table, tables[counts[i].table].row,
			   tables[counts[i].table].item, counts[i].kind, counts[i].code, counts[i].no_code ? " NULL" : "", counts[i].item,
			   counts[i].no_item ? " NULL" : "", (int) counts[i].persons, counts[i].hidden ? " hidden" : "");
}

static void
make_case(void)
{
	bool		is_item[COLUMNS] = {false};
	int			kinds;
	int			n;

	ncolumns = 2 + (int) below(2);
	ncombinations = 1;
	for (int c = 0; c < ncolumns; c++)
	{
		nvalues[c] = 2 + (int) below(ncolumns == 2 ? VALUES - 1 : 3);
		ncombinations *= nvalues[c];
	}
	ntables = 0;
	for (int a = 0; a < ncolumns; a++)
	{
		for (int b = a + 1; b < ncolumns; b++)
		{
			if (ntables > 0 && below(5) == 0)
				continue;
			tables[ntables++] = below(4) != 0 ? (ByudvCountTable) {.row = a, .item = b} : (ByudvCountTable) {.row = b, .item = a};
			is_item[tables[ntables - 1].item] = true;
		}
	}
	for (int c = 0; c < ncolumns; c++)
	{
		kinds = c == 0 ? (int) below(GROUPINGS) : below(4) == 0 ? 1 + (int) below(2) : 0;
		for (int g = 0; g < kinds; g++)
		{
			for (int v = 0; v < nvalues[c]; v++)
				areas[c][g][v] = (int) below(nvalues[c]);
		}
		set_column(c, kinds, is_item[c]);
	}
	memset(everybody, 0, sizeof(everybody));
	n = 1 + (int) below(PERSONS);
	for (int i = 0; i < n; i++)
	{
		int			combination = (int) below(ncombinations);

		if (below(2) == 0)		/* often the same */
			combination = combination % (1 + ncombinations / 3);
		everybody[combination]++;
	}
}

static void
test_random(int cases)
{
	int			wrong = 0,
				told = 0,
				unsure = 0,
				secrets = 0;

	for (int i = 0; i < cases; i++)
	{
		int			min_cell = 1 + (int) below(4);
		const char *error;

		make_case();
		publish(min_cell);
		error = read_order(min_cell);
		take_table(0);
		if (error == NULL && sum_of(UINT32_MAX) < min_cell)
			error = ncounts == ntables && counts[0].hidden && counts[0].no_item ? NULL : "few persons are not hidden";
		for (int t = 0; error == NULL && t < ntables && sum_of(UINT32_MAX) >= min_cell; t++)
		{
			take_table(t);
			error = read_table(t, min_cell);
			add_rests(t, min_cell);
			for (int j = 0; j < nknown; j++)
				left[j] = known[j].sum;
			memset(differs, 0, sizeof(differs));
			nfree = nsecret;
			secrets += nsecret;
			steps = 0;
			try_worlds(0);
			if (nfree > 0 && steps > STEPS_MAX)
				unsure++;
			else if (error == NULL && nfree > 0 && told++ == 0)
			{
				for (int j = 0; j < nsecret; j++)
				{
					if (!differs[j])
						printf("# told of table %d: cells %x = %d\n", t, secret[j].cells, secret[j].sum);
				}
				show_case(min_cell);
			}
		}
		if (error != NULL && wrong++ == 0)
		{
			printf("# %s\n", error);
			show_case(min_cell);
		}
	}
	ok(wrong == 0, "numbers of %d random cases are right (%d wrong)", cases, wrong);
	ok(told == 0, "no reader can compute any of %d small numbers (%d tables tell one)", secrets, told);
	ok(unsure <= cases / 100, "all tables that could be were looked at (%d were too big)", unsure);
}

/* 0/0 1=12 2=* +7; 1/3 merged: kind/code, item=persons, * hidden, + the rest. */
static const char *
describe(int table)
{
	static char text[4000];
	size_t		n = 0;

	text[0] = '\0';
	for (int i = 0; i < ncounts; i++)
	{
		const ByudvCount *c = &counts[i],
				   *b = i > 0 ? c - 1 : NULL;

		if (c->table != table)
			continue;
		if (b == NULL || b->table != table || b->kind != c->kind || b->no_code != c->no_code || b->code != c->code)
			n += snprintf(text + n, sizeof(text) - n, c->no_code ? "%s%d/-" : "%s%d/%d", n == 0 ? "" : "; ", c->kind, c->code);
		if (c->no_item && c->hidden)
			n += snprintf(text + n, sizeof(text) - n, " merged");
		else if (c->no_item)
			n += snprintf(text + n, sizeof(text) - n, " +%d", (int) c->persons);
		else if (c->hidden)
			n += snprintf(text + n, sizeof(text) - n, " %d=*", c->item);
		else
			n += snprintf(text + n, sizeof(text) - n, " %d=%d", c->item, (int) c->persons);
	}
	return text;
}

/* rows x items persons of a table of its own; kinds: the areas of each row, kind by kind. */
static void
expect(const char *name, int min_cell, int nrows, int nitems, const int *table, int kinds, const int *kind_areas, const char *expected)
{
	const char *got;

	ncolumns = 2;
	nvalues[0] = nrows;
	nvalues[1] = nitems;
	ncombinations = nrows * nitems;
	for (int i = 0; i < ncombinations; i++)
		everybody[i] = table[value_of(i, 0) * nitems + value_of(i, 1)];
	for (int k = 0; k < kinds; k++)
	{
		for (int v = 0; v < nrows; v++)
			areas[0][k][v] = kind_areas[k * nrows + v];
	}
	ntables = 1;
	tables[0] = (ByudvCountTable)
	{
		.row = 0, .item = 1
	};
	set_column(0, kinds, false);
	set_column(1, 0, true);
	publish(min_cell);
	got = describe(0);
	if (!ok(strcmp(got, expected) == 0, "%s", name))
		printf("# expected: %s\n#      got: %s\n", expected, got);
}

#define ROWS(...)	(const int[]) {__VA_ARGS__}

static void
test_by_hand(void)
{
	expect("nothing small: all is shown, but for zeros", 3, 2, 2, ROWS(3, 0, 4, 5), 0, NULL,
		   "0/0 0=7 1=5; 1/0 0=3; 1/1 0=4 1=5");
	expect("min_cell 1 hides nothing", 1, 2, 2, ROWS(1, 0, 1, 1), 0, NULL,
		   "0/0 0=2 1=1; 1/0 0=1; 1/1 0=1 1=1");

	/*
	 * The cell with 1 can be exchanged by way of row 1 and item 2 (5 + 5 + 5
	 * persons), row 1 and item 1 (10 + 5 + 10), row 2 and item 1 (10 + 6 + 3) or
	 * row 2 and item 2 (5 + 6 + 7): the first.
	 */
	expect("a small cell and the cheapest three that protect it", 3, 3, 3, ROWS(1, 10, 5, 5, 10, 5, 6, 3, 7), 0, NULL,
		   "0/0 0=12 1=23 2=17; 1/0 0=* 1=10 2=* +6; 1/1 0=* 1=10 2=* +10; 1/2 0=6 1=3 2=7");
	/*
	 * By way of row 1 it costs 4 + 0 + 8, of row 2 4 + 5 + 5: a zero is hidden.
	 * That leaves 1 person of item 0, so row 2 joins.
	 */
	expect("a zero can be hidden", 3, 3, 2, ROWS(1, 4, 0, 8, 5, 5), 0, NULL,
		   "0/0 0=6 1=17; 1/0 0=* 1=* +5; 1/1 0=* 1=* +8; 1/2 0=* 1=5 +5");

	/*
	 * The four cells with 1 protect each other; but in rows 0 and 1 they sum up
	 * to 2, so what is beside them goes too; in items 0 and 1 also, and what is
	 * left there is in row 2.
	 */
	expect("sums of what is hidden are not small", 3, 3, 3, ROWS(1, 1, 8, 1, 1, 8, 5, 5, 5), 0, NULL,
		   "0/0 0=7 1=7 2=21; 1/0 0=* 1=* 2=* +10; 1/1 0=* 1=* 2=* +10; 1/2 0=* 1=* 2=5 +10");

	/* items: 1 + 1 persons are fewer than 3, so the smallest other joins */
	expect("small items are the pool, until it is big enough", 3, 2, 4, ROWS(1, 0, 10, 4, 0, 1, 10, 20), 0, NULL,
		   "0/0 0=* 1=* 2=* 3=24 +22; 1/0 3=4 +11; 1/1 3=20 +11");
	expect("on a tie the first joins", 3, 2, 4, ROWS(1, 0, 10, 10, 0, 1, 10, 10), 0, NULL,
		   "0/0 0=* 1=* 2=* 3=20 +22; 1/0 3=10 +11; 1/1 3=10 +11");
	expect("too few persons for anything", 3, 2, 2, ROWS(1, 0, 0, 1), 0, NULL, "0/0 merged");
	expect("just enough persons for their number", 3, 3, 2, ROWS(1, 0, 1, 0, 0, 1), 0, NULL,
		   "0/0 0=* 1=* +3; 1/0 merged; 1/1 merged; 1/2 merged; 1/- +3");
	expect("one value of each", 3, 1, 1, ROWS(7), 0, NULL, "0/0 0=7; 1/0 0=7");

	/* row 0 is small: it and the smallest other are one area */
	expect("a small area and the one that hides it", 3, 3, 2, ROWS(1, 1, 4, 4, 9, 9), 0, NULL,
		   "0/0 0=14 1=14; 1/0 merged; 1/1 merged; 1/2 0=9 1=9; 1/- 0=5 1=5");

	/*
	 * Kind 1: {0}, {1}, {2, 3}; kind 2: {0, 2}, {1, 3}.  Value 0 alone is small in
	 * kind 1.  Value 2 is in the same area of kind 2, and merging {2, 3} costs 16
	 * persons; value 1 would cost 4, and all 22 in kind 2.
	 */
	expect("an area of another kind stays whole where it can", 3, 4, 2, ROWS(2, 0, 4, 0, 4, 4, 4, 4), 2, ROWS(0, 1, 2, 2, 0, 1, 0, 1),
		   "0/0 0=14 1=8; 1/0 merged; 1/1 0=4; 1/2 merged; 1/- 0=10 1=8; 2/0 0=6 1=4; 2/1 0=8 1=4");

	/*
	 * Kind 1: {0}, {1, 2}; kind 2: {0, 1}, {2}.  Area 0 of kind 1 has 9 of the 10
	 * of area 0 of kind 2, so the one of value 1 would show: 0 and {1, 2} or {0, 1}
	 * and {2} are merged, which is all of a kind either way.  Value 0 is first.
	 */
	expect("what is left of an area is not small", 3, 3, 1, ROWS(9, 1, 30), 2, ROWS(0, 1, 1, 0, 0, 1),
		   "0/0 0=40; 1/0 merged; 1/1 merged; 1/- 0=40; 2/0 0=10; 2/1 0=30");

	/* everybody outside row 0 has item 1: no one to exchange with, so that item 1 joins the pool, and 2, the smallest other */
	expect("an item that all others have cannot be told apart", 3, 2, 3, ROWS(5, 1, 4, 0, 9, 0), 0, NULL,
		   "0/0 0=5 1=* 2=* +14; 1/0 0=5 +5; 1/1 +9");
}

int
main(void)
{
	test_by_hand();
	test_random(getenv("BYUDV_ROUNDS") ? atoi(getenv("BYUDV_ROUNDS")) : 3000);
	return done();
}
