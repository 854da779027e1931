/*
 * An invoicing notice: everything that the invoice needs, what was invoiced
 * already, and what became of it. Its first look is told to the sales rep.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <model/notice.h>
#include <model/offer_sum.h>
#include <model/words.h>
#include <ui/layout.h>
#include <view/dialog_view.h>
#include <view/views.h>

#include "audit.h"
#include "notice_deed.h"
#include "notice_draw.h"
#include "notice_invoices.h"
#include "page.h"
#include "show.h"

enum { PURPOSE_READ, PURPOSE_SEE, QUESTION_COPY = 1, QUESTION_CORRECT, WIDE = 130 };
enum { COPY_CLIENT = 1, COPY_LINES, COPY_ALL };

struct notice_view {
	char id[24];
	struct arena *arena;
	const struct rows *const *results; /* NULL before they came */
	struct page page;
	bool seen;
};

static const struct rows *notice_row(const struct view *view)
{
	const struct notice_view *notice = view->state;

	return notice->results != NULL ? notice->results[NOTICE_ROW] : NULL;
}

static bool notice_open(struct view *view, const void *arg, struct err *err)
{
	struct notice_view *notice = view->state;

	(void)err;
	snprintf(notice->id, sizeof(notice->id), "%" PRId64, *(const int64_t *)arg);
	view_ask(view, PURPOSE_READ, notice_read(notice->id));
	return true;
}

/* ---- drawing ---- */

static int notice_heading(struct canvas *canvas, int row, int column, const char *text)
{
	canvas_text(canvas, row + 1, column, -1, STYLE_HEADING, text);
	return row + 2;
}

static void notice_line(struct canvas *canvas, int row, int column, int columns,
                        const char *const texts[5])
{
	static const int widths[] = { 10, 12, 8, 7, 14 };

	for (int i = 0; i < 5; i++) {
		canvas_aligned(canvas, row, column + columns, widths[i], ALIGN_RIGHT, STYLE_NORMAL,
		               texts[i]);
		columns += widths[i];
	}
}

static int notice_draw_lines(struct canvas *canvas, int row, int column, int columns,
                             const struct rows *lines)
{
	struct arena *arena = canvas_arena(canvas);
	int room = columns - 51; /* the widths of notice_line */
	const char *const heads[] = { _("Quantity"), _("Price"), _("Disc."), _("VAT"), _("Net") };

	if (room < 12)
		room = 12;
	canvas_text(canvas, ++row, column, room, STYLE_HEADING, _("What"));
	notice_line(canvas, row++, column, room, heads);
	for (int i = 0; i < lines->count; i++) {
		const char *discount = rows_text(lines, i, "discount");
		const char *const texts[] = {
			offer_decimal(arena, rows_text(lines, i, "quantity"), 0),
			offer_decimal(arena, rows_text(lines, i, "unit_price"), 2),
			strcmp(discount, "0") == 0
			    ? ""
			    : arena_printf(arena, "%s %%", offer_decimal(arena, discount, 0)),
			arena_printf(arena, "%s %%",
			             offer_decimal(arena, rows_text(lines, i, "vat"), 0)),
			show_money(arena, lines, i, "net_cents"),
		};
		int next;

		notice_line(canvas, row, column, room, texts);
		next = page_text(canvas, row, column, room, STYLE_NORMAL,
		                 rows_text(lines, i, "description"));
		row = next > row ? next : row + 1;
	}
	return row;
}

static int notice_draw_totals(struct canvas *canvas, int row, int column, int columns,
                              const struct rows *head, const struct rows *vat)
{
	struct arena *arena = canvas_arena(canvas);

	row = notice_draw_amount(canvas, row, column, columns, STYLE_NORMAL, _("Net"),
	                         show_money(arena, head, 0, "net_cents"));
	for (int i = 0; i < vat->count; i++)
		row = notice_draw_amount(canvas, row, column, columns, STYLE_NORMAL,
		                         arena_printf(arena, _("VAT %s %% of %s"),
		                                      offer_decimal(arena, rows_text(vat, i, "vat"),
		                                                   0),
		                                      show_money(arena, vat, i, "net_cents")),
		                         show_money(arena, vat, i, "vat_cents"));
	return notice_draw_amount(canvas, row, column, columns, STYLE_STRONG, _("Total"),
	                          show_money(arena, head, 0, "total_cents"));
}

static int notice_draw_contacts(struct canvas *canvas, int row, int column, int columns,
                                const struct rows *contacts)
{
	struct arena *arena = canvas_arena(canvas);

	for (int i = 0; i < contacts->count; i++) {
		const char *parts[] = { rows_text(contacts, i, "name"),
			                rows_text(contacts, i, "job_title"),
			                rows_text(contacts, i, "phone"),
			                rows_text(contacts, i, "mobile"),
			                rows_text(contacts, i, "email") };
		const char *text = "";

		for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++)
			if (parts[part][0] != '\0')
				text = arena_printf(arena, "%s%s%s", text,
				                    text[0] != '\0' ? " · " : "", parts[part]);
		row =
		    page_field(canvas, row, column, columns, 18, i == 0 ? _("Contact") : "", text);
	}
	return row;
}

static const char *notice_event(const char *state, const char *from)
{
	if (strcmp(state, "made") == 0)
		return _("approved: the notice is made");
	if (strcmp(state, "seen") == 0)
		return _("seen for the first time");
	if (strcmp(state, "pending") == 0)
		return strcmp(from, "returned") == 0 ? _("answered") : _("put back");
	return words_notice_state(state);
}

static const char *notice_became(struct arena *arena, const struct rows *history, int at)
{
	const char *reason = rows_text(history, at, "reason");
	const char *note = rows_text(history, at, "note");
	const char *person = rows_text(history, at, "person");

	return arena_printf(arena, "%s%s%s%s%s%s%s",
	                    notice_event(rows_text(history, at, "state"),
	                                 rows_text(history, at, "from_state")),
	                    person[0] != '\0' ? " · " : "", person, reason[0] != '\0' ? " · " : "",
	                    reason, note[0] != '\0' ? ": " : "", note);
}

/* The newest first; a correction stands above the change of state that followed from it. */
static int notice_draw_history(struct canvas *canvas, int row, int column, int columns,
                               const struct rows *history, const struct rows *corrections)
{
	struct arena *arena = canvas_arena(canvas);
	int event = 0, correction = 0;

	row = notice_heading(canvas, row, column, _("History"));
	while (event < history->count || correction < corrections->count) {
		bool corrected =
		    correction < corrections->count &&
		    (event == history->count || strcmp(rows_text(corrections, correction, "at"),
		                                       rows_text(history, event, "at")) >= 0);
		const struct rows *rows = corrected ? corrections : history;
		int at = corrected ? correction++ : event++;

		canvas_text(canvas, row, column, 16, STYLE_DIM,
		            page_date(arena, rows_text(rows, at, "at")));
		row = page_text(canvas, row, column + 18, columns - 18, STYLE_NORMAL,
		                corrected ? arena_printf(arena, "%s · %s",
		                                         notice_correction(arena, rows, at),
		                                         rows_text(rows, at, "person"))
		                          : notice_became(arena, rows, at));
	}
	return row;
}

/* What the invoice needs. */
static int notice_draw_need(struct canvas *canvas, int row, int column, int columns,
                            const struct rows *const *results)
{
	const struct rows *head = results[NOTICE_ROW];

	row = notice_draw_head(canvas, row, column, columns, head, 0);
	row = notice_heading(canvas, row, column, _("Invoice to"));
	row = notice_draw_client(canvas, row, column, columns, head, 0);
	row = notice_draw_lines(canvas, row, column, columns, results[NOTICE_LINES]);
	return notice_draw_totals(canvas, row, column, columns, head, results[NOTICE_VAT]);
}

static int notice_draw_rest(struct canvas *canvas, int row, int column, int columns,
                            const struct rows *const *results)
{
	const struct rows *head = results[NOTICE_ROW];

	row = notice_heading(canvas, row, column, _("Terms"));
	row = notice_draw_terms(canvas, row, column, columns, head, 0);
	row = notice_draw_contacts(canvas, row, column, columns, results[NOTICE_CONTACTS]);
	row = page_field(canvas, row, column, columns, 18, _("Notes"),
	                 rows_text(head, 0, "offer_notes"));
	row = notice_heading(canvas, row, column, _("Invoices"));
	row = notice_draw_invoices(canvas, row, column, columns, head, results[NOTICE_INVOICES]);
	return notice_draw_history(canvas, row, column, columns, results[NOTICE_HISTORY],
	                           results[NOTICE_CORRECTIONS]);
}

static void notice_draw(struct view *view, struct canvas *canvas)
{
	struct notice_view *notice = view->state;
	int width = canvas_width(canvas), row, other;
	struct canvas *page;

	if (notice->results == NULL) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Loading…"));
		return;
	}
	page = page_begin(&notice->page, canvas);
	if (width < WIDE) {
		row = notice_draw_need(page, 0, 1, width - 3, notice->results);
		row = notice_draw_rest(page, row, 1, width - 3, notice->results);
	} else {
		int left = (width - 6) * 3 / 5;

		row = notice_draw_need(page, 0, 1, left, notice->results);
		other = notice_draw_rest(page, -1, left + 5, width - left - 7, notice->results);
		row = other > row ? other : row;
	}
	page_end(&notice->page, canvas, row);
}

/* ---- what is done ---- */

static void notice_copy(struct view *view)
{
	static const struct dialog_button buttons[] = {
		{ COPY_CLIENT, 'c', N_("Client and fiscal address") },
		{ COPY_LINES, 'l', N_("Lines and amounts") },
		{ COPY_ALL, 'a', N_("All of it") },
		{ 0, 0, NULL },
	};

	dialog_ask(view, QUESTION_COPY, _("Copy to the clipboard"), "", buttons);
}

static void notice_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct notice_view *notice = view->state;
	int what = dialog_chosen(child, result, QUESTION_COPY);
	struct buf text = { 0 };

	notice_correct_chosen(view, dialog_chosen(child, result, QUESTION_CORRECT),
	                      notice->results[NOTICE_INVOICES]);
	if (what == 0)
		return;
	if (what != COPY_LINES)
		notice_copy_client(&text, notice->results);
	if (what != COPY_CLIENT)
		notice_copy_lines(&text, notice->results);
	view_copy(view, text.text);
	buf_free(&text);
}

static bool notice_offers(const struct view *view, enum command command)
{
	if (command == COMMAND_COPY || command == COMMAND_OPEN || command == COMMAND_HISTORY)
		return notice_row(view) != NULL;
	return notice_row(view) != NULL && notice_deed_offers(view, notice_row(view), 0, command);
}

static enum command notice_act(struct view *view, enum command command)
{
	struct notice_view *notice = view->state;

	if (page_act(&notice->page, command) == COMMAND_NONE)
		return COMMAND_NONE;
	if (notice_row(view) == NULL)
		return command;
	if (command == COMMAND_OPEN) {
		const int64_t offer = rows_int(notice_row(view), 0, "offer_id");

		view_push(view->app, &view_offer, &offer);
	} else if (command == COMMAND_HISTORY) {
		audit_push(view, "notice", strtoll(notice->id, NULL, 10),
		           rows_text(notice_row(view), 0, "offer_number"));
	} else if (command == COMMAND_COPY) {
		notice_copy(view);
	} else if (command == COMMAND_CORRECT_INVOICE && notice_offers(view, command)) {
		notice_correct_invoice(view, QUESTION_CORRECT, notice->results[NOTICE_INVOICES]);
	} else {
		return notice_deed_act(view, notice_row(view), 0, command);
	}
	return COMMAND_NONE;
}

static bool notice_key(struct view *view, const struct key_event *event)
{
	struct notice_view *notice = view->state;

	return page_key(&notice->page, event);
}

static void notice_take_answer(struct view *view, struct answer *answer)
{
	struct notice_view *notice = view->state;
	char request_id[37];

	if (!view_keep(view, answer, NOTICE_ROW, _("This notice does not exist, or is not yours."),
	               &notice->arena))
		return;
	notice->results = answer->results;
	if (notice->seen || rows_bool(notice_row(view), 0, "seen") ||
	    (view_session(view)->roles & ROLE_BACKOFFICE) == 0)
		return;
	notice->seen = true;
	uuid_make(request_id);
	view_ask_quietly(view, PURPOSE_SEE, notice_see(request_id, notice->id));
}

static void notice_answer_of(struct view *view, struct answer *answer)
{
	if (answer->purpose == PURPOSE_READ)
		notice_take_answer(view, answer);
	else if (answer->purpose != PURPOSE_SEE)
		notice_deed_answer(view, answer);
}

static void notice_refresh(struct view *view)
{
	struct notice_view *notice = view->state;

	if (!view_is_asking(view, PURPOSE_READ))
		view_ask_quietly(view, PURPOSE_READ, notice_read(notice->id));
}

static void notice_close(struct view *view)
{
	struct notice_view *notice = view->state;

	arena_free(&notice->arena);
}

const struct view_ops view_notice = {
	.name = "notice",
	.title = N_("Invoicing notice"),
	.watch = WATCH_DATA | WATCH_NOTICES | WATCH_CLOCK,
	.size = sizeof(struct notice_view),
	.open = notice_open,
	.draw = notice_draw,
	.act = notice_act,
	.key = notice_key,
	.answer = notice_answer_of,
	.refresh = notice_refresh,
	.offers = notice_offers,
	.returned = notice_returned,
	.close = notice_close,
};
