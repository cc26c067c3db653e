/*
 * disclosure.c
 *		SQL entry point that counts persons in many tables at once and hides what
 *		could be traced back to few of them.
 *
 * Here is what is read, and checked; core/disclosure.c has the method.
 */
#include "moves.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "core/disclosure.h"
#include "core/numbers.h"

PG_FUNCTION_INFO_V1(byudv_protected_counts);

#define MIN_CELL_DEFAULT	3
#define MIN_CELL_MAX		1000
#define TABLES_MAX			1000

#define TABLES_HINT		"Give tables such as ARRAY['region*age', 'age*segment']: the column of the rows, *, the column of the items; or 'home*home/4' for kind 4 of home by its other kinds."
#define MEMBERS_HINT	"Give members one row for each value and kind: row_column, member, kind, code."

static int	min_cell_setting = MIN_CELL_DEFAULT;

void
byudv_define_disclosure_settings(void)
{
	DefineCustomIntVariable("byudv.min_cell",
							"The fewest persons that a published count may be of.",
							"byudv.protected_counts() hides smaller counts, and what they could be computed from. 1 hides nothing.",
							&min_cell_setting, MIN_CELL_DEFAULT, 1, MIN_CELL_MAX, PGC_USERSET, 0, NULL, NULL, NULL);
}

/* A row of members. */
typedef struct Member
{
	int			column;
	int32		kind;
	int32		member;
	int32		code;
} Member;

typedef struct Input
{
	ByudvHeap	heap;
	int			ncolumns;
	ByudvColumn *columns;		/* of events: slice, then those of tables */
	bool	   *is_row;			/* of each column, without slice */
	bool	   *is_item;
	int32	   *own_kind;		/* of each column: the kind whose areas are items of a table with rows of the same column; 0: none */
	ByudvCountTable *tables;
	int			ntables;
	Oid			events_relation;
	ByudvNumbers *numbers;		/* of each column, with slice */
	int32	   *events;			/* ncolumns + 1 for each */
	size_t		nevents;
	size_t		events_room;
	Member	   *members;
	size_t		nmembers;
	size_t		members_room;
} Input;

typedef struct Output
{
	ByudvOutput *output;
	int32		slice;
} Output;

/* The number of a column by its name; a new one if need be. */
static int
column_number(Input *in, const char *name)
{
	for (int c = 0; c < in->ncolumns; c++)
	{
		if (strcmp(in->columns[c + 1].name, name) == 0)
			return c;
	}
	in->columns[in->ncolumns + 1] = (ByudvColumn)
	{
		.name = name, .type = INT4OID
	};
	return in->ncolumns++;
}

/* A part of a table's name, without blanks around it. */
static char *
part(const char *from, const char *to)
{
	while (from < to && *from == ' ')
		from++;
	while (from < to && to[-1] == ' ')
		to--;
	return pnstrdup(from, to - from);
}

/* Takes the kind off an item such as home/4, if its column is that of the row; 0: there is none. */
static int32
take_kind(const char *row, char *item)
{
	char	   *slash = strrchr(item, '/');
	char	   *end;
	long		kind;

	if (slash == NULL || slash[1] < '1' || slash[1] > '9')
		return 0;
	errno = 0;
	kind = strtol(slash + 1, &end, 10);
	if (errno != 0 || *end != '\0' || kind > PG_INT32_MAX || strlen(row) != slash - item || strncmp(row, item, slash - item) != 0)
		return 0;
	*slash = '\0';
	return (int32) kind;
}

static void
read_table(Input *in, const char *name)
{
	const char *star = strchr(name, '*');
	ByudvCountTable *table = &in->tables[in->ntables];
	int32		kind;
	char	   *row,
			   *item;

	row = star == NULL ? pstrdup("") : part(name, star);
	item = star == NULL ? row : part(star + 1, name + strlen(name));
	kind = take_kind(row, item);
	if (*row == '\0' || *item == '\0' || strchr(item, '*') != NULL || (strcmp(row, item) == 0 && kind == 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a table must be the names of two columns with * between them"),
				 errdetail("Table %d is \"%s\".", in->ntables + 1, name),
				 errhint(TABLES_HINT)));
	table->row = column_number(in, row);
	table->item = column_number(in, item);
	for (int t = 0; t < in->ntables; t++)
	{
		const ByudvCountTable *other = &in->tables[t];

		if ((other->row == table->row && other->item == table->item) || (other->row == table->item && other->item == table->row))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("two tables have the same columns"),
					 errdetail("Tables %d and %d have both \"%s\" and \"%s\".", t + 1, in->ntables + 1, row, item),
					 errhint("What one of them hides the other could show. Leave one out.")));
	}
	in->is_row[table->row] = true;
	if (kind == 0)
		in->is_item[table->item] = true;
	else
		in->own_kind[table->row] = kind;
	in->ntables++;
}

static void
read_tables(Input *in, FunctionCallInfo fcinfo)
{
	Datum	   *names = NULL;
	bool	   *nulls = NULL;
	int			n = 0;

	if (!PG_ARGISNULL(1))
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &n);
	if (n < 1 || n > TABLES_MAX)
		ereport(ERROR,
				(errcode(PG_ARGISNULL(1) ? ERRCODE_NULL_VALUE_NOT_ALLOWED : ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tables must name 1 to %d tables", TABLES_MAX),
				 PG_ARGISNULL(1) ? errdetail("It is NULL.") : errdetail("It names %d.", n),
				 errhint(TABLES_HINT)));
	in->tables = palloc0(n * sizeof(ByudvCountTable));
	in->columns = palloc0((2 * n + 1) * sizeof(ByudvColumn));
	in->is_row = palloc0(2 * n * sizeof(bool));
	in->is_item = palloc0(2 * n * sizeof(bool));
	in->own_kind = palloc0(2 * n * sizeof(int32));
	in->columns[0] = (ByudvColumn)
	{
		.name = "slice", .type = INT4OID
	};
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a table must be the names of two columns with * between them"),
					 errdetail("Table %d is NULL.", i + 1),
					 errhint(TABLES_HINT)));
		read_table(in, TextDatumGetCString(names[i]));
	}
	for (int c = 0; c < in->ncolumns; c++)
	{
		if (in->own_kind[c] > 0 && in->is_item[c])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a column that has a table of its own kinds cannot be the items of another"),
					 errdetail("It is \"%s\".", in->columns[c + 1].name),
					 errhint("Give it as the rows of that table.")));
	}
}

static void
read_event(void *context, const Datum *values, const bool *nulls)
{
	Input	   *in = context;
	int			width = in->ncolumns + 1;
	int32	   *event;

	if (in->nevents >= PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("there are too many events"),
				 errdetail("There are more than %d.", PG_INT32_MAX),
				 errhint("Call it for some of the slices at a time.")));
	in->events = byudv_make_room(&in->heap, in->events, &in->events_room, in->nevents + 1, width * sizeof(int32));
	event = in->events + in->nevents++ * width;
	for (int i = 0; i < width; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s must not be null", in->columns[i].name),
					 errdetail("A row of events has none."),
					 errhint("Give what is not known a number of its own.")));
		event[i] = byudv_take_number(&in->numbers[i], &in->heap, DatumGetInt32(values[i]));
	}
}

static const ByudvColumn member_columns[] = {
	{"row_column", TEXTOID}, {"member", INT4OID}, {"kind", INT4OID}, {"code", INT4OID}
};

static void
read_member(void *context, const Datum *values, const bool *nulls)
{
	Input	   *in = context;
	Member		member;
	char	   *name;

	for (int i = 0; i < lengthof(member_columns); i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s must not be null", member_columns[i].name),
					 errdetail("A row of members has none."),
					 errhint(MEMBERS_HINT)));
	}
	member = (Member)
	{
		.column = -1, .member = DatumGetInt32(values[1]), .kind = DatumGetInt32(values[2]), .code = DatumGetInt32(values[3])
	};
	name = TextDatumGetCString(values[0]);
	for (int c = 0; c < in->ncolumns; c++)
	{
		if (in->is_row[c] && strcmp(in->columns[c + 1].name, name) == 0)
			member.column = c;
	}
	if (member.column < 0 && get_attnum(in->events_relation, name) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("members names a column that is not in events"),
				 errdetail("Its row_column is \"%s\".", name),
				 errhint(MEMBERS_HINT)));
	pfree(name);
	if (member.kind < 0 || (member.kind == 0 && member.code != 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("kind must be 1 or more"),
				 errdetail("Member %d has kind %d, code %d.", member.member, member.kind, member.code),
				 errhint("Number the kinds of areas from 1. Kind 0 with code 0, all together, is there without being given.")));
	if (member.column < 0 || member.kind == 0)
		return;					/* of tables that are not wanted now */
	in->members = byudv_make_room(&in->heap, in->members, &in->members_room, in->nmembers + 1, sizeof(Member));
	in->members[in->nmembers++] = member;
}

static int
compare_members(const void *a, const void *b)
{
	const Member *x = a,
			   *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->member != y->member)
		return x->member < y->member ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

/* A kind of a column: n members, which are sorted. */
static ByudvGrouping
make_kind(Input *in, const Member *members, size_t n)
{
	const Member *first = &members[0];
	const char *name = in->columns[first->column + 1].name;
	const ByudvNumbers *values = &in->numbers[first->column + 1];
	ByudvNumbers codes = {0};
	int32	   *area = MemoryContextAllocHuge(CurrentMemoryContext, ((size_t) values->n + 1) * sizeof(int32)),
			   *sorted;

	for (int32 v = 0; v < values->n; v++)
		area[v] = -1;
	for (size_t i = 0; i < n; i++)
	{
		int32		v = byudv_find_number(values, members[i].member);

		if (i > 0 && members[i].member == members[i - 1].member && members[i].code != members[i - 1].code)
			ereport(ERROR,
					(errcode(ERRCODE_CARDINALITY_VIOLATION),
					 errmsg("a member has two codes of one kind"),
					 errdetail("Member %d of \"%s\" has codes %d and %d of kind %d.", members[i].member, name,
							   members[i - 1].code, members[i].code, members[i].kind),
					 errhint("A value belongs to one area of each kind. Give a value of its own to what lies in others.")));
		if (v >= 0)
			area[v] = byudv_take_number(&codes, &in->heap, members[i].code);
	}
	sorted = byudv_sort_numbers(&codes, &in->heap);
	for (int32 v = 0; v < values->n; v++)
	{
		if (area[v] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a value of events is missing in members"),
					 errdetail("Value %d of \"%s\" has no code of kind %d.", values->values[v], name, first->kind),
					 errhint(MEMBERS_HINT)));
		area[v] = sorted[area[v]];
	}
	return (ByudvGrouping)
	{
		.kind = first->kind, .nareas = codes.n, .area = area, .codes = codes.values
	};
}

/* Every value an area. */
static ByudvGrouping
make_itself(const ByudvNumbers *values)
{
	int32	   *area = MemoryContextAllocHuge(CurrentMemoryContext, ((size_t) values->n + 1) * sizeof(int32));

	for (int32 v = 0; v < values->n; v++)
		area[v] = v;
	return (ByudvGrouping)
	{
		.kind = 1, .nareas = values->n, .area = area, .codes = values->values
	};
}

/* Tables that have items of a kind: which grouping that is. */
static void
find_kinds(Input *in, const ByudvCountColumn *columns)
{
	for (int t = 0; t < in->ntables; t++)
	{
		ByudvCountTable *table = &in->tables[t];
		const ByudvCountColumn *column = &columns[table->row];

		if (table->item != table->row)
			continue;
		for (int g = 0; g < column->nkinds; g++)
		{
			if (column->groupings[g].kind == in->own_kind[table->row])
				table->item_grouping = g + 1;
		}
		if (table->item_grouping == 0 || column->itself >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a table takes its items from a kind that is not in members"),
					 errdetail("Table %d is of kind %d of \"%s\".", t + 1, in->own_kind[table->row], in->columns[table->row + 1].name),
					 errhint(MEMBERS_HINT)));
	}
}

static ByudvCountColumn *
make_columns(Input *in)
{
	ByudvCountColumn *columns = palloc0(in->ncolumns * sizeof(ByudvCountColumn));
	size_t		at = 0;

	if (in->nmembers > 0)
		qsort(in->members, in->nmembers, sizeof(Member), compare_members);
	for (int c = 0; c < in->ncolumns; c++)
	{
		ByudvCountColumn *column = &columns[c];
		ByudvGrouping *groupings;
		int			kinds = 0;

		for (size_t i = at; i < in->nmembers && in->members[i].column == c; i++)
			kinds += i == at || in->members[i].kind != in->members[i - 1].kind;
		groupings = palloc0((kinds + 1) * sizeof(ByudvGrouping));
		for (int k = 0; k < kinds; k++)
		{
			size_t		end = at;

			while (end < in->nmembers && in->members[end].column == c && in->members[end].kind == in->members[at].kind)
				end++;
			groupings[k] = make_kind(in, in->members + at, end - at);
			at = end;
		}
		column->itself = -1;
		column->ngroupings = kinds;
		if (kinds == 0 || in->is_item[c])
		{
			column->itself = kinds;
			groupings[column->ngroupings++] = make_itself(&in->numbers[c + 1]);
		}
		column->nkinds = kinds == 0 ? 1 : kinds;
		column->nvalues = in->numbers[c + 1].n;
		column->groupings = groupings;
	}
	return columns;
}

static void *
slice_alloc(void *context, size_t size)
{
	return MemoryContextAllocHuge(context, size);
}

static void
put_count(void *context, const ByudvCount *count)
{
	Output	   *result = context;
	Datum		values[6];
	bool		nulls[6] = {false};

	values[0] = Int32GetDatum(result->slice);
	values[1] = Int32GetDatum(count->table + 1);
	values[2] = Int32GetDatum(count->kind);
	values[3] = Int32GetDatum(count->code);
	nulls[3] = count->no_code;
	values[4] = Int32GetDatum(count->item);
	nulls[4] = count->no_item;
	values[5] = Int64GetDatum(count->persons);
	nulls[5] = count->hidden;
	byudv_output_row(result->output, values, nulls);
}

static int32
min_cell_arg(FunctionCallInfo fcinfo)
{
	int32		min_cell = PG_ARGISNULL(3) ? min_cell_setting : PG_GETARG_INT32(3);

	if (min_cell < 1 || min_cell > MIN_CELL_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_cell must be 1 to %d persons", MIN_CELL_MAX),
				 errdetail("It is %d.", min_cell),
				 errhint("Leave it out for the setting byudv.min_cell.")));
	return min_cell;
}

/* Numbers in the order of values, and events by slice. */
static void
group_events(Input *in)
{
	int			width = in->ncolumns + 1;
	int32	  **sorted = palloc(width * sizeof(int32 *)),
			   *grouped;

	for (int i = 0; i < width; i++)
		sorted[i] = byudv_sort_numbers(&in->numbers[i], &in->heap);
	for (size_t e = 0; e < in->nevents; e++)
	{
		for (int i = 0; i < width; i++)
			in->events[e * width + i] = sorted[i][in->events[e * width + i]];
	}
	grouped = MemoryContextAllocHuge(CurrentMemoryContext, (in->nevents + 1) * width * sizeof(int32));
	byudv_group_rows(in->events, grouped, in->nevents, width, in->numbers[0].n, &in->heap);
	if (in->events != NULL)
		pfree(in->events);
	in->events = grouped;
}

Datum
byudv_protected_counts(PG_FUNCTION_ARGS)
{
	Input		in = {.heap = byudv_heap()};
	Output		result;
	ByudvProtection protection = {.min_cell = min_cell_arg(fcinfo), .emit = put_count, .context = &result};
	ByudvArena	arena = {.alloc = slice_alloc, .context = CurrentMemoryContext};
	int			width;

	in.events_relation = byudv_relation_arg(fcinfo, 0, "events");
	read_tables(&in, fcinfo);
	width = in.ncolumns + 1;
	in.numbers = palloc0(width * sizeof(ByudvNumbers));
	byudv_read_relation(in.events_relation, "events", in.columns, width, read_event, &in);
	if (!PG_ARGISNULL(2))
		byudv_read_relation(PG_GETARG_OID(2), "members", member_columns, lengthof(member_columns), read_member, &in);
	group_events(&in);

	protection.ncolumns = in.ncolumns;
	protection.columns = make_columns(&in);
	if (in.nevents > 0)
		find_kinds(&in, protection.columns);
	protection.ntables = in.ntables;
	protection.tables = in.tables;
	byudv_protection_begin(&protection, &arena);
	protection.arena = arena;
	protection.arena.context = AllocSetContextCreate(CurrentMemoryContext, "byudv slice", ALLOCSET_DEFAULT_SIZES);
	result.output = byudv_output_begin(fcinfo);
	for (size_t first = 0, end; first < in.nevents; first = end)
	{
		const int32 *rows = in.events + first * width;
		int64		cells;

		for (end = first + 1; end < in.nevents && in.events[end * width] == rows[0]; end++)
			;
		result.slice = in.numbers[0].values[rows[0]];
		cells = byudv_protect_slice(&protection, rows + 1, (int32) (end - first), width);
		if (cells > BYUDV_CELLS_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("the tables have too many cells"),
					 errdetail("In slice %d they have %lld, and %lld can be protected.", result.slice, (long long) cells,
							   (long long) BYUDV_CELLS_MAX),
					 errhint("Give coarser rows and items, or fewer tables at a time.")));
		MemoryContextReset(protection.arena.context);
	}
	return (Datum) 0;
}
