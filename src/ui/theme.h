/*
 * How each style looks, as numbers: the themes know no curses, the canvas turns
 * them into attributes. Only for the terminal and the canvas.
 */
#ifndef TRATO_UI_THEME_H
#define TRATO_UI_THEME_H

#include <ui/canvas.h>

enum {
	LOOK_BOLD = 1,
	LOOK_DIM = 2,
	LOOK_UNDERLINE = 4,
	LOOK_REVERSE = 8,
};

struct look {
	short foreground, background; /* -1: the terminal's own */
	unsigned flags;
};

/* The look of a style on a terminal with that many colours (0: none). An unknown theme is
 * the dark one. */
struct look theme_look(const char *theme, int colours, enum style style);

#endif
