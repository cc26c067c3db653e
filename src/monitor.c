/*
 * monitor.c
 *		What the monitor's procedures cannot tell in SQL.
 */
#include "byudv.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/lock.h"

PG_FUNCTION_INFO_V1(byudv_in_transaction_block);
PG_FUNCTION_INFO_V1(byudv_refresh_lock);
PG_FUNCTION_INFO_V1(byudv_refresh_unlock);

/*
 * A refresh holds an advisory lock of the session, since it has to outlast the commits between its steps. A session's lock also outlasts an error,
 * and what cancels a refresh between two steps is caught by nobody, so a session that stays connected would keep others out for as long as it does.
 * Hence the lock ends with any transaction that is rolled back, and is no more than one at a time: a refresh is a statement of its own.
 */
static bool lock_held = false;
static LOCKTAG lock_tag;

/* A procedure can commit only where the client has not begun a transaction; to find out by trying would leave the error without a hint. */
Datum
byudv_in_transaction_block(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(IsTransactionBlock());
}

static void
release_lock(void)
{
	if (lock_held)
	{
		lock_held = false;
		LockRelease(&lock_tag, ExclusiveLock, true);
	}
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT)
		release_lock();
}

/* Takes the lock of these keys, as pg_try_advisory_lock(part, number) does; false if another session has it */
Datum
byudv_refresh_lock(PG_FUNCTION_ARGS)
{
	static bool registered = false;

	if (!registered)
	{
		RegisterXactCallback(at_transaction_end, NULL);
		registered = true;
	}
	release_lock();
	SET_LOCKTAG_ADVISORY(lock_tag, MyDatabaseId, (uint32) PG_GETARG_INT32(0), (uint32) PG_GETARG_INT32(1), 2);
	if (LockAcquire(&lock_tag, ExclusiveLock, true, true) == LOCKACQUIRE_NOT_AVAIL)
		PG_RETURN_BOOL(false);
	lock_held = true;
	PG_RETURN_BOOL(true);
}

Datum
byudv_refresh_unlock(PG_FUNCTION_ARGS)
{
	release_lock();
	PG_RETURN_VOID();
}
