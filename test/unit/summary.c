/*
 * summary.c
 *		Unit test of tallies, summaries and their text form: every order and
 *		split gives the same bytes, curves are those of the definition, and
 *		mutated forms are refused or read as a valid summary.
 */
#include "core/life_table.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OBSERVATIONS	400
#define BYTES_MAX		(OBSERVATIONS * 2 * BYUDV_RECORD_BYTES + BYUDV_FOLD_BYTES)
#define MUTATIONS		1000000

typedef struct Observation
{
	int			entry;
	int			exit;
	int			kind;
} Observation;

static uint64_t random_state = 20261123;

static uint32_t
below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (random_state >> 33) % n;
}

static void *
alloc_from_heap(void *context, size_t size)
{
	void	   *memory = calloc(1, size);

	*(void **) context = memory;
	return memory;
}

static void
make_observations(Observation *observations, int n, int days, int causes)
{
	for (int i = 0; i < n; i++)
	{
		Observation *o = &observations[i];

		o->entry = below(2) ? 0 : (int) below(days);
		o->exit = o->entry + (o->entry > 0) + (int) below(days);
		o->kind = below(3) == 0 ? BYUDV_CENSORED : BYUDV_CAUSE(1 + (int) below(causes));
	}
}

/* Folds so many observations at a time. */
static size_t
summarise(const Observation *observations, int n, int part, uint8_t *bytes)
{
	static uint64_t records[OBSERVATIONS * 2];
	static uint64_t scratch[OBSERVATIONS * 4 + 1];
	static uint8_t folded[BYTES_MAX];
	size_t		size = 0;

	for (int from = 0; from < n; from += part)
	{
		const uint64_t *sorted;
		size_t		m = 0;

		for (int i = from; i < n && i < from + part; i++)
		{
			records[m++] = byudv_record(observations[i].exit, observations[i].kind);
			if (observations[i].entry > 0)
				records[m++] = byudv_record(observations[i].entry, BYUDV_ENTERED);
		}
		sorted = byudv_sort_records(records, &m, scratch);
		if (!byudv_fold_records(bytes, size, sorted, m, folded, &size))
			return 0;
		memcpy(bytes, folded, size);
	}
	return size;
}

static void
shuffle(Observation *observations, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int			j = (int) below(i + 1);
		Observation o = observations[i];

		observations[i] = observations[j];
		observations[j] = o;
	}
}

/* The curve by definition: everybody is looked at for every time. */
static bool
curve_is_right(const Observation *observations, int n, const uint8_t *bytes, size_t size)
{
	ByudvTotals totals;
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	int64_t		place;
	double		survival = 1;
	uint64_t	exits = 0;

	if (byudv_summary_fault(BYUDV_COMPETING_RISKS, bytes, size, &totals, &place) != NULL)
		return false;
	byudv_curve_begin(&curve);
	byudv_moments_begin(&moments, bytes, size, &totals, 0);
	while (byudv_next_moment(&moments, &moment))
	{
		uint64_t	at_risk = 0;
		uint64_t	events = 0;
		int			t = (int) moment.time;

		for (int i = 0; i < n; i++)
		{
			const Observation *o = &observations[i];

			at_risk += (o->entry < t || o->entry == 0) && t <= o->exit;
			events += o->exit == t && o->kind != BYUDV_CENSORED;
			exits += o->exit == t;
		}
		byudv_curve_step(&curve, &moment);
		survival *= 1 - (double) events / at_risk;
		if (at_risk != moment.at_risk || events != moment.events ||
			fabs(byudv_curve_survival(&curve) - survival) > 1e-12 * survival)
			return false;
	}
	return exits == (uint64_t) n;
}

static void
test_splits(void)
{
	static Observation observations[OBSERVATIONS];
	static uint8_t whole[BYTES_MAX];
	static uint8_t other[BYTES_MAX];
	static uint8_t halves[2][BYTES_MAX];
	bool		same = true;
	bool		added = true;
	bool		right = true;

	for (int round = 0; round < 300; round++)
	{
		int			n = 1 + (int) below(OBSERVATIONS);
		int			days = round % 3 == 0 ? 10 : round % 3 == 1 ? 300 : 1 << 29;
		size_t		size,
					half_size[2],
					sum;

		make_observations(observations, n, days, round % 2 == 0 ? 1 : 64);
		size = summarise(observations, n, n, whole);
		right &= curve_is_right(observations, n, whole, size);
		shuffle(observations, n);
		same &= summarise(observations, n, 1 + (int) below(n), other) == size && memcmp(whole, other, size) == 0;
		half_size[0] = summarise(observations, n / 2, 7, halves[0]);
		half_size[1] = summarise(observations + n / 2, n - n / 2, 50, halves[1]);
		added &= byudv_fold_summaries(halves[0], half_size[0], halves[1], half_size[1], other, &sum) &&
			sum == size && memcmp(whole, other, size) == 0;
	}
	ok(same, "300 sets in any order and split give the same bytes");
	ok(added, "and so do two halves added up");
	ok(right, "whose curve is that of the definition");
}

static void
test_counts(void)
{
	static const uint64_t counts[] = {1, 2, (1 << 24) - 1, 1 << 24, (1 << 24) + 1, UINT64_C(1) << 48, BYUDV_COUNT_MAX / 3, BYUDV_COUNT_MAX};
	uint64_t	records[2 * BYUDV_DIGITS_MAX];
	uint64_t	scratch[4 * BYUDV_DIGITS_MAX + 1];
	uint8_t		bytes[200];
	bool		right = true;
	bool		refused = true;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		for (size_t j = 0; j < sizeof(counts) / sizeof(counts[0]); j++)
		{
			size_t		n = (size_t) byudv_make_records(BYUDV_TIME_MAX, BYUDV_CAUSE(64), counts[i], records);
			size_t		size;
			ByudvTotals totals;
			int64_t		time;
			bool		fits = counts[i] <= BYUDV_COUNT_MAX - counts[j];

			n += (size_t) byudv_make_records(BYUDV_TIME_MAX, BYUDV_CAUSE(64), counts[j], records + n);
			if (byudv_fold_records(NULL, 0, byudv_sort_records(records, &n, scratch), n, bytes, &size) != fits)
				refused = false;
			else if (fits)
				right &= byudv_summary_fault(BYUDV_COMPETING_RISKS, bytes, size, &totals, &time) == NULL &&
					totals.events == counts[i] + counts[j];
		}
	ok(right, "counts up to 2^63 - 1 add up");
	ok(refused, "and those above are refused");
}

/*
 * Everything that can be asked of a valid summary; the sanitizers watch.  False
 * when more leave than are at risk, or others than have entered.
 */
static bool
ask(ByudvSummaryType type, const uint8_t *bytes, size_t size, const ByudvTotals *totals)
{
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	ByudvIncidence incidence;
	ByudvQuantile quantile;
	ByudvGroup	groups[2] = {{bytes, size, *totals}, {bytes, size, *totals}};
	void	   *memory = NULL;
	ByudvArena	arena = {alloc_from_heap, &memory};
	double		expected[2];
	double		a,
				b;
	bool		sound = true;

	byudv_moments_begin(&moments, bytes, size, totals, 0);
	while (byudv_next_moment(&moments, &moment))
		sound &= moment.events + moment.censored <= moment.at_risk && moment.at_risk <= totals->exits;
	byudv_curve_begin(&curve);
	byudv_incidence_begin(&incidence, totals->causes);
	byudv_quantile_begin(&quantile, 0.5, 0);
	byudv_moments_begin(&moments, bytes, size, totals, 3);
	while (byudv_next_moment(&moments, &moment))
	{
		byudv_curve_step(&curve, &moment);
		byudv_incidence_step(&incidence, &moment);
		byudv_curve_limits(&curve, BYUDV_LOG_LOG, 1.96, &a, &b);
		byudv_quantile_step(&quantile, moment.time, true, byudv_curve_survival(&curve));
	}
	byudv_quantile_value(&quantile, &a);
	byudv_restricted_mean_of(bytes, size, totals, totals->last, &a, &b);
	byudv_exposure_of(bytes, size);
	if (type == BYUDV_SURVIVAL)
	{
		byudv_compare_groups(groups, 2, &arena, expected, &a);
		free(memory);
	}
	return sound;
}

/* False when what was accepted does not come back as it was. */
static bool
returns(ByudvSummaryType type, const uint8_t *bytes, size_t size)
{
	char	   *text = malloc(byudv_text_size_max(size) + 1);
	char	   *end = byudv_print(type, bytes, size, text);
	uint8_t    *again = malloc(end - text);
	size_t		again_size;
	size_t		offset;
	bool		same = byudv_parse(type, text, again, &again_size, &offset) == NULL &&
		again_size == size && memcmp(again, bytes, size) == 0 && (size_t) (end - text) <= byudv_text_size_max(size);

	free(text);
	free(again);
	return same;
}

/* Replaces, inserts, removes, cuts off; returns the length. */
static size_t
mutate(char *form, size_t length, size_t max, const char *alphabet)
{
	for (int changes = 1 + (int) below(3); changes > 0; changes--)
	{
		size_t		at = below((uint32_t) length + 1);
		char		new = alphabet == NULL ? (char) below(256) : alphabet[below((uint32_t) strlen(alphabet))];

		switch (below(8))
		{
			case 0:
				length = at;
				break;
			case 1:
			case 2:
				if (at < length)
				{
					memmove(form + at, form + at + 1, length - at - 1);
					length--;
				}
				break;
			case 3:
			case 4:
				if (length < max)
				{
					memmove(form + at + 1, form + at, length - at);
					form[at] = new;
					length++;
				}
				break;
			default:
				if (at < length)
					form[at] = new;
		}
	}
	return length;
}

static void
test_mutated_texts(void)
{
	static const char *const texts[] = {
		"s1", "s1 5x1 8c1x2", "s1 o3 5e2x1 30c2x4", "s1 0c1x1 1x1 2147483647x9223372036854775000",
		"c1 5e2x1:1 30c2x3:4", "c1 o1 7x1:1x2:2x64:3 9c1", "c1 1c16777216 2x2:16777217"
	};
	int			accepted = 0;
	bool		same = true;

	for (int i = 0; i < MUTATIONS; i++)
	{
		char		form[100];
		const char *base = texts[i % 7];
		ByudvSummaryType type = base[0] == 's' ? BYUDV_SURVIVAL : BYUDV_COMPETING_RISKS;
		size_t		length = strlen(base);
		uint8_t    *bytes;
		size_t		size,
					offset;
		ByudvTotals totals;
		int64_t		time;

		memcpy(form, base, length);
		length = mutate(form, length, sizeof(form) - 1, "0123456789 scoex:-+.\n19");
		form[length] = '\0';
		bytes = malloc(length + 1);
		if (byudv_parse(type, form, bytes, &size, &offset) == NULL &&
			byudv_summary_fault(type, bytes, size, &totals, &time) == NULL)
		{
			accepted++;
			same &= size <= length && returns(type, bytes, size);
			same &= ask(type, bytes, size, &totals);
		}
		else
			same &= offset <= length;
		free(bytes);
	}
	ok(same && accepted > 1000 && accepted < MUTATIONS / 2, "%d mutated texts, %d of them accepted", MUTATIONS, accepted);
}

static void
test_mutated_bytes(void)
{
	static Observation observations[OBSERVATIONS];
	static uint8_t base[BYTES_MAX];
	int			accepted = 0;
	bool		same = true;
	size_t		base_size = 0;

	for (int i = 0; i < MUTATIONS; i++)
	{
		ByudvSummaryType type = i % 2 == 0 ? BYUDV_SURVIVAL : BYUDV_COMPETING_RISKS;
		ByudvTotals totals;
		int64_t		time;
		uint8_t    *bytes;
		size_t		size;

		if (i % 100 < 2)
		{
			int			n = 1 + (int) below(12);

			make_observations(observations, n, 100, type == BYUDV_SURVIVAL ? 1 : 5);
			base_size = summarise(observations, n, n, base);
		}
		bytes = malloc(base_size + 4);
		memcpy(bytes, base, base_size);
		size = mutate((char *) bytes, base_size, base_size + 3, NULL);
		bytes = realloc(bytes, size > 0 ? size : 1);	/* no byte behind it */
		if (byudv_summary_fault(type, bytes, size, &totals, &time) == NULL)
		{
			accepted++;
			same &= returns(type, bytes, size) && ask(type, bytes, size, &totals);
		}
		free(bytes);
	}
	ok(same && accepted > 1000 && accepted < MUTATIONS / 2, "%d mutated binary forms, %d of them accepted", MUTATIONS, accepted);
}

int
main(void)
{
	test_splits();
	test_counts();
	test_mutated_texts();
	test_mutated_bytes();
	return done();
}
