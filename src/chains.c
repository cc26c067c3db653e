/*
 * chains.c
 *		SQL entry point that follows chains of vacancies.
 *
 * Of the flows only the links from vacancy to vacancy stay in memory, 32 bytes
 * each and room for as many again, since chains jump about in them.  Everything
 * else goes by in order.
 */
#include "moves.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "storage/buffile.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "core/chain.h"
#include "core/vacancy.h"

PG_FUNCTION_INFO_V1(byudv_vacancy_chains);

#define NODES_MAX	((size_t) 1 << 24)	/* of one chain */

static const ByudvColumn flow_columns[] = {
	{"vacancy_id", INT8OID}, {"dwelling_id", INT8OID}, {"vacated_on", DATEOID}, {"outcome", TEXTOID},
	{"origin_dwelling_id", INT8OID}, {"origin_vacancy_id", INT8OID}, {"share", FLOAT8OID}, {"is_new", BOOLOID}
};

/* By vacancy: a row of flows. */
typedef struct FlowRow
{
	ByudvRow	row;			/* key: vacancy; from: vacated_on; to: is_new, linked; other: dwelling */
	int64		origin;
	int64		origin_dwelling;
	double		share;
} FlowRow;

#define FLAG_NEW		1
#define FLAG_LINK		2

/* By vacancy, then by place in the output: a node of a chain. */
typedef struct ChainRow
{
	ByudvRow	row;			/* key: vacancy, nothing for the output; from, to: place in the output;
								 * other: dwelling */
	int64		chain;
	int64		parent;
	double		weight;
	int64		vacancy;
	int32		round;
	DateADT		vacated_on;
} ChainRow;

/* What is known of a vacancy; a file of them in order. */
typedef struct VacancyFact
{
	int64		vacancy;
	int64		dwelling;
	int32		vacated_on;
	int32		is_new;
} VacancyFact;

typedef struct ChainFlows
{
	ByudvSorter *by_vacancy;
	ByudvChains chains;
	ByudvLink  *links;
	size_t		links_room;
	BufFile    *facts;
	int64	   *starts;
	size_t		nstarts;
	size_t		starts_room;
	bool		starts_given;
	ByudvSorter *nodes;			/* by vacancy, then in the order of output */
	uint64		nnodes;
} ChainFlows;

static int64
number_value(const Datum *values, const bool *nulls, int column)
{
	if (nulls[column])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", flow_columns[column].name),
				 column == 0 ? errdetail("A row of flows has none.") :
				 errdetail("A row of vacancy %lld has none.", (long long) DatumGetInt64(values[0])),
				 errhint("Give the result of byudv.vacancy_flows(), or a view of it.")));
	return DatumGetInt64(values[column]);
}

static ByudvOutcome
outcome_value(const Datum *values)
{
	text	   *value = DatumGetTextPP(values[3]);
	size_t		len = VARSIZE_ANY_EXHDR(value);

	for (int i = 0; i < BYUDV_OUTCOMES; i++)
	{
		if (strlen(byudv_outcome_names[i]) == len && memcmp(VARDATA_ANY(value), byudv_outcome_names[i], len) == 0)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown outcome \"%s\"", text_to_cstring(value)),
			 errdetail("Vacancy %lld has it.", (long long) DatumGetInt64(values[0])),
			 errhint("Give the outcomes of byudv.vacancy_flows() as they are; byudv.label('vacancy_outcome', outcome) says them in words.")));
}

static void
read_flow(void *context, const Datum *values, const bool *nulls)
{
	FlowRow		flow = {{0}};

	flow.row.key = number_value(values, nulls, 0);
	flow.row.other = number_value(values, nulls, 1);
	number_value(values, nulls, 2);
	number_value(values, nulls, 3);
	flow.row.from = DatumGetDateADT(values[2]);
	flow.row.to = !nulls[7] && DatumGetBool(values[7]) ? FLAG_NEW : 0;
	if (outcome_value(values) == BYUDV_VACATED)
	{
		flow.row.to |= FLAG_LINK;
		flow.origin_dwelling = number_value(values, nulls, 4);
		flow.origin = number_value(values, nulls, 5);
		number_value(values, nulls, 6);
		flow.share = DatumGetFloat8(values[6]);
		if (!(flow.share >= 0 && flow.share <= 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("share must be between 0 and 1"),
					 errdetail("Vacancy %lld has %.17g.", (long long) flow.row.key, flow.share),
					 errhint("Give the result of byudv.vacancy_flows(), or a view of it.")));
	}
	*(FlowRow *) byudv_sorter_put(context) = flow;
}

/* Sorts the flows into links, facts, and starts. */
static void
divide_flows(ChainFlows *c)
{
	const FlowRow *row;
	VacancyFact fact = {0};
	bool		started = false;
	ByudvHeap	heap = c->chains.heap;

	byudv_sorter_sort(c->by_vacancy);
	c->facts = BufFileCreateTemp(false);
	while ((row = byudv_sorter_next(c->by_vacancy)) != NULL)
	{
		if (started && row->row.key == fact.vacancy)
		{
			if (row->row.other != fact.dwelling || row->row.from != fact.vacated_on ||
				(row->row.to & FLAG_NEW) != fact.is_new)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("rows of vacancy %lld contradict each other", (long long) fact.vacancy),
						 errdetail("One has dwelling %lld, vacated_on %s, is_new %s; another has dwelling %lld, vacated_on %s, is_new %s.",
								   (long long) fact.dwelling, byudv_date_text(fact.vacated_on), fact.is_new ? "true" : "false",
								   (long long) row->row.other, byudv_date_text(row->row.from),
								   (row->row.to & FLAG_NEW) != 0 ? "true" : "false"),
						 errhint("Give the rows of one result of byudv.vacancy_flows(): numbers of different results do not go together.")));
		}
		else
		{
			fact = (VacancyFact)
			{
				.vacancy = row->row.key, .dwelling = row->row.other, .vacated_on = row->row.from,
				.is_new = row->row.to & FLAG_NEW
			};
			started = true;
			BufFileWrite(c->facts, &fact, sizeof(fact));
			if (!c->starts_given && fact.is_new)
			{
				c->starts = byudv_make_room(&heap, c->starts, &c->starts_room, c->nstarts + 1, sizeof(int64));
				c->starts[c->nstarts++] = fact.vacancy;
			}
		}
		if ((row->row.to & FLAG_LINK) != 0)
		{
			c->links = byudv_make_room(&heap, c->links, &c->links_room, c->chains.nlinks + 1, sizeof(ByudvLink));
			c->links[c->chains.nlinks++] = (ByudvLink)
			{
				.vacancy = row->row.key, .origin = row->origin, .origin_dwelling = row->origin_dwelling, .share = row->share
			};
		}
	}
	c->chains.links = c->links;
	byudv_sorter_end(c->by_vacancy);
}

static int
compare_links(const void *a, const void *b)
{
	const ByudvLink *x = a,
			   *y = b;

	if (x->origin != y->origin)
		return x->origin < y->origin ? -1 : 1;
	return (x->share > y->share) - (x->share < y->share);
}

/* Within a vacancy by origin, so that the order of rows is not seen. */
static void
order_links(ChainFlows *c)
{
	for (size_t i = 0, end; i < c->chains.nlinks; i = end)
	{
		for (end = i + 1; end < c->chains.nlinks && c->links[end].vacancy == c->links[i].vacancy; end++)
			;
		if (end - i > 1)
			qsort(c->links + i, end - i, sizeof(ByudvLink), compare_links);
		if ((i & 0xffff) == 0)
			CHECK_FOR_INTERRUPTS();
	}
}

static void
put_chain(ChainFlows *c, int64 start)
{
	if (!byudv_follow_chain(&c->chains, start))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the chain from vacancy %lld is too large", (long long) start),
				 errdetail("It has more than %zu nodes.", NODES_MAX),
				 errhint("Raise min_weight or lower max_rounds.")));
	for (size_t i = 0; i < c->chains.nnodes; i++)
	{
		const ByudvChainNode *node = &c->chains.nodes[i];
		ChainRow		row = {
			.row = {
				.key = node->vacancy, .from = (int32) (c->nnodes >> 31), .to = (int32) (c->nnodes & PG_INT32_MAX),
				.other = node->dwelling
			},
			.chain = start,
			.parent = c->chains.nodes[node->parent].vacancy,
			.weight = node->weight,
			.vacancy = node->vacancy,
			.round = node->round
		};

		c->nnodes++;
		*(ChainRow *) byudv_sorter_put(c->nodes) = row;
		if ((i & 0xfff) == 0)
			CHECK_FOR_INTERRUPTS();
	}
}

/*
 * Gives the nodes, sorted by vacancy, what is known of their vacancies, and
 * sorts them for the output.
 */
static void
add_facts(ChainFlows *c)
{
	ByudvSorter *output = byudv_sorter_begin(sizeof(ChainRow), byudv_memory_share(4), 4);
	const ChainRow *node;
	VacancyFact fact = {0};
	bool		has_fact = false,
				at_end = false;

	byudv_sorter_sort(c->nodes);
	if (BufFileSeek(c->facts, 0, 0, SEEK_SET) != 0)
		ereport(ERROR, (errcode_for_file_access(), errmsg("could not seek in a temporary file of vacancies")));
	while ((node = byudv_sorter_next(c->nodes)) != NULL)
	{
		ChainRow		row = *node;
		bool		is_known;

		while (!at_end && (!has_fact || fact.vacancy < node->row.key))
		{
			at_end = BufFileRead(c->facts, &fact, sizeof(fact)) != sizeof(fact);
			has_fact = true;
		}
		is_known = !at_end && fact.vacancy == node->row.key;
		if (!is_known && node->round == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("vacancy %lld is not among the flows", (long long) node->row.key),
					 errdetail("It is given in starts."),
					 errhint("Give numbers of column vacancy_id.")));
		if (is_known && node->round > 0 && node->row.other != fact.dwelling)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("rows of vacancy %lld contradict each other", (long long) node->row.key),
					 errdetail("Its own rows have dwelling %lld; a flow that leads to it has origin_dwelling_id %lld.",
							   (long long) fact.dwelling, (long long) node->row.other),
					 errhint("Give the rows of one result of byudv.vacancy_flows(): numbers of different results do not go together.")));
		row.row.key = 0;
		if (is_known)
			row.row.other = fact.dwelling;
		row.vacated_on = is_known ? fact.vacated_on : DATEVAL_NOEND;
		*(ChainRow *) byudv_sorter_put(output) = row;
	}
	byudv_sorter_end(c->nodes);
	BufFileClose(c->facts);
	c->nodes = output;
}

static void
put_nodes(ChainFlows *c, ByudvOutput *output)
{
	const ChainRow *node;

	byudv_sorter_sort(c->nodes);
	while ((node = byudv_sorter_next(c->nodes)) != NULL)
	{
		Datum		values[7];
		bool		nulls[7] = {false};

		values[0] = Int64GetDatum(node->chain);
		values[1] = Int32GetDatum(node->round);
		values[2] = Int64GetDatum(node->vacancy);
		values[3] = Int64GetDatum(node->row.other);
		values[4] = DateADTGetDatum(node->vacated_on);
		nulls[4] = DATE_IS_NOEND(node->vacated_on);
		values[5] = Float8GetDatum(node->weight);
		values[6] = Int64GetDatum(node->parent);
		nulls[6] = node->round == 0;
		byudv_output_row(output, values, nulls);
	}
	byudv_sorter_end(c->nodes);
}

static int
compare_int64(const void *a, const void *b)
{
	int64		x = *(const int64 *) a,
				y = *(const int64 *) b;

	return (x > y) - (x < y);
}

/* The starts that are given, in order and each once. */
static void
take_starts(ChainFlows *c, ArrayType *array)
{
	size_t		n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const int64 *given = (const int64 *) ARR_DATA_PTR(array);

	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("starts must not contain nulls"),
				 errhint("Give numbers of column vacancy_id.")));
	c->starts_given = true;
	c->starts = palloc(Max(n, 1) * sizeof(int64));
	memcpy(c->starts, given, n * sizeof(int64));
	qsort(c->starts, n, sizeof(int64), compare_int64);
	for (size_t i = 0; i < n; i++)
	{
		if (i == 0 || c->starts[i] != c->starts[c->nstarts - 1])
			c->starts[c->nstarts++] = c->starts[i];
	}
}

Datum
byudv_vacancy_chains(PG_FUNCTION_ARGS)
{
	Oid			relation = byudv_relation_arg(fcinfo, 0, "flows");
	ByudvOutput *output;
	ChainFlows	c = {.chains = {.heap = byudv_heap(), .max_nodes = NODES_MAX}};

	if (PG_ARGISNULL(1) || PG_GETARG_INT32(1) < 0)
		ereport(ERROR,
				(errcode(PG_ARGISNULL(1) ? ERRCODE_NULL_VALUE_NOT_ALLOWED : ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("max_rounds must be 0 or more"),
				 PG_ARGISNULL(1) ? errdetail("It is NULL.") : errdetail("It is %d.", PG_GETARG_INT32(1)),
				 errhint("Leave it out for the default.")));
	c.chains.max_rounds = PG_GETARG_INT32(1);
	if (PG_ARGISNULL(2) || !(PG_GETARG_FLOAT8(2) > 0))
		ereport(ERROR,
				(errcode(PG_ARGISNULL(2) ? ERRCODE_NULL_VALUE_NOT_ALLOWED : ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_weight must be above 0"),
				 PG_ARGISNULL(2) ? errdetail("It is NULL.") : errdetail("It is %g.", PG_GETARG_FLOAT8(2)),
				 errhint("Leave it out for the default.")));
	c.chains.min_weight = PG_GETARG_FLOAT8(2);
	if (!PG_ARGISNULL(3))
		take_starts(&c, PG_GETARG_ARRAYTYPE_P(3));

	output = byudv_output_begin(fcinfo);
	c.by_vacancy = byudv_sorter_begin(sizeof(FlowRow), byudv_memory_share(2), 1);
	byudv_read_relation(relation, "flows", flow_columns, lengthof(flow_columns), read_flow, c.by_vacancy);
	divide_flows(&c);
	order_links(&c);
	c.nodes = byudv_sorter_begin(sizeof(ChainRow), byudv_memory_share(4), 4);
	for (size_t i = 0; i < c.nstarts; i++)
		put_chain(&c, c.starts[i]);
	add_facts(&c);
	put_nodes(&c, output);
	return (Datum) 0;
}
