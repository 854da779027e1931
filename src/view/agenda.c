/*
 * A rep's agenda: the next steps of all his open actions by day, what is
 * overdue first. A step that is done is logged, and the next one named, in one
 * form.
 */
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <model/action.h>
#include <view/list_view.h>
#include <view/views.h>

#include "deeds.h"
#include "page.h"
#include "previews.h"

/* What is left of this week is told apart by its weekday. */
static const char *agenda_weekday(const struct rows *rows, int row)
{
	static const char *const names[] = { N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
		                             N_("Thursday"), N_("Friday"),  N_("Saturday"),
		                             N_("Sunday") };
	struct date day;

	return date_from_iso(rows_text(rows, row, "next_step_on"), &day)
	         ? _(names[date_weekday(day)])
	         : "";
}

static void agenda_part(struct table_cell *cell)
{
	static const struct {
		const char *part, *word;
	} parts[] = {
		{ "overdue", N_("! overdue") },
		{ "today", N_("today") },
		{ "later", N_("later") },
		{ "undated", N_("no day yet") },
	};

	if (strcmp(cell->text, "overdue") == 0)
		cell->style = STYLE_ERROR;
	else if (strcmp(cell->text, "today") == 0)
		cell->style = STYLE_STRONG;
	if (strcmp(cell->text, "week") == 0)
		cell->text = agenda_weekday(cell->rows, cell->row);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(cell->text, parts[i].part) == 0) {
			cell->text = _(parts[i].word);
			return;
		}
}

static void agenda_day(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static const struct table_column agenda_columns[] = {
	{ "part", N_("When"), ALIGN_LEFT, 10, 12, 0, 0, agenda_part },
	{ "next_step_on", N_("Day"), ALIGN_LEFT, 10, 10, 0, 1, agenda_day },
	{ "next_step", N_("Next step"), ALIGN_LEFT, 20, 40, 3, 0, NULL },
	{ "client", N_("Client"), ALIGN_LEFT, 16, 30, 2, 0, NULL },
	{ "number", N_("Action"), ALIGN_RIGHT, 6, 7, TABLE_WHOLE, 2, NULL },
	{ "phone", N_("Phone"), ALIGN_LEFT, 16, 16, 0, 4, NULL },
	{ "title", N_("Title"), ALIGN_LEFT, 14, 30, 1, 5, NULL },
	{ 0 },
};

static struct batch *agenda_page(struct view *view, const struct table_want *want)
{
	return action_agenda(list_forward(want), list_edge(want, "due"), list_edge(want, "number"),
	                     list_limit(want), list_search(view));
}

static enum command agenda_act(struct view *view, enum command command)
{
	int64_t action = list_key(view);

	switch (command) {
	case COMMAND_STEP_DONE: view_push(view->app, &view_step_done, &action); return COMMAND_NONE;
	case COMMAND_NEXT_STEP: view_push(view->app, &view_next_step, &action); return COMMAND_NONE;
	default: return command;
	}
}

static const struct list_deed agenda_deeds[] = {
	{ COMMAND_NEXT_STEP, "number", &view_deed_step, deed_write_step },
	{ COMMAND_NONE, NULL, NULL, NULL },
};

static const struct list_spec agenda_spec = {
	.columns = agenda_columns,
	.page = agenda_page,
	.searchable = true,
	.empty = N_("Nothing to do is noted. The key s of an action notes its next step."),
	.opens = &view_action,
	.act = agenda_act,
	.preview = preview_draw_action,
	.preview_ask = preview_ask_action,
	.deeds = agenda_deeds,
};

const struct view_ops view_agenda = {
	.name = "agenda",
	.title = N_("Agenda"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(agenda_spec),
};
