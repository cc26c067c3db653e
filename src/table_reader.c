/*
 * table_reader.c
 *		Reading a table of the extension, row by row.
 */
#include "tables.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

const char *const byudv_table_names[TABLES] = {
	"dwelling_type_code", "owner_kind_code", "tenure_code", "register_code",
	"use_code", "owner_pattern", "tenure_rule",
};
Oid			byudv_table_oids[TABLES];

void
byudv_open_reader(Reader *reader, Oid schema, int table, const Column *columns,
			int ncolumns, Snapshot snapshot)
{
	const char *name = byudv_table_names[table];
	Oid			oid = get_relname_relid(name, schema);
	TupleDesc	desc;

	if (!OidIsValid(oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("table byudv.%s does not exist", name),
				 errhint("It belongs to the extension byudv: create that anew.")));
	byudv_table_oids[table] = oid;
	reader->relation = table_open(oid, AccessShareLock);
	if (reader->relation->rd_rel->relkind != RELKIND_RELATION)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("byudv.%s is not a table", name),
				 errhint("The extension's tables must be tables, not views over others; add rows of your own to them.")));
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

bool
byudv_read_row(Reader *reader)
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

void
byudv_close_reader(Reader *reader)
{
	systable_endscan(reader->scan);
	table_close(reader->relation, AccessShareLock);
}

/* A text value, copied; NULL when it is NULL. */
char *
byudv_read_text(const Reader *reader, int column)
{
	return reader->nulls[column] ? NULL :
		TextDatumGetCString(reader->values[column]);
}

int
byudv_read_int(const Reader *reader, int column, int otherwise)
{
	return reader->nulls[column] ? otherwise :
		DatumGetInt32(reader->values[column]);
}

bool
byudv_read_bool(const Reader *reader, int column)
{
	return !reader->nulls[column] && DatumGetBool(reader->values[column]);
}
