/*
 * From a key to what it does: the view's text first, then the key map, then
 * the commands that work everywhere.
 */
#include <stdio.h>
#include <string.h>

#include <view/list_view.h>
#include <view/views.h>

#include "app_private.h"
#include "drafts_view.h"

static struct view *keys_top(const struct app *app)
{
	return app->count > 0 ? app->views[app->count - 1] : NULL;
}

static bool keys_leads_to_place(enum command command)
{
	return command >= COMMAND_GO_ACTIONS && command <= COMMAND_GO_DASHBOARD;
}

/* One of the screens that the others are reached from. */
static bool keys_is_place(const struct view_ops *ops)
{
	for (int command = COMMAND_GO_ACTIONS; command <= COMMAND_GO_DASHBOARD; command++)
		if (views_find((enum command)command) == ops)
			return true;
	return false;
}

/* What the view was opened from, if that knows the rows beside it. */
static struct view *keys_list(const struct app *app, const struct view *view)
{
	struct view *below = NULL;

	for (int i = 1; i < app->count && below == NULL; i++)
		if (app->views[i] == view || app->views[i]->shown == view)
			below = app->views[i - 1];
	return below != NULL && below->ops->step != NULL && below->ops->step(below, 0) ? below
	                                                                              : NULL;
}

/* Nothing leads elsewhere. */
static bool keys_is_private(const struct app *app, const struct view *view)
{
	return app->wall || (view->ops->flags & VIEW_PRIVATE) != 0;
}

/* Whoever has restricted a wall's screen ends it himself. */
static bool keys_has_no_end(const struct app *app)
{
	return app->wall && app->restricted;
}

bool app_offers(const struct app *app, const struct view *view, enum command command)
{
	bool home = app->count > 0 && app->views[0] == view;

	if (!command_is_permitted(command, app->session.roles))
		return false;
	switch (command) {
	case COMMAND_PALETTE:
	case COMMAND_HELP: return !keys_is_private(app, view);
	case COMMAND_BACK: return !home || view->typing;
	case COMMAND_QUIT: return home && !view->typing && !keys_has_no_end(app);
	case COMMAND_NEXT_RECORD:
	case COMMAND_PREVIOUS_RECORD:
		return command_in_section(command, view->ops->name) && keys_list(app, view) != NULL;
	case COMMAND_GO_DRAFTS:
		return app->working && app->drafts != NULL && !view->typing &&
		       (view->ops->flags & VIEW_OVERLAY) == 0 && view->ops != &view_drafts;
	default: break;
	}
	if (keys_leads_to_place(command))
		return app->working && !app->wall && !view->typing && keys_is_place(view->ops) &&
		       views_find(command) != view->ops;
	if (view->ops->offers != NULL)
		return view->ops->offers(view, command);
	return command_in_section(command, view->ops->name);
}

static void keys_go(struct app *app, const struct view_ops *ops)
{
	if (!stack_close_above(app, 0, false))
		return;
	if (app->views[0]->ops != ops)
		view_push(app, ops, NULL);
}

static void keys_back(struct app *app, struct view *view)
{
	if (app->views[0] == view)
		return;
	if (view->ops->may_close == NULL || view->ops->may_close(view))
		view_close(view);
}

static void keys_quit(struct app *app, struct view *view)
{
	if (app->views[0] != view) {
		keys_back(app, view);
		return;
	}
	if (keys_has_no_end(app))
		return;
	if (db_unanswered_writes(app->db) > 0 && !app->leaving) {
		app_say(
		    app, SAY_WARNING,
		    _("Something is not yet saved on the server. Once more to leave all the same."));
		app->leaving = true;
		return;
	}
	app_quit(app);
}

static void keys_step(struct app *app, struct view *view, int by)
{
	struct view *list = keys_list(app, view);

	if (list != NULL)
		list->ops->step(list, by);
	else
		app_say(app, SAY_INFO, _("This was not opened from a list."));
}

static void keys_show_news(struct app *app)
{
	int64_t id;
	enum command command = news_seen(app, &id);
	struct view *top;

	if (command == COMMAND_GO_REQUESTS && id != 0) {
		view_push(app, &view_request, &id);
		return;
	}
	keys_go(app, views_find(command));
	top = keys_top(app);
	if (command == COMMAND_GO_INBOX && id != 0 && top != NULL && top->ops == &view_inbox)
		list_show(top, id);
}

/* What every screen understands, after the screen itself had its turn. */
static void keys_everywhere(struct app *app, struct view *view, enum command command)
{
	const struct view_ops *ops = views_find(command);
	bool private = keys_is_private(app, view);

	switch (command) {
	case COMMAND_BACK: keys_back(app, view); return;
	case COMMAND_QUIT: keys_quit(app, view); return;
	case COMMAND_NEXT_RECORD: keys_step(app, view, 1); return;
	case COMMAND_PREVIOUS_RECORD: keys_step(app, view, -1); return;
	case COMMAND_REPAINT:
		if (app->terminal != NULL)
			terminal_repaint(app->terminal);
		return;
	case COMMAND_RELOAD: view->stale |= WATCH_DATA; return;
	case COMMAND_HELP:
		if (!private)
			view_push(app, &view_help, view);
		return;
	case COMMAND_PALETTE:
		if (!private && view->ops != &view_palette && view->ops != &view_help)
			view_push(app, &view_palette, view);
		return;
	case COMMAND_COPY: app->copy_screen = true; return;
	case COMMAND_TOGGLE_MOUSE: look_toggle_mouse(app); return;
	case COMMAND_ME:
		if (!private && view->ops != &view_me)
			view_push(app, &view_me, NULL);
		return;
	case COMMAND_CHANGE_PASSWORD:
		if (!private)
			view_push(app, &view_password, NULL);
		return;
	case COMMAND_GO_REQUESTS:
		if (!private)
			news_read_requests(app);
		break;
	case COMMAND_SHOW_NOTICES:
		if (!private && app->working)
			keys_show_news(app);
		return;
	default: break;
	}
	if (ops != NULL && !private && app->working)
		keys_go(app, ops);
}

/* Nobody has to wait for the end of the back-off. */
static void keys_retry(struct app *app)
{
	if (app->lost_at == 0 || app->state != DB_DOWN)
		return;
	db_retry(app->db);
	app_say(app, SAY_INFO, _("Trying to reach the server …"));
}

void app_command(struct app *app, enum command command)
{
	struct view *view = keys_top(app);

	if (view == NULL || command == COMMAND_NONE)
		return;
	app_enter(app);
	if (!command_is_permitted(command, app->session.roles)) {
		app_say(app, SAY_WARNING, _("Your role does not allow that."));
	} else {
		if (command == COMMAND_RELOAD && (view->ops->flags & VIEW_PRIVATE) == 0)
			keys_retry(app);
		if (view->ops->act != NULL)
			command = view->ops->act(view, command);
		if (command != COMMAND_NONE && !view->closed)
			keys_everywhere(app, view, command);
	}
	app_leave(app);
}

void app_key(struct app *app, const struct key_event *event)
{
	struct view *view = keys_top(app);
	bool leaving = app->leaving;
	int command;

	app_enter(app);
	if (event->code == KEYS_RESIZE || app->too_small || view == NULL)
		goto out;
	app->said[0] = '\0';
	app->leaving = false;
	command = keymap_command(app->keymap, view->ops->name, event->code);
	if (command == COMMAND_BACK && ask_cancel_slow(app))
		goto out;
	if (ahead_holds(view, event, (enum command)command))
		goto out;
	if (view->ops->key != NULL && view->ops->key(view, event))
		goto out;
	if (view->closed)
		goto out;
	app->leaving = leaving && command == COMMAND_QUIT;
	app_command(app, (enum command)command);
out:
	app_leave(app);
}
