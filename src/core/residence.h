/*
 * residence.h
 *		From address records to residences, and from residences to occupancies
 *		of a dwelling.
 */
#ifndef BYUDV_RESIDENCE_H
#define BYUDV_RESIDENCE_H

#include "rows.h"

typedef struct ByudvResidence
{
	int64_t		person;
	int64_t		dwelling;		/* BYUDV_OUTSIDE: elsewhere */
	int32_t		from;
	int32_t		to;
	int32_t		records;		/* that it was made of */
} ByudvResidence;

/* A record that covers the day reached, or will again when later ones end. */
typedef struct ByudvCover
{
	int64_t		dwelling;
	int32_t		to;
	uint32_t	counted;		/* the last residence that counted it */
} ByudvCover;

typedef struct ByudvResidenceSweep
{
	void		(*emit) (void *context, const ByudvResidence *residence);
	void	   *context;
	ByudvHeap	heap;
	int32_t		max_gap;		/* uncovered days between two runs that are one residence */

	ByudvCover *covers;			/* the innermost last; ends ever earlier towards it */
	size_t		ncovers;
	size_t		covers_room;
	int32_t		day;			/* up to which the innermost's days are told */
	ByudvResidence current;		/* the residence being made, if current.records > 0 */
	uint32_t	number;			/* of it, for counting records once */
	ByudvRow	last;			/* the record before */
	bool		started;
} ByudvResidenceSweep;

/*
 * One person after the other: add() each record (key: the person, other: the
 * dwelling) in the order of rows.h, each with from < to; then end().  emit is
 * called for each residence, by person and time.
 */
extern void byudv_residences_begin(ByudvResidenceSweep *sweep, int32_t max_gap);
extern void byudv_residences_add(ByudvResidenceSweep *sweep, const ByudvRow *record);
extern void byudv_residences_end(ByudvResidenceSweep *sweep);

/*
 * Does a residence open a new occupancy, when the present one ends on cur_end so
 * far?  A family change with a few days of double registration does; a lodger
 * or a guest, who leaves before those who are there, does not.
 */
static inline bool
byudv_opens_occupancy(int32_t cur_end, int32_t from, int32_t to, int32_t overlap_tolerance)
{
	return to > cur_end && (int64_t) cur_end - from <= overlap_tolerance;
}

typedef struct ByudvOccupancy
{
	int64_t		dwelling;
	int32_t		from;
	int32_t		to;
	int32_t		number;			/* from 1, by dwelling */
	int32_t		residents;		/* residences in it */
} ByudvOccupancy;

typedef struct ByudvOccupancySweep
{
	void		(*emit) (void *context, const ByudvOccupancy *occupancy);
	void	   *context;
	int32_t		overlap_tolerance;
	ByudvOccupancy current;		/* if current.residents > 0 */
} ByudvOccupancySweep;

/* The same for dwellings (key: the dwelling). */
extern void byudv_occupancies_begin(ByudvOccupancySweep *sweep, int32_t overlap_tolerance);
extern void byudv_occupancies_add(ByudvOccupancySweep *sweep, const ByudvRow *residence);
extern void byudv_occupancies_end(ByudvOccupancySweep *sweep);

#endif							/* BYUDV_RESIDENCE_H */
