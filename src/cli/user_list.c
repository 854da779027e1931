/*
 * trato user list: who has a login.
 */
#include "cli_private.h"

#include <base/i18n.h>
#include <queries.h>

bool cli_user_list(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "email", N_("E-mail"), CLI_WORDS },    { "name", N_("Name"), CLI_WORDS },
		{ "roles", N_("Roles"), CLI_SET },       { "active", N_("Active"), CLI_FLAG },
		{ "created_at", N_("Since"), CLI_TIME }, { NULL, NULL, CLI_WORDS },
	};
	struct script *script = cli_open_as_person(arguments->context, err);
	bool done = script && cli_print_list(script, &sql_list_people, columns, arguments->format,
	                                     NULL, err);

	script_close(&script);
	return done;
}
