/*
 * The window of pages of a table: which one is wanted, where an answer goes,
 * and which ones are let go so that there are never more than a few.
 */
#include "table_own.h"

#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

/* So many that the first page fills 60 rows and leaves a page beyond them: one request shows a
 * screen, although the height is not known yet. */
#define LIMIT_LEAST 120

/* With fewer rows than this beyond what is in sight more are fetched, so that a page key never
 * meets the edge of the window. */
static int near(const struct table *table)
{
	return table->height > 20 ? table->height : 20;
}

/* Rows above what is in sight that reading again begins with: a few of them may have gone without
 * a second request. */
static int margin(const struct table *table)
{
	return near(table) + 10;
}

/* A jump and a search have one row after the other looked up while somebody waits: no more of them
 * than would be asked for again. */
static int limit(const struct table *table, enum table_purpose purpose)
{
	int least = margin(table) + table->height + near(table);
	bool jump = purpose == TABLE_START || purpose == TABLE_END;

	return (jump && table->height > 0) || least > LIMIT_LEAST ? least : LIMIT_LEAST;
}

struct rows *table_copy_rows(struct arena *arena, const struct rows *rows)
{
	struct rows *copy = arena_alloc(arena, sizeof(*copy));
	size_t cells = (size_t)rows->count * (size_t)rows->columns;
	const char **names = arena_alloc(arena, (size_t)rows->columns * sizeof(*names) + 1);

	for (int i = 0; i < rows->columns; i++)
		names[i] = arena_copy(arena, rows->names[i]);
	copy->count = rows->count;
	copy->columns = rows->columns;
	copy->names = names;
	copy->cells = arena_alloc(arena, cells * sizeof(*copy->cells) + 1);
	for (size_t i = 0; i < cells; i++)
		copy->cells[i] = rows->cells[i] ? arena_copy(arena, rows->cells[i]) : NULL;
	return copy;
}

static void renew(struct table *table)
{
	static unsigned long last;

	table->edition = ++last;
}

/* Opens a gap at `at` and puts a copy there. */
static void add_page(struct table *table, int at, const struct rows *rows)
{
	struct table_page page = { .arena = arena_new() };

	page.rows = table_copy_rows(page.arena, rows);
	memmove(table->pages + at + 1, table->pages + at,
	        (size_t)(table->page_count - at) * sizeof(page));
	table->pages[at] = page;
	table->page_count++;
	table->count += rows->count;
	renew(table);
}

static int drop_page(struct table *table, int at)
{
	int rows = table->pages[at].rows->count;

	arena_free(&table->pages[at].arena);
	table->page_count--;
	memmove(table->pages + at, table->pages + at + 1,
	        (size_t)(table->page_count - at) * sizeof(table->pages[0]));
	table->count -= rows;
	renew(table);
	return rows;
}

void table_drop_pages(struct table *table)
{
	while (table->page_count > 0)
		drop_page(table, table->page_count - 1);
}

/* ---- what is wanted */

static bool ask(struct table *table, struct table_want *want, enum table_purpose purpose,
                enum table_want_kind kind, int edge)
{
	memset(want, 0, sizeof(*want));
	want->kind = kind;
	if (kind == TABLE_WANTS_NEXT || kind == TABLE_WANTS_PREVIOUS)
		want->rows = table_locate(table, edge, &want->row);
	want->limit = table->pending_limit = limit(table, purpose);
	want->tag = ++table->tag;
	table->pending = purpose;
	return true;
}

/* Reading again begins a little above what is in sight: behind a row of the window, or at the
 * very first one. */
static bool ask_again(struct table *table, struct table_want *want)
{
	int edge = table->top - margin(table) - 1;

	if (edge < 0 && !table->at_start && table->top > 0)
		edge = 0;
	table->need = TABLE_NOTHING;
	table->pending_from = edge < 0 ? 0 : edge + 1;
	table->pending_open = edge >= 0;
	if (edge < 0)
		return ask(table, want, TABLE_AGAIN, TABLE_WANTS_FIRST, 0);
	return ask(table, want, TABLE_AGAIN, TABLE_WANTS_NEXT, edge);
}

bool table_wants(struct table *table, struct table_want *want)
{
	int bottom = table->top + table->height;
	enum table_purpose need = table->need;

	if (table->pending != TABLE_NOTHING || table->halted)
		return false;
	if (need == TABLE_START || need == TABLE_END) {
		table->need = TABLE_NOTHING;
		return ask(table, want, need,
		           need == TABLE_START ? TABLE_WANTS_FIRST : TABLE_WANTS_LAST, 0);
	}
	/* Without a row above the first one in sight it could not be read again from there. */
	if (table->count > 0 && !table->at_start &&
	    (table->top < near(table) || (need == TABLE_AGAIN && table->top == 0)))
		return ask(table, want, TABLE_PREPEND, TABLE_WANTS_PREVIOUS, 0);
	if (need == TABLE_AGAIN)
		return ask_again(table, want);
	if (table->count > 0 && !table->at_end && table->count - bottom < near(table) &&
	    table->page_count <= TABLE_PAGES)
		return ask(table, want, TABLE_APPEND, TABLE_WANTS_NEXT, table->count - 1);
	return false;
}

/* ---- what comes */

/* Pages far from the cursor go; the cursor's and what is in sight stay. */
static void append(struct table *table, const struct rows *rows)
{
	add_page(table, table->page_count, rows);
	while (table->page_count > TABLE_PAGES && table->top >= table->pages[0].rows->count) {
		int gone = drop_page(table, 0);

		table->top -= gone;
		table->cursor -= gone;
		table->at_start = false;
	}
}

static void prepend(struct table *table, const struct rows *rows)
{
	add_page(table, 0, rows);
	table->top += rows->count;
	table->cursor += rows->count;
	while (table->page_count > TABLE_PAGES) {
		drop_page(table, table->page_count - 1);
		table->at_end = false;
	}
}

/* All rows are others now: the cursor goes with its key, else it stays at the same height of the
 * list; what is in sight moves as little as possible. Who looks at the beginning goes on looking at
 * it: a new first row must be seen. */
static void replace(struct table *table, const struct rows *rows, int from)
{
	bool beginning = table->at_start && table->top == 0;
	const char *key = table_key(table);
	char *kept = key ? mem_copy(key) : NULL;
	int above = table->cursor - table->top;

	table_drop_pages(table);
	if (rows->count > 0)
		add_page(table, 0, rows);
	table->cursor -= from;
	for (int i = 0; kept && i < table->count; i++) {
		if (strcmp(table_key_at(table, i), kept) == 0) {
			table->cursor = i;
			break;
		}
	}
	table->top = beginning ? 0 : table->cursor - above;
	free(kept);
}

static void take_again(struct table *table, const struct rows *rows, bool full)
{
	/* All that was behind the edge is gone: the list ends somewhere before. */
	if (rows->count == 0 && table->pending_open) {
		table->need = TABLE_END;
		return;
	}
	replace(table, rows, table->pending_from);
	table->at_start = !table->pending_open;
	table->at_end = !full;
}

static void start_anew(struct table *table, const struct rows *rows)
{
	table_drop_pages(table);
	if (rows->count > 0)
		add_page(table, 0, rows);
}

void table_take(struct table *table, unsigned tag, const struct rows *rows)
{
	enum table_purpose purpose = table->pending;
	bool full = rows->count >= table->pending_limit;

	if (purpose == TABLE_NOTHING || tag != table->tag)
		return;
	table->pending = TABLE_NOTHING;
	switch (purpose) {
	case TABLE_APPEND:
		table->at_end = !full;
		if (rows->count > 0)
			append(table, rows);
		break;
	case TABLE_PREPEND:
		table->at_start = !full;
		if (rows->count > 0)
			prepend(table, rows);
		break;
	case TABLE_AGAIN: take_again(table, rows, full); break;
	case TABLE_START:
		start_anew(table, rows);
		table->cursor = table->top = 0;
		table->at_start = true;
		table->at_end = !full;
		break;
	default:
		start_anew(table, rows);
		table->cursor = table->top = table->count;
		table->at_start = !full;
		table->at_end = true;
		break;
	}
	table_settle(table);
	if (purpose == TABLE_APPEND || purpose == TABLE_PREPEND)
		table_pay(table);
}

void table_forget(struct table *table, unsigned tag)
{
	if (table->pending == TABLE_NOTHING || tag != table->tag)
		return;
	/* A jump that failed is not made later by surprise; a list without rows still wants some. */
	table->need = table->count > 0 && table->pending != TABLE_START ? table->need : TABLE_START;
	table->pending = TABLE_NOTHING;
	table->owed = 0;
	table->halted = true;
}

void table_refresh(struct table *table)
{
	table->halted = false;
	if (table->need != TABLE_NOTHING)
		return;
	/* Nothing to stay with, or nothing yet to read again. */
	if (table->count > 0)
		table->need = TABLE_AGAIN;
	else if (table->pending == TABLE_NOTHING)
		table->need = TABLE_START;
}

void table_restart(struct table *table)
{
	table->halted = false;
	table->pending = TABLE_NOTHING;
	table->tag++;
	table->need = TABLE_START;
	table->owed = 0;
	table_unmark_all(table);
}

void table_set(struct table *table, const struct rows *rows)
{
	table->halted = false;
	table->pending = table->need = TABLE_NOTHING;
	table->owed = 0;
	table->tag++;
	replace(table, rows, 0);
	table->at_start = table->at_end = true;
	table_settle(table);
}
