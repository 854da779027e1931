/*
 * The terminal: set up, read, painted and given back as it was found, whatever
 * happens (signals, crash, hang-up). Only here and in canvas.c is curses known.
 */
#ifndef TRATO_UI_TERMINAL_H
#define TRATO_UI_TERMINAL_H

#include <stdbool.h>

#include <base/err.h>
#include <base/loop.h>
#include <base/traits.h>
#include <ui/canvas.h>
#include <ui/key.h>

struct terminal;

struct terminal_config {
	const char *theme; /* "dark", "light", "contrast" */
	bool colour;       /* NO_COLOR in the environment wins */
	bool mouse;
	bool ascii;       /* no line drawing, blocks and arrows */
	bool frame_marks; /* end each frame with OSC 7772 ; frames ; keys taken ST, for tests */
	const char *announce; /* "auto", "on", "off": title and notifications, see below */
	bool no_suspend;  /* Ctrl-z does nothing: there is no shell to go back to */
};

struct terminal_events {
	void *ctx;
	void (*key)(void *ctx, const struct key_event *event);
	/* The whole screen is drawn anew on this canvas. */
	void (*draw)(void *ctx, struct canvas *canvas);
	/* The terminal is gone, or SIGHUP/SIGTERM came: end the program. */
	void (*gone)(void *ctx);
};

/* Puts the terminal into full-screen mode and hooks into the loop: its idle hook, and the signals
 * HUP, TERM, INT, QUIT, WINCH, TSTP, CONT. err: unknown TERM, no terminal. One at a time. Output of
 * a frame leaves as one write; while a slow terminal has not taken it, no other frame is drawn. */
struct terminal *terminal_open(struct loop *loop, const struct terminal_config *config,
                               const struct terminal_events *events, struct err *err);
/* May be called from within an event. */
void terminal_close(struct terminal **terminal);
/* A redraw is due at the end of this round of the loop. */
void terminal_redraw(struct terminal *terminal);
/* Forgets what the screen shows and paints it whole (Ctrl-l). */
void terminal_repaint(struct terminal *terminal);
/* Another theme, the mouse on or off: from now on. */
void terminal_set_look(struct terminal *terminal, const char *theme, bool mouse);
/* Once a second at most: what comes meanwhile rings at its end. */
void terminal_bell(struct terminal *terminal);
/* The title of the terminal's window, and a notification of its desktop, both cleaned; given back at
 * the end. "auto": where the terminal's description says that it understands those of xterm. */
void terminal_title(struct terminal *terminal, const char *text);
void terminal_notify(struct terminal *terminal, const char *text);
/* To the clipboard of the person's own terminal (OSC 52), cleaned. false: the text is longer than
 * terminals take (74,994 bytes), and nothing is copied. */
bool terminal_copy(struct terminal *terminal, const char *text);

/* What the terminal can do that the program was started on. It is asked where its cursor is, and waited
 * for: never while a terminal is open. */
void terminal_look(struct traits *traits);

/*
 * For tests: a screen of that size inside the process (newterm on /dev/null). Draws with fn and
 * returns what a person would see, rows separated by line feeds, trailing blanks cut; malloc'd.
 */
char *terminal_picture(int height, int width, void (*fn)(void *ctx, struct canvas *canvas),
                       void *ctx);

#endif
