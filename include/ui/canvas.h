/*
 * What screens draw on: a grid of cells with clipping. All text passes
 * text_clean here, so no screen can forget it. Nothing outside the canvas is
 * ever touched, at any size down to 1x1. Coordinates: row, column from 0.
 */
#ifndef TRATO_UI_CANVAS_H
#define TRATO_UI_CANVAS_H

#include <base/arena.h>
#include <base/buf.h>

/* What a piece of text is; the theme says how it looks. */
enum style {
	STYLE_NORMAL,
	STYLE_DIM,
	STYLE_STRONG,
	STYLE_BAR, /* top line */
	STYLE_BAR_STRONG,
	STYLE_KEYS,    /* bottom line */
	STYLE_KEY,     /* a key's name in it */
	STYLE_HEADING, /* column titles */
	STYLE_CURSOR,  /* the selected row */
	STYLE_MARKED,
	STYLE_LABEL,
	STYLE_FIELD,
	STYLE_FIELD_ACTIVE,
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_GOOD,
	STYLE_BANNER,
	STYLE_BOX, /* frames */
	STYLE_BAR_GOOD,   /* the state of the connection in the top line */
	STYLE_BAR_WARNING,
	STYLE_BAR_ERROR,
	STYLE_COUNT
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct rect {
	int row, column, height, width;
};

struct canvas;

int canvas_height(const struct canvas *canvas);
int canvas_width(const struct canvas *canvas);
/* A part of it with its own origin, clipped to it; lives as long as the frame. */
struct canvas *canvas_part(struct canvas *canvas, struct rect part);
/* Where it lies on the screen: mouse positions are compared with this. */
struct rect canvas_place(const struct canvas *canvas);
/* Memory of this frame. */
struct arena *canvas_arena(struct canvas *canvas);

/* Text on one row, at most `columns` (-1: to the edge), shortened with an ellipsis. Returns the
 * columns used. */
int canvas_text(struct canvas *canvas, int row, int column, int columns, enum style style,
                const char *text);
int canvas_textf(struct canvas *canvas, int row, int column, int columns, enum style style,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));
void canvas_aligned(struct canvas *canvas, int row, int column, int columns, enum align align,
                    enum style style, const char *text);
/* Wrapped text in the part; returns the rows used. first skips that many rows. */
int canvas_paragraph(struct canvas *canvas, struct rect part, int first, enum style style,
                     const char *text);
void canvas_fill(struct canvas *canvas, struct rect part, enum style style);
void canvas_line(struct canvas *canvas, int row);
/* A frame with an optional title; fills its inside. */
void canvas_box(struct canvas *canvas, struct rect part, const char *title);
/* A horizontal bar of numerator/denominator of `columns`, in eighths or ASCII. */
void canvas_bar(struct canvas *canvas, int row, int column, int columns, enum style style,
                long long numerator, long long denominator);
/* What has been drawn on it so far, as text: rows with line feeds behind them, without the blanks at
 * their ends. */
void canvas_read(const struct canvas *canvas, struct buf *out);
/* A row that `draw` draws once it has to be painted, which is not so where the frame before had it in the
 * same place with the same stamp. So that says all that the row is made of, in bytes without padding. It is
 * copied; what ctx points to lives until the frame is painted. */
void canvas_row(struct canvas *canvas, int row, const void *stamp, size_t size,
                void (*draw)(void *ctx, const void *stamp, struct canvas *canvas, int row),
                void *ctx);
/* Where the terminal's cursor stands in this frame; hidden unless called. */
void canvas_cursor(struct canvas *canvas, int row, int column);
/* The glyph, or its ASCII stand-in where the terminal cannot show it. */
const char *canvas_glyph(const struct canvas *canvas, const char *glyph, const char *ascii);

#endif
