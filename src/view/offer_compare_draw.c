/*
 * How two revisions are shown: what it is at the left, before and after beside
 * it. A sign between them says what happened in each row; bold letters which
 * words or figures it was.
 */
#include "offer.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/money.h>
#include <base/text.h>

enum { WIDE = 140, FIGURES_MAX = 5 };

/* Where the three parts stand. */
struct sides {
	int label;  /* width; it begins at 1 */
	int before; /* columns */
	int sign;
	int after;
	int width; /* of each side */
};

static struct sides sides_of(const struct canvas *canvas)
{
	int width = canvas_width(canvas), label = width >= WIDE ? 18 : 13;
	struct sides sides = { .label = label, .before = label + 2 };

	sides.width = (width - label - 2 - 4) / 2;
	if (sides.width < 8)
		sides.width = 8;
	sides.sign = sides.before + sides.width + 1;
	sides.after = sides.sign + 2;
	return sides;
}

static const char *sign_of(const struct canvas *canvas, bool before, bool after)
{
	return !before ? "+" : !after ? "-" : canvas_glyph(canvas, "≠", "~");
}

static void draw_sign(struct canvas *canvas, int row, int column, const char *sign)
{
	canvas_text(canvas, row, column, 1,
	            sign[0] == '+'   ? STYLE_GOOD
	            : sign[0] == '-' ? STYLE_ERROR
	                             : STYLE_WARNING,
	            sign);
}

static void draw_signs(struct canvas *canvas, int from, int to, int column, const char *sign)
{
	for (int row = from; row < to; row++)
		draw_sign(canvas, row, column, sign);
}

/* ---- texts ---- */

/* A text on one side, of which all is different but what is before and behind. */
struct side_text {
	const char *text;
	size_t start, end; /* bytes that are alike at its beginning and its end */
	int column, width;
};

/* Wrapped; what is different is bold, and its rows have the sign. */
static int draw_side(struct canvas *canvas, int row, const struct side_text *side, int sign_column,
                     const char *sign)
{
	struct text_block block = text_wrap(canvas_arena(canvas), side->text, side->width);
	size_t stop = strlen(side->text) - side->end;
	const char *at = side->text;

	for (int i = 0; i < block.count; i++) {
		const char *line = block.lines[i], *found = strstr(at, line);
		size_t length = strlen(line), from, to, here;

		at = found != NULL ? found : at;
		here = (size_t)(at - side->text);
		from = side->start > here ? side->start - here : 0;
		to = stop > here ? stop - here : 0;
		to = to < length ? to : length;
		canvas_text(canvas, row + i, side->column, side->width, STYLE_NORMAL, line);
		if (from < to) {
			canvas_text(canvas, row + i, side->column + text_width_n(line, from), -1,
			            STYLE_STRONG,
			            arena_copy_n(canvas_arena(canvas), line + from, to - from));
			draw_sign(canvas, row + i, sign_column, sign);
		}
		at += length;
	}
	return row + block.count;
}

/* Two texts; NULL: there is none on that side. Returns the row below. */
static int draw_texts(struct canvas *canvas, const struct sides *sides, int row, const char *before,
                      const char *after)
{
	struct arena *arena = canvas_arena(canvas);
	struct side_text left = { .column = sides->before, .width = sides->width };
	struct side_text right = { .column = sides->after, .width = sides->width };
	const char *sign = sign_of(canvas, before != NULL, after != NULL);
	int below = row + 1, other = row + 1;

	if (before != NULL)
		left.text = text_clean(arena, before, TEXT_MANY_LINES);
	if (after != NULL)
		right.text = text_clean(arena, after, TEXT_MANY_LINES);
	if (before != NULL && after != NULL)
		offer_diff_words(left.text, right.text, &left.start, &left.end);
	right.start = left.start;
	right.end = left.end;
	if (before == NULL || after == NULL || strcmp(before, after) != 0)
		draw_sign(canvas, row, sides->sign, sign);
	if (before != NULL)
		below = draw_side(canvas, row, &left, sides->sign, sign);
	if (after != NULL)
		other = draw_side(canvas, row, &right, sides->sign, sign);
	return other > below ? other : below;
}

/* ---- fields ---- */

static const struct compared_field {
	const char *column, *label;
	bool date;
} compared_fields[] = {
	{ "title", N_("Title"), false },
	{ "divisions", N_("Divisions"), false },
	{ "valid_until", N_("Valid until"), true },
	{ "payment_terms", N_("Payment terms"), false },
	{ "probability", N_("Probability"), false },
	{ "expected_close", N_("Expected close"), true },
	{ "currency", N_("Currency"), false },
	{ "notes", N_("Notes"), false },
};

static const char *field_text_of(struct arena *arena, const struct rows *side,
                                 const struct compared_field *field)
{
	const char *text = rows_get(side, 0, field->column);

	if (text == NULL || text[0] == '\0')
		return NULL;
	if (field->date)
		return page_date(arena, text);
	return strcmp(field->column, "probability") == 0 ? arena_printf(arena, "%s %%", text)
	                                                 : text;
}

static int draw_fields(struct canvas *canvas, const struct sides *sides, int row,
                       const struct offer_compared *compared, bool only_changes)
{
	struct arena *arena = canvas_arena(canvas);

	for (size_t i = 0; i < sizeof(compared_fields) / sizeof(compared_fields[0]); i++) {
		const struct compared_field *field = &compared_fields[i];
		const char *before = field_text_of(arena, compared->results[SIDE_BEFORE], field);
		const char *after = field_text_of(arena, compared->results[SIDE_AFTER], field);

		if (before == NULL && after == NULL)
			continue;
		if (only_changes && before != NULL && after != NULL && strcmp(before, after) == 0)
			continue;
		canvas_text(canvas, row, 1, sides->label, STYLE_LABEL, _(field->label));
		row = draw_texts(canvas, sides, row, before, after);
	}
	return row;
}

/* ---- lines ---- */

/* "2 × 10,00", "− 5 %", "VAT 21 %", "19,00": the parts of a line that are figures. */
static int figures_of(struct arena *arena, const struct rows *lines, int line,
                      const char *figures[FIGURES_MAX])
{
	const char *discount = rows_text(lines, line, "discount");
	char net[40];

	money_format(rows_int(lines, line, "net_cents"), net);
	figures[0] = arena_printf(arena, "%s ×",
	                          offer_decimal(arena, rows_text(lines, line, "quantity"), 0));
	figures[1] = offer_decimal(arena, rows_text(lines, line, "unit_price"), 2);
	figures[2] = discount[strspn(discount, "0.")] != '\0'
	               ? arena_printf(arena, "-%s %%", offer_decimal(arena, discount, 0))
	               : "";
	figures[3] = arena_printf(arena, _("VAT %s %%"),
	                          offer_decimal(arena, rows_text(lines, line, "vat"), 0));
	figures[4] = arena_copy(arena, net);
	return FIGURES_MAX;
}

/* One after the other, the amount at the right; bold are those that the other side has not. */
static int draw_figures(struct canvas *canvas, int row, int column, int width,
                        const char *const *figures, const char *const *other)
{
	int at = 0, amount = text_width(figures[FIGURES_MAX - 1]);

	for (int i = 0; i < FIGURES_MAX; i++) {
		bool last = i == FIGURES_MAX - 1;
		int used = text_width(figures[i]);
		enum style style = other != NULL && strcmp(figures[i], other[i]) != 0
		                     ? STYLE_STRONG
		                     : STYLE_NORMAL;

		if (used == 0)
			continue;
		if (at > 0 && at + used + (last ? 1 : 0) > width) {
			row++;
			at = 0;
		}
		canvas_text(canvas, row, column + (last ? width - amount : at), width, style,
		            figures[i]);
		at += used + (i == 0 ? 1 : 2);
	}
	return row + 1;
}

static int draw_line_figures(struct canvas *canvas, const struct sides *sides, int row,
                             const struct offer_compared *compared,
                             const struct offer_diff_line *line)
{
	struct arena *arena = canvas_arena(canvas);
	const char *before[FIGURES_MAX], *after[FIGURES_MAX];
	bool in_before = line->before >= 0, in_after = line->after >= 0, changed = false;
	int below = row, other = row;

	if (in_before)
		figures_of(arena, compared->results[SIDE_BEFORE_LINES], line->before, before);
	if (in_after)
		figures_of(arena, compared->results[SIDE_AFTER_LINES], line->after, after);
	if (in_before)
		below = draw_figures(canvas, row, sides->before, sides->width, before,
		                     in_after ? after : NULL);
	if (in_after)
		other = draw_figures(canvas, row, sides->after, sides->width, after,
		                     in_before ? before : NULL);
	for (int i = 0; in_before && in_after && i < FIGURES_MAX; i++)
		changed = changed || strcmp(before[i], after[i]) != 0;
	below = other > below ? other : below;
	if (!in_before || !in_after || changed)
		draw_signs(canvas, row, below, sides->sign, sign_of(canvas, in_before, in_after));
	return below;
}

/* "3", "5 → 2 moved", "2 new", "4 gone": words, since a sign alone says little. */
static void draw_line_label(struct canvas *canvas, int row, int width,
                            const struct offer_diff_line *line)
{
	if (line->after < 0)
		canvas_textf(canvas, row, 1, width, STYLE_ERROR, "%d %s", line->before + 1,
		             _("removed"));
	else if (line->before < 0)
		canvas_textf(canvas, row, 1, width, STYLE_GOOD, "%d %s", line->after + 1, _("new"));
	else if (line->moved)
		canvas_textf(canvas, row, 1, width, STYLE_WARNING, "%d%s%d %s", line->before + 1,
		             canvas_glyph(canvas, "→", ">"), line->after + 1, _("moved"));
	else
		canvas_textf(canvas, row, 1, width, STYLE_LABEL, "%d", line->after + 1);
}

static int draw_line(struct canvas *canvas, const struct sides *sides, int row,
                     const struct offer_compared *compared, const struct offer_diff_line *line)
{
	const struct rows *before = compared->results[SIDE_BEFORE_LINES];
	const struct rows *after = compared->results[SIDE_AFTER_LINES];
	int top = row;

	draw_line_label(canvas, row, sides->label, line);
	row = draw_texts(canvas, sides, row,
	                 line->before >= 0 ? rows_text(before, line->before, "description") : NULL,
	                 line->after >= 0 ? rows_text(after, line->after, "description") : NULL);
	row = draw_line_figures(canvas, sides, row, compared, line);
	if (line->moved)
		canvas_text(canvas, top, sides->sign, 1, STYLE_WARNING,
		            canvas_glyph(canvas, "↕", "m"));
	return row;
}

static bool is_alike(const struct offer_diff_line *line)
{
	return line->before >= 0 && line->after >= 0 && !line->changed && !line->moved;
}

static int draw_alike(struct canvas *canvas, int row, int column, int count)
{
	if (count > 0)
		canvas_textf(canvas, row++, column, -1, STYLE_DIM,
		             ngettext("%d line is the same", "%d lines are the same",
		                      (unsigned long)count),
		             count);
	return row;
}

static int draw_lines(struct canvas *canvas, const struct sides *sides, int row,
                      const struct offer_compared *compared, bool only_changes)
{
	int alike = 0;

	for (int i = 0; i < compared->diff.count; i++) {
		const struct offer_diff_line *line = &compared->diff.lines[i];

		if (only_changes && is_alike(line)) {
			alike++;
			continue;
		}
		row = draw_alike(canvas, row, sides->before, alike);
		alike = 0;
		row = draw_line(canvas, sides, row, compared, line);
	}
	return draw_alike(canvas, row, sides->before, alike);
}

/* ---- totals ---- */

static void draw_total(struct canvas *canvas, const struct sides *sides, int row, const char *label,
                       int64_t before, int64_t after, const struct offer_compared *compared)
{
	struct arena *arena = canvas_arena(canvas);
	const char *currency = rows_text(compared->results[SIDE_AFTER], 0, "currency");
	const char *earlier = rows_text(compared->results[SIDE_BEFORE], 0, "currency");
	bool changed = before != after || strcmp(currency, earlier) != 0;
	char more[40];

	canvas_text(canvas, row, 1, sides->label, STYLE_LABEL, label);
	canvas_aligned(canvas, row, sides->before, sides->width, ALIGN_RIGHT,
	               changed ? STYLE_STRONG : STYLE_NORMAL, offer_amount(arena, before, earlier));
	canvas_aligned(canvas, row, sides->after, sides->width, ALIGN_RIGHT,
	               changed ? STYLE_STRONG : STYLE_NORMAL, offer_amount(arena, after, currency));
	if (!changed)
		return;
	draw_signs(canvas, row, row + 1, sides->sign, sign_of(canvas, true, true));
	money_format(after - before, more);
	if (strcmp(currency, earlier) == 0)
		canvas_textf(canvas, row, sides->after, -1, STYLE_NORMAL, "%s%s",
		             after > before ? "+" : "", more);
}

static struct offer_sum sum_of(const struct rows *lines)
{
	struct offer_sum sum = { 0 };

	for (int i = 0; i < lines->count; i++)
		offer_sum_add(&sum, rows_text(lines, i, "vat"), rows_int(lines, i, "net_cents"),
		              rows_int(lines, i, "vat_cents"));
	return sum;
}

static int64_t vat_of(const struct offer_sum *sum, int rate)
{
	for (int i = 0; i < sum->rates; i++)
		if (sum->rate[i].rate == rate)
			return sum->rate[i].vat;
	return 0;
}

static int draw_totals(struct canvas *canvas, const struct sides *sides, int row,
                       const struct offer_compared *compared)
{
	struct offer_sum before = sum_of(compared->results[SIDE_BEFORE_LINES]);
	struct offer_sum after = sum_of(compared->results[SIDE_AFTER_LINES]), both = after;

	for (int i = 0; i < before.rates; i++) {
		char sql[40];

		if (before.rate[i].rate == OFFER_RATE_OTHERS)
			continue;
		money_to_sql(before.rate[i].rate, 2, sql);
		offer_sum_add(&both, sql, 0, 0);
	}
	draw_total(canvas, sides, row++, _("Net"), before.net, after.net, compared);
	for (int i = 0; i < both.rates; i++)
		draw_total(canvas, sides, row++,
		           offer_rate_label(canvas_arena(canvas), &both.rate[i]),
		           vat_of(&before, both.rate[i].rate), vat_of(&after, both.rate[i].rate),
		           compared);
	draw_total(canvas, sides, row++, _("Total"), before.total, after.total, compared);
	return row;
}

/* ---- the whole ---- */

/* With its day where that has room. */
static void draw_head(struct canvas *canvas, int column, int width, const struct rows *revisions,
                      const char *id)
{
	struct arena *arena = canvas_arena(canvas);

	for (int i = 0; i < revisions->count; i++) {
		const char *head = offer_revision(arena, revisions, i), *dated;

		if (strcmp(rows_text(revisions, i, "id"), id) != 0)
			continue;
		dated = arena_printf(arena, "%s · %s", head,
		                     page_date(arena, rows_text(revisions, i, "dated")));
		canvas_text(canvas, 0, column, width, STYLE_HEADING,
		            text_width(dated) <= width ? dated : head);
	}
}

void offer_compare_draw_heads(struct canvas *canvas, const struct offer_compared *compared)
{
	struct sides sides = sides_of(canvas);
	const struct rows *revisions = compared->results[SIDES_REVISIONS];

	canvas_fill(canvas, (struct rect){ 0, 0, 1, canvas_width(canvas) }, STYLE_HEADING);
	draw_head(canvas, sides.before, sides.width, revisions,
	          rows_text(compared->results[SIDE_BEFORE], 0, "id"));
	draw_head(canvas, sides.after, sides.width, revisions,
	          rows_text(compared->results[SIDE_AFTER], 0, "id"));
}

int offer_compare_draw(struct canvas *canvas, const struct offer_compared *compared,
                       bool only_changes)
{
	struct sides sides = sides_of(canvas);
	int row = draw_fields(canvas, &sides, 0, compared, only_changes);

	if (row > 0)
		row++;
	row = draw_lines(canvas, &sides, row, compared, only_changes) + 1;
	return draw_totals(canvas, &sides, row, compared);
}
