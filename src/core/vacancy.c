/*
 * vacancy.c
 *		The vacancies of one dwelling.
 */
#include "vacancy.h"

#include "residence.h"

const char *const byudv_outcome_names[BYUDV_OUTCOMES] = {
	"vacated", "out_of_window", "origin_occupied", "returned", "from_outside", "demolished", "open", "expired"
};

static inline bool
is_in_window(const ByudvFlowOptions *o, int32_t day)
{
	return day >= o->study_from && day < o->study_to;
}

/* Cuts the residences into occupancies; returns how many there are. */
static size_t
find_spells(ByudvVacancies *v)
{
	size_t		n = 0;
	uint32_t	done = 0;

	for (size_t i = 0; i < v->ntenancies; i++)
	{
		const ByudvRow *row = &v->tenancies[i];

		if (n > 0 && !byudv_opens_occupancy(v->spells[n - 1].to, row->from, row->to, v->options.overlap_tolerance))
		{
			if (row->to > v->spells[n - 1].to)
				v->spells[n - 1].to = row->to;
		}
		else
		{
			v->spells = byudv_make_room(&v->heap, v->spells, &v->spells_room, n + 2, sizeof(ByudvSpell));
			v->spells[n++] = (ByudvSpell)
			{
				.start = i, .to = row->to
			};
		}
		byudv_count_work(&done);
	}
	if (n > 0)
		v->spells[n].start = v->ntenancies;
	return n;
}

/*
 * The dwelling is vacated on that day; the next occupancy, if there is one, is
 * spell number next.
 */
static void
vacate(ByudvVacancies *v, int32_t vacated_on, bool is_new, size_t next, size_t nspells)
{
	const ByudvFlowOptions *o = &v->options;
	ByudvVacancy vacancy = {
		.vacancy = ++v->nvacancies,
		.dwelling = v->dwelling.dwelling,
		.vacated_on = vacated_on,
		.filled_on = BYUDV_NOT_FILLED,
		.is_new = is_new
	};
	int32_t		came_back = 0,
				from_outside = 0;
	uint32_t	done = 0;

	if (next < nspells && v->tenancies[v->spells[next].start].from < o->study_to)
		vacancy.filled_on = v->tenancies[v->spells[next].start].from;
	if (vacancy.filled_on == BYUDV_NOT_FILLED)
	{
		if (v->dwelling.demolished_on < o->study_to)
			vacancy.outcome = BYUDV_DEMOLISHED;
		else if ((int64_t) o->study_to - vacated_on <= o->max_vacancy)
			vacancy.outcome = BYUDV_OPEN;
		else
			vacancy.outcome = BYUDV_EXPIRED;
	}
	else if ((int64_t) vacancy.filled_on - vacated_on > o->max_vacancy)
		vacancy.outcome = BYUDV_EXPIRED;
	else
	{
		vacancy.has_movers = true;
		/* none but newborn children: nobody has moved */
		vacancy.outcome = BYUDV_FROM_OUTSIDE;
	}
	v->sink.vacancy(v->sink.context, &vacancy);
	if (!vacancy.has_movers)
		return;

	for (size_t i = v->spells[next].start; i < v->spells[next + 1].start; i++)
	{
		const ByudvRow *tenancy = &v->tenancies[i];

		if ((int64_t) tenancy->from - vacancy.filled_on >= o->group_window)
			break;
		byudv_count_work(&done);
		if ((tenancy->other & BYUDV_NEWBORN) != 0)
			continue;
		if ((tenancy->other & BYUDV_LINKED) != 0)
		{
			ByudvMover	mover = {.place = tenancy->other >> BYUDV_PLACE_BITS, .vacancy = vacancy.vacancy};

			v->sink.mover(v->sink.context, &mover);
		}
		else if ((tenancy->other & BYUDV_CAME_BACK) != 0)
			came_back++;
		else
			from_outside++;
	}
	if (came_back > 0)
		v->sink.others(v->sink.context, vacancy.vacancy, BYUDV_RETURNED, came_back);
	if (from_outside > 0)
		v->sink.others(v->sink.context, vacancy.vacancy, BYUDV_FROM_OUTSIDE, from_outside);
}

static inline bool
is_last_leaver(const ByudvFlowOptions *o, int32_t residence_to, int32_t occupancy_to)
{
	return (int64_t) residence_to >= (int64_t) occupancy_to - o->empty_window;
}

/* What those who lived there leave behind. */
static void
leave(ByudvVacancies *v, const ByudvSpell *spell)
{
	const ByudvFlowOptions *o = &v->options;
	bool		ended = spell->to != BYUDV_ONGOING;
	int64_t		vacancy = is_in_window(o, spell->to) ? v->nvacancies : BYUDV_LEFT_OUTSIDE_WINDOW;
	/* who left before this cannot be linked to anybody who fills a vacancy in the window */
	int64_t		oldest = (int64_t) o->study_from - o->link_gap -
		(o->overlap_tolerance > o->max_vacancy ? o->overlap_tolerance : o->max_vacancy);
	int32_t		last_leavers = 0;
	uint32_t	done = 0;

	if (ended && spell->to < oldest)
		return;
	for (size_t i = spell[0].start; i < spell[1].start; i++)
	{
		last_leavers += ended && is_last_leaver(o, v->tenancies[i].to, spell->to);
		byudv_count_work(&done);
	}
	for (size_t i = spell[0].start; i < spell[1].start; i++)
	{
		const ByudvRow *tenancy = &v->tenancies[i];
		ByudvLeaver leaver = {
			.place = tenancy->other >> BYUDV_PLACE_BITS,
			.dwelling = v->dwelling.dwelling,
			.last_leavers = last_leavers
		};

		if ((tenancy->other & BYUDV_FOLLOWED) == 0 || tenancy->to < oldest)
			continue;
		leaver.vacancy = ended && is_last_leaver(o, tenancy->to, spell->to) ? vacancy : BYUDV_LEFT_OTHERS;
		v->sink.leaver(v->sink.context, &leaver);
		byudv_count_work(&done);
	}
}

void
byudv_dwelling_vacancies(ByudvVacancies *v)
{
	const ByudvFlowOptions *o = &v->options;
	size_t		nspells = find_spells(v);
	int32_t		available_from = v->dwelling.available_from;

	if (available_from != BYUDV_ONGOING && is_in_window(o, available_from) &&
		(nspells == 0 || v->tenancies[0].from >= (int64_t) available_from - o->max_vacancy))
		vacate(v, available_from, true, 0, nspells);
	for (size_t i = 0; i < nspells; i++)
	{
		if (v->spells[i].to != BYUDV_ONGOING && is_in_window(o, v->spells[i].to))
			vacate(v, v->spells[i].to, false, i + 1, nspells);
		leave(v, &v->spells[i]);
	}
}

ByudvOutcome
byudv_mover_outcome(const ByudvLeaver *leaver)
{
	if (leaver->vacancy > 0)
		return BYUDV_VACATED;
	return leaver->vacancy == BYUDV_LEFT_OUTSIDE_WINDOW ? BYUDV_OUT_OF_WINDOW : BYUDV_ORIGIN_OCCUPIED;
}
