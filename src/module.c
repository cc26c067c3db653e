/*
 * module.c
 *		What happens when the library is loaded.
 */
#include "byudv.h"

#include "compat.h"

#if PG_VERSION_NUM >= 180000
PG_MODULE_MAGIC_EXT(
					.name = "byudv",
					.version = "1.0"
);
#else
PG_MODULE_MAGIC;
#endif

PGDLLEXPORT void _PG_init(void);

static void
serve_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

void
_PG_init(void)
{
	byudv_core_interrupt = serve_interrupts;
}
