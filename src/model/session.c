/*
 * Who is at the keyboard: the greeting's row, and the change of one's password.
 */
#include <model/session.h>

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <migrations.h>
#include <queries.h>

/* The schema that this program was written for. */
static int session_needs(void)
{
	int number = 0;

	for (const struct migration *m = migrations; m->number != 0; m++)
		number = m->number;
	return number;
}

static bool session_check_level(const struct rows *rows, struct err *err)
{
	int64_t least = rows_int(rows, 0, "client_min");
	int64_t most = rows_int(rows, 0, "client_max");
	int64_t version = rows_int(rows, 0, "version");

	if (rows->count == 0)
		return err_set(err, ERR_CONNECT,
		               _("The Trato database is empty. Its owner completes it with: "
		                 "trato db migrate"));
	if (CLIENT_LEVEL < least)
		return err_set(err, ERR_CONNECT,
		               _("This program is older than the database (level %d, the database "
		                 "wants %lld). Please install the new version of Trato."),
		               CLIENT_LEVEL, (long long)least);
	if (CLIENT_LEVEL > most)
		return err_set(err, ERR_CONNECT,
		               _("This program is newer than the database (level %d, the database "
		                 "knows %lld). Its owner brings it up to date with: "
		                 "trato db migrate"),
		               CLIENT_LEVEL, (long long)most);
	/* Of what is not there yet it would ask nevertheless. */
	if (version < session_needs())
		return err_set(err, ERR_CONNECT,
		               _("This program is newer than the database (which has version %lld of "
		                 "%d). Its owner brings it up to date with: trato db migrate"),
		               (long long)version, session_needs());
	return true;
}

bool session_read(struct session *session, const struct answer *greeting, struct err *err)
{
	static const struct {
		const char *column;
		enum role role;
	} roles[] = {
		{ "is_rep", ROLE_REP },
		{ "is_backoffice", ROLE_BACKOFFICE },
		{ "is_supervisor", ROLE_SUPERVISOR },
		{ "is_manager", ROLE_MANAGER },
	};
	const struct rows *rows = greeting->results[0];
	struct session read = { 0 };

	if (!session_check_level(rows, err))
		return false;
	read.person = rows_int(rows, 0, "id");
	if (read.person == 0)
		return err_set(err, ERR_DENIED,
		               _("This login is not a person of Trato. Ask a manager to add it."));
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (rows_bool(rows, 0, roles[i].column))
			read.roles |= roles[i].role;
	if (read.roles == 0)
		return err_set(err, ERR_DENIED,
		               _("This login has no role in Trato. Ask a manager to give it one."));
	snprintf(read.database, sizeof(read.database), "%s", rows_text(rows, 0, "database"));
	snprintf(read.zone, sizeof(read.zone), "%s", rows_text(rows, 0, "timezone"));
	snprintf(read.email, sizeof(read.email), "%s", rows_text(rows, 0, "email"));
	snprintf(read.name, sizeof(read.name), "%s", rows_text(rows, 0, "name"));
	read.must_change_password = rows_bool(rows, 0, "must_change_password");
	*session = read;
	return true;
}

const struct statement *session_greeting(void)
{
	return &sql_greeting;
}

struct batch *session_waiting(const struct session *session)
{
	bool office = (session->roles & ROLE_BACKOFFICE) != 0;
	struct batch *batch;

	if (!office && (session->roles & ROLE_REP) == 0)
		return NULL;
	batch = batch_new(BATCH_READ);
	batch_plain(batch, office ? &sql_notice_pending : &sql_rep_news);
	batch_repeat(batch);
	return batch;
}

struct batch *session_waiting_named(void)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_plain(batch, &sql_notice_named);
	batch_repeat(batch);
	return batch;
}

struct batch *session_request_results(int count, const char *const *request_ids)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	for (int i = 0; i < count; i++)
		batch_with(batch, &sql_request_result, request_ids[i]);
	return batch;
}

bool session_check_password(const char *password, const char *again, const char *old,
                            struct err *err)
{
	size_t characters = 0;

	/* No keyboard types it again. */
	if (!text_is_valid(password, strlen(password)))
		return err_set_field(err, "password", _("This is not UTF-8."));
	for (const char *at = password; *at != '\0'; at += text_next(at))
		characters++;
	if (characters < PASSWORD_LENGTH_MIN)
		return err_set_field(err, "password", _("At least %d characters, please."),
		                     PASSWORD_LENGTH_MIN);
	if (old != NULL && strcmp(password, old) == 0)
		return err_set_field(err, "password", _("Please choose another one than before."));
	if (strcmp(password, again) != 0)
		return err_set_field(err, "again",
		                     _("The two are not the same. Type it once more."));
	return true;
}

struct batch *session_change_password(const char *request_id, const char *verifier)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_change_password, request_id, verifier);
	return batch;
}
