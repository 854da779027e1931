/*
 * Typing ahead. Between the answer to a write and the screen that shows what it
 * changed lies a round trip, and one between a screen or a search and its first
 * rows: on a slow line a quick person is faster. A command of the screen that
 * is pressed then waits for the new rows, and the keys after it, so that none
 * meets a state that is gone or a row that was not meant, or nothing at all.
 * Only for the app_*.c and stack.c.
 */
#include <string.h>

#include "app_private.h"

void ahead_settle(struct app *app)
{
	for (int i = 0; i < app->count; i++)
		if ((app->views[i]->ops->watch & WATCH_DATA) != 0)
			app->views[i]->settling = true;
}

/* What moves among the rows that are not there yet, or opens one. */
static bool ahead_is_about_rows(enum command command)
{
	return command >= COMMAND_OPEN && command <= COMMAND_PREVIOUS_PANE;
}

void ahead_open(struct view *view)
{
	if (view->ops->watch != 0 && view_is_asking(view, -1))
		view->unread = true;
}

void ahead_drop(struct view *view)
{
	view->ahead_count = 0;
}

bool ahead_holds(struct view *view, const struct key_event *event, enum command command)
{
	bool own = command != COMMAND_NONE && command_in_section(command, view->ops->name) &&
	           (command_table[command].flags & COMMAND_QUIET) == 0;
	/* Its buttons are yet to come, and plain characters press them. */
	bool box = view->unread && (view->ops->flags & VIEW_OVERLAY) != 0;

	if (view->unread)
		own =
		    box || ahead_is_about_rows(command) ||
		    (own && (view->settling || (command_table[command].flags & COMMAND_BARE) == 0));
	if (view->app->lost_at != 0)
		view->settling = view->unread = false;
	if ((!view->settling && !view->unread) || (view->typing && !box) ||
	    event->code == KEYS_PASTE || event->code == KEYS_MOUSE)
		return false;
	/* Who leafs through a list does not wait for each of its records. */
	if ((command == COMMAND_NEXT_RECORD || command == COMMAND_PREVIOUS_RECORD) &&
	    view->answered_at == 0 && view->ahead_count == 0)
		return false;
	if (command == COMMAND_BACK || (!own && view->ahead_count == 0)) {
		ahead_drop(view);
		return false;
	}
	if (view->ahead_count < (int)(sizeof(view->ahead) / sizeof(view->ahead[0])))
		view->ahead[view->ahead_count++] = event->code;
	return true;
}

/* Whether it waited for rows, and waits no more. */
static bool ahead_ends(struct view *view)
{
	if ((!view->settling && !view->unread) || view->stale != 0 || view_is_asking(view, -1))
		return false;
	view->settling = view->unread = false;
	return true;
}

void ahead_replay(struct app *app)
{
	struct view *view = app->count > 0 ? app->views[app->count - 1] : NULL;
	key_code keys[sizeof(view->ahead) / sizeof(view->ahead[0])];
	int count;

	/* What lies below another view may be answered meanwhile, too. */
	for (int i = 0; i < app->count - 1; i++)
		if (ahead_ends(app->views[i]))
			ahead_drop(app->views[i]);
	if (view == NULL || !ahead_ends(view))
		return;
	count = view->ahead_count;
	view->ahead_count = 0;
	memcpy(keys, view->ahead, sizeof(keys));
	/* A key may open another view, which the next ones belong to, or close this one. */
	for (int i = 0; i < count; i++)
		app_key(app, &(struct key_event){ .code = keys[i] });
}
