/*
 * disclosure.c
 *		Unit test of protected counts: small tables worked out by hand, and random
 *		ones against all populations that have the same publication.
 */
#include "core/disclosure.h"
#include "core/numbers.h"
#include "tap.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS		3
#define VALUES		5
#define GROUPINGS	4
#define CELLS		27
#define PERSONS		14
#define COUNTS		20000
#define CLAIMS		2000

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
static int	persons[CELLS];		/* of each combination of values */
static int	ncells;

static int
value_of(int cell, int column)
{
	for (int c = 0; c < column; c++)
		cell /= nvalues[c];
	return cell % nvalues[column];
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

static int
compare_rows(const void *a, const void *b)
{
	const int32_t *x = a,
			   *y = b;

	for (int c = 0; c < ncolumns; c++)
	{
		if (x[c] != y[c])
			return x[c] < y[c] ? -1 : 1;
	}
	return 0;
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

	for (int i = 0; i < ncells; i++)
	{
		for (int j = 0; j < persons[i]; j++, n++)
		{
			for (int c = 0; c < ncolumns; c++)
				rows[n][c] = value_of(i, c);
		}
	}
	qsort(rows, n, sizeof(rows[0]), compare_rows);
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
		if (wanted >> areas[column][grouping][value_of(i, column)] & 1)
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

/* What is wrong with the numbers themselves, and what a reader knows by them. */
static const char *
read_publication(int min_cell)
{
	int			total = sum_of(UINT32_MAX);

	nknown = nsecret = 0;
	for (int i = 0; i < ncounts; i++)
	{
		if (!counts[i].hidden && counts[i].persons < min_cell)
			return "a small number is shown";
		if (i > 0)
		{
			const ByudvCount *a = &counts[i - 1],
					   *b = &counts[i];
			int64_t		x[] = {a->table, a->kind, a->no_code ? INT_MAX : a->code, a->no_item ? INT_MAX : a->item};
			int64_t		y[] = {b->table, b->kind, b->no_code ? INT_MAX : b->code, b->no_item ? INT_MAX : b->item};
			int			c = 0;

			while (c < 3 && x[c] == y[c])
				c++;
			if (x[c] >= y[c])
				return "rows are not sorted";
		}
	}
	if (total < min_cell)
		return ncounts == ntables && counts[0].hidden && counts[0].no_item ? NULL : "few persons are not hidden";
	add_known(UINT32_MAX, total);
	for (int t = 0; t < ntables; t++)
	{
		int			row = tables[t].row,
					item = tables[t].item,
					itself = columns[item].itself;
		uint32_t	pool = 0;

		for (int j = 0; j < nvalues[item]; j++)
		{
			const ByudvCount *count = find_count(t, 0, 0, j);
			uint32_t	cells = cells_with(item, itself, UINT32_C(1) << j);

			if (count != NULL && count->hidden)
				pool |= UINT32_C(1) << j;
			else
				add_known(cells, count == NULL ? 0 : (int) count->persons);
			if ((count == NULL ? 0 : count->persons) != sum_of(cells) && !(count != NULL && count->hidden))
				return "an item's total is wrong";
			add_secret(cells, min_cell);
		}
		for (int k = 0; k < columns[row].nkinds; k++)
		{
			uint32_t	merged = 0;

			for (int a = 0; a <= VALUES; a++)	/* VALUES: those merged */
			{
				int			code = a == VALUES ? -1 : a;
				uint32_t	area = cells_with(row, k, a == VALUES ? merged : UINT32_C(1) << a);
				const ByudvCount *hidden = find_count(t, k + 1, code, -1);
				int			hidden_sum = 0,
							sum = 0;
				bool		some_hidden = false;

				if (a < VALUES && hidden != NULL && hidden->hidden)
				{
					merged |= UINT32_C(1) << a;
					add_secret(area, min_cell);
					for (int j = 0; j < nvalues[item]; j++)
						add_secret(area & cells_with(item, itself, UINT32_C(1) << j), min_cell);
					continue;
				}
				if (a == VALUES && merged == 0)
					continue;
				for (int j = 0; j < nvalues[item]; j++)
				{
					const ByudvCount *count = find_count(t, k + 1, code, j);
					uint32_t	cells = area & cells_with(item, itself, UINT32_C(1) << j);

					add_secret(cells, min_cell);
					if (pool >> j & 1)
					{
						if (count != NULL)
							return "an item of the pool has a cell";
						hidden_sum += sum_of(cells);
						continue;
					}
					if (count != NULL && count->hidden)
					{
						some_hidden = true;
						hidden_sum += sum_of(cells);
						continue;
					}
					add_known(cells, count == NULL ? 0 : (int) count->persons);
					if ((count == NULL ? 0 : count->persons) != sum_of(cells))
						return "a cell is wrong";
					sum += sum_of(cells);
				}
				add_secret(area & cells_with(item, itself, pool), min_cell);
				if (hidden_sum != (hidden == NULL ? 0 : (int) hidden->persons))
					return "a row's rest is wrong";
				if (some_hidden && hidden == NULL)
					return "a row's rest is missing";
				add_known(area, sum + hidden_sum);
			}
			/* down the items */
			for (int j = 0; j < nvalues[item]; j++)
			{
				int			sum = 0;
				bool		some = false;

				for (int i = 0; i < ncounts; i++)
				{
					uint32_t	area = counts[i].no_code ? merged : UINT32_C(1) << counts[i].code;

					if (counts[i].table != t || counts[i].kind != k + 1 || !counts[i].hidden || counts[i].no_item || counts[i].item != j)
						continue;
					some = true;
					sum += sum_of(cells_with(row, k, area) & cells_with(item, itself, UINT32_C(1) << j));
				}
				if (some && sum < min_cell)
					return "an item's rest is small";
			}
		}
	}
	return NULL;
}

static int	world[CELLS];
static int	left[CLAIMS];
static long steps;

/* Goes through all populations that fit, until each secret has been seen with another value. */
static void
try_worlds(int cell)
{
	int			most = PERSONS + 1;

	if (nfree == 0 || ++steps > 3000000)
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
	for (int i = 0; i < ncells; i++)
	{
		if (persons[i] > 0)
			printf("# %d persons: %d %d %d\n", persons[i], value_of(i, 0), value_of(i, 1), ncolumns > 2 ? value_of(i, 2) : 0);
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
	ncells = 1;
	for (int c = 0; c < ncolumns; c++)
	{
		nvalues[c] = ncolumns == 3 ? 2 + (int) below(2) : 2 + (int) below(3);
		ncells *= nvalues[c];
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
	memset(persons, 0, sizeof(persons));
	n = 1 + (int) below(PERSONS);
	for (int i = 0; i < n; i++)
	{
		int			cell = (int) below(ncells);

		if (below(2) == 0)		/* often the same */
			cell = cell % (1 + ncells / 3);
		persons[cell]++;
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
		error = read_publication(min_cell);
		if (error != NULL)
		{
			if (wrong++ == 0)
			{
				printf("# %s\n", error);
				show_case(min_cell);
			}
			continue;
		}
		for (int j = 0; j < nknown; j++)
			left[j] = known[j].sum;
		memset(differs, 0, sizeof(differs));
		nfree = nsecret;
		secrets += nsecret;
		steps = 0;
		try_worlds(0);
		if (nfree > 0 && steps > 3000000)
			unsure++;
		else if (nfree > 0 && told++ == 0)
		{
			for (int j = 0; j < nsecret; j++)
			{
				if (!differs[j])
					printf("# told: cells %x = %d\n", secret[j].cells, secret[j].sum);
			}
			show_case(min_cell);
		}
	}
	ok(wrong == 0, "numbers of %d random cases are right (%d wrong)", cases, wrong);
	ok(told == 0, "no reader can compute any of %d small numbers (%d cases tell one)", secrets, told);
	ok(unsure < cases / 100, "all populations were looked at (%d cases were too big)", unsure);
}

int
main(void)
{
	test_random(getenv("BYUDV_ROUNDS") ? atoi(getenv("BYUDV_ROUNDS")) : 3000);
	return done();
}
