/*
 * generate.c
 *		Data for the moves bench: twenty years of a population register,
 *		simulated day by day, with the noise that registers have.
 *
 * generate ROWS SEED ADDRESSES DWELLINGS writes about ROWS address rows
 * (person_id, dwelling_id, from_date, to_date; empty: elsewhere, unknown,
 * ongoing) and the register of dwellings (dwelling_id, available_from,
 * demolished_on), both as CSV without header, and says on standard output
 * what it made. The same arguments give the same files everywhere: integers
 * only, and a generator of random numbers of its own.
 *
 * What moves people is a vacancy: one that falls due is filled by a household
 * from outside, or by one from the area, whose dwelling then falls vacant in
 * turn. Chains begin with new dwellings, deaths, people leaving the area or
 * moving together. How many of those a day has is steered so that the rows
 * come out as asked.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS			7305	/* 2000-01-01 to 2019-12-31 */
#define EARLIEST		(-9000)
#define LATEST			(DAYS + 2000)
#define NOBODY			(-1)
#define ELSEWHERE		(-1)
#define NO_START		INT32_MIN
#define ONGOING			INT32_MAX
#define NEVER			INT32_MAX
#define LARGEST			6		/* persons of a household that others still join */
#define SHUFFLED		65536	/* rows on the way to the file, taken at random */

typedef struct Row
{
	int32_t		person;
	int32_t		dwelling;
	int32_t		from;
	int32_t		to;
} Row;

typedef struct Dwelling
{
	int32_t		first;			/* of its persons */
	int32_t		available;		/* day, or NEVER when the register does not know */
	int32_t		demolished;
	int32_t		due_next;		/* in the list of dwellings that are filled on the same day */
} Dwelling;

typedef struct Person
{
	int32_t		next;			/* of the household */
	int32_t		since;			/* first day of the present address */
} Person;

static uint64_t random_state;
static Dwelling *dwellings;
static Person *persons;
static int32_t *away;			/* households with an address elsewhere, by their first person */
static int32_t due[DAYS];		/* first dwelling to be filled on that day */
static int32_t ndwellings, nused, npersons, max_persons, naway;
static int64_t nrows, living;
static uint32_t person_mask, dwelling_mask;
static FILE *address_file;
static Row	shuffled[SHUFFLED];
static int32_t nshuffled;
static char dates[LATEST - EARLIEST + 1][11];

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static void *
allocate(size_t n, size_t size)
{
	void	   *memory = calloc(n, size);

	if (memory == NULL)
		fail("memory");
	return memory;
}

/* splitmix64 (Steele, Lea and Flood 2014) */
static uint64_t
random_bits(void)
{
	uint64_t	z = (random_state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* 0 to n - 1 */
static int32_t
pick(int32_t n)
{
	return (int32_t) (((random_bits() >> 32) * (uint64_t) n) >> 32);
}

/* Happens in so many of a thousand cases. */
static int
chance(int32_t per_thousand)
{
	return pick(1000) < per_thousand;
}

/* Days from 1970-01-01 to year, month, day (Howard Hinnant's civil calendar, turned round). */
static void
make_dates(void)
{
	for (int32_t i = EARLIEST; i <= LATEST; i++)
	{
		int32_t		z = i + 10957 + 719468; /* 10957: 2000-01-01 */
		int32_t		era = z / 146097;
		int32_t		doe = z - era * 146097;
		int32_t		yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
		int32_t		doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
		int32_t		mp = (5 * doy + 2) / 153;
		int32_t		month = mp < 10 ? mp + 3 : mp - 9;
		int32_t		year = yoe + era * 400 + (month <= 2);

		snprintf(dates[i - EARLIEST], sizeof(dates[0]), "%04u-%02u-%02u", (unsigned) year % 10000, (unsigned) month % 100,
				 (unsigned) (doy - (153 * mp + 2) / 5 + 1) % 100);
	}
}

static char *
put_number(char *at, uint32_t number)
{
	char		digits[10];
	int			n = 0;

	do
		digits[n++] = (char) ('0' + number % 10);
	while ((number /= 10) > 0);
	while (n > 0)
		*at++ = digits[--n];
	return at;
}

static char *
put_date(char *at, int32_t day)
{
	if (day == NO_START || day == ONGOING)
		return at;
	if (day < EARLIEST || day > LATEST)
	{
		fputs("a day out of range\n", stderr);
		exit(1);
	}
	memcpy(at, dates[day - EARLIEST], 10);
	return at + 10;
}

/* Numbers as registers have them: with gaps, and telling nothing of age or place. */
static uint32_t
person_id(int32_t person)
{
	return 1000001 + (((uint32_t) person * UINT32_C(0x9E3779B1)) & person_mask);
}

static uint32_t
dwelling_id(int32_t dwelling)
{
	return 500001 + (((uint32_t) dwelling * UINT32_C(0x85EBCA6B)) & dwelling_mask);
}

static void
write_row(const Row *row)
{
	char		line[64];
	char	   *at = put_number(line, person_id(row->person));

	*at++ = ',';
	if (row->dwelling != ELSEWHERE)
		at = put_number(at, dwelling_id(row->dwelling));
	*at++ = ',';
	at = put_date(at, row->from);
	*at++ = ',';
	at = put_date(at, row->to);
	*at++ = '\n';
	if (fwrite(line, (size_t) (at - line), 1, address_file) != 1)
		fail("writing addresses");
}

static void
row(int32_t person, int32_t dwelling, int32_t from, int32_t to)
{
	Row			new_row = {person, dwelling, from, to};
	int32_t		slot = nshuffled;

	nrows++;
	if (nshuffled < SHUFFLED)
		nshuffled++;
	else
	{
		slot = pick(SHUFFLED);
		write_row(&shuffled[slot]);
	}
	shuffled[slot] = new_row;
}

/* A stay that has ended, or is ongoing, as the register has it. */
static void
record(int32_t person, int32_t dwelling, int32_t from, int32_t to)
{
	int32_t		end = to < DAYS ? to : DAYS;
	int32_t		dice = pick(1000);
	int32_t		other = pick(nused);
	int32_t		days;

	if (dice < 30 && end - from > 60)
	{
		/* registered again at the same address, some after being nowhere */
		int32_t		gap = dice < 3 ? 1 + pick(29) : 0;

		days = 30 + pick(end - from - 60);
		row(person, dwelling, from, from + days);
		row(person, dwelling, from + days + gap, to);
		return;
	}
	row(person, dwelling, from, to);
	if (dice >= 70)
		return;
	if (dice < 37)
		row(person, dwelling, from, to);
	else if (dice < 47 && end - from > 120)
	{
		/* for a while at another address */
		days = 10 + pick(end - from - 110);
		row(person, other, from + days, from + days + 14 + pick(86));
	}
	else if (dice < 52 && end - from > 40)
		row(person, dwelling, from + 5, end - 5);
	else if (dice < 56)
		row(person, other, from, from);
	else if (dice < 58)
		row(person, dwelling, from + 10, from - pick(50));
	else if (dice < 60)
		row(person, dwelling, NO_START, to);
	else if (dice < 62)
		row(person, other, NO_START, from);
}

static int32_t
new_person(int32_t since)
{
	if (npersons == max_persons)
	{
		fputs("more persons than expected\n", stderr);
		exit(1);
	}
	living++;
	persons[npersons] = (Person) {NOBODY, since};
	return npersons++;
}

static int32_t
household_size(int32_t first)
{
	int32_t		n = 0;

	for (; first != NOBODY; first = persons[first].next)
		n++;
	return n;
}

static int32_t
some_size(void)
{
	int32_t		dice = pick(100);

	return dice < 43 ? 1 : dice < 74 ? 2 : dice < 85 ? 3 : dice < 96 ? 4 : 5;
}

/* Takes all persons after the first n out of a household, and gives back the first of them. */
static int32_t
cut_household(int32_t first, int32_t n)
{
	int32_t		rest;

	while (--n > 0)
		first = persons[first].next;
	rest = persons[first].next;
	persons[first].next = NOBODY;
	return rest;
}

static void
join_household(int32_t dwelling, int32_t first)
{
	int32_t		last = dwellings[dwelling].first;

	if (last == NOBODY)
	{
		dwellings[dwelling].first = first;
		return;
	}
	while (persons[last].next != NOBODY)
		last = persons[last].next;
	persons[last].next = first;
}

/*
 * Some persons leave a dwelling, or an address elsewhere, for another. Some
 * report it before they are gone, some are registered nowhere for a while, and
 * now and then the last of a family comes later. Gives back the day on which
 * the last one came.
 */
static int32_t
leave(int32_t first, int32_t dwelling, int32_t day)
{
	int32_t		dice = pick(1000);
	int32_t		shift = dice < 30 ? 1 + pick(20) : dice < 60 ? -1 - pick(30) : 0;
	int			in_two = chance(40);
	int32_t		leaves = day;

	for (int32_t p = first; p != NOBODY; p = persons[p].next)
	{
		int32_t		to;

		if (in_two && p != first && persons[p].next == NOBODY)
			leaves = day + 3 + pick(57);
		to = leaves + shift;
		record(p, dwelling, persons[p].since, to > persons[p].since ? to : persons[p].since + 1);
		persons[p].since = leaves;
	}
	return leaves;
}

/* Some persons leave the register: dead, abroad, unknown. */
static void
vanish(int32_t first, int32_t dwelling, int32_t day)
{
	for (int32_t p = first; p != NOBODY; p = persons[p].next)
	{
		record(p, dwelling, persons[p].since, day > persons[p].since ? day : persons[p].since + 1);
		living--;
	}
}

static void
fill_on(int32_t dwelling, int32_t day)
{
	if (day >= DAYS)
		return;
	dwellings[dwelling].due_next = due[day];
	due[day] = dwelling;
}

static int32_t
some_wait(void)
{
	int32_t		dice = pick(1000);

	return dice < 600 ? 1 + pick(14) : dice < 900 ? 15 + pick(75) : dice < 980 ? 90 + pick(210) : 300 + pick(600);
}

static void
vacate(int32_t dwelling, int32_t day)
{
	dwellings[dwelling].first = NOBODY;
	if (chance(4))
		dwellings[dwelling].demolished = day + 30 + pick(370);
	else
		fill_on(dwelling, day + some_wait());
}

static int32_t
some_occupied(void)
{
	int32_t		dwelling;

	do
		dwelling = pick(nused);
	while (dwellings[dwelling].first == NOBODY);
	return dwelling;
}

/* A household from elsewhere: one that has left before, or a new one. */
static int32_t
from_elsewhere(int32_t day)
{
	int32_t		household = NOBODY;
	int			known = chance(200);
	int32_t		since = day - 30 - pick(2000);

	if (naway > 0 && chance(300))
	{
		int32_t		i = pick(naway);

		household = away[i];
		away[i] = away[--naway];
		leave(household, ELSEWHERE, day);
		return household;
	}
	for (int32_t n = some_size(); n > 0; n--)
	{
		int32_t		person = new_person(day);

		if (known)
			record(person, ELSEWHERE, since, day);
		persons[person].next = household;
		household = person;
	}
	return household;
}

static void
fill(int32_t dwelling, int32_t day)
{
	int32_t		dice = pick(1000);
	int32_t		from = some_occupied();
	int32_t		first = dwellings[from].first;
	int32_t		size = household_size(first);

	if (dice < 400)
	{
		join_household(dwelling, from_elsewhere(day));
		return;
	}
	if (size > 1 && dice < 530)
	{
		/* the youngest leaves home, or one of a couple with half of the children */
		int32_t		rest = cut_household(first, dice < 480 ? size - 1 : (size + 1) / 2);

		leave(rest, from, day);
		join_household(dwelling, rest);
		return;
	}
	vacate(from, leave(first, from, day));
	join_household(dwelling, first);
	if (dice < 580)
	{
		/* two households become one */
		int32_t		other = some_occupied();

		first = dwellings[other].first;
		if (other == dwelling || household_size(first) + size > LARGEST)
			return;
		vacate(other, leave(first, other, day));
		join_household(dwelling, first);
	}
}

/* What sets dwellings free besides new ones. */
static void
start(int32_t day)
{
	int32_t		from = some_occupied();
	int32_t		first = dwellings[from].first;
	int32_t		dice = pick(1000);

	if (dice < 350)
	{
		/* somebody dies */
		dwellings[from].first = persons[first].next;
		persons[first].next = NOBODY;
		vanish(first, from, day);
		if (dwellings[from].first == NOBODY)
			vacate(from, day);
	}
	else if (dice < 800)
	{
		/* a household leaves the area; some leave an address */
		if (dice < 530)
		{
			leave(first, from, day);
			away[naway++] = first;
		}
		else
			vanish(first, from, day);
		vacate(from, day);
	}
	else
	{
		/* moves in with another */
		int32_t		to = some_occupied();

		if (to == from || household_size(first) + household_size(dwellings[to].first) > LARGEST)
			return;
		vacate(from, leave(first, from, day));
		join_household(to, first);
	}
}

static void
birth(int32_t day)
{
	int32_t		dwelling = some_occupied();
	int32_t		size = household_size(dwellings[dwelling].first);

	if (size >= 2 && size < LARGEST)
		join_household(dwelling, new_person(day));
}

/* The first day: who lives where, and since when. */
static void
settle(int32_t used)
{
	for (int32_t d = 0; d < ndwellings; d++)
		dwellings[d] = (Dwelling) {NOBODY, NEVER, NEVER, NOBODY};
	for (int32_t d = 0; d < used; d++)
	{
		int32_t		skewed = pick(8000);
		int32_t		since = -1 - (int32_t) ((int64_t) skewed * skewed / 8000);

		/* some are registered as available years after they were */
		if (chance(980))
			dwellings[d].available = chance(10) ? pick(DAYS) : EARLIEST + pick(-EARLIEST);
		if (chance(40))
		{
			fill_on(d, pick(400));
			continue;
		}
		for (int32_t n = some_size(); n > 0; n--)
			join_household(d, new_person(since));
	}
}

static void
simulate(int64_t rows)
{
	int32_t		used = ndwellings / 100 * 86;
	double		starts = 0;

	nused = used;
	settle(used);
	for (int32_t day = 0; day < DAYS; day++)
	{
		int32_t		until = used + (int32_t) ((int64_t) (ndwellings - used) * (day + 1) / DAYS);
		double		wanted = (double) (rows - living * 21 / 20) * (day + 30) / (DAYS + 30);
		double		births = (double) living / 365 / 60;

		for (; nused < until; nused++)
		{
			dwellings[nused].available = day;
			fill_on(nused, day + some_wait());
		}
		/* each start brings about five rows in the months that follow */
		starts += wanted > nrows ? (wanted - (double) nrows) / 5 / 30 : 0;
		for (; starts >= 1; starts--)
			start(day);
		for (int32_t n = (int32_t) births + chance((int32_t) ((births - (int32_t) births) * 1000)); n > 0; n--)
			birth(day);
		while (due[day] != NOBODY)
		{
			int32_t		dwelling = due[day];

			due[day] = dwellings[dwelling].due_next;
			fill(dwelling, day);
		}
	}
	for (int32_t d = 0; d < ndwellings; d++)
		for (int32_t p = dwellings[d].first; p != NOBODY; p = persons[p].next)
			record(p, d, persons[p].since, ONGOING);
	for (int32_t i = 0; i < naway; i++)
		for (int32_t p = away[i]; p != NOBODY; p = persons[p].next)
			record(p, ELSEWHERE, persons[p].since, ONGOING);
	for (int32_t i = 0; i < nshuffled; i++)
		write_row(&shuffled[i]);
}

static void
write_dwellings(const char *path)
{
	FILE	   *file = fopen(path, "w");

	if (file == NULL)
		fail(path);
	for (int32_t d = 0; d < ndwellings; d++)
	{
		char		line[64];
		char	   *at = put_number(line, dwelling_id(d));

		*at++ = ',';
		at = put_date(at, dwellings[d].available);
		*at++ = ',';
		at = put_date(at, dwellings[d].demolished);
		*at++ = '\n';
		if (fwrite(line, (size_t) (at - line), 1, file) != 1)
			fail(path);
	}
	if (fclose(file) != 0)
		fail(path);
}

/* The least number of the form 2^n - 1 that is larger. */
static uint32_t
mask_above(int64_t number)
{
	uint32_t	mask = 1;

	while (mask <= number)
		mask = mask << 1 | 1;
	return mask;
}

int
main(int argc, char **argv)
{
	int64_t		rows = argc == 5 ? atoll(argv[1]) : 0;

	if (rows < 1000 || rows > 200000000)
	{
		fputs("usage: generate ROWS SEED ADDRESSES DWELLINGS (1000 to 200000000 rows)\n", stderr);
		return 2;
	}
	random_state = strtoull(argv[2], NULL, 10);
	ndwellings = (int32_t) (rows * 3 / 20);
	max_persons = (int32_t) (rows * 7 / 10);
	person_mask = mask_above(max_persons);
	dwelling_mask = mask_above(ndwellings);
	dwellings = allocate((size_t) ndwellings, sizeof(Dwelling));
	persons = allocate((size_t) max_persons, sizeof(Person));
	away = allocate((size_t) max_persons, sizeof(int32_t));
	for (int32_t day = 0; day < DAYS; day++)
		due[day] = NOBODY;
	make_dates();

	address_file = fopen(argv[3], "w");
	if (address_file == NULL)
		fail(argv[3]);
	simulate(rows);
	if (fclose(address_file) != 0)
		fail(argv[3]);
	write_dwellings(argv[4]);
	printf("%lld rows of %d persons in %d dwellings\n", (long long) nrows, npersons, ndwellings);
	return 0;
}
