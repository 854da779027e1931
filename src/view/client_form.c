/*
 * A client's data, new or changed. The example of a form screen.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <model/client.h>
#include <view/form_view.h>
#include <view/views.h>

struct client_form {
	char id[24];      /* "" for a new one */
	char version[12]; /* that the changes are based on */
};

static const struct field_def client_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_LINE, .required = true },
	{ .name = "legal_name", .label = N_("Legal name"), .kind = FIELD_LINE },
	{ .name = "tax_id",
	  .label = N_("Tax id"),
	  .kind = FIELD_LINE,
	  .max = 30,
	  .width = 20,
	  .hint = N_("NIF, NIE or CIF") },
	{ .name = "address", .label = N_("Address"), .kind = FIELD_LINE, .max = 300 },
	{ .name = "postcode", .label = N_("Postcode"), .kind = FIELD_LINE, .max = 15, .width = 10 },
	{ .name = "city", .label = N_("City"), .kind = FIELD_LINE, .max = 100 },
	{ .name = "province", .label = N_("Province"), .kind = FIELD_LINE, .max = 100 },
	{ .name = "country",
	  .label = N_("Country"),
	  .kind = FIELD_LINE,
	  .max = 2,
	  .width = 4,
	  .required = true,
	  .hint = N_("two letters, such as ES") },
	{ .name = "phone", .label = N_("Phone"), .kind = FIELD_LINE, .max = 40 },
	{ .name = "website", .label = N_("Website"), .kind = FIELD_LINE },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000 },
	{ .name = NULL },
};

static bool client_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct client_form *client = form_view_state(view);

	(void)err;
	if (arg != NULL)
		snprintf(client->id, sizeof(client->id), "%" PRId64, *(const int64_t *)arg);
	else
		view->title = _("New client");
	form_set(form, "country", "ES");
	return true;
}

static struct batch *client_form_load(struct view *view)
{
	struct client_form *client = form_view_state(view);

	return client->id[0] != '\0' ? client_read(client->id) : NULL;
}

static void client_form_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct client_form *client = form_view_state(view);
	const struct rows *rows = answer->results[0];

	if (rows->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This client does not exist any more."));
		view_close(view);
		return;
	}
	snprintf(client->version, sizeof(client->version), "%s", rows_text(rows, 0, "version"));
	for (const struct field_def *field = client_fields; field->name != NULL; field++)
		form_set(form, field->name, rows_get(rows, 0, field->name));
}

static struct batch *client_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct client_form *client = form_view_state(view);
	const struct client_data data = {
		.name = form_value(form, "name"),
		.legal_name = form_value(form, "legal_name"),
		.tax_id = form_value(form, "tax_id"),
		.address = form_value(form, "address"),
		.city = form_value(form, "city"),
		.postcode = form_value(form, "postcode"),
		.province = form_value(form, "province"),
		.country = form_value(form, "country"),
		.phone = form_value(form, "phone"),
		.website = form_value(form, "website"),
		.notes = form_value(form, "notes"),
	};

	return client_save(request_id, client->id[0] != '\0' ? client->id : NULL, client->version,
	                   &data);
}

static const struct form_spec client_spec = {
	.fields = client_fields,
	.size = sizeof(struct client_form),
	.open = client_form_open,
	.load = client_form_load,
	.loaded = client_form_loaded,
	.save = client_form_save,
	.done = N_("The client is saved."),
};

const struct view_ops view_client_form = {
	.name = "form",
	.title = N_("Client"),
	FORM_VIEW(client_spec),
};
