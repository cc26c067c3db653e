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
 *	  What is left of an area without those areas of another kind that lie in it
 *	  can be computed.  Where that is few persons, areas are merged until it is
 *	  not so any more.
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
 *	  and one person less in the cell.  It fits with the other tables of the slice
 *	  where they form no ring, since every value of every column has as many
 *	  persons as before; in a ring (a*b, b*c, c*a) it need not, unless two of
 *	  the three are kinds of one column (see 4).
 *	  The same is done for what is left of an area without those of another kind
 *	  in it: it has cells that are not published but can be computed.
 *	  Where all persons outside the area have the cell's item, no swap exists;
 *	  then the item joins the pool, and the slice begins anew.  The cell of an
 *	  area and the pool counts as any other; if every item is in the pool it is
 *	  the area's total, which is not small.  So it ends.
 *
 * 3. Sums of what is hidden in a row, or of an item over a kind's areas, can be
 *	  computed by all.  Where such a sum is below min_cell, the smallest counts
 *	  that are shown are hidden with it.  Hiding more takes away none of the
 *	  other tables above.
 *
 * 4. A ring: kinds of a column by its own kind (a home's areas by its segment),
 *	  and the column by other items.  A swap of items leaves homes as they are.
 *	  For a small cell of areas by segment two persons exchange their segments
 *	  and take along their items: the areas keep theirs, and so do the segments
 *	  if both persons have the same; else the segments' four cells are hidden as
 *	  well.  Items of different tables are not published together, so for each
 *	  of these tables any two persons of the two homes will do.
 *	  Proof: areas by segment is as in 2; of each other table a population by
 *	  area, segment and item has been given that agrees with it; and these fit
 *	  together, since they have the same persons by area and segment.
 *	  For merged areas a person gets other areas and keeps the segment, or the
 *	  other way round; such a home need not be there in truth.  What is left of
 *	  an area without segments that are nowhere else, or of a segment without
 *	  areas, is not looked after.
 *
 * Everything is decided in the order of values, never of input.
 */
#include "disclosure_slice.h"

#include <string.h>

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
emit_totals(const Slice *s, int table)
{
	const ByudvProtection *p = s->p;
	const Group *items = items_of(s, table);

	for (int32_t i = 0; i < items->nareas; i++)
	{
		ByudvCount	count = {.table = table, .item = items->source->codes[items->numbers[i]]};

		count.hidden = items->merged[i];
		count.persons = count.hidden ? 0 : items->persons[i];
		p->emit(p->context, &count);
	}
	if (items->nmerged > 0)
	{
		ByudvCount	count = {.table = table, .no_item = true, .persons = items->merged_persons};

		p->emit(p->context, &count);
	}
}

static void
emit_row(const Slice *s, const Layer *layer, int32_t row, ByudvCount count)
{
	const ByudvProtection *p = s->p;
	const Group *items = items_of(s, layer->table);
	int64_t		rest = layer->pool < 0 ? 0 : layer->counts[cell_of(layer, row, layer->pool)];

	for (int32_t i = 0; i < items->nareas; i++)
	{
		size_t		cell = cell_of(layer, row, items->area_place[i]);

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
	const Group *rows = layer->areas;

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
			emit_row(s, layer, rows->area_place[a], count);
	}
	if (rows->nmerged > 0)
	{
		ByudvCount	count = {.table = layer->table, .kind = rows->source->kind, .no_code = true};

		emit_row(s, layer, layer->nrows - 1, count);
	}
}

/*
 * Memory for numbering the values of each column and the areas of each grouping
 * that a slice has.
 */
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

int64_t
byudv_protect_slice(ByudvProtection *p, const int32_t *rows, int32_t nrows, size_t step)
{
	Slice		slice = {.p = p};
	Slice	   *s = &slice;
	int64_t		cells;

	if (nrows < p->min_cell)
	{
		for (int t = 0; t < p->ntables; t++)
		{
			ByudvCount	count = {.table = t, .no_item = true, .hidden = true};

			p->emit(p->context, &count);
		}
		return 0;
	}
	byudv_slice_begin(s, rows, nrows, step);
	cells = byudv_make_layers(s);
	if (cells > BYUDV_CELLS_MAX)
		return cells;
	for (int c = 0; c < p->ncolumns; c++)
		byudv_merge_areas(s, &s->columns[c]);
	byudv_protect_cells(s);
	for (int t = 0; t < p->ntables; t++)
	{
		emit_totals(s, t);
		for (int l = s->first_layer[t]; l < s->first_rest[t]; l++)
		{
			protect_sums(s, &s->layers[l]);
			emit_layer(s, &s->layers[l]);
		}
	}
	return cells;
}
