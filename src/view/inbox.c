/*
 * The invoicing notices, back office's home: those that nobody has taken come
 * first. Sales reps see those of their own actions.
 */
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <model/notice.h>
#include <model/words.h>
#include <view/list_view.h>
#include <view/views.h>

#include "narrow.h"
#include "notice_deed.h"
#include "notice_draw.h"
#include "show.h"

static void inbox_age(struct table_cell *cell)
{
	cell->text = show_lateness(cell->arena, cell->rows, cell->row, "age");
	cell->style = rows_int(cell->rows, cell->row, "late") > 0
	                ? notice_style(cell->rows, cell->row)
	                : STYLE_NORMAL;
}

static void inbox_amount(struct table_cell *cell)
{
	cell->text = show_money(cell->arena, cell->rows, cell->row, "total_cents");
}

static void inbox_state(struct table_cell *cell)
{
	/* Cut at the end it would read as all invoiced. */
	cell->text = strcmp(cell->text, "partial") == 0 ? C_("short", "partly")
	                                                : words_notice_state(cell->text);
	if (rows_int(cell->rows, cell->row, "late") == 0)
		cell->style = notice_style(cell->rows, cell->row);
}

/* Enough of a name to tell the people of back office apart. */
#define NAME_LEAST 4

/* "me" stands out in a list of names. Behind the name: since when, or what came of it, which is seen
 * also where the name is cut. */
static void inbox_taken(struct table_cell *cell)
{
	const char *behind = rows_text(cell->rows, cell->row, "invoices");
	int room;

	if (cell->text[0] == '\0')
		return;
	if (rows_bool(cell->rows, cell->row, "mine")) {
		cell->text = _("me");
		cell->style = STYLE_STRONG;
	}
	if (strcmp(rows_text(cell->rows, cell->row, "state"), "taken") == 0)
		behind = show_age(cell->arena, cell->rows, cell->row, "taken_age");
	if (behind[0] == '\0')
		return;
	room = cell->width - text_width(behind) - 2;
	cell->text = arena_printf(
	    cell->arena, "%s, %s",
	    text_shorten(cell->arena, cell->text, room > NAME_LEAST ? room : NAME_LEAST), behind);
}

static const struct table_column inbox_columns[] = {
	{ "age", N_("Age"), ALIGN_RIGHT, 8, 8, 0, 0, inbox_age },
	{ "client", N_("Client"), ALIGN_LEFT, 13, 36, 3, 0, NULL },
	{ "offer_number", N_("Offer"), ALIGN_LEFT, 12, 12, TABLE_WHOLE, 2, NULL },
	{ "total_cents", N_("Amount"), ALIGN_RIGHT, 12, 14, 0, 0, inbox_amount },
	{ "rep", N_("Sales rep"), ALIGN_LEFT, 10, 18, 1, 3, NULL },
	{ "state", N_("State"), ALIGN_LEFT, 10, 10, 0, 0, inbox_state },
	{ "taken_by", N_("Taken by"), ALIGN_LEFT, 15, 24, 1, 1, inbox_taken },
	{ 0 },
};

enum { SEES_ALL = ROLE_BACKOFFICE | ROLE_SUPERVISOR | ROLE_MANAGER };

static const struct list_filter inbox_filters[] = {
	{ "waiting", N_("waiting"), SEES_ALL, 0 },
	{ "mine", N_("taken by me"), ROLE_BACKOFFICE, 0 },
	{ "all", N_("all"), SEES_ALL, 0 },
	{ "invoiced", N_("invoiced"), SEES_ALL, 0 },
	{ "pending", N_("not taken yet"), SEES_ALL, 'n' },
	{ "late", N_("late"), SEES_ALL, 'l' },
	{ "taken", N_("taken"), SEES_ALL, 't' },
	{ "others", N_("taken by others"), SEES_ALL, 'o' },
	{ "returned", N_("returned"), SEES_ALL, 'r' },
	{ "partial", N_("partly invoiced"), SEES_ALL, 'p' },
	{ "void", N_("void"), SEES_ALL, 'v' },
	{ "own-waiting", N_("mine, waiting"), ROLE_REP, 0 },
	{ "own", N_("mine, all"), ROLE_REP, 0 },
	{ "own-pending", N_("mine, not taken yet"), ROLE_REP, 'n' },
	{ "own-taken", N_("mine, taken"), ROLE_REP, 't' },
	{ "own-returned", N_("mine, returned"), ROLE_REP, 'r' },
	{ "own-partial", N_("mine, partly invoiced"), ROLE_REP, 'p' },
	{ 0 },
};

static struct batch *inbox_page(struct view *view, const struct table_want *want)
{
	const char *filter = list_filter(view);
	const struct narrow *narrow = list_state(view);
	const struct notice_edge edge = { list_edge(want, "rank"), list_edge(want, "waits_since"),
		                          list_edge(want, "key") };
	bool own = strncmp(filter, "own", 3) == 0;
	const struct notice_list list = {
		.typed = list_search(view),
		.which = !own ? filter : filter[3] == '-' ? filter + 4 : "all",
		.area = narrow_filled(narrow->area),
		.rep = narrow_filled(narrow->rep),
	};

	if (own)
		return notice_page_own(list_forward(want), &edge, list_limit(want), &list);
	if (strcmp(filter, "all") == 0 || strcmp(filter, "invoiced") == 0 ||
	    strcmp(filter, "void") == 0)
		return notice_page_all(list_forward(want), edge.key, list_limit(want), &list);
	return notice_page_waiting(list_forward(want), &edge, list_limit(want), &list);
}

static enum command inbox_act(struct view *view, enum command command)
{
	int row;
	const struct rows *rows = table_current(list_table(view), &row);

	return rows != NULL ? notice_deed_act(view, rows, row, command) : command;
}

static bool inbox_offers(const struct view *view, enum command command)
{
	int row;
	const struct rows *rows = table_current(list_table(view), &row);

	return rows != NULL && notice_deed_offers(view, rows, row, command);
}

static struct batch *inbox_take(const struct view *view, const struct rows *rows, int row,
                                const char *request_id, const char *const values[2],
                                struct err *err)
{
	(void)view;
	(void)values;
	(void)err;
	return notice_take(request_id, rows_text(rows, row, "key"));
}

static struct batch *inbox_put_back(const struct view *view, const struct rows *rows, int row,
                                    const char *request_id, const char *const values[2],
                                    struct err *err)
{
	(void)view;
	(void)values;
	(void)err;
	return notice_put_back(request_id, rows_text(rows, row, "key"),
	                       rows_text(rows, row, "version"));
}

static const struct list_deed inbox_deeds[] = {
	{ COMMAND_TAKE, "offer_number", NULL, inbox_take },
	{ COMMAND_PUT_BACK, "offer_number", NULL, inbox_put_back },
	{ COMMAND_NONE, NULL, NULL, NULL },
};

static void inbox_preview(struct view *view, struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	int row, at = 1, columns = canvas_width(canvas) - 1;
	const struct rows *rows = table_current(list_table(view), &row);
	int figures = columns < 56 ? columns : 56;

	at = notice_draw_head(canvas, at, 0, columns, rows, row) + 1;
	at = notice_draw_client(canvas, at, 0, columns, rows, row) + 1;
	at = notice_draw_terms(canvas, at, 0, columns, rows, row) + 1;
	at = notice_draw_amount(canvas, at, 0, figures, STYLE_NORMAL, _("Net"),
	                        show_money(arena, rows, row, "net_cents"));
	at = notice_draw_amount(canvas, at, 0, figures, STYLE_NORMAL, _("VAT"),
	                        show_money(arena, rows, row, "vat_cents"));
	at = notice_draw_amount(canvas, at, 0, figures, STYLE_STRONG, _("Total"),
	                        show_money(arena, rows, row, "total_cents"));
	if (rows_int(rows, row, "invoiced_cents") > 0)
		notice_draw_amount(canvas, at, 0, figures, STYLE_NORMAL, _("Invoiced"),
		                   show_money(arena, rows, row, "invoiced_cents"));
}

static const struct list_spec inbox_spec = {
	.columns = inbox_columns,
	.page = inbox_page,
	.filters = inbox_filters,
	.searchable = true,
	.empty = N_("No notice here. New ones appear by themselves, with a bell."),
	.opens = &view_notice,
	.act = inbox_act,
	.offers = inbox_offers,
	.answer = notice_deed_answer,
	.deeds = inbox_deeds,
	.preview = inbox_preview,
	NARROW_LIST,
};

const struct view_ops view_inbox = {
	.name = "inbox",
	.title = N_("Invoicing notices"),
	.watch = WATCH_NOTICES | WATCH_CLOCK | WATCH_DATA,
	LIST_VIEW(inbox_spec),
};
