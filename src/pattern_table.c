/*
 * pattern_table.c
 *		The owner patterns: reading and checking them, and making a dictionary.
 */
#include "tables.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

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

	row->info.owner_kind = kind ? byudv_find_code(&rules->owner_kinds, kind) : -1;
	if (row->info.owner_kind < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("unknown owner kind in byudv.owner_pattern"),
				 errdetail("The owner kind of pattern \"%s\" is \"%s\". Known are: %s.",
						   row->info.pattern, kind ? kind : "",
						   byudv_list_codes(&rules->owner_kinds)),
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

void
byudv_load_patterns(ByudvRules *rules, Oid schema, Snapshot snapshot,
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
	byudv_open_reader(&reader, schema, T_PATTERN, columns, lengthof(columns), snapshot);
	while (byudv_read_row(&reader))
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
		row->info.pattern = reader.nulls[0] ? pstrdup("") : byudv_read_text(&reader, 0);
		row->info.organisation = byudv_read_text(&reader, 3);
		row->info.priority = byudv_read_int(&reader, 4, 0);
		row->info.source = byudv_read_text(&reader, 5);
		row->enabled = byudv_read_bool(&reader, 6);
		row->info.is_builtin = byudv_read_bool(&reader, 7);
		check_pattern(rules, row, byudv_read_text(&reader, 1), byudv_read_text(&reader, 2));
	}
	byudv_close_reader(&reader);

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
