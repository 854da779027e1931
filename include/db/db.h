/*
 * The connection to the database: one, asynchronous, always in exactly one
 * named state, reconnecting by itself. Nothing here blocks. Only src/db
 * includes libpq-fe.h.
 *
 *   DOWN -> CONNECTING -> SETUP -> READY <-> BUSY -> CANCELLING, any -> DOWN
 *
 * After every (re)connect, in this order: the greeting (schema version, who am
 * I), LISTEN committed, `ready` (read what was missed), unanswered writes sent
 * again, then whatever waits in the queue.
 */
#ifndef TRATO_DB_DB_H
#define TRATO_DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include <base/answer.h>
#include <base/err.h>
#include <base/loop.h>
#include <db/batch.h>

struct db;

enum db_state { DB_DOWN, DB_CONNECTING, DB_SETUP, DB_READY, DB_BUSY, DB_CANCELLING };

/* Why there is no connection: each gets its own sentence on the login screen. */
enum db_fault {
	DB_FAULT_NONE,
	DB_FAULT_UNREACHABLE, /* no server, refused, timed out, TLS failed: see text */
	DB_FAULT_PASSWORD,    /* 28P01, or no such person */
	DB_FAULT_DISABLED,    /* 28000: may not log in */
	DB_FAULT_NO_DATABASE, /* 3D000, or the schema is not there */
	DB_FAULT_FULL,        /* 53300: too many connections */
	DB_FAULT_READ_ONLY,   /* of several servers, those that answer only read */
	DB_FAULT_REFUSED,     /* the greeting was not accepted (schema version): no retry */
	/* The server did not meet what is demanded of it, and got no password: */
	DB_FAULT_NO_TLS,
	DB_FAULT_UNKNOWN_CERTIFICATE,
	DB_FAULT_OTHER_NAME,  /* than in its certificate */
	DB_FAULT_WEAK_LOGIN,  /* it asked for none, or for it in clear or as md5 */
	DB_FAULT_OTHER_OWNER, /* of the socket's server */
	DB_FAULT_ENDED,       /* 57P01: an administrator ended the session; retried */
	DB_FAULT_OTHER,
};

struct db_events {
	void *ctx;
	/* Every change of state; for DB_DOWN with the reason, else DB_FAULT_NONE and "". text is
	 * the server's or libpq's own, uncleaned. */
	void (*state)(void *ctx, enum db_state state, enum db_fault fault, const char *text);
	/* The greeting's rows. Returns false with a sentence to refuse this server for good. */
	bool (*greeting)(void *ctx, struct answer *answer, struct err *err);
	/* Connected and listening, before anything from the queue is sent. */
	void (*ready)(void *ctx);
	void (*notified)(void *ctx, const char *channel, const char *payload);
};

struct db_config {
	const char *conninfo;            /* libpq's, without user and password; "" for the environment's */
	const struct statement *greeting; /* one SELECT without parameters */
	const char *const *channels;     /* NULL-terminated; constants of the program */
	int connect_timeout_ms;          /* 0: 10 s */
	int answer_timeout_ms;           /* a server silent that long with a request in flight: 0: 14 s */
	int statement_timeout_ms;        /* the server gives up then; 0: 4/5 of answer_timeout_ms */
	/* Nothing heard for so long, the server is asked for a sign of life, which has to come
	 * within 6 s: who only listens finds a dead server within 15 s. 0: 8 s */
	int heartbeat_ms;
	bool reconnect;                  /* false for commands without a screen */
	/* No transaction of this connection writes, from its first one on; so of several servers any
	 * will do, where target_session_attrs says nothing. */
	bool read_only;
};

struct db *db_new(struct loop *loop, const struct db_config *config, const struct db_events *events);
void db_free(struct db **db);

/*
 * All of these only begin: every event and every answer comes out of the loop, never out of a
 * call. db_free is not allowed within a callback; what is unanswered then ends without one.
 */

/* Starts to connect; password NULL leaves it to libpq (PGPASSFILE). Copied, erased at db_free.
 * user is put in lower case; NULL: libpq's. The first attempt is not repeated by itself (the
 * person is there and decides), except while the server is starting up; once it was READY, the
 * connection comes back by itself, but not after PASSWORD, DISABLED, NO_DATABASE or REFUSED.
 * Writes that wait for an earlier user end as ANSWER_LOST. */
void db_connect(struct db *db, const char *user, const char *password);
/* The person's password was changed: the next reconnect needs the new one. */
void db_set_password(struct db *db, const char *password);
/* Closes and stays DOWN, and forgets the password; queued reads end as ANSWER_LOST. */
void db_disconnect(struct db *db);
/* DOWN: tries again now instead of at the end of the back-off, and, like db_connect, asks anew for
 * the addresses of the servers' names, which blocks; else the last ones count. READY: asks the
 * server for a sign of life. */
void db_retry(struct db *db);

/*
 * Queues the batch (taken over) and returns its ticket, never 0. done is called exactly once
 * unless db_forget is called first. purpose comes back in the answer.
 */
uint64_t db_send(struct db *db, struct batch *batch, int purpose,
                 void (*done)(void *ctx, struct answer *answer), void *ctx);
/* Asks the server to cancel it; a queued one is dropped. It still ends with an answer. A write
 * that was already sent may have happened: it is answered as what it became. */
void db_cancel(struct db *db, uint64_t ticket);
/* The asker is gone: no callback. A write is still carried through. */
void db_forget(struct db *db, uint64_t ticket);

enum db_state db_state(const struct db *db);
/* Whether the connection leads to a server that takes no changes, such as a standby. There nothing
 * is notified either: who wants to know asks again and again. False while there is none. */
bool db_only_reads(const struct db *db);
/* Round trips since db_new, counted at each flush that waits for an answer: for tests. */
unsigned long db_round_trips(const struct db *db);
/* Milliseconds since the oldest request in flight was sent, 0 when none: for tests. */
long long db_waiting(const struct db *db);
/* Writes that were sent or queued and are not answered yet. */
int db_unanswered_writes(const struct db *db);

/* What all connections from now on demand. A server on a TCP address has to have a certificate for
 * its name from a trusted authority, and only SCRAM bound to it goes there; a connection string may
 * say otherwise, unless restricted. owner: the account that the server of a Unix socket has to run
 * as, where the string has no requirepeer; "" or NULL: any, or postgres where restricted. */
void db_demand(bool restricted, const char *owner);
/* One translated sentence on what the string demands less; NULL: nothing less. */
const char *db_weakness(const char *conninfo);

/* Whether libpq understands it, and db_demand allows it; what: where it was said, for the sentence
 * (ERR_USAGE). */
bool db_check_conninfo(const char *conninfo, const char *what, struct err *err);

/*
 * Passwords, certificates and services at home count no more, unless the connection string names
 * their files. Before the first connection, with an environment that says nothing of libpq.
 */
void db_ignore_home(void);

/* One translated sentence for the login screen or standard error; "" for DB_FAULT_NONE. */
const char *db_fault_sentence(enum db_fault fault);

/* A SCRAM-SHA-256 verifier of the password, so that no clear password is sent. malloc'd. */
char *db_password_verifier(const char *user, const char *password, struct err *err);

#endif
