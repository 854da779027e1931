/*
 * Memory that is either there or the program ends: nobody checks for NULL.
 * The terminal must be restored before the sentence is printed, so its owner
 * leaves a hook here.
 */
#ifndef TRATO_BASE_MEM_H
#define TRATO_BASE_MEM_H

#include <stddef.h>

/* All return memory that the caller frees with free(); zeroed where new. */
void *mem_alloc(size_t size);
void *mem_array(size_t count, size_t size);
/* Grows or shrinks; count * size is checked for overflow. */
void *mem_resize(void *old, size_t count, size_t size);
char *mem_copy(const char *text);
char *mem_copy_n(const char *bytes, size_t length);

/* Called once before the program aborts because memory ran out. */
void mem_on_exhaustion(void (*hook)(void));

/* Overwrites a secret; the compiler may not leave it out. */
void mem_erase(void *secret, size_t size);

#endif
