/*
 * residences.c
 *		SQL entry points that make residences of address periods, and
 *		occupancies of residences.
 */
#include "moves.h"

#include "catalog/pg_type.h"

PG_FUNCTION_INFO_V1(byudv_residences);
PG_FUNCTION_INFO_V1(byudv_residence_rejects);
PG_FUNCTION_INFO_V1(byudv_occupancies);

const ByudvColumn byudv_period_columns[BYUDV_PERIOD_COLUMNS] = {
	{"person_id", INT8OID}, {"dwelling_id", INT8OID}, {"from_date", DATEOID}, {"to_date", DATEOID}
};

/* person_id, dwelling_id, from_date, to_date as a row, whatever they are. */
static ByudvRow
period_row(const Datum *values, const bool *nulls)
{
	ByudvRow	row;

	if (nulls[0])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("person_id must not be null"),
				 nulls[1] ? errdetail("A row has from_date = %s and no dwelling_id either.",
									  nulls[2] ? "NULL" : byudv_date_text(DatumGetDateADT(values[2]))) :
				 errdetail("A row has dwelling_id = %lld and from_date = %s.", (long long) DatumGetInt64(values[1]),
						   nulls[2] ? "NULL" : byudv_date_text(DatumGetDateADT(values[2]))),
				 errhint("Give a view that leaves such rows out, and say how many there are.")));
	row.key = DatumGetInt64(values[0]);
	row.other = nulls[1] ? BYUDV_OUTSIDE : DatumGetInt64(values[1]);
	if (row.other < BYUDV_DWELLING_MIN && !nulls[1])
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("dwelling_id is out of range"),
				 errdetail("It is %lld; the least numbers of all are kept for addresses elsewhere.", (long long) row.other)));
	row.from = nulls[2] ? DATEVAL_NOBEGIN : DatumGetDateADT(values[2]);
	row.to = nulls[3] ? BYUDV_ONGOING : DatumGetDateADT(values[3]);
	return row;
}

bool
byudv_address_row(const Datum *values, const bool *nulls, ByudvRow *row, ByudvRejects *rejects)
{
	*row = period_row(values, nulls);
	if (DATE_NOT_FINITE(row->from))
		rejects->no_start++;
	else if (row->to < row->from)
		rejects->negative++;
	else if (row->to == row->from)
		rejects->zero_length++;
	else
	{
		rejects->used++;
		return true;
	}
	return false;
}

ByudvRow
byudv_residence_row(const Datum *values, const bool *nulls)
{
	ByudvRow	row = period_row(values, nulls);

	if (DATE_NOT_FINITE(row.from) || row.to <= row.from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a residence must begin on a day and end after it"),
				 errdetail("Person %lld has from_date = %s, to_date = %s.", (long long) row.key,
						   nulls[2] ? "NULL" : byudv_date_text(row.from),
						   nulls[3] ? "NULL" : byudv_date_text(row.to)),
				 errhint("Make residences of address periods with byudv.residences(), which leaves such rows out.")));
	return row;
}

typedef struct AddressReader
{
	ByudvSorter *sorter;		/* or NULL: count only */
	ByudvRejects *rejects;
} AddressReader;

static void
read_address(void *context, const Datum *values, const bool *nulls)
{
	AddressReader *reader = context;
	ByudvRow	row;

	if (byudv_address_row(values, nulls, &row, reader->rejects) && reader->sorter != NULL)
		*(ByudvRow *) byudv_sorter_put(reader->sorter) = row;
}

void
byudv_make_residences(Oid address_periods, int32 max_gap, ByudvRejects *rejects,
					  void (*emit) (void *context, const ByudvResidence *residence), void *context)
{
	AddressReader reader = {
		.sorter = byudv_sorter_begin(sizeof(ByudvRow), byudv_memory_share(2), 1),
		.rejects = rejects
	};
	ByudvResidenceSweep sweep = {.emit = emit, .context = context, .heap = byudv_heap()};
	const ByudvRow *row;

	byudv_read_relation(address_periods, "address_periods", byudv_period_columns, BYUDV_PERIOD_COLUMNS, read_address, &reader);
	byudv_sorter_sort(reader.sorter);
	byudv_residences_begin(&sweep, max_gap);
	while ((row = byudv_sorter_next(reader.sorter)) != NULL)
		byudv_residences_add(&sweep, row);
	byudv_residences_end(&sweep);
	byudv_sorter_end(reader.sorter);
}

static void
put_residence(void *context, const ByudvResidence *residence)
{
	Datum		values[5];
	bool		nulls[5] = {false};

	values[0] = Int64GetDatum(residence->person);
	values[1] = Int64GetDatum(residence->dwelling);
	nulls[1] = residence->dwelling == BYUDV_OUTSIDE;
	values[2] = DateADTGetDatum(residence->from);
	values[3] = DateADTGetDatum(residence->to);
	nulls[3] = residence->to == BYUDV_ONGOING;
	values[4] = Int32GetDatum(residence->records);
	byudv_output_row(context, values, nulls);
}

Datum
byudv_residences(PG_FUNCTION_ARGS)
{
	Oid			address_periods = byudv_relation_arg(fcinfo, 0, "address_periods");
	int32		max_gap = byudv_days_arg(fcinfo, 1, "max_gap");
	ByudvRejects rejects = {0};

	byudv_make_residences(address_periods, max_gap, &rejects, put_residence, byudv_output_begin(fcinfo));
	return (Datum) 0;
}

Datum
byudv_residence_rejects(PG_FUNCTION_ARGS)
{
	ByudvRejects rejects = {0};
	AddressReader reader = {.rejects = &rejects};
	Datum		values[4];
	bool		nulls[4] = {false};

	byudv_read_relation(byudv_relation_arg(fcinfo, 0, "address_periods"), "address_periods",
						byudv_period_columns, BYUDV_PERIOD_COLUMNS, read_address, &reader);
	values[0] = Int64GetDatum(rejects.no_start);
	values[1] = Int64GetDatum(rejects.negative);
	values[2] = Int64GetDatum(rejects.zero_length);
	values[3] = Int64GetDatum(rejects.used);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(byudv_result_desc(fcinfo), values, nulls)));
}

/* By dwelling: key dwelling, other person. */
static void
read_residence(void *context, const Datum *values, const bool *nulls)
{
	ByudvRow	row = byudv_residence_row(values, nulls);
	int64		person = row.key;

	if (row.other == BYUDV_OUTSIDE)
		return;
	row.key = row.other;
	row.other = person;
	*(ByudvRow *) byudv_sorter_put(context) = row;
}

static void
put_occupancy(void *context, const ByudvOccupancy *occupancy)
{
	Datum		values[5];
	bool		nulls[5] = {false};

	values[0] = Int64GetDatum(occupancy->dwelling);
	values[1] = Int32GetDatum(occupancy->number);
	values[2] = DateADTGetDatum(occupancy->from);
	values[3] = DateADTGetDatum(occupancy->to);
	nulls[3] = occupancy->to == BYUDV_ONGOING;
	values[4] = Int32GetDatum(occupancy->residents);
	byudv_output_row(context, values, nulls);
}

Datum
byudv_occupancies(PG_FUNCTION_ARGS)
{
	Oid			residences = byudv_relation_arg(fcinfo, 0, "residences");
	ByudvOccupancySweep sweep = {.emit = put_occupancy};
	int32		overlap_tolerance = byudv_days_arg(fcinfo, 1, "overlap_tolerance");
	ByudvSorter *sorter;
	const ByudvRow *row;

	sweep.context = byudv_output_begin(fcinfo);
	sorter = byudv_sorter_begin(sizeof(ByudvRow), byudv_memory_share(2), 1);
	byudv_read_relation(residences, "residences", byudv_period_columns, BYUDV_PERIOD_COLUMNS, read_residence, sorter);
	byudv_sorter_sort(sorter);
	byudv_occupancies_begin(&sweep, overlap_tolerance);
	while ((row = byudv_sorter_next(sorter)) != NULL)
		byudv_occupancies_add(&sweep, row);
	byudv_occupancies_end(&sweep);
	byudv_sorter_end(sorter);
	return (Datum) 0;
}
