/*
 * An arena: many small allocations that live and die together, such as one
 * answer of the database or one frame of the screen.
 */
#ifndef TRATO_BASE_ARENA_H
#define TRATO_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena **arena);
/* Forgets all that was allocated and keeps one block for reuse. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned for any type; never NULL. Owned by the arena. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_n(struct arena *arena, const char *bytes, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));

#endif
