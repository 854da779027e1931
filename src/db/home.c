/*
 * What libpq would take from the home of the account, for --restricted: there
 * neither the person nor whoever gets at his files decides where Trato connects.
 */
#include "internal.h"

#include <stdlib.h>

void db_ignore_home(void)
{
	static const char *const files[] = { "PGPASSFILE", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		setenv(files[i], NO_FILE, 1);
	setenv("PGSSLROOTCERT", SYSTEM_ROOTS, 1);
	/* This one has to be there; behind it comes the system's own. */
	setenv("PGSERVICEFILE", "/dev/null", 1);
}
