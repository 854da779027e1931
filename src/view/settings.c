/*
 * What is set for the whole team: a list for managers, and the box that changes
 * one of them.
 */
#include <inttypes.h>
#include <stdio.h>

#include <base/i18n.h>
#include <model/setting.h>
#include <view/form_view.h>
#include <view/list_view.h>
#include <view/views.h>

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

struct setting_form {
	char id[24];
	char version[24];
};

static const struct field_def setting_fields[] = {
	{ .name = "value",
	  .label = N_("Value"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 200,
	  .width = 40 },
	{ .name = NULL },
};

static bool setting_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct setting_form *setting = form_view_state(view);

	(void)form;
	(void)err;
	snprintf(setting->id, sizeof(setting->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

static struct batch *setting_load(struct view *view)
{
	struct setting_form *setting = form_view_state(view);

	return setting_read(setting->id);
}

static void setting_loaded(struct view *view, struct form *form, struct answer *answer)
{
	struct setting_form *setting = form_view_state(view);
	const struct rows *rows = answer->results[0];

	snprintf(setting->version, sizeof(setting->version), "%s", rows_text(rows, 0, "version"));
	form_set(form, "value", rows_get(rows, 0, "value"));
	form_view_explain(view, setting_words(rows_text(rows, 0, "name"),
	                                      rows_text(rows, 0, "meaning")));
}

static struct batch *setting_write(struct view *view, struct form *form, const char *request_id)
{
	struct setting_form *setting = form_view_state(view);

	return setting_save(request_id, setting->id, setting->version, form_value(form, "value"));
}

static const struct form_spec setting_spec = {
	.fields = setting_fields,
	.edits = "setting",
	.size = sizeof(struct setting_form),
	.open = setting_open,
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
