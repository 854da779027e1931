/*
 * From a figure of the dashboard to what is behind it: the row, or the list with
 * the same period, area and sales rep.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <view/list_view.h>
#include <view/views.h>

#include "dashboard.h"

/* A list, narrowed to one of its own filters if the person has that one. */
static void open_list(struct view *view, const struct view_ops *ops, const void *arg,
                      const char *filter)
{
	struct view *list = view_push(view->app, ops, arg);

	if (list != NULL && filter != NULL)
		list_set_filter(list, filter);
}

static void open_row(struct view *view, const struct view_ops *ops, const struct rows *rows,
                     int row, const char *column)
{
	int64_t id = rows_int(rows, row, column);

	if (id != 0)
		view_push(view->app, ops, &id);
}

/* "Formación · Ana Ruiz" behind the period's words ("" for none). */
static const char *words_of(struct arena *arena, const struct dashboard_choice *choice,
                            const char *period)
{
	const char *words = period;

	if (choice->area[0] != '\0')
		words = arena_printf(arena, "%s%s%s", words, words[0] != '\0' ? " · " : "",
		                     choice->area_label);
	if (choice->rep[0] != '\0')
		words = arena_printf(arena, "%s%s%s", words, words[0] != '\0' ? " · " : "",
		                     choice->rep_label);
	return words;
}

static struct narrow_arg narrow_of(struct view *view, const struct dashboard_choice *choice,
                                   const char *period)
{
	struct dashboard *dashboard = view->state;

	return (struct narrow_arg){ choice->area, choice->rep,
		                    words_of(dashboard->arena, choice, period) };
}

/* Offers of an area and a rep, decided in those days ("": whenever). */
static void open_offers_of(struct view *view, const struct dashboard_choice *choice,
                           const char *which, const char *since, const char *until,
                           const char *period)
{
	const struct offers_arg arg = { narrow_of(view, choice, period), since, until };

	open_list(view, &view_offers, &arg, which);
}

/* Those of the dashboard's area and rep. */
static void open_offers(struct view *view, const char *which, const char *since, const char *until,
                        const char *period)
{
	const struct dashboard *dashboard = view->state;

	open_offers_of(view, &dashboard->shown_choice, which, since, until, period);
}

/* Those that were decided in the dashboard's period. */
static void open_decided(struct view *view, const struct dashboard_choice *choice,
                         const char *which)
{
	struct dashboard *dashboard = view->state;
	const struct rows *clock = dashboard->results[DASHBOARD_CLOCK];

	open_offers_of(view, choice, which, rows_text(clock, 0, "period_from"),
	               rows_text(clock, 0, "period_to"),
	               dashboard_period_words(dashboard->arena, choice));
}

static void open_month(struct view *view, const char *month)
{
	struct dashboard *dashboard = view->state;
	char since[NARROW_DAY], until[NARROW_DAY];
	struct date first;

	snprintf(since, sizeof(since), "%.7s-01", month);
	if (!date_from_iso(since, &first))
		return;
	first.year += first.month / 12;
	first.month = first.month % 12 + 1;
	date_to_iso(date_add(first, -1), until);
	open_offers(view, "approved", since, until,
	            arena_printf(dashboard->arena, "%.2s/%.4s", month + 5, month));
}

/* A rep, or an area: what was approved in the period; who stands there only for what is on the
 * table now shows that. */
static void open_part(struct view *view, const struct rows *rows, int row, const char *id,
                      const char *label)
{
	struct dashboard *dashboard = view->state;
	struct dashboard_choice choice = dashboard->shown_choice;
	bool rep = strcmp(label, "rep") == 0;

	snprintf(rep ? choice.rep : choice.area, NARROW_ID, "%s", rows_text(rows, row, id));
	snprintf(rep ? choice.rep_label : choice.area_label, NARROW_LABEL, "%s",
	         rows_text(rows, row, label));
	if (!rep && choice.area[0] == '\0') {
		snprintf(choice.area, NARROW_ID, "0");
		snprintf(choice.area_label, NARROW_LABEL, "%s", _("without area"));
	}
	if (rows_int(rows, row, "offers") == 0 && rows_int(rows, row, "presented") > 0)
		open_offers_of(view, &choice, "presented", "", "", "");
	else
		open_decided(view, &choice, "approved");
}

/* A list of what is so now, of the dashboard's area and rep. */
static void open_narrowed(struct view *view, const struct view_ops *ops, const char *filter)
{
	const struct dashboard *dashboard = view->state;
	const struct narrow_arg arg = narrow_of(view, &dashboard->shown_choice, "");

	open_list(view, ops, &arg, filter);
}

/* The lines of dashboard_draw_work. */
static void open_work(struct view *view, int item)
{
	bool rep = view_session(view)->roles == ROLE_REP;

	switch (item) {
	case 0:
		if (rep)
			open_list(view, &view_actions, NULL, "mine");
		else
			open_narrowed(view, &view_actions, "all-open");
		break;
	case 1: open_narrowed(view, &view_waiting, "quiet"); break;
	case 2: open_narrowed(view, &view_waiting, "overdue"); break;
	case 3: open_narrowed(view, &view_holds, NULL); break;
	default: open_list(view, &view_requests, NULL, NULL); break;
	}
}

/* Those in that state. */
static void open_notices(struct view *view, const char *state)
{
	struct dashboard *dashboard = view->state;
	bool rep = view_session(view)->roles == ROLE_REP;

	open_narrowed(view, &view_inbox,
	              rep ? arena_printf(dashboard->arena, "own-%s", state) : state);
}

/* The tiles of the key figures. */
static void open_key(struct view *view, int item)
{
	const struct dashboard *dashboard = view->state;
	const struct rows *months = dashboard->results[DASHBOARD_MONTHS];

	switch (item) {
	case 0:
		if (months->count > 0)
			open_month(view, rows_text(months, months->count - 1, "month"));
		break;
	case 1: open_offers(view, "presented", "", "", ""); break;
	case 2: open_notices(view, "pending"); break;
	default: open_work(view, 1); break;
	}
}

/* Live ones are counted as they are now, the others as they were decided in the period. */
static void open_state(struct view *view, const char *state)
{
	const struct dashboard *dashboard = view->state;

	if (strcmp(state, "draft") == 0 || strcmp(state, "presented") == 0 ||
	    strcmp(state, "expired") == 0)
		open_offers(view, state, "", "", "");
	else
		open_decided(view, &dashboard->shown_choice, state);
}

/* The parts of draw_conversion. */
static void open_conversion(struct view *view, int item)
{
	static const char *const parts[] = { "approved", "presented", "expired", "rejected",
		                             "withdrawn-presented" };
	const struct dashboard *dashboard = view->state;

	if (strcmp(parts[item], "presented") == 0)
		open_offers(view, parts[item], "", "", "");
	else
		open_decided(view, &dashboard->shown_choice, parts[item]);
}

void dashboard_open(struct view *view, enum dashboard_panel panel, int item)
{
	const struct dashboard *dashboard = view->state;
	const struct rows *const *results = dashboard->results;
	const struct rect *rect = &dashboard->places[panel].rect;

	if (item < 0 || item >= dashboard_panel_items(dashboard, panel, rect->height))
		return;
	switch (panel) {
	case PANEL_KEYS: open_key(view, item); break;
	case PANEL_APPROVALS:
		open_row(view, &view_notice, results[DASHBOARD_APPROVALS], item, "notice_id");
		break;
	case PANEL_MONTHS:
		open_month(view, rows_text(results[DASHBOARD_MONTHS], item, "month"));
		break;
	case PANEL_PIPELINE:
		open_state(view, rows_text(results[DASHBOARD_PIPELINE], item, "state"));
		break;
	case PANEL_NOTICES:
		open_notices(view, rows_text(results[DASHBOARD_NOTICES], item, "state"));
		break;
	case PANEL_REPS: open_part(view, results[DASHBOARD_REPS], item, "rep_id", "rep"); break;
	case PANEL_AREAS: open_part(view, results[DASHBOARD_AREAS], item, "area_id", "area"); break;
	case PANEL_CONVERSION: open_conversion(view, item); break;
	case PANEL_WORK: open_work(view, item); break;
	case PANEL_QUIET:
		open_row(view, &view_action, results[DASHBOARD_QUIET], item, "action_id");
		break;
	case PANEL_HOLDS:
		open_row(view, &view_action, results[DASHBOARD_HOLDS], item, "action_id");
		break;
	case PANELS: break;
	}
}
