/*
 * A save that meets somebody else's change: what is there now is read into a
 * form of its own, held against what I began with and what I have typed, and
 * where they differ the person chooses. Until then every save looks again, so
 * that nothing is overwritten unseen; what was typed stays in the form
 * whatever happens.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <model/change.h>
#include <model/refusal.h>

#include "form_merge.h"
#include "merge_view.h"

struct form_merge {
	/* What I began with, and what is there now; NULL: not known. */
	struct arena *arenas[MERGE_SIDES];
	const struct form_snapshot *sides[MERGE_SIDES];
	char id[24];  /* of the row, for who has changed it; "" where there is none */
	bool looking; /* what is there now has been asked for */
	bool stale;   /* somebody has changed it, and nobody has looked at that yet */
	char *news;   /* what else has happened to it; NULL: nothing */
};

static struct form_merge *merge_of(const struct view *view)
{
	struct form_screen *screen = view->state;

	if (screen->merge == NULL)
		screen->merge = mem_alloc(sizeof(*screen->merge));
	return screen->merge;
}

static void merge_forget(struct form_merge *merge, int side)
{
	arena_free(&merge->arenas[side]);
	merge->sides[side] = NULL;
}

static void merge_take(struct form_merge *merge, int side, struct form *form)
{
	merge_forget(merge, side);
	merge->arenas[side] = arena_new();
	merge->sides[side] = form_snapshot_take(form, merge->arenas[side]);
}

/* The row as it came, without what was typed meanwhile. */
static void merge_read(struct view *view, int side, struct answer *answer)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form *form = form_new(spec->fields);

	spec->loaded(view, form, answer);
	if (!view->closed)
		merge_take(merge_of(view), side, form);
	form_free(&form);
}

void form_merge_remember(struct view *view, struct answer *answer)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_merge *merge;

	if (spec->edits == NULL || view->closed || answer->results[0]->count == 0)
		return;
	merge = merge_of(view);
	snprintf(merge->id, sizeof(merge->id), "%s", rows_text(answer->results[0], 0, "id"));
	merge_read(view, MERGE_BEFORE, answer);
}

const struct form_snapshot *form_merge_before(const struct view *view)
{
	struct form_screen *screen = view->state;

	return screen->merge != NULL ? screen->merge->sides[MERGE_BEFORE] : NULL;
}

void form_merge_based_on(struct view *view, const struct form_snapshot *before)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_merge *merge = merge_of(view);
	const struct form_snapshot *now = merge->sides[MERGE_BEFORE];
	struct form *form;

	if (now == NULL)
		return;
	form = form_new(spec->fields);
	form_snapshot_put(form, now, NULL);
	for (int i = 0; i < before->count; i++) {
		const char *name = before->parts[i].def->name;

		merge->stale = merge->stale || !form_snapshot_same(before, now, name);
		form_snapshot_put(form, before, name);
	}
	merge_take(merge, MERGE_BEFORE, form);
	form_free(&form);
}

/* ---- looking ---- */

static void merge_look(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_merge *merge = merge_of(view);
	struct batch *batch = spec->load(view);

	merge->looking = merge->stale = true;
	change_add_last(batch, spec->edits, merge->id[0] != '\0' ? merge->id : NULL);
	view_ask(view, FORM_THEIRS, batch);
}

bool form_merge_refused(struct view *view, const struct refusal *refusal)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;

	if (spec->edits == NULL || screen->merge == NULL ||
	    screen->merge->sides[MERGE_BEFORE] == NULL ||
	    !(refusal_is(refusal, "row_version") ||
	      refusal_is(refusal, "communication_corrected_once")))
		return false;
	view_say(view, SAY_INFO, "%s",
	         _("Somebody has changed this in the meantime. Looking at what has changed …"));
	merge_look(view);
	return true;
}

bool form_merge_is_looking(const struct view *view)
{
	struct form_screen *screen = view->state;

	return screen->merge != NULL && screen->merge->looking;
}

bool form_merge_is_due(struct view *view)
{
	struct form_screen *screen = view->state;

	if (screen->merge == NULL || !screen->merge->stale)
		return false;
	if (!screen->merge->looking)
		merge_look(view);
	return true;
}

void form_merge_news(struct view *view, const char *sentence)
{
	struct form_merge *merge = merge_of(view);
	char *old = merge->news;

	merge->news = mem_copy(sentence);
	free(old);
}

/* ---- choosing ---- */

static const char *merge_said(struct view *view, struct arena *arena, struct answer *answer)
{
	const struct form_merge *merge = merge_of(view);
	const char *who = change_sentence(arena, answer->results[answer->count - 1]);

	return arena_printf(arena, "%s%s%s %s", who, merge->news != NULL ? " " : "",
	                    merge->news != NULL ? merge->news : "",
	                    _("Choose what is to be saved: theirs, yours, or what was there before. "
	                      "Until then nothing is."));
}

static void merge_accept(struct view *view, const struct merge *chosen)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	struct form_merge *merge = merge_of(view);
	struct arena *arena = arena_new();
	const struct form_snapshot *result = merge_result(chosen, arena);

	for (int i = 0; i < result->count; i++) {
		const char *name = result->parts[i].def->name;

		if (form_snapshot_same(result, merge->sides[MERGE_MINE], name))
			continue;
		form_snapshot_put(screen->form, result, name);
		if (spec->changed != NULL)
			spec->changed(view, screen->form, name);
	}
	arena_free(&arena);
	/* The next one to be told apart from begins here. */
	merge_forget(merge, MERGE_BEFORE);
	merge->arenas[MERGE_BEFORE] = merge->arenas[MERGE_THEIRS];
	merge->sides[MERGE_BEFORE] = merge->sides[MERGE_THEIRS];
	merge->arenas[MERGE_THEIRS] = NULL;
	merge->sides[MERGE_THEIRS] = NULL;
	merge->stale = false;
	if (form_check(screen->form))
		form_view_submit(view);
}

/* What the owner derives from the fields was derived from theirs a moment ago. */
static void merge_derive_again(struct view *view, const struct merge *merge)
{
	const struct form_spec *spec = form_spec_of(view);
	const struct form_part *last = NULL;

	for (int i = 0; i < merge->count && spec->changed != NULL; i++) {
		const struct form_part *part = merge->rows[i].parts[MERGE_MINE];

		if (part != last && merge_is_shown(&merge->rows[i])) {
			spec->changed(view, form_view_form(view), part->def->name);
			last = part;
		}
	}
}

static void merge_ask(struct view *view, struct merge *merge, struct answer *answer)
{
	struct arena *arena = arena_new();
	struct merge_arg arg = { merge, merge_said(view, arena, answer), merge_accept, view };

	form_fail(form_view_form(view), NULL,
	          _("Somebody has changed this in the meantime, so it is not saved yet. Save it to "
	            "see what has changed."));
	if (view_is_top(view))
		view_push(view->app, &view_merge, &arg);
	else
		merge_free(&merge);
	arena_free(&arena);
}

static void merge_on_theirs(struct view *view, struct answer *answer)
{
	struct form_screen *screen = view->state;
	struct form_merge *state = merge_of(view);
	struct merge *merge;

	if (answer->results[0]->count == 0) {
		form_fail(screen->form, NULL,
		          _("This does not exist any more, or is not yours any more. What you have "
		            "written stays here until you leave."));
		return;
	}
	free(state->news);
	state->news = NULL;
	merge_read(view, MERGE_THEIRS, answer);
	if (view->closed)
		return;
	merge_take(state, MERGE_MINE, screen->form);
	merge = merge_new(form_spec_of(view)->edited, state->sides);
	merge_derive_again(view, merge);
	if (merge_is_needed(merge) || state->news != NULL) {
		merge_ask(view, merge, answer);
		return;
	}
	/* Something else of the row has changed: nothing that is said here. */
	merge_accept(view, merge);
	merge_free(&merge);
}

void form_merge_answer(struct view *view, struct answer *answer)
{
	merge_of(view)->looking = false;
	view_say(view, SAY_INFO, "%s", "");
	if (answer->status == ANSWER_LOST)
		merge_look(view);
	else if (view_check(view, answer))
		merge_on_theirs(view, answer);
}

void form_merge_free(struct form_merge **held)
{
	struct form_merge *merge = *held;

	if (merge == NULL)
		return;
	for (int side = 0; side < MERGE_SIDES; side++)
		arena_free(&merge->arenas[side]);
	free(merge->news);
	free(merge);
	*held = NULL;
}
