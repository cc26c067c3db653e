/*
 * relation.c
 *		Reading relations of the user's: tables, views, foreign and partitioned
 *		tables, with the caller's rights, one row after the other.
 *
 * An ordinary query is run, so that privileges, row security and everything
 * that can stand behind a name work as always; its rows go to the caller as they
 * come, without copies.
 */
#include "moves.h"

#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "tcop/dest.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

typedef struct RowReceiver
{
	DestReceiver receiver;
	ByudvRowFunction row;
	void	   *context;
} RowReceiver;

static bool
receive(TupleTableSlot *slot, DestReceiver *self)
{
	RowReceiver *receiver = (RowReceiver *) self;

	slot_getallattrs(slot);
	receiver->row(receiver->context, slot->tts_values, slot->tts_isnull);
	return true;
}

static void
start(DestReceiver *self, int operation, TupleDesc desc)
{
}

static void
end(DestReceiver *self)
{
}

/* name type, name type, as a message lists them */
static char *
list_columns(const ByudvColumn *columns, int n)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < n; i++)
		appendStringInfo(&list, "%s%s %s%s", i == 0 ? "" : ", ", columns[i].name,
						 format_type_be(columns[i].type), columns[i].optional ? " (optional)" : "");
	return list.data;
}

static bool
is_readable_as(Oid found, Oid expected)
{
	found = getBaseType(found);
	switch (expected)
	{
		case INT8OID:
			return found == INT8OID || found == INT4OID || found == INT2OID;
		case INT4OID:
			return found == INT4OID || found == INT2OID;
		case FLOAT8OID:
			return found == FLOAT8OID || found == FLOAT4OID || found == NUMERICOID || is_readable_as(found, INT8OID);
		case TEXTOID:
			return found == TEXTOID || found == VARCHAROID || found == BPCHAROID || found == NAMEOID;
		default:
			return found == expected;
	}
}

static char *
relation_text(Oid relation)
{
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)), get_rel_name(relation));
}

/* What to select for a column. */
static void
append_column(StringInfo query, Oid relation, const char *argument, const ByudvColumn *columns, int ncolumns, int i)
{
	const ByudvColumn *column = &columns[i];
	AttrNumber	number = get_attnum(relation, column->name);
	Oid			type;

	if (number <= 0)
	{
		if (!column->optional)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("relation %s has no column \"%s\"", relation_text(relation), column->name),
					 errdetail("As %s it needs the columns %s.", argument, list_columns(columns, ncolumns)),
					 errhint("Give a view over it that names its columns so.")));
		appendStringInfo(query, "NULL::%s", format_type_be_qualified(column->type));
		return;
	}
	type = get_atttype(relation, number);
	if (!is_readable_as(type, column->type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of relation %s is of type %s, not %s", column->name, relation_text(relation),
						format_type_be(type), format_type_be(column->type)),
				 errdetail("As %s it needs the columns %s.", argument, list_columns(columns, ncolumns)),
				 errhint("Give a view over it that casts the column.")));
	appendStringInfo(query, type == column->type ? "r.%s" : "r.%s::%s", quote_identifier(column->name),
					 format_type_be_qualified(column->type));
}

void
byudv_read_relation(Oid relation, const char *argument, const ByudvColumn *columns, int ncolumns,
					ByudvRowFunction row, void *context)
{
	RowReceiver receiver = {
		.receiver = {
			.receiveSlot = receive, .rStartup = start, .rShutdown = end, .rDestroy = end, .mydest = DestTuplestore
		},
		.row = row,
		.context = context
	};
	SPIExecuteOptions options = {.read_only = true, .dest = &receiver.receiver};
	StringInfoData query;
	int			result;

	if (get_rel_name(relation) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("there is no relation with OID %u", relation),
				 errdetail("It is given as %s.", argument)));
	switch (get_rel_relkind(relation))
	{
		case RELKIND_RELATION:
		case RELKIND_VIEW:
		case RELKIND_MATVIEW:
		case RELKIND_FOREIGN_TABLE:
		case RELKIND_PARTITIONED_TABLE:
			break;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_WRONG_OBJECT_TYPE),
					 errmsg("relation %s has no rows to read", relation_text(relation)),
					 errdetail("As %s it must be a table, a view or a foreign table.", argument)));
	}

	SPI_connect();
	initStringInfo(&query);
	appendStringInfoString(&query, "SELECT ");
	for (int i = 0; i < ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(&query, ", ");
		append_column(&query, relation, argument, columns, ncolumns, i);
	}
	appendStringInfo(&query, " FROM %s AS r", relation_text(relation));
	result = SPI_execute_extended(query.data, &options);
	if (result != SPI_OK_SELECT)
		elog(ERROR, "reading %s failed: %s", relation_text(relation), SPI_result_code_string(result));
	SPI_finish();
}

Oid
byudv_relation_arg(FunctionCallInfo fcinfo, int arg, const char *name)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", name),
				 errhint("Give the name of a table or view as %s, such as 'my_schema.my_table'.", name)));
	return PG_GETARG_OID(arg);
}

int32
byudv_days_arg(FunctionCallInfo fcinfo, int arg, const char *name)
{
	if (PG_ARGISNULL(arg) || PG_GETARG_INT32(arg) < 0)
		ereport(ERROR,
				(errcode(PG_ARGISNULL(arg) ? ERRCODE_NULL_VALUE_NOT_ALLOWED : ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a number of days, 0 or more", name),
				 PG_ARGISNULL(arg) ? errdetail("It is NULL.") : errdetail("It is %d.", PG_GETARG_INT32(arg)),
				 errhint("Leave %s out for the default.", name)));
	return PG_GETARG_INT32(arg);
}
