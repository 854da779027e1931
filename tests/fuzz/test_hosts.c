/*
 * A connection string of any bytes, up to the moment when something would be
 * sent: understood or refused by a sentence, each of its servers tried once.
 * Names have no addresses here, or some, as their first letter says.
 */
#include "fuzz.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>

#include "db/internal.h"

enum { HOSTS_MOST = 20000 };

/* Nobody on the network is asked. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **list)
{
	(void)name;
	(void)service;
	(void)hints;
	*list = NULL;
	return EAI_NONAME;
}

static int go_round(struct hosts *hosts)
{
	const struct host *host;
	int count = 0;

	hosts_begin(hosts);
	while ((host = hosts_next(hosts)) != NULL && count < HOSTS_MOST) {
		fuzz_assert(hosts_current(hosts) == host);
		hosts_note(hosts, count % 3 ? DB_FAULT_UNREACHABLE : DB_FAULT_FULL, "no", false);
		count++;
	}
	return count;
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	struct fuzz_input input = { bytes, length };
	struct arena *arena = arena_new();
	const char *conninfo = fuzz_text(&input, arena);
	char text[FAULT_TEXT_SIZE];
	struct err err = { 0 };
	struct hosts *hosts;
	bool starting;
	int count;

	i18n_init("en");
	setenv("PGSERVICEFILE", "/nowhere", 1);
	setenv("PGPASSFILE", "/nowhere", 1);
	setenv("PGSYSCONFDIR", "/nowhere", 1);
	if (!db_check_conninfo(conninfo, "-d", &err)) {
		fuzz_assert(err.kind == ERR_USAGE && err.text[0] != '\0');
		fuzz_assert_clean(err.text, false);
	}
	hosts = hosts_new(conninfo, length % 2 == 0);
	count = go_round(hosts);
	hosts_fault(hosts, text, &starting);
	fuzz_assert(hosts_timeout(hosts, 10000) > 0);
	hosts_want_changes(hosts);
	if (count > 0) {
		hosts_begin(hosts);
		fuzz_assert(hosts_next(hosts));
		hosts_keep(hosts);
		hosts_pass_over(hosts);
		fuzz_assert(go_round(hosts) == count);
	}
	hosts_free(&hosts);
	arena_free(&arena);
}
