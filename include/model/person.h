/*
 * The people who have a login: the requests of the managers' screen. Parameters
 * are texts as SQL reads them, NULL where there is nothing. Passwords go as
 * verifiers (db_password_verifier) only.
 */
#ifndef TRATO_MODEL_PERSON_H
#define TRATO_MODEL_PERSON_H

#include <stdbool.h>

#include <base/arena.h>
#include <db/batch.h>

/* Pages by name, with key, folded, name, email, roles ("rep,manager"), active,
 * must_change_password; the edge is the columns "folded" and "key". which: "all", "active",
 * "disabled". */
struct batch *person_page(bool forward, const char *folded, const char *key, const char *limit,
                          const char *typed, const char *which);
/* id, version, email, name, roles. */
struct batch *person_read(const char *id);

/* roles: an array literal, "{rep,manager}". */
struct batch *person_create(const char *request_id, const char *email, const char *name,
                            const char *roles, const char *verifier);
struct batch *person_set_roles(const char *request_id, const char *email, const char *roles,
                               const char *version);
/* Open sessions go on until person_end_sessions, which is sent when this is answered: before that
 * a new login would still succeed. */
struct batch *person_disable(const char *request_id, const char *email);
struct batch *person_enable(const char *request_id, const char *email);
/* Of somebody who is disabled; answers ended, their number. Doing it twice does no harm. */
struct batch *person_end_sessions(const char *email);
/* A first password: the person has to choose an own one at the next login. */
struct batch *person_reset_password(const char *request_id, const char *email,
                                    const char *verifier);

/* "rep,manager" in words: "sales rep, manager". */
const char *person_roles_words(struct arena *arena, const char *roles);

#endif
