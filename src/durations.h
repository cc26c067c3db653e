/*
 * durations.h
 *		What the SQL entry points for summaries of durations share.
 */
#ifndef BYUDV_DURATIONS_H
#define BYUDV_DURATIONS_H

#include "byudv.h"

#include "core/life_table.h"
#include "core/summary.h"

/*
 * A value of type survival or competing_risks.  Finished: the bytes of
 * core/summary.h follow.  Growing, as the state of an aggregate: a tally
 * follows, and the size of the value is the room it has.  A growing value that
 * gets out (a parallel worker's, a distributed engine's) is read all the same.
 */
typedef struct ByudvSummary
{
	int32		vl_len_;
	uint8		type;			/* ByudvSummaryType */
	uint8		version;
	uint8		is_growing;
	uint8		unused;			/* 0 */
	uint8		bytes[FLEXIBLE_ARRAY_MEMBER];
} ByudvSummary;

#define BYUDV_SUMMARY_HEADER	offsetof(ByudvSummary, bytes)

/* A finished summary, checked. */
typedef struct ByudvView
{
	const uint8 *bytes;
	size_t		size;
	ByudvTotals totals;
} ByudvView;

/*
 * summary_io.c
 */
extern ByudvSummary *byudv_new_summary(ByudvSummaryType type, size_t size);
extern ByudvSummary *byudv_finished(Datum value);
extern ByudvView byudv_view(Datum value);
extern const char *byudv_type_name(ByudvSummaryType type);

/*
 * summary_aggregate.c: a summary made of points, for functions that compute one.
 */
extern ByudvSummary *byudv_growing_summary(ByudvSummaryType type);
extern ByudvSummary *byudv_add_points(ByudvSummary *state, uint32 time, int kind, uint64 n);
extern ByudvSummary *byudv_finish(ByudvSummary *state);

/*
 * observation.c: a stay, seen through a window.
 */
typedef enum ByudvSeen
{
	BYUDV_SEEN,
	BYUDV_NOT_SEEN,				/* not there during the window */
	BYUDV_START_UNKNOWN
} ByudvSeen;

typedef struct ByudvObservation
{
	int32		entry;
	int32		exit;
	bool		event;
} ByudvObservation;

/* Takes from_date, to_date at argument arg, the window at argument window_arg. */
extern ByudvSeen byudv_observe(FunctionCallInfo fcinfo, int arg, int window_arg,
							   ByudvObservation *observation);

/*
 * survival.c: arguments that accessors have in common.
 */
extern double byudv_z(double confidence);
extern uint32 byudv_time_arg(int32 time, const char *name);
extern ByudvSummary *byudv_conditional(ByudvSummaryType type, const ByudvView *view, uint32 start);

#endif							/* BYUDV_DURATIONS_H */
