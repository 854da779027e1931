/*
 * What the boxes over an action's screen share.
 */
#include "action_form.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>

bool action_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct action_form *action = form_view_state(view);

	(void)form;
	(void)err;
	snprintf(action->id, sizeof(action->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

struct form_row action_form_row(struct view *view)
{
	struct action_form *state = form_view_state(view);

	return (struct form_row){ "action", state->id, state->version, sizeof(state->version) };
}

bool action_form_take(struct view *view, const struct rows *head)
{
	struct action_form *action = form_view_state(view);

	if (head->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This action does not exist, or is not yours."));
		view_close(view);
		return false;
	}
	snprintf(action->version, sizeof(action->version), "%s", rows_text(head, 0, "version"));
	snprintf(action->owner, sizeof(action->owner), "%.*s", (int)sizeof(action->owner) - 1,
	         rows_text(head, 0, "owner"));
	return true;
}

bool action_form_is_ready(struct view *view)
{
	struct action_form *action = form_view_state(view);

	if (action->version[0] == '\0')
		view_say(view, SAY_INFO, "%s", _("The action is still being read. Try again."));
	return action->version[0] != '\0';
}

void action_form_say(struct view *view, const char *done, const char *step, const char *on)
{
	struct date day;

	if (step != NULL && on != NULL && date_from_iso(on, &day) &&
	    date_days_between(date_today(), day) < 0)
		view_say(view, SAY_WARNING, "%s %s", done, _("The day of the next step is past."));
	else
		view_say(view, SAY_GOOD, "%s", done);
}

bool action_form_denied(struct view *view, struct form *form, const struct refusal *refusal)
{
	struct action_form *action = form_view_state(view);
	struct arena *arena;

	if (strcmp(refusal->sqlstate, "42501") != 0)
		return false;
	arena = arena_new();
	form_fail(form, NULL,
	          arena_printf(arena, _("Only %s, who owns the action, or a manager may do this."),
	                       action->owner));
	arena_free(&arena);
	return true;
}
