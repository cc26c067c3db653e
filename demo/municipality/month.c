/*
 * month.c
 *		A month in the life of a household.
 */
#include "world.h"

static int32_t
deaths_per_100000(int32_t age)
{
	static const int32_t rates[] = {70, 10, 10, 25, 40, 50, 60, 90, 140, 220, 350, 560, 880, 1400, 2200, 3700, 6400, 11500, 20000, 32000, 50000};

	return rates[age >= 100 ? 20 : age / 5];
}

static int32_t
births_per_10000(const Household *x)
{
	static const int32_t by_children[] = {1000, 1250, 350, 140, 60};
	int32_t		age = x->youngest;
	int32_t		rate = age < 20 || age > 43 ? 0 : age < 25 ? 650 : age < 30 ? 1850 : age < 35 ? 2250 : age < 39 ? 1100 : 300;

	return rate * by_children[x->children < 4 ? x->children : 4] / 1000 * (x->adults > 1 ? 100 : 10) / 100;
}

static void
die(Unit *u, int32_t dwelling, int32_t person, int32_t day)
{
	Dwelling   *d = &dwellings[dwelling];
	Household	x;

	if (day <= persons[person].since)
		day = persons[person].since + 1;
	put_attributes(person, year_of(day));
	close_type(person, day);
	record(person, dwelling, persons[person].since, day + (percent(15) ? pick(20) : 0));
	persons[person].died = day;
	unlink_person(&d->first, person);
	if (d->first == NOBODY)
	{
		vacate(dwelling, day + pick(60));
		return;
	}
	set_types(d->first, day);
	scan(d->first, day, &x);
	if (x.adults == 0)
	{
		/* children alone go to another family */
		int32_t		orphans = d->first;
		int32_t		other;

		do
			other = u->first + pick(u->n);
		while (other == dwelling || dwellings[other].first == NOBODY || dwellings[other].flags & FROZEN || dwellings[other].moved_in > day ||
			   segments[dwellings[other].segment].leave == 0 || dwellings[other].segment == STUDENT);
		leave(orphans, dwelling, day + 1);
		vacate(dwelling, day + 1);
		append(&dwellings[other].first, orphans);
		set_types(dwellings[other].first, day + 1);
	}
	else if (is_person_owned(d) && d->owner == person)
	{
		put_sold(dwelling, day);
		d->owner = x.head;
		d->owner_since = day;
	}
}

/* All of a household, or some who were cut off it before, go elsewhere or into another home. False when they find none. */
static int
move_part(Unit *u, int32_t dwelling, int32_t first, int out, int32_t day)
{
	Household	x;
	int32_t		home = NOBODY;
	int32_t		when = some_move_day(day + 1);
	Unit	   *to = u;

	if (when >= days)
		return 0;
	scan(first, day, &x);
	/* most of those who leave go to another one of the municipalities that are simulated */
	if (out && scale > 1 && percent(65))
		to = &units[(u - units + 1 + pick(scale - 1)) % scale];
	if (!out || to != u)
		home = find_home(to, &x, day, !out);
	if (home == NOBODY && !out)
		return 0;
	if (home != NOBODY)
	{
		if (dwellings[home].free_from > when)
			when = dwellings[home].free_from;
		if (when >= days)
		{
			offer(home, dwellings[home].free_from);
			return 0;
		}
	}
	if (home == NOBODY)
		go_away(u, first, dwelling, when);
	else
		leave(first, dwelling, when);
	if (first == dwellings[dwelling].first)
		vacate(dwelling, when);
	else
		set_types(dwellings[dwelling].first, when);
	if (home == NOBODY)
		return 1;
	if (out)
		for (int32_t p = first; p != NOBODY; p = persons[p].next)
		{
			u->years[year_of(when)].departures++;
			to->years[year_of(when)].arrivals++;
		}
	settle_in(home, first, when, out);
	return 1;
}

/* Two become one: with whom, in the smaller or the larger home of the two */
static int
join(Unit *u, int32_t dwelling, const Household *x, int32_t day)
{
	for (int tries = 0; tries < 12; tries++)
	{
		int32_t		other = u->first + pick(u->n);
		int32_t		from = dwelling, to = other, first;
		int32_t		when;
		Household	y;

		if (other == dwelling || dwellings[other].first == NOBODY || dwellings[other].moved_in > day || dwellings[other].flags & FROZEN ||
			segments[dwellings[other].segment].leave == 0)
			continue;
		scan(dwellings[other].first, day, &y);
		if (y.adults != 1 || y.youngest > x->youngest + 7 || y.youngest < x->youngest - 7)
			continue;
		if (dwellings[from].area > dwellings[to].area)
		{
			from = other;
			to = dwelling;
		}
		y.n += x->n;
		if (!fits(&dwellings[to], &y) || dwellings[to].demolished != NEVER)
			return 0;
		when = some_move_day(day + 1);
		if (when >= days)
			return 0;
		first = dwellings[from].first;
		leave(first, from, when);
		vacate(from, when);
		append(&dwellings[to].first, first);
		set_types(dwellings[to].first, when);
		return 1;
	}
	return 0;
}

void
tick(Unit *u, int32_t dwelling, int32_t day)
{
	Dwelling   *d = &dwellings[dwelling];
	int32_t		soon = day + pick(TICK);
	int32_t		rate;
	Household	x;

	if (d->first == NOBODY || d->moved_in > day || d->flags & FROZEN || soon >= days)
		return;
	for (int32_t p = d->first; p != NOBODY; p = persons[p].next)
		if (pick(10000000) < deaths_per_100000(age_on(&persons[p], day)) * 821 / 100)
		{
			die(u, dwelling, p, soon);
			return;
		}
	if (segments[d->segment].leave == 0)
		return;
	scan(d->first, day, &x);
	if (x.adults == 0)
		return;
	if (d->demolished != NEVER && day > d->demolished - 300)
	{
		/* all must be out by then */
		int			last = day > d->demolished - 3 * TICK;

		if (last || percent(20))
			if (!move_part(u, dwelling, d->first, percent(share_out(d, &x)), day) && last)
				move_part(u, dwelling, d->first, 1, day);
		return;
	}
	if (yearly(births_per_10000(&x)) && d->segment != STUDENT)
	{
		int32_t		child = new_person(soon, soon, 1);

		append(&d->first, child);
		persons[child].level = (uint8_t) x.level;
		set_types(d->first, soon);
		return;
	}
	if (x.grown > 0 && yearly(LEAVE_HOME * x.grown))
	{
		int32_t		oldest = NOBODY;

		for (int32_t p = d->first; p != NOBODY; p = persons[p].next)
			if (persons[p].flags & CHILD && (oldest == NOBODY || persons[p].born < persons[oldest].born))
				oldest = p;
		unlink_person(&d->first, oldest);
		persons[oldest].flags &= (uint8_t) ~CHILD;
		persons[oldest].level = (uint8_t) pick(256);
		if (!move_part(u, dwelling, oldest, percent(45), day) && !move_part(u, dwelling, oldest, percent(40), day))
		{
			append(&d->first, oldest);
			persons[oldest].flags |= CHILD;
		}
		return;
	}
	if (yearly(SPLIT(&x)))
	{
		int32_t		part = NOBODY;

		for (int32_t p = d->first; p != NOBODY; p = persons[p].next)
			if (!(persons[p].flags & CHILD) && p != d->owner)
				part = p;
		unlink_person(&d->first, part);
		if (x.children > 0 && percent(35))
			for (int32_t p = d->first; p != NOBODY;)
			{
				int32_t		next = persons[p].next;

				if (persons[p].flags & CHILD && persons[p].since <= day)
				{
					unlink_person(&d->first, p);
					append(&part, p);
				}
				p = next;
			}
		if (!move_part(u, dwelling, part, percent(35), day))
			append(&d->first, part);
		return;
	}
	if (x.adults == 1 && x.youngest < 75 && yearly(x.youngest < 50 ? 1250 : 350) && join(u, dwelling, &x, day))
		return;
	rate = leave_rate(d, &x, day);
	if (yearly(rate))
	{
		/* who finds nothing here goes on looking; some then go elsewhere */
		if (!move_part(u, dwelling, d->first, percent(share_out(d, &x)), day) && percent(25))
			move_part(u, dwelling, d->first, 1, day);
	}
}
