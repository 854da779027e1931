/*
 * Another program at work for this one, without waiting for it: what it reads is
 * given at once, what it writes goes into a file, and the loop tells when it has
 * ended. It sees nothing of this program but that and what the order names: no
 * terminal, no secret of the environment.
 */
#ifndef TRATO_BASE_CHILD_H
#define TRATO_BASE_CHILD_H

#include <stddef.h>

#include <base/loop.h>

struct child;

struct child_order {
	const char *const *argv; /* [0] is looked for in PATH; NULL at the end */
	const char *input;
	size_t length;
	int output;  /* stays the caller's */
	int seconds; /* then it is killed, with all that it started */
	const char *const *variables; /* "NAME=value" beside PATH; NULL at the end; NULL: none */
	int kept; /* open in it as 3; 0: none */
};

enum { CHILD_TOO_LONG = -1 };

/*
 * NULL where it cannot be started: errno says why, ENOENT that it is not installed. Else `ended`
 * is called once, from the loop: its exit code, 128 + the signal that ended it, or
 * CHILD_TOO_LONG; and what it wrote to its standard error. The child is freed by then.
 */
struct child *child_start(struct loop *loop, const struct child_order *order,
                          void (*ended)(void *ctx, int code, const char *complaints), void *ctx);
/* Kills it; `ended` is not called. */
void child_stop(struct child **held);

#endif
