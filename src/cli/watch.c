/*
 * trato watch: hands each notice to a command, in order and once, for as long as
 * it runs. One step follows the other: whose turn it is, what is due, giving it,
 * saying what became of it. The database knows how far it has come, and this
 * computer's note (watch_note.h) what a kill has left in doubt.
 */
#include "cli_private.h"
#include "filter.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/child.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <base/uuid.h>
#include <db/db.h>
#include <model/refusal.h>
#include <model/session.h>
#include <model/watch.h>

#include "watch_give.h"

enum {
	RENEW_S = 20,    /* of a turn, which lasts a minute; then it also looks */
	WAIT_MS = 5000,  /* while another process has the turn */
	LOCKED_MS = 250, /* while what was killed here has left a command behind */
	TROUBLE_MS = 10000,
	GRACE_MS = 10000, /* for the command under way, when the watcher is to end */
	MESSAGE_COLUMNS = 240,
	SECONDS_USUAL = 60,
	SECONDS_MAX = 86400,
};

struct watch {
	const struct cli_arguments *arguments;
	int seconds;
	char first_day[11]; /* "": none */
	char place[128];
	struct loop *loop;
	struct db *db;
	struct session session;
	struct watch_note *note;
	char watcher[WATCH_ID_SIZE]; /* "": not begun */
	struct watch_give *give;
	char notice[256]; /* for people: its id, the offer's number, the client */
	/* What has ended and the database does not know yet. */
	char delivery[WATCH_ID_SIZE], try[WATCH_ID_SIZE];
	bool has_end, given;
	struct buf message;
	unsigned timer;
	bool was_ready, lost, waits, ending;
	bool asking, rung; /* rung: while it was asking */
	bool done;
	struct err *err;
};

static void watch_step(struct watch *watch);

/* ---- Ending */

static void watch_fail(struct watch *watch, enum err_kind kind, const char *text)
{
	if (watch->err->kind == 0)
		err_set(watch->err, kind, "%s", text);
	loop_stop(watch->loop);
}

static void watch_on_grace_end(void *ctx)
{
	struct watch *watch = ctx;

	watch->done = true;
	loop_stop(watch->loop);
}

static void watch_on_signal(void *ctx, int number)
{
	struct watch *watch = ctx;

	(void)number;
	if (watch->ending) {
		watch_on_grace_end(watch);
		return;
	}
	watch->ending = true;
	loop_after(watch->loop, GRACE_MS, watch_on_grace_end, watch);
	if (watch->give == NULL)
		watch_step(watch);
}

/* ---- Waiting */

static void watch_on_timer(void *ctx)
{
	struct watch *watch = ctx;

	watch->timer = 0;
	watch_step(watch);
}

static void watch_again(struct watch *watch, int milliseconds)
{
	loop_cancel(watch->loop, watch->timer);
	watch->timer = loop_after(watch->loop, milliseconds, watch_on_timer, watch);
}

static void watch_wait_for(struct watch *watch, const char *reason)
{
	if (!watch->waits)
		cli_tell(_("%s This one waits."), reason);
	watch->waits = true;
	watch->watcher[0] = '\0';
	watch_again(watch, WAIT_MS);
}

/* ---- Answers */

/* False: it was refused, and what follows from that is done. */
static bool watch_accepted(struct watch *watch, const struct answer *answer)
{
	struct err err = { 0 };
	const char *state;

	watch->asking = false;
	if (answer->status == ANSWER_DONE)
		return true;
	if (answer->status != ANSWER_REFUSED) {
		watch_again(watch, TROUBLE_MS);
		return false;
	}
	refusal_explain(answer->refusal, &err);
	state = answer->refusal->sqlstate;
	if (refusal_is(answer->refusal, "watcher_is_busy")) {
		watch_wait_for(watch, err.text);
	} else if (err.kind == ERR_DENIED || strncmp(state, "TR", 2) == 0 ||
	           strncmp(state, "42", 2) == 0) {
		watch_fail(watch, err.kind, err.text);
	} else {
		/* A standby, a full disk, a slow server: it may be better in a while. */
		cli_tell("%s", err.text);
		watch_again(watch, TROUBLE_MS);
	}
	return false;
}

static void watch_send(struct watch *watch, struct batch *batch,
                       void (*answered)(void *ctx, struct answer *answer))
{
	watch->asking = true;
	loop_cancel(watch->loop, watch->timer);
	watch->timer = 0;
	db_send(watch->db, batch, 0, answered, watch);
}

static void watch_left(void *ctx, struct answer *answer)
{
	(void)answer;
	watch_on_grace_end(ctx);
}

/* ---- Giving */

static void watch_end_told(void *ctx, struct answer *answer)
{
	struct watch *watch = ctx;
	const char *wait;

	/* Of a database that was restored as it was before: what it does not know, it gives. */
	if (answer->status == ANSWER_REFUSED && refusal_is(answer->refusal, "delivery_unknown")) {
		watch->asking = watch->has_end = false;
		watch_note_clear(watch->note);
		watch_step(watch);
		return;
	}
	if (!watch_accepted(watch, answer))
		return;
	wait = rows_get(answer->results[0], 0, "wait");
	if (!watch->given && wait != NULL)
		cli_tell(_("Notice %s is tried again in %s s: %s"), watch->notice, wait,
		         watch->message.text);
	else if (watch->given && watch->arguments->command != NULL)
		cli_tell(_("Notice %s is given."), watch->notice);
	watch->has_end = false;
	watch_note_clear(watch->note);
	watch_step(watch);
}

static void watch_tell_end(struct watch *watch)
{
	char request[37];

	uuid_make(request);
	watch_send(watch,
	           watch_end(request, watch->delivery, watch->try, watch->given,
	                     watch->given ? NULL : watch->message.text),
	           watch_end_told);
}

/* How it ended, and on the same line its own words. */
static void watch_explain(struct watch *watch, int code, const char *complaints)
{
	struct arena *arena = arena_new();
	const char *said = text_clean(arena, complaints, TEXT_MANY_LINES), *how;
	struct buf line = { 0 };

	how = code == CHILD_TOO_LONG
	        ? arena_printf(arena, _("the command took longer than %d s"), watch->seconds)
	    : code > 128 ? arena_printf(arena, _("the command was ended by signal %d"), code - 128)
	                 : arena_printf(arena, _("the command ended with %d"), code);
	buf_add(&line, how);
	for (const char *end = ":"; *said != '\0'; said += strspn(said, "\n")) {
		size_t length = strcspn(said, "\n");

		buf_printf(&line, "%s %.*s", end, (int)length, said);
		said += length;
		end = "";
	}
	buf_clear(&watch->message);
	buf_add(&watch->message, text_shorten(arena, line.text, MESSAGE_COLUMNS));
	buf_free(&line);
	arena_free(&arena);
}

static void watch_ended(void *ctx, int code, const char *complaints)
{
	struct watch *watch = ctx;

	watch->give = NULL;
	if (code == WATCH_NO_OUTPUT) {
		watch_fail(watch, ERR_REFUSED, _("The output cannot be written."));
		return;
	}
	watch->has_end = true;
	watch->given = code == 0;
	watch_explain(watch, code, complaints);
	watch_step(watch);
}

static void watch_taken(void *ctx, struct answer *answer)
{
	struct watch *watch = ctx;
	struct err err = { 0 };
	const struct rows *taken, *document;

	if (!watch_accepted(watch, answer))
		return;
	taken = answer->results[0];
	document = answer->results[1];
	if (watch->ending || rows_get(taken, 0, "delivery") == NULL || document->count == 0) {
		watch_step(watch);
		return;
	}
	snprintf(watch->delivery, WATCH_ID_SIZE, "%s", rows_text(taken, 0, "delivery"));
	snprintf(watch->notice, sizeof(watch->notice), "%s (%s, %s)", rows_text(taken, 0, "notice"),
	         rows_text(document, 0, "number"), rows_text(document, 0, "client"));
	snprintf(watch->try, WATCH_ID_SIZE, "%s", rows_text(taken, 0, "try"));
	const struct watch_gift gift = {
		.command = watch->arguments->command,
		.seconds = watch->seconds,
		.document = rows_text(document, 0, "document"),
		.watcher = watch->arguments->name,
		.notice = rows_text(taken, 0, "notice"),
		.delivery = watch->delivery,
		.try = watch->try,
	};
	watch->give = watch_give_start(watch->loop, watch->note, &gift, watch_ended, watch, &err);
	if (watch->give == NULL) {
		watch->has_end = true;
		watch->given = false;
		buf_clear(&watch->message);
		buf_add(&watch->message, err.text);
	}
	watch_step(watch);
}

/* ---- The turn */

static void watch_kept(void *ctx, struct answer *answer)
{
	struct watch *watch = ctx;
	const char *wait;
	char request[37];
	int seconds = RENEW_S;

	if (!watch_accepted(watch, answer))
		return;
	if (watch->give == NULL && !watch->has_end && !watch->ending &&
	    rows_bool(answer->results[0], 0, "due")) {
		uuid_make(request);
		watch_send(watch,
		           watch_take(request, watch->watcher, watch_note_holder(watch->note)),
		           watch_taken);
		return;
	}
	wait = rows_get(answer->results[0], 0, "wait");
	if (wait != NULL && atoi(wait) < seconds)
		seconds = atoi(wait);
	watch_again(watch, seconds * 1000);
	if ((watch->ending && watch->give == NULL) || watch->has_end || watch->rung)
		watch_step(watch);
}

static void watch_begun(void *ctx, struct answer *answer)
{
	struct watch *watch = ctx;

	if (!watch_accepted(watch, answer))
		return;
	snprintf(watch->watcher, WATCH_ID_SIZE, "%s", rows_text(answer->results[0], 0, "id"));
	watch->waits = false;
	cli_tell(_("Watcher %s is at work: %s, %s."), watch->arguments->name, watch->session.email,
	         watch->place);
	watch_step(watch);
}

/* Left by a program that was killed: its command came to its end, or nobody knows. */
static void watch_read_note(struct watch *watch)
{
	int code;

	if (!watch_note_read(watch->note, watch->delivery, watch->try, &code))
		return;
	snprintf(watch->notice, sizeof(watch->notice), _("of delivery %s"), watch->delivery);
	if (code == WATCH_UNKNOWN) {
		cli_tell(_("Delivery %s was interrupted; it is given again."), watch->delivery);
		return;
	}
	watch->has_end = true;
	watch->given = code == 0;
	watch_explain(watch, code, "");
}

static bool watch_open_note(struct watch *watch)
{
	struct err err = { 0 };
	bool busy;

	watch->note = watch_note_open(watch->arguments->name, watch->session.database, &busy, &err);
	if (watch->note != NULL) {
		watch_read_note(watch);
		return true;
	}
	if (!busy) {
		watch_fail(watch, err.kind, err.text);
		return false;
	}
	watch_wait_for(watch, _("Another process, or a command that it has left behind, works "
	                        "under this name here."));
	watch_again(watch, LOCKED_MS);
	return false;
}

/* What is to be done next. */
static void watch_step(struct watch *watch)
{
	char request[37];

	if (watch->asking || !watch->was_ready)
		return;
	if (watch->note == NULL && !watch->ending && !watch_open_note(watch))
		return;
	if (watch->has_end) {
		watch_tell_end(watch);
	} else if (watch->ending && watch->give == NULL) {
		if (watch->watcher[0] == '\0')
			watch_on_grace_end(watch);
		else
			watch_send(watch,
			           watch_leave(watch->watcher, watch_note_holder(watch->note)),
			           watch_left);
	} else if (watch->watcher[0] == '\0') {
		uuid_make(request);
		watch_send(watch,
		           watch_begin(request, watch->arguments->name,
		                       watch_note_holder(watch->note), watch->place,
		                       watch->first_day[0] != '\0' ? watch->first_day : NULL),
		           watch_begun);
	} else {
		watch->rung = false;
		watch_send(watch,
		           watch_keep(watch->watcher, watch_note_holder(watch->note), watch->place),
		           watch_kept);
	}
}

/* ---- The connection */

static bool watch_on_greeting(void *ctx, struct answer *answer, struct err *err)
{
	struct watch *watch = ctx;

	return session_read(&watch->session, answer, err);
}

static void watch_on_ready(void *ctx)
{
	struct watch *watch = ctx;

	if (watch->lost)
		cli_tell("%s", _("The database is back."));
	watch->lost = false;
	watch->was_ready = true;
	watch_step(watch);
}

static void watch_on_state(void *ctx, enum db_state state, enum db_fault fault, const char *text)
{
	struct watch *watch = ctx;
	const char *sentence = fault == DB_FAULT_REFUSED ? text : db_fault_sentence(fault);

	if (state != DB_DOWN)
		return;
	if (!watch->was_ready || fault == DB_FAULT_PASSWORD || fault == DB_FAULT_DISABLED ||
	    fault == DB_FAULT_NO_DATABASE || fault == DB_FAULT_REFUSED) {
		watch_fail(watch, fault == DB_FAULT_DISABLED ? ERR_DENIED : ERR_CONNECT, sentence);
	} else if (!watch->lost) {
		watch->lost = true;
		cli_tell(_("%s It tries again by itself."), sentence);
	}
}

/* A doorbell: what there is, is asked for. */
static void watch_on_notified(void *ctx, const char *channel, const char *payload)
{
	struct watch *watch = ctx;

	(void)channel;
	(void)payload;
	watch->rung = watch->asking;
	if (watch->watcher[0] != '\0' && watch->give == NULL)
		watch_step(watch);
}

/* ---- The command */

static bool watch_has_name(const struct cli_arguments *arguments, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	const char *name = arguments->name;

	if (name == NULL || name[0] == '\0' || strlen(name) > 40 ||
	    strchr("._-", name[0]) != NULL || name[strspn(name, allowed)] != '\0')
		return err_set(err, ERR_USAGE,
		               _("A watcher needs a name: --name, up to 40 small letters, "
		                 "digits, dots and hyphens."));
	return true;
}

static bool watch_read_arguments(struct watch *watch, struct err *err)
{
	const struct cli_arguments *arguments = watch->arguments;
	const char *seconds = arguments->seconds;
	char host[65];

	watch->seconds = seconds != NULL ? atoi(seconds) : SECONDS_USUAL;
	if (watch->seconds < 1 || watch->seconds > SECONDS_MAX ||
	    (seconds != NULL && seconds[strspn(seconds, "0123456789")] != '\0'))
		return err_set(err, ERR_USAGE, _("--timeout takes seconds, from 1 to %d."),
		               SECONDS_MAX);
	if (arguments->command != NULL && arguments->context->restricted)
		return err_set(err, ERR_DENIED,
		               _("With --restricted no other program is started."));
	if (gethostname(host, sizeof(host)) != 0)
		snprintf(host, sizeof(host), "?");
	host[sizeof(host) - 1] = '\0';
	snprintf(watch->place, sizeof(watch->place), _("%s, process %ld"), host, (long)getpid());
	return true;
}

static void watch_listen_to_signals(struct watch *watch)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction before;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			loop_on_signal(watch->loop, signals[i], watch_on_signal, watch);
	/* Whoever reads the lines may go: then the output cannot be written, which is told. */
	signal(SIGPIPE, SIG_IGN);
}

static void watch_open(struct watch *watch, const char *password)
{
	static const char *const channels[] = { "trato_notice", NULL };
	const struct cli_context *context = watch->arguments->context;
	const struct db_config config = {
		.conninfo = context->conninfo,
		.greeting = session_greeting(),
		.channels = channels,
		.reconnect = true,
	};
	const struct db_events events = {
		.ctx = watch,
		.state = watch_on_state,
		.greeting = watch_on_greeting,
		.ready = watch_on_ready,
		.notified = watch_on_notified,
	};

	watch->loop = loop_new();
	watch_listen_to_signals(watch);
	watch->db = db_new(watch->loop, &config, &events);
	db_connect(watch->db, context->user, password);
}

static void watch_close(struct watch *watch)
{
	watch_give_stop(&watch->give);
	db_free(&watch->db);
	watch_note_close(&watch->note);
	buf_free(&watch->message);
	loop_free(&watch->loop);
}

bool cli_watch(const struct cli_arguments *arguments, struct err *err)
{
	struct watch watch = { .arguments = arguments, .err = err };
	char *password;

	if (!watch_has_name(arguments, err))
		return false;
	if (arguments->forget)
		return cli_watch_forget(arguments, err);
	if (!watch_read_arguments(&watch, err) || !cli_login(arguments->context, &password, err))
		return false;
	/* A day is reckoned from the team's today, which is known by now. */
	if (filter_day(arguments->from, watch.first_day, err))
		watch_open(&watch, password);
	if (password != NULL)
		mem_erase(password, strlen(password));
	free(password);
	if (watch.loop != NULL)
		loop_run(watch.loop);
	watch_close(&watch);
	return watch.done && err->kind == 0;
}
