/*
 * The requests about contacts.
 */
#include <model/contact.h>

#include <stddef.h>

#include <queries.h>

struct batch *contact_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_contact_read, id);
	return batch;
}

struct batch *contact_save(const char *request_id, const char *id, const char *version,
                           const char *client, const struct contact_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_contact, request_id, id, version, client, data->name,
	           data->job_title, data->email, data->phone, data->mobile, data->notes,
	           data->active);
	return batch;
}

struct batch *contact_blocked(const char *ids, const char *tables, const char *rows)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_blocked_contacts, ids);
	batch_with(batch, &sql_blocked_since, tables, rows);
	return batch;
}
