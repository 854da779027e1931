/*
 * trato db status: does the database fit this program, and does anybody hurt
 * it. Exit code 1 where something is to be done.
 */
#include "cli_private.h"

#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <model/check.h>
#include <queries.h>

/* So often a command may fail before it is told as a fault. */
enum { TRIES_PATIENT = 4 };

static void print_figures(const struct rows *rows, int version, int missing)
{
	cli_say(_("Database       %s on PostgreSQL %s, %s"), rows_text(rows, 0, "database"),
	        rows_text(rows, 0, "server"), rows_text(rows, 0, "size"));
	cli_say(_("Schema         version %d of %d, for clients of level %s to %s"), version,
	        version + missing, rows_text(rows, 0, "client_min"),
	        rows_text(rows, 0, "client_max"));
	cli_say(_("People         %s active, %s disabled"), rows_text(rows, 0, "active"),
	        rows_text(rows, 0, "disabled"));
	cli_say(_("Sessions       %s of %s"), rows_text(rows, 0, "sessions"),
	        rows_text(rows, 0, "sessions_max"));
	cli_say(_("Notifications  %s %% of the queue in use"), rows_text(rows, 0, "queue_percent"));
}

/* To people a commit that waits for a standby looks like a server that is gone. */
static bool print_servers(struct script *script, const struct rows *rows, struct err *err)
{
	const char *awaited = rows_text(rows, 0, "awaited");

	cli_say(_("Connection     %s"), script_protection(script));
	if (rows_bool(rows, 0, "standby")) {
		cli_say(_("Server         %s, a standby, %s s behind"), script_server(script),
		        rows_text(rows, 0, "behind"));
		return true;
	}
	cli_say(_("Server         %s, which takes changes"), script_server(script));
	if (rows_text(rows, 0, "standbys")[0] != '\0')
		cli_say(_("Standbys       %s"), rows_text(rows, 0, "standbys"));
	return awaited[0] == '\0' || rows_int(rows, 0, "waiting_for") > 0 ||
	       err_set(err, ERR_REFUSED,
	               _("Saving waits for a standby that is not there (%s). Start it, or take it "
	                 "out of synchronous_standby_names."),
	               awaited);
}

static bool print_stuck(const struct rows *rows, struct err *err)
{
	for (int i = 0; i < rows->count; i++) {
		char age[32];
		date_age((long)rows_int(rows, i, "seconds"), age);
		cli_say(_("Stuck          %s (process %s): a transaction open for %s, %s"),
		        rows_text(rows, i, "login"), rows_text(rows, i, "pid"), age,
		        rows_text(rows, i, "state"));
	}
	if (rows->count == 0)
		return true;
	return err_set(err, ERR_REFUSED,
	               _("Transactions that stay open hold up the others. "
	                 "pg_terminate_backend(process) ends one."));
}

static bool print_limits(const struct rows *rows, struct err *err)
{
	for (int i = 0; i < rows->count; i++) {
		const char *kind = rows_text(rows, i, "kind");
		const char *login = rows_text(rows, i, "login");
		const char *pid = rows_text(rows, i, "pid");
		const char *number = rows_text(rows, i, "number");
		char age[32];

		date_age((long)rows_int(rows, i, "seconds"), age);
		if (strcmp(kind, "running") == 0)
			cli_say(_("Long           %s (process %s): a statement runs for %s"), login,
			        pid, age);
		else if (strcmp(kind, "blocking") == 0)
			cli_say(_("Blocking       %s (process %s): sessions that wait for it: %s"),
			        login, pid, number);
		else if (strcmp(kind, "sessions") == 0)
			cli_say(_("Many           %s: %s sessions"), login, number);
		else
			cli_say(_("Limits         %s has lifted those of the login: %s"), login,
			        number);
	}
	return rows->count == 0 ||
	       err_set(err, ERR_REFUSED,
	               _("Somebody takes more of the server than is his. "
	                 "pg_terminate_backend(process) ends a session, ALTER ROLE sets limits."));
}

/* Where one that is at work fails again and again, somebody has to look at its command. */
static bool print_watchers(const struct rows *rows, struct err *err)
{
	const char *failing = NULL;

	for (int i = 0; i < rows->count; i++) {
		const char *name = rows_text(rows, i, "name");
		bool at_work = rows_bool(rows, i, "at_work");
		char age[32];

		date_age((long)rows_int(rows, i, "seconds"), age);
		cli_say(at_work
		            ? _("Watcher        %s: %s notices given, %s waiting; at work, last "
		                "seen: %s (%s)")
		            : _("Watcher        %s: %s notices given, %s waiting; not at work, "
		                "last seen: %s (%s)"),
		        name, rows_text(rows, i, "given"), rows_text(rows, i, "waiting"), age,
		        rows_text(rows, i, "place"));
		if (rows_int(rows, i, "tries") == 0)
			continue;
		cli_say(_("               notice %s has failed %s times: %s"),
		        rows_text(rows, i, "notice_id"), rows_text(rows, i, "tries"),
		        rows_text(rows, i, "message"));
		if (at_work && rows_int(rows, i, "tries") >= TRIES_PATIENT)
			failing = name;
	}
	return failing == NULL ||
	       err_set(err, ERR_REFUSED,
	               _("The command of the watcher %s fails. It is tried again until it "
	                 "succeeds."),
	               failing);
}

/* What the database guards is kept, unless somebody went round it with more rights than anybody of
 * the team has. */
static bool print_checks(const struct rows *rows, struct err *err)
{
	int broken = 0;

	for (int i = 0; i < rows->count; i++) {
		if (rows_int(rows, i, "wrong") == 0)
			continue;
		broken++;
		cli_say(_("Wrong          %s: %s (%s, for one)"),
		        check_sentence(rows_text(rows, i, "name")), rows_text(rows, i, "wrong"),
		        rows_text(rows, i, "number"));
	}
	if (broken == 0) {
		cli_say(_("Checks         all %d rules are kept"), rows->count);
		return true;
	}
	return err_set(err, ERR_REFUSED,
	               _("Rules that the database guards are broken: somebody has gone round it."));
}

bool cli_db_status(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	struct script *script = cli_open(arguments->context, err);
	const struct rows *rows = NULL;
	bool there = false, done = false, watched = true;
	struct err failing = { 0 };
	int version, missing;

	if (!script || !migrate_is_initialised(script, &there, err))
		goto out;
	if (!there) {
		err_set(err, ERR_REFUSED,
		        _("This database has not been set up yet. To do it: trato db init"));
		goto out;
	}
	if (!migrate_compare(script, &version, &missing, err) ||
	    !cli_call(script, arena, &sql_db_status, NULL, &rows, err))
		goto out;
	print_figures(rows, version, missing);
	if (!cli_call(script, arena, &sql_db_status_servers, NULL, &rows, err) ||
	    !print_servers(script, rows, err))
		goto out;
	/* These came with a later version. */
	if (missing == 0) {
		if (!cli_call(script, arena, &sql_db_status_watchers, NULL, &rows, err))
			goto out;
		watched = print_watchers(rows, &failing);
	}
	if (!cli_call(script, arena, &sql_db_status_stuck, NULL, &rows, err) ||
	    !print_stuck(rows, err))
		goto out;
	if (!cli_call(script, arena, &sql_db_status_limits, NULL, &rows, err) ||
	    !print_limits(rows, err))
		goto out;
	/* An older schema may lack what they count. */
	if (missing == 0 && (!cli_call(script, arena, &sql_checks, NULL, &rows, err) ||
	                     !print_checks(rows, err)))
		goto out;
	if (!watched) {
		*err = failing;
		goto out;
	}
	done = missing == 0 ||
	       err_set(err, ERR_REFUSED,
	               _("The database is older than this program. To bring it up to date: "
	                 "trato db migrate"));
out:
	script_close(&script);
	arena_free(&arena);
	return done;
}
