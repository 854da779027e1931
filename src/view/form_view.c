/*
 * The behaviour that all forms share; what a form is stands in its form_spec.
 * A write is sent until the server has answered it, so a form that lost its
 * connection only waits: its request id sees to it that nothing happens twice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/mem.h>
#include <base/uuid.h>
#include <model/refusal.h>
#include <ui/form_snapshot.h>
#include <ui/layout.h>
#include <view/dialog_view.h>

#include "form_draft.h"
#include "form_merge.h"
#include "form_state.h"

void *form_view_state(const struct view *view)
{
	struct form_screen *screen = view->state;

	return screen->own;
}

struct form *form_view_form(const struct view *view)
{
	struct form_screen *screen = view->state;

	return screen->form;
}

void form_view_explain(struct view *view, const char *text)
{
	struct form_screen *screen = view->state;

	dialog_set_text(screen->dialog, text);
	view_redraw(view);
}

void form_view_reload(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);
	struct batch *batch = spec->load != NULL ? spec->load(view) : NULL;

	struct form_screen *screen = view->state;

	view_forget(view, FORM_LOAD);
	screen->loading = batch != NULL;
	if (batch != NULL)
		view_ask(view, FORM_LOAD, batch);
}

bool form_view_open(struct view *view, const void *arg, struct err *err)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = mem_alloc(sizeof(*screen));

	view->state = screen;
	view->typing = true;
	screen->own = spec->size > 0 ? mem_alloc(spec->size) : NULL;
	uuid_make(screen->request_id);
	if ((view->ops->flags & VIEW_OVERLAY) == 0) {
		screen->form = form_new(spec->fields);
	} else {
		screen->dialog =
		    dialog_new_form(_(view->ops->title), spec->text != NULL ? spec->text(view) : "",
		                    spec->fields);
		screen->form = dialog_form(screen->dialog);
	}
	if (spec->open != NULL && !spec->open(view, screen->form, arg, err))
		return false;
	if (screen->dialog != NULL && view->title != NULL)
		dialog_set_title(screen->dialog, view->title);
	form_settle(screen->form);
	form_draft_begin(view, arg);
	form_view_reload(view);
	return true;
}

/* Neither saved nor failed before it is known; what found no server has not even been sent. */
static void form_draw_doubt(const struct form_screen *screen, struct canvas *canvas,
                            struct rect part)
{
	long long seconds = (long long)(time(NULL) - screen->sent_at);
	struct tm when;
	char clock[8], age[32];

	localtime_r(&screen->sent_at, &when);
	strftime(clock, sizeof(clock), "%H:%M", &when);
	if (seconds < 60)
		snprintf(age, sizeof(age), "%lld s", seconds);
	else
		date_age((long)seconds, age);
	canvas_fill(canvas, part, STYLE_WARNING);
	canvas_paragraph(
	    canvas, part, 0, STYLE_WARNING,
	    arena_printf(
	        canvas_arena(canvas),
	        screen->unsent
	            ? _("Not sent yet: you saved at %s (%s ago), while there was no connection. It is "
	                "kept, and sent as soon as the server is back; nothing typed is lost.")
	            : _("Being checked: sent at %s (%s ago), and the connection is gone. Whether "
	                "it is saved is known as soon as the server is back; it is saved once "
	                "only, and nothing typed is lost."),
	        clock, age));
}

void form_view_connection(struct view *view, enum db_state state, enum db_fault fault,
                          const char *text)
{
	struct form_screen *screen = view->state;

	(void)fault;
	(void)text;
	if (state == DB_READY || state == DB_BUSY)
		screen->unsent = false;
}

void form_view_draw(struct view *view, struct canvas *canvas)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };

	if (screen->saving && !view_is_online(view))
		form_draw_doubt(screen, canvas, layout_cut_bottom(&rest, 3));
	if (screen->dialog != NULL) {
		dialog_draw(screen->dialog, canvas_part(canvas, rest));
		return;
	}
	if (spec->header != NULL)
		spec->header(view, canvas_part(canvas, layout_cut_top(&rest, spec->header_rows)));
	form_draw(screen->form, canvas_part(canvas, rest));
}

/* The save waits for what is to be changed. */
static bool form_is_too_early(struct view *view)
{
	struct form_screen *screen = view->state;

	if (!screen->loading)
		return false;
	screen->save_wanted = view_is_asking(view, FORM_LOAD);
	if (screen->save_wanted)
		view_say(view, SAY_INFO, "%s",
		         _("It is not loaded yet; it will be saved as soon as it is."));
	else
		view_say(view, SAY_WARNING, "%s",
		         _("It is not loaded yet, so it cannot be saved. Ctrl-r asks again."));
	return true;
}

void form_view_submit(struct view *view)
{
	struct form_screen *screen = view->state;
	struct batch *batch;

	if (screen->saving || form_is_too_early(view) || form_merge_is_due(view))
		return;
	batch = form_spec_of(view)->save(view, screen->form, screen->request_id);
	if (batch == NULL)
		return;
	screen->saving = true;
	screen->unsent = !view_is_online(view);
	screen->sent_at = time(NULL);
	/* Before it can be lost on its way. */
	form_draft_saving(view);
	view_ask(view, FORM_SAVE, batch);
	form_draft_sent(view);
}

static void form_search(struct view *view)
{
	struct form_screen *screen = view->state;
	struct batch *batch;

	screen->search_again = view_is_asking(view, FORM_CANDIDATES);
	if (screen->search_again || form_spec_of(view)->search == NULL)
		return;
	batch = form_spec_of(view)->search(view, screen->search_field, screen->search_text);
	if (batch != NULL)
		view_ask_quietly(view, FORM_CANDIDATES, batch);
}

static void form_wants_candidates(struct view *view, const struct form_event *event)
{
	struct form_screen *screen = view->state;

	free(screen->search_field);
	free(screen->search_text);
	screen->search_field = mem_copy(event->field);
	screen->search_text = mem_copy(event->text != NULL ? event->text : "");
	screen->search_tag = event->tag;
	form_search(view);
}

static void form_leave(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);

	if (spec->act != NULL &&
	    spec->act(view, form_view_form(view), COMMAND_BACK) == COMMAND_NONE)
		return;
	if (view_below(view) != NULL && form_view_may_close(view))
		view_close(view);
}

/* Returns whether the key was one of the form. */
static bool form_take(struct view *view, const struct form_event *event)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;

	switch (event->outcome) {
	case FORM_IGNORED: return false;
	case FORM_HANDLED: form_draft_pause(view); break;
	case FORM_CHANGED:
		form_draft_touch(view);
		screen->save_wanted = false;
		if (spec->changed != NULL)
			spec->changed(view, screen->form, event->field);
		break;
	case FORM_SUBMIT: form_view_submit(view); break;
	case FORM_CANCEL: form_leave(view); break;
	case FORM_SEARCH:
		form_draft_touch(view);
		form_wants_candidates(view, event);
		break;
	case FORM_CREATE:
		if (spec->create != NULL)
			spec->create(view, screen->form, event->field, event->text);
		break;
	case FORM_BLOCKED:
		if (spec->blocked != NULL)
			spec->blocked(view, screen->form, event->field, event->text);
		break;
	}
	return true;
}

/* While it is saved the form stays as it was sent: the answer closes it, and what was typed since
 * would be lost. One can still leave, and give commands. */
static bool form_saving_key(struct view *view, const struct key_event *event)
{
	if ((event->code >= KEYS_F1 && event->code <= KEYS_F12) || event->code & KEYS_CTRL)
		return false;
	if (event->code == KEYS_ESCAPE)
		form_leave(view);
	else
		view_say(view, SAY_INFO, "%s",
		         _("It is being saved. It can be changed when the server has answered."));
	return true;
}

bool form_view_key(struct view *view, const struct key_event *event)
{
	struct form_screen *screen = view->state;
	struct dialog_event what;
	struct form_event taken;

	if (screen->saving || form_merge_is_looking(view))
		return form_saving_key(view, event);
	/* Before the form finds fault with what is not there yet. */
	if (event->code == (KEYS_CTRL | 's') && form_is_too_early(view))
		return true;
	if (screen->dialog == NULL) {
		taken = form_key(screen->form, event);
		return form_take(view, &taken);
	}
	what = dialog_key(screen->dialog, event);
	if (what.outcome == DIALOG_CANCEL)
		form_leave(view);
	else if (what.outcome == DIALOG_FORM || what.form.outcome == FORM_HANDLED)
		form_take(view, &what.form);
	else
		return what.form.outcome != FORM_IGNORED;
	return true;
}

static const struct {
	enum command command;
	enum grid_edit edit;
} form_edits[] = {
	{ COMMAND_INSERT_LINE, GRID_INSERT }, { COMMAND_DELETE_LINE, GRID_DELETE },
	{ COMMAND_DOUBLE_LINE, GRID_DOUBLE }, { COMMAND_LINE_UP, GRID_UP },
	{ COMMAND_LINE_DOWN, GRID_DOWN },     { COMMAND_UNDO, GRID_UNDO },
	{ COMMAND_REDO, GRID_REDO },
};

/* Whether the command edits a grid's lines, and how. */
static bool form_edits_lines(enum command command, enum grid_edit *edit)
{
	for (size_t i = 0; i < sizeof(form_edits) / sizeof(form_edits[0]); i++)
		if (form_edits[i].command == command) {
			*edit = form_edits[i].edit;
			return true;
		}
	return false;
}

static bool form_edit(struct view *view, enum command command)
{
	struct form_screen *screen = view->state;
	struct form_event taken;
	enum grid_edit edit;

	if (!form_edits_lines(command, &edit))
		return false;
	if (form_in_grid(screen->form) && !screen->saving) {
		taken = form_grid_edit(screen->form, edit);
		form_take(view, &taken);
	}
	return true;
}

/* What stands in the cursor's field or cell; never a secret. */
static void form_copy(struct view *view)
{
	struct arena *arena = arena_new();
	const struct form_snapshot *all = form_snapshot_take(form_view_form(view), arena);
	const struct form_part *part = form_snapshot_part(all, all->current);
	const char *text = "";

	if (part != NULL && part->def->kind != FIELD_GRID)
		text = part->content.text;
	else if (part != NULL && all->line < part->lines)
		text = part->cells[all->line * part->columns + all->column].text;
	if (text[0] != '\0')
		view_copy(view, text);
	else
		view_say(view, SAY_INFO, "%s", _("There is nothing to copy in this field."));
	arena_free(&arena);
}

enum command form_view_act(struct view *view, enum command command)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;

	if (spec->act != NULL)
		command = spec->act(view, screen->form, command);
	if (command == COMMAND_COPY) {
		form_copy(view);
		return COMMAND_NONE;
	}
	if (command == COMMAND_RELOAD && screen->loading) {
		form_view_reload(view);
		return COMMAND_NONE;
	}
	if (form_edit(view, command))
		return COMMAND_NONE;
	if (command != COMMAND_SAVE)
		return command;
	if (!form_is_too_early(view) && form_check(screen->form))
		form_view_submit(view);
	return COMMAND_NONE;
}

static void form_on_refused(struct view *view, const struct refusal *refusal)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	struct err err = { 0 };

	if ((spec->refused != NULL && spec->refused(view, screen->form, refusal)) ||
	    form_merge_refused(view, refusal) || form_state_refused(view, refusal))
		return;
	refusal_explain(refusal, &err);
	form_fail(screen->form, err.field, err.text);
	if (err.field[0] == '\0')
		view_say(view, SAY_ERROR, "%s", err.text);
}

static void form_on_saved(struct view *view, struct answer *answer)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	struct arena *kept;
	const char *first = NULL;

	form_settle(screen->form);
	form_draft_saved(view);
	if (spec->done != NULL)
		view_say(view, SAY_GOOD, "%s", _(spec->done));
	if (spec->saved != NULL) {
		spec->saved(view, screen->form, answer);
		return;
	}
	if (answer->count > 0 && answer->results[0]->count > 0 && answer->results[0]->columns > 0)
		first = answer->results[0]->cells[0];
	kept = answer_keep(answer);
	view_finish(view, first);
	arena_free(&kept);
}

static void form_on_save_answer(struct view *view, struct answer *answer)
{
	struct form_screen *screen = view->state;

	screen->saving = false;
	/* What becomes of a lost write is not known: the same with the same id finds out, and cannot
	 * double. */
	if (answer->status == ANSWER_LOST) {
		form_view_submit(view);
		return;
	}
	if (answer->status != ANSWER_CANCELLED)
		uuid_make(screen->request_id);
	if (answer->status == ANSWER_DONE) {
		form_on_saved(view, answer);
		return;
	}
	form_draft_touch(view);
	form_draft_pause(view);
	if (answer->status == ANSWER_REFUSED)
		form_on_refused(view, answer->refusal);
	else
		view_say(view, SAY_WARNING, "%s", _("It is not saved. You can save it again."));
}

static void form_on_loaded(struct view *view, struct answer *answer)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;
	bool changed = form_is_changed(screen->form);
	bool save = screen->save_wanted, first = !screen->loaded;

	screen->loading = screen->save_wanted = false;
	form_merge_remember(view, answer);
	if (!screen->loaded)
		form_begin_loading(screen->form);
	screen->loaded = true;
	if (spec->loaded != NULL)
		spec->loaded(view, screen->form, answer);
	if (!form_end_loading(screen->form) && save) {
		save = false;
		view_say(view, SAY_WARNING, "%s",
		         _("It is loaded only now. Look at it, then save it again."));
	}
	if (!changed)
		form_settle(screen->form);
	if (first && !view->closed)
		form_draft_loaded(view);
	if (save && !view->closed && form_check(screen->form))
		form_view_submit(view);
}

void form_view_answer(struct view *view, struct answer *answer)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;

	switch (answer->purpose) {
	case FORM_SAVE: form_on_save_answer(view, answer); return;
	case FORM_CANDIDATES:
		/* Typed on meanwhile: those are for another text, perhaps of another field. */
		if (answer->status == ANSWER_DONE && !screen->search_again)
			form_offer(screen->form, screen->search_field, screen->search_tag,
			           answer->results[0]);
		if (screen->search_again)
			form_search(view);
		return;
	case FORM_LOAD:
		if (answer->status == ANSWER_LOST)
			form_view_reload(view);
		else if (view_check(view, answer))
			form_on_loaded(view, answer);
		else
			screen->save_wanted = false;
		return;
	case FORM_THEIRS: form_merge_answer(view, answer); break;
	case FORM_STATE: form_state_answer(view, answer); break;
	default:
		if (spec->answer != NULL)
			spec->answer(view, screen->form, answer);
		break;
	}
	if (!view->closed)
		form_draft_touch(view);
}

bool form_view_offers(const struct view *view, enum command command)
{
	enum grid_edit edit;

	if (form_edits_lines(command, &edit))
		return form_in_grid(form_view_form(view));
	return command == COMMAND_SAVE || command_in_section(command, view->ops->name);
}

void form_view_returned(struct view *view, const struct view_ops *child, const void *result)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;

	/* It may have been answered while one was asked. */
	if (dialog_chosen(child, result, FORM_LEAVE) == DIALOG_YES && screen->saving) {
		view_close(view);
		return;
	}
	switch (dialog_chosen(child, result, FORM_DISCARD)) {
	case DIALOG_YES:
		screen->discard = true;
		view_close(view);
		return;
	case FORM_LATER:
		view_close(view);
		view_say(view, SAY_INFO, "%s", _("It is kept as a draft. F7 shows the drafts."));
		return;
	default: break;
	}
	if (spec->returned != NULL)
		spec->returned(view, screen->form, child, result);
	form_draft_touch(view);
}

bool form_view_may_close(struct view *view)
{
	/* The first one is what Enter takes: it must not lose anything. */
	static const struct dialog_button unsaved[] = {
		{ DIALOG_NO, 0, N_("Keep writing") },
		{ FORM_LATER, 'l', N_("Go on later") },
		{ DIALOG_YES, 'd', N_("Discard it") },
		{ 0, 0, NULL },
	};
	static const struct dialog_button lost[] = {
		{ DIALOG_NO, 0, N_("Keep writing") },
		{ DIALOG_YES, 'd', N_("Discard it") },
		{ 0, 0, NULL },
	};
	struct form_screen *screen = view->state;

	if (screen->saving)
		dialog_confirm(view, FORM_LEAVE, _("Leave this form?"),
		               screen->draft != NULL
		                   ? _("It is being saved all the same, and you are told what becomes "
		                       "of it. Should it be refused, it is kept as a draft.")
		                   : _("It is being saved all the same."),
		               _("Leave"));
	else if (form_is_changed(screen->form))
		dialog_ask(view, FORM_DISCARD, _("Leave this form?"),
		           _("What was typed is not saved."),
		           form_draft_can_wait(view) ? unsaved : lost);
	else
		return true;
	return false;
}

void form_view_close(struct view *view)
{
	const struct form_spec *spec = form_spec_of(view);
	struct form_screen *screen = view->state;

	form_draft_end(view, screen->discard);
	if (spec->close != NULL)
		spec->close(view);
	if (screen->dialog != NULL)
		dialog_free(&screen->dialog);
	else
		form_free(&screen->form);
	form_merge_free(&screen->merge);
	free(screen->search_field);
	free(screen->search_text);
	free(screen->own);
}
