/*
 * numbers.c
 *		Numbering of integers by a hash table, and grouping by counting.
 */
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

static inline uint32_t
hash(int32_t value)
{
	uint64_t	x = (uint32_t) value * UINT64_C(0x9E3779B97F4A7C15);

	return (uint32_t) (x >> 32);
}

static void
grow(ByudvNumbers *numbers, const ByudvHeap *heap)
{
	uint32_t	size = numbers->mask == 0 ? 64 : (numbers->mask + 1) * 2;

	numbers->slots = heap->resize(heap->context, numbers->slots, size * sizeof(int32_t));
	memset(numbers->slots, 0, size * sizeof(int32_t));
	numbers->mask = size - 1;
	for (int32_t i = 0; i < numbers->n; i++)
	{
		uint32_t	slot = hash(numbers->values[i]) & numbers->mask;

		while (numbers->slots[slot] != 0)
			slot = (slot + 1) & numbers->mask;
		numbers->slots[slot] = i + 1;
	}
}

int32_t
byudv_take_number(ByudvNumbers *numbers, const ByudvHeap *heap, int32_t value)
{
	uint32_t	slot;

	if (numbers->mask / 2 <= (uint32_t) numbers->n)
		grow(numbers, heap);
	slot = hash(value) & numbers->mask;
	while (numbers->slots[slot] != 0)
	{
		int32_t		i = numbers->slots[slot] - 1;

		if (numbers->values[i] == value)
			return i;
		slot = (slot + 1) & numbers->mask;
	}
	numbers->values = byudv_make_room(heap, numbers->values, &numbers->values_room, (size_t) numbers->n + 1, sizeof(int32_t));
	numbers->values[numbers->n] = value;
	numbers->slots[slot] = ++numbers->n;
	return numbers->n - 1;
}

static int
compare_values(const void *a, const void *b)
{
	int32_t		x = *(const int32_t *) a,
				y = *(const int32_t *) b;

	return (x > y) - (x < y);
}

int32_t *
byudv_sort_numbers(ByudvNumbers *numbers, const ByudvHeap *heap)
{
	size_t		size = ((size_t) numbers->n + 1) * sizeof(int32_t);
	int32_t    *old = heap->resize(heap->context, NULL, size),
			   *result = heap->resize(heap->context, NULL, size);

	if (numbers->n > 0)
	{
		memcpy(old, numbers->values, numbers->n * sizeof(int32_t));
		qsort(numbers->values, numbers->n, sizeof(int32_t), compare_values);
	}
	for (int32_t i = 0; i < numbers->n; i++)
		result[i] = byudv_find_number(numbers, old[i]);
	return result;
}

int32_t
byudv_find_number(const ByudvNumbers *numbers, int32_t value)
{
	const int32_t *found = numbers->n == 0 ? NULL : bsearch(&value, numbers->values, numbers->n, sizeof(int32_t), compare_values);

	return found == NULL ? -1 : (int32_t) (found - numbers->values);
}

void
byudv_group_rows(const int32_t *rows, int32_t *grouped, size_t n, int width, int32_t limit, const ByudvHeap *heap)
{
	size_t	   *starts = heap->resize(heap->context, NULL, ((size_t) limit + 1) * sizeof(size_t)),
				before = 0;
	uint32_t	work = 0;

	memset(starts, 0, ((size_t) limit + 1) * sizeof(size_t));
	for (size_t i = 0; i < n; i++)
		starts[rows[i * width]]++;
	for (int32_t v = 0; v < limit; v++)
	{
		size_t		count = starts[v];

		starts[v] = before;
		before += count;
	}
	for (size_t i = 0; i < n; i++)
	{
		byudv_count_work(&work);
		memcpy(grouped + starts[rows[i * width]]++ * width, rows + i * width, width * sizeof(int32_t));
	}
}
