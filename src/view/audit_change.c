/*
 * One change of the trail, field by field: what was, and what has been since.
 */
#include "audit.h"

#include <inttypes.h>
#include <stdio.h>

#include <base/i18n.h>
#include <model/audit.h>
#include <view/views.h>

#include "page.h"

enum { PURPOSE_READ, INDENT = 18 };

struct change {
	char id[24];
	struct arena *arena;
	const struct rows *const *results; /* NULL before they came */
	struct page page;
};

static const char *change_title(struct arena *arena, const struct rows *rows)
{
	const char *record = rows_text(rows, 0, "record");

	return arena_printf(arena, "%s %s: %s", audit_record_words(record),
	                    audit_name_words(record, rows_text(rows, 0, "name")),
	                    audit_operation_words(rows_text(rows, 0, "operation")));
}

static const char *change_where(struct arena *arena, const struct rows *rows)
{
	const char *number = rows_text(rows, 0, "action_number");

	if (number[0] == '\0')
		return rows_text(rows, 0, "client");
	return arena_printf(arena, _("%s, action %s"), rows_text(rows, 0, "client"), number);
}

/* Side by side they would be cut off; below each other they can be as long as they are. */
static int draw_field(struct canvas *canvas, int row, int width, const struct rows *rows, int at)
{
	struct arena *arena = canvas_arena(canvas);
	const char *record = rows_text(rows, at, "record"), *name = rows_text(rows, at, "name");
	const char *field = rows_text(rows, at, "field");
	const char *before = rows_text(rows, at, "old"), *after = rows_text(rows, at, "new");
	int first = row, columns = width - INDENT - 2;

	canvas_text(canvas, row, 0, INDENT - 1, STYLE_LABEL, audit_field_words(field));
	if (before[0] != '\0') {
		canvas_text(canvas, row, INDENT, 1, STYLE_ERROR, "-");
		row = page_text(canvas, row, INDENT + 2, columns, STYLE_DIM,
		                audit_value_words(arena, record, name, field, before));
	}
	if (after[0] != '\0') {
		canvas_text(canvas, row, INDENT, 1, STYLE_GOOD, "+");
		row = page_text(canvas, row, INDENT + 2, columns, STYLE_NORMAL,
		                audit_value_words(arena, record, name, field, after));
	}
	return row > first ? row : first + 1;
}

int audit_draw_change(struct canvas *canvas, int row, int width, const struct rows *rows)
{
	struct arena *arena = canvas_arena(canvas);

	if (rows->count == 0)
		return row;
	row = page_text(canvas, row, 0, width, STYLE_STRONG, change_title(arena, rows));
	row = page_text(canvas, row, 0, width, STYLE_NORMAL, change_where(arena, rows));
	row = page_text(canvas, row, 0, width, STYLE_NORMAL,
	                arena_printf(arena, "%s · %s",
	                             page_date(arena, rows_text(rows, 0, "moment")),
	                             rows_text(rows, 0, "person")));
	row++;
	for (int at = 0; at < rows->count; at++)
		if (rows_text(rows, at, "field")[0] != '\0')
			row = draw_field(canvas, row, width, rows, at);
	return row;
}

static bool change_open(struct view *view, const void *arg, struct err *err)
{
	struct change *change = view->state;

	(void)err;
	snprintf(change->id, sizeof(change->id), "%" PRId64, *(const int64_t *)arg);
	view_ask(view, PURPOSE_READ, audit_read(change->id));
	return true;
}

static void change_draw(struct view *view, struct canvas *canvas)
{
	struct change *change = view->state;
	struct canvas *page, *inner;

	if (change->results == NULL) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Loading…"));
		return;
	}
	page = page_begin(&change->page, canvas);
	inner = canvas_part(page, (struct rect){ 0, 1, canvas_height(page), canvas_width(page) - 1 });
	page_end(&change->page, canvas,
	         audit_draw_change(inner, 0, canvas_width(canvas) - 3, change->results[0]));
}

static void change_answer(struct view *view, struct answer *answer)
{
	struct change *change = view->state;

	if (view_keep(view, answer, 0, _("This does not exist, or is not yours."), &change->arena))
		change->results = answer->results;
}

static void change_refresh(struct view *view)
{
	struct change *change = view->state;

	if (change->results == NULL && !view_is_asking(view, PURPOSE_READ))
		view_ask(view, PURPOSE_READ, audit_read(change->id));
}

static enum command change_act(struct view *view, enum command command)
{
	struct change *change = view->state;

	return page_act(&change->page, command);
}

static bool change_key(struct view *view, const struct key_event *event)
{
	struct change *change = view->state;

	return page_key(&change->page, event);
}

static void change_close(struct view *view)
{
	struct change *change = view->state;

	arena_free(&change->arena);
}

const struct view_ops view_audit_change = {
	.name = "audit-change",
	.title = N_("Change"),
	.watch = WATCH_DATA,
	.size = sizeof(struct change),
	.open = change_open,
	.draw = change_draw,
	.act = change_act,
	.key = change_key,
	.answer = change_answer,
	.refresh = change_refresh,
	.close = change_close,
};
