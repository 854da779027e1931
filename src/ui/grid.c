/*
 * A table whose cells are fields: moves among them; lines come when one goes
 * down past the last. The lines themselves are in grid_lines.c, what is done with
 * whole ones in grid_edit.c, drawing is in grid_draw.c.
 */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

enum { ROWS_MAX = 40, PAGE = 10 };

/* ---- the cursor */

static struct grid_cell *current(const struct grid *grid)
{
	return &grid->lines[grid->line].cells[grid->column];
}

static void set_error(struct grid_cell *cell, const char *sentence)
{
	char *copy = sentence ? mem_copy(sentence) : NULL;

	free(cell->error);
	cell->error = copy;
}

void grid_say(struct field *field, const char *sentence)
{
	set_error(current(field->grid), sentence);
}

void grid_move(struct field *field, int line, int column)
{
	struct grid *grid = field->grid;

	field_leave(current(grid)->field);
	grid->line = line;
	grid->column = column;
	grid->typing = false;
}

static bool go(struct field *field, int line, int column)
{
	grid_move(field, line, column);
	return true;
}

/* The next column in that direction where something can be typed; -1 for none. */
static int next_column(const struct field *field, int column, int by)
{
	do
		column += by;
	while (column >= 0 && column < field->grid->columns &&
	       grid_column(field, column)->read_only);
	return column < field->grid->columns ? column : -1;
}

int grid_first_column(const struct field *field)
{
	int column = next_column(field, -1, 1);

	return column < 0 ? 0 : column;
}

void grid_enter(struct field *field, bool from_below)
{
	struct grid *grid = field->grid;

	grid->line = from_below ? grid->count - 1 : 0;
	grid->column = grid_first_column(field);
	grid->typing = false;
}

void grid_tell(const struct field *field, int *line, int *column)
{
	*line = field->grid->line;
	*column = field->grid->column;
}

void grid_go(struct field *field, int line, int column)
{
	struct grid *grid = field->grid;

	if (line >= 0 && line < grid->count && column >= 0 && column < grid->columns &&
	    !grid_column(field, column)->read_only)
		go(field, line, column);
}

/* Down past the last line adds one, unless that line is still empty: then one leaves. */
static bool go_down(struct field *field, int column)
{
	struct grid *grid = field->grid;

	if (grid->line == grid->count - 1 &&
	    (grid_line_is_empty(grid, grid->line) || !grid_add_line(field)))
		return false;
	return go(field, grid->line + 1, column);
}

/* To the first or the last line where there are no more. */
static bool go_page(struct field *field, int by)
{
	struct grid *grid = field->grid;
	int line = grid->line + by;

	return go(field, line < 0 ? 0 : line < grid->count ? line : grid->count - 1, grid->column);
}

static bool go_on(struct field *field)
{
	struct grid *grid = field->grid;
	int first = next_column(field, -1, 1), next = next_column(field, grid->column, 1);

	if (grid->column == first && grid->line == grid->count - 1 &&
	    grid_line_is_empty(grid, grid->line))
		return false;
	return next >= 0 ? go(field, grid->line, next) : go_down(field, first);
}

static bool go_back(struct field *field)
{
	struct grid *grid = field->grid;
	int previous = next_column(field, grid->column, -1);

	if (previous >= 0)
		return go(field, grid->line, previous);
	return grid->line > 0 && go(field, grid->line - 1, next_column(field, grid->columns, -1));
}

static enum field_did mouse(struct field *field, const struct key_event *event)
{
	struct grid *grid = field->grid;

	if (event->button == MOUSE_WHEEL_UP && grid->line > 0)
		go(field, grid->line - 1, grid->column);
	if (event->button == MOUSE_WHEEL_DOWN && grid->line < grid->count - 1)
		go(field, grid->line + 1, grid->column);
	if (event->button != MOUSE_LEFT && event->button != MOUSE_DOUBLE)
		return FIELD_MOVED;
	for (int i = 0; i < grid->count * grid->columns; i++) {
		int line = i / grid->columns, column = i % grid->columns;
		struct field *cell = grid->lines[line].cells[column].field;

		if (!cell->def->read_only &&
		    layout_contains(cell->place, event->row, event->column)) {
			go(field, line, column);
			return field_key(cell, event);
		}
	}
	return FIELD_MOVED;
}

/* Keys that the cell has no use for. */
static bool move(struct field *field, key_code code)
{
	struct grid *grid = field->grid;

	switch (code) {
	case KEYS_TAB:
	case KEYS_ENTER: return go_on(field);
	case KEYS_BACKTAB: return go_back(field);
	case KEYS_UP: return grid->line > 0 && go(field, grid->line - 1, grid->column);
	case KEYS_DOWN: return go_down(field, grid->column);
	case KEYS_PAGE_UP: return go_page(field, -PAGE);
	case KEYS_PAGE_DOWN: return go_page(field, PAGE);
	case KEYS_LEFT: go_back(field); return true;
	case KEYS_RIGHT:
		if (next_column(field, grid->column, 1) >= 0 || grid->line < grid->count - 1)
			go_on(field);
		return true;
	default: return false;
	}
}

/* What is typed in a cell from coming to it until leaving it is taken back in one step. */
static enum field_did type(struct field *field, const struct key_event *event)
{
	struct grid *grid = field->grid;
	struct grid_cell *cell = current(grid);
	struct grid_step step = grid_save(field, grid->line, 1, 1);
	enum field_did did = field_key(cell->field, event);

	if (did == FIELD_CHANGED && !grid->typing)
		grid_note(field, step);
	else
		grid_drop(grid, &step);
	if (did != FIELD_CHANGED)
		return did;
	grid->typing = true;
	set_error(cell, NULL);
	return did;
}

static enum field_did grid_key(struct field *field, const struct key_event *event)
{
	enum field_did did = FIELD_IGNORED;

	if (event->code == KEYS_MOUSE)
		return mouse(field, event);
	if (event->code == KEYS_PASTE)
		did = grid_paste(field, event->paste);
	if (did == FIELD_IGNORED)
		did = type(field, event);
	if (did == FIELD_IGNORED)
		return move(field, event->code) ? FIELD_MOVED : FIELD_IGNORED;
	return did;
}

/* ---- values */

static bool grid_is_empty(const struct field *field)
{
	return grid_lines(field) == 0;
}

void grid_fail(struct field *field, int line, const char *column, const char *sentence)
{
	int at = grid_find_column(field, column);

	if (at < 0 || line < 0 || line >= field->grid->count)
		return;
	go(field, line, at);
	set_error(current(field->grid), sentence);
}

/* Each cell gets its own sentence, and the cursor goes to the first that is wrong. */
static bool grid_check(struct field *field, struct err *err)
{
	struct grid *grid = field->grid;
	int count = grid_lines(field);
	bool fine = true;
	struct err own;

	for (int i = 0; i < grid->count * grid->columns; i++) {
		int line = i / grid->columns, column = i % grid->columns;
		struct grid_cell *cell = &grid->lines[line].cells[column];

		if (line >= count || field_check(cell->field, &own)) {
			set_error(cell, NULL);
			continue;
		}
		set_error(cell, own.text);
		if (fine) {
			go(field, line, column);
			err_set_field(err, field->def->name, "%s", own.text);
		}
		fine = false;
	}
	return fine;
}

static void grid_leave(struct field *field)
{
	field_leave(current(field->grid)->field);
}

/* It grows with its lines; the form lets it have no more than the window. */
static int grid_rows(struct field *field)
{
	int rows = field->def->rows > 0 ? field->def->rows : 6;
	int wanted = field->grid->count + 1;

	if (wanted > rows)
		rows = wanted < ROWS_MAX ? wanted : ROWS_MAX;
	return rows + 2; /* the heading, and a line for what is wrong */
}

const struct field_ops field_ops_grid = {
	.open = grid_open,
	.close = grid_close,
	.key = grid_key,
	.draw = grid_draw,
	.rows = grid_rows,
	.is_empty = grid_is_empty,
	.read = grid_read,
	.check = grid_check,
	.set = grid_clear,
	.leave = grid_leave,
};
