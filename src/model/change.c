/*
 * The requests for the last change and for a state, and their words.
 */
#include <model/change.h>

#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/text.h>
#include <model/words.h>
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

struct batch *change_state(const char *table, const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_row_state, table, id);
	change_add_last(batch, table, id);
	return batch;
}

const char *change_state_word(const char *table, const char *state)
{
	if (strcmp(table, "action") == 0)
		return words_action_state(state);
	if (strcmp(table, "offer") == 0)
		return words_offer_state(state);
	if (strcmp(table, "mail") == 0)
		return words_mail_state(state);
	return strcmp(table, "notice") == 0 ? words_notice_state(state) : words_request_state(state);
}
