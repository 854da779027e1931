/*
 * What the inbox's preview and the notice's screen draw alike.
 */
#include "notice_draw.h"

#include <string.h>

#include <base/i18n.h>
#include <model/offer_sum.h>
#include <model/words.h>

#include "page.h"
#include "show.h"

enum { LABELS = 18 };

enum style notice_style(const struct rows *rows, int at)
{
	const char *state = rows_text(rows, at, "state");

	if (strcmp(state, "returned") == 0)
		return STYLE_WARNING;
	if (strcmp(state, "invoiced") == 0)
		return STYLE_GOOD;
	if (strcmp(state, "void") == 0)
		return STYLE_DIM;
	switch (rows_int(rows, at, "late")) {
	case 1: return STYLE_WARNING;
	case 2: return STYLE_ERROR;
	default: return STYLE_NORMAL;
	}
}

/* A weekend in between makes the age say little about how long it could have been taken. */
static const char *notice_waiting(struct arena *arena, const struct rows *rows, int at)
{
	const char *age = show_lateness(arena, rows, at, "age");
	long minutes = (long)(rows_int(rows, at, "working_age") / 60);

	return minutes < 60
	         ? arena_printf(arena, _("%s, %ld min of working time"), age, minutes)
	         : arena_printf(arena, _("%s, %ld h of working time"), age, minutes / 60);
}

const char *notice_standing(struct arena *arena, const struct rows *rows, int at)
{
	const char *state = words_notice_state(rows_text(rows, at, "state"));
	const char *by = rows_text(rows, at, "taken_by");

	if (strcmp(rows_text(rows, at, "state"), "taken") == 0 &&
	    rows_int(rows, at, "taken_age") < 60)
		return arena_printf(arena, _("taken by %s just now"), by);
	if (strcmp(rows_text(rows, at, "state"), "taken") == 0)
		return arena_printf(arena, _("taken by %s, %s ago"), by,
		                    show_age(arena, rows, at, "taken_age"));
	if (by[0] != '\0')
		return arena_printf(arena, "%s · %s", state, by);
	return arena_printf(arena, "%s · %s", state,
	                    strcmp(rows_text(rows, at, "state"), "pending") == 0
	                        ? notice_waiting(arena, rows, at)
	                        : show_lateness(arena, rows, at, "age"));
}

/* Of a void notice: who took the approval back, when, and why. */
static const char *notice_ended(struct arena *arena, const struct rows *rows, int at)
{
	const char *by = rows_text(rows, at, "voided_by");
	const char *when = page_date(arena, rows_text(rows, at, "voided_at"));
	const char *note = rows_text(rows, at, "state_note");
	const char *what = _("The approval was revoked");

	if (by[0] != '\0')
		what = when[0] != '\0'
		         ? arena_printf(arena, _("The approval was revoked by %s on %s"), by, when)
		         : arena_printf(arena, _("The approval was revoked by %s"), by);
	return note[0] != '\0' ? arena_printf(arena, "%s: %s", what, note) : what;
}

int notice_draw_head(struct canvas *canvas, int row, int column, int columns,
                     const struct rows *rows, int at)
{
	struct arena *arena = canvas_arena(canvas);
	const char *reason = rows_text(rows, at, "reason");
	const char *note = rows_text(rows, at, "state_note");

	row = page_text(canvas, row, column, columns, STYLE_STRONG,
	                arena_printf(arena, "%s  %s", rows_text(rows, at, "offer_number"),
	                             rows_text(rows, at, "offer_title")));
	row = page_text(canvas, row, column, columns, notice_style(rows, at),
	                notice_standing(arena, rows, at));
	if (strcmp(rows_text(rows, at, "state"), "void") == 0)
		return page_text(canvas, row, column, columns, STYLE_WARNING,
		                 notice_ended(arena, rows, at));
	if (reason[0] != '\0')
		row = page_text(canvas, row, column, columns, STYLE_WARNING,
		                arena_printf(arena, _("Returned: %s%s%s"), reason,
		                             note[0] != '\0' ? ". " : "", note));
	else if (note[0] != '\0')
		row = page_text(canvas, row, column, columns, STYLE_NORMAL,
		                arena_printf(arena, _("Answer: %s"), note));
	return row;
}

static const char *notice_address(struct arena *arena, const struct rows *rows, int at)
{
	const char *address = rows_text(rows, at, "address");
	const char *province = rows_text(rows, at, "province");
	const char *city = rows_text(rows, at, "city");
	const char *postcode = rows_text(rows, at, "postcode");
	bool other = province[0] != '\0' && strcmp(province, city) != 0;

	return arena_printf(arena, "%s%s%s%s%s%s%s%s%s%s", address, address[0] != '\0' ? "\n" : "",
	                    postcode, postcode[0] != '\0' ? " " : "", city, other ? " (" : "",
	                    other ? province : "", other ? ")" : "",
	                    city[0] != '\0' || postcode[0] != '\0' ? ", " : "",
	                    rows_text(rows, at, "country"));
}

/* What an invoice cannot do without stands there even where it is missing. */
static int notice_needed(struct canvas *canvas, int row, int column, int columns, const char *label,
                         const char *text)
{
	if (text[0] != '\0')
		return page_field(canvas, row, column, columns, LABELS, label, text);
	canvas_text(canvas, row, column, LABELS - 1, STYLE_LABEL, label);
	canvas_text(canvas, row, column + LABELS, columns - LABELS, STYLE_WARNING, _("missing"));
	return row + 1;
}

static const char *notice_legal_name(const struct rows *rows, int at)
{
	const char *name = rows_text(rows, at, "legal_name");

	return name[0] != '\0' ? name : rows_text(rows, at, "client");
}

int notice_draw_client(struct canvas *canvas, int row, int column, int columns,
                       const struct rows *rows, int at)
{
	struct arena *arena = canvas_arena(canvas);

	row = notice_needed(canvas, row, column, columns, _("Legal name"),
	                    notice_legal_name(rows, at));
	if (strcmp(notice_legal_name(rows, at), rows_text(rows, at, "client")) != 0)
		row = page_field(canvas, row, column, columns, LABELS, _("Client"),
		                 rows_text(rows, at, "client"));
	row =
	    notice_needed(canvas, row, column, columns, _("Tax id"), rows_text(rows, at, "tax_id"));
	return notice_needed(canvas, row, column, columns, _("Fiscal address"),
	                     rows_text(rows, at, "address")[0] != '\0'
	                         ? notice_address(arena, rows, at)
	                         : "");
}

int notice_draw_terms(struct canvas *canvas, int row, int column, int columns,
                      const struct rows *rows, int at)
{
	struct arena *arena = canvas_arena(canvas);

	row = page_field(canvas, row, column, columns, LABELS, _("Payment terms"),
	                 rows_text(rows, at, "payment_terms"));
	row = page_field(canvas, row, column, columns, LABELS, _("Reference"),
	                 rows_text(rows, at, "document_reference"));
	row = page_field(canvas, row, column, columns, LABELS, _("Accepted"),
	                 arena_printf(arena, _("by %s on %s"), rows_text(rows, at, "accepted_by"),
	                              page_date(arena, rows_text(rows, at, "accepted_on"))));
	if (rows_get(rows, at, "approved_at") != NULL)
		row =
		    page_field(canvas, row, column, columns, LABELS, _("Approved"),
		               arena_printf(arena, _("by %s on %s"),
		                            rows_text(rows, at, "approved_by"),
		                            page_date(arena, rows_text(rows, at, "approved_at"))));
	row = page_field(canvas, row, column, columns, LABELS, _("Sales rep"),
	                 arena_printf(arena, _("%s, action %s"), rows_text(rows, at, "rep"),
	                              rows_text(rows, at, "action_number")));
	/* Of a row of the inbox: the notice itself has them one by one. */
	return page_field(canvas, row, column, columns, LABELS, _("Invoices"),
	                  rows_text(rows, at, "invoices"));
}

int notice_draw_amount(struct canvas *canvas, int row, int column, int columns, enum style style,
                       const char *label, const char *amount)
{
	int figure = columns < 16 ? columns : 16;

	canvas_aligned(canvas, row, column, columns - figure, ALIGN_RIGHT, STYLE_LABEL, label);
	canvas_aligned(canvas, row, column + columns - figure, figure, ALIGN_RIGHT, style, amount);
	return row + 1;
}

/* ---- for the clipboard ---- */

static void notice_copy_text(struct buf *out, const char *text)
{
	if (text[0] != '\0')
		buf_printf(out, "%s\n", text);
}

void notice_copy_client(struct buf *out, const struct rows *const *results)
{
	const struct rows *rows = results[0];
	struct arena *arena = arena_new();

	notice_copy_text(out, notice_legal_name(rows, 0));
	notice_copy_text(out, rows_text(rows, 0, "tax_id"));
	notice_copy_text(out, notice_address(arena, rows, 0));
	arena_free(&arena);
}

void notice_copy_lines(struct buf *out, const struct rows *const *results)
{
	const struct rows *rows = results[0], *lines = results[1], *vat = results[2];
	struct arena *arena = arena_new();

	for (int i = 0; i < lines->count; i++) {
		buf_printf(out, "%s\t%s\t%s", rows_text(lines, i, "description"),
		           offer_decimal(arena, rows_text(lines, i, "quantity"), 0),
		           offer_decimal(arena, rows_text(lines, i, "unit_price"), 2));
		buf_printf(out, "\t%s %%\t%s %%\t%s\n",
		           offer_decimal(arena, rows_text(lines, i, "discount"), 0),
		           offer_decimal(arena, rows_text(lines, i, "vat"), 0),
		           show_money(arena, lines, i, "net_cents"));
	}
	buf_printf(out, "%s\t%s\n", _("Net"), show_money(arena, rows, 0, "net_cents"));
	for (int i = 0; i < vat->count; i++)
		buf_printf(out, "%s %s %%\t%s\n", _("VAT"),
		           offer_decimal(arena, rows_text(vat, i, "vat"), 0),
		           show_money(arena, vat, i, "vat_cents"));
	buf_printf(out, "%s\t%s\n", _("Total"), show_money(arena, rows, 0, "total_cents"));
	arena_free(&arena);
}
