/*
 * Fields with one of a few values: choices and flags. Space and the arrows go
 * round, a letter goes to the next choice that begins with it.
 */
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

#include "field_kinds.h"

static int count_choices(const struct field *field)
{
	int count = 0;

	if (field->choices)
		return field->choice_count;
	while (field->def->choices && field->def->choices[count].value)
		count++;
	return count;
}

static const char *choice_value(const struct field *field, int at)
{
	return field->choices ? field->choices[at].value : field->def->choices[at].value;
}

static const char *choice_label(const struct field *field, int at)
{
	return field->choices ? field->choices[at].label : _(field->def->choices[at].label);
}

/* The text is kept so that field_text says what is shown. */
static void choose(struct field *field, int at)
{
	field->chosen = at;
	edit_set(&field->edit, at < 0 ? "" : choice_label(field, at));
}

static void choice_open(struct field *field)
{
	choose(field, -1);
}

static void free_choices(struct field *field)
{
	for (int i = 0; i < field->choice_count; i++) {
		/* Copies of our own, which the type calls constant. */
		free((void *)(uintptr_t)field->choices[i].value);
		free((void *)(uintptr_t)field->choices[i].label);
	}
	free(field->choices);
	field->choices = NULL;
	field->choice_count = 0;
}

static void choice_set(struct field *field, const char *value)
{
	int count = count_choices(field);

	for (int i = 0; i < count; i++) {
		if (strcmp(choice_value(field, i), value) == 0) {
			choose(field, i);
			return;
		}
	}
	choose(field, -1);
}

void field_set_choices(struct field *field, const struct rows *rows)
{
	char *kept = field->chosen < 0 ? NULL : mem_copy(choice_value(field, field->chosen));

	free_choices(field);
	field->choices = mem_array((size_t)rows->count, sizeof(*field->choices));
	field->choice_count = rows->count;
	for (int i = 0; i < rows->count; i++) {
		field->choices[i].value = mem_copy(rows_text(rows, i, "id"));
		field->choices[i].label = mem_copy(rows_text(rows, i, "label"));
	}
	choice_set(field, kept ? kept : field->def->initial ? field->def->initial : "");
	free(kept);
}

void choice_put(struct field *field, const char *value, const char *label)
{
	struct field_choice *more;

	choice_set(field, value ? value : "");
	if (field->chosen >= 0 || !value || field->def->choices)
		return;
	more = mem_resize(field->choices, (size_t)field->choice_count + 1, sizeof(*more));
	more[field->choice_count] = (struct field_choice){ mem_copy(value), mem_copy(label) };
	field->choices = more;
	choose(field, field->choice_count++);
}

static enum field_did step(struct field *field, int by)
{
	int count = count_choices(field);
	int least = field->def->required ? 0 : -1; /* -1: nothing chosen is a choice too */
	int at = field->chosen + by;

	if (count == 0)
		return FIELD_MOVED;
	if (at < least)
		at = count - 1;
	if (at >= count)
		at = least;
	choose(field, at);
	return FIELD_CHANGED;
}

static enum field_did jump(struct field *field, key_code letter)
{
	int count = count_choices(field);

	for (int i = 1; i <= count; i++) {
		int at = (field->chosen + i + count) % count;
		uint32_t first;

		if (text_decode(choice_label(field, at), &first) > 0 &&
		    towlower((wint_t)first) == towlower((wint_t)letter)) {
			choose(field, at);
			return FIELD_CHANGED;
		}
	}
	return FIELD_MOVED;
}

static enum field_did choice_key(struct field *field, const struct key_event *event)
{
	switch (event->code) {
	case KEYS_LEFT: return step(field, -1);
	case KEYS_RIGHT:
	case ' ':
	case KEYS_MOUSE: return step(field, 1);
	case KEYS_BACKSPACE:
	case KEYS_DELETE:
		if (field->def->required || field->chosen < 0)
			return FIELD_MOVED;
		choose(field, -1);
		return FIELD_CHANGED;
	case KEYS_PASTE: return FIELD_MOVED;
	default:
		return event->code > ' ' && event->code < KEYS_SPECIAL ? jump(field, event->code)
		                                                       : FIELD_IGNORED;
	}
}

static void choice_draw(struct field *field, struct canvas *canvas, bool active)
{
	enum style style = active ? STYLE_FIELD_ACTIVE : STYLE_FIELD;
	int width = canvas_width(canvas);
	const char *label = field->chosen < 0 ? "" : choice_label(field, field->chosen);
	const char *hint = field->def->hint != NULL ? _(field->def->hint) : _("Space chooses");
	int used;

	canvas_fill(canvas, (struct rect){ 0, 0, 1, width }, style);
	if (width < 5) {
		canvas_text(canvas, 0, 0, width, style, label);
	} else {
		canvas_text(canvas, 0, 0, 2, style, canvas_glyph(canvas, "‹ ", "< "));
		used = canvas_text(canvas, 0, 2, width - 4, style, label);
		canvas_text(canvas, 0, 2 + used, 2, style, canvas_glyph(canvas, " ›", " >"));
		if (!*label && text_width(hint) <= width - 5)
			canvas_text(canvas, 0, 5, width - 5, STYLE_DIM, hint);
	}
	if (active)
		canvas_cursor(canvas, 0, width < 5 ? 0 : 2);
}

static bool choice_is_empty(const struct field *field)
{
	return field->chosen < 0;
}

static bool choice_read(struct field *field, struct err *err)
{
	(void)err;
	buf_clear(&field->value);
	buf_add(&field->value, choice_value(field, field->chosen));
	return true;
}

const struct field_ops field_ops_choice = {
	.open = choice_open,
	.close = free_choices,
	.key = choice_key,
	.draw = choice_draw,
	.is_empty = choice_is_empty,
	.read = choice_read,
	.set = choice_set,
};

/* ---- flags */

static enum field_did flag_key(struct field *field, const struct key_event *event)
{
	switch (event->code) {
	case ' ':
	case KEYS_MOUSE: field->chosen = !field->chosen; return FIELD_CHANGED;
	case KEYS_PASTE: return FIELD_MOVED;
	default:
		return event->code > ' ' && event->code < KEYS_SPECIAL ? FIELD_MOVED
		                                                       : FIELD_IGNORED;
	}
}

static void flag_draw(struct field *field, struct canvas *canvas, bool active)
{
	canvas_text(canvas, 0, 0, 3, active ? STYLE_FIELD_ACTIVE : STYLE_FIELD,
	            field->chosen ? "[x]" : "[ ]");
	if (active)
		canvas_cursor(canvas, 0, 1);
}

/* A flag is never empty: not set is an answer. */
static bool flag_is_empty(const struct field *field)
{
	(void)field;
	return false;
}

static bool flag_read(struct field *field, struct err *err)
{
	(void)err;
	buf_clear(&field->value);
	buf_add(&field->value, field->chosen ? "t" : "f");
	return true;
}

static void flag_set(struct field *field, const char *value)
{
	field->chosen = strcmp(value, "t") == 0;
}

const struct field_ops field_ops_flag = {
	.key = flag_key,
	.draw = flag_draw,
	.is_empty = flag_is_empty,
	.read = flag_read,
	.set = flag_set,
};
