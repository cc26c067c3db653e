/*
 * chance.c
 *		Chance, memory, and days.
 */
#include "world.h"

void
fail(const char *what)
{
	perror(what);
	exit(1);
}

void *
allocate(size_t n, size_t size)
{
	void	   *memory = calloc(n, size);

	if (memory == NULL)
		fail("memory");
	return memory;
}

/* An array with room for one more */
void *
grow(void *array, int32_t n, int32_t *max, size_t size)
{
	if (n < *max)
		return array;
	*max = *max < 64 ? 64 : *max / 2 * 3;
	array = realloc(array, (size_t) *max * size);
	if (array == NULL)
		fail("memory");
	return array;
}

/* splitmix64 (Steele, Lea and Flood 2014) */
uint64_t
mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint64_t
random_bits(void)
{
	return mix(random_state += UINT64_C(0x9E3779B97F4A7C15));
}

/* 0 to n - 1 */
int32_t
pick(int32_t n)
{
	return (int32_t) (((random_bits() >> 32) * (uint64_t) n) >> 32);
}

int32_t
between(int32_t least, int32_t most)
{
	return least + pick(most - least + 1);
}

int
percent(int32_t n)
{
	return pick(100) < n;
}

int
per_mille(int32_t n)
{
	return pick(1000) < n;
}

/* So many cases of 10,000 a year, seen once every TICK days */
int
yearly(int32_t n)
{
	return pick(1000000) < n * 821 / 100;
}

/* Something that numbers hang on without being drawn: the same for one number and seed */
uint64_t
hashed(uint64_t number, uint64_t what)
{
	return mix(mix(seed * 1000003 + what) + number * UINT64_C(0x9E3779B97F4A7C15));
}

/* Days since 1970-01-01, and back (Howard Hinnant's civil calendar) */
int32_t
day_of(int32_t year, int32_t month, int32_t day)
{
	int32_t		y = month <= 2 ? year - 1 : year;
	int32_t		era = y / 400;
	int32_t		yoe = y - era * 400;
	int32_t		doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - EPOCH_SHIFT;
}

int32_t
jan_1(int32_t year)
{
	return day_of(year, 1, 1) - first_day;
}

void
make_dates(void)
{
	dates = allocate((size_t) (PAST + days + FUTURE + 1), sizeof(*dates));
	for (int32_t i = -PAST; i <= days + FUTURE; i++)
	{
		int32_t		z = i + first_day + EPOCH_SHIFT;
		int32_t		era = z / 146097;
		int32_t		doe = z - era * 146097;
		int32_t		yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
		int32_t		doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
		int32_t		mp = (5 * doy + 2) / 153;
		int32_t		month = mp < 10 ? mp + 3 : mp - 9;
		int32_t		year = yoe + era * 400 + (month <= 2);

		snprintf(dates[i + PAST], sizeof(*dates), "%04u-%02u-%02u", (unsigned) year % 10000, (unsigned) month % 100,
				 (unsigned) (doy - (153 * mp + 2) / 5 + 1) % 100);
	}
}

const char *
date_text(int32_t day)
{
	if (day < -PAST || day > days + FUTURE)
	{
		fputs("a day out of range\n", stderr);
		exit(1);
	}
	return dates[day + PAST];
}

/* People move on the first of a month, some in the middle, some on any day */
int32_t
some_move_day(int32_t earliest)
{
	int32_t		day = earliest + pick(25);
	int32_t		dice = pick(100);

	if (dice < 60)
	{
		const char *text = date_text(day);

		while (!(text[8] == '0' && text[9] == '1') && !(dice < 15 && text[8] == '1' && text[9] == '5'))
			text = date_text(++day);
	}
	return day;
}

int32_t
age_on(const Person *person, int32_t day)
{
	return day < person->born ? 0 : (int32_t) (((int64_t) (day - person->born) * 4) / 1461);
}
