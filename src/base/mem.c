/*
 * Memory that is there or the program ends. Everyone uses it through
 * <base/mem.h>; nobody else calls malloc.
 */
#include <base/mem.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*exhaustion_hook)(void);

void mem_on_exhaustion(void (*hook)(void))
{
	exhaustion_hook = hook;
}

/* Not translated: gettext may allocate. */
static _Noreturn void give_up(void)
{
	static const char sentence[] = "trato: there is no memory left\n";
	void (*hook)(void) = exhaustion_hook;

	exhaustion_hook = NULL;
	if (hook)
		hook();
	if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
		_exit(1);
	abort();
}

void *mem_array(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		give_up();
	return memory;
}

void *mem_alloc(size_t size)
{
	return mem_array(1, size);
}

void *mem_resize(void *old, size_t count, size_t size)
{
	void *memory = reallocarray(old, count ? count : 1, size ? size : 1);

	if (!memory)
		give_up();
	return memory;
}

char *mem_copy_n(const char *bytes, size_t length)
{
	char *copy;

	if (length == SIZE_MAX)
		give_up();
	copy = mem_alloc(length + 1);
	if (length)
		memcpy(copy, bytes, length);
	return copy;
}

char *mem_copy(const char *text)
{
	return mem_copy_n(text, strlen(text));
}

void mem_erase(void *secret, size_t size)
{
	if (size)
		explicit_bzero(secret, size);
}
