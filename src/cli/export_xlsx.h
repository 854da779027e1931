/*
 * A list as a spreadsheet. Only for export.c.
 */
#ifndef TRATO_CLI_EXPORT_XLSX_H
#define TRATO_CLI_EXPORT_XLSX_H

#include <stdio.h>

#include "cli_private.h"
#include "xlsx_library.h"

/* Dates and numbers are such in the sheet; texts are cleaned and never formulas. row is called
 * for each row. */
bool export_xlsx(const struct xlsx_library *lib, struct script *script,
                 const struct statement *statement, FILE *file, void (*row)(void *ctx), void *ctx,
                 struct err *err);

#endif
