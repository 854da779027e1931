/*
 * Taking a notice, putting it back, returning it, answering, recording an
 * invoice.
 */
#include "notice_deed.h"

#include <string.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <model/notice.h>
#include <view/views.h>

static unsigned deed_of(enum command command)
{
	switch (command) {
	case COMMAND_TAKE: return NOTICE_TAKE;
	case COMMAND_PUT_BACK: return NOTICE_PUT_BACK;
	case COMMAND_RETURN_NOTICE: return NOTICE_RETURN;
	case COMMAND_ANSWER_NOTICE: return NOTICE_ANSWER;
	case COMMAND_RECORD_INVOICE: return NOTICE_INVOICE;
	case COMMAND_CORRECT_INVOICE: return NOTICE_CORRECT;
	default: return 0;
	}
}

static unsigned deeds_of(const struct view *view, const struct rows *rows, int row)
{
	return notice_deeds(view_session(view)->roles, rows_text(rows, row, "state"),
	                    rows_bool(rows, row, "mine"), rows_bool(rows, row, "is_member"));
}

bool notice_deed_offers(const struct view *view, const struct rows *rows, int row,
                        enum command command)
{
	unsigned deed = deed_of(command);

	return deed != 0 ? (deeds_of(view, rows, row) & deed) != 0
	                 : command_in_section(command, view->ops->name);
}

static void deed_say_why_not(struct view *view, const struct rows *rows, int row, unsigned deed)
{
	const char *state = rows_text(rows, row, "state");

	if (deed == NOTICE_CORRECT)
		view_say(view, SAY_WARNING, "%s", _("No invoice is recorded here yet."));
	else if (strcmp(state, "pending") == 0)
		view_say(view, SAY_WARNING, "%s", _("Take the notice first."));
	else if (strcmp(state, "taken") == 0)
		view_say(view, SAY_WARNING, _("%s has taken this notice."),
		         rows_text(rows, row, "taken_by"));
	else if (strcmp(state, "returned") == 0)
		view_say(view, SAY_WARNING, "%s",
		         _("It was returned: it waits for the answer of the sales rep."));
	else if (strcmp(state, "partial") == 0)
		view_say(view, SAY_WARNING, "%s",
		         _("An invoice is recorded already: what is left can only be invoiced."));
	else if (strcmp(state, "invoiced") == 0)
		view_say(view, SAY_WARNING, "%s", _("All of it is invoiced."));
	else
		view_say(view, SAY_WARNING, "%s",
		         _("The approval was revoked, so there is nothing to invoice."));
}

static void deed_write(struct view *view, int purpose, const char *id, const char *version)
{
	char request_id[37];

	if (view_is_asking(view, purpose))
		return;
	uuid_make(request_id);
	view_ask(view, purpose,
	         purpose == PURPOSE_TAKE ? notice_take(request_id, id)
	                                 : notice_put_back(request_id, id, version));
}

enum command notice_deed_act(struct view *view, const struct rows *rows, int row,
                             enum command command)
{
	const char *id = rows_text(rows, row, rows_column(rows, "key") >= 0 ? "key" : "id");
	const char *state = rows_text(rows, row, "state");
	unsigned deed = deed_of(command);
	struct notice_arg arg = {
		.notice = rows_int(rows, row, rows_column(rows, "key") >= 0 ? "key" : "id"),
		.version = rows_int(rows, row, "version"),
	};

	if (deed == 0)
		return command;
	/* Who took it meanwhile, and since when, the database knows best. */
	if (deed == NOTICE_TAKE && strcmp(state, "taken") == 0 && !rows_bool(rows, row, "mine")) {
		deed_write(view, PURPOSE_TAKE, id, NULL);
		return COMMAND_NONE;
	}
	if (deed == NOTICE_TAKE && strcmp(state, "taken") == 0) {
		view_say(view, SAY_INFO, "%s", _("You have taken it already."));
		return COMMAND_NONE;
	}
	if ((deeds_of(view, rows, row) & deed) == 0) {
		deed_say_why_not(view, rows, row, deed);
		return COMMAND_NONE;
	}
	switch (deed) {
	case NOTICE_TAKE: deed_write(view, PURPOSE_TAKE, id, NULL); break;
	case NOTICE_PUT_BACK:
		deed_write(view, PURPOSE_PUT_BACK, id, rows_text(rows, row, "version"));
		break;
	case NOTICE_RETURN: view_push(view->app, &view_return_notice, &arg); break;
	case NOTICE_ANSWER: view_push(view->app, &view_answer_notice, &arg); break;
	default: view_push(view->app, &view_record_invoice, &arg); break;
	}
	return COMMAND_NONE;
}

void notice_deed_answer(struct view *view, struct answer *answer)
{
	if (!view_check(view, answer)) {
		view->stale |= WATCH_DATA; /* it is another by now: show it */
		return;
	}
	view_say(view, SAY_GOOD, "%s",
	         answer->purpose == PURPOSE_TAKE
	             ? _("It is yours now: record the invoice when it is issued.")
	             : _("Put back: anybody can take it now."));
}
