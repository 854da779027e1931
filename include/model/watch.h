/*
 * The requests of `trato watch`: whose turn it is under a name, which notice
 * comes next, and what became of it. Parameters are texts as SQL reads them.
 */
#ifndef TRATO_MODEL_WATCH_H
#define TRATO_MODEL_WATCH_H

#include <stdbool.h>

#include <db/batch.h>

/* from: the first day, NULL: from now on; counts for a new name only. One row: id. */
struct batch *watch_begin(const char *request_id, const char *name, const char *holder,
                          const char *place, const char *from);
/* Renews the turn. One row: due (there is something to give), wait (seconds until there is, or
 * NULL). */
struct batch *watch_keep(const char *watcher, const char *holder, const char *place);
struct batch *watch_leave(const char *watcher, const char *holder);
/* Two results: delivery, notice, try (NULL: nothing is due any more); and document, number (of the
 * offer), client. */
struct batch *watch_take(const char *request_id, const char *watcher, const char *holder);
/* One row: state, wait (seconds until the next try). message NULL: nothing to say. */
struct batch *watch_end(const char *request_id, const char *delivery, const char *try, bool given,
                        const char *message);

#endif
