/*
 * Contacts, the people at a client: the requests that their form sends.
 * Parameters are texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_CONTACT_H
#define TRATO_MODEL_CONTACT_H

#include <db/batch.h>

/* One row, or none: id, version and the columns below. */
struct batch *contact_read(const char *id);

struct contact_data {
	const char *name, *job_title, *email, *phone, *mobile, *notes, *active;
};

/* id NULL: a new one of that client. Answers id, name, version. */
struct batch *contact_save(const char *request_id, const char *id, const char *version,
                           const char *client, const struct contact_data *data);

/* Arrays. First those of these contacts whose data are blocked or erased; column id. Then those of
 * these rows whose client has such contacts, or is blocked; columns table_name, row_id and since, the
 * second of the last time. */
struct batch *contact_blocked(const char *ids, const char *tables, const char *rows);

#endif
