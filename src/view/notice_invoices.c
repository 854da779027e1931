/*
 * The invoices of a notice as its screen shows them: what is recorded, which
 * one is to be corrected, and what has been corrected.
 */
#include "notice_invoices.h"

#include <string.h>

#include <base/i18n.h>
#include <base/money.h>
#include <view/dialog_view.h>
#include <view/views.h>

#include "notice_draw.h"
#include "page.h"
#include "show.h"

enum { CHOICES_MAX = 9 };

static const char *invoice_name(struct arena *arena, const struct rows *invoices, int at)
{
	const char *series = rows_text(invoices, at, "series");

	return arena_printf(arena, "%s%s%s", series, series[0] != '\0' ? " " : "",
	                    rows_text(invoices, at, "number"));
}

int notice_draw_invoices(struct canvas *canvas, int row, int column, int columns,
                         const struct rows *head, const struct rows *invoices)
{
	struct arena *arena = canvas_arena(canvas);

	for (int i = 0; i < invoices->count; i++) {
		canvas_textf(canvas, row, column, columns - 16, STYLE_NORMAL, "%s  %s  %s",
		             invoice_name(arena, invoices, i),
		             page_date(arena, rows_text(invoices, i, "issued_on")),
		             rows_text(invoices, i, "recorded_by"));
		canvas_aligned(canvas, row, column + columns - 16, 16, ALIGN_RIGHT, STYLE_NORMAL,
		               show_money(arena, invoices, i, "total_cents"));
		row++;
	}
	return notice_draw_amount(canvas, row, column, columns,
	                          rows_int(head, 0, "left_cents") > 0 ? STYLE_STRONG : STYLE_GOOD,
	                          _("Left to invoice"), show_money(arena, head, 0, "left_cents"));
}

/* ---- which one is corrected ---- */

/* The latest first: it is the one that was just mistyped. */
static int64_t invoice_id(const struct rows *invoices, int back)
{
	return rows_int(invoices, invoices->count - 1 - back, "id");
}

void notice_correct_invoice(struct view *view, int question, const struct rows *invoices)
{
	struct dialog_button buttons[CHOICES_MAX + 1] = { 0 };
	struct arena *arena;

	if (invoices->count == 1) {
		const int64_t id = invoice_id(invoices, 0);

		view_push(view->app, &view_correct_invoice, &id);
		return;
	}
	arena = arena_new();
	for (int i = 0; i < invoices->count && i < CHOICES_MAX; i++) {
		int at = invoices->count - 1 - i;

		buttons[i].id = i + 1;
		buttons[i].key = (key_code)('1' + i);
		buttons[i].label =
		    arena_printf(arena, "%s · %s · %s", invoice_name(arena, invoices, at),
		                 page_date(arena, rows_text(invoices, at, "issued_on")),
		                 show_money(arena, invoices, at, "total_cents"));
	}
	dialog_ask(view, question, _("Correct which invoice?"), "", buttons);
	arena_free(&arena);
}

void notice_correct_chosen(struct view *view, int chosen, const struct rows *invoices)
{
	int64_t id;

	if (chosen < 1 || chosen > invoices->count)
		return;
	id = invoice_id(invoices, chosen - 1);
	view_push(view->app, &view_correct_invoice, &id);
}

/* ---- what was corrected ---- */

static const char *correction_value(struct arena *arena, const struct rows *rows, int at,
                                    const char *column)
{
	const char *value = rows_text(rows, at, column);

	if (strstr(column, "_cents") != NULL)
		return show_money(arena, rows, at, column);
	if (strstr(column, "issued_on") != NULL)
		return page_date(arena, value);
	return value[0] != '\0' ? value : "—";
}

const char *notice_correction(struct arena *arena, const struct rows *rows, int at)
{
	static const struct {
		const char *old, *new, *label;
	} parts[] = {
		{ "series", "new_series", N_("Series") },
		{ "number", "new_number", N_("Number") },
		{ "issued_on", "new_issued_on", N_("Date") },
		{ "net_cents", "new_net_cents", N_("Net") },
		{ "vat_cents", "new_vat_cents", N_("VAT") },
	};
	const char *text =
	    arena_printf(arena, _("invoice %s corrected"), invoice_name(arena, rows, at));
	const char *mark = ": ";

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strcmp(rows_text(rows, at, parts[i].old), rows_text(rows, at, parts[i].new)) ==
		    0)
			continue;
		text = arena_printf(arena, "%s%s%s %s → %s", text, mark, _(parts[i].label),
		                    correction_value(arena, rows, at, parts[i].old),
		                    correction_value(arena, rows, at, parts[i].new));
		mark = ", ";
	}
	return text;
}
