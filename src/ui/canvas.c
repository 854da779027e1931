/*
 * The canvas on a curses window: parts, clipping and text. Every text is cleaned
 * here, so neither its content nor its position can do anything to the rest of
 * the screen. How it gets there is in canvas_frame.c, the shapes in canvas_shape.c.
 */
#include <ui/canvas.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/text.h>

#include "canvas_frame.h"

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
	return canvas->frame->now.arena;
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
	struct canvas *inner = arena_alloc(canvas->frame->now.arena, sizeof *inner);
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

/* The columns that a text at that column may take: -1 is to the canvas' edge. */
static int room(const struct canvas *canvas, int column, int columns)
{
	int left = clamp((long long)canvas->width - column, 0, 1000000);

	return columns < 0 || columns > left ? left : columns;
}

/* Clean text, so wide, in at most that many columns; returns the columns used. */
static int lay_shortened(struct canvas *canvas, int row, int column, int columns, enum style style,
                         const char *clean, int width)
{
	if (columns <= 0)
		return 0;
	if (width <= columns) {
		frame_lay(canvas, row, column, width, style, clean);
		return width;
	}
	width = text_width_n(clean, text_fit(clean, columns - 1));
	frame_lay(canvas, row, column, width, style, clean);
	frame_lay(canvas, row, column + width, 1, style, canvas_glyph(canvas, "…", "~"));
	return width + 1;
}

int canvas_text(struct canvas *canvas, int row, int column, int columns, enum style style,
                const char *text)
{
	const char *clean = text_clean(canvas->frame->now.arena, text ? text : "", TEXT_ONE_LINE);

	return lay_shortened(canvas, row, column, room(canvas, column, columns), style, clean,
	                     text_width(clean));
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
	const char *clean = text_clean(canvas->frame->now.arena, text ? text : "", TEXT_ONE_LINE);
	int left, width;

	columns = room(canvas, column, columns);
	width = text_width(clean);
	left = width >= columns ? 0 : columns - width;
	if (align == ALIGN_LEFT)
		left = 0;
	else if (align == ALIGN_CENTRE)
		left /= 2;
	lay_shortened(canvas, row, column + left, columns - left, style, clean, width);
}

int canvas_paragraph(struct canvas *canvas, struct rect part, int first, enum style style,
                     const char *text)
{
	struct arena *arena = canvas->frame->now.arena;
	struct canvas *inner = canvas_part(canvas, part);
	struct text_block block;
	int rows = 0;

	if (inner->width <= 0)
		return 0;
	block =
	    text_wrap(arena, text_clean(arena, text ? text : "", TEXT_MANY_LINES), inner->width);
	for (int i = first > 0 ? first : 0; i < block.count && rows < inner->height; i++)
		frame_lay(inner, rows++, 0, text_width(block.lines[i]), style, block.lines[i]);
	return rows;
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
