/*
 * Leafing through a list without going back to it: the record above is
 * replaced by that of the next row, and the list's cursor follows.
 */
#include "list_own.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <view/app.h>

const char *list_end(int by)
{
	return by > 0 ? _("This is the last one of the list.")
	              : _("This is the first one of the list.");
}

static void list_remember(struct list *list)
{
	const char *key = table_key(list->table);

	free(list->opened);
	list->opened = key != NULL ? mem_copy(key) : NULL;
}

bool list_open_row(struct view *view)
{
	struct list *list = view->state;
	int64_t key = list_key(view);

	if (list_spec_of(view)->opens == NULL || table_key(list->table) == NULL)
		return false;
	list_remember(list);
	view_push(view->app, list_spec_of(view)->opens, &key);
	return true;
}

/* Whether the cursor stands on another row now. The row that was opened may have left the list:
 * then the one behind it has come under the cursor. */
static bool list_step_moves(struct list *list, int by)
{
	const char *key = table_key(list->table);

	if (key != NULL && list->opened != NULL && by > 0 && strcmp(key, list->opened) != 0)
		return true;
	return table_move(list->table, by > 0 ? TABLE_DOWN : TABLE_UP);
}

bool list_view_step(struct view *view, int by)
{
	struct list *list = view->state;
	struct view *record = app_top(view->app);
	int64_t key;

	if (by == 0)
		return list->opened != NULL && table_loaded(list->table) > 0;
	list->stepping = 0;
	if (list_step_moves(list, by)) {
		key = list_key(view);
		list_remember(list);
		view_instead(record, list_spec_of(view)->opens, &key);
	} else if (table_has_more(list->table, by > 0)) {
		list->stepping = by;
	} else {
		view_say(record, SAY_INFO, "%s", list_end(by));
	}
	list_pump(view, list->stepping == 0);
	return true;
}

static void list_step_go_on(struct view *view, bool loaded)
{
	struct list *list = view->state;
	struct view *top = app_top(view->app);
	int by = list->stepping;

	list->stepping = 0;
	/* Who has gone elsewhere meanwhile stays there. */
	if (by != 0 && loaded && view_below(top) == view)
		list_view_step(view, by);
}

void list_step_end(struct list *list)
{
	free(list->opened);
	free(list->made);
	list->opened = list->made = NULL;
	list->stepping = 0;
}

void list_made(struct view *view, int64_t key)
{
	struct list *list = view->state;
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, key);
	list_step_end(list);
	list->made = mem_copy(text);
}

void list_step_on(struct view *view, bool loaded)
{
	struct list *list = view->state;

	const char *above = list->opened != NULL ? list->opened : list->made;

	/* A list that begins again while its record is read stays with it. */
	if (loaded && above != NULL)
		table_go(list->table, above);
	list_step_go_on(view, loaded);
}
