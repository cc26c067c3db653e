/*
 * byudv.h
 *		What the SQL entry points share, by the file that defines it.
 */
#ifndef BYUDV_H
#define BYUDV_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"

#include "compat.h"

#include "core/dictionary.h"
#include "core/name.h"
#include "core/rules.h"

/*
 * A text argument that is usually short and in line: no call for those.
 */
static inline text *
byudv_text_arg(Datum value)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(value);

	if (VARATT_IS_1B(v) && !VARATT_IS_1B_E(v))
		return v;
	return pg_detoast_datum_packed(v);
}

static inline bool
byudv_is_ascii(const char *s, size_t len)
{
	unsigned char seen = 0;

	for (size_t i = 0; i < len; i++)
		seen |= (unsigned char) s[i];
	return seen < 0x80;
}

/* A text in UTF-8, as the core reads it; the text itself where it already is. */
static inline const char *
byudv_text_in_utf8(const text *value, size_t *len)
{
	const char *s = VARDATA_ANY(value);
	char	   *converted;

	*len = VARSIZE_ANY_EXHDR(value);
	if (GetDatabaseEncoding() == PG_UTF8 || byudv_is_ascii(s, *len))
		return s;
	converted = pg_server_to_any(s, (int) *len, PG_UTF8);
	if (converted != s)
		*len = strlen(converted);
	return converted;
}

/*
 * cache.c: the code, pattern and rule tables, compiled, one copy per backend.
 */

/* A list of codes, sorted; the place in it is the code's number. */
typedef struct ByudvCodeList
{
	const char *what;			/* "tenure", for messages */
	int			n;
	char	  **codes;			/* in the server encoding, as all text here */
	char	  **labels;			/* Danish */
	text	  **texts;			/* the codes as results; they outlive the rules */
} ByudvCodeList;

/* A list of numbers that a register uses. */
typedef struct ByudvNumberList
{
	char	   *labels[BYUDV_VALUE_MAX + 1];	/* NULL: not in the list */
} ByudvNumberList;

typedef struct ByudvPatternInfo
{
	char	   *pattern;		/* as the table has it */
	ByudvMatch	match;
	int			owner_kind;
	char	   *organisation;	/* or NULL */
	char	   *source;			/* or NULL */
	int			priority;
	bool		is_builtin;
} ByudvPatternInfo;

typedef struct ByudvRuleInfo
{
	int			rule_id;
	int			priority;
	int			tenure;
	char	   *certainty;
	char	   *reason;
	bool		is_builtin;
} ByudvRuleInfo;

typedef struct ByudvNorm
{
	char	   *name;
	size_t		len;
	int			nrules;
	ByudvRuleInfo *infos;
	ByudvRule  *rules;
	ByudvRuleSet *set;
} ByudvNorm;

typedef struct ByudvRules
{
	MemoryContext context;
	uint64		generation;		/* no two loads have the same */
	ByudvCodeList dwelling_types;
	ByudvCodeList owner_kinds;
	ByudvCodeList tenures;
	int16		use_class[2][BYUDV_VALUE_MAX + 1];	/* unit, building; -1: not in
													 * the list */
	char	   *use_label[2][BYUDV_VALUE_MAX + 1];
	ByudvNumberList owner_codes;
	ByudvNumberList insurance_codes;
	ByudvNumberList support_codes;
	int			npatterns;
	ByudvPatternInfo *patterns;
	ByudvDictionary *dictionary;
	int			nnorms;
	ByudvNorm  *norms;
	ByudvNorm  *default_norm;	/* one of them, or NULL */

	/* codes that the program itself means */
	int			type_not_a_dwelling;
	int			type_commercial;
	int			type_holiday;
	int			type_unknown;
	int			kind_unclassified;
	int			tenure_unknown;
} ByudvRules;

#define BYUDV_UNIT		0
#define BYUDV_BUILDING	1

/*
 * The compiled tables as of now.  Good until the next call of this function
 * and no longer: do not keep it across anything that may call it.
 */
extern const ByudvRules *byudv_rules(Oid function);

/* Compile the tables and throw the result away: is all of it valid? */
extern void byudv_check_rules(Oid schema);

/* Has one of the tables no row at all?  Only while a TRUNCATE goes on. */
extern bool byudv_some_table_empty(Oid schema);

/* The norm of that name, or an error that lists what there is. */
extern const ByudvNorm *byudv_find_norm(const ByudvRules *rules, const text *name);

/*
 * owner.c: names.
 */
typedef struct ByudvOwner
{
	int			kind;			/* BYUDV_NOT_STATED for a blank name */
	uint32		pattern;		/* that decided, or BYUDV_NO_PATTERN */
} ByudvOwner;

extern ByudvOwner byudv_classify_owner(const ByudvRules *rules, const text *name);
extern char *byudv_normal_form(const text *name, ByudvName *info);
extern char *byudv_quotable(const text *name);
extern PGDLLEXPORT Datum byudv_normalise_owner_name(PG_FUNCTION_ARGS);

/*
 * tenure.c: signals and decisions.
 */
typedef struct ByudvDecision
{
	const ByudvNorm *norm;
	int			rule;			/* place in the norm, or -1 */
	ByudvOwner	owner;
	int			values[BYUDV_SIGNALS];
} ByudvDecision;

/* The arguments of tenure() and its sisters, in their order. */
enum
{
	ARG_OWNER_CODE,
	ARG_BUILDING_USE,
	ARG_OWNER_NAME,
	ARG_INSURANCE,
	ARG_BUILT_YEAR,
	ARG_OWNER_OCCUPIED,
	ARG_PROPERTY_KIND,
	ARG_SUPPORT,
	ARG_PROXY,
	ARG_NORM
};

extern void byudv_decide(const ByudvRules *rules, FunctionCallInfo fcinfo,
						 ByudvDecision *decision);
extern char *byudv_fill_reason(const ByudvRules *rules, const char *reason,
							   const ByudvDecision *decision,
							   FunctionCallInfo fcinfo);

/*
 * pseudonym.c
 */
extern void byudv_define_key_settings(void);

/*
 * disclosure.c
 */
extern void byudv_define_disclosure_settings(void);

/* The row type that a function returns, looked up once per query. */
extern TupleDesc byudv_result_desc(FunctionCallInfo fcinfo);

/* A date for messages. */
extern char *byudv_date_text(int32 date);

/* The words that property_kind has in a rule, by number. */
extern const char *const byudv_property_kinds[];
#define BYUDV_PROPERTY_KINDS	4	/* 0 is not used */

#endif							/* BYUDV_H */
