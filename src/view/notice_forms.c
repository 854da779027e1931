/*
 * The boxes over a notice: sending it back with a reason, and the sales rep's
 * answer to that.
 */

#include <model/notice.h>
#include <model/reason.h>
#include <view/views.h>

#include "record_form.h"

static bool notice_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct record *state = form_view_state(view);
	const struct notice_arg *notice = arg;

	(void)form;
	(void)err;
	record_see(state, notice->notice, notice->version);
	return true;
}

static struct form_row notice_form_row(struct view *view)
{
	struct record *state = form_view_state(view);

	return record_row(state, "notice");
}

/* ---- return ---- */

static const struct field_def return_fields[] = {
	{ .name = "reason",
	  .label = N_("Reason"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .width = 50 },
	{ .name = "note",
	  .label = N_("Note"),
	  .kind = FIELD_TEXT,
	  .max = 2000,
	  .rows = 4,
	  .hint = N_("What the sales rep has to do") },
	{ .name = NULL },
};

static struct batch *return_load(struct view *view)
{
	(void)view;
	return reason_choices("notice_returned");
}

static void return_loaded(struct view *view, struct form *form, struct answer *answer)
{
	(void)view;
	form_set_choices(form, "reason", answer->results[0]);
}

static struct batch *return_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *state = form_view_state(view);

	return notice_return(request_id, state->id, state->version, form_value(form, "reason"),
	                     form_value(form, "note"));
}

static const struct form_spec return_spec = {
	.fields = return_fields,
	.acts_on = notice_form_row,
	.size = sizeof(struct record),
	.open = notice_form_open,
	.load = return_load,
	.loaded = return_loaded,
	.save = return_save,
	.done = N_("Returned: the sales rep is told."),
};

const struct view_ops view_return_notice = {
	.name = "form",
	.title = N_("Return the notice"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(return_spec),
};

/* ---- answer ---- */

static const struct field_def answer_fields[] = {
	{ .name = "note",
	  .label = N_("Answer"),
	  .kind = FIELD_TEXT,
	  .max = 2000,
	  .rows = 4,
	  .required = true,
	  .hint = N_("What is settled now") },
	{ .name = NULL },
};

static struct batch *answer_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *state = form_view_state(view);

	return notice_answer(request_id, state->id, state->version, form_value(form, "note"));
}

static const struct form_spec answer_spec = {
	.fields = answer_fields,
	.acts_on = notice_form_row,
	.size = sizeof(struct record),
	.open = notice_form_open,
	.save = answer_save,
	.done = N_("Answered: the notice waits for back office again."),
};

const struct view_ops view_answer_notice = {
	.name = "form",
	.title = N_("Answer the returned notice"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(answer_spec),
};
