/*
 * What the files of the dashboard share: its figures, what they are narrowed
 * to, and its panels. For dashboard*.c only.
 */
#ifndef TRATO_VIEW_DASHBOARD_H
#define TRATO_VIEW_DASHBOARD_H

#include <base/date.h>
#include <model/dashboard.h>
#include <ui/layout.h>
#include <view/view.h>

#include "narrow.h"

enum dashboard_period {
	PERIOD_YEAR_BACK, /* the last twelve months, up to today */
	PERIOD_MONTH,
	PERIOD_QUARTER,
	PERIOD_YEAR,
	PERIOD_FREE,
};

/* What the figures are narrowed to; "" for nothing. */
struct dashboard_choice {
	enum dashboard_period period;
	char from[NARROW_DAY], to[NARROW_DAY]; /* see dashboard_choose_period */
	char area[NARROW_ID], area_label[NARROW_LABEL];
	char rep[NARROW_ID], rep_label[NARROW_LABEL];
};

enum dashboard_panel {
	PANEL_KEYS,
	PANEL_APPROVALS,
	PANEL_MONTHS,
	PANEL_PIPELINE,
	PANEL_NOTICES,
	PANEL_REPS,
	PANEL_AREAS,
	PANEL_CONVERSION,
	PANEL_WORK,
	PANEL_QUIET,
	PANEL_HOLDS,
	PANELS
};

struct dashboard {
	struct arena *arena;
	struct arena *moving;                 /* of results that were read later than the others */
	const struct rows *shown[DASHBOARD_RESULTS];
	const struct rows *const *results;    /* shown; NULL before they came */
	struct dashboard_choice choice;       /* that is wanted */
	struct dashboard_choice shown_choice; /* of the figures */
	const char *subtitle;
	const char *mark;   /* what dashboard_changed is asked about; NULL: all are wanted */
	long long asked_at; /* loop_now of the question for all figures */
	long long all_at;   /* of its answer */
	long long read_at;  /* of the figures that were read last */
	long long known_at; /* of the last time they were known to be the present ones */
	bool again;         /* something happened while an answer was under way */
	bool behind;        /* not all figures are of read_at */
	long long took;     /* ms, to read them all */
	bool only_board;    /* nothing can be opened, see view_wall */
	bool stale;         /* while it is drawn */

	int page, pages;
	long long pressed_at; /* of the last key; 0: none yet */
	unsigned turn_timer;
	int panel, item; /* under the cursor */
	/* as it was drawn last */
	struct rect window;
	struct layout_place places[PANELS];
};

/* ---- dashboard_panels.c, dashboard_tables.c ---- */

/* The height that it wants with these figures, as layout_board takes it. */
struct layout_column dashboard_panel_size(const struct dashboard *dashboard,
                                          enum dashboard_panel panel);
/* How many of its items are in sight where it is so high: what Enter can be pressed on. */
int dashboard_panel_items(const struct dashboard *dashboard, enum dashboard_panel panel,
                          int height);
/* On all of the canvas; item: the one under the cursor, -1 where it stands elsewhere. */
void dashboard_panel_draw(const struct dashboard *dashboard, enum dashboard_panel panel,
                          struct canvas *canvas, int item);
/* The item that stands at that place of a panel so large; -1: none. */
int dashboard_panel_at(const struct dashboard *dashboard, enum dashboard_panel panel, int row,
                       int column);

/* A cell of a panel's row, and how wide it wants to be. */
struct dashboard_cell {
	struct layout_column size;
	enum align align;
	enum style style;
	const char *text;
};

enum { DASHBOARD_CELLS = 6 };

/* One row of a panel, its mark before it where the cursor is on it. */
void dashboard_row(const struct dashboard *dashboard, struct canvas *canvas, int row, bool cursor,
                   const struct dashboard_cell *cells, int count);
/* The styles of figures that are no longer true. */
enum style dashboard_style(const struct dashboard *dashboard, enum style style);
const char *dashboard_currency(const struct dashboard *dashboard);
/* "12.345 €" */
const char *dashboard_money(struct arena *arena, int64_t cents, const char *currency);

void dashboard_draw_approvals(const struct dashboard *dashboard, struct canvas *canvas, int item);
void dashboard_draw_quiet(const struct dashboard *dashboard, struct canvas *canvas, int item);
void dashboard_draw_holds(const struct dashboard *dashboard, struct canvas *canvas, int item);
void dashboard_draw_work(const struct dashboard *dashboard, struct canvas *canvas, int item);
enum { DASHBOARD_WORK_ITEMS = 5 };

/* ---- dashboard_open.c ---- */

/* Opens the list, or the row, that is behind an item. */
void dashboard_open(struct view *view, enum dashboard_panel panel, int item);

/* ---- dashboard_period.c ---- */

/* Fills in the days of the period on that day. */
void dashboard_choose_period(struct dashboard_choice *choice, enum dashboard_period period,
                             struct date today);
/* "this quarter", "01/02/2026 - 31/05/2026": translated, in the arena. */
const char *dashboard_period_words(struct arena *arena, const struct dashboard_choice *choice);

/* A box that asks for period, area and rep; its result and its arg are a struct dashboard_choice. */
extern const struct view_ops view_dashboard_filter;

#endif
