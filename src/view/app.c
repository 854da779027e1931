/*
 * The program with a screen, put together and taken apart: loop, terminal,
 * connection, key map, the first view. What happens in between stands in the
 * other app_*.c files.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <base/state_folder.h>
#include <view/views.h>

#include "app_private.h"
#include "drafts.h"
#include "key_settings.h"

void app_enter(struct app *app)
{
	app->depth++;
}

void app_leave_unseen(struct app *app)
{
	if (--app->depth > 0)
		return;
	/* Refreshing may close views and push others. */
	app->depth++;
	stack_refresh(app);
	clock_settle(app);
	app->depth--;
	stack_sweep(app);
	if (app->seen && app->terminal != NULL)
		terminal_redraw(app->terminal);
	app->seen = false;
}

void app_leave(struct app *app)
{
	app->seen = true;
	app_leave_unseen(app);
}

void app_say(struct app *app, enum say kind, const char *text)
{
	app->say_kind = kind;
	snprintf(app->said, sizeof(app->said), "%s", text);
}

void view_say(struct view *view, enum say kind, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	view->app->say_kind = kind;
	vsnprintf(view->app->said, sizeof(view->app->said), format, arguments);
	va_end(arguments);
	view_redraw(view);
}

void view_copy(struct view *view, const char *text)
{
	if (view->app->terminal != NULL && !terminal_copy(view->app->terminal, text))
		view_say(view, SAY_WARNING, "%s",
		         _("That is more than a terminal takes at once: nothing is copied."));
	else
		view_say(view, SAY_GOOD, "%s", _("Copied."));
}

void view_redraw(struct view *view)
{
	if (view->app->terminal != NULL)
		terminal_redraw(view->app->terminal);
}

bool view_is_online(const struct view *view)
{
	const struct app *app = view->app;

	return app->lost_at == 0 &&
	       (app->state == DB_READY || app->state == DB_BUSY || app->state == DB_CANCELLING);
}

const struct session *view_session(const struct view *view)
{
	return &view->app->session;
}

struct keymap *view_keymap(const struct view *view)
{
	return view->app->keymap;
}

bool view_is_restricted(const struct view *view)
{
	return view->app->restricted;
}

const struct conf *view_conf(const struct view *view)
{
	return view->app->conf;
}

bool app_bell(struct app *app)
{
	if (hours_contain(app->look.quiet, hours_minute_now()))
		return false;
	app->bells++;
	if (app->look.bell && app->terminal != NULL)
		terminal_bell(app->terminal);
	return true;
}

unsigned app_bells(const struct app *app)
{
	return app->bells;
}

void app_quit(struct app *app)
{
	loop_stop(app->loop);
}

struct loop *app_loop(struct app *app)
{
	return app->loop;
}

struct view *app_top(struct app *app)
{
	return app->count > 0 ? app->views[app->count - 1] : NULL;
}

static void app_on_key(void *ctx, const struct key_event *event)
{
	app_key(ctx, event);
}

static void app_on_gone(void *ctx)
{
	app_quit(ctx);
}

struct app *app_new(const struct app_config *config, struct err *err)
{
	struct app *app = mem_alloc(sizeof(*app));

	app->conf = config->conf;
	app->user = config->user;
	app->direct = config->direct;
	app->restricted = config->restricted;
	app->wall = config->wall;
	app->loop = loop_new();
	look_begin(app);
	app->keymap = key_settings_make(app->conf, &app->key_warning, err);
	if (app->keymap == NULL) {
		app_free(&app);
		return NULL;
	}
	if (config->drafts != NULL)
		app->drafts = drafts_new(app, config->drafts);
	link_open(app, config->conninfo);
	return app;
}

void app_free(struct app **held)
{
	struct app *app = *held;

	if (app == NULL)
		return;
	*held = NULL;
	app->depth++;
	news_stop(app);
	link_forget_password(app);
	stack_free(app);
	terminal_close(&app->terminal);
	db_free(&app->db);
	ask_free_all(app);
	drafts_free(&app->drafts);
	keymap_free(&app->keymap);
	buf_free(&app->key_warning);
	loop_free(&app->loop);
	free(app);
}

void app_start(struct app *app)
{
	if (app->wall) {
		view_push(app, &view_wall_waits, NULL);
		link_login(app, app->user, NULL);
		return;
	}
	view_push(app, &view_login, NULL);
	if (app->direct && app->user != NULL)
		link_login(app, app->user, NULL);
}

/* An account without a home has no folder, which is said when something is to be kept there. */
static struct app *app_with_drafts(const struct app_config *config, struct err *err)
{
	struct app_config with = *config;
	struct buf folder = { 0 };
	struct app *app;

	/* On the wall nothing is typed that could be lost. */
	if (config->wall)
		return app_new(config, err);
	if (state_folder_find(&folder, config->restricted))
		buf_add(&folder, "drafts/");
	with.drafts = folder.text != NULL ? folder.text : "";
	app = app_new(&with, err);
	buf_free(&folder);
	return app;
}

bool app_run(const struct app_config *config, struct err *err)
{
	const struct terminal_config look = {
		.theme = config->conf->theme,
		.colour = config->conf->colour,
		.mouse = config->conf->mouse,
		.ascii = config->conf->ascii,
		.announce = config->conf->notify,
		.frame_marks = config->frame_marks,
		.no_suspend = config->restricted,
	};
	struct terminal_events events = {
		.key = app_on_key,
		.draw = app_draw,
		.gone = app_on_gone,
	};
	struct app *app = app_with_drafts(config, err);
	bool ok;

	if (app == NULL)
		return false;
	events.ctx = app;
	app->terminal = terminal_open(app->loop, &look, &events, err);
	ok = app->terminal != NULL;
	if (ok) {
		app_start(app);
		loop_run(app->loop);
	}
	app_free(&app);
	return ok;
}
