/*
 * The panels that are lists: last approvals, quiet actions, the longest holds,
 * and the work that waits; and the rows that all panels are made of.
 */
#include <string.h>

#include <base/i18n.h>
#include <base/money.h>
#include <model/words.h>

#include "dashboard.h"
#include "show.h"

enum style dashboard_style(const struct dashboard *dashboard, enum style style)
{
	return dashboard->stale ? STYLE_DIM : style;
}

const char *dashboard_money(struct arena *arena, int64_t cents, const char *currency)
{
	char text[48];

	money_format_whole(cents, currency, text);
	return arena_copy(arena, text);
}

const char *dashboard_currency(const struct dashboard *dashboard)
{
	return rows_text(dashboard->results[DASHBOARD_CLOCK], 0, "currency");
}

void dashboard_row(const struct dashboard *dashboard, struct canvas *canvas, int row, bool cursor,
                   const struct dashboard_cell *cells, int count)
{
	struct layout_column sizes[DASHBOARD_CELLS];
	int widths[DASHBOARD_CELLS], column = 2;

	for (int i = 0; i < count; i++)
		sizes[i] = cells[i].size;
	layout_columns(sizes, count, canvas_width(canvas) - column, 2, widths);
	if (cursor) {
		canvas_fill(canvas, (struct rect){ row, 0, 1, canvas_width(canvas) }, STYLE_CURSOR);
		canvas_text(canvas, row, 0, 1, STYLE_CURSOR, canvas_glyph(canvas, "▸", ">"));
	}
	for (int i = 0; i < count; i++) {
		if (widths[i] == 0)
			continue;
		canvas_aligned(canvas, row, column, widths[i], cells[i].align,
		               cursor ? STYLE_CURSOR : dashboard_style(dashboard, cells[i].style),
		               cells[i].text);
		column += widths[i] + 2;
	}
}

static const struct layout_column age_size = { 6, 6, 0, 0 }, text_size = { 16, 30, 2, 0 },
				  person_size = { 8, 18, 1, 2 }, amount_size = { 12, 14, 0, 1 };

void dashboard_draw_approvals(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *rows = dashboard->results[DASHBOARD_APPROVALS];
	int shown = dashboard_panel_items(dashboard, PANEL_APPROVALS, canvas_height(canvas));

	for (int i = 0; i < shown; i++) {
		/* What came in the last minutes stands out. */
		bool fresh = rows_int(rows, i, "age") < 10 * 60;
		enum style style = fresh ? STYLE_GOOD : STYLE_NORMAL;
		const struct dashboard_cell cells[] = {
			{ age_size, ALIGN_RIGHT, fresh ? STYLE_GOOD : STYLE_DIM,
			  show_age(canvas_arena(canvas), rows, i, "age") },
			{ text_size, ALIGN_LEFT, style, rows_text(rows, i, "client") },
			{ amount_size, ALIGN_RIGHT, style,
			  dashboard_money(canvas_arena(canvas), rows_int(rows, i, "total_cents"),
			                  rows_text(rows, i, "currency")) },
			{ person_size, ALIGN_LEFT, style, rows_text(rows, i, "rep") },
			{ { 10, 18, 0, 3 },
			  ALIGN_LEFT,
			  STYLE_DIM,
			  words_notice_state(rows_text(rows, i, "state")) },
		};

		dashboard_row(dashboard, canvas, i + 1, i == item, cells, 5);
	}
	if (rows->count == 0)
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Nothing has been approved yet."));
}

void dashboard_draw_quiet(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *rows = dashboard->results[DASHBOARD_QUIET];
	int64_t quiet = rows_int(dashboard->results[DASHBOARD_WORK], 0, "quiet_days") * 24 * 3600;
	int shown = dashboard_panel_items(dashboard, PANEL_QUIET, canvas_height(canvas));

	for (int i = 0; i < shown; i++) {
		const struct dashboard_cell cells[] = {
			{ age_size, ALIGN_RIGHT,
			  rows_int(rows, i, "age") >= quiet ? STYLE_WARNING : STYLE_DIM,
			  show_age(canvas_arena(canvas), rows, i, "age") },
			{ text_size, ALIGN_LEFT, STYLE_NORMAL, rows_text(rows, i, "client") },
			{ person_size, ALIGN_LEFT, STYLE_NORMAL, rows_text(rows, i, "rep") },
			{ { 6, 8, 0, 1 },
			  ALIGN_RIGHT,
			  STYLE_DIM,
			  rows_text(rows, i, "action_number") },
		};

		dashboard_row(dashboard, canvas, i + 1, i == item, cells, 4);
	}
	if (rows->count == 0)
		canvas_text(canvas, 1, 2, -1, dashboard_style(dashboard, STYLE_GOOD),
		            _("No action is open."));
}

void dashboard_draw_holds(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *rows = dashboard->results[DASHBOARD_HOLDS];
	int shown = dashboard_panel_items(dashboard, PANEL_HOLDS, canvas_height(canvas));

	for (int i = 0; i < shown; i++) {
		const struct dashboard_cell cells[] = {
			{ age_size, ALIGN_RIGHT, STYLE_DIM,
			  show_age(canvas_arena(canvas), rows, i, "age") },
			{ text_size, ALIGN_LEFT, STYLE_NORMAL, rows_text(rows, i, "client") },
			{ { 8, 24, 1, 1 },
			  ALIGN_LEFT,
			  STYLE_NORMAL,
			  rows_text(rows, i, "division") },
			{ person_size, ALIGN_LEFT, STYLE_NORMAL, rows_text(rows, i, "holder") },
			{ { 6, 8, 0, 3 },
			  ALIGN_RIGHT,
			  STYLE_DIM,
			  rows_text(rows, i, "action_number") },
		};

		dashboard_row(dashboard, canvas, i + 1, i == item, cells, 5);
	}
	if (rows->count == 0)
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("No division is held."));
}

void dashboard_draw_work(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *work = dashboard->results[DASHBOARD_WORK];
	struct arena *arena = canvas_arena(canvas);
	const struct {
		const char *label, *column;
		enum style style; /* where there are any */
	} lines[DASHBOARD_WORK_ITEMS] = {
		{ _("Open actions"), "open_actions", STYLE_NORMAL },
		{ arena_printf(arena, _("of them quiet for %s days"),
		               rows_text(work, 0, "quiet_days")),
		  "quiet_actions", STYLE_WARNING },
		{ _("with an overdue next step"), "overdue_actions", STYLE_ERROR },
		{ _("Divisions held"), "held", STYLE_NORMAL },
		{ _("Requests to collaborate, open"), "requests", STYLE_NORMAL },
	};
	int shown = dashboard_panel_items(dashboard, PANEL_WORK, canvas_height(canvas));

	for (int i = 0; i < shown; i++) {
		const char *number = rows_text(work, 0, lines[i].column);
		enum style style =
		    rows_int(work, 0, lines[i].column) > 0 ? lines[i].style : STYLE_NORMAL;
		const struct dashboard_cell cells[] = {
			{ { 20, 36, 1, 0 }, ALIGN_LEFT, style, lines[i].label },
			{ { 9, 16, 0, 0 },
			  ALIGN_RIGHT,
			  style,
			  strcmp(lines[i].column, "held") == 0
			      ? arena_printf(arena, _("%s of %s"), number,
			                     rows_text(work, 0, "divisions"))
			      : number },
		};

		dashboard_row(dashboard, canvas, i + 1, i == item, cells, 2);
	}
}
