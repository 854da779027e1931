/*
 * Taking back what was done in a grid, and doing it again. A step is some lines
 * as they were, and how many stand in their place: that says all of typing,
 * pasting, inserting, deleting and moving. For grids only.
 */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

static struct grid_text save_cell(struct field *cell)
{
	const char *value = field_value(cell);

	return (struct grid_text){ value ? mem_copy(value) : NULL, mem_copy(field_text(cell)) };
}

/* A proposed number is rather typed anew than mended. */
static void put_cell(struct field *cell, const struct grid_text *saved)
{
	enum field_kind kind = cell->def->kind;

	field_put(cell, saved->value, saved->text);
	cell->edit.fresh = kind >= FIELD_DATE && kind <= FIELD_INTEGER;
}

struct grid_step grid_save(struct field *field, int at, int before, int now)
{
	struct grid *grid = field->grid;
	struct grid_step step = { at, now, before, grid->line, grid->column, NULL };
	int count = before * grid->columns;

	step.cells = count > 0 ? mem_array((size_t)count, sizeof(*step.cells)) : NULL;
	for (int i = 0; i < count; i++)
		step.cells[i] =
		    save_cell(grid->lines[at + i / grid->columns].cells[i % grid->columns].field);
	return step;
}

void grid_drop(const struct grid *grid, struct grid_step *step)
{
	for (int i = 0; i < step->before * grid->columns; i++) {
		free(step->cells[i].value);
		free(step->cells[i].text);
	}
	free(step->cells);
}

void grid_forget(const struct grid *grid, struct grid_steps *steps)
{
	for (int i = 0; i < steps->count; i++)
		grid_drop(grid, &steps->step[i]);
	steps->count = 0;
}

static void push(const struct grid *grid, struct grid_steps *steps, struct grid_step step)
{
	if (steps->count == GRID_STEPS) {
		grid_drop(grid, &steps->step[0]);
		steps->count--;
		memmove(steps->step, steps->step + 1, (GRID_STEPS - 1) * sizeof(step));
	}
	steps->step[steps->count++] = step;
}

void grid_note(struct field *field, struct grid_step step)
{
	push(field->grid, &field->grid->done, step);
	grid_forget(field->grid, &field->grid->undone);
}

/* The lines of the step come back; they keep their cells as far as there are as many. */
static void put_lines(struct field *field, const struct grid_step *step)
{
	struct grid *grid = field->grid;

	for (int n = step->now; n < step->before; n++)
		grid_insert_line(field, step->at);
	for (int n = step->before; n < step->now; n++)
		grid_remove_line(field, step->at);
	for (int i = 0; i < step->before * grid->columns; i++) {
		struct grid_cell *cell =
		    &grid->lines[step->at + i / grid->columns].cells[i % grid->columns];

		put_cell(cell->field, &step->cells[i]);
		free(cell->error);
		cell->error = NULL;
	}
	grid->line = step->line < grid->count ? step->line : grid->count - 1;
	grid->column = step->column;
	grid->typing = false;
}

static bool take_back(struct field *field, struct grid_steps *from, struct grid_steps *to)
{
	struct grid *grid = field->grid;
	struct grid_step step;

	if (from->count == 0)
		return false;
	step = from->step[--from->count];
	push(grid, to, grid_save(field, step.at, step.now, step.before));
	put_lines(field, &step);
	grid_drop(grid, &step);
	return true;
}

bool grid_undo(struct field *field)
{
	return take_back(field, &field->grid->done, &field->grid->undone);
}

bool grid_redo(struct field *field)
{
	return take_back(field, &field->grid->undone, &field->grid->done);
}
