/*
 * Mine, theirs, before: what two people have made of the same form, as rows
 * among which one chooses, and the form that comes of the choice. Knows what
 * stood in forms, no database and no screen. For form_merge.c and merge_view.c.
 */
#ifndef TRATO_VIEW_MERGE_H
#define TRATO_VIEW_MERGE_H

#include <base/merge.h>
#include <ui/form_snapshot.h>

enum merge_choice {
	CHOICE_BEFORE = MERGE_BEFORE,
	CHOICE_THEIRS = MERGE_THEIRS,
	CHOICE_MINE = MERGE_MINE,
	CHOICE_BOTH, /* mine, and theirs behind it: lines only */
	CHOICE_OPEN, /* not chosen yet */
};

/* A field, or one piece of it: a line of a text or of a grid, a cell of a line, a tick. */
struct merge_row {
	const struct form_part *parts[MERGE_SIDES]; /* of the field */
	struct merge_piece piece;
	const char *label;              /* "Notes · 3", translated */
	const char *words[MERGE_SIDES]; /* in one line; "" for nothing */
	const char *text[MERGE_SIDES];  /* in full; a grid's cells with their headings */
	enum merge_choice choice;
	bool lines; /* CHOICE_BOTH is possible */
	int column; /* of the grid, where the row is a cell; else -1 */
};

struct merge {
	struct arena *arena;
	const struct form_snapshot *sides[MERGE_SIDES]; /* borrowed */
	int count;
	struct merge_row *rows; /* in the order of the fields; those that are the same too */
};

/*
 * The sides are of one declaration and outlive the merge. names: only of these fields, NULL for
 * all. What only one side has changed is chosen already; what both have changed differently is
 * open.
 */
struct merge *merge_new(const char *const *names,
                        const struct form_snapshot *const sides[MERGE_SIDES]);
void merge_free(struct merge **merge);
/* Whether a person has to look at the row: it is not the same in mine and theirs. */
bool merge_is_shown(const struct merge_row *row);
/* Whether they have changed anything that I do not have. */
bool merge_is_needed(const struct merge *merge);
/* How many rows are not chosen yet, and the first of them after that row (-1: of all), or -1. */
int merge_open(const struct merge *merge);
int merge_next_open(const struct merge *merge, int after);
/* The lines of a text, as the pieces of its rows count them. */
struct merge_list merge_text_lines(const struct form_part *part, struct arena *arena);
/* merge_result.c: mine, with what was chosen in its place; nothing is open any more. Owned by the arena. */
struct form_snapshot *merge_result(const struct merge *merge, struct arena *arena);

#endif
