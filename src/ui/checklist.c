/*
 * Several lines to tick, each with a note. A blocked one cannot be ticked: that
 * somebody wants it is the owner's business.
 */
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <ui/layout.h>

#include "field_kinds.h"

struct item {
	char *id, *label, *note;
	bool blocked, ticked;
};

struct checklist {
	int count;
	struct item *items;
	int at, first;
	char *empty;
};

static void checklist_open(struct field *field)
{
	field->checklist = mem_alloc(sizeof(*field->checklist));
}

static void free_items(struct item *items, int count)
{
	for (int i = 0; i < count; i++) {
		free(items[i].id);
		free(items[i].label);
		free(items[i].note);
	}
	free(items);
}

static void checklist_close(struct field *field)
{
	free_items(field->checklist->items, field->checklist->count);
	free(field->checklist->empty);
	free(field->checklist);
}

static struct item *find(const struct checklist *list, const char *id)
{
	for (int i = 0; i < list->count; i++) {
		if (strcmp(list->items[i].id, id) == 0)
			return &list->items[i];
	}
	return NULL;
}

void checklist_set(struct field *field, const struct rows *rows)
{
	struct checklist *list = field->checklist;
	int count = rows ? rows->count : 0;
	struct item *items = mem_array((size_t)count, sizeof(*items));
	int at = 0;

	for (int i = 0; i < count; i++) {
		struct item *old;

		items[i].id = mem_copy(rows_text(rows, i, "id"));
		items[i].label = mem_copy(rows_text(rows, i, "label"));
		items[i].note = mem_copy(rows_text(rows, i, "note"));
		items[i].blocked = rows_bool(rows, i, "blocked");
		old = find(list, items[i].id);
		items[i].ticked = old && old->ticked && !items[i].blocked;
		if (old && old == list->items + list->at)
			at = i;
	}
	free_items(list->items, list->count);
	list->items = items;
	list->count = count;
	list->at = at;
}

void checklist_set_empty(struct field *field, const char *sentence)
{
	free(field->checklist->empty);
	field->checklist->empty = mem_copy(sentence);
}

void checklist_tick(struct field *field, const char *id, bool ticked)
{
	struct item *item = find(field->checklist, id);

	if (item && (!item->blocked || !ticked))
		item->ticked = ticked;
}

void checklist_wish(struct field *field, const char *id, const char *label)
{
	struct checklist *list = field->checklist;

	if (!find(list, id)) {
		list->items =
		    mem_resize(list->items, (size_t)list->count + 1, sizeof(*list->items));
		list->items[list->count++] =
		    (struct item){ mem_copy(id), mem_copy(label), mem_copy(""), false, false };
	}
	checklist_tick(field, id, true);
}

int checklist_ticks(const struct field *field)
{
	int count = 0;

	for (int i = 0; i < field->checklist->count; i++)
		count += field->checklist->items[i].ticked;
	return count;
}

void checklist_ticked(const struct field *field, int tick, const char **id, const char **label)
{
	const struct item *item = field->checklist->items;

	for (;; item++) {
		if (item->ticked && tick-- == 0)
			break;
	}
	*id = item->id;
	*label = item->label;
}

const char *checklist_current(const struct field *field)
{
	const struct checklist *list = field->checklist;

	return list->at < list->count ? list->items[list->at].id : "";
}

static enum field_did tick(struct checklist *list)
{
	struct item *item;

	if (list->at >= list->count)
		return FIELD_MOVED;
	item = list->items + list->at;
	if (item->blocked)
		return FIELD_BLOCKED;
	item->ticked = !item->ticked;
	return FIELD_CHANGED;
}

static enum field_did go(struct checklist *list, int to)
{
	if (list->count == 0 || (to < 0 && list->at == 0) ||
	    (to >= list->count && list->at == list->count - 1))
		return FIELD_IGNORED;
	list->at = to < 0 ? 0 : to >= list->count ? list->count - 1 : to;
	return FIELD_MOVED;
}

static enum field_did mouse(struct field *field, const struct key_event *event)
{
	struct checklist *list = field->checklist;
	int line = list->first + event->row - field->place.row;

	switch (event->button) {
	case MOUSE_WHEEL_UP: go(list, list->at - 1); return FIELD_MOVED;
	case MOUSE_WHEEL_DOWN: go(list, list->at + 1); return FIELD_MOVED;
	default:
		if (line >= list->count)
			return FIELD_MOVED;
		list->at = line;
		return tick(list);
	}
}

static enum field_did checklist_key(struct field *field, const struct key_event *event)
{
	struct checklist *list = field->checklist;

	switch (event->code) {
	case ' ': return tick(list);
	case KEYS_UP: return go(list, list->at - 1);
	case KEYS_DOWN: return go(list, list->at + 1);
	/* Letters stay within the list; only arrows lead to the next field. */
	case 'k': go(list, list->at - 1); return FIELD_MOVED;
	case 'j': go(list, list->at + 1); return FIELD_MOVED;
	case 'g': go(list, 0); return FIELD_MOVED;
	case 'G': go(list, list->count - 1); return FIELD_MOVED;
	case KEYS_PAGE_UP: return go(list, list->at - 5);
	case KEYS_PAGE_DOWN: return go(list, list->at + 5);
	case KEYS_HOME: go(list, 0); return FIELD_MOVED;
	case KEYS_END: go(list, list->count - 1); return FIELD_MOVED;
	case KEYS_MOUSE: return mouse(field, event);
	case KEYS_PASTE: return FIELD_MOVED;
	default:
		return event->code > ' ' && event->code < KEYS_SPECIAL ? FIELD_MOVED
		                                                       : FIELD_IGNORED;
	}
}

static void draw_item(struct canvas *canvas, int row, const struct item *item, bool here,
                      int labels)
{
	enum style style = here ? STYLE_CURSOR : item->ticked ? STYLE_MARKED : STYLE_NORMAL;
	int width = canvas_width(canvas);

	canvas_fill(canvas, (struct rect){ row, 0, 1, width }, style);
	if (here)
		canvas_text(canvas, row, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
	canvas_text(canvas, row, 2, 3, style, item->blocked ? "[-]" : item->ticked ? "[x]" : "[ ]");
	canvas_text(canvas, row, 6, labels, style, item->label);
	if (width > 8 + labels)
		canvas_text(canvas, row, 8 + labels, -1,
		            here            ? style
		            : item->blocked ? STYLE_WARNING
		                            : STYLE_DIM,
		            item->note);
	if (here)
		canvas_cursor(canvas, row, 3);
}

static void checklist_draw(struct field *field, struct canvas *canvas, bool active)
{
	struct checklist *list = field->checklist;
	int height = canvas_height(canvas), width = canvas_width(canvas);
	int labels = 8;

	if (list->count == 0) {
		canvas_paragraph(canvas, (struct rect){ 0, 2, height, width - 2 }, 0, STYLE_DIM,
		                 list->empty ? list->empty : _("Nothing to choose from."));
		if (active)
			canvas_cursor(canvas, 0, 0);
		return;
	}
	for (int i = 0; i < list->count; i++) {
		int wide = text_width(text_clean(canvas_arena(canvas), list->items[i].label,
		                                 TEXT_ONE_LINE));

		labels = wide > labels ? wide : labels;
	}
	if (labels > (width - 8) / 2)
		labels = (width - 8) / 2;
	list->first = layout_scroll(list->first, list->at, list->count, height);
	for (int i = 0; i < height && list->first + i < list->count; i++)
		draw_item(canvas, i, list->items + list->first + i,
		          active && list->first + i == list->at, labels);
	if (list->first > 0)
		canvas_text(canvas, 0, width - 1, 1, STYLE_DIM, canvas_glyph(canvas, "↑", "^"));
	if (list->first + height < list->count)
		canvas_text(canvas, height - 1, width - 1, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↓", "v"));
}

static int checklist_rows(struct field *field)
{
	int most = field->def->rows > 0 ? field->def->rows : 6;
	int count = field->checklist->count;

	return count < 1 ? 1 : count < most ? count : most;
}

static bool checklist_is_empty(const struct field *field)
{
	return checklist_ticks(field) == 0;
}

static bool checklist_read(struct field *field, struct err *err)
{
	const struct checklist *list = field->checklist;

	(void)err;
	buf_clear(&field->value);
	buf_add(&field->value, "{");
	for (int i = 0; i < list->count; i++) {
		if (list->items[i].ticked)
			field_add_element(&field->value, list->items[i].id);
	}
	buf_add(&field->value, "}");
	return true;
}

/* Ticks come with checklist_tick; here is only a way to clear them. */
static void checklist_clear(struct field *field, const char *value)
{
	(void)value;
	for (int i = 0; i < field->checklist->count; i++)
		field->checklist->items[i].ticked = false;
}

const struct field_ops field_ops_checklist = {
	.open = checklist_open,
	.close = checklist_close,
	.key = checklist_key,
	.draw = checklist_draw,
	.rows = checklist_rows,
	.is_empty = checklist_is_empty,
	.read = checklist_read,
	.set = checklist_clear,
};
