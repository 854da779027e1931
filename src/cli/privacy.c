/*
 * trato privacy: what RGPD and LOPDGDD ask of whoever keeps data of people. The
 * register of columns, all that is known of one person, and blocking and
 * erasing, which tell what they will do before they do it.
 */
#include "cli_private.h"
#include "filter.h"
#include "sink.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <base/uuid.h>
#include <queries.h>

/* Whose data. */
struct subject {
	const char *kind, *id;
};

static const struct cli_column register_columns[] = {
	{ "table_name", N_("Table"), CLI_WORDS }, { "column_name", N_("Column"), CLI_WORDS },
	{ "about", N_("Whose"), CLI_PRIVACY },    { "purpose", N_("What for"), CLI_PRIVACY },
	{ "kept", N_("Kept"), CLI_PRIVACY },      { 0 },
};

static const struct cli_column due_columns[] = {
	{ "id", N_("Blocking"), CLI_NUMBER },   { "kind", N_("Whose"), CLI_PRIVACY },
	{ "subject_id", N_("Id"), CLI_NUMBER }, { "state", N_("State"), CLI_PRIVACY },
	{ "erase_on", N_("To erase from"), CLI_DAY }, { "is_due", N_("Due"), CLI_FLAG },
	{ "reason", N_("Why"), CLI_WORDS },     { 0 },
};

static bool find_subject(struct script *script, struct arena *arena,
                         const struct cli_arguments *arguments, struct subject *out,
                         struct err *err)
{
	int count = (arguments->client != NULL) + (arguments->contact != NULL) +
	            (arguments->user != NULL);

	if (count != 1) {
		err_set(err, ERR_USAGE, "%s",
		        _("Whose data? Say one of --contact, --client and --user."));
		return false;
	}
	out->kind = arguments->client ? "client" : arguments->contact ? "contact" : "person";
	out->id = arguments->contact;
	if (arguments->client)
		return filter_choose(script, arena, &sql_audit_client, arguments->client, &out->id,
		                     err);
	if (arguments->user)
		return filter_choose(script, arena, &sql_report_person, arguments->user, &out->id,
		                     err);
	if (arguments->contact[0] != '\0' &&
	    arguments->contact[strspn(arguments->contact, "0123456789")] == '\0')
		return true;
	return err_set(err, ERR_USAGE, "%s",
	               _("A contact is named by its id, which trato export contacts has."));
}

/* ---- before it is done */

static void tell_law(struct arena *arena, const struct rows *rows)
{
	if (rows_text(rows, 0, "law_until")[0] != '\0')
		cli_say(_("Some of it belongs to approved offers. The law wants that kept for six "
		          "years (Código de Comercio, article 30): until %s it stays blocked, for "
		          "courts and authorities only, and is erased afterwards."),
		        cli_day(arena, rows_text(rows, 0, "law_until")));
}

static void tell_block(struct arena *arena, const struct subject *subject, const struct rows *rows)
{
	if (strcmp(subject->kind, "person") == 0) {
		cli_say(_("%s: mails in the tray that are taken out of sight: %s. The name stays "
		          "with what this person has written and changed, since the trail has to "
		          "say who it was."),
		        rows_text(rows, 0, "name"), rows_text(rows, 0, "mails"));
	} else {
		cli_say(_("%s: the data, communications (%s), mails (%s), the words that name this "
		          "person in the records of the client, and the history of all that are "
		          "taken out of sight of everybody."),
		        rows_text(rows, 0, "name"), rows_text(rows, 0, "communications"),
		        rows_text(rows, 0, "mails"));
		if (rows_int(rows, 0, "others") > 0)
			cli_say(_("Contacts of other clients with the same e-mail, which are not touched: "
			          "%s"),
			        rows_text(rows, 0, "others"));
	}
	if (rows_bool(rows, 0, "may_be_company"))
		cli_say("%s", _("Its tax id does not say whether this client is one person. Block it only "
		                "if it is: the data of a company are nobody's."));
	cli_say(_("A manager can bring all of it back, with a reason. From %s on it can be erased "
	          "for good."),
	        cli_day(arena, rows_text(rows, 0, "erase_on")));
	tell_law(arena, rows);
}

static bool is_meant(const struct cli_arguments *arguments, struct err *err)
{
	return arguments->yes || err_set(err, ERR_USAGE, "%s",
	                                 _("Nothing was done. To do it, add --yes."));
}

/* ---- the commands */

static bool block(struct script *script, struct arena *arena, const struct cli_arguments *arguments,
                  struct err *err)
{
	const struct rows *rows = NULL;
	struct subject subject;
	char request[37];

	if (!arguments->reason)
		return err_set(err, ERR_USAGE, "%s", _("Why? Say it by --reason, without names."));
	if (!find_subject(script, arena, arguments, &subject, err) ||
	    !cli_call(script, arena, &sql_privacy_preview,
	              (const char *const[]){ subject.kind, subject.id }, &rows, err))
		return false;
	if (rows->count == 0)
		return err_set(err, ERR_REFUSED, "%s", _("This does not exist, or is not yours."));
	if (rows_bool(rows, 0, "is_company"))
		return err_set(err, ERR_REFUSED, "%s",
		               _("This client is a company, as its tax id says, and no person. Block the "
		                 "data of its contacts instead."));
	tell_block(arena, &subject, rows);
	if (!is_meant(arguments, err))
		return false;
	uuid_make(request);
	if (!cli_call(script, arena, &sql_block_data,
	              (const char *const[]){ request, subject.kind, subject.id, arguments->reason },
	              &rows, err))
		return false;
	cli_say(_("Blocked. The number of this blocking is %s."), rows_text(rows, 0, "id"));
	return true;
}

static bool unblock(struct script *script, struct arena *arena,
                    const struct cli_arguments *arguments, struct err *err)
{
	const struct rows *rows = NULL;
	char request[37];
	int left;

	if (!arguments->reason)
		return err_set(err, ERR_USAGE, "%s", _("Why? Say it by --reason, without names."));
	uuid_make(request);
	if (!cli_call(script, arena, &sql_unblock_data,
	              (const char *const[]){ request, arguments->words[0], arguments->reason },
	              &rows, err))
		return false;
	left = (int)rows_int(rows, 0, "values_left");
	if (left == 0)
		cli_say("%s", _("Everything stands again where it stood."));
	else
		cli_say(ngettext("All stands again where it stood, but for %d value, which was changed "
		                 "meanwhile and is left as it is. The history has what stood there.",
		                 "All stands again where it stood, but for %d values, which were changed "
		                 "meanwhile and are left as they are. The history has what stood there.",
		                 (unsigned long)left),
		        left);
	return true;
}

static bool erase(struct script *script, struct arena *arena, const struct cli_arguments *arguments,
                  struct err *err)
{
	const struct rows *rows = NULL;
	char request[37];

	if (!cli_call(script, arena, &sql_privacy_blocking,
	              (const char *const[]){ arguments->words[0] }, &rows, err))
		return false;
	if (rows->count == 0)
		return err_set(err, ERR_REFUSED, "%s", _("This does not exist, or is not yours."));
	cli_say(_("What was blocked on %s (%s) is erased for good: nobody can bring it back."),
	        cli_day(arena, rows_text(rows, 0, "blocked_on")), rows_text(rows, 0, "reason"));
	tell_law(arena, rows);
	if (!is_meant(arguments, err))
		return false;
	uuid_make(request);
	if (!cli_call(script, arena, &sql_erase_data,
	              (const char *const[]){ request, arguments->words[0] }, &rows, err))
		return false;
	if (rows_text(rows, 0, "kept_until")[0] != '\0')
		cli_say(_("Erased, but for what the law keeps until %s."),
		        cli_day(arena, rows_text(rows, 0, "kept_until")));
	else
		cli_say("%s", _("Erased. Backups made before still have it: see trato(1), PRIVACY."));
	return true;
}

static bool export(struct script *script, struct arena *arena, const struct cli_arguments *arguments,
                   struct err *err)
{
	const struct rows *rows = NULL;
	struct subject subject;
	struct sink sink = { 0 };
	const char *document;

	if (!find_subject(script, arena, arguments, &subject, err) ||
	    !cli_call(script, arena, &sql_personal_data,
	              (const char *const[]){ subject.kind, subject.id }, &rows, err) ||
	    !sink_open(&sink, arguments->output, err))
		return false;
	document = rows_text(rows, 0, "document");
	if (sink_is_terminal(&sink))
		document = text_clean(arena, document, TEXT_MANY_LINES);
	return sink_close(&sink, fprintf(sink.file, "%s\n", document) > 0, err);
}

static bool list(struct script *script, const struct statement *statement,
                 const struct cli_column *columns, const struct cli_arguments *arguments,
                 struct err *err)
{
	return cli_print_list(script, statement, columns, arguments->format, NULL, err);
}

bool cli_privacy(const struct cli_arguments *arguments, struct err *err)
{
	struct script *script = cli_open_as_person(arguments->context, err);
	struct arena *arena;
	bool done;

	if (!script)
		return false;
	arena = arena_new();
	if (strcmp(arguments->what, "register") != 0 &&
	    !cli_has_role(script, arena, "manager", _("Only managers see to the data of people."),
	                  err))
		done = false;
	else if (strcmp(arguments->what, "register") == 0)
		done = list(script, &sql_list_register, register_columns, arguments, err);
	else if (strcmp(arguments->what, "due") == 0)
		done = list(script, &sql_list_blockings, due_columns, arguments, err);
	else if (strcmp(arguments->what, "export") == 0)
		done = export(script, arena, arguments, err);
	else if (strcmp(arguments->what, "block") == 0)
		done = block(script, arena, arguments, err);
	else if (strcmp(arguments->what, "unblock") == 0)
		done = unblock(script, arena, arguments, err);
	else
		done = erase(script, arena, arguments, err);
	script_close(&script);
	arena_free(&arena);
	return done;
}
