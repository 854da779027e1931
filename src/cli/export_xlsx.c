/*
 * XLSX through libxlsxwriter, see export_xlsx.h. Rows come through a cursor and
 * go to the file at once (constant memory), which a workbook of many rows needs.
 */
#include "export_xlsx.h"

#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

enum {
	CELL_MAX = 32767, /* characters; what Excel takes */
	FETCHED = 500,
};

struct sheet {
	const struct xlsx_library *lib;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *heading, *date, *time, *amount;
	const struct rows *types; /* one row: the type of each column */
	lxw_row_t at;
};

/* ---- Cells */

static void write_text(struct sheet *sheet, lxw_col_t column, const char *value)
{
	struct arena *arena = arena_new();
	char *text = text_clean(arena, value, TEXT_MANY_LINES);
	size_t length = 0, count = 0;

	/* In units of UTF-16, where what needs four bytes here counts twice. */
	while (text[length] != '\0' && count < CELL_MAX - 3) {
		uint32_t c;
		size_t step = text_decode(text + length, &c);
		length += step ? step : 1;
		count += c > 0xFFFF ? 2 : 1;
	}
	if (text[length] != '\0')
		text = arena_printf(arena, "%.*s…", (int)length, text);
	sheet->lib->worksheet_write_string(sheet->sheet, sheet->at, column, text, NULL);
	arena_free(&arena);
}

/* "2026-11-23" or "2026-11-23 14:05:06" */
static bool write_time(struct sheet *sheet, lxw_col_t column, const char *value)
{
	lxw_datetime when = { 0 };
	int second = 0;
	int count = sscanf(value, "%d-%d-%d %d:%d:%d", &when.year, &when.month, &when.day,
	                   &when.hour, &when.min, &second);

	if (count < 3 || when.year < 1900 || when.year > 9999)
		return false;
	when.sec = second;
	sheet->lib->worksheet_write_datetime(sheet->sheet, sheet->at, column, &when,
	                                     count > 3 ? sheet->time : sheet->date);
	return true;
}

static void write_cell(struct sheet *sheet, lxw_col_t column, const char *type, const char *value)
{
	if (!value)
		return;
	if (strcmp(type, "boolean") == 0)
		write_text(sheet, column, strcmp(value, "t") == 0 ? _("yes") : _("no"));
	else if (strcmp(type, "numeric") == 0)
		sheet->lib->worksheet_write_number(sheet->sheet, sheet->at, column,
		                                   strtod(value, NULL), sheet->amount);
	else if (strcmp(type, "integer") == 0 || strcmp(type, "bigint") == 0)
		sheet->lib->worksheet_write_number(sheet->sheet, sheet->at, column,
		                                   strtod(value, NULL), NULL);
	else if ((strcmp(type, "date") != 0 && strncmp(type, "timestamp", 9) != 0) ||
	         !write_time(sheet, column, value))
		write_text(sheet, column, value);
}

/* ---- The list */

static bool read_types(struct script *script, struct arena *arena,
                       const struct statement *statement, struct sheet *sheet, struct err *err)
{
	const struct rows *columns = NULL;
	struct buf sql = { 0 };
	bool done = cli_columns(script, arena, statement, &columns, err);

	buf_add(&sql, "SELECT ");
	for (int c = 0; done && c < columns->columns; c++)
		buf_printf(&sql, "%spg_typeof(\"%s\") AS \"%s\"", c ? ", " : "", columns->names[c],
		           columns->names[c]);
	/* Also where the list has no rows. */
	buf_printf(&sql,
	           " FROM (VALUES (1)) AS one LEFT JOIN (SELECT * FROM (%s) AS list LIMIT 0)"
	           " AS list ON true",
	           statement->sql);
	done = done && script_query(script, arena, sql.text, 0, NULL, &sheet->types, NULL, err);
	buf_free(&sql);
	return done;
}

/* A sheet knows no time zones: the team's is meant. */
static bool open_cursor(struct script *script, const struct statement *statement,
                        const struct rows *types, struct err *err)
{
	struct buf sql = { 0 };

	buf_add(&sql, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
	              " DECLARE list NO SCROLL CURSOR FOR SELECT ");
	for (int c = 0; c < types->columns; c++) {
		const char *name = types->names[c];
		bool timed = strcmp(types->cells[c], "timestamp with time zone") == 0;
		buf_printf(&sql,
		           timed ? "%s(\"%s\" AT TIME ZONE trato.setting_value('timezone'))"
		                   "::timestamp(0)"
		                 : "%s\"%s\"",
		           c ? ", " : "", name);
		buf_printf(&sql, " AS \"%s\"", name);
	}
	buf_printf(&sql, " FROM (%s) AS list", statement->sql);
	bool done = script_run(script, sql.text, err);
	buf_free(&sql);
	return done;
}

static void write_headings(struct sheet *sheet)
{
	for (int c = 0; c < sheet->types->columns; c++) {
		const char *name = sheet->types->names[c];
		sheet->lib->worksheet_set_column(sheet->sheet, (lxw_col_t)c, (lxw_col_t)c,
		                                 strlen(name) < 12 ? 14 : 20, NULL);
		sheet->lib->worksheet_write_string(sheet->sheet, 0, (lxw_col_t)c, name,
		                                   sheet->heading);
	}
	sheet->lib->worksheet_freeze_panes(sheet->sheet, 1, 0);
}

static bool write_rows(struct script *script, struct sheet *sheet, void (*row)(void *ctx),
                       void *ctx, struct err *err)
{
	struct arena *arena = arena_new();
	char fetch[40];
	const struct rows *rows = NULL;
	bool done;

	snprintf(fetch, sizeof(fetch), "FETCH %d FROM list", FETCHED);
	do {
		arena_reset(arena);
		done = script_query(script, arena, fetch, 0, NULL, &rows, NULL, err);
		for (int r = 0; done && r < rows->count; r++) {
			if (++sheet->at >= LXW_ROW_MAX) {
				done = err_set(err, ERR_REFUSED,
				               _("A sheet has room for %d rows only. Take CSV."),
				               LXW_ROW_MAX - 1);
				break;
			}
			for (int c = 0; c < rows->columns; c++)
				write_cell(sheet, (lxw_col_t)c, sheet->types->cells[c],
				           rows->cells[r * rows->columns + c]);
			row(ctx);
		}
	} while (done && rows->count == FETCHED);
	arena_free(&arena);
	return done;
}

/* ---- The file */

static bool copy_file(FILE *from, FILE *to)
{
	char piece[1 << 16];
	size_t length;
	bool good = true;

	rewind(from);
	while (good && (length = fread(piece, 1, sizeof(piece), from)) > 0)
		good = fwrite(piece, 1, length, to) == length;
	return good && !ferror(from);
}

static void make_formats(struct sheet *sheet)
{
	sheet->heading = sheet->lib->workbook_add_format(sheet->book);
	sheet->lib->format_set_bold(sheet->heading);
	sheet->date = sheet->lib->workbook_add_format(sheet->book);
	sheet->lib->format_set_num_format(sheet->date, "yyyy-mm-dd");
	sheet->time = sheet->lib->workbook_add_format(sheet->book);
	sheet->lib->format_set_num_format(sheet->time, "yyyy-mm-dd hh:mm");
	sheet->amount = sheet->lib->workbook_add_format(sheet->book);
	sheet->lib->format_set_num_format(sheet->amount, "#,##0.00");
}

/* The library wants a name, and to seek; what has no name of its own is gone with the program. */
bool export_xlsx(const struct xlsx_library *lib, struct script *script,
                 const struct statement *statement, FILE *file, void (*row)(void *ctx), void *ctx,
                 struct err *err)
{
	struct arena *arena = arena_new();
	struct sheet sheet = { .lib = lib };
	FILE *made = tmpfile();
	bool done = false;

	if (!made) {
		err_set(err, ERR_REFUSED, _("The output cannot be written."));
		goto out;
	}
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	sheet.book =
	    sheet.lib->workbook_new_opt(arena_printf(arena, "/dev/fd/%d", fileno(made)), &options);
	sheet.sheet = sheet.lib->workbook_add_worksheet(sheet.book, NULL);
	make_formats(&sheet);
	if (read_types(script, arena, statement, &sheet, err) &&
	    open_cursor(script, statement, sheet.types, err)) {
		write_headings(&sheet);
		done = write_rows(script, &sheet, row, ctx, err);
	}
	if ((sheet.lib->workbook_close(sheet.book) != LXW_NO_ERROR || !copy_file(made, file)) &&
	    done)
		done = err_set(err, ERR_REFUSED, _("The output cannot be written."));
	fclose(made);
out:
	arena_free(&arena);
	return done;
}
