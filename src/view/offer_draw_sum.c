/*
 * The totals above a draft's form, in one row. Where it is too short for the
 * VAT of each rate, it has that of all of them: the total stays in sight.
 */
#include "offer.h"

#include <base/i18n.h>
#include <base/money.h>
#include <base/text.h>

enum { GAP = 3 };

static const char *amount_text(struct arena *arena, int64_t cents)
{
	char figure[48];

	money_format(cents, figure);
	return arena_copy(arena, figure);
}

static int draw_amount(struct canvas *canvas, int row, int column, enum style style,
                       const char *label, const char *figure)
{
	column += canvas_text(canvas, row, column, -1, STYLE_LABEL, label) + 1;
	return column + canvas_text(canvas, row, column, -1, style, figure) + GAP;
}

static int rates_width(struct arena *arena, const struct offer_sum *sum)
{
	int width = 0;

	for (int i = 0; i < sum->rates; i++)
		width += text_width(offer_rate_label(arena, &sum->rate[i])) + 1 +
		         text_width(amount_text(arena, sum->rate[i].vat)) + GAP;
	return width;
}

void offer_draw_sum(struct canvas *canvas, int row, const struct offer_sum *sum, bool complete,
                    const char *currency)
{
	struct arena *arena = canvas_arena(canvas);
	const char *total = offer_amount(arena, sum->total, currency);
	int column =
	    draw_amount(canvas, row, 1, STYLE_NORMAL, _("Net"), amount_text(arena, sum->net));
	int rest = canvas_width(canvas) - column - text_width(_("Total")) - 1 - text_width(total);

	if (rates_width(arena, sum) > rest)
		column = draw_amount(canvas, row, column, STYLE_NORMAL, _("VAT"),
		                     amount_text(arena, sum->total - sum->net));
	else
		for (int i = 0; i < sum->rates; i++)
			column = draw_amount(canvas, row, column, STYLE_NORMAL,
			                     offer_rate_label(arena, &sum->rate[i]),
			                     amount_text(arena, sum->rate[i].vat));
	column = draw_amount(canvas, row, column, STYLE_STRONG, _("Total"), total);
	if (!complete)
		canvas_text(canvas, row, column, -1, STYLE_DIM, _("a line is not complete"));
}
