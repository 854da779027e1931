/*
 * The table of commands that need no screen, and the reading of what stands
 * behind them. Called by main() only.
 */
#include "cli_private.h"

#include <getopt.h>
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
	for (int i = 0; i < COMMANDS; i++) {
		if (!known || strcmp(commands[i].group, group) == 0)
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

static bool read_options(struct cli_arguments *out, int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "csv", no_argument, NULL, 'c' },
		{ "ics", no_argument, NULL, 'i' },
		{ "pdf", no_argument, NULL, 'p' },
		{ "name", required_argument, NULL, 'n' },
		{ "manager", required_argument, NULL, 'm' },
		{ "role", required_argument, NULL, 'r' },
		{ "language", required_argument, NULL, 'l' },
		{ "format", required_argument, NULL, 'f' },
		{ "output", required_argument, NULL, 'o' },
		{ "refused", required_argument, NULL, 'o' },
		{ "encoding", required_argument, NULL, 'e' },
		{ "client", required_argument, NULL, 'C' },
		{ "state", required_argument, NULL, 'S' },
		{ "person", required_argument, NULL, 'P' },
		{ "area", required_argument, NULL, 'R' },
		{ "from", required_argument, NULL, 'F' },
		{ "to", required_argument, NULL, 'T' },
		{ "dry-run", no_argument, NULL, 'd' },
		{ "all-or-nothing", no_argument, NULL, 'a' },
		{ "action", required_argument, NULL, 'A' },
		{ "offer", required_argument, NULL, 'O' },
		{ "record", required_argument, NULL, 'D' },
		{ "opened", no_argument, NULL, 'L' },
		{ "contact", required_argument, NULL, 'K' },
		{ "user", required_argument, NULL, 'U' },
		{ "reason", required_argument, NULL, 'W' },
		{ "yes", no_argument, NULL, 'y' },
		{ "exec", required_argument, NULL, 'E' },
		{ "timeout", required_argument, NULL, 's' },
		{ "forget", no_argument, NULL, 'g' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	opterr = 0; /* its sentences quote what was typed as it is */
	optind = 0; /* main() has used getopt already: start anew */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		/* Where nothing at all is none: a file, an encoding, a command. */
		if (strchr("oeE", option) && *optarg == '\0') {
			cli_tell(_("Behind one of the options stands nothing."));
			return false;
		}
		switch (option) {
		case 'j': out->format = CLI_JSON; break;
		case 'c': out->format = CLI_CSV; break;
		case 'i': out->format = CLI_ICS; break;
		case 'p': out->format = CLI_PDF; break;
		case 'n': out->name = optarg; break;
		case 'm': out->manager = optarg; break;
		case 'r': out->role = optarg; break;
		case 'l': out->language = optarg; break;
		case 'f':
			if (!read_format(optarg, &out->format))
				return false;
			break;
		case 'o': out->output = optarg; break;
		case 'e': out->encoding = optarg; break;
		case 'C': out->client = optarg; break;
		case 'S': out->state = optarg; break;
		case 'P': out->person = optarg; break;
		case 'R': out->area = optarg; break;
		case 'F': out->from = optarg; break;
		case 'T': out->to = optarg; break;
		case 'd': out->dry_run = true; break;
		case 'a': out->all_or_nothing = true; break;
		case 'A': out->action = optarg; break;
		case 'O': out->offer = optarg; break;
		case 'D': out->record = optarg; break;
		case 'L': out->opened = true; break;
		case 'K': out->contact = optarg; break;
		case 'U': out->user = optarg; break;
		case 'W': out->reason = optarg; break;
		case 'y': out->yes = true; break;
		case 'E': out->command = optarg; break;
		case 's': out->seconds = optarg; break;
		case 'g': out->forget = true; break;
		default: cli_tell(_("%s cannot be used like that."), argv[optind - 1]); return false;
		}
	}
	out->count = argc - optind;
	out->words = argv + optind;
	return true;
}

/* An option of another command is as wrong as an unknown one. */
static bool fits(const struct command *command, const struct cli_arguments *arguments)
{
	return arguments->count >= command->least && arguments->count <= command->most &&
	       (arguments->format == CLI_TEXT || strstr(command->usage, "--json") ||
	        strstr(command->usage, "--format")) &&
	       (arguments->format != CLI_XLSX || strstr(command->usage, "xlsx")) &&
	       (arguments->format != CLI_ICS || strstr(command->usage, "--ics")) &&
	       (arguments->format != CLI_PDF || strstr(command->usage, "--pdf")) &&
	       (!arguments->name || strstr(command->usage, "--name")) &&
	       (!arguments->manager || strstr(command->usage, "--manager")) &&
	       (!arguments->role || strstr(command->usage, "--role")) &&
	       (!arguments->language || strstr(command->usage, "--language")) &&
	       (!arguments->output || strstr(command->usage, "[-o")) &&
	       (!arguments->client || strstr(command->usage, OF_CLIENT)) &&
	       (!arguments->person || strstr(command->usage, OF_PERSON)) &&
	       (!arguments->area || strstr(command->usage, OF_AREA)) &&
	       (!arguments->state || strstr(command->usage, OF_STATE)) &&
	       (!arguments->from || strstr(command->usage, "--from")) &&
	       (!arguments->to || strstr(command->usage, "--to ")) &&
	       (!arguments->encoding || strstr(command->usage, "--encoding")) &&
	       (!arguments->action || strstr(command->usage, "--action")) &&
	       (!arguments->offer || strstr(command->usage, "--offer")) &&
	       (!arguments->record || strstr(command->usage, "--record")) &&
	       (!arguments->opened || strstr(command->usage, "--opened")) &&
	       (!arguments->contact || strstr(command->usage, "--contact")) &&
	       (!arguments->user || strstr(command->usage, "--user")) &&
	       (!arguments->reason || strstr(command->usage, "--reason")) &&
	       (!arguments->yes || strstr(command->usage, "--yes")) &&
	       (!arguments->command || strstr(command->usage, "--exec")) &&
	       (!arguments->seconds || strstr(command->usage, "--timeout")) &&
	       (!arguments->forget || strstr(command->usage, "--forget")) &&
	       (!arguments->dry_run || strstr(command->usage, "--dry-run")) &&
	       (!arguments->all_or_nothing || strstr(command->usage, "--all-or-nothing"));
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
	if (!read_options(&arguments, argc, argv) || !fits(command, &arguments)) {
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
