/*
 * The small boxes over an action's screen: next step, its title and dates. They
 * save against the version that they were read in.
 */
#include <string.h>

#include <model/action.h>
#include <view/form_view.h>
#include <view/views.h>

#include "action_form.h"

static struct batch *action_forms_load(struct view *view)
{
	struct action_form *action = form_view_state(view);

	return action_head(action->id);
}

/* Each field has the name of its column. */
static void action_forms_loaded(struct view *view, struct form *form, struct answer *answer)
{
	static const char *const columns[] = { "next_step", "next_step_on", "title", "expected_close",
		                               "notes" };
	const struct form_spec *spec = view->ops->spec;

	if (!action_form_take(view, answer->results[0]))
		return;
	for (const struct field_def *field = spec->fields; field->name != NULL; field++)
		for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
			if (strcmp(field->name, columns[i]) == 0)
				form_set(form, columns[i], rows_get(answer->results[0], 0, columns[i]));
}

/* ---- next step ---- */

static const struct field_def next_step_fields[] = {
	{ .name = "next_step", .label = N_("Next step"), .kind = FIELD_LINE,
	  .hint = N_("what to do next; empty: nothing") },
	{ .name = "next_step_on", .label = N_("On"), .kind = FIELD_DATE,
	  .hint = N_("25/11, +7, mon, today") },
	{ .name = NULL },
};

static struct batch *next_step_save(struct view *view, struct form *form, const char *request_id)
{
	struct action_form *action = form_view_state(view);

	if (!action_form_is_ready(view))
		return NULL;
	return action_set_next_step(request_id, action->id, action->version,
	                            form_value(form, "next_step"), form_value(form, "next_step_on"));
}

static void next_step_saved(struct view *view, struct form *form, struct answer *answer)
{
	(void)answer;
	action_form_say(view, _("The next step is saved."), form_value(form, "next_step"),
	                form_value(form, "next_step_on"));
	view_finish(view, NULL);
}

static const struct form_spec next_step_spec = {
	.fields = next_step_fields,
	.edits = "action",
	.size = sizeof(struct action_form),
	.open = action_form_open,
	.load = action_forms_load,
	.loaded = action_forms_loaded,
	.save = next_step_save,
	.saved = next_step_saved,
};

const struct view_ops view_next_step = {
	.name = "form",
	.title = N_("Next step"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(next_step_spec),
};

/* ---- title, expected close, notes ---- */

static const struct field_def action_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_LINE, .required = true },
	{ .name = "expected_close", .label = N_("Expected close"), .kind = FIELD_DATE,
	  .hint = N_("25/11, +30") },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000, .rows = 6 },
	{ .name = NULL },
};

static struct batch *action_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct action_form *action = form_view_state(view);

	if (!action_form_is_ready(view))
		return NULL;
	return action_save(request_id, action->id, action->version, form_value(form, "title"),
	                   form_value(form, "expected_close"), form_value(form, "notes"));
}

static const struct form_spec action_spec = {
	.fields = action_fields,
	.edits = "action",
	.size = sizeof(struct action_form),
	.open = action_form_open,
	.load = action_forms_load,
	.loaded = action_forms_loaded,
	.save = action_form_save,
	.done = N_("The action is saved."),
};

const struct view_ops view_action_form = {
	.name = "form",
	.title = N_("Action"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(action_spec),
};
