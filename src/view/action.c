/*
 * One commercial action on one screen: who and what at the top, then the time
 * line, the offers and the people. Everything that is done in an action begins
 * here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/mem.h>
#include <base/money.h>
#include <base/text.h>
#include <model/action.h>
#include <model/client.h>
#include <model/words.h>
#include <ui/layout.h>
#include <ui/table.h>

#include <view/app.h>
#include <view/list_view.h>
#include <view/view.h>
#include <view/views.h>

#include "action_columns.h"
#include "audit.h"

enum pane { PANE_TIMELINE, PANE_OFFERS, PANE_PEOPLE, PANE_COUNT };
enum {
	PURPOSE_ALL,
	PURPOSE_TIMELINE,
	HEADER_ROWS = 5 /* one more where there are notes */,
	WIDE = 140
};

struct action_screen {
	char id[24];
	struct arena *arena;     /* of the latest answer */
	const struct rows *head; /* one row; NULL before the first answer */
	struct table *panes[PANE_COUNT];
	enum pane pane;
	struct rect tabs; /* on the screen; without height: all panes are in sight */
	unsigned tag; /* of the page of the time line that is awaited */
	bool again;   /* stale since that was asked */
};

/* ---- asking ---- */

static void ask_all(struct view *view, const struct table_want *want, bool quietly)
{
	struct action_screen *screen = view->state;
	struct batch *batch;

	screen->tag = want->tag;
	batch = action_read(screen->id, list_forward(want), list_edge(want, "at"),
	                    list_edge(want, "key"), list_limit(want));
	if (screen->head == NULL)
		batch = client_opening(batch, "action", screen->id);
	if (quietly)
		view_ask_quietly(view, PURPOSE_ALL, batch);
	else
		view_ask(view, PURPOSE_ALL, batch);
}

/* A further page of the time line, where it wants one. */
static void ask_timeline(struct view *view)
{
	struct action_screen *screen = view->state;
	struct table_want want;

	if (view_is_asking(view, -1) || !table_wants(screen->panes[PANE_TIMELINE], &want))
		return;
	screen->tag = want.tag;
	view_ask(view, PURPOSE_TIMELINE,
	         action_timeline(screen->id, list_forward(&want), list_edge(&want, "at"),
	                         list_edge(&want, "key"), list_limit(&want)));
}

static bool action_open_view(struct view *view, const void *arg, struct err *err)
{
	struct action_screen *screen = view->state;
	struct table_want want;

	(void)err;
	snprintf(screen->id, sizeof(screen->id), "%" PRId64, *(const int64_t *)arg);
	screen->panes[PANE_TIMELINE] = table_new(action_timeline_columns);
	screen->panes[PANE_OFFERS] = table_new(action_offers_columns);
	screen->panes[PANE_PEOPLE] = table_new(action_people_columns);
	table_set_empty(screen->panes[PANE_TIMELINE], _("Nothing has happened yet."));
	table_set_empty(screen->panes[PANE_OFFERS], _("No offer yet. The key o drafts one."));
	table_set_empty(screen->panes[PANE_PEOPLE], _("Nobody."));
	if (table_wants(screen->panes[PANE_TIMELINE], &want))
		ask_all(view, &want, false);
	return true;
}

static void action_refresh(struct view *view)
{
	struct action_screen *screen = view->state;
	struct table_want want;

	/* Asked anew each time, a slow line would never bring an answer. */
	screen->again = view_is_asking(view, PURPOSE_ALL) || view_is_asking(view, PURPOSE_TIMELINE);
	if (screen->again)
		return;
	table_refresh(screen->panes[PANE_TIMELINE]);
	if (table_wants(screen->panes[PANE_TIMELINE], &want))
		ask_all(view, &want, true);
}

static void action_answer(struct view *view, struct answer *answer)
{
	struct action_screen *screen = view->state;

	if (!view_check(view, answer)) {
		table_forget(screen->panes[PANE_TIMELINE], screen->tag);
		return;
	}
	if (answer->purpose == PURPOSE_TIMELINE) {
		table_take(screen->panes[PANE_TIMELINE], screen->tag, answer->results[0]);
	} else if (answer->results[0]->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("There is no such action, or it is not yours."));
		view_close(view);
		return;
	} else {
		const struct rows *head = answer->results[0];

		table_set(screen->panes[PANE_OFFERS], answer->results[1]);
		table_set(screen->panes[PANE_PEOPLE], answer->results[2]);
		table_take(screen->panes[PANE_TIMELINE], screen->tag, answer->results[3]);
		arena_free(&screen->arena);
		screen->arena = answer_keep(answer);
		screen->head = head;
	}
	if (screen->again)
		action_refresh(view);
	else
		ask_timeline(view);
	view_redraw(view);
}

/* ---- drawing ---- */

static const char *head_date(struct canvas *canvas, const struct rows *head, const char *column)
{
	struct date date;
	char text[11];

	if (!date_from_iso(rows_text(head, 0, column), &date))
		return "";
	date_format(date, text);
	return arena_copy(canvas_arena(canvas), text);
}

static void draw_labelled(struct canvas *canvas, int row, const char *label, enum style style,
                          const char *text)
{
	int used = canvas_textf(canvas, row, 1, -1, STYLE_LABEL, "%s: ", label);

	canvas_text(canvas, row, 1 + used, -1, style, text);
}

/* Nothing is open any more and something was approved: all that is left is to close it. */
static bool head_is_winnable(const struct rows *head)
{
	return strcmp(rows_text(head, 0, "state"), "open") == 0 && rows_bool(head, 0, "is_owner") &&
	       rows_int(head, 0, "live") == 0 && rows_int(head, 0, "approved") > 0;
}

static const char *head_state(struct canvas *canvas, const struct rows *head)
{
	const char *state = words_action_state(rows_text(head, 0, "state"));
	const char *reason =
	    rows_text(head, 0, i18n_language()[1] == 's' ? "reason_es" : "reason_en");

	if (head_is_winnable(head))
		return arena_printf(canvas_arena(canvas), "%s · %s", state,
		                    _("x closes it as won"));
	if (rows_text(head, 0, "closed_on")[0] != '\0')
		state = arena_printf(canvas_arena(canvas), "%s %s", state,
		                     head_date(canvas, head, "closed_on"));
	return reason[0] != '\0' ? arena_printf(canvas_arena(canvas), "%s · %s", state, reason)
	                         : state;
}

static void draw_next_step(struct canvas *canvas, int row, const struct rows *head)
{
	const char *step = rows_text(head, 0, "next_step");
	struct arena *arena = canvas_arena(canvas);

	if (step[0] == '\0')
		step = strcmp(rows_text(head, 0, "state"), "open") == 0
		         ? _("none yet: the key s sets it")
		         : "—";
	else
		step = arena_printf(arena, "%s%s%s%s", rows_bool(head, 0, "overdue") ? "! " : "",
		                    head_date(canvas, head, "next_step_on"),
		                    rows_get(head, 0, "next_step_on") != NULL ? " " : "", step);
	draw_labelled(canvas, row, _("Next step"),
	              rows_bool(head, 0, "overdue") ? STYLE_ERROR : STYLE_NORMAL, step);
}

/* The date stands beside the people, so that the next step has a row of its own. */
static void draw_owner(struct canvas *canvas, int row, const struct rows *head)
{
	const char *owner = rows_text(head, 0, "owner");
	const char *collaborators = rows_text(head, 0, "collaborators");
	const char *expected = head_date(canvas, head, "expected_close");
	struct arena *arena = canvas_arena(canvas);
	int room;

	if (collaborators[0] != '\0')
		owner = arena_printf(arena, _("%s, with %s"), owner, collaborators);
	if (expected[0] != '\0')
		expected = arena_printf(arena, "   %s: %s ", _("Expected close"), expected);
	room = canvas_width(canvas) - text_width(expected);
	draw_labelled(canvas_part(canvas, (struct rect){ row, 0, 1, room }), 0, _("Owner"),
	              STYLE_NORMAL, owner);
	canvas_text(canvas, row, room, -1, STYLE_NORMAL, expected);
}

static void draw_head(struct canvas *canvas, const struct rows *head)
{
	const char *state = head_state(canvas, head);
	int room = canvas_width(canvas) - text_width(state) - 3;

	canvas_textf(canvas, 0, 1, room, STYLE_STRONG, "%s · %s · %s", rows_text(head, 0, "number"),
	             rows_text(head, 0, "client"), rows_text(head, 0, "title"));
	canvas_aligned(canvas, 0, 0, canvas_width(canvas) - 1, ALIGN_RIGHT, STYLE_STRONG, state);
	draw_labelled(canvas, 1, _("Divisions"), STYLE_NORMAL, rows_text(head, 0, "divisions"));
	draw_owner(canvas, 2, head);
	draw_next_step(canvas, 3, head);
	if (rows_get(head, 0, "notes") != NULL)
		draw_labelled(canvas, HEADER_ROWS - 1, _("Notes"), STYLE_NORMAL,
		              rows_text(head, 0, "notes"));
	canvas_line(canvas, canvas_height(canvas) - 1);
}

static const char *pane_title(enum pane pane)
{
	return pane == PANE_TIMELINE ? _("Time line")
	     : pane == PANE_OFFERS   ? _("Offers")
	                             : _("People");
}

/* One pane at a time, their names above it. */
static void draw_narrow(struct view *view, struct canvas *canvas, struct rect rest)
{
	struct action_screen *screen = view->state;
	struct rect tabs = layout_cut_top(&rest, 1);
	int column = 1;

	screen->tabs = canvas_place(canvas_part(canvas, tabs));
	for (enum pane pane = 0; pane < PANE_COUNT; pane++)
		column += 2 + canvas_textf(canvas, tabs.row, column, -1,
		                           pane == screen->pane ? STYLE_CURSOR : STYLE_LABEL,
		                           " %s ", pane_title(pane));
	table_draw(screen->panes[screen->pane], canvas_part(canvas, rest), true);
}

/* All of them: the time line on the left, offers and people on the right. */
static void draw_wide(struct view *view, struct canvas *canvas, struct rect rest)
{
	struct action_screen *screen = view->state;
	struct rect right = layout_cut_right(&rest, rest.width * 9 / 20);
	struct rect parts[PANE_COUNT];

	screen->tabs = (struct rect){ 0 };
	layout_cut_left(&right, 2);
	parts[PANE_OFFERS] = layout_cut_top(&right, right.height / 2);
	parts[PANE_PEOPLE] = right;
	parts[PANE_TIMELINE] = rest;
	for (enum pane pane = 0; pane < PANE_COUNT; pane++) {
		struct rect title = layout_cut_top(&parts[pane], 1);

		canvas_textf(canvas, title.row, title.column + 1, -1,
		             pane == screen->pane ? STYLE_KEY : STYLE_DIM, " %s ",
		             pane_title(pane));
		table_draw(screen->panes[pane], canvas_part(canvas, parts[pane]),
		           pane == screen->pane);
	}
}

static void action_draw(struct view *view, struct canvas *canvas)
{
	struct action_screen *screen = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	int head;

	if (screen->head == NULL)
		return;
	head = HEADER_ROWS + (rows_get(screen->head, 0, "notes") != NULL);
	draw_head(canvas_part(canvas, layout_cut_top(&rest, head)), screen->head);
	if (rest.width >= WIDE)
		draw_wide(view, canvas, rest);
	else
		draw_narrow(view, canvas, rest);
	ask_timeline(view); /* a taller window wants more */
}

/* ---- commands ---- */

/* The screen about the row under the cursor; NULL where it has none. */
static const struct view_ops *row_opens(const struct action_screen *screen, int64_t *id)
{
	static const struct {
		const char *kind;
		const struct view_ops *ops;
	} kinds[] = {
		{ "offer", &view_offer },
		{ "notice", &view_notice },
		{ "communication", &view_communication_read },
	};
	const struct table *table = screen->panes[screen->pane];

	*id = strtoll(table_text(table, screen->pane == PANE_OFFERS ? "key" : "row_id"), NULL, 10);
	if (screen->pane == PANE_OFFERS)
		return *id != 0 ? &view_offer : NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (screen->pane == PANE_TIMELINE &&
		    strcmp(table_text(table, "kind"), kinds[i].kind) == 0)
			return kinds[i].ops;
	return NULL;
}

static void open_row(struct view *view)
{
	int64_t id;
	const struct view_ops *ops = row_opens(view->state, &id);

	if (ops != NULL)
		view_push(view->app, ops, &id);
}

static bool action_step(struct view *view, int by)
{
	struct action_screen *screen = view->state;
	struct table *table = screen->panes[screen->pane];
	const struct view_ops *ops = NULL;
	int64_t id;
	char *before;

	if (by == 0)
		return row_opens(screen, &id) != NULL;
	before = mem_copy(table_key(table));
	while (ops == NULL && table_move(table, by > 0 ? TABLE_DOWN : TABLE_UP))
		ops = row_opens(screen, &id);
	ask_timeline(view);
	if (ops != NULL)
		view_instead(app_top(view->app), ops, &id);
	else if (table_has_more(table, by > 0))
		view_say(view, SAY_INFO, "%s", _("More of the time line is being read. Once more, please."));
	else
		view_say(view, SAY_INFO, "%s", list_end(by));
	if (ops == NULL)
		table_go(table, before);
	free(before);
	return true;
}

static void new_contact(struct view *view)
{
	struct action_screen *screen = view->state;
	struct contact_arg which = { .client = rows_int(screen->head, 0, "client_id") };

	view_push(view->app, &view_contact_form, &which);
}

static bool action_move(struct view *view, enum command command)
{
	struct action_screen *screen = view->state;

	if (!command_moves(screen->panes[screen->pane], command))
		return false;
	ask_timeline(view);
	return true;
}

static const struct {
	enum command command;
	const struct view_ops *ops; /* its arg is the action's id */
} forms[] = {
	{ COMMAND_LOG_COMMUNICATION, &view_communication },
	{ COMMAND_NEW_OFFER, &view_new_offer },
	{ COMMAND_NEXT_STEP, &view_next_step },
	{ COMMAND_EDIT, &view_action_form },
	{ COMMAND_ADD_DIVISION, &view_hold_divisions },
	{ COMMAND_RELEASE_DIVISION, &view_release_division },
	{ COMMAND_ADD_COLLABORATOR, &view_add_collaborator },
	{ COMMAND_TRANSFER, &view_transfer_action },
	{ COMMAND_REMOVE_COLLABORATOR, &view_remove_collaborator },
	{ COMMAND_CLOSE_ACTION, &view_close_action },
	{ COMMAND_REOPEN_ACTION, &view_reopen },
};

/* Only what the database would allow now, so that nobody fills a form in vain. */
static bool action_offers_command(const struct view *view, enum command command)
{
	const struct action_screen *screen = view->state;
	bool manager = (view_session(view)->roles & ROLE_MANAGER) != 0;
	bool open, member, owner;

	if (screen->head == NULL)
		return false;
	open = strcmp(rows_text(screen->head, 0, "state"), "open") == 0;
	member = rows_bool(screen->head, 0, "is_member");
	owner = rows_bool(screen->head, 0, "is_owner") || manager;
	switch (command) {
	case COMMAND_LOG_COMMUNICATION:
	case COMMAND_EDIT: return member;
	case COMMAND_NEW_OFFER:
	case COMMAND_NEXT_STEP:
	case COMMAND_ADD_DIVISION:
	case COMMAND_RELEASE_DIVISION: return member && open;
	case COMMAND_ADD_COLLABORATOR:
	case COMMAND_TRANSFER:
	case COMMAND_REMOVE_COLLABORATOR:
	case COMMAND_CLOSE_ACTION: return owner && open;
	case COMMAND_REOPEN_ACTION: return owner && !open;
	case COMMAND_OPEN:
	case COMMAND_NEXT_PANE:
	case COMMAND_PREVIOUS_PANE: return true;
	default: return command_in_section(command, "action");
	}
}

static void say_why_not(struct view *view, enum command command)
{
	struct action_screen *screen = view->state;

	if (strcmp(rows_text(screen->head, 0, "state"), "open") != 0)
		view_say(view, SAY_INFO, "%s", _("That is not possible: this action is closed."));
	else if (command == COMMAND_REOPEN_ACTION)
		view_say(view, SAY_INFO, "%s", _("This action is open already."));
	else if (rows_bool(screen->head, 0, "is_member"))
		view_say(view, SAY_INFO,
		         _("Only %s, who owns the action, or a manager may do this."),
		         rows_text(screen->head, 0, "owner"));
	else
		view_say(view, SAY_INFO, "%s", _("Only who works in this action may do that."));
}

static const char *action_subtitle(struct view *view)
{
	struct action_screen *screen = view->state;

	return screen->head != NULL ? rows_text(screen->head, 0, "number") : "";
}

static enum command action_act(struct view *view, enum command command)
{
	struct action_screen *screen = view->state;
	int64_t id = strtoll(screen->id, NULL, 10);

	if (action_move(view, command))
		return COMMAND_NONE;
	/* While the server is gone nobody knows: the database refuses what cannot be. */
	if (screen->head != NULL && command_in_section(command, "action") &&
	    !action_offers_command(view, command)) {
		say_why_not(view, command);
		return COMMAND_NONE;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].command == command) {
			view_push(view->app, forms[i].ops, &id);
			return COMMAND_NONE;
		}
	if (command == COMMAND_OPEN)
		open_row(view);
	else if (command == COMMAND_NEW_CONTACT && screen->head != NULL)
		new_contact(view);
	else if (command == COMMAND_HISTORY)
		audit_push(view, "action", id, action_subtitle(view));
	else if (command == COMMAND_COPY)
		list_copy_row(view, screen->panes[screen->pane]);
	else if (command == COMMAND_NEXT_PANE)
		screen->pane = (screen->pane + 1) % PANE_COUNT;
	else if (command == COMMAND_PREVIOUS_PANE)
		screen->pane = (screen->pane + PANE_COUNT - 1) % PANE_COUNT;
	else
		return command;
	return COMMAND_NONE;
}

/* A click in another pane goes there; on the names of the panes, where they are tabs, too. */
static bool action_key(struct view *view, const struct key_event *event)
{
	struct action_screen *screen = view->state;
	enum table_click click = TABLE_MISSED;
	int column = event->column - screen->tabs.column - 1;

	if (event->code != KEYS_MOUSE || screen->head == NULL)
		return false;
	for (enum pane i = 0; i < PANE_COUNT && click == TABLE_MISSED; i++) {
		enum pane pane = (screen->pane + i) % PANE_COUNT;

		if (pane == screen->pane || screen->tabs.height == 0)
			click = table_mouse(screen->panes[pane], event);
		if (click != TABLE_MISSED)
			screen->pane = pane;
	}
	for (enum pane pane = 0; pane < PANE_COUNT && click == TABLE_MISSED; pane++) {
		int width = text_width(pane_title(pane)) + 2;

		if (layout_contains(screen->tabs, event->row, event->column) && column >= 0 &&
		    column < width)
			screen->pane = pane;
		column -= width + 2;
	}
	if (click == TABLE_OPENED)
		open_row(view);
	if (!view->closed)
		ask_timeline(view);
	return true;
}

static void action_close_view(struct view *view)
{
	struct action_screen *screen = view->state;

	for (enum pane pane = 0; pane < PANE_COUNT; pane++)
		table_free(&screen->panes[pane]);
	arena_free(&screen->arena);
}

const struct view_ops view_action = {
	.name = "action",
	.title = N_("Action"),
	.watch = WATCH_DATA | WATCH_CLOCK | WATCH_NOTICES | WATCH_REQUESTS,
	.size = sizeof(struct action_screen),
	.open = action_open_view,
	.draw = action_draw,
	.act = action_act,
	.key = action_key,
	.answer = action_answer,
	.refresh = action_refresh,
	.offers = action_offers_command,
	.subtitle = action_subtitle,
	.step = action_step,
	.close = action_close_view,
};
