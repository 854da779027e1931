/*
 * Fields as everybody sees them: the public functions, and the kinds that are
 * typed. Other kinds are in field_choice.c, pick.c, checklist.c and grid.c.
 */
#include <ui/field.h>

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <ui/layout.h>

#include "field_kinds.h"

static const struct field_ops *const ops_of[] = {
	[FIELD_LINE] = &field_ops_typed,    [FIELD_TEXT] = &field_ops_typed,
	[FIELD_SECRET] = &field_ops_typed,  [FIELD_DATE] = &field_ops_typed,
	[FIELD_TIME] = &field_ops_typed,    [FIELD_AMOUNT] = &field_ops_typed,
	[FIELD_DECIMAL] = &field_ops_typed, [FIELD_INTEGER] = &field_ops_typed,
	[FIELD_CHOICE] = &field_ops_choice, [FIELD_FLAG] = &field_ops_flag,
	[FIELD_PICK] = &field_ops_pick,     [FIELD_CHECKLIST] = &field_ops_checklist,
	[FIELD_GRID] = &field_ops_grid,
};

struct field *field_new(const struct field_def *def)
{
	struct field *field = mem_alloc(sizeof(*field));

	field->def = def;
	field->ops = ops_of[def->kind];
	edit_init(&field->edit, def->kind == FIELD_TEXT, def->kind == FIELD_SECRET);
	if (field->ops->open)
		field->ops->open(field);
	if (def->initial)
		field_set(field, def->initial);
	return field;
}

void field_free(struct field **field)
{
	struct field *old = *field;

	if (!old)
		return;
	if (old->ops->close)
		old->ops->close(old);
	if (old->def->kind == FIELD_SECRET && old->value.text)
		mem_erase(old->value.text, old->value.size);
	buf_free(&old->value);
	edit_free(&old->edit);
	free(old);
	*field = NULL;
}

enum field_did field_key(struct field *field, const struct key_event *event)
{
	/* The list of a pick lies outside of its field. */
	if (event->code == KEYS_MOUSE && field->def->kind != FIELD_PICK &&
	    !layout_contains(field->place, event->row, event->column))
		return FIELD_IGNORED;
	return field->def->read_only ? FIELD_IGNORED : field->ops->key(field, event);
}

void field_draw(struct field *field, struct canvas *canvas, bool active)
{
	field->place = canvas_place(canvas);
	field->ops->draw(field, canvas, active && !field->def->read_only);
}

const char *field_text(const struct field *field)
{
	return edit_text(&field->edit);
}

const char *field_value(struct field *field)
{
	struct err err;

	/* No tick at all is a value too: {}. */
	if (field->def->kind != FIELD_CHECKLIST && field->ops->is_empty(field))
		return NULL;
	if (!field->ops->read(field, &err))
		return NULL;
	return field->value.text ? field->value.text : "";
}

void field_set(struct field *field, const char *value)
{
	field->ops->set(field, value ? value : "");
}

void field_leave(struct field *field)
{
	if (field->ops->leave)
		field->ops->leave(field);
}

static bool check_length(const struct field *field, struct err *err)
{
	static const int usual[] = {
		[FIELD_LINE] = 200, [FIELD_TEXT] = 10000, [FIELD_SECRET] = 200
	};
	enum field_kind kind = field->def->kind;
	const char *text = field->value.text ? field->value.text : "";
	int most = field->def->max, count = 0;
	uint32_t ignored;

	if (kind > FIELD_SECRET)
		return true;
	if (most == 0)
		most = usual[kind];
	for (size_t step; (step = text_decode(text, &ignored)) > 0; text += step)
		count++;
	if (count <= most)
		return true;
	return err_set_field(err, field->def->name,
	                     _("This is too long: %d characters, and at most %d are allowed."),
	                     count, most);
}

static const char *missing(enum field_kind kind)
{
	switch (kind) {
	case FIELD_CHECKLIST: return _("Please tick at least one.");
	case FIELD_GRID: return _("Please add at least one line.");
	case FIELD_CHOICE: return _("Please choose one.");
	default: return _("Please fill this in.");
	}
}

bool field_check(struct field *field, struct err *err)
{
	const struct field_def *def = field->def;

	if (def->read_only)
		return true;
	if (field->ops->is_empty(field)) {
		if (def->required)
			return err_set_field(err, def->name, "%s", missing(def->kind));
		return true;
	}
	if (field->ops->check && !field->ops->check(field, err))
		return false;
	if (!field->ops->read(field, err) || !check_length(field, err))
		return false;
	return !def->check || def->check(field->value.text ? field->value.text : "", err);
}

int field_rows(struct field *field)
{
	return field->ops->rows ? field->ops->rows(field) : 1;
}

bool field_hint_fits(const struct field *field, int width)
{
	return field->def->hint && text_width(_(field->def->hint)) <= width;
}

void field_snapshot(struct field *field, struct buf *out)
{
	const char *value = field_value(field);

	buf_add(out, value ? value : field_text(field));
	buf_add(out, "\x1f");
}

void field_put(struct field *field, const char *value, const char *text)
{
	switch (field->def->kind) {
	case FIELD_CHOICE: choice_put(field, value, text); break;
	case FIELD_PICK: pick_set(field, value, text); break;
	case FIELD_LINE:
	case FIELD_TEXT:
		edit_set(&field->edit, text);
		field->edit.at = field->edit.text.length; /* to go on */
		break;
	default:
		/* "+7" typed yesterday means the day that it meant then. */
		if (value)
			field_set(field, value);
		else
			edit_set(&field->edit, text);
		field->edit.fresh = false;
		break;
	}
}

void field_add_element(struct buf *out, const char *element)
{
	if (out->length > 1)
		buf_add(out, ",");
	if (!element || (*element && element[strspn(element, "0123456789abcdef-.")] == '\0')) {
		buf_add(out, element ? element : "NULL");
		return;
	}
	buf_add(out, "\"");
	for (; *element; element++) {
		if (*element == '"' || *element == '\\')
			buf_add(out, "\\");
		buf_add_n(out, element, 1);
	}
	buf_add(out, "\"");
}

int field_width(const struct field *field, int most)
{
	static const int usual[] = {
		[FIELD_LINE] = 60,    [FIELD_TEXT] = 78,    [FIELD_SECRET] = 40,
		[FIELD_DATE] = 12,    [FIELD_TIME] = 6,     [FIELD_AMOUNT] = 16,
		[FIELD_DECIMAL] = 12, [FIELD_INTEGER] = 10, [FIELD_CHOICE] = 30,
		[FIELD_FLAG] = 3,     [FIELD_PICK] = 60,
	};
	enum field_kind kind = field->def->kind;
	int width = field->def->width;

	if (kind == FIELD_CHECKLIST || kind == FIELD_GRID)
		return most;
	if (width == 0)
		width = usual[kind];
	return width < most ? width : most;
}

/* ---- kinds that are typed */

static enum field_did typed_key(struct field *field, const struct key_event *event)
{
	if (event->code == KEYS_MOUSE) {
		edit_click(&field->edit, event->row - field->place.row,
		           event->column - field->place.column);
		return FIELD_MOVED;
	}
	switch (edit_key(&field->edit, event)) {
	case EDIT_CHANGED: return FIELD_CHANGED;
	case EDIT_MOVED: return FIELD_MOVED;
	default: return FIELD_IGNORED;
	}
}

static bool typed_is_empty(const struct field *field)
{
	const char *text = field_text(field);

	/* Blanks count in a password and nowhere else. */
	return field->def->kind == FIELD_SECRET ? *text == '\0' : text[strspn(text, " \n")] == '\0';
}

static void typed_draw(struct field *field, struct canvas *canvas, bool active)
{
	int width = canvas_width(canvas);

	edit_draw(&field->edit, canvas, active, field->right);
	if (*field_text(field) == '\0' && field_hint_fits(field, width))
		canvas_text(canvas, 0, 0, width, STYLE_DIM, _(field->def->hint));
}

static int typed_rows(struct field *field)
{
	if (field->def->kind != FIELD_TEXT)
		return 1;
	return field->def->rows > 0 ? field->def->rows : 5;
}

static void typed_set(struct field *field, const char *value)
{
	struct buf text = { 0 };

	field_write_typed(field, value, &text);
	edit_set(&field->edit, text.text ? text.text : "");
	/* A proposed day or amount is rather typed anew than mended. */
	field->edit.fresh = field->def->kind >= FIELD_DATE && field->def->kind <= FIELD_INTEGER;
	buf_free(&text);
}

/* What can be read is shown as it was understood; the cursor stays out of the way. */
static void typed_leave(struct field *field)
{
	const char *value;
	char *copy;

	if (field->def->kind == FIELD_SECRET || field->def->kind == FIELD_TEXT)
		return;
	value = field_value(field);
	if (!value)
		return;
	copy = mem_copy(value);
	typed_set(field, copy);
	free(copy);
}

const struct field_ops field_ops_typed = {
	.key = typed_key,
	.draw = typed_draw,
	.rows = typed_rows,
	.is_empty = typed_is_empty,
	.read = field_read_typed,
	.set = typed_set,
	.leave = typed_leave,
};
