/*
 * The table of commands that need no screen, and the reading of what stands
 * behind them. Called by main() only.
 */
#include "cli_private.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>

struct command {
	const char *group;
	const char *name; /* NULL: the group is all of it */
	int least, most;  /* words behind it */
	bool (*run)(const struct cli_arguments *, struct err *);
	const char *usage;
};

#define IMPORT_OPTIONS " [--dry-run] [--all-or-nothing] [--encoding NAME] [-o|--refused FILE.csv]"
#define LIST_OPTIONS " [--json|--csv]"
#define EXPORT_OPTIONS " [--format csv|json|xlsx] [-o FILE]"
#define OF_CLIENT " [--client NAME]"
#define OF_PERSON " [--person NAME]"
#define OF_STATE " [--state STATE[,STATE]]"
#define OF_DAYS " [--from DAY] [--to DAY]"
#define OF_AREA " [--area NAME]"
#define OF_SUBJECT OF_CLIENT " [--contact ID] [--user E-MAIL]"
#define REPORT_OPTIONS LIST_OPTIONS OF_DAYS OF_AREA OF_PERSON " [--pdf [-o FILE] [--language es|en]]"

static const struct command commands[] = {
	{ "db", "init", 0, 0, cli_db_init, "db init [--manager E-MAIL --name NAME] [--yes]" },
	{ "db", "migrate", 0, 0, cli_db_migrate, "db migrate" },
	{ "db", "status", 0, 0, cli_db_status, "db status" },
	{ "doctor", NULL, 0, 0, cli_doctor, "doctor" LIST_OPTIONS },
	{ "completion", NULL, 1, 1, cli_completion, "completion bash|zsh|fish" },
	{ "user", "add", 1, 1, cli_user_add, "user add E-MAIL --name NAME --role ROLE[,ROLE]" },
	{ "user", "list", 0, 0, cli_user_list, "user list [--json|--csv]" },
	{ "user", "disable", 1, 1, cli_user_disable, "user disable E-MAIL" },
	{ "user", "enable", 1, 1, cli_user_enable, "user enable E-MAIL" },
	{ "user", "role", 2, 2, cli_user_role, "user role E-MAIL ROLE[,ROLE]" },
	{ "user", "password", 0, 1, cli_user_password, "user password [E-MAIL]" },
	{ "list", "clients", 0, 0, cli_list, "list clients" LIST_OPTIONS OF_CLIENT OF_DAYS },
	{ "list", "actions", 0, 0, cli_list,
	  "list actions" LIST_OPTIONS OF_CLIENT OF_PERSON OF_STATE OF_DAYS },
	{ "list", "offers", 0, 0, cli_list, "list offers" LIST_OPTIONS OF_CLIENT OF_STATE OF_DAYS },
	{ "list", "communications", 0, 0, cli_list,
	  "list communications" LIST_OPTIONS OF_CLIENT OF_PERSON OF_DAYS },
	{ "list", "notices", 0, 0, cli_list,
	  "list notices" LIST_OPTIONS OF_CLIENT OF_PERSON OF_STATE OF_DAYS },
	{ "list", "holds", 0, 0, cli_list, "list holds" LIST_OPTIONS OF_CLIENT OF_PERSON OF_DAYS },
	{ "list", "agenda", 0, 0, cli_list_agenda, "list agenda [--json|--csv|--ics]" },
	{ "report", "pipeline", 0, 0, cli_report, "report pipeline" REPORT_OPTIONS },
	{ "report", "activity", 0, 0, cli_report, "report activity" REPORT_OPTIONS },
	{ "report", "approvals", 0, 0, cli_report, "report approvals" REPORT_OPTIONS },
	{ "report", "holds", 0, 0, cli_report, "report holds" REPORT_OPTIONS },
	{ "offer", "print", 1, 1, cli_offer_print,
	  "offer print NUMBER [-o FILE] [--language es|en]" },
	{ "audit", NULL, 0, 0, cli_audit,
	  "audit [--opened]" LIST_OPTIONS OF_CLIENT
	  " [--action NUMBER] [--offer NUMBER] [--record TABLE/ID]" OF_PERSON OF_DAYS },
	{ "privacy", "register", 0, 0, cli_privacy, "privacy register" LIST_OPTIONS },
	{ "privacy", "due", 0, 0, cli_privacy, "privacy due" LIST_OPTIONS },
	{ "privacy", "export", 0, 0, cli_privacy, "privacy export" OF_SUBJECT " [-o FILE]" },
	{ "privacy", "block", 0, 0, cli_privacy,
	  "privacy block" OF_SUBJECT " --reason TEXT [--yes]" },
	{ "privacy", "unblock", 1, 1, cli_privacy, "privacy unblock BLOCKING --reason TEXT" },
	{ "privacy", "erase", 1, 1, cli_privacy, "privacy erase BLOCKING [--yes]" },
	{ "import", "clients", 1, 1, cli_import_clients, "import clients FILE" IMPORT_OPTIONS },
	{ "import", "contacts", 1, 1, cli_import_contacts, "import contacts FILE" IMPORT_OPTIONS },
	{ "import", "divisions", 1, 1, cli_import_divisions,
	  "import divisions FILE" IMPORT_OPTIONS },
	{ "log-mail", NULL, 0, 0, cli_log_mail, "log-mail [--action NUMBER]" },
	{ "watch", NULL, 0, 0, cli_watch,
	  "watch --name NAME [--exec COMMAND] [--timeout SECONDS] [--from DAY] | --forget" },
	{ "export", "clients", 0, 0, cli_export,
	  "export clients" EXPORT_OPTIONS OF_CLIENT OF_DAYS },
	{ "export", "contacts", 0, 0, cli_export, "export contacts" EXPORT_OPTIONS OF_CLIENT },
	{ "export", "divisions", 0, 0, cli_export, "export divisions" EXPORT_OPTIONS OF_CLIENT },
	{ "export", "actions", 0, 0, cli_export,
	  "export actions" EXPORT_OPTIONS OF_CLIENT OF_PERSON OF_STATE OF_DAYS },
	{ "export", "offers", 0, 0, cli_export,
	  "export offers" EXPORT_OPTIONS OF_CLIENT OF_STATE OF_DAYS },
	{ "export", "communications", 0, 0, cli_export,
	  "export communications" EXPORT_OPTIONS OF_CLIENT OF_PERSON OF_DAYS },
	{ "export", "notices", 0, 0, cli_export,
	  "export notices" EXPORT_OPTIONS OF_CLIENT OF_PERSON OF_STATE OF_DAYS },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

const char *cli_command(int index)
{
	return index < COMMANDS ? commands[index].usage : NULL;
}

/* "db init | migrate | status", a line for each group. */
static void tell_groups(void)
{
	for (int i = 0; i < COMMANDS; i++) {
		bool again = i > 0 && strcmp(commands[i].group, commands[i - 1].group) == 0;

		if (again)
			fprintf(stderr, " | %s", commands[i].name);
		else
			fprintf(stderr, "%s  trato %s%s%s", i > 0 ? "\n" : "", commands[i].group,
			        commands[i].name != NULL ? " " : "",
			        commands[i].name != NULL ? commands[i].name : "");
	}
	fprintf(stderr, "\n");
	cli_tell(_("trato --help says more."));
}

/* NULL where there is none; then it has told what there is. */
static const struct command *find_command(const char *group, const char *name)
{
	bool known = false;

	for (int i = 0; i < COMMANDS; i++) {
		if (strcmp(commands[i].group, group) != 0)
			continue;
		known = true;
		if (commands[i].name == NULL || (name && strcmp(commands[i].name, name) == 0))
			return &commands[i];
	}
	struct arena *arena = arena_new();
	fprintf(stderr, "%s\n", _("There is no such command. Possible are:"));
	if (!known)
		tell_groups();
	for (int i = 0; known && i < COMMANDS; i++) {
		if (strcmp(commands[i].group, group) == 0)
			fprintf(stderr, "  trato %s\n", cli_usage(arena, commands[i].usage));
	}
	arena_free(&arena);
	return NULL;
}

static bool read_format(const char *name, enum cli_format *out)
{
	static const struct {
		const char *name;
		enum cli_format format;
	} formats[] = { { "csv", CLI_CSV }, { "json", CLI_JSON }, { "xlsx", CLI_XLSX } };

	for (int i = 0; i < 3; i++) {
		if (strcmp(formats[i].name, name) == 0) {
			*out = formats[i].format;
			return true;
		}
	}
	return false;
}

/* Each option once; which commands take it stands in their usage. */
static const struct command_option {
	const char *name;
	enum { OPTION_TEXT, OPTION_FILLED, OPTION_FLAG, OPTION_FORMAT, OPTION_FORMAT_NAME } kind;
	size_t place; /* of a text or a flag among the arguments */
	enum cli_format format;
} command_options[] = {
#define AT(member) offsetof(struct cli_arguments, member), CLI_TEXT
	/* Where nothing at all is none: a file, an encoding, a command. The first one is -o, too. */
	{ "output", OPTION_FILLED, AT(output) },
	{ "refused", OPTION_FILLED, AT(output) },
	{ "encoding", OPTION_FILLED, AT(encoding) },
	{ "exec", OPTION_FILLED, AT(command) },
	{ "json", OPTION_FORMAT, 0, CLI_JSON },
	{ "csv", OPTION_FORMAT, 0, CLI_CSV },
	{ "ics", OPTION_FORMAT, 0, CLI_ICS },
	{ "pdf", OPTION_FORMAT, 0, CLI_PDF },
	{ "format", OPTION_FORMAT_NAME, 0, CLI_TEXT },
	{ "name", OPTION_TEXT, AT(name) },
	{ "manager", OPTION_TEXT, AT(manager) },
	{ "role", OPTION_TEXT, AT(role) },
	{ "language", OPTION_TEXT, AT(language) },
	{ "client", OPTION_TEXT, AT(client) },
	{ "state", OPTION_TEXT, AT(state) },
	{ "person", OPTION_TEXT, AT(person) },
	{ "area", OPTION_TEXT, AT(area) },
	{ "from", OPTION_TEXT, AT(from) },
	{ "to", OPTION_TEXT, AT(to) },
	{ "action", OPTION_TEXT, AT(action) },
	{ "offer", OPTION_TEXT, AT(offer) },
	{ "record", OPTION_TEXT, AT(record) },
	{ "contact", OPTION_TEXT, AT(contact) },
	{ "user", OPTION_TEXT, AT(user) },
	{ "reason", OPTION_TEXT, AT(reason) },
	{ "timeout", OPTION_TEXT, AT(seconds) },
	{ "opened", OPTION_FLAG, AT(opened) },
	{ "dry-run", OPTION_FLAG, AT(dry_run) },
	{ "all-or-nothing", OPTION_FLAG, AT(all_or_nothing) },
	{ "yes", OPTION_FLAG, AT(yes) },
	{ "forget", OPTION_FLAG, AT(forget) },
#undef AT
};

enum { OPTIONS = sizeof(command_options) / sizeof(command_options[0]), LONG_OPTION = 256 };

/* "--to" is not in "[--total]", nor "-o" in "--all-or-nothing". */
static bool usage_names(const char *usage, const char *word)
{
	size_t length = strlen(word);

	while ((usage = strstr(usage, word)) != NULL) {
		usage += length;
		if (*usage != '-' && (*usage < 'a' || *usage > 'z'))
			return true;
	}
	return false;
}

/* An option of another command is as wrong as an unknown one. */
static bool takes(const struct command *command, const struct command_option *option)
{
	char word[32];

	/* --format json is --json. */
	if (option->kind == OPTION_FORMAT || option->kind == OPTION_FORMAT_NAME)
		return true;
	snprintf(word, sizeof(word), "--%s", option->name);
	return usage_names(command->usage,
	                   option->place == offsetof(struct cli_arguments, output) ? "-o" : word);
}

static bool takes_format(const struct command *command, enum cli_format format)
{
	switch (format) {
	case CLI_TEXT: return true;
	case CLI_XLSX: return usage_names(command->usage, "xlsx");
	case CLI_ICS: return usage_names(command->usage, "--ics");
	case CLI_PDF: return usage_names(command->usage, "--pdf");
	case CLI_JSON:
	case CLI_CSV: break;
	}
	return usage_names(command->usage, "--json") || usage_names(command->usage, "--format");
}

static bool take_option(const struct command_option *option, const char *value,
                        struct cli_arguments *out)
{
	char *place = (char *)out + option->place;

	switch (option->kind) {
	case OPTION_FILLED:
		if (*value == '\0') {
			cli_tell(_("Behind one of the options stands nothing."));
			return false;
		}
		/* fallthrough */
	case OPTION_TEXT: memcpy(place, &value, sizeof(value)); return true;
	case OPTION_FLAG: *(bool *)place = true; return true;
	case OPTION_FORMAT: out->format = option->format; return true;
	case OPTION_FORMAT_NAME:
		if (read_format(value, &out->format))
			return true;
		cli_tell(_("There is no such format here."));
		return false;
	}
	return false;
}

/* wrong: what getopt says of that word. */
static void tell_option(int wrong, const char *word)
{
	static const char *const first[] = { "-c",         "-d",     "-u",          "--config",
		                             "--database", "--user", "--restricted" };

	if (wrong == ':') {
		cli_tell(_("Nothing stands behind %s."), word);
		return;
	}
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		if (strncmp(word, first[i], strlen(first[i])) == 0) {
			cli_tell(_("%s has its place before the command."), first[i]);
			return;
		}
	}
	cli_tell(_("This command has no option %s."), word);
}

/* Where getopt has stopped. */
static void tell_stop(const struct command *command, int wrong, const char *word)
{
	const char letter[] = { '-', (char)optopt, '\0' };
	const struct command_option *option =
	    optopt >= LONG_OPTION ? &command_options[optopt - LONG_OPTION] : NULL;

	if (wrong == '?' && option != NULL && takes(command, option))
		cli_tell(_("--%s takes nothing behind it."), option->name);
	else
		/* Of several letters in a word getopt has not gone beyond the word. */
		tell_option(wrong, optopt > 0 && option == NULL ? letter : word);
}

/* Words without an option before them. */
static bool count_words(const struct command *command, const struct cli_arguments *arguments)
{
	if (arguments->count > command->most)
		cli_tell(_("%s is one word too many."), arguments->words[command->most]);
	return arguments->count >= command->least && arguments->count <= command->most;
}

static bool read_options(const struct command *command, struct cli_arguments *out, int argc,
                         char **argv)
{
	struct option options[OPTIONS + 1] = { 0 };
	char word[40];
	int code;

	for (int i = 0; i < OPTIONS; i++) {
		bool alone = command_options[i].kind == OPTION_FLAG ||
		             command_options[i].kind == OPTION_FORMAT;

		options[i] = (struct option){ command_options[i].name,
			                      alone ? no_argument : required_argument, NULL,
			                      LONG_OPTION + i };
	}
	opterr = 0; /* its sentences quote what was typed as it is */
	optind = 0; /* main() has used getopt already: start anew */
	while ((code = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		const struct command_option *option = NULL;

		if (code == '?' || code == ':') {
			tell_stop(command, code, argv[optind - 1]);
			return false;
		}
		option = &command_options[code == 'o' ? 0 : code - LONG_OPTION];
		if (!takes(command, option)) {
			snprintf(word, sizeof(word), "--%s", option->name);
			tell_option('?', code == 'o' ? "-o" : word);
			return false;
		}
		if (!take_option(option, optarg, out))
			return false;
	}
	out->count = argc - optind;
	out->words = argv + optind;
	if (!takes_format(command, out->format)) {
		cli_tell(_("There is no such format here."));
		return false;
	}
	return count_words(command, out);
}

int cli_run(const struct cli_context *context, int argc, char **argv)
{
	const struct command *command = find_command(argv[0], argc > 1 ? argv[1] : NULL);
	struct cli_arguments arguments = { .context = context,
		                           .what = command && command->name ? command->name : "" };
	struct err err = { 0 };

	if (!command)
		return ERR_USAGE;
	/* Options stand behind one word or two. */
	if (command->name) {
		argc--;
		argv++;
	}
	if (!read_options(command, &arguments, argc, argv)) {
		struct arena *arena = arena_new();
		fprintf(stderr, _("Usage: trato %s\n"), cli_usage(arena, command->usage));
		arena_free(&arena);
		return ERR_USAGE;
	}
	bool done = command->run(&arguments, &err);
	if (fflush(stdout) != 0 && done)
		done = err_set(&err, ERR_REFUSED, _("The output cannot be written."));
	if (done)
		return 0;
	if (err.field[0] != '\0' && err.kind == ERR_REFUSED)
		fprintf(stderr, "trato: %s: %s\n", cli_field_words(err.field), err.text);
	else
		fprintf(stderr, "trato: %s\n", err.text);
	return (int)err.kind;
}
