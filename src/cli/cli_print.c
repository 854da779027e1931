/*
 * Printing: lists as aligned text for people, JSON and CSV for programs. What
 * goes to a terminal is cleaned; what goes into a file is as it is stored.
 */
#include "cli_private.h"
#include "csv_formula.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/money.h>
#include <base/text.h>
#include <model/audit.h>
#include <model/words.h>

static void print_line(FILE *file, const char *format, va_list list)
{
	struct arena *arena = arena_new();
	char *line = NULL;

	if (vasprintf(&line, format, list) >= 0)
		fprintf(file, "%s\n", text_clean(arena, line, TEXT_ONE_LINE));
	free(line);
	arena_free(&arena);
}

void cli_say(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	print_line(stdout, format, list);
	va_end(list);
}

void cli_tell(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	print_line(stderr, format, list);
	va_end(list);
}

static bool write_out(void *ctx, const char *bytes, int length)
{
	(void)ctx;
	if (!isatty(STDOUT_FILENO))
		return fwrite(bytes, 1, (size_t)length, stdout) == (size_t)length;
	struct arena *arena = arena_new();
	const char *copy = arena_copy_n(arena, bytes, (size_t)length);
	bool done = fputs(text_clean(arena, copy, TEXT_MANY_LINES), stdout) >= 0;
	arena_free(&arena);
	return done;
}

/* ---- Text */

/* "!! 26 h" */
static const char *lateness_text(struct arena *arena, const struct rows *rows, int row,
                                 const char *column)
{
	const char *late = rows_text(rows, row, "lateness");
	char age[32];

	date_age((long)rows_int(rows, row, column), age);
	return arena_printf(arena, "%s%s",
	                    strcmp(late, "very_late") == 0 ? "!! "
	                    : strcmp(late, "late") == 0    ? "! "
	                                                   : "",
	                    age);
}

const char *cli_day(struct arena *arena, const char *value)
{
	const char *day = date_show(arena, value);

	return day ? day : value;
}

static const char *cell_text(struct arena *arena, const struct rows *rows, int row,
                             const struct cli_column *column)
{
	const char *value = text_clean(arena, rows_text(rows, row, column->name), TEXT_ONE_LINE);
	size_t length = strlen(value);
	char amount[40];

	if (length == 0)
		return "";
	switch (column->kind) {
	case CLI_CENTS:
		money_format(rows_int(rows, row, column->name), amount);
		return arena_copy(arena, amount);
	case CLI_TIME:
		return cli_day(arena,
		               arena_copy_n(arena, value,
		                            strnlen(value, strlen("2026-11-23 14:05"))));
	case CLI_DAY: return cli_day(arena, value);
	case CLI_FLAG: return rows_bool(rows, row, column->name) ? _("yes") : _("no");
	case CLI_SET: /* {rep,manager} */ return arena_copy_n(arena, value + 1, length - 2);
	case CLI_LATENESS: return lateness_text(arena, rows, row, column->name);
	case CLI_PRIVACY: return words_privacy(value);
	case CLI_ACTION_STATE: return words_action_state(value);
	case CLI_OFFER_STATE: return words_offer_state(value);
	case CLI_NOTICE_STATE: return words_notice_state(value);
	case CLI_CHANNEL: return words_channel(value);
	case CLI_DIRECTION: return words_direction(value);
	case CLI_OPERATION: return audit_operation_words(value);
	case CLI_RECORD: return audit_record_words(value);
	case CLI_RECORD_NAME: return audit_name_words(rows_text(rows, row, "record"), value);
	case CLI_FIELD: return audit_field_words(value);
	case CLI_FIELD_VALUE:
		return audit_value_words(arena, rows_text(rows, row, "record"),
		                         rows_text(rows, row, "name"),
		                         rows_text(rows, row, "field"), value);
	case CLI_WORDS:
	case CLI_NUMBER: break;
	}
	return value;
}

static void print_cell(const char *text, int width, bool right, bool last)
{
	int blanks = width - text_width(text);

	printf("%*s%s", right ? blanks : 0, "", text);
	if (!last)
		printf("%*s", 2 + (right ? 0 : blanks), "");
}

static int column_width(struct arena *arena, const struct rows *rows,
                        const struct cli_column *column)
{
	int most = text_width(_(column->heading));

	for (int r = 0; r < rows->count; r++) {
		int width = text_width(cell_text(arena, rows, r, column));
		if (width > most)
			most = width;
	}
	arena_reset(arena);
	return most;
}

static void print_text(const struct rows *rows, const struct cli_column *columns)
{
	enum { COLUMNS_MAX = 16 };
	struct arena *arena = arena_new();
	int widths[COLUMNS_MAX];
	int count = 0;

	for (; columns[count].name; count++)
		widths[count] = column_width(arena, rows, &columns[count]);
	for (int r = -1; r < rows->count; r++) {
		for (int c = 0; c < count; c++)
			print_cell(r < 0 ? _(columns[c].heading)
			                 : cell_text(arena, rows, r, &columns[c]),
			           widths[c],
			           columns[c].kind == CLI_CENTS || columns[c].kind == CLI_NUMBER ||
			               columns[c].kind == CLI_LATENESS,
			           c == count - 1);
		putchar('\n');
		arena_reset(arena);
	}
	arena_free(&arena);
}

/* ---- JSON and CSV, made by the database */

static bool print_json(struct script *script, const char *document,
                       const struct statement *statement, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	struct buf sql = { 0 };

	buf_printf(&sql, "SELECT %s AS document FROM (%s) AS list", document, statement->sql);
	bool done = script_query(script, arena, sql.text, 0, NULL, &rows, NULL, err);

	if (done) {
		const char *text = rows_text(rows, 0, "document");
		write_out(NULL, text, (int)strlen(text));
		putchar('\n');
	}
	buf_free(&sql);
	arena_free(&arena);
	return done;
}

bool cli_print_object(struct script *script, const struct statement *statement, struct err *err)
{
	return print_json(script, "to_json(list)", statement, err);
}

/* A text that begins like a formula gets an apostrophe, which spreadsheets take as text. */
char *cli_csv_copy(const struct statement *statement, const struct rows *columns)
{
	struct buf sql = { 0 };

	buf_add(&sql, "COPY (SELECT ");
	for (int c = 0; c < columns->columns; c++) {
		const char *name = columns->names[c];
		char *formula = csv_formula_condition(name);
		buf_printf(&sql,
		           "%sCASE WHEN pg_typeof(\"%s\") = 'text'::regtype AND %s"
		           " THEN '''' || \"%s\"::text ELSE \"%s\"::text END AS \"%s\"",
		           c ? ", " : "", name, formula, name, name, name);
		free(formula);
	}
	buf_printf(&sql, " FROM (%s) AS list) TO STDOUT (FORMAT csv, HEADER)", statement->sql);
	return sql.text;
}

/* JSON has no bytes below 32 in it, so nothing is ever quoted with them. */
char *cli_json_copy(const struct statement *statement)
{
	struct buf sql = { 0 };

	buf_printf(&sql,
	           "COPY (SELECT to_json(list) FROM (%s) AS list)"
	           " TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')",
	           statement->sql);
	return sql.text;
}

bool cli_columns(struct script *script, struct arena *arena, const struct statement *statement,
                 const struct rows **columns, struct err *err)
{
	struct buf none = { 0 };

	buf_printf(&none, "SELECT * FROM (%s) AS list LIMIT 0", statement->sql);
	bool done = script_query(script, arena, none.text, 0, NULL, columns, NULL, err);
	buf_free(&none);
	return done;
}

static bool print_csv(struct script *script, const struct statement *statement, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *columns = NULL;
	bool done = cli_columns(script, arena, statement, &columns, err);

	if (done) {
		char *sql = cli_csv_copy(statement, columns);
		done = script_copy_out(script, sql, write_out, NULL, err);
		free(sql);
	}
	arena_free(&arena);
	return done;
}

bool cli_print_list(struct script *script, const struct statement *statement,
                    const struct cli_column *columns, enum cli_format format, const char *empty,
                    struct err *err)
{
	struct arena *arena;
	const struct rows *rows = NULL;
	bool done;

	if (format == CLI_JSON)
		return print_json(script, "coalesce(json_agg(to_json(list)), '[]')", statement, err);
	if (format == CLI_CSV)
		return print_csv(script, statement, err);
	arena = arena_new();
	done = cli_call(script, arena, statement, NULL, &rows, err);
	if (done)
		print_text(rows, columns);
	if (done && empty && rows->count == 0)
		cli_tell("%s", empty);
	arena_free(&arena);
	return done;
}
