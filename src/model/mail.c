/*
 * The requests about mail that waits to be assigned.
 */
#include <model/mail.h>

#include <stddef.h>

#include <queries.h>

struct batch *mail_page(bool forward, const char *key, const char *limit, const char *state,
                        bool everybody)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_tray_next : &sql_tray_previous, key, limit, state,
	           everybody ? "t" : "f");
	return batch;
}

struct batch *mail_read_one(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_mail_read, id);
	return batch;
}

struct batch *mail_actions(const char *id, const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_mail_action_candidates, id, typed);
	return batch;
}

struct batch *mail_client_of(const char *action)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_action_client, action);
	return batch;
}

struct batch *mail_assign(const char *request_id, const char *id, const char *version,
                          const char *action, const char *contact)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_assign_mail, request_id, id, version, action, contact);
	return batch;
}

struct batch *mail_set_aside(const char *request_id, const char *id, const char *version,
                             const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_set_aside_mail, request_id, id, version, note);
	return batch;
}
