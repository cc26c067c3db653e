/*
 * triggers.c
 *		What happens when somebody edits a code, pattern or rule table.
 *
 * protect_builtin (each row): built-in rows are the extension's.  They are
 * not in a dump, an update of the extension replaces them, and so a user's
 * change to them would be lost without a word; it is refused instead.
 * rules_changed (each statement): refuse what does not compile, tell every
 * backend, and put the built-in rows back after TRUNCATE.
 *
 * Everybody may make triggers that call them, on tables of their own.  So
 * rules_changed, which reads all tables beside the one that it is fired on, is
 * for those of the extension only: elsewhere, what has their names may be
 * anything.
 */
#include "byudv.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "storage/lock.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "compat.h"

PG_FUNCTION_INFO_V1(byudv_protect_builtin);
PG_FUNCTION_INFO_V1(byudv_rules_changed);

/* The built-in rows are being put back by rules_changed itself. */
static bool seeding = false;

static TriggerData *
trigger_data(FunctionCallInfo fcinfo, const char *function)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("byudv.%s() can only be called as a trigger", function)));
	return (TriggerData *) fcinfo->context;
}

static bool
is_builtin(Relation relation, HeapTuple tuple)
{
	AttrNumber	a = get_attnum(RelationGetRelid(relation), "is_builtin");
	bool		isnull;
	Datum		value;

	if (a <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("table \"%s\" has no column is_builtin",
						RelationGetRelationName(relation))));
	value = heap_getattr(tuple, a, RelationGetDescr(relation), &isnull);
	return !isnull && DatumGetBool(value);
}

Datum
byudv_protect_builtin(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "protect_builtin");
	const char *table = RelationGetRelationName(data->tg_relation);
	HeapTuple	result;

	if (!TRIGGER_FIRED_FOR_ROW(data->tg_event) || !TRIGGER_FIRED_BEFORE(data->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("byudv.protect_builtin() must be fired before each row")));
	result = TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple :
		data->tg_trigtuple;
	if (creating_extension || seeding)
		return PointerGetDatum(result);

	if (TRIGGER_FIRED_BY_INSERT(data->tg_event))
	{
		if (is_builtin(data->tg_relation, result))
			ereport(ERROR,
					(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					 errmsg("cannot add a built-in row to byudv.%s", table),
					 errdetail("Built-in rows belong to the extension; a dump would not hold this one."),
					 errhint("Leave is_builtin out: a row of your own with the same key replaces the built-in one.")));
	}
	else if (is_builtin(data->tg_relation, data->tg_trigtuple) ||
			 is_builtin(data->tg_relation, result))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("cannot change or delete built-in rows of byudv.%s", table),
				 errdetail("Built-in rows belong to the extension, whose next version replaces them."),
				 errhint("Add a row of your own with the same key, which replaces the built-in one, or add WHERE NOT is_builtin.")));
	return PointerGetDatum(result);
}

/* Run the table's seed function. */
static void
put_builtin_back(Relation relation)
{
	char	   *query = psprintf("SELECT %s.%s()",
								 quote_identifier(get_namespace_name(RelationGetNamespace(relation))),
								 quote_identifier(psprintf("seed_%s",
														   RelationGetRelationName(relation))));

	seeding = true;
	PG_TRY();
	{
		SPI_connect();
		if (SPI_execute(query, false, 0) != SPI_OK_SELECT)
			elog(ERROR, "could not run %s", query);
		SPI_finish();
	}
	PG_FINALLY();
	{
		seeding = false;
	}
	PG_END_TRY();
}

Datum
byudv_rules_changed(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "rules_changed");
	LOCKTAG		tag;

	if (TRIGGER_FIRED_FOR_ROW(data->tg_event) || TRIGGER_FIRED_BEFORE(data->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("byudv.rules_changed() must be fired after each statement")));
	if (RelationGetNamespace(data->tg_relation) != get_func_namespace(fcinfo->flinfo->fn_oid))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("byudv.rules_changed() is for the tables of the extension"),
				 errdetail("Table \"%s\" is in another schema.", RelationGetRelationName(data->tg_relation)),
				 errhint("Drop the trigger \"%s\" on it.", data->tg_trigger->tgname)));
	CacheInvalidateRelcache(data->tg_relation);
	if (creating_extension || seeding)
		return PointerGetDatum(NULL);
	if (TRIGGER_FIRED_BY_TRUNCATE(data->tg_event))
	{
		put_builtin_back(data->tg_relation);

		/*
		 * One TRUNCATE may empty several tables, and the trigger of each runs
		 * on its own: the last one, which finds all filled, checks.
		 */
		CommandCounterIncrement();
		if (byudv_some_table_empty(RelationGetNamespace(data->tg_relation)))
			return PointerGetDatum(NULL);
	}

	/*
	 * A dump says that it is being restored by switching this off, and for the
	 * same reason: what a rule names may come later, even in another session.
	 * The load that uses the rows checks them.
	 */
	if (!check_function_bodies)
		return PointerGetDatum(NULL);

	/*
	 * Two sessions may write rows that are valid each but not together, such
	 * as a pattern and the removal of its kind.  One waits for the other's end
	 * here, and then checks with its rows.  The lock is nobody else's.
	 */
	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId,
						 (uint32) RelationGetNamespace(data->tg_relation), 0, 3);
	(void) LockAcquire(&tag, ExclusiveLock, false, false);

	/* see the rows that this statement wrote */
	CommandCounterIncrement();
	byudv_check_rules(RelationGetNamespace(data->tg_relation));
	return PointerGetDatum(NULL);
}
