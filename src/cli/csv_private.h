/*
 * An opened CSV file. Only for csv_open.c and csv_read.c.
 */
#ifndef TRATO_CLI_CSV_PRIVATE_H
#define TRATO_CLI_CSV_PRIVATE_H

#include <stdio.h>

#include "csv_read.h"

enum { CSV_PIECE = 1 << 16 };

struct csv_source {
	FILE *file;
	long start;           /* behind the mark at the beginning */
	const char *encoding; /* NULL: UTF-8 */
	bool guessed;         /* the encoding */
	char separator;
};

#endif
