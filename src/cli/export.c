/*
 * trato export: all that the person may see of something, for spreadsheets and
 * other programs. Nothing is ever whole in memory.
 */
#include "cli_private.h"
#include "export_xlsx.h"
#include "filter.h"
#include "sink.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/text.h>
#include <queries.h>

static const struct {
	const char *what;
	const struct statement *statement;
	struct filter filter;
	bool traced; /* who takes it is put down */
} exports[] = {
	{ "clients", &sql_export_clients, { .client = "name", .date = "created_at" }, true },
	{ "contacts", &sql_export_contacts, { .client = "client" }, true },
	{ "divisions", &sql_export_divisions, { .client = "client" }, false },
	{ "actions",
	  &sql_export_actions,
	  { "client", "state", ACTION_STATES, "owner", "opened_at" },
	  false },
	{ "offers",
	  &sql_export_offers,
	  { "client", "state", OFFER_STATES, NULL, "presented_at" },
	  false },
	{ "communications",
	  &sql_export_communications,
	  { .client = "client", .person = "author", .date = "happened_at" },
	  true },
	{ "notices",
	  &sql_export_notices,
	  { "client", "state", NOTICE_STATES, "rep", "made_at" },
	  false },
};

struct writing {
	struct sink *sink;
	bool clean; /* somebody reads it on a terminal */
	long rows;
	bool progress;
};

static void tell_progress(const struct writing *writing, bool last)
{
	if (!writing->progress || (!last && writing->rows % 1000 != 0))
		return;
	fputc('\r', stderr);
	fprintf(stderr, _("%ld rows"), writing->rows);
	fputs(last ? "\n" : "", stderr);
}

static bool write_bytes(struct writing *writing, const char *bytes, int length)
{
	FILE *file = writing->sink->file;

	if (!writing->clean)
		return fwrite(bytes, 1, (size_t)length, file) == (size_t)length;
	struct arena *arena = arena_new();
	const char *copy = arena_copy_n(arena, bytes, (size_t)length);
	bool done = fputs(text_clean(arena, copy, TEXT_MANY_LINES), file) >= 0;
	arena_free(&arena);
	return done;
}

static bool write_csv(void *ctx, const char *bytes, int length)
{
	struct writing *writing = ctx;

	writing->rows++;
	tell_progress(writing, false);
	return write_bytes(writing, bytes, length);
}

static bool write_json(void *ctx, const char *bytes, int length)
{
	struct writing *writing = ctx;

	fputs(writing->rows++ ? ",\n" : "[", writing->sink->file);
	tell_progress(writing, false);
	return write_bytes(writing, bytes, length - 1); /* without the line feed */
}

static bool export_csv(struct script *script, const struct statement *statement,
                       struct writing *writing, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *columns = NULL;
	bool done = cli_columns(script, arena, statement, &columns, err);

	writing->rows = -1; /* the headings */
	if (done) {
		char *sql = cli_csv_copy(statement, columns);
		done = script_copy_out(script, sql, write_csv, writing, err);
		free(sql);
	}
	arena_free(&arena);
	return done;
}

static bool export_json(struct script *script, const struct statement *statement,
                        struct writing *writing, struct err *err)
{
	char *sql = cli_json_copy(statement);
	bool done = script_copy_out(script, sql, write_json, writing, err);

	fputs(writing->rows ? "]\n" : "[]\n", writing->sink->file);
	free(sql);
	return done;
}

static void count_row(void *ctx)
{
	struct writing *writing = ctx;

	writing->rows++;
	tell_progress(writing, false);
}

static bool write_all(struct script *script, const struct statement *statement,
                      enum cli_format format, const struct xlsx_library *lib,
                      struct writing *writing, struct err *err)
{
	bool done;

	if (format == CLI_XLSX)
		done = export_xlsx(lib, script, statement, writing->sink->file, count_row, writing,
		                   err);
	else if (format == CLI_JSON)
		done = export_json(script, statement, writing, err);
	else
		done = export_csv(script, statement, writing, err);
	tell_progress(writing, true);
	return done;
}

/* Before the trail says that these data have been taken. *lib: what makes a spreadsheet. */
static bool may_be_made(const struct cli_arguments *arguments, const struct xlsx_library **lib,
                        struct err *err)
{
	if (arguments->format != CLI_XLSX)
		return true;
	if (!arguments->output && isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE, _("A spreadsheet goes into a file: -o FILE.xlsx"));
	*lib = xlsx_library(err);
	return *lib != NULL;
}

bool cli_export(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	const struct xlsx_library *lib = NULL;
	struct script *script =
	    may_be_made(arguments, &lib, err) ? cli_open_as_person(arguments->context, err) : NULL;
	struct sink sink = { 0 };
	struct writing writing = { .sink = &sink };
	struct statement statement;
	bool done = false;
	size_t at = 0;

	while (strcmp(exports[at].what, arguments->what) != 0)
		at++;
	statement = *exports[at].statement;
	if (script &&
	    filter_narrow(script, arena, &exports[at].filter, arguments, &statement, err) &&
	    (!exports[at].traced || filter_trace(script, "export", &statement, err)) &&
	    sink_open(&sink, arguments->output, err)) {
		writing.clean = sink_is_terminal(&sink);
		writing.progress = !writing.clean && isatty(STDERR_FILENO);
		done = write_all(script, &statement, arguments->format, lib, &writing, err);
		done = sink_close(&sink, done, err);
	}
	script_close(&script);
	arena_free(&arena);
	return done;
}
