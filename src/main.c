/*
 * Arguments and wiring: what was asked for, with which configuration, by whom.
 * The work is done in src/view (with a screen) or src/cli (without).
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/confine.h>
#include <base/i18n.h>
#include <base/log.h>
#include <cli/cli.h>
#include <conf/conf.h>
#include <db/db.h>
#include <ui/terminal.h>
#include <view/app.h>
#include <view/keys.h>

struct arguments {
	const char *file;
	const char *conninfo;
	const char *user;
	const char *wrong; /* what cannot be used, or NULL */
	bool restricted;
	int first; /* index of COMMAND; argc where there is none */
};

static void main_help(void)
{
	puts(_("Usage: trato [-c FILE] [-d CONNINFO] [-u E-MAIL] [--restricted] [COMMAND]\n"
	       "\n"
	       "Without a command: log in and work.\n"
	       "\n"
	       "  dashboard                 the figures of sales and nothing else, for a wall\n"
	       "\n"
	       "Commands without a screen:\n"
	       "\n"
	       "  doctor                    what keeps Trato from working here, and what to do\n"
	       "  db init | migrate | status\n"
	       "  user add | list | disable | enable | role | password\n"
	       "  keys\n"
	       "  list clients | actions | offers | communications | notices | holds | agenda\n"
	       "  report pipeline | activity | approvals | holds\n"
	       "  offer print NUMBER [-o FILE] [--language es|en]\n"
	       "  import clients | contacts | divisions FILE\n"
	       "  export clients | contacts | divisions | actions | offers | communications |\n"
	       "         notices\n"
	       "  audit\n"
	       "  privacy register | due | export | block | unblock | erase\n"
	       "  log-mail [--action NUMBER]\n"
	       "  watch --name NAME [--exec COMMAND] [--timeout SECONDS] [--from DAY]\n"
	       "  watch --name NAME --forget\n"
	       "  completion bash | zsh | fish\n"
	       "\n"
	       "  -c, --config FILE         read this configuration file too\n"
	       "  -d, --database CONNINFO   how to reach the database (libpq's syntax)\n"
	       "  -u, --user E-MAIL         who logs in\n"
	       "      --restricted          only /etc/trato.conf counts\n"
	       "      --help                this text\n"
	       "      --version             which version this is\n"));
}

/* Returns 0 to go on, 'h' for help, 'v' for the version, '?' for what is wrong, ':' for what lacks a
 * word behind it. */
static int main_arguments(int argc, char **argv, struct arguments *out)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "database", required_argument, NULL, 'd' },
		{ "user", required_argument, NULL, 'u' },
		{ "restricted", no_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	opterr = 0; /* its sentences quote what was typed as it is */
	/* "+": what stands behind COMMAND is the command's. */
	while ((option = getopt_long(argc, argv, "+:c:d:u:", options, NULL)) != -1) {
		switch (option) {
		case 'c': out->file = optarg; break;
		case 'd': out->conninfo = optarg; break;
		case 'u': out->user = optarg; break;
		case 'r': out->restricted = true; break;
		case ':':
		case '?': out->wrong = argv[optind - 1]; return option;
		default: return option;
		}
	}
	out->first = optind;
	return 0;
}

/* Before anything else, so not yet in a language: what is said is said later. */
static int main_read_quietly(int *argc, char **argv, struct arguments *out)
{
	/* sshd calls a login shell with "-c COMMAND" of somebody far away, or as "-trato". */
	bool shell = (*argc > 0 && argv[0][0] == '-') || confine_is_login_shell();
	int asked;

	if (shell)
		*argc = 1;
	asked = main_arguments(*argc, argv, out);
	out->restricted = out->restricted || shell;
	return asked;
}

static bool main_restrict(const struct arguments *given, struct err *err)
{
	if (given->file != NULL)
		return err_set(err, ERR_USAGE,
		               _("With --restricted only /etc/trato.conf counts: leave -c out."));
	db_ignore_home();
	return confine_process(err) && confine_calls(err);
}

/* Returns the exit code, or -1 to go on. */
static int main_answer(int asked, const struct arguments *given, struct err *err)
{
	switch (asked) {
	case 0: return -1;
	case 'h': main_help(); return 0;
	case 'v': printf("trato %s\n", TRATO_VERSION); return 0;
	case ':':
		err_set(err, ERR_USAGE,
		        _("Nothing stands behind %s. trato --help says what is possible."),
		        given->wrong);
		return ERR_USAGE;
	default:
		err_set(err, ERR_USAGE,
		        _("%s cannot be used like that. trato --help says what is possible."),
		        given->wrong);
		return ERR_USAGE;
	}
}

static bool main_is_set(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0';
}

/* Out of -d or the configuration. */
static bool main_connection(struct arguments *given, const struct conf *conf, struct err *err)
{
	char what[512] = "-d";

	if (given->conninfo == NULL) {
		given->conninfo = conf->connection;
		snprintf(what, sizeof(what), "%s: connection",
		         conf->connection_place ? conf->connection_place : "");
	}
	db_demand(given->restricted, conf->socket_owner);
	return db_check_conninfo(given->conninfo, what, err);
}

static int main_screen(const struct arguments *given, const struct conf *conf, bool wall)
{
	const char *marks = getenv("TRATO_FRAMES");
	struct err err = { 0 };
	struct app_config config = {
		.conf = conf,
		.conninfo = given->conninfo,
		.user = given->user,
		.direct =
		    !given->restricted && (main_is_set("PGPASSWORD") || main_is_set("PGPASSFILE")),
		.restricted = given->restricted,
		.wall = wall,
		.frame_marks = marks != NULL && strcmp(marks, "1") == 0,
	};

	if (given->restricted && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
		err_set(
		    &err, ERR_USAGE,
		    _("Here is only Trato, and it needs a terminal: connect without a command, or "
		      "with ssh -t."));
	else if (app_run(&config, &err))
		return 0;
	fprintf(stderr, "trato: %s\n", err.text);
	return (int)err.kind;
}

static int main_command(const struct arguments *given, const struct conf *conf, int argc,
                        char **argv, struct err *err)
{
	const struct cli_context context = { .conf = conf,
		                             .conninfo = given->conninfo,
		                             .user = given->user,
		                             .restricted = given->restricted };

	if (given->first >= argc)
		return main_screen(given, conf, false);
	if (strcmp(argv[given->first], "dashboard") != 0)
		return cli_run(&context, argc - given->first, argv + given->first);
	if (given->first + 1 == argc)
		return main_screen(given, conf, true);
	err_set(err, ERR_USAGE, "%s",
	        _("Options have their place before the command: trato -u E-MAIL dashboard. "
	          "trato --help says more."));
	return ERR_USAGE;
}

/* The doctor's findings begin with what would end anything else before it has begun, and completions
 * are the same whatever is configured. */
static bool main_is_early(const char *command)
{
	return strcmp(command, "doctor") == 0 || strcmp(command, "completion") == 0;
}

static int main_early(const struct arguments *given, int argc, char **argv)
{
	const struct cli_context context = { .conninfo = given->conninfo,
		                             .user = given->user,
		                             .restricted = given->restricted,
		                             .file = given->file,
		                             .look = terminal_look,
		                             .keys = keys_check };

	return cli_run(&context, argc - given->first, argv + given->first);
}

int main(int argc, char **argv)
{
	struct arguments given = { 0 };
	struct conf *conf = NULL;
	struct err err = { 0 };
	int asked = main_read_quietly(&argc, argv, &given);
	int code;

	if (given.restricted)
		confine_environment();
	i18n_init(NULL);
	code = main_answer(asked, &given, &err);
	if (code >= 0)
		goto out;
	if (given.restricted && !main_restrict(&given, &err))
		goto out;
	if (given.first < argc && main_is_early(argv[given.first])) {
		code = main_early(&given, argc, argv);
		goto out;
	}
	if (!conf_load(&conf, given.file, given.restricted, &err))
		goto out;
	i18n_init(conf->language);
	if (!log_open(conf->log_file, &err))
		goto out;
	if (given.first + 1 == argc && strcmp(argv[given.first], "keys") == 0) {
		code = keys_print(conf, &err) ? 0 : ERR_USAGE;
		goto out;
	}
	if (main_connection(&given, conf, &err))
		code = main_command(&given, conf, argc, argv, &err);
out:
	if (err.kind != 0) {
		fprintf(stderr, "trato: %s\n", err.text);
		code = (int)err.kind;
	}
	log_close();
	conf_free(&conf);
	return code;
}
