/*
 * What libpq and its libraries make ready for all that anybody could want of them, and what answers
 * leave behind: memory that a session of Trato does without. Only for flight.c.
 */
#include "internal.h"

#include <malloc.h>

/* GnuTLS, which libpq's LDAP brings on Debian 12, looks for a function of this name
 * (GNUTLS_SKIP_GLOBAL_INIT) before it makes itself ready in each program that is started: 0.1 MiB and
 * 3 ms. Where somebody's service file asks LDAP, that does it. */
int _gnutls_global_init_skip(void);
int _gnutls_global_init_skip(void)
{
	return 1;
}

/* What an answer takes while it is read, 60 KiB of a list, malloc would keep for the next one. */
void spare_freed(void)
{
	malloc_trim(0);
}
