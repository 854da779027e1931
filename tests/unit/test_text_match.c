/* Finding commands by parts of their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <base/text_match.h>

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static int fuzzy(const char *typed, const char *text)
{
	return text_fuzzy(text_fold(arena, typed), text_fold(arena, text));
}

static void test_text_fold__case_and_accents(void **state)
{
	(void)state;
	assert_string_equal(text_fold(arena, "Próximo PASO, Ñandú ÇÜ"), "proximo paso, nandu cu");
	assert_string_equal(text_fold(arena, "o\u0301ø÷漢"), "oo÷漢");
	assert_string_equal(text_fold(arena, "a\xff" "b"), "ab");
	assert_string_equal(text_fold(arena, ""), "");
}

static void test_text_fuzzy__what_fits(void **state)
{
	(void)state;
	assert_true(fuzzy("", "anything") >= 0);
	assert_true(fuzzy("na", "new action") >= 0);
	assert_true(fuzzy("OPCION", "opción") >= 0);
	assert_true(fuzzy("new act", "new-action") >= 0);
	assert_true(fuzzy("nx", "new action") < 0);
	assert_true(fuzzy("an", "na") < 0);
	assert_true(fuzzy("x", "") < 0);
	assert_true(fuzzy("zz", "z") < 0);
}

static void test_text_fuzzy__the_most_fitting_is_first(void **state)
{
	static const char *const pairs[][3] = {
		{ "na", "new action", "unarchive" },    /* beginnings of words */
		{ "off", "offers", "of five fingers" }, /* without gaps */
		{ "client", "new client", "collaborate, listen" },
		{ "cl", "clients", "archive all" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (fuzzy(pairs[i][0], pairs[i][1]) <= fuzzy(pairs[i][0], pairs[i][2]))
			fail_msg("%s: %s %d, %s %d", pairs[i][0], pairs[i][1],
			         fuzzy(pairs[i][0], pairs[i][1]), pairs[i][2],
			         fuzzy(pairs[i][0], pairs[i][2]));
}

static void test_text_fuzzy__long_texts(void **state)
{
	char text[1000];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	text[999 - 1] = 'b';
	assert_true(fuzzy("aaaa", text) >= 0);
	assert_true(fuzzy("b", text) < 0);
	assert_true(fuzzy(text, "aa") < 0);
}

static void test_text_has_words__beginnings(void **state)
{
	(void)state;
	assert_true(text_has_words("ne wh", "say what is next, and when"));
	assert_true(text_has_words("", "x"));
	assert_true(text_has_words("  step ", "next-step"));
	assert_false(text_has_words("ext", "next"));
	assert_false(text_has_words("next day", "next"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_text_fold__case_and_accents),
		TEST(test_text_fuzzy__what_fits),
		TEST(test_text_fuzzy__the_most_fitting_is_first),
		TEST(test_text_fuzzy__long_texts),
		TEST(test_text_has_words__beginnings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
