/*
 * disclosure_reader.c
 *		Unit test of protected counts against a reader who goes through all tables
 *		that have the same publication: random cases.
 */
#include "disclosure_case.h"
#include "tap.h"

#include <limits.h>

#define CELLS		25
#define PERSONS		14
#define CLAIMS		2000
#define STEPS_MAX	1000000

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

int
main(void)
{
	test_random(getenv("BYUDV_ROUNDS") ? atoi(getenv("BYUDV_ROUNDS")) : 10000);
	return done();
}
