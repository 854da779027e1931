/*
 * The inside of a grid field, shared by its keys (grid.c) and its drawing
 * (grid_draw.c), and known to nobody else.
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
	int line, column; /* the cursor */
	int first;
};

void grid_draw(struct field *field, struct canvas *canvas, bool active);
#endif
