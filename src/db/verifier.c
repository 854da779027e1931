/*
 * SCRAM-SHA-256 verifiers, computed here so that no clear password reaches the
 * server or its log. libpq does it, with SASLprep and a random salt.
 */
#include "internal.h"

#include <base/i18n.h>
#include <base/mem.h>

char *db_password_verifier(const char *user, const char *password, struct err *err)
{
	/* libpq wants an object to leave its error in, but no connection: this one is
	 * never made. */
	PGconn *conn = PQconnectStart("port=0");
	char *made = conn ? PQencryptPasswordConn(conn, password, user, "scram-sha-256") : NULL;
	char *verifier = made ? mem_copy(made) : NULL;

	if (!verifier)
		err_set(err, ERR_REFUSED, _("The password cannot be prepared for the server."));
	PQfreemem(made);
	PQfinish(conn);
	return verifier;
}
