/*
 * What is done with whole lines of a grid: in, out, once more, up and down. Each
 * can be taken back. For grids only.
 */
#include "grid.h"

#include <base/i18n.h>

static struct field *cell_at(const struct grid *grid, int line, int column)
{
	return grid->lines[line].cells[column].field;
}

static bool refuse_more(struct field *field)
{
	grid_say(field, _("It has as many lines as there may be."));
	return false;
}

static bool insert(struct field *field)
{
	struct grid *grid = field->grid;
	struct grid_step step = grid_save(field, grid->line, 0, 1);

	if (!grid_insert_line(field, grid->line)) {
		grid_drop(grid, &step);
		return refuse_more(field);
	}
	grid_note(field, step);
	grid_move(field, grid->line, grid_first_column(field));
	return true;
}

/* Of a grid's last line nothing is left but an empty one. */
static bool delete (struct field *field)
{
	struct grid *grid = field->grid;
	bool last = grid->count == 1;

	if (last && grid_line_is_empty(grid, 0))
		return false;
	grid_note(field, grid_save(field, grid->line, 1, last));
	grid_remove_line(field, grid->line);
	grid->typing = false;
	return true;
}

static bool again(struct field *field)
{
	struct grid *grid = field->grid;
	int line = grid->line;
	struct grid_step step = grid_save(field, line + 1, 0, 1);

	if (!grid_insert_line(field, line + 1)) {
		grid_drop(grid, &step);
		return refuse_more(field);
	}
	grid_note(field, step);
	for (int i = 0; i < grid->columns; i++) {
		struct field *from = cell_at(grid, line, i);

		field_put(cell_at(grid, line + 1, i), field_value(from), field_text(from));
	}
	grid_move(field, line + 1, grid->column);
	return true;
}

static bool carry(struct field *field, int by)
{
	struct grid *grid = field->grid;
	int line = grid->line, to = line + by, upper = by < 0 ? to : line;
	struct grid_line carried = grid->lines[line];

	if (to < 0 || to >= grid->count)
		return false;
	grid_note(field, grid_save(field, upper, 2, 2));
	grid->lines[line] = grid->lines[to];
	grid->lines[to] = carried;
	grid->line = to;
	grid->typing = false;
	return true;
}

bool grid_edit(struct field *field, enum grid_edit edit)
{
	field_leave(cell_at(field->grid, field->grid->line, field->grid->column));
	switch (edit) {
	case GRID_INSERT: return insert(field);
	case GRID_DELETE: return delete (field);
	case GRID_DOUBLE: return again(field);
	case GRID_UP: return carry(field, -1);
	case GRID_DOWN: return carry(field, 1);
	case GRID_UNDO: return grid_undo(field);
	case GRID_REDO: return grid_redo(field);
	}
	return false;
}
