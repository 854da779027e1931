/*
 * What the files of src/db share: the connection, its requests and the libpq
 * helpers. Nobody outside src/db includes this.
 */
#ifndef TRATO_DB_INTERNAL_H
#define TRATO_DB_INTERNAL_H

#include <sys/queue.h>

#include <libpq-fe.h>

#include <db/db.h>

enum { FAULT_TEXT_SIZE = 512 };

/* ---- guard.c: what is demanded of a server */

/* Where Debian keeps those that it trusts. libpq knows them by "system" only from 16 on, and lets
 * the environment say where that is. */
#define SYSTEM_ROOTS "/etc/ssl/certs/ca-certificates.crt"
/* A file that cannot be there: without a name libpq looks in the home directory. */
#define NO_FILE "/dev/null/none"

/* As libpq's parameters; the first four of a server in the network, the owner of a socket. */
struct guard {
	char *sslmode;
	char *binding; /* channel_binding */
	char *roots;   /* sslrootcert; NULL: libpq's */
	char *auth;    /* require_auth; NULL: this libpq does not have it */
	char *owner;   /* requirepeer; NULL: anybody */
};

/* What the connection string says, with the environment, a service file and libpq's defaults. NULL
 * where there is no memory; to guard_free_options. */
PQconninfoOption *guard_options(const char *conninfo);
/* The string alone, as PQconninfoParse. */
PQconninfoOption *guard_parse(const char *conninfo, char **text);
/* Erases a password in them. */
void guard_free_options(PQconninfoOption **options);
/* NULL where it is empty. */
const char *guard_value(const PQconninfoOption *options, const char *keyword);
bool guard_is_socket(const char *host);
struct guard *guard_new(const PQconninfoOption *options);
void guard_free(struct guard **guard);
/* Whether db_demand allows what a connection string says; ERR_USAGE. */
bool guard_check_strict(const PQconninfoOption *options, const char *what, struct err *err);
/* What is weaker than the defaults where these lead to a server in the network; NULL: nothing. */
const char *guard_weakness(const PQconninfoOption *options);
/* Which demand was not met, by libpq's message; DB_FAULT_NONE: it is about something else. */
enum db_fault guard_fault(const char *message);

/* Who only listens learns within 15 s that the server is gone: where it has said nothing for so long
 * it is asked for a sign of life, which costs it nothing and has to come within the other time. */
enum { DB_HEARTBEAT_MS = 8000, DB_LIFE_MS = 6000 };

/* ---- hosts.c: the servers that a connection string names */

/* One of them, or one address of it. No name and no address: what libpq takes where nothing is named. */
struct host {
	char *name;    /* or the folder of its socket */
	char *address; /* NULL for a socket */
	char *port;
	char *trouble; /* why it has no address */
	const struct guard *guard;
};

struct hosts;
/* Asks for the addresses of names, which blocks; what libpq does not understand names none. */
struct hosts *hosts_new(const char *conninfo, bool read_only);
void hosts_free(struct hosts **hosts);
/* A round tries each once, the one that was kept last first. */
void hosts_begin(struct hosts *hosts);
/* NULL: none is left. */
const struct host *hosts_next(struct hosts *hosts);
const struct host *hosts_current(const struct hosts *hosts);
/* All of them, in the order named; NULL behind the last. */
const struct host *hosts_at(const struct hosts *hosts, int index);
/* How long to wait for one; alone_ms: for the only one where connect_timeout says nothing. */
int hosts_timeout(const struct hosts *hosts, int alone_ms);
/* Whether the open connection leads to what target_session_attrs asks for: read-write where that
 * is not said and several servers are named. */
bool hosts_fits(struct hosts *hosts, PGconn *conn);
bool hosts_want_changes(const struct hosts *hosts);
enum db_fault hosts_misfit(const struct hosts *hosts, const char **text);
/* The current one is good. */
void hosts_keep(struct hosts *hosts);
/* The current one accepted a connection that came to nothing: the next round begins behind it. */
void hosts_pass_over(struct hosts *hosts);
/* Why the current one is of no use, and what that makes of the whole round. */
void hosts_note(struct hosts *hosts, enum db_fault fault, const char *text, bool starting);
enum db_fault hosts_fault(const struct hosts *hosts, char text[FAULT_TEXT_SIZE], bool *starting);
/* As the server of an open connection reported last. */
bool hosts_is_standby(PGconn *conn);
bool hosts_only_reads(PGconn *conn);

/* ---- connect.c: parameters of a connection, and why there is none */

/* Its status may already be CONNECTION_BAD. database: NULL for the one that conninfo names. */
PGconn *connect_start(const char *conninfo, const char *database, const struct host *host,
                      const char *user, const char *password);
/* Why conn is bad. text: the server's or libpq's own words. starting: the
 * server is not up yet, or is going down, and worth another attempt. */
enum db_fault connect_fault(PGconn *conn, char text[FAULT_TEXT_SIZE], bool *starting);
/* Until it is open, or not to be had: PQconnectdb has no deadline for a server that accepts and stays
 * silent. step, if not NULL, is called while it is being made. */
bool connect_wait(PGconn *conn, int timeout_ms, void (*step)(PGconn *conn, void *ctx), void *ctx);
/* Another server would say the same. */
bool connect_is_about_person(enum db_fault fault);
enum db_fault connect_fault_of(const char *sqlstate, const char *verbose);
/* As poll wants it, for what PQconnectPoll said. */
short connect_poll_events(PostgresPollingStatusType status);

/* ---- spare.c: memory that each session would take for nothing */

/* Before the first connection; later it does nothing. */
void spare_ciphers(void);
/* Something is asked: a second later, when the answer is there, what it took goes back to the system. Not
 * after each answer, since each hole of the heap costs each time: 15 microseconds, milliseconds in a
 * large heap that is full of them. */
void spare_answer(struct db *db);

/* ---- script.c */

struct script;
/* One on a connection that is open, which it takes over. patience_ms: for each answer; 0: as long as
 * it takes. NULL: err. */
struct script *script_adopt(PGconn *conn, int patience_ms, struct err *err);

/* ---- result.c: libpq's results into the arena */

const struct rows *result_rows(struct arena *arena, const PGresult *result);
const struct refusal *result_refusal(struct arena *arena, const PGresult *result);
/* Not an answer of a living server: FATAL, PANIC or libpq's own error. */
bool result_is_loss(const PGresult *result);

/* ---- request.c: one pipeline entry, ended by one Sync */

enum { PLAN_SIZE = 24, PLANS_MAX = 2 };

/* The plans that the server keeps for this connection: those of batches which are repeated. */
struct kept {
	struct plan {
		const struct statement *statement; /* NULL: not known to be there */
		char name[PLAN_SIZE];
	} plans[PLANS_MAX];
	int count;
	bool refused;  /* one of them was */
	unsigned last; /* numbers are not used twice: several may be on their way */
};

struct request {
	TAILQ_ENTRY(request) link;
	uint64_t ticket;     /* 0: our own */
	struct batch *batch; /* NULL: only the lead */
	int purpose;
	void (*done)(void *ctx, struct answer *answer);
	void *ctx;
	/* Our own: called instead of done. */
	void (*own)(struct db *db, struct request *request);

	const char *const *lead; /* statements before the batch's, whose results are dropped */
	int leads;
	int dropped;          /* the same, with what makes a plan */
	char plan[PLAN_SIZE]; /* by which a repeated batch was asked */

	bool sign_of_life;         /* nothing to do but to answer */
	bool sent;                 /* at least once */
	bool doubtful;             /* a write whose connection broke: it may have happened */
	bool cancel;               /* asked for while in flight */
	enum answer_status status; /* once it ended */
	int tries;                 /* answers that made us send it again */
	long long sent_at;

	bool within; /* a result was read, its end not yet */
	int seen;    /* statements whose results are complete, the dropped ones included */
	struct arena *arena;
	const struct rows **results;
	const struct refusal *refusal;
};
TAILQ_HEAD(request_list, request);

struct request *request_new(struct batch *batch);
void request_free(struct request **request);
/* Forgets an answer that is not complete, so that it can be sent again. */
void request_reset(struct request *request);
/* Into libpq's buffer, with its Sync. False: the connection is broken. */
bool request_put(struct request *request, PGconn *conn, struct kept *kept);
/* One result of libpq, or NULL for the end of a statement. */
void request_take(struct request *request, const PGresult *result);
bool request_is_write(const struct request *request);
/* It was answered or refused: what is to be kept of its plan. */
void request_keep(const struct request *request, struct kept *kept);
/* Calls done, unless the asker is gone, and frees the request. */
void request_end(struct request **request, enum answer_status status);

/* ---- life.c, flight.c, cancel.c: the connection */

enum phase { PHASE_DOWN, PHASE_CONNECTING, PHASE_SETUP, PHASE_OPEN };

struct cancel {
	PGconn *conn;
	int fd;
	unsigned timer;
	uint64_t ticket;
	long long sent_at; /* when the server was last asked, 0 never */
};

struct db {
	struct loop *loop;
	struct db_config config;
	struct db_events events;
	char *conninfo;
	char *settings[1]; /* the first statement of each connection */
	char **listen;     /* LISTEN ... for each channel */
	int channels;
	struct hosts *hosts; /* as of the last db_connect or db_retry, or NULL */
	char *user;
	char *password;

	enum phase phase;
	enum db_state shown;   /* the last one that was announced */
	bool wanted;           /* between db_connect and db_disconnect */
	bool start;            /* db_connect or db_retry wait for the loop */
	bool starting;         /* the server is on its way up */
	bool closed;           /* db_disconnect is not announced yet */
	bool was_ready;        /* since db_connect */
	bool opening;          /* within the ready callback */
	bool deaf;             /* a standby refused LISTEN */
	struct request *front; /* the last one that was queued there */

	PGconn *conn;
	struct kept kept;    /* of conn */
	unsigned generation; /* of conn, to see after a callback whether it is still
	                        the same */
	int fd;
	enum db_fault fault; /* what a FATAL message said before the connection broke */
	char fault_text[FAULT_TEXT_SIZE];

	unsigned timer;  /* back-off, connect deadline or silence, by phase */
	unsigned due;    /* fires at once, outside of the caller */
	unsigned spare;  /* memory goes back to the system */
	int delay;       /* of the next back-off */
	long long heard; /* the last sign of life while something is in flight */

	struct request_list flight; /* sent, in order */
	struct request_list queue;  /* waiting */
	struct request_list ended;  /* answered, callback not called yet */
	struct cancel cancel;

	uint64_t tickets;
	unsigned long round_trips;
};

/* life.c */
enum db_state life_state(const struct db *db);
void life_lose(struct db *db, enum db_fault fault, const char *text);
/* The fault is what a FATAL message or conn says. */
void life_lose_by_itself(struct db *db);
/* Greeting and LISTEN are answered. */
void life_opened(struct db *db);
/* Within the loop, after anything happened: delivers, sends, cancels,
 * announces. */
void life_settle(struct db *db);
/* The same from outside of the loop: at its next turn. */
void life_wake(struct db *db);
/* Closes the connection without a word to anybody. */
void life_drop(struct db *db);
/* Ends the waiting reads, or the waiting writes, as lost. */
void life_end_queued(struct db *db, bool writes);

/* flight.c */
void flight_begin(struct db *db); /* greeting and LISTEN */
void flight_pump(struct db *db);  /* all that waits */
void flight_probe(struct db *db); /* a sign of life */
void flight_on_socket(void *ctx, short revents);
/* The time is up: has the server been silent all along? */
void flight_check_silence(struct db *db);
/* The connection is gone: reads are lost, writes wait again. */
void flight_abort(struct db *db);
/* Hands over what has ended. */
void flight_deliver(struct db *db);
void flight_on_notice(void *ctx, const PGresult *result);

/* cancel.c */
bool cancel_is_pending(const struct db *db);
void cancel_consider(struct db *db);
void cancel_stop(struct db *db);

#endif
