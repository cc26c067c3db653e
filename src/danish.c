/*
 * danish.c
 *		Numbers and dates of Danish sources, from text.
 *
 * Each function has two forms: with a second argument that names the place
 * (a row, a file), which stands in front of the message.
 */
#include "byudv.h"

#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"

#include "core/danish.h"

PG_FUNCTION_INFO_V1(byudv_parse_danish_number);
PG_FUNCTION_INFO_V1(byudv_parse_danish_date);

/* "row 17: ", or nothing. */
static const char *
place(FunctionCallInfo fcinfo)
{
	if (PG_NARGS() < 2 || PG_ARGISNULL(1))
		return "";
	return psprintf("%s: ", byudv_quotable(byudv_text_arg(PG_GETARG_DATUM(1))));
}

/* 8.100 as 8100 and as 8.1 */
static void
refuse_two_readings(FunctionCallInfo fcinfo, const text *value, const char *plain)
{
	char	   *whole = pstrdup(plain);
	char	   *decimal = pstrdup(plain);
	char	   *point = strchr(whole, '.');
	size_t		len = strlen(decimal);

	memmove(point, point + 1, strlen(point));
	while (decimal[len - 1] == '0')
		decimal[--len] = '\0';
	if (decimal[len - 1] == '.')
		decimal[--len] = '\0';
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("%sambiguous number: \"%s\"", place(fcinfo), byudv_quotable(value)),
			 errdetail("It can be read as %s, with a point between thousands, or as %s, with a decimal point.", whole, decimal),
			 errhint("Find out how the source writes numbers. Points between thousands: give replace(value, '.', ''). Decimal points: give replace(value, '.', ',').")));
}

Datum
byudv_parse_danish_number(PG_FUNCTION_ARGS)
{
	char		plain[BYUDV_NUMBER_ROOM];
	const text *value;
	const char *s;
	const char *fault;
	size_t		len;

	/* the form with a place is not STRICT: to have no name is no reason to lose a number */
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	value = byudv_text_arg(PG_GETARG_DATUM(0));
	s = byudv_text_in_utf8(value, &len);
	fault = byudv_danish_number(s, len, plain);
	if (fault == byudv_two_readings)
		refuse_two_readings(fcinfo, value, plain);
	if (fault != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("%sinvalid number: \"%s\"", place(fcinfo), byudv_quotable(value)),
				 errdetail_internal("%s", fault),
				 errhint("Numbers are read as 1234, 1.234,5, 1 234,5 and 7250.75. Where no value is meant, give NULL.")));
	return DirectFunctionCall3(numeric_in, CStringGetDatum(plain), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

Datum
byudv_parse_danish_date(PG_FUNCTION_ARGS)
{
	const text *value;
	const char *s;
	const char *fault;
	size_t		len;
	int			year,
				month,
				day;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	value = byudv_text_arg(PG_GETARG_DATUM(0));
	s = byudv_text_in_utf8(value, &len);
	fault = byudv_danish_date(s, len, &year, &month, &day);
	if (fault == byudv_no_such_day)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("%sno such day: \"%s\"", place(fcinfo), byudv_quotable(value)),
				 errdetail("It is read as day %d of month %d of the year %d.", day, month, year),
				 errhint("The day comes first, or the year: 31-12-2023, 2023-12-31, 20231231.")));
	if (fault != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_DATETIME_FORMAT),
				 errmsg("%sinvalid date: \"%s\"", place(fcinfo), byudv_quotable(value)),
				 errdetail_internal("%s", fault),
				 errhint("Dates are read as 31-12-2023, 31.12.2023, 31/12/2023, 2023-12-31 and 20231231. Where no date is meant, give NULL.")));
	PG_RETURN_DATEADT(date2j(year, month, day) - POSTGRES_EPOCH_JDATE);
}
