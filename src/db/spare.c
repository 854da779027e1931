/*
 * What libpq and its libraries make ready for all that anybody could want of them, and what answers
 * leave behind: memory that a session of Trato does without. Only for connect.c and db.c.
 */
#include "internal.h"

#include <malloc.h>
#include <openssl/rand.h>

enum { SPARE_AFTER_MS = 1000 };

/* GnuTLS, which libpq's LDAP brings on Debian 12, looks for a function of this name
 * (GNUTLS_SKIP_GLOBAL_INIT) before it makes itself ready in each program that is started: 0.1 MiB and
 * 3 ms. Where somebody's service file asks LDAP, that does it. */
int _gnutls_global_init_skip(void);
int _gnutls_global_init_skip(void)
{
	return 1;
}

/* OpenSSL's random numbers for logging in by SCRAM on a Unix socket, where there is no TLS. Its usual
 * generator is made of a cipher, and so all ciphers are made ready: 0.14 MiB of each of the sessions that share
 * a server. The one of the same standard (NIST SP 800-90A), strength and seed that is made of SHA-256 needs what
 * SCRAM needs anyway. Where the connection may have TLS it is left alone. What openssl.cnf says comes later and
 * counts. */
void spare_ciphers(void)
{
	static bool done;

	if (!done)
		RAND_set_DRBG_type(NULL, "HASH-DRBG", NULL, NULL, "SHA256");
	done = true;
}

/* What answers take while they are read, 60 KiB of a list, malloc would keep for the next ones. */
static void on_spare(void *ctx)
{
	struct db *db = ctx;

	db->spare = 0;
	if (TAILQ_EMPTY(&db->flight))
		malloc_trim(0);
	else
		spare_answer(db);
}

void spare_answer(struct db *db)
{
	if (db->spare == 0)
		db->spare = loop_after(db->loop, SPARE_AFTER_MS, on_spare, db);
}
