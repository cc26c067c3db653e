/*
 * residence_build.c
 *		byudv.build_residences(): residences written straight into a table.
 *
 * Rows go into the table a page at a time and past everything that an INSERT
 * would do for each of them, which is only right for an empty table without
 * indexes, triggers and constraints: that is checked first.
 */
#include "moves.h"

#include "access/heapam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/catalog.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/tablecmds.h"
#include "executor/executor.h"
#include "executor/tuptable.h"
#include "storage/bufmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(byudv_build_residences);

#define COLUMNS		5
#define BATCH		1000

static const ByudvColumn target_columns[COLUMNS] = {
	{"person_id", INT8OID}, {"dwelling_id", INT8OID}, {"from_date", DATEOID}, {"to_date", DATEOID}, {"records", INT4OID}
};

typedef struct Writer
{
	Relation	target;
	BulkInsertState state;
	MemoryContext context;		/* of a batch */
	CommandId	command;
	int			options;
	TupleTableSlot *slots[BATCH];
	int			nslots;
	int64		written;
} Writer;

static void
refuse(Relation target, const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("residences cannot be built into relation \"%s\"", RelationGetRelationName(target)),
			 errdetail("%s", why),
			 errhint("Give a fresh table: CREATE TABLE t (person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer); make indexes afterwards. Or: INSERT INTO t SELECT * FROM byudv.residences(source).")));
}

static void
check_columns(Relation target)
{
	TupleDesc	desc = RelationGetDescr(target);
	bool		fits = desc->natts == COLUMNS;

	for (int i = 0; i < COLUMNS && fits; i++)
	{
		Form_pg_attribute a = TupleDescAttr(desc, i);

		fits = !a->attisdropped && a->atttypid == target_columns[i].type &&
			strcmp(NameStr(a->attname), target_columns[i].name) == 0 && a->attgenerated == '\0' && a->attidentity == '\0' &&
			(!a->attnotnull || (i != 1 && i != 3));
	}
	if (!fits)
		refuse(target, "Its columns must be person_id bigint, dwelling_id bigint, from_date date, to_date date, records integer, in this order, and the second and fourth may be null.");
}

/* As of now, whatever the snapshot of the transaction: what others committed while the lock was waited for counts. */
static bool
has_rows(Relation target)
{
	Snapshot	snapshot;
	TableScanDesc scan;
	TupleTableSlot *slot;
	bool		found;

	if (RelationGetNumberOfBlocks(target) == 0)
		return false;
	snapshot = RegisterSnapshot(GetLatestSnapshot());
	scan = table_beginscan(target, snapshot, 0, NULL);
	slot = table_slot_create(target, NULL);
	found = table_scan_getnextslot(scan, ForwardScanDirection, slot);
	ExecDropSingleTupleTableSlot(slot);
	table_endscan(scan);
	UnregisterSnapshot(snapshot);
	return found;
}

/* Before the lock, or everybody could keep others away from any table for as long as they wait for it; and after, since it may have changed till then. */
static void
check_privilege(Oid target)
{
	AclResult	allowed;

	if (!SearchSysCacheExists1(RELOID, ObjectIdGetDatum(target)))
		return;					/* table_open says so */
	allowed = pg_class_aclcheck(target, GetUserId(), ACL_INSERT);
	if (allowed != ACLCHECK_OK)
		aclcheck_error(allowed, get_relkind_objtype(get_rel_relkind(target)), get_rel_name(target));
}

/* A table into which rows can be put without looking back. */
static void
check_target(Relation target)
{
	check_privilege(RelationGetRelid(target));
	if (target->rd_rel->relkind != RELKIND_RELATION)
		refuse(target, "It is not a table.");
	if (IsCatalogRelation(target))
		refuse(target, "It is a system catalog.");
	if (target->rd_rel->relispartition)
		refuse(target, "It is a partition.");
	if (check_enable_rls(RelationGetRelid(target), InvalidOid, false) == RLS_ENABLED)
		refuse(target, "It has row-level security.");
	if (target->trigdesc != NULL)
		refuse(target, "It has triggers or foreign keys.");
	if (target->rd_rel->relhasindex && RelationGetIndexList(target) != NIL)
		refuse(target, "It has indexes.");
	check_columns(target);
	if (RelationGetDescr(target)->constr != NULL && RelationGetDescr(target)->constr->num_check > 0)
		refuse(target, "It has check constraints.");
	if (target->rd_rules != NULL)
		refuse(target, "It has rules.");
	if (has_rows(target))
		refuse(target, "It is not empty.");
	CheckTableNotInUse(target, "byudv.build_residences()");
	PreventCommandIfReadOnly("byudv.build_residences()");
}

static void
write_batch(Writer *writer)
{
	MemoryContext old = MemoryContextSwitchTo(writer->context);

	table_multi_insert(writer->target, writer->slots, writer->nslots, writer->command, writer->options, writer->state);
	MemoryContextSwitchTo(old);
	for (int i = 0; i < writer->nslots; i++)
		ExecClearTuple(writer->slots[i]);
	MemoryContextReset(writer->context);
	writer->written += writer->nslots;
	writer->nslots = 0;
	CHECK_FOR_INTERRUPTS();
}

static void
write_residence(void *context, const ByudvResidence *residence)
{
	Writer	   *writer = context;
	TupleTableSlot *slot = writer->slots[writer->nslots++];

	slot->tts_values[0] = Int64GetDatum(residence->person);
	slot->tts_values[1] = Int64GetDatum(residence->dwelling);
	slot->tts_isnull[1] = residence->dwelling == BYUDV_OUTSIDE;
	slot->tts_values[2] = DateADTGetDatum(residence->from);
	slot->tts_values[3] = DateADTGetDatum(residence->to);
	slot->tts_isnull[3] = residence->to == BYUDV_ONGOING;
	slot->tts_values[4] = Int32GetDatum(residence->records);
	slot->tts_isnull[0] = slot->tts_isnull[2] = slot->tts_isnull[4] = false;
	ExecStoreVirtualTuple(slot);
	if (writer->nslots == BATCH)
		write_batch(writer);
}

Datum
byudv_build_residences(PG_FUNCTION_ARGS)
{
	Oid			source = byudv_relation_arg(fcinfo, 0, "source");
	Oid			target = byudv_relation_arg(fcinfo, 1, "target");
	int32		max_gap = byudv_days_arg(fcinfo, 2, "max_gap");
	ByudvRejects rejects = {0};
	Writer		writer = {0};
	Datum		values[5];
	bool		nulls[5] = {false};

	PreventCommandDuringRecovery("byudv.build_residences()");	/* says more than that the lock cannot be had */
	/* nobody else writes meanwhile, and who reads sees an empty table */
	check_privilege(target);
	writer.target = table_open(target, ShareRowExclusiveLock);
	check_target(writer.target);
	writer.state = GetBulkInsertState();
	writer.context = AllocSetContextCreate(CurrentMemoryContext, "byudv batch of residences", ALLOCSET_DEFAULT_SIZES);
	writer.command = GetCurrentCommandId(true);
	writer.options = TABLE_INSERT_SKIP_FSM;
	for (int i = 0; i < BATCH; i++)
		writer.slots[i] = table_slot_create(writer.target, NULL);

	byudv_make_residences(source, max_gap, &rejects, write_residence, &writer);
	if (writer.nslots > 0)
		write_batch(&writer);

	for (int i = 0; i < BATCH; i++)
		ExecDropSingleTupleTableSlot(writer.slots[i]);
	FreeBulkInsertState(writer.state);
	table_finish_bulk_insert(writer.target, writer.options);
	table_close(writer.target, NoLock);
	CommandCounterIncrement();

	values[0] = Int64GetDatum(writer.written);
	values[1] = Int64GetDatum(rejects.used);
	values[2] = Int64GetDatum(rejects.no_start);
	values[3] = Int64GetDatum(rejects.negative);
	values[4] = Int64GetDatum(rejects.zero_length);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(byudv_result_desc(fcinfo), values, nulls)));
}
