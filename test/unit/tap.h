/*
 * tap.h
 *		TAP for C: ok() per check, done() at the end.
 */
#ifndef TAP_H
#define TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int	tap_count = 0;
static int	tap_failures = 0;

static inline bool __attribute__((format(printf, 2, 3)))
ok(bool passed, const char *format,...)
{
	va_list		args;

	printf("%sok %d - ", passed ? "" : "not ", ++tap_count);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);				/* a crash should not swallow it */
	tap_failures += !passed;
	return passed;
}

static inline int
done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failures > 0;
}

#endif							/* TAP_H */
