/*
 * danish.c
 *		Unit test of numbers, dates and CPR numbers in Danish spelling: what is
 *		read, what is refused and why, and that every spelling of a number gives
 *		that number back.
 */
#include "core/danish.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#define NBSP	"\xc2\xa0"
#define NARROW	"\xe2\x80\xaf"
#define THIN	"\xe2\x80\x89"
#define MINUS	"\xe2\x88\x92"

static uint64_t random_state = 20261123;

static uint32_t
below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) (random_state >> 33) % n;
}

/* For the name of a test, which is one line. */
static const char *
shown(const char *text)
{
	static char line[100];
	size_t		n = 0;

	for (; text[n] != '\0' && n < sizeof(line) - 1; n++)
		line[n] = text[n] == '\t' || text[n] == '\r' || text[n] == '\n' ? '~' : text[n];
	line[n] = '\0';
	return line;
}

/* In a block of its very size, so that a byte read beyond it is found. */
static const char *
number(const char *text, size_t len, char *plain)
{
	char	   *alone = malloc(len + (len == 0));
	const char *fault;

	memcpy(alone, text, len);
	memset(plain, 'x', BYUDV_NUMBER_ROOM);
	fault = byudv_danish_number(alone, len, plain);
	free(alone);
	return fault;
}

static void
reads(const char *text, const char *expected)
{
	char		plain[BYUDV_NUMBER_ROOM];
	const char *fault = number(text, strlen(text), plain);

	ok(fault == NULL && strcmp(plain, expected) == 0, "[%s] is %s%s%s", shown(text), expected,
	   fault != NULL ? ", not: " : "", fault != NULL ? fault : "");
}

static void
has_two_readings(const char *text, const char *decimal)
{
	char		plain[BYUDV_NUMBER_ROOM];
	const char *fault = number(text, strlen(text), plain);

	ok(fault == byudv_two_readings && strcmp(plain, decimal) == 0, "[%s] could be %s or not", shown(text), decimal);
}

/* why: what the sentence holds */
static void
refuses(const char *text, const char *why)
{
	char		plain[BYUDV_NUMBER_ROOM];
	const char *fault = number(text, strlen(text), plain);

	ok(fault != NULL && fault != byudv_two_readings && strstr(fault, why) != NULL, "[%s] is refused: %s", shown(text), fault);
}

static void
test_numbers(void)
{
	reads("0", "0");
	reads("1234", "1234");
	reads("007", "007");
	reads("1.234,5", "1234.5");
	reads("7250.75", "7250.75");
	reads("-12,5", "-12.5");
	reads("+12,50", "12.50");
	reads(MINUS "12,5", "-12.5");
	reads("1 234 567,89", "1234567.89");
	reads("1" NBSP "234" NBSP "567,89", "1234567.89");
	reads("1" NARROW "234" THIN "567", "1234567");
	reads("8 100", "8100");
	reads("1.234.567", "1234567");
	reads("12.345.678,00", "12345678.00");
	reads("8,100", "8.100");
	reads("0,125", "0.125");
	reads("0.125", "0.125");
	reads("1234.567", "1234.567");
	reads("1.5", "1.5");
	reads("12.34", "12.34");
	reads("1.2345", "1.2345");
	reads("1 234.5", "1234.5");
	reads(" \t" NBSP "1.234,5" NARROW "\r\n", "1234.5");

	has_two_readings("8.100", "8.100");
	has_two_readings("-8.100", "-8.100");
	has_two_readings(" 999.000 ", "999.000");
	has_two_readings("012.345", "012.345");
	has_two_readings("00.125", "00.125");
	has_two_readings("1 234.567", "1234.567");

	refuses("", "empty");
	refuses(" \t" NBSP, "blank");
	refuses("12.34,5", "groups");
	refuses("1.23.456", "groups");
	refuses("1234.567,8", "groups");
	refuses("1234.567.890", "groups");
	refuses("0.123.456", "groups");
	refuses("0 123", "groups");
	refuses("1 23", "groups");
	refuses("1  234", "groups");
	refuses("12345 678", "groups");
	refuses("12 34.5", "groups");
	refuses("1..234", "groups");
	refuses("1.234.", "groups");
	refuses("1.,5", "groups");
	refuses("1.234 567", "both points and blanks");
	refuses("1 234.567,8", "both points and blanks");
	refuses("1,234,567", "more than one comma");
	refuses("1,234.5", "point behind its comma");
	refuses("1,5 ,", "something else");
	refuses("12,", "no digit behind its comma");
	refuses("12.", "no digit behind its point");
	refuses(",5", "no digit before");
	refuses(".5", "no digit before");
	refuses("-", "not a number");
	refuses("--5", "not a number");
	refuses("- 5", "not a number");
	refuses("5-", "something else");
	refuses("ti", "not a number");
	refuses("NaN", "not a number");
	refuses("1e5", "something else");
	refuses("12 kr", "something else");
	refuses("100,-", "something else");
	refuses("12%", "something else");
	refuses("1'234", "something else");
	refuses("1\t234", "something else");
	refuses("1" "\xc2", "something else");
	refuses("\xc2", "not a number");
}

/* How many digits there may be. */
static void
test_length(void)
{
	char		text[BYUDV_NUMBER_DIGITS_MAX + 4];
	char		plain[BYUDV_NUMBER_ROOM];
	size_t		n = BYUDV_NUMBER_DIGITS_MAX;

	memset(text, '7', sizeof(text));
	ok(number(text, n, plain) == NULL && strlen(plain) == n, "1000 digits");
	ok(number(text, n + 1, plain) != NULL, "not 1001");
	text[0] = '-';
	text[2] = ',';
	ok(number(text, n + 2, plain) == NULL && strlen(plain) == n + 2, "with sign and comma");
	ok(number(text, n + 3, plain) != NULL, "not one more behind the comma");
	text[2] = '.';
	ok(number(text, n + 2, plain) == NULL && strlen(plain) == n + 2 && plain[2] == '.' && plain[n + 1] == '7', "with sign and point");
}

/* Random numbers, written in every way that has one reading. */
static void
test_spellings(void)
{
	static const char *const separators[] = {"", ".", " ", NBSP, NARROW, THIN};
	int			wrong = 0;

	for (int i = 0; i < 200000; i++)
	{
		char		digits[20];
		char		expected[40];
		char		text[80];
		char		plain[BYUDV_NUMBER_ROOM];
		int			ndigits = 1 + (int) below(15);
		int			ndecimals = (int) below(5);
		const char *separator = separators[below(6)];
		bool		is_negative = below(2);
		char	   *to = text;
		char	   *e = expected;

		for (int d = 0; d < ndigits; d++)
			digits[d] = (char) ('0' + below(10));
		if (digits[0] == '0')
			digits[0] = '1';
		if (is_negative)
			*to++ = *e++ = '-';
		for (int d = 0; d < ndigits; d++)
		{
			if (d > 0 && (ndigits - d) % 3 == 0)
				to += sprintf(to, "%s", separator);
			*to++ = *e++ = digits[d];
		}
		/* one point alone would have two readings */
		if (ndecimals == 0 && *separator == '.' && ndigits > 3 && ndigits <= 6)
			ndecimals = 1;
		for (int d = 0; d < ndecimals; d++)
		{
			if (d == 0)
			{
				*to++ = ',';
				*e++ = '.';
			}
			*to++ = *e++ = (char) ('0' + below(10));
		}
		*to = *e = '\0';
		if (number(text, to - text, plain) != NULL || strcmp(plain, expected) != 0)
		{
			if (wrong++ == 0)
				printf("# [%s] is not %s\n", text, expected);
		}
	}
	ok(wrong == 0, "200,000 random numbers in all spellings");
}

static void
date_is(const char *text, int year, int month, int day)
{
	int			y = 0,
				m = 0,
				d = 0;
	const char *fault = byudv_danish_date(text, strlen(text), &y, &m, &d);

	ok(fault == NULL && y == year && m == month && d == day, "[%s] is %04d-%02d-%02d", shown(text), year, month, day);
}

static void
no_date(const char *text, const char *why)
{
	int			y,
				m,
				d;
	const char *fault = byudv_danish_date(text, strlen(text), &y, &m, &d);

	ok(fault != NULL && strstr(fault, why) != NULL, "[%s] is refused: %s", shown(text), fault);
}

static void
test_dates(void)
{
	date_is("31-12-2023", 2023, 12, 31);
	date_is("31.12.2023", 2023, 12, 31);
	date_is("31/12/2023", 2023, 12, 31);
	date_is("2023-12-31", 2023, 12, 31);
	date_is("20231231", 2023, 12, 31);
	date_is("1-2-2023", 2023, 2, 1);
	date_is(" 01.2.2023" NBSP, 2023, 2, 1);
	date_is("29-02-2024", 2024, 2, 29);
	date_is("29-02-2000", 2000, 2, 29);
	date_is("9999-12-31", 9999, 12, 31);
	date_is("1000-01-01", 1000, 1, 1);
	no_date("29-02-2023", "no such day");
	no_date("29-02-1900", "no such day");
	no_date("31-04-2023", "no such day");
	no_date("12/31/2023", "no such day");
	no_date("00-01-2023", "no such day");
	no_date("2023-00-01", "no such day");
	no_date("20231301", "no such day");
	no_date("31122023", "no such day");
	no_date("31-12-23", "two digits");
	no_date("23-12-31", "two digits");
	no_date("31-12-0023", "before 1000");
	no_date("0000-01-01", "before 1000");
	no_date("", "empty");
	no_date(" ", "blank");
	no_date("311223", "none of the forms");
	no_date("31-12.2023", "none of the forms");
	no_date("31-12-2023 00:00", "none of the forms");
	no_date("202312310000", "none of the forms");
	no_date("2023/12/31", "none of the forms");
	no_date("2023-1-31", "none of the forms");
	no_date("2023-12-3", "none of the forms");
	no_date("31-12-20233", "none of the forms");
	no_date("31-12", "none of the forms");
	no_date("31-", "none of the forms");
	no_date("31", "none of the forms");
	no_date("31 12 2023", "none of the forms");
	no_date("031-12-2023", "none of the forms");
	no_date("31-dec-2023", "none of the forms");
	no_date("infinity", "none of the forms");
}

static void
cpr_is(const char *text, const char *expected)
{
	char		digits[BYUDV_CPR_DIGITS];
	const char *fault = byudv_cpr_number(text, strlen(text), digits);

	ok(fault == NULL && memcmp(digits, expected, sizeof(digits)) == 0, "[%s] is a number", shown(text));
}

static void
no_cpr(const char *text, const char *why)
{
	char		digits[BYUDV_CPR_DIGITS];
	const char *fault = byudv_cpr_number(text, strlen(text), digits);

	ok(fault != NULL && strstr(fault, why) != NULL, "[%s] is refused: %s", shown(text), fault);
}

/* No persons' numbers: birthdays of 31 February and such, or no serial number. */
static void
test_cpr(void)
{
	cpr_is("3102010000", "3102010000");
	cpr_is("310201-0000", "3102010000");
	cpr_is(" \t310201-0000\n", "3102010000");
	cpr_is(NBSP "3102010000" NBSP, "3102010000");
	cpr_is("9102010000", "9102010000");
	cpr_is("6112990000", "6112990000");
	no_cpr("", "empty");
	no_cpr("  ", "blank");
	no_cpr("310201000", "fewer");
	no_cpr("310201-000", "fewer");
	no_cpr("31020100000", "more");
	no_cpr("31020-10000", "hyphen");
	no_cpr("310201--0000", "hyphen");
	no_cpr("310201-0000-", "hyphen");
	no_cpr("310201 0000", "something else");
	no_cpr("310201-000x", "something else");
	no_cpr("0002010000", "no day");
	no_cpr("3202010000", "no day");
	no_cpr("6002010000", "no day");
	no_cpr("9202010000", "no day");
	no_cpr("3100010000", "no month");
	no_cpr("3113010000", "no month");
}

int
main(void)
{
	test_numbers();
	test_length();
	test_spellings();
	test_dates();
	test_cpr();
	return done();
}
