/*
 * The lines of an offer with their totals, and how its figures are written.
 */
#include "offer.h"

#include <string.h>

#include <base/i18n.h>
#include <base/money.h>

const char *offer_rate_label(struct arena *arena, const struct offer_rate *rate)
{
	char sql[40];

	if (rate->rate == OFFER_RATE_OTHERS)
		return _("Other VAT");
	money_to_sql(rate->rate, 2, sql);
	return arena_printf(arena, _("VAT %s %%"), offer_decimal(arena, sql, 0));
}

const char *offer_amount(struct arena *arena, int64_t cents, const char *currency)
{
	char text[48];

	money_format_currency(cents, currency, text);
	return arena_copy(arena, text);
}

static const struct line_column {
	const char *name, *heading;
	int width, least; /* least decimals */
} line_columns[] = {
	{ "quantity", N_("Quantity"), 9, 0 }, { "unit_price", N_("Price"), 13, 2 },
	{ "discount", N_("Disc. %"), 7, 0 },  { "vat", N_("VAT %"), 6, 0 },
	{ "net_cents", N_("Net"), 14, -1 },
};
enum {
	LINE_COLUMNS = sizeof(line_columns) / sizeof(line_columns[0]),
	FIGURES = 9 + 13 + 7 + 6 + 14 + 5
};

static const char *line_figure(struct arena *arena, const struct rows *lines, int line,
                               const struct line_column *column)
{
	const char *value = rows_text(lines, line, column->name);
	char text[40];

	if (column->least >= 0)
		return strcmp(column->name, "discount") == 0 && value[strspn(value, "0.")] == '\0'
		         ? ""
		         : offer_decimal(arena, value, column->least);
	money_format(rows_int(lines, line, column->name), text);
	return arena_copy(arena, text);
}

static void draw_figures(struct canvas *canvas, int row, int width, enum style style,
                         const struct rows *lines, int line)
{
	int at = 1 + width - FIGURES;

	for (int i = 0; i < LINE_COLUMNS; i++) {
		const struct line_column *column = &line_columns[i];

		canvas_aligned(canvas, row, at + 1, column->width, ALIGN_RIGHT, style,
		               lines == NULL
		                   ? _(column->heading)
		                   : line_figure(canvas_arena(canvas), lines, line, column));
		at += column->width + 1;
	}
}

static void draw_total(struct canvas *canvas, int row, int width, enum style style,
                       const char *label, const char *figure)
{
	canvas_aligned(canvas, row, 1, width - 20, ALIGN_RIGHT, style, label);
	canvas_aligned(canvas, row, 1, width, ALIGN_RIGHT, style, figure);
}

static int draw_totals(const struct offer_screen *screen, struct canvas *canvas, int row, int width)
{
	const struct rows *head = screen->results[OFFER_HEAD],
			  *lines = screen->results[OFFER_LINES];
	const char *currency = rows_text(head, 0, "currency");
	struct arena *arena = canvas_arena(canvas);
	struct offer_sum sum = { 0 };

	for (int i = 0; i < lines->count; i++)
		offer_sum_add(&sum, rows_text(lines, i, "vat"), rows_int(lines, i, "net_cents"),
		              rows_int(lines, i, "vat_cents"));
	draw_total(canvas, row++, width, STYLE_NORMAL, _("Net"),
	           offer_amount(arena, rows_int(head, 0, "net_cents"), currency));
	for (int i = 0; i < sum.rates; i++)
		draw_total(canvas, row++, width, STYLE_NORMAL,
		           offer_rate_label(arena, &sum.rate[i]),
		           offer_amount(arena, sum.rate[i].vat, currency));
	draw_total(canvas, row++, width, STYLE_STRONG, _("Total"),
	           offer_amount(arena, rows_int(head, 0, "total_cents"), currency));
	return row;
}

int offer_draw_lines(const struct offer_screen *screen, struct canvas *canvas, int row, int width)
{
	const struct rows *lines = screen->results[OFFER_LINES];

	if (lines->count == 0)
		return page_text(canvas, row, 1, width, STYLE_DIM,
		                 _("It has no lines yet: edit it to enter what is offered."));
	canvas_fill(canvas, (struct rect){ row, 1, 1, width }, STYLE_HEADING);
	canvas_text(canvas, row, 1, width - FIGURES, STYLE_HEADING, _("Description"));
	draw_figures(canvas, row++, width, STYLE_HEADING, NULL, 0);
	for (int i = 0; i < lines->count; i++) {
		draw_figures(canvas, row, width, STYLE_NORMAL, lines, i);
		row = page_text(canvas, row, 1, width - FIGURES, STYLE_NORMAL,
		                rows_text(lines, i, "description"));
	}
	return draw_totals(screen, canvas, row, width);
}
