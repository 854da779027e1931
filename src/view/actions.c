/*
 * The list of commercial actions, a rep's home: what is to be done next comes
 * first. Who may read everybody's sees the newest first instead.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/money.h>
#include <base/text.h>
#include <model/action.h>
#include <model/words.h>

#include <view/list_view.h>
#include <view/views.h>

#include "deeds.h"
#include "narrow.h"
#include "previews.h"

/* "Central Kit… +1": that there are more is seen also where the name of the first one is cut. */
static void actions_divisions(struct table_cell *cell)
{
	int64_t count = rows_int(cell->rows, cell->row, "divisions");
	char more[24];

	if (count < 2)
		return;
	snprintf(more, sizeof(more), " +%" PRId64, count - 1);
	cell->text = arena_printf(
	    cell->arena, "%s%s",
	    text_shorten(cell->arena, cell->text, cell->width - (int)strlen(more)), more);
}

/* "2 pres. 45.200,00 €": how many stand in the state that matters most now, and what all that is
 * alive or approved comes to. */
static void actions_offers(struct table_cell *cell)
{
	static const struct {
		const char *column, *label;
	} states[] = {
		{ "expired", NC_("short", "exp.") },
		{ "presented", NC_("short", "pres.") },
		{ "approved", NC_("short", "appr.") },
		{ "drafts", NC_("short", "draft") },
	};
	char amount[48];

	cell->text = "—";
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		int count = (int)rows_int(cell->rows, cell->row, states[i].column);

		if (count == 0)
			continue;
		money_format_whole(rows_int(cell->rows, cell->row, "cents"), "EUR", amount);
		cell->text = arena_printf(cell->arena, "%d %s %s", count,
		                          C_("short", states[i].label), amount);
		if (i == 0)
			cell->style = STYLE_WARNING;
		return;
	}
}

/* "Call !yesterday": an overdue one has its mark besides its colour. */
static void actions_next_step(struct table_cell *cell)
{
	const char *iso = rows_get(cell->rows, cell->row, "next_step_on");
	struct date on;
	char day[11];

	if (cell->text[0] == '\0') {
		cell->text = rows_bool(cell->rows, cell->row, "quiet") ? "—" : "";
		return;
	}
	if (iso == NULL || !date_from_iso(iso, &on))
		return;
	date_format(on, day);
	day[5] = '\0'; /* day and month */
	if (rows_bool(cell->rows, cell->row, "overdue")) {
		cell->text = arena_printf(cell->arena, "!%s %s", day, cell->text);
		cell->style = STYLE_ERROR;
	} else {
		bool today = date_days_between(on, date_today()) == 0;

		cell->text =
		    arena_printf(cell->arena, "%s %s", today ? _("today") : day, cell->text);
	}
}

static void actions_contact(struct table_cell *cell)
{
	bool quiet = rows_bool(cell->rows, cell->row, "quiet");
	char age[32];

	if (!quiet && cell->text[0] == '\0')
		return;
	date_age((long)rows_int(cell->rows, cell->row, quiet ? "quiet_age" : "contact_age"), age);
	cell->text =
	    quiet ? arena_printf(cell->arena, _("quiet %s"), age) : arena_copy(cell->arena, age);
	if (quiet)
		cell->style = STYLE_WARNING;
}

static void actions_state(struct table_cell *cell)
{
	cell->text = words_action_state(cell->text);
}

static const struct table_column actions_columns[] = {
	{ "number", N_("No."), ALIGN_LEFT, 4, 6, TABLE_WHOLE, 0, NULL },
	{ "client", N_("Client"), ALIGN_LEFT, 15, 22, 3, 0, NULL },
	{ "first_division", N_("Divisions"), ALIGN_LEFT, 12, 15, 2, 2, actions_divisions },
	{ "title", N_("Title"), ALIGN_LEFT, 12, 24, 2, 7, NULL },
	{ "presented", N_("Offers"), ALIGN_LEFT, 18, 19, 0, 3, actions_offers },
	{ "next_step", N_("Next step"), ALIGN_LEFT, 13, 24, 3, 1, actions_next_step },
	{ "contact_age", N_("Contact"), ALIGN_LEFT, 11, 11, 0, 4, actions_contact },
	{ "owner", N_("Owner"), ALIGN_LEFT, 8, 14, 1, 6, NULL },
	{ "state", N_("State"), ALIGN_LEFT, 9, 10, 0, 8, actions_state },
	{ 0 },
};

static const struct list_filter actions_filters[] = {
	{ "mine", N_("mine, open"), ROLE_REP, 0 },
	{ "shared", N_("where I collaborate"), ROLE_REP, 0 },
	{ "closed", N_("mine, closed"), ROLE_REP, 0 },
	{ "all-open", N_("all that are open"), ROLE_BACKOFFICE | ROLE_SUPERVISOR | ROLE_MANAGER, 0 },
	{ "all-closed", N_("all that are closed"),
	  ROLE_BACKOFFICE | ROLE_SUPERVISOR | ROLE_MANAGER, 0 },
	{ 0 },
};

static struct batch *actions_page(struct view *view, const struct table_want *want)
{
	const char *filter = list_filter(view), *order = list_order(view);
	const struct narrow *narrow = list_state(view);

	if (strncmp(filter, "all-", 4) == 0)
		return action_page_all(list_forward(want), list_edge(want, "number"),
		                       list_limit(want), list_search(view), filter + 4,
		                       narrow_filled(narrow->area), narrow_filled(narrow->rep));
	if (order != NULL) {
		bool up = list_forward(want) != list_is_reversed(view);

		list_flip(view, !list_forward(want));
		return action_page_sorted(up, list_edge(want, "sort_key"),
		                          list_edge(want, "number"), list_limit(want),
		                          list_search(view), filter, order);
	}
	return action_page_mine(list_forward(want), list_edge(want, "due"),
	                        list_edge(want, "number"), list_limit(want), list_search(view),
	                        filter);
}

/* Everybody's are too many to be sorted while somebody waits. */
static const char *const *actions_orders(struct view *view)
{
	static const char *const columns[] = { "number",      "client", "first_division",
		                               "title",       "presented", "next_step",
		                               "contact_age", "owner",  "state", NULL };

	return strncmp(list_filter(view), "all-", 4) != 0 ? columns : NULL;
}

static bool actions_is_closed(const struct view *view)
{
	return strcmp(list_text(view, "state"), "open") != 0;
}

/* Communications are logged after the end too; a next step there is none. The key line names who
 * works in an action where that is done to several. */
static bool actions_offers_command(const struct view *view, enum command command)
{
	if (command == COMMAND_ADD_COLLABORATOR || command == COMMAND_TRANSFER)
		return list_marked(view) > 0;
	if (list_marked(view) > 0 && command == COMMAND_NEXT_STEP)
		return true;
	if (command == COMMAND_NEXT_STEP && actions_is_closed(view))
		return false;
	return command_in_section(command, "actions");
}

static enum command actions_act(struct view *view, enum command command)
{
	int64_t action = list_key(view);

	switch (command) {
	case COMMAND_NEW_ACTION: view_push(view->app, &view_new_action, NULL); return COMMAND_NONE;
	case COMMAND_LOG_COMMUNICATION:
		view_push(view->app, &view_communication, &action);
		return COMMAND_NONE;
	case COMMAND_NEXT_STEP:
		if (actions_is_closed(view))
			view_say(view, SAY_INFO, "%s",
			         _("That is not possible: this action is closed."));
		else
			view_push(view->app, &view_next_step, &action);
		return COMMAND_NONE;
	case COMMAND_ADD_COLLABORATOR:
		view_push(view->app, &view_add_collaborator, &action);
		return COMMAND_NONE;
	case COMMAND_TRANSFER:
		view_push(view->app, &view_transfer_action, &action);
		return COMMAND_NONE;
	default: return command;
	}
}

/* ---- for all that are marked ---- */

static struct batch *actions_write_member(const struct rows *rows, int row, const char *request_id,
                                          const char *person, enum action_part part)
{
	return action_change_member(request_id, rows_text(rows, row, "key"), person, part);
}

static struct batch *actions_add(const struct view *view, const struct rows *rows, int row,
                                 const char *request_id, const char *const values[2],
                                 struct err *err)
{
	(void)view;
	(void)err;
	return actions_write_member(rows, row, request_id, values[0], ACTION_COLLABORATES);
}

static struct batch *actions_transfer(const struct view *view, const struct rows *rows, int row,
                                      const char *request_id, const char *const values[2],
                                      struct err *err)
{
	(void)view;
	(void)err;
	return actions_write_member(rows, row, request_id, values[0], ACTION_OWNS);
}

static const struct list_deed actions_deeds[] = {
	{ COMMAND_NEXT_STEP, "number", &view_deed_step, deed_write_step },
	{ COMMAND_ADD_COLLABORATOR, "number", &view_deed_collaborator, actions_add },
	{ COMMAND_TRANSFER, "number", &view_deed_transfer, actions_transfer },
	{ COMMAND_NONE, NULL, NULL, NULL },
};

static const struct list_spec actions_spec = {
	.columns = actions_columns,
	.page = actions_page,
	.filters = actions_filters,
	.searchable = true,
	.empty = N_("No action here. Open one with the key n, or look at others with f."),
	.elsewhere = N_("C finds any client."),
	.opens = &view_action,
	.act = actions_act,
	.preview = preview_draw_action,
	.preview_ask = preview_ask_action,
	.offers = actions_offers_command,
	.deeds = actions_deeds,
	.orders = actions_orders,
	NARROW_LIST,
};

const struct view_ops view_actions = {
	.name = "actions",
	.title = N_("Actions"),
	.watch = WATCH_DATA | WATCH_CLOCK | WATCH_NOTICES,
	LIST_VIEW(actions_spec),
};

/* ---- those that wait ---- */

/* What has waited longest comes first, be it one's own or, for who may see all, anybody's. */
static const struct list_filter waiting_filters[] = {
	{ "overdue", N_("next step overdue"), 0, 0 },
	{ "quiet", N_("quiet"), 0, 0 },
	{ 0 },
};

static struct batch *waiting_page(struct view *view, const struct table_want *want)
{
	const struct narrow *narrow = list_state(view);

	return action_page_waiting(list_forward(want), list_edge(want, "at"),
	                           list_edge(want, "key"), list_limit(want), list_search(view),
	                           list_filter(view), narrow_filled(narrow->area),
	                           narrow_filled(narrow->rep));
}

static const struct list_spec waiting_spec = {
	.columns = actions_columns,
	.page = waiting_page,
	.filters = waiting_filters,
	.searchable = true,
	.empty = N_("No action waits here."),
	.opens = &view_action,
	.preview = preview_draw_action,
	.preview_ask = preview_ask_action,
	NARROW_LIST,
};

const struct view_ops view_waiting = {
	.name = "waiting",
	.title = N_("Actions that wait"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(waiting_spec),
};
