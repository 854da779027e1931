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
#include <view/form_view.h>
#include <view/list_view.h>
#include <view/views.h>

#include "page.h"

enum { ID = 24, LABEL = 200, DAY = 12 };

/* What the list is narrowed to; "" for nothing. */
struct narrow {
	char client[ID], client_label[LABEL];
	char contact[ID], contact_label[LABEL];
	char author[ID], author_label[LABEL];
	char from[DAY], to[DAY];
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
	{ "all", N_("all"), 0, 0 },
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

static const char *filled(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static struct batch *communications_page(struct view *view, const struct table_want *want)
{
	const struct narrow *narrow = list_state(view);
	const char *chosen = list_filter(view);
	bool own = strcmp(chosen, "own") == 0;
	char me[ID];
	const struct communication_filter filter = {
		.words = list_search(view),
		.client = filled(narrow->client),
		.contact = filled(narrow->contact),
		.author = own ? me : filled(narrow->author),
		.channel = own || strcmp(chosen, "all") == 0 ? NULL : chosen,
		.from = filled(narrow->from),
		.to = filled(narrow->to),
	};

	snprintf(me, sizeof(me), "%" PRId64, view_session(view)->person);
	return communication_page(list_forward(want), &filter, list_edge(want, "at"),
	                          list_edge(want, "key"), list_limit(want));
}

static const char *header_add(struct arena *arena, const char *before, const char *label,
                              const char *text)
{
	if (text[0] == '\0')
		return before;
	return arena_printf(arena, "%s%s%s %s", before, before[0] != '\0' ? " · " : "", label, text);
}

static void communications_header(struct view *view, struct canvas *canvas)
{
	const struct narrow *narrow = list_state(view);
	struct arena *arena = canvas_arena(canvas);
	const char *text = header_add(arena, "", _("with"), narrow->client_label);

	text = header_add(arena, text, _("contact"), narrow->contact_label);
	text = header_add(arena, text, _("logged by"), narrow->author_label);
	text = header_add(arena, text, _("from"), page_date(arena, narrow->from));
	text = header_add(arena, text, _("to"), page_date(arena, narrow->to));
	if (text[0] != '\0')
		canvas_textf(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_STRONG, _("Only %s"), text);
	else
		canvas_text(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_DIM,
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
	struct narrow *narrow = list_state(view);

	if (child != &view_narrow || result == NULL)
		return;
	*narrow = *(const struct narrow *)result;
	list_restart(view);
}

static const struct list_spec communications_spec = {
	.columns = communications_columns,
	.page = communications_page,
	.filters = communications_filters,
	.searchable = true,
	.empty = N_("No communication here. The key c of an action logs one."),
	.opens = &view_communication_read,
	.size = sizeof(struct narrow),
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

static void narrow_set_pick(struct form *form, const char *field, const char *id, const char *label)
{
	if (id[0] != '\0')
		form_set_pick(form, field, id, label);
}

static bool narrow_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct narrow *narrow = arg;

	(void)view;
	(void)err;
	narrow_set_pick(form, "client", narrow->client, narrow->client_label);
	narrow_set_pick(form, "contact", narrow->contact, narrow->contact_label);
	narrow_set_pick(form, "author", narrow->author, narrow->author_label);
	form_set(form, "from", filled(narrow->from));
	form_set(form, "to", filled(narrow->to));
	if (narrow->client[0] == '\0')
		form_hide(form, "contact");
	return true;
}

static struct batch *narrow_search(struct view *view, const char *field, const char *text)
{
	struct form *form = form_view_form(view);

	if (strcmp(field, "client") == 0)
		return action_client_candidates(text);
	if (strcmp(field, "author") == 0)
		return communication_authors(text);
	return communication_contacts(form_value(form, "client"), text);
}

/* A contact is one of the client's. */
static void narrow_changed(struct view *view, struct form *form, const char *field)
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

static void narrow_take(struct form *form, const char *field, char *out, size_t size)
{
	const char *value = form_value(form, field);

	snprintf(out, size, "%s", value != NULL ? value : "");
}

static void narrow_take_pick(struct form *form, const char *field, char id[ID], char label[LABEL])
{
	narrow_take(form, field, id, ID);
	snprintf(label, LABEL, "%s", id[0] != '\0' ? form_text(form, field) : "");
}

/* Nothing is written: the list asks again. */
static struct batch *narrow_save(struct view *view, struct form *form, const char *request_id)
{
	struct narrow narrow;

	(void)request_id;
	narrow_take_pick(form, "client", narrow.client, narrow.client_label);
	narrow_take_pick(form, "contact", narrow.contact, narrow.contact_label);
	if (narrow.client[0] == '\0')
		narrow.contact[0] = narrow.contact_label[0] = '\0';
	narrow_take_pick(form, "author", narrow.author, narrow.author_label);
	narrow_take(form, "from", narrow.from, DAY);
	narrow_take(form, "to", narrow.to, DAY);
	if (narrow.from[0] != '\0' && narrow.to[0] != '\0' && strcmp(narrow.from, narrow.to) > 0) {
		form_fail(form, "to", _("This day lies before the first one."));
		return NULL;
	}
	form_settle(form);
	view_finish(view, &narrow);
	return NULL;
}

static const char *narrow_text(struct view *view)
{
	(void)view;
	return _("What is left empty restricts nothing.");
}

static const struct form_spec narrow_spec = {
	.fields = narrow_fields,
	.open = narrow_open,
	.search = narrow_search,
	.changed = narrow_changed,
	.save = narrow_save,
	.text = narrow_text,
};

static const struct view_ops view_narrow = {
	.name = "form",
	.title = N_("Only some communications"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(narrow_spec),
};
