/*
 * The stack of views: who is above whom, who is stale, who is to be freed. A
 * view may close itself in any of its callbacks, so it leaves the stack at
 * once and its memory when no callback runs any more.
 */
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

#include "app_private.h"

static int stack_index(const struct view *view)
{
	const struct app *app = view->app;

	for (int i = 0; i < app->count; i++)
		if (app->views[i] == view)
			return i;
	return -1;
}

static void stack_bury(struct app *app, struct view *view)
{
	if (view->shown != NULL)
		stack_bury(app, view->shown);
	view->shown = NULL;
	view->closed = true;
	ask_forget_all(view);
	app->closed = mem_resize(app->closed, (size_t)app->closed_count + 1, sizeof(*app->closed));
	app->closed[app->closed_count++] = view;
}

static struct view *view_open(struct app *app, const struct view_ops *ops, const void *arg,
                              struct view *shown)
{
	struct view *view = mem_alloc(sizeof(*view));
	struct err err = { 0 };

	view->ops = ops;
	view->app = app;
	view->shown = shown;
	view->settling = shown != NULL;
	view->state = ops->size > 0 ? mem_alloc(ops->size) : NULL;
	if (app->count == app->size) {
		app->size += 8;
		app->views = mem_resize(app->views, (size_t)app->size, sizeof(struct view *));
	}
	app->views[app->count++] = view;
	if (ops->open == NULL || ops->open(view, arg, &err)) {
		ahead_open(view);
		return view->closed ? NULL : view;
	}
	view_close(view);
	app_say(app, SAY_ERROR, err.text);
	return NULL;
}

struct view *view_push(struct app *app, const struct view_ops *ops, const void *arg)
{
	struct view *view;

	app_enter(app);
	view = view_open(app, ops, arg, NULL);
	app_leave(app);
	return view;
}

struct view *view_instead(struct view *view, const struct view_ops *ops, const void *arg)
{
	struct app *app = view->app;
	struct view *shown = view;

	app_enter(app);
	app->count--;
	if (view->shown != NULL) {
		shown = view->shown;
		view->shown = NULL;
		stack_bury(app, view);
	}
	shown->closed = true;
	ask_forget_all(shown);
	view = view_open(app, ops, arg, shown);
	app_leave(app);
	return view;
}

void stack_show(struct view *view)
{
	if (view->shown != NULL)
		stack_bury(view->app, view->shown);
	view->shown = NULL;
}

struct view *stack_seen(struct view *view)
{
	/* While the server is gone the rows may be long in coming: then keys must not meet what they
	 * do not mean. */
	return view != NULL && view->shown != NULL && view->app->lost_at == 0 ? view->shown : view;
}

struct view *view_replace(struct view *view, const struct view_ops *ops, const void *arg)
{
	struct app *app = view->app;

	view_close(view);
	return view_push(app, ops, arg);
}

void view_close(struct view *view)
{
	struct app *app = view->app;
	int index = stack_index(view);

	if (index < 0)
		return;
	app_enter(app);
	while (app->count > index)
		stack_bury(app, app->views[--app->count]);
	app_leave(app);
}

void view_finish(struct view *view, const void *result)
{
	struct app *app = view->app;
	struct view *below = view_below(view);

	app_enter(app);
	view_close(view);
	if (below != NULL && !below->closed && below->ops->returned != NULL)
		below->ops->returned(below, view->ops, result);
	app_leave(app);
}

struct view *view_below(struct view *view)
{
	int index = stack_index(view);

	return index > 0 ? view->app->views[index - 1] : NULL;
}

bool view_is_top(const struct view *view)
{
	const struct app *app = view->app;

	return app->count > 0 && app->views[app->count - 1] == view;
}

void stack_sweep(struct app *app)
{
	while (app->closed_count > 0) {
		struct view *view = app->closed[--app->closed_count];

		if (view->ops->close != NULL)
			view->ops->close(view);
		free(view->state);
		free(view);
	}
}

void stack_free(struct app *app)
{
	while (app->count > 0)
		stack_bury(app, app->views[--app->count]);
	stack_sweep(app);
	free(app->views);
	free(app->closed);
}

int stack_visible(const struct app *app)
{
	int index = app->count - 1;

	while (index > 0 && (app->views[index]->ops->flags & VIEW_OVERLAY) != 0)
		index--;
	return index;
}

void stack_make_stale(struct app *app, unsigned watch)
{
	for (int i = 0; i < app->count; i++)
		app->views[i]->stale |= app->views[i]->ops->watch & watch;
}

void stack_refresh(struct app *app)
{
	if ((app->state != DB_READY && app->state != DB_BUSY) || app->lost_at != 0)
		return;
	for (int i = stack_visible(app); i >= 0 && i < app->count; i++) {
		struct view *view = app->views[i];

		if (view->stale == 0)
			continue;
		view->stale = 0;
		app->seen = true;
		if (view->ops->refresh != NULL)
			view->ops->refresh(view);
	}
}

bool stack_close_above(struct app *app, int index, bool even_if_changed)
{
	while (app->count > index + 1) {
		struct view *view = app->views[app->count - 1];

		if (!even_if_changed && view->ops->may_close != NULL && !view->ops->may_close(view))
			return false;
		view_close(view);
	}
	return true;
}
