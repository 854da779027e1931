/*
 * What db init asks a person at a terminal: who the first manager is. What is
 * wrong is said at once, and asked again.
 */
#include "db_init.h"

#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <db/db.h>

static const char no_email[] =
    N_("That is no e-mail that a login can be called by, such as marta@example.com.");
static const char no_name[] = N_("A name is needed, of 200 bytes at most.");

enum { EMAIL_BYTES = 63, NAME_BYTES = 200 };

/* As person_email_form and person_email_length have it, while there is no schema yet. */
static bool is_email(const char *text)
{
	regex_t form;
	bool fits;

	if (regcomp(&form, "^[a-z0-9._%+'-]+@[a-z0-9-]+(\\.[a-z0-9-]+)+$",
	            REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	fits = strlen(text) <= EMAIL_BYTES && regexec(&form, text, 0, NULL, 0) == 0;
	regfree(&form);
	return fits;
}

static bool is_name(const char *text)
{
	return text[strspn(text, " \t")] != '\0' && strlen(text) <= NAME_BYTES &&
	       text_is_valid(text, strlen(text));
}

static char *lower(const char *text)
{
	char *copy = mem_copy(text);

	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

static bool refuse_end(struct err *err)
{
	return err_set(err, ERR_USAGE, _("Nothing was done."));
}

static bool ask_email(struct init_manager *manager, struct err *err)
{
	for (;;) {
		char *line = cli_read_line(_("E-mail of the first manager (empty: none yet):"));

		if (!line)
			return refuse_end(err);
		if (line[0] == '\0') {
			free(line);
			return true;
		}
		manager->email = lower(line);
		free(line);
		if (is_email(manager->email))
			return true;
		cli_tell("%s", _(no_email));
		free(manager->email);
		manager->email = NULL;
	}
}

static bool ask_name(struct init_manager *manager, struct err *err)
{
	for (;;) {
		manager->name = cli_read_line(_("Name:"));
		if (!manager->name)
			return refuse_end(err);
		if (is_name(manager->name))
			return true;
		cli_tell("%s", _(no_name));
		free(manager->name);
		manager->name = NULL;
	}
}

bool init_take_options(const struct cli_arguments *arguments, struct init_manager *manager,
                       struct err *err)
{
	if (!arguments->manager)
		return !arguments->name ||
		       err_set(err, ERR_USAGE, _("A name needs its e-mail: --manager E-MAIL"));
	manager->email = lower(arguments->manager);
	if (!is_email(manager->email))
		return err_set(err, ERR_USAGE, "%s", _(no_email));
	if (!arguments->name)
		return true;
	manager->name = mem_copy(arguments->name);
	return is_name(manager->name) || err_set(err, ERR_USAGE, "%s", _(no_name));
}

bool init_ask(bool ask, struct init_manager *manager, struct err *err)
{
	if (ask && !manager->email && !ask_email(manager, err))
		return false;
	if (!manager->email || manager->name)
		return true;
	if (ask)
		return ask_name(manager, err);
	return err_set(err, ERR_USAGE, _("A manager needs a name: --name NAME"));
}

bool init_ask_password(bool ask, struct init_manager *manager, struct err *err)
{
	struct err wrong = { 0 };

	if (ask && manager->email)
		cli_tell(_("A first password for %s, who chooses an own one at the first login."),
		         manager->name);
	while (manager->email && !(manager->password = cli_read_new_password(&wrong))) {
		/* The end of the input is none of a field's. */
		if (!ask || wrong.field[0] == '\0') {
			*err = wrong;
			return false;
		}
		cli_tell("%s", wrong.text);
		wrong = (struct err){ 0 };
	}
	if (!manager->email)
		return true;
	manager->verifier = db_password_verifier(manager->email, manager->password, err);
	return manager->verifier != NULL;
}

void init_forget(struct init_manager *manager)
{
	if (manager->password)
		mem_erase(manager->password, strlen(manager->password));
	free(manager->password);
	free(manager->verifier);
	free(manager->email);
	free(manager->name);
}

bool init_consent(const char *question)
{
	char *answer = cli_read_line(question);
	/* TRANSLATORS: its first letter is what is typed to consent. */
	bool yes = answer && tolower((unsigned char)answer[0]) == _("yes")[0];

	free(answer);
	return yes;
}
