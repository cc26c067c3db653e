/*
 * life_table.c
 *		Moments of a summary, the survival curve and what is read off it.
 *
 * Formulas: J. P. Klein, M. L. Moeschberger, "Survival Analysis", chapter 4.
 */
#include "life_table.h"

#include <math.h>

/* R's quantile.survfit takes y for equal to 1 - q within this. */
#define QUANTILE_TOLERANCE	1.490116119384765625e-8 /* 2^-26 */

static void
read_ahead(ByudvMoments *moments)
{
	moments->has_item = byudv_read_item(&moments->reader, &moments->item) > 0;
}

void
byudv_moments_begin(ByudvMoments *moments, const uint8_t *bytes, size_t size,
					const ByudvTotals *totals, uint32_t start)
{
	uint64_t	ignored;

	*moments = (ByudvMoments) {.start = start};
	moments->present = moments->entered = totals->exits - totals->late;
	if (byudv_read_begin(&moments->reader, bytes, size, &ignored))
		read_ahead(moments);
}

bool
byudv_next_moment(ByudvMoments *moments, ByudvMoment *moment)
{
	while (moments->has_item)
	{
		uint32_t	time = moments->item.time;
		uint64_t	entering = 0;
		uint64_t	gone;

		moment->time = time;
		moment->at_risk = moments->present;
		moment->censored = moment->events = 0;
		moment->ncauses = 0;
		for (; moments->has_item && moments->item.time == time; read_ahead(moments))
		{
			const ByudvItem *item = &moments->item;

			if (item->kind == BYUDV_ENTERED)
				entering = item->count; /* at risk after this time */
			else if (item->kind == BYUDV_CENSORED)
				moment->censored = item->count;
			else
			{
				moment->cause[moment->ncauses] = item->kind - BYUDV_CAUSE(0);
				moment->cause_events[moment->ncauses++] = item->count;
				moment->events += item->count;
			}
		}
		gone = moment->censored + moment->events;
		moments->present += entering;
		moments->present -= gone;
		if (time < moments->start)
			moments->entered = moments->present;
		else if (gone > 0)
		{
			moment->entered = moments->entered;
			moments->entered = entering;
			return true;
		}
		else
			moments->entered += entering;
	}
	return false;
}

void
byudv_curve_begin(ByudvCurve *curve)
{
	*curve = (ByudvCurve) {.survival = {1, 0}};
}

void
byudv_curve_step(ByudvCurve *curve, const ByudvMoment *moment)
{
	double		n = moment->at_risk;
	double		d = moment->events;
	double		stay = moment->at_risk - moment->events;

	curve->term = 0;
	if (moment->events == 0)
		return;
	byudv_d2_add(&curve->hazard, d / n);
	if (stay > 0)
	{
		byudv_d2_scale(&curve->survival, stay, n);
		curve->term = d / n / stay;
		byudv_d2_add(&curve->variance, curve->term);
	}
	else
		curve->survival = (ByudvDouble2) {0, 0};
}

double
byudv_curve_std_error(const ByudvCurve *curve)
{
	return byudv_curve_survival(curve) * sqrt(byudv_d2_value(curve->variance));
}

static double
at_least_0(double x)
{
	return x > 0 ? x : 0;
}

static double
at_most_1(double x)
{
	return x < 1 ? x : 1;
}

bool
byudv_curve_limits(const ByudvCurve *curve, ByudvLimits kind, double z, double *lower, double *upper)
{
	double		s = byudv_curve_survival(curve);
	double		spread = z * sqrt(byudv_d2_value(curve->variance));

	if (s <= 0)
		return false;
	if (kind == BYUDV_LOG)
	{
		double		factor = exp(spread);

		*lower = s / factor;
		*upper = at_most_1(s * factor);
	}
	else if (kind == BYUDV_PLAIN)
	{
		*lower = at_least_0(s - s * spread);
		*upper = at_most_1(s + s * spread);
	}
	else
	{
		/* what S lacks to 1 has more digits than S itself when it is little */
		double		minus_log = s > 0.5 ? -log1p((curve->survival.hi - 1) + curve->survival.lo) : -log(s);
		double		factor = exp(spread / minus_log);

		if (minus_log <= 0)
			return false;
		*lower = exp(-minus_log * factor);
		*upper = exp(-minus_log / factor);
	}
	return true;
}

void
byudv_quantile_begin(ByudvQuantile *quantile, double q, uint32_t start)
{
	*quantile = (ByudvQuantile) {.q = q, .reached = INFINITY, .passed = INFINITY};
	byudv_quantile_step(quantile, start, true, 1);
}

void
byudv_quantile_step(ByudvQuantile *quantile, uint32_t time, bool known, double y)
{
	double		fallen = 1 - y;

	quantile->last_time = time;
	if (!known)
	{
		quantile->last_known = false;
		return;
	}
	/* the first of equal points counts, as where a curve only falls */
	if (fallen + QUANTILE_TOLERANCE >= quantile->q && fallen < quantile->reached)
	{
		quantile->reached = fallen;
		quantile->reached_at = time;
	}
	if (fallen - QUANTILE_TOLERANCE >= quantile->q && fallen < quantile->passed)
	{
		quantile->passed = fallen;
		quantile->passed_at = time;
	}
	if (fallen != 0)
		quantile->last = fallen;
	quantile->last_known = true;
}

bool
byudv_quantile_value(const ByudvQuantile *quantile, double *value)
{
	if (isinf(quantile->reached))
		return false;
	if (quantile->last_known && fabs(quantile->q - quantile->last) < QUANTILE_TOLERANCE)
		*value = (quantile->reached_at + quantile->last_time) / 2;
	else if (isinf(quantile->passed))
		return false;
	else
		*value = (quantile->reached_at + quantile->passed_at) / 2;
	return true;
}

void
byudv_restricted_mean_of(const uint8_t *bytes, size_t size, const ByudvTotals *totals,
					  uint32_t tau, double *mean, double *std_error)
{
	ByudvMoments moments;
	ByudvMoment moment;
	ByudvCurve	curve;
	ByudvDouble2 area = {0, 0};
	ByudvGrowth growth = {0, 0, 0};	/* of the area */
	uint32_t	time = 0;

	byudv_curve_begin(&curve);
	byudv_moments_begin(&moments, bytes, size, totals, 0);
	while (time < tau)
	{
		bool		more = byudv_next_moment(&moments, &moment);
		uint32_t	until = more && moment.time < tau ? moment.time : tau;
		double		length = until - time;

		byudv_d2_add_product(&area, byudv_curve_survival(&curve), length);
		byudv_growth_by(&growth, byudv_curve_survival(&curve) * length);
		time = until;
		if (time < tau)
		{
			byudv_curve_step(&curve, &moment);
			growth.sum += curve.term;
		}
	}
	*mean = byudv_d2_value(area);
	*std_error = sqrt(growth.second);
}

double
byudv_exposure_of(const uint8_t *bytes, size_t size)
{
	ByudvReader reader;
	ByudvItem	item;
	ByudvDouble2 sum = {0, 0};
	uint64_t	ignored;

	byudv_read_begin(&reader, bytes, size, &ignored);
	while (byudv_read_item(&reader, &item) > 0)
		byudv_d2_add_product(&sum, item.kind == BYUDV_ENTERED ? -(double) item.time : item.time,
							 item.count);
	return byudv_d2_value(sum);
}

/* F. Garwood, "Fiducial Limits for the Poisson Distribution" (1936). */
void
byudv_poisson_limits(uint64_t events, double confidence, double *lower, double *upper)
{
	double		tail = (1 - confidence) / 2;

	*lower = events == 0 ? 0 : byudv_gamma_quantile(events, tail, false);
	*upper = byudv_gamma_quantile((double) events + 1, tail, true);
}
