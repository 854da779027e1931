/*
 * Recording an invoice that was issued elsewhere: the amounts are proposed from
 * what is left, the series from the invoice before. Somebody else's invoice in
 * between changes what is left, never what was typed of this one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/money.h>
#include <model/invoice.h>
#include <model/refusal.h>
#include <view/views.h>

#include "invoice.h"

struct invoice_form {
	char notice[24];
	char version[24];
	char currency[8];
	bool again;       /* the proposal is read once more: somebody was quicker */
	int64_t net, vat; /* as they were proposed last */
};

static const struct field_def invoice_fields[] = {
	INVOICE_FIELDS(N_("Left")),
};

static bool invoice_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct invoice_form *invoice = form_view_state(view);
	const struct notice_arg *notice = arg;

	(void)err;
	snprintf(invoice->notice, sizeof(invoice->notice), "%" PRId64, notice->notice);
	snprintf(invoice->version, sizeof(invoice->version), "%" PRId64, notice->version);
	form_go(form, "number");
	return true;
}

static struct batch *invoice_load(struct view *view)
{
	struct invoice_form *invoice = form_view_state(view);

	return invoice_proposal(invoice->notice);
}

/* Nothing can be recorded any more; what was typed while that came about is not taken away. */
static void invoice_over(struct view *view, struct form *form, const char *sentence)
{
	struct invoice_form *invoice = form_view_state(view);

	if (invoice->again) {
		form_fail(form, NULL, sentence);
		return;
	}
	view_say(view, SAY_WARNING, "%s", sentence);
	view_close(view);
}

/* What was typed of this invoice stays; a proposal that nobody has touched is made anew. */
static void invoice_propose(struct view *view, struct form *form, int64_t net, int64_t vat)
{
	struct invoice_form *invoice = form_view_state(view);
	bool typed = invoice->again && (invoice_cents(form, "net") != invoice->net ||
	                                invoice_cents(form, "vat") != invoice->vat);

	invoice->net = net;
	invoice->vat = vat;
	if (!typed) {
		invoice_set_cents(form, "net", net);
		invoice_set_cents(form, "vat", vat);
		invoice_sum(form);
	}
	if (invoice->again)
		form_fail(form, "net",
		          typed
		              ? _("Somebody has changed the notice meanwhile. Compare your amounts "
		                  "with what is left now.")
		              : _("Somebody has recorded another invoice meanwhile. These are the "
		                  "amounts that are left now."));
}

static void invoice_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct invoice_form *invoice = form_view_state(view);
	const struct rows *rows = answer->results[0];
	int64_t left = rows_int(rows, 0, "left_cents"), net = rows_int(rows, 0, "left_net_cents");
	char text[48], offer[320];

	if (rows->count == 0) {
		invoice_over(view, form, _("This notice does not exist, or is not yours."));
		return;
	}
	snprintf(invoice->version, sizeof(invoice->version), "%s", rows_text(rows, 0, "version"));
	money_format_currency(left, rows_text(rows, 0, "currency"), text);
	form_set(form, "left", text);
	snprintf(offer, sizeof(offer), "%s · %s", rows_text(rows, 0, "offer_number"),
	         rows_text(rows, 0, "client"));
	form_set(form, "for", offer);
	if (left == 0) {
		invoice_over(view, form, _("All of it is invoiced."));
		return;
	}
	invoice_propose(view, form, net, left - net);
	if (invoice->again)
		return;
	form_set(form, "series", rows_get(rows, 0, "series"));
	form_set(form, "issued_on", rows_get(rows, 0, "today"));
}

static struct batch *invoice_save(struct view *view, struct form *form, const char *request_id)
{
	struct invoice_form *invoice = form_view_state(view);
	const struct invoice_data data = invoice_typed(form);

	return invoice_record(request_id, invoice->notice, invoice->version, &data);
}

/* Somebody was quicker: what is left is read once more. */
static bool invoice_late(struct view *view, struct form *form, const struct refusal *refusal)
{
	struct invoice_form *invoice = form_view_state(view);

	if (strcmp(refusal->sqlstate, "TR002") != 0)
		return invoice_refused(view, form, refusal);
	invoice->again = true;
	form_view_reload(view);
	return true;
}

/* Its row may leave the list with that: here is seen what was typed. */
static void invoice_saved(struct view *view, struct form *form, struct answer *answer)
{
	const char *series = form_text(form, "series");

	(void)answer;
	view_say(view, SAY_GOOD, _("The invoice is recorded. Its number is %s%s%s."), series,
	         series[0] != '\0' ? " " : "", form_text(form, "number"));
	view_finish(view, NULL);
}

static const char *invoice_about(struct view *view)
{
	return form_text(form_view_form(view), "for");
}

static const struct form_spec invoice_spec = {
	.fields = invoice_fields,
	.about = invoice_about,
	.size = sizeof(struct invoice_form),
	.open = invoice_open,
	.load = invoice_load,
	.loaded = invoice_loaded,
	.changed = invoice_changed,
	.save = invoice_save,
	.refused = invoice_late,
	.answer = invoice_answer,
	.saved = invoice_saved,
};

const struct view_ops view_record_invoice = {
	.name = "form",
	.title = N_("Record an invoice"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(invoice_spec),
};
