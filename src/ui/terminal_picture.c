/*
 * A screen inside the process, on /dev/null, so that views are tested without a
 * terminal. Reads back from curses what a person would see.
 */
#include <ui/terminal.h>

#include <stdio.h>
#include <stdlib.h>

#include <base/buf.h>
#include <base/mem.h>

#include "canvas_frame.h"

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
	frame_open(&frame, newscr);
	frame_set_theme(&frame, "dark", true);
	fn(ctx, frame_begin(&frame));
	frame_end(&frame);
	for (int row = 0; row < height; row++) {
		if (row > 0)
			buf_add(&picture, "\n");
		frame_read_row(newscr, row, 0, width, &picture);
	}
	/* Not for the picture: a frame that curses cannot send would be found here. */
	doupdate();
	endwin();
	frame_close(&frame);
	delscreen(screen);
	set_term(earlier);
	fclose(null);
	return picture.text ? picture.text : mem_copy("");
}
