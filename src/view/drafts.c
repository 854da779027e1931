/*
 * The drafts of this program, those that others have left, and what became of
 * the saves that were under way when they were left.
 */
#include "drafts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <base/uuid.h>
#include <model/refusal.h>
#include <view/views.h>

#include "app_private.h"
#include "drafts_blocked.h"
#include "drafts_view.h"

struct drafts *drafts_new(struct app *app, const char *folder)
{
	struct drafts *drafts = mem_alloc(sizeof(*drafts));

	drafts->app = app;
	drafts->store = draft_store_new(folder);
	return drafts;
}

static void draft_free(struct form_draft *draft)
{
	struct form_draft **at = &draft->drafts->all;

	while (*at != draft)
		at = &(*at)->next;
	*at = draft->next;
	arena_free(&draft->arena);
	buf_free(&draft->last);
	free(draft);
}

void drafts_free(struct drafts **held)
{
	struct drafts *drafts = *held;

	if (drafts == NULL)
		return;
	*held = NULL;
	while (drafts->all != NULL)
		draft_free(drafts->all);
	draft_store_free(&drafts->store);
	free(drafts);
}

void drafts_complain(struct drafts *drafts, const char *sentence)
{
	if (!drafts->complained) {
		app_say(drafts->app, SAY_WARNING, sentence);
		if (drafts->app->count > 0)
			view_redraw(app_top(drafts->app)); /* said by a timer, too */
	}
	drafts->complained = true;
}

/* What the list of drafts shows may have gone. */
static void drafts_show_again(struct drafts *drafts)
{
	const struct app *app = drafts->app;

	for (int i = 0; i < app->count; i++)
		if (app->views[i]->ops == &view_drafts)
			view_drafts.refresh(app->views[i]);
}

/* ---- finding ---- */

static const struct draft *read_one(struct drafts *drafts, const char *name, struct arena *arena)
{
	size_t length = 0;
	const char *bytes = draft_store_read(drafts->store, name, arena, &length);

	return bytes != NULL ? draft_read(arena, bytes, length) : NULL;
}

/* What somebody else typed, or for another database, is not shown. */
static bool is_mine(const struct drafts *drafts, const struct draft *draft)
{
	const struct session *session = &drafts->app->session;

	return strcmp(draft->person, session->email) == 0 &&
	       strcmp(draft->database, session->database) == 0;
}

static int is_older(const void *a, const void *b)
{
	const struct draft_entry *one = a, *other = b;

	return (one->draft->written < other->draft->written) -
	       (one->draft->written > other->draft->written);
}

int drafts_find(struct drafts *drafts, struct arena *arena, struct draft_entry **entries,
                int *broken)
{
	const char *const *names;
	int found = draft_store_find(drafts->store, arena, &names), own = 0, count = 0, bad = 0;

	for (const struct form_draft *draft = drafts->all; draft != NULL; draft = draft->next)
		own++;
	*entries = arena_alloc(arena, (size_t)(found + own) * sizeof(**entries));
	for (int i = 0; i < found; i++) {
		struct draft_entry *entry = *entries + count;

		entry->draft = read_one(drafts, names[i], arena);
		snprintf(entry->name, sizeof(entry->name), "%s", names[i]);
		bad += entry->draft == NULL;
		count += entry->draft != NULL && is_mine(drafts, entry->draft);
	}
	for (struct form_draft *draft = drafts->all; draft != NULL; draft = draft->next) {
		struct draft_entry *entry = *entries + count;

		if (draft->view != NULL || draft->awaited || !draft->stored)
			continue;
		entry->draft = read_one(drafts, draft->name, arena);
		memcpy(entry->name, draft->name, sizeof(entry->name));
		entry->own = draft;
		count += entry->draft != NULL && is_mine(drafts, entry->draft);
	}
	for (int i = count; i < found + own; i++)
		(*entries)[i] = (struct draft_entry){ .own = NULL };
	qsort(*entries, (size_t)count, sizeof(**entries), is_older);
	if (broken != NULL)
		*broken = bad;
	return count;
}

/* ---- going on ---- */

static struct form_draft *draft_new(struct drafts *drafts)
{
	struct form_draft *draft = mem_alloc(sizeof(*draft));

	draft->drafts = drafts;
	draft->arena = arena_new();
	draft->next = drafts->all;
	drafts->all = draft;
	return draft;
}

struct form_draft *drafts_begin(struct drafts *drafts, const char *form)
{
	struct form_draft *draft = drafts->opening;

	if (draft == NULL || strcmp(draft->from->form, form) != 0)
		return draft_new(drafts);
	drafts->opening = NULL;
	return draft;
}

bool drafts_go_on(struct drafts *drafts, const struct draft_entry *entry, struct view *instead)
{
	const struct views_form *form = views_form(entry->draft->form, NULL);
	const void *arg = entry->draft->args > 0 ? entry->draft->arg : NULL;
	struct form_draft *draft = entry->own;
	int64_t kept[DRAFT_ARGS_MAX];

	if (form == NULL || (entry->draft->args != 0 && entry->draft->args != form->args)) {
		app_say(drafts->app, SAY_ERROR,
		        _("This program does not have that form. Its text can be copied."));
		return false;
	}
	if (draft == NULL) {
		draft = draft_new(drafts);
		draft->stored = draft_store_claim(drafts->store, entry->name, draft->name);
	}
	draft->from = draft->stored ? read_one(drafts, draft->name, draft->arena) : NULL;
	if (draft->from == NULL) {
		draft_free(draft);
		app_say(drafts->app, SAY_WARNING,
		        _("This draft is not there any more: another window has it, perhaps."));
		return false;
	}
	/* The entry may go with the view that shows it. */
	memcpy(kept, entry->draft->arg, sizeof(kept));
	arg = arg != NULL ? kept : NULL;
	buf_clear(&draft->last);
	drafts->opening = draft;
	if (instead != NULL)
		view_replace(instead, form->ops, arg);
	else
		view_push(drafts->app, form->ops, arg);
	drafts->opening = NULL;
	return true;
}

void drafts_discard(struct drafts *drafts, const struct draft_entry *entry)
{
	draft_store_remove(drafts->store, entry->name);
	if (entry->own != NULL)
		draft_free(entry->own);
}

void drafts_leave(struct form_draft *draft)
{
	struct drafts *drafts = draft->drafts;

	draft->from = NULL;
	if (!draft->stored && !draft->awaited)
		draft_free(draft);
	drafts_show_again(drafts);
}

/* ---- saves whose form was left ---- */

/* Nobody can save with that id any more, or it never was: what is typed on gets another. */
static void draft_settle(struct drafts *drafts, const char *name, const struct draft *draft)
{
	struct draft settled = *draft;
	struct buf bytes = { 0 };
	struct err err = { 0 };
	char id[37];

	uuid_make(id);
	settled.request_id = id;
	settled.saving = false;
	draft_write(&settled, &bytes);
	if (!draft_store_write(drafts->store, name, bytes.text, bytes.length, &err))
		drafts_complain(drafts, err.text);
	buf_free(&bytes);
}

static void draft_on_refused(struct form_draft *draft, const struct refusal *refusal)
{
	struct drafts *drafts = draft->drafts;
	struct arena *arena = arena_new();
	const struct draft *stored = read_one(drafts, draft->name, arena);
	struct err err = { 0 };

	refusal_explain(refusal, &err);
	if (stored != NULL)
		draft_settle(drafts, draft->name, stored);
	app_say(drafts->app, SAY_ERROR,
	        arena_printf(arena,
	                     stored != NULL
	                         ? _("«%s» is not saved: %s It is kept as a draft: F7.")
	                         : _("«%s» is not saved: %s"),
	                     stored != NULL ? stored->title : "", err.text));
	app_bell(drafts->app);
	arena_free(&arena);
}

static void draft_on_answer(void *ctx, struct answer *answer)
{
	struct form_draft *draft = ctx;

	draft->awaited = false;
	if (answer->status == ANSWER_REFUSED)
		draft_on_refused(draft, answer->refusal);
	if (answer->status == ANSWER_DONE) {
		if (draft->stored)
			draft_store_remove(draft->drafts->store, draft->name);
		draft->stored = false;
		app_say(draft->drafts->app, SAY_GOOD, _("What you left while it was being saved is saved."));
	}
	drafts_leave(draft);
}

void drafts_await(struct form_draft *draft, int purpose)
{
	ask_leave_to(draft->view, purpose, draft_on_answer, draft);
}

/* ---- after a login ---- */

/* Whoever types already is not interrupted. */
static void drafts_offer(struct drafts *drafts, const char *saved)
{
	struct app *app = drafts->app;
	struct arena *arena = arena_new();
	struct draft_entry *entries;
	int count = drafts_find(drafts, arena, &entries, NULL);

	if (count > 0 && app->count == 1 && !app->views[0]->typing)
		view_push(app, &view_drafts, NULL);
	else if (count > 0 && saved == NULL)
		app_say(app, SAY_INFO, _("Something was typed earlier and not saved. F7 shows it."));
	if (saved != NULL)
		app_say(app, SAY_GOOD, saved);
	arena_free(&arena);
}

static const char *say_saved(struct arena *arena, const struct draft *draft,
                             const struct rows *result, int saved)
{
	const char *number = rows_text(result, 0, "number");

	if (saved > 1)
		return arena_printf(arena,
		                    ngettext("%d form whose answer was lost is saved.",
		                             "%d forms whose answers were lost are saved.",
		                             (unsigned long)saved),
		                    saved);
	if (number[0] != '\0')
		return arena_printf(arena, _("«%s», whose answer was lost, is saved: number %s."),
		                    draft->title, number);
	return arena_printf(arena, _("«%s», whose answer was lost, is saved."), draft->title);
}

static const struct rows *find_result(const struct answer *answer, const char *request_id)
{
	for (int i = 0; i < answer->count; i++)
		if (answer->results[i]->count > 0 &&
		    strcmp(rows_text(answer->results[i], 0, "id"), request_id) == 0)
			return answer->results[i];
	return NULL;
}

static void drafts_on_results(void *ctx, struct answer *answer)
{
	struct drafts *drafts = ctx;
	struct arena *arena = arena_new();
	struct draft_entry *entries;
	const char *sentence = NULL;
	int count, saved = 0;

	drafts->ticket = 0;
	app_enter(drafts->app);
	count = answer->status == ANSWER_DONE ? drafts_find(drafts, arena, &entries, NULL) : 0;
	for (int i = 0; i < count; i++) {
		const struct draft *draft = entries[i].draft;
		const struct rows *result =
		    draft->saving ? find_result(answer, draft->request_id) : NULL;

		if (result == NULL)
			continue;
		if (!rows_bool(result, 0, "done")) {
			draft_settle(drafts, entries[i].name, draft);
			continue;
		}
		sentence = say_saved(arena, draft, result, ++saved);
		drafts_discard(drafts, &entries[i]);
	}
	drafts_show_again(drafts);
	if (answer->status != ANSWER_LOST)
		drafts_offer(drafts, sentence);
	arena_free(&arena);
	app_leave(drafts->app);
}

static void drafts_look_on(struct app *app)
{
	struct drafts *drafts = app->drafts;
	struct arena *arena;
	struct draft_entry *entries;
	const char **ids;
	int count, asked = 0;

	if (drafts == NULL || drafts->ticket != 0)
		return;
	arena = arena_new();
	count = drafts_find(drafts, arena, &entries, NULL);
	ids = arena_alloc(arena, (size_t)count * sizeof(*ids));
	for (int i = 0; i < count; i++)
		if (entries[i].draft->saving)
			ids[asked++] = entries[i].draft->request_id;
	if (asked > 0)
		drafts->ticket = db_send(app->db, session_request_results(asked, ids), 0,
		                         drafts_on_results, drafts);
	else if (count > 0)
		drafts_offer(drafts, NULL);
	arena_free(&arena);
}

static void drafts_on_blocked(void *ctx, struct answer *answer)
{
	struct drafts *drafts = ctx;
	struct arena *arena = arena_new();
	struct draft_entry *entries;
	int count, dropped = 0;

	drafts->ticket = 0;
	app_enter(drafts->app);
	count = answer->status == ANSWER_DONE ? drafts_find(drafts, arena, &entries, NULL) : 0;
	for (int i = 0; i < count; i++) {
		if (!drafts_is_blocked(entries[i].draft, answer->results))
			continue;
		drafts_discard(drafts, &entries[i]);
		dropped++;
	}
	drafts_show_again(drafts);
	if (answer->status != ANSWER_LOST)
		drafts_look_on(drafts->app);
	if (dropped > 0)
		app_say(drafts->app, SAY_INFO,
		        _("A draft that may name somebody whose data are blocked was thrown away."));
	arena_free(&arena);
	app_leave(drafts->app);
}

void drafts_look(struct app *app)
{
	struct drafts *drafts = app->drafts;
	struct arena *arena;
	struct draft_entry *entries;
	struct batch *batch;
	int count;

	if (drafts == NULL || drafts->ticket != 0)
		return;
	arena = arena_new();
	count = drafts_find(drafts, arena, &entries, NULL);
	batch = drafts_blocked_ask(entries, count);
	if (batch != NULL)
		drafts->ticket = db_send(app->db, batch, 0, drafts_on_blocked, drafts);
	else
		drafts_look_on(app);
	arena_free(&arena);
}
