/*
 * A clock of the test's own in place of <base/loop.h>: nothing happens by itself, and time passes only
 * in pass_time(). It defines the functions of the loop, so the real one is not linked; for tests
 * without a terminal. Included once by a test.
 */
#ifndef TRATO_TESTS_VIEW_OWN_TIME_H
#define TRATO_TESTS_VIEW_OWN_TIME_H

#include <stdlib.h>

#include <base/loop.h>
#include <base/mem.h>

struct own_timer {
	unsigned id; /* 0: free */
	long long due;
	void (*fn)(void *ctx);
	void *ctx;
};

struct loop {
	struct own_timer timers[32];
	unsigned last_id;
};

static long long own_now = 1000000;
static struct loop *own_loop;

struct loop *loop_new(void)
{
	own_loop = mem_alloc(sizeof(*own_loop));
	return own_loop;
}

void loop_free(struct loop **loop)
{
	free(*loop);
	*loop = own_loop = NULL;
}

long long loop_now(void)
{
	return own_now;
}

unsigned loop_after(struct loop *loop, int milliseconds, void (*fn)(void *ctx), void *ctx)
{
	struct own_timer *timer = loop->timers;

	while (timer->id != 0)
		timer++;
	assert_true(timer < loop->timers + sizeof(loop->timers) / sizeof(loop->timers[0]));
	*timer = (struct own_timer){ ++loop->last_id, own_now + milliseconds, fn, ctx };
	return timer->id;
}

void loop_cancel(struct loop *loop, unsigned id)
{
	for (size_t i = 0; id != 0 && i < sizeof(loop->timers) / sizeof(loop->timers[0]); i++)
		if (loop->timers[i].id == id)
			loop->timers[i].id = 0;
}

void loop_watch(struct loop *loop, int fd, short events, void (*fn)(void *ctx, short revents),
                void *ctx)
{
	(void)loop, (void)fd, (void)events, (void)fn, (void)ctx;
}

void loop_on_signal(struct loop *loop, int signal, void (*fn)(void *ctx, int signal), void *ctx)
{
	(void)loop, (void)signal, (void)fn, (void)ctx;
}

void loop_on_idle(struct loop *loop, void (*fn)(void *ctx), void *ctx)
{
	(void)loop, (void)fn, (void)ctx;
}

void loop_run(struct loop *loop)
{
	(void)loop;
}

void loop_stop(struct loop *loop)
{
	(void)loop;
}

static inline struct own_timer *own_next(void)
{
	struct own_timer *next = NULL;

	for (size_t i = 0; i < sizeof(own_loop->timers) / sizeof(own_loop->timers[0]); i++) {
		struct own_timer *timer = &own_loop->timers[i];

		if (timer->id != 0 && (next == NULL || timer->due < next->due))
			next = timer;
	}
	return next;
}

/* What is due meanwhile happens in its order, at its time. */
static inline void pass_time(int milliseconds)
{
	long long until = own_now + milliseconds;

	for (struct own_timer *next; (next = own_next()) != NULL && next->due <= until;) {
		next->id = 0;
		own_now = next->due;
		next->fn(next->ctx);
	}
	own_now = until;
}

#endif
