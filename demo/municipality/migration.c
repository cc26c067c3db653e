/*
 * migration.c
 *		Leaving the area, and coming to it.
 */
#include "world.h"

/* Persons who were in the dwelling of a unit live elsewhere from that day on */
void
go_away(Unit *u, int32_t first, int32_t dwelling, int32_t day)
{
	Household	x;
	Away		away = {first, NOBODY, day + 200 + pick(3000), -1, 0};
	int32_t		year = year_of(day);

	scan(first, day, &x);
	leave(first, dwelling, day);
	for (int32_t p = first; p != NOBODY; p = persons[p].next)
	{
		put_attributes(p, year);
		u->years[year].departures++;
	}
	set_types(first, day);
	if (per_mille(200))
		away.abroad = 1;
	else
	{
		if (percent(65))
			away.home = some_home(profile_of(&x), day, away.until);
		away.municipality = (int16_t) (away.home != NOBODY ? homes[away.home].municipality : other_municipality((int32_t) (u - units)));
	}
	u->away = grow(u->away, u->naway, &u->max_away, sizeof(Away));
	u->away[u->naway++] = away;
}

void
record_away(const Away *away, int32_t end)
{
	int32_t		known = away->until < end ? away->until : end;	/* what kind of household they are in is known as long as the address is */

	for (int32_t p = away->first; p != NOBODY; p = persons[p].next)
	{
		int32_t		since = persons[p].since;
		int32_t		until = away->home != NOBODY && away->until < (end < days ? end : days) ? away->until : end;

		close_type(p, known < days ? known : NEVER);
		put_address(p, away->home == NOBODY ? NOBODY : home_number(away->home), away->municipality, away->abroad, since, until);
		if (until != end && until > since)
			put_address(p, NOBODY, away->municipality, 0, until, end);
	}
}

/* Moves of a household, per 10,000 and year */
int32_t
leave_rate(const Dwelling *d, const Household *x, int32_t day)
{
	int			is_new = d->available != NO_DATE && day < d->available + 3650;
	int32_t		rate = segments[d->segment].leave;

	if (d->flags & LET)
		rate = d->segment == OWN_FLAT ? 1700 : 1300;
	if (d->segment == RENTAL || d->segment == RENTAL_ROW || (d->flags & LET))
		rate = is_new ? rate * 15 / 10 : rate;
	rate = rate * (x->youngest < 25 ? 190 : x->youngest < 30 ? 155 : x->youngest < 40 ? 115 : x->youngest < 55 ? 85 : x->youngest < 70 ? 65 : 55) / 100;
	if (x->children > 0)
		rate = rate * 85 / 100;
	/* a new home is taken by newcomers for want of another; own citizens had been waiting for it */
	if (is_new)
		rate = d->flags & NEWCOMERS ? rate * 145 / 100 : rate * 75 / 100;
	return rate;
}

/* How many of 100 moves of a household lead out of the municipality */
int32_t
share_out(const Dwelling *d, const Household *x)
{
	int32_t		share = x->youngest < 30 ? 46 : x->youngest < 45 ? 40 : x->youngest < 60 ? 33 : 25;

	return d->flags & NEWCOMERS ? share * 125 / 100 : share;
}

/* A household that came from elsewhere on that day: nearly like the one that begins with first, or like one person of it */
static int32_t
like_them(const Unit *u, int32_t first, int32_t alone, const Household *x, int32_t day)
{
	int32_t		shift = pick(1462) - 731;
	int32_t		lived = 200 + pick(3000);
	int			origin = pick(1000);	/* another municipality, abroad, not known */
	int32_t		municipality = origin < 750 ? other_municipality((int32_t) (u - units)) : -1;
	int32_t		home = NOBODY;
	int32_t		copy = NOBODY;

	if (origin < 750 && percent(65))
		home = some_home(profile_of(x), day - lived, day);
	if (home != NOBODY)
		municipality = homes[home].municipality;
	for (int32_t p = alone == NOBODY ? first : alone; p != NOBODY; p = alone == NOBODY ? persons[p].next : NOBODY)
	{
		int32_t		born = persons[p].born + shift;
		int32_t		level = persons[p].level + pick(81) - 40;
		int			is_child = persons[p].flags & CHILD && alone == NOBODY;
		int32_t		person;

		if (born >= day)
			born = day - 30 - pick(300);
		if (!is_child && day - born < 18 * 366)
			born = day - 18 * 366;
		person = new_person(born, day, is_child);
		persons[person].level = (uint8_t) (level < 0 ? 0 : level > 255 ? 255 : level);
		append(&copy, person);
		if (origin < 950)
			put_address(person, home == NOBODY ? NOBODY : home_number(home), municipality, origin >= 750, day - lived > born ? day - lived : born, day);
	}
	return copy;
}

/* Who comes from elsewhere to live in a dwelling from that day on: some who left years ago, else a household like those that leave here */
int32_t
newcomers(int32_t dwelling, int queue, int32_t day, int32_t look_on)
{
	Dwelling   *d = &dwellings[dwelling];
	Unit	   *u = &units[unit_of(dwelling)];
	Household	x;
	int32_t		best = 1;

	if (u->naway > 50 && percent(14))
		for (int tries = 0; tries < 5; tries++)
		{
			int32_t		i = pick(u->naway);
			Away		away = u->away[i];

			scan(away.first, day, &x);
			if (persons[away.first].since > day - 200 || x.adults == 0 || x.oldest > 75 || !fits(d, &x) ||
				pick(300) >= wish(profile_of(&x), queue, x.level))
				continue;
			u->away[i] = u->away[--u->naway];
			record_away(&away, day);
			for (int32_t p = away.first; p != NOBODY; p = persons[p].next)
				persons[p].since = day;
			return away.first;
		}
	for (int profile = 0; profile < NPROFILES; profile++)
		if (wishes[profile][queue] > best)
			best = wishes[profile][queue];
	for (int tries = 0; tries < 2000; tries++)
	{
		Dwelling   *o = &dwellings[u->first + pick(u->n)];
		Household	y;
		int32_t		dice, whole, child, part;
		int32_t		chosen = NOBODY;

		if (o->first == NOBODY || o->moved_in > look_on || o->flags & FROZEN || segments[o->segment].leave == 0)
			continue;
		scan(o->first, day, &x);
		if (x.adults == 0)
			continue;
		dice = pick(4000) * 100;
		whole = leave_rate(o, &x, look_on) * share_out(o, &x);
		child = x.grown * LEAVE_HOME * 45;
		part = SPLIT(&x) * 35;
		if (dice >= whole + child + part)
			continue;
		y = x;
		if (dice >= whole)
		{
			/* a grown child, or one of a couple */
			for (int32_t p = o->first; p != NOBODY; p = persons[p].next)
				if (dice < whole + child ? persons[p].flags & CHILD && age_on(&persons[p], day) >= 18 : !(persons[p].flags & CHILD))
					chosen = p;
			if (chosen == NOBODY)
				continue;
			y = (Household) {.n = 1, .adults = 1, .head = chosen, .level = persons[chosen].level};
			y.youngest = y.oldest = age_on(&persons[chosen], day);
		}
		if (!fits(d, &y) || pick(best * 15) >= wish(profile_of(&y), queue, y.level))
			continue;
		return like_them(u, o->first, chosen, &y, day);
	}
	return NOBODY;
}

/* Homes on offer that nobody of the municipality has taken go to households from elsewhere; new ones are looked for there at once */
void
let_in(Unit *u, int32_t day)
{
	for (int queue = 0; queue < NQUEUES; queue++)
		for (int is_new = 0; is_new < 2; is_new++)
			for (int32_t n = 1 + u->length[queue][is_new] / 25; n > 0 && u->length[queue][is_new] > 0; n--)
			{
				int32_t		dwelling = u->head[queue][is_new];
				int32_t		from = dwellings[dwelling].free_from;
				int32_t		first;

				if (day < from + (is_new ? -40 : -5) || !per_mille(is_new ? 500 : 350))
					continue;
				take(u, queue, is_new);
				from = some_move_day((from > day ? from : day) + 1);
				first = from < days ? newcomers(dwelling, queue, from, day) : NOBODY;
				if (first == NOBODY)
				{
					if (from < days)
						offer(dwelling, from);
					continue;
				}
				for (int32_t p = first; p != NOBODY; p = persons[p].next)
					u->years[year_of(from)].arrivals++;
				settle_in(dwelling, first, from, 1);
			}
}

/*
 * What a household finds on offer in a municipality, or NOBODY. New homes are dearer, and fewer of those who live there already look for them; who comes
 * from elsewhere looks at them first, and rather buys.
 */
int32_t
find_home(Unit *u, const Household *x, int32_t day, int own)
{
	int			profile = profile_of(x);
	int32_t		weights[NQUEUES][2];
	int32_t		sum = 0;

	for (int queue = 0; queue < NQUEUES; queue++)
		for (int is_new = 0; is_new < 2; is_new++)
		{
			int32_t		n = u->length[queue][is_new];
			const Dwelling *d = n > 0 ? &dwellings[u->head[queue][is_new]] : NULL;

			weights[queue][is_new] = d == NULL || d->free_from > day + 60 || !fits(d, x) ? 0 :
				wish(profile, queue, x->level) * (n < 12 ? n : 12) * (!own && is_own(queue) ? 15 : 10) * (!is_new ? 10 : own ? 2 : 25) / 10;
			sum += weights[queue][is_new];
		}
	if (sum == 0)
		return NOBODY;
	sum = pick(sum);
	for (int queue = 0; queue < NQUEUES; queue++)
		for (int is_new = 0; is_new < 2; is_new++)
			if ((sum -= weights[queue][is_new]) < 0)
				return take(u, queue, is_new);
	return NOBODY;
}
