/*
 * The request for the last change, and its sentence.
 */
#include <model/change.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/text.h>
#include <queries.h>

void change_add_last(struct batch *batch, const char *table, const char *id)
{
	batch_with(batch, &sql_last_change, table, id);
}

const char *change_sentence(struct arena *arena, const struct rows *rows)
{
	const char *name = text_clean(arena, rows_text(rows, 0, "name"), TEXT_ONE_LINE);
	const char *moment = rows_text(rows, 0, "moment");
	struct date date;
	char day[11];

	if (name[0] == '\0' || !date_from_iso(arena_printf(arena, "%.10s", moment), &date))
		return _("Somebody else has changed this while you were writing.");
	date_format(date, day);
	/* On another terminal, perhaps. */
	if (rows_bool(rows, 0, "mine"))
		return arena_printf(arena, _("You have changed this elsewhere, on %s%s."), day,
		                    moment + 10);
	return arena_printf(arena, _("%s has changed this while you were writing, on %s%s."), name,
	                    day, moment + 10);
}
