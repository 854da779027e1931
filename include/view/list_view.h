/*
 * A screen that is a list, as a declaration: what a page of it is, which
 * columns, what Enter opens. Search line, filters, keyset paging, refresh
 * without flicker and preview are done here. src/view/clients.c is the example.
 *
 *	static const struct list_spec clients = { .columns = columns, .page = page, ... };
 *	const struct view_ops view_clients = {
 *		.name = "clients", .title = N_("Clients"), .watch = WATCH_DATA | WATCH_CLOCK,
 *		LIST_VIEW(clients),
 *	};
 */
#ifndef TRATO_VIEW_LIST_VIEW_H
#define TRATO_VIEW_LIST_VIEW_H

#include <ui/table.h>
#include <view/view.h>

/* A table of them ends with name NULL; the first one is where the list begins. The keys 1 to 9
 * choose among those that are the person's. */
struct list_filter {
	const char *name;  /* what page() gets by list_filter() */
	const char *label; /* N_("mine, open"): behind the title */
	unsigned roles;    /* whose it is; 0: everyone's */
	/* Its key in the box of filters, where it is wanted too seldom to take a number key from those
	 * that the person saves; 0: the next number. */
	char letter;
};

/*
 * What is done to all marked rows at once, each by a write of its own. A table of them ends with
 * command COMMAND_NONE; without marks the command is the screen's, for the cursor's row.
 */
struct list_deed {
	enum command command;
	const char *called; /* column: what a row is called where it is refused */
	/* What has to be told first, once for all: a form whose arg is `const int *`, the number of
	 * rows, and whose result is the two `values` (const char *const *). NULL: only asks whether
	 * that is meant. */
	const struct view_ops *form;
	/* NULL: not for this row, err->text says why. The row may be older than what the list shows. */
	struct batch *(*write)(const struct view *, const struct rows *rows, int row,
	                       const char *request_id, const char *const values[2],
	                       struct err *err);
};

struct list_spec {
	const struct table_column *columns;
	/*
	 * One BATCH_READ whose first result is the page that is wanted, in the order of the list,
	 * with a column "key". See list_edge, and list_state for what came with the view's arg.
	 */
	struct batch *(*page)(struct view *, const struct table_want *want);
	const struct list_filter *filters; /* NULL: none */
	bool searchable;                   /* "/" has a meaning: page() asks list_search */
	const char *empty;                 /* N_(): what is said when there is no row */
	const char *elsewhere; /* N_(), or NULL: where else what was searched for may be found */
	/* What Enter opens; its arg is the `const int64_t *` of the row's key. NULL: act() gets
	 * COMMAND_OPEN like the others. */
	const struct view_ops *opens;

	/* All optional. */
	const struct list_deed *deeds;
	/* Columns by which it can be sorted besides its own order, with what is chosen now; ends
	 * with NULL. NULL: none. page() asks list_order. */
	const char *const *(*orders)(struct view *);
	size_t size; /* of the screen's own state: list_state */
	bool (*open)(struct view *, const void *arg, struct err *);
	enum command (*act)(struct view *, enum command);  /* before the list's own */
	bool (*offers)(const struct view *, enum command); /* NULL: those of the section */
	void (*answer)(struct view *, struct answer *);    /* purposes from 0 on */
	void (*returned)(struct view *, const struct view_ops *child, const void *result);
	/* Drawn beside the list where the window is at least 160 columns wide. */
	void (*preview)(struct view *, struct canvas *);
	/* A BATCH_READ for what the preview shows beyond the row, with the row's key: asked where the
	 * cursor has rested a moment. See list_preview. */
	struct batch *(*preview_ask)(const char *key);
	/* A row above the list; and whether it is there now (NULL: always). */
	void (*header)(struct view *, struct canvas *);
	bool (*headed)(const struct view *);
	void (*close)(struct view *);
};

#define LIST_VIEW(declaration)                                                                    \
	.spec = &(declaration), .open = list_view_open, .draw = list_view_draw,                   \
	.act = list_view_act, .key = list_view_key, .answer = list_view_answer,                   \
	.refresh = list_view_refresh, .offers = list_view_offers, .returned = list_view_returned, \
	.label = list_view_label, .subtitle = list_view_subtitle, .step = list_view_step,         \
	.close = list_view_close

/* ---- for page() ---- */

/* true for FIRST and NEXT, false for LAST and PREVIOUS: which of two statements. */
bool list_forward(const struct table_want *want);
/* The edge row's cell: the page begins behind (before) it. NULL for FIRST and LAST: the statement
 * takes its lowest (highest) value then, by coalesce. */
const char *list_edge(const struct table_want *want, const char *column);
/* The limit as a parameter; valid until the next call. */
const char *list_limit(const struct table_want *want);
/* What was typed to search; NULL where nothing was. */
const char *list_search(struct view *view);
/* The chosen filter's name; NULL without filters. */
const char *list_filter(struct view *view);
/* The column that the person wants it sorted by; NULL: its own order. */
const char *list_order(struct view *view);
bool list_is_reversed(const struct view *view);
/* Whether the rows of this page will come in the opposite order; false unless said. */
void list_flip(struct view *view, bool yes);

/* ---- for the rest ---- */

/* The cursor's row of any table to the clipboard. */
void list_copy_row(struct view *view, const struct table *table);

/* What is said where no row lies behind (1) or before (-1) the one that is shown. */
const char *list_end(int by);

void *list_state(const struct view *view);
struct table *list_table(const struct view *view);
/* The cursor's row: its key as a number (0: no row), a cell ("" where none). */
int64_t list_key(const struct view *view);
const char *list_text(const struct view *view, const char *column);
/* What preview_ask has brought for the cursor's row; NULL: nothing yet. */
const struct rows *const *list_preview(const struct view *view);
/* How many rows are marked. */
int list_marked(const struct view *view);
/* Begins again at the first row: something that page() uses is another now. */
void list_restart(struct view *view);
/* The record with this key was made above: where the list shows it when it is read again, the cursor
 * goes there, so that what is pressed next is meant for it. */
void list_made(struct view *view, int64_t key);
/* Puts the cursor there as soon as it is read, without the filter and the search that may hide it. */
void list_show(struct view *view, int64_t key);
/* Chooses a filter by name. */
void list_set_filter(struct view *view, const char *name);

/* The framework's own, for LIST_VIEW. */
bool list_view_open(struct view *view, const void *arg, struct err *err);
void list_view_draw(struct view *view, struct canvas *canvas);
enum command list_view_act(struct view *view, enum command command);
bool list_view_key(struct view *view, const struct key_event *event);
void list_view_answer(struct view *view, struct answer *answer);
void list_view_refresh(struct view *view);
bool list_view_offers(const struct view *view, enum command command);
void list_view_returned(struct view *view, const struct view_ops *child, const void *result);
const char *list_view_label(const struct view *view, enum command command);
const char *list_view_subtitle(struct view *view);
bool list_view_step(struct view *view, int by);
void list_view_close(struct view *view);

#endif
