/*
 * trato user role: what a person is from now on.
 */
#include "cli_private.h"

#include <base/i18n.h>
#include <base/uuid.h>
#include <queries.h>

bool cli_user_role(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	const char *email = cli_email(arena, arguments->words[0]);
	const char *roles = NULL;
	struct script *script = NULL;
	char request[37];
	bool done = false;

	if (!cli_read_roles(arena, arguments->words[1], &roles, err) ||
	    !(script = cli_open_as_person(arguments->context, err)))
		goto out;
	uuid_make(request);
	done = cli_call(script, arena, &sql_person_roles,
	                (const char *const[]){ request, email, roles, NULL }, NULL, err);
	if (done)
		cli_say(_("%s is now: %s"), email, arguments->words[1]);
out:
	script_close(&script);
	arena_free(&arena);
	return done;
}
