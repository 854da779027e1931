/*
 * What reaches the screen: clipping, parts, foreign text, wide characters at
 * edges, and every size down to 1x1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <ui/terminal.h>

static void assert_drawn(int height, int width, void (*draw)(void *ctx, struct canvas *canvas),
                         const char *expected)
{
	char *picture = terminal_picture(height, width, draw, NULL);

	assert_string_equal(picture, expected);
	free(picture);
}

static void draw_texts(void *ctx, struct canvas *c)
{
	(void)ctx;
	assert_int_equal(canvas_text(c, 0, 0, -1, STYLE_NORMAL, "exactly ten"), 10);
	assert_int_equal(canvas_text(c, 1, 0, 5, STYLE_CURSOR, "shortened"), 5);
	assert_int_equal(canvas_text(c, 1, 6, -1, STYLE_NORMAL, "año"), 3);
	assert_int_equal(canvas_text(c, 2, -2, -1, STYLE_NORMAL, "abcd"), 4);
	assert_int_equal(canvas_textf(c, 2, 4, -1, STYLE_ERROR, "%d/%s", 7, "x"), 3);
	assert_int_equal(canvas_text(c, 3, 10, -1, STYLE_NORMAL, "outside"), 0);
	assert_int_equal(canvas_text(c, 3, 0, 0, STYLE_NORMAL, "no room"), 0);
	assert_int_equal(canvas_text(c, 3, 0, -1, STYLE_NORMAL, NULL), 0);
	canvas_text(c, -1, 0, -1, STYLE_NORMAL, "above");
	canvas_text(c, 4, 0, -1, STYLE_NORMAL, "below");
	canvas_text(c, INT_MAX, INT_MIN, INT_MAX, STYLE_NORMAL, "far");
	canvas_text(c, INT_MIN, INT_MAX, -1, STYLE_NORMAL, "far");
}

static void test_canvas_text__clipped(void **state)
{
	(void)state;
	assert_drawn(4, 10, draw_texts, "exactly t…\nshor… año\ncd  7/x\n");
}

static void draw_wide(void *ctx, struct canvas *c)
{
	(void)ctx;
	canvas_text(c, 0, 0, -1, STYLE_NORMAL, "日本語");
	canvas_text(c, 1, 0, 5, STYLE_NORMAL, "日本語x");
	canvas_text(c, 1, 5, 1, STYLE_NORMAL, "日");
	canvas_text(c, 2, -1, -1, STYLE_NORMAL, "日本");
	/* What is drawn over half of a wide character leaves no half behind. */
	canvas_text(c, 3, 0, -1, STYLE_NORMAL, "日本語");
	canvas_text(c, 3, 1, -1, STYLE_NORMAL, "xyz");
	canvas_text(c, 4, 3, -1, STYLE_NORMAL, "日本");
}

static void test_canvas_text__wide_characters(void **state)
{
	(void)state;
	assert_drawn(5, 6, draw_wide, "日本語\n日本……\n 本\n xyz語\n   日…");
}

static void draw_wide_in_parts(void *ctx, struct canvas *c)
{
	struct canvas *part = canvas_part(c, (struct rect){ 0, 1, 2, 3 });

	(void)ctx;
	canvas_text(c, 0, 0, -1, STYLE_NORMAL, "......");
	canvas_text(c, 1, 0, -1, STYLE_NORMAL, "......");
	canvas_text(part, 0, -1, -1, STYLE_NORMAL, "日");
	canvas_text(part, 1, 2, -1, STYLE_NORMAL, "日");
}

static void test_canvas_text__wide_at_edges_of_a_part(void **state)
{
	(void)state;
	assert_drawn(2, 6, draw_wide_in_parts, ". ....\n...…..");
}

static void draw_marks(void *ctx, struct canvas *c)
{
	(void)ctx;
	assert_int_equal(canvas_text(c, 0, 0, -1, STYLE_NORMAL, "e\u0301e\u0301x"), 3);
	assert_int_equal(canvas_text(c, 1, 0, 2, STYLE_NORMAL, "ae\u0301i"), 2);
	assert_int_equal(canvas_text(c, 2, 0, 2, STYLE_NORMAL, "ae\u0301"), 2);
}

static void test_canvas_text__marks_stay_with_their_letter(void **state)
{
	(void)state;
	assert_drawn(3, 4, draw_marks, "e\u0301e\u0301x\na…\nae\u0301");
}

static const char *const hostile[] = {
	"\x1b[2J\x1b[31m",
	"\x1b]0;title\a",
	"\r\n\t\b\v\f",
	"a\xc2\x9b[Jb\xc2\x85",
	"\u202eabc\u202c \u2066x\u2069",
	"a\u200bb\u200dc\ufeff\u00ad",
	"\U000e0041\U000e007f",
	"\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80",
	"\xe2\x82",
	"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
	"\u0301\u0302 leading marks",
	"👩\u200d👩\u200d👧 🇪🇸 ❤\ufe0f",
	"\u1100\u1161\u11a8 \u0e33 \u0600",
	"\u2028\u2029\u3164\u115f",
};

static void draw_hostile(void *ctx, struct canvas *c)
{
	const char *text = ctx;

	canvas_text(c, 0, 0, -1, STYLE_NORMAL, "before");
	canvas_text(c, 1, 0, -1, STYLE_NORMAL, text);
	canvas_text(c, 2, 0, -1, STYLE_NORMAL, "after");
	canvas_aligned(c, 3, 0, 20, ALIGN_RIGHT, STYLE_NORMAL, text);
	canvas_paragraph(c, (struct rect){ 4, 0, 4, 20 }, 0, STYLE_NORMAL, text);
	canvas_textf(c, 8, 0, -1, STYLE_NORMAL, "%s", text);
	canvas_box(c, (struct rect){ 9, 0, 3, 40 }, text);
}

/* Whatever a text holds, it changes its own place only, and no cell holds what moves or hides. */
static void test_canvas_text__hostile(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
		char *text = strdup(hostile[i]);
		char *picture = terminal_picture(12, 60, draw_hostile, text);
		size_t length;
		uint32_t point;

		assert_int_equal(strncmp(picture, "before\n", 7), 0);
		assert_non_null(strstr(picture, "\nafter\n"));
		for (const char *at = picture; (length = text_decode(at, &point)) > 0;
		     at += length) {
			bool control = point < 0x20 && point != '\n';
			bool hidden = (point >= 0x200b && point <= 0x200f) ||
			              (point >= 0x2028 && point <= 0x202e) ||
			              (point >= 0x2060 && point <= 0x206f) || point >= 0xe0000;

			if (control || hidden || (point >= 0x7f && point < 0xa0) || point == 0xfeff)
				fail_msg("text %zu lets U+%04X through", i, point);
		}
		free(picture);
		free(text);
	}
}

static void draw_parts(void *ctx, struct canvas *c)
{
	struct canvas *part = canvas_part(c, (struct rect){ 1, 2, 2, 5 });
	struct canvas *inner = canvas_part(part, (struct rect){ 1, 3, 9, 9 });
	struct canvas *moved = canvas_part(part, (struct rect){ -1, -1, 4, 4 });
	struct canvas *outside = canvas_part(c, (struct rect){ 9, 9, 3, 3 });
	struct canvas *negative = canvas_part(c, (struct rect){ 0, 0, -1, INT_MIN });

	(void)ctx;
	assert_int_equal(canvas_height(part), 2);
	assert_int_equal(canvas_width(part), 5);
	assert_int_equal(canvas_height(inner), 1);
	assert_int_equal(canvas_width(inner), 2);
	assert_int_equal(canvas_height(outside), 0);
	assert_int_equal(canvas_width(negative), 0);
	canvas_fill(canvas_part(c, (struct rect){ INT_MAX, INT_MAX, INT_MAX, INT_MAX }),
	            (struct rect){ INT_MIN, INT_MIN, INT_MAX, INT_MAX }, STYLE_CURSOR);
	canvas_text(part, 0, 0, -1, STYLE_NORMAL, "abcdefgh");
	canvas_text(part, 2, 0, -1, STYLE_NORMAL, "below");
	canvas_text(inner, 0, 0, -1, STYLE_NORMAL, "x");
	canvas_text(moved, 2, 0, -1, STYLE_NORMAL, "1234");
	canvas_text(moved, 0, 1, -1, STYLE_NORMAL, "cut");
	canvas_text(outside, 0, 0, -1, STYLE_NORMAL, "x");
	canvas_text(negative, 0, 0, -1, STYLE_NORMAL, "x");
}

static void test_canvas_part__clips(void **state)
{
	(void)state;
	assert_drawn(4, 10, draw_parts, "\n  abcd…\n  234x\n");
}

static void draw_aligned(void *ctx, struct canvas *c)
{
	(void)ctx;
	canvas_aligned(c, 0, 1, 8, ALIGN_RIGHT, STYLE_NORMAL, "1,5 €");
	canvas_aligned(c, 1, 1, 8, ALIGN_CENTRE, STYLE_NORMAL, "日本");
	canvas_aligned(c, 2, 1, 4, ALIGN_RIGHT, STYLE_NORMAL, "too long");
	canvas_aligned(c, 3, 0, -1, ALIGN_RIGHT, STYLE_NORMAL, "edge");
}

static void test_canvas_aligned__all(void **state)
{
	(void)state;
	assert_drawn(4, 10, draw_aligned, "    1,5 €\n   日本\n too…\n      edge");
}

static void draw_paragraph(void *ctx, struct canvas *c)
{
	const char *text = "one two three\nfour\x1b five";

	(void)ctx;
	assert_int_equal(canvas_paragraph(c, (struct rect){ 0, 1, 9, 8 }, 0, STYLE_NORMAL, text),
	                 4);
	assert_int_equal(canvas_paragraph(c, (struct rect){ 0, 10, 2, 8 }, 1, STYLE_NORMAL, text),
	                 2);
	assert_int_equal(canvas_paragraph(c, (struct rect){ 3, 10, 2, 8 }, 9, STYLE_NORMAL, text),
	                 0);
	assert_int_equal(canvas_paragraph(c, (struct rect){ 3, 30, 2, 8 }, 0, STYLE_NORMAL, text),
	                 0);
}

static void test_canvas_paragraph__wraps_and_scrolls(void **state)
{
	(void)state;
	assert_drawn(5, 20, draw_paragraph, " one two  three\n three    four␛\n four␛\n five\n");
}

static void draw_shapes(void *ctx, struct canvas *c)
{
	(void)ctx;
	canvas_line(c, 0);
	canvas_text(c, 2, 0, -1, STYLE_NORMAL, "aaaaaaaaaaaaaaaa");
	canvas_box(c, (struct rect){ 1, 1, 3, 12 }, "Título largo");
	canvas_bar(c, 4, 0, 8, STYLE_GOOD, 1, 2);
	canvas_bar(c, 5, 0, 8, STYLE_GOOD, 1, 1000000);
	canvas_bar(c, 6, 0, 8, STYLE_GOOD, 5, 2);
	canvas_bar(c, 7, 0, 8, STYLE_GOOD, 0, 2);
	canvas_bar(c, 7, 0, 8, STYLE_GOOD, 1, 0);
	canvas_bar(c, 7, 0, 8, STYLE_GOOD, -1, 2);
	canvas_bar(c, 8, 0, 8, STYLE_GOOD, LLONG_MAX / 64 * 21, LLONG_MAX);
	canvas_bar(c, 9, 12, 8, STYLE_GOOD, 2, 2);
}

static void test_canvas_box__line_and_bar(void **state)
{
	(void)state;
	assert_drawn(10, 16, draw_shapes,
	             "────────────────\n"
	             " ┌─ Títul… ─┐\n"
	             "a│          │aaa\n"
	             " └──────────┘\n"
	             "████\n"
	             "▏\n"
	             "████████\n"
	             "\n"
	             "██▋\n"
	             "            ████");
}

static void draw_everything(void *ctx, struct canvas *c)
{
	int h = canvas_height(c), w = canvas_width(c);

	(void)ctx;
	canvas_fill(c, (struct rect){ 0, 0, h, w }, STYLE_BAR);
	canvas_box(c, (struct rect){ 0, 0, h, w }, "title 日本");
	canvas_box(c, (struct rect){ 1, 1, h - 2, w - 2 }, "日本");
	canvas_box(canvas_part(c, (struct rect){ -1, -1, h, w }), (struct rect){ 0, 0, h, w }, "x");
	canvas_text(c, h - 1, w - 1, -1, STYLE_ERROR, "日");
	canvas_text(c, h / 2, 0, -1, STYLE_ERROR, "日本語日本語日本語日本語");
	canvas_line(c, h - 1);
	canvas_bar(c, 0, 0, w, STYLE_GOOD, 3, 7);
	canvas_paragraph(c, (struct rect){ 0, 0, h, w }, 0, STYLE_NORMAL, "a 日本 word\n\nx");
	canvas_cursor(c, h - 1, w - 1);
	canvas_cursor(c, h, w);
	canvas_cursor(c, -1, -1);
}

static void test_terminal_picture__every_size(void **state)
{
	(void)state;
	for (int height = 1; height <= 5; height++) {
		for (int width = 1; width <= 25; width++)
			free(terminal_picture(height, width, draw_everything, NULL));
	}
	free(terminal_picture(60, 200, draw_everything, NULL));
	free(terminal_picture(1, 500, draw_everything, NULL));
	free(terminal_picture(300, 1, draw_everything, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canvas_text__clipped),
		cmocka_unit_test(test_canvas_text__wide_characters),
		cmocka_unit_test(test_canvas_text__wide_at_edges_of_a_part),
		cmocka_unit_test(test_canvas_text__marks_stay_with_their_letter),
		cmocka_unit_test(test_canvas_text__hostile),
		cmocka_unit_test(test_canvas_part__clips),
		cmocka_unit_test(test_canvas_aligned__all),
		cmocka_unit_test(test_canvas_paragraph__wraps_and_scrolls),
		cmocka_unit_test(test_canvas_box__line_and_bar),
		cmocka_unit_test(test_terminal_picture__every_size),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
