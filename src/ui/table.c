/*
 * Tables: cursor and mouse. The window of pages is in table_pages.c, marks are in
 * table_marks.c, drawing in table_draw.c.
 */
#include "table_own.h"

#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <ui/layout.h>

#define WHEEL_ROWS 3

struct table *table_new(const struct table_column *columns)
{
	struct table *table = mem_alloc(sizeof(*table));

	table->columns = columns;
	while (columns[table->column_count].name)
		table->column_count++;
	table->need = TABLE_START;
	return table;
}

void table_free(struct table **table)
{
	struct table *old = *table;

	if (!old)
		return;
	table_drop_pages(old);
	table_unmark_all(old);
	free(old->marks);
	free(old->widths);
	free(old->empty);
	free(old);
	*table = NULL;
}

const struct rows *table_locate(const struct table *table, int at, int *row)
{
	if (at < 0)
		return NULL;
	for (int i = 0; i < table->page_count; i++) {
		if (at < table->pages[i].rows->count) {
			*row = at;
			return table->pages[i].rows;
		}
		at -= table->pages[i].rows->count;
	}
	return NULL;
}

const char *table_key_at(const struct table *table, int at)
{
	int row;
	const struct rows *rows = table_locate(table, at, &row);

	return rows ? rows_text(rows, row, "key") : NULL;
}

void table_settle(struct table *table)
{
	int last = table->count - 1;

	table->cursor = table->cursor > last ? last : table->cursor;
	table->cursor = table->cursor < 0 ? 0 : table->cursor;
	table->top = layout_scroll(table->top, table->cursor, table->count,
	                           table->height > 0 ? table->height : table->count);
}

static bool go(struct table *table, int to)
{
	int before = table->cursor;

	table->cursor = to;
	table_settle(table);
	return table->cursor != before;
}

/* Beyond the rows that are there but not beyond the list: the rest of the way is owed. */
static bool go_by(struct table *table, int by)
{
	int to = table->cursor + by, last = table->count - 1;
	bool moved = go(table, to);

	table->owed = 0;
	if (to > last && !table->at_end)
		table->owed = to - last;
	else if (to < 0 && !table->at_start)
		table->owed = to;
	return moved;
}

void table_pay(struct table *table)
{
	int owed = table->owed;

	table->top += owed;
	go_by(table, owed);
}

bool table_is_behind(const struct table *table)
{
	return table->owed != 0 || table->need == TABLE_START || table->need == TABLE_END ||
	       table->pending == TABLE_START || table->pending == TABLE_END;
}

/* A page keeps one row of the page before in sight. */
static int page_step(const struct table *table)
{
	return table->height > 2 ? table->height - 1 : 1;
}

bool table_move(struct table *table, enum table_move move)
{
	table->halted = false;
	table->owed = 0;
	switch (move) {
	case TABLE_UP: return go_by(table, -1);
	case TABLE_DOWN: return go_by(table, 1);
	case TABLE_PAGE_UP:
		table->top -= page_step(table);
		return go_by(table, -page_step(table));
	case TABLE_PAGE_DOWN:
		table->top += page_step(table);
		return go_by(table, page_step(table));
	case TABLE_FIRST:
		if (!table->at_start)
			table->need = TABLE_START;
		else if (table->need == TABLE_END)
			table->need = TABLE_NOTHING;
		return table->at_start && go(table, 0);
	default:
		if (!table->at_end)
			table->need = TABLE_END;
		else if (table->need == TABLE_START)
			table->need = TABLE_NOTHING;
		return table->at_end && go(table, table->count - 1);
	}
}

bool table_go(struct table *table, const char *key)
{
	for (int i = 0; i < table->count; i++) {
		const char *here = table_key_at(table, i);

		if (here && strcmp(here, key) == 0) {
			table->owed = 0;
			go(table, i);
			return true;
		}
	}
	return false;
}

bool table_has_more(const struct table *table, bool below)
{
	if (below)
		return table->cursor < table->count - 1 || !table->at_end;
	return table->cursor > 0 || !table->at_start;
}

enum table_click table_mouse(struct table *table, const struct key_event *event)
{
	int at = table->top + event->row - table->place.row;

	if (event->code != KEYS_MOUSE || !layout_contains(table->place, event->row, event->column))
		return TABLE_MISSED;
	table->halted = false;
	table->owed = 0;
	switch (event->button) {
	case MOUSE_WHEEL_UP: go(table, table->cursor - WHEEL_ROWS); return TABLE_CLICKED;
	case MOUSE_WHEEL_DOWN: go(table, table->cursor + WHEEL_ROWS); return TABLE_CLICKED;
	default:
		if (at >= table->count)
			return TABLE_MISSED;
		go(table, at);
		return event->button == MOUSE_DOUBLE ? TABLE_OPENED : TABLE_CLICKED;
	}
}

const struct rows *table_current(const struct table *table, int *row)
{
	return table_locate(table, table->cursor, row);
}

const char *table_key(const struct table *table)
{
	return table_key_at(table, table->cursor);
}

const char *table_text(const struct table *table, const char *column)
{
	int row;
	const struct rows *rows = table_current(table, &row);

	return rows ? rows_text(rows, row, column) : "";
}

int table_loaded(const struct table *table)
{
	return table->count;
}

bool table_is_waiting(const struct table *table)
{
	return table->pending != TABLE_NOTHING || (table->need != TABLE_NOTHING && !table->halted);
}

void table_set_order(struct table *table, const char *column, bool descending)
{
	table->order = column;
	table->descending = descending;
}

void table_set_empty(struct table *table, const char *sentence)
{
	free(table->empty);
	table->empty = mem_copy(sentence);
}
