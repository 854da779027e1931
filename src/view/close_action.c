/*
 * The end of an action: won, lost or cancelled. The box says beforehand what
 * else ends with it.
 */
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <model/action.h>
#include <view/form_view.h>
#include <view/views.h>

#include "action_form.h"

struct close_form {
	struct action_form action;
	char *divisions;
	int live;      /* offers that are drafts or presented */
	int presented; /* offers that the client has seen, in whatever state */
};

static const struct field_choice close_outcomes[] = {
	{ "won", N_("Won: an offer is approved") },
	{ "lost", N_("Lost: the client does not buy") },
	{ "cancelled", N_("Cancelled: it was opened by mistake") },
	{ NULL, NULL },
};

static const struct field_def close_fields[] = {
	{ .name = "outcome",
	  .label = N_("Outcome"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .choices = close_outcomes,
	  .initial = "lost",
	  .width = 44 },
	{ .name = "reason",
	  .label = N_("Reason"),
	  .kind = FIELD_CHOICE,
	  .width = 44,
	  .hint = N_("why the client does not buy") },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_TEXT, .max = 2000, .rows = 3 },
	{ .name = NULL },
};

static bool close_is(struct form *form, const char *outcome)
{
	return strcmp(form_value(form, "outcome"), outcome) == 0;
}

static const char *close_offers(struct arena *arena, struct form *form, int live)
{
	if (close_is(form, "won"))
		return _(
		    "Before it can be won, the offers that are still open have to be approved, "
		    "rejected or withdrawn.");
	return arena_printf(arena,
	                    ngettext("%d offer that is still open is withdrawn.",
	                             "%d offers that are still open are withdrawn.",
	                             (unsigned long)live),
	                    live);
}

/* What will happen, or why it cannot. */
static void close_explain(struct view *view, struct form *form)
{
	struct close_form *closing = form_view_state(view);
	bool manager = (view_session(view)->roles & ROLE_MANAGER) != 0;
	struct arena *arena;
	const char *text;

	if (closing->divisions == NULL) /* not read yet */
		return;
	if (close_is(form, "cancelled") && closing->presented > 0 && !manager) {
		form_view_explain(view,
		                  _("Only a manager may cancel this action: the client has been "
		                    "presented an offer. You can close it as lost."));
		return;
	}
	arena = arena_new();
	text = arena_printf(arena, _("Its divisions become free for everybody: %s."),
	                    closing->divisions);
	if (closing->live > 0)
		text =
		    arena_printf(arena, "%s\n%s", text, close_offers(arena, form, closing->live));
	form_view_explain(view, text);
	arena_free(&arena);
}

/* Only a loss has a reason to be chosen. */
static void close_fit(struct view *view, struct form *form)
{
	if (close_is(form, "lost")) {
		form_show(form, "reason");
	} else {
		if (strcmp(form_current(form), "reason") == 0)
			form_go(form, "outcome");
		form_hide(form, "reason");
	}
	close_explain(view, form);
}

static struct batch *close_load(struct view *view)
{
	struct close_form *closing = form_view_state(view);

	return action_before_closing(closing->action.id);
}

static void close_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct close_form *closing = form_view_state(view);
	const struct rows *head = answer->results[0];

	if (!action_form_take(view, head))
		return;
	form_set_choices(form, "reason", answer->results[1]);
	free(closing->divisions);
	closing->divisions = mem_copy(rows_text(head, 0, "divisions"));
	closing->live = (int)rows_int(head, 0, "live");
	closing->presented = (int)rows_int(head, 0, "presented");
	if (!form_is_changed(form) && closing->live == 0 && rows_int(head, 0, "approved") > 0)
		form_set(form, "outcome", "won");
	close_fit(view, form);
}

static void close_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "outcome") == 0)
		close_fit(view, form);
}

static struct batch *close_save(struct view *view, struct form *form, const char *request_id)
{
	struct close_form *closing = form_view_state(view);

	if (!action_form_is_ready(view))
		return NULL;
	return action_close(request_id, closing->action.id, closing->action.version,
	                    form_value(form, "outcome"),
	                    close_is(form, "lost") ? form_value(form, "reason") : NULL,
	                    form_value(form, "note"));
}

static bool close_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	if (strcmp(refusal->sqlstate, "42501") == 0 && close_is(form, "cancelled")) {
		form_fail(form, "outcome",
		          _("Only a manager may cancel an action with presented offers, and "
		            "only its owner or a manager any other."));
		return true;
	}
	return action_form_denied(view, form, refusal);
}

static void close_close(struct view *view)
{
	struct close_form *closing = form_view_state(view);

	free(closing->divisions);
}

static const struct form_spec close_spec = {
	.fields = close_fields,
	.acts_on = action_form_row,
	.size = sizeof(struct close_form),
	.load = close_load,
	.open = action_form_open,
	.loaded = close_loaded,
	.changed = close_changed,
	.save = close_save,
	.refused = close_refused,
	.done = N_("The action is closed and its divisions are free."),
	.close = close_close,
};

const struct view_ops view_close_action = {
	.name = "form",
	.title = N_("Close the action"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(close_spec),
};
