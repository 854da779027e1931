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
#include <view/list_view.h>
#include <view/views.h>

#include "narrow_form.h"
#include "page.h"

enum { RECORD = 60 };

/* What the list is narrowed to; "" for nothing. */
struct audit_narrow {
	char record[RECORD], record_label[NARROW_LABEL];
	char client[NARROW_ID], client_label[NARROW_LABEL];
	char person[NARROW_ID], person_label[NARROW_LABEL];
	char from[NARROW_DAY], to[NARROW_DAY];
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

static bool audit_is_of_openings(struct view *view)
{
	return strcmp(list_filter(view), "openings") == 0;
}

static bool audit_open(struct view *view, const void *arg, struct err *err)
{
	struct audit_narrow *narrow = list_state(view);
	const struct audit_arg *only = arg;

	(void)err;
	if (only == NULL)
		return true;
	snprintf(narrow->record, RECORD, "%s/%" PRId64, only->table, only->id);
	snprintf(narrow->record_label, NARROW_LABEL, "%s %s", audit_record_words(only->table), only->words);
	return true;
}

/* What was opened is a client's, whatever the record is. */
static struct batch *audit_list_page(struct view *view, const struct table_want *want)
{
	const struct audit_narrow *narrow = list_state(view);
	bool opened = audit_is_of_openings(view);
	bool of_client = strncmp(narrow->record, "client/", 7) == 0;
	const struct audit_filter filter = {
		.record = opened && !of_client ? NULL : narrow_filled(narrow->record),
		.person = narrow_filled(narrow->person),
		.from = narrow_filled(narrow->from),
		.to = narrow_filled(narrow->to),
	};

	return audit_page(opened, list_forward(want), &filter, list_edge(want, "at"),
	                  list_edge(want, "key"), list_limit(want));
}

static void audit_header(struct view *view, struct canvas *canvas)
{
	const struct audit_narrow *narrow = list_state(view);
	struct arena *arena = canvas_arena(canvas);
	const char *text = narrow_words(arena, "", "", narrow->record_label);

	text = narrow_words(arena, text, _("by"), narrow->person_label);
	text = narrow_words(arena, text, _("from"), page_date(arena, narrow->from));
	text = narrow_words(arena, text, _("to"), page_date(arena, narrow->to));
	narrow_header(text, canvas, _("F narrows to a record, a person, some days."));
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
	struct audit_narrow *narrow = list_state(view);

	if (child != &view_audit_narrow || result == NULL)
		return;
	*narrow = *(const struct audit_narrow *)result;
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
	.size = sizeof(struct audit_narrow),
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

static bool narrow_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct audit_narrow *narrow = arg;

	(void)view;
	(void)err;
	if (narrow->client[0] != '\0')
		form_set_pick(form, "client", narrow->client, narrow->client_label);
	else
		narrow_set(form, "record", narrow->record);
	narrow_set_pick(form, "person", narrow->person, narrow->person_label);
	narrow_set(form, "from", narrow->from);
	narrow_set(form, "to", narrow->to);
	return true;
}

static struct batch *narrow_form_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	return strcmp(field, "client") == 0 ? audit_clients(text) : audit_people(text);
}

static struct batch *narrow_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct audit_narrow narrow;

	(void)request_id;
	narrow_take_pick(form, "client", narrow.client, narrow.client_label);
	narrow_take_pick(form, "person", narrow.person, narrow.person_label);
	narrow_take_text(form, "record", narrow.record, RECORD);
	narrow_take_days(form, narrow.from, narrow.to);
	snprintf(narrow.record_label, NARROW_LABEL, "%s", narrow.record);
	if (narrow.client[0] != '\0') {
		if (narrow.record[0] != '\0' && strncmp(narrow.record, "client/", 7) != 0) {
			form_fail(form, "record", _("Name one record only."));
			return NULL;
		}
		snprintf(narrow.record, RECORD, "client/%s", narrow.client);
		snprintf(narrow.record_label, NARROW_LABEL, "%s", narrow.client_label);
	}
	if (!narrow_check_days(form, narrow.from, narrow.to))
		return NULL;
	return narrow_finish(view, form, &narrow);
}

static const struct form_spec narrow_spec = {
	.fields = narrow_fields,
	.open = narrow_form_open,
	.search = narrow_form_search,
	.save = narrow_form_save,
	.text = narrow_text,
};

static const struct view_ops view_audit_narrow = {
	.title = N_("Only some of the history"),
	NARROW_FORM(narrow_spec),
};
