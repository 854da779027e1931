/*
 * How a connection of Trato is parameterised, and what its failure means. Used
 * by the asynchronous connection, by its cancel and by scripts.
 */
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

PGconn *connect_start(const char *conninfo, const char *database, const struct host *host,
                      const char *user, const char *password)
{
	const struct guard *guard = host->guard;
	bool socket = !host->address;
	/* What stands before the conninfo are defaults that it may override; what stands behind
	 * it is not negotiable, but it is read out of the conninfo (guard.c). Nothing is said by an
	 * empty value, and then the environment counts. An idle dead server is found within 24 s,
	 * one with a request in flight within 10 s. Which server it has to be is looked at here
	 * (hosts_fits). */
	const char *const parameters[][2] = {
		{ "keepalives", "1" },
		{ "keepalives_idle", "12" },
		{ "keepalives_interval", "4" },
		{ "keepalives_count", "3" },
		{ "tcp_user_timeout", "10000" },
		{ "gssencmode", "disable" },
		{ "dbname", conninfo },
		{ "dbname", database },
		{ "host", host->name },
		{ "hostaddr", host->address },
		{ "port", host->port },
		{ "sslmode", socket ? NULL : guard->sslmode },
		{ "channel_binding", socket ? NULL : guard->binding },
		{ "sslrootcert", socket ? NULL : guard->roots },
		{ "requirepeer", socket ? guard->owner : NULL },
		{ "require_auth", guard->auth },
		{ "target_session_attrs", "any" },
		{ "application_name", "trato" },
		{ "client_encoding", "UTF8" },
		{ "user", user },
		{ "password", password },
	};
	enum { COUNT = sizeof(parameters) / sizeof(parameters[0]) };
	const char *names[COUNT + 1] = { NULL }, *values[COUNT + 1] = { NULL };

	for (int i = 0; i < COUNT; i++) {
		names[i] = parameters[i][0];
		values[i] = parameters[i][1];
	}
	if (socket)
		spare_ciphers();
	PGconn *conn = PQconnectStartParams(names, values, 1);

	/* So that the SQLSTATE stands in the message: there is no other way to it
	 * here. */
	if (conn)
		PQsetErrorVerbosity(conn, PQERRORS_VERBOSE);
	return conn;
}

bool db_check_conninfo(const char *conninfo, const char *what, struct err *err)
{
	char *text = NULL;
	PQconninfoOption *options;
	struct arena *arena;

	if (!text_is_valid(conninfo, strlen(conninfo)))
		return err_set(err, ERR_USAGE, _("%s: this is not UTF-8."), what);
	/* What neither is a URI nor has a "=" is the name of a database: libpq's own rule. */
	if (strncmp(conninfo, "postgres://", 11) != 0 &&
	    strncmp(conninfo, "postgresql://", 13) != 0 && !strchr(conninfo, '='))
		return true;
	options = guard_parse(conninfo, &text);
	if (options) {
		bool allowed = guard_check_strict(options, what, err);
		guard_free_options(&options);
		return allowed;
	}
	arena = arena_new();
	if (text)
		text[strcspn(text, "\n")] = '\0';
	err_set(err, ERR_USAGE,
	        _("%s must be a connection string of libpq, such as \"host=crm.example.com "
	          "dbname=trato\" (%s)."),
	        what, text_clean(arena, text ? text : "", TEXT_ONE_LINE));
	arena_free(&arena);
	PQfreemem(text);
	return false;
}

short connect_poll_events(PostgresPollingStatusType status)
{
	return status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
}

bool connect_wait(PGconn *conn, int timeout_ms, void (*step)(PGconn *conn, void *ctx), void *ctx)
{
	long long end = loop_now() + timeout_ms;
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;

	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		struct pollfd pfd = { .fd = PQsocket(conn), .events = connect_poll_events(status) };
		long long left = end - loop_now();
		int ready = poll(&pfd, 1, left > 0 ? (int)left : 0);

		if (ready == 0 || (ready < 0 && errno != EINTR))
			return false;
		if (ready > 0)
			status = PQconnectPoll(conn);
		if (step)
			step(conn, ctx);
	}
	return status == PGRES_POLLING_OK;
}

/* "FATAL:  28P01: text\nLOCATION: ..." -> the place of 28P01; the last, since
 * libpq puts the failures of several addresses one after the other. The words
 * around it are translated. */
static const char *find_sqlstate(const char *message)
{
	static const char allowed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *found = NULL;

	for (const char *at = strstr(message, ":  "); at; at = strstr(at + 1, ":  ")) {
		if (strspn(at + 3, allowed) == 5 && at[8] == ':')
			found = at + 3;
	}
	return found;
}

enum db_fault connect_fault_of(const char *sqlstate, const char *verbose)
{
	static const struct {
		const char *sqlstate;
		enum db_fault fault;
	} table[] = {
		{ "28P01", DB_FAULT_PASSWORD },    { "3D000", DB_FAULT_NO_DATABASE },
		{ "3F000", DB_FAULT_NO_DATABASE }, { "42P01", DB_FAULT_NO_DATABASE },
		{ "42883", DB_FAULT_NO_DATABASE }, { "53300", DB_FAULT_FULL },
		{ "57P01", DB_FAULT_ENDED },       { "57P02", DB_FAULT_ENDED },
		{ "57P03", DB_FAULT_UNREACHABLE }, { "42501", DB_FAULT_DISABLED },
	};

	/* 28000 is also what a missing line in pg_hba.conf gives: only the function
	 * that looks at the role itself means the person. */
	if (strcmp(sqlstate, "28000") == 0)
		return strstr(verbose, "InitializeSessionUserId") ? DB_FAULT_DISABLED
		                                                  : DB_FAULT_OTHER;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strcmp(table[i].sqlstate, sqlstate) == 0)
			return table[i].fault;
	}
	return strncmp(sqlstate, "08", 2) == 0 ? DB_FAULT_UNREACHABLE : DB_FAULT_OTHER;
}

bool connect_is_about_person(enum db_fault fault)
{
	return fault == DB_FAULT_PASSWORD || fault == DB_FAULT_DISABLED;
}

/* libpq writes several lines, with tabs before some of them; it is shown as a few sentences. */
static void put_on_one_line(const char *message, char text[FAULT_TEXT_SIZE])
{
	static const char breaks[] = "\n\t";
	size_t length = 0;

	message += strspn(message, breaks);
	while (*message != '\0' && length < FAULT_TEXT_SIZE - 2) {
		size_t gap = strspn(message, breaks);

		if (gap > 0 && message[gap] == '\0')
			break;
		if (gap > 0 && length > 0 && strchr(".?!:;", text[length - 1]) == NULL)
			text[length++] = '.';
		text[length++] = gap > 0 ? ' ' : *message;
		message += gap > 0 ? gap : 1;
	}
	text[length] = '\0';
}

enum db_fault connect_fault(PGconn *conn, char text[FAULT_TEXT_SIZE], bool *starting)
{
	const char *message = conn ? PQerrorMessage(conn) : "out of memory";
	const char *found = find_sqlstate(message);
	enum db_fault fault = DB_FAULT_UNREACHABLE;
	char sqlstate[6] = "";

	if (found) {
		snprintf(sqlstate, sizeof(sqlstate), "%.5s", found);
		fault = connect_fault_of(sqlstate, message);
		message = found + strlen("28P01: ");
		snprintf(text, FAULT_TEXT_SIZE, "%.*s", (int)strcspn(message, "\n"), message);
	} else {
		if (conn && PQconnectionNeedsPassword(conn))
			fault = DB_FAULT_PASSWORD;
		else if (guard_fault(message) != DB_FAULT_NONE)
			fault = guard_fault(message);
		put_on_one_line(message, text);
	}
	*starting = strcmp(sqlstate, "57P03") == 0;
	return fault;
}

const char *db_fault_sentence(enum db_fault fault)
{
	static const char *const sentences[] = {
		[DB_FAULT_NONE] = "",
		[DB_FAULT_UNREACHABLE] = N_("The database server cannot be reached. Check the "
		                            "network, or ask whoever looks after the server."),
		[DB_FAULT_PASSWORD] = N_("The e-mail or the password is not right."),
		[DB_FAULT_DISABLED] =
		    N_("This account may not log in. Ask a manager to enable it."),
		[DB_FAULT_NO_DATABASE] =
		    N_("The server has no Trato database of that name. Whoever "
		       "looks after it can create one with `trato db init`."),
		[DB_FAULT_FULL] =
		    N_("The server has no free connection left. Try again in a moment."),
		[DB_FAULT_REFUSED] = N_("This program and the database do not fit together."),
		[DB_FAULT_READ_ONLY] =
		    N_("No server takes changes at the moment. Try again in a minute; if it stays "
		       "so, ask whoever looks after the servers."),
		[DB_FAULT_ENDED] = N_("The server ended the session."),
		[DB_FAULT_NO_TLS] =
		    N_("The server does not encrypt the connection, so no password is sent. Ask "
		       "whoever looks after it."),
		[DB_FAULT_UNKNOWN_CERTIFICATE] =
		    N_("The server's certificate comes from nobody who is trusted here, so it may be "
		       "another server. sslrootcert in the connection names the authority's file."),
		[DB_FAULT_OTHER_NAME] =
		    N_("The server's certificate is for another name than the one that was asked "
		       "for, so it may be another server. Check the host in the connection."),
		[DB_FAULT_WEAK_LOGIN] =
		    N_("The server does not prove that it knows the password, so it does not get "
		       "it. It has to be set to scram-sha-256 in pg_hba.conf."),
		[DB_FAULT_OTHER_OWNER] =
		    N_("The server on this machine runs as somebody else than expected, so no "
		       "password is sent. socket_owner in trato.conf names who it is."),
		[DB_FAULT_OTHER] = N_("The server did not accept the connection."),
	};

	return fault == DB_FAULT_NONE ? "" : _(sentences[fault]);
}
