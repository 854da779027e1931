/*
 * libxlsxwriter, which makes spreadsheets. It is loaded when one is exported and not with the program:
 * with what hangs on it, it took 0.2 MiB of each session. Only for export_xlsx.c.
 */
#ifndef TRATO_CLI_XLSX_LIBRARY_H
#define TRATO_CLI_XLSX_LIBRARY_H

#include <xlsxwriter.h>

#include <base/err.h>
#include <base/library.h>

#define XLSX_LIBRARY(X)             \
	X(format_set_bold)          \
	X(format_set_num_format)    \
	X(workbook_add_format)      \
	X(workbook_add_worksheet)   \
	X(workbook_close)           \
	X(workbook_new_opt)         \
	X(worksheet_freeze_panes)   \
	X(worksheet_set_column)     \
	X(worksheet_write_datetime) \
	X(worksheet_write_number)   \
	X(worksheet_write_string)

struct xlsx_library {
	XLSX_LIBRARY(LIBRARY_FIELD)
};

/* NULL where it is not installed: err (ERR_REFUSED). Stays loaded. */
const struct xlsx_library *xlsx_library(struct err *err);

#endif
