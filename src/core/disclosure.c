/*
 * disclosure.c
 *		Hides small counts of persons, and as many others as it takes that the
 *		small ones cannot be computed from what is shown.
 *
 * What is published of a slice: for each table, each kind of its rows, each
 * area and item a count or a hidden one; the sum of an area's hidden ones; so
 * the totals of areas and of items too.  Small means: at least one person and
 * fewer than min_cell.
 *
 * 1. Merged areas.  Areas (or items) with a small total are merged, per
 *	  grouping and slice, into one hidden area; for each value in them there is
 *	  another, with persons, in another merged area of that grouping, and in all
 *	  other groupings of the column in the same area or both in merged ones.  The
 *	  hidden area has at least two members and min_cell persons.  Merged items
 *	  are the pool: it is never shown, only part of the hidden sum of a row.  All
 *	  this depends on one column only, so it is the same in all tables.
 *	  Proof: let one person have the other value instead.  Nothing published
 *	  changes, in any table, but the total of the small area does.
 *
 * 2. Small cells are hidden.  For each there is a swap: two persons, one in the
 *	  cell, the other of another area and another item, who exchange their items;
 *	  and all cells of the table that change by it, in all kinds, are hidden.
 *	  Where no pair of persons has only hidden cells in its way, those of the
 *	  cheapest pair found are hidden as well, shown or zero.
 *	  Proof: after the exchange there are as many of every row value and of every
 *	  item as before, so totals of areas and items are the same; a row that
 *	  changes gains a person in one hidden cell and loses one in another, so its
 *	  hidden sum is the same.  So there is another table with the same publication
 *	  and one person less in the cell; and tables of one slice have nothing in
 *	  common but totals of areas and of items, which are the same in both.
 *	  Where all persons outside the area have the cell's item, no swap exists;
 *	  then the item joins the pool, and the slice begins anew.  The cell of an
 *	  area and the pool counts as any other; if every item is in the pool it is
 *	  the area's total, which is not small.  So it ends.
 *
 * 3. Sums of what is hidden in a row, or of an item over a kind's areas, can be
 *	  computed by all.  Where such a sum is below min_cell, the smallest counts
 *	  that are shown are hidden with it.  Hiding more takes away none of the
 *	  populations above.
 *
 * Everything is decided in the order of values, never of input.
 */
#include "disclosure.h"

#include <stdlib.h>
#include <string.h>

#define PARTNERS	128			/* pairs looked at in one go */

#define HIDDEN		1
#define SMALL		2
#define SAFE		4			/* a swap changes it */

/* A grouping, with those areas that have persons in this slice. */
typedef struct Group
{
	const ByudvGrouping *source;
	int32_t		nareas;
	int32_t    *numbers;		/* in source */
	int32_t    *area;			/* of each value */
	int32_t    *persons;		/* of each area */
	bool	   *merged;
	int32_t		nmerged;
	int64_t		merged_persons;
	int32_t    *place;			/* of each area: where it is published */
	int32_t		nplaces;
	int32_t		hidden;			/* place of merged areas, or -1 */
} Group;

typedef struct Column
{
	int32_t		nvalues;		/* with persons in this slice */
	int32_t    *numbers;		/* in source */
	int32_t    *persons;
	int			ngroups;
	Group	   *groups;
} Column;

/* A table by one kind. */
typedef struct Layer
{
	int			table;
	int			row;			/* group */
	int			item;			/* group */
	int32_t		nrows;
	int32_t		nitems;
	int32_t		pool;			/* an item, or -1 */
	int32_t    *counts;			/* nitems for each row */
	uint8_t    *flags;
	int32_t		worth;			/* of one of its cells: few areas are worth more than many */
} Layer;

/* Persons who are alike in the two columns of a table. */
typedef struct Pair
{
	int32_t		row;			/* values */
	int32_t		item;
} Pair;

typedef struct Pairs
{
	int32_t		n;
	Pair	   *pairs;			/* by row and item */
} Pairs;

/* Pairs in buckets of those that are alike in some respects. */
typedef struct Buckets
{
	uint32_t	mask;
	int32_t    *starts;
	int32_t    *order;
	int32_t    *positions;		/* of each pair, in order */
	uint32_t   *keys;
} Buckets;

typedef struct Slice
{
	ByudvProtection *p;
	int			ncolumns;
	Column	   *columns;
	int			ngroups;
	Group	   *groups;			/* of all columns */
	int32_t		nrecords;		/* persons who are alike in all columns are one record */
	int32_t    *values;			/* ncolumns for each record */
	int32_t    *weights;
	int32_t    *places;			/* ngroups for each record */
	int			nlayers;
	Layer	   *layers;
	int		   *first_layer;	/* of each table; one more at the end */
	Pairs	   *pairs;			/* of each table */
	Buckets		like;			/* pairs of a table that are alike in all kinds of rows but a layer's own */
	uint32_t	work;
} Slice;

static void *
get(const ByudvProtection *p, size_t n, size_t size)
{
	void	   *block = p->arena.alloc(p->arena.context, (n == 0 ? 1 : n) * size);

	memset(block, 0, (n == 0 ? 1 : n) * size);
	return block;
}

void
byudv_protection_begin(ByudvProtection *p, const ByudvArena *arena)
{
	int			ngroups = 0;

	p->first_group = arena->alloc(arena->context, ((size_t) p->ncolumns + 1) * sizeof(int));
	for (int c = 0; c < p->ncolumns; c++)
	{
		p->first_group[c] = ngroups;
		ngroups += p->columns[c].ngroupings;
	}
	p->first_group[p->ncolumns] = ngroups;
	p->seen = arena->alloc(arena->context, ((size_t) p->ncolumns + ngroups + 1) * sizeof(int32_t *));
	for (int c = 0; c < p->ncolumns; c++)
	{
		const ByudvCountColumn *column = &p->columns[c];

		for (int g = -1; g < column->ngroupings; g++)
		{
			size_t		n = (size_t) (g < 0 ? column->nvalues : column->groupings[g].nareas) * sizeof(int32_t);
			int			i = g < 0 ? c : p->ncolumns + p->first_group[c] + g;

			p->seen[i] = arena->alloc(arena->context, n + 1);
			memset(p->seen[i], 0, n);
		}
	}
}

static int
compare_numbers(const void *a, const void *b)
{
	int32_t		x = *(const int32_t *) a,
				y = *(const int32_t *) b;

	return (x > y) - (x < y);
}

/*
 * Numbers what n items have: of(items[i * step]), or that itself.  Gives how
 * many different numbers there are, and which, ascending.
 */
static int32_t
number(const ByudvProtection *p, int32_t *seen, const int32_t *of, const int32_t *items, int32_t n, int step,
	   int32_t **numbers, int32_t *result, int result_step)
{
	int32_t		found = 0;

	*numbers = get(p, n, sizeof(int32_t));
	for (int32_t i = 0; i < n; i++)
	{
		int32_t		item = items[(size_t) i * step];
		int32_t		x = of == NULL ? item : of[item];

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
	{
		int32_t		item = items[(size_t) i * step];

		result[(size_t) i * result_step] = seen[of == NULL ? item : of[item]] - 1;
	}
	for (int32_t i = 0; i < found; i++)
		seen[(*numbers)[i]] = 0;
	return found;
}

/* Records, values and areas as they are in this slice. */
static void
look_at(Slice *s, const int32_t *rows, int32_t nrows, size_t step)
{
	ByudvProtection *p = s->p;
	int			nc = s->ncolumns;
	int32_t    *firsts = get(p, nrows, sizeof(int32_t));

	s->weights = get(p, nrows, sizeof(int32_t));
	for (int32_t i = 0; i < nrows; i++)
	{
		byudv_count_work(&s->work);
		if (i == 0 || memcmp(rows + i * step, rows + (i - 1) * step, nc * sizeof(int32_t)) != 0)
			firsts[s->nrecords++] = i;
		s->weights[s->nrecords - 1]++;
	}
	s->values = get(p, (size_t) s->nrecords * nc, sizeof(int32_t));
	for (int32_t i = 0; i < s->nrecords; i++)
		memcpy(s->values + (size_t) i * nc, rows + firsts[i] * step, nc * sizeof(int32_t));

	s->ngroups = p->first_group[nc];
	s->columns = get(p, nc, sizeof(Column));
	s->groups = get(p, s->ngroups, sizeof(Group));
	for (int c = 0; c < nc; c++)
	{
		Column	   *column = &s->columns[c];

		column->nvalues = number(p, p->seen[c], NULL, s->values + c, s->nrecords, nc, &column->numbers, s->values + c, nc);
		column->persons = get(p, column->nvalues, sizeof(int32_t));
		for (int32_t i = 0; i < s->nrecords; i++)
			column->persons[s->values[(size_t) i * nc + c]] += s->weights[i];
		column->ngroups = p->columns[c].ngroupings;
		column->groups = s->groups + p->first_group[c];
		for (int g = 0; g < column->ngroups; g++)
		{
			Group	   *group = &column->groups[g];

			group->source = &p->columns[c].groupings[g];
			group->area = get(p, column->nvalues, sizeof(int32_t));
			group->nareas = number(p, p->seen[nc + p->first_group[c] + g], group->source->area, column->numbers,
								   column->nvalues, 1, &group->numbers, group->area, 1);
			group->persons = get(p, group->nareas, sizeof(int32_t));
			group->merged = get(p, group->nareas, sizeof(bool));
			group->place = get(p, group->nareas, sizeof(int32_t));
			for (int32_t v = 0; v < column->nvalues; v++)
				group->persons[group->area[v]] += column->persons[v];
		}
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

/* How many persons more are in merged areas if two values can be mistaken for each other. */
static int64_t
refuge_cost(const Column *column, int32_t v, int32_t other)
{
	int64_t		cost = 0;

	for (int g = 0; g < column->ngroups; g++)
	{
		const Group *group = &column->groups[g];
		int32_t		a = group->area[v],
					b = group->area[other];

		if (a != b)
			cost += (group->merged[a] ? 0 : group->persons[a]) + (group->merged[b] ? 0 : group->persons[b]);
	}
	return cost;
}

/* Lets a value in a small area of the group be mistaken for one of another area. */
static void
find_refuge(Slice *s, const Column *column, const Group *group, int32_t v)
{
	int32_t		best = -1;
	int64_t		least = INT64_MAX;

	for (int32_t other = 0; other < column->nvalues && least > 0; other++)
	{
		byudv_count_work(&s->work);
		if (group->area[other] != group->area[v])
		{
			int64_t		cost = refuge_cost(column, v, other);

			if (cost < least)
			{
				least = cost;
				best = other;
			}
		}
	}
	for (int g = 0; best >= 0 && g < column->ngroups; g++)
	{
		Group	   *each = &column->groups[g];

		if (each->area[v] != each->area[best])
		{
			merge(each, each->area[v]);
			merge(each, each->area[best]);
		}
	}
}

/* Step 1 for a column. */
static void
merge_areas(Slice *s, const Column *column)
{
	int32_t		min = s->p->min_cell;

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
				find_refuge(s, column, group, v);
		}
	}
	for (int g = 0; g < column->ngroups; g++)
	{
		Group	   *group = &column->groups[g];
		int32_t		next;

		while (group->nmerged > 0 && (group->nmerged < 2 || group->merged_persons < min) && (next = smallest_area(group)) >= 0)
			merge(group, next);
		group->nplaces = 0;
		for (int32_t a = 0; a < group->nareas; a++)
		{
			if (!group->merged[a])
				group->place[a] = group->nplaces++;
		}
		group->hidden = group->nmerged > 0 ? group->nplaces++ : -1;
		for (int32_t a = 0; a < group->nareas; a++)
		{
			if (group->merged[a])
				group->place[a] = group->hidden;
		}
	}
}

/* Layers, with room for cells as if nothing were merged; how many cells these are. */
static int64_t
make_layers(Slice *s)
{
	const ByudvProtection *p = s->p;
	int64_t		cells = 0;

	s->first_layer = get(p, (size_t) p->ntables + 1, sizeof(int));
	for (int t = 0; t < p->ntables; t++)
	{
		s->first_layer[t] = s->nlayers;
		s->nlayers += p->columns[p->tables[t].row].nkinds;
	}
	s->first_layer[p->ntables] = s->nlayers;
	s->layers = get(p, s->nlayers, sizeof(Layer));
	for (int t = 0; t < p->ntables; t++)
	{
		for (int l = s->first_layer[t]; l < s->first_layer[t + 1]; l++)
		{
			Layer	   *layer = &s->layers[l];

			layer->table = t;
			layer->row = p->first_group[p->tables[t].row] + l - s->first_layer[t];
			layer->item = p->first_group[p->tables[t].item] + p->columns[p->tables[t].item].itself;
			cells += (int64_t) s->groups[layer->row].nareas * s->groups[layer->item].nareas;
		}
	}
	if (cells > BYUDV_CELLS_MAX)
		return cells;
	for (int l = 0; l < s->nlayers; l++)
	{
		Layer	   *layer = &s->layers[l];
		size_t		n = (size_t) s->groups[layer->row].nareas * s->groups[layer->item].nareas;

		layer->counts = get(p, n, sizeof(int32_t));
		layer->flags = get(p, n, sizeof(uint8_t));
	}
	return cells;
}

static inline size_t
cell_of(const Layer *layer, int32_t row, int32_t item)
{
	return (size_t) row * layer->nitems + item;
}

static inline const int32_t *
places_of(const Slice *s, int32_t record)
{
	return s->places + (size_t) record * s->ngroups;
}

/* Puts one item more into the pool, and another that its persons can be mistaken for. */
static void
pool_item(Slice *s, const Layer *layer, int32_t place)
{
	const Column *column = &s->columns[s->p->tables[layer->table].item];
	Group	   *items = &s->groups[layer->item];
	int32_t		item = smallest_area(items);

	for (int32_t i = 0; i < items->nareas && place != layer->pool; i++)
	{
		if (items->place[i] == place)
			item = i;
	}
	merge(items, item);
	for (int32_t v = 0; v < column->nvalues; v++)
	{
		if (items->area[v] == item)
			find_refuge(s, column, items, v);
	}
}

/* Counts, and finds the small ones. */
static void
count_cells(Slice *s)
{
	for (int32_t i = 0; i < s->nrecords; i++)
	{
		for (int c = 0; c < s->ncolumns; c++)
		{
			int32_t		v = s->values[(size_t) i * s->ncolumns + c];

			for (int g = s->p->first_group[c]; g < s->p->first_group[c + 1]; g++)
				s->places[(size_t) i * s->ngroups + g] = s->groups[g].place[s->groups[g].area[v]];
		}
		byudv_count_work(&s->work);
	}
	for (int l = 0; l < s->nlayers; l++)
	{
		Layer	   *layer = &s->layers[l];
		size_t		n;

		layer->nrows = s->groups[layer->row].nplaces;
		layer->nitems = s->groups[layer->item].nplaces;
		layer->pool = s->groups[layer->item].hidden;
		n = (size_t) layer->nrows * layer->nitems;
		layer->worth = 1;
		for (int k = s->first_layer[layer->table]; k < s->first_layer[layer->table + 1]; k++)
		{
			int32_t		worth = s->groups[s->layers[k].row].nareas / s->groups[layer->row].nareas;

			if (worth > layer->worth)
				layer->worth = worth;
		}
		memset(layer->counts, 0, n * sizeof(int32_t));
		for (int32_t i = 0; i < s->nrecords; i++)
		{
			const int32_t *places = places_of(s, i);

			layer->counts[cell_of(layer, places[layer->row], places[layer->item])] += s->weights[i];
			byudv_count_work(&s->work);
		}
		for (size_t i = 0; i < n; i++)
		{
			layer->flags[i] = layer->counts[i] > 0 && layer->counts[i] < s->p->min_cell ? HIDDEN | SMALL : 0;
			if ((int32_t) (i % layer->nitems) == layer->pool)
				layer->flags[i] |= HIDDEN;
		}
	}
}

/* The pairs of a table's values that there are. */
static bool
list_pairs(Slice *s, int t)
{
	const ByudvCountTable *table = &s->p->tables[t];
	int32_t		nrows = s->columns[table->row].nvalues,
				nitems = s->columns[table->item].nvalues;
	Pairs	   *list = &s->pairs[t];
	bool	   *is_there;

	if ((int64_t) nrows * nitems > BYUDV_CELLS_MAX)
		return false;
	is_there = get(s->p, (size_t) nrows * nitems, sizeof(bool));
	for (int32_t i = 0; i < s->nrecords; i++)
	{
		const int32_t *values = s->values + (size_t) i * s->ncolumns;
		bool	   *cell = &is_there[(size_t) values[table->row] * nitems + values[table->item]];

		list->n += !*cell;
		*cell = true;
		byudv_count_work(&s->work);
	}
	list->pairs = get(s->p, list->n, sizeof(Pair));
	list->n = 0;
	for (int32_t row = 0; row < nrows; row++)
	{
		for (int32_t item = 0; item < nitems; item++)
		{
			if (is_there[(size_t) row * nitems + item])
				list->pairs[list->n++] = (Pair)
			{
				row, item
			};
		}
	}
	return true;
}

static inline int32_t
row_of(const Slice *s, const Layer *layer, const Pair *pair)
{
	const Group *group = &s->groups[layer->row];

	return group->place[group->area[pair->row]];
}

static inline int32_t
item_of(const Slice *s, const Layer *layer, const Pair *pair)
{
	const Group *group = &s->groups[layer->item];

	return group->place[group->area[pair->item]];
}

/* About the binary logarithm: a cell of many persons is not worth as much more as it has more of them. */
static inline int
size_of(int32_t count)
{
	int			size = 2;

	for (; count > 0; count /= 2)
		size++;
	return size;
}

/*
 * What it costs that two persons can exchange their items: what the cells are
 * worth that are not hidden yet; done: hide them.
 */
static int64_t
swap(Slice *s, int table, const Pair *one, const Pair *other, bool done)
{
	int64_t		cost = 0;

	for (int l = s->first_layer[table]; l < s->first_layer[table + 1]; l++)
	{
		Layer	   *layer = &s->layers[l];
		int32_t		rows[2] = {row_of(s, layer, one), row_of(s, layer, other)},
					items[2] = {item_of(s, layer, one), item_of(s, layer, other)};

		if (rows[0] == rows[1] || items[0] == items[1])
			continue;
		for (int corner = 0; corner < 4; corner++)
		{
			size_t		cell = cell_of(layer, rows[corner & 1], items[corner >> 1]);

			if (!(layer->flags[cell] & HIDDEN))
				cost += (int64_t) layer->worth * size_of(layer->counts[cell]);
			if (done)
				layer->flags[cell] |= HIDDEN | SAFE;
		}
	}
	return cost;
}

typedef struct Partner
{
	int32_t		pair;
	int64_t		cost;
} Partner;

/* Looks at pairs around a position of order[from, to), nearest first. */
static void
look_around(Slice *s, const Layer *layer, int32_t pair, const int32_t *order, int32_t from, int32_t to, int32_t position, Partner *best)
{
	const Pair *pairs = s->pairs[layer->table].pairs;
	int32_t		row = row_of(s, layer, &pairs[pair]),
				item = item_of(s, layer, &pairs[pair]);
	int			looked = 0;

	for (int32_t distance = 1; (position - distance >= from || position + distance < to) && looked < PARTNERS; distance++)
	{
		byudv_count_work(&s->work);
		for (int side = -1; side <= 1; side += 2)
		{
			int32_t		at = position + side * distance,
						other;
			int64_t		cost;

			if (at < from || at >= to)
				continue;
			other = order == NULL ? at : order[at];
			if (row_of(s, layer, &pairs[other]) == row || item_of(s, layer, &pairs[other]) == item)
				continue;
			looked++;
			cost = swap(s, layer->table, &pairs[pair], &pairs[other], false);
			if (cost < best->cost)
				*best = (Partner)
			{
				other, cost
			};
			if (cost == 0)
				return;
		}
	}
}

static inline uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 32) * UINT64_C(0x9E3779B97F4A7C15);
	return x ^ x >> 29;
}

/* Sorts a table's pairs into buckets by the kinds of rows that a swap for this layer had better leave alone: all others. */
static void
fill_buckets(Slice *s, Buckets *b, const Layer *layer)
{
	const Pairs *list = &s->pairs[layer->table];
	uint32_t	n = 1;

	while (n < (uint32_t) list->n)
		n *= 2;
	b->mask = n - 1;
	memset(b->keys, 0, list->n * sizeof(uint32_t));
	for (int l = s->first_layer[layer->table]; l < s->first_layer[layer->table + 1]; l++)
	{
		const Layer *kind = &s->layers[l];

		if (kind == layer)
			continue;
		for (int32_t i = 0; i < list->n; i++)
		{
			b->keys[i] ^= (uint32_t) (mix((uint64_t) (l + 1) << 32 | (uint32_t) row_of(s, kind, &list->pairs[i])) >> 16);
			byudv_count_work(&s->work);
		}
	}
	memset(b->starts, 0, ((size_t) b->mask + 2) * sizeof(int32_t));
	for (int32_t i = 0; i < list->n; i++)
		b->starts[(b->keys[i] & b->mask) + 1]++;
	for (uint32_t k = 0; k <= b->mask; k++)
		b->starts[k + 1] += b->starts[k];
	for (int32_t i = 0; i < list->n; i++)
	{
		int32_t    *start = &b->starts[b->keys[i] & b->mask];

		b->positions[i] = *start;
		b->order[(*start)++] = i;
	}
	for (uint32_t k = b->mask + 1; k > 0; k--)
		b->starts[k] = b->starts[k - 1];
	b->starts[0] = 0;
}

/*
 * Step 2 for a layer.  Persons in the same areas of all other kinds come first:
 * their swap changes this layer only.  Gives an item for the pool, or -1.
 */
static int32_t
protect_layer(Slice *s, Layer *layer)
{
	const Pairs *list = &s->pairs[layer->table];
	Buckets    *like = &s->like;
	bool		ready = false;

	for (int32_t i = 0; i < list->n; i++)
	{
		uint8_t		flags = layer->flags[cell_of(layer, row_of(s, layer, &list->pairs[i]), item_of(s, layer, &list->pairs[i]))];
		Partner		best = {.cost = INT64_MAX};
		uint32_t	k;

		byudv_count_work(&s->work);
		if ((flags & (SMALL | SAFE)) != SMALL)
			continue;
		if (!ready)
			fill_buckets(s, like, layer);
		ready = true;
		k = like->keys[i] & like->mask;
		look_around(s, layer, i, like->order, like->starts[k], like->starts[k + 1], like->positions[i], &best);
		if (best.cost > 0)
			look_around(s, layer, i, NULL, 0, list->n, i, &best);
		if (best.cost == INT64_MAX)
			return item_of(s, layer, &list->pairs[i]);
		swap(s, layer->table, &list->pairs[i], &list->pairs[best.pair], true);
	}
	return -1;
}

/*
 * Step 3: hides the smallest counts that are shown in a row or column of n
 * cells until the sum of the hidden ones is not small.
 */
static bool
protect_sum(const Slice *s, Layer *layer, size_t first, size_t step, int32_t n, bool is_row)
{
	bool		changed = false;

	for (;;)
	{
		int64_t		sum = 0;
		bool		some = false;
		size_t		best = SIZE_MAX;

		for (int32_t i = 0; i < n; i++)
		{
			size_t		cell = first + i * step;
			int32_t		count = layer->counts[cell];

			if (layer->flags[cell] & HIDDEN)
			{
				sum += count;
				some |= count > 0 || !is_row || i != layer->pool;
			}
			else if (count > 0 && (best == SIZE_MAX || count < layer->counts[best]))
				best = cell;
		}
		if (!some || sum >= s->p->min_cell || best == SIZE_MAX)
			return changed;
		layer->flags[best] |= HIDDEN;
		changed = true;
	}
}

static void
protect_sums(Slice *s, Layer *layer)
{
	bool		changed;

	do
	{
		changed = false;
		for (int32_t row = 0; row < layer->nrows; row++)
		{
			changed |= protect_sum(s, layer, cell_of(layer, row, 0), 1, layer->nitems, true);
			byudv_count_work(&s->work);
		}
		for (int32_t item = 0; item < layer->nitems; item++)
		{
			if (item != layer->pool)
				changed |= protect_sum(s, layer, item, layer->nitems, layer->nrows, false);
			byudv_count_work(&s->work);
		}
	} while (changed);
}

/* All together, by item. */
static void
emit_totals(const Slice *s, const Layer *layer)
{
	const ByudvProtection *p = s->p;
	const Group *items = &s->groups[layer->item];

	for (int32_t i = 0; i < items->nareas; i++)
	{
		ByudvCount	count = {.table = layer->table, .item = items->source->codes[items->numbers[i]]};

		count.hidden = items->merged[i];
		count.persons = count.hidden ? 0 : items->persons[i];
		p->emit(p->context, &count);
	}
	if (items->nmerged > 0)
	{
		ByudvCount	count = {.table = layer->table, .no_item = true, .persons = items->merged_persons};

		p->emit(p->context, &count);
	}
}

static void
emit_row(const Slice *s, const Layer *layer, int32_t row, ByudvCount count)
{
	const ByudvProtection *p = s->p;
	const Group *items = &s->groups[layer->item];
	int64_t		rest = layer->pool < 0 ? 0 : layer->counts[cell_of(layer, row, layer->pool)];

	for (int32_t i = 0; i < items->nareas; i++)
	{
		size_t		cell = cell_of(layer, row, items->place[i]);

		count.hidden = (layer->flags[cell] & HIDDEN) != 0;
		if (items->merged[i] || (layer->counts[cell] == 0 && !count.hidden))
			continue;
		count.item = items->source->codes[items->numbers[i]];
		count.persons = count.hidden ? 0 : layer->counts[cell];
		if (count.hidden)
			rest += layer->counts[cell];
		p->emit(p->context, &count);
	}
	if (rest > 0)
	{
		count.item = 0;
		count.no_item = true;
		count.hidden = false;
		count.persons = rest;
		p->emit(p->context, &count);
	}
}

static void
emit_layer(Slice *s, const Layer *layer)
{
	const ByudvProtection *p = s->p;
	const Group *rows = &s->groups[layer->row];

	for (int32_t a = 0; a < rows->nareas; a++)
	{
		ByudvCount	count = {.table = layer->table, .kind = rows->source->kind, .code = rows->source->codes[rows->numbers[a]]};

		byudv_count_work(&s->work);
		if (rows->merged[a])
		{
			count.no_item = count.hidden = true;
			p->emit(p->context, &count);
		}
		else
			emit_row(s, layer, rows->place[a], count);
	}
	if (rows->hidden >= 0)
	{
		ByudvCount	count = {.table = layer->table, .kind = rows->source->kind, .no_code = true};

		emit_row(s, layer, rows->hidden, count);
	}
}

static void
make_buckets(Slice *s, Buckets *b)
{
	int32_t		most = 1;
	uint32_t	n = 1;

	for (int t = 0; t < s->p->ntables; t++)
		most = s->pairs[t].n > most ? s->pairs[t].n : most;
	while (n < (uint32_t) most)
		n *= 2;
	b->starts = get(s->p, (size_t) n + 1, sizeof(int32_t));
	b->order = get(s->p, most, sizeof(int32_t));
	b->positions = get(s->p, most, sizeof(int32_t));
	b->keys = get(s->p, most, sizeof(uint32_t));
}

int64_t
byudv_protect_slice(ByudvProtection *p, const int32_t *rows, int32_t nrows, size_t step)
{
	Slice		slice = {.p = p, .ncolumns = p->ncolumns};
	Slice	   *s = &slice;
	int64_t		cells;
	int			safe = 0;

	if (nrows < p->min_cell)
	{
		for (int t = 0; t < p->ntables; t++)
		{
			ByudvCount	count = {.table = t, .no_item = true, .hidden = true};

			p->emit(p->context, &count);
		}
		return 0;
	}
	look_at(s, rows, nrows, step);
	cells = make_layers(s);
	if (cells > BYUDV_CELLS_MAX)
		return cells;
	s->places = get(p, (size_t) s->nrecords * s->ngroups, sizeof(int32_t));
	s->pairs = get(p, p->ntables, sizeof(Pairs));
	for (int t = 0; t < p->ntables; t++)
	{
		if (!list_pairs(s, t))
			return BYUDV_CELLS_MAX + 1;
	}
	make_buckets(s, &s->like);
	for (int c = 0; c < s->ncolumns; c++)
		merge_areas(s, &s->columns[c]);
	count_cells(s);
	while (safe < s->nlayers)
	{
		Layer	   *layer = &s->layers[safe];
		int32_t		item = protect_layer(s, layer);

		if (item < 0)
		{
			safe++;
			continue;
		}

		pool_item(s, layer, item);
		merge_areas(s, &s->columns[p->tables[layer->table].item]);
		count_cells(s);
		safe = 0;
	}
	for (int l = 0; l < s->nlayers; l++)
		protect_sums(s, &s->layers[l]);
	for (int l = 0; l < s->nlayers; l++)
	{
		if (l == s->first_layer[s->layers[l].table])
			emit_totals(s, &s->layers[l]);
		emit_layer(s, &s->layers[l]);
	}
	return cells;
}
