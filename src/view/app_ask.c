/*
 * Requests of views: each answer reaches its view only while that lives, a
 * slow one is announced and can be cancelled, a write makes the others stale.
 */
#include <stdio.h>
#include <stdlib.h>

#include <base/mem.h>
#include <model/refusal.h>

#include "app_private.h"

enum { SLOW_MS = 200 };

static bool ask_is_awaited(const struct ask *ask, const struct app *app)
{
	return !ask->quiet && ask->view != NULL && app->count > 0 &&
	       ask->view == app->views[app->count - 1];
}

static void ask_on_slow(void *ctx)
{
	struct app *app = ctx;

	app_enter(app);
	app->slow_timer = 0;
	app->slow = true;
	app_leave(app);
}

static void ask_watch_time(struct app *app)
{
	const struct ask *ask = app->asks;

	while (ask != NULL && !ask_is_awaited(ask, app))
		ask = ask->next;
	if (ask != NULL)
		return;
	loop_cancel(app->loop, app->slow_timer);
	app->slow_timer = 0;
	app->slow = false;
}

static void ask_unlink(struct ask *ask)
{
	struct ask **at = &ask->app->asks;

	while (*at != ask)
		at = &(*at)->next;
	*at = ask->next;
}

static void ask_on_answer(void *ctx, struct answer *answer)
{
	struct ask *ask = ctx;
	struct app *app = ask->app;

	app_enter(app);
	ask_unlink(ask);
	ask_watch_time(app);
	if (ask->write && answer->status == ANSWER_DONE) {
		stack_make_stale(app, WATCH_DATA);
		ahead_settle(app);
	}
	if (ask->view != NULL) {
		if (!ask->write && answer->status == ANSWER_DONE)
			ask->view->answered_at = loop_now();
		else if (!ask->write)
			ahead_drop(ask->view);
		if (ask->view->ops->answer != NULL)
			ask->view->ops->answer(ask->view, answer);
		stack_show(ask->view);
	} else if (ask->heir != NULL) {
		ask->heir(ask->heir_ctx, answer);
	}
	free(ask);
	app_leave(app);
	ahead_replay(app);
}

static uint64_t ask_send(struct view *view, int purpose, struct batch *batch, bool quiet)
{
	struct app *app = view->app;
	struct ask *ask;

	if (view->closed && batch_kind(batch) == BATCH_READ) {
		batch_free(&batch);
		return 0;
	}
	ask = mem_alloc(sizeof(*ask));
	ask->app = app;
	/* Its memory goes before the answer comes. */
	ask->view = view->closed ? NULL : view;
	ask->purpose = purpose;
	ask->quiet = quiet;
	ask->write = batch_kind(batch) == BATCH_WRITE;
	ask->next = app->asks;
	app->asks = ask;
	if (!quiet && ask->view != NULL && app->slow_timer == 0 && !app->slow)
		app->slow_timer = loop_after(app->loop, SLOW_MS, ask_on_slow, app);
	ask->ticket = db_send(app->db, batch, purpose, ask_on_answer, ask);
	return ask->ticket;
}

uint64_t view_ask(struct view *view, int purpose, struct batch *batch)
{
	return ask_send(view, purpose, batch, false);
}

uint64_t view_ask_quietly(struct view *view, int purpose, struct batch *batch)
{
	return ask_send(view, purpose, batch, true);
}

bool view_is_asking(const struct view *view, int purpose)
{
	for (const struct ask *ask = view->app->asks; ask != NULL; ask = ask->next)
		if (ask->view == view && (purpose == -1 || ask->purpose == purpose))
			return true;
	return false;
}

/* A write goes on without its view, so that the others hear of it. */
static void ask_forget(struct view *view, int purpose)
{
	struct ask **at = &view->app->asks;

	while (*at != NULL) {
		struct ask *ask = *at;

		if (ask->view != view || (purpose != -1 && ask->purpose != purpose)) {
			at = &ask->next;
		} else if (ask->write) {
			ask->view = NULL;
			at = &ask->next;
		} else {
			db_forget(view->app->db, ask->ticket);
			*at = ask->next;
			free(ask);
		}
	}
	ask_watch_time(view->app);
}

void view_forget(struct view *view, int purpose)
{
	ask_forget(view, purpose);
}

void ask_leave_to(struct view *view, int purpose, void (*fn)(void *ctx, struct answer *), void *ctx)
{
	for (struct ask *ask = view->app->asks; ask != NULL; ask = ask->next)
		if (ask->view == view && ask->purpose == purpose) {
			ask->heir = fn;
			ask->heir_ctx = ctx;
		}
}

void ask_forget_all(struct view *view)
{
	ask_forget(view, -1);
}

void ask_free_all(struct app *app)
{
	while (app->asks != NULL) {
		struct ask *ask = app->asks;

		app->asks = ask->next;
		free(ask);
	}
}

bool ask_cancel_slow(struct app *app)
{
	bool found = false;

	if (!app->slow)
		return false;
	/* Cancelling may answer at once and change the list: begin again after each. */
	for (struct ask *ask = app->asks; ask != NULL;) {
		if (!ask_is_awaited(ask, app) || ask->write) {
			ask = ask->next;
			continue;
		}
		ask->quiet = true;
		found = true;
		db_cancel(app->db, ask->ticket);
		ask = app->asks;
	}
	ask_watch_time(app);
	return found;
}

const char *ask_words(const struct app *app)
{
	if (!app->slow)
		return NULL;
	for (const struct ask *ask = app->asks; ask != NULL; ask = ask->next)
		if (ask_is_awaited(ask, app)) {
			if (ask->write)
				return _("Saving …");
			if (app->state == DB_READY || app->state == DB_BUSY)
				return _("Asking the server … Esc cancels");
			return _("Waiting for the server … Esc cancels");
		}
	return NULL;
}

bool view_check(struct view *view, const struct answer *answer)
{
	struct err err = { 0 };

	switch (answer->status) {
	case ANSWER_DONE: return true;
	case ANSWER_REFUSED:
		refusal_explain(answer->refusal, &err);
		view_say(view, SAY_ERROR, "%s", err.text);
		return false;
	case ANSWER_CANCELLED:
		view_say(view, SAY_INFO, "%s", _("Cancelled. Ctrl-r asks again."));
		return false;
	case ANSWER_LOST: view->stale |= WATCH_DATA; return false;
	}
	return false;
}

bool view_keep(struct view *view, struct answer *answer, int head, const char *gone,
               struct arena **arena)
{
	if (!view_check(view, answer))
		return false;
	if (answer->results[head]->count == 0) {
		view_say(view, SAY_ERROR, "%s", gone);
		view_close(view);
		return false;
	}
	arena_free(arena);
	*arena = answer_keep(answer);
	return true;
}
