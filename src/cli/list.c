/*
 * trato list holds, notices, actions: what is going on, for people and scripts.
 * The keys of JSON and CSV are the columns of schema/queries/list_*.sql.
 */
#include "cli_private.h"

#include <base/i18n.h>
#include <queries.h>

static bool list(const struct cli_arguments *arguments, const struct statement *statement,
                 const struct cli_column *columns, struct err *err)
{
	struct script *script = cli_open_as_person(arguments->context, err);
	bool done = script && cli_print_list(script, statement, columns, arguments->format, err);

	script_close(&script);
	return done;
}

bool cli_list_holds(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "client", N_("Client"), CLI_WORDS },
		{ "division", N_("Division"), CLI_WORDS },
		{ "action_number", N_("Action"), CLI_WORDS },
		{ "holder", N_("Held by"), CLI_WORDS },
		{ "held_at", N_("Since"), CLI_TIME },
		{ NULL, NULL, CLI_WORDS },
	};

	return list(arguments, &sql_list_holds, columns, err);
}

bool cli_list_notices(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "id", N_("Notice"), CLI_WORDS },
		{ "state", N_("State"), CLI_WORDS },
		{ "made_at", N_("Made"), CLI_TIME },
		{ "total_cents", N_("Total"), CLI_CENTS },
		{ "invoiced_cents", N_("Invoiced"), CLI_CENTS },
		{ "client", N_("Client"), CLI_WORDS },
		{ "offer_number", N_("Offer"), CLI_WORDS },
		{ "taken_by", N_("Taken by"), CLI_WORDS },
		{ NULL, NULL, CLI_WORDS },
	};

	return list(arguments, &sql_list_notices, columns, err);
}

bool cli_list_actions(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "number", N_("Action"), CLI_WORDS },
		{ "state", N_("State"), CLI_WORDS },
		{ "client", N_("Client"), CLI_WORDS },
		{ "title", N_("Title"), CLI_WORDS },
		{ "owner", N_("Owner"), CLI_WORDS },
		{ "live_cents", N_("Live offers"), CLI_CENTS },
		{ "next_step_on", N_("Next step"), CLI_WORDS },
		{ NULL, NULL, CLI_WORDS },
	};

	return list(arguments, &sql_list_actions, columns, err);
}
