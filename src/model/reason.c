/*
 * The requests for reasons.
 */
#include <model/reason.h>

#include <base/i18n.h>
#include <queries.h>

struct batch *reason_choices(const char *kind)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_reason_choices, kind, i18n_language());
	return batch;
}

struct batch *reason_page(bool forward, const struct reason_edge *edge, const char *limit,
                          const char *kind)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_reasons_next : &sql_reasons_previous, edge->kind,
	           edge->last, edge->key, kind, i18n_language(), limit);
	return batch;
}

struct batch *reason_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_reason_read, id);
	return batch;
}

struct batch *reason_save(const char *request_id, const char *id, const char *version,
                          const struct reason_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_reason, request_id, id, version, data->kind, data->name_en,
	           data->name_es, data->needs_note, data->active);
	return batch;
}
