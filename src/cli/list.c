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
		{ "client", N_("Client") },        { "division", N_("Division") },
		{ "action_number", N_("Action") }, { "holder", N_("Held by") },
		{ "held_at", N_("Since") },        { NULL, NULL },
	};

	return list(arguments, &sql_list_holds, columns, err);
}

bool cli_list_notices(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "id", N_("Notice") },
		{ "state", N_("State") },
		{ "made_at", N_("Made") },
		{ "total_cents", N_("Total") },
		{ "invoiced_cents", N_("Invoiced") },
		{ "client", N_("Client") },
		{ "offer_number", N_("Offer") },
		{ "taken_by", N_("Taken by") },
		{ NULL, NULL },
	};

	return list(arguments, &sql_list_notices, columns, err);
}

bool cli_list_actions(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "number", N_("Action") },
		{ "state", N_("State") },
		{ "client", N_("Client") },
		{ "title", N_("Title") },
		{ "owner", N_("Owner") },
		{ "live_cents", N_("Live offers") },
		{ "next_step_on", N_("Next step") },
		{ NULL, NULL },
	};

	return list(arguments, &sql_list_actions, columns, err);
}
