/*
 * disclosure_areas.c
 *		First step of disclosure.c: areas and items of few persons are merged.
 */
#include "disclosure_slice.h"

#include <stdlib.h>
#include <string.h>

void *
byudv_slice_get(const ByudvProtection *p, size_t n, size_t size)
{
	void	   *block = p->arena.alloc(p->arena.context, (n == 0 ? 1 : n) * size);

	memset(block, 0, (n == 0 ? 1 : n) * size);
	return block;
}

static int
compare_numbers(const void *a, const void *b)
{
	int32_t		x = *(const int32_t *) a,
				y = *(const int32_t *) b;

	return (x > y) - (x < y);
}

/*
 * Numbers the different ones of n items (every step), or of what they are
 * mapped to: result is each item's number.  Gives how many there are, and which,
 * ascending.
 */
static int32_t
number_items(const ByudvProtection *p, int32_t *seen, const int32_t *map, const int32_t *items, int32_t n, size_t step,
			 int32_t **numbers, int32_t *result)
{
	int32_t		found = 0;

	*numbers = byudv_slice_get(p, n, sizeof(int32_t));
	for (int32_t i = 0; i < n; i++)
	{
		int32_t		x = map == NULL ? items[i * step] : map[items[i * step]];

		if (seen[x] == 0)
		{
			seen[x] = 1;
			(*numbers)[found++] = x;
		}
	}
	qsort(*numbers, found, sizeof(int32_t), compare_numbers);
	for (int32_t i = 0; i < found; i++)
		seen[(*numbers)[i]] = i + 1;
	for (int32_t i = 0; i < n; i++)
		result[i * step] = seen[map == NULL ? items[i * step] : map[items[i * step]]] - 1;
	for (int32_t i = 0; i < found; i++)
		seen[(*numbers)[i]] = 0;
	return found;
}

static void
begin_group(Slice *s, const Column *column, Group *group, View *view, const ByudvGrouping *source, int32_t *seen)
{
	const ByudvProtection *p = s->p;

	group->source = source;
	group->view = view;
	group->area = byudv_slice_get(p, column->nvalues, sizeof(int32_t));
	group->nareas = number_items(p, seen, source->area, column->numbers, column->nvalues, 1, &group->numbers, group->area);
	group->persons = byudv_slice_get(p, group->nareas, sizeof(int32_t));
	group->area_place = byudv_slice_get(p, group->nareas, sizeof(int32_t));
	group->merged = byudv_slice_get(p, group->nareas, sizeof(bool));
	for (int32_t v = 0; v < column->nvalues; v++)
		group->persons[group->area[v]] += column->persons[v];
	view->place = byudv_slice_get(p, column->nvalues, sizeof(int32_t));
}

/* What is left of each grouping of a column without each other one, but for the column's own. */
static void
begin_rests(Slice *s, int c)
{
	const ByudvProtection *p = s->p;
	Column	   *column = &s->columns[c];

	column->rests = &s->rests[s->nrests];
	for (int inner = 0; inner < column->ngroups; inner++)
	{
		for (int outer = 0; outer < column->ngroups; outer++)
		{
			Rest	   *rest = &s->rests[s->nrests];

			if (inner == outer || &column->groups[inner] == column->own || &column->groups[outer] == column->own)
				continue;
			rest->view = &s->views[p->first_group[p->ncolumns] + s->nrests++];
			rest->view->place = byudv_slice_get(p, column->nvalues, sizeof(int32_t));
			rest->inner = &column->groups[inner];
			rest->outer = &column->groups[outer];
			rest->is_counted = inner < p->columns[c].nkinds && outer < p->columns[c].nkinds;
			rest->lies_in = byudv_slice_get(p, rest->inner->nareas, sizeof(int32_t));
			rest->has_inner = byudv_slice_get(p, rest->outer->nareas, sizeof(bool));
			rest->left = byudv_slice_get(p, rest->outer->nareas, sizeof(int64_t));
			column->nrests++;
		}
	}
}

/* Persons, values and areas as they are in this slice. */
void
byudv_slice_begin(Slice *s, const int32_t *rows, int32_t nrows, size_t step)
{
	const ByudvProtection *p = s->p;
	size_t		nc = p->ncolumns;
	int			ngroups = p->first_group[nc],
				nrests = 0;

	s->npersons = nrows;
	s->values = byudv_slice_get(p, nrows * nc, sizeof(int32_t));
	for (int32_t i = 0; i < nrows; i++)
	{
		memcpy(s->values + i * nc, rows + i * step, nc * sizeof(int32_t));
		byudv_count_work(&s->work);
	}
	for (size_t c = 0; c < nc; c++)
		nrests += p->columns[c].ngroupings * (p->columns[c].ngroupings - 1);
	s->columns = byudv_slice_get(p, nc, sizeof(Column));
	s->groups = byudv_slice_get(p, ngroups, sizeof(Group));
	s->rests = byudv_slice_get(p, nrests, sizeof(Rest));
	s->views = byudv_slice_get(p, (size_t) ngroups + nrests, sizeof(View));
	for (size_t c = 0; c < nc; c++)
	{
		Column	   *column = &s->columns[c];
		int			first = p->first_group[c];

		column->nvalues = number_items(p, p->seen[c], NULL, s->values + c, nrows, nc, &column->numbers, s->values + c);
		column->persons = byudv_slice_get(p, column->nvalues, sizeof(int32_t));
		for (int32_t i = 0; i < nrows; i++)
			column->persons[s->values[i * nc + c]]++;
		column->ngroups = p->columns[c].ngroupings;
		column->groups = &s->groups[first];
		for (int t = 0; t < p->ntables; t++)
		{
			if (p->tables[t].item_grouping > 0 && p->tables[t].row == (int) c)
				column->own = items_of(s, t);
		}
		for (int g = 0; g < column->ngroups; g++)
			begin_group(s, column, &column->groups[g], &s->views[first + g], &p->columns[c].groupings[g], p->seen[nc + first + g]);
		begin_rests(s, c);
	}
}

static void
merge(Group *group, int32_t area)
{
	if (group->merged[area])
		return;
	group->merged[area] = true;
	group->nmerged++;
	group->merged_persons += group->persons[area];
}

/* The smallest area that is not merged, or -1. */
static int32_t
smallest_area(const Group *group)
{
	int32_t		best = -1;

	for (int32_t a = 0; a < group->nareas; a++)
	{
		if (!group->merged[a] && (best < 0 || group->persons[a] < group->persons[best]))
			best = a;
	}
	return best;
}

/*
 * How many persons more are in merged areas if two values can be mistaken for
 * each other; where there are tables of the column's own kind by the others: as
 * far as that kind goes, or the others.
 */
static int64_t
refuge_cost(const Column *column, int32_t v, int32_t other, bool own)
{
	int64_t		cost = 0;

	for (int g = 0; g < column->ngroups; g++)
	{
		const Group *group = &column->groups[g];
		int32_t		a = group->area[v],
					b = group->area[other];

		if (a != b && (group == column->own) == own)
			cost += (group->merged[a] ? 0 : group->persons[a]) + (group->merged[b] ? 0 : group->persons[b]);
	}
	return cost;
}

/* Lets a value be mistaken for one that is in another of these parts, which are of the column's own kind or not. */
static void
find_refuge(Slice *s, const Column *column, const int32_t *parts, int32_t v, bool own)
{
	int32_t		best = -1;
	int64_t		least = INT64_MAX;

	for (int32_t other = 0; other < column->nvalues && least > 0; other++)
	{
		byudv_count_work(&s->work);
		if (parts[other] != parts[v])
		{
			int64_t		cost = refuge_cost(column, v, other, own);

			if (cost < least)
			{
				least = cost;
				best = other;
			}
		}
	}
	for (int g = 0; best >= 0 && g < column->ngroups; g++)
	{
		Group	   *group = &column->groups[g];

		if (group->area[v] != group->area[best] && (group == column->own) == own)
		{
			merge(group, group->area[v]);
			merge(group, group->area[best]);
		}
	}
}

/* Where each value is counted; merged areas are filled up to what may be shown. */
static void
place_values(const Slice *s, const Column *column, Group *group)
{
	int32_t		next;

	while (group->nmerged > 0 && (group->nmerged < 2 || group->merged_persons < s->p->min_cell) && (next = smallest_area(group)) >= 0)
		merge(group, next);
	group->view->nplaces = 0;
	for (int32_t a = 0; a < group->nareas; a++)
	{
		if (!group->merged[a])
			group->area_place[a] = group->view->nplaces++;
	}
	for (int32_t a = 0; a < group->nareas; a++)
	{
		if (group->merged[a])
			group->area_place[a] = group->view->nplaces;
	}
	if (group->nmerged > 0)
		group->view->nplaces++;
	for (int32_t v = 0; v < column->nvalues; v++)
		group->view->place[v] = group->area_place[group->area[v]];
}

/*
 * Which inner places lie in one outer place each, and what is left of these.
 * Merges where that is few persons; then it was not the last time.
 */
static bool
place_rest(Slice *s, const Column *column, Rest *rest)
{
	const int32_t *inner = rest->inner->view->place,
			   *outer = rest->outer->view->place;
	int32_t		ninner = rest->inner->view->nplaces,
				nouter = rest->outer->view->nplaces;
	bool		some = false,
				changed = false;

	for (int32_t i = 0; i < ninner; i++)
		rest->lies_in[i] = -2;
	memset(rest->has_inner, 0, nouter * sizeof(bool));
	memset(rest->left, 0, nouter * sizeof(int64_t));
	for (int32_t v = 0; v < column->nvalues; v++)
	{
		int32_t    *in = &rest->lies_in[inner[v]];

		*in = *in == -2 || *in == outer[v] ? outer[v] : -1;
	}
	for (int32_t v = 0; v < column->nvalues; v++)
	{
		if (rest->lies_in[inner[v]] >= 0)
		{
			rest->has_inner[outer[v]] = true;
			rest->view->place[v] = inner[v];
		}
		else
		{
			rest->left[outer[v]] += column->persons[v];
			rest->view->place[v] = ninner + outer[v];
		}
	}
	for (int32_t o = 0; o < nouter; o++)
		some |= rest->has_inner[o] && rest->left[o] > 0;
	rest->view->nplaces = some ? ninner + nouter : 1;
	for (int32_t v = 0; v < column->nvalues; v++)
	{
		if (!some)
			rest->view->place[v] = 0;
		else if (rest->lies_in[inner[v]] < 0 && rest->has_inner[outer[v]] && rest->left[outer[v]] < s->p->min_cell)
		{
			find_refuge(s, column, rest->view->place, v, false);
			changed = true;
		}
	}
	return changed;
}

/* Merges what must be, and places all values of a column. */
void
byudv_merge_areas(Slice *s, const Column *column)
{
	int32_t		min = s->p->min_cell;
	bool		changed;

	for (int g = 0; g < column->ngroups; g++)
	{
		for (int32_t a = 0; a < column->groups[g].nareas; a++)
		{
			if (column->groups[g].persons[a] < min)
				merge(&column->groups[g], a);
		}
	}
	for (int g = 0; g < column->ngroups; g++)
	{
		const Group *group = &column->groups[g];

		for (int32_t v = 0; v < column->nvalues; v++)
		{
			if (group->persons[group->area[v]] < min)
				find_refuge(s, column, group->area, v, group == column->own);
		}
	}
	do
	{
		changed = false;
		for (int g = 0; g < column->ngroups; g++)
			place_values(s, column, &column->groups[g]);
		for (int r = 0; r < column->nrests && !changed; r++)
			changed = place_rest(s, column, &column->rests[r]);
	} while (changed);
}

/*
 * Puts one more item into the pool: that of the place, or the smallest if that
 * is the pool; and another that its persons can be mistaken for.
 */
void
byudv_merge_item(Slice *s, const Column *column, Group *items, int32_t place)
{
	int32_t		item = smallest_area(items);

	for (int32_t i = 0; i < items->nareas; i++)
	{
		if (!items->merged[i] && items->area_place[i] == place)
			item = i;
	}
	merge(items, item);
	for (int32_t v = 0; v < column->nvalues; v++)
	{
		if (items->area[v] == item)
			find_refuge(s, column, items->area, v, items == column->own);
	}
	byudv_merge_areas(s, column);
}
