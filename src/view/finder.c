/*
 * Moving through rows that are found by typing.
 */
#include "finder.h"

#include <base/i18n.h>
#include <ui/layout.h>

void finder_open(struct finder *finder, const char *hint)
{
	finder->def = (struct field_def){
		.name = "search", .kind = FIELD_LINE, .max = 60, .hint = hint
	};
	finder->search = field_new(&finder->def);
}

void finder_close(struct finder *finder)
{
	field_free(&finder->search);
}

static void finder_go(struct finder *finder, int to)
{
	finder->cursor = to >= finder->count ? finder->count - 1 : to;
	if (finder->cursor < 0)
		finder->cursor = 0;
}

void finder_set_count(struct finder *finder, int count)
{
	finder->count = count;
	finder_go(finder, finder->cursor);
}

static enum finder_did finder_mouse(struct finder *finder, const struct key_event *event)
{
	bool inside = layout_contains(finder->place, event->row, event->column);
	int row = finder->first + event->row - finder->place.row;

	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
		finder_go(finder, finder->cursor + (event->button == MOUSE_WHEEL_UP ? -3 : 3));
	else if (inside && row < finder->count)
		finder_go(finder, row);
	return event->button == MOUSE_DOUBLE && inside && row < finder->count ? FINDER_CHOSEN
	                                                                       : FINDER_MOVED;
}

enum finder_did finder_key(struct finder *finder, const struct key_event *event)
{
	int by = 0;

	switch (event->code) {
	case KEYS_UP:
	case KEYS_CTRL | 'p': by = -1; break;
	case KEYS_DOWN:
	case KEYS_CTRL | 'n': by = 1; break;
	case KEYS_PAGE_UP: by = -finder->place.height; break;
	case KEYS_PAGE_DOWN: by = finder->place.height; break;
	case KEYS_ENTER: return FINDER_CHOSEN;
	case KEYS_ESCAPE: return FINDER_LEFT;
	case KEYS_MOUSE: return finder_mouse(finder, event);
	default: break;
	}
	if (by != 0) {
		finder_go(finder, finder->cursor + by);
		return FINDER_MOVED;
	}
	switch (field_key(finder->search, event)) {
	case FIELD_IGNORED: return FINDER_IGNORED;
	case FIELD_CHANGED: finder->cursor = 0; return FINDER_TYPED;
	default: return FINDER_MOVED;
	}
}

int finder_draw(struct finder *finder, struct canvas *canvas, struct rect line, struct rect rows)
{
	int left;

	field_draw(finder->search, canvas_part(canvas, line), true);
	finder->place = canvas_place(canvas_part(canvas, rows));
	finder->first = layout_scroll(finder->first, finder->cursor, finder->count, rows.height);
	left = finder->count - finder->first;
	if (finder->count == 0)
		canvas_text(canvas, rows.row, rows.column + 1, rows.width - 1, STYLE_DIM,
		            _("Nothing is found."));
	return left < rows.height ? left : rows.height;
}
