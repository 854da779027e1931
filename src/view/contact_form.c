/*
 * A person at a client, new or changed, in a box over the screen that wants
 * it. Whoever opened it gets the contact's id.
 */
#include <inttypes.h>
#include <stdio.h>

#include <model/client.h>
#include <model/contact.h>
#include <view/views.h>

#include "record_form.h"

struct contact_form {
	struct record record;
	char client[24];
};

static const struct field_def contact_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_LINE, .required = true, .max = 100 },
	{ .name = "job_title", .label = N_("Job title"), .kind = FIELD_LINE, .max = 100 },
	{ .name = "email", .label = N_("E-mail"), .kind = FIELD_LINE, .max = 254 },
	{ .name = "phone", .label = N_("Phone"), .kind = FIELD_LINE, .max = 40 },
	{ .name = "mobile", .label = N_("Mobile"), .kind = FIELD_LINE, .max = 40 },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000, .rows = 3 },
	{ .name = "active", .label = N_("Active"), .kind = FIELD_FLAG, .initial = "t" },
	{ .name = NULL },
};

static bool contact_form_open(struct view *view, struct form *form, const void *arg,
                              struct err *err)
{
	struct contact_form *contact = form_view_state(view);
	const struct contact_arg *which = arg;

	(void)err;
	snprintf(contact->client, sizeof(contact->client), "%" PRId64, which->client);
	record_begin(&contact->record, which->contact);
	if (which->contact == 0) {
		view->title = _("New contact");
		form_hide(form, "active"); /* a new one is */
	}
	return true;
}

static struct batch *contact_form_load(struct view *view)
{
	struct contact_form *contact = form_view_state(view);
	const char *id = record_id(&contact->record);

	return id != NULL ? client_opening(contact_read(id), "contact", id) : NULL;
}

static void contact_form_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct contact_form *contact = form_view_state(view);
	const struct rows *rows = answer->results[0];

	if (rows->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This contact does not exist any more."));
		view_close(view);
		return;
	}
	record_take(&contact->record, form, contact_fields, rows);
}

static struct batch *contact_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct contact_form *contact = form_view_state(view);
	const struct contact_data data = {
		.name = form_value(form, "name"),
		.job_title = form_value(form, "job_title"),
		.email = form_value(form, "email"),
		.phone = form_value(form, "phone"),
		.mobile = form_value(form, "mobile"),
		.notes = form_value(form, "notes"),
		.active = form_value(form, "active"),
	};

	return contact_save(request_id, record_id(&contact->record),
	                    record_version(&contact->record), contact->client, &data);
}

static const char *contact_form_about(struct view *view)
{
	return form_text(form_view_form(view), "name");
}

static const struct form_spec contact_spec = {
	.fields = contact_fields,
	.about = contact_form_about,
	.edits = "contact",
	.size = sizeof(struct contact_form),
	.open = contact_form_open,
	.load = contact_form_load,
	.loaded = contact_form_loaded,
	.save = contact_form_save,
	.done = N_("The contact is saved."),
};

const struct view_ops view_contact_form = {
	.name = "form",
	.title = N_("Contact"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(contact_spec),
};
