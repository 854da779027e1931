/*
 * Formulas in CSV; see csv_formula.h. Quotation marks are skipped: so a text that
 * has an apostrophe of its own before a formula gets a second one, and comes back
 * as it was.
 */
#include "csv_formula.h"

#include <string.h>

#include <base/buf.h>

static const char *skip_blanks(const char *cell)
{
	static const char no_break[] = "\xC2\xA0";

	for (;; cell++) {
		if (strncmp(cell, no_break, 2) == 0)
			cell++;
		else if (!*cell || !strchr(" \"'", *cell))
			return cell;
	}
}

static bool is_negative_number(const char *cell)
{
	const char *at = cell + 1;
	size_t whole = cell[0] == '-' ? strspn(at, "0123456789") : 0;

	at += whole;
	if (whole > 0 && (*at == '.' || *at == ','))
		at += 1 + strspn(at + 1, "0123456789");
	return whole > 0 && *at == '\0';
}

bool csv_is_formula(const char *cell)
{
	static const char *const wide[] = { "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };
	const char *at = skip_blanks(cell);

	for (int i = 0; i < 4; i++) {
		if (strncmp(at, wide[i], strlen(wide[i])) == 0)
			return true;
	}
	return *at && strchr("-=+@\t\r\n", *at) && !is_negative_number(cell);
}

char *csv_formula_condition(const char *column)
{
	struct buf sql = { 0 };

	buf_printf(&sql,
	           "(\"%s\"::text ~ '^[ \"''\\u00A0]*[-=+@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20]'"
	           " AND \"%s\"::text !~ '^-[0-9]+([.,][0-9]*)?$')",
	           column, column);
	return sql.text;
}
