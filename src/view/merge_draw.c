/*
 * How mine, theirs and before look: a row for each field with the three beside
 * each other, and below it the one under the cursor in full, with the words
 * that differ from before marked. The choice is a cross, so that it is seen
 * without colour.
 */
#include "merge_view.h"

#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <ui/layout.h>

enum { LABELS_MIN = 10 };

static const char *side_name(int side)
{
	static const char *const names[] = { N_("Before"), N_("Theirs"), N_("Mine") };

	return _(names[side]);
}

static bool is_chosen(const struct merge_row *row, int side)
{
	return (int)row->choice == side || (row->choice == CHOICE_BOTH && side != MERGE_BEFORE);
}

/* Bytes at the beginning that both have, up to the end of a word. */
static size_t common_start(const char *a, const char *b)
{
	size_t same = 0, word = 0;

	while (a[same] != '\0' && a[same] == b[same]) {
		same++;
		if (a[same - 1] == ' ' || a[same - 1] == '\n')
			word = same;
	}
	if ((a[same] == '\0' || strchr(" \n", a[same]) != NULL) &&
	    (b[same] == '\0' || strchr(" \n", b[same]) != NULL))
		word = same;
	return word;
}

/* The same at the end, not further than `start`. */
static size_t common_end(const char *a, const char *b, size_t start)
{
	size_t length_a = strlen(a), length_b = strlen(b), same = 0, word = 0;

	while (same < length_a - start && same < length_b - start &&
	       a[length_a - same - 1] == b[length_b - same - 1]) {
		same++;
		if (strchr(" \n", a[length_a - same]) != NULL)
			word = same;
	}
	return word;
}

/* ---- the rows ---- */

/* Where there is no room for all of it, and all sides begin with the same words, the difference is
 * what one wants to see. */
static const char *short_words(struct canvas *canvas, const struct merge_row *row, int side,
                               int columns)
{
	size_t common = strlen(row->words[side]);

	for (int other = 0; other < MERGE_SIDES; other++) {
		size_t same = common_start(row->words[side], row->words[other]);

		if (other != side && row->words[other][0] != '\0' && same < common)
			common = same;
	}
	if (row->words[side][0] == '\0')
		return canvas_glyph(canvas, "—", "-");
	if (common == 0 || row->words[side][common] == '\0' ||
	    text_width(row->words[side]) <= columns)
		return row->words[side];
	return arena_printf(canvas_arena(canvas), "%s%s", canvas_glyph(canvas, "…", "..."),
	                    row->words[side] + common);
}

static void draw_row(struct merge_screen *screen, struct canvas *canvas, int line, int shown)
{
	const struct merge_row *row = &screen->arg.merge->rows[screen->shown[shown]];
	bool here = shown == screen->at, open = row->choice == CHOICE_OPEN;
	enum style style = here ? STYLE_CURSOR : STYLE_NORMAL;

	canvas_fill(canvas, (struct rect){ line, 0, 1, canvas_width(canvas) }, style);
	if (here)
		canvas_text(canvas, line, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
	canvas_text(canvas, line, 1, 1, here ? style : STYLE_WARNING, open ? "?" : " ");
	canvas_text(canvas, line, 3, screen->labels - 4,
	            here   ? style
	            : open ? STYLE_WARNING
	                   : STYLE_LABEL,
	            row->label);
	for (int side = 0; side < MERGE_SIDES; side++) {
		int column = screen->labels + side * screen->cell;
		bool chosen = is_chosen(row, side);
		enum style cell = here                 ? style
		                  : chosen             ? STYLE_MARKED
		                  : open               ? STYLE_NORMAL
		                                       : STYLE_DIM;

		canvas_text(canvas, line, column, 3, cell, chosen ? "(x)" : "( )");
		canvas_text(canvas, line, column + 4, screen->cell - 5, cell,
		            short_words(canvas, row, side, screen->cell - 5));
	}
}

static void draw_list(struct merge_screen *screen, struct canvas *canvas)
{
	int width = canvas_width(canvas), height = canvas_height(canvas) - 1, widest = LABELS_MIN;
	struct canvas *rows;

	for (int i = 0; i < screen->count; i++) {
		const struct merge_row *row = &screen->arg.merge->rows[screen->shown[i]];
		int label = text_width(text_clean(canvas_arena(canvas), row->label, TEXT_ONE_LINE));

		widest = label > widest ? label : widest;
	}
	widest += 4;
	screen->labels = widest < width * 3 / 10 ? widest : width * 3 / 10;
	screen->cell = (width - screen->labels) / MERGE_SIDES;
	canvas_fill(canvas, (struct rect){ 0, 0, 1, width }, STYLE_HEADING);
	canvas_text(canvas, 0, 3, screen->labels - 4, STYLE_HEADING, _("Field"));
	for (int side = 0; side < MERGE_SIDES; side++)
		canvas_text(canvas, 0, screen->labels + side * screen->cell + 4, screen->cell - 5,
		            STYLE_HEADING, side_name(side));
	rows = canvas_part(canvas, (struct rect){ 1, 0, height, width });
	screen->list = canvas_place(rows);
	screen->first = layout_scroll(screen->first, screen->at, screen->count, height);
	for (int i = 0; i < height && screen->first + i < screen->count; i++)
		draw_row(screen, rows, i, screen->first + i);
	if (screen->first > 0)
		canvas_text(rows, 0, width - 1, 1, STYLE_DIM, canvas_glyph(canvas, "↑", "^"));
	if (screen->first + height < screen->count)
		canvas_text(rows, height - 1, width - 1, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↓", "v"));
}

/* ---- the one under the cursor ---- */

/* Text by words, those between the bytes from .. to marked; returns its rows. */
static int draw_words(struct canvas *canvas, int scrolled, const char *text, size_t from, size_t to)
{
	int width = canvas_width(canvas), row = -scrolled, column = 0;

	for (const char *at = text; *at != '\0';) {
		size_t length = strcspn(at, " \n"), offset = (size_t)(at - text), fits;
		int columns = text_width_n(at, length);
		enum style style =
		    offset < to && offset + length > from ? STYLE_MARKED : STYLE_NORMAL;

		if (length == 0) {
			column = *at == '\n' ? 0 : column + 1;
			row += *at++ == '\n';
			continue;
		}
		if (column > 0 && column + columns > width) {
			column = 0;
			row++;
		}
		fits = text_fit(at, width - column);
		if (fits == 0) /* wider than the whole column */
			fits = text_next(at);
		length = fits < length ? fits : length;
		columns = text_width_n(at, length);
		if (row >= 0 && row < canvas_height(canvas))
			canvas_text(canvas, row, column, -1, style,
			            arena_copy_n(canvas_arena(canvas), at, length));
		column += columns;
		at += length;
	}
	return row + scrolled + 1;
}

static int draw_side(struct merge_screen *screen, struct canvas *canvas,
                     const struct merge_row *row, int side)
{
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect head = layout_cut_top(&rest, 1);
	bool chosen = is_chosen(row, side);
	const char *before, *text;
	size_t from = 0, to = 0;

	canvas_textf(canvas, head.row, 0, head.width, chosen ? STYLE_STRONG : STYLE_LABEL, "%s %s",
	             chosen ? "(x)" : "( )", side_name(side));
	text = text_clean(canvas_arena(canvas), row->text[side], TEXT_MANY_LINES);
	if (side != MERGE_BEFORE) {
		before =
		    text_clean(canvas_arena(canvas), row->text[MERGE_BEFORE], TEXT_MANY_LINES);
		from = common_start(before, text);
		to = strlen(text) - common_end(before, text, from);
	}
	if (text[0] == '\0') {
		canvas_text(canvas, 1, 0, -1, STYLE_DIM, _("(empty)"));
		return 1;
	}
	return draw_words(canvas_part(canvas, rest), screen->scrolled, text, from, to);
}

static const char *what_happened(const struct merge_row *row)
{
	switch (row->piece.kind) {
	case MERGE_BY_ME: return _("only you changed it");
	case MERGE_BY_THEM: return _("only they changed it");
	default: return _("you both changed it");
	}
}

static void draw_detail(struct merge_screen *screen, struct canvas *canvas)
{
	const struct merge_row *row = &screen->arg.merge->rows[screen->shown[screen->at]];
	int width = canvas_width(canvas), height = canvas_height(canvas);
	int side_width = (width - 2) / MERGE_SIDES, used;

	canvas_line(canvas, 0);
	used = canvas_text(canvas, 1, 1, width / 2, STYLE_STRONG, row->label);
	canvas_textf(canvas, 1, 1 + used, -1, STYLE_DIM, ": %s", what_happened(row));
	screen->detail_rows = 0;
	screen->detail_height = height - 3;
	for (int side = 0; side < MERGE_SIDES; side++) {
		struct rect part = { 2, 1 + side * side_width, height - 2, side_width - 2 };
		int rows = draw_side(screen, canvas_part(canvas, part), row, side);

		screen->detail_rows = rows > screen->detail_rows ? rows : screen->detail_rows;
	}
	if (screen->scrolled > 0)
		canvas_text(canvas, 3, width - 1, 1, STYLE_DIM, canvas_glyph(canvas, "↑", "^"));
	if (screen->scrolled + screen->detail_height < screen->detail_rows)
		canvas_text(canvas, height - 1, width - 1, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↓", "v"));
}

void merge_draw(struct view *view, struct canvas *canvas)
{
	struct merge_screen *screen = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	int said = text_wrap(canvas_arena(canvas), screen->said, rest.width - 2).count;
	struct rect part;
	int rows;

	said = said > rest.height / 4 ? rest.height / 4 : said;
	part = layout_cut_top(&rest, said);
	part.column = 1;
	part.width -= 2;
	canvas_paragraph(canvas, part, 0, STYLE_NORMAL, screen->said);
	if (rest.height > 10)
		layout_cut_top(&rest, 1);
	/* Half of the rest for the rows, as far as they need it. */
	rows = screen->count + 1;
	if (rows > rest.height / 2)
		rows = rest.height / 2;
	if (rest.height < 8)
		rows = rest.height;
	draw_list(screen, canvas_part(canvas, layout_cut_top(&rest, rows)));
	if (rest.height > 3)
		draw_detail(screen, canvas_part(canvas, rest));
}
