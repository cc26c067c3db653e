/*
 * tally.c
 *		Fuzz target: observations counted in parts of any size, added up in any
 *		way: the same bytes.  And everything that can be asked of them.
 */
#include "core/life_table.h"
#include "require.h"

#include <math.h>
#include <string.h>

#define OBSERVATIONS_MAX 300
#define RECORDS_MAX		(OBSERVATIONS_MAX * 2 * BYUDV_DIGITS_MAX)
#define BYTES_MAX		(RECORDS_MAX * BYUDV_RECORD_BYTES + BYUDV_FOLD_BYTES)

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Observation
{
	uint32_t	entry;
	uint32_t	exit;
	int			kind;
	uint64_t	n;
} Observation;

static uint64_t
take(const uint8_t **data, size_t *size, int bytes)
{
	uint64_t	value = 0;

	for (; bytes > 0 && *size > 0; bytes--, (*data)++, (*size)--)
		value = value << 8 | **data;
	return value;
}

static void *
alloc(void *context, size_t size)
{
	void	  **blocks = context;

	blocks[0] = malloc(size);
	return blocks[0];
}

/* Folds so many observations at a time, on top of a summary.  False: too many. */
static bool
summarise(const Observation *observations, size_t n, size_t part, uint8_t *bytes, size_t *size)
{
	static uint64_t records[RECORDS_MAX],
				scratch[2 * RECORDS_MAX + 1];
	static uint8_t folded[BYTES_MAX];

	*size = 0;
	for (size_t from = 0; from < n; from += part)
	{
		size_t		m = 0;
		const uint64_t *sorted;

		for (size_t i = from; i < n && i < from + part; i++)
		{
			const Observation *o = &observations[i];

			m += (size_t) byudv_make_records(o->exit, o->kind, o->n, records + m);
			if (o->entry > 0)
				m += (size_t) byudv_make_records(o->entry, BYUDV_ENTERED, o->n, records + m);
		}
		sorted = byudv_sort_records(records, &m, scratch);
		if (!byudv_fold_records(bytes, *size, sorted, m, folded, size))
			return false;
		memcpy(bytes, folded, *size);
	}
	return true;
}

static void
ask(const uint8_t *bytes, size_t size, const ByudvTotals *totals, uint32_t start, double q)
{
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	ByudvIncidence incidence;
	ByudvQuantile quantile;
	double		value,
				lower,
				upper,
				mean,
				std_error;

	byudv_curve_begin(&curve);
	byudv_incidence_begin(&incidence, totals->causes);
	byudv_quantile_begin(&quantile, q, start);
	byudv_moments_begin(&moments, bytes, size, totals, start);
	while (byudv_next_moment(&moments, &moment))
	{
		double		all = 0,
					survival;

		require(moment.time >= start && moment.events + moment.censored <= moment.at_risk);
		byudv_curve_step(&curve, &moment);
		byudv_incidence_step(&incidence, &moment);
		survival = byudv_curve_survival(&curve);
		require(survival >= 0 && survival <= 1);
		byudv_quantile_step(&quantile, moment.time, true, survival);
		for (int kind = BYUDV_LOG; kind <= BYUDV_PLAIN; kind++)
		{
			if (byudv_curve_limits(&curve, (ByudvLimits) kind, 1.96, &lower, &upper))
				require(lower <= survival * (1 + 1e-9) && upper >= survival * (1 - 1e-9));
		}
		for (int cause = 1; cause <= BYUDV_CAUSES_MAX; cause++)
		{
			if ((totals->causes & (uint64_t) 1 << (cause - 1)) == 0)
				continue;
			value = byudv_incidence_value(&incidence, cause);
			require(value >= 0 && value <= 1 + 1e-9 && byudv_incidence_std_error(&incidence, cause) >= 0);
			all += value;
		}
		require(fabs(all + survival - 1) < 1e-6);
	}
	if (byudv_quantile_value(&quantile, &value))
		require(value >= start && value <= totals->last);
	require(byudv_exposure_of(bytes, size) >= 0);
	if (totals->exits > 0 && start <= totals->last)
	{
		byudv_restricted_mean_of(bytes, size, totals, start, &mean, &std_error);
		require(mean >= 0 && mean <= start * (1 + 1e-9) && !(std_error < 0));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t whole[BYTES_MAX],
				other[BYTES_MAX],
				first[BYTES_MAX],
				second[BYTES_MAX],
				both[2 * BYTES_MAX];
	Observation observations[OBSERVATIONS_MAX];
	uint8_t		how = (uint8_t) take(&data, &size, 1);
	size_t		part = 1 + take(&data, &size, 1) % 40;
	uint32_t	start = (uint32_t) take(&data, &size, how & 1 ? 4 : 1) & INT32_MAX;
	double		q = (1 + take(&data, &size, 1)) / 258.0;
	ByudvSummaryType type = how & 2 ? BYUDV_COMPETING_RISKS : BYUDV_SURVIVAL;
	size_t		n = 0,
				split,
				whole_size,
				other_size,
				first_size,
				second_size,
				both_size;
	ByudvTotals totals;
	ByudvGroup	groups[3] = {0};
	ByudvArena	arena = {.alloc = alloc};
	void	   *blocks[1] = {NULL};
	double		expected[3],
				chi_square;
	uint64_t	sum = 0;
	int64_t		time;
	bool		fits;
	int			df;

	while (size >= 3 && n < OBSERVATIONS_MAX)
	{
		Observation *o = &observations[n];

		o->entry = (uint32_t) take(&data, &size, how & 1 ? 4 : 1) & (how & 4 ? 0 : INT32_MAX - 1);
		o->exit = o->entry + (uint32_t) take(&data, &size, how & 1 ? 3 : 1) + (o->entry > 0);
		if (o->exit > BYUDV_TIME_MAX)
			o->exit = BYUDV_TIME_MAX;
		o->kind = (int) take(&data, &size, 1);
		o->kind = o->kind < 100 ? BYUDV_CENSORED : BYUDV_CAUSE(type == BYUDV_SURVIVAL ? 1 : 1 + o->kind % BYUDV_CAUSES_MAX);
		o->n = how & 8 ? take(&data, &size, 1 + (int) (how >> 4) % 8) & INT64_MAX : 1;
		n++;
	}

	fits = summarise(observations, n, n > 0 ? n : 1, whole, &whole_size);
	for (size_t i = 0; i < n; i++)
	{
		require(!fits || sum <= BYUDV_COUNT_MAX - observations[i].n);
		if (sum > BYUDV_COUNT_MAX - observations[i].n)
			return 0;
		sum += observations[i].n;
	}
	require(fits);
	require(summarise(observations, n, part, other, &other_size));
	if (n > 0)
		require(other_size == whole_size && memcmp(whole, other, whole_size) == 0);

	split = n > 0 ? part % n : 0;
	require(summarise(observations, split, 3, first, &first_size));
	require(summarise(observations + split, n - split, 100, second, &second_size));
	if (n == 0)
		return 0;
	if (split > 0)
	{
		require(byudv_fold_summaries(first, first_size, second, second_size, both, &both_size));
		require(both_size == whole_size && memcmp(whole, both, whole_size) == 0);
	}
	require(byudv_summary_fault(type, whole, whole_size, &totals, &time) == NULL);
	require(totals.exits == sum);
	ask(whole, whole_size, &totals, start, q);

	groups[0] = (ByudvGroup)
	{
		.bytes = whole, .size = whole_size, .totals = totals
	};
	require(byudv_summary_fault(type, second, second_size, &groups[1].totals, &time) == NULL);
	groups[1].bytes = second;
	groups[1].size = second_size;
	if (split > 0)
	{
		require(byudv_summary_fault(type, first, first_size, &groups[2].totals, &time) == NULL);
		groups[2].bytes = first;
		groups[2].size = first_size;
	}
	arena.context = blocks;
	df = byudv_compare_groups(groups, 3, &arena, expected, &chi_square);
	require(df >= 0 && df <= 2);
	require(df == 0 || chi_square >= 0);
	for (int g = 0; g < 3; g++)
		require(groups[g].bytes == NULL || expected[g] >= 0);
	free(blocks[0]);
	return 0;
}
