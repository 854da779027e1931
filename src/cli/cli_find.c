/*
 * What is named by its number: an action, an offer. That there is none, and that
 * it is not for this person, are told in the same words.
 */
#include "cli_private.h"

#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <queries.h>

/* *id NULL: there is none. */
static bool find_by_number(struct script *script, struct arena *arena,
                           const struct statement *statement, const char *number, const char **id,
                           struct err *err)
{
	const struct rows *rows = NULL;

	*id = NULL;
	if (!text_is_valid(number, strlen(number)))
		return err_set(err, ERR_USAGE, "%s", _("The number is no readable text."));
	if (!cli_call(script, arena, statement, &number, &rows, err))
		return false;
	if (rows->count > 0)
		*id = rows_text(rows, 0, "id");
	return true;
}

bool cli_check_action(const char *number, struct err *err)
{
	if (number && (number[0] == '\0' || number[strspn(number, "0123456789")] != '\0'))
		return err_set(err, ERR_USAGE, "%s", _("--action takes the number of an action."));
	return true;
}

bool cli_find_action(struct script *script, struct arena *arena, const char *number,
                     const char **id, struct err *err)
{
	if (!find_by_number(script, arena, &sql_action_find, number, id, err))
		return false;
	return *id || err_set(err, ERR_REFUSED, _("There is no action %s that you may see."),
	                      text_clean(arena, number, TEXT_ONE_LINE));
}

bool cli_find_offer(struct script *script, struct arena *arena, const char *number,
                    const char **id, struct err *err)
{
	if (!find_by_number(script, arena, &sql_offer_find, number, id, err))
		return false;
	return *id || err_set(err, ERR_REFUSED,
	                      _("There is no offer %s that you may see. A number looks like "
	                        "2026-00042, or 2026-00042/2 for a revision."),
	                      text_clean(arena, number, TEXT_ONE_LINE));
}
