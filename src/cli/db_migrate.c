/*
 * trato db migrate: brings the schema up to this program, as the database's
 * administrator.
 */
#include "cli_private.h"

#include <base/i18n.h>

bool cli_db_migrate(const struct cli_arguments *arguments, struct err *err)
{
	struct script *script = cli_open(arguments->context, err);
	bool there = false, done = false;
	int version, missing;

	if (!script || !migrate_is_initialised(script, &there, err))
		goto out;
	if (!there) {
		err_set(err, ERR_REFUSED,
		        _("This database has not been set up yet. To do it: trato db init"));
		goto out;
	}
	done = migrate_apply(script, err) && migrate_compare(script, &version, &missing, err);
	if (done)
		cli_say(_("The database is up to date, at version %d."), version);
out:
	script_close(&script);
	return done;
}
