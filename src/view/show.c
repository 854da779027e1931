/*
 * Figures of the database as people read them.
 */
#include "show.h"

#include <base/date.h>
#include <base/money.h>

const char *show_money(struct arena *arena, const struct rows *rows, int row, const char *column)
{
	char text[48];

	money_format_currency(rows_int(rows, row, column), rows_text(rows, row, "currency"), text);
	return arena_copy(arena, text);
}

const char *show_age(struct arena *arena, const struct rows *rows, int row, const char *column)
{
	char age[32];

	date_age((long)rows_int(rows, row, column), age);
	return arena_copy(arena, age);
}

const char *show_lateness(struct arena *arena, const struct rows *rows, int row, const char *column)
{
	static const char *const marks[] = { "", "! ", "!! " };
	int64_t late = rows_int(rows, row, "late");

	return arena_printf(arena, "%s%s", marks[late > 0 && late < 3 ? late : 0],
	                    show_age(arena, rows, row, column));
}
