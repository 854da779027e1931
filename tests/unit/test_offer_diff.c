/*
 * Which line of an offer became which: added, removed, moved, changed, and what
 * of a text is different.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <base/buf.h>
#include <model/offer_diff.h>

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* "description quantity": one line each; the rest is alike. */
static const struct rows *lines(int count, const char *const *given)
{
	struct rows *rows = arena_alloc(arena, sizeof(*rows));

	rows->count = count;
	rows->columns = 5;
	rows->names = offer_diff_columns;
	rows->cells = arena_alloc(arena, (size_t)(count + 1) * 5 * sizeof(char *));
	for (int i = 0; i < count; i++) {
		const char **cells = rows->cells + 5 * i;
		const char *split = strrchr(given[i], ':');

		cells[0] = arena_copy_n(arena, given[i], (size_t)(split - given[i]));
		cells[1] = split + 1;
		cells[2] = "1.0000";
		cells[3] = "0.00";
		cells[4] = "21.00";
	}
	return rows;
}
#define LINES(...)                                                            \
	lines(sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(const char *), \
	      (const char *const[]){ __VA_ARGS__ })

/* "0=0 1~2 -3 +4 5>1": the same, changed, removed, added, moved; ">~" moved and changed. */
static const char *told(const struct rows *before, const struct rows *after)
{
	struct offer_diff diff = offer_diff_lines(arena, before, after);
	struct buf out = { 0 };
	const char *text;

	buf_add(&out, "");
	for (int i = 0; i < diff.count; i++) {
		const struct offer_diff_line *line = &diff.lines[i];

		buf_add(&out, i > 0 ? " " : "");
		if (line->after < 0)
			buf_printf(&out, "-%d", line->before);
		else if (line->before < 0)
			buf_printf(&out, "+%d", line->after);
		else
			buf_printf(&out, "%d%s%s%d", line->before, line->moved ? ">" : "",
			           line->changed ? "~"
			           : line->moved ? ""
			                         : "=",
			           line->after);
	}
	text = arena_copy(arena, out.text);
	buf_free(&out);
	return text;
}

static void test_offer_diff__same_added_removed(void **state)
{
	const struct rows *none = lines(0, NULL);
	const struct rows *three = LINES("a:1", "b:1", "c:1");

	(void)state;
	assert_string_equal(told(none, none), "");
	assert_string_equal(told(three, three), "0=0 1=1 2=2");
	assert_string_equal(told(none, three), "+0 +1 +2");
	assert_string_equal(told(three, none), "-0 -1 -2");
	assert_string_equal(told(three, LINES("a:1", "c:1")), "0=0 -1 2=1");
	assert_string_equal(told(three, LINES("a:1", "b:1")), "0=0 1=1 -2");
	assert_string_equal(told(three, LINES("b:1", "c:1")), "-0 1=0 2=1");
	assert_string_equal(told(three, LINES("a:1", "x:1", "b:1", "c:1")), "0=0 +1 1=2 2=3");
	assert_string_equal(told(three, LINES("x:1")), "+0 -0 -1 -2");
}

static void test_offer_diff__changed(void **state)
{
	(void)state;
	assert_string_equal(told(LINES("a:1", "b:1"), LINES("a:2", "b:1")), "0~0 1=1");
	assert_string_equal(told(LINES("Curso de dirección de equipos:1", "b:1"),
	                         LINES("Curso de dirección de personas:1", "b:1")),
	                    "0~0 1=1");
	assert_string_equal(told(LINES("Curso de dirección:1"), LINES("Manual impreso en color:1")),
	                    "+0 -0");
}

static void test_offer_diff__moved(void **state)
{
	(void)state;
	assert_string_equal(told(LINES("a:1", "b:1", "c:1", "d:1"),
	                         LINES("d:1", "a:1", "b:1", "c:1")),
	                    "3>0 0=1 1=2 2=3");
	assert_string_equal(told(LINES("a:1", "b:1", "c:1"), LINES("b:1", "c:1", "a:2")),
	                    "1=0 2=1 0>~2");
	/* What only stands elsewhere because something before it went was not moved. */
	assert_string_equal(told(LINES("x:1", "y:1", "a:1", "b:1"), LINES("a:1", "b:1")),
	                    "-0 -1 2=0 3=1");
}

static void test_offer_diff__doubles(void **state)
{
	(void)state;
	assert_string_equal(told(LINES("a:1", "a:1"), LINES("a:1", "a:1", "a:1")), "0=0 1=1 +2");
	assert_string_equal(told(LINES("a:1", "a:1"), LINES("a:2", "a:1")), "0~0 1=1");
}

static void test_offer_diff__a_thousand(void **state)
{
	const char *given[1000];

	(void)state;
	for (int i = 0; i < 1000; i++)
		given[i] = arena_printf(arena, "line number %d of many:1", i);
	const struct rows *before = lines(1000, given);
	for (int i = 0; i < 1000; i++)
		given[i] = arena_printf(arena, "line number %d of many:%d", 999 - i, i % 2);
	struct offer_diff diff = offer_diff_lines(arena, before, lines(1000, given));

	assert_int_equal(diff.count, 1000);
	assert_int_equal(diff.lines[0].before, 999);
}

static void test_offer_diff_words(void **state)
{
	static const struct {
		const char *before, *after;
		size_t start, end;
	} cases[] = {
		{ "", "", 0, 0 },
		{ "a", "", 0, 0 },
		{ "the same", "the same", 8, 0 },
		{ "one two three", "one four three", 4, 6 },
		{ "one two", "one two three", 7, 0 },
		{ "two three", "one two three", 0, 9 },
		{ "ññ x", "ñó x", 0, 2 },
		{ "a a a", "a a", 3, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t start = 99, end = 99;

		offer_diff_words(cases[i].before, cases[i].after, &start, &end);
		if (start != cases[i].start || end != cases[i].end)
			fail_msg("«%s», «%s»: %zu and %zu", cases[i].before, cases[i].after, start,
			         end);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_offer_diff__same_added_removed),
		TEST(test_offer_diff__changed),
		TEST(test_offer_diff__moved),
		TEST(test_offer_diff__doubles),
		TEST(test_offer_diff__a_thousand),
		TEST(test_offer_diff_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
