/*
 * Functions of libraries that are loaded late; see <base/library.h>.
 */
#include <base/library.h>

#include <dlfcn.h>
#include <string.h>

/* A function's address cannot be assigned from a void pointer in ISO C. */
bool library_find(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);

	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}
