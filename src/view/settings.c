/*
 * What is set for the whole team: a list for managers, and the box that changes
 * one of them.
 */

#include <base/i18n.h>
#include <model/setting.h>
#include <view/list_view.h>
#include <view/views.h>

#include "record_form.h"

/* ---- the list ---- */

static void settings_words(struct table_cell *cell)
{
	cell->text = setting_words(cell->text, rows_text(cell->rows, cell->row, "meaning"));
}

static const struct table_column settings_columns[] = {
	{ "name", N_("Setting"), ALIGN_LEFT, 60, 70, 1, 0, settings_words },
	{ "value", N_("Value"), ALIGN_LEFT, 13, 40, 1, 0, NULL },
	{ 0 },
};

static struct batch *settings_page(struct view *view, const struct table_want *want)
{
	(void)view;
	return setting_page(list_forward(want), list_edge(want, "name"), list_limit(want));
}

static const struct list_spec settings_spec = {
	.columns = settings_columns,
	.page = settings_page,
	.empty = N_("There is nothing to set."),
	.opens = &view_setting,
};

const struct view_ops view_settings = {
	.name = "settings",
	.title = N_("Settings"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(settings_spec),
};

/* ---- one of them ---- */

static const struct field_def setting_fields[] = {
	{ .name = "value",
	  .label = N_("Value"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 200,
	  .width = 40 },
	{ .name = NULL },
};

static struct batch *setting_load(struct view *view)
{
	return record_load(form_view_state(view), setting_read);
}

static void setting_loaded(struct view *view, struct form *form, struct answer *answer)
{
	const struct rows *rows = answer->results[0];

	record_loaded(view, form, answer);
	form_view_explain(view, setting_words(rows_text(rows, 0, "name"),
	                                      rows_text(rows, 0, "meaning")));
}

static struct batch *setting_write(struct view *view, struct form *form, const char *request_id)
{
	const struct record *setting = form_view_state(view);

	return setting_save(request_id, setting->id, setting->version, form_value(form, "value"));
}

static const struct form_spec setting_spec = {
	.fields = setting_fields,
	.edits = "setting",
	.size = sizeof(struct record),
	.open = record_open,
	.load = setting_load,
	.loaded = setting_loaded,
	.save = setting_write,
	.done = N_("Set for the whole team, from now on."),
};

const struct view_ops view_setting = {
	.name = "form",
	.title = N_("Setting"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(setting_spec),
};
