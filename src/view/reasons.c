/*
 * The reasons that are offered where something is lost, rejected, withdrawn or
 * returned: a list for managers, and the box for one of them.
 */
#include <string.h>

#include <base/i18n.h>
#include <model/reason.h>
#include <view/list_view.h>
#include <view/views.h>

#include "record_form.h"

static const struct field_choice reason_kinds[] = {
	{ "action_lost", N_("an action is lost") },
	{ "offer_rejected", N_("an offer is rejected") },
	{ "offer_withdrawn", N_("an offer is withdrawn") },
	{ "notice_returned", N_("a notice is returned") },
	{ 0 },
};

/* ---- the list ---- */

static void reasons_kind(struct table_cell *cell)
{
	for (const struct field_choice *kind = reason_kinds; kind->value != NULL; kind++)
		if (strcmp(kind->value, cell->text) == 0)
			cell->text = _(kind->label);
}

static void reasons_note(struct table_cell *cell)
{
	cell->text = rows_bool(cell->rows, cell->row, "needs_note") ? _("with a note") : "";
}

static const struct table_column reasons_columns[] = {
	{ "kind", N_("Why"), ALIGN_LEFT, 22, 24, 0, 0, reasons_kind },
	{ "name", N_("Reason"), ALIGN_LEFT, 26, 50, 1, 0, NULL },
	{ "other_name", N_("In the other language"), ALIGN_LEFT, 26, 50, 1, 2, NULL },
	{ "needs_note", "", ALIGN_LEFT, 12, 12, 0, 1, reasons_note },
	{ "active", "", ALIGN_LEFT, 12, 14, 0, 0, record_in_use },
	{ 0 },
};

static const struct list_filter reasons_filters[] = {
	{ "all", N_("all"), 0, 0 },
	{ "action_lost", N_("an action is lost"), 0, 0 },
	{ "offer_rejected", N_("an offer is rejected"), 0, 0 },
	{ "offer_withdrawn", N_("an offer is withdrawn"), 0, 0 },
	{ "notice_returned", N_("a notice is returned"), 0, 0 },
	{ 0 },
};

static struct batch *reasons_page(struct view *view, const struct table_want *want)
{
	const char *kind = list_filter(view);
	const struct reason_edge edge = { list_edge(want, "kind"), list_edge(want, "last"),
		                          list_edge(want, "key") };

	return reason_page(list_forward(want), &edge, list_limit(want),
	                   strcmp(kind, "all") != 0 ? kind : NULL);
}

static enum command reasons_act(struct view *view, enum command command)
{
	return record_enter(view, command, COMMAND_NEW_REASON, &view_reason);
}

static const struct list_spec reasons_spec = {
	.columns = reasons_columns,
	.page = reasons_page,
	.filters = reasons_filters,
	.empty = N_("There is no reason of this kind. The key n enters one."),
	.opens = &view_reason,
	.act = reasons_act,
};

const struct view_ops view_reasons = {
	.name = "reasons",
	.title = N_("Reasons"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(reasons_spec),
};

/* ---- one of them ---- */

static const struct field_def reason_fields[] = {
	{ .name = "kind",
	  .label = N_("Why"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .choices = reason_kinds,
	  .width = 26 },
	{ .name = "name_es",
	  .label = N_("In Spanish"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 100,
	  .width = 40 },
	{ .name = "name_en",
	  .label = N_("In English"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 100,
	  .width = 40 },
	{ .name = "needs_note",
	  .label = N_("With a note"),
	  .kind = FIELD_FLAG,
	  .initial = "f",
	  .hint = N_("whoever chooses it has to say more") },
	{ .name = "active",
	  .label = N_("In use"),
	  .kind = FIELD_FLAG,
	  .initial = "t",
	  .hint = N_("without it nobody is offered it; what has it keeps it") },
	{ .name = NULL },
};

static bool reason_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	if (*(const int64_t *)arg != 0) {
		form_hide(form, "kind");
		form_go(form, "name_es");
	}
	return record_open(view, form, arg, err);
}

static struct batch *reason_load(struct view *view)
{
	return record_load(form_view_state(view), reason_read);
}

static void reason_loaded(struct view *view, struct form *form, struct answer *answer)
{
	record_loaded(view, form, answer);
	/* Given by the database itself when an action is closed, and never chosen. */
	if (strcmp(rows_text(answer->results[0], 0, "code"), "action_closed") == 0) {
		form_hide(form, "needs_note");
		form_hide(form, "active");
	}
}

static struct batch *reason_write(struct view *view, struct form *form, const char *request_id)
{
	const struct record *reason = form_view_state(view);
	const struct reason_data data = {
		.kind = form_value(form, "kind"),
		.name_en = form_value(form, "name_en"),
		.name_es = form_value(form, "name_es"),
		.needs_note = form_value(form, "needs_note"),
		.active = form_value(form, "active"),
	};

	return reason_save(request_id, record_id(reason), record_version(reason), &data);
}

static const struct form_spec reason_spec = {
	.fields = reason_fields,
	.edits = "reason",
	.size = sizeof(struct record),
	.open = reason_open,
	.load = reason_load,
	.loaded = reason_loaded,
	.save = reason_write,
	.done = N_("The reason is saved."),
};

const struct view_ops view_reason = {
	.name = "form",
	.title = N_("Reason"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(reason_spec),
};
