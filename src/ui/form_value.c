/*
 * What stands in a form, by name: read, set, and whether it changed.
 */
#include "form_own.h"

#include <assert.h>
#include <string.h>

struct form_item *form_find(const struct form *form, const char *name)
{
	for (int i = 0; i < form->count; i++) {
		if (strcmp(form->items[i].field->def->name, name) == 0)
			return &form->items[i];
	}
	return NULL;
}

/* Names come from the form's own declaration: another one is a mistake in the program. */
static struct form_item *find(const struct form *form, const char *name)
{
	struct form_item *item = form_find(form, name);

	assert(item);
	return item;
}

/* What is set anew is no longer what was complained about. */
static struct field *find_to_set(struct form *form, const char *name)
{
	struct form_item *item = find(form, name);

	form_set_error(&item->error, NULL);
	return item->field;
}

const char *form_value(struct form *form, const char *name)
{
	return field_value(find(form, name)->field);
}

const char *form_text(struct form *form, const char *name)
{
	return field_text(find(form, name)->field);
}

/* What was typed before the value came stays. */
static bool stays(struct form *form, const char *name, const char *value)
{
	if (!form->loading || !find(form, name)->typed)
		return false;
	form->unseen = form->unseen || (value != NULL && *value != '\0');
	return true;
}

void form_begin_loading(struct form *form)
{
	form->loading = true;
	form->unseen = false;
}

bool form_end_loading(struct form *form)
{
	form->loading = false;
	return !form->unseen;
}

void form_set(struct form *form, const char *name, const char *value)
{
	if (!stays(form, name, value))
		field_set(find_to_set(form, name), value);
}

void form_set_choices(struct form *form, const char *name, const struct rows *rows)
{
	field_set_choices(find(form, name)->field, rows);
}

void form_set_pick(struct form *form, const char *name, const char *id, const char *label)
{
	if (!stays(form, name, id))
		pick_set(find_to_set(form, name), id, label);
}

void form_offer(struct form *form, const char *name, unsigned tag, const struct rows *rows)
{
	pick_offer(find(form, name)->field, tag, rows);
}

void form_set_items(struct form *form, const char *name, const struct rows *rows)
{
	checklist_set(find_to_set(form, name), rows);
}

void form_set_empty(struct form *form, const char *name, const char *sentence)
{
	checklist_set_empty(find(form, name)->field, sentence);
}

void form_tick(struct form *form, const char *name, const char *id, bool ticked)
{
	if (!form->loading || !find(form, name)->typed)
		checklist_tick(find_to_set(form, name), id, ticked);
}

int form_grid_lines(struct form *form, const char *name)
{
	return grid_lines(find(form, name)->field);
}

const char *form_grid_value(struct form *form, const char *name, int line, const char *column)
{
	struct field *cell = grid_cell(find(form, name)->field, line, column);

	return cell ? field_value(cell) : NULL;
}

void form_grid_set(struct form *form, const char *name, int line, const char *column,
                   const char *value)
{
	struct field *cell =
	    stays(form, name, value) ? NULL : grid_make_cell(find(form, name)->field, line, column);

	if (cell)
		field_set(cell, value);
}

const char *form_grid_array(struct form *form, const char *name, const char *column)
{
	struct field *grid = find(form, name)->field;
	struct buf *out = grid_column_buffer(grid, column);
	int count = grid_lines(grid);

	buf_clear(out);
	buf_add(out, "{");
	for (int line = 0; line < count; line++)
		field_add_element(out, field_value(grid_cell(grid, line, column)));
	buf_add(out, "}");
	return out->text;
}

/* Secrets are left out: nobody wants to be asked for them, and no copy is to lie about. */
static void snapshot(const struct form *form, struct buf *out)
{
	for (int i = 0; i < form->count; i++) {
		const struct field_def *def = form->items[i].field->def;

		if (!def->read_only && def->kind != FIELD_SECRET)
			field_snapshot(form->items[i].field, out);
	}
}

bool form_is_changed(struct form *form)
{
	struct buf now = { 0 };
	bool changed;

	snapshot(form, &now);
	changed =
	    strcmp(now.text ? now.text : "", form->settled.text ? form->settled.text : "") != 0;
	buf_free(&now);
	return changed;
}

void form_settle(struct form *form)
{
	buf_clear(&form->settled);
	snapshot(form, &form->settled);
	for (int i = 0; i < form->count; i++)
		form->items[i].typed = false;
}
