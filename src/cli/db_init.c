/*
 * trato db init: the database, if the server does not have it, all of the
 * schema and the first manager, as the database's administrator. Everything that
 * could stop it is looked at before; then it is all made, or nothing.
 */
#include "db_init.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <base/uuid.h>
#include <queries.h>

enum { LINE_COLUMNS = 78 };

struct init {
	const struct cli_context *context;
	struct arena *arena;
	bool ask;       /* a person is at the terminal and has not said yes to everything */
	char *password; /* the administrator's; NULL: none was asked for */
	struct script *script;
	char *missing; /* the database that is to be made, or NULL */
	struct init_server server;
	struct init_manager manager;
};

/* On the database, or near it where it is to be made. */
static bool init_open(struct init *init, struct err *err)
{
	const struct cli_context *context = init->context;
	struct err first = { 0 };

	init->script =
	    script_open_near(context->conninfo, context->user, NULL, &init->missing, &first);
	if (!init->script && strcmp(first.field, "password") != 0)
		*err = first;
	else if (!init->script && (init->password = cli_read_secret(_("Password:"), err)))
		init->script = script_open_near(context->conninfo, context->user, init->password,
		                                &init->missing, err);
	return init->script != NULL;
}

static bool is_free(struct init *init, struct err *err)
{
	const struct rows *rows = NULL;

	if (!init->manager.email)
		return true;
	if (!script_query(init->script, init->arena,
	                  "SELECT FROM pg_catalog.pg_roles WHERE rolname = $1", 1,
	                  (const char *const[]){ init->manager.email }, &rows, NULL, err))
		return false;
	return rows->count == 0 ||
	       err_set(err, ERR_REFUSED,
	               _("The server has a login %s already. Name another manager, or remove that "
	                 "one: DROP ROLE"),
	               init->manager.email);
}

static void say_wrapped(struct arena *arena, const char *text)
{
	struct text_block block = text_wrap(arena, text, LINE_COLUMNS);

	for (int i = 0; i < block.count; i++)
		cli_say("%s", block.lines[i]);
}

static void explain(const struct init *init)
{
	cli_say(_("On the server %s (PostgreSQL %s) this is made:"), script_server(init->script),
	        init->server.version);
	if (init->missing)
		cli_say(_("  the database %s, in UTF-8"), init->missing);
	else
		cli_say(_("  (the database %s is there already)"), script_database(init->script));
	cli_say("%s", _("  in it the schema trato, with the extensions pg_trgm and unaccent"));
	cli_say("%s",
	        _("  roles without a login: trato_owner, trato_admin, one for each kind of work"));
	if (init->server.has_roles)
		cli_say("%s",
		        _("  (they are there already, as other databases of Trato have them)"));
	if (init->manager.email)
		cli_say(_("  the login %s (%s), a manager"), init->manager.email,
		        init->manager.name);
	say_wrapped(
	    init->arena,
	    _("In that database everybody loses what nobody needs there: the schema public, the "
	      "language plpgsql, advisory locks, large objects. Other databases stay as they "
	      "are."));
	say_wrapped(init->arena,
	            _("Its days begin at midnight in Europe/Madrid, and 09:00-18:00 is worked from "
	              "Monday to Friday: a manager changes that in Trato, on the screen of settings."));
}

static bool make_manager(struct script *script, void *ctx, struct err *err)
{
	struct init *init = ctx;
	const struct init_manager *manager = &init->manager;
	char request[37];

	if (!manager->email)
		return true;
	uuid_make(request);
	return cli_call(script, init->arena, &sql_person_create,
	                (const char *const[]){ request, manager->email, manager->name, "{manager}",
	                                       manager->verifier },
	                NULL, err);
}

static bool make_all(struct init *init, struct err *err)
{
	const struct cli_context *context = init->context;
	struct script *script;
	struct err ignored;
	bool done, empty, there = false;

	if (!init->missing)
		return migrate_create(init->script, make_manager, init, err);
	if (!script_create_database(init->script, init->missing, err))
		return false;
	script = script_open(context->conninfo, context->user, init->password, err);
	done = script && migrate_create(script, make_manager, init, err);
	/* Somebody else may have been there first: then it is his. */
	empty = !done && script && migrate_is_initialised(script, &there, &ignored) && !there;
	script_close(&script);
	if (empty)
		script_drop_database(init->script, init->missing, &ignored);
	return done;
}

/* Whether the server lets the manager in is its own affair, so it is tried. */
static void try_manager(const struct init *init)
{
	const struct init_manager *manager = &init->manager;
	const char *server = script_server(init->script);
	const char *database = init->missing ? init->missing : script_database(init->script);
	struct err err = { 0 };
	struct script *script =
	    script_open(init->context->conninfo, manager->email, manager->password, &err);

	if (script) {
		cli_say(_("%s may log in now, and chooses an own password then."), manager->email);
		script_close(&script);
		return;
	}
	say_wrapped(init->arena,
	            arena_printf(init->arena, _("The server does not let %s in yet: %s"),
	                         manager->email, err.text));
	say_wrapped(init->arena,
	            arena_printf(init->arena,
	                         _("Put this line into %s, behind that of postgres, and let the "
	                           "server read it (systemctl reload postgresql):"),
	                         init->server.hba_file));
	if (server[0] == '/' || server[0] == '@')
		cli_say("  local %s all scram-sha-256", database);
	else
		cli_say("  hostssl %s all %s scram-sha-256", database, _("ADDRESS"));
}

static bool init_run(struct init *init, const struct cli_arguments *arguments, struct err *err)
{
	if (!init_take_options(arguments, &init->manager, err) || !init_open(init, err) ||
	    !init_look(init->script, init->arena, init->missing, &init->server, err) ||
	    !init_ask(init->ask, &init->manager, err) || !is_free(init, err))
		return false;
	explain(init);
	if (init->ask && !init_consent(_("Go on? [y/N]")))
		return err_set(err, ERR_REFUSED, _("Nothing was done."));
	if (!init_ask_password(init->ask, &init->manager, err) || !make_all(init, err))
		return false;
	if (!init->manager.email) {
		cli_say("%s", _("The database is ready. Next, its first manager: trato user add "
		                "E-MAIL --name NAME --role manager"));
		return true;
	}
	cli_say("%s", _("The database is ready."));
	try_manager(init);
	return true;
}

bool cli_db_init(const struct cli_arguments *arguments, struct err *err)
{
	struct init init = { .context = arguments->context,
		             .arena = arena_new(),
		             .ask = !arguments->yes && isatty(STDIN_FILENO) &&
		                    isatty(STDOUT_FILENO) && isatty(STDERR_FILENO) };
	bool done = init_run(&init, arguments, err);

	script_close(&init.script);
	init_forget(&init.manager);
	if (init.password)
		mem_erase(init.password, strlen(init.password));
	free(init.password);
	free(init.missing);
	arena_free(&init.arena);
	return done;
}
