/*
 * The columns of an action's panes: time line, offers, people.
 */
#include "action_columns.h"

#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/money.h>
#include <model/action.h>
#include <model/words.h>

static void timeline_event(struct table_cell *cell)
{
	const char *kind = rows_text(cell->rows, cell->row, "kind");

	cell->text = action_event(cell->arena, cell->rows, cell->row);
	if (strcmp(kind, "communication") != 0)
		cell->style = STYLE_DIM;
}

const struct table_column action_timeline_columns[] = {
	{ "moment", N_("When"), ALIGN_LEFT, 16, 16, 0, 0, NULL },
	{ "text", N_("What happened"), ALIGN_LEFT, 20, 40, 4, 0, timeline_event },
	{ "person", N_("Who"), ALIGN_LEFT, 8, 14, 0, 1, NULL },
	{ 0 },
};

static void offers_number(struct table_cell *cell)
{
	if (cell->text[0] == '\0')
		cell->text = "—";
}

static void offers_state(struct table_cell *cell)
{
	bool expired = rows_bool(cell->rows, cell->row, "expired");

	if (strcmp(cell->text, "approved") == 0)
		cell->style = STYLE_GOOD;
	if (expired)
		cell->style = STYLE_WARNING;
	cell->text = words_offer_state(expired ? "expired" : cell->text);
}

static void offers_total(struct table_cell *cell)
{
	char amount[48];

	money_format_currency(rows_int(cell->rows, cell->row, "total_cents"),
	                      rows_text(cell->rows, cell->row, "currency"), amount);
	cell->text = arena_copy(cell->arena, amount);
}

static void cell_date(struct table_cell *cell)
{
	struct date date;
	char text[11];

	if (!date_from_iso(cell->text, &date))
		return;
	date_format(date, text);
	cell->text = arena_copy(cell->arena, text);
}

static void offers_notice(struct table_cell *cell)
{
	cell->text = words_notice_state(cell->text);
}

const struct table_column action_offers_columns[] = {
	{ "number", N_("Offer"), ALIGN_LEFT, 10, 12, TABLE_WHOLE, 0, offers_number },
	{ "title", N_("Title"), ALIGN_LEFT, 10, 24, 3, 2, NULL },
	{ "state", N_("State"), ALIGN_LEFT, 10, 11, 0, 0, offers_state },
	{ "total_cents", N_("Total"), ALIGN_RIGHT, 10, 14, 0, 1, offers_total },
	{ "valid_until", N_("Valid until"), ALIGN_LEFT, 12, 12, 0, 3, cell_date },
	{ "notice_state", N_("Notice"), ALIGN_LEFT, 8, 12, 0, 4, offers_notice },
	{ 0 },
};

static void people_part(struct table_cell *cell)
{
	const char *title = rows_text(cell->rows, cell->row, "job_title");

	if (strcmp(cell->text, "owner") == 0)
		cell->text = _("owner");
	else if (strcmp(cell->text, "collaborator") == 0)
		cell->text = _("collaborator");
	else
		cell->text = title[0] != '\0' ? title : _("contact");
}

const struct table_column action_people_columns[] = {
	{ "name", N_("Name"), ALIGN_LEFT, 14, 24, 2, 0, NULL },
	{ "part", N_("Part"), ALIGN_LEFT, 10, 18, 1, 1, people_part },
	{ "phone", N_("Phone"), ALIGN_LEFT, 16, 16, 0, 2, NULL },
	{ "email", N_("E-mail"), ALIGN_LEFT, 12, 26, 1, 3, NULL },
	{ 0 },
};
