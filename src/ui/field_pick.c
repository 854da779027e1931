/*
 * Search-as-you-type: the field's text is looked for by the form's owner, who
 * hands candidates back; the list below the field belongs to it. The tag says
 * which text candidates are for, so that late ones do no harm.
 */
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <ui/layout.h>

#include "field_kinds.h"

#define PICK_LINES 8

struct candidate {
	char *id, *label, *note;
};

struct pick {
	char *id;     /* what was taken; NULL for nothing */
	bool open;    /* the list is shown */
	bool waiting; /* candidates for the text are on their way */
	unsigned tag;
	int count;
	struct candidate *candidates;
	int at, first;    /* the line "create" is the last one, at == count */
	struct rect list; /* on the screen, for the mouse */
};

static void pick_open(struct field *field)
{
	field->pick = mem_alloc(sizeof(*field->pick));
}

static void drop_candidates(struct pick *pick)
{
	for (int i = 0; i < pick->count; i++) {
		free(pick->candidates[i].id);
		free(pick->candidates[i].label);
		free(pick->candidates[i].note);
	}
	free(pick->candidates);
	pick->candidates = NULL;
	pick->count = pick->at = pick->first = 0;
}

static void forget_id(struct pick *pick)
{
	free(pick->id);
	pick->id = NULL;
}

static void pick_close(struct field *field)
{
	drop_candidates(field->pick);
	forget_id(field->pick);
	free(field->pick);
}

static void shut(struct pick *pick)
{
	pick->open = pick->waiting = false;
	pick->tag++;
	drop_candidates(pick);
}

unsigned pick_tag(const struct field *field)
{
	return field->pick->tag;
}

void pick_set(struct field *field, const char *id, const char *label)
{
	/* Either may stand in what is dropped here. */
	char *new_id = id ? mem_copy(id) : NULL;
	char *new_label = mem_copy(label ? label : "");

	shut(field->pick);
	forget_id(field->pick);
	field->pick->id = new_id;
	edit_set(&field->edit, new_label);
	free(new_label);
}

static bool has_create(const struct field *field)
{
	return field->def->create && !field->pick->waiting && *field_text(field);
}

static int line_count(const struct field *field)
{
	return field->pick->count + has_create(field);
}

void pick_offer(struct field *field, unsigned tag, const struct rows *rows)
{
	struct pick *pick = field->pick;

	if (!pick->open || tag != pick->tag)
		return;
	drop_candidates(pick);
	pick->waiting = false;
	pick->candidates = mem_array((size_t)rows->count, sizeof(*pick->candidates));
	pick->count = rows->count;
	for (int i = 0; i < rows->count; i++) {
		pick->candidates[i].id = mem_copy(rows_text(rows, i, "id"));
		pick->candidates[i].label = mem_copy(rows_text(rows, i, "label"));
		pick->candidates[i].note = mem_copy(rows_text(rows, i, "note"));
	}
}

static enum field_did search(struct field *field)
{
	struct pick *pick = field->pick;

	/* The old candidates stay in sight until the new ones come, but cannot be taken. */
	pick->open = pick->waiting = true;
	pick->at = pick->first = 0;
	pick->tag++;
	return FIELD_SEARCH;
}

static enum field_did typed(struct field *field)
{
	forget_id(field->pick);
	if (*field_text(field))
		return search(field);
	shut(field->pick);
	return FIELD_CHANGED;
}

bool pick_take(struct field *field)
{
	struct pick *pick = field->pick;

	if (!pick->open || pick->waiting || pick->at >= pick->count)
		return false;
	pick_set(field, pick->candidates[pick->at].id, pick->candidates[pick->at].label);
	return true;
}

static enum field_did take_line(struct field *field)
{
	if (pick_take(field))
		return FIELD_CHANGED;
	if (!has_create(field))
		return FIELD_MOVED;
	shut(field->pick);
	return FIELD_CREATE;
}

static enum field_did move(struct field *field, int to)
{
	int last = line_count(field) - 1;

	field->pick->at = to > last ? (last > 0 ? last : 0) : to > 0 ? to : 0;
	return FIELD_MOVED;
}

static enum field_did list_key(struct field *field, key_code code)
{
	struct pick *pick = field->pick;

	switch (code) {
	case KEYS_UP: return move(field, pick->at - 1);
	case KEYS_DOWN: return move(field, pick->at + 1);
	case KEYS_PAGE_UP: return move(field, pick->at - PICK_LINES);
	case KEYS_PAGE_DOWN: return move(field, pick->at + PICK_LINES);
	case KEYS_ENTER: return take_line(field);
	case KEYS_ESCAPE: shut(pick); return FIELD_MOVED;
	default: return FIELD_IGNORED;
	}
}

static enum field_did mouse(struct field *field, const struct key_event *event)
{
	struct pick *pick = field->pick;

	if (pick->open && layout_contains(pick->list, event->row, event->column)) {
		if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
			return move(field, pick->at + (event->button == MOUSE_WHEEL_UP ? -1 : 1));
		move(field, pick->first + event->row - pick->list.row);
		return take_line(field);
	}
	if (!layout_contains(field->place, event->row, event->column))
		return FIELD_IGNORED;
	edit_click(&field->edit, 0, event->column - field->place.column);
	return FIELD_MOVED;
}

static enum field_did pick_key(struct field *field, const struct key_event *event)
{
	enum field_did did;

	if (event->code == KEYS_MOUSE)
		return mouse(field, event);
	if (event->code == ' ' && field->def->few && *field_text(field) == '\0')
		return field->pick->open ? FIELD_MOVED : search(field);
	if (field->pick->open) {
		did = list_key(field, event->code);
		if (did != FIELD_IGNORED)
			return did;
	} else if (event->code == KEYS_DOWN && !field->pick->id && *field_text(field)) {
		return search(field);
	}
	switch (edit_key(&field->edit, event)) {
	case EDIT_CHANGED: return typed(field);
	case EDIT_MOVED: return FIELD_MOVED;
	default: return FIELD_IGNORED;
	}
}

static void pick_draw(struct field *field, struct canvas *canvas, bool active)
{
	int width = canvas_width(canvas);

	edit_draw(&field->edit, canvas, active, false);
	if (*field_text(field) == '\0' && field_hint_fits(field, width))
		canvas_text(canvas, 0, 0, width, STYLE_DIM, _(field->def->hint));
}

/* "Create client «%s»" with the text in it; a translation may not become a format. */
static const char *create_words(const struct field *field, struct arena *arena)
{
	const char *words = _(field->def->create);
	const char *hole = strstr(words, "%s");

	if (!hole)
		return words;
	return arena_printf(arena, "%.*s%s%s", (int)(hole - words), words, field_text(field),
	                    hole + 2);
}

static void draw_line(struct field *field, struct canvas *list, int row, int line)
{
	struct pick *pick = field->pick;
	int width = canvas_width(list) - 3;
	bool here = line == pick->at && !pick->waiting;
	enum style style = here ? STYLE_CURSOR : pick->waiting ? STYLE_DIM : STYLE_FIELD;
	int used;

	canvas_fill(list, (struct rect){ row, 0, 1, width + 3 }, style);
	canvas_text(list, row, 0, 1, STYLE_BOX, canvas_glyph(list, "│", "|"));
	if (here)
		canvas_text(list, row, 1, 1, style, canvas_glyph(list, "▸", ">"));
	if (line == pick->count) {
		canvas_textf(list, row, 3, width, style, "+ %s",
		             create_words(field, canvas_arena(list)));
		return;
	}
	used = canvas_text(list, row, 3, width, style, pick->candidates[line].label) + 2;
	if (width - used > 4)
		canvas_aligned(list, row, 3 + used, width - used - 1, ALIGN_RIGHT,
		               here ? style : STYLE_DIM, pick->candidates[line].note);
}

void pick_draw_list(struct field *field, struct canvas *canvas, struct rect place)
{
	struct pick *pick = field->pick;
	int count = line_count(field), below, above, lines;
	struct canvas *list;
	struct rect part;

	if (!pick->open)
		return;
	below = canvas_height(canvas) - place.row - 1;
	above = place.row;
	lines = count > PICK_LINES ? PICK_LINES : count > 0 ? count : 1;
	part.height = lines <= below || below >= above ? (lines < below ? lines : below)
	                                               : (lines < above ? lines : above);
	part.row = lines <= below || below >= above ? place.row + 1 : place.row - part.height;
	part.column = place.column;
	part.width = place.width > 30 ? place.width : canvas_width(canvas) - place.column;
	list = canvas_part(canvas, part);
	pick->list = canvas_place(list);
	pick->first = layout_scroll(pick->first, pick->at, count, part.height);
	for (int i = 0; i < part.height && pick->first + i < count; i++)
		draw_line(field, list, i, pick->first + i);
	if (count == 0) {
		canvas_fill(list, (struct rect){ 0, 0, 1, part.width }, STYLE_DIM);
		canvas_text(list, 0, 0, 1, STYLE_BOX, canvas_glyph(list, "│", "|"));
		canvas_text(list, 0, 3, -1, STYLE_DIM,
		            pick->waiting ? _("Searching…") : _("Nothing found."));
	}
}

static bool pick_is_empty(const struct field *field)
{
	const char *text = field_text(field);

	return !field->pick->id && text[strspn(text, " ")] == '\0';
}

static bool pick_read(struct field *field, struct err *err)
{
	if (!field->pick->id)
		return err_set_field(
		    err, field->def->name, "%s",
		    _("Please choose one from the list: type a part of the name."));
	buf_clear(&field->value);
	buf_add(&field->value, field->pick->id);
	return true;
}

/* Without a label an id says nothing to a person: only emptying makes sense. */
static void pick_clear(struct field *field, const char *value)
{
	if (*value == '\0')
		pick_set(field, NULL, "");
}

static void pick_leave(struct field *field)
{
	shut(field->pick);
}

const struct field_ops field_ops_pick = {
	.open = pick_open,
	.close = pick_close,
	.key = pick_key,
	.draw = pick_draw,
	.is_empty = pick_is_empty,
	.read = pick_read,
	.set = pick_clear,
	.leave = pick_leave,
};
