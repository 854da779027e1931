/*
 * Opening CSV files: what they are, and in which letters; see csv_read.h.
 */
#include "csv_private.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <base/i18n.h>
#include <base/mem.h>

enum { COPY_MAX = 1 << 30 };

/* What /dev/zero gives. */
static bool is_nothing(const char *piece, size_t length)
{
	return length == CSV_PIECE && piece[0] == '\0' && memcmp(piece, piece + 1, length - 1) == 0;
}

/* What cannot be read twice is copied. */
static FILE *open_file(const char *path, struct err *err)
{
	bool piped = strcmp(path, "-") == 0;
	FILE *file = piped ? stdin : fopen(path, "rb");
	FILE *copy = NULL;
	struct stat facts;
	char piece[CSV_PIECE];
	size_t length, size = 0;

	if (!file || fstat(fileno(file), &facts) != 0 || S_ISDIR(facts.st_mode)) {
		err_set(err, ERR_USAGE, _("%s cannot be read: %s"), path,
		        strerror(file ? EISDIR : errno));
		goto out;
	}
	if (S_ISREG(facts.st_mode) && !piped)
		return file;
	copy = tmpfile();
	while (copy && (length = fread(piece, 1, sizeof(piece), file)) > 0) {
		fwrite(piece, 1, length, copy);
		/* Some devices never end. */
		if ((size += length) > COPY_MAX || is_nothing(piece, length)) {
			err_set(err, ERR_REFUSED, _("%s holds no list, or one that is too long."), path);
			fclose(copy);
			copy = NULL;
			goto out;
		}
	}
	if (!copy || ferror(file) || fflush(copy) != 0 || ferror(copy)) {
		err_set(err, ERR_USAGE, _("%s cannot be read: %s"), path, strerror(errno));
		if (copy)
			fclose(copy);
		copy = NULL;
	}
out:
	if (file && !piped)
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

/* ---- The encoding, where nothing tells it */

/* What the bytes beyond ASCII would be. */
struct bytes {
	long good, bad; /* characters of UTF-8; what is none */
	int missing;    /* bytes of the character that is under way */
	long windows, dos;
};

/* The letters of Spanish, in Windows-1252 (and Latin-1), and in what programs for DOS have left. */
static const char windows_letters[] = "\xE1\xE9\xED\xF3\xFA\xF1\xFC\xC1\xC9\xCD\xD3\xDA\xD1";
static const char dos_letters[] = "\xA0\x82\xA1\xA2\xA3\xA4\x81\xB5\x90\xD6\xE0\xE9\xA5";

static void count_byte(struct bytes *bytes, unsigned char c)
{
	bytes->windows += c >= 0x80 && strchr(windows_letters, c);
	bytes->dos += c >= 0x80 && strchr(dos_letters, c);
	if (bytes->missing > 0 && (c & 0xC0) == 0x80) {
		bytes->good += --bytes->missing == 0;
		return;
	}
	bytes->bad += bytes->missing > 0;
	bytes->missing = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC2 ? 1 : 0;
	bytes->bad += c >= 0x80 && bytes->missing == 0;
}

/* A file that is UTF-8 but for a few broken places is not guessed at: its letters would all be
 * wrong. */
static void guess_encoding(struct csv_source *source)
{
	struct bytes bytes = { 0 };
	unsigned char piece[CSV_PIECE];
	size_t length;

	while ((length = fread(piece, 1, sizeof(piece), source->file)) > 0) {
		for (size_t i = 0; i < length; i++)
			count_byte(&bytes, piece[i]);
	}
	if (bytes.bad <= bytes.good)
		return;
	source->encoding = bytes.dos > bytes.windows ? "CP850" : "WINDOWS-1252";
	source->guessed = true;
}

/* ---- The file */

char csv_separator(const struct csv_source *source)
{
	return source->separator;
}

const char *csv_guessed(const struct csv_source *source)
{
	return source->guessed ? source->encoding : NULL;
}

static bool is_encoding(const char *name)
{
	iconv_t how = iconv_open("UTF-8", name);

	return how != (iconv_t)-1 && iconv_close(how) == 0;
}

struct csv_source *csv_open(const char *path, const char *encoding, struct err *err)
{
	struct csv_source *source = NULL;
	FILE *file = open_file(path, err);

	if (!file)
		return NULL;
	source = mem_alloc(sizeof(*source));
	source->file = file;
	source->encoding = encoding;
	rewind(file);
	if (encoding && !is_encoding(encoding)) {
		err_set(err, ERR_USAGE, _("There is no encoding of the name %s."), encoding);
		csv_close(&source);
		return NULL;
	}
	if (!read_mark(source, path, err))
		csv_close(&source);
	else if (!source->encoding && source->start == 0) {
		rewind(file);
		guess_encoding(source);
	}
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
