/*
 * row_output.c
 *		Many rows of a set-returning function.
 *
 * A result in FROM is written down by the executor's rules before anything reads
 * it; with millions of rows that is most of the work.  The general way forms a
 * tuple in three passes over the columns; here their layout is worked out once
 * and a row is one pass.
 */
#include "moves.h"

#include "access/htup_details.h"

#define COLUMNS_MAX		16
#define TEXT_MAX		24
#define DATA_MAX		(COLUMNS_MAX * TEXT_MAX)
#define BITMAP_MAX		((COLUMNS_MAX + BITS_PER_BYTE - 1) / BITS_PER_BYTE)

struct ByudvOutput
{
	Tuplestorestate *store;
	int			ncolumns;
	int16		lengths[COLUMNS_MAX];	/* -1: text with a short header */
	int			alignments[COLUMNS_MAX];
	bool		has_text;
	size_t		size;			/* that no row exceeds */
	HeapTupleData tuple;
	union
	{
		HeapTupleHeaderData header;
		char		bytes[MAXALIGN(SizeofHeapTupleHeader + BITMAP_MAX) + DATA_MAX];
	}			row;
};

/* The result is a materialized set. */
ByudvOutput *
byudv_output_begin(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ByudvOutput *output = palloc0(sizeof(ByudvOutput));
	TupleDesc	desc;

	byudv_begin_set(fcinfo);
	desc = rsinfo->setDesc;
	output->store = rsinfo->setResult;
	output->ncolumns = desc->natts;
	if (desc->natts > COLUMNS_MAX)
		elog(ERROR, "too many columns");
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute a = TupleDescAttr(desc, i);

		if (!a->attbyval && a->attlen != -1)
			elog(ERROR, "a column of this kind cannot be put out");
		output->lengths[i] = a->attlen;
		output->alignments[i] = a->attlen == -1 ? 1 : a->attalign == TYPALIGN_DOUBLE ? ALIGNOF_DOUBLE :
			a->attalign == TYPALIGN_INT ? ALIGNOF_INT : a->attalign == TYPALIGN_SHORT ? ALIGNOF_SHORT : 1;
		output->has_text |= a->attlen == -1;
		output->size += a->attlen == -1 ? TEXT_MAX : a->attlen + output->alignments[i] - 1;
	}
	output->size += MAXALIGN(SizeofHeapTupleHeader + BITMAPLEN(desc->natts));
	output->tuple.t_data = &output->row.header;
	return output;
}

/* A text as these rows have it. */
Datum
byudv_output_text(const char *text)
{
	size_t		length = strlen(text);
	char	   *value = palloc(VARHDRSZ_SHORT + length);

	if (VARHDRSZ_SHORT + length > TEXT_MAX)
		elog(ERROR, "text is too long to be put out");
	SET_VARSIZE_SHORT(value, VARHDRSZ_SHORT + length);
	memcpy(VARDATA_SHORT(value), text, length);
	return PointerGetDatum(value);
}

void
byudv_output_row(ByudvOutput *output, const Datum *values, const bool *nulls)
{
	HeapTupleHeader header = &output->row.header;
	bool		has_null = false;
	char	   *at;

	for (int i = 0; i < output->ncolumns; i++)
		has_null |= nulls[i];
	memset(&output->row, 0, output->size);	/* bits, and what alignment leaves out */
	header->t_hoff = MAXALIGN(SizeofHeapTupleHeader + (has_null ? BITMAPLEN(output->ncolumns) : 0));
	header->t_infomask = (has_null ? HEAP_HASNULL : 0) | (output->has_text ? HEAP_HASVARWIDTH : 0);
	HeapTupleHeaderSetNatts(header, output->ncolumns);

	at = output->row.bytes + header->t_hoff;
	for (int i = 0; i < output->ncolumns; i++)
	{
		Datum		value = values[i];

		if (nulls[i])
			continue;
		if (has_null)
			header->t_bits[i >> 3] |= 1 << (i & 7);
		at = (char *) TYPEALIGN(output->alignments[i], at);
		switch (output->lengths[i])
		{
			case 8:
				*(int64 *) at = DatumGetInt64(value);
				at += 8;
				break;
			case 4:
				*(int32 *) at = DatumGetInt32(value);
				at += 4;
				break;
			case 1:
				*at++ = DatumGetChar(value);
				break;
			default:
				memcpy(at, DatumGetPointer(value), VARSIZE_SHORT(DatumGetPointer(value)));
				at += VARSIZE_SHORT(DatumGetPointer(value));
		}
	}
	output->tuple.t_len = at - output->row.bytes;
	tuplestore_puttuple(output->store, &output->tuple);
}
