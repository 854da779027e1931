/*
 * See picture.h. Text is written in runs whose length is stated, so that the
 * reader's font does not decide where a column begins. An animation holds each
 * row once for the time during which it does not change.
 */
#include "picture.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_WIDTH = 9, CELL_HEIGHT = 19, MARGIN = 10 };

static const char paper[] = "#1c1f26", ink[] = "#d6d9df";

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

/* The colours as they are seen; each points to a constant or into its buffer. */
static void seen_colours(const struct screen_cell *cell, const char **front, const char **back,
                         char front_buffer[8], char back_buffer[8])
{
	*front = colour(cell->foreground, ink, front_buffer);
	*back = colour(cell->background, paper, back_buffer);
	if (cell->reverse) {
		const char *swap = *front;

		*front = *back;
		*back = swap;
	}
}

static bool is_blank(const struct screen_cell *cell)
{
	return cell->text[0] == '\0' || !strcmp(cell->text, " ");
}

static bool same_ground(const struct screen_cell *a, const struct screen_cell *b)
{
	return a->foreground == b->foreground && a->background == b->background &&
	       a->reverse == b->reverse;
}

/* Letters that every fixed font has stand in one run; of other signs only the same one. */
static bool goes_on(const struct screen_cell *a, const struct screen_cell *b)
{
	bool plain = (unsigned char)a->text[0] < 0xc9, also = (unsigned char)b->text[0] < 0xc9;

	return same_ground(a, b) && a->bold == b->bold && a->underline == b->underline &&
	       (plain ? also : !strcmp(a->text, b->text));
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

/* What one row of a screen shows: grounds first, the letters on them. */
struct line {
	struct screen_cell cells[512];
	int columns;
	int y;
};

static void print_grounds(FILE *out, const struct line *line)
{
	for (int from = 0, to; from < line->columns; from = to) {
		const struct screen_cell *cell = &line->cells[from];
		const char *front, *back;
		char front_buffer[8], back_buffer[8];

		for (to = from + 1; to < line->columns && same_ground(cell, &line->cells[to]);)
			to++;
		seen_colours(cell, &front, &back, front_buffer, back_buffer);
		if (strcmp(back, paper) != 0)
			fprintf(out,
			        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
			        MARGIN + from * CELL_WIDTH, line->y, (to - from) * CELL_WIDTH,
			        CELL_HEIGHT, back);
	}
}

static void print_run(FILE *out, const struct line *line, int from, int to)
{
	const struct screen_cell *cell = &line->cells[from];
	const char *front, *back;
	char front_buffer[8], back_buffer[8];

	seen_colours(cell, &front, &back, front_buffer, back_buffer);
	fprintf(out, "<text x=\"%d\" y=\"%d\"", MARGIN + from * CELL_WIDTH, line->y + 14);
	if (to > from + 1)
		fprintf(out, " textLength=\"%d\"", (to - from) * CELL_WIDTH);
	if (strcmp(front, ink) != 0)
		fprintf(out, " fill=\"%s\"", front);
	fprintf(out, "%s%s>", cell->bold ? " font-weight=\"bold\"" : "",
	        cell->underline ? " text-decoration=\"underline\"" : "");
	for (; from < to; from++)
		print_text(out, is_blank(&line->cells[from]) ? " " : line->cells[from].text);
	fputs("</text>", out);
}

/* Blocks and shades, which fonts draw with gaps, as the part of the cell that they fill. */
static bool print_block(FILE *out, const struct line *line, int column)
{
	const struct screen_cell *cell = &line->cells[column];
	const unsigned char *text = (const unsigned char *)cell->text;
	const char *front, *back;
	char front_buffer[8], back_buffer[8];
	int code = text[0] == 0xe2 && text[1] == 0x96 ? text[2] : 0;
	double left = 0, top = 0, width = 1, height = 1, strength = 1;

	if (code < 0x80 || code > 0x93)
		return false;
	if (code == 0x80) {
		height = .5;
	} else if (code <= 0x88) {
		height = (code - 0x80) / 8.;
		top = 1 - height;
	} else if (code <= 0x8f) {
		width = (0x90 - code) / 8.;
	} else if (code == 0x90) {
		left = width = .5;
	} else {
		strength = (code - 0x90) / 4.;
	}
	seen_colours(cell, &front, &back, front_buffer, back_buffer);
	fprintf(out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" fill=\"%s\"",
	        MARGIN + (column + left) * CELL_WIDTH, line->y + top * CELL_HEIGHT,
	        width * CELL_WIDTH, height * CELL_HEIGHT, front);
	if (strength < 1)
		fprintf(out, " opacity=\"%g\"", strength);
	fputs(" shape-rendering=\"crispEdges\"/>", out);
	return true;
}

/* A run has no two blanks side by side: SVG would make one of them. */
static void print_letters(FILE *out, const struct line *line)
{
	for (int from = 0, to; from < line->columns; from = to) {
		const struct screen_cell *cell = &line->cells[from];
		int next;

		to = from + cell->width;
		if (is_blank(cell) || print_block(out, line, from))
			continue;
		while (cell->width == 1 && to < line->columns) {
			next = is_blank(&line->cells[to]) && to + 1 < line->columns ? to + 1 : to;
			if (is_blank(&line->cells[next]) || line->cells[next].width != 1 ||
			    !goes_on(cell, &line->cells[to]) || !goes_on(cell, &line->cells[next]))
				break;
			to = next + 1;
		}
		print_run(out, line, from, to);
	}
}

static char *draw_row(const struct picture_screen *from, int row)
{
	struct line line = { .columns = from->columns, .y = from->top + row * CELL_HEIGHT };
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	int cursor_row, cursor_column;
	bool visible;

	assert_non_null(out);
	assert_in_range(line.columns, 1, sizeof line.cells / sizeof *line.cells);
	for (int column = 0; column < line.columns; column++)
		line.cells[column] = screen_cell(from->screen, row, column);
	print_grounds(out, &line);
	screen_cursor(from->screen, &cursor_row, &cursor_column, &visible);
	if (visible && cursor_row == row)
		fprintf(
		    out,
		    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" opacity=\".5\"/>",
		    MARGIN + cursor_column * CELL_WIDTH, line.y, CELL_WIDTH, CELL_HEIGHT, ink);
	print_letters(out, &line);
	assert_int_equal(fclose(out), 0);
	return text;
}

struct picture_screen *picture_add_screen(struct picture *picture, struct screen *screen, int rows,
                                          int columns)
{
	struct picture_screen *added = &picture->screens[picture->count];
	int top = MARGIN;

	assert_true(picture->count < PICTURE_SCREENS && rows <= PICTURE_ROWS);
	if (picture->count > 0)
		top = added[-1].top + added[-1].rows * CELL_HEIGHT + 3 * MARGIN;
	*added = (struct picture_screen){
		.screen = screen, .rows = rows, .columns = columns, .top = top
	};
	picture->count++;
	return added;
}

/* The moment from which on the row has looked as it does at this one; -1 where it is blank. */
static int since(const struct picture_screen *screen, int row, int moment)
{
	while (moment >= 0 && !screen->row[row][moment])
		moment--;
	return moment;
}

static bool all_are_whole(struct screen *screen, void *ctx)
{
	const struct picture *picture = ctx;

	(void)screen;
	for (int i = 0; i < picture->count; i++)
		if (!screen_is_whole(picture->screens[i].screen))
			return false;
	return true;
}

void picture_take(struct picture *picture, double seconds)
{
	int moment = picture->moments;

	assert_true(moment < PICTURE_MOMENTS && picture->count > 0);
	screen_wait(picture->screens[0].screen, "whole frames", all_are_whole, picture);
	for (int i = 0; i < picture->count; i++)
		for (int row = 0; row < picture->screens[i].rows; row++) {
			struct picture_screen *screen = &picture->screens[i];
			int before = since(screen, row, moment - 1);
			char *now = draw_row(screen, row);

			if (before >= 0 && !strcmp(screen->row[row][before], now))
				free(now);
			else
				screen->row[row][moment] = now;
		}
	picture->seconds[moment] = seconds;
	picture->moments++;
}

static double share(const struct picture *picture, int moments)
{
	double part = 0, all = 0;

	for (int i = 0; i < picture->moments; i++) {
		all += picture->seconds[i];
		if (i < moments)
			part += picture->seconds[i];
	}
	return 100 * part / all;
}

/* The first moment after this one at which the row looks otherwise. */
static int until(const struct picture *picture, const struct picture_screen *screen, int row,
                 int moment)
{
	do
		moment++;
	while (moment < picture->moments && !screen->row[row][moment]);
	return moment;
}

/* A class for each stretch of time that some row is shown: a0-3 from moment 0 until 3. */
static void print_times(FILE *out, const struct picture *picture)
{
	bool used[PICTURE_MOMENTS + 1][PICTURE_MOMENTS + 1] = { { false } };
	double all = 0;

	for (int i = 0; i < picture->moments; i++)
		all += picture->seconds[i];
	fputs("<style>@media (prefers-reduced-motion:no-preference){", out);
	for (int i = 0; i < picture->count; i++)
		for (int row = 0; row < picture->screens[i].rows; row++)
			for (int from = 0; from < picture->moments; from++)
				if (picture->screens[i].row[row][from] &&
				    picture->screens[i].row[row][from][0] != '\0')
					used[from][until(picture, &picture->screens[i], row,
					                 from)] = true;
	for (int from = 0; from < picture->moments; from++)
		for (int to = from + 1; to <= picture->moments; to++) {
			if (!used[from][to] || (from == 0 && to == picture->moments))
				continue;
			fprintf(out, "@keyframes a%d-%d{0%%{visibility:%s}", from, to,
			        from == 0 ? "visible" : "hidden");
			if (from > 0)
				fprintf(out, "%.3f%%{visibility:visible}", share(picture, from));
			if (to < picture->moments)
				fprintf(out, "%.3f%%{visibility:hidden}", share(picture, to));
			fprintf(out, "}.a%d-%d{animation:a%d-%d %.1fs step-end infinite}\n", from,
			        to, from, to, all);
		}
	fputs("}</style>\n", out);
}

static void print_rows(FILE *out, const struct picture *picture,
                       const struct picture_screen *screen)
{
	for (int row = 0; row < screen->rows; row++)
		for (int from = 0; from < picture->moments; from++) {
			const char *text = screen->row[row][from];
			int to;

			if (!text || !*text)
				continue;
			to = until(picture, screen, row, from);
			if (from == 0 && to == picture->moments)
				fprintf(out, "<g>%s</g>\n", text);
			else
				fprintf(out, "<g class=\"a%d-%d\"%s>%s</g>\n", from, to,
				        to < picture->moments ? " visibility=\"hidden\"" : "",
				        text);
		}
}

void picture_write(const struct picture *picture, const char *path)
{
	int width = 0, height = 0;
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	for (int i = 0; i < picture->count; i++) {
		const struct picture_screen *screen = &picture->screens[i];

		if (width < 2 * MARGIN + screen->columns * CELL_WIDTH)
			width = 2 * MARGIN + screen->columns * CELL_WIDTH;
		height = screen->top + screen->rows * CELL_HEIGHT + MARGIN;
	}
	fprintf(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	        "viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"15\" fill=\"%s\">\n",
	        width, height, width, height, ink);
	if (picture->moments > 1)
		print_times(out, picture);
	for (int i = 0; i < picture->count; i++) {
		const struct picture_screen *screen = &picture->screens[i];

		fprintf(out, "<rect y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n",
		        screen->top - MARGIN, 2 * MARGIN + screen->columns * CELL_WIDTH,
		        screen->rows * CELL_HEIGHT + 2 * MARGIN, paper);
		print_rows(out, picture, screen);
	}
	fputs("</svg>\n", out);
	assert_int_equal(fclose(out), 0);
}

void picture_free(struct picture *picture)
{
	for (int i = 0; i < picture->count; i++)
		for (int row = 0; row < picture->screens[i].rows; row++)
			for (int moment = 0; moment < picture->moments; moment++)
				free(picture->screens[i].row[row][moment]);
}
