/*
 * Lines, frames and bars: shapes made of ordinary characters, each with its
 * stand-in for terminals that have only ASCII.
 */
#include <ui/canvas.h>

#include "canvas_frame.h"

void canvas_line(struct canvas *canvas, int row)
{
	canvas_repeat(canvas, row, 0, canvas_width(canvas), STYLE_BOX,
	              canvas_glyph(canvas, "─", "-"));
}

void canvas_box(struct canvas *canvas, struct rect part, const char *title)
{
	struct canvas *box = canvas_part(canvas, part);
	/* Of the size that was asked for, so that a box cut by the edge shows no false corner. */
	int last_row = part.height - 1, last_column = part.width - 1;
	const char *horizontal = canvas_glyph(canvas, "─", "-");
	const char *vertical = canvas_glyph(canvas, "│", "|");

	if (part.height <= 0 || part.width <= 0)
		return;
	canvas_fill(box, (struct rect){ 0, 0, canvas_height(box), canvas_width(box) },
	            STYLE_NORMAL);
	canvas_repeat(box, 0, 1, last_column - 1, STYLE_BOX, horizontal);
	canvas_repeat(box, last_row, 1, last_column - 1, STYLE_BOX, horizontal);
	for (int row = 1; row < last_row && row < canvas_height(box); row++) {
		canvas_text(box, row, 0, 1, STYLE_BOX, vertical);
		canvas_text(box, row, last_column, 1, STYLE_BOX, vertical);
	}
	canvas_text(box, 0, 0, 1, STYLE_BOX, canvas_glyph(canvas, "┌", "+"));
	canvas_text(box, 0, last_column, 1, STYLE_BOX, canvas_glyph(canvas, "┐", "+"));
	canvas_text(box, last_row, 0, 1, STYLE_BOX, canvas_glyph(canvas, "└", "+"));
	canvas_text(box, last_row, last_column, 1, STYLE_BOX, canvas_glyph(canvas, "┘", "+"));
	if (title && title[0] && part.width > 6) {
		int used = canvas_text(box, 0, 3, part.width - 6, STYLE_STRONG, title);

		canvas_text(box, 0, 2, 1, STYLE_STRONG, " ");
		canvas_text(box, 0, 3 + used, 1, STYLE_STRONG, " ");
	}
}

void canvas_bar(struct canvas *canvas, int row, int column, int columns, enum style style,
                long long numerator, long long denominator)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	bool ascii = canvas->frame->ascii;
	int steps, full;

	if (columns <= 0 || numerator <= 0 || denominator <= 0)
		return;
	if (numerator > denominator)
		numerator = denominator;
	/* Doubles are exact enough for eighths of a cell, and cannot overflow. */
	steps = (int)((double)numerator / (double)denominator * columns * 8 + 0.5);
	full = ascii ? (steps + 4) / 8 : steps / 8;
	canvas_repeat(canvas, row, column, full, style, ascii ? "#" : "█");
	/* Something is not nothing: the least of it is shown. */
	if (ascii && full == 0)
		canvas_text(canvas, row, column, 1, style, ".");
	else if (!ascii && (steps % 8 > 0 || steps == 0))
		canvas_text(canvas, row, column + full, 1, style,
		            eighths[steps == 0 ? 1 : steps % 8]);
}
