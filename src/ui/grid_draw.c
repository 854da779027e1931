/*
 * How a grid looks: headings, a window of lines, and below them what is wrong
 * with the line under the cursor. For grids only.
 */
#include <stdlib.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

#include "grid.h"

/* The headings may need more room than the figures below them. */
static struct layout_column *column_layout(const struct field *field)
{
	struct grid *grid = field->grid;
	struct layout_column *columns = mem_array((size_t)grid->columns, sizeof(*columns));

	for (int i = 0; i < grid->columns; i++) {
		const struct field_def *def = &field->def->columns[i];
		int heading = text_width(_(def->label));
		bool text = def->kind == FIELD_LINE || def->kind == FIELD_CHOICE;

		columns[i].min = def->width > 0 ? def->width : text ? 12 : 8;
		columns[i].ideal = heading > columns[i].min ? heading : columns[i].min;
		columns[i].weight = def->kind == FIELD_LINE;
	}
	return columns;
}

static const char *first_error(const struct grid *grid, int line)
{
	for (int i = 0; i < grid->columns; i++) {
		if (grid->lines[line].cells[i].error)
			return grid->lines[line].cells[i].error;
	}
	return NULL;
}

static void draw_headings(const struct field *field, struct canvas *canvas, const int *widths)
{
	int column = 2;

	canvas_fill(canvas, (struct rect){ 0, 0, 1, canvas_width(canvas) }, STYLE_HEADING);
	for (int i = 0; i < field->grid->columns; i++) {
		struct field *cell = field->grid->lines[0].cells[i].field;

		canvas_aligned(canvas, 0, column, widths[i], cell->right ? ALIGN_RIGHT : ALIGN_LEFT,
		               STYLE_HEADING, _(field->def->columns[i].label));
		column += widths[i] > 0 ? widths[i] + 1 : 0;
	}
}

static void draw_cell(struct field *cell, struct canvas *canvas, struct rect place, bool active)
{
	struct canvas *part = canvas_part(canvas, place);

	if (cell->def->read_only) {
		cell->place = canvas_place(part);
		canvas_aligned(part, 0, 0, place.width, cell->right ? ALIGN_RIGHT : ALIGN_LEFT,
		               STYLE_NORMAL, field_text(cell));
		return;
	}
	field_draw(cell, part, active);
}

/* A text that has no room is typed over the figures beside it. */
static int cell_width(const struct field *cell, const struct canvas *canvas, int column, int width,
                      bool active)
{
	if (active && cell->def->kind == FIELD_LINE && text_width(field_text(cell)) >= width)
		return canvas_width(canvas) - column - 1;
	return width;
}

static void draw_line(struct field *field, struct canvas *canvas, int row, int line,
                      const int *widths, bool active)
{
	struct grid *grid = field->grid;
	bool here = active && line == grid->line;
	int column = 2;

	if (first_error(grid, line))
		canvas_text(canvas, row, 1, 1, STYLE_ERROR, "!");
	if (here)
		canvas_text(canvas, row, 0, 1, STYLE_STRONG, canvas_glyph(canvas, "▸", ">"));
	for (int i = 0; i < grid->columns; i++) {
		struct field *cell = grid->lines[line].cells[i].field;
		bool typed = here && i == grid->column;
		int width = cell_width(cell, canvas, column, widths[i], typed);

		if (widths[i] == 0)
			continue;
		draw_cell(cell, canvas, (struct rect){ row, column, 1, width }, typed);
		if (width > widths[i])
			break;
		column += widths[i] + 1;
	}
}

/* The sentence for the cursor's cell, else for its line, else for the first line with one. */
static const char *sentence(const struct grid *grid)
{
	const char *found = grid->lines[grid->line].cells[grid->column].error;

	if (!found)
		found = first_error(grid, grid->line);
	for (int line = 0; !found && line < grid->count; line++)
		found = first_error(grid, line);
	return found;
}

void grid_draw(struct field *field, struct canvas *canvas, bool active)
{
	struct grid *grid = field->grid;
	int width = canvas_width(canvas), height = canvas_height(canvas) - 1;
	const char *wrong = sentence(grid);
	struct layout_column *columns = column_layout(field);
	int *widths = mem_array((size_t)grid->columns, sizeof(*widths));

	/* The last column is for what says that there are more lines. */
	layout_columns(columns, grid->columns, width - 3, 1, widths);
	/* Cells that scrolled away must not catch clicks. */
	for (int i = 0; i < grid->count * grid->columns; i++)
		grid->lines[i / grid->columns].cells[i % grid->columns].field->place =
		    (struct rect){ 0, 0, 0, 0 };
	draw_headings(field, canvas, widths);
	if (height > 1)
		height--;
	grid->first = layout_scroll(grid->first, grid->line, grid->count, height);
	for (int i = 0; i < height && grid->first + i < grid->count; i++)
		draw_line(field, canvas, 1 + i, grid->first + i, widths, active);
	if (wrong)
		canvas_textf(canvas, canvas_height(canvas) - 1, 2, -1, STYLE_ERROR, "! %s", wrong);
	else if (active)
		canvas_text(
		    canvas, canvas_height(canvas) - 1, 2, -1, STYLE_DIM,
		    _("Down past the last line adds one; lines of a spreadsheet can be pasted."));
	if (grid->first > 0)
		canvas_text(canvas, 1, width - 1, 1, STYLE_DIM, canvas_glyph(canvas, "↑", "^"));
	if (grid->first + height < grid->count)
		canvas_text(canvas, height, width - 1, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↓", "v"));
	free(columns);
	free(widths);
}
