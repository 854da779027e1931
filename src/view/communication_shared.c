/*
 * What logging and correcting a communication have in common: the contact, the
 * heading, and what is sent.
 */
#include "communication.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <view/views.h>

const struct field_choice communication_channels[] = {
	{ "phone", N_("Phone") },   { "email", N_("E-mail") },
	{ "visit", N_("Visit") },   { "meeting", N_("Meeting") },
	{ "letter", N_("Letter") }, { "message", N_("Message") },
	{ "other", N_("Other") },   { NULL, NULL },
};

const struct field_choice communication_directions[] = {
	{ "out", N_("We contacted the client") },
	{ "in", N_("The client contacted us") },
	{ NULL, NULL },
};

bool communication_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct communication *state = form_view_state(view);

	(void)err;
	communication_show_fields(form);
	state->step = mem_copy("");
	snprintf(state->id, sizeof(state->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

void communication_close(struct view *view)
{
	struct communication *state = form_view_state(view);

	free(state->step);
}

void communication_header(struct view *view, struct canvas *canvas)
{
	struct communication *state = form_view_state(view);

	canvas_text(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_STRONG, state->heading);
}

const char *communication_about(struct view *view)
{
	struct communication *state = form_view_state(view);

	return state->heading;
}

void communication_title(struct communication *state, const struct rows *rows, const char *number,
                         const char *title)
{
	snprintf(state->heading, sizeof(state->heading), _("%s · action %s · %s"),
	         rows_text(rows, 0, "client"), rows_text(rows, 0, number),
	         rows_text(rows, 0, title));
}

/* ---- the contact ---- */

struct batch *communication_search(struct view *view, const char *field, const char *text)
{
	struct communication *state = form_view_state(view);

	(void)field;
	return communication_contacts(state->client, text);
}

/* ---- the fields of a channel ---- */

static const struct {
	const char *field;
	const char *channels; /* those of the constraints communication_..._channel */
} channel_fields[] = {
	{ "duration_minutes", "phone meeting visit" },
	{ "tracking_number", "letter" },
	{ "message_id", "email" },
};

static bool channel_has(struct form *form, size_t field)
{
	const char *channel = form_value(form, "channel");

	return channel != NULL && strstr(channel_fields[field].channels, channel) != NULL;
}

void communication_show_fields(struct form *form)
{
	for (size_t i = 0; i < sizeof(channel_fields) / sizeof(channel_fields[0]); i++) {
		if (!form_has(form, channel_fields[i].field))
			continue;
		if (channel_has(form, i))
			form_show(form, channel_fields[i].field);
		else
			form_hide(form, channel_fields[i].field);
	}
}

void communication_changed(struct view *view, struct form *form, const char *field)
{
	(void)view;
	if (strcmp(field, "channel") == 0)
		communication_show_fields(form);
}

/* What belongs to another channel was typed before this one was chosen. */
static const char *channel_value(struct form *form, const char *field)
{
	for (size_t i = 0; i < sizeof(channel_fields) / sizeof(channel_fields[0]); i++)
		if (strcmp(channel_fields[i].field, field) == 0 && form_has(form, field))
			return channel_has(form, i) ? form_value(form, field) : NULL;
	return NULL;
}

struct communication_data communication_typed(struct form *form)
{
	return (struct communication_data){
		.channel = form_value(form, "channel"),
		.direction = form_value(form, "direction"),
		.contact = form_value(form, "contact"),
		.date = form_value(form, "date"),
		.clock = form_value(form, "clock"),
		.subject = form_value(form, "subject"),
		.body = form_value(form, "body"),
		.minutes = channel_value(form, "duration_minutes"),
		.tracking = channel_value(form, "tracking_number"),
		.message_id = channel_value(form, "message_id"),
	};
}

/* The contact's own form, in a box, with the name that was typed. */
void communication_create(struct view *view, struct form *form, const char *field, const char *text)
{
	struct communication *state = form_view_state(view);
	const struct contact_arg arg = { .client = strtoll(state->client, NULL, 10) };
	char *name = mem_copy(text); /* the form's, which may change it */
	struct view *child;

	(void)form;
	(void)field;
	child = arg.client != 0 ? view_push(view->app, &view_contact_form, &arg) : NULL;
	if (child != NULL)
		form_set(form_view_form(child), "name", name);
	free(name);
}

void communication_returned(struct view *view, struct form *form, const struct view_ops *child,
                            const void *result)
{
	(void)view;
	if (child != &view_contact_form || result == NULL)
		return;
	form_set_pick(form, "contact", result, form_text(form, "contact"));
	form_go(form, "date");
}

bool communication_is_gone(struct view *view, const struct rows *rows)
{
	if (rows->count > 0)
		return false;
	view_say(view, SAY_ERROR, "%s", _("This does not exist, or is not yours."));
	view_close(view);
	return true;
}
