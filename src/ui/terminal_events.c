/*
 * What happens to the terminal: keys, signals, room for more output, its end.
 * Only for terminal.c; stands on terminal_mode.c.
 */
#include "terminal_state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>

static void on_tty(void *ctx, short revents);

void events_watch(struct terminal *t)
{
	short events = POLLIN;

	if (output_is_waiting(&t->output))
		events |= POLLOUT;
	loop_watch(t->loop, t->tty, t->lost || !t->shown ? 0 : events, on_tty, t);
}

static void tell_gone(struct terminal *t)
{
	if (t->lost)
		return;
	t->lost = true;
	events_watch(t);
	t->events.gone(t->events.ctx);
}

void events_send(struct terminal *t)
{
	if (output_send(&t->output))
		events_watch(t);
	else
		tell_gone(t);
}

void events_begin(struct terminal *t)
{
	t->depth++;
}

void events_end(struct terminal *t)
{
	if (--t->depth == 0 && t->closed)
		mode_release(t);
}

static void suspend(struct terminal *t)
{
	struct sigaction standard = { .sa_handler = SIG_DFL }, ours;
	struct timespec at_once = { 0 };
	sigset_t stop, go_on, before;

	if (t->config.no_suspend || !t->shown)
		return;
	mode_leave(t);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &standard, &ours);
	/* The whole job: a shell waits for all of `make demo`, not for us. */
	kill(0, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &ours, NULL);
	/* The SIGCONT that woke us has done its work. */
	sigemptyset(&go_on);
	sigaddset(&go_on, SIGCONT);
	while (sigtimedwait(&go_on, NULL, &at_once) < 0 && errno == EINTR)
		continue;
	mode_enter(t);
	events_watch(t);
}

static void dispatch(struct terminal *t, const struct key_event *event)
{
	if (event->code == ('z' | KEYS_CTRL))
		suspend(t);
	else
		t->events.key(t->events.ctx, event);
	t->keys += event->code != KEYS_RESIZE;
}

static void on_paste_timer(void *ctx)
{
	struct terminal *t = ctx;
	struct key_event event;

	t->paste_timer = 0;
	if (!t->input.pasting)
		return;
	events_begin(t);
	if (t->input.consumed != t->paste_seen) {
		t->paste_seen = t->input.consumed;
		t->paste_timer = loop_after(t->loop, 1000, on_paste_timer, t);
	} else if (input_end_paste(&t->input, &event)) {
		dispatch(t, &event);
	}
	events_end(t);
}

static void read_input(struct terminal *t, short revents)
{
	unsigned long before = t->input.consumed;
	struct key_event event;

	while (!t->closed && t->shown && input_read(&t->input, &event))
		dispatch(t, &event);
	/* Reading a paste or a click made curses switch the keypad off and on again. */
	if (t->input.keypad_moved && !t->closed) {
		t->input.keypad_moved = false;
		keypad(t->input.keys, TRUE);
		output_forget(&t->output);
	}
	if (t->closed || !t->shown)
		return;
	/* A terminal that is gone is readable for ever and gives nothing. */
	t->empty_reads = t->input.consumed == before ? t->empty_reads + 1 : 0;
	if (revents & (POLLHUP | POLLERR | POLLNVAL) || t->empty_reads > 3)
		tell_gone(t);
	else if (t->input.pasting && !t->paste_timer)
		t->paste_timer = loop_after(t->loop, 1000, on_paste_timer, t);
}

static void on_tty(void *ctx, short revents)
{
	struct terminal *t = ctx;

	events_begin(t);
	if (revents & POLLOUT)
		events_send(t);
	if (revents & ~POLLOUT && !t->lost)
		read_input(t, revents);
	events_end(t);
}

static void on_signal(void *ctx, int signal)
{
	struct terminal *t = ctx;

	events_begin(t);
	switch (signal) {
	case SIGWINCH:
		if (t->shown) {
			mode_adopt_size(t);
			dispatch(t, &(struct key_event){ .code = KEYS_RESIZE });
		}
		break;
	case SIGTSTP: suspend(t); break;
	case SIGCONT:
		/* Stopped by SIGSTOP, the shell has changed the terminal meanwhile. */
		if (t->shown)
			mode_enter(t);
		break;
	default: tell_gone(t);
	}
	events_end(t);
}

static const int watched_signals[] = {
	SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT
};

void events_watch_signals(struct terminal *t, bool yes)
{
	for (size_t i = 0; i < sizeof watched_signals / sizeof watched_signals[0]; i++)
		/* It stays ignored then, also in the moment between the loop and the end. */
		if (watched_signals[i] != SIGTSTP || !t->config.no_suspend)
			loop_on_signal(t->loop, watched_signals[i], yes ? on_signal : NULL, t);
}
