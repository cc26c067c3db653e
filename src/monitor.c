/*
 * monitor.c
 *		What the monitor's procedures cannot tell in SQL.
 */
#include "byudv.h"

#include "access/xact.h"

PG_FUNCTION_INFO_V1(byudv_in_transaction_block);

/* A procedure can commit only where the client has not begun a transaction; to find out by trying would leave the error without a hint. */
Datum
byudv_in_transaction_block(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(IsTransactionBlock());
}
