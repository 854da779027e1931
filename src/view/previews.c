/*
 * Previews: what one would open the row for, most of the time.
 */
#include "previews.h"

#include <string.h>

#include <base/i18n.h>
#include <base/money.h>
#include <model/action.h>
#include <model/client.h>
#include <model/words.h>
#include <view/list_view.h>

#include "page.h"

enum { INDENT = 16, TIME = 18 };
enum { ACTION_HEAD, ACTION_OFFERS, ACTION_PEOPLE, ACTION_TIMELINE };

static int heading(struct canvas *canvas, int row, const char *text)
{
	canvas_text(canvas, row + 1, 0, -1, STYLE_HEADING, text);
	return row + 2;
}

/* Nothing is there to be seen while the rest is read. */
static bool is_waiting(struct canvas *canvas, const struct rows *const *results)
{
	if (results != NULL && results[0]->count > 0)
		return false;
	canvas_text(canvas, 1, 0, -1, STYLE_DIM, results == NULL ? "…" : "");
	return true;
}

/* ---- an action ---- */

struct batch *preview_ask_action(const char *key)
{
	return action_read(key, true, NULL, NULL, "40");
}

static int draw_offers(struct canvas *canvas, int row, const struct rows *offers)
{
	struct arena *arena = canvas_arena(canvas);
	int width = canvas_width(canvas);

	if (offers->count == 0)
		return row;
	row = heading(canvas, row, _("Offers"));
	for (int i = 0; i < offers->count; i++, row++) {
		const char *number = rows_text(offers, i, "number");
		bool expired = rows_bool(offers, i, "expired");
		char amount[48];

		money_format_currency(rows_int(offers, i, "total_cents"),
		                      rows_text(offers, i, "currency"), amount);
		canvas_text(canvas, row, 0, INDENT - 1, STYLE_NORMAL, number[0] ? number : "—");
		canvas_text(canvas, row, INDENT, 12, expired ? STYLE_WARNING : STYLE_NORMAL,
		            words_offer_state(expired ? "expired" : rows_text(offers, i, "state")));
		canvas_text(canvas, row, INDENT + 13, width - INDENT - 28, STYLE_DIM,
		            rows_text(offers, i, "title"));
		canvas_aligned(canvas, row, width - 15, 14, ALIGN_RIGHT, STYLE_NORMAL,
		               arena_copy(arena, amount));
	}
	return row;
}

static void draw_timeline(struct canvas *canvas, int row, const struct rows *events)
{
	struct arena *arena = canvas_arena(canvas);

	row = heading(canvas, row, _("Time line"));
	for (int i = 0; i < events->count && row < canvas_height(canvas); i++) {
		bool logged = strcmp(rows_text(events, i, "kind"), "communication") == 0;

		canvas_text(canvas, row, 0, TIME - 1, STYLE_DIM, rows_text(events, i, "moment"));
		row = page_text(canvas, row, TIME, canvas_width(canvas) - TIME - 1,
		                logged ? STYLE_NORMAL : STYLE_DIM, action_event(arena, events, i));
	}
}

void preview_draw_action(struct view *view, struct canvas *canvas)
{
	const struct rows *const *results = list_preview(view);
	struct arena *arena = canvas_arena(canvas);
	int width = canvas_width(canvas) - 1, row = 1;
	const struct rows *head;

	if (is_waiting(canvas, results))
		return;
	head = results[ACTION_HEAD];
	row = page_text(canvas, row, 0, width, STYLE_STRONG,
	                arena_printf(arena, "%s · %s", rows_text(head, 0, "number"),
	                             rows_text(head, 0, "client")));
	row = page_text(canvas, row, 0, width, STYLE_NORMAL, rows_text(head, 0, "title"));
	row = page_field(canvas, row + 1, 0, width, INDENT, _("Divisions"),
	                 rows_text(head, 0, "divisions"));
	row = page_field(canvas, row, 0, width, INDENT, _("Owner"), rows_text(head, 0, "owner"));
	row = page_field(canvas, row, 0, width, INDENT, _("Collaborators"),
	                 rows_text(head, 0, "collaborators"));
	if (rows_text(head, 0, "next_step")[0] != '\0')
		row = page_field(canvas, row, 0, width, INDENT, _("Next step"),
		                 arena_printf(arena, "%s%s %s",
		                              rows_bool(head, 0, "overdue") ? "! " : "",
		                              page_date(arena, rows_text(head, 0, "next_step_on")),
		                              rows_text(head, 0, "next_step")));
	row = page_field(canvas, row, 0, width, INDENT, _("Expected close"),
	                 page_date(arena, rows_text(head, 0, "expected_close")));
	row = page_field(canvas, row, 0, width, INDENT, _("Notes"), rows_text(head, 0, "notes"));
	row = draw_offers(canvas, row, results[ACTION_OFFERS]);
	draw_timeline(canvas, row, results[ACTION_TIMELINE]);
}

/* ---- a client ---- */

struct batch *preview_ask_client(const char *key)
{
	return client_show(key, "preview");
}

static int draw_divisions(struct canvas *canvas, int row, const struct rows *divisions)
{
	int width = canvas_width(canvas), half = width * 2 / 5;

	if (divisions->count == 0)
		return row;
	row = heading(canvas, row, _("Divisions"));
	for (int i = 0; i < divisions->count; i++, row++) {
		bool held = strcmp(rows_text(divisions, i, "status"), "held") == 0;

		canvas_text(canvas, row, 0, half - 1, STYLE_NORMAL, rows_text(divisions, i, "name"));
		if (held)
			canvas_textf(canvas, row, half, width - half - 1, STYLE_NORMAL, "%s · %s",
			             rows_text(divisions, i, "holder"),
			             rows_text(divisions, i, "action_number"));
		else
			canvas_text(canvas, row, half, width - half - 1, STYLE_GOOD, _("free"));
	}
	return row;
}

static int draw_contacts(struct canvas *canvas, int row, const struct rows *contacts)
{
	struct arena *arena = canvas_arena(canvas);

	if (contacts->count == 0)
		return row;
	row = heading(canvas, row, _("Contacts"));
	for (int i = 0; i < contacts->count; i++) {
		const char *parts[] = { rows_text(contacts, i, "job_title"),
			                rows_text(contacts, i, "phone"),
			                rows_text(contacts, i, "email") };
		const char *text = rows_text(contacts, i, "name");

		for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++)
			if (parts[part][0] != '\0')
				text = arena_printf(arena, "%s · %s", text, parts[part]);
		row = page_text(canvas, row, 0, canvas_width(canvas) - 1,
		                rows_bool(contacts, i, "active") ? STYLE_NORMAL : STYLE_DIM, text);
	}
	return row;
}

static void draw_actions(struct canvas *canvas, int row, const struct rows *actions)
{
	if (actions->count == 0)
		return;
	row = heading(canvas, row, _("Actions"));
	for (int i = 0; i < actions->count && row < canvas_height(canvas); i++, row++)
		canvas_textf(canvas, row, 0, canvas_width(canvas) - 1, STYLE_NORMAL, "%s %s · %s · %s",
		             rows_text(actions, i, "number"),
		             words_action_state(rows_text(actions, i, "state")),
		             rows_text(actions, i, "title"), rows_text(actions, i, "owner"));
}

void preview_draw_client(struct view *view, struct canvas *canvas)
{
	const struct rows *const *results = list_preview(view);
	struct arena *arena = canvas_arena(canvas);
	int width = canvas_width(canvas) - 1, row = 1;
	const struct rows *client;

	if (is_waiting(canvas, results))
		return;
	client = results[CLIENT_ROW];
	row = page_text(canvas, row, 0, width, STYLE_STRONG, rows_text(client, 0, "name"));
	row = page_text(canvas, row, 0, width, STYLE_NORMAL, rows_text(client, 0, "legal_name"));
	row = page_field(canvas, row + 1, 0, width, INDENT, _("Tax id"),
	                 rows_text(client, 0, "tax_id"));
	row = page_field(canvas, row, 0, width, INDENT, _("Address"),
	                 rows_text(client, 0, "address"));
	row = page_field(canvas, row, 0, width, INDENT, _("City"),
	                 arena_printf(arena, "%s %s", rows_text(client, 0, "postcode"),
	                              rows_text(client, 0, "city")));
	row = page_field(canvas, row, 0, width, INDENT, _("Phone"), rows_text(client, 0, "phone"));
	row = page_field(canvas, row, 0, width, INDENT, _("Website"),
	                 rows_text(client, 0, "website"));
	row = page_field(canvas, row, 0, width, INDENT, _("Notes"), rows_text(client, 0, "notes"));
	row = draw_divisions(canvas, row, results[CLIENT_DIVISIONS]);
	row = draw_contacts(canvas, row, results[CLIENT_CONTACTS]);
	draw_actions(canvas, row, results[CLIENT_ACTIONS]);
}
