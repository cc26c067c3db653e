/*
 * summary.c
 *		Fuzz target: text and binary form of a summary.  The first byte chooses
 *		type and form; what is accepted must come back as it was.
 */
#include "core/life_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

/* Printing and reading again, and one walk through the moments. */
static void
check(ByudvSummaryType type, const uint8_t *bytes, size_t size, const ByudvTotals *totals)
{
	char	   *text = malloc(byudv_text_size_max(size) + 1);
	char	   *end = byudv_print(type, bytes, size, text);
	uint8_t    *again = malloc(end - text);
	size_t		again_size;
	size_t		offset;
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	ByudvIncidence incidence;
	uint64_t	exits = 0;

	must((size_t) (end - text) <= byudv_text_size_max(size), "the text has its bound");
	must(byudv_parse(type, text, again, &again_size, &offset) == NULL, "the text is read again");
	must(again_size == size && memcmp(again, bytes, size) == 0, "the same comes back");
	free(text);
	free(again);

	byudv_curve_begin(&curve);
	byudv_incidence_begin(&incidence, totals->causes);
	byudv_moments_begin(&moments, bytes, size, totals, 0);
	while (byudv_next_moment(&moments, &moment))
	{
		must(moment.events + moment.censored <= moment.at_risk, "who leaves was at risk");
		exits += moment.events + moment.censored;
		byudv_curve_step(&curve, &moment);
		byudv_incidence_step(&incidence, &moment);
		must(byudv_curve_survival(&curve) >= 0 && byudv_curve_survival(&curve) <= 1, "survival is a share");
	}
	must(exits == totals->exits, "all leave");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ByudvSummaryType type;
	ByudvTotals totals;
	int64_t		time;

	if (size == 0)
		return 0;
	type = (data[0] & 1) == 0 ? BYUDV_SURVIVAL : BYUDV_COMPETING_RISKS;
	if ((data[0] & 2) == 0)
	{
		if (byudv_summary_fault(type, data + 1, size - 1, &totals, &time) == NULL)
			check(type, data + 1, size - 1, &totals);
	}
	else
	{
		char	   *text = malloc(size);
		uint8_t    *bytes;
		size_t		bytes_size;
		size_t		offset;

		memcpy(text, data + 1, size - 1);
		text[size - 1] = '\0';
		bytes = malloc(strlen(text) + 1);
		if (byudv_parse(type, text, bytes, &bytes_size, &offset) == NULL &&
			byudv_summary_fault(type, bytes, bytes_size, &totals, &time) == NULL)
			check(type, bytes, bytes_size, &totals);
		free(bytes);
		free(text);
	}
	return 0;
}
