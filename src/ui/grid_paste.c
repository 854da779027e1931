/*
 * A paste from a spreadsheet: cells between tabs, rows between line feeds, and
 * what holds either between quotation marks. In the first column rows become new
 * lines and nothing that stands there is touched; in another column they go down
 * over the lines from the cursor on. For grids only.
 */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>

/* ---- reading */

struct pasted {
	struct arena *arena;
	const char *at;
	bool ended; /* the row that cell() read from */
};

/* What stands between quotation marks is a whole cell: else they belong to its text. */
static bool is_quoted(const char *at)
{
	if (*at++ != '"')
		return false;
	for (; *at; at++) {
		if (*at == '"' && *++at != '"')
			return strchr("\t\r\n", *at) != NULL;
	}
	return false;
}

/* The next cell of the row. */
static const char *cell(struct pasted *pasted)
{
	struct buf out = { 0 };
	const char *at = pasted->at, *text;

	if (is_quoted(at)) {
		while (*++at != '"' || *++at == '"')
			buf_add_n(&out, at, 1);
	} else {
		buf_add_n(&out, at, strcspn(at, "\t\r\n"));
		at += out.length;
	}
	pasted->ended = *at != '\t';
	if (*at == '\r' && at[1] == '\n')
		at++;
	pasted->at = at + (*at != '\0');
	text = arena_copy(pasted->arena, out.text ? out.text : "");
	buf_free(&out);
	return text;
}

/* Rows between the others that have nothing in them make no new lines. */
static bool next_row(const struct field *field, struct pasted *pasted)
{
	while (field->grid->column == grid_first_column(field)) {
		const char *at = pasted->at + strspn(pasted->at, " \t");

		if (*at && *at != '\r' && *at != '\n')
			break;
		pasted->at = at + (*at != '\0');
		if (!*at)
			break;
	}
	return *pasted->at != '\0';
}

static int count_rows(const struct field *field, struct pasted pasted)
{
	int rows = 0;

	for (; next_row(field, &pasted); rows++) {
		do
			cell(&pasted);
		while (!pasted.ended);
	}
	return rows;
}

/* A text of several lines goes into a text; where there is none yet it is a list. */
static bool is_table(const struct field *field, const char *text)
{
	const struct grid *grid = field->grid;
	size_t first = strcspn(text, "\t\r\n");

	if (strchr(text, '\t'))
		return true;
	return text[first + strspn(text + first, "\r\n")] != '\0' &&
	       (grid->column != grid_first_column(field) || grid_line_is_empty(grid, grid->line));
}

/* ---- writing */

static bool is_number(enum field_kind kind)
{
	return kind == FIELD_AMOUNT || kind == FIELD_DECIMAL || kind == FIELD_INTEGER;
}

/* Spreadsheets group by blanks, too. */
static const char *without_blanks(struct arena *arena, const char *text)
{
	struct buf out = { 0 };
	const char *kept;
	uint32_t c;

	for (size_t step; (step = text_decode(text, &c)) > 0; text += step)
		if (c != ' ' && c != 0xA0 && c != 0x202F && c != 0x2009)
			buf_add_n(&out, text, step);
	kept = arena_copy(arena, out.text ? out.text : "");
	buf_free(&out);
	return kept;
}

/* As if it had been typed there. An empty cell leaves what a new line has. */
static void put(struct pasted *pasted, struct field *to, const char *text)
{
	if (is_number(to->def->kind))
		text = without_blanks(pasted->arena, text);
	if (text[strspn(text, " \n")] == '\0' || to->def->read_only)
		return;
	field_set(to, NULL);
	field_key(to, &(struct key_event){ .code = KEYS_PASTE, .paste = text });
	field_leave(to);
}

static void put_row(struct field *field, struct pasted *pasted, int line)
{
	struct grid *grid = field->grid;
	int column = grid->column;

	do {
		const char *text = cell(pasted);

		if (column < grid->columns)
			put(pasted, grid->lines[line].cells[column].field, text);
		column++;
	} while (!pasted->ended);
}

/* Lines that stand there and are written on; the others are new. */
static int written_lines(const struct field *field, int rows)
{
	const struct grid *grid = field->grid;
	int below = grid->count - grid->line;

	if (grid->column == grid_first_column(field))
		return grid_line_is_empty(grid, grid->line);
	return rows < below ? rows : below;
}

enum field_did grid_paste(struct field *field, const char *text)
{
	struct grid *grid = field->grid;
	struct arena *arena = arena_new();
	struct pasted pasted = { arena, text, false };
	enum field_did did = FIELD_IGNORED;
	int rows, written, line = grid->line;

	if (!is_table(field, text))
		goto out;
	did = FIELD_MOVED;
	rows = count_rows(field, pasted);
	written = written_lines(field, rows);
	if (rows == 0)
		goto out;
	if (grid->count + rows - written > grid_most_lines(field)) {
		grid_say(field, _("These are more lines than fit. Nothing was pasted."));
		goto out;
	}
	did = FIELD_CHANGED;
	grid_note(field, grid_save(field, line, written, rows));
	for (int i = written; i < rows; i++)
		grid_insert_line(field, line + written);
	for (int i = 0; next_row(field, &pasted); i++)
		put_row(field, &pasted, line + i);
	grid_move(field, line + rows - 1, grid->column);
	grid_say(field, NULL);
out:
	arena_free(&arena);
	return did;
}
