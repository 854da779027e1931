/*
 * trato user add: a person with a login of the same name, by a manager or the
 * database's administrator.
 */
#include "cli_private.h"

#include <stdlib.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <queries.h>

bool cli_user_add(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	const char *email = cli_email(arena, arguments->words[0]);
	const char *roles = NULL;
	struct script *script = NULL;
	char *verifier = NULL;
	char request[37];
	bool done = false;

	if (!arguments->name || !arguments->role) {
		err_set(err, ERR_USAGE,
		        _("A person needs a name and a role: "
		          "trato user add E-MAIL --name NAME --role ROLE"));
		goto out;
	}
	if (!cli_read_roles(arena, arguments->role, &roles, err) ||
	    !(script = cli_open_as_person(arguments->context, err)) ||
	    !(verifier = cli_read_verifier(email, err)))
		goto out;
	uuid_make(request);
	done = cli_call(script, arena, &sql_person_create,
	                (const char *const[]){ request, email, arguments->name, roles, verifier },
	                NULL, err);
	if (done)
		cli_say(_("%s may log in now, and chooses an own password then."), email);
out:
	free(verifier);
	script_close(&script);
	arena_free(&arena);
	return done;
}
