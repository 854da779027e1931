/*
 * The lines around every screen: top line, key line, message, banner. Drawn by
 * whoever draws the whole window.
 */
#include <ui/bars.h>

#include <stdlib.h>

#include <base/mem.h>
#include <base/text.h>

static int width_of(struct canvas *canvas, const char *text)
{
	return text_width(text_clean(canvas_arena(canvas), text, TEXT_ONE_LINE));
}

static void clear(struct canvas *canvas, int row, enum style style)
{
	canvas_fill(canvas, (struct rect){ row, 0, 1, canvas_width(canvas) }, style);
}

/* ---- top line */

static const char *state_sign(struct canvas *canvas, enum bars_state state)
{
	switch (state) {
	case BARS_ONLINE: return canvas_glyph(canvas, "●", "*");
	case BARS_BUSY: return canvas_glyph(canvas, "◐", "~");
	case BARS_CONNECTING: return canvas_glyph(canvas, "○", "o");
	default: return canvas_glyph(canvas, "✗", "x");
	}
}

static enum style state_style(enum bars_state state)
{
	switch (state) {
	case BARS_ONLINE: return STYLE_BAR_GOOD;
	case BARS_OFFLINE: return STYLE_BAR_ERROR;
	default: return STYLE_BAR_WARNING;
	}
}

/* The state stays longest, then the program and where I am, then who I am. */
void bars_draw_top(struct canvas *canvas, int row, const struct bars_top *top)
{
	int right = canvas_width(canvas);
	int column = 1, words, who;

	clear(canvas, row, STYLE_BAR);
	words = top->words ? width_of(canvas, top->words) : 0;
	words = words + 5 <= right ? words : 0;
	right -= words > 0 ? words + 3 : 2;
	canvas_text(canvas, row, right, 1, state_style(top->state), state_sign(canvas, top->state));
	if (words > 0)
		canvas_text(canvas, row, right + 2, words, STYLE_BAR, top->words);
	right -= 2;
	if (top->program && right > column)
		column += canvas_text(canvas, row, column, right - column, STYLE_BAR_STRONG,
		                      top->program) +
		          2;
	who = top->who ? width_of(canvas, top->who) : 0;
	if (who > 0 &&
	    column + (top->where ? width_of(canvas, top->where) : 0) + 2 + who <= right) {
		right -= who;
		canvas_text(canvas, row, right, who, STYLE_BAR, top->who);
		right -= 2;
	}
	if (top->where && right > column)
		canvas_text(canvas, row, column, right - column, STYLE_BAR, top->where);
}

/* ---- bottom line */

static int key_width(struct canvas *canvas, const struct bars_key *key)
{
	return width_of(canvas, key->key) + width_of(canvas, key->label) + BARS_KEY_GAPS;
}

static int least_important(const struct bars_key *keys, const int *widths, int count)
{
	int found = -1;

	for (int i = 0; i < count; i++) {
		if (widths[i] > 0 && (found < 0 || keys[i].priority >= keys[found].priority))
			found = i;
	}
	return found;
}

void bars_draw_keys(struct canvas *canvas, int row, const struct bars_key *keys, int count)
{
	int *widths = mem_array((size_t)count, sizeof(*widths));
	int used = 1, column = 1;

	clear(canvas, row, STYLE_KEYS);
	for (int i = 0; i < count; i++) {
		widths[i] = key_width(canvas, &keys[i]);
		used += widths[i];
	}
	/* Behind the last one no gap is needed. */
	while (used - 2 > canvas_width(canvas)) {
		int gone = least_important(keys, widths, count);

		used -= widths[gone];
		widths[gone] = 0;
	}
	for (int i = 0; i < count; i++) {
		int at = column;

		if (widths[i] == 0)
			continue;
		at += canvas_text(canvas, row, at, -1, STYLE_KEY, keys[i].key) + 1;
		canvas_text(canvas, row, at, -1, STYLE_KEYS, keys[i].label);
		column += widths[i];
	}
	free(widths);
}

/* ---- message and banner */

void bars_draw_message(struct canvas *canvas, int row, enum bars_message kind, const char *text)
{
	static const enum style styles[] = { STYLE_NORMAL, STYLE_GOOD, STYLE_WARNING, STYLE_ERROR };
	const char *sign;

	clear(canvas, row, STYLE_NORMAL);
	if (!text || !*text)
		return;
	switch (kind) {
	case BARS_INFO: sign = " "; break;
	case BARS_GOOD: sign = canvas_glyph(canvas, "✓", "+"); break;
	case BARS_WARNING: sign = "!"; break;
	default: sign = canvas_glyph(canvas, "✗", "x"); break;
	}
	canvas_text(canvas, row, 1, 1, styles[kind], sign);
	canvas_text(canvas, row, 3, -1, styles[kind], text);
}

void bars_draw_banner(struct canvas *canvas, int row, const char *text)
{
	clear(canvas, row, STYLE_BANNER);
	canvas_text(canvas, row, 1, 2, STYLE_BANNER, canvas_glyph(canvas, "▶ ", "> "));
	canvas_text(canvas, row, BARS_BANNER_MARK, -1, STYLE_BANNER, text);
}
