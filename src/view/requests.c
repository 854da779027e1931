/*
 * Collaboration requests, to my actions and from me: read, and answered with
 * one key. Managers may look at everybody's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <model/request.h>
#include <model/words.h>
#include <view/dialog_view.h>
#include <view/list_view.h>
#include <view/views.h>

#include "page.h"
#include "record_form.h"
#include "requests.h"
#include "show.h"

enum { PURPOSE_ACCEPT, PURPOSE_WITHDRAW, QUESTION_DETAILS = 1 };
enum { DETAILS_CLOSE = 1, DETAILS_ACCEPT, DETAILS_DECLINE, DETAILS_WITHDRAW, DETAILS_ACTION };

/* Of the row under the cursor. */
static bool request_is_open(const struct view *view)
{
	return strcmp(list_text(view, "state"), "open") == 0;
}

static bool request_is_to_me(const struct view *view)
{
	return strcmp(list_text(view, "to_me"), "t") == 0;
}

static void requests_way(struct table_cell *cell)
{
	bool to_me = rows_bool(cell->rows, cell->row, "to_me");

	cell->text =
	    to_me
		? arena_printf(cell->arena, _("from %s"), rows_text(cell->rows, cell->row, "asker"))
		: arena_printf(cell->arena, _("to %s"), rows_text(cell->rows, cell->row, "owner"));
}

static void requests_state(struct table_cell *cell)
{
	bool open = strcmp(cell->text, "open") == 0;

	if (open)
		cell->style =
		    rows_bool(cell->rows, cell->row, "to_me") ? STYLE_WARNING : STYLE_NORMAL;
	else if (strcmp(cell->text, "accepted") == 0)
		cell->style = STYLE_GOOD;
	else
		cell->style = STYLE_DIM;
	cell->text = open ? _("not answered") : words_request_state(cell->text);
}

static void requests_age(struct table_cell *cell)
{
	cell->text = show_age(cell->arena, cell->rows, cell->row, "age");
}

static const struct table_column requests_columns[] = {
	{ "age", N_("Age"), ALIGN_RIGHT, 6, 6, 0, 0, requests_age },
	{ "asker", N_("Who"), ALIGN_LEFT, 16, 26, 1, 0, requests_way },
	{ "client", N_("Client"), ALIGN_LEFT, 14, 32, 2, 0, NULL },
	{ "action_number", N_("Action"), ALIGN_RIGHT, 6, 6, TABLE_WHOLE, 1, NULL },
	{ "divisions", N_("Divisions"), ALIGN_LEFT, 12, 24, 1, 3, NULL },
	{ "message", N_("Message"), ALIGN_LEFT, 12, 30, 3, 2, NULL },
	{ "state", N_("State"), ALIGN_LEFT, 13, 13, 0, 0, requests_state },
	{ 0 },
};

static const struct list_filter requests_filters[] = {
	{ "all", N_("mine"), ROLE_REP, 0 },
	{ "open", N_("mine, not answered"), ROLE_REP, 0 },
	{ "everybody-open", N_("everybody's, not answered"), ROLE_MANAGER, 0 },
	{ "everybody-all", N_("everybody's"), ROLE_MANAGER, 0 },
	{ 0 },
};

static struct batch *requests_page(struct view *view, const struct table_want *want)
{
	const char *filter = list_filter(view);
	bool everybody = strncmp(filter, "everybody", 9) == 0;

	return request_page(list_forward(want), list_edge(want, "turn"), list_edge(want, "key"),
	                    list_limit(want), everybody,
	                    strcmp(everybody ? filter + 10 : filter, "open") == 0);
}

/* ---- what is done ---- */

static bool requests_say_closed(struct view *view)
{
	if (request_is_open(view))
		return false;
	view_say(view, SAY_INFO, "%s", _("This request is settled already."));
	return true;
}

static void requests_accept(struct view *view)
{
	char request_id[37], id[24];

	if (requests_say_closed(view) || view_is_asking(view, PURPOSE_ACCEPT))
		return;
	if (!request_is_to_me(view)) {
		view_say(view, SAY_WARNING, "%s",
		         _("This request is yours: the other one answers it."));
		return;
	}
	snprintf(id, sizeof(id), "%" PRId64, list_key(view));
	uuid_make(request_id);
	view_ask(view, PURPOSE_ACCEPT,
	         request_answer(request_id, id, list_text(view, "version"), true, NULL));
}

static void requests_decline(struct view *view)
{
	struct request_arg arg;

	if (requests_say_closed(view))
		return;
	if (!request_is_to_me(view)) {
		view_say(view, SAY_WARNING, "%s", _("This request is yours: withdraw it instead."));
		return;
	}
	arg.request = list_key(view);
	arg.version = strtoll(list_text(view, "version"), NULL, 10);
	view_push(view->app, &view_decline_request, &arg);
}

static void requests_withdraw(struct view *view)
{
	char request_id[37], id[24];

	if (requests_say_closed(view) || view_is_asking(view, PURPOSE_WITHDRAW))
		return;
	if (request_is_to_me(view)) {
		view_say(view, SAY_WARNING, "%s",
		         _("Only who has asked can withdraw. Accept it or decline it."));
		return;
	}
	snprintf(id, sizeof(id), "%" PRId64, list_key(view));
	uuid_make(request_id);
	view_ask(view, PURPOSE_WITHDRAW, request_withdraw(request_id, id));
}

static const char *requests_details(struct view *view, struct arena *arena)
{
	int row;
	const struct rows *rows = table_current(list_table(view), &row);

	return rows != NULL ? request_details(arena, rows, row) : "";
}

static void requests_show(struct view *view)
{
	struct dialog_button buttons[5] = { 0 };
	struct arena *arena = arena_new();
	int count = 0;

	buttons[count++] = (struct dialog_button){ DETAILS_CLOSE, 0, N_("Back to the list") };
	if (request_is_open(view) && request_is_to_me(view)) {
		buttons[count++] = (struct dialog_button){ DETAILS_ACCEPT, 'a', N_("Accept") };
		buttons[count++] = (struct dialog_button){ DETAILS_DECLINE, 'd', N_("Decline") };
	} else if (request_is_open(view)) {
		buttons[count++] = (struct dialog_button){ DETAILS_WITHDRAW, 'w', N_("Withdraw") };
	}
	if (list_text(view, "action_id")[0] != '\0')
		buttons[count++] =
		    (struct dialog_button){ DETAILS_ACTION, 'o', N_("Open the action") };
	dialog_ask(view, QUESTION_DETAILS, _("Request to collaborate"),
	           requests_details(view, arena), buttons);
	arena_free(&arena);
}

static void requests_open_action(struct view *view)
{
	int row;
	const struct rows *rows = table_current(list_table(view), &row);
	int64_t action = rows != NULL ? rows_int(rows, row, "action_id") : 0;

	if (action != 0)
		view_push(view->app, &view_action, &action);
}

static void requests_returned(struct view *view, const struct view_ops *child, const void *result)
{
	switch (dialog_chosen(child, result, QUESTION_DETAILS)) {
	case DETAILS_ACCEPT: requests_accept(view); break;
	case DETAILS_DECLINE: requests_decline(view); break;
	case DETAILS_WITHDRAW: requests_withdraw(view); break;
	case DETAILS_ACTION: requests_open_action(view); break;
	default: break;
	}
}

static enum command requests_act(struct view *view, enum command command)
{
	switch (command) {
	case COMMAND_OPEN: requests_show(view); return COMMAND_NONE;
	case COMMAND_ACCEPT_REQUEST: requests_accept(view); return COMMAND_NONE;
	case COMMAND_DECLINE_REQUEST: requests_decline(view); return COMMAND_NONE;
	case COMMAND_WITHDRAW_REQUEST: requests_withdraw(view); return COMMAND_NONE;
	default: return command;
	}
}

/* ---- for all that are marked ---- */

static struct batch *requests_answer_one(const struct rows *rows, int row, const char *request_id,
                                         bool accept, const char *note, struct err *err)
{
	if (strcmp(rows_text(rows, row, "state"), "open") != 0) {
		err_set(err, ERR_REFUSED, "%s", _("This request is settled already."));
		return NULL;
	}
	if (!rows_bool(rows, row, "to_me")) {
		err_set(err, ERR_REFUSED, "%s",
		        _("This request is yours: the other one answers it."));
		return NULL;
	}
	return request_answer(request_id, rows_text(rows, row, "key"),
	                      rows_text(rows, row, "version"), accept, note);
}

static struct batch *requests_accept_one(const struct view *view, const struct rows *rows, int row,
                                         const char *request_id, const char *const values[2],
                                         struct err *err)
{
	(void)view;
	(void)values;
	return requests_answer_one(rows, row, request_id, true, NULL, err);
}

static struct batch *requests_decline_one(const struct view *view, const struct rows *rows, int row,
                                          const char *request_id, const char *const values[2],
                                          struct err *err)
{
	(void)view;
	return requests_answer_one(rows, row, request_id, false, values[0], err);
}

static const struct list_deed requests_deeds[] = {
	{ COMMAND_ACCEPT_REQUEST, "action_number", NULL, requests_accept_one },
	{ COMMAND_DECLINE_REQUEST, "action_number", &view_deed_decline, requests_decline_one },
	{ COMMAND_NONE, NULL, NULL, NULL },
};

static bool requests_offers(const struct view *view, enum command command)
{
	switch (command) {
	case COMMAND_OPEN: return true;
	case COMMAND_ACCEPT_REQUEST:
	case COMMAND_DECLINE_REQUEST: return request_is_open(view) && request_is_to_me(view);
	case COMMAND_WITHDRAW_REQUEST: return request_is_open(view) && !request_is_to_me(view);
	default: return command_in_section(command, view->ops->name);
	}
}

static void requests_answer(struct view *view, struct answer *answer)
{
	if (!view_check(view, answer)) {
		view->stale |= WATCH_DATA;
		return;
	}
	if (answer->purpose != PURPOSE_ACCEPT)
		view_say(view, SAY_GOOD, "%s", _("Withdrawn."));
	else if (strncmp(list_filter(view), "everybody", 9) == 0)
		view_say(view, SAY_GOOD, "%s", _("Accepted: whoever asked works in it now."));
	else
		view_say(view, SAY_GOOD, "%s", _("Accepted: you work in it together now."));
}

static void requests_preview(struct view *view, struct canvas *canvas)
{
	page_text(canvas, 1, 0, canvas_width(canvas) - 1, STYLE_NORMAL,
	          requests_details(view, canvas_arena(canvas)));
}

static const struct list_spec requests_spec = {
	.columns = requests_columns,
	.page = requests_page,
	.filters = requests_filters,
	.empty = N_("No request here. To ask, tick a held division in a new action."),
	.act = requests_act,
	.offers = requests_offers,
	.deeds = requests_deeds,
	.preview = requests_preview,
	.answer = requests_answer,
	.returned = requests_returned,
};

const struct view_ops view_requests = {
	.name = "requests",
	.title = N_("Collaboration requests"),
	.watch = WATCH_REQUESTS | WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(requests_spec),
};

/* ---- declining: a word about why is kind, and may be left out ---- */

const struct field_def decline_fields[] = {
	{ .name = "note",
	  .label = N_("Why"),
	  .kind = FIELD_LINE,
	  .max = 500,
	  .hint = N_("The asker reads it; Enter sends") },
	{ .name = NULL },
};

static bool decline_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct record *state = form_view_state(view);
	const struct request_arg *request = arg;

	(void)form;
	(void)err;
	record_see(state, request->request, request->version);
	return true;
}

static struct form_row decline_row(struct view *view)
{
	struct record *state = form_view_state(view);

	return record_row(state, "request");
}

static struct batch *decline_save(struct view *view, struct form *form, const char *request_id)
{
	struct record *state = form_view_state(view);

	return request_answer(request_id, state->id, state->version, false,
	                      form_value(form, "note"));
}

static const struct form_spec decline_spec = {
	.fields = decline_fields,
	.acts_on = decline_row,
	.size = sizeof(struct record),
	.open = decline_open,
	.save = decline_save,
	.done = N_("Declined."),
};

const struct view_ops view_decline_request = {
	.name = "form",
	.title = N_("Decline the request"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(decline_spec),
};
