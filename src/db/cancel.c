/*
 * Cancelling a request without blocking: a second, short-lived connection of
 * the same person asks the server to cancel what the first one is doing.
 * (PQcancel blocks; PQcancelStart is missing before libpq 17.)
 */
#include "internal.h"

#include <poll.h>
#include <stdio.h>

#include <base/log.h>

static struct request *first_of_user(const struct db *db)
{
	struct request *request = TAILQ_FIRST(&db->flight);

	return request && request->ticket ? request : NULL;
}

bool cancel_is_pending(const struct db *db)
{
	struct request *request;

	TAILQ_FOREACH(request, &db->flight, link)
	{
		if (request->cancel)
			return true;
	}
	return false;
}

/* The ticket stays: one attempt is enough, the server's own time limit is
 * behind it. */
static void close_connection(struct db *db)
{
	struct cancel *cancel = &db->cancel;

	if (!cancel->conn)
		return;
	if (cancel->fd >= 0)
		loop_watch(db->loop, cancel->fd, 0, NULL, NULL);
	loop_cancel(db->loop, cancel->timer);
	PQfinish(cancel->conn);
	cancel->conn = NULL;
	cancel->timer = 0;
}

void cancel_stop(struct db *db)
{
	close_connection(db);
	db->cancel.ticket = 0;
}

static void on_time(void *ctx)
{
	struct db *db = ctx;

	db->cancel.timer = 0;
	close_connection(db);
}

static void watch(struct db *db, short events, void (*fn)(void *, short))
{
	struct cancel *cancel = &db->cancel;
	int fd = PQsocket(cancel->conn);

	if (cancel->fd >= 0 && cancel->fd != fd)
		loop_watch(db->loop, cancel->fd, 0, NULL, NULL);
	cancel->fd = fd;
	if (fd >= 0)
		loop_watch(db->loop, fd, events, fn, db);
}

static void on_result(void *ctx, short revents)
{
	struct db *db = ctx;
	int left;

	(void)revents;
	if (!PQconsumeInput(db->cancel.conn) || !PQisBusy(db->cancel.conn)) {
		close_connection(db);
		return;
	}
	left = PQflush(db->cancel.conn);
	if (left < 0)
		close_connection(db);
	else
		watch(db, (short)(POLLIN | (left ? POLLOUT : 0)), on_result);
}

static void ask(struct db *db)
{
	const struct request *request = first_of_user(db);
	PGconn *conn = db->cancel.conn;
	char pid[16];
	const char *values[] = { pid };

	if (!request || request->ticket != db->cancel.ticket) {
		close_connection(db);
		return;
	}
	snprintf(pid, sizeof(pid), "%d", PQbackendPID(db->conn));
	db->cancel.sent_at = loop_now();
	if (PQsetnonblocking(conn, 1) != 0 ||
	    !PQsendQueryParams(conn, "SELECT pg_catalog.pg_cancel_backend($1::int)", 1, NULL,
	                       values, NULL, NULL, 0)) {
		close_connection(db);
		return;
	}
	on_result(db, 0);
}

static void on_connecting(void *ctx, short revents)
{
	struct db *db = ctx;
	PostgresPollingStatusType status = PQconnectPoll(db->cancel.conn);

	(void)revents;
	if (status == PGRES_POLLING_OK) {
		ask(db);
	} else if (status == PGRES_POLLING_FAILED) {
		log_line("cancel: %s", PQerrorMessage(db->cancel.conn));
		close_connection(db);
	} else {
		watch(db, connect_poll_events(status), on_connecting);
	}
}

static void ignore_notice(void *ctx, const PGresult *result)
{
	(void)ctx;
	(void)result;
}

void cancel_consider(struct db *db)
{
	struct cancel *cancel = &db->cancel;
	const struct request *request = first_of_user(db);

	if (db->phase != PHASE_OPEN || !request || !request->cancel || cancel->conn ||
	    cancel->ticket == request->ticket)
		return;
	cancel->ticket = request->ticket;
	cancel->fd = -1;
	cancel->conn = connect_start(db->conninfo, NULL, hosts_current(db->hosts), db->user, db->password);
	if (!cancel->conn)
		return;
	if (PQstatus(cancel->conn) == CONNECTION_BAD) {
		close_connection(db);
		return;
	}
	PQsetNoticeReceiver(cancel->conn, ignore_notice, NULL);
	cancel->timer = loop_after(db->loop, db->config.connect_timeout_ms, on_time, db);
	watch(db, POLLOUT, on_connecting);
}
