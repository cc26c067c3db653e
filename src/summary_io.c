/*
 * summary_io.c
 *		The types survival and competing_risks: text and binary form, equality.
 *
 * Everything that comes from outside passes core's one validator, and so does
 * every value before it is asked anything.
 */
#include "durations.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#define VERSION_HINT	"If a later version of byudv has written it: ALTER EXTENSION byudv UPDATE. If not, it is damaged."
#define BINARY_HINT		"Binary forms come from COPY (FORMAT binary) or a driver's binary mode; see that both ends have the same type in this place."
#define EXCERPT_CHARS	60		/* of a bad text, in the message */

const char *
byudv_type_name(ByudvSummaryType type)
{
	return type == BYUDV_SURVIVAL ? "byudv.survival" : "byudv.competing_risks";
}

/* size: of what follows the header */
ByudvSummary *
byudv_new_summary(ByudvSummaryType type, size_t size)
{
	ByudvSummary *summary = palloc(BYUDV_SUMMARY_HEADER + size);

	SET_VARSIZE(summary, BYUDV_SUMMARY_HEADER + size);
	summary->type = type;
	summary->version = BYUDV_SUMMARY_VERSION;
	summary->is_growing = false;
	summary->unused = 0;
	return summary;
}

/* The finished form of a value. */
ByudvSummary *
byudv_finished(Datum value)
{
	ByudvSummary *summary = (ByudvSummary *) PG_DETOAST_DATUM(value);

	if (summary->is_growing)
		summary = byudv_finish(summary);
	return summary;
}

ByudvView
byudv_view(Datum value)
{
	ByudvSummary *summary = byudv_finished(value);
	ByudvView	view;
	const char *fault;
	int64		time;

	if (VARSIZE(summary) < BYUDV_SUMMARY_HEADER || summary->version != BYUDV_SUMMARY_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("summary has an unknown version"),
				 errhint(VERSION_HINT)));
	view.bytes = summary->bytes;
	view.size = VARSIZE(summary) - BYUDV_SUMMARY_HEADER;
	fault = byudv_summary_fault(summary->type, view.bytes, view.size, &view.totals, &time);
	if (fault != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored summary is damaged"),
				 time < 0 ? errdetail_internal("It holds what no observations give: %s.", fault) :
				 errdetail_internal("At time %lld: %s.", (long long) time, fault)));
	return view;
}

/* Only the first of a text that may be long. */
static char *
excerpt(const char *text)
{
	int			length = strlen(text);
	int			kept = pg_mbcharcliplen(text, length, EXCERPT_CHARS);

	return psprintf("%s%s", pnstrdup(text, kept), kept < length ? "..." : "");
}

static Datum
summary_in(FunctionCallInfo fcinfo, ByudvSummaryType type)
{
	char	   *text = PG_GETARG_CSTRING(0);
	const char *example = type == BYUDV_SURVIVAL ?
		"In \"s1 5e2x1 30c2x4\", version 1, at time 5 two enter and one has the event, at time 30 two are censored and four have the event." :
		"In \"c1 5e2x1:1 30c2x3:4\", version 1, at time 5 two enter and one has the event of cause 1, at time 30 two are censored and four have that of cause 3.";
	ByudvSummary *summary = byudv_new_summary(type, strlen(text));
	ByudvTotals totals;
	const char *fault;
	size_t		size;
	size_t		offset;
	int64		time = -1;

	fault = byudv_parse(type, text, summary->bytes, &size, &offset);
	if (fault == byudv_other_version)
		byudv_ereturn(fcinfo, (Datum) 0,
					  (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					   errmsg("summary \"%s\" has an unknown version", excerpt(text)),
					   errdetail("This is version %d.", BYUDV_SUMMARY_VERSION),
					   errhint(VERSION_HINT)));
	if (fault != NULL && fault != byudv_too_many)
		byudv_ereturn(fcinfo, (Datum) 0,
					  (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					   errmsg("invalid input syntax for type %s: \"%s\"", byudv_type_name(type), excerpt(text)),
					   errdetail("At character %zu: %s.", offset + 1, fault),
					   errhint("%s", example)));
	if (fault == NULL)
	{
		SET_VARSIZE(summary, BYUDV_SUMMARY_HEADER + size);
		fault = byudv_summary_fault(type, summary->bytes, size, &totals, &time);
	}
	if (fault == byudv_too_many)
		byudv_ereturn(fcinfo, (Datum) 0,
					  (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					   errmsg("summary \"%s\" is out of range", excerpt(text)),
					   errdetail("It counts more than %lld observations.", (long long) BYUDV_COUNT_MAX),
					   errhint("No register has so many; look at how the text was made.")));
	if (fault != NULL)
		byudv_ereturn(fcinfo, (Datum) 0,
					  (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					   errmsg("\"%s\" is not a summary of observations", excerpt(text)),
					   time < 0 ? errdetail("In all, %s.", fault) : errdetail("At time %lld: %s.", (long long) time, fault),
					   errhint("%s", example)));
	PG_RETURN_POINTER(summary);
}

static Datum
summary_out(FunctionCallInfo fcinfo)
{
	ByudvSummary *summary = byudv_finished(PG_GETARG_DATUM(0));
	size_t		size = VARSIZE(summary) - BYUDV_SUMMARY_HEADER;
	char	   *text = palloc_extended(byudv_text_size_max(size) + 1, MCXT_ALLOC_HUGE);
	char	   *end = byudv_print(summary->type, summary->bytes, size, text);

	if (end - text >= MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("summary is too long to be written as text"),
				 errdetail("Its text has %zu characters.", (size_t) (end - text)),
				 errhint("Use its binary form.")));
	PG_RETURN_CSTRING(repalloc(text, end - text + 1));
}

static Datum
summary_recv(FunctionCallInfo fcinfo, ByudvSummaryType type)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	int			type_byte = pq_getmsgbyte(buffer);
	int			version = pq_getmsgbyte(buffer);
	size_t		size = buffer->len - buffer->cursor;
	ByudvSummary *summary;
	ByudvTotals totals;
	const char *fault;
	int64		time;

	if (type_byte != type)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", byudv_type_name(type)),
				 errdetail("Its first byte is %d, not %d.", type_byte, type),
				 errhint(BINARY_HINT)));
	if (version != BYUDV_SUMMARY_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("binary form of type %s has an unknown version", byudv_type_name(type)),
				 errdetail("It is version %d; this is version %d.", version, BYUDV_SUMMARY_VERSION),
				 errhint(VERSION_HINT)));
	summary = byudv_new_summary(type, size);
	memcpy(summary->bytes, pq_getmsgbytes(buffer, size), size);
	fault = byudv_summary_fault(type, summary->bytes, size, &totals, &time);
	if (fault != NULL)
		ereport(ERROR,
				(errcode(fault == byudv_too_many ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE : ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", byudv_type_name(type)),
				 time < 0 ? errdetail("In all, %s.", fault) : errdetail("At time %lld: %s.", (long long) time, fault),
				 errhint(BINARY_HINT)));
	PG_RETURN_POINTER(summary);
}

static Datum
summary_send(FunctionCallInfo fcinfo)
{
	ByudvSummary *summary = byudv_finished(PG_GETARG_DATUM(0));
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, summary->type);
	pq_sendbyte(&buffer, summary->version);
	pq_sendbytes(&buffer, (char *) summary->bytes, VARSIZE(summary) - BYUDV_SUMMARY_HEADER);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

static bool
summaries_equal(FunctionCallInfo fcinfo)
{
	ByudvSummary *a = byudv_finished(PG_GETARG_DATUM(0));
	ByudvSummary *b = byudv_finished(PG_GETARG_DATUM(1));

	return VARSIZE(a) == VARSIZE(b) &&
		memcmp(a->bytes, b->bytes, VARSIZE(a) - BYUDV_SUMMARY_HEADER) == 0;
}

/* An order of no meaning, by bytes, so that what sorts can handle summaries: merge joins, GROUP BY beside an ordered aggregate. */
static int
compare_summaries(FunctionCallInfo fcinfo)
{
	ByudvSummary *a = byudv_finished(PG_GETARG_DATUM(0));
	ByudvSummary *b = byudv_finished(PG_GETARG_DATUM(1));
	size_t		a_size = VARSIZE(a) - BYUDV_SUMMARY_HEADER;
	size_t		b_size = VARSIZE(b) - BYUDV_SUMMARY_HEADER;
	int			order = memcmp(a->bytes, b->bytes, Min(a_size, b_size));

	return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

static Datum
summary_hash(FunctionCallInfo fcinfo)
{
	ByudvSummary *summary = byudv_finished(PG_GETARG_DATUM(0));

	return hash_any(summary->bytes, VARSIZE(summary) - BYUDV_SUMMARY_HEADER);
}

static Datum
summary_hash_extended(FunctionCallInfo fcinfo)
{
	ByudvSummary *summary = byudv_finished(PG_GETARG_DATUM(0));

	return hash_any_extended(summary->bytes, VARSIZE(summary) - BYUDV_SUMMARY_HEADER, PG_GETARG_INT64(1));
}

/* The entry points of both types. */
#define SUMMARY_TYPE(name, type) \
PG_FUNCTION_INFO_V1(byudv_##name##_in); \
PG_FUNCTION_INFO_V1(byudv_##name##_out); \
PG_FUNCTION_INFO_V1(byudv_##name##_recv); \
PG_FUNCTION_INFO_V1(byudv_##name##_send); \
PG_FUNCTION_INFO_V1(byudv_##name##_eq); \
PG_FUNCTION_INFO_V1(byudv_##name##_ne); \
PG_FUNCTION_INFO_V1(byudv_##name##_lt); \
PG_FUNCTION_INFO_V1(byudv_##name##_le); \
PG_FUNCTION_INFO_V1(byudv_##name##_gt); \
PG_FUNCTION_INFO_V1(byudv_##name##_ge); \
PG_FUNCTION_INFO_V1(byudv_##name##_cmp); \
PG_FUNCTION_INFO_V1(byudv_##name##_hash); \
PG_FUNCTION_INFO_V1(byudv_##name##_hash_extended); \
Datum byudv_##name##_in(PG_FUNCTION_ARGS) { return summary_in(fcinfo, type); } \
Datum byudv_##name##_out(PG_FUNCTION_ARGS) { return summary_out(fcinfo); } \
Datum byudv_##name##_recv(PG_FUNCTION_ARGS) { return summary_recv(fcinfo, type); } \
Datum byudv_##name##_send(PG_FUNCTION_ARGS) { return summary_send(fcinfo); } \
Datum byudv_##name##_eq(PG_FUNCTION_ARGS) { return BoolGetDatum(summaries_equal(fcinfo)); } \
Datum byudv_##name##_ne(PG_FUNCTION_ARGS) { return BoolGetDatum(!summaries_equal(fcinfo)); } \
Datum byudv_##name##_lt(PG_FUNCTION_ARGS) { return BoolGetDatum(compare_summaries(fcinfo) < 0); } \
Datum byudv_##name##_le(PG_FUNCTION_ARGS) { return BoolGetDatum(compare_summaries(fcinfo) <= 0); } \
Datum byudv_##name##_gt(PG_FUNCTION_ARGS) { return BoolGetDatum(compare_summaries(fcinfo) > 0); } \
Datum byudv_##name##_ge(PG_FUNCTION_ARGS) { return BoolGetDatum(compare_summaries(fcinfo) >= 0); } \
Datum byudv_##name##_cmp(PG_FUNCTION_ARGS) { return Int32GetDatum(compare_summaries(fcinfo)); } \
Datum byudv_##name##_hash(PG_FUNCTION_ARGS) { return summary_hash(fcinfo); } \
Datum byudv_##name##_hash_extended(PG_FUNCTION_ARGS) { return summary_hash_extended(fcinfo); }

SUMMARY_TYPE(survival, BYUDV_SURVIVAL)
SUMMARY_TYPE(competing_risks, BYUDV_COMPETING_RISKS)
