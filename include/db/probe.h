/*
 * Each server that a connection string names, tried one after the other and told
 * as it was found. For trato doctor; blocks, at most 10 s a server.
 */
#ifndef TRATO_DB_PROBE_H
#define TRATO_DB_PROBE_H

#include <stdbool.h>
#include <time.h>

#include <base/arena.h>
#include <db/db.h>
#include <db/script.h>

enum probe_cause { PROBE_OTHER, PROBE_NO_NAME, PROBE_REFUSED, PROBE_NO_SOCKET, PROBE_SILENT };

/* One of them, or one address of it. Texts live in the arena. */
struct probe {
	const char
	    *server; /* "crm.example.com (10.0.0.1), port 5432", or "/run/postgresql, port 5432" */
	const char *name;       /* as it was named */
	bool socket;            /* a Unix socket */
	enum db_fault fault;    /* DB_FAULT_NONE: it let us in */
	enum probe_cause cause; /* of DB_FAULT_UNREACHABLE */
	const char *text;       /* the server's or libpq's own words, cleaned; "" for none */
	bool needs_password;    /* and there was none */
	bool no_entry;          /* pg_hba.conf does not let this login in, or not so */
	bool answered;          /* a server is there, whatever it said */
	int milliseconds;       /* until it had answered */
	const char *version;    /* "15.14"; "" where it did not let us in */
	bool only_reads;        /* takes no changes */
	const char *tls;        /* "TLSv1.3"; "" where it was not encrypted */
	time_t certificate_end; /* 0: unknown */
};

struct probe_list {
	int count;
	struct probe *all;
	bool user_named; /* by the string, the environment or user: not just the account's name */
	bool bound;      /* the password goes only to whom it is bound to */
	/* On the first that is as target_session_attrs wants it; NULL: none. To close. Nothing waits
	 * longer than the screens do for an answer there. */
	struct script *script;
};

void probe_servers(const char *conninfo, const char *user, const char *password,
                   struct arena *arena, struct probe_list *list);

/* Whether the connection string has a password in it. */
bool probe_has_password(const char *conninfo);

#endif
