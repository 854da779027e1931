/*
 * Hands one notice on: to a command on its standard input, or as a line on the
 * standard output. Only for watch*.c.
 */
#ifndef TRATO_CLI_WATCH_GIVE_H
#define TRATO_CLI_WATCH_GIVE_H

#include <base/loop.h>

#include "watch_note.h"

struct watch_give;

struct watch_gift {
	const char *command; /* for sh -c; NULL: the standard output */
	int seconds;         /* that the command may take */
	const char *document;
	const char *watcher, *notice, *delivery, *try;
};

/* Notes it, and calls `ended` once, from the loop: 0 where it was given, else what went wrong. NULL
 * where it cannot begin: err. */
struct watch_give *watch_give_start(struct loop *loop, struct watch_note *note,
                                    const struct watch_gift *gift,
                                    void (*ended)(void *ctx, int code, const char *complaints),
                                    void *ctx, struct err *err);
/* Kills the command; `ended` is not called. */
void watch_give_stop(struct watch_give **held);

/* Of a line that could not be written; no command ends with it. */
enum { WATCH_NO_OUTPUT = -2 };

#endif
