/*
 * The program's end of the connection: who may come in, what happens when the
 * server goes and comes back, and what each fault is called.
 */
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/mem.h>
#include <view/views.h>

#include "app_private.h"
#include "drafts.h"

enum { WALL_AGAIN_MS = 3000 };

static void link_on_tick(void *ctx)
{
	struct app *app = ctx;

	app->tick = 0;
	app_enter(app);
	if (app->lost_at != 0)
		app->tick = loop_after(app->loop, 1000, link_on_tick, app);
	app_leave(app);
}

/* Nothing that the connection itself tries again would help: the person must. */
static bool link_needs_person(enum db_fault fault)
{
	return fault == DB_FAULT_PASSWORD || fault == DB_FAULT_DISABLED ||
	       fault == DB_FAULT_NO_DATABASE || fault == DB_FAULT_REFUSED;
}

static void link_on_again(void *ctx)
{
	struct app *app = ctx;

	app->again = 0;
	app_enter(app);
	link_login(app, app->user, NULL);
	app_leave(app);
}

/* Nobody is there to try again, or to change what is wrong with the account: but it may have been
 * changed. A password is asked for only where somebody may be there to know it. */
static bool link_wall_tries_again(struct app *app, enum db_fault fault)
{
	if (!app->wall || (fault == DB_FAULT_PASSWORD && !app->restricted))
		return false;
	loop_cancel(app->loop, app->again);
	app->again = !app->working || link_needs_person(fault)
	               ? loop_after(app->loop, WALL_AGAIN_MS, link_on_again, app)
	               : 0;
	return true;
}

static struct view *link_find_login(const struct app *app)
{
	for (int i = 0; i < app->count; i++)
		if (app->views[i]->ops == &view_login)
			return app->views[i];
	return NULL;
}

static void link_lost(struct app *app, enum db_fault fault)
{
	if (app->working && app->lost_at == 0) {
		app->lost_at = time(NULL);
		app->tick = loop_after(app->loop, 1000, link_on_tick, app);
		/* When it is back, nobody knows any more what he had pressed. */
		for (int i = 0; i < app->count; i++)
			ahead_drop(app->views[i]);
	}
	if (fault == DB_FAULT_NONE || link_wall_tries_again(app, fault))
		return;
	if ((link_needs_person(fault) || app->count == 0) && link_find_login(app) == NULL)
		view_push(app, &view_login, NULL);
}

/* That an answer is awaited is drawn where it is slow, see ask_on_slow. */
static bool link_looks_same(enum db_state before, enum db_state now)
{
	return (before == DB_READY || before == DB_BUSY) && (now == DB_READY || now == DB_BUSY);
}

static void link_on_state(void *ctx, enum db_state state, enum db_fault fault, const char *text)
{
	struct app *app = ctx;
	bool same = link_looks_same(app->state, state);

	app_enter(app);
	app->state = state;
	if (state == DB_DOWN)
		link_lost(app, fault);
	for (int i = app->count - 1; i >= 0; i--) {
		struct view *view = i < app->count ? app->views[i] : NULL;

		if (view != NULL && view->ops->connection != NULL)
			view->ops->connection(view, state, fault, text);
	}
	if (same)
		app_leave_unseen(app);
	else
		app_leave(app);
}

static bool link_on_greeting(void *ctx, struct answer *answer, struct err *err)
{
	struct app *app = ctx;
	int64_t person = app->session.person;

	if (!session_read(&app->session, answer, err))
		return false;
	if (app->wall && app->session.must_change_password)
		return err_set(err, ERR_DENIED,
		               _("This account needs a password of its own first: log in once with "
		                 "trato, without dashboard."));
	/* What is typed as today, and when a draft was left, are the team's day and time. */
	date_set_zone(app->session.zone);
	/* Somebody else logs in where the connection was refused: those screens are not his. */
	if (app->working && person != app->session.person) {
		app_enter(app);
		stack_close_above(app, -1, true);
		app->working = false;
		news_stop(app);
		app_leave(app);
	}
	return true;
}

static void link_on_ready(void *ctx)
{
	struct app *app = ctx;

	app_enter(app);
	app->lost_at = 0;
	loop_cancel(app->loop, app->tick);
	app->tick = 0;
	loop_cancel(app->loop, app->again);
	app->again = 0;
	clock_start(app);
	if (app->count > 1 && link_find_login(app) != NULL)
		view_close(link_find_login(app));
	if (app->session.must_change_password) {
		if (app->count == 0 || app->views[0]->ops != &view_password) {
			stack_close_above(app, -1, true);
			app->working = false;
			view_push(app, &view_password, NULL);
		}
	} else if (!app->working) {
		link_go_home(app);
	} else {
		stack_make_stale(app, ~0u);
		news_look(app);
	}
	app_leave(app);
}

static void link_on_notified(void *ctx, const char *channel, const char *payload)
{
	struct app *app = ctx;

	(void)payload; /* a doorbell is never believed: the tables are asked */
	app_enter(app);
	stack_make_stale(app,
	                 strcmp(channel, "trato_notice") == 0 ? WATCH_NOTICES : WATCH_REQUESTS);
	if (app->working)
		news_look(app);
	app_leave_unseen(app); /* what is new is not known yet */
}

void link_open(struct app *app, const char *conninfo)
{
	static const char *const channels[] = { "trato_notice", "trato_request", NULL };
	const struct db_config config = {
		.conninfo = conninfo,
		.greeting = session_greeting(),
		.channels = channels,
		.reconnect = true,
		.read_only = app->wall,
	};
	const struct db_events events = {
		.ctx = app,
		.state = link_on_state,
		.greeting = link_on_greeting,
		.ready = link_on_ready,
		.notified = link_on_notified,
	};

	app->db = db_new(app->loop, &config, &events);
	app->weakness = db_weakness(conninfo);
}

void link_login(struct app *app, const char *user, const char *password)
{
	link_forget_password(app);
	app->password = password != NULL ? mem_copy(password) : NULL;
	if (app->state != DB_DOWN)
		db_disconnect(app->db);
	db_connect(app->db, user, password);
}

void link_forget_password(struct app *app)
{
	if (app->password != NULL)
		mem_erase(app->password, strlen(app->password));
	free(app->password);
	app->password = NULL;
}

void link_logout(struct app *app)
{
	db_disconnect(app->db);
}

void link_go_home(struct app *app)
{
	stack_close_above(app, -1, true);
	app->working = true;
	app->said[0] = '\0';
	link_forget_password(app);
	look_load(app);
	view_push(app, app->wall ? &view_wall : views_home(app->session.roles), NULL);
	if (app->key_warning.length > 0) {
		app->key_warning.text[strcspn(app->key_warning.text, "\n")] = '\0';
		app_say(app, SAY_WARNING, app->key_warning.text);
		buf_free(&app->key_warning);
	}
	if (app->wall)
		return;
	news_start(app);
	drafts_look(app);
}

void link_explain(enum db_fault fault, const char *text, struct err *err)
{
	enum err_kind kind = fault == DB_FAULT_DISABLED ? ERR_DENIED : ERR_CONNECT;

	/* What the greeting refused is a sentence already; of the others the server's own words
	 * help who runs it. */
	if (fault == DB_FAULT_REFUSED)
		err_set(err, kind, "%s", text);
	else if ((fault == DB_FAULT_UNREACHABLE || fault == DB_FAULT_OTHER) && text[0] != '\0')
		err_set(err, kind, "%s (%s)", db_fault_sentence(fault), text);
	else
		err_set(err, kind, "%s", db_fault_sentence(fault));
}
