/*
 * The connection's life: its phases, its loss and its return, and the one place
 * that decides what comes next. For src/db only; flight.c has what is on its
 * way.
 */
#include "internal.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/i18n.h>
#include <base/log.h>
#include <base/mem.h>

enum { DELAY_MIN_MS = 250, DELAY_MAX_MS = 5000 };

static void on_connecting(void *ctx, short revents);
static void try_next_host(struct db *db);

/* ---- State */

/* A sign of life is nobody's business. */
static bool is_at_rest(const struct db *db)
{
	const struct request *first = TAILQ_FIRST(&db->flight);

	return first == NULL || (first->sign_of_life && TAILQ_NEXT(first, link) == NULL);
}

enum db_state life_state(const struct db *db)
{
	switch (db->phase) {
	case PHASE_DOWN: return DB_DOWN;
	case PHASE_CONNECTING: return DB_CONNECTING;
	case PHASE_SETUP: return DB_SETUP;
	case PHASE_OPEN: break;
	}
	if (cancel_is_pending(db))
		return DB_CANCELLING;
	if (db->opening || (is_at_rest(db) && TAILQ_EMPTY(&db->queue)))
		return DB_READY;
	return DB_BUSY;
}

static void announce(struct db *db, enum db_fault fault, const char *text)
{
	static const char *const names[] = { "down",  "connecting", "setup",
		                             "ready", "busy",       "cancelling" };
	enum db_state state = life_state(db);

	if (state == db->shown)
		return;
	if (state < DB_READY || db->shown < DB_READY)
		log_line("database: %s %s", names[state], text);
	db->shown = state;
	if (db->events.state)
		db->events.state(db->events.ctx, state, fault, text);
}

static void on_due(void *ctx)
{
	struct db *db = ctx;

	db->due = 0;
	life_settle(db);
}

/* Goes on within the loop, at once. */
void life_wake(struct db *db)
{
	if (!db->due)
		db->due = loop_after(db->loop, 0, on_due, db);
}

/* ---- Connecting */

static void close_connection(struct db *db)
{
	loop_cancel(db->loop, db->timer);
	db->timer = 0;
	if (db->fd >= 0)
		loop_watch(db->loop, db->fd, 0, NULL, NULL);
	db->fd = -1;
	PQfinish(db->conn);
	db->conn = NULL;
	db->generation++;
}

/* None of the servers is of use. */
static void end_round(struct db *db)
{
	char text[FAULT_TEXT_SIZE];
	enum db_fault fault = hosts_fault(db->hosts, text, &db->starting);

	life_lose(db, fault, text);
}

static void give_up_host(struct db *db, enum db_fault fault, const char *text, bool starting)
{
	hosts_note(db->hosts, fault, text, starting);
	close_connection(db);
	if (connect_is_about_person(fault))
		end_round(db);
	else
		try_next_host(db);
}

static void give_up_bad_host(struct db *db)
{
	char text[FAULT_TEXT_SIZE];
	bool starting;
	enum db_fault fault = connect_fault(db->conn, text, &starting);

	give_up_host(db, fault, text, starting);
}

static void on_connect_timeout(void *ctx)
{
	struct db *db = ctx;

	db->timer = 0;
	give_up_host(db, DB_FAULT_UNREACHABLE, _("The server does not answer."), false);
	life_settle(db);
}

static void watch_connecting(struct db *db, short events)
{
	int fd = PQsocket(db->conn);

	if (db->fd >= 0 && db->fd != fd)
		loop_watch(db->loop, db->fd, 0, NULL, NULL);
	db->fd = fd;
	if (fd >= 0)
		loop_watch(db->loop, fd, events, on_connecting, db);
}

static void try_next_host(struct db *db)
{
	const struct host *host = hosts_next(db->hosts);

	if (!host) {
		end_round(db);
		return;
	}
	db->generation++;
	db->fault = DB_FAULT_NONE;
	db->fault_text[0] = '\0';
	db->fd = -1;
	loop_cancel(db->loop, db->timer);
	db->timer = loop_after(db->loop, hosts_timeout(db->hosts, db->config.connect_timeout_ms),
	                       on_connect_timeout, db);
	db->conn = connect_start(db->conninfo, NULL, host, db->user, db->password);
	if (!db->conn || PQstatus(db->conn) == CONNECTION_BAD) {
		give_up_bad_host(db);
		return;
	}
	PQsetNoticeReceiver(db->conn, flight_on_notice, db);
	watch_connecting(db, POLLOUT);
}

static void start_connection(struct db *db)
{
	db->phase = PHASE_CONNECTING;
	announce(db, DB_FAULT_NONE, "");
	if (db->phase != PHASE_CONNECTING || db->conn)
		return;
	if (!db->hosts)
		db->hosts = hosts_new(db->conninfo, db->config.read_only);
	hosts_begin(db->hosts);
	try_next_host(db);
}

static void connected(struct db *db)
{
	unsigned generation = db->generation;

	if (!hosts_fits(db->hosts, db->conn)) {
		const char *text;
		enum db_fault fault = hosts_misfit(db->hosts, &text);
		give_up_host(db, fault, text, false);
		return;
	}
	loop_cancel(db->loop, db->timer);
	db->timer = 0;
	db->fd = PQsocket(db->conn);
	if (PQsetnonblocking(db->conn, 1) != 0 || !PQenterPipelineMode(db->conn)) {
		life_lose_by_itself(db);
		return;
	}
	db->phase = PHASE_SETUP;
	announce(db, DB_FAULT_NONE, "");
	if (db->generation == generation)
		flight_begin(db);
}

static void on_connecting(void *ctx, short revents)
{
	struct db *db = ctx;
	PostgresPollingStatusType status = PQconnectPoll(db->conn);

	(void)revents;
	if (status == PGRES_POLLING_OK)
		connected(db);
	else if (status == PGRES_POLLING_FAILED)
		give_up_bad_host(db);
	else
		watch_connecting(db, connect_poll_events(status));
	life_settle(db);
}

void life_opened(struct db *db)
{
	db->phase = PHASE_OPEN;
	db->was_ready = true;
	hosts_keep(db->hosts);
	db->opening = true;
	db->front = NULL;
	unsigned generation = db->generation;
	announce(db, DB_FAULT_NONE, "");
	if (db->generation == generation && db->events.ready)
		db->events.ready(db->events.ctx);
	db->opening = false;
}

/* ---- Losing the connection */

void life_end_queued(struct db *db, bool writes)
{
	struct request *request, *next;

	for (request = TAILQ_FIRST(&db->queue); request; request = next) {
		next = TAILQ_NEXT(request, link);
		if (request_is_write(request) != writes)
			continue;
		TAILQ_REMOVE(&db->queue, request, link);
		request->status = ANSWER_LOST;
		TAILQ_INSERT_TAIL(&db->ended, request, link);
	}
	db->front = NULL;
}

/* Without a word to anybody. */
void life_drop(struct db *db)
{
	cancel_stop(db);
	close_connection(db);
	db->phase = PHASE_DOWN;
	flight_abort(db);
}

static void on_back_off_end(void *ctx)
{
	struct db *db = ctx;

	db->timer = 0;
	db->start = true;
	life_settle(db);
}

static bool comes_back(const struct db *db, enum db_fault fault)
{
	switch (fault) {
	case DB_FAULT_PASSWORD:
	case DB_FAULT_DISABLED:
	case DB_FAULT_NO_DATABASE:
	case DB_FAULT_REFUSED: return false;
	default: return db->config.reconnect && db->wanted && (db->was_ready || db->starting);
	}
}

/* Half of the delay is by chance, so that not all terminals come back at the
 * same instant. */
static int next_delay(struct db *db)
{
	db->delay = db->delay ? db->delay * 2 : DELAY_MIN_MS;
	if (db->delay > DELAY_MAX_MS)
		db->delay = DELAY_MAX_MS;
	return db->delay / 2 + (int)arc4random_uniform((uint32_t)db->delay / 2);
}

void life_lose(struct db *db, enum db_fault fault, const char *text)
{
	char *kept = mem_copy(text); /* it may belong to what is freed here */

	if (db->phase == PHASE_SETUP)
		hosts_pass_over(db->hosts);
	life_drop(db);
	if (comes_back(db, fault))
		db->timer = loop_after(db->loop, next_delay(db), on_back_off_end, db);
	else
		life_end_queued(db, false);
	announce(db, fault, kept);
	free(kept);
}

void life_lose_by_itself(struct db *db)
{
	char text[FAULT_TEXT_SIZE];
	bool starting;
	enum db_fault fault = connect_fault(db->conn, text, &starting);

	if (db->fault != DB_FAULT_NONE) {
		fault = db->fault;
		snprintf(text, sizeof(text), "%s", db->fault_text);
	}
	db->starting = starting;
	life_lose(db, fault, text);
}

void life_settle(struct db *db)
{
	if (db->closed) {
		db->closed = false;
		if (db->shown != DB_DOWN) {
			db->shown = DB_DOWN;
			log_line("database: closed");
			if (db->events.state)
				db->events.state(db->events.ctx, DB_DOWN, DB_FAULT_NONE, "");
		}
	}
	flight_deliver(db);
	if (db->start) {
		db->start = false;
		if (db->phase == PHASE_DOWN && db->wanted)
			start_connection(db);
		else if (db->phase == PHASE_OPEN && TAILQ_EMPTY(&db->flight))
			flight_probe(db);
	}
	flight_pump(db);
	cancel_consider(db);
	if (db->phase == PHASE_OPEN)
		announce(db, DB_FAULT_NONE, "");
	if (!TAILQ_EMPTY(&db->ended))
		life_wake(db);
}
