/*
 * A table of text as a query returned it. The database layer fills it, models
 * and screens read it; it lives in an arena and is never changed.
 */
#ifndef TRATO_BASE_ROWS_H
#define TRATO_BASE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

struct rows {
	int count;
	int columns;
	const char *const *names; /* [columns] */
	const char **cells;       /* [count * columns], row by row; NULL where SQL has NULL */
};

/* The column of that name, or -1. */
int rows_column(const struct rows *rows, const char *name);
/* NULL where SQL has NULL, where there is no such column or row. */
const char *rows_get(const struct rows *rows, int row, const char *name);
/* "" instead of NULL. */
const char *rows_text(const struct rows *rows, int row, const char *name);
/* 0 where NULL. */
int64_t rows_int(const struct rows *rows, int row, const char *name);
/* true for "t" only. */
bool rows_bool(const struct rows *rows, int row, const char *name);

#endif
