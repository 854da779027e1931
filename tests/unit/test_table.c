/* Tables: an owner that answers from a numbered list of any length, as a database would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <ui/table.h>
#include <ui/terminal.h>

static const struct table_column columns[] = {
	{ "key", "No.", ALIGN_RIGHT, 4, 8, 0, 0, NULL },
	{ NULL, NULL, ALIGN_LEFT, 0, 0, 0, 0, NULL },
};

/* The list: keys 1 .. size, without those that were removed. */
struct source {
	struct table *table;
	int size;
	int removed_from, removed_to;
	int asked;
};

static int key_of(const struct table_want *want)
{
	return atoi(rows_text(want->rows, want->row, "key"));
}

static bool exists(const struct source *source, int key)
{
	return key >= 1 && key <= source->size &&
	       (key < source->removed_from || key > source->removed_to);
}

static const struct rows *answer(const struct source *source, struct arena *arena,
                                 const struct table_want *want)
{
	static const char *const names[] = { "key" };
	struct rows *rows = arena_alloc(arena, sizeof(*rows));
	int step = want->kind == TABLE_WANTS_FIRST || want->kind == TABLE_WANTS_NEXT ? 1 : -1;
	int key = want->kind == TABLE_WANTS_FIRST ? 1
	        : want->kind == TABLE_WANTS_LAST  ? source->size
	                                          : key_of(want) + step;
	const char **cells = arena_alloc(arena, (size_t)want->limit * sizeof(*cells));

	rows->names = names;
	rows->columns = 1;
	for (; key >= 1 && key <= source->size && rows->count < want->limit; key += step) {
		if (exists(source, key))
			cells[rows->count++] = arena_printf(arena, "%d", key);
	}
	for (int i = 0; step < 0 && i < rows->count / 2; i++) {
		const char *cell = cells[i];

		cells[i] = cells[rows->count - 1 - i];
		cells[rows->count - 1 - i] = cell;
	}
	rows->cells = cells;
	return rows;
}

/* All that is wanted comes; asked counts the requests. */
static void serve(struct source *source)
{
	struct table_want want;

	while (table_wants(source->table, &want)) {
		struct arena *arena = arena_new();

		assert_true(++source->asked < 100000);
		table_take(source->table, want.tag, answer(source, arena, &want));
		arena_free(&arena);
		assert_true(table_loaded(source->table) <=
		            6 * (want.limit > 430 ? want.limit : 430));
	}
}

static void draw(void *ctx, struct canvas *canvas)
{
	table_draw(ctx, canvas, true);
}

/* Gives the table its height: 20 rows below the headings. */
static void start(struct source *source, int size)
{
	memset(source, 0, sizeof(*source));
	source->size = size;
	source->table = table_new(columns);
	free(terminal_picture(21, 40, draw, source->table));
	serve(source);
}

static void move(struct source *source, enum table_move move, int times)
{
	while (times-- > 0) {
		table_move(source->table, move);
		serve(source);
	}
}

static void assert_key(const struct source *source, const char *expected)
{
	assert_string_equal(table_key(source->table), expected);
}

static void test_table_wants__one_request_shows_a_screen(void **state)
{
	struct source source;

	(void)state;
	start(&source, 1000000);
	assert_int_equal(source.asked, 1);
	assert_key(&source, "1");
	table_free(&source.table);
}

static void test_table_move__a_million_rows_in_few_pages(void **state)
{
	struct source source;

	(void)state;
	start(&source, 1000000);
	move(&source, TABLE_DOWN, 2999);
	assert_key(&source, "3000");
	assert_true(table_loaded(source.table) <= 600);
	assert_true(source.asked < 40);
	move(&source, TABLE_PAGE_UP, 100);
	assert_key(&source, "1100");
	move(&source, TABLE_UP, 1099);
	assert_key(&source, "1");
	assert_false(table_move(source.table, TABLE_UP));
	table_free(&source.table);
}

/* Keys are faster than the rows: none is lost, and none is made up for later against what was
 * pressed then. */
static void test_table_move__faster_than_the_rows(void **state)
{
	struct source source;

	(void)state;
	start(&source, 1000000);
	int loaded = table_loaded(source.table);
	while (!table_is_behind(source.table))
		table_move(source.table, TABLE_PAGE_DOWN);
	int owed = 1 + (loaded - 1) / 19 * 19 + 19 - loaded;
	serve(&source);
	assert_int_equal(atoi(table_key(source.table)), loaded + owed);
	assert_false(table_is_behind(source.table));

	move(&source, TABLE_LAST, 1);
	while (!table_is_behind(source.table))
		table_move(source.table, TABLE_UP);
	table_move(source.table, TABLE_DOWN);
	assert_false(table_is_behind(source.table));
	int at = atoi(table_key(source.table));
	serve(&source);
	assert_int_equal(atoi(table_key(source.table)), at);

	table_move(source.table, TABLE_FIRST);
	assert_true(table_is_behind(source.table));
	serve(&source);
	assert_false(table_is_behind(source.table));
	table_free(&source.table);

	/* A list that has an end is never behind at it. */
	start(&source, 10);
	move(&source, TABLE_PAGE_DOWN, 1);
	table_move(source.table, TABLE_DOWN);
	assert_false(table_is_behind(source.table));
	table_free(&source.table);
}

static void test_table_move__to_the_last_and_back(void **state)
{
	struct source source;

	(void)state;
	start(&source, 1000000);
	source.asked = 0;
	move(&source, TABLE_LAST, 1);
	assert_key(&source, "1000000");
	assert_int_equal(source.asked, 1);
	/* No more of them than a page key needs to find the next page there. */
	assert_int_equal(table_loaded(source.table), 70);
	move(&source, TABLE_PAGE_UP, 1);
	assert_key(&source, "999981");
	assert_int_equal(source.asked, 1);
	move(&source, TABLE_FIRST, 1);
	assert_key(&source, "1");
	table_free(&source.table);
}

static void test_table_move__every_length_around_a_page(void **state)
{
	(void)state;
	for (int size = 0; size <= 410; size += size % 100 == 98 ? 1 : size % 100 < 3 ? 1 : 95) {
		struct source source;
		char last[16];

		start(&source, size);
		snprintf(last, sizeof(last), "%d", size);
		move(&source, TABLE_PAGE_DOWN, 30);
		if (size > 0)
			assert_key(&source, last);
		else
			assert_null(table_key(source.table));
		move(&source, TABLE_PAGE_UP, 30);
		if (size > 0)
			assert_key(&source, "1");
		move(&source, TABLE_LAST, 1);
		if (size > 0)
			assert_key(&source, last);
		assert_false(table_is_waiting(source.table));
		table_free(&source.table);
	}
}

/* With answers that come at once a table behaves as if it held all rows, at any height. */
static void test_table_move__random_walk(void **state)
{
	static const enum table_move moves[] = { TABLE_UP,        TABLE_DOWN,      TABLE_PAGE_UP,
		                                 TABLE_PAGE_DOWN, TABLE_PAGE_DOWN, TABLE_PAGE_UP,
		                                 TABLE_FIRST,     TABLE_LAST };
	static const int heights[] = { 1, 2, 5, 20, 59, 140 };
	unsigned seed = 1;

	(void)state;
	for (size_t h = 0; h < sizeof(heights) / sizeof(heights[0]); h++) {
		struct source source;
		int step = heights[h] > 2 ? heights[h] - 1 : 1, at = 1;

		start(&source, 5000);
		free(terminal_picture(heights[h] + 1, 40, draw, source.table));
		serve(&source);
		for (int i = 0; i < 3000; i++) {
			int n = rand_r(&seed) % (i % 500 == 0 ? 8 : 6);
			int by[] = { -1, 1, -step, step, step, -step, -5000, 5000 };

			if (rand_r(&seed) % 10 == 0)
				table_refresh(source.table);
			move(&source, moves[n], 1);
			at += by[n];
			at = at < 1 ? 1 : at > 5000 ? 5000 : at;
			assert_int_equal(atoi(table_key(source.table)), at);
		}
		table_free(&source.table);
	}
}

static void test_table_refresh__cursor_stays_with_its_key(void **state)
{
	struct source source;

	(void)state;
	start(&source, 100000);
	move(&source, TABLE_DOWN, 499);
	source.removed_from = 482;
	source.removed_to = 490;
	source.asked = 0;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "500");
	assert_int_equal(source.asked, 1);
	move(&source, TABLE_UP, 10);
	assert_key(&source, "481");
	move(&source, TABLE_FIRST, 1);
	move(&source, TABLE_DOWN, 4);
	source.removed_from = source.removed_to = 0;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "5");
	table_free(&source.table);
}

static void test_table_refresh__new_first_rows_are_seen(void **state)
{
	struct source source;
	char *picture;

	(void)state;
	start(&source, 0);
	source.size = 1000;
	source.removed_from = 1;
	source.removed_to = 2;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "3");
	source.removed_from = source.removed_to = 0;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "3");
	picture = terminal_picture(6, 10, draw, source.table);
	assert_string_equal(picture, "       No.\n"
	                             "         1\n"
	                             "         2\n"
	                             "▸        3\n"
	                             "         4\n"
	                             "         5");
	free(picture);
	table_free(&source.table);
}

static void test_table_refresh__the_row_is_gone(void **state)
{
	struct source source;

	(void)state;
	start(&source, 1000);
	move(&source, TABLE_DOWN, 4);
	source.removed_from = source.removed_to = 5;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "6");
	move(&source, TABLE_LAST, 1);
	source.size = 10;
	source.removed_from = source.removed_to = 0;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "10");
	source.size = 0;
	table_refresh(source.table);
	serve(&source);
	assert_null(table_key(source.table));
	source.size = 3;
	table_refresh(source.table);
	serve(&source);
	assert_key(&source, "1");
	table_free(&source.table);
}

static void test_table_take__late_answers_are_ignored(void **state)
{
	struct source source = { .size = 50 };
	struct table_want old, want;
	struct arena *arena = arena_new();

	(void)state;
	source.table = table_new(columns);
	assert_true(table_wants(source.table, &old));
	assert_false(table_wants(source.table, &want));
	table_restart(source.table);
	assert_true(table_wants(source.table, &want));
	table_take(source.table, old.tag, answer(&source, arena, &old));
	assert_int_equal(table_loaded(source.table), 0);
	assert_true(table_is_waiting(source.table));
	table_take(source.table, want.tag, answer(&source, arena, &want));
	table_take(source.table, want.tag, answer(&source, arena, &want));
	assert_int_equal(table_loaded(source.table), 50);
	arena_free(&arena);
	table_free(&source.table);
}

static void test_table_forget__does_not_ask_by_itself(void **state)
{
	struct source source = { .size = 50 };
	struct table_want want;

	(void)state;
	source.table = table_new(columns);
	assert_true(table_wants(source.table, &want));
	table_forget(source.table, want.tag);
	assert_false(table_wants(source.table, &want));
	assert_false(table_is_waiting(source.table));
	table_refresh(source.table);
	serve(&source);
	assert_int_equal(table_loaded(source.table), 50);
	table_free(&source.table);
}

static void test_table_restart__begins_again_without_marks(void **state)
{
	struct source source;

	(void)state;
	start(&source, 500);
	move(&source, TABLE_DOWN, 30);
	table_mark(source.table);
	source.size = 7;
	table_restart(source.table);
	assert_key(&source, "31");
	serve(&source);
	assert_key(&source, "1");
	assert_int_equal(table_loaded(source.table), 7);
	assert_int_equal(table_marked(source.table), 0);
	table_free(&source.table);
}

static void test_table_mark__survives_pages_and_refresh(void **state)
{
	struct source source;

	(void)state;
	start(&source, 5000);
	table_mark(source.table);
	move(&source, TABLE_DOWN, 2000);
	table_mark(source.table);
	table_refresh(source.table);
	serve(&source);
	assert_int_equal(table_marked(source.table), 2);
	assert_string_equal(table_marked_key(source.table, 0), "1");
	assert_string_equal(table_marked_key(source.table, 1), "2001");
	assert_null(table_marked_key(source.table, 2));
	move(&source, TABLE_FIRST, 1);
	table_mark(source.table);
	assert_string_equal(table_marked_key(source.table, 0), "2001");
	table_free(&source.table);
}

static void test_table_mark__a_range_and_all_that_is_loaded(void **state)
{
	struct source source;

	(void)state;
	start(&source, 50);
	move(&source, TABLE_DOWN, 5);
	table_mark_range(source.table); /* without an earlier mark: this one */
	assert_int_equal(table_marked(source.table), 1);
	move(&source, TABLE_DOWN, 3);
	table_mark_range(source.table);
	assert_int_equal(table_marked(source.table), 4);
	assert_string_equal(table_marked_key(source.table, 3), "9");
	move(&source, TABLE_UP, 5);
	table_mark_range(source.table);
	assert_int_equal(table_marked(source.table), 6); /* from 9 up to 4 */
	table_unmark(source.table, "5");
	table_unmark(source.table, "no such key");
	assert_int_equal(table_marked(source.table), 5);
	table_mark_all(source.table);
	assert_int_equal(table_marked(source.table), 50);
	table_unmark_all(source.table);
	assert_int_equal(table_marked(source.table), 0);
	table_free(&source.table);
}

/* What is marked can be worked on after it was scrolled out of memory. */
static void test_table_marked_row__is_kept(void **state)
{
	struct source source;
	const struct rows *rows;
	int row = -1;

	(void)state;
	start(&source, 5000);
	table_mark(source.table);
	move(&source, TABLE_LAST, 1);
	assert_false(table_go(source.table, "1"));
	rows = table_marked_row(source.table, 0, &row);
	assert_non_null(rows);
	assert_string_equal(rows_text(rows, row, "key"), "1");
	assert_null(table_marked_row(source.table, 1, &row));
	table_free(&source.table);
}

static void loud(struct table_cell *cell)
{
	cell->text = arena_printf(cell->arena, "<%s>", cell->text);
}

static void test_table_copy__is_harmless_in_a_spreadsheet(void **state)
{
	static const struct table_column three[] = {
		{ "a", "A", ALIGN_LEFT, 4, 8, 0, 0, NULL },
		{ "b", "B", ALIGN_LEFT, 4, 8, 0, 0, NULL },
		{ "c", "C", ALIGN_LEFT, 4, 8, 0, 9, loud },
		{ NULL, NULL, ALIGN_LEFT, 0, 0, 0, 0, NULL },
	};
	static const char *const names[] = { "key", "a", "b", "c" };
	const char *cells[] = { "1", "=HYPERLINK(1)", "+34 976 12", "x\ty\nz" };
	struct rows rows = { .count = 1, .columns = 4, .names = names, .cells = cells };
	struct table *table = table_new(three);
	struct buf out = { 0 };

	(void)state;
	table_copy(table, &rows, 0, &out);
	assert_string_equal(out.text, "'=HYPERLINK(1)\t+34 976 12\t<x␉y␊z>");
	buf_free(&out);
	table_free(&table);
}

static void test_table_mouse__clicks_and_wheel(void **state)
{
	struct source source;
	struct key_event event = {
		.code = KEYS_MOUSE, .row = 3, .column = 5, .button = MOUSE_LEFT
	};

	(void)state;
	start(&source, 500);
	assert_int_equal(table_mouse(source.table, &event), TABLE_CLICKED);
	assert_key(&source, "3");
	event.button = MOUSE_DOUBLE;
	assert_int_equal(table_mouse(source.table, &event), TABLE_OPENED);
	event.button = MOUSE_WHEEL_DOWN;
	assert_int_equal(table_mouse(source.table, &event), TABLE_CLICKED);
	assert_key(&source, "6");
	event.row = 0;
	assert_int_equal(table_mouse(source.table, &event), TABLE_MISSED);
	table_free(&source.table);
}

static void test_table_set__a_short_list(void **state)
{
	struct source source = { .size = 5 };
	struct table_want first = { .kind = TABLE_WANTS_FIRST, .limit = 10 }, want;
	struct arena *arena = arena_new();

	(void)state;
	source.table = table_new(columns);
	table_set(source.table, answer(&source, arena, &first));
	assert_false(table_wants(source.table, &want));
	table_move(source.table, TABLE_LAST);
	assert_key(&source, "5");
	source.removed_from = 1;
	source.removed_to = 3;
	table_set(source.table, answer(&source, arena, &first));
	assert_key(&source, "5");
	assert_true(table_go(source.table, "4"));
	assert_false(table_go(source.table, "1"));
	assert_key(&source, "4");
	assert_string_equal(table_text(source.table, "no such column"), "");
	arena_free(&arena);
	table_free(&source.table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_wants__one_request_shows_a_screen),
		cmocka_unit_test(test_table_move__a_million_rows_in_few_pages),
		cmocka_unit_test(test_table_move__faster_than_the_rows),
		cmocka_unit_test(test_table_move__to_the_last_and_back),
		cmocka_unit_test(test_table_move__every_length_around_a_page),
		cmocka_unit_test(test_table_move__random_walk),
		cmocka_unit_test(test_table_refresh__cursor_stays_with_its_key),
		cmocka_unit_test(test_table_refresh__new_first_rows_are_seen),
		cmocka_unit_test(test_table_refresh__the_row_is_gone),
		cmocka_unit_test(test_table_take__late_answers_are_ignored),
		cmocka_unit_test(test_table_forget__does_not_ask_by_itself),
		cmocka_unit_test(test_table_restart__begins_again_without_marks),
		cmocka_unit_test(test_table_mark__survives_pages_and_refresh),
		cmocka_unit_test(test_table_mark__a_range_and_all_that_is_loaded),
		cmocka_unit_test(test_table_marked_row__is_kept),
		cmocka_unit_test(test_table_copy__is_harmless_in_a_spreadsheet),
		cmocka_unit_test(test_table_mouse__clicks_and_wheel),
		cmocka_unit_test(test_table_set__a_short_list),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
