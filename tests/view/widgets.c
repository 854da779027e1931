/*
 * Help for the tests of widgets; see widgets.h.
 */
#include "widgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/arena.h>
#include <base/text.h>
#include <ui/terminal.h>

#include "kept.h"

static struct arena *rows_arena;

struct form_event form_press(struct form *form, key_code code)
{
	return form_key(form, &(struct key_event){ .code = code });
}

struct form_event form_type(struct form *form, const char *text)
{
	struct form_event event = { FORM_IGNORED, NULL, NULL, 0 };
	uint32_t code;

	for (size_t step; (step = text_decode(text, &code)) > 0; text += step)
		event = form_press(form, code);
	return event;
}

struct form_event form_paste(struct form *form, const char *text)
{
	return form_key(form, &(struct key_event){ .code = KEYS_PASTE, .paste = text });
}

const struct rows *rows_make(const char *names, int count, const char *const *cells)
{
	struct rows *rows;
	const char **list;
	char *rest, *name;
	size_t total;

	if (!rows_arena)
		rows_arena = arena_new();
	rows = arena_alloc(rows_arena, sizeof(*rows));
	list = arena_alloc(rows_arena, 16 * sizeof(*list));
	rest = arena_copy(rows_arena, names);
	while ((name = strsep(&rest, " ")))
		list[rows->columns++] = name;
	rows->names = list;
	rows->count = count;
	total = (size_t)count * (size_t)rows->columns;
	rows->cells = arena_alloc(rows_arena, (total + 1) * sizeof(*rows->cells));
	for (size_t i = 0; i < total; i++)
		rows->cells[i] =
		    strcmp(cells[i], "-") == 0 ? NULL : arena_copy(rows_arena, cells[i]);
	return rows;
}

void rows_reset(void)
{
	arena_free(&rows_arena);
}

static void cut_end(char *picture)
{
	size_t length = strlen(picture);

	while (length > 0 && picture[length - 1] == '\n')
		picture[--length] = '\0';
}

void assert_picture_at(const char *file, int line, int height, int width,
                       void (*draw)(void *ctx, struct canvas *canvas), void *ctx,
                       const char *expected)
{
	char *picture = terminal_picture(height, width, draw, ctx);
	char *wanted = strdup(expected);

	kept_check(height, width, draw, ctx, picture);
	cut_end(picture);
	cut_end(wanted);
	if (strcmp(picture, wanted) != 0) {
		/* cmocka's own messages end after 1,024 bytes. */
		fprintf(stderr, "%s:%d: at %dx%d is drawn\n%s\n-- instead of\n%s\n--\n", file, line,
		        width, height, picture, wanted);
		fail_msg("%s:%d: another picture is expected", file, line);
	}
	free(picture);
	free(wanted);
}

void draw_at_all_sizes(void (*draw)(void *ctx, struct canvas *canvas), void *ctx)
{
	for (int height = 1; height < 12; height++) {
		for (int width = 1; width < 70; width += height < 4 ? 1 : 7)
			free(terminal_picture(height, width, draw, ctx));
	}
}
