/*
 * trato user password: one's own, or, as a manager, somebody else's, who then
 * has to choose an own one at the next login.
 */
#include "cli_private.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <queries.h>

static const char *own_email(struct script *script, struct arena *arena, struct err *err)
{
	const struct rows *rows = NULL;

	if (!script_query(script, arena, "SELECT session_user AS email", 0, NULL, &rows, NULL, err))
		return NULL;
	return rows_text(rows, 0, "email");
}

bool cli_user_password(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	struct script *script = cli_open_as_newcomer(arguments->context, err);
	const char *me = script ? own_email(script, arena, err) : NULL;
	char *verifier = NULL;
	char request[37];
	bool done = false;

	if (!me)
		goto out;
	const char *email = arguments->count ? cli_email(arena, arguments->words[0]) : me;
	bool own = strcmp(email, me) == 0;
	verifier = cli_read_verifier(email, err);
	if (!verifier)
		goto out;
	uuid_make(request);
	if (own)
		done = cli_call(script, arena, &sql_change_password,
		                (const char *const[]){ request, verifier }, NULL, err);
	else
		done = cli_call(script, arena, &sql_person_reset_password,
		                (const char *const[]){ request, email, verifier }, NULL, err);
	if (done)
		cli_say(own ? _("The password of %s is changed.")
		            : _("The password of %s is changed, and has to be changed again at the "
		                "next login."),
		        email);
out:
	free(verifier);
	script_close(&script);
	arena_free(&arena);
	return done;
}
