/*
 * moves.c
 *		SQL entry point for moves: changes of residence, classified.
 *
 * Two sorts by person go side by side: residences with births and deaths, and
 * the address periods that say what the addresses elsewhere were.
 */
#include "moves.h"

#include "catalog/pg_type.h"

#include "core/move.h"

PG_FUNCTION_INFO_V1(byudv_moves);

static const ByudvColumn person_columns[] = {
	{"person_id", INT8OID}, {"born_on", DATEOID}, {"died_on", DATEOID, true}
};

static const ByudvColumn address_columns[] = {
	{"person_id", INT8OID}, {"dwelling_id", INT8OID}, {"from_date", DATEOID}, {"to_date", DATEOID},
	{"municipality_code", INT4OID, true}, {"abroad", BOOLOID, true}
};

/* Before all residences of the person. */
#define REGISTERED		INT32_MIN
#define BIRTH			0
#define DEATH			1

typedef struct Moves
{
	ByudvMoveOptions options;
	ByudvHeap	heap;
	ByudvSorter *by_person;
	ByudvSorter *addresses;		/* or NULL */
	ByudvResidenceSweep sweep;	/* of the addresses */
	const ByudvRow *address;	/* the next one */
	ByudvMoverHistory history;
	ByudvRow   *residences;
	size_t		residences_room;
	ByudvResidence *places;
	size_t		places_room;
	ByudvOutput *output;
	Datum		arrivals[BYUDV_ARRIVALS];
	Datum		departures[BYUDV_DEPARTURES];
} Moves;

static void
read_residence(void *context, const Datum *values, const bool *nulls)
{
	ByudvRow	row = byudv_residence_row(values, nulls);

	*(ByudvRow *) byudv_sorter_put(((Moves *) context)->by_person) = row;
}

static void
read_person(void *context, const Datum *values, const bool *nulls)
{
	if (nulls[0])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("person_id must not be null"),
				 errdetail("A row of persons has none.")));
	for (int i = BIRTH; i <= DEATH; i++)
	{
		ByudvRow	row = {.key = DatumGetInt64(values[0]), .from = REGISTERED, .other = i};

		if (nulls[1 + i] || DATE_NOT_FINITE(DatumGetDateADT(values[1 + i])))
			continue;
		row.to = DatumGetDateADT(values[1 + i]);
		*(ByudvRow *) byudv_sorter_put(((Moves *) context)->by_person) = row;
	}
}

static void
read_address(void *context, const Datum *values, const bool *nulls)
{
	ByudvRejects rejects;
	ByudvRow	row;

	if (!byudv_address_row(values, nulls, &row, &rejects))
		return;
	if (row.other == BYUDV_OUTSIDE)
		row.other = !nulls[5] && DatumGetBool(values[5]) ? BYUDV_ABROAD :
			!nulls[4] ? BYUDV_OTHER_MUNICIPALITY : BYUDV_UNKNOWN_PLACE;
	*(ByudvRow *) byudv_sorter_put(((Moves *) context)->addresses) = row;
}

static void
put_place(void *context, const ByudvResidence *place)
{
	Moves	   *moves = context;
	ByudvMoverHistory *h = &moves->history;

	moves->places = byudv_make_room(&moves->heap, moves->places, &moves->places_room, h->nplaces + 1, sizeof(ByudvResidence));
	moves->places[h->nplaces++] = *place;
}

/* Where the person at hand was: goes on through the addresses. */
static void
find_places(Moves *moves)
{
	ByudvMoverHistory *h = &moves->history;

	h->nplaces = 0;
	if (moves->addresses == NULL)
		return;
	byudv_residences_begin(&moves->sweep, 0);
	while (moves->address != NULL && moves->address->key <= h->person)
	{
		if (moves->address->key == h->person)
			byudv_residences_add(&moves->sweep, moves->address);
		moves->address = byudv_sorter_next(moves->addresses);
	}
	byudv_residences_end(&moves->sweep);
	h->places = moves->places;
}

static void
put_move(void *context, const ByudvMove *move)
{
	Moves	   *moves = context;
	Datum		values[7];
	bool		nulls[7] = {false};

	values[0] = Int64GetDatum(move->person);
	nulls[1] = nulls[2] = move->from_dwelling == BYUDV_OUTSIDE;
	values[1] = Int64GetDatum(move->from_dwelling);
	values[2] = DateADTGetDatum(move->left_on);
	nulls[3] = move->departure == BYUDV_NO_DEPARTURE;
	values[3] = moves->departures[move->departure];
	nulls[4] = nulls[5] = move->to_dwelling == BYUDV_OUTSIDE;
	values[4] = Int64GetDatum(move->to_dwelling);
	values[5] = DateADTGetDatum(move->arrived_on);
	nulls[6] = move->arrival == BYUDV_NO_ARRIVAL;
	values[6] = moves->arrivals[move->arrival];
	byudv_output_row(moves->output, values, nulls);
}

static void
finish_person(Moves *moves)
{
	moves->history.residences = moves->residences;
	if (moves->history.nresidences == 0)
		return;
	find_places(moves);
	byudv_find_moves(&moves->options, &moves->history, put_move, moves);
}

static void
take_event(ByudvMoverHistory *h, const ByudvRow *row)
{
	int32	   *day = row->other == BIRTH ? &h->born_on : &h->died_on;

	if (*day != BYUDV_ONGOING && *day != row->to)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(row->other == BIRTH ? "a person is born once" : "a person dies once"),
				 errdetail("Person %lld has %s = %s and %s.", (long long) h->person, row->other == BIRTH ? "born_on" : "died_on",
						   byudv_date_text(*day), byudv_date_text(row->to)),
				 errhint("Give a view with one row a person as persons.")));
	*day = row->to;
}

static void
find_moves(Moves *moves)
{
	ByudvMoverHistory *h = &moves->history;
	const ByudvRow *row;
	bool		started = false;

	byudv_sorter_sort(moves->by_person);
	if (moves->addresses != NULL)
	{
		byudv_sorter_sort(moves->addresses);
		moves->address = byudv_sorter_next(moves->addresses);
	}
	while ((row = byudv_sorter_next(moves->by_person)) != NULL)
	{
		if (!started || row->key != h->person)
		{
			if (started)
				finish_person(moves);
			*h = (ByudvMoverHistory)
			{
				.person = row->key, .born_on = BYUDV_ONGOING, .died_on = BYUDV_ONGOING
			};
			started = true;
		}
		if (row->from == REGISTERED)
		{
			take_event(h, row);
			continue;
		}
		moves->residences = byudv_make_room(&moves->heap, moves->residences, &moves->residences_room,
											h->nresidences + 1, sizeof(ByudvRow));
		moves->residences[h->nresidences++] = *row;
	}
	if (started)
		finish_person(moves);
	byudv_sorter_end(moves->by_person);
	if (moves->addresses != NULL)
		byudv_sorter_end(moves->addresses);
}

Datum
byudv_moves(PG_FUNCTION_ARGS)
{
	Oid			residences = byudv_relation_arg(fcinfo, 0, "residences");
	Moves		moves = {.heap = byudv_heap()};
	ByudvMoveOptions *o = &moves.options;

	o->study_from = PG_ARGISNULL(3) ? DATEVAL_NOBEGIN : PG_GETARG_DATEADT(3);
	o->study_to = PG_ARGISNULL(4) ? DATEVAL_NOEND : PG_GETARG_DATEADT(4);
	if (o->study_from >= o->study_to)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("study_to must come after study_from"),
				 errdetail("study_from = %s, study_to = %s.", byudv_date_text(o->study_from), byudv_date_text(o->study_to)),
				 errhint("Give the first day that the register covers as study_from and the day after the last as study_to.")));
	o->link_gap = byudv_days_arg(fcinfo, 5, "link_gap");
	o->death_window = byudv_days_arg(fcinfo, 6, "death_window");

	moves.output = byudv_output_begin(fcinfo);
	for (int i = 1; i < BYUDV_ARRIVALS; i++)
		moves.arrivals[i] = byudv_output_text(byudv_arrival_names[i]);
	for (int i = 1; i < BYUDV_DEPARTURES; i++)
		moves.departures[i] = byudv_output_text(byudv_departure_names[i]);
	moves.by_person = byudv_sorter_begin(sizeof(ByudvRow), byudv_memory_share(4), 1);
	byudv_read_relation(residences, "residences", byudv_period_columns, BYUDV_PERIOD_COLUMNS, read_residence, &moves);
	if (!PG_ARGISNULL(1))
		byudv_read_relation(PG_GETARG_OID(1), "persons", person_columns, lengthof(person_columns), read_person, &moves);
	if (!PG_ARGISNULL(2))
	{
		moves.addresses = byudv_sorter_begin(sizeof(ByudvRow), byudv_memory_share(4), 1);
		moves.sweep = (ByudvResidenceSweep)
		{
			.emit = put_place, .context = &moves, .heap = moves.heap
		};
		byudv_read_relation(PG_GETARG_OID(2), "address_periods", address_columns, lengthof(address_columns), read_address, &moves);
	}
	find_moves(&moves);
	return (Datum) 0;
}
