/*
 * Frames painted over each other; see kept.h.
 */
#include "kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <base/mem.h>
#include <ui/canvas_frame.h>

enum { MOST = 1024 };

static void draw_on(struct frame *frame, void (*draw)(void *ctx, struct canvas *canvas), void *ctx)
{
	draw(ctx, frame_begin(frame));
	frame_end(frame);
}

/* picture begins with that row. */
static void assert_same_row(WINDOW *kept, WINDOW *fresh, int row, const char *picture)
{
	cchar_t a[MOST], b[MOST];
	struct buf shown = { 0 }, wanted = { 0 };
	bool moved;

	frame_read_row(kept, row, 0, getmaxx(kept), &shown);
	frame_read_row(fresh, row, 0, getmaxx(fresh), &wanted);
	moved = strcspn(picture, "\n") != wanted.length ||
	        (wanted.length > 0 && memcmp(picture, wanted.text, wanted.length) != 0);
	if (!moved)
		assert_string_equal(shown.text ? shown.text : "", wanted.text ? wanted.text : "");
	buf_free(&shown);
	buf_free(&wanted);
	if (moved)
		return;
	memset(a, 0, sizeof(a));
	memset(b, 0, sizeof(b));
	mvwin_wchnstr(kept, row, 0, a, getmaxx(kept));
	mvwin_wchnstr(fresh, row, 0, b, getmaxx(fresh));
	if (memcmp(a, b, sizeof(a)) != 0)
		fail_msg("row %d has the text but not the look that it should have", row);
}

/* Curses frees all windows with any screen, so what they show is kept in between. */
void kept_check(int height, int width, void (*draw)(void *ctx, struct canvas *canvas), void *ctx,
                const char *picture)
{
	static struct frame kept;
	static cchar_t *cells;
	static int rows, columns;
	FILE *null = fopen("/dev/null", "r+");
	SCREEN *earlier = set_term(NULL), *screen;
	struct frame fresh = { 0 };

	assert_true(width < MOST);
	use_env(FALSE);
	screen = newterm("xterm-256color", null, null);
	frame_open(&fresh, newpad(height, width));
	frame_set_theme(&fresh, "dark", true);
	if (rows != height || columns != width) {
		frame_close(&kept);
		kept = (struct frame){ 0 };
		frame_open(&kept, NULL);
		memcpy(kept.attributes, fresh.attributes, sizeof(kept.attributes));
		memcpy(kept.pairs, fresh.pairs, sizeof(kept.pairs));
		cells = mem_resize(cells, (size_t)height * MOST, sizeof(*cells));
	}
	kept.window = newpad(height, width);
	for (int row = 0; row < height && rows == height && columns == width; row++)
		mvwadd_wchstr(kept.window, row, 0, cells + (size_t)row * MOST);
	rows = height;
	columns = width;
	draw_on(&kept, draw, ctx);
	draw_on(&fresh, draw, ctx);
	for (int row = 0; row < height; row++) {
		assert_same_row(kept.window, fresh.window, row, picture);
		picture += strcspn(picture, "\n");
		picture += *picture == '\n';
		mvwin_wchnstr(kept.window, row, 0, cells + (size_t)row * MOST, MOST - 1);
	}
	frame_close(&fresh);
	delscreen(screen);
	set_term(earlier);
	fclose(null);
}
