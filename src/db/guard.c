/*
 * What a connection demands of the server before a password is risked: whether it is encrypted, who
 * the server has to be, and how it may ask. For hosts.c, connect.c and scripts; the rules are told
 * in trato.conf(5).
 *
 * A server on a TCP address is never trusted for its address, those of the loopback neither: on a
 * machine with several accounts anybody may listen there while the server is down, and a tunnel
 * ends there as well. On the same machine a Unix socket is the way, whose owner can be demanded.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>

static bool strict;
static char *socket_owner;

void db_demand(bool restricted, const char *owner)
{
	free(socket_owner);
	socket_owner = owner && *owner ? mem_copy(owner) : restricted ? mem_copy("postgres") : NULL;
	strict = restricted;
}

/* libpq binds its translations at its first message, for good. Which demand a server did not meet
 * can only be told by its words, which are then English whatever the person's language. */
static void learn_english(void)
{
	static bool done;
	char *text = NULL;

	if (done)
		return;
	done = true;
	setenv("PGLOCALEDIR", NO_FILE, 1);
	PQconninfoFree(PQconninfoParse("=", &text));
	PQfreemem(text);
	unsetenv("PGLOCALEDIR");
}

PQconninfoOption *guard_parse(const char *conninfo, char **text)
{
	learn_english();
	return PQconninfoParse(conninfo, text);
}

PQconninfoOption *guard_options(const char *conninfo)
{
	/* A version that does not exist ends it before anything is sent. */
	const char *names[] = { "dbname", "ssl_min_protocol_version", NULL };
	const char *values[] = { conninfo, "none", NULL };
	PQconninfoOption *options;
	PGconn *conn;

	learn_english();
	conn = PQconnectStartParams(names, values, 1);
	options = conn ? PQconninfo(conn) : NULL;
	PQfinish(conn);
	return options;
}

void guard_free_options(PQconninfoOption **options)
{
	for (PQconninfoOption *option = *options; option && option->keyword; option++) {
		if (option->val && strcmp(option->keyword, "password") == 0)
			mem_erase(option->val, strlen(option->val));
	}
	PQconninfoFree(*options);
	*options = NULL;
}

const char *guard_value(const PQconninfoOption *options, const char *keyword)
{
	for (const PQconninfoOption *option = options; option && option->keyword; option++) {
		if (strcmp(option->keyword, keyword) == 0)
			return option->val && *option->val ? option->val : NULL;
	}
	return NULL;
}

bool guard_is_socket(const char *host)
{
	return host[0] == '/' || host[0] == '@';
}

/* "prefer" is what libpq fills in, and nothing to want on purpose: it is as good as nothing said. */
static const char *said(const PQconninfoOption *options, const char *keyword)
{
	const char *value = guard_value(options, keyword);

	return value && strcmp(value, "prefer") != 0 ? value : NULL;
}

static bool is(const char *value, const char *other)
{
	return value && strcmp(value, other) == 0;
}

static bool may_be_clear(const char *sslmode)
{
	return is(sslmode, "disable") || is(sslmode, "allow");
}

/* One that db_ignore_home names is none. */
static bool has_certificate(const PQconninfoOption *options)
{
	const char *file = guard_value(options, "sslcert");

	return file && !is(file, NO_FILE);
}

struct guard *guard_new(const PQconninfoOption *options)
{
	struct guard *guard = mem_alloc(sizeof(*guard));
	const char *sslmode = strict ? NULL : said(options, "sslmode");
	const char *binding = strict ? NULL : said(options, "channel_binding");
	const char *auth = guard_value(options, "require_auth");
	const char *roots = guard_value(options, "sslrootcert");
	const char *owner = guard_value(options, "requirepeer");

	guard->sslmode = mem_copy(sslmode ? sslmode : "verify-full");
	/* There is nothing to bind to without TLS, and no password where a certificate of one's own
	 * is in its place. */
	if (!binding)
		binding = may_be_clear(guard->sslmode) ? "disable"
		        : has_certificate(options)     ? "prefer"
		                                       : "require";
	guard->binding = mem_copy(binding);
	/* Where nothing is to be verified, naming a file would make libpq verify all the same. */
	if (is(roots, "system") || (!roots && strncmp(guard->sslmode, "verify-", 7) == 0))
		roots = SYSTEM_ROOTS;
	guard->roots = roots ? mem_copy(roots) : NULL;
	/* Binding allows nothing but SCRAM; without it only libpq 16 can be told what not to do. */
	if (PQlibVersion() >= 160000)
		guard->auth = mem_copy(auth ? auth : "!password,!md5");
	if (owner || socket_owner)
		guard->owner = mem_copy(owner ? owner : socket_owner);
	return guard;
}

void guard_free(struct guard **guard)
{
	if (!*guard)
		return;
	free((*guard)->sslmode);
	free((*guard)->binding);
	free((*guard)->roots);
	free((*guard)->auth);
	free((*guard)->owner);
	free(*guard);
	*guard = NULL;
}

/* ---- What is weaker than that */

bool guard_check_strict(const PQconninfoOption *options, const char *what, struct err *err)
{
	const char *sslmode = guard_value(options, "sslmode");
	const char *binding = guard_value(options, "channel_binding");

	if (!strict)
		return true;
	if ((sslmode && !is(sslmode, "verify-full")) || (binding && !is(binding, "require")))
		return err_set(err, ERR_USAGE,
		               _("%s: with --restricted no connection is weaker than "
		                 "sslmode=verify-full and channel_binding=require. Leave both out."),
		               what);
	if (guard_value(options, "service"))
		return err_set(err, ERR_USAGE,
		               _("%s: with --restricted a service file is not read. Write the host "
		                 "itself."),
		               what);
	return true;
}

const char *guard_weakness(const PQconninfoOption *options)
{
	struct guard *guard = guard_new(options);
	const char *told = NULL;

	if (may_be_clear(guard->sslmode))
		told = _("The connection to the server is not encrypted: whoever is in between can "
		         "read and change everything.");
	else if (!is(guard->sslmode, "verify-full"))
		told = _("Nobody checks whether the server is the right one: another one could take "
		         "its place.");
	else if (is(guard->binding, "disable"))
		told = _("The server may ask for the password itself, not only for a proof of it.");
	guard_free(&guard);
	return told;
}

static bool has_remote(const PQconninfoOption *options)
{
	const char *host = guard_value(options, "host");

	if (guard_value(options, "hostaddr"))
		return true;
	for (; host; host = strchr(host, ',') ? strchr(host, ',') + 1 : NULL) {
		if (*host && *host != ',' && !guard_is_socket(host))
			return true;
	}
	return false;
}

const char *db_weakness(const char *conninfo)
{
	PQconninfoOption *options = guard_options(conninfo);
	const char *told = has_remote(options) ? guard_weakness(options) : NULL;

	guard_free_options(&options);
	return told;
}

enum db_fault guard_fault(const char *message)
{
	static const struct {
		const char *words;
		enum db_fault fault;
	} table[] = {
		{ "does not support SSL", DB_FAULT_NO_TLS },
		{ "does not match host name", DB_FAULT_OTHER_NAME },
		{ "from server certificate", DB_FAULT_OTHER_NAME },
		{ "host name must be specified", DB_FAULT_OTHER_NAME },
		{ "certificate verify failed", DB_FAULT_UNKNOWN_CERTIFICATE },
		{ "root certificate file", DB_FAULT_UNKNOWN_CERTIFICATE },
		{ "requirepeer specifies", DB_FAULT_OTHER_OWNER },
		{ "hannel binding", DB_FAULT_WEAK_LOGIN },
		{ "requirement \"", DB_FAULT_WEAK_LOGIN },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strstr(message, table[i].words))
			return table[i].fault;
	}
	return DB_FAULT_NONE;
}
