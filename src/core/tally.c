/*
 * tally.c
 *		Sorting what has been counted.
 *
 * Many records of few times are counted, others sorted by radix (least
 * significant digit first, only over the bits in which they differ: time in
 * days and three kinds take two passes).
 */
#include "tally.h"

#include <string.h>

#define KEY(record)		((record) >> BYUDV_DIGIT_BITS)	/* time, kind, level */

#define INSERTION_MAX	24		/* up to here insertion beats the radix */
#define RADIX_BITS_MAX	11

int
byudv_make_records(uint32_t time, int kind, uint64_t n, uint64_t *records)
{
	uint64_t	point = byudv_record(time, kind) - 1;
	int			made = 0;

	for (uint64_t level = 0; n > 0; level++, n >>= BYUDV_DIGIT_BITS)
	{
		if ((n & BYUDV_DIGIT_MASK) != 0)
			records[made++] = point | level << BYUDV_DIGIT_BITS | (n & BYUDV_DIGIT_MASK);
	}
	return made;
}

static void
sort_by_insertion(uint64_t *records, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		uint64_t	record = records[i];
		size_t		j = i;

		for (; j > 0 && records[j - 1] > record; j--)
			records[j] = records[j - 1];
		records[j] = record;
	}
}

/*
 * Sorts by key; what is equal in it is added up afterwards, so that its order
 * does not matter.  Returns the array in which the records are: from or to.
 */
static uint64_t *
sort_by_radix(uint64_t *from, uint64_t *to, size_t n)
{
	uint32_t	starts[1 << RADIX_BITS_MAX];
	uint64_t	differ = 0;
	int			radix_bits = n < 2048 ? 8 : RADIX_BITS_MAX;
	int			shift;

	for (size_t i = 1; i < n; i++)
		differ |= KEY(from[i] ^ from[0]);
	differ <<= BYUDV_DIGIT_BITS;

	while (differ != 0)
	{
		uint64_t   *other = to;
		uint32_t	mask = ((uint32_t) 1 << radix_bits) - 1;
		uint32_t	start = 0;

		shift = __builtin_ctzll(differ);
		memset(starts, 0, sizeof(uint32_t) << radix_bits);
		for (size_t i = 0; i < n; i++)
			starts[from[i] >> shift & mask]++;
		for (uint32_t digit = 0; digit <= mask; digit++)
		{
			uint32_t	count = starts[digit];

			starts[digit] = start;
			start += count;
		}
		for (size_t i = 0; i < n; i++)
			to[starts[from[i] >> shift & mask]++] = from[i];
		to = from;
		from = other;
		differ &= ~((uint64_t) mask << shift);
		if (byudv_core_interrupt != NULL)
			byudv_core_interrupt();
	}
	return from;
}

/*
 * Counts instead of sorting, where there are about as few times and kinds as
 * new records.  Returns the number of records made, in order, in the second half
 * of scratch; 0 when it does not apply.
 */
static size_t
sort_by_counting(const uint64_t *records, size_t n, uint64_t *scratch)
{
	uint32_t   *counts = (uint32_t *) scratch;
	uint64_t   *made = scratch + n;
	uint64_t	seen = 0;
	uint64_t	last = 0;
	int			last_kind = 0;
	size_t		kinds,
				slots;

	for (size_t i = 0; i < n; i++)
	{
		int			kind = byudv_record_kind(records[i]);

		seen |= records[i];
		last_kind = kind > last_kind ? kind : last_kind;
		last = records[i] > last ? records[i] : last;
	}
	/* sums must stay below one digit, and there is no higher one */
	if ((seen >> BYUDV_DIGIT_BITS & 3) != 0 || (seen & BYUDV_DIGIT_MASK) * n > BYUDV_DIGIT_MASK)
		return 0;
	kinds = last_kind + 1;
	if (byudv_record_time(last) >= n)
		return 0;
	slots = ((size_t) byudv_record_time(last) + 1) * kinds;
	if (slots > 2 * n)
		return 0;

	memset(counts, 0, slots * sizeof(uint32_t));
	for (size_t i = 0; i < n; i++)
		counts[byudv_record_time(records[i]) * kinds + byudv_record_kind(records[i])] += records[i] & BYUDV_DIGIT_MASK;
	for (size_t time = 0; time <= byudv_record_time(last); time++)
	{
		for (size_t kind = 0; kind < kinds; kind++)
		{
			uint32_t	count = counts[time * kinds + kind];

			/* no branch: there is room for one more than are made */
			*made = byudv_record(time, kind) - 1 + count;
			made += count > 0;
		}
	}
	return made - (scratch + n);
}

const uint64_t *
byudv_sort_records(const uint64_t *records, size_t *n, uint64_t *scratch)
{
	size_t		made;

	if (*n > INSERTION_MAX)
	{
		made = sort_by_counting(records, *n, scratch);
		if (made > 0)
		{
			scratch += *n;
			*n = made;
			return scratch;
		}
	}
	memcpy(scratch, records, *n * sizeof(uint64_t));
	if (*n > INSERTION_MAX)
		return sort_by_radix(scratch, scratch + *n, *n);
	sort_by_insertion(scratch, *n);
	return scratch;
}
