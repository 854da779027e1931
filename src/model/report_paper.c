/*
 * The sheet of sales figures: where everything stands on it, in centimetres from
 * the upper left corner of the text.
 */
#include <model/report_paper.h>

#include <stdio.h>
#include <string.h>

#include <base/arena.h>
#include <base/date.h>
#include <base/i18n.h>
#include <base/money.h>
#include <base/text.h>
#include <model/offer_paper.h>
#include <model/words.h>

enum { BARS_MAX = 9, ROWS_MAX = 7, NAME_COLUMNS = 22, WIDTH = 17 };

struct sheet {
	struct buf *out;
	struct arena *arena;
	const char *currency;
};

/* ---- Parts */

static void text_at(struct sheet *sheet, double x, double y, int points, char font, double width,
                    const char *text)
{
	buf_printf(sheet->out, ".TEXT %.2fc %.2fc %d %c %.2fc", x, y, points, font, width);
	offer_paper_argument(sheet->out, text);
	buf_add(sheet->out, "\n");
}

static void text_until(struct sheet *sheet, double x, double y, int points, char font,
                       const char *text)
{
	buf_printf(sheet->out, ".TEXT-RIGHT %.2fc %.2fc %d %c", x, y, points, font);
	offer_paper_argument(sheet->out, text);
	buf_add(sheet->out, "\n");
}

/* A line of a box would be seen even where there is nothing. */
static void box(struct sheet *sheet, double x, double y, double width, double height,
                const char *colour)
{
	if (width >= 0.01 && height >= 0.01)
		buf_printf(sheet->out, ".BOX %.2fc %.2fc %.2fc %.2fc %s\n", x, y, width, height,
		           colour);
}

static const char *whole(struct sheet *sheet, int64_t cents, const char *currency)
{
	char text[48];

	money_format_whole(cents, currency, text);
	return arena_copy(sheet->arena, text);
}

static const char *day(struct sheet *sheet, const struct rows *rows, const char *column)
{
	struct date date;
	char text[11] = "";

	if (date_from_iso(rows_text(rows, 0, column), &date))
		date_format(date, text);
	return arena_copy(sheet->arena, text);
}

/* ---- The head */

static void head(struct sheet *sheet, const struct rows *clock, const char *of_whom)
{
	struct arena *arena = sheet->arena;

	text_at(sheet, 0, 1.2, 18, 'B', 10, _("Sales"));
	text_until(sheet, WIDTH, 1.3, 11, 'R',
	           arena_printf(arena, "%s \xe2\x80\x93 %s", day(sheet, clock, "period_from"),
	                        day(sheet, clock, "period_to")));
	text_at(sheet, 0, 2.1, 9, 'R', 17,
	        arena_printf(arena, _("As of %s, %.5s. Amounts in %s.%s%s"),
	                     day(sheet, clock, "today"), rows_text(clock, 0, "clock"),
	                     sheet->currency, of_whom[0] != '\0' ? " " : "",
	                     text_shorten(arena, of_whom, 60)));
}

static void figure(struct sheet *sheet, int place, const char *what, const char *value,
                   const char *more)
{
	double x = place * 4.3;

	box(sheet, x, 5.1, 4.1, 2.1, "pale");
	text_at(sheet, x + 0.2, 3.1, 9, 'R', 3.7, what);
	text_at(sheet, x + 0.2, 3.7, 16, 'B', 3.7, value);
	text_at(sheet, x + 0.2, 4.5, 8, 'R', 3.7, more);
}

/* Of that state, or of all; in the sheet's currency. */
static int64_t pipeline_sum(const struct sheet *sheet, const struct rows *rows, const char *state,
                            const char *column)
{
	int64_t sum = 0;

	for (int i = 0; i < rows->count; i++)
		if (strcmp(rows_text(rows, i, "state"), state) == 0 &&
		    strcmp(rows_text(rows, i, "currency"), sheet->currency) == 0)
			sum += rows_int(rows, i, column);
	return sum;
}

static const char *offers(struct sheet *sheet, int64_t count)
{
	return arena_printf(sheet->arena, ngettext("%ld offer", "%ld offers", (unsigned long)count),
	                    (long)count);
}

static void figures(struct sheet *sheet, const struct rows *const results[REPORT_RESULTS])
{
	const struct rows *clock = results[REPORT_CLOCK], *work = results[REPORT_WORK];
	const struct rows *pipeline = results[REPORT_PIPELINE];

	figure(sheet, 0, _("Approved this month"),
	       whole(sheet, rows_int(clock, 0, "month_cents"), sheet->currency),
	       offers(sheet, rows_int(clock, 0, "month_offers")));
	figure(sheet, 1, _("Approved this year"),
	       whole(sheet, rows_int(clock, 0, "year_cents"), sheet->currency),
	       offers(sheet, rows_int(clock, 0, "year_offers")));
	figure(sheet, 2, _("On the table now"),
	       whole(sheet, pipeline_sum(sheet, pipeline, "presented", "cents"), sheet->currency),
	       offers(sheet, pipeline_sum(sheet, pipeline, "presented", "offers")));
	figure(sheet, 3, _("Open actions"), rows_text(work, 0, "open_actions"),
	       arena_printf(sheet->arena, _("%s quiet, %s overdue"),
	                    rows_text(work, 0, "quiet_actions"),
	                    rows_text(work, 0, "overdue_actions")));
}

/* ---- Charts */

static int64_t most(const struct rows *rows)
{
	int64_t found = 1;

	for (int i = 0; i < rows->count; i++)
		if (rows_int(rows, i, "cents") > found)
			found = rows_int(rows, i, "cents");
	return found;
}

static void months(struct sheet *sheet, const struct rows *rows)
{
	const double step = 1.3, height = 3.4, foot = 10.4;
	double full = (double)most(rows);

	text_at(sheet, 0, 5.7, 11, 'B', 17, _("Approved by month"));
	for (int i = 0; i < rows->count && i < 13; i++) {
		const char *month = rows_text(rows, i, "month");
		int64_t cents = rows_int(rows, i, "cents");
		double tall = height * (double)cents / full;
		char amount[40];

		money_format_short(cents, amount);
		box(sheet, i * step, foot, 1.0, tall, "bar");
		text_at(sheet, i * step, foot - tall - 0.5, 8, 'R', 1.25, amount);
		if (strlen(month) == strlen("2026-11"))
			text_at(sheet, i * step, foot + 0.05, 8, 'R', 1.25,
			        arena_printf(sheet->arena, "%s/%.2s", month + 5, month + 2));
	}
}

static void bar(struct sheet *sheet, double x, double y, const char *name, int64_t cents,
                double full)
{
	double part = cents > 0 ? (double)cents / full : 0;

	text_at(sheet, x, y, 9, 'R', 3.2, text_shorten(sheet->arena, name, NAME_COLUMNS));
	box(sheet, x + 3.3, y + 0.45, 2.6 * (part > 1 ? 1 : part), 0.4, "bar");
	text_until(sheet, x + 8.0, y, 9, 'R', whole(sheet, cents, sheet->currency));
}

/* The largest first, as they come; what does not fit is one bar. */
static void bars(struct sheet *sheet, double x, const char *heading, const struct rows *rows,
                 const char *column, const char *unnamed)
{
	int shown = rows->count <= BARS_MAX ? rows->count : BARS_MAX - 1;
	int64_t rest = 0;
	double full = (double)most(rows), y = 12.6;

	text_at(sheet, x, 11.7, 11, 'B', 8, heading);
	for (int i = 0; i < rows->count; i++) {
		const char *name = rows_text(rows, i, column);

		if (i >= shown) {
			rest += rows_int(rows, i, "cents");
			continue;
		}
		bar(sheet, x, y, name[0] != '\0' ? name : unnamed, rows_int(rows, i, "cents"),
		    full);
		y += 0.62;
	}
	if (shown < rows->count)
		bar(sheet, x, y, arena_printf(sheet->arena, _("%d others"), rows->count - shown),
		    rest, full);
	if (rows->count == 0)
		text_at(sheet, x, y, 9, 'I', 8, _("Nothing in this period."));
}

/* ---- Tables */

static void states(struct sheet *sheet, const struct rows *rows)
{
	double y = 20.1;
	int shown = 0;

	text_at(sheet, 0, 19.2, 11, 'B', 8, _("Offers by state"));
	for (int i = 0; i < rows->count && shown < ROWS_MAX; i++) {
		if (strcmp(rows_text(rows, i, "currency"), sheet->currency) != 0)
			continue;
		text_at(sheet, 0, y, 9, 'R', 4, words_offer_state(rows_text(rows, i, "state")));
		text_until(sheet, 5, y, 9, 'R', rows_text(rows, i, "offers"));
		text_until(sheet, 8, y, 9, 'R',
		           whole(sheet, rows_int(rows, i, "cents"), sheet->currency));
		y += 0.55;
		shown++;
	}
}

static void notices(struct sheet *sheet, const struct rows *rows)
{
	double y = 20.1;

	text_at(sheet, 9, 19.2, 11, 'B', 8, _("Notices that wait for an invoice"));
	for (int i = 0; i < rows->count && i < ROWS_MAX; i++) {
		char age[32];

		date_age((long)rows_int(rows, i, "oldest"), age);
		text_at(sheet, 9, y, 9, 'R', 2.7, words_notice_state(rows_text(rows, i, "state")));
		text_until(sheet, 12.4, y, 9, 'R', rows_text(rows, i, "notices"));
		text_until(sheet, 15.4, y, 9, 'R',
		           whole(sheet, rows_int(rows, i, "cents"),
		                 rows_text(rows, i, "currency")));
		text_until(sheet, 17, y, 9, 'R', age);
		y += 0.55;
	}
	if (rows->count == 0)
		text_at(sheet, 9, y, 9, 'I', 8, _("None."));
}

void report_paper_write(struct buf *out, const char *of_whom,
                        const struct rows *const results[REPORT_RESULTS])
{
	struct buf body = { 0 };
	struct sheet sheet = {
		.out = &body,
		.arena = arena_new(),
		.currency = rows_text(results[REPORT_CLOCK], 0, "currency"),
	};
	const struct rows *work = results[REPORT_WORK];

	head(&sheet, results[REPORT_CLOCK], of_whom);
	figures(&sheet, results);
	months(&sheet, results[REPORT_MONTHS]);
	bars(&sheet, 0, _("Approved by sales rep"), results[REPORT_REPS], "rep", "");
	bars(&sheet, 9, _("Approved by area"), results[REPORT_AREAS], "area", _("without area"));
	states(&sheet, results[REPORT_PIPELINE]);
	notices(&sheet, results[REPORT_NOTICES]);
	text_at(&sheet, 0, 24.9, 9, 'R', 17,
	        arena_printf(sheet.arena,
	                     _("Divisions held: %s of %s. Requests to collaborate: %s."),
	                     rows_text(work, 0, "held"), rows_text(work, 0, "divisions"),
	                     rows_text(work, 0, "requests")));
	offer_paper_missing(out, &body);
	buf_add_n(out, body.text, body.length);
	buf_free(&body);
	arena_free(&sheet.arena);
}
