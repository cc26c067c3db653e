/*
 * world.c
 *		What there is: the state that all parts work on.
 */
#include "world.h"

const Segment segments[] = {
	[FARM] = {"farmhouse", "owner", "1", 110, 300, 160, 90, Q_HOUSE, 120},
	[DETACHED] = {"detached", "owner", "1", 120, 430, 105, 90, Q_HOUSE, 100},
	[TERRACED] = {"terraced", "owner", "1", 131, 1050, 85, 50, Q_TERRACED, 90},
	[OWN_FLAT] = {"apartment", "owner", "1", 140, 1020, 55, 55, Q_OWN_FLAT, 80},
	[COOP] = {"apartment", "cooperative", "1", 140, 850, 52, 40, Q_COOP, 45},
	[COOP_ROW] = {"terraced", "cooperative", "1", 131, 700, 80, 25, Q_COOP, 45},
	[SOCIAL] = {"apartment", "social", "1", 140, 500, 50, 50, Q_SOCIAL, 15},
	[SOCIAL_ROW] = {"terraced", "social", "1", 131, 430, 70, 35, Q_SOCIAL_ROW, 15},
	[SENIOR] = {"apartment", "social", "1", 140, 300, 48, 20, Q_SENIOR, 30},
	[RENTAL] = {"apartment", "private_rental", "1", 140, 1600, 50, 50, Q_RENTAL, 30},
	[RENTAL_ROW] = {"terraced", "private_rental", "1", 131, 1700, 80, 35, Q_RENTAL_HOUSE, 30},
	[STUDENT] = {"student_hall", "foundation", "3", 150, 780, 18, 14, Q_STUDENT, 10},
	[FOUNDATION] = {"apartment", "foundation", "1", 140, 600, 45, 30, Q_OTHER, 40},
	[PUBLIC_FLAT] = {"apartment", "public", "1", 140, 800, 50, 30, Q_OTHER, 40},
	[SHOP_FLAT] = {"commercial_dwelling", "private_rental", "2", 322, 1300, 70, 60, Q_OTHER, 60},
	[HOLIDAY] = {"holiday", "owner", "5", 510, 0, 45, 50, Q_OTHER, 0},
	[OTHER_UNIT] = {"not_a_dwelling", "private_rental", "E", 322, 0, 60, 300, Q_OTHER, 0},
};

const char *const errors[NERRORS] = {"none", "social_as_owner", "social_unnamed", "social_as_association", "contact_person", "company_for_cooperative",
	"cooperative_under_persons", "person_on_rental_block", "missing_owner_code", "phased_out_use", "company_under_social_code",
	"supported_under_municipality", "owners_association", "owner_lets", "church_as_foundation", "building_area_on_room", "two_areas", "sixteen_residents",
	"residents_in_demolished", "residents_in_no_dwelling", "new_without_residents", "company_used_by_owner", "missing_use", "missing_area",
	"double_registration", "duplicate_registration", "nested_registration", "reversed_period", "zero_length_period", "future_registration", "no_start"};

const int16_t municipality_codes[MUNICIPALITIES] = {101, 147, 151, 153, 155, 157, 159, 161, 163, 165, 167, 169, 173, 175, 183, 185, 187, 190, 201, 210, 217, 219,
	223, 230, 240, 250, 253, 259, 260, 265, 269, 270, 306, 316, 320, 326, 329, 330, 336, 340, 350, 360, 370, 376, 390, 400, 410, 420, 430, 440, 450, 461,
	479, 480, 482, 492, 510, 530, 540, 550, 561, 563, 573, 575, 580, 607, 615, 621, 630, 657, 661, 665, 671, 706, 707, 710, 727, 730, 740, 741, 746, 751,
	756, 760, 766, 773, 779, 787, 791, 810, 813, 820, 825, 840, 846, 849, 851, 860};

uint64_t random_state, seed = 1;
int32_t scale = 1, from_year = 2006, to_year = 2025, attribute_years = 10;
int32_t first_day;
int32_t days, nyears;
int32_t year_start[MAX_YEARS + 2];
Unit *units;
Dwelling *dwellings;
Person *persons;
Group *groups;
int32_t *new_dwellings;
int32_t ndwellings, npersons, max_persons, ngroups, max_groups, nnew, nproperties, nbuildings;
uint32_t id_mask;
char (*dates)[11];
