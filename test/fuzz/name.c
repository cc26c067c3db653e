/*
 * name.c
 *		Fuzz target: the normal form of any bytes.
 */
#include "../unit/reference.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ByudvName	info,
				again;
	char	   *form = make_form((const char *) data, size, &info);
	char	   *second;
	bool		same;
	const char *fault = form_fault(form, &info, size);

	EXPECT(fault == NULL, "%s", fault);

	/*
	 * "AB, Hansen" keeps its ab, which the comma tells from A/B; the normal
	 * form has no comma.  After some rounds nothing may change any more.
	 */
	for (int round = 0; round < 4; round++)
	{
		second = make_form(form, info.len, &again);
		fault = form_fault(second, &again, info.len);
		EXPECT(fault == NULL, "%s", fault);
		same = again.len == info.len && memcmp(form, second, info.len) == 0;
		EXPECT(same || round < 3, "\"%.*s\", then \"%.*s\"", (int) info.len, form,
			   (int) again.len, second);
		free(form);
		form = second;
		info = again;
		if (same)
			break;
	}
	free(form);
	return 0;
}
