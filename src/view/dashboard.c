/*
 * The state of sales at a glance: a supervisor's home, and the wall's screen.
 * Read-only and live; plain about the age of its figures. What they look like
 * stands in dashboard_panels.c, what is behind them in dashboard_open.c.
 */
#include "dashboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/loop.h>
#include <base/pace.h>
#include <conf/conf.h>
#include <view/app.h>
#include <view/views.h>

enum { PURPOSE_READ, PURPOSE_MOVING, PURPOSE_CHANGED };
enum {
	TURN_MS = 15 * 1000, /* a page stays so long */
	REST_MS = 60 * 1000, /* and does not turn by itself so long after a key */
	AGES_MS = 60 * 1000, /* ages go on also where nothing has changed */
	WIDE = 100,
	HIGH = 34 /* from here on the key figures stand above all panels */
};

/* ---- asking ---- */

static struct dashboard_filter dashboard_filter_of(const struct dashboard_choice *choice)
{
	return (struct dashboard_filter){ narrow_filled(choice->from),
		                          narrow_filled(choice->to),
		                          narrow_filled(choice->area),
		                          narrow_filled(choice->rep) };
}

static bool dashboard_rests(const struct dashboard *dashboard)
{
	return loop_now() - dashboard->all_at < pace_rest(dashboard->took);
}

static void dashboard_ask_all(struct view *view)
{
	struct dashboard *dashboard = view->state;
	struct dashboard_filter filter = dashboard_filter_of(&dashboard->choice);

	dashboard->asked_at = loop_now();
	view_ask_quietly(view, PURPOSE_READ, dashboard_read(&filter));
}

/* Something has changed. */
static void dashboard_ask_again(struct view *view)
{
	struct dashboard *dashboard = view->state;
	struct dashboard_filter filter = dashboard_filter_of(&dashboard->choice);

	dashboard->again = false;
	if (dashboard_rests(dashboard))
		view_ask_quietly(view, PURPOSE_MOVING, dashboard_read_moving(&filter));
	else
		dashboard_ask_all(view);
}

static void dashboard_ask(struct view *view)
{
	struct dashboard *dashboard = view->state;

	if (view_is_asking(view, -1)) {
		dashboard->again = true;
		return;
	}
	dashboard->again = false;
	if (dashboard->mark == NULL || loop_now() - dashboard->all_at >= AGES_MS ||
	    (dashboard->behind && !dashboard_rests(dashboard)))
		dashboard_ask_all(view);
	else
		view_ask_quietly(view, PURPOSE_CHANGED, dashboard_changed(dashboard->mark));
}

/* Other figures are wanted. The old ones stay in sight, under their own name, until they come. */
static void dashboard_restart(struct view *view)
{
	struct dashboard *dashboard = view->state;

	view_forget(view, PURPOSE_READ);
	view_forget(view, PURPOSE_MOVING);
	view_forget(view, PURPOSE_CHANGED);
	dashboard->mark = NULL;
	dashboard_ask(view);
}

static void dashboard_refresh(struct view *view)
{
	struct dashboard *dashboard = view->state;

	/* A period that ends today ends tomorrow from midnight on. */
	if (dashboard->choice.period != PERIOD_FREE)
		dashboard_choose_period(&dashboard->choice, dashboard->choice.period, date_today());
	dashboard_ask(view);
}

static void dashboard_say_what(struct dashboard *dashboard, bool own)
{
	const struct dashboard_choice *choice = &dashboard->choice;
	struct arena *arena = dashboard->arena;
	const char *text = dashboard_period_words(arena, choice);

	if (choice->area[0] != '\0')
		text = arena_printf(arena, "%s · %s", text, choice->area_label);
	if (choice->rep[0] != '\0')
		text = arena_printf(arena, "%s · %s", text, choice->rep_label);
	if (own)
		text = arena_printf(arena, "%s · %s", _("your own figures"), text);
	dashboard->subtitle = text;
}

static void dashboard_take(struct view *view, struct answer *answer)
{
	struct dashboard *dashboard = view->state;

	arena_free(&dashboard->moving);
	arena_free(&dashboard->arena);
	for (int i = 0; i < DASHBOARD_RESULTS; i++)
		dashboard->shown[i] = answer->results[i];
	dashboard->results = dashboard->shown;
	dashboard->arena = answer_keep(answer);
	dashboard->read_at = dashboard->all_at = loop_now();
	dashboard->took = dashboard->all_at - dashboard->asked_at;
	dashboard->behind = false;
	dashboard->shown_choice = dashboard->choice;
	dashboard->mark = rows_get(dashboard->results[DASHBOARD_CLOCK], 0, "mark");
	dashboard_say_what(dashboard, view_session(view)->roles == ROLE_REP);
}

static void dashboard_take_moving(struct dashboard *dashboard, struct answer *answer)
{
	arena_free(&dashboard->moving);
	for (int i = 0; i < DASHBOARD_MOVING; i++)
		dashboard->shown[dashboard_moving[i]] = answer->results[i];
	dashboard->moving = answer_keep(answer);
	dashboard->read_at = loop_now();
	dashboard->behind = true;
	dashboard->mark = rows_get(dashboard->results[DASHBOARD_CLOCK], 0, "mark");
}

static void dashboard_answer(struct view *view, struct answer *answer)
{
	struct dashboard *dashboard = view->state;

	if (!view_check(view, answer))
		return;
	dashboard->known_at = loop_now();
	if (answer->purpose == PURPOSE_READ) {
		dashboard_take(view, answer);
	} else if (answer->purpose == PURPOSE_MOVING) {
		dashboard_take_moving(dashboard, answer);
	} else if (rows_bool(answer->results[0], 0, "changed")) {
		dashboard_ask_again(view);
	}
	if (dashboard->again)
		dashboard_ask(view);
}

/* ---- pages and the cursor ---- */

static int dashboard_items(const struct dashboard *dashboard, int panel)
{
	return dashboard_panel_items(dashboard, (enum dashboard_panel)panel,
	                             dashboard->places[panel].rect.height);
}

static void dashboard_turn(struct dashboard *dashboard, int by)
{
	dashboard->page = (dashboard->page + by + dashboard->pages) %
	                  (dashboard->pages > 0 ? dashboard->pages : 1);
	for (int i = PANELS - 1; i >= 0; i--)
		if (dashboard->places[i].page == dashboard->page)
			dashboard->panel = i;
	dashboard->item = 0;
}

static void dashboard_on_turn(void *ctx)
{
	struct view *view = ctx;
	struct dashboard *dashboard = view->state;

	dashboard->turn_timer = loop_after(app_loop(view->app), TURN_MS, dashboard_on_turn, view);
	if (dashboard->pages < 2 ||
	    (dashboard->pressed_at != 0 && loop_now() - dashboard->pressed_at < REST_MS))
		return;
	dashboard_turn(dashboard, 1);
	view_redraw(view);
}

static void dashboard_go(struct dashboard *dashboard, int panel, int item)
{
	dashboard->panel = (panel + PANELS) % PANELS;
	/* Where the key figures stand on every page they belong to the one that is shown. */
	if (dashboard->places[dashboard->panel].page >= 0)
		dashboard->page = dashboard->places[dashboard->panel].page;
	dashboard->item = item;
}

/* To the next item, or into the next panel that has one. */
static void dashboard_move(struct dashboard *dashboard, int by)
{
	bool across = dashboard->panel == PANEL_KEYS || dashboard->panel == PANEL_MONTHS;
	int item = dashboard->item + by;

	if (!across && item >= 0 && item < dashboard_items(dashboard, dashboard->panel))
		dashboard->item = item;
	else
		dashboard_go(dashboard, dashboard->panel + by, by < 0 ? 1 << 20 : 0);
}

/* The panel beside this one on the page; -1: there is none. */
static int dashboard_beside(const struct dashboard *dashboard, int by)
{
	struct rect from = dashboard->places[dashboard->panel].rect;
	int best = -1, nearest = 0;

	for (int i = 0; i < PANELS; i++) {
		struct rect to = dashboard->places[i].rect;
		int distance = abs(to.column - from.column) * 1000 + abs(to.row - from.row);

		if (i == PANEL_KEYS || dashboard->places[i].page != dashboard->page ||
		    (to.column - from.column) * by <= 0)
			continue;
		if (best < 0 || distance < nearest) {
			best = i;
			nearest = distance;
		}
	}
	return best;
}

static void dashboard_sidewards(struct dashboard *dashboard, int by)
{
	bool across = dashboard->panel == PANEL_KEYS || dashboard->panel == PANEL_MONTHS;
	int item = dashboard->item + by, beside;

	if (across && item >= 0 && item < dashboard_items(dashboard, dashboard->panel)) {
		dashboard->item = item;
		return;
	}
	beside = dashboard->panel != PANEL_KEYS ? dashboard_beside(dashboard, by) : -1;
	if (beside >= 0)
		dashboard_go(dashboard, beside, 0);
	else
		dashboard_turn(dashboard, by);
}

/* On the wall there is nothing to be under a cursor: every movement turns the page. */
static bool dashboard_moves(struct dashboard *dashboard, enum command command)
{
	bool wall = dashboard->only_board;

	switch (command) {
	case COMMAND_PAGE_DOWN: dashboard_turn(dashboard, 1); return true;
	case COMMAND_PAGE_UP: dashboard_turn(dashboard, -1); return true;
	case COMMAND_DOWN:
	case COMMAND_UP:
		(wall ? dashboard_turn : dashboard_move)(dashboard,
		                                         command == COMMAND_DOWN ? 1 : -1);
		return true;
	case COMMAND_RIGHT:
	case COMMAND_LEFT:
		(wall ? dashboard_turn : dashboard_sidewards)(dashboard,
		                                              command == COMMAND_RIGHT ? 1 : -1);
		return true;
	case COMMAND_NEXT_PANE:
	case COMMAND_PREVIOUS_PANE:
		if (wall)
			dashboard_turn(dashboard, command == COMMAND_NEXT_PANE ? 1 : -1);
		else
			dashboard_go(dashboard,
			             dashboard->panel + (command == COMMAND_NEXT_PANE ? 1 : -1), 0);
		return true;
	case COMMAND_FIRST: dashboard_go(dashboard, PANEL_KEYS, 0); return true;
	case COMMAND_LAST: dashboard_go(dashboard, PANELS - 1, 0); return true;
	default: return false;
	}
}

static enum command dashboard_act(struct view *view, enum command command)
{
	struct dashboard *dashboard = view->state;

	if (dashboard->results != NULL && dashboard_moves(dashboard, command))
		return COMMAND_NONE;
	switch (command) {
	case COMMAND_OPEN:
		if (dashboard->results != NULL && !dashboard->only_board)
			dashboard_open(view, dashboard->panel, dashboard->item);
		return COMMAND_NONE;
	case COMMAND_PERIOD:
		dashboard_choose_period(&dashboard->choice,
		                        (dashboard->choice.period + 1) % PERIOD_FREE, date_today());
		dashboard_restart(view);
		return COMMAND_NONE;
	case COMMAND_FILTER:
		view_push(view->app, &view_dashboard_filter, &dashboard->choice);
		return COMMAND_NONE;
	default: return command;
	}
}

static void dashboard_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct dashboard *dashboard = view->state;

	if (child != &view_dashboard_filter || result == NULL)
		return;
	dashboard->choice = *(const struct dashboard_choice *)result;
	dashboard_restart(view);
}

static void dashboard_click(struct view *view, const struct key_event *event)
{
	struct dashboard *dashboard = view->state;

	for (int i = 0; i < PANELS; i++) {
		struct rect rect = dashboard->places[i].rect;
		int row = event->row - dashboard->window.row - rect.row;
		int column = event->column - dashboard->window.column - rect.column;
		int item;

		if (dashboard->places[i].page >= 0 && dashboard->places[i].page != dashboard->page)
			continue;
		if (row < 0 || row >= rect.height || column < 0 || column >= rect.width)
			continue;
		item = dashboard_panel_at(dashboard, i, row, column);
		if (item < 0)
			continue;
		dashboard->panel = i;
		dashboard->item = item;
		if (event->button == MOUSE_DOUBLE)
			dashboard_open(view, i, item);
		return;
	}
}

static bool dashboard_key(struct view *view, const struct key_event *event)
{
	struct dashboard *dashboard = view->state;

	dashboard->pressed_at = loop_now();
	if (event->code != KEYS_MOUSE)
		return false;
	if (dashboard->results == NULL)
		return true;
	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
		dashboard_turn(dashboard, event->button == MOUSE_WHEEL_DOWN ? 1 : -1);
	else if (!dashboard->only_board)
		dashboard_click(view, event);
	return true;
}

/* ---- drawing ---- */

static bool dashboard_is_stale(const struct view *view)
{
	const struct dashboard *dashboard = view->state;
	long long age = loop_now() - dashboard->known_at;

	return !view_is_online(view) || age > 2LL * view_looks_after(view) + 15000;
}

/* The team's time at which the figures were known to be right. */
static const char *dashboard_clock(const struct dashboard *dashboard, struct arena *arena)
{
	int hours = 0, minutes = 0, seconds = 0;
	long long since = (dashboard->known_at - dashboard->read_at) / 1000;

	if (sscanf(rows_text(dashboard->results[DASHBOARD_CLOCK], 0, "clock"), "%d:%d:%d", &hours,
	           &minutes, &seconds) != 3)
		return "";
	since += (hours * 60L + minutes) * 60L + seconds;
	return arena_printf(arena, "%02d:%02d:%02d", (int)(since / 3600 % 24),
	                    (int)(since / 60 % 60), (int)(since % 60));
}

/* Large, and in the colour of what must be noticed. */
static void dashboard_draw_stale(const struct view *view, struct canvas *canvas)
{
	const struct dashboard *dashboard = view->state;
	struct arena *arena = canvas_arena(canvas);
	long long seconds = (loop_now() - dashboard->known_at) / 1000;
	struct rect all = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	char age[32];

	if (seconds < 60)
		snprintf(age, sizeof(age), "%lld s", seconds);
	else
		date_age((long)seconds, age);
	canvas_fill(canvas, all, STYLE_BANNER);
	canvas_aligned(canvas, all.height / 2, 0, all.width, ALIGN_CENTRE, STYLE_BANNER,
	               arena_printf(arena,
	                            view_is_online(view)
	                                ? _("THESE FIGURES ARE %s OLD, of %s: the server is slow")
	                                : _("NO SERVER: THESE FIGURES ARE %s OLD, of %s"),
	                            age, dashboard_clock(dashboard, arena)));
}

static void dashboard_draw_status(const struct view *view, struct canvas *canvas)
{
	const struct dashboard *dashboard = view->state;
	struct arena *arena = canvas_arena(canvas);
	const char *clock = dashboard_clock(dashboard, arena);
	long long earlier = dashboard->behind ? (dashboard->read_at - dashboard->all_at) / 1000 : 0;
	int seconds = view_looks_after(view) / 1000;
	const char *text;

	if (dashboard->stale) {
		dashboard_draw_stale(view, canvas);
		return;
	}
	if (rows_bool(dashboard->results[DASHBOARD_CLOCK], 0, "standby"))
		text = arena_printf(arena, _("Figures of %s, polled every %d s (standby)"), clock,
		                    seconds);
	else if (seconds >= 2 * view_conf(view)->refresh)
		text = arena_printf(arena, _("Figures of %s, read every %d s: the server is slow"),
		                    clock, seconds);
	else
		text = arena_printf(arena, _("Figures of %s, live"), clock);
	if (earlier > 0)
		text = arena_printf(arena, _("%s; states, reps and areas: %lld s earlier"), text,
		                    earlier);
	canvas_text(canvas, 0, 0, -1, STYLE_DIM, text);
	if (dashboard->pages > 1)
		canvas_aligned(canvas, 0, 0, canvas_width(canvas), ALIGN_RIGHT, STYLE_DIM,
		               arena_printf(arena, _("page %d of %d"), dashboard->page + 1,
		                            dashboard->pages));
}

/* Where each panel stands in a window of that size. The key figures are on every page, above the
 * others, where there is room (page -1). */
static void dashboard_lay_out(struct dashboard *dashboard, struct rect board)
{
	bool strip = board.width >= WIDE && board.height >= HIGH;
	int first = strip ? PANEL_KEYS + 1 : PANEL_KEYS;
	struct layout_column sizes[PANELS];
	struct rect keys = { 0 };

	if (strip) {
		keys = layout_cut_top(&board, board.height >= 50 && board.width >= 150 ? 8 : 6);
		layout_cut_top(&board, 1);
	}
	for (int i = first; i < PANELS; i++)
		sizes[i] = dashboard_panel_size(dashboard, i);
	dashboard->pages = layout_board(sizes + first, PANELS - first, board.height, board.width,
	                                board.width >= 240 ? 70 : 56, 1, dashboard->places + first);
	for (int i = first; i < PANELS; i++) {
		dashboard->places[i].rect.row += board.row;
		dashboard->places[i].rect.column += board.column;
	}
	if (strip)
		dashboard->places[PANEL_KEYS] = (struct layout_place){ -1, keys };
	if (dashboard->page >= dashboard->pages)
		dashboard->page = dashboard->pages - 1;
}

static void dashboard_draw(struct view *view, struct canvas *canvas)
{
	struct dashboard *dashboard = view->state;
	int height = canvas_height(canvas), width = canvas_width(canvas);
	struct rect board = { 0, 1, height, width - 2 }, status;

	if (dashboard->results == NULL) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Loading…"));
		return;
	}
	dashboard->stale = dashboard_is_stale(view);
	dashboard->window = canvas_place(canvas);
	status = layout_cut_top(&board, height >= 50 ? 3 : height >= 30 ? 2 : 1);
	dashboard_lay_out(dashboard, board);
	if (dashboard->places[dashboard->panel].page >= 0 &&
	    dashboard->places[dashboard->panel].page != dashboard->page)
		dashboard_turn(dashboard, 0);
	for (int i = 0; i < PANELS; i++) {
		const struct layout_place *place = &dashboard->places[i];
		struct canvas *part = canvas_part(canvas, place->rect);
		bool here = i == dashboard->panel && !dashboard->only_board;

		if (place->page >= 0 && place->page != dashboard->page)
			continue;
		if (here && dashboard->item >= dashboard_items(dashboard, i))
			dashboard->item = dashboard_items(dashboard, i) - 1;
		dashboard_panel_draw(dashboard, i, part, here ? dashboard->item : -1);
	}
	dashboard_draw_status(view, canvas_part(canvas, status));
}

/* ---- */

static bool dashboard_open_view(struct view *view, const void *arg, struct err *err)
{
	struct dashboard *dashboard = view->state;

	(void)arg;
	(void)err;
	dashboard->only_board = (view->ops->flags & VIEW_PRIVATE) != 0;
	dashboard->turn_timer = loop_after(app_loop(view->app), TURN_MS, dashboard_on_turn, view);
	dashboard_choose_period(&dashboard->choice, PERIOD_YEAR_BACK, date_today());
	dashboard_ask(view);
	return true;
}

static bool dashboard_offers(const struct view *view, enum command command)
{
	const struct dashboard *dashboard = view->state;

	if (command == COMMAND_OPEN)
		return !dashboard->only_board;
	return command == COMMAND_NEXT_PANE || command == COMMAND_FILTER ||
	       command_in_section(command, view->ops->name);
}

static const char *dashboard_subtitle(struct view *view)
{
	const struct dashboard *dashboard = view->state;

	return dashboard->subtitle;
}

static void dashboard_close(struct view *view)
{
	struct dashboard *dashboard = view->state;

	loop_cancel(app_loop(view->app), dashboard->turn_timer);
	arena_free(&dashboard->moving);
	arena_free(&dashboard->arena);
}

#define DASHBOARD_VIEW                                                                       \
	.name = "dashboard", .title = N_("Dashboard"),                                       \
	.watch = WATCH_DATA | WATCH_CLOCK | WATCH_NOTICES, .size = sizeof(struct dashboard), \
	.open = dashboard_open_view, .draw = dashboard_draw, .act = dashboard_act,           \
	.key = dashboard_key, .answer = dashboard_answer, .refresh = dashboard_refresh,      \
	.offers = dashboard_offers, .returned = dashboard_returned,                          \
	.subtitle = dashboard_subtitle, .close = dashboard_close

const struct view_ops view_dashboard = { DASHBOARD_VIEW };
const struct view_ops view_wall = { DASHBOARD_VIEW, .flags = VIEW_PRIVATE };
