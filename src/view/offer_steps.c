/*
 * The boxes in which an offer's next state is told: approved, rejected,
 * withdrawn, or valid for longer.
 */
#include "offer.h"

#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <model/reason.h>

#include "record_form.h"

static bool step_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct record *step = form_view_state(view);
	const struct offer_step_arg *which = arg;
	const struct date today = { (int)(which->today / 10000), (int)(which->today / 100 % 100),
		                    (int)(which->today % 100) };
	char iso[11];

	(void)err;
	record_see(step, which->offer, which->version);
	date_to_iso(today, iso);
	if (view->ops == &view_offer_approve && date_is_valid(today))
		form_set(form, "accepted_on", iso);
	return true;
}

static struct form_row step_row(struct view *view)
{
	struct record *state = form_view_state(view);

	return record_row(state, "offer");
}

/* ---- approved ---- */

static const struct field_def approve_fields[] = {
	{ .name = "accepted_on", .label = N_("Accepted on"), .kind = FIELD_DATE, .required = true },
	{ .name = "contact",
	  .label = N_("Contact"),
	  .kind = FIELD_CHOICE,
	  .hint = N_("Space goes through them") },
	{ .name = "accepted_by",
	  .label = N_("Accepted by"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 100,
	  .hint = N_("who said yes at the client") },
	{ .name = "document_reference",
	  .label = N_("Document"),
	  .kind = FIELD_LINE,
	  .max = 100,
	  .hint = N_("order or contract number") },
	{ .name = NULL },
};

static const char *approve_text(struct view *view)
{
	(void)view;
	return _("The client has accepted. Back office is told at once.");
}

static struct batch *approve_load(struct view *view)
{
	struct record *step = form_view_state(view);

	return offer_contacts(step->id);
}

static void approve_loaded(struct view *view, struct form *form, struct answer *answer)
{
	(void)view;
	form_set_choices(form, "contact", answer->results[0]);
}

/* Choosing a contact only saves typing his name. */
static void approve_changed(struct view *view, struct form *form, const char *field)
{
	const char *name = form_value(form, "contact");

	(void)view;
	if (strcmp(field, "contact") == 0 && name != NULL && name[0] != '\0')
		form_set(form, "accepted_by", name);
}

static struct batch *approve_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *step = form_view_state(view);

	return offer_approve(request_id, step->id, step->version, form_value(form, "accepted_on"),
	                     form_value(form, "accepted_by"),
	                     form_value(form, "document_reference"));
}

static void approve_saved(struct view *view, struct form *form, struct answer *answer)
{
	(void)form;
	view_finish(view, rows_bool(answer->results[0], 0, "can_be_won") ? "t" : "f");
}

static const struct form_spec approve_spec = {
	.fields = approve_fields,
	.acts_on = step_row,
	.size = sizeof(struct record),
	.open = step_open,
	.text = approve_text,
	.load = approve_load,
	.loaded = approve_loaded,
	.changed = approve_changed,
	.save = approve_save,
	.saved = approve_saved,
	.done = N_("Approved. Back office has been told."),
};

const struct view_ops view_offer_approve = {
	.name = "form",
	.title = N_("Approve the offer"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(approve_spec),
};

/* ---- rejected, withdrawn ---- */

static const struct field_def why_fields[] = {
	{ .name = "reason",
	  .label = N_("Reason"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .hint = N_("Space goes through them") },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_TEXT, .max = 2000, .rows = 3 },
	{ .name = NULL },
};

static struct batch *why_load(struct view *view)
{
	return reason_choices(view->ops == &view_offer_reject ? "offer_rejected"
	                                                      : "offer_withdrawn");
}

static void why_loaded(struct view *view, struct form *form, struct answer *answer)
{
	(void)view;
	form_set_choices(form, "reason", answer->results[0]);
}

static struct batch *why_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *step = form_view_state(view);

	return (view->ops == &view_offer_reject
	            ? offer_reject
	            : offer_withdraw)(request_id, step->id, step->version,
	                              form_value(form, "reason"), form_value(form, "note"));
}

static const struct form_spec reject_spec = {
	.fields = why_fields,
	.acts_on = step_row,
	.size = sizeof(struct record),
	.open = step_open,
	.load = why_load,
	.loaded = why_loaded,
	.save = why_save,
	.done = N_("The offer is rejected. A revision can follow it."),
};

const struct view_ops view_offer_reject = {
	.name = "form",
	.title = N_("The client has said no"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(reject_spec),
};

static const struct form_spec withdraw_spec = {
	.fields = why_fields,
	.acts_on = step_row,
	.size = sizeof(struct record),
	.open = step_open,
	.load = why_load,
	.loaded = why_loaded,
	.save = why_save,
	.done = N_("The offer is withdrawn."),
};

const struct view_ops view_offer_withdraw = {
	.name = "form",
	.title = N_("Withdraw the offer"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(withdraw_spec),
};

/* ---- valid for longer ---- */

static const struct field_def extend_fields[] = {
	{ .name = "valid_until",
	  .label = N_("Valid until"),
	  .kind = FIELD_DATE,
	  .required = true,
	  .hint = N_("25/11, +30, mon") },
	{ .name = NULL },
};

static struct batch *extend_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *step = form_view_state(view);

	return offer_extend(request_id, step->id, step->version, form_value(form, "valid_until"));
}

static const struct form_spec extend_spec = {
	.fields = extend_fields,
	.acts_on = step_row,
	.size = sizeof(struct record),
	.open = step_open,
	.save = extend_save,
	.done = N_("The offer is valid for longer."),
};

const struct view_ops view_offer_extend = {
	.name = "form",
	.title = N_("A later validity date"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(extend_spec),
};
