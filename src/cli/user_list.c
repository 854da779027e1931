/*
 * trato user list: who has a login.
 */
#include "cli_private.h"

#include <base/i18n.h>
#include <queries.h>

bool cli_user_list(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "email", N_("E-mail") },  { "name", N_("Name") },        { "roles", N_("Roles") },
		{ "active", N_("Active") }, { "created_at", N_("Since") }, { NULL, NULL },
	};
	struct script *script = cli_open_as_person(arguments->context, err);
	bool done =
	    script && cli_print_list(script, &sql_list_people, columns, arguments->format, err);

	script_close(&script);
	return done;
}
