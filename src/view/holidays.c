/*
 * The days that are not worked though their day of the week is: a list for
 * managers, and the box for one of them.
 */
#include <base/i18n.h>
#include <model/setting.h>
#include <view/list_view.h>
#include <view/views.h>

#include "page.h"
#include "record_form.h"

/* ---- the list ---- */

static void holidays_day(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, cell->text);
}

static void holidays_state(struct table_cell *cell)
{
	bool active = rows_bool(cell->rows, cell->row, "active");

	cell->text = active ? "" : _("is worked");
	cell->style = active ? STYLE_NORMAL : STYLE_DIM;
}

static const struct table_column holidays_columns[] = {
	{ "day", N_("Day"), ALIGN_LEFT, 10, 10, 0, 0, holidays_day },
	{ "name", N_("Name"), ALIGN_LEFT, 30, 60, 1, 0, NULL },
	{ "active", "", ALIGN_LEFT, 12, 14, 0, 0, holidays_state },
	{ 0 },
};

static struct batch *holidays_page(struct view *view, const struct table_want *want)
{
	(void)view;
	return holiday_page(list_forward(want), list_edge(want, "day"), list_limit(want));
}

static enum command holidays_act(struct view *view, enum command command)
{
	return record_enter(view, command, COMMAND_NEW_HOLIDAY, &view_holiday);
}

static const struct list_spec holidays_spec = {
	.columns = holidays_columns,
	.page = holidays_page,
	.empty = N_("No holiday is known. The key n enters one."),
	.opens = &view_holiday,
	.act = holidays_act,
};

const struct view_ops view_holidays = {
	.name = "holidays",
	.title = N_("Holidays"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(holidays_spec),
};

/* ---- one of them ---- */

static const struct field_def holiday_fields[] = {
	{ .name = "day", .label = N_("Day"), .kind = FIELD_DATE, .required = true },
	{ .name = "name",
	  .label = N_("Name"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 100,
	  .width = 40 },
	{ .name = "active",
	  .label = N_("Holiday"),
	  .kind = FIELD_FLAG,
	  .initial = "t",
	  .hint = N_("without it the day is worked") },
	{ .name = NULL },
};

static struct batch *holiday_load(struct view *view)
{
	return record_load(form_view_state(view), holiday_read);
}

static struct batch *holiday_write(struct view *view, struct form *form, const char *request_id)
{
	const struct record *holiday = form_view_state(view);

	return holiday_save(request_id, record_id(holiday), record_version(holiday),
	                    form_value(form, "day"), form_value(form, "name"),
	                    form_value(form, "active"));
}

static const struct form_spec holiday_spec = {
	RECORD_FORM(holiday_fields),
	.edits = "holiday",
	.load = holiday_load,
	.save = holiday_write,
	.done = N_("The day is saved. Notices count it from now on."),
};

const struct view_ops view_holiday = {
	.name = "form",
	.title = N_("Holiday"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(holiday_spec),
};
