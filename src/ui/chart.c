/*
 * Columns and the bar that is split. Lengths are computed in eighths of a cell;
 * with ASCII they are rounded to whole ones. For the screens that show figures.
 */
#include <ui/chart.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <base/text.h>

#include "canvas_frame.h"

enum { EIGHTHS = 8, COLUMN_MAX = 9, GAP = 1 };

static long long chart_most(const struct chart_item *items, int count)
{
	long long most = 1;

	for (int i = 0; i < count; i++)
		if (items[i].amount > most)
			most = items[i].amount;
	return most;
}

/* ---- columns ---- */

/* From the left edge of one column to that of the next. */
static int columns_step(int width, int count)
{
	int step = count > 0 ? width / count : 0;

	return step > COLUMN_MAX + GAP ? COLUMN_MAX + GAP : step < 1 ? 1 : step;
}

static int columns_left(int width, int count)
{
	int used = columns_step(width, count) * count;

	return used < width ? (width - used) / 2 : 0;
}

int chart_columns_at(int width, int count, int column)
{
	int at = column - columns_left(width, count);
	int item = at >= 0 ? at / columns_step(width, count) : -1;

	return item < count ? item : -1;
}

/* Something is not nothing: the least of it is shown. */
static int columns_eighths(long long amount, long long most, int height)
{
	int eighths;

	if (amount <= 0 || height <= 0)
		return 0;
	/* Doubles are exact enough for eighths of a cell, and cannot overflow. */
	eighths = (int)((double)amount / (double)most * height * EIGHTHS + 0.5);
	return eighths > 0 ? eighths : 1;
}

/* Returns the row above the column. */
static int columns_draw_one(struct canvas *canvas, int column, int width, int height, int eighths,
                            enum style style)
{
	static const char *const parts[] = { "", "▁", "▂", "▃", "▄", "▅", "▆", "▇" };
	bool ascii = canvas->frame->ascii;
	int rows = eighths / EIGHTHS, rest = eighths % EIGHTHS;

	for (int row = height - rows; row < height; row++)
		canvas_repeat(canvas, row, column, width, style, ascii ? "#" : "█");
	if (rest == 0)
		return height - rows - 1;
	/* In ASCII what is less than half a cell lies low in it. */
	if (ascii)
		canvas_repeat(canvas, height - rows - 1, column, width, style,
		              rest < EIGHTHS / 2 ? "_" : "=");
	else
		canvas_repeat(canvas, height - rows - 1, column, width, style, parts[rest]);
	return height - rows - 2;
}

/* Every how many labels (or values) one is written, so that they do not run into each other. */
static int columns_every(int widest, int step)
{
	int every = 1;

	while (every * step < widest + 1)
		every++;
	return every;
}

static int columns_widest(const struct chart_item *items, int count, bool values)
{
	int widest = 0;

	for (int i = 0; i < count; i++) {
		const char *text = values ? items[i].value : items[i].label;
		int width = text != NULL ? text_width(text) : 0;

		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Centred over its column, but within the canvas. */
static void columns_text(struct canvas *canvas, int row, int column, int width, enum style style,
                         const char *text)
{
	int columns = text_width(text), at = column + (width - columns) / 2;

	if (at + columns > canvas_width(canvas))
		at = canvas_width(canvas) - columns;
	canvas_text(canvas, row, at < 0 ? 0 : at, -1, style, text);
}

void chart_columns(struct canvas *canvas, const struct chart_item *items, int count, int mark)
{
	int step = columns_step(canvas_width(canvas), count);
	int left = columns_left(canvas_width(canvas), count);
	int width = step > 2 * GAP ? step - GAP : step;
	int height = canvas_height(canvas) - 1; /* the last row has the labels */
	int labels = columns_every(columns_widest(items, count, false), step);
	bool values = columns_every(columns_widest(items, count, true), step) == 1;
	long long most = chart_most(items, count);
	int room = height > 1 ? height - 1 : height; /* the first one is for a value */

	for (int i = 0; i < count; i++) {
		const struct chart_item *item = &items[i];
		int column = left + i * step;
		int above =
		    columns_draw_one(canvas, column, width, height,
		                     columns_eighths(item->amount, most, room), item->style);

		if (item->value != NULL && (values || item->amount == most || i == count - 1))
			columns_text(canvas, above, column, width, item->style, item->value);
		/* Counted from the last one, which is never left out. */
		if ((count - 1 - i) % labels == 0 || i == mark)
			columns_text(canvas, height, column, width,
			             i == mark ? STYLE_CURSOR : STYLE_LABEL, item->label);
	}
}

/* ---- one bar, split ---- */

void chart_shares(const long long *amounts, int count, int width, int *shares)
{
	double total = 0;
	double *rests = mem_array((size_t)count + 1, sizeof(*rests));
	int left = width;

	for (int i = 0; i < count; i++)
		total += amounts[i] > 0 ? (double)amounts[i] : 0;
	for (int i = 0; i < count; i++) {
		double exact = total > 0 && amounts[i] > 0 ? (double)amounts[i] / total * width : 0;

		shares[i] = (int)exact;
		rests[i] = exact - shares[i];
		/* Something is not nothing. */
		if (shares[i] == 0 && amounts[i] > 0) {
			shares[i] = 1;
			rests[i] = -1;
		}
		left -= shares[i];
	}
	while (total > 0 && left != 0) {
		int best = 0;

		for (int i = 1; i < count; i++)
			if (left > 0 ? rests[i] > rests[best] : shares[i] > shares[best])
				best = i;
		if (left < 0 && shares[best] == 0)
			break;
		shares[best] += left > 0 ? 1 : -1;
		rests[best] -= 1;
		left -= left > 0 ? 1 : -1;
	}
	free(rests);
}

static const char *split_shade(const struct canvas *canvas, int index)
{
	static const char *const shades[][2] = {
		{ "█", "#" }, { "▓", "=" }, { "▒", "+" }, { "░", "-" }, { "▚", "." },
	};
	int shade = index % (int)(sizeof(shades) / sizeof(shades[0]));

	return canvas_glyph(canvas, shades[shade][0], shades[shade][1]);
}

int chart_split_rows(int height, int count)
{
	return height > count + 1 ? 2 : 1;
}

void chart_split(struct canvas *canvas, const struct chart_item *items, int count, int mark)
{
	struct arena *arena = canvas_arena(canvas);
	long long *amounts = arena_alloc(arena, sizeof(*amounts) * ((size_t)count + 1));
	int *shares = arena_alloc(arena, sizeof(*shares) * ((size_t)count + 1));
	int width = canvas_width(canvas), column = 0;
	int bars = chart_split_rows(canvas_height(canvas), count);

	for (int i = 0; i < count; i++)
		amounts[i] = items[i].amount;
	chart_shares(amounts, count, width, shares);
	for (int i = 0; i < count; i++) {
		const char *shade = split_shade(canvas, i);

		for (int row = 0; row < bars; row++)
			canvas_repeat(canvas, row, column, shares[i], items[i].style, shade);
		column += shares[i];
		canvas_repeat(canvas, bars + i, 0, 2, items[i].style, shade);
		canvas_text(canvas, bars + i, 3, width - 3, i == mark ? STYLE_CURSOR : STYLE_NORMAL,
		            items[i].label);
		if (items[i].value != NULL) {
			int used = text_width(items[i].value);

			canvas_text(canvas, bars + i, width - used - 1, -1, STYLE_NORMAL, " ");
			canvas_aligned(canvas, bars + i, width - used, used, ALIGN_RIGHT,
			               items[i].style, items[i].value);
		}
	}
}
