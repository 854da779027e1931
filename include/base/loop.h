/*
 * The event loop: one ppoll over files, timers and signals, for one thread.
 * Signals that are asked for stay blocked except inside ppoll, so none is lost.
 */
#ifndef TRATO_BASE_LOOP_H
#define TRATO_BASE_LOOP_H

#include <stdbool.h>

struct loop;

struct loop *loop_new(void);
void loop_free(struct loop **loop);

/* Calls fn when poll reports `events` (POLLIN, POLLOUT) or an error on fd. Replaces the
 * earlier watch of that fd; events 0 removes it. May be called from within fn. */
void loop_watch(struct loop *loop, int fd, short events, void (*fn)(void *ctx, short revents),
                void *ctx);
/* Calls fn once after that time, on the monotonic clock. The id is never 0. */
unsigned loop_after(struct loop *loop, int milliseconds, void (*fn)(void *ctx), void *ctx);
/* Harmless for 0 and for a timer that has fired. */
void loop_cancel(struct loop *loop, unsigned id);
/* From now on the signal ends nothing and calls fn from the loop, in place of an earlier one; fn
 * NULL: it does again what signals do by themselves, still within the loop's wait only. */
void loop_on_signal(struct loop *loop, int signal, void (*fn)(void *ctx, int signal), void *ctx);
/* Called after each round of events and before the next wait: the place to draw. */
void loop_on_idle(struct loop *loop, void (*fn)(void *ctx), void *ctx);

/* One round: waits at most timeout_ms (-1: until something happens). */
void loop_turn(struct loop *loop, int timeout_ms);
/* Rounds until loop_stop. */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);
/* Milliseconds on the monotonic clock. */
long long loop_now(void);

#endif
