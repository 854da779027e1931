/*
 * How an offer is shown: what it is, its lines with totals, then its notice and
 * history, beside them where the window is wide.
 */
#include "offer.h"

#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <model/words.h>

enum { WIDE = 140, SIDE = 56, INDENT = 16 };

/* ---- what it is ---- */

/* A draft may be without any, but cannot be presented so: that is told before it is tried. */
static const char *divisions(struct arena *arena, const struct rows *rows, const struct rows *head)
{
	const char *all = "";

	if (rows->count == 0 && strcmp(rows_text(head, 0, "state"), "draft") == 0 &&
	    rows_bool(head, 0, "is_member"))
		return _("none yet: edit it to choose them");
	for (int i = 0; i < rows->count; i++)
		all = arena_printf(arena, "%s%s%s", all, i > 0 ? ", " : "",
		                   rows_text(rows, i, "name"));
	return all;
}

/* Nothing where there is but one. */
static const char *revisions(struct arena *arena, const struct rows *rows)
{
	const char *all = "";

	for (int i = 0; rows->count > 1 && i < rows->count; i++)
		all = arena_printf(arena, "%s%s%s", all, i > 0 ? ", " : "",
		                   offer_revision(arena, rows, i));
	return all;
}

/* Two short ones on a row; a single one stands at the left. */
static int draw_pair(struct canvas *canvas, int row, int width, const char *left_label,
                     const char *left, const char *right_label, const char *right)
{
	int middle = width / 2 + 1, last, other;

	if (right[0] == '\0')
		return left[0] == '\0'
		         ? row
		         : page_field(canvas, row, 1, width, INDENT, left_label, left);
	if (left[0] == '\0')
		return page_field(canvas, row, 1, width, INDENT, right_label, right);
	last = page_field(canvas, row, 1, middle - 2, INDENT, left_label, left);
	other = page_field(canvas, row, middle, width - middle, INDENT, right_label, right);
	return other > last ? other : last;
}

static const char *shown_state(const struct rows *head, enum style *style)
{
	const char *state = rows_text(head, 0, "state");

	*style = STYLE_STRONG;
	if (rows_bool(head, 0, "expired")) {
		*style = STYLE_WARNING;
		return "expired";
	}
	if (strcmp(state, "approved") == 0)
		*style = STYLE_GOOD;
	return state;
}

static const char *reason_of(struct arena *arena, const struct rows *head, const char *reason,
                             const char *note)
{
	reason = rows_text(head, 0, reason);
	note = rows_text(head, 0, note);
	return arena_printf(arena, "%s%s%s", reason,
	                    reason[0] != '\0' && note[0] != '\0' ? ": " : "", note);
}

static int draw_head(const struct offer_screen *screen, struct canvas *canvas, int width)
{
	const struct rows *head = screen->results[OFFER_HEAD];
	struct arena *arena = canvas_arena(canvas);
	const char *number = rows_text(head, 0, "number");
	const char *future = rows_text(head, 0, "future_number");
	const char *chance = rows_text(head, 0, "probability");
	enum style style;
	const char *state = words_offer_state(shown_state(head, &style));
	int used = text_width(state), row = 2;

	if (number[0] == '\0')
		number = future[0] != '\0' ? arena_printf(arena, _("Draft of %s"), future)
		                           : _("New draft");
	canvas_textf(canvas, 0, 1, width - used - 2, STYLE_STRONG, "%s · %s", number,
	             rows_text(head, 0, "title"));
	canvas_text(canvas, 0, 1 + width - used, used, style, state);
	row = page_field(canvas, row, 1, width, INDENT, _("Client"), rows_text(head, 0, "client"));
	row = page_field(canvas, row, 1, width, INDENT, _("Action"),
	                 arena_printf(arena, "%s · %s", rows_text(head, 0, "action_number"),
	                              rows_text(head, 0, "action_title")));
	row = page_field(canvas, row, 1, width, INDENT, _("Divisions"),
	                 divisions(arena, screen->results[OFFER_DIVISIONS], head));
	row = page_field(canvas, row, 1, width, INDENT, _("Revisions"),
	                 revisions(arena, screen->results[OFFER_REVISIONS]));
	row = draw_pair(canvas, row, width, _("Valid until"),
	                page_date(arena, rows_text(head, 0, "valid_until")), _("Expected close"),
	                page_date(arena, rows_text(head, 0, "expected_close")));
	row = draw_pair(canvas, row, width, _("Probability"),
	                chance[0] != '\0' ? arena_printf(arena, "%s %%", chance) : "",
	                _("Payment terms"), rows_text(head, 0, "payment_terms"));
	row = draw_pair(canvas, row, width, _("Accepted on"),
	                page_date(arena, rows_text(head, 0, "accepted_on")), _("Accepted by"),
	                rows_text(head, 0, "accepted_by"));
	row = page_field(canvas, row, 1, width, INDENT, _("Document"),
	                 rows_text(head, 0, "document_reference"));
	return page_field(canvas, row, 1, width, INDENT, _("Reason"),
	                  reason_of(arena, head, "reason", "state_note"));
}

/* ---- notice and history ---- */

static const char *notice_sentence(struct arena *arena, const struct rows *head)
{
	const char *state = rows_text(head, 0, "notice_state");
	const char *currency = rows_text(head, 0, "currency");
	const char *seen = rows_text(head, 0, "notice_seen");

	if (strcmp(state, "taken") == 0)
		return arena_printf(arena, _("Taken by %s on %s."),
		                    rows_text(head, 0, "notice_taken_by"),
		                    page_date(arena, rows_text(head, 0, "notice_taken")));
	if (strcmp(state, "returned") == 0)
		return arena_printf(arena, _("Returned by back office: %s"),
		                    reason_of(arena, head, "notice_reason", "notice_note"));
	if (strcmp(state, "partial") == 0 || strcmp(state, "invoiced") == 0)
		return arena_printf(arena,
		                    strcmp(state, "partial") == 0
		                        ? _("Invoiced in part: %s of %s.")
		                        : _("Invoiced: %s of %s."),
		                    offer_amount(arena, rows_int(head, 0, "notice_invoiced_cents"),
		                                 currency),
		                    offer_amount(arena, rows_int(head, 0, "notice_total_cents"),
		                                 currency));
	if (seen[0] != '\0')
		return arena_printf(arena, _("Pending. Seen by %s on %s."),
		                    rows_text(head, 0, "notice_seen_by"), page_date(arena, seen));
	return arena_printf(arena, _("Pending. Back office was told on %s."),
	                    page_date(arena, rows_text(head, 0, "notice_made")));
}

static int draw_notice(const struct offer_screen *screen, struct canvas *canvas, int row,
                       int column, int width)
{
	const struct rows *head = screen->results[OFFER_HEAD];
	const struct rows *invoices = screen->results[OFFER_INVOICES];
	struct arena *arena = canvas_arena(canvas);
	const char *voided = rows_text(head, 0, "notice_voided");
	bool returned = strcmp(rows_text(head, 0, "notice_state"), "returned") == 0;

	if (rows_get(head, 0, "notice_id") == NULL && voided[0] == '\0')
		return row;
	canvas_text(canvas, row++, column, width, STYLE_HEADING, _("Invoicing notice"));
	if (rows_get(head, 0, "notice_id") == NULL)
		return page_text(canvas, row, column, width, STYLE_WARNING,
		                 arena_printf(arena,
		                              _("Void: %s revoked the approval on %s. Approving "
		                                "again makes a new one."),
		                              rows_text(head, 0, "notice_voided_by"),
		                              page_date(arena, voided))) +
		       1;
	row = page_text(canvas, row, column, width, returned ? STYLE_WARNING : STYLE_NORMAL,
	                notice_sentence(arena, head));
	if (returned && rows_bool(head, 0, "is_member"))
		row = page_text(canvas, row, column, width, STYLE_NORMAL,
		                _("Answer it, so that back office can go on."));
	for (int i = 0; i < invoices->count; i++) {
		const char *series = rows_text(invoices, i, "series");

		canvas_textf(canvas, row++, column, width, STYLE_NORMAL,
		             _("Invoice %s%s%s of %s: %s"), series, series[0] != '\0' ? "-" : "",
		             rows_text(invoices, i, "number"),
		             page_date(arena, rows_text(invoices, i, "issued_on")),
		             offer_amount(arena, rows_int(invoices, i, "total_cents"),
		                          rows_text(head, 0, "currency")));
	}
	return row + 1;
}

static int draw_event(const struct rows *history, int event, struct canvas *canvas, int row,
                      int column, int width)
{
	struct arena *arena = canvas_arena(canvas);
	const char *state = rows_text(history, event, "state");
	const char *reason = rows_text(history, event, "reason");
	const char *note = rows_text(history, event, "note");
	const char *person = rows_text(history, event, "person");
	const char *entity = rows_text(history, event, "entity");
	const char *what = words_offer_state(state);

	if (strcmp(entity, "offer") == 0 && strcmp(state, "presented") == 0 &&
	    strcmp(rows_text(history, event, "from_state"), "approved") == 0)
		what = _("approval revoked");
	else if (strcmp(entity, "notice") == 0)
		what = arena_printf(arena, _("notice %s"), words_notice_state(state));
	else if (strcmp(entity, "validity") == 0)
		what = arena_printf(arena, _("extended from %s to %s"),
		                    page_date(arena, rows_text(history, event, "from_state")),
		                    page_date(arena, state));
	canvas_text(canvas, row, column, 16, STYLE_DIM,
	            page_date(arena, rows_text(history, event, "moment")));
	return page_text(canvas, row, column + 18, width - 18, STYLE_NORMAL,
	                 arena_printf(arena, "%s%s%s%s%s%s%s", what, person[0] != '\0' ? ", " : "",
	                              person, reason[0] != '\0' ? " · " : "", reason,
	                              note[0] != '\0' ? " · " : "", note));
}

static int draw_history(const struct offer_screen *screen, struct canvas *canvas, int row,
                        int column, int width)
{
	const struct rows *history = screen->results[OFFER_HISTORY];

	canvas_text(canvas, row++, column, width, STYLE_HEADING, _("History"));
	for (int i = 0; i < history->count; i++)
		row = draw_event(history, i, canvas, row, column, width);
	return row;
}

void offer_draw(struct view *view, struct canvas *canvas)
{
	struct offer_screen *screen = view->state;
	int width = canvas_width(canvas), row, side = 2;
	bool wide = width >= WIDE;
	const char *notes;
	struct canvas *whole;

	if (screen->arena == NULL)
		return;
	whole = page_begin(&screen->page, canvas);
	width -= wide ? SIDE + 4 : 3;
	row = draw_head(screen, whole, width) + 1;
	/* Who comes back to an approved offer wants to know what became of it. */
	if (rows_bool(screen->results[OFFER_HEAD], 0, "expired"))
		row =
		    page_text(whole, row, 1, width, STYLE_WARNING,
		              _("It has expired. If the client accepts it all the same, the key t "
		                "extends its validity.")) +
		    1;
	if (!wide)
		row = draw_notice(screen, whole, row, 1, width);
	row = offer_draw_lines(screen, whole, row, width) + 1;
	notes = rows_text(screen->results[OFFER_HEAD], 0, "notes");
	if (notes[0] != '\0') {
		canvas_text(whole, row, 1, width, STYLE_HEADING, _("Notes"));
		row = page_text(whole, row + 1, 1, width < 100 ? width : 100, STYLE_NORMAL, notes) +
		      1;
	}
	if (wide) {
		side = draw_notice(screen, whole, side, width + 3, SIDE - 1);
		side = draw_history(screen, whole, side, width + 3, SIDE - 1);
		row = side > row ? side : row;
	} else {
		row = draw_history(screen, whole, row, 1, width);
	}
	page_end(&screen->page, canvas, row);
}
