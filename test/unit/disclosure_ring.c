/*
 * disclosure_ring.c
 *		Unit test of protected counts of three tables in a ring: areas by segment,
 *		and both by an item.  Small cells by hand, and random cases against a reader
 *		who goes through all populations with the same publication.
 */
#include "disclosure_case.h"
#include "tap.h"

#define REGIONS		2
#define SEGMENTS	2
#define ITEMS		3
#define UNKNOWNS	(REGIONS * SEGMENTS * ITEMS)
#define CLAIMS		500
#define STEPS_MAX	2000000

/* A sum of persons, of those regions, segments and items; -1: is secret. */
typedef struct Claim
{
	uint32_t	cells;
	int			sum;
} Claim;

static Claim known[CLAIMS],
			secret[CLAIMS];
static int	nknown,
			nsecret,
			nfree;
static bool differs[CLAIMS];
static int	world[UNKNOWNS],
			left[CLAIMS];
static long steps;
static int	truth[UNKNOWNS];

static uint32_t
cells_with(uint32_t regions, uint32_t segments, uint32_t items)
{
	uint32_t	result = 0;

	for (int i = 0; i < UNKNOWNS; i++)
	{
		if ((regions >> i / (SEGMENTS * ITEMS) & 1) && (segments >> i / ITEMS % SEGMENTS & 1) && (items >> i % ITEMS & 1))
			result |= UINT32_C(1) << i;
	}
	return result;
}

static int
sum_of(const int *persons, uint32_t cells)
{
	int			sum = 0;

	for (int i = 0; i < UNKNOWNS; i++)
		sum += cells >> i & 1 ? persons[i] : 0;
	return sum;
}

static void
add_known(uint32_t cells)
{
	known[nknown++] = (Claim)
	{
		.cells = cells, .sum = sum_of(truth, cells)
	};
}

static void
add_secret(uint32_t cells, int min_cell)
{
	int			sum = sum_of(truth, cells);

	if (sum > 0 && sum < min_cell)
		secret[nsecret++] = (Claim)
	{
		.cells = cells, .sum = sum
	};
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

/*
 * A table's rows of a kind: what is shown, the sums of what is hidden, and the
 * small cells.  own: the items are segments.
 */
static void
read_kind(int table, int kind, int naxis, bool by_segment, bool own, int min_cell)
{
	int			nitems = own ? SEGMENTS : ITEMS;
	uint32_t	merged = 0,
				pool = 0;

	for (int j = 0; j < nitems; j++)
	{
		const ByudvCount *count = find_count(table, 0, 0, j);

		if (count != NULL && count->hidden)
			pool |= UINT32_C(1) << j;
		else
			add_known(own ? cells_with(~0u, UINT32_C(1) << j, ~0u) : cells_with(~0u, ~0u, UINT32_C(1) << j));
	}
	for (int a = 0; a < naxis; a++)
	{
		const ByudvCount *count = find_count(table, kind, a, -1);

		if (count != NULL && count->hidden)
			merged |= UINT32_C(1) << a;
	}
	for (int a = 0; a <= naxis; a++)
	{
		uint32_t	area = a == naxis ? merged : merged >> a & 1 ? 0 : UINT32_C(1) << a;
		uint32_t	row = by_segment ? cells_with(~0u, area, ~0u) : cells_with(area, ~0u, ~0u);

		if (a < naxis && area == 0)
			add_secret(by_segment ? cells_with(~0u, UINT32_C(1) << a, ~0u) : cells_with(UINT32_C(1) << a, ~0u, ~0u), min_cell);
		if (area == 0)
			continue;
		add_known(row);
		for (int j = 0; j < nitems; j++)
		{
			const ByudvCount *count = find_count(table, kind, a == naxis ? -1 : a, j);
			uint32_t	cell = row & (own ? cells_with(~0u, UINT32_C(1) << j, ~0u) : cells_with(~0u, ~0u, UINT32_C(1) << j));

			add_secret(cell, min_cell);
			if (!(pool >> j & 1) && (count == NULL || !count->hidden))
				add_known(cell);
		}
	}
}

/* Goes through all populations that fit, until each secret has been seen with another value. */
static void
try_worlds(int cell)
{
	int			most = 100;

	if (nfree == 0 || ++steps > STEPS_MAX)
		return;
	if (cell == UNKNOWNS)
	{
		for (int i = 0; i < nsecret; i++)
		{
			if (!differs[i] && sum_of(world, secret[i].cells) != secret[i].sum)
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
				fits &= left[i] == 0 || known[i].cells >> cell != 1;	/* the last must take what is left */
			}
		}
		if (fits)
			try_worlds(cell + 1);
		for (int i = 0; i < nknown; i++)
			left[i] += known[i].cells >> cell & 1 ? n : 0;
	}
}

/*
 * Publishes truth, as one column of homes (region, segment) with both as kinds
 * and a table of its own, or as a table for each pair of columns.
 */
static void
publish_ring(bool joint, int min_cell)
{
	ncolumns = joint ? 2 : 3;
	nvalues[0] = joint ? REGIONS * SEGMENTS : REGIONS;
	nvalues[1] = joint ? ITEMS : SEGMENTS;
	nvalues[2] = ITEMS;
	ncombinations = UNKNOWNS;
	for (int i = 0; i < UNKNOWNS; i++)
	{
		int			region = i / (SEGMENTS * ITEMS),
					segment = i / ITEMS % SEGMENTS,
					at = joint ? region * SEGMENTS + segment + REGIONS * SEGMENTS * (i % ITEMS) : region + REGIONS * (segment + SEGMENTS * (i % ITEMS));

		everybody[at] = truth[i];
	}
	if (joint)
	{
		for (int v = 0; v < REGIONS * SEGMENTS; v++)
		{
			areas[0][0][v] = v / SEGMENTS;
			areas[0][1][v] = v % SEGMENTS;
		}
		set_column(0, 2, false);
		set_column(1, 0, true);
		ntables = 2;
		tables[0] = (ByudvCountTable)
		{
			.row = 0, .item = 0, .item_grouping = 2
		};
		tables[1] = (ByudvCountTable)
		{
			.row = 0, .item = 1
		};
	}
	else
	{
		for (int c = 0; c < 3; c++)
			set_column(c, 0, true);
		ntables = 3;
		for (int t = 0; t < 3; t++)
			tables[t] = (ByudvCountTable)
		{
			.row = t / 2, .item = t == 0 ? 1 : 2
		};
	}
	publish(min_cell);
}

/* Whether some small cell can be told; *unsure: not all was tried. */
static bool
is_told(bool joint, int min_cell, int *secrets, bool *unsure)
{
	nknown = nsecret = 0;
	publish_ring(joint, min_cell);
	add_known(~0u >> (32 - UNKNOWNS));
	read_kind(0, 1, REGIONS, false, true, min_cell);
	read_kind(1, 1, REGIONS, false, false, min_cell);
	read_kind(joint ? 1 : 2, joint ? 2 : 1, SEGMENTS, true, false, min_cell);
	for (int i = 0; i < nknown; i++)
		left[i] = known[i].sum;
	memset(differs, 0, sizeof(differs));
	nfree = nsecret;
	*secrets += nsecret;
	steps = 0;
	try_worlds(0);
	*unsure = nfree > 0 && steps > STEPS_MAX;
	return nfree > 0 && !*unsure;
}

static void
test_random(int cases)
{
	int			apart = 0,
				together = 0,
				unsure = 0,
				secrets = 0,
				ignored = 0;

	for (int i = 0; i < cases; i++)
	{
		int			n = 0;
		bool		stopped;

		do
		{
			n = 0;
			for (int j = 0; j < UNKNOWNS; j++)
			{
				bool		is_usual = i % 2 == 0 || j % ITEMS % SEGMENTS == j / ITEMS % SEGMENTS;	/* else segments are nearly items */

				n += truth[j] = (int) (is_usual ? below(2) * below(i % 2 == 0 ? 4 : 7) : below(5) == 0);
			}
		} while (n < 3);
		apart += is_told(false, 3, &ignored, &stopped);
		if (is_told(true, 3, &secrets, &stopped) && together++ == 0)
		{
			for (int j = 0; j < UNKNOWNS; j++)
				printf("# region %d segment %d item %d: %d persons\n", j / (SEGMENTS * ITEMS), j / ITEMS % SEGMENTS, j % ITEMS, truth[j]);
			for (int j = 0; j < nsecret; j++)
			{
				if (!differs[j])
					printf("# told: %x = %d\n", secret[j].cells, secret[j].sum);
			}
			for (int j = 0; j < ncounts; j++)
				printf("# table %d kind %d code %d%s item %d%s: %d%s\n", counts[j].table, counts[j].kind, counts[j].code, counts[j].no_code ? " NULL" : "",
					   counts[j].item, counts[j].no_item ? " NULL" : "", (int) counts[j].persons, counts[j].hidden ? " hidden" : "");
		}
		unsure += stopped;
	}
	ok(together == 0, "no reader of a ring can compute any of %d small numbers (%d of %d rings tell one)", secrets, together, cases);
	ok(apart > 0, "one of three tables that are protected each by itself can: %d of %d rings tell one", apart, cases);
	ok(unsure <= cases / 20, "all rings that could be were looked at (%d were too big)", unsure);
}

int
main(void)
{
	test_random(getenv("BYUDV_ROUNDS") ? atoi(getenv("BYUDV_ROUNDS")) : 5000);
	return done();
}
