/*
 * The servers of a connection string, looked at one by one for trato doctor: what
 * a connection of the program would meet, told in parts.
 */
#include "internal.h"

#include <errno.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <db/probe.h>

enum { CONNECT_MS = 10000, ANSWER_MS = 14000 };

/* ---- While a connection is made: it is all gone when it fails */

struct making {
	struct arena *arena;
	struct probe *probe;
};

static time_t certificate_end(SSL *ssl)
{
	X509 *certificate = SSL_get1_peer_certificate(ssl);
	struct tm end = { 0 };
	time_t when = 0;

	if (certificate && ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end))
		when = timegm(&end);
	X509_free(certificate);
	return when;
}

static void on_step(PGconn *conn, void *ctx)
{
	struct making *making = ctx;
	SSL *ssl = PQsslStruct(conn, "OpenSSL");

	if (!ssl || !SSL_is_init_finished(ssl) || making->probe->tls[0] != '\0')
		return;
	making->probe->tls = arena_copy(making->arena, SSL_get_version(ssl));
	making->probe->certificate_end = certificate_end(ssl);
}

/* ---- One server */

static const char *name_server(struct arena *arena, const struct host *host)
{
	const char *port = host->port ? host->port : "5432";
	/* Where nothing is named, Debian's libpq takes this folder. */
	const char *name = host->name    ? host->name
	                 : host->address ? host->address
	                                 : "/var/run/postgresql";

	name = text_clean(arena, name, TEXT_ONE_LINE);
	if (host->address && strcmp(host->address, name) != 0)
		return arena_printf(arena, _("%s (%s), port %s"), name, host->address, port);
	return arena_printf(arena, _("%s, port %s"), name, port);
}

/* libpq says what the system said, in the person's language. */
static enum probe_cause cause_of(const char *text)
{
	if (strstr(text, strerror(ECONNREFUSED)))
		return PROBE_REFUSED;
	return strstr(text, strerror(ENOENT)) ? PROBE_NO_SOCKET : PROBE_OTHER;
}

static void note_failure(PGconn *conn, bool in_time, struct arena *arena, struct probe *probe)
{
	char text[FAULT_TEXT_SIZE];
	bool starting;

	probe->fault = connect_fault(conn, text, &starting);
	probe->text = text_clean(arena, text, TEXT_ONE_LINE);
	probe->needs_password = conn && PQconnectionNeedsPassword(conn);
	/* SQLSTATE stands in the message, see connect_start; that of a locked account is told apart. */
	probe->no_entry = probe->fault == DB_FAULT_OTHER && strstr(PQerrorMessage(conn), "28000:");
	probe->answered = probe->fault != DB_FAULT_UNREACHABLE || starting;
	if (probe->fault != DB_FAULT_UNREACHABLE)
		return;
	probe->cause = in_time ? cause_of(text) : PROBE_SILENT;
}

/* The open connection, or NULL. */
static PGconn *try_host(const char *conninfo, const struct host *host, const char *user,
                        const char *password, int timeout_ms, struct making *making)
{
	struct probe *probe = making->probe;
	long long begun = loop_now();
	PGconn *conn = connect_start(conninfo, NULL, host, user, password);
	bool begins = conn && PQstatus(conn) != CONNECTION_BAD;
	bool open = begins && connect_wait(conn, timeout_ms, on_step, making);
	int version;

	probe->milliseconds = (int)(loop_now() - begun);
	if (!open) {
		note_failure(conn, !begins || PQstatus(conn) == CONNECTION_BAD, making->arena,
		             probe);
		PQfinish(conn);
		return NULL;
	}
	version = PQserverVersion(conn);
	probe->answered = true;
	probe->version = arena_printf(making->arena, "%d.%d", version / 10000, version % 10000);
	probe->only_reads = hosts_only_reads(conn);
	return conn;
}

/* ---- All of them */

static bool has_user(const PQconninfoOption *options, const char *user)
{
	PQconninfoOption *defaults = PQconndefaults();
	const char *named = guard_value(options, "user"), *standard = guard_value(defaults, "user");
	bool said = user || getenv("PGUSER") || (named && standard && strcmp(named, standard) != 0);

	guard_free_options(&defaults);
	return said;
}

/* It may fall silent as soon as it has let us in. */
static struct script *adopt(PGconn *conn, struct arena *arena, struct probe *probe)
{
	struct err err = { 0 };
	struct script *script = script_adopt(conn, ANSWER_MS, &err);

	if (script)
		return script;
	probe->fault = DB_FAULT_UNREACHABLE;
	probe->text = arena_copy(arena, err.text);
	probe->answered = false;
	return NULL;
}

void probe_servers(const char *conninfo, const char *user, const char *password,
                   struct arena *arena, struct probe_list *list)
{
	struct hosts *hosts = hosts_new(conninfo, false);
	PQconninfoOption *options = guard_options(conninfo);

	*list = (struct probe_list){ .user_named = has_user(options, user) };
	guard_free_options(&options);
	while (hosts_at(hosts, list->count))
		list->count++;
	list->all = arena_alloc(arena, (size_t)list->count * sizeof(*list->all));
	for (int i = 0; i < list->count; i++) {
		const struct host *host = hosts_at(hosts, i);
		struct probe *probe = &list->all[i];
		struct making making = { arena, probe };
		PGconn *conn;

		*probe = (struct probe){ .server = name_server(arena, host),
			                 .name = arena_copy(arena, host->name ? host->name : ""),
			                 .socket = !host->address && !host->trouble,
			                 .text = "",
			                 .version = "",
			                 .tls = "" };
		list->bound = strcmp(host->guard->binding, "require") == 0;
		if (host->trouble) {
			probe->fault = DB_FAULT_UNREACHABLE;
			probe->cause = PROBE_NO_NAME;
			probe->text = arena_copy(arena, host->trouble);
			continue;
		}
		conn = try_host(conninfo, host, user, password, hosts_timeout(hosts, CONNECT_MS),
		                &making);
		if (conn && !list->script && hosts_fits(hosts, conn))
			list->script = adopt(conn, arena, probe);
		else
			PQfinish(conn);
	}
	hosts_free(&hosts);
}

bool probe_has_password(const char *conninfo)
{
	PQconninfoOption *options = guard_parse(conninfo, NULL);
	bool has = guard_value(options, "password") != NULL;

	guard_free_options(&options);
	return has;
}
