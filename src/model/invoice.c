/*
 * The requests about invoices.
 */
#include <model/invoice.h>

#include <stddef.h>

#include <queries.h>

struct batch *invoice_proposal(const char *notice)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_invoice_proposal, notice);
	return batch;
}

struct batch *invoice_where(const char *series, const char *number, const char *issued_on)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_invoice_where, series, number, issued_on);
	return batch;
}

struct batch *invoice_read(const char *invoice)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_invoice_read, invoice);
	return batch;
}

struct batch *invoice_correct(const char *request_id, const char *invoice, const char *version,
                              const struct invoice_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_correct_invoice, request_id, invoice, version, data->series,
	           data->number, data->issued_on, data->net, data->vat, data->total);
	return batch;
}

struct batch *invoice_record(const char *request_id, const char *notice, const char *version,
                             const struct invoice_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_record_invoice, request_id, notice, version, data->series,
	           data->number, data->issued_on, data->net, data->vat, data->total);
	return batch;
}
