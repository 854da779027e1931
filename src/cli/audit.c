/*
 * trato audit: who changed what, when, from which value to which; and for
 * managers, who opened which client's record. The keys of JSON and CSV are the
 * columns of schema/queries/list_audit.sql and list_openings.sql.
 */
#include "cli_private.h"
#include "filter.h"

#include <string.h>

#include <base/i18n.h>
#include <model/audit.h>
#include <queries.h>

/* Nobody means the changes of all years who says nothing else. */
#define DAYS_BEFORE "-7"

static const struct cli_column changes[] = {
	{ "at", N_("When"), CLI_TIME },      { "person", N_("Person"), CLI_WORDS },
	{ "operation", N_("Operation"), CLI_OPERATION }, { "record", N_("Record"), CLI_RECORD },
	{ "name", N_("Name"), CLI_RECORD_NAME },   { "client", N_("Client"), CLI_WORDS },
	{ "field", N_("Field"), CLI_FIELD }, { "old", N_("Before"), CLI_FIELD_VALUE },
	{ "new", N_("After"), CLI_FIELD_VALUE }, { 0 },
};

static const struct cli_column openings[] = {
	{ "at", N_("When"), CLI_TIME },      { "person", N_("Person"), CLI_WORDS },
	{ "what", N_("Record"), CLI_RECORD },   { "client", N_("Client"), CLI_WORDS },
	{ "row_count", N_("Rows"), CLI_NUMBER }, { 0 },
};

static bool check_record(struct arena *arena, const char *typed, struct err *err)
{
	size_t length = strcspn(typed, "/");
	const char *id = typed + length + (typed[length] != '\0');

	if (*id == '\0' || strlen(id) > 18 || id[strspn(id, "0123456789")] != '\0' ||
	    !audit_knows(arena_copy_n(arena, typed, length)))
		return err_set(err, ERR_USAGE, "%s",
		               _("A record is named by what it is and its id, such as contact/17."));
	return true;
}

/* What --record, --client, --action and --offer name, as found_audit has it; NULL: nothing. */
static bool choose_record(struct script *script, struct arena *arena,
                          const struct cli_arguments *arguments, const char **record,
                          struct err *err)
{
	const char *kind = NULL, *id = NULL;

	if (arguments->record && !check_record(arena, arguments->record, err))
		return false;
	if (arguments->client &&
	    !filter_choose(script, arena, &sql_audit_client, arguments->client, &id, err))
		return false;
	if (arguments->action && !cli_find_action(script, arena, arguments->action, &id, err))
		return false;
	if (arguments->offer && !cli_find_offer(script, arena, arguments->offer, &id, err))
		return false;
	kind = arguments->client ? "client" : arguments->action ? "action" : "offer";
	*record = id ? arena_printf(arena, "%s/%s", kind, id) : arguments->record;
	return true;
}

static bool print_audit(struct script *script, struct arena *arena,
                        const struct cli_arguments *arguments, struct err *err)
{
	const char *record, *person, *values[4], *from = arguments->from;
	char first[11], last[11];
	struct statement statement;

	if ((arguments->opened &&
	     !cli_has_role(script, arena, "manager",
	                   _("Only managers see who opened which record."), err)) ||
	    !choose_record(script, arena, arguments, &record, err) ||
	    !filter_choose(script, arena, &sql_report_person, arguments->person, &person, err))
		return false;
	if (!from && !record)
		from = DAYS_BEFORE;
	if (!filter_day(from, first, err) ||
	    !filter_day(arguments->to, last, err))
		return false;
	const char *const plain[] = { record, person, first[0] ? first : NULL, last[0] ? last : NULL };
	for (int i = 0; i < 4; i++)
		if (!filter_literal(script, arena, plain[i], &values[i], err))
			return false;
	statement = filter_fill_in(arena, arguments->opened ? &sql_list_openings : &sql_list_audit,
	                           values);
	return cli_print_list(script, &statement, arguments->opened ? openings : changes,
	                      arguments->format,
	                      _("Nothing of this is in the history, or not for you."), err);
}

bool cli_audit(const struct cli_arguments *arguments, struct err *err)
{
	int records = (arguments->client != NULL) + (arguments->action != NULL) +
	              (arguments->offer != NULL) + (arguments->record != NULL);
	struct script *script;
	struct arena *arena;
	bool done;

	if (records > 1)
		return err_set(err, ERR_USAGE, "%s", _("Name one record only."));
	if (arguments->opened && records > 0 && !arguments->client)
		return err_set(err, ERR_USAGE, "%s",
		               _("With --opened only a client can be named: --client."));
	if (!cli_check_action(arguments->action, err))
		return false;
	script = cli_open_as_person(arguments->context, err);
	if (!script)
		return false;
	arena = arena_new();
	done = print_audit(script, arena, arguments, err);
	script_close(&script);
	arena_free(&arena);
	return done;
}
