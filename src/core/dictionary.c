/*
 * dictionary.c
 *		The owner-name dictionary: searching it.
 *
 * Every pattern but a suffix begins at a word, hence the machine (automaton.h)
 * rests in its root through most words of most names, and the reader skips to
 * the next blank.
 *
 * Must not depend on PostgreSQL.
 */
#include "dictionary.h"

#include <string.h>

#include "automaton.h"
#include "name.h"

const char *const byudv_match_names[BYUDV_MATCHES] = {
	"whole", "prefix", "word", "phrase", "suffix", "last",
};

ByudvDictionary *
byudv_dictionary_build(const ByudvPattern *patterns, uint32_t n,
					   const ByudvArena *arena, const ByudvArena *scratch)
{
	ByudvDictionary *d = arena->alloc(arena->context, sizeof(ByudvDictionary));

	d->npatterns = n;
	d->next_same = arena->alloc(arena->context, (n + 1) * sizeof(uint32_t));
	d->next_suffix = arena->alloc(arena->context, (n + 1) * sizeof(uint32_t));
	memset(d->next_suffix, 0xFF, (n + 1) * sizeof(uint32_t));
	byudv_automaton_build(&d->forward, &d->backward, patterns, n, d->next_same,
						  d->next_suffix, arena, scratch);
	d->begin = step(&d->forward, ROOT, MARK_BEGIN);
	byudv_quick_build(d, patterns, n, arena);
	d->size = sizeof(ByudvDictionary) + 2 * (n + 1) * sizeof(uint32_t) +
		((size_t) d->forward.ncells + d->backward.ncells) *
		(6 * sizeof(uint32_t) + sizeof(uint8_t)) +
		((size_t) d->quick.jump_mask + 1) * sizeof(ByudvJump);
	return d;
}

size_t
byudv_dictionary_size(const ByudvDictionary *dictionary)
{
	return dictionary->size;
}

uint32_t
byudv_dictionary_find(const ByudvDictionary *dictionary, const char *name,
					  size_t len, bool cut)
{
	const Automaton *a = &dictionary->forward;
	const unsigned char *p = (const unsigned char *) name;
	const unsigned char *end = p + len;
	const unsigned char *word = p;
	const unsigned char *pause = len > BYUDV_INTERRUPT_BYTES ?
		p + BYUDV_INTERRUPT_BYTES : end;
	uint32_t	state = dictionary->begin;
	uint32_t	best = BYUDV_NO_PATTERN;

	if (len == 0)
		return best;
	while (p < end)
	{
		/* here *p is the blank before a word */
		word = p;
		do
		{
			state = step(a, state, *p++);
			best = better(a, state, best);
		} while (p < end && *p != ' ' && state != ROOT);
		while (p < end && *p != ' ')
			p++;
		best = find_suffix(&dictionary->backward, p, (size_t) (p - word) - 1, best);
		if (byudv_unlikely(p >= pause) && p < end)
		{
			if (byudv_core_interrupt != NULL)
				byudv_core_interrupt();
			pause = (size_t) (end - p) > BYUDV_INTERRUPT_BYTES ?
				p + BYUDV_INTERRUPT_BYTES : end;
		}
	}
	return finish(a, state, (size_t) (end - word) - 1, cut, best);
}

/* What is not quick, apart: its buffer would burden the rest. */
static uint32_t
#if defined(__GNUC__)
__attribute__((noinline))
#endif
classify_slowly(const ByudvDictionary *dictionary, const char *name, size_t len,
				char *scratch, bool *blank)
{
	char		local[2 * BYUDV_NAME_LOCAL + 16];
	char	   *form = len <= BYUDV_NAME_LOCAL ? local : scratch;
	ByudvName	info;

	byudv_name_normalise(name, len, form, &info);
	*blank = info.len == 0;
	return byudv_dictionary_find(dictionary, form + info.owner_start,
								 info.owner_end - info.owner_start, info.cut);
}

uint32_t
byudv_dictionary_classify(const ByudvDictionary *dictionary, const char *name,
						  size_t len, char *scratch, bool *blank)
{
	uint32_t	pattern;

	*blank = false;
	if (byudv_likely(byudv_quick_classify(dictionary, name, len, &pattern)))
		return pattern;
	return classify_slowly(dictionary, name, len, scratch, blank);
}

/* Mark the patterns of a state and of all its suffixes. */
static void
mark_state(const ByudvDictionary *d, uint32_t state, bool *hits)
{
	for (; state != ROOT; state = d->forward.fail[state])
		for (uint32_t i = d->forward.own[state]; i != NONE; i = d->next_same[i])
			hits[i] = true;
}

/* Mark the suffixes of the word that ends at text[end]. */
static void
mark_suffixes(const ByudvDictionary *d, const unsigned char *text, size_t end,
			  bool *hits)
{
	const Automaton *a = &d->backward;
	uint32_t	state = ROOT;

	for (size_t k = end; k > 0 && text[k - 1] != ' '; k--)
	{
		uint32_t	t = a->base[state] + text[k - 1];

		if (a->check[t] != text[k - 1])
			return;
		state = t;
		for (uint32_t i = a->own[state]; i != NONE; i = d->next_suffix[i])
			hits[i] = true;
	}
}

void
byudv_dictionary_find_all(const ByudvDictionary *dictionary, const char *name,
						  size_t len, bool cut, bool *hits)
{
	const Automaton *a = &dictionary->forward;
	const unsigned char *text = (const unsigned char *) name;
	uint32_t	state = dictionary->begin;
	uint32_t	best;

	memset(hits, 0, dictionary->npatterns * sizeof(bool));
	if (len == 0)
		return;
	for (size_t i = 0; i < len; i++)
	{
		if ((i & (BYUDV_INTERRUPT_BYTES - 1)) == BYUDV_INTERRUPT_BYTES - 1 &&
			byudv_core_interrupt != NULL)
			byudv_core_interrupt();
		if (i > 0 && text[i] == ' ')
			mark_suffixes(dictionary, text, i, hits);
		state = step(a, state, text[i]);
		mark_state(dictionary, state, hits);
	}
	mark_suffixes(dictionary, text, len, hits);
	state = step(a, state, ' ');
	mark_state(dictionary, state, hits);
	mark_state(dictionary, step(a, state, MARK_END), hits);

	/* the completion of a cut word, which marks nothing of its own */
	best = byudv_dictionary_find(dictionary, name, len, cut);
	if (best != BYUDV_NO_PATTERN)
		hits[best] = true;
}
