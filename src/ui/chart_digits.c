/*
 * Digits that are read from three metres: pictures of three by five points,
 * drawn with half blocks in three rows, or with whole cells in five. For chart.h.
 */
#include <ui/chart.h>

#include <stdbool.h>
#include <string.h>

#include <base/text.h>

#include "canvas_frame.h"

enum { POINTS_WIDE = 3, POINTS_HIGH = 5 };

/* Rows from above, each of three points, the left one the highest bit. */
struct picture {
	char character;
	unsigned char rows[POINTS_HIGH];
	unsigned char width;
};

static const struct picture pictures[] = {
	{ '0', { 7, 5, 5, 5, 7 }, 3 }, { '1', { 2, 6, 2, 2, 7 }, 3 }, { '2', { 7, 1, 7, 4, 7 }, 3 },
	{ '3', { 7, 1, 7, 1, 7 }, 3 }, { '4', { 5, 5, 7, 1, 1 }, 3 }, { '5', { 7, 4, 7, 1, 7 }, 3 },
	{ '6', { 7, 4, 7, 5, 7 }, 3 }, { '7', { 7, 1, 1, 1, 1 }, 3 }, { '8', { 7, 5, 7, 5, 7 }, 3 },
	{ '9', { 7, 5, 7, 1, 7 }, 3 }, { 'M', { 5, 7, 7, 5, 5 }, 3 }, { 'k', { 4, 5, 6, 5, 5 }, 3 },
	{ '-', { 0, 0, 7, 0, 0 }, 3 }, { ',', { 0, 0, 0, 4, 4 }, 1 }, { '.', { 0, 0, 0, 0, 4 }, 1 },
	{ ' ', { 0, 0, 0, 0, 0 }, 1 },
};

static const struct picture *digits_find(const char *at)
{
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		if (pictures[i].character == *at)
			return &pictures[i];
	return NULL;
}

/* The columns of the whole figure, each point `scale` wide. */
static int digits_width(const char *text, int scale)
{
	int width = 0;

	for (size_t length; (length = text_next(text)) > 0; text += length) {
		const struct picture *picture = digits_find(text);

		width += picture != NULL ? picture->width * scale + 1 : text_width_n(text, length);
	}
	return width;
}

static bool point(const struct picture *picture, int row, int column)
{
	return row < POINTS_HIGH && (picture->rows[row] & (4 >> column)) != 0;
}

static void digits_draw_large(struct canvas *canvas, int column, enum style style,
                              const struct picture *picture)
{
	for (int row = 0; row < POINTS_HIGH; row++)
		for (int i = 0; i < picture->width; i++)
			if (point(picture, row, i))
				canvas_repeat(canvas, row, column + 2 * i, 2, style,
				              canvas_glyph(canvas, "█", "#"));
}

/* Two points in each cell, one above the other. */
static void digits_draw_small(struct canvas *canvas, int column, enum style style,
                              const struct picture *picture)
{
	static const char *const halves[] = { " ", "▀", "▄", "█" };

	for (int row = 0; row < CHART_DIGITS_ROWS; row++)
		for (int i = 0; i < picture->width; i++)
			canvas_text(canvas, row, column + i, 1, style,
			            halves[point(picture, 2 * row, i) +
			                   2 * point(picture, 2 * row + 1, i)]);
}

void chart_digits(struct canvas *canvas, enum align align, enum style style, const char *text)
{
	int columns = canvas_width(canvas), rows = canvas_height(canvas);
	bool large = rows >= CHART_LARGE_ROWS && digits_width(text, 2) <= columns;
	/* Half a cell has no stand-in. */
	bool small =
	    rows >= CHART_DIGITS_ROWS && digits_width(text, 1) <= columns && !canvas->frame->ascii;
	int scale = large ? 2 : 1, left = columns - digits_width(text, scale), column;

	if (!large && !small) {
		canvas_aligned(canvas, rows >= CHART_DIGITS_ROWS ? 1 : 0, 0, columns, align, style,
		               text);
		return;
	}
	column = align == ALIGN_LEFT ? 0 : align == ALIGN_CENTRE ? left / 2 : left;
	for (size_t length; (length = text_next(text)) > 0; text += length) {
		const struct picture *picture = digits_find(text);

		if (picture == NULL) {
			char character[64] = "";

			memcpy(character, text, length < sizeof(character) ? length : 0);
			column += canvas_text(canvas,
			                      large ? CHART_LARGE_ROWS - 1 : CHART_DIGITS_ROWS - 1,
			                      column, -1, style, character);
			continue;
		}
		if (large)
			digits_draw_large(canvas, column, style, picture);
		else
			digits_draw_small(canvas, column, style, picture);
		column += picture->width * scale + 1;
	}
}
