/*
 * All that was said and written, as far as one may see it: searched by its
 * words and by who was there, narrowed to a client, a person or some days.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <model/action.h>
#include <model/communication.h>
#include <model/words.h>
#include <view/list_view.h>
#include <view/views.h>

#include "narrow_form.h"
#include "page.h"

/* What the list is narrowed to; "" for nothing. */
struct communications_narrow {
	char client[NARROW_ID], client_label[NARROW_LABEL];
	char contact[NARROW_ID], contact_label[NARROW_LABEL];
	char author[NARROW_ID], author_label[NARROW_LABEL];
	char from[NARROW_DAY], to[NARROW_DAY];
};

static const struct view_ops view_narrow;

static void communications_moment(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static void communications_channel(struct table_cell *cell)
{
	bool in = strcmp(rows_text(cell->rows, cell->row, "direction"), "in") == 0;

	cell->text = arena_printf(cell->arena, "%s %s", in ? "<" : ">", words_channel(cell->text));
}

static void communications_excerpt(struct table_cell *cell)
{
	cell->style = STYLE_DIM;
}

static const struct table_column communications_columns[] = {
	{ "moment", N_("When"), ALIGN_LEFT, 16, 16, 0, 0, communications_moment },
	{ "channel", N_("Channel"), ALIGN_LEFT, 10, 10, 0, 1, communications_channel },
	{ "client", N_("Client"), ALIGN_LEFT, 14, 24, 1, 0, NULL },
	{ "subject", N_("Subject"), ALIGN_LEFT, 20, 36, 2, 0, NULL },
	{ "contact", N_("Contact"), ALIGN_LEFT, 12, 18, 0, 3, NULL },
	{ "author", N_("Logged by"), ALIGN_LEFT, 10, 14, 0, 2, NULL },
	{ "excerpt", N_("Text"), ALIGN_LEFT, 40, 60, 4, 4, communications_excerpt },
	{ 0 },
};

/* Behind the first two each is a channel. */
static const struct list_filter communications_filters[] = {
	{ "all", N_("of every kind"), 0, 0 },
	{ "own", N_("logged by me"), 0, 0 },
	{ "phone", N_("calls"), 0, 0 },
	{ "email", N_("e-mails"), 0, 0 },
	{ "visit", N_("visits"), 0, 0 },
	{ "meeting", N_("meetings"), 0, 0 },
	{ "letter", N_("letters"), 0, 0 },
	{ "message", N_("messages"), 0, 0 },
	{ "other", N_("others"), 0, 0 },
	{ 0 },
};

static struct batch *communications_page(struct view *view, const struct table_want *want)
{
	const struct communications_narrow *narrow = list_state(view);
	const char *chosen = list_filter(view);
	bool own = strcmp(chosen, "own") == 0;
	char me[NARROW_ID];
	const struct communication_filter filter = {
		.words = list_search(view),
		.client = narrow_filled(narrow->client),
		.contact = narrow_filled(narrow->contact),
		.author = own ? me : narrow_filled(narrow->author),
		.channel = own || strcmp(chosen, "all") == 0 ? NULL : chosen,
		.from = narrow_filled(narrow->from),
		.to = narrow_filled(narrow->to),
	};

	snprintf(me, sizeof(me), "%" PRId64, view_session(view)->person);
	return communication_page(list_forward(want), &filter, list_edge(want, "at"),
	                          list_edge(want, "key"), list_limit(want));
}

static void communications_header(struct view *view, struct canvas *canvas)
{
	const struct communications_narrow *narrow = list_state(view);
	struct arena *arena = canvas_arena(canvas);
	const char *text = narrow_words(arena, "", _("with"), narrow->client_label);

	text = narrow_words(arena, text, _("contact"), narrow->contact_label);
	text = narrow_words(arena, text, _("logged by"), narrow->author_label);
	text = narrow_words(arena, text, _("from"), page_date(arena, narrow->from));
	text = narrow_words(arena, text, _("to"), page_date(arena, narrow->to));
	narrow_header(text, canvas,
	              _("/ finds words of the text, the client, the people; F narrows."));
}

static enum command communications_act(struct view *view, enum command command)
{
	if (command != COMMAND_NARROW)
		return command;
	view_push(view->app, &view_narrow, list_state(view));
	return COMMAND_NONE;
}

static void communications_returned(struct view *view, const struct view_ops *child,
                                    const void *result)
{
	struct communications_narrow *narrow = list_state(view);

	if (child != &view_narrow || result == NULL)
		return;
	*narrow = *(const struct communications_narrow *)result;
	list_restart(view);
}

static const struct list_spec communications_spec = {
	.columns = communications_columns,
	.page = communications_page,
	.filters = communications_filters,
	.searchable = true,
	.empty = N_("No communication here. The key c of an action logs one."),
	.opens = &view_communication_read,
	.size = sizeof(struct communications_narrow),
	.act = communications_act,
	.returned = communications_returned,
	.header = communications_header,
};

const struct view_ops view_communications = {
	.name = "communications",
	.title = N_("Communications"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(communications_spec),
};

/* ---- narrowing ---- */

static const struct field_def narrow_fields[] = {
	{ .name = "client", .label = N_("Client"), .kind = FIELD_PICK,
	  .hint = N_("name, city, tax id") },
	{ .name = "contact", .label = N_("Contact"), .kind = FIELD_PICK,
	  .hint = N_("of this client") },
	{ .name = "author", .label = N_("Logged by"), .kind = FIELD_PICK,
	  .hint = N_("type a name") },
	{ .name = "from", .label = N_("From"), .kind = FIELD_DATE, .hint = N_("01/11, -30") },
	{ .name = "to", .label = N_("To"), .kind = FIELD_DATE },
	{ .name = NULL },
};

static bool narrow_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct communications_narrow *narrow = arg;

	(void)view;
	(void)err;
	narrow_set_pick(form, "client", narrow->client, narrow->client_label);
	narrow_set_pick(form, "contact", narrow->contact, narrow->contact_label);
	narrow_set_pick(form, "author", narrow->author, narrow->author_label);
	narrow_set(form, "from", narrow->from);
	narrow_set(form, "to", narrow->to);
	if (narrow->client[0] == '\0')
		form_hide(form, "contact");
	return true;
}

static struct batch *narrow_form_search(struct view *view, const char *field, const char *text)
{
	struct form *form = form_view_form(view);

	if (strcmp(field, "client") == 0)
		return action_client_candidates(text);
	if (strcmp(field, "author") == 0)
		return communication_authors(text);
	return communication_contacts(form_value(form, "client"), text);
}

/* A contact is one of the client's. */
static void narrow_form_changed(struct view *view, struct form *form, const char *field)
{
	(void)view;
	if (strcmp(field, "client") != 0)
		return;
	form_set_pick(form, "contact", NULL, "");
	if (form_value(form, "client") == NULL) {
		form_hide(form, "contact");
		return;
	}
	form_show(form, "contact");
	form_go(form, "contact"); /* what was taken has led past it */
}

static struct batch *narrow_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct communications_narrow narrow;

	(void)request_id;
	narrow_take_pick(form, "client", narrow.client, narrow.client_label);
	narrow_take_pick(form, "contact", narrow.contact, narrow.contact_label);
	if (narrow.client[0] == '\0')
		narrow.contact[0] = narrow.contact_label[0] = '\0';
	narrow_take_pick(form, "author", narrow.author, narrow.author_label);
	narrow_take_days(form, narrow.from, narrow.to);
	if (!narrow_check_days(form, narrow.from, narrow.to))
		return NULL;
	return narrow_finish(view, form, &narrow);
}

static const struct form_spec narrow_spec = {
	.fields = narrow_fields,
	.open = narrow_form_open,
	.search = narrow_form_search,
	.changed = narrow_form_changed,
	.save = narrow_form_save,
	.text = narrow_text,
};

static const struct view_ops view_narrow = {
	.title = N_("Only some communications"),
	NARROW_FORM(narrow_spec),
};
