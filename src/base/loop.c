/*
 * The event loop. The program, the database connection and the tests run on it;
 * tables are small, so they are searched from end to end.
 */
#include <base/loop.h>

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include <base/mem.h>

struct watch {
	int fd;
	short events; /* 0 marks one that was removed */
	void (*fn)(void *ctx, short revents);
	void *ctx;
};

struct timer {
	unsigned id; /* 0 marks one that has fired or was cancelled */
	long long due;
	void (*fn)(void *ctx);
	void *ctx;
};

struct signal_watch {
	int signal;
	void (*fn)(void *ctx, int signal);
	void *ctx;
};

struct loop {
	struct watch *watches;
	struct pollfd *polled; /* parallel to watches during a turn */
	size_t watch_count, watch_size;
	struct timer *timers;
	size_t timer_count, timer_size;
	unsigned last_id;
	struct signal_watch *signals;
	size_t signal_count;
	sigset_t before;  /* the mask when the loop was made */
	sigset_t waiting; /* the mask inside ppoll */
	void (*idle)(void *ctx);
	void *idle_ctx;
	bool stopped;
};

static volatile sig_atomic_t arrived[NSIG];

static void note_signal(int signal)
{
	arrived[signal] = 1;
}

long long loop_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

struct loop *loop_new(void)
{
	struct loop *loop = mem_alloc(sizeof *loop);

	sigprocmask(SIG_SETMASK, NULL, &loop->before);
	loop->waiting = loop->before;
	return loop;
}

void loop_free(struct loop **loop)
{
	struct loop *old = *loop;

	if (!old)
		return;
	while (old->signal_count > 0)
		loop_on_signal(old, old->signals[0].signal, NULL, NULL);
	sigprocmask(SIG_SETMASK, &old->before, NULL);
	free(old->watches);
	free(old->polled);
	free(old->timers);
	free(old->signals);
	free(old);
	*loop = NULL;
}

void loop_watch(struct loop *loop, int fd, short events, void (*fn)(void *ctx, short revents),
                void *ctx)
{
	for (size_t i = 0; i < loop->watch_count; i++)
		if (loop->watches[i].fd == fd)
			loop->watches[i].events = 0;
	if (!events || !fn || fd < 0)
		return;
	/* Always at the end: what was polled for the earlier watch never reaches this one. */
	if (loop->watch_count == loop->watch_size) {
		loop->watch_size = loop->watch_size ? loop->watch_size * 2 : 8;
		loop->watches = mem_resize(loop->watches, loop->watch_size, sizeof *loop->watches);
		loop->polled = mem_resize(loop->polled, loop->watch_size, sizeof *loop->polled);
	}
	loop->watches[loop->watch_count++] = (struct watch){ fd, events, fn, ctx };
}

unsigned loop_after(struct loop *loop, int milliseconds, void (*fn)(void *ctx), void *ctx)
{
	if (loop->timer_count == loop->timer_size) {
		loop->timer_size = loop->timer_size ? loop->timer_size * 2 : 8;
		loop->timers = mem_resize(loop->timers, loop->timer_size, sizeof *loop->timers);
	}
	if (++loop->last_id == 0)
		++loop->last_id;
	loop->timers[loop->timer_count++] =
	    (struct timer){ loop->last_id, loop_now() + (milliseconds > 0 ? milliseconds : 0), fn,
		            ctx };
	return loop->last_id;
}

void loop_cancel(struct loop *loop, unsigned id)
{
	for (size_t i = 0; id && i < loop->timer_count; i++)
		if (loop->timers[i].id == id)
			loop->timers[i].id = 0;
}

static void forget_signal(struct loop *loop, int signal)
{
	for (size_t i = 0; i < loop->signal_count; i++) {
		if (loop->signals[i].signal != signal)
			continue;
		loop->signals[i] = loop->signals[--loop->signal_count];
		sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
		arrived[signal] = 0;
		return;
	}
}

void loop_on_signal(struct loop *loop, int signal, void (*fn)(void *ctx, int signal), void *ctx)
{
	struct sigaction action = { .sa_handler = note_signal };
	sigset_t one;

	forget_signal(loop, signal);
	if (!fn)
		return;
	loop->signals = mem_resize(loop->signals, loop->signal_count + 1, sizeof *loop->signals);
	loop->signals[loop->signal_count++] = (struct signal_watch){ signal, fn, ctx };
	sigemptyset(&one);
	sigaddset(&one, signal);
	sigprocmask(SIG_BLOCK, &one, NULL);
	sigdelset(&loop->waiting, signal);
	sigemptyset(&action.sa_mask);
	sigaction(signal, &action, NULL);
}

void loop_on_idle(struct loop *loop, void (*fn)(void *ctx), void *ctx)
{
	loop->idle = fn;
	loop->idle_ctx = ctx;
}

static void sweep(struct loop *loop)
{
	size_t kept = 0;

	for (size_t i = 0; i < loop->watch_count; i++)
		if (loop->watches[i].events)
			loop->watches[kept++] = loop->watches[i];
	loop->watch_count = kept;
	kept = 0;
	for (size_t i = 0; i < loop->timer_count; i++)
		if (loop->timers[i].id)
			loop->timers[kept++] = loop->timers[i];
	loop->timer_count = kept;
}

/* How long ppoll may wait; NULL for ever. */
static struct timespec *limit_wait(const struct loop *loop, int timeout_ms, struct timespec *out)
{
	long long wait = timeout_ms < 0 ? LLONG_MAX : timeout_ms;
	long long now = loop_now();

	for (size_t i = 0; i < loop->timer_count; i++)
		if (loop->timers[i].due - now < wait)
			wait = loop->timers[i].due - now;
	if (wait == LLONG_MAX)
		return NULL;
	if (wait < 0)
		wait = 0;
	*out = (struct timespec){ wait / 1000, wait % 1000 * 1000000 };
	return out;
}

/* By number and not by place: a callback may change the table. */
static void call_signals(struct loop *loop)
{
	for (int signal = 1; signal < NSIG; signal++) {
		if (!arrived[signal])
			continue;
		for (size_t i = 0; i < loop->signal_count; i++) {
			struct signal_watch watch = loop->signals[i];

			if (watch.signal != signal)
				continue;
			arrived[signal] = 0;
			watch.fn(watch.ctx, signal);
			break;
		}
	}
}

static void call_watches(struct loop *loop, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct watch watch = loop->watches[i];
		short revents = loop->polled[i].revents;

		if (!revents || !watch.events)
			continue;
		if (revents & POLLNVAL) /* closed by its owner: polling it again would spin */
			loop->watches[i].events = 0;
		watch.fn(watch.ctx, revents);
	}
}

/* In the order in which they are due; those made meanwhile wait for the next turn. */
static void call_timers(struct loop *loop)
{
	size_t count = loop->timer_count;
	long long now = loop_now();

	for (;;) {
		struct timer *next = NULL;
		struct timer due;

		for (size_t i = 0; i < count; i++)
			if (loop->timers[i].id && loop->timers[i].due <= now &&
			    (!next || loop->timers[i].due < next->due))
				next = &loop->timers[i];
		if (!next)
			return;
		due = *next;
		next->id = 0;
		due.fn(due.ctx);
	}
}

void loop_turn(struct loop *loop, int timeout_ms)
{
	struct timespec limit;
	struct timespec *wait;
	size_t count;
	int ready;

	sweep(loop);
	count = loop->watch_count;
	for (size_t i = 0; i < count; i++)
		loop->polled[i] =
		    (struct pollfd){ loop->watches[i].fd, loop->watches[i].events, 0 };
	wait = limit_wait(loop, timeout_ms, &limit);
	ready = ppoll(loop->polled, count, wait, &loop->waiting);
	if (ready > 0) {
		sigset_t blocked;

		/* Linux delivers signals in ppoll only when no file is ready: let them in here. */
		sigprocmask(SIG_SETMASK, &loop->waiting, &blocked);
		sigprocmask(SIG_SETMASK, &blocked, NULL);
	}
	call_signals(loop);
	if (ready > 0)
		call_watches(loop, count);
	call_timers(loop);
	if (loop->idle)
		loop->idle(loop->idle_ctx);
}

void loop_run(struct loop *loop)
{
	loop->stopped = false;
	if (loop->idle)
		loop->idle(loop->idle_ctx);
	while (!loop->stopped)
		loop_turn(loop, -1);
}

void loop_stop(struct loop *loop)
{
	loop->stopped = true;
}
