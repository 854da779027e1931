/*
 * CSV from files that others have written; see csv_read.h. The file is read as
 * often as it is walked, in pieces, so that its size does not matter.
 */
#include "csv_read.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <base/arena.h>
#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

enum {
	PIECE = 1 << 16,
	RECORD_MAX = 8 << 20, /* bytes: what is longer lacks a quotation mark */
};

struct csv_source {
	FILE *file;
	long start;           /* behind the mark at the beginning */
	const char *encoding; /* NULL: UTF-8 */
	char separator;
};

/* ---- Opening */

/* What cannot be read twice is copied. */
static FILE *open_file(const char *path, struct err *err)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	FILE *copy = NULL;
	struct stat facts;
	char piece[PIECE];
	size_t length;

	if (!file || fstat(fileno(file), &facts) != 0 || S_ISDIR(facts.st_mode)) {
		err_set(err, ERR_USAGE, _("%s cannot be read: %s"), path,
		        strerror(file ? EISDIR : errno));
		goto out;
	}
	if (S_ISREG(facts.st_mode) && file != stdin)
		return file;
	copy = tmpfile();
	while (copy && (length = fread(piece, 1, sizeof(piece), file)) > 0)
		fwrite(piece, 1, length, copy);
	if (!copy || ferror(file) || fflush(copy) != 0 || ferror(copy)) {
		err_set(err, ERR_USAGE, _("%s cannot be read: %s"), path, strerror(errno));
		if (copy)
			fclose(copy);
		copy = NULL;
	}
out:
	if (file && file != stdin)
		fclose(file);
	return copy;
}

static bool begins_with(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
	return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

static bool read_mark(struct csv_source *source, const char *path, struct err *err)
{
	char bytes[4];
	size_t length = fread(bytes, 1, sizeof(bytes), source->file);

	if (ferror(source->file))
		return err_set(err, ERR_USAGE, _("%s cannot be read: %s"), path, strerror(errno));
	if (length == 0)
		return err_set(err, ERR_REFUSED, _("%s is empty."), path);
	if (begins_with(bytes, length, "PK\3\4", 4) ||
	    begins_with(bytes, length, "\xD0\xCF\x11\xE0", 4))
		return err_set(err, ERR_REFUSED,
		               _("%s is a spreadsheet. Save it as CSV, and import that."), path);
	if (begins_with(bytes, length, "\xEF\xBB\xBF", 3))
		source->start = 3;
	else if (!source->encoding && (begins_with(bytes, length, "\xFF\xFE", 2) ||
	                               begins_with(bytes, length, "\xFE\xFF", 2)))
		source->encoding = "UTF-16";
	return true;
}

/* ---- Walking */

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
	size_t length;         /* of the record so far */
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

/* Whichever the first line has most of, outside quotation marks. Some programs name it in a line
 * of its own. */
static char guess_separator(const char *text, size_t length)
{
	static const char usual[] = ",;\t|";
	size_t counts[sizeof(usual)] = { 0 };
	bool quoted = false;
	int best = 0;

	for (size_t i = 0; i < length && (quoted || text[i] != '\n'); i++) {
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

	while (blank < length && (text[blank] == '\r' || text[blank] == '\n'))
		blank++;
	return blank;
}

static void set_separator(struct walk *walk, const char **text, size_t *length)
{
	size_t blank = blank_lines(*text, *length);
	const char *end = memchr(*text, '\n', *length);

	if (end && begins_with(*text, *length, "sep=", 4) && end - *text >= 5) {
		walk->source->separator = (*text)[4];
		*length -= (size_t)(end - *text) + 1;
		*text = end + 1;
		walk->line++;
	} else {
		walk->source->separator = guess_separator(*text + blank, *length - blank);
	}
	csv_set_delim(&walk->parser, (unsigned char)walk->source->separator);
}

/* Line by line, so that each record knows where it began. */
static bool take_text(struct walk *walk, const char *text, size_t length)
{
	if (!walk->begun && length > 0)
		set_separator(walk, &text, &length);
	walk->begun = walk->begun || length > 0;
	while (length > 0 && !walk->failed) {
		const char *end = memchr(text, '\n', length);
		size_t part = end ? (size_t)(end - text) + 1 : length;

		if (walk->parser.pstate == 0) /* between records */
			walk->first_line = walk->line;
		walk->length += part;
		if (csv_parse(&walk->parser, text, part, take_cell, end_record, walk) != part)
			return fail(walk, _("In the row that begins here a quotation mark stands "
			                    "where none may."));
		if (walk->length > RECORD_MAX)
			return fail(walk, _("The row that begins here does not end. Is a closing "
			                    "quotation mark missing?"));
		walk->line += end != NULL;
		text += part;
		length -= part;
	}
	return !walk->failed;
}

/* The bytes that stay are those of a character that is not complete. */
static bool take_encoded(struct walk *walk, iconv_t how, struct buf *left)
{
	char out[4 * PIECE];
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
	char piece[PIECE];
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

char csv_separator(const struct csv_source *source)
{
	return source->separator;
}

struct csv_source *csv_open(const char *path, const char *encoding, struct err *err)
{
	struct csv_source *source = NULL;
	FILE *file = open_file(path, err);
	iconv_t how;

	if (!file)
		return NULL;
	source = mem_alloc(sizeof(*source));
	source->file = file;
	source->encoding = encoding;
	rewind(file);
	if (encoding && (how = iconv_open("UTF-8", encoding)) == (iconv_t)-1) {
		err_set(err, ERR_USAGE, _("There is no encoding of the name %s."), encoding);
		csv_close(&source);
		return NULL;
	}
	if (encoding)
		iconv_close(how);
	if (!read_mark(source, path, err))
		csv_close(&source);
	return source;
}

void csv_close(struct csv_source **source)
{
	if (!*source)
		return;
	fclose((*source)->file);
	free(*source);
	*source = NULL;
}
