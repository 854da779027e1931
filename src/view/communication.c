/*
 * The form of a communication, with the next step that follows from it. The
 * next step is only written where it was changed here, so that nobody's other
 * change of the action gets in the way.
 */
#include "communication.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <view/views.h>

#include "action_form.h"

static const struct field_def communication_fields[] = {
#include "communication_fields.def"
	{ .name = "message_id", .label = N_("Message-ID"), .kind = FIELD_LINE, .max = 998,
	  .hint = N_("of the e-mail, where it is known") },
	{ .name = "next_step",
	  .label = N_("Next step"),
	  .kind = FIELD_LINE,
	  .hint = N_("what to do next") },
	{ .name = "next_step_on", .label = N_("Its day"), .kind = FIELD_DATE },
	{ .name = NULL },
};

static void communication_keep_step(struct communication *state, const struct rows *rows)
{
	free(state->step);
	state->step = mem_copy(rows_text(rows, 0, "next_step"));
	snprintf(state->step_on, sizeof(state->step_on), "%s", rows_text(rows, 0, "next_step_on"));
	snprintf(state->version, sizeof(state->version), "%s", rows_text(rows, 0, "version"));
}

static struct batch *communication_load(struct view *view)
{
	struct communication *state = form_view_state(view);

	return communication_begin(state->id);
}

static void communication_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct communication *state = form_view_state(view);
	const struct rows *rows = answer->results[0];

	if (communication_is_gone(view, rows))
		return;
	snprintf(state->client, sizeof(state->client), "%s", rows_text(rows, 0, "client_id"));
	communication_title(state, rows, "number", "title");
	communication_keep_step(state, rows);
	communication_show_fields(form);
	if (state->done)
		form_set(form, "subject", rows_get(rows, 0, "next_step"));
	/* Who has done it says what comes next; to be compared, the step is what it is. */
	if (!state->done || form != form_view_form(view)) {
		form_set(form, "next_step", rows_get(rows, 0, "next_step"));
		form_set(form, "next_step_on", rows_get(rows, 0, "next_step_on"));
	}
	form_set(form, "date", rows_get(rows, 0, "today"));
	form_set(form, "clock", rows_get(rows, 0, "clock"));
	if (rows_get(rows, 0, "contact_id") != NULL && form_text(form, "contact")[0] == '\0')
		form_set_pick(form, "contact", rows_text(rows, 0, "contact_id"),
		              rows_text(rows, 0, "contact"));
}

static const char *communication_text(struct form *form, const char *name)
{
	const char *value = form_value(form, name);

	return value != NULL ? value : "";
}

/* Whether the person has another next step in mind than the one that stood there. */
static bool communication_changes_step(struct communication *state, struct form *form)
{
	return strcmp(communication_text(form, "next_step"), state->step) != 0 ||
	       strcmp(communication_text(form, "next_step_on"), state->step_on) != 0;
}

static struct batch *communication_save(struct view *view, struct form *form,
                                        const char *request_id)
{
	struct communication *state = form_view_state(view);
	const struct communication_data data = communication_typed(form);
	const struct communication_step step = {
		.version = state->version,
		.text = form_value(form, "next_step"),
		.date = form_value(form, "next_step_on"),
	};

	return communication_log(request_id, state->id, &data,
	                         communication_changes_step(state, form) ? &step : NULL);
}

static void communication_saved(struct view *view, struct form *form, struct answer *answer)
{
	struct communication *state = form_view_state(view);

	(void)answer;
	action_form_say(view,
	                state->done ? _("Done. The communication is logged.")
	                            : _("The communication is logged."),
	                form_value(form, "next_step"), form_value(form, "next_step_on"));
	view_finish(view, NULL);
}

/* Of the action's row only these are changed here. */
static const char *const communication_edited[] = { "next_step", "next_step_on", NULL };

#define COMMUNICATION_FORM(opening)                                                              \
	.fields = communication_fields, .about = communication_about,                            \
	.edited = communication_edited, .size = sizeof(struct communication), .open = (opening), \
	.load = communication_load, .loaded = communication_loaded,                              \
	.changed = communication_changed, .save = communication_save,                            \
	.saved = communication_saved, .search = communication_search,                            \
	.create = communication_create, .returned = communication_returned,                      \
	.header = communication_header, .header_rows = 2, .close = communication_close

static const struct form_spec communication_spec = {
	COMMUNICATION_FORM(communication_open),
	.edits = "action",
};

static bool step_done_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct communication *state = form_view_state(view);

	state->done = true;
	return communication_open(view, form, arg, err);
}

static const struct form_spec step_done_spec = {
	COMMUNICATION_FORM(step_done_open),
	.edits = "action",
};

const struct view_ops view_step_done = {
	.name = "form",
	.title = N_("Step done"),
	FORM_VIEW(step_done_spec),
};

const struct view_ops view_communication = {
	.name = "form",
	.title = N_("Communication"),
	FORM_VIEW(communication_spec),
};
