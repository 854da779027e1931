/*
 * What the files of the list framework share: list_view.c and those beside it.
 * Screens do not include this.
 */
#ifndef TRATO_VIEW_LIST_OWN_H
#define TRATO_VIEW_LIST_OWN_H

#include <ui/field.h>
#include <view/list_view.h>

/* The framework's purposes and questions lie below those of the screens; a deed's go on from its
 * own downwards, a row each. */
enum { LIST_PAGE = -2, LIST_DEED = -100 };
enum { LIST_FILTER = -1, LIST_DEED_SURE = -2 };

struct list_run;

struct list {
	struct table *table;
	struct field *search;
	int filter;
	unsigned tag; /* of the page that is awaited */
	char *opened; /* the key of the row whose record was opened last, or NULL */
	int stepping; /* the row beside it is opened when it is loaded: 1, -1, or 0 */
	const struct list_deed *deed; /* that is being asked about */
	struct list_run *run;         /* that is being done to the marked rows, or NULL */
	char *subtitle;
	void *own; /* the screen's state */
};

static inline const struct list_spec *list_spec_of(const struct view *view)
{
	return view->ops->spec;
}

/* list_view.c: asks for the page that the table wants. */
void list_pump(struct view *view, bool quietly);

/* list_step.c: opens the record of the cursor's row. false: there is none. */
bool list_open_row(struct view *view);
/* A page came, or will not come. */
void list_step_on(struct view *view, bool loaded);

/* list_marks.c: marking, and what is done to the marked rows; returns what it did not handle. */
enum command list_marks_act(struct view *view, enum command command);
/* Of another purpose: false. */
bool list_marks_answer(struct view *view, const struct answer *answer);
/* The answer of a question or form of a deed; else false. */
bool list_marks_returned(struct view *view, const struct view_ops *child, const void *result);
void list_run_free(struct list_run **run);

#endif
