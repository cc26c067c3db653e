/*
 * numbers.h
 *		Different integers, numbered in their order; and rows of such numbers,
 *		grouped.
 */
#ifndef BYUDV_NUMBERS_H
#define BYUDV_NUMBERS_H

#include "core.h"

typedef struct ByudvNumbers
{
	int32_t    *values;			/* by number: as they came, until they are sorted */
	size_t		values_room;
	int32_t		n;
	int32_t    *slots;			/* hash table of numbers + 1 */
	uint32_t	mask;			/* its size - 1; 0: there is none yet */
} ByudvNumbers;

/* The number of a value, given to it now if it is new.  There may be 2^30 of them. */
extern int32_t byudv_take_number(ByudvNumbers *numbers, const ByudvHeap *heap, int32_t value);

/* Sorts the values.  Gives the new number of each old one; from now on values can only be found. */
extern int32_t *byudv_sort_numbers(ByudvNumbers *numbers, const ByudvHeap *heap);

/* The number of a value after they are sorted, or -1. */
extern int32_t byudv_find_number(const ByudvNumbers *numbers, int32_t value);

/*
 * Sorts n rows of width numbers each by their first number, which is below
 * limit, into another block; those with the same keep their order.
 */
extern void byudv_group_rows(const int32_t *rows, int32_t *grouped, size_t n, int width, int32_t limit, const ByudvHeap *heap);

#endif							/* BYUDV_NUMBERS_H */
