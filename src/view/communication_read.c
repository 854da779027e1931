/*
 * One communication as it was logged, its earlier versions below it.
 */
#include "communication.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/i18n.h>
#include <model/communication.h>
#include <view/views.h>

#include "page.h"

enum { PURPOSE_READ };

struct communication_screen {
	char id[24];
	struct arena *arena; /* of the latest answer */
	const struct rows *rows;
	struct page page;
};

static bool communication_read_open(struct view *view, const void *arg, struct err *err)
{
	struct communication_screen *screen = view->state;

	(void)err;
	snprintf(screen->id, sizeof(screen->id), "%" PRId64, *(const int64_t *)arg);
	view_ask(view, PURPOSE_READ, communication_read(screen->id));
	return true;
}

static void communication_read_answer(struct view *view, struct answer *answer)
{
	struct communication_screen *screen = view->state;

	if (view_keep(view, answer, 0, _("This does not exist, or is not yours."), &screen->arena))
		screen->rows = answer->results[0];
}

static void communication_read_draw(struct view *view, struct canvas *canvas)
{
	struct communication_screen *screen = view->state;
	const struct rows *rows = screen->rows;
	int width = canvas_width(canvas) - 3, row = 0;
	struct canvas *whole;

	if (rows == NULL)
		return;
	whole = page_begin(&screen->page, canvas);
	canvas_textf(whole, row, 1, width, STYLE_DIM, _("%s · action %s · %s"),
	             rows_text(rows, 0, "client"), rows_text(rows, 0, "action_number"),
	             rows_text(rows, 0, "action_title"));
	if (rows->count > 1)
		canvas_text(whole, ++row, 1, width, STYLE_DIM,
		            _("Corrected: + is new in a version, - is another one later."));
	row = communication_draw_version(whole, rows, 0, row + 2, width);
	for (int version = 1; version < rows->count; version++) {
		canvas_line(whole, row + 1);
		canvas_text(whole, row + 2, 1, width, STYLE_HEADING, _("Earlier version"));
		row = communication_draw_version(whole, rows, version, row + 3, width);
	}
	page_end(&screen->page, canvas, row);
}

static bool communication_read_offers(const struct view *view, enum command command)
{
	const struct communication_screen *screen = view->state;

	return command == COMMAND_EDIT && screen->rows != NULL &&
	       rows_bool(screen->rows, 0, "is_member");
}

static enum command communication_read_act(struct view *view, enum command command)
{
	struct communication_screen *screen = view->state;
	int64_t id;

	if (command != COMMAND_EDIT || !communication_read_offers(view, command))
		return page_act(&screen->page, command);
	id = rows_int(screen->rows, 0, "id");
	view_push(view->app, &view_communication_correction, &id);
	return COMMAND_NONE;
}

static bool communication_read_key(struct view *view, const struct key_event *event)
{
	struct communication_screen *screen = view->state;

	return page_key(&screen->page, event);
}

static void communication_read_refresh(struct view *view)
{
	struct communication_screen *screen = view->state;

	if (!view_is_asking(view, PURPOSE_READ))
		view_ask_quietly(view, PURPOSE_READ, communication_read(screen->id));
}

static void communication_read_close(struct view *view)
{
	struct communication_screen *screen = view->state;

	arena_free(&screen->arena);
}

const struct view_ops view_communication_read = {
	.name = "communication",
	.title = N_("Communication"),
	.watch = WATCH_DATA,
	.size = sizeof(struct communication_screen),
	.open = communication_read_open,
	.draw = communication_read_draw,
	.act = communication_read_act,
	.key = communication_read_key,
	.answer = communication_read_answer,
	.refresh = communication_read_refresh,
	.offers = communication_read_offers,
	.close = communication_read_close,
};
