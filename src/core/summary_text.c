/*
 * summary_text.c
 *		The text form of a summary: "s1 o2 5x1 8c1x2 12e3c1x2".
 *
 * Words with one blank between them: type and version (s survival, c competing
 * risks); o and the number left out, unless 0; then each time with what
 * happened at it: e entered, c censored, x event, each with its count.  In
 * competing risks x<cause>:<count>.  One spelling for one content.
 */
#include "summary.h"

#include <string.h>

#define NUMBER_CHARS	19		/* of BYUDV_COUNT_MAX */

const char	byudv_other_version[] = "written by another version";

size_t
byudv_text_size_max(size_t packed_size)
{
	/*
	 * An item of two bytes prints as a blank, up to ten digits of the time, a
	 * letter, "1:" for the cause and 3 digits of the count: 17 characters.
	 * Each further byte of the count or for the cause adds at most 3.
	 */
	return 2 + 2 + NUMBER_CHARS + (packed_size + 1) / 2 * 17 + packed_size * 3;
}

static char *
print_number(char *to, uint64_t n)
{
	char		digits[NUMBER_CHARS + 1];
	int			at = sizeof(digits);

	do
	{
		digits[--at] = '0' + n % 10;
		n /= 10;
	} while (n > 0);
	memcpy(to, digits + at, sizeof(digits) - at);
	return to + (sizeof(digits) - at);
}

char *
byudv_print(ByudvSummaryType type, const uint8_t *bytes, size_t size, char *to)
{
	ByudvReader reader;
	ByudvItem	item;
	uint64_t	n;
	int64_t		last_time = -1;

	*to++ = type == BYUDV_SURVIVAL ? 's' : 'c';
	to = print_number(to, BYUDV_SUMMARY_VERSION);
	if (byudv_read_begin(&reader, bytes, size, &n) && n > 0)
	{
		*to++ = ' ';
		*to++ = 'o';
		to = print_number(to, n);
	}
	while (byudv_read_item(&reader, &item) > 0)
	{
		if (item.time != last_time)
		{
			*to++ = ' ';
			to = print_number(to, item.time);
			last_time = item.time;
		}
		*to++ = item.kind == BYUDV_ENTERED ? 'e' : item.kind == BYUDV_CENSORED ? 'c' : 'x';
		if (type == BYUDV_COMPETING_RISKS && item.kind > BYUDV_CENSORED)
		{
			to = print_number(to, item.kind - BYUDV_CAUSE(0));
			*to++ = ':';
		}
		to = print_number(to, item.count);
	}
	*to = '\0';
	return to;
}

/* NULL, or what is wrong; moves on behind the number. */
static const char *
parse_number(const char **text, uint64_t max, uint64_t *n)
{
	const char *at = *text;

	if (*at < '0' || *at > '9')
		return "a number is expected";
	if (*at == '0' && at[1] >= '0' && at[1] <= '9')
		return "a number does not begin with 0";
	for (*n = 0; *at >= '0' && *at <= '9'; at++)
	{
		uint64_t	digit = *at - '0';

		if (*n > (max - digit) / 10)
			return max == BYUDV_COUNT_MAX ? byudv_too_many : "the number is too great";
		*n = *n * 10 + digit;
	}
	*text = at;
	return NULL;
}

/* What happened at one time, after the time. */
static const char *
parse_moment(ByudvSummaryType type, const char **text, uint64_t advance, uint8_t **bytes)
{
	static const char letters[] = "ecx";
	const char *fault;
	const char *letter;
	uint64_t	cause = 1;
	uint64_t	count;

	if (**text == ' ' || **text == '\0')
		return "e, c or x is expected";
	while (**text != ' ' && **text != '\0')
	{
		letter = strchr(letters, **text);
		if (letter == NULL)
			return "e, c or x is expected";
		(*text)++;
		if (*letter == 'x' && type == BYUDV_COMPETING_RISKS)
		{
			fault = parse_number(text, BYUDV_CAUSES_MAX, &cause);
			if (fault != NULL)
				return fault;
			if (cause == 0)
				return "causes begin with 1";
			if (**text != ':')
				return "a colon is expected";
			(*text)++;
		}
		fault = parse_number(text, BYUDV_COUNT_MAX, &count);
		if (fault != NULL)
			return fault;
		if (count == 0)
			return "a count of 0 is not written";
		*bytes = byudv_write_number(*bytes, advance << 2 | (*letter == 'x' && cause > 1 ? 3 : letter - letters));
		if (*letter == 'x' && cause > 1)
			*(*bytes)++ = cause;
		*bytes = byudv_write_number(*bytes, count);
		advance = 0;
	}
	return NULL;
}

const char *
byudv_parse(ByudvSummaryType type, const char *text, uint8_t *bytes, size_t *size, size_t *offset)
{
	const char *at = text;
	uint8_t    *to = bytes;
	const char *fault = NULL;
	uint64_t	n;
	int64_t		last_time = -1;

	*offset = 0;
	if (*at++ != (type == BYUDV_SURVIVAL ? 's' : 'c'))
		return type == BYUDV_SURVIVAL ? "it does not begin with s1" : "it does not begin with c1";
	if (parse_number(&at, UINT32_MAX, &n) != NULL || (*at != ' ' && *at != '\0'))
		return type == BYUDV_SURVIVAL ? "it does not begin with s1" : "it does not begin with c1";
	if (n != BYUDV_SUMMARY_VERSION)
		return byudv_other_version;

	n = 0;
	if (at[0] == ' ' && at[1] == 'o')
	{
		at += 2;
		fault = parse_number(&at, BYUDV_COUNT_MAX, &n);
		if (fault == NULL && n == 0)
			fault = "a count of 0 is not written";
		if (fault == NULL && *at != ' ' && *at != '\0')
			fault = "a blank is expected";
	}
	to = byudv_write_number(to, n);
	while (fault == NULL && *at != '\0')
	{
		at++;					/* the blank */
		fault = parse_number(&at, BYUDV_TIME_MAX, &n);
		if (fault == NULL && (int64_t) n <= last_time)
			fault = "times do not ascend";
		if (fault == NULL)
			fault = parse_moment(type, &at, n - (last_time < 0 ? 0 : last_time), &to);
		last_time = n;
	}
	*size = to - bytes;
	*offset = at - text;
	return fault;
}
