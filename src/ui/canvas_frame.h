/*
 * What a canvas is made of: one frame shared by all parts, and the rectangle of
 * each. Only for canvas*.c and terminal*.c.
 */
#ifndef TRATO_UI_CANVAS_FRAME_H
#define TRATO_UI_CANVAS_FRAME_H

#include <stdbool.h>

#include <curses.h>

#include <base/arena.h>
#include <ui/canvas.h>

struct frame {
	WINDOW *window;
	struct arena *arena;
	bool ascii;
	bool cursor_shown;
	int cursor_row, cursor_column;
	attr_t attributes[STYLE_COUNT];
	short pairs[STYLE_COUNT];
};

/* Row and column are where the part's own 0,0 lies, which may be outside of the window; the
 * other four say what of the window may be touched. */
struct canvas {
	struct frame *frame;
	int row, column;
	int height, width;
	int top, left, bottom, right;
};

/* The styles of a theme on the current curses screen. */
void frame_set_theme(struct frame *frame, const char *theme, bool colour);
/* Empties the window and hands out a canvas of all of it, owned by the frame's arena. */
struct canvas *frame_begin(struct frame *frame);
/* So many columns of a row as text, without the blanks at the end. */
void frame_read_row(WINDOW *window, int row, int from, int count, struct buf *picture);
/* The same narrow glyph, which needs no cleaning, over that many columns. */
void canvas_repeat(struct canvas *canvas, int row, int column, int columns, enum style style,
                   const char *glyph);

#endif
