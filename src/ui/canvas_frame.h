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

struct row;

/* What lies on each row, and the memory of it. */
struct layer {
	struct arena *arena;
	struct row *rows; /* NULL: not known */
};

struct frame {
	WINDOW *window;
	struct layer now, shown;
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

/* The styles come from the theme; until one is set all look the same. */
void frame_open(struct frame *frame, WINDOW *window);
void frame_close(struct frame *frame);
/* The window does not show what was painted any more: it has another size. */
void frame_forget(struct frame *frame);
/* The styles of a theme on the current curses screen. */
void frame_set_theme(struct frame *frame, const char *theme, bool colour);
/* An empty canvas of all of the window, owned by the frame. */
struct canvas *frame_begin(struct frame *frame);
/* Paints the window with what has been laid: the rows on which something has changed. */
void frame_end(struct frame *frame);
/* The same in the midst of a frame, which may go on. */
void frame_paint(struct frame *frame);
/* Clean text over that many columns, which it has. It must live until the next frame is painted. */
void frame_lay(struct canvas *canvas, int row, int column, int columns, enum style style,
               const char *text);
/* So many columns of a row as text, without the blanks at the end. */
void frame_read_row(WINDOW *window, int row, int from, int count, struct buf *picture);
/* The same narrow glyph, which needs no cleaning and lives for ever, over that many columns. */
void canvas_repeat(struct canvas *canvas, int row, int column, int columns, enum style style,
                   const char *glyph);

#endif
