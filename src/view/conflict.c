/*
 * Somebody else holds the division: who, since when, and what can be done.
 */
#include "conflict.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <model/division.h>
#include <view/dialog_view.h>
#include <view/form_view.h>
#include <view/views.h>

void conflict_take(struct conflict *conflict, struct answer *answer)
{
	const struct rows *status = answer->results[0];

	arena_free(&conflict->arena);
	conflict->arena = answer_keep(answer);
	conflict->status = status;
}

void conflict_free(struct conflict *conflict)
{
	arena_free(&conflict->arena);
	conflict->status = NULL;
}

static int conflict_row(const struct conflict *conflict, const char *division)
{
	for (int row = 0; conflict->status != NULL && row < conflict->status->count; row++)
		if (strcmp(rows_text(conflict->status, row, "id"), division) == 0)
			return row;
	return -1;
}

void conflict_show(struct view *view, struct conflict *conflict, const char *division)
{
	struct dialog_button buttons[4] = { 0 };
	int row = conflict_row(conflict, division), count = 0;
	bool mine;

	conflict->at_save = false;
	if (row < 0 || !rows_bool(conflict->status, row, "blocked")) {
		view_say(view, SAY_INFO, "%s", _("This division is free now: you can hold it."));
		return;
	}
	snprintf(conflict->division, sizeof(conflict->division), "%s", division);
	mine = rows_bool(conflict->status, row, "mine"); /* nobody asks himself */
	if (!mine && (view_session(view)->roles & ROLE_REP) != 0)
		buttons[count++] =
		    (struct dialog_button){ CONFLICT_ASK, 'a', N_("Ask to collaborate") };
	if (!conflict->whole)
		buttons[count++] =
		    (struct dialog_button){ CONFLICT_WITHOUT, 'w', N_("Go on without it") };
	buttons[count++] = (struct dialog_button){ CONFLICT_BACK, 'b', N_("Back to the form") };
	dialog_ask(view, QUESTION_CONFLICT,
	           mine ? _("You hold this division already") : _("Somebody holds this division"),
	           division_conflict(conflict->arena, conflict->status, row), buttons);
}

bool conflict_refused(struct conflict *conflict, const struct refusal *refusal)
{
	struct arena *arena;

	if (!refusal_is(refusal, "hold_division_is_free"))
		return false;
	arena = arena_new();
	snprintf(conflict->refused, sizeof(conflict->refused), "%s",
	         refusal_value(refusal, arena, "division_id", 0));
	arena_free(&arena);
	return true;
}

void conflict_show_refused(struct view *view, struct conflict *conflict)
{
	char division[24];

	if (conflict->refused[0] == '\0')
		return;
	snprintf(division, sizeof(division), "%s", conflict->refused);
	conflict->refused[0] = '\0';
	conflict_show(view, conflict, division);
	conflict->at_save = true;
}

void conflict_go_on(struct view *view, struct conflict *conflict, const char *field)
{
	struct form *form = form_view_form(view);
	bool again = conflict->at_save;

	conflict->at_save = false;
	form_tick(form, field, conflict->division, false);
	if (strcmp(form_value(form, field), "{}") == 0) {
		form_go(form, field);
		view_say(view, SAY_INFO, "%s", _("Choose another division, or leave with Esc."));
	} else if (again && form_check(form)) {
		form_view_submit(view);
	}
}

/* ---- the message to the holder ---- */

struct ask_form {
	char division[24];
};

static const struct field_def ask_fields[] = {
	{ .name = "message",
	  .label = N_("Message"),
	  .kind = FIELD_TEXT,
	  .max = 2000,
	  .rows = 4,
	  .hint = N_("Why you would like to work on it together") },
	{ .name = NULL },
};

static bool ask_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct ask_form *ask = form_view_state(view);

	(void)form;
	(void)err;
	snprintf(ask->division, sizeof(ask->division), "%" PRId64, *(const int64_t *)arg);
	return true;
}

static struct batch *ask_save(struct view *view, struct form *form, const char *request_id)
{
	struct ask_form *ask = form_view_state(view);

	return division_ask(request_id, ask->division, form_value(form, "message"));
}

static const struct form_spec ask_spec = {
	.fields = ask_fields,
	.size = sizeof(struct ask_form),
	.open = ask_open,
	.save = ask_save,
	.done = N_("Asked. You will be told as soon as there is an answer."),
};

const struct view_ops view_ask_collaboration = {
	.name = "form",
	.title = N_("Ask to collaborate"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(ask_spec),
};

void conflict_ask(struct view *view, struct conflict *conflict)
{
	int64_t division = strtoll(conflict->division, NULL, 10);

	view_push(view->app, &view_ask_collaboration, &division);
}
