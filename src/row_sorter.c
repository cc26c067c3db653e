/*
 * row_sorter.c
 *		Any number of rows in order, within a bound of memory.
 *
 * Rows are gathered and sorted in memory.  When there is no room for more, the
 * sorted ones go to a temporary file as a run; in the end the runs are merged as
 * they are read.  Beyond the bytes granted, each run takes a block of memory
 * while merging (8 kB to 256 kB, as the grant allows).
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

struct ByudvSorter
{
	MemoryContext context;
	size_t		row_size;
	size_t		capacity;		/* rows that the grant allows */

	char	   *rows;
	size_t		nrows;
	size_t		room;
	size_t		at;

	BufFile    *file;			/* NULL while all rows are in memory */
	Run		   *runs;
	int			nruns;
	int			runs_room;
	size_t		block_rows;
	int		   *heap;			/* runs by their next row, the first on top */
	int			nheap;
	char	   *result;			/* a row that was taken from a block */
};

size_t
byudv_memory_share(int divisor)
{
	return (size_t) maintenance_work_mem * 1024 / divisor;
}

ByudvSorter *
byudv_sorter_begin(size_t row_size, size_t bytes)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "byudv rows", ALLOCSET_DEFAULT_SIZES);
	ByudvSorter *sorter = MemoryContextAllocZero(context, sizeof(ByudvSorter));

	sorter->context = context;
	sorter->row_size = row_size;
	/* the sort needs as much again */
	sorter->capacity = Max(bytes / (2 * row_size), ROWS_MIN);
	sorter->result = MemoryContextAlloc(context, row_size);
	return sorter;
}

static void
sort_in_memory(ByudvSorter *sorter)
{
	void	   *spare = MemoryContextAllocHuge(sorter->context, Max(sorter->nrows, 1) * sorter->row_size);

	byudv_sort_rows(sorter->rows, spare, sorter->nrows, sorter->row_size);
	pfree(spare);
}

static void
write_run(ByudvSorter *sorter)
{
	MemoryContext old = MemoryContextSwitchTo(sorter->context);
	size_t		bytes = sorter->nrows * sorter->row_size;
	Run		   *run;

	if (sorter->file == NULL)
		sorter->file = BufFileCreateTemp(false);
	if (sorter->nruns == sorter->runs_room)
	{
		sorter->runs_room = Max(16, sorter->runs_room * 2);
		sorter->runs = sorter->runs == NULL ? palloc(sorter->runs_room * sizeof(Run)) :
			repalloc(sorter->runs, sorter->runs_room * sizeof(Run));
	}
	sort_in_memory(sorter);
	run = &sorter->runs[sorter->nruns++];
	memset(run, 0, sizeof(Run));
	BufFileTell(sorter->file, &run->fileno, &run->offset);
	run->left = sorter->nrows;
	for (size_t written = 0; written < bytes;)
	{
		size_t		part = Min(bytes - written, BLOCK_MAX);

		BufFileWrite(sorter->file, sorter->rows + written, part);
		written += part;
		CHECK_FOR_INTERRUPTS();
	}
	sorter->nrows = 0;
	MemoryContextSwitchTo(old);
}

static void
make_room(ByudvSorter *sorter)
{
	if (sorter->room < sorter->capacity)
	{
		size_t		room = sorter->room == 0 ? Min(ROWS_MIN, sorter->capacity) : Min(sorter->room * 2, sorter->capacity);

		if (sorter->rows == NULL)
			sorter->rows = MemoryContextAllocHuge(sorter->context, room * sorter->row_size);
		else
			sorter->rows = repalloc_huge(sorter->rows, room * sorter->row_size);
		sorter->room = room;
	}
	else
		write_run(sorter);
}

void
byudv_sorter_put(ByudvSorter *sorter, const void *row)
{
	if (unlikely(sorter->nrows == sorter->room))
		make_room(sorter);
	memcpy(sorter->rows + sorter->nrows++ * sorter->row_size, row, sorter->row_size);
}

static void
fill_block(ByudvSorter *sorter, Run *run)
{
	size_t		n = Min(run->left, sorter->block_rows);
	size_t		bytes = n * sorter->row_size;

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
head(const ByudvSorter *sorter, int run)
{
	return (const ByudvRow *) (sorter->runs[run].block + sorter->runs[run].at * sorter->row_size);
}

/* Brings the run at a place of the heap down to where it belongs. */
static void
sift(ByudvSorter *sorter, int place)
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
byudv_sorter_sort(ByudvSorter *sorter)
{
	MemoryContext old;

	sorter->at = 0;
	if (sorter->file == NULL)
	{
		if (sorter->nrows > 0)
			sort_in_memory(sorter);
		return;
	}
	if (sorter->nrows > 0)
		write_run(sorter);
	pfree(sorter->rows);
	sorter->rows = NULL;

	old = MemoryContextSwitchTo(sorter->context);
	sorter->block_rows = sorter->capacity / sorter->nruns;
	sorter->block_rows = Min(sorter->block_rows, BLOCK_MAX / sorter->row_size);
	sorter->block_rows = Max(sorter->block_rows, BLOCK_MIN / sorter->row_size);
	sorter->heap = palloc(sorter->nruns * sizeof(int));
	for (int i = 0; i < sorter->nruns; i++)
	{
		sorter->runs[i].block = palloc(sorter->block_rows * sorter->row_size);
		fill_block(sorter, &sorter->runs[i]);
		sorter->heap[sorter->nheap++] = i;
	}
	for (int i = sorter->nheap / 2; i-- > 0;)
		sift(sorter, i);
	MemoryContextSwitchTo(old);
}

const void *
byudv_sorter_next(ByudvSorter *sorter)
{
	Run		   *run;

	if (sorter->file == NULL)
	{
		if (sorter->at == sorter->nrows)
			return NULL;
		if (unlikely((sorter->at & 0xffff) == 0))
			CHECK_FOR_INTERRUPTS();
		return sorter->rows + sorter->at++ * sorter->row_size;
	}
	if (sorter->nheap == 0)
		return NULL;
	run = &sorter->runs[sorter->heap[0]];
	memcpy(sorter->result, head(sorter, sorter->heap[0]), sorter->row_size);
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
	return sorter->result;
}

void
byudv_sorter_end(ByudvSorter *sorter)
{
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
