/*
 * explain.c
 *		"Why does it say so?" for tenure: every signal as it was read, then
 *		every rule of the norm in order and why it did or did not apply.
 *
 * The text is Danish, for the analyst who has to defend the number.  It is
 * put together in UTF-8 and leaves in the server encoding.
 */
#include "byudv.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "compat.h"

PG_FUNCTION_INFO_V1(byudv_explain_tenure);

#define COLUMNS	6
#define NOT_STATED_DA	"ikke oplyst"

typedef struct Report
{
	ReturnSetInfo *rsinfo;
	const ByudvRules *rules;
	FunctionCallInfo fcinfo;
	const ByudvDecision *decision;
} Report;

/* Text of the server encoding, for use among UTF-8. */
static const char *
u8(const char *s)
{
	return s == NULL ? "" : pg_server_to_any(s, (int) strlen(s), PG_UTF8);
}

static Datum
u8_datum(const char *s)
{
	return CStringGetTextDatum(pg_any_to_server(s, (int) strlen(s), PG_UTF8));
}

static void
put_row(Report *report, int step, const ByudvRuleInfo *info, const char *outcome,
		const char *explanation)
{
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false, true, false, true, true, false};

	values[0] = Int32GetDatum(step);
	values[2] = CStringGetTextDatum(outcome);
	values[5] = u8_datum(explanation);
	if (info != NULL)
	{
		nulls[1] = nulls[3] = nulls[4] = false;
		values[1] = Int32GetDatum(info->rule_id);
		values[3] = CStringGetTextDatum(report->rules->tenures.codes[info->tenure]);
		values[4] = CStringGetTextDatum(info->certainty);
	}
	tuplestore_putvalues(report->rsinfo->setResult, report->rsinfo->setDesc,
						 values, nulls);
}

/* A signal that is a number of a register's list. */
static void
put_number(Report *report, const char *name, int arg, ByudvSignal signal,
		   const ByudvNumberList *list)
{
	FunctionCallInfo fcinfo = report->fcinfo;
	int			value = report->decision->values[signal];
	int			number = PG_ARGISNULL(arg) ? 0 : PG_GETARG_INT32(arg);
	char	   *text;

	if (PG_ARGISNULL(arg))
		text = psprintf("%s: " NOT_STATED_DA, name);
	else if (value == BYUDV_NOT_STATED)
		text = psprintf("%s: %d findes ikke i kodelisten og regnes som " NOT_STATED_DA,
						name, number);
	else
		text = psprintf("%s: %d (%s)", name, number, u8(list->labels[value]));
	put_row(report, 0, NULL, "signal", text);
}

static void
put_use(Report *report)
{
	FunctionCallInfo fcinfo = report->fcinfo;
	const ByudvRules *rules = report->rules;
	int			class = report->decision->values[BYUDV_USE_CLASS];
	int			code = PG_ARGISNULL(ARG_BUILDING_USE) ? 0 :
		PG_GETARG_INT32(ARG_BUILDING_USE);
	const char *label = code >= 1 && code <= BYUDV_VALUE_MAX ?
		rules->use_label[BYUDV_BUILDING][code] : NULL;

	put_row(report, 0, NULL, "signal",
			PG_ARGISNULL(ARG_BUILDING_USE) ?
			"Bygningens anvendelse: " NOT_STATED_DA :
			label == NULL ?
			psprintf("Bygningens anvendelse: %d findes ikke i kodelisten og regnes som " NOT_STATED_DA, code) :
			psprintf("Bygningens anvendelse: %d (%s); klasse: %s", code, u8(label),
					 u8(rules->dwelling_types.labels[class])));
}

static void
put_owner(Report *report)
{
	FunctionCallInfo fcinfo = report->fcinfo;
	const ByudvRules *rules = report->rules;
	ByudvOwner	owner = report->decision->owner;
	StringInfoData buf;
	text	   *name;

	if (owner.kind == BYUDV_NOT_STATED)
	{
		put_row(report, 0, NULL, "signal", "Ejernavn: " NOT_STATED_DA);
		return;
	}
	name = PG_GETARG_TEXT_PP(ARG_OWNER_NAME);
	initStringInfo(&buf);
	appendStringInfo(&buf, "Ejernavn: \"%s\"", u8(byudv_quotable(name)));
	appendStringInfo(&buf, " læses som \"%s\"",
					 u8(byudv_quotable(DatumGetTextPP(DirectFunctionCall1(byudv_normalise_owner_name,
																		  PointerGetDatum(name))))));
	appendStringInfo(&buf, "; ejerart: %s", u8(rules->owner_kinds.labels[owner.kind]));
	if (owner.pattern == BYUDV_NO_PATTERN)
		appendStringInfoString(&buf, ", fordi intet mønster i ordbogen passer");
	else
	{
		const ByudvPatternInfo *p = &rules->patterns[owner.pattern];

		if (p->organisation != NULL)
			appendStringInfo(&buf, ", organisation: %s", u8(p->organisation));
		appendStringInfo(&buf, ", fordi mønstret \"%s\" (%s, prioritet %d%s) passer",
						 u8(p->pattern), byudv_match_names[p->match], p->priority,
						 p->is_builtin ? "" : ", egen række");
	}
	put_row(report, 0, NULL, "signal", buf.data);
}

static const char *
occupation_da(int value)
{
	return value == BYUDV_NOT_STATED ? NOT_STATED_DA : value ? "ja" : "nej";
}

static const char *
property_da(int value)
{
	static const char *const names[BYUDV_PROPERTY_KINDS] = {
		"", "ejerlejlighed", "samlet fast ejendom", "bygning på fremmed grund",
	};

	return value == BYUDV_NOT_STATED ? NOT_STATED_DA : names[value];
}

/* One value of a signal, in words. */
static const char *
value_da(const ByudvRules *rules, ByudvSignal signal, int value)
{
	if (signal == BYUDV_USE_CLASS)
		return u8(rules->dwelling_types.labels[value]);
	if (value == BYUDV_NOT_STATED)
		return NOT_STATED_DA;
	if (signal == BYUDV_OWNER_KIND)
		return u8(rules->owner_kinds.labels[value]);
	if (signal == BYUDV_OCCUPATION || signal == BYUDV_PROXY)
		return occupation_da(value);
	if (signal == BYUDV_PROPERTY_KIND)
		return property_da(value);
	return psprintf("%d", value);
}

/* "kræver ejerforholdskode 90, 99 eller ikke oplyst" */
static void
append_condition(StringInfo buf, const ByudvRules *rules, ByudvSignal signal,
				 const ByudvCondition *c)
{
	static const char *const names[BYUDV_SIGNALS] = {
		"ejerforholdskode", "bygningsklasse", "ejerart", "forsikringskode",
		"opførelsesår", "benyttet af ejeren:", "ejendomstype", "støttekode",
		"stedfortrædende ejer:",
	};

	appendStringInfo(buf, "%s ", names[signal]);
	if (c->is_range)
	{
		if (c->to >= BYUDV_VALUE_MAX)
			appendStringInfo(buf, "fra %d", c->from);
		else if (c->from <= 0)
			appendStringInfo(buf, "til og med %d", c->to);
		else
			appendStringInfo(buf, "fra %d til %d", c->from, c->to);
		return;
	}
	for (int i = 0; i < c->nvalues; i++)
		appendStringInfo(buf, "%s%s",
						 i == 0 ? "" : i == c->nvalues - 1 ? " eller " : ", ",
						 value_da(rules, signal, c->values[i]));
}

static void
put_rule(Report *report, int step, int r)
{
	const ByudvRules *rules = report->rules;
	const ByudvDecision *decision = report->decision;
	const ByudvNorm *norm = decision->norm;
	StringInfoData yes,
				no;

	initStringInfo(&yes);
	initStringInfo(&no);
	for (int s = 0; s < BYUDV_SIGNALS; s++)
	{
		const ByudvCondition *c = &norm->rules[r].conditions[s];

		if (c->any)
			continue;
		if (byudv_condition_accepts(c, decision->values[s]))
		{
			appendStringInfoString(&yes, yes.len ? "; " : "");
			append_condition(&yes, rules, s, c);
		}
		else
		{
			appendStringInfoString(&no, no.len ? "; kræver " : "kræver ");
			append_condition(&no, rules, s, c);
			appendStringInfo(&no, ", men her er: %s",
							 value_da(rules, s, decision->values[s]));
		}
	}
	if (yes.len == 0)
		appendStringInfoString(&yes, "ingen betingelser");
	if (no.len > 0)
		put_row(report, step, &norm->infos[r], "no match",
				psprintf("Gælder ikke: %s", no.data));
	else if (r == decision->rule)
		put_row(report, step, &norm->infos[r], "decides",
				psprintf("Afgør: %s. Begrundelse: %s", yes.data,
						 u8(byudv_fill_reason(rules, norm->infos[r].reason ?
											  norm->infos[r].reason : "-",
											  decision, report->fcinfo))));
	else
		put_row(report, step, &norm->infos[r], "too late",
				psprintf("Passer også (%s), men en tidligere regel har afgjort", yes.data));
}

Datum
byudv_explain_tenure(PG_FUNCTION_ARGS)
{
	ByudvDecision decision;
	Report		report = {(ReturnSetInfo *) fcinfo->resultinfo, NULL, fcinfo, &decision};
	int			year;

	byudv_begin_set(fcinfo);
	if (PG_ARGISNULL(ARG_NORM))
		return (Datum) 0;
	report.rules = byudv_rules(fcinfo->flinfo->fn_oid);
	byudv_decide(report.rules, fcinfo, &decision);

	put_number(&report, "Ejerforholdskode", ARG_OWNER_CODE, BYUDV_OWNER_CODE,
			   &report.rules->owner_codes);
	put_use(&report);
	put_owner(&report);
	put_number(&report, "Byggeskadeforsikring", ARG_INSURANCE, BYUDV_INSURANCE,
			   &report.rules->insurance_codes);
	year = decision.values[BYUDV_BUILT_YEAR];
	put_row(&report, 0, NULL, "signal",
			year != BYUDV_NOT_STATED ? psprintf("Opførelsesår: %d", year) :
			PG_ARGISNULL(ARG_BUILT_YEAR) ? "Opførelsesår: " NOT_STATED_DA :
			psprintf("Opførelsesår: %d er ikke et år og regnes som " NOT_STATED_DA,
					 PG_GETARG_INT32(ARG_BUILT_YEAR)));
	put_row(&report, 0, NULL, "signal",
			psprintf("Benyttet af ejeren: %s",
					 occupation_da(decision.values[BYUDV_OCCUPATION])));
	if (decision.values[BYUDV_PROPERTY_KIND] == BYUDV_NOT_STATED &&
		!PG_ARGISNULL(ARG_PROPERTY_KIND))
		put_row(&report, 0, NULL, "signal",
				psprintf("Ejendomstype: \"%s\" kendes ikke og regnes som " NOT_STATED_DA,
						 u8(byudv_quotable(PG_GETARG_TEXT_PP(ARG_PROPERTY_KIND)))));
	else
		put_row(&report, 0, NULL, "signal",
				psprintf("Ejendomstype: %s",
						 property_da(decision.values[BYUDV_PROPERTY_KIND])));
	put_number(&report, "Offentlig støtte", ARG_SUPPORT, BYUDV_SUPPORT,
			   &report.rules->support_codes);
	put_row(&report, 0, NULL, "signal",
			psprintf("Stedfortrædende ejer: %s",
					 decision.values[BYUDV_PROXY] ? "ja" : "nej"));

	for (int r = 0; r < decision.norm->nrules; r++)
		put_rule(&report, r + 1, r);
	if (decision.rule < 0)
		put_row(&report, decision.norm->nrules + 1, NULL, "decides",
				"Ingen regel i normen passer: uoplyst");
	return (Datum) 0;
}
