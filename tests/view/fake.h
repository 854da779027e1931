/*
 * A database made of rows written by hand, and a program without a terminal:
 * a test of a screen presses keys, answers what was asked and reads the picture.
 * It defines the functions of db/db.h, so only one file of a test program may
 * include it, and the real connection is not linked.
 *
 *	struct app *app = fake_app();
 *	fake_log_in("ana@trato.example", "rep");
 *	fake_answer("clients_next", "key|name\n1|ACME\n");
 *	fake_press("Enter");
 *	assert_shows("ACME");
 */
#ifndef TRATO_TESTS_FAKE_H
#define TRATO_TESTS_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <db/db.h>
#include <ui/terminal.h>
#include <view/app.h>
#include <view/views.h>

#include "kept.h"

struct fake_request {
	struct fake_request *next;
	uint64_t ticket;
	struct batch *batch;
	int purpose;
	void (*done)(void *ctx, struct answer *answer);
	void *ctx; /* done NULL: forgotten, a write that is still carried through */
};

struct db {
	struct db_events events;
	enum db_state state;
	struct fake_request *requests; /* the oldest first */
	uint64_t tickets;
	char user[64];
	char password[64];
	int connects;
	int retries;
	bool read_only; /* as the connection was asked for */
	int writes;
	bool only_reads;
};

static struct {
	struct app *app;
	struct db *db;
	struct conf *conf;
	int height, width;
	/* of the request that was answered last */
	char *parameters[64];
	int parameter_count;
	char *picture;
	const char *zone; /* of the team; NULL: not told */
} fake = { .height = 24, .width = 80 };

/* ---- db/db.h ---- */

struct db *db_new(struct loop *loop, const struct db_config *config, const struct db_events *events)
{
	struct db *db = mem_alloc(sizeof(*db));

	(void)loop;
	db->read_only = config->read_only;
	db->events = *events;
	fake.db = db;
	return db;
}

void db_free(struct db **db)
{
	if (*db == NULL)
		return;
	while ((*db)->requests != NULL) {
		struct fake_request *request = (*db)->requests;

		(*db)->requests = request->next;
		batch_free(&request->batch);
		free(request);
	}
	free(*db);
	*db = NULL;
	fake.db = NULL;
}

void db_connect(struct db *db, const char *user, const char *password)
{
	db->connects++;
	snprintf(db->user, sizeof(db->user), "%s", user != NULL ? user : "");
	snprintf(db->password, sizeof(db->password), "%s", password != NULL ? password : "");
}

void db_set_password(struct db *db, const char *password)
{
	snprintf(db->password, sizeof(db->password), "%s", password);
}

void db_disconnect(struct db *db)
{
	db->state = DB_DOWN;
}

void db_retry(struct db *db)
{
	db->retries++;
}

uint64_t db_send(struct db *db, struct batch *batch, int purpose,
                 void (*done)(void *ctx, struct answer *answer), void *ctx)
{
	struct fake_request **at = &db->requests;
	struct fake_request *request = mem_alloc(sizeof(*request));

	while (*at != NULL)
		at = &(*at)->next;
	*at = request;
	request->ticket = ++db->tickets;
	request->batch = batch;
	request->purpose = purpose;
	request->done = done;
	request->ctx = ctx;
	db->writes += batch_kind(batch) == BATCH_WRITE;
	return request->ticket;
}

static struct fake_request *fake_take(uint64_t ticket)
{
	struct fake_request **at = &fake.db->requests;
	struct fake_request *request;

	while (*at != NULL && (*at)->ticket != ticket)
		at = &(*at)->next;
	request = *at;
	if (request != NULL)
		*at = request->next;
	return request;
}

static void fake_finish(struct fake_request *request, enum answer_status status, int count,
                        const struct rows *const *results, const struct refusal *refusal,
                        struct arena *arena)
{
	struct answer answer = { status, request->purpose, count, results, refusal, arena };

	for (int i = 0; i < fake.parameter_count; i++)
		free(fake.parameters[i]);
	fake.parameter_count = batch_statement(request->batch, 0)->parameters;
	for (int i = 0; i < fake.parameter_count; i++) {
		const char *value = batch_parameter(request->batch, 0, i);

		fake.parameters[i] = value != NULL ? mem_copy(value) : NULL;
	}
	fake.db->writes -= batch_kind(request->batch) == BATCH_WRITE;
	if (request->done != NULL)
		request->done(request->ctx, &answer);
	if (answer.arena != NULL)
		arena_free(&answer.arena);
	batch_free(&request->batch);
	free(request);
}

void db_cancel(struct db *db, uint64_t ticket)
{
	struct fake_request *request = fake_take(ticket);

	(void)db;
	if (request != NULL)
		fake_finish(request, ANSWER_CANCELLED, 0, NULL, NULL, arena_new());
}

void db_forget(struct db *db, uint64_t ticket)
{
	struct fake_request *request = fake_take(ticket);

	(void)db;
	if (request != NULL) {
		batch_free(&request->batch);
		free(request);
	}
}

enum db_state db_state(const struct db *db)
{
	return db->state;
}

bool db_only_reads(const struct db *db)
{
	return db->only_reads;
}

unsigned long db_round_trips(const struct db *db)
{
	(void)db;
	return 0;
}

long long db_waiting(const struct db *db)
{
	(void)db;
	return 0;
}

int db_unanswered_writes(const struct db *db)
{
	return db->writes;
}

const char *db_weakness(const char *conninfo)
{
	return strcmp(conninfo, "weak") == 0 ? "not encrypted" : NULL;
}

const char *db_fault_sentence(enum db_fault fault)
{
	static const char *const sentences[] = {
		[DB_FAULT_NONE] = "",
		[DB_FAULT_UNREACHABLE] = "unreachable",
		[DB_FAULT_PASSWORD] = "wrong password",
		[DB_FAULT_DISABLED] = "disabled",
		[DB_FAULT_NO_DATABASE] = "no database",
		[DB_FAULT_FULL] = "full",
		[DB_FAULT_READ_ONLY] = "read only",
		[DB_FAULT_REFUSED] = "refused",
		[DB_FAULT_ENDED] = "ended",
		[DB_FAULT_NO_TLS] = "no TLS",
		[DB_FAULT_UNKNOWN_CERTIFICATE] = "unknown certificate",
		[DB_FAULT_OTHER_NAME] = "other name",
		[DB_FAULT_WEAK_LOGIN] = "weak login",
		[DB_FAULT_OTHER_OWNER] = "other owner",
		[DB_FAULT_OTHER] = "other",
	};

	return sentences[fault];
}

char *db_password_verifier(const char *user, const char *password, struct err *err)
{
	struct buf verifier = { 0 };

	(void)user;
	(void)err;
	buf_printf(&verifier, "SCRAM of %s", password);
	return verifier.text;
}

/* ---- rows ---- */

/* The two characters \n are a line feed of the cell. */
static inline char *fake_cell(struct arena *arena, const char *text, size_t length)
{
	char *cell = arena_copy_n(arena, text, length);

	for (char *at; (at = strstr(cell, "\\n")) != NULL;) {
		*at = '\n';
		memmove(at + 1, at + 2, strlen(at + 1));
	}
	return cell;
}

/* "name|city\nACME|Madrid\n": the first line names the columns, \N is NULL. */
static inline const struct rows *fake_rows(struct arena *arena, const char *text)
{
	struct rows *rows = arena_alloc(arena, sizeof(*rows));
	size_t end = strcspn(text, "\n");
	const char **names;
	int line = -1, column = 0;

	rows->columns = 1;
	for (size_t i = 0; i < end; i++)
		rows->columns += text[i] == '|';
	for (const char *at = text + end; (at = strchr(at + 1, '\n')) != NULL;)
		rows->count++;
	names = arena_alloc(arena, sizeof(*names) * (size_t)rows->columns);
	rows->names = names;
	rows->cells =
	    arena_alloc(arena, sizeof(char *) * (size_t)(rows->columns * rows->count + 1));
	while (*text != '\0') {
		size_t length = strcspn(text, "|\n");
		const char *cell = fake_cell(arena, text, length);

		if (line < 0)
			names[column] = cell;
		else if (line < rows->count)
			rows->cells[line * rows->columns + column] =
			    strcmp(cell, "\\N") == 0 ? NULL : cell;
		column++;
		text += length;
		if (*text == '\n') {
			line++;
			column = 0;
		}
		text += *text != '\0';
	}
	return rows;
}

/* ---- the server's side ---- */

/* How many requests wait whose first statement has that name. */
static inline int fake_waiting(const char *statement)
{
	int count = 0;

	for (struct fake_request *at = fake.db->requests; at != NULL; at = at->next)
		count += strcmp(batch_statement(at->batch, 0)->name, statement) == 0;
	return count;
}

static inline struct fake_request *fake_next(const char *statement)
{
	for (struct fake_request *at = fake.db->requests; at != NULL; at = at->next)
		if (strcmp(batch_statement(at->batch, 0)->name, statement) == 0)
			return fake_take(at->ticket);
	fail_msg("nobody asks for %s", statement);
	return NULL;
}

/* A parameter of the oldest request of that statement, which goes on waiting; as fake_parameter. */
static inline const char *fake_asked(const char *statement, int number)
{
	for (struct fake_request *at = fake.db->requests; at != NULL; at = at->next)
		if (strcmp(batch_statement(at->batch, 0)->name, statement) == 0)
			return batch_parameter(at->batch, 0, number - 1);
	fail_msg("nobody asks for %s", statement);
	return NULL;
}

/* Answers the oldest request of that statement; one text for each statement of the batch. */
#define fake_answer(statement, ...) \
	fake_answer_with(statement, (const char *const[]){ __VA_ARGS__, NULL })
static inline void fake_answer_with(const char *statement, const char *const *texts)
{
	struct fake_request *request = fake_next(statement);
	struct arena *arena = arena_new();
	/* In the arena, as the real ones: who keeps that keeps them. */
	const struct rows **results = arena_alloc(arena, 32 * sizeof(*results));
	int count = 0;

	for (; texts[count] != NULL; count++)
		results[count] = fake_rows(arena, texts[count]);
	assert_int_equal(count, batch_count(request->batch));
	fake_finish(request, ANSWER_DONE, count, results, NULL, arena);
}

/* detail: "key=value" lines. */
static inline void fake_refuse(const char *statement, const char *sqlstate, const char *constraint,
                               const char *detail)
{
	const struct refusal refusal = { sqlstate, "no", detail, "", constraint, "", "" };

	fake_finish(fake_next(statement), ANSWER_REFUSED, 0, NULL, &refusal, arena_new());
}

static inline void fake_break(const char *statement)
{
	fake_finish(fake_next(statement), ANSWER_LOST, 0, NULL, NULL, arena_new());
}

/* A parameter of what was answered last, from 1 as in SQL; "" for NULL. */
static inline const char *fake_parameter(int number)
{
	assert_true(number <= fake.parameter_count);
	return fake.parameters[number - 1] != NULL ? fake.parameters[number - 1] : "";
}

static inline void fake_state(enum db_state state, enum db_fault fault, const char *text)
{
	fake.db->state = state;
	fake.db->events.state(fake.db->events.ctx, state, fault, text);
}

/* Connected, and told who that is; `ready` is still to come. roles: words as in trato.person, "+new"
 * for who must choose a password. false: the greeting was refused. */
static inline bool fake_greeting(const char *email, const char *roles)
{
	struct arena *arena = arena_new();
	const char *text = arena_printf(
	    arena,
	    "version|client_min|client_max|timezone|id|email|name|must_change_password|is_rep|"
	    "is_backoffice|is_supervisor|is_manager\n9999|1|1|%s|%d|%s|Name|%s|%s|%s|%s|%s\n",
	    fake.zone != NULL ? fake.zone : "", (int)email[0], email, strstr(roles, "+new") ? "t" : "f",
	    strstr(roles, "rep") ? "t" : "f", strstr(roles, "backoffice") ? "t" : "f",
	    strstr(roles, "supervisor") ? "t" : "f", strstr(roles, "manager") ? "t" : "f");
	const struct rows *rows = fake_rows(arena, text);
	struct answer answer = { ANSWER_DONE, 0, 1, &rows, NULL, arena };
	struct err err = { 0 };
	bool accepted;

	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	fake_state(DB_SETUP, DB_FAULT_NONE, "");
	accepted = fake.db->events.greeting(fake.db->events.ctx, &answer, &err);
	if (!accepted)
		fake_state(DB_DOWN, DB_FAULT_REFUSED, err.text);
	arena_free(&arena);
	return accepted;
}

/* The server accepts: greeting and ready. */
static inline bool fake_greet(const char *email, const char *roles)
{
	if (!fake_greeting(email, roles))
		return false;
	fake_state(DB_READY, DB_FAULT_NONE, "");
	fake.db->events.ready(fake.db->events.ctx);
	return true;
}

static inline void fake_ring(const char *channel)
{
	fake.db->events.notified(fake.db->events.ctx, channel, "1");
}

/* ---- the person's side ---- */

static inline void fake_press(const char *name)
{
	struct key_event event = { 0 };

	assert_true(key_from_name(name, &event.code));
	app_key(fake.app, &event);
}

static inline void fake_type(const char *text)
{
	for (size_t length; *text != '\0'; text += length) {
		struct key_event event = { 0 };

		length = text_decode(text, &event.code);
		app_key(fake.app, &event);
	}
}

static inline const char *fake_picture(void)
{
	free(fake.picture);
	fake.picture = terminal_picture(fake.height, fake.width, app_draw, fake.app);
	kept_check(fake.height, fake.width, app_draw, fake.app, fake.picture);
	return fake.picture;
}

#define assert_shows(text) fake_check(text, true, __FILE__, __LINE__)
#define assert_hides(text) fake_check(text, false, __FILE__, __LINE__)
static inline void fake_check(const char *text, bool wanted, const char *file, int line)
{
	const char *picture = fake_picture();

	if ((strstr(picture, text) != NULL) == wanted)
		return;
	print_error("%s «%s» on:\n%s\n", wanted ? "no" : "unwanted", text, picture);
	_fail(file, line);
}

/* ---- set-up ---- */

static inline struct app *fake_app_of(struct app_config config)
{
	struct err err = { 0 };

	setenv("XDG_STATE_HOME", "/dev/null", 1);
	unsetenv("USER_EMAIL");
	unsetenv("TRATO_DEMO");
	i18n_init("en");
	fake.height = 24;
	fake.width = 80;
	fake.conf = conf_new();
	config.conf = fake.conf;
	fake.app = app_new(&config, &err);
	assert_non_null(fake.app);
	app_start(fake.app);
	fake_picture();
	return fake.app;
}

/* drafts: the folder where they are kept, NULL for none. */
static inline struct app *fake_app_with(const char *drafts)
{
	return fake_app_of((struct app_config){ .conninfo = "", .drafts = drafts });
}

static inline struct app *fake_app(void)
{
	return fake_app_with(NULL);
}

/* Logged in, with the list of clients as the lowest screen, whatever the role's home is. */
static inline void fake_log_in(const char *email, const char *roles)
{
	fake_type(email);
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	assert_true(fake_greet(email, roles));
	view_replace(app_top(fake.app), &view_clients, NULL);
	fake_picture();
}

/* cmocka's teardown. */
static inline int fake_teardown(void **state)
{
	(void)state;
	app_free(&fake.app);
	conf_free(&fake.conf);
	for (int i = 0; i < fake.parameter_count; i++)
		free(fake.parameters[i]);
	fake.parameter_count = 0;
	free(fake.picture);
	fake.picture = NULL;
	return 0;
}

#endif
