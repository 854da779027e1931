/*
 * All offers, by their state; and those that are behind a figure of the
 * dashboard: of a period, an area, a sales rep.
 */
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <model/offer.h>
#include <model/words.h>
#include <view/list_view.h>
#include <view/views.h>

#include "narrow.h"
#include "page.h"
#include "show.h"

/* What the list is narrowed to besides its filter: decided in those days, "" for any. */
struct offers {
	struct narrow narrow;
	char since[11], until[11];
};

static void offers_number(struct table_cell *cell)
{
	if (cell->text[0] == '\0')
		cell->text = "—";
}

static void offers_state(struct table_cell *cell)
{
	if (strcmp(cell->text, "expired") == 0)
		cell->style = STYLE_WARNING;
	else if (strcmp(cell->text, "approved") == 0)
		cell->style = STYLE_GOOD;
	cell->text = words_offer_state(cell->text);
}

static void offers_amount(struct table_cell *cell)
{
	cell->text = show_money(cell->arena, cell->rows, cell->row, "total_cents");
}

static void offers_day(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static const struct table_column offers_columns[] = {
	{ "number", N_("Offer"), ALIGN_LEFT, 12, 12, TABLE_WHOLE, 0, offers_number },
	{ "client", N_("Client"), ALIGN_LEFT, 14, 30, 2, 0, NULL },
	{ "title", N_("Title"), ALIGN_LEFT, 12, 30, 2, 4, NULL },
	{ "state", N_("State"), ALIGN_LEFT, 10, 12, 0, 1, offers_state },
	{ "total_cents", N_("Amount"), ALIGN_RIGHT, 13, 15, 0, 0, offers_amount },
	{ "valid_until", N_("Valid until"), ALIGN_LEFT, 12, 12, 0, 2, offers_day },
	{ "rep", N_("Sales rep"), ALIGN_LEFT, 10, 18, 1, 3, NULL },
	{ "action_number", N_("Action"), ALIGN_RIGHT, 6, 8, TABLE_WHOLE, 5, NULL },
	{ 0 },
};

static const struct list_filter offers_filters[] = {
	{ "presented", N_("presented, unanswered"), 0, 0 },
	{ "expired", N_("expired"), 0, 0 },
	{ "draft", N_("drafts"), 0, 0 },
	{ "approved", N_("approved"), 0, 0 },
	{ "rejected", N_("rejected"), 0, 0 },
	{ "withdrawn", N_("withdrawn"), 0, 0 },
	{ "withdrawn-presented", N_("withdrawn after being presented"), 0, 0 },
	{ "all", N_("in any state"), 0, 0 },
	{ 0 },
};

static bool offers_open(struct view *view, const void *arg, struct err *err)
{
	struct offers *offers = list_state(view);
	const struct offers_arg *only = arg;

	(void)err;
	if (only == NULL)
		return true;
	narrow_take(&offers->narrow, &only->narrow);
	snprintf(offers->since, sizeof(offers->since), "%s", only->since);
	snprintf(offers->until, sizeof(offers->until), "%s", only->until);
	return true;
}

static struct batch *offers_page(struct view *view, const struct table_want *want)
{
	const struct offers *offers = list_state(view);
	const struct offer_list list = {
		.typed = list_search(view),
		.which = list_filter(view),
		.since = narrow_filled(offers->since),
		.until = narrow_filled(offers->until),
		.area = narrow_filled(offers->narrow.area),
		.rep = narrow_filled(offers->narrow.rep),
	};

	return offer_page(list_forward(want), &list, list_edge(want, "at"), list_edge(want, "key"),
	                  list_limit(want));
}

static void offers_header(struct view *view, struct canvas *canvas)
{
	const struct offers *offers = list_state(view);

	narrow_header(offers->narrow.words, canvas,
	              _("/ finds a client, an action's title or an offer's number."));
}

static const struct list_spec offers_spec = {
	.columns = offers_columns,
	.page = offers_page,
	.filters = offers_filters,
	.searchable = true,
	.empty = N_("No offer here. The key f shows those in another state."),
	.opens = &view_offer,
	.size = sizeof(struct offers),
	.open = offers_open,
	.header = offers_header,
};

const struct view_ops view_offers = {
	.name = "offers",
	.title = N_("Offers"),
	.watch = WATCH_DATA | WATCH_CLOCK | WATCH_NOTICES,
	LIST_VIEW(offers_spec),
};
