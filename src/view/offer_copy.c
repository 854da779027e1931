/*
 * The box in which an offer is copied into a new draft: into which action, and
 * for which of the divisions that this one holds.
 */
#include "offer.h"

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <view/views.h>

enum { PURPOSE_DIVISIONS };

struct offer_copy {
	char id[24];
	bool closed; /* its own action takes nothing any more */
};

static const struct field_def copy_fields[] = {
	{ .name = "action",
	  .label = N_("Action"),
	  .kind = FIELD_PICK,
	  .width = 50,
	  .hint = N_("empty: the offer's own; else type which one") },
	{ .name = "divisions",
	  .label = N_("Divisions"),
	  .kind = FIELD_CHECKLIST,
	  .required = true,
	  .rows = 5 },
	{ .name = NULL },
};

static const char *copy_text(struct view *view)
{
	(void)view;
	return _("A new draft with the same lines is made, in this action or in another open one "
	         "of yours.");
}

static void copy_ask_divisions(struct view *view, struct form *form)
{
	struct offer_copy *copy = form_view_state(view);
	const char *action = form_value(form, "action");

	view_forget(view, PURPOSE_DIVISIONS);
	form_set_items(form, "divisions", NULL);
	if (action == NULL && copy->closed) {
		form_set_empty(form, "divisions",
		               _("The offer's own action is closed: choose another one."));
		return;
	}
	form_set_empty(form, "divisions", _("The action holds no division."));
	view_ask(view, PURPOSE_DIVISIONS, offer_copy_divisions(copy->id, action));
}

static bool copy_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct offer_copy *copy = form_view_state(view);
	const struct offer_screen *screen = arg;
	const struct rows *head = screen->results[OFFER_HEAD];

	(void)err;
	snprintf(copy->id, sizeof(copy->id), "%s", screen->id);
	copy->closed = strcmp(rows_text(head, 0, "action_state"), "open") != 0;
	copy_ask_divisions(view, form);
	return true;
}

/* Until one is taken there is no action to choose divisions of. */
static struct batch *copy_search(struct view *view, const char *field, const char *text)
{
	struct form *form = form_view_form(view);

	(void)field;
	view_forget(view, PURPOSE_DIVISIONS);
	form_set_items(form, "divisions", NULL);
	form_set_empty(form, "divisions", _("Choose the action first."));
	return offer_copy_targets(text);
}

static void copy_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "action") == 0)
		copy_ask_divisions(view, form);
}

static void copy_answer(struct view *view, struct form *form, struct answer *answer)
{
	const struct rows *divisions;

	if (answer->status == ANSWER_LOST) {
		copy_ask_divisions(view, form);
		return;
	}
	if (!view_check(view, answer))
		return;
	divisions = answer->results[0];
	form_set_items(form, "divisions", divisions);
	for (int i = 0; i < divisions->count; i++)
		if (rows_bool(divisions, i, "ticked"))
			form_tick(form, "divisions", rows_text(divisions, i, "id"), true);
	/* What comes by itself is nothing to be asked about by Esc. */
	if (form_value(form, "action") == NULL)
		form_settle(form);
}

static struct batch *copy_save(struct view *view, struct form *form, const char *request_id)
{
	struct offer_copy *copy = form_view_state(view);

	return offer_copy(request_id, copy->id, form_value(form, "action"),
	                  form_value(form, "divisions"));
}

static const struct form_spec copy_spec = {
	.fields = copy_fields,
	.size = sizeof(struct offer_copy),
	.open = copy_open,
	.text = copy_text,
	.search = copy_search,
	.changed = copy_changed,
	.answer = copy_answer,
	.save = copy_save,
	.done = N_("Copied into a new draft."),
};

const struct view_ops view_offer_copy = {
	.name = "form",
	.title = N_("Copy the offer"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(copy_spec),
};
