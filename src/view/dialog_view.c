/*
 * Questions and messages in a box, as a view over the one that asks.
 */
#include <base/arena.h>
#include <view/dialog_view.h>

#include "app_private.h"

struct dialog_state {
	struct dialog *dialog;
	struct dialog_button buttons[DIALOG_BUTTONS_MAX + 1]; /* the dialog only borrows them */
	struct arena *labels;
	int question;
};

struct dialog_arg {
	int question;
	const char *title;
	const char *text;
	const struct dialog_button *buttons;
};

static bool dialog_view_open(struct view *view, const void *arg, struct err *err)
{
	struct dialog_state *state = view->state;
	const struct dialog_arg *what = arg;

	(void)err;
	view->typing = true;
	state->question = what->question;
	state->labels = arena_new();
	for (int i = 0; i < DIALOG_BUTTONS_MAX && what->buttons[i].id != 0; i++) {
		state->buttons[i] = what->buttons[i];
		state->buttons[i].label = arena_copy(state->labels, what->buttons[i].label);
	}
	state->dialog = dialog_new(what->title, what->text, state->buttons);
	return true;
}

static void dialog_view_draw(struct view *view, struct canvas *canvas)
{
	struct dialog_state *state = view->state;

	dialog_draw(state->dialog, canvas);
}

static bool dialog_view_key(struct view *view, const struct key_event *event)
{
	struct dialog_state *state = view->state;
	struct dialog_event what = dialog_key(state->dialog, event);
	struct dialog_result result = { state->question, 0 };

	if (what.outcome == DIALOG_BUTTON)
		result.button = what.id;
	if (what.outcome == DIALOG_BUTTON || what.outcome == DIALOG_CANCEL)
		view_finish(view, &result);
	return true;
}

static bool dialog_view_offers(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN; /* the button under the cursor */
}

static const char *dialog_view_label(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN ? _("choose") : NULL;
}

static void dialog_view_close(struct view *view)
{
	struct dialog_state *state = view->state;

	dialog_free(&state->dialog);
	arena_free(&state->labels);
}

const struct view_ops view_dialog = {
	.name = "dialog",
	.flags = VIEW_OVERLAY,
	.size = sizeof(struct dialog_state),
	.open = dialog_view_open,
	.draw = dialog_view_draw,
	.key = dialog_view_key,
	.offers = dialog_view_offers,
	.label = dialog_view_label,
	.close = dialog_view_close,
};

void dialog_ask(struct view *asker, int question, const char *title, const char *text,
                const struct dialog_button *buttons)
{
	const struct dialog_arg arg = { question, title, text, buttons };

	view_push(asker->app, &view_dialog, &arg);
}

void dialog_confirm(struct view *asker, int question, const char *title, const char *text,
                    const char *yes)
{
	const struct dialog_button buttons[] = {
		{ DIALOG_YES, 0, yes },
		{ DIALOG_NO, 0, N_("Go back") },
		{ 0, 0, NULL },
	};

	dialog_ask(asker, question, title, text, buttons);
}

void dialog_tell(struct view *asker, const char *title, const char *text)
{
	static const struct dialog_button buttons[] = {
		{ DIALOG_YES, 0, N_("Go on") },
		{ 0, 0, NULL },
	};

	dialog_ask(asker, 0, title, text, buttons);
}

int dialog_chosen(const struct view_ops *child, const void *result, int question)
{
	const struct dialog_result *chosen = result;

	return child == &view_dialog && chosen->question == question ? chosen->button : 0;
}
