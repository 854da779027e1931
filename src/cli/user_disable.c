/*
 * trato user disable, enable: whether a person may log in. Disabling ends the
 * open sessions too, after the commit, since before it a new login would succeed.
 */
#include "cli_private.h"

#include <base/i18n.h>
#include <base/uuid.h>
#include <queries.h>

bool cli_user_disable(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	const char *email = cli_email(arena, arguments->words[0]);
	struct script *script = cli_open_as_person(arguments->context, err);
	const struct rows *rows = NULL;
	char request[37];
	bool done = false;

	if (!script)
		goto out;
	uuid_make(request);
	done = cli_call(script, arena, &sql_person_disable, (const char *const[]){ request, email },
	                NULL, err) &&
	       cli_call(script, arena, &sql_person_end_sessions, (const char *const[]){ email },
	                &rows, err);
	if (done)
		cli_say(_("%s may not log in any more. Sessions ended: %s"), email,
		        rows_text(rows, 0, "ended"));
out:
	script_close(&script);
	arena_free(&arena);
	return done;
}

bool cli_user_enable(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	const char *email = cli_email(arena, arguments->words[0]);
	struct script *script = cli_open_as_person(arguments->context, err);
	char request[37];
	bool done = false;

	if (!script)
		goto out;
	uuid_make(request);
	done = cli_call(script, arena, &sql_person_enable, (const char *const[]){ request, email },
	                NULL, err);
	if (done)
		cli_say(_("%s may log in again."), email);
out:
	script_close(&script);
	arena_free(&arena);
	return done;
}
