/*
 * Texts for groff: whatever they are, every line is text and nothing that groff
 * reads as its own is left in them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <model/offer_paper.h>

#define assert_text(foreign, expected)                   \
	do {                                             \
		struct buf out = { 0 };                  \
		buf_add(&out, "");                       \
		offer_paper_text(&out, foreign);         \
		assert_string_equal(out.text, expected); \
		buf_free(&out);                          \
	} while (0)

static void test_offer_paper_text__is_no_request(void **state)
{
	(void)state;
	assert_text("", "");
	assert_text("plain text.", "\\&plain text.\n.br\n");
	assert_text(".sy rm", "\\&.sy rm\n.br\n");
	assert_text("a\n'so x\n.de\n..",
	            "\\&a\n.br\n\\&\\[aq]so x\n.br\n\\&.de\n.br\n\\&..\n.br\n");
	assert_text("\\*[x]\\", "\\&\\[rs]*[x]\\[rs]\n.br\n");
	assert_text("\"a\" `b^~-", "\\&\\[dq]a\\[dq] \\[ga]b\\[ha]\\[ti]-\n.br\n");
	assert_text("a\n\nb", "\\&a\n.br\n.sp 0.6v\n\\&b\n.br\n");
	assert_text("a\tb\r\nc", "\\&a    b\n.br\n\\&c\n.br\n");
}

static void test_offer_paper_text__letters(void **state)
{
	(void)state;
	assert_text("é€", "\\&\\[u00E9]\\[u20AC]\n.br\n");
	assert_text("e\u0301o\u030b\u0320", "\\&\\[u0065_0301]\\[u006F_030B_0320]\n.br\n");
	assert_text("1\u00a0%", "\\&1\\ %\n.br\n");
	assert_text("\x1b[31m", "\\&\\[u241B][31m\n.br\n");
	assert_text("中文", "\\&\\[u4E2D]\\:\\[u6587]\n.br\n");
	assert_text("\xff", "\\&\\[uFFFD]\n.br\n");
}

static void test_offer_paper_text__long_words_may_break(void **state)
{
	(void)state;
	assert_text("aaaaaaaaaaaaaaaaaaaa b", "\\&aaaaaaaaaaaaaaaaaaaa b\n.br\n");
	assert_text(
	    "aaaaaaaaaaaaaaaaaaaaa b",
	    "\\&a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a\\:a b\n.br\n");
}

/* Random bytes: no line but ours begins with a control character, no backslash but ours. */
static void test_offer_paper_text__anything(void **state)
{
	static const char pool[] = ".'\\\n\r\t \"aTx&{}*[]()$n\x01\x7f\xc3\xa9\xe2\x80\xae\xf0";

	(void)state;
	srandom(1);
	for (int round = 0; round < 20000; round++) {
		char foreign[40];
		struct buf out = { 0 };
		int length = (int)(random() % 39);

		for (int i = 0; i < length; i++)
			foreign[i] = pool[random() % (long)(sizeof(pool) - 1)];
		foreign[length] = '\0';
		buf_add(&out, "");
		offer_paper_text(&out, foreign);
		for (const char *line = out.text; *line != '\0'; line = strchr(line, '\n') + 1) {
			size_t end = strcspn(line, "\n");

			if (strncmp(line, ".br\n", 4) == 0 || strncmp(line, ".sp 0.6v\n", 9) == 0)
				continue;
			assert_memory_equal(line, "\\&", 2);
			for (size_t i = 2; i < end; i++) {
				assert_true(line[i] >= ' ' && line[i] < 0x7f);
				if (line[i] == '\\') {
					i++;
					assert_non_null(strchr("[ :", line[i]));
				}
			}
		}
		buf_free(&out);
	}
}

static void test_offer_paper_language__is_the_clients(void **state)
{
	static const struct {
		const char *country, *language;
	} cases[] = {
		{ "ES", "es" }, { "MX", "es" }, { "", "es" }, { "DE", "en" }, { "US", "en" }
	};
	static const char *const names[] = { "country" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *cells[] = { cases[i].country };
		const struct rows head = { 1, 1, names, cells };

		assert_string_equal(offer_paper_language(&head), cases[i].language);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offer_paper_text__is_no_request),
		cmocka_unit_test(test_offer_paper_text__letters),
		cmocka_unit_test(test_offer_paper_text__long_words_may_break),
		cmocka_unit_test(test_offer_paper_text__anything),
		cmocka_unit_test(test_offer_paper_language__is_the_clients),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
