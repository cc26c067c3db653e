/*
 * row_sorter.c
 *		Any number of rows in order, within a bound of memory.
 *
 * Rows are gathered and sorted in memory.  When there is no room for more, the
 * sorted ones go to a temporary file as a run; in the end the runs are merged as
 * they are read.  Sorting takes as much memory again as what is sorted at a time:
 * all rows when they have stayed in memory, a piece of them otherwise.  Merging
 * takes a block for each run (8 kB to 256 kB, as the grant allows).
 */
#include "moves.h"

#include "storage/buffile.h"
#include "utils/memutils.h"

#define BLOCK_MIN	8192
#define BLOCK_MAX	262144
#define ROWS_MIN	1024		/* of room, however small the grant */

/* A sorted run in the file, as it is read. */
typedef struct Run
{
	int			fileno;			/* where the rest begins */
	off_t		offset;
	size_t		left;			/* rows that have not been read */
	char	   *block;
	size_t		at;				/* row of the block */
	size_t		filled;			/* rows in the block */
} Run;

/* Behind ByudvSorter, which callers see. */
typedef struct Sorter
{
	ByudvSorter base;
	MemoryContext context;
	size_t		capacity;		/* rows that the grant allows */
	int			pieces;			/* in which a full memory is sorted */
	size_t		at;

	BufFile    *file;			/* NULL while all rows are in memory */
	Run		   *runs;
	int			nruns;
	int			runs_room;
	size_t		block_rows;
	int		   *heap;			/* runs by their next row, the first on top */
	int			nheap;
	bool		is_taken;		/* the first's next row has been given out */
} Sorter;

size_t
byudv_memory_share(int divisor)
{
	return (size_t) maintenance_work_mem * 1024 / divisor;
}

ByudvSorter *
byudv_sorter_begin(size_t row_size, size_t bytes, int pieces)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "byudv rows", ALLOCSET_DEFAULT_SIZES);
	Sorter	   *sorter = MemoryContextAllocZero(context, sizeof(Sorter));

	sorter->base.row_size = row_size;
	sorter->context = context;
	sorter->capacity = Max(bytes / row_size, ROWS_MIN);
	sorter->pieces = pieces;
	return &sorter->base;
}

static void
sort_in_memory(Sorter *sorter, char *rows, size_t n)
{
	void	   *spare = MemoryContextAllocHuge(sorter->context, Max(n, 1) * sorter->base.row_size);

	byudv_sort_rows(rows, spare, n, sorter->base.row_size);
	pfree(spare);
}

/* Sorts some rows and writes them behind the runs that are there. */
static void
write_run(Sorter *sorter, char *rows, size_t n)
{
	size_t		bytes = n * sorter->base.row_size;
	Run		   *run;

	if (sorter->nruns == sorter->runs_room)
	{
		sorter->runs_room = Max(16, sorter->runs_room * 2);
		sorter->runs = sorter->runs == NULL ? palloc(sorter->runs_room * sizeof(Run)) :
			repalloc(sorter->runs, sorter->runs_room * sizeof(Run));
	}
	sort_in_memory(sorter, rows, n);
	run = &sorter->runs[sorter->nruns++];
	memset(run, 0, sizeof(Run));
	BufFileTell(sorter->file, &run->fileno, &run->offset);
	run->left = n;
	for (size_t written = 0; written < bytes;)
	{
		size_t		part = Min(bytes - written, BLOCK_MAX);

		BufFileWrite(sorter->file, rows + written, part);
		written += part;
		CHECK_FOR_INTERRUPTS();
	}
}

static void
write_rows(Sorter *sorter)
{
	MemoryContext old = MemoryContextSwitchTo(sorter->context);
	size_t		piece = sorter->base.nrows / sorter->pieces + 1;

	if (sorter->file == NULL)
		sorter->file = BufFileCreateTemp(false);
	for (size_t start = 0; start < sorter->base.nrows; start += piece)
		write_run(sorter, sorter->base.rows + start * sorter->base.row_size, Min(piece, sorter->base.nrows - start));
	sorter->base.nrows = 0;
	MemoryContextSwitchTo(old);
}

void
byudv_sorter_make_room(ByudvSorter *base)
{
	Sorter	   *sorter = (Sorter *) base;

	if (base->room < sorter->capacity)
	{
		size_t		room = base->room == 0 ? Min(ROWS_MIN, sorter->capacity) : Min(base->room * 2, sorter->capacity);

		if (base->rows == NULL)
			base->rows = MemoryContextAllocHuge(sorter->context, room * base->row_size);
		else
			base->rows = repalloc_huge(base->rows, room * base->row_size);
		base->room = room;
	}
	else
		write_rows(sorter);
}

static void
fill_block(Sorter *sorter, Run *run)
{
	size_t		n = Min(run->left, sorter->block_rows);
	size_t		bytes = n * sorter->base.row_size;

	CHECK_FOR_INTERRUPTS();
	if (BufFileSeek(sorter->file, run->fileno, run->offset, SEEK_SET) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not seek in a temporary file of rows")));
	if (BufFileRead(sorter->file, run->block, bytes) != bytes)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read a temporary file of rows")));
	BufFileTell(sorter->file, &run->fileno, &run->offset);
	run->left -= n;
	run->at = 0;
	run->filled = n;
}

static inline const ByudvRow *
head(const Sorter *sorter, int run)
{
	return (const ByudvRow *) (sorter->runs[run].block + sorter->runs[run].at * sorter->base.row_size);
}

/* Brings the run at a place of the heap down to where it belongs. */
static void
sift(Sorter *sorter, int place)
{
	int			run = sorter->heap[place];

	for (;;)
	{
		int			child = 2 * place + 1;

		if (child >= sorter->nheap)
			break;
		if (child + 1 < sorter->nheap &&
			byudv_compare_rows(head(sorter, sorter->heap[child + 1]), head(sorter, sorter->heap[child])) < 0)
			child++;
		if (byudv_compare_rows(head(sorter, run), head(sorter, sorter->heap[child])) <= 0)
			break;
		sorter->heap[place] = sorter->heap[child];
		place = child;
	}
	sorter->heap[place] = run;
}

void
byudv_sorter_sort(ByudvSorter *base)
{
	Sorter	   *sorter = (Sorter *) base;
	MemoryContext old;

	if (sorter->file == NULL)
	{
		if (base->nrows > 0)
			sort_in_memory(sorter, base->rows, base->nrows);
		return;
	}
	if (base->nrows > 0)
		write_rows(sorter);
	pfree(base->rows);
	base->rows = NULL;

	old = MemoryContextSwitchTo(sorter->context);
	sorter->block_rows = sorter->capacity / sorter->nruns;
	sorter->block_rows = Min(sorter->block_rows, BLOCK_MAX / base->row_size);
	sorter->block_rows = Max(sorter->block_rows, BLOCK_MIN / base->row_size);
	sorter->heap = palloc(sorter->nruns * sizeof(int));
	for (int i = 0; i < sorter->nruns; i++)
	{
		sorter->runs[i].block = palloc(sorter->block_rows * base->row_size);
		fill_block(sorter, &sorter->runs[i]);
		sorter->heap[sorter->nheap++] = i;
	}
	for (int i = sorter->nheap / 2; i-- > 0;)
		sift(sorter, i);
	MemoryContextSwitchTo(old);
}

/* Goes past the row that was given out. */
static void
pass_row(Sorter *sorter)
{
	Run		   *run = &sorter->runs[sorter->heap[0]];

	if (++run->at == run->filled)
	{
		if (run->left > 0)
			fill_block(sorter, run);
		else
		{
			pfree(run->block);
			sorter->heap[0] = sorter->heap[--sorter->nheap];
		}
	}
	if (sorter->nheap > 0)
		sift(sorter, 0);
}

const void *
byudv_sorter_next(ByudvSorter *base)
{
	Sorter	   *sorter = (Sorter *) base;

	if (sorter->file == NULL)
	{
		if (sorter->at == base->nrows)
			return NULL;
		if (unlikely((sorter->at & 0xffff) == 0))
			CHECK_FOR_INTERRUPTS();
		return base->rows + sorter->at++ * base->row_size;
	}
	if (sorter->is_taken)
		pass_row(sorter);
	sorter->is_taken = sorter->nheap > 0;
	return sorter->is_taken ? head(sorter, sorter->heap[0]) : NULL;
}

void
byudv_sorter_end(ByudvSorter *base)
{
	Sorter	   *sorter = (Sorter *) base;

	if (sorter->file != NULL)
		BufFileClose(sorter->file);
	MemoryContextDelete(sorter->context);
}

static void *
resize(void *context, void *old, size_t size)
{
	if (old == NULL)
		return MemoryContextAllocHuge(context, size);
	return repalloc_huge(old, size);
}

ByudvHeap
byudv_heap(void)
{
	return (ByudvHeap)
	{
		.resize = resize, .context = CurrentMemoryContext
	};
}
