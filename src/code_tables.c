/*
 * code_tables.c
 *		The code lists, and what use codes mean: reading and checking them.
 */
#include "tables.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

int
byudv_find_code(const ByudvCodeList *list, const char *code)
{
	int			lo = 0,
				hi = list->n - 1;

	while (lo <= hi)
	{
		int			mid = (lo + hi) / 2;
		int			cmp = strcmp(list->codes[mid], code);

		if (cmp == 0)
			return mid;
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid - 1;
	}
	return -1;
}

char *
byudv_list_codes(const ByudvCodeList *list)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < list->n; i++)
		appendStringInfo(&buf, "%s%s", i ? ", " : "", list->codes[i]);
	return buf.data;
}

/*
 * A code as functions return it.  It is made once and kept for good, because a
 * result may still be in use when a change of the rules replaces everything
 * else; there are only so many codes.
 */
static text *
keep_code(const char *code)
{
	static text **kept = NULL;
	static int	nkept = 0;
	static int	room = 0;
	size_t		len = strlen(code);
	MemoryContext old;

	for (int i = 0; i < nkept; i++)
		if (VARSIZE(kept[i]) - VARHDRSZ == len &&
			memcmp(VARDATA(kept[i]), code, len) == 0)
			return kept[i];
	old = MemoryContextSwitchTo(TopMemoryContext);
	if (nkept == room)
	{
		int			more = room ? room * 2 : 64;

		kept = kept ? repalloc(kept, more * sizeof(text *)) :
			palloc(more * sizeof(text *));
		room = more;
	}
	kept[nkept] = cstring_to_text(code);
	MemoryContextSwitchTo(old);
	return kept[nkept++];
}

typedef struct CodeRow
{
	char	   *code;
	char	   *label;
} CodeRow;

static int
compare_codes(const void *a, const void *b)
{
	return strcmp(((const CodeRow *) a)->code, ((const CodeRow *) b)->code);
}

void
byudv_load_codes(ByudvCodeList *list, const char *what, Oid schema, int table,
		   Snapshot snapshot)
{
	static const Column columns[] = {{"code", TEXTOID}, {"label_da", TEXTOID}};
	Reader		reader;
	CodeRow    *rows = NULL;
	int			room = 0;

	list->what = what;
	list->n = 0;
	byudv_open_reader(&reader, schema, table, columns, lengthof(columns), snapshot);
	while (byudv_read_row(&reader))
	{
		char	   *code = byudv_read_text(&reader, 0);
		char	   *label = byudv_read_text(&reader, 1);

		if (code == NULL || code[0] == '\0' || strlen(code) >= NAMEDATALEN)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("invalid code in byudv.%s", byudv_table_names[table]),
					 errdetail("The code is \"%s\".", code ? code : ""),
					 errhint("A code has 1 to %d letters.", NAMEDATALEN - 1)));
		if (list->n > BYUDV_VALUE_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("byudv.%s has more than %d rows",
							byudv_table_names[table], BYUDV_VALUE_MAX + 1)));
		if (list->n == room)
		{
			room = room ? room * 2 : 32;
			rows = rows ? repalloc(rows, room * sizeof(CodeRow)) :
				palloc(room * sizeof(CodeRow));
		}
		rows[list->n].code = code;
		rows[list->n].label = label ? label : code;
		list->n++;
	}
	byudv_close_reader(&reader);
	if (list->n > 0)
		qsort(rows, list->n, sizeof(CodeRow), compare_codes);
	list->codes = palloc((list->n + 1) * sizeof(char *));
	list->labels = palloc((list->n + 1) * sizeof(char *));
	list->texts = palloc((list->n + 1) * sizeof(text *));
	for (int i = 0; i < list->n; i++)
	{
		list->codes[i] = rows[i].code;
		list->labels[i] = rows[i].label;
		list->texts[i] = keep_code(rows[i].code);
	}
}

/* The number of a code that the program itself means. */
int
byudv_own_code(const ByudvCodeList *list, const char *code)
{
	int			i = byudv_find_code(list, code);

	if (i < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the built-in %s code \"%s\" is missing", list->what, code),
				 errhint("TRUNCATE of a byudv table puts its built-in rows back.")));
	return i;
}

void
byudv_load_register_codes(ByudvRules *rules, Oid schema, Snapshot snapshot)
{
	static const Column columns[] = {
		{"list", TEXTOID}, {"code", TEXTOID}, {"label_da", TEXTOID},
	};
	Reader		reader;

	byudv_open_reader(&reader, schema, T_REGISTER, columns, lengthof(columns), snapshot);
	while (byudv_read_row(&reader))
	{
		char	   *list = byudv_read_text(&reader, 0);
		char	   *code = byudv_read_text(&reader, 1);
		char	   *label = byudv_read_text(&reader, 2);
		ByudvNumberList *target;
		char	   *rest;
		long		number;

		if (list == NULL || code == NULL)
			continue;
		if (strcmp(list, "owner_code") == 0)
			target = &rules->owner_codes;
		else if (strcmp(list, "defect_insurance") == 0)
			target = &rules->insurance_codes;
		else if (strcmp(list, "public_support") == 0)
			target = &rules->support_codes;
		else
			continue;			/* a list that only has labels */
		number = strtol(code, &rest, 10);
		if (code[0] < '0' || code[0] > '9' || *rest != '\0' || number > BYUDV_VALUE_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("invalid code in byudv.register_code"),
					 errdetail("The code of list \"%s\" is \"%s\".", list, code),
					 errhint("Codes of this list are whole numbers from 0 to %d.",
							 BYUDV_VALUE_MAX)));
		target->labels[number] = label ? label : code;
	}
	byudv_close_reader(&reader);
}

void
byudv_load_use_codes(ByudvRules *rules, Oid schema, Snapshot snapshot)
{
	static const Column columns[] = {
		{"domain", TEXTOID}, {"code", INT4OID}, {"label_da", TEXTOID},
		{"dwelling_type", TEXTOID}, {"is_builtin", BOOLOID},
	};
	Reader		reader;

	memset(rules->use_class, 0xFF, sizeof(rules->use_class));
	byudv_open_reader(&reader, schema, T_USE, columns, lengthof(columns), snapshot);
	while (byudv_read_row(&reader))
	{
		char	   *domain = byudv_read_text(&reader, 0);
		int			code = byudv_read_int(&reader, 1, -1);
		char	   *label = byudv_read_text(&reader, 2);
		char	   *type_code = byudv_read_text(&reader, 3);
		bool		builtin = byudv_read_bool(&reader, 4);
		int			d;
		int			type;

		if (domain != NULL && strcmp(domain, "unit") == 0)
			d = BYUDV_UNIT;
		else if (domain != NULL && strcmp(domain, "building") == 0)
			d = BYUDV_BUILDING;
		else
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("invalid domain in byudv.use_code"),
					 errdetail("The domain of code %d is \"%s\".", code,
							   domain ? domain : ""),
					 errhint("A use code belongs to 'unit' or to 'building'.")));
		if (code < 1 || code > BYUDV_VALUE_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("invalid code in byudv.use_code"),
					 errdetail("The code is %d.", code),
					 errhint("Use codes are from 1 to %d.", BYUDV_VALUE_MAX)));
		type = type_code ? byudv_find_code(&rules->dwelling_types, type_code) : -1;
		if (type < 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("unknown dwelling type in byudv.use_code"),
					 errdetail("The dwelling type of %s code %d is \"%s\". Known are: %s.",
							   domain, code, type_code ? type_code : "",
							   byudv_list_codes(&rules->dwelling_types)),
					 errhint("SELECT * FROM byudv.dwelling_types() lists the codes; types of your own go into byudv.dwelling_type_code first.")));
		/* a row of the user's own replaces the built-in one */
		if (builtin && rules->use_class[d][code] >= 0)
			continue;
		rules->use_class[d][code] = (int16) type;
		rules->use_label[d][code] = label ? label : type_code;
	}
	byudv_close_reader(&reader);
}
