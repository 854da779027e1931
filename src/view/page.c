/*
 * Pages: scrolling is an origin above the window, the canvas clips the rest.
 */
#include "page.h"

#include <string.h>

#include <base/date.h>
#include <base/text.h>

struct canvas *page_begin(struct page *page, struct canvas *canvas)
{
	int most;

	page->height = canvas_height(canvas);
	most = page->rows > page->height ? page->rows - page->height : 0;
	if (page->first > most)
		page->first = most;
	return canvas_part(canvas, (struct rect){ -page->first, 0, page->height + page->first,
	                                          canvas_width(canvas) });
}

void page_end(struct page *page, struct canvas *canvas, int rows)
{
	int edge = canvas_width(canvas) - 1;

	page->rows = rows;
	if (page->first > 0)
		canvas_text(canvas, 0, edge, 1, STYLE_DIM, canvas_glyph(canvas, "↑", "^"));
	if (page->first + page->height < rows)
		canvas_text(canvas, page->height - 1, edge, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↓", "v"));
}

static void page_scroll(struct page *page, int by)
{
	int most = page->rows > page->height ? page->rows - page->height : 0;

	page->first += by;
	if (page->first > most)
		page->first = most;
	if (page->first < 0)
		page->first = 0;
}

enum command page_act(struct page *page, enum command command)
{
	switch (command) {
	case COMMAND_UP: page_scroll(page, -1); break;
	case COMMAND_DOWN: page_scroll(page, 1); break;
	case COMMAND_PAGE_UP: page_scroll(page, 1 - page->height); break;
	case COMMAND_PAGE_DOWN: page_scroll(page, page->height - 1); break;
	case COMMAND_FIRST: page->first = 0; break;
	case COMMAND_LAST: page_scroll(page, page->rows); break;
	default: return command;
	}
	return COMMAND_NONE;
}

bool page_key(struct page *page, const struct key_event *event)
{
	if (event->code != KEYS_MOUSE ||
	    (event->button != MOUSE_WHEEL_UP && event->button != MOUSE_WHEEL_DOWN))
		return false;
	page_scroll(page, event->button == MOUSE_WHEEL_UP ? -3 : 3);
	return true;
}

/* What stands between two things joins nothing where the second one begins a line of its own. */
static const char *page_line(struct arena *arena, const char *line, bool last)
{
	static const char between[] = " ·";
	size_t length = strlen(line), end = sizeof(between) - 1;

	return !last && length > end && strcmp(line + length - end, between) == 0
	         ? arena_copy_n(arena, line, length - end)
	         : line;
}

int page_text(struct canvas *canvas, int row, int column, int columns, enum style style,
              const char *text)
{
	struct arena *arena = canvas_arena(canvas);
	struct text_block block =
	    text_wrap(arena, text_clean(arena, text, TEXT_MANY_LINES), columns > 1 ? columns : 1);

	for (int i = 0; i < block.count; i++)
		canvas_text(canvas, row + i, column, columns, style,
		            page_line(arena, block.lines[i], i == block.count - 1));
	return row + block.count;
}

int page_field(struct canvas *canvas, int row, int column, int columns, int indent,
               const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return row;
	canvas_text(canvas, row, column, indent - 1, STYLE_LABEL, label);
	return page_text(canvas, row, column + indent, columns - indent, STYLE_NORMAL, text);
}

const char *page_date(struct arena *arena, const char *iso)
{
	const char *text = date_show(arena, iso);

	return text != NULL ? text : "";
}
