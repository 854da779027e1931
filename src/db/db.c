/*
 * What include/db/db.h offers. Nothing here waits, and nothing here calls back:
 * each call leaves a note and wakes the loop (life.c, flight.c).
 */
#include "internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/mem.h>

enum { CONNECT_TIMEOUT_MS = 10000, ANSWER_TIMEOUT_MS = 14000 };

static char *session_settings(const struct db_config *config)
{
	struct buf buf = { 0 };

	buf_printf(&buf,
	           "SELECT pg_catalog.set_config('search_path', 'trato, pg_temp', false),"
	           " pg_catalog.set_config('statement_timeout', '%d', false),"
	           " pg_catalog.set_config('idle_in_transaction_session_timeout', '30000', "
	           "false),"
	           " pg_catalog.set_config('DateStyle', 'ISO', false),"
	           " pg_catalog.set_config('jit', 'off', false)%s",
	           config->statement_timeout_ms,
	           config->read_only
	               ? ", pg_catalog.set_config('default_transaction_read_only', 'on', false)"
	               : "");
	return buf.text;
}

struct db *db_new(struct loop *loop, const struct db_config *config, const struct db_events *events)
{
	struct db *db = mem_alloc(sizeof(*db));

	db->loop = loop;
	db->events = *events;
	db->config = *config;
	if (!db->config.connect_timeout_ms)
		db->config.connect_timeout_ms = CONNECT_TIMEOUT_MS;
	if (!db->config.answer_timeout_ms)
		db->config.answer_timeout_ms = ANSWER_TIMEOUT_MS;
	if (!db->config.heartbeat_ms)
		db->config.heartbeat_ms = DB_HEARTBEAT_MS;
	/* The server gives up first, else a slow query would look like a dead server.
	 */
	if (!db->config.statement_timeout_ms)
		db->config.statement_timeout_ms = db->config.answer_timeout_ms / 5 * 4;
	db->conninfo = mem_copy(config->conninfo ? config->conninfo : "");
	db->settings[0] = session_settings(&db->config);
	db->channels = 0;
	for (const char *const *at = config->channels; at && *at; at++)
		db->channels++;
	db->listen = mem_array((size_t)db->channels + 1, sizeof(*db->listen));
	for (int i = 0; i < db->channels; i++) {
		struct buf buf = { 0 };
		buf_printf(&buf, "LISTEN \"%s\"", config->channels[i]);
		db->listen[i] = buf.text;
	}
	db->fd = -1;
	db->shown = DB_DOWN;
	TAILQ_INIT(&db->flight);
	TAILQ_INIT(&db->queue);
	TAILQ_INIT(&db->ended);
	return db;
}

static void replace_secret(char **secret, const char *with)
{
	char *copy = with ? mem_copy(with) : NULL;

	if (*secret)
		mem_erase(*secret, strlen(*secret));
	free(*secret);
	*secret = copy;
}

static void free_list(struct request_list *list)
{
	struct request *request;

	while ((request = TAILQ_FIRST(list))) {
		TAILQ_REMOVE(list, request, link);
		request_free(&request);
	}
}

void db_free(struct db **db)
{
	struct db *d = *db;

	if (!d)
		return;
	life_drop(d);
	loop_cancel(d->loop, d->due);
	loop_cancel(d->loop, d->spare);
	free_list(&d->queue);
	free_list(&d->ended);
	replace_secret(&d->password, NULL);
	for (int i = 0; i < d->channels; i++)
		free(d->listen[i]);
	free(d->listen);
	free(d->settings[0]);
	free(d->conninfo);
	hosts_free(&d->hosts);
	free(d->user);
	free(d);
	*db = NULL;
}

static char *in_lower_case(const char *user)
{
	char *copy = user ? mem_copy(user) : NULL;

	for (char *c = copy; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

void db_connect(struct db *db, const char *user, const char *password)
{
	char *lower = in_lower_case(user);
	bool same = (!lower && !db->user) || (lower && db->user && strcmp(lower, db->user) == 0);

	db->closed = db->closed || db->phase != PHASE_DOWN;
	life_drop(db);
	if (!same)
		life_end_queued(db, true);
	/* Whoever asks for a connection waits for it anyway, and a name may have moved. */
	hosts_free(&db->hosts);
	free(db->user);
	db->user = lower;
	replace_secret(&db->password, password);
	db->wanted = true;
	db->was_ready = false;
	db->starting = false;
	db->delay = 0;
	db->start = true;
	life_wake(db);
}

void db_set_password(struct db *db, const char *password)
{
	replace_secret(&db->password, password);
}

void db_disconnect(struct db *db)
{
	db->closed = true;
	db->wanted = false;
	db->start = false;
	life_drop(db);
	life_end_queued(db, false);
	/* Nothing comes back before somebody logs in again. */
	replace_secret(&db->password, NULL);
	life_wake(db);
}

void db_retry(struct db *db)
{
	if (db->phase == PHASE_DOWN)
		hosts_free(&db->hosts);
	db->start = true;
	life_wake(db);
}

uint64_t db_send(struct db *db, struct batch *batch, int purpose,
                 void (*done)(void *ctx, struct answer *answer), void *ctx)
{
	struct request *request = request_new(batch);

	request->ticket = ++db->tickets;
	request->purpose = purpose;
	request->done = done;
	request->ctx = ctx;
	if (!db->opening) {
		TAILQ_INSERT_TAIL(&db->queue, request, link);
	} else {
		/* What was missed comes before what has been waiting. */
		if (db->front)
			TAILQ_INSERT_AFTER(&db->queue, db->front, request, link);
		else
			TAILQ_INSERT_HEAD(&db->queue, request, link);
		db->front = request;
	}
	spare_answer(db);
	life_wake(db);
	return request->ticket;
}

static struct request *find(const struct request_list *list, uint64_t ticket)
{
	struct request *request;

	TAILQ_FOREACH(request, list, link)
	{
		if (request->ticket == ticket)
			return request;
	}
	return NULL;
}

static void unqueue(struct db *db, struct request *request)
{
	if (db->front == request)
		db->front = TAILQ_PREV(request, request_list, link);
	TAILQ_REMOVE(&db->queue, request, link);
}

void db_cancel(struct db *db, uint64_t ticket)
{
	struct request *request = find(&db->queue, ticket);

	if (request && !request->doubtful) {
		unqueue(db, request);
		request->status = ANSWER_CANCELLED;
		TAILQ_INSERT_TAIL(&db->ended, request, link);
	} else if ((request = find(&db->flight, ticket)) && !request->doubtful) {
		request->cancel = true;
	}
	life_wake(db);
}

void db_forget(struct db *db, uint64_t ticket)
{
	struct request *request = find(&db->queue, ticket);

	if (request && !request_is_write(request)) {
		unqueue(db, request);
		request_free(&request);
		return;
	}
	if (!request)
		request = find(&db->flight, ticket);
	if (!request)
		request = find(&db->ended, ticket);
	if (request)
		request->done = NULL;
}

enum db_state db_state(const struct db *db)
{
	return life_state(db);
}

bool db_only_reads(const struct db *db)
{
	return db->phase == PHASE_OPEN && hosts_only_reads(db->conn);
}

unsigned long db_round_trips(const struct db *db)
{
	return db->round_trips;
}

long long db_waiting(const struct db *db)
{
	const struct request *request;

	TAILQ_FOREACH(request, &db->flight, link)
	{
		if (request->ticket)
			return loop_now() - request->sent_at;
	}
	return 0;
}

static int count_writes(const struct request_list *list)
{
	const struct request *request;
	int count = 0;

	TAILQ_FOREACH(request, list, link)
	count += request_is_write(request);
	return count;
}

int db_unanswered_writes(const struct db *db)
{
	const struct request_list *const lists[] = { &db->flight, &db->queue };
	int count = 0;

	for (int i = 0; i < 2; i++)
		count += count_writes(lists[i]);
	return count;
}
