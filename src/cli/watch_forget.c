/*
 * trato watch --forget: a name under which nobody hands on notices any more, so
 * that trato db status need not tell of it for ever. For managers.
 */
#include "cli_private.h"

#include <base/i18n.h>
#include <base/uuid.h>
#include <queries.h>

bool cli_watch_forget(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena;
	struct script *script;
	char request[37];
	bool done;

	if (arguments->command || arguments->seconds || arguments->from)
		return err_set(err, ERR_USAGE, _("--forget goes with --name alone."));
	script = cli_open_as_person(arguments->context, err);
	if (!script)
		return false;
	arena = arena_new();
	uuid_make(request);
	done = cli_call(script, arena, &sql_retire_watch,
	                (const char *const[]){ request, arguments->name }, NULL, err);
	if (done)
		cli_say(_("The watcher %s is forgotten. Begun again, it goes on where it was."),
		        arguments->name);
	script_close(&script);
	arena_free(&arena);
	return done;
}
