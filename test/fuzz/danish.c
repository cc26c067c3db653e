/*
 * danish.c
 *		Fuzz target: any text as a number, a date and a CPR number.  What is read
 *		is the same when it is written plainly and read again.
 */
#include "core/danish.h"

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

static void
check_number(const char *text, size_t len)
{
	char		plain[BYUDV_NUMBER_ROOM];
	char		again[BYUDV_NUMBER_ROOM];
	const char *fault = byudv_danish_number(text, len, plain);
	char	   *point;
	size_t		n;

	if (fault != NULL && fault != byudv_two_readings)
		return;
	n = strlen(plain);
	must(n < sizeof(plain), "a number has its end");
	must(n <= len, "a number does not grow");
	must(strspn(plain + (plain[0] == '-'), "0123456789.") == n - (plain[0] == '-'), "a number has digits and a point");
	point = strchr(plain, '.');
	if (fault == byudv_two_readings)
		must(point != NULL && strlen(point) == 4, "two readings come from three digits behind a point");
	if (point != NULL)
	{
		must(point > plain && point[1] != '\0' && strchr(point + 1, '.') == NULL, "one point, within the number");
		*point = ',';
	}
	must(byudv_danish_number(plain, n, again) == NULL, "with a comma it has one reading");
	if (point != NULL)
		*point = '.';
	must(strcmp(plain, again) == 0, "the same number comes back");
}

static void
check_date(const char *text, size_t len)
{
	int			date[3];
	int			again[3];
	char		iso[40];
	const char *fault = byudv_danish_date(text, len, &date[0], &date[1], &date[2]);

	if (fault != NULL && fault != byudv_no_such_day)
		return;
	sprintf(iso, "%04d-%02d-%02d", date[0], date[1], date[2]);
	must(byudv_danish_date(iso, strlen(iso), &again[0], &again[1], &again[2]) == fault, "the ISO form is as good");
	must(memcmp(date, again, sizeof(date)) == 0, "the same date comes back");
}

static void
check_cpr(const char *text, size_t len)
{
	char		digits[BYUDV_CPR_DIGITS];
	char		again[BYUDV_CPR_DIGITS];
	char		hyphened[BYUDV_CPR_DIGITS + 1];

	if (byudv_cpr_number(text, len, digits) != NULL)
		return;
	memcpy(hyphened, digits, 6);
	hyphened[6] = '-';
	memcpy(hyphened + 7, digits + 6, 4);
	must(byudv_cpr_number(hyphened, sizeof(hyphened), again) == NULL, "with a hyphen it is as good");
	must(memcmp(digits, again, sizeof(digits)) == 0, "the same CPR number comes back");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *alone = malloc(size + (size == 0));

	if (size > 0)
		memcpy(alone, data, size);
	check_number(alone, size);
	check_date(alone, size);
	check_cpr(alone, size);
	free(alone);
	return 0;
}
