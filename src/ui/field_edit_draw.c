/*
 * How the text of a field looks: wrapped or scrolled so that the cursor is in
 * sight. Hidden characters of stored text are shown as marks, so widths are
 * those of the cleaned clusters. For the fields of this folder only.
 */
#include "field_edit.h"

#include <string.h>

#include <base/text.h>
#include <ui/layout.h>

/* The cluster as it is drawn, and its bytes. */
static const char *shown_cluster(struct arena *arena, const char *text, size_t *length)
{
	*length = text_next(text);
	return text_clean(arena, arena_copy_n(arena, text, *length), TEXT_ONE_LINE);
}

static int shown_width(struct arena *arena, const char *text, size_t *length)
{
	if (*text > ' ' && *text < 0x7f && !(text[1] & 0x80)) {
		*length = 1;
		return 1;
	}
	return text_width(shown_cluster(arena, text, length));
}

/* Breaks after spaces where it can; spaces at the end of a line may hang over its edge. */
static size_t break_line(struct arena *arena, const char *text, size_t from, int width)
{
	size_t at = from, after_space = from, length;
	int column = 0;

	while (text[at] && text[at] != '\n') {
		int wide = shown_width(arena, text + at, &length);

		if (text[at] != ' ' && column + wide > width && at > from)
			return after_space > from ? after_space : at;
		column += wide;
		at += length;
		if (text[at - 1] == ' ')
			after_space = at;
	}
	return at;
}

struct edit_line *edit_wrap(struct arena *arena, const char *text, int width, int *count)
{
	struct edit_line *lines = arena_alloc(arena, 16 * sizeof(*lines));
	struct edit_line *more;
	int size = 16, used = 0;
	size_t at = 0;

	/* One column is left for the cursor behind the last letter. */
	width = width > 2 ? width - 1 : 1;
	for (;;) {
		if (used == size) {
			more = arena_alloc(arena, 2 * (size_t)size * sizeof(*lines));
			memcpy(more, lines, (size_t)size * sizeof(*lines));
			lines = more;
			size *= 2;
		}
		lines[used].from = at;
		at = lines[used].to = break_line(arena, text, at, width);
		used++;
		if (text[at] == '\0')
			break;
		at += text[at] == '\n';
	}
	*count = used;
	return lines;
}

static const char *mask(const struct edit *edit, struct canvas *canvas, size_t bytes)
{
	struct buf stars = { 0 };
	const char *text = edit_text(edit);
	const char *star = canvas_glyph(canvas, "•", "*");
	char *result;

	for (size_t at = 0; at < bytes; at += text_next(text + at))
		buf_add(&stars, star);
	result = arena_copy(canvas_arena(canvas), stars.text ? stars.text : "");
	buf_free(&stars);
	return result;
}

static int line_count_above(const struct edit_line *lines, int count, size_t at)
{
	int line = count - 1;

	while (line > 0 && at < lines[line].from)
		line--;
	return line;
}

static const char *part(struct canvas *canvas, const char *text, size_t from, size_t to)
{
	return text_clean(canvas_arena(canvas),
	                  arena_copy_n(canvas_arena(canvas), text + from, to - from),
	                  TEXT_ONE_LINE);
}

static void draw_lines(struct edit *edit, struct canvas *canvas, bool active, enum style style)
{
	const char *text = edit_text(edit);
	int height = canvas_height(canvas), width = canvas_width(canvas);
	struct edit_line *lines;
	int count, at;

	lines = edit_wrap(canvas_arena(canvas), text, width, &count);
	at = line_count_above(lines, count, edit->at);
	edit->first = layout_scroll(edit->first, active ? at : edit->first, count, height);
	for (int i = 0; i < height && edit->first + i < count; i++) {
		struct edit_line line = lines[edit->first + i];

		/* Spaces that hang over the edge are no reason for an ellipsis. */
		while (line.to > line.from && text[line.to - 1] == ' ')
			line.to--;
		canvas_text(canvas, i, 0, width, style, part(canvas, text, line.from, line.to));
	}
	if (active) {
		int column = text_width(part(canvas, text, lines[at].from, edit->at));

		canvas_cursor(canvas, at - edit->first, column < width ? column : width - 1);
	}
}

/* A part of the line from the column `first` on; a wide character that is cut leaves a blank. */
static void draw_scrolled(struct canvas *canvas, int first, enum style style, const char *shown)
{
	size_t skip = text_fit(shown, first);
	int column = text_width_n(shown, skip) - first;

	if (column < 0) {
		size_t cut = text_next(shown + skip);

		column += text_width_n(shown + skip, cut);
		skip += cut;
	}
	shown += skip;
	canvas_text(canvas, 0, column, canvas_width(canvas) - column, style,
	            arena_copy_n(canvas_arena(canvas), shown,
	                         text_fit(shown, canvas_width(canvas) - column)));
}

static void draw_line(struct edit *edit, struct canvas *canvas, bool active, enum style style,
                      bool right)
{
	const char *text = edit_text(edit);
	int width = canvas_width(canvas);
	const char *shown = edit->secret ? mask(edit, canvas, edit->text.length)
	                                 : part(canvas, text, 0, edit->text.length);
	int cursor;

	if (!active) {
		edit->first = 0;
		canvas_aligned(canvas, 0, 0, width, right ? ALIGN_RIGHT : ALIGN_LEFT, style, shown);
		return;
	}
	cursor = text_width(edit->secret ? mask(edit, canvas, edit->at)
	                                 : part(canvas, text, 0, edit->at));
	edit->first = layout_scroll(edit->first, cursor, text_width(shown) + 1, width);
	draw_scrolled(canvas, edit->first, style, shown);
	canvas_cursor(canvas, 0, cursor - edit->first);
}

void edit_draw(struct edit *edit, struct canvas *canvas, bool active, bool right)
{
	enum style style = active ? STYLE_FIELD_ACTIVE : STYLE_FIELD;
	enum style written = active && edit->fresh ? STYLE_CURSOR : style;

	edit->width = canvas_width(canvas);
	edit->height = canvas_height(canvas);
	canvas_fill(canvas, (struct rect){ 0, 0, edit->height, edit->width }, style);
	if (edit->width < 1 || edit->height < 1)
		return;
	if (edit->many)
		draw_lines(edit, canvas, active, style);
	else
		draw_line(edit, canvas, active, written, right);
}

void edit_click(struct edit *edit, int row, int column)
{
	struct arena *arena = arena_new();
	const char *text = edit_text(edit);
	size_t at = 0, end = edit->text.length, length;
	int first = edit->first;

	if (edit->many) {
		int count;
		struct edit_line *lines = edit_wrap(arena, text, edit->width, &count);
		int line = first + row < count ? first + row : count - 1;

		at = lines[line].from;
		end = lines[line].to;
		first = 0;
	}
	for (int wide, left = column + first; at < end; at += length, left -= wide) {
		wide = edit->secret ? (length = text_next(text + at), 1)
		                    : shown_width(arena, text + at, &length);
		if (left < wide)
			break;
	}
	edit->at = at;
	edit->goal = -1;
	edit->fresh = false;
	arena_free(&arena);
}
