/*
 * move.c
 *		Changes of residence, classified by what comes before and after.
 */
#include "move.h"

const char *const byudv_arrival_names[BYUDV_ARRIVALS] = {
	NULL, "internal", "from_municipality", "immigrated", "born", "arrived"
};

const char *const byudv_departure_names[BYUDV_DEPARTURES] = {
	NULL, "internal", "to_municipality", "emigrated", "died", "disappeared"
};

/* Where the person was on a day; *at goes on through the places as days go by. */
static int64_t
place_on(const ByudvMoverHistory *h, size_t *at, int32_t day)
{
	while (*at < h->nplaces && h->places[*at].to <= day)
		(*at)++;
	if (*at < h->nplaces && h->places[*at].from <= day)
		return h->places[*at].dwelling;
	return BYUDV_UNKNOWN_PLACE;
}

static bool
is_linked(const ByudvMoveOptions *o, const ByudvRow *before, const ByudvRow *after)
{
	return (int64_t) after->from - before->to <= o->link_gap;
}

/* before: the residence before, or NULL; place: where that was, if elsewhere */
static ByudvArrival
arrival(const ByudvMoveOptions *o, const ByudvMoverHistory *h, const ByudvRow *before, const ByudvRow *after, int64_t place)
{
	if (after->from == h->born_on)
		return BYUDV_BORN;
	if (before == NULL || !is_linked(o, before, after))
		return BYUDV_ARRIVED;
	if (before->other != BYUDV_OUTSIDE)
		return BYUDV_ARRIVED_INTERNAL;
	return place == BYUDV_OTHER_MUNICIPALITY ? BYUDV_FROM_MUNICIPALITY :
		place == BYUDV_ABROAD ? BYUDV_IMMIGRATED : BYUDV_ARRIVED;
}

static ByudvDeparture
departure(const ByudvMoveOptions *o, const ByudvMoverHistory *h, const ByudvRow *before, const ByudvRow *after, int64_t place)
{
	if (after != NULL && is_linked(o, before, after))
	{
		if (after->other != BYUDV_OUTSIDE)
			return BYUDV_LEFT_INTERNAL;
		if (place == BYUDV_OTHER_MUNICIPALITY)
			return BYUDV_TO_MUNICIPALITY;
		if (place == BYUDV_ABROAD)
			return BYUDV_EMIGRATED;
	}
	if (h->died_on != BYUDV_ONGOING)
	{
		int64_t		days = (int64_t) h->died_on - before->to;

		if (days >= -(int64_t) o->death_window && days <= o->death_window)
			return BYUDV_DIED;
	}
	return BYUDV_DISAPPEARED;
}

static bool
is_in_window(const ByudvMoveOptions *o, int32_t day)
{
	return day >= o->study_from && day < o->study_to;
}

void
byudv_find_moves(const ByudvMoveOptions *o, const ByudvMoverHistory *h,
				 void (*emit) (void *context, const ByudvMove *move), void *context)
{
	size_t		last_place = 0,
				next_place = 0;
	uint32_t	done = 0;

	/* one change lies before each residence, one after the last */
	for (size_t i = 0; i <= h->nresidences; i++)
	{
		const ByudvRow *before = i > 0 ? &h->residences[i - 1] : NULL;
		const ByudvRow *after = i < h->nresidences ? &h->residences[i] : NULL;
		ByudvMove	left = {.person = h->person, .from_dwelling = BYUDV_OUTSIDE, .to_dwelling = BYUDV_OUTSIDE};
		ByudvMove	arrived = left;

		byudv_count_work(&done);
		if (before != NULL && before->other != BYUDV_OUTSIDE && before->to != BYUDV_ONGOING)
		{
			left.from_dwelling = before->other;
			left.left_on = before->to;
			left.departure = departure(o, h, before, after, after != NULL && after->other == BYUDV_OUTSIDE ?
									   place_on(h, &next_place, after->from) : BYUDV_UNKNOWN_PLACE);
		}
		if (after != NULL && after->other != BYUDV_OUTSIDE)
		{
			arrived.to_dwelling = after->other;
			arrived.arrived_on = after->from;
			arrived.arrival = arrival(o, h, before, after, before != NULL && before->other == BYUDV_OUTSIDE ?
									  place_on(h, &last_place, before->to - 1) : BYUDV_UNKNOWN_PLACE);
		}
		if (left.departure == BYUDV_LEFT_INTERNAL && arrived.arrival != BYUDV_NO_ARRIVAL)
		{
			left.to_dwelling = arrived.to_dwelling;
			left.arrived_on = arrived.arrived_on;
			left.arrival = arrived.arrival;
			arrived.to_dwelling = BYUDV_OUTSIDE;
		}
		/* what does not happen in the window is shown beside the other half, but not counted */
		if (left.from_dwelling != BYUDV_OUTSIDE && !is_in_window(o, left.left_on))
			left.departure = BYUDV_NO_DEPARTURE;
		if (left.to_dwelling != BYUDV_OUTSIDE && !is_in_window(o, left.arrived_on))
			left.arrival = BYUDV_NO_ARRIVAL;
		if (left.departure != BYUDV_NO_DEPARTURE || left.arrival != BYUDV_NO_ARRIVAL)
			emit(context, &left);
		if (arrived.to_dwelling != BYUDV_OUTSIDE && is_in_window(o, arrived.arrived_on))
			emit(context, &arrived);
	}
}
