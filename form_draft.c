/*
 * When a draft is written, and how it comes back. Half a second after the first
 * key that is not in it yet, so that whoever types without a pause loses no
 * more; at the end of each field; and before a save is sent, with its request
 * id, so that the next login can ask what became of it.
 */
#include "form_draft.h"

#include <string.h>
#include <time.h>

#include <base/loop.h>

#include "app_private.h"
#include "drafts.h"
#include "form_merge.h"

enum { TOUCH_MS = 500 };

static struct form_draft *draft_of(const struct view *view)
{
	const struct form_screen *screen = view->state;

	return screen->draft;
}

static void draft_forget_file(struct form_draft *draft)
{
	loop_cancel(draft->drafts->app->loop, draft->timer);
	draft->timer = 0;
	if (draft->stored)
		draft_store_remove(draft->drafts->store, draft->name);
	draft->stored = false;
	buf_clear(&draft->last);
}

/* ---- writing ---- */

/* What it is about, as far as that is known: what the form says of itself, or the screen below. */
static const char *draft_about(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);
	struct view *below = view_below(view);
	const char *about = spec->about != NULL ? spec->about(view) : NULL;

	if (about == NULL && (view->ops->flags & VIEW_OVERLAY) != 0 && below != NULL &&
	    below->ops->subtitle != NULL && below->ops->step == NULL)
		about = below->ops->subtitle(below);
	return about != NULL ? about : "";
}

static void draft_put_bytes(struct view *view, struct draft *draft, struct buf *bytes)
{
	struct form_draft *own = draft_of(view);
	struct err err = { 0 };

	if (own->stored && own->last.text != NULL && strcmp(own->last.text, bytes->text) == 0)
		return;
	buf_clear(&own->last);
	buf_add(&own->last, bytes->text);
	draft->written = time(NULL);
	draft_write(draft, bytes);
	if (own->name[0] == '\0')
		draft_store_name(own->drafts->store, own->name);
	if (draft_store_write(own->drafts->store, own->name, bytes->text, bytes->length, &err))
		own->stored = true;
	else
		drafts_complain(own->drafts, err.text);
}

static void draft_put(struct view *view)
{
	const struct form_screen *screen = view->state;
	struct form_draft *own = draft_of(view);
	const struct form_snapshot *before = form_merge_before(view);
	struct arena *arena = arena_new();
	struct draft draft = own->head;
	struct buf bytes = { 0 };

	draft.title = view->title != NULL ? view->title : _(view->ops->title);
	draft.about = draft_about(view);
	draft.request_id = screen->request_id;
	draft.saving = screen->saving;
	draft_take(&draft, arena, form_snapshot_take(screen->form, arena),
	           before != NULL ? before : own->start);
	draft_write(&draft, &bytes);
	draft_put_bytes(view, &draft, &bytes);
	buf_free(&bytes);
	arena_free(&arena);
}

static void draft_update(struct view *view)
{
	const struct form_screen *screen = view->state;

	if (screen->saving || form_is_changed(screen->form))
		draft_put(view);
	else
		draft_forget_file(draft_of(view));
}

static void draft_on_time(void *ctx)
{
	struct form_draft *draft = ctx;

	draft->timer = 0;
	draft_update(draft->view);
}

void form_draft_touch(struct view *view)
{
	struct form_draft *draft = draft_of(view);

	if (draft != NULL && draft->timer == 0)
		draft->timer = loop_after(view->app->loop, TOUCH_MS, draft_on_time, draft);
}

void form_draft_pause(struct view *view)
{
	struct form_draft *draft = draft_of(view);

	if (draft == NULL || draft->timer == 0)
		return;
	loop_cancel(view->app->loop, draft->timer);
	draft->timer = 0;
	draft_update(view);
}

void form_draft_saving(struct view *view)
{
	struct form_draft *draft = draft_of(view);

	if (draft == NULL)
		return;
	form_draft_touch(view);
	form_draft_pause(view);
}

void form_draft_sent(struct view *view)
{
	if (draft_of(view) != NULL)
		drafts_await(draft_of(view), FORM_SAVE);
}

void form_draft_saved(struct view *view)
{
	if (draft_of(view) != NULL)
		draft_forget_file(draft_of(view));
}

bool form_draft_can_wait(struct view *view)
{
	struct form_draft *draft = draft_of(view);

	if (draft == NULL)
		return false;
	draft_update(view);
	return draft->stored;
}

/* ---- coming back ---- */

/* What was typed, as if it were typed now: what follows from a field follows. */
static void draft_restore(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form *form = form_view_form(view);
	struct form_draft *own = draft_of(view);
	const struct form_snapshot *now =
	    draft_snapshot(own->from, &own->from->now, own->arena, spec->fields);

	form_snapshot_put(form, now, NULL);
	for (int i = 0; i < now->count && spec->changed != NULL; i++)
		spec->changed(view, form, now->parts[i].def->name);
	/* What follows from one field may be another one that was typed. */
	form_snapshot_put(form, now, NULL);
	form_snapshot_go(form, now);
}

void form_draft_begin(struct view *view, const void *arg)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	struct app *app = view->app;
	struct form_draft *draft;

	if (app->drafts == NULL || !app->working || spec->draft == NULL)
		return;
	draft = screen->draft = drafts_begin(app->drafts, spec->draft);
	draft->view = view;
	draft->head.database = arena_copy(draft->arena, app->session.database);
	draft->head.person = arena_copy(draft->arena, app->session.email);
	draft->head.form = spec->draft;
	draft->head.args = arg != NULL ? spec->draft_args : 0;
	if (arg != NULL)
		memcpy(draft->head.arg, arg, (size_t)spec->draft_args * sizeof(int64_t));
	draft->start = form_snapshot_take(screen->form, draft->arena);
	if (draft->from != NULL)
		draft_restore(view);
}

void form_draft_loaded(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	struct form_draft *draft = screen->draft;

	if (draft == NULL)
		return;
	if (draft->from != NULL && spec->edits != NULL)
		form_merge_based_on(view, draft_snapshot(draft->from, &draft->from->before,
		                                         draft->arena, spec->fields));
	draft->start = form_snapshot_take(screen->form, draft->arena);
	form_draft_touch(view);
}

void form_draft_end(struct view *view, bool discard)
{
	struct form_screen *screen = view->state;
	struct form_draft *draft = screen->draft;

	if (draft == NULL)
		return;
	screen->draft = NULL;
	if (screen->saving) {
		draft->awaited = true;
	} else if (discard) {
		draft_forget_file(draft);
	} else {
		screen->draft = draft;
		draft_update(view);
		screen->draft = NULL;
	}
	loop_cancel(view->app->loop, draft->timer);
	draft->timer = 0;
	draft->view = NULL;
	drafts_leave(draft);
}
