/*
 * The form of a communication, with the next step that follows from it; and the
 * form that corrects one. The next step is only written where it was changed
 * here, so that nobody's other change of the action gets in the way.
 */
#include "communication.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <model/communication.h>
#include <model/refusal.h>
#include <view/views.h>

enum { PURPOSE_STEP };

static const struct field_choice communication_channels[] = {
	{ "phone", N_("Phone") },     { "email", N_("E-mail") }, { "visit", N_("Visit") },
	{ "meeting", N_("Meeting") }, { "letter", N_("Letter") }, { "message", N_("Message") },
	{ "other", N_("Other") },     { NULL, NULL },
};

static const struct field_choice communication_directions[] = {
	{ "out", N_("We contacted the client") },
	{ "in", N_("The client contacted us") },
	{ NULL, NULL },
};

/* Both forms share these. */
#define COMMUNICATION_FIELDS                                                                     \
	{ .name = "channel", .label = N_("Channel"), .kind = FIELD_CHOICE, .required = true,     \
	  .choices = communication_channels, .initial = "phone" },                               \
	{ .name = "direction", .label = N_("Direction"), .kind = FIELD_CHOICE, .required = true, \
	  .choices = communication_directions, .initial = "out" },                               \
	{ .name = "contact", .label = N_("Contact"), .kind = FIELD_PICK,                         \
	  .hint = N_("type a part of the name"), .create = N_("Enter the contact «%s»") },       \
	{ .name = "date", .label = N_("Day"), .kind = FIELD_DATE, .required = true },            \
	{ .name = "clock", .label = N_("Hour"), .kind = FIELD_TIME, .required = true },          \
	{ .name = "subject", .label = N_("Subject"), .kind = FIELD_LINE, .required = true,       \
	  .max = 300 },                                                                          \
	{ .name = "body", .label = N_("Text"), .kind = FIELD_TEXT, .max = 100000, .rows = 4 },   \
	{ .name = "duration_minutes", .label = N_("Duration"), .kind = FIELD_INTEGER,            \
	  .width = 6, .hint = N_("minutes, of a call or a meeting") },                           \
	{ .name = "tracking_number", .label = N_("Tracking number"), .kind = FIELD_LINE,         \
	  .max = 60, .width = 30, .hint = N_("of a registered letter") }

static const struct field_def communication_fields[] = {
	COMMUNICATION_FIELDS,
	{ .name = "next_step", .label = N_("Next step"), .kind = FIELD_LINE,
	  .hint = N_("what to do next") },
	{ .name = "next_step_on", .label = N_("Its day"), .kind = FIELD_DATE },
	{ .name = NULL },
};

static const struct field_def correction_fields[] = { COMMUNICATION_FIELDS, { .name = NULL } };

struct communication {
	char id[24]; /* the action's, or that of what is corrected */
	char client[24];
	char version[12]; /* of the action */
	char *step;       /* the next step that stood there, "" for none */
	char step_on[12];
	char heading[400];
};

static bool communication_open(struct view *view, struct form *form, const void *arg,
                               struct err *err)
{
	struct communication *state = form_view_state(view);

	(void)form;
	(void)err;
	state->step = mem_copy("");
	snprintf(state->id, sizeof(state->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

static void communication_close(struct view *view)
{
	struct communication *state = form_view_state(view);

	free(state->step);
}

static void communication_header(struct view *view, struct canvas *canvas)
{
	struct communication *state = form_view_state(view);

	canvas_text(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_STRONG, state->heading);
}

static void communication_title(struct communication *state, const struct rows *rows,
                                const char *number, const char *title)
{
	snprintf(state->heading, sizeof(state->heading), _("%s · action %s · %s"),
	         rows_text(rows, 0, "client"), rows_text(rows, 0, number),
	         rows_text(rows, 0, title));
}

/* ---- the contact ---- */

static struct batch *communication_search(struct view *view, const char *field, const char *text)
{
	struct communication *state = form_view_state(view);

	(void)field;
	return communication_contacts(state->client, text);
}

static struct communication_data communication_typed(struct form *form)
{
	return (struct communication_data){
		.channel = form_value(form, "channel"),
		.direction = form_value(form, "direction"),
		.contact = form_value(form, "contact"),
		.date = form_value(form, "date"),
		.clock = form_value(form, "clock"),
		.subject = form_value(form, "subject"),
		.body = form_value(form, "body"),
		.minutes = form_value(form, "duration_minutes"),
		.tracking = form_value(form, "tracking_number"),
	};
}

/* The contact's own form, in a box, with the name that was typed. */
static void communication_create(struct view *view, struct form *form, const char *field,
                                 const char *text)
{
	struct communication *state = form_view_state(view);
	const struct contact_arg arg = { .client = strtoll(state->client, NULL, 10) };
	char *name = mem_copy(text); /* the form's, which may change it */
	struct view *child;

	(void)form;
	(void)field;
	child = arg.client != 0 ? view_push(view->app, &view_contact_form, &arg) : NULL;
	if (child != NULL)
		form_set(form_view_form(child), "name", name);
	free(name);
}

static void communication_returned(struct view *view, struct form *form,
                                   const struct view_ops *child, const void *result)
{
	(void)view;
	if (child != &view_contact_form || result == NULL)
		return;
	form_set_pick(form, "contact", result, form_text(form, "contact"));
	form_go(form, "date");
}

/* ---- a new one ---- */

static void communication_keep_step(struct communication *state, const struct rows *rows)
{
	free(state->step);
	state->step = mem_copy(rows_text(rows, 0, "next_step"));
	snprintf(state->step_on, sizeof(state->step_on), "%s", rows_text(rows, 0, "next_step_on"));
	snprintf(state->version, sizeof(state->version), "%s", rows_text(rows, 0, "version"));
}

static bool communication_is_gone(struct view *view, const struct rows *rows)
{
	if (rows->count > 0)
		return false;
	view_say(view, SAY_ERROR, "%s", _("This does not exist, or is not yours."));
	view_close(view);
	return true;
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
	form_set(form, "next_step", rows_get(rows, 0, "next_step"));
	form_set(form, "next_step_on", rows_get(rows, 0, "next_step_on"));
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

/* Somebody has changed the action: only its next step matters here, so that one is looked at. */
static bool communication_refused(struct view *view, struct form *form,
                                  const struct refusal *refusal)
{
	struct communication *state = form_view_state(view);

	(void)form;
	if (!refusal_is(refusal, "row_version"))
		return false;
	view_ask(view, PURPOSE_STEP, communication_next_step(state->id));
	return true;
}

/* What was typed stays; what the other one wrote is said, and the next save replaces it. */
static void communication_answer(struct view *view, struct form *form, struct answer *answer)
{
	struct communication *state = form_view_state(view);
	const struct rows *rows;
	char sentence[400];
	bool same;

	if (answer->status == ANSWER_LOST) {
		view_ask(view, PURPOSE_STEP, communication_next_step(state->id));
		return;
	}
	if (!view_check(view, answer))
		return;
	rows = answer->results[0];
	if (communication_is_gone(view, rows))
		return;
	same = strcmp(rows_text(rows, 0, "next_step"), state->step) == 0 &&
	       strcmp(rows_text(rows, 0, "next_step_on"), state->step_on) == 0;
	communication_keep_step(state, rows);
	if (same) {
		form_view_submit(view);
		return;
	}
	if (state->step[0] == '\0')
		snprintf(sentence, sizeof(sentence), "%s",
		         _("Somebody has removed the next step in the meantime. Save again to set "
		           "yours."));
	else
		snprintf(sentence, sizeof(sentence),
		         _("Somebody has changed the next step in the meantime: «%s». Save again "
		           "to put yours in its place."),
		         state->step);
	form_fail(form, "next_step", sentence);
}

static const struct form_spec communication_spec = {
	.fields = communication_fields,
	.size = sizeof(struct communication),
	.open = communication_open,
	.load = communication_load,
	.loaded = communication_loaded,
	.save = communication_save,
	.refused = communication_refused,
	.search = communication_search,
	.create = communication_create,
	.returned = communication_returned,
	.answer = communication_answer,
	.header = communication_header,
	.header_rows = 2,
	.done = N_("The communication is logged."),
	.close = communication_close,
};

const struct view_ops view_communication = {
	.name = "form",
	.title = N_("Communication"),
	FORM_VIEW(communication_spec),
};

/* ---- a corrected one ---- */

static struct batch *correction_load(struct view *view)
{
	struct communication *state = form_view_state(view);

	return communication_read(state->id);
}

static void correction_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct communication *state = form_view_state(view);
	const struct rows *rows = answer->results[0];
	char date[11];

	if (communication_is_gone(view, rows))
		return;
	snprintf(state->id, sizeof(state->id), "%s", rows_text(rows, 0, "id"));
	snprintf(state->client, sizeof(state->client), "%s", rows_text(rows, 0, "client_id"));
	communication_title(state, rows, "action_number", "action_title");
	snprintf(date, sizeof(date), "%.10s", rows_text(rows, 0, "moment"));
	form_set(form, "date", date);
	if (strlen(rows_text(rows, 0, "moment")) > 11)
		form_set(form, "clock", rows_text(rows, 0, "moment") + 11);
	if (rows_get(rows, 0, "contact_id") != NULL)
		form_set_pick(form, "contact", rows_text(rows, 0, "contact_id"),
		              rows_text(rows, 0, "contact"));
	for (const struct field_def *field = correction_fields; field->name != NULL; field++)
		if (rows_column(rows, field->name) >= 0 && field->kind != FIELD_PICK)
			form_set(form, field->name, rows_get(rows, 0, field->name));
}

static struct batch *correction_save(struct view *view, struct form *form, const char *request_id)
{
	struct communication *state = form_view_state(view);
	const struct communication_data data = communication_typed(form);

	return communication_correct(request_id, state->id, &data);
}

static const struct form_spec correction_spec = {
	.fields = correction_fields,
	.size = sizeof(struct communication),
	.open = communication_open,
	.load = correction_load,
	.loaded = correction_loaded,
	.save = correction_save,
	.search = communication_search,
	.create = communication_create,
	.returned = communication_returned,
	.header = communication_header,
	.header_rows = 2,
	.done = N_("The corrected version is saved; the old one stays readable."),
	.close = communication_close,
};

const struct view_ops view_communication_correction = {
	.name = "form",
	.title = N_("Correct a communication"),
	FORM_VIEW(correction_spec),
};
