/*
 * cache.c
 *		The code, pattern and rule tables, compiled once per backend.
 *
 * Users edit the tables at any time, so every backend keeps what it compiled
 * until a trigger on them sends a relation-cache invalidation, which arrives
 * with the editing transaction's commit and not at all when that rolls back.
 * The callback only marks the copy stale.  The next call compiles anew, from
 * the newest committed rows (and the own transaction's), like the catalogue
 * and unlike a query: with the query's snapshot, a change that commits between
 * that snapshot and the load would be lost for good.
 *
 * A load that fails leaves the old copy where it was and raises.  Every row is
 * checked while loading, and the same check runs when a row is written: what
 * CHECK constraints cannot say, and what somebody may have switched off.
 */
#include "byudv.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "compat.h"

/* The default of the functions' last argument. */
#define DEFAULT_NORM	"corrected"

static ByudvRules *current = NULL;
static bool valid = false;
static TimestampTz valid_in_statement = 0;

/* The tables, so that the callback knows them. */
enum
{
	T_DWELLING_TYPE, T_OWNER_KIND, T_TENURE, T_REGISTER, T_USE, T_PATTERN, T_RULE
};
#define TABLES	7

static const char *const table_names[TABLES] = {
	"dwelling_type_code", "owner_kind_code", "tenure_code", "register_code",
	"use_code", "owner_pattern", "tenure_rule",
};
static Oid	table_oids[TABLES];
static bool callback_registered = false;

const char *const byudv_property_kinds[BYUDV_PROPERTY_KINDS] = {
	"", "condominium", "land", "leased_land",
};

static void
mark_stale(Datum arg, Oid relation)
{
	if (relation != InvalidOid)
	{
		int			t = 0;

		while (t < TABLES && table_oids[t] != relation)
			t++;
		if (t == TABLES)
			return;
	}
	valid = false;
}

/*
 * Reading a table: columns by name, so that a table which a later version has
 * widened still loads.
 */
#define MAX_COLUMNS	18

typedef struct Column
{
	const char *name;
	Oid			type;
} Column;

typedef struct Reader
{
	Relation	relation;
	SysScanDesc scan;
	int			ncolumns;
	AttrNumber	attributes[MAX_COLUMNS];
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} Reader;

static void
open_reader(Reader *reader, Oid schema, int table, const Column *columns,
			int ncolumns, Snapshot snapshot)
{
	const char *name = table_names[table];
	Oid			oid = get_relname_relid(name, schema);
	TupleDesc	desc;

	if (!OidIsValid(oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("table byudv.%s does not exist", name),
				 errhint("It belongs to the extension byudv: create that anew.")));
	table_oids[table] = oid;
	reader->relation = table_open(oid, AccessShareLock);
	desc = RelationGetDescr(reader->relation);
	reader->ncolumns = ncolumns;
	for (int c = 0; c < ncolumns; c++)
	{
		AttrNumber	a = get_attnum(oid, columns[c].name);

		if (a <= 0 || TupleDescAttr(desc, a - 1)->atttypid != columns[c].type)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("table byudv.%s has no column \"%s\" of type %s",
							name, columns[c].name,
							format_type_be(columns[c].type)),
					 errhint("The extension's tables must keep their columns; run ALTER EXTENSION byudv UPDATE if the library is newer.")));
		reader->attributes[c] = a;
	}
	reader->scan = systable_beginscan(reader->relation, InvalidOid, false,
									  snapshot, 0, NULL);
}

static bool
read_row(Reader *reader)
{
	HeapTuple	tuple;

	CHECK_FOR_INTERRUPTS();
	tuple = systable_getnext(reader->scan);
	if (!HeapTupleIsValid(tuple))
		return false;
	for (int c = 0; c < reader->ncolumns; c++)
		reader->values[c] = heap_getattr(tuple, reader->attributes[c],
										 RelationGetDescr(reader->relation),
										 &reader->nulls[c]);
	return true;
}

static void
close_reader(Reader *reader)
{
	systable_endscan(reader->scan);
	table_close(reader->relation, AccessShareLock);
}

/* A text value, copied; NULL when it is NULL. */
static char *
read_text(const Reader *reader, int column)
{
	return reader->nulls[column] ? NULL :
		TextDatumGetCString(reader->values[column]);
}

static int
read_int(const Reader *reader, int column, int otherwise)
{
	return reader->nulls[column] ? otherwise :
		DatumGetInt32(reader->values[column]);
}

static bool
read_bool(const Reader *reader, int column)
{
	return !reader->nulls[column] && DatumGetBool(reader->values[column]);
}

/*
 * Code lists.
 */
static int
find_code(const ByudvCodeList *list, const char *code)
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

static char *
list_codes(const ByudvCodeList *list)
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

static void
load_codes(ByudvCodeList *list, const char *what, Oid schema, int table,
		   Snapshot snapshot)
{
	static const Column columns[] = {{"code", TEXTOID}, {"label_da", TEXTOID}};
	Reader		reader;
	CodeRow    *rows = NULL;
	int			room = 0;

	list->what = what;
	list->n = 0;
	open_reader(&reader, schema, table, columns, lengthof(columns), snapshot);
	while (read_row(&reader))
	{
		char	   *code = read_text(&reader, 0);
		char	   *label = read_text(&reader, 1);

		if (code == NULL || code[0] == '\0' || strlen(code) >= NAMEDATALEN)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("invalid code in byudv.%s", table_names[table]),
					 errdetail("The code is \"%s\".", code ? code : ""),
					 errhint("A code has 1 to %d letters.", NAMEDATALEN - 1)));
		if (list->n > BYUDV_VALUE_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("byudv.%s has more than %d rows",
							table_names[table], BYUDV_VALUE_MAX + 1)));
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
	close_reader(&reader);
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
static int
own_code(const ByudvCodeList *list, const char *code)
{
	int			i = find_code(list, code);

	if (i < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the built-in %s code \"%s\" is missing", list->what, code),
				 errhint("TRUNCATE of a byudv table puts its built-in rows back.")));
	return i;
}

static void
load_register_codes(ByudvRules *rules, Oid schema, Snapshot snapshot)
{
	static const Column columns[] = {
		{"list", TEXTOID}, {"code", TEXTOID}, {"label_da", TEXTOID},
	};
	Reader		reader;

	open_reader(&reader, schema, T_REGISTER, columns, lengthof(columns), snapshot);
	while (read_row(&reader))
	{
		char	   *list = read_text(&reader, 0);
		char	   *code = read_text(&reader, 1);
		char	   *label = read_text(&reader, 2);
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
	close_reader(&reader);
}

static void
load_use_codes(ByudvRules *rules, Oid schema, Snapshot snapshot)
{
	static const Column columns[] = {
		{"domain", TEXTOID}, {"code", INT4OID}, {"label_da", TEXTOID},
		{"dwelling_type", TEXTOID}, {"is_builtin", BOOLOID},
	};
	Reader		reader;

	memset(rules->use_class, 0xFF, sizeof(rules->use_class));
	open_reader(&reader, schema, T_USE, columns, lengthof(columns), snapshot);
	while (read_row(&reader))
	{
		char	   *domain = read_text(&reader, 0);
		int			code = read_int(&reader, 1, -1);
		char	   *label = read_text(&reader, 2);
		char	   *type_code = read_text(&reader, 3);
		bool		builtin = read_bool(&reader, 4);
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
		type = type_code ? find_code(&rules->dwelling_types, type_code) : -1;
		if (type < 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("unknown dwelling type in byudv.use_code"),
					 errdetail("The dwelling type of %s code %d is \"%s\". Known are: %s.",
							   domain, code, type_code ? type_code : "",
							   list_codes(&rules->dwelling_types)),
					 errhint("SELECT * FROM byudv.dwelling_types() lists the codes; types of your own go into byudv.dwelling_type_code first.")));
		/* a row of the user's own replaces the built-in one */
		if (builtin && rules->use_class[d][code] >= 0)
			continue;
		rules->use_class[d][code] = (int16) type;
		rules->use_label[d][code] = label ? label : type_code;
	}
	close_reader(&reader);
}

/*
 * Patterns.
 */
typedef struct PatternRow
{
	ByudvPatternInfo info;
	char	   *normal;
	size_t		normal_len;
	bool		enabled;
} PatternRow;

static int
compare_pattern_keys(const void *a, const void *b)
{
	const PatternRow *x = a,
			   *y = b;
	int			cmp = strcmp(x->info.pattern, y->info.pattern);

	if (cmp == 0)
		cmp = (int) x->info.match - (int) y->info.match;
	return cmp ? cmp : (int) x->info.is_builtin - (int) y->info.is_builtin;
}

/* Which pattern decides where several match. */
static int
compare_pattern_order(const void *a, const void *b)
{
	const PatternRow *x = a,
			   *y = b;

	if (x->info.priority != y->info.priority)
		return x->info.priority < y->info.priority ? -1 : 1;
	if (x->normal_len != y->normal_len)
		return x->normal_len > y->normal_len ? -1 : 1;
	if (x->info.is_builtin != y->info.is_builtin)
		return x->info.is_builtin ? 1 : -1;
	return compare_pattern_keys(a, b);
}

static int
compare_meaning(const ByudvPatternInfo *x, const ByudvPatternInfo *y)
{
	if (x->owner_kind != y->owner_kind)
		return x->owner_kind < y->owner_kind ? -1 : 1;
	if (x->organisation == NULL || y->organisation == NULL)
		return (x->organisation != NULL) - (y->organisation != NULL);
	return strcmp(x->organisation, y->organisation);
}

static int
compare_by_meaning(const void *a, const void *b)
{
	return compare_meaning(&(*(const PatternRow *const *) a)->info,
						   &(*(const PatternRow *const *) b)->info);
}

static void
check_pattern(const ByudvRules *rules, PatternRow *row, const char *match,
			  const char *kind)
{
	ByudvName	name;
	int			m = 0;

	while (match != NULL && m < BYUDV_MATCHES && strcmp(byudv_match_names[m], match) != 0)
		m++;
	if (match == NULL || m == BYUDV_MATCHES)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("invalid match in byudv.owner_pattern"),
				 errdetail("The match of pattern \"%s\" is \"%s\".",
						   row->info.pattern, match ? match : ""),
				 errhint("Write 'whole', 'prefix', 'word', 'phrase', 'suffix' or 'last'.")));
	row->info.match = (ByudvMatch) m;

	row->info.owner_kind = kind ? find_code(&rules->owner_kinds, kind) : -1;
	if (row->info.owner_kind < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("unknown owner kind in byudv.owner_pattern"),
				 errdetail("The owner kind of pattern \"%s\" is \"%s\". Known are: %s.",
						   row->info.pattern, kind ? kind : "",
						   list_codes(&rules->owner_kinds)),
				 errhint("SELECT * FROM byudv.owner_kinds() lists the kinds; kinds of your own go into byudv.owner_kind_code first.")));

	row->normal = byudv_normal_form(cstring_to_text(row->info.pattern), &name);
	row->normal_len = name.len;
	if (name.len == 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("empty pattern in byudv.owner_pattern"),
				 errdetail("The pattern \"%s\" has no letter and no digit.",
						   row->info.pattern),
				 errhint("A pattern is compared with names in the form that byudv.normalise_owner_name() gives.")));
	/* the leading space is not part of the pattern */
	row->normal++;
	row->normal_len--;
	if (row->normal_len > BYUDV_PATTERN_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("pattern too long in byudv.owner_pattern"),
				 errdetail("The pattern that begins \"%.*s\" has %zu bytes in its normal form.",
						   pg_mbcliplen(row->info.pattern,
										(int) strlen(row->info.pattern), 40),
						   row->info.pattern, row->normal_len),
				 errhint("At most %d bytes.", BYUDV_PATTERN_MAX)));
	if (name.owner_start != 0 || name.owner_end != name.len)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("pattern in byudv.owner_pattern can never match"),
				 errdetail("The pattern \"%s\" has a part (afd, v/, c/o or att) that is set apart in names before they are compared.",
						   row->info.pattern),
				 errhint("Leave that part out.")));
	if (row->info.match == BYUDV_MATCH_SUFFIX && memchr(row->normal, ' ', row->normal_len))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("pattern in byudv.owner_pattern can never match"),
				 errdetail("The suffix \"%s\" is more than one word.",
						   row->info.pattern),
				 errhint("A suffix is the end of one word; 'last' takes several.")));
}

static void
load_patterns(ByudvRules *rules, Oid schema, Snapshot snapshot,
			  const ByudvArena *arena, const ByudvArena *scratch)
{
	static const Column columns[] = {
		{"pattern", TEXTOID}, {"match", TEXTOID}, {"owner_kind", TEXTOID},
		{"organisation", TEXTOID}, {"priority", INT4OID}, {"source", TEXTOID},
		{"enabled", BOOLOID}, {"is_builtin", BOOLOID},
	};
	Reader		reader;
	PatternRow *rows;
	PatternRow **by_meaning;
	ByudvPattern *patterns;
	int			n = 0,
				kept = 0,
				room = 1024;
	uint32		group = 0;

	rows = scratch->alloc(scratch->context, room * sizeof(PatternRow));
	open_reader(&reader, schema, T_PATTERN, columns, lengthof(columns), snapshot);
	while (read_row(&reader))
	{
		PatternRow *row;

		if (n >= BYUDV_PATTERNS_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("byudv.owner_pattern has more than %d rows",
							BYUDV_PATTERNS_MAX)));
		if (n == room)
		{
			room *= 2;
			rows = repalloc_huge(rows, (Size) room * sizeof(PatternRow));
		}
		row = &rows[n++];
		row->info.pattern = reader.nulls[0] ? pstrdup("") : read_text(&reader, 0);
		row->info.organisation = read_text(&reader, 3);
		row->info.priority = read_int(&reader, 4, 0);
		row->info.source = read_text(&reader, 5);
		row->enabled = read_bool(&reader, 6);
		row->info.is_builtin = read_bool(&reader, 7);
		check_pattern(rules, row, read_text(&reader, 1), read_text(&reader, 2));
	}
	close_reader(&reader);

	/* the user's row replaces the built-in one with the same key */
	qsort(rows, n, sizeof(PatternRow), compare_pattern_keys);
	for (int i = 0; i < n; i++)
	{
		if (i > 0 && rows[i].info.is_builtin && !rows[i - 1].info.is_builtin &&
			strcmp(rows[i].info.pattern, rows[i - 1].info.pattern) == 0 &&
			rows[i].info.match == rows[i - 1].info.match)
			rows[i].enabled = false;
	}
	for (int i = 0; i < n; i++)
		if (rows[i].enabled)
			rows[kept++] = rows[i];
	n = kept;
	qsort(rows, n, sizeof(PatternRow), compare_pattern_order);

	rules->npatterns = n;
	rules->patterns = palloc((n + 1) * sizeof(ByudvPatternInfo));
	patterns = scratch->alloc(scratch->context, (n + 1) * sizeof(ByudvPattern));
	by_meaning = scratch->alloc(scratch->context, (n + 1) * sizeof(PatternRow *));
	for (int i = 0; i < n; i++)
	{
		rules->patterns[i] = rows[i].info;
		patterns[i].text = rows[i].normal;
		patterns[i].len = rows[i].normal_len;
		patterns[i].match = rows[i].info.match;
		by_meaning[i] = &rows[i];
	}
	qsort(by_meaning, n, sizeof(PatternRow *), compare_by_meaning);
	for (int i = 0; i < n; i++)
	{
		if (i > 0 && compare_by_meaning(&by_meaning[i - 1], &by_meaning[i]) != 0)
			group++;
		patterns[by_meaning[i] - rows].group = group;
	}
	rules->dictionary = byudv_dictionary_build(patterns, (uint32) n, arena, scratch);
}

/*
 * Rules.
 */
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

static void pg_attribute_noreturn()
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
			numbers[i] = find_code(list, code);
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
			bad_set(row, name, code, list ? list_codes(list) : known.data, hint);
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
	row->norm = reader->nulls[0] ? pstrdup("") : read_text(reader, 0);
	row->info.rule_id = read_int(reader, 1, 0);
	row->info.priority = read_int(reader, 2, 0);
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
	year->from = read_int(reader, 7, 0);
	year->to = read_int(reader, 8, BYUDV_VALUE_MAX);
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

		wanted[0] = read_bool(reader, 12);
		proxy->values = wanted;
		proxy->nvalues = 1;
	}

	tenure = read_text(reader, 13);
	row->info.tenure = tenure ? find_code(&rules->tenures, tenure) : -1;
	if (row->info.tenure < 0)
		bad_set(row, "tenure", tenure ? tenure : "", list_codes(&rules->tenures),
				"SELECT * FROM byudv.tenure_codes() lists the codes; codes of your own go into byudv.tenure_code first.");
	row->rule.outcome = row->info.tenure;
	row->info.certainty = read_text(reader, 14);
	if (row->info.certainty == NULL ||
		(strcmp(row->info.certainty, "high") != 0 &&
		 strcmp(row->info.certainty, "medium") != 0 &&
		 strcmp(row->info.certainty, "low") != 0))
		bad_set(row, "certainty", row->info.certainty ? row->info.certainty : "",
				"high, medium, low", "Write how far the rule can be trusted.");
	row->info.reason = read_text(reader, 15);
	check_reason(row);
	row->enabled = read_bool(reader, 16);
	row->info.is_builtin = read_bool(reader, 17);
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

static void
load_rules(ByudvRules *rules, Oid schema, Snapshot snapshot,
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
	open_reader(&reader, schema, T_RULE, columns, lengthof(columns), snapshot);
	while (read_row(&reader))
	{
		if (n == room)
		{
			room *= 2;
			rows = repalloc_huge(rows, (Size) room * sizeof(RuleRow));
		}
		read_rule(rules, &reader, &rows[n++]);
	}
	close_reader(&reader);

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

/*
 * All of it.
 */
static void *
alloc_in_context(void *context, size_t size)
{
	return MemoryContextAllocHuge((MemoryContext) context, size ? size : 1);
}

static ByudvRules *
load_all(Oid schema)
{
	static uint64 generation = 0;
	MemoryContext keep = AllocSetContextCreate(CurrentMemoryContext,
											   "byudv rules",
											   ALLOCSET_DEFAULT_SIZES);
	MemoryContext temporary = AllocSetContextCreate(CurrentMemoryContext,
													"byudv rules, loading",
													ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(keep);
	ByudvArena	arena = {alloc_in_context, keep};
	ByudvArena	scratch = {alloc_in_context, temporary};
	ByudvRules *rules = palloc0(sizeof(ByudvRules));
	Snapshot	snapshot;

	rules->context = keep;
	rules->generation = ++generation;

	/* one snapshot for all tables, the newest there is */
	snapshot = RegisterSnapshot(GetCatalogSnapshot(InvalidOid));
	load_codes(&rules->dwelling_types, "dwelling type", schema, T_DWELLING_TYPE,
			   snapshot);
	load_codes(&rules->owner_kinds, "owner kind", schema, T_OWNER_KIND, snapshot);
	load_codes(&rules->tenures, "tenure", schema, T_TENURE, snapshot);
	rules->type_not_a_dwelling = own_code(&rules->dwelling_types, "not_a_dwelling");
	rules->type_commercial = own_code(&rules->dwelling_types, "commercial_dwelling");
	rules->type_holiday = own_code(&rules->dwelling_types, "holiday");
	rules->type_unknown = own_code(&rules->dwelling_types, "unknown");
	rules->kind_unclassified = own_code(&rules->owner_kinds, "unclassified");
	rules->tenure_unknown = own_code(&rules->tenures, "unknown");
	load_register_codes(rules, schema, snapshot);
	load_use_codes(rules, schema, snapshot);
	load_patterns(rules, schema, snapshot, &arena, &scratch);
	load_rules(rules, schema, snapshot, &arena, &scratch);
	UnregisterSnapshot(snapshot);

	MemoryContextSwitchTo(old);
	MemoryContextDelete(temporary);
	return rules;
}

bool
byudv_some_table_empty(Oid schema)
{
	bool		empty = false;

	for (int t = 0; t < TABLES && !empty; t++)
	{
		Snapshot	snapshot = RegisterSnapshot(GetCatalogSnapshot(InvalidOid));
		Relation	relation = table_open(get_relname_relid(table_names[t], schema),
										  AccessShareLock);
		SysScanDesc scan = systable_beginscan(relation, InvalidOid, false,
											  snapshot, 0, NULL);

		empty = !HeapTupleIsValid(systable_getnext(scan));
		systable_endscan(scan);
		table_close(relation, AccessShareLock);
		UnregisterSnapshot(snapshot);
	}
	return empty;
}

void
byudv_check_rules(Oid schema)
{
	MemoryContextDelete(load_all(schema)->context);
}

static void
reload(Oid function)
{
	ByudvRules *new;

	if (!callback_registered)
	{
		CacheRegisterRelcacheCallback(mark_stale, (Datum) 0);
		callback_registered = true;
	}

	/*
	 * Valid first: an invalidation that arrives while we read then makes the
	 * result stale again instead of being lost.
	 */
	valid = true;
	PG_TRY();
	{
		new = load_all(get_func_namespace(function));
	}
	PG_CATCH();
	{
		valid = false;
		PG_RE_THROW();
	}
	PG_END_TRY();
	MemoryContextSetParent(new->context, CacheMemoryContext);
	if (current != NULL)
		MemoryContextDelete(current->context);
	current = new;
}

const ByudvRules *
byudv_rules(Oid function)
{
	/*
	 * Inside a transaction a backend may run many statements without taking a
	 * lock, and would not hear of a commit elsewhere; so ask once a statement.
	 */
	TimestampTz now = GetCurrentStatementStartTimestamp();

	if (byudv_unlikely(now != valid_in_statement))
	{
		AcceptInvalidationMessages();
		valid_in_statement = now;
	}
	if (byudv_unlikely(!valid || current == NULL))
		reload(function);
	return current;
}

const ByudvNorm *
byudv_find_norm(const ByudvRules *rules, const text *name)
{
	const char *s = VARDATA_ANY(name);
	size_t		len = VARSIZE_ANY_EXHDR(name);
	StringInfoData known;

	/* the default, without a call */
	if (byudv_likely(rules->default_norm != NULL && len == sizeof(DEFAULT_NORM) - 1 &&
					 memcmp(s, DEFAULT_NORM, sizeof(DEFAULT_NORM) - 1) == 0))
		return rules->default_norm;
	for (int i = 0; i < rules->nnorms; i++)
		if (rules->norms[i].len == len && memcmp(rules->norms[i].name, s, len) == 0)
			return &rules->norms[i];

	initStringInfo(&known);
	for (int i = 0; i < rules->nnorms; i++)
		appendStringInfo(&known, "%s%s", i ? ", " : "", rules->norms[i].name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown tenure norm \"%s\"", text_to_cstring(name)),
			 errdetail("The norms are: %s.", known.data),
			 errhint("A norm of your own exists as soon as byudv.tenure_rule has a rule of it.")));
}
