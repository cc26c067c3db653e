/*
 * vacancy.h
 *		Vacancies of dwellings, who fills them, and what the movers leave behind.
 *
 * The residences of one dwelling at a time become occupancies, the ends of
 * these vacancies.  Each residence has two sides: as a mover it may fill a
 * vacancy here; as a leaver it may have set one free that the person's next
 * residence must be told of.  Whether a person's next residence can be linked to
 * this one is seen when residences stand in the order of persons and time; only
 * those that can are followed.  The two sides of such a move meet by the number
 * that residences have in that order.
 */
#ifndef BYUDV_VACANCY_H
#define BYUDV_VACANCY_H

#include "rows.h"

typedef struct ByudvFlowOptions
{
	int32_t		study_from;
	int32_t		study_to;
	int32_t		overlap_tolerance;
	int32_t		group_window;
	int32_t		link_gap;
	int32_t		empty_window;
	int32_t		max_vacancy;
} ByudvFlowOptions;

/* How a vacancy ends, or where its movers come from; in the order of output. */
typedef enum ByudvOutcome
{
	BYUDV_VACATED,
	BYUDV_OUT_OF_WINDOW,
	BYUDV_ORIGIN_OCCUPIED,
	BYUDV_RETURNED,
	BYUDV_FROM_OUTSIDE,
	BYUDV_DEMOLISHED,			/* from here on there are no movers */
	BYUDV_OPEN,
	BYUDV_EXPIRED
} ByudvOutcome;

#define BYUDV_OUTCOMES		8

extern const char *const byudv_outcome_names[BYUDV_OUTCOMES];

/*
 * A residence of a dwelling: key is the dwelling, other its place, which is a
 * number in the order of persons and time, above these bits.
 */
#define BYUDV_NEWBORN		1	/* it begins with the person's birth */
#define BYUDV_LINKED		2	/* the residence before it was in another dwelling, until just before */
#define BYUDV_CAME_BACK		4	/* or in this one; neither: from outside */
#define BYUDV_FOLLOWED		8	/* the next residence is linked to it */
#define BYUDV_PLACE_BITS	4

/* BYUDV_LINKED, BYUDV_CAME_BACK, or 0; before: the residence of the person before it, or NULL. */
static inline int
byudv_origin_of(const ByudvRow *before, const ByudvRow *residence, int32_t link_gap)
{
	if (before == NULL || before->other == BYUDV_OUTSIDE || (int64_t) residence->from - before->to > link_gap)
		return 0;
	return before->other == residence->other ? BYUDV_CAME_BACK : BYUDV_LINKED;
}

/* What the register of dwellings says; BYUDV_ONGOING where it says nothing. */
typedef struct ByudvDwelling
{
	int64_t		dwelling;
	int32_t		available_from;
	int32_t		demolished_on;
} ByudvDwelling;

#define BYUDV_NOT_FILLED	INT32_MAX

typedef struct ByudvVacancy
{
	int64_t		vacancy;
	int64_t		dwelling;
	int32_t		vacated_on;
	int32_t		filled_on;		/* or BYUDV_NOT_FILLED */
	bool		is_new;
	bool		has_movers;
	ByudvOutcome outcome;		/* where there are none */
} ByudvVacancy;

/* A linked residence fills a vacancy. */
typedef struct ByudvMover
{
	int64_t		place;
	int64_t		vacancy;
} ByudvMover;

#define BYUDV_LEFT_OTHERS	0	/* somebody stayed behind */
#define BYUDV_LEFT_OUTSIDE_WINDOW	(-1)

typedef struct ByudvLeaver
{
	int64_t		place;
	int64_t		vacancy;		/* that it was among the last to leave, or one of the above */
	int64_t		dwelling;
	int32_t		last_leavers;	/* of that vacancy */
} ByudvLeaver;

typedef struct ByudvVacancySink
{
	void		(*vacancy) (void *context, const ByudvVacancy *vacancy);
	void		(*mover) (void *context, const ByudvMover *mover);
	void		(*others) (void *context, int64_t vacancy, ByudvOutcome outcome, int32_t movers);	/* who are not linked */
	void		(*leaver) (void *context, const ByudvLeaver *leaver);
	void	   *context;
} ByudvVacancySink;

/* The occupancies of the dwelling at hand. */
typedef struct ByudvSpell
{
	size_t		start;			/* its residences begin here */
	int32_t		to;
} ByudvSpell;

typedef struct ByudvVacancies
{
	ByudvFlowOptions options;
	ByudvVacancySink sink;
	ByudvHeap	heap;
	int64_t		nvacancies;		/* numbered so far */

	/* the dwelling at hand: fill in, then byudv_dwelling_vacancies() */
	ByudvDwelling dwelling;
	ByudvRow   *tenancies;		/* in order */
	size_t		ntenancies;
	size_t		tenancies_room;

	ByudvSpell *spells;
	size_t		spells_room;
} ByudvVacancies;

extern void byudv_dwelling_vacancies(ByudvVacancies *v);

/* Where a linked mover comes from. */
extern ByudvOutcome byudv_mover_outcome(const ByudvLeaver *leaver);

#endif							/* BYUDV_VACANCY_H */
