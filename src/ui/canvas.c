/*
 * The canvas on a curses window: parts, clipping and text. Every text is cleaned
 * here and laid into cells one by one, so neither its content nor its position
 * can do anything to the rest of the screen. The shapes are in canvas_shape.c.
 */
#include <ui/canvas.h>

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include <base/text.h>

#include "canvas_frame.h"
#include "theme.h"

void frame_set_theme(struct frame *frame, const char *theme, bool colour)
{
	int colours = 0;

	if (colour && has_colors() && start_color() == OK && use_default_colors() == OK)
		colours = COLORS;
	for (int style = 0; style < STYLE_COUNT; style++) {
		struct look look = theme_look(theme, colours, (enum style)style);
		attr_t attributes = A_NORMAL;

		attributes |= look.flags & LOOK_BOLD ? A_BOLD : 0;
		attributes |= look.flags & LOOK_DIM ? A_DIM : 0;
		attributes |= look.flags & LOOK_UNDERLINE ? A_UNDERLINE : 0;
		attributes |= look.flags & LOOK_REVERSE ? A_REVERSE : 0;
		frame->attributes[style] = attributes;
		frame->pairs[style] = 0;
		if ((look.foreground >= 0 || look.background >= 0) &&
		    init_pair((short)(style + 1), look.foreground, look.background) == OK)
			frame->pairs[style] = (short)(style + 1);
	}
}

struct canvas *frame_begin(struct frame *frame)
{
	struct canvas *canvas;

	arena_reset(frame->arena);
	werase(frame->window);
	frame->cursor_shown = false;
	canvas = arena_alloc(frame->arena, sizeof *canvas);
	canvas->frame = frame;
	canvas->height = canvas->bottom = getmaxy(frame->window);
	canvas->width = canvas->right = getmaxx(frame->window);
	return canvas;
}

int canvas_height(const struct canvas *canvas)
{
	return canvas->height;
}

int canvas_width(const struct canvas *canvas)
{
	return canvas->width;
}

struct rect canvas_place(const struct canvas *canvas)
{
	return (struct rect){ canvas->row, canvas->column, canvas->height, canvas->width };
}

struct arena *canvas_arena(struct canvas *canvas)
{
	return canvas->frame->arena;
}

const char *canvas_glyph(const struct canvas *canvas, const char *glyph, const char *ascii)
{
	return canvas->frame->ascii ? ascii : glyph;
}

static int clamp(long long value, int low, int high)
{
	return value < low ? low : value > high ? high : (int)value;
}

struct canvas *canvas_part(struct canvas *canvas, struct rect part)
{
	struct canvas *inner = arena_alloc(canvas->frame->arena, sizeof *inner);
	long long top = (long long)canvas->row + part.row;
	long long left = (long long)canvas->column + part.column;
	/* Far outside of any screen, so that sums of coordinates never overflow. */
	const int far = 1000000;

	inner->frame = canvas->frame;
	inner->row = clamp(top, -far, far);
	inner->column = clamp(left, -far, far);
	inner->height = clamp(part.height, 0, clamp((long long)canvas->height - part.row, 0, far));
	inner->width = clamp(part.width, 0, clamp((long long)canvas->width - part.column, 0, far));
	inner->top = clamp(top, canvas->top, canvas->bottom);
	inner->left = clamp(left, canvas->left, canvas->right);
	inner->bottom = clamp(top + inner->height, inner->top, canvas->bottom);
	inner->right = clamp(left + inner->width, inner->left, canvas->right);
	return inner;
}

/* Cells that lie side by side, handed to curses together. */
struct run {
	struct canvas *canvas;
	int row, column; /* of the first cell, in the window */
	int width;
	int count;
	cchar_t cells[128];
};

static void run_flush(struct run *run)
{
	if (run->count > 0)
		mvwadd_wchnstr(run->canvas->frame->window, run->row, run->column, run->cells,
		               run->count);
	run->column += run->width;
	run->width = 0;
	run->count = 0;
}

static void run_add(struct run *run, int column, int width, enum style style, const wchar_t *text)
{
	const struct frame *frame = run->canvas->frame;

	if (run->count == (int)(sizeof run->cells / sizeof run->cells[0]) ||
	    column != run->column + run->width) {
		run_flush(run);
		run->column = column;
	}
	if (setcchar(&run->cells[run->count], text, frame->attributes[style], frame->pairs[style],
	             NULL) == OK) {
		run->count++;
		run->width += width;
	}
}

/* Most of what is drawn: nothing has to be looked up for it. */
static bool is_plain(const char *text, size_t length)
{
	return length == 1 && text[0] >= ' ' && text[0] < 0x7F;
}

/* The characters of one cluster into their cells; a wide one that the clip would cut in half
 * becomes blanks. A cell holds one character and as many marks as curses has room for. */
static void run_add_cluster(struct run *run, int column, enum style style, const char *text,
                            size_t length)
{
	const struct canvas *c = run->canvas;
	size_t at = 0;

	if (is_plain(text, length)) {
		if (column >= c->left && column < c->right)
			run_add(run, column, 1, style, (const wchar_t[]){ (wchar_t)text[0], L'\0' });
		return;
	}
	while (at < length) {
		wchar_t wide[CCHARW_MAX + 1];
		int count = 0, width = 0;

		while (at < length) {
			uint32_t point;
			size_t bytes = text_decode(text + at, &point);
			int columns;

			if (bytes == 0)
				return;
			columns = wcwidth((wchar_t)point);
			if (columns > 0 && count > 0)
				break;
			at += bytes;
			if (columns > 0)
				width = columns;
			if ((columns > 0 || count > 0) && count < CCHARW_MAX)
				wide[count++] = (wchar_t)point;
		}
		wide[count] = L'\0';
		if (count > 0 && column >= c->left && column + width <= c->right) {
			run_add(run, column, width, style, wide);
		} else {
			for (int i = column; count > 0 && i < column + width; i++) {
				if (i >= c->left && i < c->right)
					run_add(run, i, 1, style, L" ");
			}
		}
		column += width;
	}
}

/* Lays clean text of at most that many columns; returns the columns used. */
static int lay(struct canvas *canvas, int row, int column, int columns, enum style style,
               const char *text)
{
	struct run run;
	long long window_row = (long long)canvas->row + row;
	long long window_column = (long long)canvas->column + column;
	bool visible = window_row >= canvas->top && window_row < canvas->bottom;
	int used = 0;
	size_t length;

	run.canvas = canvas;
	run.row = (int)window_row;
	run.column = run.width = run.count = 0;
	for (; (length = text_next(text)) > 0; text += length) {
		int width = is_plain(text, length) ? 1 : text_width_n(text, length);
		long long at = window_column + used;

		if (used + width > columns)
			break;
		if (visible && at < canvas->right && at + width > canvas->left)
			run_add_cluster(&run, (int)at, style, text, length);
		used += width;
	}
	run_flush(&run);
	return used;
}

/* The columns that a text at that column may take: -1 is to the canvas' edge. */
static int room(const struct canvas *canvas, int column, int columns)
{
	int left = clamp((long long)canvas->width - column, 0, 1000000);

	return columns < 0 || columns > left ? left : columns;
}

static int lay_shortened(struct canvas *canvas, int row, int column, int columns, enum style style,
                         const char *clean)
{
	const char *ellipsis = canvas_glyph(canvas, "…", "~");
	int used;

	if (columns <= 0)
		return 0;
	if (text_width(clean) <= columns)
		return lay(canvas, row, column, columns, style, clean);
	used = lay(canvas, row, column, columns - 1, style, clean);
	return used + lay(canvas, row, column + used, 1, style, ellipsis);
}

int canvas_text(struct canvas *canvas, int row, int column, int columns, enum style style,
                const char *text)
{
	const char *clean = text_clean(canvas->frame->arena, text ? text : "", TEXT_ONE_LINE);

	return lay_shortened(canvas, row, column, room(canvas, column, columns), style, clean);
}

int canvas_textf(struct canvas *canvas, int row, int column, int columns, enum style style,
                 const char *format, ...)
{
	char *text = NULL;
	va_list arguments;
	int used;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	used = canvas_text(canvas, row, column, columns, style, text);
	free(text);
	return used;
}

void canvas_aligned(struct canvas *canvas, int row, int column, int columns, enum align align,
                    enum style style, const char *text)
{
	const char *clean = text_clean(canvas->frame->arena, text ? text : "", TEXT_ONE_LINE);
	int left, width;

	columns = room(canvas, column, columns);
	width = text_width(clean);
	left = width >= columns ? 0 : columns - width;
	if (align == ALIGN_LEFT)
		left = 0;
	else if (align == ALIGN_CENTRE)
		left /= 2;
	lay_shortened(canvas, row, column + left, columns - left, style, clean);
}

int canvas_paragraph(struct canvas *canvas, struct rect part, int first, enum style style,
                     const char *text)
{
	struct arena *arena = canvas->frame->arena;
	struct canvas *inner = canvas_part(canvas, part);
	struct text_block block;
	int rows = 0;

	if (inner->width <= 0)
		return 0;
	block =
	    text_wrap(arena, text_clean(arena, text ? text : "", TEXT_MANY_LINES), inner->width);
	for (int i = first > 0 ? first : 0; i < block.count && rows < inner->height; i++)
		lay(inner, rows++, 0, inner->width, style, block.lines[i]);
	return rows;
}

void canvas_repeat(struct canvas *canvas, int row, int column, int columns, enum style style,
                   const char *glyph)
{
	struct run run;
	size_t length = text_next(glyph);
	long long window_row = (long long)canvas->row + row;
	int first = clamp((long long)canvas->column + column, canvas->left, canvas->right);
	int end = clamp((long long)canvas->column + column + columns, canvas->left, canvas->right);

	if (window_row < canvas->top || window_row >= canvas->bottom)
		return;
	run.canvas = canvas;
	run.row = (int)window_row;
	run.column = run.width = run.count = 0;
	for (int at = first; at < end; at++)
		run_add_cluster(&run, at, style, glyph, length);
	run_flush(&run);
}

void canvas_fill(struct canvas *canvas, struct rect part, enum style style)
{
	struct canvas *inner = canvas_part(canvas, part);

	for (int row = 0; row < inner->height; row++)
		canvas_repeat(inner, row, 0, inner->width, style, " ");
}

void canvas_cursor(struct canvas *canvas, int row, int column)
{
	struct frame *frame = canvas->frame;
	long long at_row = (long long)canvas->row + row;
	long long at_column = (long long)canvas->column + column;

	if (at_row < canvas->top || at_row >= canvas->bottom || at_column < canvas->left ||
	    at_column >= canvas->right)
		return;
	frame->cursor_shown = true;
	frame->cursor_row = (int)at_row;
	frame->cursor_column = (int)at_column;
}
