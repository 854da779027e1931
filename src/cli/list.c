/*
 * trato list: what there is and what is going on, for people and scripts. The
 * keys of JSON and CSV are the columns of schema/queries/list_*.sql.
 */
#include "cli_private.h"
#include "filter.h"

#include <string.h>

#include <base/i18n.h>
#include <queries.h>

enum { COLUMNS = 10 };

static const struct list {
	const char *what;
	const struct statement *statement;
	struct filter filter;
	struct cli_column columns[COLUMNS + 1];
} lists[] = {
	{ "clients",
	  &sql_list_clients,
	  { .client = "name", .date = "created_at" },
	  { { "name", N_("Client"), CLI_WORDS },
	    { "tax_id", N_("Tax id"), CLI_WORDS },
	    { "city", N_("City"), CLI_WORDS },
	    { "phone", N_("Phone"), CLI_WORDS },
	    { "archived", N_("Archived"), CLI_FLAG } } },
	{ "actions",
	  &sql_list_actions,
	  { "client", "state", ACTION_STATES, "owner", "opened_at" },
	  { { "number", N_("Action"), CLI_WORDS },
	    { "state", N_("State"), CLI_ACTION_STATE },
	    { "client", N_("Client"), CLI_WORDS },
	    { "title", N_("Title"), CLI_WORDS },
	    { "owner", N_("Owner"), CLI_WORDS },
	    { "live_cents", N_("Live offers"), CLI_CENTS },
	    { "next_step_on", N_("Next step"), CLI_DAY } } },
	{ "offers",
	  &sql_list_offers,
	  { "client", "state", OFFER_STATES, NULL, "presented_at" },
	  { { "number", N_("Offer"), CLI_WORDS },
	    { "state", N_("State"), CLI_OFFER_STATE },
	    { "client", N_("Client"), CLI_WORDS },
	    { "title", N_("Title"), CLI_WORDS },
	    { "total_cents", N_("Total"), CLI_CENTS },
	    { "valid_until", N_("Valid until"), CLI_DAY },
	    { "expired", N_("Expired"), CLI_FLAG } } },
	{ "communications",
	  &sql_list_communications,
	  { .client = "client", .person = "author", .date = "happened_at" },
	  { { "happened_at", N_("When"), CLI_TIME },
	    { "channel", N_("Channel"), CLI_CHANNEL },
	    { "direction", N_("Direction"), CLI_DIRECTION },
	    { "client", N_("Client"), CLI_WORDS },
	    { "contact", N_("Contact"), CLI_WORDS },
	    { "subject", N_("Subject"), CLI_WORDS },
	    { "author", N_("Author"), CLI_WORDS } } },
	{ "notices",
	  &sql_list_notices,
	  { "client", "state", NOTICE_STATES, "rep", "made_at" },
	  { { "id", N_("Notice"), CLI_WORDS },
	    { "state", N_("State"), CLI_NOTICE_STATE },
	    { "age", N_("Age"), CLI_LATENESS },
	    { "made_at", N_("Made"), CLI_TIME },
	    { "total_cents", N_("Total"), CLI_CENTS },
	    { "invoiced_cents", N_("Invoiced"), CLI_CENTS },
	    { "client", N_("Client"), CLI_WORDS },
	    { "offer_number", N_("Offer"), CLI_WORDS },
	    { "taken_by", N_("Taken by"), CLI_WORDS },
	    { "invoices", N_("Invoices"), CLI_WORDS } } },
	{ "holds",
	  &sql_list_holds,
	  { .client = "client", .person = "holder", .date = "held_at" },
	  { { "client", N_("Client"), CLI_WORDS },
	    { "division", N_("Division"), CLI_WORDS },
	    { "action_number", N_("Action"), CLI_WORDS },
	    { "holder", N_("Held by"), CLI_WORDS },
	    { "held_at", N_("Since"), CLI_TIME } } },
};

static bool print_list(const struct list *list, const struct cli_arguments *arguments,
                       struct err *err)
{
	struct script *script = cli_open_as_person(arguments->context, err);
	struct arena *arena = arena_new();
	struct statement statement = *list->statement;
	bool done = script &&
	            filter_narrow(script, arena, &list->filter, arguments, &statement, err) &&
	            (strcmp(list->what, "clients") != 0 ||
	             filter_trace(script, "list", &statement, err)) &&
	            cli_print_list(script, &statement, list->columns, arguments->format, NULL, err);

	script_close(&script);
	arena_free(&arena);
	return done;
}

bool cli_list(const struct cli_arguments *arguments, struct err *err)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (strcmp(lists[i].what, arguments->what) == 0)
			return print_list(&lists[i], arguments, err);
	}
	return false;
}
