/*
 * What must be none, counted for managers: that it is, and what to do where it
 * is not. All rows are looked at, so it is counted when it is asked for and not
 * again by itself.
 */
#include <string.h>

#include <base/i18n.h>
#include <model/check.h>
#include <view/views.h>

#include "page.h"

enum { PURPOSE_COUNT, FIGURE = 8 };

struct checks {
	struct arena *arena;
	const struct rows *const *results; /* NULL before they came */
	struct page page;
};

static bool checks_open(struct view *view, const void *arg, struct err *err)
{
	(void)arg;
	(void)err;
	view_ask(view, PURPOSE_COUNT, check_all());
	return true;
}

static int checks_draw_rule(struct canvas *canvas, int row, int width, const struct rows *rows,
                            int at)
{
	struct arena *arena = canvas_arena(canvas);
	bool good = rows_int(rows, at, "wrong") == 0;
	const char *number = rows_text(rows, at, "number");
	const char *sentence = check_sentence(rows_text(rows, at, "name"));

	if (number[0] != '\0')
		sentence = arena_printf(arena, _("%s: %s, for one"), sentence, number);
	canvas_text(canvas, row, 1, 2, good ? STYLE_GOOD : STYLE_ERROR,
	            good ? canvas_glyph(canvas, "✓", "+") : "!");
	canvas_aligned(canvas, row, 2, FIGURE, ALIGN_RIGHT, good ? STYLE_GOOD : STYLE_ERROR,
	               rows_text(rows, at, "wrong"));
	return page_text(canvas, row, FIGURE + 4, width - FIGURE - 5,
	                 good ? STYLE_NORMAL : STYLE_ERROR, sentence);
}

static void checks_draw(struct view *view, struct canvas *canvas)
{
	struct checks *checks = view->state;
	int width = canvas_width(canvas), row = 0, broken = 0;
	const struct rows *rows;
	struct canvas *page;

	if (checks->results == NULL) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Counting…"));
		return;
	}
	rows = checks->results[0];
	page = page_begin(&checks->page, canvas);
	for (int at = 0; at < rows->count; at++)
		broken += rows_int(rows, at, "wrong") != 0;
	row = page_text(page, row, 1, width - 3, broken == 0 ? STYLE_GOOD : STYLE_ERROR,
	                broken == 0
	                    ? _("Every rule is kept: there is none of what follows.")
	                    : _("The database guards these rules, so somebody has gone round it. "
	                        "Tell its administrator, with what is marked here."));
	row++;
	for (int at = 0; at < rows->count; at++)
		row = checks_draw_rule(page, row, width, rows, at);
	page_end(&checks->page, canvas, row);
}

static void checks_answer(struct view *view, struct answer *answer)
{
	struct checks *checks = view->state;

	if (!view_check(view, answer))
		return;
	arena_free(&checks->arena);
	checks->results = answer->results;
	checks->arena = answer_keep(answer);
}

static void checks_refresh(struct view *view)
{
	if (!view_is_asking(view, PURPOSE_COUNT))
		view_ask(view, PURPOSE_COUNT, check_all());
}

static enum command checks_act(struct view *view, enum command command)
{
	struct checks *checks = view->state;

	return page_act(&checks->page, command);
}

static bool checks_key(struct view *view, const struct key_event *event)
{
	struct checks *checks = view->state;

	return page_key(&checks->page, event);
}

static void checks_close(struct view *view)
{
	struct checks *checks = view->state;

	arena_free(&checks->arena);
}

const struct view_ops view_checks = {
	.name = "checks",
	.title = N_("Checks"),
	.watch = WATCH_DATA,
	.size = sizeof(struct checks),
	.open = checks_open,
	.draw = checks_draw,
	.act = checks_act,
	.key = checks_key,
	.answer = checks_answer,
	.refresh = checks_refresh,
	.close = checks_close,
};
