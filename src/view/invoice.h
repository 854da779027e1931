/*
 * What the boxes for a new invoice and for a correction share. Only invoice_*.c
 * include it.
 */
#ifndef TRATO_VIEW_INVOICE_H
#define TRATO_VIEW_INVOICE_H

#include <base/i18n.h>
#include <model/invoice.h>
#include <view/form_view.h>

enum { PURPOSE_WHERE };

/* What is typed of an invoice; left_label: of how much it may be. */
#define INVOICE_FIELDS(left_label)                                                              \
	{ .name = "for", .label = N_("Offer"), .kind = FIELD_LINE, .read_only = true },         \
	    { .name = "series",                                                                 \
	      .label = N_("Series"),                                                            \
	      .kind = FIELD_LINE,                                                               \
	      .max = 20,                                                                        \
	      .width = 12 },                                                                    \
	    { .name = "number",                                                                 \
	      .label = N_("Number"),                                                            \
	      .kind = FIELD_LINE,                                                               \
	      .max = 40,                                                                        \
	      .width = 20,                                                                      \
	      .required = true },                                                               \
	    { .name = "issued_on", .label = N_("Date"), .kind = FIELD_DATE, .required = true }, \
	    { .name = "net", .label = N_("Net"), .kind = FIELD_AMOUNT, .required = true },      \
	    { .name = "vat", .label = N_("VAT"), .kind = FIELD_AMOUNT, .required = true },      \
	    { .name = "total", .label = N_("Total"), .kind = FIELD_AMOUNT, .read_only = true }, \
	    { .name = "left", .label = (left_label), .kind = FIELD_LINE, .read_only = true },   \
	{                                                                                       \
		.name = NULL                                                                    \
	}

void invoice_set_cents(struct form *form, const char *field, int64_t cents);
int64_t invoice_cents(struct form *form, const char *field);
/* The total is net and VAT. */
void invoice_sum(struct form *form);
/* Of what stands in the form, its total included; the texts live as long as the form's. */
struct invoice_data invoice_typed(struct form *form);
/* .changed: the total follows; what was said of another number is forgotten. */
void invoice_changed(struct view *view, struct form *form, const char *field);
/* .refused, but for what the row's version says: the sentence comes where it can be put right, and
 * with a number that is used already where that is (asked with PURPOSE_WHERE). */
bool invoice_refused(struct view *view, struct form *form, const struct refusal *refusal);
/* .answer: where. */
void invoice_answer(struct view *view, struct form *form, struct answer *answer);

#endif
