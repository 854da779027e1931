/*
 * A client's data, new or changed. The example of a form screen. While one
 * types it shows who may be the same client already.
 */
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <model/client.h>
#include <ui/layout.h>
#include <view/dialog_view.h>
#include <view/views.h>

#include "record_form.h"

enum { PURPOSE_SIMILAR, QUESTION_SIMILAR = 0, SIMILAR_MAX = 5, SIMILAR_SHOWN = 3 };

struct client_form {
	struct record record;
	bool archived;
	struct arena *arena;
	const struct rows *similar; /* NULL: not looked for yet */
	bool look_again;            /* typed on while it was looked for */
};

static const struct field_def client_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_LINE, .required = true },
	{ .name = "legal_name", .label = N_("Legal name"), .kind = FIELD_LINE },
	{ .name = "tax_id",
	  .label = N_("Tax id"),
	  .kind = FIELD_LINE,
	  .max = 30,
	  .width = 20,
	  .hint = N_("NIF, NIE or CIF") },
	{ .name = "address", .label = N_("Address"), .kind = FIELD_LINE, .max = 300 },
	{ .name = "postcode", .label = N_("Postcode"), .kind = FIELD_LINE, .max = 15, .width = 10 },
	{ .name = "city", .label = N_("City"), .kind = FIELD_LINE, .max = 100 },
	{ .name = "province", .label = N_("Province"), .kind = FIELD_LINE, .max = 100 },
	{ .name = "country",
	  .label = N_("Country"),
	  .kind = FIELD_LINE,
	  .max = 2,
	  .width = 4,
	  .required = true,
	  .hint = N_("two letters, such as ES") },
	{ .name = "phone", .label = N_("Phone"), .kind = FIELD_LINE, .max = 40 },
	{ .name = "website", .label = N_("Website"), .kind = FIELD_LINE },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000 },
	{ .name = NULL },
};

/* ---- who may be the same ---- */

static void client_form_look(struct view *view, struct form *form)
{
	struct client_form *client = form_view_state(view);

	client->look_again = view_is_asking(view, PURPOSE_SIMILAR);
	if (!client->look_again)
		view_ask_quietly(view, PURPOSE_SIMILAR,
		                 client_similar(record_id(&client->record),
		                                form_value(form, "country"),
		                                form_value(form, "tax_id"), form_value(form, "name"),
		                                form_value(form, "website"),
		                                form_value(form, "phone")));
}

static void client_form_changed(struct view *view, struct form *form, const char *field)
{
	static const char *const telling[] = { "name", "tax_id", "country", "website", "phone" };

	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (strcmp(field, telling[i]) == 0)
			client_form_look(view, form);
}

/* Nobody has asked for it, so nothing is said where it could not be read. */
static void client_form_answer(struct view *view, struct form *form, struct answer *answer)
{
	struct client_form *client = form_view_state(view);

	if (answer->status == ANSWER_DONE) {
		arena_free(&client->arena);
		client->similar = answer->results[0];
		client->arena = answer_keep(answer);
		view_redraw(view);
	}
	if (client->look_again)
		client_form_look(view, form);
}

static const char *client_form_why(const char *why)
{
	if (strcmp(why, "tax_id") == 0)
		return _("the same tax id");
	if (strcmp(why, "domain") == 0)
		return _("the same web domain");
	return strcmp(why, "phone") == 0 ? _("the same telephone") : _("a similar name");
}

static int client_form_similar(const struct client_form *client)
{
	int count = client->similar != NULL ? client->similar->count : 0;

	return count < SIMILAR_MAX ? count : SIMILAR_MAX;
}

static void client_form_draw(struct view *view, struct canvas *canvas)
{
	struct client_form *client = form_view_state(view);
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	int count = client_form_similar(client);
	int shown = rest.height < 16 ? 1 : SIMILAR_SHOWN;

	if (count < shown)
		shown = count;
	if (count > 0) {
		struct rect part = layout_cut_bottom(&rest, shown + 1);

		canvas_textf(canvas, part.row, 0, part.width, STYLE_WARNING, "! %s",
		             _("It may be here already. F4 shows it:"));
		for (int i = 0; i < shown; i++) {
			const char *city = rows_text(client->similar, i, "city");

			canvas_textf(canvas, part.row + 1 + i, 2, part.width - 2, STYLE_NORMAL,
			             "%s%s%s — %s", rows_text(client->similar, i, "name"),
			             city[0] != '\0' ? ", " : "", city,
			             client_form_why(rows_text(client->similar, i, "why")));
		}
	}
	form_view_draw(view, canvas_part(canvas, rest));
}

static void client_form_show(struct view *view, int row)
{
	struct client_form *client = form_view_state(view);
	int64_t id = rows_int(client->similar, row, "id");

	view_push(view->app, &view_client, &id);
}

static enum command client_form_act(struct view *view, struct form *form, enum command command)
{
	struct client_form *client = form_view_state(view);
	struct dialog_button buttons[SIMILAR_MAX + 1] = { 0 };
	int count = client_form_similar(client);

	(void)form;
	if (command != COMMAND_SEE_SIMILAR)
		return command;
	for (int i = 0; i < count; i++) {
		buttons[i].id = i + 1;
		buttons[i].key = (key_code)('1' + i);
		buttons[i].label = rows_text(client->similar, i, "name");
	}
	if (count == 0)
		view_say(view, SAY_INFO, "%s", _("No client like this one is known."));
	else if (count == 1)
		client_form_show(view, 0);
	else
		dialog_ask(view, QUESTION_SIMILAR, _("Which one?"), "", buttons);
	return COMMAND_NONE;
}

static void client_form_returned(struct view *view, struct form *form, const struct view_ops *child,
                                 const void *result)
{
	int chosen = dialog_chosen(child, result, QUESTION_SIMILAR);

	(void)form;
	if (chosen > 0 && chosen <= client_form_similar(form_view_state(view)))
		client_form_show(view, chosen - 1);
}

static void client_form_close(struct view *view)
{
	struct client_form *client = form_view_state(view);

	arena_free(&client->arena);
}

static bool client_form_offers(const struct view *view, enum command command)
{
	if (command == COMMAND_SEE_SIMILAR)
		return client_form_similar(form_view_state(view)) > 0;
	return form_view_offers(view, command);
}

/* ---- the form ---- */

static bool client_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct client_form *client = form_view_state(view);

	(void)err;
	if (arg != NULL)
		record_begin(&client->record, *(const int64_t *)arg);
	else
		view->title = _("New client");
	form_set(form, "country", "ES");
	return true;
}

static struct batch *client_form_load(struct view *view)
{
	struct client_form *client = form_view_state(view);

	return record_load(&client->record, client_read);
}

/* It can be changed all the same; whoever saves it has to know. */
static void client_form_archived(struct view *view, const struct rows *rows)
{
	struct client_form *client = form_view_state(view);
	bool before = client->archived;
	char news[400];

	client->archived = rows_bool(rows, 0, "archived");
	if (before || !client->archived)
		return;
	if (rows_text(rows, 0, "successor")[0] != '\0')
		snprintf(news, sizeof(news), _("The client is archived by now: it was merged into %s."),
		         rows_text(rows, 0, "successor"));
	else
		snprintf(news, sizeof(news), "%s", _("The client is archived by now."));
	form_merge_news(view, news);
}

static void client_form_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct client_form *client = form_view_state(view);
	const struct rows *rows = answer->results[0];

	if (rows->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This client does not exist any more."));
		view_close(view);
		return;
	}
	client_form_archived(view, rows);
	record_take(&client->record, form, client_fields, rows);
}

static struct batch *client_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct client_form *client = form_view_state(view);
	const struct client_data data = {
		.name = form_value(form, "name"),
		.legal_name = form_value(form, "legal_name"),
		.tax_id = form_value(form, "tax_id"),
		.address = form_value(form, "address"),
		.city = form_value(form, "city"),
		.postcode = form_value(form, "postcode"),
		.province = form_value(form, "province"),
		.country = form_value(form, "country"),
		.phone = form_value(form, "phone"),
		.website = form_value(form, "website"),
		.notes = form_value(form, "notes"),
	};

	return client_save(request_id, record_id(&client->record), record_version(&client->record),
	                   &data);
}

static const char *client_form_about(struct view *view)
{
	return form_text(form_view_form(view), "name");
}

static const struct form_spec client_spec = {
	.fields = client_fields,
	.about = client_form_about,
	.edits = "client",
	.size = sizeof(struct client_form),
	.open = client_form_open,
	.load = client_form_load,
	.loaded = client_form_loaded,
	.save = client_form_save,
	.changed = client_form_changed,
	.answer = client_form_answer,
	.act = client_form_act,
	.returned = client_form_returned,
	.close = client_form_close,
	.done = N_("The client is saved."),
};

const struct view_ops view_client_form = {
	.name = "client-form",
	.title = N_("Client"),
	.spec = &client_spec,
	.open = form_view_open,
	.draw = client_form_draw,
	.act = form_view_act,
	.key = form_view_key,
	.answer = form_view_answer,
	.offers = client_form_offers,
	.returned = form_view_returned,
	.may_close = form_view_may_close,
	.connection = form_view_connection,
	.close = form_view_close,
};
