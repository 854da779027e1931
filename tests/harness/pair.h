/*
 * A primary and its synchronous standby, for tests of what happens when the one
 * dies and the other takes over. The primary is the server that the test was
 * given; with-cluster ends both.
 */
#ifndef TRATO_TESTS_PAIR_H
#define TRATO_TESTS_PAIR_H

struct script;

/* Makes the standby; a commit waits for it from then on. */
void pair_start(void);
/* The folders, as hosts of a connection string. */
const char *pair_primary(void);
const char *pair_standby(void);
/* libpq's connection string of both, the same all the time. */
const char *pair_conninfo(void);

/* As when its machine loses power. */
void pair_kill_primary(void);
/* The standby becomes the primary, also in name, and waits for nobody. */
void pair_promote(void);
/* The old primary starts as it was, but takes no changes. */
void pair_fence_old_primary(void);
/* The old primary is made anew as the standby. */
void pair_rebuild(void);

/* As the superuser, in the database trato. pair_run: one statement where it is ALTER SYSTEM. */
struct script *pair_open(const char *folder);
void pair_run(const char *folder, const char *sql);
/* The first cell, to free(). */
char *pair_ask(const char *folder, const char *sql);
long pair_count(const char *folder, const char *sql);
/* Asks until the answer is more than 0; fails the test after 30 s. */
void pair_wait(const char *folder, const char *sql);

#endif
