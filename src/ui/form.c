/*
 * Forms: which key goes to which field, what comes of it, and where the errors
 * stand. Values are in form_value.c, drawing in form_draw.c.
 */
#include "form_own.h"

#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

struct form *form_new(const struct field_def *fields)
{
	struct form *form = mem_alloc(sizeof(*form));

	while (fields[form->count].name)
		form->count++;
	form->items = mem_array((size_t)form->count, sizeof(*form->items));
	form->current = -1;
	for (int i = 0; i < form->count; i++) {
		form->items[i].field = field_new(&fields[i]);
		if (form->current < 0 && !fields[i].read_only)
			form->current = i;
	}
	form_settle(form);
	return form;
}

void form_free(struct form **form)
{
	struct form *old = *form;

	if (!old)
		return;
	for (int i = 0; i < old->count; i++) {
		field_free(&old->items[i].field);
		free(old->items[i].error);
	}
	free(old->items);
	free(old->complaint);
	buf_free(&old->settled);
	free(old);
	*form = NULL;
}

void form_set_error(char **error, const char *sentence)
{
	char *copy = sentence ? mem_copy(sentence) : NULL;

	free(*error);
	*error = copy;
}

static const struct field_def *def_of(const struct form *form, int item)
{
	return form->items[item].field->def;
}

/* What cannot be right any more is said as soon as the cursor leaves; that something is missing
 * only at the end. */
static void leave(struct form_item *item)
{
	struct err err;

	field_leave(item->field);
	if (item->error || item->field->def->kind == FIELD_GRID ||
	    item->field->ops->is_empty(item->field))
		return;
	if (!field_check(item->field, &err))
		form_set_error(&item->error, err.text);
}

void form_enter(struct form *form, int item, bool from_below)
{
	if (item == form->current)
		return;
	if (form->current >= 0)
		leave(&form->items[form->current]);
	form->current = item;
	if (def_of(form, item)->kind == FIELD_GRID)
		grid_enter(form->items[item].field, from_below);
}

/* The next field in that direction where something can be typed; -1 for none. */
static int neighbour(const struct form *form, int item, int by)
{
	do
		item += by;
	while (item >= 0 && item < form->count &&
	       (def_of(form, item)->read_only || form->items[item].hidden));
	return item < form->count ? item : -1;
}

bool form_check(struct form *form)
{
	int wrong = -1;
	struct err err;

	form_set_error(&form->complaint, NULL);
	for (int i = 0; i < form->count; i++) {
		struct form_item *item = &form->items[i];
		bool is_grid = item->field->def->kind == FIELD_GRID;

		field_leave(item->field);
		form_set_error(&item->error, NULL);
		if (item->hidden || field_check(item->field, &err))
			continue;
		/* A grid shows the sentences of its cells itself. */
		if (!is_grid || item->field->ops->is_empty(item->field))
			form_set_error(&item->error, err.text);
		if (wrong < 0)
			wrong = i;
	}
	if (wrong >= 0)
		form->current = wrong;
	return wrong < 0;
}

static struct form_event event_of(const struct form *form, enum form_outcome outcome)
{
	struct form_event event = { .outcome = outcome };

	if (form->current >= 0)
		event.field = def_of(form, form->current)->name;
	return event;
}

static struct form_event submit(struct form *form)
{
	return event_of(form, form_check(form) ? FORM_SUBMIT : FORM_HANDLED);
}

static struct form_event report(struct form *form, enum field_did did)
{
	static const enum form_outcome outcomes[] = {
		[FIELD_IGNORED] = FORM_IGNORED, [FIELD_MOVED] = FORM_HANDLED,
		[FIELD_CHANGED] = FORM_CHANGED, [FIELD_SEARCH] = FORM_SEARCH,
		[FIELD_CREATE] = FORM_CREATE,   [FIELD_BLOCKED] = FORM_BLOCKED,
	};
	struct form_event event = event_of(form, outcomes[did]);
	struct form_item *item = &form->items[form->current];

	if (did == FIELD_CHANGED || did == FIELD_SEARCH) {
		form_set_error(&item->error, NULL);
		form_set_error(&form->complaint, NULL);
		item->typed = true;
	}
	event.text =
	    did == FIELD_BLOCKED ? checklist_current(item->field) : field_text(item->field);
	if (did == FIELD_SEARCH)
		event.tag = pick_tag(item->field);
	return event;
}

/* Tab also takes the candidate under the cursor: it is what one sees. */
static struct form_event tab(struct form *form, int by)
{
	struct form_event event = event_of(form, FORM_HANDLED);
	struct field *field = form->items[form->current].field;
	int to = neighbour(form, form->current, by);

	if (by > 0 && field->def->kind == FIELD_PICK && pick_take(field))
		event = report(form, FIELD_CHANGED);
	if (to < 0)
		to = neighbour(form, by > 0 ? -1 : form->count, by);
	form_enter(form, to, by < 0);
	return event;
}

static struct form_event step(struct form *form, int by)
{
	int to = neighbour(form, form->current, by);

	if (to >= 0)
		form_enter(form, to, by < 0);
	return event_of(form, FORM_HANDLED);
}

static struct form_event navigate(struct form *form, key_code code)
{
	switch (code) {
	case KEYS_TAB: return tab(form, 1);
	case KEYS_BACKTAB: return tab(form, -1);
	case KEYS_DOWN: return step(form, 1);
	case KEYS_UP: return step(form, -1);
	case KEYS_ENTER:
		return neighbour(form, form->current, 1) < 0 ? submit(form) : step(form, 1);
	case KEYS_ESCAPE: return event_of(form, FORM_CANCEL);
	default: return event_of(form, FORM_IGNORED);
	}
}

/* Enter has taken a candidate. */
static struct form_event take_and_go_on(struct form *form)
{
	struct form_event event = report(form, FIELD_CHANGED);

	step(form, 1);
	return event;
}

static struct form_event mouse(struct form *form, const struct key_event *key)
{
	enum field_did did = field_key(form->items[form->current].field, key);

	for (int i = 0; i < form->count && did == FIELD_IGNORED; i++) {
		struct field *field = form->items[i].field;

		if (field->def->read_only || !layout_contains(field->place, key->row, key->column))
			continue;
		form_enter(form, i, false);
		did = field_key(field, key);
	}
	return did == FIELD_IGNORED ? event_of(form, FORM_HANDLED) : report(form, did);
}

struct form_event form_key(struct form *form, const struct key_event *key)
{
	enum field_did did;

	if (key->code == KEYS_RESIZE)
		return event_of(form, FORM_IGNORED);
	if (form->current < 0)
		return event_of(form, key->code == KEYS_ESCAPE ? FORM_CANCEL : FORM_IGNORED);
	if (key->code == (KEYS_CTRL | 's'))
		return submit(form);
	if (key->code == KEYS_MOUSE)
		return mouse(form, key);
	did = field_key(form->items[form->current].field, key);
	if (did == FIELD_CHANGED && key->code == KEYS_ENTER &&
	    def_of(form, form->current)->kind == FIELD_PICK)
		return take_and_go_on(form);
	return did == FIELD_IGNORED ? navigate(form, key->code) : report(form, did);
}

bool form_in_grid(const struct form *form)
{
	return form->current >= 0 && def_of(form, form->current)->kind == FIELD_GRID;
}

struct form_event form_grid_edit(struct form *form, enum grid_edit edit)
{
	struct field *field = form->items[form->current].field;

	return report(form, grid_edit(field, edit) ? FIELD_CHANGED : FIELD_MOVED);
}

bool form_has(const struct form *form, const char *name)
{
	return form_find(form, name) != NULL;
}

void form_hide(struct form *form, const char *name)
{
	struct form_item *item = form_find(form, name);

	item->hidden = true;
	item->field->place = (struct rect){ 0, 0, 0, 0 }; /* no click finds it */
}

void form_show(struct form *form, const char *name)
{
	form_find(form, name)->hidden = false;
}

void form_fail(struct form *form, const char *field, const char *sentence)
{
	struct form_item *item = field && *field ? form_find(form, field) : NULL;

	form_set_error(item ? &item->error : &form->complaint, sentence);
	if (item && !item->field->def->read_only)
		form->current = (int)(item - form->items);
	else
		form->first = 0;
}

void form_fail_cell(struct form *form, const char *field, int line, const char *column,
                    const char *sentence)
{
	struct form_item *item = form_find(form, field);

	form->current = (int)(item - form->items);
	grid_fail(item->field, line, column, sentence);
}

const char *form_current(const struct form *form)
{
	return form->current < 0 ? "" : def_of(form, form->current)->name;
}

void form_go(struct form *form, const char *name)
{
	form_enter(form, (int)(form_find(form, name) - form->items), false);
}
