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

	byudv_curve_step(&incidence->curve, moment);
	for (int i = 0; i < moment->ncauses; i++)
	{
		int			k = moment->cause[i] - 1;
		double		d = moment->cause_events[i];
		double		by = before * (d / n);

		byudv_d2_add(&incidence->incidence[k], by);
		byudv_growth_by(&incidence->all[k], by);
		byudv_growth_by(&incidence->own[k], by);
		incidence->own[k].sum += by / n;
		incidence->direct[k] += by * (before / n) * ((double) (moment->at_risk - moment->cause_events[i]) / n);
	}
	if (incidence->curve.term > 0)
	{
		for (uint64_t left = incidence->causes; left != 0; left &= left - 1)
			incidence->all[__builtin_ctzll(left)].sum += incidence->curve.term;
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
	double		variance = incidence->all[k].second + incidence->direct[k] - 2 * incidence->own[k].first;

	return variance > 0 ? sqrt(variance) : 0;
}
