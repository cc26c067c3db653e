/*
 * residence.c
 *		Two sweeps over sorted periods: residences of persons, occupancies of
 *		dwellings.  One pass, memory for the records that are open at a time.
 */
#include "residence.h"

void
byudv_residences_begin(ByudvResidenceSweep *sweep, int32_t max_gap)
{
	sweep->max_gap = max_gap;
	sweep->ncovers = 0;
	sweep->current.records = 0;
	sweep->number = 0;
	sweep->started = false;
}

static void
flush(ByudvResidenceSweep *sweep)
{
	if (sweep->current.records > 0)
		sweep->emit(sweep->context, &sweep->current);
	sweep->current.records = 0;
}

/* The innermost record has the days from sweep->day to until. */
static inline void
tell(ByudvResidenceSweep *sweep, int32_t until)
{
	ByudvCover *cover = &sweep->covers[sweep->ncovers - 1];
	ByudvResidence *current = &sweep->current;

	if (sweep->day == until)
		return;
	/*
	 * What is told is told in the order of days, so the days since the current
	 * residence's end, if any, are covered by no record.
	 */
	if (current->records > 0 && current->dwelling == cover->dwelling &&
		(int64_t) sweep->day - current->to <= sweep->max_gap)
	{
		current->to = until;
		if (cover->counted != sweep->number)
			current->records++;
	}
	else
	{
		flush(sweep);
		/* a number of 0 is no residence's */
		if (++sweep->number == 0)
			sweep->number = 1;
		current->person = sweep->last.key;
		current->dwelling = cover->dwelling;
		current->from = sweep->day;
		current->to = until;
		current->records = 1;
	}
	cover->counted = sweep->number;
	sweep->day = until;
}

/* Tells the days up to the given one, and forgets what has ended by then. */
static inline void
advance(ByudvResidenceSweep *sweep, int32_t until)
{
	uint32_t	done = 0;

	while (sweep->ncovers > 0)
	{
		int32_t		to = sweep->covers[sweep->ncovers - 1].to;

		if (to > until)
		{
			tell(sweep, until);
			return;
		}
		tell(sweep, to);
		sweep->ncovers--;
		byudv_count_work(&done);
	}
}

void
byudv_residences_add(ByudvResidenceSweep *sweep, const ByudvRow *record)
{
	if (byudv_unlikely(!sweep->started) || record->key != sweep->last.key)
	{
		advance(sweep, BYUDV_ONGOING);
		flush(sweep);
		sweep->started = true;
	}
	else if (record->from == sweep->last.from && record->to == sweep->last.to)
		return;					/* the same period: the first in the order (outside, or the
								 * smallest dwelling) has all its days */
	else
		advance(sweep, record->from);
	sweep->last = *record;

	/* What ends no later than this record has no day any more. */
	while (sweep->ncovers > 0 && sweep->covers[sweep->ncovers - 1].to <= record->to)
		sweep->ncovers--;
	sweep->covers = byudv_make_room(&sweep->heap, sweep->covers, &sweep->covers_room,
									sweep->ncovers + 1, sizeof(ByudvCover));
	sweep->covers[sweep->ncovers++] = (ByudvCover)
	{
		.dwelling = record->other, .to = record->to
	};
	sweep->day = record->from;
}

void
byudv_residences_end(ByudvResidenceSweep *sweep)
{
	advance(sweep, BYUDV_ONGOING);
	flush(sweep);
}

void
byudv_occupancies_begin(ByudvOccupancySweep *sweep, int32_t overlap_tolerance)
{
	sweep->overlap_tolerance = overlap_tolerance;
	sweep->current.residents = 0;
}

void
byudv_occupancies_add(ByudvOccupancySweep *sweep, const ByudvRow *residence)
{
	ByudvOccupancy *current = &sweep->current;
	bool		same = current->residents > 0 && current->dwelling == residence->key;

	if (same && !byudv_opens_occupancy(current->to, residence->from, residence->to, sweep->overlap_tolerance))
	{
		if (residence->to > current->to)
			current->to = residence->to;
		current->residents++;
		return;
	}
	byudv_occupancies_end(sweep);
	current->number = same ? current->number + 1 : 1;
	current->dwelling = residence->key;
	current->from = residence->from;
	current->to = residence->to;
	current->residents = 1;
}

void
byudv_occupancies_end(ByudvOccupancySweep *sweep)
{
	if (sweep->current.residents > 0)
		sweep->emit(sweep->context, &sweep->current);
	sweep->current.residents = 0;
}
