/*
 * trato report: the figures of sales as tables, for a meeting or a spreadsheet;
 * those of the dashboard, by the same statements. The keys of JSON and CSV are
 * the columns of schema/queries/dashboard_*.sql and report_*.sql.
 */
#include "cli_private.h"
#include "filter.h"

#include <stdio.h>
#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <model/offer_pdf.h>
#include <model/report_paper.h>
#include <queries.h>

enum { TABLES = 4, COLUMNS = 13 };

struct table {
	const char *name; /* the key of JSON */
	const char *heading;
	const struct statement *statement;
	struct cli_column columns[COLUMNS + 1];
};

static const struct report {
	const char *what;
	bool of_now;                     /* no period unless one is given */
	struct table tables[TABLES + 1]; /* CSV has the first one */
} reports[] = {
	{ "pipeline",
	  false,
	  { { "states",
	      N_("Offers by state"),
	      &sql_dashboard_pipeline,
	      { { "state", N_("State"), CLI_OFFER_STATE },
	        { "offers", N_("Offers"), CLI_NUMBER },
	        { "cents", N_("Amount"), CLI_CENTS },
	        { "currency", N_("Currency"), CLI_WORDS } } },
	    { "conversion",
	      N_("What became of the offers presented in the period"),
	      &sql_dashboard_conversion,
	      { { "presented", N_("Presented"), CLI_NUMBER },
	        { "approved", N_("Approved offers"), CLI_NUMBER },
	        { "rejected", N_("Rejected"), CLI_NUMBER },
	        { "withdrawn", N_("Withdrawn"), CLI_NUMBER },
	        { "expired", N_("Expired"), CLI_NUMBER },
	        { "live", N_("Not answered"), CLI_NUMBER },
	        { "presented_cents", N_("Amount presented"), CLI_CENTS },
	        { "approved_cents", N_("Amount approved"), CLI_CENTS } } },
	    { "reps",
	      N_("By sales rep: approved in the period, on the table now"),
	      &sql_dashboard_reps,
	      { { "rep", N_("Sales rep"), CLI_WORDS },
	        { "offers", N_("Approved offers"), CLI_NUMBER },
	        { "cents", N_("Amount"), CLI_CENTS },
	        { "presented", N_("Presented"), CLI_NUMBER },
	        { "presented_cents", N_("Amount"), CLI_CENTS },
	        { "open_actions", N_("Open actions"), CLI_NUMBER } } },
	    { "areas",
	      N_("By area: approved in the period, on the table now"),
	      &sql_dashboard_areas,
	      { { "area", N_("Area"), CLI_WORDS },
	        { "offers", N_("Approved offers"), CLI_NUMBER },
	        { "cents", N_("Amount"), CLI_CENTS },
	        { "presented", N_("Presented"), CLI_NUMBER },
	        { "presented_cents", N_("Amount"), CLI_CENTS } } } } },
	{ "activity",
	  false,
	  { { "weeks",
	      N_("By week and person: communications, and actions opened and closed"),
	      &sql_report_activity,
	      { { "week", N_("Week of"), CLI_DAY },
	        { "person", N_("Person"), CLI_WORDS },
	        { "email", N_("Email"), CLI_NUMBER },
	        { "letter", N_("Letter"), CLI_NUMBER },
	        { "phone", N_("Phone"), CLI_NUMBER },
	        { "visit", N_("Visit"), CLI_NUMBER },
	        { "meeting", N_("Meeting"), CLI_NUMBER },
	        { "message", N_("Message"), CLI_NUMBER },
	        { "other", N_("Other"), CLI_NUMBER },
	        { "opened", N_("Opened"), CLI_NUMBER },
	        { "won", N_("Won"), CLI_NUMBER },
	        { "lost", N_("Lost"), CLI_NUMBER },
	        { "cancelled", N_("Cancelled"), CLI_NUMBER } } } } },
	{ "approvals",
	  false,
	  { { "approvals",
	      N_("Approved in the period"),
	      &sql_report_approvals,
	      { { "approved_on", N_("Day"), CLI_DAY },
	        { "offer_number", N_("Offer"), CLI_WORDS },
	        { "client", N_("Client"), CLI_WORDS },
	        { "rep", N_("Sales rep"), CLI_WORDS },
	        { "cents", N_("Amount"), CLI_CENTS },
	        { "currency", N_("Currency"), CLI_WORDS },
	        { "notice_state", N_("Notice"), CLI_NOTICE_STATE } } },
	    { "months",
	      N_("Approved by month"),
	      &sql_dashboard_months,
	      { { "month", N_("Month"), CLI_WORDS },
	        { "offers", N_("Offers"), CLI_NUMBER },
	        { "cents", N_("Amount"), CLI_CENTS } } } } },
	{ "holds",
	  true,
	  { { "holds",
	      N_("Divisions held, the longest first"),
	      &sql_report_holds,
	      { { "held_on", N_("Since"), CLI_DAY },
	        { "days", N_("Days"), CLI_NUMBER },
	        { "quiet_days", N_("Quiet days"), CLI_NUMBER },
	        { "client", N_("Client"), CLI_WORDS },
	        { "division", N_("Division"), CLI_WORDS },
	        { "area", N_("Area"), CLI_WORDS },
	        { "action_number", N_("Action"), CLI_WORDS },
	        { "holder", N_("Held by"), CLI_WORDS } } } } },
};

/* ---- What it is narrowed to */

struct narrowed {
	struct script *script;
	struct arena *arena;
	const char *values[5]; /* as literals of SQL: from, to, area, rep, and how many at most */
};

static bool narrow(struct narrowed *to, const struct cli_arguments *arguments, struct err *err)
{
	char from[11], until[11];
	const char *area, *rep;

	if (!filter_day(arguments->from, from, err) ||
	    !filter_day(arguments->to, until, err) ||
	    !filter_choose(to->script, to->arena, &sql_report_area, arguments->area, &area, err) ||
	    !filter_choose(to->script, to->arena, &sql_report_person, arguments->person, &rep, err))
		return false;
	if (from[0] != '\0' && until[0] != '\0' && strcmp(from, until) > 0)
		return err_set(err, ERR_USAGE, _("The period ends before it begins."));
	const char *const plain[] = { from[0] ? from : NULL, until[0] ? until : NULL, area, rep };
	for (int i = 0; i < 4; i++) {
		if (!filter_literal(to->script, to->arena, plain[i], &to->values[i], err))
			return false;
	}
	to->values[4] = "NULL";
	return true;
}

/* Those of now have the last two as their only parameters. */
static struct statement filled_in(const struct narrowed *to, const struct statement *statement)
{
	return filter_fill_in(to->arena, statement,
	                      statement->parameters == 2 ? to->values + 2 : to->values);
}

/* ---- Printing */

static bool print_text(const struct narrowed *to, const struct report *report,
                       const struct rows *clock, struct err *err)
{
	if (!report->of_now)
		cli_say(_("From %s to %s. Amounts in %s where no other currency is told."),
		        cli_day(to->arena, rows_text(clock, 0, "period_from")),
		        cli_day(to->arena, rows_text(clock, 0, "period_to")),
		        rows_text(clock, 0, "currency"));
	for (const struct table *table = report->tables; table->name; table++) {
		struct statement statement = filled_in(to, table->statement);

		printf("%s%s\n", report->of_now ? "" : "\n", _(table->heading));
		if (!cli_print_list(to->script, &statement, table->columns, CLI_TEXT, NULL, err))
			return false;
	}
	return true;
}

/* One statement, whose tables stand below their names. */
static bool print_json(const struct narrowed *to, const struct report *report, struct err *err)
{
	struct statement statement = filled_in(to, &sql_dashboard_clock);
	struct buf sql = { 0 };

	buf_printf(&sql, "SELECT clock.period_from, clock.period_to, clock.currency,"
	                 " trato.setting_value('timezone') AS timezone");
	for (const struct table *table = report->tables; table->name; table++)
		buf_printf(&sql,
		           ", (SELECT coalesce(json_agg(to_json(list)), '[]')"
		           " FROM (%s) AS list) AS %s",
		           filled_in(to, table->statement).sql, table->name);
	buf_printf(&sql, " FROM (%s) AS clock", statement.sql);
	statement.sql = sql.text;
	bool done = cli_print_object(to->script, &statement, err);
	buf_free(&sql);
	return done;
}

/* ---- On paper */

/* All that narrows it, as it was typed. */
static const char *of_whom(const struct narrowed *to, const struct cli_arguments *arguments)
{
	const char *area = arguments->area, *person = arguments->person;

	return arena_printf(to->arena, "%s%s%s", person ? person : "", area && person ? ", " : "",
	                    area ? area : "");
}

/* Whatever is reported: a meeting wants all of it on one sheet. */
static bool print_sheet(const struct narrowed *to, const struct cli_arguments *arguments,
                        struct err *err)
{
	static const struct statement *const statements[REPORT_RESULTS] = {
		[REPORT_CLOCK] = &sql_dashboard_clock,
		[REPORT_PIPELINE] = &sql_dashboard_pipeline,
		[REPORT_MONTHS] = &sql_dashboard_months,
		[REPORT_REPS] = &sql_dashboard_reps,
		[REPORT_AREAS] = &sql_dashboard_areas,
		[REPORT_NOTICES] = &sql_dashboard_notices,
		[REPORT_WORK] = &sql_dashboard_work,
	};
	const struct rows *results[REPORT_RESULTS];
	const char *path = arguments->output, *screens = i18n_language(), *language;
	struct buf source = { 0 };
	bool done;

	if (!cli_paper_language(arguments, &language, err) ||
	    !script_run(to->script, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", err))
		return false;
	for (int i = 0; i < REPORT_RESULTS; i++) {
		struct statement statement = filled_in(to, statements[i]);

		if (!cli_call(to->script, to->arena, &statement, NULL, &results[i], err))
			return false;
	}
	if (!script_run(to->script, "COMMIT", err))
		return false;
	if (path == NULL)
		path = arena_printf(to->arena, "%s-%s.pdf", arguments->what,
		                    rows_text(results[REPORT_CLOCK], 0, "today"));
	i18n_init(language);
	report_paper_write(&source, of_whom(to, arguments), results);
	i18n_init(screens);
	done = cli_print_paper(source.text, offer_pdf_template(to->arena, "report.groff"),
	                       language, strcmp(path, "-") == 0 ? NULL : path, err);
	buf_free(&source);
	if (done && strcmp(path, "-") != 0)
		cli_say(_("The report is in %s."), path);
	return done;
}

static bool print_report(const struct narrowed *to, const struct report *report,
                         enum cli_format format, struct err *err)
{
	struct statement first = filled_in(to, report->tables[0].statement);
	struct statement clock = filled_in(to, &sql_dashboard_clock);
	const struct rows *rows = NULL;

	if (format == CLI_JSON)
		return print_json(to, report, err);
	if (format == CLI_CSV)
		return cli_print_list(to->script, &first, report->tables[0].columns, format, NULL,
		                      err);
	/* One snapshot for all of its tables. */
	return script_run(to->script, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", err) &&
	       cli_call(to->script, to->arena, &clock, NULL, &rows, err) &&
	       print_text(to, report, rows, err) && script_run(to->script, "COMMIT", err);
}

bool cli_report(const struct cli_arguments *arguments, struct err *err)
{
	struct narrowed to = { .arena = arena_new() };
	bool done = false;

	if (arguments->output && arguments->format != CLI_PDF)
		err_set(err, ERR_USAGE, _("-o goes with --pdf."));
	else if (arguments->language && arguments->format != CLI_PDF)
		err_set(err, ERR_USAGE, _("--language goes with --pdf."));
	else if (arguments->format != CLI_PDF || cli_may_print(arguments, err))
		to.script = cli_open_as_person(arguments->context, err);
	for (size_t i = 0; to.script && i < sizeof(reports) / sizeof(reports[0]); i++) {
		if (strcmp(reports[i].what, arguments->what) == 0)
			done = narrow(&to, arguments, err) &&
			       (arguments->format == CLI_PDF
			            ? print_sheet(&to, arguments, err)
			            : print_report(&to, &reports[i], arguments->format, err));
	}
	script_close(&to.script);
	arena_free(&to.arena);
	return done;
}
