/*
 * What has to be told once for all marked rows: the boxes of lists' deeds. They
 * write nothing themselves; their result are the two values that each row's
 * write gets.
 */
#include "deeds.h"

#include <stdio.h>

#include <base/i18n.h>
#include <model/action.h>
#include <view/form_view.h>
#include <view/views.h>

#include "requests.h"

struct deed_form {
	const char *values[2];
};

static bool deed_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	int count = *(const int *)arg;
	char text[160];

	(void)form;
	(void)err;
	snprintf(text, sizeof(text),
	         ngettext("For the marked row.", "For each of the %d marked rows.",
	                  (unsigned long)count),
	         count);
	form_view_explain(view, text);
	return true;
}

static struct batch *deed_finish(struct view *view, const char *first, const char *second)
{
	struct deed_form *state = form_view_state(view);

	state->values[0] = first;
	state->values[1] = second;
	view_finish(view, state->values);
	return NULL;
}

/* ---- next step ---- */

static const struct field_def step_fields[] = {
	{ .name = "next_step",
	  .label = N_("Next step"),
	  .kind = FIELD_LINE,
	  .hint = N_("what to do next; empty: nothing") },
	{ .name = "next_step_on",
	  .label = N_("On"),
	  .kind = FIELD_DATE,
	  .hint = N_("25/11, +7, mon, today") },
	{ .name = NULL },
};

static struct batch *step_save(struct view *view, struct form *form, const char *request_id)
{
	(void)request_id;
	return deed_finish(view, form_value(form, "next_step"), form_value(form, "next_step_on"));
}

struct batch *deed_write_step(const struct view *view, const struct rows *rows, int row,
                              const char *request_id, const char *const values[2], struct err *err)
{
	(void)view;
	(void)err;
	return action_set_next_step(request_id, rows_text(rows, row, "key"),
	                            rows_text(rows, row, "version"), values[0], values[1]);
}

static const struct form_spec step_spec = {
	.fields = step_fields,
	.size = sizeof(struct deed_form),
	.open = deed_open,
	.save = step_save,
};

const struct view_ops view_deed_step = {
	.name = "form",
	.title = N_("Next step"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(step_spec),
};

/* ---- a sales rep ---- */

static const struct field_def rep_fields[] = {
	{ .name = "person",
	  .label = N_("Sales rep"),
	  .kind = FIELD_PICK,
	  .required = true,
	  .hint = N_("type a name") },
	{ .name = NULL },
};

static struct batch *rep_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	(void)field;
	return action_rep_candidates(text);
}

static struct batch *rep_save(struct view *view, struct form *form, const char *request_id)
{
	(void)request_id;
	return deed_finish(view, form_value(form, "person"), NULL);
}

static const struct form_spec rep_spec = {
	.fields = rep_fields,
	.size = sizeof(struct deed_form),
	.open = deed_open,
	.search = rep_search,
	.save = rep_save,
};

const struct view_ops view_deed_collaborator = {
	.name = "form",
	.title = N_("Another sales rep"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(rep_spec),
};

const struct view_ops view_deed_transfer = {
	.name = "form",
	.title = N_("Hand over"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(rep_spec),
};

/* ---- declining ---- */

static struct batch *decline_save(struct view *view, struct form *form, const char *request_id)
{
	(void)request_id;
	return deed_finish(view, form_value(form, "note"), NULL);
}

static const struct form_spec decline_spec = {
	.fields = decline_fields,
	.size = sizeof(struct deed_form),
	.open = deed_open,
	.save = decline_save,
};

const struct view_ops view_deed_decline = {
	.name = "form",
	.title = N_("Decline the requests"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(decline_spec),
};
