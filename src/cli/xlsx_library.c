/*
 * Loading libxlsxwriter; see xlsx_library.h.
 */
#include "xlsx_library.h"

#include <base/i18n.h>

/* Its structs are others in each version: only the one that this was compiled with will do. */
#define LIBRARY "libxlsxwriter.so." LXW_SOVERSION
#define PACKAGE "libxlsxwriter" LXW_SOVERSION

const struct xlsx_library *xlsx_library(struct err *err)
{
	static const char *const names[] = { XLSX_LIBRARY(LIBRARY_NAME) NULL };
	static struct xlsx_library functions;
	const char *why;

	if (library_load(LIBRARY, names, &functions, &why) != NULL)
		return &functions;
	err_set(err, ERR_REFUSED,
	        _("Spreadsheets are made by libxlsxwriter, which cannot be loaded here (%s): "
	          "apt install %s. Or take CSV."),
	        why, PACKAGE);
	return NULL;
}
