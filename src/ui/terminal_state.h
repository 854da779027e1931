/*
 * The terminal from inside, for the files that it is made of: terminal.c,
 * terminal_mode.c and terminal_events.c.
 */
#ifndef TRATO_UI_TERMINAL_STATE_H
#define TRATO_UI_TERMINAL_STATE_H

#include <stdio.h>
#include <termios.h>

#include <ui/terminal.h>

#include "canvas_frame.h"
#include "terminal_input.h"
#include "terminal_output.h"

struct terminal {
	struct loop *loop;
	struct terminal_config config;
	struct terminal_events events;
	int tty;
	int tty_flags;       /* of the file, as found */
	struct termios mode; /* as found */
	SCREEN *screen;
	FILE *in; /* the terminal again, for curses to read */
	struct output output;
	struct input input;
	struct frame frame;
	bool can_mouse, mouse;
	bool shown; /* in full-screen mode */
	bool due, bell;
	bool entering; /* the next frame switches the modes on */
	bool lost;     /* gone was told */
	unsigned long frames, keys; /* painted, handed on: for frame marks */
	unsigned paste_timer;
	unsigned long paste_seen;
	int empty_reads;
	int depth; /* events under way */
	bool closed;
	struct buf farewell; /* what gives the terminal back */
	struct buf copy;     /* for the clipboard, leaves with the next frame */
	struct buf said;     /* titles and notifications, the same */
	bool announces;      /* understands them */
	bool titled;         /* the title is ours */
	char *title;
	unsigned bell_timer; /* until it may ring again; 0: now */
};

/* terminal_mode.c: opens the file and curses, without a change to the terminal. */
bool mode_prepare(struct terminal *t, struct err *err);
/* Full-screen mode and back; both may be called again. */
void mode_enter(struct terminal *t);
void mode_leave(struct terminal *t);
void mode_set_theme(struct terminal *t, const char *theme);
void mode_set_mouse(struct terminal *t, bool on);
/* The next frame clears the terminal first, and takes nothing of it for known. */
void mode_repaint(struct terminal *t);
/* Takes over the terminal's size and has everything drawn anew. */
void mode_adopt_size(struct terminal *t);
void mode_release(struct terminal *t);

/* terminal_announce.c */
void announce_prepare(struct terminal *t);
/* Takes the title over, if it is not ours yet. */
void announce_begin(struct terminal *t, struct buf *out);
/* What gives it back. */
const char *announce_end(const struct terminal *t);
/* Whether the bell is to ring with this frame: many at once become one. */
bool announce_rings(struct terminal *t);
void announce_free(struct terminal *t);

/* terminal_events.c: watches the file for what can happen now. */
void events_watch(struct terminal *t);
void events_watch_signals(struct terminal *t, bool yes);
/* Around all that calls out: a terminal that is closed meanwhile is freed at the end. */
void events_begin(struct terminal *t);
void events_end(struct terminal *t);
/* Sends what waits, now and when there is room again. */
void events_send(struct terminal *t);

#endif
