/*
 * Themes: what has to stand out does so with many colours, with few and with
 * none, and the terminal's own background stays where text is read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>

#include "ui/theme.h"

static const char *const names[] = { "dark", "light", "contrast", "unknown", NULL };
static const int colours[] = { 0, 2, 8, 16, 88, 256, 16777216 };

static bool differ(struct look one, struct look other)
{
	return one.foreground != other.foreground || one.background != other.background ||
	       one.flags != other.flags;
}

static void test_theme_look__stands_out(void **state)
{
	static const enum style standing_out[] = {
		STYLE_STRONG, STYLE_BAR,     STYLE_KEY,    STYLE_HEADING,
		STYLE_CURSOR, STYLE_MARKED,  STYLE_FIELD,  STYLE_FIELD_ACTIVE,
		STYLE_ERROR,  STYLE_WARNING, STYLE_BANNER,
	};

	(void)state;
	for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
		for (size_t c = 0; c < sizeof colours / sizeof colours[0]; c++) {
			struct look normal = theme_look(names[n], colours[c], STYLE_NORMAL);
			struct look field = theme_look(names[n], colours[c], STYLE_FIELD);
			struct look active = theme_look(names[n], colours[c], STYLE_FIELD_ACTIVE);

			assert_int_equal(normal.foreground, -1);
			assert_int_equal(normal.background, -1);
			assert_int_equal(normal.flags, 0);
			assert_true(differ(field, active));
			for (size_t s = 0; s < sizeof standing_out / sizeof standing_out[0]; s++) {
				struct look look =
				    theme_look(names[n], colours[c], standing_out[s]);

				assert_true(differ(look, normal));
			}
		}
	}
}

/* A colour that the terminal has not, or one on itself, would be unreadable. */
static void test_theme_look__readable(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
		for (size_t c = 0; c < sizeof colours / sizeof colours[0]; c++) {
			for (int s = 0; s < STYLE_COUNT; s++) {
				struct look look = theme_look(names[n], colours[c], (enum style)s);
				int last = colours[c] < 8 ? -1 : colours[c] < 256 ? 7 : 255;

				assert_true(look.foreground <= last && look.background <= last);
				assert_true(look.foreground >= -1 && look.background >= -1);
				assert_true(look.foreground != look.background ||
				            look.foreground == -1);
				/* A background alone would meet whatever colour the text has. */
				assert_true(look.background == -1 || look.foreground >= 0);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_theme_look__stands_out),
		cmocka_unit_test(test_theme_look__readable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
