/*
 * life_table.h
 *		What a summary says: survival curves, quantiles, restricted means,
 *		rates, cumulative incidence, the log-rank test.
 *
 * Notation as in the field: at a time t, n are at risk (entered before t, not
 * gone before t; at time 0 those who entered at 0), d have the event and c are
 * censored.  S is the Kaplan-Meier estimate, H Nelson-Aalen's.
 *
 * Readers take bytes that byudv_summary_fault() has accepted.
 */
#ifndef BYUDV_LIFE_TABLE_H
#define BYUDV_LIFE_TABLE_H

#include "special.h"
#include "summary.h"

/* A time at which somebody leaves. */
typedef struct ByudvMoment
{
	uint32_t	time;
	uint64_t	at_risk;
	uint64_t	entered;		/* came at risk since the moment before */
	uint64_t	censored;
	uint64_t	events;			/* of all causes */
	int			ncauses;		/* that occur at this time */
	uint8_t		cause[BYUDV_CAUSES_MAX];
	uint64_t	cause_events[BYUDV_CAUSES_MAX];
} ByudvMoment;

/* Goes through the moments of a summary, from a start time on. */
typedef struct ByudvMoments
{
	ByudvReader reader;
	ByudvItem	item;			/* read and not used yet */
	bool		has_item;
	uint64_t	present;		/* at risk at the time of item, when nobody enters
								 * between */
	uint64_t	entered;
	uint32_t	start;
} ByudvMoments;

/* start: those who leave earlier do not count; 0 for all. */
extern void byudv_moments_begin(ByudvMoments *moments, const uint8_t *bytes, size_t size,
								const ByudvTotals *totals, uint32_t start);
extern bool byudv_next_moment(ByudvMoments *moments, ByudvMoment *moment);

/*
 * Kaplan-Meier.  Begin, then one step a moment.
 */
typedef enum ByudvLimits
{
	BYUDV_LOG,
	BYUDV_LOG_LOG,
	BYUDV_PLAIN
} ByudvLimits;

typedef struct ByudvCurve
{
	ByudvDouble2 survival;
	ByudvDouble2 variance;		/* of log S: Greenwood's sum */
	ByudvDouble2 hazard;		/* H */
	double		term;			/* of the last step in Greenwood's sum */
} ByudvCurve;

extern void byudv_curve_begin(ByudvCurve *curve);
extern void byudv_curve_step(ByudvCurve *curve, const ByudvMoment *moment);

/* False where there are no limits: S = 0; for log-log also S = 1. */
extern bool byudv_curve_limits(const ByudvCurve *curve, ByudvLimits kind, double z,
							   double *lower, double *upper);

static inline double
byudv_curve_survival(const ByudvCurve *curve)
{
	return byudv_d2_value(curve->survival);
}

/* Of S; not where S = 0. */
extern double byudv_curve_std_error(const ByudvCurve *curve);

/*
 * A quantile, point by point of a curve or of one of its limits.  The rule is
 * that of R's quantile.survfit: the lowest value that is not above 1 - q
 * decides, the middle of the interval where it is equal to it.
 */
typedef struct ByudvQuantile
{
	double		q;
	double		reached;		/* smallest 1 - y that is at least q, about */
	double		passed;			/* and more than q, about */
	double		reached_at;
	double		passed_at;
	double		last;			/* 1 - y of the last point with a new y */
	bool		last_known;
	uint32_t	last_time;
} ByudvQuantile;

extern void byudv_quantile_begin(ByudvQuantile *quantile, double q, uint32_t start);
extern void byudv_quantile_step(ByudvQuantile *quantile, uint32_t time, bool known, double y);
extern bool byudv_quantile_value(const ByudvQuantile *quantile, double *value);

/*
 * Sums over past times t_i of weights a_i, where each also counts by how much
 * some function G has grown since: both sum of (G(t) - G_i) a_i and of
 * (G(t) - G_i)^2 a_i.  Kept up as G grows, all terms positive, so that nothing
 * cancels; the expanded square would lose every digit.
 */
typedef struct ByudvGrowth
{
	double		sum;			/* a_i */
	double		first;			/* (G - G_i) a_i */
	double		second;			/* (G - G_i)^2 a_i */
} ByudvGrowth;

static inline void
byudv_growth_by(ByudvGrowth *growth, double by)
{
	growth->second += by * (2 * growth->first + by * growth->sum);
	growth->first += by * growth->sum;
}

/*
 * Mean time up to tau: the area under the curve, and the square root of its
 * variance.  tau is not beyond the last time.
 */
extern void byudv_restricted_mean_of(const uint8_t *bytes, size_t size, const ByudvTotals *totals,
								  uint32_t tau, double *mean, double *std_error);

/* Time at risk of all observations, in days. */
extern double byudv_exposure_of(const uint8_t *bytes, size_t size);

/* Poisson limits (Garwood) of the expected number of events. */
extern void byudv_poisson_limits(uint64_t events, double confidence, double *lower, double *upper);

/*
 * Aalen-Johansen.  Begin, then one step a moment; what is asked for a cause
 * stands at its number less 1.
 */
typedef struct ByudvIncidence
{
	ByudvCurve	curve;			/* of all causes */
	uint64_t	causes;			/* bits, as in ByudvTotals */
	ByudvDouble2 incidence[BYUDV_CAUSES_MAX];
	ByudvGrowth own[BYUDV_CAUSES_MAX];	/* weights of this cause's events, by
										 * the growth of the others' incidence */
	ByudvGrowth other[BYUDV_CAUSES_MAX];	/* the reverse */
	double		direct[BYUDV_CAUSES_MAX];
} ByudvIncidence;

extern void byudv_incidence_begin(ByudvIncidence *incidence, uint64_t causes);
extern void byudv_incidence_step(ByudvIncidence *incidence, const ByudvMoment *moment);
extern double byudv_incidence_value(const ByudvIncidence *incidence, int cause);
extern double byudv_incidence_std_error(const ByudvIncidence *incidence, int cause);

/*
 * Log-rank test.  groups[] are NULL where a group is empty.  observed and
 * expected have an element a group.  Returns the degrees of freedom; 0 when
 * there is nothing to compare, and then no chi-square.
 */
typedef struct ByudvGroup
{
	const uint8_t *bytes;
	size_t		size;
	ByudvTotals totals;
} ByudvGroup;

extern int	byudv_compare_groups(const ByudvGroup *groups, int ngroups, const ByudvArena *arena,
						   double *expected, double *chi_square);

/* Bytes that byudv_compare_groups() takes for that many groups. */
extern size_t byudv_log_rank_size(int ngroups);

#endif							/* BYUDV_LIFE_TABLE_H */
