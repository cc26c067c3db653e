/*
 * chain_lengths.c
 *		SQL entry points for chains of vacancies as a Markov chain: lengths and
 *		multipliers from counts of transitions.
 */
#include "moves.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "core/markov.h"

PG_FUNCTION_INFO_V1(byudv_chain_lengths);
PG_FUNCTION_INFO_V1(byudv_chain_multipliers);

#define STRATA_MAX	2000		/* their matrices take 100 MB */

static const ByudvColumn transition_columns[] = {
	{"from_stratum", TEXTOID}, {"to_stratum", TEXTOID}, {"n", INT8OID}
};

typedef struct Transition
{
	char	   *from;
	char	   *to;				/* NULL: the chain ends */
	double		n;
} Transition;

typedef struct Transitions
{
	MemoryContext context;
	Transition *rows;
	size_t		nrows;
	size_t		room;
} Transitions;

typedef struct Strata
{
	ByudvMarkov markov;
	char	  **names;			/* in the order of their bytes */
} Strata;

static void
read_transition(void *context, const Datum *values, const bool *nulls)
{
	Transitions *t = context;
	MemoryContext old = MemoryContextSwitchTo(t->context);
	ByudvHeap	heap = byudv_heap();

	if (nulls[0] || nulls[2])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", nulls[0] ? "from_stratum" : "n"),
				 errdetail("A row of transitions has none."),
				 errhint("Only to_stratum may be NULL: the chain ends there.")));
	if (DatumGetInt64(values[2]) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("n must not be negative"),
				 errdetail("From %s to %s it is %lld.", TextDatumGetCString(values[0]),
						   nulls[1] ? "an end" : TextDatumGetCString(values[1]), (long long) DatumGetInt64(values[2]))));
	t->rows = byudv_make_room(&heap, t->rows, &t->room, t->nrows + 1, sizeof(Transition));
	t->rows[t->nrows++] = (Transition)
	{
		.from = TextDatumGetCString(values[0]),
		.to = nulls[1] ? NULL : TextDatumGetCString(values[1]),
		.n = DatumGetInt64(values[2])
	};
	MemoryContextSwitchTo(old);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

/* The different names, sorted. */
static size_t
find_strata(const Transitions *t, char ***names)
{
	size_t		n = 0,
				kept = 0;

	*names = MemoryContextAllocHuge(CurrentMemoryContext, (t->nrows * 2 + 1) * sizeof(char *));
	for (size_t i = 0; i < t->nrows; i++)
	{
		(*names)[n++] = t->rows[i].from;
		if (t->rows[i].to != NULL)
			(*names)[n++] = t->rows[i].to;
	}
	qsort(*names, n, sizeof(char *), compare_names);
	for (size_t i = 0; i < n; i++)
	{
		if (kept == 0 || strcmp((*names)[i], (*names)[kept - 1]) != 0)
			(*names)[kept++] = (*names)[i];
	}
	if (kept > STRATA_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("there are too many strata"),
				 errdetail("There are %zu, and %d can be computed with.", kept, STRATA_MAX),
				 errhint("Count transitions between coarser groups of dwellings.")));
	return kept;
}

static size_t
stratum_number(const Strata *strata, char *name)
{
	char	  **found = bsearch(&name, strata->names, strata->markov.n, sizeof(char *), compare_names);

	return found - strata->names;
}

static Strata
solve(FunctionCallInfo fcinfo)
{
	Transitions t = {.context = CurrentMemoryContext};
	Strata		strata = {{0}};
	ByudvMarkov *m = &strata.markov;
	double	   *moves,
			   *totals;
	int			stratum;

	byudv_read_relation(byudv_relation_arg(fcinfo, 0, "transitions"), "transitions",
						transition_columns, lengthof(transition_columns), read_transition, &t);
	m->n = find_strata(&t, &strata.names);
	moves = palloc0(Max((size_t) m->n * m->n, 1) * sizeof(double));
	totals = palloc0(Max(m->n, 1) * sizeof(double));
	for (size_t i = 0; i < t.nrows; i++)
	{
		size_t		from = stratum_number(&strata, t.rows[i].from);

		totals[from] += t.rows[i].n;
		if (t.rows[i].to != NULL)
			moves[from * m->n + stratum_number(&strata, t.rows[i].to)] += t.rows[i].n;
	}
	for (int i = 0; i < m->n; i++)
	{
		if (!(totals[i] > 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("no vacancy of stratum \"%s\" is counted", strata.names[i]),
					 errdetail("Vacancies are passed on to it, and nothing says where they go from there."),
					 errhint("Add rows with it as from_stratum; to_stratum NULL where the chain ends.")));
	}
	m->moves = moves;
	m->totals = totals;
	m->inverse = palloc(Max((size_t) m->n * m->n, 1) * sizeof(double));
	m->work = palloc(Max((size_t) m->n * m->n, 1) * sizeof(double));
	m->lengths = palloc(Max(m->n, 1) * sizeof(double));
	if (!byudv_markov_solve(m, &stratum))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("chains from stratum \"%s\" never end", strata.names[stratum]),
				 errdetail("None of the strata that they reach has a transition to an end."),
				 errhint("Count the vacancies where the chain ends too, in rows with to_stratum NULL.")));
	return strata;
}

Datum
byudv_chain_lengths(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Strata		strata;
	double	   *variances;

	byudv_begin_set(fcinfo);
	strata = solve(fcinfo);
	variances = palloc(Max(strata.markov.n, 1) * sizeof(double));
	byudv_markov_variances(&strata.markov, strata.markov.lengths, 1, variances);
	for (int i = 0; i < strata.markov.n; i++)
	{
		Datum		values[4];
		bool		nulls[4] = {false};

		values[0] = CStringGetTextDatum(strata.names[i]);
		values[1] = Int64GetDatum((int64) strata.markov.totals[i]);
		values[2] = Float8GetDatum(strata.markov.lengths[i]);
		values[3] = Float8GetDatum(sqrt(byudv_markov_covariance(&strata.markov, i, i, variances)));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
byudv_chain_multipliers(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Strata		strata;
	const ByudvMarkov *m = &strata.markov;
	size_t		n;
	double	   *of_lengths,
			   *of_column,
			   *errors;

	byudv_begin_set(fcinfo);
	strata = solve(fcinfo);
	n = m->n;
	of_lengths = palloc(Max(n, 1) * sizeof(double));
	of_column = palloc(Max(n, 1) * sizeof(double));
	errors = palloc(Max(n * n, 1) * sizeof(double));
	byudv_markov_variances(m, m->lengths, 1, of_lengths);
	for (size_t b = 0; b < n; b++)
	{
		byudv_markov_variances(m, m->inverse + b, n, of_column);
		for (size_t a = 0; a < n; a++)
			errors[a * n + b] = sqrt(byudv_markov_covariance(m, a, a, of_column));
		CHECK_FOR_INTERRUPTS();
	}
	for (size_t a = 0; a < n; a++)
	{
		for (size_t b = 0; b < n; b++)
		{
			Datum		values[5];
			bool		nulls[5] = {false};

			values[0] = CStringGetTextDatum(strata.names[a]);
			values[1] = CStringGetTextDatum(strata.names[b]);
			values[2] = Float8GetDatum(m->inverse[a * n + b]);
			values[3] = Float8GetDatum(errors[a * n + b]);
			values[4] = Float8GetDatum(byudv_markov_covariance(m, a, b, of_lengths));
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}
