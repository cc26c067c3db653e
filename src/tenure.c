/*
 * tenure.c
 *		Dwelling type and tenure of one dwelling.
 *
 * Every argument may be NULL.  What is outside its list counts as not stated:
 * it is no error, and no guess is made from it.
 */
#include "byudv.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "compat.h"

PG_FUNCTION_INFO_V1(byudv_dwelling_type);
PG_FUNCTION_INFO_V1(byudv_tenure);
PG_FUNCTION_INFO_V1(byudv_tenure_decision);

/* A use of this code says "unknown building" and counts as none. */
#define USE_UNKNOWN	999

/* Unit kind (enh023): 1 to 5, 'E', or 0 for none. */
static char
unit_kind(const text *kind)
{
	const char *s = VARDATA_ANY(kind);
	size_t		len = VARSIZE_ANY_EXHDR(kind);

	while (len > 0 && *s == ' ')
	{
		s++;
		len--;
	}
	while (len > 0 && s[len - 1] == ' ')
		len--;
	if (len != 1)
		return 0;
	if (*s == 'e' || *s == 'E')
		return 'E';
	return *s >= '1' && *s <= '5' ? *s : 0;
}

static inline int
use_class(const ByudvRules *rules, int domain, int code)
{
	int			type = code < 1 || code > BYUDV_VALUE_MAX ? -1 :
		rules->use_class[domain][code];

	return type < 0 ? rules->type_unknown : type;
}

Datum
byudv_dwelling_type(PG_FUNCTION_ARGS)
{
	const ByudvRules *rules = byudv_rules(fcinfo->flinfo->fn_oid);
	char		kind = PG_ARGISNULL(2) ? 0 : unit_kind(PG_GETARG_TEXT_PP(2));
	int			type;

	if (kind == 'E')
		type = rules->type_not_a_dwelling;
	else if (kind == '5')
		type = rules->type_holiday;
	else
	{
		int			unit = PG_ARGISNULL(0) ? 0 : PG_GETARG_INT32(0);

		if (unit != 0 && unit != USE_UNKNOWN)
			type = use_class(rules, BYUDV_UNIT, unit);
		else
			type = use_class(rules, BYUDV_BUILDING,
							 PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1));
		if (type == rules->type_commercial && kind == 0)
			type = rules->type_not_a_dwelling;
	}
	PG_RETURN_TEXT_P(rules->dwelling_types.texts[type]);
}

/* A number of a register's list, or not stated. */
static inline int
listed(const ByudvNumberList *list, int number)
{
	return number >= 0 && number <= BYUDV_VALUE_MAX && list->labels[number] != NULL ?
		number : BYUDV_NOT_STATED;
}

/* word is of small letters and '_', which no other byte becomes with this bit */
static inline bool
equals_folded(const char *s, const char *word, size_t len)
{
	unsigned char differs = 0;

	for (size_t i = 0; i < len; i++)
		differs |= (unsigned char) ((s[i] | (word[i] == '_' ? 0 : 0x20)) ^ word[i]);
	return differs == 0;
}

/* The property's kind, as the registers write it or as the rules do. */
static inline int
property_kind(const text *kind)
{
	const char *s = VARDATA_ANY(kind);
	size_t		len = VARSIZE_ANY_EXHDR(kind);

	if (byudv_unlikely(len == 0))
		return BYUDV_NOT_STATED;
	if (byudv_unlikely(*s == ' ' || s[len - 1] == ' '))
	{
		while (len > 0 && *s == ' ')
		{
			s++;
			len--;
		}
		while (len > 0 && s[len - 1] == ' ')
			len--;
	}
	switch (len)
	{
		case 1:					/* BBR's numbers */
			return *s == '3' ? 1 : *s == '1' ? 2 : *s == '2' ? 3 : BYUDV_NOT_STATED;
		case 3:
			return equals_folded(s, "sfe", 3) ? 2 : BYUDV_NOT_STATED;
		case 4:
			return equals_folded(s, "bpfg", 4) ? 3 :
				equals_folded(s, "land", 4) ? 2 : BYUDV_NOT_STATED;
		case 11:
			return equals_folded(s, "condominium", 11) ? 1 :
				equals_folded(s, "leased_land", 11) ? 3 : BYUDV_NOT_STATED;
		case 13:
			return equals_folded(s, "ejerlejlighed", 13) ? 1 : BYUDV_NOT_STATED;
		default:
			return BYUDV_NOT_STATED;
	}
}

/* All signals but the owner's kind, which costs the most. */
static inline void
read_signals(const ByudvRules *rules, FunctionCallInfo fcinfo, int *values)
{
	int			year;

	values[BYUDV_OWNER_CODE] = PG_ARGISNULL(ARG_OWNER_CODE) ? BYUDV_NOT_STATED :
		listed(&rules->owner_codes, PG_GETARG_INT32(ARG_OWNER_CODE));
	values[BYUDV_USE_CLASS] =
		use_class(rules, BYUDV_BUILDING, PG_ARGISNULL(ARG_BUILDING_USE) ? 0 :
				  PG_GETARG_INT32(ARG_BUILDING_USE));
	values[BYUDV_INSURANCE] = PG_ARGISNULL(ARG_INSURANCE) ? BYUDV_NOT_STATED :
		listed(&rules->insurance_codes, PG_GETARG_INT32(ARG_INSURANCE));
	year = PG_ARGISNULL(ARG_BUILT_YEAR) ? 0 : PG_GETARG_INT32(ARG_BUILT_YEAR);
	values[BYUDV_BUILT_YEAR] = year >= 1 && year <= BYUDV_VALUE_MAX ? year :
		BYUDV_NOT_STATED;
	values[BYUDV_OCCUPATION] = PG_ARGISNULL(ARG_OWNER_OCCUPIED) ?
		BYUDV_NOT_STATED : (int) PG_GETARG_BOOL(ARG_OWNER_OCCUPIED);
	values[BYUDV_PROPERTY_KIND] = PG_ARGISNULL(ARG_PROPERTY_KIND) ?
		BYUDV_NOT_STATED : property_kind(byudv_text_arg(PG_GETARG_DATUM(ARG_PROPERTY_KIND)));
	values[BYUDV_SUPPORT] = PG_ARGISNULL(ARG_SUPPORT) ? BYUDV_NOT_STATED :
		listed(&rules->support_codes, PG_GETARG_INT32(ARG_SUPPORT));
	/* no word of a proxy means that there is none */
	values[BYUDV_PROXY] = !PG_ARGISNULL(ARG_PROXY) && PG_GETARG_BOOL(ARG_PROXY);
	values[BYUDV_OWNER_KIND] = BYUDV_NOT_STATED;
}

void
byudv_decide(const ByudvRules *rules, FunctionCallInfo fcinfo,
			 ByudvDecision *decision)
{
	decision->norm = byudv_find_norm(rules, byudv_text_arg(PG_GETARG_DATUM(ARG_NORM)));
	decision->owner = (ByudvOwner) {BYUDV_NOT_STATED, BYUDV_NO_PATTERN};
	read_signals(rules, fcinfo, decision->values);
	if (!PG_ARGISNULL(ARG_OWNER_NAME))
		decision->owner = byudv_classify_owner(rules,
											   PG_GETARG_TEXT_PP(ARG_OWNER_NAME));
	decision->values[BYUDV_OWNER_KIND] = decision->owner.kind;
	decision->rule = byudv_rules_match(decision->norm->set, decision->values);
}

/* An owner whose kind is found when a rule asks for it. */
typedef struct LazyOwner
{
	const ByudvRules *rules;
	Datum		name;
} LazyOwner;

static int
find_kind(void *context)
{
	LazyOwner  *owner = context;

	return byudv_classify_owner(owner->rules, byudv_text_arg(owner->name)).kind;
}

Datum
byudv_tenure(PG_FUNCTION_ARGS)
{
	const ByudvRules *rules;
	const ByudvNorm *norm;
	int			values[BYUDV_SIGNALS];
	int			rule;
	int			tenure;

	if (PG_ARGISNULL(ARG_NORM))
		PG_RETURN_NULL();
	rules = byudv_rules(fcinfo->flinfo->fn_oid);
	norm = byudv_find_norm(rules, byudv_text_arg(PG_GETARG_DATUM(ARG_NORM)));
	read_signals(rules, fcinfo, values);
	if (PG_ARGISNULL(ARG_OWNER_NAME))
		rule = byudv_rules_match(norm->set, values);
	else
	{
		LazyOwner	owner = {rules, PG_GETARG_DATUM(ARG_OWNER_NAME)};

		rule = byudv_rules_match_lazily(norm->set, values, find_kind, &owner);
	}
	tenure = rule < 0 ? rules->tenure_unknown : norm->infos[rule].tenure;
	PG_RETURN_TEXT_P(rules->tenures.texts[tenure]);
}

/* What is said where no rule of a norm applies. */
static const char no_rule_reason[] = "Ingen regel i normen passer.";

/*
 * The reason with its fields filled in.  An owner's name is quoted as it is
 * written; only rules about organisations ask for it.
 */
char *
byudv_fill_reason(const ByudvRules *rules, const char *reason,
				  const ByudvDecision *decision, FunctionCallInfo fcinfo)
{
	StringInfoData buf;
	const char *p = reason;

	initStringInfo(&buf);
	while (*p != '\0')
	{
		const char *brace = strchr(p, '{');
		const char *end = brace ? strchr(brace, '}') : NULL;
		const ByudvPatternInfo *pattern;

		if (end == NULL)
		{
			appendStringInfoString(&buf, p);
			break;
		}
		appendBinaryStringInfo(&buf, p, (int) (brace - p));
		p = end + 1;
		pattern = decision->owner.pattern == BYUDV_NO_PATTERN ? NULL :
			&rules->patterns[decision->owner.pattern];
		if (brace[1] == 'o' && brace[2] == 'r' && pattern != NULL &&
			pattern->organisation != NULL)
			appendStringInfoString(&buf, pattern->organisation);
		else if (brace[1] == 'o' && (brace[2] == 'r' || brace[6] == '}'))
			appendStringInfoString(&buf, PG_ARGISNULL(ARG_OWNER_NAME) ? "-" :
								   byudv_quotable(PG_GETARG_TEXT_PP(ARG_OWNER_NAME)));
		else
		{
			int			arg = brace[1] == 'o' ? ARG_OWNER_CODE :
				brace[1] == 'i' ? ARG_INSURANCE :
				brace[1] == 'b' ? ARG_BUILT_YEAR : ARG_SUPPORT;

			if (PG_ARGISNULL(arg))
				appendStringInfoChar(&buf, '-');
			else
				appendStringInfo(&buf, "%d", PG_GETARG_INT32(arg));
		}
	}
	return buf.data;
}

Datum
byudv_tenure_decision(PG_FUNCTION_ARGS)
{
	const ByudvRules *rules;
	ByudvDecision decision;
	TupleDesc	desc = byudv_result_desc(fcinfo);
	Datum		values[4];
	bool		nulls[4] = {false, false, false, false};

	if (PG_ARGISNULL(ARG_NORM))
	{
		memset(nulls, true, sizeof(nulls));
		PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
	}
	rules = byudv_rules(fcinfo->flinfo->fn_oid);
	byudv_decide(rules, fcinfo, &decision);
	if (decision.rule < 0)
	{
		values[0] = PointerGetDatum(rules->tenures.texts[rules->tenure_unknown]);
		nulls[1] = true;
		values[2] = CStringGetTextDatum("low");
		values[3] = CStringGetTextDatum(no_rule_reason);
	}
	else
	{
		const ByudvRuleInfo *info = &decision.norm->infos[decision.rule];

		values[0] = PointerGetDatum(rules->tenures.texts[info->tenure]);
		values[1] = Int32GetDatum(info->rule_id);
		values[2] = CStringGetTextDatum(info->certainty);
		if ((nulls[3] = info->reason == NULL) == false)
			values[3] = CStringGetTextDatum(byudv_fill_reason(rules, info->reason,
															  &decision, fcinfo));
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}
