/*
 * log_rank.c
 *		Log-rank test of any number of groups, with delayed entry.
 *
 * At each time with events: of n at risk, n_g of them in group g, d have the
 * event.  Under the hypothesis that the groups do not differ, group g expects
 * d n_g / n events, with the covariances of the hypergeometric distribution,
 * d (n - d) / (n - 1) p_g (1 if g = h - p_h).  Delayed entry changes the risk sets
 * and nothing else.
 *
 * A time says something only when some of those at risk have the event and
 * some have not.  Groups that are at risk together at such a time are compared;
 * through others, so are groups that never meet.  Where the groups fall apart
 * into several sets that never meet, each set loses one degree of freedom.
 */
#include "life_table.h"

#include <math.h>
#include <string.h>

typedef struct Cursor
{
	ByudvReader reader;
	ByudvItem	item;
	uint64_t	present;
	uint64_t	events;			/* at the current time */
	uint64_t	gone;
	uint64_t	entering;
	int			set;			/* a group of the same set, or itself */
	ByudvDouble2 excess;		/* observed less expected */
	ByudvDouble2 expected;
} Cursor;

typedef struct Test
{
	Cursor	   *cursors;
	int			ngroups;
	int		   *heap;			/* groups with an item, the earliest first */
	int			nheap;
	int		   *now;			/* groups with something at the current time */
	int		   *at_risk;
	double	   *covariance;		/* lower triangle, row by row */
} Test;

#define ROW(matrix, g)	((matrix) + (size_t) (g) * ((g) + 1) / 2)

static size_t
triangle(int n)
{
	return (size_t) n * (n + 1) / 2;
}

size_t
byudv_log_rank_size(int ngroups)
{
	return ngroups * (sizeof(Cursor) + 4 * sizeof(int) + sizeof(double)) + triangle(ngroups) * sizeof(double);
}

static uint32_t
heap_time(const Test *test, int place)
{
	return test->cursors[test->heap[place]].item.time;
}

static void
sift_down(Test *test, int place)
{
	for (;;)
	{
		int			least = place;

		for (int child = 2 * place + 1; child <= 2 * place + 2 && child < test->nheap; child++)
		{
			if (heap_time(test, child) < heap_time(test, least))
				least = child;
		}
		if (least == place)
			return;
		test->heap[place] ^= test->heap[least];
		test->heap[least] ^= test->heap[place];
		test->heap[place] ^= test->heap[least];
		place = least;
	}
}

/* The set that a group belongs to, by the group that stands for it. */
static int
find_set(Test *test, int g)
{
	Cursor	   *cursors = test->cursors;

	while (cursors[g].set != g)
	{
		cursors[g].set = cursors[cursors[g].set].set;
		g = cursors[g].set;
	}
	return g;
}

static void
begin(Test *test, const ByudvGroup *groups)
{
	for (int g = 0; g < test->ngroups; g++)
	{
		Cursor	   *cursor = &test->cursors[g];
		uint64_t	ignored;

		*cursor = (Cursor) {.set = g};
		if (groups[g].bytes == NULL)
			continue;
		cursor->present = groups[g].totals.exits - groups[g].totals.late;
		byudv_read_begin(&cursor->reader, groups[g].bytes, groups[g].size, &ignored);
		if (byudv_read_item(&cursor->reader, &cursor->item) > 0)
			test->heap[test->nheap++] = g;
	}
	for (int place = test->nheap / 2 - 1; place >= 0; place--)
		sift_down(test, place);
}

/* Takes what happens at the earliest time out of the heap; the number of groups that it happens in. */
static int
take_time(Test *test)
{
	uint32_t	time = heap_time(test, 0);
	int			nnow = 0;

	while (test->nheap > 0 && heap_time(test, 0) == time)
	{
		int			g = test->heap[0];
		Cursor	   *cursor = &test->cursors[g];
		bool		more = true;

		cursor->events = cursor->gone = cursor->entering = 0;
		while (more && cursor->item.time == time)
		{
			if (cursor->item.kind == BYUDV_ENTERED)
				cursor->entering = cursor->item.count;
			else
				cursor->gone += cursor->item.count;
			if (cursor->item.kind > BYUDV_CENSORED)
				cursor->events += cursor->item.count;
			more = byudv_read_item(&cursor->reader, &cursor->item) > 0;
		}
		if (!more)
			test->heap[0] = test->heap[--test->nheap];
		sift_down(test, 0);
		test->now[nnow++] = g;
	}
	return nnow;
}

static void
add_time(Test *test, int nnow, double n, double d)
{
	double		weight = n > 1 ? d * ((n - d) / (n - 1)) : 0;
	int			nat_risk = 0;

	for (int i = 0; i < nnow; i++)
		byudv_d2_add(&test->cursors[test->now[i]].excess, test->cursors[test->now[i]].events);
	for (int g = 0; g < test->ngroups; g++)
	{
		Cursor	   *cursor = &test->cursors[g];
		double		expected = d * (cursor->present / n);

		if (cursor->present == 0)
			continue;
		test->at_risk[nat_risk++] = g;
		byudv_d2_add(&cursor->excess, -expected);
		byudv_d2_add(&cursor->expected, expected);
	}
	if (weight <= 0)
		return;
	for (int i = 0; i < nat_risk; i++)
	{
		int			g = test->at_risk[i];
		double	   *row = ROW(test->covariance, g);
		double		here = test->cursors[g].present;
		double		p = weight * (here / n);

		test->cursors[find_set(test, g)].set = find_set(test, test->at_risk[0]);
		for (int j = 0; j < i; j++)
			row[test->at_risk[j]] -= p * (test->cursors[test->at_risk[j]].present / n);
		row[g] += p * ((n - here) / n);
	}
}

/*
 * excess' covariance^-1 excess by Cholesky, without the first group of each
 * set, whose numbers follow from the others'.
 */
static int
solve(Test *test, double *chi_square, double *excess)
{
	int			m = 0;
	int			df = 0;

	for (int g = 0; g < test->ngroups; g++)
	{
		/* the group that stands for a set goes */
		if (find_set(test, g) == g)
			continue;
		test->at_risk[m] = g;
		excess[m] = byudv_d2_value(test->cursors[g].excess);
		for (int j = 0; j <= m; j++)
			ROW(test->covariance, m)[j] = ROW(test->covariance, g)[test->at_risk[j]];
		m++;
	}
	*chi_square = 0;
	for (int i = 0; i < m; i++)
	{
		double	   *row = ROW(test->covariance, i);
		double		diagonal = row[i];

		for (int j = 0; j <= i; j++)
		{
			const double *other = ROW(test->covariance, j);
			double		sum = row[j];

			for (int k = 0; k < j; k++)
				sum -= row[k] * other[k];
			if (j < i)
				row[j] = other[j] > 0 ? sum / other[j] : 0;
			else
				row[i] = sum > diagonal * 1e-14 ? sqrt(sum) : 0;
		}
		for (int j = 0; j < i; j++)
			excess[i] -= row[j] * excess[j];
		if (row[i] > 0)
		{
			excess[i] /= row[i];
			*chi_square += excess[i] * excess[i];
			df++;
		}
		else
			excess[i] = 0;
		if (byudv_core_interrupt != NULL)
			byudv_core_interrupt();
	}
	return df;
}

int
byudv_compare_groups(const ByudvGroup *groups, int ngroups, const ByudvArena *arena,
			   double *expected, double *chi_square)
{
	Test		test = {.ngroups = ngroups};
	char	   *memory = arena->alloc(arena->context, byudv_log_rank_size(ngroups));
	double	   *excess;
	uint64_t	present = 0;
	size_t		work = 0;

	test.cursors = (Cursor *) memory;
	test.covariance = (double *) (test.cursors + ngroups);
	excess = test.covariance + triangle(ngroups);
	test.heap = (int *) (excess + ngroups);
	test.now = test.heap + ngroups;
	test.at_risk = test.now + ngroups;
	memset(test.covariance, 0, triangle(ngroups) * sizeof(double));
	begin(&test, groups);
	for (int g = 0; g < ngroups; g++)
		present += test.cursors[g].present;

	while (test.nheap > 0)
	{
		int			nnow = take_time(&test);
		uint64_t	events = 0;

		for (int i = 0; i < nnow; i++)
			events += test.cursors[test.now[i]].events;
		if (events > 0)
		{
			add_time(&test, nnow, present, events);
			work += triangle(ngroups);
		}
		for (int i = 0; i < nnow; i++)
		{
			Cursor	   *cursor = &test.cursors[test.now[i]];

			cursor->present += cursor->entering - cursor->gone;
			present += cursor->entering - cursor->gone;
		}
		work += nnow;
		if (work > BYUDV_INTERRUPT_BYTES / sizeof(double) && byudv_core_interrupt != NULL)
		{
			byudv_core_interrupt();
			work = 0;
		}
	}
	for (int g = 0; g < ngroups; g++)
		expected[g] = byudv_d2_value(test.cursors[g].expected);
	return solve(&test, chi_square, excess);
}
