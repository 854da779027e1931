/*
 * CSV from files that others have written; see csv_read.h. The file is read as
 * often as it is walked, in pieces, so that its size does not matter.
 */
#include "csv_private.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include <base/arena.h>
#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

enum {
	RECORD_MAX = 8 << 20, /* bytes: what is longer lacks a quotation mark */
	CELL_GROWS = 1 << 16, /* bytes: libcsv's own 128 cost the square of a cell's length */
	BETWEEN_RECORDS = 0,  /* states of libcsv's parser */
	IN_CELL = 2,
};

struct walk {
	struct csv_source *source;
	bool (*each)(void *ctx, const struct csv_record *record, struct err *err);
	void *ctx;
	struct err *err;
	struct csv_parser parser;
	struct arena *arena;
	const char **cells;
	int count, size;
	bool begun;
	bool filled; /* one of the cells */
	bool failed;
	long line, first_line; /* now; where the record began */
	bool after_cr;
	size_t length; /* of the record so far */
};

static bool fail(struct walk *walk, const char *sentence)
{
	if (!walk->failed)
		err_set(walk->err, ERR_REFUSED, _("Line %ld: %s"), walk->first_line, sentence);
	walk->failed = true;
	return false;
}

static void take_cell(void *bytes, size_t length, void *ctx)
{
	struct walk *walk = ctx;

	if (walk->failed)
		return;
	if (length > 0 && !text_is_valid(bytes, length)) {
		fail(walk, _("This is not UTF-8. If the file comes from a spreadsheet, try "
		             "--encoding windows-1252."));
		return;
	}
	if (walk->count == walk->size) {
		walk->size = walk->size ? walk->size * 2 : 16;
		walk->cells = mem_resize(walk->cells, (size_t)walk->size, sizeof(*walk->cells));
	}
	walk->cells[walk->count++] = length > 0 ? arena_copy_n(walk->arena, bytes, length) : "";
	walk->filled = walk->filled || length > 0;
}

static void end_record(int end, void *ctx)
{
	struct walk *walk = ctx;
	const struct csv_record record = { walk->first_line, walk->count, walk->cells };

	(void)end;
	if (!walk->failed && walk->filled && !walk->each(walk->ctx, &record, walk->err))
		walk->failed = true;
	walk->count = 0;
	walk->filled = false;
	walk->length = 0;
	arena_reset(walk->arena);
}

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Whichever the first line has most of, outside quotation marks. Some programs name it in a line
 * of its own. */
static char guess_separator(const char *text, size_t length)
{
	static const char usual[] = ",;\t|";
	size_t counts[sizeof(usual)] = { 0 };
	bool quoted = false;
	int best = 0;

	for (size_t i = 0; i < length && (quoted || !is_end(text[i])); i++) {
		const char *at = text[i] ? strchr(usual, text[i]) : NULL;
		quoted = quoted != (text[i] == '"');
		if (at && !quoted)
			counts[at - usual]++;
	}
	for (int i = 1; usual[i]; i++)
		best = counts[i] > counts[best] ? i : best;
	return usual[best];
}

static size_t blank_lines(const char *text, size_t length)
{
	size_t blank = 0;

	while (blank < length && is_end(text[blank]))
		blank++;
	return blank;
}

static void set_separator(struct walk *walk, const char **text, size_t *length)
{
	size_t blank = blank_lines(*text, *length);
	const char *end = memchr(*text, '\n', *length);

	if (end && end - *text >= 5 && memcmp(*text, "sep=", 4) == 0) {
		walk->source->separator = (*text)[4];
		*length -= (size_t)(end - *text) + 1;
		*text = end + 1;
		walk->line++;
	} else {
		walk->source->separator = guess_separator(*text + blank, *length - blank);
	}
	csv_set_delim(&walk->parser, (unsigned char)walk->source->separator);
}

/* A quotation mark in a cell that did not begin with one is a letter like others: Bar "Sol". */
static bool parse(struct walk *walk, const char *text, size_t length)
{
	struct csv_parser *parser = &walk->parser;
	const char *end = text + length;

	while (text < end) {
		const char *mark = memchr(text, '"', (size_t)(end - text));
		size_t part = (size_t)((mark ? mark : end) - text);

		if (csv_parse(parser, text, part, take_cell, end_record, walk) != part)
			return false;
		text += part;
		if (!mark)
			return true;
		if (parser->pstate == IN_CELL && !parser->quoted)
			csv_set_quote(parser, '\0');
		if (csv_parse(parser, text++, 1, take_cell, end_record, walk) != 1)
			return false;
		csv_set_quote(parser, CSV_QUOTE);
	}
	return true;
}

static size_t line_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && !is_end(text[at]))
		at++;
	return at < length ? at + 1 : length;
}

/* Line by line, so that each record knows where it began. Lines end with CR LF, LF or CR. */
static bool take_text(struct walk *walk, const char *text, size_t length)
{
	if (!walk->begun && length > 0)
		set_separator(walk, &text, &length);
	walk->begun = walk->begun || length > 0;
	while (length > 0 && !walk->failed) {
		size_t part = line_length(text, length);
		char last = text[part - 1];
		bool second_half = walk->after_cr && text[0] == '\n';

		if (walk->parser.pstate == BETWEEN_RECORDS)
			walk->first_line = walk->line;
		walk->length += part;
		if (!parse(walk, text, part))
			return fail(walk, _("In the row that begins here a quotation mark stands "
			                    "where none may."));
		if (walk->length > RECORD_MAX)
			return fail(walk, _("The row that begins here does not end. Is a closing "
			                    "quotation mark missing?"));
		walk->line += is_end(last) && !second_half;
		walk->after_cr = last == '\r';
		text += part;
		length -= part;
	}
	return !walk->failed;
}

/* The bytes that stay are those of a character that is not complete. */
static bool take_encoded(struct walk *walk, iconv_t how, struct buf *left)
{
	char out[4 * CSV_PIECE];
	char *from = left->text, *to = out;
	size_t from_left = left->length, to_left = sizeof(out);

	if (iconv(how, &from, &from_left, &to, &to_left) == (size_t)-1 && errno == EILSEQ) {
		walk->first_line = walk->line;
		return fail(walk, _("This is not in that encoding."));
	}
	memmove(left->text, from, from_left);
	left->length = from_left;
	return take_text(walk, out, (size_t)(to - out));
}

static bool take_file(struct walk *walk, iconv_t how)
{
	char piece[CSV_PIECE];
	struct buf left = { 0 };
	bool good = true;
	size_t length;

	while (good && (length = fread(piece, 1, sizeof(piece), walk->source->file)) > 0) {
		if (walk->source->encoding) {
			buf_add_n(&left, piece, length);
			good = take_encoded(walk, how, &left);
		} else {
			good = take_text(walk, piece, length);
		}
	}
	if (good && (ferror(walk->source->file) || left.length > 0))
		good = fail(walk, _("The file ends in the middle of a character."));
	buf_free(&left);
	return good;
}

bool csv_walk(struct csv_source *source,
              bool (*each)(void *ctx, const struct csv_record *record, struct err *err), void *ctx,
              struct err *err)
{
	struct walk walk = {
		.source = source, .each = each, .ctx = ctx, .err = err, .line = 1, .first_line = 1
	};
	iconv_t how = source->encoding ? iconv_open("UTF-8", source->encoding) : (iconv_t)-1;

	csv_init(&walk.parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_blk_size(&walk.parser, CELL_GROWS);
	walk.arena = arena_new();
	rewind(source->file);
	if (fseek(source->file, source->start, SEEK_SET) == 0 && take_file(&walk, how) &&
	    csv_fini(&walk.parser, take_cell, end_record, &walk) != 0)
		fail(&walk, _("The row that begins here does not end. Is a closing quotation mark "
		              "missing?"));
	csv_free(&walk.parser);
	arena_free(&walk.arena);
	free(walk.cells);
	if (how != (iconv_t)-1)
		iconv_close(how);
	return !walk.failed;
}
