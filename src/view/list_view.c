/*
 * The behaviour that all lists share; what a list is stands in its list_spec.
 */
#include "list_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/mem.h>
#include <ui/layout.h>
#include <view/dialog_view.h>

enum { PREVIEW_WIDTH_MIN = 160 };

static const struct field_def search_def = {
	.name = "search",
	.kind = FIELD_LINE,
	.max = 100,
	.hint = N_("type to find; Enter: to the list; Esc: all again"),
};

bool list_forward(const struct table_want *want)
{
	return want->kind == TABLE_WANTS_FIRST || want->kind == TABLE_WANTS_NEXT;
}

const char *list_edge(const struct table_want *want, const char *column)
{
	return want->rows != NULL ? rows_get(want->rows, want->row, column) : NULL;
}

const char *list_limit(const struct table_want *want)
{
	static char limit[16];

	snprintf(limit, sizeof(limit), "%d", want->limit);
	return limit;
}

const char *list_search(struct view *view)
{
	struct list *list = view->state;

	return field_value(list->search);
}

void *list_state(const struct view *view)
{
	struct list *list = view->state;

	return list->own;
}

struct table *list_table(const struct view *view)
{
	struct list *list = view->state;

	return list->table;
}

static bool list_has_row(const struct view *view)
{
	int row;

	return table_current(list_table(view), &row) != NULL;
}

int64_t list_key(const struct view *view)
{
	const char *key = table_key(list_table(view));

	return key != NULL ? strtoll(key, NULL, 10) : 0;
}

const char *list_text(const struct view *view, const char *column)
{
	return table_text(list_table(view), column);
}

/* Asks for the page that the table wants, one at a time: while one is under way the table may
 * change its mind, and only the last wish is sent. */
void list_pump(struct view *view, bool quietly)
{
	struct list *list = view->state;
	struct table_want want;
	struct batch *batch;

	if (view_is_asking(view, LIST_PAGE) || !table_wants(list->table, &want))
		return;
	list->tag = want.tag;
	list->flip = false;
	table_set_order(list->table, list_order(view), list->reversed);
	batch = list_spec_of(view)->page(view, &want);
	if (quietly)
		view_ask_quietly(view, LIST_PAGE, batch);
	else
		view_ask(view, LIST_PAGE, batch);
}

static void list_begin_again(struct view *view, bool quietly)
{
	struct list *list = view->state;

	view->unread = true;
	table_restart(list->table);
	list_pump(view, quietly);
}

void list_restart(struct view *view)
{
	list_begin_again(view, false);
}

bool list_view_open(struct view *view, const void *arg, struct err *err)
{
	const struct list_spec *spec = list_spec_of(view);
	struct list *list = mem_alloc(sizeof(*list));

	view->state = list;
	list->table = table_new(spec->columns);
	list->search = field_new(&search_def);
	list->own = spec->size > 0 ? mem_alloc(spec->size) : NULL;
	list_filters_open(view);
	if (spec->open != NULL && !spec->open(view, arg, err))
		return false;
	view->unread = true;
	list_pump(view, false);
	return true;
}

void list_view_draw(struct view *view, struct canvas *canvas)
{
	const struct list_spec *spec = list_spec_of(view);
	struct list *list = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect part;

	if (spec->header != NULL && (spec->headed == NULL || spec->headed(view)))
		spec->header(view, canvas_part(canvas, layout_cut_top(&rest, 1)));
	if (view->typing || field_text(list->search)[0] != '\0') {
		part = layout_cut_top(&rest, 1);
		canvas_text(canvas, part.row, 1, -1, STYLE_LABEL, "/");
		layout_cut_left(&part, 3);
		field_draw(list->search, canvas_part(canvas, part), view->typing);
	}
	if (spec->preview != NULL && rest.width >= PREVIEW_WIDTH_MIN) {
		part = layout_cut_right(&rest, rest.width * 2 / 5);
		layout_cut_left(&part, 2);
		list_preview_want(view);
		if (list_has_row(view))
			spec->preview(view, canvas_part(canvas, part));
	}
	table_draw(list->table, canvas_part(canvas, rest), !view->typing);
	list_pump(view, true);
}

static bool list_move(struct view *view, enum command command)
{
	struct list *list = view->state;

	if (!command_moves(list->table, command))
		return false;
	/* What is pressed next is meant for the row that is on its way. */
	view->unread = table_is_behind(list->table);
	list_pump(view, false);
	return true;
}

static void list_search_all(struct view *view)
{
	struct list *list = view->state;

	list->saved = 0;
	field_set(list->search, NULL);
	list_restart(view);
}

enum command list_view_act(struct view *view, enum command command)
{
	const struct list_spec *spec = list_spec_of(view);

	list_step_end(view->state);
	if (list_move(view, command))
		return COMMAND_NONE;
	command = list_order_act(view, list_filters_act(view, list_marks_act(view, command)));
	if (command == COMMAND_NONE)
		return COMMAND_NONE;
	/* What a screen does with a row may assume that there is one. */
	if (spec->act != NULL &&
	    (list_has_row(view) || (command_table[command].flags & COMMAND_BARE) != 0)) {
		command = spec->act(view, command);
		if (command == COMMAND_NONE)
			return COMMAND_NONE;
	}
	switch (command) {
	case COMMAND_OPEN: return list_open_row(view) ? COMMAND_NONE : command;
	case COMMAND_SEARCH:
		view->typing = spec->searchable;
		return spec->searchable ? COMMAND_NONE : command;
	case COMMAND_BACK:
		if (list_search(view) == NULL)
			return command;
		list_search_all(view);
		return COMMAND_NONE;
	default: return command;
	}
}

/* Returns whether it was one for the line. */
static bool list_search_key(struct view *view, const struct key_event *event)
{
	struct list *list = view->state;
	enum field_did did = field_key(list->search, event);

	if (did == FIELD_CHANGED) {
		list->saved = 0;
		list_begin_again(view, true);
	}
	if (did != FIELD_IGNORED)
		return true;
	switch (event->code) {
	case KEYS_ESCAPE:
	case KEYS_CTRL | 'c':
		view->typing = false;
		if (list_search(view) != NULL)
			list_search_all(view);
		return true;
	case KEYS_ENTER:
	case KEYS_TAB: view->typing = false; return true;
	case KEYS_UP: return list_move(view, COMMAND_UP);
	case KEYS_DOWN: return list_move(view, COMMAND_DOWN);
	case KEYS_PAGE_UP: return list_move(view, COMMAND_PAGE_UP);
	case KEYS_PAGE_DOWN: return list_move(view, COMMAND_PAGE_DOWN);
	default: return false;
	}
}

bool list_view_key(struct view *view, const struct key_event *event)
{
	struct list *list = view->state;
	enum table_click click;

	if (event->code == KEYS_MOUSE) {
		const char *heading = table_heading(list->table, event);

		if (heading != NULL) {
			list_order_click(view, heading);
			return true;
		}
		click = table_mouse(list->table, event);
		if (click != TABLE_MISSED)
			list_step_end(list);
		if (click == TABLE_OPENED && list_view_act(view, COMMAND_OPEN) == COMMAND_NONE)
			return true;
		if (!view->closed)
			list_pump(view, false);
		return true;
	}
	return view->typing ? list_search_key(view, event) : list_number_key(view, event);
}

/* A search goes through what the filter shows, which is easily forgotten. */
static void list_say_empty(struct view *view)
{
	const struct list_spec *spec = list_spec_of(view);
	struct list *list = view->state;
	struct buf text = { 0 };

	if (list_search(view) == NULL)
		buf_add(&text, _(spec->empty));
	else if (spec->filters != NULL)
		buf_printf(&text, _("Nothing in “%s”; f changes the filter."),
		           _(spec->filters[list->filter].label));
	else
		buf_add(&text, _("Nothing is found."));
	if (list_search(view) != NULL && spec->elsewhere != NULL)
		buf_printf(&text, " %s", _(spec->elsewhere));
	table_set_empty(list->table, text.text);
	buf_free(&text);
}

void list_view_answer(struct view *view, struct answer *answer)
{
	const struct list_spec *spec = list_spec_of(view);
	struct list *list = view->state;

	if (list_marks_answer(view, answer))
		return;
	if (answer->purpose == LIST_PREVIEW) {
		list_preview_take(view, answer);
		return;
	}
	if (answer->purpose != LIST_PAGE) {
		if (spec->answer != NULL)
			spec->answer(view, answer);
		return;
	}
	if (!view_check(view, answer)) {
		table_forget(list->table, list->tag);
		table_set_empty(list->table, _("Nothing could be read. Ctrl-r asks again."));
		list_step_on(view, false);
		return;
	}
	list_say_empty(view);
	table_take(list->table, list->tag, list_in_order(list, answer));
	list_step_on(view, true);
	list_pump(view, true);
}

void list_view_refresh(struct view *view)
{
	struct list *list = view->state;

	table_refresh(list->table);
	list_pump(view, true);
	list_preview_stale(view);
}

bool list_view_offers(const struct view *view, enum command command)
{
	const struct list_spec *spec = list_spec_of(view);

	if (view->typing)
		return command == COMMAND_OPEN; /* see list_view_label */
	if (!list_has_row(view) && (command_table[command].flags & COMMAND_BARE) == 0)
		return false;
	switch (command) {
	case COMMAND_MARK:
	case COMMAND_MARK_RANGE:
	case COMMAND_MARK_ALL:
	case COMMAND_COPY: return true;
	case COMMAND_UNMARK_ALL: return list_marked(view) > 0;
	case COMMAND_SORT:
	case COMMAND_REVERSE: return spec->orders != NULL;
	default: break;
	}
	if (command == COMMAND_SEARCH)
		return spec->searchable;
	if (command == COMMAND_FILTER || command == COMMAND_SAVE_FILTER)
		return list_has_filters(view);
	if (command == COMMAND_OPEN && spec->opens != NULL)
		return true;
	if (spec->offers != NULL)
		return spec->offers(view, command);
	return command_in_section(command, view->ops->name);
}

const char *list_view_label(const struct view *view, enum command command)
{
	const struct list *list = view->state;

	if (!view->typing)
		return NULL;
	switch (command) {
	case COMMAND_OPEN: return _("to the list");
	case COMMAND_BACK: return field_text(list->search)[0] != '\0' ? _("all again") : NULL;
	default: return NULL;
	}
}

void list_view_returned(struct view *view, const struct view_ops *child, const void *result)
{
	const struct list_spec *spec = list_spec_of(view);

	if (list_marks_returned(view, child, result) || list_filters_returned(view, child, result) ||
	    list_order_returned(view, child, result))
		return;
	if (spec->returned != NULL)
		spec->returned(view, child, result);
}

void list_view_close(struct view *view)
{
	const struct list_spec *spec = list_spec_of(view);
	struct list *list = view->state;

	if (spec->close != NULL)
		spec->close(view);
	table_free(&list->table);
	field_free(&list->search);
	list_run_free(&list->run);
	list_preview_close(view);
	free(list->opened);
	free(list->made);
	free(list->subtitle);
	list_filters_close(list);
	free(list->own);
}
