/*
 * Figures of the database as people read them.
 */
#include "show.h"

#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/money.h>

const char *show_money(struct arena *arena, const struct rows *rows, int row, const char *column)
{
	char text[48];

	money_format_currency(rows_int(rows, row, column), rows_text(rows, row, "currency"), text);
	return arena_copy(arena, text);
}

const char *show_decimal(struct arena *arena, const char *number, int least)
{
	const char *point = strchr(number, '.');
	size_t whole = strcspn(number, ".");
	int digits = point != NULL ? (int)strlen(point + 1) : 0;
	char text[40];

	/* The whole part has the signs of an amount without its cents. */
	money_format(strtoll(arena_copy_n(arena, number, whole), NULL, 10) * 100, text);
	text[strlen(text) - (digits == 0 && least == 0 ? 3 : 2)] = '\0';
	return arena_printf(arena, "%s%s%.*s", text, point != NULL ? point + 1 : "",
	                    digits < least ? least - digits : 0, "0000");
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
