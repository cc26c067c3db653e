/*
 * tables.h
 *		What the files that read the code, pattern and rule tables share.
 */
#ifndef BYUDV_TABLES_H
#define BYUDV_TABLES_H

#include "byudv.h"

#include "access/genam.h"
#include "utils/rel.h"
#include "utils/snapshot.h"

/* The tables. */
enum
{
	T_DWELLING_TYPE, T_OWNER_KIND, T_TENURE, T_REGISTER, T_USE, T_PATTERN, T_RULE
};
#define TABLES	7

extern const char *const byudv_table_names[TABLES];
extern Oid	byudv_table_oids[TABLES];	/* of those that have been read */

/* The default of the functions' last argument. */
#define DEFAULT_NORM	"corrected"

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

/*
 * table_reader.c
 */
extern void byudv_open_reader(Reader *reader, Oid schema, int table, const Column *columns,
							  int ncolumns, Snapshot snapshot);
extern bool byudv_read_row(Reader *reader);
extern void byudv_close_reader(Reader *reader);

/* A text value, copied; NULL when it is NULL. */
extern char *byudv_read_text(const Reader *reader, int column);
extern int	byudv_read_int(const Reader *reader, int column, int otherwise);
extern bool byudv_read_bool(const Reader *reader, int column);

/*
 * code_tables.c
 */
extern void byudv_load_codes(ByudvCodeList *list, const char *what, Oid schema, int table, Snapshot snapshot);
extern void byudv_load_register_codes(ByudvRules *rules, Oid schema, Snapshot snapshot);
extern void byudv_load_use_codes(ByudvRules *rules, Oid schema, Snapshot snapshot);

/* The number of a code, or -1. */
extern int	byudv_find_code(const ByudvCodeList *list, const char *code);

/* The number of a code that the program itself means. */
extern int	byudv_own_code(const ByudvCodeList *list, const char *code);

/* The codes, for messages. */
extern char *byudv_list_codes(const ByudvCodeList *list);

/*
 * pattern_table.c, rule_table.c
 */
extern void byudv_load_patterns(ByudvRules *rules, Oid schema, Snapshot snapshot,
								const ByudvArena *arena, const ByudvArena *scratch);
extern void byudv_load_rules(ByudvRules *rules, Oid schema, Snapshot snapshot,
							 const ByudvArena *arena, const ByudvArena *scratch);

#endif							/* BYUDV_TABLES_H */
