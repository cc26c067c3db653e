/*
 * dictionary.c
 *		Fuzz target: the automaton against a slow matcher.
 */
#include "../unit/reference.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Case c;
	ByudvDictionary *d;
	ByudvName	info;
	char	   *form;

	read_case(&c, (const char *) data, size);
	d = build_dictionary(c.patterns, c.n, &c.pool);
	form = make_form(c.name, c.len, &info);
	for (int cut = 0; cut < 2; cut++)
	{
		const char *owner = form + info.owner_start;
		size_t		len = info.owner_end - info.owner_start;
		const char *fault = dictionary_fault(d, c.patterns, c.n, owner, len, cut);

		EXPECT(fault == NULL, "%s: \"%.*s\", cut %d", fault, (int) len, owner, cut);
	}
	free(form);
	pool_free(&c.pool);
	return 0;
}
