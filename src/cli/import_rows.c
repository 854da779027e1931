/*
 * Rows of an import: some hundreds go in one call, each as a JSON object; the
 * refused ones are written with line and reason before their own cells.
 */
#include "import_rows.h"
#include "csv_formula.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <base/uuid.h>
#include <model/refusal.h>
#include <queries.h>

enum { BATCH = 500, BATCH_BYTES = 4 << 20 };

struct import_row {
	long line;
	int count;
	const char **cells;
	const char *reason; /* NULL: not refused */
};

/* ---- To the database */

static void add_object(struct import *import, const struct csv_record *record)
{
	struct buf *json = &import->json;

	buf_printf(json, "%s{\"line\": %ld", json->length ? "," : "[", record->line);
	for (int i = 0; i < record->count && i < import->columns; i++) {
		const char *cell = record->cells[i];
		if (!import->keys[i] || cell[0] == '\0')
			continue;
		buf_printf(json, ",\"%s\": ", import->keys[i]);
		/* The apostrophe that made it harmless. */
		buf_add_json(json, cell + (cell[0] == '\'' && csv_is_formula(cell + 1)));
	}
	buf_add(json, "}");
}

bool import_add(struct import *import, const struct csv_record *record, struct err *err)
{
	if (!import->waiting) {
		import->waiting = mem_array(BATCH, sizeof(*import->waiting));
		import->cells = arena_new();
	}
	struct import_row *row = &import->waiting[import->count++];

	*row = (struct import_row){ .line = record->line, .count = record->count };
	row->cells = arena_alloc(import->cells, sizeof(char *) * (size_t)record->count);
	for (int i = 0; i < record->count; i++) {
		row->cells[i] = arena_copy(import->cells, record->cells[i]);
		if (i >= import->columns && row->cells[i][0] != '\0')
			row->reason = _("This row has more cells than the line with the headings.");
	}
	import->seen++;
	if (!row->reason)
		add_object(import, record);
	return (import->count < BATCH && import->json.length < BATCH_BYTES) ||
	       import_flush(import, err);
}

/* ---- Back from it */

static void write_cell(struct import *import, const char *cell, char end)
{
	FILE *file = import->sink.file;
	struct arena *arena = arena_new();

	if (csv_is_formula(cell))
		cell = arena_printf(arena, "'%s", cell);
	if (sink_is_terminal(&import->sink))
		cell = text_clean(arena, cell, TEXT_ONE_LINE);
	csv_fwrite(file, cell, strlen(cell));
	fputc(end, file);
	arena_free(&arena);
}

static void write_cells(struct import *import, int count, const char *const *cells)
{
	for (int i = 0; i < count; i++)
		write_cell(import, cells[i], i < count - 1 ? import->separator : '\n');
}

static void write_refused(struct import *import, const struct import_row *row)
{
	char line[24];

	if (!import->headed) {
		write_cell(import, "line", import->separator);
		write_cell(import, "reason", import->separator);
		write_cells(import, import->columns, import->headings);
		import->headed = true;
	}
	snprintf(line, sizeof(line), "%ld", row->line);
	write_cell(import, line, import->separator);
	write_cell(import, row->reason, import->separator);
	write_cells(import, row->count, row->cells);
	import->refused++;
}

/* What the person's own file calls it. */
static const char *heading_of(const struct import *import, const char *key)
{
	for (int i = 0; i < import->columns; i++) {
		if (import->keys[i] && strcmp(import->keys[i], key) == 0)
			return import->headings[i];
	}
	return key;
}

static const char *reason(struct import *import, const struct rows *rows, int row)
{
	const struct refusal refusal = {
		.sqlstate = rows_text(rows, row, "sqlstate"),
		.message = rows_text(rows, row, "message"),
		.detail = rows_text(rows, row, "detail"),
		.hint = "",
		.constraint = rows_text(rows, row, "constraint"),
		.table = "",
		.column = rows_text(rows, row, "column"),
	};
	struct err err = { 0 };

	refusal_explain(&refusal, &err);
	return err.field[0] ? arena_printf(import->cells, "%s: %s",
	                                   heading_of(import, err.field), err.text)
	                    : arena_copy(import->cells, err.text);
}

static bool send(struct import *import, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	char request[37];
	bool done;

	uuid_make(request);
	buf_add(&import->json, "]");
	done = cli_call(import->script, arena, &sql_import_rows,
	                (const char *const[]){ request, import->entity, import->json.text }, &rows,
	                err);
	/* Both are in the order of the file. */
	for (int r = 0, at = 0; done && r < rows->count; r++) {
		if (!rows_get(rows, r, "line"))
			break;
		while (at < import->count && import->waiting[at].line < rows_int(rows, r, "line"))
			at++;
		if (at < import->count)
			import->waiting[at].reason = reason(import, rows, r);
	}
	if (done) {
		import->imported += rows_int(rows, 0, "imported");
		import->unchanged += rows_int(rows, 0, "unchanged");
	}
	arena_free(&arena);
	return done;
}

bool import_flush(struct import *import, struct err *err)
{
	if (import->count == 0)
		return true;
	if (import->json.length > 0 && !send(import, err))
		return false;
	for (int i = 0; i < import->count; i++) {
		if (import->waiting[i].reason)
			write_refused(import, &import->waiting[i]);
	}
	import->count = 0;
	buf_clear(&import->json);
	arena_reset(import->cells);
	if (import->progress) {
		fputc('\r', stderr);
		fprintf(stderr, _("%ld of %ld rows, %ld refused"), import->seen, import->rows,
		        import->refused);
		fputs(import->seen == import->rows ? "\n" : "", stderr);
	}
	return true;
}

void import_clear(struct import *import)
{
	buf_free(&import->json);
	free(import->waiting);
	arena_free(&import->cells);
}
