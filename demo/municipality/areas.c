/*
 * areas.c
 *		Quarters and school districts: names, and shapes as GeoJSON in WGS 84.
 *
 * A municipality is a town in the middle and seven sectors around it, with
 * uneven borders that neighbours share to the digit.  Each school district is
 * the union of the quarters that it has at the end.  All of them lie in the
 * open North Sea, where no real place can be meant.
 *
 * Nothing is drawn from the random numbers here, so that shapes can change
 * without changing what happens in the municipality.
 */
#include "world.h"

#define SECTORS		7
#define STEPS		4			/* points on a sector's arc */
#define AROUND		(SECTORS * STEPS)

enum
{
	TOWN_EDGE, HALFWAY, OUTSIDE
};

typedef struct Shape
{
	char	   *end;
	char		text[1500];
	int32_t		unit;
} Shape;

/* Add a point of the circle's 28, clockwise from north-north-west, as far out as that point is in this municipality */
static void
add_point(Shape *shape, int level, int at)
{
	static const int16_t east[AROUND / 2] = {-434, -223, 0, 223, 434, 623, 782, 901, 975, 1000, 975, 901, 782, 623};
	static const int16_t north[AROUND / 2] = {901, 975, 1000, 975, 901, 782, 623, 434, 223, 0, -223, -434, -623, -782};
	static const int16_t radius[] = {170, 300, 440}, unevenness[] = {45, 50, 140};	/* in 1/10,000 degrees of latitude */
	int			half = at % AROUND < AROUND / 2 ? 1 : -1;
	int			i = at % (AROUND / 2);
	int32_t		spread = (int32_t) (hashed((uint64_t) ((shape->unit * 3 + level) * AROUND + at % AROUND), 10) % (uint64_t) unevenness[level]);
	int32_t		r = radius[level] + spread - unevenness[level] / 2;
	int32_t		lon = 40000 + shape->unit % 12 * 2000 + half * east[i] * r / 1000 * 176 / 100;	/* 1 / cos(55.5 degrees) */
	int32_t		lat = 555000 + shape->unit / 12 * 1000 + half * north[i] * r / 1000;

	shape->end += sprintf(shape->end, "%s[%d.%04d,%d.%04d]", shape->end[-1] == ']' ? "," : "", lon / 10000, lon % 10000, lat / 10000, lat % 10000);
}

/* Points of one arc, both ends included; with from > to counterclockwise */
static void
add_arc(Shape *shape, int level, int from, int to)
{
	int			step = from < to ? 1 : -1;

	for (int at = from; at != to + step; at += step)
		add_point(shape, level, at);
}

/* Sectors first to last, the town as well or alone (first > last). GeoJSON wants outlines counterclockwise. */
static const char *
outline(Shape *shape, int32_t unit, int first, int last, int with_town)
{
	int			begin = first * STEPS, end = (last + 1) * STEPS;

	shape->unit = unit;
	shape->end = shape->text + sprintf(shape->text, "{\"type\":\"Polygon\",\"coordinates\":[[");
	if (first > last)
		add_arc(shape, TOWN_EDGE, AROUND, 0);
	else
	{
		add_arc(shape, OUTSIDE, end, begin);
		add_point(shape, HALFWAY, begin);
		if (with_town)
			add_arc(shape, TOWN_EDGE, begin + AROUND, end);
		else
			add_arc(shape, TOWN_EDGE, begin, end);
		add_point(shape, HALFWAY, end);
		add_point(shape, OUTSIDE, end);
	}
	sprintf(shape->end, "]]}");
	return shape->text;
}

static void
put_area(const char *kind, int32_t unit, int32_t number, const char *name, const char *geojson)
{
	char		code[32];

	snprintf(code, sizeof(code), "%d-%d", municipality_of(unit), number + unit / COUNT(municipality_codes) * 10);
	put_text(F_AREA, kind);
	put_text(F_AREA, code);
	put_text(F_AREA, name);
	put_text(F_AREA, geojson);
	put_null(F_AREA);
	put_null(F_AREA);
	end_line(F_AREA);
}

void
put_areas(int32_t unit)
{
	static const char *const parts[] = {"Midtby", "Nord", "Enghave", "Øst", "Stationsby", "Syd", "Landsby", "Vest"};
	static const struct
	{
		int8_t		first, last, town;
	}			districts[] = {{0, 0, 1}, {1, 1, 0}, {2, 4, 0}, {5, 6, 0}};
	Shape		shape;
	char		name[100];

	for (int i = 0; i < COUNT(parts); i++)
	{
		snprintf(name, sizeof(name), "%s %s", town(unit), parts[i]);
		put_area("kvarter", unit, i + 1, name, outline(&shape, unit, i - 1, i == 0 ? -2 : i - 1, 0));
	}
	/* the last one has no pupils any more, and so no shape */
	for (int i = 0; i <= COUNT(districts); i++)
	{
		snprintf(name, sizeof(name), "%s Skole %d", town(unit), i + 1);
		put_area("skoledistrikt", unit, i + 1, name,
				 i < COUNT(districts) ? outline(&shape, unit, districts[i].first, districts[i].last, districts[i].town) : "");
	}
}
