/*
 * addresses.c
 *		Address records of the population register, and the errors in them.
 */
#include "world.h"

void
put_address(int32_t person, int64_t dwelling, int32_t municipality, int abroad, int32_t from, int32_t to)
{
	put_number(F_ADDRESS, person_number(person));
	if (dwelling == NOBODY)
		put_null(F_ADDRESS);
	else
		put_number(F_ADDRESS, dwelling);
	put_code(F_ADDRESS, municipality);
	put_text(F_ADDRESS, abroad ? "t" : "f");
	put_date(F_ADDRESS, from);
	put_date(F_ADDRESS, to);
	end_line(F_ADDRESS);
}

/* A stay that has ended, or goes on (to NEVER), as the register has it: some twice, some at two places, some the wrong way round */
void
record(int32_t person, int32_t dwelling, int32_t from, int32_t to)
{
	int32_t		unit = unit_of(dwelling);
	int32_t		municipality = municipality_of(unit);
	int32_t		end = to < days ? to : days;
	int32_t		dice = pick(100000);
	int64_t		number = dwelling_number(dwelling);
	int32_t		other = units[unit].first + pick(units[unit].n);
	int32_t		start;

	if (dice < 2000 && end - from > 60)
	{
		/* registered anew at the same address; no error */
		int32_t		cut = from + 30 + pick(end - from - 60);

		put_address(person, number, municipality, 0, from, cut);
		put_address(person, number, municipality, 0, cut, to);
		return;
	}
	put_address(person, number, municipality, 0, from, to);
	if (dice < 99200 || from < 0)
		return;
	while (segments[dwellings[other].segment].leave == 0 || dwellings[other].available > from || dwellings[other].demolished <= days)
		other = units[unit].first + pick(units[unit].n);
	dice -= 99200;
	if (dice < 120)
	{
		put_error(DUPLICATE, "address_period", person_number(person), from);
		put_address(person, number, municipality, 0, from, to);
	}
	else if (dice < 400 && to < days - 70)
	{
		/* also where they moved from, for weeks after the move */
		start = from + (end - from) / 2;
		put_error(DOUBLE_REG, "address_period", person_number(person), start);
		put_address(person, number, municipality, 0, start, to + 8 + pick(60));
	}
	else if (dice < 520 && end - from > 150)
	{
		start = from + 20 + pick(end - from - 130);
		put_error(NESTED, "address_period", person_number(person), start);
		put_address(person, dwelling_number(other), municipality, 0, start, start + 14 + pick(80));
	}
	else if (dice < 580)
	{
		start = end - 10 - pick(100);
		if (start < from)
			start = from;
		put_error(REVERSED, "address_period", person_number(person), start);
		put_address(person, dwelling_number(other), municipality, 0, start, start - 1 - pick(300));
	}
	else if (dice < 660)
	{
		put_error(ZERO_LENGTH, "address_period", person_number(person), from);
		put_address(person, dwelling_number(other), municipality, 0, from, from);
	}
	else if (dice < 690)
	{
		put_error(NO_START, "address_period", person_number(person), NO_DATE);
		put_address(person, dwelling_number(other), municipality, 0, NO_DATE, from);
	}
	else if (to == NEVER && dice < 790)
	{
		start = days + 60 + pick(9000);
		put_error(FUTURE_REG, "address_period", person_number(person), start);
		put_address(person, dwelling_number(other), municipality, 0, start, NEVER);
	}
}
