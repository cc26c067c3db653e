/*
 * require.h
 *		What must hold in a fuzz target, whatever came in.
 */
#include <stdio.h>
#include <stdlib.h>

#define require(condition) \
	((condition) ? (void) 0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), abort()))
