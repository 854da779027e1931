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

/* The first 16 as xterm has them, then its cube and its greys. */
static void components(int colour, double out[3])
{
	static const unsigned char ansi[16][3] = {
		{ 0, 0, 0 },       { 205, 0, 0 },     { 0, 205, 0 },     { 205, 205, 0 },
		{ 0, 0, 238 },     { 205, 0, 205 },   { 0, 205, 205 },   { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },     { 0, 255, 0 },     { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 },   { 0, 255, 255 },   { 255, 255, 255 },
	};
	static const int cube[] = { 0, 95, 135, 175, 215, 255 };

	for (int i = 0; i < 3; i++) {
		int place = i == 0 ? 36 : i == 1 ? 6 : 1;

		out[i] = colour < 16    ? ansi[colour][i]
		       : colour >= 232 ? 8 + 10 * (colour - 232)
		                       : cube[(colour - 16) / place % 6];
	}
}

/* The relative luminance of WCAG 2, section 1.4.3, its curve by a polynomial. */
static double luminance(int colour)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	double parts[3], sum = 0;

	components(colour, parts);
	for (int i = 0; i < 3; i++) {
		double part = parts[i] / 255;

		sum += weights[i] * part * (part * (part * 0.305306 + 0.682171) + 0.012523);
	}
	return sum;
}

static double contrast(struct look look, bool dark)
{
	double fore = luminance(look.foreground >= 0 ? look.foreground : dark ? 7 : 0);
	double back = luminance(look.background >= 0 ? look.background : dark ? 0 : 15);

	return fore > back ? (fore + 0.05) / (back + 0.05) : (back + 0.05) / (fore + 0.05);
}

/* 4.5 is what WCAG asks for text, 3 for large text and lines; the eight colours of a terminal are
 * whatever its owner made of them. */
static void test_theme_look__has_contrast(void **state)
{
	(void)state;
	for (int n = 0; n < 3; n++) {
		for (int style = 0; style < STYLE_COUNT; style++) {
			bool dark = n != 1;
			double many = contrast(theme_look(names[n], 256, (enum style)style), dark);
			double few = contrast(theme_look(names[n], 8, (enum style)style), dark);

			if (many < 4.5)
				fail_msg("%s, style %d: %.1f with 256 colours", names[n], style, many);
			if (few < 3)
				fail_msg("%s, style %d: %.1f with 8 colours", names[n], style, few);
			/* High contrast does not know what it is on. */
			if (n == 2 && contrast(theme_look(names[n], 256, (enum style)style), false) < 4.5)
				fail_msg("%s, style %d on white", names[n], style);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_theme_look__stands_out),
		cmocka_unit_test(test_theme_look__readable),
		cmocka_unit_test(test_theme_look__has_contrast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
