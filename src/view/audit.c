/*
 * The trail: who changed what and when, of one record or of all; for managers
 * also who opened which client's record. One change is shown field by field.
 */
#include "audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <model/audit.h>
#include <view/form_view.h>
#include <view/list_view.h>
#include <view/views.h>

#include "page.h"

enum { ID = 24, LABEL = 200, DAY = 12, RECORD = 60 };

/* What the list is narrowed to; "" for nothing. */
struct narrow {
	char record[RECORD], record_label[LABEL];
	char client[ID], client_label[LABEL];
	char person[ID], person_label[LABEL];
	char from[DAY], to[DAY];
};

static const struct view_ops view_audit_narrow;

/* ---- the list ---- */

static void audit_moment(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static void audit_operation(struct table_cell *cell)
{
	cell->text = audit_operation_words(cell->text);
}

static void audit_record(struct table_cell *cell)
{
	const char *name = rows_text(cell->rows, cell->row, "name");

	cell->text = arena_printf(cell->arena, name[0] != '\0' ? "%s %s" : "%s%s",
	                          audit_record_words(cell->text),
	                          audit_name_words(cell->text, name));
}

static void audit_where(struct table_cell *cell)
{
	const char *action = rows_text(cell->rows, cell->row, "action_number");

	if (action[0] != '\0')
		cell->text = arena_printf(cell->arena, "%s %s", action, cell->text);
}

static void audit_fields_cell(struct table_cell *cell)
{
	cell->text = audit_fields_words(cell->arena, cell->text);
	cell->style = STYLE_DIM;
}

static const struct table_column audit_columns[] = {
	{ "moment", N_("When"), ALIGN_LEFT, 16, 16, 0, 0, audit_moment },
	{ "person", N_("Person"), ALIGN_LEFT, 10, 18, 0, 0, NULL },
	{ "operation", N_("Operation"), ALIGN_LEFT, 10, 10, 0, 0, audit_operation },
	{ "record", N_("Record"), ALIGN_LEFT, 16, 40, 2, 0, audit_record },
	{ "client", N_("Action, client"), ALIGN_LEFT, 14, 30, 1, 1, audit_where },
	{ "fields", N_("Fields"), ALIGN_LEFT, 12, 60, 2, 2, audit_fields_cell },
	{ 0 },
};

static const struct list_filter audit_filters[] = {
	{ "changes", N_("changes"), 0, 0 },
	{ "openings", N_("openings"), ROLE_MANAGER, 0 },
	{ 0 },
};

static const char *filled(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static bool audit_is_of_openings(struct view *view)
{
	return strcmp(list_filter(view), "openings") == 0;
}

static bool audit_open(struct view *view, const void *arg, struct err *err)
{
	struct narrow *narrow = list_state(view);
	const struct audit_arg *only = arg;

	(void)err;
	if (only == NULL)
		return true;
	snprintf(narrow->record, RECORD, "%s/%" PRId64, only->table, only->id);
	snprintf(narrow->record_label, LABEL, "%s %s", audit_record_words(only->table), only->words);
	return true;
}

/* What was opened is a client's, whatever the record is. */
static struct batch *audit_list_page(struct view *view, const struct table_want *want)
{
	const struct narrow *narrow = list_state(view);
	bool opened = audit_is_of_openings(view);
	bool of_client = strncmp(narrow->record, "client/", 7) == 0;
	const struct audit_filter filter = {
		.record = opened && !of_client ? NULL : filled(narrow->record),
		.person = filled(narrow->person),
		.from = filled(narrow->from),
		.to = filled(narrow->to),
	};

	return audit_page(opened, list_forward(want), &filter, list_edge(want, "at"),
	                  list_edge(want, "key"), list_limit(want));
}

static const char *header_add(struct arena *arena, const char *before, const char *label,
                              const char *text)
{
	if (text[0] == '\0')
		return before;
	return arena_printf(arena, "%s%s%s%s%s", before, before[0] != '\0' ? " · " : "", label,
	                    label[0] != '\0' ? " " : "", text);
}

static void audit_header(struct view *view, struct canvas *canvas)
{
	const struct narrow *narrow = list_state(view);
	struct arena *arena = canvas_arena(canvas);
	const char *text = header_add(arena, "", "", narrow->record_label);

	text = header_add(arena, text, _("by"), narrow->person_label);
	text = header_add(arena, text, _("from"), page_date(arena, narrow->from));
	text = header_add(arena, text, _("to"), page_date(arena, narrow->to));
	if (text[0] != '\0')
		canvas_textf(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_STRONG, _("Only %s"), text);
	else
		canvas_text(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_DIM,
		            _("F narrows to a record, a person, some days."));
}

static void audit_open_row(struct view *view)
{
	int64_t id = list_key(view);
	const struct rows *rows;
	int row;

	if (!audit_is_of_openings(view)) {
		view_push(view->app, &view_audit_change, &id);
		return;
	}
	rows = table_current(list_table(view), &row);
	id = rows != NULL ? rows_int(rows, row, "client_id") : 0;
	if (id != 0)
		view_push(view->app, &view_client, &id);
}

static enum command audit_act(struct view *view, enum command command)
{
	if (command == COMMAND_NARROW)
		view_push(view->app, &view_audit_narrow, list_state(view));
	else if (command == COMMAND_OPEN)
		audit_open_row(view);
	else
		return command;
	return COMMAND_NONE;
}

static bool audit_offers(const struct view *view, enum command command)
{
	return command == COMMAND_OPEN || command_in_section(command, view->ops->name);
}

static void audit_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct narrow *narrow = list_state(view);

	if (child != &view_audit_narrow || result == NULL)
		return;
	*narrow = *(const struct narrow *)result;
	list_restart(view);
}

static void audit_preview(struct view *view, struct canvas *canvas)
{
	const struct rows *const *results = list_preview(view);

	if (results != NULL && !audit_is_of_openings(view))
		audit_draw_change(canvas, 1, canvas_width(canvas) - 1, results[0]);
}

static const struct list_spec audit_spec = {
	.columns = audit_columns,
	.page = audit_list_page,
	.filters = audit_filters,
	.empty = N_("Nothing of this is in the history, or not for you."),
	.size = sizeof(struct narrow),
	.open = audit_open,
	.act = audit_act,
	.offers = audit_offers,
	.returned = audit_returned,
	.preview = audit_preview,
	.preview_ask = audit_read,
	.header = audit_header,
};

const struct view_ops view_audit = {
	.name = "audit",
	.title = N_("History"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(audit_spec),
};

void audit_push(struct view *view, const char *table, int64_t id, const char *words)
{
	const struct audit_arg of = { .table = table, .id = id, .words = words };

	view_push(view->app, &view_audit, &of);
}

/* ---- narrowing ---- */

static const struct field_def narrow_fields[] = {
	{ .name = "client", .label = N_("Client"), .kind = FIELD_PICK,
	  .hint = N_("name, city, tax id") },
	{ .name = "record", .label = N_("Number"), .kind = FIELD_LINE, .max = RECORD - 1,
	  .hint = N_("of an action or an offer: 1042, 2026-00042") },
	{ .name = "person", .label = N_("Person"), .kind = FIELD_PICK, .hint = N_("type a name") },
	{ .name = "from", .label = N_("From"), .kind = FIELD_DATE, .hint = N_("01/11, -30") },
	{ .name = "to", .label = N_("To"), .kind = FIELD_DATE },
	{ .name = NULL },
};

static bool narrow_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct narrow *narrow = arg;

	(void)view;
	(void)err;
	if (narrow->client[0] != '\0')
		form_set_pick(form, "client", narrow->client, narrow->client_label);
	else
		form_set(form, "record", filled(narrow->record));
	if (narrow->person[0] != '\0')
		form_set_pick(form, "person", narrow->person, narrow->person_label);
	form_set(form, "from", filled(narrow->from));
	form_set(form, "to", filled(narrow->to));
	return true;
}

static struct batch *narrow_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	return strcmp(field, "client") == 0 ? audit_clients(text) : audit_people(text);
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
	narrow_take_pick(form, "person", narrow.person, narrow.person_label);
	narrow_take(form, "record", narrow.record, RECORD);
	narrow_take(form, "from", narrow.from, DAY);
	narrow_take(form, "to", narrow.to, DAY);
	snprintf(narrow.record_label, LABEL, "%s", narrow.record);
	if (narrow.client[0] != '\0') {
		if (narrow.record[0] != '\0' && strncmp(narrow.record, "client/", 7) != 0) {
			form_fail(form, "record", _("Name one record only."));
			return NULL;
		}
		snprintf(narrow.record, RECORD, "client/%s", narrow.client);
		snprintf(narrow.record_label, LABEL, "%s", narrow.client_label);
	}
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
	.save = narrow_save,
	.text = narrow_text,
};

static const struct view_ops view_audit_narrow = {
	.name = "form",
	.title = N_("Only some of the history"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(narrow_spec),
};
