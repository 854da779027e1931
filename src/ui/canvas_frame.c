/*
 * From the canvas to the curses window. What is laid on a row is kept until the
 * whole frame is known: rows that are as before, nearly all at most keys, cost
 * curses nothing. The others are laid into cells one by one, so that no text
 * reaches beyond its own. Only for canvas*.c and terminal*.c.
 */
#include "canvas_frame.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <base/text.h>

#include "theme.h"

struct piece {
	struct piece *next;
	const char *text;
	const struct later *later; /* in place of a text */
	enum style style;
	bool repeated;       /* over all columns */
	int column, columns; /* in the window */
	int left, right;     /* what of the row may be touched */
};

/* See canvas_row. */
struct later {
	void (*draw)(void *ctx, const void *stamp, struct canvas *canvas, int row);
	void *ctx;
	struct canvas *canvas;
	int row; /* of that canvas */
	size_t size;
	void *stamp;
};

struct row {
	struct piece *first, *last;
};

void frame_open(struct frame *frame, WINDOW *window)
{
	frame->window = window;
	frame->now.arena = arena_new();
	frame->shown.arena = arena_new();
}

void frame_close(struct frame *frame)
{
	arena_free(&frame->now.arena);
	arena_free(&frame->shown.arena);
}

void frame_forget(struct frame *frame)
{
	frame->shown.rows = NULL;
}

void frame_set_theme(struct frame *frame, const char *theme, bool colour)
{
	int colours = 0;

	frame_forget(frame);
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
	struct layer *now = &frame->now;
	struct canvas *canvas;

	arena_reset(now->arena);
	canvas = arena_alloc(now->arena, sizeof *canvas);
	canvas->frame = frame;
	canvas->height = canvas->bottom = getmaxy(frame->window);
	canvas->width = canvas->right = getmaxx(frame->window);
	now->rows = arena_alloc(now->arena, (size_t)canvas->height * sizeof(*now->rows));
	frame->cursor_shown = false;
	return canvas;
}

/* ---- What is laid */

static int plus(int origin, int offset)
{
	long long sum = (long long)origin + offset;

	return sum < INT_MIN ? INT_MIN : sum > INT_MAX ? INT_MAX : (int)sum;
}

static void add(struct canvas *canvas, int row, struct piece piece)
{
	const struct layer *now = &canvas->frame->now;
	struct piece *added;

	if (row < canvas->top || row >= canvas->bottom || piece.column >= canvas->right ||
	    plus(piece.column, piece.columns) <= canvas->left || piece.columns <= 0)
		return;
	piece.left = canvas->left;
	piece.right = canvas->right;
	added = arena_alloc(now->arena, sizeof(*added));
	*added = piece;
	if (now->rows[row].last)
		now->rows[row].last->next = added;
	else
		now->rows[row].first = added;
	now->rows[row].last = added;
}

void frame_lay(struct canvas *canvas, int row, int column, int columns, enum style style,
               const char *text)
{
	add(canvas, plus(canvas->row, row),
	    (struct piece){ .text = text,
	                    .style = style,
	                    .column = plus(canvas->column, column),
	                    .columns = columns });
}

void canvas_repeat(struct canvas *canvas, int row, int column, int columns, enum style style,
                   const char *glyph)
{
	int first = plus(canvas->column, column), end = plus(first, columns);

	first = first > canvas->left ? first : canvas->left;
	end = end < canvas->right ? end : canvas->right;
	add(canvas, plus(canvas->row, row),
	    (struct piece){ .text = glyph,
	                    .style = style,
	                    .repeated = true,
	                    .column = first,
	                    .columns = end - first });
}

void canvas_row(struct canvas *canvas, int row, const void *stamp, size_t size,
                void (*draw)(void *ctx, const void *stamp, struct canvas *canvas, int row),
                void *ctx)
{
	struct arena *arena = canvas_arena(canvas);
	struct later *later = arena_alloc(arena, sizeof(*later));

	*later = (struct later){ draw, ctx, canvas, row, size, arena_alloc(arena, size) };
	memcpy(later->stamp, stamp, size);
	add(canvas, plus(canvas->row, row),
	    (struct piece){ .text = "",
	                    .later = later,
	                    .column = canvas->column,
	                    .columns = canvas->width });
}

/* ---- Into cells */

/* Cells that lie side by side, handed to curses together. */
struct run {
	const struct frame *frame;
	const struct piece *piece;
	int row, column; /* of the first cell, in the window */
	int width;
	int count;
	cchar_t cells[128];
};

static void run_flush(struct run *run)
{
	if (run->count > 0)
		mvwadd_wchnstr(run->frame->window, run->row, run->column, run->cells, run->count);
	run->column += run->width;
	run->width = 0;
	run->count = 0;
}

static void run_add(struct run *run, int column, int width, const wchar_t *text)
{
	enum style style = run->piece->style;

	if (run->count == (int)(sizeof run->cells / sizeof run->cells[0]) ||
	    column != run->column + run->width) {
		run_flush(run);
		run->column = column;
	}
	if (setcchar(&run->cells[run->count], text, run->frame->attributes[style],
	             run->frame->pairs[style], NULL) == OK) {
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
static void run_add_cluster(struct run *run, int column, const char *text, size_t length)
{
	int left = run->piece->left, right = run->piece->right;
	size_t at = 0;

	if (is_plain(text, length)) {
		if (column >= left && column < right)
			run_add(run, column, 1, (const wchar_t[]){ (wchar_t)text[0], L'\0' });
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
		if (count > 0 && column >= left && column + width <= right) {
			run_add(run, column, width, wide);
		} else {
			for (int i = column; count > 0 && i < column + width; i++) {
				if (i >= left && i < right)
					run_add(run, i, 1, L" ");
			}
		}
		column += width;
	}
}

static void paint_repeated(const struct frame *frame, int row, const struct piece *piece)
{
	wchar_t glyph[2] = L"";
	uint32_t point;
	cchar_t cell;

	text_decode(piece->text, &point);
	glyph[0] = (wchar_t)point;
	if (setcchar(&cell, glyph, frame->attributes[piece->style], frame->pairs[piece->style],
	             NULL) == OK)
		mvwhline_set(frame->window, row, piece->column, &cell, piece->columns);
}

static void paint_piece(const struct frame *frame, int row, const struct piece *piece)
{
	const char *text = piece->text;
	int end = piece->column + piece->columns;
	struct run run;
	size_t length;

	if (piece->repeated) {
		paint_repeated(frame, row, piece);
		return;
	}
	run.frame = frame;
	run.piece = piece;
	run.row = row;
	run.column = run.width = run.count = 0;
	for (int column = piece->column; column < end && (length = text_next(text)) > 0;) {
		int width = is_plain(text, length) ? 1 : text_width_n(text, length);

		if (column < piece->right && column + width > piece->left)
			run_add_cluster(&run, column, text, length);
		column += width;
		text += length;
	}
	run_flush(&run);
}

/* What a later piece draws is laid on its row, which has it in the place of all others meanwhile. */
static void paint_pieces(const struct frame *frame, int row)
{
	struct row *now = &frame->now.rows[row], kept = *now;

	for (const struct piece *piece = kept.first; piece; piece = piece->next) {
		const struct later *later = piece->later;

		if (!later) {
			paint_piece(frame, row, piece);
			continue;
		}
		*now = (struct row){ 0 };
		later->draw(later->ctx, later->stamp, later->canvas, later->row);
		paint_pieces(frame, row);
		*now = kept;
	}
}

static void paint_row(const struct frame *frame, int row)
{
	wmove(frame->window, row, 0);
	wclrtoeol(frame->window);
	paint_pieces(frame, row);
}

/* ---- What has changed */

static bool is_same_later(const struct later *a, const struct later *b)
{
	return a == b || (a && b && a->draw == b->draw && a->size == b->size &&
	                  memcmp(a->stamp, b->stamp, a->size) == 0);
}

static bool is_same(const struct piece *a, const struct piece *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (a->style != b->style || a->repeated != b->repeated || a->column != b->column ||
		    a->columns != b->columns || a->left != b->left || a->right != b->right ||
		    !is_same_later(a->later, b->later) || strcmp(a->text, b->text) != 0)
			return false;
	return a == b;
}

void frame_paint(struct frame *frame)
{
	const struct layer *now = &frame->now, *shown = &frame->shown;

	for (int row = 0; row < getmaxy(frame->window); row++)
		if (!shown->rows || !is_same(now->rows[row].first, shown->rows[row].first))
			paint_row(frame, row);
	frame_forget(frame);
}

void frame_end(struct frame *frame)
{
	struct layer before = frame->shown;

	frame_paint(frame);
	frame->shown = frame->now;
	frame->now = before;
}
