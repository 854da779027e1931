/*
 * Mail that waits to be assigned to an action: the requests that its screens
 * send. Parameters are texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_MAIL_H
#define TRATO_MODEL_MAIL_H

#include <stdbool.h>

#include <db/batch.h>

/* A page, the newest first, behind (forward) or before the row with that key. state: waiting,
 * set_aside or logged. everybody: for managers. */
struct batch *mail_page(bool forward, const char *key, const char *limit, const char *state,
                        bool everybody);
/* One row, or none. */
struct batch *mail_read_one(const char *id);
/* Candidates for choices by typing: columns id, label, note. */
struct batch *mail_actions(const char *id, const char *typed);
/* One column, client_id. */
struct batch *mail_client_of(const char *action);
/* contact NULL: whoever of the client has one of the message's addresses. */
struct batch *mail_assign(const char *request_id, const char *id, const char *version,
                          const char *action, const char *contact);
struct batch *mail_set_aside(const char *request_id, const char *id, const char *version,
                             const char *note);

#endif
