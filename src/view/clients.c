/*
 * The list of all clients, by name, with search. The example of a list screen.
 */
#include <stdlib.h>

#include <model/client.h>
#include <view/list_view.h>
#include <view/views.h>

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

static struct batch *clients_page(struct view *view, const struct table_want *want)
{
	return client_page(list_forward(want), list_edge(want, "name_folded"),
	                   list_edge(want, "key"), list_limit(want), list_search(view));
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
	view_push(view->app, &view_client, &id);
}

static const struct list_spec clients_spec = {
	.columns = clients_columns,
	.page = clients_page,
	.searchable = true,
	.empty = N_("There is no client yet."),
	.opens = &view_client,
	.act = clients_act,
	.returned = clients_returned,
};

const struct view_ops view_clients = {
	.name = "clients",
	.title = N_("Clients"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(clients_spec),
};
