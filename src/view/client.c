/*
 * One client: its data, and in panes its actions, its divisions with who holds
 * them, and its contacts. Narrow windows show one pane at a time.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/uuid.h>
#include <model/client.h>
#include <model/words.h>
#include <ui/layout.h>
#include <ui/table.h>
#include <view/app.h>
#include <view/dialog_view.h>
#include <view/list_view.h>
#include <view/views.h>

#include "audit.h"
#include "page.h"
#include "show.h"

enum { PURPOSE_READ, PURPOSE_ARCHIVE, WIDE = 150 };
enum { QUESTION_ARCHIVE };
enum { PANE_ACTIONS, PANE_DIVISIONS, PANE_CONTACTS, PANES };

struct client_view {
	char id[24];
	struct arena *arena;
	const struct rows *const *results; /* NULL before they came */
	struct table *tables[PANES];
	int pane;
	bool wide; /* all panes are in sight */
};

static const enum client_result client_pane_result[PANES] = { CLIENT_ACTIONS, CLIENT_DIVISIONS,
	                                                      CLIENT_CONTACTS };

/* ---- cells ---- */

static void client_action_state(struct table_cell *cell)
{
	cell->style = strcmp(cell->text, "open") == 0 ? STYLE_NORMAL
	            : strcmp(cell->text, "won") == 0  ? STYLE_GOOD
	                                              : STYLE_DIM;
	cell->text = words_action_state(cell->text);
}

static void client_action_offers(struct table_cell *cell)
{
	static const struct {
		const char *column, *word;
	} states[] = { { "presented", NC_("short", "pres.") },
		       { "expired", NC_("short", "exp.") },
		       { "approved", NC_("short", "appr.") },
		       { "drafts", NC_("short", "draft") } };
	const char *text = "";

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (rows_int(cell->rows, cell->row, states[i].column) > 0)
			text = arena_printf(cell->arena, "%s%s%s %s", text,
			                    text[0] != '\0' ? ", " : "",
			                    rows_text(cell->rows, cell->row, states[i].column),
			                    C_("short", states[i].word));
	cell->text = text[0] != '\0' ? text : "—";
}

/* The day comes first: what is cut off is the end. */
static void client_next_step(struct table_cell *cell)
{
	const char *day = page_date(cell->arena, rows_text(cell->rows, cell->row, "next_step_on"));
	bool overdue = rows_bool(cell->rows, cell->row, "overdue");

	if (cell->text[0] == '\0')
		return;
	cell->text = arena_printf(cell->arena, "%s%.5s%s%s", overdue ? "!" : "", day,
	                          day[0] != '\0' ? " " : "", cell->text);
	if (overdue)
		cell->style = STYLE_ERROR;
}

static void client_contact_age(struct table_cell *cell)
{
	if (cell->text[0] != '\0')
		cell->text = show_age(cell->arena, cell->rows, cell->row, "contact_age");
}

static const struct table_column client_actions[] = {
	{ "number", N_("No."), ALIGN_RIGHT, 5, 6, TABLE_WHOLE, 0, NULL },
	{ "title", N_("Title"), ALIGN_LEFT, 14, 30, 3, 0, NULL },
	{ "state", N_("State"), ALIGN_LEFT, 9, 9, 0, 0, client_action_state },
	{ "owner", N_("Owner"), ALIGN_LEFT, 9, 18, 1, 5, NULL },
	{ "drafts", N_("Offers"), ALIGN_LEFT, 16, 24, 1, 2, client_action_offers },
	{ "next_step", N_("Next step"), ALIGN_LEFT, 12, 24, 2, 4, client_next_step },
	{ "contact_age", N_("Contact"), ALIGN_RIGHT, 8, 8, 0, 3, client_contact_age },
	{ 0 },
};

static void client_inactive(struct table_cell *cell)
{
	if (rows_bool(cell->rows, cell->row, "active"))
		return;
	cell->text = arena_printf(cell->arena, _("%s (inactive)"), cell->text);
	cell->style = STYLE_DIM;
}

static void client_holder(struct table_cell *cell)
{
	if (strcmp(rows_text(cell->rows, cell->row, "status"), "held") == 0)
		return;
	cell->text = _("free");
	cell->style = STYLE_GOOD;
}

static void client_day(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static void client_quiet(struct table_cell *cell)
{
	if (cell->text[0] != '\0')
		cell->text = arena_printf(cell->arena, _("%s d"), cell->text);
}

static const struct table_column client_divisions[] = {
	{ "name", N_("Division"), ALIGN_LEFT, 16, 28, 3, 0, client_inactive },
	{ "area", N_("Area"), ALIGN_LEFT, 10, 16, 1, 2, NULL },
	{ "holder", N_("Held by"), ALIGN_LEFT, 14, 22, 2, 0, client_holder },
	{ "held_on", N_("Since"), ALIGN_LEFT, 10, 10, 0, 0, client_day },
	{ "action_number", N_("Action"), ALIGN_RIGHT, 6, 7, TABLE_WHOLE, 1, NULL },
	{ "quiet_days", N_("Quiet for"), ALIGN_RIGHT, 12, 12, 0, 3, client_quiet },
	{ 0 },
};

static const struct table_column client_contacts[] = {
	{ "name", N_("Contact"), ALIGN_LEFT, 20, 28, 2, 0, client_inactive },
	{ "job_title", N_("Job title"), ALIGN_LEFT, 12, 24, 2, 1, NULL },
	{ "phone", N_("Phone"), ALIGN_LEFT, 15, 18, 0, 0, NULL },
	{ "email", N_("E-mail"), ALIGN_LEFT, 16, 32, 2, 0, NULL },
	{ "notes", N_("Notes"), ALIGN_LEFT, 24, 30, 3, 2, NULL },
	{ 0 },
};

static const struct table_column *const client_pane_columns[PANES] = { client_actions,
	                                                               client_divisions,
	                                                               client_contacts };

static const char *client_pane_title(int pane)
{
	switch (pane) {
	case PANE_ACTIONS: return _("Actions");
	case PANE_DIVISIONS: return _("Divisions");
	default: return _("Contacts");
	}
}

static const char *client_pane_empty(int pane)
{
	switch (pane) {
	case PANE_ACTIONS: return _("No action of this client that you may see.");
	case PANE_DIVISIONS: return _("No division yet: enter one before you open an action.");
	default: return _("No contact yet.");
	}
}

/* ---- opening and reading ---- */

static bool client_is_archived(const struct client_view *client)
{
	return rows_bool(client->results[CLIENT_ROW], 0, "archived");
}

static bool client_open(struct view *view, const void *arg, struct err *err)
{
	struct client_view *client = view->state;

	(void)err;
	snprintf(client->id, sizeof(client->id), "%" PRId64, *(const int64_t *)arg);
	for (int pane = 0; pane < PANES; pane++) {
		client->tables[pane] = table_new(client_pane_columns[pane]);
		table_set_empty(client->tables[pane], client_pane_empty(pane));
	}
	view_ask(view, PURPOSE_READ, client_show(client->id, "client"));
	return true;
}

static void client_answer(struct view *view, struct answer *answer)
{
	struct client_view *client = view->state;

	if (!view_check(view, answer)) {
		if (answer->purpose == PURPOSE_ARCHIVE)
			view->stale |= WATCH_DATA; /* it is another by now: show it */
		return;
	}
	if (answer->purpose == PURPOSE_ARCHIVE) {
		view_say(view, SAY_GOOD, "%s",
		         client_is_archived(client) ? _("The client is in use again.")
		                                    : _("The client is archived."));
		return;
	}
	if (!view_keep(view, answer, CLIENT_ROW, _("This client does not exist any more."),
	               &client->arena))
		return;
	client->results = answer->results;
	for (int pane = 0; pane < PANES; pane++)
		table_set(client->tables[pane], client->results[client_pane_result[pane]]);
}

static void client_refresh(struct view *view)
{
	struct client_view *client = view->state;

	if (!view_is_asking(view, PURPOSE_READ))
		view_ask_quietly(view, PURPOSE_READ,
		                 client_show(client->id, client->results == NULL ? "client" : NULL));
}

/* ---- drawing ---- */

static const char *client_join(struct arena *arena, const char *before, const char *sign,
                               const char *text)
{
	if (text[0] == '\0')
		return before;
	return before[0] != '\0' ? arena_printf(arena, "%s%s%s", before, sign, text) : text;
}

static const char *client_place(struct arena *arena, const struct rows *rows)
{
	const char *city = rows_text(rows, 0, "city"), *province = rows_text(rows, 0, "province");
	const char *town = client_join(arena, rows_text(rows, 0, "postcode"), " ", city);
	const char *place = client_join(arena, rows_text(rows, 0, "address"), ", ", town);

	if (strcmp(province, city) != 0)
		place = client_join(arena, place, ", ", province);
	return client_join(arena, place, ", ", rows_text(rows, 0, "country"));
}

/* Short: the panes need the room. What is not known takes none. */
static int client_draw_data(struct canvas *canvas, int row, int columns, const struct rows *rows)
{
	struct arena *arena = canvas_arena(canvas);
	const char *name = rows_text(rows, 0, "name"), *legal = rows_text(rows, 0, "legal_name");
	const char *reach =
	    client_join(arena, rows_text(rows, 0, "phone"), " · ", rows_text(rows, 0, "website"));
	const char *identity = rows_text(rows, 0, "tax_id");

	if (strcmp(legal, name) != 0)
		identity = client_join(arena, legal, " · ", identity);
	if (rows_text(rows, 0, "successor")[0] != '\0')
		name = arena_printf(arena, _("%s (merged into %s)"), name,
		                    rows_text(rows, 0, "successor"));
	else if (rows_bool(rows, 0, "archived"))
		name = arena_printf(arena, _("%s (archived)"), name);
	row = page_text(canvas, row, 1, columns, STYLE_STRONG, name);
	row = page_text(canvas, row, 1, columns, STYLE_NORMAL, identity);
	row = page_text(canvas, row, 1, columns, STYLE_NORMAL, client_place(arena, rows));
	return page_text(canvas, row, 1, columns, STYLE_NORMAL, reach);
}

/* How its notes begin: what one must not forget when one calls or invoices. */
static int client_draw_narrow(struct canvas *canvas, int columns, const struct rows *rows)
{
	const char *notes = rows_text(rows, 0, "notes");
	int row = client_draw_data(canvas, 0, columns, rows);

	if (notes[0] == '\0')
		return row;
	canvas_textf(canvas, row, 1, columns, STYLE_DIM, "%s: %.*s%s", _("Notes"),
	             (int)strcspn(notes, "\n"), notes, strchr(notes, '\n') != NULL ? " …" : "");
	return row + 1;
}

static void client_draw_tabs(const struct client_view *client, struct canvas *canvas, int row)
{
	int column = 1;

	for (int pane = 0; pane < PANES; pane++) {
		const struct rows *rows = client->results[client_pane_result[pane]];

		column += canvas_textf(canvas, row, column, -1,
		                       pane == client->pane ? STYLE_CURSOR : STYLE_LABEL,
		                       " %s (%d) ", client_pane_title(pane), rows->count);
		column++;
	}
}

static void client_draw_wide(struct client_view *client, struct canvas *canvas, struct rect rest)
{
	const struct rows *rows = client->results[CLIENT_ROW];
	struct rect data = layout_cut_left(&rest, rest.width / 4);
	struct canvas *left = canvas_part(canvas, data);
	int row = client_draw_data(left, 1, data.width - 2, rows);

	page_field(left, row + 1, 1, data.width - 2, 8, _("Notes"), rows_text(rows, 0, "notes"));
	layout_cut_left(&rest, 2);
	for (int pane = 0; pane < PANES; pane++) {
		int wanted = client->results[client_pane_result[pane]]->count + 3;
		int most = (rest.height - 1) / (PANES - pane);
		struct rect part =
		    layout_cut_top(&rest, pane == PANES - 1 || wanted > most ? most : wanted);

		canvas_text(canvas, part.row, part.column, part.width,
		            pane == client->pane ? STYLE_CURSOR : STYLE_HEADING,
		            client_pane_title(pane));
		layout_cut_top(&part, 1);
		layout_cut_bottom(&part, 1);
		table_draw(client->tables[pane], canvas_part(canvas, part), pane == client->pane);
	}
}

static void client_draw(struct view *view, struct canvas *canvas)
{
	struct client_view *client = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };

	if (client->results == NULL) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Loading…"));
		return;
	}
	client->wide = rest.width >= WIDE;
	if (client->wide) {
		client_draw_wide(client, canvas, rest);
		return;
	}
	layout_cut_top(&rest,
	               client_draw_narrow(canvas, rest.width - 2, client->results[CLIENT_ROW]) + 1);
	client_draw_tabs(client, canvas, layout_cut_top(&rest, 1).row);
	table_draw(client->tables[client->pane], canvas_part(canvas, rest), true);
}

/* ---- what is done ---- */

static int64_t client_row_key(const struct client_view *client)
{
	const char *key = table_key(client->tables[client->pane]);

	return key != NULL ? strtoll(key, NULL, 10) : 0;
}

static void client_open_row(struct view *view)
{
	struct client_view *client = view->state;
	int64_t key = client_row_key(client), id = strtoll(client->id, NULL, 10);
	struct contact_arg contact = { .client = id, .contact = key };
	struct division_arg division = { .client = id, .division = key };

	if (key == 0)
		return;
	if (client->pane == PANE_ACTIONS)
		view_push(view->app, &view_action, &key);
	else if (client->pane == PANE_DIVISIONS)
		view_push(view->app, &view_division_form, &division);
	else
		view_push(view->app, &view_contact_form, &contact);
}

/* Of the panes only the actions have a screen of their own. */
static bool client_step(struct view *view, int by)
{
	struct client_view *client = view->state;
	struct table *actions = client->tables[PANE_ACTIONS];
	int64_t key;

	if (by == 0)
		return client->pane == PANE_ACTIONS && client_row_key(client) != 0;
	if (table_move(actions, by > 0 ? TABLE_DOWN : TABLE_UP)) {
		key = client_row_key(client);
		view_instead(app_top(view->app), &view_action, &key);
	} else {
		view_say(view, SAY_INFO, "%s", list_end(by));
	}
	return true;
}

static void client_archive_now(struct view *view)
{
	struct client_view *client = view->state;
	const struct rows *rows = client->results[CLIENT_ROW];
	char request_id[37];

	if (view_is_asking(view, PURPOSE_ARCHIVE))
		return;
	uuid_make(request_id);
	view_ask(view, PURPOSE_ARCHIVE,
	         client_archive(request_id, client->id, rows_text(rows, 0, "version"),
	                        client_is_archived(client) ? "f" : "t"));
}

/* What is brought back can be archived again: only archiving asks. */
static void client_ask_archive(struct view *view)
{
	struct client_view *client = view->state;

	if (client_is_archived(client))
		client_archive_now(view);
	else
		dialog_confirm(view, QUESTION_ARCHIVE, _("Archive this client?"),
		               _("It stays readable and can be brought back. No action can be "
		                 "opened for it meanwhile."),
		               _("Archive it"));
}

static enum command client_act(struct view *view, enum command command)
{
	struct client_view *client = view->state;
	int64_t id = strtoll(client->id, NULL, 10);
	struct contact_arg contact = { .client = id };
	struct division_arg division = { .client = id };

	if (command_moves(client->tables[client->pane], command))
		return COMMAND_NONE;
	switch (command) {
	case COMMAND_NEXT_PANE:
	case COMMAND_RIGHT: client->pane = (client->pane + 1) % PANES; return COMMAND_NONE;
	case COMMAND_PREVIOUS_PANE:
	case COMMAND_LEFT: client->pane = (client->pane + PANES - 1) % PANES; return COMMAND_NONE;
	case COMMAND_OPEN: client_open_row(view); return COMMAND_NONE;
	case COMMAND_COPY:
		list_copy_row(view, client->tables[client->pane]);
		return COMMAND_NONE;
	case COMMAND_EDIT: view_push(view->app, &view_client_form, &id); return COMMAND_NONE;
	case COMMAND_NEW_CONTACT:
		client->pane = PANE_CONTACTS;
		view_push(view->app, &view_contact_form, &contact);
		return COMMAND_NONE;
	case COMMAND_NEW_DIVISION:
		client->pane = PANE_DIVISIONS;
		view_push(view->app, &view_division_form, &division);
		return COMMAND_NONE;
	case COMMAND_NEW_ACTION: view_push(view->app, &view_new_action, &id); return COMMAND_NONE;
	case COMMAND_ARCHIVE_CLIENT:
		if (client->results != NULL)
			client_ask_archive(view);
		return COMMAND_NONE;
	case COMMAND_HISTORY:
		audit_push(view, "client", id,
		           client->results != NULL
		               ? rows_text(client->results[CLIENT_ROW], 0, "name")
		               : client->id);
		return COMMAND_NONE;
	case COMMAND_MERGE_CLIENT: view_push(view->app, &view_merge_client, &id); return COMMAND_NONE;
	default: return command;
	}
}

static bool client_key(struct view *view, const struct key_event *event)
{
	struct client_view *client = view->state;

	if (event->code != KEYS_MOUSE || client->results == NULL)
		return false;
	for (int i = 0; i < PANES; i++) {
		int pane = (client->pane + i) % PANES;
		enum table_click click = TABLE_MISSED;

		if (pane == client->pane || client->wide)
			click = table_mouse(client->tables[pane], event);
		if (click == TABLE_MISSED)
			continue;
		client->pane = pane;
		if (click == TABLE_OPENED)
			client_open_row(view);
		return true;
	}
	return false;
}

static bool client_offers(const struct view *view, enum command command)
{
	const struct client_view *client = view->state;

	if (client->results == NULL)
		return false;
	switch (command) {
	case COMMAND_OPEN: return client_row_key(client) != 0;
	case COMMAND_NEXT_PANE: return true;
	default: return command_in_section(command, view->ops->name);
	}
}

static void client_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct client_view *client = view->state;

	if (dialog_chosen(child, result, QUESTION_ARCHIVE) == DIALOG_YES)
		client_archive_now(view);
	/* The cursor goes to what is new, as soon as it is read. */
	if (child == &view_new_action && result != NULL)
		client->pane = PANE_ACTIONS;
}

static void client_close(struct view *view)
{
	struct client_view *client = view->state;

	for (int pane = 0; pane < PANES; pane++)
		table_free(&client->tables[pane]);
	arena_free(&client->arena);
}

const struct view_ops view_client = {
	.name = "client",
	.title = N_("Client"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	.size = sizeof(struct client_view),
	.open = client_open,
	.draw = client_draw,
	.act = client_act,
	.key = client_key,
	.answer = client_answer,
	.refresh = client_refresh,
	.offers = client_offers,
	.returned = client_returned,
	.step = client_step,
	.close = client_close,
};
