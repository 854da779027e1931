/*
 * The inside of a grid field, shared by its keys (grid.c), its lines (grid_lines.c),
 * what is done with whole lines (grid_edit.c, grid_undo.c, grid_paste.c) and its
 * drawing (grid_draw.c), and known to nobody else.
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

/* How to take a change back: `now` lines from `at` on were these before. */
struct grid_step {
	int at, now, before;
	int line, column; /* where the cursor was */
	struct grid_text {
		char *value, *text;
	} * cells; /* [before * columns] */
};

#define GRID_STEPS 100

struct grid_steps {
	int count;
	struct grid_step step[GRID_STEPS]; /* the latest last */
};

struct grid {
	int columns;
	int count, size;
	struct grid_line *lines;
	struct grid_line blank; /* as a new line begins: what was not touched is not there */
	int line, column;       /* the cursor */
	int first;
	struct grid_steps done, undone;
	bool typing; /* in the cursor's cell, since the latest step */
};

const struct field_def *grid_column(const struct field *field, int column);
/* -1 where there is none of that name. */
int grid_find_column(const struct field *field, const char *name);
int grid_most_lines(const struct field *field);
/* false: it has as many as it may have. */
bool grid_add_line(struct field *field);
/* A line as new ones begin, before that one. */
bool grid_insert_line(struct field *field, int at);
/* Out with it; a grid is never without a line. */
void grid_remove_line(struct field *field, int at);
void grid_free_line(const struct grid *grid, struct grid_line *line);
/* Whether it is as a new line begins; read-only columns do not count. */
bool grid_line_is_empty(const struct grid *grid, int line);
void grid_open(struct field *field);
void grid_close(struct field *field);
bool grid_read(struct field *field, struct err *err);
void grid_clear(struct field *field, const char *value);

/* Moves the cursor. */
void grid_move(struct field *field, int line, int column);
/* The first column where something can be typed. */
int grid_first_column(const struct field *field);
/* The sentence stands at the cursor's cell; NULL: none. */
void grid_say(struct field *field, const char *sentence);

/* Before a change of `before` lines from `at` on, which will be `now` lines then. It is owned. */
struct grid_step grid_save(struct field *field, int at, int before, int now);
void grid_drop(const struct grid *grid, struct grid_step *step);
/* The change was made: the step is handed over. */
void grid_note(struct field *field, struct grid_step step);
void grid_forget(const struct grid *grid, struct grid_steps *steps);
/* false: there is nothing to take back. */
bool grid_undo(struct field *field);
bool grid_redo(struct field *field);

/* A paste of cells or of several lines; FIELD_IGNORED: it is a text for the cursor's cell. */
enum field_did grid_paste(struct field *field, const char *text);

void grid_draw(struct field *field, struct canvas *canvas, bool active);
#endif
