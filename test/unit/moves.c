/*
 * moves.c
 *		Unit test of the sort of rows, and of the sweeps that make residences and
 *		occupancies, against references that go day by day and row by row.
 */
#include "core/move.h"
#include "core/residence.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#define REGISTERS	20000
#define ROWS		14
#define DAYS		40			/* the last one stands for all later days */
#define SORT_ROWS	70000

static uint64_t random_state = 20261124;

static uint32_t
below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (random_state >> 33) % n;
}

static void *
resize(void *context, void *old, size_t size)
{
	(void) context;
	return realloc(old, size);
}

/* The order, said once more. */
static int
compare(const void *a, const void *b)
{
	const ByudvRow *x = a,
			   *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	if (x->other != y->other)
		return x->other < y->other ? -1 : 1;
	return 0;
}

static int64_t
some_key(int kind)
{
	switch (kind)
	{
		case 0:
			return below(50);	/* many of each */
		case 1:
			return (int64_t) below(1 << 30) << 20;	/* few of each */
		case 2:
			return below(100) == 0 ? (below(2) ? INT64_MAX : INT64_MIN) : (int64_t) below(1000);
		case 3:
			return INT64_C(1) << below(63);	/* at all scales */
		default:
			return 7;
	}
}

static int32_t
some_day(int kind)
{
	switch (kind)
	{
		case 0:
			return (int32_t) below(20);
		case 1:
			return (int32_t) below(7305) - 3000;
		default:
			return below(10) == 0 ? (below(2) ? INT32_MAX : INT32_MIN) : (int32_t) below(9);
	}
}

static void
test_sort(size_t size)
{
	char	   *rows = malloc(SORT_ROWS * size),
			   *spare = malloc(SORT_ROWS * size),
			   *expected = malloc(SORT_ROWS * size);
	int			wrong = 0;

	for (int round = 0; round < 200; round++)
	{
		size_t		n = round == 0 ? SORT_ROWS : round % 40 == 1 ? below(SORT_ROWS) : below(300);
		int			keys = below(5),
					days = below(3);

		for (size_t i = 0; i < n; i++)
		{
			ByudvRow   *row = (ByudvRow *) (rows + i * size);

			memset(row, 0, size);
			row->key = some_key(keys);
			row->from = some_day(days);
			row->to = some_day(days);
			row->other = some_key(below(5));
			/* what stands behind must come along */
			if (size > sizeof(ByudvRow))
				memcpy((char *) row + size - 8, &row->other, 8);
		}
		memcpy(expected, rows, n * size);
		qsort(expected, n, size, compare);
		byudv_sort_rows(rows, spare, n, size);
		wrong += memcmp(rows, expected, n * size) != 0;
	}
	ok(wrong == 0, "rows of %zu bytes are sorted (%d of 200 wrong)", size, wrong);
	free(rows);
	free(spare);
	free(expected);
}

static ByudvResidence found[ROWS * 4];
static int	nfound;

static void
keep_residence(void *context, const ByudvResidence *residence)
{
	(void) context;
	if (nfound < ROWS * 4)
		found[nfound] = *residence;
	nfound++;
}

/* Which row has the day: latest start, latest end, outside, smallest dwelling; or -1. */
static int
owner_of(const ByudvRow *rows, int n, int64_t person, int day)
{
	int			best = -1;

	for (int i = 0; i < n; i++)
	{
		const ByudvRow *r = &rows[i],
				   *b = best < 0 ? NULL : &rows[best];

		if (r->key != person || r->from > day || (r->to != BYUDV_ONGOING && r->to <= day))
			continue;
		if (b == NULL || r->from > b->from || (r->from == b->from && r->to > b->to) ||
			(r->from == b->from && r->to == b->to && r->other < b->other))
			best = i;
	}
	return best;
}

static int
plain_residences(const ByudvRow *rows, int n, int64_t persons, int max_gap, ByudvResidence *out)
{
	int			nout = 0;

	for (int64_t person = 0; person < persons; person++)
	{
		ByudvResidence *current = NULL;
		bool		counted[ROWS] = {false};
		int			empty = 0;

		for (int day = 0; day < DAYS; day++)
		{
			int			owner = owner_of(rows, n, person, day);

			if (owner < 0)
			{
				empty++;
				continue;
			}
			if (current == NULL || current->dwelling != rows[owner].other || empty > max_gap)
			{
				current = &out[nout++];
				*current = (ByudvResidence)
				{
					.person = person, .dwelling = rows[owner].other, .from = day
				};
				memset(counted, 0, sizeof(counted));
			}
			empty = 0;
			current->to = day == DAYS - 1 ? BYUDV_ONGOING : day + 1;
			current->records += !counted[owner];
			counted[owner] = true;
		}
	}
	return nout;
}

static bool
same_residence(const ByudvResidence *a, const ByudvResidence *b)
{
	return a->person == b->person && a->dwelling == b->dwelling && a->from == b->from && a->to == b->to &&
		a->records == b->records;
}

static void
test_residences(void)
{
	ByudvResidenceSweep sweep = {.emit = keep_residence, .heap = {.resize = resize}};
	int			wrong = 0,
				total = 0;

	for (int round = 0; round < REGISTERS; round++)
	{
		ByudvRow	rows[ROWS],
					spare[ROWS];
		ByudvResidence expected[ROWS * 4];
		int			n = below(ROWS + 1),
					max_gap = below(4),
					days = 2 + below(DAYS - 3),
					nexpected;
		bool		differ;

		for (int i = 0; i < n; i++)
		{
			rows[i].key = below(2);
			rows[i].from = below(days);
			rows[i].to = below(6) == 0 ? BYUDV_ONGOING : rows[i].from + 1 + (int32_t) below(days - rows[i].from);
			rows[i].other = below(4) == 0 ? BYUDV_OUTSIDE : (int64_t) below(3);
			if (i > 0 && below(8) == 0)
				rows[i] = rows[below(i)];
		}
		nexpected = plain_residences(rows, n, 2, max_gap, expected);
		byudv_sort_rows(rows, spare, n, sizeof(ByudvRow));
		nfound = 0;
		byudv_residences_begin(&sweep, max_gap);
		for (int i = 0; i < n; i++)
			byudv_residences_add(&sweep, &rows[i]);
		byudv_residences_end(&sweep);
		differ = nfound != nexpected;
		for (int i = 0; i < nexpected && !differ; i++)
			differ = !same_residence(&found[i], &expected[i]);
		wrong += differ;
		total += nexpected;
	}
	ok(wrong == 0, "residences are those that the days give (%d of %d registers wrong, %d residences)", wrong, REGISTERS, total);
	free(sweep.covers);
}

static ByudvOccupancy occupancies[ROWS];
static int	noccupancies;

static void
keep_occupancy(void *context, const ByudvOccupancy *occupancy)
{
	(void) context;
	if (noccupancies < ROWS)
		occupancies[noccupancies] = *occupancy;
	noccupancies++;
}

/* By the words of the definition, with infinity as a day far away. */
static int
plain_occupancies(const ByudvRow *rows, int n, int tolerance, ByudvOccupancy *out)
{
	const double forever = 1e9;
	int			nout = 0;
	ByudvOccupancy *last = NULL;

	for (int i = 0; i < n; i++)
	{
		double		to = rows[i].to == BYUDV_ONGOING ? forever : rows[i].to;
		bool		same = last != NULL && last->dwelling == rows[i].key;
		double		cur_end = !same ? 0 : last->to == BYUDV_ONGOING ? forever : last->to;
		int			number = 1;

		if (same && !(cur_end != forever && cur_end - rows[i].from <= tolerance && to > cur_end))
		{
			last->residents++;
			if (to > cur_end)
				last->to = rows[i].to;
			continue;
		}
		if (same)
			number += last->number; /* no ?: here: gcc 14's sanitizer then looks at last also where there is none */
		out[nout] = (ByudvOccupancy)
		{
			.dwelling = rows[i].key, .from = rows[i].from, .to = rows[i].to, .residents = 1, .number = number
		};
		last = &out[nout++];
	}
	return nout;
}

static void
test_occupancies(void)
{
	ByudvOccupancySweep sweep = {.emit = keep_occupancy};
	int			wrong = 0;

	for (int round = 0; round < REGISTERS; round++)
	{
		ByudvRow	rows[ROWS];
		ByudvOccupancy expected[ROWS];
		int			n = below(ROWS + 1),
					tolerance = below(8),
					nexpected;
		bool		differ;

		for (int i = 0; i < n; i++)
		{
			rows[i].key = below(2);
			rows[i].from = below(DAYS);
			rows[i].to = below(6) == 0 ? BYUDV_ONGOING : rows[i].from + 1 + (int32_t) below(20);
			rows[i].other = below(5);
		}
		qsort(rows, n, sizeof(ByudvRow), compare);
		nexpected = plain_occupancies(rows, n, tolerance, expected);
		noccupancies = 0;
		byudv_occupancies_begin(&sweep, tolerance);
		for (int i = 0; i < n; i++)
			byudv_occupancies_add(&sweep, &rows[i]);
		byudv_occupancies_end(&sweep);
		differ = noccupancies != nexpected;
		for (int i = 0; i < nexpected && !differ; i++)
			differ = occupancies[i].dwelling != expected[i].dwelling || occupancies[i].from != expected[i].from ||
				occupancies[i].to != expected[i].to || occupancies[i].number != expected[i].number ||
				occupancies[i].residents != expected[i].residents;
		wrong += differ;
	}
	ok(wrong == 0, "occupancies are those of the definition (%d of %d wrong)", wrong, REGISTERS);
}

static ByudvMove moves[8];
static int	nmoves;

static void
keep_move(void *context, const ByudvMove *move)
{
	(void) context;
	moves[nmoves++] = *move;
}

/* One person lives at 1 until day 100, elsewhere until 200, at 2 from then on. */
static void
test_moves(void)
{
	ByudvRow	residences[] = {{1, 10, 100, 1}, {1, 100, 200, BYUDV_OUTSIDE}, {1, 200, BYUDV_ONGOING, 2}};
	ByudvResidence places[] = {{1, 1, 10, 100, 1}, {1, BYUDV_ABROAD, 100, 150, 1}, {1, BYUDV_OTHER_MUNICIPALITY, 150, 200, 1}};
	ByudvMoverHistory history = {
		.person = 1, .born_on = 10, .died_on = BYUDV_ONGOING, .residences = residences, .nresidences = 3, .places = places, .nplaces = 3
	};
	ByudvMoveOptions options = {.study_from = INT32_MIN, .study_to = INT32_MAX, .link_gap = 90, .death_window = 30};

	nmoves = 0;
	byudv_find_moves(&options, &history, keep_move, NULL);
	ok(nmoves == 3 && moves[0].arrival == BYUDV_BORN && moves[1].departure == BYUDV_EMIGRATED && moves[2].arrival == BYUDV_FROM_MUNICIPALITY,
	   "moves are told by what comes right before and after");

	history.nplaces = 0;
	history.born_on = BYUDV_ONGOING;
	history.died_on = 130;
	history.nresidences = 1;
	nmoves = 0;
	byudv_find_moves(&options, &history, keep_move, NULL);
	ok(nmoves == 2 && moves[0].arrival == BYUDV_ARRIVED && moves[1].departure == BYUDV_DIED, "dead within 30 days");
	history.died_on = 131;
	nmoves = 0;
	byudv_find_moves(&options, &history, keep_move, NULL);
	ok(nmoves == 2 && moves[1].departure == BYUDV_DISAPPEARED, "dead after 31 days: disappeared");

	residences[1] = (ByudvRow) {1, 190, BYUDV_ONGOING, 2};
	history.nresidences = 2;
	nmoves = 0;
	byudv_find_moves(&options, &history, keep_move, NULL);
	ok(nmoves == 2 && moves[1].departure == BYUDV_LEFT_INTERNAL && moves[1].arrival == BYUDV_ARRIVED_INTERNAL && moves[1].arrived_on == 190,
	   "90 days between are one move");
	residences[1].from = 191;
	nmoves = 0;
	byudv_find_moves(&options, &history, keep_move, NULL);
	ok(nmoves == 3 && moves[1].departure == BYUDV_DISAPPEARED && moves[2].arrival == BYUDV_ARRIVED, "91 days are two");

	options.study_from = 101;
	residences[1].from = 150;
	nmoves = 0;
	byudv_find_moves(&options, &history, keep_move, NULL);
	ok(nmoves == 1 && moves[0].departure == BYUDV_NO_DEPARTURE && moves[0].arrival == BYUDV_ARRIVED_INTERNAL,
	   "only what happens in the window is counted");
}

int
main(void)
{
	test_sort(24);
	test_sort(32);
	test_sort(40);
	test_sort(48);
	test_sort(64);
	test_residences();
	test_occupancies();
	test_moves();
	return done();
}
