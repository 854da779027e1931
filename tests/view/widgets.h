/*
 * Help for the tests of widgets: keys as people press them, rows as a query
 * returns them, and expected screens drawn in the test.
 */
#ifndef TRATO_TESTS_WIDGETS_H
#define TRATO_TESTS_WIDGETS_H

#include <base/rows.h>
#include <ui/form.h>

/* The last event counts. */
struct form_event form_type(struct form *form, const char *text);
struct form_event form_press(struct form *form, key_code code);
struct form_event form_paste(struct form *form, const char *text);

/* names: "id label note"; cells row by row, "-" for NULL. Lives until the next reset. */
const struct rows *rows_make(const char *names, int count, const char *const *cells);
void rows_reset(void);

/* Draws and compares; blank lines at the end do not count. `file:line` stands in the report. */
void assert_picture_at(const char *file, int line, int height, int width,
                       void (*draw)(void *ctx, struct canvas *canvas), void *ctx,
                       const char *expected);
#define assert_picture(height, width, draw, ctx, expected) \
	assert_picture_at(__FILE__, __LINE__, height, width, draw, ctx, expected)
/* Draws at sizes from 1x1 up, where nothing but survival counts. */
void draw_at_all_sizes(void (*draw)(void *ctx, struct canvas *canvas), void *ctx);

#endif
