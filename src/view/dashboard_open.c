/*
 * From a figure of the dashboard to what is behind it.
 */
#include <stdlib.h>
#include <string.h>

#include <view/list_view.h>
#include <view/views.h>

#include "dashboard.h"

/* A list of the program, narrowed to one of its own filters where the person has that one. */
static void open_list(struct view *view, const struct view_ops *ops, const char *filter)
{
	struct view *list = view_push(view->app, ops, NULL);

	if (list != NULL && filter != NULL)
		list_set_filter(list, filter);
}

static void open_row(struct view *view, const struct view_ops *ops, const struct rows *rows,
                     int row, const char *column)
{
	int64_t id = rows_int(rows, row, column);

	if (row < rows->count && id != 0)
		view_push(view->app, ops, &id);
}

/* The work's lines, as dashboard_draw_work has them. */
static void open_work(struct view *view, int item)
{
	switch (item) {
	case 0: open_list(view, &view_actions, "all-open"); break;
	case 1: open_list(view, &view_actions, "all-open"); break;
	case 2: open_list(view, &view_actions, "all-open"); break;
	case 3: open_list(view, &view_actions, "all-open"); break;
	default: open_list(view, &view_requests, NULL); break;
	}
}

void dashboard_open(struct view *view, enum dashboard_panel panel, int item)
{
	const struct dashboard *dashboard = view->state;
	const struct rows *const *results = dashboard->results;

	if (item < 0)
		return;
	switch (panel) {
	case PANEL_APPROVALS:
		open_row(view, &view_notice, results[DASHBOARD_APPROVALS], item, "notice_id");
		break;
	case PANEL_QUIET:
		open_row(view, &view_action, results[DASHBOARD_QUIET], item, "action_id");
		break;
	case PANEL_HOLDS:
		open_row(view, &view_action, results[DASHBOARD_HOLDS], item, "action_id");
		break;
	case PANEL_WORK: open_work(view, item); break;
	case PANEL_NOTICES: open_list(view, &view_inbox, "waiting"); break;
	default: break;
	}
}
