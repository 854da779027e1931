/*
 * Loading libxlsxwriter; see xlsx_library.h.
 */
#include "xlsx_library.h"

#include <dlfcn.h>

#include <base/i18n.h>

/* Its structs are others in each version: only the one that this was compiled with will do. */
#define LIBRARY "libxlsxwriter.so." LXW_SOVERSION
#define PACKAGE "libxlsxwriter" LXW_SOVERSION

const struct xlsx_library *xlsx_library(struct err *err)
{
	static struct xlsx_library functions;
	void *library = dlopen(LIBRARY, RTLD_NOW);
	bool whole = library != NULL;

#define XLSX_LIBRARY_FIND(name) whole = whole && library_find(library, #name, &functions.name);
	XLSX_LIBRARY(XLSX_LIBRARY_FIND)
#undef XLSX_LIBRARY_FIND
	if (whole)
		return &functions;
	err_set(err, ERR_REFUSED,
	        _("Spreadsheets are made by libxlsxwriter, which is not installed here (%s): "
	          "apt install %s. Or take CSV."),
	        LIBRARY, PACKAGE);
	return NULL;
}
