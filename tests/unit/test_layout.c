/* Columns and rectangles, proven with numbers alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/buf.h>
#include <ui/layout.h>

static const struct layout_column list[] = {
	{ 6, 6, 0, 0 },   /* number */
	{ 12, 30, 2, 0 }, /* client */
	{ 8, 20, 1, 2 },  /* divisions */
	{ 10, 12, 0, 3 }, /* last contact */
	{ 10, 16, 0, 1 }, /* next step */
};

static void assert_widths(int width, int used, const char *expected)
{
	int widths[5];
	struct buf text = { 0 };
	int total = layout_columns(list, 5, width, 1, widths);

	for (int i = 0; i < 5; i++)
		buf_printf(&text, "%s%d", i ? " " : "", widths[i]);
	assert_string_equal(text.text, expected);
	assert_int_equal(total, used);
	buf_free(&text);
}

static void test_layout_columns__least_fits_exactly(void **state)
{
	(void)state;
	assert_widths(50, 50, "6 12 8 10 10");
}

static void test_layout_columns__highest_priority_vanishes_first(void **state)
{
	(void)state;
	assert_widths(49, 49, "6 17 12 0 11");
	assert_widths(30, 30, "6 12 0 0 10");
	assert_widths(29, 29, "6 22 0 0 0");
}

static void test_layout_columns__grow_to_ideal_then_by_weight(void **state)
{
	(void)state;
	assert_widths(88, 88, "6 30 20 12 16");
	assert_widths(100, 100, "6 38 24 12 16");
}

static void test_layout_columns__every_width_is_kept(void **state)
{
	int widths[5];

	(void)state;
	for (int width = 0; width < 250; width++) {
		int sum = 0, shown = 0;

		for (int i = layout_columns(list, 5, width, 1, widths), *w = widths; w < widths + 5;
		     w++) {
			assert_true(*w >= 0);
			sum += *w;
			shown += *w > 0;
			assert_true(i <= width);
		}
		assert_true(sum + (shown > 1 ? shown - 1 : 0) <= width);
	}
}

static void test_layout_columns__what_must_stay_is_cut_at_the_end(void **state)
{
	(void)state;
	assert_widths(15, 15, "6 8 0 0 0");
	assert_widths(7, 6, "6 0 0 0 0");
	assert_widths(3, 3, "3 0 0 0 0");
	assert_widths(0, 0, "0 0 0 0 0");
}

static void test_layout_cut__more_than_there_is(void **state)
{
	struct rect rest = { 2, 3, 5, 10 };
	struct rect top = layout_cut_top(&rest, 2), right = layout_cut_right(&rest, 4);
	struct rect all = layout_cut_bottom(&rest, 99);

	(void)state;
	assert_memory_equal(&top, (&(struct rect){ 2, 3, 2, 10 }), sizeof(top));
	assert_memory_equal(&right, (&(struct rect){ 4, 9, 3, 4 }), sizeof(right));
	assert_memory_equal(&all, (&(struct rect){ 4, 3, 3, 6 }), sizeof(all));
	assert_int_equal(rest.height, 0);
	assert_int_equal(layout_cut_left(&rest, -1).width, 0);
}

static void test_layout_centre__larger_than_the_window(void **state)
{
	struct rect part = layout_centre((struct rect){ 0, 0, 5, 20 }, 9, 10);

	(void)state;
	assert_memory_equal(&part, (&(struct rect){ 0, 5, 5, 10 }), sizeof(part));
}

static void test_layout_scroll__moves_as_little_as_possible(void **state)
{
	(void)state;
	assert_int_equal(layout_scroll(0, 9, 100, 10), 0);
	assert_int_equal(layout_scroll(0, 10, 100, 10), 1);
	assert_int_equal(layout_scroll(50, 49, 100, 10), 49);
	assert_int_equal(layout_scroll(95, 99, 100, 10), 90);
	assert_int_equal(layout_scroll(5, 2, 3, 10), 0);
	assert_int_equal(layout_scroll(0, 0, 0, 10), 0);
	assert_int_equal(layout_scroll(3, 7, 9, 0), 7);
}

/* Each panel is drawn with its letter, page by page. */
static void assert_board(const struct layout_column *panels, int count, int height, int width,
                         const char *expected)
{
	struct layout_place places[26];
	struct buf text = { 0 };
	int pages = layout_board(panels, count, height, width, 5, 1, places);

	for (int page = 0; page < pages; page++) {
		for (int row = 0; row < height; row++) {
			char line[100] = "";

			memset(line, '.', (size_t)width);
			for (int i = 0; i < count; i++) {
				struct rect at = places[i].rect;

				if (places[i].page != page || row < at.row ||
				    row >= at.row + at.height)
					continue;
				assert_true(at.column >= 0 && at.column + at.width <= width);
				memset(line + at.column, 'A' + i, (size_t)at.width);
			}
			buf_printf(&text, "%s\n", line);
		}
		buf_add(&text, "\n");
	}
	assert_string_equal(text.text, expected);
	buf_free(&text);
}

static const struct layout_column board[] = {
	{ 2, 2, 0, 0 }, { 2, 4, 0, 0 }, { 2, 2, 1, 0 }, { 3, 3, 2, 0 },
};

static void test_layout_board__one_column(void **state)
{
	(void)state;
	assert_board(board, 4, 6, 6,
	             "AAAAAA\nAAAAAA\n......\nBBBBBB\nBBBBBB\nBBBBBB\n\n"
	             "CCCCCC\nCCCCCC\n......\nDDDDDD\nDDDDDD\nDDDDDD\n\n");
	/* A higher one has all of them; who has weight gets what is left. */
	assert_board(board, 4, 16, 3,
	             "AAA\nAAA\n...\nBBB\nBBB\nBBB\nBBB\n...\nCCC\nCCC\nCCC\n...\n"
	             "DDD\nDDD\nDDD\nDDD\n\n");
}

static void test_layout_board__columns_are_equally_full(void **state)
{
	(void)state;
	assert_board(board, 4, 7, 12,
	             "AAAAA..CCCCC\nAAAAA..CCCCC\n.......CCCCC\nBBBBB.......\nBBBBB..DDDDD\n"
	             "BBBBB..DDDDD\nBBBBB..DDDDD\n\n");
	assert_board(board, 4, 3, 26,
	             "AAAAA..BBBBB..CCCCC..DDDDD\nAAAAA..BBBBB..CCCCC..DDDDD\n"
	             ".......BBBBB..CCCCC..DDDDD\n\n");
}

static void test_layout_board__the_last_page_is_as_wide(void **state)
{
	(void)state;
	assert_board(board, 3, 2, 12,
	             "AAAAA..BBBBB\nAAAAA..BBBBB\n\nCCCCCCCCCCCC\nCCCCCCCCCCCC\n\n");
}

static void test_layout_board__too_low_and_too_narrow(void **state)
{
	(void)state;
	assert_board(board, 2, 1, 3, "AAA\n\nBBB\n\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout_columns__least_fits_exactly),
		cmocka_unit_test(test_layout_columns__highest_priority_vanishes_first),
		cmocka_unit_test(test_layout_columns__grow_to_ideal_then_by_weight),
		cmocka_unit_test(test_layout_columns__every_width_is_kept),
		cmocka_unit_test(test_layout_columns__what_must_stay_is_cut_at_the_end),
		cmocka_unit_test(test_layout_board__one_column),
		cmocka_unit_test(test_layout_board__columns_are_equally_full),
		cmocka_unit_test(test_layout_board__the_last_page_is_as_wide),
		cmocka_unit_test(test_layout_board__too_low_and_too_narrow),
		cmocka_unit_test(test_layout_cut__more_than_there_is),
		cmocka_unit_test(test_layout_centre__larger_than_the_window),
		cmocka_unit_test(test_layout_scroll__moves_as_little_as_possible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
