/*
 * The areas of what is sold: a list for managers, and the box for one of them.
 */
#include <base/i18n.h>
#include <model/area.h>
#include <view/list_view.h>
#include <view/views.h>

#include "record_form.h"

/* ---- the list ---- */

static const struct table_column areas_columns[] = {
	{ "name", N_("Area"), ALIGN_LEFT, 30, 60, 1, 0, NULL },
	{ "active", "", ALIGN_LEFT, 12, 14, 0, 0, record_in_use },
	{ 0 },
};

static struct batch *areas_page(struct view *view, const struct table_want *want)
{
	(void)view;
	return area_page(list_forward(want), list_edge(want, "folded"), list_limit(want));
}

static enum command areas_act(struct view *view, enum command command)
{
	return record_enter(view, command, COMMAND_NEW_AREA, &view_area);
}

static const struct list_spec areas_spec = {
	.columns = areas_columns,
	.page = areas_page,
	.empty = N_("There is no area. The key n enters one."),
	.opens = &view_area,
	.act = areas_act,
};

const struct view_ops view_areas = {
	.name = "areas",
	.title = N_("Areas"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(areas_spec),
};

/* ---- one of them ---- */

static const struct field_def area_fields[] = {
	{ .name = "name",
	  .label = N_("Name"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 100,
	  .width = 40 },
	{ .name = "active",
	  .label = N_("In use"),
	  .kind = FIELD_FLAG,
	  .initial = "t",
	  .hint = N_("without it nobody is offered it; what has it keeps it") },
	{ .name = NULL },
};

static struct batch *area_load(struct view *view)
{
	return record_load(form_view_state(view), area_read);
}

static struct batch *area_write(struct view *view, struct form *form, const char *request_id)
{
	const struct record *area = form_view_state(view);

	return area_save(request_id, record_id(area), record_version(area),
	                 form_value(form, "name"), form_value(form, "active"));
}

static const struct form_spec area_spec = {
	RECORD_FORM(area_fields),
	.edits = "area",
	.load = area_load,
	.save = area_write,
	.done = N_("The area is saved."),
};

const struct view_ops view_area = {
	.name = "form",
	.title = N_("Area"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(area_spec),
};
