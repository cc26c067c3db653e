/*
 * rule_table.c
 *		The tenure rules: reading and checking them, and compiling the norms.
 */
#include "tables.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

typedef struct RuleRow
{
	char	   *norm;
	ByudvRuleInfo info;
	ByudvRule	rule;
	bool		enabled;
} RuleRow;

static int
compare_rule_keys(const void *a, const void *b)
{
	const RuleRow *x = a,
			   *y = b;
	int			cmp = strcmp(x->norm, y->norm);

	if (cmp != 0)
		return cmp;
	if (x->info.rule_id != y->info.rule_id)
		return x->info.rule_id < y->info.rule_id ? -1 : 1;
	return (int) x->info.is_builtin - (int) y->info.is_builtin;
}

static int
compare_rule_order(const void *a, const void *b)
{
	const RuleRow *x = a,
			   *y = b;
	int			cmp = strcmp(x->norm, y->norm);

	if (cmp != 0)
		return cmp;
	if (x->info.priority != y->info.priority)
		return x->info.priority < y->info.priority ? -1 : 1;
	return compare_rule_keys(a, b);
}

/* The elements of an array column, NULLs included; false when it is NULL. */
static bool
read_array(const Reader *reader, int column, Oid type, Datum **values,
		   bool **nulls, int *n)
{
	if (reader->nulls[column])
		return false;
	deconstruct_array(DatumGetArrayTypeP(reader->values[column]), type,
					  type == INT4OID ? 4 : -1, type == INT4OID, TYPALIGN_INT,
					  values, nulls, n);
	return true;
}

pg_noreturn static void
bad_set(const RuleRow *row, const char *column, const char *value,
		const char *known, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("invalid %s in byudv.tenure_rule", column),
			 errdetail("Rule %d of norm \"%s\" has \"%s\". Known are: %s.",
					   row->info.rule_id, row->norm, value, known),
			 errhint("%s", hint)));
}

static char *
list_numbers(const ByudvNumberList *list)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i <= BYUDV_VALUE_MAX; i++)
		if (list->labels[i] != NULL)
			appendStringInfo(&buf, "%s%d", buf.len ? ", " : "", i);
	return buf.data;
}

static void
check_empty(const RuleRow *row, const char *column, int n)
{
	if (n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("empty %s in byudv.tenure_rule", column),
				 errdetail("Rule %d of norm \"%s\" accepts no value, so it could never apply.",
						   row->info.rule_id, row->norm),
				 errhint("NULL accepts every value; '{NULL}' accepts what is not stated.")));
}

/* Numbers of a register's list. */
static void
read_number_set(const Reader *reader, int column, const char *name,
				const ByudvNumberList *list, RuleRow *row, ByudvSignal signal)
{
	ByudvCondition *c = &row->rule.conditions[signal];
	Datum	   *values;
	bool	   *nulls;
	int		   *numbers;

	c->any = !read_array(reader, column, INT4OID, &values, &nulls, &c->nvalues);
	if (c->any)
		return;
	check_empty(row, name, c->nvalues);
	numbers = palloc(c->nvalues * sizeof(int));
	for (int i = 0; i < c->nvalues; i++)
	{
		numbers[i] = nulls[i] ? BYUDV_NOT_STATED : DatumGetInt32(values[i]);
		if (!nulls[i] && (numbers[i] < 0 || numbers[i] > BYUDV_VALUE_MAX ||
						  list->labels[numbers[i]] == NULL))
			bad_set(row, name, psprintf("%d", numbers[i]), list_numbers(list),
					"Codes of your own go into byudv.register_code first.");
	}
	c->values = numbers;
}

/* Codes of a list, or of a few words when list is NULL. */
static void
read_code_set(const Reader *reader, int column, const char *name,
			  const ByudvCodeList *list, const char *const *words, int nwords,
			  RuleRow *row, ByudvSignal signal, const char *hint)
{
	ByudvCondition *c = &row->rule.conditions[signal];
	Datum	   *values;
	bool	   *nulls;
	int		   *numbers;

	c->any = !read_array(reader, column, TEXTOID, &values, &nulls, &c->nvalues);
	if (c->any)
		return;
	check_empty(row, name, c->nvalues);
	numbers = palloc(c->nvalues * sizeof(int));
	for (int i = 0; i < c->nvalues; i++)
	{
		char	   *code;

		numbers[i] = BYUDV_NOT_STATED;
		if (nulls[i])
			continue;
		code = TextDatumGetCString(values[i]);
		if (list != NULL)
			numbers[i] = byudv_find_code(list, code);
		else
			for (int k = 0; k < nwords; k++)
				if (words[k][0] != '\0' && strcmp(words[k], code) == 0)
					numbers[i] = k;
		if (numbers[i] < 0)
		{
			StringInfoData known;

			initStringInfo(&known);
			for (int k = 0; k < nwords; k++)
				if (words[k][0] != '\0')
					appendStringInfo(&known, "%s%s", known.len ? ", " : "", words[k]);
			bad_set(row, name, code, list ? byudv_list_codes(list) : known.data, hint);
		}
	}
	c->values = numbers;
}

/* A reason may name what it rests on: {owner} and so on. */
static void
check_reason(const RuleRow *row)
{
	static const char *const fields[] = {
		"{owner}", "{organisation}", "{owner_code}", "{insurance}",
		"{built_year}", "{support}",
	};
	const char *p = row->info.reason;

	while (p != NULL && (p = strchr(p, '{')) != NULL)
	{
		size_t		f = 0;

		while (f < lengthof(fields) && strncmp(p, fields[f], strlen(fields[f])) != 0)
			f++;
		if (f == lengthof(fields))
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("unknown field in the reason of a tenure rule"),
					 errdetail("The reason of rule %d of norm \"%s\" is: %s",
							   row->info.rule_id, row->norm, row->info.reason),
					 errhint("Fields are {owner}, {organisation}, {owner_code}, {insurance}, {built_year} and {support}.")));
		p++;
	}
}

static void
read_rule(const ByudvRules *rules, const Reader *reader, RuleRow *row)
{
	static const char *const occupations[] = {"let", "owner"};
	ByudvCondition *year = &row->rule.conditions[BYUDV_BUILT_YEAR];
	ByudvCondition *proxy = &row->rule.conditions[BYUDV_PROXY];
	char	   *tenure;

	memset(row, 0, sizeof(RuleRow));
	row->norm = reader->nulls[0] ? pstrdup("") : byudv_read_text(reader, 0);
	row->info.rule_id = byudv_read_int(reader, 1, 0);
	row->info.priority = byudv_read_int(reader, 2, 0);
	if (row->norm[0] == '\0' || strlen(row->norm) >= NAMEDATALEN)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("invalid norm in byudv.tenure_rule"),
				 errdetail("The norm of rule %d is \"%s\".", row->info.rule_id,
						   row->norm),
				 errhint("A norm has a name of 1 to %d letters.", NAMEDATALEN - 1)));

	read_number_set(reader, 3, "owner_codes", &rules->owner_codes, row,
					BYUDV_OWNER_CODE);
	read_code_set(reader, 4, "use_classes", &rules->dwelling_types, NULL, 0, row,
				  BYUDV_USE_CLASS,
				  "Use classes are the dwelling types that byudv.use_code gives the building's use: SELECT * FROM byudv.dwelling_types().");
	read_code_set(reader, 5, "owner_kinds", &rules->owner_kinds, NULL, 0, row,
				  BYUDV_OWNER_KIND, "SELECT * FROM byudv.owner_kinds() lists the kinds.");
	read_number_set(reader, 6, "insurance_codes", &rules->insurance_codes, row,
					BYUDV_INSURANCE);
	year->any = reader->nulls[7] && reader->nulls[8];
	year->is_range = true;
	year->from = byudv_read_int(reader, 7, 0);
	year->to = byudv_read_int(reader, 8, BYUDV_VALUE_MAX);
	if (!year->any && (year->from > year->to || year->to < 1 ||
					   year->from > BYUDV_VALUE_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("invalid built years in byudv.tenure_rule"),
				 errdetail("Rule %d of norm \"%s\" asks for years from %d to %d.",
						   row->info.rule_id, row->norm, year->from, year->to),
				 errhint("built_from and built_to are years from 1 to %d, both included; NULL is open.",
						 BYUDV_VALUE_MAX)));
	read_code_set(reader, 9, "occupation", NULL, occupations, lengthof(occupations),
				  row, BYUDV_OCCUPATION, "NULL in the set stands for an unknown occupation.");
	read_code_set(reader, 10, "property_kinds", NULL, byudv_property_kinds,
				  BYUDV_PROPERTY_KINDS, row, BYUDV_PROPERTY_KIND,
				  "NULL in the set stands for a property kind that is not stated.");
	read_number_set(reader, 11, "support_codes", &rules->support_codes, row,
					BYUDV_SUPPORT);
	proxy->any = reader->nulls[12];
	if (!proxy->any)
	{
		int		   *wanted = palloc(sizeof(int));

		wanted[0] = byudv_read_bool(reader, 12);
		proxy->values = wanted;
		proxy->nvalues = 1;
	}

	tenure = byudv_read_text(reader, 13);
	row->info.tenure = tenure ? byudv_find_code(&rules->tenures, tenure) : -1;
	if (row->info.tenure < 0)
		bad_set(row, "tenure", tenure ? tenure : "", byudv_list_codes(&rules->tenures),
				"SELECT * FROM byudv.tenure_codes() lists the codes; codes of your own go into byudv.tenure_code first.");
	row->rule.outcome = row->info.tenure;
	row->info.certainty = byudv_read_text(reader, 14);
	if (row->info.certainty == NULL ||
		(strcmp(row->info.certainty, "high") != 0 &&
		 strcmp(row->info.certainty, "medium") != 0 &&
		 strcmp(row->info.certainty, "low") != 0))
		bad_set(row, "certainty", row->info.certainty ? row->info.certainty : "",
				"high, medium, low", "Write how far the rule can be trusted.");
	row->info.reason = byudv_read_text(reader, 15);
	check_reason(row);
	row->enabled = byudv_read_bool(reader, 16);
	row->info.is_builtin = byudv_read_bool(reader, 17);
}

static void
compile_norm(ByudvNorm *norm, const RuleRow *rows, int n, const ByudvArena *arena)
{
	if (n > BYUDV_RULES_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("norm \"%s\" has more than %d rules", rows[0].norm,
						BYUDV_RULES_MAX)));
	norm->name = rows[0].norm;
	norm->len = strlen(norm->name);
	norm->nrules = n;
	norm->infos = palloc(n * sizeof(ByudvRuleInfo));
	norm->rules = palloc(n * sizeof(ByudvRule));
	for (int i = 0; i < n; i++)
	{
		norm->infos[i] = rows[i].info;
		norm->rules[i] = rows[i].rule;
	}
	norm->set = byudv_rules_compile(norm->rules, n, arena);
}

void
byudv_load_rules(ByudvRules *rules, Oid schema, Snapshot snapshot,
		   const ByudvArena *arena, const ByudvArena *scratch)
{
	static const Column columns[] = {
		{"norm", TEXTOID}, {"rule_id", INT4OID}, {"priority", INT4OID},
		{"owner_codes", INT4ARRAYOID}, {"use_classes", TEXTARRAYOID},
		{"owner_kinds", TEXTARRAYOID}, {"insurance_codes", INT4ARRAYOID},
		{"built_from", INT4OID}, {"built_to", INT4OID},
		{"occupation", TEXTARRAYOID}, {"property_kinds", TEXTARRAYOID},
		{"support_codes", INT4ARRAYOID}, {"proxy_owner", BOOLOID},
		{"tenure", TEXTOID}, {"certainty", TEXTOID}, {"reason", TEXTOID},
		{"enabled", BOOLOID}, {"is_builtin", BOOLOID},
	};
	Reader		reader;
	RuleRow    *rows;
	int			n = 0,
				kept = 0,
				room = 128;

	rows = scratch->alloc(scratch->context, room * sizeof(RuleRow));
	byudv_open_reader(&reader, schema, T_RULE, columns, lengthof(columns), snapshot);
	while (byudv_read_row(&reader))
	{
		if (n == room)
		{
			room *= 2;
			rows = repalloc_huge(rows, (Size) room * sizeof(RuleRow));
		}
		read_rule(rules, &reader, &rows[n++]);
	}
	byudv_close_reader(&reader);

	qsort(rows, n, sizeof(RuleRow), compare_rule_keys);
	for (int i = 1; i < n; i++)
		if (rows[i].info.is_builtin && !rows[i - 1].info.is_builtin &&
			strcmp(rows[i].norm, rows[i - 1].norm) == 0 &&
			rows[i].info.rule_id == rows[i - 1].info.rule_id)
			rows[i].enabled = false;
	for (int i = 0; i < n; i++)
		if (rows[i].enabled)
			rows[kept++] = rows[i];
	n = kept;
	qsort(rows, n, sizeof(RuleRow), compare_rule_order);

	rules->norms = palloc((n + 1) * sizeof(ByudvNorm));
	for (int i = 0; i < n;)
	{
		int			end = i + 1;

		while (end < n && strcmp(rows[end].norm, rows[i].norm) == 0)
			end++;
		compile_norm(&rules->norms[rules->nnorms], &rows[i], end - i, arena);
		if (strcmp(rows[i].norm, DEFAULT_NORM) == 0)
			rules->default_norm = &rules->norms[rules->nnorms];
		rules->nnorms++;
		i = end;
	}
}
