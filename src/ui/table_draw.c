/*
 * How a table looks: headings, a window of rows, the cursor's row and the marks
 * with a sign each. For tables only.
 */
#include "table_own.h"

#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <ui/layout.h>

/* For the signs of cursor and mark, left of the columns. */
#define GUTTER 2

/* "Client▲": what the column is called, and that the list is sorted by it. The sign has its place
 * where the name is cut. */
static void draw_heading(const struct table *table, struct canvas *canvas,
                         const struct table_column *column, int at, int width)
{
	const char *sign = table->descending ? canvas_glyph(canvas, "▼", "v")
	                                     : canvas_glyph(canvas, "▲", "^");
	/* A catalogue's text for "" is what it says about itself. */
	const char *text = column->heading[0] != '\0' ? _(column->heading) : "";
	bool sorted = table->order && strcmp(table->order, column->name) == 0;

	if (sorted)
		text = arena_printf(canvas_arena(canvas), "%s%s",
		                    text_shorten(canvas_arena(canvas), text, width - 1), sign);
	canvas_aligned(canvas, 0, at, width, column->align, STYLE_HEADING, text);
}

static void draw_headings(const struct table *table, struct canvas *canvas, const int *widths)
{
	int column = GUTTER;

	canvas_fill(canvas, (struct rect){ 0, 0, 1, canvas_width(canvas) }, STYLE_HEADING);
	for (int i = 0; i < table->column_count; i++) {
		if (widths[i] == 0)
			continue;
		draw_heading(table, canvas, &table->columns[i], column, widths[i]);
		column += widths[i] + 1;
	}
}

static void draw_cell(const struct table_column *column, struct canvas *canvas, struct rect place,
                      struct table_cell *cell, enum style row_style)
{
	cell->text = rows_text(cell->rows, cell->row, column->name);
	cell->width = place.width;
	cell->style = STYLE_NORMAL;
	if (column->format)
		column->format(cell);
	canvas_aligned(canvas, place.row, place.column, place.width, column->align,
	               row_style == STYLE_NORMAL ? cell->style : row_style, cell->text);
}

/* All that a row is made of, see canvas_row. */
struct stamp {
	unsigned long edition;
	const char *language;
	struct date today;
	int width;
	int at;
	enum style style;
	bool marked, here, unused[6];
};

_Static_assert(sizeof(struct stamp) == sizeof(long) + sizeof(char *) + sizeof(struct date) + 20,
               "padding is no part of what a row is made of");

static void draw_row(void *ctx, const void *stamped, struct canvas *canvas, int screen_row)
{
	const struct table *table = ctx;
	const struct stamp *stamp = stamped;
	enum style style = stamp->style;
	struct table_cell cell = { .arena = canvas_arena(canvas) };
	int column = GUTTER;

	cell.rows = table_locate(table, stamp->at, &cell.row);
	if (style != STYLE_NORMAL)
		canvas_fill(canvas, (struct rect){ screen_row, 0, 1, canvas_width(canvas) }, style);
	if (stamp->here)
		canvas_text(canvas, screen_row, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
	if (stamp->marked)
		canvas_text(canvas, screen_row, 1, 1, style, "*");
	for (int i = 0; i < table->column_count; i++) {
		int width = table->widths[i];

		if (width == 0)
			continue;
		draw_cell(&table->columns[i], canvas, (struct rect){ screen_row, column, 1, width },
		          &cell, style);
		column += width + 1;
	}
}

static void draw_rows(struct table *table, struct canvas *canvas, bool active)
{
	struct stamp stamp = {
		.edition = table->edition,
		.language = i18n_language(),
		.today = date_today(),
		.width = table->width,
	};

	for (int i = 0; i < table->height && table->top + i < table->count; i++) {
		stamp.at = table->top + i;
		stamp.here = stamp.at == table->cursor;
		stamp.marked = table_is_marked(table, table_key_at(table, stamp.at));
		stamp.style = stamp.here   ? (active ? STYLE_CURSOR : STYLE_STRONG)
		            : stamp.marked ? STYLE_MARKED
		                           : STYLE_NORMAL;
		canvas_row(canvas, 1 + i, &stamp, sizeof(stamp), draw_row, table);
	}
}

/* Numbers grow longer with the years, so the rows are looked at. */
static int least_width(const struct table *table, const struct table_column *column)
{
	int least = column->min;

	if (column->weight != TABLE_WHOLE)
		return least;
	for (int page = 0; page < table->page_count; page++) {
		const struct rows *rows = table->pages[page].rows;
		int at = rows_column(rows, column->name);

		for (int row = 0; at >= 0 && row < rows->count; row++) {
			const char *number = rows->cells[row * rows->columns + at];
			int width = number ? text_width(number) : 0;

			least = width > least ? width : least;
		}
	}
	return least;
}

static void measure(struct table *table, int width)
{
	size_t count = (size_t)table->column_count;
	struct layout_column *columns;

	if (table->widths && table->width == width && table->measured == table->edition)
		return;
	columns = mem_array(count, sizeof(*columns));
	for (int i = 0; i < table->column_count; i++) {
		columns[i].min = least_width(table, &table->columns[i]);
		columns[i].ideal = table->columns[i].ideal;
		columns[i].weight = table->columns[i].weight == TABLE_WHOLE
		                            ? 0
		                            : table->columns[i].weight;
		columns[i].priority = table->columns[i].priority;
	}
	free(table->widths);
	table->widths = mem_array(count, sizeof(*table->widths));
	table->width = width;
	table->measured = table->edition;
	layout_columns(columns, table->column_count, width - GUTTER, 1, table->widths);
	free(columns);
}

const char *table_heading(const struct table *table, const struct key_event *event)
{
	int left = event->column - table->place.column - GUTTER;

	if (event->code != KEYS_MOUSE || event->row != table->place.row - 1 || !table->widths ||
	    (event->button != MOUSE_LEFT && event->button != MOUSE_DOUBLE))
		return NULL;
	for (int i = 0; i < table->column_count && left >= 0; i++) {
		if (table->widths[i] == 0)
			continue;
		if (left < table->widths[i])
			return table->columns[i].name;
		left -= table->widths[i] + 1;
	}
	return NULL;
}

void table_draw(struct table *table, struct canvas *canvas, bool active)
{
	int width = canvas_width(canvas);

	if (canvas_height(canvas) < 1)
		return;
	table->height = canvas_height(canvas) - 1;
	table->place = canvas_place(canvas);
	layout_cut_top(&table->place, 1);
	table_settle(table);
	measure(table, width);
	draw_headings(table, canvas, table->widths);
	draw_rows(table, canvas, active);
	if (table->count > 0)
		return;
	canvas_paragraph(canvas, (struct rect){ 1, GUTTER, table->height, width - GUTTER }, 0,
	                 STYLE_DIM,
	                 table_is_waiting(table) ? _("Loading…")
	                 : table->empty          ? table->empty
	                                         : _("There is nothing here."));
}
