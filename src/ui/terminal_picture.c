/*
 * A screen inside the process, on /dev/null, so that views are tested without a
 * terminal. Reads back from curses what a person would see.
 */
#include <ui/terminal.h>

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include <base/buf.h>
#include <base/mem.h>
#include <base/text.h>

#include "canvas_frame.h"

/* The row's text without its trailing blanks. */
static void read_row(WINDOW *window, int row, int width, struct buf *picture)
{
	size_t end = picture->length;

	for (int column = 0; column < width;) {
		wchar_t wide[CCHARW_MAX + 1] = { 0 };
		cchar_t cell;
		attr_t attributes;
		short pair;
		int columns;

		if (mvwin_wch(window, row, column, &cell) == ERR ||
		    getcchar(&cell, wide, &attributes, &pair, NULL) == ERR || wide[0] == L'\0')
			wide[0] = L' ', wide[1] = L'\0';
		for (const wchar_t *c = wide; *c; c++) {
			char bytes[4];

			buf_add_n(picture, bytes, text_encode(bytes, (uint32_t)*c));
		}
		if (wide[0] != L' ' || wide[1] != L'\0')
			end = picture->length;
		columns = wcwidth(wide[0]);
		column += columns > 1 ? columns : 1;
	}
	picture->length = end;
	if (picture->text)
		picture->text[end] = '\0';
}

char *terminal_picture(int height, int width, void (*fn)(void *ctx, struct canvas *canvas),
                       void *ctx)
{
	FILE *null = fopen("/dev/null", "r+");
	SCREEN *earlier = set_term(NULL);
	SCREEN *screen;
	struct frame frame = { 0 };
	struct buf picture = { 0 };

	use_env(FALSE);
	screen = null ? newterm("xterm-256color", null, null) : NULL;
	if (!screen || resize_term(height, width) == ERR) {
		fprintf(stderr, "terminal_picture: no curses screen of %dx%d\n", height, width);
		abort();
	}
	frame.window = stdscr;
	frame.arena = arena_new();
	frame_set_theme(&frame, "dark", true);
	fn(ctx, frame_begin(&frame));
	for (int row = 0; row < height; row++) {
		if (row > 0)
			buf_add(&picture, "\n");
		read_row(stdscr, row, width, &picture);
	}
	/* Not for the picture: a frame that curses cannot send would be found here. */
	wnoutrefresh(stdscr);
	doupdate();
	endwin();
	arena_free(&frame.arena);
	delscreen(screen);
	set_term(earlier);
	fclose(null);
	return picture.text ? picture.text : mem_copy("");
}
