/*
 * The list of all clients, by name, with search. The example of a list screen.
 */
#include <stdlib.h>
#include <string.h>

#include <model/client.h>
#include <view/list_view.h>
#include <view/views.h>

#include "previews.h"

static void clients_name(struct table_cell *cell)
{
	const char *contact = rows_text(cell->rows, cell->row, "contact");

	/* The contact that was looked for. */
	if (contact[0] != '\0')
		cell->text = arena_printf(cell->arena, "%s · %s", cell->text, contact);
	if (!rows_bool(cell->rows, cell->row, "archived"))
		return;
	cell->style = STYLE_DIM;
	cell->text = arena_printf(cell->arena, _("%s (archived)"), cell->text);
}

static const struct table_column clients_columns[] = {
	{ "name", N_("Name"), ALIGN_LEFT, 20, 40, 3, 0, clients_name },
	{ "city", N_("City"), ALIGN_LEFT, 10, 20, 1, 1, NULL },
	{ "tax_id", N_("Tax id"), ALIGN_LEFT, 9, 12, 0, 2, NULL },
	{ "phone", N_("Phone"), ALIGN_LEFT, 16, 16, 0, 3, NULL },
	{ 0 },
};

/* What was searched for comes by name: all that fits would have to be sorted by city first. */
static const char *const *clients_orders(struct view *view)
{
	static const char *const columns[] = { "name", "city", NULL };
	static const char *const found[] = { "name", NULL };

	return list_search(view) != NULL ? found : columns;
}

static struct batch *clients_page(struct view *view, const struct table_want *want)
{
	const char *order = list_order(view);
	bool up = list_forward(want) != (order != NULL && list_is_reversed(view));
	const struct client_edge edge = { list_edge(want, "key"), list_edge(want, "rank"),
		                          list_edge(want, "word"), list_edge(want, "name_folded") };

	if (order != NULL && strcmp(order, "city") == 0) {
		list_flip(view, !list_forward(want));
		return client_page_by_city(up, list_edge(want, "sort_key"), list_edge(want, "key"),
		                           list_limit(want));
	}
	/* The rows of both statements begin with the first name. */
	list_flip(view, up != list_forward(want));
	return client_page(up, &edge, list_limit(want), list_search(view));
}

static enum command clients_act(struct view *view, enum command command)
{
	if (command != COMMAND_NEW_CLIENT)
		return command;
	view_push(view->app, &view_client_form, NULL);
	return COMMAND_NONE;
}

static void clients_returned(struct view *view, const struct view_ops *child, const void *result)
{
	int64_t id;

	if (child != &view_client_form || result == NULL)
		return;
	list_restart(view);
	id = strtoll(result, NULL, 10);
	list_made(view, id);
	view_push(view->app, &view_client, &id);
}

static const struct list_spec clients_spec = {
	.columns = clients_columns,
	.page = clients_page,
	.searchable = true,
	.orders = clients_orders,
	.empty = N_("There is no client yet."),
	.opens = &view_client,
	.act = clients_act,
	.preview = preview_draw_client,
	.preview_ask = preview_ask_client,
	.returned = clients_returned,
};

const struct view_ops view_clients = {
	.name = "clients",
	.title = N_("Clients"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(clients_spec),
};
