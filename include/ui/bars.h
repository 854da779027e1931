/*
 * The lines around every screen: where and who I am and how the connection is
 * (top), which keys work here (bottom), what just happened (message), what must
 * be noticed (banner). Each draws one row over the canvas's whole width.
 */
#ifndef TRATO_UI_BARS_H
#define TRATO_UI_BARS_H

#include <ui/canvas.h>

enum bars_state { BARS_ONLINE, BARS_BUSY, BARS_CONNECTING, BARS_OFFLINE };

/* Any text may be NULL. What gives way first when narrow: who, then where. */
struct bars_top {
	const char *program; /* "Trato" */
	const char *where;   /* "Actions · mine, open" */
	const char *who;     /* the e-mail */
	enum bars_state state;
	const char *words; /* the state in words; has a sign and a colour besides */
};

struct bars_key {
	const char *key; /* as keymap_keys has it */
	const char *label;
	int priority; /* 0 stays longest; of the others the highest goes first */
};

enum bars_message { BARS_INFO, BARS_GOOD, BARS_WARNING, BARS_ERROR };

void bars_draw_top(struct canvas *canvas, int row, const struct bars_top *top);
enum { BARS_KEY_GAPS = 3 }; /* columns behind a key, one, and behind its label */
void bars_draw_keys(struct canvas *canvas, int row, const struct bars_key *keys, int count);
enum { BARS_BANNER_MARK = 3 }; /* columns before a banner's text */
/* Empty text leaves the row blank. */
void bars_draw_message(struct canvas *canvas, int row, enum bars_message kind, const char *text);
void bars_draw_banner(struct canvas *canvas, int row, const char *text);

#endif
