/*
 * How a table looks: headings, a window of rows, the cursor's row and the marks
 * with a sign each. For tables only.
 */
#include "table_own.h"

#include <stdlib.h>
#include <string.h>

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
	cell->style = STYLE_NORMAL;
	if (column->format)
		column->format(cell);
	canvas_aligned(canvas, place.row, place.column, place.width, column->align,
	               row_style == STYLE_NORMAL ? cell->style : row_style, cell->text);
}

static void draw_row(const struct table *table, struct canvas *canvas, int screen_row, int at,
                     const int *widths, bool active)
{
	bool here = at == table->cursor;
	bool marked = table_is_marked(table, table_key_at(table, at));
	enum style style = here   ? (active ? STYLE_CURSOR : STYLE_STRONG)
	                 : marked ? STYLE_MARKED
	                          : STYLE_NORMAL;
	struct table_cell cell = { .arena = canvas_arena(canvas) };
	int column = GUTTER;

	cell.rows = table_locate(table, at, &cell.row);
	if (style != STYLE_NORMAL)
		canvas_fill(canvas, (struct rect){ screen_row, 0, 1, canvas_width(canvas) }, style);
	if (here)
		canvas_text(canvas, screen_row, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
	if (marked)
		canvas_text(canvas, screen_row, 1, 1, style, "*");
	for (int i = 0; i < table->column_count; i++) {
		if (widths[i] == 0)
			continue;
		draw_cell(&table->columns[i], canvas,
		          (struct rect){ screen_row, column, 1, widths[i] }, &cell, style);
		column += widths[i] + 1;
	}
}

/* Numbers grow longer with the years, so the rows are looked at in every frame. */
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

static int *column_widths(const struct table *table, int width)
{
	size_t count = (size_t)table->column_count;
	struct layout_column *columns = mem_array(count, sizeof(*columns));
	int *widths = mem_array(count, sizeof(*widths));

	for (int i = 0; i < table->column_count; i++) {
		columns[i].min = least_width(table, &table->columns[i]);
		columns[i].ideal = table->columns[i].ideal;
		columns[i].weight = table->columns[i].weight == TABLE_WHOLE
		                            ? 0
		                            : table->columns[i].weight;
		columns[i].priority = table->columns[i].priority;
	}
	layout_columns(columns, table->column_count, width - GUTTER, 1, widths);
	free(columns);
	return widths;
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
	free(table->widths);
	table->widths = column_widths(table, width);
	draw_headings(table, canvas, table->widths);
	for (int i = 0; i < table->height && table->top + i < table->count; i++)
		draw_row(table, canvas, 1 + i, table->top + i, table->widths, active);
	if (table->count > 0)
		return;
	canvas_paragraph(canvas, (struct rect){ 1, GUTTER, table->height, width - GUTTER }, 0,
	                 STYLE_DIM,
	                 table_is_waiting(table) ? _("Loading…")
	                 : table->empty          ? table->empty
	                                         : _("There is nothing here."));
}
