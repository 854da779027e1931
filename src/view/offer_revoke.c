/*
 * A manager takes back an approval that was a mistake, and says why: the offer
 * is presented again, its notice void.
 */
#include "offer.h"

#include <string.h>

#include <base/i18n.h>

#include "record_form.h"

static const struct field_def revoke_fields[] = {
	{ .name = "note",
	  .label = N_("Reason"),
	  .kind = FIELD_TEXT,
	  .required = true,
	  .max = 2000,
	  .rows = 3,
	  .hint = N_("The sales rep and back office read it") },
	{ .name = NULL },
};

static bool revoke_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct record *revoke = form_view_state(view);
	const struct offer_step_arg *which = arg;

	(void)form;
	(void)err;
	record_see(revoke, which->offer, which->version);
	return true;
}

static struct form_row revoke_row(struct view *view)
{
	struct record *revoke = form_view_state(view);

	return record_row(revoke, "offer");
}

static const char *revoke_text(struct view *view)
{
	(void)view;
	return _(
	    "The offer is presented again. Its notice is void, so nobody invoices it; approving "
	    "the offer again makes a new one.");
}

static struct batch *revoke_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *revoke = form_view_state(view);

	return offer_revoke_approval(request_id, revoke->id, revoke->version,
	                             form_value(form, "note"));
}

static const struct form_spec revoke_spec = {
	.fields = revoke_fields,
	.acts_on = revoke_row,
	.size = sizeof(struct record),
	.open = revoke_open,
	.text = revoke_text,
	.save = revoke_save,
	.done = N_("The approval is revoked: the offer is presented again."),
};

const struct view_ops view_offer_revoke = {
	.name = "form",
	.title = N_("Revoke the approval"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(revoke_spec),
};

/* What the database would refuse, said before anything is typed; NULL where nothing is in the way. */
const char *offer_revoke_why_not(const struct rows *head)
{
	if (strcmp(rows_text(head, 0, "state"), "approved") != 0)
		return _("Only an approval can be revoked; this offer has none.");
	if (rows_int(head, 0, "notice_invoiced_cents") > 0)
		return _("An invoice is recorded against this approval, so it stays.");
	if (strcmp(rows_text(head, 0, "action_state"), "open") != 0)
		return _("Its action is closed. Reopen the action first.");
	return NULL;
}
