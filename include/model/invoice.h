/*
 * Invoices that were issued elsewhere, recorded against a notice: the requests
 * of their form. Parameters are texts as SQL reads them.
 */
#ifndef TRATO_MODEL_INVOICE_H
#define TRATO_MODEL_INVOICE_H

#include <db/batch.h>

/* One row: version, client, offer_number, currency, left_cents, left_net_cents, today, series. */
struct batch *invoice_proposal(const char *notice);
/* Where an invoice of that series and number is recorded in that year: client, offer_number,
 * series, number, issued_on. */
struct batch *invoice_where(const char *series, const char *number, const char *issued_on);

struct invoice_data {
	const char *series, *number, *issued_on;
	const char *net, *vat, *total; /* "1234.56" */
};

/* version: of the notice. Answers id, state, version. */
struct batch *invoice_record(const char *request_id, const char *notice, const char *version,
                             const struct invoice_data *data);

/* One row, to correct it: id, version, series, number, issued_on, net_cents, vat_cents, client,
 * offer_number, currency, left_cents (what the notice has left without it). */
struct batch *invoice_read(const char *invoice);
/* version: of the invoice. Answers id, state, version. */
struct batch *invoice_correct(const char *request_id, const char *invoice, const char *version,
                              const struct invoice_data *data);

#endif
