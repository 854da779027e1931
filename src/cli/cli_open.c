/*
 * How a command becomes somebody: connection, password, and whether this
 * program and this login fit the database. Secrets never echo.
 */
#include "cli_private.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <db/db.h>
#include <model/session.h>
#include <queries.h>

static void erase(char **secret)
{
	if (*secret)
		mem_erase(*secret, strlen(*secret));
	free(*secret);
	*secret = NULL;
}

/* The next byte. mask: signals come in while it waits and only then, so that none is missed; one
 * of them ends the line. */
static bool next_byte(char *c, const sigset_t *mask)
{
	struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };

	return (!mask || ppoll(&pfd, 1, NULL, mask) > 0) && read(STDIN_FILENO, c, 1) == 1;
}

/* Byte for byte, so that nothing of the next line is taken, and no buffer keeps a secret. */
static char *read_line(const sigset_t *mask)
{
	char line[1024];
	size_t length = 0;
	char c = '\0';
	char *copy;

	while (length < sizeof(line) - 1 && next_byte(&c, mask) && c != '\n')
		line[length++] = c;
	if (length > 0 && line[length - 1] == '\r')
		length--;
	line[length] = '\0';
	copy = length > 0 || c == '\n' ? mem_copy(line) : NULL;
	mem_erase(line, sizeof(line));
	return copy;
}

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
	caught = number;
}

/* Whoever presses Ctrl-C here must get his echo back. */
static char *read_silently(const char *prompt, const struct termios *before)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
	enum { SIGNALS = sizeof(signals) / sizeof(signals[0]) };
	const struct sigaction catch = { .sa_handler = on_signal };
	struct sigaction old[SIGNALS];
	sigset_t blocked, mask;
	struct termios silent = *before;
	char *secret;

	caught = 0;
	sigemptyset(&blocked);
	for (int i = 0; i < SIGNALS; i++)
		sigaddset(&blocked, signals[i]);
	sigprocmask(SIG_BLOCK, &blocked, &mask);
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &catch, &old[i]);
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	/* Whoever sees the question can answer at once, unseen. */
	fprintf(stderr, "%s ", prompt);
	secret = read_line(&mask);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, before);
	fputc('\n', stderr);
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &old[i], NULL);
	if (caught) {
		erase(&secret);
		raise(caught);
	}
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return secret;
}

char *cli_read_secret(const char *prompt, struct err *err)
{
	struct termios before;
	char *secret;

	if (isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0) {
		secret = read_silently(prompt, &before);
	} else {
		secret = read_line(NULL);
	}
	if (!secret)
		err_set(err, ERR_USAGE,
		        _("A password is needed: type it, or put it on standard input."));
	return secret;
}

char *cli_read_line(const char *prompt)
{
	fprintf(stderr, "%s ", prompt);
	return read_line(NULL);
}

char *cli_read_new_password(struct err *err)
{
	bool twice = isatty(STDIN_FILENO);
	char *password = cli_read_secret(_("New password:"), err);
	char *again = NULL;

	/* Before it is typed twice for nothing. */
	if (password && !session_check_password(password, password, NULL, err))
		erase(&password);
	if (password && twice) {
		again = cli_read_secret(_("Once more:"), err);
		if (!again || !session_check_password(password, again, NULL, err))
			erase(&password);
	}
	erase(&again);
	return password;
}

char *cli_read_verifier(const char *email, struct err *err)
{
	char *password = cli_read_new_password(err);
	char *verifier = password ? db_password_verifier(email, password, err) : NULL;

	erase(&password);
	return verifier;
}

/* *password: what was typed, to erase; NULL where none was asked for. */
static struct script *open_asking(const struct cli_context *context, char **password,
                                  struct err *err)
{
	struct arena *arena = arena_new();
	const char *user = context->user ? cli_email(arena, context->user) : NULL;
	struct err first = { 0 };
	struct script *script = script_open(context->conninfo, user, NULL, &first);

	*password = NULL;
	if (!script && strcmp(first.field, "password") == 0)
		*password = cli_read_secret(_("Password:"), err);
	if (*password)
		script = script_open(context->conninfo, user, *password, err);
	else if (!script && err->kind == 0)
		*err = first;
	arena_free(&arena);
	return script;
}

struct script *cli_open(const struct cli_context *context, struct err *err)
{
	char *password;
	struct script *script = open_asking(context, &password, err);

	erase(&password);
	return script;
}

bool cli_is_administrator(struct script *script, struct arena *arena)
{
	const struct rows *rows = NULL;
	struct err ignored = { 0 };

	return script_query(script, arena,
	                    "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = session_user",
	                    0, NULL, &rows, NULL, &ignored) &&
	       rows_bool(rows, 0, "rolsuper");
}

static bool is_welcome(struct script *script, bool also_newcomer, struct err *err)
{
	struct arena *arena = arena_new();
	struct session session = { 0 };
	struct refusal refusal = { 0 };
	const struct rows *rows = NULL;
	bool welcome;

	if (script_query(script, arena, sql_greeting.sql, 0, NULL, &rows, &refusal, err)) {
		const struct answer answer = { .count = 1, .results = &rows };
		struct err told = { 0 };
		/* What is typed as today is the team's day. */
		date_set_zone(rows_text(rows, 0, "timezone"));
		welcome = session_read(&session, &answer, &told) ||
		          (told.kind == ERR_DENIED && cli_is_administrator(script, arena));
		if (!welcome)
			*err = told;
		else if (session.must_change_password && !also_newcomer)
			welcome = err_set(err, ERR_DENIED,
			                  _("Somebody else has set the password of this account. "
			                    "Choose its own first: trato user password"));
	} else {
		welcome = false;
		if (refusal.sqlstate && strcmp(refusal.sqlstate, "42P01") == 0)
			err_set(err, ERR_CONNECT, "%s", db_fault_sentence(DB_FAULT_NO_DATABASE));
		else if (err->kind == ERR_DENIED)
			err_set(err, ERR_DENIED, "%s", db_fault_sentence(DB_FAULT_DISABLED));
	}
	arena_free(&arena);
	return welcome;
}

static struct script *open_welcome(const struct cli_context *context, bool also_newcomer,
                                   struct err *err)
{
	struct script *script = cli_open(context, err);

	if (script && !is_welcome(script, also_newcomer, err))
		script_close(&script);
	return script;
}

struct script *cli_open_as_person(const struct cli_context *context, struct err *err)
{
	return open_welcome(context, false, err);
}

struct script *cli_open_as_newcomer(const struct cli_context *context, struct err *err)
{
	return open_welcome(context, true, err);
}

bool cli_login(const struct cli_context *context, char **password, struct err *err)
{
	struct script *script = open_asking(context, password, err);
	bool welcome = script && is_welcome(script, false, err);

	script_close(&script);
	if (!welcome)
		erase(password);
	return welcome;
}
