/*
 * municipality.c
 *		The registers of a municipality that does not exist: its stock of
 *		dwellings, who owns them, who lives there, and twenty years of births,
 *		deaths, moves, building and demolition.
 *
 * Households are simulated, not figures. A household looks about once a month
 * and has children, splits, joins another, dies out, or moves, with chances by
 * age, kind of household and how it lives; what it leaves is offered to others.
 * Those of the municipality look first among what is on offer; what they leave
 * is taken by households from elsewhere, where people live and move like here.
 * The registers are written from that, with the errors that real registers
 * have; what is really so is kept aside in the files truth_*.csv.
 *
 * Same arguments, same bytes: integers only, and an own generator of random
 * numbers. Names of persons, streets, estates and companies are put together
 * from syllables; only AAB and Domea are names of real organisations, since
 * their spellings are the point.
 *
 * One municipality per unit of scale. With more than one, most of those who
 * move across a border go to another one of these.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NOBODY			(-1)
#define NEVER			INT32_MAX
#define NO_DATE			INT32_MIN
#define TICK			30		/* days between two looks at a household */
#define EPOCH_SHIFT		719468	/* days from 0000-03-01 to 1970-01-01 */
#define PAST			45000	/* days before the first, and after the last, that have a text */
#define FUTURE			16000
#define MAX_YEARS		60
#define ALL_NEW			1095	/* a dwelling is offered as new for three years */
#ifdef __GNUC__
#define PREFETCH(p)		__builtin_prefetch(p)
#else
#define PREFETCH(p)		((void) (p))
#endif
#define COUNT(a)		((int32_t) (sizeof(a) / sizeof((a)[0])))

/* ---- what there is */

enum
{
	FARM, DETACHED, TERRACED, OWN_FLAT, COOP, COOP_ROW, SOCIAL, SOCIAL_ROW, SENIOR, RENTAL, RENTAL_ROW, STUDENT, FOUNDATION, PUBLIC_FLAT,
	SHOP_FLAT, HOLIDAY, OTHER_UNIT
};

/* What is on offer, as those who look for a home see it */
enum
{
	Q_HOUSE, Q_TERRACED, Q_OWN_FLAT, Q_COOP, Q_SOCIAL, Q_SOCIAL_ROW, Q_SENIOR, Q_RENTAL, Q_RENTAL_HOUSE, Q_STUDENT, Q_OTHER, NQUEUES
};

typedef struct Segment
{
	const char *type;
	const char *tenure;
	const char *unit_kind;
	int16_t		use;
	int16_t		leave;			/* moves of a household of 40 to 54 years, per 10,000 and year */
	int16_t		area;
	int16_t		area_spread;
	int8_t		queue;
	int8_t		wait;			/* days between two households, at most */
} Segment;

static const Segment segments[] = {
	[FARM] = {"farmhouse", "owner", "1", 110, 300, 160, 90, Q_HOUSE, 120},
	[DETACHED] = {"detached", "owner", "1", 120, 430, 105, 90, Q_HOUSE, 100},
	[TERRACED] = {"terraced", "owner", "1", 131, 1050, 85, 50, Q_TERRACED, 90},
	[OWN_FLAT] = {"apartment", "owner", "1", 140, 1020, 55, 55, Q_OWN_FLAT, 80},
	[COOP] = {"apartment", "cooperative", "1", 140, 850, 52, 40, Q_COOP, 45},
	[COOP_ROW] = {"terraced", "cooperative", "1", 131, 700, 80, 25, Q_COOP, 45},
	[SOCIAL] = {"apartment", "social", "1", 140, 500, 50, 50, Q_SOCIAL, 15},
	[SOCIAL_ROW] = {"terraced", "social", "1", 131, 430, 70, 35, Q_SOCIAL_ROW, 15},
	[SENIOR] = {"apartment", "social", "1", 140, 300, 48, 20, Q_SENIOR, 30},
	[RENTAL] = {"apartment", "private_rental", "1", 140, 1600, 50, 50, Q_RENTAL, 30},
	[RENTAL_ROW] = {"terraced", "private_rental", "1", 131, 1700, 80, 35, Q_RENTAL_HOUSE, 30},
	[STUDENT] = {"student_hall", "foundation", "3", 150, 780, 18, 14, Q_STUDENT, 10},
	[FOUNDATION] = {"apartment", "foundation", "1", 140, 600, 45, 30, Q_OTHER, 40},
	[PUBLIC_FLAT] = {"apartment", "public", "1", 140, 800, 50, 30, Q_OTHER, 40},
	[SHOP_FLAT] = {"commercial_dwelling", "private_rental", "2", 322, 1300, 70, 60, Q_OTHER, 60},
	[HOLIDAY] = {"holiday", "owner", "5", 510, 0, 45, 50, Q_OTHER, 0},
	[OTHER_UNIT] = {"not_a_dwelling", "private_rental", "E", 322, 0, 60, 300, Q_OTHER, 0},
};

/* What was planted on a whole block or on single dwellings; names go into the truth. */
enum
{
	NONE, SOCIAL_AS_OWNER, SOCIAL_UNNAMED, SOCIAL_AS_ASSOCIATION, CONTACT_PERSON, COMPANY_COOPERATIVE, PERSON_COOPERATIVE, PERSON_RENTAL,
	NO_CODE, PHASED_OUT, COMPANY_SOCIAL_CODE, MUNICIPAL_SUPPORTED, ASSOCIATION_OWNER, OWNER_LETS, CHURCH_FOUNDATION, BUILDING_AREA, TWO_AREAS, SIXTEEN,
	LIVED_IN_DEMOLISHED, LIVED_IN_OTHER, NEW_EMPTY, USED_BY_COMPANY, NO_USE, NO_AREA, DOUBLE_REG, DUPLICATE, NESTED, REVERSED, ZERO_LENGTH,
	FUTURE_REG, NO_START, NERRORS
};

static const char *const errors[] = {"none", "social_as_owner", "social_unnamed", "social_as_association", "contact_person", "company_for_cooperative",
	"cooperative_under_persons", "person_on_rental_block", "missing_owner_code", "phased_out_use", "company_under_social_code",
	"supported_under_municipality", "owners_association", "owner_lets", "church_as_foundation", "building_area_on_room", "two_areas", "sixteen_residents",
	"residents_in_demolished", "residents_in_no_dwelling", "new_without_residents", "company_used_by_owner", "missing_use", "missing_area",
	"double_registration", "duplicate_registration", "nested_registration", "reversed_period", "zero_length_period", "future_registration", "no_start"};

/* Stock and new building of a municipality: dwellings, and those of a block or street. The sum of all is UNIT_DWELLINGS. */
typedef struct Stock
{
	int8_t		segment;
	int8_t		error;
	int16_t		n;
	int16_t		least;
	int16_t		most;
	int16_t		from_year;		/* 0: new, built in the years of the simulation */
	int16_t		to_year;
	int8_t		demolished;		/* pulled down in these years */
} Stock;

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

typedef struct Group
{
	int32_t		first;			/* dwelling */
	int32_t		n;
	int32_t		property;
	int32_t		unit;
	int32_t		available;		/* first day, NO_DATE when old */
	int32_t		demolished;		/* or NEVER */
	int32_t		occupied;		/* first day on which somebody moved in, or NEVER */
	int32_t		sold;			/* from one company to another, or NO_DATE */
	uint32_t	name;
	int16_t		year;
	int16_t		estate;			/* number of the social estate */
	int8_t		segment;
	int8_t		error;
	int8_t		quarter;
	int8_t		insurance;		/* -1: not filled */
	int8_t		support;		/* -1: not filled */
	int8_t		organisation;
} Group;

enum
{
	LET = 1,					/* its owner, a person, does not live there */
	NEWCOMERS = 2,				/* the household came from elsewhere */
	FROZEN = 4,					/* no household here does anything */
	UNSOLD = 8,
	COMPANY_USES = 16
};

typedef struct Dwelling
{
	int32_t		first;			/* person */
	int32_t		moved_in;
	int32_t		free_from;
	int32_t		next_free;
	int32_t		owner;			/* person; below 0 somebody elsewhere */
	int32_t		owner_since;
	int32_t		available;		/* NO_DATE: before the simulation */
	int32_t		demolished;
	int32_t		group;
	int16_t		area;
	uint8_t		segment;
	uint8_t		rooms;
	uint8_t		flags;
	uint8_t		use;			/* enh045 when it was last computed; 0 not filled */
	uint8_t		planted;
} Dwelling;

enum
{
	CHILD = 1, PROTECTED = 2
};

typedef struct Person
{
	int32_t		born;
	int32_t		died;
	int32_t		next;
	int32_t		since;
	int32_t		type_since;
	uint8_t		type;			/* of the household */
	uint8_t		level;			/* of income, among those of one age */
	uint8_t		status;
	uint8_t		flags;
	int16_t		attributes;		/* last year written */
} Person;

/* Somebody who left, until the last day or until they return */
typedef struct Away
{
	int32_t		first;
	int32_t		home;
	int32_t		until;			/* in that home, then in another municipality */
	int16_t		municipality;
	int8_t		abroad;
} Away;

typedef struct Home
{
	int32_t		home;
	int32_t		free_from;
} Home;

typedef struct Year
{
	int32_t		persons, dwellings, arrivals, departures, completed, social, social_ends;
} Year;

typedef struct Unit
{
	int32_t		first, n;
	int32_t		head[NQUEUES][2], tail[NQUEUES][2], length[NQUEUES][2];
	int32_t		first_group, ngroups;
	int32_t		naway, max_away;
	int32_t		contact;		/* a resident whose name stands for whole blocks */
	Away	   *away;
	Year		years[MAX_YEARS];
} Unit;

typedef struct Household
{
	int32_t		n, adults, children, grown;	/* grown: children of 18 or more */
	int32_t		youngest, oldest;	/* adult's age */
	int32_t		head;				/* oldest adult */
	int32_t		level;
} Household;

static const int16_t municipality_codes[] = {101, 147, 151, 153, 155, 157, 159, 161, 163, 165, 167, 169, 173, 175, 183, 185, 187, 190, 201, 210, 217, 219,
	223, 230, 240, 250, 253, 259, 260, 265, 269, 270, 306, 316, 320, 326, 329, 330, 336, 340, 350, 360, 370, 376, 390, 400, 410, 420, 430, 440, 450, 461,
	479, 480, 482, 492, 510, 530, 540, 550, 561, 563, 573, 575, 580, 607, 615, 621, 630, 657, 661, 665, 671, 706, 707, 710, 727, 730, 740, 741, 746, 751,
	756, 760, 766, 773, 779, 787, 791, 810, 813, 820, 825, 840, 846, 849, 851, 860};

static uint64_t random_state, seed = 1;
static int32_t scale = 1, from_year = 2006, to_year = 2025, attribute_years = 10;
static int32_t first_day;		/* since 1970-01-01 */
static int32_t days, nyears;
static int32_t year_start[MAX_YEARS + 2];
static Unit *units;
static Dwelling *dwellings;
static Person *persons;
static Group *groups;
static int32_t *new_dwellings;	/* by the day on which they become available */
static int32_t ndwellings, npersons, max_persons, ngroups, max_groups, nnew, nproperties, nbuildings;
static uint32_t id_mask;
static char (*dates)[11];

/* ---- chance, memory, days */

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

/* An array with room for one more */
static void *
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
static uint64_t
mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static uint64_t
random_bits(void)
{
	return mix(random_state += UINT64_C(0x9E3779B97F4A7C15));
}

/* 0 to n - 1 */
static int32_t
pick(int32_t n)
{
	return (int32_t) (((random_bits() >> 32) * (uint64_t) n) >> 32);
}

static int32_t
between(int32_t least, int32_t most)
{
	return least + pick(most - least + 1);
}

static int
percent(int32_t n)
{
	return pick(100) < n;
}

static int
per_mille(int32_t n)
{
	return pick(1000) < n;
}

/* So many cases of 10,000 a year, seen once every TICK days */
static int
yearly(int32_t n)
{
	return pick(1000000) < n * 821 / 100;
}

/* Something that numbers hang on without being drawn: the same for one number and seed */
static uint64_t
hashed(uint64_t number, uint64_t what)
{
	return mix(mix(seed * 1000003 + what) + number * UINT64_C(0x9E3779B97F4A7C15));
}

/* Days since 1970-01-01, and back (Howard Hinnant's civil calendar) */
static int32_t
day_of(int32_t year, int32_t month, int32_t day)
{
	int32_t		y = month <= 2 ? year - 1 : year;
	int32_t		era = y / 400;
	int32_t		yoe = y - era * 400;
	int32_t		doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - EPOCH_SHIFT;
}

static int32_t
jan_1(int32_t year)
{
	return day_of(year, 1, 1) - first_day;
}

static void
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

static const char *
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
static int32_t
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

static int32_t
age_on(const Person *person, int32_t day)
{
	return day < person->born ? 0 : (int32_t) (((int64_t) (day - person->born) * 4) / 1461);
}

/* ---- files */

enum
{
	F_BUILDING, F_DWELLING, F_OWNERSHIP, F_PERSON, F_TYPE, F_ATTRIBUTE, F_ADDRESS, F_AREA, F_DWELLING_AREA, F_PROJECT, F_PLAN, F_INDICATOR,
	F_OVERRIDE, F_TRUTH, F_ERROR, NFILES
};

static const char *const file_names[NFILES][2] = {
	{"building", "building_id,source_key,property_id,building_use,built_year,defect_insurance,permit_on,available_from,demolished_on,status"},
	{"dwelling", "dwelling_id,source_key,municipality,building_id,property_id,property_kind,unit_use,unit_kind,area_m2,residential_area_m2,rooms,"
	"public_support,registered_use,available_from,demolished_on,address"},
	{"ownership", "property_id,dwelling_id,owner_code,owner_name,owner_person_id,valid_from,valid_to"},
	{"person", "person_id,born_on,died_on,protected"},
	{"household_type", "person_id,household_type,valid_from,valid_to"},
	{"person_attribute", "person_id,attribute,value,valid_from,valid_to"},
	{"address_period", "person_id,dwelling_id,municipality_code,abroad,from_date,to_date"},
	{"area", "kind,code,name,geojson,valid_from,valid_to"},
	{"dwelling_area", "dwelling_id,kind,code,valid_from,valid_to"},
	{"plan_project", "project_id,name,plan_code,area_kind,area_code,adopted_on,permit_on,started_on,completed_on,occupied_on"},
	{"plan_dwelling", "project_id,dwelling_type,tenure,area_m2,expected,realised,expected_on"},
	{"indicator", "source,municipality,area_kind,area_code,year,measure,unit,definition,value"},
	{"tenure_override", "dwelling_id,valid_from,valid_to,tenure,note,decided_by,decided_on"},
	{"truth_dwelling", "dwelling_id,tenure,dwelling_type,planted"},
	{"truth_error", "kind,table_name,key"},
};

static struct
{
	FILE	   *file;
	int64_t		rows;
	size_t		used;
	int			fields;			/* of the line so far */
	char		buffer[1 << 16];
}			files[NFILES];

static void
flush(int f)
{
	if (files[f].used > 0 && fwrite(files[f].buffer, files[f].used, 1, files[f].file) != 1)
		fail(file_names[f][0]);
	files[f].used = 0;
}

static char *
field(int f)
{
	if (files[f].used > sizeof(files[f].buffer) - 2000)
		flush(f);
	if (files[f].fields++ > 0)
		files[f].buffer[files[f].used++] = ',';
	return files[f].buffer + files[f].used;
}

static void
put_null(int f)
{
	field(f);
}

static void
put_number(int f, int64_t number)
{
	char	   *at = field(f);
	char		digits[20];
	int			n = 0;
	uint64_t	rest = number < 0 ? (uint64_t) -number : (uint64_t) number;

	do
		digits[n++] = (char) ('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		*at++ = '-';
	while (n > 0)
		*at++ = digits[--n];
	files[f].used = (size_t) (at - files[f].buffer);
}

/* A code of which -1 means that the register has none */
static void
put_code(int f, int32_t code)
{
	if (code < 0)
		put_null(f);
	else
		put_number(f, code);
}

static void
put_date(int f, int32_t day)
{
	char	   *at = field(f);

	if (day == NO_DATE || day == NEVER)
		return;
	memcpy(at, date_text(day), 10);
	files[f].used += 10;
}

static void
put_text(int f, const char *text)
{
	char	   *at = field(f);
	size_t		length = strlen(text);

	if (strpbrk(text, ",\"") == NULL)
	{
		memcpy(at, text, length);
		at += length;
	}
	else
	{
		*at++ = '"';
		for (; *text; text++)
		{
			if (*text == '"')
				*at++ = '"';
			*at++ = *text;
		}
		*at++ = '"';
	}
	files[f].used = (size_t) (at - files[f].buffer);
}

static void
end_line(int f)
{
	files[f].buffer[files[f].used++] = '\n';
	files[f].fields = 0;
	files[f].rows++;
}

static void
open_files(const char *folder)
{
	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		fail(folder);
	for (int f = 0; f < NFILES; f++)
	{
		char		path[4096];

		snprintf(path, sizeof(path), "%s/%s.csv", folder, file_names[f][0]);
		files[f].file = fopen(path, "w");
		if (files[f].file == NULL)
			fail(path);
		files[f].used = (size_t) snprintf(files[f].buffer, sizeof(files[f].buffer), "%s\n", file_names[f][1]);
	}
}

static void
close_files(void)
{
	for (int f = 0; f < NFILES; f++)
	{
		flush(f);
		if (fclose(files[f].file) != 0)
			fail(file_names[f][0]);
	}
}

/* ---- numbers and names of the registers */

static int64_t
dwelling_number(int32_t dwelling)
{
	return 1000001 + (int64_t) dwelling;
}

static int64_t
home_number(int32_t home)
{
	return 800000001 + (int64_t) home;
}

/* Telling nothing of age or place */
static int64_t
person_number(int32_t person)
{
	return 1000000001 + (int64_t) (((uint32_t) person * UINT32_C(0x9E3779B1)) & id_mask);
}

static int32_t
municipality_of(int32_t unit)
{
	return municipality_codes[unit % COUNT(municipality_codes)];
}

static int32_t
unit_of(int32_t dwelling)
{
	return groups[dwellings[dwelling].group].unit;
}

/* Another municipality than that of the unit: one of the next that are not simulated, or any when all are */
static int32_t
other_municipality(int32_t unit)
{
	int32_t		left = COUNT(municipality_codes) - scale;

	if (left > 0)
		return municipality_codes[scale + pick(left < 12 ? left : 12)];
	return municipality_codes[(unit + 1 + pick(COUNT(municipality_codes) - 1)) % COUNT(municipality_codes)];
}

static void
put_key(int f, uint64_t number, int what)
{
	uint64_t	a = hashed(number, (uint64_t) what);
	uint64_t	b = hashed(number, (uint64_t) what + 50);
	char		key[40];

	snprintf(key, sizeof(key), "%08x-%04x-4%03x-%04x-%012llx", (unsigned) (a >> 32), (unsigned) (a >> 16 & 0xffff), (unsigned) (a & 0xfff),
			 (unsigned) (0x8000 | (b >> 48 & 0x3fff)), (unsigned long long) (b & UINT64_C(0xffffffffffff)));
	put_text(f, key);
}

static const char *
town(int32_t unit)
{
	static const char *const starts[] = {"Birke", "Aske", "Linde", "Ahorn", "Pile", "Rønne", "Tjørne", "Hyben", "Hassel", "Gran"};
	static const char *const ends[] = {"lev", "drup", "tved", "sted", "løse", "inge", "kilde", "strup", "købing", "næs", "hede", "skov"};
	static char name[64];

	snprintf(name, sizeof(name), "%s%s", starts[unit % COUNT(starts)], ends[unit / COUNT(starts) % COUNT(ends)]);
	return name;
}

static void
person_name(char *name, size_t size, uint64_t hash)
{
	static const char *const firsts[] = {"Al", "Bir", "Cil", "Dit", "El", "Fro", "Gud", "Hol", "Ing", "Jep", "Kar", "Lau", "Mer", "Nja", "Od", "Pre", "Reg",
		"Sven", "Thy", "Ul", "Vib", "Ås", "Øs", "Yr"};
	static const char *const seconds[] = {"ma", "ger", "je", "mar", "na", "de", "ny", "run", "pe", "le", "ta", "lo", "mund", "vin", "ra", "ste"};
	static const char *const natures[] = {"Agern", "Blåhat", "Dunhammer", "Engkarse", "Firben", "Gøgeurt", "Hasselmus", "Isfugl", "Kogleaks", "Lyngrose",
		"Muldvarp", "Nøddekrage", "Pindsvin", "Ravklump", "Solsort", "Tangnål", "Uglegylp", "Vibefjer", "Askebast", "Birkebark", "Rævshale", "Sivkvist",
		"Trankebær", "Ørnebregne", "Åkande", "Humlebi", "Elverkrat", "Fuglegræs", "Mosekone", "Kildespring"};
	static const char *const places[] = {"lund", "holt", "toft", "bjerre", "vad", "mose", "høj", "krog", "lykke", "sig", "dam", "eng", "bæk", "brink", "kær",
		"løkke"};

	snprintf(name, size, "%s%s %c. %s%s", firsts[hash % 24], seconds[(hash >> 8) % 16], (char) ('A' + (hash >> 16) % 26), natures[(hash >> 24) % 30],
			 places[(hash >> 32) % 16]);
}

static const char *
estate_name(uint32_t number)
{
	static const char *const starts[] = {"Lupin", "Kløver", "Valmue", "Rug", "Havre", "Slåen", "Ribes", "Tranebær", "Blåbær", "Multebær", "Lyng", "Kornblomst",
		"Ranunkel", "Kodriver", "Gyvel", "Hyld", "Mjødurt", "Porse", "Vikke", "Syre", "Star", "Rapgræs", "Bukkeblad", "Timian", "Merian", "Salvie"};
	static const char *const ends[] = {"haven", "gården", "parken", "vænget", "bakken", "toften", "krogen", "lunden", "engen", "stien", "dalen", "høj"};
	static char name[64];

	snprintf(name, sizeof(name), "%s%s", starts[number % COUNT(starts)], ends[number / COUNT(starts) % COUNT(ends)]);
	return name;
}

static void
upper_ascii(char *text)
{
	for (; *text; text++)
	{
		if (*text >= 'a' && *text <= 'z')
			*text = (char) (*text - 'a' + 'A');
		else if ((unsigned char) *text == 0xC3 && (unsigned char) text[1] >= 0xA0)
			text[1] = (char) ((unsigned char) text[1] - 0x20);
	}
}

/* A block's owner as the register has it, for the i-th dwelling or line; false when no name is filled */
static int
owner_of_group(const Group *group, int32_t i, int former, int32_t *code, char *name, size_t size)
{
	const char *estate = estate_name(group->name);
	const char *place = town(group->unit);
	uint32_t	variant = (group->name / 7 + (uint32_t) i) % 4;

	name[0] = 0;
	switch (group->segment)
	{
		case SOCIAL:
		case SOCIAL_ROW:
			*code = group->error == SOCIAL_AS_OWNER || group->error == SOCIAL_UNNAMED ? 10 : group->error == SOCIAL_AS_ASSOCIATION ? 40 : 20;
			if (group->error == SOCIAL_UNNAMED)
				return 0;
			if (group->organisation == 0)
			{
				static const char *const spellings[] = {"AAB AFD %d", "BOLIGFORENINGEN AAB AFD. %d", "Aab, afd %d v/ ejendomskontoret",
				"Arbejdernes Andels-Boligforening, afdeling %d"};

				snprintf(name, size, spellings[variant], group->estate);
			}
			else if (group->organisation == 1)
			{
				if (variant == 0)
					snprintf(name, size, "DOMEA AFD. %d", group->estate);
				else if (variant == 1)
					snprintf(name, size, "Domea %s", place);
				else
					snprintf(name, size, variant == 2 ? "Domea.dk, afd. %d" : "Domea, afdeling %d", group->estate);
			}
			else if (group->organisation == 2)
				snprintf(name, size, variant % 2 ? "Boligselskabet %s afd. %d" : "BOLIGSELSKABET %s AFD %d", place, group->estate);
			else
				snprintf(name, size, "%s Almene Boligselskab, afd. %d", place, group->estate);
			break;
		case SENIOR:
		case PUBLIC_FLAT:
			*code = 50;
			snprintf(name, size, "%s Kommune", place);
			break;
		case COOP:
		case COOP_ROW:
			*code = group->error == COMPANY_COOPERATIVE ? 30 : group->error == PERSON_COOPERATIVE ? 10 : 41;
			snprintf(name, size, variant == 0 ? "A/B %s" : variant == 1 ? "Andelsboligforeningen %s" : "A B %s", estate);
			if (variant == 2)
				upper_ascii(name);
			break;
		case STUDENT:
			*code = 40;
			snprintf(name, size, "Kollegiet %s", estate);
			break;
		case FOUNDATION:
			*code = 40;
			if (group->error == CHURCH_FOUNDATION)
				snprintf(name, size, "%s Sogns Menighedsråd", place);
			else
				snprintf(name, size, group->name % 2 ? "Den selvejende institution %s" : "Fonden %s", estate);
			break;
		default:				/* rental, and what is over shops */
			*code = 30;
			if (group->error == PERSON_RENTAL)
			{
				*code = 10;
				person_name(name, size, hashed(group->name, 9));
			}
			else if (group->error == COMPANY_SOCIAL_CODE)
			{
				*code = 20;
				snprintf(name, size, "Boligselskabet %s ApS", estate);
			}
			else if (former)
				snprintf(name, size, "%s Boliginvest ApS", estate);
			else
			{
				static const char *const forms[] = {"Ejendomsselskabet %s ApS", "%s Ejendomme A/S", "Ejendomsaktieselskabet %s", "K/S %s Boliger",
				"Udlejningsselskabet %s ApS"};

				snprintf(name, size, forms[group->name % 5], estate);
			}
			break;
	}
	if (group->error == NO_CODE)
	{
		*code = group->name % 3 == 0 ? 99 : group->name % 3 == 1 ? 90 : -1;
		name[0] = 0;
		return 0;
	}
	return 1;
}

static void
put_error(int error, const char *table, int64_t key, int32_t day)
{
	char		text[64];

	put_text(F_ERROR, errors[error]);
	put_text(F_ERROR, table);
	if (day == NEVER)
		snprintf(text, sizeof(text), "%lld", (long long) key);
	else
		snprintf(text, sizeof(text), "%lld/%s", (long long) key, day == NO_DATE ? "" : date_text(day));
	put_text(F_ERROR, text);
	end_line(F_ERROR);
}

static void
plant(int32_t dwelling, int error)
{
	dwellings[dwelling].planted = (uint8_t) error;
}

/* ---- addresses */

static void
put_address(int32_t person, int64_t dwelling, int32_t municipality, int abroad, int32_t from, int32_t to)
{
	put_number(F_ADDRESS, person_number(person));
	if (dwelling == NOBODY)
		put_null(F_ADDRESS);
	else
		put_number(F_ADDRESS, dwelling);
	put_code(F_ADDRESS, municipality);
	put_text(F_ADDRESS, abroad ? "t" : "f");
	put_date(F_ADDRESS, from);
	put_date(F_ADDRESS, to);
	end_line(F_ADDRESS);
}

/* A stay that has ended, or goes on (to NEVER), as the register has it: some twice, some at two places, some the wrong way round */
static void
record(int32_t person, int32_t dwelling, int32_t from, int32_t to)
{
	int32_t		unit = unit_of(dwelling);
	int32_t		municipality = municipality_of(unit);
	int32_t		end = to < days ? to : days;
	int32_t		dice = pick(100000);
	int64_t		number = dwelling_number(dwelling);
	int32_t		other = units[unit].first + pick(units[unit].n);
	int32_t		start;

	if (dice < 2000 && end - from > 60)
	{
		/* registered anew at the same address; no error */
		int32_t		cut = from + 30 + pick(end - from - 60);

		put_address(person, number, municipality, 0, from, cut);
		put_address(person, number, municipality, 0, cut, to);
		return;
	}
	put_address(person, number, municipality, 0, from, to);
	if (dice < 99200 || from < 0)
		return;
	while (segments[dwellings[other].segment].leave == 0 || dwellings[other].available > from || dwellings[other].demolished <= days)
		other = units[unit].first + pick(units[unit].n);
	dice -= 99200;
	if (dice < 120)
	{
		put_error(DUPLICATE, "address_period", person_number(person), from);
		put_address(person, number, municipality, 0, from, to);
	}
	else if (dice < 400 && to < days - 70)
	{
		/* also where they moved from, for weeks after the move */
		start = from + (end - from) / 2;
		put_error(DOUBLE_REG, "address_period", person_number(person), start);
		put_address(person, number, municipality, 0, start, to + 8 + pick(60));
	}
	else if (dice < 520 && end - from > 150)
	{
		start = from + 20 + pick(end - from - 130);
		put_error(NESTED, "address_period", person_number(person), start);
		put_address(person, dwelling_number(other), municipality, 0, start, start + 14 + pick(80));
	}
	else if (dice < 580)
	{
		start = end - 10 - pick(100);
		if (start < from)
			start = from;
		put_error(REVERSED, "address_period", person_number(person), start);
		put_address(person, dwelling_number(other), municipality, 0, start, start - 1 - pick(300));
	}
	else if (dice < 660)
	{
		put_error(ZERO_LENGTH, "address_period", person_number(person), from);
		put_address(person, dwelling_number(other), municipality, 0, from, from);
	}
	else if (dice < 690)
	{
		put_error(NO_START, "address_period", person_number(person), NO_DATE);
		put_address(person, dwelling_number(other), municipality, 0, NO_DATE, from);
	}
	else if (to == NEVER && dice < 790)
	{
		start = days + 60 + pick(9000);
		put_error(FUTURE_REG, "address_period", person_number(person), start);
		put_address(person, dwelling_number(other), municipality, 0, start, NEVER);
	}
}

/* ---- persons and households */

enum
{
	SINGLE, COUPLE, SINGLE_PARENT, COUPLE_CHILDREN, OTHER_TYPE, NO_TYPE
};

static const char *const type_names[] = {"single", "couple", "single_parent", "couple_children", "other"};

static int32_t
new_person(int32_t born, int32_t since, int child)
{
	persons = grow(persons, npersons, &max_persons, sizeof(Person));
	persons[npersons] = (Person) {.born = born, .died = NEVER, .next = NOBODY, .since = since, .type_since = since, .type = NO_TYPE, .level = (uint8_t) pick(256),
		.status = 255, .flags = (uint8_t) ((child ? CHILD : 0) | (per_mille(4) ? PROTECTED : 0)), .attributes = 0};
	return npersons++;
}

static void
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

static void
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
static void
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

enum
{
	WORKING, STUDYING, MUNICIPAL_BENEFIT, OTHER_BENEFIT, NO_INCOME, PENSION
};

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
static void
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

		put_attribute(person, "municipal_benefit", income / 100 * share * 100, year);
		put_attribute(person, "full_time_share", share, year);
	}
	if (p->status == MUNICIPAL_BENEFIT || p->status == OTHER_BENEFIT)
		put_attribute(person, "any_benefit", income * 100, year);
}

static int32_t
year_of(int32_t day)
{
	int32_t		year = day / 366;

	while (year + 1 < nyears && year_start[year + 1] <= day)
		year++;
	return year;
}

/* A person's ownership of a home, until it was sold or (NEVER) to this day */
static void
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
	if (owner >= 0)
		put_number(F_OWNERSHIP, person_number(owner));
	else
		put_null(F_OWNERSHIP);
	put_date(F_OWNERSHIP, one_for_all ? -1500 : d->owner_since);
	put_date(F_OWNERSHIP, until);
	end_line(F_OWNERSHIP);
}

/* ---- what is on offer, and who takes it */

/* How each kind of household weighs what is on offer */
enum
{
	YOUNG_SINGLE, YOUNG_COUPLE, FAMILY, ONE, TWO, PARENT, OLD_SINGLE, OLD_COUPLE, NPROFILES
};

static const int8_t wishes[NPROFILES][NQUEUES] = {
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

/* Homes elsewhere: what those who leave the area move to, and newcomers came from */
static const struct
{
	const char *type;
	int16_t		use;
	int8_t		owner_code;
	int8_t		registered_use;
	int16_t		area;
	int8_t		weights[NPROFILES];
}			elsewhere[] = {
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
static struct
{
	int16_t		kind, municipality;
}		   *homes;
static int32_t nhomes, max_homes;

static int
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

static int
queue_of(const Dwelling *d)
{
	if (d->flags & LET)
		return d->segment == OWN_FLAT ? Q_RENTAL : Q_RENTAL_HOUSE;
	return segments[d->segment].queue;
}

static int
is_own(int queue)
{
	return queue == Q_HOUSE || queue == Q_TERRACED || queue == Q_OWN_FLAT;
}

static int
is_person_owned(const Dwelling *d)
{
	return d->segment <= OWN_FLAT || d->segment == HOLIDAY;
}

/* Buying takes money, and who has it does not queue for social housing */
static int32_t
wish(int profile, int queue, int32_t level)
{
	int32_t		weight = wishes[profile][queue] * 10;

	if (is_own(queue))
		return weight * (level < 70 ? 3 : level > 170 ? 14 : 10) / 10;
	if (queue == Q_SOCIAL || queue == Q_SOCIAL_ROW)
		return weight * (level < 70 ? 15 : level > 170 ? 6 : 10) / 10;
	return weight;
}

static int
fits(const Dwelling *d, const Household *x)
{
	if (d->segment == STUDENT)
		return x->n == 1 && x->youngest < 32;
	if (d->segment == SENIOR)
		return x->n <= 2 && x->youngest >= 60;
	return x->n <= d->rooms + 1;
}

static void
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

static int32_t
take(Unit *u, int queue, int is_new)
{
	int32_t		dwelling = u->head[queue][is_new];

	u->head[queue][is_new] = dwellings[dwelling].next_free;
	u->length[queue][is_new]--;
	return dwelling;
}

static void
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
static void
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
static int32_t
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

static void
append(int32_t *first, int32_t more)
{
	while (*first != NOBODY)
		first = &persons[*first].next;
	*first = more;
}

static void
unlink_person(int32_t *first, int32_t person)
{
	while (*first != person)
		first = &persons[*first].next;
	*first = persons[person].next;
	persons[person].next = NOBODY;
}

/* A home elsewhere that is free from that day on */
static int32_t
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

/* ---- leaving the area, and coming */

/* Persons who were in the dwelling of a unit live elsewhere from that day on */
static void
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

static void
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
static int32_t
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
static int32_t
share_out(const Dwelling *d, const Household *x)
{
	int32_t		share = x->youngest < 30 ? 46 : x->youngest < 45 ? 40 : x->youngest < 60 ? 33 : 25;

	return d->flags & NEWCOMERS ? share * 125 / 100 : share;
}

/* Per 10,000 and year: grown children leave home, couples part */
#define LEAVE_HOME			2800
#define SPLIT(x)			((x)->adults < 2 ? 0 : (x)->youngest < 35 ? 260 : (x)->youngest < 55 ? 170 : 20)

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
static int32_t
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
static void
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
static int32_t
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

/* ---- a month in the life of a household */

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

static void
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

/* ---- the first day */

/* Who lives in an old home when the simulation begins: by what such homes are taken for, and how long people stay in them */
static void
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
		if (stock->segment <= OWN_FLAT && g->error == NONE && per_mille(12))
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

static void
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

/* Single dwellings with an error of their own: the first that is right for it from a random place on */
static void
plant_one(Unit *u, int error, int segment, int wants_new)
{
	int32_t		start = pick(u->n);

	for (int32_t i = 0; i < u->n; i++)
	{
		int32_t		dwelling = u->first + (start + i) % u->n;
		Dwelling   *d = &dwellings[dwelling];

		if (d->segment != segment || d->planted != NONE || (d->available != NO_DATE) != wants_new || d->demolished != NEVER)
			continue;
		if (wants_new && d->available > days - 800)
			continue;
		plant(dwelling, error);
		if (error == NEW_EMPTY)
			d->flags |= UNSOLD;
		if (error == USED_BY_COMPANY)
			d->flags |= COMPANY_USES;
		return;
	}
}

static void
plant_single_errors(Unit *u)
{
	int32_t		n = 0;
	int32_t		before = u->first;

	for (int i = 0; i < 2; i++)
		plant_one(u, BUILDING_AREA, STUDENT, 0);
	for (int i = 0; i < 30; i++)
		plant_one(u, TWO_AREAS, SOCIAL, 0);
	for (int i = 0; i < 6; i++)
		plant_one(u, NEW_EMPTY, OWN_FLAT, 1);
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

/* ---- day by day */

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

		if (d->segment == OTHER_UNIT || d->available > days - 300 || percent(2))
			d->use = 0;
		else if (d->first == NOBODY)
			d->use = 3;
		else if (is_person_owned(d))
			d->use = d->flags & LET ? 1 : 2;
		else
			d->use = d->flags & COMPANY_USES ? 2 : 1;
	}
}

static void
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

/* ---- the registers of the last day */

static void
put_stock(const Group *g)
{
	const Segment *segment = &segments[g->segment];
	int			single = segment->use < 140 || segment->use == 510;
	int			flat_by_flat = g->segment == OWN_FLAT || g->error == SOCIAL_AS_OWNER;
	int			house_by_house = g->segment < OWN_FLAT || g->segment == HOLIDAY;
	int32_t		per_building = single ? 1 : 24;
	int32_t		municipality = municipality_of(g->unit);
	char		street[96];

	snprintf(street, sizeof(street), "%s", estate_name(g->name / 3 + 17));
	for (int32_t i = 0; i < g->n; i++)
	{
		int32_t		dwelling = g->first + i;
		Dwelling   *d = &dwellings[dwelling];
		int32_t		building_use = g->error == PHASED_OUT ? (single ? 130 : 320) : segment->use;
		int32_t		unit_use = g->error == PHASED_OUT ? (single ? 130 : 320) : segment->use;
		int32_t		old = g->year < 1975 ? NO_DATE : jan_1(g->year) + 100 + (int32_t) (hashed((uint64_t) (g->first + i / per_building), 3) % 200);
		int32_t		available = d->available == NO_DATE ? (old < 0 ? old : NO_DATE) : d->available;
		int32_t		area = d->area, living = d->area;
		char		text[200];

		if (i % per_building == 0)
		{
			int32_t		year = g->year;

			nbuildings++;
			if (single && g->available == NO_DATE && g->segment != TERRACED)
				year = year + (int32_t) (hashed((uint64_t) dwelling, 4) % 9) - 8;
			put_number(F_BUILDING, 100000 + nbuildings);
			put_key(F_BUILDING, (uint64_t) nbuildings, 1);
			put_number(F_BUILDING, 6000001 + (int64_t) g->property + (house_by_house ? i : 0));
			put_number(F_BUILDING, building_use);
			put_number(F_BUILDING, year);
			put_code(F_BUILDING, g->segment == DETACHED && g->insurance == 10 && dwelling % 3 == 0 ? 11 : g->insurance);
			put_date(F_BUILDING, d->available == NO_DATE ? NO_DATE : d->available - 500);
			put_date(F_BUILDING, available);
			put_date(F_BUILDING, d->demolished);
			put_number(F_BUILDING, d->demolished == NEVER ? 6 : 10);
			end_line(F_BUILDING);
		}
		if (d->planted == BUILDING_AREA)
			area = living = i % 2 ? 6514 : 4120;
		else if (d->planted == TWO_AREAS)
		{
			area = 38;
			living = 42;
		}
		else if (d->planted == NO_AREA)
			area = living = -1;
		else if (g->segment == SHOP_FLAT)
			living = area - 15;
		put_number(F_DWELLING, dwelling_number(dwelling));
		put_key(F_DWELLING, (uint64_t) dwelling, 2);
		put_number(F_DWELLING, municipality);
		put_number(F_DWELLING, 100000 + nbuildings);
		put_number(F_DWELLING, 6000001 + (int64_t) g->property + (flat_by_flat ? i + 1 : house_by_house ? i : 0));
		if (d->planted == NO_CODE && g->segment == RENTAL)
			put_null(F_DWELLING);
		else
			put_text(F_DWELLING, flat_by_flat ? "Ejerlejlighed" : "SFE");
		put_code(F_DWELLING, d->planted == NO_USE ? -1 : unit_use);
		put_text(F_DWELLING, segment->unit_kind);
		put_code(F_DWELLING, area);
		put_code(F_DWELLING, living);
		put_number(F_DWELLING, d->rooms);
		put_code(F_DWELLING, g->support);
		put_code(F_DWELLING, d->use == 0 ? -1 : d->use);
		put_date(F_DWELLING, available);
		put_date(F_DWELLING, d->demolished);
		if (single)
			snprintf(text, sizeof(text), "%s %d, %s", street, i + 1, town(g->unit));
		else
			snprintf(text, sizeof(text), "%s %d, %d. %d, %s", street, 2 * (i / 12) + 1, i % 12 / 3, i % 3 + 1, town(g->unit));
		put_text(F_DWELLING, text);
		end_line(F_DWELLING);

		/* who owns it */
		if (is_person_owned(d))
			put_sold(dwelling, NEVER);
		else if (i == 0 || flat_by_flat)
		{
			int32_t		code;

			for (int former = g->sold != NO_DATE && !flat_by_flat; former >= 0; former--)
			{
				int			named = owner_of_group(g, i, former, &code, text, sizeof(text));

				if (flat_by_flat)
				{
					put_null(F_OWNERSHIP);
					put_number(F_OWNERSHIP, dwelling_number(dwelling));
				}
				else
				{
					put_number(F_OWNERSHIP, 6000001 + (int64_t) g->property);
					put_null(F_OWNERSHIP);
				}
				put_code(F_OWNERSHIP, code);
				put_text(F_OWNERSHIP, named ? text : "");
				put_null(F_OWNERSHIP);
				put_date(F_OWNERSHIP, !former && g->sold != NO_DATE ? g->sold : g->available != NO_DATE ? g->available - 700 : -1800);
				put_date(F_OWNERSHIP, former ? g->sold : NEVER);
				end_line(F_OWNERSHIP);
			}
		}
		if (i == 0 && g->segment == OWN_FLAT)
		{
			/* what is left of the property that was split */
			snprintf(text, sizeof(text), "E/F %s", estate_name(g->name));
			put_number(F_OWNERSHIP, 6000001 + (int64_t) g->property);
			put_null(F_OWNERSHIP);
			put_number(F_OWNERSHIP, 90);
			put_text(F_OWNERSHIP, text);
			put_null(F_OWNERSHIP);
			put_date(F_OWNERSHIP, g->available != NO_DATE ? g->available - 700 : -1800);
			put_date(F_OWNERSHIP, NEVER);
			end_line(F_OWNERSHIP);
		}

		/* where it lies */
		for (int kind = 0; kind < 3; kind++)
		{
			static const char *const kinds[] = {"kvarter", "skoledistrikt", "almen_afdeling"};
			int			changed = kind == 1 && g->quarter == 3;

			if (kind == 2 && g->segment != SOCIAL && g->segment != SOCIAL_ROW)
				continue;
			for (int part = 0; part <= changed; part++)
			{
				int32_t		code = kind == 0 ? g->quarter + 1 : kind == 1 ? g->quarter / 2 + 1 + part : g->estate;

				snprintf(text, sizeof(text), "%d-%d", municipality, kind == 2 ? code : code + g->unit / COUNT(municipality_codes) * 10);
				put_number(F_DWELLING_AREA, dwelling_number(dwelling));
				put_text(F_DWELLING_AREA, kinds[kind]);
				put_text(F_DWELLING_AREA, text);
				put_date(F_DWELLING_AREA, part ? year_start[nyears / 2] : d->available != NO_DATE ? d->available : NO_DATE);
				put_date(F_DWELLING_AREA, changed && !part ? year_start[nyears / 2] : NEVER);
				end_line(F_DWELLING_AREA);
			}
		}

		/* what is really so */
		if (d->planted == SIXTEEN && !(d->flags & FROZEN))
			plant(dwelling, NONE);	/* it was empty when they were to come */
		if (g->error == NONE && d->flags & LET && d->planted == NONE)
			plant(dwelling, OWNER_LETS);
		put_number(F_TRUTH, dwelling_number(dwelling));
		put_text(F_TRUTH, is_person_owned(d) && d->flags & LET ? "private_rental" : g->error == CHURCH_FOUNDATION ? "public" : segment->tenure);
		put_text(F_TRUTH, segment->type);
		put_text(F_TRUTH, errors[d->planted]);
		end_line(F_TRUTH);
		if (d->planted != NONE && d->planted != LIVED_IN_OTHER)
			put_error(d->planted, d->planted >= BUILDING_AREA || d->planted == PHASED_OUT || d->planted == MUNICIPAL_SUPPORTED ? "dwelling" : "ownership",
					  dwelling_number(dwelling), NEVER);
	}
	if (g->segment == SOCIAL || g->segment == SOCIAL_ROW)
	{
		char		text[96];
		static const char *const names[] = {"AAB", "Domea", "Boligselskabet", "Almene"};

		put_text(F_AREA, "almen_afdeling");
		snprintf(text, sizeof(text), "%d-%d", municipality, g->estate);
		put_text(F_AREA, text);
		snprintf(text, sizeof(text), "%s afd. %d, %s", names[g->organisation], g->estate, estate_name(g->name));
		put_text(F_AREA, text);
		put_null(F_AREA);
		put_null(F_AREA);
		put_null(F_AREA);
		end_line(F_AREA);
	}
}

static void
put_homes(void)
{
	for (int32_t i = 0; i < nhomes; i++)
	{
		int			kind = homes[i].kind;

		put_number(F_DWELLING, home_number(i));
		put_key(F_DWELLING, (uint64_t) i, 5);
		put_number(F_DWELLING, homes[i].municipality);
		put_null(F_DWELLING);
		put_null(F_DWELLING);
		put_null(F_DWELLING);
		put_number(F_DWELLING, elsewhere[kind].use);
		put_text(F_DWELLING, kind == COUNT(elsewhere) - 1 ? "3" : "1");
		put_number(F_DWELLING, elsewhere[kind].area * (80 + (int32_t) (hashed((uint64_t) i, 6) % 41)) / 100);
		put_null(F_DWELLING);
		put_null(F_DWELLING);
		put_null(F_DWELLING);
		put_number(F_DWELLING, elsewhere[kind].registered_use);
		put_null(F_DWELLING);
		put_null(F_DWELLING);
		put_null(F_DWELLING);
		end_line(F_DWELLING);
		put_null(F_OWNERSHIP);
		put_number(F_OWNERSHIP, home_number(i));
		put_number(F_OWNERSHIP, elsewhere[kind].owner_code);
		put_null(F_OWNERSHIP);
		put_null(F_OWNERSHIP);
		put_date(F_OWNERSHIP, -3650);
		put_date(F_OWNERSHIP, NEVER);
		end_line(F_OWNERSHIP);
	}
}

static void
put_persons(void)
{
	for (int32_t p = 0; p < npersons; p++)
	{
		put_number(F_PERSON, person_number(p));
		put_date(F_PERSON, persons[p].born);
		put_date(F_PERSON, persons[p].died);
		put_text(F_PERSON, persons[p].flags & PROTECTED ? "t" : "f");
		end_line(F_PERSON);
	}
}

static void
put_areas(int32_t unit)
{
	int32_t		municipality = municipality_of(unit);
	int32_t		shift = unit / COUNT(municipality_codes) * 10;
	static const char *const parts[] = {"Midtby", "Nord", "Syd", "Øst", "Vest", "Stationsby", "Landsby", "Enghave"};

	for (int i = 0; i < 13; i++)
	{
		char		text[400];
		int			school = i - 8;
		int32_t		x = 12000 + unit % 12 * 100, y = 55000 + unit / 12 * 100;

		put_text(F_AREA, school < 0 ? "kvarter" : "skoledistrikt");
		snprintf(text, sizeof(text), "%d-%d", municipality, (school < 0 ? i : school) + 1 + shift);
		put_text(F_AREA, text);
		if (school < 0)
		{
			int32_t		west = x + i % 4 * 20, south = y + i / 4 * 20;

			snprintf(text, sizeof(text), "%s %s", town(unit), parts[i]);
			put_text(F_AREA, text);
			snprintf(text, sizeof(text), "{\"type\":\"Polygon\",\"coordinates\":[[[%d.%03d,%d.%03d],[%d.%03d,%d.%03d],[%d.%03d,%d.%03d],[%d.%03d,%d.%03d],"
					 "[%d.%03d,%d.%03d]]]}", west / 1000, west % 1000, south / 1000, south % 1000, (west + 20) / 1000, (west + 20) % 1000, south / 1000,
					 south % 1000, (west + 20) / 1000, (west + 20) % 1000, (south + 20) / 1000, (south + 20) % 1000, west / 1000, west % 1000,
					 (south + 20) / 1000, (south + 20) % 1000, west / 1000, west % 1000, south / 1000, south % 1000);
			put_text(F_AREA, text);
		}
		else
		{
			snprintf(text, sizeof(text), "%s Skole %d", town(unit), school + 1);
			put_text(F_AREA, text);
			put_null(F_AREA);
		}
		put_null(F_AREA);
		put_null(F_AREA);
		end_line(F_AREA);
	}
}

static void
put_project(int32_t number, const Group *g, int32_t unit, int quarter, uint32_t name, int32_t adopted, int32_t permit, int32_t started, int32_t completed)
{
	char		text[96];

	put_number(F_PROJECT, number);
	put_text(F_PROJECT, estate_name(name));
	snprintf(text, sizeof(text), "Lokalplan %d.%d", municipality_of(unit), number % 1000);
	put_text(F_PROJECT, text);
	put_text(F_PROJECT, "kvarter");
	snprintf(text, sizeof(text), "%d-%d", municipality_of(unit), quarter + 1 + unit / COUNT(municipality_codes) * 10);
	put_text(F_PROJECT, text);
	put_date(F_PROJECT, adopted);
	put_date(F_PROJECT, permit);
	put_date(F_PROJECT, started);
	put_date(F_PROJECT, completed);
	put_date(F_PROJECT, g ? g->occupied : NEVER);
	end_line(F_PROJECT);
}

static void
put_plan(int32_t number, int segment, int32_t area, int32_t expected, int32_t realised, int32_t expected_on)
{
	put_number(F_PLAN, number);
	put_text(F_PLAN, segments[segment].type);
	put_text(F_PLAN, segments[segment].tenure);
	put_number(F_PLAN, area);
	put_number(F_PLAN, expected);
	put_code(F_PLAN, realised);
	put_date(F_PLAN, expected_on);
	end_line(F_PLAN);
}

/* From local plan to the first resident; the projects behind what was built, and what is still to come */
static void
put_plans(int32_t unit)
{
	static const int8_t coming[] = {RENTAL, OWN_FLAT, SOCIAL_ROW, TERRACED, RENTAL, SOCIAL, DETACHED, STUDENT};
	const Unit *u = &units[unit];
	int32_t		number = 1000 * (unit + 1);

	for (int32_t i = u->first_group; i < u->first_group + u->ngroups; i++)
	{
		const Group *g = &groups[i];
		int32_t		late = pick(400) - 60;
		int32_t		completed = dwellings[g->first + g->n - 1].available;
		int32_t		permit = g->available - 500;

		if (g->available == NO_DATE)
			continue;
		put_project(++number, g, unit, g->quarter, g->name, permit - 200 - pick(900), permit, permit + 30 + pick(60), completed);
		put_plan(number, g->segment, segments[g->segment].area + segments[g->segment].area_spread / 2, g->n * (92 + pick(30)) / 100, g->n,
				 completed - (late > 0 ? late : 0));
	}
	for (int i = 0; i < COUNT(coming); i++)
	{
		int32_t		adopted = days - 1100 + i % 3 * 180 + pick(150);
		int32_t		permit = i < 6 ? adopted + 200 + pick(80) : NEVER;
		int32_t		started = i < 3 ? permit + 40 + pick(60) : NEVER;

		if (i == 7)
			adopted = NEVER;	/* not yet adopted, only proposed */
		put_project(++number, NULL, unit, pick(8), (uint32_t) (random_bits() >> 40), adopted, permit, started, NEVER);
		put_plan(number, coming[i], segments[coming[i]].area + segments[coming[i]].area_spread / 2, 20 + pick(90), -1, days + 100 + i * 160 + pick(100));
		if (i == 0)
			put_plan(number, SOCIAL, segments[SOCIAL].area + 20, 30 + pick(20), -1, days + 250);
	}
}

static void
put_indicator(const char *source, int32_t municipality, int32_t year, const char *measure, const char *unit, const char *definition, int32_t hundredths)
{
	char		text[32];

	put_text(F_INDICATOR, source);
	put_number(F_INDICATOR, municipality);
	put_null(F_INDICATOR);
	put_null(F_INDICATOR);
	put_number(F_INDICATOR, year);
	put_text(F_INDICATOR, measure);
	put_text(F_INDICATOR, unit);
	put_text(F_INDICATOR, definition);
	snprintf(text, sizeof(text), "%d.%02d", hundredths / 100, hundredths % 100);
	put_text(F_INDICATOR, text);
	end_line(F_INDICATOR);
}

/* What others publish about the municipality: nearly what the registers give, each by its own definition */
static void
put_indicators(int32_t unit)
{
	int32_t		m = municipality_of(unit);

	for (int32_t i = 0; i < nyears; i++)
	{
		const Year *y = &units[unit].years[i];
		int32_t		year = from_year + i;

		put_indicator("DST", m, year, "population", "persons", "Folketal 1. januar", y->persons * 100);
		put_indicator("DST", m, year, "dwellings", "dwellings", "Helårsboliger 1. januar", y->dwellings * 100);
		put_indicator("DST", m, year, "arrivals", "persons", "Tilflyttede til kommunen i året", (y->arrivals + pick(9) - 4 > 0 ? y->arrivals + pick(9) - 4 : 0) * 100);
		put_indicator("DST", m, year, "departures", "persons", "Fraflyttede fra kommunen i året", (y->departures + pick(9) - 4 > 0 ? y->departures + pick(9) - 4 : 0) * 100);
		put_indicator("LBF", m, year, "turnover_social", "percent", "Fraflytninger i pct. af almene lejemål", y->social > 0 ? y->social_ends * 10000 / y->social : 0);
		put_indicator("Boligstat", m, year, "completed", "dwellings", "Fuldførte boliger i året", y->completed * 100);
		put_indicator("KL", m, year, "household_size", "persons", "Personer pr. helårsbolig", y->dwellings > 0 ? y->persons * 100 / y->dwellings : 0);
		if (i % 4 == 3)
			put_indicator("Bolius", m, year, "satisfied", "percent", "Andel der er tilfredse med deres bolig", 8600 + pick(600));
	}
}

/* Decisions by hand: let homes of which the municipality has seen the contract, and blocks without a name that it knows */
static void
put_overrides(const Unit *u)
{
	int32_t		n = 0;

	for (int32_t dwelling = u->first; dwelling < u->first + u->n && n < 30; dwelling++)
	{
		const Dwelling *d = &dwellings[dwelling];
		int			unnamed = d->planted == SOCIAL_UNNAMED;

		if (!unnamed && !(d->planted == OWNER_LETS && d->segment == DETACHED && n < 6))
			continue;
		put_number(F_OVERRIDE, dwelling_number(dwelling));
		put_date(F_OVERRIDE, days - 1400);
		put_null(F_OVERRIDE);
		put_text(F_OVERRIDE, unnamed ? "social" : "private_rental");
		put_text(F_OVERRIDE, unnamed ? "Almen afdeling ifølge boligorganisationen" : "Lejekontrakt forevist");
		put_text(F_OVERRIDE, "Boligkontoret");
		put_date(F_OVERRIDE, days - 1390);
		end_line(F_OVERRIDE);
		n++;
	}
}

static int32_t
number_of(const char *name, const char *value, int32_t least, int32_t most)
{
	char	   *end;
	long		number = value ? strtol(value, &end, 10) : -1;

	if (value == NULL || *value == 0 || *end != 0 || number < least || number > most)
	{
		fprintf(stderr, "municipality: %s takes a number from %d to %d\n", name, least, most);
		exit(2);
	}
	return (int32_t) number;
}

int
main(int argc, char **argv)
{
	const char *folder = NULL;
	int64_t		rows = 0;

	for (int i = 1; i < argc; i += 2)
	{
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (strcmp(argv[i], "--scale") == 0)
			scale = number_of(argv[i], value, 1, 120);
		else if (strcmp(argv[i], "--seed") == 0)
			seed = (uint64_t) number_of(argv[i], value, 0, INT32_MAX);
		else if (strcmp(argv[i], "--from") == 0)
			from_year = number_of(argv[i], value, 1990, 2060);
		else if (strcmp(argv[i], "--to") == 0)
			to_year = number_of(argv[i], value, 1990, 2070);
		else if (strcmp(argv[i], "--attributes") == 0)
			attribute_years = number_of(argv[i], value, 0, MAX_YEARS);
		else if (strcmp(argv[i], "--out") == 0 && value != NULL)
			folder = value;
		else
		{
			fputs("usage: municipality --out FOLDER [--scale 1..120] [--seed N] [--from YEAR] [--to YEAR] [--attributes YEARS]\n"
				  "  --from, --to     first and last year, 2006 and 2025; the registers stand as on the day after\n"
				  "  --attributes     how many of the last years have income and benefits, 10\n", stderr);
			return 2;
		}
	}
	if (folder == NULL || to_year - from_year < 7 || to_year - from_year >= MAX_YEARS)
	{
		fputs("municipality: --out is needed, and 8 to 60 years\n", stderr);
		return 2;
	}
	random_state = mix(seed + 1);
	nyears = to_year - from_year + 1;
	first_day = day_of(from_year, 1, 1);
	days = jan_1(to_year + 1);
	for (int32_t i = 0; i <= nyears; i++)
		year_start[i] = jan_1(from_year + i);
	make_dates();
	/* numbers are 2^n - 1 at most, so that multiplying by an odd number permutes them */
	for (id_mask = 1; id_mask < (uint32_t) scale * 300000; id_mask = id_mask << 1 | 1)
		;
	open_files(folder);
	build();
	simulate();
	if ((uint32_t) npersons > id_mask)
	{
		fputs("municipality: more persons than numbers for them\n", stderr);
		return 1;
	}
	for (int32_t i = 0; i < ngroups; i++)
		put_stock(&groups[i]);
	put_homes();
	put_persons();
	for (int32_t u = 0; u < scale; u++)
	{
		put_areas(u);
		put_plans(u);
		put_indicators(u);
		put_overrides(&units[u]);
	}
	close_files();
	for (int f = 0; f < NFILES; f++)
		rows += files[f].rows;
	printf("%d dwellings, %d elsewhere, %d persons, %lld rows\n", ndwellings, nhomes, npersons, (long long) rows);
	return 0;
}
