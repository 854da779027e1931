/*
 * What stands in a form, taken out and put back. How a field is put back is its
 * kind's business (field_put); here are the fields of a form and the comparing.
 */
#include <ui/form_snapshot.h>

#include <string.h>

#include <base/i18n.h>

#include "form_own.h"

/* ---- taking */

static struct form_content take_content(struct field *field, struct arena *arena)
{
	const char *value = field_value(field), *text = field_text(field);

	if (field->def->kind == FIELD_FLAG)
		text = field->chosen ? _("yes") : _("no");
	return (struct form_content){ value ? arena_copy(arena, value) : NULL,
		                      arena_copy(arena, text) };
}

static void take_ticks(struct field *field, struct arena *arena, struct form_part *part)
{
	int count = checklist_ticks(field);
	struct form_content *ticks = arena_alloc(arena, (size_t)count * sizeof(*ticks));
	struct buf labels = { 0 };

	for (int i = 0; i < count; i++) {
		checklist_ticked(field, i, &ticks[i].value, &ticks[i].text);
		ticks[i].value = arena_copy(arena, ticks[i].value);
		ticks[i].text = arena_copy(arena, ticks[i].text);
		buf_printf(&labels, "%s%s", i > 0 ? ", " : "", ticks[i].text);
	}
	part->content.value = arena_copy(arena, field_value(field));
	part->content.text = arena_copy(arena, labels.text ? labels.text : "");
	part->lines = count;
	part->columns = 1;
	part->cells = ticks;
	buf_free(&labels);
}

static void add_cell(struct buf *line, const char *text)
{
	if (*text && line->length > 0 && line->text[line->length - 1] != '\n')
		buf_add(line, " · ");
	buf_add(line, text);
}

static void take_grid(struct field *field, struct arena *arena, struct form_part *part)
{
	const struct field_def *columns = field->def->columns;
	struct form_content *cells;
	struct buf text = { 0 };

	part->lines = grid_lines(field);
	while (columns[part->columns].name)
		part->columns++;
	cells = arena_alloc(arena, (size_t)(part->lines * part->columns) * sizeof(*cells));
	for (int i = 0; i < part->lines * part->columns; i++) {
		int line = i / part->columns, column = i % part->columns;

		if (line > 0 && column == 0)
			buf_add(&text, "\n");
		cells[i] = take_content(grid_cell(field, line, columns[column].name), arena);
		add_cell(&text, cells[i].text);
	}
	part->content.text = arena_copy(arena, text.text ? text.text : "");
	part->cells = cells;
	buf_free(&text);
}

static void take_part(struct form_item *item, struct arena *arena, struct form_part *part)
{
	part->def = item->field->def;
	part->hidden = item->hidden;
	part->typed = item->typed;
	switch (part->def->kind) {
	case FIELD_CHECKLIST: take_ticks(item->field, arena, part); break;
	case FIELD_GRID: take_grid(item->field, arena, part); break;
	default: part->content = take_content(item->field, arena); break;
	}
}

struct form_snapshot *form_snapshot_take(struct form *form, struct arena *arena)
{
	struct form_snapshot *snapshot = arena_alloc(arena, sizeof(*snapshot));
	struct form_part *parts = arena_alloc(arena, (size_t)form->count * sizeof(*parts));
	struct form_item *current = form->current < 0 ? NULL : &form->items[form->current];

	for (int i = 0; i < form->count; i++) {
		const struct field_def *def = form->items[i].field->def;

		if (!def->read_only && def->kind != FIELD_SECRET)
			take_part(&form->items[i], arena, &parts[snapshot->count++]);
	}
	snapshot->parts = parts;
	snapshot->current = arena_copy(arena, form_current(form));
	if (current && current->field->def->kind == FIELD_GRID)
		grid_tell(current->field, &snapshot->line, &snapshot->column);
	return snapshot;
}

/* ---- reading and comparing */

const struct form_part *form_snapshot_part(const struct form_snapshot *snapshot, const char *field)
{
	for (int i = 0; i < snapshot->count; i++) {
		if (strcmp(snapshot->parts[i].def->name, field) == 0)
			return &snapshot->parts[i];
	}
	return NULL;
}

const char *form_snapshot_value(const struct form_snapshot *snapshot, const char *field)
{
	const struct form_part *part = form_snapshot_part(snapshot, field);

	return part ? part->content.value : NULL;
}

const char *form_snapshot_text(const struct form_snapshot *snapshot, const char *field)
{
	const struct form_part *part = form_snapshot_part(snapshot, field);

	return part ? part->content.text : "";
}

static bool same_content(const struct form_content *a, const struct form_content *b)
{
	if (!a->value && !b->value)
		return strcmp(a->text, b->text) == 0;
	return a->value && b->value && strcmp(a->value, b->value) == 0;
}

static bool has_tick(const struct form_part *part, const char *id)
{
	for (int i = 0; i < part->lines; i++) {
		if (strcmp(part->cells[i].value, id) == 0)
			return true;
	}
	return false;
}

static bool same_part(const struct form_part *a, const struct form_part *b)
{
	enum field_kind kind = a->def->kind;

	if (kind != FIELD_CHECKLIST && kind != FIELD_GRID)
		return same_content(&a->content, &b->content);
	if (a->lines != b->lines)
		return false;
	for (int i = 0; i < a->lines * a->columns; i++) {
		if (kind == FIELD_CHECKLIST ? !has_tick(b, a->cells[i].value)
		                            : !a->def->columns[i % a->columns].read_only &&
		                                  !same_content(&a->cells[i], &b->cells[i]))
			return false;
	}
	return true;
}

bool form_snapshot_same(const struct form_snapshot *a, const struct form_snapshot *b,
                        const char *field)
{
	if (field) {
		const struct form_part *one = form_snapshot_part(a, field);
		const struct form_part *other = form_snapshot_part(b, field);

		return one && other ? same_part(one, other) : one == other;
	}
	for (int i = 0; i < a->count; i++) {
		if (!form_snapshot_same(a, b, a->parts[i].def->name))
			return false;
	}
	return a->count == b->count;
}

/* ---- putting back */

static void put_ticks(struct field *field, const struct form_part *part)
{
	field_set(field, NULL);
	for (int i = 0; i < part->lines; i++)
		checklist_wish(field, part->cells[i].value, part->cells[i].text);
}

static void put_grid(struct field *field, const struct form_part *part)
{
	field_set(field, NULL);
	for (int i = 0; i < part->lines * part->columns; i++) {
		struct field *cell = grid_make_cell(field, i / part->columns,
		                                    part->def->columns[i % part->columns].name);

		if (cell)
			field_put(cell, part->cells[i].value, part->cells[i].text);
	}
}

static bool put_part(struct form *form, const struct form_part *part)
{
	struct form_item *item = form_find(form, part->def->name);

	if (!item || item->field->def->kind != part->def->kind)
		return false;
	form_set_error(&item->error, NULL);
	item->typed = true;
	switch (part->def->kind) {
	case FIELD_CHECKLIST: put_ticks(item->field, part); break;
	case FIELD_GRID: put_grid(item->field, part); break;
	default: field_put(item->field, part->content.value, part->content.text); break;
	}
	return true;
}

bool form_snapshot_put(struct form *form, const struct form_snapshot *snapshot, const char *field)
{
	const struct form_part *part = field ? form_snapshot_part(snapshot, field) : NULL;
	bool all = true;

	if (field)
		return part && put_part(form, part);
	for (int i = 0; i < snapshot->count; i++)
		all = put_part(form, &snapshot->parts[i]) && all;
	return all;
}

void form_snapshot_go(struct form *form, const struct form_snapshot *snapshot)
{
	struct form_item *item = form_find(form, snapshot->current);

	if (!item || item->hidden || item->field->def->read_only)
		return;
	form_go(form, snapshot->current);
	if (item->field->def->kind == FIELD_GRID)
		grid_go(item->field, snapshot->line, snapshot->column);
}
