/*
 * Collaboration requests, to the asker's own actions and from him. Parameters
 * are texts as SQL reads them.
 */
#ifndef TRATO_MODEL_REQUEST_H
#define TRATO_MODEL_REQUEST_H

#include <stdbool.h>

#include <db/batch.h>

/* A page: those that wait for one's own answer first, then those that wait for another's, then the
 * newest; behind (forward) or before the row with that "turn" and key. everybody: for managers. */
struct batch *request_page(bool forward, const char *turn, const char *key, const char *limit,
                           bool everybody, bool only_open);
struct batch *request_answer(const char *request_id, const char *id, const char *version,
                             bool accept, const char *note);
/* One row: who asks whom for what, and what has become of it. */
struct batch *request_read(const char *id);
/* The asker has read the answer: it is not announced any more. */
struct batch *request_hear(const char *request_id, const char *id);
struct batch *request_withdraw(const char *request_id, const char *id);

#endif
