/*
 * owner.c
 *		Owner names: normal form, kind, organisation, and which pattern says so.
 *
 * Names come in the server encoding and are worked on in UTF-8.
 */
#include "byudv.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "compat.h"

PG_FUNCTION_INFO_V1(byudv_normalise_owner_name);
PG_FUNCTION_INFO_V1(byudv_owner_kind);
PG_FUNCTION_INFO_V1(byudv_owner_organisation);
PG_FUNCTION_INFO_V1(byudv_owner_match);
PG_FUNCTION_INFO_V1(byudv_owner_matches);

/* The normal form in UTF-8, its leading space included. */
char *
byudv_normal_form(const text *name, ByudvName *info)
{
	size_t		len;
	const char *s = byudv_text_in_utf8(name, &len);
	char	   *form = MemoryContextAllocHuge(CurrentMemoryContext,
											  byudv_name_bound(len));

	byudv_name_normalise(s, len, form, info);
	return form;
}

/* A name as it is written, clipped to what a sentence can hold. */
char *
byudv_quotable(const text *name)
{
	const char *s = VARDATA_ANY(name);
	int			len = VARSIZE_ANY_EXHDR(name);
	int			clipped = pg_mbcliplen(s, len, 200);

	return psprintf("%.*s%s", clipped, s, clipped < len ? "..." : "");
}

/*
 * The latest name and what it is.  Registers come sorted by address, and the
 * dwellings of a block have one owner.
 */
static struct
{
	uint64		generation;		/* of the rules that said so; 0: nothing yet */
	size_t		len;
	char		name[BYUDV_NAME_LOCAL];
	ByudvOwner	owner;
}			latest;

ByudvOwner
byudv_classify_owner(const ByudvRules *rules, const text *name)
{
	const char *raw = VARDATA_ANY(name);
	size_t		raw_len = VARSIZE_ANY_EXHDR(name);
	ByudvOwner	owner;
	char	   *scratch = NULL;
	const char *s;
	size_t		len;
	bool		blank;

	if (raw_len == latest.len && rules->generation == latest.generation &&
		memcmp(raw, latest.name, raw_len) == 0)
		return latest.owner;

	s = byudv_text_in_utf8(name, &len);
	if (byudv_unlikely(len > BYUDV_NAME_LOCAL))
		scratch = MemoryContextAllocHuge(CurrentMemoryContext, byudv_name_bound(len));
	owner.pattern = byudv_dictionary_classify(rules->dictionary, s, len, scratch,
											  &blank);
	owner.kind = blank ? BYUDV_NOT_STATED :
		owner.pattern == BYUDV_NO_PATTERN ? rules->kind_unclassified :
		rules->patterns[owner.pattern].owner_kind;
	if (byudv_unlikely(scratch != NULL))
		pfree(scratch);
	/* what is no organisation seldom owns the next dwelling too */
	if (owner.pattern != BYUDV_NO_PATTERN && raw_len <= BYUDV_NAME_LOCAL)
	{
		latest.generation = rules->generation;
		latest.len = raw_len;
		memcpy(latest.name, raw, raw_len);
		latest.owner = owner;
	}
	return owner;
}

Datum
byudv_normalise_owner_name(PG_FUNCTION_ARGS)
{
	ByudvName	info;
	char	   *form = byudv_normal_form(PG_GETARG_TEXT_PP(0), &info);
	size_t		skip = info.len > 0 ? 1 : 0;
	char	   *result;

	if (info.len - skip > MaxAllocSize - VARHDRSZ)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("owner name is too long"),
				 errdetail("Its normal form has %zu bytes.", info.len - skip)));
	result = form + skip;
	if (GetDatabaseEncoding() != PG_UTF8 && !byudv_is_ascii(result, info.len - skip))
	{
		result = pg_any_to_server(result, (int) (info.len - skip), PG_UTF8);
		if (result != form + skip)
			PG_RETURN_TEXT_P(cstring_to_text(result));
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(result, (int) (info.len - skip)));
}

Datum
byudv_owner_kind(PG_FUNCTION_ARGS)
{
	const ByudvRules *rules = byudv_rules(fcinfo->flinfo->fn_oid);
	ByudvOwner	owner = byudv_classify_owner(rules, PG_GETARG_TEXT_PP(0));

	if (owner.kind == BYUDV_NOT_STATED)
		owner.kind = rules->kind_unclassified;
	PG_RETURN_TEXT_P(rules->owner_kinds.texts[owner.kind]);
}

Datum
byudv_owner_organisation(PG_FUNCTION_ARGS)
{
	const ByudvRules *rules = byudv_rules(fcinfo->flinfo->fn_oid);
	ByudvOwner	owner = byudv_classify_owner(rules, PG_GETARG_TEXT_PP(0));

	if (owner.pattern == BYUDV_NO_PATTERN ||
		rules->patterns[owner.pattern].organisation == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(rules->patterns[owner.pattern].organisation));
}

#define MATCH_COLUMNS	8

/* One row of owner_match: what a pattern says of a name. */
static void
fill_match(const ByudvRules *rules, Datum normalised, uint32 pattern,
		   Datum *values, bool *nulls)
{
	const ByudvPatternInfo *p;

	memset(nulls, 0, MATCH_COLUMNS * sizeof(bool));
	values[0] = normalised;
	if (pattern == BYUDV_NO_PATTERN)
	{
		memset(nulls + 2, 1, (MATCH_COLUMNS - 2) * sizeof(bool));
		values[1] = CStringGetTextDatum(rules->owner_kinds.codes[rules->kind_unclassified]);
		return;
	}
	p = &rules->patterns[pattern];
	values[1] = CStringGetTextDatum(rules->owner_kinds.codes[p->owner_kind]);
	if ((nulls[2] = p->organisation == NULL) == false)
		values[2] = CStringGetTextDatum(p->organisation);
	values[3] = CStringGetTextDatum(p->pattern);
	values[4] = CStringGetTextDatum(byudv_match_names[p->match]);
	values[5] = Int32GetDatum(p->priority);
	if ((nulls[6] = p->source == NULL) == false)
		values[6] = CStringGetTextDatum(p->source);
	values[7] = BoolGetDatum(p->is_builtin);
}

Datum
byudv_owner_match(PG_FUNCTION_ARGS)
{
	const ByudvRules *rules = byudv_rules(fcinfo->flinfo->fn_oid);
	text	   *name = PG_GETARG_TEXT_PP(0);
	Datum		values[MATCH_COLUMNS];
	bool		nulls[MATCH_COLUMNS];

	fill_match(rules, DirectFunctionCall1(byudv_normalise_owner_name,
										  PointerGetDatum(name)),
			   byudv_classify_owner(rules, name).pattern, values, nulls);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(byudv_result_desc(fcinfo),
													  values, nulls)));
}

Datum
byudv_owner_matches(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const ByudvRules *rules = byudv_rules(fcinfo->flinfo->fn_oid);
	text	   *name = PG_GETARG_TEXT_PP(0);
	Datum		normalised = DirectFunctionCall1(byudv_normalise_owner_name,
												 PointerGetDatum(name));
	bool	   *hits = palloc0((rules->npatterns + 1) * sizeof(bool));
	ByudvName	info;
	char	   *form = byudv_normal_form(name, &info);

	byudv_begin_set(fcinfo);
	byudv_dictionary_find_all(rules->dictionary, form + info.owner_start,
							  info.owner_end - info.owner_start, info.cut, hits);
	for (int i = 0; i < rules->npatterns; i++)
	{
		Datum		values[MATCH_COLUMNS];
		bool		nulls[MATCH_COLUMNS];

		if (!hits[i])
			continue;
		fill_match(rules, normalised, (uint32) i, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
