/*
 * standalone.c
 *	  Runs a fuzz target without libFuzzer: seeded pseudo-random and mutated inputs for a number of seconds.
 *
 * usage: PROGRAM seconds [folder with example inputs]
 *		  PROGRAM -- file...		(run the target once on each: to reproduce a finding)
 *
 * The input at hand when the process dies is written to the file $FUZZ_ARTIFACT.  FUZZ_SEED changes the sequence.  Knows nothing about the
 * code under test except for some letters and words of owners' names, without which blind input would hardly get past its first branches.
 */
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_SIZE 4096
#define MAX_EXAMPLES 512

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
extern void __sanitizer_set_death_callback(void (*callback) (void)) __attribute__((weak));

typedef struct Example
{
	uint8_t    *data;
	size_t		size;
} Example;

static const char *const words[] = {
	"Boligselskabet", "Andelsboligforeningen ", "Ejerforeningen", "A/S", "ApS", " K/S", "kommune", "Region ", "Fonden ", "Almen", "afd. 12",
	" v/", "c/o ", "AAB", "I/S", "\xc3\x86", "\xc3\xb8", "\xc3\xa5", "aa", "oe", "ae", "a\xcc\x8a", "\xc3\xbc", "\xc3\xa9", "\xe2\x80\x93",
	"\xef\xbf\xbd", "\xf0\x9f\x98\x80", "\xc3", "\xff", "\xe5", "  ", "\t", "\n", ".", ",", "-", "&", "/", "%", "_", "\\", "'", "0", "42"
};

static Example examples[MAX_EXAMPLES];
static size_t nexamples;
static const uint8_t *current;
static size_t current_size;
static uint64_t state;

static uint64_t
next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * UINT64_C(0x2545F4914F6CDD1D) >> 16;
}

static size_t
below(size_t n)
{
	return (size_t) (next_random() % n);
}

static void
keep_current(void)
{
	const char *path = getenv("FUZZ_ARTIFACT");
	FILE	   *file = path && current ? fopen(path, "wb") : NULL;

	if (file)
	{
		fwrite(current, 1, current_size, file);
		fclose(file);
	}
}

static void
on_signal(int number)
{
	keep_current();
	signal(number, SIG_DFL);
	raise(number);
}

/* The target gets a block of exactly this size, so that AddressSanitizer sees a read past its end. */
static void
run_target(const uint8_t *data, size_t size)
{
	uint8_t    *copy = malloc(size ? size : 1);

	if (copy == NULL)
		exit(2);
	memcpy(copy, data, size);
	current = copy;
	current_size = size;
	LLVMFuzzerTestOneInput(copy, size);
	current = NULL;
	free(copy);
}

static int
load_file(const char *path, Example *example)
{
	FILE	   *file = fopen(path, "rb");
	uint8_t    *data = malloc(MAX_SIZE);

	if (file == NULL || data == NULL)
	{
		if (file)
			fclose(file);
		free(data);
		return 0;
	}
	example->size = fread(data, 1, MAX_SIZE, file);
	example->data = data;
	fclose(file);
	return 1;
}

static void
load_folder(const char *folder)
{
	DIR		   *dir = opendir(folder);
	struct dirent *entry;
	char		path[4096];

	if (dir == NULL)
		return;
	while (nexamples < MAX_EXAMPLES && (entry = readdir(dir)) != NULL)
	{
		if (entry->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) < (int) sizeof(path) && load_file(path, &examples[nexamples]))
			nexamples++;
	}
	closedir(dir);
}

static size_t
insert(uint8_t *buffer, size_t size, const void *piece, size_t length)
{
	size_t		at = below(size + 1);

	if (size + length > MAX_SIZE)
		return size;
	memmove(buffer + at + length, buffer + at, size - at);
	memcpy(buffer + at, piece, length);
	return size + length;
}

static size_t
mutate(uint8_t *buffer, size_t size)
{
	uint8_t		byte = (uint8_t) next_random();
	size_t		at;

	switch (below(6))
	{
		case 0:
			return insert(buffer, size, &byte, 1);
		case 1:					/* change a byte */
			if (size > 0)
				buffer[below(size)] = byte;
			return size;
		case 2:					/* flip a bit */
			if (size > 0)
				buffer[below(size)] ^= (uint8_t) (1 << below(8));
			return size;
		case 3:					/* cut a piece out */
			if (size == 0)
				return 0;
			at = below(size);
			memmove(buffer + at, buffer + at + 1, size - at - 1);
			return below(4) ? size - 1 : at;
		default:
			{
				const char *word = words[below(sizeof(words) / sizeof(words[0]))];

				return insert(buffer, size, word, strlen(word));
			}
	}
}

static void
run_random(unsigned long seconds)
{
	static uint8_t buffer[MAX_SIZE];
	time_t		end = time(NULL) + (time_t) seconds;
	unsigned long count = 0;

	run_target(buffer, 0);
	for (size_t i = 0; i < nexamples; i++)
		run_target(examples[i].data, examples[i].size);
	while ((count & 255) != 0 || time(NULL) < end)
	{
		size_t		size = 0;

		if (nexamples > 0 && below(4) != 0)
		{
			const Example *example = &examples[below(nexamples)];

			size = example->size;
			memcpy(buffer, example->data, size);
		}
		else if (below(8) == 0)
		{
			size = below(MAX_SIZE);
			for (size_t i = 0; i < size; i++)
				buffer[i] = (uint8_t) next_random();
		}
		for (size_t n = 1 + below(16); n > 0; n--)
			size = mutate(buffer, size);
		run_target(buffer, size);
		count++;
	}
	printf("done: %lu inputs\n", count);
}

int
main(int argc, char **argv)
{
	const char *seed = getenv("FUZZ_SEED");

	state = seed && strtoull(seed, NULL, 10) ? strtoull(seed, NULL, 10) : UINT64_C(20260101);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(keep_current);
	else
	{
		signal(SIGSEGV, on_signal);
		signal(SIGBUS, on_signal);
	}
	signal(SIGABRT, on_signal);
	signal(SIGTERM, on_signal); /* the runner's time limit: an input that never ends */

	if (argc > 2 && strcmp(argv[1], "--") == 0)
	{
		for (int i = 2; i < argc; i++)
		{
			Example		example;

			if (!load_file(argv[i], &example))
			{
				perror(argv[i]);
				return 2;
			}
			run_target(example.data, example.size);
			free(example.data);
		}
		return 0;
	}
	if (argc < 2)
	{
		fprintf(stderr, "usage: %s seconds [folder] | -- file...\n", argv[0]);
		return 2;
	}
	if (argc > 2)
		load_folder(argv[2]);
	run_random(strtoul(argv[1], NULL, 10));
	for (size_t i = 0; i < nexamples; i++)
		free(examples[i].data);
	return 0;
}
