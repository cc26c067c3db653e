/*
 * households.c
 *		Persons and households: who they are, and what the attributes say of them.
 */
#include "world.h"

static const char *const type_names[] = {"single", "couple", "single_parent", "couple_children", "other"};

int32_t
new_person(int32_t born, int32_t since, int child)
{
	persons = grow(persons, npersons, &max_persons, sizeof(Person));
	persons[npersons] = (Person) {.born = born, .died = NEVER, .next = NOBODY, .since = since, .type_since = since, .type = NO_TYPE, .level = (uint8_t) pick(256),
		.status = 255, .flags = (uint8_t) ((child ? CHILD : 0) | (per_mille(4) ? PROTECTED : 0)), .attributes = 0};
	return npersons++;
}

void
scan(int32_t first, int32_t day, Household *x)
{
	memset(x, 0, sizeof(*x));
	x->youngest = 200;
	x->head = NOBODY;
	for (int32_t p = first; p != NOBODY; p = persons[p].next)
	{
		int32_t		age = age_on(&persons[p], day);

		x->n++;
		if (persons[p].flags & CHILD)
		{
			x->children++;
			x->grown += age >= 18;
			continue;
		}
		x->adults++;
		if (age < x->youngest)
			x->youngest = age;
		if (x->head == NOBODY || age > x->oldest)
		{
			x->oldest = age;
			x->head = p;
		}
		if (persons[p].level > x->level)
			x->level = persons[p].level;
	}
}

void
close_type(int32_t person, int32_t day)
{
	Person	   *p = &persons[person];

	if (p->type != NO_TYPE && (day == NEVER || day > p->type_since))
	{
		put_number(F_TYPE, person_number(person));
		put_text(F_TYPE, type_names[p->type]);
		put_date(F_TYPE, p->type_since);
		put_date(F_TYPE, day);
		end_line(F_TYPE);
	}
	p->type = NO_TYPE;
}

/* What kind of household each is in from that day on. Where nobody grown up is left a grown child takes over. */
void
set_types(int32_t first, int32_t day)
{
	Household	x;
	int			type;

	scan(first, day, &x);
	if (x.adults == 0 && x.grown > 0)
	{
		for (int32_t p = first; p != NOBODY; p = persons[p].next)
			if (age_on(&persons[p], day) >= 18)
			{
				persons[p].flags &= (uint8_t) ~CHILD;
				break;
			}
		scan(first, day, &x);
	}
	type = x.adults > 2 ? OTHER_TYPE : x.adults == 2 ? (x.children ? COUPLE_CHILDREN : COUPLE) : x.children ? SINGLE_PARENT : SINGLE;
	for (int32_t p = first; p != NOBODY; p = persons[p].next)
		if (persons[p].type != type)
		{
			close_type(p, day);
			persons[p].type = (uint8_t) type;
			/* not before what is written already ends */
			if (persons[p].type_since < persons[p].since)
				persons[p].type_since = persons[p].since;
			if (persons[p].type_since < day)
				persons[p].type_since = day;
		}
}

static void
put_attribute(int32_t person, const char *what, int32_t hundredths, int32_t year)
{
	char		text[32];

	put_number(F_ATTRIBUTE, person_number(person));
	put_text(F_ATTRIBUTE, what);
	if (hundredths % 100 == 0)
		put_number(F_ATTRIBUTE, hundredths / 100);
	else
	{
		snprintf(text, sizeof(text), "%d.%02d", hundredths / 100, hundredths % 100);
		put_text(F_ATTRIBUTE, text);
	}
	put_date(F_ATTRIBUTE, year_start[year]);
	put_date(F_ATTRIBUTE, year_start[year + 1]);
	end_line(F_ATTRIBUTE);
}

/* Income and benefits of the year in which the day is, once for each person who lives in the area then */
void
put_attributes(int32_t person, int32_t year)
{
	Person	   *p = &persons[person];
	int32_t		age = age_on(p, year_start[year + 1]);
	int32_t		prices = 100 + 2 * year;
	int32_t		income = 0;
	int32_t		dice;

	if (p->attributes == year + 1 || age < 18 || year < nyears - attribute_years)
		return;
	p->attributes = (int16_t) (year + 1);
	if (p->status == 255 || age == 25 || age == 67 || percent(15))
	{
		dice = pick(1000) + (p->level < 50 ? 60 : 0);	/* who has little is out of work more often */
		if (age >= 67)
			p->status = dice < 25 ? NO_INCOME : PENSION;
		else if (age < 25)
			p->status = dice < 550 ? STUDYING : dice < 840 ? WORKING : dice < 930 ? MUNICIPAL_BENEFIT : NO_INCOME;
		else
			p->status = dice < 55 ? STUDYING : dice < 800 ? WORKING : dice < 885 ? MUNICIPAL_BENEFIT : dice < 960 ? OTHER_BENEFIT : NO_INCOME;
	}
	switch (p->status)
	{
		case WORKING:
			income = 190000 + p->level * p->level * 8 + (age < 30 ? 0 : 40000) + pick(20000);
			break;
		case STUDYING:
			income = 60000 + p->level * 250 + pick(10000);
			break;
		case MUNICIPAL_BENEFIT:
			income = 130000 + p->level * 150 + pick(10000);
			break;
		case OTHER_BENEFIT:
			income = 170000 + p->level * 200 + pick(10000);
			break;
		case PENSION:
			income = 125000 + p->level * p->level * 4 + pick(5000);
			break;
	}
	income = (int32_t) ((int64_t) income * prices / 100);
	put_attribute(person, "income", income * 100, year);
	if (income > 50000)
		put_attribute(person, "tax_base", (income - 48000) * 100, year);
	if (p->status == MUNICIPAL_BENEFIT)
	{
		int32_t		share = 20 + pick(81);

		put_attribute(person, "benefit_municipal", income / 100 * share * 100, year);
		put_attribute(person, "full_time_share", share, year);
	}
	if (p->status == MUNICIPAL_BENEFIT || p->status == OTHER_BENEFIT)
		put_attribute(person, "benefit_any", income * 100, year);
}

int32_t
year_of(int32_t day)
{
	int32_t		year = day / 366;

	while (year + 1 < nyears && year_start[year + 1] <= day)
		year++;
	return year;
}

/* A person's ownership of a home, until it was sold or (NEVER) to this day */
void
put_sold(int32_t dwelling, int32_t until)
{
	const Dwelling *d = &dwellings[dwelling];
	const Group *group = &groups[d->group];
	char		name[128];
	int32_t		code = 10;
	int32_t		owner = d->owner;
	int			one_for_all = group->error == CONTACT_PERSON || group->error == ASSOCIATION_OWNER;

	if (d->owner_since == until || (one_for_all && until != NEVER))
		return;
	if (d->segment == OWN_FLAT)
	{
		put_null(F_OWNERSHIP);
		put_number(F_OWNERSHIP, dwelling_number(dwelling));
	}
	else
	{
		put_number(F_OWNERSHIP, 6000001 + (int64_t) group->property + (dwelling - group->first));
		put_null(F_OWNERSHIP);
	}
	person_name(name, sizeof(name), hashed((uint64_t) (uint32_t) d->owner, 7));
	if (group->error == CONTACT_PERSON)
	{
		/* every flat on one resident, whoever buys */
		owner = units[group->unit].contact;
		snprintf(name, sizeof(name), "Merle %c. Rævshale-Toft", (char) ('A' + group->unit % 26));
	}
	else if (group->error == ASSOCIATION_OWNER)
	{
		owner = NOBODY;
		snprintf(name, sizeof(name), "E/F %s", estate_name(group->name));
	}
	else if (until == NEVER && (d->planted == NO_CODE || group->error == NO_CODE))
	{
		code = dwelling % 3 == 0 ? 90 : dwelling % 3 == 1 ? 99 : -1;
		owner = NOBODY;
		name[0] = 0;
	}
	put_code(F_OWNERSHIP, code);
	put_text(F_OWNERSHIP, name);
	if (owner == NOBODY)
		put_null(F_OWNERSHIP);
	else
		put_number(F_OWNERSHIP, owner_number(owner));
	put_date(F_OWNERSHIP, one_for_all ? -1500 : d->owner_since);
	put_date(F_OWNERSHIP, until);
	end_line(F_OWNERSHIP);
}
