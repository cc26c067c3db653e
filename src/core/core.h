/*
 * core.h
 *		What every module of the core shares: memory and interrupts.
 *
 * The core is plain C without PostgreSQL headers, so that a unit test or a
 * fuzz harness of thirty lines can call it.  Whoever uses it says where memory
 * comes from and how a long loop can be stopped.
 */
#ifndef BYUDV_CORE_H
#define BYUDV_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Memory for what the core builds.  alloc never returns NULL: it leaves by its
 * own means (ereport, abort) when there is none.  There is no free: all of a
 * built object lives in one arena (a memory context) and goes with it.
 */
typedef struct ByudvArena
{
	void	   *(*alloc) (void *context, size_t size);
	void	   *context;
} ByudvArena;

/*
 * Memory that grows: resize gives a block of that size with what the old one
 * held (old may be NULL), and frees the old one.  It never returns NULL.
 */
typedef struct ByudvHeap
{
	void	   *(*resize) (void *context, void *old, size_t size);
	void	   *context;
} ByudvHeap;

/* Room for n items of that size in a block that has room for *room. */
static inline void *
byudv_make_room(const ByudvHeap *heap, void *block, size_t *room, size_t n, size_t item)
{
	if (n <= *room)
		return block;
	*room = n < 32 ? 64 : n * 2;
	return heap->resize(heap->context, block, *room * item);
}

/* Called at least once per megabyte of work, when set. */
extern void (*byudv_core_interrupt) (void);

#define BYUDV_INTERRUPT_BYTES	((size_t) 1 << 20)

/* For loops over small things: counts them, and lets interrupts in now and then. */
static inline void
byudv_count_work(uint32_t *done)
{
	if ((++*done & 0xffff) == 0 && byudv_core_interrupt != NULL)
		byudv_core_interrupt();
}

#if defined(__GNUC__)
#define byudv_likely(x)		__builtin_expect((x) != 0, 1)
#define byudv_unlikely(x)	__builtin_expect((x) != 0, 0)
#else
#define byudv_likely(x)		((x) != 0)
#define byudv_unlikely(x)	((x) != 0)
#endif

#endif							/* BYUDV_CORE_H */
