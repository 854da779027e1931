/*
 * One collaboration request in a box over whatever screen its owner is at: he
 * reads who asks for what, and answers with one key. To who has asked it tells
 * the answer.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <model/request.h>
#include <model/words.h>
#include <ui/dialog.h>
#include <view/views.h>

#include "page.h"
#include "requests.h"

enum { PURPOSE_READ, PURPOSE_ACCEPT, PURPOSE_HEAR };
enum { BUTTON_ACCEPT = 1, BUTTON_DECLINE, BUTTON_ACTION, BUTTON_CLOSE };

struct request_box {
	char id[24];
	struct dialog *dialog;
	struct arena *arena; /* of the answer */
	const struct rows *rows;
};

const char *request_details(struct arena *arena, const struct rows *rows, int row)
{
	const char *message = rows_text(rows, row, "message");
	const char *note = rows_text(rows, row, "state_note");
	const char *answered = rows_text(rows, row, "answered_at");
	const char *text =
	    arena_printf(arena,
	                 _("%s would like to collaborate in action %s of %s.\n%s: %s\n"
	                   "Asked on %s: %s"),
	                 rows_text(rows, row, "asker"), rows_text(rows, row, "action_number"),
	                 rows_text(rows, row, "owner"), rows_text(rows, row, "client"),
	                 rows_text(rows, row, "divisions"),
	                 page_date(arena, rows_text(rows, row, "made_at")),
	                 message[0] != '\0' ? message : _("(without a message)"));

	if (answered[0] == '\0')
		return text;
	return arena_printf(arena, _("%s\n\n%s by %s on %s%s%s"), text,
	                    words_request_state(rows_text(rows, row, "state")),
	                    rows_text(rows, row, "answered_by"), page_date(arena, answered),
	                    note[0] != '\0' ? ": " : "", note);
}

static bool box_is_open(const struct request_box *box)
{
	return strcmp(rows_text(box->rows, 0, "state"), "open") == 0;
}

static bool request_box_open(struct view *view, const void *arg, struct err *err)
{
	static const struct dialog_button none[] = { { BUTTON_CLOSE, 0, N_("Later") }, { 0, 0, NULL } };
	struct request_box *box = view->state;

	(void)err;
	view->typing = true;
	snprintf(box->id, sizeof(box->id), "%" PRId64, *(const int64_t *)arg);
	box->dialog = dialog_new(_("Request to collaborate"), _("Loading…"), none);
	view_ask(view, PURPOSE_READ, request_read(box->id));
	return true;
}

/* With what can be done with it. */
static void box_fill(struct request_box *box)
{
	static const struct dialog_button to_answer[] = {
		{ BUTTON_ACCEPT, 'a', N_("Accept") },
		{ BUTTON_DECLINE, 'd', N_("Decline") },
		{ BUTTON_CLOSE, 0, N_("Later") },
		{ 0, 0, NULL },
	};
	static const struct dialog_button accepted[] = {
		{ BUTTON_ACTION, 'o', N_("Open the action") },
		{ BUTTON_CLOSE, 0, N_("Go on") },
		{ 0, 0, NULL },
	};
	const struct dialog_button *buttons = accepted;

	if (box_is_open(box) && rows_bool(box->rows, 0, "to_me"))
		buttons = to_answer;
	else if (rows_get(box->rows, 0, "action_id") == NULL)
		buttons++;
	dialog_free(&box->dialog);
	box->dialog = dialog_new(_("Request to collaborate"),
	                         request_details(box->arena, box->rows, 0), buttons);
}

static void box_hear(struct view *view)
{
	struct request_box *box = view->state;
	char request_id[37];

	if (!rows_bool(box->rows, 0, "own") || box_is_open(box))
		return;
	uuid_make(request_id);
	view_ask_quietly(view, PURPOSE_HEAR, request_hear(request_id, box->id));
}

static void request_box_answer(struct view *view, struct answer *answer)
{
	struct request_box *box = view->state;

	if (answer->purpose == PURPOSE_HEAR)
		return;
	if (answer->purpose == PURPOSE_READ && answer->status == ANSWER_LOST) {
		view_ask_quietly(view, PURPOSE_READ, request_read(box->id));
		return;
	}
	if (answer->purpose == PURPOSE_ACCEPT) {
		if (view_check(view, answer))
			view_say(view, SAY_GOOD, "%s", _("Accepted: you work in it together now."));
		view_close(view);
		return;
	}
	if (!view_check(view, answer) || answer->results[0]->count == 0) {
		view_close(view);
		return;
	}
	arena_free(&box->arena);
	box->rows = answer->results[0];
	box->arena = answer_keep(answer);
	box_fill(box);
	box_hear(view);
}

static void box_accept(struct view *view)
{
	struct request_box *box = view->state;
	char request_id[37];

	if (view_is_asking(view, PURPOSE_ACCEPT))
		return;
	uuid_make(request_id);
	view_ask(view, PURPOSE_ACCEPT,
	         request_answer(request_id, box->id, rows_text(box->rows, 0, "version"), true, NULL));
}

static void box_decline(struct view *view)
{
	struct request_box *box = view->state;
	const struct request_arg arg = {
		.request = strtoll(box->id, NULL, 10),
		.version = rows_int(box->rows, 0, "version"),
	};

	view_push(view->app, &view_decline_request, &arg);
}

static void box_open_action(struct view *view)
{
	struct request_box *box = view->state;
	struct app *app = view->app;
	int64_t action = rows_int(box->rows, 0, "action_id");

	view_close(view);
	view_push(app, &view_action, &action);
}

static bool request_box_key(struct view *view, const struct key_event *event)
{
	struct request_box *box = view->state;
	struct dialog_event what = dialog_key(box->dialog, event);

	if (what.outcome == DIALOG_CANCEL || (what.outcome == DIALOG_BUTTON && what.id == BUTTON_CLOSE))
		view_close(view);
	else if (what.outcome == DIALOG_BUTTON && what.id == BUTTON_ACCEPT)
		box_accept(view);
	else if (what.outcome == DIALOG_BUTTON && what.id == BUTTON_DECLINE)
		box_decline(view);
	else if (what.outcome == DIALOG_BUTTON && what.id == BUTTON_ACTION)
		box_open_action(view);
	return true;
}

static void request_box_returned(struct view *view, const struct view_ops *child, const void *result)
{
	if (child == &view_decline_request && result != NULL)
		view_close(view);
}

static void request_box_draw(struct view *view, struct canvas *canvas)
{
	struct request_box *box = view->state;

	dialog_draw(box->dialog, canvas);
}

static bool request_box_offers(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN;
}

static const char *request_box_label(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN ? _("choose") : NULL;
}

/* Somebody else may have answered it meanwhile. */
static void request_box_refresh(struct view *view)
{
	struct request_box *box = view->state;

	if (!view_is_asking(view, -1))
		view_ask_quietly(view, PURPOSE_READ, request_read(box->id));
}

static void request_box_close(struct view *view)
{
	struct request_box *box = view->state;

	dialog_free(&box->dialog);
	arena_free(&box->arena);
}

const struct view_ops view_request = {
	.name = "dialog",
	.watch = WATCH_REQUESTS,
	.flags = VIEW_OVERLAY,
	.size = sizeof(struct request_box),
	.open = request_box_open,
	.draw = request_box_draw,
	.key = request_box_key,
	.answer = request_box_answer,
	.refresh = request_box_refresh,
	.offers = request_box_offers,
	.label = request_box_label,
	.returned = request_box_returned,
	.close = request_box_close,
};
