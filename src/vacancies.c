/*
 * vacancies.c
 *		SQL entry point that follows who fills the vacancies of dwellings.
 *
 * Four sorts, each read once and in order, so that any number of residences
 * passes through a bounded memory:
 *
 *	by person	residences, and births: numbers the residences
 *	by dwelling	residences, and the register of dwellings: occupancies,
 *				vacancies, and the two sides of each residence
 *	by number	leavers and movers: a mover meets the residence before
 *	by vacancy	vacancies and movers by origin: the result
 */
#include "moves.h"

#include "catalog/pg_type.h"

#include "core/vacancy.h"

PG_FUNCTION_INFO_V1(byudv_vacancy_flows);

static const ByudvColumn dwelling_columns[] = {
	{"dwelling_id", INT8OID}, {"available_from", DATEOID}, {"demolished_on", DATEOID}
};

static const ByudvColumn person_columns[] = {
	{"person_id", INT8OID}, {"born_on", DATEOID}
};

/* Begins no period, so comes before all residences of its person or dwelling. */
#define REGISTERED		INT32_MIN

/* By number: the leaver, told to the number that the person's next residence has. */
typedef struct Side
{
	ByudvRow	row;			/* key: number; from: which side; to: last leavers; other: the leaver's dwelling */
	int64		vacancy;		/* see ByudvLeaver, ByudvMover */
} Side;

#define SIDE_LEAVER		0
#define SIDE_MOVER		1

/* By vacancy: the vacancy itself, then its movers by outcome and origin. */
typedef struct Flow
{
	ByudvRow	row;			/* key: vacancy; from: outcome, or FLOW_VACANCY; to: vacated_on, for the
								 * vacancy; other: its dwelling, or the movers' origin (vacancy or
								 * dwelling) */
	int64		origin_dwelling;	/* of movers; of the vacancy: filled_on */
	int32		rest;			/* of movers: last leavers; of the vacancy: flags */
	int32		movers;
} Flow;

#define FLOW_VACANCY	(-1)
#define FLAG_NEW		1
#define FLAG_OUTCOME(flags)	((ByudvOutcome) ((flags) >> 1))

typedef struct Flows
{
	ByudvFlowOptions options;
	ByudvSorter *by_person;
	ByudvSorter *by_dwelling;
	ByudvSorter *by_number;
	ByudvSorter *by_vacancy;
	ByudvOutput *output;
	Datum		outcomes[BYUDV_OUTCOMES];
} Flows;

static void
read_residence(void *context, const Datum *values, const bool *nulls)
{
	ByudvRow	row = byudv_residence_row(values, nulls);

	*(ByudvRow *) byudv_sorter_put(((Flows *) context)->by_person) = row;
}

static void
read_person(void *context, const Datum *values, const bool *nulls)
{
	ByudvRow	row = {.from = REGISTERED, .to = BYUDV_ONGOING};

	if (nulls[0])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("person_id must not be null"),
				 errdetail("A row of persons has none.")));
	if (nulls[1] || DATE_NOT_FINITE(DatumGetDateADT(values[1])))
		return;
	row.key = DatumGetInt64(values[0]);
	row.to = DatumGetDateADT(values[1]);
	*(ByudvRow *) byudv_sorter_put(((Flows *) context)->by_person) = row;
}

static void
read_dwelling(void *context, const Datum *values, const bool *nulls)
{
	ByudvRow	row = {.from = REGISTERED, .to = BYUDV_ONGOING};

	if (nulls[0])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("dwelling_id must not be null"),
				 errdetail("A row of dwellings has none.")));
	row.key = DatumGetInt64(values[0]);
	row.other = BYUDV_ONGOING;
	if (!nulls[1] && !DATE_NOT_FINITE(DatumGetDateADT(values[1])))
		row.to = DatumGetDateADT(values[1]);
	if (!nulls[2])
		row.other = DatumGetDateADT(values[2]);
	*(ByudvRow *) byudv_sorter_put(((Flows *) context)->by_dwelling) = row;
}

/* Puts a residence that was held, if any. */
static void
put_tenancy(Flows *flows, ByudvRow *tenancy)
{
	if (tenancy->other != 0)
		*(ByudvRow *) byudv_sorter_put(flows->by_dwelling) = *tenancy;
	tenancy->other = 0;
}

/* Numbers the residences: the next one of the same person has the next number. */
static void
number_residences(Flows *flows)
{
	const ByudvRow *row;
	ByudvRow	before = {0};
	ByudvRow	tenancy = {0};	/* of before, held until the next shows whether it is followed */
	bool		has_before = false; /* the same person's */
	int64		number = 0;
	int64		person = 0;
	int32		born_on = BYUDV_ONGOING;
	bool		started = false;

	byudv_sorter_sort(flows->by_person);
	while ((row = byudv_sorter_next(flows->by_person)) != NULL)
	{
		int			origin;

		if (!started || row->key != person)
		{
			put_tenancy(flows, &tenancy);
			has_before = false;
			person = row->key;
			born_on = BYUDV_ONGOING;
			started = true;
		}
		if (row->from == REGISTERED)
		{
			if (born_on != BYUDV_ONGOING && born_on != row->to)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("a person is born once"),
						 errdetail("Person %lld has born_on = %s and %s.", (long long) person,
								   byudv_date_text(born_on), byudv_date_text(row->to)),
						 errhint("Give a view with one row a person as persons.")));
			born_on = row->to;
			continue;
		}
		origin = byudv_origin_of(has_before ? &before : NULL, row, flows->options.link_gap);
		if (origin == BYUDV_LINKED)
			tenancy.other |= BYUDV_FOLLOWED;
		put_tenancy(flows, &tenancy);
		before = *row;
		has_before = true;
		number++;
		if (row->other == BYUDV_OUTSIDE)
			continue;
		tenancy = (ByudvRow)
		{
			.key = row->other, .from = row->from, .to = row->to,
			.other = number << BYUDV_PLACE_BITS | origin | (row->from == born_on ? BYUDV_NEWBORN : 0)
		};
	}
	put_tenancy(flows, &tenancy);
	byudv_sorter_end(flows->by_person);
}

static void
put_vacancy(void *context, const ByudvVacancy *vacancy)
{
	Flow		flow = {
		.row = {
			.key = vacancy->vacancy, .from = FLOW_VACANCY, .to = vacancy->vacated_on, .other = vacancy->dwelling
		},
		.origin_dwelling = vacancy->filled_on,
		.rest = vacancy->outcome << 1 | (vacancy->is_new ? FLAG_NEW : 0)
	};

	*(Flow *) byudv_sorter_put(((Flows *) context)->by_vacancy) = flow;
}

static void
put_mover(void *context, const ByudvMover *mover)
{
	Side		side = {
		.row = {
			.key = mover->place, .from = SIDE_MOVER
		},
		.vacancy = mover->vacancy
	};

	*(Side *) byudv_sorter_put(((Flows *) context)->by_number) = side;
}

static void
put_leaver(void *context, const ByudvLeaver *leaver)
{
	Side		side = {
		.row = {
			.key = leaver->place + 1, .from = SIDE_LEAVER, .to = leaver->last_leavers, .other = leaver->dwelling
		},
		.vacancy = leaver->vacancy
	};

	*(Side *) byudv_sorter_put(((Flows *) context)->by_number) = side;
}

static void
put_others(void *context, int64 vacancy, ByudvOutcome outcome, int32 movers)
{
	Flow		flow = {
		.row = {
			.key = vacancy, .from = outcome
		},
		.movers = movers
	};

	*(Flow *) byudv_sorter_put(((Flows *) context)->by_vacancy) = flow;
}

/* Goes through the dwellings. */
static void
find_vacancies(Flows *flows)
{
	ByudvVacancies v = {
		.options = flows->options,
		.sink = {
			.vacancy = put_vacancy, .mover = put_mover, .others = put_others, .leaver = put_leaver, .context = flows
		},
		.heap = byudv_heap()
	};
	const ByudvRow *row;
	bool		started = false,
				registered = false;

	byudv_sorter_sort(flows->by_dwelling);
	while ((row = byudv_sorter_next(flows->by_dwelling)) != NULL)
	{
		if (!started || row->key != v.dwelling.dwelling)
		{
			if (started)
				byudv_dwelling_vacancies(&v);
			v.dwelling = (ByudvDwelling)
			{
				.dwelling = row->key, .available_from = BYUDV_ONGOING, .demolished_on = BYUDV_ONGOING
			};
			v.ntenancies = 0;
			started = true;
			registered = false;
		}
		if (row->from != REGISTERED)
		{
			v.tenancies = byudv_make_room(&v.heap, v.tenancies, &v.tenancies_room, v.ntenancies + 1, sizeof(ByudvRow));
			v.tenancies[v.ntenancies++] = *row;
			continue;
		}
		if (registered)
			ereport(ERROR,
					(errcode(ERRCODE_CARDINALITY_VIOLATION),
					 errmsg("dwelling %lld is there twice", (long long) row->key),
					 errdetail("Relation dwellings must have one row a dwelling."),
					 errhint("Give a view that chooses one of the rows.")));
		registered = true;
		v.dwelling.available_from = row->to;
		v.dwelling.demolished_on = row->other;
	}
	if (started)
		byudv_dwelling_vacancies(&v);
	byudv_sorter_end(flows->by_dwelling);
}

/* Lets movers and leavers meet. */
static void
link_moves(Flows *flows)
{
	const Side *side;
	ByudvLeaver leaver = {.place = -1};

	byudv_sorter_sort(flows->by_number);
	while ((side = byudv_sorter_next(flows->by_number)) != NULL)
	{
		Flow		flow = {.movers = 1};

		if (side->row.from == SIDE_LEAVER)
		{
			leaver = (ByudvLeaver)
			{
				.place = side->row.key, .vacancy = side->vacancy, .dwelling = side->row.other, .last_leavers = side->row.to
			};
			continue;
		}
		if (leaver.place != side->row.key)
			elog(ERROR, "the residence before number " INT64_FORMAT " is missing", side->row.key);
		flow.row.key = side->vacancy;
		flow.row.from = byudv_mover_outcome(&leaver);
		flow.row.other = flow.row.from == BYUDV_VACATED ? leaver.vacancy : leaver.dwelling;
		flow.origin_dwelling = leaver.dwelling;
		flow.rest = leaver.last_leavers;
		*(Flow *) byudv_sorter_put(flows->by_vacancy) = flow;
	}
	byudv_sorter_end(flows->by_number);
}

static void
put_flow(Flows *flows, const Flow *vacancy, const Flow *movers, int32 nmovers)
{
	ByudvOutcome outcome = nmovers == 0 ? FLAG_OUTCOME(vacancy->rest) : movers->row.from;
	Datum		values[10];
	bool		nulls[10] = {false};

	values[0] = Int64GetDatum(vacancy->row.key);
	values[1] = Int64GetDatum(vacancy->row.other);
	values[2] = DateADTGetDatum(vacancy->row.to);
	values[3] = DateADTGetDatum(vacancy->origin_dwelling);
	nulls[3] = vacancy->origin_dwelling == BYUDV_NOT_FILLED;
	values[4] = flows->outcomes[outcome];
	nulls[5] = nmovers == 0 || outcome == BYUDV_FROM_OUTSIDE;
	values[5] = nulls[5] ? (Datum) 0 : Int64GetDatum(outcome == BYUDV_RETURNED ? vacancy->row.other : movers->origin_dwelling);
	nulls[6] = outcome != BYUDV_VACATED;
	values[6] = nulls[6] ? (Datum) 0 : Int64GetDatum(movers->row.other);
	values[7] = Int32GetDatum(nmovers);
	values[8] = Float8GetDatum(outcome == BYUDV_VACATED ? (double) nmovers / movers->rest : 0);
	values[9] = BoolGetDatum((vacancy->rest & FLAG_NEW) != 0);
	byudv_output_row(flows->output, values, nulls);
}

/* Adds up the movers of one outcome and origin. */
static void
put_flows(Flows *flows)
{
	const Flow *row;
	Flow		vacancy = {{0}};
	Flow		movers = {{0}};
	int32		nmovers = 0;
	bool		due = false;	/* vacancy and movers have not been put */

	byudv_sorter_sort(flows->by_vacancy);
	while ((row = byudv_sorter_next(flows->by_vacancy)) != NULL)
	{
		if (nmovers > 0 && row->row.key == vacancy.row.key && row->row.from == movers.row.from &&
			row->row.other == movers.row.other)
		{
			nmovers += row->movers;
			continue;
		}
		if (due && (nmovers > 0 || row->row.key != vacancy.row.key))
			put_flow(flows, &vacancy, &movers, nmovers);
		due = true;
		if (row->row.from == FLOW_VACANCY)
		{
			vacancy = *row;
			nmovers = 0;
		}
		else
		{
			movers = *row;
			nmovers = row->movers;
		}
	}
	if (due)
		put_flow(flows, &vacancy, &movers, nmovers);
	byudv_sorter_end(flows->by_vacancy);
}

static int32
window_arg(FunctionCallInfo fcinfo, int arg, const char *name)
{
	if (PG_ARGISNULL(arg) || DATE_NOT_FINITE(PG_GETARG_DATEADT(arg)))
		ereport(ERROR,
				(errcode(PG_ARGISNULL(arg) ? ERRCODE_NULL_VALUE_NOT_ALLOWED : ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a day", name),
				 errdetail("It is %s.", PG_ARGISNULL(arg) ? "NULL" : byudv_date_text(PG_GETARG_DATEADT(arg))),
				 errhint("Give the first day that the register covers as study_from and the day after the last as study_to.")));
	return PG_GETARG_DATEADT(arg);
}

Datum
byudv_vacancy_flows(PG_FUNCTION_ARGS)
{
	Oid			residences = byudv_relation_arg(fcinfo, 0, "residences");
	Oid			dwellings = byudv_relation_arg(fcinfo, 1, "dwellings");
	Flows		flows = {0};
	ByudvFlowOptions *o = &flows.options;

	o->study_from = window_arg(fcinfo, 2, "study_from");
	o->study_to = window_arg(fcinfo, 3, "study_to");
	if (o->study_from >= o->study_to)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("study_to must come after study_from"),
				 errdetail("study_from = %s, study_to = %s.", byudv_date_text(o->study_from), byudv_date_text(o->study_to)),
				 errhint("Give the first day that the register covers as study_from and the day after the last as study_to.")));
	o->overlap_tolerance = byudv_days_arg(fcinfo, 4, "overlap_tolerance");
	o->group_window = byudv_days_arg(fcinfo, 5, "group_window");
	o->link_gap = byudv_days_arg(fcinfo, 6, "link_gap");
	o->empty_window = byudv_days_arg(fcinfo, 7, "empty_window");
	o->max_vacancy = byudv_days_arg(fcinfo, 8, "max_vacancy");

	flows.output = byudv_output_begin(fcinfo);
	for (int i = 0; i < BYUDV_OUTCOMES; i++)
		flows.outcomes[i] = byudv_output_text(byudv_outcome_names[i]);

	/*
	 * While one is read the next is filled, and both hold half of the memory; two
	 * are filled while dwellings are gone through.  So all takes one and a quarter
	 * of maintenance_work_mem, and an eighth of what is sorted while others wait.
	 */
	flows.by_person = byudv_sorter_begin(sizeof(ByudvRow), byudv_memory_share(2), 1);
	byudv_read_relation(residences, "residences", byudv_period_columns, BYUDV_PERIOD_COLUMNS, read_residence, &flows);
	if (!PG_ARGISNULL(9))
		byudv_read_relation(PG_GETARG_OID(9), "persons", person_columns, lengthof(person_columns), read_person, &flows);
	flows.by_dwelling = byudv_sorter_begin(sizeof(ByudvRow), byudv_memory_share(2), 8);
	byudv_read_relation(dwellings, "dwellings", dwelling_columns, lengthof(dwelling_columns), read_dwelling, &flows);
	number_residences(&flows);
	flows.by_number = byudv_sorter_begin(sizeof(Side), byudv_memory_share(2), 8);
	flows.by_vacancy = byudv_sorter_begin(sizeof(Flow), byudv_memory_share(4), 8);
	find_vacancies(&flows);
	link_moves(&flows);
	put_flows(&flows);
	return (Datum) 0;
}
