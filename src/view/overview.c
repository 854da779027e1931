/*
 * The state of sales at a glance, a supervisor's home: read-only, refreshed by
 * itself with one round trip, and plain about the age of its figures.
 */
#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/loop.h>
#include <conf/conf.h>
#include <model/overview.h>
#include <model/words.h>
#include <ui/layout.h>
#include <view/views.h>

#include "page.h"
#include "show.h"

enum { PURPOSE_READ, WIDE = 150, LATEST = 15 };

struct overview {
	struct arena *arena;
	const struct rows *const *results; /* NULL before they came */
	struct page page;
};

static bool overview_open(struct view *view, const void *arg, struct err *err)
{
	(void)arg;
	(void)err;
	view_ask(view, PURPOSE_READ, overview_read());
	return true;
}

/* ---- drawing ---- */

static enum style overview_offer_style(const char *state)
{
	if (strcmp(state, "approved") == 0)
		return STYLE_GOOD;
	if (strcmp(state, "expired") == 0)
		return STYLE_WARNING;
	if (strcmp(state, "rejected") == 0 || strcmp(state, "withdrawn") == 0)
		return STYLE_DIM;
	return STYLE_NORMAL;
}

/* The largest amount of that currency: what a full bar stands for. */
static int64_t overview_most(const struct rows *rows, const char *currency)
{
	int64_t most = 1;

	for (int i = 0; i < rows->count; i++)
		if (strcmp(rows_text(rows, i, "currency"), currency) == 0 &&
		    rows_int(rows, i, "cents") > most)
			most = rows_int(rows, i, "cents");
	return most;
}

enum { WORD = 19, NUMBER = 7, AMOUNT = 19, AGE = 12 };

/* One row of figures: word, bar, number, amount, and what stands behind. */
static void overview_figures(struct canvas *canvas, int row, int column, int columns,
                             enum style style, const char *word, const struct rows *rows, int at,
                             const char *count, const char *behind)
{
	struct arena *arena = canvas_arena(canvas);
	int bar = columns - WORD - NUMBER - AMOUNT - AGE;

	canvas_text(canvas, row, column, WORD - 1, style, word);
	if (bar > 3)
		canvas_bar(canvas, row, column + WORD, bar, style, rows_int(rows, at, "cents"),
		           overview_most(rows, rows_text(rows, at, "currency")));
	column += columns - NUMBER - AMOUNT - AGE;
	canvas_aligned(canvas, row, column, NUMBER, ALIGN_RIGHT, style, rows_text(rows, at, count));
	canvas_aligned(canvas, row, column + NUMBER, AMOUNT, ALIGN_RIGHT, style,
	               show_money(arena, rows, at, "cents"));
	canvas_aligned(canvas, row, column + NUMBER + AMOUNT, AGE, ALIGN_RIGHT, style, behind);
}

static int overview_heading(struct canvas *canvas, int row, int column, int columns,
                            const char *title, const char *number, const char *amount,
                            const char *behind)
{
	columns -= NUMBER + AMOUNT + AGE;
	canvas_text(canvas, row, column, columns - 1, STYLE_HEADING, title);
	column += columns;
	canvas_aligned(canvas, row, column, NUMBER, ALIGN_RIGHT, STYLE_LABEL, number);
	canvas_aligned(canvas, row, column + NUMBER, AMOUNT, ALIGN_RIGHT, STYLE_LABEL, amount);
	canvas_aligned(canvas, row, column + NUMBER + AMOUNT, AGE, ALIGN_RIGHT, STYLE_LABEL,
	               behind);
	return row + 1;
}

static int overview_draw_offers(struct canvas *canvas, int row, int column, int columns,
                                const struct rows *offers)
{
	/* As an offer goes, whatever the order of the rows. */
	static const char *const states[] = { "draft",    "presented", "expired",
		                              "approved", "rejected",  "withdrawn" };

	row = overview_heading(canvas, row, column, columns, _("Offers by state"), _("Number"),
	                       _("Amount"), "");
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		for (int at = 0; at < offers->count; at++)
			if (strcmp(rows_text(offers, at, "state"), states[i]) == 0)
				overview_figures(canvas, row++, column, columns,
				                 overview_offer_style(states[i]),
				                 words_offer_state(states[i]), offers, at, "offers",
				                 "");
	if (offers->count == 0)
		canvas_text(canvas, row++, column, columns, STYLE_DIM, _("There is no offer yet."));
	return row;
}

static int overview_draw_notices(struct canvas *canvas, int row, int column, int columns,
                                 const struct rows *notices)
{
	static const enum style styles[] = { STYLE_NORMAL, STYLE_WARNING, STYLE_ERROR };

	row = overview_heading(canvas, row, column, columns, _("Invoicing notices"), _("Number"),
	                       _("To invoice"), _("Oldest"));
	for (int at = 0; at < notices->count; at++) {
		int64_t late = rows_int(notices, at, "late");

		overview_figures(canvas, row++, column, columns,
		                 styles[late >= 0 && late < 3 ? late : 0],
		                 words_notice_state(rows_text(notices, at, "state")), notices, at,
		                 "notices",
		                 show_lateness(canvas_arena(canvas), notices, at, "oldest"));
	}
	if (notices->count == 0)
		canvas_text(canvas, row++, column, columns, STYLE_GOOD, _("No notice waits."));
	return row;
}

static int overview_draw_month(struct canvas *canvas, int row, int column, int columns,
                               const struct rows *offers)
{
	struct arena *arena = canvas_arena(canvas);
	const char *text = "";

	for (int at = 0; at < offers->count; at++)
		if (rows_int(offers, at, "month_offers") > 0)
			text = arena_printf(arena, "%s%s%s · %s", text, text[0] != '\0' ? ", " : "",
			                    rows_text(offers, at, "month_offers"),
			                    show_money(arena, offers, at, "month_cents"));
	return page_field(canvas, row, column, columns, 24, _("Approved this month"),
	                  text[0] != '\0' ? text : _("none"));
}

static int overview_draw_work(struct canvas *canvas, int row, int column, int columns,
                              const struct rows *const *results)
{
	struct arena *arena = canvas_arena(canvas);
	const struct rows *work = results[OVERVIEW_WORK];

	canvas_text(canvas, row++, column, columns, STYLE_HEADING, _("Work"));
	row = overview_draw_month(canvas, row, column, columns, results[OVERVIEW_OFFERS]);
	row =
	    page_field(canvas, row, column, columns, 24, _("Open actions"),
	               arena_printf(arena, _("%s · quiet for %s days: %s · next step overdue: %s"),
	                            rows_text(work, 0, "open_actions"),
	                            rows_text(work, 0, "quiet_days"),
	                            rows_text(work, 0, "quiet_actions"),
	                            rows_text(work, 0, "overdue_actions")));
	return page_field(canvas, row, column, columns, 24, _("Divisions held"),
	                  arena_printf(arena, _("%s of %s"), rows_text(work, 0, "held"),
	                               rows_text(work, 0, "divisions")));
}

static int overview_draw_approvals(struct canvas *canvas, int row, int column, int columns,
                                   const struct rows *approvals, int most)
{
	struct arena *arena = canvas_arena(canvas);

	canvas_text(canvas, row++, column, columns, STYLE_HEADING, _("Last approvals"));
	for (int at = 0; at < approvals->count && at < most; at++, row++) {
		canvas_aligned(canvas, row, column, 6, ALIGN_RIGHT, STYLE_DIM,
		               show_age(arena, approvals, at, "age"));
		canvas_text(canvas, row, column + 8, columns - 8 - 16 - 40, STYLE_NORMAL,
		            rows_text(approvals, at, "client"));
		canvas_text(canvas, row, column + columns - 55, 18, STYLE_NORMAL,
		            rows_text(approvals, at, "rep"));
		canvas_aligned(canvas, row, column + columns - 37, 16, ALIGN_RIGHT, STYLE_NORMAL,
		               show_money(arena, approvals, at, "total_cents"));
		canvas_text(canvas, row, column + columns - 19, 19, STYLE_DIM,
		            words_notice_state(rows_text(approvals, at, "state")));
	}
	return row;
}

static int overview_draw_holds(struct canvas *canvas, int row, int column, int columns,
                               const struct rows *holds, int most)
{
	struct arena *arena = canvas_arena(canvas);

	canvas_text(canvas, row++, column, columns, STYLE_HEADING, _("Divisions held longest"));
	for (int at = 0; at < holds->count && at < most; at++, row++) {
		canvas_aligned(canvas, row, column, 6, ALIGN_RIGHT, STYLE_DIM,
		               show_age(arena, holds, at, "age"));
		canvas_text(canvas, row, column + 8, columns - 8 - 28, STYLE_NORMAL,
		            arena_printf(arena, "%s · %s", rows_text(holds, at, "client"),
		                         rows_text(holds, at, "division")));
		canvas_text(canvas, row, column + columns - 27, 18, STYLE_NORMAL,
		            rows_text(holds, at, "holder"));
		canvas_aligned(canvas, row, column + columns - 8, 8, ALIGN_RIGHT, STYLE_DIM,
		               rows_text(holds, at, "action_number"));
	}
	return row;
}

/* The age of the figures counts only while nothing newer can come. */
static int overview_draw_age(struct view *view, struct canvas *canvas, int row, int columns)
{
	const struct overview *overview = view->state;
	struct arena *arena = canvas_arena(canvas);
	const char *clock = rows_text(overview->results[OVERVIEW_WORK], 0, "clock");
	long long seconds = (loop_now() - view->answered_at) / 1000;
	char age[32];

	if (seconds < 2LL * view_conf(view)->refresh + 15) {
		canvas_textf(canvas, row, 1, columns, STYLE_DIM,
		             _("Figures of %s, refreshed every %d seconds"), clock,
		             view_conf(view)->refresh);
		return row + 1;
	}
	if (seconds < 60)
		snprintf(age, sizeof(age), "%lld s", seconds);
	else
		date_age((long)seconds, age);
	return page_text(canvas, row, 1, columns, STYLE_WARNING,
	                 arena_printf(arena, _("These figures are %s old: they are those of %s."),
	                              age, clock));
}

static int overview_draw_wide(struct view *view, struct canvas *page, int width, int height)
{
	const struct overview *overview = view->state;
	const struct rows *const *results = overview->results;
	int left = (width - 6) / 2, right = left + 4, rest = width - right - 2;
	int row, other, most;

	row = overview_draw_age(view, page, 0, width - 2) + 1;
	other = overview_draw_work(page, row, right, rest, results) + 1;
	row = overview_draw_offers(page, row, 1, left, results[OVERVIEW_OFFERS]) + 1;
	row = overview_draw_notices(page, row, 1, left, results[OVERVIEW_NOTICES]) + 1;
	other = other > row ? other : row;
	if (height - other < 6)
		return row > other ? row : other;
	/* A wall's screen is filled; a lower one is scrolled, but not for long. */
	most = height - other - 1 > LATEST ? height - other - 1 : LATEST;
	row = overview_draw_approvals(page, other, 1, left, results[OVERVIEW_APPROVALS], most);
	other = overview_draw_holds(page, other, right, rest, results[OVERVIEW_HOLDS], most);
	return row > other ? row : other;
}

static void overview_draw(struct view *view, struct canvas *canvas)
{
	struct overview *overview = view->state;
	int width = canvas_width(canvas), row;
	struct canvas *page;

	if (overview->results == NULL) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM, _("Loading…"));
		return;
	}
	page = page_begin(&overview->page, canvas);
	if (width >= WIDE) {
		row = overview_draw_wide(view, page, width, canvas_height(canvas));
	} else {
		row = overview_draw_age(view, page, 0, width - 2) + 1;
		row = overview_draw_offers(page, row, 1, width - 3,
		                           overview->results[OVERVIEW_OFFERS]) +
		      1;
		row = overview_draw_notices(page, row, 1, width - 3,
		                            overview->results[OVERVIEW_NOTICES]) +
		      1;
		row = overview_draw_work(page, row, 1, width - 3, overview->results);
	}
	page_end(&overview->page, canvas, row);
}

/* ---- */

static void overview_answer(struct view *view, struct answer *answer)
{
	struct overview *overview = view->state;

	if (!view_check(view, answer))
		return;
	arena_free(&overview->arena);
	overview->results = answer->results;
	overview->arena = answer_keep(answer);
}

static void overview_refresh(struct view *view)
{
	if (!view_is_asking(view, PURPOSE_READ))
		view_ask_quietly(view, PURPOSE_READ, overview_read());
}

static enum command overview_act(struct view *view, enum command command)
{
	struct overview *overview = view->state;

	return page_act(&overview->page, command);
}

static bool overview_key(struct view *view, const struct key_event *event)
{
	struct overview *overview = view->state;

	return page_key(&overview->page, event);
}

static void overview_close(struct view *view)
{
	struct overview *overview = view->state;

	arena_free(&overview->arena);
}

const struct view_ops view_overview = {
	.name = "overview",
	.title = N_("Overview"),
	.watch = WATCH_DATA | WATCH_CLOCK | WATCH_NOTICES,
	.size = sizeof(struct overview),
	.open = overview_open,
	.draw = overview_draw,
	.act = overview_act,
	.key = overview_key,
	.answer = overview_answer,
	.refresh = overview_refresh,
	.close = overview_close,
};
