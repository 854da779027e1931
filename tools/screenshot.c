/*
 * A picture of the real program, for the documentation: plays the keys, then
 * writes libvterm's cells as SVG. Used by tools/screenshots, which has a
 * server with demo data.
 *
 *   screenshot FILE.svg ROWS COLUMNS E-MAIL TEXT [KEY TEXT]...
 *
 * TEXT is waited for, before each KEY and before the picture; "-" for KEY
 * only waits on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harness/screen.h>

enum { CELL_WIDTH = 9, CELL_HEIGHT = 19, MARGIN = 10 };

static const char paper[] = "#1c1f26", ink[] = "#d6d9df";
static int argument_count;
static char **arguments;

static const char *colour(int number, const char *standard, char out[8])
{
	static const char *const named[16] = {
		"#1c1f26", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd",
		"#56b6c2", "#c8ccd4", "#7f8694", "#ff7b86", "#b5e890", "#ffd88a",
		"#82c4ff", "#e39af0", "#7fe0ea", "#ffffff",
	};

	if (number < 0)
		return standard;
	if (number < 16)
		return named[number];
	if (number < 232) {
		static const int steps[] = { 0, 95, 135, 175, 215, 255 };

		number -= 16;
		snprintf(out, 8, "#%02x%02x%02x", steps[number / 36 % 6], steps[number / 6 % 6],
		         steps[number % 6]);
	} else {
		number = 8 + (number - 232) * 10;
		snprintf(out, 8, "#%02x%02x%02x", number & 0xff, number & 0xff, number & 0xff);
	}
	return out;
}

static void print_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			fputs("&amp;", out);
		else if (*text == '<')
			fputs("&lt;", out);
		else
			fputc(*text, out);
	}
}

/* Each cell by itself: no font then decides where the next one begins. */
static void print_cell(FILE *out, struct screen_cell cell, int row, int column)
{
	char front[8], back[8];
	const char *foreground = colour(cell.foreground, ink, front);
	const char *background = colour(cell.background, paper, back);
	int x = MARGIN + column * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT;

	if (cell.reverse) {
		const char *swap = foreground;

		foreground = background;
		background = swap;
	}
	if (background != paper)
		fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x,
		        y, cell.width * CELL_WIDTH, CELL_HEIGHT, background);
	if (cell.text[0] == '\0' || !strcmp(cell.text, " "))
		return;
	fprintf(out, "<text x=\"%d\" y=\"%d\"", x, y + 14);
	if (foreground != ink)
		fprintf(out, " fill=\"%s\"", foreground);
	fprintf(out, "%s%s>", cell.bold ? " font-weight=\"bold\"" : "",
	        cell.underline ? " text-decoration=\"underline\"" : "");
	print_text(out, cell.text);
	fputs("</text>\n", out);
}

static void write_picture(struct screen *screen, const char *path, int rows, int columns)
{
	int width = 2 * MARGIN + columns * CELL_WIDTH, height = 2 * MARGIN + rows * CELL_HEIGHT;
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fprintf(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	        "viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"15\" fill=\"%s\">\n"
	        "<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n",
	        width, height, width, height, ink, width, height, paper);
	for (int row = 0; row < rows; row++)
		for (int column = 0; column < columns;) {
			struct screen_cell cell = screen_cell(screen, row, column);

			print_cell(out, cell, row, column);
			column += cell.width;
		}
	fputs("</svg>\n", out);
	assert_int_equal(fclose(out), 0);
}

static void test_screenshot(void **state)
{
	const char *const argv[] = { screen_program(), "-u", arguments[4], NULL };
	const char *const env[] = { "PGPASSWORD=demo", "XDG_STATE_HOME=/dev/null", "HOME=/nonexistent",
		                    "LANGUAGE=en", NULL };
	int rows = (int)strtol(arguments[2], NULL, 10), columns = (int)strtol(arguments[3], NULL, 10);
	struct screen *screen = screen_start(rows, columns, argv, env);

	(void)state;
	screen_wait_text(screen, arguments[5]);
	for (int i = 6; i + 1 < argument_count; i += 2) {
		if (strcmp(arguments[i], "-") != 0)
			screen_key(screen, arguments[i]);
		screen_wait_text(screen, arguments[i + 1]);
	}
	write_picture(screen, arguments[1], rows, columns);
	if (getenv("SCREENSHOT_TEXT"))
		fputs(screen_text(screen), stderr);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_screenshot, screen_teardown),
	};

	if (argc < 6 || argc % 2 != 0) {
		fputs("usage: screenshot FILE.svg ROWS COLUMNS E-MAIL TEXT [KEY TEXT]...\n", stderr);
		return 2;
	}
	argument_count = argc;
	arguments = argv;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
