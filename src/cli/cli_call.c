/*
 * One call of a function of the schema, and the small readings of words that
 * several commands share.
 */
#include "cli_private.h"

#include <ctype.h>
#include <signal.h>
#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <model/refusal.h>

bool cli_call(struct script *script, struct arena *arena, const struct statement *statement,
              const char *const *parameters, const struct rows **rows, struct err *err)
{
	struct refusal refusal = { 0 };
	struct err plain = { 0 };

	if (script_query(script, arena, statement->sql, statement->parameters, parameters, rows,
	                 &refusal, &plain))
		return true;
	if (plain.kind == ERR_CONNECT)
		*err = plain;
	else
		refusal_explain(&refusal, err);
	return false;
}

bool cli_has_role(struct script *script, struct arena *arena, const char *role,
                  const char *sentence, struct err *err)
{
	const struct rows *rows = NULL;

	if (!script_query(script, arena, "SELECT trato.has_role($1) AS may", 1, &role, &rows, NULL,
	                  err))
		return false;
	return rows_bool(rows, 0, "may") || err_set(err, ERR_DENIED, "%s", sentence);
}

bool cli_read_roles(struct arena *arena, const char *typed, const char **array, struct err *err)
{
	static const char *const known[] = { "rep", "backoffice", "supervisor", "manager" };

	const char *at = typed;
	do {
		size_t length = strcspn(at, ",");
		bool found = false;
		for (int i = 0; i < 4; i++)
			found = found ||
			        (strlen(known[i]) == length && strncmp(known[i], at, length) == 0);
		if (!found)
			return err_set(
			    err, ERR_USAGE,
			    _("A role is one of rep, backoffice, supervisor and manager; "
			      "manager may stand beside another: rep,manager"));
		at += length;
	} while (*at++ == ',');
	*array = arena_printf(arena, "{%s}", typed);
	return true;
}

char *cli_email(struct arena *arena, const char *typed)
{
	char *email = arena_copy(arena, typed);

	for (char *c = email; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return email;
}

void cli_on_interruption(void (*handler)(int signal))
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	const struct sigaction action = { .sa_handler = handler, .sa_flags = (int)SA_RESETHAND };
	struct sigaction before;

	for (int i = 0; i < 3; i++) {
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}
