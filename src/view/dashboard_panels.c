/*
 * The panels with charts: key figures, months, states, sales reps, areas,
 * notices, conversion; and how high each of all the panels wants to be.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/money.h>
#include <base/text.h>
#include <model/words.h>
#include <ui/chart.h>

#include "dashboard.h"
#include "show.h"

enum { TILES = 4, MONTHS = 13, PARTS = 5 };

/* ---- key figures ---- */

struct tile {
	const char *title, *figure, *below;
	const char *brief; /* in place of what stands below, where that has no room; or NULL */
	enum style style, below_style;
};

static enum style late_style(int64_t late)
{
	return late >= 2 ? STYLE_ERROR : late == 1 ? STYLE_WARNING : STYLE_NORMAL;
}

/* "1,2 M €" */
static const char *short_money(struct arena *arena, int64_t cents, const char *currency)
{
	char text[40];

	money_format_short(cents, text);
	return arena_printf(arena, "%s %s", text, money_sign(currency));
}

static struct tile tile_approved(const struct dashboard *dashboard, struct arena *arena)
{
	const struct rows *clock = dashboard->results[DASHBOARD_CLOCK];
	int64_t now = rows_int(clock, 0, "month_cents");
	int64_t before = rows_int(clock, 0, "last_month_cents");
	long offers = (long)rows_int(clock, 0, "month_offers");
	struct tile tile = {
		.title = _("Approved this month"),
		.figure = short_money(arena, now, dashboard_currency(dashboard)),
		.style = STYLE_GOOD,
		.below_style = now < before ? STYLE_WARNING : STYLE_GOOD,
	};

	tile.below =
	    arena_printf(arena, ngettext("%ld offer", "%ld offers", (unsigned long)offers), offers);
	if (before > 0) {
		tile.brief =
		    arena_printf(arena, _("a month ago %s"),
		                 short_money(arena, before, dashboard_currency(dashboard)));
		tile.below = arena_printf(arena, "%s · %s", tile.below, tile.brief);
	}
	return tile;
}

/* What the pipeline says of a state in the main currency. */
static int64_t pipeline_value(const struct dashboard *dashboard, const char *state,
                              const char *column)
{
	const struct rows *rows = dashboard->results[DASHBOARD_PIPELINE];

	for (int i = 0; i < rows->count; i++)
		if (strcmp(rows_text(rows, i, "state"), state) == 0 &&
		    strcmp(rows_text(rows, i, "currency"), dashboard_currency(dashboard)) == 0)
			return rows_int(rows, i, column);
	return 0;
}

static struct tile tile_presented(const struct dashboard *dashboard, struct arena *arena)
{
	long offers = (long)pipeline_value(dashboard, "presented", "offers");
	long expired = (long)pipeline_value(dashboard, "expired", "offers");
	struct tile tile = {
		.title = _("Presented, unanswered"),
		.figure = short_money(arena, pipeline_value(dashboard, "presented", "cents"),
		                      dashboard_currency(dashboard)),
		.below_style = expired > 0 ? STYLE_WARNING : STYLE_NORMAL,
	};

	tile.below =
	    arena_printf(arena, ngettext("%ld offer", "%ld offers", (unsigned long)offers), offers);
	if (expired > 0) {
		tile.brief = arena_printf(arena,
		                          ngettext("%ld has expired", "%ld have expired",
		                                   (unsigned long)expired),
		                          expired);
		tile.below = arena_printf(arena, "%s · %s", tile.below, tile.brief);
	}
	return tile;
}

static struct tile tile_notices(const struct dashboard *dashboard, struct arena *arena)
{
	const struct rows *rows = dashboard->results[DASHBOARD_NOTICES];
	int64_t pending = 0, late = 0;
	int oldest = -1;
	struct tile tile = { .title = _("Notices not taken yet") };

	for (int i = 0; i < rows->count; i++) {
		if (strcmp(rows_text(rows, i, "state"), "pending") != 0)
			continue;
		pending += rows_int(rows, i, "notices");
		if (rows_int(rows, i, "late") > late)
			late = rows_int(rows, i, "late");
		if (oldest < 0 || rows_int(rows, i, "oldest") > rows_int(rows, oldest, "oldest"))
			oldest = i;
	}
	tile.figure = arena_printf(arena, "%" PRId64, pending);
	tile.style = tile.below_style = pending == 0 ? STYLE_GOOD : late_style(late);
	tile.below = oldest < 0 ? _("none is waiting")
	                        : arena_printf(arena, _("the oldest: %s"),
	                                       show_lateness(arena, rows, oldest, "oldest"));
	return tile;
}

static struct tile tile_quiet(const struct dashboard *dashboard, struct arena *arena)
{
	const struct rows *work = dashboard->results[DASHBOARD_WORK];
	const char *overdue = arena_printf(arena, _("%s with an overdue step"),
	                                   rows_text(work, 0, "overdue_actions"));

	return (struct tile){
		.title = _("Quiet actions"),
		.figure = rows_text(work, 0, "quiet_actions"),
		.below = arena_printf(arena, _("of %s open · %s"),
		                      rows_text(work, 0, "open_actions"), overdue),
		.brief = overdue,
		.style = rows_int(work, 0, "quiet_actions") > 0 ? STYLE_WARNING : STYLE_GOOD,
		.below_style =
		    rows_int(work, 0, "overdue_actions") > 0 ? STYLE_WARNING : STYLE_NORMAL,
	};
}

/* Side by side where that is wide enough, else two above two. */
static int tiles_across(int width)
{
	return width >= 100 ? TILES : 2;
}

static void draw_tile(const struct dashboard *dashboard, struct canvas *canvas,
                      const struct tile *tile, bool cursor)
{
	int width = canvas_width(canvas), digits = canvas_height(canvas) - 2;
	bool whole = tile->brief == NULL || text_width(tile->below) <= width;

	canvas_text(canvas, 0, 0, width, cursor ? STYLE_CURSOR : STYLE_LABEL, tile->title);
	chart_digits(canvas_part(canvas, (struct rect){ 1, 0, digits, width }), ALIGN_LEFT,
	             dashboard_style(dashboard, tile->style), tile->figure);
	canvas_text(canvas,
	            digits >= CHART_LARGE_ROWS ? CHART_LARGE_ROWS + 1 : CHART_DIGITS_ROWS + 1, 0,
	            width, dashboard_style(dashboard, tile->below_style),
	            whole ? tile->below : tile->brief);
}

static void draw_keys(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	struct arena *arena = canvas_arena(canvas);
	const struct tile tiles[TILES] = {
		tile_approved(dashboard, arena),
		tile_presented(dashboard, arena),
		tile_notices(dashboard, arena),
		tile_quiet(dashboard, arena),
	};
	int across = tiles_across(canvas_width(canvas));
	int width = canvas_width(canvas) / across, height = canvas_height(canvas) * across / TILES;

	for (int i = 0; i < TILES; i++) {
		struct rect part = { i / across * height, i % across * width, height - 1,
			             width - 2 };

		draw_tile(dashboard, canvas_part(canvas, part), &tiles[i], i == item);
	}
}

/* ---- months ---- */

static const char *month_name(const char *month)
{
	static const char *const names[] = {
		NC_("month", "Jan"), NC_("month", "Feb"), NC_("month", "Mar"), NC_("month", "Apr"),
		NC_("month", "May"), NC_("month", "Jun"), NC_("month", "Jul"), NC_("month", "Aug"),
		NC_("month", "Sep"), NC_("month", "Oct"), NC_("month", "Nov"), NC_("month", "Dec"),
	};
	int number = strlen(month) == strlen("2026-11") ? atoi(month + strlen("2026-")) : 0;

	return number >= 1 && number <= 12 ? C_("month", names[number - 1]) : month;
}

static void draw_months(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *rows = dashboard->results[DASHBOARD_MONTHS];
	struct arena *arena = canvas_arena(canvas);
	struct chart_item items[MONTHS];
	int count = rows->count < MONTHS ? rows->count : MONTHS;
	int width = canvas_width(canvas), height = canvas_height(canvas);
	int64_t before = 0;
	const char *average;

	for (int i = 0; i < count; i++) {
		char text[40];

		money_format_short(rows_int(rows, i, "cents"), text);
		items[i] = (struct chart_item){
			.label = month_name(rows_text(rows, i, "month")),
			.value = arena_copy(arena, text),
			.amount = rows_int(rows, i, "cents"),
			.style =
			    dashboard_style(dashboard, i == count - 1 ? STYLE_GOOD : STYLE_NORMAL),
		};
		before += i < count - 1 ? rows_int(rows, i, "cents") : 0;
	}
	if (count > 1) {
		average = arena_printf(arena, _("on average %s a month"),
		                       short_money(arena, before / (count - 1),
		                                   dashboard_currency(dashboard)));
		if (text_width(average) + 24 < width)
			canvas_aligned(canvas, 0, 0, width, ALIGN_RIGHT, STYLE_DIM, average);
	}
	chart_columns(canvas_part(canvas, (struct rect){ 1, 0, height - 1, width }), items, count,
	              item);
}

/* ---- rows with a bar ---- */

struct bar {
	const char *label;
	int64_t amount, most;
	enum style style;
	const char *number, *money, *behind;
};

enum { LABEL = 16, NUMBER = 7, MONEY = 14, BEHIND = 8 };

static void draw_bar(const struct dashboard *dashboard, struct canvas *canvas, int row, bool cursor,
                     const struct bar *bar)
{
	int width = canvas_width(canvas), right = width;
	enum style style = dashboard_style(dashboard, bar->style);

	if (cursor)
		canvas_text(canvas, row, 0, 1, STYLE_CURSOR, canvas_glyph(canvas, "▸", ">"));
	if (bar->behind != NULL) {
		right -= BEHIND;
		canvas_aligned(canvas, row, right, BEHIND, ALIGN_RIGHT, style, bar->behind);
	}
	right -= MONEY;
	canvas_aligned(canvas, row, right, MONEY, ALIGN_RIGHT, style, bar->money);
	right -= NUMBER;
	canvas_aligned(canvas, row, right, NUMBER, ALIGN_RIGHT, style, bar->number);
	canvas_text(canvas, row, 2, LABEL, cursor ? STYLE_CURSOR : style, bar->label);
	if (right - LABEL - 4 >= 4)
		canvas_bar(canvas, row, LABEL + 3, right - LABEL - 4, style, bar->amount,
		           bar->most);
}

/* The largest amount of that currency (NULL: of all): what a full bar stands for. */
static int64_t most_of(const struct rows *rows, const char *currency)
{
	int64_t most = 1;

	for (int i = 0; i < rows->count; i++)
		if ((currency == NULL || strcmp(rows_text(rows, i, "currency"), currency) == 0) &&
		    rows_int(rows, i, "cents") > most)
			most = rows_int(rows, i, "cents");
	return most;
}

static enum style offer_style(const char *state)
{
	if (strcmp(state, "approved") == 0)
		return STYLE_GOOD;
	if (strcmp(state, "expired") == 0)
		return STYLE_WARNING;
	if (strcmp(state, "rejected") == 0 || strcmp(state, "withdrawn") == 0)
		return STYLE_DIM;
	return STYLE_NORMAL;
}

/* A bar for each row that fits; dress gives it what a panel has of its own: label, style, behind.
 * Rows without a currency are in the dashboard's. */
static void draw_bars(const struct dashboard *dashboard, enum dashboard_panel panel,
                      struct canvas *canvas, int item, const struct rows *rows, const char *count,
                      void (*dress)(struct bar *, struct arena *, const struct rows *, int row))
{
	int shown = dashboard_panel_items(dashboard, panel, canvas_height(canvas));
	struct arena *arena = canvas_arena(canvas);

	for (int i = 0; i < shown; i++) {
		const char *currency = rows_get(rows, i, "currency");
		int64_t cents = rows_int(rows, i, "cents");
		struct bar bar = {
			.amount = cents,
			.most = most_of(rows, currency),
			.style = STYLE_NORMAL,
			.number = rows_text(rows, i, count),
			.money = dashboard_money(arena, cents,
			                         currency != NULL ? currency
			                                          : dashboard_currency(dashboard)),
		};

		dress(&bar, arena, rows, i);
		draw_bar(dashboard, canvas, i + 1, i == item, &bar);
	}
}

static void dress_offers(struct bar *bar, struct arena *arena, const struct rows *rows, int row)
{
	const char *state = rows_text(rows, row, "state");

	(void)arena;
	bar->label = words_offer_state(state);
	bar->style = offer_style(state);
}

static void draw_pipeline(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *rows = dashboard->results[DASHBOARD_PIPELINE];

	draw_bars(dashboard, PANEL_PIPELINE, canvas, item, rows, "offers", dress_offers);
	if (rows->count == 0)
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("There is no offer yet."));
}

static void dress_notices(struct bar *bar, struct arena *arena, const struct rows *rows, int row)
{
	bar->label = words_notice_state(rows_text(rows, row, "state"));
	bar->style = late_style(rows_int(rows, row, "late"));
	bar->behind = show_lateness(arena, rows, row, "oldest");
}

static void draw_notices(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	const struct rows *rows = dashboard->results[DASHBOARD_NOTICES];

	draw_bars(dashboard, PANEL_NOTICES, canvas, item, rows, "notices", dress_notices);
	if (rows->count == 0)
		canvas_text(canvas, 1, 2, -1, dashboard_style(dashboard, STYLE_GOOD),
		            _("No notice waits."));
}

/* Sales reps and areas: what was approved in the period, the largest first. */
static void draw_ranking(const struct dashboard *dashboard, enum dashboard_panel panel,
                         struct canvas *canvas, int item, const struct rows *rows,
                         void (*dress)(struct bar *, struct arena *, const struct rows *, int row))
{
	draw_bars(dashboard, panel, canvas, item, rows, "offers", dress);
	if (rows->count == 0)
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Nothing was approved in this period."));
}

static void dress_rep(struct bar *bar, struct arena *arena, const struct rows *rows, int row)
{
	const char *rep = rows_text(rows, row, "rep");

	(void)arena;
	bar->label = rep[0] != '\0' ? rep : _("nobody");
}

static void draw_reps(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	draw_ranking(dashboard, PANEL_REPS, canvas, item, dashboard->results[DASHBOARD_REPS],
	             dress_rep);
}

static void dress_area(struct bar *bar, struct arena *arena, const struct rows *rows, int row)
{
	const char *area = rows_text(rows, row, "area");

	(void)arena;
	bar->label = area[0] != '\0' ? area : _("without area");
}

static void draw_areas(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	draw_ranking(dashboard, PANEL_AREAS, canvas, item, dashboard->results[DASHBOARD_AREAS],
	             dress_area);
}

/* ---- conversion ---- */

static void draw_conversion(const struct dashboard *dashboard, struct canvas *canvas, int item)
{
	static const struct {
		const char *column, *cents;
		enum style style;
	} parts[PARTS] = {
		{ "approved", "approved_cents", STYLE_GOOD },
		{ "live", "live_cents", STYLE_NORMAL },
		{ "expired", "expired_cents", STYLE_WARNING },
		{ "rejected", "rejected_cents", STYLE_ERROR },
		{ "withdrawn", "withdrawn_cents", STYLE_DIM },
	};
	const struct rows *rows = dashboard->results[DASHBOARD_CONVERSION];
	struct arena *arena = canvas_arena(canvas);
	struct chart_item items[PARTS];
	int64_t presented = rows_int(rows, 0, "presented");
	int width = canvas_width(canvas), height = canvas_height(canvas) - 1;

	for (int i = 0; i < PARTS; i++) {
		int64_t count = rows_int(rows, 0, parts[i].column);

		items[i] = (struct chart_item){
			.label = strcmp(parts[i].column, "live") == 0
			           ? _("unanswered")
			           : words_offer_state(parts[i].column),
			.value =
			    arena_printf(arena, "%" PRId64 "  %3d %%  %14s", count,
			                 presented > 0
			                     ? (int)((count * 100 + presented / 2) / presented)
			                     : 0,
			                 dashboard_money(arena, rows_int(rows, 0, parts[i].cents),
			                                 dashboard_currency(dashboard))),
			.amount = count,
			.style = dashboard_style(dashboard, parts[i].style),
		};
	}
	canvas_aligned(canvas, 0, 0, width, ALIGN_RIGHT, STYLE_DIM,
	               arena_printf(arena, _("%s presented in the period"),
	                            rows_text(rows, 0, "presented")));
	chart_split(canvas_part(canvas, (struct rect){ 1, 0, height, width }), items, PARTS, item);
}

/* ---- all of them ---- */

static const struct {
	const char *title;
	int min, weight;
	int result; /* its rows make the height that it wants; -1: min does */
	void (*draw)(const struct dashboard *dashboard, struct canvas *canvas, int item);
} panels[PANELS] = {
	[PANEL_KEYS] = { NULL, 12, 0, -1, draw_keys },
	[PANEL_APPROVALS] = { N_("Last approvals"), 6, 3, DASHBOARD_APPROVALS,
	                      dashboard_draw_approvals },
	[PANEL_MONTHS] = { N_("Approved, by month"), 9, 2, -1, draw_months },
	[PANEL_PIPELINE] = { N_("Offers by state"), 3, 0, DASHBOARD_PIPELINE, draw_pipeline },
	[PANEL_NOTICES] = { N_("Invoicing notices"), 2, 0, DASHBOARD_NOTICES, draw_notices },
	[PANEL_REPS] = { N_("Approved, by sales rep"), 6, 1, DASHBOARD_REPS, draw_reps },
	[PANEL_AREAS] = { N_("Approved, by area"), 6, 1, DASHBOARD_AREAS, draw_areas },
	[PANEL_CONVERSION] = { N_("From presented to approved"), 8, 0, -1, draw_conversion },
	[PANEL_WORK] = { N_("Work"), DASHBOARD_WORK_ITEMS + 1, 0, -1, dashboard_draw_work },
	[PANEL_QUIET] = { N_("Without contact for longest"), 6, 2, DASHBOARD_QUIET,
	                  dashboard_draw_quiet },
	[PANEL_HOLDS] = { N_("Divisions held longest"), 6, 2, DASHBOARD_HOLDS,
	                  dashboard_draw_holds },
};

struct layout_column dashboard_panel_size(const struct dashboard *dashboard,
                                          enum dashboard_panel panel)
{
	/* A state or notice that is not in sight would be missed: those are never cut. */
	bool whole = panel == PANEL_PIPELINE || panel == PANEL_NOTICES;
	int rows = panels[panel].result >= 0 ? dashboard->results[panels[panel].result]->count + 1
	                                     : panels[panel].min;
	int min = panels[panel].min;

	if (rows < 2)
		rows = 2;
	if (whole && rows > min)
		min = rows < 14 ? rows : 14;
	else if (rows < min)
		min = rows;
	/* What has shown all its rows leaves the rest to others; a chart is the clearer the higher. */
	return (struct layout_column){
		.min = min,
		.ideal = rows < 12 ? rows : 12,
		.weight = rows > 12 || panel == PANEL_MONTHS ? panels[panel].weight : 0,
	};
}

int dashboard_panel_items(const struct dashboard *dashboard, enum dashboard_panel panel, int height)
{
	int room = height > 1 ? height - 1 : 0, count;

	switch (panel) {
	case PANEL_KEYS: return TILES;
	case PANEL_CONVERSION: return PARTS;
	case PANEL_MONTHS: return dashboard->results[DASHBOARD_MONTHS]->count;
	case PANEL_WORK: count = DASHBOARD_WORK_ITEMS; break;
	default: count = dashboard->results[panels[panel].result]->count; break;
	}
	return count < room ? count : room;
}

void dashboard_panel_draw(const struct dashboard *dashboard, enum dashboard_panel panel,
                          struct canvas *canvas, int item)
{
	if (panels[panel].title != NULL)
		canvas_text(canvas, 0, 0, -1, STYLE_STRONG, _(panels[panel].title));
	panels[panel].draw(dashboard, canvas, item);
}

int dashboard_panel_at(const struct dashboard *dashboard, enum dashboard_panel panel, int row,
                       int column)
{
	struct rect rect = dashboard->places[panel].rect;
	int across = tiles_across(rect.width), item = row - 1;

	switch (panel) {
	case PANEL_KEYS:
		item =
		    row / (rect.height * across / TILES) * across + column / (rect.width / across);
		break;
	case PANEL_MONTHS:
		if (row > 0)
			item =
			    chart_columns_at(rect.width,
			                     dashboard->results[DASHBOARD_MONTHS]->count, column);
		break;
	case PANEL_CONVERSION: item -= chart_split_rows(rect.height - 1, PARTS); break;
	default: break;
	}
	return item < dashboard_panel_items(dashboard, panel, rect.height) ? item : -1;
}
