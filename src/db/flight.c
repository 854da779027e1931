/*
 * What is on its way to the server: sends the waiting requests behind each
 * other in one pipeline and reads their answers in the same order.
 */
#include "internal.h"

#include <poll.h>
#include <string.h>

#include <base/i18n.h>
#include <base/log.h>

enum {
	TRIES_MAX = 5,  /* of a request that lost against others */
	ASTRAY_MS = 5000,
	CANCEL_REACH_MS = 2000, /* so long after a cancel it may still hit the next request */
};

/* ---- Silence */

static void on_time(void *ctx)
{
	flight_check_silence(ctx);
}

/* How long the server may be silent about what it is doing now. */
static int patience(const struct db *db)
{
	int most = db->config.answer_timeout_ms;

	return TAILQ_FIRST(&db->flight)->sign_of_life && most > DB_LIFE_MS ? DB_LIFE_MS : most;
}

static void start_silence(struct db *db)
{
	loop_cancel(db->loop, db->timer);
	db->heard = loop_now();
	db->timer = loop_after(db->loop, patience(db), on_time, db);
}

/* Who only listens, for notifications, would never learn that the server is gone. */
static void on_idle(void *ctx)
{
	struct db *db = ctx;

	db->timer = 0;
	flight_probe(db);
	life_settle(db);
}

static void start_idle(struct db *db)
{
	loop_cancel(db->loop, db->timer);
	db->timer = loop_after(db->loop, db->config.heartbeat_ms, on_idle, db);
}

/* After a suspend both the time is up and the answer is there: look before
 * judging. */
static bool is_readable(const struct db *db)
{
	struct pollfd pfd = { .fd = db->fd, .events = POLLIN };

	return poll(&pfd, 1, 0) > 0;
}

void flight_check_silence(struct db *db)
{
	long long left;

	db->timer = 0;
	if (TAILQ_EMPTY(&db->flight))
		return;
	left = db->heard + patience(db) - loop_now();
	if (left > 0 || is_readable(db)) {
		db->timer = loop_after(db->loop, left > 0 ? (int)left : 1, on_time, db);
		return;
	}
	life_lose(db, DB_FAULT_UNREACHABLE, _("The server does not answer."));
	life_settle(db);
}

/* ---- Sending */

static void watch(struct db *db, bool more_to_send)
{
	loop_watch(db->loop, db->fd, (short)(POLLIN | (more_to_send ? POLLOUT : 0)),
	           flight_on_socket, db);
}

static bool flush(struct db *db)
{
	int left = PQflush(db->conn);

	if (left >= 0)
		watch(db, left > 0);
	return left >= 0;
}

static bool put(struct db *db, struct request *request)
{
	bool first = TAILQ_EMPTY(&db->flight);

	TAILQ_INSERT_TAIL(&db->flight, request, link);
	if (first)
		start_silence(db);
	return request_put(request, db->conn, &db->kept);
}

static struct request *own_request(const char *const *lead, int leads, struct batch *batch,
                                   void (*own)(struct db *, struct request *))
{
	struct request *request = request_new(batch);

	request->lead = lead;
	request->leads = leads;
	request->own = own;
	return request;
}

/* Without a trace of it the read is worth more than no read: where it cannot be left, the log says so. */
static void on_traced(struct db *db, struct request *request)
{
	(void)db;
	if (request->refusal)
		log_line("trace: %s", request->refusal->message);
}

static bool put_before(struct db *db, struct batch *before)
{
	return !before || put(db, own_request(NULL, 0, before, on_traced));
}

/* A read is BEGIN, its statements, Sync, COMMIT, Sync: COMMIT stands behind the
 * Sync, since a failure skips all up to there, and the transaction must end
 * before the next request. A repeated one is a single statement, which sees one
 * snapshot as it is: with the two around it the server would have a fifth more to do. */
static bool put_all(struct db *db)
{
	static const char *const begin[] = { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
	static const char *const commit[] = { "COMMIT" };
	struct request *request;

	while ((request = TAILQ_FIRST(&db->queue))) {
		TAILQ_REMOVE(&db->queue, request, link);
		bool read = request->batch && !request_is_write(request);
		bool framed = read && !batch_is_repeated(request->batch);
		if (read && !put_before(db, batch_take_before(request->batch))) {
			TAILQ_INSERT_HEAD(&db->queue, request, link);
			return false;
		}
		request->lead = framed ? begin : NULL;
		request->leads = framed ? 1 : 0;
		if (!put(db, request))
			return false;
		if (framed && !put(db, own_request(commit, 1, NULL, NULL)))
			return false;
	}
	return true;
}

/* ---- The first round trip of a connection */

/* LISTEN is refused on a standby, where nothing notifies: go on without it, until it is promoted. */
static void on_listening(struct db *db, struct request *request)
{
	if (request->refusal)
		log_line("listen: %s", request->refusal->message);
	db->deaf = request->refusal && hosts_is_standby(db->conn);
	life_opened(db);
}

static bool put_listen(struct db *db)
{
	return put(db,
	           own_request((const char *const *)db->listen, db->channels, NULL, on_listening));
}

static void listen_again(struct db *db)
{
	db->deaf = false;
	if (!put_listen(db) || !flush(db))
		life_lose_by_itself(db);
}

static void on_greeted(struct db *db, struct request *request)
{
	struct answer answer = { .status = ANSWER_DONE, .count = 1, .arena = request->arena };
	struct err err = { 0 };

	if (request->refusal) {
		life_lose(db, connect_fault_of(request->refusal->sqlstate, ""),
		          request->refusal->message);
		return;
	}
	answer.results = request->results;
	unsigned generation = db->generation;
	bool accepted = !db->events.greeting || db->events.greeting(db->events.ctx, &answer, &err);
	request->arena = answer.arena;
	if (!accepted && db->generation == generation)
		life_lose(db, DB_FAULT_REFUSED, err.text);
}

void flight_begin(struct db *db)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_plain(batch, db->config.greeting);
	db->kept = (struct kept){ 0 };
	db->round_trips++;
	if (!put(db, own_request((const char *const *)db->settings, 1, batch, on_greeted)) ||
	    !put_listen(db) || !flush(db))
		life_lose_by_itself(db);
}

void flight_probe(struct db *db)
{
	struct request *request = own_request(NULL, 0, NULL, NULL);

	request->sign_of_life = true;
	if (!put(db, request) || !flush(db))
		life_lose_by_itself(db);
}

/* ---- All that waits */

void flight_pump(struct db *db)
{
	if (db->phase == PHASE_OPEN && db->deaf && !hosts_is_standby(db->conn))
		listen_again(db);
	if (db->phase != PHASE_OPEN || TAILQ_EMPTY(&db->queue) || cancel_is_pending(db))
		return;
	db->round_trips++;
	if (!put_all(db) || !flush(db))
		life_lose_by_itself(db);
}

/* ---- Answers */

void flight_deliver(struct db *db)
{
	struct request *request;

	while ((request = TAILQ_FIRST(&db->ended))) {
		TAILQ_REMOVE(&db->ended, request, link);
		enum answer_status status = request->status;
		request_end(&request, status);
	}
}

/* Losing against others is no answer: a conflict of transactions, or somebody
 * else's cancel. */
static bool is_worth_another_try(const struct db *db, const struct request *request)
{
	const char *sqlstate = request->refusal->sqlstate;

	if (!request->batch || request->own || request->tries >= TRIES_MAX)
		return false;
	if (strcmp(sqlstate, "40001") == 0 || strcmp(sqlstate, "40P01") == 0)
		return true;
	return strcmp(sqlstate, "57014") == 0 && !request->cancel && db->cancel.sent_at &&
	       loop_now() - db->cancel.sent_at < CANCEL_REACH_MS;
}

/* A write that had to be sent again may be waiting for its first copy, which is still being
 * committed: that it took too long says nothing about what became of it. */
static bool is_undecided(const struct request *request)
{
	return request->doubtful && strcmp(request->refusal->sqlstate, "57014") == 0;
}

/* What was meant for a server that takes changes met one that does not (any more). Where there is
 * one that does, the write belongs there; and here nobody can tell what became of an earlier copy. */
static bool is_astray(const struct db *db, const struct request *request)
{
	return request_is_write(request) && strcmp(request->refusal->sqlstate, "25006") == 0 &&
	       (request->doubtful || hosts_want_changes(db->hosts));
}

/* The request at the head reached its Sync. */
static void finish(struct db *db)
{
	struct request *request = TAILQ_FIRST(&db->flight);
	const struct refusal *refusal = request->refusal;

	if (request->ticket && refusal && is_astray(db, request)) {
		/* The only server that there is will hardly take changes in a moment. */
		if (!hosts_want_changes(db->hosts))
			db->delay = ASTRAY_MS;
		life_lose(db, DB_FAULT_READ_ONLY, refusal->message);
		return;
	}
	TAILQ_REMOVE(&db->flight, request, link);
	request_keep(request, &db->kept);
	if (!request->ticket) {
		if (request->own)
			request->own(db, request);
		request_free(&request);
		return;
	}
	if (request->ticket == db->cancel.ticket)
		cancel_stop(db);
	if (refusal && (is_undecided(request) || is_worth_another_try(db, request))) {
		request->tries++;
		TAILQ_INSERT_HEAD(&db->queue, request, link);
		return;
	}
	db->delay = 0;
	request->status = !refusal ? ANSWER_DONE : ANSWER_REFUSED;
	if (refusal && request->cancel && strcmp(refusal->sqlstate, "57014") == 0)
		request->status = ANSWER_CANCELLED;
	TAILQ_INSERT_TAIL(&db->ended, request, link);
	flight_deliver(db);
}

static void remember_fault(struct db *db, const PGresult *result)
{
	const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	if (!sqlstate || db->fault != DB_FAULT_NONE)
		return;
	db->fault = connect_fault_of(sqlstate, "");
	strncpy(db->fault_text, text ? text : "", sizeof(db->fault_text) - 1);
}

/* Reads what is complete. False: the connection is not the same any more, or of
 * no use. */
static bool take_answers(struct db *db)
{
	unsigned generation = db->generation;

	while (!TAILQ_EMPTY(&db->flight) && !PQisBusy(db->conn)) {
		struct request *request = TAILQ_FIRST(&db->flight);
		PGresult *result = PQgetResult(db->conn);
		if (!result && !request->within)
			return PQstatus(db->conn) == CONNECTION_OK;
		bool at_end = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		bool loss = result && result_is_loss(result);
		if (loss)
			remember_fault(db, result);
		else if (at_end)
			finish(db);
		else
			request_take(request, result);
		PQclear(result);
		if (loss || db->generation != generation)
			return false;
	}
	return true;
}

static bool take_notifications(struct db *db)
{
	unsigned generation = db->generation;
	PGnotify *notify;

	while ((notify = PQnotifies(db->conn))) {
		if (db->events.notified)
			db->events.notified(db->events.ctx, notify->relname, notify->extra);
		PQfreemem(notify);
		if (db->generation != generation)
			return false;
	}
	return true;
}

/* Without this libpq writes onto the screen. A connection that nobody uses says
 * good-bye here. */
void flight_on_notice(void *ctx, const PGresult *result)
{
	struct db *db = ctx;
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0))
		remember_fault(db, result);
	log_line("server: %s", PQresultErrorMessage(result));
}

void flight_on_socket(void *ctx, short revents)
{
	struct db *db = ctx;
	unsigned generation = db->generation;
	bool alive = PQconsumeInput(db->conn);

	if (revents & ~POLLOUT)
		db->heard = loop_now();
	alive = take_answers(db) && alive;
	if (db->generation == generation)
		alive = take_notifications(db) && alive;
	if (db->generation == generation) {
		if (!alive || PQstatus(db->conn) == CONNECTION_BAD || !flush(db)) {
			life_lose_by_itself(db);
		} else if (TAILQ_EMPTY(&db->flight)) {
			start_idle(db);
		}
	}
	life_settle(db);
}

void flight_abort(struct db *db)
{
	struct request *request;

	while ((request = TAILQ_LAST(&db->flight, request_list))) {
		TAILQ_REMOVE(&db->flight, request, link);
		request_reset(request);
		if (!request->ticket) {
			request_free(&request);
		} else if (request_is_write(request)) {
			request->doubtful = true;
			request->cancel = false;
			TAILQ_INSERT_HEAD(&db->queue, request, link);
		} else {
			request->status = request->cancel ? ANSWER_CANCELLED : ANSWER_LOST;
			TAILQ_INSERT_HEAD(&db->ended, request, link);
		}
	}
	db->front = NULL;
}
