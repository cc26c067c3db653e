/*
 * partial_aggregate.c
 *		What a distributed engine does with an aggregate, for tests: the
 *		transition on one node, the state as text over the network, the
 *		combination and the end on another.
 *
 * Functions are looked up anew for each row, without the expression that calls
 * them: what an aggregate keeps in fn_extra, or reads from fn_expr, is not there.
 *
 *	CREATE AGGREGATE partial(regprocedure, VARIADIC "any") (SFUNC = partial_step, STYPE = internal, FINALFUNC = partial_end);
 *	CREATE AGGREGATE merged(regprocedure, text) (SFUNC = merged_step, STYPE = internal, FINALFUNC = merged_end);
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(partial_step);
PG_FUNCTION_INFO_V1(partial_end);
PG_FUNCTION_INFO_V1(merged_step);
PG_FUNCTION_INFO_V1(merged_end);

typedef struct Box
{
	Oid			transition,
				combine,
				final,
				type;
	bool		isnull;
	Datum		value;
} Box;

static Box *
box_arg(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	HeapTuple	tuple;
	Form_pg_aggregate form;
	Box		   *box;

	if (!PG_ARGISNULL(0))
		return (Box *) PG_GETARG_POINTER(0);
	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "not in an aggregate");
	box = MemoryContextAllocZero(context, sizeof(Box));
	tuple = SearchSysCache1(AGGFNOID, PG_GETARG_DATUM(1));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "no such aggregate");
	form = (Form_pg_aggregate) GETSTRUCT(tuple);
	box->transition = form->aggtransfn;
	box->combine = form->aggcombinefn;
	box->final = form->aggfinalfn;
	box->type = form->aggtranstype;
	box->isnull = true;
	ReleaseSysCache(tuple);
	return box;
}

/* As the executor keeps a state: a new one is copied, the old one given back. */
static void
keep(FunctionCallInfo fcinfo, Box *box, Datum value, bool isnull)
{
	MemoryContext context;
	MemoryContext old;

	if (!box->isnull && !isnull && value == box->value)
		return;
	AggCheckCallContext(fcinfo, &context);
	old = MemoryContextSwitchTo(context);
	if (!isnull)
		value = datumCopy(value, false, -1);
	MemoryContextSwitchTo(old);
	if (!box->isnull)
		pfree(DatumGetPointer(box->value));
	box->value = value;
	box->isnull = isnull;
}

static Datum
call(FunctionCallInfo outer, Oid function, int nargs, const NullableDatum *args, bool *isnull)
{
	LOCAL_FCINFO(inner, FUNC_MAX_ARGS);
	FmgrInfo	info;
	Datum		result;

	fmgr_info(function, &info);
	InitFunctionCallInfoData(*inner, &info, nargs, outer->fncollation, outer->context, NULL);
	*isnull = true;
	for (int i = 0; i < nargs; i++)
	{
		inner->args[i] = args[i];
		if (info.fn_strict && args[i].isnull)
			return (Datum) 0;
	}
	result = FunctionCallInvoke(inner);
	*isnull = inner->isnull;
	return result;
}

Datum
partial_step(PG_FUNCTION_ARGS)
{
	Box		   *box = box_arg(fcinfo);
	NullableDatum args[FUNC_MAX_ARGS];
	Datum		value;
	bool		isnull;

	args[0].value = box->value;
	args[0].isnull = box->isnull;
	for (int i = 2; i < PG_NARGS(); i++)
		args[i - 1] = fcinfo->args[i];
	if (func_strict(box->transition))
	{
		/* NULLs are passed over; the first value is the state */
		for (int i = 1; i < PG_NARGS() - 1; i++)
			if (args[i].isnull)
				PG_RETURN_POINTER(box);
		if (box->isnull)
		{
			keep(fcinfo, box, args[1].value, false);
			PG_RETURN_POINTER(box);
		}
	}
	value = call(fcinfo, box->transition, PG_NARGS() - 1, args, &isnull);
	keep(fcinfo, box, value, isnull);
	PG_RETURN_POINTER(box);
}

Datum
partial_end(PG_FUNCTION_ARGS)
{
	Box		   *box = PG_ARGISNULL(0) ? NULL : (Box *) PG_GETARG_POINTER(0);
	Oid			output;
	bool		isvarlena;

	if (box == NULL || box->isnull)
		PG_RETURN_NULL();
	getTypeOutputInfo(box->type, &output, &isvarlena);
	PG_RETURN_TEXT_P(cstring_to_text(OidOutputFunctionCall(output, box->value)));
}

Datum
merged_step(PG_FUNCTION_ARGS)
{
	Box		   *box = box_arg(fcinfo);
	Oid			input,
				parameter;
	NullableDatum args[2];
	Datum		value;
	bool		isnull = false;

	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(box);
	getTypeInputInfo(box->type, &input, &parameter);
	value = OidInputFunctionCall(input, text_to_cstring(PG_GETARG_TEXT_PP(2)), parameter, -1);
	if (!box->isnull)
	{
		args[0].value = box->value;
		args[0].isnull = false;
		args[1].value = value;
		args[1].isnull = false;
		value = call(fcinfo, box->combine, 2, args, &isnull);
	}
	keep(fcinfo, box, value, isnull);
	PG_RETURN_POINTER(box);
}

Datum
merged_end(PG_FUNCTION_ARGS)
{
	Box		   *box = PG_ARGISNULL(0) ? NULL : (Box *) PG_GETARG_POINTER(0);
	NullableDatum state;
	Datum		result;
	Oid			output;
	bool		isvarlena,
				isnull;

	if (box == NULL)
		PG_RETURN_NULL();
	state.value = box->value;
	state.isnull = box->isnull;
	result = call(fcinfo, box->final, 1, &state, &isnull);
	if (isnull)
		PG_RETURN_NULL();
	getTypeOutputInfo(get_func_rettype(box->final), &output, &isvarlena);
	PG_RETURN_TEXT_P(cstring_to_text(OidOutputFunctionCall(output, result)));
}
