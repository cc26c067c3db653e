/*
 * rows.c
 *		Sorting rows of a register.
 */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#define SMALL_MAX		24		/* up to here insertion beats buckets */
#define BUCKET_BITS_MAX	10		/* more, and each row written misses the TLB */
#define BUCKETS_MAX		(1 << BUCKET_BITS_MAX)
#define LAST_FIELD		3

/* A field as a number whose order is the field's. */
static inline uint64_t
field_of(const ByudvRow *row, int field)
{
	switch (field)
	{
		case 0:
			return (uint64_t) row->key ^ UINT64_C(0x8000000000000000);
		case 1:
			return (uint32_t) row->from ^ UINT32_C(0x80000000);
		case 2:
			return (uint32_t) row->to ^ UINT32_C(0x80000000);
		default:
			return (uint64_t) row->other ^ UINT64_C(0x8000000000000000);
	}
}

/* Buckets of about eight rows, where there are few. */
static inline int
bucket_bits(size_t n)
{
	int			bits = 60 - __builtin_clzll(n);

	return bits > BUCKET_BITS_MAX ? BUCKET_BITS_MAX : bits < 1 ? 1 : bits;
}

#define LET_INTERRUPT(i) \
	do { \
		if (byudv_unlikely(((i) & 0xffff) == 0) && byudv_core_interrupt != NULL) \
			byudv_core_interrupt(); \
	} while (0)

#define ROW_SIZE	24
#include "rows_sort.h"
#define ROW_SIZE	32
#include "rows_sort.h"
#define ROW_SIZE	40
#include "rows_sort.h"
#define ROW_SIZE	48
#include "rows_sort.h"
#define ROW_SIZE	64
#include "rows_sort.h"

static bool
is_sorted(const char *rows, size_t n, size_t size)
{
	for (size_t i = 1; i < n; i++)
	{
		if (byudv_compare_rows((const ByudvRow *) (rows + (i - 1) * size), (const ByudvRow *) (rows + i * size)) > 0)
			return false;
		LET_INTERRUPT(i);
	}
	return true;
}

void
byudv_sort_rows(void *rows, void *spare, size_t n, size_t size)
{
	if (is_sorted(rows, n, size))
		return;
	switch (size)
	{
		case 24:
			sort24(rows, spare, n, 0, false);
			break;
		case 32:
			sort32(rows, spare, n, 0, false);
			break;
		case 40:
			sort40(rows, spare, n, 0, false);
			break;
		case 48:
			sort48(rows, spare, n, 0, false);
			break;
		case 64:
			sort64(rows, spare, n, 0, false);
			break;
		default:
			abort();
	}
}
