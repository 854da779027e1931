/*
 * Which divisions an action holds: further ones of its client, with the same
 * conflict box as a new action, and giving one back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <model/action.h>
#include <model/division.h>
#include <view/dialog_view.h>
#include <view/form_view.h>
#include <view/views.h>

#include "action_form.h"
#include "conflict.h"

/* ---- holding ---- */

struct hold_form {
	struct action_form action;
	struct conflict conflict;
	int64_t client; /* 0 until it was read */
	char tick[24];  /* a division that was just made: ticked when the list has it */
};

static const struct field_def hold_fields[] = {
	{ .name = "divisions",
	  .label = N_("Divisions"),
	  .kind = FIELD_CHECKLIST,
	  .required = true,
	  .rows = 8 },
	{ .name = NULL },
};

static const char *hold_text(struct view *view)
{
	(void)view;
	return _("What is ticked is held by this action alone until it is closed. F4 makes a new "
	         "division.");
}

static struct batch *hold_load(struct view *view)
{
	struct hold_form *hold = form_view_state(view);

	return action_free_divisions(hold->action.id);
}

static void hold_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct hold_form *hold = form_view_state(view);

	if (!action_form_take(view, answer->results[1]))
		return;
	hold->client = rows_int(answer->results[1], 0, "client_id");
	conflict_take(&hold->conflict, answer);
	form_set_empty(
	    form, "divisions",
	    _("The action holds every division of this client. The key F4 makes a new one."));
	form_set_items(form, "divisions",
	               division_items(hold->conflict.arena, hold->conflict.status));
	if (hold->tick[0] != '\0')
		form_tick(form, "divisions", hold->tick, true);
	hold->tick[0] = '\0';
	conflict_show_refused(view, &hold->conflict);
}

static void hold_blocked(struct view *view, struct form *form, const char *field, const char *id)
{
	struct hold_form *hold = form_view_state(view);

	(void)form;
	(void)field;
	conflict_show(view, &hold->conflict, id);
}

static struct batch *hold_save(struct view *view, struct form *form, const char *request_id)
{
	struct hold_form *hold = form_view_state(view);

	return action_hold(request_id, hold->action.id, form_value(form, "divisions"));
}

static bool hold_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	struct hold_form *hold = form_view_state(view);

	(void)form;
	if (!conflict_refused(&hold->conflict, refusal))
		return false;
	form_view_reload(view);
	return true;
}

static enum command hold_act(struct view *view, struct form *form, enum command command)
{
	struct hold_form *hold = form_view_state(view);
	struct division_arg which = { .client = hold->client };

	(void)form;
	if (command != COMMAND_MAKE_DIVISION)
		return command;
	if (action_form_is_ready(view))
		view_push(view->app, &view_division_form, &which);
	return COMMAND_NONE;
}

static void hold_returned(struct view *view, struct form *form, const struct view_ops *child,
                          const void *result)
{
	struct hold_form *hold = form_view_state(view);

	(void)form;
	if (child == &view_division_form && result != NULL) {
		snprintf(hold->tick, sizeof(hold->tick), "%s", (const char *)result);
		form_view_reload(view);
	}
	switch (dialog_chosen(child, result, QUESTION_CONFLICT)) {
	case CONFLICT_ASK: conflict_ask(view, &hold->conflict); break;
	case CONFLICT_WITHOUT: conflict_go_on(view, &hold->conflict, "divisions"); break;
	default: break;
	}
}

static void hold_close(struct view *view)
{
	struct hold_form *hold = form_view_state(view);

	conflict_free(&hold->conflict);
}

static const struct form_spec hold_spec = {
	.fields = hold_fields,
	.size = sizeof(struct hold_form),
	.open = action_form_open,
	.load = hold_load,
	.loaded = hold_loaded,
	.blocked = hold_blocked,
	.save = hold_save,
	.refused = hold_refused,
	.act = hold_act,
	.returned = hold_returned,
	.text = hold_text,
	.done = N_("The action holds them now."),
	.close = hold_close,
};

const struct view_ops view_hold_divisions = {
	.name = "hold-divisions",
	.title = N_("Hold more divisions"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(hold_spec),
};

/* ---- giving back ---- */

static const struct field_def release_fields[] = {
	{ .name = "divisions",
	  .label = N_("Division"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .width = 44 },
	{ .name = NULL },
};

static const char *release_text(struct view *view)
{
	(void)view;
	return _("It becomes free for everybody at once.");
}

static struct batch *release_load(struct view *view)
{
	struct action_form *action = form_view_state(view);

	return action_held(action->id);
}

static void release_loaded(struct view *view, struct form *form, struct answer *answer)
{
	if (!action_form_take(view, answer->results[0]))
		return;
	form_set_choices(form, "divisions", answer->results[1]);
	form_set(form, "divisions", rows_get(answer->results[1], 0, "id"));
}

static struct batch *release_save(struct view *view, struct form *form, const char *request_id)
{
	struct action_form *action = form_view_state(view);

	return action_release(request_id, action->id, form_value(form, "divisions"));
}

static bool release_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	(void)view;
	if (refusal_is(refusal, "offer_division_is_held"))
		form_fail(form, "divisions",
		          _("An offer that is still open covers it: withdraw the offer first, "
		            "or take the division out of its draft."));
	else if (refusal_is(refusal, "action_holds_a_division"))
		form_fail(form, "divisions",
		          _("It is the last one. An action without divisions is closed instead."));
	else
		return false;
	return true;
}

static const struct form_spec release_spec = {
	.fields = release_fields,
	.size = sizeof(struct action_form),
	.open = action_form_open,
	.load = release_load,
	.loaded = release_loaded,
	.text = release_text,
	.save = release_save,
	.refused = release_refused,
	.done = N_("The division is free."),
};

const struct view_ops view_release_division = {
	.name = "form",
	.title = N_("Give a division back"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(release_spec),
};
