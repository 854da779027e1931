/*
 * Who is at the keyboard and what the database is: read from the greeting
 * after every connect. The database decides what a person may do; the roles
 * here only decide what is offered.
 */
#ifndef TRATO_MODEL_SESSION_H
#define TRATO_MODEL_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include <base/answer.h>
#include <base/err.h>
#include <db/batch.h>

/* The level of this program: the schema says which levels it serves. */
#define CLIENT_LEVEL 1

enum role { ROLE_REP = 1, ROLE_BACKOFFICE = 2, ROLE_SUPERVISOR = 4, ROLE_MANAGER = 8 };

struct session {
	int64_t person; /* 0 before the first greeting */
	char database[96]; /* the same after every restart, restore and move */
	char zone[64];     /* whose midnight begins a day */
	char email[64];    /* PostgreSQL's limit of a role name */
	char name[256];
	unsigned roles; /* enum role */
	bool must_change_password;
};

/* Reads the greeting (sql_greeting). err: this program is older or newer than the database, or
 * the login is not a person of Trato; session is unchanged then. */
bool session_read(struct session *session, const struct answer *greeting, struct err *err);

/* Asked after every connect; what session_read reads. From then on the connection reckons days and
 * times in the team's zone. */
const struct statement *session_greeting(void);

/* Everything that waits for this person and is worth a bell: for back office the pending notices,
 * for reps returned notices and requests. Columns kind ('n', 'r', 'c'), id; for reps also label, cents,
 * currency. NULL for the roles that nothing waits for. */
struct batch *session_waiting(const struct session *session);
/* The same for back office, with label, cents, currency. */
struct batch *session_waiting_named(void);

/* What became of these writes of one's own, whose answers never arrived. One result for each, with
 * one row: id, done (f: it never will be), verb, at, number (of an action or an offer, or NULL). */
struct batch *session_request_results(int count, const char *const *request_ids);

#define PASSWORD_LENGTH_MIN 10

/* What must be true of a new password before it is sent: long enough, typed twice the same, not
 * the old one (NULL: not known). err->field is "password" or "again". */
bool session_check_password(const char *password, const char *again, const char *old,
                            struct err *err);
/* trato.change_password; the verifier comes from db_password_verifier. */
struct batch *session_change_password(const char *request_id, const char *verifier);

#endif
