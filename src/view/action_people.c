/*
 * Who works in an action: letting another rep in, handing it over, taking a
 * collaborator out.
 */
#include <string.h>

#include <model/action.h>
#include <view/form_view.h>
#include <view/views.h>

#include "action_form.h"

static struct batch *people_load(struct view *view)
{
	struct action_form *action = form_view_state(view);

	return action_collaborators(action->id);
}

/* ---- in ---- */

static const struct field_choice add_choices[] = {
	{ "collaborator", N_("collaborates in it") },
	{ "owner", N_("owns it from now on") },
	{ NULL, NULL },
};

static const struct field_def add_fields[] = {
	{ .name = "person",
	  .label = N_("Sales rep"),
	  .kind = FIELD_PICK,
	  .required = true,
	  .hint = N_("type a name") },
	{ .name = "part",
	  .label = N_("Part"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .choices = add_choices,
	  .initial = "collaborator",
	  .width = 44 },
	{ .name = NULL },
};

static const char *owner_text(void)
{
	return _("Who owns it now stays as a collaborator.");
}

static const char *add_text(struct view *view)
{
	(void)view;
	return _(
	    "A collaborator may do everything in the action but close it, hand it over or change "
	    "who works in it.");
}

static bool add_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	if (view->ops == &view_transfer_action) {
		form_set(form, "part", "owner");
		form_view_explain(view, owner_text());
	}
	return action_form_open(view, form, arg, err);
}

static void add_loaded(struct view *view, struct form *form, struct answer *answer)
{
	(void)form;
	action_form_take(view, answer->results[0]);
}

static struct batch *add_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	(void)field;
	return action_rep_candidates(text);
}

static void add_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "part") != 0)
		return;
	form_view_explain(view, strcmp(form_value(form, "part"), "owner") == 0
	                            ? owner_text()
	                            : add_text(view));
}

static struct batch *add_save(struct view *view, struct form *form, const char *request_id)
{
	struct action_form *action = form_view_state(view);
	bool owner = strcmp(form_value(form, "part"), "owner") == 0;

	return action_change_member(request_id, action->id, form_value(form, "person"),
	                            owner ? ACTION_OWNS : ACTION_COLLABORATES);
}

static const struct form_spec add_spec = {
	.fields = add_fields,
	.size = sizeof(struct action_form),
	.open = add_open,
	.load = people_load,
	.loaded = add_loaded,
	.search = add_search,
	.changed = add_changed,
	.text = add_text,
	.save = add_save,
	.refused = action_form_denied,
	.done = N_("Done: the people of the action have changed."),
};

const struct view_ops view_add_collaborator = {
	.name = "form",
	.title = N_("Another sales rep"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(add_spec),
};

/* The same box, with the other part chosen. */
const struct view_ops view_transfer_action = {
	.name = "form",
	.title = N_("Hand the action over"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(add_spec),
};

/* ---- out ---- */

static const struct field_def remove_fields[] = {
	{ .name = "person",
	  .label = N_("Collaborator"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .width = 44 },
	{ .name = NULL },
};

static void remove_loaded(struct view *view, struct form *form, struct answer *answer)
{
	const struct rows *people = answer->results[1];

	if (!action_form_take(view, answer->results[0]))
		return;
	if (people->count == 0) {
		view_say(view, SAY_INFO, "%s", _("Nobody collaborates in this action."));
		view_close(view);
		return;
	}
	form_set_choices(form, "person", people);
	form_set(form, "person", rows_get(people, 0, "id"));
}

static const char *remove_text(struct view *view)
{
	(void)view;
	return _("Who leaves does not see the action any more; what was done stays.");
}

static struct batch *remove_save(struct view *view, struct form *form, const char *request_id)
{
	struct action_form *action = form_view_state(view);

	return action_change_member(request_id, action->id, form_value(form, "person"),
	                            ACTION_LEAVES);
}

static const struct form_spec remove_spec = {
	.fields = remove_fields,
	.size = sizeof(struct action_form),
	.open = action_form_open,
	.load = people_load,
	.loaded = remove_loaded,
	.text = remove_text,
	.save = remove_save,
	.refused = action_form_denied,
	.done = N_("Done: the people of the action have changed."),
};

const struct view_ops view_remove_collaborator = {
	.name = "form",
	.title = N_("Remove a collaborator"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(remove_spec),
};
