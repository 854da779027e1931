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
enum { LIST_PAGE = -2, LIST_PREVIEW = -3, LIST_DEED = -100 };
enum { LIST_FILTER = -1, LIST_DEED_SURE = -2, LIST_ORDER = -3 };

struct list_run;

enum { LIST_NUMBERS = 9 };

/* A filter of the person's own, on a number key. All of it in the list's arena. */
struct list_saved {
	const char *name; /* NULL: the number is free */
	const char *filter, *search, *order; /* order: "client", "-client", "" */
};

struct list {
	struct table *table;
	struct field *search;
	int filter;
	const char *order; /* static; see list_order */
	bool reversed;
	bool flip; /* the rows of the page that is awaited */
	int saved; /* the number of the one that is shown; 0: none of them */
	struct arena *saved_arena;
	struct list_saved numbers[LIST_NUMBERS + 1]; /* from 1 */
	unsigned tag; /* of the page that is awaited */
	char *opened; /* the key of the row whose record lies above, or NULL */
	char *made;   /* the key of what was made above, where the cursor goes; or NULL */
	int stepping; /* the row beside it is opened when it is loaded: 1, -1, or 0 */
	const struct list_deed *deed; /* that is being asked about */
	struct list_run *run;         /* that is being done to the marked rows, or NULL */
	char *subtitle;
	/* see list_preview.c */
	struct arena *preview_arena;
	const struct rows *const *preview; /* NULL: none */
	char *preview_key;                 /* whose that is, or is asked for */
	unsigned preview_timer;
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
/* The person is back in the list. */
void list_step_end(struct list *list);
/* A page came, or will not come. */
void list_step_on(struct view *view, bool loaded);

/* list_filters.c: built-in and saved ones. */
void list_filters_open(struct view *view);
void list_filters_close(struct list *list);
/* The box to choose from, and that to save one; returns what it did not handle. */
enum command list_filters_act(struct view *view, enum command command);
bool list_filters_returned(struct view *view, const struct view_ops *child, const void *result);
/* Whether there is something to choose or to save. */
bool list_has_filters(const struct view *view);
/* The number keys choose as they do in the box, unless trato.conf gave them something else to do.
 * Returns whether it was one. */
bool list_number_key(struct view *view, const struct key_event *event);

/* list_order.c: the box to choose from and turning it round; returns what it did not handle. */
enum command list_order_act(struct view *view, enum command command);
bool list_order_returned(struct view *view, const struct view_ops *child, const void *result);
/* "client", "-client" or "": takes it where the list has it, else its own order. */
void list_order_take(struct view *view, const char *order);

/* A click on a heading. */
void list_order_click(struct view *view, const char *column);
/* The page's rows in the list's order, see list_flip. */
const struct rows *list_in_order(const struct list *list, struct answer *answer);

/* filter_form.c: saves a filter under a name and a number. */
extern const struct view_ops view_save_filter;
struct list_save_arg {
	int first; /* numbers below it are built-in */
	const char *shown; /* what would be saved, in words */
	const struct list_saved *numbers;
	int number; /* proposed */
};
struct list_save_result {
	int number;
	const char *name; /* NULL: the number becomes free */
};

/* list_marks.c: marking, and what is done to the marked rows; returns what it did not handle. */
enum command list_marks_act(struct view *view, enum command command);
/* Of another purpose: false. */
bool list_marks_answer(struct view *view, const struct answer *answer);
/* The answer of a question or form of a deed; else false. */
bool list_marks_returned(struct view *view, const struct view_ops *child, const void *result);
void list_run_free(struct list_run **run);

/* list_preview.c: the preview is to be seen: asks for it when the cursor has rested. */
void list_preview_want(struct view *view);
/* The rows may be others now. */
void list_preview_stale(struct view *view);
void list_preview_take(struct view *view, struct answer *answer);
void list_preview_close(struct view *view);

#endif
