/*
 * files.c
 *		Writing the CSV files.
 */
#include "world.h"

static const char *const file_names[NFILES][2] = {
	{"building", "building_id,source_key,property_id,building_use,built_year,defect_insurance,permit_on,available_from,demolished_on,status"},
	{"dwelling", "dwelling_id,source_key,municipality,building_id,property_id,property_kind,unit_use,unit_kind,area_m2,residential_area_m2,rooms,"
	"public_support,registered_use,available_from,demolished_on,address"},
	{"ownership", "property_id,dwelling_id,owner_code,owner_name,owner_person_id,valid_from,valid_to"},
	{"person", "person_id,born_on,died_on,protected"},
	{"household_type", "person_id,household_type,valid_from,valid_to"},
	{"person_attribute", "person_id,attribute,value,valid_from,valid_to"},
	{"address_period", "person_id,dwelling_id,municipality_code,abroad,from_date,to_date"},
	{"area", "kind,code,name,geojson,valid_from,valid_to"},
	{"dwelling_area", "dwelling_id,kind,code,valid_from,valid_to"},
	{"plan_project", "project_id,name,plan_code,area_kind,area_code,adopted_on,permit_on,started_on,completed_on,occupied_on"},
	{"plan_dwelling", "project_id,dwelling_type,tenure,area_m2,expected,realised,expected_on"},
	{"indicator", "source,municipality,area_kind,area_code,year,measure,unit,definition,value"},
	{"tenure_override", "dwelling_id,valid_from,valid_to,tenure,note,decided_by,decided_on"},
	{"truth_dwelling", "dwelling_id,tenure,dwelling_type,planted"},
	{"truth_error", "kind,table_name,key"},
};

static struct
{
	FILE	   *file;
	int64_t		rows;
	size_t		used;
	int			fields;			/* of the line so far */
	char		buffer[1 << 16];
}			files[NFILES];

static void
flush(int f)
{
	if (files[f].used > 0 && fwrite(files[f].buffer, files[f].used, 1, files[f].file) != 1)
		fail(file_names[f][0]);
	files[f].used = 0;
}

static char *
field(int f)
{
	if (files[f].used > sizeof(files[f].buffer) - 2000)
		flush(f);
	if (files[f].fields++ > 0)
		files[f].buffer[files[f].used++] = ',';
	return files[f].buffer + files[f].used;
}

void
put_null(int f)
{
	field(f);
}

void
put_number(int f, int64_t number)
{
	char	   *at = field(f);
	char		digits[20];
	int			n = 0;
	uint64_t	rest = number < 0 ? (uint64_t) -number : (uint64_t) number;

	do
		digits[n++] = (char) ('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		*at++ = '-';
	while (n > 0)
		*at++ = digits[--n];
	files[f].used = (size_t) (at - files[f].buffer);
}

/* A code of which -1 means that the register has none */
void
put_code(int f, int32_t code)
{
	if (code < 0)
		put_null(f);
	else
		put_number(f, code);
}

void
put_date(int f, int32_t day)
{
	char	   *at = field(f);

	if (day == NO_DATE || day == NEVER)
		return;
	memcpy(at, date_text(day), 10);
	files[f].used += 10;
}

void
put_text(int f, const char *text)
{
	char	   *at = field(f);
	size_t		length = strlen(text);

	if (strpbrk(text, ",\"") == NULL)
	{
		memcpy(at, text, length);
		at += length;
	}
	else
	{
		*at++ = '"';
		for (; *text; text++)
		{
			if (*text == '"')
				*at++ = '"';
			*at++ = *text;
		}
		*at++ = '"';
	}
	files[f].used = (size_t) (at - files[f].buffer);
}

void
end_line(int f)
{
	files[f].buffer[files[f].used++] = '\n';
	files[f].fields = 0;
	files[f].rows++;
}

void
open_files(const char *folder)
{
	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		fail(folder);
	for (int f = 0; f < NFILES; f++)
	{
		char		path[4096];

		snprintf(path, sizeof(path), "%s/%s.csv", folder, file_names[f][0]);
		files[f].file = fopen(path, "w");
		if (files[f].file == NULL)
			fail(path);
		files[f].used = (size_t) snprintf(files[f].buffer, sizeof(files[f].buffer), "%s\n", file_names[f][1]);
	}
}

void
close_files(void)
{
	for (int f = 0; f < NFILES; f++)
	{
		flush(f);
		if (fclose(files[f].file) != 0)
			fail(file_names[f][0]);
	}
}

int64_t
rows_written(void)
{
	int64_t		rows = 0;

	for (int f = 0; f < NFILES; f++)
		rows += files[f].rows;
	return rows;
}
