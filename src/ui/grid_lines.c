/*
 * The lines of a grid: how they begin, which of them count, and their cells by
 * name. Keys are in grid.c. For grids only.
 */
#include "grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

#define GRID_LINES 200

const struct field_def *grid_column(const struct field *field, int column)
{
	return &field->def->columns[column];
}

int grid_find_column(const struct field *field, const char *name)
{
	for (int i = 0; i < field->grid->columns; i++) {
		if (strcmp(grid_column(field, i)->name, name) == 0)
			return i;
	}
	return -1;
}

int grid_most_lines(const struct field *field)
{
	return field->def->max > 0 ? field->def->max : GRID_LINES;
}

static struct grid_line make_line(const struct field *field)
{
	struct grid_line line = { mem_array((size_t)field->grid->columns, sizeof(*line.cells)) };

	for (int i = 0; i < field->grid->columns; i++) {
		enum field_kind kind = grid_column(field, i)->kind;

		line.cells[i].field = field_new(grid_column(field, i));
		line.cells[i].field->right =
		    kind == FIELD_AMOUNT || kind == FIELD_DECIMAL || kind == FIELD_INTEGER;
	}
	return line;
}

void grid_free_line(const struct grid *grid, struct grid_line *line)
{
	for (int i = 0; i < grid->columns; i++) {
		field_free(&line->cells[i].field);
		free(line->cells[i].error);
	}
	free(line->cells);
}

bool grid_insert_line(struct field *field, int at)
{
	struct grid *grid = field->grid;

	if (grid->count >= grid_most_lines(field))
		return false;
	if (grid->count == grid->size) {
		grid->size = grid->size ? 2 * grid->size : 8;
		grid->lines = mem_resize(grid->lines, (size_t)grid->size, sizeof(*grid->lines));
	}
	memmove(grid->lines + at + 1, grid->lines + at,
	        (size_t)(grid->count - at) * sizeof(*grid->lines));
	grid->lines[at] = make_line(field);
	grid->count++;
	return true;
}

bool grid_add_line(struct field *field)
{
	return grid_insert_line(field, field->grid->count);
}

void grid_remove_line(struct field *field, int at)
{
	struct grid *grid = field->grid;

	grid_free_line(grid, &grid->lines[at]);
	grid->count--;
	memmove(grid->lines + at, grid->lines + at + 1,
	        (size_t)(grid->count - at) * sizeof(*grid->lines));
	if (grid->count == 0)
		grid_add_line(field);
	if (grid->line >= grid->count)
		grid->line = grid->count - 1;
}

void grid_open(struct field *field)
{
	struct grid *grid = field->grid = mem_alloc(sizeof(*grid));

	while (field->def->columns[grid->columns].name)
		grid->columns++;
	grid->blank = make_line(field);
	grid_add_line(field);
	grid_enter(field, false);
}

void grid_close(struct field *field)
{
	struct grid *grid = field->grid;

	for (int i = 0; i < grid->count; i++)
		grid_free_line(grid, &grid->lines[i]);
	grid_free_line(grid, &grid->blank);
	grid_forget(grid, &grid->done);
	grid_forget(grid, &grid->undone);
	free(grid->lines);
	free(grid);
}

bool grid_line_is_empty(const struct grid *grid, int line)
{
	for (int i = 0; i < grid->columns; i++) {
		const struct field *cell = grid->lines[line].cells[i].field;
		const struct field *blank = grid->blank.cells[i].field;

		if (!cell->def->read_only && (cell->chosen != blank->chosen ||
		                              strcmp(field_text(cell), field_text(blank)) != 0))
			return false;
	}
	return true;
}

int grid_lines(const struct field *field)
{
	const struct grid *grid = field->grid;
	int count = grid->count;

	while (count > 0 && grid_line_is_empty(grid, count - 1))
		count--;
	return count;
}

struct field *grid_cell(struct field *field, int line, const char *column)
{
	int at = grid_find_column(field, column);

	if (at < 0 || line < 0 || line >= field->grid->count)
		return NULL;
	return field->grid->lines[line].cells[at].field;
}

struct field *grid_make_cell(struct field *field, int line, const char *column)
{
	while (line >= field->grid->count && grid_add_line(field))
		;
	return grid_cell(field, line, column);
}

struct buf *grid_column_buffer(struct field *field, const char *column)
{
	int at = grid_find_column(field, column);

	assert(at >= 0);
	return &field->grid->blank.cells[at].field->value;
}

/* The value of a grid is read cell by cell; as a whole it only shows whether something changed. */
bool grid_read(struct field *field, struct err *err)
{
	struct grid *grid = field->grid;
	int count = grid_lines(field);

	(void)err;
	buf_clear(&field->value);
	for (int line = 0; line < count; line++) {
		for (int column = 0; column < grid->columns; column++) {
			if (!grid_column(field, column)->read_only)
				field_snapshot(grid->lines[line].cells[column].field,
				               &field->value);
		}
	}
	return true;
}

/* Lines come with grid_make_cell; here is only a way to empty it. */
void grid_clear(struct field *field, const char *value)
{
	(void)value;
	grid_close(field);
	grid_open(field);
}
