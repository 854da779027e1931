/*
 * Reading CSV as spreadsheets and other programs write it: any of the usual
 * separators, UTF-8, UTF-16, Windows-1252 or a named encoding, all ends of
 * lines, blank lines, quotation marks within cells.
 * libcsv takes the records apart. Only for src/cli.
 */
#ifndef TRATO_CLI_CSV_READ_H
#define TRATO_CLI_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include <base/err.h>

struct csv_record {
	long line; /* of the file, where it begins; 1 is the first */
	int count;
	const char *const *cells; /* valid UTF-8, never NULL; gone after the callback */
};

struct csv_source;

/* path "-" is standard input. encoding is a name of iconv, or NULL: UTF-8, or what a mark at the
 * beginning says, or what the letters look like. ERR_USAGE where the file cannot be read or the encoding is unknown, ERR_REFUSED
 * where it holds no CSV. */
struct csv_source *csv_open(const char *path, const char *encoding, struct err *err);
void csv_close(struct csv_source **source);
/* The encoding that nobody has said, but the letters tell; else NULL. */
const char *csv_guessed(const struct csv_source *source);
/* , ; tab or |: whichever separates the first line. */
char csv_separator(const struct csv_source *source);
/* All records that are not blank, from the first one, each time that it is called; ends with the
 * first failure of `each` or of the file (ERR_REFUSED). */
bool csv_walk(struct csv_source *source,
              bool (*each)(void *ctx, const struct csv_record *record, struct err *err), void *ctx,
              struct err *err);

#endif
