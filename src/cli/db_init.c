/*
 * trato db init: the database, if the server does not have it, and all of the
 * schema, as the database's administrator.
 */
#include "cli_private.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>

/* As cli_open, but the database may have to be made first, with the same password. */
static struct script *open_new(const struct cli_context *context, struct err *err)
{
	struct script *script = NULL;
	struct err first = { 0 };
	char *password = NULL;

	if (!script_create_database(context->conninfo, context->user, NULL, &first)) {
		if (strcmp(first.field, "password") != 0)
			*err = first;
		else
			password = cli_read_secret(_("Password:"), err);
		if (!password ||
		    !script_create_database(context->conninfo, context->user, password, err))
			goto out;
	}
	script = script_open(context->conninfo, context->user, password, err);
out:
	if (password)
		mem_erase(password, strlen(password));
	free(password);
	return script;
}

bool cli_db_init(const struct cli_arguments *arguments, struct err *err)
{
	struct script *script = open_new(arguments->context, err);
	bool there = false, done = false;

	if (!script || !migrate_is_initialised(script, &there, err))
		goto out;
	if (there) {
		err_set(err, ERR_REFUSED,
		        _("This database has been set up already. To bring it up to date: "
		          "trato db migrate"));
		goto out;
	}
	done = migrate_apply(script, err);
	if (done)
		cli_say("%s", _("The database is ready. Next, its first manager: trato user add "
		                "E-MAIL --name NAME --role manager"));
out:
	script_close(&script);
	return done;
}
