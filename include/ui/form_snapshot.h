/*
 * What stands in a form, as a plain value that outlives it: to compare two of
 * them field by field, and to put one, or a part of it, into another form that
 * is made from the same declaration. Secrets are never in it, nor is what only
 * the form's owner changes (read-only fields).
 */
#ifndef TRATO_UI_FORM_SNAPSHOT_H
#define TRATO_UI_FORM_SNAPSHOT_H

#include <stdbool.h>

#include <base/arena.h>
#include <ui/form.h>

/* What one field, or one cell of a grid, holds. */
struct form_content {
	/* As form_value has it; NULL: empty, or typed in a way that cannot be read. */
	const char *value;
	/* As a person sees it: what was typed, the label of a choice or a pick; never NULL. */
	const char *text;
};

struct form_part {
	const struct field_def *def; /* name, kind, label, columns */
	bool hidden;
	bool typed; /* by the person, since the form was last settled */
	/* A checklist's text: the labels that are ticked, by commas; a grid's: a line for each of
	 * its lines. A grid has no value. */
	struct form_content content;
	/* GRID: lines times columns, line by line, read-only columns too. CHECKLIST: one for each
	 * tick, id and label. */
	int lines, columns;
	const struct form_content *cells;
};

struct form_snapshot {
	int count;
	const struct form_part *parts; /* in the declaration's order */
	const char *current;           /* the cursor's field */
	int line, column;              /* and its cell, in a grid */
};

/* Owned by the arena, with copies of all but the declaration. */
struct form_snapshot *form_snapshot_take(struct form *form, struct arena *arena);

/* NULL where it does not have that field. */
const struct form_part *form_snapshot_part(const struct form_snapshot *snapshot, const char *field);
/* The part's value and text; NULL and "" where it does not have that field. */
const char *form_snapshot_value(const struct form_snapshot *snapshot, const char *field);
const char *form_snapshot_text(const struct form_snapshot *snapshot, const char *field);

/* Whether the field means the same in both: by its value, or by its text where that cannot be
 * read. Ticks in any order; read-only columns of a grid do not count. NULL: all fields. */
bool form_snapshot_same(const struct form_snapshot *a, const struct form_snapshot *b,
                        const char *field);

/*
 * Puts the field back, or all of them (NULL), as if a person had typed it: what loads later for
 * the first time does not replace it. Ticks and choices whose items have not come yet are
 * there all the same. No callback of the form's owner runs and the cursor stays; false where the
 * snapshot or the form does not have the field.
 */
bool form_snapshot_put(struct form *form, const struct form_snapshot *snapshot, const char *field);
/* The cursor goes to where it stood. */
void form_snapshot_go(struct form *form, const struct form_snapshot *snapshot);

#endif
