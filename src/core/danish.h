/*
 * danish.h
 *		Numbers, dates and CPR numbers as Danish sources write them.
 *
 * Text is UTF-8; blanks around it do not matter.  What could be meant in two
 * ways is refused and never guessed.  Each function returns NULL, or a
 * sentence that says what is wrong and does not quote the text.
 */
#ifndef BYUDV_DANISH_H
#define BYUDV_DANISH_H

#include "core.h"

#define BYUDV_NUMBER_DIGITS_MAX	1000
#define BYUDV_NUMBER_ROOM		(BYUDV_NUMBER_DIGITS_MAX + 3)	/* sign, point, end */

/* One point and three digits behind it: thousands or a fraction? */
extern const char byudv_two_readings[];

/*
 * The number as C and SQL write it: "-1234.50", with an end.  plain has
 * BYUDV_NUMBER_ROOM bytes; with byudv_two_readings it gets the one with a
 * decimal point, and without the point that is the other.
 */
extern const char *byudv_danish_number(const char *text, size_t len, char *plain);

/* The form is right, but no calendar has that day; it is given all the same. */
extern const char byudv_no_such_day[];

extern const char *byudv_danish_date(const char *text, size_t len,
									 int *year, int *month, int *day);

#define BYUDV_CPR_DIGITS		10
#define BYUDV_CPR_SUBSTITUTE	60	/* added to the day in substitute numbers */

/* The ten digits, without an end. */
extern const char *byudv_cpr_number(const char *text, size_t len, char *digits);

#endif							/* BYUDV_DANISH_H */
