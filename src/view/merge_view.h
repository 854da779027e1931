/*
 * The screen on which one chooses between mine, theirs and before, over the
 * form that it is about. For form_merge.c only.
 */
#ifndef TRATO_VIEW_MERGE_VIEW_H
#define TRATO_VIEW_MERGE_VIEW_H

#include <view/view.h>

#include "merge.h"

extern const struct view_ops view_merge;

/* The arg of view_push. */
struct merge_arg {
	struct merge *merge; /* taken over */
	const char *said;    /* what has happened; copied */
	/* All is chosen: the screen is gone, and the form saves what merge_result gives. Leaving
	 * the screen in any other way calls nothing. */
	void (*accept)(struct view *form, const struct merge *merge);
	struct view *form;
};

struct merge_screen {
	struct merge_arg arg;
	char *said;
	int *shown; /* rows of the merge that are on the screen */
	int count;
	int at, first;
	int scrolled;       /* rows of the detail */
	int detail_rows;    /* that it has, and that are seen */
	int detail_height;
	struct rect list;   /* where the rows lie on the screen */
	int labels, cell;   /* columns of the labels and of each side */
	char subtitle[160];
};

/* merge_draw.c */
void merge_draw(struct view *view, struct canvas *canvas);

#endif
