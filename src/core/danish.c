/*
 * danish.c
 *		Numbers, dates and CPR numbers as Danish sources write them.
 */
#include "danish.h"

#include <string.h>

const char	byudv_two_readings[] = "It has one point, and three digits behind it.";
const char	byudv_no_such_day[] = "The calendar has no such day.";

static const char empty[] = "It is empty, or blank.";
static const char bad_groups[] = "Its points or blanks do not part it into groups of three digits.";

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Bytes of the blank at the front of s, 0 when there is none: space, no-break
 * space, narrow no-break space and thin space, which programs put between
 * groups of digits.
 */
static size_t
blank_length(const char *s, size_t len)
{
	if (len >= 1 && *s == ' ')
		return 1;
	if (len >= 2 && memcmp(s, "\xc2\xa0", 2) == 0)
		return 2;
	if (len >= 3 && (memcmp(s, "\xe2\x80\xaf", 3) == 0 || memcmp(s, "\xe2\x80\x89", 3) == 0))
		return 3;
	return 0;
}

/* Around a value, tabs and line ends are blanks too. */
static bool
is_layout(char c)
{
	return c == '\t' || c == '\r' || c == '\n';
}

static void
trim(const char **text, size_t *len)
{
	const char *s = *text;
	size_t		n = *len;

	while (n > 0)
	{
		size_t		blank = is_layout(*s) ? 1 : blank_length(s, n);

		if (blank == 0)
			break;
		s += blank;
		n -= blank;
	}
	while (n > 0)
	{
		size_t		blank = is_layout(s[n - 1]) ? 1 : 0;

		for (size_t bytes = 1; blank == 0 && bytes <= 3 && bytes <= n; bytes++)
			if (blank_length(s + n - bytes, bytes) == bytes)
				blank = bytes;
		if (blank == 0)
			break;
		n -= blank;
	}
	*text = s;
	*len = n;
}

/* What is between the digits of a number before its decimal comma. */
typedef struct Grouping
{
	size_t		points;
	size_t		blanks;
	size_t		first;			/* digits before the first separator */
	size_t		last;			/* digits behind the last one */
	bool		point_is_last;
	bool		is_regular;		/* three digits between separators, and behind
								 * the last unless that is a point */
} Grouping;

const char *
byudv_danish_number(const char *text, size_t len, char *plain)
{
	Grouping	g = {.is_regular = true};
	char	   *to = plain;
	char	   *whole;
	size_t		ndigits = 0;
	bool		has_comma;
	bool		starts_with_zero;
	const char *end;

	trim(&text, &len);
	if (len == 0)
		return empty;
	end = text + len;
	if (*text == '-' || *text == '+')
	{
		if (*text++ == '-')
			*to++ = '-';
	}
	else if (len >= 3 && memcmp(text, "\xe2\x88\x92", 3) == 0)	/* minus sign */
	{
		text += 3;
		*to++ = '-';
	}
	if (text == end || (!is_digit(*text) && *text != ',' && *text != '.'))
		return "It is not a number in digits.";
	if (!is_digit(*text))
		return "There is no digit before its decimal mark.";

	whole = to;
	starts_with_zero = *text == '0';
	for (; text < end && *text != ','; text++)
	{
		size_t		blank;

		if (is_digit(*text))
		{
			if (ndigits++ == BYUDV_NUMBER_DIGITS_MAX)
				return "It has more than 1000 digits.";
			*to++ = *text;
			g.last++;
			continue;
		}
		blank = blank_length(text, end - text);
		if (*text != '.' && blank == 0)
			return "It holds something else than digits, points, blanks and a comma.";
		if (g.points + g.blanks == 0)
			g.first = g.last;
		else if (g.last != 3)
			g.is_regular = false;
		g.last = 0;
		g.point_is_last = blank == 0;
		if (blank == 0)
			g.points++;
		else
		{
			g.blanks++;
			text += blank - 1;
		}
	}
	has_comma = text < end;

	if (g.points + g.blanks > 0)
	{
		/* a point without a comma may be a decimal one */
		bool		may_be_decimal = !has_comma && g.points == 1 && g.point_is_last;
		bool		is_grouped = g.blanks > 0 || !may_be_decimal;

		if (may_be_decimal && g.last == 0)
			return "There is no digit behind its point.";
		if (g.points > 0 && g.blanks > 0 && !may_be_decimal)
			return "It has both points and blanks between groups of digits.";
		if (is_grouped && (!g.is_regular || g.first == 0 || g.first > 3 || starts_with_zero ||
						   (!may_be_decimal && g.last != 3)))
			return bad_groups;
		if (may_be_decimal)
		{
			memmove(to - g.last + 1, to - g.last, g.last);
			to[-(ptrdiff_t) g.last] = '.';
			*++to = '\0';
			/* 0.125 has one reading, since no group begins with 0; so has 1234.567 */
			if (g.last == 3 && (g.blanks > 0 || (g.first <= 3 && !(g.first == 1 && *whole == '0'))))
				return byudv_two_readings;
		}
	}
	if (has_comma)
	{
		if (++text == end)
			return "There is no digit behind its comma.";
		*to++ = '.';
		for (; text < end; text++)
		{
			if (*text == ',')
				return "It has more than one comma, and a comma is the decimal mark.";
			if (*text == '.')
				return "It has a point behind its comma, and a comma is the decimal mark.";
			if (!is_digit(*text))
				return "It holds something else than digits behind its comma.";
			if (ndigits++ == BYUDV_NUMBER_DIGITS_MAX)
				return "It has more than 1000 digits.";
			*to++ = *text;
		}
	}
	*to = '\0';
	return NULL;
}

/* n digits from s on. */
static int
digits_value(const char *s, size_t n)
{
	int			value = 0;

	for (size_t i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

static size_t
count_digits(const char *s, const char *end)
{
	size_t		n = 0;

	while (s + n < end && is_digit(s[n]))
		n++;
	return n;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

const char *
byudv_danish_date(const char *text, size_t len, int *year, int *month, int *day)
{
	static const char other_form[] = "It is in none of the forms that are read.";
	const char *end;
	size_t		n;

	trim(&text, &len);
	if (len == 0)
		return empty;
	end = text + len;
	n = count_digits(text, end);
	if (len == 8 && n == 8)
	{
		*year = digits_value(text, 4);
		*month = digits_value(text + 4, 2);
		*day = digits_value(text + 6, 2);
	}
	else if (len == 10 && n == 4)
	{
		if (text[4] != '-' || count_digits(text + 5, end) != 2 || text[7] != '-' || count_digits(text + 8, end) != 2)
			return other_form;
		*year = digits_value(text, 4);
		*month = digits_value(text + 5, 2);
		*day = digits_value(text + 8, 2);
	}
	else
	{
		char		mark;

		if (n < 1 || n > 2 || n == len)
			return other_form;
		*day = digits_value(text, n);
		text += n;
		mark = *text++;
		n = count_digits(text, end);
		if ((mark != '-' && mark != '.' && mark != '/') || n < 1 || n > 2 || text + n == end)
			return other_form;
		*month = digits_value(text, n);
		text += n;
		if (*text++ != mark)
			return other_form;
		n = count_digits(text, end);
		if (n == 2 && text + n == end)
			return "Its year has two digits, which do not tell the century.";
		if (n != 4 || text + n != end)
			return other_form;
		*year = digits_value(text, 4);
	}
	if (*year < 1000)
		return "Its year is before 1000.";
	if (*month < 1 || *month > 12 || *day < 1 || *day > days_in_month(*year, *month))
		return byudv_no_such_day;
	return NULL;
}

/*
 * The check digit is not looked at: since 1 October 2007 valid numbers fail it.
 * The day is held to 1 to 31 in every month: this tells a CPR number from
 * another number, and does not judge the register's dates.
 */
const char *
byudv_cpr_number(const char *text, size_t len, char *digits)
{
	int			day;
	int			month;
	size_t		n = 0;

	trim(&text, &len);
	if (len == 0)
		return empty;
	for (size_t i = 0; i < len; i++)
	{
		if (is_digit(text[i]))
		{
			if (n == BYUDV_CPR_DIGITS)
				return "It has more than ten digits.";
			digits[n++] = text[i];
		}
		else if (text[i] != '-')
			return "It holds something else than digits and a hyphen.";
		else if (i != 6)
			return "It has a hyphen elsewhere than after the sixth digit.";
	}
	if (n < BYUDV_CPR_DIGITS)
		return "It has fewer than ten digits.";
	day = digits_value(digits, 2);
	month = digits_value(digits + 2, 2);
	if (day > BYUDV_CPR_SUBSTITUTE)
		day -= BYUDV_CPR_SUBSTITUTE;
	if (day < 1 || day > 31)
		return "Its first two digits are no day: 01 to 31, or 61 to 91 in a substitute number.";
	if (month < 1 || month > 12)
		return "Its third and fourth digits are no month: 01 to 12.";
	return NULL;
}
