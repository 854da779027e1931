/*
 * What a spreadsheet would run. Such texts are written with an apostrophe before
 * them, and come back without it. Only for src/cli.
 */
#ifndef TRATO_CLI_CSV_FORMULA_H
#define TRATO_CLI_CSV_FORMULA_H

#include <stdbool.h>

/* Whether the cell begins, after blanks and quotation marks, with = + - @ (also the wide ones of
 * East Asia), a tab or an end of line. A negative number is none. */
bool csv_is_formula(const char *cell);
/* The same as a condition of SQL on a column that reads as text; to free. */
char *csv_formula_condition(const char *column);

#endif
