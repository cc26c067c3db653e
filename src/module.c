/*
 * module.c
 *		What happens when the library is loaded.
 */
#include "byudv.h"

#include "utils/date.h"
#include "utils/fmgrprotos.h"

#include "compat.h"

BYUDV_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

/*
 * fn_extra saves a catalogue look-up per row where there is a query to hold
 * it, and nothing is wrong where there is not.
 */
TupleDesc
byudv_result_desc(FunctionCallInfo fcinfo)
{
	TupleDesc	desc = fcinfo->flinfo->fn_extra;
	MemoryContext old;

	if (desc != NULL)
		return desc;
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	desc = BlessTupleDesc(desc);
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = desc;
	return desc;
}

char *
byudv_date_text(int32 date)
{
	return DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date)));
}

static void
serve_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

void
_PG_init(void)
{
	byudv_core_interrupt = serve_interrupts;
	byudv_define_key_settings();
	byudv_define_disclosure_settings();
}
