/*
 * offers.c
 *		What is on offer, and who takes it.
 */
#include "world.h"

const int8_t wishes[NPROFILES][NQUEUES] = {
	/* house, terraced, own flat, cooperative, social, social row, senior, rental, rental house, student, other */
	[YOUNG_SINGLE] = {1, 2, 10, 9, 22, 2, 0, 24, 2, 30, 6},
	[YOUNG_COUPLE] = {6, 8, 15, 12, 18, 4, 0, 24, 5, 2, 4},
	[FAMILY] = {30, 20, 7, 6, 18, 11, 0, 8, 8, 0, 2},
	[ONE] = {5, 5, 13, 10, 27, 4, 0, 20, 3, 0, 6},
	[TWO] = {16, 12, 11, 8, 19, 6, 0, 12, 6, 0, 3},
	[PARENT] = {6, 8, 6, 6, 30, 14, 0, 14, 6, 0, 3},
	[OLD_SINGLE] = {2, 4, 8, 6, 24, 8, 20, 6, 1, 0, 4},
	[OLD_COUPLE] = {8, 9, 10, 8, 18, 8, 10, 6, 2, 0, 3},
};

const Elsewhere elsewhere[NELSEWHERE] = {
	{"detached", 120, 10, 2, 150, {3, 14, 40, 10, 26, 14, 7, 24}},
	{"terraced", 131, 10, 2, 100, {3, 8, 14, 6, 10, 10, 5, 10}},
	{"apartment", 140, 10, 2, 78, {26, 30, 17, 28, 26, 22, 26, 28}},
	{"apartment", 140, 41, 1, 70, {8, 8, 5, 8, 8, 6, 8, 8}},
	{"apartment", 140, 20, 1, 74, {12, 6, 8, 13, 9, 18, 24, 12}},
	{"apartment", 140, 30, 1, 72, {36, 32, 14, 32, 18, 28, 24, 16}},
	{"detached", 120, 10, 1, 130, {2, 4, 6, 3, 5, 6, 2, 4}},
	{"student_hall", 150, 40, 1, 24, {14, 2, 0, 0, 0, 0, 0, 0}},
};

static struct
{
	Home	   *queue;			/* homes that somebody has left or will leave */
	int32_t		head, n, max;
}			vacated_homes[COUNT(elsewhere)];
HomeElsewhere *homes;
int32_t		nhomes;
static int32_t max_homes;

int
profile_of(const Household *x)
{
	if (x->children > 0 && x->adults < 2)
		return PARENT;
	if (x->children > 0)
		return FAMILY;
	if (x->youngest >= 65)
		return x->adults == 1 ? OLD_SINGLE : OLD_COUPLE;
	if (x->youngest < 30)
		return x->adults == 1 ? YOUNG_SINGLE : YOUNG_COUPLE;
	return x->adults == 1 ? ONE : TWO;
}

int
queue_of(const Dwelling *d)
{
	if (d->flags & LET)
		return d->segment == OWN_FLAT ? Q_RENTAL : Q_RENTAL_HOUSE;
	return segments[d->segment].queue;
}

int
is_own(int queue)
{
	return queue == Q_HOUSE || queue == Q_TERRACED || queue == Q_OWN_FLAT;
}

int
is_person_owned(const Dwelling *d)
{
	return d->segment <= OWN_FLAT || d->segment == HOLIDAY;
}

/* Buying takes money, and who has it does not queue for social housing */
int32_t
wish(int profile, int queue, int32_t level)
{
	int32_t		weight = wishes[profile][queue] * 10;

	if (is_own(queue))
		return weight * (level < 70 ? 3 : level > 170 ? 14 : 10) / 10;
	if (queue == Q_SOCIAL || queue == Q_SOCIAL_ROW)
		return weight * (level < 70 ? 15 : level > 170 ? 6 : 10) / 10;
	return weight;
}

int
fits(const Dwelling *d, const Household *x)
{
	if (d->segment == STUDENT)
		return x->n == 1 && x->youngest < 32;
	if (d->segment == SENIOR)
		return x->n <= 2 && x->youngest >= 60;
	return x->n <= d->rooms + 1;
}

void
offer(int32_t dwelling, int32_t from)
{
	Dwelling   *d = &dwellings[dwelling];
	Unit	   *u = &units[unit_of(dwelling)];
	int			queue = queue_of(d);
	int			is_new = d->available != NO_DATE && from < d->available + ALL_NEW;

	d->free_from = from;
	d->next_free = NOBODY;
	if (u->length[queue][is_new]++ == 0)
		u->head[queue][is_new] = dwelling;
	else
		dwellings[u->tail[queue][is_new]].next_free = dwelling;
	u->tail[queue][is_new] = dwelling;
}

int32_t
take(Unit *u, int queue, int is_new)
{
	int32_t		dwelling = u->head[queue][is_new];

	u->head[queue][is_new] = dwellings[dwelling].next_free;
	u->length[queue][is_new]--;
	return dwelling;
}

void
vacate(int32_t dwelling, int32_t day)
{
	Dwelling   *d = &dwellings[dwelling];
	Unit	   *u = &units[unit_of(dwelling)];

	if (d->segment == SOCIAL || d->segment == SOCIAL_ROW)
		u->years[year_of(day)].social_ends++;
	d->first = NOBODY;
	if (d->demolished != NEVER && day > d->demolished - 400)
		return;
	if (segments[d->segment].leave == 0)
		return;
	if (is_person_owned(d))
	{
		/* some keep what they leave, and let it; some of these sell in the end */
		if (d->flags & LET)
		{
			if (percent(9))
				d->flags &= (uint8_t) ~LET;
		}
		else if (per_mille(d->segment == OWN_FLAT ? 110 : d->segment == TERRACED ? 50 : 45))
			d->flags |= LET;
	}
	offer(dwelling, day + pick(segments[d->segment].wait + 1));
}

/* Some persons are in a dwelling from that day on */
void
settle_in(int32_t dwelling, int32_t first, int32_t day, int newcomers)
{
	Dwelling   *d = &dwellings[dwelling];
	Group	   *group = &groups[d->group];
	Household	x;

	d->first = first;
	d->moved_in = day;
	d->flags = (uint8_t) ((d->flags & ~NEWCOMERS) | (newcomers ? NEWCOMERS : 0));
	set_types(first, day);
	if (day < group->occupied)
		group->occupied = day;
	scan(first, day, &x);
	if (is_person_owned(d) && !(d->flags & LET) && x.head != NOBODY)
	{
		if (d->owner_since < day)
			put_sold(dwelling, day);
		d->owner = x.head;
		d->owner_since = day;
	}
}

/* Some persons leave a dwelling; gives back the day on which the last of them is gone */
int32_t
leave(int32_t first, int32_t dwelling, int32_t day)
{
	for (int32_t p = first; p != NOBODY; p = persons[p].next)
	{
		int32_t		to = day > persons[p].since ? day : persons[p].since + 1;

		record(p, dwelling, persons[p].since, to);
		persons[p].since = to;
	}
	return day;
}

void
append(int32_t *first, int32_t more)
{
	while (*first != NOBODY)
		first = &persons[*first].next;
	*first = more;
}

void
unlink_person(int32_t *first, int32_t person)
{
	while (*first != person)
		first = &persons[*first].next;
	*first = persons[person].next;
	persons[person].next = NOBODY;
}

/* A home elsewhere that is free from that day on */
int32_t
some_home(int profile, int32_t from, int32_t until)
{
	int32_t		sum = 0;
	int32_t		kind = 0;
	int32_t		home;

	/* of those that are simulated there are no homes but their own */
	if (scale >= COUNT(municipality_codes))
		return NOBODY;
	for (int32_t i = 0; i < COUNT(elsewhere); i++)
		sum += elsewhere[i].weights[profile];
	for (sum = pick(sum); (sum -= elsewhere[kind].weights[profile]) >= 0; kind++)
		;
	for (int tries = 0; tries < 4 && vacated_homes[kind].head < vacated_homes[kind].n; tries++)
	{
		Home		next = vacated_homes[kind].queue[vacated_homes[kind].head++];

		if (next.free_from <= from)
		{
			home = next.home;
			goto found;
		}
		vacated_homes[kind].queue = grow(vacated_homes[kind].queue, vacated_homes[kind].n, &vacated_homes[kind].max, sizeof(Home));
		vacated_homes[kind].queue[vacated_homes[kind].n++] = next;
	}
	homes = grow(homes, nhomes, &max_homes, sizeof(*homes));
	homes[nhomes].kind = (int16_t) kind;
	homes[nhomes].municipality = (int16_t) other_municipality(0);
	home = nhomes++;
found:
	vacated_homes[kind].queue = grow(vacated_homes[kind].queue, vacated_homes[kind].n, &vacated_homes[kind].max, sizeof(Home));
	vacated_homes[kind].queue[vacated_homes[kind].n++] = (Home) {home, until};
	return home;
}
