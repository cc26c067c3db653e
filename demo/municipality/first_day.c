/*
 * first_day.c
 *		The first day: buildings, dwellings, owners, and who lives there.
 */
#include "world.h"

static const Stock stocks[] = {
	{FARM, NONE, 150, 1, 12, 1850, 1930, 0},
	{DETACHED, NONE, 5800, 25, 80, 1905, 2004, 0},
	{DETACHED, NONE, 30, 5, 10, 1905, 1940, 1},
	{DETACHED, PHASED_OUT, 60, 30, 30, 1955, 1970, 0},
	{TERRACED, NONE, 1560, 20, 60, 1950, 2004, 0},
	{TERRACED, PHASED_OUT, 90, 45, 45, 1970, 1979, 0},
	{OWN_FLAT, NONE, 2350, 12, 60, 1930, 2004, 0},
	{OWN_FLAT, CONTACT_PERSON, 44, 22, 22, 1978, 1984, 0},
	{OWN_FLAT, ASSOCIATION_OWNER, 120, 20, 60, 1965, 1985, 0},
	{OWN_FLAT, NO_CODE, 90, 30, 30, 1960, 1985, 0},
	{COOP, NONE, 1010, 12, 60, 1915, 1960, 0},
	{COOP, COMPANY_COOPERATIVE, 260, 30, 70, 1925, 1950, 0},
	{COOP, PERSON_COOPERATIVE, 230, 14, 50, 1925, 1945, 0},
	{COOP_ROW, NONE, 160, 20, 40, 1985, 2004, 0},
	{SOCIAL, NONE, 5860, 60, 400, 1946, 1990, 0},
	{SOCIAL, NONE, 64, 32, 32, 1958, 1968, 1},
	{SOCIAL, SOCIAL_AS_OWNER, 1150, 48, 240, 1955, 1975, 0},
	{SOCIAL, SOCIAL_UNNAMED, 72, 24, 24, 1950, 1960, 0},
	{SOCIAL, SOCIAL_AS_ASSOCIATION, 180, 60, 90, 1948, 1962, 0},
	{SOCIAL_ROW, NONE, 1050, 30, 120, 1950, 2000, 0},
	{SENIOR, MUNICIPAL_SUPPORTED, 270, 20, 60, 1980, 2004, 0},
	{RENTAL, NONE, 1160, 8, 60, 1890, 1990, 0},
	{RENTAL, NONE, 20, 10, 10, 1890, 1920, 1},
	{RENTAL, PERSON_RENTAL, 400, 4, 14, 1890, 1950, 0},
	{RENTAL, NO_CODE, 150, 20, 40, 1930, 1980, 0},
	{RENTAL, COMPANY_SOCIAL_CODE, 40, 20, 20, 1950, 1965, 0},
	{STUDENT, NONE, 250, 60, 90, 1965, 1995, 0},
	{FOUNDATION, NONE, 200, 15, 40, 1930, 1990, 0},
	{FOUNDATION, CHURCH_FOUNDATION, 12, 4, 4, 1900, 1925, 0},
	{PUBLIC_FLAT, NONE, 160, 10, 30, 1960, 2000, 0},
	{SHOP_FLAT, NONE, 100, 3, 8, 1890, 1960, 0},
	{SHOP_FLAT, PHASED_OUT, 20, 5, 5, 1890, 1940, 0},
	{HOLIDAY, NONE, 200, 20, 60, 1950, 1990, 0},
	{OTHER_UNIT, NONE, 100, 3, 12, 1890, 1990, 0},
	{DETACHED, NONE, 320, 20, 60, 0, 0, 0},
	{TERRACED, NONE, 250, 20, 60, 0, 0, 0},
	{OWN_FLAT, NONE, 390, 24, 80, 0, 0, 0},
	{SOCIAL, NONE, 300, 30, 90, 0, 0, 0},
	{SOCIAL_ROW, NONE, 160, 20, 50, 0, 0, 0},
	{RENTAL, NONE, 640, 30, 110, 0, 0, 0},
	{RENTAL, NO_CODE, 120, 40, 60, 0, 0, 0},
	{RENTAL_ROW, NONE, 150, 20, 45, 0, 0, 0},
	{STUDENT, NONE, 110, 50, 60, 0, 0, 0},
};

/* Who lives in an old home when the simulation begins: by what such homes are taken for, and how long people stay in them */
void
settle(int32_t dwelling)
{
	Dwelling   *d = &dwellings[dwelling];
	const Group *group = &groups[d->group];
	int32_t		stay = segments[d->segment].leave;
	int			queue = queue_of(d);
	int32_t		sum = 0;
	int			profile = 0;
	int32_t		age, children = 0, since, adults;
	int32_t		first = NOBODY;

	if (d->flags & LET && stay > 0)
		stay = 1500;
	if (stay == 0 && !(d->segment == HOLIDAY && percent(4)) && !(d->segment == OTHER_UNIT && dwelling % 20 == 0))
		return;
	if (d->segment == OTHER_UNIT)
	{
		d->flags |= FROZEN;
		plant(dwelling, LIVED_IN_OTHER);
		put_error(LIVED_IN_OTHER, "dwelling", dwelling_number(dwelling), NEVER);
	}
	if (stay > 0 && per_mille(12))
	{
		offer(dwelling, pick(60));
		return;
	}
	/* how many of each kind there are, times how they weigh such a home */
	{
		static const int32_t there[NPROFILES] = {9, 6, 26, 17, 17, 7, 14, 15};

		if (d->segment == HOLIDAY || d->segment == SENIOR)
			profile = percent(50) ? OLD_SINGLE : OLD_COUPLE;
		else if (d->segment == STUDENT)
			profile = YOUNG_SINGLE;
		else
		{
			for (int i = 0; i < NPROFILES; i++)
				sum += there[i] * wishes[i][queue];
			for (sum = pick(sum); (sum -= there[profile] * wishes[profile][queue]) >= 0; profile++)
				;
		}
	}
	age = profile <= YOUNG_COUPLE ? between(19, 29) : profile == FAMILY || profile == PARENT ? between(27, 52) :
		profile == ONE || profile == TWO ? between(30, 64) : 65 + pick(30) * pick(30) / 29;
	adults = profile == YOUNG_COUPLE || profile == FAMILY || profile == TWO || profile == OLD_COUPLE ? 2 : 1;
	if (profile == FAMILY || profile == PARENT)
		children = 1 + percent(55) + percent(15);
	if (adults + children > d->rooms + 1)
		children = 0;
	{
		int32_t		most = (age - 18) * 365;
		int32_t		u = pick(1000);

		/* long stays, of whom we see more than of the short ones */
		since = -1 - (int32_t) ((int64_t) u * u / 1000 * 3 * (365 * 10000 / (stay + 250)) / 1000);
		if (since < -most)
			since = -1 - pick(most + 1);
		if (group->year > 1900 && since < jan_1(group->year + 1))
			since = jan_1(group->year + 1) > 0 ? -1 : jan_1(group->year + 1);
	}
	for (int i = 0; i < adults; i++)
	{
		int32_t		born = -(age + (i ? pick(7) - 3 : 0)) * 1461 / 4 - pick(365);

		if (born > since - 18 * 366)
			born = since - 18 * 366;
		append(&first, new_person(born, since, 0));
	}
	for (int i = 0; i < children; i++)
	{
		int32_t		child_age = pick(age - 25 > 19 ? 19 : age - 24);
		int32_t		born = -child_age * 1461 / 4 - pick(365);
		int32_t		person = new_person(born, born > since ? born : since, 1);

		append(&first, person);
	}
	/* dear homes for those who earn more */
	if (is_own(queue))
		for (int32_t p = first; p != NOBODY; p = persons[p].next)
			persons[p].level = (uint8_t) (persons[p].level * 3 / 4 + 64);
	d->first = first;
	d->moved_in = since;
	if (percent(40))
		d->flags |= NEWCOMERS;
	set_types(first, since);
	for (int32_t p = first; p != NOBODY; p = persons[p].next)
		persons[p].type_since = persons[p].since > -365 ? persons[p].since : -365;
	if (is_person_owned(d) && !(d->flags & LET))
	{
		Household	x;

		scan(first, 0, &x);
		d->owner = x.head;
		d->owner_since = since;
	}
	if (group->error == CONTACT_PERSON && d->owner >= 0 && units[group->unit].contact == NOBODY)
		units[group->unit].contact = d->owner;
}

static void
new_group(int32_t unit, const Stock *stock, int32_t n)
{
	Group	   *g;
	const Segment *segment = &segments[stock->segment];
	int			single = segment->use < 140 || segment->use == 510;
	int32_t		spread = 0;

	groups = grow(groups, ngroups, &max_groups, sizeof(Group));
	g = &groups[ngroups];
	*g = (Group) {.first = ndwellings, .n = n, .unit = unit, .available = NO_DATE, .demolished = NEVER, .occupied = NEVER, .sold = NO_DATE,
		.name = (uint32_t) (random_bits() >> 40), .segment = stock->segment, .error = stock->error, .quarter = (int8_t) pick(8), .insurance = -1,
		.support = -1};
	g->property = nproperties;
	nproperties += stock->segment <= OWN_FLAT || stock->segment == HOLIDAY || g->error == SOCIAL_AS_OWNER ? n + 1 : 1;
	if (stock->from_year)
	{
		g->year = (int16_t) between(stock->from_year, stock->to_year);
		if (g->year >= from_year)
			g->year = (int16_t) (from_year - 1);
		if (stock->segment == RENTAL && percent(25))
			g->sold = pick(days);
		if (stock->demolished)
			g->demolished = between(days / 4, days - 400);
	}
	else
	{
		/* rental blocks came later than the rest */
		g->available = stock->segment == RENTAL || stock->segment == RENTAL_ROW ? between(days / 4, days - 200) : between(60, days - 200);
		spread = single ? 500 : 0;
		if (g->available > days - 30 - spread)
			g->available = days - 30 - spread;
	}
	g->organisation = (int8_t) (stock->error == SOCIAL_AS_OWNER ? pick(2) : pick(20) < 7 ? 0 : pick(13) < 5 ? 1 : 2 + pick(2));
	g->estate = (int16_t) (10 + ngroups - units[unit].first_group + unit / COUNT(municipality_codes) * 1000);
	if (g->error == MUNICIPAL_SUPPORTED)
		g->support = 40;
	else if ((stock->segment == SOCIAL || stock->segment == SOCIAL_ROW) && g->error == NONE && percent(10))
		g->support = 10;
	for (int32_t i = 0; i < n; i++)
	{
		Dwelling   *d = &dwellings[ndwellings];

		*d = (Dwelling) {.first = NOBODY, .owner = -1 - ndwellings, .owner_since = -1500 - pick(3000), .available = g->available,
			.demolished = g->demolished, .group = ngroups, .segment = (uint8_t) stock->segment};
		d->area = (int16_t) (segment->area + pick(segment->area_spread) / (single ? 1 : 2) + pick(segment->area_spread / (single ? 1 : 2) + 1) / 3);
		d->rooms = (uint8_t) (stock->segment == STUDENT ? 1 : stock->segment == OTHER_UNIT ? 0 : d->area < 40 ? 1 : d->area < 62 ? 2 : d->area < 84 ? 3 :
			d->area < 112 ? 4 : d->area < 150 ? 5 : 6);
		plant(ndwellings, g->error);
		if (g->available != NO_DATE)
		{
			d->available += spread ? i * spread / n : 0;
			new_dwellings[nnew++] = ndwellings;
		}
		/* let by their owner */
		if (stock->segment <= OWN_FLAT && percent(stock->segment == OWN_FLAT ? 24 : stock->segment == TERRACED ? 6 : 4))
			d->flags |= LET;
		if (stock->segment <= OWN_FLAT && g->error == NONE && !stock->demolished && per_mille(12))
			plant(ndwellings, NO_CODE);
		ndwellings++;
	}
	if (g->available != NO_DATE)
	{
		static const int16_t starts[] = {2008, 2017};
		int32_t		permit = g->available - 500;
		int			let = segment->tenure[0] == 'p';

		for (g->year = (int16_t) to_year; g->year > from_year && jan_1(g->year) > g->available;)
			g->year--;
		/* mandatory from April 2008; whoever builds to let is exempt from July 2016 */
		if (segment->tenure[0] == 's' || segment->tenure[0] == 'f')
			g->insurance = 0;
		else if (permit > jan_1(starts[0]) + 90)
			g->insurance = let && permit > jan_1(starts[1]) - 184 ? (g->error == NO_CODE || percent(60) ? 12 : 0) : 10;
	}
	ngroups++;
}

static int
by_available(const void *a, const void *b)
{
	int32_t		i = *(const int32_t *) a, j = *(const int32_t *) b;

	if (dwellings[i].available != dwellings[j].available)
		return dwellings[i].available < dwellings[j].available ? -1 : 1;
	return i < j ? -1 : 1;
}

void
build(void)
{
	int32_t		per_unit = 0;

	for (int i = 0; i < COUNT(stocks); i++)
		per_unit += stocks[i].n;
	units = allocate((size_t) scale, sizeof(Unit));
	dwellings = allocate((size_t) per_unit * scale, sizeof(Dwelling));
	new_dwellings = allocate((size_t) per_unit * scale, sizeof(int32_t));
	for (int32_t u = 0; u < scale; u++)
	{
		units[u].first = ndwellings;
		units[u].first_group = ngroups;
		units[u].contact = NOBODY;
		for (int i = 0; i < COUNT(stocks); i++)
			for (int32_t left = stocks[i].n; left > 0;)
			{
				int32_t		n = between(stocks[i].least, stocks[i].most);

				if (left - n < stocks[i].least)
					n = left < stocks[i].most + stocks[i].least ? left : n;
				new_group(u, &stocks[i], n < left ? n : left);
				left -= n;
			}
		units[u].n = ndwellings - units[u].first;
		units[u].ngroups = ngroups - units[u].first_group;
	}
	qsort(new_dwellings, (size_t) nnew, sizeof(int32_t), by_available);
}

/* Single dwellings with an error of their own: the first that is right for it from a random place on; false when none is */
static int
plant_one(Unit *u, int error, int segment, int wants_new)
{
	int32_t		start = pick(u->n);

	for (int32_t i = 0; i < u->n; i++)
	{
		int32_t		dwelling = u->first + (start + i) % u->n;
		Dwelling   *d = &dwellings[dwelling];

		if (d->segment != segment || d->planted != NONE || (d->available != NO_DATE) != wants_new || d->demolished != NEVER)
			continue;
		if (wants_new && (d->available > days - 800 || d->available < days - 9 * 365))
			continue;
		plant(dwelling, error);
		if (error == NEW_EMPTY)
			d->flags |= UNSOLD;
		if (error == USED_BY_COMPANY)
			d->flags |= COMPANY_USES;
		return 1;
	}
	return 0;
}

void
plant_single_errors(Unit *u)
{
	int32_t		n = 0;
	int32_t		before = u->first;

	for (int i = 0; i < 2; i++)
		plant_one(u, BUILDING_AREA, STUDENT, 0);
	for (int i = 0; i < 30; i++)
		plant_one(u, TWO_AREAS, SOCIAL, 0);
	for (int i = 0; i < 6; i++)
		if (!plant_one(u, NEW_EMPTY, OWN_FLAT, 1))
			plant_one(u, NEW_EMPTY, TERRACED, 1);
	for (int i = 0; i < 14; i++)
		plant_one(u, USED_BY_COMPANY, RENTAL, 0);
	for (int i = 0; i < 40; i++)
		plant_one(u, NO_USE, i % 2 ? DETACHED : COOP, 0);
	for (int i = 0; i < 40; i++)
		plant_one(u, NO_AREA, i % 2 ? DETACHED : SOCIAL, 0);
	for (int i = 0; i < 2; i++)
		plant_one(u, SIXTEEN, SOCIAL, 0);
	/* nobody told the register that they were gone */
	for (int32_t dwelling = before; dwelling < u->first + u->n && n < 3; dwelling++)
		if (dwellings[dwelling].demolished != NEVER && dwellings[dwelling].planted == NONE && dwellings[dwelling].first != NOBODY)
		{
			plant(dwelling, LIVED_IN_DEMOLISHED);
			dwellings[dwelling].flags |= FROZEN;
			n++;
		}
}
