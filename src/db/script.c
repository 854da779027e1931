/*
 * Blocking work of commands without a screen; see include/db/script.h. The
 * same parameters and the same reading of failures as the screens' connection.
 */
#include "internal.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <db/script.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/log.h>
#include <base/mem.h>
#include <base/text.h>

enum { CONNECT_TIMEOUT_MS = 10000 };

struct script {
	PGconn *conn;
	int patience_ms; /* for an answer; 0: as long as it takes */
	bool was_locked;
};

static void on_notice(void *ctx, const PGresult *result)
{
	(void)ctx;
	log_line("server: %s", PQresultErrorMessage(result));
}

/* conn: the server that was tried last. */
static bool fail_connect(PGconn *conn, enum db_fault fault, const char *text, struct err *err)
{
	struct arena *arena = arena_new();

	err_set(err, ERR_CONNECT, "%s (%s)", db_fault_sentence(fault),
	        text_clean(arena, text, TEXT_ONE_LINE));
	if (conn && PQconnectionNeedsPassword(conn))
		strcpy(err->field, "password");
	arena_free(&arena);
	return false;
}

static bool fail_lost(PGconn *conn, struct err *err)
{
	char text[FAULT_TEXT_SIZE];
	bool starting;
	enum db_fault fault = connect_fault(conn, text, &starting);

	return fail_connect(conn, fault, text, err);
}

static bool try_host(PGconn *conn, struct hosts *hosts, enum db_fault *fault)
{
	char text[FAULT_TEXT_SIZE];
	const char *misfit;
	bool starting;

	if (!conn || PQstatus(conn) == CONNECTION_BAD ||
	    !connect_wait(conn, hosts_timeout(hosts, CONNECT_TIMEOUT_MS), NULL, NULL)) {
		*fault = connect_fault(conn, text, &starting);
		hosts_note(hosts, *fault, *text ? text : _("The server does not answer."),
		           starting);
		return false;
	}
	if (hosts_fits(hosts, conn))
		return true;
	*fault = hosts_misfit(hosts, &misfit);
	hosts_note(hosts, *fault, misfit, false);
	return false;
}

/* One of the servers after the other. False, with the reason, where none is of use; *conn is the
 * one that was tried last, also then. */
static bool connect_any(PGconn **conn, const char *conninfo, const char *database, const char *user,
                        const char *password, enum db_fault *fault, struct err *err)
{
	struct hosts *hosts = hosts_new(conninfo, false);
	const struct host *host;
	char text[FAULT_TEXT_SIZE];
	bool starting, found = false;

	*conn = NULL;
	*fault = DB_FAULT_NONE;
	while (!found && !connect_is_about_person(*fault) && (host = hosts_next(hosts))) {
		PQfinish(*conn);
		*conn = connect_start(conninfo, database, host, user, password);
		found = try_host(*conn, hosts, fault);
	}
	if (!found) {
		*fault = hosts_fault(hosts, text, &starting);
		fail_connect(*conn, *fault, text, err);
	}
	hosts_free(&hosts);
	return found;
}

/* The sentence of the server itself, for commands that have no better one. */
static bool fail_query(PGconn *conn, const PGresult *result, struct err *err)
{
	const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;
	enum err_kind kind = ERR_REFUSED;

	if (PQstatus(conn) == CONNECTION_BAD)
		return fail_lost(conn, err);
	if (!result)
		return err_set(err, ERR_CONNECT, "%s", _("The server does not answer."));
	if (sqlstate && strcmp(sqlstate, "42501") == 0)
		kind = ERR_DENIED;
	struct arena *arena = arena_new();
	text = text_clean(arena, text ? text : PQerrorMessage(conn), TEXT_ONE_LINE);
	if (detail)
		err_set(err, kind, "%s (%s)", text, text_clean(arena, detail, TEXT_ONE_LINE));
	else
		err_set(err, kind, "%s", text);
	arena_free(&arena);
	return false;
}

struct script *script_adopt(PGconn *conn, int patience_ms, struct err *err)
{
	struct script *script = mem_alloc(sizeof(*script));

	PQsetNoticeReceiver(conn, on_notice, NULL);
	script->conn = conn;
	script->patience_ms = patience_ms;
	if (!script_run(script, "SET search_path = trato, pg_temp; SET DateStyle = ISO", err))
		script_close(&script);
	return script;
}

struct script *script_open(const char *conninfo, const char *user, const char *password,
                           struct err *err)
{
	enum db_fault fault;
	PGconn *conn;

	if (connect_any(&conn, conninfo ? conninfo : "", NULL, user, password, &fault, err))
		return script_adopt(conn, 0, err);
	PQfinish(conn);
	return NULL;
}

struct script *script_open_near(const char *conninfo, const char *user, const char *password,
                                char **missing, struct err *err)
{
	struct err first = { 0 };
	enum db_fault fault;
	PGconn *conn, *other = NULL;
	struct script *script = NULL;

	*missing = NULL;
	if (connect_any(&conn, conninfo, NULL, user, password, &fault, &first))
		return script_adopt(conn, 0, err);
	if (fault != DB_FAULT_NO_DATABASE) {
		*err = first;
	} else if (connect_any(&other, conninfo, "postgres", user, password, &fault, err)) {
		*missing = mem_copy(PQdb(conn));
		script = script_adopt(other, 0, err);
		other = NULL;
	}
	PQfinish(other);
	PQfinish(conn);
	return script;
}

static bool run_on_database(struct script *script, const char *before, const char *name,
                            const char *behind, struct err *err)
{
	char *quoted = PQescapeIdentifier(script->conn, name, strlen(name));
	struct buf sql = { 0 };
	bool done;

	buf_printf(&sql, "%s %s %s", before, quoted ? quoted : "", behind);
	done = script_run(script, sql.text, err);
	PQfreemem(quoted);
	buf_free(&sql);
	return done;
}

/* C.UTF-8, so that every database of Trato sorts and folds the same. */
bool script_create_database(struct script *script, const char *name, struct err *err)
{
	return run_on_database(script, "CREATE DATABASE", name,
	                       "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc"
	                       " LOCALE 'C.UTF-8'",
	                       err);
}

bool script_drop_database(struct script *script, const char *name, struct err *err)
{
	return run_on_database(script, "DROP DATABASE", name, "", err);
}

void script_close(struct script **script)
{
	if (!*script)
		return;
	PQfinish((*script)->conn);
	free(*script);
	*script = NULL;
}

const char *script_server(const struct script *script)
{
	return PQhost(script->conn);
}

const char *script_database(const struct script *script)
{
	return PQdb(script->conn);
}

const char *script_protection(const struct script *script)
{
	PQconninfoOption *options = PQconninfo(script->conn);
	const char *weakness = options ? guard_weakness(options) : NULL;
	const char *told;

	if (guard_is_socket(PQhost(script->conn)))
		told = guard_value(options, "requirepeer")
		         ? _("a Unix socket, whose owner is checked")
		         : _("a Unix socket");
	else
		told = weakness ? weakness : _("encrypted, and the server is checked");
	guard_free_options(&options);
	return told;
}

/* Where in a script of many lines the server stopped. */
static void add_line(const char *sql, const PGresult *result, struct err *err)
{
	const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
	size_t used = strlen(err->text);
	int line = 1;

	if (!position || !strchr(sql, '\n'))
		return;
	/* It counts characters, not bytes. */
	for (long left = strtol(position, NULL, 10); left > 1 && *sql; sql++) {
		line += *sql == '\n';
		left -= ((unsigned char)sql[1] & 0xC0) != 0x80;
	}
	snprintf(err->text + used, sizeof(err->text) - used, _(" (line %d)"), line);
}

/* It waited too long for a lock, or was one of those who wait for each other. */
static bool is_locked(const PGresult *result)
{
	const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	return sqlstate && (strcmp(sqlstate, "55P03") == 0 || strcmp(sqlstate, "40P01") == 0);
}

bool script_was_locked(const struct script *script)
{
	return script->was_locked;
}

/* The last result of what was sent, as PQexec gives it; NULL: it did not come in time. */
static PGresult *wait_result(struct script *script)
{
	long long end = loop_now() + script->patience_ms;
	PGresult *last = NULL, *next;

	for (;;) {
		while (PQisBusy(script->conn)) {
			struct pollfd pfd = { .fd = PQsocket(script->conn), .events = POLLIN };
			long long left = end - loop_now();

			if (left <= 0 || poll(&pfd, 1, (int)left) == 0 ||
			    !PQconsumeInput(script->conn)) {
				PQclear(last);
				return NULL;
			}
		}
		next = PQgetResult(script->conn);
		if (!next)
			return last;
		PQclear(last);
		last = next;
	}
}

bool script_run(struct script *script, const char *sql, struct err *err)
{
	PGresult *result = !script->patience_ms           ? PQexec(script->conn, sql)
	                 : PQsendQuery(script->conn, sql) ? wait_result(script)
	                                                  : NULL;
	bool done = PQresultStatus(result) == PGRES_COMMAND_OK ||
	            PQresultStatus(result) == PGRES_TUPLES_OK ||
	            PQresultStatus(result) == PGRES_EMPTY_QUERY;

	if (!done) {
		fail_query(script->conn, result, err);
		add_line(sql, result, err);
	}
	script->was_locked = is_locked(result);
	PQclear(result);
	return done;
}

static PGresult *ask(struct script *script, const char *sql, int count,
                     const char *const *parameters)
{
	if (!script->patience_ms)
		return PQexecParams(script->conn, sql, count, NULL, parameters, NULL, NULL, 0);
	return PQsendQueryParams(script->conn, sql, count, NULL, parameters, NULL, NULL, 0)
	         ? wait_result(script)
	         : NULL;
}

bool script_query(struct script *script, struct arena *arena, const char *sql, int count,
                  const char *const *parameters, const struct rows **rows, struct refusal *refusal,
                  struct err *err)
{
	PGresult *result = ask(script, sql, count, parameters);
	ExecStatusType status = PQresultStatus(result);
	bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

	if (done) {
		if (rows)
			*rows = result_rows(arena, result);
	} else {
		if (refusal)
			*refusal = *result_refusal(arena, result);
		fail_query(script->conn, result, err);
	}
	PQclear(result);
	return done;
}

const char *script_literal(struct script *script, struct arena *arena, const char *text)
{
	char *literal = PQescapeLiteral(script->conn, text, strlen(text));
	const char *copy = literal ? arena_copy(arena, literal) : NULL;

	PQfreemem(literal);
	return copy;
}

/* After a failure of write the rest still has to be read off the connection. */
static bool copy_rows(PGconn *conn, bool (*write)(void *ctx, const char *bytes, int length),
                      void *ctx)
{
	bool good = true;
	char *bytes;
	int length;

	while ((length = PQgetCopyData(conn, &bytes, 0)) > 0) {
		good = good && write(ctx, bytes, length);
		PQfreemem(bytes);
	}
	return good && length == -1;
}

bool script_copy_out(struct script *script, const char *sql,
                     bool (*write)(void *ctx, const char *bytes, int length), void *ctx,
                     struct err *err)
{
	PGresult *result = PQexec(script->conn, sql);
	bool good = true, done;

	if (PQresultStatus(result) == PGRES_COPY_OUT) {
		good = copy_rows(script->conn, write, ctx);
		PQclear(result);
		result = PQgetResult(script->conn);
	}
	done = PQresultStatus(result) == PGRES_COMMAND_OK;
	if (!done)
		fail_query(script->conn, result, err);
	else if (!good)
		err_set(err, ERR_REFUSED, _("The output cannot be written."));
	PQclear(result);
	while ((result = PQgetResult(script->conn)))
		PQclear(result);
	return done && good;
}
