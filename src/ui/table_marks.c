/*
 * The marks of a table: keys, each with a copy of its row, since what is marked
 * may be scrolled out of the window and still be worked on.
 */
#include "table_own.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/mem.h>
#include <base/text.h>

struct table_mark {
	char *key;
	struct arena *arena;
	struct rows *rows; /* one row, as it was when it was marked */
};

static int find_mark(const struct table *table, const char *key)
{
	for (int i = 0; i < table->mark_count; i++) {
		if (strcmp(table->marks[i].key, key) == 0)
			return i;
	}
	return -1;
}

bool table_is_marked(const struct table *table, const char *key)
{
	return find_mark(table, key) >= 0;
}

static void add_mark(struct table *table, int at)
{
	int row;
	const struct rows *rows = table_locate(table, at, &row);
	struct rows one;
	struct table_mark *mark;

	if (table_is_marked(table, table_key_at(table, at)))
		return;
	if (table->mark_count == table->mark_size) {
		table->mark_size = table->mark_size ? 2 * table->mark_size : 16;
		table->marks =
		    mem_resize(table->marks, (size_t)table->mark_size, sizeof(*table->marks));
	}
	one = *rows;
	one.count = 1;
	one.cells += (size_t)row * (size_t)rows->columns;
	mark = &table->marks[table->mark_count++];
	mark->key = mem_copy(table_key_at(table, at));
	mark->arena = arena_new();
	mark->rows = table_copy_rows(mark->arena, &one);
}

static void free_mark(struct table_mark *mark)
{
	free(mark->key);
	arena_free(&mark->arena);
}

void table_unmark(struct table *table, const char *key)
{
	int at = find_mark(table, key);

	if (at < 0)
		return;
	free_mark(&table->marks[at]);
	table->mark_count--;
	memmove(table->marks + at, table->marks + at + 1,
	        (size_t)(table->mark_count - at) * sizeof(*table->marks));
}

void table_mark(struct table *table)
{
	const char *key = table_key(table);

	if (!key)
		return;
	if (table_is_marked(table, key))
		table_unmark(table, key);
	else
		add_mark(table, table->cursor);
}

static int loaded_at(const struct table *table, const char *key)
{
	for (int i = 0; i < table->count; i++) {
		if (strcmp(table_key_at(table, i), key) == 0)
			return i;
	}
	return -1;
}

void table_mark_range(struct table *table)
{
	int from = -1, to = table->cursor;

	if (table->count == 0)
		return;
	if (table->mark_count > 0)
		from = loaded_at(table, table->marks[table->mark_count - 1].key);
	if (from < 0)
		from = to;
	for (int step = from < to ? 1 : -1;; from += step) {
		add_mark(table, from);
		if (from == to)
			return;
	}
}

void table_mark_all(struct table *table)
{
	for (int i = 0; i < table->count; i++)
		add_mark(table, i);
}

void table_unmark_all(struct table *table)
{
	while (table->mark_count > 0)
		free_mark(&table->marks[--table->mark_count]);
}

int table_marked(const struct table *table)
{
	return table->mark_count;
}

const char *table_marked_key(const struct table *table, int n)
{
	return n >= 0 && n < table->mark_count ? table->marks[n].key : NULL;
}

const struct rows *table_marked_row(const struct table *table, int n, int *row)
{
	int at;

	if (n < 0 || n >= table->mark_count)
		return NULL;
	at = loaded_at(table, table->marks[n].key);
	if (at >= 0)
		return table_locate(table, at, row);
	*row = 0;
	return table->marks[n].rows;
}

/* A spreadsheet that is pasted into must not run what stands in a client's name; a telephone number
 * is no formula. */
static bool is_formula(const char *text)
{
	return text[0] != '\0' && strchr("=+-@", text[0]) != NULL &&
	       text[strspn(text, "+-0123456789 ().,/")] != '\0';
}

void table_copy(const struct table *table, const struct rows *rows, int row, struct buf *out)
{
	struct table_cell cell = {
		.rows = rows,
		.row = row,
		.width = INT_MAX,
		.arena = arena_new(),
	};

	for (int i = 0; i < table->column_count; i++) {
		const struct table_column *column = &table->columns[i];
		const char *text;

		cell.text = rows_text(rows, row, column->name);
		cell.style = STYLE_NORMAL;
		if (column->format)
			column->format(&cell);
		text = text_clean(cell.arena, cell.text, TEXT_ONE_LINE);
		buf_printf(out, "%s%s%s", i > 0 ? "\t" : "", is_formula(text) ? "'" : "", text);
	}
	arena_free(&cell.arena);
}
