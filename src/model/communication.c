/*
 * The requests about communications.
 */
#include <model/communication.h>

#include <stddef.h>

#include <queries.h>

struct batch *communication_begin(const char *action)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_communication_begin, action);
	return batch;
}

struct batch *communication_contacts(const char *client, const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_contact_candidates, client, typed);
	return batch;
}

struct batch *communication_page(bool forward, const struct communication_filter *filter,
                                 const char *at, const char *key, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_communications_next : &sql_communications_previous,
	           filter->words, filter->client, filter->contact, filter->author, filter->channel,
	           filter->from, filter->to, at, key, limit);
	return batch;
}

struct batch *communication_authors(const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_author_candidates, typed);
	return batch;
}

struct batch *communication_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_communication_read, id);
	return batch;
}

struct batch *communication_log(const char *request_id, const char *action,
                                const struct communication_data *data,
                                const struct communication_step *step)
{
	static const struct communication_step none = { NULL, NULL, NULL };
	struct batch *batch = batch_new(BATCH_WRITE);
	const char *sets_step = step != NULL ? "t" : "f";

	if (step == NULL)
		step = &none;
	batch_with(batch, &sql_log_communication, request_id, action, data->contact, data->channel,
	           data->direction, data->date, data->clock, data->subject, data->body,
	           data->minutes, data->tracking, sets_step, step->version, step->text, step->date,
	           data->message_id);
	return batch;
}

struct batch *communication_correct(const char *request_id, const char *id,
                                    const struct communication_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_correct_communication, request_id, id, data->contact, data->channel,
	           data->direction, data->date, data->clock, data->subject, data->body,
	           data->minutes, data->tracking);
	return batch;
}
