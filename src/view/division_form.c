/*
 * A division of a client, new or changed, in a box over the screen that wants
 * it. Whoever opened it gets the division's id.
 */
#include <inttypes.h>
#include <stdio.h>

#include <model/division.h>
#include <view/views.h>

#include "record_form.h"

struct division_form {
	struct record record;
	char client[24];
};

static const struct field_def division_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_LINE, .required = true, .max = 100,
	  .hint = N_("a site or a business area") },
	{ .name = "area", .label = N_("Area"), .kind = FIELD_CHOICE },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000, .rows = 3 },
	{ .name = "active", .label = N_("Active"), .kind = FIELD_FLAG, .initial = "t" },
	{ .name = NULL },
};

static bool division_form_open(struct view *view, struct form *form, const void *arg,
                               struct err *err)
{
	struct division_form *division = form_view_state(view);
	const struct division_arg *which = arg;

	(void)err;
	snprintf(division->client, sizeof(division->client), "%" PRId64, which->client);
	record_begin(&division->record, which->division);
	if (which->division == 0) {
		view->title = _("New division");
		form_hide(form, "active"); /* a new one is */
	}
	return true;
}

static struct batch *division_form_load(struct view *view)
{
	struct division_form *division = form_view_state(view);

	return division_read(record_id(&division->record));
}

static void division_form_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct division_form *division = form_view_state(view);
	const struct rows *rows = answer->results[0];

	form_set_choices(form, "area", answer->results[1]);
	if (rows->count > 0)
		record_take(&division->record, form, division_fields, rows);
}

static struct batch *division_form_save(struct view *view, struct form *form,
                                        const char *request_id)
{
	struct division_form *division = form_view_state(view);

	return division_save(request_id, record_id(&division->record),
	                     record_version(&division->record), division->client,
	                     form_value(form, "name"), form_value(form, "area"),
	                     form_value(form, "notes"), form_value(form, "active"));
}

static const char *division_form_about(struct view *view)
{
	return form_text(form_view_form(view), "name");
}

static const struct form_spec division_spec = {
	.fields = division_fields,
	.about = division_form_about,
	.edits = "division",
	.size = sizeof(struct division_form),
	.open = division_form_open,
	.load = division_form_load,
	.loaded = division_form_loaded,
	.save = division_form_save,
	.done = N_("The division is saved."),
};

const struct view_ops view_division_form = {
	.name = "form",
	.title = N_("Division"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(division_spec),
};
