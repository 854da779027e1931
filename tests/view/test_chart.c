/* Charts as they are drawn, at the sizes that they have and at none; and in ASCII. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <string.h>

#include <base/i18n.h>
#include <ui/canvas_frame.h>
#include <ui/chart.h>

#include "widgets.h"

static bool ascii;

static const struct chart_item months[] = {
	{ "Sep", "40 k", 40, STYLE_NORMAL }, { "Oct", "10 k", 10, STYLE_NORMAL },
	{ "Nov", "0", 0, STYLE_NORMAL },     { "Dec", "25 k", 25, STYLE_NORMAL },
	{ "Jan", "1", 1, STYLE_NORMAL },     { "Feb", "33 k", 33, STYLE_GOOD },
};

static void draw_columns(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	canvas->frame->ascii = ascii;
	chart_columns(canvas, months, 6, 1);
}

static void test_chart_columns__with_values(void **state)
{
	(void)state;
	assert_picture(7, 30, draw_columns, NULL,
	               "40 k                     33 k\n"
	               "████           25 k      ▁▁▁▁\n"
	               "████           ▁▁▁▁      ████\n"
	               "████ 10 k      ████      ████\n"
	               "████ ▂▂▂▂      ████  1   ████\n"
	               "████ ████  0   ████ ▁▁▁▁ ████\n"
	               "Sep  Oct  Nov  Dec  Jan  Feb");
}

static void test_chart_columns__narrow(void **state)
{
	(void)state;
	assert_picture(5, 12, draw_columns, NULL,
	               "40 k    33 k\n"
	               "██        ▄▄\n"
	               "██    ▇▇  ██\n"
	               "██▆▆  ██▁▁██\n"
	               "  Oct DecFeb");
}

static void test_chart_columns__in_ascii(void **state)
{
	(void)state;
	ascii = true;
	assert_picture(5, 30, draw_columns, NULL,
	               "40 k                     33 k\n"
	               "####           25 k      ====\n"
	               "#### 10 k      ====  1   ####\n"
	               "#### ====  0   #### ____ ####\n"
	               "Sep  Oct  Nov  Dec  Jan  Feb");
	ascii = false;
}

static void test_chart_columns_at__of_each_column(void **state)
{
	(void)state;
	assert_int_equal(chart_columns_at(30, 6, 0), 0);
	assert_int_equal(chart_columns_at(30, 6, 29), 5);
	assert_int_equal(chart_columns_at(100, 6, 19), -1);
	assert_int_equal(chart_columns_at(100, 6, 20), 0);
	assert_int_equal(chart_columns_at(100, 6, 80), -1);
	assert_int_equal(chart_columns_at(10, 0, 3), -1);
}

static const struct chart_item states[] = {
	{ "approved", "600", 600, STYLE_GOOD },
	{ "rejected", "300", 300, STYLE_ERROR },
	{ "withdrawn", "1", 1, STYLE_DIM },
	{ "live", NULL, 0, STYLE_NORMAL },
};

static void draw_split(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	canvas->frame->ascii = ascii;
	chart_split(canvas, states, 4, -1);
}

static void test_chart_split__shades_and_words(void **state)
{
	(void)state;
	assert_picture(5, 20, draw_split, NULL,
	               "█████████████▓▓▓▓▓▓▒\n"
	               "██ approved      600\n"
	               "▓▓ rejected      300\n"
	               "▒▒ withdrawn       1\n"
	               "░░ live");
	assert_picture(6, 20, draw_split, NULL,
	               "█████████████▓▓▓▓▓▓▒\n"
	               "█████████████▓▓▓▓▓▓▒\n"
	               "██ approved      600\n"
	               "▓▓ rejected      300\n"
	               "▒▒ withdrawn       1\n"
	               "░░ live");
	ascii = true;
	assert_picture(3, 20, draw_split, NULL,
	               "#############======+\n"
	               "## approved      600\n"
	               "== rejected      300");
	ascii = false;
}

static void assert_shares(const long long *amounts, int count, int width, const int *expected)
{
	int shares[8];

	chart_shares(amounts, count, width, shares);
	for (int i = 0; i < count; i++)
		assert_int_equal(shares[i], expected[i]);
}

static void test_chart_shares__fill_the_bar(void **state)
{
	(void)state;
	assert_shares((const long long[]){ 1, 1, 1 }, 3, 10, (const int[]){ 4, 3, 3 });
	assert_shares((const long long[]){ 999, 1, 0, 1 }, 4, 10, (const int[]){ 8, 1, 0, 1 });
	assert_shares((const long long[]){ 0, 0 }, 2, 10, (const int[]){ 0, 0 });
	assert_shares((const long long[]){ -5, 2 }, 2, 10, (const int[]){ 0, 10 });
	/* More of them than cells. */
	assert_shares((const long long[]){ 5, 5, 5 }, 3, 2, (const int[]){ 0, 1, 1 });
	assert_shares((const long long[]){ LLONG_MAX, LLONG_MAX }, 2, 7, (const int[]){ 4, 3 });
}

static const char *figure;

static void draw_digits(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	canvas->frame->ascii = ascii;
	chart_digits(canvas, ALIGN_LEFT, STYLE_STRONG, figure);
}

static void assert_digits(int height, int width, const char *text, const char *expected)
{
	figure = text;
	assert_picture(height, width, draw_digits, NULL, expected);
}

static void test_chart_digits__in_three_rows(void **state)
{
	(void)state;
	assert_digits(3, 60, "0123456789",
	              "█▀█ ▄█  ▀▀█ ▀▀█ █ █ █▀▀ █▀▀ ▀▀█ █▀█ █▀█\n"
	              "█ █  █  █▀▀ ▀▀█ ▀▀█ ▀▀█ █▀█   █ █▀█ ▀▀█\n"
	              "▀▀▀ ▀▀▀ ▀▀▀ ▀▀▀   ▀ ▀▀▀ ▀▀▀   ▀ ▀▀▀ ▀▀▀");
	assert_digits(3, 60, "-1.2 M €",
	              "    ▄█    ▀▀█   █▄█\n"
	              "▀▀▀  █    █▀▀   █▀█\n"
	              "    ▀▀▀ ▀ ▀▀▀   ▀ ▀   €");
	assert_digits(3, 60, "45,5 k%",
	              "█ █ █▀▀   █▀▀   █ ▄\n"
	              "▀▀█ ▀▀█ ▄ ▀▀█   █▀▄\n"
	              "  ▀ ▀▀▀ ▀ ▀▀▀   ▀ ▀ %");
}

static void test_chart_digits__larger_where_there_is_room(void **state)
{
	(void)state;
	assert_digits(5, 30, "40 €",
	              "██  ██ ██████\n"
	              "██  ██ ██  ██\n"
	              "██████ ██  ██\n"
	              "    ██ ██  ██\n"
	              "    ██ ██████    €");
	ascii = true;
	assert_digits(5, 30, "40 €",
	              "##  ## ######\n"
	              "##  ## ##  ##\n"
	              "###### ##  ##\n"
	              "    ## ##  ##\n"
	              "    ## ######    €");
	/* Half a cell has no stand-in. */
	assert_digits(3, 30, "40 €",
	              "\n"
	              "40 €");
	ascii = false;
}

static void test_chart_digits__too_small(void **state)
{
	(void)state;
	assert_digits(3, 6, "1200 M",
	              "\n"
	              "1200 M");
	assert_digits(2, 30, "1200 M", "1200 M");
}

static void draw_all(void *ctx, struct canvas *canvas)
{
	draw_columns(ctx, canvas);
	draw_split(ctx, canvas);
	chart_columns(canvas, months, 0, -1);
	chart_split(canvas, states, 0, -1);
	chart_digits(canvas, ALIGN_CENTRE, STYLE_STRONG, "1.234 \x1b[2J");
}

static void test_chart__survives_any_size(void **state)
{
	(void)state;
	draw_at_all_sizes(draw_all, NULL);
	ascii = true;
	draw_at_all_sizes(draw_all, NULL);
	ascii = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chart_columns__with_values),
		cmocka_unit_test(test_chart_columns__narrow),
		cmocka_unit_test(test_chart_columns__in_ascii),
		cmocka_unit_test(test_chart_columns_at__of_each_column),
		cmocka_unit_test(test_chart_split__shades_and_words),
		cmocka_unit_test(test_chart_shares__fill_the_bar),
		cmocka_unit_test(test_chart_digits__in_three_rows),
		cmocka_unit_test(test_chart_digits__larger_where_there_is_room),
		cmocka_unit_test(test_chart_digits__too_small),
		cmocka_unit_test(test_chart__survives_any_size),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
