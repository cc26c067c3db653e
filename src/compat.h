/*
 * compat.h
 *		Every difference between PostgreSQL versions, and nothing else.
 *
 * Tested on 15, 17 and 18; docs/versions.md says what and when.  What is here
 * for 14 and 16 was written from their sources and has not been compiled.
 */
#ifndef BYUDV_COMPAT_H
#define BYUDV_COMPAT_H

#if PG_VERSION_NUM < 140000
#error "byudv needs PostgreSQL 14 or newer"
#endif

/* BYUDV_RELEASE comes from the control file, by the Makefile */
#if PG_VERSION_NUM >= 180000
#define BYUDV_MODULE_MAGIC	PG_MODULE_MAGIC_EXT(.name = "byudv", .version = BYUDV_RELEASE)
#else
#define BYUDV_MODULE_MAGIC	PG_MODULE_MAGIC
#endif

#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#endif

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

/* An error in a value's text form, which the caller may want to know of rather than fail. */
#if PG_VERSION_NUM >= 160000
#define byudv_ereturn(fcinfo, result, ...)	ereturn((fcinfo)->context, result, __VA_ARGS__)
#else
#define byudv_ereturn(fcinfo, result, ...)	ereport(ERROR, __VA_ARGS__)
#endif

/* A set-returning function that puts all its rows in a tuplestore. */
#if PG_VERSION_NUM >= 150000
#define byudv_begin_set(fcinfo)	InitMaterializedSRF(fcinfo, 0)
#else
static inline void
byudv_begin_set(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old;

	if (rsinfo == NULL || !IsA(rsinfo, ReturnSetInfo) ||
		!(rsinfo->allowedModes & SFRM_Materialize))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("set-valued function called in context that cannot accept a set")));
	old = MemoryContextSwitchTo(rsinfo->econtext->ecxt_per_query_memory);
	if (get_call_result_type(fcinfo, NULL, &rsinfo->setDesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	rsinfo->returnMode = SFRM_Materialize;
	rsinfo->setResult = tuplestore_begin_heap(rsinfo->allowedModes & SFRM_Materialize_Random,
											  false, work_mem);
	MemoryContextSwitchTo(old);
}
#endif

#endif							/* BYUDV_COMPAT_H */
