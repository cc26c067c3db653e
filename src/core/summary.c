/*
 * summary.c
 *		The finished form of a summary: writing, reading, checking.
 */
#include "summary.h"

#define CODE_BITS	2
#define CODE_CAUSE	3			/* the cause follows */

const char	byudv_too_many[] = "more observations than can be counted";

/*
 * False at the end of the bytes, above BYUDV_COUNT_MAX, and for a number with
 * needless bytes: it would make equal summaries differ.
 */
static inline bool
read_number(ByudvReader *reader, uint64_t *n)
{
	const uint8_t *next = reader->next;
	int			shift = 0;

	*n = 0;
	for (; next < reader->end && shift < 63; shift += 7)
	{
		uint8_t		byte = *next++;

		*n |= (uint64_t) (byte & 127) << shift;
		if (byte < 128)
		{
			reader->next = next;
			return byte != 0 || shift == 0;
		}
	}
	return false;
}

bool
byudv_read_begin(ByudvReader *reader, const uint8_t *bytes, size_t size, uint64_t *left_out)
{
	*reader = (ByudvReader) {.next = bytes, .end = bytes + size};
	return read_number(reader, left_out);
}

int
byudv_read_item(ByudvReader *reader, ByudvItem *item)
{
	uint64_t	number;
	int			code;

	if (reader->next == reader->end)
		return 0;
	byudv_count_work(&reader->nitems);
	if (!read_number(reader, &number))
		return -1;
	code = number & ((1 << CODE_BITS) - 1);
	number >>= CODE_BITS;
	if (number > (uint64_t) (BYUDV_TIME_MAX - reader->time))
		return -1;
	reader->time += number;
	item->time = reader->time;
	item->kind = code;
	if (code == CODE_CAUSE)
	{
		int			cause;

		if (reader->next == reader->end)
			return -1;
		cause = *reader->next++;
		if (cause < 2 || cause > BYUDV_CAUSES_MAX)
			return -1;
		item->kind = BYUDV_CAUSE(cause);
	}
	if (!read_number(reader, &item->count) || item->count == 0)
		return -1;
	return 1;
}

static bool
add(uint64_t *sum, uint64_t n)
{
	if (n > BYUDV_COUNT_MAX - *sum)
		return false;
	*sum += n;
	return true;
}

/* Readable, in order; and the sums. */
static const char *
add_up(ByudvSummaryType type, const uint8_t *bytes, size_t size, ByudvTotals *totals,
	   int64_t *time)
{
	ByudvReader reader;
	ByudvItem	item;
	int64_t		last_time = -1;
	int			last_kind = -1;
	int			found;

	if (!byudv_read_begin(&reader, bytes, size, &totals->left_out))
		return "the number left out cannot be read";
	while ((found = byudv_read_item(&reader, &item)) > 0)
	{
		*time = item.time;
		if (item.time == last_time && item.kind <= last_kind)
			return "its parts are not in order";
		last_time = item.time;
		last_kind = item.kind;
		if (item.kind == BYUDV_ENTERED)
		{
			if (item.time == 0)
				return "entries at time 0 are not stated, but follow from the exits";
			if (!add(&totals->late, item.count))
				return byudv_too_many;
			continue;
		}
		if (type == BYUDV_SURVIVAL && item.kind > BYUDV_CAUSE(1))
			return "a survival summary has one cause";
		if (totals->exits == 0)
			totals->first = item.time;
		totals->last = item.time;
		if (!add(&totals->exits, item.count))
			return byudv_too_many;
		if (item.kind != BYUDV_CENSORED)
		{
			totals->events += item.count;
			totals->causes |= (uint64_t) 1 << (item.kind - BYUDV_CAUSE(1));
		}
	}
	if (found < 0)
	{
		*time = last_time;
		return "its bytes cannot be read";
	}
	*time = -1;
	return NULL;
}

const char *
byudv_summary_fault(ByudvSummaryType type, const uint8_t *bytes, size_t size,
					ByudvTotals *totals, int64_t *time)
{
	ByudvReader reader;
	ByudvItem	item;
	const char *fault;
	uint64_t	present;		/* have entered and not left yet */
	uint64_t	entering = 0;	/* at the time that is being read: they are not at
								 * risk at it, so must not leave at it */
	uint32_t	last_time = 0;
	uint64_t	ignored;

	*totals = (ByudvTotals) {0};
	*time = -1;
	fault = add_up(type, bytes, size, totals, time);
	if (fault != NULL)
		return fault;
	if (totals->late > totals->exits)
		return "more have entered than have left or been censored";

	present = totals->exits - totals->late;
	byudv_read_begin(&reader, bytes, size, &ignored);
	while (byudv_read_item(&reader, &item) > 0)
	{
		if (item.time != last_time)
		{
			present += entering;
			entering = 0;
			last_time = item.time;
		}
		if (item.kind == BYUDV_ENTERED)
			entering = item.count;
		else if (item.count > present)
		{
			*time = item.time;
			return "more leave or are censored than are at risk";
		}
		else
			present -= item.count;
	}
	return NULL;
}

/* ---- folding */

/* Items in order, from a summary or from sorted records. */
typedef struct Source
{
	ByudvReader reader;			/* of a summary, when records is NULL */
	const uint64_t *records;
	const uint64_t *records_end;
	uint64_t	point;			/* time and kind of the item; the greatest number
								 * at the end */
	ByudvItem	item;
} Source;

#define AT_END		UINT64_MAX

/* Time and kind, as in a record. */
#define POINT_SHIFT	(BYUDV_DIGIT_BITS + 2)

static inline void
next_of_summary(Source *source)
{
	const uint8_t *next = source->reader.next;

	/* most items are two bytes */
	if (byudv_likely(source->reader.end - next >= 2 && ((next[0] | next[1]) & 128) == 0 &&
					 (next[0] & CODE_CAUSE) != CODE_CAUSE))
	{
		source->reader.time += next[0] >> CODE_BITS;
		source->item.time = source->reader.time;
		source->item.kind = next[0] & CODE_CAUSE;
		source->item.count = next[1];
		source->reader.next = next + 2;
	}
	else if (byudv_read_item(&source->reader, &source->item) <= 0)
	{
		source->point = AT_END;
		return;
	}
	source->point = (uint64_t) source->item.time << 7 | source->item.kind;
}

/* Adds up equal records, and the digits of one count. */
static inline bool
next_of_records(Source *source)
{
	if (source->records == source->records_end)
	{
		source->point = AT_END;
		return true;
	}
	source->point = *source->records >> POINT_SHIFT;
	source->item.time = byudv_record_time(*source->records);
	source->item.kind = byudv_record_kind(*source->records);
	source->item.count = 0;
	do
	{
		if (!add(&source->item.count, byudv_record_count(*source->records)))
			return false;
		source->records++;
	} while (source->records < source->records_end && *source->records >> POINT_SHIFT == source->point);
	return true;
}

/*
 * What was left out stands in front, but among the records behind the kinds of
 * time 0: it is looked for first, and passed over later.
 */
static bool
count_left_out(const uint64_t *records, size_t n, uint64_t *left_out)
{
	for (size_t i = 0; i < n && byudv_record_time(records[i]) == 0; i++)
	{
		if (byudv_record_kind(records[i]) == BYUDV_LEFT_OUT && !add(left_out, byudv_record_count(records[i])))
			return false;
	}
	return true;
}

static inline bool
fold(Source *a, Source *b, bool b_is_summary, uint64_t left_out, uint8_t *bytes, size_t *size)
{
	uint8_t    *to = byudv_write_number(bytes, left_out);
	uint32_t	time = 0;
	uint64_t	sums[2] = {0, 0};	/* entries, exits */
	uint32_t	nitems = 0;

	while (a->point != AT_END || b->point != AT_END)
	{
		ByudvItem	item;
		int			code;

		byudv_count_work(&nitems);
		if (a->point < b->point)
		{
			item = a->item;
			next_of_summary(a);
		}
		else
		{
			item = b->item;
			if (a->point == b->point)
			{
				if (!add(&item.count, a->item.count))
					return false;
				next_of_summary(a);
			}
			if (b_is_summary)
				next_of_summary(b);
			else if (!next_of_records(b))
				return false;
			if (item.kind == BYUDV_LEFT_OUT)
				continue;
		}
		code = item.kind < CODE_CAUSE ? item.kind : CODE_CAUSE;
		to = byudv_write_number(to, (uint64_t) (item.time - time) << CODE_BITS | code);
		if (code == CODE_CAUSE)
			*to++ = item.kind - BYUDV_CAUSE(0);
		to = byudv_write_number(to, item.count);
		time = item.time;
		if (!add(&sums[item.kind != BYUDV_ENTERED], item.count))
			return false;
	}
	*size = to - bytes;
	return true;
}

bool
byudv_fold_records(const uint8_t *summary, size_t summary_size,
				   const uint64_t *records, size_t n, uint8_t *bytes, size_t *size)
{
	Source		a = {.point = AT_END};
	Source		b = {.records = records, .records_end = records + n};
	uint64_t	left_out = 0;

	/* a tally that has never been folded has no summary at all */
	if (summary_size > 0)
	{
		byudv_read_begin(&a.reader, summary, summary_size, &left_out);
		next_of_summary(&a);
	}
	return count_left_out(records, n, &left_out) && next_of_records(&b) &&
		fold(&a, &b, false, left_out, bytes, size);
}

bool
byudv_fold_summaries(const uint8_t *a_bytes, size_t a_size, const uint8_t *b_bytes, size_t b_size,
					 uint8_t *bytes, size_t *size)
{
	Source		a = {.point = AT_END};
	Source		b = {.point = AT_END};
	uint64_t	left_out = 0;
	uint64_t	more = 0;

	if (a_size > 0)
	{
		byudv_read_begin(&a.reader, a_bytes, a_size, &left_out);
		next_of_summary(&a);
	}
	if (b_size > 0)
	{
		byudv_read_begin(&b.reader, b_bytes, b_size, &more);
		next_of_summary(&b);
	}
	return add(&left_out, more) && fold(&a, &b, true, left_out, bytes, size);
}
