/*
 * What is typed of an invoice: its amounts add up, and what is wrong with it is
 * said where it can be put right.
 */
#include "invoice.h"

#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/money.h>
#include <model/refusal.h>

void invoice_set_cents(struct form *form, const char *field, int64_t cents)
{
	char text[40];

	money_to_sql(cents, 2, text);
	form_set(form, field, text);
}

int64_t invoice_cents(struct form *form, const char *field)
{
	const char *value = form_value(form, field);
	int64_t cents = 0;
	struct err err;

	if (value != NULL && !money_parse(value, 2, &cents, &err))
		return 0;
	return cents;
}

void invoice_sum(struct form *form)
{
	int64_t net = invoice_cents(form, "net"), vat = invoice_cents(form, "vat");

	invoice_set_cents(form, "total", net + vat);
}

struct invoice_data invoice_typed(struct form *form)
{
	invoice_sum(form);
	return (struct invoice_data){
		.series = form_value(form, "series"),
		.number = form_value(form, "number"),
		.issued_on = form_value(form, "issued_on"),
		.net = form_value(form, "net"),
		.vat = form_value(form, "vat"),
		.total = form_value(form, "total"),
	};
}

void invoice_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "net") == 0 || strcmp(field, "vat") == 0)
		invoice_sum(form);
	else
		view_forget(view, PURPOSE_WHERE); /* it would be said of another number */
}

/* The total follows from net and VAT, so what is wrong with it stands where it can be put right. */
bool invoice_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	struct err err = { 0 };

	refusal_explain(refusal, &err);
	if (refusal_is(refusal, "invoice_number_once")) {
		form_fail(form, "number", err.text);
		view_ask_quietly(view, PURPOSE_WHERE,
		                 invoice_where(form_value(form, "series"),
		                               form_value(form, "number"),
		                               form_value(form, "issued_on")));
		return true;
	}
	if (strcmp(err.field, "total") != 0)
		return false;
	form_fail(form, "net", err.text);
	return true;
}

void invoice_answer(struct view *view, struct form *form, struct answer *answer)
{
	const struct rows *rows;
	struct date issued;
	char day[11] = "", sentence[1024];

	(void)view;
	/* The general sentence stays where it is not known. */
	if (answer->status != ANSWER_DONE || answer->results[0]->count == 0)
		return;
	rows = answer->results[0];
	if (date_from_iso(rows_text(rows, 0, "issued_on"), &issued))
		date_format(issued, day);
	snprintf(sentence, sizeof(sentence), _("Recorded already: %s, offer %s, on %s."),
	         rows_text(rows, 0, "client"), rows_text(rows, 0, "offer_number"), day);
	form_fail(form, "number", sentence);
}
