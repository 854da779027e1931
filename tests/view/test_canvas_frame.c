/*
 * Frames one after the other: a row that is as before is left alone, and what
 * is on the screen is always what was drawn last.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <ui/canvas_frame.h>

static struct frame frame;
static SCREEN *screen;
static FILE *null;

static int set_up(void **state)
{
	(void)state;
	null = fopen("/dev/null", "r+");
	use_env(FALSE);
	screen = newterm("xterm-256color", null, null);
	resize_term(3, 20);
	frame_open(&frame, stdscr);
	frame_set_theme(&frame, "dark", true);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	frame_close(&frame);
	endwin();
	delscreen(screen);
	fclose(null);
	return 0;
}

static struct canvas *begin(void)
{
	untouchwin(stdscr);
	return frame_begin(&frame);
}

static void assert_row(int row, const char *expected, bool painted)
{
	struct buf text = { 0 };

	assert_int_equal(is_linetouched(stdscr, row), painted);
	frame_read_row(stdscr, row, 0, getmaxx(stdscr), &text);
	assert_string_equal(text.text ? text.text : "", expected);
	buf_free(&text);
}

static attr_t first_look(int row)
{
	wchar_t text[CCHARW_MAX + 1];
	attr_t attributes;
	cchar_t cell;
	short pair;

	mvwin_wch(stdscr, row, 0, &cell);
	getcchar(&cell, text, &attributes, &pair, NULL);
	return attributes;
}

static void draw(const char *first, const char *second, enum style style)
{
	struct canvas *canvas = begin();

	canvas_text(canvas, 0, 0, -1, STYLE_NORMAL, first);
	canvas_fill(canvas, (struct rect){ 1, 0, 1, 20 }, style);
	canvas_text(canvas, 1, 0, -1, style, second);
	frame_end(&frame);
}

static void test_frame_end__rows_that_are_as_before(void **state)
{
	(void)state;
	draw("one", "two", STYLE_NORMAL);
	assert_row(0, "one", true);
	assert_row(1, "two", true);
	draw("one", "two", STYLE_NORMAL);
	assert_row(0, "one", false);
	assert_row(1, "two", false);
	draw("one", "three", STYLE_NORMAL);
	assert_row(0, "one", false);
	assert_row(1, "three", true);
	draw("one", "tw", STYLE_NORMAL);
	assert_row(1, "tw", true);
	/* Back to what it was two frames ago. */
	draw("one", "three", STYLE_NORMAL);
	assert_row(1, "three", true);
	draw("one", "three", STYLE_STRONG);
	assert_row(1, "three", true);
	assert_int_equal(first_look(1), A_BOLD);
}

static void test_frame_end__fewer_and_other_pieces(void **state)
{
	struct canvas *canvas = begin();

	(void)state;
	canvas_text(canvas, 0, 0, -1, STYLE_NORMAL, "left");
	canvas_text(canvas, 0, 10, -1, STYLE_NORMAL, "right");
	frame_end(&frame);
	assert_row(0, "left      right", true);
	canvas = begin();
	canvas_text(canvas, 0, 0, -1, STYLE_NORMAL, "left");
	frame_end(&frame);
	assert_row(0, "left", true);
	canvas = begin();
	canvas_text(canvas, 0, 1, -1, STYLE_NORMAL, "left");
	frame_end(&frame);
	assert_row(0, " left", true);
	/* The same text, of which a part shows less. */
	canvas = begin();
	canvas_text(canvas_part(canvas, (struct rect){ 0, 0, 1, 3 }), 0, 1, -1, STYLE_NORMAL,
	            "left");
	frame_end(&frame);
	assert_row(0, " l…", true);
	begin();
	frame_end(&frame);
	assert_row(0, "", true);
}

static int drawn;

static void draw_later(void *ctx, const void *stamp, struct canvas *canvas, int row)
{
	(void)ctx;
	drawn++;
	canvas_text(canvas, row, 0, -1, STYLE_NORMAL, stamp);
	canvas_text(canvas, row, 5, -1, STYLE_STRONG, stamp);
}

static void draw_rows(const char *first, const char *second, const char *beside)
{
	struct canvas *canvas = begin();
	struct canvas *left = canvas_part(canvas, (struct rect){ 1, 1, 2, 8 });

	drawn = 0;
	canvas_row(left, 0, first, strlen(first) + 1, draw_later, NULL);
	canvas_row(left, 1, second, strlen(second) + 1, draw_later, NULL);
	canvas_text(canvas, 2, 7, -1, STYLE_NORMAL, beside);
	frame_end(&frame);
}

static void test_canvas_row__is_drawn_where_it_must_be(void **state)
{
	(void)state;
	draw_rows("one", "two", "beside");
	assert_int_equal(drawn, 2);
	assert_row(1, " one  one", true);
	assert_row(2, " two  tbeside", true); /* which was put there later */
	draw_rows("one", "two", "beside");
	assert_int_equal(drawn, 0);
	assert_row(1, " one  one", false);
	draw_rows("one", "three", "beside");
	assert_int_equal(drawn, 1);
	assert_row(2, " threetbeside", true);
	draw_rows("one", "three", "other");
	assert_int_equal(drawn, 1);
	assert_row(2, " threetother", true);
	/* The same text, but not that of a row. */
	draw("", " one", STYLE_NORMAL);
	assert_row(1, " one", true);
	draw_rows("one", "three", "other");
	assert_int_equal(drawn, 2);
	frame_forget(&frame);
	draw_rows("one", "three", "other");
	assert_int_equal(drawn, 2);
	assert_row(1, " one  one", true);
}

/* A frame that was begun and given up has shown nothing. */
static void test_frame_begin__twice(void **state)
{
	struct canvas *canvas;

	(void)state;
	draw("one", "two", STYLE_NORMAL);
	canvas = begin();
	canvas_text(canvas, 0, 0, -1, STYLE_NORMAL, "given up");
	draw("one", "new", STYLE_NORMAL);
	assert_row(0, "one", false);
	assert_row(1, "new", true);
}

static void test_canvas_read__in_the_midst(void **state)
{
	struct canvas *canvas;
	struct buf text = { 0 };

	(void)state;
	draw("one", "two", STYLE_NORMAL);
	canvas = begin();
	canvas_text(canvas, 0, 0, -1, STYLE_NORMAL, "read");
	canvas_read(canvas, &text);
	assert_string_equal(text.text, "read\n");
	buf_free(&text);
	/* Drawn over it, which is what was there before it was read. */
	canvas_text(canvas, 0, 0, -1, STYLE_NORMAL, "one ");
	canvas_text(canvas, 1, 0, -1, STYLE_NORMAL, "two");
	frame_end(&frame);
	assert_row(0, "one", true);
	assert_row(1, "two", true);
	draw("one", "two", STYLE_NORMAL);
	assert_row(0, "one", true);
}

static void test_frame_forget__other_size_and_theme(void **state)
{
	(void)state;
	draw("one", "two", STYLE_ERROR);
	/* What curses cuts off on the way is lost. */
	resize_term(1, 20);
	resize_term(3, 20);
	frame_forget(&frame);
	draw("one", "two", STYLE_ERROR);
	assert_row(1, "two", true);
	assert_int_equal(first_look(1) & A_BOLD, A_BOLD);
	frame_set_theme(&frame, "contrast", false);
	draw("one", "two", STYLE_CURSOR);
	assert_row(1, "two", true);
	assert_int_equal(first_look(1), A_REVERSE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_frame_end__rows_that_are_as_before),
		TEST(test_frame_end__fewer_and_other_pieces),
		TEST(test_canvas_row__is_drawn_where_it_must_be),
		TEST(test_frame_begin__twice),
		TEST(test_canvas_read__in_the_midst),
		TEST(test_frame_forget__other_size_and_theme),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
