/*
 * A recorded invoice was mistyped: it is put right, and what stood there before
 * stays in the notice's history.
 */
#include <inttypes.h>
#include <stdio.h>

#include <base/i18n.h>
#include <base/money.h>
#include <view/views.h>

#include "invoice.h"

struct invoice_correction {
	char id[24];
	char version[24];
};

static const struct field_def correction_fields[] = {
	INVOICE_FIELDS(N_("At most")),
};
static const char *const correction_edited[] = {
	"series", "number", "issued_on", "net", "vat", NULL
};

static bool correction_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct invoice_correction *correction = form_view_state(view);

	(void)form;
	(void)err;
	snprintf(correction->id, sizeof(correction->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

static struct batch *correction_load(struct view *view)
{
	struct invoice_correction *correction = form_view_state(view);

	return invoice_read(correction->id);
}

static void correction_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct invoice_correction *correction = form_view_state(view);
	const struct rows *rows = answer->results[0];
	char text[48], offer[320];

	snprintf(correction->version, sizeof(correction->version), "%s",
	         rows_text(rows, 0, "version"));
	snprintf(offer, sizeof(offer), "%s · %s", rows_text(rows, 0, "offer_number"),
	         rows_text(rows, 0, "client"));
	form_set(form, "for", offer);
	form_set(form, "series", rows_get(rows, 0, "series"));
	form_set(form, "number", rows_get(rows, 0, "number"));
	form_set(form, "issued_on", rows_get(rows, 0, "issued_on"));
	invoice_set_cents(form, "net", rows_int(rows, 0, "net_cents"));
	invoice_set_cents(form, "vat", rows_int(rows, 0, "vat_cents"));
	invoice_sum(form);
	money_format_currency(rows_int(rows, 0, "left_cents"), rows_text(rows, 0, "currency"),
	                      text);
	form_set(form, "left", text);
}

static struct batch *correction_save(struct view *view, struct form *form, const char *request_id)
{
	struct invoice_correction *correction = form_view_state(view);
	const struct invoice_data data = invoice_typed(form);

	return invoice_correct(request_id, correction->id, correction->version, &data);
}

static const char *correction_about(struct view *view)
{
	return form_text(form_view_form(view), "for");
}

static const struct form_spec invoice_correction_spec = {
	.fields = correction_fields,
	.about = correction_about,
	.edits = "invoice",
	.edited = correction_edited,
	.size = sizeof(struct invoice_correction),
	.open = correction_open,
	.load = correction_load,
	.loaded = correction_loaded,
	.changed = invoice_changed,
	.save = correction_save,
	.refused = invoice_refused,
	.answer = invoice_answer,
	.done = N_("The invoice is corrected. What stood there before is in the history."),
};

const struct view_ops view_correct_invoice = {
	.name = "form",
	.title = N_("Correct the invoice"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(invoice_correction_spec),
};
