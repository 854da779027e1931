/*
 * Functions of libraries that are loaded late; see <base/library.h>.
 */
#include <base/library.h>

#include <dlfcn.h>
#include <string.h>

void *library_load(const char *file, const char *const *names, void *functions, const char **why)
{
	void *library = dlopen(file, RTLD_NOW);
	char *field = functions;

	for (; library && *names; names++, field += sizeof(void *)) {
		void *symbol = dlsym(library, *names);

		/* A function's address cannot be assigned from a void pointer in ISO C. */
		memcpy(field, &symbol, sizeof(symbol));
		if (!symbol)
			library = NULL;
	}
	if (!library)
		*why = dlerror();
	return library;
}
