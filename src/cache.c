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
#include "tables.h"

#include "access/table.h"
#include "access/xact.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

static ByudvRules *current = NULL;
static bool valid = false;
static TimestampTz valid_in_statement = 0;

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

		while (t < TABLES && byudv_table_oids[t] != relation)
			t++;
		if (t == TABLES)
			return;
	}
	valid = false;
}

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
	byudv_load_codes(&rules->dwelling_types, "dwelling type", schema, T_DWELLING_TYPE,
			   snapshot);
	byudv_load_codes(&rules->owner_kinds, "owner kind", schema, T_OWNER_KIND, snapshot);
	byudv_load_codes(&rules->tenures, "tenure", schema, T_TENURE, snapshot);
	rules->type_not_a_dwelling = byudv_own_code(&rules->dwelling_types, "not_a_dwelling");
	rules->type_commercial = byudv_own_code(&rules->dwelling_types, "commercial_dwelling");
	rules->type_holiday = byudv_own_code(&rules->dwelling_types, "holiday");
	rules->type_unknown = byudv_own_code(&rules->dwelling_types, "unknown");
	rules->kind_unclassified = byudv_own_code(&rules->owner_kinds, "unclassified");
	rules->tenure_unknown = byudv_own_code(&rules->tenures, "unknown");
	byudv_load_register_codes(rules, schema, snapshot);
	byudv_load_use_codes(rules, schema, snapshot);
	byudv_load_patterns(rules, schema, snapshot, &arena, &scratch);
	byudv_load_rules(rules, schema, snapshot, &arena, &scratch);
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
		Relation	relation = table_open(get_relname_relid(byudv_table_names[t], schema),
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
