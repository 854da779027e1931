/*
 * The box that asks what the dashboard's figures are to be narrowed to.
 */
#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <model/action.h>
#include <model/division.h>
#include <view/form_view.h>

#include "dashboard.h"
#include "narrow_form.h"

struct filter {
	char area[NARROW_ID]; /* until the areas have come */
};

static const struct field_choice filter_periods[] = {
	{ "0", N_("the last twelve months") }, { "1", N_("this month") },
	{ "2", N_("this quarter") },           { "3", N_("this year") },
	{ "4", N_("from a day to a day") },    { 0 },
};

static const struct field_def filter_fields[] = {
	{ .name = "period",
	  .label = N_("Period"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .choices = filter_periods,
	  .width = 30 },
	{ .name = "from", .label = N_("From"), .kind = FIELD_DATE, .hint = N_("01/11, -30") },
	{ .name = "to", .label = N_("To"), .kind = FIELD_DATE },
	{ .name = "area", .label = N_("Area"), .kind = FIELD_CHOICE, .width = 30 },
	{ .name = "rep", .label = N_("Sales rep"), .kind = FIELD_PICK, .hint = N_("type a name") },
	{ .name = NULL },
};

static enum dashboard_period filter_period(struct form *form)
{
	const char *value = form_value(form, "period");

	return value != NULL ? (enum dashboard_period)(value[0] - '0') : PERIOD_YEAR_BACK;
}

static void filter_show_days(struct form *form)
{
	bool free = filter_period(form) == PERIOD_FREE;

	(free ? form_show : form_hide)(form, "from");
	(free ? form_show : form_hide)(form, "to");
}

static bool filter_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct dashboard_choice *choice = arg;
	struct filter *filter = form_view_state(view);
	const char period[2] = { (char)('0' + choice->period), '\0' };

	(void)err;
	form_set(form, "period", period);
	narrow_set(form, "from", choice->from);
	narrow_set(form, "to", choice->to);
	narrow_set_pick(form, "rep", choice->rep, choice->rep_label);
	snprintf(filter->area, sizeof(filter->area), "%s", choice->area);
	filter_show_days(form);
	return true;
}

static struct batch *filter_load(struct view *view)
{
	(void)view;
	return division_read(NULL);
}

static void filter_loaded(struct view *view, struct form *form, struct answer *answer)
{
	const struct filter *filter = form_view_state(view);

	form_set_choices(form, "area", answer->results[1]);
	form_set(form, "area", filter->area[0] != '\0' ? filter->area : NULL);
}

static struct batch *filter_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	(void)field;
	return action_rep_candidates(text);
}

static void filter_changed(struct view *view, struct form *form, const char *field)
{
	(void)view;
	if (strcmp(field, "period") == 0)
		filter_show_days(form);
}

static struct batch *filter_save(struct view *view, struct form *form, const char *request_id)
{
	struct dashboard_choice choice = { 0 };

	(void)request_id;
	dashboard_choose_period(&choice, filter_period(form), date_today());
	if (choice.period == PERIOD_FREE) {
		narrow_take_days(form, choice.from, choice.to);
		if (choice.from[0] == '\0') {
			form_fail(form, "from", _("Say from which day on."));
			return NULL;
		}
		if (choice.to[0] == '\0')
			date_to_iso(date_today(), choice.to);
		if (!narrow_check_days(form, choice.from, choice.to))
			return NULL;
	}
	narrow_take_pick(form, "area", choice.area, choice.area_label);
	narrow_take_pick(form, "rep", choice.rep, choice.rep_label);
	return narrow_finish(view, form, &choice);
}

static const struct form_spec filter_spec = {
	.fields = filter_fields,
	.size = sizeof(struct filter),
	.open = filter_open,
	.load = filter_load,
	.loaded = filter_loaded,
	.search = filter_search,
	.changed = filter_changed,
	.save = filter_save,
	.text = narrow_text,
};

const struct view_ops view_dashboard_filter = {
	.title = N_("What the dashboard shows"),
	NARROW_FORM(filter_spec),
};
