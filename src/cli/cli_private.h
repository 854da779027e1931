/*
 * What the commands share: connecting as somebody, secrets, and printing. Each
 * command is one row of the table in cli.c and one file. Only for src/cli.
 */
#ifndef TRATO_CLI_CLI_PRIVATE_H
#define TRATO_CLI_CLI_PRIVATE_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/err.h>
#include <cli/cli.h>
#include <db/script.h>

enum cli_format { CLI_TEXT, CLI_JSON, CLI_CSV, CLI_XLSX, CLI_ICS, CLI_PDF };

/* What stands behind the command's name. */
struct cli_arguments {
	const struct cli_context *context;
	const char *what; /* the command's second word */
	int count;        /* words that are no options */
	char **words;
	enum cli_format format;
	const char *language; /* --language */
	const char *name;     /* --name */
	const char *manager;  /* --manager */
	const char *role;     /* --role */
	const char *output;   /* -o, --refused; NULL: standard output */
	const char *encoding; /* --encoding */
	const char *action;   /* --action */
	const char *command;  /* --exec */
	const char *seconds;  /* --timeout */
	bool dry_run, all_or_nothing, forget;
	const char *client, *state, *person, *from, *to; /* what a list is narrowed to, see filter.h */
	const char *area;                                /* and a report */
	const char *record, *offer;                      /* what an audit is of */
	bool opened;                                     /* --opened */
	const char *contact, *user, *reason;             /* whose data, and why they are blocked */
	bool yes;                                        /* --yes: what was told is meant */
};

/* ---- cli_words.c */

/* A usage of the table of commands with its words in capitals translated. */
const char *cli_usage(struct arena *arena, const char *usage);
/* What a field of a refusal is called; its own name where it has no words. */
const char *cli_field_words(const char *field);

/* ---- cli.c */

/* "list holds [--json|--csv] ...", of each command; NULL behind the last. */
const char *cli_command(int index);

/* ---- cli_open.c */

/* Connects; asks for the password where one is missing. NULL: err. */
struct script *cli_open(const struct cli_context *context, struct err *err);
/* The same for what persons do: this program fits the schema, and the login is a person of Trato,
 * or the database's administrator. */
struct script *cli_open_as_person(const struct cli_context *context, struct err *err);
/* Also for who has not chosen his own password yet. */
struct script *cli_open_as_newcomer(const struct cli_context *context, struct err *err);
/* Whether that would be so, for a command that connects by itself. *password: what was typed, to
 * mem_erase and free; NULL where none was asked for. */
bool cli_login(const struct cli_context *context, char **password, struct err *err);
/* Whether it is logged in as a superuser. */
bool cli_is_administrator(struct script *script, struct arena *arena);
/* A line without echo from the terminal, else from standard input; to mem_erase and free. */
char *cli_read_secret(const char *prompt, struct err *err);
/* A line that is seen while it is typed; to free. NULL at the end of the input. */
char *cli_read_line(const char *prompt);
/* A new password, twice on a terminal; to mem_erase and free. */
char *cli_read_new_password(struct err *err);
/* The same, as a verifier for that login; to free. */
char *cli_read_verifier(const char *email, struct err *err);

/* ---- cli_call.c */

/* One statement with its parameters, NULL-terminated pointers not allowed: as many as the
 * statement has. Refusals become sentences. rows may be NULL. */
bool cli_call(struct script *script, struct arena *arena, const struct statement *statement,
              const char *const *parameters, const struct rows **rows, struct err *err);
/* For what is empty for others and would say that there is nothing, or is refused without a word of who
 * may; sentence says that. */
bool cli_has_role(struct script *script, struct arena *arena, const char *role,
                  const char *sentence, struct err *err);
/* Those that there are. */
#define CLI_ROLES "rep backoffice supervisor manager"
/* "rep,manager" -> "{rep,manager}" for the database; err is ERR_USAGE. */
bool cli_read_roles(struct arena *arena, const char *typed, const char **array, struct err *err);
/* Calls it at the first Ctrl-C, TERM or HUP, unless that is ignored; the second one ends the
 * program. */
void cli_on_interruption(void (*handler)(int signal));
/* In lower case. */
char *cli_email(struct arena *arena, const char *typed);

/* ---- cli_find.c */

/* What was given with --action, or NULL: a number? ERR_USAGE, before anything is asked. */
bool cli_check_action(const char *number, struct err *err);
/* The id of what has that number and this person may see; ERR_REFUSED where there is none. */
bool cli_find_action(struct script *script, struct arena *arena, const char *number,
                     const char **id, struct err *err);
bool cli_find_offer(struct script *script, struct arena *arena, const char *number,
                    const char **id, struct err *err);

/* ---- cli_print.c */

enum cli_kind {
	CLI_WORDS,
	CLI_NUMBER,
	CLI_CENTS,
	CLI_DAY, /* written as on the screens; JSON and CSV have 2026-11-23 */
	CLI_TIME, /* likewise */
	CLI_FLAG,
	CLI_SET,
	CLI_LATENESS, /* seconds; the row's "lateness" makes the mark, as in the inbox */
	/* Codes, in words: JSON and CSV have the codes. */
	CLI_PRIVACY,
	CLI_ACTION_STATE,
	CLI_OFFER_STATE,
	CLI_NOTICE_STATE,
	CLI_CHANNEL,
	CLI_DIRECTION,
	CLI_OPERATION,
	CLI_RECORD,
	CLI_RECORD_NAME, /* of the row's "record" */
	CLI_FIELD,
	CLI_FIELD_VALUE, /* of the row's "record", "name" and "field" */
};

struct cli_column {
	const char *name; /* in the statement; also the key of JSON and the heading of CSV */
	const char *heading;
	enum cli_kind kind;
};

/* A whole list in the format asked for. columns are those of the text form, ended by NULL; CSV
 * and JSON have all of the statement's. empty: what is said on standard error where the text has
 * no row, or NULL. */
bool cli_print_list(struct script *script, const struct statement *statement,
                    const struct cli_column *columns, enum cli_format format, const char *empty,
                    struct err *err);
/* The one row of the statement as an object of JSON. */
bool cli_print_object(struct script *script, const struct statement *statement, struct err *err);
/* A day of the database, with what stands behind it, as the screens write it. */
const char *cli_day(struct arena *arena, const char *value);
/* A line of plain words, cleaned. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same on standard error, for commands whose standard output is a document. */
void cli_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The statement whose COPY gives the list as CSV, without formulas, or as JSON, an object a line;
 * to free. */
char *cli_csv_copy(const struct statement *statement, const struct rows *columns);
char *cli_json_copy(const struct statement *statement);
/* No rows: only the names of the columns. */
bool cli_columns(struct script *script, struct arena *arena, const struct statement *statement,
                 const struct rows **columns, struct err *err);

/* ---- cli_paper.c */

/* The language that was given for a paper, else that of the program. */
bool cli_paper_language(const struct cli_arguments *arguments, const char **language,
                        struct err *err);

/* Not with --restricted, nor onto a terminal. */
bool cli_may_print(const struct cli_arguments *arguments, struct err *err);
/* template and language as offer_pdf_start has them; path NULL: the standard output. */
bool cli_print_paper(const char *source, const char *template, const char *language,
                     const char *path, struct err *err);

/* ---- The commands */

bool cli_completion(const struct cli_arguments *arguments, struct err *err);
bool cli_doctor(const struct cli_arguments *arguments, struct err *err);
bool cli_db_init(const struct cli_arguments *arguments, struct err *err);
bool cli_db_migrate(const struct cli_arguments *arguments, struct err *err);
bool cli_db_status(const struct cli_arguments *arguments, struct err *err);
bool cli_user_add(const struct cli_arguments *arguments, struct err *err);
bool cli_user_list(const struct cli_arguments *arguments, struct err *err);
bool cli_user_disable(const struct cli_arguments *arguments, struct err *err);
bool cli_user_enable(const struct cli_arguments *arguments, struct err *err);
bool cli_user_role(const struct cli_arguments *arguments, struct err *err);
bool cli_user_password(const struct cli_arguments *arguments, struct err *err);
bool cli_list(const struct cli_arguments *arguments, struct err *err);
bool cli_report(const struct cli_arguments *arguments, struct err *err);
bool cli_list_agenda(const struct cli_arguments *arguments, struct err *err);
bool cli_offer_print(const struct cli_arguments *arguments, struct err *err);
bool cli_import_clients(const struct cli_arguments *arguments, struct err *err);
bool cli_import_contacts(const struct cli_arguments *arguments, struct err *err);
bool cli_import_divisions(const struct cli_arguments *arguments, struct err *err);
bool cli_export(const struct cli_arguments *arguments, struct err *err);
bool cli_audit(const struct cli_arguments *arguments, struct err *err);
bool cli_privacy(const struct cli_arguments *arguments, struct err *err);
bool cli_log_mail(const struct cli_arguments *arguments, struct err *err);
bool cli_watch_forget(const struct cli_arguments *arguments, struct err *err);
bool cli_watch(const struct cli_arguments *arguments, struct err *err);

/* ---- migrate.c, for db init, db migrate, db status and doctor */

/* Of PostgreSQL's contrib, for the schema. */
#define MIGRATE_EXTENSIONS "'{pg_trgm,unaccent}'::name[]"
/* A statement: "missing" names the extensions that the schema stands on and the database lacks. */
extern const char migrate_missing_extensions[];

/* Whether the schema is there at all. */
bool migrate_is_initialised(struct script *script, bool *there, struct err *err);
/* Applies what is missing, one transaction each, under a lock. */
bool migrate_apply(struct script *script, struct err *err);
/* Makes the schema where there is none, and what `also` does (NULL: nothing), in one transaction: all
 * of it or nothing. Refuses a database that has one. */
bool migrate_create(struct script *script, bool (*also)(struct script *, void *ctx, struct err *),
                    void *ctx, struct err *err);
/* What is applied: the last version, how many this program has beyond it; refuses a database that
 * this program did not make so. */
bool migrate_compare(struct script *script, int *version, int *missing, struct err *err);

#endif
