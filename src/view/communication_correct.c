/*
 * The form that corrects a communication: what is saved is a new version, the
 * old one stays readable.
 */
#include "communication.h"

#include <stdio.h>
#include <string.h>

static const struct field_def correction_fields[] = {
#include "communication_fields.def"
	{ .name = "mail", .label = N_("Message-ID"), .kind = FIELD_LINE, .read_only = true },
	{ .name = NULL },
};

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
	/* Corrections repeat it. */
	form_set(form, "mail", rows_get(rows, 0, "message_id"));
	if (rows_get(rows, 0, "message_id") == NULL)
		form_hide(form, "mail");
	for (const struct field_def *field = correction_fields; field->name != NULL; field++)
		if (rows_column(rows, field->name) >= 0 && field->kind != FIELD_PICK)
			form_set(form, field->name, rows_get(rows, 0, field->name));
	communication_show_fields(form);
}

static struct batch *correction_save(struct view *view, struct form *form, const char *request_id)
{
	struct communication *state = form_view_state(view);
	const struct communication_data data = communication_typed(form);

	return communication_correct(request_id, state->id, &data);
}

static const struct form_spec correction_spec = {
	.fields = correction_fields,
	.about = communication_about,
	.edits = "communication",
	.size = sizeof(struct communication),
	.open = communication_open,
	.load = correction_load,
	.loaded = correction_loaded,
	.changed = communication_changed,
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
