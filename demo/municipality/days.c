/*
 * days.c
 *		Day by day.
 */
#include "world.h"

/* 16 persons at one address, of whom most only get their post there */
static void
crowd(Unit *u, int32_t day)
{
	for (int32_t dwelling = u->first; dwelling < u->first + u->n; dwelling++)
	{
		Dwelling   *d = &dwellings[dwelling];
		Household	x;

		if (d->planted != SIXTEEN || d->first == NOBODY || d->moved_in > day)
			continue;
		scan(d->first, day, &x);
		for (int32_t n = x.n; n < 16; n++)
			append(&d->first, new_person(day - 8000 - pick(9000), day + n, 0));
		set_types(d->first, day + 16);
		d->flags |= FROZEN;
	}
}

static void
count_year(Unit *u, int32_t year)
{
	Year	   *y = &u->years[year];

	for (int32_t dwelling = u->first; dwelling < u->first + u->n; dwelling++)
	{
		const Dwelling *d = &dwellings[dwelling];
		int32_t		start = year_start[year];

		if (d->available > start || d->demolished <= start || d->segment >= HOLIDAY)
			continue;
		y->dwellings++;
		y->social += (d->segment == SOCIAL || d->segment == SOCIAL_ROW) && d->first != NOBODY;
		for (int32_t p = d->first; p != NOBODY; p = persons[p].next)
			y->persons++;
	}
}

/* BBR computes this in winter, from who is registered there then; it stands for a year */
static void
compute_use(void)
{
	for (int32_t dwelling = 0; dwelling < ndwellings; dwelling++)
	{
		Dwelling   *d = &dwellings[dwelling];

		if (d->flags & COMPANY_USES)
			d->use = 2;
		else if (d->segment == OTHER_UNIT || d->available > days - 300 || percent(2))
			d->use = 0;
		else if (d->first == NOBODY)
			d->use = 3;
		else if (is_person_owned(d))
			d->use = d->flags & LET ? 1 : 2;
		else
			d->use = 1;
	}
}

void
simulate(void)
{
	int32_t		next_new = 0;

	for (int32_t u = 0; u < scale; u++)
		for (int32_t dwelling = units[u].first; dwelling < units[u].first + units[u].n; dwelling++)
			if (dwellings[dwelling].available == NO_DATE)
				settle(dwelling);
	for (int32_t u = 0; u < scale; u++)
		plant_single_errors(&units[u]);
	for (int32_t day = 0, year = 0; day < days; day++)
	{
		if (year < nyears && day == year_start[year])
		{
			for (int32_t u = 0; u < scale; u++)
				count_year(&units[u], year);
			year++;
		}
		/* sold and let three months before they are ready */
		for (; next_new < nnew && dwellings[new_dwellings[next_new]].available <= day + 90; next_new++)
		{
			int32_t		dwelling = new_dwellings[next_new];

			units[unit_of(dwelling)].years[year_of(dwellings[dwelling].available)].completed++;
			if (!(dwellings[dwelling].flags & UNSOLD))
				offer(dwelling, dwellings[dwelling].available);
		}
		for (int32_t i = 0; i < scale; i++)
		{
			Unit	   *u = &units[i];
			int32_t		slice = day % TICK;
			int32_t		until = u->first + (int32_t) ((int64_t) u->n * (slice + 1) / TICK);

			for (int32_t dwelling = u->first + (int32_t) ((int64_t) u->n * slice / TICK); dwelling < until; dwelling++)
			{
				/* persons lie where they were born or came; with many municipalities that is far away */
				if (dwelling + 16 < until && dwellings[dwelling + 16].first != NOBODY)
					PREFETCH(&persons[dwellings[dwelling + 16].first]);
				if (dwelling + 8 < until && dwellings[dwelling + 8].first != NOBODY && persons[dwellings[dwelling + 8].first].next != NOBODY)
					PREFETCH(&persons[persons[dwellings[dwelling + 8].first].next]);
				tick(u, dwelling, day);
			}
			let_in(u, day);
			if (day == days - 700)
				crowd(u, day);
		}
		if (day == days - 300)
			compute_use();
		if (day + 1 == year_start[year])
			for (int32_t dwelling = 0; dwelling < ndwellings; dwelling++)
				for (int32_t p = dwellings[dwelling].first; p != NOBODY; p = persons[p].next)
					if (persons[p].since <= day && persons[p].born <= day)
						put_attributes(p, year - 1);
	}
	for (int32_t dwelling = 0; dwelling < ndwellings; dwelling++)
		for (int32_t p = dwellings[dwelling].first; p != NOBODY; p = persons[p].next)
		{
			record(p, dwelling, persons[p].since, NEVER);
			close_type(p, NEVER);
		}
	for (int32_t u = 0; u < scale; u++)
		for (int32_t i = 0; i < units[u].naway; i++)
			record_away(&units[u].away[i], NEVER);
}
