/*
 * What libpq would take from the home of the account, for --restricted: there
 * neither the person nor whoever gets at his files decides where Trato connects.
 */
#include <db/db.h>

#include <stdlib.h>

/* Where there can be no file; an empty name would mean the one at home. */
#define NOWHERE "/dev/null/none"
/* Debian's. */
#define SYSTEM_ROOTS "/etc/ssl/certs/ca-certificates.crt"

void db_ignore_home(void)
{
	static const char *const files[] = { "PGPASSFILE", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		setenv(files[i], NOWHERE, 1);
	setenv("PGSSLROOTCERT", SYSTEM_ROOTS, 1);
	/* This one has to be there; behind it comes the system's own. */
	setenv("PGSERVICEFILE", "/dev/null", 1);
}
