/*
 * What stands beside a list on a wide window: more about the row under the
 * cursor, asked for when that has rested a moment, so that running through the
 * rows costs nothing.
 */
#include "list_own.h"

#include <stdlib.h>
#include <string.h>

#include <base/loop.h>
#include <base/mem.h>
#include <view/app.h>

enum { REST_MS = 150 };

static bool is_current(const struct list *list)
{
	const char *key = table_key(list->table);

	return key != NULL && list->preview_key != NULL && strcmp(key, list->preview_key) == 0;
}

const struct rows *const *list_preview(const struct view *view)
{
	const struct list *list = view->state;

	return is_current(list) ? list->preview : NULL;
}

static void ask(void *ctx)
{
	struct view *view = ctx;
	struct list *list = view->state;
	const char *key = table_key(list->table);

	loop_cancel(app_loop(view->app), list->preview_timer);
	list->preview_timer = 0;
	if (key == NULL)
		return;
	if (!is_current(list))
		list->preview = NULL;
	free(list->preview_key);
	list->preview_key = mem_copy(key);
	view_forget(view, LIST_PREVIEW);
	view_ask_quietly(view, LIST_PREVIEW, list_spec_of(view)->preview_ask(key));
}

void list_preview_want(struct view *view)
{
	struct list *list = view->state;

	if (list_spec_of(view)->preview_ask == NULL || !view_is_online(view) || is_current(list) ||
	    table_key(list->table) == NULL)
		return;
	/* The cursor moves on: it begins to rest anew. */
	loop_cancel(app_loop(view->app), list->preview_timer);
	list->preview_timer = loop_after(app_loop(view->app), REST_MS, ask, view);
}

void list_preview_stale(struct view *view)
{
	struct list *list = view->state;

	if (list->preview != NULL && is_current(list) && !view_is_asking(view, LIST_PREVIEW))
		ask(view);
}

void list_preview_take(struct view *view, struct answer *answer)
{
	struct list *list = view->state;

	if (answer->status != ANSWER_DONE) {
		free(list->preview_key);
		list->preview_key = NULL;
		return;
	}
	arena_free(&list->preview_arena);
	list->preview = answer->results;
	list->preview_arena = answer_keep(answer);
	view_redraw(view);
}

void list_preview_close(struct view *view)
{
	struct list *list = view->state;

	loop_cancel(app_loop(view->app), list->preview_timer);
	arena_free(&list->preview_arena);
	free(list->preview_key);
}
