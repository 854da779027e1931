/*
 * The areas of what is sold: a list for managers, and the box for one of them.
 */
#include <inttypes.h>
#include <stdio.h>

#include <base/i18n.h>
#include <model/area.h>
#include <view/form_view.h>
#include <view/list_view.h>
#include <view/views.h>

/* ---- the list ---- */

static void areas_state(struct table_cell *cell)
{
	cell->text = rows_bool(cell->rows, cell->row, "active") ? "" : _("not in use");
	cell->style = STYLE_DIM;
}

static const struct table_column areas_columns[] = {
	{ "name", N_("Area"), ALIGN_LEFT, 30, 60, 1, 0, NULL },
	{ "active", "", ALIGN_LEFT, 12, 14, 0, 0, areas_state },
	{ 0 },
};

static struct batch *areas_page(struct view *view, const struct table_want *want)
{
	(void)view;
	return area_page(list_forward(want), list_edge(want, "folded"), list_limit(want));
}

static enum command areas_act(struct view *view, enum command command)
{
	const int64_t none = 0;

	if (command != COMMAND_NEW_AREA)
		return command;
	view_push(view->app, &view_area, &none);
	return COMMAND_NONE;
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

struct area_form {
	char id[24]; /* "" for a new one */
	char version[24];
};

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

static bool area_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct area_form *area = form_view_state(view);
	int64_t id = *(const int64_t *)arg;

	(void)err;
	if (id != 0)
		snprintf(area->id, sizeof(area->id), "%" PRId64, id);
	else
		form_hide(form, "active");
	return true;
}

static struct batch *area_load(struct view *view)
{
	struct area_form *area = form_view_state(view);

	return area->id[0] != '\0' ? area_read(area->id) : NULL;
}

static void area_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct area_form *area = form_view_state(view);
	const struct rows *rows = answer->results[0];

	snprintf(area->version, sizeof(area->version), "%s", rows_text(rows, 0, "version"));
	form_set(form, "name", rows_get(rows, 0, "name"));
	form_set(form, "active", rows_get(rows, 0, "active"));
}

static struct batch *area_write(struct view *view, struct form *form, const char *request_id)
{
	struct area_form *area = form_view_state(view);
	bool old = area->id[0] != '\0';

	return area_save(request_id, old ? area->id : NULL, old ? area->version : NULL,
	                 form_value(form, "name"), form_value(form, "active"));
}

static const struct form_spec area_spec = {
	.fields = area_fields,
	.edits = "area",
	.size = sizeof(struct area_form),
	.open = area_open,
	.load = area_load,
	.loaded = area_loaded,
	.save = area_write,
	.done = N_("The area is saved."),
};

const struct view_ops view_area = {
	.name = "form",
	.title = N_("Area"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(area_spec),
};
