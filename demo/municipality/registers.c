/*
 * registers.c
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
#include "world.h"

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
		/* when nobody lives there and BBR does not say let, the registers are right */
		if (g->error == NONE && d->flags & LET && d->planted == NONE && d->demolished == NEVER && (d->first != NOBODY || d->use == 1))
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
	rows = rows_written();
	printf("%d dwellings, %d elsewhere, %d persons, %lld rows\n", ndwellings, nhomes, npersons, (long long) rows);
	return 0;
}
