/*
 * A new commercial action: for which client, about what, and which of the
 * client's divisions it holds. What is held by others is shown as such, and
 * the database decides at the save.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <model/action.h>
#include <model/client.h>
#include <model/division.h>

#include <view/dialog_view.h>
#include <view/form_view.h>
#include <view/list_view.h>
#include <view/views.h>

#include "conflict.h"

enum { PURPOSE_DIVISIONS, PURPOSE_CLIENT };

struct new_action {
	struct conflict conflict;
	char tick[24]; /* a division that was just made: ticked when the list has it */
};

static const struct field_def new_action_fields[] = {
	{ .name = "client",
	  .label = N_("Client"),
	  .kind = FIELD_PICK,
	  .required = true,
	  .hint = N_("type a name, a tax id or a city"),
	  .create = N_("New client «%s»") },
	{ .name = "title",
	  .label = N_("Title"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .hint = N_("what it is about") },
	{ .name = "divisions",
	  .label = N_("Divisions"),
	  .kind = FIELD_CHECKLIST,
	  .required = true,
	  .rows = 8 },
	{ .name = "expected_close",
	  .label = N_("Expected close"),
	  .kind = FIELD_DATE,
	  .hint = N_("25/11, +30") },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000, .rows = 3 },
	{ .name = "owner",
	  .label = N_("For the sales rep"),
	  .kind = FIELD_PICK,
	  .hint = N_("empty: for yourself") },
	{ .name = NULL },
};

static void new_action_ask_divisions(struct view *view, struct form *form)
{
	const char *client = form_value(form, "client");

	if (client == NULL) {
		form_set_items(form, "divisions", NULL);
		form_set_empty(form, "divisions", _("Choose the client first."));
		return;
	}
	form_set_empty(form, "divisions",
	               _("This client has no division yet. The key F4 makes one."));
	view_forget(view, PURPOSE_DIVISIONS);
	view_ask(view, PURPOSE_DIVISIONS, division_status(client));
}

/* Only the id is known as yet; the name comes with the answer. */
static void new_action_take_client(struct view *view, struct form *form, const char *client,
                                   const char *name)
{
	form_set_pick(form, "client", client, name);
	view_ask(view, PURPOSE_CLIENT, client_read(client));
}

static bool new_action_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	char client[24];

	(void)err;
	if ((view_session(view)->roles & ROLE_MANAGER) == 0)
		form_hide(form, "owner");
	if (arg != NULL) {
		snprintf(client, sizeof(client), "%" PRId64, *(const int64_t *)arg);
		new_action_take_client(view, form, client, "");
		form_go(form, "title");
	}
	new_action_ask_divisions(view, form);
	return true;
}

static struct batch *new_action_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	if (strcmp(field, "owner") == 0)
		return action_rep_candidates(text);
	return action_client_candidates(text);
}

static void new_action_create(struct view *view, struct form *form, const char *field,
                              const char *text)
{
	char *name = strdup(text); /* of the form's, which the new view may change */
	struct view *child;

	(void)form;
	(void)field;
	child = view_push(view->app, &view_client_form, NULL);
	if (child != NULL)
		form_set(form_view_form(child), "name", name);
	free(name);
}

static void new_action_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "client") == 0)
		new_action_ask_divisions(view, form);
}

static void new_action_name_client(struct form *form, const struct rows *rows)
{
	const char *client = form_value(form, "client");
	bool changed = form_is_changed(form);

	if (rows->count == 0 || client == NULL || strcmp(client, rows_text(rows, 0, "id")) != 0)
		return;
	form_set_pick(form, "client", rows_text(rows, 0, "id"), rows_text(rows, 0, "name"));
	if (!changed)
		form_settle(form);
}

static void new_action_answer(struct view *view, struct form *form, struct answer *answer)
{
	struct new_action *state = form_view_state(view);

	if (answer->status == ANSWER_LOST && answer->purpose == PURPOSE_DIVISIONS)
		new_action_ask_divisions(view, form);
	if (!view_check(view, answer))
		return;
	if (answer->purpose == PURPOSE_CLIENT) {
		new_action_name_client(form, answer->results[0]);
		return;
	}
	conflict_take(&state->conflict, answer);
	form_set_items(form, "divisions",
	               division_items(state->conflict.arena, state->conflict.status));
	if (state->tick[0] != '\0')
		form_tick(form, "divisions", state->tick, true);
	state->tick[0] = '\0';
	conflict_show_refused(view, &state->conflict);
}

static void new_action_blocked(struct view *view, struct form *form, const char *field,
                               const char *id)
{
	struct new_action *state = form_view_state(view);

	(void)form;
	(void)field;
	conflict_show(view, &state->conflict, id);
}

static struct batch *new_action_save(struct view *view, struct form *form, const char *request_id)
{
	(void)view;
	return action_open(request_id, form_value(form, "client"), form_value(form, "title"),
	                   form_value(form, "divisions"), form_value(form, "expected_close"),
	                   form_value(form, "notes"), form_value(form, "owner"));
}

/* Taken between the list and the save: the list comes anew, then the box. */
static bool new_action_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	struct new_action *state = form_view_state(view);

	if (!conflict_refused(&state->conflict, refusal))
		return false;
	new_action_ask_divisions(view, form);
	return true;
}

static void new_action_saved(struct view *view, struct form *form, struct answer *answer)
{
	int64_t action = rows_int(answer->results[0], 0, "id");
	struct view *below = view_below(view);

	(void)form;
	if (below != NULL && below->ops == &view_actions)
		list_made(below, action);
	view_say(view, SAY_GOOD, _("Action %s is open; its divisions are yours."),
	         rows_text(answer->results[0], 0, "number"));
	view_replace(view, &view_action, &action);
}

static enum command new_action_act(struct view *view, struct form *form, enum command command)
{
	struct division_arg which = { 0 };
	const char *client = form_value(form, "client");

	if (command != COMMAND_MAKE_DIVISION)
		return command;
	if (client == NULL) {
		form_fail(form, "client", _("Choose the client first."));
		return COMMAND_NONE;
	}
	which.client = strtoll(client, NULL, 10);
	view_push(view->app, &view_division_form, &which);
	return COMMAND_NONE;
}

static void new_action_returned(struct view *view, struct form *form, const struct view_ops *child,
                                const void *result)
{
	struct new_action *state = form_view_state(view);

	if (child == &view_client_form && result != NULL) {
		new_action_take_client(view, form, result, form_text(form, "client"));
		form_go(form, "title");
		new_action_ask_divisions(view, form);
	} else if (child == &view_division_form && result != NULL) {
		snprintf(state->tick, sizeof(state->tick), "%s", (const char *)result);
		new_action_ask_divisions(view, form);
	}
	switch (dialog_chosen(child, result, QUESTION_CONFLICT)) {
	case CONFLICT_ASK: conflict_ask(view, &state->conflict); break;
	case CONFLICT_WITHOUT: conflict_go_on(view, &state->conflict, "divisions"); break;
	default: break;
	}
}

static void new_action_close(struct view *view)
{
	struct new_action *state = form_view_state(view);

	conflict_free(&state->conflict);
}

static const char *new_action_about(struct view *view)
{
	return form_text(form_view_form(view), "client");
}

static const struct form_spec new_action_spec = {
	.fields = new_action_fields,
	.about = new_action_about,
	.size = sizeof(struct new_action),
	.open = new_action_open,
	.search = new_action_search,
	.create = new_action_create,
	.changed = new_action_changed,
	.answer = new_action_answer,
	.blocked = new_action_blocked,
	.save = new_action_save,
	.refused = new_action_refused,
	.saved = new_action_saved,
	.act = new_action_act,
	.returned = new_action_returned,
	.close = new_action_close,
};

const struct view_ops view_new_action = {
	.name = "new-action",
	.title = N_("New action"),
	FORM_VIEW(new_action_spec),
};
