/*
 * The boxes over the tray: assigning a message to an action, and setting it
 * aside with a reason.
 */
#include "mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <model/communication.h>
#include <model/mail.h>
#include <view/views.h>

#include "record_form.h"

enum { PURPOSE_CLIENT };

struct mail_form {
	struct record record;
	char client[24];   /* of the action that is chosen; "" while it is not known */
	char address[260]; /* of who is perhaps no contact yet */
};

static bool mail_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct mail_form *state = form_view_state(view);
	const struct mail_arg *mail = arg;

	(void)form;
	(void)err;
	record_see(&state->record, mail->mail, mail->version);
	return true;
}

static struct form_row mail_form_row(struct view *view)
{
	struct mail_form *state = form_view_state(view);

	return record_row(&state->record, "mail");
}

/* ---- assign ---- */

static const struct field_def assign_fields[] = {
	{ .name = "action",
	  .label = N_("Action"),
	  .kind = FIELD_PICK,
	  .required = true,
	  .hint = N_("its number, the client or the title") },
	{ .name = "contact",
	  .label = N_("Contact"),
	  .kind = FIELD_PICK,
	  .hint = N_("empty: who has the mail's address"),
	  .create = N_("Enter the contact «%s»") },
	{ .name = NULL },
};

static struct batch *assign_load(struct view *view)
{
	struct mail_form *state = form_view_state(view);

	return mail_read_one(state->record.id);
}

static void assign_ask_client(struct view *view, const char *action)
{
	struct mail_form *state = form_view_state(view);

	state->client[0] = '\0';
	view_forget(view, PURPOSE_CLIENT);
	if (action != NULL)
		view_ask_quietly(view, PURPOSE_CLIENT, mail_client_of(action));
}

static void assign_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct mail_form *state = form_view_state(view);
	const struct rows *rows = answer->results[0];
	struct arena *arena;

	if (rows->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This does not exist, or is not yours."));
		view_close(view);
		return;
	}
	snprintf(state->address, sizeof(state->address), "%s", rows_text(rows, 0, "address"));
	arena = arena_new();
	form_view_explain(view, arena_printf(arena, _("%s\nFrom %s"), rows_text(rows, 0, "subject"),
	                                     rows_text(rows, 0, "sender")));
	arena_free(&arena);
	if (rows_get(rows, 0, "action_id") == NULL || form_text(form, "action")[0] != '\0')
		return;
	form_set_pick(form, "action", rows_text(rows, 0, "action_id"), rows_text(rows, 0, "action"));
	assign_ask_client(view, rows_text(rows, 0, "action_id"));
}

static struct batch *assign_search(struct view *view, const char *field, const char *text)
{
	struct mail_form *state = form_view_state(view);

	if (strcmp(field, "action") == 0)
		return mail_actions(state->record.id, text);
	return communication_contacts(state->client[0] != '\0' ? state->client : NULL, text);
}

/* Contacts are those of the action's client. */
static void assign_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "action") != 0)
		return;
	form_set_pick(form, "contact", NULL, "");
	assign_ask_client(view, form_value(form, "action"));
}

static void assign_answer(struct view *view, struct form *form, struct answer *answer)
{
	struct mail_form *state = form_view_state(view);

	if (answer->status == ANSWER_LOST)
		assign_ask_client(view, form_value(form, "action"));
	else if (view_check(view, answer))
		snprintf(state->client, sizeof(state->client), "%s",
		         rows_text(answer->results[0], 0, "client_id"));
}

/* The contact's own form, with the name that was typed and the address that the mail has. */
static void assign_create(struct view *view, struct form *form, const char *field, const char *text)
{
	struct mail_form *state = form_view_state(view);
	const struct contact_arg arg = { .client = strtoll(state->client, NULL, 10) };
	char *name = mem_copy(text); /* the form's, which may change it */
	struct view *child = NULL;

	if (arg.client != 0)
		child = view_push(view->app, &view_contact_form, &arg);
	else
		form_fail(form, field, _("Choose the action first."));
	if (child != NULL) {
		form_set(form_view_form(child), "name", name);
		form_set(form_view_form(child), "email", state->address);
	}
	free(name);
}

static void assign_returned(struct view *view, struct form *form, const struct view_ops *child,
                            const void *result)
{
	(void)view;
	if (child == &view_contact_form && result != NULL)
		form_set_pick(form, "contact", result, form_text(form, "contact"));
}

static struct batch *assign_save(struct view *view, struct form *form, const char *request_id)
{
	struct mail_form *state = form_view_state(view);

	return mail_assign(request_id, state->record.id, state->record.version,
	                   form_value(form, "action"),
	                   form_value(form, "contact"));
}

static const struct form_spec assign_spec = {
	.fields = assign_fields,
	.acts_on = mail_form_row,
	.size = sizeof(struct mail_form),
	.open = mail_form_open,
	.load = assign_load,
	.loaded = assign_loaded,
	.search = assign_search,
	.create = assign_create,
	.changed = assign_changed,
	.answer = assign_answer,
	.returned = assign_returned,
	.save = assign_save,
	.done = N_("The mail is logged in the action."),
};

const struct view_ops view_assign_mail = {
	.name = "form",
	.title = N_("Assign the mail"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(assign_spec),
};

/* ---- set aside ---- */

static const struct field_def aside_fields[] = {
	{ .name = "note",
	  .label = N_("Why"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 500,
	  .hint = N_("advertising, private, not ours …") },
	{ .name = NULL },
};

static const char *aside_text(struct view *view)
{
	(void)view;
	return _("It stays readable under “what was set aside”, and can still be assigned from there.");
}

static struct batch *aside_save(struct view *view, struct form *form, const char *request_id)
{
	struct mail_form *state = form_view_state(view);

	return mail_set_aside(request_id, state->record.id, state->record.version,
	                      form_value(form, "note"));
}

static const struct form_spec aside_spec = {
	.fields = aside_fields,
	.acts_on = mail_form_row,
	.size = sizeof(struct mail_form),
	.open = mail_form_open,
	.text = aside_text,
	.save = aside_save,
	.done = N_("The mail is set aside."),
};

const struct view_ops view_set_aside_mail = {
	.name = "form",
	.title = N_("Set the mail aside"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(aside_spec),
};
