/*
 * rows_sort.h
 *		The body of the sort for rows of one size; rows.c includes it once for
 *		each.  Before: ROW_SIZE.
 *
 * Most significant digits first, over the range that the values at hand have:
 * identifiers are dense or have a common beginning, so one or two passes bring
 * each row next to its neighbours, and insertion does the rest.
 */
#define NAME2(name, size)	name##size
#define NAME1(name, size)	NAME2(name, size)
#define ROW					NAME1(Row, ROW_SIZE)
#define SORT_SMALL			NAME1(sort_small, ROW_SIZE)
#define SORT				NAME1(sort, ROW_SIZE)

typedef struct
{
	ByudvRow	row;
#if ROW_SIZE > 24
	int64_t		rest[(ROW_SIZE - 24) / 8];
#endif
} ROW;

static void
SORT_SMALL(ROW *rows, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		ROW			row;
		size_t		j = i;

		if (byudv_compare_rows(&rows[i - 1].row, &rows[i].row) <= 0)
			continue;
		row = rows[i];
		do
		{
			rows[j] = rows[j - 1];
			j--;
		} while (j > 0 && byudv_compare_rows(&rows[j - 1].row, &row.row) > 0);
		rows[j] = row;
	}
}

/*
 * Sorts n rows that agree in all fields before this one.  They are in rows; the
 * result is left there, or in spare.
 */
static void
SORT(ROW *rows, ROW *spare, size_t n, int field, bool into_spare)
{
	size_t		starts[BUCKETS_MAX + 1];
	uint64_t	least,
				most;
	int			bits,
				shift;

	if (n <= SMALL_MAX || field > LAST_FIELD)
	{
		if (field <= LAST_FIELD)
			SORT_SMALL(rows, n);
		if (into_spare)
			memcpy(spare, rows, n * sizeof(ROW));
		return;
	}

	least = most = field_of(&rows[0].row, field);
	for (size_t i = 1; i < n; i++)
	{
		uint64_t	value = field_of(&rows[i].row, field);

		least = value < least ? value : least;
		most = value > most ? value : most;
		LET_INTERRUPT(i);
	}
	if (least == most)
	{
		SORT(rows, spare, n, field + 1, into_spare);
		return;
	}

	bits = bucket_bits(n);
	shift = 64 - __builtin_clzll(most - least) - bits;
	if (shift < 0)
		shift = 0;
	memset(starts, 0, (((size_t) 1 << bits) + 1) * sizeof(size_t));
	for (size_t i = 0; i < n; i++)
	{
		starts[((field_of(&rows[i].row, field) - least) >> shift) + 1]++;
		LET_INTERRUPT(i);
	}
	for (size_t i = 1; i < (size_t) 1 << bits; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < n; i++)
	{
		spare[starts[(field_of(&rows[i].row, field) - least) >> shift]++] = rows[i];
		LET_INTERRUPT(i);
	}
	/* now starts[i] is where bucket i ends */
	for (size_t i = 0, start = 0; i < (size_t) 1 << bits; start = starts[i++])
	{
		if (starts[i] > start)
			SORT(spare + start, rows + start, starts[i] - start, shift > 0 ? field : field + 1, !into_spare);
	}
}

#undef NAME2
#undef NAME1
#undef ROW
#undef SORT_SMALL
#undef SORT
#undef ROW_SIZE
