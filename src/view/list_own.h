/*
 * What the files of the list framework share: list_view.c and those beside it.
 * Screens do not include this.
 */
#ifndef TRATO_VIEW_LIST_OWN_H
#define TRATO_VIEW_LIST_OWN_H

#include <ui/field.h>
#include <view/list_view.h>

struct list {
	struct table *table;
	struct field *search;
	int filter;
	unsigned tag; /* of the page that is awaited */
	char *opened; /* the key of the row whose record was opened last, or NULL */
	int stepping; /* the row beside it is opened when it is loaded: 1, -1, or 0 */
	void *own;    /* the screen's state */
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

#endif
