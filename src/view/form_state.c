/*
 * Somebody else was quicker with a row whose state was to be changed here:
 * there is no text to be compared, only something to be known before one goes
 * on. What was typed stays.
 */
#include "form_state.h"

#include <stdio.h>

#include <base/i18n.h>
#include <model/change.h>
#include <model/refusal.h>

static void state_look(struct view *view)
{
	struct form_row row = form_spec_of(view)->acts_on(view);

	view_ask(view, FORM_STATE, change_state(row.table, row.id));
}

bool form_state_refused(struct view *view, const struct refusal *refusal)
{
	if (form_spec_of(view)->acts_on == NULL || !refusal_is(refusal, "row_version"))
		return false;
	view_say(view, SAY_INFO, "%s",
	         _("Somebody has changed this in the meantime. Looking at what has changed …"));
	state_look(view);
	return true;
}

static void state_take(struct view *view, struct answer *answer)
{
	struct form_row row = form_spec_of(view)->acts_on(view);
	const struct rows *now = answer->results[0];
	struct arena *arena;

	if (now->count == 0) {
		form_fail(form_view_form(view), NULL,
		          _("This does not exist any more, or is not yours any more. What you have "
		            "written stays here until you leave."));
		return;
	}
	arena = arena_new();
	snprintf(row.version, row.size, "%s", rows_text(now, 0, "version"));
	form_fail(form_view_form(view), NULL,
	          arena_printf(arena,
	                       _("%s Its state is now: %s. Nothing is done yet: save again to go on "
	                         "all the same."),
	                       change_sentence(arena, answer->results[1]),
	                       change_state_word(row.table, rows_text(now, 0, "state"))));
	arena_free(&arena);
	/* What the form says about the row is about the row as it was. */
	form_view_reload(view);
}

void form_state_answer(struct view *view, struct answer *answer)
{
	view_say(view, SAY_INFO, "%s", "");
	if (answer->status == ANSWER_LOST)
		state_look(view);
	else if (view_check(view, answer))
		state_take(view, answer);
}
