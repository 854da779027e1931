/*
 * trato import clients, contacts, divisions: a CSV file, read twice. The first
 * time tells whether it can be read at all, before anything is imported; the
 * second time sends its rows. What the database refuses comes back as CSV.
 */
#include "cli_private.h"
#include "csv_read.h"
#include "import_columns.h"
#include "import_rows.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <base/i18n.h>

/* ---- The first time: headings and number of rows */

static bool read_headings(struct import *import, const struct csv_record *record, struct err *err)
{
	bool known = false;

	import->columns = record->count;
	import->headings = arena_alloc(import->arena, sizeof(char *) * (size_t)record->count);
	import->keys = arena_alloc(import->arena, sizeof(char *) * (size_t)record->count);
	for (int i = 0; i < record->count; i++) {
		const char *heading = arena_copy(import->arena, record->cells[i]);
		const char *key = import_column(import->entity, heading);
		for (int j = 0; key && j < i; j++) {
			if (import->keys[j] && strcmp(import->keys[j], key) == 0)
				return err_set(err, ERR_REFUSED,
				               _("Two columns are the same: %s and %s. Remove or "
				                 "rename one of them."),
				               import->headings[j], heading);
		}
		import->headings[i] = heading;
		import->keys[i] = key;
		known = known || key;
	}
	if (!known)
		return err_set(err, ERR_REFUSED,
		               _("The first line names no column that can be imported. Possible "
		                 "are: %s"),
		               import_column_names(import->arena, import->entity));
	return true;
}

static bool has_column(const struct import *import, const char *key)
{
	for (int i = 0; i < import->columns; i++) {
		if (import->keys[i] && strcmp(import->keys[i], key) == 0)
			return true;
	}
	return false;
}

static bool first_time(void *ctx, const struct csv_record *record, struct err *err)
{
	struct import *import = ctx;

	if (import->headings) {
		import->rows++;
		return true;
	}
	return read_headings(import, record, err);
}

static bool check_columns(const struct import *import, struct err *err)
{
	bool of_client = strcmp(import->entity, "client") == 0;

	if (!import->headings)
		return err_set(err, ERR_REFUSED, _("The file has no line with headings."));
	if (!has_column(import, "name") && !(of_client && has_column(import, "legal_name")))
		return err_set(err, ERR_REFUSED, _("A column is missing: %s"), "name");
	if (!of_client && !has_column(import, "client") && !has_column(import, "client_tax_id"))
		return err_set(err, ERR_REFUSED, _("A column is missing: %s"), "client");
	return true;
}

/* What is left out is said; the columns of a list of refused rows are known to be left out. */
static void tell_columns(const struct import *import)
{
	for (int i = 0; i < import->columns; i++) {
		const char *heading = import->headings[i];
		if (!import->keys[i] && heading[0] != '\0' && strcmp(heading, "line") != 0 &&
		    strcmp(heading, "reason") != 0)
			cli_tell(_("Not imported, since it is no column of Trato: %s"), heading);
	}
}

/* Letters that are guessed may be wrong. */
static void tell_encoding(const struct csv_source *source)
{
	const char *name = csv_guessed(source);

	if (name)
		cli_tell(_("The file is not UTF-8; it is read as %s. If its letters come out "
		           "wrong, name another --encoding."),
		         name);
}

/* ---- The second time */

/* Ctrl-C ends it between two calls, so that it can be told what has been done; a second one ends
 * it at once. */
static volatile sig_atomic_t interrupted;

static void on_signal(int signal)
{
	(void)signal;
	interrupted = 1;
}

static bool second_time(void *ctx, const struct csv_record *record, struct err *err)
{
	struct import *import = ctx;

	if (interrupted)
		return err_set(err, ERR_REFUSED, _("Interrupted."));
	if (!import->begun) {
		import->begun = true;
		return true;
	}
	return import_add(import, record, err);
}

static bool carry_out(struct import *import, struct csv_source *source, struct err *err)
{
	const struct cli_arguments *arguments = import->arguments;
	bool whole = arguments->dry_run || arguments->all_or_nothing;

	if (whole && !script_run(import->script, "BEGIN", err))
		return false;
	if (!csv_walk(source, second_time, import, err) || !import_flush(import, err))
		return false;
	if (!whole)
		return true;
	return script_run(import->script,
	                  arguments->dry_run || import->refused > 0 ? "ROLLBACK" : "COMMIT", err);
}

static bool tell_result(const struct import *import, struct err *err)
{
	const struct cli_arguments *arguments = import->arguments;

	if (arguments->dry_run && import->unchanged > 0)
		cli_tell(_("Nothing was changed. Would be imported: %ld. There already: %ld. Would "
		           "be refused: %ld."),
		         import->imported, import->unchanged, import->refused);
	else if (arguments->dry_run)
		cli_tell(_("Nothing was changed. Would be imported: %ld. Would be refused: %ld."),
		         import->imported, import->refused);
	else if (arguments->all_or_nothing && import->refused > 0)
		cli_tell(_("Nothing was imported. Refused: %ld of %ld."), import->refused,
		         import->rows);
	else if (import->unchanged > 0)
		cli_tell(_("Imported: %ld. There already: %ld. Refused: %ld."), import->imported,
		         import->unchanged, import->refused);
	else
		cli_tell(_("Imported: %ld. Refused: %ld."), import->imported, import->refused);
	return import->refused == 0 ||
	       err_set(err, ERR_REFUSED, "%s",
	               _("Correct the refused rows, which have the reason beside them, and import "
	                 "that file."));
}

/* So that nobody wonders what a broken connection has left behind. */
static void tell_interrupted(const struct import *import)
{
	if (import->progress && import->seen > 0 && import->seen < import->rows)
		fputc('\n', stderr);
	if (import->arguments->dry_run || import->arguments->all_or_nothing)
		cli_tell("%s", _("Nothing was imported."));
	else if (import->imported > 0)
		cli_tell(_("Imported before that: %ld. The same file can be imported again: what "
		           "is there already is not doubled."),
		         import->imported);
}

static bool import_file(const struct cli_arguments *arguments, const char *entity, struct err *err)
{
	struct import import = { .arguments = arguments, .entity = entity };
	struct csv_source *source = csv_open(arguments->words[0], arguments->encoding, err);
	bool done = false;

	if (!source)
		return false;
	import.arena = arena_new();
	import.progress = isatty(STDERR_FILENO) == 1;
	if (!csv_walk(source, first_time, &import, err) || !check_columns(&import, err))
		goto out;
	import.separator = csv_separator(source);
	tell_encoding(source);
	tell_columns(&import);
	import.script = cli_open_as_person(arguments->context, err);
	if (!import.script || !sink_open(&import.sink, arguments->output, err))
		goto out;
	cli_on_interruption(on_signal);
	done = carry_out(&import, source, err);
	if (!done)
		tell_interrupted(&import);
	done = sink_close(&import.sink, done, err);
	done = done && tell_result(&import, err);
out:
	import_clear(&import);
	csv_close(&source);
	script_close(&import.script);
	arena_free(&import.arena);
	return done;
}

bool cli_import_clients(const struct cli_arguments *arguments, struct err *err)
{
	return import_file(arguments, "client", err);
}

bool cli_import_contacts(const struct cli_arguments *arguments, struct err *err)
{
	return import_file(arguments, "contact", err);
}

bool cli_import_divisions(const struct cli_arguments *arguments, struct err *err)
{
	return import_file(arguments, "division", err);
}
