/*
 * names.c
 *		Numbers and names as the registers have them.
 */
#include "world.h"

int64_t
dwelling_number(int32_t dwelling)
{
	return 1000001 + (int64_t) dwelling;
}

int64_t
home_number(int32_t home)
{
	return 800000001 + (int64_t) home;
}

/* Telling nothing of age or place */
int64_t
person_number(int32_t person)
{
	return 1000000001 + (int64_t) (((uint32_t) person * UINT32_C(0x9E3779B1)) & id_mask);
}

/* A person of the registers, or one who never lived here */
int64_t
owner_number(int32_t owner)
{
	return owner >= 0 ? person_number(owner) : 1000000000 + person_number(-1 - owner);
}

int32_t
municipality_of(int32_t unit)
{
	return municipality_codes[unit % COUNT(municipality_codes)];
}

int32_t
unit_of(int32_t dwelling)
{
	return groups[dwellings[dwelling].group].unit;
}

/* Another municipality than that of the unit: one of the next that are not simulated, or any when all are */
int32_t
other_municipality(int32_t unit)
{
	int32_t		left = COUNT(municipality_codes) - scale;

	if (left > 0)
		return municipality_codes[scale + pick(left < 12 ? left : 12)];
	return municipality_codes[(unit + 1 + pick(COUNT(municipality_codes) - 1)) % COUNT(municipality_codes)];
}

void
put_key(int f, uint64_t number, int what)
{
	uint64_t	a = hashed(number, (uint64_t) what);
	uint64_t	b = hashed(number, (uint64_t) what + 50);
	char		key[40];

	snprintf(key, sizeof(key), "%08x-%04x-4%03x-%04x-%012llx", (unsigned) (a >> 32), (unsigned) (a >> 16 & 0xffff), (unsigned) (a & 0xfff),
			 (unsigned) (0x8000 | (b >> 48 & 0x3fff)), (unsigned long long) (b & UINT64_C(0xffffffffffff)));
	put_text(f, key);
}

const char *
town(int32_t unit)
{
	static const char *const starts[] = {"Birke", "Aske", "Linde", "Ahorn", "Pile", "Rønne", "Tjørne", "Hyben", "Hassel", "Gran"};
	static const char *const ends[] = {"lev", "drup", "tved", "sted", "løse", "inge", "kilde", "strup", "købing", "næs", "hede", "skov"};
	static char name[64];

	snprintf(name, sizeof(name), "%s%s", starts[unit % COUNT(starts)], ends[unit / COUNT(starts) % COUNT(ends)]);
	return name;
}

void
person_name(char *name, size_t size, uint64_t hash)
{
	static const char *const firsts[] = {"Al", "Bir", "Cil", "Dit", "El", "Fro", "Gud", "Hol", "Ing", "Jep", "Kar", "Lau", "Mer", "Nja", "Od", "Pre", "Reg",
		"Sven", "Thy", "Ul", "Vib", "Ås", "Øs", "Yr"};
	static const char *const seconds[] = {"ma", "ger", "je", "mar", "na", "de", "ny", "run", "pe", "le", "ta", "lo", "mund", "vin", "ra", "ste"};
	static const char *const natures[] = {"Agern", "Blåhat", "Dunhammer", "Engkarse", "Firben", "Gøgeurt", "Hasselmus", "Isfugl", "Kogleaks", "Lyngrose",
		"Muldvarp", "Nøddekrage", "Pindsvin", "Ravklump", "Solsort", "Tangnål", "Uglegylp", "Vibefjer", "Askebast", "Birkebark", "Rævshale", "Sivkvist",
		"Trankebær", "Ørnebregne", "Åkande", "Humlebi", "Elverkrat", "Fuglegræs", "Mosekone", "Kildespring"};
	static const char *const places[] = {"lund", "holt", "toft", "bjerre", "vad", "mose", "høj", "krog", "lykke", "sig", "dam", "eng", "bæk", "brink", "kær",
		"løkke"};

	snprintf(name, size, "%s%s %c. %s%s", firsts[hash % 24], seconds[(hash >> 8) % 16], (char) ('A' + (hash >> 16) % 26), natures[(hash >> 24) % 30],
			 places[(hash >> 32) % 16]);
}

const char *
estate_name(uint32_t number)
{
	static const char *const starts[] = {"Lupin", "Kløver", "Valmue", "Rug", "Havre", "Slåen", "Ribes", "Tranebær", "Blåbær", "Multebær", "Lyng", "Kornblomst",
		"Ranunkel", "Kodriver", "Gyvel", "Hyld", "Mjødurt", "Porse", "Vikke", "Syre", "Star", "Rapgræs", "Bukkeblad", "Timian", "Merian", "Salvie"};
	static const char *const ends[] = {"haven", "gården", "parken", "vænget", "bakken", "toften", "krogen", "lunden", "engen", "stien", "dalen", "høj"};
	static char name[64];

	snprintf(name, sizeof(name), "%s%s", starts[number % COUNT(starts)], ends[number / COUNT(starts) % COUNT(ends)]);
	return name;
}

static void
upper_ascii(char *text)
{
	for (; *text; text++)
	{
		if (*text >= 'a' && *text <= 'z')
			*text = (char) (*text - 'a' + 'A');
		else if ((unsigned char) *text == 0xC3 && (unsigned char) text[1] >= 0xA0)
			text[1] = (char) ((unsigned char) text[1] - 0x20);
	}
}

/* A block's owner as the register has it, for the i-th dwelling or line; false when no name is filled */
int
owner_of_group(const Group *group, int32_t i, int former, int32_t *code, char *name, size_t size)
{
	const char *estate = estate_name(group->name);
	const char *place = town(group->unit);
	uint32_t	variant = (group->name / 7 + (uint32_t) i) % 4;

	name[0] = 0;
	switch (group->segment)
	{
		case SOCIAL:
		case SOCIAL_ROW:
			*code = group->error == SOCIAL_AS_OWNER || group->error == SOCIAL_UNNAMED ? 10 : group->error == SOCIAL_AS_ASSOCIATION ? 40 : 20;
			if (group->error == SOCIAL_UNNAMED)
				return 0;
			if (group->organisation == 0)
			{
				static const char *const spellings[] = {"AAB AFD %d", "BOLIGFORENINGEN AAB AFD. %d", "Aab, afd %d v/ ejendomskontoret",
				"Arbejdernes Andels-Boligforening, afdeling %d"};

				snprintf(name, size, spellings[variant], group->estate);
			}
			else if (group->organisation == 1)
			{
				if (variant == 0)
					snprintf(name, size, "DOMEA AFD. %d", group->estate);
				else if (variant == 1)
					snprintf(name, size, "Domea %s", place);
				else
					snprintf(name, size, variant == 2 ? "Domea.dk, afd. %d" : "Domea, afdeling %d", group->estate);
			}
			else if (group->organisation == 2)
				snprintf(name, size, variant % 2 ? "Boligselskabet %s afd. %d" : "BOLIGSELSKABET %s AFD %d", place, group->estate);
			else
				snprintf(name, size, "%s Almene Boligselskab, afd. %d", place, group->estate);
			break;
		case SENIOR:
		case PUBLIC_FLAT:
			*code = 50;
			snprintf(name, size, "%s Kommune", place);
			break;
		case COOP:
		case COOP_ROW:
			*code = group->error == COMPANY_COOPERATIVE ? 30 : group->error == PERSON_COOPERATIVE ? 10 : 41;
			snprintf(name, size, variant == 0 ? "A/B %s" : variant == 1 ? "Andelsboligforeningen %s" : "A B %s", estate);
			if (variant == 2)
				upper_ascii(name);
			break;
		case STUDENT:
			*code = 40;
			snprintf(name, size, "Kollegiet %s", estate);
			break;
		case FOUNDATION:
			*code = 40;
			if (group->error == CHURCH_FOUNDATION)
				snprintf(name, size, "%s Sogns Menighedsråd", place);
			else
				snprintf(name, size, group->name % 2 ? "Den selvejende institution %s" : "Fonden %s", estate);
			break;
		default:				/* rental, and what is over shops */
			*code = 30;
			if (group->error == PERSON_RENTAL)
			{
				*code = 10;
				person_name(name, size, hashed(group->name, 9));
			}
			else if (group->error == COMPANY_SOCIAL_CODE)
			{
				*code = 20;
				snprintf(name, size, "Boligselskabet %s ApS", estate);
			}
			else if (former)
				snprintf(name, size, "%s Boliginvest ApS", estate);
			else
			{
				static const char *const forms[] = {"Ejendomsselskabet %s ApS", "%s Ejendomme A/S", "Ejendomsaktieselskabet %s", "K/S %s Boliger",
				"Udlejningsselskabet %s ApS"};

				snprintf(name, size, forms[group->name % 5], estate);
			}
			break;
	}
	if (group->error == NO_CODE)
	{
		*code = group->name % 3 == 0 ? 99 : group->name % 3 == 1 ? 90 : -1;
		name[0] = 0;
		return 0;
	}
	return 1;
}

void
put_error(int error, const char *table, int64_t key, int32_t day)
{
	char		text[64];

	put_text(F_ERROR, errors[error]);
	put_text(F_ERROR, table);
	if (day == NEVER)
		snprintf(text, sizeof(text), "%lld", (long long) key);
	else
		snprintf(text, sizeof(text), "%lld/%s", (long long) key, day == NO_DATE ? "" : date_text(day));
	put_text(F_ERROR, text);
	end_line(F_ERROR);
}

void
plant(int32_t dwelling, int error)
{
	dwellings[dwelling].planted = (uint8_t) error;
}
