/*
 * Blocking work of commands without a screen: scripts of many statements
 * (migrations), COPY out, one query. Never used by a screen.
 */
#ifndef TRATO_DB_SCRIPT_H
#define TRATO_DB_SCRIPT_H

#include <stdbool.h>

#include <base/answer.h>
#include <base/err.h>
#include <db/statement.h>

struct script;

/* user and password may be NULL. kind of err: ERR_CONNECT; its field is "password" where the
 * server wants one and there was none. */
struct script *script_open(const char *conninfo, const char *user, const char *password,
                           struct err *err);
/* The same; but where the server does not have the database, *missing is its name, to free, and the
 * script is on the database "postgres" of that server. NULL in *missing: it is there. */
struct script *script_open_near(const char *conninfo, const char *user, const char *password,
                                char **missing, struct err *err);
/* In UTF-8 and C.UTF-8. Not within a transaction. */
bool script_create_database(struct script *script, const char *name, struct err *err);
bool script_drop_database(struct script *script, const char *name, struct err *err);
void script_close(struct script **script);
/* The name, or the folder of the socket, of the server that was found. */
const char *script_server(const struct script *script);
/* The name of the database. */
const char *script_database(const struct script *script);
/* How the connection to it is protected, in translated words. */
const char *script_protection(const struct script *script);
/* Statements separated by semicolons, no parameters, constants of the program only. */
bool script_run(struct script *script, const char *sql, struct err *err);
/* Whether the last script_run failed only since others had what it wanted. */
bool script_was_locked(const struct script *script);
/* Rows in the arena, rows may be NULL; refusal fields, in the arena too, through *refusal (may be
 * NULL) when the database says no. */
bool script_query(struct script *script, struct arena *arena, const char *sql, int count,
                  const char *const *parameters, const struct rows **rows,
                  struct refusal *refusal, struct err *err);
/* The text as a literal of SQL in the arena, for statements that take no parameters; NULL where it is
 * not valid UTF-8. */
const char *script_literal(struct script *script, struct arena *arena, const char *text);
/* COPY ... TO STDOUT: hands on each piece; where write says false it ends, and err says so. */
bool script_copy_out(struct script *script, const char *sql,
                     bool (*write)(void *ctx, const char *bytes, int length), void *ctx,
                     struct err *err);

#endif
