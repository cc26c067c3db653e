/*
 * disclosure.c
 *		Unit test of protected counts: small tables worked out by hand.
 */
#include "disclosure_case.h"
#include "tap.h"

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
	return done();
}
