/*
 * The arena: blocks in a list, the newest first; an allocation moves a mark.
 * Used by everyone through <base/arena.h>.
 */
#include <base/arena.h>

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

#define BLOCK_SIZE ((size_t)4096 - sizeof(struct block))
#define BLOCK_LARGE ((size_t)1 << 20)

struct block {
	struct block *next;
	size_t used;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks;
};

struct arena *arena_new(void)
{
	return mem_alloc(sizeof(struct arena));
}

static void free_blocks(struct block *block)
{
	while (block) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

void arena_free(struct arena **arena)
{
	if (!*arena)
		return;
	free_blocks((*arena)->blocks);
	free(*arena);
	*arena = NULL;
}

void arena_reset(struct arena *arena)
{
	struct block *kept = arena->blocks;

	if (!kept)
		return;
	free_blocks(kept->next);
	kept->next = NULL;
	memset(kept->bytes, 0, kept->used);
	kept->used = 0;
}

/* Blocks double, so that a large answer takes few of them. */
static struct block *add_block(struct arena *arena, size_t needed)
{
	struct block *first = arena->blocks;
	size_t size = first ? first->size : BLOCK_SIZE;
	struct block *block;

	if (first && size < BLOCK_LARGE)
		size *= 2;
	if (size < needed)
		size = needed;
	block = mem_alloc(size > SIZE_MAX - sizeof *block ? SIZE_MAX : sizeof *block + size);
	block->size = size;
	block->next = first;
	arena->blocks = block;
	return block;
}

static unsigned char *take(struct arena *arena, size_t size, size_t alignment)
{
	struct block *block = arena->blocks;
	size_t start = block ? (block->used + alignment - 1) & ~(alignment - 1) : 0;

	if (!block || start > block->size || size > block->size - start) {
		block = add_block(arena, size);
		start = 0;
	}
	block->used = start + size;
	return block->bytes + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return take(arena, size ? size : 1, alignof(max_align_t));
}

char *arena_copy_n(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = (char *)take(arena, length + 1, 1);

	if (length)
		memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
	return arena_copy_n(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list values;
	char *text;
	int length;

	va_start(values, format);
	length = vsnprintf(NULL, 0, format, values);
	va_end(values);
	if (length < 0)
		return arena_copy(arena, "");
	text = (char *)take(arena, (size_t)length + 1, 1);
	va_start(values, format);
	vsnprintf(text, (size_t)length + 1, format, values);
	va_end(values);
	return text;
}
