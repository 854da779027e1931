/*
 * What has come since the last look: notices for back office; returned notices,
 * requests to collaborate and mail to assign for reps. The tables are the truth and the
 * doorbell only the reason to look, so everything that waits is read each time
 * and compared with what waited before. (Comparing with the last id seen loses
 * the rows of slow writers.)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/buf.h>
#include <base/mem.h>
#include <base/money.h>
#include <base/uuid.h>
#include <model/request.h>

#include "app_private.h"

enum {
	LOOK_EVERY_MS = 60 * 1000,
	LOOK_WITHOUT_BELL_MS = 5 * 1000,
	NAMES_AFTER_MS = 150, /* to twice as long */
	NAMED = 2,
};

struct news_item {
	char kind; /* n: notice to invoice, r: returned notice, c: request to collaborate,
	            * y, x: one's own was accepted, declined, m: mail to assign */
	int64_t id;
	char *words; /* "ACME Industrial 45.200,00 €"; NULL: not known yet, or not named any more */
	bool fresh; /* not looked at yet */
};

struct news {
	struct news_item *items;
	int count;
	struct buf banner;
	struct buf brief; /* the same without names */
	unsigned timer;
	unsigned names; /* the timer after which the names are asked for */
	uint64_t ticket;
	long long asked_at, took; /* loop_now of the last question; ms to its answer */
	bool again;               /* rung while the answer was under way */
};

static void news_free_items(struct news_item *items, int count)
{
	for (int i = 0; i < count; i++)
		free(items[i].words);
	free(items);
}

/* from: where to begin, which is mostly where it is: what waits comes in the same order each time. */
static struct news_item *news_find(struct news *news, char kind, int64_t id, int from)
{
	for (int i = 0; i < news->count; i++) {
		struct news_item *item = &news->items[(from + i) % news->count];

		if (item->id == id && item->kind == kind)
			return item;
	}
	return NULL;
}

static void news_headline(struct buf *out, char kind, int count)
{
	switch (kind) {
	case 'n':
		buf_printf(out,
		           ngettext("%d new invoicing notice", "%d new invoicing notices",
		                    (unsigned long)count),
		           count);
		break;
	case 'r':
		buf_printf(out,
		           ngettext("%d notice returned to you", "%d notices returned to you",
		                    (unsigned long)count),
		           count);
		break;
	case 'm':
		buf_printf(out,
		           ngettext("%d mail to assign", "%d mails to assign",
		                    (unsigned long)count),
		           count);
		break;
	case 'y':
		buf_printf(out,
		           ngettext("%d request of yours accepted", "%d requests of yours accepted",
		                    (unsigned long)count),
		           count);
		break;
	case 'x':
		buf_printf(out,
		           ngettext("%d request of yours declined", "%d requests of yours declined",
		                    (unsigned long)count),
		           count);
		break;
	default:
		buf_printf(out,
		           ngettext("%d request to collaborate", "%d requests to collaborate",
		                    (unsigned long)count),
		           count);
		break;
	}
}

/* most: names of each kind, of those that are known */
static void news_write(const struct news *news, struct buf *out, int most)
{
	buf_clear(out);
	for (const char *kind = "nrcyxm"; *kind != '\0'; kind++) {
		int count = 0, named = 0;

		for (int i = 0; i < news->count; i++)
			count += news->items[i].fresh && news->items[i].kind == *kind;
		if (count == 0)
			continue;
		if (out->length > 0)
			buf_add(out, " · ");
		news_headline(out, *kind, count);
		for (int i = news->count - 1; i >= 0 && named < most; i--)
			if (news->items[i].fresh && news->items[i].kind == *kind &&
			    news->items[i].words != NULL)
				buf_printf(out, "%s%s", named++ == 0 ? ": " : ", ",
				           news->items[i].words);
		if (named > 0 && count > named)
			buf_add(out, " …");
	}
}

static void news_write_banner(struct news *news)
{
	news_write(news, &news->banner, NAMED);
	news_write(news, &news->brief, 0);
}

/* known: what it was called before */
static char *news_words(const struct rows *rows, int row, struct news_item *known)
{
	char amount[48] = "";
	struct buf words = { 0 };

	if (rows_column(rows, "label") < 0) {
		words.text = known != NULL ? known->words : NULL;
		if (known != NULL)
			known->words = NULL;
		return words.text;
	}
	buf_add(&words, rows_text(rows, row, "label"));
	if (rows_get(rows, row, "cents") != NULL) {
		money_format_currency(rows_int(rows, row, "cents"),
		                      rows_text(rows, row, "currency"), amount);
		buf_printf(&words, " %s", amount);
	}
	return words.text;
}

/* Whether one of those that are to be named is not. */
static bool news_lacks_names(const struct news *news)
{
	for (const char *kind = "nrcyxm"; *kind != '\0'; kind++) {
		int named = 0;

		for (int i = news->count - 1; i >= 0 && named < NAMED; i--) {
			if (!news->items[i].fresh || news->items[i].kind != *kind)
				continue;
			if (news->items[i].words == NULL)
				return true;
			named++;
		}
	}
	return false;
}

static void news_take(struct app *app, const struct rows *rows)
{
	struct news *news = app->news;
	struct news_item *items = mem_array((size_t)rows->count + 1, sizeof(*items));
	bool ring = false;
	int from = 0;

	for (int i = 0; i < rows->count; i++) {
		char kind = rows_text(rows, i, "kind")[0];
		int64_t id = rows_int(rows, i, "id");
		struct news_item *known = news_find(news, kind, id, from);
		bool fresh = known == NULL || known->fresh;

		items[i] = (struct news_item){
			.kind = kind,
			.id = id,
			.words = fresh ? news_words(rows, i, known) : NULL,
			.fresh = fresh,
		};
		ring |= known == NULL;
		if (known != NULL)
			from = (int)(known - news->items) + 1;
	}
	news_free_items(news->items, news->count);
	news->items = items;
	news->count = rows->count;
	news_write_banner(news);
	if (ring && app_bell(app) && app->terminal != NULL)
		terminal_notify(app->terminal, news->brief.text);
}

static void news_name(struct app *app);

static void news_on_answer(void *ctx, struct answer *answer)
{
	struct app *app = ctx;
	bool again;

	if (app->news == NULL)
		return;
	app_enter(app);
	app->news->ticket = 0;
	app->news->took = loop_now() - app->news->asked_at;
	again = app->news->again;
	app->news->again = false;
	if (answer->status == ANSWER_DONE)
		news_take(app, answer->results[0]);
	if (again)
		news_look(app);
	else if (answer->status == ANSWER_DONE)
		news_name(app);
	app_leave(app);
}

static void news_ask(struct app *app, struct batch *batch)
{
	app->news->asked_at = loop_now();
	app->news->ticket = db_send(app->db, batch, 0, news_on_answer, app);
}

static void news_on_names_due(void *ctx)
{
	struct app *app = ctx;

	app_enter(app);
	app->news->names = 0;
	if ((app->state == DB_READY || app->state == DB_BUSY) && app->news->ticket == 0 &&
	    news_lacks_names(app->news))
		news_ask(app, session_waiting_named());
	app_leave_unseen(app);
}

/* At a doorbell all of back office ask at once, and how many there are is answered several times as fast
 * as who they are of. So that is asked a moment later, and not in step with the others. */
static void news_name(struct app *app)
{
	const struct pace pace = { NAMES_AFTER_MS, app->pace.share };

	if (app->news->names == 0 && news_lacks_names(app->news))
		app->news->names = loop_after(app->loop, pace_first(&pace), news_on_names_due, app);
}

/* A server that only reads rings no bell. */
static struct pace news_pace(const struct app *app)
{
	return (struct pace){ db_only_reads(app->db) ? LOOK_WITHOUT_BELL_MS : LOOK_EVERY_MS,
		              app->pace.share };
}

static void news_on_timer(void *ctx)
{
	struct app *app = ctx;
	struct pace pace = news_pace(app);

	app_enter(app);
	app->news->timer =
	    loop_after(app->loop, pace_next(&pace, app->news->took), news_on_timer, app);
	if (app->state == DB_READY && app->news->ticket == 0)
		news_look(app);
	app_leave(app);
}

void news_look(struct app *app)
{
	struct batch *batch;

	if (app->news == NULL)
		return;
	if (app->news->ticket != 0) {
		app->news->again = true;
		return;
	}
	batch = session_waiting(&app->session);
	if (batch != NULL)
		news_ask(app, batch);
}

/* Amounts stand in the names as the other language writes them. */
void news_reword(struct app *app)
{
	struct news *news = app->news;

	if (news == NULL)
		return;
	for (int i = 0; i < news->count; i++) {
		free(news->items[i].words);
		news->items[i].words = NULL;
	}
	news_write_banner(news);
	news_look(app);
}

void news_start(struct app *app)
{
	struct pace pace = news_pace(app);

	news_stop(app);
	app->news = mem_alloc(sizeof(*app->news));
	pace.every /= 2; /* the first time no later than the others, only not with everybody else */
	app->news->timer = loop_after(app->loop, pace_first(&pace), news_on_timer, app);
	news_look(app);
}

void news_stop(struct app *app)
{
	struct news *news = app->news;

	if (news == NULL)
		return;
	loop_cancel(app->loop, news->timer);
	loop_cancel(app->loop, news->names);
	if (news->ticket != 0)
		db_forget(app->db, news->ticket);
	news_free_items(news->items, news->count);
	buf_free(&news->banner);
	buf_free(&news->brief);
	free(news);
	app->news = NULL;
}

const char *news_banner(const struct app *app)
{
	return app->news != NULL && app->news->banner.length > 0 ? app->news->banner.text : "";
}

const char *news_banner_brief(const struct app *app)
{
	return app->news != NULL && app->news->brief.length > 0 ? app->news->brief.text : "";
}

static bool news_is_notice(const struct news_item *item)
{
	return item->kind == 'n' || item->kind == 'r';
}

static bool news_is_request(const struct news_item *item)
{
	return !news_is_notice(item) && item->kind != 'm';
}

/* Mail waits in the tray; whether it was what the banner announced. */
static bool news_see_mail(struct news *news)
{
	bool any = false;

	for (int i = 0; news != NULL && i < news->count; i++) {
		if (news->items[i].kind != 'm')
			continue;
		any = any || news->items[i].fresh;
		news->items[i].fresh = false;
	}
	return any;
}

/* Notices stand in the inbox and are looked at together, from the newest on; a request is answered by
 * itself. */
enum command news_seen(struct app *app, int64_t *id)
{
	struct news *news = app->news;
	struct news_item *first = NULL;
	bool inbox = false, mail;

	*id = 0;
	for (int i = 0; news != NULL && i < news->count; i++) {
		struct news_item *item = &news->items[i];

		if (item->fresh && news_is_notice(item)) {
			inbox = true;
			*id = item->id;
		}
		if (item->fresh && news_is_request(item) && first == NULL)
			first = item;
	}
	for (int i = 0; news != NULL && i < news->count; i++)
		if (inbox && news_is_notice(&news->items[i]))
			news->items[i].fresh = false;
	if (!inbox && first != NULL) {
		first->fresh = false;
		*id = first->id;
	}
	mail = !inbox && first == NULL && news_see_mail(news);
	if (news != NULL)
		news_write_banner(news);
	if (mail)
		return COMMAND_GO_TRAY;
	if (inbox || first != NULL)
		return inbox ? COMMAND_GO_INBOX : COMMAND_GO_REQUESTS;
	return (app->session.roles & ROLE_BACKOFFICE) != 0 ? COMMAND_GO_INBOX : COMMAND_GO_REQUESTS;
}

static void news_on_heard(void *ctx, struct answer *answer)
{
	(void)ctx;
	(void)answer; /* else it is announced once more */
}

void news_read_requests(struct app *app)
{
	struct news *news = app->news;
	char request_id[37], id[24];

	for (int i = 0; news != NULL && i < news->count; i++) {
		struct news_item *item = &news->items[i];

		if (!news_is_request(item))
			continue;
		item->fresh = false;
		if (item->kind == 'c')
			continue;
		uuid_make(request_id);
		snprintf(id, sizeof(id), "%" PRId64, item->id);
		db_send(app->db, request_hear(request_id, id), 0, news_on_heard, app);
	}
	if (news != NULL)
		news_write_banner(news);
}
