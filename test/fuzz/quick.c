/*
 * quick.c
 *		Fuzz target: the quick way to classify a name, with SSE2 and without,
 *		against the normal form and a slow matcher.
 */
#include "../unit/reference.h"
#include "core/automaton.h"
#include "../unit/plain_quick.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Case c;
	ByudvDictionary *d;
	uint32_t	best;
	const char *fault;

	read_case(&c, (const char *) data, size);
	d = build_dictionary(c.patterns, c.n, &c.pool);
	fault = classify_fault(d, c.patterns, c.n, c.name, c.len, &best);
	EXPECT(fault == NULL, "%s: pattern %d", fault, (int) best);
	fault = quick_fault(plain_quick_classify, d, c.patterns, c.n, c.name, c.len);
	EXPECT(fault == NULL, "%s: pattern %d, without SSE2", fault, (int) best);
	pool_free(&c.pool);
	return 0;
}
