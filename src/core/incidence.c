/*
 * incidence.c
 *		Cumulative incidence of competing causes (Aalen-Johansen).
 *
 * With S before t, n at risk, d events of which d_k are of cause k:
 *		F_k grows by S d_k / n, and
 *		Var F_k(t) = sum over t_i <= t of
 *			(F(t) - F_i)^2 a_i + b_i - 2 (F(t) - F_i) c_i, where
 *		a = d / (n (n - d)), 0 if n = d;  b = S^2 (n - d_k) d_k / n^3;  c = S d_k / n^2
 * (the Greenwood-type variance, as R's package etm has it).
 *
 * Where F comes close to 1 those terms cancel.  With O the incidence of all
 * other causes, S + F + O = 1, and the same sum, without a minus, is that of
 *		(S(t) + O(t) - O_i)^2 d_k / (n (n - d)) + (F(t) - F_i)^2 (d - d_k) / (n (n - d))
 *			+ S^2 d_k (d - d_k) / n^3
 * (the first two 0 if n = d).
 */
#include "life_table.h"

#include <math.h>

void
byudv_incidence_begin(ByudvIncidence *incidence, uint64_t causes)
{
	*incidence = (ByudvIncidence) {.causes = causes};
	byudv_curve_begin(&incidence->curve);
}

void
byudv_incidence_step(ByudvIncidence *incidence, const ByudvMoment *moment)
{
	double		before = byudv_curve_survival(&incidence->curve);
	double		n = moment->at_risk;
	double		stay = moment->at_risk - moment->events;
	int			i = 0;

	byudv_curve_step(&incidence->curve, moment);
	if (moment->events == 0)
		return;
	for (uint64_t left = incidence->causes; left != 0; left &= left - 1)
	{
		int			k = __builtin_ctzll(left);
		double		d = 0;
		double		others = moment->events;

		if (i < moment->ncauses && moment->cause[i] == k + 1)
		{
			d = moment->cause_events[i];
			others = moment->events - moment->cause_events[i++];
			byudv_d2_add(&incidence->incidence[k], before * (d / n));
		}
		byudv_growth_by(&incidence->own[k], before * (others / n));
		byudv_growth_by(&incidence->other[k], before * (d / n));
		if (stay > 0)
		{
			incidence->own[k].sum += d / n / stay;
			incidence->other[k].sum += others / n / stay;
		}
		incidence->direct[k] += (before * (d / n)) * (before * (others / n)) / n;
	}
}

double
byudv_incidence_value(const ByudvIncidence *incidence, int cause)
{
	return byudv_d2_value(incidence->incidence[cause - 1]);
}

double
byudv_incidence_std_error(const ByudvIncidence *incidence, int cause)
{
	int			k = cause - 1;
	double		survival = byudv_curve_survival(&incidence->curve);
	const ByudvGrowth *own = &incidence->own[k];

	return sqrt(incidence->direct[k] + survival * (survival * own->sum + 2 * own->first) + own->second +
				incidence->other[k].second);
}
