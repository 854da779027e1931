/*
 * The inside of a grid field, shared by its keys (grid.c), its lines (grid_lines.c)
 * and its drawing (grid_draw.c), and known to nobody else.
 */
#ifndef TRATO_UI_GRID_H
#define TRATO_UI_GRID_H

#include <ui/layout.h>

#include "field_kinds.h"

struct grid_cell {
	struct field *field;
	char *error; /* NULL where it is in order */
};

struct grid_line {
	struct grid_cell *cells; /* [columns] */
};

struct grid {
	int columns;
	int count, size;
	struct grid_line *lines;
	struct grid_line blank; /* as a new line begins: what was not touched is not there */
	int line, column;       /* the cursor */
	int first;
};

const struct field_def *grid_column(const struct field *field, int column);
/* -1 where there is none of that name. */
int grid_find_column(const struct field *field, const char *name);
/* false: it has as many as it may have. */
bool grid_add_line(struct field *field);
void grid_free_line(const struct grid *grid, struct grid_line *line);
/* Whether it is as a new line begins; read-only columns do not count. */
bool grid_line_is_empty(const struct grid *grid, int line);
void grid_open(struct field *field);
void grid_close(struct field *field);
bool grid_read(struct field *field, struct err *err);
void grid_clear(struct field *field, const char *value);

void grid_draw(struct field *field, struct canvas *canvas, bool active);
#endif
