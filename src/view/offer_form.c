/*
 * The form of a draft, new in an action or changed. Above it stand the totals
 * as one types, computed as the schema will.
 */
#include "offer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/money.h>
#include <model/refusal.h>
#include <view/views.h>

struct offer_form {
	char action[24];
	char id[24]; /* "" for a new one */
	char version[12];
	char heading[400];
	struct offer_sum sum;
	bool complete; /* every line could be computed */
};

static const struct field_def line_columns[] = {
	{ .name = "description",
	  .label = N_("Description"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 500,
	  .width = 16 },
	{ .name = "quantity",
	  .label = N_("Quantity"),
	  .kind = FIELD_DECIMAL,
	  .required = true,
	  .scale = 3,
	  .width = 8,
	  .initial = "1" },
	{ .name = "unit_price",
	  .label = N_("Price"),
	  .kind = FIELD_DECIMAL,
	  .required = true,
	  .scale = 4,
	  .least = 2,
	  .width = 12 },
	{ .name = "discount", .label = N_("Disc. %"), .kind = FIELD_DECIMAL, .width = 6 },
	{ .name = "vat",
	  .label = N_("VAT %"),
	  .kind = FIELD_DECIMAL,
	  .required = true,
	  .width = 5,
	  .initial = "21" },
	{ .name = "net", .label = N_("Net"), .kind = FIELD_AMOUNT, .read_only = true, .width = 12 },
	{ .name = NULL },
};

static const struct field_def offer_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_LINE, .required = true },
	{ .name = "lines",
	  .label = N_("Lines"),
	  .kind = FIELD_GRID,
	  .max = 1000, /* as offer_line_position_range */
	  .columns = line_columns,
	  .rows = 5 },
	{ .name = "divisions", .label = N_("Divisions"), .kind = FIELD_CHECKLIST, .rows = 3 },
	{ .name = "valid_until", .label = N_("Valid until"), .kind = FIELD_DATE },
	{ .name = "payment_terms", .label = N_("Payment terms"), .kind = FIELD_LINE, .max = 500 },
	{ .name = "probability",
	  .label = N_("Probability"),
	  .kind = FIELD_INTEGER,
	  .width = 10,
	  .hint = N_("per cent") },
	{ .name = "expected_close", .label = N_("Expected close"), .kind = FIELD_DATE },
	{ .name = "currency",
	  .label = N_("Currency"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 3,
	  .width = 5 },
	{ .name = "notes", .label = N_("Notes"), .kind = FIELD_TEXT, .max = 20000, .rows = 3 },
	{ .name = NULL },
};

/* ---- totals ---- */

static const char *line_amounts(struct form *form, int line, int64_t *net, int64_t *vat)
{
	/* form_grid_value is valid until the next call: each column has its own. */
	return offer_line_amounts(form_grid_value(form, "lines", line, "quantity"),
	                          form_grid_value(form, "lines", line, "unit_price"),
	                          form_grid_value(form, "lines", line, "discount"),
	                          form_grid_value(form, "lines", line, "vat"), net, vat);
}

static void offer_form_sum(struct offer_form *offer, struct form *form)
{
	int count = form_grid_lines(form, "lines");

	memset(&offer->sum, 0, sizeof(offer->sum));
	offer->complete = true;
	for (int line = 0; line < count; line++) {
		int64_t net, vat;
		bool fine = line_amounts(form, line, &net, &vat) == NULL;
		char sql[40];

		money_to_sql(net, 2, sql);
		form_grid_set(form, "lines", line, "net", fine ? sql : NULL);
		offer->complete = offer->complete && fine;
		if (fine)
			offer_sum_add(&offer->sum, form_grid_value(form, "lines", line, "vat"), net,
			              vat);
	}
	/* What was a line a moment ago and is empty now has no amount any more. */
	if (form_grid_value(form, "lines", count, "net") != NULL)
		form_grid_set(form, "lines", count, "net", NULL);
}

static void offer_form_header(struct view *view, struct canvas *canvas)
{
	struct offer_form *offer = form_view_state(view);
	const char *currency = form_value(form_view_form(view), "currency");

	canvas_text(canvas, 0, 1, canvas_width(canvas) - 2, STYLE_STRONG, offer->heading);
	offer_draw_sum(canvas, 1, &offer->sum, offer->complete, currency != NULL ? currency : "");
	canvas_line(canvas, 2);
}

/* ---- loading ---- */

static bool offer_form_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct offer_form *offer = form_view_state(view);
	bool new = view->ops == &view_new_offer;

	(void)err;
	snprintf(new ? offer->action : offer->id, sizeof(offer->id), "%" PRId64,
	         *(const int64_t *)arg);
	offer->complete = true;
	form_set_empty(form, "divisions", _("The action holds no division."));
	return true;
}

static struct batch *offer_form_load(struct view *view)
{
	struct offer_form *offer = form_view_state(view);

	return offer_draft(offer->id[0] != '\0' ? offer->id : NULL,
	                   offer->action[0] != '\0' ? offer->action : NULL);
}

static void offer_form_set_lines(struct form *form, const struct rows *lines)
{
	form_set(form, "lines", NULL);
	for (int line = 0; line < lines->count; line++) {
		const char *discount = rows_text(lines, line, "discount");

		form_grid_set(form, "lines", line, "description",
		              rows_text(lines, line, "description"));
		form_grid_set(form, "lines", line, "quantity", rows_text(lines, line, "quantity"));
		form_grid_set(form, "lines", line, "unit_price",
		              rows_text(lines, line, "unit_price"));
		form_grid_set(form, "lines", line, "discount",
		              discount[strspn(discount, "0.")] != '\0' ? discount : NULL);
		form_grid_set(form, "lines", line, "vat", rows_text(lines, line, "vat"));
	}
}

static void offer_form_loaded(struct view *view, struct form *form, struct answer *answer)
{
	static const char *const plain[] = { "title",       "valid_until",    "payment_terms",
		                             "probability", "expected_close", "currency",
		                             "notes" };
	struct offer_form *offer = form_view_state(view);
	const struct rows *rows = answer->results[0], *divisions = answer->results[2];

	if (rows->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This offer does not exist, or is not yours."));
		view_close(view);
		return;
	}
	snprintf(offer->version, sizeof(offer->version), "%s", rows_text(rows, 0, "version"));
	snprintf(offer->heading, sizeof(offer->heading), _("%s · action %s · %s"),
	         rows_text(rows, 0, "client"), rows_text(rows, 0, "action_number"),
	         rows_text(rows, 0, "action_title"));
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		form_set(form, plain[i], rows_get(rows, 0, plain[i]));
	offer_form_set_lines(form, answer->results[1]);
	form_set_items(form, "divisions", divisions);
	for (int i = 0; i < divisions->count; i++)
		if (rows_bool(divisions, i, "ticked"))
			form_tick(form, "divisions", rows_text(divisions, i, "id"), true);
	offer_form_sum(offer, form);
}

static void offer_form_changed(struct view *view, struct form *form, const char *field)
{
	if (strcmp(field, "lines") == 0)
		offer_form_sum(form_view_state(view), form);
}

/* ---- saving ---- */

static struct batch *offer_form_save(struct view *view, struct form *form, const char *request_id)
{
	struct offer_form *offer = form_view_state(view);
	const struct offer_data data = {
		.title = form_value(form, "title"),
		.divisions = form_value(form, "divisions"),
		.descriptions = form_grid_array(form, "lines", "description"),
		.quantities = form_grid_array(form, "lines", "quantity"),
		.unit_prices = form_grid_array(form, "lines", "unit_price"),
		.discounts = form_grid_array(form, "lines", "discount"),
		.vats = form_grid_array(form, "lines", "vat"),
		.currency = form_value(form, "currency"),
		.probability = form_value(form, "probability"),
		.expected_close = form_value(form, "expected_close"),
		.valid_until = form_value(form, "valid_until"),
		.payment_terms = form_value(form, "payment_terms"),
		.notes = form_value(form, "notes"),
	};

	return offer_save(request_id, offer->id[0] != '\0' ? offer->id : NULL, offer->version,
	                  offer->action[0] != '\0' ? offer->action : NULL, &data);
}

/* The database says what is wrong with some line: here is found with which. */
static bool offer_form_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	int count = form_grid_lines(form, "lines");
	struct err err = { 0 };

	(void)view;
	/* Nothing is to be compared: it is presented or withdrawn by now. */
	if (refusal_is(refusal, "offer_state")) {
		form_fail(
		    form, NULL,
		    _("Somebody has presented or withdrawn this offer in the meantime, so the draft "
		      "can no longer change. What you have written stays here until you leave; a "
		      "revision of the offer can take it up."));
		return true;
	}
	/* 22003: so large that it met no constraint. */
	if (strncmp(refusal->constraint, "offer_line_", 11) != 0 &&
	    strcmp(refusal->sqlstate, "22003") != 0)
		return false;
	for (int line = 0; line < count; line++) {
		int64_t net, vat;
		const char *column = line_amounts(form, line, &net, &vat);

		if (column == NULL)
			continue;
		refusal_explain(refusal, &err);
		form_go(form, "lines");
		form_fail_cell(form, "lines", line, column, err.text);
		return true;
	}
	return false;
}

/* A new offer is looked at next, to be presented; a changed one lies below this form. */
static void offer_form_saved(struct view *view, struct form *form, struct answer *answer)
{
	struct offer_form *offer = form_view_state(view);
	int64_t id = rows_int(answer->results[0], 0, "id");

	(void)form;
	if (offer->id[0] == '\0')
		view_replace(view, &view_offer, &id);
	else
		view_finish(view, offer->id);
}

static const char *offer_form_about(struct view *view)
{
	struct offer_form *offer = form_view_state(view);

	return offer->heading;
}

static const struct form_spec offer_spec = {
	.fields = offer_fields,
	.edits = "offer",
	.about = offer_form_about,
	.size = sizeof(struct offer_form),
	.open = offer_form_open,
	.load = offer_form_load,
	.loaded = offer_form_loaded,
	.changed = offer_form_changed,
	.save = offer_form_save,
	.refused = offer_form_refused,
	.saved = offer_form_saved,
	.header = offer_form_header,
	.header_rows = 3,
	.done = N_("The draft is saved."),
};

const struct view_ops view_new_offer = {
	.name = "form",
	.title = N_("New offer"),
	FORM_VIEW(offer_spec),
};

const struct view_ops view_offer_form = {
	.name = "form",
	.title = N_("Draft of an offer"),
	FORM_VIEW(offer_spec),
};
