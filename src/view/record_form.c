/*
 * What record_form.h offers.
 */
#include "record_form.h"

#include <inttypes.h>
#include <stdio.h>

#include <base/i18n.h>

#include "form_screen.h"

void record_begin(struct record *record, int64_t id)
{
	if (id != 0)
		snprintf(record->id, sizeof(record->id), "%" PRId64, id);
}

void record_see(struct record *record, int64_t id, int64_t version)
{
	record_begin(record, id);
	snprintf(record->version, sizeof(record->version), "%" PRId64, version);
}

struct form_row record_row(struct record *record, const char *table)
{
	return (struct form_row){ table, record->id, record->version, sizeof(record->version) };
}

const char *record_id(const struct record *record)
{
	return record->id[0] != '\0' ? record->id : NULL;
}

const char *record_version(const struct record *record)
{
	return record->id[0] != '\0' ? record->version : NULL;
}

struct batch *record_load(const struct record *record, struct batch *(*read)(const char *id))
{
	return record->id[0] != '\0' ? read(record->id) : NULL;
}

void record_take(struct record *record, struct form *form, const struct field_def *fields,
                 const struct rows *rows)
{
	snprintf(record->version, sizeof(record->version), "%s", rows_text(rows, 0, "version"));
	for (const struct field_def *field = fields; field->name != NULL; field++)
		form_set(form, field->name, rows_get(rows, 0, field->name));
}

bool record_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	int64_t id = *(const int64_t *)arg;

	(void)err;
	record_begin(form_view_state(view), id);
	if (id == 0)
		form_hide(form, "active");
	return true;
}

void record_loaded(struct view *view, struct form *form, struct answer *answer)
{
	record_take(form_view_state(view), form, form_spec_of(view)->fields, answer->results[0]);
}

void record_in_use(struct table_cell *cell)
{
	cell->text = rows_bool(cell->rows, cell->row, "active") ? "" : _("not in use");
	cell->style = STYLE_DIM;
}

enum command record_enter(struct view *view, enum command command, enum command enters,
                          const struct view_ops *form)
{
	const int64_t none = 0;

	if (command != enters)
		return command;
	view_push(view->app, form, &none);
	return COMMAND_NONE;
}
