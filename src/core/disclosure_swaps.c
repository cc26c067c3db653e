/*
 * disclosure_swaps.c
 *		Second step of disclosure.c: cells, the small ones among them, and pairs of
 *		persons who could exchange their items without anybody seeing it.
 */
#include "disclosure_slice.h"

#include <string.h>

#define PARTNERS	256			/* pairs of values looked at in one go */

/* Pairs in buckets of those that are alike in some respects. */
typedef struct Buckets
{
	uint32_t	mask;
	int32_t    *starts;
	int32_t    *order;
	int32_t    *positions;		/* of each pair, in order */
	uint32_t   *keys;
} Buckets;

typedef struct Partner
{
	int32_t		pair;
	int64_t		cost;
} Partner;

static inline int32_t
row_of(const Layer *layer, const Pair *pair)
{
	return layer->row->place[pair->row];
}

static inline int32_t
item_of(const Layer *layer, const Pair *pair)
{
	return layer->item->place[pair->item];
}

/* Layers, with room for cells as if nothing were merged; how many cells these are. */
int64_t
byudv_make_layers(Slice *s)
{
	const ByudvProtection *p = s->p;
	int64_t		cells = 0;
	int			most = 0;

	for (int t = 0; t < p->ntables; t++)
		most += p->columns[p->tables[t].row].nkinds + s->columns[p->tables[t].row].nrests;
	s->layers = byudv_slice_get(p, most, sizeof(Layer));
	s->first_layer = byudv_slice_get(p, (size_t) p->ntables + 1, sizeof(int));
	s->first_rest = byudv_slice_get(p, p->ntables, sizeof(int));
	for (int t = 0; t < p->ntables; t++)
	{
		const Column *rows = &s->columns[p->tables[t].row];
		int			nkinds = p->columns[p->tables[t].row].nkinds;
		const Group *items = items_of(s, t);
		int32_t		most_areas = 0;

		s->first_layer[t] = s->nlayers;
		for (int k = 0; k < nkinds; k++)
		{
			if (&rows->groups[k] == items)	/* of its own kind */
				continue;
			most_areas = rows->groups[k].nareas > most_areas ? rows->groups[k].nareas : most_areas;
			s->layers[s->nlayers].areas = &rows->groups[k];
			s->layers[s->nlayers].nrows = rows->groups[k].nareas;
			s->layers[s->nlayers++].row = rows->groups[k].view;
		}
		s->first_rest[t] = s->nlayers;
		for (int r = 0; r < rows->nrests; r++)
		{
			if (!rows->rests[r].is_counted)
				continue;
			s->layers[s->nlayers].nrows = rows->rests[r].inner->nareas + rows->rests[r].outer->nareas;
			s->layers[s->nlayers++].row = rows->rests[r].view;
		}
		for (int l = s->first_layer[t]; l < s->nlayers; l++)
		{
			s->layers[l].table = t;
			s->layers[l].item = items->view;
			s->layers[l].nitems = items->nareas;
			s->layers[l].worth = most_areas / s->layers[l].nrows;
			if (s->layers[l].worth < 1)
				s->layers[l].worth = 1;
			cells += s->layers[l].nrows * (int64_t) items->nareas;
		}
	}
	s->first_layer[p->ntables] = s->nlayers;
	for (int l = 0; l < s->nlayers && cells <= BYUDV_CELLS_MAX; l++)
	{
		size_t		n = (size_t) s->layers[l].nrows * s->layers[l].nitems;

		s->layers[l].counts = byudv_slice_get(p, n, sizeof(int32_t));
		s->layers[l].flags = byudv_slice_get(p, n, sizeof(uint8_t));
	}
	return cells;
}

/* Sorts persons by a column's values, and leaves those with the same in their order. */
static void
sort_persons(Slice *s, int column, const int32_t *persons, int32_t *sorted)
{
	const int32_t *values = s->values + column;
	size_t		step = s->p->ncolumns;
	int32_t    *starts = byudv_slice_get(s->p, s->columns[column].nvalues, sizeof(int32_t));

	for (int32_t v = 1; v < s->columns[column].nvalues; v++)
		starts[v] = starts[v - 1] + s->columns[column].persons[v - 1];
	for (int32_t i = 0; i < s->npersons; i++)
	{
		int32_t		person = persons == NULL ? i : persons[i];

		sorted[starts[values[person * step]]++] = person;
		byudv_count_work(&s->work);
	}
}

/* The pairs of values that each table's persons have. */
static void
list_pairs(Slice *s)
{
	const ByudvProtection *p = s->p;
	int32_t    *by_item = byudv_slice_get(p, s->npersons, sizeof(int32_t)),
			   *sorted = byudv_slice_get(p, s->npersons, sizeof(int32_t));
	Pair	   *pairs = byudv_slice_get(p, s->npersons, sizeof(Pair));

	s->pairs = byudv_slice_get(p, p->ntables, sizeof(Pairs));
	for (int t = 0; t < p->ntables; t++)
	{
		int32_t		n = 0;

		sort_persons(s, p->tables[t].item, NULL, by_item);
		sort_persons(s, p->tables[t].row, by_item, sorted);
		for (int32_t i = 0; i < s->npersons; i++)
		{
			const int32_t *values = s->values + (size_t) sorted[i] * p->ncolumns;
			int32_t		row = values[p->tables[t].row],
						item = values[p->tables[t].item];

			if (n == 0 || pairs[n - 1].row != row || pairs[n - 1].item != item)
				pairs[n++] = (Pair)
			{
				.row = row, .item = item
			};
			pairs[n - 1].persons++;
		}
		s->pairs[t].n = n;
		s->pairs[t].pairs = byudv_slice_get(p, n, sizeof(Pair));
		memcpy(s->pairs[t].pairs, pairs, n * sizeof(Pair));
		s->pairs[t].first = byudv_slice_get(p, (size_t) s->columns[p->tables[t].row].nvalues + 1, sizeof(int32_t));
		for (int32_t i = 0; i < n; i++)
			s->pairs[t].first[pairs[i].row + 1] = i + 1;
	}
}

/* Counts, and finds the small cells. */
static void
count_cells(Slice *s)
{
	for (int l = 0; l < s->nlayers; l++)
	{
		Layer	   *layer = &s->layers[l];
		const Pairs *list = &s->pairs[layer->table];
		bool		is_published = l < s->first_rest[layer->table];
		size_t		n;

		layer->nrows = layer->row->nplaces;
		layer->nitems = layer->item->nplaces;
		layer->pool = items_of(s, layer->table)->nmerged > 0 ? layer->nitems - 1 : -1;
		n = (size_t) layer->nrows * layer->nitems;
		memset(layer->counts, 0, n * sizeof(int32_t));
		for (int32_t i = 0; i < list->n; i++)
		{
			const Pair *pair = &list->pairs[i];

			layer->counts[cell_of(layer, row_of(layer, pair), item_of(layer, pair))] += pair->persons;
			byudv_count_work(&s->work);
		}
		for (size_t i = 0; i < n; i++)
		{
			layer->flags[i] = layer->counts[i] > 0 && layer->counts[i] < s->p->min_cell ? HIDDEN | SMALL : 0;
			if (!is_published || (int32_t) (i % layer->nitems) == layer->pool)
				layer->flags[i] |= HIDDEN;
		}
	}
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
 * The cells that change when persons of two rows exchange items: what those are
 * worth that are not hidden yet; done: hide them.
 */
static int64_t
swap_cells(Layer *layer, const int32_t *rows, const int32_t *items, bool done)
{
	int64_t		cost = 0;

	if (rows[0] == rows[1] || items[0] == items[1])
		return 0;
	for (int corner = 0; corner < 4; corner++)
	{
		size_t		cell = cell_of(layer, rows[corner & 1], items[corner >> 1]);

		if (!(layer->flags[cell] & HIDDEN))
			cost += (int64_t) layer->worth * size_of(layer->counts[cell]);
		if (done)
			layer->flags[cell] |= HIDDEN | SAFE;
	}
	return cost;
}

/*
 * The same for another table of the row column when it is areas of one of its
 * own kinds that persons of two values exchange: these take their items along.
 * Any two persons of the values will do; best are two with the same item.
 */
static int64_t
follow(Slice *s, int table, int grouping, int32_t one, int32_t other, bool done)
{
	Layer	   *layer = &s->layers[s->first_layer[table] + grouping];
	const Pairs *list = &s->pairs[table];
	int32_t		rows[2] = {layer->row->place[one], layer->row->place[other]},
				best[2] = {-1, -1};
	int64_t		least = INT64_MAX;

	for (int32_t i = list->first[one]; i < list->first[one + 1] && least > 0; i++)
	{
		for (int32_t j = list->first[other]; j < list->first[other + 1] && least > 0; j++)
		{
			int32_t		items[2] = {item_of(layer, &list->pairs[i]), item_of(layer, &list->pairs[j])};
			int64_t		cost = swap_cells(layer, rows, items, false);

			byudv_count_work(&s->work);
			if (cost < least)
			{
				least = cost;
				memcpy(best, items, sizeof(best));
			}
		}
	}
	if (done)
		swap_cells(layer, rows, best, true);
	return least;
}

/*
 * What it costs that two persons can exchange their items: what the cells are
 * worth that are not hidden yet, or limit or more; done: hide them.
 */
static int64_t
swap(Slice *s, int table, const Pair *one, const Pair *other, int64_t limit, bool done)
{
	const ByudvCountTable *tables = s->p->tables;
	int			end = done ? s->first_layer[table + 1] : s->first_rest[table];
	int64_t		cost = 0;

	for (int l = s->first_layer[table]; l < end && cost < limit; l++)
	{
		Layer	   *layer = &s->layers[l];
		int32_t		rows[2] = {row_of(layer, one), row_of(layer, other)},
					items[2] = {item_of(layer, one), item_of(layer, other)};

		cost += swap_cells(layer, rows, items, done);
	}
	for (int t = 0; tables[table].item_grouping > 0 && t < s->p->ntables && cost < limit; t++)
	{
		if (t != table && tables[t].row == tables[table].row)
			cost += follow(s, t, tables[table].item_grouping - 1, one->row, other->row, done);
	}
	return cost;
}

/* Looks at pairs around a position of order[from, to), nearest first. */
static void
look_around(Slice *s, const Layer *layer, int32_t pair, const int32_t *order, int32_t from, int32_t to, int32_t position, Partner *best)
{
	const Pair *pairs = s->pairs[layer->table].pairs;
	int32_t		row = row_of(layer, &pairs[pair]),
				item = item_of(layer, &pairs[pair]);
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
			if (row_of(layer, &pairs[other]) == row || item_of(layer, &pairs[other]) == item)
				continue;
			looked++;
			cost = swap(s, layer->table, &pairs[pair], &pairs[other], best->cost, false);
			if (cost < best->cost)
				*best = (Partner)
			{
				.pair = other, .cost = cost
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
	for (int l = s->first_layer[layer->table]; l < s->first_rest[layer->table]; l++)
	{
		const Layer *kind = &s->layers[l];

		for (int32_t i = 0; kind != layer && i < list->n; i++)
		{
			b->keys[i] ^= (uint32_t) (mix((uint64_t) (l + 1) << 32 | (uint32_t) row_of(kind, &list->pairs[i])) >> 16);
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
	/* each start is now the next one's */
	memmove(b->starts + 1, b->starts, ((size_t) b->mask + 1) * sizeof(int32_t));
	b->starts[0] = 0;
}

/*
 * Step 2 for a layer.  Persons in the same areas of all other kinds come first:
 * their swap changes this layer only.  Gives the place of an item for the pool,
 * or -1.
 */
static int32_t
protect_layer(Slice *s, Buckets *like, const Layer *layer)
{
	const Pairs *list = &s->pairs[layer->table];
	bool		ready = false;

	for (int32_t i = 0; i < list->n; i++)
	{
		const Pair *pair = &list->pairs[i];
		uint8_t		flags = layer->flags[cell_of(layer, row_of(layer, pair), item_of(layer, pair))];
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
			return item_of(layer, pair);
		swap(s, layer->table, pair, &list->pairs[best.pair], INT64_MAX, true);
	}
	return -1;
}

/* All of step 2. */
void
byudv_protect_cells(Slice *s)
{
	Buckets		like;
	size_t		most = 1,
				n = 1;
	int			safe = 0;

	list_pairs(s);
	for (int t = 0; t < s->p->ntables; t++)
		most = (size_t) s->pairs[t].n > most ? (size_t) s->pairs[t].n : most;
	while (n < most)
		n *= 2;
	like.starts = byudv_slice_get(s->p, n + 1, sizeof(int32_t));
	like.order = byudv_slice_get(s->p, most, sizeof(int32_t));
	like.positions = byudv_slice_get(s->p, most, sizeof(int32_t));
	like.keys = byudv_slice_get(s->p, most, sizeof(uint32_t));

	count_cells(s);
	while (safe < s->nlayers)
	{
		int			table = s->layers[safe].table;
		int32_t		item = protect_layer(s, &like, &s->layers[safe]);

		if (item < 0)
			safe++;
		else
		{
			byudv_merge_item(s, &s->columns[s->p->tables[table].item], items_of(s, table), item);
			count_cells(s);
			safe = 0;
		}
	}
}
