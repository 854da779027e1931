/*
 * The divisions that are held, whoever holds them: the longest first. Everybody
 * may know that; the action itself only who may see it.
 */
#include <base/i18n.h>
#include <model/division.h>
#include <view/list_view.h>
#include <view/views.h>

#include "narrow.h"
#include "page.h"
#include "show.h"

static void holds_age(struct table_cell *cell)
{
	cell->text = show_age(cell->arena, cell->rows, cell->row, "age");
}

static void holds_day(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static const struct table_column holds_columns[] = {
	{ "age", N_("Held"), ALIGN_RIGHT, 6, 6, 0, 0, holds_age },
	{ "held_on", N_("Since"), ALIGN_LEFT, 10, 10, 0, 2, holds_day },
	{ "client", N_("Client"), ALIGN_LEFT, 16, 40, 2, 0, NULL },
	{ "division", N_("Division"), ALIGN_LEFT, 12, 30, 1, 0, NULL },
	{ "holder", N_("Held by"), ALIGN_LEFT, 10, 20, 1, 0, NULL },
	{ "action_number", N_("Action"), ALIGN_RIGHT, 6, 8, TABLE_WHOLE, 1, NULL },
	{ 0 },
};

static struct batch *holds_page(struct view *view, const struct table_want *want)
{
	const struct narrow *narrow = list_state(view);

	return division_page_held(list_forward(want), list_edge(want, "held_at"),
	                          list_edge(want, "key"), list_limit(want), list_search(view),
	                          narrow_filled(narrow->area), narrow_filled(narrow->rep));
}

static void holds_header(struct view *view, struct canvas *canvas)
{
	const struct narrow *narrow = list_state(view);

	narrow_header(narrow->words, canvas, _("/ finds a client."));
}

/* A sales rep sees of other people's actions no more than that they hold it: he goes to the client. */
static enum command holds_act(struct view *view, enum command command)
{
	bool rep = view_session(view)->roles == ROLE_REP;
	int64_t id;
	int row;
	const struct rows *rows = table_current(list_table(view), &row);

	if (command != COMMAND_OPEN || rows == NULL)
		return command;
	id = rows_int(rows, row, rep ? "client_id" : "action_id");
	view_push(view->app, rep ? &view_client : &view_action, &id);
	return COMMAND_NONE;
}

static bool holds_offers(const struct view *view, enum command command)
{
	int row;

	return command == COMMAND_OPEN && table_current(list_table(view), &row) != NULL;
}

static const struct list_spec holds_spec = {
	.columns = holds_columns,
	.page = holds_page,
	.searchable = true,
	.empty = N_("No division is held."),
	.size = sizeof(struct narrow),
	.open = narrow_open,
	.act = holds_act,
	.offers = holds_offers,
	.header = holds_header,
};

const struct view_ops view_holds = {
	.name = "holds",
	.title = N_("Divisions held"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(holds_spec),
};
