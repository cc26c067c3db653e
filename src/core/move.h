/*
 * move.h
 *		Moves: the changes of residence of one person, and how they are counted.
 */
#ifndef BYUDV_MOVE_H
#define BYUDV_MOVE_H

#include "residence.h"

/* What is known of an address elsewhere; numbers that come before all dwellings. */
#define BYUDV_OTHER_MUNICIPALITY	(INT64_MIN + 1)
#define BYUDV_ABROAD				(INT64_MIN + 2)
#define BYUDV_UNKNOWN_PLACE			(INT64_MIN + 3)

typedef enum ByudvArrival
{
	BYUDV_NO_ARRIVAL,
	BYUDV_ARRIVED_INTERNAL,
	BYUDV_FROM_MUNICIPALITY,
	BYUDV_IMMIGRATED,
	BYUDV_BORN,
	BYUDV_ARRIVED				/* from where is not known */
} ByudvArrival;

typedef enum ByudvDeparture
{
	BYUDV_NO_DEPARTURE,
	BYUDV_LEFT_INTERNAL,
	BYUDV_TO_MUNICIPALITY,
	BYUDV_EMIGRATED,
	BYUDV_DIED,
	BYUDV_DISAPPEARED			/* to where is not known */
} ByudvDeparture;

#define BYUDV_ARRIVALS		6
#define BYUDV_DEPARTURES	6

extern const char *const byudv_arrival_names[BYUDV_ARRIVALS];
extern const char *const byudv_departure_names[BYUDV_DEPARTURES];

typedef struct ByudvMoveOptions
{
	int32_t		study_from;		/* INT32_MIN: no beginning */
	int32_t		study_to;		/* INT32_MAX: no end */
	int32_t		link_gap;
	int32_t		death_window;
} ByudvMoveOptions;

typedef struct ByudvMove
{
	int64_t		person;
	int64_t		from_dwelling;	/* BYUDV_OUTSIDE: none of the area */
	int64_t		to_dwelling;
	int32_t		left_on;		/* where from_dwelling is one of the area */
	int32_t		arrived_on;		/* where to_dwelling is */
	ByudvArrival arrival;
	ByudvDeparture departure;
} ByudvMove;

/* A person: fill in, then byudv_find_moves(). */
typedef struct ByudvMoverHistory
{
	int64_t		person;
	int32_t		born_on;		/* BYUDV_ONGOING: not known */
	int32_t		died_on;		/* BYUDV_ONGOING: not known, or alive */
	const ByudvRow *residences; /* in order; other: the dwelling */
	size_t		nresidences;
	const ByudvResidence *places;	/* in order: where the person was, by address periods with
									 * places elsewhere as dwellings */
	size_t		nplaces;
} ByudvMoverHistory;

extern void byudv_find_moves(const ByudvMoveOptions *options, const ByudvMoverHistory *history,
							 void (*emit) (void *context, const ByudvMove *move), void *context);

#endif							/* BYUDV_MOVE_H */
