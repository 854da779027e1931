/*
 * What the tests of the connection share: a database of their own on the
 * server that PGHOST names, a client that records what it is told, and a proxy
 * on the loopback that loses what it is told to lose.
 */
#ifndef TRATO_TESTS_DB_SUPPORT_H
#define TRATO_TESTS_DB_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/loop.h>
#include <db/db.h>
#include <db/script.h>

/* Makes the database `dbtest` with its people; for cmocka's group set-up. */
int support_set_up(void **state);
/* As the superuser, in dbtest. */
void support_run(const char *sql);
/* The first cell, to free(). */
char *support_ask(const char *sql);
void support_server(const char *verb); /* stop, start */

struct client {
	struct loop *loop;
	struct db *db;
	char states[4096];   /* "connecting setup ready ..." */
	enum db_fault fault; /* of the last DOWN */
	char fault_text[512];
	int greetings, readies, notifications;
	char payload[256];
	bool refuse; /* the greeting */
	void (*on_ready)(struct client *);

	int answers;
	enum answer_status status; /* of the last answer */
	int purpose;
	char cell[64]; /* its first cell */
	int rows;
	char sqlstate[6], constraint[64], table[64], message[256], detail[256];
	char order[256]; /* the purposes of all answers, as letters */
	char ends[256];  /* how they ended: Done Refused Lost Cancelled */
};

/* Takes over the loop, NULL: a new one. conninfo NULL: straight to the server. Not connected
 * yet. */
struct client *client_new(struct loop *loop, const char *conninfo, struct db_config extra);
void client_free(struct client **client);
void client_log_in(struct client *client); /* and waits for READY */
/* Sends one statement; %-free SQL; parameters NULL-terminated. */
uint64_t client_send(struct client *client, enum batch_kind kind, int purpose, const char *sql,
                     const char *parameter);
/* One without parameters, whose plan is kept. */
uint64_t client_repeat(struct client *client, int purpose, const struct statement *statement);
/* Turns the loop until the condition holds; fails the test after 30 s. */
#define client_wait(client, condition)                                                         \
	do {                                                                                   \
		long long end_ = loop_now() + 30000;                                           \
		while (!(condition)) {                                                         \
			if (loop_now() > end_)                                                 \
				fail_msg("waited in vain for %s; states: %s (%s)", #condition, \
				         (client)->states, (client)->fault_text);              \
			loop_turn((client)->loop, 100);                                        \
		}                                                                              \
	} while (0)

enum proxy_mode {
	PROXY_PASS,
	PROXY_SILENT, /* what the server says is kept back */
	PROXY_CUT,    /* when the server says something, the connection breaks instead */
};

struct proxy {
	struct loop *loop;
	enum proxy_mode mode;
	int listener, client, server;
	int connections;
	int answers; /* pieces that came from the server */
	bool alone; /* connects to nothing: a black hole */
	char conninfo[128];
};

struct proxy *proxy_new(struct loop *loop, bool alone);
void proxy_free(struct proxy **proxy);

#endif
