/*
 * world.h
 *		What the parts of the generator share.  registers.c says what it makes.
 */
#ifndef WORLD_H
#define WORLD_H

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

/* What was planted on a whole block or on single dwellings; names go into the truth. */
enum
{
	NONE, SOCIAL_AS_OWNER, SOCIAL_UNNAMED, SOCIAL_AS_ASSOCIATION, CONTACT_PERSON, COMPANY_COOPERATIVE, PERSON_COOPERATIVE, PERSON_RENTAL,
	NO_CODE, PHASED_OUT, COMPANY_SOCIAL_CODE, MUNICIPAL_SUPPORTED, ASSOCIATION_OWNER, OWNER_LETS, CHURCH_FOUNDATION, BUILDING_AREA, TWO_AREAS, SIXTEEN,
	LIVED_IN_DEMOLISHED, LIVED_IN_OTHER, NEW_EMPTY, USED_BY_COMPANY, NO_USE, NO_AREA, DOUBLE_REG, DUPLICATE, NESTED, REVERSED, ZERO_LENGTH,
	FUTURE_REG, NO_START, NERRORS
};

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

enum
{
	F_BUILDING, F_DWELLING, F_OWNERSHIP, F_PERSON, F_TYPE, F_ATTRIBUTE, F_ADDRESS, F_AREA, F_DWELLING_AREA, F_PROJECT, F_PLAN, F_INDICATOR,
	F_OVERRIDE, F_TRUTH, F_ERROR, NFILES
};

enum
{
	SINGLE, COUPLE, SINGLE_PARENT, COUPLE_CHILDREN, OTHER_TYPE, NO_TYPE
};

enum
{
	WORKING, STUDYING, MUNICIPAL_BENEFIT, OTHER_BENEFIT, NO_INCOME, PENSION
};

/* How each kind of household weighs what is on offer */
enum
{
	YOUNG_SINGLE, YOUNG_COUPLE, FAMILY, ONE, TWO, PARENT, OLD_SINGLE, OLD_COUPLE, NPROFILES
};

/* Per 10,000 and year: grown children leave home, couples part */
#define LEAVE_HOME			2800
#define SPLIT(x)			((x)->adults < 2 ? 0 : (x)->youngest < 35 ? 260 : (x)->youngest < 55 ? 170 : 20)

#define MUNICIPALITIES	98

/* Homes elsewhere: what those who leave the area move to, and newcomers came from */
typedef struct Elsewhere
{
	const char *type;
	int16_t		use;
	int8_t		owner_code;
	int8_t		registered_use;
	int16_t		area;
	int8_t		weights[NPROFILES];
} Elsewhere;

#define NELSEWHERE	8

typedef struct HomeElsewhere
{
	int16_t		kind, municipality;
} HomeElsewhere;

/* world.c, offers.c */
extern const Segment segments[];
extern const char *const errors[NERRORS];
extern const int16_t municipality_codes[MUNICIPALITIES];
extern uint64_t random_state, seed;
extern int32_t scale, from_year, to_year, attribute_years;
extern int32_t first_day;		/* since 1970-01-01 */
extern int32_t days, nyears;
extern int32_t year_start[MAX_YEARS + 2];
extern Unit *units;
extern Dwelling *dwellings;
extern Person *persons;
extern Group *groups;
extern int32_t *new_dwellings;	/* by the day on which they become available */
extern int32_t ndwellings, npersons, max_persons, ngroups, max_groups, nnew, nproperties, nbuildings;
extern uint32_t id_mask;
extern char (*dates)[11];
extern const int8_t wishes[NPROFILES][NQUEUES];
extern const Elsewhere elsewhere[NELSEWHERE];
extern HomeElsewhere *homes;
extern int32_t nhomes;

/* chance.c */
extern void fail(const char *what);
extern void *allocate(size_t n, size_t size);
extern void *grow(void *array, int32_t n, int32_t *max, size_t size);
extern uint64_t mix(uint64_t z);
extern uint64_t random_bits(void);
extern int32_t pick(int32_t n);
extern int32_t between(int32_t least, int32_t most);
extern int percent(int32_t n);
extern int per_mille(int32_t n);
extern int yearly(int32_t n);
extern uint64_t hashed(uint64_t number, uint64_t what);
extern int32_t day_of(int32_t year, int32_t month, int32_t day);
extern int32_t jan_1(int32_t year);
extern void make_dates(void);
extern const char *date_text(int32_t day);
extern int32_t some_move_day(int32_t earliest);
extern int32_t age_on(const Person *person, int32_t day);

/* files.c */
extern void put_null(int f);
extern void put_number(int f, int64_t number);
extern void put_code(int f, int32_t code);
extern void put_date(int f, int32_t day);
extern void put_text(int f, const char *text);
extern void end_line(int f);
extern void open_files(const char *folder);
extern void close_files(void);
extern int64_t rows_written(void);

/* names.c */
extern int64_t dwelling_number(int32_t dwelling);
extern int64_t home_number(int32_t home);
extern int64_t person_number(int32_t person);
extern int64_t owner_number(int32_t owner);
extern int32_t municipality_of(int32_t unit);
extern int32_t unit_of(int32_t dwelling);
extern int32_t other_municipality(int32_t unit);
extern void put_key(int f, uint64_t number, int what);
extern const char *town(int32_t unit);
extern void person_name(char *name, size_t size, uint64_t hash);
extern const char *estate_name(uint32_t number);
extern int owner_of_group(const Group *group, int32_t i, int former, int32_t *code, char *name, size_t size);
extern void put_error(int error, const char *table, int64_t key, int32_t day);
extern void plant(int32_t dwelling, int error);

/* addresses.c */
extern void put_address(int32_t person, int64_t dwelling, int32_t municipality, int abroad, int32_t from, int32_t to);
extern void record(int32_t person, int32_t dwelling, int32_t from, int32_t to);

/* areas.c */
extern void put_areas(int32_t unit);

/* households.c */
extern int32_t new_person(int32_t born, int32_t since, int child);
extern void scan(int32_t first, int32_t day, Household *x);
extern void close_type(int32_t person, int32_t day);
extern void set_types(int32_t first, int32_t day);
extern void put_attributes(int32_t person, int32_t year);
extern int32_t year_of(int32_t day);
extern void put_sold(int32_t dwelling, int32_t until);

/* offers.c */
extern int profile_of(const Household *x);
extern int queue_of(const Dwelling *d);
extern int is_own(int queue);
extern int is_person_owned(const Dwelling *d);
extern int32_t wish(int profile, int queue, int32_t level);
extern int fits(const Dwelling *d, const Household *x);
extern void offer(int32_t dwelling, int32_t from);
extern int32_t take(Unit *u, int queue, int is_new);
extern void vacate(int32_t dwelling, int32_t day);
extern void settle_in(int32_t dwelling, int32_t first, int32_t day, int newcomers);
extern int32_t leave(int32_t first, int32_t dwelling, int32_t day);
extern void append(int32_t *first, int32_t more);
extern void unlink_person(int32_t *first, int32_t person);
extern int32_t some_home(int profile, int32_t from, int32_t until);

/* migration.c */
extern void go_away(Unit *u, int32_t first, int32_t dwelling, int32_t day);
extern void record_away(const Away *away, int32_t end);
extern int32_t leave_rate(const Dwelling *d, const Household *x, int32_t day);
extern int32_t share_out(const Dwelling *d, const Household *x);
extern int32_t newcomers(int32_t dwelling, int queue, int32_t day, int32_t look_on);
extern void let_in(Unit *u, int32_t day);
extern int32_t find_home(Unit *u, const Household *x, int32_t day, int own);

/* month.c */
extern void tick(Unit *u, int32_t dwelling, int32_t day);

/* first_day.c */
extern void settle(int32_t dwelling);
extern void build(void);
extern void plant_single_errors(Unit *u);

/* days.c */
extern void simulate(void);

#endif
