/*
 * Opening a closed action again: it holds its divisions as before, all or none
 * of them. Who has taken one meanwhile is told in the conflict box.
 */
#include <string.h>

#include <model/action.h>
#include <view/dialog_view.h>
#include <view/form_view.h>
#include <view/views.h>

#include "action_form.h"
#include "conflict.h"

struct reopen_form {
	struct action_form action;
	struct conflict conflict;
};

static const struct field_def reopen_fields[] = {
	{ .name = "note", .label = N_("Why"), .kind = FIELD_TEXT, .max = 2000, .rows = 3 },
	{ .name = NULL },
};

static const char *reopen_text(struct view *view)
{
	(void)view;
	return _("The action holds its divisions again; all of them must be free.");
}

static struct batch *reopen_load(struct view *view)
{
	struct reopen_form *reopen = form_view_state(view);

	return action_free_divisions(reopen->action.id);
}

static void reopen_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct reopen_form *reopen = form_view_state(view);

	(void)form;
	if (!action_form_take(view, answer->results[1]))
		return;
	reopen->conflict.whole = true;
	conflict_take(&reopen->conflict, answer);
	conflict_show_refused(view, &reopen->conflict);
}

static struct batch *reopen_save(struct view *view, struct form *form, const char *request_id)
{
	struct reopen_form *reopen = form_view_state(view);

	if (!action_form_is_ready(view))
		return NULL;
	return action_reopen(request_id, reopen->action.id, reopen->action.version,
	                     form_value(form, "note"));
}

static bool reopen_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	struct reopen_form *reopen = form_view_state(view);

	if (conflict_refused(&reopen->conflict, refusal)) {
		form_view_reload(view);
		return true;
	}
	if (strcmp(refusal->sqlstate, "42501") != 0)
		return false;
	form_fail(form, NULL, _("Some days after the closing only a manager may open it again; before "
	                      "that, its owner too."));
	return true;
}

static void reopen_returned(struct view *view, struct form *form, const struct view_ops *child,
                            const void *result)
{
	struct reopen_form *reopen = form_view_state(view);

	(void)form;
	if (dialog_chosen(child, result, QUESTION_CONFLICT) == CONFLICT_ASK)
		conflict_ask(view, &reopen->conflict);
}

static void reopen_close(struct view *view)
{
	struct reopen_form *reopen = form_view_state(view);

	conflict_free(&reopen->conflict);
}

static const struct form_spec reopen_spec = {
	.fields = reopen_fields,
	.acts_on = action_form_row,
	.size = sizeof(struct reopen_form),
	.open = action_form_open,
	.load = reopen_load,
	.loaded = reopen_loaded,
	.text = reopen_text,
	.save = reopen_save,
	.refused = reopen_refused,
	.returned = reopen_returned,
	.done = N_("The action is open again; its divisions are held."),
	.close = reopen_close,
};

const struct view_ops view_reopen = {
	.name = "form",
	.title = N_("Reopen the action"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(reopen_spec),
};
