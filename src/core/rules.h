/*
 * rules.h
 *		Compiled rule sets: which rule decides, in a handful of ANDs.
 *
 * A rule is a conjunction: for each signal the set of values that it accepts.
 * Compiled, every value of every signal has a bitmap of the rules that accept
 * it; the AND of nine bitmaps holds the rules that apply, and its lowest bit
 * is the one that decides, however many rules there are.
 */
#ifndef BYUDV_RULES_H
#define BYUDV_RULES_H

#include "core.h"

typedef enum ByudvSignal
{
	BYUDV_OWNER_CODE,
	BYUDV_USE_CLASS,
	BYUDV_OWNER_KIND,
	BYUDV_INSURANCE,
	BYUDV_BUILT_YEAR,
	BYUDV_OCCUPATION,
	BYUDV_PROPERTY_KIND,
	BYUDV_SUPPORT,
	BYUDV_PROXY
} ByudvSignal;

#define BYUDV_SIGNALS	9

/* Values are 0 .. BYUDV_VALUE_MAX; years too. */
#define BYUDV_VALUE_MAX		2399
#define BYUDV_NOT_STATED	(-1)

#define BYUDV_RULES_MAX		1024

/* The values that one rule accepts of one signal. */
typedef struct ByudvCondition
{
	bool		any;			/* all, stated or not; the rest is ignored */
	bool		is_range;		/* from .. to instead of a list */
	int			from;
	int			to;
	const int  *values;			/* may hold BYUDV_NOT_STATED */
	int			nvalues;
} ByudvCondition;

typedef struct ByudvRule
{
	ByudvCondition conditions[BYUDV_SIGNALS];
	int			outcome;		/* 0 .. BYUDV_VALUE_MAX */
} ByudvRule;

typedef struct ByudvRuleSet ByudvRuleSet;

/* Compile n rules, the first to be tried first; n <= BYUDV_RULES_MAX. */
extern ByudvRuleSet *byudv_rules_compile(const ByudvRule *rules, int n,
										 const ByudvArena *arena);

/*
 * The deciding rule, -1 when none applies.  values: one per signal, each
 * BYUDV_NOT_STATED or 0 .. BYUDV_VALUE_MAX.
 */
extern int	byudv_rules_match(const ByudvRuleSet *set, const int *values);

/*
 * The same, but the owner kind, which costs the most to find, is asked for
 * only where it matters: kind(context) instead of values[BYUDV_OWNER_KIND].
 * It is enough that the outcome is settled; of several rules with the outcome
 * that would decide, any may be returned.
 */
extern int	byudv_rules_match_lazily(const ByudvRuleSet *set, const int *values,
									 int (*kind) (void *context), void *context);

/* Does this one condition accept this value?  For explanations. */
extern bool byudv_condition_accepts(const ByudvCondition *condition, int value);

#endif							/* BYUDV_RULES_H */
