/*
 * moves.c
 *		Fuzz target: any rows through the sort, the sweeps, occupancies, vacancies and moves.
 *		What must hold whatever came in is checked on the way.
 */
#include "core/move.h"
#include "core/vacancy.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX	200

static void
require(bool condition)
{
	if (!condition)
		abort();
}

static void *
resize(void *context, void *old, size_t size)
{
	(void) context;
	return realloc(old, size);
}

static ByudvRow residences[ROWS_MAX * 2 + 2];
static size_t nresidences;

static void
put_residence(void *context, const ByudvResidence *r)
{
	const ByudvRow *before = nresidences > 0 ? &residences[nresidences - 1] : NULL;

	(void) context;
	require(r->from < r->to && r->records > 0);
	/* a person is at one place at a time */
	require(before == NULL || before->key < r->person || (before->key == r->person && before->to <= r->from));
	require(nresidences < sizeof(residences) / sizeof(ByudvRow));
	residences[nresidences++] = (ByudvRow)
	{
		.key = r->person, .from = r->from, .to = r->to, .other = r->dwelling
	};
}

static ByudvOccupancy last_occupancy;

static void
put_occupancy(void *context, const ByudvOccupancy *o)
{
	(void) context;
	require(o->residents > 0 && o->number > 0 && o->from < o->to);
	/* numbered from 1 in each dwelling */
	require(o->number == (last_occupancy.residents > 0 && last_occupancy.dwelling == o->dwelling ? last_occupancy.number + 1 : 1));
	last_occupancy = *o;
}

static int64_t nvacancies;

static void
put_vacancy(void *context, const ByudvVacancy *v)
{
	const ByudvFlowOptions *o = context;

	require(v->vacancy == ++nvacancies);
	require(v->vacated_on >= o->study_from && v->vacated_on < o->study_to);
	require(v->filled_on == BYUDV_NOT_FILLED || v->filled_on < o->study_to);
}

static void
put_mover(void *context, const ByudvMover *m)
{
	(void) context;
	require(m->vacancy == nvacancies);
}

static void
put_others(void *context, int64_t vacancy, ByudvOutcome outcome, int32_t movers)
{
	(void) context;
	require(vacancy == nvacancies && movers > 0 && (outcome == BYUDV_RETURNED || outcome == BYUDV_FROM_OUTSIDE));
}

static void
put_leaver(void *context, const ByudvLeaver *l)
{
	(void) context;
	require(l->vacancy <= nvacancies);
	require(l->vacancy <= 0 || l->last_leavers > 0);
	require(byudv_mover_outcome(l) <= BYUDV_ORIGIN_OCCUPIED);
}

static void
put_move(void *context, const ByudvMove *m)
{
	(void) context;
	require(m->arrival != BYUDV_NO_ARRIVAL || m->departure != BYUDV_NO_DEPARTURE);
}

static int32_t
take(const uint8_t **data, size_t *size, int bytes)
{
	int32_t		value = 0;

	for (; bytes > 0 && *size > 0; bytes--, (*data)++, (*size)--)
		value = (int32_t) ((uint32_t) value << 8 | **data);
	return value;
}

static int32_t
take_days(const uint8_t **data, size_t *size)
{
	int32_t		days = take(data, size, 1);

	return days == 255 ? INT32_MAX : days;
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ByudvRow	rows[ROWS_MAX],
				spare[ROWS_MAX];
	ByudvRow	tenancies[ROWS_MAX * 2 + 2],
				spare_tenancies[ROWS_MAX * 2 + 2];
	ByudvFlowOptions options = {0};
	ByudvHeap	heap = {.resize = resize};
	ByudvResidenceSweep sweep = {.emit = put_residence, .heap = heap};
	ByudvOccupancySweep occupancies = {.emit = put_occupancy};
	ByudvVacancies v = {.heap = heap};
	ByudvMoveOptions move_options = {.study_from = INT32_MIN, .study_to = INT32_MAX};
	int			wide = take(&data, &size, 1) & 1;
	size_t		n = 0;

	options.study_from = take(&data, &size, wide ? 4 : 1);
	options.study_to = take(&data, &size, wide ? 4 : 1);
	if (options.study_from >= options.study_to || options.study_to == INT32_MAX || options.study_from == INT32_MIN)
		return 0;
	options.overlap_tolerance = take_days(&data, &size);
	options.group_window = take_days(&data, &size);
	options.link_gap = move_options.link_gap = take_days(&data, &size);
	options.empty_window = move_options.death_window = take_days(&data, &size);
	options.max_vacancy = take_days(&data, &size);

	while (size >= 4 && n < ROWS_MAX)
	{
		ByudvRow	row;

		row.key = take(&data, &size, 1) % 8;
		row.other = take(&data, &size, 1) % 8;
		row.from = take(&data, &size, wide ? 4 : 1);
		row.to = take(&data, &size, wide ? 4 : 1);
		if (row.other == 7)
			row.other = BYUDV_OUTSIDE;
		if (!wide && row.to == 255)
			row.to = BYUDV_ONGOING;
		if (row.from == INT32_MIN || row.from == INT32_MAX || row.to <= row.from)
			continue;
		rows[n++] = row;
	}

	byudv_sort_rows(rows, spare, n, sizeof(ByudvRow));
	for (size_t i = 1; i < n; i++)
		require(byudv_compare_rows(&rows[i - 1], &rows[i]) <= 0);
	nresidences = 0;
	byudv_residences_begin(&sweep, options.max_vacancy);
	for (size_t i = 0; i < n; i++)
		byudv_residences_add(&sweep, &rows[i]);
	byudv_residences_end(&sweep);
	require((nresidences == 0) == (n == 0));

	for (size_t i = 0, end; i < nresidences; i = end)
	{
		ByudvMoverHistory history = {.person = residences[i].key, .born_on = options.study_from, .died_on = options.study_to, .residences = residences + i};

		for (end = i; end < nresidences && residences[end].key == residences[i].key; end++)
			;
		history.nresidences = end - i;
		byudv_find_moves(&move_options, &history, put_move, NULL);
	}

	/* the raw rows too, which overlap */
	for (int raw = 0; raw < 2; raw++)
	{
		const ByudvRow *from = raw ? rows : residences;
		size_t		nfrom = raw ? n : nresidences,
					ntenancies = 0;

		for (size_t i = 0; i < nfrom; i++)
		{
			if (from[i].other == BYUDV_OUTSIDE)
				continue;
			tenancies[ntenancies] = (ByudvRow)
			{
				.key = from[i].other, .from = from[i].from, .to = from[i].to
			};
			tenancies[ntenancies++].other = (int64_t) i << BYUDV_PLACE_BITS | (i % 7 == 0 ? BYUDV_NEWBORN : 0) | (i % 2 ? BYUDV_FOLLOWED : 0) |
				byudv_origin_of(i > 0 && from[i - 1].key == from[i].key ? &from[i - 1] : NULL, &from[i], options.link_gap);
		}
		byudv_sort_rows(tenancies, spare_tenancies, ntenancies, sizeof(ByudvRow));
		last_occupancy.residents = 0;
		byudv_occupancies_begin(&occupancies, options.overlap_tolerance);
		for (size_t i = 0; i < ntenancies; i++)
			byudv_occupancies_add(&occupancies, &tenancies[i]);
		byudv_occupancies_end(&occupancies);
		nvacancies = 0;
		v.options = options;
		v.sink = (ByudvVacancySink)
		{
			.vacancy = put_vacancy, .mover = put_mover, .others = put_others, .leaver = put_leaver, .context = &options
		};
		v.nvacancies = 0;
		for (size_t i = 0, end; i < ntenancies; i = end)
		{
			for (end = i; end < ntenancies && tenancies[end].key == tenancies[i].key; end++)
				;
			v.dwelling = (ByudvDwelling)
			{
				.dwelling = tenancies[i].key,
				.available_from = tenancies[i].key % 2 ? options.study_from + (wide ? 0 : 3) : BYUDV_ONGOING,
				.demolished_on = tenancies[i].key % 3 ? BYUDV_ONGOING : options.study_to - 1
			};
			v.tenancies = tenancies + i;
			v.ntenancies = end - i;
			byudv_dwelling_vacancies(&v);
		}
	}
	free(sweep.covers);
	free(v.spells);
	return 0;
}
