/*
 * One offer on one screen, and all that can be done with it. Only what works in
 * its present state is offered; what the database still refuses is said.
 */
#include "offer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/uuid.h>
#include <model/offer_paper.h>
#include <model/words.h>
#include <view/dialog_view.h>
#include <view/views.h>

#include "audit.h"

enum { PURPOSE_READ, PURPOSE_PRESENT, PURPOSE_REVISE, PURPOSE_PRINT };
enum { QUESTION_PRESENT = 1, QUESTION_REVISE, QUESTION_WON, QUESTION_LANGUAGE };

static void offer_ask(struct view *view, bool quietly)
{
	struct offer_screen *screen = view->state;
	struct batch *batch = offer_read(screen->id);

	view_forget(view, PURPOSE_READ);
	if (quietly)
		view_ask_quietly(view, PURPOSE_READ, batch);
	else
		view_ask(view, PURPOSE_READ, batch);
}

static bool offer_open(struct view *view, const void *arg, struct err *err)
{
	struct offer_screen *screen = view->state;

	(void)err;
	snprintf(screen->id, sizeof(screen->id), "%" PRId64, *(const int64_t *)arg);
	offer_ask(view, false);
	return true;
}

static void offer_refresh(struct view *view)
{
	if (!view_is_asking(view, PURPOSE_READ))
		offer_ask(view, true);
}

static const char *head_text(const struct offer_screen *screen, const char *column)
{
	return screen->arena != NULL ? rows_text(screen->results[OFFER_HEAD], 0, column) : "";
}

static bool head_is(const struct offer_screen *screen, const char *column, const char *value)
{
	return strcmp(head_text(screen, column), value) == 0;
}

/* ---- answers ---- */

static void offer_take(struct view *view, struct answer *answer)
{
	struct offer_screen *screen = view->state;
	const char *number;

	if (!view_keep(view, answer, OFFER_HEAD, _("This offer does not exist, or is not yours."),
	               &screen->arena))
		return;
	memcpy(screen->results, answer->results, sizeof(screen->results));
	number = head_text(screen, "number");
	free(screen->subtitle);
	screen->subtitle =
	    mem_copy(number[0] != '\0' ? number : words_offer_state(head_text(screen, "state")));
}

static void offer_presented(struct view *view, struct answer *answer)
{
	if (view_check(view, answer))
		view_say(view, SAY_GOOD, _("Presented. Its number is %s."),
		         rows_text(answer->results[0], 0, "number"));
	offer_ask(view, true);
}

/* A new draft takes this one's place, with its form open. */
static void offer_go_on_with(struct view *view, int64_t id)
{
	if (view_replace(view, &view_offer, &id) != NULL)
		view_push(view->app, &view_offer_form, &id);
}

static void offer_revised(struct view *view, struct answer *answer)
{
	if (view_check(view, answer))
		offer_go_on_with(view, rows_int(answer->results[0], 0, "id"));
	else
		offer_ask(view, true);
}

static void offer_answer(struct view *view, struct answer *answer)
{
	switch (answer->purpose) {
	case PURPOSE_READ: offer_take(view, answer); break;
	case PURPOSE_PRESENT: offer_presented(view, answer); break;
	case PURPOSE_PRINT:
		if (view_check(view, answer))
			offer_print(view, answer);
		break;
	default: offer_revised(view, answer); break;
	}
}

/* ---- commands ---- */

/* What each step wants the offer's state to be. */
static bool offer_allows(const struct offer_screen *screen, enum command command)
{
	bool draft = head_is(screen, "state", "draft");
	bool presented = head_is(screen, "state", "presented");

	switch (command) {
	case COMMAND_EDIT:
	case COMMAND_PRESENT: return draft;
	case COMMAND_APPROVE: return presented && head_is(screen, "expired", "f");
	case COMMAND_REJECT:
	case COMMAND_EXTEND: return presented;
	case COMMAND_WITHDRAW: return draft || presented;
	case COMMAND_REVISE:
		return presented || (head_is(screen, "state", "rejected") &&
		                     head_is(screen, "action_state", "open"));
	case COMMAND_COPY_OFFER: return true;
	case COMMAND_ANSWER_NOTICE: return head_is(screen, "notice_state", "returned");
	default: return false;
	}
}

static bool offer_offers(const struct view *view, enum command command)
{
	const struct offer_screen *screen = view->state;

	/* Who sees an offer may print it; where nothing of the system is within reach, nobody. */
	if (command == COMMAND_COMPARE)
		return screen->arena != NULL && screen->results[OFFER_REVISIONS]->count > 1;
	if (command == COMMAND_HISTORY)
		return screen->arena != NULL;
	if (command == COMMAND_PRINT)
		return screen->arena != NULL && screen->pdf == NULL &&
		       !view_is_asking(view, PURPOSE_PRINT) && !view_is_restricted(view);
	if (command == COMMAND_REVOKE_APPROVAL)
		return screen->arena != NULL &&
		       offer_revoke_why_not(screen->results[OFFER_HEAD]) == NULL;
	return head_is(screen, "is_member", "t") && !view_is_asking(view, PURPOSE_PRESENT) &&
	       !view_is_asking(view, PURPOSE_REVISE) && offer_allows(screen, command);
}

static void offer_confirm_present(struct view *view)
{
	const struct offer_screen *screen = view->state;

	dialog_confirm(view, QUESTION_PRESENT, _("Present this offer?"),
	               head_text(screen, "future_number")[0] != '\0'
	                   ? _("It can no longer change. An earlier revision that is presented is "
	                       "superseded by it.")
	                   : _("It gets its number and can no longer change."),
	               N_("Present it"));
}

static void offer_confirm_revise(struct view *view)
{
	dialog_confirm(view, QUESTION_REVISE, _("Revise this offer?"),
	               _("A draft of the next revision is made, with the same divisions and lines. "
	                 "This one stays as it is until the draft is presented."),
	               N_("Make the draft"));
}

static void offer_answer_returned(struct view *view)
{
	struct offer_screen *screen = view->state;
	const struct rows *head = screen->results[OFFER_HEAD];
	const struct notice_arg arg = { rows_int(head, 0, "notice_id"),
		                        rows_int(head, 0, "notice_version") };

	view_push(view->app, &view_answer_notice, &arg);
}

/* With the revision before it; the first one with the next. */
static void offer_compare(struct view *view)
{
	struct offer_screen *screen = view->state;
	const struct rows *revisions = screen->results[OFFER_REVISIONS];
	struct offer_pair pair;
	int here = 0;

	while (here + 1 < revisions->count &&
	       strcmp(rows_text(revisions, here, "id"), screen->id) != 0)
		here++;
	here += here == 0;
	pair.before = rows_int(revisions, here - 1, "id");
	pair.after = rows_int(revisions, here, "id");
	view_push(view->app, &view_offer_compare, &pair);
}

static int64_t offer_day(const char *iso)
{
	struct date day;

	if (!date_from_iso(iso, &day))
		day = date_today();
	return day.year * 10000 + day.month * 100 + day.day;
}

/* Its head is there: these keys are offered only then. */
static void offer_step(struct view *view, const struct view_ops *ops)
{
	struct offer_screen *screen = view->state;
	const struct offer_step_arg arg = {
		.offer = strtoll(screen->id, NULL, 10),
		.version = rows_int(screen->results[OFFER_HEAD], 0, "version"),
		.today = offer_day(rows_text(screen->results[OFFER_HEAD], 0, "today")),
	};

	view_push(view->app, ops, &arg);
}

static enum command offer_act(struct view *view, enum command command)
{
	struct offer_screen *screen = view->state;
	int64_t id = strtoll(screen->id, NULL, 10);

	if (command == COMMAND_APPROVE && head_is(screen, "expired", "t")) {
		view_say(view, SAY_WARNING, "%s",
		         _("It has expired, so it cannot be approved. The key t extends its "
		           "validity."));
		return COMMAND_NONE;
	}
	if (command == COMMAND_REVOKE_APPROVAL && screen->arena != NULL &&
	    offer_revoke_why_not(screen->results[OFFER_HEAD]) != NULL) {
		view_say(view, SAY_WARNING, "%s",
		         offer_revoke_why_not(screen->results[OFFER_HEAD]));
		return COMMAND_NONE;
	}
	if (!offer_offers(view, command))
		return page_act(&screen->page, command);
	switch (command) {
	case COMMAND_EDIT: view_push(view->app, &view_offer_form, &id); break;
	case COMMAND_PRESENT: offer_confirm_present(view); break;
	case COMMAND_APPROVE: offer_step(view, &view_offer_approve); break;
	case COMMAND_REJECT: offer_step(view, &view_offer_reject); break;
	case COMMAND_WITHDRAW: offer_step(view, &view_offer_withdraw); break;
	case COMMAND_EXTEND: offer_step(view, &view_offer_extend); break;
	case COMMAND_REVOKE_APPROVAL: offer_step(view, &view_offer_revoke); break;
	case COMMAND_REVISE: offer_confirm_revise(view); break;
	case COMMAND_COPY_OFFER: view_push(view->app, &view_offer_copy, screen); break;
	case COMMAND_COMPARE: offer_compare(view); break;
	case COMMAND_HISTORY:
		audit_push(view, "offer", id,
		           head_text(screen, head_text(screen, "number")[0] ? "number" : "title"));
		break;
	case COMMAND_PRINT: offer_ask_language(view, QUESTION_LANGUAGE); break;
	default: offer_answer_returned(view); break;
	}
	return COMMAND_NONE;
}

static void offer_write(struct view *view, int purpose,
                        struct batch *(*make)(const char *, const char *, const char *))
{
	struct offer_screen *screen = view->state;

	uuid_make(screen->request_id);
	view_ask(view, purpose, make(screen->request_id, screen->id, head_text(screen, "version")));
}

static void offer_print_in(struct view *view, const char *language)
{
	struct offer_screen *screen = view->state;

	screen->pdf_language = language;
	view_ask(view, PURPOSE_PRINT, offer_paper_read(screen->id));
}

static void offer_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct offer_screen *screen = view->state;
	int64_t action;

	if (child == &view_offer_approve && result != NULL && strcmp(result, "t") == 0 &&
	    head_is(screen, "is_owner", "t")) {
		dialog_confirm(
		    view, QUESTION_WON, _("Close the action as won?"),
		    _("No other offer of this action is open any more. Closing it makes its "
		      "divisions free for others."),
		    N_("Close the action"));
	} else if (child == &view_offer_copy && result != NULL) {
		offer_go_on_with(view, strtoll(result, NULL, 10));
	} else if (dialog_chosen(child, result, QUESTION_PRESENT) == DIALOG_YES) {
		offer_write(view, PURPOSE_PRESENT, offer_present);
	} else if (dialog_chosen(child, result, QUESTION_REVISE) == DIALOG_YES) {
		offer_write(view, PURPOSE_REVISE, offer_revise);
	} else if (dialog_chosen(child, result, QUESTION_WON) == DIALOG_YES) {
		action = strtoll(head_text(screen, "action_id"), NULL, 10);
		view_push(view->app, &view_close_action, &action);
	} else if (dialog_chosen(child, result, QUESTION_LANGUAGE) != 0) {
		offer_print_in(view, offer_chosen_language(view, dialog_chosen(child, result,
		                                                               QUESTION_LANGUAGE)));
	}
}

static bool offer_key(struct view *view, const struct key_event *event)
{
	struct offer_screen *screen = view->state;

	return page_key(&screen->page, event);
}

static const char *offer_subtitle(struct view *view)
{
	struct offer_screen *screen = view->state;

	return screen->subtitle;
}

static void offer_close(struct view *view)
{
	struct offer_screen *screen = view->state;

	offer_pdf_stop(&screen->pdf);
	arena_free(&screen->arena);
	free(screen->subtitle);
	free(screen->pdf_path);
}

const struct view_ops view_offer = {
	.name = "offer",
	.title = N_("Offer"),
	.watch = WATCH_DATA | WATCH_CLOCK | WATCH_NOTICES,
	.size = sizeof(struct offer_screen),
	.open = offer_open,
	.draw = offer_draw,
	.act = offer_act,
	.key = offer_key,
	.answer = offer_answer,
	.refresh = offer_refresh,
	.offers = offer_offers,
	.returned = offer_returned,
	.subtitle = offer_subtitle,
	.close = offer_close,
};
