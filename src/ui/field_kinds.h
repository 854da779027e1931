/*
 * What a kind of field has to offer: one table of functions for each. A form
 * and a grid know fields only through these. For the fields of this folder.
 */
#ifndef TRATO_UI_FIELD_KINDS_H
#define TRATO_UI_FIELD_KINDS_H

#include <base/buf.h>
#include <ui/field.h>

#include "field_edit.h"

struct pick;
struct checklist;
struct grid;

struct field {
	const struct field_def *def;
	const struct field_ops *ops;
	struct edit edit;
	bool right;        /* figures in a grid */
	struct buf value;  /* what the latest field_value gave */
	struct rect place; /* on the screen, at the latest drawing */
	int chosen;        /* CHOICE: -1 for none; FLAG: 0 or 1 */
	int choice_count;
	struct field_choice *choices; /* set at run time, translated and owned */
	struct pick *pick;
	struct checklist *checklist;
	struct grid *grid;
};

struct field_ops {
	void (*open)(struct field *);
	void (*close)(struct field *);
	enum field_did (*key)(struct field *, const struct key_event *);
	void (*draw)(struct field *, struct canvas *, bool active);
	/* Rows that it would like to have. */
	int (*rows)(struct field *);
	bool (*is_empty)(const struct field *);
	/* Into field->value; only called when not empty. false: err says why not. */
	bool (*read)(struct field *, struct err *);
	/* Where being readable is not enough. */
	bool (*check)(struct field *, struct err *);
	void (*set)(struct field *, const char *value);
	void (*leave)(struct field *);
};

extern const struct field_ops field_ops_typed;
extern const struct field_ops field_ops_choice;
extern const struct field_ops field_ops_flag;
extern const struct field_ops field_ops_pick;
extern const struct field_ops field_ops_checklist;
extern const struct field_ops field_ops_grid;

/* Columns that the field is best drawn with, of at most `most`. */
int field_width(const struct field *field, int most);
int field_rows(struct field *field);
/* Whether its hint has room in it. */
bool field_hint_fits(const struct field *field, int width);
void field_set_choices(struct field *field, const struct rows *rows);
/* Its value, or what is typed where that cannot be read: to see whether it changed. */
void field_snapshot(struct field *field, struct buf *out);
/* What a snapshot has of it: the value, or the text where there is none. Not for checklists and
 * grids. */
void field_put(struct field *field, const char *value, const char *text);
/* Chooses it; where the choices come at run time it need not be among them yet. */
void choice_put(struct field *field, const char *value, const char *label);
/* Appends to an array literal that stands in out; NULL for SQL's NULL. */
void field_add_element(struct buf *out, const char *element);

/* field_read.c: typed text into SQL's words (to field->value) and back. */
bool field_read_typed(struct field *field, struct err *err);
void field_write_typed(const struct field *field, const char *value, struct buf *out);

/* pick.c, checklist.c, grid.c: what only a form asks of them. */
unsigned pick_tag(const struct field *field);
void pick_set(struct field *field, const char *id, const char *label);
void pick_offer(struct field *field, unsigned tag, const struct rows *rows);
/* Over the form's canvas, below or above the rows where the field stands. */
void pick_draw_list(struct field *field, struct canvas *canvas, struct rect place);
/* Takes the candidate under the cursor; false where there is none. */
bool pick_take(struct field *field);

void checklist_set(struct field *field, const struct rows *rows);
void checklist_set_empty(struct field *field, const char *sentence);
void checklist_tick(struct field *field, const char *id, bool ticked);
/* Ticks it unless it is blocked; its item need not have come yet. */
void checklist_wish(struct field *field, const char *id, const char *label);
int checklist_ticks(const struct field *field);
/* The item that is ticked as number `tick`, from 0. Valid until the list changes. */
void checklist_ticked(const struct field *field, int tick, const char **id, const char **label);
/* The id under the cursor, "" where there is none. */
const char *checklist_current(const struct field *field);

int grid_lines(const struct field *field);
struct field *grid_cell(struct field *field, int line, const char *column);
/* A buffer for each column, so that arrays of all of them can be parameters of one statement. */
struct buf *grid_column_buffer(struct field *field, const char *column);
/* The cell, with lines added as needed; NULL where there is no such column. */
struct field *grid_make_cell(struct field *field, int line, const char *column);
void grid_fail(struct field *field, int line, const char *column, const char *sentence);
/* Whether something has changed. */
bool grid_edit(struct field *field, enum grid_edit edit);
/* Puts the cursor on its first or its last cell, as one comes from above or below. */
void grid_enter(struct field *field, bool from_below);
/* Where its cursor stands; and back, as far as there is such a cell. */
void grid_tell(const struct field *field, int *line, int *column);
void grid_go(struct field *field, int line, int column);

#endif
