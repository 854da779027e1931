/*
 * The terminal as the program sees it: opened and closed, frames out. What
 * happens to it is in terminal_events.c, full-screen mode in terminal_mode.c,
 * what curses writes goes through terminal_output.c, what it reads through
 * terminal_input.c, and terminal_rescue.c stands by for sudden ends.
 */
#include <ui/terminal.h>

#include <unistd.h>

#include <base/i18n.h>
#include <base/mem.h>

#include "terminal_rescue.h"
#include "terminal_state.h"

static const char modes_on[] = "\033[?2004h";
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";

static void draw(struct terminal *t)
{
	/* Drawing may find that something else has to be drawn; it must not go on for ever. */
	for (int rounds = 0; t->due && rounds < 3; rounds++) {
		t->due = false;
		t->events.draw(t->events.ctx, frame_begin(&t->frame));
	}
	if (t->closed)
		return;
	frame_end(&t->frame);
	if (t->frame.cursor_shown) {
		leaveok(t->frame.window, FALSE);
		wmove(t->frame.window, t->frame.cursor_row, t->frame.cursor_column);
		curs_set(1);
	} else {
		leaveok(t->frame.window, TRUE);
		curs_set(0);
	}
	if (t->entering)
		buf_printf(&t->output.waiting, "%s%s", modes_on,
		           t->mouse       ? mouse_on
		           : t->can_mouse ? mouse_off
		                          : "");
	announce_begin(t, &t->output.waiting);
	t->entering = false;
	doupdate();
	output_collect(&t->output);
	if (t->config.frame_marks)
		buf_printf(&t->output.waiting, "\033]7772;%lu;%lu\033\\", ++t->frames, t->keys);
}

static void on_idle(void *ctx)
{
	struct terminal *t = ctx;

	if (t->lost || !t->shown || output_is_waiting(&t->output) ||
	    !(t->due || (t->bell && t->bell_timer == 0)))
		return;
	events_begin(t);
	if (t->due)
		draw(t);
	if (!t->closed) {
		if (announce_rings(t))
			buf_add(&t->output.waiting, "\a");
		buf_add_n(&t->output.waiting, t->said.text, t->said.length);
		buf_clear(&t->said);
		buf_add_n(&t->output.waiting, t->copy.text, t->copy.length);
		buf_clear(&t->copy);
		events_send(t);
	}
	events_end(t);
}

struct terminal *terminal_open(struct loop *loop, const struct terminal_config *config,
                               const struct terminal_events *events, struct err *err)
{
	struct terminal *t;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(
		    err, ERR_USAGE,
		    _("Trato's screens need a terminal as standard input and output. Commands such as "
		      "“trato list” work without one."));
		return NULL;
	}
	t = mem_alloc(sizeof *t);
	t->loop = loop;
	t->config = *config;
	t->events = *events;
	t->tty = -1;
	/* Before curses starts: it sees then that signals are not its own, and takes SIGTSTP over around
	 * none of its frames, in which one that waits to be let in would be lost. */
	events_watch_signals(t, true);
	if (!mode_prepare(t, err)) {
		events_watch_signals(t, false);
		mode_release(t);
		return NULL;
	}
	rescue_prepare();
	loop_on_idle(loop, on_idle, t);
	mode_enter(t);
	events_watch(t);
	return t;
}

void terminal_close(struct terminal **terminal)
{
	struct terminal *t = *terminal;

	if (!t)
		return;
	*terminal = NULL;
	mode_leave(t);
	t->closed = true;
	loop_watch(t->loop, t->tty, 0, NULL, NULL);
	loop_cancel(t->loop, t->paste_timer);
	loop_on_idle(t->loop, NULL, NULL);
	events_watch_signals(t, false);
	rescue_unhook();
	if (t->depth == 0)
		mode_release(t);
}

void terminal_redraw(struct terminal *terminal)
{
	terminal->due = true;
}

void terminal_repaint(struct terminal *terminal)
{
	mode_repaint(terminal);
}

void terminal_set_look(struct terminal *terminal, const char *theme, bool mouse)
{
	mode_set_theme(terminal, theme);
	mode_set_mouse(terminal, mouse);
	terminal_repaint(terminal);
}

void terminal_bell(struct terminal *terminal)
{
	terminal->bell = true;
}
