/*
 * Server, recording client and breaking proxy for the tests of src/db.
 */
#include "support.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <base/mem.h>

/* ---- Server */

static void run_in(const char *conninfo, const char *sql)
{
	struct err err = { 0 };
	struct script *script = script_open(conninfo, "postgres", NULL, &err);

	if (!script || !script_run(script, sql, &err))
		fail_msg("%s: %s", sql, err.text);
	script_close(&script);
}

void support_run(const char *sql)
{
	run_in("dbname=dbtest", sql);
}

char *support_ask(const char *sql)
{
	struct err err = { 0 };
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	struct script *script = script_open("dbname=dbtest", "postgres", NULL, &err);

	if (!script || !script_query(script, arena, sql, 0, NULL, &rows, NULL, &err)) {
		fail_msg("%s: %s", sql, err.text);
		return NULL;
	}
	char *cell = mem_copy(rows->count && rows->cells[0] ? rows->cells[0] : "");
	script_close(&script);
	arena_free(&arena);
	return cell;
}

void support_server(const char *verb)
{
	char command[512];

	snprintf(command, sizeof(command), "tests/harness/cluster %s %s </dev/null", verb,
	         getenv("TRATO_CLUSTER"));
	assert_int_equal(system(command), 0);
}

int support_set_up(void **state)
{
	(void)state;
	run_in("dbname=postgres", "CREATE DATABASE dbtest");
	run_in("dbname=postgres",
	       "CREATE ROLE \"tester@x\" LOGIN PASSWORD 'secret';"
	       "CREATE ROLE \"gone@x\" NOLOGIN PASSWORD 'secret';"
	       "CREATE ROLE \"many@x\" LOGIN PASSWORD 'secret' CONNECTION LIMIT 0;");
	support_run(
	    "CREATE SCHEMA trato;"
	    "CREATE TABLE trato.once (key text CONSTRAINT once_key_unique PRIMARY KEY,"
	    " answers int NOT NULL DEFAULT 1);"
	    "CREATE TABLE trato.plain (word text);"
	    "CREATE SEQUENCE trato.attempts;"
	    /* What each writing function of Trato does: the key makes it happen once. */
	    "CREATE FUNCTION trato.note(k text, seconds float DEFAULT 0) RETURNS int"
	    " LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN"
	    " INSERT INTO trato.once (key) VALUES (k)"
	    " ON CONFLICT (key) DO UPDATE SET answers = once.answers + 1 RETURNING answers INTO n;"
	    " PERFORM pg_sleep(seconds); RETURN n; END $$;"
	    "CREATE FUNCTION trato.lose_until(n int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
	    " IF nextval('trato.attempts') < n THEN"
	    " RAISE serialization_failure; END IF; RETURN 'won'; END $$;"
	    "GRANT USAGE ON SCHEMA trato TO PUBLIC;"
	    "GRANT ALL ON ALL TABLES IN SCHEMA trato TO PUBLIC;"
	    "GRANT ALL ON ALL SEQUENCES IN SCHEMA trato TO PUBLIC;");
	return 0;
}

/* ---- Client */

static void on_state(void *ctx, enum db_state state, enum db_fault fault, const char *text)
{
	static const char *const names[] = { "down ",  "connecting ", "setup ",
		                             "ready ", "busy ",       "cancelling " };
	struct client *client = ctx;
	size_t length = strlen(client->states);

	snprintf(client->states + length, sizeof(client->states) - length, "%s", names[state]);
	if (state == DB_DOWN) {
		client->fault = fault;
		snprintf(client->fault_text, sizeof(client->fault_text), "%s", text);
	}
}

static bool on_greeting(void *ctx, struct answer *answer, struct err *err)
{
	struct client *client = ctx;

	client->greetings++;
	assert_int_equal(answer->count, 1);
	assert_string_equal(rows_text(answer->results[0], 0, "path"), "trato, pg_temp");
	return !client->refuse || err_set(err, ERR_REFUSED, "too old");
}

static void on_ready(void *ctx)
{
	struct client *client = ctx;

	client->readies++;
	if (client->on_ready)
		client->on_ready(client);
}

static void on_notified(void *ctx, const char *channel, const char *payload)
{
	struct client *client = ctx;

	assert_string_equal(channel, "bell");
	client->notifications++;
	snprintf(client->payload, sizeof(client->payload), "%s", payload);
}

struct client *client_new(struct loop *loop, const char *conninfo, struct db_config extra)
{
	static const struct statement greeting = {
		"greeting", "SELECT current_setting('search_path') AS path, count(*) FROM once", 0
	};
	static const char *const channels[] = { "bell", "other bell", NULL };
	struct client *client = mem_alloc(sizeof(*client));

	client->loop = loop ? loop : loop_new();
	extra.conninfo = conninfo ? conninfo : "dbname=dbtest";
	if (!extra.greeting)
		extra.greeting = &greeting;
	extra.channels = channels;
	client->db =
	    db_new(client->loop, &extra,
	           &(struct db_events){ client, on_state, on_greeting, on_ready, on_notified });
	return client;
}

void client_free(struct client **client)
{
	db_free(&(*client)->db);
	loop_free(&(*client)->loop);
	free(*client);
	*client = NULL;
}

void client_log_in(struct client *client)
{
	db_connect(client->db, "Tester@X", "secret");
	client_wait(client, db_state(client->db) == DB_READY);
}

static void on_answer(void *ctx, struct answer *answer)
{
	struct client *client = ctx;
	const struct rows *rows = answer->count ? answer->results[0] : NULL;

	client->answers++;
	client->status = answer->status;
	client->purpose = answer->purpose;
	client->rows = rows ? rows->count : 0;
	snprintf(client->cell, sizeof(client->cell), "%s",
	         rows && rows->count && rows->cells[0] ? rows->cells[0] : "");
	if (answer->refusal) {
		const struct refusal *refusal = answer->refusal;
		snprintf(client->sqlstate, sizeof(client->sqlstate), "%s", refusal->sqlstate);
		snprintf(client->constraint, sizeof(client->constraint), "%s", refusal->constraint);
		snprintf(client->table, sizeof(client->table), "%s", refusal->table);
		snprintf(client->message, sizeof(client->message), "%s", refusal->message);
		snprintf(client->detail, sizeof(client->detail), "%s", refusal->detail);
	}
	client->ends[strlen(client->ends)] = "DRLC"[answer->status];
	client->order[strlen(client->order)] = (char)answer->purpose;
}

uint64_t client_send(struct client *client, enum batch_kind kind, int purpose, const char *sql,
                     const char *parameter)
{
	/* A real statement is a constant of the program; these live as long as the test. */
	static struct statement statements[1000];
	static int used;
	struct statement *statement = &statements[used++ % 1000];
	struct batch *batch = batch_new(kind);

	statement->name = "test";
	statement->sql = sql;
	statement->parameters = parameter ? 1 : 0;
	batch_add(batch, statement, statement->parameters, &parameter);
	return db_send(client->db, batch, purpose, on_answer, client);
}

uint64_t client_repeat(struct client *client, int purpose, const struct statement *statement)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_plain(batch, statement);
	batch_repeat(batch);
	return db_send(client->db, batch, purpose, on_answer, client);
}

/* ---- Proxy */

static void proxy_close(struct proxy *proxy)
{
	int *const fds[] = { &proxy->client, &proxy->server };

	for (int i = 0; i < 2; i++) {
		if (*fds[i] < 0)
			continue;
		loop_watch(proxy->loop, *fds[i], 0, NULL, NULL);
		close(*fds[i]);
		*fds[i] = -1;
	}
}

static void pass(struct proxy *proxy, int from, int to)
{
	char bytes[65536];
	ssize_t length = read(from, bytes, sizeof(bytes));

	if (length <= 0 || (from == proxy->server && proxy->mode == PROXY_CUT)) {
		proxy_close(proxy);
		return;
	}
	if (from == proxy->server && proxy->mode == PROXY_SILENT)
		return;
	proxy->answers += from == proxy->server;
	for (ssize_t at = 0, done; at < length; at += done) {
		done = write(to, bytes + at, (size_t)(length - at));
		if (done <= 0)
			return;
	}
}

static void on_client(void *ctx, short revents)
{
	struct proxy *proxy = ctx;

	(void)revents;
	pass(proxy, proxy->client, proxy->server);
}

static void on_server(void *ctx, short revents)
{
	struct proxy *proxy = ctx;

	(void)revents;
	pass(proxy, proxy->server, proxy->client);
}

static void on_connection(void *ctx, short revents)
{
	struct proxy *proxy = ctx;
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	(void)revents;
	proxy_close(proxy);
	proxy->client = accept(proxy->listener, NULL, NULL);
	proxy->connections++;
	if (proxy->alone)
		return;
	snprintf(to.sun_path, sizeof(to.sun_path), "%s/.s.PGSQL.5432", getenv("PGHOST"));
	proxy->server = socket(AF_UNIX, SOCK_STREAM, 0);
	if (connect(proxy->server, (struct sockaddr *)&to, sizeof(to)) != 0) {
		proxy_close(proxy);
		return;
	}
	loop_watch(proxy->loop, proxy->client, POLLIN, on_client, proxy);
	loop_watch(proxy->loop, proxy->server, POLLIN, on_server, proxy);
}

struct proxy *proxy_new(struct loop *loop, bool alone)
{
	struct proxy *proxy = mem_alloc(sizeof(*proxy));
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);

	proxy->loop = loop;
	proxy->alone = alone;
	proxy->client = proxy->server = -1;
	proxy->listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(proxy->listener, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(proxy->listener, 5), 0);
	assert_int_equal(getsockname(proxy->listener, (struct sockaddr *)&at, &size), 0);
	snprintf(proxy->conninfo, sizeof(proxy->conninfo),
	         "host=127.0.0.1 port=%d sslmode=disable dbname=dbtest", ntohs(at.sin_port));
	loop_watch(loop, proxy->listener, POLLIN, on_connection, proxy);
	return proxy;
}

void proxy_free(struct proxy **proxy)
{
	proxy_close(*proxy);
	loop_watch((*proxy)->loop, (*proxy)->listener, 0, NULL, NULL);
	close((*proxy)->listener);
	free(*proxy);
	*proxy = NULL;
}
