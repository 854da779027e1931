/*
 * The requests about clients.
 */
#include <model/client.h>

#include <stddef.h>

#include <queries.h>

struct batch *client_page(bool forward, const struct client_edge *edge, const char *limit,
                          const char *search)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_clients_next : &sql_clients_previous, edge->name_folded,
	           edge->key, limit, search, edge->rank, edge->word);
	return batch;
}

struct batch *client_page_by_city(bool up, const char *sort_key, const char *key, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, up ? &sql_clients_by_city_up : &sql_clients_by_city_down, sort_key, key,
	           limit);
	return batch;
}

struct batch *client_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_client_read, id);
	return batch;
}

struct batch *client_similar(const char *id, const char *country, const char *tax_id,
                             const char *name, const char *website, const char *phone)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_similar_clients, id, country, tax_id, name, website, phone);
	return batch;
}

struct batch *client_opening(struct batch *read, const char *what, const char *id)
{
	struct batch *trace = batch_new(BATCH_WRITE);

	batch_with(trace, &sql_log_opening, what, id);
	batch_before(read, trace);
	return read;
}

struct batch *client_show(const char *id, const char *opening)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_client_show, id);
	batch_with(batch, &sql_client_contacts, id);
	batch_with(batch, &sql_client_divisions, id);
	batch_with(batch, &sql_client_actions, id);
	return opening != NULL ? client_opening(batch, opening, id) : batch;
}

struct batch *client_save(const char *request_id, const char *id, const char *version,
                          const struct client_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_client, request_id, id, id != NULL ? version : NULL, data->name,
	           data->legal_name, data->tax_id, data->address, data->city, data->postcode,
	           data->province, data->country, data->phone, data->website, data->notes);
	return batch;
}

struct batch *client_archive(const char *request_id, const char *id, const char *version,
                             const char *archived)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_archive_client, request_id, id, version, archived);
	return batch;
}

struct batch *client_merge_preview(const char *keep, const char *merged)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_merge_preview, keep, merged);
	batch_with(batch, &sql_client_read, keep);
	return batch;
}

struct batch *client_merge(const char *request_id, const char *keep, const char *version,
                           const char *merged, const char *merged_version)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_merge_clients, request_id, keep, version, merged, merged_version);
	return batch;
}
