/*
 * trato log-mail: a message on standard input becomes a communication, or waits
 * in the tray. The mail program gets a failure only where the message is in
 * neither, so that it keeps it.
 */
#include "cli_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/text.h>
#include <base/uuid.h>
#include <queries.h>

#include "mail_read.h"

enum { BYTES_MAX = 64 << 20, PIECE = 1 << 16 };

/* All of it, so that whoever pipes is not left with a broken pipe; *cut: more than is kept. */
static bool read_all(struct buf *mail, bool *cut, struct err *err)
{
	char piece[PIECE];
	ssize_t length;

	if (isatty(STDIN_FILENO))
		return err_set(err, ERR_USAGE,
		               _("The mail is read from the standard input: "
		                 "trato log-mail < FILE"));
	while ((length = read(STDIN_FILENO, piece, sizeof(piece))) != 0) {
		size_t room = BYTES_MAX - mail->length;

		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return err_set(err, ERR_USAGE, _("%s cannot be read: %s"),
			               _("The standard input"), strerror(errno));
		buf_add_n(mail, piece, (size_t)length < room ? (size_t)length : room);
		*cut |= (size_t)length > room;
	}
	if (mail->length == 0)
		return err_set(err, ERR_USAGE, _("The standard input is empty: there is no mail."));
	return true;
}

/* The standard input was the mail's: a password is asked for at the terminal, if there is one. */
static void open_terminal(void)
{
	int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (terminal < 0)
		return;
	dup2(terminal, STDIN_FILENO);
	close(terminal);
}

static const char *array(struct arena *arena, const struct mail_list *list)
{
	struct buf text = { 0 };
	const char *copy;

	buf_add(&text, "{");
	for (int i = 0; i < list->count; i++) {
		buf_add(&text, i > 0 ? ",\"" : "\"");
		for (const char *at = list->items[i]; *at != '\0'; at++) {
			if (*at == '"' || *at == '\\')
				buf_add(&text, "\\");
			buf_add_n(&text, at, 1);
		}
		buf_add(&text, "\"");
	}
	buf_add(&text, "}");
	copy = arena_copy_n(arena, text.text, text.length);
	buf_free(&text);
	return copy;
}

static void tell(const struct rows *rows)
{
	const char *result = rows_text(rows, 0, "result");
	const char *action = rows_text(rows, 0, "action"), *client = rows_text(rows, 0, "client");
	const char *clients = rows_text(rows, 0, "clients");

	if (strcmp(result, "logged") == 0)
		cli_say(_("Logged in action %s of %s: %s"), action, client,
		        rows_text(rows, 0, "subject"));
	else if (strcmp(result, "known") == 0 && action[0] != '\0')
		cli_say(_("This mail is logged already, in action %s of %s."), action, client);
	else if (strcmp(result, "known") == 0)
		cli_say("%s", _("A colleague has logged this mail already."));
	else if (strcmp(result, "set_aside") == 0)
		cli_say("%s", _("You have set this mail aside already. It is still in your tray."));
	else if (strcmp(result, "waits") == 0)
		cli_say("%s", _("This mail waits in your tray already."));
	else if (clients[0] != '\0')
		cli_say(_("It waits in your tray: you have no open action with %s, or several."),
		        clients);
	else
		cli_say("%s", _("It waits in your tray: its addresses belong to no client."));
}

static bool send(const struct cli_arguments *arguments, struct arena *arena,
                 const struct mail *mail, struct err *err)
{
	struct script *script = cli_open_as_person(arguments->context, err);
	const struct rows *rows = NULL;
	const char *action = NULL;
	char request[37];
	bool done = false;

	if (script == NULL ||
	    !cli_has_role(
		script, arena, "rep",
		_("Only sales reps log mail: it goes into their own actions or their tray. "
	          "Name one of them with -u."),
		err) ||
	    (arguments->action != NULL &&
	     !cli_find_action(script, arena, arguments->action, &action, err)))
		goto out;
	uuid_make(request);
	done = cli_call(script, arena, &sql_log_mail,
	                (const char *const[]){
			    request, mail->id, array(arena, &mail->from), array(arena, &mail->to),
			    mail->sender, mail->recipients, array(arena, &mail->references),
			    mail->date, mail->subject, mail->body, mail->attachments, action },
	                &rows, err);
	if (done)
		tell(rows);
out:
	script_close(&script);
	return done;
}

bool cli_log_mail(const struct cli_arguments *arguments, struct err *err)
{
	struct arena *arena = arena_new();
	struct buf bytes = { 0 };
	struct mail mail;
	bool cut = false, done = false;

	if (!cli_check_action(arguments->action, err) || !read_all(&bytes, &cut, err) ||
	    !mail_read(arena, bytes.text, bytes.length, cut, time(NULL), &mail, err))
		goto out;
	buf_free(&bytes);
	open_terminal();
	done = send(arguments, arena, &mail, err);
out:
	buf_free(&bytes);
	arena_free(&arena);
	return done;
}
