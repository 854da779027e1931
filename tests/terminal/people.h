/*
 * The people of a terminal test: two sales reps, two of back office and a
 * supervisor on a database of their own, and the ways in which a person gets
 * about. For tests in this folder.
 */
#ifndef TRATO_TESTS_PEOPLE_H
#define TRATO_TESTS_PEOPLE_H

#include "harness/screen.h"

/* Of everybody. */
#define PEOPLE_PASSWORD "first password"

/* As the database's administrator. */
void people_sql(const char *statements);
/* The first value of the answer has to be that. */
#define people_expect(query, value) people_expect_at(query, value, __FILE__, __LINE__)
void people_expect_at(const char *query, const char *value, const char *file, int line);
/* "start" or "stop". */
void people_server(const char *verb);

/* Group set-up: ana, luis (reps), berta, bruno (back office), carmen (supervisor). */
int people_set_up(void **state);

/* A terminal of theirs, in English unless env says otherwise (NULL: nothing more). */
struct screen *people_start(int rows, int columns, const char *language);
/* Types NAME@trato.example and the password, and waits for the home screen. */
struct screen *people_log_in(const char *name, int rows, int columns, const char *language);

/* Types into the field under the cursor and goes to the next one; NULL: only goes on. */
void people_fill(struct screen *screen, const char *text);
/* Types into a field with candidates and takes the one that shows this. */
void people_pick(struct screen *screen, const char *text, const char *candidate);

#endif
