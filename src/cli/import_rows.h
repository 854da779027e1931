/*
 * The rows of an import on their way to the database, and those that come back.
 * Only for import.c.
 */
#ifndef TRATO_CLI_IMPORT_ROWS_H
#define TRATO_CLI_IMPORT_ROWS_H

#include <base/buf.h>

#include "cli_private.h"
#include "csv_read.h"
#include "sink.h"

struct import_row;

struct import {
	const struct cli_arguments *arguments;
	const char *entity; /* client, contact or division */
	struct script *script;
	struct sink sink; /* for what is refused */
	struct arena *arena;
	char separator;
	int columns;
	const char **headings;
	const char **keys; /* of import_rows(); NULL for columns that are none of Trato's */
	long rows, imported, unchanged, refused, seen;
	bool begun;    /* the second time, behind the headings */
	bool headed;   /* the refused have a heading */
	bool progress; /* shown */
	struct import_row *waiting;
	int count;
	struct arena *cells; /* of those */
	struct buf json;
};

bool import_add(struct import *import, const struct csv_record *record, struct err *err);
/* Sends what waits, and shows how far it is. */
bool import_flush(struct import *import, struct err *err);
void import_clear(struct import *import);

#endif
